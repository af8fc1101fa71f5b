// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>

#include <gtest/gtest.h>

#include "connectors/facebook/layout.hpp"
#include "tests/unit/connectors/facebook/facebook_support.hpp"

namespace secateur::test {
namespace facebook_detect_test {

using namespace on_facebook;
using facebook::FileKind;

struct KindCase {
    const char* name;
    std::string path;
    FileKind kind;
};
class FacebookKinds : public testing::TestWithParam<KindCase> {};
TEST_P(FacebookKinds, FollowFromThePath) { EXPECT_EQ(facebook::kind_of(GetParam().path), GetParam().kind); }
INSTANTIATE_TEST_SUITE_P(
    Facebook, FacebookKinds,
    testing::ValuesIn<KindCase>({
        {"g1_posts", "groups/your_posts_and_comments_in_groups.json", FileKind::posts},
        {"g2_posts", "groups/your_posts_in_groups.json", FileKind::posts},
        {"g3_posts", "your_facebook_activity/groups/group_posts_and_comments.json", FileKind::posts},
        {"g3c_posts",
                 "personal_information/profile_information/your_facebook_activity/groups/group_posts_and_comments_2.json",
                 FileKind::posts},
        {"straight_apostrophe", "x/groups_you've_visited.json", FileKind::visited_labels},
        {"typographic_apostrophe", "x/groups_you’ve_visited.json", FileKind::visited_labels},
        {"no_apostrophe", "x/Groups_you_ve_visited_1.json", FileKind::visited_labels},
        {"reactions_of_2021", "comments_and_reactions/posts_and_comments.json", FileKind::reactions},
        {"posts_of_2018_elsewhere", "posts/posts_and_comments.json", FileKind::other},
        {"comments", "comments/comments.json", FileKind::all_comments},
        {"comments_elsewhere", "apps/comments.json", FileKind::other},
        {"thread", "messages/inbox/crew_12/message_3.json", FileKind::thread},
        {"cutover", "your_facebook_activity/messages/e2ee_cutover/crew_12/message_1.json", FileKind::cutover_thread},
        {"group_thread", "groups/your_group_messages/77.json", FileKind::group_thread},
        {"encrypted", "Field crew_27.json", FileKind::encrypted_thread},
        {"page", "groups/your_groups.html", FileKind::administered},
        {"page_of_a_thread", "messages/inbox/crew_12/message_3.html", FileKind::thread},
        {"page_at_the_top", "message_3.html", FileKind::other},
        {"numbered_page", "Field crew_27.html", FileKind::other}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(FacebookThreadId, IsTheNumberOfTheFolder) {
    EXPECT_EQ(facebook::thread_id("messages/inbox/field_crew_123/message_2.json", FileKind::thread), "123");
    EXPECT_EQ(facebook::thread_id("messages/inbox/123/message_1.json", FileKind::thread), "123");
    EXPECT_EQ(facebook::thread_id("groups/your_group_messages/77.json", FileKind::group_thread), "77");
    EXPECT_EQ(facebook::thread_id("Field crew_27.json", FileKind::encrypted_thread), "field crew_27");
}

struct DetectCase {
    const char* name;
    Files files;
    std::optional<Confidence> expected;
};
class FacebookDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(FacebookDetect, SaysWhatItIs) {
    const auto match = facebook_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
        EXPECT_EQ(match->evidence.id, "facebook.evidence");
    }
}
const std::string thread_head = R"({"participants":[{"name":"A"}],"messages":[{"sender_name":"A","timestamp_ms":1}]})";
INSTANTIATE_TEST_SUITE_P(
    Facebook, FacebookDetect,
    testing::ValuesIn<DetectCase>({
        {"groups", {{"groups/your_comments_in_groups.json", "{}"}}, Confidence::certain},
        {"one_file", {{"group_posts_and_comments.json", "{\"group_posts_v2\":[]}"}}, Confidence::certain},
        {"wrapper_folder", {{"facebook-zoe/groups/your_comments_in_groups.json", "{}"}}, Confidence::certain},
        {"administered", {{"your_groups.json", R"({"groups_admined_v2":[]})"}}, Confidence::certain},
        {"profile_only", {{"profile_information/profile_information.json", profile}}, Confidence::likely},
        {"messages_only", {{"messages/inbox/a_1/message_1.json", thread_head}}, Confidence::likely},
        {"encrypted", {{"Crew_1.json", R"({"participants":["A"],"threadName":"Crew_1","messages":[]})"}}, Confidence::likely},
        {"instagram", {{"your_instagram_activity/messages/inbox/a_1/message_1.json", thread_head}}, std::nullopt},
        {"html_only", {{"groups/your_comments_in_groups.html", "<html>"}}, Confidence::likely},
        {"a_group_list_of_another_program", {{"your_groups.json", R"({"groups":[]})"}}, std::nullopt},
        {"no_json_inside", {{"groups/your_comments_in_groups.json", "<html>"}}, std::nullopt},
        {"a_numbered_file", {{"table_1.json", "[1]"}}, std::nullopt}, {"nothing", {}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(FacebookOpen, RefusesWhatIsNoExport) {
    const MemorySource source("export", {{"x.json", "{}"}, {"groups/no-data.txt", ""}});
    EXPECT_THROW((void)facebook_connector().open(source, {}), Error);
}

TEST(FacebookOpen, TakesTheDateOfTheNameForTheInstantOfTheExport) {
    const auto reading = read_facebook({{joins_path, R"({"groups_joined_v2":[]})"}});
    ASSERT_TRUE(reading.exported_at);
    EXPECT_EQ(format_date(date_of(*reading.exported_at)), "2026-10-30");
}

}  // namespace facebook_detect_test
}  // namespace secateur::test

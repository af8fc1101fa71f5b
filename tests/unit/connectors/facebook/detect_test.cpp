// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>

#include <gtest/gtest.h>

#include "connectors/facebook/layout.hpp"
#include "tests/unit/connectors/facebook/facebook_support.hpp"

namespace secateur::test {
namespace {

using facebook::FileKind;

struct KindCase {
    const char* name;
    std::string path;
    FileKind kind;
};
class Kinds : public testing::TestWithParam<KindCase> {};
TEST_P(Kinds, FollowFromThePath) { EXPECT_EQ(facebook::kind_of(GetParam().path), GetParam().kind); }
INSTANTIATE_TEST_SUITE_P(
    Facebook, Kinds,
    testing::Values(
        KindCase{"g1_posts", "groups/your_posts_and_comments_in_groups.json", FileKind::posts},
        KindCase{"g2_posts", "groups/your_posts_in_groups.json", FileKind::posts},
        KindCase{"g3_posts", "your_facebook_activity/groups/group_posts_and_comments.json", FileKind::posts},
        KindCase{"g3c_posts",
                 "personal_information/profile_information/your_facebook_activity/groups/group_posts_and_comments_2.json",
                 FileKind::posts},
        KindCase{"straight_apostrophe", "x/groups_you've_visited.json", FileKind::visited_labels},
        KindCase{"typographic_apostrophe", "x/groups_you’ve_visited.json", FileKind::visited_labels},
        KindCase{"no_apostrophe", "x/Groups_you_ve_visited_1.json", FileKind::visited_labels},
        KindCase{"reactions_of_2021", "comments_and_reactions/posts_and_comments.json", FileKind::reactions},
        KindCase{"posts_of_2018_elsewhere", "posts/posts_and_comments.json", FileKind::other},
        KindCase{"comments", "comments/comments.json", FileKind::all_comments},
        KindCase{"comments_elsewhere", "apps/comments.json", FileKind::other},
        KindCase{"thread", "messages/inbox/crew_12/message_3.json", FileKind::thread},
        KindCase{"cutover", "your_facebook_activity/messages/e2ee_cutover/crew_12/message_1.json", FileKind::cutover_thread},
        KindCase{"group_thread", "groups/your_group_messages/77.json", FileKind::group_thread},
        KindCase{"encrypted", "Field crew_27.json", FileKind::encrypted_thread},
        KindCase{"page", "groups/your_groups.html", FileKind::administered},
        KindCase{"page_of_a_thread", "messages/inbox/crew_12/message_3.html", FileKind::thread},
        KindCase{"page_at_the_top", "message_3.html", FileKind::other},
        KindCase{"numbered_page", "Field crew_27.html", FileKind::other}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ThreadId, IsTheNumberOfTheFolder) {
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
class Detect : public testing::TestWithParam<DetectCase> {};
TEST_P(Detect, SaysWhatItIs) {
    const auto match = facebook_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
        EXPECT_EQ(match->evidence.id, "facebook.evidence");
    }
}
const std::string thread_head = R"({"participants":[{"name":"A"}],"messages":[{"sender_name":"A","timestamp_ms":1}]})";
INSTANTIATE_TEST_SUITE_P(
    Facebook, Detect,
    testing::Values(
        DetectCase{"groups", {{"groups/your_comments_in_groups.json", "{}"}}, Confidence::certain},
        DetectCase{"one_file", {{"group_posts_and_comments.json", "{\"group_posts_v2\":[]}"}}, Confidence::certain},
        DetectCase{"wrapper_folder", {{"facebook-zoe/groups/your_comments_in_groups.json", "{}"}}, Confidence::certain},
        DetectCase{"administered", {{"your_groups.json", R"({"groups_admined_v2":[]})"}}, Confidence::certain},
        DetectCase{"profile_only", {{"profile_information/profile_information.json", profile}}, Confidence::likely},
        DetectCase{"messages_only", {{"messages/inbox/a_1/message_1.json", thread_head}}, Confidence::likely},
        DetectCase{
            "encrypted", {{"Crew_1.json", R"({"participants":["A"],"threadName":"Crew_1","messages":[]})"}}, Confidence::likely},
        DetectCase{"instagram", {{"your_instagram_activity/messages/inbox/a_1/message_1.json", thread_head}}, std::nullopt},
        DetectCase{"html_only", {{"groups/your_comments_in_groups.html", "<html>"}}, Confidence::likely},
        DetectCase{"a_group_list_of_another_program", {{"your_groups.json", R"({"groups":[]})"}}, std::nullopt},
        DetectCase{"no_json_inside", {{"groups/your_comments_in_groups.json", "<html>"}}, std::nullopt},
        DetectCase{"a_numbered_file", {{"table_1.json", "[1]"}}, std::nullopt}, DetectCase{"nothing", {}, std::nullopt}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Open, RefusesWhatIsNoExport) {
    const MemorySource source("export", {{"x.json", "{}"}, {"groups/no-data.txt", ""}});
    EXPECT_THROW((void)facebook_connector().open(source, {}), Error);
}

TEST(Open, TakesTheDateOfTheNameForTheInstantOfTheExport) {
    const auto reading = read_facebook({{joins_path, R"({"groups_joined_v2":[]})"}});
    ASSERT_TRUE(reading.exported_at);
    EXPECT_EQ(format_date(date_of(*reading.exported_at)), "2026-10-30");
}

}  // namespace
}  // namespace secateur::test

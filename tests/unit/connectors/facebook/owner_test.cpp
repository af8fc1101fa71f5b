// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/unit/connectors/facebook/facebook_support.hpp"

namespace secateur::test {
namespace facebook_owner_test {

using namespace on_facebook;

std::string thread_of(std::string_view participants, std::string_view messages = "") {
    return fmt::format(R"({{"participants":[{}],"messages":[{}],"title":"T"}})", participants, messages);
}
const std::string ann_bob =
    thread_of(R"({"name":"Ann"},{"name":"Bob"})", R"({"sender_name":"Bob","timestamp_ms":1717321402123,"content":"x"})");
const std::string ann_cy = thread_of(R"({"name":"Ann"},{"name":"Cy"})");

struct OwnerCase {
    const char* name;
    Files files;
    Identities me;
    std::string key;  // "?": unknown
    bool from_export;
};
class FacebookFindsOwner : public testing::TestWithParam<OwnerCase> {};
TEST_P(FacebookFindsOwner, ByTheBestEvidence) {
    ReadContext context;
    context.me = GetParam().me;
    const auto reading = read_facebook(GetParam().files, context);
    EXPECT_EQ(reading.owner.person ? reading.owner.person->key : "?", GetParam().key);
    EXPECT_EQ(reading.owner.from_export, GetParam().from_export);
    EXPECT_EQ(reading.owner.candidates.empty(), reading.owner.person.has_value());
    EXPECT_EQ(reading.sink.count<Account>(), reading.owner.person ? 1U : 0U);
}
Identities named(std::string name, bool forced = false) { return {.names = {std::move(name)}, .forced = forced}; }
INSTANTIATE_TEST_SUITE_P(
    Facebook, FacebookFindsOwner,
    testing::ValuesIn<OwnerCase>({
        {"profile", {{profile_path, profile}, {joins_path, "{}"}}, {}, "zoé exemple", true},
        {"profile_of_2019",
                  {{"profile_information/profile_information.json", R"({"profile":{"name":{"full_name":"Ann"}}})"}},
                  {},
                  "ann",
                  true},
        {"author_of_comments",
                  {{comments_path,
                    R"({"group_comments_v2":[{"timestamp":1717250000,"data":[{"comment":{"author":"Ann","group":"G"}}]}]})"}},
                  {},
                  "ann",
                  true},
        {"titles_of_posts",
                  {{posts_path, R"({"group_posts_v2":[)" + post("Ann Fake posted in G.") + "]}"}},
                  {},
                  "ann fake",
                  true},
        {"nothing_but_own_files", {{joins_path, R"({"groups_joined_v2":[)" + join("G") + "]}"}}, {}, "owner", false},
        {"own_files_and_the_profile",
                  {{joins_path, R"({"groups_joined_v2":[)" + join("G") + "]}"}},
                  named("Ann"),
                  "ann",
                  false},
        {"in_every_thread",
                  {{"messages/inbox/a_1/message_1.json", ann_bob}, {"messages/inbox/b_2/message_1.json", ann_cy}},
                  {},
                  "ann",
                  true},
        {"one_thread_tells_nothing", {{"messages/inbox/a_1/message_1.json", ann_bob}}, {}, "?", false},
        {"one_thread_and_the_profile", {{"messages/inbox/a_1/message_1.json", ann_bob}}, named("BOB"), "bob", false},
        {"asked_for",
                  {{profile_path, profile}, {"messages/inbox/a_1/message_1.json", ann_bob}, {joins_path, "{}"}},
                  named("Zoé Exemple", true),
                  "zoé exemple",
                  false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(FacebookOwner, HasAllTheNamesOfTheProfile) {
    const auto reading = read_facebook(
        {{profile_path, R"({"profile_v2":{"name":{"full_name":"Zoé Exemple"},"previous_names":[{"name":"Zoé Ancien"}]}})"},
         {"messages/inbox/a_1/message_1.json",
          thread_of(R"({"name":"Bob"},{"name":"Zoé Exemple"})",
                    R"({"sender_name":"Zoé Ancien","timestamp_ms":1717321402123,"content":"x"})")}});
    ASSERT_EQ(reading.owner.also.size(), 1U);
    EXPECT_EQ(reading.owner.also[0].name, "Zoé Ancien");
    ASSERT_EQ(reading.sink.count<Activity>(), 1U);
    EXPECT_TRUE(reading.sink.all<Activity>()[0].is_me);
}

TEST(FacebookOwner, UnknownLeavesCandidatesByMessages) {
    const auto reading = read_facebook({{"messages/inbox/a_1/message_1.json", ann_bob}});
    ASSERT_EQ(reading.owner.candidates.size(), 2U);
    EXPECT_EQ(reading.owner.candidates[0].person.name, "Bob");
    EXPECT_EQ(reading.owner.candidates[0].activities, 1U);
    EXPECT_FALSE(reading.sink.all<Activity>()[0].is_me);
}

}  // namespace facebook_owner_test
}  // namespace secateur::test

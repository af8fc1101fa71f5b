// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/connectors/linkedin/linkedin_support.hpp"

namespace secateur::test {
namespace linkedin_owner_test {

using namespace on_linkedin;

std::string row(std::string_view id, std::string_view from, std::string_view slug, std::string_view to, std::string_view other) {
    return std::string(id) + ",," + std::string(from) + "," + address(slug) + "," + std::string(to) + "," + address(other) +
           ",2026-02-10 14:00:00 UTC,,x,INBOX,,\n";
}
const std::string invitations = invitations_header + "Ann Fake,Léa Exemple,\"1/29/26, 2:37 PM\",,INCOMING," + address("ann") +
                                "," + address("lea-ex") + "\nLéa Exemple,Bob Fake,\"1/30/26, 2:37 PM\",Hi,OUTGOING," +
                                address("lea-ex") + "," + address("bob") + "\n";
const std::string three_chats = messages_header + row("c1", "Ann Fake", "ann", "Léa Exemple", "lea-ex") +
                                row("c2", "Léa Exemple", "lea-ex", "Bob Fake", "bob") +
                                row("c3", "Cy Fake", "cy", "Léa Exemple", "lea-ex");

struct OwnerCase {
    const char* name;
    std::map<std::string, std::string> files;
    Identities me;
    std::string key, shown;  // both empty: unknown
    bool from_export;
};
class LinkedInOwners : public testing::TestWithParam<OwnerCase> {};
TEST_P(LinkedInOwners, AreFoundByTheStrongestEvidence) {
    ReadContext context;
    context.me = GetParam().me;
    const Reading reading = read_linkedin(GetParam().files, context);
    ASSERT_EQ(reading.owner.person.has_value(), !GetParam().key.empty());
    EXPECT_EQ(reading.sink.count<Account>(), GetParam().key.empty() ? 0u : 1u);
    if (!reading.owner.person) return;
    EXPECT_EQ(*reading.owner.person, (Person{GetParam().key, GetParam().shown}));
    EXPECT_EQ(reading.owner.from_export, GetParam().from_export);
    EXPECT_FALSE(reading.owner.evidence.empty());
}
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInOwners,
    testing::ValuesIn<OwnerCase>({
        {"profile_and_invitations",
                  {{"Profile.csv", profile}, {"Invitations.csv", invitations}},
                  {},
                  "lea-ex",
                  "Léa Exemple",
                  true},
        {"profile_alone", {{"Profile.csv", profile}}, {}, "léa exemple", "Léa Exemple", true},
        {"profile_and_messages", {{"Profile.csv", profile}, {"messages.csv", three_chats}}, {}, "lea-ex", "Léa Exemple", true},
        {"invitations_alone", {{"Invitations.csv", invitations}}, {}, "lea-ex", "Léa Exemple", true},
        {"in_every_conversation", {{"messages.csv", three_chats}}, {}, "lea-ex", "Léa Exemple", true},
        {"one_conversation_tells_nothing",
                  {{"messages.csv", messages_header + row("c1", "Ann Fake", "ann", "Léa Exemple", "lea-ex")}},
                  {},
                  "",
                  "",
                  false},
        {"one_conversation_and_a_profile",
                  {{"messages.csv", messages_header + row("c1", "Ann Fake", "ann", "Léa Exemple", "lea-ex")}},
                  {.names = {"léa EXEMPLE"}},
                  "lea-ex",
                  "Léa Exemple",
                  false},
        {"me_decides_alone",
                  {{"Profile.csv", profile}, {"messages.csv", three_chats}},
                  {.names = {"Bob Fake"}, .forced = true},
                  "bob",
                  "Bob Fake",
                  false},
        {"me_who_is_not_in_the_export",
                  {{"Profile.csv", profile}, {"messages.csv", three_chats}},
                  {.names = {"Nobody Here"}, .forced = true},
                  "lea-ex",
                  "Léa Exemple",
                  false},
        {"own_file_and_a_profile",
                  {{"Comments.csv", comments_header}},
                  {.names = {"Léa Exemple"}},
                  "léa exemple",
                  "Léa Exemple",
                  false},
        {"own_file_with_a_member_id", {{"Comments_845.csv", comments_header}}, {}, "845", "", false},
        {"own_file_alone", {{"Comments.csv", comments_header}}, {}, "", "", false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInOwners, UnknownOnesAreProposed) {
    const Reading reading =
        read_linkedin({{"messages.csv", messages_header + row("c1", "Ann Fake", "ann", "Léa Exemple", "lea-ex") +
                                            row("c2", "Léa Exemple", "lea-ex", "Ann Fake", "ann") +
                                            row("c2", "Bob Fake", "bob", "Léa Exemple", "lea-ex")}});
    ASSERT_FALSE(reading.owner.person);
    ASSERT_EQ(reading.owner.candidates.size(), 3u);
    EXPECT_EQ(reading.owner.candidates[0].person, (Person{"ann", "Ann Fake"}));
    EXPECT_EQ(reading.owner.candidates[2].person, (Person{"bob", "Bob Fake"}));
    for (const Activity& each : reading.sink.all<Activity>()) EXPECT_FALSE(each.is_me);
}

TEST(LinkedInOwners, CarryTheirOtherIds) {
    const Reading reading =
        read_linkedin({{"Profile.csv", profile}, {"Invitations.csv", invitations}, {"Comments_845.csv", comments_header}});
    std::vector<std::string> keys;
    for (const Person& each : reading.owner.also) keys.push_back(each.key);
    EXPECT_THAT(keys, testing::ElementsAre("léa exemple", "845"));
    const Account account = reading.sink.all<Account>().at(0);
    EXPECT_EQ(account.native_id, "845");
    EXPECT_EQ(account.handle, "lea-ex");
    EXPECT_EQ(account.evidence, "account.from_export");
}

TEST(LinkedInOwners, ReactionsAreMineByTheirFormat) {
    const Reading reading =
        read_linkedin({{"Reactions.csv", reactions_header + "2026-05-08 09:00:00,LIKE," + urn("groupPost:5-7") + "\n"}});
    ASSERT_EQ(reading.sink.count<Activity>(), 1u);
    EXPECT_TRUE(reading.sink.all<Activity>()[0].is_me);
}

}  // namespace linkedin_owner_test
}  // namespace secateur::test

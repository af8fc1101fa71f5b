// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/connectors/linkedin/linkedin_support.hpp"

namespace secateur::test {
namespace linkedin_messages_test {

using namespace on_linkedin;
using testing::ElementsAre;

/// id,title,from,address,to,addresses,date
std::string message(std::string_view id, std::string_view from, std::string_view slug, std::string_view to,
                    std::string_view slugs, std::string_view text = "x", std::string_view draft = "No",
                    std::string_view title = "", std::string_view attachments = "") {
    const auto quoted = [](std::string_view cell) { return "\"" + std::string(cell) + "\","; };
    return quoted(id) + quoted(title) + quoted(from) + quoted(slug.empty() ? "" : address(slug)) + quoted(to) + quoted(slugs) +
           quoted("2026-02-10 14:00:00 UTC") + quoted("") + quoted(text) + quoted("INBOX") + quoted(attachments) + "\"" +
           std::string(draft) + "\"\n";
}
VectorSink read_messages(const std::string& rows, const ReadContext& context = {}) {
    return read_table("messages.csv", messages_header + rows, context);
}

const std::string lea = address("lea");

TEST(LinkedInMessages, OfTwoAreDirect) {
    const VectorSink sink = read_messages(message("c1", "Ann Fake", "ann", "Léa Exemple", lea, "Bonjour") +
                                          message("c1", "Léa Exemple", "lea", "Ann Fake", address("ann"), "Oui"));
    const Group* chat = sink.group("chat:c1");
    ASSERT_NE(chat, nullptr);
    EXPECT_EQ(chat->kind, GroupKind::direct);
    EXPECT_EQ(chat->name, "Ann Fake");
    const auto messages = sink.all<Activity>();
    ASSERT_EQ(messages.size(), 2u);
    EXPECT_FALSE(messages[0].is_me);
    EXPECT_EQ(messages[0].author, (Person{"ann", "Ann Fake"}));
    EXPECT_EQ(messages[0].text, "Bonjour");
    EXPECT_TRUE(messages[1].is_me);
    EXPECT_EQ(messages[1].kind, ActivityKind::message);
    EXPECT_EQ(sink.coverage("chat:c1")->kind, CoverageKind::full);
    EXPECT_EQ(format_rfc3339(*sink.coverage("chat:c1")->begin), "2026-02-10T14:00:00Z");
}

struct ChatCase {
    const char* name;
    std::string rows;
    GroupKind kind;
    std::string title;
};
class LinkedInChats : public testing::TestWithParam<ChatCase> {};
TEST_P(LinkedInChats, AreGroupsFromThreePeopleOn) {
    const VectorSink sink = read_messages(GetParam().rows);
    const Group* chat = sink.group("chat:c");
    ASSERT_NE(chat, nullptr);
    EXPECT_EQ(chat->kind, GetParam().kind);
    EXPECT_EQ(chat->name, GetParam().title);
}
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInChats,
    testing::ValuesIn<ChatCase>({
        {"two_recipients",
            message("c", "Léa Exemple", "lea", "Ann Fake, Bob Fake", address("ann") + "," + address("bob"), "x", "No", "Guild"),
            GroupKind::group_chat, "Guild"},
        {"three_writers_one_by_one",
                 message("c", "Léa Exemple", "lea", "Ann Fake", address("ann")) +
                     message("c", "Ann Fake", "ann", "Léa Exemple", lea) + message("c", "Bob Fake", "bob", "Léa Exemple", lea),
                 GroupKind::group_chat, "Ann Fake, Bob Fake"},
        {"comma_in_the_name", message("c", "Léa Exemple", "lea", "Ann Fake, Ph.D.", address("ann")), GroupKind::direct,
                 "Ann Fake, Ph.D."},
        {"comma_in_the_name_without_addresses", message("c", "Léa Exemple", "lea", "Ann Fake, Ph.D., MBA", ""),
                 GroupKind::direct, "Ann Fake, Ph.D., MBA"},
        {"two_names_without_addresses", message("c", "Léa Exemple", "lea", "Ann Fake, PhD, Bob Fake", ""),
                 GroupKind::group_chat, "Ann Fake, PhD, Bob Fake"},
        {"names_without_addresses_both_ways",
                 message("c", "Léa Exemple", "lea", "Ann Fake", "") + message("c", "Ann Fake", "ann", "Léa Exemple", ""),
                 GroupKind::direct, "Ann Fake"},
        {"address_missing_once",
            message("c", "Léa Exemple", "lea", "Ann Fake", address("ann")) + message("c", "Ann Fake", "", "Léa Exemple", lea),
            GroupKind::direct, "Ann Fake"},
        {"many_people",
                 message("c", "Ann Fake", "ann", "", lea + "," + address("bob")) + message("c", "Bob Fake", "bob", "", lea) +
                     message("c", "Cy Fake", "cy", "", lea) + message("c", "Di Fake", "di", "", lea),
                 GroupKind::group_chat, "Ann Fake, Bob Fake, Cy Fake, …"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInMessages, DraftsAndAdvertisementsAreNoRecords) {
    const VectorSink sink = read_messages(
        message("c", "Léa Exemple", "lea", "Ann Fake", address("ann"), "later", "Yes") +
        message("c2", "Léa Exemple", "lea", "Ann Fake", address("ann"), "kept", "false") +
        message("c3", "LinkedIn Member", "", "Léa Exemple", lea, "<p class=\"\"spinmail-quill-editor__spin-break\"\">Buy</p>"));
    EXPECT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(sink.ignored_for("draft"), 1u);
    EXPECT_EQ(sink.ignored_for("sponsored"), 1u);
    EXPECT_EQ(sink.group("chat:c"), nullptr);
    EXPECT_EQ(sink.group("chat:c3"), nullptr);
}

TEST(LinkedInMessages, OfHiddenMembersHaveNoAuthor) {
    const VectorSink sink = read_messages(message("c", "LinkedIn Member", "", "Léa Exemple", lea, "Hi"));
    ASSERT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(sink.all<Activity>()[0].author, Person{});
    EXPECT_FALSE(sink.all<Activity>()[0].is_me);
    EXPECT_EQ(sink.group("chat:c")->name, "LinkedIn Member");
}

TEST(LinkedInMessages, OfMineAloneDoNotShowTheWholeConversation) {
    const VectorSink sink = read_messages(message("c", "Léa Exemple", "lea", "Ann Fake", address("ann")));
    EXPECT_EQ(sink.coverage("chat:c")->kind, CoverageKind::own_only);
}

TEST(LinkedInMessages, CountTheirAttachments) {
    const VectorSink sink = read_messages(
        message("c", "Ann Fake", "ann", "Léa Exemple", lea, "x", "No", "", "https://f.example/a https://f.example/b"));
    EXPECT_EQ(sink.all<Activity>().at(0).attachments, 2u);
}

TEST(LinkedInMessages, WithoutConversationAreRefused) {
    const VectorSink sink = read_messages(message("", "Ann Fake", "ann", "Léa Exemple", lea));
    EXPECT_EQ(sink.count<Activity>(), 0u);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "linkedin.no_conversation");
}

TEST(LinkedInMessages, WithACellTooManyAreNotGluedToOthers) {
    const VectorSink sink = read_messages(message("c", "Ann Fake", "ann", "Léa Exemple", lea, "Mine") +
                                          "c,,Fake, Bob," + address("bob") + ",Léa Exemple," + lea +
                                          ",2026-02-10 14:00:00 UTC,,His,INBOX,,No\n");
    ASSERT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(sink.all<Activity>()[0].text, "Mine");
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "linkedin.row_long");
}

TEST(LinkedInMessages, OfEveryEraAreReadByTheNamesOfTheirColumns) {
    const std::string nine = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n";
    const VectorSink sink = read_table(
        "messages.csv", nine + "c,,Ann Fake," + address("ann") + ",Léa Exemple,2022-01-05 10:00:00 UTC,Subject only,,INBOX\n");
    ASSERT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(sink.all<Activity>()[0].text, "Subject only");
    EXPECT_EQ(sink.group("chat:c")->kind, GroupKind::direct);
}

TEST(LinkedInMessages, HomonymWithAnotherAddressIsNotMe) {
    const Reading reading =
        read_linkedin({{"Profile.csv", profile},
                       {"Invitations.csv", invitations_header + "Léa Exemple,Ann Fake,\"1/29/26, 2:37 PM\",,OUTGOING," + lea +
                                               "," + address("ann") + "\n"},
                       {"messages.csv", messages_header + message("c", "Léa Exemple", "lea-exemple-2", "Léa Exemple", lea)}});
    ASSERT_EQ(reading.sink.count<Activity>(), 1u);
    EXPECT_FALSE(reading.sink.all<Activity>()[0].is_me);
}

}  // namespace linkedin_messages_test
}  // namespace secateur::test

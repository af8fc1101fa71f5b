// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/connectors/facebook/facebook_support.hpp"

namespace secateur::test {
namespace facebook_threads_test {

using namespace on_facebook;

constexpr const char* inbox = "your_facebook_activity/messages/inbox/crew_123/message_1.json";

std::string said(std::string_view who, std::string_view text, std::int64_t at = 1717321402123, std::string_view more = "") {
    return fmt::format(R"({{"sender_name":"{}","timestamp_ms":{},"content":"{}"{}{}}})", who, at, text, more.empty() ? "" : ",",
                       more);
}
std::string thread(std::string_view people, std::string_view messages, std::string_view more = "") {
    std::string participants;
    for (std::size_t at = 0; at < people.size();) {
        const auto end = std::min(people.find(',', at), people.size());
        participants += fmt::format(R"({}{{"name":"{}"}})", participants.empty() ? "" : ",", people.substr(at, end - at));
        at = end + 1;
    }
    return fmt::format(R"({{"participants":[{}],"messages":[{}],"title":"L’équipe"{}{}}})", participants, messages,
                       more.empty() ? "" : ",", more);
}

struct ThreadCase {
    const char* name;
    std::string json;
    GroupKind kind;
};
class FacebookThreadKinds : public testing::TestWithParam<ThreadCase> {};
TEST_P(FacebookThreadKinds, CountPeopleThereAndGone) {
    const auto sink = read_files({{inbox, GetParam().json}});
    const Group* group = sink.group("thread:123");
    ASSERT_NE(group, nullptr);
    EXPECT_EQ(group->kind, GetParam().kind);
    EXPECT_EQ(group->name, "L’équipe");
}
INSTANTIATE_TEST_SUITE_P(
    Facebook, FacebookThreadKinds,
    testing::ValuesIn<ThreadCase>({
        {"two", thread("Ann,Zoé Exemple", said("Ann", "x")), GroupKind::direct},
        {"three", thread("Ann,Bob,Zoé Exemple", said("Ann", "x")), GroupKind::group_chat},
        {"one_left", thread("Ann,Zoé Exemple", said("Bob", "x")), GroupKind::group_chat},
        {"said_so", thread("Ann,Zoé Exemple", said("Ann", "x"), R"("thread_type":"RegularGroup")"),
                   GroupKind::group_chat},
        {"somebody_came",
                   thread("Ann,Zoé Exemple",
                          said("Ann", "x", 1717321402123, R"("type":"Subscribe","users":[{"name":"Ann"}])")),
                   GroupKind::group_chat}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(FacebookThreads, AreReadWithReactionsAndRepairedTexts) {
    const auto sink = read_files(
        {{inbox,
          thread(
              "Ann,Bob,Zoé Exemple",
              said(
                  "Ann", "À demain ❤", 1717321402123,
                  R"("reactions":[{"reaction":"❤","actor":"Zoé Exemple"}],"photos":[{"uri":"a"},{"uri":"b"}],)"
                  R"("share":{"link":"https://example.org/"})") +
                  "," + said("Zoé Exemple", "oui", 1717321403000))}});
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].text, "À demain ❤");
    EXPECT_EQ(all[0].author.key, "ann");
    EXPECT_EQ(all[0].attachments, 2U);
    EXPECT_THAT(all[0].links, testing::ElementsAre("https://example.org/"));
    EXPECT_EQ(format_rfc3339(all[0].when->at), "2024-06-02T09:43:22Z");
    EXPECT_EQ(all[1].kind, ActivityKind::reaction);
    EXPECT_EQ(all[1].parent, all[0].native_id);
    EXPECT_TRUE(all[1].is_me);
    EXPECT_FALSE(all[1].when);
    EXPECT_TRUE(all[2].is_me);
    EXPECT_EQ(sink.coverage("thread:123")->kind, CoverageKind::full);
}

TEST(FacebookThreads, InSeveralPartsAreOne) {
    const auto sink = read_files({{inbox, thread("Ann,Bob,Zoé Exemple", said("Ann", "late", 1717321402123))},
                                  {"your_facebook_activity/messages/inbox/crew_123/message_2.json",
                                   thread("Ann,Bob,Zoé Exemple", said("Ann", "early", 1617321402123))}});
    EXPECT_EQ(sink.count<Activity>(), 2U);
    EXPECT_EQ(sink.count<Group>(), 1U);
    EXPECT_EQ(format_date(date_of(*sink.coverage("thread:123")->begin)), "2021-04-01");
}

TEST(FacebookThreads, ThatILeftSaySo) {
    const auto left = read_files({{inbox, thread("Ann,Bob", said("Ann", "x"), R"("is_still_participant":false)")}});
    const Membership* membership = left.find<Membership>([](const auto&) { return true; });
    ASSERT_EQ(left.group("thread:123")->kind, GroupKind::group_chat);  // Ann, Bob, and Zoé who is gone
    ASSERT_NE(membership, nullptr);
    EXPECT_EQ(membership->event, MembershipEvent::left);
    EXPECT_FALSE(membership->at);
}

TEST(FacebookThreads, TellOfCallsAndMembersWithoutWords) {
    const auto sink = read_files(
        {{inbox,
          thread("Ann,Bob,Zoé Exemple",
                 said("Ann", "", 1717321402123, R"("type":"Call","call_duration":4)") + "," +
                     said("Ann", "", 1717321402124, R"("type":"Subscribe","users":[{"name":"Zoé Exemple"},{"name":"Bob"}])") +
                     "," + said("Bob", "", 1717321402125, R"("type":"Unsubscribe","users":[{"name":"Bob"}])"))}});
    EXPECT_EQ(sink.count<Activity>(), 0U);
    EXPECT_EQ(sink.ignored_for("call"), 1U);
    std::vector<std::string> events;
    for (const Membership& each : sink.all<Membership>())
        events.push_back(std::string(to_string(each.event)) + ' ' + (each.is_me ? "me" : each.person.key));
    EXPECT_THAT(events, testing::ElementsAre("joined me", "joined bob", "left bob"));
}

TEST(FacebookThreads, HaveNoPersonForDeletedAccounts) {
    const auto sink = read_files({{inbox, thread("Ann,Zoé Exemple", said("Facebook user", "x") + "," +
                                                                        said("Utilisateur de Facebook", "y", 1717321402999))}});
    for (const Activity& each : sink.all<Activity>()) EXPECT_EQ(each.author, Person{});
    EXPECT_EQ(sink.group("thread:123")->kind, GroupKind::direct);
}

TEST(FacebookThreads, RefuseMessagesWithoutAPossibleTime) {
    const auto sink =
        read_files({{inbox, thread("Ann,Zoé Exemple", R"({"sender_name":"Ann","content":"x"},)" + said("Ann", "y", 5) + ",3")}});
    EXPECT_EQ(sink.rejected.size(), 3U);
    EXPECT_EQ(sink.count<Activity>(), 0U);
}

TEST(FacebookThreads, OfTheEncryptedArchiveAreReadAsTheyAre) {
    const std::string flat =
        R"({"participants":["Ann","Bob","Zoé Exemple"],"threadName":"L’équipe_27","messages":[)"
        R"({"senderName":"Ann","text":"Ã©tÃ©","timestamp":1717321402123,"type":"text","reactions":[{"actor":"Bob",)"
        R"("reaction":"👍"}]},)"
        R"({"senderName":"Zoé Exemple","text":"","timestamp":1717321402124,"type":"placeholder","isUnsent":true}]})";
    const auto sink =
        read_source(facebook_connector(), MemorySource("messages", {{"L’équipe_27.json", flat}, {profile_path, profile}})).sink;
    const Group* group = sink.group("thread:l’équipe_27");
    ASSERT_NE(group, nullptr);
    EXPECT_EQ(group->name, "L’équipe");
    EXPECT_EQ(group->kind, GroupKind::group_chat);
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].text, "Ã©tÃ©");
    EXPECT_TRUE(all[2].is_me);
}

TEST(FacebookThreads, KeptTwiceAtTheMoveToEncryptionCountOnce) {
    const auto reading = read_facebook(
        {{profile_path, profile},
         {"your_facebook_activity/messages/e2ee_cutover/crew_123/message_1.json",
          thread("Ann,Bob,Zoé Exemple", said("Ann", "a") + "," + said("Ann", "b", 1717321403000))},
         {"Crew_5.json",
          R"({"participants":["Ann","Bob","Zo"],"threadName":"Crew_5","messages":[{"senderName":"Ann","text":"a",)"
          R"("timestamp":1717321402123},{"senderName":"Ann","text":"new","timestamp":1717321404000}]})"}});
    EXPECT_EQ(reading.sink.count<Activity>(), 3U);
    EXPECT_EQ(reading.sink.ignored_for("listed_twice"), 1U);
}

TEST(FacebookThreads, OfGroupsMayRepeatTheInbox) {
    const auto sink = read_files(
        {{inbox, thread("Ann,Bob,Zoé Exemple", said("Ann", "a"))},
         {"groups/your_group_messages/123.json", R"({"thread_name":"L’équipe","messages":[)" + said("Ann", "a") + "]}"}});
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].native_id, all[1].native_id);
    EXPECT_EQ(sink.count<Group>(), 1U);
}

TEST(FacebookThreads, ThatBreakOffEndTheirCoverageThere) {
    const std::string whole = thread("Ann,Bob,Zoé Exemple", said("Ann", "a") + "," + said("Ann", "b", 1717321403000));
    const auto sink = read_files({{inbox, whole.substr(0, whole.find("\"b\""))}});
    EXPECT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.coverage("thread:123")->end, sink.all<Activity>()[0].when->at);
}

}  // namespace facebook_threads_test
}  // namespace secateur::test

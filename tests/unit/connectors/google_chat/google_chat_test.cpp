// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& google_chat_connector();
}

namespace secateur::test {
namespace google_chat_test {

using Files = std::map<std::string, std::string>;
const std::string root = "Takeout/Google Chat/";
const std::string space = root + "Groups/Space AAA/";

std::string person(std::string_view name) {
    return fmt::format(R"({{"name":"{0}","email":"{0}@example.org","user_type":"Human"}})", name);
}
std::string user_info(std::string_view name, std::string_view memberships = "") {
    return fmt::format(R"({{"user":{},"membership_info":[{}]}})", person(name), memberships);
}
std::string members(std::vector<std::string_view> names, std::string_view title = "") {
    std::string list;
    for (const auto name : names) list += (list.empty() ? "" : ",") + person(name);
    return fmt::format(R"({{{}"members":[{}]}})", title.empty() ? "" : fmt::format(R"("name":"{}",)", title), list);
}
std::string message(std::string_view author, std::string_view id, std::string_view more = R"(,"text":"Hello")") {
    return fmt::format(R"({{"creator":{},"created_date":"Tuesday, March 16, 2021 at 10:41:03 PM UTC","message_id":"{}"{}}})",
                       person(author), id, more);
}
std::string messages(std::string_view list) { return fmt::format(R"({{"messages":[{}]}})", list); }

ReadContext on(std::string_view day) {
    ReadContext context;
    context.today = *parse_date(day);
    return context;
}
Reading read(Files files, const ReadContext& context = on("2026-11-21"), std::string label = "takeout-20261030T101112Z-001.zip") {
    return read_source(google_chat_connector(), MemorySource(std::move(label), std::move(files)), context);
}
/// Messages of one space with mira, ann and bob, in the Takeout of mira.
VectorSink read_space(std::string_view list, const ReadContext& context = on("2026-11-21")) {
    return read({{root + "Users/User 1/user_info.json",
                  user_info("mira", R"({"group_id":"Space AAA","membership_state":"MEMBER_JOINED"})")},
                 {space + "group_info.json", members({"mira", "ann", "bob"}, "Walks")},
                 {space + "messages.json", messages(list)}},
                context)
        .sink;
}

struct DetectCase {
    const char* name;
    Files files;
    std::optional<Confidence> expected;
};
class GoogleChatDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(GoogleChatDetect, SaysWhatItIs) {
    const auto match = google_chat_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}
const std::string one = messages(message("ann", "a/b/b"));
INSTANTIATE_TEST_SUITE_P(
    GoogleChat, GoogleChatDetect,
    testing::ValuesIn<DetectCase>({
        {"takeout",
                   {{root + "Users/User 1/user_info.json", user_info("mira")}, {space + "messages.json", one}},
                   Confidence::certain},
        {"with_the_index_page", {{"Takeout/archive_browser.html", "x"}, {space + "messages.json", one}}, Confidence::certain},
        {"with_attachments", {{space + "messages.json", one}, {space + "plan.pdf", "x"}}, Confidence::certain},
        {"one_space_alone", {{"messages.json", one}}, Confidence::certain},
        {"members_alone", {{"group_info.json", members({"a"})}}, Confidence::likely},
        {"folders_in_french", {{"Google Chat/Groupes/Space A/messages.json", one}}, Confidence::certain},
        {"other_products_beside", {{space + "messages.json", one}, {"Takeout/YouTube/a.csv", "x"}}, std::nullopt},
        {"messages_of_another_program", {{"messages.json", R"({"messages":[{"text":"x"}]})"}}, std::nullopt},
        {"nothing", {}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(GoogleChatGroups, GivenAloneAreNamedAfterTheirFolder) {
    EXPECT_TRUE(read({{"messages.json", one}}, on("2026-11-21"), "Groups/Space AAA").sink.activity("Space AAA", "a/b/b"));
}

TEST(GoogleChatOpen, RefusesWhatHasNoneOfItsFiles) {
    EXPECT_THROW((void)google_chat_connector().open(MemorySource("x", {{"result.json", "{}"}}), {}), Error);
}

TEST(GoogleChatGroups, AreThoseIBelongToEvenWithoutAMessage) {
    const VectorSink sink =
        read({{root + "Users/User 1/user_info.json",
               user_info("mira", R"({"group_name":"Silent","group_id":"Space ZZZ","membership_state":"MEMBER_JOINED"},)"
                                 R"({"group_id":"Space AAA","membership_state":"MEMBER_INVITED"})")},
              {space + "group_info.json", members({"mira", "ann"}, "Walks")},
              {root + "Groups/Space BBB/group_info.json", members({"mira", "bob"}, "Boats")},
              {root + "Groups/DM CCC/group_info.json", members({"mira", "ann"})},
              {root + "Groups/DM DDD/group_info.json", members({"mira", "ann", "bob", "cy", "di"})}})
            .sink;
    EXPECT_EQ(sink.group("Space ZZZ")->name, "Silent");
    EXPECT_EQ(sink.group("Space AAA")->kind, GroupKind::group);
    EXPECT_EQ(sink.group("Space AAA")->members, 2u);
    EXPECT_EQ(sink.group("DM CCC")->kind, GroupKind::direct);
    EXPECT_EQ(sink.group("DM CCC")->name, "ann");
    EXPECT_EQ(sink.group("DM DDD")->kind, GroupKind::group_chat);
    EXPECT_EQ(sink.group("DM DDD")->name, "ann, bob, cy, …");
    std::vector<std::string> found;
    for (const Membership& each : sink.all<Membership>())
        found.push_back(each.group + "/" + std::string(to_string(each.event)) + "/" + each.origin + "/" + each.note);
    std::ranges::sort(found);
    EXPECT_EQ(found, (std::vector<std::string>{"DM DDD/member/group_info/", "Space AAA/unknown/membership_info/MEMBER_INVITED",
                                               "Space BBB/member/group_info/", "Space ZZZ/member/membership_info/"}));
    EXPECT_EQ(sink.coverage("Space ZZZ")->kind, CoverageKind::names_only);
    EXPECT_EQ(sink.coverage("Space BBB")->kind, CoverageKind::names_only);
}

TEST(GoogleChatMessages, HaveTheirAuthorTimeAndId) {
    const VectorSink sink = read_space(message("ann", "AAA/t1/t1") + "," + message("mira", "AAA/t2/t2"));
    const Activity* hers = sink.activity("Space AAA", "AAA/t1/t1");
    const Activity* mine = sink.activity("Space AAA", "AAA/t2/t2");
    ASSERT_TRUE(hers && mine);
    EXPECT_EQ(hers->author, (Person{"ann@example.org", "ann"}));
    EXPECT_FALSE(hers->is_me);
    EXPECT_EQ(hers->text, "Hello");
    EXPECT_EQ(hers->when, (When{.at = parse_rfc3339("2021-03-16T22:41:03Z")->at}));
    EXPECT_EQ(hers->kind, ActivityKind::message);
    EXPECT_TRUE(mine->is_me);
    const Coverage* coverage = sink.coverage("Space AAA");
    EXPECT_EQ(coverage->kind, CoverageKind::full);
    EXPECT_EQ(coverage->begin, hers->when->at);
    EXPECT_EQ(coverage->end, parse_rfc3339("2026-10-30T10:11:12Z")->at);
}

TEST(GoogleChatMessages, OfOldExportsHaveNoIdAndKeepTheirDateAsWritten) {
    const VectorSink sink =
        read_space(fmt::format(R"({{"creator":{},"created_date":"16 March 2021 at 22:41:03 UTC","text":"x",)"
                               R"("reactions":[{{"emoji":{{"unicode":"👍"}},"reactor_emails":["mira@example.org"]}}]}})",
                               person("ann")));
    const auto found = sink.all<Activity>();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].native_id, "");
    EXPECT_EQ(found[0].when->written, "16 March 2021 at 22:41:03 UTC");
    EXPECT_EQ(found[1].natural_key, "r:16 March 2021 at 22:41:03 UTC|ann@example.org:mira@example.org:👍");
}

TEST(GoogleChatMessages, InATopicAnswerTheOneThatOpenedItUnlessTheyQuote) {
    const VectorSink sink =
        read_space(message("ann", "AAA/t1/t1") + "," + message("bob", "AAA/t1/m2") + "," +
                   message("mira", "AAA/t3/t3", R"(,"text":"x","quoted_message_metadata":{"message_id":"AAA/t1/m2"})"));
    EXPECT_EQ(sink.activity("Space AAA", "AAA/t1/t1")->parent, "");
    EXPECT_EQ(sink.activity("Space AAA", "AAA/t1/m2")->parent, "AAA/t1/t1");
    EXPECT_EQ(sink.activity("Space AAA", "AAA/t1/m2")->kind, ActivityKind::reply);
    EXPECT_EQ(sink.activity("Space AAA", "AAA/t3/t3")->parent, "AAA/t1/m2");
}

TEST(GoogleChatMessages, ThatWereEditedTellTheirDateInTheVersionBefore) {
    const VectorSink sink = read_space(fmt::format(
        R"({{"creator":{},"updated_date":"Wednesday, March 17, 2021 at 8:00:00 AM UTC","message_id":"AAA/t/t","text":"new",)"
        R"("previous_message_versions":[{{"created_date":"Tuesday, March 16, 2021 at 10:41:03 PM UTC","text":"old"}}]}})",
        person("ann")));
    const Activity* found = sink.activity("Space AAA", "AAA/t/t");
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->edited);
    EXPECT_EQ(format_rfc3339(found->when->at), "2021-03-16T22:41:03Z");
    EXPECT_EQ(found->text, "new");
}

TEST(GoogleChatMessages, ThatWereDeletedOrWrittenByAnAssistantAreNoRecords) {
    const VectorSink sink = read_space(
        R"({"message_id":"AAA/t/t","message_state":"DELETED","deleted_date":"Tuesday, March 16, 2021 at 10:41:03 PM UTC","deletion_metadata":{"deletion_type":"CREATOR"}},)" +
        message("ann", "AAA/u/u",
                R"(,"annotations":[{"gsuite_integration_metadata":{"call_data":{"call_status":"CALL_MISSED"}}}])"));
    EXPECT_EQ(sink.count<Activity>(), 0u);
    EXPECT_EQ(sink.ignored_for("deleted_message"), 1u);
    EXPECT_EQ(sink.ignored_for("service_message"), 1u);
    EXPECT_TRUE(sink.rejected.empty());
}

TEST(GoogleChatMessages, CountFilesLinksAndMentions) {
    const VectorSink sink = read_space(message(
        "ann", "AAA/t/t",
        R"(,"text":"@mira","attached_files":[{"original_name":"a","export_name":"a"},{"original_name":"b"}],"annotations":[)"
        R"({"url_metadata":{"url":{"private_do_not_access_or_else_safe_url_wrapped_value":"https://example.org/a"}}},)"
        R"({"youtube_metadata":{"id":"abc"}},{"drive_metadata":{"id":"x"}},{"user_mention_metadata":{"user":{"email":"Mira@example.org"}}},)"
        R"({"video_call_metadata":{"meeting_space":{"meeting_url":"https://meet.google.com/a"}}}])"));
    const Activity* found = sink.activity("Space AAA", "AAA/t/t");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->attachments, 3u);
    EXPECT_EQ(found->links, (std::vector<std::string>{"https://example.org/a", "https://www.youtube.com/watch?v=abc",
                                                      "https://meet.google.com/a"}));
    EXPECT_TRUE(found->mentions_me);
}

TEST(GoogleChatMessages, OfRobotsAndOfDeletedAccountsAreNobodys) {
    const VectorSink sink = read_space(
        R"({"creator":{"name":"Meet","user_type":"Bot"},"created_date":"16 March 2021 at 22:41:03 UTC","message_id":"AAA/t/t","text":"x"},)"
        R"({"creator":{"user_type":"Human"},"created_date":"16 March 2021 at 22:41:03 UTC","message_id":"AAA/u/u","text":"x"})");
    EXPECT_TRUE(sink.activity("Space AAA", "AAA/t/t")->automatic);
    EXPECT_EQ(sink.activity("Space AAA", "AAA/u/u")->author, Person{});
    EXPECT_EQ(sink.coverage("Space AAA")->kind, CoverageKind::names_only);
}

TEST(GoogleChatMessages, OfMineAloneNeverMakeTheWholeConversation) {
    std::string list = message("mira", "AAA/t0/t0");
    EXPECT_EQ(read_space(list).coverage("Space AAA")->kind, CoverageKind::names_only);
    for (int i = 1; i < 5; ++i) list += "," + message("mira", fmt::format("AAA/t{0}/t{0}", i));
    EXPECT_EQ(read_space(list).coverage("Space AAA")->kind, CoverageKind::own_only);
}

TEST(GoogleChatReactions, AreOfTheirPeopleAndUndated) {
    const VectorSink sink = read_space(
        message("mira", "AAA/t/t",
                R"(,"text":"x","reactions":[{"emoji":{"unicode":"👍"},"reactor_emails":["ANN@example.org","mira@example.org"]},)"
                R"({"emoji":{"custom_emoji":{"uid":"u7"}},"reactor_emails":["gone@example.org"]}])"));
    const Activity* hers = sink.activity("Space AAA", "r:AAA/t/t:ann@example.org:👍");
    ASSERT_TRUE(hers);
    EXPECT_EQ(hers->kind, ActivityKind::reaction);
    EXPECT_EQ(hers->author, (Person{"ann@example.org", "ann"}));
    EXPECT_EQ(hers->parent, "AAA/t/t");
    EXPECT_TRUE(hers->parent_is_me);
    EXPECT_FALSE(hers->when);
    EXPECT_TRUE(sink.activity("Space AAA", "r:AAA/t/t:mira@example.org:👍")->is_me);
    EXPECT_TRUE(sink.activity("Space AAA", "r:AAA/t/t:gone@example.org:u7"));
}

TEST(GoogleChatDates, ThatCannotBeReadAreRefusedOneByOne) {
    const VectorSink sink = read_space(
        R"({"created_date":"sometime","message_id":"a","text":"secret"},{"created_date":"16 March 1970 at 22:41:03 UTC","message_id":"b"},)"
        R"({"created_date":"16 March 2027 at 22:41:03 UTC","message_id":"c"},7,{"message_id":"d","text":"x"})");
    std::vector<std::string> reasons;
    for (const auto& each : sink.rejected) reasons.push_back(each.problem.reason.id);
    EXPECT_EQ(reasons, (std::vector<std::string>{"google_chat.bad_date", "google_chat.impossible_date",
                                                 "google_chat.impossible_date", "google_chat.not_an_object"}));
    ASSERT_TRUE(sink.activity("Space AAA", "d"));
    EXPECT_FALSE(sink.activity("Space AAA", "d")->when);
}

TEST(GoogleChatFiles, ThatBreakOffKeepWhatStandsBefore) {
    const VectorSink sink = read({{root + "Users/User 1/user_info.json", R"({"user":{"name")"},
                                  {space + "messages.json", R"({"messages":[)" + message("ann", "AAA/t/t") + R"(,{"creator")"}})
                                .sink;
    EXPECT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(sink.rejected.size(), 2u);
}

TEST(GoogleChatOwner, IsTheUserOfTheTakeout) {
    const Reading reading = read({{root + "Users/User 1/user_info.json", user_info("mira")}, {space + "messages.json", one}});
    EXPECT_EQ(reading.owner.person, (Person{"mira@example.org", "mira"}));
    EXPECT_TRUE(reading.owner.from_export);
    EXPECT_EQ(reading.exported_at, parse_rfc3339("2026-10-30T10:11:12Z")->at);
    ASSERT_EQ(reading.sink.count<Account>(), 1u);
    EXPECT_EQ(reading.sink.all<Account>()[0].handle, "mira@example.org");
    EXPECT_FALSE(reading.sink.lacks_id("google_chat.lack_user"));
}

TEST(GoogleChatOwner, OfTwoTakeoutsInOneIsAskedFor) {
    const Files files{{root + "Users/User 1/user_info.json", user_info("mira")},
                      {root + "Users/User 2/user_info.json", user_info("ann")},
                      {space + "group_info.json", members({"mira", "ann", "bob"})},
                      {space + "messages.json", one}};
    const Reading reading = read(files);
    EXPECT_FALSE(reading.owner.person);
    ASSERT_EQ(reading.owner.candidates.size(), 2u);
    ReadContext context = on("2026-11-21");
    context.me.emails = {"ann@example.org"};
    EXPECT_EQ(read(files, context).owner.person->name, "ann");
}

TEST(GoogleChatOwner, IsTheOnlyMemberOfEveryConversation) {
    Files files{{root + "Groups/DM A/group_info.json", members({"mira", "ann"})},
                {root + "Groups/DM B/group_info.json", members({"bob", "mira"})},
                {root + "Groups/DM C/group_info.json", members({"cy", "mira"})}};
    const Reading reading = read(files);
    EXPECT_EQ(reading.owner.person->name, "mira");
    EXPECT_TRUE(reading.sink.lacks_id("google_chat.lack_user"));
    files.erase(root + "Groups/DM C/group_info.json");
    const Reading doubtful = read(files);
    EXPECT_FALSE(doubtful.owner.person);
    ASSERT_FALSE(doubtful.owner.candidates.empty());
    EXPECT_EQ(doubtful.owner.candidates[0].person.name, "mira");
}

TEST(GoogleChatOwner, OfMessagesAloneIsAmongTheirAuthors) {
    const Files files{
        {"messages.json", messages(message("ann", "a/b/b") + "," + message("mira", "a/c/c") + "," + message("ann", "a/d/d"))}};
    const Reading doubtful = read(files);
    ASSERT_EQ(doubtful.owner.candidates.size(), 2u);
    EXPECT_EQ(doubtful.owner.candidates[0].person.name, "ann");
    EXPECT_EQ(doubtful.owner.candidates[0].activities, 2u);
    ReadContext context = on("2026-11-21");
    context.me.names = {"Mira"};
    EXPECT_EQ(read(files, context).owner.person->key, "mira@example.org");
}

TEST(GoogleChatOwner, IsWhoWasAskedForAgainstTheExport) {
    ReadContext context = on("2026-11-21");
    context.me.names = {"ann"};
    context.me.forced = true;
    const Reading reading = read({{root + "Users/User 1/user_info.json", user_info("mira")},
                                  {space + "group_info.json", members({"mira", "ann"})},
                                  {space + "messages.json", one}},
                                 context);
    EXPECT_EQ(reading.owner.person->name, "ann");
    EXPECT_FALSE(reading.owner.from_export);
    EXPECT_TRUE(reading.sink.all<Activity>().at(0).is_me);
}

}  // namespace google_chat_test
}  // namespace secateur::test

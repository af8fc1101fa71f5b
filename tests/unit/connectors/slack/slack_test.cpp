// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& slack_connector();
}

namespace secateur::test {
namespace slack_test {

using testing::ElementsAre;
using testing::IsEmpty;

using Files = std::map<std::string, std::string>;

constexpr const char* people =
    R"([{"id":"U1","team_id":"T1","name":"isa","real_name":"Isabelle Morel","profile":{"email":"isa@lilas.example"}},)"
    R"({"id":"U2","team_id":"T1","name":"bob","real_name":"Bob Petit","profile":{"display_name":"bobby"}},)"
    R"({"id":"U3","team_id":"T9","name":"agenda","is_bot":true,"profile":{}}])";
constexpr const char* general = R"([{"id":"C1","name":"general","members":["U1","U2"]}])";

/// Seconds of 2024-05-02 10:00 UTC plus minutes.
std::string ts(int minute) { return fmt::format("{}.000100", 1714644000 + 60 * minute); }
std::string message(int minute, std::string_view user, std::string_view text, std::string_view more = "") {
    return fmt::format(R"({{"type":"message","user":"{}","text":"{}","ts":"{}"{}{}}})", user, text, ts(minute), more.empty() ? "" : ",", more);
}
ReadContext isabelle() {
    ReadContext context;
    context.me.emails = {"ISA@lilas.example"};
    context.today = *parse_date("2026-11-21");
    return context;
}
MemorySource export_of(Files files, std::string label = "Lilas Slack export May 1 2024 - Jun 30 2024") {
    files.try_emplace("users.json", people);
    files.try_emplace("channels.json", general);
    return MemorySource(std::move(label), std::move(files));
}
VectorSink read_export(Files files, const ReadContext& context = isabelle()) {
    return read_source(slack_connector(), export_of(std::move(files)), context).sink;
}
/// Messages of the channel "general".
VectorSink read_general(std::string messages, const ReadContext& context = isabelle()) {
    return read_export({{"general/2024-05-02.json", "[" + std::move(messages) + "]"}}, context);
}
const Activity& only(const VectorSink& sink, std::string_view id, std::string_view group = "T1/C1") {
    const Activity* found = sink.activity(group, id);
    if (found == nullptr) throw std::runtime_error("no activity " + std::string(id));
    return *found;
}
Instant at(int minute) { return Instant{std::chrono::seconds{1714644000 + 60 * minute}}; }

// ---------------------------------------------------------------------------------------------------------- recognition

struct DetectCase {
    const char* name;
    Files files;
    std::optional<Confidence> confidence;
};
class SlackDetection : public testing::TestWithParam<DetectCase> {};
TEST_P(SlackDetection, GoesByListsAndDays) {
    const auto match = slack_connector().detect(MemorySource("x", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().confidence.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().confidence);
    }
}
const std::string day = "[" + message(0, "U1", "x") + "]";
INSTANTIATE_TEST_SUITE_P(
    Slack, SlackDetection,
    testing::ValuesIn<DetectCase>({
        {"whole", {{"channels.json", general}, {"general/2024-05-02.json", day}}, Confidence::certain},
        {"one_folder_above", {{"x/channels.json", general}, {"x/general/2024-05-02.json", day}}, Confidence::certain},
        {"private_only", {{"dms.json", R"([{"id":"D1","members":["U1","U2"]}])"}, {"D1/2024-05-02.json", day}}, Confidence::certain},
        {"lists_without_messages", {{"channels.json", general}}, Confidence::likely},
        {"days_without_lists", {{"general/2024-05-02.json", day}}, Confidence::likely},
        {"one_channel_alone", {{"2024-05-02.json", day}}, Confidence::likely},
        {"first_day_empty", {{"a/2024-05-01.json", "[]"}, {"a/2024-05-02.json", day}}, Confidence::likely},
        {"channels_of_something_else", {{"channels.json", R"([{"id":"17","name":"general"}])"}}, std::nullopt},
        {"days_of_something_else", {{"a/2024-05-02.json", R"([{"date":"2024-05-02"}])"}}, std::nullopt},
        {"users_alone", {{"users.json", people}}, std::nullopt},
        {"files_beside_its_folder", {{"x/channels.json", general}, {"y/holiday.jpg", ""}}, std::nullopt},
        {"object_for_a_list", {{"channels.json", R"({"ok":true})"}}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

// ------------------------------------------------------------------------------------------------------------- messages

struct TextCase {
    const char* name;
    const char* more;  // text and blocks
    const char* text;
    std::vector<std::string> links = {};
    bool mentions_me = false;
};
class SlackTexts : public testing::TestWithParam<TextCase> {};
TEST_P(SlackTexts, ArePlainWithoutMarkup) {
    const auto sink = read_general(fmt::format(R"({{"type":"message","user":"U2","ts":"{}",{}}})", ts(0), GetParam().more));
    EXPECT_EQ(only(sink, ts(0)).text, GetParam().text);
    EXPECT_EQ(only(sink, ts(0)).links, GetParam().links);
    EXPECT_EQ(only(sink, ts(0)).mentions_me, GetParam().mentions_me);
}
INSTANTIATE_TEST_SUITE_P(
    Slack, SlackTexts,
    testing::ValuesIn<TextCase>({
        {"plain", R"("text":"deux < trois & quatre")", "deux < trois & quatre"},
        {"escapes", R"("text":"a &lt;b&gt; &amp;amp; &eacute;")", "a <b> &amp; &eacute;"},
        {"mention_of_me", R"("text":"ok <@U1>?")", "ok @Isabelle Morel?", {}, true},
        {"mention_with_label", R"("text":"ok <@U8|zed>")", "ok @zed"},
        {"mention_of_a_stranger", R"("text":"<@U8>")", "@U8"},
        {"channel", R"("text":"<#C1> <#C7|autre>")", "#general #autre"},
        {"everybody", R"("text":"<!here> <!subteam^S1|@equipe>")", "@here @equipe"},
        {"bare_link", R"("text":"<https://a.example/?x=1&amp;y=2>")", "https://a.example/?x=1&y=2"},
        {"labelled_link", R"("text":"<https://a.example/b|ici> fin")", "ici fin", {"https://a.example/b"}},
        {"address", R"("text":"<mailto:a@b.example|a@b.example>")", "a@b.example"},
        {"never_closed", R"("text":"a <@U1")", "a <@U1"},
        {"blocks_only",
                 R"("text":"","blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"vu "},)"
                 R"({"type":"user","user_id":"U1"},{"type":"link","url":"https://c.example","text":" ici"}]}]}])",
                 "vu @Isabelle Morel ici", {"https://c.example"}, true},
        {"section_block", R"("text":"","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*Titre*"}},{"type":"divider"}])", "*Titre*"},
        {"attachment_only", R"("text":"","attachments":[{"title":"Rapport","text":"fini","fallback":"f"}])", "Rapport\nfini"},
        {"fallback_only", R"("text":"","attachments":[{"fallback":"image"}])", "image"},
        {"blocks_beside_text", R"("text":"a","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"a"}}])", "a"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(SlackMessages, KeepTheTimestampAsTheirKey) {
    const auto sink = read_general(message(0, "U2", "a") + R"(,{"type":"message","user":"U2","text":"b","ts":"1714644000.000200"})");
    EXPECT_EQ(only(sink, "1714644000.000200").text, "b");
    EXPECT_EQ(only(sink, ts(0)).when->at, at(0));
    EXPECT_EQ(only(sink, ts(0)).author, (Person{"U2", "Bob Petit"}));
    EXPECT_EQ(only(sink, ts(0)).kind, ActivityKind::message);
    EXPECT_EQ(only(sink, ts(0)).parent, "");
}

TEST(SlackMessages, OfAThreadPointToItsRootInAnyFile) {
    const auto sink = read_export(
        {{"general/2024-05-02.json", "[" + message(0, "U1", "a", fmt::format(R"("thread_ts":"{}","reply_count":2)", ts(0))) + "]"},
         {"general/2024-05-03.json",
          "[" + message(1500, "U2", "b", fmt::format(R"("thread_ts":"{}","parent_user_id":"U1")", ts(0))) + "," +
              message(1501, "U2", "c", fmt::format(R"("thread_ts":"{}","subtype":"thread_broadcast","root":{{"user":"U1"}})", ts(0))) + "]"}});
    EXPECT_EQ(only(sink, ts(0)).kind, ActivityKind::message);
    for (const int minute : {1500, 1501}) {
        EXPECT_EQ(only(sink, ts(minute)).kind, ActivityKind::reply);
        EXPECT_EQ(only(sink, ts(minute)).parent, ts(0));
        EXPECT_TRUE(only(sink, ts(minute)).parent_is_me);
    }
}

TEST(SlackMessages, MayBeEditedAndCarryFiles) {
    const auto sink = read_general(
        message(0, "U2", "a", R"("edited":{"user":"U2","ts":"1"},"files":[{"id":"F1","mode":"hosted"},{"id":"F2","mode":"tombstone"},{"id":"F3","mode":"hidden_by_limit"}])") +
        "," + message(1, "U2", "b", R"("subtype":"file_share","file":{"id":"F4"})"));
    EXPECT_TRUE(only(sink, ts(0)).edited);
    EXPECT_EQ(only(sink, ts(0)).attachments, 2U);
    EXPECT_EQ(only(sink, ts(1)).attachments, 1U);
    EXPECT_FALSE(only(sink, ts(1)).edited);
    EXPECT_TRUE(sink.lacks_id("slack.lack_hidden"));
}

struct AuthorCase {
    const char* name;
    const char* message;  // without its ts
    const char* key;
    const char* shown;
    bool automatic, mine = false;
};
class SlackAuthors : public testing::TestWithParam<AuthorCase> {};
TEST_P(SlackAuthors, AreFoundWhereTheyStand) {
    const auto sink = read_general(fmt::format(R"({{"ts":"{}",{}}})", ts(0), GetParam().message));
    EXPECT_EQ(only(sink, ts(0)).author, (Person{GetParam().key, GetParam().shown}));
    EXPECT_EQ(only(sink, ts(0)).automatic, GetParam().automatic);
    EXPECT_EQ(only(sink, ts(0)).is_me, GetParam().mine);
}
INSTANTIATE_TEST_SUITE_P(
    Slack, SlackAuthors,
    testing::ValuesIn<AuthorCase>({
        {"member", R"("type":"message","user":"U2","text":"a")", "U2", "Bob Petit", false},
        {"bot_without_user", R"("type":"message","subtype":"bot_message","bot_id":"B1","username":"Agenda","text":"a")", "B1", "Agenda", true},
        {"bot_with_a_name_only", R"("type":"message","subtype":"bot_message","username":"Agenda","text":"a")", "agenda", "Agenda", true},
        {"app_in_the_name_of_somebody", R"("type":"message","user":"U2","bot_id":"B1","text":"a")", "U2", "Bob Petit", true},
        {"app_in_my_name", R"("type":"message","user":"U1","bot_id":"B1","text":"a")", "U1", "Isabelle Morel", false, true},
        {"bot_by_the_list", R"("type":"message","user":"U3","text":"a")", "U3", "agenda", true},
        {"slackbot", R"("type":"message","user":"USLACKBOT","text":"a")", "USLACKBOT", "", true},
        {"file_comment", R"("type":"message","subtype":"file_comment","comment":{"user":"U2","comment":"a"},"text":"a")", "U2", "Bob Petit", false},
        {"missing_from_the_list", R"("type":"message","user":"W8","user_profile":{"real_name":"Zed"},"text":"a")", "W8", "Zed", false},
        {"third_person", R"("type":"message","subtype":"me_message","user":"U2","text":"rit")", "U2", "Bob Petit", false},
        {"without_a_type", R"("user":"U2","text":"a")", "U2", "Bob Petit", false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(SlackMessages, OfServiceAreNoActivity) {
    std::string all;
    for (const char* subtype : {"channel_topic", "channel_purpose", "channel_name", "channel_archive", "pinned_item", "bot_add", "huddle_thread",
                                "sh_room_created", "reminder_add", "channel_convert_to_private", "reply_broadcast"})
        all += message(0, "U00", "x", fmt::format(R"("subtype":"{}")", subtype)) + ",";
    const auto sink = read_general(all + message(1, "U2", "x", R"("subtype":"tombstone")") + "," + message(2, "U2", "x", R"("subtype":"cosmic_ray")") +
                                   R"(,{"type":"user_typing"})");
    EXPECT_EQ(sink.count<Activity>(), 0U);
    EXPECT_EQ(sink.ignored_for("service_message"), 11U);
    EXPECT_EQ(sink.ignored_for("deleted"), 1U);
    EXPECT_EQ(sink.ignored_for("unknown_subtype"), 1U);
    EXPECT_EQ(sink.ignored_for("no_message"), 1U);
    EXPECT_TRUE(sink.warned("unknown_subtype"));
    EXPECT_THAT(sink.rejected, IsEmpty());
}

TEST(SlackReactions, NameEverybodyAndTakeTheDayOfTheMessage) {
    const auto sink = read_general(message(0, "U1", "a", R"("reactions":[{"name":"wave","users":["U2","U8"],"count":2},{"name":"+1::skin-tone-3","users":["U2"],"count":1}])"));
    EXPECT_EQ(sink.count<Activity>(), 4U);
    const Activity& wave = only(sink, "r:" + ts(0) + ":U2:wave");
    EXPECT_EQ(wave.kind, ActivityKind::reaction);
    EXPECT_EQ(wave.parent, ts(0));
    EXPECT_TRUE(wave.parent_is_me);
    EXPECT_EQ(wave.author.name, "Bob Petit");
    EXPECT_EQ(wave.when->at, at(0));
    EXPECT_EQ(wave.when->precision, Precision::day);
    EXPECT_NE(sink.activity("T1/C1", "r:" + ts(0) + ":U2:+1::skin-tone-3"), nullptr);
}

struct RefusedCase {
    const char* name;
    std::string element;
    std::string reason;
};
class SlackRefused : public testing::TestWithParam<RefusedCase> {};
TEST_P(SlackRefused, KeepTheirPlaceAndStopNothing) {
    const auto sink = read_general(GetParam().element + "," + message(1, "U2", "b"));
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.rejected[0].problem.where.entry, "general/2024-05-02.json");
    EXPECT_EQ(sink.rejected[0].problem.where.record, 1U);
    EXPECT_EQ(sink.count<Activity>(), 1U);
}
INSTANTIATE_TEST_SUITE_P(Slack, SlackRefused,
                         testing::ValuesIn<RefusedCase>({
        {"no_object", "17", "slack.not_an_object"},
        {"no_timestamp", R"({"type":"message","user":"U2","text":"a"})", "slack.no_date"},
        {"wrong_timestamp", R"({"type":"message","user":"U2","ts":"yesterday"})", "slack.no_date"},
        {"epoch", R"({"type":"message","user":"U2","ts":"0.000100"})", "slack.impossible_date"},
        {"future", R"({"type":"message","user":"U2","ts":"1999999999.000100"})", "slack.impossible_date"}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(SlackFiles, ThatBreakOffLoseOnlyTheirRest) {
    const auto sink = read_export({{"general/2024-05-02.json", "[" + message(0, "U2", "a") + ",{\"type\":"},
                                   {"general/2024-05-03.json", "[" + message(1500, "U2", "b") + "]"},
                                   {"general/2024-05-04.json", R"({"ok":false,"error":"x"})"}});
    EXPECT_EQ(sink.count<Activity>(), 2U);
    ASSERT_EQ(sink.rejected.size(), 2U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "json.cut_off");
    EXPECT_EQ(sink.rejected[1].problem.reason.id, "slack.not_a_list");
}

// ---------------------------------------------------------------------------------------------------------- conversations

TEST(SlackChannels, AreKeyedByWorkspaceAndId) {
    const auto sink = read_export({{"channels.json",
                                    R"([{"id":"C1","name":"général","created":"1704103200","creator":"U1","members":["U1","U2"],)"
                                    R"("topic":{"value":"t"},"purpose":{"value":"p"}}])"},
                                   {"groups.json", R"([{"id":"G1","name":"conseil","members":["U1"]}])"},
                                   // macOS unpacks names decomposed
                                   {"ge\u0301ne\u0301ral/2024-05-02.json", "[" + message(0, "U2", "x") + "]"}});
    const Group* channel = sink.group("T1/C1");
    ASSERT_NE(channel, nullptr);
    EXPECT_EQ(channel->name, "général");
    EXPECT_EQ(channel->kind, GroupKind::channel);
    EXPECT_EQ(channel->description, "p");
    EXPECT_EQ(channel->members, 2U);
    EXPECT_EQ(channel->url, "https://app.slack.com/client/T1/C1");
    const auto memberships = sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 2U);
    EXPECT_EQ(memberships[0].event, MembershipEvent::member);
    EXPECT_EQ(memberships[0].role, Role::owner);
    EXPECT_EQ(sink.coverage("T1/C1")->kind, CoverageKind::full);
    EXPECT_EQ(sink.coverage("T1/C1")->begin, Instant{*parse_date("2024-05-01")});
    EXPECT_EQ(format_rfc3339(*sink.coverage("T1/C1")->end), "2024-06-30T23:59:59Z");
    ASSERT_NE(sink.group("T1/G1"), nullptr);
    EXPECT_EQ(sink.coverage("T1/G1")->kind, CoverageKind::names_only);
}

TEST(SlackChannels, ThatNoListNamesGoByTheirFolder) {
    const auto sink = read_export({{"vieux nom/2024-05-02.json", "[" + message(0, "U2", "x") + "]"}});
    ASSERT_NE(sink.group("T1/name:vieux nom"), nullptr);
    EXPECT_EQ(sink.group("T1/name:vieux nom")->name, "vieux nom");
    EXPECT_TRUE(sink.warned("unlisted_conversation"));
}

TEST(SlackChannels, IAmNotInGiveOnlyWhatIsMine) {
    const auto sink = read_export({{"channels.json", R"([{"id":"C1","name":"a","members":["U2"]},{"id":"C2","name":"b","members":["U2"]}])"},
                                   {"a/2024-05-02.json", "[" + message(0, "U1", "x", R"("reactions":[{"name":"wave","users":["U2"]}])") + "," +
                                                             message(1, "U2", "y", R"("reactions":[{"name":"wave","users":["U1"]}])") + "," +
                                                             message(2, "U1", "z", R"("subtype":"channel_leave")") + "]"},
                                   {"b/2024-05-02.json", "[" + message(0, "U2", "x") + "]"}});
    EXPECT_EQ(sink.count<Activity>(), 2U);  // my message, and my reaction
    EXPECT_EQ(sink.group("T1/C2"), nullptr);
    EXPECT_EQ(sink.ignored_for("conversation_of_others"), 3U);
    const auto memberships = sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 1U);
    EXPECT_EQ(memberships[0].event, MembershipEvent::left);
    EXPECT_EQ(memberships[0].at->at, at(2));
    EXPECT_EQ(sink.coverage("T1/C1")->kind, CoverageKind::own_only);
}

TEST(SlackChannels, ThatWereArchivedAreLeft) {
    const auto sink = read_export({{"channels.json", R"([{"id":"C1","name":"a","is_archived":true,"members":[]}])"}, {"a/2024-05-02.json", "[" + message(0, "U2", "x") + "]"}});
    EXPECT_EQ(sink.count<Activity>(), 1U);
    const auto memberships = sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 1U);
    EXPECT_EQ(memberships[0].event, MembershipEvent::left);
    EXPECT_EQ(memberships[0].note, "archived");
}

TEST(SlackChannels, TellWhoCameAndWent) {
    const auto sink = read_general(message(0, "U1", "x", R"("subtype":"channel_join","inviter":"U2")") + "," + message(1, "U2", "x", R"("subtype":"group_join")") + "," +
                                   message(2, "U2", "x", R"("subtype":"group_leave")") + "," + message(3, "U3", "x", R"("subtype":"channel_join")"));
    const auto memberships = sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 4U);  // the last one: that I am in
    EXPECT_TRUE(memberships[0].is_me);
    EXPECT_EQ(memberships[0].event, MembershipEvent::joined);
    EXPECT_EQ(memberships[0].native_id, ts(0));
    EXPECT_FALSE(memberships[1].is_me);
    EXPECT_EQ(memberships[1].person, (Person{"U2", "Bob Petit"}));
    EXPECT_EQ(memberships[2].event, MembershipEvent::left);
    EXPECT_EQ(memberships[3].event, MembershipEvent::member);
    EXPECT_EQ(sink.ignored_for("bot_membership"), 1U);
    EXPECT_EQ(sink.count<Activity>(), 0U);
}

TEST(SlackConversations, OfTwoAreDirectAndThoseOfOthersStayClosed) {
    const auto sink = read_export({{"dms.json", R"([{"id":"D1","members":["U1","U2"]},{"id":"D2","members":["U2","U8"]},{"id":"D3","members":["U1","U1"]}])"},
                                   {"mpims.json", R"([{"id":"G1","name":"mpdm-isa--bob--zed-1","members":["U1","U2","U8"],"purpose":{"value":"Group messaging"}}])"},
                                   {"D1/2024-05-02.json", "[" + message(0, "U2", "x") + "]"},
                                   {"D2/2024-05-02.json", "[" + message(0, "U2", "x") + "]"},
                                   {"D3/2024-05-02.json", "[" + message(0, "U1", "x") + "]"},
                                   {"mpdm-isa--bob--zed-1/2024-05-02.json", "[" + message(0, "U2", "x") + "]"}});
    ASSERT_NE(sink.group("T1/D1"), nullptr);
    EXPECT_EQ(sink.group("T1/D1")->kind, GroupKind::direct);
    EXPECT_EQ(sink.group("T1/D1")->name, "Bob Petit");
    EXPECT_EQ(sink.group("T1/D2"), nullptr);
    EXPECT_EQ(sink.group("T1/D3"), nullptr);
    EXPECT_EQ(sink.group("T1/G1")->kind, GroupKind::group_chat);
    EXPECT_EQ(sink.group("T1/G1")->name, "Bob Petit, U8");
    EXPECT_EQ(sink.count<Activity>(), 2U);
    EXPECT_EQ(sink.ignored_for("conversation_of_others"), 1U);
    EXPECT_EQ(sink.ignored_for("notes_to_self"), 1U);
    EXPECT_FALSE(sink.lacks_id("slack.lack_private"));
}

TEST(SlackConversations, OfTwoMayNameOnlyTheOther) {
    const auto sink = read_export({{"dms.json", R"([{"id":"D1","user":"U2"}])"}, {"D1/2024-05-02.json", "[" + message(0, "U2", "x") + "]"}});
    EXPECT_EQ(sink.group("T1/D1")->name, "Bob Petit");
    EXPECT_EQ(sink.count<Activity>(), 1U);
}

TEST(SlackChannels, OfPublicExportsLackThePrivateOnes) {
    const auto sink = read_general(message(0, "U2", "x"));
    EXPECT_TRUE(sink.lacks_id("slack.lack_private"));
    EXPECT_FALSE(sink.lacks_id("slack.lack_users"));
}

TEST(SlackTeams, AreThatOfTheirOwnerNotOfGuests) {
    const auto sink = read_export({{"users.json", R"([{"id":"U1","team_id":"T1","is_primary_owner":true,"profile":{"email":"isa@lilas.example"}},)"
                                                  R"({"id":"U2","team_id":"T5","profile":{}},{"id":"U4","team_id":"T5","profile":{}}])"}});
    EXPECT_NE(sink.group("T1/C1"), nullptr);
}

TEST(SlackIntegrations, AreNoRecords) {
    const auto sink = read_export({{"integration_logs.json", R"([{"service_type":"Agenda"},{"service_type":"Agenda"}])"}});
    EXPECT_EQ(sink.ignored_for("integration_log"), 2U);
}

// ---------------------------------------------------------------------------------------------------------------- owner

struct OwnerCase {
    const char* name;
    Identities me;
    const char* key;  // empty: unknown
};
class SlackOwners : public testing::TestWithParam<OwnerCase> {};
TEST_P(SlackOwners, AreFoundByTheProfile) {
    ReadContext context;
    context.me = GetParam().me;
    const auto reading = read_source(slack_connector(), export_of({{"general/2024-05-02.json", day}}), context);
    EXPECT_EQ(reading.owner.person ? reading.owner.person->key : "", GetParam().key);
    EXPECT_EQ(reading.sink.activity("T1/C1", ts(0))->is_me, std::string_view(GetParam().key) == "U1");
    EXPECT_EQ(reading.sink.count<Account>(), reading.owner.person ? 1U : 0U);
    EXPECT_EQ(reading.owner.candidates.size(), reading.owner.person ? 0U : 1U);
}
INSTANTIATE_TEST_SUITE_P(Slack, SlackOwners,
                         testing::ValuesIn<OwnerCase>({
        {"address", {.emails = {"isa@LILAS.example"}}, "U1"}, {"name", {.names = {"isabelle morel"}}, "U1"},
        {"other_name", {.names = {"Bobby"}}, "U2"}, {"handle", {.handles = {"@isa"}}, "U1"},
        {"id", {.ids = {"U2"}}, "U2"}, {"nobody", {.names = {"Zed"}}, ""},
        {"bots_never", {.handles = {"agenda"}}, ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(SlackOwner, IsNotGuessedAmongNamesakes) {
    ReadContext context;
    context.me.names = {"Ana"};
    const auto reading = read_source(slack_connector(),
                                     export_of({{"users.json", R"([{"id":"U1","real_name":"Ana"},{"id":"U2","real_name":"Ana"}])"}, {"general/2024-05-02.json", day}}),
                                     context);
    EXPECT_FALSE(reading.owner.person);
    ASSERT_EQ(reading.owner.candidates.size(), 1U);
    EXPECT_EQ(reading.owner.candidates[0].person.key, "U1");
    EXPECT_EQ(reading.owner.candidates[0].activities, 1U);
}

TEST(SlackOwner, TakesPartInEveryDirectConversation) {
    const std::string dms = R"([{"id":"D1","members":["U1","U2"]},{"id":"D2","members":["U8","U1"]},{"id":"D3","members":["U1","USLACKBOT"]},{"id":"D4","members":["U1","U1"]}])";
    auto reading = read_source(slack_connector(), export_of({{"dms.json", dms}}));
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->key, "U1");
    EXPECT_TRUE(reading.owner.from_export);
    // Asked for somebody else, that alone counts.
    ReadContext context;
    context.me.names = {"Zed"};
    context.me.forced = true;
    reading = read_source(slack_connector(), export_of({{"dms.json", dms}}), context);
    EXPECT_FALSE(reading.owner.person);
}

TEST(SlackOwner, OfAnAdministratorsExportIsNotInTheConversations) {
    const std::string dms = R"([{"id":"D1","members":["U1","U2"]},{"id":"D2","members":["U8","U1"]},{"id":"D3","members":["U2","U8"]}])";
    EXPECT_FALSE(read_source(slack_connector(), export_of({{"dms.json", dms}})).owner.person);
}

TEST(SlackOwner, MayBeNamedByMessagesAlone) {
    ReadContext context;
    context.me.names = {"Zed"};
    const MemorySource source("dev", {{"2024-05-02.json", "[" + message(0, "W8", "x", R"("user_profile":{"real_name":"Zed"})") + "]"}});
    const auto reading = read_source(slack_connector(), source, context);
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->key, "W8");
    EXPECT_NE(reading.sink.group("name:dev"), nullptr);
    EXPECT_TRUE(reading.sink.lacks_id("slack.lack_users"));
}

TEST(SlackExports, TellTheirDayByTheirName) {
    EXPECT_EQ(format_rfc3339(*read_source(slack_connector(), export_of({}), isabelle()).exported_at), "2024-06-30T23:59:59Z");
    const auto renamed = read_source(slack_connector(), export_of({}, "lilas 2024-07-01"), isabelle());
    EXPECT_EQ(format_rfc3339(*renamed.exported_at), "2024-07-01T23:59:59Z");
}

}  // namespace slack_test
}  // namespace secateur::test

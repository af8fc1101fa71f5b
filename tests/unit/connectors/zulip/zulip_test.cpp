// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include <fmt/format.h>

#include "connectors/zulip/content.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& zulip_connector();
}

namespace secateur::test {
namespace zulip_test {

using testing::ElementsAre;

constexpr const char* tables =
    R"("zerver_realm":[{"id":2,"string_id":"lilas"}],)"
    R"("zerver_userprofile":[{"id":11,"full_name":"Nora Petit","email":"user11@x","delivery_email":"nora@lilas.example"},{"id":12,"full_name":"Tom Roy"},)"
    R"({"id":13,"full_name":"Ada Lys"},{"id":14,"full_name":"Agenda","is_bot":true}],)"
    R"("zerver_stream":[{"id":21,"name":"potager","description":"d"},{"id":22,"name":"comité"},{"id":23,"name":"été","deactivated":true}],)"
    R"("zerver_recipient":[{"id":31,"type":2,"type_id":21},{"id":32,"type":2,"type_id":22},{"id":33,"type":2,"type_id":23},{"id":41,"type":1,"type_id":11},{"id":42,"type":1,"type_id":12},{"id":51,"type":3,"type_id":5},{"id":52,"type":3,"type_id":6}],)"
    R"("zerver_subscription":[{"user_profile":11,"recipient":31,"active":true,"pin_to_top":true,"is_muted":true,"role":20},{"user_profile":12,"recipient":31,"active":true},)"
    R"({"user_profile":11,"recipient":32,"active":false},{"user_profile":12,"recipient":32,"active":true},{"user_profile":11,"recipient":33,"active":true},)"
    R"({"user_profile":11,"recipient":51},{"user_profile":12,"recipient":51},{"user_profile":13,"recipient":51},{"user_profile":11,"recipient":52},{"user_profile":12,"recipient":52}])";

constexpr std::int64_t start = 1714644000;  // 2024-05-02 10:00 UTC
std::string message(int id, int sender, int recipient, std::string_view content, std::string_view more = R"("last_edit_time":null)") {
    return fmt::format(R"({{"id":{},"sender":{},"recipient":{},"subject":"s","content":"{}","date_sent":{}.75,{}}})", id, sender, recipient, content, start + 60 * id, more);
}
ReadContext nora() {
    ReadContext context;
    context.me.emails = {"nora@lilas.example"};
    context.today = *parse_date("2026-11-21");
    return context;
}
Reading read_server(std::string messages, std::string realm = "", const ReadContext& context = nora()) {
    return read_source(zulip_connector(),
                       MemorySource("zulip-export 2024-06-01", {{"x/realm.json", "{" + std::string(tables) + (realm.empty() ? "" : "," + realm) + "}"},
                                                                {"x/messages-000001.json", R"({"zerver_message":[)" + std::move(messages) + R"(],"zerver_usermessage":[]})"}}),
                       context);
}
const Activity& only(const VectorSink& sink, std::string_view id, std::string_view group = "lilas/21") {
    const Activity* found = sink.activity(group, id);
    if (found == nullptr) throw std::runtime_error("no activity " + std::string(id));
    return *found;
}

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    const char* evidence;  // empty: not mine
};
class ZulipDetection : public testing::TestWithParam<DetectCase> {};
TEST_P(ZulipDetection, TellsTheThreeShapes) {
    const auto match = zulip_connector().detect(MemorySource("x", GetParam().files));
    EXPECT_EQ(match ? match->evidence.id : "", GetParam().evidence);
}
INSTANTIATE_TEST_SUITE_P(
    Zulip, ZulipDetection,
    testing::ValuesIn<DetectCase>({
        {"server", {{"a/realm.json", "{" + std::string(tables) + "}"}}, "zulip.evidence_server"},
        {"archive", {{"zulip_json/stream_index.json", R"({"streams":{"a":{"id":1,"latest_id":2}}})"}, {"index.md", ""}}, "zulip.evidence_archive"},
        {"dump", {{"m.json", R"({"messages":[{"id":1,"display_recipient":"a","sender_full_name":"b"}]})"}}, "zulip.evidence_dump"},
        {"realm_of_something_else", {{"realm.json", R"({"realm":"keycloak"})"}}, ""},
        {"messages_of_something_else", {{"m.json", R"({"messages":[{"id":1,"text":"a"}]})"}}, ""}}),
    [](const auto& test) { return std::string(test.param.name); });

// -------------------------------------------------------------------------------------------------------------- content

struct ContentCase {
    const char* name;
    const char* content;
    const char* text;
    const char* parent = "";
    bool mentions_me = false;
    std::vector<std::string> links = {};
    std::uint32_t attachments = 0;
};
class ZulipMarkdown : public testing::TestWithParam<ContentCase> {};
class ZulipHtml : public testing::TestWithParam<ContentCase> {};
void expect(const Activity& activity, const ContentCase& expected) {
    EXPECT_EQ(activity.text, expected.text);
    EXPECT_EQ(activity.parent, expected.parent);
    EXPECT_EQ(activity.mentions_me, expected.mentions_me);
    EXPECT_EQ(activity.links, expected.links);
    EXPECT_EQ(activity.attachments, expected.attachments);
}
const zulip::MyNames nora_names{.names = {"nora petit"}, .ids = {"11"}};
TEST_P(ZulipMarkdown, KeepsOnlyOwnWords) {
    Activity activity;
    zulip::read_markdown(GetParam().content, nora_names, activity);
    expect(activity, GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    Zulip, ZulipMarkdown,
    testing::ValuesIn<ContentCase>({
        {"plain", "a @ b", "a @ b"}, {"mention", "salut @**Nora Petit**!", "salut @Nora Petit!", "", true},
        {"mention_by_number", "@**Autre Nom|11**", "@Autre Nom", "", true}, {"namesake", "@**Nora Petit|99**", "@Nora Petit"},
        {"silent", "@_**Nora Petit**", "@Nora Petit"}, {"everybody", "@**all**", "@all"},
        {"quote_and_reply", "@_**Tom|12** [a dit](https://z.example/#narrow/channel/1/topic/t/near/105):\n```quote\nle mot @**Nora Petit**\n```\nbien dit",
                    "bien dit", "105"},
        {"longer_fence", "````quote\na\n```\nb\n````\nc", "c"}, {"code_is_kept", "```py\nx\n```", "```py\nx\n```"},
        {"quoted_lines", "> eux\nmoi", "moi"}, {"silent_without_link", "@_**Tom** est là", "@Tom est là"},
        {"upload", "[a](/user_uploads/1/a) [b](/user_uploads/1/b)", "[a](/user_uploads/1/a) [b](/user_uploads/1/b)", "", false, {}, 2},
        {"unclosed", "@**Nora", "@**Nora"}}),
    [](const auto& test) { return std::string(test.param.name); });
TEST_P(ZulipHtml, KeepsOnlyOwnWords) {
    Activity activity;
    zulip::read_html_content(GetParam().content, nora_names, activity);
    expect(activity, GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    Zulip, ZulipHtml,
    testing::ValuesIn<ContentCase>({
        {"plain", "<p>a &amp; b</p>", "a & b"},
        {"mention", "<p>salut <span class=\"user-mention\" data-user-id=\"11\">@Nora</span></p>", "salut @Nora", "", true},
        {"silent", "<p><span class=\"user-mention silent\" data-user-id=\"11\">Nora</span> est là</p>", "Nora est là"},
        {"namesake", "<p><span class=\"user-mention\" data-user-id=\"99\">@Nora Petit</span></p>", "@Nora Petit"},
        {"quote_and_reply",
                    "<p><span class=\"user-mention silent\" data-user-id=\"12\">Tom</span> <a href=\"https://z.example/near/105\">said</a>:</p>\n"
                    "<blockquote>\n<p>le <b>mot</b> <span class=\"user-mention\" data-user-id=\"11\">@Nora</span></p>\n</blockquote>\n<p>bien dit</p>",
                    "bien dit", "105"},
        {"link", "<p><a href=\"https://a.example/\">ici</a></p>", "ici", "", false, {"https://a.example/"}},
        {"upload", "<p><a href=\"/user_uploads/1/a\">a</a></p>", "a", "", false, {}, 1}}),
    [](const auto& test) { return std::string(test.param.name); });

// --------------------------------------------------------------------------------------------------------------- server

TEST(ZulipServer, MessagesStandInTheirChannel) {
    const auto sink = read_server(message(1, 12, 31, "a") + "," + message(2, 11, 31, "b", R"("last_edit_time":5.0)") + "," + message(3, 14, 31, "c")).sink;
    EXPECT_EQ(only(sink, "1").author, (Person{"lilas/12", "Tom Roy"}));
    EXPECT_EQ(only(sink, "1").when->at, Instant{std::chrono::seconds{start + 60}});
    EXPECT_EQ(only(sink, "1").kind, ActivityKind::message);
    EXPECT_TRUE(only(sink, "2").is_me);
    EXPECT_TRUE(only(sink, "2").edited);
    EXPECT_TRUE(only(sink, "3").automatic);
    const Group* group = sink.group("lilas/21");
    EXPECT_EQ(group->name, "potager");
    EXPECT_EQ(group->description, "d");
    EXPECT_EQ(group->members, 2U);
    const Membership* mine = sink.find<Membership>([](const auto& each) { return each.group == "lilas/21"; });
    ASSERT_NE(mine, nullptr);
    EXPECT_EQ(mine->event, MembershipEvent::member);
    EXPECT_EQ(mine->role, Role::admin);
    EXPECT_EQ(mine->pinned, true);
    EXPECT_EQ(mine->notify, "none");
    EXPECT_EQ(sink.coverage("lilas/21")->kind, CoverageKind::full);
}

TEST(ZulipServer, QuotedMessagesAreAnswered) {
    const auto sink = read_server(message(1, 11, 31, "a") + "," + message(2, 12, 31, R"(@_**Nora Petit|11** [said](https://z/near/1):\n```quote\na\n```\nb)")).sink;
    EXPECT_EQ(only(sink, "2").kind, ActivityKind::reply);
    EXPECT_EQ(only(sink, "2").parent, "1");
    EXPECT_TRUE(only(sink, "2").parent_is_me);
    EXPECT_EQ(only(sink, "2").text, "b");
}

TEST(ZulipServer, ReactionsOfMineAndToMineAreRead) {
    const auto sink = read_server(message(1, 11, 31, "a") + "," + message(2, 12, 31, "b"),
                                  R"("zerver_reaction":[{"user_profile":12,"message":1,"emoji_name":"tada"},{"user_profile":11,"message":2,"emoji_name":"+1"},)"
                                  R"({"user_profile":13,"message":2,"emoji_name":"+1"},{"user_profile":13}])")
                          .sink;
    EXPECT_TRUE(only(sink, "r:1:12:tada").parent_is_me);
    EXPECT_EQ(only(sink, "r:1:12:tada").when->precision, Precision::day);
    EXPECT_TRUE(only(sink, "r:2:11:+1").is_me);
    EXPECT_EQ(sink.ignored_for("reaction_among_others"), 1U);
    EXPECT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.count<Activity>(), 4U);
}

TEST(ZulipServer, TheLogTellsWhoCameAndWent) {
    const auto sink = read_server(message(1, 12, 31, "a"), R"("zerver_realmauditlog":[{"id":71,"event_type":301,"modified_user":11,"modified_stream":21,"event_time":1714600000.5},)"
                                                           R"({"id":72,"event_type":303,"modified_user":12,"modified_stream":21,"event_time":1714600001},{"id":73,"event_type":101,"modified_user":12}])")
                          .sink;
    const auto memberships = sink.all<Membership>();
    ASSERT_GE(memberships.size(), 2U);
    EXPECT_TRUE(memberships[0].is_me);
    EXPECT_EQ(memberships[0].event, MembershipEvent::joined);
    EXPECT_EQ(memberships[0].at->at, Instant{std::chrono::seconds{1714600000}});
    EXPECT_EQ(memberships[1].person.name, "Tom Roy");
    EXPECT_EQ(memberships[1].event, MembershipEvent::left);
    EXPECT_EQ(sink.ignored_for("audit_log"), 1U);
}

TEST(ZulipServer, OfChannelsILeftOnlyMineIsRead) {
    const auto sink = read_server(message(1, 12, 32, "a") + "," + message(2, 11, 32, "b") + "," + message(3, 13, 33, "c")).sink;
    EXPECT_EQ(sink.activity("lilas/22", "1"), nullptr);
    EXPECT_NE(sink.activity("lilas/22", "2"), nullptr);
    EXPECT_EQ(sink.ignored_for("conversation_of_others"), 1U);
    EXPECT_EQ(sink.coverage("lilas/22")->kind, CoverageKind::own_only);
    EXPECT_NE(sink.activity("lilas/23", "3"), nullptr);  // deactivated while I was in it
    const Membership* archived = sink.find<Membership>([](const auto& each) { return each.group == "lilas/23"; });
    EXPECT_EQ(archived->event, MembershipEvent::left);
    EXPECT_EQ(archived->note, "archived");
}

TEST(ZulipServer, ConversationsOfTwoAreOneWhateverTheirRecipient) {
    const auto sink = read_server(message(1, 12, 41, "a") + "," + message(2, 11, 42, "b") + "," + message(3, 12, 52, "c") + "," + message(4, 13, 51, "d") + "," + message(5, 11, 41, "e") + "," +
                                  message(6, 13, 42, "f"))
                          .sink;
    EXPECT_EQ(sink.group("lilas/direct:11,12")->kind, GroupKind::direct);
    EXPECT_EQ(sink.group("lilas/direct:11,12")->name, "Tom Roy");
    for (const char* id : {"1", "2", "3"}) EXPECT_NE(sink.activity("lilas/direct:11,12", id), nullptr) << id;
    EXPECT_EQ(sink.group("lilas/several:5")->kind, GroupKind::group_chat);
    EXPECT_EQ(sink.group("lilas/several:5")->name, "Tom Roy, Ada Lys");
    EXPECT_EQ(sink.ignored_for("notes_to_self"), 1U);
    EXPECT_EQ(sink.ignored_for("conversation_of_others"), 1U);
}

TEST(ZulipServer, RowsWithoutTheirPlaceAreRefused) {
    const auto sink = read_server(R"({"id":1,"sender":11},{"id":2,"sender":12,"recipient":31,"date_sent":5})").sink;
    ASSERT_EQ(sink.rejected.size(), 2U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "zulip.incomplete");
    EXPECT_EQ(sink.rejected[1].problem.reason.id, "zulip.no_date");
}

TEST(ZulipServer, WithoutOwnerEverybodyIsRead) {
    const auto reading = read_server(message(1, 12, 32, "a") + "," + message(2, 12, 31, "b"), R"("zerver_reaction":[{"user_profile":11,"message":1,"emoji_name":"x"}])", ReadContext{});
    EXPECT_FALSE(reading.owner.person);
    ASSERT_EQ(reading.owner.candidates.size(), 1U);
    EXPECT_EQ(reading.owner.candidates[0].person.name, "Tom Roy");
    EXPECT_EQ(reading.owner.candidates[0].activities, 2U);
    EXPECT_EQ(reading.sink.count<Activity>(), 2U);
    EXPECT_EQ(reading.sink.count<Membership>(), 0U);
}

TEST(ZulipServer, LacksItsMessagesWhenOnlyTheRealmIsGiven) {
    const auto reading = read_source(zulip_connector(), MemorySource("x", {{"realm.json", "{" + std::string(tables) + "}"}}), nora());
    EXPECT_TRUE(reading.sink.lacks_id("zulip.lack_messages"));
    EXPECT_EQ(reading.sink.coverage("lilas/21")->kind, CoverageKind::names_only);
}

// -------------------------------------------------------------------------------------------------------- archive, dump

TEST(ZulipArchive, TakesNamesFromTheIndexAndPeopleByName) {
    ReadContext context = nora();
    context.me.names = {"NORA PETIT"};
    const auto reading = read_source(
        zulip_connector(),
        MemorySource("x", {{"zulip_json/stream_index.json", R"({"streams":{"gén.éral":{"id":7,"latest_id":2,"topic_data":{}}},"time":1714730400.5})"},
                           {"zulip_json/7-g.C3.A9n.2E.C3.A9ral/a.20b.json",
                            R"([{"id":1,"sender_full_name":"Nora Petit","content":"<p>a</p>","timestamp":1714644000},{"id":2,"sender_full_name":"Tom","content":"<p>b</p>","timestamp":1714644060},)"
                            R"({"id":3,"sender_full_name":"Notification Bot","content":"<p>c</p>","timestamp":1714644061},{"id":4,"content":"x"}])"},
                           {"zulip_json/8-autre/t.json", R"([{"id":9,"sender_full_name":"Tom","content":"<p>b</p>","timestamp":1714644060}])"},
                           {"README.md", ""}}),
        context);
    EXPECT_EQ(reading.owner.person->key, "nora petit");
    EXPECT_EQ(format_rfc3339(*reading.exported_at), "2024-05-03T10:00:00Z");
    EXPECT_EQ(reading.sink.group("7")->name, "gén.éral");
    EXPECT_EQ(reading.sink.group("8")->name, "autre");
    EXPECT_TRUE(only(reading.sink, "1", "7").is_me);
    EXPECT_TRUE(only(reading.sink, "3", "7").automatic);
    EXPECT_EQ(reading.sink.rejected.size(), 1U);
    EXPECT_TRUE(reading.sink.lacks_id("zulip.lack_private"));
}

TEST(ZulipDump, KnowsPeopleByNumberAndMentionsByFlag) {
    const auto reading = read_source(
        zulip_connector(),
        MemorySource("m", {{"m.json", R"({"messages":[{"id":1,"sender_id":11,"sender_full_name":"Nora Petit","sender_email":"nora@lilas.example","display_recipient":"potager","stream_id":21,)"
                                      R"("content":"<p>a</p>","timestamp":1714644000,"reactions":[{"emoji_name":"x","user_id":12},{"emoji_name":"y"}]},)"
                                      R"({"id":2,"sender_id":12,"sender_full_name":"Tom","display_recipient":"potager","stream_id":21,"content":"<p>b</p>","timestamp":1714644001,"flags":["mentioned"]},)"
                                      R"({"id":3,"sender_id":12,"sender_full_name":"Tom","display_recipient":[{"id":12,"full_name":"Tom"},{"id":11,"full_name":"Nora"}],"content":"<p>c</p>","timestamp":1714644002}]})"}}),
        nora());
    EXPECT_EQ(reading.owner.person->key, "11");
    EXPECT_TRUE(only(reading.sink, "1", "21").is_me);
    EXPECT_TRUE(only(reading.sink, "r:1:12:x", "21").parent_is_me);
    EXPECT_TRUE(only(reading.sink, "2", "21").mentions_me);
    EXPECT_EQ(only(reading.sink, "3", "direct:11,12").text, "c");
    EXPECT_EQ(reading.sink.group("direct:11,12")->name, "Tom");
    EXPECT_EQ(reading.sink.ignored_for("anonymous_reaction"), 1U);
}

}  // namespace zulip_test
}  // namespace secateur::test

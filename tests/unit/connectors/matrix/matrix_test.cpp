// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& matrix_connector();
}

namespace secateur::test {
namespace matrix_test {

using testing::ElementsAre;
using Files = std::map<std::string, std::string>;

const std::string room_id = "!r:example.org";
const std::string zoe = "@zoe:example.org", ali = "@ali:example.net", bo = "@bo:example.org";

/// 2024-05-02 10:00 UTC plus the number in minutes.
std::string event(int number, std::string_view type, const std::string& sender, std::string_view content,
                  std::string_view more = "") {
    return fmt::format(
        R"({{"type":"{}","event_id":"${}","room_id":"!r:example.org","sender":"{}","origin_server_ts":{},"content":{{{}}}{}{}}})",
        type, number, sender, 1714644000123 + 60000LL * number, content, more.empty() ? "" : ",", more);
}
std::string text(int number, const std::string& sender, std::string_view body, std::string_view more = "") {
    return event(number, "m.room.message", sender,
                 fmt::format(R"("msgtype":"m.text","body":"{}"{}{})", body, more.empty() ? "" : ",", more));
}
std::string member(int number, const std::string& sender, const std::string& subject, std::string_view now,
                   std::string_view before = "", std::string_view name = "") {
    return event(number, "m.room.member", sender, fmt::format(R"("membership":"{}","displayname":"{}")", now, name),
                 fmt::format(R"("state_key":"{}","unsigned":{{"prev_content":{{{}}}}})", subject,
                             before.empty() ? "" : fmt::format(R"("membership":"{}")", before)));
}
std::string room(std::string_view events, std::string_view by = "@zoe:example.org", std::string_view name = "Potiers") {
    return fmt::format(R"({{"room_name":"{}","room_creator":"x","topic":"Fours","export_date":"2 mai 2024",)"
                       R"("exported_by":"{}","messages":[{}]}})",
                       name, by, events);
}
ReadContext late_2026() {
    ReadContext context;
    context.today = *parse_date("2026-11-21");
    return context;
}
Reading read(std::string json, const ReadContext& context = late_2026()) {
    const std::string name = "matrix - Potiers - Chat Export - 2026-10-30T10-00-00.000Z";
    return read_source(matrix_connector(), MemorySource(name + ".json", {{name + ".json", std::move(json)}}), context);
}
VectorSink read_events(std::string_view events) { return read(room(events)).sink; }
const Activity& only(const VectorSink& sink, std::string_view id) {
    const Activity* found = sink.activity(room_id, id);
    if (found == nullptr) throw std::runtime_error("no activity " + std::string(id));
    return *found;
}

struct DetectCase {
    const char* name;
    Files files;
    bool expected;
};
class MatrixDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(MatrixDetect, LooksAtTheBeginning) {
    const MemorySource source("export", GetParam().files);
    EXPECT_EQ(matrix_connector().detect(source).has_value(), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Matrix, MatrixDetect,
    testing::ValuesIn<DetectCase>({
        {"renamed", {{"a.json", room("")}}, true},
        {"cut_in_the_events", {{"a.json", room(text(1, zoe, "x")).substr(0, 200)}}, true},
        {"in_a_wrapper_with_media", {{"x/export.json", room("")}, {"x/a.png", ""}, {"x/b.json", "{}"}}, true},
        {"two_rooms", {{"a.json", room("")}, {"b.json", room("")}}, false},
        {"strangers_beside", {{"x/export.json", room("")}, {"y/_chat.txt", ""}}, false},
        {"cut_before_the_events", {{"a.json", room("").substr(0, 60)}}, false},
        {"another", {{"a.json", R"({"room_name":"x","messages":[]})"}}, false},
        {"an_array", {{"a.json", "[]"}}, false}, {"nothing", {}, false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MatrixOpen, RefusesWhatIsNoExport) {
    EXPECT_THROW((void)matrix_connector().open(MemorySource("x", {{"a.json", "{}"}}), {}), Error);
}

struct KindCase {
    const char* name;
    std::string events, room_name;
    GroupKind kind;
};
class MatrixRooms : public testing::TestWithParam<KindCase> {};
TEST_P(MatrixRooms, AreDirectWhenTheyAreOfTwoAndSaySo) {
    const auto sink = read(room(GetParam().events, zoe, GetParam().room_name)).sink;
    ASSERT_NE(sink.group(room_id), nullptr);
    EXPECT_EQ(sink.group(room_id)->kind, GetParam().kind);
    EXPECT_EQ(sink.group(room_id)->name, GetParam().room_name);
    EXPECT_EQ(sink.group(room_id)->description, "Fours");
    EXPECT_EQ(sink.group(room_id)->url, "https://matrix.to/#/!r:example.org");
}
const std::string two = text(1, zoe, "a") + "," + text(2, ali, "b");
const std::string invited =
    event(3, "m.room.member", ali, R"("membership":"invite","is_direct":true)", R"("state_key":"@zoe:example.org")");
INSTANTIATE_TEST_SUITE_P(Matrix, MatrixRooms,
                         testing::ValuesIn<KindCase>({
        {"two_who_spoke", two, "Potiers", GroupKind::group},
        {"named_after_one", two, "ali", GroupKind::direct},
        {"called_direct", two + "," + invited, "Potiers", GroupKind::direct},
        {"called_direct_with_three", two + "," + invited + "," + text(4, bo, "c"),
                 "Potiers", GroupKind::group}}),
                         [](const auto& test) { return std::string(test.param.name); });

struct EventCase {
    const char* name;
    std::string event;
    std::optional<ActivityKind> kind;
    std::string parent, text;
    std::uint32_t attachments;
    std::string ignored;
};
class MatrixEvents : public testing::TestWithParam<EventCase> {};
TEST_P(MatrixEvents, BecomeWhatTheyAre) {
    const EventCase& given = GetParam();
    const auto sink = read_events(given.event);
    EXPECT_TRUE(sink.rejected.empty());
    ASSERT_EQ(sink.count<Activity>(), given.kind ? 1U : 0U);
    if (!given.ignored.empty()) {
        EXPECT_EQ(sink.ignored_for(given.ignored), 1U);
    }
    if (!given.kind) return;
    const Activity& found = only(sink, "$2");
    EXPECT_EQ(found.kind, *given.kind);
    EXPECT_EQ(found.parent, given.parent);
    EXPECT_EQ(found.text, given.text);
    EXPECT_EQ(found.attachments, given.attachments);
    EXPECT_EQ(format_rfc3339(found.when->at), "2024-05-02T10:02:00Z");
}
const std::string in_reply = R"("m.in_reply_to":{"event_id":"$1"})",
                  quoted = R"(> <@zoe:example.org> the\n> question\n\nthe answer)";
INSTANTIATE_TEST_SUITE_P(
    Matrix, MatrixEvents,
    testing::ValuesIn<EventCase>({
        {"message", text(2, ali, "salut"), ActivityKind::message, "", "salut", 0, ""},
        {"answer", text(2, ali, quoted, R"("m.relates_to":{)" + in_reply + "}"), ActivityKind::reply, "$1", "the answer",
                  0, ""},
        {"quote_that_is_no_answer", text(2, ali, "> <@zoe:example.org> hm"), ActivityKind::message, "",
                  "> <@zoe:example.org> hm", 0, ""},
        {"thread",
                  text(2, ali, "x",
                       R"("m.relates_to":{"rel_type":"m.thread","event_id":"$0","is_falling_back":true,)" + in_reply + "}"),
                  ActivityKind::reply, "$0", "x", 0, ""},
        {"answer_in_a_thread",
                  text(2, ali, "x", R"("m.relates_to":{"rel_type":"m.thread","event_id":"$0",)" + in_reply + "}"),
                  ActivityKind::reply, "$1", "x", 0, ""},
        {"edit", text(2, ali, " * x", R"("m.relates_to":{"rel_type":"m.replace","event_id":"$1"})"), std::nullopt, "",
                  "", 0, "edit"},
        {"picture", event(2, "m.room.message", ali, R"("msgtype":"m.image","body":"a.png")"), ActivityKind::message, "",
                  "", 1, ""},
        {"picture_with_caption",
                  event(2, "m.room.message", ali, R"("msgtype":"m.image","body":"look","filename":"a.png")"),
                  ActivityKind::message, "", "look", 1, ""},
        {"sticker", event(2, "m.sticker", ali, R"("body":"cat")"), ActivityKind::message, "", "", 1, ""},
        {"poll",
                  event(2, "org.matrix.msc3381.poll.start", ali,
                        R"("org.matrix.msc3381.poll.start":{"question":{"org.matrix.msc1767.text":"Quand ?"}})"),
                  ActivityKind::message, "", "Quand ?", 1, ""},
        {"vote", event(2, "m.poll.response", ali, R"("m.relates_to":{"rel_type":"m.reference","event_id":"$1"})"),
                  ActivityKind::vote, "$1", "", 0, ""},
        {"reaction",
                  event(2, "m.reaction", ali, R"("m.relates_to":{"rel_type":"m.annotation","event_id":"$1","key":"x"})"),
                  ActivityKind::reaction, "$1", "", 0, ""},
        {"deleted", event(2, "m.room.message", ali, "", R"("unsigned":{"redacted_because":{}})"), std::nullopt, "", "",
                  0, "redacted"},
        {"emptied", event(2, "m.room.message", ali, ""), std::nullopt, "", "", 0, "redacted"},
        {"without_keys", event(2, "m.room.encrypted", ali, R"("ciphertext":"x")"), std::nullopt, "", "", 0,
                  "undecrypted"},
        {"new_name_of_the_room", event(2, "m.room.name", ali, R"("name":"x")"), std::nullopt, "", "", 0,
                  "service_message"},
        {"call", event(2, "m.call.invite", ali, ""), std::nullopt, "", "", 0, "service_message"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MatrixEvents, OfBotsAreAutomaticAndEditedOnesSaySo) {
    const auto sink = read_events(event(1, "m.room.message", ali, R"("msgtype":"m.notice","body":"x")") + "," +
                                  event(2, "m.room.message", ali, R"("msgtype":"m.text","body":"y")",
                                        R"("unsigned":{"m.relations":{"m.replace":{"event_id":"$9"}}})"));
    EXPECT_TRUE(only(sink, "$1").automatic);
    EXPECT_FALSE(only(sink, "$1").edited);
    EXPECT_TRUE(only(sink, "$2").edited);
    EXPECT_FALSE(only(sink, "$2").automatic);
}

TEST(MatrixEvents, AnswerMeWhenTheirParentIsMine) {
    const auto sink = read_events(text(1, zoe, "a") + "," + text(2, ali, "b", R"("m.relates_to":{)" + in_reply + "}") + "," +
                                  text(3, ali, "c", R"("m.relates_to":{"m.in_reply_to":{"event_id":"$2"}})"));
    EXPECT_TRUE(only(sink, "$1").is_me);
    EXPECT_TRUE(only(sink, "$2").parent_is_me);
    EXPECT_FALSE(only(sink, "$3").parent_is_me);
}

struct MentionCase {
    const char* name;
    std::string sender, more;
    bool expected;
};
class MatrixMentions : public testing::TestWithParam<MentionCase> {};
TEST_P(MatrixMentions, AreOfMeById) {
    EXPECT_EQ(only(read_events(text(1, GetParam().sender, "x", GetParam().more)), "$1").mentions_me, GetParam().expected);
}
const std::string pill = R"("formatted_body":"<a href=\"https://matrix.to/#/@zoe:example.org\">Zoe</a>")";
INSTANTIATE_TEST_SUITE_P(
    Matrix, MatrixMentions,
    testing::ValuesIn<MentionCase>({
        {"stated", ali, R"("m.mentions":{"user_ids":["@zoe:example.org"]})", true},
        {"another", ali, R"("m.mentions":{"user_ids":["@bo:example.org"]})", false},
        {"linked", ali, pill, true},
        {"longer_id", ali,
                    R"("formatted_body":"<a href=\"https://matrix.to/#/@zoe:example.org.uk\">Zoe</a>")", false},
        {"stated_as_nobody", ali, R"("m.mentions":{},)" + pill, false},
        {"myself", zoe, R"("m.mentions":{"user_ids":["@zoe:example.org"]})", false}}),
    [](const auto& test) { return std::string(test.param.name); });

struct MemberCase {
    const char* name;
    std::string event;
    std::optional<MembershipEvent> expected;
    std::string origin;
    bool is_me;
    std::size_t invitations;
};
class MatrixMembers : public testing::TestWithParam<MemberCase> {};
TEST_P(MatrixMembers, ComeGoAndAreInvited) {
    const auto sink = read_events(GetParam().event);
    const auto all = sink.all<Membership>();
    ASSERT_EQ(all.size(), GetParam().expected ? 1U : 0U);
    EXPECT_EQ(sink.count<Invitation>(), GetParam().invitations);
    EXPECT_EQ(sink.ignored_for("service_message"), GetParam().expected || GetParam().invitations > 0 ? 0U : 1U);
    if (all.empty()) return;
    EXPECT_EQ(all[0].event, *GetParam().expected);
    EXPECT_EQ(all[0].origin, GetParam().origin);
    EXPECT_EQ(all[0].is_me, GetParam().is_me);
    EXPECT_EQ(all[0].native_id, "$1");
}
INSTANTIATE_TEST_SUITE_P(
    Matrix, MatrixMembers,
    testing::ValuesIn<MemberCase>({
        {"joined", member(1, zoe, zoe, "join"), MembershipEvent::joined, "service_message", true, 0},
        {"joined_after_invitation", member(1, ali, ali, "join", "invite"), MembershipEvent::joined,
                   "service_message", false, 0},
        {"new_display_name", member(1, ali, ali, "join", "join"), std::nullopt, "", false, 0},
        {"left", member(1, ali, ali, "leave", "join"), MembershipEvent::left, "service_message", false, 0},
        {"removed", member(1, bo, ali, "leave", "join"), MembershipEvent::left, "removal", false, 0},
        {"banned", member(1, bo, zoe, "ban", "join"), MembershipEvent::left, "removal", true, 0},
        {"declined", member(1, ali, ali, "leave", "invite"), std::nullopt, "", false, 0},
        {"asks_to_enter", member(1, ali, ali, "knock"), std::nullopt, "", false, 0},
        {"i_am_invited", member(1, ali, zoe, "invite"), std::nullopt, "", false, 1},
        {"i_invite", member(1, zoe, ali, "invite"), std::nullopt, "", false, 1},
        {"others_among_themselves", member(1, ali, bo, "invite"), std::nullopt, "", false, 0}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MatrixMembers, InviteByNameIntoTheRoom) {
    const auto sink = read_events(member(1, ali, ali, "join", "", "Ali B") + "," + member(2, ali, zoe, "invite"));
    const auto all = sink.all<Invitation>();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].direction, Direction::received);
    EXPECT_EQ(all[0].person, (Person{ali, "Ali B"}));
    EXPECT_EQ(all[0].note, "Potiers");
    EXPECT_EQ(all[0].origin, "group");
}

TEST(MatrixEvents, ThatCannotBeReadAreRefused) {
    const auto sink = read_events(R"(7,{"event_id":"$1"},{"type":"m.room.message","sender":"@a:b"},)"
                                  R"({"type":"x","event_id":"$2","sender":"@a:b","origin_server_ts":0},)"
                                  R"({"type":"x","event_id":"$3","sender":"@a:b","origin_server_ts":1900000000000},)" +
                                  event(4, "m.room.member", ali, R"("membership":"join")"));
    std::vector<std::string> reasons;
    for (const auto& each : sink.rejected) reasons.push_back(each.problem.reason.id);
    EXPECT_THAT(reasons, ElementsAre("matrix.not_an_event", "matrix.not_an_event", "matrix.no_id", "matrix.impossible_date",
                                     "matrix.impossible_date", "matrix.no_id"));
}

TEST(MatrixCoverage, SaysWhetherTheBeginningIsThere) {
    const auto part = read(room(two));
    EXPECT_EQ(part.sink.coverage(room_id)->kind, CoverageKind::full);
    EXPECT_EQ(format_rfc3339(*part.sink.coverage(room_id)->begin), "2024-05-02T10:01:00Z");
    EXPECT_EQ(format_date(date_of(*part.sink.coverage(room_id)->end)), "2026-10-30");
    EXPECT_TRUE(part.sink.lacks_id("matrix.lack_beginning"));
    EXPECT_FALSE(part.sink.lacks_id("matrix.lack_keys"));
    const auto whole = read(room(event(0, "m.room.create", ali, "", R"("state_key":"")") + "," + two + "," +
                                 event(5, "m.room.encrypted", ali, R"("a":"b")")));
    EXPECT_FALSE(whole.sink.lacks_id("matrix.lack_beginning"));
    EXPECT_TRUE(whole.sink.lacks_id("matrix.lack_keys"));
    EXPECT_EQ(read(room(text(1, zoe, "a"))).sink.coverage(room_id)->kind, CoverageKind::names_only);
}

TEST(MatrixFiles, ThatBreakOffAreKeptUpToThere) {
    const std::string whole = room(two + "," + text(3, ali, "c"));
    const auto sink = read(whole.substr(0, whole.find(R"("body":"c")"))).sink;
    EXPECT_EQ(sink.count<Activity>(), 2U);
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.hint.id, "matrix.rest_lost");
    EXPECT_EQ(format_rfc3339(*sink.coverage(room_id)->end), "2024-05-02T10:02:00Z");
}

struct OwnerCase {
    const char* name;
    std::string events, by;
    Identities me;
    std::string id;
    bool from_export;
};
class MatrixOwner : public testing::TestWithParam<OwnerCase> {};
TEST_P(MatrixOwner, IsFoundByTheBestEvidence) {
    ReadContext context = late_2026();
    context.me = GetParam().me;
    const auto reading = read(room(GetParam().events, GetParam().by), context);
    EXPECT_EQ(reading.owner.person ? reading.owner.person->key : "unknown", GetParam().id);
    EXPECT_EQ(reading.owner.from_export, GetParam().from_export);
    EXPECT_EQ(reading.owner.candidates.empty(), reading.owner.person.has_value());
    EXPECT_EQ(reading.sink.count<Account>(), reading.owner.person ? 1U : 0U);
}
const std::string named = two + "," + member(3, zoe, zoe, "join", "join", "Zoé Ex");
INSTANTIATE_TEST_SUITE_P(
    Matrix, MatrixOwner,
    testing::ValuesIn<OwnerCase>({
        {"id", two, zoe, {}, zoe, true}, {"display_name", named, "Zoé Ex", {}, zoe, true},
        {"local_part", two, "zoe", {}, zoe, true},
        {"two_of_one_name", named + "," + member(4, bo, bo, "join", "", "zoé ex"), "Zoé Ex", {}, "unknown", false},
        {"profile_when_the_name_is_nobodys", two, "Somebody", {.handles = {"@ali"}}, ali, false},
        {"profile_by_id", two, "Somebody", {.ids = {ali}}, ali, false},
        {"nobody", two, "Somebody", {}, "unknown", false},
        {"asked_for_against_the_file", named, "Zoé Ex", {.handles = {"ali"}, .forced = true}, ali, false},
        {"asked_for_by_name", named, "Somebody", {.names = {"zoé ex"}, .forced = true}, zoe, false}}),
    [](const auto& test) { return std::string(test.param.name); });

struct SampleCase {
    const char* name;
    std::size_t groups, activities, mine, memberships, invitations;
};
class MatrixSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(MatrixSamples, GiveWhatWasCountedByHand) {
    const SampleCase& expected = GetParam();
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/matrix" / expected.name);
    ASSERT_TRUE(matrix_connector().detect(*source));
    const auto [owner, exported_at, sink] = read_source(matrix_connector(), *source, late_2026());
    ASSERT_TRUE(owner.person);
    EXPECT_EQ(owner.person->key, "@isa:example.org");
    std::size_t mine = 0;
    for (const Activity& each : sink.all<Activity>()) mine += each.is_me ? 1 : 0;
    EXPECT_EQ(sink.count<Group>(), expected.groups);
    EXPECT_EQ(sink.count<Activity>(), expected.activities);
    EXPECT_EQ(mine, expected.mine);
    EXPECT_EQ(sink.count<Membership>(), expected.memberships);
    EXPECT_EQ(sink.count<Invitation>(), expected.invitations);
    EXPECT_TRUE(sink.rejected.empty());
}
INSTANTIATE_TEST_SUITE_P(Matrix, MatrixSamples,
                         testing::ValuesIn<SampleCase>({{"room", 1, 6, 3, 2, 1}, {"archive_with_media", 1, 1, 1, 0, 1}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace matrix_test
}  // namespace secateur::test

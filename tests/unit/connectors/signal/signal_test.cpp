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
const Connector& signal_connector();
}

namespace secateur::test {
namespace signal_test {

using testing::ElementsAre;
using Files = std::map<std::string, std::string>;

const std::string header = R"({"version":"1","backupTimeMs":"1727740800000"})"
                           "\n"
                           R"({"account":{"givenName":"Zoé","familyName":"Ex","username":"zoe.42"}})"
                           "\n";
// I am number 7: "1" is nobody in particular.
const std::string people = R"({"recipient":{"id":"7","self":{}}})"
                           "\n"
                           R"({"recipient":{"id":"2","contact":{"aci":"QUxJ","e164":"32460001122","profileGivenName":"Ali"}}})"
                           "\n"
                           R"({"recipient":{"id":"3","contact":{"aci":"Qk8=","profileGivenName":"Bo",)"
                           R"("systemGivenName":"Bo","systemFamilyName":"Martin"}}})"
                           "\n";
std::string group(
    std::string_view members =
        R"({"userId":"Wk9F","role":"ADMINISTRATOR"},{"userId":"QUxJ","role":"DEFAULT"},{"userId":"Qk8=","role":"DEFAULT"})") {
    return fmt::format(R"({{"recipient":{{"id":"9","group":{{"masterKey":"c2VjcmV0",)"
                       R"("snapshot":{{"title":{{"title":"Hikers"}},"members":[{}]}}}}}}}})"
                       "\n",
                       members);
}
const std::string chats = R"({"chat":{"id":"20","recipientId":"9"}})"
                          "\n"
                          R"({"chat":{"id":"21","recipientId":"2"}})"
                          "\n"
                          R"({"chat":{"id":"22","recipientId":"7"}})"
                          "\n"
                          R"({"recipient":{"id":"8","releaseNotes":{}}})"
                          "\n"
                          R"({"chat":{"id":"23","recipientId":"8"}})"
                          "\n";
/// 2024-05-02 10:00 UTC plus the number in minutes.
std::string sent(int number) { return std::to_string(1714644000123 + 60000LL * number); }
std::string item(int number, std::string_view author, std::string_view kind, std::string_view chat = "20") {
    return fmt::format(R"({{"chatItem":{{"chatId":"{}","authorId":"{}","dateSent":"{}","{}":{{}},{}}}}})"
                       "\n",
                       chat, author, sent(number), author == "7" ? "outgoing" : "incoming", kind);
}
std::string text(int number, std::string_view author, std::string_view body, std::string_view more = "",
                 std::string_view chat = "20") {
    return item(number, author,
                fmt::format(R"("standardMessage":{{"text":{{"body":"{}"}}{}{}}})", body, more.empty() ? "" : ",", more), chat);
}
std::string change(int number, std::string_view updates) {
    return item(number, "2", fmt::format(R"("updateMessage":{{"groupChange":{{"updates":[{}]}}}})", updates));
}

ReadContext late_2026() {
    ReadContext context;
    context.today = *parse_date("2026-11-21");
    return context;
}
Reading read(std::string lines, const ReadContext& context = late_2026()) {
    return read_source(signal_connector(),
                       MemorySource("signal-export", {{"main.jsonl", std::move(lines)}, {"metadata.json", "{}"}}), context);
}
VectorSink read_items(std::string_view items) { return read(header + people + group() + chats + std::string(items)).sink; }
std::string group_key() {
    static const std::string key = read(header + people + group()).sink.all<Group>().at(0).key;
    return key;
}
const Activity& only(const VectorSink& sink, const std::string& id) {
    const Activity* found = sink.find<Activity>([&](const Activity& each) { return each.native_id == id; });
    if (found == nullptr) throw std::runtime_error("no activity " + id);
    return *found;
}

struct DetectCase {
    const char* name;
    Files files;
    std::optional<Confidence> expected;
};
class SignalDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(SignalDetect, KnowsItsLines) {
    const auto match = signal_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Signal, SignalDetect,
    testing::ValuesIn<DetectCase>({
        {"whole",
                   {{"main.jsonl", header + people}, {"metadata.json", "{}"}, {"files/ab/cd.jpg", ""}},
                   Confidence::certain},
        {"renamed_in_a_wrapper", {{"x/a.jsonl", header + people}}, Confidence::certain},
        {"messages_only", {{"main.jsonl", text(1, "2", "x")}}, Confidence::likely},
        {"strangers_beside", {{"main.jsonl", header + people}, {"result.json", "{}"}}, std::nullopt},
        {"two_files", {{"a.jsonl", people}, {"b.jsonl", people}}, std::nullopt},
        {"lines_of_another_platform", {{"main.jsonl", R"({"type":"version","version":1})"}}, std::nullopt},
        {"header_alone", {{"main.jsonl", header}}, std::nullopt},
        {"empty", {{"main.jsonl", ""}}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(SignalOpen, RefusesWhatIsNoExport) {
    EXPECT_THROW((void)signal_connector().open(MemorySource("x", {{"main.jsonl", "{}"}}), {}), Error);
}

TEST(SignalGroups, AreKnownByAFingerprintOfTheirSecret) {
    const auto sink = read_items("");
    EXPECT_EQ(group_key().size(), std::string("group:").size() + 16);
    EXPECT_EQ(group_key().find("c2VjcmV0"), std::string::npos);
    const Group* found = sink.group(group_key());
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->name, "Hikers");
    EXPECT_EQ(found->kind, GroupKind::group_chat);
    EXPECT_EQ(found->members, 3U);
    const Group* direct = sink.group("chat:QUxJ");
    ASSERT_NE(direct, nullptr);
    EXPECT_EQ(direct->kind, GroupKind::direct);
    EXPECT_EQ(direct->name, "Ali");
    EXPECT_EQ(sink.count<Group>(), 2U);
}

struct MineCase {
    const char* name;
    std::string members;
    std::optional<MembershipEvent> expected;
    Role role;
};
class SignalMembership : public testing::TestWithParam<MineCase> {};
TEST_P(SignalMembership, OfMineFollowsFromTheMembers) {
    // A second group makes my account id known where the first does not.
    const std::string other = R"({"recipient":{"id":"10","group":{"masterKey":"b3RoZXI=",)"
                              R"("snapshot":{"title":"Other","members":[{"userId":"Wk9F","role":"DEFAULT"}]}}}})"
                              "\n";
    const auto sink = read(header + people + group(GetParam().members) + other).sink;
    const auto* found = sink.find<Membership>([](const Membership& each) { return each.group == group_key(); });
    ASSERT_EQ(found != nullptr, GetParam().expected.has_value());
    if (found == nullptr) return;
    EXPECT_EQ(found->event, *GetParam().expected);
    EXPECT_EQ(found->role, GetParam().role);
    EXPECT_EQ(found->at.has_value(), found->event == MembershipEvent::member);
}
INSTANTIATE_TEST_SUITE_P(
    Signal, SignalMembership,
    testing::ValuesIn<MineCase>({
        {"administrator", R"({"userId":"Wk9F","role":"ADMINISTRATOR"},{"userId":"QUxJ"})",
                 MembershipEvent::member, Role::admin},
        {"member", R"({"userId":"Wk9F","role":"DEFAULT"})", MembershipEvent::member, Role::member},
        {"not_among_them", R"({"userId":"QUxJ"})", MembershipEvent::left, Role::none},
        {"no_members_told", "", std::nullopt, Role::none},
        {"two_who_are_no_contacts", R"({"userId":"Wk9F"},{"userId":"eHh4"})", std::nullopt, Role::none}}),
    [](const auto& test) { return std::string(test.param.name); });

struct ItemCase {
    const char* name;
    std::string item;
    std::optional<ActivityKind> kind;
    std::string text;
    std::uint32_t attachments;
    std::string ignored;
};
class SignalItems : public testing::TestWithParam<ItemCase> {};
TEST_P(SignalItems, BecomeWhatTheyAre) {
    const ItemCase& given = GetParam();
    const auto sink = read_items(given.item);
    EXPECT_TRUE(sink.rejected.empty());
    ASSERT_EQ(sink.count<Activity>(), given.kind ? 1U : 0U);
    if (!given.ignored.empty()) {
        EXPECT_EQ(sink.ignored_for(given.ignored), 1U);
    }
    if (!given.kind) return;
    const Activity& found = only(sink, sent(1) + ":QUxJ");
    EXPECT_EQ(found.kind, *given.kind);
    EXPECT_EQ(found.text, given.text);
    EXPECT_EQ(found.attachments, given.attachments);
    EXPECT_EQ(found.author, (Person{"QUxJ", "Ali"}));
    EXPECT_FALSE(found.is_me);
    EXPECT_EQ(format_rfc3339(found.when->at), "2024-05-02T10:01:00Z");
}
INSTANTIATE_TEST_SUITE_P(
    Signal, SignalItems,
    testing::ValuesIn<ItemCase>({
        {"message", text(1, "2", "salut"), ActivityKind::message, "salut", 0, ""},
        {"picture_alone", item(1, "2", R"("standardMessage":{"attachments":[{},{}]})"), ActivityKind::message, "", 2, ""},
        {"answer", text(1, "2", "x", R"("quote":{"authorId":"7"})"), ActivityKind::reply, "x", 0, ""},
        {"sticker", item(1, "2", R"("stickerMessage":{})"), ActivityKind::message, "", 1, ""},
        {"view_once", item(1, "2", R"("viewOnceMessage":{})"), ActivityKind::message, "", 1, ""},
        {"poll", item(1, "2", R"("poll":{"question":"Quand ?"})"), ActivityKind::message, "Quand ?", 0, ""},
        {"deleted", item(1, "2", R"("remoteDeletedMessage":{})"), std::nullopt, "", 0, "deleted"},
        {"payment", item(1, "2", R"("paymentNotification":{})"), std::nullopt, "", 0, "service_message"},
        {"kind_of_the_future", item(1, "2", R"("hologram":{})"), std::nullopt, "", 0, "service_message"},
        {"new_number", item(1, "2", R"("updateMessage":{"simpleUpdate":{}})"), std::nullopt, "", 0, "service_message"},
        {"to_myself", text(1, "7", "x", "", "22"), std::nullopt, "", 0, "note_to_self"},
        {"release_notes", text(1, "8", "x", "", "23"), std::nullopt, "", 0, "no_conversation"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(SignalItems, ThatWentOutAreMine) {
    const auto sink = read_items(text(1, "7", "a") +
                                 text(2, "2", "b", R"("quote":{"targetSentTimestamp":")" + sent(1) + R"(","authorId":"7"})") +
                                 text(3, "2", "c", R"("quote":{"targetSentTimestamp":")" + sent(2) + R"(","authorId":"2"})"));
    const Activity& mine = only(sink, sent(1) + ":self");
    EXPECT_TRUE(mine.is_me);
    EXPECT_EQ(mine.author, (Person{"self", "Zoé Ex"}));
    EXPECT_EQ(only(sink, sent(2) + ":QUxJ").parent, mine.native_id);
    EXPECT_TRUE(only(sink, sent(2) + ":QUxJ").parent_is_me);
    EXPECT_EQ(only(sink, sent(3) + ":QUxJ").parent, sent(2) + ":QUxJ");
    EXPECT_FALSE(only(sink, sent(3) + ":QUxJ").parent_is_me);
}

TEST(SignalItems, AreMineEvenWithoutSelf) {
    const std::string line = R"({"chatItem":{"chatId":"21","authorId":"5","dateSent":")" + sent(1) +
                             R"(","outgoing":{},"standardMessage":{"text":{"body":"a"}}}})"
                             "\n";
    const auto sink =
        read(header + people.substr(people.find('\n') + 1) + R"({"chat":{"id":"21","recipientId":"2"}})" + "\n" + line).sink;
    EXPECT_TRUE(only(sink, sent(1) + ":self").is_me);
}

TEST(SignalItems, ThatWereEditedHaveTheirFirstTime) {
    const auto sink = read_items(item(9, "2",
                                      R"("standardMessage":{"text":{"body":"new"}},"revisions":[{"dateSent":")" + sent(1) +
                                          R"(","standardMessage":{"text":{"body":"old"}}},{"dateSent":")" + sent(5) + R"("}])"));
    ASSERT_EQ(sink.count<Activity>(), 1U);
    const Activity& found = only(sink, sent(1) + ":QUxJ");
    EXPECT_EQ(found.text, "new");
    EXPECT_TRUE(found.edited);
    EXPECT_EQ(format_rfc3339(found.when->at), "2024-05-02T10:01:00Z");
}

struct MentionCase {
    const char* name;
    std::string ranges, text;
    bool mentions_me;
};
class SignalMentions : public testing::TestWithParam<MentionCase> {};
TEST_P(SignalMentions, AreWrittenOut) {
    const auto sink =
        read_items(item(1, "2", R"("standardMessage":{"text":{"body":"a ￼ b ￼","bodyRanges":[)" + GetParam().ranges + "]}}"));
    EXPECT_EQ(only(sink, sent(1) + ":QUxJ").text, GetParam().text);
    EXPECT_EQ(only(sink, sent(1) + ":QUxJ").mentions_me, GetParam().mentions_me);
}
INSTANTIATE_TEST_SUITE_P(
    Signal, SignalMentions,
    testing::ValuesIn<MentionCase>({
        {"me_and_another",
                    R"({"start":6,"length":1,"mentionAci":"Wk9F"},{"start":2,"length":1,"mentionAci":"Qk8="})",
                    "a @Bo Martin b @Zoé Ex", true},
        {"another", R"({"start":2,"length":1,"mentionAci":"Qk8="})", "a @Bo Martin b ￼", false},
        {"style_only", R"({"start":2,"length":1,"style":"BOLD"})", "a ￼ b ￼", false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(SignalReactions, HaveAuthorAndTime) {
    const auto sink = read_items(
        text(1, "7", "x",
             R"("reactions":[{"emoji":"👍","authorId":"2","sentTimestamp":")" + sent(3) + R"("},{"emoji":"❤","authorId":"7"}])"));
    const Activity& thumb = only(sink, "r:" + sent(1) + ":self:QUxJ:👍");
    EXPECT_EQ(thumb.kind, ActivityKind::reaction);
    EXPECT_EQ(thumb.parent, sent(1) + ":self");
    EXPECT_TRUE(thumb.parent_is_me);
    EXPECT_EQ(format_rfc3339(thumb.when->at), "2024-05-02T10:03:00Z");
    EXPECT_TRUE(only(sink, "r:" + sent(1) + ":self:self:❤").is_me);
}

TEST(SignalPolls, CountEachVoterOnce) {
    const auto sink =
        read_items(item(1, "2",
                        R"("poll":{"question":"?","options":[{"option":"a","votes":[{"voterId":"7"},{"voterId":"3"}]},)"
                        R"({"option":"b","votes":[{"voterId":"7"}]}]})"));
    EXPECT_EQ(sink.count<Activity>(), 3U);
    const Activity& mine = only(sink, "v:" + sent(1) + ":QUxJ:self");
    EXPECT_EQ(mine.kind, ActivityKind::vote);
    EXPECT_TRUE(mine.is_me);
    EXPECT_FALSE(mine.when);
}

struct ChangeCase {
    const char* name;
    std::string update;
    std::optional<MembershipEvent> expected;
    bool is_me;
    std::string person, origin;
    Role role;
};
class SignalChanges : public testing::TestWithParam<ChangeCase> {};
TEST_P(SignalChanges, SayWhoCameAndWent) {
    const auto sink = read_items(change(1, GetParam().update));
    const Membership* found = sink.find<Membership>([](const Membership& each) { return each.native_id == sent(1) + ":1"; });
    ASSERT_EQ(found != nullptr, GetParam().expected.has_value());
    if (found == nullptr) {
        EXPECT_EQ(sink.ignored_for("service_message"), 1U);
        return;
    }
    EXPECT_EQ(found->event, *GetParam().expected);
    EXPECT_EQ(found->is_me, GetParam().is_me);
    EXPECT_EQ(found->person.key, GetParam().person);
    EXPECT_EQ(found->origin, GetParam().origin);
    EXPECT_EQ(found->role, GetParam().role);
}
INSTANTIATE_TEST_SUITE_P(
    Signal, SignalChanges,
    testing::ValuesIn<ChangeCase>({
        {"added", R"({"groupMemberAddedUpdate":{"updaterAci":"QUxJ","newMemberAci":"Wk9F"}})",
                   MembershipEvent::joined, true, "", "service_message", Role::none},
        {"joined", R"({"groupMemberJoinedUpdate":{"newMemberAci":"Qk8="}})", MembershipEvent::joined, false,
                   "Qk8=", "service_message", Role::none},
        {"by_link", R"({"groupMemberJoinedByLinkUpdate":{"newMemberAci":"Qk8="}})", MembershipEvent::joined,
                   false, "Qk8=", "service_message", Role::none},
        {"accepted", R"({"groupInvitationAcceptedUpdate":{"newMemberAci":"Qk8="}})",
                   MembershipEvent::joined, false, "Qk8=", "service_message", Role::none},
        {"founded", R"({"groupCreationUpdate":{"updaterAci":"QUxJ"}})", MembershipEvent::joined, false,
                   "QUxJ", "service_message", Role::owner},
        {"left", R"({"groupMemberLeftUpdate":{"aci":"Wk9F"}})", MembershipEvent::left, true, "",
                   "service_message", Role::none},
        {"removed", R"({"groupMemberRemovedUpdate":{"removerAci":"Qk8=","removedAci":"QUxJ"}})",
                   MembershipEvent::left, false, "QUxJ", "removal", Role::none},
        {"somebody_unknown", R"({"groupMemberLeftUpdate":{"aci":"eHh4"}})", MembershipEvent::left, false,
                   "eHh4", "service_message", Role::none},
        {"new_title", R"({"groupNameUpdate":{"newGroupName":"x"}})", std::nullopt, false, "", "",
                   Role::none}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(SignalChanges, InviteMe) {
    const auto sink = read_items(change(1, R"({"selfInvitedToGroupUpdate":{"inviterAci":"QUxJ"}})"));
    const auto all = sink.all<Invitation>();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].direction, Direction::received);
    EXPECT_EQ(all[0].person.name, "Ali");
    EXPECT_EQ(all[0].origin, "group");
}

TEST(SignalItems, ThatCannotBeReadAreRefused) {
    const auto sink = read_items(
        text(1, "2", "x", "", "99") + R"({"chatItem":{"chatId":"20","authorId":"2","dateSent":"0","standardMessage":{}}})" +
        "\n" + R"({"chatItem":{"chatId":"20","authorId":"2","dateSent":"1900000000000","standardMessage":{}}})" + "\n");
    std::vector<std::string> reasons;
    for (const auto& each : sink.rejected) reasons.push_back(each.problem.reason.id);
    EXPECT_THAT(reasons, ElementsAre("signal.no_chat", "signal.impossible_date", "signal.impossible_date"));
}

TEST(SignalPeople, OfTheAddressBookAreContacts) {
    const auto all = read_items("").all<Contact>();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].person, (Person{"Qk8=", "Bo Martin"}));
}

TEST(SignalCoverage, EndsWithTheExportOrTheBreak) {
    const std::string items = text(1, "7", "a") + text(2, "2", "b");
    const auto whole = read(header + people + group() + chats + items);
    EXPECT_EQ(format_rfc3339(*whole.exported_at), "2024-10-01T00:00:00Z");
    EXPECT_EQ(whole.sink.coverage(group_key())->kind, CoverageKind::full);
    EXPECT_EQ(whole.sink.coverage(group_key())->end, whole.exported_at);
    EXPECT_EQ(whole.sink.coverage("chat:QUxJ")->kind, CoverageKind::names_only);
    const auto broken = read(header + people + group() + chats + items + R"({"chatItem":{"chatId":"20")");
    ASSERT_EQ(broken.sink.rejected.size(), 1U);
    EXPECT_EQ(broken.sink.rejected[0].problem.hint.id, "signal.rest_lost");
    EXPECT_EQ(format_rfc3339(*broken.sink.coverage(group_key())->end), "2024-05-02T10:02:00Z");
}

struct OwnerCase {
    const char* name;
    Identities me;
    std::string key;
    bool from_export;
};
class SignalOwner : public testing::TestWithParam<OwnerCase> {};
TEST_P(SignalOwner, IsTheExporterUnlessAskedOtherwise) {
    ReadContext context = late_2026();
    context.me = GetParam().me;
    const auto reading = read(header + people + group() + chats + text(1, "7", "a") + text(2, "2", "b"), context);
    EXPECT_EQ(reading.owner.person->key, GetParam().key);
    EXPECT_EQ(reading.owner.from_export, GetParam().from_export);
    for (const Activity& each : reading.sink.all<Activity>()) EXPECT_EQ(each.is_me, each.author.key == GetParam().key);
}
INSTANTIATE_TEST_SUITE_P(
    Signal, SignalOwner,
    testing::ValuesIn<OwnerCase>({
        {"self", {}, "self", true}, {"profile_of_another", {.names = {"Ali"}}, "self", true},
        {"asked_for", {.names = {"zoé ex"}, .forced = true}, "self", false},
        {"asked_for_another", {.names = {"Ali"}, .forced = true}, "QUxJ", false},
        {"asked_for_by_phone", {.phones = {"+32 460 00 11 22"}, .forced = true}, "QUxJ", false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(SignalSamples, GiveWhatWasCountedByHand) {
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/signal/export");
    ASSERT_TRUE(signal_connector().detect(*source));
    const auto [owner, exported_at, sink] = read_source(signal_connector(), *source, late_2026());
    EXPECT_EQ(owner.person->name, "Isabelle Morel");
    std::size_t mine = 0;
    for (const Activity& each : sink.all<Activity>()) mine += each.is_me ? 1 : 0;
    EXPECT_EQ(sink.count<Group>(), 2U);
    EXPECT_EQ(sink.count<Activity>(), 5U);  // 3 messages and a reaction in the group, one in the conversation
    EXPECT_EQ(mine, 2U);
    EXPECT_EQ(sink.count<Membership>(), 3U);  // founded, added, member
    EXPECT_EQ(sink.count<Contact>(), 1U);
    EXPECT_EQ(sink.ignored_for("service_message"), 1U);
    EXPECT_TRUE(sink.rejected.empty());
}

}  // namespace signal_test
}  // namespace secateur::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/connectors/telegram/telegram_support.hpp"

namespace secateur::test {
namespace telegram_messages_test {

using namespace on_telegram;
using testing::ElementsAre;

const Activity& only(const VectorSink& sink, std::string_view id, std::string_view group = "channel7") {
    const Activity* found = sink.activity(group, id);
    if (found == nullptr) throw std::runtime_error("no activity " + std::string(id));
    return *found;
}

struct KeyCase {
    const char* name;
    std::string type, id;
    std::string key;
    GroupKind kind;
};
class TelegramChatKeys : public testing::TestWithParam<KeyCase> {};
TEST_P(TelegramChatKeys, CarryTheKindOfThePeer) {
    const auto reading = read_telegram(account(chat("A", GetParam().type, GetParam().id, message(1, "user42", "x"))));
    const Group* group = reading.sink.group(GetParam().key);
    ASSERT_NE(group, nullptr);
    EXPECT_EQ(group->kind, GetParam().kind);
    EXPECT_EQ(group->name, "A");
}
INSTANTIATE_TEST_SUITE_P(Telegram, TelegramChatKeys,
                         testing::ValuesIn<KeyCase>({
        {"basic", "private_group", "5", "group5", GroupKind::group},
        {"supergroup", "public_supergroup", "5", "channel5", GroupKind::group},
        {"channel", "private_channel", "5", "channel5", GroupKind::channel},
        {"person", "personal_chat", "5", "user5", GroupKind::direct},
        {"person_above_32_bits", "personal_chat", "7300000001", "user7300000001",
                GroupKind::direct},
        {"bot", "bot_chat", "5", "user5", GroupKind::direct},
        {"type_of_the_future", "cosmic_group", "5", "unknown5", GroupKind::group}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(TelegramMessages, OfNotesToOneselfAreNoConversation) {
    const auto sink = read_telegram(account(R"({"type":"saved_messages","id":41,"messages":[)" + message(1, "user41", "x") +
                                            "]}," + R"({"type":"replies","id":9,"messages":[)" + message(2, "user9", "x") + "]}"))
                          .sink;
    EXPECT_EQ(sink.count<Activity>(), 0U);
    EXPECT_EQ(sink.count<Group>(), 0U);
    EXPECT_EQ(sink.ignored_for("saved_messages"), 1U);
    EXPECT_EQ(sink.ignored_for("replies"), 1U);
}

struct KindCase {
    const char* name;
    std::string chat_type, more;
    ActivityKind kind;
    std::string parent;
};
class TelegramKinds : public testing::TestWithParam<KindCase> {};
TEST_P(TelegramKinds, FollowFromChatAndReply) {
    const auto reading = read_telegram(account(
        chat("A", GetParam().chat_type, "7", message(1, "user42", "x") + "," + message(2, "user42", "y", GetParam().more))));
    const Activity* second = reading.sink.find<Activity>([](const auto& each) { return each.native_id == "2"; });
    ASSERT_NE(second, nullptr);
    EXPECT_EQ(second->kind, GetParam().kind);
    EXPECT_EQ(second->parent, GetParam().parent);
}
INSTANTIATE_TEST_SUITE_P(
    Telegram, TelegramKinds,
    testing::ValuesIn<KindCase>({
        {"message", "private_group", "", ActivityKind::message, ""},
        {"reply", "private_group", R"("reply_to_message_id":1)", ActivityKind::reply, "1"},
        {"post_of_a_channel", "public_channel", "", ActivityKind::post, ""},
        {"forward", "private_group", R"("forwarded_from":null)", ActivityKind::share, ""},
        {"reply_to_another_chat", "private_group", R"("reply_to_message_id":1,"reply_to_peer_id":"channel9")",
                 ActivityKind::reply, ""},
        {"reply_in_a_chat_of_two", "personal_chat", R"("reply_to_message_id":1)", ActivityKind::reply, "1"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TelegramMessages, AnswerMeWhenTheirParentIsMine) {
    const auto sink = read_group(message(1, "user41", "a") + "," + message(2, "user42", "b", R"("reply_to_message_id":1)") + "," +
                                 message(3, "user42", "c", R"("reply_to_message_id":2)"));
    EXPECT_TRUE(only(sink, "2").parent_is_me);
    EXPECT_FALSE(only(sink, "3").parent_is_me);
}

TEST(TelegramMessages, InATopicAnswerNobody) {
    const auto sink = read_group(service(1, "Ali", "user42", "topic_created", R"("title":"T")") + "," +
                                 message(2, "user42", "in the topic", R"("reply_to_message_id":1)") + "," +
                                 message(3, "user41", "an answer", R"("reply_to_message_id":2)"));
    EXPECT_EQ(only(sink, "2").kind, ActivityKind::message);
    EXPECT_EQ(only(sink, "2").parent, "");
    EXPECT_EQ(only(sink, "3").kind, ActivityKind::reply);
    EXPECT_EQ(only(sink, "3").parent, "2");
    EXPECT_EQ(sink.ignored_for("service_message"), 1U);
}

TEST(TelegramMessages, FromBeforeTheUpgradeKeepTheirNegativeIds) {
    const auto sink = read_group(message(-999999998, "user41", "a") + "," +
                                 message(-999999997, "user42", "b", R"("reply_to_message_id":-999999998)"));
    EXPECT_EQ(only(sink, "-999999997").parent, "-999999998");
    EXPECT_TRUE(only(sink, "-999999997").parent_is_me);
}

struct TextCase {
    const char* name;
    std::string member;  // of the message, from "text" on
    std::string text;
    std::vector<std::string> links;
    bool mentions_me;
};
class TelegramTexts : public testing::TestWithParam<TextCase> {};
TEST_P(TelegramTexts, AreJoinedAndLookedThrough) {
    const auto sink = read_group(R"({"id":1,"type":"message","date_unixtime":"1714644000","from":"Ali","from_id":"user42",)" +
                                 GetParam().member + "}");
    EXPECT_EQ(only(sink, "1").text, GetParam().text);
    EXPECT_EQ(only(sink, "1").links, GetParam().links);
    EXPECT_EQ(only(sink, "1").mentions_me, GetParam().mentions_me);
}
INSTANTIATE_TEST_SUITE_P(
    Telegram, TelegramTexts,
    testing::ValuesIn<TextCase>({
        {"plain", R"("text":"salut","text_entities":[{"type":"plain","text":"salut"}])", "salut", {}, false},
        {"array_only", R"("text":["a ",{"type":"bold","text":"b"}," c"])", "a b c", {}, false},
        {"entities",
            R"("text":["a ",{"type":"bold","text":"b"}],"text_entities":[{"type":"plain","text":"a "},{"type":"bold",)"
            R"("text":"b"}])",
            "a b",
            {},
            false},
        {"link",
                 R"("text":[{"type":"text_link","text":"here","href":"https://example.org/a"}])",
                 "here",
                 {"https://example.org/a"},
                 false},
        {"mention_of_me", R"("text":[{"type":"mention","text":"@ZOE"}])", "@ZOE", {}, true},
        {"mention_of_another", R"("text":[{"type":"mention","text":"@zoey"}])", "@zoey", {}, false},
        {"mention_by_id", R"("text":[{"type":"mention_name","text":"Z","user_id":41}])", "Z", {}, true},
        {"none_at_all", R"("dice":"x")", "", {}, false},
        {"control_byte",
                 R"("text":"a\x0bb")",
                 "a\x0b"
                 "b",
                 {},
                 false},
        {"backslash_before_x", R"("text":"a\\x41")", "a\\x41", {}, false},
        {"key_written_twice", R"("text":"first","text":"last")", "last", {}, false},
        {"bare_token", R"("sticker":{"document_id": video_files/sticker.webm},"text":"after")", "after", {}, false},
        {"question_of_a_poll", R"("text":"","poll":{"question":"Quand ?","answers":[]})", "Quand ?", {}, false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TelegramMessages, OfMineNeverMentionMe) {
    const auto sink = read_group(R"({"id":1,"type":"message","date_unixtime":"1714644000","from":"Z","from_id":"user41",)"
                                 R"("text":[{"type":"mention","text":"@zoe"}]})");
    EXPECT_FALSE(only(sink, "1").mentions_me);
}

TEST(TelegramMessages, ForwardedByMeKeepNoWordsOfOthers) {
    const auto sink = read_group(message(1, "user41", "see https://example.org/x now", R"("forwarded_from":"Ann")"));
    EXPECT_EQ(only(sink, "1").kind, ActivityKind::share);
    EXPECT_EQ(only(sink, "1").text, "");
    EXPECT_THAT(only(sink, "1").links, ElementsAre("https://example.org/x"));
}

TEST(TelegramMessages, OfDeletedAccountsHaveAnAuthorWithoutName) {
    const auto sink =
        read_group(R"({"id":1,"type":"message","date_unixtime":"1714644000","from":null,"from_id":"user9","text":"x"})");
    EXPECT_EQ(only(sink, "1").author, (Person{"user9", ""}));
}

TEST(TelegramMessages, OfBotsAndCopiesFromAChannelAreAutomatic) {
    const auto sink =
        read_group(message(1, "user42", "gif", R"("via_bot":"@gif")") + "," + message(2, "user41", "gif", R"("via_bot":"@gif")") +
                   "," + message(3, "channel99", "copy", R"("forwarded_from":"C")") + "," + message(4, "user42", "x"));
    EXPECT_TRUE(only(sink, "1").automatic);
    EXPECT_FALSE(only(sink, "2").automatic);
    EXPECT_TRUE(only(sink, "3").automatic);
    EXPECT_FALSE(only(sink, "4").automatic);
}

TEST(TelegramMessages, SignedInAChannelAreMineByTheSignature) {
    const auto sink = read_telegram(account(chat("C", "public_channel", "7",
                                                 message(1, "channel7", "a", R"("author":"Zoé Exemple")") + "," +
                                                     message(2, "channel7", "b", R"("author":"Ali")"))))
                          .sink;
    EXPECT_TRUE(only(sink, "1").is_me);
    EXPECT_FALSE(only(sink, "2").is_me);
}

TEST(TelegramMessages, TellEditsAndAttachments) {
    const auto sink = read_group(message(1, "user42", "", R"("photo":"photos/1.jpg","edited_unixtime":"1714644060")") + "," +
                                 message(2, "user42", "x"));
    EXPECT_TRUE(only(sink, "1").edited);
    EXPECT_EQ(only(sink, "1").attachments, 1U);
    EXPECT_FALSE(only(sink, "2").edited);
    EXPECT_EQ(only(sink, "2").attachments, 0U);
}

TEST(TelegramReactions, AreActivitiesOfThoseNamed) {
    // The clock of the exporting computer is two hours ahead, which the message itself shows.
    const auto sink = read_group(message(
        1, "user41", "a",
        R"("reactions":[{"type":"emoji","count":9,"emoji":"👍","recent":[{"from":"Ali","from_id":"user42",)"
        R"("date":"2024-05-02T12:31:00"},)"
        R"({"from":"Zoé","from_id":"user41","date":"2024-05-02T12:32:00"}]},{"type":"emoji","count":3,"emoji":"❤"}])"));
    const Activity& theirs = only(sink, "r:1:user42:👍");
    EXPECT_EQ(theirs.kind, ActivityKind::reaction);
    EXPECT_EQ(theirs.parent, "1");
    EXPECT_TRUE(theirs.parent_is_me);
    EXPECT_FALSE(theirs.is_me);
    ASSERT_TRUE(theirs.when);
    EXPECT_EQ(format_rfc3339(theirs.when->at), "2024-05-02T10:31:00Z");
    EXPECT_TRUE(only(sink, "r:1:user41:👍").is_me);
    EXPECT_EQ(sink.count<Activity>(), 3U);
}

TEST(TelegramReactions, WithSeveralCustomEmojiOfOnePersonStayApart) {
    const std::string one = R"({"type":"custom_emoji","count":1,"document_id":"x","recent":[{"from":"A","from_id":"user42"}]})";
    const auto sink = read_group(message(1, "user41", "a", R"("reactions":[)" + one + "," + one + "]"));
    EXPECT_NE(sink.activity("channel7", "r:1:user42:custom_emoji"), nullptr);
    EXPECT_NE(sink.activity("channel7", "r:1:user42:custom_emoji+"), nullptr);
}

TEST(TelegramPolls, TellMyVoteButNotWhen) {
    const auto sink =
        read_group(message(1, "user42", "",
                           R"("poll":{"question":"?","answers":[{"text":"a","chosen":false},{"text":"b","chosen":true}]})") +
                   "," + message(2, "user42", "", R"("poll":{"question":"?","answers":[{"text":"a","chosen":false}]})"));
    const Activity& vote = only(sink, "v:1");
    EXPECT_EQ(vote.kind, ActivityKind::vote);
    EXPECT_TRUE(vote.is_me);
    EXPECT_FALSE(vote.when);
    EXPECT_EQ(sink.activity("channel7", "v:2"), nullptr);
}

struct ServiceCase {
    const char* name;
    std::string line;
    std::vector<std::string> events;  // "event who"
    std::uint64_t ignored;
};
class TelegramServiceLines : public testing::TestWithParam<ServiceCase> {};
TEST_P(TelegramServiceLines, TellWhoCameAndWent) {
    const auto sink = read_group(GetParam().line);
    std::vector<std::string> events;
    for (const Membership& each : sink.all<Membership>()) {
        if (each.native_id == "chats") continue;
        events.push_back(std::string(to_string(each.event)) + ' ' + (each.is_me ? "me" : each.person.key) +
                         (each.role == Role::owner ? " founder" : ""));
        EXPECT_TRUE(each.at);
    }
    EXPECT_EQ(events, GetParam().events);
    EXPECT_EQ(sink.ignored_for("service_message"), GetParam().ignored);
}
INSTANTIATE_TEST_SUITE_P(
    Telegram, TelegramServiceLines,
    testing::ValuesIn<ServiceCase>({
        {"joined_by_link", service(1, "Zoé Exemple", "user41", "join_group_by_link", R"("inviter":"Ali")"), {"joined me"}, 0},
        {"admitted", service(1, "Ali", "user42", "join_group_by_request"), {"joined user42"}, 0},
        {"invited_me_and_another",
                    service(1, "Ali", "user42", "invite_members", R"("members":["zoé  EXEMPLE","Bob"])"),
                    {"joined me", "joined bob"},
                    0},
        {"joined_alone", service(1, "Ali", "user42", "invite_members", R"("members":["Ali"])"), {"joined user42"}, 0},
        {"left", service(1, "Zoé Exemple", "user41", "remove_members", R"("members":["Zoé Exemple"])"), {"left me"}, 0},
        {"removed", service(1, "Ali", "user42", "remove_members", R"("members":["Bob"])"), {"left bob"}, 0},
        {"founded",
                    service(1, "Zoé Exemple", "user41", "create_group", R"("members":["Zoé Exemple","Bob"])"),
                    {"joined me founder", "joined bob"},
                    0},
        {"made_by_the_channel_itself", service(1, "C", "channel7", "create_channel"), {}, 1},
        {"nameless_member", service(1, "Ali", "user42", "invite_members", R"("members":[null])"), {}, 0},
        {"upgraded", service(1, "Ali", "user42", "migrate_from_group", R"("title":"A")"), {}, 1},
        {"pinned", service(1, "Ali", "user42", "pin_message", R"("message_id":3)"), {}, 1},
        {"of_the_future", service(1, "Ali", "user42", "teleport_members", R"("members":["Bob"])"), {}, 1}}),
    [](const auto& test) { return std::string(test.param.name); });

struct CoverageCase {
    const char* name;
    std::string messages;
    bool left;
    CoverageKind kind;
};
class TelegramChatCoverage : public testing::TestWithParam<CoverageCase> {};
TEST_P(TelegramChatCoverage, IsWhatTheMessagesProve) {
    const std::string group = chat("A", "private_supergroup", "7", GetParam().messages);
    const auto sink = read_telegram(GetParam().left ? account("", group) : account(group)).sink;
    const Coverage* coverage = sink.coverage("channel7");
    ASSERT_NE(coverage, nullptr);
    EXPECT_EQ(coverage->kind, GetParam().kind);
    EXPECT_EQ(coverage->begin.has_value(), GetParam().kind == CoverageKind::full);
    const Membership* state = sink.find<Membership>([](const auto&) { return true; });
    ASSERT_NE(state, nullptr);
    EXPECT_EQ(state->event, GetParam().left ? MembershipEvent::left : MembershipEvent::member);
    EXPECT_EQ(sink.lacks_id("telegram.lack_others"), GetParam().kind == CoverageKind::own_only);
}
std::string mine(int count) {
    std::string all;
    for (int i = 1; i <= count; ++i) all += (i > 1 ? "," : "") + message(i, "user41", "x");
    return all;
}
INSTANTIATE_TEST_SUITE_P(
    Telegram, TelegramChatCoverage,
    testing::ValuesIn<CoverageCase>({
        {"five_of_mine", mine(5), false, CoverageKind::own_only},
        {"four_of_mine", mine(4), false, CoverageKind::names_only},
        {"another_author", mine(5) + "," + message(6, "user42", "x"), false, CoverageKind::full},
        {"another_only_in_a_service_line", mine(5) + "," + service(6, "Ali", "user42", "pin_message"),
                     false, CoverageKind::full},
        {"nothing", "", false, CoverageKind::names_only},
        {"left", mine(1), true, CoverageKind::own_only}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TelegramCoverage, OfAnUnknownOwnerNeedsTwoAuthors) {
    EXPECT_EQ(read_telegram(chat("A", "private_supergroup", "7", mine(6))).sink.coverage("channel7")->kind,
              CoverageKind::names_only);
    EXPECT_EQ(read_telegram(chat("A", "private_supergroup", "7", mine(6) + "," + message(7, "user42", "x")))
                  .sink.coverage("channel7")
                  ->kind,
              CoverageKind::full);
}

struct RefusalCase {
    const char* name;
    std::string element;
    std::string reason;
};
class TelegramRefusals : public testing::TestWithParam<RefusalCase> {};
TEST_P(TelegramRefusals, NameThePlaceAndSpareTheNeighbours) {
    ReadContext context;
    context.today = std::chrono::sys_days{std::chrono::year{2024} / 6 / 1};
    const auto sink = read_group(message(1, "user42", "a") + "," + GetParam().element + "," + message(3, "user42", "c"), context);
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.rejected[0].problem.where.entry, "result.json");
    EXPECT_EQ(sink.rejected[0].problem.where.record, 2U);
    EXPECT_FALSE(sink.rejected[0].raw.empty());
    EXPECT_EQ(sink.count<Activity>(), 2U);
}
INSTANTIATE_TEST_SUITE_P(
    Telegram, TelegramRefusals,
    testing::ValuesIn<RefusalCase>({
        {"no_object", "17", "telegram.not_an_object"},
        {"unknown_type", R"({"id":2,"type":"hologram","date_unixtime":"1714644000"})", "telegram.unknown_type"},
        {"no_date", R"({"id":2,"type":"message","text":"x"})", "telegram.no_date"},
        {"thirteenth_month", R"({"id":2,"type":"message","date":"2024-13-01T10:00:00","text":"x"})",
                    "telegram.no_date"},
        {"epoch_zero", R"({"id":2,"type":"message","date_unixtime":"0","text":"x"})", "telegram.impossible_date"},
        {"future", R"({"id":2,"type":"message","date_unixtime":"1893456000","text":"x"})", "telegram.impossible_date"},
        {"beyond_64_bits", R"({"id":2,"type":"message","date_unixtime":"99999999999999999999","text":"x"})",
                    "telegram.no_date"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TelegramMessages, OfOldFilesAreReadInTheZoneAndKeepTheirOrderInAutumn) {
    const std::string old =
        R"({"name":"J","type":"private_supergroup","id":8589934599,"messages":[)"
        R"({"id":1,"type":"message","date":"2020-10-25T02:50:00","from":"L","from_id":4294967306,"text":"before"},)"
        R"({"id":2,"type":"message","date":"2020-10-25T02:10:00","from":"L","from_id":10,"text":"after"}]})";
    ReadContext context;
    context.zone = Zone::find("Europe/Paris");
    ASSERT_TRUE(context.zone);
    const auto sink = read_telegram(old, context).sink;
    EXPECT_EQ(format_rfc3339(only(sink, "1").when->at), "2020-10-25T00:50:00Z");
    EXPECT_EQ(format_rfc3339(only(sink, "2").when->at), "2020-10-25T01:10:00Z");
    EXPECT_EQ(only(sink, "1").when->basis, TimeBasis::local_assumed);
    EXPECT_EQ(only(sink, "1").author.key, "user10");
    EXPECT_EQ(only(sink, "2").author.key, "user10");
    EXPECT_FALSE(sink.warned("local_times"));

    const auto without_zone = read_telegram(old).sink;
    EXPECT_EQ(only(without_zone, "1").when->basis, TimeBasis::local_unknown);
    EXPECT_TRUE(without_zone.warned("local_times"));
}

TEST(TelegramMessages, WithoutDateOfAnyKindAreIgnoredWhenUnsupported) {
    const auto sink = read_group(R"({"id":2,"type":"unsupported"})");
    EXPECT_EQ(sink.ignored_for("unsupported"), 1U);
    EXPECT_TRUE(sink.rejected.empty());
}

TEST(TelegramMessages, WithoutIdKeepTheTimeAsWritten) {
    const auto sink = read_telegram(R"({"chats":{"list":[{"name":"C","messages":[{"type":"message","date_unixtime":"1544006350",)"
                                    R"("from":"Author 1","text":"x"}]}]}})")
                          .sink;
    ASSERT_EQ(sink.count<Activity>(), 1U);
    const Activity one = sink.all<Activity>()[0];
    EXPECT_EQ(one.group, "name:c");
    EXPECT_EQ(one.native_id, "");
    EXPECT_EQ(one.when->written, "1544006350");
    EXPECT_EQ(one.author.key, "author 1");
}

TEST(TelegramChats, WhoseHeadComesLastAreStillNamed) {
    const std::string group =
        R"({"messages":[)" + message(1, "user42", "x") + R"(],"id":7,"type":"private_supergroup","name":"Late"})";
    const auto sink = read_telegram(account(chat("First", "private_group", "3", message(1, "user41", "x")) + "," + group)).sink;
    ASSERT_NE(sink.group("channel7"), nullptr);
    EXPECT_EQ(sink.group("channel7")->name, "Late");
    EXPECT_NE(sink.activity("channel7", "1"), nullptr);
}

TEST(TelegramChats, WithoutIdAndNameLoseNothingSilently) {
    const auto sink = read_telegram(account(R"({"name":null,"type":null,"messages":[)" + message(1, "user42", "x") + "]}")).sink;
    EXPECT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.count<Activity>(), 0U);
}

TEST(TelegramContacts, ComeFromBothLists) {
    const auto sink =
        read_telegram(
            R"({"personal_information":{"user_id":41},"contacts":{"list":[)"
            R"({"user_id":5,"first_name":"Ann","last_name":"Lee","date_unixtime":"1622541600"},)"
            R"({"user_id":0,"first_name":"Mireille","last_name":""},{"user_id":0,"phone_number":"+33"}]},)"
            R"("frequent_contacts":{"list":[{"id":5,"type":"user","name":"Ann Lee"},{"id":6,"type":"private_group"}]}})")
            .sink;
    const auto contacts = sink.all<Contact>();
    ASSERT_EQ(contacts.size(), 3U);
    EXPECT_EQ(contacts[0].person, (Person{"user5", "Ann Lee"}));
    EXPECT_TRUE(contacts[0].connected);
    EXPECT_EQ(contacts[1].person, (Person{"mireille", "Mireille"}));
    EXPECT_FALSE(contacts[1].connected);
    EXPECT_EQ(contacts[2].origin, "frequent_contacts");
    EXPECT_EQ(sink.ignored_for("frequent_contact"), 1U);
    EXPECT_EQ(sink.rejected.size(), 1U);
}

TEST(TelegramFiles, ThatBreakOffAreOneRejectionAndKeepWhatCameBefore) {
    const std::string whole =
        account(chat("A", "private_supergroup", "7", message(1, "user42", "a") + "," + message(2, "user42", "b")));
    const auto sink = read_telegram(whole.substr(0, whole.find("\"id\":2") + 20)).sink;
    EXPECT_EQ(sink.count<Activity>(), 1U);
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.hint.id, "telegram.rest_lost");
    EXPECT_TRUE(sink.rejected[0].problem.where.offset);
    ASSERT_NE(sink.coverage("channel7"), nullptr);
    EXPECT_EQ(sink.coverage("channel7")->end, only(sink, "1").when->at);
    EXPECT_TRUE(sink.lacks.empty());
}

TEST(TelegramFiles, AreLeftAsSoonAsTheSinkSaysStop) {
    const std::string json =
        account(chat("A", "private_supergroup", "7", mine(5)) + "," + chat("B", "private_group", "8", mine(5)));
    const auto stream_source = export_of(json);
    for (std::size_t after = 1; after < 14; ++after) {
        VectorSink sink;
        sink.stop_after = after;
        telegram_connector().open(stream_source, {})->read_into(sink);
        EXPECT_EQ(sink.calls_after_stop, 0U) << after;
        EXPECT_EQ(sink.accepted.size(), after);
    }
}

TEST(TelegramLacks, TellWhatTheSettingsLeftOut) {
    const auto closed = read_telegram(account(chat("A", "private_group", "7", mine(1)))).sink;
    EXPECT_TRUE(closed.lacks_id("telegram.lack_public"));
    EXPECT_TRUE(closed.lacks_id("telegram.lack_contacts"));
    EXPECT_FALSE(closed.lacks_id("telegram.lack_card"));
    const auto open = read_telegram(account(chat("A", "public_supergroup", "7", mine(1)))).sink;
    EXPECT_FALSE(open.lacks_id("telegram.lack_public"));
    EXPECT_TRUE(read_telegram(chat("A", "private_group", "7", mine(1))).sink.lacks_id("telegram.lack_single"));
}

}  // namespace telegram_messages_test
}  // namespace secateur::test

// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of the HTML export: what they say, what they leave out, and where they lie.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/telegram/html_pages.hpp"
#include "tests/unit/connectors/telegram/telegram_support.hpp"

namespace secateur::test {
namespace telegram_html_test {

using namespace on_telegram;
using testing::ElementsAre;
using namespace std::chrono_literals;

std::string page(std::string_view body) {
    return "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\"/>\n</head>\n<body>\n<div class=\"page_wrap\">\n" +
        std::string(body) +
           "\n</div>\n</body>\n</html>\n";
}
std::string chat_page(std::string_view name, std::string_view history) {
    return page(fmt::format("<div class=\"page_header\">\n<div class=\"content\">\n<div class=\"text bold\">\n{} "
                            "\n</div>\n</div>\n</div>\n"
                            "<div class=\"page_body chat_page\">\n<div class=\"history\">\n{}</div>\n</div>",
                            name, history));
}
std::string line(int id, std::string_view text) {
    return fmt::format("<div class=\"message service\" id=\"message{}\">\n<div class=\"body details\">\n{}\n</div>\n</div>\n", id,
                       text);
}
/// At 10:00 of the day; joined to the message before where it has no name.
std::string post(int id, std::string_view name, std::string_view inner,
                 std::string_view clock = "02.05.2024 10:00:00 UTC+01:00") {
    return fmt::format(
        "<div class=\"message default clearfix{}\" id=\"message{}\">\n<div class=\"body\">\n"
        "<div class=\"pull_right date details\" title=\"{}\">\n10:00\n</div>\n{}{}</div>\n</div>\n",
        name.empty() ? " joined" : "", id, clock,
        name.empty() ? std::string() : fmt::format("<div class=\"from_name\">\n{} \n</div>\n", name), inner);
}
std::string text(std::string_view words) { return fmt::format("<div class=\"text\">\n{}\n</div>\n", words); }
std::string entry(std::string_view name, std::string_view info, std::string_view details, std::string_view href = "") {
    return fmt::format("<a class=\"entry block_link clearfix\"{}>\n<div class=\"body\">\n<div class=\"pull_right info "
                       "details\">\n{}\n</div>\n"
                       "<div class=\"name bold\">\n{} \n</div>\n<div class=\"details_entry "
                       "details\">\n{}\n</div>\n</div>\n</a>\n",
                       href.empty() ? std::string() : fmt::format(" href=\"../{}#allow_back\"", href), info, name, details);
}
std::string list(std::string_view entries) {
    return page(fmt::format("<div class=\"page_body list_page\">\n<div class=\"page_about details\">\nAll chats\n</div>\n"
                            "<div class=\"entry_list\">\n{}</div>\n</div>", entries));
}
const std::string card = page(
    "<div class=\"page_body\">\n<div class=\"personal_info clearfix\">\n<div class=\"rows names\">\n<div class=\"row\">\n"
    "<div class=\"label details\">\nFirst name\n</div>\n<div class=\"value bold\">\nZoé\n</div>\n</div>\n<div class=\"row\">\n"
    "<div class=\"label details\">\nUsername\n</div>\n<div class=\"value bold\">\n@zoe\n</div>\n</div>\n</div>\n</div>\n</div>");

using Files = std::map<std::string, std::string>;

Reading read_pages(Files files, const ReadContext& context = {}) {
    return read_source(telegram_connector(), MemorySource("DataExport_2024-06-01", std::move(files)), context);
}
/// One group of Zoé's account.
Reading read_group_page(std::string_view history, const ReadContext& context = {}) {
    return read_pages({{"export_results.html", card},
                       {"lists/chats.html", list(entry("Rando", "group", "3 messages", "chats/chat_1/messages.html"))},
                       {"chats/chat_1/messages.html", chat_page("Rando", history)}},
                      context);
}
ReadContext in_zone(std::string_view name) {
    ReadContext context;
    context.zone = Zone::find(name);
    return context;
}
const Activity& only(const VectorSink& sink, std::string_view id, std::string_view group = "name:rando") {
    const Activity* found = sink.activity(group, id);
    if (found == nullptr) throw std::runtime_error("no activity " + std::string(id));
    return *found;
}

struct DetectCase {
    const char* name;
    Files files;
    std::optional<std::string> evidence;
};
class TelegramDetectPages : public testing::TestWithParam<DetectCase> {};
TEST_P(TelegramDetectPages, SaysWhatTheyAre) {
    const auto match = telegram_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().evidence.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, Confidence::certain);
        EXPECT_EQ(match->evidence.id, *GetParam().evidence);
    }
}
const std::string small_chat = chat_page("Rando", post(1, "Ali", text("x")));
INSTANTIATE_TEST_SUITE_P(
    Telegram, TelegramDetectPages,
    testing::ValuesIn<DetectCase>({
        {"account", {{"export_results.html", card}, {"lists/chats.html", list("")}},
                   "telegram.evidence_account"},
        {"account_in_a_folder", {{"D/export_results.html", card}, {"D/images/back.png", ""}},
                   "telegram.evidence_account"},
        {"account_without_its_card", {{"lists/chats.html", list("")}}, "telegram.evidence_account"},
        {"one_chat", {{"messages.html", small_chat}, {"messages2.html", small_chat}},
                   "telegram.evidence_chat"},
        {"one_chat_in_a_folder", {{"ChatExport/messages.html", small_chat}}, "telegram.evidence_chat"},
        {"two_chats_side_by_side", {{"a/messages.html", small_chat}, {"b/messages.html", small_chat}},
                   std::nullopt},
        {"other_files_outside", {{"a/messages.html", small_chat}, {"b/other.csv", ""}}, std::nullopt},
        {"pages_of_another_platform", {{"messages.html", page("<div class=\"_a6-g\">x</div>")}},
                   std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TelegramPages, GiveWayToTheJsonBesideThem) {
    const auto reading = read_pages({{"result.json", account(chat("Rando", "private_supergroup", "7",
                                                                  message(1, "user42", "x")))},
                                     {"export_results.html", card},
                                     {"lists/chats.html", list(entry("Rando", "group", "1 message",
                                                                     "chats/chat_1/messages.html"))},
                                     {"chats/chat_1/messages.html", small_chat}});
    EXPECT_EQ(reading.sink.count<Activity>(), 1U);
    EXPECT_NE(reading.sink.activity("channel7", "1"), nullptr);
}

TEST(TelegramPages, TellTheOwnerByTheCard) {
    const auto reading = read_group_page(post(1, "Ali", text("x")) + post(2, "Zoé", text("y")));
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->name, "Zoé");
    EXPECT_TRUE(reading.owner.from_export);
    EXPECT_EQ(reading.sink.all<Account>().at(0).handle, "@zoe");
    EXPECT_FALSE(only(reading.sink, "1").is_me);
    EXPECT_TRUE(only(reading.sink, "2").is_me);
}

TEST(TelegramPages, TellTheOwnerBySavedMessagesOrBehindAChatOfTwo) {
    const std::string notes = list(entry("Saved messages", "private", "1 message", "chats/chat_1/messages.html"));
    const auto by_notes = read_pages({{"lists/chats.html", notes},
                                      {"chats/chat_1/messages.html", chat_page("Zoé", post(1, "Zoé", text("x")))}});
    ASSERT_TRUE(by_notes.owner.person);
    EXPECT_EQ(by_notes.owner.person->name, "Zoé");
    EXPECT_EQ(by_notes.sink.ignored_for("saved_messages"), 1U);
    const std::string of_two = list(entry("Ali", "private", "2 messages", "chats/chat_1/messages.html"));
    const auto by_other = read_pages({{"lists/chats.html", of_two},
                                      {"chats/chat_1/messages.html",
                                       chat_page("Ali", post(1, "Ali", text("x")) + post(2, "Zoé", text("y")))}});
    ASSERT_TRUE(by_other.owner.person);
    EXPECT_EQ(by_other.owner.person->name, "Zoé");
    EXPECT_TRUE(only(by_other.sink, "2", "person:ali").is_me);
}

TEST(TelegramPages, OfOneChatAskWhoIsMeUnlessTheProfileKnows) {
    const Files files{{"messages.html", chat_page("Rando", line(1, "Ali created group «Rando»") + post(2, "Ali", text("x")) +
                                                               post(3, "", text("y")) + post(4, "Zoé", text("z")))}};
    const auto unknown = read_pages(files);
    EXPECT_FALSE(unknown.owner.person);
    ASSERT_EQ(unknown.owner.candidates.size(), 2U);
    EXPECT_EQ(unknown.owner.candidates[0].person.name, "Ali");
    EXPECT_EQ(unknown.owner.candidates[0].activities, 2U);
    ReadContext context;
    context.me.names = {"Zoé"};
    const auto known = read_pages(files, context);
    ASSERT_TRUE(known.owner.person);
    EXPECT_TRUE(only(known.sink, "4").is_me);
}

struct GuessCase {
    const char* name;
    std::string history;
    GroupKind kind;
};
class TelegramGuessedKind : public testing::TestWithParam<GuessCase> {};
TEST_P(TelegramGuessedKind, OfOneChatFollowsFromItsPeople) {
    const auto reading = read_pages({{"messages.html", chat_page("Ali", GetParam().history)}});
    ASSERT_EQ(reading.sink.count<Group>(), 1U);
    EXPECT_EQ(reading.sink.all<Group>()[0].kind, GetParam().kind);
}
INSTANTIATE_TEST_SUITE_P(
    Telegram, TelegramGuessedKind,
    testing::ValuesIn<GuessCase>({
        {"a_person_and_me", post(1, "Ali", text("x")) + post(2, "Zoé", text("y")), GroupKind::direct},
        {"nobody_but_itself", post(1, "Ali", text("x")), GroupKind::channel},
        {"several_people", post(1, "Bo", text("x")) + post(2, "Zoé", text("y")), GroupKind::group},
        {"an_anonymous_admin_among_two", post(1, "Ali", text("x")) + post(2, "Bo", text("y")) +
                  post(3, "Zoé", text("z")),
                  GroupKind::group},
        {"says_so", line(1, "Channel «Ali» created") + post(2, "Ali", text("x")) + post(3, "Zoé", text("x")),
                  GroupKind::channel}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TelegramMessages, WithoutANameAreOfTheAuthorBefore) {
    const auto sink = read_group_page(post(1, "Ali", text("x")) + post(2, "", text("y")) + line(3, "Ali pinned this message") +
                                      post(4, "", text("z")))
                          .sink;
    EXPECT_EQ(only(sink, "2").author, (Person{"ali", "Ali"}));
    EXPECT_EQ(only(sink, "4").author, Person{});  // after a service line Telegram writes the name again
}

TEST(TelegramMessages, GoOnOverPagesInTheOrderOfTheirNumbers) {
    const auto reading = read_pages({{"messages.html", chat_page("Rando", post(1, "Zoé", text("a")))},
                                     {"messages2.html", chat_page("Rando", post(2, "Ali", text("b")))},
                                     {"messages10.html", chat_page("Rando", post(3, "Bo", R"(<div class="reply_to details">
In reply to <a href="messages.html#go_to_message1">this message</a>
</div>
)" + text("c")))}},
                                    [] {
                                        ReadContext context;
                                        context.me.names = {"Zoé"};
                                        return context;
                                    }());
    std::vector<std::string> ids;
    for (const Activity& each : reading.sink.all<Activity>()) ids.push_back(each.native_id);
    EXPECT_THAT(ids, ElementsAre("1", "2", "3"));
    EXPECT_EQ(only(reading.sink, "3").kind, ActivityKind::reply);
    EXPECT_EQ(only(reading.sink, "3").parent, "1");
    EXPECT_TRUE(only(reading.sink, "3").parent_is_me);
    EXPECT_EQ(reading.sink.count<Group>(), 1U);
}

TEST(TelegramMessages, AnsweringElsewhereAreRepliesWithoutParent) {
    const auto sink = read_group_page(post(1, "Ali",
                                           "<div class=\"reply_to details\">\nIn reply to a message in another chat\n</div>\n" +
                                               text("x"))).sink;
    EXPECT_EQ(only(sink, "1").kind, ActivityKind::reply);
    EXPECT_EQ(only(sink, "1").parent, "");
}

TEST(TelegramMessages, OfATopicAreNoReplies) {
    const auto sink = read_group_page(line(1, "Zoé created topic «Dons»") +
                                      post(2, "Ali",
                                           "<div class=\"reply_to details\">\nIn reply to <a href=\"#go_to_message1\">this "
                                           "message</a>\n</div>\n" + text("x")))
                          .sink;
    EXPECT_EQ(only(sink, "2").kind, ActivityKind::message);
    EXPECT_EQ(only(sink, "2").parent, "");
}

TEST(TelegramMessages, ForwardedKeepTheirSenderAndAreShares) {
    const std::string inner = "<div class=\"pull_left forwarded userpic_wrap\">\n</div>\n<div class=\"forwarded body\">\n<div "
                              "class=\"from_name\">\nNina "
                              "<span class=\"date details\" title=\"01.05.2024 09:00:00 UTC+01:00\"> 01.05.2024 "
                              "09:00:00</span>\n</div>\n" +
                              text("voir https://example.org/a") + "</div>\n";
    const auto sink = read_group_page(post(1, "Zoé", inner) + post(2, "", inner)).sink;
    for (const char* id : {"1", "2"}) {
        EXPECT_EQ(only(sink, id).kind, ActivityKind::share);
        EXPECT_EQ(only(sink, id).author.name, "Zoé");
        EXPECT_EQ(only(sink, id).text, "");
        EXPECT_THAT(only(sink, id).links, ElementsAre("https://example.org/a"));
        EXPECT_EQ(only(sink, id).when->at, std::chrono::sys_days{std::chrono::year{2024} / 5 / 2} + 9h);
    }
}

TEST(TelegramMessages, HaveTextLinksAndMentions) {
    const auto sink = read_group_page(post(1, "Ali",
                                           text("Bonjour <a href=\"https://t.me/Zoe\">@Zoe</a>,<br><b>voir</b> <a "
                                                "href=\"https://example.org/a?b=1&amp;c=2\">ceci</a> "
                                                          "<a href=\"https://example.org/\">https://example.org/</a> &lt;3 <a "
                                                          "href=\"\" onclick=\"return ShowHashtag(&quot;x&quot;)\">#x</a>")) +
                                      post(2, "Ali", text("<a href=\"\" onclick=\"return ShowMentionName()\">Zoé</a> ?")) +
                                      post(3, "Ali", text("<a href=\"https://t.me/bo\">@bo</a>")))
                          .sink;
    EXPECT_EQ(only(sink, "1").text, "Bonjour @Zoe,\nvoir ceci https://example.org/ <3 #x");
    EXPECT_THAT(only(sink, "1").links, ElementsAre("https://example.org/a?b=1&c=2"));
    EXPECT_TRUE(only(sink, "1").mentions_me);
    EXPECT_TRUE(only(sink, "2").mentions_me);
    EXPECT_FALSE(only(sink, "3").mentions_me);
}

TEST(TelegramMessages, ByABotOrOfADeletedAccountAreMarked) {
    const auto sink = read_group_page(post(1, "Ali via @gif", text("x")) + post(2, "Deleted Account", text("y"))).sink;
    EXPECT_EQ(only(sink, "1").author.name, "Ali");
    EXPECT_TRUE(only(sink, "1").automatic);
    EXPECT_EQ(only(sink, "2").author, Person{});
    EXPECT_FALSE(only(sink, "2").automatic);
}

TEST(TelegramMessages, CarryMediaPollsAndReactions) {
    const std::string poll = R"(<div class="media_wrap clearfix">
<div class="media_poll">
<div class="question bold">
Samedi ?
</div>
<div class="details">
Anonymous poll
</div>
<div class="answer">
- oui <span class="details">2 votes, chosen vote</span>
</div>
</div>
</div>
)";
    const std::string reactions = R"(<span class="reactions">
<span class="reaction active">
<span class="emoji">
👍
</span>
<span class="userpics">
<div class="userpic userpic5"><div class="initials" title="Zoé">
Z
</div></div>
<div class="userpic userpic5"><div class="initials" title="Ali">
A
</div></div>
</span>
</span>
<span class="reaction active">
<span class="emoji">
🔥
</span>
<span class="count">
3
</span>
</span>
</span>
)";
    const auto sink = read_group_page(post(1, "Ali", poll) + post(2, "Ali",
                                                                  "<div class=\"media_wrap clearfix\">\n<div "
                                                                  "class=\"body\">\n<div class=\"title "
                                                                  "bold\">\nPhoto\n</div>\n</div>\n</div>\n" + text("x") +
                                                                      reactions)).sink;
    EXPECT_EQ(only(sink, "1").text, "Samedi ?");
    EXPECT_EQ(only(sink, "1").attachments, 1U);
    EXPECT_TRUE(only(sink, "v:1").is_me);
    EXPECT_EQ(only(sink, "2").attachments, 1U);
    EXPECT_EQ(only(sink, "2").text, "x");
    EXPECT_TRUE(only(sink, "r:2:zoé:👍").is_me);
    EXPECT_FALSE(only(sink, "r:2:ali:👍").is_me);
    EXPECT_TRUE(only(sink, "r:2:zoé:🔥").is_me);  // marked as mine, without a name beside it
    EXPECT_FALSE(only(sink, "r:2:zoé:🔥").when);
    EXPECT_EQ(sink.count<Activity>(), 6U);
}

struct ClockCase {
    const char* name;
    std::string clock, zone;
    std::string_view expected;
    TimeBasis basis;
    bool warned;
};
class TelegramClocks : public testing::TestWithParam<ClockCase> {};
TEST_P(TelegramClocks, MindTheSummerThatTheOffsetForgets) {
    const ClockCase& c = GetParam();
    const auto sink = read_group_page(post(1, "Ali", text("x"), c.clock), c.zone.empty() ? ReadContext{} : in_zone(c.zone)).sink;
    ASSERT_TRUE(only(sink, "1").when);
    EXPECT_EQ(only(sink, "1").when->at, parse_rfc3339(c.expected)->at);
    EXPECT_EQ(only(sink, "1").when->basis, c.basis);
    EXPECT_EQ(sink.warned("standard_offset"), c.warned);
}
INSTANTIATE_TEST_SUITE_P(
    Telegram, TelegramClocks,
    testing::ValuesIn<ClockCase>({
        {"winter", "02.01.2024 10:00:00 UTC+01:00", "Europe/Brussels", "2024-01-02T09:00:00Z",
                  TimeBasis::local_assumed, false},
        {"summer", "02.07.2024 10:00:00 UTC+01:00", "Europe/Brussels", "2024-07-02T08:00:00Z",
                  TimeBasis::local_assumed, false},
        {"summer_without_a_zone", "02.07.2024 10:00:00 UTC+01:00", "", "2024-07-02T09:00:00Z",
                  TimeBasis::offset, true},
        {"exported_elsewhere", "02.07.2024 10:00:00 UTC+05:30", "Europe/Brussels", "2024-07-02T04:30:00Z",
                  TimeBasis::offset, true},
        {"south_of_the_line", "02.01.2024 10:00:00 UTC+10:00", "Australia/Sydney", "2024-01-01T23:00:00Z",
                  TimeBasis::local_assumed, false},
        {"without_an_offset", "02.07.2020 10:00:00", "Europe/Brussels", "2020-07-02T08:00:00Z",
                  TimeBasis::local_assumed, false},
        {"with_neither", "02.07.2020 10:00:00", "", "2020-07-02T10:00:00Z", TimeBasis::local_unknown, false},
        {"utc", "02.07.2024 10:00:00 UTC", "Etc/UTC", "2024-07-02T10:00:00Z", TimeBasis::local_assumed,
                  false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TelegramClocks, OfTheHourThatAutumnRepeatsFollowTheOrderOfMessages) {
    const auto sink = read_group_page(post(1, "Ali", text("x"), "27.10.2024 02:50:00 UTC+01:00") +
                                      post(2, "Bo", text("y"), "27.10.2024 02:10:00 UTC+01:00"),
                                      in_zone("Europe/Brussels"))
                          .sink;
    EXPECT_EQ(only(sink, "2").when->at - only(sink, "1").when->at, 20min);
}

TEST(TelegramClocks, ThatCannotBeReadRefuseTheMessageAtItsPlace) {
    const std::string bad = post(2, "Ali", text("y"), "31.02.2024 10:00:00");
    const auto sink = read_group_page(post(1, "Ali", text("x")) + bad + post(3, "Ali", text("z"), "02.05.1999 10:00:00")).sink;
    ASSERT_EQ(sink.rejected.size(), 2U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "telegram.page_no_date");
    EXPECT_EQ(sink.rejected[0].problem.where.entry, "chats/chat_1/messages.html");
    EXPECT_EQ(sink.rejected[0].problem.where.record, 2U);
    EXPECT_EQ(sink.rejected[0].problem.where.length, bad.size() - 1);
    EXPECT_EQ(sink.rejected[1].problem.reason.id, "telegram.impossible_date");
    EXPECT_EQ(sink.count<Activity>(), 1U);
}

TEST(TelegramServiceLines, GiveJoinsAndLeavesOfTheDayAboveThem) {
    const auto sink = read_group_page(line(-1, "2 March 2021") +
                                      line(1, "Ali created group &laquo;Rando&raquo; with members Ali, Bo and Zoé") +
                                      line(2, "Ali invited Cy") + line(-2, "3 March 2021") +
                                          line(3, "Dan joined group by link from Ali") +
                                      line(4, "Eve joined group by request") + line(5, "Ali removed Cy") +
                                          line(6, "Zoé removed Zoé") +
                                      line(7, "Ali removed group photo") + line(8, "Ali invited Bo to the voice chat"))
                          .sink;
    std::vector<std::string> seen;
    for (const Membership& each : sink.all<Membership>()) {
        if (each.origin == "chats") continue;
        ASSERT_TRUE(each.at);
        EXPECT_EQ(each.at->precision, Precision::day);
        const auto day = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(each.at->at)};
        seen.push_back(fmt::format("{} {} {} {} {} {}", unsigned(day.day()), each.is_me ? "me" : each.person.name,
                                   to_string(each.event),
                                   each.native_id, each.role == Role::none ? "-" : to_string(each.role), each.origin));
    }
    EXPECT_THAT(seen, ElementsAre("2 Ali joined 1 owner service_message", "2 Bo joined 1:2 - service_message",
                                  "2 me joined 1:3 - service_message", "2 Cy joined 2 - service_message",
                                  "3 Dan joined 3 - service_message", "3 Eve joined 4 - service_message",
                                  "3 Cy left 5 - removal", "3 me left 6 - service_message"));
    EXPECT_EQ(sink.ignored_for("service_message"), 2U);
}

TEST(TelegramServiceLines, WithoutADayAboveThemHaveNoDate) {
    const auto sink = read_group_page(line(1, "Ali invited Zoé")).sink;
    const auto joined = sink.find<Membership>([](const Membership& each) { return each.event == MembershipEvent::joined; });
    ASSERT_NE(joined, nullptr);
    EXPECT_TRUE(joined->is_me);
    EXPECT_FALSE(joined->at);
}

TEST(TelegramChatLists, TellKindLeftChatsAndWhatWasAskedFor) {
    const std::string chats = page(
        "<div class=\"page_body list_page\">\n<div class=\"page_about details\">\nTous vos chats\n</div>\n<div "
        "class=\"entry_list\">\n" +
        entry("Rando", "group", "2 outgoing messages", "chats/chat_1/messages.html") +
            entry("Infos", "channel", "No outgoing messages") +
        entry("Rando", "group", "1 message", "chats/chat_2/messages.html") +
            entry("Robot", "bot", "1 message", "chats/chat_3/messages.html") +
        "</div>\n<div class=\"page_about details with_divider\">\nCeux que vous avez quittés\n</div>\n<div "
        "class=\"entry_list\">\n" +
        entry("Chorale", "group", "1 outgoing message", "chats/chat_4/messages.html") + "</div>\n</div>");
    const auto sink = read_pages({{"export_results.html", card},
                                  {"lists/chats.html", chats},
                                  {"chats/chat_1/messages.html", chat_page("Rando", post(1, "Zoé", text("x")))},
                                  {"chats/chat_2/messages.html", chat_page("Rando", post(1, "Ali", text("x")))},
                                  {"chats/chat_3/messages.html", chat_page("Robot", post(1, "Robot", text("x")))},
                                  {"chats/chat_4/messages.html", chat_page("Chorale", post(1, "Zoé", text("x")))}})
                          .sink;
    EXPECT_EQ(sink.coverage("name:rando")->kind, CoverageKind::own_only);
    EXPECT_EQ(sink.coverage("name:rando#2")->kind, CoverageKind::full);
    EXPECT_EQ(sink.coverage("name:infos")->kind, CoverageKind::own_only);
    EXPECT_EQ(sink.group("name:infos")->kind, GroupKind::channel);
    EXPECT_EQ(sink.group("person:robot")->kind, GroupKind::direct);
    EXPECT_TRUE(only(sink, "1", "person:robot").automatic);
    const auto left = sink.find<Membership>([](const Membership& each) { return each.group == "name:chorale"; });
    ASSERT_NE(left, nullptr);
    EXPECT_EQ(left->event, MembershipEvent::left);
    EXPECT_TRUE(sink.lacks_id("telegram.lack_others"));
    EXPECT_TRUE(sink.lacks_id("telegram.lack_numbers"));
}

TEST(TelegramContacts, AreReadFromTheirLists) {
    const auto sink = read_pages({{"export_results.html", card},
                                  {"lists/contacts.html", list(entry("Ali Baba", "04.03.2021 10:00:00", "+32 470 00 00 00") +
                                                               entry("", "", "+32"))},
                                  {"lists/frequent.html", list(entry("Bo", "people", "Rating: 3.5") +
                                                               entry("gif", "inline bots", "Rating: 1"))}},
                                 in_zone("Europe/Brussels"))
                          .sink;
    const auto contacts = sink.all<Contact>();
    ASSERT_EQ(contacts.size(), 2U);
    EXPECT_EQ(contacts[0].person, (Person{"ali baba", "Ali Baba"}));
    EXPECT_EQ(contacts[0].connected->at, parse_rfc3339("2021-03-04T09:00:00Z")->at);
    EXPECT_EQ(contacts[1].origin, "frequent_contacts");
    EXPECT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.ignored_for("frequent_contact"), 1U);
}

TEST(TelegramChannels, ArePostsAndMineWhenSigned) {
    const auto sink = read_pages({{"export_results.html", card},
                                  {"lists/chats.html", list(entry("Infos", "channel", "2 messages",
                                                                  "chats/chat_1/messages.html"))},
                                  {"chats/chat_1/messages.html",
                                   chat_page("Infos", post(1, "Infos", text("x")) +
                                             post(2, "", text("y") + "<div class=\"signature details\">\nZoé\n</div>\n"))}})
                          .sink;
    EXPECT_EQ(only(sink, "1", "name:infos").kind, ActivityKind::post);
    EXPECT_FALSE(only(sink, "1", "name:infos").is_me);
    EXPECT_TRUE(only(sink, "2", "name:infos").is_me);
}

TEST(TelegramPages, CutOffKeepWhatCameBeforeAndSaySo) {
    std::string cut = chat_page("Rando", post(1, "Ali", text("x")) + post(2, "Bo", text("y")));
    cut.resize(cut.find("message2"));
    const auto sink = read_pages({{"messages.html", cut}}).sink;
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "json.cut_off");
    EXPECT_NE(sink.activity("name:rando", "1"), nullptr);
}

TEST(TelegramPages, EmptyOrUnsupportedGiveNoRecords) {
    const auto sink = read_group_page(line(-1, "No exported messages") +
                                      line(4, "This message is not supported by this version of Telegram Desktop. Please "
                                              "update the application."))
                          .sink;
    EXPECT_EQ(sink.count<Activity>(), 0U);
    EXPECT_EQ(sink.rejected.size(), 0U);
    EXPECT_EQ(sink.ignored_for("unsupported"), 1U);
    EXPECT_EQ(sink.ignored_for("service_message"), 1U);
}

}  // namespace telegram_html_test
}  // namespace secateur::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "connectors/irc/line.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& irc_connector();

namespace test {
namespace irc_test {

using irc::Event;
using testing::ElementsAre;
using testing::IsEmpty;

// ---- one line

struct LineCase {
    const char* name;
    const char* line;
    Event event;
    const char* nick;
    const char* text;
};
class IrcLineOf : public testing::TestWithParam<LineCase> {};
TEST_P(IrcLineOf, IsUnderstood) {
    const auto line = irc::parse_line(GetParam().line);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->event, GetParam().event);
    EXPECT_EQ(line->nick, GetParam().nick);
    EXPECT_EQ(line->text, GetParam().text);
}
INSTANTIATE_TEST_SUITE_P(
    Programs, IrcLineOf,
    testing::ValuesIn<LineCase>({
        {"irssi", "10:00 <@lea> hi", Event::message, "lea", "hi"}, {"irssi_plain", "10:00 < lea> hi <b>",
                                                                                    Event::message, "lea", "hi <b>"},
        {"irssi_action", "10:00  * lea waves", Event::action, "lea", "waves"},
            {"irssi_join", "10:00 -!- lea [~u@h] has joined #c", Event::join, "lea", ""},
        {"irssi_part", "10:00 -!- lea [~u@h] has left #c [bye]", Event::part, "lea", ""},
            {"irssi_quit", "10:00 -!- lea [~u@h] has quit [x]", Event::quit, "lea", ""},
        {"irssi_kick", "10:00 -!- lea was kicked from #c by op [x]", Event::kick, "lea", ""},
            {"irssi_nick", "10:00 -!- lea is now known as lea_", Event::nick, "lea", "lea_"},
        {"irssi_me", "10:00 -!- You're now known as mira", Event::nick, "", "mira"},
            {"irssi_mode", "10:00 -!- mode/#c [+o lea] by op", Event::other, "", ""},
        {"irssi_notice", "10:00 -lea:#c- hi", Event::notice, "", ""},
            {"weechat", "2026-01-01 10:00:00\t@lea\thi\tthere", Event::message, "lea", "hi\tthere"},
        {"weechat_action", "2026-01-01 10:00:00\t *\tlea waves", Event::action, "lea", "waves"},
        {"weechat_join", "2026-01-01 10:00:00\t-->\tlea (~u@h) has joined #c", Event::join, "lea", ""},
        {"weechat_join_french", "2026-01-01 10:00:00\t-->\tlea (~u@h) a rejoint #c", Event::join, "lea", ""},
        {"weechat_quit_french", "2026-01-01 10:00:00\t<--\tlea (~u@h) a quitté (ping)", Event::quit, "lea", ""},
        {"weechat_nick", "2026-01-01 10:00:00\t--\tlea is now known as lea_", Event::nick, "lea", "lea_"},
        {"weechat_words_of_a_join", "2026-01-01 10:00:00\tlea\tbob has joined #c", Event::message, "lea",
                 "bob has joined #c"},
        {"supybot", "2005-01-08T23:33:54  <lea> hi", Event::message, "lea", "hi"},
            {"supybot_join", "2005-01-08T23:33:54  *** lea has joined #c", Event::join, "lea", ""},
        {"supybot_empty", "2005-01-08T23:33:54  <lea> ", Event::message, "lea", ""},
            {"znc", "[10:00:00] <lea> hi", Event::message, "lea", "hi"},
        {"znc_join", "[10:00:00] *** Joins: lea (u@h)", Event::join, "lea", ""},
            {"znc_part", "[10:00:00] *** Parts: lea (u@h) (bye)", Event::part, "lea", ""},
        {"hexchat", "Jan 08 23:33:54 <lea>\thi", Event::message, "lea", "hi"},
            {"hexchat_join", "Jan 08 23:33:54 *\tlea (u@h) has joined", Event::join, "lea", ""},
        {"hexchat_action", "Jan 08 23:33:54 *\tlea has joined us for tea", Event::action, "lea", "has joined us for tea"},
        {"dircproxy", "[16 Jan 00:00] <lea!u@h> hi", Event::message, "lea", "hi"},
            {"epoch", "1105219946 <lea> hi", Event::message, "lea", "hi"},
        {"ubuntu", "[10:00] === lea has left #c []", Event::part, "lea", ""},
            {"unknown_words", "10:00 something else", Event::other, "", ""}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(IrcLines, AreNoneWithoutATime) {
    for (const char* line : {"", "hello", "25:00 <lea> x", "[10:00 <lea> x", "10:00", "12/05/2026, 10:00 - Lea: x",
                             "--- Log opened x"}) EXPECT_FALSE(irc::parse_line(line)) << line;
}

TEST(IrcLines, LoseColoursAndKeepNumbers) {
    EXPECT_EQ(irc::without_codes("\x02" "bold\x0f \x03" "04,12red\x03 \x03" "3,a \x1dit\x1d 42"), "bold red ,a it 42");
    EXPECT_EQ(irc::plain_nick("Lea|away"), "lea");
    EXPECT_EQ(irc::plain_nick("lea__"), "lea");
    EXPECT_EQ(irc::plain_nick("_"), "_");
}

// ---- logs

Reading read(const std::map<std::string, std::string>& files, std::vector<std::string> handles = {"mira"},
             std::optional<Zone> zone = Zone::find("Europe/Brussels")) {
    const MemorySource source("logs", files);
    EXPECT_TRUE(irc_connector().detect(source)) << "not recognised";
    ReadContext context;
    context.me.handles = std::move(handles);
    context.zone = std::move(zone);
    context.today = *parse_date("2026-11-21");
    return read_source(irc_connector(), source, context);
}
std::vector<std::string> told(const Reading& reading) {
    std::vector<std::string> found;
    for (const Activity& each : reading.sink.all<Activity>())
        found.push_back((each.when ? format_rfc3339(each.when->at) : "undated") + " " + each.author.key + " " + each.text);
    return found;
}
std::vector<std::string> movements(const Reading& reading) {
    std::vector<std::string> found;
    for (const Membership& each : reading.sink.all<Membership>())
        found.push_back((each.is_me ? "me" : each.person.key) + " " + std::string(to_string(each.event)) + " " +
                        format_rfc3339(each.at->at));
    return found;
}

TEST(Irc, FollowsTheDaysOfIrssi) {
    const Reading reading = read({{"oftc/#c.log",
                                   "--- Log opened Sat Jan 08 23:33:54 2005\n23:50 <lea> a\n--- Day changed dim. janv. 09 2005\n"
                                   "00:10 <lea> b\n--- Log closed x\n"}});
    EXPECT_THAT(told(reading), ElementsAre("2005-01-08T22:50:00Z lea a", "2005-01-08T23:10:00Z lea b"));
    const When when = *reading.sink.all<Activity>()[1].when;
    EXPECT_EQ(when.written, "2005-01-09T00:10");
    EXPECT_EQ(when.precision, Precision::minute);
    EXPECT_EQ(when.basis, TimeBasis::local_assumed);
    EXPECT_TRUE(reading.sink.group("oftc/#c"));
}

TEST(Irc, KeepsLinesThatNothingDatesWithoutADate) {
    const Reading reading = read({{"#c.log", "10:00 <lea> a\n--- Log opened Sat Jan 08 23:33:54 2005\n23:50 <lea> b\n"}});
    EXPECT_THAT(told(reading), ElementsAre("undated lea a", "2005-01-08T22:50:00Z lea b"));
    EXPECT_TRUE(reading.sink.warned("undated"));
}

TEST(Irc, TakesTheDayFromTheFileName) {
    for (const char* name : {"libera/#c/2026-01-01.log", "znc_libera_#c_20260101.log", "Libera-#c.2026-01-01.log"}) {
        const Reading reading = read({{name, "[10:00:00] <lea> a\n[23:59:00] <lea> b\n[00:10:00] <lea> c\n"}});
        EXPECT_THAT(told(reading), ElementsAre("2026-01-01T09:00:00Z lea a", "2026-01-01T22:59:00Z lea b",
                                               "2026-01-01T23:10:00Z lea c")) << name;
        EXPECT_TRUE(reading.sink.group("libera/#c")) << name;
    }
}

TEST(Irc, TakesTheYearFromTheBeginningOfTheLogAndOverNewYear) {
    const Reading reading = read({{"Net-#c.log",
                                   "**** BEGIN LOGGING AT Fri Dec 31 23:00:00 2004\n\nDec 31 23:59:00 <lea>\ta\n"
                                   "Jan 01 00:01:00 <lea>\tb\n"}});
    EXPECT_THAT(told(reading), ElementsAre("2004-12-31T22:59:00Z lea a", "2004-12-31T23:01:00Z lea b"));
}

TEST(Irc, ReadsMomentsThatNameTheirZone) {
    const Reading reading = read({{"#c.log", "1105219946 <lea> a\n2005-01-08T23:33:54+02:00 <lea> b\n"}});
    EXPECT_THAT(told(reading), ElementsAre("2005-01-08T21:32:26Z lea a", "2005-01-08T21:33:54Z lea b"));
    EXPECT_EQ(reading.sink.all<Activity>()[0].when->basis, TimeBasis::utc);
    EXPECT_EQ(reading.sink.all<Activity>()[1].when->basis, TimeBasis::offset);
}

/// A log of one day, each line with it in front.
std::string lines(std::initializer_list<const char*> each_of) {
    std::string log;
    for (const char* each : each_of) log += std::string("2026-01-01T") + each + "\n";
    return log;
}

TEST(Irc, KeepsTheFirstArrivalAndTheLastDeparture) {
    const Reading reading = read({{"#c.log", lines({"10:00:00  *** mira has joined #c", "11:00:00  *** mira has left #c",
                                          "12:00:00  *** mira has joined #c", "13:00:00  *** lea has joined #c",
                                              "14:00:00  *** lea has quit", "15:00:00  *** bob was kicked by lea",
                                                  "16:00:00  <mira> x"})}});
    EXPECT_THAT(movements(reading), ElementsAre("me joined 2026-01-01T09:00:00Z", "bob left 2026-01-01T14:00:00Z",
                                                "lea joined 2026-01-01T12:00:00Z"));
    EXPECT_EQ(reading.sink.ignored, (std::map<std::string, std::uint64_t, std::less<>>{{"departure", 1}, {"quit", 1},
        {"rejoin", 1}}));
}

TEST(Irc, FollowsMeUnderAnotherNickUntilTheSessionEnds) {
    const Reading reading = read({{"#c.log",
                                   "--- Log opened Sat Jan 10 10:00:00 2026\n10:00 <mira> a\n"
                                   "10:01 -!- mira is now known as gardener\n10:02 <gardener> b\n"
                                   "--- Log opened Sat Jan 17 10:00:00 2026\n10:03 <gardener> c\n"}});
    const auto all = reading.sink.all<Activity>();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_TRUE(all[0].is_me);
    EXPECT_TRUE(all[1].is_me);
    EXPECT_EQ(all[1].author, all[0].author);
    EXPECT_FALSE(all[2].is_me);
}

TEST(Irc, KnowsMeByMyNickAndItsVariants) {
    const Reading reading = read({{"#c.log", lines({"10:00:00  <Mira_> a", "10:01:00  <mira|away> b",
                                                    "10:02:00  <miranda> c"})}});
    ASSERT_TRUE(reading.owner.person);
    const auto all = reading.sink.all<Activity>();
    EXPECT_TRUE(all[0].is_me);
    EXPECT_TRUE(all[1].is_me);
    EXPECT_FALSE(all[2].is_me);
}

TEST(Irc, TakesTheNickThatTheLogCallsMine) {
    const Reading reading = read({{"#c.log", lines({"10:00:00  -!- You're now known as gardener", "10:01:00  <gardener> a",
                                          "10:02:00  <lea> b"})}}, {});
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->name, "gardener");
    EXPECT_TRUE(reading.owner.from_export);
}

TEST(Irc, ProposesWhoseArrivalOpensTheSessions) {
    const Reading reading = read({{"#c.log",
                                   "--- Log opened Sat Jan 10 10:00:00 2026\n10:00 -!- anna [a@h] has joined #c\n10:01 <lea> a\n"
                                   "10:02 <lea> b\n10:03 <helpbot> c\n"}}, {});
    EXPECT_FALSE(reading.owner.person);
    ASSERT_EQ(reading.owner.candidates.size(), 2u) << "a bot is nobody";
    EXPECT_EQ(reading.owner.candidates[0].person.name, "anna");
    EXPECT_EQ(reading.owner.candidates[0].evidence.id, "irc.candidate_opens");
    EXPECT_TRUE(reading.sink.lacks_id("irc.lack_nick"));
}

TEST(Irc, SeesWhoSpeaksToMe) {
    const Reading reading = read({{"#c.log", lines({"10:00:00  <lea> Mira: yes", "10:01:00  <lea> I saw mira there",
                                          "10:02:00  <lea> miracle", "10:03:00  <mira> x"})}});
    const auto all = reading.sink.all<Activity>();
    EXPECT_TRUE(all[0].mentions_me && all[0].parent_is_me);
    EXPECT_TRUE(all[1].mentions_me && !all[1].parent_is_me);
    EXPECT_FALSE(all[2].mentions_me);
}

TEST(Irc, TellsBotsBridgesAndBouncersFromPeople) {
    const Reading reading = read({{"#c.log", lines({"10:00:00  <povbot> a", "10:01:00  <matterbridge> <lea> b",
                                          "10:02:00  <***> Buffer Playback...", "10:02:01  <lea> [09:00:00] old",
                                              "10:02:02  <***> Playback Complete.", "10:03:00  <mira> c"})}});
    const auto all = reading.sink.all<Activity>();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_TRUE(all[0].automatic);
    EXPECT_EQ(all[1].author.key, "lea");
    EXPECT_EQ(all[1].text, "b");
    EXPECT_EQ(reading.sink.ignored_for("bouncer"), 2u);
    EXPECT_EQ(reading.sink.ignored_for("playback"), 1u);
}

TEST(Irc, ReadsEachLineInItsOwnEncoding) {
    const Reading reading = read({{"#c.log", lines({"10:00:00  <lea> \xC3\xA9t\xC3\xA9", "10:01:00  <lea> \xE9t\xE9\r"})}});
    EXPECT_THAT(told(reading), ElementsAre("2026-01-01T09:00:00Z lea été", "2026-01-01T09:01:00Z lea été"));
}

TEST(Irc, KnowsAConversationOfTwoAndAChannelWithoutItsSign) {
    const Reading pair = read({{"irc.libera.lea.weechatlog", "2026-01-01 10:00:00\tlea\ta\n2026-01-01 10:01:00\tmira\tb\n"},
                               {"core.weechat.weechatlog", "2026-01-01 10:00:00\t\tx\n"}});
    EXPECT_EQ(pair.sink.group("libera/lea")->kind, GroupKind::direct);
    EXPECT_EQ(pair.sink.ignored_for("not_a_channel"), 1u);
    const Reading channel = read({{"c.log", lines({"10:00:00  *** lea has joined #c", "10:01:00  <lea> x"})}});
    EXPECT_EQ(channel.sink.group("#c")->kind, GroupKind::channel);
}

TEST(Irc, RefusesWhatHasNoTimeAndWhatLiesAhead) {
    const Reading reading = read({{"#c.log", lines({"10:00:00  <lea> a"}) + "lost words\n" + lines({"10:00:00  <lea> b"}) +
                                                 "2093-01-01T10:00:00  <lea> c\n\n" + lines({"10:00:00  ? d"})}});
    ASSERT_EQ(reading.sink.rejected.size(), 2u);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, "irc.bad_line");
    EXPECT_EQ(reading.sink.rejected[0].problem.where.line, 2u);
    EXPECT_EQ(reading.sink.rejected[1].problem.reason.id, "irc.future");
    EXPECT_EQ(reading.sink.ignored, (std::map<std::string, std::uint64_t, std::less<>>{{"blank_line", 1}, {"other_line", 1}}));
}

TEST(Irc, SaysWhenTheZoneIsUnknown) {
    const Reading reading = read({{"#c.log", lines({"10:00:00  <lea> a", "10:00:00  <lea> b"})}}, {}, std::nullopt);
    EXPECT_TRUE(reading.sink.warned("zone_unknown"));
    EXPECT_EQ(reading.sink.all<Activity>()[0].when->basis, TimeBasis::local_unknown);
}

TEST(Irc, ReadsPagesOfPlainLines) {
    const Reading reading = read({{"%23c-2026-01-01.html",
                                   "<html><body><p>Log of today</p><pre>[10:00] &lt;lea&gt; a &amp; b\n[10:01] &lt;bob&gt; c\n"
                                   "[10:02] * bob waves\n</pre></body></html>"}});
    EXPECT_THAT(told(reading), ElementsAre("2026-01-01T09:00:00Z lea a & b", "2026-01-01T09:01:00Z bob c",
                                           "2026-01-01T09:02:00Z bob waves"));
    EXPECT_EQ(reading.sink.ignored_for("page_text"), 1u);
    EXPECT_TRUE(reading.sink.group("#c"));
}

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    std::optional<Confidence> confidence;
};
class IrcDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(IrcDetect, ClaimsLogsOfIrcOnly) {
    const auto match = irc_connector().detect(MemorySource("x", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().confidence.has_value());
    if (!match) return;
    EXPECT_EQ(match->confidence, *GetParam().confidence);
}
INSTANTIATE_TEST_SUITE_P(
    Names, IrcDetect,
    testing::ValuesIn(std::vector<DetectCase>{
        {"named", {{"#c.log", "10:00 <lea> a\n10:01 <bob> b\n"}}, Confidence::certain},
        {"renamed", {{"old.txt", "10:00 <lea> a\n10:01 <bob> b\n"}}, Confidence::likely},
        {"below_folders", {{"x/irclogs/oftc/#c.log", "10:00 <lea> a\n10:01 <bob> b\n"}}, Confidence::certain},
        {"server_log", {{"a.log", "2026-01-01 10:00:00 INFO started\n2026-01-01 10:00:00 <init> x\n2026-01-01 10:00:01 done\n"}},
         std::nullopt},
        {"whatsapp", {{"_chat.txt", "[01/02/2026, 10:00:00] Lea: a\n[01/02/2026, 10:01:00] Bob: b\n"}}, std::nullopt},
        {"with_pictures", {{"#c.log", "10:00 <lea> a\n10:01 <bob> b\n"}, {"a.jpg", "x"}}, std::nullopt},
        {"page_of_something_else", {{"a.html", "<p>Meet at 10:00</p><p>Bring bread</p>"}}, std::nullopt},
        {"empty", {{"#c.log", ""}}, std::nullopt},
    }),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Irc, RefusesASourceWithoutOneLine) {
    const MemorySource source("x", {{"#c.log", "nothing here\n"}});
    EXPECT_THROW((void)irc_connector().open(source, {}), Error);
}

struct SampleCase {
    const char* name;
    const char* group;
    std::size_t activities, mine, memberships;
};
class IrcSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(IrcSamples, GiveWhatWasCountedByHand) {
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/irc" / GetParam().name);
    ReadContext context;
    context.me.handles = {"@mira"};
    context.today = *parse_date("2026-11-21");
    const Reading reading = read_source(irc_connector(), *source, context);
    std::size_t mine = 0;
    for (const Activity& each : reading.sink.all<Activity>()) mine += each.is_me ? 1 : 0;
    ASSERT_EQ(reading.sink.count<Group>(), 1u);
    EXPECT_EQ(reading.sink.all<Group>()[0].key, GetParam().group);
    EXPECT_EQ(reading.sink.count<Activity>(), GetParam().activities);
    EXPECT_EQ(mine, GetParam().mine);
    EXPECT_EQ(reading.sink.count<Membership>(), GetParam().memberships);
    EXPECT_THAT(reading.sink.rejected, IsEmpty());
}
INSTANTIATE_TEST_SUITE_P(Irc, IrcSamples,
                         testing::ValuesIn<SampleCase>({
        {"irssi", "oftc/#jardin", 3, 2, 2},
        {"weechat", "libera/#velo", 2, 1, 1},
        {"znc", "libera/#tissage", 2, 1, 1},
            {"web_page", "#atelier", 2, 1, 0}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace irc_test
}  // namespace test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/lines.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {

const Connector& whatsapp_connector();

namespace whatsapp_test {

using test::MemorySource;
using test::Reading;
using testing::ElementsAre;

MemorySource one_file(std::string_view name, std::string text, std::optional<Instant> modified = std::nullopt) {
    return MemorySource(std::string(name), {{std::string(name), std::move(text)}}, modified);
}

ReadContext isabelle() {
    ReadContext context;
    context.me.names = {"Isabelle Maréchaud"};
    context.me.phones = {"+33 6 39 98 12 07"};
    context.zone = Zone::find("Europe/Brussels");
    return context;
}

Reading read(const Source& source, const ReadContext& context = isabelle()) {
    return test::read_source(whatsapp_connector(), source, context);
}

Reading read_text(std::string text, std::string_view name = "WhatsApp Chat with Birders.txt",
                  const ReadContext& context = isabelle()) {
    return read(one_file(name, std::move(text)), context);
}

std::vector<std::string> said(const Reading& reading) {
    std::vector<std::string> result;
    for (const Activity& each : reading.sink.all<Activity>()) result.push_back(each.author.name + "|" + each.text);
    return result;
}

std::vector<std::string> moves(const Reading& reading) {
    std::vector<std::string> result;
    for (const Membership& each : reading.sink.all<Membership>())
        result.push_back(std::string(to_string(each.event)) + " " + (each.is_me ? "me" : each.person.name) +
                         (each.role == Role::none ? "" : " " + std::string(to_string(each.role))));
    return result;
}

std::string sample(const std::string& path) {
    const std::unique_ptr<Source> source = open_source(std::string(SECATEUR_SOURCE_DIR) + "/sample_data/whatsapp/" + path);
    return read_all(*source->open(source->entries().front()), 1 << 20, path);
}

std::unique_ptr<Source> sample_folder(const std::string& scenario) {
    return open_source(std::string(SECATEUR_SOURCE_DIR) + "/sample_data/whatsapp/" + scenario);
}

Date day(int year, unsigned month, unsigned day_of_month) {
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day_of_month);
}

Instant clock(int year, unsigned month, unsigned day_of_month, int hour, int minute) {
    return day(year, month, day_of_month) + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

// ---- detection

struct DetectCase {
    std::string name;
    std::map<std::string, std::string> files;
    std::optional<Confidence> expected;
};

constexpr const char* two_lines = "18/03/2022, 14:56 - Zoé: salut\n18/03/2022, 14:57 - Ali: oui\n";
constexpr const char* iphone_lines = "[18/03/2022, 14:56:01] Zoé: salut\n[18/03/2022, 14:57:01] Ali: oui\n";

class WhatsAppDetects : public testing::TestWithParam<DetectCase> {};

TEST_P(WhatsAppDetects, ItsOwnAndNothingElse) {
    const MemorySource source("export", GetParam().files);
    const std::optional<Match> match = whatsapp_connector().detect(source);
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Sources, WhatsAppDetects,
    testing::ValuesIn(std::vector<DetectCase>{
        {"named", {{"WhatsApp Chat with Zoé.txt", two_lines}}, Confidence::certain},
        {"iphone_folder", {{"_chat.txt", iphone_lines}, {"00000035-PHOTO.jpg", "x"}}, Confidence::certain},
        {"renamed", {{"rando.txt", two_lines}}, Confidence::likely},
        {"two_chats", {{"a.txt", two_lines}, {"b.txt", iphone_lines}}, Confidence::likely},
        {"chat_and_notes", {{"a.txt", two_lines}, {"notes.txt", "acheter du pain\n"}}, std::nullopt},
        {"chat_and_archive", {{"WhatsApp Chat with Zoé.txt", two_lines}, {"WhatsApp Chat - B.zip", "PK"}}, std::nullopt},
        {"chat_and_tables", {{"WhatsApp Chat with Zoé.txt", two_lines}, {"Connections.csv", "a,b"}}, std::nullopt},
        {"chat_and_readme", {{"WhatsApp Chat with Zoé.txt", two_lines}, {"README.md", "# Zoé"}}, Confidence::certain},
        {"empty", {}, std::nullopt},
        {"empty_text", {{"_chat.txt", ""}}, std::nullopt},
        {"named_but_other", {{"WhatsApp Chat with Zoé.txt", "liste de courses\n"}}, std::nullopt},
        {"irc_time_only", {{"a.txt", "[12:34:56] <lea> salut\n[12:34:57] <max> oui\n"}}, std::nullopt},
        {"irc_with_date", {{"a.txt", "[2026-01-01 12:34:56] <lea> a: b\n[2026-01-01 12:34:57] <max> c: d\n"}}, std::nullopt},
        {"irc_joins", {{"a.txt", "[2026-01-01 12:34:56] * lea: salut\n[2026-01-01 12:34:57] * max: oui\n"}}, std::nullopt},
        {"server_log", {{"a.txt", "[2026-01-01 12:34:56] app.ERROR: x\n[2026-01-01 12:34:57] app.INFO: y\n"}}, std::nullopt},
        {"csv_with_dates", {{"a.txt", "18/03/2022;14:56;Zoé: salut\n"}}, std::nullopt},
        {"long_posts", {{"a.txt", "18/03/2022, 14:56 - Zoé: salut\nun\ndeux\ntrois\nquatre\n"}}, std::nullopt},
    }),
    [](const auto& test) { return test.param.name; });

TEST(WhatsAppDetection, GivesItsEvidence) {
    const auto match = whatsapp_connector().detect(one_file("WhatsApp Chat with Zoé.txt", two_lines));
    ASSERT_TRUE(match);
    EXPECT_EQ(match->evidence, msg("whatsapp.evidence", arg("entry", "WhatsApp Chat with Zoé.txt")));
}

// ---- lines

TEST(WhatsApp, JoinsTheLinesOfAPost) {
    const Reading reading = read_text(
        "18/03/2022, 14:56 - Zoé: un\n\ntrois\n[12/04/2019, 10:00] Max: collé d’ailleurs\n18/03/2022, 14:57 - Ali: oui\n"
        "18/03/2022, 14:58 - Zoé: 3 oeufs\n2 citrons\n18/03/2022, 14:59 - Ali: bien\n18/03/2022, 15:00 - Ali: reçu\n");
    EXPECT_THAT(said(reading), ElementsAre("Zoé|un\n\ntrois\n[12/04/2019, 10:00] Max: collé d’ailleurs", "Ali|oui",
                                           "Zoé|3 oeufs\n2 citrons", "Ali|bien", "Ali|reçu"));
}

TEST(WhatsApp, TakesAPastedLineOfItsOwnShapeForText) {
    const Reading reading = read_text(
        "18/03/2022, 14:56 - Zoé: vous vous souvenez ?\n18/03/2022, 14:57 - Ali: de quoi\n18/03/2022, 14:58 - Zoé: de ceci\n"
        "12/04/2019, 10:00 - Bob le boulanger: pain à midi\n18/03/2022, 14:59 - Ali: ah oui\n");
    EXPECT_THAT(said(reading), ElementsAre("Zoé|vous vous souvenez ?", "Ali|de quoi",
                                           "Zoé|de ceci\n12/04/2019, 10:00 - Bob le boulanger: pain à midi", "Ali|ah oui"));
    EXPECT_TRUE(reading.sink.warned("pasted_lines"));
}

TEST(WhatsApp, KeepsAMessageDeliveredLate) {
    const Reading reading = read_text(
        "18/03/2022, 14:56 - Zoé: un\n18/03/2022, 14:57 - Ali: deux\n18/03/2022, 09:00 - Max: parti ce matin\n18/03/2022, 15:00 "
        "- Zoé: trois\n");
    EXPECT_EQ(reading.sink.count<Activity>(), 4U);
    EXPECT_FALSE(reading.sink.warned("pasted_lines"));
}

TEST(WhatsApp, ReadsByteOrderMarksAndCarriageReturns) {
    const Reading reading = read_text("\uFEFF\uFEFF18/03/2022, 14:56 - Zoé: salut\r\n18/03/2022, 14:57 - Ali: oui\r\nsuite\r\n");
    EXPECT_THAT(said(reading), ElementsAre("Zoé|salut", "Ali|oui\nsuite"));
}

TEST(WhatsApp, RefusesWhatPrecedesTheFirstMessage) {
    const Reading reading =
        read_text("suite d’un message coupé\n\n18/03/2022, 14:56 - Zoé: salut\n18/03/2022, 14:57 - Ali: oui\n");
    ASSERT_EQ(reading.sink.rejected.size(), 1U);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, "whatsapp.before_first");
    EXPECT_EQ(reading.sink.rejected[0].problem.where,
              (Location{.entry = "WhatsApp Chat with Birders.txt", .line = 1, .offset = 0, .length = 28}));
    EXPECT_EQ(reading.sink.ignored_for("blank_line"), 1U);
}

TEST(WhatsApp, RefusesAnImpossibleDateWithItsText) {
    const Reading reading = read_text("18/03/2022, 14:56 - Zoé: salut\n31/02/2022, 14:57 - Ali: oui\nsuite\n");
    ASSERT_EQ(reading.sink.rejected.size(), 1U);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason, msg("whatsapp.bad_date", arg("date", "31/02/2022")));
    EXPECT_EQ(reading.sink.rejected[0].raw, "31/02/2022, 14:57 - Ali: oui\nsuite");
    EXPECT_EQ(reading.sink.rejected[0].problem.where.line, 2U);
}

TEST(WhatsApp, RefusesTheFuture) {
    ReadContext context = isabelle();
    context.today = day(2022, 3, 20);
    const Reading reading = read_text("18/03/2022, 14:56 - Zoé: salut\n18/03/2023, 14:57 - Ali: oui\n", "a.txt", context);
    ASSERT_EQ(reading.sink.rejected.size(), 1U);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, "whatsapp.future");
}

TEST(WhatsApp, SaysWhereEachMessageStands) {
    const Reading reading = read_text("18/03/2022, 14:56 - Zoé: un\ndeux\n18/03/2022, 14:57 - Ali: oui\n");
    for (const auto& each : reading.sink.accepted)
        if (std::holds_alternative<Activity>(each.record) && std::get<Activity>(each.record).author.name == "Ali") {
            EXPECT_EQ(each.where.line, 3U);
            EXPECT_EQ(each.where.offset, 34U);
            EXPECT_EQ(each.where.length, 29U);
        }
}

TEST(WhatsApp, RefusesAMessageLongerThanAnyPhoneSends) {
    const Reading reading =
        read_text("18/03/2022, 14:56 - Zoé: " + std::string(5U << 18, 'x') + "\n18/03/2022, 14:57 - Ali: oui\n");
    ASSERT_EQ(reading.sink.rejected.size(), 1U);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, "whatsapp.too_long");
    EXPECT_THAT(said(reading), ElementsAre("Ali|oui"));
}

TEST(WhatsApp, ReplacesBrokenBytesAndSaysSo) {
    const Reading reading = read_text("18/03/2022, 14:56 - Zoé: \xFFsalut\n18/03/2022, 14:57 - Ali: oui\n");
    EXPECT_THAT(said(reading), ElementsAre("Zoé|\uFFFDsalut", "Ali|oui"));
    EXPECT_TRUE(reading.sink.warned("invalid_utf8"));
}

TEST(WhatsApp, ReadsTwoExportsJoinedInOneFile) {
    std::string text;
    for (int i = 10; i < 28; ++i)
        for (int k = 10; k < 60; ++k)
            text += std::to_string(i) + "/03/2022, 14:" + std::to_string(k) +
                    " - Zoé: un long message qui remplit la tête du fichier avant la suite\n";
    for (int k = 10; k < 60; ++k) text += "[28/03/2022, 14:" + std::to_string(k) + ":00] Ali: oui\n";
    const Reading reading = read_text(text);
    EXPECT_EQ(reading.sink.count<Activity>(), 18U * 50U + 50U);
}

TEST(WhatsApp, StopsWhenAsked) {
    const MemorySource source =
        one_file("a.txt", "18/03/2022, 14:56 - Zoé: un\n18/03/2022, 14:57 - Ali: oui\n18/03/2022, 14:58 - Zoé: fin\n");
    test::VectorSink sink;
    sink.stop_after = 2;
    whatsapp_connector().open(source, {})->read_into(sink);
    EXPECT_EQ(sink.accepted.size(), 2U);
    EXPECT_EQ(sink.calls_after_stop, 0U);
}

// ---- authors

TEST(WhatsApp, KeepsSentencesWithAColonFromBecomingPosts) {
    const Reading reading = read_text(
        "18/03/2022, 14:50 - Zoé a créé le groupe « Famille : été »\n18/03/2022, 14:56 - Zoé: salut\n"
        "18/03/2022, 14:57 - Alice changed the subject from \"A\" to \"Re: plan\"\n"
        "18/03/2022, 14:58 - Ali hat \"irgendwas: neu\" gemacht\n18/03/2022, 14:59 - Ali: oui\n",
        "a.txt");
    EXPECT_THAT(said(reading), ElementsAre("Zoé|salut", "Ali|oui"));
    EXPECT_EQ(reading.sink.all<Group>().at(0).name, "Re: plan");
    EXPECT_EQ(reading.sink.ignored_for("system_line"), 1U);
    EXPECT_EQ(reading.sink.ignored_for("system_line_unknown"), 1U);
}

TEST(WhatsApp, DoesNotTakeAFirstWordForASentence) {
    const Reading reading =
        read_text("18/03/2022, 14:56 - Bob: I added you to the list\n18/03/2022, 14:57 - Tom: Bob left the keys\n");
    EXPECT_THAT(said(reading), ElementsAre("Bob|I added you to the list", "Tom|Bob left the keys"));
}

TEST(WhatsApp, KnowsNamesThatHoldAColon) {
    const Reading reading = read_text(
        "18/03/2022, 14:56 - Dr: Bob: un\n18/03/2022, 14:57 - Dr: Bob: deux\n18/03/2022, 14:57 - Ali: note: ok\n"
        "18/03/2022, 14:58 - Dr: Bob: trois : quatre\n18/03/2022, 14:59 - Dr: Bob: fin\n18/03/2022, 14:59 - Ali: oui\n");
    EXPECT_THAT(said(reading),
                ElementsAre("Dr: Bob|un", "Dr: Bob|deux", "Ali|note: ok", "Dr: Bob|trois : quatre", "Dr: Bob|fin", "Ali|oui"));
}

TEST(WhatsApp, ReadsAColonThatLostItsSpace) {
    const Reading reading = read_text("18/03/2022, 14:56 - Zoé: salut\n18/03/2022, 14:57 - Zoé:.\n18/03/2022, 14:58 - Zoé:\n");
    EXPECT_THAT(said(reading), ElementsAre("Zoé|salut", "Zoé|.", "Zoé|"));
}

TEST(WhatsApp, KeepsTheTildeOfPeopleWhoAreNoContacts) {
    const Reading reading = read_text(
        "[18/03/2022, 14:56:00] ~\u202FDanièle: un\n[18/03/2022, 14:57:00] Danièle: deux\n[18/03/2022, 14:58:00] ~ Danièle: "
        "trois\n");
    const auto all = reading.sink.all<Activity>();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].author, (Person{.key = "~ danièle", .name = "~ Danièle"}));
    EXPECT_EQ(all[2].author, all[0].author);
    EXPECT_NE(all[1].author.key, all[0].author.key);
}

TEST(WhatsApp, GivesANumberOneKeyHoweverItIsWritten) {
    const Reading reading = read_text(
        "18/03/2022, 14:56 - \u202A+33 6 39 98 44 10\u202C: un\n18/03/2022, 14:57 - +33\u00A06\u00A039\u00A098\u00A044\u00A010: "
        "deux\n18/03/2022, 14:58 - +33 6\u201139\u201198\u201144\u201110: trois\n");
    for (const Activity& each : reading.sink.all<Activity>()) EXPECT_EQ(each.author.key, "+33639984410");
    EXPECT_EQ(reading.sink.count<Activity>(), 3U);
}

TEST(WhatsApp, MergesThePersonWhoChangedNumber) {
    const Reading reading = read_text(
        "18/03/2022, 14:56 - +33 6 39 98 44 10: un\n18/03/2022, 14:57 - Ali: oui\n"
        "19/03/2022, 10:00 - +33 6 39 98 44 10 changed to +33 6 39 98 44 11\n19/03/2022, 10:01 - +33 6 39 98 44 11: deux\n"
        "20/03/2022, 10:00 - +33 6 39 98 44 11 est passé à Nina\n20/03/2022, 10:01 - Nina: trois\n");
    std::vector<std::string> keys;
    for (const Activity& each : reading.sink.all<Activity>()) keys.push_back(each.author.key);
    EXPECT_THAT(keys, ElementsAre("nina", "ali", "nina", "nina"));
}

TEST(WhatsApp, CallsThePersonByNameWhereTheNewNumberHasNone) {
    const Reading reading = read_text(
        "18/03/2022, 14:56 - Octave: un\n18/03/2022, 14:57 - Octave est passé à +32 460 00 52 17\n"
        "18/03/2022, 14:58 - +32 460 00 52 17: deux\n");
    for (const Activity& each : reading.sink.all<Activity>())
        EXPECT_EQ(each.author, (Person{.key = "+32460005217", .name = "Octave"}));
    EXPECT_EQ(reading.sink.count<Activity>(), 2U);
}

TEST(WhatsApp, EndsWhenNumbersChangeInACircle) {
    const Reading reading = read_text(
        "18/03/2022, 14:56 - Ann: un\n18/03/2022, 14:57 - Ann changed to Bea\n18/03/2022, 14:58 - Bea changed to "
        "Ann\n18/03/2022, 14:59 - Bea: deux\n");
    for (const Activity& each : reading.sink.all<Activity>()) EXPECT_EQ(each.author.key, "ann");
}

// ---- iPhone

TEST(WhatsApp, KnowsTheGroupThatSpeaksOnAnIPhone) {
    const Reading reading =
        read(MemorySource("WhatsApp Chat - Chorale.zip",
                          {{"_chat.txt",
                            "[18/03/2022, 14:50:00] Chorale: \u200ELes messages et les appels sont chiffrés de bout en bout.\r\n"
                            "[18/03/2022, 14:50:00] Chorale: \u200EZoé vous a ajoutée\r\n"
                            "[18/03/2022, 14:56:00] Zoé: bienvenue\r\n\u200E[18/03/2022, 14:57:00] Ali: \u200Eimage absente\r\n"
                            "[18/03/2022, 14:58:00] Chorale: \u200EAli a quitté le groupe\r\n"
                            "[18/03/2022, 14:59:00] Chorale: \u200EUne phrase inconnue de ce programme, longue assez\r\n"}}));
    EXPECT_THAT(said(reading), ElementsAre("Zoé|bienvenue", "Ali|"));
    EXPECT_THAT(moves(reading), ElementsAre("joined me", "left Ali"));
    const auto groups = reading.sink.all<Group>();
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups[0].name, "Chorale");
    EXPECT_EQ(groups[0].key, "chorale");
    EXPECT_EQ(groups[0].kind, GroupKind::group_chat);
    EXPECT_EQ(reading.sink.ignored_for("system_line_unknown"), 1U);
    EXPECT_EQ(reading.sink.all<Activity>().at(1).attachments, 1U);
}

TEST(WhatsApp, KeepsThePersonWhoOnlySendsPictures) {
    const Reading reading = read_text(
        "[18/03/2022, 14:56:00] Zoé: salut\n\u200E[18/03/2022, 14:57:00] Ali: \u200Eimage absente\n\u200E[18/03/2022, 14:58:00] "
        "Ali: \u200Eimage absente\n",
        "_chat.txt");
    EXPECT_EQ(reading.sink.count<Activity>(), 3U);
}

TEST(WhatsApp, CountsCallsAndDeletedMessagesApart) {
    const Reading reading = read_text(
        "[18/03/2022, 14:56:00] Zoé: salut\n\u200E[18/03/2022, 14:57:00] Zoé: \u200EMissed voice call\n\u200E[18/03/2022, "
        "14:58:00] Ali: \u200EThis message was deleted.\n",
        "_chat.txt");
    EXPECT_EQ(reading.sink.count<Activity>(), 1U);
    EXPECT_EQ(reading.sink.ignored_for("call"), 1U);
    EXPECT_EQ(reading.sink.ignored_for("deleted"), 1U);
}

// ---- dates

TEST(WhatsApp, SaysWhichDateOrderItReads) {
    const Reading day_first = read_text("03/02/22, 14:56 - Zoé: salut\n13/02/22, 14:57 - Ali: oui\n");
    ASSERT_TRUE(day_first.sink.warned("date_order"));
    EXPECT_EQ(day_first.sink.all<Activity>().at(0).when->at, clock(2022, 2, 3, 13, 56));
    const Reading month_first = read_text("3/2/22, 2:56 PM - Zoé: salut\n3/13/22, 2:57 PM - Ali: oui\n");
    EXPECT_EQ(month_first.sink.all<Activity>().at(0).when->at, clock(2022, 3, 2, 13, 56));
    const auto proof = std::ranges::find(month_first.sink.warnings, "date_order", &test::VectorSink::Warning::code);
    ASSERT_NE(proof, month_first.sink.warnings.end());
    EXPECT_EQ(proof->message, msg("whatsapp.date_order_proved", arg("order", "month"), arg("date", "3/13/22")));
    EXPECT_EQ(proof->where.line, 2U);
}

TEST(WhatsApp, SaysNothingWhereTheYearComesFirst) {
    EXPECT_FALSE(read_text("2022/03/02, 14:56 - Zoé: salut\n").sink.warned("date_order"));
}

TEST(WhatsApp, RefusesAFileWhoseLinesProveTwoOrders) {
    const MemorySource source = one_file("a.txt", "13/02/2022, 14:56 - Zoé: salut\n02/14/2022, 14:57 - Ali: oui\n");
    try {
        (void)whatsapp_connector().open(source, {});
        FAIL() << "it was opened";
    } catch (const Error& error) {
        EXPECT_EQ(error.problem().reason, msg("whatsapp.dates_contradict", arg("day_first", "13/02/2022"), arg("line", 1),
                                              arg("month_first", "02/14/2022"), arg("other_line", 2)));
        EXPECT_EQ(error.problem().where.entry, "a.txt");
    }
}

TEST(WhatsApp, InfersAMissingYearFromTheLineAbove) {
    const Reading reading = read_text(
        "9 nov. 2013 à 14:05 - Zoé: un\n30 déc. 2013 à 14:05 - Ali: deux\n12 janv. à 14:05 - Zoé: trois\n3 févr. à 09:00 - Ali: "
        "quatre\n");
    EXPECT_EQ(reading.sink.all<Activity>().at(2).when->at, clock(2014, 1, 12, 13, 5));
    EXPECT_EQ(reading.sink.all<Activity>().at(3).when->at, clock(2014, 2, 3, 8, 0));
}

TEST(WhatsApp, RefusesAMissingYearThatNothingTells) {
    const Reading reading = read_text("12 janv. à 14:05 - Zoé: un\n13 janv. à 14:05 - Ali: deux\n");
    EXPECT_EQ(reading.sink.rejected.size(), 2U);
    EXPECT_EQ(reading.sink.rejected.at(0).problem.reason, msg("whatsapp.no_year", arg("date", "12 janv.")));
}

TEST(WhatsApp, ReadsTheClockInTheZoneOfTheProfile) {
    const Reading reading = read_text("18/07/2022, 14:56 - Zoé: salut\n");
    const When when = *reading.sink.all<Activity>().at(0).when;
    EXPECT_EQ(when.at, clock(2022, 7, 18, 12, 56));
    EXPECT_EQ(when.basis, TimeBasis::local_assumed);
    EXPECT_EQ(when.precision, Precision::minute);
    EXPECT_EQ(when.written, "2022-07-18 14:56");
    EXPECT_FALSE(reading.sink.warned("zone_unknown"));
}

TEST(WhatsApp, SaysThatTheZoneIsUnknown) {
    const Reading reading = read_text("[18/07/2022, 14:56:07] Zoé: salut\n", "_chat.txt", {});
    const When when = *reading.sink.all<Activity>().at(0).when;
    EXPECT_EQ(when.at, clock(2022, 7, 18, 14, 56) + std::chrono::seconds(7));
    EXPECT_EQ(when.basis, TimeBasis::local_unknown);
    EXPECT_EQ(when.precision, Precision::second);
    EXPECT_EQ(when.written, "2022-07-18 14:56") << "identity has the minute, whatever the phone shows";
    EXPECT_TRUE(reading.sink.warned("zone_unknown"));
}

// ---- the group

struct NameCase {
    std::string name;
    std::map<std::string, std::string> files;
    std::string expected;
    std::string key;
    GroupKind kind = GroupKind::group_chat;
};

class WhatsAppGroupName : public testing::TestWithParam<NameCase> {};

TEST_P(WhatsAppGroupName, IsTheBestThatTheExportTells) {
    const MemorySource source("WhatsApp Chat - Midis.zip", GetParam().files);
    const Reading reading = read(source);
    const auto groups = reading.sink.all<Group>();
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups[0].name, GetParam().expected);
    EXPECT_EQ(groups[0].key, GetParam().key);
    EXPECT_EQ(groups[0].kind, GetParam().kind);
}

const std::string talk = "18/03/2022, 14:56 - Zoé: salut\n18/03/2022, 14:57 - Ali: oui\n18/03/2022, 14:58 - Max: non\n";

INSTANTIATE_TEST_SUITE_P(
    Sources, WhatsAppGroupName,
    testing::ValuesIn(std::vector<NameCase>{
        {"file", {{"Discussion WhatsApp avec Randos (1).txt", talk}}, "Randos", "randos"},
        {"archive", {{"_chat.txt", talk}}, "Midis", "midis"},
        {"folder_in_archive", {{"WhatsApp Chat - Chœur/_chat.txt", talk}}, "Chœur", "chœur"},
        {"created", {{"_chat.txt", "18/03/2022, 14:50 - Zoé a créé le groupe « Randos »\n" + talk}}, "Randos", "randos"},
        {"renamed",
         {{"_chat.txt", "18/03/2022, 14:50 - Zoé a créé le groupe « Randos »\n" + talk +
                            "18/03/2022, 15:00 - Ali a changé le sujet de « Randos » à « Cimes »\n"}},
         "Cimes",
         "cimes"},
        {"signs_a_file_cannot_have",
         {{"_chat.txt", "18/03/2022, 14:50 - Zoé created group \"Été : plage / mer?\"\n" + talk}},
         "Été : plage / mer?",
         "été plage mer"},
        {"same_signs_in_a_file", {{"WhatsApp Chat with Été _ plage _ mer_.txt", talk}}, "Été _ plage _ mer_", "été plage mer"},
        {"two_people",
         {{"WhatsApp Chat with Zoé.txt", "18/03/2022, 14:56 - Zoé: salut\n18/03/2022, 14:57 - Isabelle Maréchaud: oui\n"}},
         "Zoé",
         "zoé",
         GroupKind::direct},
        {"two_people_in_a_group",
         {{"WhatsApp Chat with Zoé.txt",
           "18/03/2022, 14:50 - Vous avez créé le groupe « Zoé »\n18/03/2022, 14:56 - Zoé: salut\n18/03/2022, 14:57 - Isabelle "
           "Maréchaud: oui\n"}},
         "Zoé",
         "zoé"},
        {"nobody_answered",
         {{"WhatsApp Chat with Zoé.txt",
           "18/03/2022, 14:50 - Messages and calls are end-to-end encrypted.\n18/03/2022, 14:57 - Isabelle Maréchaud: oui\n"}},
         "Zoé",
         "zoé",
         GroupKind::direct},
    }),
    [](const auto& test) { return test.param.name; });

TEST(WhatsApp, ReadsEachChatOfAFolderAsItsOwnGroup) {
    const Reading reading = read(MemorySource("chats", {{"WhatsApp Chat with A.txt", talk},
                                                        {"WhatsApp Chat with B.txt", iphone_lines},
                                                        {"renamed.txt", talk},
                                                        {"sent.txt", "du texte\n"}}));
    std::vector<std::string> keys;
    for (const Group& each : reading.sink.all<Group>()) keys.push_back(each.key);
    EXPECT_THAT(keys, ElementsAre("a", "b", "renamed"));
    EXPECT_EQ(reading.sink.count<Activity>(), 8U);
    EXPECT_EQ(reading.sink.ignored_for("media_file"), 1U);
}

TEST(WhatsApp, CountsTheFilesThatWereSent) {
    const Reading reading =
        read(MemorySource("a.zip", {{"_chat.txt", iphone_lines}, {"00000001-PHOTO.jpg", "x"}, {"00000002-notes.txt", "x"}}));
    EXPECT_EQ(reading.sink.ignored_for("media_file"), 2U);
}

// ---- who is me

TEST(WhatsApp, RecognisesTheOwnerByTheProfile) {
    const Reading reading =
        read_text("18/03/2022, 14:56 - Zoé: salut\n18/03/2022, 14:57 - isabelle  maréchaud: oui\n18/03/2022, 14:57 - Ali: oui\n");
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->key, "isabelle maréchaud");
    EXPECT_FALSE(reading.owner.from_export);
    EXPECT_FALSE(reading.sink.all<Activity>().at(0).is_me);
    EXPECT_TRUE(reading.sink.all<Activity>().at(1).is_me);
    EXPECT_EQ(reading.sink.all<Account>().at(0).evidence, "account.from_profile");
}

TEST(WhatsApp, RecognisesTheOwnerByADeletedMessage) {
    ReadContext nobody;
    const Reading reading = read_text(
        "18/03/2022, 14:56 - Zoé: salut\n18/03/2022, 14:57 - Isa: You deleted this message\n18/03/2022, 14:58 - Isa: oui\n",
        "a.txt", nobody);
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->name, "Isa");
    EXPECT_TRUE(reading.owner.from_export);
    EXPECT_EQ(reading.owner.evidence, msg("whatsapp.owner_deleted", arg("name", "Isa")));
}

TEST(WhatsApp, TellsAnExportOfSomebodyElseFromMine) {
    const Reading reading = read_text(
        "[18/03/2022, 14:56:00] Isabelle Maréchaud: salut\n\u200E[18/03/2022, 14:57:00] Bob: \u200EYou deleted this "
        "message.\n[18/03/2022, 14:58:00] Bob: oui\n",
        "_chat.txt");
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->name, "Bob");
    EXPECT_TRUE(reading.owner.from_export);
    EXPECT_FALSE(reading.sink.all<Activity>().at(0).is_me) << "Isabelle is one of the others here";
    EXPECT_TRUE(reading.owner.also.empty());
}

TEST(WhatsApp, IsNotFooledByTheWordsTypedByAnother) {
    const Reading reading = read_text(
        "18/03/2022, 14:56 - Isabelle Maréchaud: salut\n18/03/2022, 14:57 - Bob: You deleted this message\n18/03/2022, 14:58 - "
        "Bob: ha\n");
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->name, "Isabelle Maréchaud");
}

TEST(WhatsApp, ObeysMeEvenAgainstTheExport) {
    ReadContext forced;
    forced.me.names = {"Zoé"};
    forced.me.forced = true;
    const Reading reading =
        read_text("18/03/2022, 14:56 - Zoé: salut\n18/03/2022, 14:57 - Isa: You deleted this message\n", "a.txt", forced);
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->name, "Zoé");
    EXPECT_FALSE(reading.owner.from_export);
    EXPECT_EQ(reading.sink.all<Account>().at(0).evidence, "account.asked");
}

TEST(WhatsApp, RecognisesTheOtherOneOfTwo) {
    const Reading reading =
        read_text("18/03/2022, 14:56 - Zoé: salut\n18/03/2022, 14:57 - Isa: oui\n", "WhatsApp Chat with Zoé.txt", {});
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->name, "Isa");
    EXPECT_TRUE(reading.owner.from_export) << "so that the chat of another client is refused";
}

TEST(WhatsApp, ProposesCandidatesWhenNobodyIsKnown) {
    const Reading reading = read_text(
        "18/03/2022, 14:50 - Zoé a ajouté Ali\n18/03/2022, 14:56 - Zoé: un\n18/03/2022, 14:57 - Ali: deux\n18/03/2022, 14:58 - "
        "Ali: trois\n18/03/2022, 14:59 - Nina: quatre\n",
        "a.txt", {});
    EXPECT_FALSE(reading.owner.person);
    std::vector<std::string> names;
    for (const OwnerCandidate& each : reading.owner.candidates)
        names.push_back(each.person.name + " " + std::to_string(each.activities));
    EXPECT_THAT(names, ElementsAre("Nina 1", "Ali 2", "Zoé 1")) << "whom the app calls by name is not the reader";
    EXPECT_EQ(reading.sink.count<Account>(), 0U);
}

TEST(WhatsApp, ProposesTenAtMost) {
    std::string text;
    for (char c = 'a'; c < 'a' + 15; ++c) text += std::string("18/03/2022, 14:56 - P") + c + ": un\n";
    EXPECT_EQ(read_text(text, "a.txt", {}).owner.candidates.size(), 10U);
}

TEST(WhatsApp, SeesWhenIAmNamed) {
    const Reading reading = read_text(
        "18/03/2022, 14:56 - Zoé: @\u2068Isabelle Maréchaud\u2069 tu viens ?\n18/03/2022, 14:57 - Ali: @33639981207 oui "
        "?\n18/03/2022, 14:58 - Ali: @\u2068Zoé\u2069 et toi\n"
        "18/03/2022, 14:59 - Isabelle Maréchaud: @\u2068Isabelle Maréchaud\u2069 note pour moi\n");
    std::vector<bool> named;
    for (const Activity& each : reading.sink.all<Activity>()) named.push_back(each.mentions_me);
    EXPECT_THAT(named, ElementsAre(true, true, false, false));
    EXPECT_EQ(reading.sink.all<Activity>().at(0).text, "@Isabelle Maréchaud tu viens ?");
}

// ---- memberships, coverage, lacks

TEST(WhatsApp, TellsWhoCameAndWent) {
    const Reading reading = read_text(
        "18/03/2022, 14:50 - Vous avez créé le groupe « Randos »\n18/03/2022, 14:51 - Vous avez ajouté Zoé et Ali\n18/03/2022, "
        "14:52 - Zoé: salut\n"
        "19/03/2022, 14:50 - Ali a quitté le groupe\n19/03/2022, 14:51 - Zoé a ajouté Max et 3 autres personnes\n20/03/2022, "
        "14:50 - Vous êtes désormais admin\n"
        "21/03/2022, 14:50 - Vous avez quitté le groupe\n");
    EXPECT_THAT(moves(reading), ElementsAre("joined me owner", "joined Zoé", "joined Ali", "left Ali", "joined Max",
                                            "member me admin", "left me"));
    EXPECT_EQ(reading.sink.ignored_for("unnamed_member"), 3U);
    const Membership first = reading.sink.all<Membership>().at(0);
    EXPECT_EQ(first.at->written, "2022-03-18 14:50");
    EXPECT_EQ(first.origin, "system_line");
    EXPECT_EQ(first.group, "randos");
}

TEST(WhatsApp, CoversTheWholeConversationUpToTheExport) {
    const Instant exported = clock(2022, 4, 1, 8, 0);
    const Reading reading =
        read(one_file("WhatsApp Chat with Randos.txt", "18/03/2022, 14:50 - Zoé created group \"Randos\"\n" + talk, exported));
    EXPECT_EQ(reading.exported_at, exported);
    const Coverage* coverage = reading.sink.coverage("randos");
    ASSERT_NE(coverage, nullptr);
    EXPECT_EQ(coverage->kind, CoverageKind::full);
    EXPECT_EQ(coverage->begin, clock(2022, 3, 18, 13, 50));
    EXPECT_EQ(coverage->end, exported);
    EXPECT_FALSE(reading.sink.lacks_id("whatsapp.lack_older"));
    EXPECT_TRUE(reading.sink.lacks_id("whatsapp.lack_reactions"));
    EXPECT_TRUE(reading.sink.lacks_id("whatsapp.lack_members"));
}

TEST(WhatsApp, SaysWhenAnExportBeginsInTheMiddle) { EXPECT_TRUE(read_text(talk).sink.lacks_id("whatsapp.lack_older")); }

TEST(WhatsApp, NeverEndsBeforeItsLastMessage) {
    const Reading reading = read(one_file("a.txt", talk, clock(2020, 1, 1, 0, 0)));
    EXPECT_EQ(reading.exported_at, clock(2022, 3, 18, 13, 58));
}

TEST(WhatsApp, DoesNotLetARefusedFutureDateTheExport) {
    ReadContext context = isabelle();
    context.today = day(2022, 4, 2);
    const Reading reading =
        read(one_file("a.txt", talk + "18/03/2035, 14:59 - Zoé: plus tard\n", clock(2022, 4, 1, 8, 0)), context);
    EXPECT_EQ(reading.exported_at, clock(2022, 4, 1, 8, 0));
}

TEST(WhatsApp, DoesNotClaimTheWholeWhereOnlyIWrote) {
    std::string mine;
    for (int i = 10; i < 16; ++i) mine += "18/03/2022, 14:" + std::to_string(i) + " - Isabelle Maréchaud: note\n";
    EXPECT_EQ(read_text(mine).sink.all<Coverage>().at(0).kind, CoverageKind::own_only);
    EXPECT_EQ(read_text("18/03/2022, 14:10 - Isabelle Maréchaud: note\n").sink.all<Coverage>().at(0).kind,
              CoverageKind::partial_window);
}

TEST(WhatsApp, RefusesASourceWithoutAChat) {
    EXPECT_THROW((void)whatsapp_connector().open(one_file("a.txt", "liste de courses\n"), {}), Error);
    EXPECT_THROW((void)whatsapp_connector().open(one_file("a.txt", ""), {}), Error);
    EXPECT_THROW((void)whatsapp_connector().open(MemorySource("a", {}), {}), Error);
}

TEST(WhatsApp, HidesNothingOfAReading) {
    // Every header of the text is one of: a message, a move, an ignored line, a rejection.
    const std::string text =
        "18/03/2022, 14:50 - Messages and calls are end-to-end encrypted.\n18/03/2022, 14:51 - Zoé added you\n18/03/2022, 14:52 "
        "- Zoé: un\n"
        "31/02/2022, 14:53 - Zoé: deux\n18/03/2022, 14:54 - Ali: This message was deleted\n18/03/2022, 14:55 - Quelque chose "
        "d’autre\n18/03/2022, 14:56 - Ali: oui\n";
    const Reading reading = read_text(text);
    std::uint64_t ignored = 0;
    for (const auto& [reason, count] : reading.sink.ignored) ignored += count;
    EXPECT_EQ(reading.sink.count<Activity>() + reading.sink.count<Membership>() + reading.sink.rejected.size() + ignored, 7U);
}

// ---- the samples

TEST(WhatsAppSamples, AreReadWhole) {
    const Reading android = read(*sample_folder("android_french"));
    EXPECT_EQ(android.sink.all<Group>().at(0).name, "Potager partagé des Glycines");
    EXPECT_EQ(android.sink.count<Activity>(), 30U);
    EXPECT_TRUE(android.sink.rejected.empty());
    const Reading iphone = read(*sample_folder("iphone_english"));
    EXPECT_EQ(iphone.sink.all<Group>().at(0).name, "Harbour Choir");
    EXPECT_EQ(iphone.sink.count<Activity>(), 21U);
    EXPECT_TRUE(iphone.sink.rejected.empty());
}

TEST(WhatsAppSamples, SurviveBeingCutAnywhere) {
    const std::string whole = sample("android_french");
    for (std::size_t length = 0; length < whole.size(); length += 23) {
        const MemorySource source = one_file("WhatsApp Chat with A.txt", whole.substr(0, length));
        try {
            (void)read(source);
        } catch (const Error& error) {
            EXPECT_FALSE(error.problem().reason.empty());
        }
    }
}

}  // namespace whatsapp_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/words.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/sample_report.hpp"

namespace secateur {
namespace words_test {

struct DurationCase {
    const char* name;
    double minutes;
    const char* english;
    const char* french;
};
class Durations : public testing::TestWithParam<DurationCase> {};
TEST_P(Durations, PretendToNoPrecision) {
    EXPECT_EQ(Words(Language::english).duration(GetParam().minutes), GetParam().english);
    EXPECT_EQ(Words(Language::french).duration(GetParam().minutes), GetParam().french);
}
INSTANTIATE_TEST_SUITE_P(Minutes, Durations, testing::ValuesIn<DurationCase>({
    {"none", 0, "0\u00a0min", "0\u00a0min"},
    {"little", 0.4, "<\u00a01\u00a0min", "<\u00a01\u00a0min"},
    {"rounded", 24.6, "25\u00a0min", "25\u00a0min"},
    {"nearly_an_hour", 59.7, "1\u00a0h", "1\u00a0h"},
    {"hour", 60, "1\u00a0h", "1\u00a0h"},
    {"padded", 64, "1\u00a0h\u00a005", "1\u00a0h\u00a005"},
    {"five_ten", 311.9, "5\u00a0h\u00a010", "5\u00a0h\u00a010"},
    {"next_hour", 358, "6\u00a0h", "6\u00a0h"},
}), [](const auto& test) { return test.param.name; });

struct SilenceCase {
    const char* name;
    std::int64_t days;
    const char* english;
    const char* french;
};
class Silences : public testing::TestWithParam<SilenceCase> {};
TEST_P(Silences, GrowCoarserWithTime) {
    GroupAudit group;
    group.participation.days_since_here = GetParam().days;
    EXPECT_EQ(Words(Language::english).silence(group), GetParam().english);
    EXPECT_EQ(Words(Language::french).silence(group), GetParam().french);
}
TEST(Silence, OfOldDataIsTheMonthOfTheLastWords) {
    GroupAudit group;
    group.stale = true;
    group.participation.days_since_here = 8;
    group.last_act = parse_date("2026-10-23");
    EXPECT_EQ(Words(Language::french).silence(group), "2026-10 ?");
}
INSTANTIATE_TEST_SUITE_P(Days, Silences, testing::ValuesIn<SilenceCase>({
    {"today", 0, "today", "ce jour"},
    {"one", 1, "1 d", "1\u00a0j"},
    {"weeks", 59, "59 d", "59\u00a0j"},
    {"months", 60, "2 mo", "2\u00a0mois"},
    {"most_of_two_years", 729, "24 mo", "24\u00a0mois"},
    {"years", 730, "2 y", "2\u00a0ans"},
}), [](const auto& test) { return test.param.name; });

TEST(Words, NameEveryAdviceAsAgreed) {
    const Words english(Language::english), french(Language::french);
    const Decision all[] = {Decision::keep, Decision::read_only, Decision::mute, Decision::leave, Decision::cannot_judge};
    const char* const in_english[] = {"keep", "follow from afar", "mute", "leave", "your call"};
    const char* const in_french[] = {"garder", "suivre de loin", "sourdine", "quitter", "à vous de dire"};
    for (std::size_t i = 0; i < std::size(all); ++i) {
        EXPECT_EQ(english.advice(all[i]), in_english[i]);
        EXPECT_EQ(french.advice(all[i]), in_french[i]);
    }
    const Verdict trial{.decision = Decision::trial, .until = test::sample_day()};
    EXPECT_EQ(english.advice(trial), "on trial until 21 November 2026");
    EXPECT_EQ(french.advice(trial), "à l’essai jusqu’au 21 novembre 2026");
}

TEST(Words, DifferForEveryValueOfAnEnum) {
    for (const Language language : {Language::english, Language::french}) {
        const Words words(language);
        std::set<std::string> bands, kinds, facts, coverages;
        for (int i = 0; i < 5; ++i) bands.insert(words.band(static_cast<Band>(i)));
        for (int i = 0; i < 9; ++i) kinds.insert(words.kind(static_cast<GroupKind>(i)));
        for (int i = 0; i < 8; ++i) facts.insert(words.fact(static_cast<FactState>(i)));
        for (const char* kind : {"own_only", "full", "partial_window", "names_only", "mixed", ""})
            coverages.insert(words.coverage(kind));
        EXPECT_EQ(bands.size(), 5U);
        EXPECT_EQ(kinds.size(), 9U);
        EXPECT_EQ(facts.size(), 8U);
        EXPECT_EQ(coverages.size(), 6U);
    }
}

TEST(Words, ShowAnswersInWordsWithTheirDay) {
    const AuditReport report = test::sample_report();
    const Words words(Language::english);
    const auto said = [&](const char* question, const char* value) {
        return words.answer({"g", question, value, test::sample_day()}, report);
    };
    EXPECT_EQ(said("brought", "contact; lead"), "what it brought you: a contact, a lead (you said so on 21 November 2026)");
    EXPECT_EQ(said("reads", "skim"), "do you read it: you skim it (you said so on 21 November 2026)");
    EXPECT_EQ(said("serves", "marche"), "what it serves: Sentir le marché de la donnée (you said so on 21 November 2026)");
    EXPECT_EQ(said("serves", "none"), "what it serves: no objective (you said so on 21 November 2026)");
    EXPECT_EQ(said("minutes", "90"), "time a week: 1\u00a0h\u00a030 (you said so on 21 November 2026)");
    EXPECT_EQ(said("why_joined", "pour voir"), "why you joined: pour voir (you said so on 21 November 2026)");
}

TEST(Words, GiveANamelessGroupItsNumber) {
    GroupAudit group;
    group.key = "1792820";
    EXPECT_EQ(Words(Language::english).name(group), "(no name, number 1792820)");
    group.name = " \t ";
    EXPECT_EQ(Words(Language::french).name(group), "(sans nom, numéro 1792820)");
}

TEST(Capitalised, ChangesOnlyALowerCaseFirstLetter) {
    EXPECT_EQ(capitalised("à l’essai"), "À l’essai");
    EXPECT_EQ(capitalised("garder"), "Garder");
    EXPECT_EQ(capitalised("Élan"), "Élan");
    EXPECT_EQ(capitalised("÷"), "÷");
    EXPECT_EQ(capitalised("3 mois"), "3 mois");
    EXPECT_EQ(capitalised(""), "");
}

TEST(Continued, LosesItsCapitalAfterAColonUnlessItIsAName) {
    EXPECT_EQ(continued("Vous y êtes"), "vous y êtes");
    EXPECT_EQ(continued("À bientôt"), "à bientôt");
    EXPECT_EQ(continued("A calendar"), "a calendar");
    EXPECT_EQ(continued("L’export"), "l’export");
    EXPECT_EQ(continued("I hardly know it"), "I hardly know it");
    EXPECT_EQ(continued("RH et formation"), "RH et formation");
    EXPECT_EQ(continued("Google ne dit rien", "Google Chat"), "Google ne dit rien");
    EXPECT_EQ(continued(""), "");
}

TEST(Words, NamePlatformsOfTheAnalysisAsPeopleDo) {
    EXPECT_EQ(Words(Language::english).say(msg("analysis.reason_unattributed", arg("platform", "linkedin"))),
              "On LinkedIn, part of your activity has no known group: it may be here.");
}

TEST(CardRows, RoundWhatIsLargeAndKeepTheSingular) {
    AuditReport report = test::sample_report();
    GroupAudit& group = report.groups.front();
    group.rhythm = Rhythm{};
    group.rhythm->usual_gap_days = 1.2;
    group.rhythm->silence_ratio = 51.3;
    group.responses = Responses{};
    group.responses->received = Share{.part = 9, .all = 10};
    group.responses->to_me = Waits{.median_hours = 0.9};
    std::string all;
    for (const CardRow& row : card_rows(group, report, Words(Language::french)))
        for (const std::string& line : row.lines) all += line + '\n';
    EXPECT_NE(all.find("1 jour, à présent 51 fois cela"), std::string::npos) << all;
    EXPECT_NE(all.find("0,9 heure en médiane"), std::string::npos) << all;
}

TEST(SourceName, IsTheLastPartOfThePath) {
    EXPECT_EQ(source_name({.label = "exports/chat.zip"}), "chat.zip");
    EXPECT_EQ(source_name({.label = "exports/telegram/"}), "telegram");
    EXPECT_EQ(source_name({.label = "chat.txt"}), "chat.txt");
    EXPECT_EQ(source_name({}), "");
}

TEST(CardRows, TellWhatTheExportCannotShow) {
    const AuditReport report = test::sample_report();
    const Words words(Language::english);
    const auto rows = card_rows(report.groups[1], report, words);  // own posts only
    const auto back = std::ranges::find(rows, CardRow::Subject::came_back, &CardRow::subject);
    ASSERT_NE(back, rows.end());
    EXPECT_EQ(back->lines.front(), "Not known: this export does not show who answered you");
    EXPECT_EQ(std::ranges::count(rows, CardRow::Subject::life, &CardRow::subject), 0);
}

TEST(CardRows, ShowNothingOfAPersonalGroup) {
    const AuditReport report = test::sample_report();
    const auto rows = card_rows(report.groups.back(), report, Words(Language::english));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.front().lines, std::vector<std::string>{"Personal groups and duties are not judged."});
}

TEST(Messages, OfReportsAreAllRendered) {
    // Every id that a renderer uses is in the tables: nothing comes out between brackets.
    for (const std::string_view id : message_ids())
        if (id.starts_with("reports.")) {
            EXPECT_TRUE(message_pattern(id, Language::english) && !message_pattern(id, Language::english)->empty()) << id;
            EXPECT_TRUE(message_pattern(id, Language::french) && !message_pattern(id, Language::french)->empty()) << id;
        }
}

}  // namespace words_test
}  // namespace secateur

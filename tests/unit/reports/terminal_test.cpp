// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/terminal/terminal.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "reports/registry.hpp"
#include "tests/support/sample_report.hpp"

namespace secateur {
namespace terminal_test {

std::string screen(const AuditReport& report, const RenderOptions& options = {}) {
    std::string text;
    find_renderer("terminal")->render(report, options, text);
    return text;
}

std::string without_colour(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b') i = text.find('m', i);
        else plain += text[i];
    }
    return plain;
}

TEST(Terminal, KeepsToTheWidthAskedFor) {
    for (const int columns : {40, 60, 80, 100, 160})
        for (const Language language : {Language::english, Language::french})
            for (const AuditReport& report :
                 {test::sample_report(), test::sample_report_without_objectives(), test::hostile_report()}) {
                const std::string text = screen(report, {.language = language, .columns = columns});
                for (const std::string_view line : split(text, '\n'))
                    EXPECT_LE(display_width(line), static_cast<std::size_t>(columns)) << line;
            }
}

TEST(Terminal, OpensWithTheWholeInOneSentence) {
    const std::string text = screen(test::sample_report());
    EXPECT_TRUE(text.starts_with("Isabelle · audit of 21 November 2026\n39 groups, at least 6\u00a0h\u00a050 a week"))
        << text.substr(0, 200);
}

TEST(Terminal, ListsDecisionsInTheOrderOfUse) {
    const std::string text = screen(test::sample_report());
    std::size_t at = 0;
    for (const char* title : {"\nKeep (5)\n", "\nOn trial (2)\n", "\nFollow from afar (6)\n", "\nMute (4)\n", "\nLeave (5)\n",
                              "\nYour call (13)\n", "\nSet apart, not judged (4): "}) {
        const std::size_t found = text.find(title, at);
        ASSERT_NE(found, std::string::npos) << title;
        at = found;
    }
}

TEST(Terminal, ShowsOneLineWithEachFactOfAGroup) {
    const std::string text = screen(test::sample_report(), {.columns = 120});
    const std::size_t begin = text.find("  Recruteurs IT");
    const std::string line = text.substr(begin, text.find('\n', begin) - begin);
    for (const char* fact : {"LinkedIn", "48 d", "sometimes", "visible++", "marche+", "?", "medium"})
        EXPECT_NE(line.find(fact), std::string::npos) << fact;
    const std::size_t next = text.find('\n', begin) + 1;
    EXPECT_TRUE(text.substr(next).starts_with("    on trial until 20 January 2027: you wrote 5 times")) << text.substr(next, 90);
}

TEST(Terminal, NumbersObjectivesOnANarrowScreen) {
    const std::string text = screen(test::sample_report());
    EXPECT_NE(text.find("  1. visible: "), std::string::npos);
    EXPECT_NE(text.find("1++ 2+"), std::string::npos);
}

TEST(Terminal, IsNoWallOfCannotJudgeWithoutAnObjective) {
    const std::string text = screen(test::sample_report_without_objectives());
    EXPECT_EQ(text.find("your call"), std::string::npos);
    EXPECT_NE(text.find("\nYou wrote there this year (16)\n"), std::string::npos);
    EXPECT_NE(text.find("\nNo trace of you (10)\n"), std::string::npos);
    std::size_t times = 0;
    for (std::size_t at = text.find("No objective yet"); at != std::string::npos; at = text.find("No objective yet", at + 1))
        ++times;
    EXPECT_LE(times, 2U);  // once at the top, once among the questions
}

TEST(Terminal, UsesColourOnlyWhenAskedAndNeverAlone) {
    const AuditReport report = test::sample_report();
    const std::string plain = screen(report), coloured = screen(report, {.colour = true});
    EXPECT_EQ(plain.find('\x1b'), std::string::npos);
    EXPECT_NE(coloured.find("\x1b["), std::string::npos);
    EXPECT_EQ(without_colour(coloured), plain);
}

TEST(Terminal, EndsWithWhatIsMissingAndWhatToAsk) {
    const std::string text = screen(test::sample_report());
    EXPECT_NE(text.find("  Facebook\n    Data until 30 June 2026 only"), std::string::npos);
    EXPECT_NE(text.find("57 activities of yours name no group"), std::string::npos);
    EXPECT_NE(text.find("Viadeo (isabelle.d): last sign of life on 20 May 2014"), std::string::npos);
    EXPECT_EQ(text.find("isa_bxl"), std::string::npos);
    EXPECT_NE(text.find("Questions that would settle most"), std::string::npos);
}

TEST(Terminal, ShowsAnEmptyReportAsAnInvitation) {
    EXPECT_EQ(screen(AuditReport{.as_of = test::sample_day()}),
              "Audit of 21 November 2026\nNo group yet: import an export, or add groups by name.\n");
}

TEST(Card, HoldsTheCompleteEvidence) {
    const AuditReport report = test::sample_report();
    const std::string card = render_card(report.groups[0], report, {});
    for (const char* part :
         {"RH & numérique Bruxelles\n", "keep; high certainty", "\nWhy\n", "+ You wrote 88 times", "\nWhat you did there\n",
          "\nWhat came back, from whom\n", "Only here: ", "\nIs it alive\n", "\nWhat it costs\n", "\nWhat it serves\n",
          "“DRH” for “RH”", "\nWhat you said about it\n", "Data until 18 November 2026", "https://example.org/g/k1"})
        EXPECT_NE(card.find(part), std::string::npos) << part << "\n" << card;
}

TEST(Card, GivesReasonsAgainstAndTheQuestion) {
    const AuditReport report = test::sample_report();
    const std::string leave = render_card(report.groups[21], report, {});
    EXPECT_NE(leave.find("What speaks against it\n  – 1 of them you meet only here"), std::string::npos) << leave;
    const std::string open = render_card(report.groups[22], report, {});
    EXPECT_NE(open.find("your call\n"), std::string::npos);
    EXPECT_NE(open.find("The question that would settle it\n  do you read it"), std::string::npos) << open;
}

}  // namespace terminal_test
}  // namespace secateur

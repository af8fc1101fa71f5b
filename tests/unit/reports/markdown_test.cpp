// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "reports/registry.hpp"
#include "tests/support/sample_report.hpp"

namespace secateur {
namespace markdown_test {

std::string note(const AuditReport& report, Language language = Language::english) {
    std::string text;
    find_renderer("markdown")->render(report, {.language = language}, text);
    return text;
}

std::size_t live(std::string_view line, char mark) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\') ++i;
        else if (line[i] == mark) ++count;
    }
    return count;
}

TEST(Markdown, KeepsEveryRowOfATableWhole) {
    for (const AuditReport& report : {test::sample_report(), test::hostile_report(), test::sample_report_without_objectives()}) {
        const std::string text = note(report);
        std::size_t bars = 0, rows = 0;
        for (const std::string_view line : split(text, '\n')) {
            if (!line.starts_with('|')) {
                bars = 0;
                continue;
            }
            if (bars == 0) bars = live(line, '|');
            EXPECT_EQ(live(line, '|'), bars) << line;
            ++rows;
        }
        EXPECT_GE(rows, 35U);
    }
}

TEST(Markdown, LetsNoNameBecomeMarkup) {
    const std::string text = note(test::hostile_report());
    for (const std::string_view line : split(text, '\n')) {
        for (const char mark : {'<', '>', '`', '[', ']', '*', '_'}) EXPECT_EQ(live(line, mark), 0U) << line;
        EXPECT_EQ(line.find("http://"), std::string_view::npos) << line;
    }
}

TEST(Markdown, HasASectionForEachDecision) {
    const std::string text = note(test::sample_report());
    for (const char* heading : {"# Isabelle · audit of 21 November 2026\n", "\n## Keep (5)\n", "\n## Your call (13)\n",
                                "\n## Questions that would settle most\n"})
        EXPECT_NE(text.find(heading), std::string::npos) << heading;
    EXPECT_NE(text.find("- Bons plans SEO\n  - You wrote twice"), std::string::npos);
    EXPECT_NE(text.find("  - Against: you meet all of them in other groups too"), std::string::npos);
}

TEST(Markdown, EscapesWhatWouldBeginABlock) {
    AuditReport report = test::sample_report();
    report.groups[0].name = "1. un";
    report.groups[1].name = "- deux";
    report.groups[2].name = "www.example.org";
    const std::string text = note(report);
    EXPECT_NE(text.find("| 1\\. un |"), std::string::npos);
    EXPECT_NE(text.find("| \\- deux |"), std::string::npos);
    EXPECT_NE(text.find("| www\\.example.org |"), std::string::npos);
}

}  // namespace markdown_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>

#include "reports/registry.hpp"
#include "tests/support/sample_report.hpp"

namespace secateur {
namespace csv_test {

using Rows = std::vector<std::vector<std::string>>;

/// RFC 4180, as a spreadsheet reads it.
Rows read(const std::string& text) {
    Rows rows(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            rows.back().back() += c;
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            rows.back().emplace_back();
        } else if (!quoted && c == '\n') {
            rows.push_back({""});
        } else if (quoted || c != '\r') {
            rows.back().back() += c;
        }
    }
    rows.pop_back();  // what follows the last line end
    return rows;
}

Rows table(const AuditReport& report, const RenderOptions& options = {}) {
    std::string text;
    find_renderer("csv")->render(report, options, text);
    return read(text);
}

std::string at(const Rows& rows, std::size_t row, std::string_view column) {
    const auto found = std::ranges::find(rows[0], column);
    return found == rows[0].end() ? "no such column" : rows[row][static_cast<std::size_t>(found - rows[0].begin())];
}

TEST(Csv, HasOneRowForEachGroupAndAllItsCells) {
    for (const AuditReport& report : {test::sample_report(), test::hostile_report()}) {
        const Rows rows = table(report);
        EXPECT_EQ(rows.size(), 1 + report.groups.size() + report.candidates.size());
        for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
    }
}

TEST(Csv, WritesTheSameNumbersAndCodesInBothLanguages) {
    const Rows english = table(test::sample_report(), {.language = Language::english}),
               french = table(test::sample_report(), {.language = Language::french});
    for (const char* column : {"id", "decision", "certainty", "probability", "minutes_mid", "last_act", "best_band", "serves"})
        for (std::size_t row = 1; row < english.size(); ++row) EXPECT_EQ(at(english, row, column), at(french, row, column));
    EXPECT_EQ(at(english, 1, "probability"), "0.9100");
    EXPECT_EQ(at(english, 1, "last_act"), "2026-11-16");
    EXPECT_EQ(at(english, 1, "serves"), "visible=strong; marche=some");
    EXPECT_EQ(at(english, 1, "advice"), "keep");
    EXPECT_EQ(at(french, 1, "advice"), "garder");
}

TEST(Csv, LeavesUnknownCellsEmpty) {
    const Rows rows = table(test::sample_report());
    EXPECT_EQ(at(rows, 2, "name"), "Women in Data Belgium");
    EXPECT_EQ(at(rows, 2, "minutes_mid"), "");
    EXPECT_EQ(at(rows, 2, "people_met"), "");
    EXPECT_EQ(at(rows, 8, "probability"), "");
    EXPECT_EQ(at(rows, 8, "acts"), "0");
    EXPECT_EQ(at(rows, 36, "name"), "Famille Delvaux");
    EXPECT_EQ(at(rows, 36, "acts"), "");
    EXPECT_EQ(at(rows, 36, "minutes_mid"), "");
}

TEST(Csv, HoldsNoFormula) {
    for (const auto& row : table(test::hostile_report()))
        for (const std::string& cell : row)
            EXPECT_EQ(std::string_view("=+-@\t\r").find(cell.empty() ? 'x' : cell.front()), std::string_view::npos) << cell;
}

TEST(Csv, HasNoByteOrderMarkAndEndsLinesAsTheStandardSays) {
    std::string text;
    find_renderer("csv")->render(test::sample_report(), {}, text);
    EXPECT_TRUE(text.starts_with("id,platform,name,"));
    EXPECT_TRUE(text.ends_with("\r\n"));
}

}  // namespace csv_test
}  // namespace secateur

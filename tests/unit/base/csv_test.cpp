// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/error.hpp"

namespace secateur::csv_test {

using namespace std::string_literals;

/// Gives at most so many bytes a call, so that a row may be cut anywhere.
class PieceStream final : public ByteStream {
public:
    PieceStream(std::string_view bytes, std::size_t piece) : rest_(bytes), piece_(piece) {}
    std::size_t read(std::span<char> buffer) override {
        const std::size_t count = std::min({buffer.size(), piece_, rest_.size()});
        std::copy_n(rest_.data(), count, buffer.data());
        rest_.remove_prefix(count);
        return count;
    }

private:
    std::string_view rest_;
    std::size_t piece_;
};

/// Rows as "a|b|c", a row broken by an open quote with "!" behind it.
std::vector<std::string> rows(std::string_view bytes, const CsvDialect& dialect = {}, std::size_t piece = 1 << 20) {
    PieceStream stream(bytes, piece);
    CsvReader reader(stream, dialect, "table.csv");
    std::vector<std::string> result;
    CsvRow row;
    while (reader.next(row)) {
        std::string text;
        for (const std::string& cell : row.cells) text += (&cell == row.cells.data() ? "" : "|") + cell;
        result.push_back(text + (row.broken_quote ? "!" : ""));
    }
    return result;
}

using Rows = std::vector<std::string>;

const CsvDialect backslashes{.backslash_escapes = true};
const CsvDialect french{.separator = ';', .charset = "windows-1252"};

struct CsvCase {
    const char* name;
    std::string bytes;
    CsvDialect dialect;
    Rows expected;
};
void PrintTo(const CsvCase& row, std::ostream* out) { *out << row.name; }

class Csv : public testing::TestWithParam<CsvCase> {};
TEST_P(Csv, IsReadWhereverThePiecesEnd) {
    EXPECT_EQ(rows(GetParam().bytes, GetParam().dialect), GetParam().expected);
    for (const std::size_t piece : {1U, 2U, 3U, 7U})
        EXPECT_EQ(rows(GetParam().bytes, GetParam().dialect, piece), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Tables, Csv,
    testing::ValuesIn(std::vector<CsvCase>{
        {"empty", "", {}, {}},
        {"one_row", "a,b", {}, {"a|b"}},
        {"line_feeds", "a,b\nc,d\n", {}, {"a|b", "c|d"}},
        {"carriage_returns", "a,b\rc,d\r", {}, {"a|b", "c|d"}},
        {"both", "a,b\r\nc,d\r\n", {}, {"a|b", "c|d"}},
        {"all_three_mixed", "a\rb\nc\r\nd", {}, {"a", "b", "c", "d"}},
        {"blank_lines", "\n\na,b\n  \n\r\n\u00A0\nc,d\n\n", {}, {"a|b", "c|d"}},
        {"empty_cells", ",,\na,,b\n", {}, {"||", "a||b"}},
        {"empty_quoted_row", "\"\"\na", {}, {"", "a"}},
        {"quotes", "\"a,b\",\"c \"\"d\"\"\",e", {}, {"a,b|c \"d\"|e"}},
        {"line_break_in_quotes", "\"a\nb\r\nc\rd\",e", {}, {"a\nb\r\nc\rd|e"}},
        {"quote_inside_a_cell", "a\"b\"c,d", {}, {"a\"b\"c|d"}},
        {"text_after_a_closing_quote", "\"a\"b,c", {}, {"ab|c"}},
        {"only_quotes", "\"\"\"\",\"\"", {}, {"\"|"}},
        {"open_quote", "a,\"b\nc,d", {}, {"a|b\nc,d!"}},
        {"open_quote_at_the_end", "a\n\"", {}, {"a", "!"}},
        {"mark", "\xEF\xBB\xBF\"a\",b", {}, {"a|b"}},
        {"mark_only", "\xEF\xBB\xBF", {}, {}},
        {"no_break_space_kept", "\u00A0a\u00A0,b", {}, {"\u00A0a\u00A0|b"}},
        {"ill_formed", "caf\xE9,b", {}, {"caf\uFFFD|b"}},
        {"nul", "a\0b,c"s, {}, {"a\0b|c"s}},
        {"tabs", "a\tb,c\td", {.separator = '\t'}, {"a|b,c|d"}},
        {"french_spreadsheet", "Nom;Ville\r\n\"Caf\xE9; th\xE9\";Li\xE8ge \x80\r\n", french, {"Nom|Ville", "Café; thé|Liège €"}},
        {"separator_line", "sep=;\r\na;b\r\n", {.separator = ';'}, {"a|b"}},
        {"separator_line_by_another", "sep=;\na,b", {}, {"a|b"}},
        {"separator_word_further_down", "a\nsep=;", {.separator = ';'}, {"a", "sep=|"}},
        {"backslash_quote", "1,\"he said \\\"hi\\\", twice\",2", backslashes, {"1|he said \"hi\", twice|2"}},
        {"backslash_over_lines", "1,\"a \\\"b\nc\\\" d\"\n2,e", backslashes, {"1|a \"b\nc\" d", "2|e"}},
        {"both_escapes", "\"a \"\"b\"\" \\\"c\\\"\"", backslashes, {"a \"b\" \"c\""}},
        {"other_backslashes_stay", "\"C:\\dir\\n\",\\x", backslashes, {"C:\\dir\\n|\\x"}},
        {"backslash_means_nothing_else", "\"a\\\",b", {}, {"a\\|b"}},
        {"backslash_at_the_end", "\"a\\", backslashes, {"a\\!"}},
        {"utf16",
         "\xFF\xFE"s + "a\0\t\0\xE9\0\r\0\n\0\"\0b\0\n\0\"\0"s,
         {.separator = '\t', .charset = "utf-16le"},
         {"a|é", "b\n"}},
        {"utf16_other_way", "\xFE\xFF"s + "\0a\0,\0\xE9"s, {.charset = "utf-16be"}, {"a|é"}},
        {"utf16_by_its_mark", "\xFE\xFF"s + "\0a\0,\0b"s, {.charset = "utf-16"}, {"a|b"}},
        {"utf16_odd_byte", "a\0,\0b"s, {.charset = "utf-16le"}, {"a|"}},
        {"utf16_high_byte_is_no_separator", "\x00\x2C,\0b\0"s, {.charset = "utf-16le"}, {"\u2C00|b"}},
    }),
    [](const auto& test) { return std::string(test.param.name); });

TEST(CsvReader, TellsWhereEachRowStands) {
    const std::string bytes = "\xEF\xBB\xBFh1,h2\r\n\r\n\"a\nb\",é\rc,d\n\"x\"\"y\",z";
    for (const std::size_t piece : {1U, 5U, 4096U}) {
        PieceStream stream(bytes, piece);
        CsvReader reader(stream, {}, "t.csv");
        struct Place {
            std::uint64_t line;
            std::string_view text;
        };
        CsvRow row;
        for (const Place& place : {Place{1, "h1,h2"}, Place{3, "\"a\nb\",é"}, Place{5, "c,d"}, Place{6, "\"x\"\"y\",z"}}) {
            ASSERT_TRUE(reader.next(row));
            EXPECT_EQ(row.line, place.line);
            EXPECT_EQ(bytes.substr(row.offset, row.length), place.text);
        }
        EXPECT_FALSE(reader.next(row));
        EXPECT_FALSE(reader.next(row));
        EXPECT_TRUE(row.cells.empty());
    }
}

TEST(CsvReader, KeepsPlacesExactOverManyPieces) {
    struct Written {
        std::string text;
        std::uint64_t line;
    };
    std::string bytes;
    std::vector<Written> written;
    for (std::size_t i = 0, line = 1; bytes.size() < 200'000; ++i) {  // four pieces of the reader
        const std::size_t breaks = i % 3 == 0 ? i % 40 : 0;
        written.push_back({"row " + std::to_string(i) + ",\"" + std::string(i % 40, breaks > 0 ? '\n' : 'x') + "\"", line});
        bytes += written.back().text + (i % 2 == 0 ? "\r\n" : "\n");
        line += breaks + 1;
    }
    PieceStream stream(bytes, 1 << 20);
    CsvReader reader(stream, {}, "t.csv");
    CsvRow row;
    for (const Written& each : written) {
        ASSERT_TRUE(reader.next(row));
        ASSERT_EQ(bytes.substr(row.offset, row.length), each.text);
        ASSERT_EQ(row.cells.size(), 2U);
        ASSERT_EQ(row.line, each.line);
    }
    EXPECT_FALSE(reader.next(row));
}

TEST(CsvReader, DoesNotLetOneRowsCellsIntoTheNext) {
    PieceStream stream("a,b,c\nd\n", 100);
    CsvReader reader(stream, {}, "t.csv");
    CsvRow row;
    ASSERT_TRUE(reader.next(row));
    ASSERT_TRUE(reader.next(row));
    EXPECT_EQ(row.cells, Rows{"d"});
}

TEST(CsvReader, TellsQuotesThatCloseTooEarly) {
    PieceStream stream("\"a\"b,c\n\"a\",\"b\"\n\"a \"\"b\"\"\",\"c", 100);
    CsvReader reader(stream, {}, "t.csv");
    CsvRow row;
    for (const bool loose : {true, false, false}) {
        ASSERT_TRUE(reader.next(row));
        EXPECT_EQ(row.loose_quote, loose) << row.line;
    }
    EXPECT_TRUE(row.broken_quote);
}

struct HostileCase {
    const char* name;
    std::string bytes;
    const char* reason;
};
void PrintTo(const HostileCase& row, std::ostream* out) { *out << row.name; }
class HostileCsv : public testing::TestWithParam<HostileCase> {};
TEST_P(HostileCsv, IsRefusedWithItsPlace) {
    PieceStream stream(GetParam().bytes, 1000);
    CsvReader reader(stream, {}, "table.csv", 100);
    CsvRow row;
    try {
        while (reader.next(row)) {
        }
        FAIL() << "was read";
    } catch (const Error& error) {
        EXPECT_EQ(error.problem().kind, ErrorKind::input);
        EXPECT_EQ(error.problem().reason.id, GetParam().reason);
        EXPECT_EQ(error.problem().where.entry, "table.csv");
        EXPECT_EQ(error.problem().where.line, 2U);
        EXPECT_EQ(error.problem().where.offset, 4U);
    }
}
INSTANTIATE_TEST_SUITE_P(Tables, HostileCsv,
                         testing::ValuesIn(std::vector<HostileCase>{
                             {"long_cell", "a,b\n" + std::string(101, 'x'), "base.csv_cell_too_long"},
                             {"long_quoted_cell", "a,b\n\"" + std::string(101, 'x') + "\"", "base.csv_cell_too_long"},
                             {"open_quote_over_lines", "a,b\n\"" + std::string(150, '\n'), "base.csv_cell_too_long"},
                             {"long_row", "a,b\n" + std::string(500, ','), "base.csv_row_too_long"},
                         }),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(CsvReader, RefusesMoreCellsThanAnyTableHas) {
    const std::string bytes(30'000, ',');
    PieceStream stream(bytes, 1 << 20);
    CsvReader reader(stream, {}, "table.csv");
    CsvRow row;
    EXPECT_THROW((void)reader.next(row), Error);
}

TEST(CsvReader, TakesACellOfExactlyTheLimit) {
    const std::string bytes = std::string(100, 'x') + ",b";
    PieceStream stream(bytes, 1000);
    CsvReader reader(stream, {}, "t.csv", 100);
    CsvRow row;
    EXPECT_TRUE(reader.next(row));
}

TEST(CsvReader, NamesACharsetItDoesNotKnow) {
    PieceStream stream("caf\xE9", 1000);
    CsvReader reader(stream, {.charset = "klingon"}, "t.csv");
    CsvRow row;
    try {
        (void)reader.next(row);
        FAIL() << "was read";
    } catch (const Error& error) {
        EXPECT_EQ(error.problem().reason, msg("base.csv_charset_unknown", arg("charset", "klingon")));
    }
}

// ---- guessing

struct GuessCase {
    const char* name;
    std::string head;
    CsvDialect expected;
};
void PrintTo(const GuessCase& row, std::ostream* out) { *out << row.name; }
class Guess : public testing::TestWithParam<GuessCase> {};
TEST_P(Guess, FindsTheDialect) {
    const CsvDialect guessed = guess_csv_dialect(GetParam().head);
    EXPECT_EQ(guessed.separator, GetParam().expected.separator);
    EXPECT_EQ(guessed.charset, GetParam().expected.charset);
    EXPECT_EQ(guessed, GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Heads, Guess,
    testing::ValuesIn(std::vector<GuessCase>{
        {"empty", "", {}},
        {"one_column", "Name\nAnn\nBob\n", {}},
        {"commas", "Date,Link,Message\n2026-01-01,x,hello\n", {}},
        {"semicolons", "Nom;Ville;Date\nAnn;Liège;21/11/2026\n", {.separator = ';'}},
        {"tabs", "Name\tTown\nAnn\tLiège\n", {.separator = '\t'}},
        {"decimal_commas", "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", {.separator = ';'}},
        {"commas_in_names", "Nom;Ville\nFake, Ann;Namur\nFake, Bob;Mons\n", {.separator = ';'}},
        {"semicolons_in_text", "Date,Text\n1,a; b\n2,c; d; e\n3,f\n", {}},
        {"preamble", "Notes:\n\"Some, long; paragraph; with; marks\"\n\nFirst Name,Last Name,URL\nAnn,Fake,x\nBob,Fake,y\n", {}},
        {"quoted_line_breaks", "a;b\n\"x,\n,,\n,\";y\n\"z,\n,\";w\n", {.separator = ';'}},
        {"excel_says_so", "sep=\t\r\na,b\r\n", {.separator = '\t'}},
        {"mark_and_excel", "\xEF\xBB\xBFsep=;\na,b;c\n", {.separator = ';'}},
        {"mark", "\xEF\xBB\xBFNom;Ville\nAnn;Mons\n", {.separator = ';'}},
        {"windows_1252", "Pr\xE9nom;Ville\nH\xE9l\xE8ne;Li\xE8ge\n", {.separator = ';', .charset = "windows-1252"}},
        {"utf16", "\xFF\xFE"s + "N\0\t\0V\0\n\0a\0\t\0b\0\n\0"s, {.separator = '\t', .charset = "utf-16le"}},
        {"utf16_other_way", "\xFE\xFF"s + "\0N\0;\0V\0\n\0a\0;\0b\0\n"s, {.separator = ';', .charset = "utf-16be"}},
        {"cut_inside_a_letter", "Nom;Ville\nAnn;Li\xC3", {.separator = ';'}},
        {"cut_inside_an_emoji", "Nom;Ville\nAnn;\xF0\x9F\x90", {.separator = ';'}},
        {"cut_inside_quotes", "a;b\nc;d\n\"e,f,g,h", {.separator = ';'}},
        {"header_alone", "Group;Name;Url", {.separator = ';'}},
    }),
    [](const auto& test) { return std::string(test.param.name); });

TEST(CsvHeader, IsComparedWithoutTrifles) {
    const CsvHeader header({"First Name", "Adresse_E-mail", "Prénom ", "NAME", "name"});
    EXPECT_EQ(header.size(), 5U);
    EXPECT_EQ(header.find({"firstname"}), 0U);
    EXPECT_EQ(header.find({"FIRST_NAME"}), 0U);
    EXPECT_EQ(header.find({"e-mail", "adresse e mail"}), 1U);
    EXPECT_EQ(header.find({"prenom"}), 2U);
    EXPECT_EQ(header.find({"Name"}), 3U);
    EXPECT_EQ(header.find({"Last Name"}), std::nullopt);
    EXPECT_EQ(CsvHeader().find({"Name"}), std::nullopt);
}

// ---- writing

struct CellCase {
    const char* name;
    std::string text;
    std::string expected;
};
void PrintTo(const CellCase& row, std::ostream* out) { *out << row.name; }
class Cell : public testing::TestWithParam<CellCase> {};
TEST_P(Cell, IsWrittenSafely) {
    const std::string written = csv_cell(GetParam().text);
    EXPECT_EQ(written, GetParam().expected);
    const Rows back = rows("x," + written + "\n");
    const bool guarded = written.starts_with('\'') || written.starts_with("\"'");
    EXPECT_EQ(back, Rows{"x|" + std::string(guarded && !GetParam().text.starts_with('\'') ? "'" : "") + GetParam().text});
}
INSTANTIATE_TEST_SUITE_P(Texts, Cell,
                         testing::ValuesIn(std::vector<CellCase>{
                             {"plain", "wren", "wren"},
                             {"empty", "", ""},
                             {"comma", "a,b", "\"a,b\""},
                             {"semicolon_too", "a;=1+1", "\"a;=1+1\""},
                             {"quotes", "say \"hi\"", "\"say \"\"hi\"\"\""},
                             {"line_break", "a\nb", "\"a\nb\""},
                             {"spaces_at_the_ends", " a ", "\" a \""},
                             {"formula", "=1+1", "'=1+1"},
                             {"formula_with_marks", "=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""},
                             {"plus", "+32 460 00 11 22", "'+32 460 00 11 22"},
                             {"minus", "-cmd", "'-cmd"},
                             {"negative_number", "-5.25", "-5.25"},
                             {"at", "@SUM(A1)", "'@SUM(A1)"},
                             {"tab", "\t=1", "\"'\t=1\""},
                             {"carriage_return", "\r=1", "\"'\r=1\""},
                             {"spaces_before", "  =1", "\"'  =1\""},
                             {"wide_equals", "＝1+1", "'＝1+1"},
                             {"inside_is_harmless", "a=b", "a=b"},
                         }),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(CsvCell, QuotesTheSeparatorInUse) {
    EXPECT_EQ(csv_cell("a|b", '|'), "\"a|b\"");
    EXPECT_EQ(csv_cell("a|b"), "a|b");
}

}  // namespace secateur::csv_test

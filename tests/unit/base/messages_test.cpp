// SPDX-License-Identifier: GPL-3.0-or-later
// The renderer, and the completeness of every table: what is said in the source exists in both languages, and nothing else does.
#include "base/messages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "base/text.hpp"

namespace secateur::messages_test {

using namespace std::chrono_literals;

constexpr std::array both{Language::english, Language::french};
constexpr const char* nnbsp = "\u202F";

std::filesystem::path root() { return SECATEUR_SOURCE_DIR; }

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The tables by the name of their area.
const std::map<std::string, std::string>& tables() {
    static const auto result = [] {
        std::map<std::string, std::string> found;
        for (const auto& file : std::filesystem::directory_iterator(root() / "src/base/messages"))
            if (file.path().extension() == ".tsv") found[file.path().stem()] = read_file(file.path());
        return found;
    }();
    return result;
}

std::vector<std::string> areas() {
    std::vector<std::string> result;
    for (const auto& [area, text] : tables()) result.push_back(area);
    return result;
}

struct TableRow {
    std::size_t line;
    std::vector<std::string_view> cells;
};

std::vector<TableRow> table_rows(const std::string& area) {
    std::vector<TableRow> result;
    std::size_t number = 0;
    for (const std::string_view line : split(tables().at(area), '\n')) {
        ++number;
        if (!line.empty() && !line.starts_with('#')) result.push_back({number, split(line, '\t')});
    }
    return result;
}

struct Literal {
    std::string text;
    std::string file;
    std::size_t line;
    bool is_message;  // stands as the id in msg("...") or Message{"..."
};

/// The string literals of one file of C++, comments left out.
void collect_literals(const std::string& code, const std::string& file, std::vector<Literal>& result) {
    std::size_t line = 1;
    std::string before;  // code since the last literal, white space left out
    for (std::size_t i = 0; i < code.size(); ++i) {
        const auto until = [&](std::string_view mark, std::size_t from) {
            const std::size_t end = std::min(code.find(mark, from), code.size());
            line += static_cast<std::size_t>(
                std::count(code.begin() + static_cast<std::ptrdiff_t>(i), code.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
            return end;
        };
        const std::string_view rest = std::string_view(code).substr(i);
        if (rest.starts_with("//")) {
            i = until("\n", i) - 1;
        } else if (rest.starts_with("/*")) {
            i = until("*/", i) + 1;
        } else if (rest.starts_with("R\"")) {
            const std::size_t open = code.find('(', i);
            i = until(")" + code.substr(i + 2, open - i - 2) + "\"", open) + (open - i - 2) + 1;
            before.clear();
        } else if (code[i] == '\'' && (i == 0 || std::isalnum(static_cast<unsigned char>(code[i - 1])) == 0)) {
            i += code[i + 1] == '\\' ? 3 : 1;
            i = std::min(code.find('\'', i), code.size());
        } else if (code[i] == '"') {
            Literal literal{
                .text = {}, .file = file, .line = line, .is_message = before.ends_with("msg(") || before.ends_with("Message{")};
            for (++i; i < code.size() && code[i] != '"'; ++i) {
                if (code[i] == '\\') literal.text += code[i++];
                literal.text += code[i];
            }
            result.push_back(std::move(literal));
            before.clear();
        } else if (code[i] == '\n') {
            ++line;
        } else if (code[i] != ' ') {
            before += code[i];
        }
    }
}

/// Every string literal of the program.
const std::vector<Literal>& literals() {
    static const auto result = [] {
        std::vector<Literal> found;
        for (const char* folder : {"src", "connectors", "reports"})
            for (const auto& entry : std::filesystem::recursive_directory_iterator(root() / folder)) {
                const auto ending = entry.path().extension();
                if (ending != ".cpp" && ending != ".hpp") continue;
                collect_literals(read_file(entry.path()), entry.path().lexically_relative(root()).string(), found);
            }
        return found;
    }();
    return result;
}

Message sample(std::string_view id, Language language) {
    Message message{std::string(id), {}};
    for (const MessageArgument& argument : message_arguments(id, language).value_or(std::vector<MessageArgument>{})) {
        if (argument.use == "plural" || argument.use == "number") {
            message.arguments.push_back(arg(argument.name, 1234));
        } else {
            message.arguments.push_back(arg(argument.name, "Ann"));
        }
    }
    return message;
}

// ---- the renderer; base.tsv holds patterns of each kind it is tried on

TEST(Render, SaysNothingForAnEmptyMessage) {
    for (const Language language : both) EXPECT_EQ(render(Message{}, language), "");
}

TEST(Render, ShowsAnUnknownIdBetweenBrackets) {
    for (const Language language : both) EXPECT_EQ(render(Message{"no.such_id", {}}, language), "[no.such_id]");
}

TEST(Render, CountsAndGroupsAsTheLanguageDoes) {
    const auto said = [](std::int64_t bytes, Language language) {
        return render(msg("base.csv_cell_too_long", arg("bytes", bytes)), language);
    };
    EXPECT_EQ(said(1, Language::english), "a cell holds more than 1 byte");
    EXPECT_EQ(said(0, Language::english), "a cell holds more than 0 bytes");
    EXPECT_EQ(said(16777216, Language::english), "a cell holds more than 16,777,216 bytes");
    EXPECT_EQ(said(0, Language::french), "une cellule dépasse 0 octet");
    EXPECT_EQ(said(1, Language::french), "une cellule dépasse 1 octet");
    EXPECT_EQ(said(1234, Language::french), "une cellule dépasse 1\u202F234 octets");
    EXPECT_EQ(said(1000000, Language::french), "une cellule dépasse 1\u202F000\u202F000 octets");
}

TEST(Render, TakesArgumentsAsDataWhateverTheyHold) {
    const auto said = [](std::string_view text) {
        return render(msg("base.csv_charset_unknown", arg("charset", text)), Language::english);
    };
    EXPECT_EQ(said("{bytes, plural, other {#}}"), "the character set “{bytes, plural, other {#}}” is unknown");
    EXPECT_EQ(said("it's '{"), "the character set “it's '{” is unknown");
    EXPECT_EQ(said("a\nerror: b\x1B[2J\u202E"), "the character set “a error: b␛[2J” is unknown");
}

TEST(Render, WritesDaysAndNumbersInArguments) {
    const Day day = std::chrono::sys_days(2026y / 11 / 21);
    EXPECT_EQ(render(msg("base.place_line", arg("line", day)), Language::english), "line 21 November 2026");
    EXPECT_EQ(render(msg("base.place_line", arg("line", day)), Language::french), "ligne 21 novembre 2026");
    EXPECT_EQ(render(msg("base.place_line", arg("line", 1234.5)), Language::english), "line 1,234.5");
    EXPECT_EQ(render(msg("base.place_line", arg("line", 1234.5)), Language::french), "ligne 1\u202F234,5");
}

TEST(Render, GivesTheSameTextFromManyThreads) {
    std::array<std::string, 8> said;
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < said.size(); ++i)
            threads.emplace_back([&said, i] {
                for (int k = 0; k < 50; ++k)
                    said[i] = render(msg("base.csv_too_many_cells", arg("count", 20'000)), both[i % 2]) +
                              render_day(Day{}, both[i % 2]);
            });
    }
    for (std::size_t i = 0; i < said.size(); ++i) EXPECT_EQ(said[i], said[i % 2]);
    EXPECT_NE(said[0], said[1]);
}

struct PlaceCase {
    const char* name;
    Location where;
    std::string english, french;
};
void PrintTo(const PlaceCase& row, std::ostream* out) { *out << row.name; }
class Place : public testing::TestWithParam<PlaceCase> {};
TEST_P(Place, IsSaid) {
    EXPECT_EQ(render(GetParam().where, Language::english), GetParam().english);
    EXPECT_EQ(render(GetParam().where, Language::french), GetParam().french);
}
Location place(std::string entry, std::optional<std::uint64_t> line = {}, std::optional<std::uint64_t> record = {},
               std::optional<std::uint64_t> offset = {}) {
    return {.entry = std::move(entry), .line = line, .record = record, .offset = offset, .length = std::nullopt};
}
INSTANTIATE_TEST_SUITE_P(Places, Place,
                         testing::ValuesIn(std::vector<PlaceCase>{
                             {"nowhere", {}, "", ""},
                             {"file", place("a/b.csv"), "a/b.csv", "a/b.csv"},
                             {"line", place("b.csv", 41812, 3), "b.csv:41812", "b.csv:41812"},
                             {"record", place("b.json", {}, 1234), "b.json, record 1234", "b.json, enregistrement 1234"},
                             {"byte", place("b.json", {}, {}, 9000), "b.json, byte 9000", "b.json, octet 9000"},
                             {"only_line", place("", 12), "line 12", "ligne 12"},
                             {"only_record", place("", {}, 3), "record 3", "enregistrement 3"},
                             {"hostile_name", place("a\x1B[2J\nb", 1), "a␛[2J b:1", "a␛[2J b:1"},
                         }),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(RenderProblem, SaysWhereWhatAndWhatNext) {
    const Problem problem{.kind = ErrorKind::input,
                          .reason = msg("base.csv_charset_unknown", arg("charset", "klingon")),
                          .where = place("b.csv", 12),
                          .hint = msg("base.csv_hint_quotes")};
    EXPECT_EQ(render(problem, Language::english),
              "error: b.csv:12: the character set “klingon” is unknown\n"
              "hint: a quotation mark is probably left open near this place; close it, or save the table again as CSV (UTF-8)");
    EXPECT_EQ(render(problem, Language::french),
              "erreur\u202F: b.csv:12\u202F: le jeu de caractères «\u202Fklingon\u202F» est inconnu\n"
              "conseil\u202F: un guillemet est sans doute resté ouvert près de cet endroit\u202F; fermez-le, ou réenregistrez le "
              "tableau en CSV "
              "(UTF-8)");
}

TEST(RenderProblem, LeavesOutWhatThereIsNot) {
    const Problem problem{
        .kind = ErrorKind::usage, .reason = msg("base.csv_charset_unknown", arg("charset", "x")), .where = {}, .hint = {}};
    EXPECT_EQ(render(problem, Language::english), "error: the character set “x” is unknown");
}

struct NumberCase {
    const char* name;
    double value;
    int decimals;
    const char* english;
    const char* french;
};
void PrintTo(const NumberCase& row, std::ostream* out) { *out << row.name; }
class Number : public testing::TestWithParam<NumberCase> {};
TEST_P(Number, IsWritten) {
    EXPECT_EQ(render_number(GetParam().value, GetParam().decimals, Language::english), GetParam().english);
    EXPECT_EQ(render_number(GetParam().value, GetParam().decimals, Language::french), GetParam().french);
}
INSTANTIATE_TEST_SUITE_P(Numbers, Number,
                         testing::ValuesIn(std::vector<NumberCase>{
                             {"zero", 0, 0, "0", "0"},
                             {"grouped", 1234.5, 1, "1,234.5", "1\u202F234,5"},
                             {"padded", 2, 2, "2.00", "2,00"},
                             {"rounded", 0.25, 1, "0.3", "0,3"},
                             {"negative", -7, 0, "-7", "-7"},
                             {"never_minus_zero", -0.04, 1, "0.0", "0,0"},
                             {"million", 1e6, 0, "1,000,000", "1\u202F000\u202F000"},
                         }),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(RenderDay, KnowsThreeStyles) {
    const Day day = std::chrono::sys_days(2026y / 11 / 21);
    EXPECT_EQ(render_day(day, Language::english), "21 November 2026");
    EXPECT_EQ(render_day(day, Language::french), "21 novembre 2026");
    EXPECT_EQ(render_day(day, Language::english, DayStyle::short_form), "2026-11-21");
    EXPECT_EQ(render_day(day, Language::french, DayStyle::short_form), "21/11/2026");
    EXPECT_EQ(render_day(day, Language::english, DayStyle::month), "November 2026");
    EXPECT_EQ(render_day(day, Language::french, DayStyle::month), "novembre 2026");
}

TEST(RenderDay, CallsTheFirstOfTheMonthAsEachLanguageDoes) {
    const Day day = std::chrono::sys_days(2026y / 8 / 1);
    EXPECT_EQ(render_day(day, Language::english), "1 August 2026");
    EXPECT_EQ(render_day(day, Language::french), "1er août 2026");
    EXPECT_EQ(render_day(day, Language::french, DayStyle::short_form), "01/08/2026");
}

TEST(ParseLanguage, ReadsTagsAndLocales) {
    for (const char* tag : {"fr", "FR", "fr_BE.UTF-8", "fr-CA", "fr_FR@euro", "fr.UTF-8"})
        EXPECT_EQ(parse_language(tag), Language::french) << tag;
    for (const char* tag : {"en", "en-GB", "en_US.UTF-8"}) EXPECT_EQ(parse_language(tag), Language::english) << tag;
    for (const char* tag : {"", "C", "C.UTF-8", "POSIX", "f", "fre", "french", "enx", "de_DE", "éa"})
        EXPECT_EQ(parse_language(tag), std::nullopt) << tag;
    for (const Language language : both) EXPECT_EQ(parse_language(language_tag(language)), language);
}

// ---- the tables, all of them

class Table : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Areas, Table, testing::ValuesIn(areas()), [](const auto& test) { return test.param; });

TEST_P(Table, HasThreeColumnsInEveryRow) {
    for (const auto& [line, cells] : table_rows(GetParam())) {
        ASSERT_EQ(cells.size(), 3U) << GetParam() << ".tsv:" << line;
        EXPECT_EQ(cells[0].find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_."),
                  std::string_view::npos)
            << cells[0];
        for (const std::string_view cell : cells) {
            EXPECT_FALSE(cell.empty()) << GetParam() << ".tsv:" << line;
            EXPECT_TRUE(cell.ends_with(trim(cell)))
                << GetParam() << ".tsv:" << line << ": white space at the end of a text gets lost";
            EXPECT_TRUE(is_valid_utf8(cell)) << GetParam() << ".tsv:" << line;
            EXPECT_EQ(nfc(cell), cell) << GetParam() << ".tsv:" << line;
        }
    }
}

TEST_P(Table, IsCompiledIn) {
    for (const auto& [line, cells] : table_rows(GetParam()))
        EXPECT_TRUE(message_pattern(cells[0], Language::english).has_value())
            << cells[0] << ": is " << GetParam() << ".tsv listed in src/base/CMakeLists.txt?";
}

TEST_P(Table, RendersInBothLanguages) {
    for (const auto& [line, cells] : table_rows(GetParam()))
        for (const Language language : both) {
            ASSERT_TRUE(message_arguments(cells[0], language).has_value())
                << cells[0] << " is no ICU pattern in \"" << language_tag(language) << '"';
            const std::string text = render(sample(cells[0], language), language);
            EXPECT_NE(text, "[" + std::string(cells[0]) + "]") << language_tag(language);
            EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << cells[0] << ": " << text;
        }
}

TEST_P(Table, AsksForTheSameArgumentsInBothLanguages) {
    const auto names = [](std::string_view id, Language language) {
        std::vector<std::string> result;
        for (const auto& argument : message_arguments(id, language).value_or(std::vector<MessageArgument>{}))
            result.push_back(argument.name);
        return result;
    };
    for (const auto& [line, cells] : table_rows(GetParam()))
        EXPECT_EQ(names(cells[0], Language::english), names(cells[0], Language::french)) << cells[0];
}

TEST_P(Table, HasNoAsciiApostrophe) {
    for (const Language language : both)
        for (const auto& [line, cells] : table_rows(GetParam()))
            EXPECT_EQ(message_pattern(cells[0], language).value_or("").find('\''), std::string_view::npos)
                << cells[0] << ": write ’, since ' quotes in a pattern";
}

TEST_P(Table, KeepsFrenchTypography) {
    for (const auto& [line, cells] : table_rows(GetParam())) {
        const std::string text(message_pattern(cells[0], Language::french).value_or(""));
        for (std::size_t i = 1; i < text.size(); ++i) {
            const bool mark = text[i] == ';' || text[i] == '!' || text[i] == '?' || text[i] == ':';
            const bool alone = i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n';  // else a URL, an id, an option
            const std::string_view before = std::string_view(text).substr(0, i);
            const bool after_mark = text[i - 1] == '!' || text[i - 1] == '?';
            const bool sign = before.ends_with("· ");  // one of the signs of a legend
            EXPECT_TRUE(!mark || !alone || after_mark || sign || before.ends_with(nnbsp))
                << cells[0] << ": U+202F before " << text[i] << " in: " << text;
        }
        for (std::size_t at = text.find("«"); at != std::string::npos; at = text.find("«", at + 2))
            EXPECT_EQ(text.substr(at + 2, 3), nnbsp) << cells[0] << ": " << text;
        for (std::size_t at = text.find("»"); at != std::string::npos; at = text.find("»", at + 2))
            EXPECT_TRUE(std::string_view(text).substr(0, at).ends_with(nnbsp)) << cells[0] << ": " << text;
    }
}

/// Whether the id is what fmt makes of a pattern such as "explain.{}_{}" with literals of the program in the gaps.
bool is_composed(std::string_view id, std::string_view pattern, const std::set<std::string, std::less<>>& fillings) {
    const std::size_t gap = pattern.find("{}");
    if (gap == std::string_view::npos) return id == pattern;
    if (!id.starts_with(pattern.substr(0, gap))) return false;
    for (std::size_t end = gap + 1; end <= id.size(); ++end)
        if (fillings.contains(id.substr(gap, end - gap)) && is_composed(id.substr(end), pattern.substr(gap + 2), fillings))
            return true;
    return false;
}

TEST_P(Table, HoldsOnlyWhatTheProgramSays) {
    static const auto known = [] {
        std::set<std::string, std::less<>> texts;
        for (const Literal& literal : literals()) texts.insert(literal.text);
        return texts;
    }();
    static const auto patterns = [] {
        std::vector<std::string_view> found;
        for (const std::string& text : known)
            if (text.find("{}") != std::string::npos && text.find('.') < text.find("{}")) found.push_back(text);
        return found;
    }();
    for (const auto& [line, cells] : table_rows(GetParam())) {
        const std::string_view id = cells[0];
        const auto makes = [&](std::string_view pattern) { return is_composed(id, pattern, known); };
        if (known.contains(id) || std::ranges::any_of(patterns, makes)) continue;
        ADD_FAILURE() << GetParam() << ".tsv:" << line << ": " << id << " is said nowhere";
    }
}

TEST(ComposedIds, AreMadeOfLiteralsOnly) {
    const std::set<std::string, std::less<>> fillings{"V1", "dead", "title"};
    EXPECT_TRUE(is_composed("explain.V1_title", "explain.{}_{}", fillings));
    EXPECT_FALSE(is_composed("explain.V2_title", "explain.{}_{}", fillings));
    EXPECT_FALSE(is_composed("explain.V1_title_", "explain.{}_{}", fillings));
    EXPECT_FALSE(is_composed("explain._title", "explain.{}_{}", fillings));
}

TEST(Tables, NameEachMessageOnce) {
    std::map<std::string_view, std::string> first;
    for (const std::string& area : areas())
        for (const auto& [line, cells] : table_rows(area)) {
            const auto [place, is_new] = first.emplace(cells[0], area + ".tsv:" + std::to_string(line));
            EXPECT_TRUE(is_new) << cells[0] << " stands in " << place->second << " and in " << area << ".tsv:" << line;
        }
    const auto ids = message_ids();
    EXPECT_TRUE(std::ranges::is_sorted(ids));
    EXPECT_EQ(ids.size(), first.size());
}

std::vector<std::string> code_folders() {
    std::set<std::string> folders;
    for (const Literal& literal : literals()) folders.insert(std::filesystem::path(literal.file).parent_path().string());
    return {folders.begin(), folders.end()};
}

class Code : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Folders, Code, testing::ValuesIn(code_folders()), [](const auto& test) {
    std::string name = test.param;
    std::ranges::replace(name, '/', '_');
    return name;
});

TEST_P(Code, SaysNothingThatTheTablesLack) {
    for (const Literal& literal : literals()) {
        if (!literal.is_message || literal.text.empty() || std::filesystem::path(literal.file).parent_path() != GetParam())
            continue;
        if (!message_pattern(literal.text, Language::english))
            ADD_FAILURE() << literal.file << ':' << literal.line << ": no table has " << literal.text;
    }
}

TEST(Literals, AreFoundInTheSource) {
    std::vector<Literal> found;
    collect_literals(
        "// msg(\"no\")\n/* \"no\" \n */ f(\"a\\\"b\", '\"', 1'000);\nreturn msg(\n  \"x.y\", arg(\"n\", 1)); R\"(no \"no\")\" "
        "Message{\"z\"}",
        "f.cpp", found);
    std::vector<std::string> texts;
    for (const Literal& literal : found)
        texts.push_back(literal.text + (literal.is_message ? "!" : "") + ":" + std::to_string(literal.line));
    EXPECT_EQ(texts, (std::vector<std::string>{"a\\\"b:3", "x.y!:5", "n:5", "z!:5"}));
}

TEST(Literals, IncludeTheMessagesOfThisFolder) {
    EXPECT_GE(std::ranges::count(literals(), std::string("base.csv_cell_too_long"), &Literal::text), 1);
}

}  // namespace secateur::messages_test

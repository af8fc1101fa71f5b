// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.hpp"

#include <gtest/gtest.h>
#include <unicode/ustring.h>

#include <random>
#include <string>
#include <vector>

namespace secateur::text_test {

using namespace std::string_literals;

struct Row {
    const char* name;
    std::string input;
    std::string expected;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

template <class Case>
std::string name_of(const testing::TestParamInfo<Case>& info) {
    return info.param.name;
}

// ---- encodings

struct Utf8Case {
    const char* name;
    std::string bytes;
    bool valid;
};
void PrintTo(const Utf8Case& row, std::ostream* out) { *out << row.name; }
class Utf8 : public testing::TestWithParam<Utf8Case> {};

TEST_P(Utf8, IsJudgedAndRepaired) {
    // Wherever it stands in steps of sixteen bytes.
    for (std::size_t before = 0; before < 18; ++before) {
        const std::string text = std::string(before, 'a') + GetParam().bytes + "bcdefghijklmnopqrst";
        EXPECT_EQ(is_valid_utf8(text), GetParam().valid) << before;
        const std::string repaired = to_valid_utf8(text);
        EXPECT_TRUE(is_valid_utf8(repaired));
        EXPECT_EQ(repaired == text, GetParam().valid);
    }
}

INSTANTIATE_TEST_SUITE_P(Bytes, Utf8,
                         testing::ValuesIn(std::vector<Utf8Case>{
                             {"ascii", "wren", true},
                             {"nul", "a\0b"s, true},
                             {"two_bytes", "\xC3\xA9", true},
                             {"three_bytes", "\xE2\x82\xAC", true},
                             {"four_bytes", "\xF0\x9F\x90\xA6", true},
                             {"last_code_point", "\xF4\x8F\xBF\xBF", true},
                             {"stray_continuation", "\x80", false},
                             {"overlong_slash", "\xC0\xAF", false},
                             {"overlong_three", "\xE0\x80\xAF", false},
                             {"overlong_four", "\xF0\x80\x80\xAF", false},
                             {"surrogate", "\xED\xA0\x80", false},
                             {"above_the_last", "\xF4\x90\x80\x80", false},
                             {"lead_ff", "\xFF", false},
                             {"cut_three", "\xE2\x82", false},
                             {"lead_before_letter", "\xC3z", false},
                             {"latin1", "caf\xE9", false},
                         }),
                         name_of<Utf8Case>);

TEST(Utf8, TextThatEndsInsideASequenceIsIllFormed) {
    EXPECT_FALSE(is_valid_utf8("\xC3"));
    EXPECT_FALSE(is_valid_utf8("1234567\xE2\x82"));
    EXPECT_TRUE(is_valid_utf8(""));
}

TEST(Utf8, IsJudgedAsIcuDoes) {
    std::mt19937 random(16);
    const std::vector<std::string> pieces{"a", "bcdefgh", "é", "é", "œ", "’", "🎉", "\xC3", "\xA9", "\xE2\x80", "\xF0\x9F", "\xC1\xBF"};
    std::size_t valid = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        const std::size_t most = round % 4 == 0 ? pieces.size() : 7;  // the first seven are well formed
        for (auto i = random() % 20; i > 0; --i) text += pieces[random() % most];
        UErrorCode status = U_ZERO_ERROR;
        std::int32_t units = 0;
        u_strFromUTF8(nullptr, 0, &units, text.data(), static_cast<std::int32_t>(text.size()), &status);
        const bool judged = status != U_INVALID_CHAR_FOUND;
        EXPECT_EQ(is_valid_utf8(text), judged) << text;
        valid += judged ? 1 : 0;
    }
    EXPECT_GT(valid, 14'000U);
    EXPECT_LT(valid, 19'000U);
}

TEST(Utf8, ReplacesEveryIllFormedByte) {
    EXPECT_EQ(to_valid_utf8("a\xFF\xC3z"), "a\uFFFD\uFFFDz");
    EXPECT_EQ(to_valid_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
}

TEST(Ascii, SeesOneHighByteAnywhere) {
    EXPECT_TRUE(is_ascii(""));
    for (std::size_t size = 1; size < 20; ++size)
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, 'x');
            EXPECT_TRUE(is_ascii(text));
            text[at] = '\x80';
            EXPECT_FALSE(is_ascii(text)) << size << ' ' << at;
        }
}

TEST(DecodeCharset, ReadsWhatPeopleHave) {
    EXPECT_EQ(decode_charset("\x80uro \x93\xE9t\xE9\x94", "windows-1252"), "€uro “été”");
    EXPECT_EQ(decode_charset("\xA4", "ISO-8859-15"), "€");
    EXPECT_EQ(decode_charset("\x82", "cp437"), "é");
    EXPECT_EQ(decode_charset("\xFF\xFE"
                             "a\0\xE9\0"s,
                             "utf-16le"),
              "aé");
    EXPECT_EQ(decode_charset("\xFF", "utf-8"), "\uFFFD");
    EXPECT_EQ(decode_charset("", "windows-1252"), "");
}

TEST(DecodeCharset, KnowsNoUnknownName) {
    EXPECT_EQ(decode_charset("a", "no-such-charset"), std::nullopt);
    EXPECT_EQ(decode_charset("a", ""), std::nullopt);
    EXPECT_EQ(decode_charset("a", nullptr), std::nullopt);
}

// ---- normalising and folding

class Nfc : public testing::TestWithParam<Row> {};
TEST_P(Nfc, Composes) { EXPECT_EQ(nfc(GetParam().input), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(Texts, Nfc,
                         testing::ValuesIn(std::vector<Row>{
                             {"ascii", "wren", "wren"},
                             {"composed", "été", "été"},
                             {"decomposed", "e\u0301te\u0301", "été"},
                             {"decomposed_after_plain_text", "a long plain beginning, then e\u0301",
                              "a long plain beginning, then é"},
                             {"cyrillic_composed", "йод", "йод"},
                             {"cyrillic_decomposed", "\u0438\u0306од", "йод"},
                             {"hangul_jamo", "\u1112\u1161\u11AB", "한"},
                             {"angstrom_sign", "\u212B", "Å"},
                             {"en_quad", "a\u2000b", "a\u2002b"},
                             {"typographic", "l’été… «\u202Fvu\u202F»", "l’été… «\u202Fvu\u202F»"},
                             {"emoji", "🐦👍🏽", "🐦👍🏽"},
                             {"ideographs", "漢字", "漢字"},
                             {"compatibility_ideograph", "\uF900", "豈"},
                             {"greek_tone", "\u1F71", "ά"},
                             {"musical", "\U0001D15E", "\U0001D157\U0001D165"},
                         }),
                         name_of<Row>);

class FoldName : public testing::TestWithParam<Row> {};
TEST_P(FoldName, Compares) {
    EXPECT_EQ(fold_name(GetParam().input), GetParam().expected);
    EXPECT_EQ(fold_name(GetParam().expected), GetParam().expected) << "folding twice";
}
INSTANTIATE_TEST_SUITE_P(Names, FoldName,
                         testing::ValuesIn(std::vector<Row>{
                             {"empty", "", ""},
                             {"only_spaces", " \u00A0\t", ""},
                             {"case", "Anne MARTIN", "anne martin"},
                             {"accents_kept", "Hélène ÉTÉ À Ý", "hélène été à ý"},
                             {"times_sign", "A×B ÷", "a×b ÷"},
                             {"decomposed", "He\u0301le\u0300ne", "hélène"},
                             {"sharp_s", "Strauß", "strauss"},
                             {"white_space", "  Ann \u00A0\u202F\t Fake \r\n", "ann fake"},
                             {"zero_width", "An\u200Bn\u2060 F\u00ADake\uFEFF", "ann fake"},
                             {"bidi", "\u200EAnn\u202E Fake\u202C", "ann fake"},
                             {"fullwidth", "Ａｎｎ　Ｆａｋｅ", "ann fake"},
                             {"ligature", "ﬁnance", "finance"},
                             {"typographic_apostrophe_stays", "L’Été", "l’été"},
                             {"oe", "Cœur ŒUVRE", "cœur œuvre"},
                             {"greek_sigma", "ΟΔΟΣ", "οδοσ"},
                             {"cyrillic", "Йод", "йод"},
                             {"turkish_dot", "İ", "i\u0307"},
                             {"emoji_selector", "Birds ❤\uFE0F", "birds ❤"},
                             {"guillemets", "« Bois »", "« bois »"},
                             {"line_separator", "a\u2028b", "a b"},
                             {"hidden_end", "Ann \u200B", "ann"},
                         }),
                         name_of<Row>);

class FoldSearch : public testing::TestWithParam<Row> {};
TEST_P(FoldSearch, LosesAccents) {
    EXPECT_EQ(fold_search(GetParam().input), GetParam().expected);
    EXPECT_EQ(fold_search(GetParam().expected), GetParam().expected) << "folding twice";
}
INSTANTIATE_TEST_SUITE_P(Words, FoldSearch,
                         testing::ValuesIn(std::vector<Row>{
                             {"summer", "Été", "ete"},
                             {"all_of_latin1", "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝÿ", "aaaaaaceeeeiiiinooooouuuuyy"},
                             {"ligatures", "Cœur, ÆON", "coeur, aeon"},
                             {"strokes", "Łódź Ørsted đ", "lodz orsted d"},
                             {"thorn_eth", "Þór ð", "thor d"},
                             {"times_sign", "3×4÷2", "3×4÷2"},
                             {"decomposed", "e\u0302tre", "etre"},
                             {"apostrophes", "l’été l‘ete", "l'ete l'ete"},
                             {"vietnamese", "Nguyễn", "nguyen"},
                             {"polish", "Żółć", "zolc"},
                             {"turkish", "İstanbul ılık", "istanbul ilik"},
                             {"greek", "Ώρα", "ωρα"},
                             {"russian", "Йод", "иод"},
                             {"kana_voicing_stays", "が", "が"},
                             {"thai_signs_stay", "ที่", "ที่"},
                             {"guillemets", "«Été»", "«ete»"},
                         }),
                         name_of<Row>);

TEST(StripBidi, RemovesOnlyTheMarks) {
    EXPECT_EQ(strip_bidi("\u200Ea\u200Fb\u202Ac\u202Ed\u2066e\u2069f\uFEFFg"), "abcdefg");
    EXPECT_EQ(strip_bidi("a\u200Db\u2026 é\uFF01"), "a\u200Db\u2026 é\uFF01");
    EXPECT_EQ(strip_bidi("plain"), "plain");
}

TEST(Trim, TakesEveryWhiteSpaceFromBothEnds) {
    EXPECT_EQ(trim("\u00A0\u202F \t a\u00A0b \u3000\u2028\r\n"), "a\u00A0b");
    EXPECT_EQ(trim("\u200Ba"), "\u200Ba");
    EXPECT_EQ(trim(" \u00A0"), "");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim("é"), "é");
}

TEST(Trim, StopsAtIllFormedBytes) {
    EXPECT_EQ(trim(" \xA0"), "\xA0");
    EXPECT_EQ(trim("\x80\x80\x80\x80\x80 "), "\x80\x80\x80\x80\x80");
}

// ---- mojibake

/// Each byte written as one code point, as Meta does it.
std::string meta(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            result += c;
        } else {
            result += static_cast<char>(0xC0 | byte >> 6);
            result += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return result;
}

class Mojibake : public testing::TestWithParam<Row> {};
TEST_P(Mojibake, IsRepaired) { EXPECT_EQ(repair_mojibake(GetParam().input), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(Texts, Mojibake,
                         testing::ValuesIn(std::vector<Row>{
                             {"ascii", "plain text", "plain text"},
                             {"e_acute", "Caf\u00C3\u00A9 & Code", "Café & Code"},
                             {"a_grave_is_a_no_break_space", "d\u00C3\u00A9j\u00C3\u00A0", "déjà"},
                             {"dash", "a \u00E2\u0080\u0093 b", "a – b"},
                             {"emoji", meta("Birds 🐦"), "Birds 🐦"},
                             {"cyrillic", meta("Привет, на"), "Привет, на"},
                             {"one_cyrillic_letter", meta("я"), "я"},
                             {"omega_alone", meta("100 Ω"), "100 Ω"},
                             {"no_break_space", meta("10\u00A0€"), "10\u00A0€"},
                             {"correct_french", "Hélène était là, à Liège", "Hélène était là, à Liège"},
                             {"correct_quality", "QUALITÉ\u00A0!", "QUALITÉ\u00A0!"},
                             {"correct_guillemets", "«\u00A0CAFÉ\u00A0»", "«\u00A0CAFÉ\u00A0»"},
                             {"correct_closing_quote", "CAFÉ»", "CAFÉ»"},
                             {"correct_cyrillic", "Привет", "Привет"},
                             {"correct_emoji", "Fête 🐦", "Fête 🐦"},
                             {"correct_latin1_sign", "5 £ ½ ©", "5 £ ½ ©"},
                             {"mixed_in_order", "Café, " + meta("café"), "Café, café"},
                             {"mixed_the_other_way", meta("été") + " et été", "été et été"},
                             {"mixed_above_latin1", "“" + meta("é🐦") + "” …", "“é🐦” …"},
                             {"mixed_next_to_each_other", "é" + meta("è"), "éè"},
                             {"mixed_keeps_capital_and_space", "« CAFÉ\u00A0! » “x”", "« CAFÉ\u00A0! » “x”"},
                             {"cut_sequence", meta("é") + "\u00E2\u0080", "é\u00E2\u0080"},
                             {"surrogates_stay", "\u00ED\u00A0\u0080", "\u00ED\u00A0\u0080"},
                             {"overlong_stays", "\u00C0\u00AF", "\u00C0\u00AF"},
                             {"ill_formed_byte_stays", "\xFF" + meta("é"), "\xFF"s + "é"},
                             {"once_only", meta(meta("é")), meta("é")},
                         }),
                         name_of<Row>);

// ---- showing

class Quote : public testing::TestWithParam<Row> {};
TEST_P(Quote, ShowsAValue) { EXPECT_EQ(quote(GetParam().input), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(Values, Quote,
                         testing::ValuesIn(std::vector<Row>{
                             {"plain", "2026-13-01", "2026-13-01"},
                             {"forty_stay", std::string(40, 'x'), std::string(40, 'x')},
                             {"forty_one_are_cut", std::string(41, 'x'), std::string(40, 'x') + "…"},
                             {"code_points_not_bytes", "éééééééééééééééééééééééééééééééééééééééé",
                              "éééééééééééééééééééééééééééééééééééééééé"},
                             {"escape", "\x1B[31mred", "\\x1b[31mred"},
                             {"nul_and_line_break", "a\0b\nc"s, "a\\x00b\\x0ac"},
                             {"c1", "a\u009Bb\x7F", "a\\x9bb\\x7f"},
                             {"ill_formed", "caf\xE9!", "caf\\xe9!"},
                             {"bidi", "abc\u202Etxt", "abc\\u202etxt"},
                         }),
                         name_of<Row>);

TEST(Quote, NeverShowsMoreThanFortyCharactersOfTheValue) {
    const std::string shown = quote(std::string(100'000, '\x01'));
    EXPECT_EQ(shown.size(), 40 * 4 + std::string_view("…").size());
}

class ForTerminal : public testing::TestWithParam<Row> {};
TEST_P(ForTerminal, IsHarmless) {
    const std::string shown = for_terminal(GetParam().input);
    EXPECT_EQ(shown, GetParam().expected);
    EXPECT_EQ(for_terminal(shown), shown);
}
INSTANTIATE_TEST_SUITE_P(Texts, ForTerminal,
                         testing::ValuesIn(std::vector<Row>{
                             {"plain", "Hélène 🐦", "Hélène 🐦"},
                             {"colour", "\x1B[31mred\x1B[0m", "␛[31mred␛[0m"},
                             {"title", "\x1B]0;owned\x07", "␛]0;owned␇"},
                             {"c1_csi", "\u009B31m", "\uFFFD31m"},
                             {"raw_c1_byte",
                              "\x9B"
                              "31m",
                              "\uFFFD31m"},
                             {"line_breaks", "a\nb\r\nc\rd\u2028e\u0085f", "a b c d e f"},
                             {"tab", "a\tb", "a b"},
                             {"backspace_and_delete", "a\bb\x7F", "a␈b␡"},
                             {"nul", "a\0b"s, "a␀b"},
                             {"right_to_left_override", "gpj.\u202Eexe\u202C", "gpj.exe"},
                             {"isolates_and_marks", "\u2066a\u2069\u200E\u200F\u061C", "a"},
                             {"joined_emoji_stay", "👩\u200D👧", "👩\u200D👧"},
                         }),
                         name_of<Row>);

TEST(ForTerminal, LeavesNoControlOfAnyKind) {
    std::string every;
    for (int c = 0; c < 256; ++c) every += static_cast<char>(c);
    const std::string shown = for_terminal(every);
    EXPECT_TRUE(is_valid_utf8(shown));
    for (const char c : shown) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
}

TEST(ForTerminalLines, KeepsOnlyTheLineBreaks) {
    EXPECT_EQ(for_terminal_lines("a\x1B\r\nb\tc\n"), "a␛\nb c\n");
    EXPECT_EQ(for_terminal_lines("\n\nx"), "\n\nx");
    EXPECT_EQ(for_terminal_lines(""), "");
}

struct WidthCase {
    const char* name;
    std::string text;
    std::size_t columns;
};
void PrintTo(const WidthCase& row, std::ostream* out) { *out << row.name; }
class Width : public testing::TestWithParam<WidthCase> {};
TEST_P(Width, CountsColumns) { EXPECT_EQ(display_width(GetParam().text), GetParam().columns); }
INSTANTIATE_TEST_SUITE_P(Texts, Width,
                         testing::ValuesIn(std::vector<WidthCase>{
                             {"empty", "", 0},
                             {"ascii", "wren", 4},
                             {"accents", "été", 3},
                             {"decomposed", "e\u0301te\u0301", 3},
                             {"no_break_space", "a\u00A0b\u202Fc", 5},
                             {"ideographs", "漢字", 4},
                             {"fullwidth", "Ａ", 2},
                             {"hangul", "한국", 4},
                             {"hangul_jamo", "\u1112\u1161\u11AB", 2},
                             {"emoji", "🐦", 2},
                             {"skin_tone", "👍🏽", 2},
                             {"family", "👩\u200D👩\u200D👧", 2},
                             {"heart_with_selector", "❤\uFE0F", 2},
                             {"heart_as_text", "❤", 1},
                             {"flag", "🇧🇪", 2},
                             {"zero_width_space", "a\u200Bb", 2},
                             {"bidi", "\u202Eab", 2},
                             {"ill_formed", "a\xFF", 2},
                             {"typographic", "“a”…", 4},
                         }),
                         name_of<WidthCase>);

struct FitCase {
    const char* name;
    std::string text;
    std::size_t columns;
    std::string expected;
};
void PrintTo(const FitCase& row, std::ostream* out) { *out << row.name; }
class Fit : public testing::TestWithParam<FitCase> {};
TEST_P(Fit, CutsToTheColumns) {
    const std::string fitted = fit_width(GetParam().text, GetParam().columns);
    EXPECT_EQ(fitted, GetParam().expected);
    EXPECT_LE(display_width(fitted), GetParam().columns);
}
INSTANTIATE_TEST_SUITE_P(Texts, Fit,
                         testing::ValuesIn(std::vector<FitCase>{
                             {"fits", "wrens", 5, "wrens"},
                             {"cut", "wrens", 4, "wre…"},
                             {"one_column", "wrens", 1, "…"},
                             {"no_column", "wrens", 0, ""},
                             {"accents", "étééé", 4, "été…"},
                             {"marks_stay_with_their_letter", "e\u0301e\u0301e\u0301", 2, "e\u0301…"},
                             {"wide_does_not_half_fit", "漢字漢", 4, "漢…"},
                             {"wide_exact", "漢字漢", 5, "漢字…"},
                             {"family_in_one_piece", "👩\u200D👧👩\u200D👧", 3, "👩\u200D👧…"},
                             {"trailing_marks_fit", "ab\u200B", 2, "ab\u200B"},
                         }),
                         name_of<FitCase>);

// ---- words

struct WordCase {
    const char* name;
    std::string text;
    std::uint32_t words;
};
void PrintTo(const WordCase& row, std::ostream* out) { *out << row.name; }
class Words : public testing::TestWithParam<WordCase> {};
TEST_P(Words, AreCounted) { EXPECT_EQ(count_words(GetParam().text), GetParam().words); }
INSTANTIATE_TEST_SUITE_P(Texts, Words,
                         testing::ValuesIn(std::vector<WordCase>{
                             {"empty", "", 0},
                             {"punctuation", "... -- ' - !", 0},
                             {"plain", "I saw a wren", 4},
                             {"french", "J’ai vu l'été aujourd’hui", 4},
                             {"hyphens", "c’est-à-dire peut-être", 2},
                             {"hyphen_at_the_ends", "-a- 'b'", 2},
                             {"double_hyphen_splits", "a--b", 2},
                             {"digits", "3 wrens, 14:30", 4},
                             {"accents_do_not_split", "hélène ÇA œuvre", 3},
                             {"decomposed", "e\u0301te\u0301", 1},
                             {"soft_hyphen", "jar\u00ADdin", 1},
                             {"no_break_space", "10\u00A0000\u202Feuros", 3},
                             {"guillemets", "«\u202Foui\u202F»", 1},
                             {"ellipsis_and_dash", "oui…non–si", 3},
                             {"cyrillic", "Привет, как дела?", 3},
                             {"greek", "καλημέρα κόσμε", 2},
                             {"arabic", "مرحبا، كيف الحال؟", 3},
                             {"arabic_vowels", "مَرْحَبًا", 1},
                             {"hebrew", "שלום עולם", 2},
                             {"hindi_joined", "क्‍ष नमस्ते", 2},
                             {"ideographs_are_words", "我喜欢鸟", 4},
                             {"japanese", "鳥が好き", 4},
                             {"korean", "새를 보았다", 2},
                             {"emoji", "👍🏽 🐦 🇧🇪 ❤\uFE0F", 0},
                             {"emoji_splits", "oui🐦non", 2},
                             {"fancy_letters", "𝓗𝓮𝓵𝓵𝓸 you", 2},
                             {"ukrainian_apostrophe", "п\u02BCять", 1},
                             {"ill_formed", "caf\xE9 noir", 2},
                             {"times", "3×4", 2},
                         }),
                         name_of<WordCase>);

TEST_P(Words, AreCountedWhereverTheyStand) {
    // The counter works on blocks of characters: no place in a block may matter.
    for (std::size_t before = 0; before < 140; ++before) {
        const std::string spaces(before, ' '), letters = std::string(before, 'x') + ' ';
        EXPECT_EQ(count_words(spaces + GetParam().text), GetParam().words) << before;
        EXPECT_EQ(count_words(letters + GetParam().text), GetParam().words + (before > 0 ? 1U : 0U)) << before;
        EXPECT_EQ(count_words(GetParam().text + ' ' + spaces + "y-z"), GetParam().words + 1) << before;
    }
}

// ---- links

struct LinkCase {
    const char* name;
    std::string text;
    std::vector<std::string_view> links;
};
void PrintTo(const LinkCase& row, std::ostream* out) { *out << row.name; }
class Links : public testing::TestWithParam<LinkCase> {};
TEST_P(Links, AreFoundAsWritten) { EXPECT_EQ(find_links(GetParam().text), GetParam().links); }
INSTANTIATE_TEST_SUITE_P(
    Texts, Links,
    testing::ValuesIn(std::vector<LinkCase>{
        {"none", "see: //no such http:// thing", {}},
        {"plain", "see https://a.example/x now", {"https://a.example/x"}},
        {"two", "http://a.example, https://b.example.", {"http://a.example", "https://b.example"}},
        {"capitals", "HTTPS://A.example/X", {"HTTPS://A.example/X"}},
        {"sentence_end", "https://a.example/x?y=1!", {"https://a.example/x?y=1"}},
        {"parentheses_around", "(https://a.example/x)", {"https://a.example/x"}},
        {"parentheses_inside", "https://a.example/Wren_(bird)", {"https://a.example/Wren_(bird)"}},
        {"markdown", "[wren](https://a.example/x).", {"https://a.example/x"}},
        {"angle_brackets", "<https://a.example/x>", {"https://a.example/x"}},
        {"french_quotes", "«\u202Fhttps://a.example/x\u202F» “https://b.example”", {"https://a.example/x", "https://b.example"}},
        {"bold", "*https://a.example/x*", {"https://a.example/x"}},
        {"accents", "https://a.example/été suite", {"https://a.example/été"}},
        {"ideographic_stop", "https://a.example/x。次", {"https://a.example/x"}},
        {"other_scheme", "ftp://a.example file:///etc", {}},
        {"only_a_scheme", "https://", {}},
        {"only_punctuation", "https://... http://)", {}},
        {"link_in_a_link", "https://a.example/?u=https://b.example/", {"https://a.example/?u=https://b.example/"}},
        {"after_a_bad_one", "x://https://a.example", {"https://a.example"}},
        {"at_the_end_of_text", "https://a.example", {"https://a.example"}},
        {"line_break", "https://a.example\nhttps://b.example", {"https://a.example", "https://b.example"}},
        {"hidden_mark", "https://a.example\u200Btext", {"https://a.example"}},
    }),
    name_of<LinkCase>);

class Url : public testing::TestWithParam<Row> {};
TEST_P(Url, HasOneSpelling) {
    EXPECT_EQ(normalise_url(GetParam().input), GetParam().expected);
    EXPECT_EQ(normalise_url(GetParam().expected), GetParam().expected) << "twice";
}
INSTANTIATE_TEST_SUITE_P(
    Urls, Url,
    testing::ValuesIn(std::vector<Row>{
        {"empty", "", ""},
        {"host_case", "HTTPS://WWW.Example.COM/Path", "example.com/Path"},
        {"slash", "http://a.example/", "a.example"},
        {"slashes", "http://a.example/x//", "a.example/x"},
        {"slash_before_query", "https://a.example/x/?b=1", "a.example/x?b=1"},
        {"no_scheme", "www.a.example/x", "a.example/x"},
        {"fragment", "https://a.example/x#part?utm_source=b", "a.example/x"},
        {"port", "https://a.example:443/x", "a.example/x"},
        {"other_port", "https://a.example:8443/x", "a.example:8443/x"},
        {"user", "https://ann:secret@a.example/x", "a.example/x"},
        {"final_dot", "https://a.example./x", "a.example/x"},
        {"tracking", "https://a.example/x?utm_source=n&UTM_Medium=m&fbclid=1&gclid=2&igshid=3&ref_src=t&si=4", "a.example/x"},
        {"tracking_amid", "https://a.example/x?b=2&fbclid=zz&a=1", "a.example/x?b=2&a=1"},
        {"nothing_sorted", "https://a.example/?z=1&a=2", "a.example?z=1&a=2"},
        {"look_alikes_stay", "https://a.example/?site=1&sid=2&ref=3&utm=4", "a.example?site=1&sid=2&ref=3&utm=4"},
        {"video", "https://www.youtube.com/watch?v=AbC&si=xyz&t=10", "youtube.com/watch?v=AbC&t=10"},
        {"empty_query", "https://a.example/x?", "a.example/x"},
        {"empty_parameters", "https://a.example/x?&a=1&&", "a.example/x?a=1"},
        {"escaped_letters", "https://a.example/%41%7e%c3%a9", "a.example/A~%C3%A9"},
        {"plain_accent", "https://a.example/é", "a.example/%C3%A9"},
        {"escaped_urn", "https://a.example/urn%3Ali%3Agroup%3A1", "a.example/urn:li:group:1"},
        {"escaped_slash_stays", "https://a.example/a%2fb%26c", "a.example/a%2Fb%26c"},
        {"broken_escape", "https://a.example/100%", "a.example/100%25"},
        {"link_in_query", "a.example/?u=https://b.example/", "a.example?u=https://b.example/"},
        {"spaces_around", " https://a.example/x\u00A0", "a.example/x"},
        {"international_host", "https://ÉTÉ.example", "été.example"},
    }),
    name_of<Row>);

TEST(PercentDecode, DecodesOnlyWholeEscapes) {
    EXPECT_EQ(percent_decode("urn%3Ali%3agroup"), "urn:li:group");
    EXPECT_EQ(percent_decode("caf%C3%A9+au+lait"), "café+au+lait");
    EXPECT_EQ(percent_decode("100% %4 %zz %"), "100% %4 %zz %");
    EXPECT_EQ(percent_decode("%253A"), "%3A");
    EXPECT_EQ(percent_decode("%FFx"), "\uFFFDx");
}

// ---- small parsers

TEST(Split, KeepsEmptyParts) {
    using Parts = std::vector<std::string_view>;
    EXPECT_EQ(split("a;b;;", ';'), (Parts{"a", "b", "", ""}));
    EXPECT_EQ(split("", ';'), (Parts{""}));
    EXPECT_EQ(split("abc", ';'), (Parts{"abc"}));
}

TEST(ParseInteger, TakesTheWholeTextOrNothing) {
    EXPECT_EQ(parse_integer("0"), 0);
    EXPECT_EQ(parse_integer("+42"), 42);
    EXPECT_EQ(parse_integer("-9223372036854775808"), INT64_MIN);
    for (const char* text : {"", "+", "-", "+-1", "1 ", " 1", "1.0", "0x10", "9223372036854775808", "1e3"})
        EXPECT_EQ(parse_integer(text), std::nullopt) << text;
}

TEST(ParseNumber, KnowsNoLocaleAndNoInfinity) {
    EXPECT_EQ(parse_number("1.5"), 1.5);
    EXPECT_EQ(parse_number("-2"), -2.0);
    EXPECT_EQ(parse_number("+1e3"), 1000.0);
    for (const char* text : {"", "1,5", "inf", "nan", "-", "1.5 ", "+-1", "1e999"})
        EXPECT_EQ(parse_number(text), std::nullopt) << text;
}

}  // namespace secateur::text_test

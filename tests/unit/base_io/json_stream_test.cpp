// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_stream.hpp"

#include <gmock/gmock.h>

#include "tests/unit/base_io/json_events.hpp"

namespace secateur::test {
namespace json_stream_test {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

using Lines = std::vector<std::string>;

constexpr std::string_view chats = R"({
 "about": "Here is the data you requested.",
 "chats": {
  "about": "This page lists all chats",
  "list": [
   {"name": "Choir", "type": "private_group", "id": 4001, "messages": [{"id": 1, "text": "Hello"}, {"id": 2, "text": ["a", {"b": []}]}]},
   {"name": "Run club", "id": 4002, "messages": []},
   {"id": 4003, "messages": [{"id": 7}], "name": "Late"}
  ]
 },
 "left_chats": {"list": [{"name": "Old", "messages": [{"id": 9}]}]}
})";

struct PatternCase {
    const char* name;
    std::string_view document;
    std::vector<JsonPattern> patterns;
    Lines expected;
};
void PrintTo(const PatternCase& c, std::ostream* out) { *out << c.name; }

class JsonPatterns : public ::testing::TestWithParam<PatternCase> {};

TEST_P(JsonPatterns, DeliversInDocumentOrderWhateverTheReadSize) {
    const PatternCase& c = GetParam();
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{1} << 20}) {
        const Reading reading = read_events(c.document, c.patterns, {}, step);
        EXPECT_EQ(reading.outcome.end, JsonEnd::complete) << reading.outcome.problem.reason.id << " step " << step;
        EXPECT_THAT(reading.lines, ElementsAreArray(c.expected)) << "step " << step;
        EXPECT_EQ(reading.outcome.bytes, c.document.size());
    }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, JsonPatterns,
    testing::ValuesIn<PatternCase>({
        {"NestedArrays",
                    chats,
                    {value_at("chats.list[*].messages[*]")},
                    {R"(0 messages = {"id":1,"text":"Hello"})", R"(0 messages = {"id":2,"text":["a",{"b":[]}]})",
                     R"(0 messages = {"id":7})"}},
        {"SiblingsWithinAScope",
                    chats,
                    {scope_at("chats.list[*]"), value_at("chats.list[*].name"), value_at("chats.list[*].messages[*]")},
                    {"0 begins with {", R"(1 name = "Choir")", R"(2 messages = {"id":1,"text":"Hello"})",
                     R"(2 messages = {"id":2,"text":["a",{"b":[]}]})", "0 ends", "0 begins with {", R"(1 name = "Run club")",
                     "0 ends", "0 begins with {", R"(2 messages = {"id":7})", R"(1 name = "Late")", "0 ends"}},
        {"ScopesInsideOneAnother",
                    chats,
                    {scope_at("left_chats"), scope_at("left_chats.list"), value_at("left_chats.list[*].name")},
                    {"0 begins with {", "1 begins with [", R"(2 name = "Old")", "1 ends", "0 ends"}},
        {"AnyMemberName",
                    chats,
                    {value_at("*.list[*].name")},
                    {R"(0 chats = "Choir")", R"(0 chats = "Run club")", R"(0 chats = "Late")", R"(0 left_chats = "Old")"}},
        {"AnyMemberOfTheRoot",
                    R"({"a": 1, "b": [2, 3], "c": {"d": 4}})",
                    {value_at("*")},
                    {"0 a = 1", "0 b = [2,3]", R"(0 c = {"d":4})"}},
        {"ElementsUnderAnyName",
                    R"({"a": 1, "b": [2, 3], "c": {"d": 4}, "e": [[5]]})",
                    {value_at("*[*]")},
                    {"0 b = 2", "0 b = 3", "0 e = [5]"}},
        {"RootArray",
                    R"([1, "two", null, true, {"x": 3.50}, []])",
                    {value_at("[*]")},
                    {"0 = 1", R"(0 = "two")", "0 = null", "0 = true", R"(0 = {"x":3.50})", "0 = []"}},
        {"ArrayInArray", "[[1, [2]], 3, [4]]", {value_at("[*][*]")}, {"0 = 1", "0 = [2]", "0 = 4"}},
        {"WholeDocument", R"({"a": [1, {"b": null}]})", {value_at("")}, {R"(0 = {"a":[1,{"b":null}]})"}},
        {"WholeDocumentThatIsAScalar", "  -12.5e3 ", {value_at("")}, {"0 = -12.5e3"}},
        {"ScopeOfTheWholeDocument", "[]", {scope_at("")}, {"0 begins with [", "0 ends"}},
        {"OverlappingPatterns",
                    R"({"a": {"b": 1}, "c": {"b": 2}})",
                    {value_at("a.b"), value_at("*.b")},
                    {"0 b = 1", "1 a = 1", "1 c = 2"}},
        {"InnerPatternsStaySilentInsideAValue",
                    R"({"a": {"b": 1}, "c": 2})",
                    {value_at("a"), value_at("a.b"), scope_at("a"), value_at("c")},
                    {R"(0 a = {"b":1})", "3 c = 2"}},
        {"DuplicateKeys", R"({"a": 1, "a": {"b": 2}, "a": 3})", {value_at("a")}, {"0 a = 1", R"(0 a = {"b":2})", "0 a = 3"}},
        {"AnotherKindThanThePatternSays",
                    R"({"list": {"0": {"id": 1}}, "list": 5, "list": [{"id": 2}]})",
                    {value_at("list[*].id")},
                    {"0 id = 2"}},
        {"NothingMatches", chats, {value_at("stories.list[*]"), scope_at("chats.list[*].members")}, {}},
        {"NoPattern", chats, {}, {}},
        {"PrefixOfANameIsAnotherName", R"({"chat": 1, "chats": 2, "": 3, "chatss": 4})", {value_at("chats")}, {"0 chats = 2"}},
        {"EscapedNameMatches", R"({"cha\u0074s": 2, "ch\\ats": 3})", {value_at("chats")}, {"0 chats = 2"}},
        {"ByteOrderMark", "\xEF\xBB\xBF[7]", {value_at("[*]")}, {"0 = 7"}}}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(JsonStream, PlaceOfAValueIsItsBytes) {
    const Reading reading = read_events(chats, {value_at("chats.list[*].messages[*]"), value_at("chats.list[*].name")});
    EXPECT_THAT(reading.sources,
                ElementsAre("\"Choir\"", R"({"id": 1, "text": "Hello"})", R"({"id": 2, "text": ["a", {"b": []}]})",
                            "\"Run club\"", R"({"id": 7})", "\"Late\""));
    EXPECT_THAT(reading.records, ElementsAre(1U, 1U, 2U, 2U, 3U, 3U));
}

TEST(JsonStream, PlacesOfScalarsAndAfterAByteOrderMark) {
    const std::string_view document = "\xEF\xBB\xBF [ 12 ,-3.5e2,\"\\u00e9\\n\",true, null , false]";
    for (const std::size_t step : {std::size_t{1}, std::size_t{1} << 20}) {
        const Reading reading = read_events(document, {value_at("[*]")}, {}, step);
        EXPECT_THAT(reading.sources, ElementsAre("12", "-3.5e2", "\"\\u00e9\\n\"", "true", "null", "false"));
    }
}

TEST(JsonStream, StopsWhereTheHandlerSays) {
    for (std::size_t count = 1; count <= 7; ++count) {
        SlowStream stream(chats, 16);
        EventLog log(chats);
        log.stop_after = count;
        const JsonOutcome outcome = read_json(stream, "result.json", {scope_at("chats.list[*]"), value_at("chats.list[*].name"),
                                                                      value_at("chats.list[*].messages[*]")}, log);
        EXPECT_EQ(outcome.end, JsonEnd::stopped);
        EXPECT_EQ(log.lines.size(), count);
    }
}

TEST(JsonStream, LinesAreDocumentsOnRequest) {
    JsonOptions options;
    options.many_documents = true;
    const std::string_view document = "{\"id\": 1}\n\n{\"id\": 2}\r\n[3]\n{\"id\": 4}";
    const Reading reading = read_events(document, {value_at("id"), value_at("")}, options, 3);
    EXPECT_EQ(reading.outcome.end, JsonEnd::complete);
    EXPECT_THAT(reading.records, ElementsAre(1U, 2U, 3U, 4U));
    EXPECT_EQ(read_events("", {value_at("")}, options).outcome.end, JsonEnd::complete);
    EXPECT_EQ(read_events("\n", {value_at("")}, options).outcome.end, JsonEnd::complete);
}

TEST(JsonStream, LinesBeforeABrokenOneStand) {
    JsonOptions options;
    options.many_documents = true;
    const Reading reading = read_events("{\"id\": 1}\n{\"id\": 2}\n{\"id\": }\n{\"id\": 4}\n", {value_at("id")}, options);
    EXPECT_EQ(reading.outcome.end, JsonEnd::broken);
    EXPECT_EQ(reading.outcome.problem.where.line, 3U);
    EXPECT_THAT(reading.lines, ElementsAre("0 id = 1", "0 id = 2"));
}

struct BrokenCase {
    const char* name;
    std::string document;
    const char* reason;
    std::uint64_t line;
    std::uint64_t offset;
};
void PrintTo(const BrokenCase& c, std::ostream* out) { *out << c.name; }

class JsonBroken : public ::testing::TestWithParam<BrokenCase> {};

TEST_P(JsonBroken, SaysWhatAndWhere) {
    const BrokenCase& c = GetParam();
    for (const std::size_t step : {std::size_t{1}, std::size_t{1} << 20}) {
        const Reading reading = read_events(c.document, {value_at("")}, {}, step);
        ASSERT_EQ(reading.outcome.end, JsonEnd::broken);
        EXPECT_EQ(reading.outcome.problem.kind, ErrorKind::input);
        EXPECT_EQ(reading.outcome.problem.reason.id, c.reason);
        EXPECT_EQ(reading.outcome.problem.where.entry, "result.json");
        EXPECT_EQ(reading.outcome.problem.where.line, c.line);
        EXPECT_EQ(reading.outcome.problem.where.offset, c.offset);
        EXPECT_FALSE(reading.outcome.problem.hint.empty());
    }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, JsonBroken,
    testing::ValuesIn<BrokenCase>({
        {"Empty", "", "json.empty", 1, 0}, {"OnlySpace", " \n\n", "json.empty", 3, 3},
        {"CutInAnArray", "[1,\n2,", "json.cut_off", 2, 6},
        {"CutInAString", "[\"abc", "json.cut_off", 1, 5},
        {"CutInAnEscape", "[\"ab\\u00", "json.cut_off", 1, 8},
        {"CutInALiteral", "[tru", "json.cut_off", 1, 4},
        {"TwoDocuments", "[1]\n[2]", "json.text_after_end", 2, 4},
        {"NulAfterTheEnd", std::string("[1]\n\0", 5), "json.text_after_end", 2, 4},
        {"NulBetweenTokens", std::string("[1,\0 2]", 7), "json.value_missing", 1, 3},
        {"NulInAString", std::string("[\"a\0b\"]", 7), "json.string_wrong", 1, 3},
        {"WebPage", "<!DOCTYPE html>\n", "json.value_missing", 1, 0},
        {"NoValue", "[1,\n ,2]", "json.value_missing", 2, 5},
        {"TrailingComma", "[1,]", "json.value_missing", 1, 3},
        {"NameWithoutQuotes", "{a: 1}", "json.name_missing", 1, 1},
        {"NoColon", "{\"a\" 1}", "json.colon_missing", 1, 5},
        {"NoComma", "[1\n 2]", "json.comma_missing", 2, 4},
        {"WrongBracket", "[1}", "json.comma_missing", 1, 2},
        {"RawLineBreakInAString", "[\"a\nb\"]", "json.string_wrong", 1, 3},
        {"UnknownEscape", "[\"a\\q\"]", "json.string_wrong", 1, 3},
        {"HexEscapeUnrepaired", "[\"a\\x1f\"]", "json.string_wrong", 1, 3},
        {"ShortUnicodeEscape", "[\"a\\u12z4\"]", "json.string_wrong", 1, 3},
        {"NumberWithoutFraction", "[1.]", "json.number_wrong", 1, 3},
        {"NumberTooBig", "[1e999]", "json.number_wrong", 1, 1},
        {"Infinity", "[Infinity]", "json.value_missing", 1, 1}}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(JsonStream, BrokenEndKeepsWhatWasDelivered) {
    const Reading reading = read_events("[{\"id\": 1}, {\"id\": 2}, {\"id\" 3}, {\"id\": 4}]", {value_at("[*]")});
    EXPECT_EQ(reading.outcome.end, JsonEnd::broken);
    EXPECT_THAT(reading.lines, ElementsAre(R"(0 = {"id":1})", R"(0 = {"id":2})"));
}

TEST(JsonStream, DocumentCutAtEveryByteDeliversAPrefix) {
    const std::vector<JsonPattern> patterns = {scope_at("chats.list[*]"), value_at("chats.list[*].name"),
                                               value_at("chats.list[*].messages[*]")};
    JsonOptions options;
    options.repair_hex_escapes = true;
    options.repair_bare_tokens = true;
    const Lines whole = read_events(chats, patterns).lines;
    for (std::size_t size = 0; size < chats.size(); ++size) {
        for (const JsonOptions& given : {JsonOptions{}, options}) {
            const Reading reading = read_events(chats.substr(0, size), patterns, given, 13);
            ASSERT_EQ(reading.outcome.end, JsonEnd::broken) << size;
            ASSERT_TRUE(std::equal(reading.lines.begin(), reading.lines.end(), whole.begin())) << size;
        }
    }
}

TEST(JsonStream, AnyByteChangedNeverCrashes) {
    const std::vector<JsonPattern> patterns = {scope_at("chats.list[*]"), value_at("chats.list[*].messages[*]")};
    JsonOptions options;
    options.repair_hex_escapes = true;
    options.repair_bare_tokens = true;
    for (std::size_t at = 0; at < chats.size(); ++at) {
        for (const char c : {'\0', '"', '\\', '}', 'x'}) {
            std::string document(chats);
            document[at] = c;
            const Reading plain = read_events(document, patterns, {}, 64);
            const Reading repaired = read_events(document, patterns, options, 1);
            EXPECT_LE(plain.outcome.bytes, document.size());
            // Repairs only ever read further.
            if (plain.outcome.end == JsonEnd::complete) {
                EXPECT_EQ(repaired.lines, plain.lines) << at << c;
            }
        }
    }
}

TEST(JsonStream, HostileNestingIsRefusedOrSkipped) {
    const std::string open(1'000'000, '[');
    EXPECT_EQ(read_events(open, {value_at("a")}).outcome.problem.reason.id, "json.cut_off");
    EXPECT_EQ(read_events(open, {value_at("")}).outcome.problem.reason.id, "json.value_too_deep");
    std::string objects;
    for (int i = 0; i < 200'000; ++i) objects += "{\"a\":";
    EXPECT_EQ(read_events(objects, {value_at("a.b")}).outcome.problem.reason.id, "json.cut_off");

    const std::string deep = std::string(50'000, '[') + std::string(50'000, ']');
    const std::string document = "{\"junk\": " + deep + ", \"a\": 1}";
    EXPECT_THAT(read_events(document, {value_at("a")}).lines, ElementsAre("0 a = 1"));
    const auto nested = [](int depth) {
        const auto times = static_cast<std::size_t>(depth);
        return std::string(times, '[') + std::string(times, ']');
    };
    EXPECT_EQ(read_events(nested(512), {value_at("")}).outcome.end, JsonEnd::complete);
    EXPECT_EQ(read_events(nested(513), {value_at("")}).outcome.end, JsonEnd::broken);
}

TEST(JsonStream, WhatNobodyAsksForIsPassedOverByItsBrackets) {
    struct Case {
        const char *document, *end;
    };
    for (const Case& each : {
             Case{R"({"junk": {}, "a": 1})", "complete"},
             Case{R"({"junk": [], "a": 1})", "complete"},
             Case{R"({"junk": {"x": [{"y": "}]\" \\"}, [[]]]}, "a": 1})", "complete"},
             Case{"{\"junk\": [\"a text of more than sixteen bytes, then a quote \\\" and a bracket }\"], \"a\": 1}", "complete"},
             Case{R"({"junk": {"no": colon, here}, "a": 1})", "complete"},
             Case{R"({"junk": {"x": 1], "a": 1})", "broken"},
             Case{R"({"a": 1, "junk": {"x": [1, 2})", "broken"},
             Case{R"({"a": 1, "junk": {"x)", "broken"},
             Case{R"({"a": 1, "junk": {"x\)", "broken"},
             Case{R"({"a": 1, "junk": {)", "broken"},
         })
        for (std::size_t step = 1; step < 40; ++step) {
            const Reading reading = read_events(each.document, {value_at("a")}, {}, step);
            ASSERT_EQ(reading.outcome.end, each.end == std::string_view("complete") ? JsonEnd::complete : JsonEnd::broken) << each.document << step;
            if (reading.outcome.end != JsonEnd::complete) continue;
            ASSERT_THAT(reading.lines, ElementsAre("0 a = 1")) << each.document << step;
        }
}

TEST(JsonStream, AHandlerMayLeaveOutAMemberItIsAskedAbout) {
    struct : JsonHandler {
        Flow on_value(std::size_t, std::string_view, JsonValue value, const Location& where) override {
            texts.push_back(value.text());
            lengths.push_back(*where.length);
            sizes.push_back(value.size());
            return Flow::proceed;
        }
        bool wants(std::string_view member, JsonValue before) override {
            asked.emplace_back(member);
            return before["text"].string().empty();
        }
        std::vector<std::string> texts, asked;
        std::vector<std::size_t> sizes, lengths;
    } handler;
    const std::string first = R"({"text": "hello", "blocks": [{"text": "hello"}], "deep": {"blocks": [1]}, "n": 1})";
    const std::string second = R"({"text": "", "blocks": [{"x": 2}]})", third = R"({"blocks": {"x": 3}, "text": "late"})", fourth = R"({"text": "b", "blocks": 4})";
    const std::string document = "[" + first + "," + second + "," + third + "," + fourth + "]";
    SlowStream stream(document, 7);
    JsonOptions options;
    options.asked_about = {"blocks"};
    const JsonOutcome outcome = read_json(stream, "day.json", {value_at("[*]")}, handler, options);
    EXPECT_EQ(outcome.end, JsonEnd::complete);
    EXPECT_THAT(handler.texts, ElementsAre(R"({"text":"hello","deep":{"blocks":[1]},"n":1})", R"({"text":"","blocks":[{"x":2}]})",
                                           R"({"blocks":{"x":3},"text":"late"})", R"({"text":"b","blocks":4})"));
    EXPECT_THAT(handler.sizes, ElementsAre(3, 2, 2, 2));
    EXPECT_THAT(handler.lengths, ElementsAre(first.size(), second.size(), third.size(), fourth.size()));
    EXPECT_THAT(handler.asked, ElementsAre("blocks", "blocks", "blocks")) << "no scalar is asked about, nor a member further in";
}

TEST(JsonStream, ValueLimitHoldsForStringsArraysAndNodes) {
    JsonOptions options;
    options.value_limit = 1'000;
    const auto reason = [&options](const std::string& document) {
        return read_events(document, {value_at("[*]")}, options, 100).outcome.problem.reason.id;
    };
    const std::string text(990, 'x');
    EXPECT_EQ(reason("[\"" + text + "\", [\"" + text + "\"]]"), "");
    EXPECT_EQ(reason("[\"" + text + text + "\"]"), "json.value_too_long");
    EXPECT_EQ(reason("[{\"a\": \"" + text + "\", \"b\": \"" + text + "\"}]"), "json.value_too_long");
    EXPECT_EQ(reason("[\"" + text), "json.cut_off");
    // Many tiny nodes cost far more memory than text.
    std::string zeros = "[[0";
    for (int i = 0; i < 100'000; ++i) zeros += ",0";
    zeros += "]]";
    options.value_limit = 1'000'000;
    EXPECT_EQ(reason(zeros), "json.value_too_long");
    // What nobody asked for may be as long as it likes.
    options.value_limit = 1'000;
    const std::string junk = "{\"junk\": \"" + std::string(1'000'000, 'j') + "\", \"a\": 1}";
    EXPECT_THAT(read_events(junk, {value_at("a")}, options).lines, ElementsAre("0 a = 1"));
}

TEST(JsonStream, IntegersStayExact) {
    const Reading reading =
        read_events("[9007199254740993, -9223372036854775808, 18446744073709551615, 18446744073709551616, -0, 1.10, 1E5]",
                    {value_at("[*]")}, {}, 1);
    EXPECT_THAT(reading.lines, ElementsAre("0 = 9007199254740993", "0 = -9223372036854775808", "0 = 18446744073709551615",
                                           "0 = 18446744073709551616", "0 = -0", "0 = 1.10", "0 = 1E5"));
}

TEST(JsonStream, LongNumbersAreKeptOrRefused) {
    const std::string number = "0." + std::string(900, '1');
    for (const std::size_t step : {std::size_t{1}, std::size_t{1} << 20}) {
        EXPECT_THAT(read_events("[" + number + "]", {value_at("[*]")}, {}, step).lines, ElementsAre("0 = " + number));
    }
    const std::string absurd = "[0." + std::string(10'000, '1') + "]";
    EXPECT_EQ(read_events(absurd, {value_at("[*]")}, {}, 1).outcome.problem.reason.id, "json.number_too_long");
    EXPECT_EQ(read_events("{\"a\": " + absurd + "}", {value_at("b")}, {}, 1).outcome.end, JsonEnd::complete);
}

struct TextCase {
    const char* name;
    std::string written;  // between the quotes
    std::string read;
};
void PrintTo(const TextCase& c, std::ostream* out) { *out << c.name; }

class JsonTexts : public ::testing::TestWithParam<TextCase> {};

// Moves the text across the border between two reads, byte by byte.
TEST_P(JsonTexts, ReadAlikeAtEveryPlaceInTheBuffer) {
    const TextCase& c = GetParam();
    JsonOptions options;
    options.repair_hex_escapes = true;
    for (std::size_t padding = 0; padding < 40; ++padding) {
        const std::string document = std::string(padding, ' ') + "[\"" + c.written + "\", 1]";
        std::vector<std::string> texts;
        struct Keep : JsonHandler {
            explicit Keep(std::vector<std::string>& texts) : texts_(texts) {}
            Flow on_value(std::size_t, std::string_view, JsonValue value, const Location&) override {
                texts_.emplace_back(value.string());
                return Flow::proceed;
            }
            std::vector<std::string>& texts_;
        } keep(texts);
        for (const std::size_t step : {std::size_t{1}, std::size_t{16}, std::size_t{1} << 20}) {
            SlowStream stream(document, step);
            EXPECT_EQ(read_json(stream, "x", {value_at("[*]")}, keep, options).end, JsonEnd::complete);
        }
        EXPECT_THAT(texts, ElementsAre(c.read, "", c.read, "", c.read, "")) << padding;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, JsonTexts,
    testing::ValuesIn<TextCase>({
        {"Plain", "Bonjour", "Bonjour"}, {"Empty", "", ""},
        {"AllShortEscapes", R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
        {"Accents", "d\u00e9j\u00e0 vu \u2026 \U0001F600", "d\u00e9j\u00e0 vu \u2026 \U0001F600"},
        {"UnicodeEscapes", R"(\u0041\u00e9\u20AC)", "A\u00e9\u20ac"},
        {"SurrogatePair", R"(x\ud83d\ude00y)", "x\U0001F600y"},
        {"LoneHighSurrogate", R"(x\ud83dy)", "x\uFFFDy"},
        {"LoneHighSurrogateAtTheEnd", R"(x\ud83d)", "x\uFFFD"},
        {"LoneLowSurrogate", R"(x\ude00y)", "x\uFFFDy"},
        {"HighSurrogateBeforeAnotherEscape", R"(\ud83d\u0041\ud83d\n)", "\uFFFDA\uFFFD\n"},
        {"TwoHighSurrogatesThenALow", R"(\ud83d\ud83d\ude00)", "\uFFFD\U0001F600"},
        {"NulEscape", R"(a\u0000b)", std::string("a\0b", 3)},
        {"HexEscape", R"(a\x1fb\x0A)",
                 "a\x1f"
                 "b\n"},
        {"BackslashBeforeAnX", R"(a\\x1fb\\\x41)", "a\\x1fb\\A"},
        {"IllFormedBytes", "caf\xE9 \xC3", "caf\uFFFD \uFFFD"},
        {"Long", std::string(100, 'a') + "\\n" + std::string(100, 'b'),
                 std::string(100, 'a') + "\n" + std::string(100, 'b')}}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(JsonStream, HexEscapesAtTheBorderOfTheLargeBuffer) {
    JsonOptions options;
    options.repair_hex_escapes = true;
    const std::size_t border = (std::size_t{256} << 10) + 3072;  // as large as one read can be
    for (std::size_t shift = 0; shift < 12; ++shift) {
        const std::string document = "[\"" + std::string(border - 12 + shift, 'z') + "\\x01\\ud83d\\ude00\", \"end\"]";
        const Reading reading = read_events(document, {value_at("[*]")}, options);
        ASSERT_EQ(reading.outcome.end, JsonEnd::complete) << shift;
        ASSERT_EQ(reading.lines.size(), 2U);
        EXPECT_TRUE(reading.lines[0].ends_with("z\\u0001\U0001F600\"")) << shift;
        EXPECT_EQ(reading.sources[1], "\"end\"");
    }
}

struct TokenCase {
    const char* name;
    std::string_view document;
    Lines expected;
};
void PrintTo(const TokenCase& c, std::ostream* out) { *out << c.name; }

class JsonBareTokens : public ::testing::TestWithParam<TokenCase> {};

TEST_P(JsonBareTokens, BecomeStringsOnRequest) {
    const TokenCase& c = GetParam();
    JsonOptions options;
    options.repair_bare_tokens = true;
    for (const std::size_t step : {std::size_t{1}, std::size_t{5}, std::size_t{1} << 20}) {
        const Reading reading = read_events(c.document, {value_at("*"), value_at("[*]")}, options, step);
        EXPECT_EQ(reading.outcome.end, JsonEnd::complete) << reading.outcome.problem.reason.id;
        EXPECT_THAT(reading.lines, ElementsAreArray(c.expected)) << step;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, JsonBareTokens,
    testing::ValuesIn<TokenCase>({
        {"Path",
                  "{\"document_id\": video_files/sticker.webm,\n \"id\": 3}",
                  {R"(0 document_id = "video_files/sticker.webm")", "0 id = 3"}},
        {"AtTheEndOfAnObject", "{\"a\": stickers/a b.tgs }", {R"(0 a = "stickers/a b.tgs")"}},
        {"AtTheEndOfALine", "{\"a\": x\n}", {R"(0 a = "x")"}},
        {"SentenceInParentheses",
                  "{\"a\": (File unavailable, please try again later), \"b\": 1}",
                  {"0 a = \"(File unavailable, please try again later)\"", "0 b = 1"}},
        {"InAnArray", "[a, 1, b\\c, true]", {R"(1 = "a")", "1 = 1", R"(1 = "b\\c")", "1 = true"}},
        {"LiteralsStay", "{\"a\": true, \"b\": null, \"c\": false}", {"0 a = true", "0 b = null", "0 c = false"}},
        {"WordsThatBeginLikeLiterals",
                  "{\"a\": trueish, \"b\": nullable, \"c\": fals}",
                  {R"(0 a = "trueish")", R"(0 b = "nullable")", R"(0 c = "fals")"}},
        {"NestedContainers",
                  "{\"a\": {\"b\": [x, {\"c\": y}]}, \"d\": z}",
                  {R"(0 a = {"b":["x",{"c":"y"}]})", R"(0 d = "z")"}}}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(JsonStream, BareTokensAreRepairedOnlyWhereAValueIsDue) {
    JsonOptions options;
    options.repair_bare_tokens = true;
    for (const std::string_view document :
         {"{a: 1}", "<html>", "{\"a\" b}", "{\"a\": 1 b}", "[1 x]", "{\"a\": b\"c\"}", "{\"a\": x"}) {
        EXPECT_EQ(read_events(document, {value_at("")}, options).outcome.end, JsonEnd::broken) << document;
    }
    EXPECT_EQ(read_events("{\"a\": x}", {value_at("")}).outcome.end, JsonEnd::broken);
}

TEST(JsonStream, PlacesStayThoseOfTheFileAfterRepairs) {
    JsonOptions options;
    options.repair_bare_tokens = true;
    options.repair_hex_escapes = true;
    const std::string_view document = "{\"l\": [a/b.webm, \"\\x01\", {\"c\": d}, 5, !]}";
    for (const std::size_t step : {std::size_t{1}, std::size_t{1} << 20}) {
        const Reading reading = read_events(document, {value_at("l[*]")}, options, step);
        EXPECT_THAT(reading.sources, ElementsAre("a/b.webm", "\"\\x01\"", "{\"c\": d}", "5", "!"));
    }
}

TEST(JsonStream, ErrorsOfTheStreamPassThrough) {
    struct Failing : ByteStream {
        std::size_t read(std::span<char> buffer) override {
            if (++calls > 1) throw Error(Problem{ErrorKind::io, msg("source.cannot_read"), {}, {}});
            buffer[0] = '[';
            return 1;
        }
        int calls = 0;
    } stream;
    EventLog log("");
    EXPECT_THROW((void)read_json(stream, "x", {value_at("[*]")}, log), Error);
}

TEST(JsonStream, MemoryOfAGiantValueIsReusedForSmallOnes) {
    std::string document = "[";
    for (int i = 0; i < 30; ++i) {
        document +=
            "{\"id\": " + std::to_string(i) + ", \"text\": \"" + std::string(static_cast<std::size_t>(i) * 3'000, 'a') + "\"}, ";
    }
    document += "{\"id\": 30}]";
    const Reading reading = read_events(document, {value_at("[*].id")});
    EXPECT_EQ(reading.lines.size(), 31U);
    const Reading whole = read_events(document, {value_at("[*]")}, {}, 1'000);
    ASSERT_EQ(whole.lines.size(), 31U);
    EXPECT_EQ(whole.lines.back(), "0 = {\"id\":30}");
    EXPECT_EQ(whole.lines[29].size(), 29U * 3'000U + std::string("0 = {\"id\":29,\"text\":\"\"}").size());
}

}  // namespace json_stream_test
}  // namespace secateur::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include "base/json_stream.hpp"

namespace secateur::test {
namespace json_value_test {

using ::testing::ElementsAre;

TEST(JsonValue, AbsentIsNeverAnError) {
    const JsonDocument document(R"({"a": [1, 2], "s": "x"})");
    const JsonValue root = document.root();
    for (const JsonValue value : {JsonValue(), root["b"], root["a"]["b"], root["s"]["b"]["c"], root["A"]}) {
        EXPECT_FALSE(value);
        EXPECT_EQ(value.kind(), JsonValue::Kind::absent);
        EXPECT_EQ(value.string(), "");
        EXPECT_EQ(value.scalar(), "");
        EXPECT_EQ(value.integer(), std::nullopt);
        EXPECT_EQ(value.number(), std::nullopt);
        EXPECT_EQ(value.boolean(), std::nullopt);
        EXPECT_EQ(value.size(), 0U);
        EXPECT_EQ(value.begin(), value.end());
        EXPECT_EQ(value.key(), "");
        EXPECT_EQ(value.text(), "");
    }
}

TEST(JsonValue, LastOfTwoMembersWithOneNameCounts) {
    const JsonDocument document(R"({"a": 1, "b": 2, "a": 3})");
    EXPECT_EQ(document.root()["a"].integer(), 3);
    EXPECT_EQ(document.root().size(), 3U);
}

TEST(JsonValue, IteratesMembersAndElements) {
    const JsonDocument document(R"({"a": [10, {"x": [1]}, 30], "": {}, "c": []})");
    std::vector<std::string> keys;
    for (const JsonValue member : document.root()) keys.emplace_back(member.key());
    EXPECT_THAT(keys, ElementsAre("a", "", "c"));
    std::vector<std::string> texts;
    for (const JsonValue element : document.root()["a"]) {
        texts.push_back(element.text());
        EXPECT_EQ(element.key(), "");
    }
    EXPECT_THAT(texts, ElementsAre("10", R"({"x":[1]})", "30"));
    EXPECT_TRUE(document.root()[""].is_object());
    EXPECT_EQ(document.root()["c"].begin(), document.root()["c"].end());
}

struct ScalarCase {
    const char* written;
    const char* scalar;
    std::optional<std::int64_t> integer;
    std::optional<std::uint64_t> unsigned_integer;
    std::optional<double> number;
};

TEST(JsonValue, ScalarsReadAsNumbersOnlyWhenTheyAre) {
    const std::vector<ScalarCase> cases = {
        {"42", "42", 42, 42U, 42.0},
        {"-7", "-7", -7, std::nullopt, -7.0},
        {"\"1001234567890\"", "1001234567890", 1001234567890, 1001234567890U, 1001234567890.0},
        {"9223372036854775808", "9223372036854775808", std::nullopt, 9223372036854775808U, 9223372036854775808.0},
        {"123456789012345678901", "123456789012345678901", std::nullopt, std::nullopt, 123456789012345678901.0},
        {"1.50", "1.50", std::nullopt, std::nullopt, 1.5},
        {"0.1", "0.1", std::nullopt, std::nullopt, 0.1},
        {"1e3", "1e3", std::nullopt, std::nullopt, 1000.0},
        {"\"12 \"", "12 ", std::nullopt, std::nullopt, std::nullopt},
        {"\"user12\"", "user12", std::nullopt, std::nullopt, std::nullopt},
        {"\"inf\"", "inf", std::nullopt, std::nullopt, std::nullopt},
        {"\"\"", "", std::nullopt, std::nullopt, std::nullopt},
        {"true", "true", std::nullopt, std::nullopt, std::nullopt},
        {"null", "", std::nullopt, std::nullopt, std::nullopt},
        {"[1]", "", std::nullopt, std::nullopt, std::nullopt},
    };
    for (const ScalarCase& c : cases) {
        const JsonDocument document(c.written);
        ASSERT_TRUE(document.root()) << c.written;
        EXPECT_EQ(document.root().scalar(), c.scalar) << c.written;
        EXPECT_EQ(document.root().integer(), c.integer) << c.written;
        EXPECT_EQ(document.root().unsigned_integer(), c.unsigned_integer) << c.written;
        EXPECT_EQ(document.root().number(), c.number) << c.written;
        EXPECT_EQ(document.root().text(), c.written);
    }
}

TEST(JsonValue, BooleansAndKinds) {
    const JsonDocument document(R"([true, false, null, 1, 1.5, "s", [], {}, 99999999999999999999])");
    std::vector<JsonValue::Kind> kinds;
    for (const JsonValue element : document.root()) kinds.push_back(element.kind());
    using Kind = JsonValue::Kind;
    EXPECT_THAT(kinds, ElementsAre(Kind::boolean, Kind::boolean, Kind::null, Kind::integer, Kind::number, Kind::string,
                                   Kind::array, Kind::object, Kind::integer));
    EXPECT_EQ((*document.root().begin()).boolean(), true);
    EXPECT_EQ((*++document.root().begin()).boolean(), false);
}

TEST(JsonValue, TextIsJsonAgain) {
    const std::string_view written = R"({"q\"":"a\\b\n\u001f","u":"é😀","n":[-0,1.10,true,false,null],"e":{},"l":[]})";
    const JsonDocument document(written);
    const std::string text = document.root().text();
    const JsonDocument again(text);
    ASSERT_TRUE(again.root()) << text;
    EXPECT_EQ(again.root().text(), text);
    EXPECT_EQ(again.root()["q\""].string(), document.root()["q\""].string());
    EXPECT_EQ(again.root()["q\""].string(), "a\\b\n\x1f");
}

TEST(JsonDocument, BrokenTextHasAProblemAndNoRoot) {
    for (const std::string_view text : {"", "{", "{\"a\": 1} x", "nul", "[1,]"}) {
        const JsonDocument document(text);
        EXPECT_FALSE(document.root()) << text;
        ASSERT_TRUE(document.problem().has_value()) << text;
        EXPECT_FALSE(document.problem()->reason.empty());
    }
    EXPECT_FALSE(JsonDocument("[]").problem().has_value());
}

TEST(JsonDocument, OptionsReachIt) {
    JsonOptions options;
    options.repair_hex_escapes = true;
    options.repair_bare_tokens = true;
    const JsonDocument document(R"({"a": "\x41", "b": c/d.webm})", options);
    EXPECT_EQ(document.root()["a"].string(), "A");
    EXPECT_EQ(document.root()["b"].string(), "c/d.webm");
}

TEST(JsonDocument, MovesWithItsValues) {
    JsonDocument first(R"({"a": "text"})");
    const JsonValue root = first.root();
    const JsonDocument second(std::move(first));
    EXPECT_EQ(second.root()["a"].string(), "text");
    EXPECT_EQ(root["a"].string(), "text");
}

}  // namespace json_value_test
}  // namespace secateur::test

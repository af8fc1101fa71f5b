// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/json/json_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace secateur {
namespace json_text_test {

std::string compact(const auto& write) {
    JsonText json(JsonText::Layout::compact);
    write(json);
    return json.take();
}

TEST(JsonText, IndentsByTwoSpacesAndKeepsTheOrderOfKeys) {
    JsonText json;
    json.begin_object().member("b", 1).member("a", "x").key("list").begin_array().value(true).null().end_array();
    json.key("none").begin_array().end_array().key("empty").begin_object().end_object().end_object();
    EXPECT_EQ(json.take(), R"({
  "b": 1,
  "a": "x",
  "list": [
    true,
    null
  ],
  "none": [],
  "empty": {}
}
)");
}

TEST(JsonText, WritesOneLineWhenCompact) {
    EXPECT_EQ(
        compact([](JsonText& json) { json.begin_array().value(-3).begin_object().member("k", false).end_object().end_array(); }),
        "[-3,{\"k\":false}]\n");
}

TEST(JsonText, WritesAbsentValuesAsNull) {
    EXPECT_EQ(compact([](JsonText& json) {
                  json.begin_array()
                      .value(std::optional<int>{})
                      .value(std::optional<std::string>("s"))
                      .number(std::optional<double>{}, 4)
                      .value(nullptr)
                      .end_array();
              }),
              "[null,\"s\",null,null]\n");
}

TEST(JsonText, IsEmptyAgainAfterTake) {
    JsonText json;
    json.value(1);
    EXPECT_EQ(json.take(), "1\n");
    json.value(2);
    EXPECT_EQ(json.take(), "2\n");
}

TEST(JsonText, WritesDaysAndInstants) {
    using namespace std::chrono;
    const Date day = sys_days(year(2024) / 5 / 2);
    EXPECT_EQ(compact([&](JsonText& json) { json.begin_array().value(day).value(Instant(day) + hours(18)).end_array(); }),
              "[\"2024-05-02\",\"2024-05-02T18:00:00Z\"]\n");
}

struct NumberCase {
    const char* name;
    double number;
    int decimals;
    const char* text;
};
class JsonNumber : public testing::TestWithParam<NumberCase> {};
TEST_P(JsonNumber, HasFixedDecimalsWithoutLocale) {
    EXPECT_EQ(compact([](JsonText& json) { json.number(GetParam().number, GetParam().decimals); }),
              std::string(GetParam().text) + "\n");
}
INSTANTIATE_TEST_SUITE_P(Numbers, JsonNumber, testing::ValuesIn<NumberCase>({
    {"four", 0.31, 4, "0.3100"},
    {"one", 1234.56, 1, "1234.6"},
    {"none", 2.5, 0, "2"},
    {"minus_zero", -0.00001, 4, "0.0000"},
    {"negative", -0.5, 1, "-0.5"},
    {"infinite", std::numeric_limits<double>::infinity(), 1, "null"},
    {"no_number", std::nan(""), 1, "null"},
}), [](const auto& test) { return test.param.name; });

struct TextCase {
    const char* name;
    std::string raw;
    const char* json;
};
class JsonString : public testing::TestWithParam<TextCase> {};
TEST_P(JsonString, EscapesWhatCouldDoHarmAndNothingElse) {
    EXPECT_EQ(compact([](JsonText& json) { json.value(GetParam().raw); }), "\"" + std::string(GetParam().json) + "\"\n");
}
INSTANTIATE_TEST_SUITE_P(Strings, JsonString, testing::ValuesIn<TextCase>({
    {"accents", "é€😀", "é€😀"},
    {"quotes", "a\"b\\c/", "a\\\"b\\\\c/"},
    {"lines", "a\nb\tc\r", "a\\nb\\tc\\r"},
    {"null", std::string("a\0b", 3), "a\\u0000b"},
    {"escape", "\x1b[31m", "\\u001b[31m"},
    {"delete", "\x7f", "\\u007f"},
    {"c1", "\xc2\x9b", "\\u009b"},
    {"right_to_left", "\u202E", "\\u202e"},
    {"isolate", "\u2066", "\\u2066"},
    {"line_separator", "\u2028", "\\u2028"},
    {"joiner_kept", "\u200D", "\u200D"},
    {"cut", "caf\xC3", "caf\uFFFD"},
}), [](const auto& test) { return test.param.name; });

}  // namespace json_text_test
}  // namespace secateur

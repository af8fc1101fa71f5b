// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>

#include <gtest/gtest.h>

#include "tests/unit/connectors/telegram/telegram_support.hpp"

namespace secateur::test {
namespace telegram_detect_test {

using namespace on_telegram;

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    std::optional<Confidence> expected;
};

class TelegramDetect : public testing::TestWithParam<DetectCase> {};

TEST_P(TelegramDetect, SaysWhatItIs) {
    const MemorySource source("export", GetParam().files);
    const auto match = telegram_connector().detect(source);
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}

const std::string one_chat = R"({"name":"A","type":"private_supergroup","id":7,"messages":[]})";

INSTANTIATE_TEST_SUITE_P(
    Telegram, TelegramDetect,
    testing::ValuesIn<DetectCase>({
        {"account", {{"result.json", account("")}}, Confidence::certain},
        {"one_chat", {{"result.json", one_chat}}, Confidence::certain},
        {"in_a_wrapper_folder",
                   {{"ChatExport_2024-01-01/result.json", one_chat}, {"ChatExport_2024-01-01/photos/a.jpg", ""}},
                   Confidence::certain},
        {"renamed_but_alone", {{"mon groupe.json", one_chat}}, Confidence::certain},
        {"byte_order_mark", {{"result.json", "\xEF\xBB\xBF" + one_chat}}, Confidence::certain},
        {"stripped_by_a_tool",
                   {{"result.json", R"({"messages":[{"type":"message","date_unixtime":"1","from":"A","text":"x"}]})"}},
                   Confidence::likely},
        {"two_exports_side_by_side", {{"a/result.json", one_chat}, {"b/result.json", one_chat}}, std::nullopt},
        {"other_files_outside_its_folder", {{"a/result.json", one_chat}, {"b/other.csv", ""}}, std::nullopt},
        {"messages_of_another_platform",
                   {{"result.json", R"({"participants":[],"messages":[{"sender_name":"A","timestamp_ms":1,"content":"x"}]})"}},
                   std::nullopt},
        {"messages_with_another_shape",
            {{"result.json", R"({"guild":{},"channel":{"type":"x"},"messages":[{"id":"1","type":"Default","content":"x"}]})"}},
            std::nullopt},
        {"html_only", {{"messages.html", "<div class=\"message\">"}}, std::nullopt},
        {"empty_file", {{"result.json", ""}}, std::nullopt},
        {"an_array", {{"result.json", "[" + one_chat + "]"}}, std::nullopt},
        {"no_entries", {}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TelegramOpen, RefusesWhatIsNoExport) {
    const MemorySource source("export", {{"result.json", R"({"about":)"}});
    EXPECT_THROW((void)telegram_connector().open(source, {}), Error);
}

TEST(TelegramOpen, TakesTheDateOfTheFolderForTheInstantOfTheExport) {
    const auto reading = read_telegram(account(chat("A", "private_group", "3", message(1, "user41", "x"))));
    ASSERT_TRUE(reading.exported_at);
    EXPECT_EQ(format_date(date_of(*reading.exported_at)), "2024-06-01");
    const Membership* member = reading.sink.find<Membership>([](const auto& each) { return each.group == "group3"; });
    ASSERT_NE(member, nullptr);
    EXPECT_EQ(member->event, MembershipEvent::member);
    ASSERT_TRUE(member->at);
    EXPECT_EQ(member->at->at, *reading.exported_at);
}

}  // namespace telegram_detect_test
}  // namespace secateur::test

// SPDX-License-Identifier: GPL-3.0-or-later
// The showcase exports, with counts made by hand.
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/unit/connectors/telegram/telegram_support.hpp"

namespace secateur::test {
namespace telegram_samples_test {

using namespace on_telegram;

struct SampleCase {
    const char* name;
    std::size_t groups, activities, mine, memberships, contacts, rejected;
    std::uint64_t service_lines;
};
class TelegramSamples : public testing::TestWithParam<SampleCase> {};

TEST_P(TelegramSamples, GiveWhatWasCountedByHand) {
    const SampleCase& expected = GetParam();
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/telegram" / expected.name);
    ASSERT_TRUE(telegram_connector().detect(*source));
    ReadContext context;
    context.me.names = {"Isabelle Morel"};
    context.zone = Zone::find("Europe/Paris");
    const auto [owner, exported_at, sink] = read_source(telegram_connector(), *source, context);
    ASSERT_TRUE(owner.person);
    EXPECT_EQ(owner.person->name, "Isabelle Morel");
    std::size_t mine = 0;
    for (const Activity& each : sink.all<Activity>()) mine += each.is_me ? 1 : 0;
    EXPECT_EQ(sink.count<Group>(), expected.groups);
    EXPECT_EQ(sink.count<Activity>(), expected.activities);
    EXPECT_EQ(mine, expected.mine);
    EXPECT_EQ(sink.count<Membership>(), expected.memberships);
    EXPECT_EQ(sink.count<Contact>(), expected.contacts);
    EXPECT_EQ(sink.rejected.size(), expected.rejected);
    EXPECT_EQ(sink.ignored_for("service_message"), expected.service_lines);
    EXPECT_EQ(sink.count<Coverage>(), expected.groups);
}

INSTANTIATE_TEST_SUITE_P(Telegram, TelegramSamples,
                         testing::ValuesIn<SampleCase>({
        {"account_people", 1, 2, 1, 0, 3, 0, 0},
        // 1 + 2 + 1; mine 0 + 0 + 1; two joined and one left, member, member, left
        {"account_groups", 3, 4, 1, 3 + 3, 0, 0, 0},
        {"account_own_only", 2, 6, 6, 1 + 2, 0, 0, 0},
        // 3 messages; joined, member, member, left
        {"account_pages", 3, 3, 1, 1 + 3, 0, 0, 0},
        {"single_forum", 1, 2, 1, 2, 0, 0, 2},
        // 3 messages, 2 reactions, 1 vote; mine 1 + 1 + 1
        {"single_reactions", 1, 6, 3, 0, 0, 0, 0},
        // 2 messages and a reaction
        {"single_chat_pages", 1, 3, 2, 0, 0, 0, 0},
        {"single_group", 1, 5, 1, 2, 0, 0, 0},
        {"single_group_2020", 1, 4, 2, 1, 0, 0, 0}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace telegram_samples_test
}  // namespace secateur::test

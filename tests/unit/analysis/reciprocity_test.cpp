// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/reciprocity.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/history_builder.hpp"

namespace secateur {
namespace reciprocity_test {

using test::at;
using test::day;
using test::group;

std::optional<Reciprocity> of(const GroupHistory& history) {
    const Policy policy;
    return reciprocity(history, data_clock(history, at("2026-10-31"), policy), policy, [](std::int64_t number) { return "P" + std::to_string(number % 1000); });
}

GroupHistory known() { return group("t:birders", "Birders").full("2025-01-01", "2026-10-31").act("2026-10-20").says("Ada", "2026-10-25"); }

TEST(Reciprocity, IsAbsentWhereOnlyMySideIsKnown) {
    GroupHistory mine = group("t:birders", "Birders").own_only("2025-01-01", "2026-10-31").acts_weekly("2026-10-20", 20);
    mine.gave.answers = 20;
    EXPECT_FALSE(of(mine)) << "else everybody would only give";
}

TEST(Reciprocity, BalanceWeighsWhatWasGivenAndKeepsSilentBelowFiveActs) {
    GroupHistory history = known();
    history.gave = {.answers = 2};
    history.got = {.answers = 2};
    EXPECT_FALSE(of(history)->balance);
    history.gave = {.answers = 2, .introductions = 1};  // 6 + 5
    history.got = {.answers = 1, .comments = 2, .reactions = 4};  // 3 + 4 + 4
    const auto found = of(history);
    ASSERT_TRUE(found && found->balance);
    EXPECT_DOUBLE_EQ(*found->balance, 0);
    EXPECT_EQ(found->given->part, 3U);
    EXPECT_EQ(found->given->all, 10U);
}

TEST(Reciprocity, OneGenerousFriendIsNotAGivingGroup) {
    GroupHistory history = known();
    for (int i = 0; i < 12; ++i) history.exchanges.push_back({1, day("2026-10-30") - std::chrono::days(i), 1, 1});
    const auto one = of(history);
    EXPECT_FALSE(one->broad);
    EXPECT_EQ(one->got.one_person, 1.0);
    for (std::size_t i = 0; i < history.exchanges.size(); ++i) history.exchanges[i].person = static_cast<std::int64_t>(i % 4) + 1;
    EXPECT_TRUE(of(history)->broad);
}

TEST(Reciprocity, TheGuardForgetsWhatIsOlderThanAHundredDays) {
    GroupHistory history = known();
    history.exchanges.push_back({1, day("2026-05-01"), 3, 3});
    EXPECT_EQ(of(history)->gave.acts, 0U);
}

TEST(BeyondChance, IsOneWhereAllAnswerZeroAtChanceAndNegativeBelow) {
    EXPECT_DOUBLE_EQ(*beyond_chance(10, 20, 20), 1);
    EXPECT_NEAR(*beyond_chance(11, 22, 4), -0.0227, 0.0001);
    EXPECT_LT(*beyond_chance(10, 45, 0), 0);
    EXPECT_FALSE(beyond_chance(3, 6, 6)) << "everybody addresses everybody";
    EXPECT_FALSE(beyond_chance(1, 0, 0));
}

TEST(Imbalance, IsZeroWhereBothAddressEachOtherEquallyOftenAmongAllTheyAddress) {
    EXPECT_DOUBLE_EQ(imbalance(5, 50, 1, 10), 0);
    EXPECT_NEAR(imbalance(10, 20, 1, 20), std::log(10.0), 1e-12);
    EXPECT_DOUBLE_EQ(imbalance(10, 20, 1, 20), imbalance(1, 20, 10, 20)) << "either way";
    EXPECT_GT(imbalance(6, 10, 0, 10), imbalance(6, 10, 1, 10)) << "none counts as a half";
}

TEST(Reciprocity, NamesNobodyWhereRepliesAreMostlyNotFound) {
    GroupHistory history = known();
    history.addressing = {.replies = 100, .resolved = 50, .people = 20, .links = 30, .mutual = 10, .mine = 20, .with_me = {{1, 5, 5, 10}}};
    EXPECT_FALSE(of(history)->mutual);
    history.addressing.resolved = 90;
    const auto found = of(history);
    EXPECT_DOUBLE_EQ(*found->mutual, 0.3333);
    ASSERT_EQ(found->with.size(), 1U);
    EXPECT_NEAR(found->with[0].imbalance, std::log(2.0), 0.0001);
}

}  // namespace reciprocity_test
}  // namespace secateur

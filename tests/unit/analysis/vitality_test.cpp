// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/vitality.hpp"

#include <gtest/gtest.h>

#include "tests/support/history_builder.hpp"

namespace secateur {
namespace {

using testing::at;
using testing::day;
using testing::group;
using testing::HistoryBuilder;
const Policy policy;

std::optional<Vitality> of(const GroupHistory& history, std::string_view as_of) {
    return vitality(history, data_clock(history, at(as_of), policy), Zone::utc(), policy);
}

/// `posts` a week by Ada and Grace in turns, the last on Wednesday 28 October 2026.
HistoryBuilder lively(int weeks, int posts) {
    auto out = group("telegram:1", "Birders").full("2024-01-01", "2026-10-31");
    for (int week = 0; week < weeks; ++week)
        for (int i = 0; i < posts; ++i)
            out.says(i % 2 ? "Ada" : "Grace", at("2026-10-28") - std::chrono::days(7 * week) + std::chrono::minutes(i));
    return out;
}

TEST(Vitality, IsAbsentWhereOnlyMyOwnActsAreKnown) {
    EXPECT_FALSE(of(group("facebook:1", "Birders").act("2026-10-01").own_only("2024-01-01", "2026-10-31"), "2026-10-31"));
}

TEST(Vitality, CountsWholeWeeksOnly) {
    const auto found = of(lively(20, 3), "2026-10-31");  // a Saturday: the running week is left out
    ASSERT_TRUE(found && found->posts_per_week_median);
    EXPECT_EQ(*found->posts_per_week_median, 3);
    EXPECT_EQ(*found->posts_per_week_q1, 3);
    EXPECT_EQ(*found->posts_per_week_q3, 3);
}

TEST(Vitality, GivesQuartilesOfAQuietGroup) {
    // posts in 4 of the 12 whole weeks
    auto history = group("telegram:1", "Birders").full("2024-01-01", "2026-10-31");
    for (const int week : {1, 2, 3, 4}) history.says("Ada", at("2026-10-28") - std::chrono::days(7 * week));
    const auto found = of(history, "2026-10-31");
    ASSERT_TRUE(found && found->posts_per_week_median);
    EXPECT_EQ(*found->posts_per_week_q1, 0);
    EXPECT_EQ(*found->posts_per_week_median, 0);
    EXPECT_EQ(*found->posts_per_week_q3, 1);
}

TEST(Vitality, HasNoVolumeWhenTheWindowIsNotCovered) {
    const auto found =
        of(group("telegram:1", "Birders").says("Ada", "2026-10-20").full("2026-08-31", "2026-10-31"), "2026-10-31");
    ASSERT_TRUE(found);  // September is whole
    EXPECT_FALSE(found->posts_per_week_median);
}

TEST(Vitality, TellsAuthorsOfTheLastWholeMonth) {
    const auto found = of(group("telegram:1", "Birders")
                              .full("2024-01-01", "2026-10-31")
                              .says("Ada", "2026-08-03")
                              .says("Ada", "2026-09-03")
                              .says("Grace", "2026-09-10")
                              .act("2026-10-02"),
                          "2026-10-31");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->authors_month, 2U);
    EXPECT_EQ(found->new_authors_month, 1U);
    EXPECT_EQ(found->returning_share, 0.5);
}

TEST(Vitality, HasNoReturningShareWhenNobodyWrote) {
    const auto found =
        of(group("telegram:1", "Birders").full("2024-01-01", "2026-10-31").says("Ada", "2026-06-03"), "2026-10-31");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->authors_month, 0U);
    EXPECT_FALSE(found->returning_share);
}

TEST(Vitality, CountsTheMonthsSinceHalfOfItsBest) {
    auto history = group("telegram:1", "Birders").full("2026-01-01", "2026-10-31");
    for (const char* month : {"2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"})
        for (int i = 0; i < 10; ++i) history.says("Ada", at(month) + std::chrono::hours(i));
    history.says("Ada", "2026-07-10");
    const auto found = of(history, "2026-10-31");
    ASSERT_TRUE(found && found->months_since_half_of_best);
    EXPECT_EQ(*found->months_since_half_of_best, 5);  // April to the last whole month, September
}

struct DeadCase {
    const char* name;
    const char* last;  // last post of anybody; empty: none
    const char* begin;
    std::optional<bool> dead;
};
class Dead : public ::testing::TestWithParam<DeadCase> {};

TEST_P(Dead, IsKnownOnlyWhereTheConversationIs) {
    auto history = group("telegram:1", "Birders").full(GetParam().begin, "2026-10-31");
    if (*GetParam().last) history.says("Ada", GetParam().last);
    const GroupHistory built = history;
    EXPECT_EQ(is_dead(built, data_clock(built, at("2026-10-31"), policy), policy), GetParam().dead);
}

INSTANTIATE_TEST_SUITE_P(Groups, Dead,
                         ::testing::ValuesIn<DeadCase>({
                             {"silent_for_a_year", "2025-10-19", "2024-01-01", true},
                             {"somebody_wrote", "2026-06-01", "2024-01-01", false},
                             {"a_day_within", "2026-05-05", "2024-01-01", false},
                             {"never_a_word", "", "2024-01-01", true},
                             {"data_too_short", "2026-09-01", "2026-08-01", std::nullopt},
                         }),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Dead, IsNotSaidWhenIWrote) {
    const GroupHistory history =
        group("telegram:1", "Birders").full("2024-01-01", "2026-10-31").says("Ada", "2025-01-01").act("2026-09-01");
    EXPECT_EQ(is_dead(history, data_clock(history, at("2026-10-31"), policy), policy), false);
}

}  // namespace
}  // namespace secateur

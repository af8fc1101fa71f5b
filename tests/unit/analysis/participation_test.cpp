// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/participation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/history_builder.hpp"

namespace secateur {
namespace participation_test {

using test::at;
using test::day;
using test::group;
const Policy policy;

TEST(Participation, IsAbsentWithoutAnAct) { EXPECT_FALSE(participation({}, at("2026-10-01"), at("2026-10-30"), policy)); }

TEST(Participation, CountsABurstOfMessagesAsOneWeek) {
    std::vector<Instant> burst;
    for (int i = 0; i < 200; ++i) burst.push_back(at("2026-10-06") + std::chrono::minutes(i));
    const auto many = participation(burst, {}, at("2026-10-30"), policy);
    const auto one = participation({burst.back()}, {}, at("2026-10-30"), policy);
    ASSERT_TRUE(many && one);
    EXPECT_EQ(*many, *one);
}

TEST(Participation, HalvesAWeekAfterAYear) {
    const std::int64_t week = epoch_week(at("2025-10-30"));
    const Instant middle{std::chrono::seconds(week * 604800 + 302400)};
    EXPECT_DOUBLE_EQ(week_weight(week, middle + std::chrono::days(365), policy), 0.5);
    EXPECT_DOUBLE_EQ(week_weight(week, middle - std::chrono::days(3), policy), 1);
}

TEST(Participation, CountsWholeDaysAndNeverBelowNought) {
    const auto p = participation({at("2026-10-28T23:00:00Z")}, at("2026-11-05"), at("2026-10-30T22:00:00Z"), policy);
    ASSERT_TRUE(p);
    EXPECT_EQ(p->days_since_here, 1);
    EXPECT_EQ(p->days_since_account, 0);
}

TEST(Participation, TakesTheAccountsLastActFromHereWhenNothingElseIsKnown) {
    const auto p = participation({at("2026-10-01")}, {}, at("2026-10-30"), policy);
    ASSERT_TRUE(p);
    EXPECT_EQ(p->days_since_account, p->days_since_here);
}

TEST(Participation, GrowsWithTheOthersWhoStillWriteThere) {
    const auto p = [](std::optional<std::uint64_t> people) {
        return participation({at("2026-10-01")}, {}, at("2026-10-30"), policy, people)->probability;
    };
    EXPECT_LT(p(0), p(4));
    EXPECT_EQ(p(4), p(std::nullopt)) << "four others change nothing, and neither does not knowing";
    EXPECT_LT(p(4), p(20));
    EXPECT_EQ(p(20), p(2000)) << "a crowd is no better than twenty";
}

TEST(PeopleActive, IsUnknownWhereTheConversationIsNot) {
    const auto people = [](const GroupHistory& history) { return people_active(history, data_clock(history, at("2026-10-31"), policy)); };
    EXPECT_EQ(people(group("a:1", "A").act("2026-10-01").says("Ada", "2026-10-02").says("Ada", "2026-10-03").full("2026-01-01", "2026-10-30")), 1U);
    EXPECT_EQ(people(group("a:1", "A").act("2026-10-01").own_only("2026-01-01", "2026-10-30")), std::nullopt);
    EXPECT_EQ(people(group("a:1", "A").act("2026-10-01").full("2026-09-01", "2026-10-30")), std::nullopt) << "less than 90 days are known";
}

TEST(Likelihood, HasThreeWords) {
    EXPECT_EQ(likelihood(0.7, policy), Likelihood::often);
    EXPECT_EQ(likelihood(0.3, policy), Likelihood::sometimes);
    EXPECT_EQ(likelihood(0.1499, policy), Likelihood::hardly_ever);
}

TEST(DataClock, StopsWhereTheCoverageStops) {
    const auto clock = data_clock(group("a:1", "A").own_only("2024-01-01", "2026-07-12"), at("2026-10-31"), policy);
    EXPECT_EQ(clock.now, at("2026-07-12"));
    EXPECT_TRUE(clock.stale);
    EXPECT_TRUE(clock.end_known);
    EXPECT_EQ(clock.kind, CoverageKind::own_only);
}

TEST(DataClock, StandsAtAsOfInsideTheCoverage) {
    const auto clock = data_clock(group("a:1", "A").full("2024-01-01", "2026-10-31"), at("2026-03-01"), policy);
    EXPECT_EQ(clock.now, at("2026-03-01"));
    EXPECT_FALSE(clock.stale);
    EXPECT_EQ(clock.kind, CoverageKind::full);
}

TEST(DataClock, SixtyDaysAreStillFresh) {
    EXPECT_FALSE(data_clock(group("a:1", "A").full("2024-01-01", "2026-09-01"), at("2026-10-31"), policy).stale);
    EXPECT_TRUE(data_clock(group("a:1", "A").full("2024-01-01", "2026-08-31"), at("2026-10-31"), policy).stale);
}

TEST(DataClock, AnEndThatIsOnlyTheGroupsLastRecordIsStaleByRule) {
    const auto clock =
        data_clock(group("a:1", "A").act("2026-10-29").covered(CoverageKind::full, "2024-01-01", "2026-10-29", false),
                   at("2026-10-31"), policy);
    EXPECT_TRUE(clock.stale);
    EXPECT_FALSE(clock.end_known);
}

TEST(DataClock, AListOfNamesDoesNotMoveTheClockOfActivity) {
    const auto clock = data_clock(
        group("a:1", "A").own_only("2024-01-01", "2026-02-01").covered(CoverageKind::names_only, "2026-10-30", "2026-10-30"),
        at("2026-10-31"), policy);
    EXPECT_EQ(clock.now, at("2026-02-01"));
}

TEST(IsCovered, JoinsPeriodsThatTouchAndSeesGaps) {
    const GroupHistory joined = group("a:1", "A").full("2024-01-01", "2025-01-01").full("2025-01-01", "2026-01-01");
    EXPECT_TRUE(is_covered(joined, {CoverageKind::full}, at("2024-06-01"), at("2025-06-01")));
    const GroupHistory gap = group("a:1", "A").full("2024-01-01", "2025-01-01").full("2025-02-01", "2026-01-01");
    EXPECT_FALSE(is_covered(gap, {CoverageKind::full}, at("2024-06-01"), at("2025-06-01")));
    EXPECT_FALSE(is_covered(joined, {CoverageKind::own_only}, at("2024-06-01"), at("2025-06-01")));
}

TEST(IsCovered, ForgivesTwoDaysAtTheEndForExportsAreNotMadeInTheSameHour) {
    const GroupHistory both = group("a:1", "A").full("2024-01-01", "2026-10-29").own_only("2024-01-01", "2026-10-31");
    EXPECT_EQ(data_clock(both, at("2026-10-31"), policy).kind, CoverageKind::full);
    EXPECT_TRUE(is_covered(both, {CoverageKind::full}, at("2026-01-01"), at("2026-10-31")));
    const GroupHistory older = group("a:1", "A").full("2024-01-01", "2026-10-28").own_only("2024-01-01", "2026-10-31");
    EXPECT_EQ(data_clock(older, at("2026-10-31"), policy).kind, CoverageKind::own_only);
    EXPECT_FALSE(is_covered(older, {CoverageKind::full}, at("2026-01-01"), at("2026-10-31")));
}

struct SeasonCase {
    const char* name;
    std::vector<const char*> acts;
    const char* until;  // null: no season
};
class Seasons : public testing::TestWithParam<SeasonCase> {};

TEST_P(Seasons, AreSeenWhenTheyComeBack) {
    std::vector<Instant> acts;
    for (const char* each : GetParam().acts) acts.push_back(at(each));
    const auto found = season(acts, at("2026-10-31"), day("2026-10-31"), Zone::utc(), policy);
    ASSERT_EQ(found.has_value(), GetParam().until != nullptr);
    if (found) {
        EXPECT_EQ(format_date(found->until), GetParam().until);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Years, Seasons,
    testing::ValuesIn<SeasonCase>({
        {"none", {}, nullptr},
        {"spring_of_two_years", {"2025-03-10", "2025-03-24", "2025-04-07", "2026-03-09", "2026-03-30"}, "2027-04-30"},
        {"one_year_only", {"2026-03-10", "2026-03-24", "2026-04-07"}, nullptr},
        {"all_year_round",
         {"2025-01-10", "2025-04-10", "2025-07-10", "2025-10-10", "2026-01-10", "2026-04-10", "2026-07-10"},
         nullptr},
        {"too_long_ago", {"2024-03-10", "2025-03-10"}, nullptr},
        {"one_winter_is_one_turn", {"2025-12-15", "2025-12-22", "2026-01-05"}, nullptr},
        {"two_winters", {"2024-12-16", "2025-01-06", "2025-12-15", "2026-01-05"}, "2027-02-04"},
        {"the_window_is_running", {"2025-10-13", "2026-10-20"}, "2026-12-03"},
    }),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ActiveWeeks, CountTheRunningWeekAndTheOnesBefore) {
    const std::vector<Instant> acts{at("2026-10-31"), at("2026-10-26"), at("2026-10-20"),
                                    at("2026-05-10"), at("2025-11-03"), at("2025-10-26")};
    EXPECT_EQ(active_weeks(acts, at("2026-10-31"), 52, Zone::utc()), 4U);
    EXPECT_EQ(active_weeks(acts, at("2026-10-31"), 26, Zone::utc()), 3U);
}

TEST(ActiveWeeks, BelongToTheZone) {
    // 23:30 UTC on a Sunday is Monday in Brussels.
    const std::vector<Instant> acts{at("2026-10-18T23:30:00Z"), at("2026-10-20")};
    EXPECT_EQ(active_weeks(acts, at("2026-10-31"), 52, Zone::utc()), 2U);
    const auto brussels = Zone::find("Europe/Brussels");
    ASSERT_TRUE(brussels);
    EXPECT_EQ(active_weeks(acts, at("2026-10-31"), 52, *brussels), 1U);
}

}  // namespace participation_test
}  // namespace secateur

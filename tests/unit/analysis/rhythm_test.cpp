// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/rhythm.hpp"

#include <gtest/gtest.h>

#include <string>

#include "analysis/audit.hpp"
#include "tests/support/history_builder.hpp"

namespace secateur {
namespace rhythm_test {

using test::at;
using test::day;
using test::group;
using test::HistoryBuilder;
using std::chrono::days;
const Policy policy;
const Instant as_of = at("2026-11-30");

std::optional<Rhythm> of(const GroupHistory& history, const Zone& zone = Zone::utc()) {
    return rhythm(history, data_clock(history, as_of, policy), zone, policy);
}
std::optional<Responses> answers_of(const GroupHistory& history) {
    return responses(history, data_clock(history, as_of, policy), Zone::utc(), policy);
}
std::optional<WeekSpan> span_of(const GroupHistory& history, const Zone& zone = Zone::utc()) {
    return watched_weeks(history, {CoverageKind::own_only, CoverageKind::full}, data_clock(history, as_of, policy), zone);
}
HistoryBuilder own() { return group("a:1", "A").own_only("2026-01-01", "2026-10-30"); }
HistoryBuilder whole() { return group("a:1", "A").full("2026-01-01", "2026-10-30"); }

Call call(std::string_view when, std::optional<std::string_view> answered = {}, bool inferred = false) {
    return {.at = at(when), .kind = ActivityKind::post, .answered = answered ? std::optional(at(*answered)) : std::nullopt, .inferred = inferred};
}
/// One thread a week before `last`, each answered after so many hours.
GroupHistory with_threads(const HistoryBuilder& builder, int count, int answered, int hours = 5) {
    GroupHistory history = builder;
    for (int i = 0; i < count; ++i) {
        Call one{.at = at("2026-10-01") - days(7 * (count - i)), .answered = {}};
        if (i < answered) one.answered = one.at + std::chrono::hours(hours);
        history.my_threads.push_back(one);
    }
    return history;
}

TEST(WatchedWeeks, AreWholeWeeksOfTheDataWithoutTheRunningOne) {
    // 1 January 2026 is a Thursday, 30 October a Friday.
    const auto span = span_of(own().act("2026-03-01"));
    ASSERT_TRUE(span);
    EXPECT_EQ(format_date(span->begin), "2026-01-05");
    EXPECT_EQ(format_date(span->end), "2026-10-26");
    EXPECT_EQ(span->weeks(), 42U);
}

TEST(WatchedWeeks, BeginWithMyJoining) {
    EXPECT_EQ(format_date(span_of(own().joined("2026-06-10").act("2026-07-01"))->begin), "2026-06-15");
}

TEST(WatchedWeeks, ReachBackToTheLastGapOnly) {
    const GroupHistory history = group("a:1", "A").act("2026-07-01").own_only("2024-01-01", "2025-01-01").own_only("2026-06-01", "2026-10-30");
    EXPECT_EQ(format_date(span_of(history)->begin), "2026-06-08");
}

TEST(WatchedWeeks, AreAbsentWhereTheDataHoldNothing) {
    EXPECT_FALSE(span_of(group("a:1", "A").covered(CoverageKind::names_only, "2026-01-01", "2026-10-30")));
    EXPECT_FALSE(span_of(group("a:1", "A").act("2026-10-28").own_only("2026-10-28", "2026-10-30"))) << "not one whole week";
}

TEST(Rhythm, CountsWeeksNotMessages) {
    HistoryBuilder builder = own();
    for (int i = 0; i < 200; ++i) builder.act(at("2026-10-06") + std::chrono::minutes(i));
    const auto found = of(builder);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->acts, 200U);
    EXPECT_EQ(found->active_weeks->part, 1U);
    EXPECT_EQ(found->active_weeks->all, 42U);
    EXPECT_NEAR(*found->acts_per_week, 200.0 / 42, 1e-12);
    EXPECT_EQ(found->ladder, Ladder::none) << "one day of writing is one day";
    EXPECT_FALSE(found->usual_gap_days) << "and leaves no gap";
}

TEST(Rhythm, IsAbsentForSomebodyWhoNeverWrote) { EXPECT_FALSE(of(own())); }

struct StreakCase {
    const char* name;
    std::vector<const char*> acts;
    std::uint64_t now, longest;
};
class Streaks : public testing::TestWithParam<StreakCase> {};
TEST_P(Streaks, AreRunsOfWeeks) {
    HistoryBuilder builder = own();
    for (const char* each : GetParam().acts) builder.act(each);
    const auto found = of(builder);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->streak, GetParam().now);
    EXPECT_EQ(found->longest_streak, GetParam().longest);
}
INSTANTIATE_TEST_SUITE_P(Weeks, Streaks,
                         testing::ValuesIn<StreakCase>({
                             {"running_week_too", {"2026-10-14", "2026-10-21", "2026-10-28"}, 3, 3},
                             {"the_running_week_may_still_come", {"2026-10-14", "2026-10-21"}, 2, 2},
                             {"broken", {"2026-09-09", "2026-09-16", "2026-09-23", "2026-10-14"}, 0, 3},
                             {"sunday_and_monday_are_two_weeks", {"2026-10-18", "2026-10-19"}, 2, 2},
                         }),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Rhythm, HoldsSilenceAgainstMyOwnHabit) {
    HistoryBuilder builder = own();
    for (int i = 0; i < 6; ++i) builder.act(at("2026-10-10") - days(5 * i));
    const auto found = of(builder);
    ASSERT_TRUE(found && found->silence_ratio);
    EXPECT_EQ(*found->usual_gap_days, 5);
    EXPECT_EQ(*found->silence_ratio, 4) << "20 days at a gap of 5";
    HistoryBuilder few = own();
    for (int i = 0; i < 5; ++i) few.act(at("2026-10-10") - days(5 * i));
    EXPECT_FALSE(of(few)->silence_ratio) << "four gaps are no habit";
}

struct LadderCase {
    const char* name;
    int days, every;
    Ladder step;
};
class Ladders : public testing::TestWithParam<LadderCase> {};
TEST_P(Ladders, ClimbsByDays) {
    HistoryBuilder builder = own();
    for (int i = 0; i < GetParam().days; ++i) builder.act(at("2026-10-30") - days(GetParam().every * i));
    EXPECT_EQ(of(builder)->ladder, GetParam().step);
}
INSTANTIATE_TEST_SUITE_P(Steps, Ladders,
                         testing::ValuesIn<LadderCase>({
                             {"one_day", 1, 1, Ladder::none},
                             {"two_within_a_week", 2, 6, Ladder::participating},
                             {"two_a_week_apart", 2, 7, Ladder::none},
                             {"seven_within_a_month", 7, 4, Ladder::contributing},
                             {"thirty_within_a_quarter", 30, 3, Ladder::leading},
                         }),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Presence, ComparesWithMyOwnEarlierWeeks) {
    const auto presence = [](int before_every, int recent) {
        HistoryBuilder builder = own();
        for (Instant each = at("2026-01-07"); each < at("2026-08-03"); each += days(7 * before_every)) builder.act(each);
        for (int i = 0; i < recent; ++i) builder.act(at("2026-10-21") - days(7 * i));
        return of(builder)->presence;
    };
    EXPECT_EQ(presence(1, 0), Presence::low);
    EXPECT_EQ(presence(1, 12), Presence::neutral) << "every week before, every week now";
    EXPECT_EQ(presence(6, 12), Presence::high);
    EXPECT_EQ(presence(4, 3), Presence::neutral) << "one week in four, before and now";
}

TEST(Presence, IsUnknownWithoutEnoughOfAPast) {
    EXPECT_EQ(of(group("a:1", "A").acts_weekly("2026-10-21", 10).own_only("2026-06-01", "2026-10-30"))->presence, std::nullopt);
    EXPECT_EQ(of(own().act("2026-02-04").act("2026-10-21"))->presence, std::nullopt) << "one earlier week is no habit";
}

TEST(Presence, ACoupleOfWeeksAfterAlmostNothingIsNotHigh) {
    const auto presence = [](int recent) {
        HistoryBuilder builder = group("a:1", "A").own_only("2020-01-01", "2026-10-30");
        for (const char* each : {"2020-03-04", "2021-03-03", "2022-03-02"}) builder.act(each);
        for (int i = 0; i < recent; ++i) builder.act(at("2026-10-21") - days(7 * i));
        return of(builder)->presence;
    };
    EXPECT_EQ(presence(2), Presence::neutral);
    EXPECT_EQ(presence(3), Presence::high);
}

TEST(Initiative, IsTheShareOfThreadsAmongThreadsAndReplies) {
    GroupHistory history = with_threads(own().act("2026-09-01"), 2, 0);
    for (int i = 0; i < 6; ++i) history.my_replies.push_back(at("2026-08-05") + days(i));
    const auto found = of(history);
    ASSERT_TRUE(found && found->initiative);
    EXPECT_EQ(found->initiative->part, 2U);
    EXPECT_EQ(found->initiative->all, 8U);
    history.my_replies.resize(2);
    EXPECT_FALSE(of(history)->initiative) << "four say nothing";
}

TEST(Initiative, AMessageOpensAThreadOnlyWhereTheSilenceBeforeIsKnown) {
    for (const bool known : {false, true}) {
        GroupHistory history = with_threads(known ? whole().act("2026-09-01") : own().act("2026-09-01"), 5, 0);
        for (Call& each : history.my_threads) each.kind = ActivityKind::message;
        for (int i = 0; i < 5; ++i) history.my_replies.push_back(at("2026-08-05") + days(i));
        EXPECT_EQ(of(history)->initiative->part, known ? 5U : 0U);
    }
}

std::vector<Rhythm> rates(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& groups) {
    std::vector<Rhythm> list;
    for (const auto& [acts, weeks] : groups) list.push_back({.weeks = weeks, .acts = acts});
    std::vector<Rhythm*> all;
    for (Rhythm& each : list) all.push_back(&each);
    all.push_back(nullptr);
    expect_rates(all, policy);
    return list;
}

TEST(ExpectRates, DrawsAShortHistoryTowardsHerOtherGroups) {
    const auto list = rates({{20, 4}, {10, 200}, {100, 200}, {400, 200}, {30, 200}});
    EXPECT_LT(list[0].expected_per_week->value, 5) << "five a week over a month is much beside the others";
    EXPECT_GT(list[0].expected_per_week->value, 1);
    EXPECT_NEAR(list[3].expected_per_week->value, 2, 0.05) << "four years speak for themselves";
    for (const Rhythm& each : list) {
        EXPECT_LT(each.expected_per_week->low, each.expected_per_week->value);
        EXPECT_GT(each.expected_per_week->high, each.expected_per_week->value);
    }
}

TEST(ExpectRates, LeavesTheRateAloneWithoutOtherGroups) {
    const auto list = rates({{10, 10}});
    EXPECT_DOUBLE_EQ(list[0].expected_per_week->value, 1);
    EXPECT_NEAR(list[0].expected_per_week->low, 0.4795, 5e-4) << "exact Poisson: 4.795 to 18.39 for 10";
    EXPECT_NEAR(list[0].expected_per_week->high, 1.839, 5e-4);
    EXPECT_EQ(rates({{0, 10}})[0].expected_per_week->low, 0);
    EXPECT_FALSE(rates({{3, 3}})[0].expected_per_week) << "three weeks are no rate";
}

TEST(Responses, SayHowOftenIAmAnsweredAndHowFast) {
    const auto found = answers_of(with_threads(whole().act("2026-09-01"), 10, 9));
    ASSERT_TRUE(found && found->received && found->to_me);
    EXPECT_EQ(found->received->part, 9U);
    EXPECT_EQ(found->received->all, 10U);
    EXPECT_EQ(found->to_me->median_hours, 5);
    EXPECT_FALSE(found->to_me->open_counted);
    EXPECT_FALSE(found->given) << "nobody called me";
}

TEST(Responses, CountTheOpenOnesIntoTheUsualWait) {
    const auto found = answers_of(with_threads(whole().act("2026-09-01"), 10, 6));
    ASSERT_TRUE(found && found->to_me);
    EXPECT_TRUE(found->to_me->open_counted);
    EXPECT_EQ(found->to_me->median_hours, 5);
    EXPECT_FALSE(found->to_me->p90_hours) << "four of ten are still open";
    EXPECT_FALSE(answers_of(with_threads(whole().act("2026-09-01"), 13, 5))->to_me) << "most are never answered";
}

TEST(Responses, AnAnswerAfterAWeekIsNoneAndAFreshThreadIsNotJudged) {
    EXPECT_EQ(answers_of(with_threads(whole().act("2026-09-01"), 6, 6, 24 * 8))->received->part, 0U);
    GroupHistory history = with_threads(whole().act("2026-09-01"), 6, 6);
    history.my_threads.push_back(call("2026-10-25"));
    EXPECT_EQ(answers_of(history)->received->all, 6U) << "five days old";
}

TEST(Responses, UnknownIsNotUnanswered) {
    GroupHistory history = with_threads(whole().act("2026-09-01"), 10, 5);
    for (std::size_t i = 5; i < 10; ++i) history.my_threads[i].unknown = true;
    const auto found = answers_of(history);
    EXPECT_EQ(found->received->all, 5U);
    EXPECT_EQ(found->unknown, 5U);
}

TEST(Responses, SayHowManyAnswersWereInferred) {
    GroupHistory history = whole().act("2026-09-01");
    for (const bool inferred : {true, false, false, true, false})
        history.calls_to_me.push_back(call("2026-08-03", "2026-08-04", inferred));
    const auto found = answers_of(history);
    EXPECT_EQ(found->inferred->part, 2U);
    EXPECT_EQ(found->inferred->all, 5U);
    EXPECT_EQ(found->given->part, 5U);
}

TEST(Responses, ABigGroupIsNoFailure) {
    HistoryBuilder builder = whole().acts_weekly("2026-10-20", 10);
    for (int person = 0; person < 99; ++person)
        for (int i = 0; i < 10; ++i) builder.says("p" + std::to_string(person), at("2026-10-20") - days(7 * i));
    GroupHistory history = builder;
    // What the store adds: everybody wrote last in the week of the 19th.
    history.weeks.back().authors_last = 100;
    const auto found = answers_of(history);
    ASSERT_TRUE(found && found->voice);
    EXPECT_NEAR(found->voice->value, 0.01, 1e-12);
    EXPECT_NEAR(*found->voice_index, 1, 1e-12) << "an average author";
}

}  // namespace rhythm_test
}  // namespace secateur

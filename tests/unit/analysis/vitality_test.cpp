// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/vitality.hpp"

#include <gtest/gtest.h>

#include "tests/support/history_builder.hpp"

namespace secateur {
namespace vitality_test {

using test::at;
using test::day;
using test::group;
using test::HistoryBuilder;
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

struct StatedCase {
    std::string name;
    std::optional<std::string> last_post;
    std::optional<std::uint64_t> posts;
    std::string measured, as_of;
    std::optional<bool> dead;  // absent: nothing against its life
};
class StatedLives : public testing::TestWithParam<StatedCase> {};
TEST_P(StatedLives, CountAgainstAGroupOnlyAsFarAsTheySay) {
    const GroupHistory history = group("viadeo:1", "Birders").act("2016-04-12").covered(CoverageKind::partial_window, "2014-03-10", "2026-10-30")
                                     .stated(GetParam().measured, GetParam().posts, GetParam().last_post);
    const Instant as_of = at(GetParam().as_of);
    const auto found = stated_silence(history, data_clock(history, as_of, policy), as_of, Zone::utc(), policy);
    EXPECT_EQ(found ? std::optional(found->dead) : std::nullopt, GetParam().dead);
}
INSTANTIATE_TEST_SUITE_P(Tables, StatedLives, testing::ValuesIn<StatedCase>({
    {"old_last_post", "2016-04-21", 0, "2026-10-30", "2026-10-31", true},
    {"old_last_post_alone", "2016-04-21", {}, "2026-10-30", "2026-10-31", true},
    {"recent_last_post", "2026-10-16", 3, "2026-10-30", "2026-10-31", {}},
    {"no_post_in_a_month", {}, 0, "2026-10-30", "2026-10-31", false},
    {"posts_in_a_month", {}, 4, "2026-10-30", "2026-10-31", {}},
    {"contradicting_itself", "2016-04-21", 4, "2026-10-30", "2026-10-31", {}},
    {"measured_later_but_silent_then", "2016-04-21", 0, "2026-10-30", "2020-01-01", true},
    {"not_yet_silent_then", "2016-04-21", {}, "2026-10-30", "2016-05-01", {}},
    {"count_of_a_month_to_come", {}, 0, "2026-10-30", "2020-01-01", {}},
}), [](const auto& test) { return test.param.name; });

TEST(StatedLife, IsSilentWhereTheConversationTellsAndYieldsToWordsSince) {
    const Instant now = at("2026-10-31");
    const auto of_table = [&](HistoryBuilder builder) {
        const GroupHistory history = builder.stated("2026-10-30", 0, "2016-04-21");
        return stated_silence(history, data_clock(history, now, policy), now, Zone::utc(), policy);
    };
    EXPECT_FALSE(of_table(group("x:1", "Birders").says("Ada", "2016-04-21").full("2010-01-01", "2026-10-31")));
    EXPECT_FALSE(of_table(group("x:1", "Birders").act("2026-10-20").own_only("2010-01-01", "2026-10-31")));
    const auto quiet = of_table(group("x:1", "Birders").act("2026-08-20").own_only("2010-01-01", "2026-10-31"));
    ASSERT_TRUE(quiet);
    EXPECT_FALSE(quiet->dead) << "she wrote there ten weeks ago";
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
    EXPECT_EQ(found->last_month, 2026 * 12 + 8);
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
class Dead : public testing::TestWithParam<DeadCase> {};

TEST_P(Dead, IsKnownOnlyWhereTheConversationIs) {
    auto history = group("telegram:1", "Birders").full(GetParam().begin, "2026-10-31");
    if (*GetParam().last) history.says("Ada", GetParam().last);
    const GroupHistory built = history;
    EXPECT_EQ(is_dead(built, data_clock(built, at("2026-10-31"), policy), policy), GetParam().dead);
}

INSTANTIATE_TEST_SUITE_P(Groups, Dead,
                         testing::ValuesIn<DeadCase>({
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

/// So many posts of Ada in each whole month up to September 2026.
GroupHistory months_of(const std::vector<int>& posts) {
    auto history = group("telegram:1", "Birders").full("2020-01-01", "2026-10-31");
    history.says("Ada", "2020-01-15");  // the group is older than these months
    for (std::size_t i = 0; i < posts.size(); ++i) {
        const auto month = std::chrono::year_month{std::chrono::year{2026}, std::chrono::month{9}} - std::chrono::months(posts.size() - 1 - i);
        for (int k = 0; k < posts[i]; ++k) history.says("Ada", Instant(std::chrono::sys_days(month / 10)) + std::chrono::hours(k));
    }
    return history;
}

TEST(Trend, IsSilentBelowFiveMonthsAndReadsAClearFallBeyond) {
    Policy short_look = policy;
    short_look.trend_months_most = 6;
    const auto trend_of = [&](const GroupHistory& history, const Policy& chosen) {
        auto found = vitality(history, data_clock(history, at("2026-10-31"), chosen), Zone::utc(), chosen);
        mark_readable({&*found}, chosen);
        return found;
    };
    const auto falling = trend_of(months_of({60, 50, 40, 30, 20, 10}), short_look);
    ASSERT_TRUE(falling->trend);
    EXPECT_TRUE(falling->trend->readable);
    EXPECT_DOUBLE_EQ(falling->trend->slope, -10);
    EXPECT_FALSE(trend_of(months_of({9, 11, 10, 8, 12, 10}), short_look)->trend->readable);
    auto young = group("telegram:2", "New").full("2026-05-20", "2026-10-31");
    for (int i = 0; i < 20; ++i) young.says("Ada", at("2026-06-01") + std::chrono::days(4 * i));
    EXPECT_FALSE(of(young, "2026-10-31")->trend) << "June to September are four months";
}

TEST(Trend, FiveOfOnePercentAmongSixtyGroupsAreNotSixtyAlarms) {
    // Sixty groups whose p is spread evenly, as chance does: none is readable, though three are below 5 %.
    std::vector<Vitality> groups(60);
    std::vector<Vitality*> all;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        groups[i].trend = Trend{.months = 12, .slope = -1, .p = (static_cast<double>(i) + 0.5) / 60, .readable = false};
        all.push_back(&groups[i]);
    }
    mark_readable(all, policy);
    for (const Vitality& each : groups) EXPECT_FALSE(each.trend->readable);
    groups[0].trend->p = 0.0001;
    mark_readable(all, policy);
    EXPECT_TRUE(groups[0].trend->readable);
    EXPECT_FALSE(groups[1].trend->readable);
}

GroupHistory year_of(std::vector<std::uint32_t> posts_by_author, std::optional<std::uint64_t> members = {}) {
    GroupHistory history = group("telegram:1", "Birders").full("2024-01-01", "2026-10-31").says("Ada", "2026-09-03");
    history.year.posts_by_author = std::move(posts_by_author);
    history.stated_members = members;
    return history;
}

TEST(Concentration, ShowsTheTenMostActiveOfLargeGroupsAndGiniOfSmallOnes) {
    const auto small = of(year_of({30, 1, 1, 1, 1}), "2026-10-31");
    EXPECT_FALSE(small->top_ten_share);
    ASSERT_TRUE(small->gini);
    EXPECT_NEAR(*small->gini, 0.6824, 0.001);
    std::vector<std::uint32_t> many(60, 1);
    many[0] = 41;
    EXPECT_NEAR(*of(year_of(many), "2026-10-31")->top_ten_share, 0.5, 1e-9);
    EXPECT_FALSE(of(year_of({9, 9}), "2026-10-31")->gini) << "two authors are no distribution";
}

TEST(Members, AreNeverInferredFromAuthors) {
    const auto unknown = of(year_of({30, 5, 1}), "2026-10-31");
    EXPECT_FALSE(unknown->creators || unknown->active_rate);
    const auto known = of(year_of({30, 5, 1}, 100), "2026-10-31");
    ASSERT_TRUE(known->creators && known->active_rate);
    EXPECT_DOUBLE_EQ(known->creators->none, 0.97);
    EXPECT_DOUBLE_EQ(known->creators->many, 0.01);
    EXPECT_DOUBLE_EQ(*known->active_rate, 0.01);
    EXPECT_FALSE(of(year_of({30, 5, 1}, 2), "2026-10-31")->creators) << "fewer members than authors: the number is old";
}

TEST(Loneliness, IsTheShareOfThreadsThatNobodyElseAnswered) {
    GroupHistory history = year_of({3});
    history.year.threads = 20;
    history.year.lonely = 15;
    EXPECT_EQ(of(history, "2026-10-31")->lonely->value, 0.75);
    history.year.threads = 4;
    EXPECT_FALSE(of(history, "2026-10-31")->lonely) << "four threads are no share";
}

TEST(Burstiness, TellsAClockFromBursts) {
    GroupHistory history = year_of({3});
    history.year.gaps = 50;
    history.year.gap_mean = 24;
    EXPECT_EQ(of(history, "2026-10-31")->burstiness, -1);
    history.year.gap_deviation = 24;
    EXPECT_EQ(of(history, "2026-10-31")->burstiness, 0);
    history.year.gap_deviation = 240;
    EXPECT_GT(*of(history, "2026-10-31")->burstiness, 0.8);
    history.year.gaps = 3;
    EXPECT_FALSE(of(history, "2026-10-31")->burstiness);
}

struct StateCase {
    const char* name;
    Vitality vitality;
    StateFacts facts;
    std::optional<GroupState> state;
};
Vitality busy(double posts, std::uint32_t authors) {
    Vitality out;
    out.posts_per_week_median = posts;
    out.authors_month = authors;
    return out;
}
Vitality with(Vitality out, void (*change)(Vitality&)) {
    change(out);
    return out;
}
class State : public testing::TestWithParam<StateCase> {};
TEST_P(State, IsTheFirstNameThatHolds) { EXPECT_EQ(group_state(GetParam().vitality, GetParam().facts, policy), GetParam().state); }
INSTANTIATE_TEST_SUITE_P(
    Groups, State,
    testing::ValuesIn(std::vector<StateCase>{
        {"healthy", busy(12, 9), {}, GroupState::healthy},
        {"two_people_are_no_group", busy(12, 2), {}, std::nullopt},
        {"quiet", busy(0, 1), {}, std::nullopt},
        {"quiet_and_announces", busy(0, 1), {false, true, false}, GroupState::quiet_but_valuable},
        {"quiet_and_read", busy(0.5, 1), {false, false, true}, GroupState::quiet_but_valuable},
        {"busy_and_read", busy(12, 9), {false, false, true}, GroupState::healthy},
        {"declining", with(busy(12, 9), [](Vitality& v) { v.months_since_half_of_best = 4; }), {}, GroupState::refresh_needed},
        {"falling_readably", with(busy(12, 9), [](Vitality& v) { v.trend = Trend{8, -2, 0.001, true}; }), {}, GroupState::refresh_needed},
        {"falling_perhaps", with(busy(12, 9), [](Vitality& v) { v.trend = Trend{8, -2, 0.04, false}; }), {}, GroupState::healthy},
        {"a_double", busy(12, 9), {true, false, false}, GroupState::sprawl},
        {"dead_comes_first", with(busy(0, 0), [](Vitality& v) { v.dead = true; }), {true, false, true}, GroupState::dead},
    }),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace vitality_test
}  // namespace secateur

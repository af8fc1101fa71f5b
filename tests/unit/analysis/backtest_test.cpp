// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/backtest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "analysis/participation.hpp"
#include "tests/support/history_builder.hpp"

namespace secateur {
namespace backtest_test {

using test::at;
using test::day;
using test::group;
using test::HistoryBuilder;
using std::chrono::days;
const Policy policy;
const Instant cut = at("2026-01-01");

std::vector<Instant> instants(std::initializer_list<const char*> dates) {
    std::vector<Instant> out;
    for (const char* each : dates) out.push_back(at(each));
    return out;
}

const ScoreQuality& of(const BacktestReport& report, Score score) {
    return *std::find_if(report.scores.begin(), report.scores.end(), [score](const ScoreQuality& each) { return each.score == score; });
}

TEST(Backtest, KnowsOnlyWhatLayBeforeTheCutOff) {
    const auto acts = instants({"2025-03-01", "2025-11-20", "2026-02-01", "2026-08-01"});
    Backtest test(policy, {});
    test.add({{.group = "a:1", .acts = acts, .people_90d = {}}}, cut);
    ASSERT_EQ(test.cases().size(), 1U);
    const BacktestCase& only = test.cases()[0];
    const auto known = participation(instants({"2025-03-01", "2025-11-20"}), {}, cut, policy);
    EXPECT_EQ(only.p, known->probability);
    EXPECT_EQ(only.decayed_weeks, known->active_weeks_decayed);
    EXPECT_EQ(only.recency, -42);
    EXPECT_EQ(only.posts_90_days, 1);
    EXPECT_EQ(only.followed, 1U) << "the act of August lies beyond the half year";
}

TEST(Backtest, AMembershipWithoutAnActBeforeIsNoCase) {
    const auto later = instants({"2026-02-01"});
    Backtest test(policy, {});
    test.add({{.group = "a:1", .acts = later, .people_90d = {}}}, cut);
    EXPECT_TRUE(test.cases().empty());
}

TEST(Backtest, LeavesOutPeopleWithTooFewLivelyGroups) {
    const auto recent = instants({"2025-11-20"}), old = instants({"2024-11-20"});
    Backtest test(policy, {.least_groups = 2});
    test.add({{.group = "a:1", .acts = recent, .people_90d = {}}, {.group = "a:2", .acts = old, .people_90d = {}}}, cut);
    EXPECT_TRUE(test.cases().empty());
    test.add({{.group = "a:1", .acts = recent, .people_90d = {}}, {.group = "a:2", .acts = recent, .people_90d = {}},
              {.group = "a:3", .acts = old, .people_90d = {}}},
             cut);
    EXPECT_EQ(test.cases().size(), 3U) << "where she counts, every group she ever wrote in does";
}

TEST(Backtest, MeasuresSilenceOnEachAccountApart) {
    const auto recent = instants({"2025-12-20"}), old = instants({"2025-06-01"});
    Backtest test(policy, {});
    test.add(std::vector<Backtest::Account>{{{}, {{.group = "a:1", .acts = recent, .people_90d = {}}}},
                                            {{}, {{.group = "b:1", .acts = old, .people_90d = {}}}}},
             cut);
    ASSERT_EQ(test.cases().size(), 2U);
    EXPECT_EQ(test.cases()[1].p, participation(old, at("2025-06-01"), cut, policy)->probability);
    EXPECT_EQ(test.cases()[0].list, test.cases()[1].list) << "but ranks all her groups together";
}

/// Groups that were written in lately go on, the others do not: what every score should see.
class Corpus : public testing::Test {
protected:
    void add(int number, bool lively, bool goes_on) {
        std::vector<Instant>& acts = acts_.emplace_back();
        const Instant last = cut - days(lively ? 5 + number % 20 : 800 + number % 100);
        for (int i = 3; i >= 0; --i) acts.push_back(last - days(14 * i));
        if (goes_on) acts.push_back(cut + days(30));
        memberships_.push_back({.group = "a:" + std::to_string(number), .acts = {}, .people_90d = {}});
    }
    BacktestReport run(const BacktestProtocol& protocol = {}) {
        for (std::size_t i = 0; i < acts_.size(); ++i) memberships_[i].acts = acts_[i];
        Backtest test(policy, protocol);
        test.add(memberships_, cut);
        return test.report();
    }
    std::vector<std::vector<Instant>> acts_;
    std::vector<BacktestMembership> memberships_;
};

TEST_F(Corpus, RefusesBelowTwentyOfEachOutcome) {
    for (int i = 0; i < 40; ++i) add(i, i % 2 == 0, i % 2 == 0 && i != 0);
    const BacktestReport report = run();
    EXPECT_EQ(report.cases, 40U);
    EXPECT_EQ(report.active, 19U);
    EXPECT_FALSE(report.enough);
    EXPECT_TRUE(report.scores.empty());
    EXPECT_TRUE(report.calibration.empty());
    EXPECT_TRUE(report.thresholds.empty());
}

TEST_F(Corpus, APerfectOrderScoresOne) {
    for (int i = 0; i < 60; ++i) add(i, i % 2 == 0, i % 2 == 0);
    const BacktestReport report = run();
    ASSERT_TRUE(report.enough);
    for (const ScoreQuality& each : report.scores) {
        EXPECT_EQ(each.auc, 1) << to_string(each.score);
        EXPECT_EQ(each.average_precision, 1) << to_string(each.score);
        EXPECT_EQ(each.auc_per_list, 1) << to_string(each.score);
        EXPECT_EQ(each.ndcg5, 1) << to_string(each.score);
    }
}

TEST_F(Corpus, AScoreThatSaysNothingScoresOneHalf) {
    // Every group has the same past, so all values are tied: half of the pairs, and the share of active ones as precision.
    for (int i = 0; i < 60; ++i) add(0, true, i % 3 == 0);
    const BacktestReport report = run();
    ASSERT_TRUE(report.enough);
    const ScoreQuality& p = of(report, Score::p);
    EXPECT_EQ(p.auc, 0.5);
    EXPECT_NEAR(*p.average_precision, 1.0 / 3, 1e-4);
    EXPECT_NEAR(*p.ndcg5, 1.0 / 3, 1e-4);
    EXPECT_NEAR(*of(report, Score::recency).brier, 1.0 / 3 * 2 / 3, 1e-3) << "the best curve says one third for all";
}

TEST_F(Corpus, ThresholdsSayWhatLeavingWouldHaveLost) {
    for (int i = 0; i < 30; ++i) add(i, true, true);
    for (int i = 30; i < 60; ++i) add(i, false, i < 33);  // three come back after a long silence
    const BacktestReport report = run();
    ASSERT_TRUE(report.enough);
    std::uint64_t before = 0;
    for (const ThresholdRow& row : report.thresholds) {
        EXPECT_GE(row.named, before) << "a higher threshold names no fewer";
        before = row.named;
        EXPECT_EQ(row.followed, 33U);
        if (row.threshold != policy.leave_probability) continue;
        EXPECT_EQ(row.named, 30U);
        EXPECT_EQ(row.lost, 3U);
        ASSERT_TRUE(row.right);
        EXPECT_EQ(row.right->part, 27U);
    }
    ASSERT_EQ(report.regrets.size(), 3U);
    EXPECT_EQ(report.regrets[0].followed, 1U);
    EXPECT_EQ(report.regrets[0].cut_off, day("2026-01-01"));
}

TEST_F(Corpus, CalibrationRowsHoldEveryCaseOnce) {
    for (int i = 0; i < 80; ++i) add(i, i % 2 == 0, i % 4 < 2);
    const BacktestReport report = run();
    ASSERT_TRUE(report.enough);
    std::uint64_t cases = 0;
    for (const CalibrationRow& row : report.calibration) {
        cases += row.cases;
        EXPECT_GE(*row.said, row.from);
        EXPECT_LE(*row.said, row.to);
        EXPECT_EQ(row.followed.has_value(), row.cases >= 5) << "a share of fewer than five says nothing";
    }
    EXPECT_EQ(cases, 80U);
}

TEST_F(Corpus, TheOrderOfMembershipsChangesNothing) {
    for (int i = 0; i < 60; ++i) add(i, i % 2 == 0, i % 3 != 0);
    const BacktestReport before = run();
    std::vector<std::size_t> order(acts_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), std::mt19937(7));
    std::vector<std::vector<Instant>> acts;
    std::vector<BacktestMembership> memberships;
    for (const std::size_t i : order) {
        acts.push_back(acts_[i]);
        memberships.push_back(memberships_[i]);
    }
    acts_ = acts;
    memberships_ = memberships;
    const BacktestReport after = run();
    for (std::size_t i = 0; i < before.scores.size(); ++i) {
        EXPECT_EQ(before.scores[i].auc, after.scores[i].auc);
        EXPECT_EQ(before.scores[i].average_precision, after.scores[i].average_precision);
        EXPECT_EQ(before.scores[i].ndcg5, after.scores[i].ndcg5);
    }
}

/// One person's history: `builders` as the store would tell it at each date.
BacktestReport own(const std::vector<HistoryBuilder>& builders, const char* as_of = "2026-10-31") {
    BacktestInputs inputs;
    inputs.histories = [&](Date date, const std::function<void(const GroupHistory&)>& visit) {
        for (const HistoryBuilder& each : builders) {
            GroupHistory history = each;
            std::erase_if(history.acts, [&](const MyAct& act) { return date_of(act.at) > date; });
            visit(history);
        }
    };
    return backtest(inputs, policy, {}, day(as_of));
}

HistoryBuilder regular(const char* id, const char* last, int weeks) { return group(id, id).acts_weekly(last, weeks).own_only("2020-01-01", "2026-10-30"); }

TEST(OwnBacktest, CutsWhereTheDataEndAndEveryHalfYearBefore) {
    std::vector<HistoryBuilder> groups;
    for (int i = 0; i < 8; ++i) groups.push_back(regular(("a:on" + std::to_string(i)).c_str(), "2026-10-20", 300));
    for (int i = 0; i < 8; ++i) groups.push_back(regular(("a:off" + std::to_string(i)).c_str(), "2022-10-20", 90));
    const BacktestReport report = own(groups);
    ASSERT_EQ(report.cut_offs.size(), 6U);
    EXPECT_EQ(format_date(report.cut_offs[0].date), "2026-05-02");
    EXPECT_EQ(format_date(report.cut_offs[5].date), "2023-11-14");
    EXPECT_EQ(report.cases, 96U);
    EXPECT_EQ(report.active, 48U);
    ASSERT_TRUE(report.enough);
    EXPECT_EQ(of(report, Score::p).auc, 1);
    EXPECT_EQ(report.with_people, 0U);
    EXPECT_EQ(report.scores.size(), 4U) << "without the others there is one P, not two";
}

TEST(OwnBacktest, AHalfYearTheDataDoNotHoldIsNoSilence) {
    const BacktestReport report = own({regular("a:1", "2024-06-01", 50).own_only("2020-01-01", "2026-10-30"),
                                       group("a:2", "a:2").acts_weekly("2024-06-01", 50).own_only("2020-01-01", "2024-06-02")});
    EXPECT_EQ(report.groups, 2U);
    EXPECT_GT(report.uncovered, 0U);
    for (const CutOff& each : report.cut_offs) {
        if (each.date > day("2023-12-05")) {
            EXPECT_EQ(each.cases, 1U) << format_date(each.date);
        }
    }
}

TEST(OwnBacktest, LeavesOutWhatCannotBeJudged) {
    EXPECT_EQ(own({regular("a:1", "2026-06-01", 50).unattributed()}).cases, 0U);
    EXPECT_EQ(own({regular("a:1", "2026-06-01", 50).unattributed()}).unattributed, 1U);
    EXPECT_EQ(own({regular("a:1", "2026-06-01", 50).answer("scope", "personal", "2026-10-01")}).cases, 0U);
    EXPECT_EQ(own({regular("a:1", "2026-06-01", 50).kind(GroupKind::direct)}).cases, 0U);
    EXPECT_EQ(own({}).cases, 0U);
}

TEST(OwnBacktest, TakesTheOthersIntoAccountWhereTheConversationIsKnown) {
    const BacktestReport report = own({group("a:1", "a:1").acts_weekly("2026-10-20", 100).says("Ada", "2026-10-20").full("2020-01-01", "2026-10-30")});
    EXPECT_EQ(report.with_people, report.cases);
    EXPECT_GT(report.cases, 0U);
}

}  // namespace backtest_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace secateur {
namespace statistics_test {

struct WilsonCase {
    const char* name;
    std::uint64_t part, all;
    double low, high;  // two decimals, as published
};
class Wilson : public ::testing::TestWithParam<WilsonCase> {};

TEST_P(Wilson, GivesThePublishedInterval) {
    const auto share = share_of(GetParam().part, GetParam().all);
    ASSERT_TRUE(share);
    EXPECT_NEAR(share->low, GetParam().low, 0.005);
    EXPECT_NEAR(share->high, GetParam().high, 0.005);
    EXPECT_LE(share->low, share->value);
    EXPECT_GE(share->high, share->value);
}
INSTANTIATE_TEST_SUITE_P(Table, Wilson,
                         ::testing::ValuesIn<WilsonCase>({
                             {"one_of_one", 1, 1, 0.21, 1.00},
                             {"two_of_three", 2, 3, 0.21, 0.94},
                             {"none_of_three", 0, 3, 0, 0.56},
                             {"three_of_ten", 3, 10, 0.11, 0.60},
                             {"none_of_thirty", 0, 30, 0, 0.11},
                         }),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(ShareOf, IsAbsentWithoutATrial) { EXPECT_FALSE(share_of(0, 0)); }

TEST(GammaQuantile, AgreesWithClosedForms) {
    for (const double share : {0.025, 0.5, 0.975}) {
        EXPECT_NEAR(gamma_quantile(share, 1, 2), -std::log(1 - share) / 2, 1e-9) << "exponential";
    }
    // Chi-square with 10 degrees of freedom is Gamma(5, 1/2): 3.247 and 20.483 in any table.
    EXPECT_NEAR(gamma_quantile(0.025, 5, 0.5), 3.247, 5e-4);
    EXPECT_NEAR(gamma_quantile(0.975, 5, 0.5), 20.483, 5e-4);
    EXPECT_NEAR(gamma_quantile(0.975, 1000, 1), gamma_quantile(0.975, 1000.001, 1), 0.01) << "both ways of computing agree where they meet";
    EXPECT_NEAR(gamma_quantile(0.5, 400, 1), 400 - 1.0 / 3, 0.01) << "the median of a large one lies a third below its mean";
}

std::optional<RatePrior> prior_of(const std::vector<std::pair<double, double>>& groups) {
    Rates rates;
    for (const auto& [events, weeks] : groups) rates.add(events, weeks);
    return rates.prior();
}

TEST(RatePrior, NeedsThreeGroupsThatDifferByMoreThanChance) {
    EXPECT_FALSE(prior_of({{5, 10}, {1, 10}}));
    EXPECT_FALSE(prior_of({{10, 10}, {11, 10}, {9, 10}, {10, 10}})) << "equal but for chance";
    EXPECT_FALSE(prior_of({{0, 10}, {0, 10}, {0, 10}}));
    EXPECT_FALSE(prior_of({{5, 10}, {50, 10}, {3, 0}})) << "a group without a week says nothing";
    const auto prior = prior_of({{0, 50}, {100, 50}, {10, 50}, {300, 50}});
    ASSERT_TRUE(prior);
    EXPECT_NEAR(prior->shape / prior->rate, 410.0 / 200, 1e-9) << "its mean is the mean rate";
    // Rates 0, 2, 0.2, 6: variance of the rates 50 * 24.03 / (200 - 50), less the chance of 3 * 2.05 / 150.
    EXPECT_NEAR(prior->shape / prior->rate / prior->rate, (50 * (4.2025 + 0.0025 + 3.4225 + 15.6025) - 3 * 2.05) / 150, 1e-9);
}

TEST(RatePrior, LeavingAGroupOutIsLikeNeverHavingAddedIt) {
    Rates rates;
    for (const double events : {0.0, 100.0, 10.0, 300.0, 7.0}) rates.add(events, 50);
    rates.leave_out(300, 50);
    const auto fewer = prior_of({{0, 50}, {100, 50}, {10, 50}, {7, 50}});
    ASSERT_TRUE(rates.prior() && fewer);
    EXPECT_NEAR(rates.prior()->shape, fewer->shape, 1e-9);
    EXPECT_NEAR(rates.prior()->rate, fewer->rate, 1e-9);
}

TEST(Quantile, LiesBetweenTheNearest) {
    EXPECT_DOUBLE_EQ(quantile({1, 2, 3, 4}, 0.5), 2.5);
    EXPECT_DOUBLE_EQ(quantile({7}, 0.9), 7);
}

TEST(WaitingQuantile, CountsTheOpenOnesAsWaitingLongerThanTheyDid) {
    EXPECT_EQ(waiting_quantile({{1, true}, {2, true}, {3, true}}, 0.5), 2);
    // Of four, one was answered after 1 and the others are open since 5: the median is not known yet.
    EXPECT_EQ(waiting_quantile({{1, true}, {5, false}, {5, false}, {5, false}}, 0.5), std::nullopt);
    // Two answered, two still open: the open ones push the median to the second answer.
    EXPECT_EQ(waiting_quantile({{1, true}, {9, true}, {4, false}, {12, false}}, 0.5), 9);
    EXPECT_EQ(waiting_quantile({}, 0.5), std::nullopt);
}

TEST(MannKendall, SpeaksFromFivePointsOn) {
    EXPECT_NEAR(mann_kendall_p({1, 2, 3, 4}), 0.083, 0.001) << "perfect order of four";
    EXPECT_NEAR(mann_kendall_p({1, 2, 3, 4, 5}), 0.017, 0.001) << "perfect order of five";
    EXPECT_EQ(mann_kendall_p({5, 4, 3, 2, 1}), mann_kendall_p({1, 2, 3, 4, 5})) << "falling is as rare as rising";
    EXPECT_EQ(mann_kendall_p({7, 7, 7, 7, 7, 7}), 1) << "nothing moves";
    EXPECT_EQ(mann_kendall_p({1, 2}), 1);
}

TEST(MannKendall, ItsTwoFormsAgreeWhereTheyMeet) {
    std::vector<double> twelve{3, 9, 1, 7, 12, 2, 15, 11, 20, 8, 17, 30}, thirteen = twelve;
    thirteen.push_back(14);
    EXPECT_NEAR(mann_kendall_p(twelve), mann_kendall_p(thirteen), 0.02);
}

TEST(SeasonalKendall, DoesNotTakeASeasonForATrend) {
    std::vector<double> seasons, rising;
    for (int month = 0; month < 36; ++month) {
        const double summer = month % 12 > 5 ? 100 : 0;
        seasons.push_back(summer + (month % 3));
        rising.push_back(summer + month);
    }
    EXPECT_GT(seasonal_kendall_p(seasons, 12), 0.05);
    EXPECT_LT(seasonal_kendall_p(rising, 12), 0.001) << "under the seasons, each year has more";
}

TEST(TheilSen, IsNotMovedByOneBurst) {
    EXPECT_DOUBLE_EQ(theil_sen({1, 2, 3, 4, 5}), 1);
    EXPECT_DOUBLE_EQ(theil_sen({1, 2, 300, 4, 5, 6, 7}), 1);
    EXPECT_EQ(theil_sen({4}), 0);
}

TEST(EqualCounts, SixIsTheFirstReadableAfterNothing) {
    EXPECT_NEAR(equal_counts_p(0, 6), 0.031, 0.001);
    EXPECT_NEAR(equal_counts_p(0, 5), 0.063, 0.001);
    EXPECT_EQ(equal_counts_p(0, 0), 1);
    EXPECT_EQ(equal_counts_p(12, 12), 1);
    EXPECT_DOUBLE_EQ(equal_counts_p(3, 14), equal_counts_p(14, 3));
    EXPECT_LT(equal_counts_p(100'000, 103'000), 0.001) << "large counts do not overflow";
}

TEST(HoldTogether, LetsThroughOnlyWhatStandsAmongAll) {
    EXPECT_EQ(hold_together({0.01, 0.04, 0.03, 0.2}, 0.05), (std::vector<bool>{true, false, false, false})) << "0.04 alone would have held";
    EXPECT_EQ(hold_together({0.04}, 0.05), std::vector<bool>{true});
    EXPECT_EQ(hold_together({0.012, 0.02, 0.03, 0.04}, 0.05), (std::vector<bool>{true, true, true, true}));
    EXPECT_TRUE(hold_together({}, 0.05).empty());
}

TEST(Gini, GoesFromEqualToOneHasAll) {
    EXPECT_NEAR(*gini({5, 5, 5, 5}), 0, 1e-12);
    EXPECT_NEAR(*gini({0, 0, 0, 8}), 0.75, 1e-12);
    EXPECT_FALSE(gini({}));
    EXPECT_FALSE(gini({0, 0}));
}

}  // namespace statistics_test
}  // namespace secateur

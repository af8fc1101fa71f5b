// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace secateur {
namespace {

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

}  // namespace
}  // namespace secateur

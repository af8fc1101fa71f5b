// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/selection.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdint>

namespace secateur {
namespace selection_test {

/// The same numbers on every machine.
class Numbers {
public:
    explicit Numbers(std::uint64_t seed) : state_(seed) {}
    double next() {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<double>(state_ >> 11U) * 0x1.0p-53;
    }

private:
    std::uint64_t state_;
};

SelectionProblem random_problem(std::uint64_t seed, std::size_t groups) {
    Numbers numbers(seed * 7919 + groups);
    SelectionProblem out;
    const auto objectives = static_cast<std::size_t>(numbers.next() * 4);
    for (std::size_t o = 0; o < objectives; ++o) out.weights.push_back(1.0 / static_cast<double>(o + 1));
    for (std::size_t g = 0; g < groups; ++g) {
        Choice one{.minutes = numbers.next() < 0.1 ? 0 : std::round(600 * numbers.next() * numbers.next()) / 10};
        if (numbers.next() < 0.5) one.value = 0.3 * numbers.next();
        for (std::size_t o = 0; o < objectives; ++o) {
            const double roll = numbers.next();
            one.serves.push_back(roll < 0.15 ? 0.5 : roll < 0.45 ? 0.25 : 0);
        }
        out.choices.push_back(std::move(one));
    }
    out.minutes = std::round(numbers.next() * 150);
    if (numbers.next() < 0.5) out.places = 1 + static_cast<std::size_t>(numbers.next() * 6);
    return out;
}

bool is_possible(const SelectionProblem& problem, const std::vector<bool>& chosen) {
    double minutes = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i)
        if (chosen[i]) {
            minutes += problem.choices[i].minutes;
            ++count;
        }
    return minutes <= problem.minutes + 1e-6 && count <= problem.places;
}

/// Every set, one group after another with it and without it.
double best_of_all_sets(const SelectionProblem& problem, std::vector<bool>& chosen, std::size_t at = 0, double minutes = 0, std::size_t count = 0) {
    if (minutes > problem.minutes + 1e-6 || count > problem.places) return 0;
    if (at == chosen.size()) return value_of(problem, chosen);
    const double without = best_of_all_sets(problem, chosen, at + 1, minutes, count);
    chosen[at] = true;
    const double with = best_of_all_sets(problem, chosen, at + 1, minutes + problem.choices[at].minutes, count + 1);
    chosen[at] = false;
    return std::max(without, with);
}
double best_of_all_sets(const SelectionProblem& problem) {
    std::vector<bool> chosen(problem.choices.size());
    return best_of_all_sets(problem, chosen);
}

TEST(Value, SaturatesByObjectiveAndAddsUpByGroup) {
    const SelectionProblem problem{.weights = {2}, .choices = {{10, 0.1, {0.5}}, {10, 0.2, {0.5}}, {10, 0, {0.25}}}, .minutes = 60};
    EXPECT_DOUBLE_EQ(value_of(problem, {false, false, false}), 0);
    EXPECT_DOUBLE_EQ(value_of(problem, {true, false, false}), 2 * 0.5 + 0.1);
    EXPECT_DOUBLE_EQ(value_of(problem, {true, true, false}), 2 * 0.75 + 0.3);
    EXPECT_DOUBLE_EQ(value_of(problem, {true, true, true}), 2 * (1 - 0.5 * 0.5 * 0.75) + 0.3);
}

class EverySet : public testing::TestWithParam<std::size_t> {};

TEST_P(EverySet, IsNoBetterThanTheExactChoice) {
    const std::size_t groups = GetParam();
    for (std::uint64_t seed = 0; seed < (groups < 12 ? 40U : 4U); ++seed) {
        const SelectionProblem problem = random_problem(seed, groups);
        const Selection found = select_exactly(problem), quick = select_greedily(problem);
        const double best = best_of_all_sets(problem);
        SCOPED_TRACE(fmt::format("seed {} groups {}", seed, groups));
        EXPECT_TRUE(is_possible(problem, found.chosen));
        EXPECT_NEAR(found.value, best, 1e-6);
        EXPECT_NEAR(found.bound, found.value, 1e-5) << "the optimum is proven";
        EXPECT_DOUBLE_EQ(found.value, value_of(problem, found.chosen));
        EXPECT_TRUE(is_possible(problem, quick.chosen));
        EXPECT_GE(quick.bound, best - 1e-9) << "the quick answer's bound holds";
        EXPECT_GE(quick.value, best / 2 - 1e-9);
        EXPECT_LE(quick.value, best + 1e-9);
    }
}
INSTANTIATE_TEST_SUITE_P(UpToFifteenGroups, EverySet, testing::ValuesIn<std::size_t>({0, 1, 2, 3, 5, 8, 10, 13, 15}),
                         [](const auto& test) { return fmt::format("of_{}", test.param); });

TEST(Selection, NeverLosesWhenThereIsMoreTime) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        SelectionProblem problem = random_problem(seed, 40);
        double last = 0;
        for (problem.minutes = 0; problem.minutes <= 180; problem.minutes += 15) {
            const double value = select_exactly(problem).value;
            EXPECT_GE(value, last - 1e-6) << "seed " << seed << ", " << problem.minutes << " minutes";
            last = value;
        }
    }
}

TEST(Selection, SaysTheSameTwiceAndTakesNothingIdle) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const SelectionProblem problem = random_problem(seed, 30);
        const Selection found = select_exactly(problem);
        EXPECT_EQ(found.chosen, select_exactly(problem).chosen);
        for (std::size_t i = 0; i < found.chosen.size(); ++i) {
            if (!found.chosen[i]) continue;
            std::vector<bool> without = found.chosen;
            without[i] = false;
            EXPECT_LT(value_of(problem, without), found.value) << "seed " << seed << " group " << i;
        }
    }
}

TEST(Selection, ProvesTwoHundredGroupsWithinASecond) {
    SelectionProblem problem = random_problem(3, 200);
    problem.weights = {1, 0.5, 1.0 / 3};
    Numbers numbers(11);
    for (Choice& each : problem.choices) {
        each.serves = {numbers.next() < 0.3 ? 0.25 : 0, numbers.next() < 0.2 ? 0.5 : 0, numbers.next() < 0.3 ? 0.25 : 0};
        each.minutes = 1 + std::round(300 * numbers.next()) / 10;
    }
    problem.minutes = 120;
    problem.places = 15;
    const auto start = std::chrono::steady_clock::now();
    const Selection found = select_exactly(problem);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
    EXPECT_NEAR(found.bound, found.value, 1e-5);
    EXPECT_TRUE(is_possible(problem, found.chosen));
}

}  // namespace selection_test
}  // namespace secateur

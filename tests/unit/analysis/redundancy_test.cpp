// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/redundancy.hpp"

#include <gtest/gtest.h>

namespace secateur {
namespace {

GroupHistory chat(std::string id, std::vector<std::int64_t> people, std::vector<std::string> words, std::vector<std::uint64_t> links = {}) {
    GroupHistory group;
    group.id = std::move(id);
    group.authors = std::move(people);
    group.links = std::move(links);
    QuarterTerms terms{.quarter = 8104, .counts = {}, .approximate = false};
    for (std::string& word : words) terms.counts.emplace_back(std::move(word), 3);
    group.terms.push_back(std::move(terms));
    return group;
}

struct PairCase {
    std::string name;
    GroupHistory a, b;
    bool copy;
};
class TwoGroups : public testing::TestWithParam<PairCase> {};

TEST_P(TwoGroups, AreNearCopiesOnlyOnTwoSigns) {
    Redundancy redundancy{Policy{}};
    redundancy.add(GetParam().a);
    redundancy.add(GetParam().b);
    // A third group, so that words have a rarity.
    redundancy.add(chat("z", {91, 92, 93, 94, 95}, {"cooking", "bread", "oven"}));
    EXPECT_EQ(redundancy.near_copies().size(), GetParam().copy ? 1u : 0u);
}

INSTANTIATE_TEST_SUITE_P(Pairs, TwoGroups,
                         testing::ValuesIn(std::vector<PairCase>{
                             {"same_people_and_subjects", chat("a", {1, 2, 3, 4, 5}, {"birds", "hides", "owls"}), chat("b", {1, 2, 3, 4}, {"birds", "hides", "owls"}), true},
                             {"same_people_other_subjects", chat("a", {1, 2, 3, 4, 5}, {"birds", "hides", "owls"}), chat("b", {1, 2, 3, 4}, {"taxes", "forms", "rates"}), false},
                             {"same_people_and_links", chat("a", {1, 2, 3, 4, 5}, {"birds"}, {7, 8, 9, 10}), chat("b", {1, 2, 3, 4}, {"taxes"}, {7, 8, 9}), true},
                             {"two_links_say_nothing", chat("a", {1, 2, 3, 4, 5}, {"birds"}, {7, 8}), chat("b", {1, 2, 3, 4}, {"taxes"}, {7, 8}), false},
                             {"same_subjects_other_people", chat("a", {1, 2, 3, 4, 5}, {"birds", "hides"}), chat("b", {11, 12, 13, 14}, {"birds", "hides"}), false},
                             {"a_small_group_inside_a_large_one", chat("a", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, {"birds", "hides"}), chat("b", {1, 2, 3, 4}, {"birds", "hides"}), true},
                             {"three_people_are_too_few", chat("a", {1, 2, 3}, {"birds", "hides"}), chat("b", {1, 2, 3}, {"birds", "hides"}), false},
                         }),
                         [](const auto& test) { return test.param.name; });

TEST(Redundancy, EstimatesTheOverlapOfLargeGroups) {
    std::vector<std::uint64_t> large, half;
    std::uint64_t state = 1;
    for (int i = 0; i < 20'000; ++i) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        large.push_back(state);
        if (i % 2 == 0) half.push_back(state);
    }
    EXPECT_NEAR(Redundancy::overlap(Redundancy::Sample(large), Redundancy::Sample(half)), 1.0, 0.15);
    for (std::uint64_t& hash : half) hash = hash * 3 + 1;  // other people
    EXPECT_LT(Redundancy::overlap(Redundancy::Sample(large), Redundancy::Sample(half)), 0.05);
}

TEST(Redundancy, CountsALinkOnceHoweverOftenItWasPosted) {
    const Redundancy::Sample often({5, 5, 5, 6});
    EXPECT_EQ(often.size, 2u);
}

}  // namespace
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/policy.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "base/messages.hpp"

namespace secateur {
namespace policy_test {

TEST(PolicyMembers, ListEveryMemberOnceAndTakeItsDefault) {
    const Policy defaults;
    std::set<std::string_view> names;
    for (const PolicyMember& each : policy_members()) {
        EXPECT_TRUE(names.insert(each.name).second) << each.name;
        Policy policy;
        EXPECT_TRUE(policy.set(each.name, defaults.*each.member)) << each.name;
        EXPECT_EQ(policy, defaults) << each.name;
    }
    EXPECT_EQ(names.size() * sizeof(double), sizeof(Policy));
}

TEST(PolicyMembers, AreSaidInBothLanguages) {
    for (const PolicyMember& each : policy_members())
        for (const Language language : {Language::english, Language::french})
            EXPECT_TRUE(message_pattern(each.about, language)) << each.about;
}

TEST(PolicySet, ChangesOneMember) {
    Policy policy;
    ASSERT_TRUE(policy.set("leave_probability", 0.1));
    EXPECT_EQ(policy.leave_probability, 0.1);
    policy.leave_probability = Policy{}.leave_probability;
    EXPECT_EQ(policy, Policy{});
}

TEST(PolicySet, RefusesUnknownNamesAndValuesOutOfRange) {
    Policy policy;
    EXPECT_FALSE(policy.set("leave_probabilty", 0.1));
    EXPECT_FALSE(policy.set("leave_probability", 1.5));
    EXPECT_FALSE(policy.set("participation_half_life_days", 0));
    EXPECT_FALSE(policy.set("leave_probability", NAN));
    EXPECT_EQ(policy, Policy{});
}

TEST(PolicyWith, TellsAProblemForEachBadOverrideAndKeepsTheGoodOnes) {
    const PolicyChoice choice = policy_with({{"trial_days", 30}, {"no_such", 1}, {"new_days", -1}});
    EXPECT_EQ(choice.policy.trial_days, 30);
    ASSERT_EQ(choice.problems.size(), 2U);
    EXPECT_EQ(choice.problems[0].reason.id, "analysis.policy_range");
    EXPECT_EQ(choice.problems[1].reason.id, "analysis.policy_unknown");
}

}  // namespace policy_test
}  // namespace secateur

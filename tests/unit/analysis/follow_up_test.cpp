// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/follow_up.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/audit.hpp"
#include "tests/support/history_builder.hpp"

namespace secateur {
namespace follow_up_test {

using test::day;
using test::HistoryBuilder;

const Policy policy;

FrozenDecision advice(Decision decision, std::optional<double> minutes = {}, std::optional<Date> until = {}) {
    return {.group = "bees:1", .decision = decision, .rule = 9, .certainty = Certainty::medium, .minutes = minutes, .until = until};
}

struct OutcomeCase {
    std::string name;
    FrozenDecision advised;
    HistoryBuilder group;
    std::optional<Outcome> outcome;
    std::uint64_t acts = 0;
};

/// A group whose own acts are known from 2026-01-01 to that day.
HistoryBuilder known_until(std::string_view end) {
    HistoryBuilder builder("bees:1", "Beekeepers");
    builder.covered(CoverageKind::own_only, "2026-01-01", end).act("2026-05-05");
    return builder;
}

class WhatFollowed : public testing::TestWithParam<OutcomeCase> {};

/// Advised on 30 September, looked at on 31 October.
TEST_P(WhatFollowed, IsWhatTheDataShowSince) {
    const GroupHistory group = GetParam().group.build();
    const Date as_of = day("2026-10-31");
    const DataClock clock = data_clock(group, as_of_instant(as_of, Zone::utc()), policy);
    const auto found = outcome_of(GetParam().advised, day("2026-09-30"), group, clock, Zone::utc(), as_of, policy);
    ASSERT_EQ(found.has_value(), GetParam().outcome.has_value());
    if (!found) return;
    EXPECT_EQ(to_string(found->outcome), to_string(*GetParam().outcome));
    EXPECT_EQ(found->acts, GetParam().acts);
    EXPECT_EQ(found->name, "Beekeepers");
}
INSTANTIATE_TEST_SUITE_P(
    Cases, WhatFollowed,
    testing::ValuesIn(std::vector<OutcomeCase>{
        {"left_since", advice(Decision::leave), known_until("2026-10-31").left("2026-10-10"), Outcome::left},
        {"left_on_her_own", advice(Decision::keep), known_until("2026-10-31").left("2026-10-10"), Outcome::left},
        {"left_and_written_in_again", advice(Decision::leave), known_until("2026-10-31").left("2026-10-10").act("2026-10-20"), Outcome::written_again, 1},
        {"left_before", advice(Decision::leave), known_until("2026-10-31").left("2026-09-10"), std::nullopt},
        {"not_left_and_written_in", advice(Decision::leave), known_until("2026-10-31").act("2026-10-03").act("2026-10-09"), Outcome::written_again, 2},
        {"muted_and_written_in", advice(Decision::mute), known_until("2026-10-31").act("2026-10-03"), Outcome::written_again, 1},
        {"not_left_and_silent", advice(Decision::leave), known_until("2026-10-31"), Outcome::silent},
        {"kept_and_written_in", advice(Decision::keep), known_until("2026-10-31").act("2026-10-03"), Outcome::visited, 1},
        {"kept_and_looked_in", advice(Decision::keep), known_until("2026-10-31").reacts("2026-10-03"), Outcome::visited},
        {"kept_and_no_trace", advice(Decision::keep), known_until("2026-10-31"), Outcome::never_visited},
        {"kept_and_too_early_to_say", advice(Decision::keep), known_until("2026-10-15"), std::nullopt},
        {"data_stop_before_the_advice", advice(Decision::leave), known_until("2026-09-15"), std::nullopt},
        {"trial_over", advice(Decision::trial, {}, day("2026-10-20")), known_until("2026-10-31").act("2026-10-12"), Outcome::trial_over, 1},
        {"trial_running", advice(Decision::trial, {}, day("2026-11-20")), known_until("2026-10-31"), Outcome::trial_running},
        {"reading_leaves_no_trace", advice(Decision::read_only), known_until("2026-10-31"), std::nullopt},
    }),
    [](const auto& test) { return test.param.name; });

TEST(FrozenMonth, ComesBackFromItsTextAsItWas) {
    FrozenMonth month{.as_of = day("2026-09-30"), .decisions = {advice(Decision::trial, 12.5, day("2026-11-29")), advice(Decision::leave), advice(Decision::keep, 0)}};
    month.decisions[1].group = "whatsapp:a \"b\" {c}";
    month.decisions[2].certainty.reset();
    EXPECT_EQ(parse_frozen(frozen_text(month)), month);
    EXPECT_EQ(parse_frozen("frozen"), std::nullopt);
    EXPECT_EQ(parse_frozen(""), std::nullopt);
    EXPECT_EQ(parse_frozen(frozen_text(month) + "perhaps\t1\t\t\t\tx\n"), std::nullopt);
}

TEST(FrozenMonth, LeavesOutWhatIsNotJudged) {
    AuditReport report;
    report.as_of = day("2026-09-30");
    for (const int rule : {2, 9}) {
        GroupAudit one;
        one.id = "bees:" + std::to_string(rule);
        one.verdict.rule = rule;
        report.groups.push_back(one);
    }
    report.groups.push_back(report.groups.back());
    report.groups.back().objectives_apply = false;
    const FrozenMonth month = frozen(report);
    ASSERT_EQ(month.decisions.size(), 1u);
    EXPECT_EQ(month.decisions.front().group, "bees:9");
}

/// The audit of one group, with months kept before.
AuditReport audited(const HistoryBuilder& builder, std::vector<FrozenMonth> months, std::string_view as_of) {
    AuditInputs inputs;
    const GroupHistory history = builder.build();
    inputs.for_each_group = [&](const std::function<void(const GroupHistory&)>& visit) { visit(history); };
    inputs.months = std::move(months);
    return audit(inputs, {}, policy, day(as_of));
}

TEST(Aftermath, CountsTheMinutesOfTheGroupsLeftAndSaysSo) {
    const AuditReport report =
        audited(known_until("2026-10-31").left("2026-10-10"), {{day("2026-09-30"), {advice(Decision::leave, 25.0)}}}, "2026-10-31");
    ASSERT_TRUE(report.aftermath);
    EXPECT_EQ(report.aftermath->since, day("2026-09-30"));
    EXPECT_EQ(report.aftermath->minutes_back, 25);
    EXPECT_THAT(report.remarks, ::testing::Contains(::testing::Field(&Message::id, "follow_up.left_minutes")));
}

TEST(Aftermath, LooksOnlyAtTheLatestMonthBefore) {
    const std::vector<FrozenMonth> months{{day("2026-08-31"), {advice(Decision::leave, 99.0)}}, {day("2026-09-30"), {advice(Decision::keep)}}};
    const AuditReport report = audited(known_until("2026-10-31").act("2026-10-05"), months, "2026-10-31");
    ASSERT_TRUE(report.aftermath);
    ASSERT_EQ(report.aftermath->outcomes.size(), 1u);
    EXPECT_EQ(report.aftermath->outcomes.front().outcome, Outcome::visited);
    EXPECT_FALSE(audited(known_until("2026-10-31"), months, "2026-08-15").aftermath) << "nothing was advised yet";
}

}  // namespace follow_up_test
}  // namespace secateur

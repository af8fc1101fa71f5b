// SPDX-License-Identifier: GPL-3.0-or-later
// The pitfalls of metrics 2.10, each by its number, each a way to be wrong.
#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/audit.hpp"
#include "analysis/backtest.hpp"
#include "analysis/rhythm.hpp"
#include "tests/support/history_builder.hpp"

namespace secateur {
namespace pitfalls_test {

using test::at;
using test::day;
using test::group;
using test::HistoryBuilder;
using std::chrono::days;
const Policy policy;

AuditReport audit_of(const std::vector<GroupHistory>& groups) {
    AuditInputs inputs;
    inputs.for_each_group = [&](const std::function<void(const GroupHistory&)>& visit) {
        for (const GroupHistory& each : groups) visit(each);
    };
    return audit(inputs, Profile{}, policy, day("2026-10-31"));
}
GroupAudit one(const GroupHistory& history) { return audit_of({history}).groups.at(0); }

GroupHistory answered(const char* id, int threads, int with_answer) {
    GroupHistory history = group(id, id).acts_weekly("2026-10-20", 40).says("Ada", "2026-10-20").full("2025-01-01", "2026-10-30");
    for (int i = 0; i < threads; ++i) {
        Call thread{.at = at("2026-09-30") - days(i), .answered = {}};
        if (i < with_answer) thread.answered = thread.at + std::chrono::hours(2);
        history.my_threads.push_back(thread);
    }
    return history;
}

TEST(Pitfall1, AnExportOfMyPostsAloneHasNoRatioWithOthers) {
    GroupHistory history = answered("a:1", 10, 0);
    ASSERT_TRUE(one(history).responses);
    for (CoveragePeriod& each : history.coverage) each.kind = CoverageKind::own_only;
    const GroupAudit found = one(history);
    EXPECT_FALSE(found.responses) << "absent, not zero";
    EXPECT_FALSE(found.participation.people_90d);
    EXPECT_TRUE(found.rhythm) << "my own rhythm needs nobody else";
}

TEST(Pitfall2, SilentMembersAreNeverCountedAsAuthors) {
    GroupHistory history = answered("a:1", 0, 0);
    history.stated_members = 5000;
    EXPECT_EQ(one(history).participation.people_90d, 1U) << "those who wrote, whatever the number of members";
}

TEST(Pitfall3, AGroupShePutBehindHerIsTestedUpToTheDayShePutItThere) {
    // Where the export still shows a group she left, the backtest knows it: staying everywhere would be survivorship.
    BacktestInputs inputs;
    inputs.histories = [&](Date date, const std::function<void(const GroupHistory&)>& visit) {
        HistoryBuilder builder = group("a:1", "A").acts_weekly("2024-12-01", 60).own_only("2023-01-01", "2026-10-30");
        if (date >= day("2025-03-01")) builder.left("2025-03-01");
        GroupHistory history = builder;
        std::erase_if(history.acts, [&](const MyAct& act) { return date_of(act.at) > date; });
        visit(history);
    };
    const BacktestReport report = backtest(inputs, policy, {}, day("2026-10-31"));
    EXPECT_GT(report.cases, 0U);
    for (const CutOff& each : report.cut_offs) EXPECT_LT(each.date, day("2025-03-01"));
}

TEST(Pitfall4, ATruncatedHistoryIsNoSilenceBeforeIt) {
    // Only the last ten weeks are there, and she wrote in each.
    const GroupAudit found = one(group("a:1", "A").acts_weekly("2026-10-22", 10).own_only("2026-08-17", "2026-10-30"));
    ASSERT_TRUE(found.rhythm && found.rhythm->active_weeks);
    EXPECT_EQ(found.rhythm->active_weeks->part, found.rhythm->active_weeks->all);
    EXPECT_FALSE(found.rhythm->presence) << "there is no earlier self to compare with";
}

TEST(Pitfall5, TheTotalStandsBesideTheGroupsItIsMadeOf) {
    // Simpson: she is answered more often in each group than before, and less often in all, for she writes where answers are rare.
    const AuditReport before = audit_of({answered("a:fast", 50, 40), answered("a:slow", 10, 2)});
    const AuditReport after = audit_of({answered("a:fast", 10, 9), answered("a:slow", 50, 15)});
    const auto rate = [](const AuditReport& report, std::string_view id) {
        return std::find_if(report.groups.begin(), report.groups.end(), [&](const GroupAudit& each) { return each.id == id; })->responses->received->value;
    };
    EXPECT_GT(rate(after, "a:fast"), rate(before, "a:fast"));
    EXPECT_GT(rate(after, "a:slow"), rate(before, "a:slow"));
    EXPECT_LT(after.totals.received->value, before.totals.received->value);
    EXPECT_EQ(after.totals.received->all, 60U);
}

TEST(Pitfall6, SmallSamplesAreDrawnInGivenAnIntervalOrLeftOut) {
    EXPECT_FALSE(one(answered("a:1", 4, 4)).responses->received) << "four of four is no rate";
    const auto five = one(answered("a:1", 5, 5)).responses->received;
    ASSERT_TRUE(five);
    EXPECT_LT(five->low, 0.6) << "five of five may well be three of five";
}

TEST(Pitfall7, TheRunningWeekIsNotHeldAgainstHer) {
    // 30 October 2026 is a Friday: the week is not over, and she has not written yet.
    const GroupAudit found = one(group("a:1", "A").acts_weekly("2026-10-21", 20).own_only("2026-06-08", "2026-10-30"));
    EXPECT_EQ(found.rhythm->active_weeks->value, 1);
    EXPECT_EQ(format_date(found.rhythm->until), "2026-10-26");
    EXPECT_EQ(found.rhythm->streak, 20U);
}

TEST(Pitfall8, WeeksFollowTheZoneThroughBothClockChanges) {
    const auto brussels = Zone::find("Europe/Brussels");
    ASSERT_TRUE(brussels);
    // Mondays at half past midnight in Brussels are Sundays in UTC, at one hour's distance in winter and two in summer.
    HistoryBuilder builder = group("a:1", "A").own_only("2025-12-31", "2026-12-30");
    for (const char* each : {"2026-03-22T23:30:00Z", "2026-03-29T22:30:00Z", "2026-10-18T22:30:00Z", "2026-10-25T23:30:00Z"}) builder.act(each);
    const GroupHistory history = builder;
    const auto found = rhythm(history, data_clock(history, at("2026-12-30"), policy), *brussels, policy);
    EXPECT_EQ(found->active_weeks->part, 4U);
    EXPECT_EQ(found->longest_streak, 2U) << "23 and 30 March are neighbours, and so are 19 and 26 October";
    EXPECT_EQ(found->weeks, 51U);
}

/// Six people who write here about these words, the whole conversation known.
GroupHistory talk(const char* id, const char* name, std::string_view words) {
    HistoryBuilder builder = group(id, name).full("2025-01-01", "2026-10-30").words("2026-09-01", words);
    GroupHistory history = builder.act("2026-09-01").says("Ada", "2026-09-02");
    for (const char* each : {"Ada", "Ben", "Cleo", "Dora", "Emil", "Fay"}) history.authors.push_back(test::person(each));
    return history;
}

TEST(Pitfall9, TheSameMembersAreNotTheSameGroupAndANewNameIsNotANewGroup) {
    const AuditReport apart = audit_of({talk("a:1", "Choir", "alto 40, tenor 30, rehearsal 20"), talk("a:2", "Ramblers", "boots 40, ridge 30, summit 20"),
                                        talk("a:3", "Bakers", "dough 40, oven 30, yeast 20")});
    EXPECT_TRUE(apart.overlaps.empty()) << "the same six people meet for three things";
    for (const GroupAudit& each : apart.groups) EXPECT_FALSE(each.repeats);
    GroupHistory renamed = talk("a:1", "Choir", "alto 40");
    renamed.name = "Singers of the valley";
    EXPECT_EQ(one(renamed).id, "a:1") << "the key is the group, the name is only shown";
}

TEST(Pitfall10, WhatWasWrittenInNoKnownChannelIsNeitherSpreadNorTakenForSilence) {
    const auto advice = [](bool unattributed) {
        HistoryBuilder builder = group("a:1", "Bakers").about("Dough, ovens, yeast and nothing else at all").acts_weekly("2023-06-01", 3).own_only("2022-01-01", "2026-10-30");
        if (unattributed) builder.unattributed();
        AuditInputs inputs;
        inputs.for_each_group = [&](const std::function<void(const GroupHistory&)>& visit) { visit(builder); };
        Profile profile;
        profile.objectives.resize(1);
        profile.objectives[0].id = "law";
        profile.objectives[0].text = "Trouver un poste de juriste";
        return audit(inputs, profile, policy, day("2026-10-31")).groups.at(0);
    };
    EXPECT_NE(advice(true).verdict.decision, Decision::leave) << "she may have written there";
    EXPECT_EQ(advice(true).my_acts, advice(false).my_acts) << "nothing is shared out among the channels";
}

TEST(Pitfall11, ABotIsNobodyAndItsPostsAreNotTheGroupsLife) {
    // What is counted as others' acts leaves bots out (store tests); a group where only a bot still posts is dead.
    GroupHistory history = group("a:1", "A").full("2024-01-01", "2026-10-30").says("Ada", "2025-01-10");
    history.others_activities += 500;  // a bot's, up to yesterday
    history.last_record = at("2026-10-29");
    const GroupAudit found = one(history);
    ASSERT_TRUE(found.vitality);
    EXPECT_TRUE(found.vitality->dead);
    EXPECT_EQ(found.participation.people_90d.value_or(0), 0U);
}

TEST(Pitfall12, ASeasonIsNamedASeasonAndNotOnlyASilence) {
    // Every spring, and silent in October: presence is low, the advice waits for the next spring.
    HistoryBuilder builder = group("a:1", "A").own_only("2023-01-01", "2026-10-30");
    for (const char* each : {"2024-03-10", "2024-03-24", "2024-04-07", "2025-03-10", "2025-03-24", "2025-04-07", "2026-03-09", "2026-03-30"}) builder.act(each);
    AuditInputs inputs;
    inputs.for_each_group = [&](const std::function<void(const GroupHistory&)>& visit) { visit(builder); };
    Profile profile;
    profile.objectives.resize(1);
    profile.objectives[0].id = "potager";
    profile.objectives[0].text = "Apprendre à cultiver un potager";
    const AuditReport report = audit(inputs, profile, policy, day("2026-10-31"));
    EXPECT_EQ(report.groups.at(0).verdict.rule, 7);
}

TEST(Pitfall13, ABurstAfterAnEventIsOneWeekAndOneDay) {
    HistoryBuilder burst = group("a:1", "A").own_only("2026-01-01", "2026-10-30"), calm = burst;
    for (int i = 0; i < 300; ++i) burst.act(at("2026-09-15") + std::chrono::minutes(i));
    calm.act(at("2026-09-15") + std::chrono::minutes(299));
    const GroupAudit loud = one(burst), quiet = one(calm);
    EXPECT_EQ(loud.participation.probability, quiet.participation.probability);
    EXPECT_EQ(loud.rhythm->active_weeks, quiet.rhythm->active_weeks);
    EXPECT_EQ(loud.rhythm->ladder, quiet.rhythm->ladder);
}

TEST(Pitfall14, SilenceAloneNeverSaysLeave) {
    const GroupAudit found = one(group("a:1", "A").acts_weekly("2023-06-01", 30).own_only("2022-01-01", "2026-10-30"));
    EXPECT_GT(*found.rhythm->silence_ratio, policy.silence_long);
    EXPECT_NE(found.verdict.decision, Decision::leave);
}

TEST(Pitfall15, NeitherRunsNorTotalsDecideAnything) {
    // The same weeks, with one act a day or one a week, in a run or not: same advice, same certainty.
    HistoryBuilder weekly = group("a:1", "A").own_only("2025-01-01", "2026-10-30"), daily = weekly;
    for (int week = 0; week < 12; ++week) {
        weekly.act(at("2026-10-20") - days(7 * week));
        for (int i = 0; i < 5; ++i) daily.act(at("2026-10-20") - days(7 * week) - std::chrono::hours(3 * i));
    }
    EXPECT_EQ(one(weekly).verdict.decision, one(daily).verdict.decision);
    EXPECT_EQ(one(weekly).verdict.certainty, one(daily).verdict.certainty);
    EXPECT_EQ(one(weekly).participation.active_weeks_decayed, one(daily).participation.active_weeks_decayed);
}

TEST(Pitfall16, TenPostsMoreOrLessAreNoStory) {
    HistoryBuilder builder = group("a:1", "A").full("2025-01-01", "2026-10-30").says("Ada", "2026-06-20");
    for (int i = 0; i < 40; ++i) builder.says("Ada", at("2026-08-02") + std::chrono::hours(12 * i));
    for (int i = 0; i < 50; ++i) builder.says("Ada", at("2026-09-02") + std::chrono::hours(12 * i));
    const GroupAudit found = one(builder);
    ASSERT_TRUE(found.vitality && found.vitality->change);
    EXPECT_EQ(found.vitality->change->last - found.vitality->change->before, 10U);
    EXPECT_FALSE(found.vitality->change->readable);
    EXPECT_FALSE(found.vitality->trend) << "three whole months are no trend";
}

TEST(Pitfall17, TheScoreKeepsItsParts) {
    const ParticipationScore score = one(answered("a:1", 0, 0)).participation;
    EXPECT_TRUE(score.probability && score.active_weeks_decayed && score.days_since_here && score.days_since_account && score.people_90d);
}

}  // namespace pitfalls_test
}  // namespace secateur

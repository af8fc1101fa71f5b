// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/budget.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace secateur {
namespace budget_test {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

GroupAudit group(std::string name, std::optional<double> minutes, Band band, Decision decision = Decision::read_only) {
    GroupAudit out;
    out.id = "bees:" + name;
    out.name = std::move(name);
    out.platform = "bees";
    if (minutes) out.minutes = MinutesPerWeek{*minutes, *minutes, *minutes, MinutesPerWeek::Origin::her_group};
    out.relevance.push_back({.objective = "watch", .band = band});
    out.verdict.decision = decision;
    out.verdict.rule = decision == Decision::keep ? 9 : 12;
    return out;
}

AuditReport report(std::vector<GroupAudit> groups) {
    AuditReport out;
    out.as_of = *parse_date("2026-10-31");
    out.objectives.push_back({.id = "watch", .text = "Keep bees"});
    out.groups = std::move(groups);
    return out;
}

std::vector<std::string> ids(const std::vector<PlannedGroup>& groups) {
    std::vector<std::string> out;
    for (const PlannedGroup& each : groups) out.push_back(each.id);
    return out;
}

std::vector<std::string> ids(const std::vector<UnknownCost>& groups) {
    std::vector<std::string> out;
    for (const UnknownCost& each : groups) out.push_back(each.id);
    return out;
}

const Policy policy;

TEST(WeeklyPlan, KeepsHalfForWritingAndAPlaceForCuriosity) {
    const WeeklyPlan plan = weekly_plan(report({group("a", 20, Band::strong)}), policy, 200);
    EXPECT_EQ(plan.writing, 100);
    EXPECT_EQ(plan.curiosity, 15);
    EXPECT_EQ(plan.reading, 85);
    EXPECT_EQ(weekly_plan(report({}), policy, 60).curiosity, 6) << "at most a tenth of a short week";
}

TEST(WeeklyPlan, TakesPinnedPrivateAndHerOwnGroupsAtTheirCostBeforeTheRest) {
    GroupAudit pinned = group("pinned", 30, Band::none, Decision::keep), hers = group("hers", 10, Band::none, Decision::keep);
    pinned.verdict.rule = 2;
    hers.verdict.rule = 3;
    GroupAudit family = group("family", std::nullopt, Band::none, Decision::keep);
    family.objectives_apply = false;
    family.verdict.rule = 2;
    family.answers = {{"bees:family", "minutes", "20", *parse_date("2026-10-01")}};
    const WeeklyPlan plan = weekly_plan(report({pinned, hers, family, group("a", 20, Band::strong)}), policy, 160);
    EXPECT_EQ(plan.in_any_case, 60);
    EXPECT_EQ(plan.writing, 50);
    EXPECT_EQ(plan.used, 20) << "only what was chosen";
    EXPECT_THAT(ids(plan.groups), ElementsAre("bees:hers", "bees:a", "bees:pinned"));
    EXPECT_EQ(plan.groups.front().place, PlanPlace::contribute) << "she runs it";
    EXPECT_EQ(plan.groups.back().place, PlanPlace::as_it_is) << "no plan shapes what she pinned";
    EXPECT_THAT(plan.private_groups, ElementsAre("bees:family"));
    EXPECT_EQ(plan.private_unknown, 0u);
}

TEST(WeeklyPlan, LeavesOutWhatTheAuditAdvisesAgainstAndTheDead) {
    GroupAudit dead = group("dead", 1, Band::strong);
    dead.vitality = Vitality{.dead = true};
    const WeeklyPlan plan = weekly_plan(
        report({group("gone", 1, Band::strong, Decision::leave), group("loud", 1, Band::strong, Decision::mute), dead, group("a", 1, Band::some)}), policy, 600);
    EXPECT_THAT(ids(plan.groups), ElementsAre("bees:a"));
    EXPECT_THAT(plan.left, ElementsAre("bees:dead", "bees:gone"));
    EXPECT_THAT(plan.muted, ElementsAre("bees:loud"));
}

TEST(WeeklyPlan, LeavesForLaterWhatIsOutOfSeasonOrServedWhatIsDone) {
    const auto seasonal = [](std::string name, std::string_view until, std::optional<double> minutes = 1) {
        GroupAudit out = group(std::move(name), minutes, Band::strong, Decision::trial);
        out.verdict.rule = 7;
        out.verdict.until = parse_date(until);
        out.my_acts = 9;
        out.participation.probability = 0.9;
        return out;
    };
    GroupAudit done = group("done", 1, Band::some), stated = group("stated", 1, Band::strong);
    done.verdict.for_what_is_done = true;
    stated.stated_silence = StatedSilence{.measured_at = *parse_date("2026-10-30"), .last_post = parse_date("2016-04-21"), .dead = true};
    const WeeklyPlan plan = weekly_plan(
        report({seasonal("spring", "2027-04-30"), seasonal("now", "2026-12-01"), seasonal("unasked", "2027-04-30", std::nullopt), done, stated}), policy, 600);
    EXPECT_THAT(ids(plan.groups), ElementsAre("bees:now"));
    EXPECT_THAT(plan.later, ElementsAre("bees:done", "bees:spring", "bees:unasked"));
    EXPECT_THAT(plan.left, ElementsAre("bees:stated"));
    EXPECT_THAT(plan.unknown, IsEmpty());
    EXPECT_EQ(plan.curious_about, std::nullopt);
}

TEST(WeeklyPlan, TakesAKeptGroupBeforeOneThatServesAlike) {
    const WeeklyPlan plan = weekly_plan(report({group("a", 10, Band::strong), group("b", 10, Band::strong, Decision::keep)}), policy, 25);
    EXPECT_THAT(ids(plan.groups), ElementsAre("bees:b"));
}

TEST(WeeklyPlan, TradesNoKeptGroupForHalfAnHourMore) {
    // With the time of both, one great group would beat the kept one and leave it no room.
    GroupAudit great = group("great", 28, Band::strong);
    great.reach = 9;
    great.participation.probability = 0.9;
    const WeeklyPlan plan = weekly_plan(report({great, group("kept", 20, Band::weak, Decision::keep)}), policy, 56);
    EXPECT_THAT(ids(plan.groups), ElementsAre("bees:kept"));
    EXPECT_EQ(plan.half_hour_more, std::nullopt);
}

TEST(WeeklyPlan, ListsUnknownMinutesApartTheMostPromisingFirst) {
    const WeeklyPlan plan =
        weekly_plan(report({group("known", 10, Band::some), group("weak", std::nullopt, Band::weak), group("strong", std::nullopt, Band::strong)}), policy, 120);
    EXPECT_THAT(ids(plan.groups), ElementsAre("bees:known"));
    EXPECT_EQ(plan.used, 10);
    EXPECT_THAT(ids(plan.unknown), ElementsAre("bees:strong", "bees:weak"));
    EXPECT_NEAR(plan.unknown.front().would_add, 0.75 * 0.5, 1e-9) << "of what the plan leaves uncovered";
    EXPECT_EQ(plan.curious_about, "bees:strong");
}

TEST(WeeklyPlan, GivesTheCuriosityToAGroupOnTrialFirst) {
    const WeeklyPlan plan = weekly_plan(
        report({group("strong", std::nullopt, Band::strong), group("new", std::nullopt, Band::some, Decision::trial)}), policy, 120);
    EXPECT_EQ(plan.curious_about, "bees:new");
}

TEST(WeeklyPlan, WritesInAtMostFiveWhereWhatAddsUpIsMost) {
    std::vector<GroupAudit> groups;
    for (int i = 0; i < 7; ++i) {
        GroupAudit one = group("g" + std::to_string(i), 1, Band::some, Decision::keep);
        one.my_acts = 5;
        one.participation.probability = 0.3 + 0.1 * i;
        groups.push_back(one);
    }
    const WeeklyPlan plan = weekly_plan(report(groups), policy, 120);
    std::vector<std::string> written;
    for (const PlannedGroup& each : plan.groups)
        if (each.place == PlanPlace::contribute) written.push_back(each.id);
    EXPECT_THAT(written, testing::UnorderedElementsAre("bees:g2", "bees:g3", "bees:g4", "bees:g5", "bees:g6"));
    EXPECT_EQ(plan.groups.size(), 7u);
    EXPECT_TRUE(std::ranges::all_of(plan.groups, &PlannedGroup::writes_there)) << "she does in the two to read as well";
}

TEST(WeeklyPlan, SaysFromWhichWeekOnAGroupToKeepFits) {
    // An hour a week: half to write in, six minutes for curiosity, 24 to read.
    const WeeklyPlan plan = weekly_plan(report({group("long", 35, Band::strong, Decision::keep), group("a", 10, Band::some), group("b", 20, Band::some)}), policy, 60);
    ASSERT_EQ(plan.left_out.size(), 2u);
    EXPECT_EQ(plan.left_out.front().id, "bees:long") << "advised to keep, before the other";
    EXPECT_TRUE(plan.left_out.front().advised_to_keep);
    EXPECT_FALSE(plan.left_out.front().no_place);
    EXPECT_EQ(plan.left_out.front().fits_from, 90) << "36 minutes to read";
    EXPECT_FALSE(plan.left_out.back().advised_to_keep);
    EXPECT_FALSE(plan.places_taken);
}

TEST(WeeklyPlan, TellsAFullListFromAFullWeek) {
    std::vector<GroupAudit> groups;
    for (int i = 0; i < 12; ++i) groups.push_back(group("g" + std::to_string(i), 5, Band::strong));
    groups.push_back(group("long", 300, Band::strong));
    const WeeklyPlan plan = weekly_plan(report(groups), policy, 300);  // 135 minutes to read
    EXPECT_TRUE(plan.places_taken);
    ASSERT_FALSE(plan.left_out.empty());
    for (const LeftOut& each : plan.left_out) {
        EXPECT_EQ(each.no_place, each.id != "bees:long") << each.id;
        EXPECT_FALSE(each.fits_from) << each.id;
    }
}

TEST(WeeklyPlan, HasNoMoreThanFifteenPlaces) {
    std::vector<GroupAudit> groups;
    for (int i = 0; i < 30; ++i) groups.push_back(group("g" + std::to_string(i), 0.5, Band::strong));
    EXPECT_EQ(weekly_plan(report(groups), policy, 6000).groups.size(), 10u) << "nobody to write in, ten to read";
}

TEST(WeeklyPlan, AddsUpForBeingSeenAndMeetingWhereOthersSaturate) {
    AuditReport saturating = report({group("a", 10, Band::strong, Decision::trial), group("b", 10, Band::strong, Decision::trial)});
    AuditReport adding = saturating;
    adding.objectives.front().adds_up = true;
    EXPECT_NEAR(weekly_plan(saturating, policy, 120).value, 0.75, 1e-4);
    EXPECT_NEAR(weekly_plan(adding, policy, 120).value, 1.0, 1e-4);
    for (GroupAudit& each : adding.groups) each.verdict.decision = Decision::read_only;
    EXPECT_EQ(weekly_plan(adding, policy, 120).value, 0) << "who only reads is not seen";
}

TEST(WeeklyPlan, TakesNoCopyOfAKeptGroupAndPrefersWhatSheSaysSheReads) {
    GroupAudit read = group("read", 10, Band::some);
    read.verdict.rule = 4;
    AuditReport audited = report({group("kept", 10, Band::some, Decision::keep), group("copy", 10, Band::strong), read, group("other", 10, Band::some)});
    OverlapCluster cluster{.keep = "bees:kept", .why = msg("overlap.keep_level"), .others = {}};
    cluster.others.push_back({.id = "bees:copy", .whole = true});
    audited.overlaps.push_back(cluster);
    const WeeklyPlan plan = weekly_plan(audited, policy, 60);  // 24 minutes to read
    EXPECT_THAT(ids(plan.groups), testing::UnorderedElementsAre("bees:kept", "bees:read"));
    EXPECT_THAT(plan.idle, ElementsAre("bees:copy"));
}

TEST(WeeklyPlan, IsSureOfWhatNoDrawWouldChangeAndLeavesTwinsToHer) {
    std::vector<GroupAudit> groups{group("best", 10, Band::strong), group("twin1", 40, Band::some), group("twin2", 40, Band::some)};
    groups.front().relevance.front().confirmed = true;
    const WeeklyPlan plan = weekly_plan(report(groups), policy, 120);  // 48 minutes to read
    ASSERT_THAT(ids(plan.groups), Contains("bees:best"));
    for (const PlannedGroup& each : plan.groups)
        EXPECT_EQ(each.surety == PlanSurety::sure, each.id == "bees:best") << each.id;
    const WeeklyPlan tight = weekly_plan(report({groups[1], groups[2]}), policy, 120);
    ASSERT_EQ(tight.groups.size(), 1u) << "only one of them fits";
    EXPECT_EQ(tight.groups.front().surety, PlanSurety::her_choice);
    EXPECT_EQ(tight.alternatives.size(), 1u);
}

TEST(WeeklyPlan, SaysWhatHalfAnHourMoreAddsAndWhoGoesFirst) {
    // Of 120 minutes 48 are for reading, of 150 sixty, of 90 thirty-six.
    const WeeklyPlan plan = weekly_plan(report({group("a", 20, Band::strong), group("b", 20, Band::some), group("c", 20, Band::some)}), policy, 120);
    ASSERT_EQ(plan.groups.size(), 2u);
    ASSERT_TRUE(plan.half_hour_more && plan.first_to_go);
    EXPECT_EQ(plan.half_hour_more->minutes, 150);
    EXPECT_THAT(plan.half_hour_more->added, testing::SizeIs(1));
    EXPECT_THAT(plan.half_hour_more->dropped, IsEmpty());
    EXPECT_EQ(plan.first_to_go->minutes, 90);
    EXPECT_THAT(plan.first_to_go->dropped, ElementsAre(plan.groups.back().id));
    EXPECT_FALSE(weekly_plan(report({group("a", 20, Band::strong)}), policy, 120).half_hour_more) << "it is in already";
}

TEST(WeeklyPlan, FrontierRisesFromNothingToEverythingThatFits) {
    std::vector<GroupAudit> groups;
    for (int i = 0; i < 9; ++i) groups.push_back(group("g" + std::to_string(i), 5 + 3 * i, i % 2 == 0 ? Band::strong : Band::some));
    const WeeklyPlan plan = weekly_plan(report(groups), policy, 120);
    ASSERT_GT(plan.frontier.size(), 3u);
    EXPECT_EQ(plan.frontier.front().minutes, 0);
    EXPECT_THAT(plan.frontier.front().groups, IsEmpty());
    EXPECT_EQ(plan.frontier.back().groups.size(), 9u);
    for (std::size_t i = 1; i < plan.frontier.size(); ++i) {
        EXPECT_EQ(plan.frontier[i].minutes, 15.0 * static_cast<double>(i));
        EXPECT_GE(plan.frontier[i].value, plan.frontier[i - 1].value);
        EXPECT_GE(plan.frontier[i].bound, plan.frontier[i].value);
        EXPECT_TRUE(plan.frontier[i].minutes != 120 || plan.frontier[i].value == plan.value);
    }
}

TEST(WeeklyPlan, DoesNotDependOnTheOrderOfTheGroups) {
    std::vector<GroupAudit> groups;
    for (int i = 0; i < 12; ++i) groups.push_back(group("g" + std::to_string(i), 4 + 2 * i, i % 3 == 0 ? Band::strong : Band::some));
    const WeeklyPlan one = weekly_plan(report(groups), policy, 90);
    std::reverse(groups.begin(), groups.end());
    const WeeklyPlan other = weekly_plan(report(groups), policy, 90);
    EXPECT_EQ(ids(one.groups), ids(other.groups));
    EXPECT_EQ(one.value, other.value);
    for (std::size_t i = 0; i < one.groups.size(); ++i) EXPECT_EQ(one.groups[i].share_of_draws, other.groups[i].share_of_draws);
}

TEST(WeeklyPlan, OfNothingIsEmpty) {
    const WeeklyPlan plan = weekly_plan(report({}), policy, 0);
    EXPECT_THAT(plan.groups, IsEmpty());
    EXPECT_FALSE(plan.half_hour_more);
    EXPECT_FALSE(plan.first_to_go);
    EXPECT_EQ(plan.frontier.size(), 1u);
}

TEST(Objective, IsAboutBeingSeenByItsOwnWordsInEitherLanguage) {
    const auto says = [](const char* text) { return is_about_being_seen({.id = "o", .text = text}); };
    EXPECT_TRUE(says("Être visible des décideurs RH"));
    EXPECT_TRUE(says("Become known among beekeepers"));
    EXPECT_FALSE(says("Suivre la digitalisation des RH"));
    EXPECT_FALSE(says("Find a flat in Ghent"));
}

}  // namespace budget_test
}  // namespace secateur

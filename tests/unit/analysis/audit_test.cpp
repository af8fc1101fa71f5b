// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/audit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "analysis/explain.hpp"
#include "base/messages.hpp"
#include "tests/support/history_builder.hpp"

namespace secateur {
namespace audit_test {

using test::at;
using test::day;
using test::group;
using test::HistoryBuilder;
using test::person;

Profile profile_with(const std::vector<std::string>& objectives) {
    Profile profile;
    profile.name = "Ada";
    int rank = 0;
    for (const std::string& text : objectives) {
        Objective one;
        one.id = "o" + std::to_string(++rank);
        one.rank = rank;
        one.text = text;
        profile.objectives.push_back(one);
    }
    return profile;
}

AuditReport audit_of(const std::vector<HistoryBuilder>& groups, const Profile& profile, std::string_view as_of = "2026-10-31",
                     AuditInputs inputs = {}) {
    inputs.for_each_group = [&](const std::function<void(const GroupHistory&)>& visit) {
        for (const HistoryBuilder& each : groups) visit(each);
    };
    if (!inputs.person_name)
        inputs.person_name = [](std::int64_t number) {
            for (const char* name : {"Grace", "Linus", "Margaret"})
                if (person(name) == number) return std::string(name);
            return std::string();
        };
    return audit(inputs, profile, Policy{}, day(as_of));
}
const GroupAudit& named(const AuditReport& report, std::string_view id) {
    const auto found =
        std::find_if(report.groups.begin(), report.groups.end(), [&](const GroupAudit& each) { return each.id == id; });
    if (found == report.groups.end()) throw std::out_of_range(std::string(id));
    return *found;
}

const std::string rh_objective = "Progresser dans les ressources humaines";
HistoryBuilder rh() {
    return group("telegram:rh", "RH et formation")
        .about("Échanges entre responsables des ressources humaines et de la formation");
}
HistoryBuilder velo() {
    return group("facebook:velo", "Vélo du dimanche").about("Sorties à vélo, itinéraires et mécanique le dimanche matin");
}

TEST(Audit, KeepsAGroupThatServesAndIsLived) {
    const auto report =
        audit_of({rh().acts_weekly("2026-10-28", 20).full("2024-01-01", "2026-10-30").says("Grace", "2026-10-29")},
                 profile_with({rh_objective}));
    const GroupAudit& found = named(report, "telegram:rh");
    EXPECT_EQ(found.verdict.decision, Decision::keep);
    EXPECT_EQ(found.verdict.rule, 9);
    EXPECT_EQ(found.fact, FactState::wrote_this_year);
    EXPECT_EQ(found.my_active_weeks_52, 20U);
    EXPECT_EQ(found.relevance.at(0).band, Band::strong);
    EXPECT_EQ(report.objectives.at(0).strong_groups, 1U);
    ASSERT_EQ(found.verdict.reasons.size(), 4U);
    EXPECT_EQ(found.verdict.reasons[0].side, Side::in_favour);
    EXPECT_EQ(found.verdict.reasons[3].side, Side::against);
}

TEST(Audit, PutsEveryReasonIntoWordsThatExplainKnows) {
    const auto report =
        audit_of({rh().acts_weekly("2026-10-28", 20).full("2024-01-01", "2026-10-30"),
                  velo().act("2024-10-01").own_only("2024-01-01", "2026-10-30"),
                  group("linkedin:1792820", "")
                      .act("2026-01-01")
                      .act("2026-02-02")
                      .act("2026-03-03")
                      .own_only("2020-01-01", "2026-10-30")
                      .unattributed(),
                  group("whatsapp:f", "Famille Lovelace").own_only("2024-01-01", "2026-10-30"),
                  group("telegram:d", "Fin de chantier").says("Grace", "2025-01-01").full("2024-01-01", "2026-10-30"),
                  group("telegram:n", "Nouveau cercle").joined("2026-10-10").full("2024-01-01", "2026-10-30")},
                 profile_with({rh_objective}));
    for (const GroupAudit& each : report.groups) {
        std::vector<Message> said = each.verdict.missing;
        for (const Reason& reason : each.verdict.reasons) {
            EXPECT_NE(find_metric(reason.metric), nullptr) << reason.metric;
            said.push_back(reason.text);
        }
        if (each.verdict.question) said.push_back(*each.verdict.question);
        if (each.verdict.suggestion) said.push_back(*each.verdict.suggestion);
        EXPECT_FALSE(said.empty()) << each.id;
        for (const Message& message : said)
            for (const Language language : {Language::english, Language::french}) {
                const std::string text = render(message, language);
                EXPECT_FALSE(text.empty() || text.starts_with('[') || text.find('{') != std::string::npos)
                    << message.id << ": " << text;
            }
    }
}

TEST(Audit, AsksForTheNameOfANumber) {
    const auto report = audit_of({group("linkedin:1792820", "")
                                      .act("2026-01-01")
                                      .act("2026-02-02")
                                      .act("2026-03-03")
                                      .own_only("2020-01-01", "2026-10-30")
                                      .unattributed()},
                                 profile_with({rh_objective}));
    const GroupAudit& found = named(report, "linkedin:1792820");
    EXPECT_EQ(found.verdict.decision, Decision::cannot_judge);
    ASSERT_TRUE(found.verdict.question);
    EXPECT_EQ(render(*found.verdict.question, Language::english), "Group 1792820, where you wrote 3 times: which one is it?");
    EXPECT_EQ(report.totals.unnamed_groups, 1U);
}

TEST(Audit, NeverMeasuresWhatIsPersonal) {
    auto family = group("whatsapp:f", "Famille Lovelace")
                      .acts_weekly("2026-10-28", 20)
                      .full("2024-01-01", "2026-10-30")
                      .exchanges("Grace", "2026-10-20")
                      .answer("scope", "personal", "2026-10-01");
    const auto report = audit_of({family}, profile_with({rh_objective}));
    const GroupAudit& found = named(report, "whatsapp:f");
    EXPECT_FALSE(found.objectives_apply);
    EXPECT_EQ(found.verdict.decision, Decision::keep);
    EXPECT_EQ(found.verdict.rule, 2);
    EXPECT_EQ(found.fact, FactState::personal);
    EXPECT_FALSE(found.participation.probability);
    EXPECT_TRUE(found.relevance.empty());
    EXPECT_FALSE(found.vitality || found.minutes || found.people_met || found.reach);
    EXPECT_TRUE(found.people_met_only_here.empty());
}

TEST(Audit, ProposesPersonalScopeButDecidesNothingByIt) {
    const auto report = audit_of({group("whatsapp:p", "Parents CM2 B")
                                      .act("2024-10-01")
                                      .own_only("2023-01-01", "2026-10-30")
                                      .about("Messages des parents sur les sorties et les devoirs du soir")},
                                 profile_with({rh_objective}));
    const GroupAudit& found = named(report, "whatsapp:p");
    ASSERT_TRUE(found.proposed_scope);
    EXPECT_EQ(found.proposed_scope->scope, Scope::personal);
    EXPECT_EQ(found.verdict.decision, Decision::cannot_judge);
    ASSERT_TRUE(found.verdict.question);
    EXPECT_EQ(found.verdict.question->id, "analysis.question_scope");
}

TEST(Audit, HerAnswerThatItIsNoPersonalGroupSettlesTheProposal) {
    const auto report = audit_of({group("whatsapp:p", "Parents CM2 B")
                                      .act("2024-10-01")
                                      .own_only("2023-01-01", "2026-10-30")
                                      .about("Messages des parents sur les sorties et les devoirs du soir")
                                      .answer("scope", "audit", "2026-10-01")},
                                 profile_with({rh_objective}));
    EXPECT_FALSE(named(report, "whatsapp:p").proposed_scope);
    EXPECT_EQ(named(report, "whatsapp:p").verdict.decision, Decision::leave);
}

TEST(Audit, CountsWhomSheMeetsOnlyHere) {
    const auto report = audit_of(
        {rh().full("2024-01-01", "2026-10-30")
             .act("2026-10-01")
             .exchanges("Grace", "2026-10-01")
             .exchanges("Linus", "2026-10-01"),
         velo().full("2024-01-01", "2026-10-30").act("2026-10-01").exchanges("Grace", "2026-09-01"),
         group("telegram:one", "").kind(GroupKind::direct).full("2024-01-01", "2026-10-30").exchanges("Margaret", "2026-09-01")},
        profile_with({rh_objective}));
    EXPECT_EQ(named(report, "telegram:rh").people_met, 2U);
    EXPECT_EQ(named(report, "telegram:rh").reach, 1U);
    EXPECT_EQ(named(report, "telegram:rh").people_met_only_here, std::vector<std::string>{"Linus"});
    EXPECT_EQ(named(report, "facebook:velo").reach, 0U);
    EXPECT_EQ(report.totals.direct_conversations, 1U);
    EXPECT_EQ(report.groups.size(), 2U);
}

/// Two accounts of Grace Hopper: one writes in `rh`, the other elsewhere.
AuditInputs two_graces() {
    AuditInputs inputs;
    inputs.person_name = [](std::int64_t number) {
        if (number == person("Grace") || number == person("Grace on Facebook")) return std::string("Grace Hopper");
        return number == person("Linus") ? std::string("Linus Pauling") : std::string();
    };
    return inputs;
}

TEST(Audit, ANamesakeMetElsewhereIsNeitherOnlyHereNorThere) {
    const std::vector<HistoryBuilder> groups{
        rh().full("2024-01-01", "2026-10-30").act("2026-10-01").exchanges("Grace", "2026-10-01").exchanges("Linus", "2026-10-01"),
        velo().full("2024-01-01", "2026-10-30").act("2026-10-01").exchanges("Grace on Facebook", "2026-09-01")};
    const auto report = audit_of(groups, profile_with({rh_objective}), "2026-10-31", two_graces());
    EXPECT_EQ(named(report, "telegram:rh").people_met_only_here, std::vector<std::string>{"Linus Pauling"});
    EXPECT_EQ(named(report, "telegram:rh").reach, 1U);
    EXPECT_FALSE(named(report, "facebook:velo").reach) << "she may be met only there, or not";
    AuditInputs told = two_graces();
    told.are_two = [](std::int64_t, std::int64_t) { return true; };
    const auto settled = audit_of(groups, profile_with({rh_objective}), "2026-10-31", told);
    EXPECT_EQ(named(settled, "telegram:rh").reach, 2U);
    EXPECT_EQ(named(settled, "facebook:velo").reach, 1U);
}

MeetingOf meeting(std::string_view when, std::string_view who, Attendance attendance = Attendance::went) {
    Meeting one;
    one.begin = When{.at = at(when)};
    one.attendance = attendance;
    one.place = "Gare Centrale";
    return {.meeting = one, .group = {}, .people = {person(who)}};
}

TEST(Audit, KnowsWhomOfAGroupSheMetFaceToFace) {
    AuditInputs inputs = two_graces();
    inputs.meetings = {meeting("2026-06-01", "Grace"), meeting("2026-09-10", "Grace"), meeting("2026-09-12", "Linus", Attendance::invited),
                       meeting("2026-12-24", "Linus")};
    MeetingOf through = meeting("2026-05-07", "Linus");
    through.meeting.met_through = "velo du DIMANCHE";
    inputs.meetings.push_back(through);
    const auto report = audit_of({rh().full("2024-01-01", "2026-10-30").act("2026-10-01").exchanges("Grace", "2026-10-01"), velo().own_only("2024-01-01", "2026-10-30")},
                                 profile_with({rh_objective}), "2026-10-31", inputs);
    const auto& met = named(report, "telegram:rh").in_person;
    ASSERT_TRUE(met);
    EXPECT_EQ(met->people, 1U);
    EXPECT_EQ(met->last, day("2026-09-10"));
    EXPECT_EQ(met->names, std::vector<std::string>{"Grace Hopper"});
    const auto& by_table = named(report, "facebook:velo").in_person;
    ASSERT_TRUE(by_table) << "as she noted it, without case or accents";
    EXPECT_EQ(by_table->names, std::vector<std::string>{"Linus Pauling"});
    EXPECT_EQ(by_table->last, day("2026-05-07")) << "an invitation and what is to come are no meetings";
}

TEST(Audit, WhatIsDeadServesNoMoreWhateverItSpeaksOf) {
    const auto report = audit_of({rh().full("2024-01-01", "2026-10-30").act("2025-01-10").says("Grace", "2025-01-11")}, profile_with({rh_objective}));
    const GroupAudit& found = named(report, "telegram:rh");
    ASSERT_EQ(found.relevance.size(), 1U);
    EXPECT_EQ(found.relevance[0].band, Band::weak);
    EXPECT_TRUE(found.relevance[0].no_more);
    EXPECT_EQ(report.objectives.at(0).strong_groups + report.objectives.at(0).some_groups, 0U);
}

TEST(Audit, SomebodyMetInADirectConversationIsNotLost) {
    const auto report = audit_of(
        {rh().full("2024-01-01", "2026-10-30").act("2026-10-01").exchanges("Grace", "2026-10-01"),
         group("telegram:one", "").kind(GroupKind::direct).full("2024-01-01", "2026-10-30").exchanges("Grace", "2026-09-01")},
        profile_with({rh_objective}));
    EXPECT_EQ(named(report, "telegram:rh").reach, 0U);
}

TEST(Audit, OneWayIsNoMeeting) {
    const auto report = audit_of({rh().full("2024-01-01", "2026-10-30").act("2026-10-01").exchanges("Grace", "2026-10-01", 3, 0)},
                                 profile_with({rh_objective}));
    EXPECT_EQ(named(report, "telegram:rh").people_met, 0U);
}

TEST(Audit, ReachIsUnknownWhereOnlyHerSideIsKnown) {
    const auto report = audit_of({velo().act("2026-10-01").own_only("2024-01-01", "2026-10-30")}, profile_with({rh_objective}));
    EXPECT_FALSE(named(report, "facebook:velo").people_met);
    EXPECT_FALSE(named(report, "facebook:velo").reach);
    EXPECT_FALSE(named(report, "facebook:velo").vitality);
}

TEST(Audit, AdvisesToLeaveTheDeadWhereNobodyIsLost) {
    const auto report = audit_of(
        {group("telegram:d", "Fin de chantier").act("2025-03-01").says("Grace", "2025-03-02").full("2024-01-01", "2026-10-30")},
        profile_with({rh_objective}));
    const GroupAudit& found = named(report, "telegram:d");
    EXPECT_EQ(found.verdict.decision, Decision::leave);
    EXPECT_EQ(found.verdict.rule, 8);
    EXPECT_EQ(found.fact, FactState::dead);
    EXPECT_NE(found.verdict.certainty, Certainty::high);
}

TEST(Audit, GivesANewGroupItsNinetyDays) {
    const auto report =
        audit_of({velo().joined("2026-10-21").own_only("2024-01-01", "2026-10-30")}, profile_with({rh_objective}));
    EXPECT_EQ(named(report, "facebook:velo").verdict.rule, 6);
    EXPECT_EQ(named(report, "facebook:velo").verdict.until, day("2027-01-19"));
}

TEST(Audit, ReadsTheLikelyDayOfJoiningFromTheFirstRecord) {
    EXPECT_EQ(named(audit_of({velo().act("2026-10-01").own_only("2024-01-01", "2026-10-30")}, profile_with({rh_objective})),
                    "facebook:velo")
                  .verdict.rule,
              6);
    EXPECT_NE(named(audit_of({velo().act("2026-10-01").own_only("2026-09-20", "2026-10-30")}, profile_with({rh_objective})),
                    "facebook:velo")
                  .verdict.rule,
              6);
}

TEST(Audit, AgesEverythingWhereTheDataStop) {
    const auto report = audit_of({velo().act("2026-07-01").own_only("2024-01-01", "2026-07-12")}, profile_with({rh_objective}));
    const GroupAudit& found = named(report, "facebook:velo");
    EXPECT_TRUE(found.stale);
    EXPECT_EQ(found.data_until, day("2026-07-12"));
    EXPECT_EQ(found.participation.days_since_here, 11);
}

TEST(Audit, ForgetsWhatHadNotHappenedYet) {
    const auto groups = {
        velo().act("2025-01-10").act("2026-07-01").own_only("2024-01-01", "2026-10-30").answer("pleasure", "yes", "2026-10-01")};
    const GroupAudit found = named(audit_of(groups, profile_with({rh_objective}), "2025-02-01"), "facebook:velo");
    EXPECT_EQ(found.my_acts, 1U);
    EXPECT_EQ(found.last_act, day("2025-01-10"));
    EXPECT_TRUE(found.answers.empty());
    EXPECT_EQ(found.data_until, day("2025-02-01"));
}

TEST(Audit, WithoutAnObjectiveKeepsTheLivelyAndAsksForOne) {
    const auto report = audit_of({rh().acts_weekly("2026-10-28", 20).full("2024-01-01", "2026-10-30"),
                                  velo().act("2024-10-01").own_only("2024-01-01", "2026-10-30")},
                                 {});
    EXPECT_EQ(named(report, "telegram:rh").verdict.decision, Decision::keep);
    const Verdict& other = named(report, "facebook:velo").verdict;
    EXPECT_EQ(other.decision, Decision::cannot_judge);
    EXPECT_EQ(other.rule, 5);
    EXPECT_FALSE(other.certainty);
    ASSERT_TRUE(other.question);
    EXPECT_EQ(other.question->id, "analysis.question_objective");
    EXPECT_EQ(report.remarks.at(0).id, "analysis.remark_no_objective");
}

TEST(Audit, HerAnswersOutrankTheWordsForSixMonths) {
    const auto said = [](const char* date) {
        return velo().act("2025-09-01").own_only("2024-01-01", "2026-10-30").answer("serves", "o1", date);
    };
    const auto fresh = audit_of({said("2026-10-01")}, profile_with({rh_objective}));
    EXPECT_TRUE(named(fresh, "facebook:velo").relevance.at(0).confirmed);
    EXPECT_EQ(named(fresh, "facebook:velo").relevance.at(0).band, Band::some);
    EXPECT_EQ(named(fresh, "facebook:velo").verdict.decision, Decision::read_only);
    const auto old = audit_of({said("2026-01-01")}, profile_with({rh_objective}));
    EXPECT_FALSE(named(old, "facebook:velo").relevance.at(0).confirmed);
    EXPECT_EQ(named(old, "facebook:velo").verdict.decision, Decision::leave);
}

TEST(Audit, DoesNotCutWhatServedAnObjectiveJustReached) {
    Profile profile = profile_with({rh_objective, "Trouver un logement"});
    profile.objectives[1].done = day("2026-09-20");
    const auto flats = group("facebook:l", "Logements et colocations")
                           .about("Annonces de logements, colocations et chambres à louer")
                           .act("2025-06-01")
                           .own_only("2024-01-01", "2026-10-30");
    EXPECT_EQ(named(audit_of({flats}, profile), "facebook:l").verdict.decision, Decision::read_only);
    profile.objectives[1].done = day("2026-03-20");
    EXPECT_EQ(named(audit_of({flats}, profile), "facebook:l").verdict.decision, Decision::leave);
}

TEST(Audit, PinsByIdOrByPartOfTheName) {
    Profile profile = profile_with({rh_objective});
    profile.pinned = {"dimanche", "no such group"};
    const auto report = audit_of({velo().act("2024-10-01").own_only("2024-01-01", "2026-10-30")}, profile);
    EXPECT_EQ(named(report, "facebook:velo").verdict.rule, 2);
    EXPECT_TRUE(named(report, "facebook:velo").objectives_apply);
    ASSERT_EQ(report.remarks.size(), 1U);
    EXPECT_EQ(report.remarks[0].id, "analysis.remark_pin_unknown");
}

TEST(Audit, SetsCandidatesApartAndSaysWhatTheyWouldServe) {
    const auto report = audit_of({rh().acts_weekly("2026-10-28", 20).full("2024-01-01", "2026-10-30"),
                                  velo().act("2025-01-01").own_only("2024-01-01", "2026-10-30"),
                                  group("manual:c", "Cercle RH")
                                      .about("Dîners de responsables des ressources humaines")
                                      .answer("scope", "candidate", "2026-10-01")},
                                 profile_with({rh_objective}));
    EXPECT_EQ(report.groups.size(), 2U);
    ASSERT_EQ(report.candidates.size(), 1U);
    EXPECT_EQ(report.totals.candidates, 1U);
    const Verdict& verdict = report.candidates[0].verdict;
    EXPECT_EQ(verdict.rule, 1);
    EXPECT_FALSE(verdict.certainty);
    ASSERT_EQ(verdict.reasons.size(), 2U);
    EXPECT_EQ(verdict.reasons[0].text.id, "analysis.candidate_serves");
    EXPECT_EQ(verdict.reasons[1].text.id, "analysis.candidate_present");
    ASSERT_TRUE(verdict.suggestion);
    EXPECT_EQ(verdict.suggestion->id, "analysis.candidate_room");
}

TEST(Audit, LeavesLeftGroupsOutAndCountsThem) {
    const auto report = audit_of({velo().left("2026-07-01")}, profile_with({rh_objective}));
    EXPECT_TRUE(report.groups.empty());
    EXPECT_EQ(report.totals.left_groups, 1U);
}

TEST(Audit, MarksTheSameNameTwice) {
    const auto report =
        audit_of({velo().act("2026-10-01").own_only("2024-01-01", "2026-10-30"), group("manual:v", "VELO du Dimanche")},
                 profile_with({rh_objective}));
    EXPECT_EQ(named(report, "manual:v").fact, FactState::repeated);
    EXPECT_EQ(named(report, "manual:v").repeats, "facebook:velo");
    EXPECT_FALSE(named(report, "facebook:velo").repeats);
}

TEST(Audit, SumsMinutesAndCountsTheUnknown) {
    Profile profile = profile_with({rh_objective});
    profile.platform_minutes["facebook"] = 60;
    const auto report = audit_of(
        {velo().own_only("2024-01-01", "2026-10-30"), group("facebook:2", "Recettes").own_only("2024-01-01", "2026-10-30"),
         group("linkedin:3", "RH").own_only("2024-01-01", "2026-10-30")},
        profile);
    EXPECT_EQ(report.totals.minutes_mid, 60);
    EXPECT_EQ(report.totals.unknown_minutes, 1U);
}

TEST(Audit, ShowsEveryOfTheLastTwentyFourMonths) {
    const auto report = audit_of({rh().act("2026-09-05").says("Grace", "2026-09-06").full("2026-08-01", "2026-10-30")},
                                 profile_with({rh_objective}));
    const auto& months = named(report, "telegram:rh").months;
    ASSERT_EQ(months.size(), 24U);
    EXPECT_EQ(months.back().month, 2026 * 12 + 9);
    EXPECT_EQ(months[22].mine, 1U);
    EXPECT_EQ(months[22].others, 1U);
    EXPECT_EQ(months.back().others, 0U);
    EXPECT_FALSE(months.front().others);
}

TEST(Audit, RemarksOnScatteringAndOnTheJobTrap) {
    const auto report =
        audit_of({rh()}, profile_with({"Trouver un emploi", rh_objective, "Apprendre le jardinage", "Faire du vélo"}));
    EXPECT_EQ(report.remarks.at(0).id, "analysis.remark_scattering");
    ASSERT_TRUE(report.objectives.at(0).remark);
    EXPECT_EQ(report.objectives[0].remark->id, "analysis.objective_job_alone");
    ASSERT_TRUE(report.objectives.at(2).remark);
    EXPECT_EQ(report.objectives[2].remark->id, "analysis.objective_unserved");
}

TEST(Audit, AsksWhatADeadGroupOfATableIsStillGoodForAndSaysWhoToldSo) {
    const auto report = audit_of({rh().act("2016-04-12").covered(CoverageKind::partial_window, "2014-03-10", "2026-10-30").stated("2026-10-30", 0, "2016-04-21")},
                                 profile_with({rh_objective}));
    const GroupAudit& found = named(report, "telegram:rh");
    EXPECT_EQ(found.verdict.decision, Decision::cannot_judge) << "there is nothing to follow";
    EXPECT_EQ(found.fact, FactState::dead);
    ASSERT_FALSE(found.verdict.reasons.empty());
    EXPECT_EQ(render(found.verdict.reasons[0].text, Language::english), "Your table of 30 October 2026 says it: nobody has written since 21 April 2016.");
    ASSERT_TRUE(found.verdict.question);
    EXPECT_EQ(found.verdict.question->id, "analysis.question_would_lose");
}

TEST(Audit, KnowsNoSourceBeyondTheDayAskedFor) {
    AuditInputs inputs;
    inputs.sources = {{.id = 1, .platform = "whatsapp", .connector = "whatsapp", .label = "a", .first = {}, .last = {}, .data_until = day("2026-11-22"),
                       .coverage = "full", .lacks = {}}};
    EXPECT_EQ(audit_of({}, profile_with({rh_objective}), "2026-10-31", inputs).sources.at(0).data_until, day("2026-10-31"));
}

TEST(Audit, MarksOldSourcesAndSleepingAccounts) {
    AuditInputs inputs;
    inputs.sources = {{.id = 2,
                       .platform = "whatsapp",
                       .connector = "whatsapp",
                       .label = "b",
                       .first = {},
                       .last = {},
                       .data_until = day("2026-07-12"),
                       .coverage = "full",
                       .lacks = {}},
                      {.id = 1,
                       .platform = "telegram",
                       .connector = "telegram",
                       .label = "a",
                       .first = {},
                       .last = {},
                       .data_until = day("2026-10-30"),
                       .coverage = "full",
                       .lacks = {}}};
    inputs.accounts = {
        {.platform = "viadeo", .handle = "ada", .last_used = day("2016-05-11"), .is_public = {}, .password_known = {}}};
    const auto report = audit_of({}, profile_with({rh_objective}), "2026-10-31", inputs);
    ASSERT_EQ(report.sources.size(), 2U);
    EXPECT_EQ(report.sources[0].platform, "telegram");
    EXPECT_FALSE(report.sources[0].stale);
    EXPECT_TRUE(report.sources[1].stale);
    EXPECT_TRUE(report.accounts.at(0).dormant);
}

TEST(Audit, SortsJudgedGroupsFirstAndRoundsItsNumbers) {
    const auto report = audit_of({group("whatsapp:f", "Aînés").answer("scope", "personal", "2026-10-01"),
                                  velo().act("2025-01-01").own_only("2024-01-01", "2026-10-30"),
                                  rh().acts_weekly("2026-10-28", 20).full("2024-01-01", "2026-10-30")},
                                 profile_with({rh_objective}));
    ASSERT_EQ(report.groups.size(), 3U);
    EXPECT_EQ(report.groups[0].id, "telegram:rh");
    EXPECT_EQ(report.groups[1].id, "facebook:velo");
    EXPECT_EQ(report.groups[2].id, "whatsapp:f");
    const double p = report.groups[0].participation.probability.value();
    EXPECT_EQ(p, std::round(p * 10000) / 10000);
}

TEST(Audit, UsesTheZoneForItsDays) {
    AuditInputs inputs;
    const auto brussels = Zone::find("Europe/Brussels");
    ASSERT_TRUE(brussels);
    inputs.zone = *brussels;
    const auto report = audit_of({velo().act("2026-10-01T22:30:00Z").own_only("2024-01-01", "2026-10-30")},
                                 profile_with({rh_objective}), "2026-10-31", inputs);
    EXPECT_EQ(named(report, "facebook:velo").last_act, day("2026-10-02"));
    EXPECT_EQ(report.zone, "Europe/Brussels");
}

TEST(AsOf, IsTheLastSecondOfThatDayInTheZone) {
    EXPECT_EQ(format_rfc3339(as_of_instant(day("2026-10-31"), Zone::utc())), "2026-10-31T23:59:59Z");
    const auto brussels = Zone::find("Europe/Brussels");
    ASSERT_TRUE(brussels);
    EXPECT_EQ(format_rfc3339(as_of_instant(day("2026-07-01"), *brussels)), "2026-07-01T21:59:59Z");
}

}  // namespace audit_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/overview.hpp"

#include <gtest/gtest.h>

#include "base/messages.hpp"
#include "tests/support/sample_report.hpp"

namespace secateur {
namespace overview_test {

std::string sentence(const AuditReport& report, Language language) {
    std::string all;
    for (const Message& part : headline(report, overview_of(report), language))
        all += (all.empty() ? "" : " | ") + render(part, language);
    return all;
}

TEST(Overview, OrdersSectionsByDecision) {
    const AuditReport report = test::sample_report();
    const Overview view = overview_of(report);
    std::string order;
    for (const Section& section : view.sections) order += std::string(to_string(*section.decision)) + " ";
    EXPECT_EQ(order, "keep trial read_only mute leave cannot_judge ");
}

TEST(Overview, OrdersSectionsByFactsWithoutAnObjective) {
    const AuditReport report = test::sample_report_without_objectives();
    const Overview view = overview_of(report);
    std::string order;
    for (const Section& section : view.sections) order += std::string(to_string(*section.fact)) + " ";
    EXPECT_EQ(order, "wrote_this_year alive_perhaps_read wrote_before dead no_trace name_only ");
}

TEST(Overview, TreatsADoneObjectiveAsNoneOpen) {
    AuditReport report = test::sample_report();
    for (ObjectiveAudit& objective : report.objectives) objective.done = report.as_of;
    EXPECT_TRUE(overview_of(report).open.empty());
    EXPECT_EQ(overview_of(report).done.size(), 3U);
    report.objectives[0].done.reset();
    report.objectives[0].start = report.as_of + std::chrono::days(1);
    EXPECT_TRUE(overview_of(report).open.empty());
}

TEST(Overview, ListsEveryGroupExactlyOnce) {
    for (const AuditReport& report : {test::sample_report(), test::sample_report_without_objectives()}) {
        const Overview view = overview_of(report);
        std::size_t listed = view.set_apart.size();
        for (const Section& section : view.sections) listed += section.groups.size();
        EXPECT_EQ(listed, report.groups.size());
        EXPECT_EQ(view.set_apart.size(), 4U);
    }
}

TEST(Overview, ListsAGroupOfWhichOnlyACueSaysThatItIsPersonal) {
    AuditReport report = test::sample_report_without_objectives();
    report.groups.front().fact = FactState::personal;
    const Overview view = overview_of(report);
    ASSERT_TRUE(view.sections.back().fact);
    EXPECT_EQ(*view.sections.back().fact, FactState::personal);
    EXPECT_EQ(view.sections.back().groups.size(), 1U);
}

TEST(Overview, ProposesAtMostSevenChangesTheSurestFirst) {
    const AuditReport report = test::sample_report();
    const Overview view = overview_of(report);
    ASSERT_EQ(view.proposals.size(), 7U);
    EXPECT_EQ(view.proposals.front()->name, "Veille RGPD");
    for (std::size_t i = 0; i < 7; ++i) {
        EXPECT_NE(view.proposals[i]->verdict.decision, Decision::keep);
        EXPECT_NE(view.proposals[i]->verdict.decision, Decision::cannot_judge);
        EXPECT_LE(*view.proposals[i > 0 ? i - 1 : 0]->verdict.certainty, *view.proposals[i]->verdict.certainty);
    }
}

TEST(Overview, AsksOneQuestionForAllTheGroupsItSettles) {
    const AuditReport report = test::sample_report();
    const Overview view = overview_of(report);
    ASSERT_EQ(view.questions.size(), 2U);
    EXPECT_GT(view.questions[0].groups.size(), view.questions[1].groups.size());
    EXPECT_EQ(view.questions[0].groups.size() + view.questions[1].groups.size(), 13U);
}

TEST(Overview, CountsALeaveWithoutLossOnlyWhereReachIsKnownZero) {
    const Overview view = overview_of(test::sample_report());
    EXPECT_EQ(view.leaving, 5U);
    EXPECT_EQ(view.leaving_without_loss, 2U);
}

TEST(Overview, TellsTheSourcesOfOnePlatformTogether) {
    AuditReport report = test::sample_report();
    report.sources[3].lacks = {msg("reports.card.no_act")};
    SourceCard old = report.sources[3];
    old.label = "ancien.txt";
    old.stale = true;
    old.data_until = *old.data_until + std::chrono::days(1);  // of no weight beside one that is not stale
    old.coverage = "own_only";
    report.sources.push_back(old);
    const Overview view = overview_of(report);
    ASSERT_EQ(view.sources.size(), 4U);
    const SourceFamily& family = view.sources[3];
    EXPECT_EQ(family.sources.size(), 2U);
    EXPECT_EQ(family.lacks.size(), 1U);
    EXPECT_EQ(family.coverage, "mixed");
    EXPECT_EQ(family.data_until, report.sources[3].data_until);
    EXPECT_FALSE(is_stale(family));
    EXPECT_TRUE(is_stale(view.sources[2]));
    EXPECT_EQ(view.sources[2].data_until, report.sources[2].data_until);
}

TEST(Headline, SaysGroupsTimeObjectivesAndWhatCouldBeLeft) {
    EXPECT_EQ(sentence(test::sample_report(), Language::english),
              "39 groups, at least 6\u00a0h\u00a050 a week (unknown for 21 groups) | 16 serve your two objectives | "
              "2 could be left without losing anyone you talk to");
    EXPECT_EQ(sentence(test::sample_report(), Language::french),
              "39 groupes, au moins 6\u00a0h\u00a050 par semaine (inconnu pour 21 groupes) | 16 servent vos deux objectifs | "
              "2 pourraient être quittés sans perdre personne à qui vous parlez");
}

TEST(Headline, NamesNoTimeThatIsNotKnown) {
    AuditReport report;
    EXPECT_EQ(sentence(report, Language::english), "No group yet: import an export, or add groups by name");
    report.totals.groups = 1;
    report.totals.unknown_minutes = 1;
    EXPECT_EQ(sentence(report, Language::english), "1 group; what they cost in time is not known yet");
    report.totals.unknown_minutes = 0;
    report.totals.minutes_mid = 75;
    EXPECT_EQ(sentence(report, Language::english), "1 group, about 1\u00a0h\u00a015 a week");
}

}  // namespace overview_test
}  // namespace secateur

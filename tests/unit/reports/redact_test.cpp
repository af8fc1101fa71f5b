// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/redact.hpp"

#include <gtest/gtest.h>

#include "reports/registry.hpp"
#include "tests/support/sample_report.hpp"

namespace secateur {
namespace redact_test {

TEST(Redacted, LeavesNoNameInAnyFormat) {
    AuditReport report = test::sample_report();
    report.groups[17].verdict.reasons[0].text = msg("reports.card.repeats", arg("group", report.groups[0].name));
    report.groups[17].verdict.missing = {msg("reports.card.only_here", arg("names", "Jean-Loup Mertens, Maëlle Quéré"))};
    for (const Renderer* renderer : renderers())
        for (const Language language : {Language::english, Language::french}) {
            std::string text;
            renderer->render(report, {.language = language, .columns = 200, .redact = true}, text);
            for (const GroupAudit& group : report.groups) {
                EXPECT_TRUE(group.name.empty() || text.find(group.name) == std::string::npos)
                    << renderer->info().name << ": " << group.name;
                EXPECT_EQ(text.find(group.id + "\""), std::string::npos) << renderer->info().name << ": " << group.id;
                for (const std::string& person : group.people_met_only_here)
                    EXPECT_EQ(text.find(person), std::string::npos) << renderer->info().name << ": " << person;
            }
            for (const char* other :
                 {"Isabelle", "isabelle.d", "facebook-isabelle", "Cercle RH de Wallonie", "Quéré", "example.org"})
                EXPECT_EQ(text.find(other), std::string::npos) << renderer->info().name << ": " << other;
        }
}

TEST(Redacted, NumbersAliasesAlikeInBothLanguages) {
    const AuditReport report = test::sample_report();
    const AuditReport english = redacted(report, Language::english), french = redacted(report, Language::french);
    for (std::size_t i = 0; i < english.groups.size(); ++i) {
        EXPECT_EQ(english.groups[i].id, french.groups[i].id);
        EXPECT_TRUE(english.groups[i].name.starts_with("group ")) << english.groups[i].name;
        EXPECT_EQ(french.groups[i].name, "groupe" + english.groups[i].name.substr(5));
    }
}

TEST(Redacted, DoesNotDependOnTheOrderOfTheReport) {
    AuditReport report = test::sample_report();
    const std::string before = redacted(report, Language::english).groups.front().name;
    std::ranges::reverse(report.groups);
    EXPECT_EQ(redacted(report, Language::english).groups.back().name, before);
}

TEST(Redacted, GivesOnePersonOneAliasEverywhere) {
    AuditReport report = test::sample_report();
    report.groups[0].people_met_only_here = {"Maëlle Quéré"};
    report.groups[3].people_met_only_here = {"Aïcha Belkacem", "Maëlle Quéré"};
    report.groups[3].verdict.suggestion = msg("reports.card.only_here", arg("names", "Maëlle Quéré"));
    const AuditReport hidden = redacted(report, Language::english);
    EXPECT_EQ(hidden.groups[0].people_met_only_here[0], hidden.groups[3].people_met_only_here[1]);
    EXPECT_EQ(render(*hidden.groups[3].verdict.suggestion, Language::english),
              "Only here: " + hidden.groups[0].people_met_only_here[0]);
}

TEST(Redacted, MasksPeopleThatTheReportListsNowhereElse) {
    AuditReport report = test::sample_report();
    report.groups[0].verdict.suggestion = msg("reports.card.only_here", arg("names", "Quelqu’un d’Autre"));
    EXPECT_EQ(render(*redacted(report, Language::english).groups[0].verdict.suggestion, Language::english),
              "Only here: (hidden)");
}

TEST(Redacted, MasksAPartOfANameToo) {
    AuditReport report = test::sample_report();
    report.remarks = {Message{"reports.card.repeats", {arg("group", "Solvay")}}};
    EXPECT_EQ(render(redacted(report, Language::english).remarks[0], Language::english),
              "It looks like the same group as (hidden)");
}

TEST(Redacted, ReplacesWholeWordsOnly) {
    AuditReport report = test::sample_report();
    report.groups[0].name = "RH";
    report.groups[1].verdict.reasons[0].text = msg("reports.card.term", arg("term", "RHône et RH, DRH"));
    const AuditReport hidden = redacted(report, Language::english);
    EXPECT_EQ(render(hidden.groups[1].verdict.reasons[0].text, Language::english),
              "“RHône et " + hidden.groups[0].name + ", DRH”");
}

TEST(Redacted, HidesFreeAnswersAndKeepsCodedOnes) {
    AuditReport report = test::sample_report();
    report.groups[0].answers = {{"", "why_joined", "Parce que Paul", {}},
                                {"", "would_lose", "Anne", {}},
                                {"", "would_lose", "yes", {}},
                                {"", "reads", "skim", {}}};
    const auto hidden = redacted(report, Language::english).groups[0].answers;
    EXPECT_EQ(hidden[0].value, "(hidden)");
    EXPECT_EQ(hidden[1].value, "(hidden)");
    EXPECT_EQ(hidden[2].value, "yes");
    EXPECT_EQ(hidden[3].value, "skim");
}

/// A coach sees nothing of what is personal: not even that it is there.
std::vector<GroupAudit> for_a_coach(const AuditReport& report) {
    std::vector<GroupAudit> groups;
    for (const GroupAudit& each : report.groups)
        if (each.scope == Scope::audit && (each.verdict.rule != 2 || each.verdict.reasons.front().metric == "pinned")) groups.push_back(each);
    return groups;
}

TEST(Redacted, LeavesOutWhatIsPersonalOrASupport) {
    AuditReport report = test::sample_report();
    const std::size_t before = for_a_coach(report).size();
    ASSERT_LT(before, report.groups.size()) << "the sample has a family";
    GroupAudit& supported = report.groups[0];
    supported.scope = Scope::audit;
    supported.verdict.rule = 2;
    supported.verdict.reasons = {{.metric = "answers", .value = "2026-10-28", .text = msg("reports.card.confirmed"), .side = Side::in_favour}};
    const AuditReport hidden = redacted(report, Language::english);
    EXPECT_EQ(hidden.groups.size(), for_a_coach(report).size());
    for (const GroupAudit& each : hidden.groups) EXPECT_EQ(each.scope, Scope::audit);
}

TEST(Redacted, KeepsEveryFigure) {
    const AuditReport report = test::sample_report();
    const AuditReport hidden = redacted(report, Language::english);
    const std::vector<GroupAudit> shown = for_a_coach(report);
    ASSERT_EQ(hidden.groups.size(), shown.size());
    for (std::size_t i = 0; i < shown.size(); ++i) {
        EXPECT_EQ(hidden.groups[i].my_acts, shown[i].my_acts);
        EXPECT_EQ(hidden.groups[i].participation.probability, shown[i].participation.probability);
        EXPECT_EQ(hidden.groups[i].verdict.decision, shown[i].verdict.decision);
        EXPECT_EQ(hidden.groups[i].repeats.has_value(), shown[i].repeats.has_value());
    }
}

}  // namespace redact_test
}  // namespace secateur

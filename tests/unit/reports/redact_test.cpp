// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/redact.hpp"

#include <gtest/gtest.h>

#include "reports/registry.hpp"
#include "tests/support/sample_report.hpp"

namespace secateur {
namespace {

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
    for (std::size_t i = 0; i < report.groups.size(); ++i) {
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

TEST(Redacted, KeepsEveryFigure) {
    const AuditReport report = test::sample_report();
    const AuditReport hidden = redacted(report, Language::english);
    ASSERT_EQ(hidden.groups.size(), report.groups.size());
    for (std::size_t i = 0; i < report.groups.size(); ++i) {
        EXPECT_EQ(hidden.groups[i].my_acts, report.groups[i].my_acts);
        EXPECT_EQ(hidden.groups[i].participation.probability, report.groups[i].participation.probability);
        EXPECT_EQ(hidden.groups[i].verdict.decision, report.groups[i].verdict.decision);
    }
    EXPECT_EQ(hidden.groups[28].repeats, hidden.groups[4].id);
}

}  // namespace
}  // namespace secateur

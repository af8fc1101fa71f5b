// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "base/json_stream.hpp"
#include "reports/registry.hpp"
#include "tests/support/sample_report.hpp"
#include "tests/unit/reports/schema_check.hpp"

namespace secateur {
namespace audit_json_test {

std::string json_of(const AuditReport& report, const RenderOptions& options = {}) {
    std::string text;
    find_renderer("json")->render(report, options, text);
    return text;
}

JsonValue group_called(const JsonDocument& document, std::string_view name) {
    for (const JsonValue group : document.root()["groups"])
        if (group["name"].string() == name) return group;
    return {};
}

TEST(AuditJson, KeepsToItsSchema) {
    for (const Language language : {Language::english, Language::french})
        for (const bool redact : {false, true}) {
            const RenderOptions options{.language = language, .redact = redact};
            EXPECT_EQ(test::schema_problem(json_of(test::sample_report(), options), "audit"), "");
            EXPECT_EQ(test::schema_problem(json_of(test::sample_report_without_objectives(), options), "audit"), "");
            EXPECT_EQ(test::schema_problem(json_of(test::hostile_report(), options), "audit"), "");
            EXPECT_EQ(test::schema_problem(json_of(AuditReport{}, options), "audit"), "");
        }
}

TEST(AuditJson, RoundsTheWayTheContractSays) {
    const JsonDocument document(json_of(test::sample_report()));
    const JsonValue group = group_called(document, "RH & numérique Bruxelles");
    EXPECT_EQ(group["participation"]["probability"].scalar(), "0.9100");
    EXPECT_EQ(group["minutes_per_week"]["mid"].scalar(), "35.0");
    EXPECT_EQ(group["minutes_per_week"]["low"].scalar(), "11.7");
    EXPECT_EQ((*group["relevance"].begin())["score"].scalar(), "0.5200");
    EXPECT_EQ((*(*group["relevance"].begin())["matched"].begin())["share"].scalar(), "0.6125");
    EXPECT_EQ(group["data_until"].string(), "2026-11-18");
}

TEST(AuditJson, GivesASilentGroupAParticipationWithNullMembers) {
    const JsonDocument document(json_of(test::sample_report()));
    const JsonValue participation = group_called(document, "HR Tech Europe")["participation"];
    ASSERT_TRUE(participation.is_object());
    for (const char* key : {"probability", "active_weeks_decayed", "days_since_here", "days_since_account", "likelihood"})
        EXPECT_TRUE(participation[key].is_null()) << key;
}

TEST(AuditJson, SaysUnknownWithNull) {
    const JsonDocument document(json_of(test::sample_report()));
    const JsonValue own_only = group_called(document, "Women in Data Belgium");
    EXPECT_TRUE(own_only["vitality"].is_null());
    EXPECT_TRUE(own_only["minutes_per_week"].is_null());
    EXPECT_TRUE(own_only["people_met"].is_null());
    const JsonValue open = group_called(document, "Cercle des lectrices");
    EXPECT_TRUE(open["verdict"]["certainty"].is_null());
    EXPECT_TRUE((*open["relevance"].begin())["score"].is_null());
    EXPECT_EQ((*open["relevance"].begin())["band"].string(), "unknown");
    EXPECT_TRUE(open["verdict"]["question"].is_string());
}

TEST(AuditJson, ShowsNoMetricOfAPersonalGroup) {
    const JsonDocument document(json_of(test::sample_report()));
    const JsonValue family = group_called(document, "Famille Delvaux");
    EXPECT_EQ(family["verdict"]["rule"].integer(), 2);
    EXPECT_EQ(family["verdict"]["decision"].string(), "keep");
    for (const char* key : {"mine", "vitality", "minutes_per_week", "people_met", "reach"})
        EXPECT_TRUE(family[key].is_null()) << key;
    EXPECT_TRUE(family["participation"]["probability"].is_null());
    for (const char* key : {"relevance", "months", "people_met_only_here"}) EXPECT_EQ(family[key].size(), 0U) << key;
}

TEST(AuditJson, NamesSidesForAndAgainst) {
    const JsonDocument document(json_of(test::sample_report()));
    std::string sides;
    for (const JsonValue reason : group_called(document, "Bons plans SEO")["verdict"]["reasons"])
        sides += std::string(reason["side"].string()) + " ";
    EXPECT_EQ(sides, "for for for against ");
}

TEST(AuditJson, CountsEveryDecision) {
    const JsonDocument document(json_of(test::sample_report()));
    const JsonValue counts = document.root()["totals"]["by_decision"];
    std::int64_t sum = 0;
    for (const JsonValue count : counts) sum += count.integer().value_or(-1'000);
    EXPECT_EQ(counts.size(), 6U);
    EXPECT_EQ(sum, document.root()["totals"]["groups"].integer());
    EXPECT_EQ(document.root()["totals"]["minutes_per_week"]["unknown_groups"].integer(), 21);
}

TEST(AuditJson, WritesTheWordsInTheLanguageAskedFor) {
    const std::string english = json_of(test::sample_report(), {.language = Language::english});
    const std::string french = json_of(test::sample_report(), {.language = Language::french});
    EXPECT_NE(english.find("You have not written here yet"), std::string::npos);
    EXPECT_EQ(french.find("You have not written here yet"), std::string::npos);
    EXPECT_NE(french.find("Vous n’y avez pas encore écrit"), std::string::npos);
}

}  // namespace audit_json_test
}  // namespace secateur

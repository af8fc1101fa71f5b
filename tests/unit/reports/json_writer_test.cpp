// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/json/json_writer.hpp"

#include <gtest/gtest.h>

#include "base/json_stream.hpp"
#include "tests/unit/reports/schema_check.hpp"

namespace secateur {
namespace json_writer_test {

using namespace std::chrono;

std::vector<ImportedSource> sources() {
    ImportedSource first{.path = "telegram.zip", .connector = "telegram", .connector_version = 2};
    first.counts = {.read = 10,
                    .accepted = 9,
                    .added = 6,
                    .updated = 1,
                    .duplicates = 2,
                    .quarantined = 1,
                    .ignored = {{"draft", 3}},
                    .groups = 4,
                    .memberships = 4,
                    .activities = 5,
                    .mine = 2,
                    .unattributed = 1,
                    .direct = 3,
                    .contacts = 0};
    first.first = Instant(sys_days(year(2024) / 5 / 2));
    first.coverage = "full";
    first.lacks = {msg("reports.coverage.names_only")};
    first.warnings = {{"owner_unknown",
                       msg("reports.card.no_act"),
                       {.entry = "result.json", .line = 12, .record = {}, .offset = {}, .length = {}}}};
    ImportedSource second{.path = "broken\x1b.zip", .status = ImportStatus::failed};
    second.counts = {.read = 5, .accepted = 5, .added = 5, .ignored = {{"draft", 1}, {"blank", 2}}};
    second.problem = Problem{.kind = ErrorKind::input, .reason = msg("reports.coverage.unknown"), .where = {}, .hint = {}};
    return {
        first, second, {.path = "old.zip", .connector = "linkedin", .connector_version = 1, .status = ImportStatus::unchanged}};
}

TEST(ImportJson, KeepsToItsSchemaInBothLanguages) {
    EXPECT_EQ(test::schema_problem(import_json(sources(), Language::english), "import"), "");
    EXPECT_EQ(test::schema_problem(import_json(sources(), Language::french), "import"), "");
    EXPECT_EQ(test::schema_problem(import_json({}, Language::english), "import"), "");
}

TEST(ImportJson, SumsTheCountsOfAllSources) {
    const JsonDocument document(import_json(sources(), Language::english));
    const JsonValue totals = document.root()["totals"];
    EXPECT_EQ(totals["read"].integer(), 15);
    EXPECT_EQ(totals["accepted"].integer(), 14);
    EXPECT_EQ(totals["added"].integer(), 11);
    EXPECT_EQ(totals["quarantined"].integer(), 1);
    EXPECT_EQ(totals["ignored"]["draft"].integer(), 4);
    EXPECT_EQ(totals["ignored"]["blank"].integer(), 2);
}

TEST(ImportJson, SaysUnknownWithNull) {
    const JsonDocument document(import_json(sources(), Language::english));
    std::vector<JsonValue> all;
    for (const JsonValue each : document.root()["sources"]) all.push_back(each);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0]["first"].string(), "2024-05-02T00:00:00Z");
    EXPECT_TRUE(all[0]["last"].is_null());
    EXPECT_EQ(all[0]["status"].string(), "imported");
    EXPECT_EQ(all[1]["status"].string(), "failed");
    EXPECT_TRUE(all[1]["connector"].is_null());
    EXPECT_TRUE(all[1]["connector_version"].is_null());
    EXPECT_TRUE(all[1]["problem"].is_object());
    EXPECT_EQ(all[2]["status"].string(), "unchanged");
    EXPECT_TRUE(all[2]["coverage"].is_null());
}

TEST(GroupsJson, KeepsToItsSchemaAndTellsUnknownFromZero) {
    ListedGroup with{.id = "telegram:1", .platform = "telegram", .key = "1", .name = "Un \"nom\"", .kind = GroupKind::channel};
    with.state = MemberState::left;
    with.left_at = Instant(sys_days(year(2025) / 1 / 1));
    with.coverage = "full";
    with.others = ListedGroup::Others{.activities = 0, .authors = 0, .last = {}};
    const ListedGroup without{.id = "manual:a", .platform = "manual", .key = "a"};
    const std::string text = groups_json({with, without});
    EXPECT_EQ(test::schema_problem(text, "groups"), "");
    const JsonDocument document(text);
    std::vector<JsonValue> all;
    for (const JsonValue each : document.root()["groups"]) all.push_back(each);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0]["others"]["activities"].integer(), 0);
    EXPECT_TRUE(all[1]["others"].is_null());
    EXPECT_TRUE(all[1]["coverage"].is_null());
    EXPECT_EQ(all[0]["state"].string(), "left");
}

TEST(GroupsJson, SchemaRefusesAGroupWithoutState) {
    EXPECT_NE(test::schema_problem(R"({"schema":"secateur.groups/1","groups":[{"id":"a"}]})", "groups"), "");
    EXPECT_NE(test::schema_problem(R"({"schema":"secateur.groups/2","groups":[]})", "groups"), "");
}

}  // namespace json_writer_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/reports/schema_check.hpp"

namespace secateur {
namespace overlap_test {

using test::Outcome;
using testing::HasSubstr;
using testing::Not;

class OverlapCommand : public testing::Test {
protected:
    test::TempDir dir_;
    test::Program program_{(dir_.path() / "home").string()};

    /// Notices of six people about bees in "Hives", the same ones a day later in `copy`; a third group speaks of chess.
    void import_groups(const std::string& copy) {
        std::string rows = "platform,group_id,group_name,post_id,kind,created_at,author,author_is_me,text\n";
        int number = 0;
        const auto notice = [&](const std::string& group, Date at, int i, const std::string& subject) {
            rows += fmt::format("village,{0},{0},{1},post,{2}T10:00:00Z,{3},{4},\"{5} number {1}: the keepers of the valley meet near the mill with their smokers and veils https://example.org/{5}/{6}\"\n",
                                group, ++number, format_date(at), i % 6 == 0 ? "Isa" : fmt::format("Neighbour {}", i % 6), i % 6 == 0 ? "true" : "false", subject, i);
        };
        for (int i = 0; i < 30; ++i) {
            const Date day = *parse_date("2026-06-01") + std::chrono::days(3 * i);
            notice("Hives", day, i, "bees");
            notice(copy, day + std::chrono::days(1), i, copy == "Chess" ? "openings" : "bees");
        }
        dir_.write("tables/groups.csv", fmt::format("platform,group_id,name,coverage\nvillage,Hives,Hives,full\nvillage,{0},{0},full\n", copy));
        const Outcome outcome = program_.run({"import", dir_.write("tables/posts.csv", rows).parent_path().string(), "--me", "Isa"});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
    }
};

TEST_F(OverlapCommand, NamesTheGroupToKeepAndWhatTheOtherShares) {
    import_groups("Apiary");
    const Outcome english = program_.run({"overlap"});
    EXPECT_EQ(english.code, 0) << english.err;
    EXPECT_THAT(english.out, HasSubstr("Keep: "));
    EXPECT_THAT(english.out, HasSubstr("repeats it"));
    EXPECT_THAT(english.out, HasSubstr("were posted in both"));
    EXPECT_THAT(english.out, HasSubstr("Neighbour"));
    const Outcome french = program_.run({"overlap", "--lang", "fr"});
    EXPECT_THAT(french.out, HasSubstr("fait double emploi"));
    EXPECT_THAT(french.out, Not(HasSubstr("Keep")));
}

TEST_F(OverlapCommand, ItsJsonKeepsToTheSchemaWithAndWithoutACopy) {
    import_groups("Apiary");
    const Outcome full = program_.run({"overlap", "--json"});
    EXPECT_EQ(test::schema_problem(full.out, "overlap"), "");
    EXPECT_THAT(full.out, HasSubstr("\"links_delay_hours\": 24.0"));
    const Outcome early = program_.run({"overlap", "--json", "--as-of", "2026-01-01"});
    EXPECT_EQ(test::schema_problem(early.out, "overlap"), "");
    EXPECT_THAT(early.out, HasSubstr("\"clusters\": []"));
    EXPECT_EQ(test::schema_problem(program_.run({"audit", "--json"}).out, "audit"), "");
}

TEST_F(OverlapCommand, SaysSoWhenNothingRepeats) {
    const Outcome outcome = program_.run({"overlap"});
    EXPECT_NE(outcome.code, 0) << "no client yet";
    ASSERT_EQ(program_.run({"add", "facebook", "Gardeners"}).code, 0);
    EXPECT_THAT(program_.run({"overlap"}).out, HasSubstr("No two groups repeat each other"));
}

}  // namespace overlap_test
}  // namespace secateur

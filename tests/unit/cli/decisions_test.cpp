// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/reports/schema_check.hpp"

namespace secateur {
namespace decisions_test {

using test::Outcome;
using testing::HasSubstr;
using testing::Not;

class DecisionsCommand : public testing::Test {
protected:
    test::TempDir dir_;
    test::Program program_{(dir_.path() / "home").string()};

    void import_posts(const std::string& name, const std::vector<std::string>& days) {
        std::string rows = "platform,group_id,group_name,post_id,kind,created_at,author_is_me,text\n";
        for (const std::string& day : days) rows += "bees,1,Beekeepers," + day + ",post," + day + "T10:00:00Z,true,The hives are awake\n";
        ASSERT_EQ(program_.run({"import", dir_.write(name, rows).string()}).code, 0);
    }
};

TEST_F(DecisionsCommand, ComparesTheKeptAdviceWithWhatFollowed) {
    import_posts("august.csv", {"2026-03-02", "2026-05-02", "2026-06-02", "2026-07-02", "2026-08-02"});
    EXPECT_THAT(program_.run({"decisions"}).out, HasSubstr("No earlier month"));
    const Outcome kept = program_.run({"decisions", "freeze", "--as-of", "2026-08-31"});
    EXPECT_EQ(kept.code, 0) << kept.err;
    EXPECT_THAT(kept.out, HasSubstr("31 August 2026 is kept: 1 group"));
    import_posts("october.csv", {"2026-09-20", "2026-10-02"});
    const Outcome since = program_.run({"decisions"});
    EXPECT_THAT(since.out, HasSubstr("What became of the advice of 31 August 2026"));
    EXPECT_THAT(since.out, HasSubstr("Beekeepers: keep → visited"));
    EXPECT_THAT(program_.run({"decisions", "--lang", "fr"}).out, HasSubstr("garder → visité"));
    EXPECT_EQ(test::schema_problem(program_.run({"decisions", "--json"}).out, "decisions"), "");
}

TEST_F(DecisionsCommand, AnAuditAsOfTodayKeepsItsAdviceAndOneOfAnotherDayDoesNot) {
    import_posts("posts.csv", {"2026-10-02", "2026-10-12"});
    ASSERT_EQ(program_.run({"audit", "--as-of", "2026-10-20"}).code, 0);
    EXPECT_THAT(program_.run({"decisions", "--as-of", "2026-11-30"}).out, HasSubstr("No earlier month"));
    ASSERT_EQ(program_.run({"audit"}).code, 0);
    EXPECT_THAT(program_.run({"decisions", "--as-of", "2026-11-30"}).out, HasSubstr("31 October 2026"));
    EXPECT_THAT(program_.run({"decisions"}).out, HasSubstr("No earlier month")) << "the month is its own, not an earlier one";
    EXPECT_EQ(test::schema_problem(program_.run({"decisions", "--json"}).out, "decisions"), "");
}

TEST_F(DecisionsCommand, KnowsNoOtherWord) { EXPECT_EQ(program_.run({"decisions", "thaw"}).code, 2); }

}  // namespace decisions_test
}  // namespace secateur

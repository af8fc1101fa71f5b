// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/reports/schema_check.hpp"

namespace secateur {
namespace plan_test {

using test::Outcome;
using testing::HasSubstr;
using testing::Not;

class PlanCommand : public testing::Test {
protected:
    test::TempDir dir_;
    test::Program program_{(dir_.path() / "home").string()};

    void SetUp() override {
        std::string rows = "platform,group_id,group_name,post_id,kind,created_at,author_is_me,text\n";
        int number = 0;
        for (const std::string name : {"Beekeepers of Ghent", "Swarm alerts", "Honey tasting"})
            for (const char* month : {"06", "07", "08", "09", "10"})
                rows += "bees," + name + "," + name + "," + std::to_string(++number) + ",post,2026-" + month + "-12T10:00:00Z,true,The hives are awake\n";
        ASSERT_EQ(program_.run({"import", dir_.write("tables/posts.csv", rows).string()}).code, 0);
        const Outcome asked = program_.run({"plan"});
        ASSERT_EQ(asked.code, 2) << "no minutes are known yet";
        ASSERT_THAT(asked.err, HasSubstr("plan --minutes 150"));
    }
    void answer(const std::string& group, const std::string& minutes) { ASSERT_EQ(program_.run({"answer", group, "minutes=" + minutes}).code, 0); }
};

TEST_F(PlanCommand, AsksForMinutesWhereNoneAreKnown) {
    const Outcome outcome = program_.run({"plan", "--minutes", "90"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("a week of 1\u00a0h\u00a0" "30"));
    EXPECT_THAT(outcome.out, HasSubstr("Minutes not known for 3 groups"));
    EXPECT_THAT(outcome.out, HasSubstr("minutes=20"));
    EXPECT_THAT(outcome.out, HasSubstr("bees = 60 under [minutes]"));
    EXPECT_THAT(program_.run({"plan", "--minutes", "90", "--lang", "fr"}).out, HasSubstr("Minutes inconnues pour 3 groupes"));
}

TEST_F(PlanCommand, ShowsTheShapeWithoutDecimalsAndWhatTimeWouldChange) {
    answer("Beekeepers", "20.4");
    answer("Swarm", "31.2");
    answer("Honey", "0");
    const Outcome outcome = program_.run({"plan", "--minutes", "100"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("50\u00a0min to write and meet"));
    EXPECT_THAT(outcome.out, HasSubstr("Contribute in "));
    EXPECT_THAT(outcome.out, HasSubstr("20\u00a0min"));
    EXPECT_THAT(outcome.out, Not(testing::ContainsRegex("[0-9][.,][0-9]")));
    EXPECT_THAT(outcome.out, HasSubstr("first to go"));
    const Outcome french = program_.run({"plan", "--minutes", "100", "--lang", "fr"});
    EXPECT_THAT(french.out, HasSubstr("Contribuer à "));
    EXPECT_THAT(french.out, Not(testing::ContainsRegex("[0-9][.,][0-9]")));
}

TEST_F(PlanCommand, ItsJsonKeepsToTheSchemaAndIsTheSameTwice) {
    EXPECT_EQ(test::schema_problem(program_.run({"plan", "--minutes", "60", "--json"}).out, "plan"), "");
    answer("Beekeepers", "20");
    answer("Swarm", "30");
    const Outcome once = program_.run({"plan", "--minutes", "60", "--json"});
    EXPECT_EQ(test::schema_problem(once.out, "plan"), "");
    EXPECT_EQ(once.out, program_.run({"plan", "--minutes", "60", "--json"}).out);
}

TEST_F(PlanCommand, RefusesWhatIsNoWeek) {
    for (const char* wrong : {"-5", "many", "20000"}) EXPECT_EQ(program_.run({"plan", "--minutes=" + std::string(wrong)}).code, 2) << wrong;
}

}  // namespace plan_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/reports/schema_check.hpp"

namespace secateur {
namespace backtest_test {

using test::Outcome;
using testing::HasSubstr;
using testing::Not;

class BacktestCommand : public testing::Test {
protected:
    test::TempDir dir_;
    test::Program program_{(dir_.path() / "home").string()};

    /// `lively` groups written in every other week until October 2026, `fading` ones only until spring 2022; only my acts.
    void import_groups(int lively, int fading) {
        std::string rows = "platform,group_id,group_name,post_id,kind,created_at,author_is_me,text\n";
        const auto group = [&](const std::string& name, std::string_view first, std::string_view last) {
            int number = 0;
            for (Date at = *parse_date(first); at <= *parse_date(last); at += std::chrono::days(14))
                rows += fmt::format("bees,{0},{0},{1},post,{2}T10:00:00Z,true,The hives are awake\n", name, ++number, format_date(at));
        };
        for (int i = 0; i < lively; ++i) group(fmt::format("Orchard {}", i), "2021-01-04", "2026-10-20");
        for (int i = 0; i < fading; ++i) group(fmt::format("Meadow {}", i), "2021-01-04", "2022-04-01");
        const Outcome outcome = program_.run({"import", dir_.write("tables/posts.csv", rows).string()});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
    }
};

TEST_F(BacktestCommand, ShowsScoresCalibrationAndThresholds) {
    import_groups(5, 5);
    const Outcome english = program_.run({"backtest"});
    EXPECT_EQ(english.code, 0) << english.err;
    EXPECT_THAT(english.out, HasSubstr("10 groups at 6 dates"));
    EXPECT_THAT(english.out, HasSubstr("active weeks, fading"));
    EXPECT_THAT(english.out, HasSubstr("Had you left every group below a threshold"));
    EXPECT_THAT(english.out, Not(HasSubstr("without the others"))) << "only her own acts are known";
    EXPECT_THAT(english.out, Not(HasSubstr("Not enough")));
    const Outcome french = program_.run({"backtest", "--lang", "fr"});
    EXPECT_THAT(french.out, HasSubstr("10 groupes à 6 dates"));
    EXPECT_THAT(french.out, HasSubstr("0,15"));
}

TEST_F(BacktestCommand, RefusesTooLittleHistoryAndSaysWhatWouldHelp) {
    import_groups(2, 1);
    const Outcome outcome = program_.run({"backtest"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, HasSubstr("Not enough history"));
    EXPECT_THAT(outcome.out, HasSubstr("at least 20 of each"));
    EXPECT_THAT(outcome.out, HasSubstr("Import"));
    EXPECT_THAT(outcome.out, Not(HasSubstr("AUC")));
}

TEST_F(BacktestCommand, ItsJsonKeepsToTheSchemaWithAndWithoutEnough) {
    import_groups(5, 5);
    const Outcome full = program_.run({"backtest", "--json"});
    EXPECT_EQ(test::schema_problem(full.out, "backtest"), "");
    EXPECT_THAT(full.out, HasSubstr("\"enough\": true"));
    const Outcome early = program_.run({"backtest", "--json", "--as-of", "2022-01-01"});
    EXPECT_EQ(test::schema_problem(early.out, "backtest"), "");
    EXPECT_THAT(early.out, HasSubstr("\"enough\": false"));
    EXPECT_THAT(early.out, HasSubstr("\"scores\": []"));
}

TEST_F(BacktestCommand, SaysTheSameTwice) {
    import_groups(5, 5);
    EXPECT_EQ(program_.run({"backtest", "--json"}).out, program_.run({"backtest", "--json"}).out);
}

}  // namespace backtest_test
}  // namespace secateur

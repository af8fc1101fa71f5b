// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/reports/schema_check.hpp"

namespace secateur {
namespace habits_test {

using test::Outcome;
using testing::HasSubstr;
using testing::Not;

class HabitsCommand : public testing::Test {
protected:
    test::TempDir dir_;
    test::Program program_{(dir_.path() / "home").string()};

    void SetUp() override {
        std::string posts = "platform,group_id,group_name,post_id,kind,created_at,author_is_me,text\n";
        int number = 0;
        for (Date at = *parse_date("2026-01-05"); at <= *parse_date("2026-10-20"); at += std::chrono::days(14)) {
            ++number;
            posts += fmt::format("bees,hives,Hives,{0},post,{1}T10:00:00Z,true,\"{2}\"\n", number, format_date(at),
                                 number == 3 ? "Je relaie le CV d'une voisine apicultrice" : "Who has a spare smoker?");
        }
        dir_.write("tables/posts.csv", posts);
        dir_.write("tables/accounts.csv", "platform,account,last_used,public,password_known\nfacebook,isa.old,2019-05-04,true,false\nmeadow,isa,2018-01-02,,\n");
        const Outcome outcome = program_.run({"import", (dir_.path() / "tables").string()});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
    }
};

TEST_F(HabitsCommand, TellsHowSheTakesPartInBothLanguages) {
    const Outcome english = program_.run({"habits"});
    EXPECT_EQ(english.code, 0) << english.err;
    EXPECT_THAT(english.out, HasSubstr("you take part"));
    EXPECT_THAT(english.out, HasSubstr("questions asked"));
    EXPECT_THAT(english.out, HasSubstr("passed on somebody"));
    EXPECT_THAT(english.out, Not(HasSubstr("apicultrice"))) << "counted, never quoted";
    EXPECT_THAT(program_.run({"habits", "--lang", "fr"}).out, HasSubstr("vous participez"));
    EXPECT_EQ(test::schema_problem(program_.run({"habits", "--json"}).out, "habits"), "");
}

TEST_F(HabitsCommand, ForgottenAccountsGetAChecklistWithTheClosingPage) {
    const Outcome outcome = program_.run({"accounts"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("recover the password"));
    EXPECT_THAT(outcome.out, HasSubstr("https://www.facebook.com/help/delete_account"));
    EXPECT_THAT(outcome.out, HasSubstr("secateur accounts meadow")) << "no known page: a request instead";
    EXPECT_EQ(test::schema_problem(program_.run({"accounts", "--json"}).out, "accounts"), "");
}

TEST_F(HabitsCommand, WritesTheErasureRequestInHerLanguage) {
    const Outcome french = program_.run({"accounts", "meadow", "--lang", "fr"});
    EXPECT_EQ(french.code, 0) << french.err;
    EXPECT_THAT(french.out, HasSubstr("article 17"));
    EXPECT_THAT(french.out, HasSubstr("RGPD"));
    EXPECT_THAT(program_.run({"accounts", "meadow"}).out, HasSubstr("Yours faithfully"));
    EXPECT_EQ(program_.run({"accounts", "nowhere"}).code, 2);
}

}  // namespace habits_test
}  // namespace secateur

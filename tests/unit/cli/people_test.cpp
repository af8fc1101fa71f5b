// SPDX-License-Identifier: GPL-3.0-or-later
// `people` and `followups` over a small export, as a user runs them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/reports/schema_check.hpp"

namespace secateur::test {
namespace people_test {

using ::testing::HasSubstr;
using ::testing::Not;

/// A forum known whole: Isabelle asks, Nour answers and is not thanked, Otto asks her and waits.
class PeopleCommand : public ::testing::Test {
protected:
    void SetUp() override {
        folder_.write("tables/posts.csv",
                      "platform,group_id,post_id,author,author_is_me,created_at,kind,reply_to,text\n"
                      "forum,birders,1,Isabelle,1,2026-10-01T10:00:00Z,post,,Quelqu'un connaît un bon ornithologue ?\n"
                      "forum,birders,2,Nour Vanacker,0,2026-10-01T12:00:00Z,comment,1,Oui : Pierre Lebrun à Namur.\n"
                      "forum,birders,3,Otto Klein,0,2026-10-05T12:00:00Z,post,,Sortie dimanche\n"
                      "forum,birders,4,Isabelle,1,2026-10-05T13:00:00Z,comment,3,J'y serai.\n"
                      "forum,birders,5,Otto Klein,0,2026-10-06T12:00:00Z,comment,4,Peux-tu apporter la longue-vue ?\n"
                      "forum,birders,6,Lin Reed,0,2026-10-29T12:00:00Z,post,,Bonjour à tous\n"
                      "forum,chess,7,Lin Reed,0,2026-10-30T12:00:00Z,post,,Une partie ?\n");
        folder_.write("tables/groups.csv", "platform,group_id,name,coverage\nforum,birders,Oiseaux de Bruxelles,full\nforum,chess,Échecs,full\n");
        ASSERT_EQ(program_.run({"client", "new", "isabelle"}).code, 0);
        const Outcome imported = program_.run({"import", (folder_.path() / "tables").string()});
        ASSERT_EQ(imported.code, 0) << imported.err;
    }
    TempDir folder_;
    Program program_{(folder_.path() / "home").string()};
};

TEST_F(PeopleCommand, ListsCirclesWithTheirEvidence) {
    const Outcome listed = program_.run({"people"});
    EXPECT_EQ(listed.code, 0) << listed.err;
    EXPECT_THAT(listed.out, HasSubstr("Otto Klein"));
    EXPECT_THAT(listed.out, HasSubstr("Oiseaux de Bruxelles"));
    const Outcome json = program_.run({"people", "--json"});
    EXPECT_EQ(schema_problem(json.out, "people"), "");
}

TEST_F(PeopleCommand, KeepsHerWordAboutACircle) {
    EXPECT_EQ(program_.run({"people", "circle", "Otto", "R1"}).code, 0);
    EXPECT_THAT(program_.run({"people"}).out, HasSubstr("Close (R1)"));
    EXPECT_EQ(program_.run({"people", "circle", "Otto", "none"}).code, 0);
    EXPECT_THAT(program_.run({"people"}).out, Not(HasSubstr("Close (R1)")));
    EXPECT_EQ(program_.run({"people", "circle", "Otto", "R9"}).code, 2);
}

TEST_F(PeopleCommand, SearchesSharedGroupsByWordsAndTheirBeginnings) {
    EXPECT_THAT(program_.run({"people", "--about", "oiseaux bruxelles"}).out, HasSubstr("Lin Reed"));
    EXPECT_THAT(program_.run({"people", "--about", "brux"}).out, HasSubstr("Lin Reed"));
    EXPECT_THAT(program_.run({"people", "--about", "bru"}).out, HasSubstr("Nobody")) << "three letters begin too many words";
}

TEST_F(PeopleCommand, FollowUpsGiveTheReasonAndStandUntilTheyAreSettled) {
    const Outcome due = program_.run({"followups"});
    EXPECT_EQ(due.code, 0) << due.err;
    EXPECT_THAT(due.out, HasSubstr("To answer"));
    EXPECT_THAT(due.out, HasSubstr("Nour Vanacker: answered what you asked"));
    EXPECT_THAT(program_.run({"followups", "--only", "thanks"}).out, Not(HasSubstr("Otto")));
    const Outcome json = program_.run({"followups", "--json"});
    EXPECT_EQ(schema_problem(json.out, "followups"), "");
    EXPECT_THAT(json.out, HasSubstr("\"again\": true")) << "suggested by the first run";
    EXPECT_EQ(program_.run({"followups", "done", "Nour"}).code, 0);
    EXPECT_THAT(program_.run({"followups"}).out, Not(HasSubstr("Nour")));
    EXPECT_EQ(program_.run({"followups", "--only", "gifts"}).code, 2);
    EXPECT_EQ(program_.run({"followups", "frobnicate"}).code, 2);
}

}  // namespace people_test
}  // namespace secateur::test

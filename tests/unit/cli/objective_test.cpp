// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cli/profile_file.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/reports/schema_check.hpp"

namespace secateur {
namespace objective_test {

using test::Outcome;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ObjectiveCommand : public testing::Test {
protected:
    test::TempDir dir_;
    test::Program program_{(dir_.path() / "home").string()};

    Outcome good(std::vector<std::string> words) {
        words.insert(words.begin(), "objective");
        const Outcome outcome = program_.run(words);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return outcome;
    }
    Profile profile() { return cli::load_profile(dir_.path() / "home" / "clients" / "me" / "profile.toml"); }
    std::vector<std::string> ranked() {
        std::vector<Objective> all = profile().objectives;
        std::erase_if(all, [](const Objective& each) { return each.done.has_value(); });
        std::ranges::sort(all, {}, &Objective::rank);
        std::vector<std::string> out;
        for (const Objective& each : all) out.push_back(std::to_string(each.rank) + " " + each.id);
        return out;
    }
};

TEST_F(ObjectiveCommand, AddShowsHowItWasUnderstood) {
    EXPECT_THAT(program_.run({"objective", "add", "Meet recruiters in Brussels"}).out,
                AllOf(HasSubstr("1. meet-recruiters-in: Meet recruiters in Brussels"), HasSubstr("recruiters (recruitment)"), HasSubstr("brussels")));
    const Objective saved = profile().objectives.at(0);
    EXPECT_EQ(saved.start, parse_date("2026-10-31"));
    EXPECT_THAT(program_.run({"objective", "--lang", "fr"}).out, HasSubstr("(recrutement)"));
}

TEST_F(ObjectiveCommand, FacetsAndLeftOutWordsCorrectTheUnderstanding) {
    good({"add", "Learn beekeeping and photography", "--place", "Ghent", "--interests", "honey; swarms", "--interests", "wax"});
    EXPECT_THAT(profile().objectives.at(0).interests, ElementsAre("honey", "swarms", "wax"));
    const Outcome without = good({"edit", "bee", "--without", "photography", "--interests", ""});
    EXPECT_THAT(without.out, AllOf(HasSubstr("left out: photography"), Not(HasSubstr("honey"))));
    const std::string understood = without.out.substr(without.out.find("understood:"));
    EXPECT_THAT(understood, AllOf(HasSubstr("beekeeping"), Not(HasSubstr("photography"))));
    EXPECT_THAT(profile().objectives.at(0).interests, IsEmpty());
    EXPECT_THAT(profile().objectives.at(0).place, ElementsAre("Ghent"));
}

TEST_F(ObjectiveCommand, RanksHaveNoGaps) {
    for (const char* text : {"Gardening", "Cycling", "Chess"}) good({"add", text});
    EXPECT_THAT(ranked(), ElementsAre("1 gardening", "2 cycling", "3 chess"));
    good({"edit", "chess", "--rank", "1"});
    EXPECT_THAT(ranked(), ElementsAre("1 chess", "2 gardening", "3 cycling"));
    good({"add", "Sailing", "--rank", "2"});
    EXPECT_THAT(ranked(), ElementsAre("1 chess", "2 sailing", "3 gardening", "4 cycling"));
    good({"done", "chess"});
    EXPECT_THAT(ranked(), ElementsAre("1 sailing", "2 gardening", "3 cycling"));
    good({"remove", "sailing"});
    EXPECT_THAT(ranked(), ElementsAre("1 gardening", "2 cycling"));
    good({"edit", "chess", "--reopen", "--rank", "99"});
    EXPECT_THAT(ranked(), ElementsAre("1 gardening", "2 cycling", "3 chess"));
}

TEST_F(ObjectiveCommand, DoneTakesADayAndAsksToTellThoseWhoHelped) {
    good({"add", "Gardening"});
    EXPECT_THAT(good({"done", "gardening", "2026-10-01"}).out, AllOf(HasSubstr("1 October 2026"), HasSubstr("Tell those who helped")));
    EXPECT_EQ(profile().objectives.at(0).done, parse_date("2026-10-01"));
    EXPECT_THAT(good({"list"}).out, HasSubstr("Done on 1 October 2026"));
}

TEST_F(ObjectiveCommand, SaysWhenAimsScatterAndWhenOnlyAJobIsAskedFor) {
    for (const char* text : {"Gardening", "Cycling", "Chess"}) EXPECT_THAT(good({"add", text}).out, Not(HasSubstr("scattering")));
    const Outcome fourth = good({"add", "Find a job"});
    EXPECT_THAT(fourth.out, AllOf(HasSubstr("4 open objectives"), HasSubstr("Asking for a job alone")));
    EXPECT_THAT(good({"add", "To be happy"}).out, HasSubstr("5 open objectives"));
}

TEST_F(ObjectiveCommand, RefusesWhatItCannotTellApart) {
    EXPECT_EQ(program_.run({"objective", "done", "x"}).code, 2);
    good({"add", "Learn gardening"});
    good({"add", "Learn cycling"});
    const Outcome two = program_.run({"objective", "done", "learn"});
    EXPECT_EQ(two.code, 2);
    EXPECT_THAT(two.err, AllOf(HasSubstr("2 objectives fit learn"), HasSubstr("learn-gardening, learn-cycling")));
    for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
             {"objective", "add"}, {"objective", "add", " "}, {"objective", "sing", "x"}, {"objective", "add", "x", "--rank", "0"},
             {"objective", "add", "x", "--start", "soon"}, {"objective", "done", "gardening", "soon"}, {"objective", "edit", "gardening", "--text", ""}})
        EXPECT_EQ(program_.run(wrong).code, 2) << wrong.back();
    EXPECT_EQ(profile().objectives.size(), 2U);
}

TEST_F(ObjectiveCommand, JsonFollowsItsSchema) {
    EXPECT_EQ(program_.run({"client", "new", "me"}).code, 0);
    EXPECT_EQ(test::schema_problem(good({"--json"}).out, "objectives"), "");
    good({"add", "Trouver un emploi à Bruxelles"});
    good({"add", "Apprendre le vélo et le zorglub", "--without", "zorglub", "--start", "2027-01-01"});
    good({"done", "emploi"});
    const std::string json = good({"list", "--json"}).out;
    EXPECT_EQ(test::schema_problem(json, "objectives"), "");
    EXPECT_THAT(json, AllOf(HasSubstr("\"topic\": \"cycling\""), HasSubstr("\"only_a_job\": true"), HasSubstr("\"open\": 0")));
}

}  // namespace objective_test
}  // namespace secateur

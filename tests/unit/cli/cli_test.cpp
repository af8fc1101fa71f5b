// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/json_stream.hpp"
#include "cli/command.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

namespace secateur {
namespace cli_test {

using test::Outcome;
using testing::HasSubstr;
using testing::Not;

class Cli : public testing::Test {
protected:
    test::TempDir dir_;
    test::Program program_{(dir_.path() / "home").string()};

    std::string file(const std::string& name, const std::string& text) { return dir_.write(name, text).string(); }
    std::string table() {
        return file("tables/posts.csv",
                    "platform,group_id,post_id,kind,created_at,author_is_me,text\n"
                    "bees,42,1,post,2026-03-02T10:00:00Z,true,The hives are awake\n"
                    "bees,42,2,reply,2026-03-02T11:00:00Z,false,\n");
    }
};

struct UsageCase {
    std::string name;
    std::vector<std::string> words;
    std::string says;
};
class WrongUsage : public Cli, public testing::WithParamInterface<UsageCase> {};

TEST_P(WrongUsage, ExitsWithTwoAndSaysWhy) {
    const Outcome outcome = program_.run(GetParam().words);
    EXPECT_EQ(outcome.code, 2) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(GetParam().says));
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr("hint:"));
}
INSTANTIATE_TEST_SUITE_P(Lines, WrongUsage,
                         testing::ValuesIn(std::vector<UsageCase>{
                             {"unknown_command", {"adit"}, "adit"},
                             {"mistyped_command_gets_a_guess", {"adit"}, "did you mean audit"},
                             {"unknown_option", {"audit", "--frmat", "html"}, "--frmat"},
                             {"value_missing", {"report", "--format"}, "value"},
                             {"path_missing", {"import"}, "PATH"},
                             {"too_many_words", {"audit", "now"}, "now"},
                             {"bad_date", {"audit", "--as-of", "31/10/2026"}, "31/10/2026"},
                             {"bad_language", {"audit", "--lang", "de"}, "de"},
                             {"unknown_client", {"audit", "--client", "nobody"}, "nobody"},
                             {"no_data_yet", {"audit"}, "no data"},
                             {"unknown_metric", {"explain", "happiness"}, "happiness"},
                             {"client_name_with_slash", {"client", "new", "../x"}, "../x"},
                         }),
                         [](const auto& test) { return test.param.name; });

TEST_F(Cli, AloneSaysWhereThingsStandAndTheNextStep) {
    EXPECT_THAT(program_.run({}).out, HasSubstr("secateur init"));
    ASSERT_EQ(program_.run({"import", table()}).code, 0);
    const Outcome outcome = program_.run({});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, HasSubstr("1 export read, 1 group"));
}

TEST_F(Cli, HelpShowsTheDailyCommandsAndHelpAllTheRest) {
    const std::string help = program_.run({"--help"}).out, all = program_.run({"help", "all"}).out;
    EXPECT_EQ(program_.run({"help"}).out, help);
    for (const cli::Command& command : cli::commands()) {
        const std::string line = "\n  " + std::string(command.name) + " ";
        EXPECT_THAT(all, HasSubstr(line));
        if (command.group == cli::HelpGroup::main)
            EXPECT_THAT(help, HasSubstr(line));
        else
            EXPECT_THAT(help, Not(HasSubstr(line)));
    }
}

TEST_F(Cli, EveryCommandHasItsPageAndItsHelpInBothLanguages) {
    for (const cli::Command& command : cli::commands()) {
        const auto page = std::filesystem::path(SECATEUR_SOURCE_DIR) / "docs/commands" / (std::string(command.name) + ".md");
        EXPECT_TRUE(std::filesystem::exists(page)) << page;
        const Outcome english = program_.run({"help", std::string(command.name)});
        const Outcome french = program_.run({std::string(command.name), "--help", "--lang", "fr"});
        EXPECT_EQ(english.code, 0);
        EXPECT_EQ(french.code, 0);
        EXPECT_NE(english.out, french.out);
        for (const cli::Option& option : command.options) EXPECT_THAT(english.out, HasSubstr(std::string(option.name)));
    }
}

TEST_F(Cli, SpeaksTheLanguageAskedForEvenInErrors) {
    EXPECT_THAT(program_.run({"--lang", "fr", "audit"}).err, HasSubstr("pas encore de données"));
    EXPECT_THAT(program_.run({"adit", "--lang=fr"}).err, HasSubstr("commande"));
}

TEST_F(Cli, OptionsStandAnywhereAndTakeOneValue) {
    ASSERT_EQ(program_.run({"add", "manual", "Owls"}).code, 0);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"show", "--lang", "fr", "Owls"}, {"--lang", "fr", "show", "Owls"}, {"show", "Owls", "--lang", "fr"}}) {
        const Outcome outcome = program_.run(words);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        EXPECT_THAT(outcome.out, HasSubstr("Owls"));
    }
}

TEST_F(Cli, ImportPrintsWhatASourceHolds) {
    const Outcome outcome = program_.run({"import", table()});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("1 group, 2 activities, of which 1 by you"));
}

TEST_F(Cli, ImportingAgainSaysNothingIsNew) {
    ASSERT_EQ(program_.run({"import", table()}).code, 0);
    EXPECT_THAT(program_.run({"import", table()}).out, HasSubstr("Nothing new"));
}

TEST_F(Cli, ImportJsonHasTheContractsKeys) {
    const Outcome outcome = program_.run({"import", "--json", table()});
    const JsonDocument json(outcome.out);
    const JsonValue source = *json.root()["sources"].begin();
    EXPECT_EQ(json.root()["schema"].string(), "secateur.import/1");
    EXPECT_EQ(source["status"].string(), "imported");
    EXPECT_EQ(source["read"].integer(), 2);
    EXPECT_EQ(source["mine"].integer(), 1);
    EXPECT_EQ(json.root()["totals"]["activities"].integer(), 2);
}

TEST_F(Cli, NothingReadableExitsWithFourAndStoresNothing) {
    const std::string path = file("holiday.bin", "no export at all");
    const Outcome outcome = program_.run({"import", path});
    EXPECT_EQ(outcome.code, 4);
    EXPECT_THAT(outcome.err, HasSubstr("holiday.bin"));
    EXPECT_THAT(program_.run({"groups"}).out, HasSubstr("No group yet"));
}

TEST_F(Cli, AMissingPathIsNamed) {
    const Outcome outcome = program_.run({"import", (dir_.path() / "gone.zip").string()});
    EXPECT_NE(outcome.code, 0);
    EXPECT_THAT(outcome.err, HasSubstr("gone.zip"));
}

TEST_F(Cli, StrictExitsWithThreeWhenARecordIsQuarantined) {
    const std::string path = file("tables/posts.csv",
                                  "platform,group_id,post_id,kind,created_at,author_is_me,text\n"
                                  "bees,42,1,post,2026-03-02T10:00:00Z,true,fine\n"
                                  "bees,42,2,post,2026-13-45T10:00:00Z,true,a date that is none\n");
    EXPECT_EQ(program_.run({"import", path}).code, 0);
    EXPECT_EQ(program_.run({"client", "erase", "me", "--yes"}).code, 0);
    EXPECT_EQ(program_.run({"import", "--strict", path}).code, 3);
    const Outcome quarantine = program_.run({"quarantine", "--show"});
    EXPECT_THAT(quarantine.out, HasSubstr("posts.csv:3"));
    EXPECT_THAT(quarantine.out, HasSubstr("a date that is none"));
}

TEST_F(Cli, AddTakesPastedNamesAndDropsBullets) {
    const Outcome outcome = program_.run({"add", "viadeo"}, "- RH Lyon\n\n* RH Lyon\nCadres & dirigeants; \"Rhône\"\n");
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    const Outcome groups = program_.run({"groups"});
    EXPECT_THAT(groups.out, HasSubstr("RH Lyon"));
    EXPECT_THAT(groups.out, HasSubstr("Cadres & dirigeants; \"Rhône\""));
    EXPECT_THAT(groups.out, HasSubstr("2 groups"));
}

TEST_F(Cli, ACandidateIsListedApart) {
    ASSERT_EQ(program_.run({"add", "meetup", "--candidate", "Brussels HR Drinks"}).code, 0);
    const Outcome groups = program_.run({"groups", "--json"});
    const JsonDocument json(groups.out);
    EXPECT_EQ((*json.root()["groups"].begin())["scope"].string(), "candidate");
}

TEST_F(Cli, AGroupIsNamedMergedAndSplit) {
    ASSERT_EQ(program_.run({"add", "manual", "Alpha", "Beta"}).code, 0);
    EXPECT_EQ(program_.run({"groups", "name", "Alpha", "Alpha Club"}).code, 0);
    EXPECT_THAT(program_.run({"groups"}).out, HasSubstr("Alpha Club"));
    EXPECT_EQ(program_.run({"groups", "merge", "Alpha", "Beta"}).code, 0);
    EXPECT_THAT(program_.run({"groups"}).out, HasSubstr("1 group."));
    EXPECT_EQ(program_.run({"groups", "split", "manual:alpha"}).code, 0);
    EXPECT_THAT(program_.run({"groups"}).out, HasSubstr("2 groups"));
}

TEST_F(Cli, PeopleWithOneAddressAreProposedAndMergedOrKeptApart) {
    const test::TempDir folder;
    folder.write("meetings.csv", "date,person,place\n2026-05-01,nour@mail.example,Brussels\n");
    folder.write("people/Connections.csv", "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
                                           "Nour,Vanacker,https://www.linkedin.com/in/nour-invented,nour@mail.example,Firm,Lead,01 May 2026\n");
    ASSERT_EQ(program_.run({"import", folder.path().string(), "--me", "Mira Example"}).code, 0);
    const Outcome same = program_.run({"people", "same"});
    EXPECT_THAT(same.out, HasSubstr("both have the address nour@mail.example"));
    EXPECT_EQ(program_.run({"people", "same"}, "n\n", true).code, 0);
    EXPECT_THAT(program_.run({"people", "same"}).out, HasSubstr("No two accounts"));
    EXPECT_EQ(program_.run({"people", "merge", "nour@mail", "Nour Vanacker"}).code, 0);
    EXPECT_EQ(program_.run({"people", "split", "nour@mail"}).code, 0);
    EXPECT_EQ(program_.run({"people", "merge", "Nobody", "Nour Vanacker"}).code, 2);
    EXPECT_EQ(program_.run({"people", "frobnicate"}).code, 2);
}

TEST_F(Cli, AnAmbiguousGroupIsAskedAboutWithCandidates) {
    ASSERT_EQ(program_.run({"add", "manual", "Night owls", "Night runners"}).code, 0);
    const Outcome outcome = program_.run({"show", "night"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("Night owls"));
    EXPECT_THAT(outcome.err, HasSubstr("Night runners"));
}

TEST_F(Cli, AnswersAreKeptCheckedAndTakenBack) {
    ASSERT_EQ(program_.run({"add", "manual", "Owls"}).code, 0);
    EXPECT_EQ(program_.run({"answer", "Owls", "reads=sometimes"}).code, 2);
    EXPECT_EQ(program_.run({"answer", "Owls", "reads=skim", "minutes=10"}).code, 0);
    EXPECT_THAT(program_.run({"answer"}).out, HasSubstr("reads = skim"));
    EXPECT_EQ(program_.run({"answer", "Owls", "reads="}).code, 0);
    EXPECT_THAT(program_.run({"answer"}).out, Not(HasSubstr("reads")));
}

TEST_F(Cli, ABadRowOfAnAnswersTableKeepsNothingOfIt) {
    ASSERT_EQ(program_.run({"add", "manual", "Owls"}).code, 0);
    const std::string path = file("answers.csv", "group,question,value,date\nOwls,reads,skim,2026-10-01\nOwls,pleasure,perhaps,2026-10-01\n");
    const Outcome outcome = program_.run({"answer", "--from", path});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("answers.csv:3"));
    EXPECT_THAT(program_.run({"answer"}).out, Not(HasSubstr("reads")));
}

TEST_F(Cli, TwoClientsHaveNoDefault) {
    ASSERT_EQ(program_.run({"client", "new", "ann"}).code, 0);
    ASSERT_EQ(program_.run({"client", "new", "bob"}).code, 0);
    const Outcome outcome = program_.run({"audit"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("ann, bob"));
}

TEST_F(Cli, OneClientsDataIsNeverInAnothers) {
    ASSERT_EQ(program_.run({"client", "new", "ann"}).code, 0);
    ASSERT_EQ(program_.run({"client", "new", "bob"}).code, 0);
    ASSERT_EQ(program_.run({"--client", "ann", "add", "manual", "Owls"}).code, 0);
    EXPECT_THAT(program_.run({"--client", "bob", "groups"}).out, HasSubstr("No group yet"));
    EXPECT_THAT(program_.run({"--client", "ann", "groups"}).out, HasSubstr("Owls"));
}

TEST_F(Cli, ErasingAsksForTheNameAndLeavesNothing) {
    ASSERT_EQ(program_.run({"client", "new", "ann"}).code, 0);
    EXPECT_EQ(program_.run({"client", "erase", "ann"}).code, 2) << "without a terminal it must be confirmed by --yes";
    EXPECT_THAT(program_.run({"client", "erase", "ann"}, "bob\n", true).out, HasSubstr("Nothing was erased"));
    EXPECT_THAT(program_.run({"client", "erase", "ann"}, "ann\n", true).out, HasSubstr("Receipt"));
    EXPECT_FALSE(std::filesystem::exists(dir_.path() / "home/clients/ann"));
}

TEST_F(Cli, InitAsksThreeQuestionsAndWritesAProfileThatReadsBack) {
    const Outcome outcome = program_.run({"init"}, "Be visible to HR directors\n\nBrussels\n180\n", true);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(program_.run({}).out, HasSubstr("1 open objective"));
    EXPECT_EQ(program_.run({"doctor"}).code, 0);
}

TEST_F(Cli, InitWithoutATerminalAsksNothing) {
    const Outcome outcome = program_.run({"init", "--no-input"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, HasSubstr("profile.toml"));
}

TEST_F(Cli, ABrokenProfileIsNamedWithItsLine) {
    ASSERT_EQ(program_.run({"init", "--no-input"}).code, 0);
    dir_.write("home/clients/me/profile.toml", "name = \"Ann\"\ntimezone = \"Mars/Olympus\"\n");
    const Outcome outcome = program_.run({"audit"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("profile.toml:2"));
    EXPECT_THAT(outcome.err, HasSubstr("Mars/Olympus"));
    EXPECT_EQ(program_.run({"doctor"}).code, 1);
}

TEST_F(Cli, TemplatesImportAsTheyAreWithoutARecord) {
    const auto folder = dir_.path() / "mine";
    ASSERT_EQ(program_.run({"template", folder.string()}).code, 0);
    EXPECT_EQ(program_.run({"template", folder.string()}).code, 2) << "nothing is overwritten";
    const Outcome outcome = program_.run({"import", "--json", folder.string()});
    EXPECT_EQ(outcome.code, 0) << outcome.err << outcome.out;
    EXPECT_EQ(JsonDocument(outcome.out).root()["totals"]["read"].integer(), 0);
}

TEST_F(Cli, ReportsAreWrittenInTheFormatTheFileNameSays) {
    ASSERT_EQ(program_.run({"import", table()}).code, 0);
    for (const auto& [name, begins] : std::vector<std::pair<std::string, std::string>>{{"r.html", "<!DOCTYPE html>"}, {"r.json", "{"}, {"r.md", "# "}}) {
        const auto path = dir_.path() / name;
        ASSERT_EQ(program_.run({"report", "--out", path.string()}).code, 0);
        EXPECT_THAT(test::TempDir::read(path), testing::StartsWith(begins)) << name;
    }
}

TEST_F(Cli, RemovingTheOnlySourceLeavesNoGroup) {
    ASSERT_EQ(program_.run({"import", table()}).code, 0);
    EXPECT_THAT(program_.run({"sources"}).out, HasSubstr("1."));
    EXPECT_EQ(program_.run({"sources", "remove", "1"}).code, 0);
    EXPECT_EQ(program_.run({"sources", "remove", "1"}).code, 2);
    EXPECT_THAT(program_.run({"groups"}).out, HasSubstr("No group yet"));
}

TEST_F(Cli, TheSameAuditGivesTheSameBytes) {
    ASSERT_EQ(program_.run({"import", table()}).code, 0);
    const Outcome once = program_.run({"audit", "--json"}), twice = program_.run({"audit", "--json"});
    EXPECT_EQ(once.code, 0) << once.err;
    EXPECT_EQ(once.out, twice.out);
    EXPECT_EQ(JsonDocument(once.out).root()["schema"].string(), "secateur.audit/1");
}

}  // namespace cli_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Isabelle's audit as a whole: the reports byte for byte, in both languages, and the advice against what a coach wrote down before any
// rule was run (sample_data/isabelle/expected.md). UPDATE_GOLDEN=1 rewrites the reports.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

namespace secateur {
namespace isabelle_test {

namespace fs = std::filesystem;
using test::Outcome;

fs::path root() { return fs::path(SECATEUR_SOURCE_DIR); }

class Isabelle : public testing::Test {
protected:
    static void SetUpTestSuite() {
        fs::current_path(root());  // reports name paths as they were given
        dir_ = std::make_unique<test::TempDir>();
        program_ = std::make_unique<test::Program>((dir_->path() / "home").string());
        ASSERT_EQ(program_->run({"client", "new", "isabelle"}).code, 0);
        fs::copy_file(root() / "sample_data/isabelle/profile.toml", dir_->path() / "home/clients/isabelle/profile.toml");
        const Outcome imported = program_->run({"import", "sample_data/isabelle", "--no-input"});
        ASSERT_EQ(imported.code, 0) << imported.err << imported.out;
        const Outcome answered = program_->run({"answer", "--from", "sample_data/isabelle/answers.csv"});
        ASSERT_EQ(answered.code, 0) << answered.err;
    }
    static void TearDownTestSuite() {
        program_.reset();
        dir_.reset();
    }

    static std::unique_ptr<test::TempDir> dir_;
    static std::unique_ptr<test::Program> program_;
};
std::unique_ptr<test::TempDir> Isabelle::dir_;
std::unique_ptr<test::Program> Isabelle::program_;

struct ReportCase {
    std::string format, ending, language;
};
class IsabelleReport : public Isabelle, public testing::WithParamInterface<ReportCase> {};

TEST_P(IsabelleReport, IsWhatWasReviewed) {
    const auto& [format, ending, language] = GetParam();
    const Outcome outcome = program_->run({"report", "--format", format, "--lang", language});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const fs::path golden = root() / "tests/golden/isabelle" / ("report." + language + "." + ending);
    if (const char* update = std::getenv("UPDATE_GOLDEN"); update && std::string_view(update) == "1") {
        std::ofstream(golden, std::ios::binary) << outcome.out;
        return;
    }
    const std::string wanted = test::TempDir::read(golden);
    if (outcome.out == wanted) return;
    // Show the first lines that differ rather than two whole reports.
    const auto now = split(outcome.out, '\n'), then = split(wanted, '\n');
    int shown = 0;
    for (std::size_t i = 0; i < std::max(now.size(), then.size()) && shown < 8; ++i) {
        const auto left = i < then.size() ? then[i] : std::string_view("(end)"), right = i < now.size() ? now[i] : std::string_view("(end)");
        if (left == right) continue;
        ADD_FAILURE() << golden.filename() << ":" << i + 1 << "\n- " << left << "\n+ " << right;
        ++shown;
    }
}
INSTANTIATE_TEST_SUITE_P(All, IsabelleReport,
                         testing::ValuesIn(std::vector<ReportCase>{{"terminal", "txt", "fr"}, {"terminal", "txt", "en"}, {"html", "html", "fr"}, {"html", "html", "en"},
                                                                   {"json", "json", "fr"}, {"json", "json", "en"}, {"csv", "csv", "fr"}, {"csv", "csv", "en"},
                                                                   {"md", "md", "fr"}, {"md", "md", "en"}}),
                         [](const auto& test) { return test.param.format + "_" + test.param.language; });

struct Expectation {
    std::string name, platform;
    std::vector<std::string> acceptable;
    bool is_protected = false;
};

std::vector<Expectation> expectations() {
    std::ifstream file(root() / "sample_data/isabelle/expected.md");
    std::vector<Expectation> found;
    bool in_table = false;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("|")) {
            in_table = false;
            continue;
        }
        if (line.find("---") != std::string::npos) {
            in_table = true;
            continue;
        }
        if (!in_table) continue;
        const auto cells = split(line, '|');
        if (cells.size() < 6) continue;
        Expectation each{.name = std::string(trim(cells[1])), .platform = std::string(trim(cells[2]))};
        for (const auto part : split(cells[3], ',')) each.acceptable.emplace_back(trim(part));
        each.is_protected = trim(cells[4]).starts_with("yes");
        found.push_back(std::move(each));
    }
    return found;
}

TEST_F(Isabelle, GetsTheAdviceAWiseCoachWouldGive) {
    const Outcome outcome = program_->run({"audit", "--json", "--lang", "en"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const JsonDocument json(outcome.out);
    std::map<std::string, std::string> decisions;  // "platform|name" -> decision
    for (const auto group : json.root()["groups"]) {
        const std::string name(group["name"].string());
        decisions[std::string(group["platform"].string()) + "|" + (name.empty() ? std::string(group["key"].string()) : name)] = group["verdict"]["decision"].string();
    }
    const auto all = expectations();
    ASSERT_GE(all.size(), 60u) << "expected.md was not read";
    std::size_t judged = 0;
    for (const Expectation& each : all) {
        const auto found = decisions.find(each.platform + "|" + each.name);
        const bool may_be_missing = std::ranges::find(each.acceptable, "not_judged") != each.acceptable.end();
        if (found == decisions.end()) {
            EXPECT_TRUE(may_be_missing) << each.platform << " " << each.name << " is not in the audit";
            continue;
        }
        ++judged;
        EXPECT_TRUE(std::ranges::find(each.acceptable, found->second) != each.acceptable.end())
            << each.platform << " " << each.name << " got " << found->second << ", acceptable: " << testing::PrintToString(each.acceptable);
        if (each.is_protected) {
            EXPECT_NE(found->second, "leave") << each.name << " is protected";
        }
    }
    EXPECT_EQ(judged, decisions.size()) << "a group of the audit is not in expected.md";
}

TEST_F(Isabelle, HasTheRecordsHerReadmeCounts) {
    const Outcome outcome = program_->run({"import", "sample_data/isabelle", "--json", "--no-input"});
    ASSERT_EQ(outcome.code, 0);
    const JsonDocument json(outcome.out);
    for (const auto source : json.root()["sources"]) {
        EXPECT_EQ(source["status"].string(), "unchanged") << source["path"].string();
        EXPECT_EQ(source["quarantined"].integer(), 0) << source["path"].string();
        EXPECT_EQ(source["accepted"].integer(), source["duplicates"].integer());
    }
    const JsonValue totals = json.root()["totals"];
    EXPECT_EQ(totals["groups"].integer(), 64) << "63, and one server that stands in two sources";
    EXPECT_EQ(totals["unattributed"].integer(), 85);
    EXPECT_EQ(totals["direct"].integer(), 175);
    EXPECT_EQ(totals["contacts"].integer(), 35);
}

}  // namespace isabelle_test
}  // namespace secateur

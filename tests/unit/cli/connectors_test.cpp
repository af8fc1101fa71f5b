// SPDX-License-Identifier: GPL-3.0-or-later
// What `secateur connectors` says, and that docs/platforms.md says as much.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/json_stream.hpp"
#include "base/messages.hpp"
#include "base/text.hpp"
#include "connectors/registry.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

namespace secateur {
namespace connectors_test {

using testing::HasSubstr;

const std::vector<std::string> by_table{"xing", "viadeo", "copains_davant", "meetup", "nextdoor"};

std::string file_text(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Connectors : public testing::Test {
protected:
    /// On a terminal of that many columns, in that language.
    std::string on_terminal(int columns, const std::string& language) const {
        std::istringstream in;
        std::ostringstream out, err;
        cli::Environment environment;
        environment.in = &in;
        environment.out = &out;
        environment.err = &err;
        environment.out_is_terminal = true;
        environment.columns = columns;
        environment.today = *parse_date("2026-10-31");
        environment.variable = [this](const char* name) -> std::optional<std::string> {
            if (std::string_view(name) == "SECATEUR_HOME") return (dir_.path() / "home").string();
            return std::nullopt;
        };
        EXPECT_EQ(cli::run_program({"connectors", "--lang", language}, environment), 0);
        return out.str();
    }

    test::TempDir dir_;
    test::Program program_{(dir_.path() / "home").string()};
};

TEST_F(Connectors, AreEachNamedWithWhatTheyReadAndHowToGetIt) {
    const std::string out = program_.run({"connectors"}).out;
    for (const Connector* connector : connectors()) {
        const ConnectorInfo& info = connector->info();
        EXPECT_THAT(out, HasSubstr(std::string(info.name) + "  " + std::string(info.title) + "\n"));
        for (const auto id : {info.message, info.how_to})
            EXPECT_THAT(out, HasSubstr(render(Message{std::string(id), {}}, Language::english).substr(0, 30)));
    }
}

TEST_F(Connectors, AreFollowedByThePlatformsWithoutAKnownLayoutAndTheTables) {
    const std::string out = program_.run({"connectors"}).out;
    const std::string below = out.substr(std::min(out.size(), out.find("No known export layout")));
    for (const std::string& platform : by_table) EXPECT_THAT(below, HasSubstr("    " + platform + "  "));
    for (const std::string table : {"groups", "memberships", "posts", "accounts", "meetings"})
        EXPECT_THAT(below, HasSubstr(table));
    EXPECT_THAT(on_terminal(80, "fr"), HasSubstr("Aucun format d’export connu"));
}

TEST_F(Connectors, FitTheTerminalInBothLanguages) {
    for (const int columns : {80, 60})
        for (const std::string language : {"en", "fr"}) {
            const std::string out = on_terminal(columns, language);
            for (const std::string_view line : split(out, '\n'))
                // An address or a path has no place to break; a title stands on its line as it is.
                if (line.starts_with("    ") && line.find(' ', line.find_first_not_of(' ')) != std::string_view::npos) {
                    EXPECT_LE(display_width(line), static_cast<std::size_t>(columns)) << line;
                }
        }
}

TEST_F(Connectors, TellPlatformsAndTablesToOtherProgramsToo) {
    const JsonDocument json(program_.run({"connectors", "--json"}).out);
    EXPECT_EQ(json.root()["connectors"].size(), connectors().size());
    std::set<std::string> names;
    for (const JsonValue each : json.root()["by_table"]) names.emplace(each["name"].string());
    EXPECT_EQ(names, std::set<std::string>(by_table.begin(), by_table.end()));
    EXPECT_EQ(json.root()["tables"].size(), 5u);
}

TEST_F(Connectors, HaveAFilledExampleForEachPlatformWithoutALayout) {
    for (const std::string& platform : by_table) {
        const auto folder = std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data" / "generic" / platform;
        ASSERT_TRUE(std::filesystem::is_directory(folder)) << platform;
        const auto outcome = program_.run({"import", folder.string(), "--json"});
        EXPECT_EQ(outcome.code, 0) << platform << outcome.err;
    }
    const std::string groups = program_.run({"groups"}).out;
    for (const std::string name :
         {"Imker am Rhein", "Apiculteurs de Wallonie", "École du Moulin", "Hill Walkers", "Mill Quarter"})
        EXPECT_THAT(groups, HasSubstr(name));
}

TEST_F(Connectors, HaveEachARowInTheTableOfPlatforms) {
    const std::filesystem::path root(SECATEUR_SOURCE_DIR);
    const std::string page = file_text(root / "docs" / "platforms.md");
    std::vector<std::string> rows, listed;
    for (const std::string_view line : split(page, '\n'))
        if (line.starts_with("| `")) rows.emplace_back(line.substr(3, line.find('`', 3) - 3));
    for (const Connector* connector : connectors()) listed.emplace_back(connector->info().name);
    EXPECT_THAT(rows, testing::IsSupersetOf(listed));
    EXPECT_TRUE(std::ranges::is_sorted(rows));
    for (const std::string& row : rows) EXPECT_TRUE(std::filesystem::is_directory(root / "connectors" / row)) << row;
}

}  // namespace connectors_test
}  // namespace secateur

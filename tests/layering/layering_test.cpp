// SPDX-License-Identifier: GPL-3.0-or-later
// Reads every #include of the tree and fails on an arrow that docs/ARCHITECTURE.md does not draw, or a library outside its folder.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// Which of our folders each folder may include, itself apart.
const std::map<std::string, std::set<std::string>> arrows{
    {"base", {}},
    {"model", {"base"}},
    {"text", {"base"}},
    {"store", {"base", "model"}},
    {"analysis", {"base", "model", "text"}},
    {"ingest", {"base", "model", "text", "store", "connectors/connector.hpp"}},
    {"connectors", {"base", "model"}},
    {"reports", {"base", "model"}},
    {"cli", {"base", "model", "text", "store", "analysis", "ingest", "connectors", "reports"}},
};

/// Headers of libraries, by how their names begin, and the folders (or files, by how their paths begin) that may include them.
const std::vector<std::pair<std::string, std::set<std::string>>> libraries{
    {"rapidjson/", {"base"}},   {"archive", {"base"}}, {"libdeflate", {"base"}},     {"libxml/", {"base"}},     {"unicode/", {"base", "text"}}, {"xxhash", {"base"}},
    {"re2/", {"base"}},         {"date/", {"base"}},       {"libstemmer", {"text"}},  {"cld2/", {"text"}},            {"SQLiteCpp/", {"store"}},
    {"sqlite3", {"store"}},     {"CLI/", {"cli"}},         {"toml++/", {"cli"}},      {"curl/", {"net"}},             {"httplib", {"server"}},
    {"gmime/", {"connectors/mime"}}, {"libical/", {"connectors/calendar", "reports"}}, {"glpk", {"src/analysis/selection.cpp"}},
};

struct Include {
    std::string file, folder, name;
    bool ours;  // between quotes
};

/// The folder that answers for a file: "base", ... or "connectors", "reports".
std::string folder_of(const fs::path& path) {
    auto part = path.begin();
    if (*part == "src") ++part;
    return part->string();
}

std::vector<Include> includes() {
    const fs::path root = SECATEUR_SOURCE_DIR;
    std::vector<Include> found;
    for (const char* top : {"src", "connectors", "reports"})
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
            const fs::path path = fs::relative(entry.path(), root);
            std::ifstream file(entry.path());
            for (std::string line; std::getline(file, line);) {
                if (!line.starts_with("#include ")) continue;
                const char end = line[9] == '"' ? '"' : '>';
                found.push_back({path.string(), folder_of(path), line.substr(10, line.find(end, 10) - 10), end == '"'});
            }
        }
    return found;
}

TEST(Layering, EveryArrowBetweenFoldersIsDrawn) {
    const auto all = includes();
    ASSERT_GT(all.size(), 200u) << "the tree was not read";
    for (const Include& include : all) {
        if (!include.ours || include.name.ends_with(".inc")) continue;
        const std::string to = include.name.substr(0, include.name.find('/'));
        if (to == include.folder) continue;
        ASSERT_TRUE(arrows.contains(include.folder)) << include.file << ": folder " << include.folder << " is not in the table";
        const auto& allowed = arrows.at(include.folder);
        EXPECT_TRUE(allowed.contains(to) || allowed.contains(include.name)) << include.file << " must not include " << include.name;
    }
}

TEST(Layering, EveryLibraryStaysInItsFolder) {
    for (const Include& include : includes())
        for (const auto& [begin, folders] : libraries) {
            if (include.ours || !include.name.starts_with(begin)) continue;
            EXPECT_TRUE(folders.contains(include.folder) ||
                        std::ranges::any_of(folders, [&](const std::string& each) { return include.file.starts_with(each); }))
                << include.file << " must not include <" << include.name << ">";
        }
}

TEST(Layering, ConnectorsDoNotKnowEachOther) {
    for (const Include& include : includes()) {
        if (include.folder != "connectors" || !include.ours || !include.name.starts_with("connectors/")) continue;
        const auto second = include.name.find('/', 11);
        if (second == std::string::npos) continue;  // connectors/connector.hpp and the like
        EXPECT_TRUE(include.file.starts_with(include.name.substr(0, second))) << include.file << " must not include " << include.name;
    }
}

TEST(Layering, NobodyUsesStdRegex) {
    for (const Include& include : includes()) EXPECT_NE(include.name, "regex") << include.file;
}

TEST(Layering, EverySourceFileSaysItsLicence) {
    const fs::path root = SECATEUR_SOURCE_DIR;
    for (const char* top : {"src", "connectors", "reports", "tests", "bench"})
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
            std::ifstream file(entry.path());
            std::string line;
            std::getline(file, line);
            EXPECT_EQ(line, "// SPDX-License-Identifier: GPL-3.0-or-later") << entry.path();
        }
}

}  // namespace

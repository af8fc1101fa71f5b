// SPDX-License-Identifier: GPL-3.0-or-later
// Every figure that a JSON shows has a page of `explain`, under its own name or that of what holds it.
#include "analysis/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace secateur::cli {
namespace explain_test {

using rapidjson::Value;

rapidjson::Document read(const std::string& schema) {
    std::ifstream in(std::filesystem::path(SECATEUR_SOURCE_DIR) / "docs" / "schemas" / (schema + ".schema.json"));
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    return document;
}

bool is_figure(const Value& schema) {
    const auto number = [](const Value& type) { return type.IsString() && (type == "number" || type == "integer"); };
    if (!schema.HasMember("type")) return false;
    const Value& type = schema["type"];
    if (!type.IsArray()) return number(type);
    for (const Value& each : type.GetArray())
        if (number(each)) return true;
    return false;
}

/// Counts of things, places in an order, and what identifies: no metrics.
const std::set<std::string> plain{"id",         "rank",          "sources",    "groups",         "candidates",    "left_groups",     "direct_conversations",
                                  "set_apart",  "unnamed_groups", "unknown_groups", "private_groups", "private_unknown", "strong_groups", "some_groups"};

/// The paths of figures that no name on the way explains.
void find_unexplained(const Value& schema, const Value& root, std::vector<std::string> path, std::set<std::string>& found, int& figures) {
    if (schema.HasMember("$ref")) {
        const std::string target = schema["$ref"].GetString();
        const std::string name = target.substr(target.rfind('/') + 1);
        find_unexplained(root["definitions"][name.c_str()], root, std::move(path), found, figures);
        return;
    }
    if (is_figure(schema)) {
        ++figures;
        const bool explained = !path.empty() && (plain.contains(path.back()) || std::ranges::any_of(path, [](const std::string& each) { return find_metric(each) != nullptr; }));
        std::string all;
        for (const std::string& each : path) all += '/' + each;
        if (!explained) found.insert(all);
    }
    if (schema.HasMember("items")) find_unexplained(schema["items"], root, path, found, figures);
    if (!schema.HasMember("properties")) return;
    for (const auto& each : schema["properties"].GetObject()) {
        std::vector<std::string> deeper = path;
        deeper.emplace_back(each.name.GetString());
        find_unexplained(each.value, root, std::move(deeper), found, figures);
    }
}

class EverySchema : public testing::TestWithParam<const char*> {};

TEST_P(EverySchema, HasOnlyFiguresThatAreExplained) {
    const rapidjson::Document schema = read(GetParam());
    ASSERT_TRUE(schema.IsObject());
    std::set<std::string> found;
    int figures = 0;
    find_unexplained(schema, schema, {}, found, figures);
    EXPECT_GT(figures, 0);
    // Of a source, how many records it gave: `sources` tells.
    std::erase_if(found, [](const std::string& path) { return path.starts_with("/sources/"); });
    EXPECT_THAT(found, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Json, EverySchema, testing::ValuesIn(std::vector<const char*>{"audit", "plan", "habits", "overlap", "people", "followups", "decisions"}),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace explain_test
}  // namespace secateur::cli

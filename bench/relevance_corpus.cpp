// SPDX-License-Identifier: GPL-3.0-or-later
// How well the relevance ranking finds the groups that answer an objective: nDCG@10 and mean average precision on a list of
// groups with known topics, with the dictionary and the word vectors and without. `relevance_corpus GROUPS.tsv OBJECTIVES.tsv`:
// topic TAB name TAB description; topics TAB French TAB English. The data are those of --data, else of $SECATEUR_DATA, else of
// build/data in the source tree.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/relevance.hpp"
#include "base/text.hpp"

namespace {

using namespace secateur;

std::vector<std::vector<std::string>> read_table(const char* path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(fmt::format("cannot read {}", path));
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) continue;
        std::vector<std::string> cells;
        for (const std::string_view cell : split(line, '\t')) cells.emplace_back(cell);
        rows.push_back(std::move(cells));
    }
    return rows;
}

struct Measure {
    double ndcg = 0, precision = 0;
    std::map<Band, std::pair<int, int>> bands;  // relevant, all
};

Measure measure(const std::vector<std::vector<std::string>>& groups, const std::vector<std::vector<std::string>>& objectives,
                std::size_t column, const Policy& policy, const WordData& words, bool verbose) {
    std::vector<Objective> wanted;
    for (std::size_t i = 0; i < objectives.size(); ++i) {
        Objective objective;
        objective.id = fmt::format("{:03}", i);
        objective.text = objectives[i].at(column);
        wanted.push_back(std::move(objective));
    }
    Relevance relevance(wanted, policy, words);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        GroupHistory group;
        group.id = fmt::format("{:05}", i);
        group.name = groups[i].at(1);
        group.description = groups[i].size() > 2 ? groups[i][2] : "";
        relevance.add(group, Instant{});
    }
    const auto scores = relevance.scores();
    Measure total;
    for (std::size_t o = 0; o < objectives.size(); ++o) {
        std::set<std::string> topics;
        for (const std::string_view topic : split(objectives[o][0], ';')) topics.emplace(trim(topic));
        std::vector<std::pair<double, std::size_t>> ranked;
        int good = 0;
        for (std::size_t i = 0; i < groups.size(); ++i) {
            const RelevanceScore& score = scores.at(fmt::format("{:05}", i)).scores[o];
            ranked.emplace_back(-score.score.value_or(0), i);
            const bool right = topics.contains(groups[i][0]);
            good += right;
            auto& band = total.bands[score.band];
            band.first += right;
            ++band.second;
        }
        std::sort(ranked.begin(), ranked.end());
        double gain = 0, ideal = 0, precision = 0;
        int found = 0;
        for (std::size_t rank = 0; rank < ranked.size(); ++rank) {
            const bool right = topics.contains(groups[ranked[rank].second][0]);
            if (right) precision += ++found / static_cast<double>(rank + 1);
            if (rank >= 10) continue;
            if (right) gain += 1 / std::log2(static_cast<double>(rank) + 2);
            if (static_cast<int>(rank) < good) ideal += 1 / std::log2(static_cast<double>(rank) + 2);
        }
        if (ideal > 0) total.ndcg += gain / ideal;
        if (good > 0) total.precision += precision / good;
        if (verbose) {
            fmt::print("  {:14} nDCG@10 {:.2f}  ", objectives[o][0], ideal > 0 ? gain / ideal : 0);
            for (const Topic& topic : relevance.topics(o))
                fmt::print(" {}{}{}", topic.word, topic.topic.empty() ? "" : "=", topic.topic);
            fmt::print("\n");
        }
    }
    total.ndcg /= static_cast<double>(objectives.size());
    total.precision /= static_cast<double>(objectives.size());
    return total;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        fmt::print(stderr, "relevance_corpus GROUPS.tsv OBJECTIVES.tsv [--data=DIR] [--verbose] [policy_member=value]...\n");
        return 2;
    }
    try {
        const auto groups = read_table(arguments[1]);
        const auto objectives = read_table(arguments[2]);
        bool verbose = false;
        const char* named = std::getenv("SECATEUR_DATA");
        std::string folder = named && *named ? named : SECATEUR_SOURCE_DIR "/build/data";
        Policy policy;
        for (int i = 3; i < count; ++i) {
            const std::string_view argument = arguments[i];
            const std::size_t equal = argument.find('=');
            if (argument == "--verbose") verbose = true;
            else if (argument.starts_with("--data=")) folder = argument.substr(7);
            else if (equal == std::string_view::npos ||
                     !policy.set(argument.substr(0, equal), parse_number(argument.substr(equal + 1)).value_or(NAN)))
                throw std::runtime_error(fmt::format("not a member of Policy with a value it takes: {}", argument));
        }
        const WordData words{std::filesystem::path(folder)};
        if (!words.has_dictionary() || !words.has_vectors())
            fmt::print(stderr, "no {} in {}: scripts/setup builds them\n",
                       words.has_dictionary() ? "word vectors" : words.has_vectors() ? "dictionary" : "dictionary and word vectors", folder);
        for (const bool with : {true, false}) {
            if (with && !words.has_dictionary() && !words.has_vectors()) continue;
            fmt::print("{}\n", with ? "with the data files" : "without");
            for (const auto& [language, column] : {std::pair{"French", 1}, std::pair{"English", 2}}) {
                const Measure result =
                    measure(groups, objectives, static_cast<std::size_t>(column), policy, with ? words : no_word_data(), verbose);
                fmt::print("  {:8} objective: nDCG@10 {:.3f}  MAP {:.3f} ", language, result.ndcg, result.precision);
                for (const auto& [band, share] : result.bands) fmt::print("  {} {}/{}", to_string(band), share.first, share.second);
                fmt::print("\n");
            }
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/redundancy.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/hash.hpp"

namespace secateur {
namespace {

constexpr std::size_t sample_size = 256;
constexpr std::size_t words_kept = 300;
constexpr std::size_t links_least = 3;  // fewer links say nothing

}  // namespace

Redundancy::Sample::Sample(std::vector<std::uint64_t> hashes) : smallest(std::move(hashes)) {
    std::sort(smallest.begin(), smallest.end());
    smallest.erase(std::unique(smallest.begin(), smallest.end()), smallest.end());
    size = smallest.size();
    if (size > sample_size) smallest.resize(sample_size);
    smallest.shrink_to_fit();
}

void Redundancy::add(const GroupHistory& group) {
    if (group.authors.size() < static_cast<std::size_t>(policy_.copy_people)) return;
    Trace trace;
    std::vector<std::uint64_t> people;
    for (const std::int64_t author : group.authors) people.push_back(hash_combine(0, static_cast<std::uint64_t>(author)));
    trace.people = Sample(std::move(people));
    trace.links = Sample(group.links);

    std::unordered_map<std::string, std::uint64_t> counts;
    for (const QuarterTerms& quarter : group.terms)
        for (const auto& [word, count] : quarter.counts) counts[word] += count;
    std::vector<std::pair<std::uint64_t, std::string>> frequent;
    for (const auto& [word, count] : counts) frequent.emplace_back(count, word);
    std::sort(frequent.begin(), frequent.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    if (frequent.size() > words_kept) frequent.resize(words_kept);
    for (const auto& [count, word] : frequent) {
        trace.words[word] = 1 + std::log(static_cast<double>(count));
        ++groups_with_[word];
    }
    traces_[group.id] = std::move(trace);
}

double Redundancy::overlap(const Sample& a, const Sample& b) {
    const std::size_t smaller = std::min(a.size, b.size);
    if (smaller == 0) return 0;
    std::vector<std::uint64_t> both;
    std::set_intersection(a.smallest.begin(), a.smallest.end(), b.smallest.begin(), b.smallest.end(), std::back_inserter(both));
    if (a.size <= sample_size && b.size <= sample_size) return static_cast<double>(both.size()) / static_cast<double>(smaller);
    // Among the smallest hashes of both together, those that both hold estimate the share of the union.
    std::vector<std::uint64_t> together;
    std::set_union(a.smallest.begin(), a.smallest.end(), b.smallest.begin(), b.smallest.end(), std::back_inserter(together));
    if (together.size() > sample_size) together.resize(sample_size);
    const auto shared = std::count_if(both.begin(), both.end(), [&](std::uint64_t hash) { return hash <= together.back(); });
    const double jaccard = static_cast<double>(shared) / static_cast<double>(together.size());
    const double common = jaccard / (1 + jaccard) * static_cast<double>(a.size + b.size);
    return std::min(1.0, common / static_cast<double>(smaller));
}

std::vector<NearCopy> Redundancy::near_copies() const {
    // Words become numbers in alphabetical order and weights are divided by the length once, so that comparing two groups is one walk along both.
    std::map<std::string_view, std::uint32_t> number;
    for (const auto& [word, count] : groups_with_) number.emplace(word, static_cast<std::uint32_t>(number.size()));
    struct Compared {
        const std::string* id;
        const Trace* trace;
        std::vector<std::pair<std::uint32_t, double>> words;  // ascending by number
    };
    std::vector<Compared> groups;
    for (const auto& [id, trace] : traces_) {
        Compared group{&id, &trace, {}};
        double square = 0;
        for (const auto& [word, said] : trace.words) {
            const double weight = said * std::log((1 + static_cast<double>(traces_.size())) / static_cast<double>(groups_with_.at(word)));
            group.words.emplace_back(number.at(word), weight);
            square += weight * weight;
        }
        for (auto& [word, weight] : group.words) weight = square > 0 ? weight / std::sqrt(square) : 0;
        groups.push_back(std::move(group));
    }
    const auto cosine = [](const Compared& a, const Compared& b) {
        double sum = 0;
        for (auto left = a.words.begin(), right = b.words.begin(); left != a.words.end() && right != b.words.end();) {
            if (left->first < right->first) ++left;
            else if (right->first < left->first) ++right;
            else sum += left++->second * right++->second;
        }
        return sum;
    };
    std::vector<NearCopy> found;
    for (auto a = groups.begin(); a != groups.end(); ++a)
        for (auto b = std::next(a); b != groups.end(); ++b) {
            const double people = overlap(a->trace->people, b->trace->people);
            if (people < policy_.copy_people_share) continue;
            const double topics = cosine(*a, *b);
            const bool linked = std::min(a->trace->links.size, b->trace->links.size) >= links_least;
            const double links = linked ? overlap(a->trace->links, b->trace->links) : 0;
            if (topics >= policy_.copy_topics || links >= policy_.copy_links) found.push_back({*a->id, *b->id, people, topics, links});
        }
    return found;
}

}  // namespace secateur

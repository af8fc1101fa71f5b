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
    const double groups = static_cast<double>(traces_.size());
    const auto weight = [&](const std::string& word) { return std::log((1 + groups) / static_cast<double>(groups_with_.at(word))); };
    std::map<std::string, double> lengths;
    for (const auto& [id, trace] : traces_) {
        double sum = 0;
        for (const auto& [word, count] : trace.words) sum += std::pow(count * weight(word), 2);
        lengths[id] = std::sqrt(sum);
    }
    std::vector<NearCopy> found;
    for (auto a = traces_.begin(); a != traces_.end(); ++a)
        for (auto b = std::next(a); b != traces_.end(); ++b) {
            const double people = overlap(a->second.people, b->second.people);
            if (people < policy_.copy_people_share) continue;
            double product = 0;
            for (const auto& [word, count] : a->second.words)
                if (const auto other = b->second.words.find(word); other != b->second.words.end()) product += count * other->second * std::pow(weight(word), 2);
            const double length = lengths[a->first] * lengths[b->first];
            const double topics = length > 0 ? product / length : 0;
            const bool linked = std::min(a->second.links.size, b->second.links.size) >= links_least;
            const double links = linked ? overlap(a->second.links, b->second.links) : 0;
            if (topics >= policy_.copy_topics || links >= policy_.copy_links) found.push_back({a->first, b->first, people, topics, links});
        }
    return found;
}

}  // namespace secateur

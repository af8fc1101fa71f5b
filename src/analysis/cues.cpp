// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/cues.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "text/lexicon.hpp"
#include "text/tokens.hpp"

namespace secateur {
namespace {

/// Folded words between single spaces, one before and one after, so that whole words are found by plain search.
std::string padded(std::string_view text) {
    std::string out = " ";
    for (const Token& token : tokenise(text)) out += fold_search(token.text) + ' ';
    return out;
}

constexpr std::string_view scope_prefix = "scope_";
constexpr std::size_t root_letters = 6;   // "recrute" and "recrutons" are one cue
constexpr double posts_least = 20;        // of a year, before the way of talking is a sign: proposal
constexpr std::size_t people_least = 3;    // who write: her own questions are not those of the group
constexpr double many_questions = 0.25;   // proposal
constexpr double many_links = 0.3;        // proposal

}  // namespace

Cues::Cues() {
    for (const PurposeCue& each : purpose_cues()) cues_.push_back({each.purpose, padded(each.cue), std::string(each.cue)});
    for (const Cue& each : cues_)
        if (const std::string_view word = trim(each.words); word.find(' ') == std::string_view::npos) single_words_.emplace_back(word, &each);
    std::ranges::stable_sort(single_words_, {}, [](const auto& each) { return each.first; });
}

std::vector<const Cues::Cue*> Cues::find(std::string_view text) const {
    std::vector<const Cue*> found;
    const std::string words = padded(text);
    if (words.size() < 2) return found;
    for (const Cue& cue : cues_)
        if (cue.words.size() > 2 && words.find(cue.words) != std::string::npos) found.push_back(&cue);
    return found;
}

std::optional<ScopeProposal> Cues::scope(const GroupHistory& group, const Policy& policy) const {
    const auto only_scope = [](std::vector<const Cue*> cues) {
        std::erase_if(cues, [](const Cue* each) { return !each->purpose.starts_with(scope_prefix); });
        return cues;
    };
    const auto in_name = only_scope(find(group.name));
    const auto in_description = only_scope(find(group.description));
    std::set<std::string> distinct;
    for (const Cue* each : in_name) distinct.insert(each->words);
    double found = 0;
    // "6e" in a name may be a class or a part of town: two letters alone are not enough.
    for (const std::string& words : distinct) found += trim(words).size() > 2 ? 2 : 1;
    for (const Cue* each : in_description) found += distinct.insert(each->words).second ? 1 : 0;
    if (found < policy.scope_cues) return std::nullopt;
    const Cue* first = in_name.empty() ? in_description.front() : in_name.front();
    return ScopeProposal{first->purpose == "scope_duty" ? Scope::duty : Scope::personal, first->shown};
}

std::optional<PurposeGuess> Cues::purpose(const GroupHistory& group, const Policy& policy) const {
    std::map<std::string_view, std::map<std::string, std::string>> by_purpose;  // root -> as shown
    const auto add = [&](const Cue& cue) {
        if (!cue.purpose.starts_with(scope_prefix)) by_purpose[cue.purpose].emplace(cue.words.substr(0, root_letters + 1), cue.shown);
    };
    std::string said = group.name + " . " + group.description;
    for (const std::string& topic : group.topics) said += " . " + topic;
    for (const Cue* each : find(said)) add(*each);

    // Posts are known as counts of single words: a cue must be said often enough not to be chance.
    std::vector<std::uint64_t> counts(single_words_.size());
    std::uint64_t total = 0;
    for (const QuarterTerms& quarter : group.terms) {
        auto cue = single_words_.begin();  // both lists are in order
        for (const auto& [word, count] : quarter.counts) {
            total += count;
            while (cue != single_words_.end() && cue->first < word) ++cue;
            for (auto same = cue; same != single_words_.end() && same->first == word; ++same) counts[static_cast<std::size_t>(same - single_words_.begin())] += count;
        }
    }
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] >= 3 && static_cast<double>(counts[i]) >= policy.posts_min_share * static_cast<double>(total)) add(*single_words_[i].second);
    // How it is talked, beside what is said: no word alone, but a second sign.
    if (static_cast<double>(group.year.posts) >= posts_least && group.year.posts_by_author.size() >= people_least) {
        const auto often = [&](std::uint64_t count, double share) { return static_cast<double>(count) >= share * static_cast<double>(group.year.posts); };
        if (often(group.year.questions, many_questions)) by_purpose["support"].emplace("?", "?");
        if (often(group.year.with_links, many_links)) by_purpose["watch"].emplace("https://", "https://");
    }
    const std::pair<const std::string_view, std::map<std::string, std::string>>* best = nullptr;
    bool level = false;
    for (const auto& each : by_purpose) {
        if (best && each.second.size() < best->second.size()) continue;
        level = best && each.second.size() == best->second.size();
        best = &each;
    }
    if (!best || level || static_cast<double>(best->second.size()) < policy.purpose_cues) return std::nullopt;
    const std::optional<Purpose> purpose = parse_purpose(best->first);
    if (!purpose) return std::nullopt;
    PurposeGuess out{.purpose = *purpose, .cues = {}};
    for (const auto& [root, shown] : best->second) out.cues.push_back(shown);
    return out;
}

}  // namespace secateur

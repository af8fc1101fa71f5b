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

}  // namespace

Cues::Cues() {
    for (const PurposeCue& each : purpose_cues()) cues_.push_back({each.purpose, padded(each.cue), std::string(each.cue)});
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

std::optional<PurposeProposal> Cues::purpose(const GroupHistory& group, const Policy& policy) const {
    std::map<std::string_view, std::set<std::string>> by_purpose;
    const auto add = [&](const Cue& cue) {
        if (!cue.purpose.starts_with(scope_prefix)) by_purpose[cue.purpose].insert(cue.shown);
    };
    std::string said = group.name + " . " + group.description;
    for (const std::string& topic : group.topics) said += " . " + topic;
    for (const Cue* each : find(said)) add(*each);

    // Posts are known as counts of single words: a cue must be said often enough not to be chance.
    std::map<std::string_view, std::uint64_t> counts;
    std::uint64_t total = 0;
    for (const QuarterTerms& quarter : group.terms)
        for (const auto& [word, count] : quarter.counts) {
            counts[word] += count;
            total += count;
        }
    for (const Cue& cue : cues_) {
        const std::string_view word = trim(cue.words);
        if (word.find(' ') != std::string_view::npos) continue;
        const auto known = counts.find(word);
        if (known == counts.end() || known->second < 3) continue;
        if (static_cast<double>(known->second) >= policy.posts_min_share * static_cast<double>(total)) add(cue);
    }
    const std::pair<const std::string_view, std::set<std::string>>* best = nullptr;
    bool level = false;
    for (const auto& each : by_purpose) {
        if (best && each.second.size() < best->second.size()) continue;
        level = best && each.second.size() == best->second.size();
        best = &each;
    }
    if (!best || level || static_cast<double>(best->second.size()) < policy.purpose_cues) return std::nullopt;
    const std::optional<Purpose> purpose = parse_purpose(best->first);
    if (!purpose) return std::nullopt;
    return PurposeProposal{*purpose, {best->second.begin(), best->second.end()}};
}

}  // namespace secateur

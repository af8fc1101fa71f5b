// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/facebook/owner.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace secateur::facebook {
namespace {

constexpr std::size_t most_candidates = 10;

Person person_named(const std::string& name) { return {fold_name(name), name}; }

const std::string& most_often(const std::map<std::string, std::uint64_t, std::less<>>& counts) {
    return std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; })->first;
}

void take(Me& me, const std::string& name, Message evidence, bool from_export) {
    me.owner.person = person_named(name);
    me.owner.evidence = std::move(evidence);
    me.owner.from_export = from_export;
    me.account_evidence = from_export ? "account.from_export" : "account.from_profile";
}

void also(Me& me, const std::string& name) {
    std::string folded = fold_name(name);
    if (folded.empty() || me.is(folded)) return;
    if (me.owner.person && me.owner.person->key != folded) me.owner.also.push_back({folded, name});
    me.names.push_back(std::move(folded));
}

bool find_in_export(Me& me, const Survey& survey) {
    if (!survey.profile_name.empty()) {
        take(me, survey.profile_name, msg("facebook.owner_profile", arg("name", survey.profile_name)), true);
    } else if (const auto& acts = survey.actors.empty() ? survey.title_actors : survey.actors; !acts.empty()) {
        take(me, most_often(acts), msg("facebook.owner_acts", arg("name", most_often(acts))), true);
    }
    return me.is_known();
}

bool find_by_identity(Me& me, const Survey& survey, const Identities& identities) {
    if (identities.empty()) return false;
    for (const auto* names : {&survey.participants, &survey.senders}) {
        for (const auto& [name, count] : *names) {
            if (!identities.match(name)) continue;
            if (!me.is_known()) take(me, name, msg("facebook.owner_identity", arg("name", name)), false);
            also(me, name);
        }
    }
    if (me.is_known() || !survey.has_own_files || identities.names.empty()) return me.is_known();
    const std::string& name = identities.names.front();
    take(me, name, msg("facebook.owner_identity", arg("name", name)), false);
    return true;
}

bool find_in_threads(Me& me, const Survey& survey) {
    if (survey.thread_files < 2) return false;
    const std::string* found = nullptr;
    for (const auto& [name, threads] : survey.participants) {
        if (threads != survey.thread_files) continue;
        if (found != nullptr) return false;  // two who share all threads
        found = &name;
    }
    if (found == nullptr) return false;
    take(me, *found, msg("facebook.owner_threads", arg("name", *found), arg("count", survey.thread_files)), true);
    return true;
}

void propose_candidates(Owner& owner, const Survey& survey) {
    auto all = survey.senders;
    for (const auto& [name, threads] : survey.participants) all.try_emplace(name, 0);
    std::vector<std::pair<std::string, std::uint64_t>> ranked(all.begin(), all.end());
    std::ranges::sort(
        ranked, [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
    if (ranked.size() > most_candidates) ranked.resize(most_candidates);
    for (const auto& [name, messages] : ranked)
        owner.candidates.push_back({.person = person_named(name),
                                    .activities = messages,
                                    .evidence = msg("facebook.candidate", arg("count", messages))});
}

}  // namespace

bool Me::is(std::string_view folded_name) const { return std::ranges::find(names, folded_name) != names.end(); }

Me settle_owner(const Survey& survey, const Identities& identities) {
    Me me;
    if (identities.forced) {
        if (find_in_export(me, survey) && !identities.match(me.owner.person->name)) me = Me{};
        if (!me.is_known()) static_cast<void>(find_by_identity(me, survey, identities));
        me.owner.from_export = false;  // asked for: nothing to check against the profile
        me.account_evidence = "account.asked";
    } else {
        static_cast<void>(find_in_export(me, survey) || find_by_identity(me, survey, identities) || find_in_threads(me, survey));
    }
    if (!me.is_known() && survey.has_own_files) {  // nobody else acts in these files, so no name is needed
        me.owner.person = Person{"owner", ""};
        me.owner.evidence = msg("facebook.owner_only");
        if (me.account_evidence.empty()) me.account_evidence = "account.from_export";
    }
    if (!me.is_known()) {
        propose_candidates(me.owner, survey);
        return me;
    }
    me.names.push_back(me.owner.person->key);
    also(me, survey.profile_name);
    for (const std::string& name : survey.other_names) also(me, name);
    for (const auto& [name, count] : survey.actors) also(me, name);
    return me;
}

}  // namespace secateur::facebook

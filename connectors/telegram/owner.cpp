// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/telegram/owner.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur::telegram {
namespace {

constexpr std::size_t most_candidates = 10;

std::string_view without_sign(std::string_view handle) noexcept { return handle.starts_with('@') ? handle.substr(1) : handle; }

void add(std::vector<std::string>& list, std::string text) {
    if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

void add_handle(Me& me, std::string_view handle) {
    std::string folded(without_sign(trim(handle)));
    std::ranges::transform(folded, folded.begin(), ascii_lower);
    add(me.handles, std::move(folded));
}

/// Whether the profile means the account whose card the export carries.
bool card_matches(const Findings& findings, const Identities& identities) {
    const std::string_view key = findings.my_key;
    if (key.empty()) return false;
    return identities.match(key) || (findings.my_id && identities.match(key.substr(4))) ||
           (!findings.my_name.empty() && identities.match(findings.my_name)) ||
           (!findings.my_handle.empty() && identities.match(findings.my_handle)) ||
           (!findings.my_phone.empty() && identities.match(findings.my_phone));
}

Person person_of(const Findings& findings, const std::string& key) {
    const auto found = findings.authors.find(key);
    if (found != findings.authors.end() && !found->second.name.empty()) return {key, found->second.name};
    return {key, key == findings.my_key ? findings.my_name : std::string()};
}

void take_as_owner(Ownership& result, const Findings& findings, const std::string& key, Message evidence, bool from_export) {
    result.owner.person = person_of(findings, key);
    result.owner.evidence = std::move(evidence);
    result.owner.from_export = from_export;
    result.me.account_evidence = from_export ? "account.from_export" : "account.from_profile";
    add(result.me.keys, key);
    add(result.me.names, fold_name(result.owner.person->name));
}

using Found = std::pair<std::string, AuthorCount>;

/// Most messages first; the key settles what is equal.
bool writes_more(const Found& a, const Found& b) {
    return a.second.messages != b.second.messages ? a.second.messages > b.second.messages : a.first < b.first;
}

std::vector<Found> authors_matching(const Findings& findings, const Identities& identities, bool by_id) {
    std::vector<Found> found;
    for (const auto& [key, author] : findings.authors) {
        const bool is_user = key.starts_with("user");
        const bool id = std::ranges::any_of(identities.ids, [&, number = is_user ? key.substr(4) : key](const std::string& each) {
            return each == key || each == number;
        });
        if (by_id ? id : (!author.name.empty() && identities.match(author.name)) || (!is_user && identities.match(key)))
            found.emplace_back(key, author);
    }
    std::ranges::sort(found, writes_more);
    return found;
}

void propose_candidates(Owner& owner, const Findings& findings) {
    std::vector<Found> all(findings.authors.begin(), findings.authors.end());
    std::ranges::sort(all, writes_more);
    if (all.size() > most_candidates) all.resize(most_candidates);
    for (const auto& [key, author] : all)
        owner.candidates.push_back({.person = {key, author.name},
                                    .activities = author.messages,
                                    .evidence = msg("telegram.candidate", arg("count", author.messages))});
}

/// Somebody who was invited and never wrote: service lines give the name only.
bool find_silent(Ownership& result, const Findings& findings, const Identities& identities) {
    const auto member = std::ranges::find_if(findings.members, [&](const std::string& name) { return identities.match(name); });
    if (member == findings.members.end()) return false;
    take_as_owner(result, findings, fold_name(*member), msg("telegram.owner_profile", arg("name", *member)), false);
    result.owner.person->name = *member;
    add(result.me.names, fold_name(*member));
    return true;
}

/// Ids first: two members of a group may have one name. Several authors of that name are several guesses, not one person.
bool find_by_profile(Ownership& result, const Findings& findings, const Identities& identities) {
    if (identities.empty()) return false;
    const std::vector<Found> by_id = authors_matching(findings, identities, true);
    const std::vector<Found> by_name = authors_matching(findings, identities, false);
    if (by_id.empty() && by_name.empty()) return find_silent(result, findings, identities);
    if (by_id.empty() && by_name.size() != 1) return false;
    const Found& first = by_id.empty() ? by_name.front() : by_id.front();
    take_as_owner(result, findings, first.first,
                  msg("telegram.owner_profile", arg("name", first.second.name.empty() ? first.first : first.second.name)), false);
    for (std::size_t i = 1; i < by_id.size(); ++i) {  // the profile lists both: two accounts of one person
        result.owner.also.push_back({by_id[i].first, by_id[i].second.name});
        add(result.me.keys, by_id[i].first);
        add(result.me.names, fold_name(by_id[i].second.name));
    }
    return true;
}

bool find_in_export(Ownership& result, const Findings& findings) {
    if (!findings.my_key.empty()) {
        const std::string& name = findings.my_name.empty() ? findings.my_handle : findings.my_name;
        take_as_owner(result, findings, findings.my_key, msg("telegram.owner_card", arg("name", name)), true);
        if (!findings.my_name.empty()) result.owner.person->name = findings.my_name;
        add(result.me.names, fold_name(findings.my_name));
        return true;
    }
    if (findings.notes_key) {
        take_as_owner(result, findings, *findings.notes_key, msg("telegram.owner_notes"), true);
        return true;
    }
    if (!findings.opposite_authors.empty()) {
        const auto most = std::ranges::max_element(findings.opposite_authors, {}, [](const auto& each) { return each.second; });
        take_as_owner(result, findings, most->first, msg("telegram.owner_opposite", arg("count", most->second)), true);
        return true;
    }
    return false;
}

}  // namespace

bool Me::has_key(std::string_view key) const noexcept {
    for (const std::string& each : keys)
        if (each == key) return true;
    return false;
}

bool Me::has_name(std::string_view name) const {
    if (names.empty() || name.empty()) return false;
    return std::ranges::find(names, fold_name(name)) != names.end();
}

bool Me::has_mention(std::string_view text) const noexcept {
    const std::string_view handle = without_sign(text);
    return std::ranges::any_of(handles, [&](const std::string& each) {
        return std::ranges::equal(each, handle, [](char mine, char written) { return mine == ascii_lower(written); });
    });
}

bool needs_survey(const Findings& findings, const Identities& identities) {
    if (findings.my_key.empty()) return true;
    return identities.forced && !card_matches(findings, identities);
}

std::optional<Account> account_of(const Findings& findings, const Ownership& ownership) {
    if (!ownership.owner.person) return std::nullopt;
    const Person& person = *ownership.owner.person;
    Account account;
    if (person.key.starts_with("user")) account.native_id = person.key.substr(4);
    else account.native_id = person.key;
    if (!findings.my_key.empty() && person.key == findings.my_key) account.handle = findings.my_handle;
    if (!person.name.empty()) account.names.push_back(person.name);
    account.evidence = ownership.me.account_evidence;
    return account;
}

Ownership settle_owner(const Findings& findings, const Identities& identities) {
    Ownership result;
    bool found = false;
    if (identities.forced) {
        if (card_matches(findings, identities)) {
            found = find_in_export(result, findings);
            result.owner.from_export = false;  // asked for: nothing to check against the profile
        } else {
            found = find_by_profile(result, findings, identities);
        }
        if (found) result.me.account_evidence = "account.asked";
    } else {
        found = find_in_export(result, findings) || find_by_profile(result, findings, identities);
    }
    if (!found) {
        propose_candidates(result.owner, findings);
        return result;
    }
    if (result.me.has_key(findings.my_key)) add_handle(result.me, findings.my_handle);
    for (const std::string& handle : identities.handles) add_handle(result.me, handle);
    return result;
}

}  // namespace secateur::telegram

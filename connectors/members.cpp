// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/members.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace secateur {
namespace {

constexpr std::size_t most_candidates = 10;

std::string_view shown(const Member& member) { return !member.name.empty() ? member.name : !member.handle.empty() ? member.handle : member.id; }

bool has_name(const Member& member, const Identities& me) {
    return me.match(member.name) || std::ranges::any_of(member.other_names, [&](const std::string& each) { return me.match(each); });
}

}  // namespace

Member& Members::at(std::string_view id) {
    if (const auto known = numbers_.find(id); known != numbers_.end()) return list_[known->second];
    Member& added = list_.emplace_back();
    added.id = id;
    numbers_.emplace(added.id, static_cast<std::uint32_t>(list_.size() - 1));
    return added;
}

const Member* Members::find(std::string_view id) const {
    const auto known = numbers_.find(id);
    return known == numbers_.end() ? nullptr : &list_[known->second];
}

std::uint32_t Members::number(std::string_view id) { return numbers_.at(at(id).id); }

Person Members::person(std::string_view id) const {
    const Member* known = find(id);
    return {std::string(id), known == nullptr ? std::string() : known->name};
}

Ownership find_owner(const Members& members, const Identities& me) {
    Ownership result;
    if (me.empty()) return result;
    using Test = bool (*)(const Member&, const Identities&);
    constexpr std::array<Test, 4> tests{
        [](const Member& member, const Identities& who) { return who.match(member.id); },
        [](const Member& member, const Identities& who) { return who.match(member.email); },
        [](const Member& member, const Identities& who) { return who.match(member.handle); },
        has_name,
    };
    for (std::size_t i = 0; i < tests.size(); ++i) {
        std::vector<const Member*> found;
        for (const Member& each : members.all())
            if (!each.automatic && tests[i](each, me)) found.push_back(&each);
        if (found.empty()) continue;
        // Two ids, or two accounts with addresses of hers, are hers both; two people may share a name.
        if (found.size() > 1 && i > 1) return result;
        const Member& first = *found.front();
        result.owner.person = Person{first.id, std::string(shown(first))};
        result.owner.evidence = msg("members.owner_profile", arg("name", shown(first)));
        result.account_evidence = me.forced ? "account.asked" : "account.from_profile";
        for (const Member* each : found) result.ids.push_back(each->id);
        for (std::size_t other = 1; other < found.size(); ++other) result.owner.also.push_back({found[other]->id, found[other]->name});
        return result;
    }
    return result;
}

Ownership owner_by_export(const Member& member, Message evidence) {
    Ownership result;
    result.owner.person = Person{member.id, std::string(shown(member))};
    result.owner.evidence = std::move(evidence);
    result.owner.from_export = true;
    result.account_evidence = "account.from_export";
    result.ids.push_back(member.id);
    return result;
}

void propose_owners(Owner& owner, const Members& members) {
    std::vector<const Member*> all;
    for (const Member& each : members.all())
        if (!each.automatic && each.messages > 0) all.push_back(&each);
    std::ranges::sort(all, [](const Member* a, const Member* b) { return a->messages != b->messages ? a->messages > b->messages : a->id < b->id; });
    if (all.size() > most_candidates) all.resize(most_candidates);
    for (const Member* each : all)
        owner.candidates.push_back({.person = {each->id, std::string(shown(*each))},
                                    .activities = each->messages,
                                    .evidence = msg("members.candidate", arg("count", each->messages))});
}

Account account_of(const Ownership& ownership, const Members& members) {
    Account account;
    account.native_id = ownership.ids.front();
    account.evidence = ownership.account_evidence;
    if (const Member* member = members.find(account.native_id)) {
        account.handle = member->handle;
        if (!member->name.empty()) account.names.push_back(member->name);
    }
    return account;
}

}  // namespace secateur

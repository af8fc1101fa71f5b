// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/acquaintances.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace secateur {

Acquaintances::Acquaintances(KnownPeople::NameOf name_of, AreTwo are_two) : name_of_(std::move(name_of)), are_two_(std::move(are_two)), known_(name_of_) {}

Acquaintances::Exchanges Acquaintances::add(const GroupHistory& group, Date as_of) {
    std::map<std::int64_t, std::pair<std::uint64_t, std::uint64_t>> both;
    for (const Exchange& each : group.exchanges) {
        if (each.person == 0 || each.day > as_of) continue;
        both[each.person].first += each.given;
        both[each.person].second += each.received;
    }
    Exchanges met;
    for (const auto& [person, counts] : both) {
        if (counts.first == 0 || counts.second == 0) continue;
        met[person] = counts.first + counts.second;
        places_[person].insert(group.id);
        known_.add(person);
    }
    return met;
}

void Acquaintances::add_place(std::int64_t person, const std::string& group) {
    if (const auto known = places_.find(person); known != places_.end()) known->second.insert(group);
}

bool Acquaintances::is_perhaps_met_elsewhere(std::int64_t person, const std::string& here) const {
    return std::ranges::any_of(known_.of_one_name(person), [&](std::int64_t other) {
        return other != person && std::ranges::any_of(places_.at(other), [&](const std::string& group) { return group != here; }) &&
               !(are_two_ && are_two_(person, other));
    });
}

Acquaintances::OnlyHere Acquaintances::only_here(const Exchanges& met, const std::string& group) const {
    OnlyHere out;
    std::vector<std::tuple<std::int64_t, std::string, std::int64_t>> found;
    for (const auto& [person, count] : met) {
        if (places_.at(person).size() > 1) continue;
        if (is_perhaps_met_elsewhere(person, group)) out.doubt = true;
        else found.emplace_back(-static_cast<std::int64_t>(count), name_of(person), person);
    }
    std::ranges::sort(found);
    out.people = found.size();
    for (const auto& [count, name, person] : found)
        if (!name.empty() && out.names.size() < 10) out.names.push_back(name);
    return out;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Whom she exchanges with, in which groups and direct conversations, and whom she meets in one of them only (metrics 2.3).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "analysis/meetings.hpp"
#include "model/history.hpp"

namespace secateur {

class Acquaintances {
public:
    using Exchanges = std::map<std::int64_t, std::uint64_t>;  // person -> how many, both directions seen
    using AreTwo = std::function<bool(std::int64_t, std::int64_t)>;
    /// `are_two`: whether she said that two accounts of one name are two people. Either may be empty.
    Acquaintances(KnownPeople::NameOf name_of, AreTwo are_two);

    /// With whom she exchanged both ways in that group or direct conversation, up to the day; remembered.
    Exchanges add(const GroupHistory& group, Date as_of);
    /// Of those she exchanges with somewhere, one she also knows from that group.
    void add_place(std::int64_t person, const std::string& group);

    struct OnlyHere {
        std::uint64_t people = 0;
        std::vector<std::string> names;  // by exchanges, at most ten
        bool doubt = false;              // of others, a namesake is met elsewhere: perhaps the same person, neither only here nor not
    };
    /// Once every group was added.
    [[nodiscard]] OnlyHere only_here(const Exchanges& met, const std::string& group) const;

    [[nodiscard]] std::string name_of(std::int64_t person) const { return name_of_ ? name_of_(person) : std::string(); }
    /// As KnownPeople::meant.
    [[nodiscard]] std::int64_t meant(std::int64_t person) const { return known_.meant(person); }

private:
    [[nodiscard]] bool is_perhaps_met_elsewhere(std::int64_t person, const std::string& here) const;

    KnownPeople::NameOf name_of_;
    AreTwo are_two_;
    std::map<std::int64_t, std::set<std::string>> places_;
    KnownPeople known_;  // those of places_
};

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Whose export it is: the profile file, the own side of the invitations, the one who is in every conversation; else the
// identities the user gave.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "connectors/connector.hpp"
#include "connectors/linkedin/survey.hpp"

namespace secateur::linkedin {

struct Me {
    Owner owner;
    std::set<std::string> slugs;  // profile addresses of mine
    std::set<std::string> names;  // folded
    std::string evidence;  // of the Account record

    [[nodiscard]] Person person() const { return owner.person.value_or(Person{}); }
    /// By the address where there is one and mine is known; else by the name.
    [[nodiscard]] bool is(std::string_view name, std::string_view url) const;
};

[[nodiscard]] Me find_owner(const Survey& survey, const Layout& layout, const Identities& identities);

}  // namespace secateur::linkedin

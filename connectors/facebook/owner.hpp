// SPDX-License-Identifier: GPL-3.0-or-later
// Who "me" is in a Facebook export: the profile, else whoever acts in the files where only the owner acts, else the profile of
// this program, else the one person in every thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/facebook/survey.hpp"

namespace secateur::facebook {

/// The owner and all names under which the export shows them.
struct Me {
    Owner owner;
    std::vector<std::string> names;  // folded
    std::string account_evidence;    // message id for the Account record

    [[nodiscard]] bool is_known() const noexcept { return owner.person.has_value(); }
    [[nodiscard]] bool is(std::string_view folded_name) const;
};
[[nodiscard]] Me settle_owner(const Survey& survey, const Identities& identities);

}  // namespace secateur::facebook

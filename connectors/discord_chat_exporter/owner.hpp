// SPDX-License-Identifier: GPL-3.0-or-later
// Who "me" is in files that do not say who exported them: the profile, ids before names; else the other side of the conversations
// of two. Decides once, before the first record.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "connectors/connector.hpp"
#include "connectors/discord_chat_exporter/export.hpp"

namespace secateur::discord_chat_exporter {

struct Me {
    Owner owner;
    std::set<std::string, std::less<>> ids;
    std::string account_evidence, handle;

    [[nodiscard]] bool is_known() const noexcept { return !ids.empty(); }
    [[nodiscard]] bool is(std::string_view id) const { return ids.contains(id); }
};
[[nodiscard]] Me settle_owner(const Survey& survey, const Identities& identities);

}  // namespace secateur::discord_chat_exporter

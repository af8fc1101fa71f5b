// SPDX-License-Identifier: GPL-3.0-or-later
// Who "me" is in a Telegram export: the account's own card, the chat with oneself, the other side of the chats of two, else the
// profile. Decides once, before the first record; says why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connectors/telegram/export.hpp"

namespace secateur::telegram {

/// Everything by which a message, a service line or a mention may be mine.
struct Me {
    std::vector<std::string> keys;      // "user12"; a folded name where the file has no ids
    std::vector<std::string> names;     // folded display names: all that service lines give
    std::vector<std::string> handles;   // without the sign, in lower case
    std::string account_evidence;       // message id for the Account record

    [[nodiscard]] bool is_known() const noexcept { return !keys.empty(); }
    [[nodiscard]] bool has_key(std::string_view key) const noexcept;
    [[nodiscard]] bool has_name(std::string_view name) const;  // as displayed
    /// "@zoe" as an entity of kind mention shows it.
    [[nodiscard]] bool has_mention(std::string_view text) const noexcept;
};

struct Ownership {
    Owner owner;
    Me me;
};

/// True when nothing but a survey of the whole file can tell.
[[nodiscard]] bool needs_survey(const Findings& findings, const Identities& identities);
[[nodiscard]] Ownership settle_owner(const Findings& findings, const Identities& identities);
/// The record of the owner's account; nothing for an unknown owner.
[[nodiscard]] std::optional<Account> account_of(const Findings& findings, const Ownership& ownership);

}  // namespace secateur::telegram

// SPDX-License-Identifier: GPL-3.0-or-later
// Everybody whom the export of a workspace names, by native id, and who of them is the owner. For exports made by a server, which
// say who its people are but not which of them asked for it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connectors/connector.hpp"

namespace secateur {

struct Member {
    std::string id;    // as messages name the author; the key of the person
    std::string name;  // as shown; empty: not known
    std::string handle, email;
    std::vector<std::string> other_names;
    bool automatic = false;      // a bot
    std::uint64_t messages = 0;  // as far as they were counted
};

class Members {
public:
    Members() = default;
    Members(const Members&) = delete;
    Members& operator=(const Members&) = delete;
    Members(Members&&) = default;
    Members& operator=(Members&&) = default;

    /// Found or added. References stay valid.
    Member& at(std::string_view id);
    /// Null when nobody has that id.
    [[nodiscard]] const Member* find(std::string_view id) const;
    /// Their number, from 0 on, in the order in which they were added.
    [[nodiscard]] std::uint32_t number(std::string_view id);
    [[nodiscard]] const Member& numbered(std::uint32_t number) const { return list_[number]; }
    [[nodiscard]] const std::deque<Member>& all() const noexcept { return list_; }
    /// Key and name; the id alone for somebody unknown.
    [[nodiscard]] Person person(std::string_view id) const;

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::deque<Member> list_;
    std::unordered_map<std::string_view, std::uint32_t, Hash, std::equal_to<>> numbers_;  // views of Member::id
};

/// The owner, and every id that is his.
struct Ownership {
    Owner owner;
    std::vector<std::string> ids;
    std::string account_evidence;  // for Account::evidence

    [[nodiscard]] bool is_known() const noexcept { return !ids.empty(); }
    [[nodiscard]] bool is_me(std::string_view id) const noexcept {
        for (const std::string& each : ids)
            if (each == id) return true;
        return false;
    }
};

/// The members whom the profile (or `--me`) means: by id, else by address, else by handle, else by name. Several of one name
/// are several guesses: the owner is unknown then.
[[nodiscard]] Ownership find_owner(const Members& members, const Identities& me);
/// The export itself shows who the owner is.
[[nodiscard]] Ownership owner_by_export(const Member& member, Message evidence);
/// Proposes those who wrote most; bots never.
void propose_owners(Owner& owner, const Members& members);
/// The Account record of a known owner.
[[nodiscard]] Account account_of(const Ownership& ownership, const Members& members);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// One Matrix room as Element saves it: what the file says before its events, who takes part, and which of them saved it. A first
// pass finds this out, since the room's id stands in the events only and the exporter is given by display name.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/json_stream.hpp"
#include "base/source.hpp"
#include "connectors/connector.hpp"

namespace secateur::matrix {

struct Member {
    std::set<std::string> names;  // display names, the newest shown as `name`
    std::string name;
    std::uint64_t messages = 0;
};

struct Room {
    std::string id, name, topic, exported_by;
    std::map<std::string, Member, std::less<>> members;  // by user id: all who wrote, came, went or were invited
    bool is_called_direct = false;  // by an invitation
    bool is_from_the_start = false;  // the creation of the room is there

    /// One to one: two people, and the room says so or is named after one of them.
    [[nodiscard]] bool is_direct() const;
    [[nodiscard]] Person person(std::string_view id) const;
};

/// "zoe" of "@zoe:example.org"; the text itself when it is no such id.
[[nodiscard]] std::string_view local_part(std::string_view user_id);

/// The one JSON file of the source; null when there are several, or strangers beside it.
[[nodiscard]] const Entry* main_file(const Source& source);
/// By the members that stand before the events.
[[nodiscard]] bool is_export(std::string_view head, const std::string& entry);
[[nodiscard]] Room survey(ByteStream& stream, const std::string& entry);

struct Me {
    Owner owner;
    std::string id, account_evidence;
    [[nodiscard]] bool is_known() const noexcept { return !id.empty(); }
    [[nodiscard]] bool is(std::string_view user_id) const noexcept { return !id.empty() && user_id == id; }
};
[[nodiscard]] Me settle_owner(const Room& room, const Identities& identities);

}  // namespace secateur::matrix

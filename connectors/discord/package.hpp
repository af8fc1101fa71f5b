// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where in a Discord data package, whatever its age and language, and what its small files say: whose it is, which
// servers it lists, which conversation each channel belongs to. Messages are read elsewhere.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/source.hpp"

namespace secateur::discord {

/// Files known by their shape: folder names are localised, inner names are not.
struct Layout {
    struct Channel {
        const Entry* head = nullptr;  // channel.json
        const Entry* messages = nullptr;  // messages.json or messages.csv
    };
    std::map<std::string, Channel, std::less<>> channels;  // by id
    std::map<std::string, const Entry*, std::less<>> guilds;  // guild.json, by id
    std::vector<const Entry*> users;  // user.json, one folder below the root
    const Entry* labels = nullptr;  // index.json of the messages
    const Entry* server_list = nullptr;  // index.json of the servers
    std::uint64_t unread = 0;  // files of no use here
    bool is_alone = true;  // nothing stands outside the package
};
/// Nothing when there is no package, or more than one.
[[nodiscard]] std::optional<Layout> lay_out(const Source& source);

enum class Conversation { unknown, server, group_chat, direct };

struct Server {
    std::string name;
    bool is_listed = false;  // among the servers at the time of the request
    bool is_mine = false;  // I own it
    std::vector<std::string> channels;  // names
};
struct Channel {
    Conversation kind = Conversation::unknown;
    std::string group;  // key; empty: of no known group
    std::string name;
};

struct Survey {
    std::string my_id, username, display_name;
    std::map<std::string, Server, std::less<>> servers;  // by group key
    std::map<std::string, Channel, std::less<>> channels;  // by id
    bool has_server_list = false;
    std::vector<Problem> problems;  // files that could not be read to their end
};
[[nodiscard]] Survey survey(const Source& source, const Layout& layout);

/// What index.json says of a channel that says nothing of itself: "general in Server", "Direct Message with zoe#0".
struct Label {
    Conversation kind = Conversation::unknown;
    std::string channel, server;
};
/// `known`: folded names of servers. A name may hold " in " itself: a known server wins, then what channels may be called
/// (`has_spaces`: threads and voice channels may be called anything).
[[nodiscard]] Label parse_label(std::string_view label, std::string_view channel_name, const std::set<std::string>& known,
                                bool has_spaces);

/// The key of a server of which only the name is left.
[[nodiscard]] std::string key_of_name(std::string_view server);

}  // namespace secateur::discord

// SPDX-License-Identifier: GPL-3.0-or-later
// What stands around the messages of a Microsoft Teams tenant export: where its files are, its people, teams and channels.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/members.hpp"

namespace secateur::teams {

enum class FileKind { none, users, teams, team_settings, channels, team_members, team_messages, chats, meetings };

struct Layout {
    std::string root;  // the folder that holds teams/ and users/, without the final '/'

    [[nodiscard]] FileKind kind_of(const Entry& entry) const noexcept;
    /// The team or person whose folder an entry lies in.
    [[nodiscard]] static std::string_view owner_of(const Entry& entry) noexcept;
};
/// Nothing when no such tree is there.
[[nodiscard]] std::optional<Layout> find_layout(const Source& source);

struct Team {
    std::string name, description;
    bool archived = false;
    std::optional<std::map<std::string, bool>> members;  // owner of the team or not, by person
};
struct Channel {
    std::string name, description, url;
    std::string team;        // its id
    bool archived = false;
    bool restricted = false;  // private or shared: not everybody in the team is in it
};

struct Tenant {
    Members members;
    std::map<std::string, std::string, std::less<>> by_address;  // e-mail in lower case -> id
    std::map<std::string, Team, std::less<>> teams;
    std::map<std::string, Channel, std::less<>> channels;
    std::vector<Problem> problems;  // of lists that could be read in part only
    Ownership me;
    std::set<std::string, std::less<>> my_chats;  // those in which I was seen
};
/// All lists, in one pass.
void read_lists(const Source& source, const Layout& layout, Tenant& tenant);
/// Counts authors everywhere, for an owner whom nothing tells.
void survey(const Source& source, const Layout& layout, Tenant& tenant);
/// The chats of my own file.
void find_my_chats(const Source& source, const Layout& layout, Tenant& tenant);


}  // namespace secateur::teams

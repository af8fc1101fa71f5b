// SPDX-License-Identifier: GPL-3.0-or-later
// What stands around the messages of a Slack export: where its files are, who is in the workspace, which conversations there are,
// which of them are mine. Everything here is small beside the messages and is read first.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/members.hpp"

namespace secateur::slack {

enum class List { none, users, channels, groups, mpims, dms, integrations };

/// Which list a file name stands for.
[[nodiscard]] List list_of(std::string_view file_name) noexcept;
/// "2024-05-02.json"
[[nodiscard]] bool is_day_file(std::string_view file_name) noexcept;

/// Where the export lies inside the source.
struct Layout {
    std::string root;  // folder of the lists, without the final '/'
    std::vector<const Entry*> lists;
    const Entry* day = nullptr;  // one of the files of messages

    [[nodiscard]] bool has(List list) const noexcept;
    [[nodiscard]] bool is_list(const Entry& entry) const noexcept;
    /// A file of messages: in the folder of its conversation, right below the root, unless that folder was given alone.
    [[nodiscard]] bool is_day(const Entry& entry) const noexcept;
};
/// Nothing when no such files are there, when two exports lie side by side, or when other files lie outside.
[[nodiscard]] std::optional<Layout> find_layout(const Source& source);

struct Conversation {
    std::string id, name;
    std::string description;
    List list = List::none;
    bool archived = false;
    std::string creator;
    std::optional<std::vector<std::uint32_t>> members;  // their numbers
    std::optional<std::uint32_t> peer;                    // slackdump's way to name the other one of two
    std::optional<std::uint64_t> member_count;
    std::optional<bool> taken_part;  // slackdump says of whoever asked for the export whether he is in
};

struct Workspace {
    Members members;
    std::deque<Conversation> conversations;  // in the order of the lists
    std::unordered_map<std::string, const Conversation*> by_folder;
    std::string team;  // the workspace's own id; empty: not known
    std::uint64_t integrations = 0;
    std::vector<Problem> problems;  // of lists that could be read in part only

    [[nodiscard]] const Conversation* find_id(std::string_view id) const;
    /// "Ana, Bob": everybody in it, or everybody but the owner.
    [[nodiscard]] std::string names_of(const Conversation& conversation, const Ownership& me) const;
};
[[nodiscard]] Workspace read_workspace(const Source& source, const Layout& layout);

/// Who takes part in every direct conversation of an export asked for by a member: with an administrator's, nobody does.
[[nodiscard]] std::optional<Ownership> owner_by_conversations(const Workspace& workspace);
/// Counts everybody's messages, and takes their names from them; for an owner whom nothing else tells.
void survey(const Source& source, const Layout& layout, Workspace& workspace);

/// "<Workspace> Slack export May 2 2024 - Jun 1 2024": the days it covers, as Slack names its files.
struct Window {
    std::optional<Instant> begin, end;
};
[[nodiscard]] Window window_in_name(std::string_view name, const std::optional<Zone>& zone);

}  // namespace secateur::slack

// SPDX-License-Identifier: GPL-3.0-or-later
// The files of one or more channels that DiscordChatExporter saved, and what each says before its messages: server, channel and
// period. A first pass also counts who wrote, since nothing says who exported.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/source.hpp"
#include "model/record.hpp"

namespace secateur::discord_chat_exporter {

/// "Potiers - Salons - four [500000000000000001] (after 2024-01-01) [part 2].json", the name the exporter proposes.
struct FileName {
    std::string server, channel, channel_id;
    unsigned part = 1;
};
[[nodiscard]] std::optional<FileName> parse_file_name(std::string_view name);

struct File {
    const Entry* entry = nullptr;
    bool is_csv = false;
    std::optional<FileName> name;
};
struct Layout {
    std::vector<File> files;
    std::uint64_t unread = 0;  // saved media, HTML and text twins
    bool has_strangers = false;  // what may be somebody else's
};
[[nodiscard]] Layout lay_out(const Source& source);
/// Whether a head is one of a JSON or CSV file of the exporter.
[[nodiscard]] bool is_export(const File& file, std::string_view head);

struct Author {
    std::string name, handle, nickname;  // "zoe", "zoe#1234", "Zoé"
    std::uint64_t messages = 0;
    bool is_bot = false;

    [[nodiscard]] const std::string& shown() const noexcept { return nickname.empty() ? name : nickname; }
};
using Authors = std::map<std::string, Author, std::less<>>;  // by id

/// What one file is about.
struct Head {
    std::string group, group_name, channel_id, channel, topic;  // group: key; empty: unknown
    GroupKind kind = GroupKind::community;
    bool is_private = false;  // a conversation outside any server
    unsigned part = 1;
    std::optional<Instant> after, before, exported_at;
    bool is_twin = false;  // a CSV of what stands here as JSON too
};

struct Survey {
    std::vector<Head> heads;  // one for each file of the layout
    Authors authors;  // everybody who wrote, reacted or was mentioned
    /// In conversations of two, who is not the one the conversation is named after: conversations, by id.
    std::map<std::string, std::uint64_t, std::less<>> opposites;
    std::optional<Instant> exported_at;
};
[[nodiscard]] Survey survey(const Source& source, const Layout& layout);

}  // namespace secateur::discord_chat_exporter

// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a PeerTube account export, and what must be known before the first record: the account, its channels, which video
// and which comment is mine, which followed actors are people. Makes no records.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/json_stream.hpp"
#include "base/source.hpp"

namespace secateur::peertube {

enum class FileKind { account, channels, videos, following, followers, comments, likes, dislikes, history, settings };

struct FoundFile {
    const Entry* entry = nullptr;
    FileKind kind = FileKind::settings;
};

struct Layout {
    std::vector<FoundFile> files;         // in the order of FileKind
    const Entry* followed_actors = nullptr;  // activity-pub/following.json: addresses, which tell people from channels
    std::size_t copies = 0;               // the other files of activity-pub/, which say the same again
    bool holds_all = true;                // nothing foreign stands beside them

    [[nodiscard]] const FoundFile* find(FileKind kind) const noexcept;
};
[[nodiscard]] Layout lay_out(const Source& source);

/// The list of records in a file: "following" in following.json; empty for files that are not read.
[[nodiscard]] std::string_view list_name(FileKind kind) noexcept;
/// Whether the beginning of a file is what its name promises.
[[nodiscard]] bool looks_right(FileKind kind, std::string_view head);

struct Findings {
    std::string handle;  // "mira@tube.example"
    std::string name, url;
    std::unordered_set<std::string> channels;  // handles of mine
    std::unordered_map<std::string, std::string> channel_of_video;  // of mine, by address
    std::unordered_set<std::string> comments;  // addresses of mine
    std::unordered_set<std::string> people;    // followed handles that are accounts
};
using OpenEntry = std::function<void(const Entry&, const std::function<void(ByteStream&)>&)>;
[[nodiscard]] Findings survey(const Layout& layout, const OpenEntry& open);

/// As platforms compare them.
[[nodiscard]] std::string handle_of(std::string_view written);

}  // namespace secateur::peertube

// SPDX-License-Identifier: GPL-3.0-or-later
// The two JSON files of Lemmy (settings, and since 1.0 the data export) as they lie on disk: which is it, who wrote it, which
// post stands in which community. Makes no records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/json_stream.hpp"
#include "base/source.hpp"

namespace secateur::lemmy {

/// One thing of `content` or `notifications`: what it is, and its row.
struct Item {
    enum class Kind { unknown, post, comment, private_message } kind = Kind::unknown;
    JsonValue row;
};
[[nodiscard]] Item item_of(JsonValue value);

/// What the beginning of a file shows.
struct Look {
    bool is_data = false;      // the data export, which holds the settings too
    int settings_lists = 0;    // how many of the five lists of addresses it has
    bool follows_addresses = false;

    [[nodiscard]] bool is_export() const noexcept { return is_data || settings_lists >= 2 || follows_addresses; }
    [[nodiscard]] bool is_certain() const noexcept { return is_data || settings_lists >= 2; }
};
[[nodiscard]] Look look(ByteStream& stream, const std::string& entry);

/// The only `.json` there is; nothing else may stand beside it but notes.
[[nodiscard]] const Entry* main_file(const Source& source);

/// What must be known before the first record. Grows with what I wrote and what was answered to me, not with what I read.
struct Findings {
    bool is_data = false;
    std::string display_name;
    std::string my_id;  // my number on my server; empty: nothing of mine is there
    std::string host;   // my server
    std::unordered_map<std::int64_t, std::int64_t> community_of_post;  // both are numbers of my server
    std::unordered_map<std::uint64_t, std::int64_t> post_of_address;   // of posts and comments, by the hash of their address
    std::unordered_set<std::int64_t> my_posts, my_comments;
    std::unordered_set<std::uint64_t> my_addresses;  // hashes
    std::unordered_set<std::string> moderated;  // addresses of communities

    /// "lemmy.example#42", the only name a community has in the data export; empty where even the number is not known.
    [[nodiscard]] std::string community_key(std::optional<std::int64_t> post) const;
    [[nodiscard]] std::string numbered(std::string_view number) const;
};
[[nodiscard]] Findings survey(ByteStream& stream, const std::string& entry, const Look& first);

[[nodiscard]] JsonOptions json_options();
/// Scheme and host in lower case, no slash at the end; empty when it is no web address.
[[nodiscard]] std::string community_address(std::string_view written);

}  // namespace secateur::lemmy

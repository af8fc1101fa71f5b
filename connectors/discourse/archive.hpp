// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where in a Discourse user archive: its files, whose it is, and how its links, categories and dates are written. Emits
// nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.hpp"

namespace secateur::discourse {

/// The entry with the posts (user_archive.csv, by its columns), with whatever lies in its folder; null when this is no archive, or
/// more than one.
[[nodiscard]] const Entry* find_posts(const Source& source);
/// Whether an entry lies in the folder of the archive.
[[nodiscard]] bool is_beside(const Entry& entry, const Entry& posts);

/// "user_archive-mira-240301-093012-77": whose, and when (UTC).
struct ArchiveName {
    std::string user;
    std::optional<Instant> at;
};
[[nodiscard]] std::optional<ArchiveName> parse_archive_name(std::string_view name);

/// "https://forum.example/t/spring-splits/812/4"
struct PostLink {
    std::string forum;  // "forum.example"; with its folder where it has one; empty for a link without host
    std::uint64_t topic = 0;
    std::uint64_t post = 1;
};
[[nodiscard]] std::optional<PostLink> parse_post_link(std::string_view url);

/// "Community|Meetups", parent first. Nothing for "-" and empty cells: hidden, or a private message.
[[nodiscard]] std::optional<std::string> parse_category(std::string_view cell);

/// The answer to is_pm, which is written in the language of the user; nothing in a language we do not know.
[[nodiscard]] std::optional<bool> parse_yes_no(std::string_view cell);

/// "2024-03-01T09:30:12.345Z", "2024-03-01 09:30:12 UTC", "2024-03-01".
[[nodiscard]] std::optional<When> parse_when(std::string_view cell);

/// What a post says itself: other people's words, which it quotes in [quote] blocks, left out.
[[nodiscard]] std::string without_quotes(std::string_view raw);
[[nodiscard]] std::uint32_t count_uploads(std::string_view raw);

/// preferences.json, as far as it says who the user is and which user groups she is in.
struct Preferences {
    struct UserGroup {
        std::string name, title;
        Location where;
    };
    std::string id, user, name;
    std::vector<UserGroup> groups;  // without the automatic ones (trust levels)
    bool has_groups = false;
    std::optional<Problem> problem;  // it ends too early, or is no JSON
};
[[nodiscard]] Preferences read_preferences(ByteStream& stream, const std::string& entry);

}  // namespace secateur::discourse

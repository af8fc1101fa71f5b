// SPDX-License-Identifier: GPL-3.0-or-later
// Where a VK archive keeps what, and how VK writes addresses and times. Nothing here reads a page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "base/time.hpp"

namespace secateur::vk {

enum class PageKind : std::uint8_t { other, profile, subscriptions, friends, comments, likes, message_index, messages };

struct Page {
    const Entry* entry = nullptr;
    PageKind kind = PageKind::other;
    std::string peer;          // of messages: the name of their folder, "-123", "2000000001"
    std::uint64_t number = 0;  // "messages50.html": 50
};
/// All pages of the archive: small ones first, then threads in the order of their numbers, each with its newest messages first as
/// VK writes them. `folder` is where the archive begins inside the source.
struct Archive {
    std::vector<Page> pages;
    std::uint64_t unread = 0;  // pages of other sections: ads, photos, the own wall
    [[nodiscard]] bool has(PageKind kind) const;
};
[[nodiscard]] Archive list_archive(const Source& source);

/// What an address of vk.com leads to.
struct Address {
    enum Kind { unknown, person, community, named, post } kind = unknown;
    std::int64_t owner = 0;   // below 0: a community, as VK numbers owners of posts
    std::string name;         // of `named`: the short name of a person or a community
    std::string item;         // of `post`: "wall12", "topic7": what was written there
    std::string reply, thread;  // of `post`: the comment meant, and the one it answers

    /// "id5", "club7", or the short name.
    [[nodiscard]] std::string key() const;
};
[[nodiscard]] Address parse_address(std::string_view address);

/// "7 мая 2019 в 12:34:56", "7 May 2019 at 12:34:56 pm"; Ukrainian months too.
[[nodiscard]] std::optional<LocalTime> parse_vk_time(std::string_view text);

}  // namespace secateur::vk

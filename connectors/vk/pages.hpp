// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of a VK archive, one item or message at a time, as they stand there.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/markup.hpp"

namespace secateur::vk {

struct Link {
    std::string address, text;
};

/// One entry of a list: a community, a comment, a row of the profile, a thread in the index.
struct Item {
    std::vector<std::string> parts;  // the texts of its children, attachments left out
    std::vector<Link> links;
    std::uint32_t attachments = 0;
};

struct ThreadMessage {
    std::string id;
    std::optional<Link> author;  // nothing: the owner, whom VK calls "You"
    std::string clock;
    std::string text;
    std::vector<Link> mentions;           // links inside the text
    std::vector<std::string> shared;      // addresses of what VK labels a link
    std::uint32_t attachments = 0;
    bool edited = false, deleted = false;
    bool is_service = false;  // somebody came or went, the picture changed: text and people stand where attachments do
};

using OnItem = std::function<Flow(const Item&, const Location&)>;
using OnMessage = std::function<Flow(const ThreadMessage&, const Location&)>;
using OnLink = std::function<Flow(const Link&, const Location&)>;

/// windows-1251 where the page does not say better.
[[nodiscard]] MarkupOutcome read_items(ByteStream& stream, const Entry& entry, const OnItem& on_item);
[[nodiscard]] MarkupOutcome read_messages(ByteStream& stream, const Entry& entry, const OnMessage& on_message);
/// Every link of the page (likes have nothing else).
[[nodiscard]] MarkupOutcome read_links(ByteStream& stream, const Entry& entry, const OnLink& on_link);

/// The owner's number, which VK hides in a <meta> of every page.
[[nodiscard]] std::optional<std::uint64_t> owner_in_head(std::string_view head);

}  // namespace secateur::vk

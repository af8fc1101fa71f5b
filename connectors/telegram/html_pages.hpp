// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of Telegram Desktop's HTML export, read one message or one list entry at a time: what stands on them, in their own
// words. What that means for a chat is for chat_reader.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/markup.hpp"
#include "base/time.hpp"

namespace secateur::telegram {

struct HtmlReaction {
    std::string emoji;
    std::vector<std::string> names;  // a sample of those who reacted; old pages have none
    bool mine = false;
};

struct HtmlMessage {
    std::optional<std::int64_t> id;
    bool is_service = false;
    std::optional<Date> day;  // of the day line above: all the date that a service line has
    std::string clock;        // "02.03.2021 10:00:00 UTC+01:00"
    std::string from;         // of the message before where this one is joined to it
    std::string via_bot;
    std::string signature;
    std::string text;
    std::string question;  // of a poll
    std::vector<std::string> links;
    std::vector<std::string> mentions;  // "@zoe", or the display name of somebody without a handle
    std::vector<HtmlReaction> reactions;
    std::optional<std::int64_t> reply_to;
    bool is_reply = false;  // also to a message of another chat, whose number is not told
    bool forwarded = false;
    bool has_media = false;
    bool voted = false;
};

struct HtmlChatHandler {
    virtual ~HtmlChatHandler() = default;
    /// The name at the top of the page.
    virtual Flow on_name(const std::string& name) = 0;
    virtual Flow on_message(const HtmlMessage& message, const Location& where) = 0;
};
[[nodiscard]] MarkupOutcome read_chat_page(ByteStream& stream, const std::string& entry, HtmlChatHandler& handler);

/// The wall clock of a message and, since 2022, the standard offset of the zone: without the summer hour that the clock has.
struct HtmlClock {
    LocalTime local;
    std::optional<std::chrono::seconds> standard_offset;
};
[[nodiscard]] std::optional<HtmlClock> parse_clock(std::string_view text);

/// A service line, which is always in English.
struct ServiceLine {
    enum Kind { other, unsupported, created_group, created_channel, created_topic, invited, removed, joined } kind = other;
    std::string actor;
    std::vector<std::string> people;
};
[[nodiscard]] ServiceLine parse_service_line(std::string_view text);

/// One row of lists/chats.html, contacts.html or frequent.html.
struct HtmlListEntry {
    std::string href;     // "../chats/chat_01/messages.html"; empty: no messages
    std::string name;
    std::string details;  // "12 outgoing messages", a phone number
    std::string info;     // "group", a date, "people"
    std::size_t list = 0;  // 1: under the first explanation; 2: under the second one, which is of the chats that were left
    std::string explanation;
};
struct HtmlListHandler {
    virtual ~HtmlListHandler() = default;
    virtual Flow on_entry(const HtmlListEntry& entry, const Location& where) = 0;
};
[[nodiscard]] MarkupOutcome read_list_page(ByteStream& stream, const std::string& entry, HtmlListHandler& handler);

/// The owner's card on export_results.html.
struct HtmlCard {
    std::string name, phone, handle;
};
[[nodiscard]] HtmlCard read_card(ByteStream& stream, const std::string& entry);

}  // namespace secateur::telegram

// SPDX-License-Identifier: GPL-3.0-or-later
// Where a Telegram export keeps what: the paths inside result.json, how chats and peers are named across the eras, and what a
// first look or a first pass over the file tells. Shared by the parts of this connector only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_stream.hpp"
#include "connectors/connector.hpp"

namespace secateur::telegram {

enum class ChatType { unknown, saved_messages, replies, verification_codes, personal, bot, basic_group, supergroup, channel };

/// Nothing for a type this program has never heard of.
[[nodiscard]] std::optional<ChatType> parse_chat_type(std::string_view text) noexcept;

/// What stands beside `messages` in a chat object.
struct ChatHead {
    bool left = false;      // in left_chats
    bool has_type = false;  // the key was there, even with null
    bool is_public = false;
    bool own_only = false;  // pages say so, result.json does not
    ChatType type = ChatType::unknown;
    std::optional<std::uint64_t> id;
    std::string name;
    std::string own_key;  // where there is no id and the name is not unique

    [[nodiscard]] bool is_complete() const noexcept { return has_type && id.has_value(); }
    void take(std::string_view key, JsonValue value);
};

/// The number in a peer id without what Telegram Desktop before 2.7.2 (April 2021) added to it: 2^32 for a person, 2^33 for any
/// group or channel.
[[nodiscard]] std::uint64_t bare_peer(std::uint64_t peer) noexcept;

/// "user12", "channel12", "group12": the same whatever the era. `raw_ids`: the file is from before 2.7.2. Empty when the chat
/// has neither id nor name.
[[nodiscard]] std::string chat_key(const ChatHead& head, bool raw_ids);

/// A `from_id` as text: "user12" as written, a bare number of an old file as "user12" or "channel12". `buffer` holds the latter.
[[nodiscard]] std::string_view peer_key(JsonValue id, std::string& buffer);

[[nodiscard]] constexpr bool is_direct(ChatType type) noexcept { return type == ChatType::personal || type == ChatType::bot; }
/// Chats that are no conversation with anybody. Empty for all others: the reason under which their messages are ignored.
[[nodiscard]] std::string_view ignored_as(ChatType type) noexcept;

/// Every path this connector reads, in the order of `patterns()`.
enum Pattern : std::size_t {
    personal_information,
    contact,
    frequent_contact,
    contacts_section,
    root_name,
    root_type,
    root_id,
    root_messages,
    root_message,
    listed_chat,
    listed_name,
    listed_type,
    listed_id,
    listed_messages,
    listed_message,
    left_chat,
    left_name,
    left_type,
    left_id,
    left_messages,
    left_message,
    chats_section,
    left_section,
};
[[nodiscard]] const std::vector<JsonPattern>& patterns();
/// `bare_tokens`: repair unquoted words too, which costs a tenth of the reading.
[[nodiscard]] JsonOptions json_options(bool bare_tokens);

struct AuthorCount {
    std::string name;
    std::uint64_t messages = 0;
};

/// What the file says about itself and its people. A look stops at the first message; a survey goes through to the end.
struct Findings {
    bool is_account = false;   // has sections of an account export
    bool is_single = false;    // the root is a chat
    bool has_message = false;  // and a first message that looks like one of Telegram's
    bool has_contacts = false;
    /// Only version 4.1.1 wrote unquoted words, and from 4.1.2 on every message has text_entities.
    bool may_have_bare_tokens = true;
    bool is_survey = false;
    ChatHead first_chat;
    std::optional<std::uint64_t> my_id;  // personal_information
    std::string my_key;                  // the same as a key; on pages, where there are no numbers, the folded name
    std::string my_name;
    std::string my_handle;
    std::string my_phone;
    std::optional<std::string> notes_key;  // the key of the chat with myself
    std::vector<ChatHead> chats;           // in file order; only after a survey
    std::map<std::string, AuthorCount, std::less<>> authors;             // the same
    std::map<std::string, std::uint64_t, std::less<>> opposite_authors;  // who writes to the others in personal chats
    std::set<std::string> members;  // display names in service lines; only after a survey

    /// Recognised beyond doubt, or by the shape of its first message.
    [[nodiscard]] bool is_export() const noexcept { return is_certain() || ((is_account || is_single) && has_message); }
    [[nodiscard]] bool is_certain() const noexcept {
        return (is_account && my_id) || ((is_account || is_single) && first_chat.is_complete());
    }
};

/// Reads up to the first message.
[[nodiscard]] Findings look(ByteStream& stream, const std::string& entry);
/// Reads everything; `first` is what a look found.
[[nodiscard]] Findings survey(ByteStream& stream, const std::string& entry, const Findings& first);

/// The main file of the export; null when there is none or when several compete.
[[nodiscard]] const Entry* main_file(const Source& source);

}  // namespace secateur::telegram

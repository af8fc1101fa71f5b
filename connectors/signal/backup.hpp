// SPDX-License-Identifier: GPL-3.0-or-later
// The people, groups and chats of Signal's plain-text export, by the numbers its lines use; numbers hold for one export only, so
// each gets a key that lasts. Messages are read elsewhere.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "connectors/connector.hpp"

namespace secateur::signal {

struct Recipient {
    enum class Kind { other, self, contact, group } kind = Kind::other;
    Person person;  // of a contact, or of me
    std::string phone, username;
    bool is_in_address_book = false;
    std::string group, name, description;  // of a group: its key and title
    std::map<std::string, bool, std::less<>> members;  // account ids; true: administers
    std::uint64_t line = 0;  // where it stands
};

struct Backup {
    std::map<std::string, Recipient, std::less<>> recipients;  // by number
    std::map<std::string, std::string, std::less<>> chats;  // number of the recipient, by number of the chat
    std::map<std::string, std::string, std::less<>> by_account;  // number of the recipient, by account id
    std::string self;  // my number
    std::string my_account;  // my account id, where it can be told
    std::string my_name, my_handle;
    std::optional<Instant> made_at;
};

/// The one .jsonl file of the source; null when there are several, or strangers beside it.
[[nodiscard]] const Entry* main_file(const Source& source);
enum class Likeness { none, likely, certain };
[[nodiscard]] Likeness look(std::string_view head, const std::string& entry);
[[nodiscard]] Backup survey(ByteStream& stream, const std::string& entry);

struct Me {
    Owner owner;
    std::string number;  // of the recipient who is me
    std::string account_evidence;
    bool is_self = true;  // false: --me named somebody else than the exporter
};
/// The export says who made it; only --me may say otherwise.
[[nodiscard]] Me settle_owner(const Backup& backup, const Identities& identities);

}  // namespace secateur::signal

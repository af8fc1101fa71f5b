// SPDX-License-Identifier: GPL-3.0-or-later
// Which mailing list a letter belongs to, and who wrote it once the list's own rewriting is undone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/mime.hpp"
#include "model/record.hpp"

namespace secateur::mail {

/// A list by one of its letters. The key is the address with a dot for "@", as most List-Ids are, so that all headers of a list
/// lead to one key.
struct ListSeen {
    std::string key;      // "hikers.lists.example.org"
    std::string name;     // "Walks on Sundays"; empty: only the key says
    std::string url;      // of its archive
    std::vector<std::string> addresses;  // where one writes to it
    bool may_post = false;               // somebody beside its owner may
    bool may_unsubscribe = false;
};
[[nodiscard]] std::optional<ListSeen> list_of(const Letter& letter);

[[nodiscard]] std::string key_of_address(std::string_view address);
/// "hikers" of "hikers.lists.example.org"
[[nodiscard]] std::string name_of_key(std::string_view key);
/// Whether a host serves lists and nothing else: googlegroups.com, groups.io, lists.example.org ...
[[nodiscard]] bool is_list_host(std::string_view address);
/// "hikers-request@", "hikers+unsubscribe@": what follows the name of the list; empty for a list's own address.
[[nodiscard]] std::string_view command_of(std::string_view address);
/// Without that: "hikers@lists.example.org".
[[nodiscard]] std::string without_command(std::string_view address);

/// Lower case; for Gmail without dots and "+tag", which it does not read.
[[nodiscard]] std::string canonical_address(std::string_view address);
/// The person behind a letter. `list_key` may be empty.
[[nodiscard]] Person author_of(const Letter& letter, std::string_view list_key);
/// Sent by a program: bounces, holiday notices, addresses that nobody reads.
[[nodiscard]] bool is_automatic(const Letter& letter);

}  // namespace secateur::mail

// SPDX-License-Identifier: GPL-3.0-or-later
// The first pass over a Facebook export: whose it is, which groups it names anywhere, what its two lists of reactions say
// together, and what makes each thread of Messenger a group or not, which stands behind its messages.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/json_stream.hpp"
#include "connectors/facebook/layout.hpp"
#include "connectors/facebook/titles.hpp"

namespace secateur::facebook {

struct KnownGroup {
    std::string name;  // as first seen
    std::string url;
};

/// One reaction of mine, put together from both lists.
struct Reaction {
    std::string what;   // "like", "love" ...; what the export writes where its language is unknown here
    std::string group;  // folded name; empty: of no known group
};

/// All files of one thread together.
struct ThreadHead {
    std::string name, entry;
    std::set<std::string> people;  // folded, those who left included; more than a few are not kept
    bool is_thread = false;        // of messages.zip: the file looks like it, not only its name
    bool is_group = false;         // said so by the file
    std::optional<bool> still_in;

    [[nodiscard]] bool is_chat() const noexcept { return is_group || people.size() > 2; }
};

struct Survey {
    std::vector<File> files;
    std::uint64_t pages_beside_json = 0;  // left out: the JSON says more
    std::string profile_name;
    std::vector<std::string> other_names;                         // former and other names of the profile
    std::map<std::string, std::uint64_t, std::less<>> actors;     // who acts where only the owner can: names as shown
    std::map<std::string, std::uint64_t, std::less<>> title_actors;  // the same, cut from titles
    bool has_own_files = false;                                   // files that hold nothing but the owner's acts
    std::map<std::string, KnownGroup, std::less<>> groups;        // by folded name
    std::unordered_map<std::string, std::string> slugs;           // of /groups/<slug>: folded name
    KnownNames known;
    std::unordered_map<std::int64_t, Reaction> reactions;         // by second
    std::unordered_set<std::uint64_t> cutover_messages;           // hashes of (sender, millisecond, text)
    std::map<std::string, ThreadHead, std::less<>> threads;          // by group key
    std::uint64_t thread_files = 0;
    std::map<std::string, std::uint64_t, std::less<>> participants;  // files of threads each takes part in, by name
    std::map<std::string, std::uint64_t, std::less<>> senders;       // messages, by name

    [[nodiscard]] bool has(FileKind kind) const;
    void add_group(std::string_view name, std::string_view url = {});
    /// The folded name of the group an address leads to; empty when it leads to none we know.
    [[nodiscard]] std::string group_of_url(std::string_view url) const;
};

[[nodiscard]] Survey survey(const Source& source);

/// The key of the group that a thread's file belongs to.
[[nodiscard]] std::string thread_key(const File& file);

/// What to read of a file of this kind; the last `*` of the path is the key that the handler is told.
[[nodiscard]] const std::vector<JsonPattern>& patterns_of(FileKind kind);

}  // namespace secateur::facebook

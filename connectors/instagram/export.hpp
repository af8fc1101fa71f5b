// SPDX-License-Identifier: GPL-3.0-or-later
// Which file of an Instagram export is which, in both generations of folders; and what a first pass tells: whose it is, who takes
// part in each conversation.
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

namespace secateur::instagram {

enum class FileKind {
    other,
    thread,
    profile,
    following,
    followers,
    close_friends,
    hashtags,
    requests_sent,
    requests_received,
    not_contacts
};

/// By the last component of the path, case and apostrophes aside, and its folder.
[[nodiscard]] FileKind kind_of(std::string_view path);
struct File {
    const Entry* entry = nullptr;
    FileKind kind = FileKind::other;
};
struct Layout {
    std::vector<File> files;  // those that are read
    std::uint64_t unread = 0;
    bool is_surely_instagram = false;  // names that no other platform has
    bool is_alone = true;  // one export, and nothing beside it
};
[[nodiscard]] Layout lay_out(const Source& source);

/// The number of a conversation, from its folder "atelieret3autres_17850000000000001": names change, the number stays.
[[nodiscard]] std::string thread_key(std::string_view path);

/// All files of one conversation together.
struct Thread {
    std::string name, entry;
    std::set<std::string> people;  // folded, those who left included; more than a few are not kept
    std::size_t participants = 0;  // as listed, deleted accounts included
    std::optional<bool> still_in;
};

struct Survey {
    std::string my_name, my_username;  // the profile
    std::map<std::string, Thread, std::less<>> threads;  // by key
    std::map<std::string, std::set<std::string>, std::less<>> seen;  // keys of conversations each takes part in, by shown name
    std::map<std::string, std::uint64_t, std::less<>> senders;  // messages, by shown name
};
[[nodiscard]] Survey survey(const Source& source, const Layout& layout);

/// Who "me" is: the profile, else the identities of the client, else the one who takes part in all conversations.
struct Me {
    Owner owner;
    std::set<std::string, std::less<>> names;  // folded
    std::string account_evidence;

    [[nodiscard]] bool is_known() const noexcept { return owner.person.has_value(); }
    [[nodiscard]] bool is(std::string_view folded) const { return names.contains(folded); }
};
[[nodiscard]] Me settle_owner(const Survey& survey, const Identities& identities, bool has_own_files);

}  // namespace secateur::instagram

// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where in a Mastodon archive and beside it, whose it is, and which accounts of the fediverse are groups. Emits nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_stream.hpp"
#include "connectors/connector.hpp"

namespace secateur::mastodon {

enum class FileKind { actor, outbox, likes, bookmarks, following, lists, muted, blocked, other };

struct FoundFile {
    const Entry* entry = nullptr;
    FileKind kind = FileKind::other;
};
struct Layout {
    std::vector<FoundFile> files;  // those with records, at most one of a kind
    std::size_t media = 0;         // pictures, filters and the like
    bool is_whole = false;         // an archive with more than its outbox
    std::string first;             // evidence: the name of the file that shows what this is

    [[nodiscard]] const Entry* find(FileKind kind) const;
};
/// Nothing for what is no Mastodon export, or holds other things too.
[[nodiscard]] std::optional<Layout> lay_out(const Source& source);

/// "archive-20260901093012-0123abcd": the instant, in UTC.
[[nodiscard]] std::optional<Instant> archive_instant(std::string_view name);

/// "@bees@A.gup.pe", "bees@a.gup.pe", "!bees@a.gup.pe" -> "bees@a.gup.pe"; without a host, that of `address`. Empty when it is none.
[[nodiscard]] std::string handle_of(std::string_view written, std::string_view address = {});
/// The handle of an actor by its address alone: "https://lemmy.example/c/bees" -> "bees@lemmy.example".
[[nodiscard]] std::string handle_by_address(std::string_view address);
/// The kind of group that an address shows: /c/NAME, /m/NAME, /video-channels/NAME, /category/N, /ap/actor/HEX, a group server.
[[nodiscard]] std::optional<GroupKind> group_by_address(std::string_view address);
/// The same for a handle: only hosts that are known to hold nothing but groups, or mostly.
[[nodiscard]] std::optional<GroupKind> group_by_handle(std::string_view handle);

struct Actor {
    std::string address;  // "https://mastodon.example/users/mira"
    std::string handle;   // "mira@mastodon.example"
    std::string name;
    std::optional<Problem> problem;
};
/// actor.json, as far as it says who this is: the key in it is never looked at.
[[nodiscard]] Actor read_actor(ByteStream& stream, const std::string& entry);
/// Without actor.json: who did the first activity of the outbox.
[[nodiscard]] Actor actor_of_outbox(ByteStream& stream, const std::string& entry);

}  // namespace secateur::mastodon

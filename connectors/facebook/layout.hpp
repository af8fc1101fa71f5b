// SPDX-License-Identifier: GPL-3.0-or-later
// Which file of a Facebook export is which, whatever the generation: by the last component of the path, and by its folders where
// the name is not enough. Nothing here opens a file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"

namespace secateur::facebook {

enum class FileKind : std::uint8_t {
    other,
    profile,
    membership,
    administered,
    posts,
    pending_posts,
    comments,
    all_comments,
    reactions,
    interactions,
    visited_sections,
    visited_labels,
    questions,
    badges,
    invites_received,
    invites_sent,
    event_responses,
    event_invitations,
    own_events,
    pages_liked,
    pages_followed,
    pages_unfollowed,
    following,
    friends,
    thread,           // message_1.json in a folder of its own
    cutover_thread,   // the same, kept at the move to encryption
    group_thread,     // your_group_messages/<id>.json
    encrypted_thread, // flat files of the separate messages.zip
    not_membership,
};

/// "your_activity/groups/Group_you’ve visited_2.json" -> "group_you_ve_visited".
[[nodiscard]] std::string logical_name(std::string_view path);
[[nodiscard]] FileKind kind_of(std::string_view path);
/// Files that no other platform has under that name.
[[nodiscard]] bool is_telling(FileKind kind) noexcept;
[[nodiscard]] constexpr bool is_thread(FileKind kind) noexcept {
    return kind == FileKind::thread || kind == FileKind::cutover_thread || kind == FileKind::group_thread ||
           kind == FileKind::encrypted_thread;
}

struct File {
    const Entry* entry = nullptr;
    FileKind kind = FileKind::other;
    bool is_page = false;  // HTML
};
/// All JSON files and pages of the source with their kinds, in path order.
[[nodiscard]] std::vector<File> list_files(const Source& source);

/// The number by which Messenger knows a thread, from the path of one of its files: "inbox/fieldcrew_123/message_1.json" ->
/// "123".
[[nodiscard]] std::string thread_id(std::string_view path, FileKind kind);

}  // namespace secateur::facebook

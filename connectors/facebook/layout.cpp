// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/facebook/layout.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur::facebook {
namespace {

struct NamedKind {
    std::string_view name;
    FileKind kind;
};
// File names stay English whatever the language of the account.
constexpr std::array named_kinds{
    NamedKind{"profile_information", FileKind::profile},
    NamedKind{"your_group_membership_activity", FileKind::membership},
    NamedKind{"your_groups", FileKind::administered},
    NamedKind{"group_posts_and_comments", FileKind::posts},
    NamedKind{"your_posts_in_groups", FileKind::posts},
    NamedKind{"your_posts_and_comments_in_groups", FileKind::posts},
    NamedKind{"anonymous_posts_you_ve_written", FileKind::posts},
    NamedKind{"your_pending_posts_in_groups", FileKind::pending_posts},
    NamedKind{"your_comments_in_groups", FileKind::comments},
    NamedKind{"likes_and_reactions", FileKind::reactions},
    NamedKind{"group_interactions", FileKind::interactions},
    NamedKind{"recently_visited", FileKind::visited_sections},
    NamedKind{"groups_and_events_you_ve_visited", FileKind::visited_labels},
    NamedKind{"groups_you_ve_visited", FileKind::visited_labels},
    NamedKind{"your_answers_to_membership_questions", FileKind::questions},
    NamedKind{"creator_badges", FileKind::badges},
    NamedKind{"your_badges", FileKind::badges},
    NamedKind{"your_page_or_groups_badges", FileKind::badges},
    NamedKind{"group_invites_you_ve_received", FileKind::invites_received},
    NamedKind{"group_invites_you_ve_sent", FileKind::invites_sent},
    NamedKind{"your_event_responses", FileKind::event_responses},
    NamedKind{"event_invitations", FileKind::event_invitations},
    NamedKind{"your_events", FileKind::own_events},
    NamedKind{"pages_you_ve_liked", FileKind::pages_liked},
    NamedKind{"pages_and_profiles_you_follow", FileKind::pages_followed},
    NamedKind{"pages_you_follow", FileKind::pages_followed},
    NamedKind{"pages_and_profiles_you_ve_unfollowed", FileKind::pages_unfollowed},
    NamedKind{"pages_you_ve_unfollowed", FileKind::pages_unfollowed},
    NamedKind{"who_you_ve_followed", FileKind::following},
    NamedKind{"who_you_follow", FileKind::following},
    NamedKind{"your_friends", FileKind::friends},
    NamedKind{"groups_you_ve_searched_for", FileKind::not_membership},
    NamedKind{"groups_and_pages_that_you_may_find_engaging", FileKind::not_membership},
};

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view without_last(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

/// "name_12" -> "name".
std::string_view without_number(std::string_view name) {
    std::size_t end = name.size();
    while (end > 0 && is_digit(name[end - 1])) --end;
    return end < name.size() && end > 1 && name[end - 1] == '_' ? name.substr(0, end - 1) : name;
}

/// Lower case; apostrophes, spaces and underscores alike.
std::string folded(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (name.substr(i).starts_with("’")) {
            out += '_';
            i += 2;
        } else if (c == '\'' || c == ' ') {
            out += '_';
        } else {
            out += ascii_lower(c);
        }
    }
    return out;
}

bool has_json_name(std::string_view path) {
    return path.size() > 5 && folded(path.substr(path.size() - 5)) == ".json";
}
bool has_page_name(std::string_view path) {
    return path.size() > 5 && folded(path.substr(path.size() - 5)) == ".html";
}

}  // namespace

std::string logical_name(std::string_view path) {
    std::string name = folded(last_part(path));
    if (name.ends_with(".json") || name.ends_with(".html")) name.resize(name.size() - 5);
    return std::string(without_number(name));
}

FileKind kind_of(std::string_view path) {
    const bool is_page = has_page_name(path);
    if (!is_page && !has_json_name(path)) return FileKind::other;
    const std::string name = logical_name(path);
    if (const auto found = std::ranges::find(named_kinds, name, &NamedKind::name); found != named_kinds.end()) return found->kind;
    const std::string folder = folded(last_part(without_last(path)));
    if (name == "comments" && (folder == "comments" || folder == "comments_and_reactions")) return FileKind::all_comments;
    if (name == "posts_and_comments" && (folder == "comments_and_reactions" || folder == "likes_and_reactions"))
        return FileKind::reactions;
    if (name == "friends" && (folder == "friends" || folder == "friends_and_followers")) return FileKind::friends;
    if (folder == "your_group_messages") return FileKind::group_thread;
    if (is_page && name == "message" && folder.empty()) return FileKind::other;
    if (name == "message") return folded(last_part(without_last(without_last(path)))) == "e2ee_cutover" ? FileKind::cutover_thread : FileKind::thread;
    if (is_page) return FileKind::other;
    // messages.zip: "<thread name>_<number>.json" at the top, or in one wrapper folder.
    if (std::ranges::count(path, '/') > 1) return FileKind::other;
    const std::string plain = folded(last_part(path));
    const bool is_numbered =
        plain.size() > 5 && without_number(std::string_view(plain).substr(0, plain.size() - 5)).size() + 5 < plain.size();
    return is_numbered ? FileKind::encrypted_thread : FileKind::other;
}

bool is_telling(FileKind kind) noexcept {
    switch (kind) {
        case FileKind::membership:
        case FileKind::posts:
        case FileKind::comments:
        case FileKind::interactions:
        case FileKind::visited_labels:
        case FileKind::questions:
        case FileKind::invites_received:
        case FileKind::invites_sent:
        case FileKind::pages_liked:
        case FileKind::pages_followed:
        case FileKind::not_membership:
            return true;
        default:
            return false;
    }
}

std::vector<File> list_files(const Source& source) {
    std::vector<File> files;
    for (const Entry& entry : source.entries())
        if (has_json_name(entry.path)) files.push_back({&entry, kind_of(entry.path), false});
        else if (has_page_name(entry.path)) files.push_back({&entry, kind_of(entry.path), true});
    return files;
}

std::string thread_id(std::string_view path, FileKind kind) {
    std::string_view name = last_part(path);
    if (has_json_name(name) || has_page_name(name)) name.remove_suffix(5);
    if (kind == FileKind::encrypted_thread) return fold_name(name);
    if (kind == FileKind::group_thread) return std::string(name);
    const std::string_view folder = last_part(without_last(path));
    if (folder.empty()) return std::string(name);
    const auto underscore = folder.rfind('_');
    const std::string_view number = underscore == std::string_view::npos ? folder : folder.substr(underscore + 1);
    return std::string(number.empty() ? folder : number);
}

}  // namespace secateur::facebook

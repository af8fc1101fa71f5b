// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/github/archive.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "base/text.hpp"

namespace secateur::github {
namespace {

struct FileName {
    std::string_view stem;
    FileKind kind;
    std::string_view type;
    std::string_view ignored_as = {};
};
constexpr std::array file_names{
    FileName{"users", FileKind::users, "user"},
    FileName{"bots", FileKind::users, "bot"},
    FileName{"organizations", FileKind::organizations, "organization"},
    FileName{"repositories", FileKind::repositories, "repository"},
    FileName{"discussions", FileKind::discussions, "discussion"},
    FileName{"discussion_comments", FileKind::discussion_comments, "discussion_comment"},
    FileName{"issues", FileKind::issues, "issue"},
    FileName{"pull_requests", FileKind::pull_requests, "pull_request"},
    FileName{"issue_comments", FileKind::issue_comments, "issue_comment"},
    FileName{"pull_request_reviews", FileKind::reviews, "pull_request_review"},
    FileName{"pull_request_review_comments", FileKind::review_comments, "pull_request_review_comment"},
    FileName{"commit_comments", FileKind::commit_comments, "commit_comment"},
    FileName{"issue_events", FileKind::not_read, "issue_event", "issue_event"},
    FileName{"pull_request_review_threads", FileKind::not_read, "pull_request_review_thread", "review_thread"},
    FileName{"discussion_categories", FileKind::not_read, "discussion_category", "other_file"},
    FileName{"attachments", FileKind::not_read, "attachment", "other_file"},
    FileName{"milestones", FileKind::not_read, "milestone", "other_file"},
    FileName{"projects", FileKind::not_read, "project", "other_file"},
    FileName{"protected_branches", FileKind::not_read, "protected_branch", "other_file"},
    FileName{"releases", FileKind::not_read, "release", "other_file"},
    FileName{"repository_files", FileKind::not_read, "repository_file", "other_file"},
    FileName{"teams", FileKind::not_read, "team", "other_file"},
};

/// "issue_comments_000002.json" -> "issue_comments"; empty for any other name.
std::string_view stem_of(std::string_view file) {
    constexpr std::string_view ending = ".json";
    if (!file.ends_with(ending)) return {};
    file.remove_suffix(ending.size());
    const std::size_t digits = file.find_last_not_of("0123456789") + 1;
    if (digits == 0 || file[digits - 1] != '_' || file.size() - digits != 6) return {};
    return file.substr(0, digits - 1);
}

/// The parts of a path behind the host.
std::vector<std::string_view> path_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::size_t slash = url.find('/', scheme + 3);
    if (slash == std::string_view::npos) return {};
    std::vector<std::string_view> parts;
    for (const std::string_view part : split(url.substr(slash), '/'))
        if (!part.empty()) parts.push_back(part);
    return parts;
}

}  // namespace

Layout lay_out(const Source& source) {
    std::map<std::string_view, Layout> folders;
    for (const Entry& entry : source.entries()) {
        const std::string_view stem = stem_of(entry.name());
        const auto known = std::ranges::find(file_names, stem, &FileName::stem);
        if (stem.empty() || known == file_names.end()) continue;
        folders[entry.folder()].files.push_back({known->kind, &entry, known->type, known->ignored_as});
    }
    std::erase_if(folders, [](const auto& each) {
        return std::ranges::all_of(each.second.files, [](const FoundFile& file) { return file.kind == FileKind::not_read; });
    });
    if (folders.size() != 1) return {};
    auto& [folder, layout] = *folders.begin();
    const std::string inside = folder.empty() ? std::string() : std::string(folder) + "/";
    for (const Entry& entry : source.entries())
        if (!entry.path.starts_with(inside) && !entry.name().ends_with(".md")) layout.holds_all = false;
    std::ranges::sort(layout.files, {}, [](const FoundFile& file) { return std::tie(file.kind, file.entry->path); });
    return std::move(layout);
}

std::optional<Address> parse_address(std::string_view url) {
    const std::size_t mark = url.find('#');
    const std::string_view fragment = mark == std::string_view::npos ? std::string_view() : url.substr(mark + 1);
    const auto parts = path_of(url.substr(0, std::min(mark, url.size())));
    if (parts.size() < 2) return std::nullopt;
    Address address;
    address.shown = std::string(parts[0]) + "/" + std::string(parts[1]);
    address.repository = fold_name(address.shown);
    if (!fragment.empty()) address.id = fragment;
    else if (parts.size() >= 4) address.id = std::string(parts[2]) + "/" + std::string(parts[3]);
    return address;
}

std::string parse_login(std::string_view url) {
    const auto parts = path_of(url);
    if (parts.size() == 1) return fold_name(parts[0]);
    // Robots: github.com/apps/<name>
    return parts.size() == 2 && parts[0] == "apps" ? fold_name(parts[1]) : std::string();
}

bool is_robot(std::string_view url) {
    const auto parts = path_of(url);
    return url.ends_with("[bot]") || (parts.size() == 2 && parts[0] == "apps");
}

}  // namespace secateur::github

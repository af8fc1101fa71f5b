// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a GitHub account export, which kind of object each holds, and its addresses: objects have no ids, they refer to
// each other by URL.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"

namespace secateur::github {

enum class FileKind {
    users,  // and bots
    organizations,
    repositories,
    discussions,
    discussion_comments,
    issues,
    pull_requests,
    issue_comments,  // on pull requests too
    reviews,
    review_comments,
    commit_comments,
    not_read,
};

struct FoundFile {
    FileKind kind = FileKind::not_read;
    const Entry* entry = nullptr;
    std::string_view type;        // what its objects say they are
    std::string_view ignored_as;  // of what is not read: the reason
};
struct Layout {
    std::vector<FoundFile> files;  // by kind, then by path
    bool holds_all = true;         // nothing stands outside the export's folder
};
/// Empty where no folder holds such files, or several do.
[[nodiscard]] Layout lay_out(const Source& source);

/// What an address of an issue, a comment ... tells.
struct Address {
    std::string repository;  // "owner/name", case folded
    std::string shown;       // "Owner/name"
    std::string id;          // "issues/2", "pull/8", "discussions/1", or what stands behind "#": unique in the repository
};
[[nodiscard]] std::optional<Address> parse_address(std::string_view url);
/// "https://github.com/ann" -> "ann"; case folded. Empty for no address of an account.
[[nodiscard]] std::string parse_login(std::string_view url);
/// "dependabot[bot]", "https://github.com/apps/..." and their like.
[[nodiscard]] bool is_robot(std::string_view url);

}  // namespace secateur::github

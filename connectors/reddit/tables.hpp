// SPDX-License-Identifier: GPL-3.0-or-later
// Which files of a Reddit data request are read, by what names they go, which columns make them what they are; and what stands
// in single cells: dates, addresses, names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "model/record.hpp"

namespace secateur::reddit {

enum class Table {
    statistics,
    subscribed,
    moderated,
    approved,
    posts,
    comments,
    post_votes,
    comment_votes,
    messages,
    chat,
    friends,
    not_read,
};

struct FoundFile {
    Table table = Table::not_read;
    const Entry* entry = nullptr;
    std::string_view ignored_as;  // of what is not read: the reason
};

/// The tables of the one folder that holds them.
struct Layout {
    std::vector<FoundFile> files;  // by table, then by path
    bool holds_all = true;         // nothing stands outside that folder or deeper in it
    [[nodiscard]] const FoundFile* find(Table table) const;
};
/// Empty where no folder holds a table by Reddit's names, or several do.
[[nodiscard]] Layout lay_out(const Source& source);

/// How sure these columns are to be that table of Reddit's: not at all, by columns others could have too, or beyond doubt.
enum class Fit { none, weak, strong };
[[nodiscard]] Fit fit(Table table, const std::vector<std::string>& columns);

/// "2024-05-02 18:11:04 UTC", "2024-05-02T18:11:04Z".
[[nodiscard]] std::optional<Instant> parse_date(std::string_view cell);
/// Nothing said: empty, or the words "registration ip" that stand for a date in some rows.
[[nodiscard]] bool is_undated(std::string_view cell);

/// What the address of a post or comment tells.
struct Permalink {
    std::string subreddit;  // as written, without "r/"; empty: none
    std::string post;       // "1abcd2"
    bool of_user = false;   // on somebody's profile, which is no group
};
[[nodiscard]] Permalink parse_permalink(std::string_view url);

/// Name of a person or subreddit without "/u/", "u/", "/r/", "r/".
[[nodiscard]] std::string_view bare_name(std::string_view name);
/// A profile is written as a subreddit "u_NAME".
[[nodiscard]] bool is_profile(std::string_view subreddit);
/// AutoModerator, the site itself, the account in which moderators speak as one.
[[nodiscard]] bool is_robot(std::string_view name);

}  // namespace secateur::reddit

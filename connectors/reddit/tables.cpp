// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/reddit/tables.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <tuple>
#include <utility>

#include "base/csv.hpp"
#include "base/text.hpp"

namespace secateur::reddit {
namespace {

struct TableName {
    std::string_view stem;
    Table table;
    std::string_view ignored_as = {};
};
constexpr std::array names{
    TableName{"statistics", Table::statistics},
    TableName{"subscribed_subreddits", Table::subscribed},
    TableName{"moderated_subreddits", Table::moderated},
    TableName{"approved_submitter_subreddits", Table::approved},
    TableName{"posts", Table::posts},
    TableName{"comments", Table::comments},
    TableName{"post_votes", Table::post_votes},
    TableName{"comment_votes", Table::comment_votes},
    TableName{"messages", Table::messages},
    TableName{"messages_archive", Table::messages},
    TableName{"chat_history", Table::chat},
    TableName{"friends", Table::friends},
    // The rows of posts, comments and messages once more, without their text.
    TableName{"post_headers", Table::not_read, "header_copy"},
    TableName{"comment_headers", Table::not_read, "header_copy"},
    TableName{"message_headers", Table::not_read, "header_copy"},
    TableName{"saved_posts", Table::not_read, "saved"},
    TableName{"saved_comments", Table::not_read, "saved"},
    TableName{"hidden_posts", Table::not_read, "hidden"},
    TableName{"drafts", Table::not_read, "draft"},
    TableName{"scheduled_posts", Table::not_read, "draft"},
    TableName{"poll_votes", Table::not_read, "poll_vote"},
    TableName{"multireddits", Table::not_read, "multireddit"},
    // Addresses, payments, identity: not opened.
    TableName{"ip_logs", Table::not_read, "private"},
    TableName{"account_gender", Table::not_read, "private"},
    TableName{"birthdate", Table::not_read, "private"},
    TableName{"linked_identities", Table::not_read, "private"},
    TableName{"linked_phone_number", Table::not_read, "private"},
    TableName{"stripe", Table::not_read, "private"},
    TableName{"persona", Table::not_read, "private"},
    TableName{"payouts", Table::not_read, "private"},
    TableName{"purchases", Table::not_read, "private"},
    TableName{"subscriptions", Table::not_read, "private"},  // payments, not subreddits
    TableName{"sensitive_ads_preferences", Table::not_read, "private"},
    TableName{"user_preferences", Table::not_read, "private"},
    TableName{"twitter", Table::not_read, "private"},
};

/// "post_votes_2.csv", "Posts (1).CSV" -> "post_votes", "posts"; empty for what is no CSV.
std::string stem_of(std::string_view file) {
    if (file.size() <= 4 || file[file.size() - 4] != '.') return {};  // most files of a large source end here
    std::string stem = fold_search(file);
    if (!stem.ends_with(".csv")) return {};
    stem.resize(stem.size() - 4);
    const auto drop_number = [&stem](std::string_view open, std::string_view close) {
        if (!stem.ends_with(close)) return;
        const std::string_view body(stem.data(), stem.size() - close.size());
        const std::size_t digits = body.find_last_not_of("0123456789") + 1;
        if (digits < body.size() && body.substr(0, digits).ends_with(open)) stem.resize(digits - open.size());
    };
    drop_number(" (", ")");
    drop_number("_", "");
    std::ranges::replace(stem, ' ', '_');
    return stem;
}

/// Where only the copy of a table without its texts is there, it is what there is.
void read_lone_copies(Layout& layout) {
    for (const auto& [copy, table] : {std::pair("post_headers", Table::posts), std::pair("comment_headers", Table::comments),
                                      std::pair("message_headers", Table::messages)}) {
        if (layout.find(table) != nullptr) continue;
        for (FoundFile& file : layout.files)
            if (stem_of(file.entry->name()) == copy) file.table = table;
    }
}

std::vector<std::string_view> path_parts(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
        const std::size_t slash = url.find('/', scheme + 3);
        url = slash == std::string_view::npos ? std::string_view() : url.substr(slash);
    }
    std::vector<std::string_view> parts;
    for (const std::string_view part : split(url, '/'))
        if (!part.empty()) parts.push_back(part);
    return parts;
}

}  // namespace

const FoundFile* Layout::find(Table table) const {
    const auto found = std::ranges::find(files, table, &FoundFile::table);
    return found == files.end() ? nullptr : &*found;
}

Layout lay_out(const Source& source) {
    std::map<std::string_view, Layout> folders;
    for (const Entry& entry : source.entries()) {
        const std::string stem = stem_of(entry.name());
        const auto known = std::ranges::find(names, std::string_view(stem), &TableName::stem);
        if (known == names.end()) continue;
        folders[entry.folder()].files.push_back({known->table, &entry, known->ignored_as});
    }
    for (auto& [folder, layout] : folders) read_lone_copies(layout);
    std::erase_if(folders, [](const auto& each) {
        return std::ranges::all_of(each.second.files, [](const FoundFile& file) { return file.table == Table::not_read; });
    });
    if (folders.size() != 1) return {};
    auto& [folder, layout] = *folders.begin();
    const std::string inside = folder.empty() ? std::string() : std::string(folder) + "/";
    for (const Entry& entry : source.entries()) {
        const bool is_note = entry.name().ends_with(".md");
        if (!is_note && entry.folder() != folder) layout.holds_all = false;  // the archive is flat
        const bool is_known = std::ranges::find(layout.files, &entry, &FoundFile::entry) != layout.files.end();
        if (!is_note && !is_known && entry.path.starts_with(inside))
            layout.files.push_back({Table::not_read, &entry, "other_file"});
    }
    std::ranges::sort(layout.files, {}, [](const FoundFile& file) { return std::tie(file.table, file.entry->path); });
    return std::move(layout);
}

Fit fit(Table table, const std::vector<std::string>& columns) {
    const CsvHeader header(columns);
    const auto has = [&header](std::initializer_list<std::string_view> wanted) {
        return std::ranges::all_of(wanted, [&header](std::string_view name) { return header.find({name}).has_value(); });
    };
    switch (table) {
        case Table::statistics: return has({"statistic", "value"}) ? Fit::weak : Fit::none;
        case Table::subscribed:
        case Table::moderated:
        case Table::approved: return has({"subreddit"}) ? Fit::weak : Fit::none;
        case Table::posts:
        case Table::comments: return has({"id", "permalink", "date", "subreddit"}) ? Fit::strong : Fit::none;
        case Table::post_votes:
        case Table::comment_votes: return has({"id", "permalink", "direction"}) ? Fit::strong : Fit::none;
        case Table::messages: return has({"id", "permalink", "date", "from", "to"}) ? Fit::strong : Fit::none;
        case Table::chat: return has({"message_id", "created_at", "username", "channel_url"}) ? Fit::strong : Fit::none;
        case Table::friends: return has({"username"}) ? Fit::weak : Fit::none;
        case Table::not_read: break;
    }
    return Fit::none;
}

std::optional<Instant> parse_date(std::string_view cell) {
    cell = trim(cell);
    if (cell.size() > 40) return std::nullopt;
    if (const auto local = parse_local(cell, "%Y-%m-%d %H:%M:%S UTC")) return as_utc(*local);
    const Zone utc = Zone::utc();
    const auto parsed = parse_rfc3339(cell, &utc);
    return parsed ? std::optional(parsed->at) : std::nullopt;
}

bool is_undated(std::string_view cell) {
    cell = trim(cell);
    return cell.empty() || cell == "registration ip";
}

Permalink parse_permalink(std::string_view url) {
    Permalink found;
    const auto parts = path_parts(url);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        if (parts[i] == "comments") found.post = parts[i + 1];
        if (i > 0) continue;
        if (parts[0] == "r") found.subreddit = parts[1];
        found.of_user = parts[0] == "user" || parts[0] == "u" || is_profile(found.subreddit);
    }
    return found;
}

std::string_view bare_name(std::string_view name) {
    name = trim(name);
    for (const std::string_view prefix : {"/u/", "/r/", "u/", "r/"})
        if (name.starts_with(prefix)) return name.substr(prefix.size());
    return name;
}

bool is_profile(std::string_view subreddit) { return subreddit.starts_with("u_") || subreddit.starts_with("U_"); }

bool is_robot(std::string_view name) {
    const std::string folded = fold_name(name);
    return folded == "automoderator" || folded == "reddit" || folded.ends_with("-modteam");
}

}  // namespace secateur::reddit

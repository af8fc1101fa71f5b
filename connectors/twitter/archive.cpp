// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/twitter/archive.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.hpp"

namespace secateur::twitter {
namespace {

constexpr std::size_t longest_assignment = 1024;

struct FileName {
    std::string_view stem;
    FileKind kind;
    std::string_view ignored_as = {};
};
constexpr std::array file_names{
    FileName{"manifest", FileKind::manifest},
    FileName{"account", FileKind::account},
    FileName{"community-tweet", FileKind::communities},
    FileName{"direct-messages-group", FileKind::group_messages},
    FileName{"direct-messages", FileKind::direct_messages},
    FileName{"direct-message", FileKind::direct_messages},       // before 2020
    FileName{"direct-message-group", FileKind::group_messages},  // the same
    FileName{"lists-created", FileKind::lists_created},
    FileName{"lists-subscribed", FileKind::lists_subscribed},
    FileName{"lists-member", FileKind::lists_member},
    FileName{"following", FileKind::following},
    FileName{"tweets", FileKind::not_read, "timeline"},
    FileName{"tweet", FileKind::not_read, "timeline"},
    FileName{"note-tweet", FileKind::not_read, "timeline"},
    FileName{"deleted-tweets", FileKind::not_read, "timeline"},
    FileName{"twitter-circle-tweet", FileKind::not_read, "timeline"},
    FileName{"like", FileKind::not_read, "like"},
    FileName{"follower", FileKind::not_read, "follower"},
    FileName{"tweet-headers", FileKind::not_read, "header_copy"},
    FileName{"deleted-tweet-headers", FileKind::not_read, "header_copy"},
    FileName{"direct-message-headers", FileKind::not_read, "header_copy"},
    FileName{"direct-message-group-headers", FileKind::not_read, "header_copy"},
};

/// "community-tweet-part1.js", "Community_Tweet (1).js" -> "community-tweet"; empty for what is no script.
std::string stem_of(std::string_view file) {
    if (file.size() <= 3 || file[file.size() - 3] != '.') return {};  // most files of a large source end here
    std::string stem = fold_search(file);
    if (!stem.ends_with(".js")) return {};
    stem.resize(stem.size() - 3);
    std::ranges::replace(stem, '_', '-');
    if (const std::size_t copy = stem.find(" ("); copy != std::string::npos) stem.resize(copy);
    if (const std::size_t part = stem.rfind("-part");
        part != std::string::npos && stem.find_first_not_of("0123456789", part + 5) == std::string::npos)
        stem.resize(part);
    return stem;
}

/// Where the JSON begins; nothing when there is no assignment.
std::optional<std::size_t> behind_assignment(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos || text[first] == '[' || text[first] == '{') return std::nullopt;
    const std::size_t sign = text.substr(0, longest_assignment).find('=');
    return sign == std::string_view::npos ? std::nullopt : std::optional(sign + 1);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

}  // namespace

Layout lay_out(const Source& source) {
    std::map<std::string_view, Layout> folders;
    for (const Entry& entry : source.entries()) {
        const std::string stem = stem_of(entry.name());
        const auto known = std::ranges::find(file_names, std::string_view(stem), &FileName::stem);
        if (stem.empty() || known == file_names.end()) continue;
        folders[entry.folder()].files.push_back({known->kind, &entry, known->ignored_as});
    }
    std::erase_if(folders, [](const auto& each) {
        return std::ranges::all_of(each.second.files, [](const FoundFile& file) { return file.kind == FileKind::not_read; });
    });
    if (folders.size() != 1) return {};
    auto& [folder, layout] = *folders.begin();
    // "data/" stands beside the page that shows the archive, and its pictures.
    const bool in_data = folder == "data" || folder.ends_with("/data");
    const std::string_view above = in_data ? folder.substr(0, folder.size() - std::min(folder.size(), std::size_t{5})) : folder;
    const std::string inside = above.empty() ? std::string() : std::string(above) + "/";
    for (const Entry& entry : source.entries())
        if (!entry.path.starts_with(inside) && !entry.name().ends_with(".md")) layout.holds_all = false;
    std::ranges::sort(layout.files, {}, [](const FoundFile& file) { return std::tie(file.kind, file.entry->path); });
    return std::move(layout);
}

AssignedJson::AssignedJson(ByteStream& inner) : inner_(inner), rest_(longest_assignment, '\0') {
    std::size_t filled = 0;
    while (filled < rest_.size()) {
        const std::size_t got = inner_.read(std::span(rest_).subspan(filled));
        if (got == 0) break;
        filled += got;
    }
    rest_.resize(filled);
    skipped_ = given_ = behind_assignment(rest_).value_or(0);
}

std::size_t AssignedJson::read(std::span<char> buffer) {
    if (given_ == rest_.size()) return inner_.read(buffer);
    const std::size_t count = std::min(buffer.size(), rest_.size() - given_);
    std::copy_n(rest_.data() + given_, count, buffer.data());
    given_ += count;
    return count;
}

std::string_view assigned_json(std::string_view text) { return text.substr(behind_assignment(text).value_or(0)); }

std::optional<Instant> parse_tweet_date(std::string_view text) {
    const auto local = parse_local(trim(text), "%a %b %d %H:%M:%S +0000 %Y");
    return local ? as_utc(*local) : std::nullopt;
}

std::string tweet_text(JsonValue tweet) {
    std::string text(tweet["full_text"] ? tweet["full_text"].string() : tweet["text"].string());
    for (const JsonValue link : tweet["entities"]["urls"])
        if (!link["url"].string().empty() && !link["expanded_url"].string().empty())
            replace_all(text, link["url"].string(), link["expanded_url"].string());
    replace_all(text, "&lt;", "<");
    replace_all(text, "&gt;", ">");
    replace_all(text, "&amp;", "&");
    return text;
}

std::optional<ListAddress> parse_list(std::string_view url) {
    const std::size_t host = url.find("://");
    if (host == std::string_view::npos) return std::nullopt;
    std::vector<std::string_view> parts;
    for (const std::string_view part : split(url.substr(host + 3, url.find_first_of("?#") - host - 3), '/'))
        if (!part.empty()) parts.push_back(part);
    // twitter.com/<owner>/lists/<list>, x.com/i/lists/<list>
    if (parts.size() < 4 || parts[2] != "lists") return std::nullopt;
    return ListAddress{parts[1] == "i" ? std::string() : std::string(parts[1]), std::string(parts[3])};
}

}  // namespace secateur::twitter

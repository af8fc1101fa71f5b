// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/usenet/articles.hpp"

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur::usenet {
namespace {

constexpr std::size_t most_newsgroups = 50;  // of one article; more is flooding
constexpr std::size_t longest_name = 200;

bool is_newsgroup(std::string_view name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '&';
    };
    return !name.empty() && name.size() <= longest_name && std::ranges::all_of(name, fits) && name.front() != '.' &&
        name.back() != '.';
}

/// "comp/lang/c" as "comp.lang.c"
std::string dotted(std::string_view folder) {
    std::string name = ascii_lowered(folder);
    std::ranges::replace(name, '/', '.');
    return name;
}

bool is_subscriptions(std::string_view name) {
    return name == "newsrc" || name.starts_with("newsrc-") || name.ends_with(".newsrc") || name == ".jnewsrc" ||
        name.ends_with(".rc");
}

bool is_index(std::string_view name) {
    constexpr std::string_view known[] = {"active", "newsgroups", "history", ".newsauth", ".overview", "active.times",
                                          "hostinfo.dat",
                                          "readme.md", "groupinfo", ".outgoing", "interesting.groups", "leaf.node"};
    return std::ranges::find(known, name) != std::end(known) || name.ends_with(".msf") || name.ends_with(".overview") ||
           name.ends_with(".lock") || name.ends_with(".dat");
}

}  // namespace

Layout layout_of(const Source& source) {
    Layout layout;
    std::vector<const Entry*> maybe;
    for (const Entry& entry : source.entries()) {
        const std::string name = ascii_lowered(entry.name());
        if (std::ranges::all_of(name, is_digit)) {
            layout.files.push_back({.entry = entry, .form = LetterForm::letter});
        } else if (is_subscriptions(name)) {
            layout.subscriptions.push_back(entry);
        } else if (is_index(name)) {
            ++layout.indexes;
        } else if (name.ends_with(".mbox") || name.ends_with(".mbx") || name.ends_with(".mbox.gz") || name.ends_with(".txt")) {
            layout.files.push_back({.entry = entry, .form = LetterForm::mbox});
        } else if (is_newsgroup(name)) {
            maybe.push_back(&entry);  // "comp.lang.c", or "photo.jpg"
        } else {
            ++layout.strangers;
        }
    }
    constexpr std::string_view foreign[] = {".jpg", ".png",  ".json", ".csv", ".html", ".htm", ".zip", ".gz", ".pdf", ".js",
                                            ".xml",
                                            ".eml", ".xlsx", ".docx", ".mp4", ".mp3",  ".log", ".ics", ".vcf", ".db", ".toml",
                                                ".md"};
    for (const Entry* each : maybe) {
        const std::string name = ascii_lowered(each->name());
        if (std::ranges::any_of(foreign, [&](std::string_view ending) { return name.ends_with(ending); })) ++layout.strangers;
        else layout.files.push_back({.entry = *each, .form = LetterForm::mbox});
    }
    std::ranges::sort(layout.files, {}, [](const LetterFile& each) { return each.entry.path; });
    return layout;
}

std::vector<std::string> newsgroups_of(const Letter& article) {
    std::vector<std::string> found;
    for (const std::string_view each : split(article.header("newsgroups"), ',')) {
        std::string name = ascii_lowered(trim(each));
        if (!is_newsgroup(name) || std::ranges::find(found, name) != found.end()) continue;
        if (found.size() < most_newsgroups) found.push_back(std::move(name));
    }
    return found;
}

std::string named_in(std::string_view path, const std::vector<std::string>& newsgroups) {
    std::string best;
    const std::string whole = "." + dotted(path) + ".";
    for (const std::string& each : newsgroups)
        if (each.size() > best.size() && whole.find("." + each + ".") != std::string::npos) best = each;
    return best;
}

std::optional<Subscription> parse_subscription(std::string_view line) {
    line = trim(line);
    const std::size_t mark = line.find_first_of(":!");
    if (mark == std::string_view::npos) return std::nullopt;
    Subscription found{.newsgroup = ascii_lowered(line.substr(0, mark)), .is_subscribed = line[mark] == ':'};
    if (!is_newsgroup(found.newsgroup)) return std::nullopt;
    const std::string_view ranges = trim(line.substr(mark + 1));
    const auto fits = [](char c) { return is_digit(c) || c == '-' || c == ',' || c == ' '; };
    if (!std::ranges::all_of(ranges, fits)) return std::nullopt;
    // "1" and "0" are what readers write for a newsgroup never opened.
    found.has_read = !ranges.empty() && ranges != "0" && ranges != "1" && ranges != "1-1";
    return found;
}

}  // namespace secateur::usenet

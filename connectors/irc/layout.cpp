// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/irc/layout.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur::irc {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

/// "2026-01-01" or "20260101" with no digit around it.
struct FoundDay {
    Date day;
    std::size_t at = 0, length = 0;
};
std::optional<FoundDay> day_in(std::string_view text) {
    const auto digits = [&](std::size_t at, std::size_t count) {
        return at + count <= text.size() && std::ranges::all_of(text.substr(at, count), is_digit);
    };
    for (std::size_t at = 0; at + 8 <= text.size(); ++at) {
        if (!digits(at, 4) || (at > 0 && is_digit(text[at - 1]))) continue;
        const bool dashed = digits(at + 5, 2) && digits(at + 8, 2) && text[at + 4] == text[at + 7] &&
                            std::string_view("-._").find(text[at + 4]) != std::string_view::npos;
        const std::size_t length = dashed ? 10 : 8;
        if ((!dashed && !digits(at, 8)) || digits(at + length, 1)) continue;
        const std::string year(text.substr(at, 4)), month(text.substr(at + (dashed ? 5 : 4), 2));
        const std::string day(text.substr(at + (dashed ? 8 : 6), 2));
        if (const auto date = parse_date(year + "-" + month + "-" + day))
            return FoundDay{.day = *date, .at = at, .length = length};
    }
    return std::nullopt;
}

/// The name without the day and what joins the two.
std::string without_day(std::string_view text) {
    const auto day = day_in(text);
    if (!day) return std::string(text);
    std::string_view before = text.substr(0, day->at), after = text.substr(day->at + day->length);
    while (!before.empty() && std::string_view("-_. ").find(before.back()) != std::string_view::npos) before.remove_suffix(1);
    return std::string(before) + std::string(after);
}

std::string_view without_ending(std::string_view name) {
    for (const std::string_view ending : {".log.html", ".weechatlog", ".irclog", ".html", ".htm", ".log", ".txt"})
        if (name.size() > ending.size() && ascii_lowered(name).ends_with(ending)) return name.substr(0, name.size() - ending.size());
    return name;
}

bool is_generic(std::string_view folder) {
    return is_one_of(ascii_lowered(folder), {"", "logs", "log", "irclogs", "irc", "users", "networks", "moddata", "scrollback",
                                       "weechat",
                                       ".weechat", "irssi", ".irssi", "hexchat", "xchat2", "znc", "downloads", "export",
                                       "archive", "archives"});
}

/// What the names of folders and file say, the nearest first.
void describe(const Source& source, LogFile& file) {
    std::vector<std::string_view> folders = split(file.entry.path, '/');
    const std::string stem = percent_decode(without_ending(folders.back()));
    folders.pop_back();
    const auto network_above = [&](std::size_t skip) {
        if (folders.size() <= skip) return std::string();
        const std::string_view folder = folders[folders.size() - 1 - skip];
        return is_generic(folder) ? std::string() : ascii_lowered(folder);
    };
    if (const auto day = day_in(stem)) file.day = day->day;
    std::string name = without_day(stem);
    const std::size_t hash = name.find('#');
    if (name.starts_with("irc.") && name.find('.', 4) != std::string::npos) {  // WeeChat: "irc.libera.#pov"
        const std::size_t dot = name.find('.', 4);
        file.network = ascii_lowered(std::string_view(name).substr(4, dot - 4));
        name = name.substr(dot + 1);
    } else if (hash != std::string::npos && hash > 1) {  // "Libera-#pov", "user_libera_#pov"
        std::string_view before = std::string_view(name).substr(0, hash);
        before = before.substr(0, before.find_last_not_of("-_.") + 1);
        file.network = ascii_lowered(before.substr(before.find_last_of("-_.") + 1));
        name = name.substr(hash);
    } else if (name.empty() && !folders.empty()) {  // ZNC: "libera/#pov/2026-01-01.log"
        name = percent_decode(folders.back());
        file.network = network_above(1);
    } else {
        file.network = network_above(0);
    }
    if (name.empty()) name = without_day(source.stem());
    file.names_channel = name.starts_with('#') || name.starts_with('&');
    file.name = name;
}

}  // namespace

Layout layout_of(const Source& source) {
    Layout layout;
    for (const Entry& entry : source.entries()) {
        const std::string name = ascii_lowered(entry.name());
        const bool is_note = name == "readme.md" || name.starts_with('.');
        if (is_note || name.starts_with("core.weechat") || name.starts_with("irc.server.")) {
            ++layout.others;
            continue;
        }
        const std::size_t dot = name.rfind('.');
        const std::string ending = dot == std::string::npos ? std::string() : name.substr(dot);
        const bool fits = is_one_of(ending, {"", ".log", ".weechatlog", ".irclog", ".txt", ".html", ".htm"});
        if (!fits && name.find('#') == std::string::npos) {
            ++layout.strangers;
            continue;
        }
        LogFile file;
        file.entry = entry;
        file.is_page = ending == ".html" || ending == ".htm";
        describe(source, file);
        layout.files.push_back(std::move(file));
    }
    return layout;
}

}  // namespace secateur::irc

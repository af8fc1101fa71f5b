// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/vk/archive.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/text.hpp"

namespace secateur::vk {
namespace {

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// "comments50.html" -> 50 for the stem "comments"; also "comments.html".
std::optional<std::uint64_t> page_number(std::string_view name, std::string_view stem) {
    constexpr std::string_view ending = ".html";
    if (!name.starts_with(stem) || !name.ends_with(ending) || name.size() < stem.size() + ending.size()) return std::nullopt;
    const std::string_view digits = name.substr(stem.size(), name.size() - stem.size() - ending.size());
    if (digits.empty()) return 0;
    if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    const auto number = parse_integer(digits);
    return number ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
}

Page page_of(const Entry& entry) {
    const std::string_view name = entry.name(), folder = last_part(entry.folder());
    const std::string_view parent = entry.folder().substr(0, entry.folder().size() - folder.size());
    const std::string_view above = parent.empty() ? parent : last_part(parent.substr(0, parent.size() - 1));
    Page page{.entry = &entry};
    const auto is = [&](std::string_view stem, PageKind kind) {
        const auto number = page_number(name, stem);
        if (!number) return false;
        page.number = *number;
        page.kind = kind;
        return true;
    };
    if (name == "index-messages.html") {
        page.kind = PageKind::message_index;
    } else if (folder == "profile") {
        if (name == "page-info.html") page.kind = PageKind::profile;
        else if (!is("subscriptions", PageKind::subscriptions)) static_cast<void>(is("friends", PageKind::friends));
    } else if (folder == "comments") {
        static_cast<void>(is("comments", PageKind::comments));
    } else if (folder == "likes" && name.ends_with(".html")) {
        page.kind = PageKind::likes;
    } else if (above == "messages" && is("messages", PageKind::messages)) {
        page.peer = folder;
    }
    return page;
}

std::string_view digits_of(std::string_view text) { return text.substr(0, text.find_first_not_of("0123456789")); }

std::string_view parameter(std::string_view address, std::string_view name) {
    for (std::size_t at = address.find(name); at != std::string_view::npos; at = address.find(name, at + 1)) {
        const char before = at == 0 ? ' ' : address[at - 1];
        if ((before == '?' || before == '&') && address.substr(at + name.size()).starts_with('='))
            return digits_of(address.substr(at + name.size() + 1));
    }
    return {};
}

}  // namespace

bool Archive::has(PageKind kind) const { return std::ranges::find(pages, kind, &Page::kind) != pages.end(); }

Archive list_archive(const Source& source) {
    Archive archive;
    for (const Entry& entry : source.entries()) {
        if (!entry.path.ends_with(".html")) continue;
        Page page = page_of(entry);
        if (page.kind == PageKind::other) ++archive.unread;
        else archive.pages.push_back(std::move(page));
    }
    std::ranges::stable_sort(archive.pages, {}, [](const Page& page) { return std::tuple(page.kind, page.peer, page.number); });
    return archive;
}

std::string Address::key() const {
    if (kind == Kind::named) return name;
    if (owner > 0) return "id" + std::to_string(owner);
    return owner < 0 ? "club" + std::to_string(-owner) : std::string();
}

Address parse_address(std::string_view address) {
    Address found;
    const std::size_t host = address.find("vk.com/");
    if (host == std::string_view::npos) return found;
    const std::string_view path = address.substr(host + 7);
    const std::string_view slug = path.substr(0, path.find_first_of("?#/"));
    const auto number_after = [](std::string_view text, std::string_view word) -> std::optional<std::int64_t> {
        if (!text.starts_with(word)) return std::nullopt;
        const std::string_view digits = text.substr(word.size());
        return digits.empty() || digits_of(digits) != digits ? std::nullopt : parse_integer(digits);
    };
    if (const auto person = number_after(slug, "id")) {
        found.kind = Address::person;
        found.owner = *person;
        return found;
    }
    for (const std::string_view word : {"club", "public", "event"})
        if (const auto community = number_after(slug, word)) {
            found.kind = Address::community;
            found.owner = -*community;
            return found;
        }
    for (const std::string_view word : {"wall", "topic", "photo", "video", "market", "product", "clip", "article"}) {
        if (!slug.starts_with(word)) continue;
        std::string_view rest = slug.substr(word.size());
        const bool negative = rest.starts_with('-');
        if (negative) rest.remove_prefix(1);
        const std::string_view owner = digits_of(rest);
        rest.remove_prefix(owner.size());
        const auto number = parse_integer(owner);
        if (owner.empty() || !number || !rest.starts_with('_')) continue;
        found.kind = Address::post;
        found.owner = negative ? -*number : *number;
        found.item = std::string(word) + std::string(digits_of(rest.substr(1)));
        found.reply = parameter(path, "reply");
        if (found.reply.empty()) found.reply = parameter(path, "post");  // of a topic
        found.thread = parameter(path, "thread");
        return found;
    }
    if (!slug.empty()) {
        found.kind = Address::named;
        found.name = slug;
    }
    return found;
}

std::optional<LocalTime> parse_vk_time(std::string_view text) {
    constexpr std::array<std::array<std::string_view, 4>, 12> months{{{"янв", "jan", "січ", "jan"},
                                                                      {"фев", "feb", "лют", "feb"},
                                                                      {"мар", "mar", "бер", "mar"},
                                                                      {"апр", "apr", "кві", "apr"},
                                                                      {"мая", "may", "тра", "май"},
                                                                      {"июн", "jun", "чер", "jun"},
                                                                      {"июл", "jul", "лип", "jul"},
                                                                      {"авг", "aug", "сер", "aug"},
                                                                      {"сен", "sep", "вер", "sep"},
                                                                      {"окт", "oct", "жов", "oct"},
                                                                      {"ноя", "nov", "лис", "nov"},
                                                                      {"дек", "dec", "гру", "dec"}}};
    if (text.size() > 80) return std::nullopt;
    const std::string folded = fold_name(text);
    LocalTime local;
    bool has_time = false;
    std::optional<bool> afternoon;
    for (const std::string_view word : split(folded, ' ')) {
        if (word.find(':') != std::string_view::npos) {
            const auto parts = split(word, ':');
            const auto hour = parse_integer(parts[0]), minute = parse_integer(parts[1]);
            const auto second = parts.size() == 3 ? parse_integer(parts[2]) : std::optional<std::int64_t>(0);
            if (has_time || parts.size() > 3 || !hour || !minute || !second || *hour < 0 || *hour > 23 || *minute < 0 ||
                *minute > 59 ||
                *second < 0 || *second > 60)
                return std::nullopt;
            local.hour = static_cast<unsigned>(*hour);
            local.minute = static_cast<unsigned>(*minute);
            local.second = static_cast<unsigned>(*second);
            has_time = true;
        } else if (const auto number = parse_integer(word); number && *number > 0) {
            if (local.day == 0 && *number <= 31) local.day = static_cast<unsigned>(*number);
            else if (local.year == 0 && *number >= 1000 && *number <= 9999) local.year = static_cast<int>(*number);
            else return std::nullopt;
        } else if (word == "am" || word == "pm") {
            afternoon = word == "pm";
        } else if (local.month == 0) {
            for (std::size_t month = 0; month < months.size(); ++month)
                for (const std::string_view begin : months[month])
                    if (word.starts_with(begin)) local.month = static_cast<unsigned>(month) + 1;
        }
    }
    if (afternoon) {
        if (local.hour > 12 || local.hour == 0) return std::nullopt;
        local.hour = local.hour % 12 + (*afternoon ? 12 : 0);
    }
    if (!has_time || local.month == 0 || !as_utc(local)) return std::nullopt;
    return local;
}

}  // namespace secateur::vk

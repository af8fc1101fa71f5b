// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/support.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"

namespace secateur {
namespace {

bool same_phone(std::string_view a, std::string_view b) {
    const auto digits = [](std::string_view text) {
        std::string kept;
        for (const char c : text)
            if (c >= '0' && c <= '9') kept += c;
        return kept;
    };
    const std::string left = digits(a), right = digits(b);
    // The last nine digits: "+32 460 00 11 22" and "0460 00 11 22" are one number.
    return left.size() >= 9 && right.size() >= 9 && left.substr(left.size() - 9) == right.substr(right.size() - 9);
}

std::string_view without_at(std::string_view handle) {
    return handle.starts_with('@') ? handle.substr(1) : handle;
}

bool looks_like_phone(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) >= 9 &&
           std::ranges::none_of(text, [](unsigned char c) { return std::isalpha(c) != 0; });
}

}  // namespace

bool Identities::match(std::string_view shown) const {
    const std::string folded = fold_name(shown);
    if (folded.empty()) return false;
    const auto equal = [&](const std::string& each) { return fold_name(each) == folded; };
    if (std::ranges::any_of(names, equal) || std::ranges::any_of(emails, equal)) return true;
    if (std::ranges::any_of(ids, [&](const std::string& each) { return each == shown; })) return true;
    if (std::ranges::any_of(handles, [&](const std::string& each) {
            return fold_name(without_at(each)) == without_at(folded);
        }))
        return true;
    return looks_like_phone(shown) && std::ranges::any_of(phones, [&](const std::string& each) { return same_phone(each, shown); });
}

std::optional<Instant> export_date_in_name(std::string_view name, const std::optional<Zone>& zone) {
    const auto digit = [&](std::size_t i) { return i < name.size() && name[i] >= '0' && name[i] <= '9'; };
    const auto number = [&](std::size_t at, std::size_t count) { return static_cast<int>(*parse_integer(name.substr(at, count))); };
    const auto digits = [&](std::size_t at, std::size_t count) {
        for (std::size_t i = at; i < at + count; ++i)
            if (!digit(i)) return false;
        return true;
    };
    const auto dash = [&](std::size_t i) { return i < name.size() && (name[i] == '-' || name[i] == '_' || name[i] == '.'); };
    for (std::size_t i = 0; i + 10 <= name.size(); ++i) {
        if ((i > 0 && digit(i - 1)) || digit(i + 10)) continue;
        LocalTime day{.hour = 23, .minute = 59, .second = 59};
        if (digits(i, 4) && dash(i + 4) && digits(i + 5, 2) && dash(i + 7) && digits(i + 8, 2)) {
            day.year = number(i, 4), day.month = static_cast<unsigned>(number(i + 5, 2)), day.day = static_cast<unsigned>(number(i + 8, 2));
        } else if (digits(i, 2) && dash(i + 2) && digits(i + 3, 2) && dash(i + 5) && digits(i + 6, 4)) {
            day.month = static_cast<unsigned>(number(i, 2)), day.day = static_cast<unsigned>(number(i + 3, 2)), day.year = number(i + 6, 4);
        } else {
            continue;
        }
        if (day.year < 2000 || day.year > 2200) continue;
        if (const auto at = (zone ? *zone : Zone::utc()).to_instant(day)) return at;
    }
    return std::nullopt;
}

std::optional<Instant> export_instant(const Source& source, const std::optional<Zone>& zone) {
    if (const auto named = export_date_in_name(source.stem(), zone)) return named;
    if (!source.entries().empty())
        if (const auto named = export_date_in_name(source.entries().front().folder(), zone)) return named;
    return source.newest_modification();
}

std::string actor_handle(std::string_view address) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (address.starts_with(scheme)) {
            address.remove_prefix(scheme.size());
            while (address.ends_with('/')) address.remove_suffix(1);
            const auto host = address.find('/'), name = address.rfind('/');
            if (host == std::string_view::npos || host == 0) return {};
            const std::string written = percent_decode(without_at(address.substr(name + 1)));
            return written.empty() ? std::string() : written + "@" + fold_name(address.substr(0, host));
        }
    return {};
}

Problem refusal(Message reason, Location where, Message hint) {
    return Problem{.kind = ErrorKind::input, .reason = std::move(reason), .where = std::move(where), .hint = std::move(hint)};
}

}  // namespace secateur

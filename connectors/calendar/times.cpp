// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/calendar/times.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "connectors/calendar/recurrence.hpp"

namespace secateur::calendar {
namespace {

using std::chrono::seconds;

constexpr std::size_t most_changes = 4'000;
// Of the changes of a clock: Outlook's rules begin in 1601, no meeting does. A leap year, so that each day of a rule is in it.
constexpr int first_rule_year = 1972, last_rule_year = 2'060;

/// Digits at a place; nothing when one of them is none.
std::optional<unsigned> number_at(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return std::nullopt;
    unsigned value = 0;
    for (const char c : text.substr(at, count)) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

struct WindowsZone {
    std::string_view windows, iana;
};
// Names that Outlook and Exchange write; those of the zones where its users mostly live, since they nearly always bring their rules along.
constexpr std::array windows_zones{
    WindowsZone{"Romance Standard Time", "Europe/Paris"},          WindowsZone{"W. Europe Standard Time", "Europe/Berlin"},
    WindowsZone{"Central Europe Standard Time", "Europe/Budapest"}, WindowsZone{"Central European Standard Time", "Europe/Warsaw"},
    WindowsZone{"GMT Standard Time", "Europe/London"},             WindowsZone{"Greenwich Standard Time", "Atlantic/Reykjavik"},
    WindowsZone{"E. Europe Standard Time", "Europe/Chisinau"},     WindowsZone{"FLE Standard Time", "Europe/Kiev"},
    WindowsZone{"GTB Standard Time", "Europe/Bucharest"},          WindowsZone{"Russian Standard Time", "Europe/Moscow"},
    WindowsZone{"Turkey Standard Time", "Europe/Istanbul"},        WindowsZone{"Morocco Standard Time", "Africa/Casablanca"},
    WindowsZone{"W. Central Africa Standard Time", "Africa/Lagos"}, WindowsZone{"South Africa Standard Time", "Africa/Johannesburg"},
    WindowsZone{"Eastern Standard Time", "America/New_York"},      WindowsZone{"Central Standard Time", "America/Chicago"},
    WindowsZone{"Mountain Standard Time", "America/Denver"},       WindowsZone{"Pacific Standard Time", "America/Los_Angeles"},
    WindowsZone{"Atlantic Standard Time", "America/Halifax"},      WindowsZone{"E. South America Standard Time", "America/Sao_Paulo"},
    WindowsZone{"India Standard Time", "Asia/Kolkata"},            WindowsZone{"China Standard Time", "Asia/Shanghai"},
    WindowsZone{"Tokyo Standard Time", "Asia/Tokyo"},              WindowsZone{"Singapore Standard Time", "Asia/Singapore"},
    WindowsZone{"Arabian Standard Time", "Asia/Dubai"},            WindowsZone{"AUS Eastern Standard Time", "Australia/Sydney"},
};

/// "Europe/Paris", also at the end of "/mozilla.org/20050126_1/Europe/Paris" or as Windows calls it.
std::optional<Zone> known_zone(std::string_view name) {
    if (name.size() > 256) return std::nullopt;
    for (std::string_view rest = name; !rest.empty();) {
        if (!rest.starts_with('/'))
            if (auto zone = Zone::find(rest)) return zone;
        const std::size_t slash = rest.find('/');
        if (slash == std::string_view::npos) break;
        rest.remove_prefix(slash + 1);
    }
    const auto found = std::ranges::find(windows_zones, name, &WindowsZone::windows);
    return found == windows_zones.end() ? std::nullopt : Zone::find(found->iana);
}

}  // namespace

std::optional<WrittenTime> parse_time(std::string_view value, std::string_view zone) {
    value = trim(value);
    const auto year = number_at(value, 0, 4), month = number_at(value, 4, 2), day = number_at(value, 6, 2);
    if (!year || !month || !day) return std::nullopt;
    WrittenTime time;
    time.local = {.year = static_cast<int>(*year), .month = *month, .day = *day};
    if (value.size() == 8) {
        time.is_day = true;
    } else {
        const auto hour = number_at(value, 9, 2), minute = number_at(value, 11, 2), second = number_at(value, 13, 2);
        time.is_utc = value.size() == 16 && value[15] == 'Z';
        if ((value[8] != 'T' && value[8] != 't') || !hour || !minute || !second || (value.size() != 15 && !time.is_utc)) return std::nullopt;
        time.local.hour = *hour, time.local.minute = *minute, time.local.second = *second;
        if (!time.is_utc) time.zone = zone;
    }
    if (!as_utc(time.local)) return std::nullopt;
    return time;
}

std::optional<seconds> parse_duration(std::string_view text) {
    text = trim(text);
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    if (!text.starts_with('P') || text.size() > 32) return std::nullopt;
    std::int64_t total = 0, number = 0;
    bool any = false, has_number = false, in_time = false;
    for (const char c : text.substr(1)) {
        if (is_digit(c)) {
            number = number * 10 + (c - '0');
            has_number = true;
            if (number > 100'000'000) return std::nullopt;
            continue;
        }
        if (c == 'T' && !has_number && !in_time) {
            in_time = true;
            continue;
        }
        const std::int64_t unit = c == 'W' && !in_time ? 604'800 : c == 'D' && !in_time ? 86'400 : c == 'H' && in_time ? 3'600 : c == 'M' && in_time ? 60 : c == 'S' && in_time ? 1 : 0;
        if (unit == 0 || !has_number) return std::nullopt;
        total += number * unit;
        number = 0;
        has_number = false;
        any = true;
    }
    if (!any || has_number) return std::nullopt;
    return seconds{is_negative ? -total : total};
}

std::optional<seconds> parse_offset(std::string_view text) {
    text = trim(text);
    if (text.size() != 5 && text.size() != 7) return std::nullopt;
    const auto hours = number_at(text, 1, 2), minutes = number_at(text, 3, 2);
    const auto rest = text.size() == 7 ? number_at(text, 5, 2) : std::optional<unsigned>(0);
    if ((text[0] != '+' && text[0] != '-') || !hours || !minutes || !rest || *hours > 18 || *minutes > 59) return std::nullopt;
    const seconds offset{*hours * 3600 + *minutes * 60 + *rest};
    return text[0] == '-' ? -offset : offset;
}

void CustomZone::Part::take(const ContentLine& line) {
    if (line.name == "TZOFFSETFROM") before = parse_offset(line.value);
    else if (line.name == "TZOFFSETTO") after = parse_offset(line.value);
    else if (line.name == "RRULE") rule = line.value;
    else if (line.name == "DTSTART") {
        if (const auto time = parse_time(line.value)) start = time->local;
    } else if (line.name == "RDATE") {
        for (const std::string_view each : split(line.value, ','))
            if (const auto time = parse_time(each); time && dates.size() < most_changes) dates.push_back(time->local);
    }
}

void CustomZone::add(const Part& part) {
    if (!part.start || !part.before || !part.after) return;
    const auto rule = Recurrence::parse(part.rule);
    const auto until = rule ? parse_time(rule->until()) : std::nullopt;
    const auto change = [&](const LocalTime& local) {
        const auto wall = as_utc(local);
        if (!wall || changes_.size() >= most_changes) return Flow::stop;
        if (until && *wall - *part.before > *as_utc(until->local)) return Flow::stop;
        changes_.push_back({*wall, *part.before, *part.after});
        return Flow::proceed;
    };
    LocalTime start = *part.start;
    if (rule) start.year = std::max(start.year, first_rule_year);
    if (rule) rule->expand(start, {.year = last_rule_year, .month = 12, .day = 31}, change);
    else (void)change(start);
    for (const LocalTime& each : part.dates) (void)change(each);
    std::ranges::stable_sort(changes_, {}, &Change::wall);
}

std::optional<Instant> CustomZone::to_instant(const LocalTime& local) const {
    const auto wall = as_utc(local);
    if (!wall || changes_.empty()) return std::nullopt;
    // An hour that the clock shows twice lies before its change: the earlier instant.
    const auto next = std::ranges::upper_bound(changes_, *wall, {}, &Change::wall);
    return *wall - (next == changes_.begin() ? next->before : std::prev(next)->after);
}

const Clock::Found& Clock::find(const std::string& name) {
    const auto [place, is_new] = found_.try_emplace(name);
    if (is_new) {
        place->second.zone = known_zone(name);
        const auto custom = custom_.find(name);
        if (!place->second.zone && custom != custom_.end() && !custom->second.is_empty()) place->second.custom = &custom->second;
    }
    return place->second;
}

std::optional<When> Clock::read(const WrittenTime& time) {
    const auto made = [&](std::optional<Instant> at, TimeBasis basis) -> std::optional<When> {
        if (!at) return std::nullopt;
        return When{.at = *at, .precision = time.is_day ? Precision::day : Precision::second, .basis = basis, .written = {}};
    };
    if (time.is_day || time.is_utc) return made(as_utc(time.local), TimeBasis::utc);
    for (const std::string* name : std::initializer_list<const std::string*>{&time.zone, &calendar_zone_}) {
        if (name->empty()) continue;
        const Found& found = find(*name);
        if (found.zone) return made(found.zone->to_instant(time.local), TimeBasis::offset);
        if (found.custom != nullptr) return made(found.custom->to_instant(time.local), TimeBasis::offset);
        if (unknown_zone_.empty()) unknown_zone_ = *name;
    }
    if (profile_zone_) return made(profile_zone_->to_instant(time.local), TimeBasis::local_assumed);
    has_unknown_places_ = true;
    return made(as_utc(time.local), TimeBasis::local_unknown);
}

}  // namespace secateur::calendar

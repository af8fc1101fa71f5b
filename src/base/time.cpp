// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ascii.hpp"
#include "base/time.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <exception>

#include "base/text.hpp"

namespace secateur {
namespace {

using std::chrono::seconds;

constexpr std::array<std::string_view, 12> months = {"january", "february", "march",     "april",   "may",      "june",
                                                     "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> weekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};

/// Reads a text from left to right; every member leaves the text where it was when it finds something else.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

    bool literal(char wanted) {
        if (rest_.empty() || ascii_lower(rest_.front()) != ascii_lower(wanted)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// Between `fewest` and `most` digits.
    template <class Number>
    bool number(Number& value, std::size_t fewest, std::size_t most) {
        std::size_t count = 0;
        Number read = 0;
        while (count < most && count < rest_.size() && is_digit(rest_[count])) {
            read = static_cast<Number>(read * 10 + static_cast<Number>(rest_[count] - '0'));
            ++count;
        }
        if (count < fewest) return false;
        rest_.remove_prefix(count);
        value = read;
        return true;
    }

    void digits() {
        while (!rest_.empty() && is_digit(rest_.front())) rest_.remove_prefix(1);
    }

    /// No-break spaces count: iOS writes one before "PM".
    void spaces() {
        while (!rest_.empty()) {
            const std::size_t length = static_cast<unsigned char>(rest_.front()) < 0x80 ? 1
                                       : rest_.starts_with("\xC2\xA0")                  ? 2
                                                                                        : 3;
            if (length > rest_.size() || !trim(rest_.substr(0, length)).empty()) return;
            rest_.remove_prefix(length);
        }
    }

    /// The place in the list of the name that stands here, whole or as its first three letters ("Sept" too); the list's size
    /// when none does.
    template <std::size_t Count>
    std::size_t name(const std::array<std::string_view, Count>& names) {
        std::size_t letters = 0;
        while (letters < rest_.size() && ascii_lower(rest_[letters]) >= 'a' && ascii_lower(rest_[letters]) <= 'z') ++letters;
        for (std::size_t i = 0; i < Count; ++i) {
            if (letters != 3 && letters != names[i].size() && !(letters == 4 && names[i] == "september")) continue;
            bool same = true;
            for (std::size_t k = 0; k < letters; ++k) same = same && ascii_lower(rest_[k]) == names[i][k];
            if (!same) continue;
            rest_.remove_prefix(letters);
            return i;
        }
        return Count;
    }

    /// "AM", "pm", "a.m.": 'a' or 'p'; 0 for anything else.
    char half_of_day() {
        const std::string_view before = rest_;
        const char half = rest_.empty() ? '\0' : ascii_lower(rest_.front());
        if (half == 'a' || half == 'p') {
            rest_.remove_prefix(1);
            const bool dotted = literal('.');
            if (literal('m') && (!dotted || literal('.'))) return half;
        }
        rest_ = before;
        return '\0';
    }

private:
    std::string_view rest_;
};

struct Fields {
    LocalTime local;
    bool twelve_hours = false;
    char half = '\0';
};

bool read_pattern(Scanner& scanner, std::string_view pattern, Fields& fields) {
    LocalTime& local = fields.local;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == ' ') {
            scanner.spaces();
            continue;
        }
        if (c != '%' || i + 1 == pattern.size()) {
            if (!scanner.literal(c)) return false;
            continue;
        }
        bool read = false;
        switch (pattern[++i]) {
            case 'Y': read = scanner.number(local.year, 4, 4); break;
            case 'y':
                read = scanner.number(local.year, 2, 2);
                local.year += local.year < 69 ? 2000 : 1900;  // as POSIX has it
                break;
            case 'm': read = scanner.number(local.month, 1, 2); break;
            case 'e': scanner.spaces(); [[fallthrough]];
            case 'd': read = scanner.number(local.day, 1, 2); break;
            case 'I':
                fields.twelve_hours = true;
                read = scanner.number(local.hour, 1, 2) && local.hour >= 1 && local.hour <= 12;
                break;
            case 'H': read = scanner.number(local.hour, 1, 2); break;
            case 'M': read = scanner.number(local.minute, 1, 2); break;
            case 'S': read = scanner.number(local.second, 1, 2); break;
            case 'b':
            case 'B':
            case 'h': {
                const std::size_t month = scanner.name(months);
                local.month = static_cast<unsigned>(month) + 1;
                read = month < months.size();
                break;
            }
            case 'a':
            case 'A': read = scanner.name(weekdays) < weekdays.size(); break;
            case 'p':
                fields.half = scanner.half_of_day();
                read = fields.half != '\0';
                break;
            case 'F': read = read_pattern(scanner, "%Y-%m-%d", fields); break;
            case 'T': read = read_pattern(scanner, "%H:%M:%S", fields); break;
            case 'R': read = read_pattern(scanner, "%H:%M", fields); break;
            case 'D': read = read_pattern(scanner, "%m/%d/%y", fields); break;
            case '%': read = scanner.literal('%'); break;
            default: assert(!"a pattern uses a directive that parse_local does not know");
        }
        if (!read) return false;
    }
    return true;
}

/// How far a zone's clock is from UTC, and between which instants that holds.
struct Offset {
    const void* zone = nullptr;
    Instant begin{}, end{};
    seconds value{};
};

/// Records of one source come in time order and in one zone, so the last answer nearly always holds for the next one.
thread_local Offset last_offset;

const date::time_zone& zone_of(const void* zone) { return *static_cast<const date::time_zone*>(zone); }

seconds offset_at(const void* zone, Instant at) {
    if (zone == nullptr) return seconds{0};
    if (last_offset.zone != zone || at < last_offset.begin || at >= last_offset.end) {
        const date::sys_info info = zone_of(zone).get_info(at);
        last_offset = {zone, info.begin, info.end, info.offset};
    }
    return last_offset.value;
}

LocalTime fields_of(Instant local) {
    const Date day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const auto in_day = static_cast<unsigned>((local - day).count());
    return {.year = static_cast<int>(date.year()),
            .month = static_cast<unsigned>(date.month()),
            .day = static_cast<unsigned>(date.day()),
            .hour = in_day / 3600,
            .minute = in_day / 60 % 60,
            .second = in_day % 60};
}

}  // namespace

std::optional<Instant> as_utc(const LocalTime& local) {
    if (local.year < 1 || local.year > 9999 || local.hour > 23 || local.minute > 59 || local.second > 60) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(local.year), std::chrono::month(local.month),
                                           std::chrono::day(local.day)};
    if (local.month > 12 || local.day > 31 || !date.ok()) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(local.hour) + std::chrono::minutes(local.minute) +
           seconds(std::min(local.second, 59U));
}

Zone Zone::utc() { return Zone("UTC", nullptr); }

std::optional<Zone> Zone::find(std::string_view name) {
    if (name == "UTC") return utc();
    // The library takes the name for a path below its folder in some set-ups: nothing that could leave it gets there.
    if (name.empty() || name.front() == '/' || name.find("..") != std::string_view::npos ||
        name.find('\0') != std::string_view::npos)
        return std::nullopt;
    try {
        return Zone(std::string(name), date::locate_zone(std::string(name)));
    } catch (const std::exception&) {
        return std::nullopt;  // no such zone, or no database at all
    }
}

std::optional<Instant> Zone::to_instant(const LocalTime& local) const {
    const std::optional<Instant> clock = as_utc(local);
    if (!clock || zone_ == nullptr) return clock;
    // A day away from the ends of the last period no other period can show this time.
    constexpr std::chrono::days margin{1};
    if (last_offset.zone == zone_) {
        const Instant at = *clock - last_offset.value;
        if (at - margin >= last_offset.begin && at < last_offset.end - margin) return at;
    }
    const date::local_info info = zone_of(zone_).get_info(date::local_seconds(clock->time_since_epoch()));
    // Twice: the first period's offset gives the earlier instant. Never: it gives the time that much after the clock changed.
    const Instant at = *clock - info.first.offset;
    if (info.result == date::local_info::unique) last_offset = {zone_, info.first.begin, info.first.end, info.first.offset};
    return at;
}

LocalTime Zone::to_local(Instant at) const { return fields_of(at + offset_at(zone_, at)); }

std::optional<ParsedTime> parse_rfc3339(std::string_view text, const Zone* zone) {
    Scanner scanner(text);
    LocalTime local;
    if (!scanner.number(local.year, 4, 4) || !scanner.literal('-') || !scanner.number(local.month, 2, 2) ||
        !scanner.literal('-') || !scanner.number(local.day, 2, 2))
        return std::nullopt;
    if (scanner.at_end()) {
        const std::optional<Instant> midnight = as_utc(local);
        if (!midnight) return std::nullopt;
        return ParsedTime{.at = *midnight, .precision = Precision::day, .basis = TimeBasis::utc};
    }
    if ((!scanner.literal('t') && !scanner.literal(' ')) || !scanner.number(local.hour, 2, 2) || !scanner.literal(':') ||
        !scanner.number(local.minute, 2, 2))
        return std::nullopt;
    ParsedTime result;
    result.precision = Precision::minute;  // ISO 8601 lets the seconds go
    if (scanner.literal(':')) {
        if (!scanner.number(local.second, 2, 2)) return std::nullopt;
        result.precision = Precision::second;
        if (scanner.literal('.') || scanner.literal(',')) {
            unsigned first = 0;
            if (!scanner.number(first, 1, 1)) return std::nullopt;
            scanner.digits();
        }
    }
    const std::optional<Instant> clock = as_utc(local);
    if (!clock) return std::nullopt;
    if (scanner.at_end()) {
        if (zone == nullptr) return std::nullopt;
        const std::optional<Instant> at = zone->to_instant(local);
        if (!at) return std::nullopt;
        result.at = *at;
        result.basis = TimeBasis::local_assumed;
        return result;
    }
    result.at = *clock;
    if (scanner.literal('z')) {
        if (!scanner.at_end()) return std::nullopt;
        return result;
    }
    const bool behind = scanner.literal('-');
    if (!behind && !scanner.literal('+')) return std::nullopt;
    int hours = 0, minutes = 0;
    if (!scanner.number(hours, 2, 2)) return std::nullopt;
    if (!scanner.at_end()) {
        scanner.literal(':');
        if (!scanner.number(minutes, 2, 2)) return std::nullopt;
    }
    if (!scanner.at_end() || hours > 23 || minutes > 59) return std::nullopt;
    const seconds offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
    result.at = behind ? *clock + offset : *clock - offset;
    result.basis = TimeBasis::offset;
    return result;
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10) return std::nullopt;
    const std::optional<ParsedTime> parsed = parse_rfc3339(text);
    if (!parsed) return std::nullopt;
    return date_of(parsed->at);
}

std::optional<LocalTime> parse_local(std::string_view text, const char* pattern) {
    Scanner scanner(text);
    Fields fields;
    if (!read_pattern(scanner, pattern, fields) || !scanner.at_end()) return std::nullopt;
    if (fields.twelve_hours && fields.half != '\0') fields.local.hour = fields.local.hour % 12 + (fields.half == 'p' ? 12 : 0);
    if (!as_utc(fields.local)) return std::nullopt;
    return fields.local;
}

std::string format_rfc3339(Instant at) {
    const LocalTime utc = fields_of(at);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second);
}

std::string format_date(Date day) {
    const LocalTime utc = fields_of(day);
    return fmt::format("{:04}-{:02}-{:02}", utc.year, utc.month, utc.day);
}

Date iso_week_monday(Instant at, const Zone& zone) {
    const LocalTime local = zone.to_local(at);
    const Date day = std::chrono::year(local.year) / std::chrono::month(local.month) / std::chrono::day(local.day);
    return day - (std::chrono::weekday(day) - std::chrono::Monday);
}

}  // namespace secateur

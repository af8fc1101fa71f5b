// SPDX-License-Identifier: GPL-3.0-or-later
// Instants are UTC seconds everywhere inside. Platform formats are parsed at the edge by the connectors with these
// functions; the zone is always an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace secateur {

using Instant = std::chrono::sys_seconds;
using Date = std::chrono::sys_days;  // a calendar day, read as midnight UTC

/// Half-open: [begin, end).
struct Period {
    Instant begin;
    Instant end;
    bool operator==(const Period&) const = default;
};

enum class Precision { second, minute, day };
enum class TimeBasis { utc, offset, local_assumed, local_unknown };  // how the written time became UTC

/// A wall clock: what a file says before any zone is known.
struct LocalTime {
    int year = 0;
    unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
    bool operator==(const LocalTime&) const = default;
};
/// Nothing when the fields are no date or no time of day (31 February, 25:00); 24:00 is refused, second 60 read as 59.
[[nodiscard]] std::optional<std::chrono::sys_seconds> as_utc(const LocalTime& local);

/// A time zone of the system's database. Copyable and cheap.
class Zone {
public:
    static Zone utc();
    /// Nothing when the database has no such name ("Europe/Brussels").
    static std::optional<Zone> find(std::string_view name);
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// The earlier instant where the clock shows that time twice; a time skipped by the clock moves forward.
    [[nodiscard]] std::optional<Instant> to_instant(const LocalTime& local) const;
    [[nodiscard]] LocalTime to_local(Instant at) const;
    bool operator==(const Zone& other) const { return name_ == other.name_; }

private:
    Zone(std::string name, const void* zone) : name_(std::move(name)), zone_(zone) {}
    std::string name_;
    const void* zone_;  // date::time_zone, kept out of this header
};

struct ParsedTime {
    Instant at;
    Precision precision = Precision::second;
    TimeBasis basis = TimeBasis::utc;
    bool operator==(const ParsedTime&) const = default;
};
/// RFC 3339 with offset ("2024-05-02T18:11:04Z", "+02:00", lower case and space for T allowed), fractions cut; a bare date
/// has day precision at midnight UTC. A date-time without offset is read in `zone`; without zone: nothing.
[[nodiscard]] std::optional<ParsedTime> parse_rfc3339(std::string_view text, const Zone* zone = nullptr);
/// "2024-05-02" only.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
/// Reads with a date::parse / strptime-like pattern in English month and day names, whole text consumed:
/// "%Y-%m-%d %H:%M:%S", "%d %b %Y", "%a %b %d %H:%M:%S UTC %Y", "%m/%d/%y, %I:%M %p".
[[nodiscard]] std::optional<LocalTime> parse_local(std::string_view text, const char* pattern);

[[nodiscard]] std::string format_rfc3339(Instant at);  // "2024-05-02T18:11:04Z"
[[nodiscard]] std::string format_date(Date day);       // "2024-05-02"
[[nodiscard]] inline Date date_of(Instant at) { return std::chrono::floor<std::chrono::days>(at); }

/// Whole weeks since the epoch (Thursdays): the clock inside P only; shown weeks are ISO weeks.
[[nodiscard]] inline std::int64_t epoch_week(Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count() / 604800;
}
/// Monday of the ISO week, in that zone.
[[nodiscard]] Date iso_week_monday(Instant at, const Zone& zone);

}  // namespace secateur

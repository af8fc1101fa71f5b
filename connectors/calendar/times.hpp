// SPDX-License-Identifier: GPL-3.0-or-later
// Times as iCalendar writes them, and the zones they are in: those of the system, those a file explains itself, those of Windows.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "connectors/content_lines.hpp"
#include "model/record.hpp"

namespace secateur::calendar {

/// A day, or a wall clock: in UTC, in a zone the line names, or wherever the reader is.
struct WrittenTime {
    LocalTime local;
    bool is_day = false;
    bool is_utc = false;
    std::string zone;  // TZID, empty without
};
/// "20240502T101500Z", "20240502T101500", "20240502".
[[nodiscard]] std::optional<WrittenTime> parse_time(std::string_view value, std::string_view zone = {});
/// "PT1H30M", "P2W", "-P1D".
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);
/// "+0130", "-0800", "+013000".
[[nodiscard]] std::optional<std::chrono::seconds> parse_offset(std::string_view text);

/// A VTIMEZONE: the wall clocks at which it changes, and its offset from then on.
class CustomZone {
public:
    struct Part {  // STANDARD or DAYLIGHT
        std::optional<LocalTime> start;
        std::optional<std::chrono::seconds> before, after;
        std::string rule;
        std::vector<LocalTime> dates;
        void take(const ContentLine& line);
    };
    void add(const Part& part);
    [[nodiscard]] bool is_empty() const noexcept { return changes_.empty(); }
    [[nodiscard]] std::optional<Instant> to_instant(const LocalTime& local) const;

private:
    struct Change {
        Instant wall;  // the clock's face read as UTC
        std::chrono::seconds before, after;
    };
    std::vector<Change> changes_;  // sorted
};

/// How the wall clocks of one file become instants.
class Clock {
public:
    Clock(std::map<std::string, CustomZone> custom, std::string calendar_zone, std::optional<Zone> profile_zone)
        : custom_(std::move(custom)), calendar_zone_(std::move(calendar_zone)), profile_zone_(std::move(profile_zone)) {}

    /// Days stand at midnight UTC. Nothing for what no calendar has.
    [[nodiscard]] std::optional<When> read(const WrittenTime& time);
    /// The first zone that nobody knows: its times are read like those without zone. Empty when there is none.
    [[nodiscard]] const std::string& unknown_zone() const noexcept { return unknown_zone_; }
    /// Whether a time without zone was read as UTC, for want of one in the calendar and the profile.
    [[nodiscard]] bool has_unknown_places() const noexcept { return has_unknown_places_; }

private:
    struct Found {
        std::optional<Zone> zone;
        const CustomZone* custom = nullptr;
    };
    const Found& find(const std::string& name);

    std::map<std::string, CustomZone> custom_;
    std::string calendar_zone_;  // X-WR-TIMEZONE
    std::optional<Zone> profile_zone_;
    std::map<std::string, Found> found_;
    std::string unknown_zone_;
    bool has_unknown_places_ = false;
};

}  // namespace secateur::calendar

// SPDX-License-Identifier: GPL-3.0-or-later
// Will I take part in this group again? A probability from my own dates alone, with the parts it is made of, and the clock it is
// read at: where the data of the group stops, so that an old export never looks like silence.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/policy.hpp"
#include "base/time.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"

namespace secateur {

/// Until when the data of a group speak, and how much of it.
struct DataClock {
    Instant now{};                                 // now_g: as_of, or the end of the coverage before it
    CoverageKind kind = CoverageKind::names_only;  // the fullest one that reaches now_g
    bool stale = false;                            // ends long before as_of, or the end is only the group's own last record
    bool end_known = true;                         // false: P never supports keep
};
[[nodiscard]] DataClock data_clock(const GroupHistory& group, Instant as_of, const Policy& policy);

/// Whether the periods of these kinds, together, hold every instant of [begin, end], but for two days at its end.
[[nodiscard]] bool is_covered(const GroupHistory& group, std::initializer_list<CoverageKind> kinds, Instant begin, Instant end);

/// Since when these kinds, together, hold everything up to `now` without a gap; absent when they do not hold `now`.
[[nodiscard]] std::optional<Instant> covered_since(const GroupHistory& group, std::initializer_list<CoverageKind> kinds, Instant now);

/// The formula of docs/scoring.md with its parts.
struct Participation {
    double active_weeks_decayed = 0;      // S
    std::int64_t days_since_here = 0;     // whole days
    std::int64_t days_since_account = 0;  // whole days
    std::optional<std::uint64_t> people;  // others who wrote here in the last 90 days; absent: the conversation is not known
    double z = 0;
    double probability = 0;
    bool operator==(const Participation&) const = default;
};

/// Absent without an act. Acts and account dates after `now` count as of `now`; the order of acts does not matter.
[[nodiscard]] std::optional<Participation> participation(const std::vector<Instant>& acts, std::optional<Instant> account_last,
                                                         Instant now, const Policy& policy,
                                                         std::optional<std::uint64_t> people = {});
/// From parts: what the formula would say with another sum of weeks.
[[nodiscard]] Participation participation_of(double active_weeks_decayed, std::int64_t days_here, std::int64_t days_account,
                                             const Policy& policy, std::optional<std::uint64_t> people = {});
/// Others who wrote in the 90 days before now_g; absent where the whole conversation of these days is not known.
[[nodiscard]] std::optional<std::uint64_t> people_active(const GroupHistory& group, const DataClock& clock);
/// What one active week is worth at `now`, by its epoch week.
[[nodiscard]] double week_weight(std::int64_t week, Instant now, const Policy& policy);

[[nodiscard]] Likelihood likelihood(double probability, const Policy& policy);

/// A habit of the same weeks every year.
struct Season {
    unsigned first_week = 0;  // of the window, counted from 1 January in sevens
    Date until{};             // when the next window has passed
};
/// Present when acts fall in at least two turns of one window of the year, which holds most active weeks, and the last is not
/// too old.
[[nodiscard]] std::optional<Season> season(const std::vector<Instant>& acts, Instant now, Date as_of, const Zone& zone,
                                           const Policy& policy);

/// ISO weeks with an act among the last `weeks`, the running one included.
[[nodiscard]] std::uint64_t active_weeks(const std::vector<Instant>& acts, Instant now, unsigned weeks, const Zone& zone);

/// The calendar day of an instant in a zone.
[[nodiscard]] Date local_date(Instant at, const Zone& zone);

}  // namespace secateur

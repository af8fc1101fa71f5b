// SPDX-License-Identifier: GPL-3.0-or-later
// The rules by which meetings come back (RFC 5545), expanded over wall clocks. Ours, because a library that looks for the next date of
// "every 7 days, on Mondays" from a Tuesday on never comes back; here every search ends at a day that the caller sets.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace secateur::calendar {

class Recurrence {
public:
    /// Nothing for what is no rule of days, weeks, months or years, or uses what calendars do not: BYYEARDAY, BYWEEKNO, several hours a day.
    [[nodiscard]] static std::optional<Recurrence> parse(std::string_view rule);

    /// The UNTIL as written, empty without: an instant, while occurrences are wall clocks, so the caller compares.
    [[nodiscard]] const std::string& until() const noexcept { return until_; }
    /// Visits `first`, whether the rule gives it or not, and what follows by the rule, in order, until COUNT, `last` or a stop.
    void expand(const LocalTime& first, const LocalTime& last, const std::function<Flow(const LocalTime&)>& visit) const;

private:
    enum class Frequency { daily, weekly, monthly, yearly };
    struct DayOfWeek {
        std::chrono::weekday day;
        int ordinal = 0;  // 2: the second; -1: the last; 0: every
    };
    using Days = std::vector<std::chrono::sys_days>;

    bool take(std::string_view name, std::string_view value);
    [[nodiscard]] Days days_of_period(std::chrono::sys_days first, int number) const;
    void add_days_of_month(Days& days, std::chrono::year_month month, unsigned default_day) const;
    void add_weekdays(Days& days, std::chrono::sys_days begin, std::chrono::sys_days end) const;
    [[nodiscard]] bool is_wanted(std::chrono::sys_days day) const;
    [[nodiscard]] bool is_wanted_month_day(std::chrono::year_month_day day) const;
    [[nodiscard]] Days positions_of(const Days& days) const;

    Frequency frequency_ = Frequency::daily;
    int interval_ = 1;
    std::optional<int> count_;
    std::chrono::weekday week_start_ = std::chrono::Monday;
    std::vector<int> months_, month_days_, positions_;
    std::vector<DayOfWeek> weekdays_;
    std::string until_;
};

}  // namespace secateur::calendar

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/calendar/recurrence.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.hpp"
#include "connectors/content_lines.hpp"

namespace secateur::calendar {
namespace {

using namespace std::chrono;

constexpr std::size_t longest_rule = 512;
constexpr int farthest = 60'000;  // periods: more days than from 1970 to 2130

/// Numbers between commas, each from `low` to `high`, or from -high to -low; nothing when one is not.
bool parse_numbers(std::string_view text, int low, int high, bool may_be_negative, std::vector<int>& numbers) {
    for (const std::string_view each : split(text, ',')) {
        const auto number = parse_integer(each);
        if (!number || *number > high || *number < (may_be_negative ? -high : low) || (*number < 0 ? -*number : *number) < low) return false;
        numbers.push_back(static_cast<int>(*number));
    }
    return true;
}

std::optional<weekday> parse_weekday(std::string_view text) {
    constexpr std::array<std::string_view, 7> names{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
    const auto found = std::ranges::find(names, text);
    if (found == names.end()) return std::nullopt;
    return weekday(static_cast<unsigned>(found - names.begin()));
}

bool contains(const std::vector<int>& numbers, int number) { return std::ranges::find(numbers, number) != numbers.end(); }

sys_days last_of(year_month here) { return sys_days(here / std::chrono::last); }

LocalTime at_day(LocalTime time, sys_days day) {
    const year_month_day date(day);
    time.year = static_cast<int>(date.year()), time.month = static_cast<unsigned>(date.month()), time.day = static_cast<unsigned>(date.day());
    return time;
}

sys_days day_of(const LocalTime& time) { return sys_days(year(time.year) / month(time.month) / day(time.day)); }

}  // namespace

std::optional<Recurrence> Recurrence::parse(std::string_view text) {
    const std::string rule = upper_ascii(trim(text));
    if (rule.size() > longest_rule || rule.find("FREQ=") == std::string::npos) return std::nullopt;
    Recurrence found;
    for (const std::string_view part : split(rule, ';')) {
        const std::size_t equals = part.find('=');
        if (part.empty()) continue;
        if (equals == std::string_view::npos || !found.take(part.substr(0, equals), part.substr(equals + 1))) return std::nullopt;
    }
    return found;
}

bool Recurrence::take(std::string_view name, std::string_view value) {
    std::vector<int> numbers;
    const auto number = [&](int low, int high) { return parse_numbers(value, low, high, false, numbers) && numbers.size() == 1; };
    if (name == "FREQ") {
        constexpr std::array<std::string_view, 4> names{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
        const auto found = std::ranges::find(names, value);
        frequency_ = static_cast<Frequency>(found - names.begin());
        return found != names.end();
    }
    if (name == "INTERVAL") return number(1, farthest) && (interval_ = numbers[0], true);
    if (name == "COUNT") return number(1, 1'000'000) && (count_ = numbers[0], true);
    if (name == "BYMONTH") return parse_numbers(value, 1, 12, false, months_);
    if (name == "BYMONTHDAY") return parse_numbers(value, 1, 31, true, month_days_);
    if (name == "BYSETPOS") return parse_numbers(value, 1, 366, true, positions_);
    // One time a day: that of the first, which is all that calendars write here.
    if (name == "BYHOUR" || name == "BYMINUTE" || name == "BYSECOND") return number(0, 59);
    if (name == "UNTIL") {
        until_ = value;
        return true;
    }
    if (name == "WKST") {
        const auto day = parse_weekday(value);
        week_start_ = day.value_or(Monday);
        return day.has_value();
    }
    if (name != "BYDAY") return false;
    for (const std::string_view each : split(value, ',')) {
        if (each.size() < 2) return false;
        const auto day = parse_weekday(each.substr(each.size() - 2));
        const std::string_view ordinal = each.substr(0, each.size() - 2);
        numbers.clear();
        if (!day || (!ordinal.empty() && !parse_numbers(ordinal, 1, 53, true, numbers))) return false;
        weekdays_.push_back({*day, numbers.empty() ? 0 : numbers[0]});
    }
    return true;
}

bool Recurrence::is_wanted_month_day(year_month_day date) const {
    const int from_begin = static_cast<int>(static_cast<unsigned>(date.day()));
    const int from_end = static_cast<int>((sys_days(date) - last_of(date.year() / date.month())).count()) - 1;
    return month_days_.empty() || contains(month_days_, from_begin) || contains(month_days_, from_end);
}

/// What limits a day that another part of the rule gave.
bool Recurrence::is_wanted(sys_days day) const {
    const year_month_day date(day);
    const bool is_weekday = weekdays_.empty() || std::ranges::find(weekdays_, weekday(day), &DayOfWeek::day) != weekdays_.end();
    return is_weekday && is_wanted_month_day(date) && (months_.empty() || contains(months_, static_cast<int>(static_cast<unsigned>(date.month()))));
}

/// The wanted days of the week in [begin, end): all of them, or the ordinal ones.
void Recurrence::add_weekdays(Days& found, sys_days begin, sys_days end) const {
    for (const DayOfWeek& each : weekdays_) {
        const sys_days first = begin + (each.day - weekday(begin));
        const int weeks = static_cast<int>(((end - first).count() + 6) / 7);
        for (int week = 0; week < weeks; ++week)
            if (each.ordinal == 0 || each.ordinal == week + 1 || each.ordinal == week - weeks) found.push_back(first + days{7 * week});
    }
}

void Recurrence::add_days_of_month(Days& found, year_month here, unsigned default_day) const {
    const sys_days begin(here / 1), end = last_of(here) + days{1};
    if (!weekdays_.empty()) {
        Days wanted;
        add_weekdays(wanted, begin, end);
        std::ranges::copy_if(wanted, std::back_inserter(found), [&](sys_days each) { return is_wanted_month_day(each); });
    } else if (!month_days_.empty()) {
        for (sys_days day = begin; day < end; day += days{1})
            if (is_wanted_month_day(day)) found.push_back(day);
    } else if (begin + days{default_day - 1} < end) {  // the 31st leaves out the months that have none
        found.push_back(begin + days{default_day - 1});
    }
}

/// The days that the rule gives in one day, week, month or year; `number` counts them from that of `first`.
Recurrence::Days Recurrence::days_of_period(sys_days first, int number) const {
    const year_month_day start(first);
    const unsigned day_of_month = static_cast<unsigned>(start.day());
    Days found;
    switch (frequency_) {
        case Frequency::daily:
            if (is_wanted(first + days{number})) found.push_back(first + days{number});
            break;
        case Frequency::weekly: {
            const sys_days begin = first - (weekday(first) - week_start_) + days{7 * number};
            for (int i = 0; i < 7; ++i) {
                const sys_days day = begin + days{i};
                if (is_wanted(day) && (!weekdays_.empty() || weekday(day) == weekday(first))) found.push_back(day);
            }
            break;
        }
        case Frequency::monthly: {
            const year_month here = start.year() / start.month() + months{number};
            if (months_.empty() || contains(months_, static_cast<int>(static_cast<unsigned>(here.month())))) add_days_of_month(found, here, day_of_month);
            break;
        }
        case Frequency::yearly: {
            const year here = start.year() + years{number};
            if (months_.empty() && !weekdays_.empty() && month_days_.empty()) {
                add_weekdays(found, sys_days(here / 1 / 1), sys_days((here + years{1}) / 1 / 1));
                break;
            }
            for (int i = 1; i <= 12; ++i) {
                const bool is_default = months_.empty() && (month(static_cast<unsigned>(i)) == start.month() || !month_days_.empty());
                if (is_default || contains(months_, i)) add_days_of_month(found, here / i, day_of_month);
            }
            break;
        }
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return positions_.empty() ? found : positions_of(found);
}

Recurrence::Days Recurrence::positions_of(const Days& all) const {
    Days found;
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
        if (contains(positions_, i + 1) || contains(positions_, i - static_cast<int>(all.size()))) found.push_back(all[static_cast<std::size_t>(i)]);
    return found;
}

void Recurrence::expand(const LocalTime& first, const LocalTime& last, const std::function<Flow(const LocalTime&)>& visit) const {
    const sys_days begin = day_of(first), end = day_of(last);
    int visited = 1;
    if (visit(first) == Flow::stop) return;
    const std::int64_t shortest = frequency_ == Frequency::daily ? 1 : frequency_ == Frequency::weekly ? 7 : frequency_ == Frequency::monthly ? 28 : 365;
    std::int64_t number = 0;
    for (int looked = 0; looked < farthest; ++looked, number += interval_) {
        if (end < begin + days{number * shortest - 366}) return;  // no period begins earlier than that
        for (const sys_days day : days_of_period(begin, static_cast<int>(number))) {
            if (day <= begin) continue;
            if (end < day || (count_ && visited >= *count_)) return;
            ++visited;
            if (visit(at_day(first, day)) == Flow::stop) return;
        }
    }
}

}  // namespace secateur::calendar

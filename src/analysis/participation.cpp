// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/participation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace secateur {
namespace {

using std::chrono::days;
using std::chrono::seconds;
constexpr std::int64_t week_seconds = 604800;
/// Two exports asked for together are not made in the same hour: what ends so little before the other ends with it.
constexpr days end_slack{2};

std::int64_t whole_days(seconds span) { return std::max<std::int64_t>(0, std::chrono::floor<days>(span).count()); }

/// The newest thing known where the source does not say when it was exported.
std::optional<Instant> end_of(const CoveragePeriod& period, const GroupHistory& group) {
    if (period.end) return period.end;
    return group.account_last_seen ? group.account_last_seen : group.last_record;
}

/// What these kinds cover, in order.
std::vector<Period> periods_of(const GroupHistory& group, std::initializer_list<CoverageKind> kinds) {
    std::vector<Period> periods;
    for (const CoveragePeriod& period : group.coverage) {
        if (std::find(kinds.begin(), kinds.end(), period.kind) == kinds.end()) continue;
        const std::optional<Instant> from = period.begin ? period.begin : group.first_record;
        const std::optional<Instant> to = end_of(period, group);
        if (from && to) periods.push_back({*from, *to});
    }
    std::sort(periods.begin(), periods.end(),
              [](const Period& a, const Period& b) { return std::tie(a.begin, a.end) < std::tie(b.begin, b.end); });
    return periods;
}

int fullness(CoverageKind kind) {
    switch (kind) {
        case CoverageKind::full: return 3;
        case CoverageKind::own_only: return 2;
        case CoverageKind::partial_window: return 1;
        case CoverageKind::names_only: return 0;
    }
    return 0;
}

}  // namespace

DataClock data_clock(const GroupHistory& group, Instant as_of, const Policy& policy) {
    DataClock clock{.now = as_of};
    // A list of names says nothing of activity: its date counts only where there is nothing else.
    const bool has_activity = std::any_of(group.coverage.begin(), group.coverage.end(),
                                          [](const CoveragePeriod& each) { return each.kind != CoverageKind::names_only; });
    std::optional<Instant> newest;
    bool newest_known = true;
    for (const CoveragePeriod& period : group.coverage) {
        if (has_activity && period.kind == CoverageKind::names_only) continue;
        const std::optional<Instant> end = end_of(period, group);
        if (!end) continue;
        const bool known = period.end.has_value() && period.whole_source_end_known;
        if (!newest || *end > *newest || (*end == *newest && known)) {
            newest_known = known || (!period.end && group.account_last_seen && period.whole_source_end_known);
            newest = end;
        }
    }
    if (!newest) {
        newest = group.last_record;
        newest_known = false;
    }
    if (newest) clock.now = std::min(as_of, *newest);
    clock.end_known = newest_known || (!has_activity && group.acts.empty());
    const auto old = days(static_cast<std::int64_t>(policy.stale_days));
    clock.stale = (newest && as_of - *newest > old) || !clock.end_known;
    for (const CoveragePeriod& period : group.coverage) {
        const std::optional<Instant> end = end_of(period, group);
        if (has_activity && period.kind == CoverageKind::names_only) continue;
        if (end && *end + end_slack >= clock.now && fullness(period.kind) > fullness(clock.kind)) clock.kind = period.kind;
    }
    return clock;
}

bool is_covered(const GroupHistory& group, std::initializer_list<CoverageKind> kinds, Instant begin, Instant end) {
    const std::vector<Period> periods = periods_of(group, kinds);
    Instant reached = begin;
    for (const Period& period : periods) {
        if (period.begin > reached) break;
        reached = std::max(reached, period.end);
    }
    return reached + end_slack >= end && std::any_of(periods.begin(), periods.end(),
                                         [&](const Period& each) { return each.begin <= begin && each.end >= begin; });
}

std::optional<Instant> covered_since(const GroupHistory& group, std::initializer_list<CoverageKind> kinds, Instant now) {
    std::optional<Period> stretch;
    for (const Period& period : periods_of(group, kinds)) {
        if (period.begin > now) break;
        if (stretch && period.begin <= stretch->end) stretch->end = std::max(stretch->end, period.end);
        else stretch = period;
    }
    return stretch && stretch->end >= now ? std::optional(stretch->begin) : std::nullopt;
}

double week_weight(std::int64_t week, Instant now, const Policy& policy) {
    const Instant middle{seconds(week * week_seconds + week_seconds / 2)};
    const double age = std::max(0.0, static_cast<double>((now - middle).count()) / 86400);
    return std::exp2(-age / policy.participation_half_life_days);
}

Participation participation_of(double active_weeks_decayed, std::int64_t days_here, std::int64_t days_account,
                               const Policy& policy, std::optional<std::uint64_t> people) {
    Participation out{.active_weeks_decayed = active_weeks_decayed,
                      .days_since_here = days_here,
                      .days_since_account = days_account,
                      .people = people};
    out.z = policy.participation_base + policy.participation_weeks * std::log1p(active_weeks_decayed) -
            policy.participation_silence * std::log1p(static_cast<double>(days_here)) -
            policy.participation_account * std::log1p(static_cast<double>(days_account));
    if (people) {
        const double counted = std::min(static_cast<double>(*people), policy.participation_people_most);
        out.z += policy.participation_people * (std::log1p(counted) - std::log1p(policy.participation_people_usual));
    }
    out.probability = 1 / (1 + std::exp(-out.z));
    return out;
}

std::optional<Participation> participation(const std::vector<Instant>& acts, std::optional<Instant> account_last,
                                           Instant now, const Policy& policy, std::optional<std::uint64_t> people) {
    if (acts.empty()) return std::nullopt;
    std::set<std::int64_t> weeks;  // in order, so that the sum is the same whatever the order of acts
    for (const Instant act : acts) weeks.insert(epoch_week(act));
    double sum = 0;
    for (const std::int64_t week : weeks) sum += week_weight(week, now, policy);
    const Instant last = *std::max_element(acts.begin(), acts.end());
    const Instant account = std::max(account_last.value_or(last), last);
    return participation_of(sum, whole_days(now - last), whole_days(now - account), policy, people);
}

std::optional<std::uint64_t> people_active(const GroupHistory& group, const DataClock& clock) {
    return is_covered(group, {CoverageKind::full}, clock.now - days(90), clock.now) ? std::optional(group.authors_90d) : std::nullopt;
}

Likelihood likelihood(double probability, const Policy& policy) {
    if (probability >= policy.likely_often) return Likelihood::often;
    return probability >= policy.likely_sometimes ? Likelihood::sometimes : Likelihood::hardly_ever;
}

std::optional<Season> season(const std::vector<Instant>& acts, Instant now, Date as_of, const Zone& zone, const Policy& policy) {
    if (acts.empty()) return std::nullopt;
    const Instant last = *std::max_element(acts.begin(), acts.end());
    if (now - last > days(static_cast<std::int64_t>(policy.season_last_days))) return std::nullopt;
    constexpr unsigned weeks_of_year = 52;
    struct Week {
        int year = 0;
        unsigned week = 0;
    };
    std::map<Date, Week> active;
    for (const Instant act : acts) {
        const Date monday = iso_week_monday(act, zone);
        const std::chrono::year_month_day day{monday};
        const Date new_year{day.year() / std::chrono::January / 1};
        active.emplace(monday, Week{static_cast<int>(day.year()),
                                    std::min(weeks_of_year - 1, static_cast<unsigned>((monday - new_year).count() / 7))});
    }
    const auto width = static_cast<unsigned>(policy.season_weeks);
    const auto inside = [&](unsigned week, unsigned first) { return (week + weeks_of_year - first) % weeks_of_year < width; };
    std::set<unsigned> starts;
    for (const auto& [monday, week] : active) starts.insert(week.week);
    std::size_t most = 0;
    unsigned first = 0;
    for (const unsigned start : starts) {
        const auto count = static_cast<std::size_t>(
            std::count_if(active.begin(), active.end(), [&](const auto& each) { return inside(each.second.week, start); }));
        if (count > most) {
            most = count;
            first = start;
        }
    }
    if (static_cast<double>(most) < policy.season_share * static_cast<double>(active.size())) return std::nullopt;
    // A window that spans New Year belongs to the year in which it begins: one winter is one turn, not two.
    std::set<int> turns;
    for (const auto& [monday, week] : active)
        if (inside(week.week, first)) turns.insert(week.week >= first ? week.year : week.year - 1);
    if (turns.size() < 2) return std::nullopt;
    for (int year = static_cast<int>(std::chrono::year_month_day{as_of}.year()) - 1;; ++year) {
        const Date end = Date{std::chrono::year{year} / std::chrono::January / 1} + days(7 * (first + width));
        if (end > as_of) return Season{first, end};
    }
}

std::uint64_t active_weeks(const std::vector<Instant>& acts, Instant now, unsigned weeks, const Zone& zone) {
    const Date newest = iso_week_monday(now, zone);
    const Date oldest = newest - days(7 * (static_cast<std::int64_t>(weeks) - 1));
    std::set<Date> found;
    for (const Instant act : acts) {
        const Date monday = iso_week_monday(act, zone);
        if (monday >= oldest && monday <= newest) found.insert(monday);
    }
    return found.size();
}

Date local_date(Instant at, const Zone& zone) {
    const LocalTime local = zone.to_local(at);
    return Date{std::chrono::year{local.year} / std::chrono::month{local.month} / std::chrono::day{local.day}};
}

}  // namespace secateur

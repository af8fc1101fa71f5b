// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/vitality.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace secateur {
namespace {

using std::chrono::days;

Instant midnight(Date day, const Zone& zone) {
    const std::chrono::year_month_day date{day};
    const LocalTime local{
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), 0, 0, 0};
    return zone.to_instant(local).value_or(Instant(day));
}
std::int32_t month_of(Date day) {
    const std::chrono::year_month_day date{day};
    return static_cast<int>(date.year()) * 12 + static_cast<std::int32_t>(static_cast<unsigned>(date.month())) - 1;
}
Date first_of(std::int32_t month) {
    return Date{std::chrono::year{month / 12} / std::chrono::month{static_cast<unsigned>(month % 12) + 1} / 1};
}

/// Linear between the two nearest values.
double quantile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(std::floor(place));
    const std::size_t high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (place - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

std::optional<Instant> last_written(const GroupHistory& group) {
    std::optional<Instant> last = group.others_last;
    for (const MyAct& act : group.acts)
        if (!last || act.at > *last) last = act.at;
    return last;
}

bool whole(const GroupHistory& group, Instant begin, Instant end) { return is_covered(group, {CoverageKind::full}, begin, end); }

}  // namespace

WholeWeeks whole_weeks(Instant now, unsigned weeks, const Zone& zone) {
    WholeWeeks out;
    out.end = iso_week_monday(now, zone);  // the running week is not whole
    out.first = out.end - days(7 * static_cast<std::int64_t>(weeks));
    out.begin_at = midnight(out.first, zone);
    out.end_at = midnight(out.end, zone);
    return out;
}

std::optional<bool> is_dead(const GroupHistory& group, const DataClock& clock, const Policy& policy) {
    const Instant since = clock.now - days(static_cast<std::int64_t>(policy.dead_days));
    if (!whole(group, since, clock.now)) return std::nullopt;
    const std::optional<Instant> last = last_written(group);
    return !last || *last < since;
}

std::optional<Vitality> vitality(const GroupHistory& group, const DataClock& clock, const Zone& zone, const Policy& policy) {
    Vitality out;
    bool something = false;
    const WholeWeeks window = whole_weeks(clock.now, static_cast<unsigned>(policy.vitality_weeks), zone);
    if (whole(group, window.begin_at, window.end_at)) {
        std::vector<double> posts(static_cast<std::size_t>(policy.vitality_weeks), 0);
        for (const WeekVolume& week : group.weeks)
            if (week.monday >= window.first && week.monday < window.end)
                posts[static_cast<std::size_t>((week.monday - window.first).count() / 7)] =
                    static_cast<double>(week.mine + week.others);
        std::sort(posts.begin(), posts.end());
        out.posts_per_week_q1 = quantile(posts, 0.25);
        out.posts_per_week_median = quantile(posts, 0.5);
        out.posts_per_week_q3 = quantile(posts, 0.75);
        something = true;
    }
    const std::int32_t running = month_of(local_date(clock.now, zone));
    const std::int32_t last_whole = running - 1;
    if (whole(group, midnight(first_of(last_whole), zone), midnight(first_of(running), zone))) {
        for (const MonthVolume& month : group.months) {
            if (month.month != last_whole) continue;
            out.authors_month = month.authors;
            out.new_authors_month = month.new_authors;
            if (month.authors > 0) out.returning_share = static_cast<double>(month.returning_authors) / month.authors;
        }
        something = true;
    }
    // V9: whole months back from the last one, as far as the conversation is known without a gap.
    std::int32_t first_whole = running;
    while (first_whole > running - 600 &&
           whole(group, midnight(first_of(first_whole - 1), zone), midnight(first_of(running), zone)))
        --first_whole;
    if (running - first_whole >= 3) {
        std::vector<double> volume(static_cast<std::size_t>(running - first_whole), 0);
        for (const MonthVolume& month : group.months)
            if (month.month >= first_whole && month.month < running)
                volume[static_cast<std::size_t>(month.month - first_whole)] = static_cast<double>(month.mine + month.others);
        double best = 0;
        for (std::size_t i = 2; i < volume.size(); ++i) best = std::max(best, (volume[i] + volume[i - 1] + volume[i - 2]) / 3);
        for (std::size_t back = 0; best > 0 && back < volume.size(); ++back) {
            if (volume[volume.size() - 1 - back] < best / 2) continue;
            out.months_since_half_of_best = static_cast<std::int64_t>(back);
            break;
        }
    }
    const std::optional<bool> dead = is_dead(group, clock, policy);
    out.dead = dead.value_or(false);
    something = something || dead.has_value();
    if (!something) return std::nullopt;
    if (const std::optional<Instant> last = last_written(group)) out.last_post = local_date(*last, zone);
    return out;
}

}  // namespace secateur

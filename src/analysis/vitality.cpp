// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/vitality.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "analysis/statistics.hpp"

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

std::optional<Instant> last_written(const GroupHistory& group) {
    std::optional<Instant> last = group.others_last;
    for (const MyAct& act : group.acts)
        if (!last || act.at > *last) last = act.at;
    return last;
}

/// V4 to V7, over the 365 days before now_g.
void year_into(Vitality& out, const GroupHistory& group, const Policy& policy) {
    const YearFigures& year = group.year;
    std::vector<double> posts(year.posts_by_author.begin(), year.posts_by_author.end());
    double all = 0, ten = 0;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        all += posts[i];
        if (i < 10) ten += posts[i];
    }
    if (static_cast<double>(posts.size()) >= policy.large_group) out.top_ten_share = ten / all;
    if (static_cast<double>(posts.size()) >= policy.least_of_a_share) out.gini = gini(posts);
    if (group.stated_members && *group.stated_members >= posts.size() && *group.stated_members > 0) {
        const auto members = static_cast<double>(*group.stated_members);
        const auto many = static_cast<double>(std::count_if(posts.begin(), posts.end(), [](double each) { return each >= 12; }));
        const auto authors = static_cast<double>(posts.size());
        out.creators = Vitality::Creators{.none = (members - authors) / members, .few = (authors - many) / members, .many = many / members};
    }
    if (static_cast<double>(year.threads) >= policy.least_of_a_share) out.lonely = share_of(year.lonely, year.threads);
    if (year.gaps >= 10 && year.gap_mean + year.gap_deviation > 0)
        out.burstiness = (year.gap_deviation - year.gap_mean) / (year.gap_deviation + year.gap_mean);
}

/// V8 of whole months in a row.
void trend_into(Vitality& out, const std::vector<double>& volume, const Policy& policy) {
    const auto most = static_cast<std::size_t>(policy.trend_months_most);
    const std::vector<double> series(volume.end() - static_cast<std::ptrdiff_t>(std::min(most, volume.size())), volume.end());
    if (series.size() >= 2) {
        const auto before = static_cast<std::uint64_t>(series[series.size() - 2]), last = static_cast<std::uint64_t>(series.back());
        out.change = MonthChange{.before = before, .last = last, .p = equal_counts_p(before, last), .readable = false};
    }
    if (static_cast<double>(series.size()) < policy.trend_months) return;
    constexpr std::size_t year = 12;
    out.trend = Trend{.months = series.size(), .slope = theil_sen(series),
                      .p = series.size() >= 2 * year ? seasonal_kendall_p(series, year) : mann_kendall_p(series), .readable = false};
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

std::optional<StatedSilence> stated_silence(const GroupHistory& group, const DataClock& clock, Instant as_of, const Zone& zone,
                                            const Policy& policy) {
    if (!group.stated_life || is_dead(group, clock, policy)) return std::nullopt;
    const StatedLife& life = *group.stated_life;
    const bool measured = life.measured_at <= as_of;
    const Instant now = std::min(life.measured_at, as_of);
    if ((life.last_post && *life.last_post > now) || life.posts_30d.value_or(0) > 0) return std::nullopt;
    const std::optional<Instant> seen = last_written(group);
    const auto silent = [&](days least) {
        return !(seen && now - *seen < least) && !(life.last_post && now - *life.last_post < least);
    };
    StatedSilence out{.measured_at = local_date(now, zone), .last_post = {}, .dead = false};
    if (life.last_post) {
        out.dead = silent(days(static_cast<std::int64_t>(policy.dead_days)));
        out.last_post = local_date(seen ? std::max(*seen, *life.last_post) : *life.last_post, zone);
    }
    const bool no_post = measured && life.posts_30d && silent(days(30));
    return out.dead || no_post ? std::optional(out) : std::nullopt;
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
    out.last_month = last_whole;
    if (whole(group, midnight(first_of(last_whole), zone), midnight(first_of(running), zone))) {
        for (const MonthVolume& month : group.months) {
            if (month.month != last_whole) continue;
            out.authors_month = month.authors;
            out.new_authors_month = month.new_authors;
            if (group.stated_members && *group.stated_members >= month.authors && *group.stated_members > 0)
                out.active_rate = static_cast<double>(month.authors) / static_cast<double>(*group.stated_members);
            if (month.authors > 0) out.returning_share = static_cast<double>(month.returning_authors) / month.authors;
        }
        something = true;
    }
    // V9: whole months back from the last one, as far as the conversation is known without a gap.
    std::int32_t first_whole = running;
    while (first_whole > running - 600 &&
           whole(group, midnight(first_of(first_whole - 1), zone), midnight(first_of(running), zone)))
        --first_whole;
    // A group that did not exist yet was not silent.
    if (group.first_record) first_whole = std::max(first_whole, month_of(local_date(*group.first_record, zone)) + 1);
    if (running > first_whole) {
        std::vector<double> volume(static_cast<std::size_t>(running - first_whole), 0);
        for (const MonthVolume& month : group.months)
            if (month.month >= first_whole && month.month < running)
                volume[static_cast<std::size_t>(month.month - first_whole)] = static_cast<double>(month.mine + month.others);
        trend_into(out, volume, policy);
        double best = 0;
        for (std::size_t i = 2; i < volume.size(); ++i) best = std::max(best, (volume[i] + volume[i - 1] + volume[i - 2]) / 3);
        for (std::size_t back = 0; best > 0 && back < volume.size(); ++back) {
            if (volume[volume.size() - 1 - back] < best / 2) continue;
            out.months_since_half_of_best = static_cast<std::int64_t>(back);
            break;
        }
    }
    if (whole(group, clock.now - days(365), clock.now)) year_into(out, group, policy);
    const std::optional<bool> dead = is_dead(group, clock, policy);
    out.dead = dead.value_or(false);
    something = something || dead.has_value();
    if (!something) return std::nullopt;
    if (const std::optional<Instant> last = last_written(group)) out.last_post = local_date(*last, zone);
    return out;
}

bool announces(const GroupHistory& group, const Policy& policy) {
    if (group.kind == GroupKind::channel && group.year.posts_by_author.size() <= 1) return true;
    double all = 0;
    for (const std::uint32_t posts : group.year.posts_by_author) all += posts;
    return all > 0 && static_cast<double>(group.year.posts_by_author.front()) >= policy.announcer_share * all;
}

std::optional<GroupState> group_state(const Vitality& vitality, const StateFacts& facts, const Policy& policy) {
    if (vitality.dead) return GroupState::dead;
    if (facts.repeats) return GroupState::sprawl;
    const bool quiet = vitality.posts_per_week_median.value_or(policy.lively_posts) < policy.lively_posts;
    if (quiet && (facts.announces || facts.valued)) return GroupState::quiet_but_valuable;
    const bool falls = vitality.trend && vitality.trend->readable && vitality.trend->slope < 0;
    if (falls || static_cast<double>(vitality.months_since_half_of_best.value_or(0)) >= policy.decay_months) return GroupState::refresh_needed;
    const bool lively = vitality.posts_per_week_median && !quiet && static_cast<double>(vitality.authors_month) >= policy.lively_authors;
    return lively ? std::optional(GroupState::healthy) : std::nullopt;
}

void mark_readable(const std::vector<Vitality*>& groups, const Policy& policy) {
    std::vector<double> trends, changes;
    for (const Vitality* each : groups) {
        if (each && each->trend) trends.push_back(each->trend->p);
        if (each && each->change) changes.push_back(each->change->p);
    }
    const std::vector<bool> trends_hold = hold_together(trends, policy.false_alarms), changes_hold = hold_together(changes, policy.false_alarms);
    std::size_t trend = 0, change = 0;
    for (Vitality* each : groups) {
        if (each && each->trend) each->trend->readable = trends_hold[trend++];
        if (each && each->change) each->change->readable = changes_hold[change++];
    }
}

}  // namespace secateur

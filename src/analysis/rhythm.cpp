// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/rhythm.hpp"

#include <algorithm>
#include <set>

namespace secateur {
namespace {

using std::chrono::days;

/// A share of too few says nothing.
std::optional<Share> share_if_enough(std::uint64_t part, std::uint64_t all, const Policy& policy) {
    return static_cast<double>(all) >= policy.least_of_a_share ? share_of(part, all) : std::nullopt;
}

std::set<Date> mondays_of(const std::vector<Instant>& acts, const Zone& zone) {
    std::set<Date> mondays;
    for (const Instant act : acts) mondays.insert(iso_week_monday(act, zone));
    return mondays;
}

std::uint64_t within(const std::set<Date>& list, Date begin, Date end) {
    return static_cast<std::uint64_t>(std::distance(list.lower_bound(begin), list.lower_bound(end)));
}

/// Runs of active weeks: the longest, and the one that reaches the last whole week or the running one.
void streaks(Rhythm& out, const std::set<Date>& mondays, Date running) {
    std::uint64_t run = 0;
    std::optional<Date> before;
    for (const Date monday : mondays) {
        run = before && monday - *before == days(7) ? run + 1 : 1;
        out.longest_streak = std::max(out.longest_streak, run);
        before = monday;
    }
    if (before && running - *before <= days(7)) out.streak = run;  // the running week may still bring an act
}

/// Days, not messages: a burst is one day, and a totting up of posts is worth nothing.
Ladder ladder(const std::set<Date>& active_days, Date today) {
    const auto last = [&](int count) { return within(active_days, today - days(count - 1), today + days(1)); };
    if (last(90) >= 30) return Ladder::leading;
    if (last(30) >= 7) return Ladder::contributing;
    if (last(7) >= 2) return Ladder::participating;
    return Ladder::none;
}

/// The last weeks against my own earlier ones here.
std::optional<Presence> presence(const Rhythm& out, const std::set<Date>& mondays, const WeekSpan& span, const Policy& policy) {
    const auto recent_weeks = static_cast<std::uint64_t>(policy.presence_weeks);
    if (static_cast<double>(span.weeks()) < policy.presence_weeks + policy.presence_base_weeks) return std::nullopt;
    const Date since = span.end - days(7 * static_cast<int>(recent_weeks));
    const std::uint64_t before = within(mondays, span.begin, since);
    if (static_cast<double>(before) < policy.presence_base_active) return std::nullopt;
    const double usual = static_cast<double>(before) / static_cast<double>(span.weeks() - recent_weeks);
    const Share recent = *share_of(within(mondays, since, span.end), recent_weeks);
    if (recent.high < usual || out.silence_ratio.value_or(0) >= policy.silence_long) return Presence::low;
    const bool enough = static_cast<double>(recent.part) >= policy.presence_base_active;  // one week is no habit
    return enough && recent.low > usual ? Presence::high : Presence::neutral;
}

/// My threads against my replies. A message opens a conversation only where the silence before it is known.
std::optional<Share> initiative(const GroupHistory& group, const WeekSpan& span, const DataClock& clock, const Zone& zone, const Policy& policy) {
    const bool silence_known = clock.kind == CoverageKind::full;
    std::uint64_t opened = 0, replies = 0;
    for (const Call& each : group.my_threads)
        opened += span.holds(iso_week_monday(each.at, zone)) && (silence_known || each.kind != ActivityKind::message);
    for (const Instant each : group.my_replies) replies += span.holds(iso_week_monday(each, zone));
    return share_if_enough(opened, opened + replies, policy);
}

double hours(std::chrono::seconds span) { return static_cast<double>(span.count()) / 3600; }

/// Rp3 over the calls whose fate is known.
std::optional<Waits> waits(const std::vector<const Call*>& calls, Instant now, const Policy& policy) {
    Waits out;
    std::vector<Waiting> list;
    std::vector<double> answered;
    for (const Call* each : calls) {
        list.push_back({hours((each->answered ? *each->answered : now) - each->at), each->answered.has_value()});
        if (each->answered) answered.push_back(list.back().time);
    }
    out.answered = answered.size();
    out.open = list.size() - answered.size();
    if (static_cast<double>(out.answered) < policy.least_of_a_share) return std::nullopt;
    out.open_counted = static_cast<double>(out.open) > policy.open_share * static_cast<double>(list.size());
    if (out.open_counted) {
        const std::optional<double> median = waiting_quantile(list, 0.5);
        if (!median) return std::nullopt;  // more than half are never answered: no usual wait
        out.median_hours = *median;
        out.p90_hours = waiting_quantile(list, 0.9);
        return out;
    }
    std::sort(answered.begin(), answered.end());
    out.median_hours = quantile(answered, 0.5);
    out.p90_hours = quantile(answered, 0.9);
    return out;
}

/// Calls old enough to have been answered in time, inside the weeks that are known, and of which something is known.
struct Judged {
    std::vector<const Call*> calls;
    std::uint64_t in_time = 0, answered = 0, inferred = 0, unknown = 0;
};
Judged judge(const std::vector<Call>& all, const WeekSpan& span, Instant now, const Zone& zone, const Policy& policy) {
    Judged out;
    const days limit(static_cast<std::int64_t>(policy.answer_within_days));
    for (const Call& each : all) {
        if (!span.holds(iso_week_monday(each.at, zone)) || each.at + limit > now) continue;
        if (each.unknown && !each.answered) {
            ++out.unknown;
            continue;
        }
        out.calls.push_back(&each);
        out.in_time += each.answered && *each.answered - each.at <= limit;
        out.answered += each.answered.has_value();
        out.inferred += each.answered && each.inferred;
    }
    return out;
}

}  // namespace

std::optional<WeekSpan> watched_weeks(const GroupHistory& group, std::initializer_list<CoverageKind> kinds, const DataClock& clock, const Zone& zone) {
    std::optional<Instant> since = covered_since(group, kinds, clock.now);
    if (!since) return std::nullopt;
    if (group.joined_at) since = std::max(*since, *group.joined_at);
    const Instant until = group.left_at ? std::min(clock.now, *group.left_at) : clock.now;
    WeekSpan span{.begin = iso_week_monday(*since, zone), .end = iso_week_monday(until + std::chrono::seconds(1), zone)};
    const LocalTime start = zone.to_local(*since);
    const bool on_the_minute = local_date(*since, zone) == span.begin && start.hour == 0 && start.minute == 0;
    if (!on_the_minute) span.begin += days(7);
    return span.weeks() > 0 ? std::optional(span) : std::nullopt;
}

std::optional<Rhythm> rhythm(const GroupHistory& group, const DataClock& clock, const Zone& zone, const Policy& policy) {
    std::vector<Instant> acts;
    for (const MyAct& each : group.acts)
        if (each.at <= clock.now) acts.push_back(each.at);
    const auto span = watched_weeks(group, {CoverageKind::own_only, CoverageKind::full}, clock, zone);
    if (acts.empty() || !span) return std::nullopt;
    std::sort(acts.begin(), acts.end());

    Rhythm out{.from = span->begin, .until = span->end, .weeks = span->weeks()};
    std::set<Date> active_days;
    for (const Instant act : acts) {
        const Date day = local_date(act, zone);
        active_days.insert(day);
        out.acts += span->holds(day);
    }
    const std::set<Date> mondays = mondays_of(acts, zone);
    if (static_cast<double>(out.weeks) >= policy.rhythm_weeks) {
        out.acts_per_week = static_cast<double>(out.acts) / static_cast<double>(out.weeks);
        out.active_weeks = share_of(within(mondays, span->begin, span->end), out.weeks);
    }
    const Date today = local_date(clock.now, zone);
    if (static_cast<double>(active_days.size()) > policy.silence_gaps) {
        std::vector<double> gaps;
        for (auto each = std::next(active_days.begin()); each != active_days.end(); ++each)
            gaps.push_back(static_cast<double>((*each - *std::prev(each)).count()));
        std::sort(gaps.begin(), gaps.end());
        out.usual_gap_days = quantile(gaps, 0.5);
        out.silence_ratio = static_cast<double>((today - *active_days.rbegin()).count()) / *out.usual_gap_days;
    }
    streaks(out, mondays, iso_week_monday(clock.now, zone));
    out.ladder = ladder(active_days, today);
    out.presence = presence(out, mondays, *span, policy);
    out.initiative = initiative(group, *span, clock, zone, policy);
    return out;
}

void expect_rates(const std::vector<Rhythm*>& groups, const Policy& policy) {
    const auto speaks = [&](const Rhythm* each) { return each && static_cast<double>(each->weeks) >= policy.rhythm_weeks; };
    Rates rates;
    for (const Rhythm* each : groups)
        if (speaks(each)) rates.add(static_cast<double>(each->acts), static_cast<double>(each->weeks));
    for (Rhythm* one : groups) {
        if (!speaks(one)) continue;
        const double events = static_cast<double>(one->acts), weeks = static_cast<double>(one->weeks);
        Rates others = rates;
        others.leave_out(events, weeks);
        if (const auto prior = others.prior()) {
            const double shape = prior->shape + events, rate = prior->rate + weeks;
            one->expected_per_week = Estimate{shape / rate, gamma_quantile(0.025, shape, rate), gamma_quantile(0.975, shape, rate)};
        } else {
            one->expected_per_week = Estimate{events / weeks, events > 0 ? gamma_quantile(0.025, events, weeks) : 0, gamma_quantile(0.975, events + 1, weeks)};
        }
    }
}

std::optional<Responses> responses(const GroupHistory& group, const DataClock& clock, const Zone& zone, const Policy& policy) {
    const auto span = watched_weeks(group, {CoverageKind::full}, clock, zone);
    if (!span || group.acts.empty()) return std::nullopt;
    Responses out;
    std::uint64_t mine = 0, all = 0, authors = 0;
    for (const WeekVolume& week : group.weeks) {
        if (!span->holds(week.monday)) continue;
        mine += week.mine;
        all += week.mine + week.others;
        authors += week.authors_last;
    }
    if (all > mine) {  // a share of my own voice alone says nothing
        out.voice = share_if_enough(mine, all, policy);
        if (out.voice) out.voice_index = out.voice->value * static_cast<double>(authors);
    }
    // Where nothing ever says what it answers (WhatsApp, LinkedIn's chats), answers cannot be counted.
    static const std::vector<Call> none;
    const Judged threads = judge(group.answers_shown ? group.my_threads : none, *span, clock.now, zone, policy);
    const Judged calls = judge(group.answers_shown ? group.calls_to_me : none, *span, clock.now, zone, policy);
    out.received = share_if_enough(threads.in_time, threads.calls.size(), policy);
    out.given = share_if_enough(calls.in_time, calls.calls.size(), policy);
    out.to_me = waits(threads.calls, clock.now, policy);
    out.by_me = waits(calls.calls, clock.now, policy);
    out.inferred = share_of(threads.inferred + calls.inferred, threads.answered + calls.answered);
    out.unknown = threads.unknown + calls.unknown;
    const bool says_something = out.voice || out.received || out.given || out.unknown > 0 || out.inferred;
    return says_something ? std::optional(out) : std::nullopt;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/minutes.hpp"

#include <algorithm>
#include <set>

#include "analysis/vitality.hpp"

namespace secateur {
namespace {

double share_read(std::optional<Reads> reads, double unsaid, const Policy& policy) {
    if (!reads) return unsaid;
    switch (*reads) {
        case Reads::all: return policy.reading_share_high;
        case Reads::skim: return policy.reading_share;
        case Reads::titles: return policy.reading_share_low;
        case Reads::no: return 0;
    }
    return unsaid;
}

MinutesPerWeek exactly(double minutes, MinutesPerWeek::Origin origin) { return {minutes, minutes, minutes, origin}; }

}  // namespace

std::optional<MinutesPerWeek> inferred_minutes(const GroupHistory& group, const DataClock& clock, std::optional<Reads> reads,
                                               const Zone& zone, const Policy& policy) {
    const WholeWeeks window = whole_weeks(clock.now, static_cast<unsigned>(policy.vitality_weeks), zone);
    if (!is_covered(group, {CoverageKind::full}, window.begin_at, window.end_at)) return std::nullopt;
    double received = 0, written = 0;
    for (const WeekVolume& week : group.weeks)
        if (week.monday >= window.first && week.monday < window.end) received += static_cast<double>(week.words_others);
    std::set<Date> active_days;
    for (const MyAct& act : group.acts) {
        if (act.at < window.begin_at || act.at >= window.end_at) continue;
        written += act.words;
        active_days.insert(local_date(act.at, zone));
    }
    const double own = written / policy.writing_speed + static_cast<double>(active_days.size()) * policy.visit_minutes;
    const auto cost = [&](double share, double speed) {
        return (received * share_read(reads, share, policy) / speed + own) / policy.vitality_weeks;
    };
    return MinutesPerWeek{cost(policy.reading_share_low, policy.reading_speed_fast),
                          cost(policy.reading_share, policy.reading_speed),
                          cost(policy.reading_share_high, policy.reading_speed_slow), MinutesPerWeek::Origin::inferred};
}

std::map<std::string, MinutesPerWeek> minutes_per_week(const std::vector<ReadingShare>& all,
                                                       const std::map<std::string, double>& platform_minutes,
                                                       const Policy& policy) {
    std::map<std::string, MinutesPerWeek> out;
    std::map<std::string, std::vector<const ReadingShare*>> by_platform;  // those still without a figure
    std::map<std::string, double> spent;  // of her platform figure, on groups she gave a figure for
    std::vector<const ReadingShare*> groups;
    for (const ReadingShare& each : all) groups.push_back(&each);
    std::sort(groups.begin(), groups.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    for (const ReadingShare* each : groups) {
        if (each->her_minutes) {
            out[each->id] = exactly(*each->her_minutes, MinutesPerWeek::Origin::her_group);
            spent[each->platform] += *each->her_minutes;
        } else {
            by_platform[each->platform].push_back(each);
        }
    }
    for (const auto& [platform, members] : by_platform) {
        const auto hers = platform_minutes.find(platform);
        if (hers != platform_minutes.end()) {
            // The volume gives the shares, never the total; where it is not known, a group counts like the middle one that is.
            std::vector<double> known;
            for (const ReadingShare* each : members)
                if (each->words) known.push_back(*each->words);
            std::sort(known.begin(), known.end());
            const double middle = known.empty() || known[known.size() / 2] <= 0 ? 1 : known[known.size() / 2];
            double total = 0;
            std::vector<double> weights;
            for (const ReadingShare* each : members) {
                weights.push_back(each->words.value_or(middle) * share_read(each->reads, policy.reading_share, policy));
                total += weights.back();
            }
            const double left = std::max(0.0, hers->second - spent[platform]);
            for (std::size_t i = 0; i < members.size(); ++i) {
                const double share = total > 0 ? weights[i] / total : 0;
                out[members[i]->id] = exactly(left * share, MinutesPerWeek::Origin::her_platform);
            }
            continue;
        }
        for (const ReadingShare* each : members) {
            if (each->inferred) out[each->id] = *each->inferred;
            else if (each->old_minutes) out[each->id] = exactly(*each->old_minutes, MinutesPerWeek::Origin::her_group);
        }
    }
    return out;
}

}  // namespace secateur

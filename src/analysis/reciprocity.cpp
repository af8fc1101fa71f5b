// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/reciprocity.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "analysis/rounding.hpp"
#include "analysis/statistics.hpp"

namespace secateur {
namespace {

double weighed(const Gifts& gifts, const Policy& policy) {
    return policy.gift_answer * static_cast<double>(gifts.answers) + policy.gift_comment * static_cast<double>(gifts.comments) +
           policy.gift_reaction * static_cast<double>(gifts.reactions) + policy.gift_introduction * static_cast<double>(gifts.introductions);
}

/// One direction of the last 100 days (Discourse's trust level 3).
Reciprocity::Side side(const GroupHistory& group, Date from, Date until, std::uint32_t Exchange::*which) {
    std::map<std::int64_t, std::uint64_t> by_person;
    std::set<Date> days;
    Reciprocity::Side out;
    for (const Exchange& each : group.exchanges) {
        if (each.day < from || each.day > until || each.person == 0 || each.*which == 0) continue;
        by_person[each.person] += each.*which;
        days.insert(each.day);
        out.acts += each.*which;
    }
    out.people = by_person.size();
    out.days = days.size();
    if (out.acts > 0)
        out.one_person = four_decimals(static_cast<double>(std::ranges::max_element(by_person, {}, [](const auto& each) { return each.second; })->second) /
                                       static_cast<double>(out.acts));
    return out;
}

bool is_broad(const Reciprocity::Side& side) { return side.acts > 0 && side.people * 5 >= side.acts && side.days * 4 >= side.acts; }

}  // namespace

std::optional<double> beyond_chance(std::uint64_t people, std::uint64_t links, std::uint64_t mutual) {
    if (people < 2 || links == 0) return std::nullopt;
    const double pairs = static_cast<double>(people) * static_cast<double>(people - 1), density = static_cast<double>(links) / pairs;
    if (density >= 1) return std::nullopt;
    return (static_cast<double>(mutual) / static_cast<double>(links) - density) / (1 - density);
}

double imbalance(std::uint64_t from_me, std::uint64_t mine, std::uint64_t to_me, std::uint64_t theirs) {
    const auto share = [](std::uint64_t part, std::uint64_t all) {
        const double least = part == 0 ? 0.5 : static_cast<double>(part);
        return least / std::max(least, static_cast<double>(all));
    };
    return std::abs(std::log(share(from_me, mine)) - std::log(share(to_me, theirs)));
}

std::optional<Reciprocity> reciprocity(const GroupHistory& group, const DataClock& clock, const Policy& policy,
                                       const std::function<std::string(std::int64_t)>& name) {
    constexpr std::chrono::days year{365}, guard{100};
    Instant begin = clock.now - year;
    if (group.first_record) begin = std::max(begin, *group.first_record);
    if (clock.kind != CoverageKind::full || !is_covered(group, {CoverageKind::full}, std::min(begin, clock.now), clock.now)) return std::nullopt;
    Reciprocity out;
    const std::uint64_t gave = group.gave.acts(), got = group.got.acts();
    if (static_cast<double>(gave + got) >= policy.least_of_a_share) {
        const double given = weighed(group.gave, policy), received = weighed(group.got, policy);
        if (given + received > 0) out.balance = four_decimals((given - received) / (given + received));
        out.given = share_of(gave, gave + got);
        round_four(out.given);
    }
    const Date until = date_of(clock.now), from = until - guard;
    out.gave = side(group, from, until, &Exchange::given);
    out.got = side(group, from, until, &Exchange::received);
    out.broad = is_broad(out.gave) && is_broad(out.got);

    // Who addresses whom is known where replies say what they answer, and nearly all of those were found.
    const Addressing& all = group.addressing;
    if (all.links >= 10 && all.resolved * 5 >= all.replies * 4) {
        out.mutual = four_decimals(static_cast<double>(all.mutual) / static_cast<double>(all.links));
        if (const auto beyond = beyond_chance(all.people, all.links, all.mutual)) out.mutual_beyond_chance = four_decimals(*beyond);
        for (const Addressing::WithMe& each : all.with_me) {
            if (static_cast<double>(each.from_me + each.to_me) < policy.least_of_a_share) continue;
            std::string who = name ? name(each.person) : std::string();
            if (!who.empty())
                out.with.push_back({.name = std::move(who), .from_me = each.from_me, .to_me = each.to_me,
                                    .imbalance = four_decimals(imbalance(each.from_me, all.mine, each.to_me, each.theirs))});
        }
        std::ranges::sort(out.with, [](const Reciprocity::With& a, const Reciprocity::With& b) {
            return std::tuple(b.from_me + b.to_me, a.name, b.from_me) < std::tuple(a.from_me + a.to_me, b.name, a.from_me);
        });
        if (out.with.size() > 10) out.with.resize(10);
    }
    return out;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/follow_up.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace secateur {
namespace {

constexpr std::string_view head = "decisions/1";
constexpr std::array decisions{Decision::keep, Decision::read_only, Decision::mute, Decision::trial, Decision::leave, Decision::cannot_judge};
constexpr std::array certainties{Certainty::high, Certainty::medium, Certainty::low};

template <class Words>
auto word_of(const Words& words, std::string_view text) -> std::optional<typename Words::value_type> {
    for (const auto each : words)
        if (to_string(each) == text) return each;
    return std::nullopt;
}

/// "A, B and 2 others" is made by the reader of the message; here the names alone, in order.
std::string names(const std::vector<const DecisionOutcome*>& outcomes) {
    constexpr std::size_t most = 6;
    std::string all;
    for (std::size_t i = 0; i < outcomes.size() && i < most; ++i) all += (i > 0 ? ", " : "") + (outcomes[i]->name.empty() ? outcomes[i]->group : outcomes[i]->name);
    return outcomes.size() > most ? all + ", …" : all;
}

}  // namespace

FrozenMonth frozen(const AuditReport& report) {
    FrozenMonth out{.as_of = report.as_of, .decisions = {}};
    for (const GroupAudit& each : report.groups) {
        if (each.verdict.rule <= 2 || !each.objectives_apply) continue;
        out.decisions.push_back({each.id, each.verdict.decision, each.verdict.rule, each.verdict.certainty,
                                 each.minutes ? std::optional(each.minutes->mid) : std::nullopt, each.verdict.until});
    }
    std::ranges::sort(out.decisions, {}, &FrozenDecision::group);
    return out;
}

std::string frozen_text(const FrozenMonth& month) {
    std::string out = fmt::format("{}\t{}\n", head, format_date(month.as_of));
    for (const FrozenDecision& each : month.decisions)
        out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", to_string(each.decision), each.rule, each.certainty ? to_string(*each.certainty) : "",
                           each.minutes ? fmt::format("{:.1f}", *each.minutes) : "", each.until ? format_date(*each.until) : "", each.group);
    return out;
}

std::optional<FrozenMonth> parse_frozen(std::string_view text) {
    FrozenMonth out;
    bool first = true;
    for (const std::string_view line : split(text, '\n')) {
        if (line.empty()) continue;
        const auto cells = split(line, '\t');
        if (first) {
            first = false;
            const auto day = cells.size() == 2 && cells[0] == head ? parse_date(cells[1]) : std::nullopt;
            if (!day) return std::nullopt;
            out.as_of = *day;
            continue;
        }
        if (cells.size() != 6) return std::nullopt;
        const auto decision = word_of(decisions, cells[0]);
        const auto rule = parse_number(cells[1]);
        if (!decision || !rule) return std::nullopt;
        out.decisions.push_back({std::string(cells[5]), *decision, static_cast<int>(*rule), word_of(certainties, cells[2]),
                                 cells[3].empty() ? std::nullopt : parse_number(cells[3]), cells[4].empty() ? std::nullopt : parse_date(cells[4])});
    }
    return first ? std::nullopt : std::optional(out);
}

std::optional<DecisionOutcome> outcome_of(const FrozenDecision& decision, Date since, const GroupHistory& group, const DataClock& clock, const Zone& zone,
                                          Date as_of, const Policy& policy) {
    DecisionOutcome out{.group = group.id, .name = group.name, .decision = decision.decision, .minutes = decision.minutes};
    const Date end = std::min(as_of, local_date(clock.now - std::chrono::seconds(1), zone));
    bool wrote_after_leaving = false;
    for (const MyAct& act : group.acts) {
        const Date day = local_date(act.at, zone);
        if (day <= since || day > as_of) continue;
        ++out.acts;
        wrote_after_leaving = wrote_after_leaving || (group.left_at && act.at > *group.left_at);
    }
    if (group.state == MemberState::left) {
        if (group.left_at && local_date(*group.left_at, zone) <= since) return std::nullopt;  // it was left before
        out.outcome = wrote_after_leaving ? Outcome::written_again : Outcome::left;
        return out;
    }
    if (end <= since) return std::nullopt;  // the data stop before the advice
    const bool looked_in = group.my_last_light && local_date(*group.my_last_light, zone) > since;
    switch (decision.decision) {
        case Decision::leave:
        case Decision::mute:
            out.outcome = out.acts > 0 ? Outcome::written_again : Outcome::silent;
            return out;
        case Decision::keep:
            if (out.acts > 0 || looked_in) {
                out.outcome = Outcome::visited;
                return out;
            }
            // Silence counts only where the data hold all of it, and long enough of it.
            if (static_cast<double>((end - since).count()) < policy.unvisited_days ||
                !is_covered(group, {CoverageKind::own_only, CoverageKind::full}, Instant(since + std::chrono::days(1)), clock.now))
                return std::nullopt;
            out.outcome = Outcome::never_visited;
            return out;
        case Decision::trial:
            out.until = decision.until;
            out.outcome = decision.until && *decision.until <= as_of ? Outcome::trial_over : Outcome::trial_running;
            return out;
        case Decision::read_only:  // reading leaves no trace
        case Decision::cannot_judge: break;
    }
    return std::nullopt;
}

std::vector<Message> follow_up_remarks(const Aftermath& follow_up) {
    const auto with = [&](Outcome outcome, std::initializer_list<Decision> advised) {
        std::vector<const DecisionOutcome*> found;
        for (const DecisionOutcome& each : follow_up.outcomes)
            if (each.outcome == outcome && std::ranges::find(advised, each.decision) != advised.end()) found.push_back(&each);
        return found;
    };
    const std::initializer_list<Decision> any{Decision::keep, Decision::read_only, Decision::mute, Decision::trial, Decision::leave, Decision::cannot_judge};
    std::vector<Message> out;
    if (const auto left = with(Outcome::left, any); !left.empty()) {
        if (follow_up.minutes_back >= 1)
            out.push_back(msg("follow_up.left_minutes", arg("day", follow_up.since), arg("names", names(left)), arg("minutes", std::llround(follow_up.minutes_back))));
        else out.push_back(msg("follow_up.left", arg("day", follow_up.since), arg("names", names(left))));
    }
    if (const auto again = with(Outcome::written_again, any); !again.empty())
        out.push_back(msg("follow_up.written_again", arg("day", follow_up.since), arg("names", names(again))));
    if (const auto never = with(Outcome::never_visited, any); !never.empty())
        out.push_back(msg("follow_up.never_visited", arg("day", follow_up.since), arg("names", names(never))));
    for (const DecisionOutcome* each : with(Outcome::trial_over, any))
        out.push_back(msg("follow_up.trial_over", arg("name", each->name.empty() ? each->group : each->name), arg("day", *each->until), arg("acts", each->acts)));
    if (const auto still = with(Outcome::silent, {Decision::leave}); !still.empty())
        out.push_back(msg("follow_up.still_there", arg("day", follow_up.since), arg("names", names(still))));
    return out;
}

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::left: return "left";
        case Outcome::written_again: return "written_again";
        case Outcome::visited: return "visited";
        case Outcome::never_visited: return "never_visited";
        case Outcome::trial_over: return "trial_over";
        case Outcome::trial_running: return "trial_running";
        case Outcome::silent: return "silent";
    }
    return {};
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/budget.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "analysis/rounding.hpp"
#include "analysis/selection.hpp"
#include "base/text.hpp"
#include "text/tokens.hpp"

namespace secateur {
namespace {

constexpr double tiny = 1e-6;
constexpr double half_hour = 30;
/// Up to so many groups the whole frontier is exact within the time a person waits; beyond, each point has its bound.
constexpr std::size_t exact_frontier = 60;

/// Numbers that are the same on every machine, for the draws (splitmix64).
class Dice {
public:
    Dice(std::string_view id, std::uint64_t draw) : state_(draw * 0x9e3779b97f4a7c15U) {
        for (const char c : id) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    /// 0 up to below 1.
    double roll() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1.0p-53;
    }

private:
    std::uint64_t state_;
};

/// From 0 for none up to 2 for strong; weak serves nothing here.
int rung(Band band) { return band == Band::strong ? 2 : band == Band::some ? 1 : 0; }

class Planner {
public:
    Planner(const AuditReport& report, const Policy& policy, double minutes) : report_(report), policy_(policy) {
        plan_.minutes = std::max(0.0, minutes);
        for (const ObjectiveAudit& each : report.objectives)
            if (!each.done || *each.done > report.as_of) objectives_.push_back(&each);
        find_copies();
        sort_out();
        const auto seated = std::ranges::count_if(plan_.groups, [](const PlannedGroup& each) { return each.place != PlanPlace::as_it_is; });
        const double seats = policy_.plan_read_most + std::min(policy_.plan_contribute_most, static_cast<double>(writers_)) - static_cast<double>(seated);
        places_ = static_cast<std::size_t>(std::max(0.0, seats));
    }

    WeeklyPlan run() {
        const Division week = division(plan_.minutes);
        plan_.reading = one_decimal(week.reading);
        plan_.curiosity = one_decimal(week.curiosity);
        plan_.writing = one_decimal(week.writing);
        const SelectionProblem now = problem(plan_.minutes);
        best_ = best(now);
        plan_.value = four_decimals(best_.value);
        plan_.bound = four_decimals(best_.bound);
        const std::vector<double> shares = draw(now);
        for (std::size_t i = 0; i < open_.size(); ++i) {
            const double adds = change(now, i);
            if (best_.chosen[i]) {
                plan_.used += open_[i]->minutes->mid;
                plan_.groups.push_back(planned(*open_[i], shares[i], adds));
            } else if (shares[i] >= policy_.plan_unsure) {
                plan_.alternatives.push_back(planned(*open_[i], shares[i], adds));
            } else if (adds > tiny) {
                plan_.left_out.push_back({.id = open_[i]->id, .minutes = open_[i]->minutes->mid,
                                          .advised_to_keep = open_[i]->verdict.decision == Decision::keep});
            } else {
                plan_.idle.push_back(open_[i]->id);
            }
        }
        std::sort(plan_.idle.begin(), plan_.idle.end());
        plan_.places_taken = static_cast<std::size_t>(std::ranges::count(best_.chosen, true)) >= places_;
        plan_.used = one_decimal(plan_.used);
        places();
        unknown(now);
        curiosity();
        changes();
        frontier();
        left_out();
        return std::move(plan_);
    }

private:
    struct Division {
        double reading, curiosity, writing;
    };

    static bool is_private(const GroupAudit& group) { return !group.objectives_apply; }
    static bool is_dead(const GroupAudit& group) {
        return (group.vitality && group.vitality->dead) || (group.stated_silence && group.stated_silence->dead);
    }
    /// The advice waits until the next season has passed; this week is before it.
    [[nodiscard]] bool is_out_of_season(const GroupAudit& group) const {
        const auto season = std::chrono::days(7 * static_cast<std::int64_t>(policy_.season_weeks));
        return group.verdict.rule == 7 && group.verdict.until && *group.verdict.until - report_.as_of > season;
    }

    [[nodiscard]] bool is_kept(const std::string& id) const {
        const auto found = std::ranges::find(report_.groups, id, &GroupAudit::id);  // one only thought of is not among them
        return found != report_.groups.end() && found->verdict.decision == Decision::keep;
    }
    /// What repeats a group advised to keep brings what that one brings, later.
    void find_copies() {
        for (const OverlapCluster& cluster : report_.overlaps) {
            if (!is_kept(cluster.keep)) continue;
            for (const OverlapCluster::Other& other : cluster.others)
                if (other.whole && !is_kept(other.id)) copies_.insert(other.id);
        }
    }

    /// Who is in any case, who may be chosen, who is out.
    void sort_out() {
        for (const GroupAudit& group : report_.groups) {
            const Decision decision = group.verdict.decision;
            if (is_private(group)) {
                plan_.private_groups.push_back(group.id);
                if (const auto known = said_minutes(group)) plan_.in_any_case += *known;
                else ++plan_.private_unknown;
            } else if (group.verdict.rule == 2 || group.verdict.rule == 3) {
                PlannedGroup one = planned(group, 1, 0);
                one.in_any_case = true;
                if (group.minutes) plan_.in_any_case += group.minutes->mid;
                if (group.verdict.rule == 2) one.place = PlanPlace::as_it_is;
                else if (may_write(group)) ++writers_;
                plan_.groups.push_back(std::move(one));
            } else if (decision == Decision::mute) {
                plan_.muted.push_back(group.id);
            } else if (decision == Decision::leave || is_dead(group)) {
                plan_.left.push_back(group.id);
            } else if (copies_.contains(group.id) || (decision == Decision::cannot_judge && !serves_something(group))) {
                plan_.idle.push_back(group.id);
            } else if (group.verdict.for_what_is_done || is_out_of_season(group)) {
                plan_.later.push_back(group.id);
            } else if (group.minutes) {
                open_.push_back(&group);
                if (may_write(group)) ++writers_;
            } else {
                unasked_.push_back(&group);
            }
        }
        std::sort(open_.begin(), open_.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
        plan_.in_any_case = one_decimal(plan_.in_any_case);
        for (auto* list : {&plan_.private_groups, &plan_.muted, &plan_.left, &plan_.later}) std::sort(list->begin(), list->end());
    }

    /// Of a private group nothing is known but what she said herself.
    static std::optional<double> said_minutes(const GroupAudit& group) {
        const Answer* latest = nullptr;
        for (const Answer& each : group.answers)
            if (each.question == "minutes" && (!latest || latest->date <= each.date)) latest = &each;
        return latest ? parse_number(latest->value) : std::nullopt;
    }

    static bool may_write(const GroupAudit& group) {
        const Decision decision = group.verdict.decision;
        return (decision == Decision::keep || decision == Decision::trial) && (group.my_acts > 0 || group.verdict.rule == 3);
    }

    [[nodiscard]] Division division(double minutes) const {
        const double rest = std::max(0.0, minutes - plan_.in_any_case);
        const double kept = rest * policy_.plan_kept_share;
        const double curious = std::min(policy_.plan_curiosity_minutes, rest / 10);
        return {std::max(0.0, rest - kept - curious), curious, kept};
    }

    static bool serves_something(const GroupAudit& group) {
        return std::ranges::any_of(group.relevance, [](const RelevanceScore& each) { return is_serving(each.band) || each.band == Band::unknown; });
    }
    static bool reaches_whom_she_wants(const GroupAudit& group) {
        return std::ranges::any_of(group.answers, [](const Answer& each) { return each.question == "purpose" && each.value == "decision_makers"; });
    }

    [[nodiscard]] double weight(const ObjectiveAudit& objective) const { return 1.0 / std::max(1, objective.rank); }
    [[nodiscard]] double serves(int rung) const { return rung == 2 ? policy_.plan_strong : rung == 1 ? policy_.plan_some : 0; }

    static const RelevanceScore* score_of(const GroupAudit& group, const ObjectiveAudit& objective) {
        const auto found = std::ranges::find(group.relevance, objective.id, &RelevanceScore::objective);
        return found == group.relevance.end() ? nullptr : &*found;
    }

    /// v of the formula: the advice to keep it, taking part, the people met only here, and the objectives that never saturate.
    template <class Rung>
    [[nodiscard]] Choice choice(const GroupAudit& group, double minutes, Rung&& rung_of) const {
        Choice out{.minutes = minutes};
        out.value = policy_.plan_taking_part * group.participation.probability.value_or(0) +
                    policy_.plan_ties * (1 - std::exp2(-static_cast<double>(group.reach.value_or(0)) / 2));
        // Kept, or read by her own word.
        if (group.verdict.decision == Decision::keep || group.verdict.rule == 4) out.value += policy_.plan_keep;
        for (const ObjectiveAudit* each : objectives_) {
            // Where she says that the people are whom she wants to reach, the words matter less.
            const int rung = each->adds_up && reaches_whom_she_wants(group) ? 2 : rung_of(score_of(group, *each));
            const double r = serves(rung);
            // Who only reads is neither seen nor met.
            if (!each->adds_up) out.serves.push_back(r);
            else if (group.verdict.decision != Decision::read_only) out.value += weight(*each) * r;
        }
        return out;
    }
    [[nodiscard]] Choice choice(const GroupAudit& group) const {
        return choice(group, group.minutes ? group.minutes->mid : 0,
                      [](const RelevanceScore* score) { return score ? rung(score->band) : 0; });
    }

    [[nodiscard]] SelectionProblem problem(double minutes) const {
        SelectionProblem out;
        for (const ObjectiveAudit* each : objectives_)
            if (!each->adds_up) out.weights.push_back(weight(*each));
        for (const GroupAudit* each : open_) out.choices.push_back(choice(*each));
        out.minutes = division(minutes).reading;
        out.places = places_;
        return out;
    }

    [[nodiscard]] Selection best(const SelectionProblem& wanted) const {
        return static_cast<double>(open_.size()) <= policy_.plan_exact_groups ? select_exactly(wanted) : select_greedily(wanted);
    }

    /// What the plan loses without that group, or gains with it, time and places apart.
    double change(const SelectionProblem& now, std::size_t i) const {
        std::vector<bool> other = best_.chosen;
        other[i] = !other[i];
        return std::abs(value_of(now, other) - value_of(now, best_.chosen));
    }

    PlannedGroup planned(const GroupAudit& group, double share, double adds) const {
        return {.id = group.id,
                .minutes = group.minutes ? std::optional(group.minutes->mid) : std::nullopt,
                .adds = four_decimals(adds),
                .share_of_draws = four_decimals(share),
                // What cannot be judged is hers to say, however often it is drawn.
                .surety = share >= policy_.plan_sure && group.verdict.decision != Decision::cannot_judge ? PlanSurety::sure : PlanSurety::her_choice};
    }

    /// Her own figures are rounded, a platform's share is a guess, an inference has its interval.
    [[nodiscard]] double drawn_minutes(const MinutesPerWeek& minutes, double roll) const {
        double low = minutes.low, high = minutes.high;
        if (low >= high) {
            const double doubt = minutes.origin == MinutesPerWeek::Origin::her_group ? policy_.plan_doubt_hers : policy_.plan_doubt_shared;
            low = minutes.mid * (1 - doubt);
            high = minutes.mid * (1 + doubt);
        }
        return roll < 0.5 ? low + 2 * roll * (minutes.mid - low) : minutes.mid + (2 * roll - 1) * (high - minutes.mid);
    }
    [[nodiscard]] int drawn_rung(const RelevanceScore* score, double roll) const {
        if (!score) return 0;
        if (score->band == Band::unknown) return roll < 0.5 ? 0 : 1;
        const int here = rung(score->band);
        if (score->confirmed) return here;
        const double doubt = score->title_only ? policy_.plan_doubt_title : policy_.plan_doubt_band;
        const int moved = roll < doubt / 2 ? here - 1 : roll < doubt ? here + 1 : here;
        return std::clamp(moved, 0, 2);
    }

    /// How often each is chosen when minutes and relevance are drawn anew. Quick answers: within a few percent of the best.
    std::vector<double> draw(const SelectionProblem& now) const {
        std::vector<double> shares(open_.size());
        const auto draws = static_cast<std::uint64_t>(policy_.plan_draws);
        SelectionProblem drawn = now;
        for (std::uint64_t k = 1; k <= draws; ++k) {
            for (std::size_t i = 0; i < open_.size(); ++i) {
                Dice dice(open_[i]->id, k);
                const double minutes = drawn_minutes(*open_[i]->minutes, dice.roll());
                drawn.choices[i] =
                    choice(*open_[i], minutes, [&](const RelevanceScore* score) { return drawn_rung(score, dice.roll()); });
            }
            const Selection found = select_greedily(drawn);
            for (std::size_t i = 0; i < shares.size(); ++i) shares[i] += found.chosen[i];
        }
        for (double& each : shares) each /= static_cast<double>(std::max<std::uint64_t>(draws, 1));
        return shares;
    }

    [[nodiscard]] const GroupAudit& group(const std::string& id) const { return *std::ranges::find(report_.groups, id, &GroupAudit::id); }

    /// She writes where what adds up is most: people, being seen, taking part; the rest she reads.
    void places() {
        std::vector<PlannedGroup*> writers;
        for (PlannedGroup& each : plan_.groups)
            if (each.place != PlanPlace::as_it_is && may_write(group(each.id))) writers.push_back(&each);
        const auto merit = [&](const PlannedGroup& each) {
            const GroupAudit& here = group(each.id);
            return std::tuple(here.verdict.rule != 3, -choice(here).value, each.id);
        };
        std::sort(writers.begin(), writers.end(), [&](const auto* a, const auto* b) { return merit(*a) < merit(*b); });
        for (std::size_t i = 0; i < writers.size(); ++i) {
            writers[i]->writes_there = true;
            if (static_cast<double>(i) < policy_.plan_contribute_most) writers[i]->place = PlanPlace::contribute;
        }
        const auto order = [](const PlannedGroup& each) { return std::tuple(each.place, !each.in_any_case, -each.adds, each.id); };
        std::sort(plan_.groups.begin(), plan_.groups.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
        std::sort(plan_.alternatives.begin(), plan_.alternatives.end(),
                  [](const auto& a, const auto& b) { return std::tuple(-a.share_of_draws, a.id) < std::tuple(-b.share_of_draws, b.id); });
    }

    void unknown(SelectionProblem now) {
        const double had = value_of(now, best_.chosen);
        for (const GroupAudit* each : unasked_) {
            now.choices.push_back(choice(*each));
            std::vector<bool> with = best_.chosen;
            with.push_back(true);
            plan_.unknown.push_back({each->id, four_decimals(value_of(now, with) - had)});
            now.choices.pop_back();
        }
        for (const PlannedGroup& each : plan_.groups)
            if (!each.minutes) plan_.unknown.push_back({each.id, 0});
        std::sort(plan_.unknown.begin(), plan_.unknown.end(),
                  [](const UnknownCost& a, const UnknownCost& b) { return std::tuple(-a.would_add, a.id) < std::tuple(-b.would_add, b.id); });
    }

    /// Something on trial first, then whatever of unknown cost would add most.
    void curiosity() {
        if (plan_.curiosity <= 0) return;
        for (const UnknownCost& each : plan_.unknown) {
            const bool on_trial = group(each.id).verdict.decision == Decision::trial;
            if (each.would_add <= tiny || (plan_.curious_about && !on_trial)) continue;
            plan_.curious_about = each.id;
            if (on_trial) break;
        }
    }

    [[nodiscard]] PlanChange between(double minutes, const Selection& other) const {
        PlanChange out{.minutes = minutes};
        std::vector<std::pair<double, std::string>> added, dropped;
        const SelectionProblem now = problem(plan_.minutes);
        for (std::size_t i = 0; i < open_.size(); ++i) {
            if (best_.chosen[i] == other.chosen[i]) continue;
            (best_.chosen[i] ? dropped : added).emplace_back(-change(now, i), open_[i]->id);
        }
        for (auto* list : {&added, &dropped}) std::sort(list->begin(), list->end());
        for (const auto& [adds, id] : added) out.added.push_back(id);
        for (const auto& [adds, id] : dropped) out.dropped.push_back(id);
        return out;
    }

    void changes() {
        const double more = plan_.minutes + half_hour;
        const SelectionProblem longer = problem(more);
        // Nobody trades a group to keep for half an hour: those of the plan are worth more here than all the rest.
        SelectionProblem holding = longer;
        double all = 1;
        for (const Choice& each : longer.choices) all += each.value;
        for (const double each : longer.weights) all += each;
        for (std::size_t i = 0; i < open_.size(); ++i)
            if (best_.chosen[i] && open_[i]->verdict.decision == Decision::keep) holding.choices[i].value += all;
        Selection wider = best(holding);
        wider.value = value_of(longer, wider.chosen);
        if (wider.value > best_.value + tiny) plan_.half_hour_more = between(more, wider);
        // The chosen groups fit until the reading time falls below what they take: one step further down, somebody goes.
        for (double less = step_below(plan_.minutes); less >= 0 && plan_.used > 0; less -= policy_.plan_step) {
            if (division(less).reading + tiny >= plan_.used) continue;
            plan_.first_to_go = between(less, best(problem(less)));
            break;
        }
    }
    [[nodiscard]] double step_below(double minutes) const { return (std::ceil(minutes / policy_.plan_step) - 1) * policy_.plan_step; }

    void frontier() {
        double everything = 0;
        for (const GroupAudit* each : open_) everything += each->minutes->mid;
        const bool exact = open_.size() <= exact_frontier;
        SelectionProblem all = problem(plan_.minutes);
        all.minutes = everything;
        const Selection most = best(all);
        Selection last{.chosen = std::vector<bool>(open_.size())};
        for (double minutes = 0;; minutes += policy_.plan_step) {
            const SelectionProblem here = problem(minutes);
            // What was best with less time is possible still, and nothing beats having everything.
            if (last.value + tiny < most.value) {
                Selection found = exact ? select_exactly(here) : select_greedily(here);
                if (minutes >= plan_.minutes && best_.value > found.value) found = {best_.chosen, best_.value, found.bound};
                const double bound = std::min(found.bound, most.bound);
                if (found.value > last.value) last = std::move(found);
                last.bound = std::max(last.value, bound);
            }
            FrontierPoint point{.minutes = minutes, .value = four_decimals(last.value), .bound = four_decimals(last.bound)};
            for (std::size_t i = 0; i < open_.size(); ++i)
                if (last.chosen[i]) point.groups.push_back(open_[i]->id);
            plan_.frontier.push_back(std::move(point));
            if (here.minutes + tiny >= everything) break;
        }
    }

    /// What would let each of them in: another week, or another's place.
    void left_out() {
        for (LeftOut& each : plan_.left_out) {
            each.no_place = plan_.places_taken && plan_.used + each.minutes <= plan_.reading + tiny;
            const auto first = std::ranges::find_if(plan_.frontier, [&](const FrontierPoint& point) { return std::ranges::binary_search(point.groups, each.id); });
            if (first != plan_.frontier.end() && first->minutes > plan_.minutes) each.fits_from = first->minutes;
        }
        std::ranges::stable_sort(plan_.left_out, {}, [](const LeftOut& each) { return !each.advised_to_keep; });
    }

    const AuditReport& report_;
    const Policy& policy_;
    std::vector<const ObjectiveAudit*> objectives_;
    std::vector<const GroupAudit*> open_;     // may be chosen; by id
    std::vector<const GroupAudit*> unasked_;  // could be, were their minutes known
    std::set<std::string> copies_;
    std::uint64_t writers_ = 0;               // groups where she may contribute
    std::size_t places_ = 0;
    WeeklyPlan plan_;
    Selection best_;
};

}  // namespace

WeeklyPlan weekly_plan(const AuditReport& report, const Policy& policy, double minutes) { return Planner(report, policy, minutes).run(); }

bool is_about_being_seen(const Objective& objective) {
    static const std::set<std::string_view> words{"visible", "visibles",   "visibilite", "visibility", "notoriete", "reputation",
                                                  "connue",  "connu",      "connaitre",  "recognised", "recognized", "reconnue",
                                                  "reconnu", "known",      "audience",   "influence"};
    for (const Token& token : tokenise(objective.text))
        if (words.contains(fold_search(token.text))) return true;
    return false;
}

std::string_view to_string(PlanPlace place) {
    return place == PlanPlace::contribute ? "contribute" : place == PlanPlace::read ? "read" : "as_it_is";
}
std::string_view to_string(PlanSurety surety) { return surety == PlanSurety::sure ? "sure" : "your_choice"; }

}  // namespace secateur

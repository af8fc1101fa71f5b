// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/audit.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "analysis/acquaintances.hpp"
#include "analysis/answers.hpp"
#include "analysis/audit_form.hpp"
#include "analysis/budget.hpp"
#include "analysis/cues.hpp"
#include "analysis/decision.hpp"
#include "analysis/minutes.hpp"
#include "analysis/participation.hpp"
#include "analysis/reasons.hpp"
#include "analysis/reciprocity.hpp"
#include "analysis/redundancy.hpp"
#include "analysis/relevance.hpp"
#include "analysis/rhythm.hpp"
#include "analysis/rounding.hpp"
#include "analysis/statistics.hpp"
#include "analysis/vitality.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

using std::chrono::days;

days whole(double count) { return days(static_cast<std::int64_t>(count)); }

/// What is kept of a group once its history is gone.
struct Pending {
    GroupAudit audit;
    DecisionInputs inputs;
    HerAnswers answers;
    VerdictFacts facts;
    ReadingShare reading;
    std::vector<DecisionInputs> nearby;         // without the relevance of this group, which is known last
    Acquaintances::Exchanges met;
    bool people_known = false;
    bool conversation_known = false;
    bool leads = false;
    bool has_words = false;  // relevance was asked for it
    unsigned pieces = 0;
    StateFacts state;
};

class Audit {
public:
    Audit(const AuditInputs& inputs, const Profile& profile, const Policy& policy, Date as_of)
        : inputs_(inputs),
          profile_(profile),
          policy_(policy),
          as_of_(as_of),
          as_of_at_(as_of_instant(as_of, inputs.zone)),
          relevance_(objectives(), policy, inputs.words ? *inputs.words : no_word_data()),
          habits_(as_of, inputs.zone, policy),
          redundancy_(policy, inputs.person_name),
          acquaintances_(inputs.person_name, inputs.are_two) {}

    AuditReport run() {
        inputs_.for_each_group([this](const GroupHistory& group) { take(group); });
        std::sort(pending_.begin(), pending_.end(), [](const Pending& a, const Pending& b) {
            return std::tie(a.audit.id, a.audit.name) < std::tie(b.audit.id, b.audit.name);
        });
        pin();
        meetings();
        reach();
        repeats();
        rates();
        minutes();
        judge();
        return report();
    }

private:
    /// Open ones by rank, then those reached lately: they are asked about too, but not shown.
    std::vector<Objective> objectives() {
        std::vector<Objective> recent;
        for (const Objective& each : profile_.objectives) {
            if (each.open_at(as_of_)) open_.push_back(each);
            else if (each.done && *each.done <= as_of_ && as_of_ - *each.done <= whole(policy_.done_days)) recent.push_back(each);
        }
        const auto order = [](const Objective& a, const Objective& b) { return std::tie(a.rank, a.id) < std::tie(b.rank, b.id); };
        std::sort(open_.begin(), open_.end(), order);
        std::sort(recent.begin(), recent.end(), order);
        std::vector<Objective> all = open_;
        all.insert(all.end(), recent.begin(), recent.end());
        for (const Objective& each : recent) recently_done_.push_back(each.id);
        return all;
    }

    [[nodiscard]] Date day(Instant at) const { return local_date(at, inputs_.zone); }
    [[nodiscard]] std::optional<Date> day(const std::optional<Instant>& at) const {
        return at ? std::optional(day(*at)) : std::nullopt;
    }

    void note_given(const GroupHistory& group) {
        const Instant from = as_of_at_ - days(365);
        gave_.answers += group.gave.answers + group.gave.comments;
        gave_.introductions += group.gave.introductions;
        for (const ThanksWord& each : group.thanks_received) gave_.thanks_received += each.at > from && each.at <= as_of_at_;
        for (const Exchange& each : group.exchanges)
            if (group.kind != GroupKind::direct && each.person != 0 && each.given > 0 && each.day <= as_of_ && as_of_ - each.day < days(365)) given_to_.insert(each.person);
    }

    void take(const GroupHistory& group) {
        const HerAnswers said = her_answers(group.answers, as_of_, policy_);
        const bool is_private = (said.scope && (said.scope->value == Scope::personal || said.scope->value == Scope::duty)) ||
                                (said.purpose && said.purpose->value == Purpose::support);
        habits_.add(group, data_clock(group, as_of_at_, policy_).now, is_private);
        if (group.kind == GroupKind::direct) {
            ++direct_;
            note_given(group);
            acquaintances_.add(group, as_of_);
            return;
        }
        follow(group);
        if (group.state == MemberState::left) {
            ++left_;
            return;
        }
        Pending one;
        one.answers = her_answers(group.answers, as_of_, policy_);
        const DataClock clock = data_clock(group, as_of_at_, policy_);
        describe(group, clock, one);
        own_acts(group, clock, one);
        others(group, clock, one);
        one.audit.rhythm = rhythm(group, clock, inputs_.zone, policy_);
        one.audit.responses = responses(group, clock, inputs_.zone, policy_);
        if (one.audit.objectives_apply) {
            one.audit.reciprocity = reciprocity(group, clock, policy_, inputs_.person_name);
            note_given(group);
        }
        limits(group, clock, one);
        months(group, clock, one.audit);
        const bool personal = one.inputs.private_scope;
        if (!personal) relevance_.add(group, clock.now);
        if (!personal) redundancy_.add(group, one.conversation_known);
        one.has_words = !personal;
        pending_.push_back(std::move(one));
    }

    /// The last kept advice about the group, against what followed.
    void follow(const GroupHistory& group) {
        const FrozenMonth* last = nullptr;
        for (const FrozenMonth& each : inputs_.months)
            if (each.as_of < as_of_) last = &each;
        if (!last) return;
        if (!follow_up_) follow_up_ = Aftermath{.since = last->as_of};
        const auto advised = std::ranges::find(last->decisions, group.id, &FrozenDecision::group);
        if (advised == last->decisions.end()) return;
        if (auto outcome = outcome_of(*advised, last->as_of, group, data_clock(group, as_of_at_, policy_), inputs_.zone, as_of_, policy_))
            follow_up_->outcomes.push_back(std::move(*outcome));
    }

    /// A trial is given once: while it runs it keeps its first end.
    std::optional<Date> earlier_trial(const std::string& id) const {
        for (const FrozenMonth& month : inputs_.months) {
            if (month.as_of >= as_of_) break;
            for (const FrozenDecision& each : month.decisions)
                if (each.group == id && each.decision == Decision::trial && each.rule == 11) return each.until;
        }
        return std::nullopt;
    }

    void followed_up(AuditReport& out) {
        if (!follow_up_) return;
        auto& all = follow_up_->outcomes;
        std::erase_if(all, [&](const DecisionOutcome& each) {  // said to be private since
            const auto now = std::ranges::find(out.groups, each.group, &GroupAudit::id);
            return now != out.groups.end() && !now->objectives_apply;
        });
        std::sort(all.begin(), all.end(), [](const DecisionOutcome& a, const DecisionOutcome& b) { return std::tie(a.outcome, a.group) < std::tie(b.outcome, b.group); });
        for (const DecisionOutcome& each : all)
            if (each.outcome == Outcome::left) follow_up_->minutes_back += each.minutes.value_or(0);
        follow_up_->minutes_back = one_decimal(follow_up_->minutes_back);
        for (Message& each : follow_up_remarks(*follow_up_)) out.remarks.push_back(std::move(each));
        out.aftermath = std::move(follow_up_);
    }

    void describe(const GroupHistory& group, const DataClock& clock, Pending& one) {
        GroupAudit& out = one.audit;
        out.id = group.id;
        out.platform = group.platform;
        out.key = group.key;
        out.name = group.name;
        out.url = group.url;
        out.language = group.language;
        out.kind = group.kind;
        out.state = group.state;
        out.scope = one.answers.scope ? one.answers.scope->value : Scope::audit;
        out.joined_at = day(group.joined_at);
        out.coverage = clock.kind;
        out.data_until = std::min(as_of_, day(clock.now - std::chrono::seconds(1)));
        out.stale = clock.stale;
        out.my_reactions = group.my_reactions;
        out.answers = group.answers;
        std::erase_if(out.answers, [this](const Answer& each) { return each.date > as_of_; });
        if (!one.answers.scope) out.proposed_scope = cues_.scope(group, policy_);
        if (!one.answers.purpose) out.proposed_purpose = cues_.purpose(group, policy_);

        DecisionInputs& in = one.inputs;
        in.candidate = out.scope == Scope::candidate;
        in.private_scope = out.scope == Scope::personal || out.scope == Scope::duty;
        in.belongs = one.answers.purpose &&
                     (one.answers.purpose->value == Purpose::support || one.answers.purpose->value == Purpose::belonging);
        // A support group is as private as a family: nothing about it is measured.
        out.objectives_apply = !in.private_scope && !(one.answers.purpose && one.answers.purpose->value == Purpose::support);
        in.pinned = group.pinned;
        in.leads = group.role == Role::owner || group.role == Role::admin || group.role == Role::moderator;
        if (one.answers.would_lose) in.would_lose = one.answers.would_lose->value;
        if (one.answers.reads) in.still_reads = one.answers.reads->value != Reads::no;
        if (one.answers.brought) in.brought = one.answers.brought->value;
        if (one.answers.pleasure) in.pleasure = one.answers.pleasure->value;
        in.open_objective = !open_.empty();
        const bool proposes_belonging = out.proposed_purpose && (out.proposed_purpose->purpose == Purpose::support ||
                                                                 out.proposed_purpose->purpose == Purpose::belonging);
        if (proposes_belonging) one.facts.proposed_purpose = out.proposed_purpose->purpose;
        in.unanswered_proposal = out.proposed_scope.has_value() || proposes_belonging;
    }

    /// What depends on my acts alone; used again for "one week more" and "the latest week less".
    void acts_into(DecisionInputs& in, const GroupHistory& group, const DataClock& clock, const std::vector<Instant>& acts,
                   std::optional<Participation> p) const {
        in.has_acts = !acts.empty();
        in.active_weeks_52 = active_weeks(acts, clock.now, 52, inputs_.zone);
        in.active_weeks_26 = active_weeks(acts, clock.now, 26, inputs_.zone);
        in.probability.reset();
        in.days_silent.reset();
        in.silence_covered = false;
        in.season_until.reset();
        if (!p) return;
        in.probability = p->probability;
        in.days_silent = p->days_since_here;
        const Instant last = *std::max_element(acts.begin(), acts.end());
        in.silence_covered = is_covered(group, {CoverageKind::own_only, CoverageKind::full}, last, clock.now);
        if (const auto habit = season(acts, clock.now, as_of_, inputs_.zone, policy_)) in.season_until = habit->until;
    }

    void own_acts(const GroupHistory& group, const DataClock& clock, Pending& one) {
        GroupAudit& out = one.audit;
        std::vector<Instant> acts;
        for (const MyAct& act : group.acts) {
            if (act.at > as_of_at_) continue;
            acts.push_back(act.at);
            out.my_words += act.words;
        }
        out.my_acts = acts.size();
        const std::optional<std::uint64_t> people = people_active(group, clock);
        const auto p = participation(acts, group.account_last_act, clock.now, policy_, people);
        acts_into(one.inputs, group, clock, acts, p);
        one.inputs.may_be_lively = clock.end_known;
        out.my_active_weeks_52 = one.inputs.active_weeks_52;
        std::set<std::int64_t> weeks;  // those of P
        std::set<Date> mondays;        // those that are shown
        for (const Instant act : acts) {
            weeks.insert(epoch_week(act));
            mondays.insert(iso_week_monday(act, inputs_.zone));
        }
        one.facts.active_weeks_all = mondays.size();
        if (!p) return;
        const auto [first, last] = std::minmax_element(acts.begin(), acts.end());
        out.first_act = day(*first);
        out.last_act = day(*last);
        out.participation = {p->probability, p->active_weeks_decayed, p->days_since_here, p->days_since_account,
                             p->people, likelihood(p->probability, policy_)};

        // One active week more, beside the latest.
        DecisionInputs more = one.inputs;
        more.probability = participation_of(p->active_weeks_decayed + week_weight(*weeks.rbegin(), clock.now, policy_),
                                            p->days_since_here, p->days_since_account, policy_, people)
                               .probability;
        if (clock.now - *last <= days(7 * 52)) ++more.active_weeks_52;
        if (clock.now - *last <= days(7 * 26)) ++more.active_weeks_26;
        one.nearby.push_back(more);
        // The latest one taken away.
        std::vector<Instant> earlier;
        for (const Instant act : acts)
            if (epoch_week(act) != *weeks.rbegin()) earlier.push_back(act);
        DecisionInputs less = one.inputs;
        acts_into(less, group, clock, earlier, participation(earlier, group.account_last_act, clock.now, policy_, people));
        one.nearby.push_back(less);
        for (const double margin : {-policy_.probability_margin, policy_.probability_margin}) {
            DecisionInputs end = one.inputs;
            end.probability = std::clamp(p->probability + margin, 0.0, 1.0);
            one.nearby.push_back(end);
        }
    }

    /// A word to everybody there about the time when an objective was reached: from two months before on.
    [[nodiscard]] bool thanked_all(const GroupHistory& group) const {
        constexpr days about{60};
        return std::ranges::any_of(profile_.objectives, [&](const Objective& each) {
            return each.done && *each.done <= as_of_ && std::ranges::any_of(group.thanks_given, [&](const ThanksWord& word) {
                       return word.person == 0 && word.at <= as_of_at_ && day(word.at) + about >= *each.done;
                   });
        });
    }

    /// She wrote there when an objective was reached, or after.
    [[nodiscard]] bool told_all(const GroupHistory& group) const {
        return std::ranges::any_of(profile_.objectives, [&](const Objective& each) {
            return each.done && *each.done <= as_of_ &&
                   std::ranges::any_of(group.acts, [&](const MyAct& act) { return act.at <= as_of_at_ && tells_of(day(act.at), *each.done); });
        });
    }

    void others(const GroupHistory& group, const DataClock& clock, Pending& one) {
        one.facts.thanked_all = thanked_all(group);
        one.facts.told_all = told_all(group);
        GroupAudit& out = one.audit;
        one.met = acquaintances_.add(group, as_of_);
        Instant start = clock.now;
        if (group.first_record) start = *group.first_record;
        if (group.joined_at) start = std::max(start, *group.joined_at);
        one.conversation_known = clock.kind == CoverageKind::full;
        one.people_known =
            one.conversation_known && group.answers_shown && is_covered(group, {CoverageKind::full}, std::min(start, clock.now), clock.now);
        if (one.people_known || !one.met.empty()) out.people_met = one.met.size();
        out.vitality = vitality(group, clock, inputs_.zone, policy_);
        one.inputs.dead = is_dead(group, clock, policy_);
        out.stated_silence = stated_silence(group, clock, as_of_at_, inputs_.zone, policy_);
        if (out.stated_silence && out.stated_silence->dead) one.inputs.dead = true;
        one.state.announces = announces(group, policy_);
        one.state.valued = one.inputs.still_reads.value_or(false) || one.inputs.brought.value_or(false);

        one.reading.id = group.id;
        one.reading.platform = group.platform;
        if (one.answers.minutes) one.reading.her_minutes = one.answers.minutes->value;
        one.reading.old_minutes = one.answers.old_minutes;
        if (one.answers.reads) one.reading.reads = one.answers.reads->value;
        const WholeWeeks window = whole_weeks(clock.now, static_cast<unsigned>(policy_.vitality_weeks), inputs_.zone);
        if (is_covered(group, {CoverageKind::full}, window.begin_at, window.end_at)) {
            double words = 0;
            for (const WeekVolume& week : group.weeks)
                if (week.monday >= window.first && week.monday < window.end) words += static_cast<double>(week.words_others);
            one.reading.words = words / policy_.vitality_weeks;
        }
        one.reading.inferred = inferred_minutes(group, clock, one.reading.reads, inputs_.zone, policy_);

        const std::optional<Instant> seen = group.others_last;
        const bool alive = seen && clock.now - *seen <= whole(policy_.dead_days);
        const bool wrote_lately =
            out.last_act && one.inputs.days_silent.value_or(0) <= static_cast<std::int64_t>(policy_.silent_days);
        if (one.inputs.private_scope || out.proposed_scope) out.fact = FactState::personal;
        else if (wrote_lately) out.fact = FactState::wrote_this_year;
        else if (one.inputs.dead.value_or(false)) out.fact = FactState::dead;
        else if (one.inputs.has_acts) out.fact = FactState::wrote_before;
        else if (alive || group.my_last_light) out.fact = FactState::alive_perhaps_read;
        else if (clock.kind == CoverageKind::names_only) out.fact = FactState::name_only;
        else out.fact = FactState::no_trace;
    }

    void limits(const GroupHistory& group, const DataClock& clock, Pending& one) {
        DecisionInputs& in = one.inputs;
        in.unattributed = group.source_has_unattributed && group.kind != GroupKind::group_chat;  // whose messages name their chat
        in.stale = clock.stale;
        if (group.my_last_light && clock.now - *group.my_last_light <= whole(policy_.light_days)) {
            in.light_recently = true;
            one.facts.last_light = day(*group.my_last_light);
        }
        in.year_covered = is_covered(group, {CoverageKind::own_only, CoverageKind::full},
                                     clock.now - whole(policy_.silent_year_days), clock.now);
        // The day of joining; else the first record, where the data would show an earlier one.
        std::optional<Instant> joined = group.joined_at;
        if (!joined && group.first_record &&
            is_covered(group, {CoverageKind::own_only, CoverageKind::full}, *group.first_record - whole(policy_.new_days),
                       *group.first_record))
            joined = group.first_record;
        if (joined && clock.now - *joined < whole(policy_.new_days)) {
            const Date until = day(*joined) + whole(policy_.new_days);
            if (until > as_of_) in.new_until = until;
        }
        if (!in.has_acts) {
            std::optional<Instant> begin;
            for (const CoveragePeriod& period : group.coverage)
                if (period.kind != CoverageKind::names_only && period.kind != CoverageKind::partial_window && period.begin &&
                    (!begin || *period.begin < *begin))
                    begin = period.begin;
            if (begin && is_covered(group, {CoverageKind::own_only, CoverageKind::full}, *begin, clock.now))
                one.facts.covered_months = std::max<std::int64_t>(0, std::chrono::floor<days>(clock.now - *begin).count() / 30);
        }
        one.pieces += in.has_acts ? clock.kind != CoverageKind::names_only : in.year_covered;
        one.pieces += one.conversation_known;
        one.pieces += group.joined_at.has_value();
        one.pieces += in.leads || in.pinned;
        one.pieces += one.answers.fresh();
        for (DecisionInputs& each : one.nearby) {
            each.unattributed = in.unattributed;
            each.stale = in.stale;
            each.light_recently = in.light_recently;
            each.year_covered = in.year_covered;
            each.new_until = in.new_until;
            each.dead = in.dead;
        }
    }

    void months(const GroupHistory& group, const DataClock& clock, GroupAudit& out) const {
        const std::chrono::year_month_day until{out.data_until};
        const std::int32_t last =
            static_cast<int>(until.year()) * 12 + static_cast<std::int32_t>(static_cast<unsigned>(until.month())) - 1;
        std::map<std::int32_t, const MonthVolume*> known;
        for (const MonthVolume& each : group.months) known[each.month] = &each;
        const auto begin_of = [this](std::int32_t month) {
            const LocalTime local{month / 12, static_cast<unsigned>(month % 12) + 1, 1, 0, 0, 0};
            return inputs_.zone.to_instant(local).value_or(Instant{});
        };
        for (std::int32_t month = last - 23; month <= last; ++month) {
            MonthPoint point{.month = month};
            const auto found = known.find(month);
            if (found != known.end()) point.mine = found->second->mine;
            const Instant begin = group.first_record && begin_of(month + 1) > *group.first_record
                                      ? std::max(begin_of(month), *group.first_record)
                                      : begin_of(month);
            if (is_covered(group, {CoverageKind::full}, begin, std::min(clock.now, begin_of(month + 1))))
                point.others = found == known.end() ? 0 : found->second->others;
            out.months.push_back(point);
        }
    }

    void pin() {
        for (const std::string& wanted : profile_.pinned) {
            const std::string folded = fold_search(wanted);
            if (folded.empty()) continue;
            std::vector<Pending*> found;
            for (Pending& each : pending_)
                if (each.audit.id == wanted) found.push_back(&each);
            if (found.empty())
                for (Pending& each : pending_)
                    if (fold_search(each.audit.name).find(folded) != std::string::npos) found.push_back(&each);
            // Several groups of that name: all of them stay, and she is told.
            for (Pending* each : found) {
                if (!each->inputs.pinned && !each->inputs.leads) ++each->pieces;
                each->inputs.pinned = true;
            }
            if (found.size() > 1)
                remarks_.push_back(msg("analysis.remark_pin_ambiguous", arg("name", quote(wanted)), arg("count", found.size())));
            if (found.empty()) remarks_.push_back(msg("analysis.remark_pin_unknown", arg("name", quote(wanted))));
        }
    }

    void reach() {
        for (Pending& one : pending_) {
            Acquaintances::OnlyHere found = acquaintances_.only_here(one.met, one.audit.id);
            if (found.people > 0 || (one.people_known && !found.doubt)) {
                one.audit.reach = found.people;
                one.inputs.met_only_here = found.people > 0;
                ++one.pieces;
            }
            one.inputs.ever_met_only_here = found.people > 0 || found.doubt;
            one.audit.people_met_only_here = std::move(found.names);
        }
    }

    /// Face to face with those she exchanges with in a group, or through it as she noted.
    void meetings() {
        std::map<std::string, std::vector<Pending*>> by_name;
        for (Pending& each : pending_)
            if (!trim(each.audit.name).empty()) by_name[fold_search(each.audit.name)].push_back(&each);
        std::map<Pending*, std::map<std::string, Date>> last;  // by name of a person
        for (const MeetingOf& each : inputs_.meetings) {
            if (!is_face_to_face(each.meeting)) continue;
            const Date on = day(each.meeting.begin->at);
            if (on > as_of_) continue;
            const auto through = by_name.find(fold_search(each.meeting.met_through));
            for (const std::int64_t number : each.people) {
                const std::int64_t person = acquaintances_.meant(number);
                const std::string name = acquaintances_.name_of(person);
                if (name.empty()) continue;
                std::set<Pending*> places;
                if (through != by_name.end()) places.insert(through->second.begin(), through->second.end());
                for (Pending& one : pending_)
                    if (one.met.contains(person) || (!each.group.empty() && one.audit.id == each.group)) places.insert(&one);
                // Whom she met face to face through one group she knows from there too.
                if (through != by_name.end())
                    for (const Pending* place : through->second) acquaintances_.add_place(person, place->audit.id);
                for (Pending* place : places) {
                    Date& latest = last[place].try_emplace(name, on).first->second;
                    latest = std::max(latest, on);
                }
            }
        }
        for (auto& [place, people] : last) {
            std::vector<std::pair<Date, std::string>> order;
            for (const auto& [name, on] : people) order.emplace_back(on, name);
            std::ranges::sort(order, [](const auto& a, const auto& b) { return std::tuple(b.first, a.second) < std::tuple(a.first, b.second); });
            InPerson& found = place->audit.in_person.emplace(InPerson{.people = order.size(), .last = order.front().first, .names = {}});
            for (const auto& [on, name] : order)
                if (found.names.size() < 10) found.names.push_back(name);
            ++place->pieces;
        }
    }

    void repeats() {
        std::map<std::string, std::vector<Pending*>> by_name;
        std::map<std::string, std::vector<Pending*>> by_id;
        for (Pending& each : pending_) {
            if (!trim(each.audit.name).empty()) by_name[fold_search(each.audit.name)].push_back(&each);
            by_id[each.audit.id].push_back(&each);
        }
        for (auto* index : {&by_name, &by_id})
            for (auto& [key, same] : *index) {
                if (same.size() < 2) continue;
                // The one she wrote in most stands for all.
                const auto main = std::min_element(same.begin(), same.end(), [](const Pending* a, const Pending* b) {
                    return std::forward_as_tuple(b->audit.my_acts, a->audit.id) <
                           std::forward_as_tuple(a->audit.my_acts, b->audit.id);
                });
                for (Pending* each : same) {
                    if (each == *main) continue;
                    each->audit.repeats = (*main)->audit.id;
                    if (each->audit.fact != FactState::personal && each->audit.fact != FactState::wrote_this_year)
                        each->audit.fact = FactState::repeated;
                }
            }
    }

    /// Each rate drawn towards those of her other groups; private ones are nobody's yardstick.
    void rates() {
        std::vector<Rhythm*> known;
        for (Pending& one : pending_)
            if (one.audit.rhythm && one.audit.objectives_apply && !one.inputs.candidate) known.push_back(&*one.audit.rhythm);
        expect_rates(known, policy_);
    }

    void minutes() {
        std::vector<ReadingShare> shares;
        for (const Pending& one : pending_)
            if (!one.inputs.candidate) shares.push_back(one.reading);
        const auto found = minutes_per_week(shares, profile_.platform_minutes, policy_);
        for (Pending& one : pending_)
            if (const auto known = found.find(one.audit.id); known != found.end() && !one.inputs.candidate)
                one.audit.minutes = known->second;
    }

    /// Bands of the open objectives into the inputs; her own answer stands above them.
    void relevance_into(DecisionInputs& in, const std::vector<Band>& bands, bool beyond_title, const HerAnswers& answers) const {
        in.beyond_title = beyond_title;
        in.confirmed = answers.serves && answers.serves->value == "none";
        in.serves.reset();
        in.nothing_matched =
            !bands.empty() && std::all_of(bands.begin(), bands.end(), [](Band each) { return each == Band::none; });
        if (in.confirmed) {
            in.serves = false;
            return;
        }
        bool unknown = false, serves = false;
        for (std::size_t i = 0; i < bands.size(); ++i) {
            serves = serves || is_serving(bands[i]) ||
                     (answers.serves && answers.serves->value == open_[i].id);
            unknown = unknown || bands[i] == Band::unknown;
        }
        if (serves) in.serves = true;
        else if (!unknown && !bands.empty()) in.serves = false;
    }

    /// It is about being seen or about meeting people.
    [[nodiscard]] bool adds_up(std::size_t objective) const {
        return is_about_being_seen(open_[objective]) || is_about_people(open_[objective], relevance_.topics(objective));
    }

    void judge() {
        const auto scores = relevance_.scores();
        bool wants_ties = false;
        for (std::size_t i = 0; i < open_.size(); ++i)
            wants_ties = wants_ties || is_about_work(relevance_.topics(i)) || is_about_people(open_[i], relevance_.topics(i));
        // To be seen or to meet people takes a place where somebody else can speak, and does.
        // A meeting on record says more of meeting than a word does.
        const auto seen = [&](const Pending& one, std::size_t objective, Band band) {
            const bool serves = is_serving(band);
            const bool nobody = one.inputs.dead.value_or(false) || (one.state.announces && !one.inputs.has_acts);
            if (nobody && adds_up(objective)) return serves ? Band::weak : band;
            if (one.audit.in_person && is_about_meeting(open_[objective])) return serves ? Band::strong : band == Band::weak ? Band::some : band;
            return band;
        };
        std::map<std::string, std::string> texts;
        for (const Objective& each : profile_.objectives) texts[each.id] = each.text.empty() ? each.id : each.text;

        for (Pending& one : pending_) {
            GroupAudit& out = one.audit;
            DecisionInputs& in = one.inputs;
            in.wants_ties = wants_ties;
            bool readable = true;
            std::vector<Band> bands;
            std::vector<std::vector<Band>> ends;
            if (one.has_words) {
                const GroupRelevance& found = scores.at(out.id);
                readable = found.readable;
                if (out.language.empty() && found.readable && found.tongue != Tongue::unsure)
                    out.language = found.tongue == Tongue::french ? "fr" : "en";
                for (std::size_t i = 0; i < open_.size(); ++i) {
                    RelevanceScore& score = out.relevance.emplace_back(found.scores[i]);
                    score.band = seen(one, i, score.band);
                    score.unseen = score.band > found.scores[i].band;
                    score.met = score.band < found.scores[i].band;
                    bands.push_back(score.band);
                }
                for (std::size_t i = open_.size(); i < found.scores.size(); ++i) {
                    if (in.served_done || !is_serving(found.scores[i].band)) continue;
                    in.served_done = true;
                    one.facts.done_objective = recently_done_[i - open_.size()];
                }
                for (const double margin : {-policy_.relevance_margin, policy_.relevance_margin}) {
                    ends.emplace_back();
                    for (std::size_t i = 0; i < open_.size(); ++i) {
                        const double moved = std::clamp(found.matched[i] + margin, 0.0, 1.0);
                        // "none" is a matter of words found or not: an interval does not make words appear.
                        ends.back().push_back(bands[i] == Band::none
                                                  ? Band::none
                                                  : seen(one, i, relevance_.band_at(out.id, i, std::max(moved, policy_.band_weak))));
                    }
                }
            }
            if (one.answers.serves &&
                std::find(recently_done_.begin(), recently_done_.end(), one.answers.serves->value) != recently_done_.end()) {
                in.served_done = one.facts.done_said = true;
                one.facts.done_objective = one.answers.serves->value;
            }
            if (one.answers.serves && one.answers.serves->value == "none") in.served_done = false;  // she said what it never served
            const bool beyond_title = readable && !out.relevance.empty() && !out.relevance.front().title_only;
            for (DecisionInputs& each : one.nearby) {
                each.wants_ties = in.wants_ties;
                each.served_done = in.served_done;
                each.pinned = in.pinned;
                each.met_only_here = in.met_only_here;
                each.ever_met_only_here = in.ever_met_only_here;
                relevance_into(each, bands, beyond_title, one.answers);
            }
            relevance_into(in, bands, beyond_title, one.answers);
            for (const auto& end : ends) {
                DecisionInputs moved = in;
                relevance_into(moved, end, beyond_title, one.answers);
                one.nearby.push_back(moved);
            }
            for (std::size_t i = 0; i < out.relevance.size(); ++i) {
                RelevanceScore& score = out.relevance[i];
                if (!one.answers.serves) continue;
                const std::string& said = one.answers.serves->value;
                if (said == "none") {
                    score.band = Band::none;
                    score.confirmed = true;
                } else if (said == open_[i].id) {
                    if (score.band != Band::strong) score.band = Band::some;
                    score.confirmed = true;
                    score.unseen = false;
                }
            }
            if (!open_.empty() && in.serves && (in.beyond_title || in.confirmed)) ++one.pieces;
            std::size_t served = 0, seen_by = 0;
            for (std::size_t i = 0; i < out.relevance.size(); ++i) {
                if (!is_serving(out.relevance[i].band)) continue;
                ++served;
                seen_by += adds_up(i);
            }
            one.facts.only_to_be_seen = served > 0 && seen_by == served;

            one.facts.readable = readable;
        }
        copies();
        states();

        for (Pending& one : pending_) {
            GroupAudit& out = one.audit;
            DecisionInputs& in = one.inputs;
            const std::optional<Date> trial_until = earlier_trial(out.id);
            in.trial_before = trial_until && *trial_until <= as_of_;
            for (DecisionInputs& each : one.nearby) each.trial_before = in.trial_before;
            Ruling made = decide(in, policy_, as_of_);
            if (made.rule == 11 && trial_until) made.until = trial_until;
            out.verdict.decision = made.decision;
            out.verdict.rule = made.rule;
            out.verdict.until = made.until;
            out.verdict.for_what_is_done = made.softened == Ruling::Softened::done;
            if (made.judged || made.rule == 2)
                out.verdict.certainty = certainty(
                    in, made, one.nearby, {one.conversation_known || one.answers.fresh() > 0, one.pieces}, policy_, as_of_);
            one.facts.inputs = in;
            one.facts.ruling = made;
            one.facts.answers = one.answers;
            one.facts.as_of = as_of_;
            one.facts.objectives = texts;
            one.facts.open_objectives = open_.size();
            if (!out.objectives_apply) hide_figures(out);
            put_into_words(out, one.facts, policy_);
            if (in.dead.value_or(false) || out.verdict.decision == Decision::leave || out.verdict.for_what_is_done) serve_no_more(out);
            round_figures(out);
        }
    }

    /// Of groups that repeat each other one is to be kept; another is the weaker copy where that one is kept on its own merits.
    void copies() {
        std::map<std::string, Pending*> by_id;
        std::vector<Merit> merits;
        for (Pending& one : pending_) {
            by_id[one.audit.id] = &one;
            if (redundancy_.knows(one.audit.id)) one.inputs.weaker_copy = false;
            Merit merit{.id = one.audit.id, .candidate = one.inputs.candidate, .reach = one.audit.reach, .serves = 0,
                        .minutes = one.audit.minutes ? std::optional(one.audit.minutes->mid) : std::nullopt, .participation = one.inputs.probability.value_or(-1)};
            for (const RelevanceScore& each : one.audit.relevance)
                merit.serves = std::max(merit.serves, each.band == Band::strong ? 1.0 : each.band == Band::some ? 0.5 : 0.0);
            merits.push_back(std::move(merit));
        }
        const std::vector<NearCopy> pairs = redundancy_.near_copies();
        for (const CopyCluster& cluster : copy_clusters(pairs, merits)) {
            Pending& kept = *by_id.at(cluster.keep);
            OverlapCluster shown{.keep = cluster.keep, .why = why_kept(cluster.why, kept.audit), .others = {}};
            for (const NearCopy* pair : cluster.others) {
                Pending& other = *by_id.at(pair->a == cluster.keep ? pair->b : pair->a);
                other.state.repeats = pair->whole;
                shown.others.push_back(overlap_of(*pair, kept, other));
                // Other people with the same subjects and links are no copy to leave: leaving one loses its people.
                const bool same_people = pair->people.value_or(0) >= policy_.copy_people_share;
                if (pair->whole && same_people && !kept.inputs.candidate) weaker_copy(kept, other, *pair);
            }
            std::sort(shown.others.begin(), shown.others.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
            overlaps_.push_back(std::move(shown));
        }
    }

    /// What is readable among the trends of all groups, and the named state of each.
    void states() {
        std::vector<Vitality*> known;
        for (Pending& one : pending_)
            if (one.audit.vitality && one.audit.objectives_apply && !one.inputs.candidate) known.push_back(&*one.audit.vitality);
        mark_readable(known, policy_);
        for (Pending& one : pending_)
            if (one.audit.vitality) one.audit.vitality->state = group_state(*one.audit.vitality, one.state, policy_);
    }

    void weaker_copy(const Pending& kept, Pending& other, const NearCopy& pair) const {
        DecisionInputs alone = kept.inputs;
        alone.weaker_copy = false;
        if (decide(alone, policy_, as_of_).decision != Decision::keep) return;
        if (other.inputs.probability && *other.inputs.probability >= kept.inputs.probability.value_or(0)) return;
        other.inputs.weaker_copy = true;
        for (DecisionInputs& each : other.nearby) each.weaker_copy = true;
        other.facts.copy_of = shown(kept.audit);
        other.facts.copy_people = pair.people.value_or(0);
        other.audit.repeats = kept.audit.id;
        other.audit.fact = FactState::repeated;
        ++other.pieces;
    }

    static Message why_kept(KeptFor why, const GroupAudit& kept) {
        switch (why) {
            case KeptFor::reach: return msg("overlap.keep_reach", arg("count", kept.reach.value_or(0)));
            case KeptFor::relevance: return msg("overlap.keep_relevance");
            case KeptFor::participation: return msg("overlap.keep_participation");
            case KeptFor::level: break;
        }
        return msg("overlap.keep_level");
    }

    OverlapCluster::Other overlap_of(const NearCopy& pair, const Pending& kept, const Pending& other) const {
        const std::vector<std::int64_t> shared = redundancy_.people_in_both(pair);
        OverlapCluster::Other out{.id = other.audit.id, .whole = pair.whole, .people = pair.people, .jaccard = pair.jaccard, .by_name = pair.by_name, .topics = pair.topics,
                                  .links = pair.links, .texts = pair.texts, .kept_first = pair.a_first, .delay_hours = pair.delay_hours,
                                  .people_shared = shared.size(), .people_names = {}, .terms = pair.terms};
        if (pair.a_first && pair.b == kept.audit.id) out.kept_first = pair.b_first;
        for (auto* value : {&out.people, &out.jaccard, &out.topics, &out.links, &out.texts, &out.kept_first}) round_four(*value);
        if (out.delay_hours) out.delay_hours = one_decimal(*out.delay_hours);
        std::vector<std::pair<std::int64_t, std::int64_t>> persons;  // most exchanges first
        for (const std::int64_t person : shared) {
            std::int64_t exchanges = 0;
            for (const Pending* each : {&kept, &other})
                if (const auto met = each->met.find(person); met != each->met.end()) exchanges += static_cast<std::int64_t>(met->second);
            persons.emplace_back(-exchanges, person);
        }
        std::sort(persons.begin(), persons.end());
        for (const auto& [exchanges, person] : persons) {
            if (out.people_names.size() == 5 || !inputs_.person_name) break;
            if (std::string name = inputs_.person_name(person); !name.empty()) out.people_names.push_back(std::move(name));
        }
        return out;
    }

    /// What is dead, to be left, or held only for what is reached serves nothing any more, whatever it speaks of.
    static void serve_no_more(GroupAudit& out) {
        for (RelevanceScore& each : out.relevance) {
            each.no_more = is_serving(each.band);
            if (each.no_more) each.band = Band::weak;
        }
    }

    /// What a group she thinks of joining would serve, what does so already, and what could make room.
    void advise(GroupAudit& candidate, const std::vector<GroupAudit>& groups) const {
        const RelevanceScore* best = nullptr;
        for (const RelevanceScore& each : candidate.relevance)
            if (is_serving(each.band) && (!best || each.band < best->band)) best = &each;
        auto& verdict = candidate.verdict;
        if (!best) {
            verdict.question = msg("analysis.question_candidate");
            return;
        }
        const auto objective =
            std::find_if(open_.begin(), open_.end(), [&](const Objective& each) { return each.id == best->objective; });
        verdict.reasons.push_back(
            {"relevance", "",
             msg("analysis.candidate_serves", arg("objective", objective->text.empty() ? objective->id : objective->text)),
             Side::in_favour});
        const GroupAudit* present = nullptr;
        double present_score = 0;
        const GroupAudit* room = nullptr;
        for (const GroupAudit& each : groups) {
            for (const RelevanceScore& score : each.relevance) {
                if (score.objective != best->objective || !is_serving(score.band) ||
                    each.verdict.decision != Decision::keep)
                    continue;
                if (!present || score.score.value_or(0) > present_score) {
                    present = &each;
                    present_score = score.score.value_or(0);
                }
            }
            const bool may_go = each.verdict.decision == Decision::leave || each.verdict.decision == Decision::mute;
            if (may_go && (!room || (each.minutes ? each.minutes->mid : 0) > (room->minutes ? room->minutes->mid : 0)))
                room = &each;
        }
        if (present)
            verdict.reasons.push_back(
                {"relevance", "", msg("analysis.candidate_present", arg("group", shown(*present))), Side::against});
        if (room) verdict.suggestion = msg("analysis.candidate_room", arg("group", shown(*room)));
    }
    static std::string shown(const GroupAudit& group) { return group.name.empty() ? group.id : group.name; }

    AuditReport report() {
        AuditReport out;
        out.client = profile_.name;
        out.as_of = as_of_;
        out.zone = inputs_.zone.name();
        out.minutes_budget = profile_.minutes_per_week;
        out.sources = inputs_.sources;
        out.accounts = inputs_.accounts;
        for (Pending& one : pending_) (one.inputs.candidate ? out.candidates : out.groups).push_back(std::move(one.audit));

        const auto order = [](const GroupAudit& group) {
            const bool unjudged = group.verdict.rule <= 2;
            const int certainty = group.verdict.certainty ? static_cast<int>(*group.verdict.certainty) : 3;
            return std::tuple(unjudged, static_cast<int>(group.verdict.decision), certainty, fold_search(group.name), group.name,
                              group.id);
        };
        for (auto* list : {&out.groups, &out.candidates})
            std::sort(list->begin(), list->end(), [&](const GroupAudit& a, const GroupAudit& b) { return order(a) < order(b); });
        for (GroupAudit& each : out.candidates) advise(each, out.groups);

        out.overlaps = std::move(overlaps_);
        totals(out);
        gave_.people = given_to_.size();
        gave_.recommendations = inputs_.recommendations_given;
        if (gave_.answers + gave_.people + gave_.thanks_received + gave_.introductions + gave_.recommendations > 0) out.gave = gave_;
        objectives_into(out);
        for (SourceCard& each : out.sources) {
            if (each.data_until) each.data_until = std::min(*each.data_until, as_of_);
            each.stale = each.stale || (each.data_until && as_of_ - *each.data_until > whole(policy_.stale_days));
        }
        std::sort(out.sources.begin(), out.sources.end(), [](const SourceCard& a, const SourceCard& b) {
            return std::tie(a.platform, a.id, a.label) < std::tie(b.platform, b.id, b.label);
        });
        habits_into(out);
        std::sort(out.accounts.begin(), out.accounts.end(), [](const AccountCard& a, const AccountCard& b) {
            return std::tie(a.platform, a.handle) < std::tie(b.platform, b.handle);
        });

        if (open_.empty()) out.remarks.push_back(msg("analysis.remark_no_objective"));
        if (static_cast<double>(open_.size()) > policy_.objectives_many)
            out.remarks.push_back(msg("analysis.remark_scattering", arg("count", open_.size()),
                                      arg("many", static_cast<std::int64_t>(policy_.objectives_many))));
        if (out.totals.unnamed_groups > 0)
            out.remarks.push_back(msg("analysis.remark_unnamed", arg("count", out.totals.unnamed_groups),
                                      arg("least", out.totals.groups - out.totals.unnamed_groups),
                                      arg("most", out.totals.groups)));
        for (Message& each : remarks_) out.remarks.push_back(std::move(each));
        followed_up(out);
        return out;
    }

    void habits_into(AuditReport& out) {
        for (const OutsideGroups& each : inputs_.outside) habits_.add(each);
        std::vector<std::string> objectives;
        for (const Objective& each : open_) objectives.push_back(each.id);
        out.habits = habits_.habits({.invitations = inputs_.invitations, .relations = inputs_.relations, .cv_relays = inputs_.cv_relays, .groups = out.groups,
                                     .objectives = std::move(objectives), .name_of = inputs_.person_name});
        std::map<std::string, int> accounts_on;
        for (const AccountCard& each : out.accounts) ++accounts_on[each.platform];
        for (AccountCard& each : out.accounts) {
            each.last_sign = each.last_used;
            each.closing_link = closing_link(each.platform);
            for (const PlatformHabit& habit : out.habits->platforms) {
                if (habit.platform != each.platform) continue;
                each.serves = habit.serves;
                if (accounts_on[each.platform] == 1 && habit.last && (!each.last_sign || *each.last_sign < *habit.last)) each.last_sign = habit.last;
            }
            each.dormant = each.last_sign && as_of_ - *each.last_sign > whole(policy_.dormant_days);
        }
    }

    void totals(AuditReport& out) const {
        AuditTotals& totals = out.totals;
        totals.groups = out.groups.size();
        totals.direct_conversations = direct_;
        totals.left_groups = left_;
        totals.candidates = out.candidates.size();
        for (const GroupAudit& each : out.groups) {
            ++totals.by_decision[each.verdict.decision];
            if (trim(each.name).empty()) ++totals.unnamed_groups;
            if (!each.objectives_apply) continue;
            if (each.minutes) {
                totals.minutes_low += each.minutes->low;
                totals.minutes_mid += each.minutes->mid;
                totals.minutes_high += each.minutes->high;
            } else {
                ++totals.unknown_minutes;
            }
        }
        totals.received = share_over(out.groups, &Responses::received);
        totals.given = share_over(out.groups, &Responses::given);
        totals.minutes_low = one_decimal(totals.minutes_low);
        totals.minutes_mid = one_decimal(totals.minutes_mid);
        totals.minutes_high = one_decimal(totals.minutes_high);
    }

    static std::optional<Share> share_over(const std::vector<GroupAudit>& groups, std::optional<Share> Responses::*which) {
        std::uint64_t part = 0, all = 0;
        for (const GroupAudit& each : groups)
            if (each.responses && (*each.responses).*which) {
                part += ((*each.responses).*which)->part;
                all += ((*each.responses).*which)->all;
            }
        std::optional<Share> share = share_of(part, all);
        round_four(share);
        return share;
    }

    void objectives_into(AuditReport& out) const {
        for (std::size_t i = 0; i < open_.size(); ++i) {
            ObjectiveAudit one{open_[i].id, open_[i].text, open_[i].rank, open_[i].start, open_[i].done};
            one.adds_up = adds_up(i);
            bool judged = false;
            for (const GroupAudit& group : out.groups) {
                if (i >= group.relevance.size()) continue;
                judged = judged || group.relevance[i].band != Band::unknown;
                one.strong_groups += group.relevance[i].band == Band::strong;
                one.some_groups += group.relevance[i].band == Band::some;
            }
            if (asks_only_for_work(relevance_.topics(i))) one.remark = msg("analysis.objective_job_alone");
            else if (judged && one.strong_groups + one.some_groups == 0) one.remark = msg("analysis.objective_unserved");
            out.objectives.push_back(std::move(one));
        }
        std::vector<Objective> done;
        for (const Objective& each : profile_.objectives)
            if (each.done && *each.done <= as_of_) done.push_back(each);
        std::sort(done.begin(), done.end(), [](const Objective& a, const Objective& b) {
            return std::tie(*b.done, a.rank, a.id) < std::tie(*a.done, b.rank, b.id);
        });
        for (const Objective& each : done) out.objectives.push_back({each.id, each.text, each.rank, each.start, each.done});
    }

    const AuditInputs& inputs_;
    const Profile& profile_;
    const Policy& policy_;
    const Date as_of_;
    const Instant as_of_at_;
    std::vector<Objective> open_;
    std::vector<std::string> recently_done_;
    Relevance relevance_;  // made from open_, so after it
    HabitReader habits_;
    Cues cues_;
    Redundancy redundancy_;
    std::vector<Pending> pending_;
    Acquaintances acquaintances_;
    std::vector<OverlapCluster> overlaps_;
    std::vector<Message> remarks_;
    std::optional<Aftermath> follow_up_;
    Gave gave_;
    std::set<std::int64_t> given_to_;
    std::uint64_t direct_ = 0, left_ = 0;
};

}  // namespace

Instant as_of_instant(Date as_of, const Zone& zone) {
    const std::chrono::year_month_day date{as_of};
    const LocalTime last{
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), 23, 59, 59};
    return zone.to_instant(last).value_or(Instant(as_of + days(1)) - std::chrono::seconds(1));
}

AuditReport audit(const AuditInputs& inputs, const Profile& profile, const Policy& policy, Date as_of) {
    return Audit(inputs, profile, policy, as_of).run();
}

}  // namespace secateur

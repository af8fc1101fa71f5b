// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/reasons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/feeds.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

constexpr double worth_naming_minutes = 5;  // a week: less is no argument

/// `weight` orders the reasons: 100 and more decided the row.
struct Candidate {
    enum class Towards { staying, going } towards = Towards::staying;
    double weight = 0;
    Reason reason;
    bool unknown = false;  // it tells what the data cannot
};

class Words {
public:
    Words(GroupAudit& group, const VerdictFacts& facts, const Policy& policy)
        : group_(group), facts_(facts), in_(facts.inputs), policy_(policy) {}

    void run() {
        gather();
        choose();
        missing();
        question();
        suggestion();
    }

private:
    using Towards = Candidate::Towards;

    [[nodiscard]] int rule() const { return facts_.ruling.rule; }
    [[nodiscard]] bool decided_by(std::initializer_list<int> rules) const {
        return std::find(rules.begin(), rules.end(), rule()) != rules.end();
    }

    void add(Towards towards, double weight, std::string metric, std::string value, Message text, bool decisive = false) {
        candidates_.push_back({towards, weight + (decisive ? 100 : 0),
                               Reason{std::move(metric), std::move(value), std::move(text), Side::in_favour}});
    }

    /// What is not known: for staying where nothing is decided, for nothing elsewhere.
    void add_unknown(double weight, std::string metric, std::string value, Message text) {
        add(Towards::staying, weight, std::move(metric), std::move(value), std::move(text));
        candidates_.back().unknown = true;
    }

    static std::string day(Date date) { return format_date(date); }

    /// Three names and how many more, so that a reason stays a line.
    struct Named {
        std::string names;
        std::uint64_t more = 0;
    };
    [[nodiscard]] static Named first_three(const std::vector<std::string>& names, std::uint64_t count) {
        Named named;
        for (std::size_t i = 0; i < names.size() && i < 3; ++i) named.names += (i ? ", " : "") + names[i];
        named.more = count - std::min<std::uint64_t>(count, std::min<std::size_t>(names.size(), 3));
        return named;
    }
    [[nodiscard]] std::uint64_t met_only_here() const { return group_.reach.value_or(group_.people_met_only_here.size()); }
    [[nodiscard]] Message about_them(std::string_view id) const {
        const Named named = first_three(group_.people_met_only_here, met_only_here());
        return msg(std::string(id), arg("names", named.names), arg("more", named.more));
    }
    [[nodiscard]] static std::string terms(const RelevanceScore& score) {
        std::string list;
        std::vector<std::string> shown;
        for (const MatchedTerm& term : score.matched) {
            const std::string folded = fold_search(term.term);
            if (shown.size() == 3 || std::find(shown.begin(), shown.end(), folded) != shown.end()) continue;
            list += (shown.empty() ? "" : ", ") + term.term;
            shown.push_back(folded);
        }
        return list;
    }
    /// Whether its name alone gave the words.
    [[nodiscard]] bool from_name(const RelevanceScore& score) const {
        const std::string name = fold_search(group_.name);
        return score.title_only && std::ranges::all_of(score.matched, [&](const MatchedTerm& each) { return name.find(fold_search(each.term)) != std::string::npos; });
    }
    [[nodiscard]] const RelevanceScore* best() const {
        const RelevanceScore* found = nullptr;
        for (const RelevanceScore& each : group_.relevance)
            if (!found || each.band < found->band ||
                (each.band == found->band && each.score.value_or(0) > found->score.value_or(0)))
                found = &each;
        return found;
    }
    [[nodiscard]] std::string objective(const std::string& id) const {
        const auto known = facts_.objectives.find(id);
        return known == facts_.objectives.end() ? id : known->second;
    }

    void gather_protection() {
        if (in_.pinned) add(Towards::staying, 60, "pinned", "true", msg("analysis.reason_pinned"), decided_by({2}));
        if (in_.private_scope)
            add(Towards::staying, 70, "scope", std::string(to_string(group_.scope)),
                group_.scope == Scope::duty ? msg("analysis.reason_duty") : msg("analysis.reason_personal"), decided_by({2}));
        if (in_.belongs && facts_.answers.purpose) {
            const auto& said = *facts_.answers.purpose;
            add(Towards::staying, 65, "answers", day(said.date),
                said.value == Purpose::support ? msg("analysis.reason_support", arg("date", said.date))
                                               : msg("analysis.reason_belonging", arg("date", said.date)),
                decided_by({2}));
        }
        if (in_.leads) add(Towards::staying, 60, "role", "leads", msg("analysis.reason_leads"), decided_by({3}));
    }

    void gather_answers() {
        const HerAnswers& her = facts_.answers;
        const bool settled = decided_by({4});
        if (her.would_lose) {
            if (her.would_lose->value)
                add(Towards::staying, 58, "answers", day(her.would_lose->date),
                    msg("analysis.reason_would_lose", arg("date", her.would_lose->date)), settled);
            else
                add(Towards::going, 40, "answers", day(her.would_lose->date),
                    msg("analysis.reason_loses_nobody", arg("date", her.would_lose->date)), settled);
        }
        if (her.pleasure && her.pleasure->value == Pleasure::yes)
            add(Towards::staying, 56, "answers", day(her.pleasure->date),
                msg("analysis.reason_pleasure", arg("date", her.pleasure->date)), settled);
        if (her.pleasure && her.pleasure->value == Pleasure::no)
            add(Towards::going, 42, "answers", day(her.pleasure->date),
                msg("analysis.reason_no_pleasure", arg("date", her.pleasure->date)), settled);
        if (her.reads) {
            if (her.reads->value != Reads::no)
                add(Towards::staying, 45, "answers", day(her.reads->date),
                    msg("analysis.reason_reads", arg("date", her.reads->date)), settled);
            else
                add(Towards::going, 44, "answers", day(her.reads->date),
                    msg("analysis.reason_reads_no_more", arg("date", her.reads->date)), settled);
        }
        if (her.brought) {
            if (her.brought->value)
                add(Towards::staying, 50, "answers", day(her.brought->date),
                    msg("analysis.reason_brought", arg("date", her.brought->date)), settled);
            else
                add(Towards::going, 30, "answers", day(her.brought->date),
                    msg("analysis.reason_brought_nothing", arg("date", her.brought->date)));
        }
        if (her.serves) {
            if (her.serves->value == "none")
                add(Towards::going, 46, "answers", day(her.serves->date), msg("analysis.reason_serves_none", arg("date", her.serves->date)),
                    decided_by({10, 13, 15, 16}));
            else
                add(Towards::staying, 47, "answers", day(her.serves->date),
                    msg("analysis.reason_serves", arg("date", her.serves->date), arg("objective", objective(her.serves->value))));
        }
    }

    void gather_relevance() {
        const RelevanceScore* score = best();
        if (!score || score->band == Band::unknown) {
            if (score && !facts_.readable)
                add_unknown(20, "relevance", "", msg("analysis.reason_language"));
            return;
        }
        const std::string value = score->score ? fmt::format("{:.2f}", *score->score) : "";
        const auto count = facts_.open_objectives;
        const bool decisive_for = decided_by({9, 11, 12});
        const bool decisive_against = decided_by({13, 15, 16, 17}) || (rule() == 10 && facts_.ruling.decision == Decision::mute);
        if (score->confirmed && is_serving(score->band))
            return;  // said by her own answer already
        const std::string words = terms(*score);
        if (score->band == Band::strong)
            add(Towards::staying, 48, "relevance", value,
                msg("analysis.reason_serves_strongly", arg("objective", objective(score->objective)), arg("terms", words)),
                decisive_for);
        else if (score->band == Band::some)
            add(Towards::staying, 38, "relevance", value,
                msg(from_name(*score) ? "analysis.reason_serves_some_name" : "analysis.reason_serves_some", arg("objective", objective(score->objective)),
                    arg("terms", words)),
                decisive_for);
        else if (score->confirmed || facts_.ruling.softened == Ruling::Softened::done) return;  // it served what is reached
        else if (group_.verdict.rule == 13)
            add(Towards::going, 36, "relevance", value, msg("analysis.reason_active_elsewhere"), true);
        else if (score->title_only)
            add(Towards::going, 12, "relevance", value, msg("analysis.reason_title_none", arg("count", count)), decisive_against);
        else if (words.empty() || score->band == Band::none)
            add(Towards::going, 35, "relevance", value, msg("analysis.reason_serves_nothing", arg("count", count)),
                decisive_against);
        else
            add(Towards::going, 32, "relevance", value,
                msg("analysis.reason_hardly_touches", arg("count", count), arg("terms", words)), decisive_against);
    }

    void gather_participation() {
        const ParticipationScore& p = group_.participation;
        if (!in_.has_acts) {
            if (group_.my_reactions > 0) return;  // she looked in, and said so
            if (facts_.covered_months && *facts_.covered_months > 0)
                add(Towards::going, 30, "my_acts", "0", msg("analysis.reason_never_wrote", arg("months", *facts_.covered_months)),
                    decided_by({12, 17}));
            else
                add(Towards::going, 8, "my_acts", "0", msg("analysis.reason_no_trace", arg("date", group_.data_until)),
                    decided_by({12}));
            return;
        }
        const std::uint64_t weeks = in_.active_weeks_52;
        if (static_cast<double>(weeks) >= policy_.regular_weeks)
            add(Towards::staying, 40 + std::min<double>(static_cast<double>(weeks), 10), "active_weeks", std::to_string(weeks),
                msg("analysis.reason_active_weeks", arg("weeks", weeks)), decided_by({9}));
        else if (in_.active_weeks_26 > 0)
            add(Towards::staying, 26, "active_weeks", std::to_string(in_.active_weeks_26),
                msg("analysis.reason_active_half_year", arg("weeks", in_.active_weeks_26)), decided_by({11}));
        if (p.probability && group_.last_act) {
            const std::string value = fmt::format("{:.2f}", *p.probability);
            if (is_lively(in_, policy_))
                add(Towards::staying, 39, "participation", value,
                    msg("analysis.reason_often", arg("weeks", facts_.active_weeks_all), arg("date", *group_.last_act)),
                    decided_by({5, 9, 14}));
            else if (*p.probability < policy_.leave_probability)
                add(Towards::going, 34, "participation", value,
                    msg("analysis.reason_hardly_ever", arg("weeks", facts_.active_weeks_all), arg("date", *group_.last_act)),
                    decided_by({15}));
            else
                add(Towards::going, 22, "participation", value,
                    msg("analysis.reason_sometimes", arg("weeks", facts_.active_weeks_all), arg("date", *group_.last_act)),
                    decided_by({16}));
        }
        if (p.days_since_here && static_cast<double>(*p.days_since_here) > policy_.light_days)
            add(Towards::going, 18 + std::min<double>(static_cast<double>(*p.days_since_here) / 100, 14), "days_since_here",
                std::to_string(*p.days_since_here),
                in_.stale ? msg("analysis.reason_silent_until", arg("days", *p.days_since_here), arg("date", group_.data_until))
                          : msg("analysis.reason_silent", arg("days", *p.days_since_here)),
                decided_by({12}) || (rule() == 15 && static_cast<double>(*p.days_since_here) > policy_.silent_days));
    }

    void gather_people() {
        const bool decides_staying = rule() == 10;
        if (const auto& met = group_.in_person) {
            const Named named = first_three(met->names, met->people);
            add(Towards::staying, 47, "in_person", std::to_string(met->people),
                msg("analysis.reason_in_person", arg("count", met->people), arg("date", met->last), arg("names", named.names), arg("more", named.more)));
        }
        if (in_.met_only_here.value_or(false)) {
            const std::uint64_t count = met_only_here();
            const Named named = first_three(group_.people_met_only_here, count);
            if (named.names.empty())
                add(Towards::staying, 55, "reach", std::to_string(count), msg("analysis.reason_reach", arg("count", count)),
                    decides_staying);
            else
                add(Towards::staying, 55, "reach", std::to_string(count),
                    msg("analysis.reason_reach_named", arg("count", count), arg("names", named.names), arg("more", named.more)), decides_staying);
        } else if (in_.met_only_here) {
            if (group_.people_met.value_or(0) > 0)
                add(Towards::going, 28, "reach", "0", msg("analysis.reason_met_elsewhere", arg("count", *group_.people_met)),
                    decided_by({8}));
            else if (in_.has_acts) add(Towards::going, 24, "reach", "0", msg("analysis.reason_met_nobody"), decided_by({8}));
        } else if (in_.has_acts) {
            add_unknown(33, "reach", "", msg("analysis.reason_unseen"));
        }
    }

    void gather_life() {
        if (in_.weaker_copy.value_or(false))
            add(Towards::going, 95, "near_copy", fmt::format("{:.2f}", facts_.copy_people),
                msg("analysis.reason_copy", arg("group", facts_.copy_of), arg("percent", static_cast<int>(facts_.copy_people * 100))), decided_by({8}));
        const bool unread = rule() == 18 && in_.serves.value_or(false);  // only its silence keeps it from being followed from afar
        if (group_.stated_silence) {
            const StatedSilence& said = *group_.stated_silence;
            if (said.dead)
                add(Towards::going, 51, "dead", day(*said.last_post),
                    msg("analysis.reason_stated_dead", arg("date", *said.last_post), arg("measured", said.measured_at)), decided_by({8}) || unread);
            else
                add(Towards::going, 14, "dead", day(said.measured_at), msg("analysis.reason_stated_quiet", arg("measured", said.measured_at)));
        } else if (in_.dead.value_or(false)) {
            if (group_.vitality && group_.vitality->last_post)
                add(Towards::going, 52, "dead", day(*group_.vitality->last_post),
                    msg("analysis.reason_dead", arg("date", *group_.vitality->last_post)), decided_by({8}) || unread);
            else add(Towards::going, 52, "dead", "", msg("analysis.reason_dead_always"), decided_by({8}) || unread);
        } else if (!in_.stale && group_.vitality && group_.vitality->posts_per_week_median && *group_.vitality->posts_per_week_median >= 1) {
            const auto posts = static_cast<std::int64_t>(std::llround(*group_.vitality->posts_per_week_median));
            add(Towards::staying, 16, "V1", std::to_string(posts),
                msg("analysis.reason_alive", arg("posts", posts), arg("authors", group_.vitality->authors_month)));
        }
        if (in_.new_until && group_.joined_at)
            add(Towards::staying, 49, "joined_at", day(*group_.joined_at),
                msg("analysis.reason_new", arg("date", *group_.joined_at)), decided_by({6}));
        else if (in_.new_until) add(Towards::staying, 49, "joined_at", "", msg("analysis.reason_new_somehow"), decided_by({6}));
        if (in_.season_until && group_.last_act)
            add(Towards::staying, 49, "season", day(*group_.last_act),
                msg("analysis.reason_season", arg("date", *group_.last_act)), decided_by({7}));
        if (in_.light_recently && facts_.last_light)
            add(Towards::staying, 34, "last_light", day(*facts_.last_light),
                msg("analysis.reason_light", arg("date", *facts_.last_light)));
        // A platform's time shared out among its groups is a guess, and no reason.
        if (group_.minutes && group_.minutes->mid >= worth_naming_minutes && group_.minutes->origin != MinutesPerWeek::Origin::her_platform) {
            const auto minutes = static_cast<std::int64_t>(std::llround(group_.minutes->mid));
            add(Towards::going, 10 + std::min<double>(static_cast<double>(minutes) / 4, 15), "minutes", std::to_string(minutes),
                msg("analysis.reason_minutes", arg("minutes", minutes)));
        }
        if (facts_.ruling.softened == Ruling::Softened::done)
            add(Towards::staying, 60, "objectives", facts_.done_objective,
                msg(facts_.done_said ? "analysis.reason_done" : "analysis.reason_done_perhaps", arg("objective", objective(facts_.done_objective))), true);
        if (facts_.ruling.softened == Ruling::Softened::ties)
            add(Towards::staying, 60, "reach", "1", msg("analysis.reason_ties"), true);
    }

    void gather_doubts() {
        if (in_.stale)
            add_unknown(31, "staleness", day(group_.data_until), msg("analysis.reason_stale", arg("date", group_.data_until)));
        if (in_.unattributed && in_.has_acts)
            add_unknown(30, "unattributed", group_.platform, msg("analysis.reason_unattributed", arg("platform", group_.platform)));
        if (!in_.has_acts && decided_by({17}))
            add(Towards::staying, 25, "my_acts", "0", msg("analysis.reason_reading_is_enough"));
        if (!in_.beyond_title && group_.objectives_apply && !group_.name.empty() && in_.open_objective)
            add_unknown(21, "relevance", "", msg("analysis.reason_title_only"));
    }

    void gather() {
        gather_protection();
        gather_answers();
        if (!in_.private_scope) {  // of what she keeps for herself nothing is measured
            gather_relevance();
            gather_participation();
            gather_people();
            gather_life();
            gather_doubts();
        }
        std::stable_sort(candidates_.begin(), candidates_.end(),
                         [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
    }

    void choose() {
        if (!facts_.ruling.judged && !in_.pinned && !in_.private_scope && !in_.belongs)
            return;  // left or candidate: nothing was decided
        const Decision decision = group_.verdict.decision;
        const Towards side = decision == Decision::leave || decision == Decision::mute ? Towards::going : Towards::staying;
        // What decided the row speaks for it, whichever way it points by itself; but what she would lose is no reason for going.
        const auto supports = [&](const Candidate& each) {
            return each.towards == side || (each.weight >= 100 && (side == Towards::staying || each.reason.metric != "reach"));
        };
        const bool any = std::ranges::any_of(candidates_, supports);
        const auto in_favour = [&](const Candidate& each) { return any ? supports(each) : each.weight >= 100; };
        for (const Candidate& each : candidates_) {
            // What is not known speaks for nothing; it only tells why nothing can be advised.
            const bool doubt = each.unknown && decision != Decision::cannot_judge;
            if (in_favour(each) && !doubt && group_.verdict.reasons.size() < 3 && !is_told(each.reason.metric)) group_.verdict.reasons.push_back(each.reason);
        }
        // Not the same fact, argued the other way.
        const auto against = std::ranges::find_if(candidates_, [&](const Candidate& each) { return !in_favour(each) && !is_told(each.reason.metric); });
        if (!facts_.ruling.judged || against == candidates_.end()) return;
        group_.verdict.reasons.push_back(against->reason);
        group_.verdict.reasons.back().side = Side::against;
    }

    /// Whether a reason already given tells the same fact: in how many weeks she wrote.
    [[nodiscard]] bool is_told(std::string_view metric) const {
        const auto weeks = [](std::string_view each) { return each == "active_weeks" || each == "participation"; };
        return weeks(metric) && std::ranges::any_of(group_.verdict.reasons, [&](const Reason& each) { return weeks(each.metric); });
    }

    void missing() {
        auto& list = group_.verdict.missing;
        if (!facts_.ruling.judged) return;
        if (group_.name.empty()) list.push_back(msg("analysis.missing_name"));
        if (!in_.open_objective) list.push_back(msg("analysis.missing_objective"));
        if (in_.open_objective && !facts_.readable && !group_.name.empty()) list.push_back(msg("analysis.missing_language"));
        else if (in_.open_objective && !in_.beyond_title && !in_.confirmed && !group_.name.empty()) list.push_back(msg("analysis.missing_words"));
        if (!in_.met_only_here && in_.has_acts)
            list.push_back(group_.coverage == CoverageKind::full ? msg("analysis.missing_answers") : msg("analysis.missing_conversation"));
        if (in_.stale) list.push_back(msg("analysis.missing_fresh", arg("date", group_.data_until)));
        if (in_.unattributed) list.push_back(msg("analysis.missing_attribution", arg("platform", group_.platform)));
    }

    void question() {
        auto& asked = group_.verdict.question;
        const HerAnswers& her = facts_.answers;
        const Decision decision = group_.verdict.decision;
        if (!facts_.ruling.judged) return;
        if (rule() == 5 && decision == Decision::cannot_judge) asked = msg("analysis.question_objective");
        else if (decision == Decision::cannot_judge && group_.name.empty())
            asked = msg("analysis.question_name", arg("key", group_.key), arg("count", group_.my_acts));
        else if (group_.proposed_scope)
            asked = msg("analysis.question_scope", arg("cue", group_.proposed_scope->cue));
        else if (decision == Decision::cannot_judge && facts_.proposed_purpose)
            asked = *facts_.proposed_purpose == Purpose::support ? msg("analysis.question_support")
                                                                 : msg("analysis.question_belonging");
        else if (decision == Decision::cannot_judge && in_.dead.value_or(false) && !her.would_lose) asked = msg("analysis.question_would_lose");
        else if (decision == Decision::cannot_judge && !in_.serves && !in_.confirmed) asked = msg("analysis.question_serves");
        else if (rule() == 10 && decision == Decision::mute) asked = msg("analysis.question_brings");
        else if (rule() == 17) asked = msg("analysis.question_reads");
        else if (rule() == 15 && !her.would_lose && !in_.met_only_here) asked = msg("analysis.question_would_lose");
        else if (decision == Decision::cannot_judge && !her.reads) asked = msg("analysis.question_reads");
        else if (decision == Decision::cannot_judge && !her.would_lose) asked = msg("analysis.question_would_lose");
        else if (decision == Decision::cannot_judge && !her.pleasure) asked = msg("analysis.question_pleasure");
        else if (decision == Decision::cannot_judge) asked = msg("analysis.question_brings");
        else if (rule() == 13 && !her.pleasure && facts_.ruling.softened != Ruling::Softened::done) asked = msg("analysis.question_pleasure");
        else if (rule() == 16 && !her.would_lose) asked = msg("analysis.question_would_lose");
    }

    void suggestion() {
        auto& said = group_.verdict.suggestion;
        const RelevanceScore* score = best();
        switch (group_.verdict.decision) {
            case Decision::keep:
                if (rule() == 3) said = msg("analysis.suggest_hand_over");
                break;
            case Decision::trial:
                if (!group_.verdict.until) break;
                if (rule() == 6) said = msg("analysis.suggest_new", arg("date", *group_.verdict.until));
                if (rule() == 7) said = msg("analysis.suggest_season", arg("date", *group_.verdict.until));
                if (rule() == 11 && score && !score->matched.empty())
                    said = msg("analysis.suggest_write_about", arg("date", *group_.verdict.until),
                               arg("term", score->matched.front().term));
                else if (rule() == 11) said = msg("analysis.suggest_write", arg("date", *group_.verdict.until));
                break;
            case Decision::read_only:
                if (facts_.ruling.softened == Ruling::Softened::done)
                    said = facts_.thanked_all ? msg("analysis.suggest_all_thanked") : facts_.told_all ? msg("analysis.suggest_thank_them") : msg("analysis.suggest_tell_the_outcome");
                else if (!facts_.copy_of.empty()) said = msg("analysis.suggest_copy", arg("group", facts_.copy_of));
                else if (rule() == 12 && facts_.only_to_be_seen && !in_.has_acts) said = msg("analysis.suggest_be_seen");
                else if (feed_of(group_)) said = msg("analysis.suggest_feed");
                else if (group_.kind == GroupKind::channel || group_.kind == GroupKind::forum || group_.kind == GroupKind::community)
                    said = msg("analysis.suggest_open");
                else if (group_.kind == GroupKind::page) said = msg("analysis.suggest_page");
                else if (group_.kind == GroupKind::list || group_.kind == GroupKind::hashtag)
                    said = msg("analysis.suggest_alert");
                else said = msg("analysis.suggest_slot");
                break;
            case Decision::mute:
                if (in_.dead.value_or(false) && !group_.people_met_only_here.empty()) said = about_them("analysis.suggest_write_to_them");
                else if (!group_.people_met_only_here.empty()) said = about_them("analysis.suggest_mute_and_write");
                else said = msg("analysis.suggest_mute");
                break;
            case Decision::leave:
                if (!group_.people_met_only_here.empty()) said = about_them("analysis.suggest_keep_in_touch");
                else if (in_.dead.value_or(false)) said = msg("analysis.suggest_leave_quietly");
                else if (!in_.has_acts) said = msg("analysis.suggest_simply_go");
                else said = msg("analysis.suggest_thank_and_go");
                break;
            case Decision::cannot_judge: break;
        }
    }

    GroupAudit& group_;
    const VerdictFacts& facts_;
    const DecisionInputs& in_;
    const Policy& policy_;
    std::vector<Candidate> candidates_;
};

}  // namespace

void put_into_words(GroupAudit& group, const VerdictFacts& facts, const Policy& policy) { Words(group, facts, policy).run(); }

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/people.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "analysis/answers.hpp"
#include "analysis/participation.hpp"
#include "analysis/relevance.hpp"
#include "analysis/rounding.hpp"
#include "analysis/same_person.hpp"
#include "analysis/statistics.hpp"
#include "base/text.hpp"
#include "text/language.hpp"

namespace secateur {
namespace {

using std::chrono::days;

days whole(double count) { return days(static_cast<std::int64_t>(count)); }
std::int64_t between(Date from, Date to) { return (to - from).count(); }

/// Whether its language is one whose thanks are not read.
bool is_foreign(const GroupHistory& group) {
    constexpr std::size_t enough_words = 300;
    std::string said = group.name + ". " + group.description;
    std::size_t words = 0;
    for (auto quarter = group.terms.rbegin(); quarter != group.terms.rend() && words < enough_words; ++quarter)
        for (const auto& [word, count] : quarter->counts)
            if (words++ < enough_words) said += ' ' + word;
    return detect_tongue(said, group.language) == Tongue::other;
}

/// What is gathered about one person while the groups go by.
struct Gathered {
    std::set<std::string> groups, platforms;
    bool direct = false, fresh = false;
    std::map<Date, std::pair<std::uint64_t, std::uint64_t>> by_day;  // given, received
    std::optional<std::pair<Date, std::string>> first_where;
    std::optional<Date> last_given;
    struct Asked {
        Date day{};
        std::string group;
    };
    std::optional<Asked> asked;  // the latest that waits
    enum class HelpBy { answer, next, direct, recommendation };
    struct Helped {
        Date day{};
        std::string group, group_id;
        HelpBy by = HelpBy::answer;
        bool thanked = false, may_owe = false;
    };
    std::vector<Helped> helps;
    std::vector<Date> my_thanks;
    std::uint64_t thanked_me = 0;
    std::vector<Encounter> encounters;
    std::optional<std::pair<Date, std::string>> coming;
    const Contact* contact = nullptr;
};

class People {
public:
    People(const PeopleInputs& inputs, const Profile& profile, const Policy& policy, Date as_of)
        : inputs_(inputs), policy_(policy), as_of_(as_of), as_of_at_(Instant(as_of + days(1)) - std::chrono::seconds(1)),
          reached_(reached_lately(profile, policy, as_of)) {
        if (!reached_.empty()) served_.emplace(reached_, policy, inputs.words ? *inputs.words : no_word_data());
    }

    PeopleReport run() {
        PeopleReport out{.as_of = as_of_, .people = {}, .followups = {}};
        inputs_.for_each_group([this](const GroupHistory& group) { take(group); });
        for (const ContactOf& each : inputs_.contacts)
            if (each.person != 0 && (!each.contact.connected || date_of(each.contact.connected->at) <= as_of_)) known_[each.person].contact = &each.contact;
        for (const InvitationOf& each : inputs_.invitations) recommended(each);
        meetings();
        find_served();
        for (auto& [number, each] : known_) out.people.push_back(card(number, each));
        std::sort(out.people.begin(), out.people.end(), [](const PersonCard& a, const PersonCard& b) {
            return std::tuple(a.circle, -a.tie.score, b.days, fold_search(a.name), a.id) < std::tuple(b.circle, -b.tie.score, a.days, fold_search(b.name), b.id);
        });
        follow_ups(out);
        return out;
    }

private:
    [[nodiscard]] Date day(Instant at) const { return local_date(at, inputs_.zone); }

    void take(const GroupHistory& group) {
        const HerAnswers answers = her_answers(group.answers, as_of_, policy_);
        if (answers.scope && (answers.scope->value == Scope::personal || answers.scope->value == Scope::duty)) return;
        if (answers.purpose && answers.purpose->value == Purpose::support) return;
        const DataClock clock = data_clock(group, as_of_at_, policy_);
        const bool direct = group.kind == GroupKind::direct;
        if (served_ && !direct) {
            served_->add(group, clock.now);
            for (const MyAct& each : group.acts)
                if (each.at <= as_of_at_) my_last_words_[group.id] = std::max(my_last_words_[group.id], day(each.at));
            if (answers.serves) said_to_serve_[group.id] = answers.serves->value;
        }
        const std::string name = direct ? std::string() : group.name.empty() ? group.id : group.name;
        for (const Exchange& each : group.exchanges) {
            if (each.person == 0 || each.day > as_of_) continue;
            Gathered& person = known_[each.person];
            person.platforms.insert(group.platform);
            if (direct) person.direct = true;
            else person.groups.insert(name);
            person.fresh = person.fresh || !clock.stale;
            auto& [given, received] = person.by_day[each.day];
            given += each.given;
            received += each.received;
            if (!person.first_where || each.day < person.first_where->first) person.first_where = {each.day, name};
            if (each.given > 0 && (!person.last_given || *person.last_given < each.day)) person.last_given = each.day;
        }
        for (const Call& each : group.calls_to_me) {
            if (each.person == 0 || !each.asks || each.answered || each.unknown || clock.stale || each.at > as_of_at_) continue;
            if (clock.now - each.at < whole(policy_.answer_within_days)) continue;
            Gathered& person = known_[each.person];
            if (!person.asked || person.asked->day < day(each.at)) person.asked = {day(each.at), name};
        }
        const bool reads_thanks = group.helps.empty() || !is_foreign(group);
        for (const Help& each : group.helps)
            if (each.person != 0 && each.at <= as_of_at_)
                known_[each.person].helps.push_back({.day = day(each.at), .group = name, .group_id = direct ? std::string() : group.id,
                                                     .by = direct ? Gathered::HelpBy::direct : each.inferred ? Gathered::HelpBy::next : Gathered::HelpBy::answer,
                                                     .thanked = each.thanked && *each.thanked <= as_of_at_,
                                                     .may_owe = reads_thanks && !clock.stale && clock.now - each.at >= whole(policy_.thanks_within_days)});
        for (const ThanksWord& each : group.thanks_given)
            if (each.person != 0 && each.at <= as_of_at_) known_[each.person].my_thanks.push_back(day(each.at));
        for (const ThanksWord& each : group.thanks_received)
            if (each.person != 0 && each.at <= as_of_at_) ++known_[each.person].thanked_me;
    }

    /// Who recommends me helps me.
    void recommended(const InvitationOf& each) {
        const Invitation& invitation = each.invitation;
        if (each.person == 0 || invitation.origin != "recommendation" || invitation.direction != Direction::received || !invitation.at) return;
        const Date on = day(invitation.at->at);
        if (on > as_of_) return;
        known_[each.person].helps.push_back({.day = on, .group = {}, .group_id = {}, .by = Gathered::HelpBy::recommendation, .thanked = false, .may_owe = as_of_ - on >= whole(policy_.thanks_within_days)});
    }

    /// Names typed beside a meeting are those of the people she exchanges with, where only one has it.
    void meetings() {
        for (const auto& [number, each] : known_)
            if (!each.by_day.empty()) exchanging_.add(number);
        for (const MeetingOf& each : inputs_.meetings) {
            if (!each.meeting.begin || each.meeting.attendance == Attendance::declined) continue;
            const Date on = day(each.meeting.begin->at);
            for (const std::int64_t number : each.people) {
                if (number == 0) continue;
                Gathered& person = known_[exchanging_.meant(number)];
                if (on > as_of_) {
                    const bool soon = on - as_of_ <= whole(policy_.prepare_days);
                    if (soon && (!person.coming || on < person.coming->first)) person.coming = {on, each.meeting.name.empty() ? each.meeting.place : each.meeting.name};
                    continue;
                }
                if (!is_face_to_face(each.meeting)) continue;
                person.encounters.push_back({.day = on, .place = each.meeting.place, .through = each.meeting.met_through});
                if (std::string name = full_name(inputs_.person(number).name); !name.empty()) met_.insert(std::move(name));
            }
        }
        for (auto& [number, each] : known_)
            std::sort(each.encounters.begin(), each.encounters.end(), [](const Encounter& a, const Encounter& b) { return std::tie(a.day, a.place) < std::tie(b.day, b.place); });
    }

    PersonCard card(std::int64_t number, const Gathered& each) const {
        PersonCard out;
        out.number = number;
        const PersonName who = inputs_.person(number);
        out.id = who.id;
        out.name = who.name;
        out.platforms = {each.platforms.begin(), each.platforms.end()};
        out.groups = {each.groups.begin(), each.groups.end()};
        out.direct = each.direct;
        out.days = each.by_day.size();
        for (const auto& [on, counts] : each.by_day) {
            out.given += counts.first;
            out.received += counts.second;
        }
        if (!each.by_day.empty()) {
            out.first = each.by_day.begin()->first;
            out.last = each.by_day.rbegin()->first;
            out.tie = tie(out.days, *out.first, *out.last, out.given, out.received, out.groups.size() + out.direct, as_of_, policy_);
            out.strength = out.tie.score >= policy_.tie_strong ? TieStrength::strong : out.tie.score >= policy_.tie_some ? TieStrength::some : TieStrength::faint;
            out.usual_gap_days = usual_gap(each);
        }
        if (each.first_where) out.met_where = each.first_where->second;
        if (out.met_where.empty() && !each.encounters.empty()) out.met_where = each.encounters.front().through;
        out.encounters = each.encounters;
        out.namesake = std::ranges::any_of(exchanging_.of_one_name(number), [&](std::int64_t other) { return other != number; });
        out.helped_me = each.helps.size();
        out.thanked_me = each.thanked_me;
        if (each.contact) {
            out.organisation = each.contact->organisation;
            out.position = each.contact->position;
            if (each.contact->connected) out.connected = day(each.contact->connected->at);
            if (!each.contact->platform.empty() && std::find(out.platforms.begin(), out.platforms.end(), each.contact->platform) == out.platforms.end())
                out.platforms.insert(std::upper_bound(out.platforms.begin(), out.platforms.end(), each.contact->platform), each.contact->platform);
        }
        const bool both_ways = out.given > 0 && out.received > 0;
        out.circle = out.strength == TieStrength::strong && both_ways                  ? Circle::close
                     : both_ways || (!out.groups.empty() && out.given + out.received > 0) ? Circle::both_ways
                                                                                          : Circle::seen;
        // Her own word stands above any figure.
        const auto said = inputs_.circles.find(out.id);
        const auto label = each.contact ? each.contact->circle : std::string();
        if (said != inputs_.circles.end()) out.circle = said->second;
        else if (label == "R1") out.circle = Circle::close;
        else if (label == "R2") out.circle = Circle::both_ways;
        else if (label == "R3") out.circle = Circle::seen;
        out.circle_is_hers = said != inputs_.circles.end() || label == "R1" || label == "R2" || label == "R3";
        return out;
    }

    [[nodiscard]] std::optional<double> usual_gap(const Gathered& each) const {
        std::vector<double> gaps;
        for (auto day = each.by_day.begin(); day != each.by_day.end(); ++day)
            if (const auto next = std::next(day); next != each.by_day.end()) gaps.push_back(static_cast<double>(between(day->first, next->first)));
        if (static_cast<double>(gaps.size()) < policy_.silence_gaps) return std::nullopt;
        std::sort(gaps.begin(), gaps.end());
        return quantile(gaps, 0.5);
    }

    // ------------------------------------------------------------------------------------------------------------ follow-ups

    /// Everything that is due for one person, the most pressing first.
    void due(const PersonCard& who, const Gathered& each, std::vector<FollowUp>& out) const {
        const auto add = [&](FollowUpKind kind, Date since, Message reason) {
            if (inputs_.only.empty() || inputs_.only.contains(kind))
                out.push_back({.kind = kind, .person = who.number, .id = who.id, .name = who.name, .since = since, .reason = std::move(reason)});
        };
        const days latest = whole(policy_.follow_up_days);
        if (each.asked && as_of_ - each.asked->day <= latest && !(each.last_given && *each.last_given > each.asked->day)) {
            if (each.asked->group.empty()) add(FollowUpKind::answer, each.asked->day, msg("people.answer_direct", arg("date", each.asked->day)));
            else add(FollowUpKind::answer, each.asked->day, msg("people.answer", arg("date", each.asked->day), arg("group", each.asked->group)));
        }
        if (each.coming) {
            const Message what = who.last ? msg("people.prepare", arg("date", each.coming->first), arg("meeting", each.coming->second), arg("last", *who.last), arg("given", who.given))
                                          : msg("people.prepare_first", arg("date", each.coming->first), arg("meeting", each.coming->second));
            add(FollowUpKind::prepare, each.coming->first, what);
        }
        const Gathered::Helped* owed = nullptr;
        const Gathered::Helped* untold = nullptr;
        for (const Gathered::Helped& help : each.helps) {
            const bool thanked = is_thanked(each, help);
            if (!thanked && help.may_owe && as_of_ - help.day <= latest && (!owed || owed->day < help.day)) owed = &help;
            const bool told = each.last_given && *each.last_given > help.day + days(1);
            if (thanked && !told && as_of_ - help.day >= whole(policy_.news_after_days) && as_of_ - help.day <= latest + latest && (!untold || untold->day < help.day))
                untold = &help;
        }
        const Towards towards = helped_towards(each);
        if (owed) add(FollowUpKind::thank, owed->day, thanks_owed(*owed));
        else if (towards.objective && towards.told && !towards.thanked)
            add(FollowUpKind::thank, *towards.objective->done, msg("people.thank_objective", arg("date", *towards.objective->done), arg("objective", words_of(*towards.objective))));
        if (towards.objective) {
            if (!towards.told)
                add(FollowUpKind::news, *towards.objective->done, msg("people.news_objective", arg("date", *towards.objective->done), arg("objective", words_of(*towards.objective))));
        } else if (untold && each.last_given && *each.last_given >= untold->day) add(FollowUpKind::news, untold->day, msg("people.news_last", arg("date", untold->day), arg("last", *each.last_given)));
        else if (untold) add(FollowUpKind::news, untold->day, msg("people.news", arg("date", untold->day)));
        if (who.circle != Circle::seen && each.fresh && who.last && who.usual_gap_days) {
            const auto silent = static_cast<double>(between(*who.last, as_of_));
            if (silent > policy_.silence_long * *who.usual_gap_days && silent >= policy_.silence_least_days && silent <= policy_.lively_days)
                add(FollowUpKind::losing_touch, *who.last,
                    msg("people.losing_touch", arg("date", *who.last), arg("gap", static_cast<std::int64_t>(std::llround(std::max(1.0, *who.usual_gap_days)))),
                        arg("days", between(*who.last, as_of_))));
        }
        if (who.circle != Circle::seen && each.fresh && who.encounters.empty() && !met_.contains(full_name(who.name)) && static_cast<double>(who.days) >= policy_.meet_days && who.last && as_of_ - *who.last <= latest)
            add(FollowUpKind::meet, *who.last, msg("people.meet", arg("days", who.days), arg("date", *who.last)));
        const std::chrono::year_month_day today{as_of_};
        if (today.month() == std::chrono::December && who.circle != Circle::seen && who.last && as_of_ - *who.last <= days(365))
            add(FollowUpKind::greetings, *who.last, msg("people.greetings", arg("date", *who.last)));
    }

    static std::string words_of(const Objective& objective) { return objective.text.empty() ? objective.id : objective.text; }
    static Message thanks_owed(const Gathered::Helped& help) {
        switch (help.by) {
            case Gathered::HelpBy::next: return msg("people.thank_next", arg("date", help.day), arg("group", help.group));
            case Gathered::HelpBy::direct: return msg("people.thank_direct", arg("date", help.day));
            case Gathered::HelpBy::recommendation: return msg("people.thank_recommendation", arg("date", help.day));
            case Gathered::HelpBy::answer: break;
        }
        return msg("people.thank", arg("date", help.day), arg("group", help.group));
    }

    static std::vector<Objective> reached_lately(const Profile& profile, const Policy& policy, Date as_of) {
        std::vector<Objective> found;
        for (const Objective& each : profile.objectives)
            if (each.done && *each.done <= as_of && as_of - *each.done <= whole(policy.done_days)) found.push_back(each);
        return found;
    }

    /// Help counts towards an objective where the group serves it, by its words or hers.
    void find_served() {
        if (!served_) return;
        for (const auto& [id, found] : served_->scores())
            for (std::size_t i = 0; i < reached_.size(); ++i) {
                const auto said = said_to_serve_.find(id);
                // A group that serves it a little may have helped with anything.
                if (said == said_to_serve_.end() ? found.scores[i].band == Band::strong : said->second == reached_[i].id) serving_.emplace(id, i);
            }
    }

    /// She wrote in that group when it was reached, or after: whoever is there has heard.
    [[nodiscard]] bool told_there(const std::string& group, Date done) const {
        const auto last = my_last_words_.find(group);
        return last != my_last_words_.end() && tells_of(last->second, done);
    }

    struct Towards {
        const Objective* objective = nullptr;
        bool told = false, thanked = false;
    };
    /// An objective reached lately, in whose time this person helped where it was served.
    [[nodiscard]] Towards helped_towards(const Gathered& each) const {
        Towards found;
        for (std::size_t i = 0; i < reached_.size() && !found.objective; ++i) {
            const Objective& objective = reached_[i];
            for (const Gathered::Helped& help : each.helps) {
                if (help.day > *objective.done || (objective.start && help.day < *objective.start) || !serving_.contains({help.group_id, i})) continue;
                found.objective = &objective;
                found.told = found.told || (each.last_given && *each.last_given > *objective.done) || told_there(help.group_id, *objective.done);
                found.thanked = found.thanked || is_thanked(each, help);
            }
        }
        return found;
    }
    [[nodiscard]] bool is_thanked(const Gathered& each, const Gathered::Helped& help) const {
        return help.thanked || std::ranges::any_of(each.my_thanks, [&](Date on) { return on >= help.day && on - help.day <= whole(policy_.thanks_within_days); });
    }

    void follow_ups(PeopleReport& out) const {
        constexpr days month{30};
        std::vector<FollowUp> found;
        out.most = static_cast<std::uint64_t>(policy_.follow_ups_month);
        std::uint64_t room = out.most;
        for (const auto& [id, each] : inputs_.suggested)
            if (each.day <= as_of_ && as_of_ - each.day < month && room > 0) --room;
        for (const PersonCard& who : out.people) {
            std::vector<FollowUp> reasons;
            due(who, known_.at(who.number), reasons);
            if (reasons.empty()) continue;
            const auto before = inputs_.suggested.find(who.id);
            const bool lately = before != inputs_.suggested.end() && before->second.day <= as_of_ && as_of_ - before->second.day < month;
            if (!lately) {
                found.push_back(std::move(reasons.front()));
                continue;
            }
            // Nobody twice within a month: the same suggestion may stand until it is settled, another waits.
            const auto same = std::find_if(reasons.begin(), reasons.end(), [&](const FollowUp& each) { return to_string(each.kind) == before->second.kind; });
            if (same == reasons.end() || before->second.settled) continue;
            same->again = true;
            found.push_back(std::move(*same));
        }
        std::sort(found.begin(), found.end(), [](const FollowUp& a, const FollowUp& b) {
            return std::tuple(a.kind, b.since, fold_search(a.name), a.id) < std::tuple(b.kind, a.since, fold_search(b.name), b.id);
        });
        std::set<std::string> named;  // accounts of one name may be one person, who is not asked for twice
        for (FollowUp& each : found) {
            const std::string name = full_name(each.name);
            if (!each.again && (room == 0 || named.contains(name))) {
                ++out.waiting;
                continue;
            }
            if (!each.again) --room;
            if (!name.empty()) named.insert(name);
            out.followups.push_back(std::move(each));
        }
    }

    const PeopleInputs& inputs_;
    const Policy& policy_;
    const Date as_of_;
    const Instant as_of_at_;
    const std::vector<Objective> reached_;
    std::optional<Relevance> served_;  // only where an objective was reached
    std::map<std::string, std::string> said_to_serve_;          // group -> her word
    std::map<std::string, Date> my_last_words_;                 // by group
    std::set<std::pair<std::string, std::size_t>> serving_;     // group, place in reached_
    std::map<std::int64_t, Gathered> known_;
    KnownPeople exchanging_{[this](std::int64_t number) { return inputs_.person(number).name; }};
    std::set<std::string> met_;  // full names
};

}  // namespace

TieParts tie(std::uint64_t contact_days, Date first, Date last, std::uint64_t given, std::uint64_t received, std::uint64_t groups, Date as_of, const Policy& policy) {
    TieParts out;
    out.recency = std::exp2(-static_cast<double>(std::max<std::int64_t>(0, between(last, as_of))) / policy.tie_half_life_days);
    out.contact_days = std::min(1.0, std::log1p(static_cast<double>(contact_days)) / std::log1p(policy.tie_days_full));
    out.duration = std::min(1.0, static_cast<double>(between(first, last)) / policy.tie_duration_full);
    const auto [least, most] = std::minmax(given, received);
    out.balance = most == 0 ? 0 : static_cast<double>(least) / static_cast<double>(most);
    out.groups = std::min(1.0, static_cast<double>(groups) / policy.tie_groups_full);
    out.score = policy.tie_recency * out.recency + policy.tie_contact_days * out.contact_days + policy.tie_duration * out.duration + policy.tie_balance * out.balance +
                policy.tie_groups * out.groups;
    for (double* each : {&out.recency, &out.contact_days, &out.duration, &out.balance, &out.groups, &out.score}) *each = four_decimals(*each);
    return out;
}

PeopleReport people(const PeopleInputs& inputs, const Profile& profile, const Policy& policy, Date as_of) { return People(inputs, profile, policy, as_of).run(); }

std::string_view to_string(Circle circle) { return circle == Circle::close ? "R1" : circle == Circle::both_ways ? "R2" : "R3"; }
std::string_view to_string(TieStrength strength) { return strength == TieStrength::strong ? "strong" : strength == TieStrength::some ? "some" : "faint"; }
std::string_view to_string(FollowUpKind kind) {
    switch (kind) {
        case FollowUpKind::answer: return "answer";
        case FollowUpKind::prepare: return "prepare";
        case FollowUpKind::thank: return "thank";
        case FollowUpKind::news: return "news";
        case FollowUpKind::losing_touch: return "losing_touch";
        case FollowUpKind::meet: return "meet";
        case FollowUpKind::greetings: break;
    }
    return "greetings";
}

}  // namespace secateur

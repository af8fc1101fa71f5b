// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/habits.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/participation.hpp"
#include "analysis/meetings.hpp"
#include "analysis/rounding.hpp"
#include "analysis/statistics.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

using std::chrono::days;

constexpr std::size_t quarters_shown = 4;
constexpr days before_first_quarter{90};  // so much earlier history, or everybody would be new
constexpr double active_weeks_least = 3;  // of a year, to be called active on a platform

std::int32_t quarter_of(Date day) {
    const std::chrono::year_month_day date{day};
    return static_cast<int>(date.year()) * 4 + static_cast<std::int32_t>((static_cast<unsigned>(date.month()) - 1) / 3);
}
Date first_day(std::int32_t quarter) {
    return Date{std::chrono::year{quarter / 4} / std::chrono::month{static_cast<unsigned>(quarter % 4) * 3 + 1} / 1};
}
bool is_answer(ActivityKind kind) { return kind == ActivityKind::comment || kind == ActivityKind::reply; }

}  // namespace

HabitReader::HabitReader(Date as_of, const Zone& zone, const Policy& policy) : as_of_(as_of), year_ago_(as_of - days(365)), zone_(zone), policy_(policy) {}

void HabitReader::add(Platform& platform, const MyAct& act) {
    const Date day = local_date(act.at, zone_);
    if (day > as_of_) return;
    if (!platform.last || *platform.last < day) platform.last = day;
    if (day <= year_ago_) return;
    if (!is_act(act.kind)) {
        platform.reactions += act.kind != ActivityKind::visit;
        return;
    }
    platform.active_weeks.insert(iso_week_monday(act.at, zone_));
    ++(is_answer(act.kind) ? platform.answers : platform.posts);
}

void HabitReader::add(const GroupHistory& group, Instant until, bool is_private) {
    for (const Exchange& each : group.exchanges) {
        if (each.person == 0 || each.day > as_of_) continue;
        Met& met = met_[each.person];
        if (each.given > 0 && (!met.given || each.day < *met.given)) met.given = each.day;
        if (each.received > 0 && (!met.received || each.day < *met.received)) met.received = each.day;
        if (!first_exchange_ || each.day < *first_exchange_) first_exchange_ = each.day;
    }
    const bool covered = std::any_of(group.coverage.begin(), group.coverage.end(), [](const CoveragePeriod& each) {
        return each.kind == CoverageKind::full || each.kind == CoverageKind::own_only;
    });
    if (!group.exchanges.empty()) {
        const Date day = std::min(as_of_, local_date(until, zone_));
        if (!data_until_ || *data_until_ < day) data_until_ = day;
    }
    if (group.kind == GroupKind::direct) {
        talks_known_.insert(group.platform);
        return;
    }
    if (is_private) return;
    Platform& platform = platforms_[group.platform];
    platform.covered = platform.covered || covered;
    std::uint64_t answers = 0, asking_answers = 0, replies = 0;
    for (const MyAct& each : group.acts) {
        add(platform, each);
        const Date day = local_date(each.at, zone_);
        if (day <= year_ago_ || day > as_of_) continue;
        asked_ += each.asks;
        (each.asks ? asking_answers : answers) += is_answer(each.kind);
    }
    for (const Instant each : group.my_replies) replies += local_date(each, zone_) > year_ago_ && local_date(each, zone_) <= as_of_;
    answered_ += std::max(answers, replies);  // messages that answer somebody are known by their parents only
    if (const std::uint64_t known = answers + asking_answers; replies > known) {
        platform.answers += replies - known;
        platform.posts -= std::min(platform.posts, replies - known);
    }
    for (const MyAct& each : group.my_lights) add(platform, each);
}

void HabitReader::add(const OutsideGroups& outside) {
    Platform& platform = platforms_[outside.platform];
    platform.covered = true;
    for (const MyAct& each : outside.acts) add(platform, each);
}

std::optional<QuarterCounts> HabitReader::quarters(const std::vector<Date>& all, std::int32_t last) const {
    const std::int32_t first = last - static_cast<std::int32_t>(quarters_shown) + 1;
    if (!first_exchange_ || *first_exchange_ > first_day(first) - before_first_quarter) return std::nullopt;
    QuarterCounts out;
    out.counts.resize(quarters_shown);
    for (const Date day : all)
        if (const std::int32_t quarter = quarter_of(day); quarter >= first && quarter <= last) ++out.counts[static_cast<std::size_t>(quarter - first)];
    out.readable = equal_counts_p(out.counts[quarters_shown - 2], out.counts[quarters_shown - 1]) <= policy_.false_alarms;
    return out;
}

Habits HabitReader::habits(const Inputs& inputs) const {
    Habits out;
    std::map<std::string, PlatformHabit> habits;
    for (const auto& [name, known] : platforms_) {
        PlatformHabit& each = habits[name];
        each.posts = known.posts;
        each.answers = known.answers;
        each.reactions = known.reactions;
        each.last = known.last;
        using Part = PlatformHabit::Part;
        if (static_cast<double>(known.active_weeks.size()) >= active_weeks_least) each.part = Part::active;
        else if (known.posts + known.answers + known.reactions > 0) each.part = Part::passive;
        else each.part = known.covered ? Part::silent : Part::unknown;
    }
    std::map<std::string, std::set<std::string>> serves;
    for (const GroupAudit& group : inputs.groups) {
        if (!group.objectives_apply) continue;
        ++habits[group.platform].groups;
        if (group.verdict.decision == Decision::leave || (group.vitality && group.vitality->dead) || (group.stated_silence && group.stated_silence->dead)) continue;
        for (const RelevanceScore& each : group.relevance)
            if (is_serving(each.band)) serves[group.platform].insert(each.objective);
    }
    for (auto& [name, each] : habits) {
        each.platform = name;
        for (const std::string& objective : inputs.objectives)
            if (serves[name].contains(objective)) each.serves.push_back(objective);
        out.platforms.push_back(std::move(each));
    }

    std::uint64_t personal = 0;
    for (const KnownInvitation& each : inputs.invitations) {
        if (!each.day || *each.day <= year_ago_ || *each.day > as_of_) continue;
        ++(each.direction == Direction::sent ? out.invitations_sent : out.invitations_received);
        personal += each.direction == Direction::sent && each.personal;
    }
    if (static_cast<double>(out.invitations_sent) >= policy_.least_of_a_share) out.personal_invitations = share_of(personal, out.invitations_sent);
    round_four(out.personal_invitations);

    out.last_quarter = quarter_of(data_until_.value_or(as_of_) + days(1)) - 1;
    std::vector<Date> first_replies, first_meetings;
    for (const auto& [person, met] : met_) {
        if (met.received) first_replies.push_back(*met.received);
        if (met.received && met.given) first_meetings.push_back(std::max(*met.given, *met.received));
    }
    out.replies_from_new = quarters(first_replies, out.last_quarter);
    out.people_met = quarters(first_meetings, out.last_quarter);

    KnownPeople exchanging(inputs.name_of);
    for (const auto& [person, met] : met_) exchanging.add(person);
    std::uint64_t strangers = 0, relations = 0;
    std::set<std::pair<std::string, std::int64_t>> counted;
    for (const KnownRelation& each : inputs.relations) {
        if (each.person == 0 || !talks_known_.contains(each.platform) || !counted.emplace(each.platform, each.person).second) continue;
        ++relations;
        if (met_.contains(each.person)) continue;
        // Another account of that name may be the same person: no stranger, and no friend either.
        ++(exchanging.of_one_name(each.person).empty() ? strangers : out.namesakes);
    }
    if (static_cast<double>(relations) >= policy_.least_of_a_share) out.strangers = share_of(strangers, relations);
    else out.namesakes = 0;
    round_four(out.strangers);
    out.asked = asked_;
    out.answered = answered_;
    out.cv_relays = inputs.cv_relays;

    const std::chrono::year_month_day today{as_of_ + days(1)};
    const std::int32_t running = static_cast<int>(today.year()) * 12 + static_cast<std::int32_t>(static_cast<unsigned>(today.month())) - 1;
    std::map<std::string, std::uint64_t> acts;
    for (const GroupAudit& group : inputs.groups) {
        std::uint64_t mine = 0;
        for (const MonthPoint& point : group.months)
            if (point.month >= running - 3 && point.month < running) mine += point.mine;
        bool serves_one = false;
        for (const RelevanceScore& each : group.relevance) {
            if (!is_serving(each.band)) continue;
            acts[each.objective] += mine;
            serves_one = true;
        }
        // What cannot be judged serves neither something nor nothing.
        const bool unknown = std::ranges::all_of(group.relevance, [](const RelevanceScore& each) { return each.band == Band::unknown; });
        if (!serves_one && unknown && group.objectives_apply) out.focus_unknown += mine;
        else if (!serves_one) acts[""] += mine;
        out.focus_acts += mine;
    }
    if (static_cast<double>(out.focus_acts) >= policy_.least_of_a_share && !inputs.objectives.empty()) {
        std::vector<std::string> order = inputs.objectives;
        order.emplace_back();
        for (const std::string& objective : order)
            out.focus.push_back({.objective = objective, .acts = acts[objective],
                                 .share = four_decimals(static_cast<double>(acts[objective]) / static_cast<double>(out.focus_acts))});
    }
    return out;
}

bool relays_cv(std::string_view text) {
    const std::string folded = ' ' + fold_search(text) + ' ';
    const auto has = [&](std::string_view word) {
        for (std::size_t at = folded.find(word); at != std::string::npos; at = folded.find(word, at + 1)) {
            const char after = folded[at + word.size()];
            const bool whole = !(folded[at - 1] >= 'a' && folded[at - 1] <= 'z') && !(after >= 'a' && after <= 'z');
            if (whole) return true;
        }
        return false;
    };
    constexpr std::array cvs{"cv", "cvs", "curriculum vitae", "opentowork", "candidature"};
    constexpr std::array passing{"je relaie", "je relaye", "je partage", "je transmets", "je fais suivre", "je me permets de", "a faire suivre", "merci de partager",
                                 "on behalf of", "passing on", "passing along", "i am sharing", "sharing the", "forwarding", "please share", "for a friend", "pour une amie", "pour un ami"};
    const auto any = [&](const auto& list) { return std::any_of(list.begin(), list.end(), has); };
    return any(cvs) && any(passing);
}

std::string_view closing_link(std::string_view platform) {
    struct Link {
        std::string_view platform, address;
    };
    constexpr std::array links{
        Link{"discord", "https://support.discord.com/hc/articles/212500837"},
        Link{"facebook", "https://www.facebook.com/help/delete_account"},
        Link{"github", "https://github.com/settings/admin"},
        Link{"instagram", "https://www.instagram.com/accounts/remove/request/permanent/"},
        Link{"linkedin", "https://www.linkedin.com/psettings/account-management/close-submit"},
        Link{"meetup", "https://www.meetup.com/account/deactivate/"},
        Link{"reddit", "https://www.reddit.com/settings/account"},
        Link{"telegram", "https://my.telegram.org/delete"},
        Link{"twitter", "https://x.com/settings/deactivate"},
        Link{"x", "https://x.com/settings/deactivate"},
        Link{"youtube", "https://myaccount.google.com/deleteservices"},
    };
    const auto found = std::find_if(links.begin(), links.end(), [&](const Link& each) { return each.platform == platform; });
    return found == links.end() ? std::string_view() : found->address;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "reports/overview.hpp"

namespace secateur {
namespace {

Message answer_label(std::string_view question) {
    if (question == "why_joined") return msg("reports.answer.why_joined");
    if (question == "reads") return msg("reports.answer.reads");
    if (question == "brought") return msg("reports.answer.brought");
    if (question == "pleasure") return msg("reports.answer.pleasure");
    if (question == "would_lose") return msg("reports.answer.would_lose");
    if (question == "purpose") return msg("reports.answer.purpose");
    if (question == "serves") return msg("reports.answer.serves");
    if (question == "minutes") return msg("reports.answer.minutes");
    return msg("reports.answer.scope");
}

/// The words of a coded value; empty for free text.
Message answer_value(std::string_view question, std::string_view value) {
    if (question == "reads") {
        if (value == "all") return msg("reports.reads.all");
        if (value == "skim") return msg("reports.reads.skim");
        if (value == "titles") return msg("reports.reads.titles");
        return msg("reports.reads.no");
    }
    if (question == "brought") {
        if (value == "information") return msg("reports.brought.information");
        if (value == "advice") return msg("reports.brought.advice");
        if (value == "contact") return msg("reports.brought.contact");
        if (value == "introduction") return msg("reports.brought.introduction");
        if (value == "recommendation") return msg("reports.brought.recommendation");
        if (value == "support") return msg("reports.brought.support");
        if (value == "lead") return msg("reports.brought.lead");
        if (value == "meeting") return msg("reports.brought.meeting");
        return msg("reports.brought.nothing");
    }
    if (value == "so-so" && question == "pleasure") return msg("reports.value.so_so");
    if (value == "yes" && (question == "pleasure" || question == "would_lose")) return msg("reports.value.yes");
    if (value == "no" && (question == "pleasure" || question == "would_lose")) return msg("reports.value.no");
    if (question == "purpose") {
        switch (parse_purpose(value).value_or(Purpose::unclear)) {
            case Purpose::watch: return msg("reports.purpose.watch");
            case Purpose::decision_makers: return msg("reports.purpose.decision_makers");
            case Purpose::job_leads: return msg("reports.purpose.job_leads");
            case Purpose::support: return msg("reports.purpose.support");
            case Purpose::visibility: return msg("reports.purpose.visibility");
            case Purpose::belonging: return msg("reports.purpose.belonging");
            case Purpose::meetings: return msg("reports.purpose.meetings");
            case Purpose::unclear: return msg("reports.purpose.unclear");
        }
    }
    if (question == "scope") {
        switch (parse_scope(value).value_or(Scope::audit)) {
            case Scope::audit: return msg("reports.scope.audit");
            case Scope::personal: return msg("reports.scope.personal");
            case Scope::duty: return msg("reports.scope.duty");
            case Scope::candidate: return msg("reports.scope.candidate");
        }
    }
    if (question == "serves" && value == "none") return msg("reports.value.no_objective");
    return {};
}

double rounded(double value, int decimals) { return std::round(value * std::pow(10, decimals)) / std::pow(10, decimals); }

/// One decimal says something up to ten only.
double about(double value) { return rounded(value, value < 10 ? 1 : 0); }

/// Pa1, Pa4 and Pa6 in words.
std::vector<std::string> rhythm_lines(const GroupAudit& group, const Words& words) {
    std::vector<std::string> lines;
    if (!group.rhythm) return lines;
    const Rhythm& rhythm = *group.rhythm;
    if (const auto& rate = rhythm.expected_per_week) {
        const int decimals = rate->high < 1 ? 2 : 1;
        lines.push_back(words.say(msg("reports.card.rate", arg("rate", rounded(rate->value, decimals)), arg("low", words.number(rate->low, decimals)),
                                      arg("high", words.number(rate->high, decimals)))));
    }
    if (rhythm.presence == Presence::low) lines.push_back(words.say(msg("reports.card.presence_low")));
    if (rhythm.presence == Presence::high) lines.push_back(words.say(msg("reports.card.presence_high")));
    if (rhythm.silence_ratio) {
        const auto gap = std::llround(*rhythm.usual_gap_days);
        const auto ratio = about(*rhythm.silence_ratio);
        lines.push_back(words.say(ratio == 1 ? msg("reports.card.silence_usual", arg("gap", gap)) : msg("reports.card.silence", arg("gap", gap), arg("ratio", ratio))));
    }
    return lines;
}

/// Rp1 to Rp4 in words: a delay never stands without its share.
std::vector<std::string> response_lines(const GroupAudit& group, const Words& words) {
    std::vector<std::string> lines;
    if (!group.responses) return lines;
    const Responses& found = *group.responses;
    const auto line = [&](Message share, const std::optional<Waits>& waits) {
        std::string text = words.say(share);
        if (waits) text = words.joined({text, words.say(msg("reports.card.wait", arg("hours", about(waits->median_hours))))});
        lines.push_back(std::move(text));
    };
    if (found.received) line(msg("reports.card.received", arg("part", found.received->part), arg("all", found.received->all)), found.to_me);
    if (found.given) line(msg("reports.card.given", arg("part", found.given->part), arg("all", found.given->all)), found.by_me);
    if (found.inferred && found.inferred->part > 0 && (found.received || found.given))
        lines.push_back(words.say(msg("reports.card.inferred", arg("part", found.inferred->part), arg("all", found.inferred->all))));
    return lines;
}

/// Message of the named state; a dead group is said to be so by its last day.
std::string state_id(const Vitality& vitality) {
    if (!vitality.state) return {};
    switch (*vitality.state) {
        case GroupState::healthy: return "reports.card.state_healthy";
        case GroupState::quiet_but_valuable: return "reports.card.state_quiet";
        case GroupState::refresh_needed: return "reports.card.state_refresh";
        case GroupState::sprawl: return "reports.card.state_sprawl";
        case GroupState::dead: break;
    }
    return {};
}

}  // namespace

std::string capitalised(std::string text) {
    if (text.empty()) return text;
    const auto first = static_cast<unsigned char>(text[0]);
    if (first >= 'a' && first <= 'z') {
        text[0] = static_cast<char>(first - 0x20);
    } else if (first == 0xc3 && text.size() > 1) {  // à to þ, but for the division sign
        const auto second = static_cast<unsigned char>(text[1]);
        if (second >= 0xa0 && second <= 0xbe && second != 0xb7) text[1] = static_cast<char>(second - 0x20);
    }
    return text;
}

std::string continued(std::string text, std::string_view name) {
    if (text.size() < 2 || (!name.empty() && text.starts_with(name.substr(0, name.find(' '))))) return text;
    const auto first = static_cast<unsigned char>(text[0]), second = static_cast<unsigned char>(text[1]);
    const bool in_a_word = (second >= 'a' && second <= 'z') || (second >= 0x80 && first != 'I') || (second == ' ' && first == 'A');
    if (first >= 'A' && first <= 'Z') {
        if (in_a_word) text[0] = static_cast<char>(first + 0x20);
    } else if (first == 0xc3 && second >= 0x80 && second <= 0x9e && second != 0x97) {  // À to Þ, but for the multiplication sign
        text[1] = static_cast<char>(second + 0x20);
    }
    return text;
}

Message Words::named(Message message) const {
    // The analysis knows platforms by their keys alone.
    if (message.id.starts_with("analysis."))
        for (Argument& each : message.arguments)
            if (auto* key = std::get_if<std::string>(&each.value); key && each.name == "platform") *key = platform(*key);
    return message;
}

std::string Words::say(const Message& message) const { return for_terminal(render(named(message), language_)); }

std::string Words::count(std::uint64_t number) const { return render_number(static_cast<double>(number), 0, language_); }

std::string Words::month(std::int32_t month) const {
    using namespace std::chrono;
    const std::int32_t year_number = month / 12;
    const auto month_number = static_cast<unsigned>(month % 12) + 1;
    return render_day(sys_days(year(year_number) / std::chrono::month(month_number) / 1), language_, DayStyle::month);
}

std::string Words::duration(double minutes) const {
    if (minutes <= 0) return say(msg("reports.duration.minutes", arg("minutes", "0")));
    if (minutes < 1) return say(msg("reports.duration.under_one"));
    const std::int64_t whole = minutes < 60 ? std::llround(minutes) : std::llround(minutes / 5) * 5;
    if (whole < 60) return say(msg("reports.duration.minutes", arg("minutes", count(static_cast<std::uint64_t>(whole)))));
    const std::string hours = count(static_cast<std::uint64_t>(whole / 60));
    if (whole % 60 == 0) return say(msg("reports.duration.hours", arg("hours", hours)));
    return say(msg("reports.duration.hours_minutes", arg("hours", hours), arg("minutes", fmt::format("{:02}", whole % 60))));
}

std::string Words::duration_range(const MinutesPerWeek& minutes) const {
    const std::string low = duration(minutes.low), high = duration(minutes.high);
    if (low == high) return duration(minutes.mid);
    return say(msg("reports.duration.range", arg("mid", duration(minutes.mid)), arg("low", low), arg("high", high)));
}

std::string Words::silence(const GroupAudit& group) const {
    if (!group.participation.days_since_here) return "—";
    // What the data cannot show may have ended it since.
    if (group.stale) return group.last_act ? format_date(*group.last_act).substr(0, 7) + " ?" : std::string("?");
    const std::int64_t days = *group.participation.days_since_here;
    if (days < 60) return say(msg("reports.silence.days", arg("n", days)));
    if (days < 730) return say(msg("reports.silence.months", arg("n", days / 30)));
    return say(msg("reports.silence.years", arg("n", days / 365)));
}

std::string Words::advice(Decision decision) const {
    switch (decision) {
        case Decision::keep: return say(msg("reports.advice.keep"));
        case Decision::read_only: return say(msg("reports.advice.read_only"));
        case Decision::mute: return say(msg("reports.advice.mute"));
        case Decision::trial: return say(msg("reports.advice.trial"));
        case Decision::leave: return say(msg("reports.advice.leave"));
        case Decision::cannot_judge: break;
    }
    return say(msg("reports.advice.cannot_judge"));
}

std::string Words::advice(const Verdict& verdict) const {
    if (verdict.decision == Decision::trial && verdict.until)
        return say(msg("reports.advice.trial_until", arg("day", *verdict.until)));
    return advice(verdict.decision);
}

std::string Words::with_certainty(Certainty certainty) const { return say(msg("reports.with_certainty", arg("certainty", this->certainty(certainty)))); }

std::string Words::certainty(Certainty certainty) const {
    switch (certainty) {
        case Certainty::high: return say(msg("reports.certainty.high"));
        case Certainty::medium: return say(msg("reports.certainty.medium"));
        case Certainty::low: break;
    }
    return say(msg("reports.certainty.low"));
}

std::string Words::likelihood(Likelihood likelihood) const {
    switch (likelihood) {
        case Likelihood::often: return say(msg("reports.likelihood.often"));
        case Likelihood::sometimes: return say(msg("reports.likelihood.sometimes"));
        case Likelihood::hardly_ever: break;
    }
    return say(msg("reports.likelihood.hardly_ever"));
}

std::string Words::band(Band band) const {
    switch (band) {
        case Band::strong: return say(msg("reports.band.strong"));
        case Band::some: return say(msg("reports.band.some"));
        case Band::weak: return say(msg("reports.band.weak"));
        case Band::none: return say(msg("reports.band.none"));
        case Band::unknown: break;
    }
    return say(msg("reports.band.unknown"));
}

std::string Words::fact(FactState fact) const {
    switch (fact) {
        case FactState::personal: return say(msg("reports.fact.personal"));
        case FactState::wrote_this_year: return say(msg("reports.fact.wrote_this_year"));
        case FactState::alive_perhaps_read: return say(msg("reports.fact.alive_perhaps_read"));
        case FactState::wrote_before: return say(msg("reports.fact.wrote_before"));
        case FactState::dead: return say(msg("reports.fact.dead"));
        case FactState::no_trace: return say(msg("reports.fact.no_trace"));
        case FactState::name_only: return say(msg("reports.fact.name_only"));
        case FactState::repeated: break;
    }
    return say(msg("reports.fact.repeated"));
}

std::string Words::coverage(std::string_view kind) const {
    if (kind == "own_only") return say(msg("reports.coverage.own_only"));
    if (kind == "full") return say(msg("reports.coverage.full"));
    if (kind == "partial_window") return say(msg("reports.coverage.partial_window"));
    if (kind == "mixed") return say(msg("reports.coverage.mixed"));
    if (kind == "names_only") return say(msg("reports.coverage.names_only"));
    return say(msg("reports.coverage.unknown"));
}

std::string Words::kind(GroupKind kind) const {
    switch (kind) {
        case GroupKind::group: return say(msg("reports.kind.group"));
        case GroupKind::channel: return say(msg("reports.kind.channel"));
        case GroupKind::forum: return say(msg("reports.kind.forum"));
        case GroupKind::list: return say(msg("reports.kind.list"));
        case GroupKind::community: return say(msg("reports.kind.community"));
        case GroupKind::group_chat: return say(msg("reports.kind.group_chat"));
        case GroupKind::direct: return say(msg("reports.kind.direct"));
        case GroupKind::page: return say(msg("reports.kind.page"));
        case GroupKind::hashtag: break;
    }
    return say(msg("reports.kind.hashtag"));
}

std::string Words::platform(std::string_view platform) const {
    // Names that a capital letter alone does not make.
    using Spelling = std::pair<std::string_view, std::string_view>;
    static constexpr std::array spellings{
        Spelling{"activitystreams", "ActivityStreams"}, Spelling{"discord_chat_exporter", "DiscordChatExporter"},
        Spelling{"copainsdavant", "Copains d’avant"},
        Spelling{"github", "GitHub"},         Spelling{"google_chat", "Google Chat"},     Spelling{"irc", "IRC"},
        Spelling{"linkedin", "LinkedIn"},     Spelling{"peertube", "PeerTube"},           Spelling{"piefed", "PieFed"},
        Spelling{"rocketchat", "Rocket.Chat"}, Spelling{"stackexchange", "Stack Exchange"}, Spelling{"teams", "Microsoft Teams"},
        Spelling{"twitter", "X (Twitter)"},   Spelling{"vk", "VK"},                       Spelling{"whatsapp", "WhatsApp"},
        Spelling{"xing", "XING"},             Spelling{"youtube", "YouTube"},
    };
    for (const auto& [key, spelling] : spellings)
        if (platform == key) return std::string(spelling);
    if (platform == "generic") return say(msg("reports.platform.generic"));
    if (platform == "manual") return say(msg("reports.platform.manual"));
    if (platform == "mail") return say(msg("reports.platform.mail"));
    if (platform == "calendar") return say(msg("reports.platform.calendar"));
    if (platform == "contacts") return say(msg("reports.platform.contacts"));
    if (platform == "usenet") return say(msg("reports.platform.usenet"));
    std::string name = for_terminal(platform);
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

std::string Words::minutes_origin(MinutesPerWeek::Origin origin) const {
    switch (origin) {
        case MinutesPerWeek::Origin::her_group: return say(msg("reports.origin.her_group"));
        case MinutesPerWeek::Origin::her_platform: return say(msg("reports.origin.her_platform"));
        case MinutesPerWeek::Origin::inferred: break;
    }
    return say(msg("reports.origin.inferred"));
}

std::string Words::answer(const Answer& answer, const AuditReport& report) const {
    std::vector<std::string> values;
    const bool has_many = answer.question == "brought";
    for (const std::string_view part : has_many ? split(answer.value, ';') : std::vector<std::string_view>{answer.value}) {
        const Message coded = answer_value(answer.question, trim(part));
        if (!coded.empty())
            values.push_back(say(coded));
        else if (answer.question == "serves")
            values.push_back(objective(part, report));
        else if (const auto minutes = answer.question == "minutes" ? parse_number(part) : std::nullopt)
            values.push_back(duration(*minutes));
        else
            values.push_back(for_terminal(part));
    }
    return say(msg("reports.answer.dated", arg("label", say(answer_label(answer.question))),
                   arg("value", fmt::format("{}", fmt::join(values, ", "))), arg("day", answer.date)));
}

std::string Words::labelled(std::string_view label, std::string_view text) const {
    return say(msg("reports.labelled", arg("label", label), arg("text", text)));
}

std::string Words::joined(const std::vector<std::string>& parts) const {
    std::string all;
    for (const std::string& part : parts)
        all = all.empty() ? part : say(msg("reports.joined", arg("first", all), arg("second", part)));
    return all;
}

std::string Words::objective(std::string_view id, const AuditReport& report) const {
    const auto found = std::ranges::find(report.objectives, id, &ObjectiveAudit::id);
    return for_terminal(found == report.objectives.end() || found->text.empty() ? id : std::string_view(found->text));
}

std::string Words::name(const GroupAudit& group) const {
    const std::string shown = for_terminal(group.name);
    return trim(shown).empty() ? say(msg("reports.group.unnamed", arg("key", group.key))) : shown;
}

std::string Words::name(std::string_view person) const { return for_terminal(person); }

std::string Words::names(const std::vector<std::string>& people) const {
    std::string all;
    for (const std::string& person : people) all += (all.empty() ? "" : ", ") + name(person);
    return all;
}

std::vector<std::string> source_lines(const SourceFamily& family, const Words& words) {
    const auto until = [&](Date day, bool stale) {
        return words.say(stale ? msg("reports.card.data_until_stale", arg("day", day))
                               : msg("reports.card.data_until", arg("day", day)));
    };
    const bool all_stale = is_stale(family);
    std::vector<std::string> lines;
    const auto add = [&](std::string line) { lines.push_back(capitalised(std::move(line))); };
    if (family.data_until) add(until(*family.data_until, all_stale));
    for (const SourceCard* source : family.sources)
        if (source->stale && !all_stale && source->data_until)
            lines.push_back(words.labelled(source_name(*source), until(*source->data_until, true)));
    add(words.coverage(family.coverage));
    for (const SourceCard* source : family.sources) {
        if (source->unattributed > 0) add(words.say(msg("reports.source.unattributed", arg("count", source->unattributed))));
        if (source->quarantined > 0) add(words.say(msg("reports.source.quarantined", arg("count", source->quarantined))));
    }
    for (const Message& lack : family.lacks) add(words.labelled(words.say(msg("reports.source.lacks")), continued(words.say(lack), words.platform(family.platform))));
    return lines;
}

std::string source_name(const SourceCard& source) {
    std::string_view label = source.label;
    while (label.ends_with('/')) label.remove_suffix(1);
    return for_terminal(label.substr(label.rfind('/') + 1));  // npos + 1 is 0
}

std::string source_title(const SourceFamily& family, const Words& words) {
    const std::string platform = words.platform(family.platform);
    return family.sources.size() == 1
               ? platform
               : words.say(msg("reports.section", arg("title", platform), arg("groups", family.sources.size())));
}

std::vector<CardRow> card_rows(const GroupAudit& group, const AuditReport& report, const Words& words) {
    using Subject = CardRow::Subject;
    std::vector<CardRow> rows;
    const auto add = [&](Subject subject, const Message& label, std::vector<std::string> lines) {
        for (std::string& line : lines) line = capitalised(std::move(line));
        if (!lines.empty()) rows.push_back({subject, words.say(label), std::move(lines)});
    };
    if (is_set_apart(group)) {
        add(Subject::known, msg("reports.card.known"), {words.say(msg("reports.card.set_apart"))});
        return rows;
    }

    std::vector<std::string> did;
    if (group.my_acts > 0) {
        did.push_back(words.say(msg("reports.card.acts", arg("acts", group.my_acts), arg("words", group.my_words))));
        if (group.first_act && group.last_act)
            did.push_back(
                words.say(msg("reports.card.acts_between", arg("first", *group.first_act), arg("last", *group.last_act))));
        did.push_back(words.say(msg("reports.card.weeks", arg("weeks", group.my_active_weeks_52))));
        for (std::string& line : rhythm_lines(group, words)) did.push_back(std::move(line));
        if (group.participation.likelihood)
            did.push_back(
                words.say(msg("reports.card.likelihood", arg("word", words.likelihood(*group.participation.likelihood)))));
    } else {
        did.push_back(words.say(msg("reports.card.no_act")));
    }
    if (group.my_reactions > 0) did.push_back(words.say(msg("reports.card.reactions", arg("reactions", group.my_reactions))));
    if (group.joined_at) did.push_back(words.say(msg("reports.card.joined", arg("day", *group.joined_at))));
    add(Subject::did, msg("reports.card.did"), std::move(did));

    std::vector<std::string> back;
    if (group.people_met) {
        back.push_back(words.say(msg("reports.card.people", arg("people", *group.people_met))));
        if (group.reach && *group.people_met > 0)
            back.push_back(words.say(msg("reports.card.reach", arg("people", *group.reach))));
        if (!group.people_met_only_here.empty())
            back.push_back(words.say(msg("reports.card.only_here", arg("names", words.names(group.people_met_only_here)))));
    } else {
        back.push_back(words.say(msg("reports.card.people_unknown")));
    }
    if (group.in_person)
        back.push_back(words.say(msg("reports.card.in_person", arg("people", group.in_person->people), arg("day", group.in_person->last),
                                     arg("names", words.names(group.in_person->names)))));
    for (std::string& line : response_lines(group, words)) back.push_back(std::move(line));
    add(Subject::came_back, msg("reports.card.came_back"), std::move(back));

    std::vector<std::string> life;
    if (const auto& vitality = group.vitality) {
        if (vitality->dead && vitality->last_post)
            life.push_back(words.say(msg("reports.card.dead_since", arg("day", *vitality->last_post))));
        else if (vitality->last_post)
            life.push_back(words.say(msg("reports.card.last_post", arg("day", *vitality->last_post))));
        if (vitality->posts_per_week_median)
            life.push_back(words.say(msg("reports.card.volume", arg("posts", *vitality->posts_per_week_median))));
        life.push_back(words.say(msg("reports.card.authors", arg("month", words.month(vitality->last_month)), arg("authors", vitality->authors_month),
                                     arg("new", vitality->new_authors_month))));
        if (const std::string state = state_id(*vitality); !state.empty()) life.push_back(words.say(msg(state)));
        if (vitality->lonely)
            life.push_back(words.say(msg("reports.card.lonely", arg("percent", static_cast<int>(std::lround(100 * vitality->lonely->value))))));
        if (vitality->trend && vitality->trend->readable && vitality->trend->slope != 0 && !vitality->dead)
            life.push_back(words.say(msg(vitality->trend->slope > 0 ? "reports.card.trend_up" : "reports.card.trend_down", arg("months", vitality->trend->months))));
        if (vitality->months_since_half_of_best && *vitality->months_since_half_of_best > 0)
            life.push_back(words.say(msg("reports.card.decay", arg("months", *vitality->months_since_half_of_best))));
    }
    add(Subject::life, msg("reports.card.life"), std::move(life));

    add(Subject::costs, msg("reports.card.costs"),
        {group.minutes ? words.say(msg("reports.card.minutes", arg("time", words.duration_range(*group.minutes)),
                                       arg("origin", words.minutes_origin(group.minutes->origin))))
                       : words.say(msg("reports.card.minutes_unknown"))});

    std::vector<std::string> serves;
    for (const RelevanceScore& each : group.relevance) {
        std::string line = words.labelled(words.objective(each.objective, report), words.band(each.band));
        std::vector<std::string> terms;
        constexpr std::size_t most_terms = 5;
        for (const MatchedTerm& term : each.matched) {
            if (terms.size() == most_terms || each.band == Band::none) break;  // too little to be a link
            const std::string shown = for_terminal(term.term), from = for_terminal(term.from);
            terms.push_back(fold_name(shown) == fold_name(from) ? words.say(msg("reports.card.term", arg("term", shown)))
                                          : words.say(msg("reports.card.term_from", arg("term", shown), arg("from", from))));
        }
        if (!terms.empty())
            line = words.say(
                msg("reports.card.terms", arg("objective", line), arg("terms", fmt::format("{}", fmt::join(terms, ", ")))));
        if (each.met) line = words.joined({line, words.say(msg("reports.card.serves_met"))});
        if (each.no_more) line = words.joined({line, words.say(msg("reports.card.no_more"))});
        if (each.unseen) line = words.joined({line, words.say(msg("reports.card.unseen"))});
        if (each.confirmed)
            line = words.joined({line, words.say(msg("reports.card.confirmed"))});
        else if (each.title_only)
            line = words.joined({line, words.say(group.name.empty() ? msg("reports.card.own_posts") : msg("reports.card.title_only"))});
        serves.push_back(std::move(line));
    }
    add(Subject::serves, msg("reports.card.serves"), std::move(serves));

    std::vector<std::string> said;
    for (const Answer& answer : group.answers) said.push_back(words.answer(answer, report));
    add(Subject::said, msg("reports.card.said"), std::move(said));

    std::vector<std::string> known;
    known.push_back(words.say(group.stale ? msg("reports.card.data_until_stale", arg("day", group.data_until))
                                          : msg("reports.card.data_until", arg("day", group.data_until))));
    known.push_back(words.coverage(to_string(group.coverage)));
    if (group.repeats) {
        const auto same = std::ranges::find(report.groups, *group.repeats, &GroupAudit::id);
        known.push_back(
            words.say(msg("reports.card.repeats",
                          arg("group", same == report.groups.end() ? for_terminal(*group.repeats) : words.name(*same)))));
    }
    if (group.proposed_purpose && group.objectives_apply) {
        std::vector<std::string> cues;
        for (const std::string& cue : group.proposed_purpose->cues)
            cues.push_back(cue == "?" ? words.say(msg("reports.card.many_questions")) : cue == "https://" ? words.say(msg("reports.card.many_links")) : cue);
        const std::string_view key = to_string(group.proposed_purpose->purpose);
        known.push_back(words.say(msg("reports.card.proposed_purpose", arg("purpose", words.say(answer_value("purpose", key))),
                                      arg("cues", words.joined(cues)), arg("word", std::string(key)))));
    }
    if (group.proposed_scope)
        known.push_back(words.say(msg("reports.card.proposed_scope", arg("cue", group.proposed_scope->cue))));
    for (const Message& missing : group.verdict.missing) known.push_back(words.say(missing));
    add(Subject::known, msg("reports.card.known"), std::move(known));
    return rows;
}

std::vector<HabitLine> habit_lines(const AuditReport& report, const Words& words) {
    std::vector<HabitLine> lines;
    if (!report.habits) return lines;
    const Habits& habits = *report.habits;
    const auto add = [&](const Message& message, bool below = false) { lines.push_back({words.say(message), below}); };
    using Part = PlatformHabit::Part;
    const auto named = [&](Part part, std::string_view id) {
        std::string platforms;
        for (const PlatformHabit& each : habits.platforms)
            if (each.part == part) platforms += (platforms.empty() ? "" : ", ") + words.platform(each.platform);
        if (!platforms.empty()) add(msg(std::string(id), arg("platforms", platforms)));
    };
    for (const Part part : {Part::active, Part::passive}) {
        std::vector<const PlatformHabit*> busiest;
        for (const PlatformHabit& each : habits.platforms)
            if (each.part == part) busiest.push_back(&each);
        std::ranges::stable_sort(busiest, std::ranges::greater{}, [](const PlatformHabit* each) { return each->posts + each->answers; });
        for (const PlatformHabit* each : busiest) {
            std::string what;  // what is nothing is left out: a chat has no answers to count
            const auto count = [&](std::uint64_t number, std::string_view id) {
                if (number > 0) what += (what.empty() ? "" : ", ") + words.say(msg(std::string(id), arg("count", number)));
            };
            count(each->posts, "habits.posts");
            count(each->answers, "habits.answers");
            count(each->reactions, "habits.reactions");
            add(msg(part == Part::active ? "habits.part_active" : "habits.part_passive", arg("platform", words.platform(each->platform)), arg("what", what)));
        }
    }
    named(Part::silent, "habits.part_silent");
    named(Part::unknown, "habits.part_unknown");
    if (habits.asked + habits.answered > 0) add(msg("habits.balance", arg("asked", habits.asked), arg("answered", habits.answered)));
    if (habits.cv_relays.value_or(0) > 0) add(msg("habits.cv_relays", arg("count", *habits.cv_relays)), true);
    const std::string quarter = words.say(msg("habits.quarter", arg("number", std::to_string(habits.last_quarter % 4 + 1)), arg("year", std::to_string(habits.last_quarter / 4))));
    const auto counts = [&](const std::optional<QuarterCounts>& quarters, std::string_view id) {
        if (!quarters) return;
        std::string list;
        for (const std::uint64_t each : quarters->counts) list += (list.empty() ? "" : ", ") + words.count(each);
        add(msg(std::string(id), arg("quarter", quarter), arg("counts", list)));
        const std::size_t last = quarters->counts.size() - 1;
        add(msg(!quarters->readable                                    ? "habits.no_change"
                : quarters->counts[last] > quarters->counts[last - 1] ? "habits.rises"
                                                                       : "habits.falls"),
            true);
    };
    counts(habits.people_met, "habits.people_met");
    counts(habits.replies_from_new, "habits.replies_from_new");
    if (habits.invitations_sent + habits.invitations_received > 0)
        add(msg("habits.invitations", arg("sent", habits.invitations_sent), arg("received", habits.invitations_received)));
    if (habits.personal_invitations) add(msg("habits.personal", arg("part", habits.personal_invitations->part), arg("all", habits.personal_invitations->all)), true);
    if (habits.strangers) add(msg("habits.strangers", arg("part", habits.strangers->part), arg("all", habits.strangers->all), arg("namesakes", habits.namesakes)));
    if (!habits.focus.empty()) add(msg("habits.focus", arg("acts", habits.focus_acts)));
    if (!habits.focus.empty() && habits.focus_unknown > 0)
        add(msg("habits.focus_unknown", arg("percent", std::llround(100.0 * static_cast<double>(habits.focus_unknown) / static_cast<double>(habits.focus_acts)))), true);
    for (const Habits::Focus& each : habits.focus) {
        const Argument percent = arg("percent", static_cast<int>(std::lround(100 * each.share)));
        add(each.objective.empty() ? msg("habits.focus_none", percent) : msg("habits.focus_row", percent, arg("objective", words.objective(each.objective, report))), true);
    }
    return lines;
}

}  // namespace secateur

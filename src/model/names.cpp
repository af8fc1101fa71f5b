// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the model, as the JSON, the schema and the generic tables write them: one place for each.
#include <array>
#include <utility>

#include "base/text.hpp"
#include "model/audit_report.hpp"

namespace secateur {
namespace {

template <class Value, std::size_t size>
using Names = std::array<std::pair<Value, std::string_view>, size>;

template <class Value, std::size_t size>
constexpr std::string_view name_in(const Names<Value, size>& names, Value value) {
    for (const auto& [each, name] : names)
        if (each == value) return name;
    return "unknown";
}
template <class Value, std::size_t size>
std::optional<Value> value_in(const Names<Value, size>& names, std::string_view text) {
    for (const auto& [each, name] : names)
        if (name == text) return each;
    return std::nullopt;
}

constexpr Names<GroupKind, 9> group_kinds{{{GroupKind::group, "group"}, {GroupKind::channel, "channel"}, {GroupKind::forum, "forum"},
    {GroupKind::list, "list"}, {GroupKind::community, "community"}, {GroupKind::group_chat, "group_chat"}, {GroupKind::direct, "direct"},
    {GroupKind::page, "page"}, {GroupKind::hashtag, "hashtag"}}};
constexpr Names<ActivityKind, 8> activity_kinds{{{ActivityKind::post, "post"}, {ActivityKind::comment, "comment"}, {ActivityKind::reply, "reply"},
    {ActivityKind::reaction, "reaction"}, {ActivityKind::share, "share"}, {ActivityKind::vote, "vote"}, {ActivityKind::message, "message"},
    {ActivityKind::visit, "visit"}}};
constexpr Names<MembershipEvent, 4> membership_events{{{MembershipEvent::joined, "joined"}, {MembershipEvent::left, "left"},
    {MembershipEvent::member, "member"}, {MembershipEvent::unknown, "unknown"}}};
constexpr Names<Role, 5> roles{{{Role::none, ""}, {Role::member, "member"}, {Role::moderator, "moderator"}, {Role::admin, "admin"}, {Role::owner, "owner"}}};
constexpr Names<Attendance, 3> attendances{{{Attendance::went, "went"}, {Attendance::declined, "declined"}, {Attendance::invited, "invited"}}};
constexpr Names<CoverageKind, 4> coverages{{{CoverageKind::own_only, "own_only"}, {CoverageKind::full, "full"},
    {CoverageKind::partial_window, "partial_window"}, {CoverageKind::names_only, "names_only"}}};
constexpr Names<Scope, 4> scopes{{{Scope::audit, "audit"}, {Scope::personal, "personal"}, {Scope::duty, "duty"}, {Scope::candidate, "candidate"}}};
constexpr Names<Purpose, 8> purposes{{{Purpose::watch, "watch"}, {Purpose::decision_makers, "decision_makers"}, {Purpose::job_leads, "job_leads"},
    {Purpose::support, "support"}, {Purpose::visibility, "visibility"}, {Purpose::belonging, "belonging"}, {Purpose::meetings, "meetings"},
    {Purpose::unclear, "unclear"}}};
constexpr Names<Decision, 6> decisions{{{Decision::keep, "keep"}, {Decision::read_only, "read_only"}, {Decision::mute, "mute"},
    {Decision::trial, "trial"}, {Decision::leave, "leave"}, {Decision::cannot_judge, "cannot_judge"}}};
constexpr Names<Certainty, 3> certainties{{{Certainty::high, "high"}, {Certainty::medium, "medium"}, {Certainty::low, "low"}}};
constexpr Names<Band, 5> bands{{{Band::strong, "strong"}, {Band::some, "some"}, {Band::weak, "weak"}, {Band::none, "none"}, {Band::unknown, "unknown"}}};
constexpr Names<FactState, 8> facts{{{FactState::personal, "personal"}, {FactState::wrote_this_year, "wrote_this_year"},
    {FactState::alive_perhaps_read, "alive_perhaps_read"}, {FactState::wrote_before, "wrote_before"}, {FactState::dead, "dead"},
    {FactState::no_trace, "no_trace"}, {FactState::name_only, "name_only"}, {FactState::repeated, "repeated"}}};
constexpr Names<Likelihood, 3> likelihoods{{{Likelihood::often, "often"}, {Likelihood::sometimes, "sometimes"}, {Likelihood::hardly_ever, "hardly_ever"}}};
constexpr Names<Presence, 3> presences{{{Presence::low, "low"}, {Presence::neutral, "neutral"}, {Presence::high, "high"}}};
constexpr Names<GroupState, 5> group_states{{{GroupState::healthy, "healthy"}, {GroupState::quiet_but_valuable, "quiet_but_valuable"},
                                             {GroupState::refresh_needed, "refresh_needed"}, {GroupState::sprawl, "sprawl"}, {GroupState::dead, "dead"}}};
constexpr Names<PlatformHabit::Part, 4> parts{{{PlatformHabit::Part::active, "active"}, {PlatformHabit::Part::passive, "passive"},
                                               {PlatformHabit::Part::silent, "silent"}, {PlatformHabit::Part::unknown, "unknown"}}};
constexpr Names<Ladder, 4> ladders{{{Ladder::none, "none"}, {Ladder::participating, "participating"}, {Ladder::contributing, "contributing"}, {Ladder::leading, "leading"}}};
constexpr Names<MemberState, 3> member_states{{{MemberState::member, "member"}, {MemberState::left, "left"}, {MemberState::unknown, "unknown"}}};

}  // namespace

std::string_view to_string(GroupKind kind) { return name_in(group_kinds, kind); }
std::string_view to_string(ActivityKind kind) { return name_in(activity_kinds, kind); }
std::string_view to_string(MembershipEvent event) { return name_in(membership_events, event); }
std::string_view to_string(Role role) { return name_in(roles, role); }
std::string_view to_string(Attendance attendance) { return name_in(attendances, attendance); }
std::string_view to_string(CoverageKind kind) { return name_in(coverages, kind); }
std::string_view to_string(Scope scope) { return name_in(scopes, scope); }
std::string_view to_string(Purpose purpose) { return name_in(purposes, purpose); }
std::string_view to_string(Decision decision) { return name_in(decisions, decision); }
std::string_view to_string(Certainty certainty) { return name_in(certainties, certainty); }
std::string_view to_string(Band band) { return name_in(bands, band); }
std::string_view to_string(FactState state) { return name_in(facts, state); }
std::string_view to_string(Likelihood likelihood) { return name_in(likelihoods, likelihood); }
std::string_view to_string(Presence presence) { return name_in(presences, presence); }
std::string_view to_string(GroupState state) { return name_in(group_states, state); }
std::string_view to_string(PlatformHabit::Part part) { return name_in(parts, part); }
std::string_view to_string(Ladder ladder) { return name_in(ladders, ladder); }
std::string_view to_string(MemberState state) { return name_in(member_states, state); }

std::optional<GroupKind> parse_group_kind(std::string_view text) { return value_in(group_kinds, text); }
std::optional<ActivityKind> parse_activity_kind(std::string_view text) { return value_in(activity_kinds, text); }
std::optional<Scope> parse_scope(std::string_view text) { return value_in(scopes, text); }
std::optional<Purpose> parse_purpose(std::string_view text) { return value_in(purposes, text); }

const std::vector<std::string_view>& answer_questions() {
    static const std::vector<std::string_view> questions{"why_joined", "reads", "brought", "pleasure", "would_lose", "purpose", "serves", "minutes", "scope"};
    return questions;
}

bool is_valid_answer(std::string_view question, std::string_view value) {
    const auto one_of = [&](std::initializer_list<std::string_view> values) {
        for (const auto each : values)
            if (each == value) return true;
        return false;
    };
    if (question == "reads") return one_of({"all", "skim", "titles", "no"});
    if (question == "pleasure") return one_of({"yes", "so-so", "no"});
    if (question == "purpose") return parse_purpose(value).has_value();
    if (question == "scope") return parse_scope(value).has_value();
    if (question == "minutes") {
        const auto minutes = parse_number(value);
        return minutes && *minutes >= 0 && *minutes <= 10'080;  // a week has no more
    }
    if (question == "brought") {
        constexpr std::array<std::string_view, 9> gains{"information", "advice", "contact", "introduction", "recommendation", "support", "lead", "meeting", "nothing"};
        for (const auto part : split(value, ';')) {
            bool known = false;
            for (const auto gain : gains) known = known || gain == trim(part);
            if (!known) return false;
        }
        return !value.empty();
    }
    return (question == "why_joined" || question == "would_lose" || question == "serves") && !trim(value).empty();
}

}  // namespace secateur

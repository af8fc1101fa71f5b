// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/overview.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "reports/words.hpp"

namespace secateur {
namespace {

constexpr std::array decision_order{Decision::keep, Decision::trial, Decision::read_only, Decision::mute, Decision::leave,
                                    Decision::cannot_judge};
constexpr std::array fact_order{
    FactState::wrote_this_year, FactState::alive_perhaps_read, FactState::wrote_before, FactState::dead,
    FactState::no_trace,        FactState::name_only,          FactState::repeated};

bool serves(const GroupAudit& group) {
    return std::ranges::any_of(group.relevance,
                               [](const RelevanceScore& each) { return is_serving(each.band); });
}

/// Nothing changes for a group that is kept or cannot be judged.
bool changes_something(const GroupAudit& group) {
    return group.verdict.decision != Decision::keep && group.verdict.decision != Decision::cannot_judge;
}

auto urgency(const GroupAudit& group) {
    const auto certainty = static_cast<int>(group.verdict.certainty.value_or(Certainty::low));
    constexpr std::array order{Decision::leave, Decision::trial, Decision::mute, Decision::read_only};
    const auto place = std::ranges::find(order, group.verdict.decision) - order.begin();
    return std::tuple(certainty, place, std::string_view(group.name), std::string_view(group.id));
}

std::vector<SourceFamily> families_of(const std::vector<SourceCard>& sources) {
    std::vector<SourceFamily> families;
    for (const SourceCard& source : sources) {
        auto family = std::ranges::find(families, source.platform, &SourceFamily::platform);
        if (family == families.end()) {
            families.push_back(
                {.platform = source.platform, .sources = {}, .data_until = {}, .coverage = source.coverage, .lacks = {}});
            family = families.end() - 1;
        }
        family->sources.push_back(&source);
        if (family->coverage != source.coverage) family->coverage = "mixed";
        for (const Message& lack : source.lacks)
            if (std::ranges::find(family->lacks, lack) == family->lacks.end()) family->lacks.push_back(lack);
    }
    for (SourceFamily& family : families)
        for (const SourceCard* source : family.sources)
            if (!source->stale || is_stale(family)) family.data_until = std::max(family.data_until, source->data_until);
    return families;
}

}  // namespace

bool is_stale(const SourceFamily& family) {
    return std::ranges::all_of(family.sources, [](const SourceCard* source) { return source->stale; });
}

bool is_set_apart(const GroupAudit& group) {
    return group.scope == Scope::personal || group.scope == Scope::duty || !group.objectives_apply;
}

Band best_band(const GroupAudit& group) {
    Band best = Band::unknown;
    for (const RelevanceScore& each : group.relevance) best = std::min(best, each.band);  // strong is the first enumerator
    return best;
}

std::uint64_t months_written(const GroupAudit& group) {
    return static_cast<std::uint64_t>(std::ranges::count_if(group.months, [](const MonthPoint& each) { return each.mine > 0; }));
}

Overview overview_of(const AuditReport& report) {
    Overview view;
    for (const ObjectiveAudit& objective : report.objectives) {
        const bool is_done = objective.done && *objective.done <= report.as_of;
        const bool has_begun = !objective.start || *objective.start <= report.as_of;
        if (is_done)
            view.done.push_back(&objective);
        else if (has_begun)
            view.open.push_back(&objective);
    }
    std::vector<const GroupAudit*> judged;
    for (const GroupAudit& group : report.groups) (is_set_apart(group) ? view.set_apart : judged).push_back(&group);

    const auto add_section = [&](Section section, auto&& belongs) {
        std::ranges::copy_if(judged, std::back_inserter(section.groups), belongs);
        if (!section.groups.empty()) view.sections.push_back(std::move(section));
    };
    for (const FactState fact : fact_order) view.by_fact[fact] = 0;
    view.by_fact[FactState::personal] = view.set_apart.size();
    for (const GroupAudit* group : judged) ++view.by_fact[group->fact];
    if (view.open.empty()) {
        for (const FactState fact : fact_order)
            add_section({.decision = {}, .fact = fact, .groups = {}},
                        [&](const GroupAudit* group) { return group->fact == fact; });
        // A cue alone does not make a group personal: until she confirms it, it stands last, on its own.
        add_section({.decision = {}, .fact = FactState::personal, .groups = {}},
                    [](const GroupAudit* group) { return group->fact == FactState::personal; });
    } else {
        for (const Decision decision : decision_order)
            add_section({.decision = decision, .fact = {}, .groups = {}},
                        [&](const GroupAudit* group) { return group->verdict.decision == decision; });
    }

    for (const GroupAudit* group : judged) {
        view.serving += serves(*group) ? 1 : 0;
        if (group->verdict.decision == Decision::leave) {
            ++view.leaving;
            view.leaving_without_loss += group->reach && *group->reach == 0 ? 1 : 0;
        }
        if (changes_something(*group)) view.proposals.push_back(group);
        if (const auto& question = group->verdict.question) {
            const auto same = std::ranges::find(view.questions, *question, &SharedQuestion::text);
            if (same == view.questions.end())
                view.questions.push_back({*question, {group}});
            else
                same->groups.push_back(group);
        }
    }
    std::ranges::sort(view.proposals, {}, [](const GroupAudit* group) { return urgency(*group); });
    constexpr std::size_t most_proposals = 7;  // a month has room for no more
    if (view.proposals.size() > most_proposals) view.proposals.resize(most_proposals);
    std::ranges::stable_sort(view.questions, std::ranges::greater{},
                             [](const SharedQuestion& each) { return each.groups.size(); });
    view.sources = families_of(report.sources);
    for (const AccountCard& account : report.accounts)
        if (account.dormant) view.dormant.push_back(&account);
    return view;
}

std::vector<Message> headline(const AuditReport& report, const Overview& view, Language language) {
    const Words words(language);
    const AuditTotals& totals = report.totals;
    std::vector<Message> parts;
    if (totals.groups == 0)
        parts.push_back(msg("reports.headline.empty"));
    else if (totals.unknown_minutes >= totals.groups)
        parts.push_back(msg("reports.headline.groups", arg("groups", totals.groups)));
    else if (totals.unknown_minutes > 0)
        parts.push_back(msg("reports.headline.time_at_least", arg("groups", totals.groups),
                            arg("time", words.duration(totals.minutes_mid)), arg("unknown", totals.unknown_minutes)));
    else
        parts.push_back(
            msg("reports.headline.time_about", arg("groups", totals.groups), arg("time", words.duration(totals.minutes_mid))));
    if (totals.groups > 0 && !view.open.empty())
        parts.push_back(msg("reports.headline.serving", arg("groups", view.serving), arg("objectives", view.open.size())));
    // What she gave stands before what could be cut.
    if (report.gave && report.gave->answers > 0)
        parts.push_back(msg("people.headline_gave", arg("answers", report.gave->answers), arg("people", report.gave->people), arg("thanks", report.gave->thanks_received)));
    if (report.gave && report.gave->introductions > 0) parts.push_back(msg("people.headline_introduced", arg("count", report.gave->introductions)));
    if (view.leaving_without_loss > 0)
        parts.push_back(msg("reports.headline.leave_without_loss", arg("groups", view.leaving_without_loss)));
    else if (view.leaving > 0)
        parts.push_back(msg("reports.headline.leave", arg("groups", view.leaving)));
    return parts;
}

}  // namespace secateur

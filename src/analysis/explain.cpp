// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "analysis/policy.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

std::string folded(std::string_view id) {
    std::string out = fold_search(id);
    std::replace(out.begin(), out.end(), '-', '_');
    return out;
}

std::string settings() {
    const Policy defaults;
    std::string list;
    for (const PolicyMember& each : policy_members())
        list += fmt::format("{}{} = {}", list.empty() ? "" : "; ", each.name, defaults.*each.member);
    return list;
}

/// A page for each setting, so that `explain leave_probability` has an answer.
const std::vector<MetricPage>& setting_pages() {
    static const std::vector<MetricPage> pages = [] {
        const Policy defaults;
        std::vector<MetricPage> made;
        for (const PolicyMember& each : policy_members())
            made.push_back(
                {each.name, Message{std::string(each.about), {}},
                 msg("explain.setting_default", arg("name", each.name), arg("value", fmt::format("{}", defaults.*each.member))),
                 msg("explain.setting_range", arg("least", each.least), arg("most", each.most)), msg("explain.setting_inputs"),
                 msg("explain.setting_source"), msg("explain.setting_limits")});
        return made;
    }();
    return pages;
}

}  // namespace

const std::vector<MetricPage>& metric_pages() {
    static const std::vector<MetricPage> pages = [] {
        constexpr std::string_view ids[] = {"participation",
                                            "active_weeks_decayed",
                                            "people_90d",
                                            "days_since_here",
                                            "days_since_account",
                                            "likelihood",
                                            "active_weeks",
                                            "my_acts",
                                            "my_words",
                                            "last_light",
                                            "Pa1",
                                            "Pa2",
                                            "Pa3",
                                            "Pa4",
                                            "Pa5",
                                            "Pa6",
                                            "Pa7",
                                            "Rp1",
                                            "Rp2",
                                            "Rp3",
                                            "Rp4",
                                            "relevance",
                                            "band",
                                            "matched",
                                            "V1",
                                            "V2",
                                            "V3",
                                            "V4",
                                            "V5",
                                            "V6",
                                            "V7",
                                            "V8",
                                            "V9",
                                            "state",
                                            "dead",
                                            "near_copy",
                                            "fact",
                                            "minutes",
                                            "plan",
                                            "people_met",
                                            "reach",
                                            "in_person",
                                            "tie",
                                            "circle",
                                            "follow_ups",
                                            "thanks",
                                            "reciprocity",
                                            "gave",
                                            "decision",
                                            "certainty",
                                            "coverage",
                                            "staleness",
                                            "unattributed",
                                            "season",
                                            "joined_at",
                                            "answers",
                                            "purpose",
                                            "habits",
                                            "scope",
                                            "role",
                                            "pinned",
                                            "objectives",
                                            "policy"};
        std::vector<MetricPage> made;
        for (const std::string_view id : ids) {
            const auto part = [&](std::string_view name) { return Message{fmt::format("explain.{}_{}", id, name), {}}; };
            made.push_back({id, part("title"), part("formula"), part("unit"), part("inputs"), part("source"), part("limits")});
        }
        made.back().formula.arguments = {arg("list", settings())};
        return made;
    }();
    return pages;
}

const MetricPage* find_metric(std::string_view id) {
    // Other names under which the same figure is known.
    constexpr std::pair<std::string_view, std::string_view> others[] = {
        {"p", "participation"},
        {"probability", "participation"},
        {"s", "active_weeks_decayed"},
        {"score", "relevance"},
        {"bands", "band"},
        {"volume", "v1"},
        {"posts_per_week", "v1"},
        {"authors", "v2"},
        {"authors_month", "v2"},
        {"decay", "v9"},
        {"active_rate", "v3"},
        {"proposed_purpose", "purpose"},
        {"focus", "habits"},
        {"strangers", "habits"},
        {"new_faces", "habits"},
        {"invitations", "habits"},
        {"overlap", "near_copy"},
        {"overlaps", "near_copy"},
        {"top_ten_share", "v4"},
        {"gini", "v4"},
        {"creators", "v5"},
        {"lonely", "v6"},
        {"burstiness", "v7"},
        {"trend", "v8"},
        {"change", "v8"},
        {"months_since_half_of_best", "v9"},
        {"my_active_weeks_52", "active_weeks"},
        {"vitality", "v1"},
        {"budget", "plan"},
        {"stale", "staleness"},
        {"data_until", "staleness"},
        {"facts", "fact"},
        {"fact_state", "fact"},
        {"rule", "decision"},
        {"verdict", "decision"},
        {"people_met_only_here", "reach"},
        {"balance", "reciprocity"},
        {"gave_100d", "reciprocity"},
        {"got_100d", "reciprocity"},
        {"mutual", "reciprocity"},
        {"mutual_beyond_chance", "reciprocity"},
        {"returning_share", "v2"},
        {"new_authors_month", "v2"},
        {"my_reactions", "last_light"},
        {"acts_per_week", "pa1"},
        {"expected_per_week", "pa1"},
        {"rhythm", "pa1"},
        {"voice", "pa2"},
        {"voice_index", "pa2"},
        {"active_weeks_share", "pa3"},
        {"presence", "pa4"},
        {"ladder", "pa4"},
        {"streak", "pa5"},
        {"longest_streak", "pa5"},
        {"silence_ratio", "pa6"},
        {"usual_gap_days", "pa6"},
        {"initiative", "pa7"},
        {"received", "rp1"},
        {"responses", "rp1"},
        {"given", "rp2"},
        {"to_me", "rp3"},
        {"by_me", "rp3"},
        {"inferred", "rp4"},
        {"active_weeks_52", "active_weeks"},
        {"mine", "my_acts"},
        {"acts", "my_acts"},
        {"words", "my_words"},
        {"reactions", "last_light"},
        {"months", "v1"},
        {"others", "v1"},
        {"minutes_per_week", "minutes"},
        {"minutes_budget", "minutes"},
        {"minutes_back", "minutes"},
        {"serving", "band"},
        {"met", "in_person"},
        {"unseen", "band"},
        {"leaving_without_loss", "reach"},
        {"by_decision", "decision"},
        {"outcomes", "decision"},
        {"by_fact", "fact"},
        {"last_month", "v2"},
        {"namesakes", "habits"},
        {"clusters", "near_copy"},
        {"people_by_name", "near_copy"},
        {"days", "tie"},
        {"helped_me", "thanks"},
        {"thanked_me", "thanks"},
        {"waiting", "follow_ups"},
        {"adds", "plan"},
        {"would_add", "plan"},
        {"share_of_draws", "plan"},
        {"frontier", "plan"},
        {"fits_from", "plan"},
        {"in_any_case", "plan"},
        {"writing", "plan"},
        {"reading", "plan"},
        {"curiosity", "plan"},
        {"used", "plan"},
        {"value", "plan"},
        {"bound", "plan"},
    };
    std::string wanted = folded(id);
    for (const auto& [other, name] : others)
        if (wanted == other) wanted = name;
    for (const auto* list : {&metric_pages(), &setting_pages()})
        for (const MetricPage& page : *list)
            if (folded(page.id) == wanted) return &page;
    return nullptr;
}

}  // namespace secateur

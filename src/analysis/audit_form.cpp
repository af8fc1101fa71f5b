// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/audit_form.hpp"

#include "analysis/rounding.hpp"

namespace secateur {
namespace {

void round_rhythm(Rhythm& out) {
    for (auto* value : {&out.acts_per_week, &out.usual_gap_days, &out.silence_ratio}) round_four(*value);
    for (auto* share : {&out.active_weeks, &out.initiative}) round_four(*share);
    if (auto& expected = out.expected_per_week)
        for (double* each : {&expected->value, &expected->low, &expected->high}) *each = four_decimals(*each);
}

void round_responses(Responses& out) {
    for (auto* share : {&out.voice, &out.received, &out.given, &out.inferred}) round_four(*share);
    round_four(out.voice_index);
    for (auto* waits : {&out.to_me, &out.by_me}) {
        if (!*waits) continue;
        (*waits)->median_hours = one_decimal((*waits)->median_hours);
        if ((*waits)->p90_hours) (*waits)->p90_hours = one_decimal(*(*waits)->p90_hours);
    }
}

}  // namespace

void round_figures(GroupAudit& out) {
    if (out.rhythm) round_rhythm(*out.rhythm);
    if (out.responses) round_responses(*out.responses);
    round_four(out.participation.probability);
    round_four(out.participation.active_weeks_decayed);
    for (RelevanceScore& score : out.relevance) {
        round_four(score.score);
        for (MatchedTerm& term : score.matched) term.share = four_decimals(term.share);
    }
    if (out.vitality) {
        for (auto* value : {&out.vitality->posts_per_week_q1, &out.vitality->posts_per_week_median,
                            &out.vitality->posts_per_week_q3, &out.vitality->returning_share, &out.vitality->active_rate,
                            &out.vitality->top_ten_share, &out.vitality->gini, &out.vitality->burstiness})
            round_four(*value);
        round_four(out.vitality->lonely);
        if (auto& creators = out.vitality->creators)
            for (double* each : {&creators->none, &creators->few, &creators->many}) *each = four_decimals(*each);
        if (auto& trend = out.vitality->trend)
            for (double* each : {&trend->slope, &trend->p}) *each = four_decimals(*each);
        if (auto& change = out.vitality->change) change->p = four_decimals(change->p);
    }
    if (out.minutes) {
        out.minutes->low = one_decimal(out.minutes->low);
        out.minutes->mid = one_decimal(out.minutes->mid);
        out.minutes->high = one_decimal(out.minutes->high);
    }
}

void hide_figures(GroupAudit& out) {
    out.participation = {};
    out.rhythm.reset();
    out.responses.reset();
    out.reciprocity.reset();
    out.relevance.clear();
    out.vitality.reset();
    out.stated_silence.reset();
    out.minutes.reset();
    out.people_met.reset();
    out.reach.reset();
    out.people_met_only_here.clear();
    out.in_person.reset();
    out.months.clear();
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/policy.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace secateur {

const std::vector<PolicyMember>& policy_members() {
    using P = Policy;
    constexpr double days = 3650;
    static const std::vector<PolicyMember> members{
        {"participation_half_life_days", &P::participation_half_life_days, 1, days, "policy.participation_half_life_days"},
        {"participation_base", &P::participation_base, -10, 10, "policy.participation_base"},
        {"participation_weeks", &P::participation_weeks, 0, 10, "policy.participation_weeks"},
        {"participation_silence", &P::participation_silence, 0, 10, "policy.participation_silence"},
        {"participation_account", &P::participation_account, 0, 10, "policy.participation_account"},
        {"participation_people", &P::participation_people, 0, 10, "policy.participation_people"},
        {"participation_people_usual", &P::participation_people_usual, 0, 1000, "policy.participation_people_usual"},
        {"participation_people_most", &P::participation_people_most, 0, 1000, "policy.participation_people_most"},
        {"likely_often", &P::likely_often, 0, 1, "policy.likely_often"},
        {"likely_sometimes", &P::likely_sometimes, 0, 1, "policy.likely_sometimes"},
        {"lively_probability", &P::lively_probability, 0, 1, "policy.lively_probability"},
        {"lively_days", &P::lively_days, 1, days, "policy.lively_days"},
        {"leave_probability", &P::leave_probability, 0, 1, "policy.leave_probability"},
        {"silent_days", &P::silent_days, 1, days, "policy.silent_days"},
        {"new_days", &P::new_days, 0, days, "policy.new_days"},
        {"regular_weeks", &P::regular_weeks, 1, 52, "policy.regular_weeks"},
        {"occasional_weeks", &P::occasional_weeks, 1, 26, "policy.occasional_weeks"},
        {"trial_days", &P::trial_days, 1, days, "policy.trial_days"},
        {"season_weeks", &P::season_weeks, 1, 26, "policy.season_weeks"},
        {"season_share", &P::season_share, 0.5, 1, "policy.season_share"},
        {"season_last_days", &P::season_last_days, 1, days, "policy.season_last_days"},
        {"silent_year_days", &P::silent_year_days, 1, days, "policy.silent_year_days"},
        {"dead_days", &P::dead_days, 1, days, "policy.dead_days"},
        {"light_days", &P::light_days, 0, days, "policy.light_days"},
        {"answer_days", &P::answer_days, 0, days, "policy.answer_days"},
        {"done_days", &P::done_days, 0, days, "policy.done_days"},
        {"stale_days", &P::stale_days, 0, days, "policy.stale_days"},
        {"probability_margin", &P::probability_margin, 0, 1, "policy.probability_margin"},
        {"relevance_margin", &P::relevance_margin, 0, 1, "policy.relevance_margin"},
        {"sure_evidence", &P::sure_evidence, 0, 10, "policy.sure_evidence"},
        {"copy_people", &P::copy_people, 1, 1000, "policy.copy_people"},
        {"copy_people_share", &P::copy_people_share, 0, 1, "policy.copy_people_share"},
        {"copy_topics", &P::copy_topics, 0, 1, "policy.copy_topics"},
        {"copy_links", &P::copy_links, 0, 1, "policy.copy_links"},
        {"copy_texts", &P::copy_texts, 0, 1, "policy.copy_texts"},
        {"bm25_k1", &P::bm25_k1, 0, 10, "policy.bm25_k1"},
        {"bm25_b", &P::bm25_b, 0, 1, "policy.bm25_b"},
        {"idf_floor", &P::idf_floor, 0.01, 10, "policy.idf_floor"},
        {"idf_ceiling", &P::idf_ceiling, 0.01, 20, "policy.idf_ceiling"},
        {"name_weight", &P::name_weight, 0.1, 20, "policy.name_weight"},
        {"posts_weight", &P::posts_weight, 0, 1000, "policy.posts_weight"},
        {"posts_half_life_days", &P::posts_half_life_days, 1, days, "policy.posts_half_life_days"},
        {"posts_min_share", &P::posts_min_share, 0, 1, "policy.posts_min_share"},
        {"characters_weight", &P::characters_weight, 0, 10, "policy.characters_weight"},
        {"vectors_weight", &P::vectors_weight, 0, 10, "policy.vectors_weight"},
        {"vector_words", &P::vector_words, 0, 100000, "policy.vector_words"},
        {"synonym_weight", &P::synonym_weight, 0, 1, "policy.synonym_weight"},
        {"related_weight", &P::related_weight, 0, 1, "policy.related_weight"},
        {"translation_best", &P::translation_best, 0, 1, "policy.translation_best"},
        {"translation_step", &P::translation_step, 0, 1, "policy.translation_step"},
        {"translation_least", &P::translation_least, 0, 1, "policy.translation_least"},
        {"unsure_language", &P::unsure_language, 0, 1, "policy.unsure_language"},
        {"foreign_word", &P::foreign_word, 0, 1, "policy.foreign_word"},
        {"facet_weight", &P::facet_weight, 0, 10, "policy.facet_weight"},
        {"place_weight", &P::place_weight, 0, 10, "policy.place_weight"},
        {"general_weight", &P::general_weight, 0, 10, "policy.general_weight"},
        {"band_strong", &P::band_strong, 0, 1, "policy.band_strong"},
        {"band_some", &P::band_some, 0, 1, "policy.band_some"},
        {"band_weak", &P::band_weak, 0, 1, "policy.band_weak"},
        {"evidence_words", &P::evidence_words, 1, 1000, "policy.evidence_words"},
        {"matched_terms", &P::matched_terms, 1, 50, "policy.matched_terms"},
        {"rhythm_weeks", &P::rhythm_weeks, 1, 520, "policy.rhythm_weeks"},
        {"least_of_a_share", &P::least_of_a_share, 1, 1000, "policy.least_of_a_share"},
        {"presence_weeks", &P::presence_weeks, 1, 520, "policy.presence_weeks"},
        {"presence_base_weeks", &P::presence_base_weeks, 1, 520, "policy.presence_base_weeks"},
        {"presence_base_active", &P::presence_base_active, 1, 520, "policy.presence_base_active"},
        {"silence_gaps", &P::silence_gaps, 1, 1000, "policy.silence_gaps"},
        {"silence_long", &P::silence_long, 1, 1000, "policy.silence_long"},
        {"answer_within_days", &P::answer_within_days, 1, 365, "policy.answer_within_days"},
        {"open_share", &P::open_share, 0, 1, "policy.open_share"},
        {"trend_months", &P::trend_months, 5, 120, "policy.trend_months"},
        {"trend_months_most", &P::trend_months_most, 5, 240, "policy.trend_months_most"},
        {"false_alarms", &P::false_alarms, 0, 1, "policy.false_alarms"},
        {"large_group", &P::large_group, 10, 100000, "policy.large_group"},
        {"lively_posts", &P::lively_posts, 0, 1000, "policy.lively_posts"},
        {"lively_authors", &P::lively_authors, 0, 1000, "policy.lively_authors"},
        {"decay_months", &P::decay_months, 1, 120, "policy.decay_months"},
        {"announcer_share", &P::announcer_share, 0, 1, "policy.announcer_share"},
        {"vitality_weeks", &P::vitality_weeks, 1, 52, "policy.vitality_weeks"},
        {"reading_share_low", &P::reading_share_low, 0, 1, "policy.reading_share_low"},
        {"reading_share", &P::reading_share, 0, 1, "policy.reading_share"},
        {"reading_share_high", &P::reading_share_high, 0, 1, "policy.reading_share_high"},
        {"reading_speed_slow", &P::reading_speed_slow, 10, 2000, "policy.reading_speed_slow"},
        {"reading_speed", &P::reading_speed, 10, 2000, "policy.reading_speed"},
        {"reading_speed_fast", &P::reading_speed_fast, 10, 2000, "policy.reading_speed_fast"},
        {"writing_speed", &P::writing_speed, 1, 500, "policy.writing_speed"},
        {"visit_minutes", &P::visit_minutes, 0, 60, "policy.visit_minutes"},
        {"dormant_days", &P::dormant_days, 1, days, "policy.dormant_days"},
        {"unvisited_days", &P::unvisited_days, 1, days, "policy.unvisited_days"},
        {"plan_strong", &P::plan_strong, 0, 0.99, "policy.plan_strong"},
        {"plan_some", &P::plan_some, 0, 0.99, "policy.plan_some"},
        {"plan_keep", &P::plan_keep, 0, 10, "policy.plan_keep"},
        {"plan_taking_part", &P::plan_taking_part, 0, 10, "policy.plan_taking_part"},
        {"plan_ties", &P::plan_ties, 0, 10, "policy.plan_ties"},
        {"plan_kept_share", &P::plan_kept_share, 0, 0.9, "policy.plan_kept_share"},
        {"plan_curiosity_minutes", &P::plan_curiosity_minutes, 0, 600, "policy.plan_curiosity_minutes"},
        {"plan_contribute_most", &P::plan_contribute_most, 0, 100, "policy.plan_contribute_most"},
        {"plan_read_most", &P::plan_read_most, 0, 1000, "policy.plan_read_most"},
        {"plan_draws", &P::plan_draws, 1, 10000, "policy.plan_draws"},
        {"plan_sure", &P::plan_sure, 0, 1, "policy.plan_sure"},
        {"plan_unsure", &P::plan_unsure, 0, 1, "policy.plan_unsure"},
        {"plan_doubt_hers", &P::plan_doubt_hers, 0, 1, "policy.plan_doubt_hers"},
        {"plan_doubt_shared", &P::plan_doubt_shared, 0, 1, "policy.plan_doubt_shared"},
        {"plan_doubt_band", &P::plan_doubt_band, 0, 1, "policy.plan_doubt_band"},
        {"plan_doubt_title", &P::plan_doubt_title, 0, 1, "policy.plan_doubt_title"},
        {"plan_step", &P::plan_step, 5, 600, "policy.plan_step"},
        {"plan_exact_groups", &P::plan_exact_groups, 0, 1000, "policy.plan_exact_groups"},
        {"tie_recency", &P::tie_recency, 0, 1, "policy.tie_recency"},
        {"tie_contact_days", &P::tie_contact_days, 0, 1, "policy.tie_contact_days"},
        {"tie_duration", &P::tie_duration, 0, 1, "policy.tie_duration"},
        {"tie_balance", &P::tie_balance, 0, 1, "policy.tie_balance"},
        {"tie_groups", &P::tie_groups, 0, 1, "policy.tie_groups"},
        {"tie_half_life_days", &P::tie_half_life_days, 1, 3650, "policy.tie_half_life_days"},
        {"tie_days_full", &P::tie_days_full, 1, 10000, "policy.tie_days_full"},
        {"tie_duration_full", &P::tie_duration_full, 1, 36500, "policy.tie_duration_full"},
        {"tie_groups_full", &P::tie_groups_full, 1, 100, "policy.tie_groups_full"},
        {"tie_strong", &P::tie_strong, 0, 1, "policy.tie_strong"},
        {"tie_some", &P::tie_some, 0, 1, "policy.tie_some"},
        {"thanks_within_days", &P::thanks_within_days, 1, 365, "policy.thanks_within_days"},
        {"news_after_days", &P::news_after_days, 1, 365, "policy.news_after_days"},
        {"follow_up_days", &P::follow_up_days, 1, 3650, "policy.follow_up_days"},
        {"silence_least_days", &P::silence_least_days, 1, 3650, "policy.silence_least_days"},
        {"meet_days", &P::meet_days, 1, 1000, "policy.meet_days"},
        {"prepare_days", &P::prepare_days, 1, 365, "policy.prepare_days"},
        {"follow_ups_month", &P::follow_ups_month, 0, 100, "policy.follow_ups_month"},
        {"gift_answer", &P::gift_answer, 0, 100, "policy.gift_answer"},
        {"gift_comment", &P::gift_comment, 0, 100, "policy.gift_comment"},
        {"gift_reaction", &P::gift_reaction, 0, 100, "policy.gift_reaction"},
        {"gift_introduction", &P::gift_introduction, 0, 100, "policy.gift_introduction"},
        {"objectives_many", &P::objectives_many, 1, 50, "policy.objectives_many"},
        {"purpose_cues", &P::purpose_cues, 1, 20, "policy.purpose_cues"},
        {"scope_cues", &P::scope_cues, 1, 20, "policy.scope_cues"},
    };
    return members;
}

namespace {
const PolicyMember* find_member(std::string_view name) {
    const auto& members = policy_members();
    const auto found = std::find_if(members.begin(), members.end(), [&](const PolicyMember& each) { return each.name == name; });
    return found == members.end() ? nullptr : &*found;
}
bool takes(const PolicyMember& member, double value) {
    return std::isfinite(value) && value >= member.least && value <= member.most;
}
}  // namespace

bool Policy::set(std::string_view name, double value) {
    const PolicyMember* found = find_member(name);
    if (!found || !takes(*found, value)) return false;
    this->*found->member = value;
    return true;
}

PolicyChoice policy_with(const std::map<std::string, double>& overrides) {
    PolicyChoice choice;
    for (const auto& [name, value] : overrides) {
        if (choice.policy.set(name, value)) continue;
        const PolicyMember* member = find_member(name);
        Message reason =
            member ? msg("analysis.policy_range", arg("name", name), arg("least", member->least), arg("most", member->most))
                   : msg("analysis.policy_unknown", arg("name", quote(name)));
        choice.problems.push_back(Problem{ErrorKind::usage, std::move(reason), {}, msg("analysis.policy_hint")});
    }
    return choice;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Every threshold and weight of the analysis in one value, so that a result can be explained and retuned. A figure that is not
// here decides nothing. "measured" and "proposal" say how much each one is worth; `explain policy` prints the list.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace secateur {

struct Policy {
    // Participation: measured on three communities, checked on four others (docs/scoring.md).
    double participation_half_life_days = 365;  // an active week counts half after a year
    double participation_base = -0.4;
    double participation_weeks = 1.4;     // x ln(1 + S)
    double participation_silence = 0.35;  // x ln(1 + days since my last act here)
    double participation_account = 0.3;   // x ln(1 + days since my last act on the account)
    double participation_people = 0.18;     // x (ln(1 + others who wrote here in 90 days) - ln(1 + usual)), full conversations only
    double participation_people_usual = 4;  // so many others change nothing
    double participation_people_most = 20;  // more than so many count as so many
    double likely_often = 0.60;           // words on screen: proposal
    double likely_sometimes = 0.15;       // below it: hardly ever, the measured threshold of "leave"

    // Decision (rows of the table in docs/scoring.md).
    double lively_probability = 0.30;   // measured: above it, silence is no ground for leaving
    double lively_days = 365;           // and an act within so many days
    double leave_probability = 0.15;    // measured: right for 82 to 94 % of the memberships it names
    double silent_days = 365;           // row 15
    double new_days = 90;               // row 6
    double regular_weeks = 3;           // row 9: acts in so many of the last 52 weeks
    double occasional_weeks = 2;        // row 11: at most so many of the last 26 weeks
    double trial_days = 60;             // row 11
    double season_weeks = 8;            // row 7: width of the window
    double season_share = 0.75;         // row 7: of my active weeks
    double season_last_days = 430;      // row 7: a year and two months
    double silent_year_days = 365;      // row 17: coverage needed to speak of someone who never wrote
    double dead_days = 180;             // row 8: nobody wrote
    double light_days = 90;             // a reaction, vote or visit so recent keeps the group from being advised against
    double answer_days = 183;           // an answer outranks an inference for six months
    double done_days = 183;             // a group that served an objective done so recently is not cut
    double stale_days = 60;             // data older than this: said so, certainty at most medium
    double probability_margin = 0.05;   // both ends of P at which a decision must stand to be sure: proposal
    double relevance_margin = 0.03;     // the same for the share of the objective that is matched: proposal
    double sure_evidence = 3;           // independent pieces of evidence for high certainty

    // Near-copies (row 8): two signs out of the same people, subjects, links and texts.
    double copy_people = 4;          // authors both groups must have to be compared
    double copy_people_share = 0.6;  // of the smaller group's authors who also write in the other: proposal
    double copy_topics = 0.35;       // cosine of the words: proposal
    double copy_links = 0.5;         // of the links of the group with fewer, also posted in the other (at least three): proposal
    double copy_texts = 0.3;         // of the longer texts of the group with fewer, also posted in the other (at least three): proposal

    // Relevance: set on the development groups (bench/relevance_corpus), checked on others.
    double bm25_k1 = 1.2;
    double bm25_b = 0.6;
    double idf_floor = 1.0;           // a topic shared by most of my groups still counts
    double idf_ceiling = 2.5;         // and one that none of them names does not crush the others
    double name_weight = 2;           // words of the name against words of the description
    double posts_weight = 40;         // all posts together weigh like a text of so many words
    double posts_half_life_days = 365;
    double posts_min_share = 0.0005;  // a word rarer than this among the posts is chance
    double characters_weight = 0.3;   // 3- to 5-letter pieces, for ranking only
    double vectors_weight = 0.5;      // word vectors where the data file is present, for ranking only
    double vector_words = 200;        // the most frequent words of the posts say where the talk lies
    double synonym_weight = 0.5;
    double related_weight = 0.3;
    double translation_best = 0.9;    // the first translation of a concept; each further one less ...
    double translation_step = 0.15;
    double translation_least = 0.45;  // ... down to this
    double unsure_language = 0.8;     // a word read in both languages because the group's is not known
    double foreign_word = 0.5;        // an English word in a French group, and the reverse
    double facet_weight = 1.0;        // trade, sector, people, interests
    double place_weight = 0.4;        // beside a trade; a place alone never makes such an objective served
    double general_weight = 0.5;      // words without an entry in the lexicon: kept, but they are often chatter
    double band_strong = 0.35;
    double band_some = 0.12;
    double band_weak = 0.03;          // below it the match is noise: none
    double evidence_words = 3;        // content words beyond the name before a description or posts count as evidence
    double matched_terms = 8;         // shown at most

    // How I take part (metrics 2.1): when a figure says enough to be shown.
    double rhythm_weeks = 4;          // whole weeks before a rate is shown: proposal
    double least_of_a_share = 5;      // threads, calls or acts before a share of them is shown: proposal
    double presence_weeks = 12;       // the last whole weeks, held against my own earlier ones
    double presence_base_weeks = 12;  // so many earlier ones at least, ...
    double presence_base_active = 3;  // ... with acts in so many; as many lately before presence is called high
    double silence_gaps = 5;          // gaps between days with an act before one is called usual
    double silence_long = 8;          // times the usual gap: a guess carried over from ties by phone
    double answer_within_days = 7;    // later is no answer for Rp1 and Rp2
    double open_share = 0.2;          // with more still open, the usual wait counts them too

    // Vitality and minutes.
    double vitality_weeks = 12;        // whole ISO weeks before the data ends
    double trend_months = 5;           // fewer whole months have no trend: Mann-Kendall cannot reach 5 % below
    double trend_months_most = 36;     // and older ones are another time
    double false_alarms = 0.05;        // share of false alarms among the trends that are said to be readable
    double large_group = 50;           // authors from which the share of the ten most active means something: proposal
    double lively_posts = 1;           // posts in the usual week from which a group is called healthy, with ...
    double lively_authors = 3;         // ... so many authors in the last month: proposal
    double decay_months = 3;           // months under half of its best after which a group needs new life: proposal
    double announcer_share = 0.9;      // of the posts of a year by one author: the group announces: proposal
    double reading_share_low = 0.05, reading_share = 0.25, reading_share_high = 1.0;  // proposal: titles, skimming, all
    double reading_speed_slow = 175, reading_speed = 238, reading_speed_fast = 300;   // words a minute: Brysbaert 2019
    double writing_speed = 20;         // words a minute: guess
    double visit_minutes = 0.5;        // a day on which I wrote: guess
    double dormant_days = 365;         // an account without sign of life

    // The weekly budget (metrics 3).
    double plan_strong = 0.5, plan_some = 0.25;  // of an objective that one group covers
    double plan_keep = 0.25;            // for a group that is advised to be kept: proposal
    double plan_taking_part = 0.15;     // x P: proposal
    double plan_ties = 0.15;            // x (1 - 2^(-people met only here / 2)): proposal
    double plan_kept_share = 0.5;       // of the minutes, for writing and meeting
    double plan_curiosity_minutes = 15; // for one group off the beaten track, at most a tenth of the week: proposal
    double plan_contribute_most = 5;    // groups to write in, ...
    double plan_read_most = 10;         // ... and groups to read: people follow a shape
    double plan_draws = 200;            // with other minutes and relevance
    double plan_sure = 0.8;             // chosen in so many of the draws: sure
    double plan_unsure = 0.2;           // in fewer: not a choice
    double plan_doubt_hers = 0.25;      // a figure she gave for a group may be off by so much: proposal
    double plan_doubt_shared = 0.5;     // a group's part of her figure for a platform: proposal
    double plan_doubt_band = 0.2;       // a band may be one step off so often: proposal
    double plan_doubt_title = 0.5;      // the same, known by its name alone: proposal
    double plan_step = 15;              // minutes between the weeks that are compared
    double plan_exact_groups = 200;     // more of them: the quick answer with its bound

    // Ties, follow-ups and what is given (metrics 2.2, 2.3, 4).
    double tie_recency = 0.35;  // weights of a tie's parts (metrics 2.3): guesses
    double tie_contact_days = 0.25;
    double tie_duration = 0.15;
    double tie_balance = 0.15;
    double tie_groups = 0.1;
    double tie_half_life_days = 90;  // recency counts half after so long
    double tie_days_full = 50;  // days with an exchange that count in full (logarithm): guess
    double tie_duration_full = 730;  // days from the first to the last exchange that count in full: guess
    double tie_groups_full = 3;  // places shared that count in full: guess
    double tie_strong = 0.6;  // from here on a tie is strong: proposal
    double tie_some = 0.3;  // below it is faint: proposal
    double thanks_within_days = 14;  // later thanks are for something else
    double news_after_days = 30;  // before that there is no news to give: proposal
    double follow_up_days = 120;  // what is older is past: proposal
    double silence_least_days = 30;  // shorter silences are none, whatever the usual gap: proposal
    double meet_days = 6;  // days with an exchange before meeting in person is proposed: proposal
    double prepare_days = 14;  // a meeting so soon is prepared: proposal
    double follow_ups_month = 7;  // more would be a chore
    double gift_answer = 3;  // weights of what is given (metrics 2.2): guesses
    double gift_comment = 2;
    double gift_reaction = 1;
    double gift_introduction = 5;

    double unvisited_days = 28;  // without a trace of me before a kept group counts as not visited

    // The whole.
    double objectives_many = 3;      // more open ones: scattering
    double purpose_cues = 2;         // distinct cues before a purpose is proposed
    double scope_cues = 2;           // distinct cues before a scope is proposed; one in the name counts as two

    bool operator==(const Policy&) const = default;

    /// False when there is no such member, or the value is none it can take; nothing changes then.
    bool set(std::string_view name, double value);
};

struct PolicyMember {
    std::string_view name;
    double Policy::* member;
    double least, most;      // values it can take
    std::string_view about;  // id of the message that says what it does
};

/// Every member of Policy, in the order of the struct.
[[nodiscard]] const std::vector<PolicyMember>& policy_members();

/// The defaults with these changes. One Problem for each name that is unknown or value that is out of range; those are left out.
struct PolicyChoice {
    Policy policy;
    std::vector<Problem> problems;
};
[[nodiscard]] PolicyChoice policy_with(const std::map<std::string, double>& overrides);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// The one table that turns what is known of a group into a decision: ordered rows, the first that holds wins, and something
// unknown never helps a "leave". A pure function of a small value, so that a test can go through every combination.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/answers.hpp"
#include "analysis/policy.hpp"
#include "model/audit_report.hpp"

namespace secateur {

/// Absent means unknown, never zero or "no".
struct DecisionInputs {
    // rows 1 to 3
    bool left = false, candidate = false;
    bool pinned = false;
    bool private_scope = false;  // personal or duty
    bool belongs = false;        // purpose support or belonging, confirmed by her
    bool leads = false;          // she owns or moderates it
    // row 4: her fresh answers
    std::optional<bool> would_lose, still_reads, brought;
    std::optional<Pleasure> pleasure;
    // objectives
    bool open_objective = false;
    bool wants_ties = false;   // an open objective about a job or about meeting people
    bool served_done = false;  // served an objective that was done less than six months ago
    // relevance over the open objectives
    std::optional<bool> serves;    // the best band is strong or some
    bool nothing_matched = false;  // every band is none
    bool beyond_title = false;     // evidence beyond the name
    bool confirmed = false;        // she said that it serves nothing
    // my own acts, at now_g
    bool has_acts = false;
    std::optional<double> probability;
    std::optional<std::int64_t> days_silent;
    bool silence_covered = false;  // the data hold every day of that silence
    std::uint64_t active_weeks_52 = 0, active_weeks_26 = 0;
    bool may_be_lively = true;  // false: the end of the data is a guess, so P never supports keep
    bool trial_before = false;
    std::optional<Date> new_until;  // joined less than 90 days before now_g, and the 90th day still to come
    std::optional<Date> season_until;
    // the others
    std::optional<bool> met_only_here;  // reach: known > 0, known 0, unknown
    bool ever_met_only_here = false;    // at any date, as far as known
    std::optional<bool> dead;
    std::optional<bool> weaker_copy;  // a near-copy of a kept group, where I am likelier to take part
    // what forbids rows 15 to 17
    bool unattributed = false;  // activity of mine on the account falls in no known group
    bool stale = false;
    bool unanswered_proposal = false;  // personal scope, support or belonging proposed
    bool light_recently = false;       // a reaction, vote or visit of mine
    bool year_covered = false;         // row 17
    bool operator==(const DecisionInputs&) const = default;
};

/// The decision with what softened or limits it.
struct Ruling {
    Decision decision = Decision::cannot_judge;
    int rule = 18;
    bool judged = true;  // false for rows 1 and 2
    std::optional<Date> until;
    enum class Softened : std::uint8_t { no, ties, done } softened = Softened::no;
    Certainty ceiling = Certainty::high;
    bool operator==(const Ruling&) const = default;
};

[[nodiscard]] bool is_lively(const DecisionInputs& inputs, const Policy& policy);
[[nodiscard]] Ruling decide(const DecisionInputs& inputs, const Policy& policy, Date as_of);

/// What the certainty rests on.
struct Evidence {
    bool conversation_or_answer = false;  // the whole conversation, or her own answer
    unsigned pieces = 0;                  // independent pieces of evidence
};
/// `nearby`: the same group with one active week added, the latest taken away, and at both ends of its intervals. Absent for
/// cannot_judge.
[[nodiscard]] std::optional<Certainty> certainty(const DecisionInputs& inputs, const Ruling& ruling,
                                                 const std::vector<DecisionInputs>& nearby, const Evidence& evidence,
                                                 const Policy& policy, Date as_of);

}  // namespace secateur

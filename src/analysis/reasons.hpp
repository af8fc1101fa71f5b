// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a verdict: the three strongest reasons for it, the strongest against, what is missing, the one question that would
// settle it and what to do now. Every reason carries its figure; none is a reproach.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/answers.hpp"
#include "analysis/decision.hpp"
#include "analysis/participation.hpp"
#include "model/audit_report.hpp"
#include "model/profile.hpp"

namespace secateur {

/// What the words need beside the figures of the group itself.
struct VerdictFacts {
    DecisionInputs inputs;
    Ruling ruling;
    HerAnswers answers;
    Date as_of{};
    bool readable = true;  // the name and texts are in French or English
    std::uint64_t active_weeks_all = 0;
    std::optional<std::int64_t> covered_months;     // of the data in which I never wrote
    std::optional<Date> last_light;                 // my last reaction, vote or visit
    std::optional<Purpose> proposed_purpose;        // support or belonging, unanswered
    std::map<std::string, std::string> objectives;  // id -> her words
    std::size_t open_objectives = 0;
    std::string done_objective;    // id of the reached one it served; empty: none
    bool done_said = false;        // by her own answer
    bool told_all = false;     // she wrote there when it was reached, or after
    bool only_to_be_seen = false;  // all it serves are objectives of being seen or of meeting people
    bool thanked_all = false;  // she thanked everybody there about the time when an objective was reached
    std::string copy_of;       // name of the kept group that this one repeats; empty: none
    double copy_people = 0;    // share of its people who write there too
};

/// Fills reasons, missing, question and suggestion of group.verdict; decision, rule, certainty and until are set already.
void put_into_words(GroupAudit& group, const VerdictFacts& facts, const Policy& policy);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// What became of an earlier advice: trials and regrets. A month is frozen as what was advised then; later data say what followed. Only what
// the data show counts: where they stop before the advice, nothing is said.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/participation.hpp"
#include "analysis/policy.hpp"
#include "base/time.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"

namespace secateur {

struct FrozenDecision {
    std::string group;  // id
    Decision decision = Decision::cannot_judge;
    int rule = 18;
    std::optional<Certainty> certainty;
    std::optional<double> minutes;  // a week, as known then
    std::optional<Date> until;      // of a trial
    bool operator==(const FrozenDecision&) const = default;
};

struct FrozenMonth {
    Date as_of{};
    std::vector<FrozenDecision> decisions;  // by group
    bool operator==(const FrozenMonth&) const = default;
};

/// What this audit advises. Groups that are not judged are left out.
[[nodiscard]] FrozenMonth frozen(const AuditReport& report);
/// As kept in the store: one line a group; and back, nothing for a text that is no such thing.
[[nodiscard]] std::string frozen_text(const FrozenMonth& month);
[[nodiscard]] std::optional<FrozenMonth> parse_frozen(std::string_view text);

/// What the group shows of one decision since that day; absent where it shows nothing, or nothing was advised.
[[nodiscard]] std::optional<DecisionOutcome> outcome_of(const FrozenDecision& decision, Date since, const GroupHistory& group, const DataClock& clock,
                                                        const Zone& zone, Date as_of, const Policy& policy);

/// The outcomes in words, for the remarks of the report; none that is a reproach.
[[nodiscard]] std::vector<Message> follow_up_remarks(const Aftermath& follow_up);

}  // namespace secateur

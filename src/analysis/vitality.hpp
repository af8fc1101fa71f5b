// SPDX-License-Identifier: GPL-3.0-or-later
// Is the group alive? Only where the whole conversation is known: elsewhere the question has no answer, and none is made up.
#pragma once

#include <optional>

#include "analysis/participation.hpp"
#include "analysis/policy.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"

namespace secateur {

/// Absent unless `full` coverage holds a part of the past that says something; each member only where its own window is held.
/// Not rounded.
[[nodiscard]] std::optional<Vitality> vitality(const GroupHistory& group, const DataClock& clock, const Zone& zone,
                                               const Policy& policy);

/// Nobody wrote for `dead_days` before now_g; absent when the whole conversation of that time is not known.
[[nodiscard]] std::optional<bool> is_dead(const GroupHistory& group, const DataClock& clock, const Policy& policy);

/// First and last Monday + 7 of the last whole ISO weeks before now_g.
struct WholeWeeks {
    Date first{}, end{};
    Instant begin_at{}, end_at{};
};
[[nodiscard]] WholeWeeks whole_weeks(Instant now, unsigned weeks, const Zone& zone);

}  // namespace secateur

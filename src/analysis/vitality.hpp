// SPDX-License-Identifier: GPL-3.0-or-later
// Is the group alive? Only where the whole conversation is known: elsewhere the question has no answer, and none is made up.
#pragma once

#include <optional>
#include <vector>

#include "analysis/participation.hpp"
#include "analysis/policy.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"

namespace secateur {

/// Absent unless `full` coverage holds a part of the past that says something; each member only where its own window is held.
/// Not rounded.
[[nodiscard]] std::optional<Vitality> vitality(const GroupHistory& group, const DataClock& clock, const Zone& zone,
                                               const Policy& policy);

/// What the audit knows besides the conversation that decides the named state.
struct StateFacts {
    bool repeats = false;     // it repeats a group that is to be kept
    bool announces = false;   // a channel, or nearly all posts by one author
    bool valued = false;      // she said that she reads it or that it brought her something
};
/// Dead, sprawl, refresh needed, healthy or quiet but valuable, the first that holds; absent when none does.
[[nodiscard]] std::optional<GroupState> group_state(const Vitality& vitality, const StateFacts& facts, const Policy& policy);
/// Whether nearly all posts of a year are by one author.
[[nodiscard]] bool announces(const GroupHistory& group, const Policy& policy);

/// Marks the trends and changes that hold together over all these groups (metrics 2.9); null pointers are groups without vitality.
void mark_readable(const std::vector<Vitality*>& groups, const Policy& policy);

/// Nobody wrote for `dead_days` before now_g; absent when the whole conversation of that time is not known.
[[nodiscard]] std::optional<bool> is_dead(const GroupHistory& group, const DataClock& clock, const Policy& policy);

/// What a table says that speaks against life; absent where the conversation itself tells, or where it says nothing of the kind.
/// The words seen since count for life, and what was measured after `as_of` is known only as far as it had happened by then.
[[nodiscard]] std::optional<StatedSilence> stated_silence(const GroupHistory& group, const DataClock& clock, Instant as_of, const Zone& zone,
                                                          const Policy& policy);

/// First and last Monday + 7 of the last whole ISO weeks before now_g.
struct WholeWeeks {
    Date first{}, end{};
    Instant begin_at{}, end_at{};
};
[[nodiscard]] WholeWeeks whole_weeks(Instant now, unsigned weeks, const Zone& zone);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// How she takes part in a group: how often, how regularly, in what role, and who answers whom (metrics 2.1). The first half needs
// her acts alone; the second exists only where the whole conversation is known. Nothing here decides anything.
#pragma once

#include <optional>
#include <vector>

#include "analysis/participation.hpp"
#include "analysis/policy.hpp"
#include "analysis/statistics.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"

namespace secateur {

/// Whole ISO weeks of a zone, Mondays, half-open.
struct WeekSpan {
    Date begin{}, end{};
    [[nodiscard]] std::uint64_t weeks() const { return end > begin ? static_cast<std::uint64_t>((end - begin).count() / 7) : 0; }
    [[nodiscard]] bool holds(Date day) const { return day >= begin && day < end; }
    bool operator==(const WeekSpan&) const = default;
};

/// W of metrics 2.0: from the later of joining and the start of the last stretch that these kinds hold without a gap, to the earlier
/// of leaving and now_g; the week that is not over is not in it. Absent when these kinds do not hold now_g.
[[nodiscard]] std::optional<WeekSpan> watched_weeks(const GroupHistory& group, std::initializer_list<CoverageKind> kinds, const DataClock& clock,
                                                    const Zone& zone);

/// Pa1, Pa3 to Pa7. Absent without an act or without a whole week. `expected_per_week` is left to `expect_rates`. Not rounded.
[[nodiscard]] std::optional<Rhythm> rhythm(const GroupHistory& group, const DataClock& clock, const Zone& zone, const Policy& policy);

/// Pa1 for each of a client's groups: its rate drawn towards those of her other groups, or, where these tell nothing, as it stands
/// with the interval of a Poisson rate. Null pointers are groups without a rhythm; the order does not matter.
void expect_rates(const std::vector<Rhythm*>& groups, const Policy& policy);

/// Pa2 and Rp1 to Rp4. Absent where the whole conversation up to now_g is not known, or tells nothing. Not rounded.
[[nodiscard]] std::optional<Responses> responses(const GroupHistory& group, const DataClock& clock, const Zone& zone, const Policy& policy);

}  // namespace secateur

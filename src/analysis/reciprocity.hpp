// SPDX-License-Identifier: GPL-3.0-or-later
// Does it go both ways? (metrics 2.2): balance, over how many people and days, and how mutual the group is as a whole. Only where the
// whole conversation of the year before now_g is known: elsewhere what I received is missing, and everybody would only give.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "analysis/participation.hpp"
#include "analysis/policy.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"

namespace secateur {

/// `name`: of a person by number; empty ones are left out of the list.
[[nodiscard]] std::optional<Reciprocity> reciprocity(const GroupHistory& group, const DataClock& clock, const Policy& policy,
                                                     const std::function<std::string(std::int64_t)>& name);

/// Garlaschelli-Loffredo: how much more mutual `links` ordered pairs among `people` are than as many drawn at random; 0 is chance, 1 all.
/// Nothing below two people, and where every pair is linked.
[[nodiscard]] std::optional<double> beyond_chance(std::uint64_t people, std::uint64_t links, std::uint64_t mutual);

/// |ln p_ij - ln p_ji| of what one addressed to the other among all that each addressed; 0 is balanced. None addressed counts as a half.
[[nodiscard]] double imbalance(std::uint64_t from_me, std::uint64_t mine, std::uint64_t to_me, std::uint64_t theirs);

}  // namespace secateur

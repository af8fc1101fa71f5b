// SPDX-License-Identifier: GPL-3.0-or-later
// What a group costs in minutes a week. No export measures reading: her own figure comes first, her figure for the platform
// next, an inference from the words only where the whole conversation is known. Else unknown, which is not zero.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/participation.hpp"
#include "analysis/policy.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"

namespace secateur {

enum class Reads { all, skim, titles, no };

/// From the words of the last whole weeks; absent without the whole conversation of these weeks. Not rounded.
[[nodiscard]] std::optional<MinutesPerWeek> inferred_minutes(const GroupHistory& group, const DataClock& clock,
                                                             std::optional<Reads> reads, const Zone& zone, const Policy& policy);

/// What is needed of one group to share her minutes on a platform out.
struct ReadingShare {
    std::string id, platform;
    std::optional<double> her_minutes;  // her figure for this group, not older than answers last
    std::optional<double> old_minutes;  // her figure, older
    std::optional<double> words;        // words of others a week, where known
    std::optional<Reads> reads;
    std::optional<MinutesPerWeek> inferred;
};

/// Minutes by group id; groups of unknown cost are left out. `platform_minutes` as in Profile.
[[nodiscard]] std::map<std::string, MinutesPerWeek> minutes_per_week(const std::vector<ReadingShare>& groups,
                                                                     const std::map<std::string, double>& platform_minutes,
                                                                     const Policy& policy);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as reports carry them: four decimals for shares and scores, one for minutes and hours; never "-0".
#pragma once

#include <cmath>
#include <optional>

#include "model/audit_report.hpp"

namespace secateur {

[[nodiscard]] inline double four_decimals(double value) { return std::round(value * 10000) / 10000 + 0.0; }
[[nodiscard]] inline double one_decimal(double value) { return std::round(value * 10) / 10 + 0.0; }
[[nodiscard]] inline std::optional<double> four_decimals(std::optional<double> value) { return value ? std::optional(four_decimals(*value)) : std::nullopt; }
inline void round_four(std::optional<double>& value) { value = four_decimals(value); }
inline void round_four(std::optional<Share>& share) {
    if (share)
        for (double* each : {&share->value, &share->low, &share->high}) *each = four_decimals(*each);
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// What each figure of the audit means: formula, unit, what it is made from, where it comes from, when not to trust it. The one
// table behind `explain`, the report's last page and the metric ids of the reasons.
#pragma once

#include <string_view>
#include <vector>

#include "base/message.hpp"

namespace secateur {

struct MetricPage {
    std::string_view id;  // as in Reason::metric and the JSON
    Message title, formula, unit, inputs, source, limits;
};

/// In the order in which they are listed.
[[nodiscard]] const std::vector<MetricPage>& metric_pages();
/// Null when there is no such metric. Case and `-` against `_` make no difference.
[[nodiscard]] const MetricPage* find_metric(std::string_view id);

}  // namespace secateur

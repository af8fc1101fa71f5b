// SPDX-License-Identifier: GPL-3.0-or-later
// The evidence card of one group, for `show GROUP` and `review`.
#pragma once

#include <string>

#include "reports/renderer.hpp"

namespace secateur {

/// What I did, what came back, what it costs, what it serves, the advice with its reasons, what is missing and the question that
/// would settle it. `group` is one of `report`; with `options.redact`, give both redacted (reports/redact.hpp).
[[nodiscard]] std::string render_card(const GroupAudit& group, const AuditReport& report, const RenderOptions& options);

}  // namespace secateur

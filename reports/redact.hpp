// SPDX-License-Identifier: GPL-3.0-or-later
// The same report without names: every group, person and account becomes a stable alias ("group 12", "person 3"), also inside the
// messages. Not anonymity: what is said about a group can still point to it.
#pragma once

#include "base/messages.hpp"
#include "model/audit_report.hpp"

namespace secateur {

/// Aliases depend on the ids and names in the report alone, so all formats and both languages number them alike.
[[nodiscard]] AuditReport redacted(const AuditReport& report, Language language);

}  // namespace secateur

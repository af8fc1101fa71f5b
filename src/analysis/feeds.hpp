// SPDX-License-Identifier: GPL-3.0-or-later
// Where a reader can follow a group without being in it: the address of its feed, only where the platform's own scheme makes it certain.
// Nothing is looked up.
#pragma once

#include <optional>
#include <string>

#include "model/audit_report.hpp"

namespace secateur {

/// The RSS or Atom address; absent where the platform has none, or where it cannot be told from what the export says.
[[nodiscard]] std::optional<std::string> feed_of(const GroupAudit& group);

}  // namespace secateur

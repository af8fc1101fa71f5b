// SPDX-License-Identifier: GPL-3.0-or-later
// The last form of a group's figures: rounded as every report shows them, or taken away.
#pragma once

#include "model/audit_report.hpp"

namespace secateur {

/// Every figure of the group rounded in place: shares to four decimals, minutes and hours to one.
void round_figures(GroupAudit& group);
/// Personal and duty groups carry no figure.
void hide_figures(GroupAudit& group);

}  // namespace secateur

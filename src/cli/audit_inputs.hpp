// SPDX-License-Identifier: GPL-3.0-or-later
// From the store to the analysis: gathers what the audit needs, and runs it.
#pragma once

#include "base/time.hpp"
#include "model/audit_report.hpp"
#include "model/profile.hpp"
#include "store/store.hpp"
#include "text/word_data.hpp"

namespace secateur::cli {

[[nodiscard]] AuditReport make_audit(Store& store, const Profile& profile, const std::string& client, Date as_of, const Zone& zone,
                                     const WordData& words);

/// Keeps what the report advises as the decisions of its month; a later one of the same month replaces it.
void freeze_month(Store& store, const AuditReport& report);

}  // namespace secateur::cli

// SPDX-License-Identifier: GPL-3.0-or-later
// From the store to the people: gathers what ties, circles and follow-ups need, and finds one person by her words.
#pragma once

#include <set>
#include <string>

#include "cli/session.hpp"
#include "model/people_report.hpp"

namespace secateur::cli {

/// `only`: these kinds of follow-ups; empty: all.
[[nodiscard]] PeopleReport people_report(Session& session, const std::set<FollowUpKind>& only = {});

/// The one account that an id, or a unique part of the name, means; else Error(usage) with candidates.
[[nodiscard]] StoredPerson find_person(Session& session, const std::string& words);

}  // namespace secateur::cli

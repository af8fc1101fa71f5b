// SPDX-License-Identifier: GPL-3.0-or-later
// The audit: everything known of a person's groups up to a date, as one value. A pure function of its arguments: no clock, no
// store, no globals; the same inputs give the same bytes. Sums run in key order, numbers are rounded here and nowhere later.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/habits.hpp"
#include "analysis/follow_up.hpp"
#include "analysis/meetings.hpp"
#include "analysis/policy.hpp"
#include "base/time.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"
#include "model/profile.hpp"
#include "text/word_data.hpp"

namespace secateur {

struct AuditInputs {
    /// Hands over the history of every group, direct conversations and left groups included, one at a time, up to
    /// as_of_instant(). Called once; the order does not matter.
    std::function<void(const std::function<void(const GroupHistory&)>&)> for_each_group;
    /// The name of a person by number; may be empty, then nobody is named.
    std::function<std::string(std::int64_t)> person_name;
    /// Whether she said that two accounts of one name are two people.
    std::function<bool(std::int64_t, std::int64_t)> are_two;
    std::vector<MeetingOf> meetings;
    std::uint64_t recommendations_given = 0;  // in the year before as_of
    std::vector<SourceCard> sources;    // `stale` is set here
    std::vector<AccountCard> accounts;  // `dormant` is set here
    std::vector<KnownInvitation> invitations;  // to become a contact, hers and others'
    std::vector<KnownRelation> relations;      // her contacts
    std::vector<OutsideGroups> outside;        // what she did in no group
    std::optional<std::uint64_t> cv_relays;    // posts of the year that only pass on a CV; absent without text
    std::vector<FrozenMonth> months;    // what was advised before, earliest first
    Zone zone = Zone::utc();            // of the days and weeks that are shown
    const WordData* words = nullptr;    // dictionary and word vectors, where they are installed
};

/// The last second of that day in that zone: what "as of" means as an instant.
[[nodiscard]] Instant as_of_instant(Date as_of, const Zone& zone);

/// `policy` is the caller's choice (policy_with(profile.policy)); `profile.policy` itself is not read here.
[[nodiscard]] AuditReport audit(const AuditInputs& inputs, const Profile& profile, const Policy& policy, Date as_of);

}  // namespace secateur

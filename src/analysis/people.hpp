// SPDX-License-Identifier: GPL-3.0-or-later
// Ties, circles and follow-ups (metrics 2.3 and 4) from the exchanges in all groups and conversations of two, up to a date. Groups she
// called personal, a duty or a support are left out: nobody is scored there.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "analysis/meetings.hpp"
#include "analysis/policy.hpp"
#include "model/history.hpp"
#include "model/people_report.hpp"
#include "model/profile.hpp"
#include "model/record.hpp"
#include "text/word_data.hpp"

namespace secateur {

struct PersonName {
    std::string id, name;
};
struct ContactOf {
    std::int64_t person = 0;
    Contact contact;
};
struct InvitationOf {
    std::int64_t person = 0;
    Invitation invitation;
};
/// What was suggested about a person and when, or settled by her: never twice for one person within a month.
struct Suggested {
    Date day{};
    std::string kind;  // as to_string(FollowUpKind)
    bool settled = false;
};

struct PeopleInputs {
    /// As AuditInputs::for_each_group.
    std::function<void(const std::function<void(const GroupHistory&)>&)> for_each_group;
    std::function<PersonName(std::int64_t)> person;
    std::vector<ContactOf> contacts;
    std::vector<MeetingOf> meetings;  // past and to come
    std::vector<InvitationOf> invitations;
    std::map<std::string, Circle> circles;        // by id: her own word
    std::map<std::string, Suggested> suggested;   // by id
    std::set<FollowUpKind> only;                  // empty: all kinds
    Zone zone = Zone::utc();
    const WordData* words = nullptr;              // dictionary and word vectors, where they are installed
};

[[nodiscard]] PeopleReport people(const PeopleInputs& inputs, const Profile& profile, const Policy& policy, Date as_of);

/// The strength of one tie. `contact_days`: days with an exchange; `first`, `last`: the first and last of them.
[[nodiscard]] TieParts tie(std::uint64_t contact_days, Date first, Date last, std::uint64_t given, std::uint64_t received, std::uint64_t groups, Date as_of,
                           const Policy& policy);

}  // namespace secateur

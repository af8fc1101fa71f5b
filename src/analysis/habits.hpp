// SPDX-License-Identifier: GPL-3.0-or-later
// The person's own habits (metrics section 5): where she writes and where she only reads, invitations, new faces, asking and answering,
// what she aims at against where her acts go. Counts and shares, never a grade; what the data do not hold is absent.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/policy.hpp"
#include "base/time.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"

namespace secateur {

struct KnownInvitation {  // to become a contact
    Direction direction = Direction::received;
    std::optional<Date> day;
    bool personal = false;  // with words of the sender's
};
struct KnownRelation {
    std::string platform;
    std::int64_t person = 0;
};
/// Activities of mine on a platform that fall in no group: posts on her own page, comments under others'.
struct OutsideGroups {
    std::string platform;
    std::vector<MyAct> acts;  // reactions and votes too
};

/// Gathers one history after the other, then tells.
class HabitReader {
public:
    HabitReader(Date as_of, const Zone& zone, const Policy& policy);
    /// Every group, left ones and direct conversations too; private ones only for whom she meets there. `until`: where its data stop.
    void add(const GroupHistory& group, Instant until, bool is_private);
    void add(const OutsideGroups& outside);

    struct Inputs {
        const std::vector<KnownInvitation>& invitations;
        const std::vector<KnownRelation>& relations;
        std::optional<std::uint64_t> cv_relays;
        const std::vector<GroupAudit>& groups;  // of the report
        std::vector<std::string> objectives;    // ids of the open ones, by rank
        std::function<std::string(std::int64_t)> name_of = {};  // of a person
    };
    /// Rounded as in a report.
    [[nodiscard]] Habits habits(const Inputs& inputs) const;

private:
    struct Platform {
        std::uint64_t posts = 0, answers = 0, reactions = 0;
        std::set<Date> active_weeks;
        std::optional<Date> last;
        bool covered = false;
    };
    struct Met {
        std::optional<Date> given, received;  // first days
    };
    void add(Platform& platform, const MyAct& act);
    [[nodiscard]] std::optional<QuarterCounts> quarters(const std::vector<Date>& days, std::int32_t last) const;

    Date as_of_, year_ago_;
    const Zone& zone_;
    const Policy& policy_;
    std::map<std::string, Platform> platforms_;
    std::set<std::string> talks_known_;  // platforms where conversations of two are known
    std::map<std::int64_t, Met> met_;
    std::optional<Date> first_exchange_, data_until_;
    std::uint64_t asked_ = 0, answered_ = 0;
};

/// Whether a text does little more than pass somebody's CV on: counted, never quoted.
[[nodiscard]] bool relays_cv(std::string_view text);

/// Where an account of that platform is closed; empty where no lasting address is known: an erasure request remains.
[[nodiscard]] std::string_view closing_link(std::string_view platform);

}  // namespace secateur

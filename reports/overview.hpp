// SPDX-License-Identifier: GPL-3.0-or-later
// The order in which every format tells the report: sections, what is proposed first, the questions worth asking. It sorts and
// counts lines that the report already holds; it measures nothing.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/messages.hpp"
#include "model/audit_report.hpp"

namespace secateur {

struct Section {
    std::optional<Decision> decision;  // with an open objective
    std::optional<FactState> fact;     // without one
    std::vector<const GroupAudit*> groups;
};

struct SharedQuestion {
    Message text;
    std::vector<const GroupAudit*> groups;  // it would settle all of these
};

/// The sources of one platform, told together: seven chats of one messenger lack the same things.
struct SourceFamily {
    std::string platform;
    std::vector<const SourceCard*> sources;
    std::optional<Date> data_until;  // the latest of those that are not stale; of all, when all are
    std::string coverage;            // mixed where they differ
    std::vector<Message> lacks;      // each once, in order of appearance
};

struct Overview {
    std::vector<const ObjectiveAudit*> open, done;
    std::vector<Section> sections;             // none empty; personal groups are not in them
    std::vector<const GroupAudit*> set_apart;  // personal and duty
    std::vector<const GroupAudit*> proposals;  // at most seven that change something, the surest first
    std::vector<SharedQuestion> questions;     // those that settle most first
    std::vector<SourceFamily> sources;
    std::vector<const AccountCard*> dormant;
    std::map<FactState, std::uint64_t> by_fact;  // every state, zero included
    std::uint64_t serving = 0;                   // strong or some for an open objective, and not advised to leave
    std::uint64_t leaving = 0;
    std::uint64_t leaving_without_loss = 0;  // of them, nobody is met only there
};

/// Points into the report, which must outlive it.
[[nodiscard]] Overview overview_of(const AuditReport& report);

/// The header sentence in parts: groups and time; what they serve; what could be left.
[[nodiscard]] std::vector<Message> headline(const AuditReport& report, const Overview& overview, Language language);

[[nodiscard]] bool is_stale(const SourceFamily& family);  // every source of it
[[nodiscard]] bool is_set_apart(const GroupAudit& group);
/// The strongest band among the open objectives; unknown when none is known.
[[nodiscard]] Band best_band(const GroupAudit& group);
/// Calendar months in which I wrote, of those shown.
[[nodiscard]] std::uint64_t months_written(const GroupAudit& group);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON of `import --json` and `groups --json` (docs/schemas/). Plain values in, text out: this folder knows no store, the
// command copies its counts into these.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/messages.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"
#include "model/import_status.hpp"

namespace secateur {

struct ImportCounts {
    std::uint64_t read = 0, accepted = 0, added = 0, updated = 0, duplicates = 0, quarantined = 0;
    std::map<std::string, std::uint64_t> ignored;  // reason -> count
    std::uint64_t groups = 0, memberships = 0, activities = 0, mine = 0, unattributed = 0, direct = 0, contacts = 0;
};

struct ImportWarning {
    std::string code;
    Message message;
    Location where;
};

struct ImportedSource {
    std::string path;
    std::string connector;  // empty: none claimed it
    int connector_version = 0;
    ImportStatus status = ImportStatus::imported;
    ImportCounts counts;
    std::optional<Instant> first, last;
    std::string coverage;  // own_only, full, partial_window, names_only, mixed; empty: not known
    std::vector<Message> lacks;
    std::vector<ImportWarning> warnings;
    std::optional<Problem> problem;  // why it failed
};

/// Totals are summed here, once, from the sources in the list (unchanged ones included, failed ones with what they counted).
[[nodiscard]] std::string import_json(const std::vector<ImportedSource>& sources, Language language);

struct ListedGroup {
    std::string id, platform, key, name;
    GroupKind kind = GroupKind::group;
    Scope scope = Scope::audit;
    MemberState state = MemberState::unknown;
    std::optional<Instant> joined_at, left_at;
    std::string coverage;  // as above
    std::uint64_t activities = 0, acts = 0, reactions = 0, active_weeks = 0, words = 0;
    std::optional<Instant> first, last;
    struct Others {
        std::uint64_t activities = 0, authors = 0;
        std::optional<Instant> last;
    };
    std::optional<Others> others;  // absent: the export does not show them
};

[[nodiscard]] std::string groups_json(const std::vector<ListedGroup>& groups);

/// One group of the report, with the keys it has in the audit's JSON.
[[nodiscard]] std::string group_json(const AuditReport& report, const GroupAudit& group, Language language);
/// What `overlap --json` prints: the groups that repeat each other.
[[nodiscard]] std::string overlap_json(const AuditReport& report, Language language);
/// What `habits --json` and `accounts --json` print.
[[nodiscard]] std::string habits_json(const AuditReport& report, Language language);
[[nodiscard]] std::string accounts_json(const AuditReport& report, Language language);

}  // namespace secateur

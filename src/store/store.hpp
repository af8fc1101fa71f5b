// SPDX-License-Identifier: GPL-3.0-or-later
// The private database of one client: one SQLite file. All SQL of the program is behind this interface, so that a server
// database can implement it later. Only my own text is kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "model/history.hpp"
#include "model/profile.hpp"
#include "model/record.hpp"

namespace secateur {

/// The counts of one source, as `import --json` shows them (contracts 1 and 7).
struct SourceCounts {
    std::uint64_t read = 0, accepted = 0, added = 0, updated = 0, duplicates = 0, quarantined = 0;
    std::map<std::string, std::uint64_t> ignored;
    std::uint64_t groups = 0, memberships = 0, activities = 0, mine = 0, unattributed = 0, direct = 0, contacts = 0;
    std::optional<Instant> first, last;
    std::string coverage;  // own_only, full, partial_window, names_only, mixed
    bool operator==(const SourceCounts&) const = default;
};

struct Warning {
    std::string code;
    Message message;
    Location where;
};

/// One import of one source.
struct SourceInfo {
    std::int64_t id = 0;
    std::string label;        // path as given
    std::string connector;
    int connector_version = 0;
    int feature_version = 0;
    std::string fingerprint;  // of the content
    std::string options;      // owner, zone, --no-text ...: what else decides the records
    std::string platform;
    std::string owner_key, owner_name;
    Message owner_evidence;
    std::optional<Instant> exported_at;
    SourceCounts counts;
    std::vector<Message> lacks;
    std::vector<Warning> warnings;
};

/// One activity on its way into the store: the narrow row and what identity and features were computed from it.
struct ActivityToStore {
    std::int64_t group = 0;  // number; 0: unattributed on this platform
    std::optional<Instant> at;
    std::uint64_t id = 0;
    Precision precision = Precision::second;
    TimeBasis basis = TimeBasis::utc;
    ActivityKind kind = ActivityKind::post;
    std::int64_t author = 0;
    bool is_me = false;
    bool automatic = false;
    std::uint64_t parent = 0;
    std::uint64_t content_hash = 0;
    std::optional<std::uint32_t> words;
    std::uint32_t attachments = 0;
    std::optional<bool> question, thanks, request;  // absent: not computed by this feature version
    bool mentions_me = false, replies_to_me = false;
    std::uint32_t position = 0;                // order in the file, for sources without native ids; 0: none
    std::vector<std::uint64_t> links;          // hashes of normalised URLs
    std::string text;                          // mine only; empty: none
};

enum class Stored { added, updated, duplicate };

struct QuarantineRow {
    std::int64_t source = 0;
    Location where;
    Message reason, hint;
    std::string connector;
    int connector_version = 0;
    std::uint64_t raw_hash = 0;
};

struct GroupListing {  // one line of `groups --json`
    std::string id, platform, key, name;
    GroupKind kind = GroupKind::group;
    Scope scope = Scope::audit;
    MemberState state = MemberState::unknown;
    std::optional<Instant> joined_at, left_at;
    std::string coverage;
    std::uint64_t activities = 0, acts = 0, reactions = 0, active_weeks = 0, words = 0;
    std::optional<Instant> first, last;
    bool others_known = false;
    std::uint64_t others_activities = 0, others_authors = 0;
    std::optional<Instant> others_last;
};

/// Everything one import writes, inside one transaction: committed whole or not at all.
class ImportTransaction {
public:
    virtual ~ImportTransaction() = default;  // rolls back unless commit() was called

    [[nodiscard]] virtual std::int64_t source() const = 0;
    [[nodiscard]] virtual std::int64_t group(const Group& group) = 0;  // adds or completes; gives its number
    [[nodiscard]] virtual std::int64_t group_number(std::string_view platform, std::string_view key) = 0;  // 0: none yet
    [[nodiscard]] virtual std::int64_t person(std::string_view platform, const Person& person, bool is_me) = 0;
    virtual Stored add(const ActivityToStore& activity) = 0;  // buffered; many rows a statement
    virtual Stored add(const Membership& membership, std::int64_t group) = 0;
    virtual Stored add(std::string_view platform, const Contact& contact) = 0;
    virtual Stored add(std::string_view platform, const Meeting& meeting) = 0;
    virtual Stored add(std::string_view platform, const Invitation& invitation) = 0;
    virtual void add(std::string_view platform, const Account& account) = 0;
    virtual void add(const Coverage& coverage, std::int64_t group) = 0;
    /// Logs without ids: the rows of that group and period that only this kind of source held are taken back before newer ones come.
    virtual void replace_period(std::int64_t group, Period period) = 0;
    virtual void quarantine(const QuarantineRow& row) = 0;
    virtual void add_terms(std::int64_t group, std::int32_t quarter, const std::vector<std::pair<std::string, std::uint32_t>>& counts) = 0;
    /// Rows accepted for this source beside activities are settled here; computes exchanges of the touched groups.
    virtual void finish(const SourceInfo& info) = 0;
    virtual void commit() = 0;
};

}  // namespace secateur

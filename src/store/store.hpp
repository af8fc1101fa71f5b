// SPDX-License-Identifier: GPL-3.0-or-later
// The private database of one client: one SQLite file. All SQL of the program is behind this interface, so that a server
// database can implement it later. Only my own text is kept. Writing an import: store/import_transaction.hpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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
    /// Distinct in the source: groups (direct conversations left out), groups with a membership record of mine, people.
    std::uint64_t groups = 0, memberships = 0, contacts = 0;
    /// Accepted ones: in groups and unattributed; of these by me; of no known group; in direct conversations (not in `activities`).
    std::uint64_t activities = 0, mine = 0, unattributed = 0, direct = 0;
    std::optional<Instant> first, last;  // of the activities
    std::string coverage;                // own_only, full, partial_window, names_only, mixed
    bool operator==(const SourceCounts&) const = default;
};

struct Warning {
    std::string code;
    Message message;
    Location where;
    bool operator==(const Warning&) const = default;
};

/// One source as it was imported last.
struct SourceInfo {
    std::int64_t id = 0;
    std::string label;        // path as given
    std::string connector;
    int connector_version = 0;
    int feature_version = 0;
    std::string fingerprint;  // of the content
    std::string options;      // fingerprint of what else decides the records: identities, zone, languages, --no-text
    std::string platform;     // of its records where they do not say otherwise
    std::string owner_key, owner_name;  // empty: unknown
    Message owner_evidence;
    bool owner_forced = false;  // --me was given against or without the evidence of the export
    bool with_text = true;      // false: imported with --no-text
    std::optional<Instant> exported_at;
    std::optional<Instant> newest;  // newest record of the whole source
    Date imported_on{};
    SourceCounts counts;
    std::vector<Message> lacks;
    std::vector<Warning> warnings;
};

struct QuarantineRow {
    std::int64_t source = 0;
    std::string label;  // of the source, for reading the place again
    Location where;
    Message reason, hint;
    std::string connector;
    int connector_version = 0;
    std::uint64_t raw_hash = 0;
};

/// What taking a source back did.
struct RemovedSource {
    std::uint64_t activities = 0, others = 0;  // rows that vanished: activities; memberships, contacts, meetings, invitations
    /// Sources whose rows this one had replaced (newer logs of the same chat): to be imported again to bring these back.
    std::vector<std::string> import_again;
};

/// A group without its history: for finding one by id or by part of its name.
struct GroupName {
    std::int64_t number = 0;
    std::string id, platform, key, name;
    GroupKind kind = GroupKind::group;
    bool operator==(const GroupName&) const = default;
};

struct GroupListing {  // one line of `groups --json`
    std::string id, platform, key, name, url;
    GroupKind kind = GroupKind::group;
    Scope scope = Scope::audit;
    MemberState state = MemberState::unknown;
    Role role = Role::none;
    bool pinned = false;
    std::optional<Instant> joined_at, left_at;
    std::string coverage;  // as SourceCounts::coverage
    /// Mine, dated up to as_of: all; acts only; reactions; ISO weeks with an act; words of the acts.
    std::uint64_t activities = 0, acts = 0, reactions = 0, active_weeks = 0, words = 0;
    std::optional<Instant> first, last;  // of mine
    bool others_known = false;           // whole conversation known: only then the three below mean anything
    std::uint64_t others_activities = 0, others_authors = 0;
    std::optional<Instant> others_last;
};

/// People with exchanges in both directions in one group (or direct conversation).
struct PeopleMet {
    std::int64_t group = 0;
    std::string id;  // "platform:key", aliases applied
    bool direct = false;
    std::vector<std::int64_t> people;  // ascending
};

struct StoredPerson {
    std::int64_t number = 0;
    std::string platform, key, name;
    bool is_me = false;
};

struct StoredContact {
    Contact contact;
    std::int64_t person = 0;
};
struct StoredMeeting {
    Meeting meeting;
    std::string group;  // "platform:key" or empty
    std::vector<std::int64_t> people;
};
struct StoredInvitation {
    Invitation invitation;
    std::int64_t person = 0;
};

/// What she did on a platform in no known group, reactions and votes too, in order.
struct Unattributed {
    std::string platform;
    std::vector<MyAct> acts;
};

/// One of my activities with its text, for `show`.
struct MyPost {
    std::optional<Instant> at;
    ActivityKind kind = ActivityKind::post;
    std::uint32_t words = 0;
    std::string text;  // empty with --no-text
};

/// How the person names or joins groups; reversible, applied whenever groups are read, kept through re-imports.
struct GroupAlias {
    std::string group;  // "platform:key" as the sources have it
    std::optional<std::string> name;
    std::optional<std::string> merged_into;  // "platform:key"
    bool operator==(const GroupAlias&) const = default;
};

/// She says that an account is somebody known under another one; reversible, kept through re-imports.
struct PersonAlias {
    std::string person, merged_into;  // "platform:key"
    bool operator==(const PersonAlias&) const = default;
};

enum class OpenMode { read_write, read_only };  // read_write creates the file where there is none

/// What is read of the groups: everything; or only those I wrote in, without words and exchanges.
enum class Reading { whole, where_i_wrote };

class ImportTransaction;

class Store {
public:
    /// Creates, migrates and checkpoints what a killed import left. Throws Error: busy after 5 s, store for a file that is none of ours, damaged or
    /// newer than this program. ":memory:" opens a database that dies with the value.
    [[nodiscard]] static Store open(const std::filesystem::path& path, OpenMode mode = OpenMode::read_write);
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    /// Starts the one transaction of an import. Throws Error busy when another process writes.
    /// `expected_bytes`: of rows to come; Error io when the disk has no room for them.
    [[nodiscard]] std::unique_ptr<ImportTransaction> begin_import(const SourceInfo& source, std::uint64_t expected_bytes = 0);

    // sources, by id
    [[nodiscard]] std::vector<SourceInfo> sources() const;
    [[nodiscard]] std::optional<SourceInfo> source(std::int64_t id) const;
    /// Throws Error usage when there is no such source.
    RemovedSource remove_source(std::int64_t id);
    /// Of one source or of all, each bad record once, in order of source, entry and offset.
    [[nodiscard]] std::vector<QuarantineRow> quarantined(std::optional<std::int64_t> source = std::nullopt) const;

    // groups; aliases applied, direct conversations left out, ordered by id. "Up to as_of" includes that day in the zone.
    [[nodiscard]] std::vector<GroupName> group_names() const;
    [[nodiscard]] std::vector<GroupListing> groups(Date as_of, const Zone& zone) const;
    [[nodiscard]] std::optional<GroupHistory> load_history(std::string_view group_id, Date as_of, const Zone& zone) const;
    /// One group in memory at a time; direct conversations too: whom she meets there, she does not meet only in a group.
    void for_each_group(Date as_of, const Zone& zone, const std::function<void(GroupHistory&&)>& visit, Reading reading = Reading::whole) const;
    /// Newest first; `limit` 0: all.
    [[nodiscard]] std::vector<MyPost> my_posts(std::string_view group_id, std::size_t limit = 0) const;
    /// By platform; up to as_of.
    [[nodiscard]] std::vector<Unattributed> unattributed(Date as_of, const Zone& zone) const;
    /// Every text of hers written in that time, direct conversations left out.
    void for_each_text(Instant from, Instant until, const std::function<void(std::string_view)>& visit) const;
    /// Non-direct groups of a source without a name: their number is a range until she names them.
    [[nodiscard]] std::uint64_t unnamed_groups() const;

    // people
    [[nodiscard]] std::string person_name(std::int64_t number) const;  // the key where there is no name; empty for none
    [[nodiscard]] std::optional<StoredPerson> person(std::int64_t number) const;
    /// Only groups where somebody was met, direct conversations included and marked; ordered by id. An exchange is known only where the
    /// coverage is full.
    [[nodiscard]] std::vector<PeopleMet> people_met(Date as_of) const;
    [[nodiscard]] std::vector<StoredContact> contacts() const;
    [[nodiscard]] std::vector<StoredMeeting> meetings() const;
    [[nodiscard]] std::vector<StoredInvitation> invitations() const;
    [[nodiscard]] std::vector<Account> accounts() const;  // merged over sources by platform and id or handle
    [[nodiscard]] std::uint64_t direct_conversations() const;

    // one person, several accounts; whoever was merged is read under one number everywhere above
    /// Everybody, as the platforms name them, merged or not; ordered by platform and key.
    void for_each_person(const std::function<void(const StoredPerson&)>& visit) const;
    [[nodiscard]] std::vector<PersonAlias> person_aliases() const;
    /// Throws Error usage for somebody unknown, for herself, and for two who are one already.
    void merge_people(std::string_view from, std::string_view into);
    /// Undoes the merges of that account into another, and of others into it. False when there were none.
    bool split_person(std::string_view id);
    /// Two who look alike and are not: never proposed again.
    void keep_people_apart(std::string_view a, std::string_view b);
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> people_apart() const;

    // her answers
    [[nodiscard]] std::vector<Answer> answers(Date as_of) const;  // all dated up to as_of, by group, question, date
    void set_answer(const Answer& answer);                        // replaces the one of that group, question and day
    /// All answers to that question about that group; false when there was none.
    bool clear_answer(std::string_view group_id, std::string_view question);

    // aliases
    [[nodiscard]] std::vector<GroupAlias> aliases() const;
    void name_group(std::string_view group_id, std::optional<std::string> name);  // absent: the source's own name again
    /// Reads `from` as a part of `into` from now on. Throws Error usage for an unknown group, itself, or a ring.
    void merge_groups(std::string_view from, std::string_view into);
    /// Undoes the merge of that group into another, or of all others into it. False when nothing was merged.
    bool split_group(std::string_view group_id);

    // small values other commands keep here, such as frozen months
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
    void set_value(std::string_view name, std::optional<std::string_view> value);
    [[nodiscard]] std::vector<std::string> value_names(std::string_view prefix) const;  // sorted

    struct Impl;

private:
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// The clock of a group (contracts 6): as_of, or the end of what its coverage tells about it, whichever is earlier. `as_of` is the first
/// instant after the day asked for.
[[nodiscard]] Instant group_now(const std::vector<CoveragePeriod>& coverage, std::optional<Instant> last_record, Instant as_of);
/// The first instant after that day in that zone.
[[nodiscard]] Instant end_of_day(Date day, const Zone& zone);

}  // namespace secateur

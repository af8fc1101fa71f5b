// SPDX-License-Identifier: GPL-3.0-or-later
// What one import writes, inside one transaction: committed whole or not at all. Identity and features are settled by ingest; here rows
// are compared with what is known and written many at a time.
#pragma once

#include <span>

#include "store/store.hpp"

namespace secateur {

/// One activity on its way into the store: the narrow row and what identity and features were computed from it.
struct ActivityToStore {
    std::int64_t group = 0;  // from ImportTransaction::group_number
    std::optional<Instant> at;
    std::uint64_t id = 0;
    /// How the id was made: `number` (the platform's own, growing with time as a rule), `native` (a hash of it), `content` (no native id).
    enum class IdOrigin : std::uint8_t { number, native, content } origin = IdOrigin::content;
    Precision precision = Precision::second;
    TimeBasis basis = TimeBasis::utc;
    ActivityKind kind = ActivityKind::post;
    std::int64_t author = 0;  // 0: unknown
    bool is_me = false;
    bool automatic = false;
    bool edited = false;
    std::uint64_t parent = 0;
    std::uint64_t content_hash = 0;
    std::optional<std::uint32_t> words;
    std::uint32_t attachments = 0;
    std::optional<bool> question, thanks, request, introduction;  // absent: not computed by this feature version
    bool mentions_me = false, replies_to_me = false;
    std::span<const std::uint64_t> links;  // hashes of normalised URLs
    std::uint64_t sketch = 0;              // of its text (text/shingles.hpp); 0: short, or not computed
    std::string_view text;                 // mine only; empty: none
};

enum class Stored { added, updated, duplicate };

/// Must die before its Store.
class ImportTransaction {
public:
    ~ImportTransaction();  // rolls back unless commit() was called

    [[nodiscard]] std::int64_t source() const;
    /// The import of the same content that this one takes the place of. Its rows that are not found again vanish in finish(), and this source
    /// takes its id.
    void replace(std::int64_t earlier_source);

    [[nodiscard]] std::int64_t group(std::string_view platform, const Group& group);  // adds or completes; its number
    /// A group that no Group record has told of yet is added bare. The empty key: the unattributed activities of the platform.
    [[nodiscard]] std::int64_t group_number(std::string_view platform, std::string_view key);
    [[nodiscard]] std::int64_t person(std::string_view platform, const Person& person, bool is_me);  // 0: nobody

    struct Addition {
        Stored stored = Stored::added;
        /// Whether the terms of its text are to be counted: it is new, or read again in place of the same.
        bool count_terms = true;
    };
    Addition add(const ActivityToStore& activity);
    Stored add(const Membership& membership, std::int64_t group, std::int64_t person);
    Stored add(std::string_view platform, const Contact& contact, std::int64_t person);
    Stored add(std::string_view platform, const Meeting& meeting, std::int64_t group, std::span<const std::int64_t> people);
    Stored add(std::string_view platform, const Invitation& invitation, std::int64_t person);
    void add(std::string_view platform, const Account& account);
    void add_coverage(std::int64_t group, const CoveragePeriod& period);  // group 0: the whole source
    void quarantine(const QuarantineRow& row);
    /// Adds to the counts of that group and quarter; `sorted` by token.
    void add_terms(std::int64_t group, std::int32_t quarter, std::span<const std::pair<std::string_view, std::uint32_t>> sorted);

    /// A log without ids: rows of others of that group and period that this source does not hold are taken back, unless they come
    /// from a newer log: then rows of this source give way. To be called once a group, after its rows. Gives how many rows added here vanished.
    [[nodiscard]] std::uint64_t replace_period(std::int64_t group, Period period);

    /// Settles what needs all rows: exchanges of the touched groups, the log entry. `info.id` is ignored.
    void finish(const SourceInfo& info);
    void commit();

    struct Impl;
    explicit ImportTransaction(std::unique_ptr<Impl> impl);

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace secateur

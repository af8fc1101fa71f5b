// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "store/encode.hpp"
#include "store/schema.hpp"
#include "store/store_impl.hpp"

namespace secateur {

Error store_error(int code, const char* detail) {
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Error({.kind = ErrorKind::busy, .reason = msg("store.busy"), .where = {}, .hint = msg("store.busy_hint")});
        case SQLITE_FULL:
            return Error({.kind = ErrorKind::io, .reason = msg("store.full"), .where = {}, .hint = msg("store.full_hint")});
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Error({.kind = ErrorKind::store, .reason = msg("store.damaged", arg("detail", quote(detail))), .where = {},
                          .hint = msg("store.damaged_hint")});
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_IOERR:
            return Error({.kind = ErrorKind::io, .reason = msg("store.no_access", arg("detail", quote(detail))), .where = {}, .hint = {}});
        default:
            return Error({.kind = ErrorKind::store, .reason = msg("store.failed", arg("detail", quote(detail))), .where = {}, .hint = {}});
    }
}

std::optional<bool> flag_or_nothing(const SQLite::Column& column) {
    return column.isNull() ? std::nullopt : std::optional(column.getInt() != 0);
}
void bind(SQLite::Statement& statement, int index, std::optional<Instant> at) {
    if (at) statement.bind(index, seconds_of(*at));
    else statement.bind(index);
}
void bind(SQLite::Statement& statement, int index, std::optional<bool> flag) {
    if (flag) statement.bind(index, *flag ? 1 : 0);
    else statement.bind(index);
}
void bind(SQLite::Statement& statement, int index, std::optional<std::uint64_t> number) {
    if (number) statement.bind(index, static_cast<std::int64_t>(*number));
    else statement.bind(index);
}
std::string join_lines(const std::vector<std::string>& lines) {
    std::string joined;
    for (const std::string& each : lines) {
        if (!joined.empty()) joined += '\n';
        joined += each;
    }
    return joined;
}
std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    if (!text.empty())
        for (const auto each : split(text, '\n')) lines.emplace_back(each);
    return lines;
}

WriteLock::WriteLock(SQLite::Database& database) : database_(database) { database_.exec("BEGIN IMMEDIATE"); }
WriteLock::~WriteLock() {
    if (!open_) return;
    try {
        database_.exec("ROLLBACK");
    } catch (const SQLite::Exception&) {
        // SQLite has already rolled back by itself (disk full, I/O error); the transaction is gone either way.
    }
}
void WriteLock::commit() {
    database_.exec("COMMIT");
    open_ = false;
}

// ---------------------------------------------------------------------------------------------------------------- sets

void SourceSets::load(SQLite::Database& database) {
    database_ = &database;
    members_.clear();
    numbers_.clear();
    with_.clear();
    SQLite::Statement rows(database, "SELECT id, members FROM source_set");
    while (rows.executeStep()) {
        std::vector<std::int64_t> members;
        const std::string written = rows.getColumn(1).getString();
        for (const auto each : split(written, ' ')) members.push_back(parse_integer(each).value_or(0));
        numbers_[members] = rows.getColumn(0).getInt64();
        members_[rows.getColumn(0).getInt64()] = std::move(members);
    }
}

bool SourceSets::contains(std::int64_t set, std::int64_t source) const { return std::ranges::binary_search(members(set), source); }

std::int64_t SourceSets::intern(std::vector<std::int64_t> members) {
    if (const auto found = numbers_.find(members); found != numbers_.end()) return found->second;
    SQLite::Statement insert(*database_, "INSERT INTO source_set(members) VALUES (?)");
    insert.bind(1, fmt::format("{}", fmt::join(members, " ")));
    insert.exec();
    const std::int64_t number = database_->getLastInsertRowid();
    members_[number] = members;
    numbers_[std::move(members)] = number;
    return number;
}

std::int64_t SourceSets::with(std::int64_t set, std::int64_t source) {
    const auto known = with_.find({set, source});
    if (known != with_.end()) return known->second;
    std::vector<std::int64_t> joined = set == 0 ? std::vector<std::int64_t>{} : members(set);
    if (const auto at = std::ranges::lower_bound(joined, source); at == joined.end() || *at != source) joined.insert(at, source);
    return with_[{set, source}] = intern(std::move(joined));
}

std::int64_t SourceSets::without(std::int64_t set, std::int64_t source) {
    std::vector<std::int64_t> left = members(set);
    std::erase(left, source);
    return left.empty() ? 0 : intern(std::move(left));
}

std::vector<std::int64_t> SourceSets::containing(std::int64_t source) const {
    std::vector<std::int64_t> found;
    for (const auto& [number, members] : members_)
        if (std::ranges::binary_search(members, source)) found.push_back(number);
    return found;
}

void SourceSets::forget(std::int64_t source) {
    for (const std::int64_t number : containing(source)) {
        SQLite::Statement remove(*database_, "DELETE FROM source_set WHERE id = ?");
        remove.bind(1, number);
        remove.exec();
    }
    load(*database_);
}

void SourceSets::rename(std::int64_t from, std::int64_t to) {
    forget(to);
    for (const std::int64_t number : containing(from)) {
        std::vector<std::int64_t> renamed = members(number);
        std::erase(renamed, from);
        renamed.insert(std::ranges::lower_bound(renamed, to), to);
        SQLite::Statement update(*database_, "UPDATE source_set SET members = ? WHERE id = ?");
        update.bind(1, fmt::format("{}", fmt::join(renamed, " ")));
        update.bind(2, number);
        update.exec();
    }
    load(*database_);
}

// ---------------------------------------------------------------------------------------------------------------- open

namespace {

constexpr int busy_milliseconds = 5'000;

int open_flags(OpenMode mode) {
    // One thread at a time uses a store: SQLite's own locks would cost a tenth of an import.
    return (mode == OpenMode::read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) | SQLite::OPEN_NOMUTEX;
}

}  // namespace

Store::Impl::Impl(std::filesystem::path file, OpenMode mode)
    : path(std::move(file)), read_only(mode == OpenMode::read_only), database(path.string(), open_flags(mode), busy_milliseconds) {
    database.exec("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    const int application = database.execAndGet("PRAGMA application_id").getInt();
    const bool is_new = version == 0 && application == 0 && database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    if (!is_new && application != application_id)
        throw Error({.kind = ErrorKind::store, .reason = msg("store.not_ours", arg("path", path.string())), .where = {},
                     .hint = msg("store.not_ours_hint")});
    if (version > schema_version)
        throw Error({.kind = ErrorKind::store,
                     .reason = msg("store.too_new", arg("path", path.string()), arg("found", version), arg("known", schema_version)),
                     .where = {}, .hint = msg("store.too_new_hint")});
    if (read_only) {
        if (version < schema_version)
            throw Error({.kind = ErrorKind::store, .reason = msg("store.too_old", arg("path", path.string())), .where = {}, .hint = {}});
        return;
    }
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    if (version < schema_version) migrate();
    checkpoint();
}

void Store::Impl::migrate() {
    WriteLock lock(database);
    // Asked again under the lock: another process may have been first.
    for (int version = database.execAndGet("PRAGMA user_version").getInt(); version < schema_version; ++version) {
        database.exec(std::string(migrations.at(static_cast<std::size_t>(version))));
        database.exec(fmt::format("PRAGMA user_version = {}; PRAGMA application_id = {}", version + 1, application_id));
    }
    lock.commit();
}

void Store::Impl::checkpoint() {
    // TRUNCATE also syncs: what was committed is in the database file itself. A reader elsewhere may hold it back; that is no error.
    // Nor is it waited for: who writes next waits, once.
    database.setBusyTimeout(0);
    sqlite3_wal_checkpoint_v2(database.getHandle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    database.setBusyTimeout(busy_milliseconds);
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::open(const std::filesystem::path& path, OpenMode mode) {
    return guarded([&] { return Store(std::make_unique<Impl>(path, mode)); });
}

// ------------------------------------------------------------------------------------------------------------- sources

namespace {
constexpr std::string_view source_columns =
    "id, label, connector, connector_version, feature_version, fingerprint, options, platform, owner_key, owner_name, owner_evidence, "
    "owner_forced, with_text, exported_at, newest, imported_on, counts, lacks, warnings, replaced";
}

SourceInfo Store::Impl::read_source(SQLite::Statement& row) const {
    return {.id = row.getColumn(0).getInt64(), .label = row.getColumn(1).getString(), .connector = row.getColumn(2).getString(),
            .connector_version = row.getColumn(3).getInt(), .feature_version = row.getColumn(4).getInt(),
            // Rows of it are gone: it must never pass for "read already".
            .fingerprint = row.getColumn(19).getInt() != 0 ? std::string() : row.getColumn(5).getString(),
            .options = row.getColumn(6).getString(), .platform = row.getColumn(7).getString(), .owner_key = row.getColumn(8).getString(),
            .owner_name = row.getColumn(9).getString(), .owner_evidence = decode_message(row.getColumn(10).getString()),
            .owner_forced = row.getColumn(11).getInt() != 0, .with_text = row.getColumn(12).getInt() != 0,
            .exported_at = instant_or_nothing(row.getColumn(13)), .newest = instant_or_nothing(row.getColumn(14)),
            .imported_on = date_of_days(row.getColumn(15).getInt64()), .counts = decode_counts(row.getColumn(16).getString()),
            .lacks = decode_messages(row.getColumn(17).getString()), .warnings = decode_warnings(row.getColumn(18).getString())};
}

std::vector<SourceInfo> Store::sources() const {
    return guarded([&] {
        std::vector<SourceInfo> found;
        SQLite::Statement rows(impl_->database, fmt::format("SELECT {} FROM source ORDER BY id", source_columns));
        while (rows.executeStep()) found.push_back(impl_->read_source(rows));
        return found;
    });
}

std::optional<SourceInfo> Store::source(std::int64_t id) const {
    return guarded([&]() -> std::optional<SourceInfo> {
        SQLite::Statement rows(impl_->database, fmt::format("SELECT {} FROM source WHERE id = ?", source_columns));
        rows.bind(1, id);
        if (!rows.executeStep()) return std::nullopt;
        return impl_->read_source(rows);
    });
}

std::vector<QuarantineRow> Store::quarantined(std::optional<std::int64_t> source) const {
    return guarded([&] {
        std::vector<QuarantineRow> found;
        std::set<std::uint64_t> seen;
        SQLite::Statement rows(impl_->database,
                               "SELECT q.source, s.label, q.entry, q.line, q.record, q.at_byte, q.length, q.reason, q.hint, q.connector, "
                               "q.connector_version, q.raw_hash FROM quarantine q JOIN source s ON s.id = q.source "
                               "WHERE ?1 IS NULL OR q.source = ?1 ORDER BY q.source, q.entry, q.at_byte, q.line, q.record, q.raw_hash");
        if (source) rows.bind(1, *source);
        const auto number = [&](int column) -> std::optional<std::uint64_t> {
            if (rows.isColumnNull(column)) return std::nullopt;
            return static_cast<std::uint64_t>(rows.getColumn(column).getInt64());
        };
        while (rows.executeStep()) {
            const auto hash = static_cast<std::uint64_t>(rows.getColumn(11).getInt64());
            if (!seen.insert(hash).second) continue;
            found.push_back({.source = rows.getColumn(0).getInt64(), .label = rows.getColumn(1).getString(),
                             .where = {.entry = rows.getColumn(2).getString(), .line = number(3), .record = number(4), .offset = number(5),
                                       .length = number(6)},
                             .reason = decode_message(rows.getColumn(7).getString()), .hint = decode_message(rows.getColumn(8).getString()),
                             .connector = rows.getColumn(9).getString(), .connector_version = rows.getColumn(10).getInt(), .raw_hash = hash});
        }
        return found;
    });
}

RemovedSource Store::remove_source(std::int64_t id) {
    if (!source(id))
        throw Error({.kind = ErrorKind::usage, .reason = msg("store.no_source", arg("id", std::to_string(id))), .where = {},
                     .hint = msg("store.no_source_hint")});
    return guarded([&] {
        RemovedSource removed;
        Impl& impl = *impl_;
        WriteLock lock(impl.database);
        SourceSets sets;
        sets.load(impl.database);
        const Impl::TakenBack taken = impl.take_back(sets, id, Impl::Terms::settle);
        removed.activities = taken.activities;
        removed.others = taken.others;

        SQLite::Statement again(impl.database,
                                "SELECT label, source.id FROM superseded JOIN source ON source.id = superseded.source "
                                "WHERE successor = ? ORDER BY source.id");
        again.bind(1, id);
        while (again.executeStep()) {
            removed.import_again.push_back(again.getColumn(0).getString());
            SQLite::Statement mark(impl.database, "UPDATE source SET replaced = 1 WHERE id = ?");
            mark.bind(1, again.getColumn(1).getInt64());
            mark.exec();
        }
        SQLite::Statement remove(impl.database, "DELETE FROM source WHERE id = ?");
        remove.bind(1, id);
        remove.exec();
        sets.forget(id);
        for (const std::int64_t group : taken.groups) impl.compute_exchanges(group, impl.is_direct(group));
        impl.sweep();
        lock.commit();
        impl.checkpoint();
        return removed;
    });
}

Store::Impl::TakenBack Store::Impl::take_back(SourceSets& sets, std::int64_t source, Terms terms) {
    TakenBack taken;
    const std::vector<std::int64_t> holding = sets.containing(source);

    std::vector<std::int64_t> groups;
    {
        SQLite::Statement rows(database, "SELECT grp FROM group_statement WHERE source = ? ORDER BY grp");
        rows.bind(1, source);
        while (rows.executeStep()) groups.push_back(rows.getColumn(0).getInt64());
    }
    for (const std::int64_t group : groups) {
        struct Share {
            std::uint64_t gone = 0, kept = 0;
            std::int64_t heir = 0;
        };
        std::map<std::int32_t, Share> quarters;
        std::uint64_t gone = 0, changed = 0;
        {
            HotStatement rows(database.getHandle(), "SELECT at, sources FROM activity WHERE grp = ?");
            rows.bind(1, group);
            while (rows.step()) {
                const std::int64_t set = rows.integer(1);
                if (!sets.contains(set, source)) continue;
                const auto& members = sets.members(set);
                ++changed;
                if (members.size() == 1) ++gone;
                // The words of a row are counted by the first source that brought it.
                if (rows.integer(0) == undated || members.front() != source) continue;
                Share& share = quarters[quarter_of(rows.integer(0))];
                if (members.size() == 1) {
                    ++share.gone;
                } else {
                    ++share.kept;
                    if (share.heir == 0) share.heir = members[1];
                }
            }
        }
        if (changed == 0) continue;
        for (const std::int64_t set : holding) {
            const std::int64_t left = sets.without(set, source);
            if (left == 0) {
                SQLite::Statement texts(database,
                                        "DELETE FROM my_text WHERE grp = ?1 AND EXISTS (SELECT 1 FROM activity a WHERE a.grp = my_text.grp "
                                        "AND a.at = my_text.at AND a.id = my_text.id AND a.sources = ?2)");
                texts.bind(1, group);
                texts.bind(2, set);
                texts.exec();
            }
            SQLite::Statement rows(database, left == 0 ? "DELETE FROM activity WHERE grp = ?1 AND sources = ?2"
                                                       : "UPDATE activity SET sources = ?3 WHERE grp = ?1 AND sources = ?2");
            rows.bind(1, group);
            rows.bind(2, set);
            if (left != 0) rows.bind(3, left);
            rows.exec();
        }
        if (gone > 0) taken.groups.push_back(group);
        taken.activities += gone;
        if (terms == Terms::leave) continue;
        for (const auto& [quarter, share] : quarters) {
            if (share.kept == 0) continue;  // its counts go with it
            SQLite::Statement own(database, "SELECT counts, approximate FROM term WHERE grp = ? AND quarter = ? AND source = ?");
            own.bind(1, group);
            own.bind(2, quarter);
            own.bind(3, source);
            if (!own.executeStep()) continue;
            // Who still holds the rows inherits their words; exactly, when no row is gone.
            const std::string blob = own.getColumn(0).getString();
            const bool approximate = own.getColumn(1).getInt() != 0 || share.gone > 0;
            SQLite::Statement theirs(database, "SELECT counts, approximate FROM term WHERE grp = ? AND quarter = ? AND source = ?");
            theirs.bind(1, group);
            theirs.bind(2, quarter);
            theirs.bind(3, share.heir);
            std::string merged = blob;
            bool theirs_approximate = false;
            if (theirs.executeStep()) {
                std::vector<std::pair<std::string, std::uint32_t>> counts;
                decode_terms(blob, [&](std::string_view token, std::uint32_t count) { counts.emplace_back(token, count); });
                std::vector<TermCount> views(counts.begin(), counts.end());
                merged = merge_terms(theirs.getColumn(0).getString(), views);
                theirs_approximate = theirs.getColumn(1).getInt() != 0;
            }
            SQLite::Statement put(database,
                                  "INSERT INTO term(grp, quarter, source, approximate, counts) VALUES (?, ?, ?, ?, ?) "
                                  "ON CONFLICT DO UPDATE SET approximate = excluded.approximate, counts = excluded.counts");
            put.bind(1, group);
            put.bind(2, quarter);
            put.bind(3, share.heir);
            put.bind(4, approximate || theirs_approximate ? 1 : 0);
            put.bind(5, merged.data(), static_cast<int>(merged.size()));
            put.exec();
        }
    }

    for (const std::string_view table : {"membership", "contact", "meeting", "invitation"}) {
        for (const std::int64_t set : holding) {
            const std::int64_t left = sets.without(set, source);
            SQLite::Statement rows(database, left == 0 ? fmt::format("DELETE FROM {} WHERE sources = ?1", table)
                                                       : fmt::format("UPDATE {} SET sources = ?2 WHERE sources = ?1", table));
            rows.bind(1, set);
            if (left != 0) rows.bind(2, left);
            const int count = rows.exec();
            if (left == 0) taken.others += static_cast<std::uint64_t>(count);
        }
    }
    return taken;
}

void Store::Impl::sweep() {
    database.exec(
        "DELETE FROM exchange WHERE grp NOT IN (SELECT grp FROM group_statement);"
        "DELETE FROM my_text WHERE grp NOT IN (SELECT grp FROM group_statement);"
        "DELETE FROM grp WHERE id NOT IN (SELECT grp FROM group_statement) AND id NOT IN (SELECT grp FROM membership);"
        "DELETE FROM person WHERE id NOT IN (SELECT author FROM activity UNION SELECT person FROM membership UNION "
        "SELECT person FROM contact UNION SELECT person FROM meeting_person UNION SELECT person FROM invitation)");
}

// ------------------------------------------------------------------------------------------------- answers and aliases

std::vector<Answer> Store::answers(Date as_of) const {
    return guarded([&] {
        std::vector<Answer> found;
        SQLite::Statement rows(impl_->database, "SELECT grp, question, value, day FROM answer WHERE day <= ? ORDER BY grp, question, day");
        rows.bind(1, days_of(as_of));
        while (rows.executeStep())
            found.push_back({.group = rows.getColumn(0).getString(), .question = rows.getColumn(1).getString(), .value = rows.getColumn(2).getString(),
                             .date = date_of_days(rows.getColumn(3).getInt64())});
        return found;
    });
}

void Store::set_answer(const Answer& answer) {
    guarded([&] {
        SQLite::Statement put(impl_->database,
                              "INSERT INTO answer(grp, question, value, day) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
        put.bind(1, answer.group);
        put.bind(2, answer.question);
        put.bind(3, answer.value);
        put.bind(4, days_of(answer.date));
        put.exec();
    });
}

bool Store::clear_answer(std::string_view group_id, std::string_view question) {
    return guarded([&] {
        SQLite::Statement remove(impl_->database, "DELETE FROM answer WHERE grp = ? AND question = ?");
        remove.bind(1, std::string(group_id));
        remove.bind(2, std::string(question));
        return remove.exec() > 0;
    });
}

std::vector<GroupAlias> Store::aliases() const {
    return guarded([&] {
        std::vector<GroupAlias> found;
        SQLite::Statement rows(impl_->database, "SELECT grp, name, merged_into FROM alias ORDER BY grp");
        while (rows.executeStep()) {
            GroupAlias each{.group = rows.getColumn(0).getString(), .name = {}, .merged_into = {}};
            if (!rows.isColumnNull(1)) each.name = rows.getColumn(1).getString();
            if (!rows.isColumnNull(2)) each.merged_into = rows.getColumn(2).getString();
            found.push_back(std::move(each));
        }
        return found;
    });
}

namespace {

[[noreturn]] void no_such_group(std::string_view id) {
    throw Error({.kind = ErrorKind::usage, .reason = msg("store.no_group", arg("group", quote(id))), .where = {}, .hint = msg("store.no_group_hint")});
}
bool has_group(SQLite::Database& database, std::string_view id) {
    SQLite::Statement row(database, "SELECT 1 FROM grp WHERE platform = ? AND key = ? AND key <> ''");
    const std::size_t colon = id.find(':');
    if (colon == std::string_view::npos) return false;
    row.bind(1, std::string(id.substr(0, colon)));
    row.bind(2, std::string(id.substr(colon + 1)));
    return row.executeStep();
}
void drop_empty_aliases(SQLite::Database& database) { database.exec("DELETE FROM alias WHERE name IS NULL AND merged_into IS NULL"); }

}  // namespace

void Store::name_group(std::string_view group_id, std::optional<std::string> name) {
    guarded([&] {
        if (name && !has_group(impl_->database, group_id)) no_such_group(group_id);
        WriteLock lock(impl_->database);
        SQLite::Statement put(impl_->database, "INSERT INTO alias(grp, name) VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name");
        put.bind(1, std::string(group_id));
        if (name) put.bind(2, *name);
        put.exec();
        drop_empty_aliases(impl_->database);
        lock.commit();
    });
}

void Store::merge_groups(std::string_view from, std::string_view into) {
    guarded([&] {
        WriteLock lock(impl_->database);
        for (const std::string_view each : {from, into})
            if (!has_group(impl_->database, each)) no_such_group(each);
        // Following what `into` is already merged with must not lead back.
        std::string at(into);
        for (int steps = 0; steps < 1'000; ++steps) {
            if (at == from)
                throw Error({.kind = ErrorKind::usage, .reason = msg("store.merge_ring", arg("from", quote(from)), arg("into", quote(into))),
                             .where = {}, .hint = msg("store.merge_ring_hint")});
            SQLite::Statement next(impl_->database, "SELECT merged_into FROM alias WHERE grp = ? AND merged_into IS NOT NULL");
            next.bind(1, at);
            if (!next.executeStep()) break;
            at = next.getColumn(0).getString();
        }
        SQLite::Statement put(impl_->database,
                              "INSERT INTO alias(grp, merged_into) VALUES (?, ?) ON CONFLICT DO UPDATE SET merged_into = excluded.merged_into");
        put.bind(1, std::string(from));
        put.bind(2, std::string(into));
        put.exec();
        lock.commit();
    });
}

bool Store::split_group(std::string_view group_id) {
    return guarded([&] {
        WriteLock lock(impl_->database);
        SQLite::Statement clear(impl_->database,
                                "UPDATE alias SET merged_into = NULL WHERE (grp = ?1 OR merged_into = ?1) AND merged_into IS NOT NULL");
        clear.bind(1, std::string(group_id));
        const bool split = clear.exec() > 0;
        drop_empty_aliases(impl_->database);
        lock.commit();
        return split;
    });
}

std::optional<std::string> Store::value(std::string_view name) const {
    return guarded([&]() -> std::optional<std::string> {
        SQLite::Statement row(impl_->database, "SELECT value FROM kept_value WHERE name = ?");
        row.bind(1, std::string(name));
        if (!row.executeStep()) return std::nullopt;
        return row.getColumn(0).getString();
    });
}

void Store::set_value(std::string_view name, std::optional<std::string_view> value) {
    guarded([&] {
        SQLite::Statement put(impl_->database,
                              value ? "INSERT INTO kept_value(name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value"
                                    : "DELETE FROM kept_value WHERE name = ?1");
        put.bind(1, std::string(name));
        if (value) put.bind(2, std::string(*value));
        put.exec();
    });
}

std::vector<std::string> Store::value_names(std::string_view prefix) const {
    return guarded([&] {
        std::vector<std::string> found;
        SQLite::Statement rows(impl_->database, "SELECT name FROM kept_value WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name");
        rows.bind(1, std::string(prefix));
        while (rows.executeStep()) found.push_back(rows.getColumn(0).getString());
        return found;
    });
}

}  // namespace secateur

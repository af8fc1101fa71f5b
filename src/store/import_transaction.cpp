// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/import_transaction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <system_error>
#include <tuple>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "store/encode.hpp"
#include "store/row_map.hpp"
#include "store/schema.hpp"
#include "store/store_impl.hpp"

namespace secateur {
namespace {

constexpr std::size_t rows_per_insert = 32;
constexpr std::size_t pending_rows = 1'024;
constexpr std::size_t pending_text_bytes = std::size_t{1} << 20;
// Rows of earlier imports are looked up in memory, group by group, within these bounds; beyond them, in the database.
constexpr std::size_t map_rows_of_a_group = 300'000;
constexpr std::size_t map_rows_in_all = 400'000;
constexpr int reloads_of_a_map = 3;

struct GroupState {
    std::int64_t number = 0;
    bool fresh = true;  // no rows before this import
    std::unique_ptr<RowMap> map;
    bool in_database = false;  // too many rows for a map: each is looked up where it stands
    int loads = 0;
    std::uint64_t used = 0;  // when, for giving maps up
    // Keys known so far lie between these: beyond them nothing needs to be looked up.
    bool any = false;
    std::pair<std::int64_t, std::uint64_t> first, last;
    bool any_number = false;
    std::uint64_t least_number = 0, greatest_number = 0;
    bool changed = false, has_my_act = false;
    bool unresolved = false;  // exchanges must be computed from the rows
};

struct PendingRow {
    std::int64_t group = 0, at = 0;
    std::uint64_t id = 0;
    std::uint32_t bits = 0;
    std::int64_t author = 0;
    std::uint64_t parent = 0;
    std::int64_t words = -1;
    std::uint64_t hash = 0, sketch = 0;
    std::int64_t set = 0;
    std::size_t links_at = 0, links = 0, text_at = 0, text = 0;

    [[nodiscard]] auto key() const { return std::tie(group, at, id); }
};

struct ExchangeKey {
    std::int64_t group = 0, person = 0, day = 0;
    bool operator==(const ExchangeKey&) const = default;
};
struct ExchangeKeyHash {
    std::size_t operator()(const ExchangeKey& key) const noexcept {
        return hash_combine(hash_combine(static_cast<std::uint64_t>(key.group), static_cast<std::uint64_t>(key.person)), static_cast<std::uint64_t>(key.day));
    }
};
struct ExchangeCount {
    std::uint32_t given = 0, received = 0;
};

std::uint32_t bits_of(const ActivityToStore& activity) {
    const auto answer = [](const std::optional<bool>& flag) { return flag ? (*flag ? 2U : 1U) : 0U; };
    return (activity.is_me && is_act(activity.kind) ? bits::my_act : 0U) | (activity.is_me ? bits::is_me : 0U) |
           static_cast<std::uint32_t>(activity.kind) << bits::kind_at | (activity.automatic ? bits::automatic : 0U) |
           (activity.mentions_me ? bits::mentions_me : 0U) | (activity.replies_to_me ? bits::replies_to_me : 0U) |
           static_cast<std::uint32_t>(activity.origin) << bits::origin_at | answer(activity.question) << bits::question_at |
           answer(activity.thanks) << bits::thanks_at | answer(activity.request) << bits::request_at | answer(activity.introduction) << bits::introduction_at | (activity.edited ? bits::edited : 0U) |
           static_cast<std::uint32_t>(activity.precision) << bits::precision_at | static_cast<std::uint32_t>(activity.basis) << bits::basis_at |
           std::min(activity.attachments, 255U) << bits::attachments_at;
}

std::string insert_sql(std::size_t rows) {
    std::string sql = "INSERT INTO activity(grp, at, id, bits, author, parent, words, hash, sources, links, sketch) VALUES ";
    for (std::size_t i = 0; i < rows; ++i) sql += i == 0 ? "(?,?,?,?,?,?,?,?,?,?,?)" : ",(?,?,?,?,?,?,?,?,?,?,?)";
    return sql;
}

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return hash64(text); }
};

}  // namespace

struct ImportTransaction::Impl {
    Store::Impl& store;
    SQLite::Database& database;
    WriteLock lock;
    SourceSets sets;
    std::int64_t source = 0, replaced = 0;
    std::int64_t own_set = 0;
    bool other_eyes = false;  // the replaced import was made by another version, which may have understood anything otherwise
    std::int64_t exported = std::numeric_limits<std::int64_t>::max();  // not known: taken for the newest
    std::map<std::int64_t, std::int64_t> export_times;

    std::unordered_map<std::int64_t, GroupState> groups;
    GroupState* last_group = nullptr;
    std::uint64_t clock = 0;
    std::size_t map_rows = 0;

    std::vector<PendingRow> pending;
    std::vector<std::uint64_t> links;
    std::string texts;

    struct KnownPerson {
        std::int64_t number = 0;
        bool is_me = false;
    };
    std::unordered_map<std::string, KnownPerson, StringHash, std::equal_to<>> persons;
    std::string person_key;

    RecentAuthors recent;
    std::unordered_map<ExchangeKey, ExchangeCount, ExchangeKeyHash> exchanges;
    std::unordered_map<std::uint64_t, bool> threads_of_mine;  // by group and first message: nobody else wrote in it since I did
    std::set<std::pair<std::int64_t, std::int32_t>> approximate;
    std::int64_t accounts = 0, coverages = 0;

    HotStatement insert_many, insert_one, insert_text, load_rows, find_row, set_sources, set_all_sources, delete_row, delete_text, put_exchange, find_person,
        insert_person, find_terms, put_terms;

    Impl(Store::Impl& owner, const SourceInfo& info)
        : store(owner), database(owner.database), lock(owner.database), insert_many(handle(), insert_sql(rows_per_insert)),
          insert_one(handle(), insert_sql(1)), insert_text(handle(), "INSERT OR REPLACE INTO my_text(grp, at, id, text) VALUES (?,?,?,?)"),
          load_rows(handle(), "SELECT id, at, hash, bits, sources FROM activity WHERE grp = ?"),
          find_row(handle(), "SELECT hash, bits, sources FROM activity WHERE grp = ? AND at = ? AND id = ?"),
          set_sources(handle(), "UPDATE activity SET sources = ? WHERE grp = ? AND at = ? AND id = ?"),
          set_all_sources(handle(), "UPDATE activity SET sources = ? WHERE grp = ? AND sources = ?"),
          delete_row(handle(), "DELETE FROM activity WHERE grp = ? AND at = ? AND id = ?"),
          delete_text(handle(), "DELETE FROM my_text WHERE grp = ? AND at = ? AND id = ?"),
          put_exchange(handle(),
                       "INSERT INTO exchange(grp, person, day, given, received) VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET "
                       "given = given + excluded.given, received = received + excluded.received"),
          find_person(handle(), "SELECT id, name, is_me FROM person WHERE platform = ? AND key = ?"),
          insert_person(handle(), "INSERT INTO person(platform, key, name, is_me) VALUES (?, ?, ?, ?)"),
          find_terms(handle(), "SELECT counts FROM term WHERE grp = ? AND quarter = ? AND source = ?"),
          put_terms(handle(), "INSERT INTO term(grp, quarter, source, counts) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET counts = excluded.counts") {
        sets.load(database);
        SQLite::Statement times(database, "SELECT id, coalesce(exported_at, newest) FROM source");
        while (times.executeStep())
            if (!times.isColumnNull(1)) export_times[times.getColumn(0).getInt64()] = times.getColumn(1).getInt64();
        if (info.exported_at) exported = seconds_of(*info.exported_at);
        write_source(info, true);
        source = database.getLastInsertRowid();
        own_set = sets.with(0, source);
        pending.reserve(pending_rows);
    }

    sqlite3* handle() { return database.getHandle(); }

    void write_source(const SourceInfo& info, bool is_new) {
        SQLite::Statement put(database,
                              is_new ? "INSERT INTO source(label, connector, connector_version, feature_version, fingerprint, options, platform, owner_key, "
                                       "owner_name, owner_evidence, owner_forced, with_text, exported_at, newest, imported_on, counts, lacks, warnings) "
                                       "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)"
                                     : "UPDATE source SET label=?1, connector=?2, connector_version=?3, feature_version=?4, fingerprint=?5, options=?6, "
                                       "platform=?7, owner_key=?8, owner_name=?9, owner_evidence=?10, owner_forced=?11, with_text=?12, exported_at=?13, "
                                       "newest=?14, imported_on=?15, counts=?16, lacks=?17, warnings=?18, replaced=0 WHERE id=?19");
        put.bind(1, info.label);
        put.bind(2, info.connector);
        put.bind(3, info.connector_version);
        put.bind(4, info.feature_version);
        put.bind(5, info.fingerprint);
        put.bind(6, info.options);
        put.bind(7, info.platform);
        put.bind(8, info.owner_key);
        put.bind(9, info.owner_name);
        put.bind(10, encode(info.owner_evidence));
        put.bind(11, info.owner_forced ? 1 : 0);
        put.bind(12, info.with_text ? 1 : 0);
        bind(put, 13, info.exported_at);
        bind(put, 14, info.newest);
        put.bind(15, days_of(info.imported_on));
        put.bind(16, encode(info.counts));
        put.bind(17, encode(info.lacks));
        put.bind(18, encode(info.warnings));
        if (!is_new) put.bind(19, source);
        put.exec();
    }

    // ------------------------------------------------------------------------------------------------------ groups

    std::int64_t number_of(std::string_view platform, std::string_view key) {
        SQLite::Statement find(database, "SELECT id FROM grp WHERE platform = ? AND key = ?");
        find.bind(1, std::string(platform));
        find.bind(2, std::string(key));
        std::int64_t number = 0;
        if (find.executeStep()) {
            number = find.getColumn(0).getInt64();
        } else {
            SQLite::Statement insert(database, "INSERT INTO grp(platform, key) VALUES (?, ?)");
            insert.bind(1, std::string(platform));
            insert.bind(2, std::string(key));
            insert.exec();
            number = database.getLastInsertRowid();
        }
        SQLite::Statement held(database, "INSERT INTO group_statement(grp, source) VALUES (?, ?) ON CONFLICT DO NOTHING");
        held.bind(1, number);
        held.bind(2, source);
        held.exec();
        return number;
    }

    GroupState& state(std::int64_t number) {
        if (last_group != nullptr && last_group->number == number) return *last_group;
        const auto [place, is_new] = groups.try_emplace(number);
        GroupState& group = place->second;
        if (is_new) {
            group.number = number;
            SQLite::Statement edge(database,
                                   "SELECT at, id FROM (SELECT at, id FROM activity WHERE grp = ?1 ORDER BY at, id LIMIT 1) UNION ALL "
                                   "SELECT at, id FROM (SELECT at, id FROM activity WHERE grp = ?1 ORDER BY at DESC, id DESC LIMIT 1)");
            edge.bind(1, number);
            bool begin = true;
            while (edge.executeStep()) {
                // Keys are ordered as SQLite orders them: signed.
                const std::pair key{edge.getColumn(0).getInt64(), static_cast<std::uint64_t>(edge.getColumn(1).getInt64())};
                (begin ? group.first : group.last) = key;
                begin = false;
                group.fresh = false;
                group.any = true;
            }
        }
        group.used = ++clock;
        last_group = &group;
        return group;
    }

    static bool before(const std::pair<std::int64_t, std::uint64_t>& a, const std::pair<std::int64_t, std::uint64_t>& b) {
        return a.first != b.first ? a.first < b.first : static_cast<std::int64_t>(a.second) < static_cast<std::int64_t>(b.second);
    }

    void load_map(GroupState& group) {
        if (++group.loads > reloads_of_a_map) {
            group.in_database = true;
            return;
        }
        if (!group.any) {
            group.map = std::make_unique<RowMap>(0);
            return;
        }
        flush();
        auto map = std::make_unique<RowMap>(0);
        load_rows.bind(1, group.number);
        while (load_rows.step()) {
            if (map->size() >= map_rows_of_a_group) {
                group.in_database = true;
                break;
            }
            map->insert({.id = static_cast<std::uint64_t>(load_rows.integer(0)), .at = load_rows.integer(1),
                         .hash = static_cast<std::uint64_t>(load_rows.integer(2)), .bits = static_cast<std::uint32_t>(load_rows.integer(3)),
                         .set = static_cast<std::uint32_t>(load_rows.integer(4))});
        }
        load_rows.reset();
        if (group.in_database) return;
        map_rows += map->size();
        group.map = std::move(map);
        if (map_rows > map_rows_in_all) give_up_maps(group);
    }

    void give_up_maps(const GroupState& but) {
        std::vector<GroupState*> held;
        for (auto& [number, group] : groups)
            if (group.map && &group != &but) held.push_back(&group);
        std::ranges::sort(held, {}, &GroupState::used);
        for (GroupState* each : held) {
            if (map_rows * 2 <= map_rows_in_all) break;
            drop_map(*each);
        }
    }

    /// Writes down which rows were found again, then forgets them.
    void drop_map(GroupState& group) {
        if (!group.map) return;
        if (!group.fresh) {
            struct Share {
                std::size_t all = 0, found = 0;
            };
            std::map<std::uint32_t, Share> shares;
            group.map->for_each([&](const KnownRow& row) {
                Share& share = shares[row.set & ~found_again];
                ++share.all;
                share.found += (row.set & found_again) != 0;
            });
            flush();
            for (const auto& [set, share] : shares) {
                if (share.found == 0) continue;
                const std::int64_t joined = sets.with(set, source);
                // All rows of a set at once where most are found again, then those back that are not.
                const bool at_once = share.found * 2 > share.all;
                if (at_once) {
                    set_all_sources.bind(1, joined);
                    set_all_sources.bind(2, group.number);
                    set_all_sources.bind(3, set);
                    set_all_sources.run();
                }
                if (at_once && share.found == share.all) continue;
                group.map->for_each([&, set = set](const KnownRow& row) {
                    if ((row.set & ~found_again) != set || ((row.set & found_again) != 0) == at_once) return;
                    set_row_sources(group.number, row.at, row.id, at_once ? set : joined);
                });
            }
        }
        map_rows -= std::min(map_rows, group.map->size());
        group.map.reset();
    }

    void set_row_sources(std::int64_t group, std::int64_t at, std::uint64_t id, std::int64_t set) {
        set_sources.bind(1, set);
        set_sources.bind(2, group);
        set_sources.bind(3, at);
        set_sources.bind(4, static_cast<std::int64_t>(id));
        set_sources.run();
    }

    // -------------------------------------------------------------------------------------------------------- rows

    void flush() {
        if (pending.empty()) return;
        const auto in_key_order = [](const PendingRow& a, const PendingRow& b) {
            return std::tuple(a.group, a.at, static_cast<std::int64_t>(a.id)) < std::tuple(b.group, b.at, static_cast<std::int64_t>(b.id));
        };
        if (!std::ranges::is_sorted(pending, in_key_order)) std::ranges::sort(pending, in_key_order);
        std::size_t row = 0;
        for (; row + rows_per_insert <= pending.size(); row += rows_per_insert) {
            for (std::size_t i = 0; i < rows_per_insert; ++i) bind_row(insert_many, static_cast<int>(i), pending[row + i]);
            insert_many.run();
        }
        for (; row < pending.size(); ++row) {
            bind_row(insert_one, 0, pending[row]);
            insert_one.run();
        }
        for (const PendingRow& each : pending)
            if (each.text > 0) put_text(each);
        pending.clear();
        links.clear();
        texts.clear();
    }

    void bind_row(HotStatement& statement, int place, const PendingRow& row) {
        int at = place * 11;
        statement.bind(++at, row.group);
        statement.bind(++at, row.at);
        statement.bind(++at, static_cast<std::int64_t>(row.id));
        statement.bind(++at, row.bits);
        statement.bind(++at, row.author);
        statement.bind(++at, static_cast<std::int64_t>(row.parent));
        if (row.words < 0) statement.bind_null(++at);
        else statement.bind(++at, row.words);
        statement.bind(++at, static_cast<std::int64_t>(row.hash));
        statement.bind(++at, row.set);
        if (row.links == 0) statement.bind_null(++at);
        else statement.bind_blob(++at, links.data() + row.links_at, row.links * sizeof(std::uint64_t));
        if (row.sketch == 0) statement.bind_null(++at);
        else statement.bind(++at, static_cast<std::int64_t>(row.sketch));
    }

    void put_text(const PendingRow& row) {
        insert_text.bind(1, row.group);
        insert_text.bind(2, row.at);
        insert_text.bind(3, static_cast<std::int64_t>(row.id));
        insert_text.bind_text(4, std::string_view(texts).substr(row.text_at, row.text));
        insert_text.run();
    }

    PendingRow& push(const ActivityToStore& activity, std::int64_t at, std::uint32_t row_bits, std::int64_t set) {
        PendingRow& row = pending.emplace_back();
        row.group = activity.group;
        row.at = at;
        row.id = activity.id;
        row.bits = row_bits;
        row.author = activity.author;
        row.parent = activity.parent;
        row.words = activity.words ? static_cast<std::int64_t>(*activity.words) : -1;
        row.hash = activity.content_hash;
        row.sketch = activity.sketch;
        row.set = set;
        row.links_at = links.size();
        row.links = activity.links.size();
        links.insert(links.end(), activity.links.begin(), activity.links.end());
        if (activity.is_me && !activity.text.empty()) {
            row.text_at = texts.size();
            row.text = activity.text.size();
            texts.append(activity.text);
        }
        return row;
    }

    Addition add(const ActivityToStore& activity) {
        GroupState& group = state(activity.group);
        const std::int64_t at = activity.at ? seconds_of(*activity.at) : undated;
        const std::pair key{at, activity.id};
        if (const auto known = find(group, activity, key)) return settle(group, activity, at, *known);

        std::uint32_t row_bits = bits_of(activity);
        if (is_act(activity.kind) && !activity.automatic) note_exchange(group, activity, at, row_bits);
        else if (is_act(activity.kind) && group.fresh) recent.put({activity.group, activity.id, 0, false});  // an answer to a bot is resolved, and given to nobody
        if (group.map) {
            group.map->insert({.id = activity.id, .at = at, .hash = activity.content_hash, .bits = row_bits, .set = static_cast<std::uint32_t>(own_set)});
            ++map_rows;
            if (group.map->size() > map_rows_of_a_group) {
                drop_map(group);
                group.in_database = true;
            } else if (map_rows > map_rows_in_all) {
                give_up_maps(group);
            }
        }
        if (!group.any) group.first = group.last = key;
        else if (before(group.last, key)) group.last = key;
        else if (before(key, group.first)) group.first = key;
        group.any = true;
        group.changed = true;
        push(activity, at, row_bits, own_set);
        if (pending.size() >= pending_rows || texts.size() >= pending_text_bytes) flush();
        return {Stored::added, true};
    }

    /// The stored row of the same identity. A copy where it stands in the database, not in a map.
    struct Known {
        KnownRow row;
        KnownRow* in_map = nullptr;
    };
    std::optional<Known> find(GroupState& group, const ActivityToStore& activity, const std::pair<std::int64_t, std::uint64_t>& key) {
        if (activity.origin == ActivityToStore::IdOrigin::number) {
            // The platform's own numbers grow: one outside those seen is new without a look.
            const bool beyond = !group.any_number || activity.id > group.greatest_number || activity.id < group.least_number;
            if (!group.any_number || activity.id < group.least_number) group.least_number = activity.id;
            if (!group.any_number || activity.id > group.greatest_number) group.greatest_number = activity.id;
            group.any_number = true;
            if (beyond && group.fresh && !group.map) return std::nullopt;
        }
        if (!group.map && !group.in_database) load_map(group);
        if (group.map) {
            KnownRow* row = group.map->find(activity.id);
            if (row == nullptr) return std::nullopt;
            return Known{*row, row};
        }
        if (!group.any || before(group.last, key) || before(key, group.first)) return std::nullopt;
        flush();
        find_row.bind(1, group.number);
        find_row.bind(2, key.first);
        find_row.bind(3, static_cast<std::int64_t>(key.second));
        std::optional<Known> known;
        if (find_row.step())
            known = Known{{.id = key.second, .at = key.first, .hash = static_cast<std::uint64_t>(find_row.integer(0)),
                           .bits = static_cast<std::uint32_t>(find_row.integer(1)), .set = static_cast<std::uint32_t>(find_row.integer(2))},
                          nullptr};
        find_row.reset();
        return known;
    }

    Addition settle(GroupState& group, const ActivityToStore& activity, std::int64_t at, const Known& known) {
        const std::uint32_t set = known.row.set & ~found_again;
        const bool was_mine = (known.row.bits & bits::is_me) != 0;
        const bool same = known.row.hash == activity.content_hash && (was_mine || !activity.is_me);
        const bool seen_here = (known.row.set & found_again) != 0 || sets.contains(set, source);
        if (!seen_here && replaced != 0 && sets.contains(set, replaced)) {
            // The same content read again with other eyes: everything computed from it is written anew, unless a newer export says otherwise.
            const bool counted_there = sets.members(set).front() == replaced;
            if (held_by_newer(set, replaced)) {
                mark_found(group, known, set);
                return {Stored::duplicate, counted_there};
            }
            const bool same_owner = was_mine == activity.is_me;
            // Most rows come out as they were: only what a reply resolved to may have been added since.
            if (!other_eyes && known.row.hash == activity.content_hash && known.row.at == at && ((known.row.bits ^ bits_of(activity)) & ~bits::replies_to_me) == 0) {
                mark_found(group, known, set);
                return {Stored::duplicate, counted_there};
            }
            rewrite(group, activity, at, known, set, !counted_there && !same);
            return {known.row.hash == activity.content_hash && same_owner ? Stored::duplicate : Stored::updated, counted_there};
        }
        if (same || (was_mine && !activity.is_me) || (!seen_here && held_by_newer(set, 0))) {
            if (!seen_here) mark_found(group, known, set);
            return {Stored::duplicate, false};
        }
        rewrite(group, activity, at, known, set, true);
        return {Stored::updated, false};
    }

    [[nodiscard]] bool held_by_newer(std::int64_t set, std::int64_t but) const {
        return std::ranges::any_of(sets.members(set), [&](std::int64_t each) {
            if (each == source || each == but) return false;
            const auto time = export_times.find(each);
            return time != export_times.end() && time->second > exported;
        });
    }

    void mark_found(GroupState& group, const Known& known, std::uint32_t set) {
        if (known.in_map != nullptr) known.in_map->set |= found_again;
        else set_row_sources(group.number, known.row.at, known.row.id, sets.with(set, source));
    }

    void rewrite(GroupState& group, const ActivityToStore& activity, std::int64_t at, const Known& known, std::int64_t set, bool terms_change) {
        flush();
        for (HotStatement* each : {&delete_row, &delete_text}) {
            each->bind(1, group.number);
            each->bind(2, known.row.at);
            each->bind(3, static_cast<std::int64_t>(known.row.id));
            each->run();
        }
        const std::int64_t joined = sets.with(set, source);
        const std::uint32_t row_bits = bits_of(activity);
        push(activity, at, row_bits, joined);
        flush();
        if (known.in_map != nullptr) *known.in_map = {.id = activity.id, .at = at, .hash = activity.content_hash, .bits = row_bits, .set = static_cast<std::uint32_t>(joined)};
        const std::pair key{at, activity.id};
        if (before(group.last, key)) group.last = key;
        if (before(key, group.first)) group.first = key;
        group.changed = group.unresolved = true;
        if (!terms_change) return;
        for (const std::int64_t each : {known.row.at, at})
            if (each != undated) approximate.emplace(group.number, quarter_of(each));
    }

    // --------------------------------------------------------------------------------------------------- exchanges

    static std::uint64_t thread_key(const ActivityToStore& activity) { return hash_combine(static_cast<std::uint64_t>(activity.group), activity.parent); }

    void note_exchange(GroupState& group, const ActivityToStore& activity, std::int64_t at, std::uint32_t& row_bits) {
        group.has_my_act = group.has_my_act || activity.is_me;
        if (!group.fresh) return;  // computed from the rows at the end
        recent.put({activity.group, activity.id, activity.author, activity.is_me});
        const RecentAuthors::Entry* parent = activity.parent == 0 ? nullptr : recent.find(activity.group, activity.parent);
        if (activity.parent != 0 && parent == nullptr) group.unresolved = true;
        if (activity.is_me) {
            if (parent == nullptr || parent->is_me) return;
            count(activity.group, parent->author, at, &ExchangeCount::given);
            threads_of_mine[thread_key(activity)] = true;
            return;
        }
        if (parent != nullptr && parent->is_me) row_bits |= bits::replies_to_me;
        // Who goes on in a thread of their own right after me, or thanks right after me, answers me: a chat that knows threads alone names
        // only the first message.
        if (parent != nullptr && !parent->is_me && parent->author != 0 && group.has_my_act)
            if (const auto thread = threads_of_mine.find(thread_key(activity)); thread != threads_of_mine.end()) {
                const bool answers = activity.author != 0 && (parent->author == activity.author || bits::is_yes(row_bits, bits::thanks_at));
                if (answers && thread->second) row_bits |= bits::replies_to_me;
                thread->second = thread->second && answers;
            }
        if ((row_bits & (bits::replies_to_me | bits::mentions_me)) != 0) count(activity.group, activity.author, at, &ExchangeCount::received);
    }

    void count(std::int64_t group, std::int64_t person, std::int64_t at, std::uint32_t ExchangeCount::*direction) {
        if (person == 0 || at == undated) return;
        ++(exchanges[{group, person, days_of(date_of(instant_of(at)))}].*direction);
        if (exchanges.size() >= 50'000) write_exchanges();
    }

    void write_exchanges() {
        for (const auto& [key, value] : exchanges) {
            put_exchange.bind(1, key.group);
            put_exchange.bind(2, key.person);
            put_exchange.bind(3, key.day);
            put_exchange.bind(4, value.given);
            put_exchange.bind(5, value.received);
            put_exchange.run();
        }
        exchanges.clear();
    }

    // ------------------------------------------------------------------------------------------------- other facts

    /// The common part of records that are few: `key` finds the row, `content` tells whether it changed.
    struct Fact {
        std::string_view table;
        std::string where;
        std::int64_t set = 0;
        Stored stored = Stored::added;
        bool write = true;
    };
    Fact fact(std::string_view table, std::int64_t id, std::uint64_t content, std::optional<std::int64_t> group = std::nullopt) {
        Fact found{.table = table, .where = fmt::format("id = {}{}", id, group ? fmt::format(" AND grp = {}", *group) : std::string()), .set = own_set};
        SQLite::Statement row(database, fmt::format("SELECT hash, sources FROM {} WHERE {}", table, found.where));
        if (!row.executeStep()) return found;
        const bool same = static_cast<std::uint64_t>(row.getColumn(0).getInt64()) == content;
        const std::int64_t set = row.getColumn(1).getInt64();
        const bool seen_here = sets.contains(set, source);
        found.set = sets.with(set, source);
        found.write = !same && (seen_here || !held_by_newer(set, replaced));
        found.stored = found.write ? Stored::updated : Stored::duplicate;
        if (!found.write && !seen_here) {
            row.reset();
            SQLite::Statement update(database, fmt::format("UPDATE {} SET sources = ? WHERE {}", table, found.where));
            update.bind(1, found.set);
            update.exec();
        }
        return found;
    }

    std::uint64_t replace_period(std::int64_t number, Period period) {
        GroupState& group = state(number);
        drop_map(group);
        flush();
        const std::int64_t begin = seconds_of(period.begin), end = seconds_of(period.end);
        {
            SQLite::Statement own(database, "UPDATE group_statement SET log_begin = ?, log_end = ? WHERE grp = ? AND source = ?");
            own.bind(1, begin);
            own.bind(2, end);
            own.bind(3, number);
            own.bind(4, source);
            own.exec();
        }
        struct Log {
            std::int64_t source = 0, begin = 0, end = 0, exported = 0;
        };
        std::vector<Log> others;
        {
            SQLite::Statement rows(database, "SELECT source, log_begin, log_end FROM group_statement WHERE grp = ? AND source NOT IN (?, ?) AND log_end IS NOT NULL");
            rows.bind(1, number);
            rows.bind(2, source);
            rows.bind(3, replaced);
            while (rows.executeStep()) {
                const auto time = export_times.find(rows.getColumn(0).getInt64());
                others.push_back({.source = rows.getColumn(0).getInt64(), .begin = rows.getColumn(1).getInt64(), .end = rows.getColumn(2).getInt64(),
                                  .exported = time == export_times.end() ? 0 : time->second});
            }
        }
        const Log ours{.source = source, .begin = begin, .end = end, .exported = exported};
        std::uint64_t lost = 0;
        for (const Log& other : others) {
            const auto age = [](const Log& log) { return std::tie(log.end, log.exported, log.source); };
            const bool newer = age(other) < age(ours);
            const Log& winner = newer ? ours : other;
            const Log& loser = newer ? other : ours;
            struct Victim {
                std::int64_t at = 0;
                std::uint64_t id = 0;
                std::int64_t set = 0;
            };
            std::vector<Victim> victims;
            {
                SQLite::Statement rows(database, "SELECT at, id, sources, bits FROM activity WHERE grp = ? AND at >= ? AND at < ?");
                rows.bind(1, number);
                rows.bind(2, winner.begin);
                rows.bind(3, winner.end);
                while (rows.executeStep()) {
                    const std::int64_t set = rows.getColumn(2).getInt64();
                    const auto row_bits = static_cast<std::uint32_t>(rows.getColumn(3).getInt64());
                    if (bits::origin(row_bits) != static_cast<std::uint32_t>(ActivityToStore::IdOrigin::content)) continue;
                    if (sets.contains(set, loser.source) && !sets.contains(set, winner.source))
                        victims.push_back({.at = rows.getColumn(0).getInt64(), .id = static_cast<std::uint64_t>(rows.getColumn(1).getInt64()), .set = set});
                }
            }
            if (victims.empty()) continue;
            for (const Victim& each : victims) {
                const std::int64_t left = sets.without(each.set, loser.source);
                if (left != 0) {
                    set_row_sources(number, each.at, each.id, left);
                    continue;
                }
                for (HotStatement* statement : {&delete_row, &delete_text}) {
                    statement->bind(1, number);
                    statement->bind(2, each.at);
                    statement->bind(3, static_cast<std::int64_t>(each.id));
                    statement->run();
                }
                if (!newer) ++lost;
                approximate.emplace(number, quarter_of(each.at));
                group.changed = group.unresolved = true;
            }
            SQLite::Statement note(database, "INSERT OR IGNORE INTO superseded(source, successor) VALUES (?, ?)");
            note.bind(1, loser.source);
            note.bind(2, winner.source);
            note.exec();
        }
        return lost;
    }

    void finish(const SourceInfo& info) {
        flush();
        for (auto& [number, group] : groups) drop_map(group);
        write_exchanges();

        std::set<std::int64_t> recompute;
        for (const auto& [number, group] : groups) {
            if (!group.changed) continue;
            const bool direct = store.is_direct(number);
            if (!group.fresh || direct || (group.unresolved && group.has_my_act)) {
                recompute.insert(number);
            } else if (!group.has_my_act) {
                SQLite::Statement none(database, "DELETE FROM exchange WHERE grp = ?");  // I was never there: nothing was exchanged
                none.bind(1, number);
                none.exec();
            }
        }
        if (replaced != 0) {
            const Store::Impl::TakenBack taken = store.take_back(sets, replaced, Store::Impl::Terms::leave);
            recompute.insert(taken.groups.begin(), taken.groups.end());
            SQLite::Statement remove(database, "DELETE FROM source WHERE id = ?");
            remove.bind(1, replaced);
            remove.exec();
            SQLite::Statement rename(database, "UPDATE source SET id = ? WHERE id = ?");
            rename.bind(1, replaced);
            rename.bind(2, source);
            rename.exec();
            sets.rename(source, replaced);
            source = replaced;
        }
        for (const std::int64_t group : recompute) store.compute_exchanges(group, store.is_direct(group));
        for (const auto& [group, quarter] : approximate) {
            SQLite::Statement mark(database, "UPDATE term SET approximate = 1 WHERE grp = ? AND quarter = ?");
            mark.bind(1, group);
            mark.bind(2, quarter);
            mark.exec();
        }
        if (replaced != 0) store.sweep();
        write_source(info, false);
    }
};

// ---------------------------------------------------------------------------------------------------------- interface

std::unique_ptr<ImportTransaction> Store::begin_import(const SourceInfo& source, std::uint64_t expected_bytes) {
    std::error_code failed;
    if (const auto room = std::filesystem::space(impl_->path.parent_path().empty() ? "." : impl_->path.parent_path(), failed);
        !failed && impl_->path != ":memory:" && room.available < expected_bytes)
        throw Error({.kind = ErrorKind::io,
                     .reason = msg("store.no_room", arg("needed", expected_bytes / 1'000'000 + 1), arg("free", room.available / 1'000'000)), .where = {},
                     .hint = msg("store.full_hint")});
    return guarded([&] { return std::make_unique<ImportTransaction>(std::make_unique<ImportTransaction::Impl>(*impl_, source)); });
}

ImportTransaction::ImportTransaction(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ImportTransaction::~ImportTransaction() = default;
std::int64_t ImportTransaction::source() const { return impl_->source; }

void ImportTransaction::replace(std::int64_t earlier_source) {
    guarded([&] {
        impl_->replaced = earlier_source;
        SQLite::Statement versions(impl_->database,
                                   "SELECT count(DISTINCT connector || ' ' || connector_version || ' ' || feature_version) FROM source WHERE id IN (?, ?)");
        versions.bind(1, earlier_source);
        versions.bind(2, impl_->source);
        impl_->other_eyes = versions.executeStep() && versions.getColumn(0).getInt() != 1;
    });
}

std::int64_t ImportTransaction::group(std::string_view platform, const Group& group) {
    return guarded([&] {
        const std::int64_t number = impl_->number_of(platform, group.key);
        // The same group told of twice in one source: what the first leaves open, the second fills.
        SQLite::Statement put(impl_->database,
                              "UPDATE group_statement SET stated = 1, name = iif(name = '', ?3, name), description = iif(description = '', ?4, description), "
                              "url = iif(url = '', ?5, url), kind = iif(stated, kind, ?6), topics = iif(topics = '', ?7, topics), "
                              "language = iif(language = '', ?8, language), members = coalesce(members, ?9), "
                              "active_members_30d = coalesce(active_members_30d, ?10), posts_30d = coalesce(posts_30d, ?11), "
                              "last_post = coalesce(last_post, ?12), measured_at = coalesce(measured_at, ?13) WHERE grp = ?1 AND source = ?2");
        put.bind(1, number);
        put.bind(2, impl_->source);
        put.bind(3, group.name);
        put.bind(4, group.description);
        put.bind(5, group.url);
        put.bind(6, static_cast<int>(group.kind));
        put.bind(7, join_lines(group.topics));
        put.bind(8, group.language);
        bind(put, 9, group.members);
        bind(put, 10, group.active_members_30d);
        bind(put, 11, group.posts_30d);
        bind(put, 12, group.last_post ? std::optional(group.last_post->at) : std::nullopt);
        bind(put, 13, group.measured_at ? std::optional(group.measured_at->at) : std::nullopt);
        put.exec();
        return number;
    });
}

std::int64_t ImportTransaction::group_number(std::string_view platform, std::string_view key) {
    return guarded([&] { return impl_->number_of(platform, key); });
}

std::int64_t ImportTransaction::person(std::string_view platform, const Person& person, bool is_me) {
    std::string& key = impl_->person_key;
    key.assign(platform);
    key += '\0';
    if (person.key.empty()) key += fold_name(person.name);
    else key += person.key;
    if (key.size() == platform.size() + 1) return 0;
    auto known = impl_->persons.find(std::string_view(key));
    if (known != impl_->persons.end() && (known->second.is_me || !is_me)) return known->second.number;
    return guarded([&] {
        const std::string_view native = std::string_view(key).substr(platform.size() + 1);
        Impl::KnownPerson found{.is_me = is_me};
        HotStatement& find = impl_->find_person;
        find.bind_text(1, platform);
        find.bind_text(2, native);
        if (find.step()) {
            found.number = find.integer(0);
            const bool was_me = find.integer(2) != 0;
            const std::string name(find.text(1));
            find.reset();
            // The first name a source gives is taken; a later import renames.
            const bool rename = !person.name.empty() && person.name != name && (name.empty() || known == impl_->persons.end());
            found.is_me = is_me || was_me;
            if (rename || found.is_me != was_me) {
                SQLite::Statement update(impl_->database, "UPDATE person SET name = ?, is_me = ? WHERE id = ?");
                update.bind(1, rename ? person.name : name);
                update.bind(2, found.is_me ? 1 : 0);
                update.bind(3, found.number);
                update.exec();
            }
        } else {
            find.reset();
            HotStatement& insert = impl_->insert_person;
            insert.bind_text(1, platform);
            insert.bind_text(2, native);
            insert.bind_text(3, person.name);
            insert.bind(4, is_me ? 1 : 0);
            insert.run();
            found.number = impl_->database.getLastInsertRowid();
        }
        if (impl_->persons.size() >= 100'000) impl_->persons.clear();
        impl_->persons[key] = found;
        return found.number;
    });
}

ImportTransaction::Addition ImportTransaction::add(const ActivityToStore& activity) {
    return guarded([&] { return impl_->add(activity); });
}

namespace {

std::int64_t as_key(std::uint64_t hash) { return static_cast<std::int64_t>(hash); }
std::uint64_t hash_of(std::initializer_list<std::string_view> texts) {
    std::uint64_t hash = 0;
    for (const std::string_view each : texts) hash = hash_combine(hash, hash64(each));
    return hash;
}
std::uint64_t hash_of(const std::optional<When>& when) { return when ? static_cast<std::uint64_t>(seconds_of(when->at)) : ~std::uint64_t{0}; }
std::optional<Instant> instant_in(const std::optional<When>& when) { return when ? std::optional(when->at) : std::nullopt; }

}  // namespace

Stored ImportTransaction::add(const Membership& membership, std::int64_t group, std::int64_t person) {
    return guarded([&] {
        std::uint64_t id = hash_of({membership.origin, membership.native_id});
        for (const std::uint64_t each : {std::uint64_t{membership.is_me}, static_cast<std::uint64_t>(membership.is_me ? 0 : person),
                                         static_cast<std::uint64_t>(membership.event), hash_of(membership.at)})
            id = hash_combine(id, each);
        std::uint64_t content = hash_of({membership.notify, membership.note});
        content = hash_combine(content, static_cast<std::uint64_t>(membership.role));
        content = hash_combine(content, membership.pinned ? 1U + *membership.pinned : 0U);
        const auto fact = impl_->fact("membership", as_key(id), content, group);
        if (!fact.write) return fact.stored;
        SQLite::Statement put(impl_->database,
                              "INSERT OR REPLACE INTO membership(grp, id, is_me, person, event, at, role, pinned, notify, note, origin, hash, sources) "
                              "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
        put.bind(1, group);
        put.bind(2, as_key(id));
        put.bind(3, membership.is_me ? 1 : 0);
        put.bind(4, person);
        put.bind(5, static_cast<int>(membership.event));
        bind(put, 6, instant_in(membership.at));
        put.bind(7, static_cast<int>(membership.role));
        bind(put, 8, membership.pinned);
        put.bind(9, membership.notify);
        put.bind(10, membership.note);
        put.bind(11, membership.origin);
        put.bind(12, as_key(content));
        put.bind(13, fact.set);
        put.exec();
        return fact.stored;
    });
}

Stored ImportTransaction::add(std::string_view platform, const Contact& contact, std::int64_t person) {
    return guarded([&] {
        std::uint64_t id = hash_combine(hash_of({platform, contact.origin}), static_cast<std::uint64_t>(person));
        const std::string emails = join_lines(contact.emails);
        std::uint64_t content = hash_of({contact.url, contact.organisation, contact.position, emails, contact.circle});
        content = hash_combine(content, hash_of(contact.connected));
        if (person == 0) id = hash_combine(id, content);
        const auto fact = impl_->fact("contact", as_key(id), content);
        if (!fact.write) return fact.stored;
        SQLite::Statement put(impl_->database,
                              "INSERT OR REPLACE INTO contact(id, platform, person, url, organisation, position, emails, connected, precision, circle, origin, "
                              "hash, sources) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
        put.bind(1, as_key(id));
        put.bind(2, std::string(platform));
        put.bind(3, person);
        put.bind(4, contact.url);
        put.bind(5, contact.organisation);
        put.bind(6, contact.position);
        put.bind(7, emails);
        bind(put, 8, instant_in(contact.connected));
        put.bind(9, static_cast<int>(contact.connected ? contact.connected->precision : Precision::second));
        put.bind(10, contact.circle);
        put.bind(11, contact.origin);
        put.bind(12, as_key(content));
        put.bind(13, fact.set);
        put.exec();
        return fact.stored;
    });
}

Stored ImportTransaction::add(std::string_view platform, const Meeting& meeting, std::int64_t group, std::span<const std::int64_t> people) {
    return guarded([&] {
        std::uint64_t id = meeting.native_id.empty()
                               ? hash_combine(hash_combine(hash_of({platform, meeting.name}), hash_of(meeting.begin)), static_cast<std::uint64_t>(group))
                               : hash_of({platform, meeting.native_id});
        // Without id, name, group: the people tell two meetings of one day apart.
        if (meeting.native_id.empty() && meeting.name.empty())
            for (const std::int64_t each : people) id = hash_combine(id, static_cast<std::uint64_t>(each));
        std::uint64_t content = hash_of({meeting.name, meeting.place, meeting.met_through});
        for (const std::uint64_t each : {hash_of(meeting.begin), hash_of(meeting.end), static_cast<std::uint64_t>(group),
                                         static_cast<std::uint64_t>(meeting.attendance), std::uint64_t{meeting.in_person ? 1U + *meeting.in_person : 0U}})
            content = hash_combine(content, each);
        for (const std::int64_t each : people) content = hash_combine(content, static_cast<std::uint64_t>(each));
        const auto fact = impl_->fact("meeting", as_key(id), content);
        if (!fact.write) return fact.stored;
        SQLite::Statement clear(impl_->database, "DELETE FROM meeting_person WHERE meeting = ?");
        clear.bind(1, as_key(id));
        clear.exec();
        SQLite::Statement put(impl_->database,
                              "INSERT OR REPLACE INTO meeting(id, platform, name, begins, ends, grp, attendance, in_person, place, met_through, hash, sources) "
                              "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
        put.bind(1, as_key(id));
        put.bind(2, std::string(platform));
        put.bind(3, meeting.name);
        bind(put, 4, instant_in(meeting.begin));
        bind(put, 5, instant_in(meeting.end));
        put.bind(6, group);
        put.bind(7, static_cast<int>(meeting.attendance));
        bind(put, 8, meeting.in_person);
        put.bind(9, meeting.place);
        put.bind(10, meeting.met_through);
        put.bind(11, as_key(content));
        put.bind(12, fact.set);
        put.exec();
        for (const std::int64_t each : people) {
            SQLite::Statement guest(impl_->database, "INSERT OR IGNORE INTO meeting_person(meeting, person) VALUES (?, ?)");
            guest.bind(1, as_key(id));
            guest.bind(2, each);
            guest.exec();
        }
        return fact.stored;
    });
}

Stored ImportTransaction::add(std::string_view platform, const Invitation& invitation, std::int64_t person) {
    return guarded([&] {
        std::uint64_t id = hash_of({platform, invitation.origin, invitation.note});
        for (const std::uint64_t each : {static_cast<std::uint64_t>(invitation.direction), static_cast<std::uint64_t>(person), hash_of(invitation.at)})
            id = hash_combine(id, each);
        const std::uint64_t content = invitation.has_personal_message ? 2 : 1;
        const auto fact = impl_->fact("invitation", as_key(id), content);
        if (!fact.write) return fact.stored;
        SQLite::Statement put(impl_->database,
                              "INSERT OR REPLACE INTO invitation(id, platform, direction, person, at, has_personal_message, origin, note, hash, sources) "
                              "VALUES (?,?,?,?,?,?,?,?,?,?)");
        put.bind(1, as_key(id));
        put.bind(2, std::string(platform));
        put.bind(3, static_cast<int>(invitation.direction));
        put.bind(4, person);
        bind(put, 5, instant_in(invitation.at));
        put.bind(6, invitation.has_personal_message ? 1 : 0);
        put.bind(7, invitation.origin);
        put.bind(8, invitation.note);
        put.bind(9, as_key(content));
        put.bind(10, fact.set);
        put.exec();
        return fact.stored;
    });
}

void ImportTransaction::add(std::string_view platform, const Account& account) {
    guarded([&] {
        SQLite::Statement put(impl_->database,
                              "INSERT INTO account(source, ordinal, platform, native_id, handle, names, evidence, last_used, is_public, password_known) "
                              "VALUES (?,?,?,?,?,?,?,?,?,?)");
        put.bind(1, impl_->source);
        put.bind(2, ++impl_->accounts);
        put.bind(3, std::string(platform));
        put.bind(4, account.native_id);
        put.bind(5, account.handle);
        put.bind(6, join_lines(account.names));
        put.bind(7, account.evidence);
        bind(put, 8, instant_in(account.last_used));
        bind(put, 9, account.is_public);
        bind(put, 10, account.password_known);
        put.exec();
    });
}

void ImportTransaction::add_coverage(std::int64_t group, const CoveragePeriod& period) {
    guarded([&] {
        SQLite::Statement put(impl_->database, "INSERT INTO coverage(source, grp, ordinal, kind, begins, ends, end_known) VALUES (?,?,?,?,?,?,?)");
        put.bind(1, impl_->source);
        put.bind(2, group);
        put.bind(3, ++impl_->coverages);
        put.bind(4, static_cast<int>(period.kind));
        bind(put, 5, period.begin);
        bind(put, 6, period.end);
        put.bind(7, period.whole_source_end_known ? 1 : 0);
        put.exec();
    });
}

void ImportTransaction::quarantine(const QuarantineRow& row) {
    guarded([&] {
        SQLite::Statement put(impl_->database,
                              "INSERT OR IGNORE INTO quarantine(source, raw_hash, entry, line, record, at_byte, length, reason, hint, connector, connector_version) "
                              "VALUES (?,?,?,?,?,?,?,?,?,?,?)");
        put.bind(1, impl_->source);
        put.bind(2, as_key(row.raw_hash));
        put.bind(3, row.where.entry);
        bind(put, 4, row.where.line);
        bind(put, 5, row.where.record);
        bind(put, 6, row.where.offset);
        bind(put, 7, row.where.length);
        put.bind(8, encode(row.reason));
        put.bind(9, encode(row.hint));
        put.bind(10, row.connector);
        put.bind(11, row.connector_version);
        put.exec();
    });
}

void ImportTransaction::add_terms(std::int64_t group, std::int32_t quarter, std::span<const std::pair<std::string_view, std::uint32_t>> sorted) {
    guarded([&] {
        const auto bind = [&](HotStatement& statement) {
            statement.bind(1, group);
            statement.bind(2, quarter);
            statement.bind(3, impl_->source);
        };
        bind(impl_->find_terms);
        const std::string blob = impl_->find_terms.step() ? merge_terms(impl_->find_terms.blob(0), sorted) : encode_terms(sorted);
        impl_->find_terms.reset();
        bind(impl_->put_terms);
        impl_->put_terms.bind_blob(4, blob.data(), blob.size());
        impl_->put_terms.run();
    });
}

std::uint64_t ImportTransaction::replace_period(std::int64_t group, Period period) {
    return guarded([&] { return impl_->replace_period(group, period); });
}

void ImportTransaction::finish(const SourceInfo& info) {
    guarded([&] { impl_->finish(info); });
}

void ImportTransaction::commit() {
    guarded([&] {
        impl_->lock.commit();
        impl_->store.checkpoint();
    });
}

}  // namespace secateur

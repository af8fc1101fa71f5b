// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of the store share: the open database, sets of sources, taking a source back, groups as they are shown. Private to
// src/store.
#pragma once

#include <map>
#include <set>
#include <unordered_map>

#include "store/sqlite.hpp"
#include "store/store.hpp"

namespace secateur {

[[nodiscard]] inline std::int64_t seconds_of(Instant at) { return at.time_since_epoch().count(); }
[[nodiscard]] inline Instant instant_of(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }
[[nodiscard]] inline std::int64_t days_of(Date day) { return day.time_since_epoch().count(); }
[[nodiscard]] inline Date date_of_days(std::int64_t days) { return Date{std::chrono::days{days}}; }
[[nodiscard]] inline std::optional<Instant> instant_or_nothing(const SQLite::Column& column) {
    return column.isNull() ? std::nullopt : std::optional(instant_of(column.getInt64()));
}
[[nodiscard]] std::optional<bool> flag_or_nothing(const SQLite::Column& column);
void bind(SQLite::Statement& statement, int index, std::optional<Instant> at);
void bind(SQLite::Statement& statement, int index, std::optional<bool> flag);
void bind(SQLite::Statement& statement, int index, std::optional<std::uint64_t> number);
[[nodiscard]] std::string join_lines(const std::vector<std::string>& lines);
[[nodiscard]] std::vector<std::string> split_lines(std::string_view text);

/// Sets of sources, each stored once: a row of anything names the set that holds it by a small number.
class SourceSets {
public:
    void load(SQLite::Database& database);
    [[nodiscard]] const std::vector<std::int64_t>& members(std::int64_t set) const { return members_.at(set); }
    [[nodiscard]] bool contains(std::int64_t set, std::int64_t source) const;
    [[nodiscard]] std::int64_t with(std::int64_t set, std::int64_t source);  // set 0: nobody
    [[nodiscard]] std::int64_t without(std::int64_t set, std::int64_t source);  // 0: nobody is left
    [[nodiscard]] std::vector<std::int64_t> containing(std::int64_t source) const;
    /// No row may use a set with `to` any more.
    void rename(std::int64_t from, std::int64_t to);
    void forget(std::int64_t source);  // no row may use a set with it

private:
    std::int64_t intern(std::vector<std::int64_t> members);
    SQLite::Database* database_ = nullptr;
    std::map<std::int64_t, std::vector<std::int64_t>> members_;
    std::map<std::vector<std::int64_t>, std::int64_t> numbers_;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> with_;
};

/// A group as it is shown: what the newest exports say of it, under her name for it. Several numbers where she merged groups.
struct ShownGroup {
    std::vector<std::int64_t> numbers;  // the first is its own
    std::string id, platform, key, name, description, url, language;
    GroupKind kind = GroupKind::group;
    std::vector<std::string> topics;
    std::optional<std::uint64_t> stated_members;
    std::optional<StatedLife> stated_life;
};

/// Whom she says is one person. Numbers of persons in, the number they are shown under out.
class SamePeople {
public:
    [[nodiscard]] std::int64_t shown(std::int64_t number) const {
        if (shown_.empty()) return number;
        const auto found = shown_.find(number);
        return found == shown_.end() ? number : found->second;
    }
    [[nodiscard]] bool empty() const { return shown_.empty(); }

private:
    friend struct Store::Impl;
    std::unordered_map<std::int64_t, std::int64_t> shown_;
};

struct Store::Impl {
    Impl(std::filesystem::path file, OpenMode mode);

    std::filesystem::path path;
    bool read_only = false;
    SQLite::Database database;

    void migrate();
    void checkpoint();
    [[nodiscard]] SourceInfo read_source(SQLite::Statement& row) const;

    /// Every group but those of no key; direct conversations included; by id. With aliases, merged groups are one.
    enum class Aliases { apply, ignore };
    [[nodiscard]] std::vector<ShownGroup> shown_groups(Aliases aliases = Aliases::apply);
    [[nodiscard]] std::optional<ShownGroup> shown_group(std::string_view id);
    [[nodiscard]] SamePeople same_people();

    /// Takes the source out of every set; rows without a source vanish. Its own row and what hangs on it stay.
    struct TakenBack {
        std::uint64_t activities = 0, others = 0;
        std::vector<std::int64_t> groups;  // whose activities changed
    };
    enum class Terms { settle, leave };  // settle: its term counts go to whoever still holds the rows
    TakenBack take_back(SourceSets& sets, std::int64_t source, Terms terms);
    /// Persons, groups and texts that nothing refers to any more.
    void sweep();
    /// The exchanges of one group from its rows.
    void compute_exchanges(std::int64_t group, bool direct);
    [[nodiscard]] bool is_direct(std::int64_t group);
};

/// One write of several statements; rolled back unless committed.
class WriteLock {
public:
    explicit WriteLock(SQLite::Database& database);
    WriteLock(const WriteLock&) = delete;
    WriteLock& operator=(const WriteLock&) = delete;
    ~WriteLock();
    void commit();

private:
    SQLite::Database& database_;
    bool open_ = true;
};

[[nodiscard]] inline std::int32_t quarter_of(std::int64_t seconds) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(instant_of(seconds))};
    return static_cast<std::int32_t>(static_cast<int>(day.year()) * 4 + static_cast<int>((static_cast<unsigned>(day.month()) - 1) / 3));
}

}  // namespace secateur

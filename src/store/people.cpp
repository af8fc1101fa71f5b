// SPDX-License-Identifier: GPL-3.0-or-later
// People as the store knows them: who they are, whom she says is one person, contacts, meetings, invitations, her own accounts.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "store/store_impl.hpp"

namespace secateur {

std::optional<StoredPerson> Store::person(std::int64_t number) const {
    return guarded([&]() -> std::optional<StoredPerson> {
        SQLite::Statement row(impl_->database, "SELECT platform, key, name, is_me FROM person WHERE id = ?");
        row.bind(1, number);
        if (!row.executeStep()) return std::nullopt;
        return StoredPerson{.number = number, .platform = row.getColumn(0).getString(), .key = row.getColumn(1).getString(),
                            .name = row.getColumn(2).getString(), .is_me = row.getColumn(3).getInt() != 0};
    });
}

std::string Store::person_name(std::int64_t number) const {
    const auto found = person(number);
    if (!found) return {};
    return found->name.empty() ? found->key : found->name;
}

namespace {

Person person_of(const Store& store, std::int64_t number) {
    const auto found = store.person(number);
    return found ? Person{.key = found->key, .name = found->name} : Person{};
}
std::optional<When> when_or_nothing(const SQLite::Column& at, Precision precision = Precision::second) {
    if (at.isNull()) return std::nullopt;
    return When{.at = instant_of(at.getInt64()), .precision = precision, .basis = TimeBasis::utc, .written = {}};
}

}  // namespace

std::vector<StoredContact> Store::contacts() const {
    return guarded([&] {
        std::vector<StoredContact> found;
        const SamePeople same = impl_->same_people();
        SQLite::Statement rows(impl_->database,
                               "SELECT c.platform, c.person, c.url, c.organisation, c.position, c.emails, c.connected, c.precision, c.circle, c.origin "
                               "FROM contact c LEFT JOIN person p ON p.id = c.person ORDER BY c.platform, p.name, p.key, c.id");
        while (rows.executeStep()) {
            const std::int64_t number = rows.getColumn(1).getInt64();
            found.push_back({.contact = {.platform = rows.getColumn(0).getString(), .person = person_of(*this, number),
                                         .url = rows.getColumn(2).getString(), .organisation = rows.getColumn(3).getString(),
                                         .position = rows.getColumn(4).getString(), .emails = split_lines(rows.getColumn(5).getString()),
                                         .connected = when_or_nothing(rows.getColumn(6), static_cast<Precision>(rows.getColumn(7).getInt())),
                                         .circle = rows.getColumn(8).getString(), .origin = rows.getColumn(9).getString()},
                             .person = same.shown(number)});
        }
        return found;
    });
}

std::vector<StoredMeeting> Store::meetings() const {
    return guarded([&] {
        std::vector<StoredMeeting> found;
        const SamePeople same = impl_->same_people();
        SQLite::Statement rows(impl_->database,
                               "SELECT m.platform, m.name, m.begins, m.ends, m.attendance, m.in_person, m.place, m.met_through, "
                               "coalesce(g.platform || ':' || g.key, ''), m.id, coalesce(g.key, '') "
                               "FROM meeting m LEFT JOIN grp g ON g.id = m.grp ORDER BY m.begins, m.platform, m.name, m.id");
        while (rows.executeStep()) {
            StoredMeeting each{.meeting = {.platform = rows.getColumn(0).getString(), .name = rows.getColumn(1).getString(),
                                           .begin = when_or_nothing(rows.getColumn(2)), .end = when_or_nothing(rows.getColumn(3)),
                                           .group = rows.getColumn(10).getString(), .attendance = static_cast<Attendance>(rows.getColumn(4).getInt()),
                                           .in_person = flag_or_nothing(rows.getColumn(5)), .people = {}, .place = rows.getColumn(6).getString(),
                                           .met_through = rows.getColumn(7).getString(), .native_id = {}},
                               .group = rows.getColumn(8).getString(), .people = {}};
            SQLite::Statement people(impl_->database, "SELECT person FROM meeting_person WHERE meeting = ? ORDER BY person");
            people.bind(1, rows.getColumn(9).getInt64());
            while (people.executeStep()) {
                const std::int64_t number = people.getColumn(0).getInt64();
                each.people.push_back(same.shown(number));
                each.meeting.people.push_back(person_of(*this, number));
            }
            found.push_back(std::move(each));
        }
        return found;
    });
}

std::vector<StoredInvitation> Store::invitations() const {
    return guarded([&] {
        std::vector<StoredInvitation> found;
        const SamePeople same = impl_->same_people();
        SQLite::Statement rows(impl_->database,
                               "SELECT platform, direction, person, at, has_personal_message, origin, note FROM invitation ORDER BY at, platform, id");
        while (rows.executeStep()) {
            const std::int64_t number = rows.getColumn(2).getInt64();
            found.push_back({.invitation = {.platform = rows.getColumn(0).getString(),
                                            .direction = static_cast<Direction>(rows.getColumn(1).getInt()), .person = person_of(*this, number),
                                            .at = when_or_nothing(rows.getColumn(3)), .has_personal_message = rows.getColumn(4).getInt() != 0,
                                            .origin = rows.getColumn(5).getString(), .note = rows.getColumn(6).getString()},
                             .person = same.shown(number)});
        }
        return found;
    });
}

std::vector<Account> Store::accounts() const {
    return guarded([&] {
        std::map<std::pair<std::string, std::string>, Account> merged;
        SQLite::Statement rows(impl_->database,
                               "SELECT platform, native_id, handle, names, evidence, last_used, is_public, password_known FROM account ORDER BY source, ordinal");
        while (rows.executeStep()) {
            const std::string platform = rows.getColumn(0).getString(), native = rows.getColumn(1).getString(), handle = rows.getColumn(2).getString();
            Account& each = merged[{platform, native.empty() ? "@" + fold_name(handle) : native}];
            each.platform = platform;
            if (!native.empty()) each.native_id = native;
            if (!handle.empty()) each.handle = handle;
            for (std::string& name : split_lines(rows.getColumn(3).getString()))
                if (std::ranges::find(each.names, name) == each.names.end()) each.names.push_back(std::move(name));
            if (each.evidence.empty()) each.evidence = rows.getColumn(4).getString();
            const auto used = when_or_nothing(rows.getColumn(5));
            if (used && (!each.last_used || each.last_used->at < used->at)) each.last_used = used;
            if (const auto flag = flag_or_nothing(rows.getColumn(6))) each.is_public = flag;
            if (const auto flag = flag_or_nothing(rows.getColumn(7))) each.password_known = flag;
        }
        std::vector<Account> found;
        for (auto& [key, account] : merged) found.push_back(std::move(account));
        return found;
    });
}

// ------------------------------------------------------------------------------------------------- one person, several accounts

namespace {

struct PersonKey {
    std::string platform, key;
};
/// "platform:key"; nothing where there is no colon.
std::optional<PersonKey> person_key(std::string_view id) {
    const std::size_t colon = id.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    return PersonKey{std::string(id.substr(0, colon)), std::string(id.substr(colon + 1))};
}

std::optional<std::int64_t> person_number(SQLite::Database& database, std::string_view id) {
    const auto key = person_key(id);
    if (!key) return std::nullopt;
    SQLite::Statement row(database, "SELECT id FROM person WHERE platform = ? AND key = ? AND NOT is_me");
    row.bind(1, key->platform);
    row.bind(2, key->key);
    return row.executeStep() ? std::optional(row.getColumn(0).getInt64()) : std::nullopt;
}

std::map<std::string, std::string> person_aliases_of(SQLite::Database& database) {
    std::map<std::string, std::string> into;
    SQLite::Statement rows(database, "SELECT person, merged_into FROM person_alias");
    while (rows.executeStep()) into[rows.getColumn(0).getString()] = rows.getColumn(1).getString();
    return into;
}

/// Where the chain of merges that starts at `id` ends.
std::string root_of(const std::map<std::string, std::string>& into, std::string id) {
    for (auto next = into.find(id); next != into.end(); next = into.find(id)) id = next->second;
    return id;
}

std::pair<std::string, std::string> ordered(std::string_view a, std::string_view b) {
    return a < b ? std::pair{std::string(a), std::string(b)} : std::pair{std::string(b), std::string(a)};
}

}  // namespace

SamePeople Store::Impl::same_people() {
    SamePeople same;
    const auto into = person_aliases_of(database);
    // The one she merged the others into is shown; where no source holds it now, the first of the others is.
    std::map<std::string, std::int64_t> shown;
    for (const auto& [from, to] : into)
        if (const std::string root = root_of(into, from); !shown.contains(root))
            if (const auto number = person_number(database, root)) shown[root] = *number;
    for (const auto& [from, to] : into) {
        const auto number = person_number(database, from);
        if (!number) continue;
        const std::int64_t root = shown.try_emplace(root_of(into, from), *number).first->second;
        if (root != *number) same.shown_[*number] = root;
    }
    return same;
}

void Store::merge_people(std::string_view from, std::string_view into) {
    guarded([&] {
        WriteLock lock(impl_->database);
        for (const std::string_view each : {from, into})
            if (!person_number(impl_->database, each))
                throw Error({.kind = ErrorKind::usage, .reason = msg("store.no_person", arg("person", quote(each))), .where = {},
                             .hint = msg("store.no_person_hint")});
        const auto merged = person_aliases_of(impl_->database);
        const std::string root = root_of(merged, std::string(into));
        if (root_of(merged, std::string(from)) == root)
            throw Error({.kind = ErrorKind::usage, .reason = msg("store.same_person", arg("from", quote(from)), arg("into", quote(into))), .where = {}, .hint = {}});
        // Whoever was merged with `from` before goes along.
        SQLite::Statement put(impl_->database, "INSERT INTO person_alias(person, merged_into) VALUES (?, ?)");
        put.bind(1, root_of(merged, std::string(from)));
        put.bind(2, root);
        put.exec();
        SQLite::Statement together(impl_->database, "DELETE FROM person_apart WHERE a = ? AND b = ?");
        const auto pair = ordered(from, into);
        together.bind(1, pair.first);
        together.bind(2, pair.second);
        together.exec();
        lock.commit();
    });
}

bool Store::split_person(std::string_view id) {
    return guarded([&] {
        WriteLock lock(impl_->database);
        SQLite::Statement clear(impl_->database, "DELETE FROM person_alias WHERE person = ?1 OR merged_into = ?1");
        clear.bind(1, std::string(id));
        const bool split = clear.exec() > 0;
        lock.commit();
        return split;
    });
}

void Store::keep_people_apart(std::string_view a, std::string_view b) {
    guarded([&] {
        const auto pair = ordered(a, b);
        SQLite::Statement put(impl_->database, "INSERT INTO person_apart(a, b) VALUES (?, ?) ON CONFLICT DO NOTHING");
        put.bind(1, pair.first);
        put.bind(2, pair.second);
        put.exec();
    });
}

std::vector<std::pair<std::string, std::string>> Store::people_apart() const {
    return guarded([&] {
        std::vector<std::pair<std::string, std::string>> found;
        SQLite::Statement rows(impl_->database, "SELECT a, b FROM person_apart ORDER BY a, b");
        while (rows.executeStep()) found.emplace_back(rows.getColumn(0).getString(), rows.getColumn(1).getString());
        return found;
    });
}

std::vector<PersonAlias> Store::person_aliases() const {
    return guarded([&] {
        std::vector<PersonAlias> found;
        for (auto& [person, into] : person_aliases_of(impl_->database)) found.push_back({.person = person, .merged_into = into});
        return found;
    });
}

void Store::for_each_person(const std::function<void(const StoredPerson&)>& visit) const {
    guarded([&] {
        SQLite::Statement rows(impl_->database, "SELECT id, platform, key, name, is_me FROM person ORDER BY platform, key");
        while (rows.executeStep())
            visit({.number = rows.getColumn(0).getInt64(), .platform = rows.getColumn(1).getString(), .key = rows.getColumn(2).getString(),
                   .name = rows.getColumn(3).getString(), .is_me = rows.getColumn(4).getInt() != 0});
    });
}

}  // namespace secateur

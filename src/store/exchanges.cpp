// SPDX-License-Identifier: GPL-3.0-or-later
// Who wrote to me and to whom I wrote, by day, computed anew from the rows of one group: where a message came before the one it answers,
// or where rows were taken back. As they pass, ImportTransaction::note_exchange does the same.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "store/schema.hpp"
#include "store/sqlite.hpp"
#include "store/store_impl.hpp"

namespace secateur {

void Store::Impl::compute_exchanges(std::int64_t group, bool direct) {
    SQLite::Statement clear(database, "DELETE FROM exchange WHERE grp = ?");
    clear.bind(1, group);
    clear.exec();

    // First my acts, found by their own index: few, so they may be held.
    std::set<std::uint64_t> mine;
    std::map<std::uint64_t, std::vector<std::int64_t>> answered;  // parent -> days
    std::map<std::int64_t, std::uint32_t> my_days;
    {
        HotStatement rows(database.getHandle(), "SELECT at, id, parent, bits FROM activity INDEXED BY my_act WHERE grp = ? AND bits & 1");
        rows.bind(1, group);
        while (rows.step()) {
            const auto row_bits = static_cast<std::uint32_t>(rows.integer(3));
            mine.insert(static_cast<std::uint64_t>(rows.integer(1)));
            if (rows.integer(0) == undated || (row_bits & bits::automatic) != 0) continue;
            const std::int64_t day = days_of(date_of(instant_of(rows.integer(0))));
            ++my_days[day];
            if (rows.integer(2) != 0) answered[static_cast<std::uint64_t>(rows.integer(2))].push_back(day);
        }
    }
    if (mine.empty()) return;

    struct Count {
        std::uint32_t given = 0, received = 0;
    };
    std::map<std::pair<std::int64_t, std::int64_t>, Count> counts;  // person, day
    std::map<std::int64_t, std::uint64_t> others;
    std::map<std::uint64_t, std::int64_t> opened_by;  // of the messages I answered
    std::set<std::uint64_t> after_me;                 // threads in which nobody else wrote since I did; as in note_exchange
    std::vector<std::tuple<std::int64_t, std::uint64_t, std::int64_t>> found_replies;  // at, id, bits
    {
        HotStatement rows(database.getHandle(), "SELECT at, id, bits, author, parent FROM activity WHERE grp = ?");
        rows.bind(1, group);
        while (rows.step()) {
            const auto row_bits = static_cast<std::uint32_t>(rows.integer(2));
            if ((row_bits & bits::automatic) != 0 || !is_act(bits::kind(row_bits))) continue;
            const auto parent = static_cast<std::uint64_t>(rows.integer(4));
            if ((row_bits & bits::is_me) != 0) {
                if (parent != 0 && !mine.contains(parent)) after_me.insert(parent);
                continue;
            }
            const std::int64_t at = rows.integer(0), author = rows.integer(3);
            const auto opened = opened_by.find(parent);
            const bool goes_on = parent != 0 && author != 0 && after_me.contains(parent) && opened != opened_by.end() &&
                                 (opened->second == author || bits::is_yes(row_bits, bits::thanks_at));
            if (parent != 0 && !goes_on) after_me.erase(parent);
            if (author == 0) continue;
            if (answered.contains(static_cast<std::uint64_t>(rows.integer(1)))) opened_by[static_cast<std::uint64_t>(rows.integer(1))] = author;
            if (!answered.empty())
                if (const auto replied = answered.find(static_cast<std::uint64_t>(rows.integer(1))); replied != answered.end())
                    for (const std::int64_t day : replied->second)
                        if (!direct) ++counts[{author, day}].given;
            const bool to_me = goes_on || (parent != 0 && mine.contains(parent));
            if (to_me && (row_bits & bits::replies_to_me) == 0) found_replies.emplace_back(at, static_cast<std::uint64_t>(rows.integer(1)), row_bits | bits::replies_to_me);
            if (at == undated) continue;
            if (direct) ++others[author];
            if (direct || to_me || (row_bits & (bits::replies_to_me | bits::mentions_me)) != 0)
                ++counts[{author, days_of(date_of(instant_of(at)))}].received;
        }
    }
    // Between two, every message of mine is for the other; the one who wrote most, should there be several.
    if (direct && !others.empty()) {
        const auto other = std::ranges::max_element(others, {}, [](const auto& each) { return each.second; })->first;
        for (const auto& [day, count] : my_days) counts[{other, day}].given += count;
    }
    HotStatement mark(database.getHandle(), "UPDATE activity SET bits = ? WHERE grp = ? AND at = ? AND id = ?");
    for (const auto& [at, id, row_bits] : found_replies) {
        mark.bind(1, row_bits);
        mark.bind(2, group);
        mark.bind(3, at);
        mark.bind(4, static_cast<std::int64_t>(id));
        mark.run();
    }
    HotStatement put(database.getHandle(), "INSERT INTO exchange(grp, person, day, given, received) VALUES (?,?,?,?,?)");
    for (const auto& [key, value] : counts) {
        put.bind(1, group);
        put.bind(2, key.first);
        put.bind(3, key.second);
        put.bind(4, value.given);
        put.bind(5, value.received);
        put.run();
    }
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// What an import keeps in memory of rows: those stored before, by identity, and who wrote the latest. Private to store/.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace secateur {

/// What is known of a stored row, by its identity in the group.
struct KnownRow {
    std::uint64_t id = 0;
    std::int64_t at = 0;
    std::uint64_t hash = 0;
    std::uint32_t bits = 0;
    std::uint32_t set = 0;  // 0: the slot is free; top bit: found again in this source, its set not yet written
};
inline constexpr std::uint32_t found_again = 1U << 31;

class RowMap {
public:
    explicit RowMap(std::size_t expected) {
        std::size_t slots = 64;
        while (slots * 3 < expected * 4) slots *= 2;
        slots_.resize(slots);
    }
    [[nodiscard]] std::size_t size() const { return used_; }
    [[nodiscard]] KnownRow* find(std::uint64_t id) {
        KnownRow& found = slot(id);
        return found.set == 0 ? nullptr : &found;
    }
    void insert(const KnownRow& row) {
        if ((used_ + 1) * 4 > slots_.size() * 3) {
            std::vector<KnownRow> old(slots_.size() * 2);
            old.swap(slots_);
            for (const KnownRow& each : old)
                if (each.set != 0) slot(each.id) = each;
        }
        slot(row.id) = row;
        ++used_;
    }
    template <class Visit>
    void for_each(Visit&& visit) {
        for (KnownRow& each : slots_)
            if (each.set != 0) visit(each);
    }

private:
    KnownRow& slot(std::uint64_t id) {
        std::size_t at = (id * 0x9E3779B97F4A7C15ULL >> 24U) & (slots_.size() - 1);
        while (slots_[at].set != 0 && slots_[at].id != id) at = (at + 1) & (slots_.size() - 1);
        return slots_[at];
    }
    std::vector<KnownRow> slots_;
    std::size_t used_ = 0;
};

/// Who wrote the rows seen lately, so that a reply is resolved as it passes. Forgetful: an entry may be overwritten.
class RecentAuthors {
public:
    struct Entry {
        std::int64_t group = 0;
        std::uint64_t id = 0;
        std::int64_t author = 0;
        bool is_me = false;
    };
    [[nodiscard]] const Entry* find(std::int64_t group, std::uint64_t id) const {
        if (entries_.empty()) return nullptr;
        const Entry* const own = &entries_[set_of(group, id)];
        for (const Entry* each = own; each != own + ways; ++each)
            if (each->id == id && each->group == group) return each;
        return nullptr;
    }
    /// Takes the place of the oldest of the few that share a set.
    void put(const Entry& entry) {
        if (entries_.empty()) entries_.resize(sets * ways);
        Entry* const own = &entries_[set_of(entry.group, entry.id)];
        Entry* place = own;
        while (place != own + ways - 1 && !(place->id == entry.id && place->group == entry.group)) ++place;
        for (; place != own; --place) *place = place[-1];
        *own = entry;
    }

private:
    static constexpr std::size_t sets = std::size_t{1} << 14U, ways = 4;
    [[nodiscard]] static std::size_t set_of(std::int64_t group, std::uint64_t id) {
        return static_cast<std::size_t>(((id + static_cast<std::uint64_t>(group) * 0xD6E8FEB86659FD93ULL) * 0x9E3779B97F4A7C15ULL) >> 50U) * ways;
    }
    std::vector<Entry> entries_;
};

}  // namespace secateur

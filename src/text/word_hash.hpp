// SPDX-License-Identifier: GPL-3.0-or-later
// A word and its hash, made once for all who ask: the counts by group and the sketch of a text. Most words are told by their first eight
// bytes. The same on every machine of the same byte order; not against malice.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace secateur {

[[nodiscard]] inline std::uint64_t load_eight(const char* from) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, from, 8);
    return bytes;
}

struct HashedWord {
    std::string_view text;   // one byte at least
    std::uint64_t head = 0;  // its first eight bytes as they stand in memory, zeros behind a shorter word
    std::uint64_t hash = 0;

    HashedWord() = default;
    explicit HashedWord(std::string_view word) {
        std::array<char, 8> first{};
        std::memcpy(first.data(), word.data(), std::min<std::size_t>(word.size(), 8));
        *this = word.size() < 8 ? with_room_behind({first.data(), word.size()}) : with_room_behind(word);
        text = word;
    }
    /// Where eight bytes can be read from the beginning of the word on: nothing hangs on its length, which no processor foresees.
    [[nodiscard]] static HashedWord with_room_behind(std::string_view word) {
        const std::size_t size = word.size();
        const std::uint64_t kept = first_bytes(std::min<std::size_t>(size, 8));
        HashedWord made;
        made.text = word;
        made.head = load_eight(word.data()) & kept;
        const auto mix = [&](std::uint64_t bytes) { made.hash = (made.hash ^ (made.hash >> 32U) ^ bytes) * 0xD6E8FEB86659FD93U; };
        made.hash = made.head * 0x9E3779B97F4A7C15U;
        for (std::size_t at = 8; at + 8 < size; at += 8) mix(load_eight(word.data() + at));
        mix(load_eight(word.data() + (size > 8 ? size - 8 : 0)) & kept);
        made.hash ^= made.hash >> 32U;
        return made;
    }

private:
    [[nodiscard]] static std::uint64_t first_bytes(std::size_t count) {
        const std::uint64_t all = ~std::uint64_t{0};
        const std::size_t rest = 64 - 8 * count;
        return std::endian::native == std::endian::little ? all >> rest : all << rest;
    }
};

}  // namespace secateur

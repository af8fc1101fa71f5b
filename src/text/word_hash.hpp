// SPDX-License-Identifier: GPL-3.0-or-later
// A hash of a word, for tables and sketches: most words are told by their first eight bytes. The same on every machine of the same
// byte order; not against malice.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace secateur {

[[nodiscard]] inline std::uint64_t load_bytes(const char* from, std::size_t size) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, from, size);
    return bytes;
}

/// The first eight bytes as they would stand in memory, zeros behind; never reads beyond the word.
[[nodiscard]] inline std::uint64_t word_head(std::string_view word) {
    const char* from = word.data();
    if (word.size() >= 8) return load_bytes(from, 8);
    if constexpr (std::endian::native == std::endian::little) {
        if (word.size() >= 4) return load_bytes(from, 4) | load_bytes(from + word.size() - 4, 4) << (8 * (word.size() - 4));
        if (word.size() == 3) return load_bytes(from, 2) | static_cast<std::uint64_t>(static_cast<unsigned char>(from[2])) << 16U;
    }
    return load_bytes(from, word.size());
}

[[nodiscard]] inline std::uint64_t word_hash(std::string_view word, std::uint64_t head) {
    std::uint64_t hash = head * 0x9E3779B97F4A7C15U;
    for (std::size_t at = 8; at < word.size(); at += 8) {
        const std::size_t from = std::min(at, word.size() - 8);
        hash = (hash ^ (hash >> 32U) ^ load_bytes(word.data() + from, 8)) * 0xD6E8FEB86659FD93U;
    }
    return hash ^ hash >> 32U;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// The sketch of a text: 64 bits by which the same announcement is known again in another group, though its greeting or its last line was
// changed. Nothing of the text can be read out of it.
#pragma once

#include <cstdint>
#include <span>

#include "text/word_hash.hpp"

namespace secateur {

constexpr std::uint32_t sketched_words = 12;  // a shorter text says what anybody may say

/// MinHash of the runs of three words, by one permutation in four parts, as two bands of 32 bits; 0 for fewer than `sketched_words` words
/// (metrics 2.5).
[[nodiscard]] std::uint64_t text_sketch(std::span<const HashedWord> words);

/// Whether a band agrees: of two texts that share 90 % of their runs 96 in 100 do, of two that share 30 % 17, of unrelated ones none.
[[nodiscard]] constexpr bool nearly_same_text(std::uint64_t a, std::uint64_t b) noexcept {
    return a != 0 && b != 0 && ((a >> 32U) == (b >> 32U) || (a & 0xFFFFFFFFU) == (b & 0xFFFFFFFFU));
}

}  // namespace secateur

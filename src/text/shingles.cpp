// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/shingles.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/hash.hpp"

namespace secateur {

std::uint64_t text_sketch(std::span<const HashedWord> words) {
    if (words.size() < sketched_words) return 0;
    constexpr std::uint64_t nothing = std::numeric_limits<std::uint64_t>::max();
    std::array<std::uint64_t, 4> least;
    least.fill(nothing);
    std::uint64_t before = words[0].hash, last = words[1].hash;
    for (const HashedWord& word : words.subspan(2)) {
        std::uint64_t run = (before * 0xA0761D6478BD642FU ^ last) * 0xE7037ED1A0B428DBU ^ word.hash;
        run = (run ^ run >> 29U) * 0xD6E8FEB86659FD93U;
        run ^= run >> 32U;
        std::uint64_t& part = least[run >> 62U];
        part = std::min(part, run);
        before = last;
        last = word.hash;
    }
    // A part that holds no run takes the next one's least: the same for both texts, where they are alike.
    for (std::size_t i = 2 * least.size(); i-- > 0;)
        if (least[i % 4] == nothing) least[i % 4] = least[(i + 1) % 4];
    const std::uint64_t sketch = (hash_combine(least[0], least[1]) >> 32U << 32U) | hash_combine(least[2], least[3]) >> 32U;
    return sketch == 0 ? 1 : sketch;
}

}  // namespace secateur

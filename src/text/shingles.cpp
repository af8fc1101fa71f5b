// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/shingles.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/hash.hpp"

namespace secateur {

std::uint64_t text_sketch(TokenReader& tokens, std::string_view text) {
    constexpr std::array<std::uint64_t, 4> multipliers{0x9E3779B97F4A7C15U, 0xD6E8FEB86659FD93U, 0xA0761D6478BD642FU, 0xE7037ED1A0B428DBU};
    std::array<std::uint64_t, 4> least;
    least.fill(std::numeric_limits<std::uint64_t>::max());
    std::uint64_t before = 0, last = 0;
    std::uint32_t words = 0;
    tokens.for_each(text, [&](std::string_view word) {
        const std::uint64_t now = hash64(word);
        if (++words >= 3) {
            const std::uint64_t run = hash_combine(hash_combine(before, last), now);
            for (std::size_t i = 0; i < least.size(); ++i) {
                const std::uint64_t mixed = run * multipliers[i];
                least[i] = std::min(least[i], mixed ^ (mixed >> 29U));
            }
        }
        before = last;
        last = now;
    });
    if (words < sketched_words) return 0;
    const std::uint64_t sketch = (hash_combine(least[0], least[1]) >> 32U << 32U) | hash_combine(least[2], least[3]) >> 32U;
    return sketch == 0 ? 1 : sketch;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Words of a text as they are counted on import: lower case, accents kept, 3 to 30 letters; no words with digits, links, addresses,
// handles. Made for millions of posts: sixteen bytes at a time where the text is ASCII or Western European, ICU for the rest.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/word_hash.hpp"

namespace secateur {

class TokenReader {
public:
    static constexpr unsigned fewest_letters = 3, most_letters = 30;

    /// The words in order, until the next call. The same word is always the same bytes (NFC).
    [[nodiscard]] std::span<const HashedWord> read(std::string_view text);

private:
    /// Fills the masks, one bit a byte; false when a character needs ICU.
    bool scan(std::string_view text);
    void slow_words(std::string_view text);
    void mask_addresses(std::string_view text);

    [[nodiscard]] static std::uint64_t window(const std::vector<std::uint64_t>& mask, std::size_t at) {
        const std::size_t shift = at % 64;
        return mask[at / 64] >> shift | mask[at / 64 + 1] << 1U << (63 - shift);
    }
    std::string lower_;                            // of the text
    std::vector<std::uint64_t> inside_, digits_;  // letters and digits; digits
    std::vector<std::uint64_t> wide_;              // the first bytes of letters of two
    std::vector<std::uint64_t> high_;              // bytes that are no ASCII
    std::vector<std::string> composed_;  // what ICU made, where it had to
    std::vector<HashedWord> words_;  // room for more than there are
};

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Words of a text as they are counted on import: lower case, accents kept, 3 to 30 letters; no words with digits, links, addresses,
// handles. Made for millions of posts: sixteen bytes at a time where the text is ASCII or Western European, ICU for the rest.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace secateur {

class TokenReader {
public:
    static constexpr unsigned fewest_letters = 3, most_letters = 30;

    /// The words in order, until the next call. The same word is always the same bytes (NFC).
    [[nodiscard]] std::span<const std::string_view> read(std::string_view text);

private:
    /// Fills the masks, one bit a byte; false when a character needs ICU.
    bool scan(std::string_view text);
    void slow_words(std::string_view text);
    void mask_addresses(std::string_view text);

    /// Of a word with digits or letters of two bytes in it, one bit each.
    [[nodiscard]] bool is_counted(std::size_t begin, std::size_t size, std::uint64_t special) const {
        for (std::uint64_t each = special; each != 0; each &= each - 1)
            if (static_cast<unsigned char>(lower_[begin + static_cast<std::size_t>(std::countr_zero(each))]) < 0x80) return false;
        const std::size_t letters = size - static_cast<std::size_t>(std::popcount(special));
        return letters >= fewest_letters && letters <= most_letters;
    }
    [[nodiscard]] static std::uint64_t window(const std::vector<std::uint64_t>& mask, std::size_t at) {
        const std::size_t shift = at % 64;
        const std::uint64_t low = mask[at / 64] >> shift;
        return shift == 0 ? low : low | mask[at / 64 + 1] << (64 - shift);
    }
    std::string lower_;                                  // of the text
    std::vector<std::uint64_t> inside_, special_;  // letters and digits; of these, digits and the first bytes of letters of two
    std::vector<std::uint64_t> high_;  // bytes that are no ASCII
    std::vector<std::string> composed_;  // what ICU made, where it had to
    std::vector<std::string_view> words_;
};

}  // namespace secateur

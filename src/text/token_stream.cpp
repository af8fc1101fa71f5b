// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/token_stream.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <bit>

#include "base/sixteen.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/// The word being read, where ICU decides. Longer than any that is counted: the rest is dropped, and the word with it.
struct WordInMaking {
    std::string bytes;
    unsigned letters = 0;
    bool has_digit = false, needs_nfc = false;
};

/// The character at `at`, which moves behind it; negative for an ill-formed byte.
UChar32 decode(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC2 && lead < 0xE0 ? 1 : 0;
    if (more == 0) return -1;
    UChar32 c = lead & (0x3F >> more);
    for (int i = 0; i < more; ++i) {
        const auto byte = at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
        if ((byte & 0xC0U) != 0x80U) return -1;
        c = c << 6 | static_cast<UChar32>(byte & 0x3FU);
        ++at;
    }
    return c <= 0x10FFFF ? c : -1;
}

void append(std::string& out, UChar32 c) {
    const auto tail = [c](unsigned shift) { return static_cast<char>(0x80U | ((static_cast<std::uint32_t>(c) >> shift) & 0x3FU)); };
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += tail(6);
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += tail(12);
        out += tail(6);
    }
    out += tail(0);
}

bool is_mark(UChar32 c) {
    const std::int8_t type = u_charType(c);
    return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

/// The parts of a text that are links, addresses or handles, as (begin, end).
template <class Visit>
void for_each_address(std::string_view text, Visit&& visit) {
    const auto piece_end = [&](std::size_t at) {
        while (at < text.size() && !is_space(text[at])) ++at;
        return at;
    };
    for (std::size_t at = text.find('@'); at != std::string_view::npos;) {
        std::size_t begin = at;
        while (begin > 0 && !is_space(text[begin - 1])) --begin;
        const std::size_t end = piece_end(at);
        visit(begin, end);
        at = text.find('@', end);
    }
    for (const std::string_view sign : {"://", "www."}) {
        for (std::size_t at = text.find(sign); at != std::string_view::npos;) {
            // What stands before the scheme is kept: "see:https://..."
            std::size_t begin = at;
            if (sign[0] == ':')
                while (begin > 0 && is_letter(text[begin - 1])) --begin;
            const std::size_t end = piece_end(at);
            visit(begin, end);
            at = text.find(sign, end);
        }
    }
}

}  // namespace

std::span<const HashedWord> TokenReader::read(std::string_view text) {
    if (!scan(text)) {
        slow_words(text);
        words_.clear();
        for (const std::string& each : composed_) words_.emplace_back(each);
        return words_;
    }
    if (const std::size_t most = text.size() / (fewest_letters + 1) + 2; words_.size() < most) words_.resize(most);
    std::size_t found = 0;
    std::uint64_t before = 0;
    for (std::size_t block = 0; block + 1 < inside_.size(); ++block) {
        std::uint64_t begins = inside_[block] & ~(inside_[block] << 1U | before);
        before = inside_[block] >> 63U;
        for (; begins != 0; begins &= begins - 1) {
            const std::size_t begin = block * 64 + static_cast<std::size_t>(std::countr_zero(begins));
            const auto size = static_cast<std::size_t>(std::countr_one(window(inside_, begin)));
            if (size == 64) continue;  // or more: no word of thirty letters
            // Each word is written, then kept or not: how long the next one is cannot be foreseen, so nothing waits to know.
            const std::uint64_t own = (std::uint64_t{1} << size) - 1;
            const std::size_t letters = size - count_bits(window(wide_, begin) & own);
            words_[found] = HashedWord::with_room_behind({lower_.data() + begin, size});
            found += static_cast<std::size_t>((window(digits_, begin) & own) == 0) & static_cast<std::size_t>(letters - fewest_letters <= most_letters - fewest_letters);
        }
    }
    return std::span(words_).first(found);
}

bool TokenReader::scan(std::string_view text) {
    // One block more than needed: a look at the last word may reach into it.
    const std::size_t blocks = text.size() / 64 + 2;
    inside_.resize(blocks);
    digits_.resize(blocks);
    wide_.assign(blocks, 0);
    high_.resize(blocks);
    lower_.resize(blocks * 64);
    std::uint64_t any_high = 0;
    for (std::size_t block = 0; block < blocks; ++block) {
        std::uint64_t letters = 0, digits = 0, high = 0;
        for (std::size_t at = block * 64; at < std::min(block * 64 + 64, text.size()); at += 16) {
            const Sixteen bytes(text, at);
            bytes.write_lower(lower_.data() + at);
            letters |= std::uint64_t{bytes.letters()} << at % 64;
            digits |= std::uint64_t{bytes.digits()} << at % 64;
            high |= std::uint64_t{bytes.high()} << at % 64;
        }
        inside_[block] = letters | digits;
        digits_[block] = digits;
        high_[block] = high;
        any_high |= high;
    }
    if (any_high != 0) {
        std::size_t done = 0;  // behind the last character read
        for (std::size_t block = 0; block < blocks; ++block) {
            for (std::uint64_t high = high_[block]; high != 0; high &= high - 1) {
                const std::size_t at = block * 64 + static_cast<std::size_t>(std::countr_zero(high));
                if (at < done) continue;
                const auto lead = static_cast<unsigned char>(text[at]);
                const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
                if ((lead == 0xC3 && next >= 0x80 && next <= 0xBF && next != 0x97 && next != 0xB7) || (lead == 0xC5 && (next == 0x92 || next == 0x93))) {
                    // À to ÿ without the times and division signs; Œ and œ
                    inside_[block] |= std::uint64_t{1} << (at % 64);
                    wide_[block] |= std::uint64_t{1} << (at % 64);
                    inside_[(at + 1) / 64] |= std::uint64_t{1} << ((at + 1) % 64);
                    if (lead == 0xC5) lower_[at + 1] = '\x93';
                    else if (next <= 0x9E) lower_[at + 1] = static_cast<char>(next + 0x20);
                    done = at + 2;
                } else if (lead == 0xE2 && next == 0x80) {  // dashes, quotation marks, the apostrophe
                    done = at + 3;
                } else if (lead == 0xF0 && next == 0x9F) {  // emoji
                    done = at + 4;
                } else if (lead == 0xEF && next == 0xB8) {  // their variants
                    done = at + 3;
                } else if (lead == 0xC3 || (lead == 0xC2 && next >= 0x80 && next != 0xAA && next != 0xAD && next != 0xB5 && next != 0xBA)) {
                    done = at + 2;
                } else {
                    return false;
                }
            }
        }
    }
    mask_addresses(text);
    return true;
}

void TokenReader::mask_addresses(std::string_view text) {
    for_each_address(text, [&](std::size_t begin, std::size_t end) {
        for (std::size_t at = begin; at < end; ++at) inside_[at / 64] &= ~(std::uint64_t{1} << (at % 64));
    });
}

void TokenReader::slow_words(std::string_view text) {
    std::string without(text);
    for_each_address(text, [&](std::size_t begin, std::size_t end) { std::fill(without.begin() + static_cast<std::ptrdiff_t>(begin), without.begin() + static_cast<std::ptrdiff_t>(end), ' '); });
    composed_.clear();
    WordInMaking word;
    const auto end_word = [&] {
        if (!word.has_digit && word.letters >= fewest_letters && word.letters <= most_letters) composed_.push_back(word.needs_nfc ? nfc(word.bytes) : word.bytes);
        word.bytes.clear();
        word.letters = 0;
        word.has_digit = word.needs_nfc = false;
    };
    for (std::size_t at = 0; at < without.size();) {
        const UChar32 c = decode(without, at);
        if (c == 0xAD) continue;  // a soft hyphen is no part of the word, and no end of it
        const bool mark = c >= 0x300 && is_mark(c);
        if (c < 0 || (mark && word.letters == 0) || (!mark && !u_isalnum(c))) {
            end_word();
            continue;
        }
        if (!mark && u_isdigit(c)) {
            word.has_digit = true;
            continue;
        }
        // A mark may join the letter before it, a letter may come in two forms: such a word is composed at its end.
        word.needs_nfc = word.needs_nfc || c >= 0x300;
        word.letters += mark ? 0 : 1;
        if (word.bytes.size() < 200) append(word.bytes, u_tolower(c));
        else word.letters = most_letters + 1;
    }
    end_word();
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Sixteen bytes of a text looked at together: which are letters, which digits, which no ASCII, which end a JSON string. One bit a byte,
// the first one lowest.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace secateur {

#if defined(__SSE2__)
class Sixteen {
public:
    /// Sixteen bytes must be readable.
    explicit Sixteen(const char* from) : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))) {}
    /// From that place on; zeros stand for what is beyond the end.
    Sixteen(std::string_view text, std::size_t at) {
        if (text.size() - at >= 16) {
            bytes_ = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
            return;
        }
        std::array<char, 16> last{};
        std::memcpy(last.data(), text.data() + at, text.size() - at);
        bytes_ = _mm_loadu_si128(reinterpret_cast<const __m128i*>(last.data()));
    }
    [[nodiscard]] std::uint32_t letters() const { return bits(letter_bytes()); }  // a to z, A to Z
    [[nodiscard]] std::uint32_t digits() const { return bits(between(bytes_, '0', '9')); }
    [[nodiscard]] std::uint32_t high() const { return bits(bytes_); }  // no ASCII
    /// Of UTF-8: the first bytes of U+0080 to U+07FF, and the bytes that continue a character.
    [[nodiscard]] std::uint32_t leads_of_two() const { return bits(between(bytes_, '\xC2', '\xDF')); }
    [[nodiscard]] std::uint32_t continuations() const { return bits(_mm_cmplt_epi8(bytes_, _mm_set1_epi8('\xC0'))); }
    [[nodiscard]] std::uint32_t equal(char c) const { return bits(equal_bytes(bytes_, c)); }
    /// A quote, a backslash or a control character.
    [[nodiscard]] std::uint32_t ends_plain_text() const {
        const __m128i highest = _mm_set1_epi8(0x1F);
        const __m128i control = _mm_cmpeq_epi8(_mm_max_epu8(bytes_, highest), highest);
        return bits(_mm_or_si128(_mm_or_si128(equal_bytes(bytes_, '"'), equal_bytes(bytes_, '\\')), control));
    }
    /// A quote, a bracket, or a zero.
    [[nodiscard]] std::uint32_t nests() const {
        const __m128i folded = _mm_or_si128(bytes_, _mm_set1_epi8(0x20));  // [ and ] become { and }
        return bits(_mm_or_si128(_mm_or_si128(equal_bytes(folded, '{'), equal_bytes(folded, '}')), _mm_or_si128(equal_bytes(bytes_, '"'), equal_bytes(bytes_, '\0'))));
    }
    [[nodiscard]] std::uint32_t spaces() const {
        return bits(_mm_or_si128(_mm_or_si128(equal_bytes(bytes_, ' '), equal_bytes(bytes_, '\n')), _mm_or_si128(equal_bytes(bytes_, '\r'), equal_bytes(bytes_, '\t'))));
    }
    void write(char* to) const { _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes_); }
    /// With ASCII letters in lower case.
    void write_lower(char* to) const {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm_or_si128(bytes_, _mm_and_si128(letter_bytes(), _mm_set1_epi8(0x20))));
    }

private:
    static __m128i between(__m128i value, char first, char last) {
        return _mm_and_si128(_mm_cmpgt_epi8(value, _mm_set1_epi8(static_cast<char>(first - 1))), _mm_cmplt_epi8(value, _mm_set1_epi8(static_cast<char>(last + 1))));
    }
    static __m128i equal_bytes(__m128i value, char c) { return _mm_cmpeq_epi8(value, _mm_set1_epi8(c)); }
    static std::uint32_t bits(__m128i value) { return static_cast<std::uint32_t>(_mm_movemask_epi8(value)); }
    [[nodiscard]] __m128i letter_bytes() const { return between(_mm_or_si128(bytes_, _mm_set1_epi8(0x20)), 'a', 'z'); }
    __m128i bytes_;
};
#else
class Sixteen {
public:
    explicit Sixteen(const char* from) { std::memcpy(bytes_.data(), from, 16); }
    Sixteen(std::string_view text, std::size_t at) { std::memcpy(bytes_.data(), text.data() + at, std::min<std::size_t>(text.size() - at, 16)); }
    [[nodiscard]] std::uint32_t letters() const { return bits(is_letter); }
    [[nodiscard]] std::uint32_t digits() const {
        return bits([](unsigned char c) { return c >= '0' && c <= '9'; });
    }
    [[nodiscard]] std::uint32_t high() const {
        return bits([](unsigned char c) { return c >= 0x80; });
    }
    [[nodiscard]] std::uint32_t leads_of_two() const {
        return bits([](unsigned char c) { return c >= 0xC2 && c <= 0xDF; });
    }
    [[nodiscard]] std::uint32_t continuations() const {
        return bits([](unsigned char c) { return (c & 0xC0U) == 0x80; });
    }
    [[nodiscard]] std::uint32_t equal(char wanted) const {
        return bits([wanted](unsigned char c) { return static_cast<char>(c) == wanted; });
    }
    [[nodiscard]] std::uint32_t ends_plain_text() const {
        return bits([](unsigned char c) { return c == '"' || c == '\\' || c < 0x20; });
    }
    [[nodiscard]] std::uint32_t nests() const {
        return bits([](unsigned char c) { return c == '"' || c == '{' || c == '}' || c == '[' || c == ']' || c == 0; });
    }
    [[nodiscard]] std::uint32_t spaces() const {
        return bits([](unsigned char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    }
    void write(char* to) const { std::memcpy(to, bytes_.data(), 16); }
    void write_lower(char* to) const {
        for (std::size_t i = 0; i < 16; ++i) to[i] = is_letter(static_cast<unsigned char>(bytes_[i])) ? static_cast<char>(bytes_[i] | 0x20) : bytes_[i];
    }

private:
    static bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    template <class Test>
    [[nodiscard]] std::uint32_t bits(Test test) const {
        std::uint32_t found = 0;
        for (std::size_t i = 0; i < 16; ++i) found |= static_cast<std::uint32_t>(test(static_cast<unsigned char>(bytes_[i]))) << i;
        return found;
    }
    std::array<char, 16> bytes_{};
};
#endif

/// As std::popcount, which calls a function where the processor may lack the instruction.
[[nodiscard]] constexpr std::uint32_t count_bits(std::uint64_t bits) noexcept {
    bits -= bits >> 1U & 0x5555555555555555U;
    bits = (bits & 0x3333333333333333U) + (bits >> 2U & 0x3333333333333333U);
    return static_cast<std::uint32_t>(((bits + (bits >> 4U)) & 0x0F0F0F0F0F0F0F0FU) * 0x0101010101010101U >> 56U);
}

}  // namespace secateur

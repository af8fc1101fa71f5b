// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.hpp"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>

#include "base/ascii.hpp"
#include "base/sixteen.hpp"

namespace secateur {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view ellipsis = "\xE2\x80\xA6";     // U+2026

std::uint8_t byte_at(std::string_view text, std::size_t i) noexcept { return static_cast<std::uint8_t>(text[i]); }

/// Bytes of the well-formed sequence that begins at `i`; 0 when there is none (over-long, surrogate, cut, stray).
std::size_t sequence_length(std::string_view text, std::size_t i) noexcept {
    const std::uint8_t lead = byte_at(text, i);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() - i < length) return 0;
    const std::uint8_t second = byte_at(text, i + 1);
    const std::uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) return 0;
    for (std::size_t k = 2; k < length; ++k)
        if ((byte_at(text, i + k) & 0xC0) != 0x80) return 0;
    return length;
}

char32_t decode(std::string_view text, std::size_t i, std::size_t length) noexcept {
    const auto tail = [&](std::size_t k) { return static_cast<char32_t>(byte_at(text, i + k) & 0x3F); };
    const char32_t lead = byte_at(text, i);
    switch (length) {
        case 1: return lead;
        case 2: return (lead & 0x1F) << 6 | tail(1);
        case 3: return (lead & 0x0F) << 12 | tail(1) << 6 | tail(2);
        default: return (lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3);
    }
}

struct CodePoint {
    char32_t value;
    std::size_t length;  // bytes it takes in the text
    bool well_formed;
};

/// The code point at `i`; an ill-formed byte is one U+FFFD.
CodePoint code_point(std::string_view text, std::size_t i) noexcept {
    const std::size_t length = sequence_length(text, i);
    if (length == 0) return {0xFFFD, 1, false};
    return {decode(text, i, length), length, true};
}

void append(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    }
}

/// Bytes from `i` on that are ASCII, 32 and then eight at a time.
std::size_t ascii_run(std::string_view text, std::size_t i) noexcept {
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    const std::size_t begin = i;
    for (; text.size() - i >= 32; i += 32) {
        std::array<std::uint64_t, 4> words{};
        std::memcpy(words.data(), text.data() + i, 32);
        if (((words[0] | words[1] | words[2] | words[3]) & high_bits) != 0) break;
    }
    for (; text.size() - i >= 8; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        if ((word & high_bits) != 0) break;
    }
    while (i < text.size() && byte_at(text, i) < 0x80) ++i;
    return i - begin;
}

bool is_ascii_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_ascii_alnum(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// Unicode's White_Space.
bool is_space(char32_t c) noexcept {
    if (c < 0x80) return is_ascii_space(static_cast<char>(c));
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

bool is_bidi_control(char32_t c) noexcept {
    return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

bool is_control(char32_t c) noexcept { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// Whether the text is in NFC for reasons that a look at the lead bytes shows; false: ask ICU. Below U+0300 nothing composes or
/// changes; the other blocks let through have no code point that NFC replaces or that combines with the one before it.
bool plainly_nfc(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint8_t c = byte_at(text, i);
        if (c < 0xCC) {
            if (c < 0x80) i += ascii_run(text, i) - 1;
            continue;
        }
        const std::uint8_t next = i + 1 < text.size() ? byte_at(text, i + 1) : 0;
        const bool cyrillic = c == 0xD0 || c == 0xD1;
        const bool ideograph = c >= 0xE4 && c <= 0xE9;
        const bool emoji = c == 0xF0 && next == 0x9F;
        // U+2000 and U+2001 are replaced; the dashes, quotes and ellipsis of the same block are not.
        const bool punctuation = c == 0xE2 && next == 0x80 && i + 2 < text.size() && byte_at(text, i + 2) >= 0x82;
        if (!cyrillic && !ideograph && !emoji && !punctuation) return false;
    }
    return true;
}

const icu::Normalizer2* nfc_normalizer() {
    static const icu::Normalizer2* const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        return icu::Normalizer2::getNFCInstance(status);
    }();
    return instance;
}

const icu::Normalizer2* nfd_normalizer() {
    static const icu::Normalizer2* const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        return icu::Normalizer2::getNFDInstance(status);
    }();
    return instance;
}

/// NFKC with case folding, default ignorables (bidi controls, zero-width characters, variation selectors) dropped.
const icu::Normalizer2* folding_normalizer() {
    static const icu::Normalizer2* const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        return icu::Normalizer2::getNFKCCasefoldInstance(status);
    }();
    return instance;
}

icu::UnicodeString normalized(const icu::Normalizer2& normalizer, const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString result = normalizer.normalize(text, status);
    return U_SUCCESS(status) ? result : text;
}

icu::UnicodeString to_utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string result;
    text.toUTF8String(result);
    return result;
}

/// Every white space one space, none at the ends.
std::string fold_spaces(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    bool pending = false;
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = code_point(text, i);
        if (is_space(c.value)) {
            pending = !result.empty();
        } else {
            if (pending) result += ' ';
            pending = false;
            result.append(text, i, c.length);
        }
        i += c.length;
    }
    return result;
}

/// fold_name for ASCII, the letters of Latin-1 and plain typographic punctuation; false: something else stands there.
bool fold_latin(std::string_view text, std::string& result) {
    result.resize(text.size());  // never longer: what is folded takes as many bytes or fewer
    std::size_t length = 0;
    bool pending = false;
    const auto space = [&] { pending = length > 0; };
    char* const out = result.data();
    const auto put = [&](char c) { out[length++] = c; };
    const auto flush = [&] {
        if (pending) put(' ');
        pending = false;
    };
    const auto put_all = [&](std::string_view sequence) {
        flush();
        for (const char c : sequence) put(c);
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::uint8_t c = byte_at(text, i);
        if (c < 0x80) {
            if (is_ascii_space(text[i])) {
                space();
            } else {
                flush();
                put(ascii_lower(text[i]));
            }
            ++i;
            continue;
        }
        if (c == 0xC3 && i + 1 < text.size() && (byte_at(text, i + 1) & 0xC0) == 0x80) {  // U+00C0 to U+00FF
            const std::uint8_t tail = byte_at(text, i + 1);
            flush();
            if (tail == 0x9F) {
                put('s'), put('s');
            } else {
                const bool upper = tail < 0x9F && tail != 0x97;  // U+00D7 is the multiplication sign
                put('\xC3'), put(static_cast<char>(upper ? tail + 0x20 : tail));
            }
            i += 2;
            continue;
        }
        if (const std::string_view sign = text.substr(i, 2); sign == "\xC2\xA0") {
            space();
            i += 2;
            continue;
        } else if (sign == "\xC2\xAB" || sign == "\xC2\xBB") {  // « »
            put_all(sign);
            i += 2;
            continue;
        }
        if (c != 0xE2 || i + 2 >= text.size() || byte_at(text, i + 1) != 0x80) return false;
        const std::uint8_t tail = byte_at(text, i + 2);
        if (tail == 0xAF) {  // narrow no-break space
            space();
        } else if (tail == 0x93 || tail == 0x94 || tail == 0x98 || tail == 0x99 || tail == 0x9C || tail == 0x9D) {
            put_all(text.substr(i, 3));
        } else {
            return false;
        }
        i += 3;
    }
    result.resize(length);
    return true;
}

/// The letters that people leave without their mark when they search, and that do not decompose.
std::string_view plain_letter(char32_t c) noexcept {
    switch (c) {
        case 0xE6: return "ae";
        case 0x153: return "oe";
        case 0xF8: return "o";
        case 0xF0:
        case 0x111: return "d";
        case 0xFE: return "th";
        case 0x127: return "h";
        case 0x131: return "i";
        case 0x142: return "l";
        case 0x167: return "t";
        case 0x2018:
        case 0x2019:
        case 0x2BC: return "'";
        default: return {};
    }
}

/// U+00E0 to U+00FF without accent; ' ' where plain_letter or nothing applies.
constexpr std::string_view latin_bases = "aaaaaa ceeeeiiii nooooo  uuuuy y";

bool is_accent(char32_t c) noexcept {
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
           (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

// ---- words

enum WordClass : std::uint8_t { other, letter, joiner, mark, ideograph };

struct WordRange {
    char32_t first, last;
    WordClass kind;
};

/// From U+0300 on, by block: good enough to count words, not to shape text. What lies between two ranges separates words.
constexpr std::array word_ranges = std::to_array<WordRange>({
    {0x0300, 0x036F, mark},      {0x0370, 0x037D, letter},    {0x037F, 0x0386, letter},    {0x0388, 0x0482, letter},
    {0x0483, 0x0489, mark},      {0x048A, 0x0559, letter},    {0x0560, 0x0588, letter},    {0x0591, 0x05BD, mark},
    {0x05BE, 0x05BE, joiner},    {0x05BF, 0x05BF, mark},      {0x05C1, 0x05C2, mark},      {0x05C4, 0x05C5, mark},
    {0x05D0, 0x05F2, letter},    {0x05F3, 0x05F4, joiner},    {0x0610, 0x061A, mark},      {0x0620, 0x064A, letter},
    {0x064B, 0x065F, mark},      {0x0660, 0x0669, letter},    {0x066E, 0x06D3, letter},    {0x06D5, 0x06D5, letter},
    {0x06D6, 0x06ED, mark},      {0x06EE, 0x06FF, letter},    {0x0710, 0x07F5, letter},    {0x0800, 0x0963, letter},
    {0x0966, 0x0E3A, letter},    {0x0E40, 0x0E4E, letter},    {0x0E50, 0x0E59, letter},    {0x0E80, 0x0EFF, letter},
    {0x0F00, 0x0F00, letter},    {0x0F20, 0x0F33, letter},    {0x0F35, 0x0F39, mark},      {0x0F40, 0x0FBC, letter},
    {0x1000, 0x1049, letter},    {0x1050, 0x10FA, letter},    {0x10FC, 0x135F, letter},    {0x1369, 0x13FF, letter},
    {0x1401, 0x166C, letter},    {0x166F, 0x167F, letter},    {0x1681, 0x169A, letter},    {0x16A0, 0x16EA, letter},
    {0x16EE, 0x17D3, letter},    {0x17DC, 0x17FF, letter},    {0x180B, 0x180F, mark},      {0x1810, 0x193F, letter},
    {0x1946, 0x1FFF, letter},    {0x200C, 0x200F, mark},      {0x2010, 0x2011, joiner},    {0x2018, 0x2019, joiner},
    {0x202A, 0x202E, mark},      {0x2060, 0x2069, mark},      {0x20D0, 0x20FF, mark},      {0x2C00, 0x2DFF, letter},
    {0x2E80, 0x2FDF, ideograph}, {0x3005, 0x3007, ideograph}, {0x3041, 0x3096, letter},    {0x3099, 0x309A, mark},
    {0x309D, 0x309F, letter},    {0x30A1, 0x30FA, letter},    {0x30FC, 0x318F, letter},    {0x31A0, 0x31BF, letter},
    {0x31F0, 0x31FF, letter},    {0x3400, 0x4DBF, ideograph}, {0x4E00, 0x9FFF, ideograph}, {0xA000, 0xA48C, letter},
    {0xA4D0, 0xA4FD, letter},    {0xA500, 0xA60C, letter},    {0xA610, 0xA66F, letter},    {0xA674, 0xA67D, mark},
    {0xA67F, 0xA6F1, letter},    {0xA717, 0xA827, letter},    {0xA840, 0xA873, letter},    {0xA880, 0xA8CD, letter},
    {0xA8D0, 0xA95F, letter},    {0xA960, 0xABEA, letter},    {0xABEC, 0xD7FF, letter},    {0xF900, 0xFAFF, ideograph},
    {0xFB00, 0xFDCF, letter},    {0xFDF0, 0xFDFB, letter},    {0xFE00, 0xFE0F, mark},      {0xFE20, 0xFE2F, mark},
    {0xFE70, 0xFEFC, letter},    {0xFEFF, 0xFEFF, mark},      {0xFF07, 0xFF07, joiner},    {0xFF10, 0xFF19, letter},
    {0xFF21, 0xFF3A, letter},    {0xFF41, 0xFF5A, letter},    {0xFF66, 0xFFDC, letter},    {0x10000, 0x100FF, letter},
    {0x10140, 0x1CFFF, letter},  {0x1D400, 0x1D7FF, letter},  {0x1E000, 0x1EEFF, letter},  {0x20000, 0x3FFFF, ideograph},
    {0xE0000, 0xE01EF, mark},
});
static_assert(std::ranges::is_sorted(word_ranges, {}, &WordRange::first));

constexpr WordClass latin_class(char32_t c) noexcept {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return letter;
    if (c == '\'' || c == '-') return joiner;
    if (c == 0xAD) return mark;  // soft hyphen
    if (c == 0xAA || c == 0xB5 || c == 0xBA) return letter;
    if (c >= 0xC0 && c <= 0x2AF) return c == 0xD7 || c == 0xF7 ? other : letter;
    if (c == 0x2BC) return joiner;  // modifier apostrophe (Ukrainian)
    return c >= 0x2B0 && c <= 0x2C1 ? letter : other;
}

WordClass word_class(char32_t c) noexcept {
    if (c < 0x300) return latin_class(c);
    const auto after = std::ranges::upper_bound(word_ranges, c, {}, &WordRange::first);
    if (after == word_ranges.begin()) return other;
    const WordRange& range = *std::prev(after);
    return c <= range.last ? range.kind : other;
}

// ---- links

constexpr std::string_view tracking_parameters[] = {
    "__tn__",    "_ga",         "_gl",        "_hsenc", "_hsmi",    "cmpid",   "dclid",      "fb_action_ids", "fb_action_types",
    "fb_ref",    "fb_source",   "fbclid",     "gbraid", "gclid",    "gclsrc",  "guccounter", "igsh",          "igshid",
    "li_fat_id", "lipi",        "mc_cid",     "mc_eid", "mibextid", "midsig",  "midtoken",   "mkt_tok",       "msclkid",
    "ncid",      "oly_anon_id", "oly_enc_id", "rcm",    "ref_src",  "ref_url", "s_cid",      "share_id",      "si",
    "spm",       "srsltid",     "trackingid", "trk",    "trkemail", "ttclid",  "twclid",     "vero_id",       "wbraid",
    "wt_mc",     "yclid",
};
static_assert(std::ranges::is_sorted(tracking_parameters));

bool is_tracking(std::string_view parameter) {
    const std::string name = ascii_lowered(parameter.substr(0, parameter.find('=')));
    for (const std::string_view prefix : {"utm_", "hsa_", "mtm_", "pk_", "__cft__"})
        if (name.starts_with(prefix)) return true;
    return std::ranges::binary_search(tracking_parameters, std::string_view(name));
}

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The byte that "%XX" at `i` stands for, or -1.
int percent_byte(std::string_view text, std::size_t i) noexcept {
    if (text[i] != '%' || text.size() - i < 3) return -1;
    const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/// One spelling of a path or query: what needs no escape is written plainly, everything else as %XX in capitals.
void append_canonical(std::string& out, std::string_view text) {
    constexpr std::string_view plain = "-._~:@!$'()*,;/?&=+";
    constexpr std::string_view keep_escaped = "/?&=+";  // an escaped one means something else than a plain one
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int escaped = percent_byte(text, i);
        const char c = escaped < 0 ? text[i] : static_cast<char>(escaped);
        const bool allowed = is_ascii_alnum(c) || plain.find(c) != std::string_view::npos;
        if (allowed && (escaped < 0 || keep_escaped.find(c) == std::string_view::npos)) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
        if (escaped >= 0) i += 2;
    }
}

/// Whether a link cannot go on with this code point.
bool ends_link(char32_t c) noexcept {
    if (c < 0x80)
        return c <= 0x20 || c == 0x7F || std::string_view("<>\"`{}|\\^").find(static_cast<char>(c)) != std::string_view::npos;
    return is_space(c) || is_control(c) || c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201F) || c == 0x2026 ||
           (c >= 0x3001 && c <= 0x301F) || c == 0xFF08 || c == 0xFF09 || c == 0xFF0C || c == 0xFF01 || c == 0xFF1F ||
           c == 0xFFFD || is_bidi_control(c) || c == 0x200B;
}

std::string_view without_trailing_punctuation(std::string_view link) noexcept {
    const auto unbalanced = [&](char open, char close) {
        return std::ranges::count(link, close) > std::ranges::count(link, open);
    };
    while (!link.empty()) {
        const char last = link.back();
        const bool punctuation = std::string_view(".,;:!?'*").find(last) != std::string_view::npos;
        if (!punctuation && !(last == ')' && unbalanced('(', ')')) && !(last == ']' && unbalanced('[', ']'))) break;
        link.remove_suffix(1);
    }
    return link;
}

// ---- width

bool is_zero_width(char32_t c) noexcept {
    if (c < 0x300) return is_control(c);
    if (c >= 0x1160 && c <= 0x11FF) return true;  // vowels and finals of a Hangul syllable
    const auto kind = u_charType(static_cast<UChar32>(c));
    return kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK || kind == U_FORMAT_CHAR || kind == U_CONTROL_CHAR;
}

std::size_t base_width(char32_t c) noexcept {
    if (c < 0x1100) return 1;
    const auto width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

struct Cell {
    std::size_t bytes;
    std::size_t width;
};

/// What a terminal draws in one place: a character with its marks, or emoji joined to one.
Cell cell_at(std::string_view text, std::size_t begin) noexcept {
    CodePoint c = code_point(text, begin);
    std::size_t i = begin + c.length;
    if (c.value < 0x300 && (i == text.size() || byte_at(text, i) < 0x80)) return {c.length, is_zero_width(c.value) ? 0U : 1U};
    const char32_t first = c.value;
    std::size_t width = is_zero_width(first) ? 0 : base_width(first);
    bool joined = false;
    while (i < text.size() && byte_at(text, i) >= 0x80) {
        c = code_point(text, i);
        const bool skin_tone = c.value >= 0x1F3FB && c.value <= 0x1F3FF && width == 2;
        if (!joined && !skin_tone && !is_zero_width(c.value)) break;
        if (c.value == 0xFE0F && width == 1 && u_hasBinaryProperty(static_cast<UChar32>(first), UCHAR_EMOJI)) width = 2;
        joined = c.value == 0x200D && width == 2;
        i += c.length;
    }
    return {i - begin, width};
}

// ---- mojibake

/// Whether a code point from C2 to F4 stands before one from 80 to BF: C3 82 to C3 B4, then C2. Without it there is nothing to
/// repair.
bool may_be_mojibake(std::string_view text) noexcept {
    for (std::size_t i = text.find('\xC2', 2); i != std::string_view::npos; i = text.find('\xC2', i + 1))
        if (byte_at(text, i - 2) == 0xC3 && byte_at(text, i - 1) >= 0x82 && byte_at(text, i - 1) <= 0xB4) return true;
    return false;
}

struct Latin1 {
    std::string bytes;            // one a code point; a code point above U+00FF is byte 0
    std::vector<std::size_t> at;  // where each one begins in the text, and the end
};

Latin1 as_latin1(std::string_view text) {
    Latin1 result;
    result.bytes.reserve(text.size());
    result.at.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = code_point(text, i);
        const bool narrow = c.well_formed && c.value <= 0xFF;
        result.bytes += narrow ? static_cast<char>(static_cast<unsigned char>(c.value)) : '\0';
        result.at.push_back(i);
        i += c.length;
    }
    result.at.push_back(text.size());
    return result;
}

/// The bytes that a text of nothing but code points up to U+00FF stands for; false for any other text.
bool whole_latin1(std::string_view text, std::string& bytes) {
    bytes.resize(text.size());
    std::size_t length = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::uint8_t c = byte_at(text, i);
        if (c >= 0x80) {
            if ((c != 0xC2 && c != 0xC3) || i + 1 == text.size() || (byte_at(text, i + 1) & 0xC0) != 0x80) return false;
            c = static_cast<std::uint8_t>((c & 0x03) << 6 | (byte_at(text, ++i) & 0x3F));
        }
        bytes[length++] = static_cast<char>(c);
    }
    bytes.resize(length);
    return true;
}

/// Two characters that correct text may well hold side by side, such as the end of "QUALITÉ »": a capital with an accent, and a
/// no-break space, a quote or a sign. Alone they prove nothing.
bool is_doubtful(std::string_view bytes, std::size_t i, std::size_t length) noexcept {
    if (length != 2 || byte_at(bytes, i) < 0xC6) return false;
    return std::string_view("\xA0\xAB\xAD\xAE\xB2\xB3\xB4\xB7\xB9\xBB").find(bytes[i + 1]) != std::string_view::npos;
}

}  // namespace

bool is_ascii(std::string_view text) noexcept { return ascii_run(text, 0) == text.size(); }

bool is_valid_utf8(std::string_view text) noexcept {
    // Sixteen bytes a step where all that is no ASCII is of two bytes, as the letters of Europe are; the rest one character at a time.
    for (std::size_t i = 0; i < text.size();) {
        const Sixteen bytes(text, i);
        const std::uint32_t high = bytes.high(), leads = bytes.leads_of_two(), seconds = bytes.continuations();
        if (high == (leads | seconds) && seconds == (leads << 1U & 0xFFFFU)) {
            i += leads >> 15U != 0 ? 15 : 16;  // the last character may end in the next sixteen
            continue;
        }
        i += static_cast<std::size_t>(std::countr_zero(high));
        const std::size_t length = sequence_length(text, i);
        if (length == 0) return false;
        i += length;
    }
    return true;
}

std::string to_valid_utf8(std::string_view text) {
    if (is_valid_utf8(text)) return std::string(text);
    std::string result;
    result.reserve(text.size() + 16);
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequence_length(text, i);
        if (length == 0) {
            result += replacement;
            ++i;
        } else {
            result.append(text, i, length);
            i += length;
        }
    }
    return result;
}

std::optional<std::string> decode_charset(std::string_view bytes, const char* charset) {
    if (charset == nullptr || *charset == '\0') return std::nullopt;  // ICU would take the one of the process
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(charset, &status), &ucnv_close);
    if (U_FAILURE(status)) return std::nullopt;
    if (ucnv_getType(converter.get()) == UCNV_UTF8) return to_valid_utf8(bytes);
    icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), status);
    if (U_FAILURE(status)) return std::nullopt;
    if (text.startsWith(icu::UnicodeString(static_cast<UChar32>(0xFEFF)))) text.remove(0, 1);
    return to_utf8(text);
}

std::string nfc(std::string_view text) {
    if (is_ascii(text) || plainly_nfc(text)) return std::string(text);
    UErrorCode status = U_ZERO_ERROR;
    const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
    if (nfc_normalizer()->isNormalizedUTF8(piece, status) != 0) return std::string(text);
    return to_utf8(normalized(*nfc_normalizer(), to_utf16(text)));
}

std::string fold_name(std::string_view text) {
    std::string result;
    if (fold_latin(text, result)) return result;
    return fold_spaces(to_utf8(normalized(*folding_normalizer(), to_utf16(text))));
}

std::string fold_search(std::string_view text) {
    std::string folded = fold_name(text);
    if (is_ascii(folded)) return folded;
    std::string result;
    result.reserve(folded.size());
    bool plain = true;
    for (std::size_t i = 0; i < folded.size() && plain;) {
        const CodePoint c = code_point(folded, i);
        const std::string_view letters = plain_letter(c.value);
        if (c.value >= 0xE0 && c.value <= 0xFF && latin_bases[c.value - 0xE0] != ' ') {
            result += latin_bases[c.value - 0xE0];
        } else if (!letters.empty()) {
            result += letters;
        } else {
            plain = c.value < 0x100 || (c.value >= 0x2010 && c.value <= 0x201F);
            result.append(folded, i, c.length);
        }
        i += c.length;
    }
    if (plain) return result;
    const icu::UnicodeString apart = normalized(*nfd_normalizer(), to_utf16(folded));
    icu::UnicodeString kept;
    for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
        const UChar32 c = apart.char32At(i);
        if (is_accent(static_cast<char32_t>(c))) continue;
        const std::string_view letters = plain_letter(static_cast<char32_t>(c));
        if (letters.empty()) {
            kept.append(c);
        } else {
            kept.append(to_utf16(letters));
        }
    }
    return to_utf8(normalized(*nfc_normalizer(), kept));
}

std::string strip_bidi(std::string_view text) {
    std::string result;
    std::size_t kept = 0;  // what stands before is in the result already
    for (std::size_t i = std::min(text.find('\xE2'), text.find('\xEF')); i < text.size(); ++i) {
        const std::uint8_t c = byte_at(text, i);
        if ((c != 0xE2 && c != 0xEF) || !is_bidi_control(code_point(text, i).value)) continue;
        result.append(text, kept, i - kept);
        kept = i + 3;
    }
    return result.append(text, kept);
}

std::string_view trim(std::string_view text) noexcept {
    while (!text.empty()) {
        const CodePoint c = code_point(text, 0);
        if (!is_space(c.value)) break;
        text.remove_prefix(c.length);
    }
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while (last > 0 && text.size() - last < 4 && (byte_at(text, last) & 0xC0) == 0x80) --last;
        const CodePoint c = code_point(text, last);
        if (last + c.length != text.size() || !is_space(c.value)) break;
        text.remove_suffix(c.length);
    }
    return text;
}

std::string repair_mojibake(std::string_view text) {
    if (!may_be_mojibake(text)) return std::string(text);
    if (std::string whole; whole_latin1(text, whole) && is_valid_utf8(whole)) {
        std::size_t sequences = 0;
        bool proof = false;
        for (std::size_t i = 0; i < whole.size() && !proof;) {
            i += ascii_run(whole, i);
            if (i == whole.size()) break;
            const std::size_t length = sequence_length(whole, i);
            ++sequences;
            proof = !is_doubtful(whole, i, length) || sequences > 1;
            i += length;
        }
        return proof ? whole : std::string(text);
    }
    const Latin1 latin = as_latin1(text);
    const std::string_view bytes = latin.bytes;
    const std::size_t count = bytes.size();
    std::string result;
    result.reserve(text.size());
    bool after_sequence = false;
    for (std::size_t i = 0; i < count;) {
        const std::size_t length = sequence_length(bytes, i);
        const bool isolated = !after_sequence && (i + length >= count || sequence_length(bytes, i + length) < 2);
        after_sequence = length > 1 && !(isolated && is_doubtful(bytes, i, length));
        if (after_sequence) {
            result.append(bytes, i, length);
            i += length;
        } else {
            result.append(text, latin.at[i], latin.at[i + 1] - latin.at[i]);
            ++i;
        }
    }
    return result;
}

std::string shell_word(std::string_view word) {
    const bool plain = !word.empty() && std::ranges::all_of(word, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-_./=+:,@%").find(c) != std::string_view::npos;
    });
    if (plain) return std::string(word);
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::string quote(std::string_view value) {
    constexpr std::size_t limit = 40;
    std::string result;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < value.size(); ++shown) {
        if (shown == limit) return result.append(ellipsis);
        const CodePoint c = code_point(value, i);
        if (!c.well_formed || is_control(c.value)) {
            result += fmt::format("\\x{:02x}", c.well_formed ? static_cast<unsigned>(c.value) : byte_at(value, i));
        } else if (is_bidi_control(c.value) || c.value == 0x2028 || c.value == 0x2029) {
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(c.value));
        } else {
            result.append(value, i, c.length);
        }
        i += c.length;
    }
    return result;
}

std::string for_terminal(std::string_view text) {
    const bool plain = std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
    std::string result;
    if (plain) return result.assign(text);
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = code_point(text, i);
        if (c.value == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
            // the line feed that follows stands for both
        } else if ((c.value >= '\t' && c.value <= '\r') || c.value == 0x85 || c.value == 0x2028 || c.value == 0x2029) {
            result += ' ';
        } else if (c.value < 0x20) {
            append(result, 0x2400 + c.value);  // the picture of the control: ESC shows as U+241B
        } else if (c.value == 0x7F) {
            append(result, 0x2421);
        } else if (!c.well_formed || is_control(c.value)) {
            result += replacement;
        } else if (!is_bidi_control(c.value) && c.value != 0x61C) {
            result.append(text, i, c.length);
        }
        i += c.length;
    }
    return result;
}

std::string for_terminal_lines(std::string_view text) {
    std::string result;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        if (line.ends_with('\r')) line.remove_suffix(1);
        result += for_terminal(line);
        if (end < text.size()) result += '\n';
        begin = end + 1;
    }
    return result;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const Cell cell = cell_at(text, i);
        width += cell.width;
        i += cell.bytes;
    }
    return width;
}

std::string fit_width(std::string_view text, std::size_t columns) {
    if (columns == 0) return {};
    std::size_t width = 0, cut = 0;  // `cut`: bytes that leave a column for the ellipsis
    for (std::size_t i = 0; i < text.size();) {
        const Cell cell = cell_at(text, i);
        width += cell.width;
        i += cell.bytes;
        if (width < columns) cut = i;
        if (width > columns) return std::string(text.substr(0, cut)).append(ellipsis);
    }
    return std::string(text);
}

std::uint32_t count_words(std::string_view text) noexcept {
    // One bit a character in two masks, so that no character waits for the one before: a word begins where a letter stands and
    // none stood before. Bit 0 is the last character of the masks before.
    std::uint64_t letters = 0, joiners = 0;
    unsigned next = 1;
    std::uint32_t words = 0;
    /// Counts the words that begin among the characters 1 to `last`.
    const auto count = [&](unsigned last) {
        letters |= joiners & letters << 1 & letters >> 1;  // a joiner between two letters is one
        const std::uint64_t in_question = (std::uint64_t{2} << last) - 2;
        words += count_bits(letters & ~(letters << 1) & in_question);
    };
    const auto flush = [&] {
        // The last character waits for its neighbour.
        const unsigned last = next - 1;
        const std::uint64_t joiner_waits = joiners >> last & 1U, letter_waits = letters >> last & 1U;
        count(last - 1);
        joiners = joiner_waits << 1;
        letters = (letters >> (last - 1) & 1U) | letter_waits << 1;
        next = 2;
    };
    for (std::size_t i = 0; i < text.size();) {
        if (next > 48) flush();  // sixteen more find room
        // Letters of Western Europe stand as two letters side by side, which begin no more words than one.
        const Sixteen bytes(text, i);
        std::uint32_t strange = bytes.high(), in_words = bytes.letters() | bytes.digits();
        if (strange != 0) {
            const std::uint32_t first = bytes.equal('\xC3'), second = first << 1U & strange;
            const std::uint32_t signs = (bytes.equal('\x97') | bytes.equal('\xB7')) & second;  // the times and the division sign
            const std::uint32_t pairs = (second & ~signs) | (second & ~signs) >> 1U;
            strange &= ~pairs;
            in_words |= pairs;
        }
        const auto known = static_cast<std::size_t>(std::countr_zero(strange | 0x10000U));
        std::size_t taken = std::min(known, text.size() - i);
        if (taken > 0 && taken < known && text[i + taken - 1] == '\xC3') --taken;  // not half a letter
        if (taken > 0) {
            const std::uint64_t wanted = (std::uint64_t{1} << taken) - 1;
            letters |= (in_words & wanted) << next;
            joiners |= ((bytes.equal('\'') | bytes.equal('-')) & wanted) << next;
            next += static_cast<unsigned>(taken);
            i += taken;
            continue;
        }
        const CodePoint wide = code_point(text, i);
        i += wide.length;
        const WordClass kind = word_class(wide.value);
        if (kind == mark) continue;  // belongs to the character before
        if (kind == ideograph) ++words;
        letters |= static_cast<std::uint64_t>(kind == letter) << next;
        joiners |= static_cast<std::uint64_t>(kind == joiner) << next;
        ++next;
    }
    count(next - 1);
    return words;
}

std::vector<std::string_view> find_links(std::string_view text) {
    std::vector<std::string_view> links;
    std::size_t from = 0;
    for (std::size_t colon = text.find("://"); colon != std::string_view::npos;
         colon = text.find("://", std::max(colon + 3, from))) {
        const auto scheme = [&](std::string_view name) {
            if (colon < from + name.size()) return false;
            for (std::size_t k = 0; k < name.size(); ++k)
                if (ascii_lower(text[colon - name.size() + k]) != name[k]) return false;
            return true;
        };
        std::size_t begin = 0;
        if (scheme("https")) {
            begin = colon - 5;
        } else if (scheme("http")) {
            begin = colon - 4;
        } else {
            continue;
        }
        std::size_t end = colon + 3;
        while (end < text.size()) {
            const CodePoint c = code_point(text, end);
            if (ends_link(c.value)) break;
            end += c.length;
        }
        const std::string_view link = without_trailing_punctuation(text.substr(begin, end - begin));
        from = end;
        if (begin + link.size() <= colon + 3) continue;  // nothing after the scheme
        const char host = text[colon + 3];
        if (is_ascii_alnum(host) || host == '[' || static_cast<unsigned char>(host) >= 0x80) links.push_back(link);
    }
    return links;
}

std::string normalise_url(std::string_view url) {
    url = trim(url);
    url = url.substr(0, url.find('#'));
    if (const std::size_t colon = url.find("://"); colon != std::string_view::npos && colon < url.find_first_of("/?")) {
        url.remove_prefix(colon + 3);
    } else if (url.starts_with("//")) {
        url.remove_prefix(2);
    }
    const std::size_t host_end = std::min(url.find_first_of("/?"), url.size());
    std::string_view authority = url.substr(0, host_end);
    std::string_view rest = url.substr(host_end);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
    std::string result = is_ascii(authority) ? ascii_lowered(authority) : fold_name(authority);
    for (const std::string_view port : {":80", ":443"})
        if (result.ends_with(port)) result.erase(result.end() - static_cast<std::ptrdiff_t>(port.size()), result.end());
    if (result.ends_with('.')) result.pop_back();
    if (result.starts_with("www.")) result.erase(0, 4);

    const std::size_t mark = rest.find('?');
    std::string_view path = rest.substr(0, mark);
    while (path.ends_with('/')) path.remove_suffix(1);
    append_canonical(result, path);
    if (mark == std::string_view::npos) return result;
    char before = '?';
    for (const std::string_view parameter : split(rest.substr(mark + 1), '&')) {
        if (parameter.empty() || is_tracking(parameter)) continue;
        result += before;
        append_canonical(result, parameter);
        before = '&';
    }
    return result;
}

std::string percent_decode(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int byte = percent_byte(text, i);
        if (byte < 0) {
            result += text[i];
        } else {
            result += static_cast<char>(byte);
            i += 2;
        }
    }
    return is_valid_utf8(result) ? result : to_valid_utf8(result);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

std::optional<std::int64_t> parse_integer(std::string_view text) noexcept {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) return std::nullopt;
    }
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

std::optional<double> parse_number(std::string_view text) noexcept {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) return std::nullopt;
    }
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

}  // namespace secateur

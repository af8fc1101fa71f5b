// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/token_stream.hpp"

#include <unicode/uchar.h>

#include <algorithm>

#include "base/text.hpp"

namespace secateur::token_stream_detail {
namespace {

/// The character at `at`, which moves behind it; negative for an ill-formed byte.
UChar32 decode(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
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

}  // namespace

bool append_wide(std::string_view text, std::size_t& at, Word& word) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
    if (byte == 0xC5 && (next == 0x92 || next == 0x93)) {  // Œ œ
        word.append("\xC5\x93", 2);
        ++word.letters;
        at += 2;
        return true;
    }
    if (byte == 0xE2 && next == 0x80 && at + 2 < text.size()) {  // dashes, quotation marks, the apostrophe
        at += 3;
        return false;
    }
    if (byte == 0xF0 && next == 0x9F && at + 3 < text.size()) {  // emoji
        at += 4;
        return false;
    }
    if (byte == 0xC2 && next == 0xAD) {  // a soft hyphen is no part of the word, and no end of it
        at += 2;
        return true;
    }
    UChar32 c = decode(text, at);
    if (c < 0) return false;
    const std::int8_t type = u_charType(c);
    const bool mark = type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
    if (mark && word.letters == 0) return false;
    if (!mark && u_isdigit(c)) {
        word.has_digit = true;
        return true;
    }
    if (!mark && !u_isalpha(c)) return false;
    // A mark may join the letter before it, a letter may come in two forms: compose such a word at its end.
    word.needs_nfc = word.needs_nfc || c >= 0x300;
    if (!mark) ++word.letters;
    c = u_tolower(c);
    const auto tail = [c](unsigned shift) { return static_cast<char>(0x80U | ((static_cast<std::uint32_t>(c) >> shift) & 0x3FU)); };
    std::array<char, 4> bytes{};
    std::size_t size = 0;
    if (c < 0x80) {
        bytes[size++] = static_cast<char>(c);
    } else if (c < 0x800) {
        bytes[size++] = static_cast<char>(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        bytes[size++] = static_cast<char>(0xE0 | (c >> 12));
        bytes[size++] = tail(6);
    } else {
        bytes[size++] = static_cast<char>(0xF0 | (c >> 18));
        bytes[size++] = tail(12);
        bytes[size++] = tail(6);
    }
    if (c >= 0x80) bytes[size++] = tail(0);
    word.append(bytes.data(), size);
    return true;
}

std::string compose(const Word& word) { return nfc(std::string_view(word.bytes.data(), word.size)); }

bool may_hold_address(std::string_view text) {
    return std::memchr(text.data(), '@', text.size()) != nullptr || text.find("://") != std::string_view::npos ||
           text.find("www.") != std::string_view::npos;
}

std::string_view without_address(std::string_view piece) {
    if (piece.find('@') != std::string_view::npos) return {};
    const std::size_t link = std::min(piece.find("://"), piece.find("www."));
    if (link == std::string_view::npos) return piece;
    // What stands before the scheme is kept: "see:https://..."
    std::size_t begin = link;
    if (piece.compare(link, 3, "://") == 0)
        while (begin > 0 && ((piece[begin - 1] | 0x20) >= 'a' && (piece[begin - 1] | 0x20) <= 'z')) --begin;
    return piece.substr(0, begin);
}

}  // namespace secateur::token_stream_detail

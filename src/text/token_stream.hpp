// SPDX-License-Identifier: GPL-3.0-or-later
// Words of a text as they are counted on import: lower case, accents kept, 3 to 30 letters; no words with digits, links, addresses,
// handles. Made for millions of posts: a table for ASCII, French and its neighbours, ICU for the rest; tens of nanoseconds a word.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace secateur {

namespace token_stream_detail {

enum class ByteClass : std::uint8_t { separator, letter, digit, latin, wide };

constexpr std::array<ByteClass, 256> byte_classes = [] {
    std::array<ByteClass, 256> classes{};
    for (unsigned c = 0; c < 256; ++c) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) classes[c] = ByteClass::letter;
        else if (c >= '0' && c <= '9') classes[c] = ByteClass::digit;
        else if (c == 0xC3) classes[c] = ByteClass::latin;
        else if (c >= 0x80) classes[c] = ByteClass::wide;
    }
    return classes;
}();

/// The word being read. Longer than any that is counted: the rest is dropped, and the word with it.
struct Word {
    static constexpr std::size_t capacity = 128;
    std::array<char, capacity> bytes;
    std::size_t size = 0;
    unsigned letters = 0;
    bool has_digit = false, too_long = false, needs_nfc = false;

    void append(const char* from, std::size_t count) {
        if (size + count > capacity) {
            too_long = true;
            return;
        }
        for (std::size_t i = 0; i < count; ++i) bytes[size++] = from[i];
    }
};

/// Reads one character that no table knows; false when it separates words.
bool append_wide(std::string_view text, std::size_t& at, Word& word);
std::string compose(const Word& word);
/// Whether a link, address or handle may be in it.
bool may_hold_address(std::string_view text);
/// The part of a piece between spaces that may hold words.
std::string_view without_address(std::string_view piece);

template <class Visit>
void visit_words(std::string_view text, Visit& visit) {
    Word word;
    const auto end_word = [&] {
        if (word.letters >= 3 && word.letters <= 30 && !word.has_digit && !word.too_long) {
            if (word.needs_nfc) visit(std::string_view(compose(word)));
            else visit(std::string_view(word.bytes.data(), word.size));
        }
        word.size = 0;
        word.letters = 0;
        word.has_digit = word.too_long = word.needs_nfc = false;
    };
    std::size_t at = 0;
    while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        switch (byte_classes[byte]) {
            case ByteClass::letter: {
                // Letters come in runs: the whole run at once.
                const std::size_t begin = at;
                do ++at;
                while (at < text.size() && byte_classes[static_cast<unsigned char>(text[at])] == ByteClass::letter);
                const std::size_t count = at - begin;
                word.letters += static_cast<unsigned>(count);
                if (word.size + count > Word::capacity) {
                    word.too_long = true;
                    break;
                }
                for (std::size_t i = 0; i < count; ++i) word.bytes[word.size + i] = static_cast<char>(text[begin + i] | 0x20);
                word.size += count;
                break;
            }
            case ByteClass::separator:
                if (word.letters != 0 || word.has_digit) end_word();
                ++at;
                break;
            case ByteClass::digit:
                word.has_digit = true;
                ++at;
                break;
            case ByteClass::latin: {
                const unsigned char next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
                if (next < 0x80 || next > 0xBF || next == 0x97 || next == 0xB7) {  // broken, or a times or division sign
                    end_word();
                    at += next < 0x80 || next > 0xBF ? 1 : 2;
                    break;
                }
                const std::array<char, 2> lower{'\xC3', static_cast<char>(next <= 0x9E ? next + 0x20 : next)};
                word.append(lower.data(), 2);
                ++word.letters;
                at += 2;
                break;
            }
            case ByteClass::wide:
                if (!append_wide(text, at, word)) end_word();
                break;
        }
    }
    end_word();
}

}  // namespace token_stream_detail

/// Calls `visit(std::string_view)` for each word in order; the view dies with the call. The same word is always the same bytes (NFC).
template <class Visit>
void for_each_token(std::string_view text, Visit&& visit) {
    using namespace token_stream_detail;
    if (!may_hold_address(text)) {
        visit_words(text, visit);
        return;
    }
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
        visit_words(without_address(text.substr(0, end)), visit);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/tokens.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

constexpr std::array<std::string_view, 16> elided{"l",  "d",     "j",      "m",      "t",      "s",      "c",      "n",
                                                  "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu", "entr"};
constexpr std::array<std::string_view, 6> english_endings{"s", "m", "re", "ve", "ll", "d"};
// Written with signs that would be cut off; longest first. Compared folded.
constexpr std::array<std::string_view, 8> protected_names{"asp.net", "node.js", "vue.js", "next.js", "c++", "c#", "f#", ".net"};

bool is_word_character(UChar32 c) { return u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK; }
bool is_apostrophe(UChar32 c) { return c == '\'' || c == 0x2019 || c == 0x02BC; }

struct Reader {
    std::string_view text;
    std::size_t at = 0;

    [[nodiscard]] bool done() const { return at >= text.size(); }
    [[nodiscard]] UChar32 peek(std::size_t position, std::size_t& after) const {
        if (position >= text.size()) return -1;
        // The text is well formed: to_valid_utf8() saw it first.
        const auto byte = [&](std::size_t i) { return static_cast<UChar32>(static_cast<unsigned char>(text[i])); };
        const UChar32 first = byte(position);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        after = std::min(position + length, text.size());
        UChar32 c = length == 1 ? first : first & (0xFF >> (length + 1));
        for (std::size_t i = position + 1; i < after; ++i) c = (c << 6) | (byte(i) & 0x3F);
        return c;
    }
};

bool boundary_before(std::string_view text, std::size_t at) {
    if (at == 0) return true;
    do --at;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    std::size_t after = 0;
    return !is_word_character(Reader{text, at}.peek(at, after));
}
bool boundary_after(std::string_view text, std::size_t at) {
    if (at >= text.size()) return true;
    std::size_t after = 0;
    return !is_word_character(Reader{text, at}.peek(at, after)) && text[at] != '+' && text[at] != '#';
}

std::string_view protected_name_at(std::string_view text, std::size_t at) {
    // R&D, L&D, Q&A: two letters around the sign
    if (at + 2 < text.size() && text[at + 1] == '&' && boundary_before(text, at) && boundary_after(text, at + 3) &&
        std::isalpha(static_cast<unsigned char>(text[at])) && std::isalpha(static_cast<unsigned char>(text[at + 2])))
        return text.substr(at, 3);
    for (const std::string_view name : protected_names)
        if (text.substr(at, name.size()) == name && (name[0] == '.' || boundary_before(text, at)) &&
            boundary_after(text, at + name.size()))
            return name;
    return {};
}

/// "FormationRH" -> Formation, RH; a run of capitals is one piece.
std::vector<std::string_view> camel_parts(std::string_view word) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0, at = 0;
    UChar32 before = 0;
    while (at < word.size()) {
        std::size_t after = at;
        const UChar32 c = Reader{word, at}.peek(at, after);
        std::size_t beyond = after;
        const UChar32 next = Reader{word, after}.peek(after, beyond);
        const bool starts =
            at > begin && u_isupper(c) && (u_islower(before) || (u_isupper(before) && next >= 0 && u_islower(next)));
        if (starts) {
            parts.push_back(word.substr(begin, at - begin));
            begin = at;
        }
        before = c;
        at = after;
    }
    parts.push_back(word.substr(begin));
    return parts;
}

/// Links and addresses become spaces of the same length, so that places in the text stay what they were.
std::string blank_links(std::string_view text, std::vector<Token>& domains) {
    std::string rest(text);
    for (const std::string_view link : find_links(text)) {
        const auto offset = static_cast<std::size_t>(link.data() - text.data());
        const std::string normal = normalise_url(link);
        std::string host = normal.substr(0, normal.find_first_of("/?:"));
        if (!host.empty()) domains.push_back({host, host, Token::Kind::domain});
        std::fill_n(rest.begin() + static_cast<std::ptrdiff_t>(offset), link.size(), ' ');
    }
    return rest;
}

/// The end of an e-mail address or handle that begins here; `at` when there is none.
std::size_t end_of_handle(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && (is_ascii(text.substr(end, 1)) && (std::isalnum(static_cast<unsigned char>(text[end])) ||
                                                                   text[end] == '_' || text[end] == '.' || text[end] == '-')))
        ++end;
    return end == at + 1 ? at : end;
}

void push(std::vector<Token>& out, std::string_view written, Token::Kind kind) {
    std::string folded = fold_name(written);
    const std::string_view bare = kind == Token::Kind::word ? without_elision(folded) : std::string_view(folded);
    if (bare.empty()) return;
    // The elided part is cut from what is shown as well: apostrophes are one character, of one or three bytes.
    std::string shown(written);
    if (bare.size() < folded.size()) {
        for (const std::string_view mark : {std::string_view("'"), std::string_view("’"), std::string_view("ʼ")}) {
            const std::size_t cut = shown.find(mark);
            if (cut == std::string::npos) continue;
            shown = folded.substr(folded.size() - bare.size()) == bare ? shown.substr(cut + mark.size()) : shown.substr(0, cut);
            break;
        }
    }
    std::string text(bare);
    for (const std::string_view mark : {std::string_view("'"), std::string_view("’"), std::string_view("ʼ")})
        for (std::size_t cut; (cut = text.find(mark)) != std::string::npos;) text.erase(cut, mark.size());
    if (!text.empty()) out.push_back({std::move(text), std::move(shown), kind});
}

}  // namespace

std::string_view without_elision(std::string_view word) {
    for (const std::string_view mark : {std::string_view("'"), std::string_view("’"), std::string_view("ʼ")}) {
        const std::size_t cut = word.find(mark);
        if (cut == std::string_view::npos) continue;
        const std::string_view before = word.substr(0, cut), after = word.substr(cut + mark.size());
        if (after.empty()) return before;
        if (std::find(elided.begin(), elided.end(), before) != elided.end()) return without_elision(after);
        if (std::find(english_endings.begin(), english_endings.end(), after) != english_endings.end()) return before;
    }
    return word;
}

std::vector<Token> tokenise(std::string_view raw) {
    const std::string valid = to_valid_utf8(raw);
    std::vector<Token> out, domains;
    const std::string rest = blank_links(valid, domains);
    // Protected names are looked for in a copy that is lower case byte for byte, so that places are the same.
    const std::string lower = ascii_lowered(rest);

    Reader reader{rest};
    while (!reader.done()) {
        if (const std::string_view name = protected_name_at(lower, reader.at); !name.empty()) {
            out.push_back({std::string(name), rest.substr(reader.at, name.size()), Token::Kind::name});
            reader.at += name.size();
            continue;
        }
        std::size_t after = reader.at;
        const UChar32 c = reader.peek(reader.at, after);
        if (c == '@') {
            const std::size_t end = end_of_handle(rest, reader.at);
            // what stands before the sign belongs to an e-mail address
            if (end > reader.at && reader.at > 0 && !boundary_before(rest, reader.at) && !out.empty()) out.pop_back();
            reader.at = std::max(end, after);
            continue;
        }
        const bool hashtag = c == '#';
        std::size_t begin = hashtag ? after : reader.at;
        std::size_t at = begin, end = begin;
        while (at < rest.size()) {
            std::size_t next = at;
            const UChar32 each = reader.peek(at, next);
            if (is_word_character(each) || (hashtag && each == '_')) {
                end = at = next;
                continue;
            }
            // an apostrophe inside a word does not end it; without_elision decides what it was
            std::size_t beyond = next;
            if (!hashtag && end > begin && is_apostrophe(each) && next < rest.size() &&
                is_word_character(reader.peek(next, beyond))) {
                at = next;
                continue;
            }
            break;
        }
        if (end == begin) {
            reader.at = std::max(after, begin);
            continue;
        }
        const std::string_view written = std::string_view(rest).substr(begin, end - begin);
        if (hashtag) {
            std::string whole(written);
            whole.erase(std::remove(whole.begin(), whole.end(), '_'), whole.end());
            push(out, whole, Token::Kind::hashtag);
            std::vector<std::string_view> parts;
            for (const std::string_view piece : split(written, '_'))
                for (const std::string_view part : camel_parts(piece)) parts.push_back(part);
            if (parts.size() > 1)
                for (const std::string_view part : parts) push(out, part, Token::Kind::word);
        } else {
            push(out, written, Token::Kind::word);
        }
        reader.at = end;
    }
    out.insert(out.end(), domains.begin(), domains.end());
    return out;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// A text cut into the words that can say what it is about: folded, elisions undone, links and handles left out but the
// domains of links and hashtags kept, names such as C++ or R&D in one piece. It knows no grammar.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace secateur {

struct Token {
    enum class Kind : std::uint8_t { word, name, hashtag, domain };  // `name` is protected: "c++", ".net"
    std::string text;                                                // NFKC, case folded, accents kept
    std::string written;                                             // as it stands in the text
    Kind kind = Kind::word;
    bool operator==(const Token&) const = default;
};

/// The tokens of a text in order. Ill-formed UTF-8 reads as U+FFFD, which separates words.
[[nodiscard]] std::vector<Token> tokenise(std::string_view text);

/// Without the elided article or pronoun of French and the `'s` of English: "l'emploi" -> "emploi", "women's" -> "women".
[[nodiscard]] std::string_view without_elision(std::string_view word);

}  // namespace secateur

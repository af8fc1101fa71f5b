// SPDX-License-Identifier: GPL-3.0-or-later
// Words and expressions looked up by their stems, the longest first: the one matcher behind topics, request words and cues.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/messages.hpp"
#include "text/stems.hpp"
#include "text/tokens.hpp"

namespace secateur {

/// A text ready to be matched: per token the stem in both languages.
struct StemmedToken {
    std::string french, english;
    std::string written;
    [[nodiscard]] const std::string& in(Language language) const { return language == Language::french ? french : english; }
};
[[nodiscard]] std::vector<StemmedToken> stem_tokens(const std::vector<Token>& tokens, Stemmer& stemmer);

class PhraseTable {
public:
    /// Adds an expression under a number of the caller's. It is found with and without its accents, and "start-up" as "startup".
    void add(std::string_view phrase, Language language, std::uint32_t number, Stemmer& stemmer);

    struct Hit {
        std::uint32_t number = 0;
        std::size_t length = 0;  // tokens
        Language language = Language::english;
    };
    /// Everything that begins at that token, longest first; equal ones in the order in which they were added.
    [[nodiscard]] std::vector<Hit> find(const std::vector<StemmedToken>& tokens, std::size_t at) const;
    [[nodiscard]] std::vector<Hit> find(const std::vector<StemmedToken>& tokens, std::size_t at, Language language) const;
    [[nodiscard]] bool empty() const noexcept { return by_first_.empty(); }

private:
    struct Entry {
        std::vector<std::string> rest;  // stems after the first
        std::uint32_t number = 0;
        Language language = Language::english;
    };
    void insert(std::vector<std::string> stems, Language language, std::uint32_t number);
    void find_in(const std::vector<StemmedToken>& tokens, std::size_t at, Language language, std::vector<Hit>& hits) const;

    std::unordered_map<std::string, std::vector<Entry>> by_first_;  // key: language letter + stem
};

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Words run together, as in the names of communities and in hashtags: "humanresources", "learnprogramming".
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "text/stems.hpp"

namespace secateur {

class Compounds {
public:
    using IsWord = std::function<bool(std::string_view)>;
    /// `is_word`: whether a folded word is one, besides those of the lexicon; may be empty.
    Compounds(Stemmer& stemmer, IsWord is_word);
    /// The words of a folded name, two to four of them, at least one of which the lexicon knows; empty where it is one word itself or is
    /// not wholly made of words. Fewest words first, then the longest first word.
    [[nodiscard]] std::vector<std::string_view> parts(std::string_view folded) const;

private:
    enum class Word { none, small, known, topic };
    [[nodiscard]] Word kind(std::string_view word) const;

    Stemmer* stemmer_;
    IsWord is_word_;
    std::unordered_set<std::string> topics_, small_;  // stems of the lexicon; function words of three letters or more
};

}  // namespace secateur

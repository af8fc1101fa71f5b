// SPDX-License-Identifier: GPL-3.0-or-later
// What the program knows of French and English beyond its own lexicon, from two files that `secateur_words` builds out of
// packages of the distribution: a bilingual dictionary and word vectors. Without them everything works, and knows fewer words.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/messages.hpp"

namespace secateur {

/// Read-only once loaded. Words are looked up by their stems (text/stems), those of an expression joined by spaces.
class WordData {
public:
    static constexpr std::size_t dimensions = 64;
    static constexpr std::string_view dictionary_name = "dictionary.tsv", vectors_name = "vectors.bin";

    WordData() = default;
    /// Reads what there is in the folder; a file that is missing, or of another make, is left out.
    explicit WordData(const std::filesystem::path& folder);
    /// From the bytes of the two files.
    WordData(std::string dictionary, std::string vectors);

    [[nodiscard]] bool has_dictionary() const noexcept { return !entries_.empty(); }
    [[nodiscard]] bool has_vectors() const noexcept { return !keys_.empty(); }

    /// Translations into the other language, the likeliest first; empty for a word that is not in the dictionary.
    [[nodiscard]] std::vector<std::string_view> translations(std::string_view stems, Language from) const;
    /// A word's vector; the longer, the more the word says. Empty for a word without one.
    [[nodiscard]] std::span<const std::int8_t> vector(std::string_view stem, Language language) const;

    /// The bytes of vectors.bin: `keys` sorted, each "fr " or "en " and a stem; `values` holds `dimensions` numbers a key.
    [[nodiscard]] static std::string vectors_file(const std::vector<std::string>& keys, const std::vector<std::int8_t>& values);

private:
    void read_dictionary();
    void read_vectors();

    // The bytes stay where they are on a move: the views below point into them.
    std::vector<char> dictionary_, vectors_;
    std::vector<std::string_view> entries_;  // lines of the dictionary, sorted: "fr STEMS TAB word;word"
    std::vector<std::string_view> keys_;
    std::span<const std::int8_t> values_;
};

/// The key of a word in both files.
[[nodiscard]] std::string word_key(std::string_view stems, Language language);

}  // namespace secateur

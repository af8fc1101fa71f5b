// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the two files of WordData from what Debian ships: the FreeDict dictionaries (dict-freedict-fra-eng and -eng-fra) and
// WordNet's glosses (wordnet-base). The same input gives the same bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/messages.hpp"

namespace secateur {

/// One headword and what stands under it.
struct DictionaryEntry {
    std::string word;
    std::vector<std::string> translations;  // the likeliest first
};
/// A dictionary of dictd: `index` says where in `text` each entry stands. Words about a translation ("colloq.") are left out.
[[nodiscard]] std::vector<DictionaryEntry> read_dictd(std::string_view index, std::string_view text);

/// The bytes of dictionary.tsv. What both directions agree on comes first.
[[nodiscard]] std::string build_dictionary(const std::vector<DictionaryEntry>& from_french, const std::vector<DictionaryEntry>& from_english);

/// One meaning of WordNet: its words and those of its parents, and how it is explained.
struct Gloss {
    std::string words, parents, text;
};
/// The lines of WordNet's data.noun, data.verb, data.adj and data.adv, as one text each.
[[nodiscard]] std::vector<Gloss> read_wordnet(const std::vector<std::string>& files);

/// The bytes of vectors.bin: English words that stand in the same glosses lie near each other (randomised singular value
/// decomposition); French words lie between their translations in `dictionary` (the bytes of build_dictionary) and in the lexicon.
[[nodiscard]] std::string build_vectors(const std::vector<Gloss>& glosses, std::string_view dictionary);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/language.hpp"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "text/tokens.hpp"

namespace secateur {
namespace {

// Words that carry grammar and that the other languages around here do not share; sorted, without accents.
constexpr std::array<std::string_view, 62> french_words{
    "a",     "au",    "aucun", "aussi",  "autour", "aux", "avec", "avoir", "c",      "ce",    "ces",  "cette",
    "chez",  "comme", "dans",  "depuis", "des",    "du",  "elle", "elles", "entre",  "est",   "et",   "etre",
    "faire", "hors",  "il",    "ils",    "je",     "la",  "le",   "les",   "leur",   "leurs", "mais", "mes",
    "nos",   "notre", "nous",  "ou",     "par",    "pas", "plus", "pour",  "qu",     "que",   "quel", "qui",
    "sans",  "ses",   "son",   "sont",   "sous",   "sur", "tous", "tout",  "toutes", "un",    "une",  "vous"};
constexpr std::array<std::string_view, 44> english_words{
    "about", "all",  "and",  "any",  "are",  "at",  "be",   "by",   "can",   "do",    "everyone", "for",   "from", "get",  "has",
    "have",  "how",  "is",   "it",   "join", "may", "more", "new",  "of",    "or",    "our",      "share", "than", "that", "the",
    "their", "them", "they", "this", "to",   "us",  "we",   "what", "where", "which", "who",      "with",  "you",  "your"};
// Dutch, German, Spanish, Italian, Portuguese: enough of each to doubt a short text.
constexpr std::array<std::string_view, 71> other_words{
    "aan",   "als",  "auf",  "aus",   "bei", "bij",  "che",    "con",   "das",  "dat",  "deze", "del",  "della", "dello", "den",
    "der",   "die",  "dit",  "door",  "een", "ein",  "eine",   "einen", "el",   "er",   "esta", "fur",  "geen",  "het",   "hier",
    "hoe",   "ich",  "ihr",  "ik",    "ist", "jij",  "jullie", "los",   "maar", "met",  "mit",  "mijn", "moet",  "naar",  "nao",
    "nicht", "niet", "nog",  "onder", "ons", "onze", "ook",    "oder",  "para", "per",  "uit",  "um",   "uma",   "und",   "van",
    "veel",  "von",  "voor", "waar",  "wat", "wel",  "wie",    "wij",   "wir",  "zijn", "zu"};

template <std::size_t size>
bool has(const std::array<std::string_view, size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

struct Counts {
    int french = 0, english = 0, other = 0, words = 0, accents = 0;
};

Counts count(std::string_view text) {
    Counts counts;
    for (const Token& token : tokenise(text)) {
        if (token.kind == Token::Kind::domain) continue;
        ++counts.words;
        const std::string bare = fold_search(token.text);
        if (has(french_words, bare)) ++counts.french;
        if (has(english_words, bare)) ++counts.english;
        if (has(other_words, bare)) ++counts.other;
        // é, è, ê, ç, œ at the heart of a word are French among the languages met here
        for (const std::string_view letter : {"é", "è", "ê", "ç", "œ", "à", "û"})
            if (token.text.find(letter) != std::string::npos) {
                ++counts.accents;
                break;
            }
    }
    return counts;
}

Tongue guess(std::string_view text, const Counts& counts) {
    CLD2::Language three[3];
    int percent[3];
    double score[3];
    int bytes = 0, valid = 0;
    bool reliable = false;
    const std::string head(text.substr(0, 20000));
    const std::string clean = to_valid_utf8(head);
    const CLD2::Language found = CLD2::ExtDetectLanguageSummaryCheckUTF8(clean.data(), static_cast<int>(clean.size()), true,
                                                                         nullptr, CLD2::kCLDFlagBestEffort, three, percent, score,
                                                                         nullptr, &bytes, &reliable, &valid);
    const Tongue said = found == CLD2::FRENCH             ? Tongue::french
                        : found == CLD2::ENGLISH          ? Tongue::english
                        : found == CLD2::UNKNOWN_LANGUAGE ? Tongue::unsure
                                                          : Tongue::other;
    const int french = 2 * counts.french + counts.accents, english = 2 * counts.english, other = 2 * counts.other;
    reliable = reliable && counts.words >= 3;  // a name or two look like anything
    // Grammar words speak louder than letters in short texts.
    if (french >= 4 && french > 2 * english && french > 2 * other) return Tongue::french;
    if (english >= 4 && english > 2 * french && english > 2 * other) return Tongue::english;
    if (other >= 4 && other > 2 * french && other > 2 * english) return Tongue::other;
    if (said == Tongue::french && (reliable || french > english)) return Tongue::french;
    if (said == Tongue::english && (reliable || english > french)) return Tongue::english;
    // A few words are no proof of a third language: names of places and products look like anything.
    if (said == Tongue::other && reliable && french == 0 && english == 0 && (counts.words >= 8 || other > 0))
        return Tongue::other;
    if (french > 0 && english == 0 && other == 0) return Tongue::french;
    if (english > 0 && french == 0 && other == 0) return Tongue::english;
    return Tongue::unsure;
}

}  // namespace

Tongue detect_tongue(std::string_view text, std::string_view said) {
    const std::string tag = fold_search(said).substr(0, 2);
    if (tag == "fr") return Tongue::french;
    if (tag == "en") return Tongue::english;
    if (tag.size() == 2 && std::all_of(tag.begin(), tag.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return Tongue::other;
    const Counts counts = count(text);
    if (counts.words == 0) return Tongue::unsure;
    return guess(text, counts);
}

}  // namespace secateur

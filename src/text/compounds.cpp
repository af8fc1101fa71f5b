// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/compounds.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "text/lexicon.hpp"
#include "text/tokens.hpp"

namespace secateur {
namespace {

constexpr std::size_t shortest = 3;        // of a word of the lexicon, or of a function word
constexpr std::size_t shortest_other = 4;  // shorter ones stand in anything by chance
constexpr std::size_t shortest_whole = 8;
constexpr std::size_t longest_whole = 48;  // longer ones are no name
constexpr std::size_t most_parts = 4;

}  // namespace

Compounds::Compounds(Stemmer& stemmer, IsWord is_word) : stemmer_(&stemmer), is_word_(std::move(is_word)) {
    const auto add = [&](std::string_view phrase, Language language) {
        for (const Token& token : tokenise(phrase))
            if (token.text.size() >= shortest) topics_.insert(stemmer_->stem(fold_search(token.text), language));
    };
    for (const LexiconEntry& entry : lexicon()) {
        for (const std::string_view word : entry.french) add(word, Language::french);
        for (const std::string_view word : entry.english) add(word, Language::english);
    }
    for (const RequestWord& each : request_words())
        if (each.stop && each.word.size() >= shortest) small_.insert(fold_search(each.word));
}

Compounds::Word Compounds::kind(std::string_view word) const {
    if (word.size() < shortest) return Word::none;
    if (small_.contains(std::string(word))) return Word::small;
    for (const Language language : {Language::french, Language::english})
        if (topics_.contains(stemmer_->stem(word, language))) return Word::topic;
    return word.size() >= shortest_other && is_word_ && is_word_(word) ? Word::known : Word::none;
}

std::vector<std::string_view> Compounds::parts(std::string_view folded) const {
    const bool plain = std::ranges::all_of(folded, [](char c) { return c >= 'a' && c <= 'z'; });
    if (!plain || folded.size() < shortest_whole || folded.size() > longest_whole || kind(folded) != Word::none) return {};
    // The best way to write what begins at each letter, from the end.
    struct Way {
        std::size_t words = most_parts + 1, first = 0;
        bool has_topic = false;
    };
    std::vector<Way> ways(folded.size() + 1);
    ways[folded.size()] = {.words = 0};
    for (std::size_t at = folded.size(); at-- > 0;)
        for (std::size_t length = shortest; at + length <= folded.size(); ++length) {
            const Way& rest = ways[at + length];
            if (rest.words >= most_parts) continue;
            const Word word = kind(folded.substr(at, length));
            if (word == Word::none) continue;
            const Way way{.words = rest.words + 1, .first = length, .has_topic = rest.has_topic || word == Word::topic};
            const auto better = [](const Way& each) { return std::tuple(!each.has_topic, each.words, ~each.first); };
            if (better(way) < better(ways[at])) ways[at] = way;
        }
    if (!ways.front().has_topic || ways.front().words < 2 || ways.front().words > most_parts) return {};
    std::vector<std::string_view> found;
    for (std::size_t at = 0; at < folded.size(); at += ways[at].first) found.push_back(folded.substr(at, ways[at].first));
    return found;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/phrases.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace secateur {
namespace {
std::string key(std::string_view stem, Language language) {
    return (language == Language::french ? 'f' : 'e') + std::string(stem);
}
}  // namespace

std::vector<StemmedToken> stem_tokens(const std::vector<Token>& tokens, Stemmer& stemmer) {
    std::vector<StemmedToken> out;
    out.reserve(tokens.size());
    for (const Token& token : tokens) {
        if (token.kind == Token::Kind::name || token.kind == Token::Kind::domain)
            out.push_back({token.text, token.text, token.written});
        else
            out.push_back(
                {stemmer.stem(token.text, Language::french), stemmer.stem(token.text, Language::english), token.written});
    }
    return out;
}

void PhraseTable::insert(std::vector<std::string> stems, Language language, std::uint32_t number) {
    if (stems.empty()) return;
    Entry entry{{stems.begin() + 1, stems.end()}, number, language};
    auto& entries = by_first_[key(stems.front(), language)];
    const bool known = std::any_of(entries.begin(), entries.end(),
                                   [&](const Entry& each) { return each.rest == entry.rest && each.number == number; });
    if (!known) entries.push_back(std::move(entry));
}

void PhraseTable::add(std::string_view phrase, Language language, std::uint32_t number, Stemmer& stemmer) {
    std::vector<std::string> accented, bare;
    for (const Token& token : tokenise(phrase)) {
        if (token.kind == Token::Kind::name) {
            accented.push_back(token.text);
            bare.push_back(token.text);
            continue;
        }
        accented.push_back(stemmer.stem(token.text, language));
        bare.push_back(stemmer.stem(fold_search(token.text), language));
    }
    insert(std::move(accented), language, number);
    insert(std::move(bare), language, number);
    if (phrase.find('-') != std::string_view::npos && phrase.find(' ') == std::string_view::npos) {
        std::string joined(phrase);
        joined.erase(std::remove(joined.begin(), joined.end(), '-'), joined.end());
        add(joined, language, number, stemmer);
    }
}

void PhraseTable::find_in(const std::vector<StemmedToken>& tokens, std::size_t at, Language language,
                          std::vector<Hit>& hits) const {
    const auto found = by_first_.find(key(tokens[at].in(language), language));
    if (found == by_first_.end()) return;
    for (const Entry& entry : found->second) {
        if (entry.rest.size() > tokens.size() - at - 1) continue;
        bool same = true;
        for (std::size_t i = 0; same && i < entry.rest.size(); ++i) same = tokens[at + 1 + i].in(language) == entry.rest[i];
        if (same) hits.push_back({entry.number, entry.rest.size() + 1, language});
    }
}

std::vector<PhraseTable::Hit> PhraseTable::find(const std::vector<StemmedToken>& tokens, std::size_t at) const {
    std::vector<Hit> hits;
    find_in(tokens, at, Language::french, hits);
    find_in(tokens, at, Language::english, hits);
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.length > b.length; });
    return hits;
}

std::vector<PhraseTable::Hit> PhraseTable::find(const std::vector<StemmedToken>& tokens, std::size_t at,
                                                Language language) const {
    std::vector<Hit> hits;
    find_in(tokens, at, language, hits);
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.length > b.length; });
    return hits;
}

}  // namespace secateur

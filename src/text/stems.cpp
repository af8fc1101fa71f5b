// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/stems.hpp"

#include <libstemmer.h>

#include <array>
#include <stdexcept>
#include <unordered_map>

#include "base/text.hpp"

namespace secateur {
namespace {
struct Free {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};
struct Algorithm {
    std::unique_ptr<sb_stemmer, Free> stemmer;
    std::unordered_map<std::string, std::string, Hash, std::equal_to<>> known;
};
}  // namespace

struct Stemmer::State {
    std::array<Algorithm, 2> algorithms;  // by Language
};

Stemmer::Stemmer() : state_(std::make_unique<State>()) {
    state_->algorithms[static_cast<std::size_t>(Language::english)].stemmer.reset(sb_stemmer_new("english", "UTF_8"));
    state_->algorithms[static_cast<std::size_t>(Language::french)].stemmer.reset(sb_stemmer_new("french", "UTF_8"));
    for (const Algorithm& each : state_->algorithms)
        if (!each.stemmer) throw std::bad_alloc();  // both algorithms are always built in: only memory can lack
}
Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;

const std::string& Stemmer::stem(std::string_view word, Language language) {
    Algorithm& algorithm = state_->algorithms[static_cast<std::size_t>(language)];
    if (const auto found = algorithm.known.find(word); found != algorithm.known.end()) return found->second;
    const auto* symbols = reinterpret_cast<const sb_symbol*>(word.data());
    const sb_symbol* stemmed = sb_stemmer_stem(algorithm.stemmer.get(), symbols, static_cast<int>(word.size()));
    if (!stemmed) throw std::bad_alloc();
    const std::string_view found(reinterpret_cast<const char*>(stemmed),
                                 static_cast<std::size_t>(sb_stemmer_length(algorithm.stemmer.get())));
    return algorithm.known.emplace(std::string(word), fold_search(found)).first->second;
}

}  // namespace secateur

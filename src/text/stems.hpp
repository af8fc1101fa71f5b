// SPDX-License-Identifier: GPL-3.0-or-later
// Snowball stems with accents folded afterwards. A group says few distinct words very often, so each is stemmed once.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/messages.hpp"

namespace secateur {

/// Not for two threads at once; costs little to make.
class Stemmer {
public:
    Stemmer();
    ~Stemmer();
    Stemmer(Stemmer&&) noexcept;
    Stemmer& operator=(Stemmer&&) noexcept;

    /// The stem of a folded word, without accents; valid as long as the Stemmer.
    [[nodiscard]] const std::string& stem(std::string_view word, Language language);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace secateur

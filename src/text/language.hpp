// SPDX-License-Identifier: GPL-3.0-or-later
// Which language a group speaks: French, English, another one, or too little text to say. Titles are short and mixed, so
// "unsure" is an honest answer: such a text is read in both languages.
#pragma once

#include <string_view>

namespace secateur {

enum class Tongue { french, english, unsure, other };

/// `said` is what the source states (BCP 47), empty when it does not; it settles the question.
[[nodiscard]] Tongue detect_tongue(std::string_view text, std::string_view said = {});

}  // namespace secateur

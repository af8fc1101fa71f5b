// SPDX-License-Identifier: GPL-3.0-or-later
// Who thanks, asks or introduces, in French and in English, by rules over words: no grammar, no model. "Merci de m'ajouter à votre
// réseau" asks and does not thank; "thanks in advance", "non merci" and what somebody else said are no thanks either (metrics 2.7).
#pragma once

#include <string_view>

namespace secateur {

/// The writer thanks whoever reads. Cheap where nothing in the text can be a word of thanks.
[[nodiscard]] bool is_thanks(std::string_view text);

/// What the writer does with a text, read once.
struct SpeechActs {
    bool thanks = false;        // whoever reads: is_thanks
    bool request = false;       // asks for help: a question, or words that ask without a question mark; not "a coffee on Friday?"
    bool plea = false;          // asks for help in words, whatever the question marks
    bool introduction = false;  // brings two people together: "je vous mets en relation", "let me introduce you to"
};
[[nodiscard]] SpeechActs speech_acts(std::string_view text);

}  // namespace secateur

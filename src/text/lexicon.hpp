// SPDX-License-Identifier: GPL-3.0-or-later
// What the program knows of French and English by heart: topics with their words in both languages, the words of asking that say
// nothing about the topic, and the cues of a group's purpose. The tables are text files beside this one, compiled in.
#pragma once

#include <string_view>
#include <vector>

#include "base/messages.hpp"

namespace secateur {

struct LexiconEntry {
    std::string_view topic;                                         // stable id, English: "human_resources"
    std::vector<std::string_view> french, english;                  // the usual word first
    std::vector<std::string_view> related;                          // ids of other topics, or words of either language
    enum class Field { trade, place, other } field = Field::other;  // by the heading in the file under which it stands
};

struct RequestWord {
    Language language = Language::english;
    std::string_view word;  // one word or several
    bool stop = false;      // a function word; else a word of asking ("je cherche un groupe de")
};

struct PurposeCue {
    std::string_view purpose;  // a Purpose, or a scope: "scope_personal", "scope_duty"
    Language language = Language::english;
    std::string_view cue;
};

[[nodiscard]] const std::vector<LexiconEntry>& lexicon();
[[nodiscard]] const std::vector<RequestWord>& request_words();
[[nodiscard]] const std::vector<PurposeCue>& purpose_cues();

}  // namespace secateur

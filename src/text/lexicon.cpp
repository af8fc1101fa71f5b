// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/lexicon.hpp"

#include <array>
#include <cassert>

#include "base/text.hpp"

namespace secateur {
namespace {

// The three files in this order, each as one text.
constexpr std::array<std::string_view, 3> tables{
#include "lexicon_tables.inc"
};

/// Rows with at least so many columns; blank lines, comments and the header (first cell as given) left out.
std::vector<std::vector<std::string_view>> rows(std::string_view table, std::string_view header, std::size_t columns) {
    std::vector<std::vector<std::string_view>> found;
    for (std::string_view line : split(table, '\n')) {
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (trim(line).empty() || line.front() == '#') continue;
        std::vector<std::string_view> cells = split(line, '\t');
        if (cells.front() == header) continue;
        assert(cells.size() >= columns - 1);  // the last one may be empty and its tab missing
        cells.resize(columns);
        for (std::string_view& cell : cells) cell = trim(cell);
        found.push_back(std::move(cells));
    }
    return found;
}

std::vector<std::string_view> list(std::string_view cell) {
    std::vector<std::string_view> found;
    for (const std::string_view each : split(cell, ';'))
        if (!trim(each).empty()) found.push_back(trim(each));
    return found;
}

}  // namespace

const std::vector<LexiconEntry>& lexicon() {
    static const std::vector<LexiconEntry> entries = [] {
        std::vector<LexiconEntry> made;
        for (const auto& row : rows(tables[0], "concept", 4)) made.push_back({row[0], list(row[1]), list(row[2]), list(row[3])});
        return made;
    }();
    return entries;
}

const std::vector<RequestWord>& request_words() {
    static const std::vector<RequestWord> words = [] {
        std::vector<RequestWord> made;
        for (const auto& row : rows(tables[1], "language", 3))
            made.push_back({parse_language(row[0]).value_or(Language::english), row[1], row[2] == "stop"});
        return made;
    }();
    return words;
}

const std::vector<PurposeCue>& purpose_cues() {
    static const std::vector<PurposeCue> cues = [] {
        std::vector<PurposeCue> made;
        for (const auto& row : rows(tables[2], "purpose", 3))
            for (const std::string_view cue : list(row[2])) made.push_back({row[0], parse_language(row[1]).value_or(Language::english), cue});
        return made;
    }();
    return cues;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/lexicon.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

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
    using Field = LexiconEntry::Field;
    static const std::vector<LexiconEntry> entries = [] {
        // Headings are comments: a topic belongs to the last one above it.
        constexpr std::array<std::pair<std::string_view, Field>, 5> headings{{{"# Professions and functions", Field::trade},
                                                                              {"# Work, job search and careers", Field::trade},
                                                                              {"# Sectors", Field::trade},
                                                                              {"# Digital", Field::trade},
                                                                              {"# Places and moving", Field::place}}};
        constexpr std::array<std::string_view, 5> no_places{"expatriation", "moving-house", "cross-border", "geopolitics",
                                                            "geography"};
        std::vector<LexiconEntry> made;
        std::vector<Field> fields;
        Field field = Field::other;
        for (const std::string_view line : split(tables[0], '\n')) {
            if (!line.empty() && line.front() == '#') {
                const auto known =
                    std::find_if(headings.begin(), headings.end(), [&](const auto& each) { return trim(line) == each.first; });
                field = known == headings.end() ? Field::other : known->second;
            } else if (!trim(line).empty() && !line.starts_with("concept\t")) {
                fields.push_back(field);
            }
        }
        for (const auto& row : rows(tables[0], "concept", 4)) {
            const bool no_place = std::find(no_places.begin(), no_places.end(), row[0]) != no_places.end();
            made.push_back({row[0], list(row[1]), list(row[2]), list(row[3]), no_place ? Field::other : fields[made.size()]});
        }
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
            for (const std::string_view cue : list(row[2]))
                made.push_back({row[0], parse_language(row[1]).value_or(Language::english), cue});
        return made;
    }();
    return cues;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/word_builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>

#include "base/text.hpp"
#include "text/lexicon.hpp"
#include "text/stems.hpp"
#include "text/tokens.hpp"
#include "text/word_data.hpp"

namespace secateur {
namespace {

constexpr std::size_t most_translations = 5, longest_expression = 3;

/// The number that dictd writes in base 64, most significant digit first.
std::size_t dictd_number(std::string_view digits) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::size_t value = 0;
    for (const char digit : digits) value = value * 64 + std::min(alphabet.find(digit), std::size_t{63});
    return value;
}

/// Without what stands in brackets: "(colloq.)", "[US]", "<n>".
std::string without_brackets(std::string_view text) {
    std::string out;
    int depth = 0;
    for (const char c : text) {
        if (c == '(' || c == '[' || c == '<') ++depth;
        else if (c == ')' || c == ']' || c == '>') depth = std::max(0, depth - 1);
        else if (depth == 0) out += c;
    }
    return out;
}

/// The stems of an expression joined by spaces; empty for what is no expression of one to three words.
std::string stems_of(std::string_view expression, Language language, Stemmer& stemmer) {
    const std::vector<Token> tokens = tokenise(expression);
    if (tokens.empty() || tokens.size() > longest_expression) return {};
    std::string out;
    for (const Token& token : tokens) out += (out.empty() ? "" : " ") + stemmer.stem(token.text, language);
    return out;
}

using Ranked = std::map<std::string, std::map<std::string, double>>;  // key of a word -> translation -> how likely

void add(Ranked& ranked, const std::string& word, Language language, const std::string& translation, double likely, Stemmer& stemmer) {
    const std::string stems = stems_of(word, language, stemmer);
    if (!stems.empty() && tokenise(translation).size() <= longest_expression) ranked[word_key(stems, language)][translation] += likely;
}

}  // namespace

std::vector<DictionaryEntry> read_dictd(std::string_view index, std::string_view text) {
    std::vector<DictionaryEntry> entries;
    std::set<std::size_t> seen;  // an entry is listed once under each of its spellings
    for (const std::string_view line : split(index, '\n')) {
        const auto cells = split(line, '\t');
        if (cells.size() < 3 || cells[0].starts_with("00")) continue;
        const std::size_t offset = dictd_number(cells[1]), length = dictd_number(cells[2]);
        if (offset >= text.size() || !seen.insert(offset).second) continue;
        const auto lines = split(text.substr(offset, length), '\n');
        DictionaryEntry entry{std::string(trim(lines[0].substr(0, std::min(lines[0].find(" /"), lines[0].find(" <"))))), {}};
        for (std::size_t i = 1; i < lines.size(); ++i) {
            std::string said = without_brackets(lines[i]);
            for (char& c : said)
                if (c == ';') c = ',';
            std::string_view rest = trim(said);
            if (const std::size_t dot = rest.find(". "); dot != std::string_view::npos && parse_integer(rest.substr(0, dot))) rest.remove_prefix(dot + 2);
            for (std::string_view each : split(rest, ',')) {
                each = trim(each);
                if (each.starts_with("to ")) each = trim(each.substr(3));
                if (each.empty() || std::ranges::find(entry.translations, each) != entry.translations.end()) continue;
                entry.translations.emplace_back(each);
            }
        }
        if (!entry.word.empty() && !entry.translations.empty()) entries.push_back(std::move(entry));
    }
    return entries;
}

std::string build_dictionary(const std::vector<DictionaryEntry>& from_french, const std::vector<DictionaryEntry>& from_english) {
    Stemmer stemmer;
    Ranked ranked;
    for (const auto& [language, entries] : {std::pair{Language::french, &from_french}, std::pair{Language::english, &from_english}}) {
        const Language other = language == Language::french ? Language::english : Language::french;
        for (const DictionaryEntry& entry : *entries)
            for (std::size_t i = 0; i < entry.translations.size(); ++i) {
                const double likely = 1 / (1 + static_cast<double>(i));
                add(ranked, entry.word, language, entry.translations[i], likely, stemmer);
                add(ranked, entry.translations[i], other, entry.word, likely, stemmer);
            }
    }
    std::string out = "# secateur dictionary 1\n";
    for (const auto& [key, translations] : ranked) {
        std::vector<std::pair<double, std::string_view>> order;
        for (const auto& [translation, likely] : translations) order.emplace_back(-likely, translation);
        std::sort(order.begin(), order.end());
        order.resize(std::min(order.size(), most_translations));
        out += key + '\t';
        for (std::size_t i = 0; i < order.size(); ++i) out.append(i ? ";" : "").append(order[i].second);
        out += '\n';
    }
    return out;
}

std::vector<Gloss> read_wordnet(const std::vector<std::string>& files) {
    // offset lex_filenum ss_type w_cnt (word lex_id)... p_cnt (symbol offset pos source/target)... | gloss
    std::vector<Gloss> glosses;
    std::map<std::pair<char, std::string_view>, std::size_t> by_place;
    std::vector<std::vector<std::pair<char, std::string_view>>> parents;
    for (const std::string& file : files)
        for (const std::string_view line : split(std::string_view(file), '\n')) {
            const std::size_t bar = line.find(" | ");
            if (line.starts_with("  ") || bar == std::string_view::npos) continue;
            const auto cells = split(line.substr(0, bar), ' ');
            if (cells.size() < 6) continue;
            std::size_t count = 0;
            for (const char digit : cells[3]) count = count * 16 + static_cast<std::size_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
            const std::size_t after = 4 + 2 * count;
            if (after >= cells.size()) continue;
            Gloss gloss;
            for (std::size_t i = 0; i < count; ++i) gloss.words.append(cells[4 + 2 * i]).append(" ");
            std::replace(gloss.words.begin(), gloss.words.end(), '_', ' ');
            gloss.text = line.substr(bar + 3);
            const char kind = cells[2] == "s" ? 'a' : cells[2].front();
            by_place.emplace(std::pair(kind, cells[0]), glosses.size());
            parents.emplace_back();
            for (std::size_t at = after + 1; at + 3 < cells.size(); at += 4)
                if (cells[at].starts_with('@') || cells[at] == "&") parents.back().emplace_back(cells[at + 2].front(), cells[at + 1]);
            glosses.push_back(std::move(gloss));
        }
    for (std::size_t i = 0; i < glosses.size(); ++i)
        for (const auto& place : parents[i])
            if (const auto found = by_place.find(place); found != by_place.end()) glosses[i].parents += glosses[found->second].words;
    return glosses;
}

namespace {

/// A sparse matrix, row by row: words by glosses.
struct Cell {
    std::uint32_t column = 0;
    float value = 0;
};
using Rows = std::vector<std::vector<Cell>>;

/// Columns side by side, row by row; as many as are found plus some that make the finding sure.
constexpr std::size_t found = WordData::dimensions, width = found + 16;
using Block = std::vector<std::array<double, width>>;

/// rows x (rows^T x block)
Block squared_times(const Rows& rows, std::size_t columns, const Block& block) {
    Block inner(columns), out(rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (const Cell& cell : rows[r])
            for (std::size_t i = 0; i < width; ++i) inner[cell.column][i] += static_cast<double>(cell.value) * block[r][i];
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (const Cell& cell : rows[r])
            for (std::size_t i = 0; i < width; ++i) out[r][i] += static_cast<double>(cell.value) * inner[cell.column][i];
    return out;
}

/// Gram-Schmidt, twice for the rounding.
void make_orthonormal(Block& block) {
    for (int pass = 0; pass < 2; ++pass)
        for (std::size_t i = 0; i < width; ++i) {
            std::array<double, width> dots{};
            for (const auto& row : block)
                for (std::size_t j = 0; j <= i; ++j) dots[j] += row[i] * row[j];
            double norm = dots[i];
            for (std::size_t j = 0; j < i; ++j) norm -= dots[j] * dots[j];
            const double scale = norm > 1e-12 * dots[i] ? 1 / std::sqrt(norm) : 0;  // 0: no direction of its own
            for (auto& row : block) {
                for (std::size_t j = 0; j < i; ++j) row[i] -= dots[j] * row[j];
                row[i] *= scale;
            }
        }
}

/// Eigenvectors (columns) and values of a small symmetric matrix: Jacobi's rotations.
std::pair<std::vector<std::array<double, width>>, std::array<double, width>> eigen(std::vector<std::array<double, width>> matrix) {
    std::vector<std::array<double, width>> vectors(width);
    for (std::size_t i = 0; i < width; ++i) vectors[i][i] = 1;
    for (int sweep = 0; sweep < 30; ++sweep)
        for (std::size_t p = 0; p < width; ++p)
            for (std::size_t q = p + 1; q < width; ++q) {
                if (std::abs(matrix[p][q]) <= 1e-12 * std::sqrt(std::abs(matrix[p][p] * matrix[q][q]))) continue;
                const double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
                const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
                const double c = 1 / std::sqrt(t * t + 1), s = t * c;
                const auto rotate = [&](double& a, double& b) {
                    const double before = a;
                    a = c * before - s * b;
                    b = s * before + c * b;
                };
                for (std::size_t i = 0; i < width; ++i) rotate(matrix[i][p], matrix[i][q]);
                for (std::size_t i = 0; i < width; ++i) rotate(matrix[p][i], matrix[q][i]);
                for (std::size_t i = 0; i < width; ++i) rotate(vectors[i][p], vectors[i][q]);
            }
    std::array<double, width> values{};
    for (std::size_t i = 0; i < width; ++i) values[i] = matrix[i][i];
    return {vectors, values};
}

using Point = std::array<double, found>;

/// Where each row lies among the strongest `found` directions, these weighted by the root of their strength.
std::vector<Point> places_of(const Rows& rows, std::size_t columns) {
    Block block(rows.size());
    std::uint64_t state = 0x9E3779B97F4A7C15ULL;  // fixed: the same numbers on every machine
    for (auto& row : block)
        for (double& value : row) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            value = static_cast<double>(state >> 11) / 9007199254740992.0 - 0.5;
        }
    for (int round = 0; round < 5; ++round) {
        make_orthonormal(block);
        block = squared_times(rows, columns, block);
    }
    make_orthonormal(block);
    const Block image = squared_times(rows, columns, block);
    std::vector<std::array<double, width>> small(width);
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < width; ++i)
            for (std::size_t j = 0; j < width; ++j) small[i][j] += block[r][i] * image[r][j];
    for (std::size_t i = 0; i < width; ++i)  // symmetric but for the rounding
        for (std::size_t j = 0; j < i; ++j) small[i][j] = small[j][i] = (small[i][j] + small[j][i]) / 2;
    const auto [vectors, values] = eigen(std::move(small));
    std::array<std::size_t, width> order{};
    for (std::size_t i = 0; i < width; ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&, &strength = values](std::size_t a, std::size_t b) {
        return strength[a] != strength[b] ? strength[a] > strength[b] : a < b;
    });
    std::vector<Point> places(rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < found; ++i) {
            const double weight = std::pow(std::max(0.0, values[order[i]]), 0.25);  // values are squares of the strengths
            for (std::size_t j = 0; j < width; ++j) places[r][i] += weight * block[r][j] * vectors[j][order[i]];
        }
    return places;
}

double length_of(const Point& point) {
    double sum = 0;
    for (const double value : point) sum += value * value;
    return std::sqrt(sum);
}

/// The directions all words share say nothing.
void centre(std::vector<Point>& points) {
    Point mean{};
    for (const Point& point : points)
        if (const double length = length_of(point); length > 0)
            for (std::size_t i = 0; i < found; ++i) mean[i] += point[i] / length / static_cast<double>(points.size());
    for (Point& point : points)
        if (const double length = length_of(point); length > 0)
            for (std::size_t i = 0; i < found; ++i) point[i] = point[i] / length - mean[i];
}

class VectorBuilder {
public:
    VectorBuilder() {
        for (const RequestWord& each : request_words())
            if (each.stop && each.language == Language::english) stop_.insert(fold_search(each.word));
    }

    void read(const std::vector<Gloss>& glosses) {
        std::vector<std::map<std::uint32_t, float>> counts;
        std::vector<std::uint32_t> with;
        for (const Gloss& gloss : glosses) {
            auto& count = counts.emplace_back();
            read(gloss.words, 2, count);
            read(gloss.text, 1, count);
            read(gloss.parents, 1, count);
            with.resize(numbers_.size());
            for (const auto& [word, times] : count) ++with[word];
        }
        std::vector<std::string> names(numbers_.size());
        for (const auto& [name, number] : numbers_) names[number] = name;
        std::vector<std::uint32_t> row_of(names.size(), UINT32_MAX);
        std::vector<std::string> kept;
        std::vector<double> rarity;
        for (std::uint32_t i = 0; i < names.size(); ++i)
            if (with[i] >= least_glosses) {
                row_of[i] = static_cast<std::uint32_t>(kept.size());
                kept.push_back(names[i]);
                rarity.push_back(std::log(static_cast<double>(glosses.size()) / with[i]));
            }
        Rows rows(kept.size());
        for (std::uint32_t column = 0; column < counts.size(); ++column)
            for (const auto& [word, times] : counts[column])
                if (const std::uint32_t row = row_of[word]; row != UINT32_MAX)
                    rows[row].push_back({column, static_cast<float>((1 + std::log(times)) * rarity[row])});
        for (auto& row : rows) {  // else the frequent words draw every direction to themselves
            double norm = 0;
            for (const Cell& cell : row) norm += static_cast<double>(cell.value) * static_cast<double>(cell.value);
            for (Cell& cell : row) cell.value = static_cast<float>(static_cast<double>(cell.value) / std::sqrt(std::sqrt(norm)));
        }
        std::vector<Point> places = places_of(rows, counts.size());
        centre(places);
        const double rarest = std::log(static_cast<double>(glosses.size()) / least_glosses);
        for (std::size_t i = 0; i < kept.size(); ++i) add(kept[i], places[i], rarity[i] / rarest);
    }

    /// A French word lies between its translations, the likelier ones drawing more.
    void translate(std::string_view dictionary) {
        std::map<std::string, std::vector<std::string_view>> words;
        for (const LexiconEntry& entry : lexicon())
            for (const std::string_view french : entry.french)
                if (const std::string key = one_stem(french); !key.empty())
                    for (const std::string_view english : entry.english) words[key].push_back(english);
        for (const std::string_view line : split(dictionary, '\n')) {
            const std::size_t tab = line.find('\t');
            if (!line.starts_with("fr ") || tab == std::string_view::npos || line.substr(3, tab - 3).find(' ') != std::string_view::npos) continue;
            auto& list = words[std::string(line.substr(3, tab - 3))];
            for (const std::string_view each : split(line.substr(tab + 1), ';')) list.push_back(each);
        }
        for (const auto& [stem, list] : words) {
            Point sum{};
            double says = 0, weights = 0;
            for (std::size_t i = 0; i < list.size(); ++i) {
                const double weight = std::max(0.9 - 0.15 * static_cast<double>(i), 0.45);
                for (const Token& token : tokenise(list[i])) {
                    const auto known = points_.find(word_key(stemmer_.stem(token.text, Language::english), Language::english));
                    if (known == points_.end()) continue;
                    for (std::size_t k = 0; k < found; ++k) sum[k] += weight * known->second.first[k];
                    says += weight * known->second.second;
                    weights += weight;
                }
            }
            if (weights > 0) points_.insert_or_assign(word_key(stem, Language::french), std::pair(sum, says / weights));
        }
    }

    [[nodiscard]] std::string file() const {
        std::vector<std::string> keys;
        std::vector<std::int8_t> values;
        for (const auto& [key, point] : points_) {
            const double length = length_of(point.first);
            if (length <= 0) continue;
            keys.push_back(key);
            for (const double value : point.first)
                values.push_back(static_cast<std::int8_t>(std::lround(std::clamp(value / length * point.second * 254, -127.0, 127.0))));
        }
        return WordData::vectors_file(keys, values);
    }

private:
    static constexpr std::uint32_t least_glosses = 3;  // a word in fewer glosses has no company to be known by

    void read(std::string_view text, float times, std::map<std::uint32_t, float>& count) {
        for (const Token& token : tokenise(text)) {
            if (token.text.size() < 2 || token.text.find_first_of("0123456789") != std::string::npos || stop_.contains(token.text)) continue;
            const std::string& stem = stemmer_.stem(token.text, Language::english);
            count[numbers_.try_emplace(stem, static_cast<std::uint32_t>(numbers_.size())).first->second] += times;
        }
    }
    void add(const std::string& stem, const Point& place, double says) {
        points_.insert_or_assign(word_key(stem, Language::english), std::pair(place, says));
    }
    std::string one_stem(std::string_view french) {
        const std::string stems = stems_of(french, Language::french, stemmer_);
        return stems.find(' ') == std::string::npos ? stems : std::string();
    }

    Stemmer stemmer_;
    std::set<std::string, std::less<>> stop_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::map<std::string, std::pair<Point, double>> points_;  // by key: direction, and how much the word says, 0 to 1
};

}  // namespace

std::string build_vectors(const std::vector<Gloss>& glosses, std::string_view dictionary) {
    VectorBuilder builder;
    builder.read(glosses);
    builder.translate(dictionary);
    return builder.file();
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/google_chat/dates.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace secateur::google_chat {
namespace {

/// Names of the months as they stand in dates (Russian and Polish in the genitive). Where two languages share a spelling, once.
constexpr std::array<const char*, 12> month_names{
    "january janvier januar enero gennaio janeiro januari января január stycznia",
    "february février februar febrero febbraio fevereiro februari февраля február lutego",
    "march mars märz marzo março maart марта március marca",
    "april avril abril aprile апреля április kwietnia",
    "may mai mayo maggio maio mei мая május maja",
    "june juin juni junio giugno junho июня június czerwca",
    "july juillet juli julio luglio julho июля július lipca",
    "august août agosto augustus августа augusztus sierpnia",
    "september septembre septiembre settembre setembro сентября szeptember września",
    "october octobre oktober octubre ottobre outubro октября október października",
    "november novembre noviembre novembro ноября listopada",
    "december décembre dezember diciembre dicembre dezembro декабря grudnia",
};

struct MonthName {
    std::string name;  // folded
    unsigned month;
};
const std::vector<MonthName>& months() {
    static const std::vector<MonthName> list = [] {
        std::vector<MonthName> names;
        for (unsigned i = 0; i < month_names.size(); ++i)
            for (const std::string_view name : split(month_names[i], ' ')) names.push_back({fold_search(name), i + 1});
        return names;
    }();
    return list;
}

/// 0: none, or several.
unsigned month_of(std::string_view word) {
    unsigned found = 0;
    for (const MonthName& each : months()) {
        if (each.name == word) return each.month;
        if (word.size() < 3 || !each.name.starts_with(word)) continue;
        if (found != 0 && found != each.month) return 0;  // "jui": juin or juillet
        found = each.month;
    }
    return found;
}

struct Token {
    enum Kind { word, number, mark } kind;
    std::string_view text;
};

std::vector<Token> tokens_of(std::string_view text) {
    const auto kind_of = [](char c) {
        if (c >= '0' && c <= '9') return Token::number;
        const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        return letter ? Token::word : Token::mark;
    };
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < text.size();) {
        const Token::Kind kind = kind_of(text[i]);
        std::size_t end = i + 1;
        while (kind != Token::mark && end < text.size() && kind_of(text[end]) == kind) ++end;
        if (text[i] != ' ') tokens.push_back({kind, text.substr(i, end - i)});
        i = end;
    }
    return tokens;
}

class DateReader {
public:
    explicit DateReader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    std::optional<ParsedTime> read() {
        bool is_utc = false, afternoon = false, twelve_hours = false;
        unsigned whole_month = 0, part_month = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const std::string_view text = tokens_[i].text;
            if (tokens_[i].kind == Token::number) {
                if (!has_time_ && time_at(i)) continue;
                const unsigned value = static_cast<unsigned>(parse_integer(text).value_or(0));
                if (text.size() == 4 && local_.year == 0) local_.year = static_cast<int>(value);
                else if (text.size() <= 2 && local_.day == 0) local_.day = value;
                else return std::nullopt;
            } else if (tokens_[i].kind == Token::word) {
                if (text == "utc" || text == "gmt") {
                    if (is(i + 1, "+") || is(i + 1, "-")) return std::nullopt;
                    is_utc = true;
                } else if (text == "am" || text == "pm" ||
                           ((text == "a" || text == "p") && (is(i + 1, "m") || (is(i + 1, ".") && is(i + 2, "m"))))) {
                    twelve_hours = true;
                    afternoon = text.front() == 'p';
                } else if (const unsigned month = month_of(text); month != 0) {
                    // A weekday cut short may begin like a month ("mar."): the later word and the whole one win.
                    const bool whole = std::ranges::any_of(months(), [text](const MonthName& each) { return each.name == text; });
                    (whole ? whole_month : part_month) = month;
                }
            }
        }
        local_.month = whole_month != 0 ? whole_month : part_month;
        if (!is_utc || !has_time_) return std::nullopt;
        if (twelve_hours) {
            if (local_.hour < 1 || local_.hour > 12) return std::nullopt;
            local_.hour = local_.hour % 12 + (afternoon ? 12 : 0);
        }
        const auto at = as_utc(local_);
        if (!at) return std::nullopt;
        return ParsedTime{.at = *at, .precision = has_seconds_ ? Precision::second : Precision::minute, .basis = TimeBasis::utc};
    }

private:
    [[nodiscard]] bool is(std::size_t i, std::string_view text) const { return i < tokens_.size() && tokens_[i].text == text; }
    [[nodiscard]] std::optional<unsigned> number(std::size_t i) const {
        if (i >= tokens_.size() || tokens_[i].kind != Token::number || tokens_[i].text.size() > 2) return std::nullopt;
        return static_cast<unsigned>(*parse_integer(tokens_[i].text));
    }

    /// "22:41:03", "22:41", "22 h 41 min 3 s" from that token on; moves to its last token.
    bool time_at(std::size_t& i) {
        const bool colon = is(i + 1, ":");
        if (!colon && !is(i + 1, "h")) return false;
        const auto hour = number(i), minute = number(i + 2);
        if (!hour || !minute) return false;
        local_.hour = *hour;
        local_.minute = *minute;
        std::size_t last = i + 2;
        const bool spelled = !colon && is(i + 3, "min");
        if (const auto second = number(i + 4); second && (colon ? is(i + 3, ":") : spelled)) {
            local_.second = *second;
            has_seconds_ = true;
            last = i + 4;
        }
        i = last;
        has_time_ = true;
        return true;
    }

    std::vector<Token> tokens_;
    LocalTime local_;
    bool has_time_ = false, has_seconds_ = false;
};

}  // namespace

std::optional<ParsedTime> parse_prose_date(std::string_view text) {
    if (text.size() > 128) return std::nullopt;
    const std::string folded = fold_search(text);
    return DateReader(tokens_of(folded)).read();
}

}  // namespace secateur::google_chat

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/mbox.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool equals_folded(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, {}, ascii_lower, ascii_lower);
}

bool is_from_line(std::string_view line) noexcept { return line.starts_with("From ") || line == "From"; }

/// "11:06" somewhere in it: what every dated From_ line has, and hardly any sentence that begins with "From".
bool shows_a_time(std::string_view line) noexcept {
    for (std::size_t at = line.find(':'); at != std::string_view::npos; at = line.find(':', at + 1))
        if (at >= 1 && at + 2 < line.size() && is_digit(line[at - 1]) && is_digit(line[at + 1]) && is_digit(line[at + 2]))
            return true;
    return false;
}

/// Headers that stand first in a letter; those that an undated From_ line must have below it.
bool is_first_header(std::string_view line) noexcept {
    constexpr std::array known{"return-path", "received", "from", "to", "date", "subject", "message-id", "delivered-to",
                               "mime-version", "content-type", "reply-to", "status", "sender", "envelope-to", "newsgroups",
                               "path", "xref", "list-id", "in-reply-to", "references"};
    const std::string_view name = line.substr(0, line.find(':'));
    return (name.size() > 2 && ascii_lower(name[0]) == 'x' && name[1] == '-') ||
           std::ranges::any_of(known, [&](std::string_view each) { return equals_folded(each, name); });
}

/// The conservative rule, and the relaxed one: a line with a time may stand directly under the letter before.
bool begins_letter(std::string_view line, bool after_blank, std::string_view below) noexcept {
    const bool below_fits = is_header_line(below) || is_from_line(below) || below.starts_with(">From ");
    if (!below_fits) return false;
    return shows_a_time(line) || (after_blank && (is_first_header(below) || below.starts_with(">From ")));
}

struct TwoLines {
    std::string_view first, second;
};
TwoLines first_lines(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const auto next = [&] {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    };
    std::string_view first = next();
    while (first.empty() && !text.empty()) first = next();
    return {.first = first, .second = next()};
}

unsigned month_of(std::string_view word) {
    constexpr std::array names{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    for (unsigned i = 0; i < names.size(); ++i)
        if (word.size() >= 3 && equals_folded(word.substr(0, 3), names[i])) return i + 1;
    return 0;
}

/// "+0200"; minutes east of Greenwich.
std::optional<int> offset_of(std::string_view word) {
    if (word.size() != 5 || (word[0] != '+' && word[0] != '-') ||
        !std::ranges::all_of(word.substr(1), is_digit)) return std::nullopt;
    const int minutes = static_cast<int>(*parse_integer(word.substr(1, 2)) * 60 + *parse_integer(word.substr(3, 2)));
    return word[0] == '-' ? -minutes : minutes;
}

}  // namespace

bool is_header_line(std::string_view line) noexcept {
    const std::size_t colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon > 76) return false;
    return std::ranges::all_of(line.substr(0, colon), [](char c) { return c > ' ' && c < '\x7F'; });
}

std::optional<Line> MboxReader::take() {
    if (!peeked_) return lines_.next();
    current_ = std::move(*peeked_);
    peeked_.reset();
    return current_.view();
}

const MboxReader::Held* MboxReader::peek() {
    if (!peeked_)
        if (const std::optional<Line> line = lines_.next()) peeked_ = Held(*line);
    return peeked_ ? &*peeked_ : nullptr;
}

void MboxReader::append(MboxLetter& letter, const Line& line) const {
    if (letter.length == 0 && letter.from_line.empty()) letter.line = line.number, letter.offset = line.offset;
    letter.length = line.end - letter.offset;
    std::string_view text = line.text;
    if (!line.continues && text.starts_with('>')) {
        const std::size_t marks = std::min(text.find_first_not_of('>'), text.size());
        if (text.substr(marks).starts_with("From ")) text.remove_prefix(1);
    }
    letter.is_cut = letter.is_cut || letter.bytes.size() + text.size() + 1 > limit_;
    if (letter.is_cut) return;
    letter.bytes += text;
    letter.bytes += '\n';
}

bool MboxReader::next(MboxLetter& letter) {
    letter.from_line.clear();
    letter.bytes.clear();
    letter.line = letter.offset = letter.length = 0;
    letter.is_cut = false;
    const auto begin = [&letter](const Held& from) {
        letter.from_line = from.text;
        letter.line = from.number;
        letter.offset = from.offset;
        letter.length = from.end - from.offset;
    };
    if (next_from_) begin(*std::exchange(next_from_, std::nullopt));
    while (std::optional<Line> line = take()) {
        if (line->offset == 0 && line->text.starts_with(byte_order_mark)) line->text.remove_prefix(byte_order_mark.size());
        if (!line->continues && is_from_line(line->text)) {
            Held from(*line);
            const Held* const below = peek();
            if (below != nullptr && begins_letter(from.text, after_blank_, below->text)) {
                after_blank_ = false;
                if (letter.length > 0) {
                    next_from_ = std::move(from);
                    return true;
                }
                begin(from);
                continue;
            }
            append(letter, from.view());
            after_blank_ = false;
            continue;
        }
        after_blank_ = line->text.empty();
        if (letter.length == 0 && after_blank_) continue;  // blank lines before the first letter
        append(letter, *line);
    }
    return letter.length > 0;
}

bool begins_as_mbox(std::string_view head) {
    const TwoLines lines = first_lines(head);
    return is_from_line(lines.first) && begins_letter(lines.first, true, lines.second);
}

bool begins_as_letter(std::string_view head) {
    if (head.starts_with(byte_order_mark)) head.remove_prefix(byte_order_mark.size());
    bool author = false, moment = false;
    for (bool first = true; !head.empty(); first = false) {
        const std::size_t end = head.find('\n');
        std::string_view line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) break;
        if (!first && (line.front() == ' ' || line.front() == '\t')) continue;
        if (!is_header_line(line)) return false;
        const std::string_view name = line.substr(0, line.find(':'));
        author = author || equals_folded(name, "from");
        moment = moment || equals_folded(name, "date") || equals_folded(name, "message-id") || equals_folded(name, "received");
    }
    return author && moment;
}

std::optional<FromLineTime> time_of_from_line(std::string_view line, const std::optional<Zone>& zone) {
    LocalTime local;
    std::optional<int> offset;
    bool utc = false, has_clock = false;
    std::vector<std::string_view> words;
    for (const std::string_view word : split(line, ' '))
        if (!word.empty()) words.push_back(word);
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (local.month == 0 && i + 1 < words.size() && month_of(word) != 0 && word.size() == 3) {
            const auto day = parse_integer(words[i + 1]);
            if (day && *day >= 1 && *day <= 31) local.month = month_of(word), local.day = static_cast<unsigned>(*day), ++i;
        } else if (local.month == 0) {
            continue;  // the address, the day of the week
        } else if (word.size() >= 5 && word[2] == ':' && !has_clock) {
            const auto hour = parse_integer(word.substr(0, 2)), minute = parse_integer(word.substr(3, 2));
            const auto second = word.size() >= 8 ? parse_integer(word.substr(6, 2)) : std::optional<std::int64_t>(0);
            if (!hour || !minute || !second || *hour < 0 || *minute < 0 || *second < 0) return std::nullopt;
            local.hour = static_cast<unsigned>(*hour), local.minute = static_cast<unsigned>(*minute);
            local.second = static_cast<unsigned>(*second);
            has_clock = true;
        } else if (const auto found = offset_of(word)) {
            offset = found;
        } else if (word == "UTC" || word == "GMT" || word == "Z") {
            utc = true;
        } else if (const auto year = parse_integer(word); year && word.size() == 4 && *year > 1970) {
            local.year = static_cast<int>(*year);
        }
    }
    if (local.year == 0 || !has_clock) return std::nullopt;
    const auto clock = as_utc(local);
    if (!clock) return std::nullopt;
    if (offset) return FromLineTime{.at = *clock - std::chrono::minutes(*offset), .basis = TimeBasis::offset};
    if (utc) return FromLineTime{.at = *clock, .basis = TimeBasis::utc};
    if (zone)
        if (const auto at = zone->to_instant(local)) return FromLineTime{.at = *at, .basis = TimeBasis::local_assumed};
    return FromLineTime{.at = *clock, .basis = TimeBasis::local_unknown};
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Takes an mbox apart into its letters, whichever of its dialects it is written in; keeps the beginning of one letter at a time,
// however long it is. What is inside a letter is mime's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/source.hpp"
#include "base/time.hpp"
#include "connectors/lines.hpp"

namespace secateur {

/// As much of one letter as is read: words stand at its beginning, attachments make the rest.
inline constexpr std::size_t letter_limit = std::size_t{8} << 20;

struct MboxLetter {
    std::string from_line;  // "From lea@example.org Thu Apr 14 11:06:56 2016"; empty: text before the first letter
    std::string bytes;      // headers and body, ">From " made "From " again; at most the limit
    std::uint64_t line = 0, offset = 0, length = 0;  // the From_ line included
    bool is_cut = false;
};

class MboxReader {
public:
    explicit MboxReader(ByteStream& stream, std::size_t limit = letter_limit) : lines_(stream), limit_(limit) {}
    /// False at the end. Throws what the stream throws.
    [[nodiscard]] bool next(MboxLetter& letter);

private:
    /// A line that outlives the next one.
    struct Held {
        Held() = default;
        explicit Held(const Line& line)
            : text(line.text), number(line.number), offset(line.offset), end(line.end), continues(line.continues) {}
        [[nodiscard]] Line view() const {
            return {.text = text, .number = number, .offset = offset, .end = end, .continues = continues};
        }
        std::string text;
        std::uint64_t number = 0, offset = 0, end = 0;
        bool continues = false;
    };

    [[nodiscard]] std::optional<Line> take();
    [[nodiscard]] const Held* peek();
    void append(MboxLetter& letter, const Line& line) const;

    LineReader lines_;
    std::size_t limit_;
    Held current_;
    std::optional<Held> peeked_, next_from_;  // the latter: the From_ line that ended the letter before
    bool after_blank_ = true;                 // the start of the file counts as one
};

/// Whether a text begins as an mbox does: a From_ line, then a header.
[[nodiscard]] bool begins_as_mbox(std::string_view head);
/// Whether a text begins with headers of a letter or an article: "Name: value", two that every letter has among them.
[[nodiscard]] bool begins_as_letter(std::string_view head);
/// Whether a line is "Name: value", as headers are.
[[nodiscard]] bool is_header_line(std::string_view line) noexcept;

struct FromLineTime {
    Instant at{};
    TimeBasis basis = TimeBasis::utc;
};
/// The time at the end of a From_ line, in the styles that are written most: with the offset before or behind the year, or
/// without one (read in `zone`). Nothing when it is none of these.
[[nodiscard]] std::optional<FromLineTime> time_of_from_line(std::string_view line, const std::optional<Zone>& zone);

}  // namespace secateur

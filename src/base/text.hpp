// SPDX-License-Identifier: GPL-3.0-or-later
// Small operations on UTF-8 text that every folder needs: normalising, folding, repairing, quoting. Language (tokens,
// stems, thanks) lives in text/, not here.
#pragma once

#include <cstddef>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace secateur {

[[nodiscard]] bool is_ascii(std::string_view text) noexcept;
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;
/// Every ill-formed byte replaced by U+FFFD; the text itself when it is well formed.
[[nodiscard]] std::string to_valid_utf8(std::string_view text);
/// `charset` as ICU knows it ("windows-1252", "ISO-8859-15", "cp437", "utf-16le"); nothing for an unknown name. A byte-order mark
/// is left out.
[[nodiscard]] std::optional<std::string> decode_charset(std::string_view bytes, const char* charset);

[[nodiscard]] std::string nfc(std::string_view text);        // fast path for ASCII
/// For comparing names: NFKC, case folded, accents kept, bidi controls and zero-width characters removed, every white
/// space one space, trimmed.
[[nodiscard]] std::string fold_name(std::string_view text);
/// For searching: fold_name and accents removed ("Été" -> "ete", "Cœur" -> "coeur"), curly apostrophes made straight.
[[nodiscard]] std::string fold_search(std::string_view text);
/// U+200E/F, U+202A-E, U+2066-9, U+FEFF removed.
[[nodiscard]] std::string strip_bidi(std::string_view text);
/// Leading and trailing white space removed, NBSP and narrow NBSP included.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;
/// Meta's mojibake: UTF-8 bytes written as one code point each. Repairs the whole text where every code point is <= U+00FF and
/// the bytes are valid UTF-8, else only the runs that are; correct text is left as it is
/// (one lone capital such as "É" before a no-break space or a closing quote proves nothing).
[[nodiscard]] std::string repair_mojibake(std::string_view text);

/// At most 40 characters (code points) of an offending value for a message, control characters shown as \xNN, "…" when cut.
/// The quotation marks around it belong to the message.
[[nodiscard]] std::string quote(std::string_view value);
/// A word as a POSIX shell takes it: in single quotes where it holds more than letters, digits and - _ . / = + : , @ %.
[[nodiscard]] std::string shell_word(std::string_view word);
/// For a terminal: control characters, escape sequences and bidi controls made harmless; line breaks become spaces.
[[nodiscard]] std::string for_terminal(std::string_view text);
/// The same, line by line: line breaks stay.
[[nodiscard]] std::string for_terminal_lines(std::string_view text);
/// Columns a terminal uses for the text (East Asian wide = 2, combining = 0), and the text cut to fit with "…".
[[nodiscard]] std::size_t display_width(std::string_view text);
[[nodiscard]] std::string fit_width(std::string_view text, std::size_t columns);

/// Number of words: maximal runs of letters and digits (apostrophes and hyphens inside a word do not split it).
[[nodiscard]] std::uint32_t count_words(std::string_view text) noexcept;
/// The http(s) links of a text, as written, trailing punctuation left out.
[[nodiscard]] std::vector<std::string_view> find_links(std::string_view text);
/// One spelling for one page: lower-case host without "www.", no fragment, no tracking parameters, no trailing slash, no scheme.
[[nodiscard]] std::string normalise_url(std::string_view url);
/// %XX undone where whole; "+" stays. Always valid UTF-8.
[[nodiscard]] std::string percent_decode(std::string_view text);

[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
template <std::same_as<std::string> Temporary>
void split(Temporary&& text, char separator) = delete;  // the parts would outlive their text
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text) noexcept;  // whole text, sign allowed
[[nodiscard]] std::optional<double> parse_number(std::string_view text) noexcept;         // "1.5"; locale-free

}  // namespace secateur

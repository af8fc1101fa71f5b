// SPDX-License-Identifier: GPL-3.0-or-later
// The only place where a Message becomes words. The tables are src/base/messages/*.tsv (id, English, French; ICU
// message patterns with named arguments), compiled in. No locale of the process is read or set.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/message.hpp"

namespace secateur {

enum class Language { english, french };

/// "fr", "fr_BE.UTF-8", "en-GB" ...; nothing for any other language.
std::optional<Language> parse_language(std::string_view tag);
std::string_view language_tag(Language language);  // "fr" or "en"

/// The text in that language, one or more lines without a final line break; `\n` in a table is a line break. Text arguments
/// are data: their line breaks become spaces, their control characters become visible. An unknown id gives the id itself
/// between brackets: a test keeps this from happening.
std::string render(const Message& message, Language language);

/// "file:12" or "file, record 3": a place in words.
std::string render(const Location& where, Language language);

/// The two lines a person reads: "error: place: reason" and, where there is one, "hint: ...".
std::string render(const Problem& problem, Language language);

/// A number as that language writes it: "1 234,5" (narrow no-break space) or "1,234.5".
std::string render_number(double value, int decimals, Language language);
/// "21 novembre 2026" / "21 November 2026"; short: "21/11/2026" / "2026-11-21".
enum class DayStyle { long_form, short_form, month };
std::string render_day(Day day, Language language, DayStyle style = DayStyle::long_form);

/// Every id of the tables, sorted; and the raw pattern, for the tests that compare both languages.
std::vector<std::string_view> message_ids();
std::optional<std::string_view> message_pattern(std::string_view id, Language language);

/// What a pattern asks for, sorted by name, each once: "count" and how it is used ("plural", "select", "number" ...; empty: as it is).
struct MessageArgument {
    std::string name;
    std::string use;
    bool operator==(const MessageArgument&) const = default;
};
/// For the same tests; nothing for an unknown id or a pattern that ICU does not understand.
std::optional<std::vector<MessageArgument>> message_arguments(std::string_view id, Language language);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// The HTML pages of an export, read as the JSON files of the same name would be: every record that stands on a page is made into
// the object that Facebook's JSON has for it, as far as the page tells. So the rest of this connector knows one shape only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/json_stream.hpp"
#include "base/time.hpp"
#include "connectors/facebook/layout.hpp"
#include "model/record.hpp"

namespace secateur::facebook {

/// What of a page is wanted: the names and people that the survey takes, or the records.
enum class Wanted { survey, records };

/// Hands over what the patterns of a file of this kind would: `key` is the name of the list or member.
[[nodiscard]] JsonOutcome read_page(ByteStream& stream, const File& file, Wanted wanted, JsonHandler& handler);

/// "Nov 08, 2005 4:19:54 am", "8 novembre 2005 à 04:19": the wall clock of a page, in English, French, Spanish, German, Dutch or
/// Italian. Months in words only: 08/11 says nothing.
struct PageClock {
    LocalTime local;
    bool has_seconds = false;
};
[[nodiscard]] std::optional<PageClock> parse_page_clock(std::string_view text);

/// A time that is a page's clock, in that zone; UTC without one. Nothing for JSON's numbers.
[[nodiscard]] std::optional<When> page_moment(JsonValue time, const std::optional<Zone>& zone);
/// The second of a time as JSON writes it, or of a page's clock as if it were in UTC: to compare times of one export.
[[nodiscard]] std::optional<std::int64_t> second_of(JsonValue time);

}  // namespace secateur::facebook

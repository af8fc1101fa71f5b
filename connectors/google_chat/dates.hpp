// SPDX-License-Identifier: GPL-3.0-or-later
// Google writes the time of a message as prose in the language of the account: "mardi 16 mars 2021 à 22:41:03 UTC".
#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace secateur::google_chat {

/// Any order of day, month in words, year and time, in English, French, German, Spanish, Italian, Portuguese, Dutch, Russian,
/// Hungarian or Polish; weekdays and small words are passed over. Always UTC: another zone, or none, is no date.
[[nodiscard]] std::optional<ParsedTime> parse_prose_date(std::string_view text);

}  // namespace secateur::google_chat

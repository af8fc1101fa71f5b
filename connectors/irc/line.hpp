// SPDX-License-Identifier: GPL-3.0-or-later
// One line of an IRC log, whichever program wrote it: when, who, what. Knows no file and no day before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace secateur::irc {

/// What a line says of its moment; the day and the year may stand elsewhere.
struct Stamp {
    int year = 0;               // 0: not written
    unsigned month = 0, day = 0;  // 0: not written
    unsigned hour = 0, minute = 0;
    int second = -1;                      // -1: not written
    std::optional<int> offset;            // minutes east of Greenwich
    std::optional<std::int64_t> epoch;    // seconds, instead of all the above
    bool operator==(const Stamp&) const = default;
};

enum class Event : std::uint8_t { message, action, join, part, quit, kick, nick, notice, other };

struct LogLine {
    Stamp stamp;
    Event event = Event::other;
    std::string_view nick;     // who; without "@" and "~u@h". For a kick: who had to go
    std::string_view text;     // of a message or action; for nick: the new one
    std::string_view channel;  // where a join or part names it
    bool is_me = false;        // "You're now known as"
};
/// Nothing when the line does not begin with a time as IRC programs write it.
[[nodiscard]] std::optional<LogLine> parse_line(std::string_view line);

/// "--- Log opened Sat Jan 08 23:33:54 2005", "--- Day changed ...", "**** BEGIN LOGGING AT ...": the day from here on.
struct DayMark {
    LocalTime at;
    bool opens_session = false;
    bool closes_session = false;
};
[[nodiscard]] std::optional<DayMark> parse_day_mark(std::string_view line);

/// Colours, bold and other control codes taken out.
[[nodiscard]] std::string without_codes(std::string_view text);
/// UTF-8 where it is, else Windows-1252: logs mix both line by line.
[[nodiscard]] std::string decoded(std::string_view line);
/// "lea_", "lea|away", "Lea`" as "lea": what somebody is called when the name is taken or they are away.
[[nodiscard]] std::string plain_nick(std::string_view nick);

}  // namespace secateur::irc

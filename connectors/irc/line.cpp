// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/irc/line.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur::irc {
namespace {

constexpr std::size_t longest_nick = 64;

bool is_channel_mark(char c) noexcept { return c == '#' || c == '&' || c == '+' || c == '!'; }

/// A text that is eaten from the left.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_(text) {}
    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

    bool eat(std::string_view word) noexcept {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    std::size_t eat_spaces() noexcept {
        const std::size_t count = std::min(rest_.find_first_not_of(' '), rest_.size());
        rest_.remove_prefix(count);
        return count;
    }
    std::string_view eat_word() noexcept {
        const std::string_view word = rest_.substr(0, rest_.find_first_of(" \t"));
        rest_.remove_prefix(word.size());
        return word;
    }
    /// So many digits and no more.
    bool eat_number(std::size_t digits, unsigned& value) noexcept {
        if (rest_.size() < digits || (rest_.size() > digits && is_digit(rest_[digits]))) return false;
        value = 0;
        for (const char c : rest_.substr(0, digits)) {
            if (!is_digit(c)) return false;
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        rest_.remove_prefix(digits);
        return true;
    }

private:
    std::string_view rest_;
};

/// English months, and those of French where they differ.
unsigned month_of(std::string_view word) {
    constexpr std::array<std::string_view, 12> english{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
    constexpr std::array<std::string_view, 12> french{"janv", "fevr", "mars", "avr", "mai", "juin",
                                                      "juil", "aout", "sept", "oct", "nov", "dec"};
    if (word.size() < 3 || word.size() > 12) return 0;
    const std::string folded = fold_search(word);
    for (unsigned i = 0; i < 12; ++i)
        if (folded.starts_with(french[i]) || folded.starts_with(english[i])) return i + 1;
    return 0;
}

/// "23:33", "23:33:54", "23:33:54.123"
bool eat_clock(Cursor& cursor, Stamp& stamp) {
    if (!cursor.eat_number(2, stamp.hour) || !cursor.eat(":") || !cursor.eat_number(2, stamp.minute)) return false;
    unsigned second = 0;
    if (cursor.rest().size() > 2 && cursor.rest()[0] == ':' && is_digit(cursor.rest()[1])) {
        (void)cursor.eat(":");
        if (!cursor.eat_number(2, second)) return false;
        stamp.second = static_cast<int>(second);
        if (cursor.eat("."))
            while (!cursor.rest().empty() && is_digit(cursor.rest().front())) (void)cursor.eat(cursor.rest().substr(0, 1));
    }
    return stamp.hour < 24 && stamp.minute < 60 && stamp.second < 61;
}

void eat_offset(Cursor& cursor, Stamp& stamp) {
    if (cursor.eat("Z")) {
        stamp.offset = 0;
        return;
    }
    Cursor ahead = cursor;
    const bool west = ahead.rest().starts_with('-');
    unsigned hours = 0, minutes = 0;
    if (!ahead.eat("+") && !ahead.eat("-")) return;
    if (ahead.rest().size() >= 5 && ahead.rest()[2] == ':') {
        if (!ahead.eat_number(2, hours) || !ahead.eat(":") || !ahead.eat_number(2, minutes)) return;
    } else {
        unsigned both = 0;
        if (!ahead.eat_number(4, both)) return;
        hours = both / 100, minutes = both % 100;
    }
    if (hours > 14 || minutes > 59) return;
    stamp.offset = static_cast<int>(hours * 60 + minutes) * (west ? -1 : 1);
    cursor = ahead;
}

/// "2005-01-08T23:33:54", "2026-01-01 10:00:00"
bool eat_iso(Cursor& cursor, Stamp& stamp) {
    unsigned year = 0;
    if (!cursor.eat_number(4, year) || !cursor.eat("-") || !cursor.eat_number(2, stamp.month) || !cursor.eat("-") ||
        !cursor.eat_number(2, stamp.day) || (!cursor.eat("T") && !cursor.eat(" ")))
        return false;
    stamp.year = static_cast<int>(year);
    if (!eat_clock(cursor, stamp)) return false;
    eat_offset(cursor, stamp);
    return true;
}

/// "Jan 08 23:33:54", "16 Jan 00:00": no year.
bool eat_yearless(Cursor& cursor, Stamp& stamp) {
    const std::string_view first = cursor.eat_word();
    cursor.eat_spaces();
    const std::string_view second = cursor.eat_word();
    cursor.eat_spaces();
    const bool month_first = month_of(first) != 0;
    const auto day = parse_integer(month_first ? second : first);
    stamp.month = month_of(month_first ? first : second);
    if (stamp.month == 0 || !day || *day < 1 || *day > 31) return false;
    stamp.day = static_cast<unsigned>(*day);
    return eat_clock(cursor, stamp);
}

bool eat_epoch(Cursor& cursor, Stamp& stamp) {
    const std::string_view word = cursor.eat_word();
    if (word.size() < 9 || word.size() > 10 || !std::ranges::all_of(word, is_digit)) return false;
    stamp.epoch = parse_integer(word);
    return stamp.epoch.has_value();
}

/// The stamp with its brackets; the separator stays.
bool eat_stamp(Cursor& cursor, Stamp& stamp) {
    const bool in_brackets = cursor.eat("[");
    for (const auto eat : {eat_iso, eat_clock, eat_yearless, eat_epoch}) {
        Cursor ahead = cursor;
        Stamp found;
        if (!eat(ahead, found)) continue;
        if (in_brackets && !ahead.eat("]")) continue;
        cursor = ahead;
        stamp = found;
        return true;
    }
    return false;
}

/// "@lea!~lea@host" as "lea"; empty for what is no nick.
std::string_view bare_nick(std::string_view shown) {
    while (!shown.empty() && std::string_view(" @+%&~").find(shown.front()) != std::string_view::npos) shown.remove_prefix(1);
    shown = shown.substr(0, shown.find('!'));
    shown = trim(shown);
    if (shown.size() > longest_nick || shown.find_first_of(" \t<>") != std::string_view::npos) return {};
    return shown;
}

/// "#pov", "#pov [reason]"; empty where none stands.
std::string_view channel_in(std::string_view text) {
    text = trim(text);
    if (text.empty() || !is_channel_mark(text.front())) return {};
    const std::string_view name = text.substr(0, text.find_first_of(" \t,"));
    return name.size() > 1 ? name : std::string_view();
}

/// What a program says of people: "lea [~l@host] has joined #pov", "Joins: lea (~l@host)".
LogLine read_event(std::string_view text) {
    LogLine line;
    text = trim(text);
    constexpr std::array<std::pair<std::string_view, Event>, 3> labels{
        {{"Joins: ", Event::join}, {"Parts: ", Event::part}, {"Quits: ", Event::quit}}};
    for (const auto& [label, event] : labels)
        if (text.starts_with(label)) {
            const std::string_view rest = text.substr(label.size());
            line.nick = bare_nick(rest.substr(0, rest.find(' ')));
            if (!line.nick.empty()) line.event = event;
            return line;
        }
    for (const std::string_view me : {"You're now known as ", "You are now known as "})
        if (text.starts_with(me)) {
            line.text = bare_nick(trim(text.substr(me.size())));
            line.is_me = !line.text.empty();
            if (line.is_me) line.event = Event::nick;
            return line;
        }
    Cursor cursor(text);
    const std::string_view nick = bare_nick(cursor.eat_word());
    if (nick.empty()) return line;
    cursor.eat_spaces();
    if (const char open = cursor.rest().empty() ? ' ' : cursor.rest().front(); open == '[' || open == '(') {  // user and host
        const std::size_t close = cursor.rest().find(open == '[' ? ']' : ')');
        if (close == std::string_view::npos) return line;
        (void)cursor.eat(cursor.rest().substr(0, close + 1));
        cursor.eat_spaces();
    }
    // WeeChat speaks the language of its user.
    if (cursor.eat("is now known as ") || cursor.eat("est maintenant connu sous le nom ")) {
        line.text = bare_nick(cursor.rest());
        if (line.text.empty()) return line;
        line.event = Event::nick;
    } else if (cursor.eat("has joined") || cursor.eat("a rejoint")) {
        line.channel = channel_in(cursor.rest());
        if (line.channel.empty() && !trim(cursor.rest()).empty()) return line;
        line.event = Event::join;
    } else if (cursor.eat("has left IRC") || cursor.eat("has quit")) {
        line.event = Event::quit;
    } else if (cursor.eat("a quitté")) {
        line.channel = channel_in(cursor.rest());
        line.event = line.channel.empty() ? Event::quit : Event::part;
    } else if (cursor.eat("has left")) {
        const std::string_view rest = trim(cursor.rest());
        line.channel = channel_in(rest);
        if (line.channel.empty() && !rest.empty() && rest.front() != '(' && rest.front() != '[') return line;
        line.event = Event::part;
    } else if (cursor.eat("was kicked ")) {
        line.event = Event::kick;
    } else if (cursor.eat("has kicked ")) {
        line.event = Event::kick;
        line.nick = bare_nick(cursor.rest().substr(0, cursor.rest().find(' ')));
        return line;
    } else {
        return line;
    }
    line.nick = nick;
    return line;
}

/// "lea text" behind a star: somebody acts, unless the program tells of them in the same form (HexChat).
LogLine read_star(std::string_view text) {
    LogLine line = read_event(text);
    if (line.event != Event::other) return line;
    Cursor cursor(text);
    cursor.eat_spaces();
    line.nick = bare_nick(cursor.eat_word());
    line.text = trim(cursor.rest());
    line.event = line.nick.empty() ? Event::other : Event::action;
    return line;
}

/// WeeChat: two columns with a tab between them.
LogLine read_columns(std::string_view who, std::string_view text) {
    const std::string_view mark = trim(who);
    if (mark == "-->" || mark == "<--" || mark == "--") {
        LogLine line = read_event(text);
        // "-->" is a join and nothing else, so that nobody's words pass for one.
        const bool fits = mark == "--" ? line.event == Event::nick
                                       : (line.event == Event::join) == (mark == "-->") && line.event != Event::nick;
        if (!fits) line.event = Event::other;
        return line;
    }
    if (mark == "*") {
        LogLine line;
        Cursor cursor(text);
        line.nick = bare_nick(cursor.eat_word());
        line.text = trim(cursor.rest());
        line.event = line.nick.empty() ? Event::other : Event::action;
        return line;
    }
    LogLine line;
    if (mark.empty() || mark == "=!=") return line;
    line.nick = bare_nick(mark);
    line.text = text;
    line.event = line.nick.empty() ? Event::other : Event::message;
    return line;
}

LogLine read_words(std::string_view text) {
    LogLine line;
    if (text.starts_with('<')) {
        const std::size_t close = text.find('>');
        line.nick = close == std::string_view::npos ? std::string_view() : bare_nick(text.substr(1, close - 1));
        if (line.nick.empty()) return {};
        line.text = text.substr(close + 1);
        if (line.text.starts_with(' ') || line.text.starts_with('\t')) line.text.remove_prefix(1);
        line.event = Event::message;
        return line;
    }
    for (const std::string_view mark : {"-!- ", "*** ", "=== "})
        if (text.starts_with(mark)) return read_event(text.substr(mark.size()));
    if (text.starts_with("* ") || text.starts_with("*\t")) return read_star(text.substr(2));
    if (text.starts_with('-') && text.size() > 2 && text[1] != '-' && text[1] != ' ') {  // "-lea:#pov- text"
        const std::size_t close = text.find("- ", 1);
        if (close != std::string_view::npos && close <= longest_nick * 2) line.event = Event::notice;
        return line;
    }
    if (text.starts_with("--> ") || text.starts_with("<-- ")) return read_event(text.substr(4));
    return line;
}

}  // namespace

std::optional<LogLine> parse_line(std::string_view line) {
    Cursor cursor(line);
    Stamp stamp;
    if (!eat_stamp(cursor, stamp)) return std::nullopt;
    LogLine found;
    if (cursor.eat("\t")) {
        const std::size_t tab = cursor.rest().find('\t');
        found = tab == std::string_view::npos ? read_words(cursor.rest())
                                              : read_columns(cursor.rest().substr(0, tab), cursor.rest().substr(tab + 1));
    } else if (cursor.eat_spaces() > 0) {
        found = read_words(cursor.rest());
    } else {
        return std::nullopt;
    }
    found.stamp = stamp;
    return found;
}

std::optional<DayMark> parse_day_mark(std::string_view line) {
    DayMark mark;
    Cursor cursor(line);
    if (cursor.eat("--- Log opened ") || cursor.eat("**** BEGIN LOGGING AT ")) mark.opens_session = true;
    else if (cursor.eat("--- Log closed ") || cursor.eat("**** ENDING LOGGING AT ")) mark.closes_session = true;
    else if (!cursor.eat("--- Day changed ")) return std::nullopt;
    while (!cursor.rest().empty()) {
        const std::string_view word = cursor.eat_word();
        cursor.eat_spaces();
        const auto number = parse_integer(word);
        Stamp clock;
        if (Cursor time(word); word.size() >= 5 && eat_clock(time, clock)) {
            mark.at.hour = clock.hour, mark.at.minute = clock.minute;
            mark.at.second = static_cast<unsigned>(std::max(clock.second, 0));
        } else if (number && word.size() == 4 && *number > 1'980) {
            mark.at.year = static_cast<int>(*number);
        } else if (number && word.size() <= 2 && mark.at.day == 0 && *number > 0) {
            mark.at.day = static_cast<unsigned>(*number);
        } else if (const unsigned month = month_of(word); month != 0 && (mark.at.month == 0 || mark.at.day == 0)) {
            mark.at.month = month;  // "Mar" may be Tuesday in French: the last one before the day counts
        }
    }
    if (!as_utc(mark.at)) return std::nullopt;
    return mark;
}

std::string without_codes(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\x03') {  // a colour: up to two digits, and after a comma two more
            const auto digits = [&](std::size_t from) {
                std::size_t count = 0;
                while (count < 2 && from + count < text.size() && is_digit(text[from + count])) ++count;
                return count;
            };
            const std::size_t front = digits(i + 1);
            i += front;
            if (front > 0 && i + 2 < text.size() && text[i + 1] == ',' && is_digit(text[i + 2])) i += 1 + digits(i + 2);
        } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') {
            plain += c;
        }
    }
    return plain;
}

std::string decoded(std::string_view line) {
    if (is_valid_utf8(line)) return std::string(line);
    return to_valid_utf8(decode_charset(line, "windows-1252").value_or(std::string(line)));
}

std::string plain_nick(std::string_view nick) {
    std::string plain = fold_name(nick);
    if (const std::size_t bar = plain.find('|'); bar != std::string::npos && bar > 0) plain.resize(bar);
    for (const std::string_view ending : {"_away", "-away", "_afk", "-afk"})
        if (plain.size() > ending.size() && plain.ends_with(ending)) plain.erase(plain.size() - ending.size());
    while (plain.size() > 1 && (plain.back() == '_' || plain.back() == '`')) plain.pop_back();
    return plain;
}

}  // namespace secateur::irc

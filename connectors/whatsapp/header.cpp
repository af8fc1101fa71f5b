// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/whatsapp/header.hpp"

#include <algorithm>
#include <chrono>

namespace secateur::whatsapp {
namespace {

constexpr unsigned char byte(std::string_view text, std::size_t i) noexcept {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

/// First digits of the decimal systems that phones show: Arabic, Persian, N'Ko, the Indic scripts, Thai, Lao, Tibetan, Burmese,
/// Khmer, full width.
constexpr std::array<char32_t, 18> zeros = {0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6,  0xB66,  0xBE6,
                                            0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0xFF10};

struct Meaning {
    std::string_view text;
    Meridiem half;
};
/// Before the time (East Asia, Turkish) or after it. Latin "am", "p. m." are read by latin_meridiem.
constexpr Meaning meridiems[] = {
    {"午前", Meridiem::am}, {"午後", Meridiem::pm},   {"上午", Meridiem::am},   {"下午", Meridiem::pm},
    {"凌晨", Meridiem::am}, {"清晨", Meridiem::am},   {"早上", Meridiem::am},   {"中午", Meridiem::noon},
    {"晚上", Meridiem::pm}, {"오전", Meridiem::am},   {"오후", Meridiem::pm},   {"ÖÖ", Meridiem::am},
    {"ÖS", Meridiem::pm},   {"ق.ظ", Meridiem::am},    {"ب.ظ", Meridiem::pm},    {"ص", Meridiem::am},
    {"م", Meridiem::pm},    {"π.μ.", Meridiem::am},   {"μ.μ.", Meridiem::pm},   {"SA", Meridiem::am},
    {"CH", Meridiem::pm},   {"PTG", Meridiem::pm},    {"PG", Meridiem::am},     {"dop.", Meridiem::am},
    {"odp.", Meridiem::pm}, {"vorm.", Meridiem::am},  {"nachm.", Meridiem::pm}, {"f.m.", Meridiem::am},
    {"e.m.", Meridiem::pm}, {"ap.", Meridiem::am},    {"ip.", Meridiem::pm},    {"de.", Meridiem::am},
    {"du.", Meridiem::pm},  {"पूर्वाह्न", Meridiem::am}, {"अपराह्न", Meridiem::pm},
};

struct Era {
    std::string_view text;
    int years;
};
constexpr Era eras_before[] = {{"令和", 2018}, {"平成", 1988}, {"R", 2018}, {"H", 1988}};
constexpr Era eras_after[] = {{"BE", -543}, {"B.E.", -543}, {"พ.ศ.", -543}};

struct MonthName {
    std::string_view text;
    int month;
};
/// How a month's name begins, lower case; the longer of two that share a beginning comes first.
constexpr MonthName month_names[] = {
    {"juil", 7}, {"juin", 6}, {"janv", 1}, {"jan", 1},  {"ene", 1},  {"gen", 1},  {"feb", 2},  {"fév", 2},
    {"fev", 2},  {"mär", 3},  {"mar", 3},  {"mrt", 3},  {"maa", 3},  {"avr", 4},  {"apr", 4},  {"abr", 4},
    {"mai", 5},  {"may", 5},  {"mag", 5},  {"mei", 5},  {"jun", 6},  {"giu", 6},  {"jul", 7},  {"lug", 7},
    {"aoû", 8},  {"aou", 8},  {"aug", 8},  {"ago", 8},  {"sep", 9},  {"set", 9},  {"oct", 10}, {"okt", 10},
    {"ott", 10}, {"out", 10}, {"nov", 11}, {"déc", 12}, {"dec", 12}, {"dez", 12}, {"dic", 12},
};

bool is_letter_byte(unsigned char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }

struct Cursor {
    std::string_view text;
    std::size_t i = 0;

    [[nodiscard]] bool done() const noexcept { return i >= text.size(); }
    [[nodiscard]] unsigned char now() const noexcept { return byte(text, i); }
    [[nodiscard]] std::string_view left() const noexcept { return text.substr(std::min(i, text.size())); }

    bool eat(char c) noexcept {
        if (done() || text[i] != c) return false;
        ++i;
        return true;
    }
    bool eat(std::string_view wanted) noexcept {
        if (!left().starts_with(wanted)) return false;
        i += wanted.size();
        return true;
    }
    void marks() noexcept {
        while (const std::size_t length = mark_length(text, i)) i += length;
    }
    /// Spaces and marks; whether there was a space.
    bool spaces() noexcept {
        bool any = false;
        for (;;) {
            if (const std::size_t space = space_length(text, i)) {
                any = true;
                i += space;
            } else if (const std::size_t mark = mark_length(text, i)) {
                i += mark;
            } else {
                return any;
            }
        }
    }
    /// One decimal digit of any script; -1 when there is none.
    int digit() noexcept {
        const unsigned char c = now();
        if (c < 0x80) {
            if (c < '0' || c > '9') return -1;
            ++i;
            return c - '0';
        }
        char32_t code = 0;
        std::size_t length = 0;
        if (c >= 0xD9 && c <= 0xDF && byte(text, i + 1) >= 0x80) {
            code = (c & 0x1FU) << 6 | (byte(text, i + 1) & 0x3FU);
            length = 2;
        } else if ((c == 0xE0 || c == 0xE1 || c == 0xEF) && i + 2 < text.size()) {
            code = (c & 0x0FU) << 12 | (byte(text, i + 1) & 0x3FU) << 6 | (byte(text, i + 2) & 0x3FU);
            length = 3;
        } else {
            return -1;
        }
        for (const char32_t zero : zeros)
            if (code >= zero && code < zero + 10) {
                i += length;
                return static_cast<int>(code - zero);
            }
        return -1;
    }
    /// Up to `most` digits; false, and nothing taken, for none or more.
    bool number(int& value, int& width, int most) noexcept {
        const std::size_t before = i;
        value = 0;
        width = 0;
        for (int d = digit(); d >= 0; d = digit()) {
            if (++width > most) {
                i = before;
                return false;
            }
            value = value * 10 + d;
        }
        return width > 0;
    }
};

/// "am", "PM", "a.m.", "p. m." in Latin letters.
Meridiem latin_meridiem(Cursor& at) noexcept {
    Cursor look = at;
    const char half = static_cast<char>(look.now() | 0x20);
    if (half != 'a' && half != 'p') return Meridiem::none;
    ++look.i;
    const bool dotted = look.eat('.');
    if (dotted) look.spaces();
    if (!look.eat('m') && !look.eat('M')) return Meridiem::none;
    if (dotted) look.eat('.');
    if (is_letter_byte(look.now()) && mark_length(look.text, look.i) == 0 && space_length(look.text, look.i) == 0)
        return Meridiem::none;
    at = look;
    return half == 'a' ? Meridiem::am : Meridiem::pm;
}

Meridiem meridiem(Cursor& at) noexcept {
    if (!is_letter_byte(at.now())) return Meridiem::none;
    if (const Meridiem latin = latin_meridiem(at); latin != Meridiem::none) return latin;
    for (const auto& [text, half] : meridiems)
        if (at.left().starts_with(text)) {
            Cursor look = at;
            look.i += text.size();
            // But for East Asia it must be a whole word: "du." is, "dupuis" is not.
            if (byte(text, 0) < 0xE3 && is_letter_byte(look.now()) && space_length(look.text, look.i) == 0 &&
                mark_length(look.text, look.i) == 0)
                continue;
            at = look;
            return half;
        }
    return Meridiem::none;
}

enum ShapeBit : std::uint32_t {
    bracket_bit = 1U << 0,
    time_first_bit = 1U << 1,
    separator_shift = 2,  // three bits
    spaced_bit = 1U << 5,
    four_digits_bit = 1U << 6,
    year_first_bit = 1U << 7,
    comma_bit = 1U << 8,
    word_bit = 1U << 9,
    time_separator_shift = 10,  // two bits
    seconds_bit = 1U << 12,
    meridiem_bit = 1U << 13,
    early_bit = 1U << 14,
    era_bit = 1U << 15,
    end_shift = 16,  // two bits
};

bool era_before(Cursor& at, Stamp& stamp) noexcept {
    if (!is_letter_byte(at.now())) return false;
    for (const auto& [text, years] : eras_before)
        if (at.left().starts_with(text)) {
            Cursor look = at;
            look.i += text.size();
            if (Cursor digits = look; digits.digit() < 0 && !digits.eat("元")) continue;
            at = look;
            stamp.era = years;
            return true;
        }
    return false;
}

/// Between two numbers of a date: which kind (1 '/', 2 '.', 3 '-', 4 年月); 0 when nothing fits.
std::uint32_t date_separator(Cursor& at, bool& spaced) noexcept {
    Cursor look = at;
    spaced = look.spaces();
    std::uint32_t kind = 0;
    if (look.eat('/')) kind = 1;
    else if (look.eat('.')) kind = 2;
    else if (look.eat('-') || look.eat("\xE2\x80\x91")) kind = 3;  // U+2011
    else if (look.eat("年") || look.eat("月") || look.eat("년") || look.eat("월")) kind = 4;
    if (kind == 0) return 0;
    spaced = look.spaces() || spaced;
    at = look;
    return kind;
}

bool read_month_name(Cursor& at, int& month) noexcept {
    // Long enough for the longest name's beginning, lower case; É and Û are the only capitals that matter beyond ASCII.
    std::array<char, 8> lower{};
    std::size_t count = 0;
    while (count < lower.size() && is_letter_byte(byte(at.text, at.i + count)) && space_length(at.text, at.i + count) == 0) {
        const char c = at.text[at.i + count];
        lower[count++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
    const std::string_view word(lower.data(), count);
    for (const auto& [text, number] : month_names)
        if (word.starts_with(text)) {
            while (is_letter_byte(at.now()) && space_length(at.text, at.i) == 0) ++at.i;
            at.eat('.');
            month = number;
            return true;
        }
    return false;
}

/// A date, its separators noted in the shape.
bool read_date(Cursor& at, Stamp& stamp) noexcept {
    const std::size_t begin = at.i;
    const bool era_first = era_before(at, stamp);
    if (!at.number(stamp.field[0], stamp.width[0], 4)) return false;
    bool spaced = false;
    std::uint32_t kind = date_separator(at, spaced);
    if (kind == 0 ||
        (kind == 2 && spaced && is_letter_byte(at.now()) && mark_length(at.text, at.i) == 0)) {  // "12. Jan. 2014", "12 janv."
        Cursor look = at;
        if (kind == 0 && !look.spaces()) return false;
        if (!read_month_name(look, stamp.named_month)) return false;
        at = look;
        stamp.field[2] = -1;
        look.spaces();
        int year = 0, width = 0;
        if (look.number(year, width, 4) && width == 4) {  // a time follows otherwise, or a word such as à
            stamp.field[2] = year;
            stamp.width[2] = width;
            stamp.year_stated = true;
            at = look;
        }
        stamp.shape |= 5U << separator_shift;
        stamp.date = at.text.substr(begin, at.i - begin);
        return true;
    }
    if (!at.number(stamp.field[1], stamp.width[1], 2)) return false;
    bool spaced_again = false;
    if (date_separator(at, spaced_again) == 0) return false;
    const bool era_last = era_before(at, stamp);
    if (!at.number(stamp.field[2], stamp.width[2], 4)) return false;
    const std::size_t end = at.i;
    bool dot = false;
    if (at.eat("日") || at.eat("일")) kind = 4;
    else if (kind == 2 && at.eat('.')) dot = true;
    stamp.dotted_after = dot && spaced;
    stamp.slashes = kind == 1;
    // Three digits are no year that a phone writes.
    if (stamp.width[0] == 3 || stamp.width[2] == 3 || (stamp.width[0] == 4 && stamp.width[2] == 4)) return false;
    if (!era_first && !era_last && stamp.width[0] != 4 && stamp.width[2] == 1) {
        // "3/1/4" is no date of a phone, and "22. 3. 8." is one.
        if (!stamp.dotted_after && stamp.width[0] != 2) return false;
    }
    stamp.year_first = stamp.width[0] == 4 || era_first || (kind == 4 && stamp.width[0] == 2);
    stamp.year_stated = stamp.year_first || stamp.width[2] == 4 || era_last;
    stamp.shape |= kind << separator_shift | (spaced || spaced_again ? spaced_bit : 0U) |
                   (stamp.width[0] == 4 || stamp.width[2] == 4 ? four_digits_bit : 0U) |
                   (stamp.year_first ? year_first_bit : 0U) | (era_first || era_last ? era_bit : 0U);
    stamp.date = at.text.substr(begin, end - begin);
    return true;
}

/// What stands between date and time: commas, "à", "klo", a weekday, an era, 오후. False when it is no such thing.
bool read_gap(Cursor& at, Stamp& stamp) noexcept {
    const std::size_t begin = at.i;
    int words = 0;
    for (;;) {
        at.spaces();
        if (at.done() || at.i - begin > 40) return false;
        if (at.eat(',') || at.eat("\xD8\x8C") || at.eat("、") || at.eat("，")) {
            stamp.shape |= comma_bit;
            continue;
        }
        if (Cursor look = at; look.digit() >= 0) break;
        if (const Meridiem half = meridiem(at); half != Meridiem::none) {
            stamp.meridiem = half;
            stamp.early_meridiem = true;
            continue;
        }
        bool era = false;
        for (const auto& [text, years] : eras_after)
            if (at.eat(text)) {
                stamp.era = years;
                stamp.shape |= era_bit;
                era = true;
                break;
            }
        if (era) continue;
        if (at.eat('(') || at.eat(')')) continue;
        if (!is_letter_byte(at.now()) || ++words > 2) return false;
        stamp.shape |= word_bit;
        while (is_letter_byte(at.now()) && space_length(at.text, at.i) == 0) {
            if (Cursor look = at; look.now() >= 0x80 && look.digit() >= 0) break;
            ++at.i;
        }
        at.eat('.');
    }
    return at.i > begin || (stamp.shape >> separator_shift & 7U) == 4;
}

bool two_digits(Cursor& at, int& value) noexcept {
    Cursor look = at;
    int width = 0;
    if (!look.number(value, width, 2) || width != 2) return false;
    at = look;
    return true;
}

bool read_time(Cursor& at, Stamp& stamp) noexcept {
    int width = 0;
    if (!at.number(stamp.hour, width, 2)) return false;
    std::uint32_t kind = 0;
    if (at.eat(':')) {
        kind = 1;
    } else if (at.eat('.')) {
        kind = 2;
    } else {  // Canadian French: 14 h 05 min 01 s
        Cursor look = at;
        look.spaces();
        if (!look.eat('h')) return false;
        look.spaces();
        at = look;
        kind = 3;
    }
    if (!two_digits(at, stamp.minute)) return false;
    if (kind == 3) {
        Cursor look = at;
        look.spaces();
        if (look.eat("min")) {
            at = look;
            look.spaces();
            if (two_digits(look, stamp.second)) {
                look.spaces();
                if (look.eat('s')) at = look;
                else stamp.second = -1;
            }
        }
    } else if (Cursor look = at; look.eat(kind == 1 ? ':' : '.')) {
        if (two_digits(look, stamp.second)) at = look;
    }
    if (stamp.hour > 24 || stamp.minute > 59 || stamp.second > 60) return false;
    if (stamp.second >= 0) stamp.shape |= seconds_bit;
    stamp.shape |= kind << time_separator_shift;
    if (stamp.meridiem == Meridiem::none) {
        Cursor look = at;
        look.spaces();
        stamp.meridiem = meridiem(look);
        if (stamp.meridiem != Meridiem::none) at = look;
    }
    return true;
}

/// Days since the epoch of a date in a calendar of the file; nothing when it is none.
std::optional<std::int64_t> days_since_epoch(int year, int month, int day) noexcept {
    if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count();
}

/// A date of the Persian calendar (1380 to 1420): leap years by their place in the cycle of 33.
std::optional<std::int64_t> persian_days(int year, int month, int day) noexcept {
    const auto leap = [](int y) {
        constexpr std::array places{1, 5, 9, 13, 17, 22, 26, 30};
        return std::ranges::find(places, y % 33) != places.end();
    };
    const int length = month <= 6 ? 31 : month < 12 || leap(year) ? 30 : 29;
    if (month < 1 || month > 12 || day < 1 || day > length) return std::nullopt;
    std::int64_t days =
        std::chrono::sys_days(std::chrono::year(2021) / std::chrono::March / 21).time_since_epoch().count();  // 1400-01-01
    for (int y = 1400; y < year; ++y) days += leap(y) ? 366 : 365;
    for (int y = year; y < 1400; ++y) days -= leap(y) ? 366 : 365;
    return days + (month <= 6 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1;
}

struct Parts {
    int year = 0, month = 0, day = 0;
};

std::optional<Parts> parts_of(const Stamp& stamp, DateOrder order, std::optional<int> year) noexcept {
    Parts parts;
    std::size_t year_field = 2;
    if (stamp.named_month != 0) {
        if (stamp.field[2] < 0 && !year) return std::nullopt;
        parts = {.year = stamp.field[2] < 0 ? *year : stamp.field[2], .month = stamp.named_month, .day = stamp.field[0]};
    } else if (stamp.year_first || order == DateOrder::year_first) {
        if (!stamp.year_first && stamp.year_stated) return std::nullopt;  // 18/3/2022 cannot begin with a year
        parts = {.year = stamp.field[0], .month = stamp.field[1], .day = stamp.field[2]};
        year_field = 0;
    } else if (order == DateOrder::day_first) {
        parts = {.year = stamp.field[2], .month = stamp.field[1], .day = stamp.field[0]};
    } else {
        parts = {.year = stamp.field[2], .month = stamp.field[0], .day = stamp.field[1]};
    }
    if (stamp.era < 0) {
        parts.year += parts.year < 100 ? 2500 + stamp.era : stamp.era;
    } else if (stamp.era > 0) {
        parts.year += stamp.era;
    } else if (stamp.width[year_field] <= 2 && stamp.field[2] >= 0) {
        parts.year += 2000;
    } else if (parts.year >= 2400 && parts.year < 2700) {
        parts.year -= 543;  // Buddhist years, which a Thai phone writes without saying so
    }
    return parts;
}

/// Days since the epoch; nothing when these are no date, or of a calendar that is not read.
std::optional<std::int64_t> day_number(const Stamp& stamp, DateOrder order, std::optional<int> year) noexcept {
    const std::optional<Parts> parts = parts_of(stamp, order, year);
    if (!parts) return std::nullopt;
    if (parts->year >= 1380 && parts->year <= 1420) return persian_days(parts->year, parts->month, parts->day);
    if (parts->year < 1990 || parts->year > 2200) return std::nullopt;
    return days_since_epoch(parts->year, parts->month, parts->day);
}

int hour_of(const Stamp& stamp) noexcept {
    if (stamp.meridiem == Meridiem::none) return stamp.hour % 24;  // 24:05 of some phones is five past midnight
    if (stamp.hour > 12) return stamp.hour % 24;                   // "14:05 PM" says it twice
    if (stamp.meridiem == Meridiem::noon && stamp.hour >= 11) return stamp.hour;
    return stamp.hour % 12 + (stamp.meridiem == Meridiem::am ? 0 : 12);
}

}  // namespace

std::size_t mark_length(std::string_view text, std::size_t i) noexcept {
    const unsigned char first = byte(text, i);
    if (first == 0xEF) return byte(text, i + 1) == 0xBB && byte(text, i + 2) == 0xBF ? 3 : 0;
    if (first != 0xE2) return 0;
    const unsigned char second = byte(text, i + 1), third = byte(text, i + 2);
    if (second == 0x80) return third == 0x8E || third == 0x8F || (third >= 0xAA && third <= 0xAE) ? 3 : 0;
    return second == 0x81 && third >= 0xA6 && third <= 0xA9 ? 3 : 0;
}

std::size_t space_length(std::string_view text, std::size_t i) noexcept {
    const unsigned char first = byte(text, i);
    if (first == ' ' || first == '\t') return 1;
    if (first == 0xC2) return byte(text, i + 1) == 0xA0 ? 2 : 0;
    if (first != 0xE2 || byte(text, i + 1) != 0x80) return 0;
    const unsigned char third = byte(text, i + 2);
    return third == 0xAF || third == 0x89 ? 3 : 0;  // narrow no-break, thin
}

std::optional<Stamp> parse_stamp(std::string_view line) noexcept {
    const unsigned char first = byte(line, 0);
    // Nearly every line that goes on with a message stops here.
    if (first != '[' && (first < '0' || first > '9') && first < 0x80 && first != 'R' && first != 'H') return std::nullopt;
    if (line.size() < 10) return std::nullopt;

    Cursor at{line};
    at.marks();
    Stamp stamp;
    stamp.bracketed = at.eat('[');
    if (stamp.bracketed) stamp.shape |= bracket_bit;
    at.marks();

    Cursor look = at;
    int number = 0, width = 0;
    const bool time_first = look.number(number, width, 2) && look.eat(':');
    if (time_first) {
        stamp.shape |= time_first_bit;
        if (!read_time(at, stamp)) return std::nullopt;
        Stamp gap;  // a meridiem after the time belongs to it, so what the gap finds is not looked at
        if (!read_gap(at, gap)) return std::nullopt;
        stamp.shape |= gap.shape;
        if (!read_date(at, stamp)) return std::nullopt;
    } else {
        if (!read_date(at, stamp) || !read_gap(at, stamp) || !read_time(at, stamp)) return std::nullopt;
    }
    if (stamp.meridiem != Meridiem::none) stamp.shape |= meridiem_bit;
    if (stamp.early_meridiem) stamp.shape |= early_bit;

    std::uint32_t end = 0;
    const bool spaced = at.spaces();
    if (stamp.bracketed) {
        if (!at.eat(']')) return std::nullopt;
        if (!at.done() && space_length(at.text, at.i) == 0) return std::nullopt;
    } else if (spaced && (at.eat('-') || at.eat("\xE2\x80\x93"))) {  // U+2013
        if (!at.done() && space_length(at.text, at.i) == 0) return std::nullopt;
        end = 1;
    } else if (!spaced && at.eat(':')) {  // iPhones before 2017
        if (space_length(at.text, at.i) == 0) return std::nullopt;
        end = 2;
    } else if (!spaced && stamp.early_meridiem && at.eat(',')) {  // Korean
        if (space_length(at.text, at.i) == 0) return std::nullopt;
        end = 3;
    } else {
        return std::nullopt;
    }
    at.i += space_length(at.text, at.i);
    stamp.shape |= end << end_shift;
    stamp.rest = at.i;
    return stamp;
}

std::optional<LocalTime> local_time(const Stamp& stamp, DateOrder order, std::optional<int> year) noexcept {
    const std::optional<std::int64_t> days = day_number(stamp, order, year);
    if (!days) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(*days))};
    return LocalTime{.year = static_cast<int>(date.year()),
                     .month = static_cast<unsigned>(date.month()),
                     .day = static_cast<unsigned>(date.day()),
                     .hour = static_cast<unsigned>(hour_of(stamp)),
                     .minute = static_cast<unsigned>(stamp.minute),
                     .second = static_cast<unsigned>(std::clamp(stamp.second, 0, 59))};
}

void DateOrderEvidence::add(const Stamp& stamp, std::uint64_t line) noexcept {
    const bool new_day = !last_ || !last_->same_day_as(stamp);
    if (stamp.order_open()) {
        ++open_;
        if (new_day) {
            const auto note = [&](Proof& proof) {
                if (proof.count++ == 0) proof = {.count = 1, .line = line, .date = stamp.field};
            };
            if (stamp.field[0] > 12) note(first_over_twelve_);
            if (stamp.field[1] > 12) note(second_over_twelve_);
            for (const std::size_t i : {0U, 1U})
                if (stamp.width[i] == 2 && stamp.field[i] < 10) leading_zero_ = true;
            if (stamp.width[2] == 4) two_digit_year_ = false;
            if (stamp.year_stated) year_stated_ = true;
            if (!stamp.slashes) slashes_ = false;
        }
        if (stamp.meridiem != Meridiem::none) meridiem_ = true;
        if (stamp.dotted_after) dotted_ = true;
    }
    const int minutes = hour_of(stamp) * 60 + stamp.minute;
    for (const DateOrder order : all_orders) {
        Track& track = tracks_[static_cast<std::size_t>(order)];
        if (new_day) {
            const std::optional<std::int64_t> day = day_number(stamp, order, std::nullopt);
            track.valid = day.has_value();
            track.day = day.value_or(0);
            if (!track.valid) ++track.impossible;
        }
        if (!track.valid) continue;
        const std::int64_t minute = track.day * 1440 + minutes;
        // A message delivered late stands a little below newer ones; a wrong order jumps by weeks.
        if (track.any && minute < track.previous - 1440) ++track.back;
        if (today_ != Date{} && track.day > today_.time_since_epoch().count() + 1) ++track.future;
        track.previous = minute;
        track.latest = track.any ? std::max(track.latest, minute) : minute;
        track.any = true;
    }
    if (new_day) last_ = stamp;
}

DateOrderEvidence::Decision DateOrderEvidence::decide() const noexcept {
    Decision decision;
    if (open_ == 0) {
        decision.order = DateOrder::year_first;
        decision.ground = Ground::stated;
        return decision;
    }
    const auto trouble = [&](DateOrder order) {
        const Track& track = tracks_[static_cast<std::size_t>(order)];
        return track.back + track.future;
    };
    const auto impossible = [&](DateOrder order) { return tracks_[static_cast<std::size_t>(order)].impossible; };
    const auto choose = [&](DateOrder order, Ground ground) {
        decision.order = order;
        decision.ground = ground;
        return decision;
    };

    // Two digits each: the year may come first (22. 3. 18.), if that explains the lines better than both other orders.
    if (!year_stated_ && impossible(DateOrder::year_first) == 0) {
        const std::uint64_t year = trouble(DateOrder::year_first);
        const auto worse = [&](DateOrder order) { return impossible(order) > 0 || trouble(order) > year; };
        if (worse(DateOrder::day_first) && worse(DateOrder::month_first))
            return choose(DateOrder::year_first, Ground::time_order);
        if (dotted_ && year <= trouble(DateOrder::day_first) && second_over_twelve_.count == 0)
            return choose(DateOrder::year_first, Ground::habit);
    }
    const Proof& day = first_over_twelve_;
    const Proof& month = second_over_twelve_;
    if (day.count > 0 && month.count > 0) {
        // One line in hundreds is a pasted or damaged one; it will be refused by itself.
        const bool day_wins = day.count >= 100 && month.count * 100 <= day.count;
        const bool month_wins = month.count >= 100 && day.count * 100 <= month.count;
        decision.contradicted = !day_wins && !month_wins;
        decision.line = day.line, decision.date = day.date;
        decision.other_line = month.line, decision.other_date = month.date;
        if (month_wins) decision.line = month.line, decision.date = month.date;
        return choose(month_wins ? DateOrder::month_first : DateOrder::day_first, Ground::proved);
    }
    if (day.count > 0 || month.count > 0) {
        const Proof& proof = day.count > 0 ? day : month;
        decision.line = proof.line, decision.date = proof.date;
        return choose(day.count > 0 ? DateOrder::day_first : DateOrder::month_first, Ground::proved);
    }
    const std::uint64_t as_day = trouble(DateOrder::day_first), as_month = trouble(DateOrder::month_first);
    if (as_day != as_month) return choose(as_day < as_month ? DateOrder::day_first : DateOrder::month_first, Ground::time_order);
    const bool american = meridiem_ && slashes_ && two_digit_year_ && !leading_zero_;
    return choose(american ? DateOrder::month_first : DateOrder::day_first, Ground::habit);
}

std::optional<std::int64_t> DateOrderEvidence::latest_minute(DateOrder order) const noexcept {
    const Track& track = tracks_[static_cast<std::size_t>(order)];
    if (!track.any) return std::nullopt;
    return track.latest;
}

}  // namespace secateur::whatsapp

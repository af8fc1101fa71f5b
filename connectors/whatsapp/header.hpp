// SPDX-License-Identifier: GPL-3.0-or-later
// The first part of a WhatsApp line: date, time and what stands around them, in every form that phones write. Says what is
// written; which field is the day and which the month is settled for a whole file by DateOrderEvidence.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace secateur::whatsapp {

enum class DateOrder : std::uint8_t { day_first, month_first, year_first };
inline constexpr std::array all_orders{DateOrder::day_first, DateOrder::month_first, DateOrder::year_first};

enum class Meridiem : std::uint8_t { none, am, pm, noon };  // noon: 中午, eleven to one

struct Stamp {
    std::array<int, 3> field{};  // the date's numbers as they stand; field[2] is -1 when no year is written
    std::array<int, 3> width{};  // their digits
    int named_month = 0;         // 1 to 12: the month is a word; field[0] is the day, field[2] the year
    bool year_first = false;     // the first field is a year beyond doubt
    bool year_stated = false;    // some field is: four digits, or an era
    int era = 0;                 // years to add: Reiwa 2018, Heisei 1988, Buddhist -543
    int hour = 0, minute = 0;
    int second = -1;  // -1: not written
    Meridiem meridiem = Meridiem::none;
    bool early_meridiem = false;  // it stands before the time (오후 2:05)
    bool slashes = false;         // 3/1/24
    bool dotted_after = false;    // 22. 3. 18. : a spaced date with a dot at its end
    bool bracketed = false;
    std::uint32_t shape = 0;  // equal for lines written by the same phone setting
    std::string_view date;    // the date as written
    std::size_t rest = 0;     // where author or system text begins

    /// Whether day and month could be taken for each other.
    [[nodiscard]] bool order_open() const noexcept { return named_month == 0 && !year_first; }
    [[nodiscard]] bool same_day_as(const Stamp& other) const noexcept {
        return field == other.field && named_month == other.named_month && era == other.era;
    }
};

/// The stamp at the beginning of a line; nothing for any other line. Allocates nothing.
[[nodiscard]] std::optional<Stamp> parse_stamp(std::string_view line) noexcept;

/// The wall clock meant by a stamp; nothing when these fields are no date in that order, or hold no year and `year` is absent.
[[nodiscard]] std::optional<LocalTime> local_time(const Stamp& stamp, DateOrder order,
                                                  std::optional<int> year = std::nullopt) noexcept;

/// What all lines of a file say about the order of day, month and year.
class DateOrderEvidence {
public:
    /// Days after `today` speak against an order; the epoch means that today is not known.
    explicit DateOrderEvidence(Date today) : today_(today) {}

    void add(const Stamp& stamp, std::uint64_t line) noexcept;

    enum class Ground { stated, proved, time_order, habit };
    struct Decision {
        DateOrder order = DateOrder::day_first;
        Ground ground = Ground::habit;
        bool contradicted = false;               // two lines prove two orders: nothing can be chosen
        std::uint64_t line = 0, other_line = 0;  // which lines prove it (or contradict)
        std::array<int, 3> date{}, other_date{};
    };
    [[nodiscard]] Decision decide() const noexcept;
    /// Latest moment of all lines, as minutes of the wall clock since the epoch, under that order.
    [[nodiscard]] std::optional<std::int64_t> latest_minute(DateOrder order) const noexcept;

private:
    struct Track {
        std::int64_t day = 0;  // of the last stamp, whose date repeats on most lines
        bool valid = false;
        std::int64_t previous = 0, latest = 0;
        bool any = false;
        std::uint64_t impossible = 0, back = 0, future = 0;
    };
    struct Proof {
        std::uint64_t count = 0, line = 0;
        std::array<int, 3> date{};
    };

    Date today_;
    std::array<Track, 3> tracks_{};
    std::optional<Stamp> last_;
    Proof first_over_twelve_, second_over_twelve_;
    std::uint64_t open_ = 0;
    bool leading_zero_ = false, two_digit_year_ = true, meridiem_ = false, slashes_ = true, year_stated_ = false;
    bool dotted_ = false;
};

/// Bytes of a mark that shows nothing and steers direction (U+200E, U+FEFF, U+202A ...) at `i`; 0 when there is none.
[[nodiscard]] std::size_t mark_length(std::string_view text, std::size_t i) noexcept;
/// Bytes of a space of any width at `i`; 0 when there is none.
[[nodiscard]] std::size_t space_length(std::string_view text, std::size_t i) noexcept;

}  // namespace secateur::whatsapp

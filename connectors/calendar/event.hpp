// SPDX-License-Identifier: GPL-3.0-or-later
// One VEVENT put together line by line: when, where, with whom. Descriptions are searched for a video link and let go.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "connectors/calendar/times.hpp"
#include "connectors/content_lines.hpp"
#include "model/record.hpp"

namespace secateur::calendar {

enum class Answer { none, accepted, tentative, declined };

struct Guest {
    std::string address;  // lower case; empty: only a name is known
    std::string name;
    Answer answer = Answer::none;
    enum class Kind { person, room, list } kind = Kind::person;

    /// As a person of the platform "calendar": the address, else the folded name.
    [[nodiscard]] Person person() const;
};

/// Whether an address, or a name where there is none, is the owner's.
using IsMe = std::function<bool(const Guest&)>;

class Event {
public:
    Location where;
    std::string raw;               // of a refused event, for its hash
    std::optional<Message> fault;  // why it could not be read whole

    std::string uid, rule;
    std::optional<WrittenTime> start, end, recurrence_id, stamp;
    std::optional<std::chrono::seconds> duration;
    std::vector<WrittenTime> excluded, added;
    std::vector<Guest> guests;
    std::optional<Guest> organiser;
    bool is_cancelled = false;
    bool has_bad_start = false;     // DTSTART is there and is no time
    bool has_too_many = false;      // guests or dates past the limit

    void take(const ContentLine& line);

    [[nodiscard]] std::string place() const;
    /// In a place or room: true, even where a video link stands beside it, since calendars add links by themselves. On a screen only:
    /// false. Neither said: nothing.
    [[nodiscard]] std::optional<bool> is_in_person() const;
    /// Whoever was there besides the owner, as far as the answers tell.
    [[nodiscard]] std::vector<Person> people(const IsMe& is_me) const;
    [[nodiscard]] Attendance attendance(const IsMe& is_me) const;
    /// Name, place, people, attendance; no times.
    [[nodiscard]] Meeting meeting(const IsMe& is_me) const;

private:
    void take_guest(const ContentLine& line);
    void take_dates(const ContentLine& line, std::vector<WrittenTime>& dates);
    void look_for_screen(std::string_view text);

    std::string summary_, location_, screen_;  // the host of the video link
    bool has_screen_ = false, is_private_ = false;
};

/// The place of a location that mixes rooms, links and "Microsoft Teams Meeting"; and what is a screen or a telephone.
struct Whereabouts {
    std::string physical, remote;
};
[[nodiscard]] Whereabouts parse_location(std::string_view location);

}  // namespace secateur::calendar

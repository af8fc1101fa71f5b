// SPDX-License-Identifier: GPL-3.0-or-later
// Walks one .ics file and hands over its events one at a time; keeps what the file says about itself and its zones.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "connectors/calendar/event.hpp"
#include "connectors/content_lines.hpp"

namespace secateur::calendar {

struct CalendarFacts {
    std::string name;    // X-WR-CALNAME
    std::string owner;   // an address: X-OWNER
    std::string zone;    // X-WR-TIMEZONE
    std::string method;  // REPLY, CANCEL ...: a letter about an event rather than a calendar
    std::map<std::string, CustomZone> zones;
    std::map<std::string, std::uint64_t> others;  // components that are no events, by their names: "VTODO"
    std::uint64_t broken_lines = 0;               // inside events
};

class EventReader {
public:
    EventReader(ByteStream& stream, std::string entry) : lines_(stream), entry_(std::move(entry)) {}

    /// False at the end. An event that does not end, or that the file cuts off, comes with its fault.
    [[nodiscard]] bool next(Event& event);
    [[nodiscard]] const CalendarFacts& facts() const noexcept { return facts_; }
    [[nodiscard]] CalendarFacts& facts() noexcept { return facts_; }

private:
    [[nodiscard]] bool begin(const ContentLine& line, Event& event);
    [[nodiscard]] bool end(const ContentLine& line, Event& event);
    void take(const ContentLine& line);
    [[nodiscard]] bool give(Event& event, std::optional<Message> fault);

    ContentLineReader lines_;
    std::string entry_;
    CalendarFacts facts_;
    std::vector<std::string> open_;  // names of the open components, the outermost first
    std::optional<Event> event_;
    std::string zone_name_;
    std::vector<CustomZone::Part> zone_parts_;
    std::uint64_t events_ = 0;
};

}  // namespace secateur::calendar

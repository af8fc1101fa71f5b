// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/calendar/reader.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace secateur::calendar {
namespace {

constexpr std::size_t deepest = 8;
constexpr std::size_t most_zones = 500;
constexpr std::size_t most_zone_parts = 400;

}  // namespace

bool EventReader::next(Event& event) {
    for (ContentLine line; lines_.next(line);) {
        if (event_) event_->where.length = line.offset + line.length - *event_->where.offset;
        if (line.name == "BEGIN" ? begin(line, event) : line.name == "END" ? end(line, event) : (take(line), false)) return true;
    }
    return event_ && give(event, msg("calendar.cut_off"));
}

bool EventReader::give(Event& event, std::optional<Message> fault) {
    event = std::move(*event_);
    event.fault = std::move(fault);
    event_.reset();
    return true;
}

bool EventReader::begin(const ContentLine& line, Event& event) {
    const std::string name = upper_ascii(trim(line.value));
    bool given = false;
    if (name == "VCALENDAR" || name == "VEVENT") {  // neither stands inside an event: the one before has no end
        if (event_) {
            event_->where.length = line.offset - *event_->where.offset;
            given = give(event, msg("calendar.no_end"));
        }
        open_.clear();
        if (name == "VEVENT") {
            open_.emplace_back("VCALENDAR");
            event_.emplace();
            event_->where = {.entry = entry_, .line = line.line, .record = ++events_, .offset = line.offset, .length = line.length};
        }
    } else if (!event_ && name != "VTIMEZONE" && name != "STANDARD" && name != "DAYLIGHT" && name != "VALARM" && open_.size() < 2 && facts_.others.size() < 32) {
        ++facts_.others[name];
    }
    if (name == "VTIMEZONE") zone_name_.clear(), zone_parts_.clear();
    if ((name == "STANDARD" || name == "DAYLIGHT") && zone_parts_.size() < most_zone_parts) zone_parts_.emplace_back();
    if (open_.size() < deepest) open_.push_back(name);
    return given;
}

bool EventReader::end(const ContentLine& line, Event& event) {
    const std::string name = upper_ascii(trim(line.value));
    const auto opened = std::find(open_.rbegin(), open_.rend(), name);
    if (opened != open_.rend()) open_.erase(std::prev(opened.base()), open_.end());
    if (name == "VTIMEZONE" && !zone_name_.empty() && facts_.zones.size() < most_zones) {
        CustomZone zone;
        for (const CustomZone::Part& each : zone_parts_) zone.add(each);
        facts_.zones.insert_or_assign(zone_name_, std::move(zone));
        zone_name_.clear();
    }
    if (name == "VEVENT" && event_) return give(event, std::nullopt);
    if (name == "VCALENDAR" && event_) return give(event, msg("calendar.no_end"));
    return false;
}

void EventReader::take(const ContentLine& line) {
    const std::string_view inside = open_.empty() ? std::string_view() : std::string_view(open_.back());
    if (event_) {
        if (inside != "VEVENT") return;  // an alarm
        facts_.broken_lines += line.is_broken ? 1 : 0;
        event_->take(line);
    } else if (inside == "VTIMEZONE") {
        if (line.name == "TZID") zone_name_ = std::string(trim(line.value));
    } else if (inside == "STANDARD" || inside == "DAYLIGHT") {
        if (!zone_parts_.empty()) zone_parts_.back().take(line);
    } else if (inside == "VCALENDAR") {
        if (line.name == "X-WR-CALNAME") facts_.name = std::string(trim(unescape_content(line.value)));
        else if (line.name == "X-WR-TIMEZONE") facts_.zone = std::string(trim(line.value));
        else if (line.name == "X-OWNER") facts_.owner = mail_address(line.value);
        else if (line.name == "METHOD") facts_.method = upper_ascii(trim(line.value));
    }
}

}  // namespace secateur::calendar

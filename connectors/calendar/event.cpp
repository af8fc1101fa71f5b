// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/calendar/event.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace secateur::calendar {
namespace {

constexpr std::size_t most_guests = 1'000;
constexpr std::size_t most_dates = 10'000;
constexpr std::size_t most_raw = std::size_t{4} << 10;

// Where people meet on a screen; a host ends with one of these.
constexpr std::array<std::string_view, 24> screen_hosts{
    "zoom.us", "zoom.com", "meet.google.com", "hangouts.google.com", "teams.microsoft.com", "teams.live.com", "webex.com", "whereby.com",
    "meet.jit.si", "jitsi.org", "gotomeeting.com", "gotomeet.me", "goto.com", "bluejeans.com", "skype.com", "framatalk.org",
    "visio.numerique.gouv.fr", "webinaire.numerique.gouv.fr", "kmeet.infomaniak.com", "livestorm.co", "discord.gg", "facetime.apple.com", "gather.town", "8x8.vc"};
// Words that say "screen" or "telephone" wherever they stand, and those that do as the first word only ("Call Anna", not "Rue de l'Appel").
constexpr std::array<std::string_view, 13> remote_words{"zoom", "webex", "visio", "visioconf", "visioconference", "jitsi", "skype", "whereby",
                                                        "facetime", "distanciel", "videoconference", "gotomeeting", "webinar"};
constexpr std::array<std::string_view, 15> remote_first_words{"online", "virtual", "virtuel", "virtuelle", "remote", "teams", "meet", "call", "phone",
                                                              "telephone", "tel", "appel", "whatsapp", "discord", "webinaire"};
constexpr std::array<std::string_view, 6> remote_phrases{"microsoft teams", "google meet", "en ligne", "a distance", "par telephone", "reunion teams"};

std::string host_of(std::string_view link) {
    const std::string plain = normalise_url(link);
    return plain.substr(0, plain.find_first_of("/?#:"));
}

bool is_screen_host(std::string_view host) {
    return std::ranges::any_of(screen_hosts, [&](std::string_view each) {
        return host == each || (host.size() > each.size() && host.ends_with(each) && host[host.size() - each.size() - 1] == '.');
    });
}

bool is_map_host(std::string_view link) {
    const std::string plain = normalise_url(link);
    return plain.starts_with("maps.") || plain.starts_with("goo.gl/maps") || plain.starts_with("google.com/maps") || plain.find("openstreetmap.") < 16;
}

bool is_phone_number(std::string_view text) {
    const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    return digits >= 6 && std::ranges::all_of(text, [](char c) { return std::string_view("0123456789+-(). /").find(c) != std::string_view::npos; });
}

bool says_remote(std::string_view part) {
    const std::string folded = fold_search(part);
    if (std::ranges::any_of(remote_phrases, [&](std::string_view each) { return folded.find(each) != std::string::npos; })) return true;
    bool is_first = true;
    for (std::size_t at = 0; at < folded.size();) {
        const auto is_letter = [&](std::size_t i) { return (folded[i] >= 'a' && folded[i] <= 'z') || (folded[i] & 0x80) != 0; };
        std::size_t end = at;
        while (end < folded.size() && is_letter(end)) ++end;
        if (end > at) {
            const std::string_view word = std::string_view(folded).substr(at, end - at);
            if (std::ranges::find(remote_words, word) != remote_words.end()) return true;
            if (is_first && std::ranges::find(remote_first_words, word) != remote_first_words.end()) return true;
            is_first = false;
        }
        at = std::max(end, at + 1);
    }
    return false;
}

void append(std::string& list, std::string_view part) {
    if (!list.empty()) list += "; ";
    list += part;
}

/// Addresses of calendars, rooms and machines: nobody sits behind them.
bool is_machine(std::string_view address) {
    const std::string_view local = address.substr(0, address.find('@'));
    return address.ends_with("calendar.google.com") || local == "noreply" || local == "no-reply" || local == "donotreply" || local == "do-not-reply";
}

Guest make_guest(const ContentLine& line) {
    Guest guest;
    guest.address = mail_address(line.value);
    if (guest.address.empty()) guest.address = mail_address(line.parameter("EMAIL"));  // Apple puts a path where the address belongs
    guest.name = std::string(trim(line.parameter("CN")));
    if (!mail_address(guest.name).empty()) {
        if (guest.address.empty()) guest.address = mail_address(guest.name);
        guest.name.clear();
    }
    const std::string answer = upper_ascii(line.parameter("PARTSTAT")), kind = upper_ascii(line.parameter("CUTYPE"));
    guest.answer = answer == "ACCEPTED" || answer == "COMPLETED" ? Answer::accepted
                   : answer == "DECLINED"                         ? Answer::declined
                   : answer == "TENTATIVE"                        ? Answer::tentative
                                                                  : Answer::none;
    if (kind == "ROOM" || kind == "RESOURCE" || guest.address.ends_with("resource.calendar.google.com")) guest.kind = Guest::Kind::room;
    else if (kind == "GROUP" || is_machine(guest.address)) guest.kind = Guest::Kind::list;
    return guest;
}

}  // namespace

Person Guest::person() const { return {.key = address.empty() ? fold_name(name) : address, .name = name}; }

Whereabouts parse_location(std::string_view location) {
    Whereabouts found;
    std::string lines(location);
    std::ranges::replace(lines, '\n', ';');
    for (std::string_view part : split(lines, ';')) {
        part = trim(part);
        if (part.empty()) continue;
        const auto links = find_links(part);
        if (!links.empty() && !is_map_host(links.front())) append(found.remote, host_of(links.front()));
        else if (links.empty() && (is_phone_number(part) || says_remote(part))) append(found.remote, part);
        else append(found.physical, part);
    }
    return found;
}

void Event::take(const ContentLine& line) {
    if (raw.size() < most_raw) raw += line.name + ':' + line.value + '\n';
    const std::string& name = line.name;
    const auto time = [&] { return parse_time(line.value, line.parameter("TZID")); };
    if (name == "UID") uid = std::string(trim(line.value));
    else if (name == "SUMMARY") summary_ = std::string(trim(unescape_content(line.value)));
    else if (name == "DTSTART") has_bad_start = !(start = time());
    else if (name == "DTEND") end = time();
    else if (name == "DURATION") duration = parse_duration(line.value);
    else if (name == "RECURRENCE-ID") recurrence_id = time();
    else if (name == "DTSTAMP") stamp = time();
    else if (name == "RRULE") rule = std::string(trim(line.value));
    else if (name == "EXDATE") take_dates(line, excluded);
    else if (name == "RDATE") take_dates(line, added);
    else if (name == "STATUS") is_cancelled = equal_without_case(trim(line.value), "CANCELLED");
    else if (name == "CLASS") is_private_ = equal_without_case(trim(line.value), "PRIVATE") || equal_without_case(trim(line.value), "CONFIDENTIAL");
    else if (name == "ATTENDEE") take_guest(line);
    else if (name == "ORGANIZER") organiser = make_guest(line);
    else if (name == "LOCATION") location_ = unescape_content(line.value);
    else if (name == "DESCRIPTION" || name == "X-ALT-DESC" || name == "URL") look_for_screen(unescape_content(line.value));
    else if (name == "CONFERENCE" || name == "X-GOOGLE-CONFERENCE" || name.starts_with("X-MICROSOFT-SKYPETEAMS") || name == "X-MICROSOFT-ONLINEMEETINGCONFLINK") {
        has_screen_ = has_screen_ || !trim(line.value).empty();
        look_for_screen(line.value);
    }
}

void Event::take_dates(const ContentLine& line, std::vector<WrittenTime>& dates) {
    for (const std::string_view each : split(line.value, ',')) {
        const auto time = parse_time(each.substr(0, each.find('/')), line.parameter("TZID"));  // an RDATE may be a period
        if (!time) continue;
        if (dates.size() < most_dates) dates.push_back(*time);
        else has_too_many = true;
    }
}

void Event::take_guest(const ContentLine& line) {
    if (equal_without_case(line.parameter("ROLE"), "NON-PARTICIPANT")) return;  // told, not invited
    Guest guest = make_guest(line);
    if (guest.address.empty() && guest.name.empty()) return;
    if (guests.size() < most_guests) guests.push_back(std::move(guest));
    else has_too_many = true;
}

void Event::look_for_screen(std::string_view text) {
    if (!screen_.empty()) return;
    for (const std::string_view link : find_links(text))
        if (std::string host = host_of(link); is_screen_host(host)) {
            screen_ = std::move(host);
            has_screen_ = true;
            return;
        }
}

std::string Event::place() const {
    const Whereabouts found = parse_location(location_);
    if (!found.physical.empty()) return found.physical;
    for (const Guest& each : guests)
        if (each.kind == Guest::Kind::room && each.answer != Answer::declined && !each.name.empty()) return each.name;
    return found.remote.empty() ? screen_ : found.remote;
}

std::optional<bool> Event::is_in_person() const {
    const Whereabouts found = parse_location(location_);
    const bool has_room = std::ranges::any_of(guests, [](const Guest& each) { return each.kind == Guest::Kind::room && each.answer != Answer::declined; });
    if (!found.physical.empty() || has_room) return true;
    if (has_screen_ || !found.remote.empty()) return false;
    return std::nullopt;
}

std::vector<Person> Event::people(const IsMe& is_me) const {
    std::vector<Person> found;
    const auto add = [&](const Guest& guest) {
        if (guest.kind != Guest::Kind::person || guest.answer == Answer::declined || is_me(guest)) return;
        Person person = guest.person();
        if (!person.key.empty() && std::ranges::find(found, person.key, &Person::key) == found.end()) found.push_back(std::move(person));
    };
    for (const Guest& each : guests) add(each);
    if (organiser && std::ranges::none_of(guests, [&](const Guest& each) { return each.person().key == organiser->person().key; })) add(*organiser);
    return found;
}

Attendance Event::attendance(const IsMe& is_me) const {
    const auto mine = std::ranges::find_if(guests, is_me);
    const bool is_mine = organiser && is_me(*organiser);
    if (mine != guests.end()) {
        if (mine->answer == Answer::declined) return Attendance::declined;
        return mine->answer == Answer::accepted || (is_mine && mine->answer == Answer::none) ? Attendance::went : Attendance::invited;
    }
    // Written into one's own calendar without inviting anybody: one goes. Invited through a list, or somebody else's event: who knows.
    return guests.empty() || is_mine ? Attendance::went : Attendance::invited;
}

Meeting Event::meeting(const IsMe& is_me) const {
    Meeting meeting{.attendance = attendance(is_me), .in_person = is_in_person(), .people = people(is_me)};
    if (!is_private_) {
        meeting.name = summary_;
        meeting.place = place();
    }
    return meeting;
}

}  // namespace secateur::calendar

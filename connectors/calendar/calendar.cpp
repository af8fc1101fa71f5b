// SPDX-License-Identifier: GPL-3.0-or-later
// Calendars as iCalendar files (Google, Apple, Outlook, Nextcloud): who was met, and where. See format.md.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "connectors/calendar/event.hpp"
#include "connectors/calendar/reader.hpp"
#include "connectors/calendar/recurrence.hpp"
#include "connectors/connector.hpp"
#include "connectors/content_lines.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace calendar {
namespace {

constexpr std::uint64_t everywhere_from = 3;  // events with guests, before "in all of them" proves anything
constexpr std::uint64_t most_occurrences = 10'000;
constexpr std::size_t most_candidates = 10;
constexpr int first_year = 1980;

bool ends_with(std::string_view name, std::initializer_list<std::string_view> endings) {
    const std::string upper = upper_ascii(name);
    return std::ranges::any_of(endings, [&](std::string_view each) { return upper.ends_with(each); });
}

bool is_calendar_file(std::string_view name) { return ends_with(name, {".ICS", ".ICAL", ".ICALENDAR", ".VCS"}); }
/// What may lie beside calendars: the index pages of Google and Apple.
bool is_beside(std::string_view name) { return ends_with(name, {".HTML", ".PLIST"}) || upper_ascii(name).starts_with("README"); }

bool begins_a_calendar(std::string_view head) {
    const auto stream = memory_stream(head);
    ContentLineReader reader(*stream);
    ContentLine line;
    return reader.next(line) && line.is("BEGIN", "VCALENDAR");
}

std::function<bool(const Entry&)> calendars_of(const Source& source) {
    return [is_single = source.entries().size() == 1](const Entry& entry) { return is_single || is_calendar_file(entry.name()); };
}

/// One occurrence of a series, by the instant at which the rule puts it.
std::uint64_t occurrence_key(const std::string& uid, Instant at) {
    return hash_combine(hash64(uid), static_cast<std::uint64_t>(at.time_since_epoch().count()));
}

struct Face {
    std::string name;
    std::uint64_t events = 0;
};

/// What a first reading tells: whose calendar it is, the zones, and which occurrences are written out on their own.
struct Survey {
    std::map<std::string, CalendarFacts> files;  // by entry
    std::map<std::string, Face> faces;           // by address
    std::vector<std::string> own_addresses;      // calendars are named after their owner's address
    std::vector<std::uint64_t> exceptions;       // sorted
    std::uint64_t with_guests = 0;
    std::optional<Instant> newest_stamp;
};

void look_at(const Event& event, Survey& found) {
    if (event.stamp)
        if (const auto at = as_utc(event.stamp->local); at && (!found.newest_stamp || *found.newest_stamp < *at)) found.newest_stamp = *at;
    if (event.guests.empty()) return;
    ++found.with_guests;
    std::set<std::string> here;
    const auto count = [&](const Guest& guest) {
        if (guest.kind != Guest::Kind::person || guest.address.empty() || !here.insert(guest.address).second) return;
        Face& face = found.faces[guest.address];
        ++face.events;
        if (face.name.empty()) face.name = guest.name;
    };
    for (const Guest& each : event.guests) count(each);
    if (event.organiser) count(*event.organiser);
}

Survey survey(const Source& source, const ReadContext& context) {
    Survey found;
    const auto own = [&](std::string_view text) {
        std::string address = mail_address(text);
        for (const std::string_view ending : {".ics", ".ical"})
            if (address.ends_with(ending)) address.erase(address.size() - ending.size());
        if (!address.empty() && !address.ends_with("calendar.google.com") && std::ranges::find(found.own_addresses, address) == found.own_addresses.end())
            found.own_addresses.push_back(std::move(address));
    };
    own(source.stem());
    source.for_each(calendars_of(source), [&](const Entry& entry, ByteStream& bytes) {
        EventReader reader(bytes, entry.path);
        std::vector<std::pair<std::string, WrittenTime>> exceptions;
        for (Event event; reader.next(event);) {
            if (event.recurrence_id) exceptions.emplace_back(event.uid, *event.recurrence_id);
            look_at(event, found);
        }
        CalendarFacts& facts = found.files[entry.path] = std::move(reader.facts());
        own(entry.name());
        own(facts.name);
        own(facts.owner);
        Clock clock(facts.zones, facts.zone, context.zone);
        for (const auto& [uid, time] : exceptions)
            if (const auto when = clock.read(time)) found.exceptions.push_back(occurrence_key(uid, when->at));
        return Flow::proceed;
    });
    std::ranges::sort(found.exceptions);
    return found;
}

struct Ownership {
    Owner owner;
    std::set<std::string> addresses;
    std::string evidence;
};

/// All addresses of the profile; by name only where none of them is here.
std::vector<std::string> addresses_in_profile(const Survey& found, const Identities& me) {
    std::vector<std::string> addresses;
    for (const auto& [address, face] : found.faces)
        if (me.match(address)) addresses.push_back(address);
    if (addresses.empty())
        for (const auto& [address, face] : found.faces)
            if (!face.name.empty() && me.match(face.name)) addresses.push_back(address);
    return addresses;
}

std::optional<std::string> address_everywhere(const Survey& found) {
    if (found.with_guests < everywhere_from) return std::nullopt;
    std::optional<std::string> everywhere;
    for (const auto& [address, face] : found.faces) {
        if (face.events < found.with_guests) continue;
        if (everywhere) return std::nullopt;  // two who always meet
        everywhere = address;
    }
    return everywhere;
}

Ownership settle_owner(const Survey& found, const Identities& me) {
    Ownership result;
    const auto profile = addresses_in_profile(found, me);
    const auto take = [&](const std::string& address, Message evidence, bool from_export) {
        const auto face = found.faces.find(address);
        result.owner.person = Person{.key = address, .name = face == found.faces.end() ? std::string() : face->second.name};
        result.owner.evidence = std::move(evidence);
        result.owner.from_export = from_export;
        result.evidence = me.forced ? "account.asked" : from_export ? "account.from_export" : "account.from_profile";
        result.addresses.insert(address);
    };
    const auto known_own = std::ranges::find_if(found.own_addresses, [&](const std::string& each) { return found.faces.contains(each); });
    if (me.forced) {
        if (!profile.empty()) take(profile.front(), msg("calendar.owner_profile", arg("address", profile.front())), false);
        else if (!me.emails.empty()) take(fold_name(me.emails.front()), msg("calendar.owner_profile", arg("address", me.emails.front())), false);
    } else if (known_own != found.own_addresses.end()) {
        take(*known_own, msg("calendar.owner_named", arg("address", *known_own)), true);
    } else if (const auto everywhere = address_everywhere(found)) {
        take(*everywhere, msg("calendar.owner_everywhere", arg("address", *everywhere), arg("count", found.with_guests)), true);
    } else if (!profile.empty()) {
        take(profile.front(), msg("calendar.owner_profile", arg("address", profile.front())), false);
    } else if (!found.own_addresses.empty()) {
        take(found.own_addresses.front(), msg("calendar.owner_named", arg("address", found.own_addresses.front())), true);
    }
    // The other addresses of the same person, where the profile knows her.
    if (result.owner.person && std::ranges::find(profile, result.owner.person->key) != profile.end())
        for (const std::string& each : profile)
            if (result.addresses.insert(each).second) result.owner.also.push_back({each, found.faces.at(each).name});
    if (result.owner.person) return result;

    std::vector<std::pair<std::string, Face>> all(found.faces.begin(), found.faces.end());
    std::ranges::stable_sort(all, std::ranges::greater(), [](const auto& each) { return each.second.events; });
    if (all.size() > most_candidates) all.resize(most_candidates);
    for (const auto& [address, face] : all)
        result.owner.candidates.push_back(
            {.person = {address, face.name}, .activities = face.events, .evidence = msg("calendar.candidate", arg("count", face.events))});
    return result;
}

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const ReadContext& context)
        : source_(source), context_(context), survey_(survey(source, context)), ownership_(settle_owner(survey_, context.me)) {
        exported_at_ = export_instant(source, context.zone);
        if (context.today != Date{}) horizon_ = Instant{context.today + std::chrono::days{1}};
        // Events are stamped when they are written down: no export is older than its newest stamp, whatever a copy of the file says.
        const auto stamp = survey_.newest_stamp;
        if (stamp && (!horizon_ || *stamp < *horizon_)) exported_at_ = std::max(exported_at_.value_or(*stamp), *stamp);
        if (exported_at_) horizon_ = std::min(horizon_.value_or(*exported_at_), *exported_at_);
    }

    const Owner& owner() const override { return ownership_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        tell_account();
        if (!stopped_) source_.for_each(calendars_of(source_), [this](const Entry& entry, ByteStream& bytes) { return read_file(entry, bytes); });
        if (stopped_) return;
        note(sink.accept(Coverage{.kind = CoverageKind::own_only, .end = exported_at_}, {}));
        if (stopped_) return;
        sink.lack(msg("calendar.lack_presence"));
        if (!ownership_.owner.person && survey_.with_guests > 0) sink.lack(msg("calendar.lack_owner"));
    }

private:
    void tell_account() {
        if (!ownership_.owner.person) return;
        const Person& person = *ownership_.owner.person;
        Account account{.native_id = person.key, .handle = person.key, .evidence = ownership_.evidence};
        if (!person.name.empty()) account.names.push_back(person.name);
        note(sink_->accept(std::move(account), {}));
    }

    Flow read_file(const Entry& entry, ByteStream& bytes) {
        ProgressStream counted(bytes, bytes_read_, context_.progress);
        EventReader reader(counted, entry.path);
        const CalendarFacts& facts = survey_.files[entry.path];
        Clock clock(facts.zones, facts.zone, context_.zone);
        for (Event event; !stopped_ && reader.next(event);) {
            if (event.fault) refuse(event, *event.fault);
            else if (facts.method == "REPLY" || facts.method == "REFRESH") sink_->ignore("reply");
            else if (event.is_cancelled || facts.method == "CANCEL") sink_->ignore("cancelled");
            else read_event(event, clock);
        }
        if (stopped_) return Flow::stop;
        for (const auto& [name, count] : reader.facts().others)
            sink_->ignore(name == "VTODO" ? "task" : name == "VJOURNAL" ? "journal" : name == "VFREEBUSY" ? "free_busy" : "other_component", count);
        const Location where{.entry = entry.path};
        if (reader.facts().broken_lines > 0)
            sink_->warn("broken_lines", msg("calendar.broken_lines", arg("count", reader.facts().broken_lines)), where);
        if (!clock.unknown_zone().empty()) sink_->warn("unknown_zone", msg("calendar.unknown_zone", arg("zone", quote(clock.unknown_zone()))), where);
        if (clock.has_unknown_places()) sink_->warn("local_times", msg("calendar.local_times"), where);
        return Flow::proceed;
    }

    void read_event(const Event& event, Clock& clock) {
        if (!event.start) return refuse(event, event.has_bad_start ? msg("calendar.bad_start") : msg("calendar.no_start"));
        const auto begin = clock.read(*event.start);
        if (!begin) return refuse(event, msg("calendar.bad_start"));
        Meeting meeting = event.meeting(is_me());
        // Birthdays, holidays, leave: a day with nobody and nowhere.
        if (event.start->is_day && meeting.people.empty() && !meeting.in_person.has_value()) return sink_->ignore("all_day_note");
        if (event.start->local.year < first_year) return refuse(event, msg("calendar.impossible_start", arg("year", std::to_string(first_year))));
        if (event.has_too_many) sink_->warn("too_many", msg("calendar.too_many_guests"), event.where);
        meeting.native_id = event.uid;
        if (event.recurrence_id) {
            const auto original = clock.read(*event.recurrence_id);
            if (original) meeting.native_id = occurrence_id(event, *original);
            return send(event, std::move(meeting), *begin, clock);
        }
        if (event.rule.empty() && event.added.empty()) return send(event, std::move(meeting), *begin, clock);
        send_series(event, meeting, *begin, clock);
    }

    [[nodiscard]] IsMe is_me() const {
        return [this](const Guest& guest) {
            return !guest.address.empty() ? ownership_.addresses.contains(guest.address)
                                          : ownership_.owner.person && !guest.name.empty() && fold_name(guest.name) == fold_name(ownership_.owner.person->name);
        };
    }

    static std::string occurrence_id(const Event& event, const When& original) {
        if (event.uid.empty()) return {};
        return event.uid + '/' + (original.precision == Precision::day ? format_date(date_of(original.at)) : format_rfc3339(original.at));
    }

    /// What the rule gives until the export, save what was struck out or is written out on its own.
    void send_series(const Event& event, const Meeting& model, const When& begin, Clock& clock) {
        std::set<Instant> struck_out;
        std::set<std::int64_t> struck_days;
        const auto day_of = [](const WrittenTime& time) { return (time.local.year * 100LL + time.local.month) * 100 + time.local.day; };
        for (const WrittenTime& each : event.excluded) {
            if (each.is_day) struck_days.insert(day_of(each));  // Outlook strikes out days of timed events
            else if (const auto at = clock.read(each)) struck_out.insert(at->at);
        }
        std::uint64_t sent = 0;
        const auto send_one = [&](const WrittenTime& time) {
            const auto when = clock.read(time);
            if (!when || struck_out.contains(when->at) || struck_days.contains(day_of(time))) return;
            if (std::ranges::binary_search(survey_.exceptions, occurrence_key(event.uid, when->at))) return;
            Meeting meeting = model;
            meeting.native_id = occurrence_id(event, *when);
            ++sent;
            send(event, std::move(meeting), *when, clock);
        };
        if (horizon_ && *horizon_ < begin.at) return sink_->ignore("future_event");
        const auto rule = Recurrence::parse(event.rule);
        if (!rule && !event.rule.empty()) sink_->warn("odd_rule", msg("calendar.odd_rule", arg("rule", quote(event.rule))), event.where);
        if (!rule || !horizon_) {
            send_one(*event.start);
        } else {
            const std::optional<Instant> until = end_of_series(*rule, *event.start, clock);
            const auto visit = [&](const LocalTime& local) {
                WrittenTime time = *event.start;
                time.local = local;
                const auto when = clock.read(time);
                if (!when) return Flow::proceed;
                if ((until && *until < when->at) || *horizon_ < when->at) return Flow::stop;
                if (sent >= most_occurrences) {
                    sink_->warn("too_many", msg("calendar.too_many_occurrences", arg("count", most_occurrences)), event.where);
                    return Flow::stop;
                }
                send_one(time);
                return stopped_ ? Flow::stop : Flow::proceed;
            };
            rule->expand(event.start->local, Zone::utc().to_local(*horizon_ + std::chrono::days{1}), visit);
        }
        for (const WrittenTime& each : event.added)
            if (!stopped_) send_one(each);
    }

    /// UNTIL is an instant, a day of the zone, or (against the standard) a wall clock of it.
    static std::optional<Instant> end_of_series(const Recurrence& rule, const WrittenTime& start, Clock& clock) {
        auto until = parse_time(rule.until());
        if (!until) return std::nullopt;
        if (until->is_day) until->local.hour = 23, until->local.minute = 59, until->local.second = 59;
        if (start.is_day) return as_utc(until->local);
        until->is_day = false;
        if (!until->is_utc) until->zone = start.zone;
        const auto when = clock.read(*until);
        return when ? std::optional(when->at) : std::nullopt;
    }

    void send(const Event& event, Meeting meeting, const When& begin, Clock& clock) {
        if (stopped_) return;
        if (horizon_ && *horizon_ < begin.at) return sink_->ignore("future_event");
        meeting.begin = begin;
        meeting.end = begin;
        if (event.duration) meeting.end->at += *event.duration;
        else if (const auto first = clock.read(*event.start), last = event.end ? clock.read(*event.end) : std::nullopt; first && last)
            meeting.end->at += last->at - first->at;
        if (meeting.end->at <= begin.at) meeting.end.reset();
        note(sink_->accept(std::move(meeting), event.where));
    }

    void refuse(const Event& event, Message reason) { note(sink_->reject(refusal(std::move(reason), event.where), event.raw)); }
    void note(Flow flow) { stopped_ = stopped_ || flow == Flow::stop; }

    const Source& source_;
    ReadContext context_;
    Survey survey_;
    Ownership ownership_;
    std::optional<Instant> exported_at_, horizon_;
    RecordSink* sink_ = nullptr;
    std::uint64_t bytes_read_ = 0;
    bool stopped_ = false;
};

class CalendarConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "calendar",
                                             .version = 1,
                                             .title = "Calendar (iCalendar)",
                                             .message = "calendar.recognises",
                                             .how_to = "calendar.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const auto is_calendar = calendars_of(source);
        const Entry* first = nullptr;
        int heads = 0;
        std::uint64_t files = 0;
        for (const Entry& entry : source.entries()) {
            if (is_calendar(entry)) {
                ++files;
                if (first == nullptr && ++heads <= 3 && begins_a_calendar(source.head(entry))) first = &entry;
            } else if (!is_beside(entry.name())) {
                return std::nullopt;  // a folder of many things: each is offered alone
            }
        }
        if (first == nullptr) return std::nullopt;
        return Match{Confidence::certain, msg("calendar.evidence", arg("file", std::string(first->name())), arg("others", files - 1))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        if (!detect(source)) throw Error(refusal(msg("calendar.not_a_calendar"), {.entry = source.label()}, msg("calendar.how_to")));
        return std::make_unique<Stream>(source, context);
    }
};

}  // namespace
}  // namespace calendar

const Connector& calendar_connector() {
    static const calendar::CalendarConnector connector;
    return connector;
}

}  // namespace secateur

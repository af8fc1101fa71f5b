// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_source.hpp"
#include "tests/support/record_text.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& calendar_connector();
}

namespace secateur::test {
namespace calendar_test {

using testing::ElementsAre;
using testing::IsEmpty;

ReadContext mira() {
    ReadContext context;
    context.me.names = {"Mira Example"};
    context.me.emails = {"mira@mail.example"};
    context.zone = Zone::find("Europe/Paris");
    context.today = *parse_date("2026-11-21");
    return context;
}
std::string event(std::string_view lines) { return "BEGIN:VEVENT\r\n" + std::string(lines) + "END:VEVENT\r\n"; }
std::string calendar(std::string_view inside) { return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + std::string(inside) + "END:VCALENDAR\r\n"; }
Reading read_calendar(std::string_view inside, const ReadContext& context = mira(), std::string label = "agenda_2026-10-31") {
    const MemorySource source(std::move(label), {{"agenda.ics", calendar(inside)}});
    return read_source(calendar_connector(), source, context);
}
VectorSink read_events(std::string_view inside) { return read_calendar(inside).sink; }
Meeting only(std::string_view inside) {
    const VectorSink sink = read_events(inside);
    EXPECT_EQ(sink.count<Meeting>(), 1u);
    return sink.count<Meeting>() == 1 ? sink.all<Meeting>()[0] : Meeting{};
}
std::vector<std::string> ids(const VectorSink& sink) {
    std::vector<std::string> found;
    for (const Meeting& each : sink.all<Meeting>()) found.push_back(each.native_id);
    return found;
}

const std::string start = "DTSTART:20260410T080000Z\n";

TEST(CalendarMeetings, HoldWhatTheEventSays) {
    const Meeting found = only(event("UID:a\nDTSTART;TZID=Europe/Paris:20260410T100000\nDTEND;TZID=Europe/Paris:20260410T113000\nSUMMARY:Tea\\, cake\nLOCATION:12\\, rue X\n"
                                     "ORGANIZER;CN=Lea:mailto:lea@x.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:MIRA@mail.example\n"
                                     "ATTENDEE;CN=Bo Li:mailto:Bo@x.example\n"));
    EXPECT_EQ(found.platform, "");
    EXPECT_EQ(found.name, "Tea, cake");
    EXPECT_EQ(text_of(found.begin), "2026-04-10T08:00:00Z/0/1/");
    EXPECT_EQ(format_rfc3339(found.end->at), "2026-04-10T09:30:00Z");
    EXPECT_EQ(found.attendance, Attendance::went);
    EXPECT_EQ(found.in_person, true);
    EXPECT_EQ(found.place, "12, rue X");
    EXPECT_THAT(found.people, ElementsAre(Person{"bo@x.example", "Bo Li"}, Person{"lea@x.example", "Lea"}));
    EXPECT_EQ(found.native_id, "a");
}

struct AnswerCase {
    const char* name;
    std::string lines;
    Attendance attendance;
};
class CalendarAnswers : public testing::TestWithParam<AnswerCase> {};
TEST_P(CalendarAnswers, DecideWhetherIWasThere) { EXPECT_EQ(only(event(start + "LOCATION:Hall\n" + GetParam().lines)).attendance, GetParam().attendance); }
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarAnswers,
    testing::ValuesIn<AnswerCase>({
        {"accepted", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:mira@mail.example\n", Attendance::went},
        {"declined", "ATTENDEE;PARTSTAT=DECLINED:mailto:mira@mail.example\n", Attendance::declined},
        {"tentative", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:mira@mail.example\n", Attendance::invited},
        {"silent", "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:mira@mail.example\n", Attendance::invited},
        {"my_own", "ORGANIZER:mailto:mira@mail.example\nATTENDEE:mailto:bo@x.example\n", Attendance::went},
        {"my_own_and_listed", "ORGANIZER:mailto:mira@mail.example\nATTENDEE:mailto:mira@mail.example\n", Attendance::went},
        {"my_own_declined", "ORGANIZER:mailto:mira@mail.example\nATTENDEE;PARTSTAT=DECLINED:mailto:mira@mail.example\n", Attendance::declined},
        {"nobody_invited", "", Attendance::went}, {"through_a_list", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@x.example\n", Attendance::invited}}),
    [](const auto& test) { return std::string(test.param.name); });

struct PeopleCase {
    const char* name;
    std::string lines, people;
};
class CalendarPeople : public testing::TestWithParam<PeopleCase> {};
TEST_P(CalendarPeople, AreThoseWhoMayHaveBeenThere) {
    std::string people;
    for (const Person& each : only(event(start + GetParam().lines)).people) people += text_of(each) + ";";
    EXPECT_EQ(people, GetParam().people);
}
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarPeople,
    testing::ValuesIn<PeopleCase>({
        {"declined", "ATTENDEE;PARTSTAT=DECLINED:mailto:bo@x.example\nATTENDEE:mailto:al@x.example\n", "al@x.example=;"},
        {"organiser_declined", "ORGANIZER:mailto:bo@x.example\nATTENDEE;PARTSTAT=DECLINED:mailto:bo@x.example\n", ""},
        {"twice", "ATTENDEE;CN=Bo:mailto:bo@x.example\nATTENDEE:mailto:BO@x.example\n", "bo@x.example=Bo;"},
        {"address_for_a_name", "ATTENDEE;CN=bo@x.example:invalid:nomail\n", "bo@x.example=;"},
        {"name_alone", "ATTENDEE;CN=\"Li, Bo\":invalid:nomail\n", "li, bo=Li, Bo;"},
        {"apple_path", "ATTENDEE;CN=Bo;EMAIL=bo@x.example:/aMTYw/principal/\n", "bo@x.example=Bo;"},
        {"rooms_lists_machines",
                   "ATTENDEE;CUTYPE=ROOM;CN=Room:mailto:r@x.example\nATTENDEE;CUTYPE=GROUP;CN=All:mailto:all@x.example\n"
                   "ORGANIZER;CN=Club:mailto:c_1@group.calendar.google.com\nATTENDEE:mailto:no-reply@x.example\n", ""},
        {"only_told", "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:bo@x.example\n", ""},
        {"myself_by_address", "ATTENDEE;CN=M.:mailto:mira@mail.example\n", ""}}),
    [](const auto& test) { return std::string(test.param.name); });

struct PlaceCase {
    const char* name;
    std::string lines;
    std::optional<bool> in_person;
    std::string place;
};
class CalendarPlaces : public testing::TestWithParam<PlaceCase> {};
TEST_P(CalendarPlaces, TellScreensFromRooms) {
    const Meeting found = only(event(start + GetParam().lines));
    EXPECT_EQ(found.in_person, GetParam().in_person);
    EXPECT_EQ(found.place, GetParam().place);
}
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarPlaces,
    testing::ValuesIn<PlaceCase>({
        {"nothing", "", std::nullopt, ""}, {"place", "LOCATION:Hall\n", true, "Hall"},
        {"google_link", "X-GOOGLE-CONFERENCE:https://meet.google.com/abc\n", false, "meet.google.com"},
        {"teams_link", "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/x\n", false, "teams.microsoft.com"},
        {"rfc_7986", "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://visio.example/room\n", false, ""},
        {"link_in_the_description", "DESCRIPTION:Join:\\nhttps://us02web.zoom.us/j/1?pwd=2\\nBye\n", false, "us02web.zoom.us"},
        {"other_link_in_the_description", "DESCRIPTION:https://zoom.us.evil.example/\n", std::nullopt, ""},
        {"place_and_link", "LOCATION:Hall\nX-GOOGLE-CONFERENCE:https://meet.google.com/abc\n", true, "Hall"},
        {"link_for_a_place", "LOCATION:https://zoom.us/j/1?pwd=2\n", false, "zoom.us"},
        {"room", "ATTENDEE;CUTYPE=RESOURCE;CN=Room 4:mailto:r@x.example\nX-GOOGLE-CONFERENCE:https://meet.google.com/abc\n", true, "Room 4"},
        {"room_refused", "ATTENDEE;CUTYPE=ROOM;CN=Room 4;PARTSTAT=DECLINED:mailto:r@x.example\n", std::nullopt, ""},
        {"phone", "LOCATION:Tél. 02 555 01 02\n", false, "Tél. 02 555 01 02"}}),
    [](const auto& test) { return std::string(test.param.name); });

struct SeriesCase {
    const char* name;
    std::string inside;
    std::vector<std::string> ids;
};
class CalendarSeries : public testing::TestWithParam<SeriesCase> {};
TEST_P(CalendarSeries, GiveEachOccurrenceUntilTheExport) { EXPECT_EQ(ids(read_events(GetParam().inside)), GetParam().ids); }
const std::string monthly = "UID:s\nDTSTART;TZID=Europe/Paris:20260803T180000\n";
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarSeries,
    testing::ValuesIn<SeriesCase>({
        {"until_the_export", event(monthly + "RRULE:FREQ=MONTHLY;BYDAY=1MO\n"), {"s/2026-08-03T16:00:00Z", "s/2026-09-07T16:00:00Z", "s/2026-10-05T16:00:00Z"}},
        {"wall_clock_over_winter", event("UID:s\nDTSTART;TZID=Europe/Paris:20260320T180000\nRRULE:FREQ=WEEKLY;COUNT=2\n"), {"s/2026-03-20T17:00:00Z", "s/2026-03-27T17:00:00Z"}},
        {"wall_clock_into_summer", event("UID:s\nDTSTART;TZID=Europe/Paris:20260327T180000\nRRULE:FREQ=WEEKLY;COUNT=2\n"), {"s/2026-03-27T17:00:00Z", "s/2026-04-03T16:00:00Z"}},
        {"until_in_utc", event(monthly + "RRULE:FREQ=WEEKLY;UNTIL=20260810T160000Z\n"), {"s/2026-08-03T16:00:00Z", "s/2026-08-10T16:00:00Z"}},
        {"until_a_second_before", event(monthly + "RRULE:FREQ=WEEKLY;UNTIL=20260810T155959Z\n"), {"s/2026-08-03T16:00:00Z"}},
        {"until_a_day", event(monthly + "RRULE:FREQ=WEEKLY;UNTIL=20260810\n"), {"s/2026-08-03T16:00:00Z", "s/2026-08-10T16:00:00Z"}},
        {"struck_out", event(monthly + "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260803T160000Z,20260817T160000Z\n"), {"s/2026-08-10T16:00:00Z"}},
        {"struck_out_by_day", event(monthly + "RRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;VALUE=DATE:20260810\n"), {"s/2026-08-03T16:00:00Z"}},
        {"added", event(monthly + "RDATE;TZID=Europe/Paris:20260805T180000\nRDATE;VALUE=PERIOD:20260806T160000Z/PT1H\n"),
                   {"s/2026-08-03T16:00:00Z", "s/2026-08-05T16:00:00Z", "s/2026-08-06T16:00:00Z"}},
        {"moved", event(monthly + "RRULE:FREQ=WEEKLY;COUNT=2\n") + event("UID:s\nRECURRENCE-ID:20260810T160000Z\nDTSTART:20260811T090000Z\n"),
                   {"s/2026-08-03T16:00:00Z", "s/2026-08-10T16:00:00Z"}},
        {"moved_before_the_series", event("UID:s\nRECURRENCE-ID:20260810T160000Z\nDTSTART:20260811T090000Z\n") + event(monthly + "RRULE:FREQ=WEEKLY;COUNT=2\n"),
                   {"s/2026-08-10T16:00:00Z", "s/2026-08-03T16:00:00Z"}},
        {"one_cancelled", event(monthly + "RRULE:FREQ=WEEKLY;COUNT=2\n") + event("UID:s\nRECURRENCE-ID:20260810T160000Z\nDTSTART:20260810T160000Z\nSTATUS:CANCELLED\n"),
                   {"s/2026-08-03T16:00:00Z"}},
        {"invited_to_one", event("UID:s\nRECURRENCE-ID:20260810T160000Z\nDTSTART:20260811T090000Z\n"), {"s/2026-08-10T16:00:00Z"}},
        {"days", event("UID:s\nDTSTART;VALUE=DATE:20260803\nRRULE:FREQ=WEEKLY;UNTIL=20260810\nLOCATION:Hall\n"), {"s/2026-08-03", "s/2026-08-10"}},
        {"odd_rule", event(monthly + "RRULE:FREQ=MINUTELY\n"), {"s/2026-08-03T16:00:00Z"}},
        {"without_uid", event("DTSTART:20260803T160000Z\nRRULE:FREQ=WEEKLY;COUNT=2\n"), {"", ""}}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(CalendarMovedOccurrence, HasItsOwnTimesAndAnswers) {
    const VectorSink sink = read_events(event(monthly + "DURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=1\n") +
                                        event("UID:s\nRECURRENCE-ID:20260803T160000Z\nDTSTART:20260804T090000Z\nDTEND:20260804T093000Z\n"
                                              "ATTENDEE;PARTSTAT=DECLINED:mailto:mira@mail.example\n"));
    ASSERT_EQ(sink.count<Meeting>(), 1u);
    const Meeting found = sink.all<Meeting>()[0];
    EXPECT_EQ(format_rfc3339(found.begin->at), "2026-08-04T09:00:00Z");
    EXPECT_EQ(format_rfc3339(found.end->at), "2026-08-04T09:30:00Z");
    EXPECT_EQ(found.attendance, Attendance::declined);
}

TEST(CalendarLongSeries, StopAtTheLimitAndSaySo) {
    const VectorSink sink = read_events(event("UID:s\nDTSTART:19850101T080000Z\nRRULE:FREQ=DAILY\n"));
    EXPECT_EQ(sink.count<Meeting>(), 10'000u);
    EXPECT_TRUE(sink.warned("too_many"));
}

struct IgnoredCase {
    const char* name;
    std::string inside, reason;
};
class CalendarIgnored : public testing::TestWithParam<IgnoredCase> {};
TEST_P(CalendarIgnored, AreNoMeetingsAndCounted) {
    const VectorSink sink = read_events(GetParam().inside);
    EXPECT_EQ(sink.count<Meeting>(), 0u);
    EXPECT_TRUE(sink.rejected.empty());
    EXPECT_EQ(sink.ignored_for(GetParam().reason), 1u);
}
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarIgnored,
    testing::ValuesIn<IgnoredCase>({
        {"cancelled", event(start + "STATUS:CANCELLED\n"), "cancelled"}, {"cancel_letter", "METHOD:CANCEL\n" + event(start), "cancelled"},
        {"reply", "METHOD:REPLY\n" + event(start + "ATTENDEE:mailto:bo@x.example\n"), "reply"},
        {"holiday", event("DTSTART;VALUE=DATE:20260714\nSUMMARY:x\n"), "all_day_note"},
        {"birthday", event("DTSTART;VALUE=DATE:19540714\nRRULE:FREQ=YEARLY\n"), "all_day_note"},
        {"after_the_export", event("DTSTART:20261105T100000Z\n"), "future_event"},
        {"series_after_the_export", event("DTSTART:20261105T100000Z\nRRULE:FREQ=DAILY\n"), "future_event"},
        {"task", "BEGIN:VTODO\nDUE:20260101\nBEGIN:VALARM\nEND:VALARM\nEND:VTODO\n", "task"},
        {"journal", "BEGIN:VJOURNAL\nEND:VJOURNAL\n", "journal"}, {"free_busy", "BEGIN:VFREEBUSY\nEND:VFREEBUSY\n", "free_busy"},
        {"other", "BEGIN:X-THING\nEND:X-THING\n", "other_component"}}),
    [](const auto& test) { return std::string(test.param.name); });

struct RefusedCase {
    const char* name;
    std::string inside, reason;
    std::size_t meetings;
};
class CalendarRefused : public testing::TestWithParam<RefusedCase> {};
TEST_P(CalendarRefused, EventsHaveTheirPlaceAndLeaveTheOthersAlone) {
    const MemorySource source("x", {{"a.ics", "BEGIN:VCALENDAR\n" + GetParam().inside}});
    const VectorSink sink = read_source(calendar_connector(), source, mira()).sink;
    EXPECT_EQ(sink.count<Meeting>(), GetParam().meetings);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.rejected[0].problem.where.line, 2u);
    EXPECT_EQ(sink.rejected[0].problem.where.record, 1u);
    EXPECT_FALSE(sink.rejected[0].raw.empty());
}
INSTANTIATE_TEST_SUITE_P(Calendar, CalendarRefused,
                         testing::ValuesIn<RefusedCase>({
        {"no_start", event("UID:a\n") + event(start), "calendar.no_start", 1},
        {"bad_start", event("DTSTART:20260231T080000\n"), "calendar.bad_start", 0},
        {"year_one", event("DTSTART:00010101T080000Z\n"), "calendar.impossible_start", 0},
        {"no_end", "BEGIN:VEVENT\n" + start + event(start), "calendar.no_end", 1},
        {"calendar_ends_first", "BEGIN:VEVENT\n" + start + "END:VCALENDAR\n", "calendar.no_end", 0},
        {"cut_off", "BEGIN:VEVENT\n" + start, "calendar.cut_off", 0}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(CalendarAlarms, ChangeNothingOfTheirEvent) {
    const Meeting found = only(event(start + "SUMMARY:Tea\nBEGIN:VALARM\nSUMMARY:Wake up\nDTSTART:20200101T000000Z\nEND:VALARM\n"));
    EXPECT_EQ(found.name, "Tea");
    EXPECT_EQ(format_rfc3339(found.begin->at), "2026-04-10T08:00:00Z");
}

TEST(CalendarPrivateEvents, KeepTheirTimeAndPeopleButNotTheirName) {
    const Meeting found = only(event(start + "CLASS:CONFIDENTIAL\nSUMMARY:Doctor\nLOCATION:Clinic\nATTENDEE:mailto:bo@x.example\n"));
    EXPECT_EQ(found.name + found.place, "");
    EXPECT_EQ(found.in_person, true);
    EXPECT_EQ(found.people.size(), 1u);
}

TEST(CalendarDescriptions, AreNeverKept) { EXPECT_EQ(text_of(Record(only(event(start + "DESCRIPTION:secret\nCOMMENT:secret\n")))).find("secret"), std::string::npos); }

TEST(CalendarEnds, BeforeTheirBeginningAreNone) { EXPECT_FALSE(only(event(start + "DTEND:20260410T070000Z\n")).end); }

TEST(CalendarGuests, BeyondTheLimitAreToldAbout) {
    std::string lines = start;
    for (int i = 0; i < 1'001; ++i) lines += "ATTENDEE:mailto:g" + std::to_string(i) + "@x.example\n";
    const VectorSink sink = read_events(event(lines));
    EXPECT_EQ(sink.all<Meeting>().at(0).people.size(), 1'000u);
    EXPECT_TRUE(sink.warned("too_many"));
}

struct OwnerCase {
    const char* name;
    std::string label, inside;
    Identities me;
    std::string owner, evidence;
    bool from_export;
};
class CalendarOwners : public testing::TestWithParam<OwnerCase> {};
TEST_P(CalendarOwners, AreFoundByTheirAddress) {
    ReadContext context = mira();
    context.me = GetParam().me;
    const Owner owner = read_calendar(GetParam().inside, context, GetParam().label).owner;
    EXPECT_EQ(owner.person ? text_of(*owner.person) : "", GetParam().owner);
    EXPECT_EQ(owner.evidence.id, GetParam().evidence);
    EXPECT_EQ(owner.from_export, GetParam().from_export);
}
std::string guests(std::string_view a, std::string_view b) {
    return event(start + "ATTENDEE;CN=A:mailto:" + std::string(a) + "\nATTENDEE;CN=B:mailto:" + std::string(b) + "\n");
}
const std::string three = guests("a@x.example", "b@x.example") + guests("a@x.example", "c@x.example") + guests("a@x.example", "d@x.example");
Identities known_as(std::string email, bool forced = false) {
    Identities me;
    me.emails = {std::move(email)};
    me.forced = forced;
    return me;
}
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarOwners,
    testing::ValuesIn<OwnerCase>({
        {"calendar_name", "x", "X-WR-CALNAME:B@x.example\n" + three, {}, "b@x.example=B", "calendar.owner_named", true},
        {"file_name", "b@x.example.ics", three, {}, "b@x.example=B", "calendar.owner_named", true},
        {"outlook", "x", "X-OWNER;CN=B:mailto:b@x.example\n" + three, {}, "b@x.example=B", "calendar.owner_named", true},
        {"everywhere", "x", three, {}, "a@x.example=A", "calendar.owner_everywhere", true},
        {"in_two_is_no_proof", "x", guests("a@x.example", "b@x.example") + guests("a@x.example", "c@x.example"), {}, "", "", false},
        {"profile", "x", guests("a@x.example", "b@x.example"), known_as("B@x.example"), "b@x.example=B", "calendar.owner_profile", false},
        {"asked_for", "x", "X-WR-CALNAME:a@x.example\n" + three, known_as("c@x.example", true), "c@x.example=B", "calendar.owner_profile", false},
        {"asked_for_and_absent", "x", three, known_as("z@x.example", true), "z@x.example=", "calendar.owner_profile", false},
        {"shared_calendar_is_nobody", "c_1@group.calendar.google.com.ics", guests("a@x.example", "b@x.example"), {}, "", "", false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(CalendarUnknownOwner, IsAskedForWithCandidates) {
    ReadContext nobody;
    nobody.today = mira().today;
    const Reading reading = read_calendar(guests("a@x.example", "b@x.example") + guests("a@x.example", "b@x.example"), nobody);
    ASSERT_EQ(reading.owner.candidates.size(), 2u);
    EXPECT_EQ(reading.owner.candidates[0].activities, 2u);
    EXPECT_EQ(reading.sink.all<Meeting>()[0].attendance, Attendance::invited);
    EXPECT_EQ(reading.sink.all<Meeting>()[0].people.size(), 2u);
    EXPECT_TRUE(reading.sink.lacks_id("calendar.lack_owner"));
    EXPECT_EQ(reading.sink.count<Account>(), 0u);
}

TEST(CalendarSeveralAddresses, OfTheProfileAreAllMine) {
    ReadContext context = mira();
    context.me.emails = {"a@x.example", "b@x.example"};
    const Reading reading = read_calendar(guests("a@x.example", "b@x.example"), context);
    EXPECT_THAT(reading.sink.all<Meeting>()[0].people, IsEmpty());
    ASSERT_EQ(reading.owner.also.size(), 1u);
}

struct ExportCase {
    const char* name;
    std::string label, inside, exported;
};
class CalendarExportedAt : public testing::TestWithParam<ExportCase> {};
TEST_P(CalendarExportedAt, IsNeverBeforeTheNewestStamp) {
    const auto exported = read_calendar(GetParam().inside, mira(), GetParam().label).exported_at;
    EXPECT_EQ(exported ? format_rfc3339(*exported) : "", GetParam().exported);
}
INSTANTIATE_TEST_SUITE_P(Calendar, CalendarExportedAt,
                         testing::ValuesIn<ExportCase>({
        {"name", "agenda-2026-10-30", event(start), "2026-10-30T22:59:59Z"},
        {"stamp", "agenda", event("DTSTAMP:20260501T080000Z\n" + start), "2026-05-01T08:00:00Z"},
        {"later_stamp", "agenda-2026-04-30", event("DTSTAMP:20260501T080000Z\n" + start), "2026-05-01T08:00:00Z"},
        {"stamp_in_the_future", "agenda", event("DTSTAMP:20990501T080000Z\n" + start), ""},
        {"nothing", "agenda", event(start), ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Calendars, SayWhatTheyCoverAndLack) {
    const VectorSink sink = read_events(event(start));
    ASSERT_NE(sink.coverage(""), nullptr);
    EXPECT_EQ(sink.coverage("")->kind, CoverageKind::own_only);
    EXPECT_TRUE(sink.lacks_id("calendar.lack_presence"));
    EXPECT_FALSE(sink.lacks_id("calendar.lack_owner"));
}

TEST(Calendars, WarnOfWhatTheyCouldNotUnderstand) {
    ReadContext nowhere = mira();
    nowhere.zone.reset();
    const VectorSink sink = read_calendar(event("DTSTART;TZID=Mars:20260410T080000\nno colon\n") + event("DTSTART:20260410T080000Z\nRRULE:FREQ=NEVER\n"), nowhere).sink;
    EXPECT_EQ(sink.count<Meeting>(), 2u);
    for (const char* code : {"unknown_zone", "local_times", "broken_lines", "odd_rule"}) EXPECT_TRUE(sink.warned(code)) << code;
}

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    bool mine;
};
class CalendarDetection : public testing::TestWithParam<DetectCase> {};
TEST_P(CalendarDetection, ClaimsCalendarsOnly) { EXPECT_EQ(calendar_connector().detect(MemorySource("x", GetParam().files)).has_value(), GetParam().mine); }
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarDetection,
    testing::ValuesIn<DetectCase>({
        {"one", {{"a.ics", calendar("")}}, true}, {"renamed", {{"download", calendar("")}}, true},
        {"takeout", {{"Takeout/Agenda/a.ics", calendar("")}, {"Takeout/Agenda/b.ics", calendar("")}, {"Takeout/archive_browser.html", "x"}}, true},
        {"beside_mail", {{"a.ics", calendar("")}, {"inbox.mbox", "x"}}, false}, {"empty", {{"a.ics", ""}}, false},
        {"contacts", {{"a.ics", "BEGIN:VCARD\n"}}, false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Calendars, AreNotOpenedFromSomethingElse) { EXPECT_THROW((void)calendar_connector().open(MemorySource("x", {{"a.txt", "x"}}), {}), Error); }

struct SampleCase {
    const char* name;
    std::string owner, meetings;  // by name, answer, in person, people
    std::map<std::string, std::uint64_t, std::less<>> ignored;
};
class CalendarSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(CalendarSamples, GiveWhatWasCountedByHand) {
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/calendar" / GetParam().name);
    ReadContext context;
    context.zone = Zone::find("Europe/Paris");
    context.today = *parse_date("2026-11-21");
    const Reading reading = read_source(calendar_connector(), *source, context);
    EXPECT_EQ(reading.owner.person ? text_of(*reading.owner.person) : "", GetParam().owner);
    std::string meetings;
    for (const Meeting& each : reading.sink.all<Meeting>())
        meetings += format_rfc3339(each.begin->at).substr(5, 11) + " " + each.name + " " + std::string(to_string(each.attendance)) + " " + text_of(each.in_person) + " " +
                    std::to_string(each.people.size()) + ";";
    EXPECT_EQ(meetings, GetParam().meetings);
    EXPECT_EQ(reading.sink.ignored, GetParam().ignored);
    EXPECT_TRUE(reading.sink.rejected.empty());
}
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarSamples,
    testing::ValuesIn<SampleCase>({
        {"google", "isa.morel@mail.example=Isabelle Morel",
                   "03-05T17:30 Club photo went yes 1;04-02T16:30 Club photo went yes 1;07-02T16:30 Club photo went yes 1;"
                   "06-05T16:30 Club photo (vendredi) declined - 0;04-10T08:00 Point projet invited no 1;",
                   {{"all_day_note", 1}, {"future_event", 1}}},
        {"outlook", "i.morel@work.example=Isabelle Morel", "06-02T07:00  went yes 1;", {{"task", 1}}},
        {"nextcloud", "", "06-16T17:00 Assemblée went no 0;", {{"cancelled", 1}}}}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace calendar_test
}  // namespace secateur::test

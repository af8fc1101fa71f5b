// SPDX-License-Identifier: GPL-3.0-or-later
// Times, zones and rules by themselves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <libical/ical.h>

#include <string>
#include <vector>

#include "connectors/calendar/event.hpp"
#include "connectors/calendar/recurrence.hpp"
#include "connectors/calendar/times.hpp"

namespace secateur::calendar {
namespace calendar_times_test {

using testing::ElementsAre;

std::string show(const LocalTime& local) {
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", local.year, local.month, local.day, local.hour, local.minute);
}

struct TimeCase {
    const char* name;
    std::string text, shown;  // empty: no time
};
class CalendarTimes : public testing::TestWithParam<TimeCase> {};
TEST_P(CalendarTimes, AreReadWholeOrNotAtAll) {
    const auto time = parse_time(GetParam().text, "Europe/Paris");
    EXPECT_EQ(time ? show(time->local) + (time->is_day ? " day" : time->is_utc ? " utc" : " " + time->zone) : "", GetParam().shown);
}
INSTANTIATE_TEST_SUITE_P(Calendar, CalendarTimes,
                         testing::ValuesIn<TimeCase>({
        {"utc", "20240502T101500Z", "2024-05-02T10:15 utc"},
        {"zoned", "20240502T101500", "2024-05-02T10:15 Europe/Paris"},
        {"day", " 20240502 ", "2024-05-02T00:00 day"}, {"no_such_day", "20240231", ""},
        {"no_such_hour", "20240502T250000", ""}, {"short", "20240502T1015", ""},
        {"long", "20240502T101500Zx", ""}, {"words", "tomorrow", ""}, {"empty", "", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

struct DurationCase {
    const char* name;
    std::string text;
    std::optional<std::int64_t> seconds;
};
class CalendarDurations : public testing::TestWithParam<DurationCase> {};
TEST_P(CalendarDurations, AreSecondsOrNothing) {
    const auto found = parse_duration(GetParam().text);
    EXPECT_EQ(found ? std::optional(found->count()) : std::nullopt, GetParam().seconds);
}
INSTANTIATE_TEST_SUITE_P(Calendar, CalendarDurations,
                         testing::ValuesIn<DurationCase>({
        {"clock", "PT1H30M", 5400}, {"weeks", "P2W", 1'209'600}, {"mixed", "P1DT2H3S", 93'603},
        {"negative", "-PT15M", -900}, {"zero", "PT0S", 0}, {"empty", "P", std::nullopt},
        {"hours_without_t", "P3H", std::nullopt}, {"no_unit", "PT3", std::nullopt},
        {"huge", "P99999999999D", std::nullopt}}),
                         [](const auto& test) { return std::string(test.param.name); });

constexpr LocalTime far{.year = 2027, .month = 1, .day = 1};
std::vector<std::string> expand(std::string_view text, const LocalTime& first, std::size_t most = 5, const LocalTime& last = far) {
    const auto rule = Recurrence::parse(text);
    if (!rule) return {"no rule"};
    std::vector<std::string> found;
    rule->expand(first, last, [&](const LocalTime& local) {
        found.push_back(show(local));
        return found.size() < most ? Flow::proceed : Flow::stop;
    });
    return found;
}
constexpr LocalTime thursday{.year = 2024, .month = 5, .day = 2, .hour = 18, .minute = 30};

TEST(CalendarRules, GiveTheOccurrencesFromTheFirstOn) {
    EXPECT_THAT(expand("FREQ=WEEKLY;COUNT=3", thursday), ElementsAre("2024-05-02T18:30", "2024-05-09T18:30", "2024-05-16T18:30"));
    EXPECT_THAT(expand("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", thursday, 4),
                ElementsAre("2024-05-02T18:30", "2024-05-14T18:30", "2024-05-16T18:30", "2024-05-28T18:30"));
    EXPECT_THAT(expand("FREQ=MONTHLY;BYDAY=-1FR", thursday, 3), ElementsAre("2024-05-02T18:30", "2024-05-31T18:30", "2024-06-28T18:30"));
    EXPECT_THAT(expand("freq=yearly;count=2", {.year = 2020, .month = 2, .day = 29}), ElementsAre("2020-02-29T00:00", "2024-02-29T00:00"));
    EXPECT_THAT(expand("FREQ=DAILY", thursday, 9, {.year = 2024, .month = 5, .day = 3}), ElementsAre("2024-05-02T18:30", "2024-05-03T18:30"));
}

TEST(CalendarRules, ThatAreNoneOrTooFineAreNotFollowed) {
    for (const char* rule : {"", "FREQ=", "FREQ=HOURLY", "FREQ=SECONDLY;COUNT=2", "W1 TH 1830", "FREQ=DAILY;BYDAY=\x01", "RSCALE=CHINESE;FREQ=YEARLY", "COUNT=2",
                             "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=-1", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=DAILY;BYHOUR=9,17",
                             "FREQ=YEARLY;BYWEEKNO=5", "FREQ=DAILY;INTERVAL=99999999999999999999"})
        EXPECT_THAT(expand(rule, thursday), ElementsAre("no rule")) << rule;
    EXPECT_THAT(expand("FREQ=DAILY;BYDAY=MO" + std::string(600, ';'), thursday), ElementsAre("no rule"));
}

TEST(CalendarRules, ThatNeverComeTrueEnd) {
    for (const char* rule : {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
                             "FREQ=YEARLY;INTERVAL=60000", "FREQ=WEEKLY;INTERVAL=60000"})
        EXPECT_THAT(expand(rule, thursday), ElementsAre("2024-05-02T18:30")) << rule;
}

/// What libical makes of a rule that surely goes on, from the first occurrence of its own.
std::vector<std::string> expand_by_libical(const std::string& rule, const LocalTime& first, std::size_t most) {
    icaltimetype begin = icaltime_null_time();
    begin.year = first.year, begin.month = static_cast<int>(first.month), begin.day = static_cast<int>(first.day), begin.hour = static_cast<int>(first.hour);
    icalrecur_iterator* const iterator = icalrecur_iterator_new(icalrecurrencetype_from_string(rule.c_str()), begin);
    std::vector<std::string> found;
    for (icaltimetype next = icalrecur_iterator_next(iterator); found.size() < most && !icaltime_is_null_time(next); next = icalrecur_iterator_next(iterator))
        found.push_back(fmt::format("{:04}-{:02}-{:02}T{:02}:00", next.year, next.month, next.day, next.hour));
    icalrecur_iterator_free(iterator);
    return found;
}

class CalendarOtherLibrary : public testing::TestWithParam<std::string> {};
TEST_P(CalendarOtherLibrary, GivesTheSameOccurrences) {
    for (unsigned day = 1; day <= 31; day += 3) {
        const LocalTime first{.year = 2024, .month = 1, .day = day, .hour = 18};
        std::vector<std::string> theirs = expand_by_libical(GetParam(), first, 40);
        if (theirs.empty() || theirs[0] != show(first)) theirs.insert(theirs.begin(), show(first));  // we always begin with the first
        EXPECT_EQ(expand(GetParam(), first, theirs.size(), {.year = 2120, .month = 1, .day = 1}), theirs) << "from January " << day;
    }
}
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarOtherLibrary,
    testing::ValuesIn<std::string>({
        "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=DAILY;BYMONTH=1,7", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SU", "FREQ=WEEKLY;BYDAY=TU,TH;BYMONTH=3", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=5", "FREQ=MONTHLY;BYDAY=1MO,3MO",
        "FREQ=MONTHLY;BYDAY=-2FR", "FREQ=MONTHLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=15,-1", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,3", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTH=2,6;BYDAY=2WE",
        "FREQ=YEARLY", "FREQ=YEARLY;INTERVAL=2", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=21", "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYDAY=-1FR", "FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"}));

CustomZone brussels() {
    CustomZone zone;
    zone.add({.start = LocalTime{.year = 1601, .month = 10, .day = 28, .hour = 3}, .before = std::chrono::hours{2}, .after = std::chrono::hours{1},
              .rule = "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", .dates = {}});
    zone.add({.start = LocalTime{.year = 1601, .month = 3, .day = 25, .hour = 2}, .before = std::chrono::hours{1}, .after = std::chrono::hours{2},
              .rule = "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", .dates = {}});
    return zone;
}
std::string at(Clock& clock, std::string_view written, std::string_view zone) {
    const auto when = clock.read(*parse_time(written, zone));
    return when ? format_rfc3339(when->at) + (when->basis == TimeBasis::offset ? "" : when->basis == TimeBasis::utc ? " utc" : when->basis == TimeBasis::local_assumed ? " assumed" : " unknown") : "none";
}

struct ZoneCase {
    const char* name;
    std::string written, zone, instant;
};
class CalendarZones : public testing::TestWithParam<ZoneCase> {};
TEST_P(CalendarZones, AreFoundByAllTheirNames) {
    Clock clock({{"Customized Time Zone", brussels()}, {"Empty", CustomZone()}}, "", Zone::find("Asia/Tokyo"));
    EXPECT_EQ(at(clock, GetParam().written, GetParam().zone), GetParam().instant);
}
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarZones,
    testing::ValuesIn<ZoneCase>({
        {"iana", "20240502T120000", "Europe/Paris", "2024-05-02T10:00:00Z"},
        {"mozilla", "20240502T120000", "/mozilla.org/20050126_1/Europe/Paris", "2024-05-02T10:00:00Z"},
        {"windows", "20240502T120000", "Romance Standard Time", "2024-05-02T10:00:00Z"},
        {"custom_summer", "20240502T120000", "Customized Time Zone", "2024-05-02T10:00:00Z"},
        {"custom_winter", "20240102T120000", "Customized Time Zone", "2024-01-02T11:00:00Z"},
        {"custom_hour_shown_twice", "20241027T023000", "Customized Time Zone", "2024-10-27T00:30:00Z"},
        {"floating", "20240502T120000", "", "2024-05-02T03:00:00Z assumed"},
        {"unknown", "20240502T120000", "Mars/Olympus", "2024-05-02T03:00:00Z assumed"},
        {"no_rules", "20240502T120000", "Empty", "2024-05-02T03:00:00Z assumed"},
        {"day", "20240502", "Europe/Paris", "2024-05-02T00:00:00Z utc"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(CalendarZones, OfTheCalendarComeBeforeTheProfiles) {
    Clock clock({}, "America/New_York", Zone::find("Europe/Paris"));
    EXPECT_EQ(at(clock, "20240502T120000", ""), "2024-05-02T16:00:00Z");
    EXPECT_EQ(at(clock, "20240502T120000", "Mars/Olympus"), "2024-05-02T16:00:00Z");
    EXPECT_EQ(clock.unknown_zone(), "Mars/Olympus");
}

TEST(CalendarZones, ThatNobodyKnowsAreToldApart) {
    Clock clock({}, "", std::nullopt);
    EXPECT_EQ(at(clock, "20240502T120000", ""), "2024-05-02T12:00:00Z unknown");
    EXPECT_TRUE(clock.has_unknown_places());
    EXPECT_EQ(clock.unknown_zone(), "");
}

struct LocationCase {
    const char* name;
    std::string text, physical, remote;
};
class CalendarLocations : public testing::TestWithParam<LocationCase> {};
TEST_P(CalendarLocations, ArePlacesOrScreens) {
    const Whereabouts found = parse_location(GetParam().text);
    EXPECT_EQ(found.physical, GetParam().physical);
    EXPECT_EQ(found.remote, GetParam().remote);
}
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarLocations,
    testing::ValuesIn<LocationCase>({
        {"address", "Rue de l'Appel 3, Lille", "Rue de l'Appel 3, Lille", ""}, {"vision_is_no_visio", "Vision Center", "Vision Center", ""},
        {"teams", "Réunion Microsoft Teams", "", "Réunion Microsoft Teams"},
        {"teams_and_room", "Microsoft Teams Meeting; Room 4", "Room 4", "Microsoft Teams Meeting"},
        {"link", "https://us02web.zoom.us/j/8?pwd=secret", "", "us02web.zoom.us"},
        {"any_link", "https://rendez-vous.example/x", "", "rendez-vous.example"},
        {"map", "https://goo.gl/maps/x", "https://goo.gl/maps/x", ""}, {"phone", "+32 2 555 01 02", "", "+32 2 555 01 02"},
        {"call", "Appel Anna", "", "Appel Anna"}, {"visio", "En visioconférence", "", "En visioconférence"},
        {"empty", " ; ", "", ""}}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace calendar_times_test
}  // namespace secateur::calendar

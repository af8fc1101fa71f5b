// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/time.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <string>

namespace secateur::time_test {

using namespace std::chrono_literals;

const Zone& brussels() {
    static const Zone zone = Zone::find("Europe/Brussels").value();
    return zone;
}

std::string written(const std::optional<Instant>& at) { return at ? format_rfc3339(*at) : "nothing"; }

template <class Case>
std::string name_of(const testing::TestParamInfo<Case>& info) {
    return info.param.name;
}

// ---- RFC 3339

struct Rfc3339Case {
    const char* name;
    const char* text;
    const char* expected;  // nullptr: nothing
    Precision precision = Precision::second;
    TimeBasis basis = TimeBasis::utc;
};
void PrintTo(const Rfc3339Case& row, std::ostream* out) { *out << row.name; }
class Rfc3339 : public testing::TestWithParam<Rfc3339Case> {};

TEST_P(Rfc3339, IsParsed) {
    const auto parsed = parse_rfc3339(GetParam().text, &brussels());
    if (GetParam().expected == nullptr) {
        EXPECT_FALSE(parsed.has_value());
        return;
    }
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(format_rfc3339(parsed->at), GetParam().expected);
    EXPECT_EQ(parsed->precision, GetParam().precision);
    EXPECT_EQ(parsed->basis, GetParam().basis);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Rfc3339,
    testing::ValuesIn(std::vector<Rfc3339Case>{
        {"zulu", "2024-05-02T18:11:04Z", "2024-05-02T18:11:04Z"},
        {"lower_case", "2024-05-02t18:11:04z", "2024-05-02T18:11:04Z"},
        {"space", "2024-05-02 18:11:04Z", "2024-05-02T18:11:04Z"},
        {"leap_day", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
        {"leap_day_of_2000", "2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"},
        {"no_leap_day_in_2023", "2023-02-29T00:00:00Z", nullptr},
        {"no_leap_day_in_1900", "1900-02-29T00:00:00Z", nullptr},
        {"fraction_is_cut", "2024-05-02T18:11:04.999999999999Z", "2024-05-02T18:11:04Z"},
        {"comma_fraction", "2024-05-02T18:11:04,5Z", "2024-05-02T18:11:04Z"},
        {"empty_fraction", "2024-05-02T18:11:04.Z", nullptr},
        {"offset_east", "2024-05-02T01:11:04+02:00", "2024-05-01T23:11:04Z", Precision::second, TimeBasis::offset},
        {"offset_west", "2024-12-31T20:30:00-03:30", "2025-01-01T00:00:00Z", Precision::second, TimeBasis::offset},
        {"offset_zero", "2024-05-02T18:11:04+00:00", "2024-05-02T18:11:04Z", Precision::second, TimeBasis::offset},
        {"offset_without_colon", "2024-05-02T18:11:04+0530", "2024-05-02T12:41:04Z", Precision::second, TimeBasis::offset},
        {"offset_hours_only", "2024-05-02T18:11:04+02", "2024-05-02T16:11:04Z", Precision::second, TimeBasis::offset},
        {"offset_too_large", "2024-05-02T18:11:04+24:00", nullptr},
        {"offset_minutes_too_large", "2024-05-02T18:11:04+02:60", nullptr},
        {"offset_cut", "2024-05-02T18:11:04+2", nullptr},
        {"bare_date", "2024-05-02", "2024-05-02T00:00:00Z", Precision::day, TimeBasis::utc},
        {"no_seconds", "2024-05-02T18:11Z", "2024-05-02T18:11:00Z", Precision::minute, TimeBasis::utc},
        {"local_summer", "2024-07-01T12:00:00", "2024-07-01T10:00:00Z", Precision::second, TimeBasis::local_assumed},
        {"local_winter", "2024-01-01 12:00:00", "2024-01-01T11:00:00Z", Precision::second, TimeBasis::local_assumed},
        {"leap_second", "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"},
        {"second_61", "2016-12-31T23:59:61Z", nullptr},
        {"hour_24", "2024-05-02T24:00:00Z", nullptr},
        {"minute_60", "2024-05-02T18:60:00Z", nullptr},
        {"month_13", "2026-13-01", nullptr},
        {"month_0", "2026-00-01", nullptr},
        {"day_0", "2026-01-00", nullptr},
        {"day_31_of_april", "2026-04-31", nullptr},
        {"year_0", "0000-01-01", nullptr},
        {"short_year", "24-05-02", nullptr},
        {"short_month", "2024-5-02", nullptr},
        {"trailing_text", "2024-05-02T18:11:04Z.", nullptr},
        {"trailing_space", "2024-05-02 ", nullptr},
        {"leading_space", " 2024-05-02", nullptr},
        {"empty", "", nullptr},
        {"only_t", "2024-05-02T", nullptr},
        {"wide_digits", "２０２４-05-02", nullptr},
        {"negative", "-2024-05-02", nullptr},
    }),
    name_of<Rfc3339Case>);

TEST(ParseRfc3339, ReadsNoLocalTimeWithoutAZone) {
    EXPECT_FALSE(parse_rfc3339("2024-05-02T18:11:04").has_value());
    EXPECT_TRUE(parse_rfc3339("2024-05-02").has_value());
    EXPECT_TRUE(parse_rfc3339("2024-05-02T18:11:04Z").has_value());
}

TEST(ParseDate, TakesOnlyADate) {
    EXPECT_EQ(parse_date("2024-02-29"), Date(std::chrono::sys_days(2024y / 2 / 29)));
    for (const char* text : {"2023-02-29", "2024-02-29T00:00:00Z", "2024-2-29", "29/02/2024", "", "2024-02-2x"})
        EXPECT_EQ(parse_date(text), std::nullopt) << text;
}

// ---- patterns

struct PatternCase {
    const char* name;
    const char* text;
    const char* pattern;
    std::optional<LocalTime> expected;
};
void PrintTo(const PatternCase& row, std::ostream* out) { *out << row.name; }
class Pattern : public testing::TestWithParam<PatternCase> {};
TEST_P(Pattern, IsRead) { EXPECT_EQ(parse_local(GetParam().text, GetParam().pattern), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    Texts, Pattern,
    testing::ValuesIn(std::vector<PatternCase>{
        {"shares", "2026-05-09 08:00:00", "%Y-%m-%d %H:%M:%S", LocalTime{2026, 5, 9, 8, 0, 0}},
        {"messages", "2026-02-10 14:00:00 UTC", "%Y-%m-%d %H:%M:%S UTC", LocalTime{2026, 2, 10, 14, 0, 0}},
        {"connections", "08 Feb 2026", "%d %b %Y", LocalTime{2026, 2, 8}},
        {"case_of_names", "08 fEB 2026", "%d %b %Y", LocalTime{2026, 2, 8}},
        {"full_name_for_short", "8 February 2026", "%d %b %Y", LocalTime{2026, 2, 8}},
        {"short_name_for_full", "8 Feb 2026", "%d %B %Y", LocalTime{2026, 2, 8}},
        {"sept", "8 Sept 2026", "%d %b %Y", LocalTime{2026, 9, 8}},
        {"may", "8 May 2026", "%d %B %Y", LocalTime{2026, 5, 8}},
        {"four_letters_of_another_month", "8 Octo 2026", "%d %b %Y", std::nullopt},
        {"french_name", "8 février 2026", "%d %b %Y", std::nullopt},
        {"follows", "Sat Sep 05 08:12:14 UTC 2026", "%a %b %d %H:%M:%S UTC %Y", LocalTime{2026, 9, 5, 8, 12, 14}},
        {"padded_day", "Sat Sep  5 08:12:14 2026", "%a %b %e %H:%M:%S %Y", LocalTime{2026, 9, 5, 8, 12, 14}},
        {"invitations", "1/29/26, 2:37 PM", "%m/%d/%y, %I:%M %p", LocalTime{2026, 1, 29, 14, 37, 0}},
        {"narrow_space_before_pm", "1/29/26, 2:37\u202FPM", "%m/%d/%y, %I:%M %p", LocalTime{2026, 1, 29, 14, 37, 0}},
        {"no_break_space_before_pm", "1/29/26, 2:37\u00A0pm", "%m/%d/%y, %I:%M %p", LocalTime{2026, 1, 29, 14, 37, 0}},
        {"no_space_before_pm", "1/29/26, 2:37pm", "%m/%d/%y, %I:%M %p", LocalTime{2026, 1, 29, 14, 37, 0}},
        {"dotted_pm", "1/29/26, 2:37 p.m.", "%m/%d/%y, %I:%M %p", LocalTime{2026, 1, 29, 14, 37, 0}},
        {"midnight", "1/29/26, 12:05 AM", "%m/%d/%y, %I:%M %p", LocalTime{2026, 1, 29, 0, 5, 0}},
        {"noon", "1/29/26, 12:05 PM", "%m/%d/%y, %I:%M %p", LocalTime{2026, 1, 29, 12, 5, 0}},
        {"hour_13_of_12", "1/29/26, 13:05 PM", "%m/%d/%y, %I:%M %p", std::nullopt},
        {"hour_0_of_12", "1/29/26, 0:05 AM", "%m/%d/%y, %I:%M %p", std::nullopt},
        {"last_century", "1/29/69", "%D", LocalTime{1969, 1, 29}},
        {"this_century", "1/29/68", "%D", LocalTime{2068, 1, 29}},
        {"long_year_for_short", "1/29/2026", "%m/%d/%y", std::nullopt},
        {"short_year_for_long", "1/29/26", "%m/%d/%Y", std::nullopt},
        {"composites", "2026-01-29T10:20:30", "%FT%T", LocalTime{2026, 1, 29, 10, 20, 30}},
        {"percent", "100% 2026-01-29", "100%% %F", LocalTime{2026, 1, 29}},
        {"leap_second", "2016-12-31 23:59:60", "%F %T", LocalTime{2016, 12, 31, 23, 59, 60}},
        {"hour_24", "2016-12-31 24:00:00", "%F %T", std::nullopt},
        {"february_30", "30 Feb 2024", "%d %b %Y", std::nullopt},
        {"rest_of_text", "08 Feb 2026 x", "%d %b %Y", std::nullopt},
        {"rest_of_pattern", "08 Feb", "%d %b %Y", std::nullopt},
        {"time_without_date", "10:20", "%H:%M", std::nullopt},
        {"empty", "", "%F", std::nullopt},
        {"words_after_a_year", "5 May 2026 in the evening", "%d %b %Y", std::nullopt},
    }),
    name_of<PatternCase>);

TEST(ParseLocal, DoesNotAskTheLocaleOfTheProcess) {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* name : {"fr_FR.UTF-8", "de_DE.UTF-8", "C.UTF-8"}) {
        if (std::setlocale(LC_ALL, name) == nullptr) continue;
        EXPECT_TRUE(parse_local("08 Feb 2026", "%d %b %Y").has_value()) << name;
    }
    std::setlocale(LC_ALL, before.c_str());
}

// ---- zones

TEST(AsUtc, RefusesWhatIsNoTime) {
    EXPECT_EQ(written(as_utc({2024, 2, 29, 23, 59, 60})), "2024-02-29T23:59:59Z");
    for (const LocalTime& bad :
         {LocalTime{2024, 2, 31}, LocalTime{2024, 1, 1, 25}, LocalTime{2024, 1, 1, 24}, LocalTime{2024, 1, 1, 0, 60},
          LocalTime{2024, 1, 1, 0, 0, 61}, LocalTime{0, 1, 1}, LocalTime{10'000, 1, 1}, LocalTime{-5, 1, 1},
          LocalTime{2024, 257, 1}, LocalTime{2024, 1, 257}, LocalTime{}})
        EXPECT_EQ(as_utc(bad), std::nullopt) << bad.year << ' ' << bad.month << ' ' << bad.day;
}

TEST(Zone, IsFoundByItsNameOnly) {
    EXPECT_EQ(Zone::find("Europe/Brussels")->name(), "Europe/Brussels");
    EXPECT_EQ(Zone::find("UTC"), Zone::utc());
    for (const std::string& name :
         {std::string(), std::string("Europe/Atlantis"), std::string("../etc/passwd"), std::string("/etc/localtime"),
          std::string("Europe"), std::string("Europe/Brussels\0x", 17), std::string(5000, 'a')})
        EXPECT_FALSE(Zone::find(name).has_value()) << name;
}

struct ClockCase {
    const char* name;
    const char* zone;
    LocalTime local;
    const char* expected;
};
void PrintTo(const ClockCase& row, std::ostream* out) { *out << row.name; }
class Clock : public testing::TestWithParam<ClockCase> {};
TEST_P(Clock, BecomesAnInstant) {
    const auto zone = Zone::find(GetParam().zone);
    ASSERT_TRUE(zone.has_value());
    EXPECT_EQ(written(zone->to_instant(GetParam().local)), GetParam().expected);
    // The answer does not depend on what was asked before.
    (void)zone->to_instant({2024, 1, 10, 12});
    EXPECT_EQ(written(zone->to_instant(GetParam().local)), GetParam().expected);
    (void)zone->to_instant({2024, 7, 10, 12});
    EXPECT_EQ(written(zone->to_instant(GetParam().local)), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Times, Clock,
    testing::ValuesIn(std::vector<ClockCase>{
        {"winter", "Europe/Brussels", {2024, 1, 15, 12}, "2024-01-15T11:00:00Z"},
        {"summer", "Europe/Brussels", {2024, 7, 15, 12}, "2024-07-15T10:00:00Z"},
        {"before_the_gap", "Europe/Brussels", {2024, 3, 31, 1, 59, 59}, "2024-03-31T00:59:59Z"},
        {"in_the_gap", "Europe/Brussels", {2024, 3, 31, 2, 30}, "2024-03-31T01:30:00Z"},
        {"after_the_gap", "Europe/Brussels", {2024, 3, 31, 3}, "2024-03-31T01:00:00Z"},
        {"before_the_overlap", "Europe/Brussels", {2024, 10, 27, 1, 59, 59}, "2024-10-26T23:59:59Z"},
        {"in_the_overlap", "Europe/Brussels", {2024, 10, 27, 2, 30}, "2024-10-27T00:30:00Z"},
        {"after_the_overlap", "Europe/Brussels", {2024, 10, 27, 3}, "2024-10-27T02:00:00Z"},
        {"half_hour_zone", "Asia/Kolkata", {2024, 1, 15, 12}, "2024-01-15T06:30:00Z"},
        {"half_hour_change", "Australia/Lord_Howe", {2024, 10, 6, 2, 15}, "2024-10-05T15:45:00Z"},
        {"a_day_that_never_was", "Pacific/Apia", {2011, 12, 30, 12}, "2011-12-30T22:00:00Z"},
        // The library reads the changes that the database lists, up to 2037, and not the rule for the years after.
        {"last_listed_year", "Europe/Brussels", {2037, 7, 15, 12}, "2037-07-15T10:00:00Z"},
        {"utc", "UTC", {2024, 3, 31, 2, 30}, "2024-03-31T02:30:00Z"},
        {"no_time", "Europe/Brussels", {2024, 2, 30}, "nothing"},
    }),
    name_of<ClockCase>);

TEST(Zone, ShowsEveryInstantAsTheClockDid) {
    // Each hour around both changes, there and back: what the clock shows once comes back as the same instant.
    for (const Instant change :
         {Instant(std::chrono::sys_days(2024y / 3 / 31) + 1h), Instant(std::chrono::sys_days(2024y / 10 / 27) + 1h)})
        for (Instant at = change - 80h; at < change + 80h; at += 17min) {
            const LocalTime local = brussels().to_local(at);
            const Instant back = brussels().to_instant(local).value();
            EXPECT_TRUE(back == at || (back == at - 1h && brussels().to_local(back) == local)) << format_rfc3339(at);
        }
}

TEST(Zone, TellsLocalTime) {
    const Instant at = std::chrono::sys_days(2024y / 12 / 31) + 23h + 30min;
    EXPECT_EQ(brussels().to_local(at), (LocalTime{2025, 1, 1, 0, 30, 0}));
    EXPECT_EQ(Zone::utc().to_local(at), (LocalTime{2024, 12, 31, 23, 30, 0}));
    EXPECT_EQ(Zone::find("America/New_York")->to_local(at), (LocalTime{2024, 12, 31, 18, 30, 0}));
    EXPECT_EQ(brussels().to_local(at), (LocalTime{2025, 1, 1, 0, 30, 0}));
    EXPECT_EQ(Zone::utc().to_local(Instant(-1s)), (LocalTime{1969, 12, 31, 23, 59, 59}));
}

// ---- writing and weeks

TEST(Format, PadsEveryField) {
    EXPECT_EQ(format_rfc3339(Instant{}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(format_rfc3339(Instant{-1s}), "1969-12-31T23:59:59Z");
    EXPECT_EQ(format_date(std::chrono::sys_days(987y / 6 / 5)), "0987-06-05");
}

struct WeekCase {
    const char* name;
    const char* at;
    const char* zone;
    const char* monday;
};
void PrintTo(const WeekCase& row, std::ostream* out) { *out << row.name; }
class Week : public testing::TestWithParam<WeekCase> {};
TEST_P(Week, BeginsOnMonday) {
    const Instant at = parse_rfc3339(GetParam().at)->at;
    EXPECT_EQ(format_date(iso_week_monday(at, Zone::find(GetParam().zone).value())), GetParam().monday);
}
INSTANTIATE_TEST_SUITE_P(Instants, Week,
                         testing::ValuesIn(std::vector<WeekCase>{
                             {"monday", "2026-11-16T00:00:00Z", "UTC", "2026-11-16"},
                             {"sunday", "2026-11-22T23:59:59Z", "UTC", "2026-11-16"},
                             {"sunday_is_monday_in_brussels", "2026-11-22T23:00:00Z", "Europe/Brussels", "2026-11-23"},
                             {"monday_is_sunday_in_new_york", "2026-11-23T04:00:00Z", "America/New_York", "2026-11-16"},
                             {"over_new_year", "2027-01-01T12:00:00Z", "UTC", "2026-12-28"},
                             {"before_the_epoch", "1969-12-31T12:00:00Z", "UTC", "1969-12-29"},
                         }),
                         name_of<WeekCase>);

TEST(EpochWeek, TurnsOnThursdays) {
    EXPECT_EQ(epoch_week(Instant{}), 0);
    EXPECT_EQ(epoch_week(Instant{604800s}), 1);
    EXPECT_EQ(epoch_week(Instant{604799s}), 0);
}

}  // namespace secateur::time_test

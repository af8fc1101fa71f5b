// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "connectors/google_chat/dates.hpp"

namespace secateur::google_chat {
namespace {

struct DateCase {
    const char* name;
    std::string text;
    std::string expected;  // empty: no date
};
class ProseDate : public testing::TestWithParam<DateCase> {};
TEST_P(ProseDate, IsReadInItsLanguage) {
    const auto parsed = parse_prose_date(GetParam().text);
    EXPECT_EQ(parsed ? format_rfc3339(parsed->at) : "", GetParam().expected);
    if (parsed) {
        EXPECT_EQ(parsed->basis, TimeBasis::utc);
    }
}
INSTANTIATE_TEST_SUITE_P(
    GoogleChat, ProseDate,
    testing::Values(DateCase{"english", "Tuesday, March 16, 2021 at 10:41:03 PM UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"english_narrow_space", "Tuesday, March 16, 2021 at 10:41:03\u202FPM UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"english_day_first", "Tuesday, 16 March 2021 at 22:41:03 UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"midnight", "Tuesday, March 16, 2021 at 12:00:00 AM UTC", "2021-03-16T00:00:00Z"},
                    DateCase{"noon", "Tuesday, March 16, 2021 at 12:00:00 p.m. UTC", "2021-03-16T12:00:00Z"},
                    DateCase{"french", "mardi 16 mars 2021 à 22:41:03 UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"french_first_of_the_month", "dimanche 1er août 2021 à 07:05:09 UTC", "2021-08-01T07:05:09Z"},
                    DateCase{"french_decomposed", "jeudi 2 fe\u0301vrier 2023 à 08:00:00 UTC", "2023-02-02T08:00:00Z"},
                    DateCase{"french_of_belgium", "mardi 16 mars 2021 à 22 h 41 min 03 s UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"french_of_canada", "mardi 16 juillet 2024 à 8\u00A0h\u00A005\u00A0min\u00A07\u00A0s UTC",
                             "2024-07-16T08:05:07Z"},
                    DateCase{"french_short", "mar. 16 févr. 2021 22:41:03 UTC", "2021-02-16T22:41:03Z"},
                    DateCase{"french_june", "mercredi 16 juin 2021 à 22:41:03 UTC", "2021-06-16T22:41:03Z"},
                    DateCase{"german", "Dienstag, 16. März 2021 um 22:41:03 UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"spanish", "martes, 16 de marzo de 2021, 22:41:03 UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"spanish_twelve_hours", "martes, 16 de marzo de 2021, 10:41:03 p. m. UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"italian", "martedì 16 marzo 2021 alle ore 22:41:03 UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"portuguese", "terça-feira, 16 de março de 2021 às 22:41:03 UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"dutch", "dinsdag 16 maart 2021 om 22:41:03 UTC", "2021-03-16T22:41:03Z"},
                    DateCase{"hungarian", "2015. február 15., vasárnap 21:54:36 UTC", "2015-02-15T21:54:36Z"},
                    DateCase{"russian", "воскресенье, 9 мая 2021 г. в 22:41:03 UTC", "2021-05-09T22:41:03Z"},
                    DateCase{"polish", "wtorek, 16 września 2021 22:41:03 UTC", "2021-09-16T22:41:03Z"},
                    DateCase{"no_zone", "Tuesday, March 16, 2021 at 10:41:03 PM", ""},
                    DateCase{"another_zone", "Tuesday, March 16, 2021 at 10:41:03 PM UTC+2", ""},
                    DateCase{"no_such_day", "Tuesday, February 30, 2021 at 10:41:03 AM UTC", ""},
                    DateCase{"no_such_hour", "Tuesday, March 16, 2021 at 13:41:03 PM UTC", ""},
                    DateCase{"unknown_month", "Tuesday, Brumaire 16, 2021 at 10:41:03 AM UTC", ""},
                    DateCase{"two_months_begin_so", "16 jui 2021 10:41:03 UTC", ""}, DateCase{"no_time", "16 March 2021 UTC", ""},
                    DateCase{"numbers_too_many", "16 17 March 2021 10:41:03 UTC", ""}, DateCase{"empty", "", ""},
                    DateCase{"endless", std::string(4000, '1'), ""}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ProseDate, WithoutSecondsIsOfTheMinute) {
    EXPECT_EQ(parse_prose_date("16 March 2021 at 22:41 UTC")->precision, Precision::minute);
    EXPECT_EQ(parse_prose_date("16 March 2021 at 22:41:00 UTC")->precision, Precision::second);
}

}  // namespace
}  // namespace secateur::google_chat

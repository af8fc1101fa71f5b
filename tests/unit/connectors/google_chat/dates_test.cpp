// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "connectors/google_chat/dates.hpp"

namespace secateur::google_chat {
namespace google_chat_dates_test {

struct DateCase {
    const char* name;
    std::string text;
    std::string expected;  // empty: no date
};
class GoogleChatProseDate : public testing::TestWithParam<DateCase> {};
TEST_P(GoogleChatProseDate, IsReadInItsLanguage) {
    const auto parsed = parse_prose_date(GetParam().text);
    EXPECT_EQ(parsed ? format_rfc3339(parsed->at) : "", GetParam().expected);
    if (parsed) {
        EXPECT_EQ(parsed->basis, TimeBasis::utc);
    }
}
INSTANTIATE_TEST_SUITE_P(
    GoogleChat, GoogleChatProseDate,
    testing::ValuesIn<DateCase>({
        {"english", "Tuesday, March 16, 2021 at 10:41:03 PM UTC", "2021-03-16T22:41:03Z"},
        {"english_narrow_space", "Tuesday, March 16, 2021 at 10:41:03\u202FPM UTC", "2021-03-16T22:41:03Z"},
        {"english_day_first", "Tuesday, 16 March 2021 at 22:41:03 UTC", "2021-03-16T22:41:03Z"},
        {"midnight", "Tuesday, March 16, 2021 at 12:00:00 AM UTC", "2021-03-16T00:00:00Z"},
        {"noon", "Tuesday, March 16, 2021 at 12:00:00 p.m. UTC", "2021-03-16T12:00:00Z"},
        {"french", "mardi 16 mars 2021 à 22:41:03 UTC", "2021-03-16T22:41:03Z"},
        {"french_first_of_the_month", "dimanche 1er août 2021 à 07:05:09 UTC", "2021-08-01T07:05:09Z"},
        {"french_decomposed", "jeudi 2 fe\u0301vrier 2023 à 08:00:00 UTC", "2023-02-02T08:00:00Z"},
        {"french_of_belgium", "mardi 16 mars 2021 à 22 h 41 min 03 s UTC", "2021-03-16T22:41:03Z"},
        {"french_of_canada", "mardi 16 juillet 2024 à 8\u00A0h\u00A005\u00A0min\u00A07\u00A0s UTC",
                 "2024-07-16T08:05:07Z"},
        {"french_short", "mar. 16 févr. 2021 22:41:03 UTC", "2021-02-16T22:41:03Z"},
        {"french_june", "mercredi 16 juin 2021 à 22:41:03 UTC", "2021-06-16T22:41:03Z"},
        {"german", "Dienstag, 16. März 2021 um 22:41:03 UTC", "2021-03-16T22:41:03Z"},
        {"spanish", "martes, 16 de marzo de 2021, 22:41:03 UTC", "2021-03-16T22:41:03Z"},
        {"spanish_twelve_hours", "martes, 16 de marzo de 2021, 10:41:03 p. m. UTC", "2021-03-16T22:41:03Z"},
        {"italian", "martedì 16 marzo 2021 alle ore 22:41:03 UTC", "2021-03-16T22:41:03Z"},
        {"portuguese", "terça-feira, 16 de março de 2021 às 22:41:03 UTC", "2021-03-16T22:41:03Z"},
        {"dutch", "dinsdag 16 maart 2021 om 22:41:03 UTC", "2021-03-16T22:41:03Z"},
        {"hungarian", "2015. február 15., vasárnap 21:54:36 UTC", "2015-02-15T21:54:36Z"},
        {"russian", "воскресенье, 9 мая 2021 г. в 22:41:03 UTC", "2021-05-09T22:41:03Z"},
        {"polish", "wtorek, 16 września 2021 22:41:03 UTC", "2021-09-16T22:41:03Z"},
        {"no_zone", "Tuesday, March 16, 2021 at 10:41:03 PM", ""},
        {"another_zone", "Tuesday, March 16, 2021 at 10:41:03 PM UTC+2", ""},
        {"no_such_day", "Tuesday, February 30, 2021 at 10:41:03 AM UTC", ""},
        {"no_such_hour", "Tuesday, March 16, 2021 at 13:41:03 PM UTC", ""},
        {"unknown_month", "Tuesday, Brumaire 16, 2021 at 10:41:03 AM UTC", ""},
        {"two_months_begin_so", "16 jui 2021 10:41:03 UTC", ""}, {"no_time", "16 March 2021 UTC", ""},
        {"numbers_too_many", "16 17 March 2021 10:41:03 UTC", ""}, {"empty", "", ""},
        {"endless", std::string(4000, '1'), ""}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(GoogleChatProseDate, WithoutSecondsIsOfTheMinute) {
    EXPECT_EQ(parse_prose_date("16 March 2021 at 22:41 UTC")->precision, Precision::minute);
    EXPECT_EQ(parse_prose_date("16 March 2021 at 22:41:00 UTC")->precision, Precision::second);
}

}  // namespace google_chat_dates_test
}  // namespace secateur::google_chat

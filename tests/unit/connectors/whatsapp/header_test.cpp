// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/whatsapp/header.hpp"

#include <gtest/gtest.h>

#include <string>

#include "connectors/lines.hpp"

namespace secateur::whatsapp {
namespace whatsapp_header_test {

struct StampCase {
    std::string name;
    std::string line;
    DateOrder order;
    LocalTime expected;
    std::string rest = "Zoé: salut";
    bool seconds = false;
};

class WhatsAppHeader : public testing::TestWithParam<StampCase> {};

TEST_P(WhatsAppHeader, IsReadInEveryFormThatPhonesWrite) {
    const StampCase& row = GetParam();
    const std::optional<Stamp> stamp = parse_stamp(row.line);
    ASSERT_TRUE(stamp) << row.line;
    const std::optional<LocalTime> local = local_time(*stamp, row.order);
    ASSERT_TRUE(local) << row.line;
    EXPECT_EQ(local->year, row.expected.year);
    EXPECT_EQ(local->month, row.expected.month);
    EXPECT_EQ(local->day, row.expected.day);
    EXPECT_EQ(local->hour, row.expected.hour);
    EXPECT_EQ(local->minute, row.expected.minute);
    EXPECT_EQ(local->second, row.expected.second);
    EXPECT_EQ(stamp->second >= 0, row.seconds);
    EXPECT_EQ(row.line.substr(stamp->rest), row.rest);
}

constexpr auto dmy = DateOrder::day_first;
constexpr auto mdy = DateOrder::month_first;
constexpr auto ymd = DateOrder::year_first;

LocalTime at(unsigned hour, unsigned minute, unsigned second = 0) {
    return {.year = 2022, .month = 3, .day = 18, .hour = hour, .minute = minute, .second = second};
}

INSTANTIATE_TEST_SUITE_P(Android, WhatsAppHeader,
                         testing::ValuesIn(std::vector<StampCase>{
                             {"english_us", "3/18/22, 2:56 PM - Zoé: salut", mdy, at(14, 56)},
                             {"english_us_narrow_space", "3/18/22, 2:56\u202FPM - Zoé: salut", mdy, at(14, 56)},
                             {"european", "18/03/2022, 14:56 - Zoé: salut", dmy, at(14, 56)},
                             {"us_24_hours", "3/18/22, 14:56 - Zoé: salut", mdy, at(14, 56)},
                             {"indian", "18/3/22, 2:56 pm - Zoé: salut", dmy, at(14, 56)},
                             {"south_african", "2022/03/18, 14:56 - Zoé: salut", dmy, at(14, 56)},
                             {"russian", "18.3.2022, 14:56 - Zoé: salut", dmy, at(14, 56)},
                             {"german", "18.03.22, 14:56 - Zoé: salut", dmy, at(14, 56)},
                             {"czech_no_comma", "18.03.22 14:56 - Zoé: salut", dmy, at(14, 56)},
                             {"dutch", "18-03-2022 14:56 - Zoé: salut", dmy, at(14, 56)},
                             {"english_canada", "2022-03-18, 2:56 p.m. - Zoé: salut", dmy, at(14, 56)},
                             {"french_canada", "2022-03-18 14 h 56 - Zoé: salut", dmy, at(14, 56)},
                             {"spanish_wide_meridiem", "18/3/2022, 2:56 p.\u00A0m. - Zoé: salut", dmy, at(14, 56)},
                             {"french_of_2015", "18/03/2022 à 14:56 - Zoé: salut", dmy, at(14, 56)},
                             {"french_of_2026", "18/03/2022 14:56 - Zoé: salut", dmy, at(14, 56)},
                             {"finnish", "18.3.2022 klo 14.56 - Zoé: salut", dmy, at(14, 56)},
                             {"chinese", "2022/3/18 下午2:56 - Zoé: salut", dmy, at(14, 56)},
                             {"chinese_noon", "2022/3/18 中午11:56 - Zoé: salut", dmy, at(11, 56)},
                             {"korean_comma", "2022. 3. 18. 오후 2:56, Zoé : salut", dmy, at(14, 56), "Zoé : salut"},
                             {"korean_two_digits", "22. 3. 18. 오후 2:56 - Zoé: salut", ymd, at(14, 56)},
                             {"midnight_am", "3/18/22, 12:05 AM - Zoé: salut", mdy, at(0, 5)},
                             {"noon_pm", "3/18/22, 12:05 PM - Zoé: salut", mdy, at(12, 5)},
                             {"midnight_as_24", "18/03/2022, 24:05 - Zoé: salut", dmy, at(0, 5)},
                             {"vietnamese", "14:56, 18/3/2022 - Zoé: salut", dmy, at(14, 56)},
                             {"month_as_word", "18 mars 2022 à 14:56 - Zoé: salut", dmy, at(14, 56)},
                             {"byte_order_mark_twice", "\uFEFF\uFEFF18/03/2022, 14:56 - Zoé: salut", dmy, at(14, 56)},
                         }),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    IPhone, WhatsAppHeader,
    testing::ValuesIn(std::vector<StampCase>{
        {"usual", "[18/03/2022, 14:56:01] Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
        {"french_no_comma", "[18/03/2022 14:56:01] Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
        {"marked", "\u200E[18/03/22, 14:56:01] Zoé: \u200Eimage absente", dmy, at(14, 56, 1), "Zoé: \u200Eimage absente", true},
        {"twelve_hours", "[3/18/22, 2:56:01\u202FPM] Zoé: salut", mdy, at(14, 56, 1), "Zoé: salut", true},
        {"dotted_time", "[18/03/22 14.56.01] Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
        {"before_2017", "18/03/22, 14:56:01: Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
        {"croatian", "[18. 03. 2022. 14:56:01] Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
        {"buddhist_stated", "[3/18/2565 BE, 14:56:01] Zoé: salut", mdy, at(14, 56, 1), "Zoé: salut", true},
        {"buddhist_silent", "[18/3/2565 14:56:01] Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
        {"japanese_era_last", "[3/18/R4, 14:56:01] Zoé: salut", mdy, at(14, 56, 1), "Zoé: salut", true},
        {"japanese_era_first", "[R4/3/18 14:56:01] Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
        {"persian_year", "[1400/12/27, 14:56:01] Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
        {"time_first", "[14:56:01, 3/18/22] Zoé: salut", mdy, at(14, 56, 1), "Zoé: salut", true},
        {"arabic_digits", "[١٨\u200F/٣\u200F/٢٠٢٢، ٢:٥٦:٠١ م] Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
        {"devanagari_digits", "[१८/३/२०२२, १४:५६:०१] Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
        {"turkish", "[18.03.2022 ÖS 2:56:01] Zoé: salut", dmy, at(14, 56, 1), "Zoé: salut", true},
    }),
    [](const auto& test) { return test.param.name; });

class WhatsAppNoHeader : public testing::TestWithParam<const char*> {};

TEST_P(WhatsAppNoHeader, IsFoundElsewhere) { EXPECT_FALSE(parse_stamp(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Lines, WhatsAppNoHeader,
                         testing::ValuesIn<const char*>({
        "", "3 oeufs, 2 citrons", "[12:34:56] <lea> salut",
        "12/04/2019 on se voit à 10:00 devant la gare", "2026-01-01 10:00:00\tlea\tsalut",
        "10:00 <@lea> salut", "[18/03/2022] Zoé: salut", "18/03/2022, 14:56",
        "18/03/2022, 14:76 - Zoé: salut", "18/03/2022, 14:56 PMU - Zoé: salut",
        "1/2/345, 14:56 - Zoé: salut", "https://example.org/18/03/2022, 14:56 - a: b",
        "Rendez-vous: demain", "2024-03-01 10:00:00,123 - root - INFO - a: b"}));

TEST(WhatsAppLocalTimeOf, RefusesWhatIsNoDate) {
    EXPECT_FALSE(local_time(*parse_stamp("31/02/2022, 14:56 - a: b"), dmy));
    EXPECT_FALSE(local_time(*parse_stamp("18/13/2022, 14:56 - a: b"), dmy));
    EXPECT_FALSE(local_time(*parse_stamp("18/03/2022, 14:56 - a: b"), mdy));
    EXPECT_FALSE(local_time(*parse_stamp("18/03/1445, 14:56 - a: b"), dmy)) << "years of the Hijra are not converted";
    EXPECT_FALSE(local_time(*parse_stamp("12 janv. à 14:05 - a: b"), dmy)) << "no year is written";
    EXPECT_EQ(local_time(*parse_stamp("12 janv. à 14:05 - a: b"), dmy, 2014),
              (LocalTime{.year = 2014, .month = 1, .day = 12, .hour = 14, .minute = 5}));
}

TEST(WhatsAppStampShape, IsOneForOnePhoneAndAnotherForAnother) {
    const auto shape = [](const char* line) { return parse_stamp(line)->shape; };
    EXPECT_EQ(shape("3/1/22, 2:56 PM - a: b"), shape("12/31/22, 11:07\u202FAM - c: d"));
    EXPECT_NE(shape("18/03/2022, 14:56 - a: b"), shape("[18/03/2022, 14:56] a: b"));
    EXPECT_NE(shape("18/03/2022, 14:56 - a: b"), shape("18/03/22, 14:56 - a: b"));
    EXPECT_NE(shape("18/03/2022, 14:56 - a: b"), shape("18/03/2022 à 14:56 - a: b"));
}

struct OrderCase {
    std::string name;
    std::vector<std::string> lines;
    DateOrder order;
    DateOrderEvidence::Ground ground;
    bool contradicted = false;
    Date today{};
};

class WhatsAppOrder : public testing::TestWithParam<OrderCase> {};

TEST_P(WhatsAppOrder, IsDecidedFromAllLines) {
    const OrderCase& row = GetParam();
    DateOrderEvidence evidence(row.today);
    std::uint64_t number = 0;
    for (const std::string& line : row.lines) {
        const auto stamp = parse_stamp(line);
        ASSERT_TRUE(stamp) << line;
        evidence.add(*stamp, ++number);
    }
    const auto decision = evidence.decide();
    EXPECT_EQ(decision.contradicted, row.contradicted);
    EXPECT_EQ(decision.order, row.order);
    EXPECT_EQ(decision.ground, row.ground);
}

using Ground = DateOrderEvidence::Ground;

INSTANTIATE_TEST_SUITE_P(
    Files, WhatsAppOrder,
    testing::ValuesIn(std::vector<OrderCase>{
        {"first_over_twelve", {"01/02/22, 10:00 - a: b", "13/02/22, 10:00 - a: b"}, dmy, Ground::proved},
        {"second_over_twelve", {"01/02/22, 10:00 - a: b", "02/13/22, 10:00 - a: b"}, mdy, Ground::proved},
        {"both_over_twelve", {"13/02/22, 10:00 - a: b", "02/13/22, 10:00 - a: b"}, dmy, Ground::proved, true},
        {"only_one_keeps_time",
         {"05/03/22, 10:00 - a: b", "04/04/22, 10:00 - a: b", "03/05/22, 10:00 - a: b"},
         dmy,
         Ground::time_order},
        {"the_other_keeps_time",
         {"3/5/2022, 10:00 - a: b", "4/4/2022, 10:00 - a: b", "5/3/2022, 10:00 - a: b"},
         mdy,
         Ground::time_order},
        {"american_habit", {"3/5/22, 2:00 PM - a: b"}, mdy, Ground::habit},
        {"zero_is_not_american", {"03/05/22, 2:00 PM - a: b"}, dmy, Ground::habit},
        {"european_habit", {"3/5/22, 14:00 - a: b"}, dmy, Ground::habit},
        {"year_stated_first", {"2022/03/05, 14:00 - a: b"}, ymd, Ground::stated},
        {"short_year_first",
         {"22/12/30, 10:00 - a: b", "23/01/02, 10:00 - a: b", "23/02/01, 10:00 - a: b", "23/03/01, 10:00 - a: b"},
         ymd,
         Ground::time_order},
        {"korean_one_day", {"22. 3. 18. 오후 2:56 - a: b"}, ymd, Ground::habit},
        {"future_days_speak",
         {"10/11/12, 10:00 - a: b"},
         dmy,
         Ground::habit,
         false,
         std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)},
        {"future_month",
         {"05/12/2026, 10:00 - a: b"},
         mdy,
         Ground::time_order,
         false,
         std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)},
    }),
    [](const auto& test) { return test.param.name; });

TEST(WhatsAppOrderOfDates, OutvotesOneDamagedLineAmongHundreds) {
    DateOrderEvidence evidence(Date{});
    for (int month = 1; month <= 12; ++month)
        for (int day = 13; day <= 28; ++day)
            evidence.add(*parse_stamp(std::to_string(day) + "/" + std::to_string(month) + "/2022, 10:00 - a: b"), 1);
    evidence.add(*parse_stamp("3/18/2022, 10:00 - a: b"), 2);
    EXPECT_FALSE(evidence.decide().contradicted);
    EXPECT_EQ(evidence.decide().order, dmy);
}

TEST(WhatsAppOrderOfDates, ForgivesAMessageDeliveredLate) {
    DateOrderEvidence evidence(Date{});
    for (const char* line : {"04/03/22, 10:00 - a: b", "05/03/22, 10:00 - a: b", "04/03/22, 23:00 - a: b",
                             "06/03/22, 10:00 - a: b", "01/04/22, 10:00 - a: b"})
        evidence.add(*parse_stamp(line), 1);
    EXPECT_EQ(evidence.decide().order, dmy);
    EXPECT_EQ(evidence.decide().ground, Ground::time_order);
}

TEST(WhatsAppLines, KnowTheirPlaceAndEndOfLine) {
    const auto stream = memory_stream("un\r\n\ntrois");
    LineReader lines(*stream);
    const auto first = lines.next();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->text, "un");
    EXPECT_EQ(first->end, 4U);
    const auto second = lines.next();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->text, "");
    EXPECT_EQ(second->offset, 4U);
    const auto third = lines.next();
    ASSERT_TRUE(third);
    EXPECT_EQ(third->text, "trois");
    EXPECT_EQ(third->number, 3U);
    EXPECT_EQ(third->offset, 5U);
    EXPECT_FALSE(lines.next());
}

TEST(WhatsAppLines, AreGivenInPiecesWhenTheyAreTooLong) {
    const std::string text = std::string(3 * LineReader::piece + 10, 'x') + "\nfin";
    const auto stream = memory_stream(text);
    LineReader lines(*stream);
    std::uint64_t length = 0, pieces = 0;
    std::string last;
    while (const auto line = lines.next()) {
        EXPECT_EQ(line->continues, line->number == 1 && length > 0) << line->number;
        if (line->number == 1) length += line->text.size(), ++pieces;
        last = line->text;
    }
    EXPECT_EQ(length, 3 * LineReader::piece + 10);
    EXPECT_GE(pieces, 2U);
    EXPECT_EQ(last, "fin");
}

}  // namespace whatsapp_header_test
}  // namespace secateur::whatsapp

// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/linkedin/fields.hpp"

namespace secateur::linkedin {
namespace linkedin_fields_test {

using testing::ElementsAre;

struct DateCase {
    const char* name;
    std::string cell;
    DateStyle style;
    std::string expected;  // empty: no date
    Precision precision = Precision::second;
    TimeBasis basis = TimeBasis::utc;
};
class LinkedInDates : public testing::TestWithParam<DateCase> {};
TEST_P(LinkedInDates, AreReadInThePatternsOfTheirFileOnly) {
    const DateCase& row = GetParam();
    const auto when = parse_when(row.cell, row.style, Zone::find("Europe/Brussels"));
    ASSERT_EQ(when.has_value(), !row.expected.empty());
    EXPECT_EQ(is_date(row.cell, row.style), when.has_value());
    if (!when) return;
    EXPECT_EQ(format_rfc3339(when->at), row.expected);
    EXPECT_EQ(when->precision, row.precision);
    EXPECT_EQ(when->basis, row.basis);
    EXPECT_FALSE(when->written.empty());
}
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInDates,
    testing::ValuesIn<DateCase>({
        {"shares", "2026-05-09 08:00:00", DateStyle::stamp, "2026-05-09T08:00:00Z"},
        {"messages", "2026-02-10 14:00:00 UTC", DateStyle::stamp, "2026-02-10T14:00:00Z"},
        {"endorsements", "2023/03/01 19:52:23 UTC", DateStyle::stamp, "2023-03-01T19:52:23Z"},
        {"connections", "08 Feb 2026", DateStyle::stamp, "2026-02-08T00:00:00Z", Precision::day},
        {"company_follows", "Sat Sep 05 08:12:14 UTC 2026", DateStyle::stamp, "2026-09-05T08:12:14Z"},
        {"spreadsheet", "4-Apr-21", DateStyle::stamp, "2021-04-04T00:00:00Z", Precision::day},
        {"invitations", "1/29/26, 2:37 PM", DateStyle::month_first, "2026-01-29T13:37:00Z", Precision::minute,
                 TimeBasis::local_assumed},
        {"recommendations", "01/24/18, 03:00 AM", DateStyle::month_first, "2018-01-24T02:00:00Z",
                 Precision::minute, TimeBasis::local_assumed},
        {"narrow_space_before_pm", "1/29/26, 2:37\u202FPM", DateStyle::month_first, "2026-01-29T13:37:00Z",
                 Precision::minute, TimeBasis::local_assumed},
        {"month_first_elsewhere", "1/29/26, 2:37 PM", DateStyle::stamp, ""},
        {"numbers_of_a_spreadsheet", "05/07/2026 16:41", DateStyle::stamp, ""},
        {"thirtieth_of_february", "2026-02-30 08:00:00", DateStyle::stamp, ""},
        {"text", "and then he left", DateStyle::stamp, ""},
        {"more_behind", "08 Feb 2026 or so", DateStyle::stamp, ""}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInDates, WithoutAZoneAreReadAsUtcAndSaySo) {
    const auto when = parse_when("1/29/26, 2:37 PM", DateStyle::month_first, std::nullopt);
    ASSERT_TRUE(when);
    EXPECT_EQ(format_rfc3339(when->at), "2026-01-29T14:37:00Z");
    EXPECT_EQ(when->basis, TimeBasis::local_unknown);
}

TEST(LinkedInEventTimes, HaveABeginAndAnEnd) {
    const auto time = parse_event_time("Jun 16, 2023 10:00 AM - Jun 16, 2023 11:30 PM", Zone::find("Europe/Brussels"));
    ASSERT_TRUE(time);
    ASSERT_TRUE(time->end);
    EXPECT_EQ(format_rfc3339(time->begin.at), "2023-06-16T08:00:00Z");
    EXPECT_EQ(format_rfc3339(time->end->at), "2023-06-16T21:30:00Z");
    EXPECT_EQ(time->begin.basis, TimeBasis::local_assumed);
}
TEST(LinkedInEventTimes, MayBeOneMoment) {
    const auto time = parse_event_time("Jun 16, 2023 10:00 AM", std::nullopt);
    ASSERT_TRUE(time);
    EXPECT_FALSE(time->end);
}
TEST(LinkedInEventTimes, AreNotMadeOfOneGoodHalf) { EXPECT_FALSE(parse_event_time("Jun 16, 2023 10:00 AM - late", std::nullopt)); }

struct LinkCase {
    const char* name;
    std::string link;
    std::string group, post, id;
    bool is_post;
};
class LinkedInLinks : public testing::TestWithParam<LinkCase> {};
TEST_P(LinkedInLinks, TellTheGroupOnlyWhereItStands) {
    const Target target = parse_link(GetParam().link);
    EXPECT_EQ(target.group, GetParam().group);
    EXPECT_EQ(target.post, GetParam().post);
    EXPECT_EQ(target.id, GetParam().id);
    EXPECT_EQ(target.is_post, GetParam().is_post);
}
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInLinks,
    testing::ValuesIn<LinkCase>({
        {"encoded", "https://www.linkedin.com/feed/update/urn%3Ali%3AgroupPost%3A1792820-7458900000000000000", "1792820",
                 "7458900000000000000", "groupPost:1792820-7458900000000000000", true},
        {"encoded_twice", "https://www.linkedin.com/feed/update/urn%253Ali%253AgroupPost%253A1792820-7458", "1792820",
                 "7458", "groupPost:1792820-7458", true},
        {"plain", "https://www.linkedin.com/feed/update/urn:li:groupPost:12-649119/", "12", "649119",
                 "groupPost:12-649119", true},
        {"in_a_comment_address",
                 "https://www.linkedin.com/feed/update/"
                 "urn:li:activity:9?commentUrn=urn%3Ali%3Acomment%3A%28groupPost%3A101591-722%2C33%29",
                 "101591", "722", "groupPost:101591-722", true},
        {"group_page", "https://www.linkedin.com/groups/99/?highlightedUpdateUrn=urn%3Ali%3AgroupPost%3A99-5", "99", "5",
                 "groupPost:99-5", true},
        {"group_page_without_post", "https://www.linkedin.com/groups/99/", "99", "", "linkedin.com/groups/99", false},
        {"activity", "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A740", "", "", "activity:740", true},
        {"ugc_post", "https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A745", "", "", "ugcPost:745", true},
        {"share", "https://www.linkedin.com/feed/update/urn:li:share:730", "", "", "share:730", true},
        {"address_of_a_post", "https://www.linkedin.com/posts/somebody_market-share-activity-7000-AaAa", "", "",
                 "activity:7000", true},
        {"article", "https://www.linkedin.com/pulse/some-words/", "", "", "linkedin.com/pulse/some-words", false},
        {"number_too_long", "urn:li:groupPost:123456789012345678901-5", "", "",
                 "urn:li:grouppost:123456789012345678901-5", false},
        {"no_link", "N/A", "", "", "", false}}),
    [](const auto& test) { return std::string(test.param.name); });

struct SlugCase {
    const char* name;
    std::string url, expected;
};
class LinkedInSlugs : public testing::TestWithParam<SlugCase> {};
TEST_P(LinkedInSlugs, AreTheSameHoweverWritten) { EXPECT_EQ(profile_slug(GetParam().url), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(LinkedIn, LinkedInSlugs,
                         testing::ValuesIn<SlugCase>({
        {"plain", "https://www.linkedin.com/in/ann-fake", "ann-fake"},
        {"no_scheme", "www.linkedin.com/in/ann-fake/", "ann-fake"},
        {"encoded", "https://www.linkedin.com/in/zo%C3%A9-i", "zoé-i"},
        {"capitals", "https://www.linkedin.com/in/Ann-Fake?trk=x", "ann-fake"},
        {"page", "https://www.linkedin.com/company/acme/", "company/acme"},
        {"nothing", "", ""}, {"not_available", "N/A", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInPeople, HiddenMembersAreNobody) {
    EXPECT_EQ(make_person("LinkedIn Member", ""), Person{});
    EXPECT_EQ(make_person("Ann Fake", ""), (Person{"ann fake", "Ann Fake"}));
    EXPECT_EQ(make_person("Ann Fake", "https://www.linkedin.com/in/ann"), (Person{"ann", "Ann Fake"}));
}

struct CommentaryCase {
    const char* name;
    std::string cell, expected;
};
class LinkedInCommentary : public testing::TestWithParam<CommentaryCase> {};
TEST_P(LinkedInCommentary, LosesOnlyTheQuotesThatAreNotHers) { EXPECT_EQ(clean_commentary(GetParam().cell), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInCommentary,
    testing::ValuesIn<CommentaryCase>({
        {"plain", "A question", "A question"},
        {"own_quotes", "Our \"free\" guide", "Our \"free\" guide"},
        {"own_quotes_at_both_ends", "\"Yes\" he said, \"no\"", "\"Yes\" he said, \"no\""},
        {"wrapped", "\"One line\"", "One line"},
        {"wrapped_with_doubled_quotes", "\"One \"\"short\"\" line\"", "One \"short\" line"},
        {"each_line", "\"First\"\n\"Second\"", "First\nSecond"},
        {"each_line_outer_quotes_gone", "First\"\n\"Second", "First\nSecond"},
        {"blank_line_as_one_quote", "First\"\n\"\n\"Second", "First\n\nSecond"},
        {"blank_line_as_two_quotes", "\"First\"\n\"\"\n\"Second\"", "First\n\nSecond"},
        {"lines_with_doubled_quotes", "\"Say \"\"hi\"\"\"\n\"Bye\"", "Say \"hi\"\nBye"},
        {"paragraphs", "First\n\nSecond \"word\"", "First\n\nSecond \"word\""},
        {"one_line_ends_with_a_quote", "He said \"no\"\nThen left", "He said \"no\"\nThen left"},
        {"two_quotes", "\"\"", "\"\""}, {"empty", "", ""}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInValues, AreSplitOnceEach) {
    EXPECT_THAT(split_values("A club; B, with comma; ; A club;N/A; C | D"), ElementsAre("A club", "B, with comma", "C | D"));
    EXPECT_THAT(split_values("Not Available"), ElementsAre());
}

}  // namespace linkedin_fields_test
}  // namespace secateur::linkedin

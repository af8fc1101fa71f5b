// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/connectors/linkedin/linkedin_support.hpp"

namespace secateur::test {
namespace linkedin_people_test {

using namespace on_linkedin;
using testing::ElementsAre;

struct PreambleCase {
    const char* name;
    std::string before;
};
class LinkedInPreambles : public testing::TestWithParam<PreambleCase> {};
TEST_P(LinkedInPreambles, AreSkippedByTheHeaderNotByLines) {
    const VectorSink sink =
        read_table("Connections.csv", GetParam().before + connections_header + "Zoé,Inventée," + address("zo%C3%A9") +
                                          ",zoe@mail.example,\"Contoso, Ltd.\",Ingénieure,08 Feb 2026\n"
                                          ",,,,,,21 Feb 2026");
    ASSERT_EQ(sink.count<Contact>(), 1u);
    const Contact contact = sink.all<Contact>()[0];
    EXPECT_EQ(contact.person, (Person{"zoé", "Zoé Inventée"}));
    EXPECT_EQ(contact.organisation, "Contoso, Ltd.");
    EXPECT_EQ(contact.position, "Ingénieure");
    EXPECT_THAT(contact.emails, ElementsAre("zoe@mail.example"));
    EXPECT_EQ(format_rfc3339(contact.connected->at), "2026-02-08T00:00:00Z");
    EXPECT_EQ(contact.circle, "");
    EXPECT_EQ(sink.ignored_for("hidden_connection"), 1u);
    EXPECT_TRUE(sink.rejected.empty());
}
INSTANTIATE_TEST_SUITE_P(LinkedIn, LinkedInPreambles,
                         testing::ValuesIn<PreambleCase>({
        {"none", ""},
        {"usual", "Notes:\n\"Some, as you see, are missing.\"\n\n"},
        {"over_lines", "Notes:\n\"Some,\nas you \"\"see\"\",\nare missing.\"\n\n\n"},
        {"unquoted", "Notes:\nSome are missing.\n"}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInConnections, OfOldArchivesHaveNoAddress) {
    const VectorSink sink = read_table(
        "Connections.csv", "First Name,Last Name,Email Address,Company,Position,Connected On\nAnn,Fake,,,,04 Apr 2021\n");
    EXPECT_EQ(sink.all<Contact>().at(0).person, (Person{"ann fake", "Ann Fake"}));
}

TEST(LinkedInInvitations, TellDirectionAndWhetherTheyAreInWords) {
    ReadContext context;
    context.zone = Zone::find("Europe/Brussels");
    const VectorSink sink =
        read_table("Invitations.csv",
                   invitations_header + "Ann Fake,Léa Exemple,\"1/29/26, 2:37 PM\",,INCOMING," + address("ann") + "," +
                       address("lea") + "\nLéa Exemple,Bob Fake,\"7/30/26, 12:05 AM\",\"Hello, Bob\",OUTGOING," + address("lea") +
                       "," + address("bob") + "\n",
                   context);
    const auto invitations = sink.all<Invitation>();
    ASSERT_EQ(invitations.size(), 2u);
    EXPECT_EQ(invitations[0].direction, Direction::received);
    EXPECT_EQ(invitations[0].person, (Person{"ann", "Ann Fake"}));
    EXPECT_FALSE(invitations[0].has_personal_message);
    EXPECT_EQ(invitations[0].origin, "connection");
    EXPECT_EQ(format_rfc3339(invitations[0].at->at), "2026-01-29T13:37:00Z");
    EXPECT_EQ(invitations[1].direction, Direction::sent);
    EXPECT_EQ(invitations[1].person, (Person{"bob", "Bob Fake"}));
    EXPECT_TRUE(invitations[1].has_personal_message);
    EXPECT_EQ(invitations[1].note, "");
    EXPECT_EQ(format_rfc3339(invitations[1].at->at), "2026-07-29T22:05:00Z");
    EXPECT_FALSE(sink.warned("local_times"));
}

TEST(LinkedInInvitations, OfOldArchivesHaveNoAddresses) {
    const VectorSink sink =
        read_table("Invitations.csv", "From,To,Sent At,Message,Direction\nAnn Fake,Léa Exemple,\"1/29/23, 2:37 PM\",,INCOMING\n");
    EXPECT_EQ(sink.all<Invitation>().at(0).person, (Person{"ann fake", "Ann Fake"}));
    EXPECT_TRUE(sink.warned("local_times"));
}

TEST(LinkedInInvitations, OfNoDirectionAreRefused) {
    const VectorSink sink =
        read_table("Invitations.csv", invitations_header + "Ann Fake,Léa Exemple,\"1/29/26, 2:37 PM\",,SIDEWAYS,,\n");
    EXPECT_EQ(sink.count<Invitation>(), 0u);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason, msg("linkedin.bad_direction", arg("value", "SIDEWAYS")));
}

TEST(LinkedInRecommendations, KeepNobodysWords) {
    const VectorSink sink =
        read_linkedin({{"Recommendations_Given.csv",
                        recommendations_header + "Ann,Fake,Acme,Boss,My words,\"01/24/18, 03:00 PM\",VISIBLE\n"},
                       {"Recommendations_Received.csv",
                        recommendations_header + "Bob,Fake,Acme,Boss,His words,\"01/25/18, 03:00 PM\",PENDING\n"}})
            .sink;
    const auto found = sink.all<Invitation>();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].direction, Direction::sent);
    EXPECT_EQ(found[1].direction, Direction::received);
    EXPECT_EQ(found[1].person, (Person{"bob fake", "Bob Fake"}));
    for (const Invitation& each : found) {
        EXPECT_EQ(each.origin, "recommendation");
        EXPECT_EQ(each.note, "");
    }
}

TEST(LinkedInEndorsements, NameTheSkill) {
    const VectorSink sink =
        read_linkedin(
            {{"Endorsement_Given_Info.csv",
              "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status\n"
              "2023/03/01 19:52:23 UTC,Choirs,Ann,Fake,www.linkedin.com/in/ann,ACCEPTED\n"},
             {"Endorsement_Received_Info.csv",
              "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status\n"
              "2023/03/02 19:52:23 UTC,Singing,Bob,Fake,ACCEPTED\n"}})
            .sink;
    const auto found = sink.all<Invitation>();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].origin, "endorsement");
    EXPECT_EQ(found[0].direction, Direction::sent);
    EXPECT_EQ(found[0].note, "Choirs");
    EXPECT_EQ(found[0].person, (Person{"ann", "Ann Fake"}));
    EXPECT_EQ(found[1].direction, Direction::received);
    EXPECT_EQ(found[1].person.key, "bob fake");
    EXPECT_EQ(format_rfc3339(found[1].at->at), "2023-03-02T19:52:23Z");
}

TEST(LinkedInFollows, AreContactsAndNeverGroups) {
    const VectorSink sink =
        read_linkedin({{"Company Follows.csv", "Organization,Followed On\nTrinity Club, Ltd.,Sat Sep 05 08:12:14 UTC 2026\n"},
                       {"Hashtag_Follows.csv",
                        "HashTag,CreatedTime,LastModifiedTime,State\nvoice,2019-10-01 08:00:00,,Follow\nold,2019-10-01 "
                        "08:00:00,,Unfollow\n"},
                       {"Member_Follows_1.csv",
                        "Date,Status,FullName\n2026-04-02 10:00:00,Active,Ann Fake\n2026-04-02 10:00:00,Unfollow,Bob Fake\n"}})
            .sink;
    std::vector<std::string> found;
    for (const Contact& each : sink.all<Contact>())
        found.push_back(each.circle + "/" + each.origin + "/" + each.person.key + "/" + each.person.name);
    EXPECT_THAT(found,
                testing::UnorderedElementsAre("page/company_follow/company:trinity club, ltd./Trinity Club, Ltd.",
                                              "follow/hashtag_follow/#voice/#voice", "follow/member_follow/ann fake/Ann Fake"));
    EXPECT_EQ(sink.ignored_for("unfollowed"), 2u);
    EXPECT_EQ(sink.count<Group>(), 0u);
}

struct EventCase {
    const char* name;
    std::string status;
    Attendance expected;
};
class LinkedInEvents : public testing::TestWithParam<EventCase> {};
TEST_P(LinkedInEvents, TellWhetherSheWent) {
    ReadContext context;
    context.zone = Zone::find("Europe/Brussels");
    const VectorSink sink =
        read_table("Events.csv",
                   "Event Name,Event Time,Status,External Url\nForum,\"Jun 16, 2023 10:00 AM - Jun 16, 2023 11:00 AM\"," +
                       GetParam().status + ",\n",
                   context);
    ASSERT_EQ(sink.count<Meeting>(), 1u);
    const Meeting meeting = sink.all<Meeting>()[0];
    EXPECT_EQ(meeting.name, "Forum");
    EXPECT_EQ(meeting.attendance, GetParam().expected);
    EXPECT_EQ(format_rfc3339(meeting.begin->at), "2023-06-16T08:00:00Z");
    EXPECT_EQ(format_rfc3339(meeting.end->at), "2023-06-16T09:00:00Z");
    EXPECT_EQ(meeting.begin->basis, TimeBasis::local_assumed);
}
INSTANTIATE_TEST_SUITE_P(LinkedIn, LinkedInEvents,
                         testing::ValuesIn<EventCase>({
        {"went", "APPROVED", Attendance::went},
        {"declined", "RELINQUISHED", Attendance::declined},
        {"neither", "PENDING", Attendance::invited}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInEvents, WithAnUnquotedTimeAreJoined) {
    const VectorSink sink =
        read_table("Events.csv",
                   "Event Name,Event Time,Status,External Url\nForum,Jun 16, 2023 10:00 AM - Jun 16, 2023 11:00 AM,APPROVED,\n");
    ASSERT_EQ(sink.count<Meeting>(), 1u);
    EXPECT_EQ(sink.all<Meeting>()[0].attendance, Attendance::went);
}

TEST(LinkedInEvents, WithAStrangeTimeAreRefused) {
    const VectorSink sink = read_table("Events.csv", "Event Name,Event Time,Status,External Url\nForum,soon,APPROVED,\n");
    EXPECT_EQ(sink.count<Meeting>(), 0u);
    EXPECT_EQ(sink.rejected.size(), 1u);
}

}  // namespace linkedin_people_test
}  // namespace secateur::test

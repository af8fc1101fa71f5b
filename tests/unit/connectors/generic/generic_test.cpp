// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& generic_connector();

namespace generic_test {

using test::MemorySource;
using test::Reading;

Reading read(std::map<std::string, std::string> files, std::optional<Zone> zone = std::nullopt) {
    const MemorySource source("tables", std::move(files));
    EXPECT_TRUE(generic_connector().detect(source)) << "not recognised";
    ReadContext context;
    context.zone = zone;
    context.today = *parse_date("2026-11-21");
    return test::read_source(generic_connector(), source, context);
}

const std::string posts_header = "platform,group_id,post_id,kind,created_at,author_is_me,text\n";
const std::string members_header = "platform,name,state,role,joined_at,left_at\n";

TEST(Generic, NeedsOnlyAName) {
    const Reading reading = read({{"groups.csv", "name\nSeed Exchange\n"}});
    const auto groups = reading.sink.all<Group>();
    ASSERT_EQ(groups.size(), 1u);
    EXPECT_EQ(groups[0].platform, "manual");
    EXPECT_EQ(groups[0].key, "seed exchange");
}

TEST(Generic, ReadsWhatAFrenchSpreadsheetWrites) {
    const Reading reading = read({{"adhesions.csv", "nom;\xe9tat;inscrit le\r\nCaf\xe9 du lundi;membre;21/03/2019\r\n"}});
    const auto groups = reading.sink.all<Group>();
    ASSERT_EQ(groups.size(), 1u);
    EXPECT_EQ(groups[0].name, "Café du lundi");
    const auto memberships = reading.sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 1u);
    EXPECT_EQ(memberships[0].event, MembershipEvent::joined);
    EXPECT_EQ(format_date(date_of(memberships[0].at->at)), "2019-03-21");
    EXPECT_EQ(memberships[0].at->precision, Precision::day);
}

struct StateCase {
    std::string word;
    MembershipEvent event;
};
class GenericState : public testing::TestWithParam<StateCase> {};
TEST_P(GenericState, BecomesOurWord) {
    const Reading reading = read({{"memberships.csv", members_header + "bees,Owls," + GetParam().word + ",,,\n"}});
    ASSERT_EQ(reading.sink.count<Membership>(), 1u);
    EXPECT_EQ(reading.sink.all<Membership>()[0].event, GetParam().event);
}
INSTANTIATE_TEST_SUITE_P(Words, GenericState,
                         testing::ValuesIn(std::vector<StateCase>{{"member", MembershipEvent::member}, {"left", MembershipEvent::left},
                                                                  {"requested", MembershipEvent::unknown}, {"invited", MembershipEvent::unknown},
                                                                  {"banned", MembershipEvent::left}, {"muted", MembershipEvent::member},
                                                                  {"follower", MembershipEvent::member}}),
                         [](const auto& test) { return test.param.word; });

TEST(Generic, AJoinAndALeaveAreTwoEvents) {
    const Reading reading = read({{"memberships.csv", members_header + "bees,Owls,left,,2019-01-02,2021-03-04\n"}});
    const auto memberships = reading.sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 2u);
    EXPECT_EQ(memberships[0].event, MembershipEvent::joined);
    EXPECT_EQ(memberships[1].event, MembershipEvent::left);
}

TEST(Generic, ALastVisitIsAVisitOfMineAndNoAct) {
    const Reading reading = read({{"memberships.csv", "name,state,last_visit_at\nOwls,member,2026-10-30T07:00:00Z\n"}});
    const auto activities = reading.sink.all<Activity>();
    ASSERT_EQ(activities.size(), 1u);
    EXPECT_EQ(activities[0].kind, ActivityKind::visit);
    EXPECT_TRUE(activities[0].is_me);
    EXPECT_FALSE(is_act(activities[0].kind));
}

TEST(Generic, AnEventAnswerIsAMeeting) {
    const Reading reading = read({{"posts.csv", posts_header + "bees,1,5,event_rsvp,2026-03-01T10:00:00Z,true,\n"}});
    EXPECT_EQ(reading.sink.count<Activity>(), 0u);
    ASSERT_EQ(reading.sink.count<Meeting>(), 1u);
    EXPECT_EQ(reading.sink.all<Meeting>()[0].attendance, Attendance::went);
}

TEST(Generic, AReactionAndAPostOfOneIdAreTwo) {
    const Reading reading = read({{"posts.csv", posts_header + "bees,1,5,post,2026-03-01T10:00:00Z,false,hi\nbees,1,5,reaction,2026-03-02T10:00:00Z,true,\n"}});
    const auto activities = reading.sink.all<Activity>();
    ASSERT_EQ(activities.size(), 2u);
    EXPECT_NE(activities[0].native_id, activities[1].native_id);
}

TEST(Generic, ATimeWithoutOffsetNeedsAZone) {
    const std::string table = posts_header + "bees,1,5,post,2026-07-01T10:00:00,true,hi\n";
    EXPECT_EQ(read({{"posts.csv", table}}).sink.rejected.size(), 1u);
    const Reading placed = read({{"posts.csv", table}}, Zone::find("Europe/Brussels"));
    ASSERT_EQ(placed.sink.count<Activity>(), 1u);
    EXPECT_EQ(format_rfc3339(placed.sink.all<Activity>()[0].when->at), "2026-07-01T08:00:00Z");
}

struct BadRow {
    std::string name, file, text, reason;
};
class GenericBadRow : public testing::TestWithParam<BadRow> {};
TEST_P(GenericBadRow, IsRefusedWithItsLineAndTheOthersAreRead) {
    const Reading reading = read({{GetParam().file, GetParam().text}});
    ASSERT_EQ(reading.sink.rejected.size(), 1u);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(reading.sink.rejected[0].problem.where.line, 2u);
    EXPECT_EQ(reading.sink.accepted.empty(), false) << "the good row was lost";
}
INSTANTIATE_TEST_SUITE_P(Rows, GenericBadRow,
                         testing::ValuesIn(std::vector<BadRow>{
                             {"bad_date", "posts.csv", posts_header + "b,1,1,post,2026-13-01,true,x\nb,1,2,post,2026-01-01,true,x\n", "generic.bad_time"},
                             {"no_date", "posts.csv", posts_header + "b,1,1,post,,true,x\nb,1,2,post,2026-01-01,true,x\n", "generic.missing"},
                             {"future", "posts.csv", posts_header + "b,1,1,post,2027-01-01,true,x\nb,1,2,post,2026-01-01,true,x\n", "generic.future"},
                             {"no_author", "posts.csv", posts_header + "b,1,1,post,2026-01-01,,x\nb,1,2,post,2026-01-01,true,x\n", "generic.missing"},
                             {"odd_author", "posts.csv", posts_header + "b,1,1,post,2026-01-01,perhaps,x\nb,1,2,post,2026-01-01,true,x\n", "generic.bad_truth"},
                             {"unknown_kind", "posts.csv", posts_header + "b,1,1,poke,2026-01-01,true,x\nb,1,2,post,2026-01-01,true,x\n", "generic.bad_kind"},
                             {"no_group", "posts.csv", posts_header + "b,,1,post,2026-01-01,true,x\nb,1,2,post,2026-01-01,true,x\n", "generic.no_group"},
                             {"unknown_state", "memberships.csv", members_header + "b,Owls,absent,,,\nb,Owls,member,,,\n", "generic.bad_state"},
                             {"unknown_role", "memberships.csv", members_header + "b,Owls,member,king,,\nb,Owls,member,,,\n", "generic.bad_role"},
                             {"long_platform", "memberships.csv", members_header + std::string(40, 'b') + ",Owls,member,,,\nb,Owls,member,,,\n", "generic.bad_platform"},
                             {"counts_without_date", "groups.csv", "name,members,measured_at\nOwls,40,\nBees,40,2026-01-01\n", "generic.undated_counts"},
                             {"negative_count", "groups.csv", "name,members,measured_at\nOwls,-4,2026-01-01\nBees,40,2026-01-01\n", "generic.bad_count"},
                             {"too_many_cells", "groups.csv", "platform,name\nb,Owls,extra\nb,Bees\n", "generic.too_many_cells"},
                             {"person_missing", "meetings.csv", "date,person,place\n2026-01-01,,Town hall\n2026-01-01,Ada Example,Town hall\n", "generic.missing"},
                         }),
                         [](const auto& test) { return test.param.name; });

TEST(Generic, WhatWasTypedOfOthersIsAPartUnlessTheTableSaysThatItIsAll) {
    const std::string posts = "platform,name,created_at,author_is_me,text\nbees,Owls,2026-03-01,true,hi\nbees,Owls,2026-03-02,false,hello\n";
    const auto kinds = [](const Reading& reading) {
        std::vector<CoverageKind> out;
        for (const Coverage& each : reading.sink.all<Coverage>()) out.push_back(each.kind);
        return out;
    };
    using testing::ElementsAre;
    EXPECT_THAT(kinds(read({{"posts.csv", posts}})), ElementsAre(CoverageKind::partial_window));
    const std::string groups = "platform,name,coverage\nbees,Owls,";
    EXPECT_THAT(kinds(read({{"posts.csv", posts}, {"groups.csv", groups + "full\n"}})), ElementsAre(CoverageKind::full));
    EXPECT_THAT(kinds(read({{"posts.csv", posts}, {"groups.csv", groups + "partial\n"}})), ElementsAre(CoverageKind::partial_window));
    EXPECT_EQ(read({{"posts.csv", posts}, {"groups.csv", groups + "mostly\n"}}).sink.rejected.at(0).problem.reason.id, "generic.bad_coverage");
}

TEST(Generic, ALineThatIsNoJsonIsOneRejection) {
    const Reading reading = read({{"posts.jsonl", "{\"group_id\":\"1\",\"created_at\":\"2026-01-01\",\"author_is_me\":true}\n{\"group_id\":\n"
                                                  "{\"group_id\":\"1\",\"created_at\":\"2026-01-02\",\"author_is_me\":true}\n"}});
    EXPECT_EQ(reading.sink.rejected.size(), 1u);
    EXPECT_EQ(reading.sink.rejected[0].problem.where.line, 2u);
    EXPECT_EQ(reading.sink.count<Activity>(), 2u);
}

TEST(Generic, AQuoteNeverClosedIsSaid) {
    const Reading reading = read({{"posts.csv", posts_header + "b,1,1,post,2026-01-01,true,\"open\nb,1,2,post,2026-01-02,true,x\n"}});
    ASSERT_EQ(reading.sink.rejected.size(), 1u);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, "generic.broken_quote");
}

TEST(Generic, CommentsAreNoRecords) {
    const Reading reading = read({{"memberships.csv", members_header + "# b,Example,member,,,\nb,Owls,member,,,\n"}});
    EXPECT_EQ(reading.sink.ignored_for("comment"), 1u);
    EXPECT_EQ(reading.sink.count<Membership>(), 1u);
}

TEST(Generic, MeasuredAtDatesTheSource) {
    const Reading reading = read({{"groups.csv", "name,members,measured_at\nOwls,40,2026-05-06T00:00:00Z\n"}});
    ASSERT_TRUE(reading.exported_at);
    EXPECT_EQ(format_rfc3339(*reading.exported_at), "2026-05-06T00:00:00Z");
    EXPECT_EQ(reading.sink.coverage("owls")->kind, CoverageKind::names_only);
}

TEST(Generic, AScreenIsNoPlaceToMeet) {
    const Reading reading = read({{"meetings.csv", "date,person,place\n2026-01-01,Ada Example,Town hall\n2026-01-02,Ada Example,Zoom\n2026-01-03,Ada Example,\n"}});
    const auto meetings = reading.sink.all<Meeting>();
    ASSERT_EQ(meetings.size(), 3u);
    EXPECT_EQ(meetings[0].in_person, true);
    EXPECT_EQ(meetings[1].in_person, false);
    EXPECT_EQ(meetings[2].in_person, std::nullopt);
}

TEST(Generic, UnknownColumnsAreNamed) { EXPECT_TRUE(read({{"groups.csv", "name,mood\nOwls,calm\n"}}).sink.warned("unknown_column")); }

TEST(Generic, WithheldTextKeepsItsLength) {
    const Reading reading = read({{"posts.csv", "group_id,created_at,author_is_me,text_len\n1,2026-01-01,false,60\n"}});
    EXPECT_EQ(reading.sink.all<Activity>()[0].words, 10u);
}

TEST(Generic, DoesNotClaimOtherTables) {
    for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
             {"Connections.csv", "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"},
             {"holiday.csv", "date,amount\n2026-01-01,3\n"},
             {"posts.json", "{}"},
             {"messages.txt", "hello"}})
        EXPECT_FALSE(generic_connector().detect(MemorySource("x", {{name, text}}))) << name;
}

}  // namespace generic_test
}  // namespace secateur

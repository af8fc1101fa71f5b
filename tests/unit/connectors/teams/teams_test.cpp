// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include <fmt/format.h>

#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& teams_connector();
}

namespace secateur::test {
namespace teams_test {

using testing::ElementsAre;

using Files = std::map<std::string, std::string>;

constexpr const char* users =
    R"([{"Id":"P","DisplayName":"Paul Adam","Mail":"paul@x.example","UserPrincipalName":"paul@x.example","GivenName":"Paul","Surname":"Adam"},)"
    R"({"Id":"Q","DisplayName":"quitterie","Mail":"q@x.example","UserPrincipalName":"q@x.example","GivenName":"Quitterie","Surname":"Bel"}])";
constexpr const char* teams_list = R"([{"Name":"Atelier","Description":"d","GroupsId":"T"}])";
constexpr const char* channels = R"([{"Id":"19:c@thread.tacv2","DisplayName":"General","Description":null,"WebUrl":"https://t.example/c","MembershipType":"standard"}])";
constexpr const char* in_team = R"([{"Name":"Paul Adam","UserId":"P","Role":"Owner"},{"Name":"q","UserId":"Q","Role":null}])";

std::string from(std::string_view id) { return fmt::format(R"({{"Application":null,"User":{{"Id":"{}","DisplayName":"shown {}"}}}})", id, id); }
/// `where` is the channel's or the chat's member.
std::string message(int id, std::string_view sender, std::string_view content, std::string_view where, std::string_view more = "") {
    return fmt::format(R"({{"Id":"{}","MessageType":"message","CreatedDateTime":"2024-05-02T10:{:02}:00.5+00:00","From":{},"Body":{{"ContentType":"html","Content":"{}"}},{}{}{}}})", id,
                       id % 60, sender.starts_with('{') || sender == "null" ? std::string(sender) : from(sender), content, where, more.empty() ? "" : ",", more);
}
constexpr const char* in_channel = R"("ChannelIdentity":{"ChannelId":"19:c@thread.tacv2","TeamId":"T"},"ChatId":null)";
std::string in_chat(std::string_view id) { return fmt::format(R"("ChannelIdentity":null,"ChatId":"{}")", id); }

ReadContext paul() {
    ReadContext context;
    context.me.emails = {"paul@x.example"};
    context.today = *parse_date("2026-11-21");
    return context;
}
Reading read_tenant(Files files, const ReadContext& context = paul()) {
    files.try_emplace("d/users/usersList.json", users);
    files.try_emplace("d/teams/teamsList.json", teams_list);
    files.try_emplace("d/teams/T/channels_T.json", channels);
    files.try_emplace("d/teams/T/teamMembers_T.json", in_team);
    return read_source(teams_connector(), MemorySource("TeamsData2024-06-01", std::move(files)), context);
}
VectorSink read_channel(std::string messages, const ReadContext& context = paul()) {
    return read_tenant({{"d/teams/T/messages_T.json", "[" + std::move(messages) + "]"}}, context).sink;
}
const Activity& only(const VectorSink& sink, std::string_view id, std::string_view group = "19:c@thread.tacv2") {
    const Activity* found = sink.activity(group, id);
    if (found == nullptr) throw std::runtime_error("no activity " + std::string(id));
    return *found;
}

struct DetectCase {
    const char* name;
    Files files;
    bool mine;
};
class TeamsDetection : public testing::TestWithParam<DetectCase> {};
TEST_P(TeamsDetection, AsksForTheTreeAndItsFields) { EXPECT_EQ(teams_connector().detect(MemorySource("x", GetParam().files)).has_value(), GetParam().mine); }
INSTANTIATE_TEST_SUITE_P(Teams, TeamsDetection,
                         testing::ValuesIn<DetectCase>({
        {"whole", {{"teams/teamsList.json", teams_list}}, true}, {"users_only", {{"a/users/usersList.json", users}}, true},
        {"messages_only", {{"users/P/messages_P.json", "[" + message(1, "P", "x", in_channel) + "]"}}, true},
        {"other_users", {{"users/usersList.json", R"([{"id":1}])"}}, false},
        {"other_place", {{"x/messages_P.json", "[" + message(1, "P", "x", in_channel) + "]"}}, false}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(TeamsChannels, AreNamedAfterTheirTeamToo) {
    const auto reading = read_tenant({{"d/teams/T/messages_T.json", "[" + message(1, "Q", "x", in_channel) + "]"}});
    const Group* group = reading.sink.group("19:c@thread.tacv2");
    ASSERT_NE(group, nullptr);
    EXPECT_EQ(group->name, "Atelier / General");
    EXPECT_EQ(group->description, "d");
    EXPECT_EQ(group->url, "https://t.example/c");
    EXPECT_EQ(group->members, 2U);
    const auto memberships = reading.sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 1U);
    EXPECT_EQ(memberships[0].event, MembershipEvent::member);
    EXPECT_EQ(memberships[0].role, Role::owner);
    EXPECT_EQ(reading.sink.coverage("19:c@thread.tacv2")->kind, CoverageKind::full);
    EXPECT_EQ(format_rfc3339(*reading.exported_at), "2024-06-01T23:59:59Z");
}

TEST(TeamsMessages, SayWhatTheirHtmlSays) {
    const auto sink = read_channel(message(1, "Q", R"(<p>a <b>b</b>&nbsp;<a href=\"https://l.example/\">ici</a></p><p><img src=\"x\"></p>)", in_channel,
                                           R"("Subject":"Titre","LastEditedDateTime":"2024-05-02T10:05:00Z","Attachments":[{"Id":"f","ContentType":"reference"}],)"
                                           R"("Mentions":[{"Id":0,"Mentioned":{"User":{"Id":"P"}}}])"));
    const Activity& found = only(sink, "1");
    EXPECT_EQ(found.text, "Titre\na b\u00A0ici");
    EXPECT_THAT(found.links, ElementsAre("https://l.example/"));
    EXPECT_EQ(found.attachments, 2U);
    EXPECT_TRUE(found.edited);
    EXPECT_TRUE(found.mentions_me);
    EXPECT_EQ(found.kind, ActivityKind::post);
    EXPECT_EQ(found.author, (Person{"Q", "quitterie"}));
    EXPECT_EQ(format_rfc3339(found.when->at), "2024-05-02T10:01:00Z");
}

TEST(TeamsMessages, AnswerTheRootOfTheirThread) {
    const auto sink = read_channel(message(1, "P", "x", in_channel, R"("ReplyToId":"1")") + "," + message(2, "Q", "y", in_channel, R"("ReplyToId":"1")"));
    EXPECT_EQ(only(sink, "1").kind, ActivityKind::post);
    EXPECT_EQ(only(sink, "2").kind, ActivityKind::reply);
    EXPECT_EQ(only(sink, "2").parent, "1");
}

TEST(TeamsMessages, OfAppsAreAutomaticAndDeletedOnesNone) {
    const auto sink = read_channel(message(1, R"({"Application":{"Id":"app","DisplayName":"Agenda"},"User":null})", "x", in_channel) + "," +
                                   message(2, "Q", "y", in_channel, R"("DeletedDateTime":"2024-05-02T11:00:00Z")") + "," + message(3, "Z9", "z", in_channel));
    EXPECT_TRUE(only(sink, "1").automatic);
    EXPECT_EQ(only(sink, "1").author, (Person{"app", "Agenda"}));
    EXPECT_EQ(sink.ignored_for("deleted"), 1U);
    EXPECT_EQ(only(sink, "3").author, (Person{"Z9", "shown Z9"}));  // left the organisation: no longer listed
}

TEST(TeamsReactions, HaveTheirOwnTime) {
    const auto sink = read_channel(message(1, "P", "x", in_channel,
                                           R"("Reactions":[{"CreatedDateTime":"2024-05-03T10:00:00Z","ReactionType":"custom","User":{"User":{"Id":"Q"}}},)"
                                           R"({"CreatedDateTime":"2024-05-03T10:01:00Z","ReactionType":"custom","User":{"User":{"Id":"Q"}}},{"ReactionType":"like","User":null}])"));
    EXPECT_EQ(format_rfc3339(only(sink, "r:1:Q:custom").when->at), "2024-05-03T10:00:00Z");
    EXPECT_TRUE(only(sink, "r:1:Q:custom+").parent_is_me);
    EXPECT_EQ(sink.ignored_for("anonymous_reaction"), 1U);
}

TEST(TeamsEvents, TellMembersWhereTheyAreNotBlank) {
    const auto event = [](int id, std::string_view detail) {
        return fmt::format(R"({{"Id":"{}","MessageType":"unknownFutureValue","CreatedDateTime":"2024-05-02T10:00:00Z","From":null,{},"EventDetail":{}}})", id, in_channel, detail);
    };
    const auto sink = read_channel(event(1, R"({"MembersAdded":[{"Id":"P"},{"User":{"Id":"Z9","DisplayName":"Zed"}}]})") + "," + event(2, R"({"MembersLeft":{"Members":[{"Id":"Q"}]}})") + "," +
                                   event(3, R"({"MembersAdded":null,"TeamRenamed":null})"));
    const auto memberships = sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 4U);
    EXPECT_TRUE(memberships[0].is_me);
    EXPECT_EQ(memberships[0].event, MembershipEvent::joined);
    EXPECT_EQ(memberships[1].person, (Person{"Z9", "Zed"}));
    EXPECT_EQ(memberships[1].native_id, "1:2");
    EXPECT_EQ(memberships[2].event, MembershipEvent::left);
    EXPECT_EQ(sink.ignored_for("service_message"), 1U);
}

TEST(Teams, IAmNotInGiveOnlyWhatIsMine) {
    const auto sink = read_tenant({{"d/teams/T/teamMembers_T.json", R"([{"UserId":"Q"}])"},
                                   {"d/teams/T/messages_T.json", "[" + message(1, "Q", "x", in_channel) + "," + message(2, "P", "y", in_channel) + "]"}})
                          .sink;
    EXPECT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(sink.ignored_for("conversation_of_others"), 1U);
    EXPECT_EQ(sink.all<Membership>()[0].event, MembershipEvent::left);
}

TEST(Teams, WithoutAListOfMembersAreReadWhole) {
    const auto sink = read_tenant({{"d/teams/T/teamMembers_T.json", "[]"}, {"d/teams/U/channels_U.json", R"([{"Id":"19:u@thread.tacv2","DisplayName":"x"}])"},
                                   {"d/teams/U/messages_U.json", "[" + message(1, "Q", "x", R"("ChannelIdentity":{"ChannelId":"19:u@thread.tacv2"})") + "]"}})
                          .sink;
    EXPECT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(sink.count<Membership>(), 0U);
}

TEST(Teams, PrivateChannelsSayNothingAboutMe) {
    const auto sink = read_tenant({{"d/teams/T/channels_T.json", R"([{"Id":"19:c@thread.tacv2","DisplayName":"x","MembershipType":"private"}])"},
                                   {"d/teams/T/messages_T.json", "[" + message(1, "Q", "x", in_channel) + "]"}})
                          .sink;
    EXPECT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(sink.count<Membership>(), 0U);
    EXPECT_FALSE(sink.group("19:c@thread.tacv2")->members);
}

TEST(TeamsChats, GatherBothSidesFromEverybodysFolders) {
    const auto sink = read_tenant({{"d/users/P/messages_P.json", "[" + message(1, "P", "a", in_chat("19:P_Q@unq.gbl.spaces")) + "," + message(2, "P", "b", in_chat("19:g@thread.v2")) + "]"},
                                   {"d/users/Q/messages_Q.json",
                                    "[" + message(3, "Q", "c", in_chat("19:P_Q@unq.gbl.spaces"), R"("Attachments":[{"Id":"1","ContentType":"messageReference"}])") + "," +
                                        message(4, "Q", "d", in_chat("19:g@thread.v2")) + "," + message(5, "Q", "e", in_chat("19:Q_Z@unq.gbl.spaces")) + "," +
                                        message(6, "Q", "f", in_chat("19:h@thread.v2")) + "," + message(7, "Q", "g", in_chat("48:notes")) + "]"}})
                          .sink;
    EXPECT_EQ(sink.group("19:P_Q@unq.gbl.spaces")->kind, GroupKind::direct);
    EXPECT_EQ(sink.group("19:P_Q@unq.gbl.spaces")->name, "quitterie");
    EXPECT_EQ(only(sink, "3", "19:P_Q@unq.gbl.spaces").parent, "1");
    EXPECT_EQ(only(sink, "3", "19:P_Q@unq.gbl.spaces").attachments, 0U);
    EXPECT_EQ(only(sink, "4", "19:g@thread.v2").kind, ActivityKind::message);
    const auto groups = sink.all<Group>();
    const auto named = std::ranges::count_if(groups, [](const Group& each) { return each.key == "19:g@thread.v2" && each.name == "quitterie"; });
    EXPECT_EQ(named, 1);  // once people were seen
    EXPECT_EQ(sink.ignored_for("conversation_of_others"), 2U);
    EXPECT_EQ(sink.ignored_for("notes_to_self"), 1U);
}

TEST(TeamsMeetings, AreThoseOfMyCalendar) {
    const auto meeting = [](std::string_view id, std::string_view more) {
        return fmt::format(R"({{"Id":"{}","Subject":"Point","Start":{{"DateTime":"2024-05-02T09:00:00.0000000","TimeZone":"UTC"}},"End":{{"DateTime":"2024-05-02T09:30:00.0000000","TimeZone":"UTC"}},)"
                           R"("Location":{{"DisplayName":"Salle 2"}},"Organizer":{{"EmailAddress":{{"Name":"Q","Address":"Q@X.example"}}}},)"
                           R"("Attendees":[{{"EmailAddress":{{"Name":"Paul","Address":"paul@x.example"}}}},{{"EmailAddress":{{"Name":"Zed","Address":"zed@y.example"}}}}],{}}})",
                           id, more);
    };
    const auto sink = read_tenant({{"d/users/P/meetings_P.json", "[" + meeting("1", R"("IsOnlineMeeting":false,"ResponseStatus":{"Response":"accepted"})") + "," +
                                                                     meeting("2", R"("IsOnlineMeeting":true,"ResponseStatus":{"Response":"notResponded"})") + "," +
                                                                     meeting("3", R"("IsCancelled":true)") + R"(,{"Id":"4","Start":null}])"},
                                   {"d/users/Q/meetings_Q.json", "[" + meeting("5", R"("IsOrganizer":true)") + "]"}})
                          .sink;
    const auto meetings = sink.all<Meeting>();
    ASSERT_EQ(meetings.size(), 2U);
    EXPECT_EQ(meetings[0].attendance, Attendance::went);
    EXPECT_EQ(meetings[0].place, "Salle 2");
    EXPECT_EQ(format_rfc3339(meetings[0].begin->at), "2024-05-02T09:00:00Z");
    EXPECT_THAT(meetings[0].people, ElementsAre(Person{"Q", "Q"}, Person{"zed@y.example", "Zed"}));
    EXPECT_EQ(meetings[1].attendance, Attendance::invited);
    EXPECT_EQ(meetings[1].in_person, false);
    EXPECT_EQ(sink.ignored_for("cancelled_meeting"), 1U);
    EXPECT_EQ(sink.ignored_for("meeting_of_others"), 1U);
    EXPECT_EQ(sink.rejected.size(), 1U);
    EXPECT_TRUE(sink.lacks_id("teams.lack_chats"));
    EXPECT_FALSE(sink.lacks_id("teams.lack_meetings"));
}

TEST(TeamsMessages, WithoutPlaceOrDateAreRefused) {
    const auto sink = read_channel(R"(17,{"Id":"1","MessageType":"message"},)" + fmt::format(R"({{"Id":"2","MessageType":"message","CreatedDateTime":"0001-01-01T00:00:00Z",{}}})", in_channel));
    ASSERT_EQ(sink.rejected.size(), 3U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "teams.not_an_object");
    EXPECT_EQ(sink.rejected[1].problem.reason.id, "teams.no_place");
    EXPECT_EQ(sink.rejected[2].problem.reason.id, "teams.no_date");
}

struct OwnerCase {
    const char* name;
    Identities me;
    const char* key;
};
class TeamsOwners : public testing::TestWithParam<OwnerCase> {};
TEST_P(TeamsOwners, AreFoundByTheProfile) {
    ReadContext context;
    context.me = GetParam().me;
    const auto reading = read_tenant({{"d/teams/T/messages_T.json", "[" + message(1, "Q", "x", in_channel) + "]"}}, context);
    EXPECT_EQ(reading.owner.person ? reading.owner.person->key : "", GetParam().key);
    EXPECT_EQ(reading.owner.candidates.size(), reading.owner.person ? 0U : 1U);
}
INSTANTIATE_TEST_SUITE_P(Teams, TeamsOwners,
                         testing::ValuesIn<OwnerCase>({
        {"address", {.emails = {"Paul@X.example"}}, "P"}, {"full_name", {.names = {"Quitterie Bel"}}, "Q"},
        {"nobody", {.names = {"Zed"}}, ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace teams_test
}  // namespace secateur::test

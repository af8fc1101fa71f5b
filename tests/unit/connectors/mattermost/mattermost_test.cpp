// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include <fmt/format.h>

#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& mattermost_connector();
}

namespace secateur::test {
namespace mattermost_test {

using testing::IsEmpty;

constexpr const char* version = R"({"type":"version","version":1,"info":{"created":"2024-06-01T08:00:00.5Z"}})" "\n";
constexpr const char* club = R"({"type":"team","team":{"name":"club","display_name":"Le Club"}})" "\n"
                             R"({"type":"channel","channel":{"team":"club","name":"randos","display_name":"Randonnées","type":"O","header":"h","purpose":"p"}})" "\n";
constexpr const char* people =
    R"({"type":"user","user":{"username":"lea","email":"lea@cimes.example","first_name":"Léa","last_name":"Roux","teams":[{"name":"club","channels":[{"name":"randos","roles":"channel_user channel_admin","favorite":true,"notify_props":{"desktop":"mention","mark_unread":"all"}}]}]}})" "\n"
    R"({"type":"user","user":{"username":"max","first_name":"","nickname":"Maxou","teams":[{"name":"club","channels":[{"name":"randos"}]}]}})" "\n"
    R"({"type":"bot","bot":{"username":"meteo","display_name":"Météo"}})" "\n";

std::int64_t at(int minute) { return 1714644000123 + 60000 * minute; }
std::string post(int minute, std::string_view user, std::string_view message, std::string_view more = "", std::string_view channel = "randos") {
    return fmt::format(R"({{"type":"post","post":{{"team":"club","channel":"{}","user":"{}","message":"{}","create_at":{}{}{}}}}})" "\n", channel, user, message, at(minute),
                       more.empty() ? "" : ",", more);
}
std::string direct(int minute, std::string_view members, std::string_view user) {
    return fmt::format(R"({{"type":"direct_post","direct_post":{{"channel_members":[{}],"user":"{}","message":"x","create_at":{}}}}})" "\n", members, user, at(minute));
}
std::string id(int minute, std::string_view user) { return fmt::format("{}:{}", at(minute), user); }
ReadContext lea() {
    ReadContext context;
    context.me.handles = {"lea"};
    context.today = *parse_date("2026-11-21");
    return context;
}
Reading read_lines(const std::string& lines, const ReadContext& context = lea()) {
    return read_source(mattermost_connector(), MemorySource("export", {{"import.jsonl", version + std::string(club) + people + lines}}), context);
}
const Activity& only(const VectorSink& sink, const std::string& key, std::string_view group = "club/randos") {
    const Activity* found = sink.activity(group, key);
    if (found == nullptr) throw std::runtime_error("no activity " + key);
    return *found;
}

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    bool mine;
};
class MattermostDetection : public testing::TestWithParam<DetectCase> {};
TEST_P(MattermostDetection, AsksForTheVersionLine) {
    EXPECT_EQ(mattermost_connector().detect(MemorySource("x", GetParam().files)).has_value(), GetParam().mine);
}
INSTANTIATE_TEST_SUITE_P(Mattermost, MattermostDetection,
                         testing::ValuesIn<DetectCase>({
        {"lines", {{"import.jsonl", version + std::string(club)}}, true},
        {"renamed", {{"x/export (1).json", version + std::string(people)}}, true},
        {"beside_its_files", {{"import.jsonl", version + std::string(club)}, {"data/2024/a.json", "{}"}}, true},
        {"posts_only", {{"a.json", version + post(0, "max", "x")}}, true},
        {"version_alone", {{"a.json", version}}, false},
        {"other_lines", {{"a.jsonl", R"({"type":"message"})"}}, false},
        {"two_files", {{"a.json", version + std::string(club)}, {"b.json", "{}"}}, false}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(MattermostPosts, CarryTheirRepliesAndReactions) {
    const auto sink = read_lines(post(0, "max", "Dimanche ?",
                                      fmt::format(R"("reactions":[{{"user":"lea","emoji_name":"+1","create_at":{}}}],"attachments":[{{"path":"a"}}],"replies":[)"
                                                  R"({{"user":"lea","message":"Oui","create_at":{},"edit_at":5}},{{"user":"max","message":"Bien","create_at":{},"reactions":null}}])",
                                                  at(1), at(2), at(3))))
                          .sink;
    EXPECT_EQ(sink.count<Activity>(), 4U);
    const Activity& root = only(sink, id(0, "max"));
    EXPECT_EQ(root.kind, ActivityKind::message);
    EXPECT_EQ(root.author, (Person{"max", "Maxou"}));
    EXPECT_EQ(root.attachments, 1U);
    EXPECT_EQ(format_rfc3339(root.when->at), "2024-05-02T10:00:00Z");
    const Activity& reply = only(sink, id(2, "lea"));
    EXPECT_EQ(reply.kind, ActivityKind::reply);
    EXPECT_EQ(reply.parent, id(0, "max"));
    EXPECT_TRUE(reply.is_me);
    EXPECT_TRUE(reply.edited);
    EXPECT_FALSE(reply.parent_is_me);
    EXPECT_EQ(only(sink, id(3, "max")).parent, id(0, "max"));
    const Activity& reaction = only(sink, "r:" + id(0, "max") + ":lea:+1");
    EXPECT_EQ(reaction.kind, ActivityKind::reaction);
    EXPECT_EQ(format_rfc3339(reaction.when->at), "2024-05-02T10:01:00Z");
    EXPECT_TRUE(reaction.is_me);
}

TEST(MattermostPosts, AnswerMeWhenTheRootIsMine) {
    const auto sink = read_lines(post(0, "lea", "a", fmt::format(R"("replies":[{{"user":"max","message":"b","create_at":{}}}])", at(1)))).sink;
    EXPECT_TRUE(only(sink, id(1, "max")).parent_is_me);
}

TEST(MattermostPosts, OfOneWholeSecondAreToldApartByTheirWords) {
    const auto sink = read_lines(R"({"type":"post","post":{"team":"club","channel":"randos","user":"max","message":"a","create_at":1714644000000}})" "\n"
                                 R"({"type":"post","post":{"team":"club","channel":"randos","user":"max","message":"b","create_at":1714644000000}})" "\n")
                          .sink;
    const auto posts = sink.all<Activity>();
    ASSERT_EQ(posts.size(), 2U);
    EXPECT_NE(posts[0].native_id, posts[1].native_id);
}

struct MentionCase {
    const char* name;
    const char* text;
    bool mentions_me;
};
class MattermostMentions : public testing::TestWithParam<MentionCase> {};
TEST_P(MattermostMentions, AreWholeUserNames) {
    const auto sink = read_lines(post(0, "max", GetParam().text)).sink;
    EXPECT_EQ(only(sink, id(0, "max")).mentions_me, GetParam().mentions_me);
}
INSTANTIATE_TEST_SUITE_P(Mattermost, MattermostMentions,
                         testing::ValuesIn<MentionCase>({
        {"mine", "salut @lea, ça va", true}, {"at_the_end", "oui @lea.", true}, {"longer_name", "@leandre", false},
        {"address", "max@lea", false}, {"everybody", "@all", false}, {"second", "@max @lea", true}}),
                         [](const auto& test) { return std::string(test.param.name); });

struct NoticeCase {
    const char* name;
    std::string lines;
    MembershipEvent event;  // unknown: an ordinary post; see `service`
    const char* who = "";
    bool service = false;
};
class MattermostNotices : public testing::TestWithParam<NoticeCase> {};
TEST_P(MattermostNotices, AreNoPosts) {
    const auto sink = read_lines(GetParam().lines).sink;
    const Membership* found = sink.find<Membership>([](const Membership& each) { return each.origin.starts_with("service"); });
    EXPECT_EQ(found != nullptr, GetParam().event != MembershipEvent::unknown);
    EXPECT_EQ(sink.count<Activity>(), GetParam().event == MembershipEvent::unknown && !GetParam().service ? 1U : 0U);
    EXPECT_EQ(sink.ignored_for("service_message"), GetParam().service ? 1U : 0U);
    if (found == nullptr) return;
    EXPECT_EQ(found->event, GetParam().event);
    EXPECT_EQ(found->is_me ? "lea" : found->person.key, GetParam().who);
}
INSTANTIATE_TEST_SUITE_P(
    Mattermost, MattermostNotices,
    testing::ValuesIn<NoticeCase>({
        {"join_in_words", post(0, "lea", "lea joined the channel."), MembershipEvent::joined, "lea"},
        {"join_of_the_team", post(0, "max", "max joined the team."), MembershipEvent::joined, "max"},
        {"added_in_words", post(0, "max", "@lea added to the channel by max."), MembershipEvent::joined, "lea"},
        {"added_by_somebody_else", post(0, "max", "lea added to the channel by zoe."), MembershipEvent::unknown},
        {"left_in_words", post(0, "max", "max has left the channel."), MembershipEvent::left, "max"},
        {"removed_in_words", post(0, "max", "lea was removed from the channel."), MembershipEvent::left, "lea"},
        {"join_in_french", post(0, "lea", "lea a rejoint le canal."), MembershipEvent::joined, "lea"},
        {"told_by_somebody", post(0, "max", "lea joined the channel."), MembershipEvent::unknown},
        {"typed_join", post(0, "max", "whatever", R"("type":"system_join_channel","props":{"username":"max"})"), MembershipEvent::joined, "max"},
        {"typed_add", post(0, "max", "max added lea", R"("type":"system_add_to_channel","props":{"addedUsername":"lea"})"), MembershipEvent::joined, "lea"},
        {"typed_remove", post(0, "max", "lea was removed", R"("type":"system_remove_from_channel","props":{})"), MembershipEvent::left, "lea"},
        {"typed_header", post(0, "max", "max updated", R"("type":"system_header_change")"), MembershipEvent::unknown, "", true},
        {"header_in_words", post(0, "max", "max updated the channel header to: x"), MembershipEvent::unknown, "", true},
        {"a_call", post(0, "max", "", R"("type":"custom_calls")"), MembershipEvent::unknown, "", true},
        {"typed_me", post(0, "max", "rit", R"("type":"me")"), MembershipEvent::unknown}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MattermostNotices, KeepTheAnswersThatPeopleGiveToThem) {
    const auto sink = read_lines(post(0, "lea", "lea joined the channel.", fmt::format(R"("replies":[{{"user":"max","message":"Bienvenue","create_at":{}}}])", at(1)))).sink;
    EXPECT_EQ(only(sink, id(1, "max")).kind, ActivityKind::reply);
    EXPECT_TRUE(only(sink, id(1, "max")).parent_is_me);
}

TEST(MattermostBots, AndWebhooksAreNobody) {
    const auto sink = read_lines(post(0, "meteo", "a") + post(1, "max", "b", R"("props":{"from_webhook":"true","override_username":"Agenda"})") +
                                 post(2, "lea", "c", R"("props":{"from_webhook":"true"})") + post(3, "max", "d", R"("props":{"from_bot":true})"))
                          .sink;
    for (const Activity& each : sink.all<Activity>()) EXPECT_TRUE(each.automatic) << each.text;
    EXPECT_EQ(only(sink, id(0, "meteo")).author.name, "Météo");
    EXPECT_EQ(only(sink, id(1, "max")).author, (Person{"webhook:agenda", "Agenda"}));
    EXPECT_FALSE(only(sink, id(2, "lea")).is_me);  // I set it up, and write nothing myself
}

TEST(MattermostChannels, AreKeyedByTeamAndName) {
    const auto sink = read_lines(post(0, "max", "x")).sink;
    const Group* group = sink.group("club/randos");
    ASSERT_NE(group, nullptr);
    EXPECT_EQ(group->name, "Randonnées");
    EXPECT_EQ(group->description, "p");
    EXPECT_EQ(group->members, 2U);
    EXPECT_EQ(group->kind, GroupKind::channel);
    EXPECT_THAT(group->topics, testing::ElementsAre("Le Club"));
    const auto memberships = sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 1U);
    EXPECT_EQ(memberships[0].event, MembershipEvent::member);
    EXPECT_EQ(memberships[0].role, Role::admin);
    EXPECT_EQ(memberships[0].pinned, true);
    EXPECT_EQ(memberships[0].notify, "mentions");
    EXPECT_EQ(format_rfc3339(memberships[0].at->at), "2024-06-01T08:00:00Z");
    EXPECT_EQ(sink.coverage("club/randos")->kind, CoverageKind::full);
    EXPECT_EQ(format_rfc3339(*sink.coverage("club/randos")->begin), "2024-05-02T10:00:00Z");
}

TEST(MattermostChannels, IAmNotInGiveOnlyWhatIsMine) {
    const auto sink = read_lines(post(0, "max", "x", "", "bureau") + post(1, "lea", "y", "", "bureau") + post(2, "max", "z", "", "autre")).sink;
    EXPECT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(sink.ignored_for("conversation_of_others"), 2U);
    EXPECT_EQ(sink.coverage("club/bureau")->kind, CoverageKind::own_only);
    EXPECT_EQ(sink.group("club/autre"), nullptr);
    EXPECT_TRUE(sink.warned("unlisted_channel"));
    const Membership* left = sink.find<Membership>([](const Membership& each) { return each.group == "club/bureau"; });
    ASSERT_NE(left, nullptr);
    EXPECT_EQ(left->event, MembershipEvent::left);
}

TEST(MattermostChannels, ThatWereArchivedAreLeft) {
    const auto reading = read_source(mattermost_connector(),
                                     MemorySource("export", {{"import.jsonl", version + std::string(R"({"type":"channel","channel":{"team":"club","name":"randos","deleted_at":5}})") +
                                                                                  people + post(0, "max", "x")}}),
                                     lea());
    const auto memberships = reading.sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 1U);
    EXPECT_EQ(memberships[0].event, MembershipEvent::left);
    EXPECT_EQ(memberships[0].note, "archived");
    EXPECT_EQ(reading.sink.count<Activity>(), 1U);
}

TEST(MattermostConversations, AreTheirMembersInWhateverOrder) {
    const auto sink = read_lines(R"({"type":"direct_channel","direct_channel":{"members":["max","lea"]}})" "\n" + direct(0, R"("lea","max")", "max") + direct(1, R"("max","lea")", "lea") +
                                 direct(2, R"("zoe","max","lea")", "zoe") + direct(3, R"("max","zoe")", "max") + direct(4, R"("lea","lea")", "lea"))
                          .sink;
    EXPECT_EQ(sink.group("direct:lea,max")->kind, GroupKind::direct);
    EXPECT_EQ(sink.group("direct:lea,max")->name, "Maxou");
    EXPECT_EQ(sink.group("direct:lea,max,zoe")->kind, GroupKind::group_chat);
    EXPECT_EQ(sink.group("direct:lea,max,zoe")->name, "Maxou, zoe");
    EXPECT_EQ(sink.count<Activity>(), 3U);
    EXPECT_EQ(sink.ignored_for("conversation_of_others"), 1U);
    EXPECT_EQ(sink.ignored_for("notes_to_self"), 1U);
    EXPECT_FALSE(sink.lacks_id("mattermost.lack_direct"));
}

struct OwnerCase {
    const char* name;
    Identities me;
    const char* key;
};
class MattermostOwners : public testing::TestWithParam<OwnerCase> {};
TEST_P(MattermostOwners, AreFoundByTheProfile) {
    ReadContext context;
    context.me = GetParam().me;
    const auto reading = read_lines(post(0, "max", "x") + post(1, "max", "y"), context);
    EXPECT_EQ(reading.owner.person ? reading.owner.person->key : "", GetParam().key);
    EXPECT_EQ(reading.owner.candidates.size(), reading.owner.person ? 0U : 1U);
    EXPECT_EQ(reading.sink.count<Account>(), reading.owner.person ? 1U : 0U);
}
INSTANTIATE_TEST_SUITE_P(Mattermost, MattermostOwners,
                         testing::ValuesIn<OwnerCase>({
        {"address", {.emails = {"lea@cimes.example"}}, "lea"}, {"name", {.names = {"Léa ROUX"}}, "lea"},
        {"nickname", {.names = {"maxou"}}, "max"}, {"nobody", {.names = {"Zed"}}, ""},
        {"bots_never", {.names = {"Météo"}}, ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(MattermostLines, ThatCannotBeReadAreRefused) {
    const auto sink = read_lines(R"({"type":"post","post":17})" "\n" R"({"type":"post","post":{"team":"club","channel":"randos","user":"max","message":"a"}})" "\n"
                                 R"({"type":"post","post":{"team":"club","channel":"randos","user":"max","message":"a","create_at":5}})" "\n" +
                                 post(0, "max", "b", R"("reactions":[{"user":"lea","emoji_name":"x"}])") + R"({"type":"role","role":{}}{"type":"orbit","orbit":{}})")
                          .sink;
    ASSERT_EQ(sink.rejected.size(), 4U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "mattermost.not_an_object");
    EXPECT_EQ(sink.rejected[0].problem.where.record, 1U);
    for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(sink.rejected[i].problem.reason.id, "mattermost.no_date");
    EXPECT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(sink.ignored_for("role"), 1U);
    EXPECT_EQ(sink.ignored_for("other_line"), 1U);
}

TEST(MattermostLines, AfterABrokenOneAreOneRejection) {
    const auto sink = read_lines(post(0, "max", "a") + "{\"type\":\"post\",\n" + post(1, "max", "b")).sink;
    EXPECT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.count<Activity>(), 1U);
    EXPECT_NE(sink.coverage("club/randos"), nullptr);
}

}  // namespace mattermost_test
}  // namespace secateur::test

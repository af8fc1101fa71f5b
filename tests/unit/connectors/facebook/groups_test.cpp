// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/connectors/facebook/facebook_support.hpp"

namespace secateur::test {
namespace facebook_groups_test {

using namespace on_facebook;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

std::vector<std::string> keys(const VectorSink& sink) {
    std::vector<std::string> all;
    for (const Group& each : sink.all<Group>()) all.push_back(each.key);
    return all;
}

TEST(FacebookMemberships, OfBothGenerationsAndByTitle) {
    const auto sink = read_files(
        {{joins_path, R"({"groups_joined_v2":[)" + join("Café & Code") +
                          R"(,{"timestamp":1420070400,"title":"Vous êtes maintenant membre de Jardin partagé."}]})"},
         {"part2/groups/your_group_membership_activity.json",
          R"({"groups_joined":[{"timestamp":1500000000,"attachments":[{"data":[{"name":"Cyclistes"}]}],"title":"x"}]})"}});
    EXPECT_THAT(keys(sink), UnorderedElementsAre("café & code", "jardin partagé", "cyclistes"));
    ASSERT_EQ(sink.count<Membership>(), 3U);
    for (const Membership& each : sink.all<Membership>()) {
        EXPECT_EQ(each.event, MembershipEvent::joined);
        EXPECT_TRUE(each.is_me);
        EXPECT_TRUE(each.at);
    }
}

TEST(FacebookMemberships, OfOtherListsKeepTheirTitle) {
    const auto sink = read_files(
        {{joins_path, R"({"groups_joined_v2":[],"groups_left_v2":[)" + join("A") + R"(],"groups_muted":[)" + join("B") + "]}"}});
    const auto all = sink.all<Membership>();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].event, MembershipEvent::left);
    EXPECT_EQ(all[1].event, MembershipEvent::unknown);
    EXPECT_EQ(all[1].note, "t");
}

TEST(FacebookMemberships, OfAdministeredGroupsCarryTheRole) {
    const auto sink = read_files(
        {{"groups/your_groups.json", R"({"groups_admined_v2":[{"name":"Jardin partagé","timestamp":1420070000}]})"},
         {"groups/your_badges.json", R"({"group_badges_v2":{"Été à la mer":["Moderator"],"Jardin partagé":["Admin"]}})"}});
    std::vector<std::string> roles;
    for (const Membership& each : sink.all<Membership>()) roles.push_back(each.group + ": " + std::string(to_string(each.role)));
    EXPECT_THAT(roles, UnorderedElementsAre("jardin partagé: admin", "été à la mer: moderator", "jardin partagé: admin"));
}

TEST(FacebookMemberships, AskedForByAnsweringQuestionsAreNoProof) {
    const auto sink = read_files(
        {{"groups/your_answers_to_membership_questions.json",
          R"({"group_membership_questions_answers_v2":{"group_answers":[{"group_name":"Café & Code",)"
          R"("answers":[{"question":"q","answer":"a","timestamp":1714550400}]}]}})"}});
    ASSERT_EQ(sink.count<Membership>(), 1U);
    EXPECT_EQ(sink.all<Membership>()[0].event, MembershipEvent::unknown);
    EXPECT_EQ(sink.all<Membership>()[0].group, "café & code");
    EXPECT_TRUE(sink.all<Membership>()[0].at);
}

TEST(FacebookPosts, FallInTheGroupOfTheirTitle) {
    const auto sink =
        read_files({{posts_path, R"({"group_posts_v2":[)" + post("Zoé Exemple a publié dans Café & Code.", "Été 🙂") + "," +
                                     post("Zoé Exemple a publié une photo.", "nulle part", 1717243300) + "]}"}});
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].group, "café & code");
    EXPECT_EQ(all[0].text, "Été 🙂");
    EXPECT_EQ(all[0].kind, ActivityKind::post);
    EXPECT_TRUE(all[0].is_me);
    EXPECT_EQ(format_rfc3339(all[0].when->at), "2024-06-01T12:00:00Z");
    EXPECT_EQ(all[1].group, "");
}

TEST(FacebookPosts, TellLinksMediaAndEdits) {
    const auto sink = read_files(
        {{posts_path,
          R"({"group_posts_v2":[{"timestamp":1717243200,)"
          R"("attachments":[{"data":[{"external_context":{"url":"https://example.org/a"}},{"media":{"uri":"x.jpg"}}]}],)"
          R"("data":[{"post":"p"},{"update_timestamp":1717243300}],"title":"Zoé Exemple posted in G."}]})"}});
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_THAT(all[0].links, ElementsAre("https://example.org/a"));
    EXPECT_EQ(all[0].attachments, 1U);
    EXPECT_TRUE(all[0].edited);
}

TEST(FacebookComments, NameTheirGroupAndWhetherTheyReply) {
    const std::string comment =
        R"({{"timestamp":1717250000,"data":[{{"comment":{{"timestamp":1717250000,"comment":"{}","author":"Zoé Exemple",)"
        R"("group":"Café & Code"}}}}],"title":"{}"}})";
    const auto sink = read_files(
        {{comments_path, R"({"group_comments_v2":[)" +
                             fmt::format(fmt::runtime(comment), "Avec plaisir", "Zoé Exemple a commenté la publication de Noé.") +
                             "," + fmt::format(fmt::runtime(comment), "oui", "Zoé Exemple a répondu au commentaire de Noé.") +
                             R"(,{"timestamp":1717250100,"title":"Zoé Exemple a commenté la publication de Noé."}]})"}});
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].kind, ActivityKind::comment);
    EXPECT_EQ(all[0].group, "café & code");
    EXPECT_EQ(all[1].kind, ActivityKind::reply);
    EXPECT_EQ(all[2].group, "");
    EXPECT_EQ(all[2].kind, ActivityKind::comment);
}

TEST(FacebookComments, OfTheGeneralListCountOnlyWithAGroup) {
    const std::string one =
        R"({"timestamp":1525500000,"data":[{"comment":{"timestamp":1525500000,"comment":"c","author":"Zoé Exemple",)"
        R"("group":"G"}}],"title":"x"})";
    const auto sink = read_files(
        {{"comments/comments.json",
          R"({"comments":[)" + one +
              R"(,{"timestamp":1525500001,"data":[{"comment":{"comment":"d","author":"Zoé Exemple"}}],"title":"x"}]})"},
         {"groups/your_posts_and_comments_in_groups.json", R"({"group_posts":[)" + one + "]}"}});
    EXPECT_EQ(sink.ignored_for("comment_outside_groups"), 1U);
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 2U);  // the same comment in two files: ingest knows them for one by their content
    EXPECT_EQ(all[0].kind, all[1].kind);
    EXPECT_EQ(all[0].text, all[1].text);
    EXPECT_EQ(all[0].when, all[1].when);
    EXPECT_EQ(all[0].group, all[1].group);
}

TEST(FacebookReactions, InBothListsHaveOneKeyAndOneGroup) {
    const auto sink = read_files(
        {{"your_facebook_activity/comments_and_reactions/likes_and_reactions_1.json",
          R"([{"timestamp":1717260000,"data":[{"reaction":{"reaction":"LOVE","actor":"Zoé Exemple"}}],)"
          R"("title":"Zoé Exemple aime la publication de Noé."},)"
          R"({"timestamp":1717260001,"data":[{"reaction":{"reaction":"LIKE","actor":"Zoé Exemple"}}],"title":"x"}])"},
         {"your_facebook_activity/comments_and_reactions/likes_and_reactions.json",
          R"([{"timestamp":1717260000,"label_values":[{"label":"Réaction","value":"Tuyệt vời"},{"label":"URL",)"
          R"("href":"https://www.facebook.com/groups/cc/posts/1/"}],"fbid":"1"}])"},
         {"activity_messages/group_interactions.json",
          R"({"group_interactions_v2":[{"entries":[{"data":{"name":"Café & Code","value":"3 fois",)"
          R"("uri":"https://www.facebook.com/groups/cc/"}}]}]})"}});
    std::vector<std::pair<std::string, std::string>> found;
    for (const Activity& each : sink.all<Activity>()) {
        EXPECT_EQ(each.kind, ActivityKind::reaction);
        EXPECT_TRUE(each.is_me);
        found.emplace_back(each.natural_key, each.group);
    }
    using Pair = std::pair<std::string, std::string>;
    EXPECT_THAT(found, UnorderedElementsAre(Pair("1717260000:love", "café & code"), Pair("1717260000:love", "café & code"),
                                            Pair("1717260001:like", "")));
    EXPECT_EQ(sink.group("café & code")->url, "https://www.facebook.com/groups/cc/");
}

TEST(FacebookReactions, FallInTheKnownGroupThatEndsTheirTitle) {
    const auto sink = read_files(
        {{joins_path, R"({"groups_joined_v2":[)" + join("Chorale du jeudi") + "]}"},
         {"comments_and_reactions/posts_and_comments.json",
          R"({"reactions_v2":[{"timestamp":1717260000,"data":[{"reaction":{"reaction":"LIKE","actor":"Zoé Exemple"}}],)"
          R"("title":"Zoé Exemple a aimé une publication dans Chorale du jeudi."}]})"}});
    ASSERT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(sink.all<Activity>()[0].group, "chorale du jeudi");
}

TEST(FacebookVisits, AreReadFromAllThreeShapes) {
    const auto sink = read_files(
        {{"x/recently_visited.json",
          R"({"visited_things_v2":[{"name":"Groupes","entries":[{"timestamp":1717270000,"data":{"name":"A",)"
          R"("uri":"https://www.facebook.com/groups/a"}},{"timestamp":1717270000,"data":{"value":"Marketplace"}}]}]})"},
         {"x/groups_you’ve_visited.json",
          R"([{"timestamp":1717270000,"label_values":[{"ent_field_name":"Name","label":"Tên","value":"Été à la mer"}],)"
          R"("fbid":"7"}])"},
         {"x/groups_and_events_you've_visited.json",
          R"([{"timestamp":1717270000,"label_values":[{"label":"Name","value":"C"}],"fbid":"8"},)"
          R"({"timestamp":1717270000,"label_values":[{"label":"Name","value":"Party"},{"label":"Start time",)"
          R"("timestamp_value":1717270000}],"fbid":"9"}])"}});
    std::vector<std::string> groups;
    for (const Activity& each : sink.all<Activity>()) {
        EXPECT_EQ(each.kind, ActivityKind::visit);
        groups.push_back(each.group);
    }
    EXPECT_THAT(groups, UnorderedElementsAre("a", "été à la mer", "c"));
    EXPECT_EQ(sink.ignored_for("visited_elsewhere"), 1U);
    EXPECT_EQ(sink.ignored_for("visited_event"), 1U);
}

TEST(FacebookEvents, AreMeetings) {
    const auto sink = read_files(
        {{"events/your_event_responses.json",
          R"({"event_responses_v2":{"events_joined":[{"name":"Apéro","start_timestamp":1717270000,"end_timestamp":0}],)"
          R"("events_declined":[{"name":"B","start_timestamp":1717270000}],"events_interested":[{"name":"C",)"
          R"("start_timestamp":1900000000}]}})"},
         {"events/event_invitations.json", R"({"events_invited_v2":[{"name":"D","start_timestamp":1717270000}]})"},
         {"events/your_events.json", R"({"your_events_v2":[{"name":"E","create_timestamp":1717270000}]})"}});
    std::vector<std::string> found;
    for (const Meeting& each : sink.all<Meeting>())
        found.push_back(each.name + ' ' + std::string(to_string(each.attendance)) + (each.begin ? " begins" : "") +
                        (each.end ? " ends" : ""));
    EXPECT_THAT(found,
                UnorderedElementsAre("Apéro went begins", "B declined begins", "C invited begins", "D invited begins", "E went"));
    EXPECT_TRUE(sink.rejected.empty());
}

TEST(FacebookPeople, AndPagesComeFromTheirLists) {
    const auto sink = read_files(
        {{"friends_and_followers/friends.json",
          R"({"friends_v2":[{"name":"Noé Fictif","timestamp":1328180400}],"rejected_friend_requests_v2":[{"name":"X",)"
          R"("timestamp":1}]})"},
         {"connections/followers/who_you've_followed.json", R"({"following_v3":[{"name":"Ann","timestamp":1328180400}]})"},
         {"pages/pages_you've_liked.json",
          R"({"page_likes_v2":[{"name":"Librairie du Port","timestamp":1546696800,"url":"https://www.facebook.com/lp"}]})"},
         {"pages/pages_you_follow.json",
          R"({"pages_followed_v2":[{"timestamp":1546696801,"data":[{"name":"Librairie du Port"}],"title":"x"}]})"},
         {"pages/pages_and_profiles_you've_unfollowed.json",
          R"({"pages_unfollowed_v2":[{"timestamp":1546696900,"data":[{"name":"Librairie du Port"}],"title":"x"}]})"}});
    std::vector<std::string> people;
    for (const Contact& each : sink.all<Contact>()) people.push_back(each.person.name + '/' + each.circle);
    EXPECT_THAT(people, UnorderedElementsAre("Noé Fictif/", "Ann/follow"));
    EXPECT_EQ(sink.ignored_for("not_a_friend"), 1U);
    EXPECT_THAT(keys(sink), ElementsAre("page:librairie du port"));
    std::vector<MembershipEvent> events;
    for (const Membership& each : sink.all<Membership>()) events.push_back(each.event);
    EXPECT_THAT(events, UnorderedElementsAre(MembershipEvent::joined, MembershipEvent::joined, MembershipEvent::left));
}

TEST(FacebookInvitations, ToGroupsAreKept) {
    const auto sink = read_files({{"groups/group_invites_you've_received.json",
                                   R"([{"timestamp":1717270000,"label_values":[{"label":"Name","value":"Club"}]}])"},
                                  {"groups/group_invites_you've_sent.json",
                                   R"([{"timestamp":1717270000,"label_values":[{"label":"Nom","value":"Club"}]}])"}});
    const auto all = sink.all<Invitation>();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_NE(all[0].direction, all[1].direction);
    EXPECT_EQ(all[0].note, "Club");
    EXPECT_EQ(all[0].origin, "group");
}

TEST(FacebookCoverage, IsMineOnlyAndOnlyWithActs) {
    const auto with_acts =
        read_files({{joins_path, R"({"groups_joined_v2":[)" + join("A") + "]}"}, {posts_path, R"({"group_posts_v2":[]})"}});
    ASSERT_NE(with_acts.coverage("a"), nullptr);
    EXPECT_EQ(with_acts.coverage("a")->kind, CoverageKind::own_only);
    EXPECT_TRUE(with_acts.coverage("a")->end);
    EXPECT_TRUE(with_acts.lacks_id("facebook.lack_others"));
    const auto without = read_files({{joins_path, R"({"groups_joined_v2":[)" + join("A") + "]}"}});
    EXPECT_EQ(without.coverage("a")->kind, CoverageKind::names_only);
    EXPECT_TRUE(without.lacks_id("facebook.lack_acts"));
}

struct RefusalCase {
    const char* name;
    std::string path, json, reason;
};
class FacebookRefusals : public testing::TestWithParam<RefusalCase> {};
TEST_P(FacebookRefusals, NameThePlace) {
    ReadContext context;
    context.today = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};
    const auto sink = read_files({{GetParam().path, GetParam().json}}, context);
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.rejected[0].problem.where.entry, GetParam().path);
    EXPECT_EQ(sink.rejected[0].problem.where.record, 2U);
}
const std::string good_join = join("Good");
INSTANTIATE_TEST_SUITE_P(
    Facebook, FacebookRefusals,
    testing::ValuesIn<RefusalCase>({
        {"no_object", joins_path, R"({"groups_joined_v2":[)" + good_join + ",7]}", "facebook.not_an_object"},
        {"no_name", joins_path, R"({"groups_joined_v2":[)" + good_join + R"(,{"timestamp":1714550400,"title":"?"}]})",
                    "facebook.no_group_name"},
        {"future", joins_path, R"({"groups_joined_v2":[)" + good_join + "," + join("F", 1900000000) + "]}",
                    "facebook.impossible_date"},
        {"before_facebook", posts_path, R"({"group_posts_v2":[)" + post("t") + "," + post("t", "x", 86400) + "]}",
                    "facebook.impossible_date"},
        {"words_for_a_time", posts_path, R"({"group_posts_v2":[)" + post("t") + R"(,{"timestamp":"soon","data":[]}]})",
                    "facebook.impossible_date"},
        {"empty_post", posts_path, R"({"group_posts_v2":[)" + post("t") + ",{}]}", "facebook.empty_record"},
        {"nameless_event", "events/event_invitations.json",
                    R"({"events_invited_v2":[{"name":"a","start_timestamp":1717270000},{"start_timestamp":1717270000}]})",
                    "facebook.no_event_name"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(FacebookRecords, WithTimeZeroAreUndated) {
    const auto sink = read_files({{joins_path, R"({"groups_joined_v2":[)" + join("A", 0) + "]}"}});
    ASSERT_EQ(sink.count<Membership>(), 1U);
    EXPECT_FALSE(sink.all<Membership>()[0].at);
}

TEST(FacebookFiles, ThatBreakOffAreOneRejectionAndSpareTheOthers) {
    const auto sink = read_files({{joins_path, R"({"groups_joined_v2":[)" + join("A") + ",{\"timest"},
                                  {posts_path, R"({"group_posts_v2":[)" + post("Zoé Exemple posted in B.") + "]}"}});
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.hint.id, "facebook.rest_lost");
    EXPECT_EQ(sink.rejected[0].problem.where.entry, joins_path);
    EXPECT_TRUE(sink.rejected[0].problem.where.offset);
    EXPECT_EQ(sink.count<Membership>(), 1U);
    EXPECT_EQ(sink.count<Activity>(), 1U);
}

TEST(FacebookFiles, ThatAreNotReadAreCounted) {
    const auto sink = read_files(
        {{joins_path, "{}"}, {"ads/advertisers.json", "{}"}, {"groups/groups_you've_searched_for.json", R"([{"timestamp":1}])"}});
    EXPECT_EQ(sink.ignored_for("unread_file"), 1U);
    EXPECT_EQ(sink.ignored_for("not_membership"), 1U);
}

TEST(FacebookFiles, AreLeftAsSoonAsTheSinkSaysStop) {
    const MemorySource source(
        "x",
        {{profile_path, profile},
         {joins_path, R"({"groups_joined_v2":[)" + join("A") + "," + join("B") + "]}"},
         {posts_path, R"({"group_posts_v2":[)" + post("Ann posted in C.") + "]}"},
         {"messages/inbox/a_1/message_1.json",
          R"({"messages":[{"sender_name":"Ann","timestamp_ms":1717321402123,"content":"x","reactions":[{"reaction":"a",)"
          R"("actor":"Bob"}]}]})"}});
    VectorSink whole;
    facebook_connector().open(source, {})->read_into(whole);
    for (std::size_t after = 1; after < whole.accepted.size(); ++after) {
        VectorSink sink;
        sink.stop_after = after;
        facebook_connector().open(source, {})->read_into(sink);
        EXPECT_EQ(sink.calls_after_stop, 0U) << after;
        EXPECT_EQ(sink.accepted.size(), after);
    }
}

}  // namespace facebook_groups_test
}  // namespace secateur::test

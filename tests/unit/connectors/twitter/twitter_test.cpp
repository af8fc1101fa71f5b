// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "connectors/twitter/archive.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& twitter_connector();
}

namespace secateur::test {
namespace twitter_test {

using Files = std::map<std::string, std::string>;

const std::string manifest =
    R"(window.__THAR_CONFIG = {"userInfo":{"accountId":"41","userName":"mira_e","displayName":"Mira"},)"
    R"("archiveInfo":{"generationDate":"2026-10-30T10:11:12.000Z","isPartialArchive":false},"dataTypes":{}})";

std::string assigned(std::string_view name, std::string_view list) {
    return fmt::format("window.YTD.{}.part0 = [{}]", name, list);
}
std::string tweet(std::string_view id, std::string_view more = "", std::string_view text = "Hi &amp; hello &lt;3") {
    return fmt::format(
        R"({{"tweet":{{"id_str":"{}","community_id_str":"77","created_at":"Sat Jan 07 12:30:42 +0000 2023","full_text":"{}"{}}}}})",
        id, text, more);
}
std::string conversation(std::string_view id, std::string_view events) {
    return fmt::format(R"({{"dmConversation":{{"conversationId":"{}","messages":[{}]}}}})", id, events);
}
std::string message(std::string_view id, std::string_view sender, std::string_view more = "") {
    return fmt::format(
        R"({{"messageCreate":{{"id":"{}","senderId":"{}","text":"Hello","createdAt":"2023-02-01T10:00:00.120Z","mediaUrls":[],"urls":[]{}}}}})",
        id, sender, more);
}

ReadContext on(std::string_view day) {
    ReadContext context;
    context.today = *parse_date(day);
    return context;
}
Reading read(Files files, const ReadContext& context = on("2026-11-21"), std::string label = "twitter-2026-10-29-ab12.zip") {
    return read_source(twitter_connector(), MemorySource(std::move(label), std::move(files)), context);
}
/// One file beside the manifest of account 41.
VectorSink read_file(const std::string& name, std::string text) {
    return read({{"data/manifest.js", manifest}, {"data/" + name, std::move(text)}}).sink;
}
std::vector<std::string> reasons(const VectorSink& sink) {
    std::vector<std::string> found;
    for (const auto& each : sink.rejected) found.push_back(each.problem.reason.id);
    return found;
}

struct DetectCase {
    const char* name;
    Files files;
    std::optional<Confidence> expected;
};
class TwitterDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(TwitterDetect, SaysWhatItIs) {
    const auto match = twitter_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Twitter, TwitterDetect,
    testing::ValuesIn<DetectCase>({
        {"manifest", {{"data/manifest.js", manifest}, {"data/tweets.js", "x"}}, Confidence::certain},
        {"whole_archive",
                   {{"twitter-2026/Your archive.html", "x"},
                    {"twitter-2026/assets/a.js", "x"},
                    {"twitter-2026/data/manifest.js", manifest},
                    {"twitter-2026/data/tweets_media/a.jpg", "x"}},
                   Confidence::certain},
        {"one_file_alone", {{"community-tweet.js", assigned("community_tweet", "")}}, Confidence::certain},
        {"no_data_folder", {{"account.js", assigned("account", "")}}, Confidence::certain},
        {"part_of_a_large_file", {{"data/direct-messages-part1.js", assigned("direct_messages", "")}}, Confidence::certain},
        {"a_script_of_that_name", {{"account.js", "const account = 1;"}}, std::nullopt},
        {"tweets_alone_are_no_group", {{"tweets.js", assigned("tweets", "")}}, std::nullopt},
        {"two_archives", {{"a/data/manifest.js", manifest}, {"b/data/manifest.js", manifest}}, std::nullopt},
        {"something_else_beside", {{"x/data/manifest.js", manifest}, {"y/result.json", "{}"}}, std::nullopt},
        {"nothing", {}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TwitterOpen, RefusesWhatIsNoArchive) {
    EXPECT_THROW((void)twitter_connector().open(MemorySource("x", {{"a.txt", "x"}}), {}), Error);
}

TEST(TwitterCommunities, AreKnownByWhatIWroteInThem) {
    const VectorSink sink =
        read_file("community-tweet.js",
                  assigned("community_tweet",
                           tweet("1") + "," + tweet("2", R"(,"in_reply_to_status_id_str":"1","in_reply_to_user_id_str":"41")") +
                               "," + tweet("3", "", "RT @ann: look")));
    const Group* group = sink.group("community:77");
    ASSERT_TRUE(group);
    EXPECT_EQ(group->kind, GroupKind::community);
    EXPECT_EQ(group->name, "");
    EXPECT_EQ(group->url, "https://x.com/i/communities/77");
    const Activity* post = sink.activity("community:77", "1");
    ASSERT_TRUE(post);
    EXPECT_EQ(post->kind, ActivityKind::post);
    EXPECT_EQ(post->text, "Hi & hello <3");
    EXPECT_EQ(post->when, (When{.at = parse_rfc3339("2023-01-07T12:30:42Z")->at}));
    EXPECT_TRUE(post->is_me);
    EXPECT_EQ(sink.activity("community:77", "2")->kind, ActivityKind::reply);
    EXPECT_EQ(sink.activity("community:77", "2")->parent, "1");
    EXPECT_TRUE(sink.activity("community:77", "2")->parent_is_me);
    EXPECT_EQ(sink.activity("community:77", "3")->kind, ActivityKind::share);
    EXPECT_EQ(sink.coverage("community:77")->kind, CoverageKind::own_only);
    EXPECT_EQ(sink.count<Membership>(), 0u);
    EXPECT_TRUE(sink.warned("unnamed_group"));
    EXPECT_TRUE(sink.lacks_id("twitter.lack_communities"));
}

TEST(TwitterPosts, HaveTheirLinksPutBackAndTheirPicturesCounted) {
    const VectorSink sink = read_file(
        "community-tweet.js",
        assigned(
            "community_tweet",
            tweet("1",
                  R"(,"entities":{"urls":[{"url":"https://t.co/a","expanded_url":"https://example.org/long"}],"media":[{}]},)"
                  R"("extended_entities":{"media":[{},{}]},"edit_info":{"initial":{"editTweetIds":["1","2"]}})",
                  "See https://t.co/a")));
    const Activity* found = sink.activity("community:77", "1");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text, "See https://example.org/long");
    EXPECT_EQ(found->attachments, 2u);
    EXPECT_TRUE(found->edited);
}

TEST(TwitterPosts, KeepIdsLargerThanNumbersInScripts) {
    EXPECT_TRUE(read_file("community-tweet.js", assigned("community_tweet", tweet("1611701861727313922")))
                    .activity("community:77", "1611701861727313922"));
}

TEST(TwitterPosts, OfOldArchivesHaveNoWrapperAndMalformedOnesAreRefused) {
    const VectorSink sink = read_file(
        "community-tweet.js",
        assigned(
            "community_tweet",
            R"({"id":"5","community_id":"78","created_at":"Sat Jan 07 12:30:42 +0000 2023","text":"x"},{"tweet":{}},7,)"
            R"({"tweet":{"id_str":"6","created_at":"yesterday"}},{"tweet":{"id_str":"7","created_at":"Thu Jan 01 00:00:00 +0000 1970"}},)"
            R"({"tweet":{"id_str":"8","created_at":"Sat Jan 07 12:30:42 +0000 2997"}})"));
    EXPECT_TRUE(sink.activity("community:78", "5"));
    EXPECT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(reasons(sink), (std::vector<std::string>{"twitter.no_id", "twitter.no_id", "twitter.bad_date",
                                                       "twitter.impossible_date", "twitter.impossible_date"}));
}

TEST(TwitterPlaces, AreBytesOfTheFileAndNotOfTheJson) {
    const std::string text = assigned("community_tweet", tweet("1"));
    const VectorSink sink = read_file("community-tweet.js", text);
    const auto found =
        std::ranges::find_if(sink.accepted, [](const auto& each) { return std::holds_alternative<Activity>(each.record); });
    ASSERT_NE(found, sink.accepted.end());
    ASSERT_TRUE(found->where.offset);
    EXPECT_EQ(text.substr(*found->where.offset, 9), R"({"tweet":)");
}

TEST(TwitterGroupConversations, HaveEventsWithDates) {
    const VectorSink sink = read_file(
        "direct-messages-group.js",
        assigned(
            "direct_messages_group",
            conversation(
                "900",
                R"({"conversationNameUpdate":{"initiatingUserId":"50","name":"New name","createdAt":"2023-03-01T10:00:00.000Z"}},)" +
                    message(
                        "m2", "41",
                        R"(,"reactions":[{"senderId":"50","reactionKey":"agree","eventId":"e1","createdAt":"2023-02-01T10:05:00.000Z"}])") +
                    "," + message("m1", "50") +
                    R"(,{"participantsLeave":{"userIds":["51","41"],"createdAt":"2023-04-01T10:00:00.000Z"}},)"
                    R"({"participantsJoin":{"initiatingUserId":"50","userIds":["51"],"createdAt":"2023-01-02T10:00:00.000Z"}},)"
                    R"({"conversationNameUpdate":{"initiatingUserId":"50","name":"Old name","createdAt":"2023-01-01T11:00:00.000Z"}},)"
                    R"({"joinConversation":{"initiatingUserId":"50","participantsSnapshot":["50","41"],"createdAt":"2023-01-01T10:00:00.000Z"}},)"
                    R"({"somethingNew":{}})")));
    EXPECT_EQ(sink.group("dm:900")->name, "New name");
    EXPECT_EQ(sink.group("dm:900")->kind, GroupKind::group_chat);
    EXPECT_FALSE(sink.activity("dm:900", "m1")->is_me);
    EXPECT_EQ(sink.activity("dm:900", "m1")->author.key, "50");
    EXPECT_TRUE(sink.activity("dm:900", "m2")->is_me);
    const Activity* reaction = sink.activity("dm:900", "r:m2:50:agree");
    ASSERT_TRUE(reaction);
    EXPECT_EQ(reaction->parent, "m2");
    EXPECT_TRUE(reaction->parent_is_me);
    std::vector<std::string> found;
    for (const Membership& each : sink.all<Membership>())
        found.push_back((each.is_me ? "me" : each.person.key) + " " + std::string(to_string(each.event)) + " " +
                        format_rfc3339(each.at->at).substr(0, 10) + " " + each.origin);
    EXPECT_EQ(found,
              (std::vector<std::string>{"51 left 2023-04-01 participantsLeave", "me left 2023-04-01 participantsLeave",
                                        "51 joined 2023-01-02 participantsJoin", "me joined 2023-01-01 joinConversation"}));
    EXPECT_EQ(sink.ignored_for("service_message"), 2u);
    EXPECT_EQ(sink.ignored_for("unknown_event"), 1u);
    EXPECT_EQ(sink.coverage("dm:900")->kind, CoverageKind::full);
    EXPECT_EQ(sink.coverage("dm:900")->begin, parse_rfc3339("2023-02-01T10:00:00Z")->at);
    EXPECT_EQ(sink.coverage("dm:900")->end, parse_rfc3339("2026-10-30T10:11:12Z")->at);
}

TEST(TwitterDirectConversations, AreNamedAfterTheOtherWhereSomePostMentionsThem) {
    const VectorSink sink =
        read(
            {{"data/manifest.js", manifest},
             {"data/community-tweet.js",
              assigned(
                  "community_tweet",
                  tweet(
                      "1",
                      R"(,"entities":{"user_mentions":[{"id_str":"50","screen_name":"ann","name":"Ann"},{"id_str":"-1","screen_name":"x","name":"X"}]})"))},
             {"data/direct-messages.js",
              assigned(
                  "direct_messages",
                  conversation(
                      "41-50",
                      message("m1", "50",
                              R"(,"urls":[{"url":"https://t.co/a","expanded":"https://example.org/a"}],"mediaUrls":["x"])")) +
                      "," + conversation("41-60", message("m2", "41")))}})
            .sink;
    EXPECT_EQ(sink.group("dm:41-50")->kind, GroupKind::direct);
    EXPECT_EQ(sink.group("dm:41-50")->name, "Ann");
    EXPECT_EQ(sink.group("dm:41-60")->name, "60");
    const Activity* found = sink.activity("dm:41-50", "m1");
    EXPECT_EQ(found->author, (Person{"50", "Ann"}));
    EXPECT_EQ(found->links, std::vector<std::string>{"https://example.org/a"});
    EXPECT_EQ(found->attachments, 1u);
    EXPECT_EQ(sink.coverage("dm:41-60")->kind, CoverageKind::names_only);
}

TEST(TwitterConversations, WithoutIdAreRefused) {
    EXPECT_EQ(reasons(read_file("direct-messages-group.js",
                                assigned("x", R"({"dmConversation":{"messages":[)" + message("m", "41") + "]}}"))),
              std::vector<std::string>{"twitter.no_conversation"});
}

TEST(TwitterLists, SayWhoMadeThemAndWhetherIReadThem) {
    const VectorSink sink =
        read(
            {{"data/manifest.js", manifest},
             {"data/lists-created.js",
              assigned("lists_created", R"({"userListInfo":{"url":"https://twitter.com/mira_e/lists/11"}})")},
             {"data/lists-subscribed.js",
              assigned("lists_subscribed",
                       R"({"userListInfo":{"urls":["https://x.com/i/lists/12","https://twitter.com/ann/lists/birds"]}})")},
             {"data/lists-member.js",
              assigned(
                  "lists_member",
                  R"({"userListInfo":{"url":"https://twitter.com/bob/lists/13"}},{"userListInfo":{"url":"https://twitter.com/bob"}},{})")}})
            .sink;
    EXPECT_EQ(sink.group("list:birds")->name, "ann/birds");
    EXPECT_EQ(sink.group("list:12")->name, "");
    EXPECT_EQ(sink.group("list:13")->kind, GroupKind::list);
    std::vector<std::string> found;
    for (const Membership& each : sink.all<Membership>())
        found.push_back(each.group + " " + std::string(to_string(each.event)) + " " + std::string(to_string(each.role)) + " " +
                        each.origin);
    std::ranges::sort(found);
    EXPECT_EQ(found, (std::vector<std::string>{"list:11 member owner lists_created", "list:12 member  lists_subscribed",
                                               "list:13 unknown  lists_member", "list:birds member  lists_subscribed"}));
    EXPECT_EQ(reasons(sink), (std::vector<std::string>{"twitter.no_list", "twitter.no_list"}));
    EXPECT_EQ(sink.coverage("list:11")->kind, CoverageKind::names_only);
}

TEST(TwitterFollowing, AreContactsByNumber) {
    const auto contacts =
        read_file(
            "following.js",
            assigned("following", R"({"following":{"accountId":"50","userLink":"https://twitter.com/intent/user?user_id=50"}})"))
            .all<Contact>();
    ASSERT_EQ(contacts.size(), 1u);
    EXPECT_EQ(contacts[0].person, (Person{"50", ""}));
    EXPECT_EQ(contacts[0].circle, "follow");
}

TEST(TwitterOtherFiles, AreIgnoredForAReason) {
    const VectorSink sink = read({{"data/manifest.js", manifest},
                                  {"data/tweets.js", "x"},
                                  {"data/tweets-part1.js", "x"},
                                  {"data/like.js", "x"},
                                  {"data/follower.js", "x"},
                                  {"data/direct-message-headers.js", "x"}})
                                .sink;
    const std::map<std::string, std::uint64_t, std::less<>> expected{
        {"timeline", 2}, {"like", 1}, {"follower", 1}, {"header_copy", 1}};
    EXPECT_EQ(sink.ignored, expected);
}

TEST(TwitterFiles, ThatBreakOffKeepWhatStandsBefore) {
    const VectorSink sink = read_file("direct-messages-group.js",
                                      "window.YTD.x.part0 = [" + conversation("900", message("m1", "50")).substr(0, 190) + ",");
    const VectorSink whole = read_file("direct-messages-group.js",
                                       "window.YTD.x.part0 = [" + conversation("900", message("m1", "50")) + R"(,{"dmConv)");
    EXPECT_EQ(whole.count<Activity>(), 1u);
    EXPECT_EQ(whole.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected.size(), 1u);
}

TEST(TwitterOwner, IsTheAccountOfTheArchive) {
    const Reading reading = read(
        {{"data/account.js",
          assigned(
              "account",
              R"({"account":{"accountId":"41","username":"mira_e","accountDisplayName":"Mira","email":"m@example.org"}})")}});
    EXPECT_EQ(reading.owner.person, (Person{"41", "Mira"}));
    EXPECT_TRUE(reading.owner.from_export);
    EXPECT_EQ(reading.exported_at, parse_rfc3339("2026-10-29T23:59:59Z")->at);
    ASSERT_EQ(reading.sink.count<Account>(), 1u);
    EXPECT_EQ(reading.sink.all<Account>()[0].handle, "mira_e");
}

TEST(TwitterOwner, IsTheOnlyOneInEveryConversationOfTwo) {
    const std::string three = conversation("50-41", message("a", "50")) + "," + conversation("41-60", message("b", "60")) + "," +
                              conversation("70-41", message("c", "70"));
    EXPECT_EQ(read({{"direct-messages.js", assigned("direct_messages", three)}}).owner.person->key, "41");
    const Reading doubtful =
        read({{"direct-messages.js", assigned("direct_messages", conversation("50-41", message("a", "50")))}});
    EXPECT_FALSE(doubtful.owner.person);
    ASSERT_EQ(doubtful.owner.candidates.size(), 1u);
    EXPECT_EQ(doubtful.owner.candidates[0].person.key, "50");
    ReadContext context = on("2026-11-21");
    context.me.ids = {"50"};
    EXPECT_EQ(read({{"direct-messages.js", assigned("direct_messages", conversation("50-41", message("a", "50")))}}, context)
                  .owner.person->key,
              "50");
}

TEST(TwitterOwner, OfOwnPostsAloneIsTheClient) {
    ReadContext context = on("2026-11-21");
    context.me.names = {"Mira Example"};
    const Reading reading = read({{"community-tweet.js", assigned("community_tweet", tweet("1"))}}, context);
    EXPECT_EQ(reading.owner.person->name, "Mira Example");
    EXPECT_FALSE(reading.owner.from_export);
    EXPECT_TRUE(reading.sink.all<Activity>().at(0).is_me);
    EXPECT_EQ(read({{"community-tweet.js", assigned("community_tweet", tweet("1"))}}).owner.person, (Person{"me", ""}));
}

TEST(TwitterOwner, IsWhoWasAskedForAgainstTheArchive) {
    ReadContext context = on("2026-11-21");
    context.me.ids = {"50"};
    context.me.forced = true;
    const Reading reading = read(
        {{"data/manifest.js", manifest}, {"data/direct-messages.js", assigned("x", conversation("50-41", message("a", "50")))}},
        context);
    EXPECT_EQ(reading.owner.person->key, "50");
    EXPECT_FALSE(reading.owner.from_export);
}

TEST(TwitterPartialArchives, SayThatPartsAreMissing) {
    std::string partial = manifest;
    partial.replace(partial.find("false"), 5, "true");
    EXPECT_TRUE(read({{"data/manifest.js", partial}}).sink.lacks_id("twitter.lack_parts"));
    EXPECT_FALSE(read({{"data/manifest.js", manifest}}).sink.lacks_id("twitter.lack_parts"));
}

}  // namespace twitter_test
}  // namespace secateur::test

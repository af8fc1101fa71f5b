// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "connectors/reddit/tables.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/record_text.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& reddit_connector();
}

namespace secateur::test {
namespace reddit_test {

using Files = std::map<std::string, std::string>;

const std::string statistics = "statistic,value\naccount name,mira_e\nexport time,2026-11-02 06:57:14 UTC\n";
const std::string posts = "id,permalink,date,ip,subreddit,gildings,title,url,body\n";
const std::string comments = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n";
const std::string votes = "id,permalink,direction\n";
const std::string messages = "id,permalink,thread_id,date,ip,from,to,subject,body\n";
const std::string chat =
    "message_id,created_at,updated_at,username,message,thread_parent_message_id,channel_url,subreddit,channel_name,"
    "conversation_type\n";
const std::string bees = "https://www.reddit.com/r/bees/comments/1abcd2/swarm/";

ReadContext on(std::string_view day) {
    ReadContext context;
    context.today = *parse_date(day);
    return context;
}
Reading read(Files files, const ReadContext& context = on("2026-11-21"), std::string label = "reddit") {
    return read_source(reddit_connector(), MemorySource(std::move(label), std::move(files)), context);
}
/// One table of the account mira_e.
VectorSink read_table(const std::string& name, std::string text, const ReadContext& context = on("2026-11-21")) {
    return read({{"statistics.csv", statistics}, {name, std::move(text)}}, context).sink;
}
Instant at(std::string_view text) { return parse_rfc3339(text)->at; }

struct DetectCase {
    const char* name;
    Files files;
    std::optional<Confidence> expected;
};
class RedditDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(RedditDetect, SaysWhatItIs) {
    const auto match = reddit_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Reddit, RedditDetect,
    testing::ValuesIn<DetectCase>({
        {"posts", {{"posts.csv", posts}, {"statistics.csv", statistics}}, Confidence::certain},
        {"votes_in_pieces", {{"post_votes_1.csv", votes}, {"post_votes_3.csv", votes}}, Confidence::certain},
        {"copied_file", {{"comments (1).csv", comments}}, Confidence::certain},
        {"byte_order_mark", {{"comments.csv", "\xEF\xBB\xBF" + comments}}, Confidence::certain},
        {"one_folder_above", {{"export_mira/posts.csv", posts}, {"export_mira/drafts.csv", "x"}}, Confidence::certain},
        {"semicolons", {{"post_votes.csv", "id;permalink;direction\n"}}, Confidence::certain},
        {"subscriptions_alone", {{"subscribed_subreddits.csv", "subreddit\nbees\n"}}, Confidence::likely},
        {"two_plain_tables",
                   {{"subscribed_subreddits.csv", "subreddit\n"}, {"statistics.csv", statistics}},
                   Confidence::certain},
        {"friends_alone", {{"friends.csv", "username,note\n"}}, std::nullopt},
        {"comments_of_youtube", {{"comments.csv", "Comment ID,Channel ID,Comment Text\n"}}, std::nullopt},
        {"messages_of_linkedin", {{"messages.csv", "CONVERSATION ID,FROM,TO,DATE\n"}}, std::nullopt},
        {"posts_of_a_spreadsheet", {{"posts.csv", "group,created_at,text\n"}}, std::nullopt},
        {"two_exports", {{"a/posts.csv", posts}, {"b/posts.csv", posts}}, std::nullopt},
        {"something_else_beside", {{"a/posts.csv", posts}, {"b/result.json", "{}"}}, std::nullopt},
        {"nothing", {}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(RedditOpen, RefusesTablesOfSomebodyElse) {
    EXPECT_THROW((void)reddit_connector().open(MemorySource("x", {{"posts.csv", "a,b\n1,2\n"}}), {}), Error);
}

TEST(RedditSubreddits, AreMembershipsWithoutADate) {
    const VectorSink sink = read({{"statistics.csv", statistics},
                                  {"subscribed_subreddits.csv", "subreddit\nBees\nr/garden\nu_mira_e\n"},
                                  {"moderated_subreddits.csv", "subreddit\nbees\n"},
                                  {"approved_submitter_subreddits.csv", "subreddit\nhives\n"}})
                                .sink;
    std::vector<std::string> found;
    for (const Membership& each : sink.all<Membership>()) {
        EXPECT_FALSE(each.at);
        found.push_back(each.group + "/" + std::string(to_string(each.event)) + "/" + std::string(to_string(each.role)) + "/" +
                        each.origin);
    }
    std::ranges::sort(found);
    EXPECT_EQ(found, (std::vector<std::string>{
                         "bees/member/member/subscribed_subreddits", "bees/member/moderator/moderated_subreddits",
                         "garden/member/member/subscribed_subreddits", "hives/unknown//approved_submitter_subreddits"}));
    EXPECT_EQ(sink.count<Group>(), 3u);
    EXPECT_EQ(sink.group("garden")->url, "https://www.reddit.com/r/garden/");
    EXPECT_EQ(sink.group("garden")->kind, GroupKind::forum);
    EXPECT_EQ(sink.ignored_for("user_profile"), 1u);
    EXPECT_EQ(sink.coverage("garden")->kind, CoverageKind::names_only);
}

TEST(RedditPosts, HaveTitleAndBodyAndThePostsAddressIsNoLink) {
    const VectorSink sink =
        read_table("posts.csv", posts + "1abcd2," + bees + ",2024-05-02 18:11:04 UTC,,bees,0,Swarm," + bees +
                                    ",\"Two boxes, \"\"not\"\" one.\nCome\"\n"
                                    "2b," +
                                    bees +
                                    ",2024-05-03 10:00:00 UTC,,bees,0,News,https://example.org/a,\n"
                                    "2c," +
                                    bees + ",2024-05-04 10:00:00 UTC,,bees,0,Photo,https://i.redd.it/a.jpg,\n");
    const Activity* first = sink.activity("bees", "t3_1abcd2");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->text, "Swarm\n\nTwo boxes, \"not\" one.\nCome");
    EXPECT_EQ(first->when->at, at("2024-05-02T18:11:04Z"));
    EXPECT_EQ(first->kind, ActivityKind::post);
    EXPECT_TRUE(first->is_me);
    EXPECT_TRUE(first->links.empty());
    EXPECT_EQ(sink.activity("bees", "t3_2b")->links, std::vector<std::string>{"https://example.org/a"});
    EXPECT_EQ(sink.activity("bees", "t3_2c")->attachments, 1u);
    EXPECT_EQ(sink.coverage("bees")->kind, CoverageKind::own_only);
}

TEST(RedditPosts, OnAProfileAreOfNoGroup) {
    const VectorSink sink = read_table(
        "posts.csv", posts + "1,https://www.reddit.com/user/mira_e/comments/1/hi/,2024-05-02 18:11:04 UTC,,u_mira_e,0,Hi,,\n");
    EXPECT_EQ(sink.count<Activity>(), 0u);
    EXPECT_EQ(sink.ignored_for("user_profile"), 1u);
}

struct CommentCase {
    const char* name;
    std::string cells;  // id to media
    ActivityKind kind;
    std::string parent, text;
    std::uint32_t attachments = 0;
};
class RedditComments : public testing::TestWithParam<CommentCase> {};
TEST_P(RedditComments, KnowWhatTheyAnswer) {
    const VectorSink sink = read_table("comments.csv", comments + GetParam().cells + "\n");
    const Activity* found = sink.activity("bees", "t1_k1");
    ASSERT_TRUE(found) << (sink.rejected.empty() ? "" : sink.rejected[0].problem.reason.id);
    EXPECT_EQ(found->kind, GetParam().kind);
    EXPECT_EQ(found->parent, GetParam().parent);
    EXPECT_EQ(found->text, GetParam().text);
    EXPECT_EQ(found->attachments, GetParam().attachments);
}
INSTANTIATE_TEST_SUITE_P(
    Reddit, RedditComments,
    testing::ValuesIn<CommentCase>({
        {"of_a_post", "k1,,2024-05-02 18:11:04 UTC,,bees,0," + bees + ",t3_1abcd2,Nice,",
                    ActivityKind::comment, "t3_1abcd2", "Nice"},
        {"of_a_comment", "k1,,2024-05-02 18:11:04 UTC,,bees,0," + bees + ",t1_k0,Nice,img",
                    ActivityKind::reply, "t1_k0", "Nice", 1},
        {"parent_not_said", "k1,,2024-05-02 18:11:04 UTC,,bees,0," + bees + ",,Nice,",
                    ActivityKind::comment, "t3_1abcd2", "Nice"},
        {"link_not_said_either", "k1," + bees + "k1/,2024-05-02 18:11:04 UTC,,,0,,,Nice,",
                    ActivityKind::comment, "t3_1abcd2", "Nice"},
        {"removed_text", "k1,,2024-05-02 18:11:04 UTC,,BEES,0," + bees + ",t3_1abcd2,[removed],",
                    ActivityKind::comment, "t3_1abcd2", ""},
        {"deleted_text", "k1,,2024-05-02 18:11:04 UTC,,bees,0," + bees + ",t3_1abcd2,[deleted],",
                    ActivityKind::comment, "t3_1abcd2", ""}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(RedditComments, OfOldExportsHaveOtherColumns) {
    const VectorSink sink =
        read_table("comments.csv",
                   "id,permalink,date,ip,subreddit,gildings,gildings_silver,gildings_supergold,link,parent,body\n"
                   "k1,,2019-05-02 18:11:04 UTC,,bees,0,0,0," +
                       bees + ",t1_k0,Hello\n");
    ASSERT_TRUE(sink.activity("bees", "t1_k1"));
    EXPECT_EQ(sink.activity("bees", "t1_k1")->text, "Hello");
}

struct DateCase {
    const char* name;
    std::string cell;
    std::string expected;  // "undated" or the id of the refusal
};
class RedditDates : public testing::TestWithParam<DateCase> {};
TEST_P(RedditDates, AreReadOrRefused) {
    const VectorSink sink = read_table("comments.csv", comments + "k1,," + GetParam().cell + ",,bees,0," + bees + ",,x,\n");
    if (sink.rejected.empty()) {
        const auto& when = sink.activity("bees", "t1_k1")->when;
        EXPECT_EQ(when ? format_rfc3339(when->at) : "undated", GetParam().expected);
    } else {
        EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().expected);
        EXPECT_EQ(sink.rejected[0].problem.where.line, 2u);
        EXPECT_EQ(sink.rejected[0].problem.where.record, 1u);
        EXPECT_EQ(sink.count<Activity>(), 0u);
    }
}
INSTANTIATE_TEST_SUITE_P(Reddit, RedditDates,
                         testing::ValuesIn<DateCase>({
        {"utc_in_words", "2024-05-02 18:11:04 UTC", "2024-05-02T18:11:04Z"},
        {"iso", "2024-05-02T18:11:04Z", "2024-05-02T18:11:04Z"},
        {"iso_offset", "2024-05-02T20:11:04+02:00", "2024-05-02T18:11:04Z"},
        {"empty", "", "undated"}, {"words", "registration ip", "undated"},
        {"no_such_month", "2024-13-02 18:11:04 UTC", "reddit.bad_date"},
        {"epoch", "1970-01-01 00:00:00 UTC", "reddit.impossible_date"},
        {"future", "2026-12-24 00:00:00 UTC", "reddit.impossible_date"}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(RedditVotes, TakeTheirSubredditFromTheAddressAndHaveNoDate) {
    const VectorSink sink =
        read({{"statistics.csv", statistics},
              {"post_votes_1.csv", votes + "1abcd2," + bees + ",up\n1b," + bees + ",none\n1c," + bees + ",removed\n"},
              {"post_votes_3.csv", votes + "1d,https://www.reddit.com/r/Bees/comments/1d/,down\n1e," + bees + ",sideways\n"},
              {"comment_votes.csv", votes + "k1," + bees + "k1/,up\nk2,https://www.reddit.com/user/x/comments/1/a/k2/,up\n"}})
            .sink;
    std::vector<std::string> found;
    for (const Activity& each : sink.all<Activity>()) {
        EXPECT_EQ(each.kind, ActivityKind::vote);
        EXPECT_EQ(each.group, "bees");
        EXPECT_FALSE(each.when);
        found.push_back(each.native_id + ">" + each.parent);
    }
    std::ranges::sort(found);
    EXPECT_EQ(found, (std::vector<std::string>{"v:t1_k1>t1_k1", "v:t3_1abcd2>t3_1abcd2", "v:t3_1d>t3_1d"}));
    EXPECT_EQ(sink.ignored_for("withdrawn_vote"), 2u);
    EXPECT_EQ(sink.ignored_for("user_profile"), 1u);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "reddit.bad_direction");
    EXPECT_EQ(sink.count<Group>(), 1u);
}

TEST(RedditHeaders, AreNotCountedTwice) {
    const std::string row = "1," + bees + ",2024-05-02 18:11:04 UTC,,bees,0";
    const VectorSink both = read({{"posts.csv", posts + row + ",Swarm,,\n"},
                                  {"post_headers.csv", "id,permalink,date,ip,subreddit,gildings\n" + row + "\n"}})
                                .sink;
    EXPECT_EQ(both.count<Activity>(), 1u);
    EXPECT_EQ(both.ignored_for("header_copy"), 1u);
    const VectorSink alone = read({{"post_headers.csv", "id,permalink,date,ip,subreddit,gildings\n" + row + "\n"}}).sink;
    ASSERT_EQ(alone.count<Activity>(), 1u);
    EXPECT_EQ(alone.all<Activity>()[0].text, "");
    EXPECT_EQ(alone.ignored_for("header_copy"), 0u);
}

TEST(RedditOtherFiles, AreIgnoredForAReason) {
    const VectorSink sink = read({{"posts.csv", posts},
                                  {"ip_logs.csv", "date,ip\n"},
                                  {"subscriptions.csv", "a\n"},
                                  {"account_gender.csv", "account_gender\n"},
                                  {"saved_posts.csv", "id,permalink\n"},
                                  {"hidden_posts.csv", "id,permalink\n"},
                                  {"multireddits.csv", "id\n"},
                                  {"poll_votes.csv", "post_id\n"},
                                  {"drafts.csv", "id\n"},
                                  {"brand_new.csv", "x\n"}})
                                .sink;
    const std::map<std::string, std::uint64_t, std::less<>> expected{
        {"private", 3}, {"saved", 1}, {"hidden", 1}, {"multireddit", 1}, {"poll_vote", 1}, {"draft", 1}, {"other_file", 1}};
    EXPECT_EQ(sink.ignored, expected);
    EXPECT_TRUE(sink.rejected.empty());
}

TEST(RedditMessages, AreConversationsOfTwo) {
    const VectorSink sink =
        read_table("messages_archive.csv", messages +
                                               "m1,,,2024-05-02 18:11:04 UTC,,otter,mira_e,hives,Hello\n"
                                               "m2,,m1,2024-05-02 18:12:04 UTC,,Mira_E,otter,re: hives,\n"
                                               "m3,,,2024-05-02 18:13:04 UTC,,AutoModerator,mira_e,Welcome,Rules\n"
                                               "m4,,,2024-05-02 18:14:04 UTC,,mira_e,/r/bees,question,Hi\n"
                                               "m5,,,2024-05-02 18:14:04 UTC,,,,,\n");
    const Activity* received = sink.activity("dm:otter", "m1");
    const Activity* sent = sink.activity("dm:otter", "m2");
    ASSERT_TRUE(received && sent);
    EXPECT_FALSE(received->is_me);
    EXPECT_EQ(received->author.name, "otter");
    EXPECT_TRUE(sent->is_me);
    EXPECT_EQ(sent->parent, "m1");
    EXPECT_EQ(sent->text, "re: hives");
    EXPECT_EQ(sink.group("dm:otter")->kind, GroupKind::direct);
    EXPECT_EQ(sink.coverage("dm:otter")->kind, CoverageKind::full);
    EXPECT_TRUE(sink.activity("dm:automoderator", "m3")->automatic);
    EXPECT_EQ(sink.coverage("dm:automoderator")->kind, CoverageKind::own_only);
    EXPECT_TRUE(sink.activity("dm:bees", "m4"));
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "reddit.nobody");
}

TEST(RedditChat, IsDirectOrOfManyAsStatedElseByItsPeople) {
    const VectorSink sink = read_table("chat_history.csv", chat +
                                                               "c1,2024-05-02 18:11:04 UTC,,otter,Hi,,room-1,,,direct\n"
                                                               "c2,2024-05-02 18:12:04 UTC,,mira_e,Hello,c1,room-1,,,direct\n"
                                                               "c3,2024-05-02 18:13:04 UTC,,otter,Hi,,room-2,bees,The hive,\n"
                                                               "c4,2024-05-02 18:14:04 UTC,,a,1,,room-3,,,\n"
                                                               "c5,2024-05-02 18:15:04 UTC,,b,2,,room-3,,,\n"
                                                               "c6,2024-05-02 18:16:04 UTC,,mira_e,3,,room-3,,,\n"
                                                               "c7,2024-05-02 18:16:04 UTC,,mira_e,3,,,,,\n");
    EXPECT_EQ(sink.group("chat:room-1")->kind, GroupKind::direct);
    EXPECT_EQ(sink.group("chat:room-1")->name, "otter");
    EXPECT_EQ(sink.group("chat:room-2")->kind, GroupKind::group_chat);
    EXPECT_EQ(sink.group("chat:room-2")->name, "The hive");
    EXPECT_EQ(sink.group("chat:room-3")->kind, GroupKind::group_chat);
    EXPECT_EQ(sink.group("chat:room-3")->name, "a, b");
    EXPECT_EQ(sink.activity("chat:room-1", "c2")->kind, ActivityKind::reply);
    EXPECT_EQ(sink.activity("chat:room-1", "c2")->parent, "c1");
    EXPECT_EQ(sink.coverage("chat:room-3")->kind, CoverageKind::full);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "reddit.no_channel");
}

TEST(RedditFriends, AreContacts) {
    const auto contacts = read_table("friends.csv", "username,note\notter,from the club\n").all<Contact>();
    ASSERT_EQ(contacts.size(), 1u);
    EXPECT_EQ(contacts[0].person.key, "otter");
    EXPECT_EQ(contacts[0].circle, "follow");
}

TEST(RedditRows, ThatAreCutOrOfAnotherWidthAreRefusedAndTheNextIsRead) {
    const VectorSink sink =
        read_table("post_votes.csv", votes + "1," + bees + "\n2," + bees + ",up\n3," + bees + ",up,,\n4," + bees + ",\"up\n");
    EXPECT_EQ(sink.count<Activity>(), 2u);
    ASSERT_EQ(sink.rejected.size(), 2u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "csv.row_width");
    EXPECT_EQ(sink.rejected[0].problem.where.line, 2u);
    EXPECT_EQ(sink.rejected[1].problem.reason.id, "csv.unclosed_quote");
}

TEST(RedditRows, WithoutIdAreRefused) {
    const VectorSink sink = read_table("post_votes.csv", votes + "," + bees + ",up\n");
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "reddit.no_id");
}

TEST(RedditTables, WithOtherColumnsAreToldAndNotRead) {
    const VectorSink sink = read({{"posts.csv", posts}, {"comments.csv", "Comment ID,Channel ID\n1,2\n"}}).sink;
    EXPECT_TRUE(sink.warned("unknown_header"));
    EXPECT_TRUE(sink.rejected.empty());
}

TEST(RedditOwner, IsTheAccountOfTheStatistics) {
    const Reading reading = read({{"statistics.csv", statistics}, {"posts.csv", posts}});
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->name, "mira_e");
    EXPECT_TRUE(reading.owner.from_export);
    EXPECT_EQ(reading.exported_at, at("2026-11-02T06:57:14Z"));
    const auto accounts = reading.sink.all<Account>();
    ASSERT_EQ(accounts.size(), 1u);
    EXPECT_EQ(accounts[0].handle, "mira_e");
    EXPECT_EQ(accounts[0].evidence, "account.from_export");
}

TEST(RedditOwner, IsInTheNameOfTheArchive) {
    const Reading reading = read({{"posts.csv", posts}}, on("2026-11-21"), "export_mira_e_20261030.zip");
    EXPECT_EQ(reading.owner.person->key, "mira_e");
    EXPECT_EQ(reading.exported_at, at("2026-10-30T23:59:59Z"));
}

TEST(RedditOwner, IsTheOnlyOneInEveryConversation) {
    const Reading reading =
        read({{"messages.csv", messages + "1,,,2024-05-02 18:11:04 UTC,,a,me_too,,x\n2,,,2024-05-02 18:11:04 UTC,,me_too,b,,x\n"
                                          "3,,,2024-05-02 18:11:04 UTC,,c,me_too,,x\n"}});
    EXPECT_EQ(reading.owner.person->name, "me_too");
    EXPECT_TRUE(reading.owner.from_export);
}

TEST(RedditOwner, IsAskedForWhereOneConversationLeavesDoubt) {
    const Reading reading = read({{"messages.csv", messages + "1,,,2024-05-02 18:11:04 UTC,,a,b,,x\n"}});
    EXPECT_FALSE(reading.owner.person);
    ASSERT_EQ(reading.owner.candidates.size(), 2u);
    EXPECT_EQ(reading.owner.candidates[0].person.name, "a");
    EXPECT_FALSE(reading.sink.all<Activity>().at(0).is_me);
    EXPECT_EQ(reading.sink.all<Activity>()[0].group, "dm:a+b");
    ReadContext context = on("2026-11-21");
    context.me.handles = {"B"};
    EXPECT_EQ(read({{"messages.csv", messages + "1,,,2024-05-02 18:11:04 UTC,,a,b,,x\n"}}, context).owner.person->name, "b");
}

TEST(RedditOwner, OfTablesThatHoldOnlyOnesOwnActsIsTheClient) {
    ReadContext context = on("2026-11-21");
    context.me.names = {"Mira Example"};
    const Reading reading = read({{"post_votes.csv", votes + "1," + bees + ",up\n"}}, context);
    EXPECT_EQ(reading.owner.person->name, "Mira Example");
    EXPECT_FALSE(reading.owner.from_export);
    EXPECT_TRUE(reading.sink.all<Activity>().at(0).is_me);
}

TEST(RedditOwner, IsWhoWasAskedFor) {
    ReadContext context = on("2026-11-21");
    context.me.handles = {"otter"};
    context.me.forced = true;
    const Reading reading = read(
        {{"statistics.csv", statistics}, {"messages.csv", messages + "1,,,2024-05-02 18:11:04 UTC,,otter,mira_e,,x\n"}}, context);
    EXPECT_EQ(reading.owner.person->name, "otter");
    EXPECT_FALSE(reading.owner.from_export);
    EXPECT_TRUE(reading.sink.all<Activity>().at(0).is_me);
}

TEST(RedditLacks, SayWhatRedditKeepsBack) {
    const VectorSink sink = read({{"posts.csv", posts}}).sink;
    EXPECT_TRUE(sink.lacks_id("reddit.lack_others"));
    EXPECT_TRUE(sink.lacks_id("reddit.lack_dates"));
    EXPECT_EQ(sink.coverage("")->kind, CoverageKind::own_only);
}

struct PermalinkCase {
    const char* name;
    std::string url, subreddit, post;
    bool of_user;
};
class RedditPermalinks : public testing::TestWithParam<PermalinkCase> {};
TEST_P(RedditPermalinks, TellSubredditAndPost) {
    const reddit::Permalink link = reddit::parse_permalink(GetParam().url);
    EXPECT_EQ(link.subreddit, GetParam().subreddit);
    EXPECT_EQ(link.post, GetParam().post);
    EXPECT_EQ(link.of_user, GetParam().of_user);
}
INSTANTIATE_TEST_SUITE_P(
    Reddit, RedditPermalinks,
    testing::ValuesIn<PermalinkCase>({
        {"whole", bees, "bees", "1abcd2", false},
        {"bare", "/r/bees/comments/1abcd2/swarm/k1/?context=3", "bees", "1abcd2", false},
        {"old", "http://old.reddit.com/r/bees/comments/1abcd2", "bees", "1abcd2", false},
        {"profile", "https://www.reddit.com/user/x/comments/1/a/", "", "1", true},
        {"profile_as_subreddit", "https://www.reddit.com/r/u_x/comments/1/a/", "u_x", "1", true},
        {"elsewhere", "https://example.org/", "", "", false}, {"empty", "", "", "", false}}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace reddit_test
}  // namespace secateur::test

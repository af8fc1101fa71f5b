// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "connectors/youtube/tables.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& youtube_connector();
}

namespace secateur::test {
namespace youtube_test {

using Files = std::map<std::string, std::string>;

const std::string channel = "UCexample000000000000001";
const std::string mine = "UCmine00000000000000001a";
const std::string subscriptions = "Channel Id,Channel Url,Channel Title\n" + channel + ",http://www.youtube.com/channel/" +
                                  channel + ",\"Bees, \"\"twice\"\"\"\n";
const std::string id = "UgxAbCdEfGhIjKlMnOpQrS4AaABAg";
const std::string after_2024 = "Channel ID,Comment Create Timestamp,Price,Comment ID,Parent Comment ID,Video ID,Comment Text\r\n";
const std::string after_2025 =
    "Comment ID,Channel ID,Comment create timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment text,Top-Level Comment "
    "ID\r\n";
const std::string folder = "Takeout/YouTube et YouTube\u00A0Music/";

ReadContext on(std::string_view day) {
    ReadContext context;
    context.today = *parse_date(day);
    return context;
}
Reading read(Files files, const ReadContext& context = on("2026-11-21"), std::string label = "takeout-20261030T101112Z-001.zip") {
    return read_source(youtube_connector(), MemorySource(std::move(label), std::move(files)), context);
}

struct DetectCase {
    const char* name;
    Files files;
    std::optional<Confidence> expected;
};
class YouTubeDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(YouTubeDetect, SaysWhatItIs) {
    const auto match = youtube_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}
INSTANTIATE_TEST_SUITE_P(
    YouTube, YouTubeDetect,
    testing::ValuesIn<DetectCase>({
        {"english", {{folder + "subscriptions/subscriptions.csv", subscriptions}}, Confidence::certain},
        {"french_and_its_videos",
                   {{folder + "abonnements/abonnements.csv", "ID des chaînes,URL des chaînes,Titres des chaînes\n"},
                    {folder + "vidéos/film.mp4", "x"},
                    {"Takeout/archive_browser.html", "x"}},
                   Confidence::certain},
        {"renamed", {{"mes chaines.csv", subscriptions}}, Confidence::certain},
        {"comments_alone", {{"comments(1).csv", after_2024}}, Confidence::certain},
        {"unknown_language",
                   {{"tilaukset.csv",
                     "Kanavan tunnus,Kanavan URL,Nimi\n" + channel + ",http://www.youtube.com/channel/" + channel + ",X\n"}},
                   Confidence::certain},
        {"saved_by_a_spreadsheet",
                   {{"subscriptions.csv",
                     "\xEF\xBB\xBF"
                     "a;b;c\r" +
                         channel + ";https://www.youtube.com/channel/" + channel + ";X\r"}},
                   Confidence::certain},
        {"other_products_beside",
                   {{folder + "subscriptions/subscriptions.csv", subscriptions}, {"Takeout/Google Chat/a.json", "x"}},
                   std::nullopt},
        {"comments_of_reddit",
                   {{"comments.csv", "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n"}},
                   std::nullopt},
        {"payments_of_reddit", {{"subscriptions.csv", "subscription_id,cost\n1,2\n"}}, std::nullopt},
        {"names_that_say_too_much",
                   {{"a.csv", "x\n"}, {"b.csv", "x\n"}, {"c.csv", "x\n"}, {"comments.csv", "x\n"}, {"subscriptions.csv", "y\n"}},
                   std::nullopt},
        {"nothing", {}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(YouTubeOpen, RefusesTablesOfSomebodyElse) {
    EXPECT_THROW((void)youtube_connector().open(MemorySource("x", {{"subscriptions.csv", "a,b\n"}}), {}), Error);
}

TEST(YouTubeSubscriptions, AreChannelsFollowedWithoutADate) {
    const Reading reading = read({{"subscriptions.csv", subscriptions + "not a channel,x,y\n" + channel + ",u,Bees\n"}});
    const Group* group = reading.sink.group(channel);
    ASSERT_TRUE(group);
    EXPECT_EQ(group->name, "Bees, \"twice\"");
    EXPECT_EQ(group->kind, GroupKind::channel);
    EXPECT_EQ(group->url, "https://www.youtube.com/channel/" + channel);
    EXPECT_EQ(reading.sink.count<Group>(), 1u);
    const auto memberships = reading.sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 2u);
    EXPECT_EQ(memberships[0].event, MembershipEvent::member);
    EXPECT_FALSE(memberships[0].at);
    EXPECT_EQ(reading.sink.coverage(channel)->kind, CoverageKind::names_only);
    EXPECT_EQ(reading.sink.coverage(channel)->end, parse_rfc3339("2026-10-30T10:11:12Z")->at);
    ASSERT_EQ(reading.sink.rejected.size(), 1u);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, "youtube.no_channel");
    EXPECT_EQ(reading.sink.rejected[0].problem.where.line, 3u);
    EXPECT_TRUE(reading.sink.lacks_id("youtube.lack_dates"));
    EXPECT_FALSE(reading.sink.lacks_id("youtube.lack_channels"));
}

struct CommentCase {
    const char* name;
    std::string table;
    std::string text = "Thanks";
    std::string written_id = id;
};
class YouTubeComments : public testing::TestWithParam<CommentCase> {};
TEST_P(YouTubeComments, AreMineAndOfNoKnownChannel) {
    const Reading reading = read({{folder + "comments/comments.csv", GetParam().table}});
    const Activity* found = reading.sink.activity("", GetParam().written_id);
    ASSERT_TRUE(found) << (reading.sink.rejected.empty() ? "" : reading.sink.rejected[0].problem.reason.id);
    EXPECT_EQ(found->kind, GetParam().written_id == id ? ActivityKind::comment : ActivityKind::reply);
    EXPECT_EQ(found->parent, GetParam().written_id == id ? "" : id);
    EXPECT_EQ(found->text, GetParam().text);
    EXPECT_EQ(found->when, (When{.at = parse_rfc3339("2023-09-19T17:42:53Z")->at}));
    EXPECT_TRUE(found->is_me);
    EXPECT_EQ(found->author.key, mine);
    EXPECT_EQ(found->links, std::vector<std::string>{"https://www.youtube.com/watch?v=dQw4w9WgXcQ"});
    EXPECT_EQ(reading.owner.person->key, mine);
    EXPECT_TRUE(reading.sink.lacks_id("youtube.lack_channels"));
    EXPECT_TRUE(reading.sink.rejected.empty());
}
const std::string reply = id + ".9zYxWvUtSrQ";
INSTANTIATE_TEST_SUITE_P(
    YouTube, YouTubeComments,
    testing::ValuesIn<CommentCase>({
        {"until_2024",
                    "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n" + id + "," +
                        mine +
                        ",2023-09-19T17:42:53.434647+00:00,0,,dQw4w9WgXcQ,\"{\"\"takeoutSegments\"\":[{\"\"text\"\":\"\"Tha\"\"},"
                        "{\"\"text\"\":\"\"nks\"\"}]}\"\n"},
        {"after_2024",
                    after_2024 + mine + ",2023-09-19T17:42:53Z,0," + id +
                        ",,dQw4w9WgXcQ,\"{\"\"text\"\":\"\"Thanks\"\"},{\"\"text\"\":\"\"\\n\"\"},{\"\"text\"\":\"\"all\"\"}"
                        "\"\r\n\r\n\r\n",
                    "Thanks\nall"},
        {"reply",
                    after_2024 + mine + ",2023-09-19T17:42:53Z,0," + reply + "," + id +
                        ",dQw4w9WgXcQ,\"{\"\"text\"\":\"\"Thanks\"\"}\"\r\n",
                    "Thanks", reply},
        {"after_2025", after_2025 + id + "," + mine +
                                      ",2023-09-19T17:42:53Z,0,,,dQw4w9WgXcQ,\"{\"\"text\"\":\"\"Thanks\"\"}\",\r\n"},
        {"plain_text", after_2024 + mine + ",2023-09-19 17:42:53 UTC,0," + id + ",,dQw4w9WgXcQ,Thanks\r\n"},
        {"dutch", "Reactie-ID,Kanaal-ID,Aanmaaktijdstempel reactie,Prijs,Video-ID,Reactietekst\n" + id + "," + mine +
                                 ",2023-09-19T17:42:53Z,0,dQw4w9WgXcQ,\"{\"\"text\"\":\"\"Thanks\"\"}\"\n"},
        {"a_language_unknown_here",
                    "Kanavan tunnus,Aikaleima,Hinta,Ylempi,Viesti,Kommentin tunnus,Video,Teksti\n" + mine +
                        ",2023-09-19T17:42:53Z,0," + id + ",UgkxPost00000000000000000000," + reply +
                        ",dQw4w9WgXcQ,\"{\"\"text\"\":\"\"Thanks\"\"}\"\n",
                    "Thanks", reply}}),
    [](const auto& test) { return std::string(test.param.name); });

struct RefusalCase {
    const char* name;
    std::string row, reason;
};
class YouTubeRefusals : public testing::TestWithParam<RefusalCase> {};
TEST_P(YouTubeRefusals, NameTheReasonAndReadOn) {
    const VectorSink sink = read({{"comments.csv", after_2024 + GetParam().row + "\r\n" + mine + ",2023-09-19T17:42:53Z,0," + id +
                                                       ",,dQw4w9WgXcQ,Hi\r\n"}})
                                .sink;
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.count<Activity>(), 1u);
}
INSTANTIATE_TEST_SUITE_P(
    YouTube, YouTubeRefusals,
    testing::ValuesIn<RefusalCase>({
        {"no_id", mine + ",2023-09-19T17:42:53Z,0,,,dQw4w9WgXcQ,Hi", "youtube.no_id"},
        {"no_date", mine + ",yesterday,0,Ug1,,dQw4w9WgXcQ,Hi", "youtube.bad_date"},
        {"epoch", mine + ",1970-01-01T00:00:00Z,0,Ug1,,dQw4w9WgXcQ,Hi", "youtube.impossible_date"},
        {"future", mine + ",2027-01-01T00:00:00Z,0,Ug1,,dQw4w9WgXcQ,Hi", "youtube.impossible_date"},
        {"too_short", mine + ",2023-09-19T17:42:53Z", "csv.row_width"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(YouTubeComments, WithoutADateAreUndated) {
    const VectorSink sink = read({{"comments.csv", after_2024 + mine + ",,0," + id + ",,dQw4w9WgXcQ,Hi\r\n"}}).sink;
    ASSERT_EQ(sink.count<Activity>(), 1u);
    EXPECT_FALSE(sink.all<Activity>()[0].when);
}

TEST(YouTubeLiveChats, AreMessagesThatAnswerNothing) {
    const VectorSink sink = read({{folder + "live chats/live chats.csv",
                                   "Live Chat ID,Channel ID,Live Chat Create Timestamp,Price,Video ID,Live Chat Text\n"
                                   "ChwKGkNa.x," +
                                       mine + ",2023-09-19T17:42:53Z,0,dQw4w9WgXcQ,\"{\"\"text\"\":\"\"Hi\"\"}\"\n"}})
                                .sink;
    ASSERT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(sink.all<Activity>()[0].kind, ActivityKind::message);
    EXPECT_EQ(sink.all<Activity>()[0].parent, "");
}

TEST(YouTubeOwner, OfSubscriptionsAloneIsTheClient) {
    ReadContext context = on("2026-11-21");
    context.me.names = {"Mira Example"};
    const Reading reading = read({{"subscriptions.csv", subscriptions}}, context);
    EXPECT_EQ(reading.owner.person->name, "Mira Example");
    EXPECT_FALSE(reading.owner.from_export);
    EXPECT_EQ(read({{"subscriptions.csv", subscriptions}}).sink.count<Account>(), 0u);
}

TEST(YouTubeOwner, MayHaveTwoChannels) {
    const std::string brand = "UCbrand0000000000000001a";
    const Reading reading = read({{"comments.csv", after_2024 + mine + ",2023-09-19T17:42:53Z,0," + id + ",,dQw4w9WgXcQ,Hi\r\n" +
                                                       brand + ",2023-09-19T17:42:53Z,0," + reply + ",,dQw4w9WgXcQ,Hi\r\n"}});
    EXPECT_EQ(reading.owner.person->key, brand);
    ASSERT_EQ(reading.owner.also.size(), 1u);
    EXPECT_EQ(reading.owner.also[0].key, mine);
    for (const Activity& each : reading.sink.all<Activity>()) EXPECT_TRUE(each.is_me);
}

TEST(YouTubeOtherFiles, OfTheProductAreCounted) {
    const VectorSink sink =
        read({{folder + "subscriptions/subscriptions.csv", subscriptions}, {folder + "history/watch-history.html", "x"}}).sink;
    EXPECT_EQ(sink.ignored_for("other_file"), 1u);
}

}  // namespace youtube_test
}  // namespace secateur::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/memory_source.hpp"
#include "tests/support/record_text.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& peertube_connector();

namespace peertube_test {

using test::MemorySource;
using test::Reading;
using Files = std::map<std::string, std::string>;

const std::string account =
    R"({"url":"https://tube.example/accounts/mira","name":"mira","displayName":"Mira Example","description":"bees"})";
const std::string channels =
    R"({"channels":[{"url":"https://tube.example/video-channels/bees","name":"bees","displayName":"Bees",)"
    R"("description":"D","createdAt":"2023-03-02T10:00:00.000Z"}]})";
const std::string videos =
    R"({"videos":[{"uuid":"u","url":"https://tube.example/videos/watch/u","name":"Split","description":"Two boxes",)"
    R"("publishedAt":"2024-05-02T18:11:04.123Z","createdAt":"2024-05-01T00:00:00.000Z","channel":{"name":"bees"}}]})";

/// The files of the folder "peertube" beside an account and its channel.
Reading read(Files files, bool with_account = true) {
    Files all;
    for (auto& [name, text] : files) all[(name.find('/') == std::string::npos ? "peertube/" : "") + name] = std::move(text);
    if (with_account) {
        all["peertube/account.json"] = account;
        all["peertube/channels.json"] = channels;
        all["peertube/videos.json"] = videos;
    }
    ReadContext context;
    context.today = *parse_date("2026-11-21");
    context.me.names = {"Mira of the profile"};
    return test::read_source(peertube_connector(), MemorySource("user-export-3-2026-11-02", std::move(all)), context);
}
std::string follow(const std::string& target, const std::string& when = "2024-06-01T07:00:00.000Z") {
    return R"({"handle":"mira@tube.example","targetHandle":")" + target + R"(","createdAt":")" + when + R"("})";
}
std::string comment(const std::string& url, const std::string& video, const std::string& answers = "") {
    return R"({"url":")" + url + R"(","text":"Hm","createdAt":"2024-06-01T07:00:00.000Z","videoUrl":")" + video + '"' +
           (answers.empty() ? "" : R"(,"inReplyToCommentUrl":")" + answers + '"') + "}";
}
std::vector<std::string> lines(const Reading& reading) {
    std::vector<std::string> found;
    for (const auto& each : reading.sink.accepted) found.push_back(test::text_of(each.record));
    return found;
}

TEST(PeerTube, ReadsTheAccountItsChannelAndItsVideo) {
    const Reading reading = read({});
    EXPECT_THAT(lines(reading),
                testing::ElementsAre(
                    "account  https://tube.example/accounts/mira mira@tube.example Mira Example; account.from_export - - -",
                    "coverage   own_only - 2026-11-02T23:59:59Z ",
                    "group  bees@tube.example Bees D https://tube.example/video-channels/bees channel   0 0 0 - -",
                    "coverage  bees@tube.example own_only - 2026-11-02T23:59:59Z ",
                    "membership  bees@tube.example joined 2023-03-02T10:00:00Z/0/0/ owner -  channels  true = ",
                    "activity  bees@tube.example https://tube.example/videos/watch/u  mira@tube.example=Mira Example true "
                    "2024-05-02T18:11:04Z/0/0/ post  false false false false 1 Split\n\nTwo boxes  0"));
    EXPECT_EQ(reading.owner.person->key, "mira@tube.example");
    EXPECT_TRUE(reading.owner.from_export);
}

TEST(PeerTube, MakesAFollowedChannelAGroupJoinedThatDay) {
    const auto sink = read({{"following.json", R"({"following":[)" + follow("Oaks@Video.example") + "]}"}}).sink;
    ASSERT_NE(sink.group("oaks@video.example"), nullptr);
    EXPECT_EQ(sink.coverage("oaks@video.example")->kind, CoverageKind::names_only);
    const auto* joined = sink.find<Membership>([](const Membership& each) { return each.origin == "following"; });
    ASSERT_NE(joined, nullptr);
    EXPECT_EQ(joined->event, MembershipEvent::joined);
    EXPECT_EQ(format_rfc3339(joined->at->at), "2024-06-01T07:00:00Z");
}

TEST(PeerTube, TellsFollowedPeopleFromChannelsByTheirAddresses) {
    const auto sink =
        read({{"following.json", R"({"following":[)" + follow("oaks@video.example") + "," + follow("karl@video.example") + "]}"},
              {"activity-pub/following.json",
               R"({"type":"OrderedCollection","orderedItems":["https://video.example/video-channels/oaks",)"
               R"("https://video.example/accounts/karl"]})"}})
            .sink;
    EXPECT_NE(sink.group("oaks@video.example"), nullptr);
    EXPECT_EQ(sink.group("karl@video.example"), nullptr);
    const auto contacts = sink.all<Contact>();
    ASSERT_EQ(contacts.size(), 1u);
    EXPECT_EQ(contacts[0].person.key, "karl@video.example");
    EXPECT_EQ(contacts[0].circle, "follow");
}

TEST(PeerTube, KeepsFollowersOfMyChannelAsItsMembersAndThoseOfMyAccountAsContacts) {
    const auto sink =
        read(
            {{"follower.json",
              R"({"followers":[{"targetHandle":"bees@tube.example","handle":"karl@v.example","createdAt":"2024-07-01T07:00:00.000Z"},)"
              R"({"targetHandle":"mira@tube.example","handle":"lea@v.example","createdAt":"2024-07-01T07:00:00.000Z"}]})"}})
            .sink;
    const auto* member = sink.find<Membership>([](const Membership& each) { return !each.is_me; });
    ASSERT_NE(member, nullptr);
    EXPECT_EQ(member->group, "bees@tube.example");
    EXPECT_EQ(member->person.key, "karl@v.example");
    ASSERT_EQ(sink.count<Contact>(), 1u);
    EXPECT_EQ(sink.all<Contact>()[0].person.key, "lea@v.example");
}

struct CommentCase {
    std::string name, json, group;
    ActivityKind kind;
    std::string parent;
    bool answers_me;
};
class PeerTubeComment : public testing::TestWithParam<CommentCase> {};
TEST_P(PeerTubeComment, KnowsItsPlace) {
    const auto sink = read({{"comments.json", R"({"comments":[)" + GetParam().json + "," +
                                                  comment("https://tube.example/c/mine", "https://v.example/w") + "]}"}})
                          .sink;
    const Activity* found = sink.activity(GetParam().group, "https://tube.example/c/1");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->kind, GetParam().kind);
    EXPECT_EQ(found->parent, GetParam().parent);
    EXPECT_EQ(found->parent_is_me, GetParam().answers_me);
    EXPECT_EQ(found->text, "Hm");
}
const std::string my_video = "https://tube.example/videos/watch/u";
INSTANTIATE_TEST_SUITE_P(Places, PeerTubeComment,
                         testing::ValuesIn(std::vector<CommentCase>{
                             {"on_my_video", comment("https://tube.example/c/1", my_video), "bees@tube.example",
                              ActivityKind::comment, my_video, true},
                             {"on_another_video", comment("https://tube.example/c/1", "https://v.example/w"), "",
                              ActivityKind::comment, "https://v.example/w", false},
                             {"to_a_comment_of_mine_that_comes_later",
                              comment("https://tube.example/c/1", "https://v.example/w", "https://tube.example/c/mine"), "",
                              ActivityKind::reply, "https://tube.example/c/mine", true},
                             {"to_somebody_else", comment("https://tube.example/c/1", my_video, "https://v.example/c/9"),
                              "bees@tube.example", ActivityKind::reply, "https://v.example/c/9", false},
                         }),
                         [](const auto& test) { return test.param.name; });

TEST(PeerTube, CountsLikesAndWatchedVideosWithoutAGroupUnlessTheyAreMine) {
    const auto sink =
        read({{"likes.json", R"({"likes":[{"videoUrl":"https://v.example/w","createdAt":"2024-06-03T09:05:00.000Z"}]})"},
              {"dislikes.json", R"({"dislikes":[{"videoUrl":"https://v.example/w","createdAt":"2024-06-04T09:05:00.000Z"}]})"},
              {"video-history.json",
               R"({"watchedVideos":[{"videoUrl":")" + my_video +
                   R"(","lastTimecode":3,"createdAt":"2024-06-01T00:00:00.000Z","updatedAt":"2024-06-09T00:00:00.000Z"}]})"}})
            .sink;
    ASSERT_NE(sink.activity("", "like:https://v.example/w"), nullptr);
    EXPECT_EQ(sink.activity("", "like:https://v.example/w")->kind, ActivityKind::reaction);
    ASSERT_NE(sink.activity("", "dislike:https://v.example/w"), nullptr);
    const Activity* visit = sink.activity("bees@tube.example", "visit:" + my_video);
    ASSERT_NE(visit, nullptr);
    EXPECT_EQ(visit->kind, ActivityKind::visit);
    EXPECT_EQ(format_rfc3339(visit->when->at), "2024-06-09T00:00:00Z");
    EXPECT_TRUE(sink.lacks_id("peertube.lack_channels"));
    EXPECT_TRUE(sink.lacks_id("peertube.lack_following"));
}

TEST(PeerTube, NeitherReadsNorHidesSettingsAndCopies) {
    const Reading reading = read({{"user-settings.json", R"({"email":"mira@mail.example"})"},
                                  {"blocklist.json", "{}"},
                                  {"activity-pub/outbox.json", "{}"}});
    EXPECT_EQ(reading.sink.ignored_for("settings_file"), 2u);
    EXPECT_EQ(reading.sink.ignored_for("activity_pub_copy"), 1u);
    for (const std::string& line : lines(reading)) EXPECT_EQ(line.find("mail.example"), std::string::npos);
}

struct BadCase {
    std::string name, file, text, reason;
};
class PeerTubeRecord : public testing::TestWithParam<BadCase> {};
TEST_P(PeerTubeRecord, IsRefusedWithItsReason) {
    const auto sink = read({{GetParam().file, GetParam().text}}).sink;
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.rejected[0].problem.where.entry, "peertube/" + GetParam().file);
}
INSTANTIATE_TEST_SUITE_P(
    Bad, PeerTubeRecord,
    testing::ValuesIn(std::vector<BadCase>{
        {"number", "likes.json", R"({"likes":[7]})", "peertube.not_an_object"},
        {"no_video", "likes.json", R"({"likes":[{"createdAt":"2024-06-03T09:05:00.000Z"}]})", "peertube.no_address"},
        {"no_date", "likes.json", R"({"likes":[{"videoUrl":"https://v.example/w"}]})", "peertube.no_date"},
        {"year_1970", "following.json", R"({"following":[)" + follow("a@b.example", "1970-01-01T00:00:00.000Z") + "]}",
         "peertube.impossible_date"},
        {"future", "following.json", R"({"following":[)" + follow("a@b.example", "2027-01-01T00:00:00.000Z") + "]}",
         "peertube.impossible_date"},
        {"no_target", "following.json", R"({"following":[)" + follow("") + "]}", "peertube.no_address"},
        {"cut", "following.json", R"({"following":[{"handle")", "json.cut_off"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(PeerTube, TakesTheHandleFromTheFollowingFileWhenTheAccountIsMissing) {
    const Reading reading = read({{"following.json", R"({"following":[)" + follow("oaks@video.example") + "]}"}}, false);
    EXPECT_EQ(reading.owner.person->key, "mira@tube.example");
}

TEST(PeerTube, TakesTheProfilesNameWhenNothingNamesTheAccount) {
    const Reading reading = read({{"likes.json", R"({"likes":[]})"}}, false);
    EXPECT_EQ(reading.owner.person->name, "Mira of the profile");
    EXPECT_FALSE(reading.owner.from_export);
}

struct DetectCase {
    std::string name;
    Files files;
    std::optional<Confidence> confidence;
};
class PeerTubeDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(PeerTubeDetect, KnowsItsOwn) {
    const auto match = peertube_connector().detect(MemorySource("x", GetParam().files));
    EXPECT_EQ(match ? std::optional(match->confidence) : std::nullopt, GetParam().confidence);
}
const std::string follows = R"({"following":[)" + follow("a@b.example") + "]}";
INSTANTIATE_TEST_SUITE_P(
    Files, PeerTubeDetect,
    testing::ValuesIn(std::vector<DetectCase>{
        {"archive",
         {{"peertube/account.json", account},
          {"peertube/likes.json", "{}"},
          {"activity-pub/outbox.json", "{}"},
          {"files/account/a.png", ""}},
         Confidence::certain},
        {"one_folder_deeper",
         {{"x/peertube/account.json", account}, {"x/peertube/likes.json", "{}"}, {"x/files/a/b.png", ""}},
         Confidence::certain},
        {"only_the_folders_contents", {{"account.json", account}, {"following.json", follows}}, Confidence::certain},
        {"one_file", {{"following.json", follows}}, Confidence::likely},
        {"beside_another_export",
         {{"peertube/account.json", account}, {"peertube/likes.json", "{}"}, {"telegram/result.json", "{}"}},
         std::nullopt},
        {"empty_lists_alone", {{"likes.json", R"({"likes":[]})"}, {"comments.json", R"({"comments":[]})"}}, std::nullopt},
        {"instagrams_following", {{"following.json", R"({"relationships_following":[{"title":""}]})"}}, std::nullopt},
        {"facebooks_comments", {{"comments.json", R"({"comments":[{"timestamp":1}]})"}}, std::nullopt},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace peertube_test
}  // namespace secateur

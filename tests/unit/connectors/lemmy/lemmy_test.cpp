// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/memory_source.hpp"
#include "tests/support/record_text.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& lemmy_connector();

namespace lemmy_test {

using test::MemorySource;
using test::Reading;
using testing::ElementsAre;

ReadContext context() {
    ReadContext found;
    found.today = *parse_date("2026-11-21");
    found.me.names = {"Mira Example"};
    return found;
}

Reading read(std::string json, const ReadContext& how = context()) {
    return test::read_source(lemmy_connector(), MemorySource("lemmy_2026-11-02", {{"export.json", std::move(json)}}), how);
}

/// A post or comment of mine (person 12 of lemmy.example), published on the first of September.
std::string post(int id, int community, std::string more = "") {
    return R"({"type_":"post","id":)" + std::to_string(id) + R"(,"name":"T","creator_id":12,"community_id":)" +
           std::to_string(community) + R"(,"published_at":"2026-09-01T09:00:00.5Z","ap_id":"https://lemmy.example/post/)" +
           std::to_string(id) + R"(","local":true)" + more + "}";
}
std::string comment(int id, int post_id, const std::string& path, int creator = 12, std::string more = "") {
    return R"({"type_":"comment","id":)" + std::to_string(id) + R"(,"content":"C","creator_id":)" + std::to_string(creator) +
           R"(,"post_id":)" + std::to_string(post_id) + R"(,"path":")" + path +
           R"(","published_at":"2026-09-01T10:00:00Z","ap_id":"https://lemmy.example/comment/)" + std::to_string(id) +
           R"(","local":true)" + more + "}";
}
std::string data(const std::string& content, const std::string& notifications = "", const std::string& more = "") {
    return R"({"notifications":[)" + notifications + R"(],"content":[)" + content +
           R"(],"settings":{"display_name":"Mira Example","followed_communities":[]})" + more + "}";
}

TEST(Lemmy, ReadsASettingsFileAsMembershipsWithoutDates) {
    const Reading reading = read(R"({"display_name":"Mira Example","settings":{"email":"mira@mail.example"},
        "followed_communities":["https://Lemmy.example/c/bees/"],"saved_posts":["https://lemmy.example/post/1","https://lemmy.example/post/2"],
        "blocked_users":["https://lemmy.example/u/noisy"]})");
    std::vector<std::string> lines;
    for (const auto& each : reading.sink.accepted) lines.push_back(test::text_of(each.record));
    EXPECT_THAT(
        lines,
        ElementsAre("account    Mira Example; account.from_export - - -",
                    "coverage   names_only - 2026-11-02T23:59:59Z lemmy.lack_posts;",
                    "group  https://lemmy.example/c/bees bees@lemmy.example  https://lemmy.example/c/bees community   0 0 0 - -",
                    "membership  https://lemmy.example/c/bees member - member -  followed_communities  true = ",
                    "coverage  https://lemmy.example/c/bees names_only - 2026-11-02T23:59:59Z "));
    EXPECT_EQ(reading.sink.ignored_for("saved"), 2u);
    EXPECT_EQ(reading.sink.ignored_for("blocked"), 1u);
    EXPECT_TRUE(reading.sink.lacks_id("lemmy.lack_posts"));
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->name, "Mira Example");
    EXPECT_TRUE(reading.owner.from_export);
}

TEST(Lemmy, NeverReadsTheMailAddressOfTheSettings) {
    const Reading reading = read(
        R"({"followed_communities":["https://a.example/c/b"],"saved_posts":[],"settings":{"email":"mira@mail.example","id":7}})");
    for (const auto& each : reading.sink.accepted) EXPECT_EQ(test::text_of(each.record).find("mail.example"), std::string::npos);
}

struct ShapeCase {
    std::string name, json;
    std::size_t groups, rejected;
};
class LemmyShape : public testing::TestWithParam<ShapeCase> {};
TEST_P(LemmyShape, IsTolerated) {
    const Reading reading = read(GetParam().json);
    EXPECT_EQ(reading.sink.count<Group>(), GetParam().groups);
    EXPECT_EQ(reading.sink.rejected.size(), GetParam().rejected);
}
INSTANTIATE_TEST_SUITE_P(
    Lists, LemmyShape,
    testing::ValuesIn(std::vector<ShapeCase>{
        {"string_for_list", R"({"followed_communities":"https://a.example/c/b","saved_posts":[],"blocked_users":[]})", 1, 0},
        {"null_for_list", R"({"followed_communities":null,"saved_posts":[],"blocked_users":[]})", 0, 0},
        {"number_in_list", R"({"followed_communities":["https://a.example/c/b",7,"bees"],"saved_posts":[]})", 1, 2},
        {"the_same_twice", R"({"followed_communities":["https://a.example/c/b","https://A.example/c/b/"],"saved_posts":[]})", 1,
         0},
        {"magazine_and_handle",
         R"({"followed_communities":["https://kbin.example/m/oak","https://mob.example/@oaks"],"saved_posts":[]})", 2, 0},
    }),
    [](const auto& test) { return test.param.name; });

TEST(Lemmy, NamesACommunityOfThePostsByItsNumberAndServer) {
    const auto sink =
        read(data(post(88, 3, R"(,"body":"B","url":"https://bees.example/x","updated_at":"2026-09-02T00:00:00Z")"))).sink;
    const Activity* found = sink.activity("lemmy.example#3", "lemmy.example/post/88");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(test::text_of(Record(*found)),
              "activity  lemmy.example#3 lemmy.example/post/88  lemmy.example#12=Mira Example true 2026-09-01T09:00:00Z/0/0/ "
              "post  false false true false 0 "
              "T\n\nB https://bees.example/x; 0");
    ASSERT_NE(sink.group("lemmy.example#3"), nullptr);
    EXPECT_EQ(sink.group("lemmy.example#3")->name, "");
    EXPECT_EQ(sink.coverage("lemmy.example#3")->kind, CoverageKind::own_only);
    EXPECT_TRUE(sink.lacks_id("lemmy.lack_names"));
}

TEST(Lemmy, FindsTheCommunityOfACommentThroughItsPostEvenWhenThePostComesLater) {
    const auto sink = read(data(comment(300, 88, "0.300") + "," + post(88, 3))).sink;
    const Activity* found = sink.activity("lemmy.example#3", "lemmy.example/comment/300");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->kind, ActivityKind::comment);
    EXPECT_EQ(found->parent, "lemmy.example/post/88");
    EXPECT_TRUE(found->parent_is_me);
    EXPECT_FALSE(sink.lacks_id("lemmy.lack_communities"));
}

TEST(Lemmy, LeavesACommentOnAnUnknownPostWithoutAGroupAndSaysSo) {
    const auto sink = read(data(comment(300, 90, "0.7.300"))).sink;
    const Activity* found = sink.activity("", "lemmy.example/comment/300");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->kind, ActivityKind::reply);
    EXPECT_EQ(found->parent, "lemmy.example/comment/7");
    EXPECT_FALSE(found->parent_is_me);
    EXPECT_TRUE(sink.lacks_id("lemmy.lack_communities"));
}

TEST(Lemmy, TakesAnAnswerInTheNotificationsAsSomebodyElses) {
    const auto sink = read(data(comment(300, 90, "0.300"), comment(301, 90, "0.300.301", 55))).sink;
    const Activity* found = sink.activity("", "lemmy.example/comment/301");
    ASSERT_NE(found, nullptr);
    EXPECT_FALSE(found->is_me);
    EXPECT_EQ(found->author.key, "lemmy.example#55");
    EXPECT_TRUE(found->parent_is_me);
}

TEST(Lemmy, PutsAPrivateMessageIntoADirectConversation) {
    const auto sink =
        read(data(post(1, 3),
                  R"({"type_":"private_message","id":4,"creator_id":55,"recipient_id":12,"content":"Thanks","deleted":false,)"
                  R"("published_at":"2026-09-05T20:00:00Z","ap_id":"https://pie.example/private_message/4","local":false})"))
            .sink;
    ASSERT_NE(sink.group("direct:lemmy.example#55"), nullptr);
    EXPECT_EQ(sink.group("direct:lemmy.example#55")->kind, GroupKind::direct);
    const Activity* found = sink.activity("direct:lemmy.example#55", "lemmy.example/message/4");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->kind, ActivityKind::message);
    EXPECT_FALSE(found->is_me);
}

TEST(Lemmy, DropsTheWordsOfWhatWasTakenDownAndKeepsTheAct) {
    const auto sink = read(data(post(1, 3, R"(,"removed":true,"url":"https://x.example")") + "," +
                                comment(2, 1, "0.2", 12, R"(,"deleted":true)")))
                          .sink;
    for (const auto& each : sink.all<Activity>()) {
        EXPECT_EQ(each.text, "");
        EXPECT_TRUE(each.links.empty());
    }
    EXPECT_EQ(sink.count<Activity>(), 2u);
}

TEST(Lemmy, IgnoresTheVoteItCastsOnOnesOwnPostAndKeepsTheOthersWithoutADate) {
    const auto sink =
        read(
            data(
                post(1, 3), "",
                R"(,"liked":["https://lemmy.example/post/1","https://pie.example/post/9"],"read_posts":["https://x.example/1"])"))
            .sink;
    EXPECT_EQ(sink.ignored_for("own_vote"), 1u);
    EXPECT_EQ(sink.ignored_for("read_post"), 1u);
    const Activity* vote = sink.activity("", "like:https://pie.example/post/9");
    ASSERT_NE(vote, nullptr);
    EXPECT_EQ(vote->kind, ActivityKind::vote);
    EXPECT_TRUE(vote->is_me);
    EXPECT_FALSE(vote->when);
}

TEST(Lemmy, TellsACommunityOnceWhenIFollowAndModerateIt) {
    const auto sink = read(R"({"content":[],"moderates":["https://lemmy.example/c/bees"],
        "settings":{"followed_communities":["https://lemmy.example/c/bees","https://lemmy.example/c/oak"]}})").sink;
    const auto memberships = sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 2u);
    EXPECT_EQ(memberships[0].role, Role::moderator);
    EXPECT_EQ(memberships[1].role, Role::member);
    EXPECT_EQ(sink.ignored_for("same_community"), 1u);
}

TEST(Lemmy, ReadsTheFirstAlphasToo) {
    const auto sink =
        read(
            R"({"inbox":[],"content":[{"Post":{"id":5,"name":"T","creator_id":12,"community_id":3,"published":"2025-02-01T10:00:00.123",
        "ap_id":"https://lemmy.example/post/5"}}],"settings":{"followed_communities":[]}})")
            .sink;
    const Activity* found = sink.activity("lemmy.example#3", "lemmy.example/post/5");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(format_rfc3339(found->when->at), "2025-02-01T10:00:00Z");
    EXPECT_EQ(found->when->basis, TimeBasis::utc);
}

struct BadCase {
    std::string name, item, reason;
};
class LemmyItem : public testing::TestWithParam<BadCase> {};
TEST_P(LemmyItem, IsRefusedWithItsReason) {
    const auto sink = read(data(post(1, 3) + "," + GetParam().item)).sink;
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.rejected[0].problem.where.record, 2u);
    EXPECT_EQ(sink.count<Activity>(), 1u);
}
INSTANTIATE_TEST_SUITE_P(
    Bad, LemmyItem,
    testing::ValuesIn(std::vector<BadCase>{
        {"number", "7", "lemmy.not_an_object"},
        {"kind", R"({"type_":"poll","id":1})", "lemmy.unknown_kind"},
        {"no_id", R"({"type_":"post","published_at":"2026-09-01T09:00:00Z"})", "lemmy.no_id"},
        {"no_date", R"({"type_":"post","id":9,"published_at":"soon"})", "lemmy.no_date"},
        {"year_1970", R"({"type_":"post","id":9,"published_at":"1970-01-01T00:00:00Z"})", "lemmy.impossible_date"},
        {"future", R"({"type_":"post","id":9,"published_at":"2027-01-01T00:00:00Z"})", "lemmy.impossible_date"},
        {"no_sender", R"({"type_":"private_message","id":9,"published_at":"2026-01-01T00:00:00Z"})", "lemmy.no_sender"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(Lemmy, KeepsWhatStandsBeforeACut) {
    const std::string whole = data(post(1, 3) + "," + post(2, 3));
    const auto sink = read(whole.substr(0, whole.find(R"("id":2)"))).sink;
    EXPECT_EQ(sink.count<Activity>(), 1u);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "json.cut_off");
}

TEST(Lemmy, TakesTheProfilesNameWhenTheFileHasNone) {
    const Reading reading = read(R"({"followed_communities":["https://a.example/c/b"],"saved_posts":[]})");
    EXPECT_EQ(reading.owner.person->name, "Mira Example");
    EXPECT_FALSE(reading.owner.from_export);
}

TEST(Lemmy, LeavesTheCheckOfTheNameToWhoeverSaysMe) {
    ReadContext forced = context();
    forced.me.forced = true;
    EXPECT_FALSE(read(data(post(1, 3)), forced).owner.from_export);
}

struct DetectCase {
    std::string name;
    std::map<std::string, std::string> files;
    std::optional<Confidence> confidence;
};
class LemmyDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(LemmyDetect, KnowsItsOwn) {
    const auto match = lemmy_connector().detect(MemorySource("x", GetParam().files));
    EXPECT_EQ(match ? std::optional(match->confidence) : std::nullopt, GetParam().confidence);
}
INSTANTIATE_TEST_SUITE_P(
    Files, LemmyDetect,
    testing::ValuesIn(std::vector<DetectCase>{
        {"settings", {{"a.json", R"({"followed_communities":[],"saved_posts":[]})"}}, Confidence::certain},
        {"nested_with_a_note",
         {{"x/a.JSON", R"({"followed_communities":[],"saved_posts":[]})"}, {"x/README.md", "hello"}},
         Confidence::certain},
        {"one_list_alone", {{"a.json", R"({"followed_communities":["https://a.example/c/b"]})"}}, Confidence::likely},
        {"one_empty_list", {{"a.json", R"({"followed_communities":[]})"}}, std::nullopt},
        {"names_of_another_program", {{"a.json", R"({"followed_communities":["bees","oak"]})"}}, std::nullopt},
        {"data", {{"a.json", data(post(1, 3))}}, Confidence::certain},
        {"data_without_anything", {{"a.json", R"({"content":[],"settings":{"followed_communities":[]}})"}}, Confidence::certain},
        {"content_of_another_program", {{"a.json", R"({"content":[{"type":"post"}]})"}}, std::nullopt},
        {"two_files", {{"a.json", R"({"followed_communities":[],"saved_posts":[]})"}, {"b.json", "{}"}}, std::nullopt},
        {"no_json", {{"a.json", "hello"}}, std::nullopt},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace lemmy_test
}  // namespace secateur

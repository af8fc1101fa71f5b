// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/discourse/archive.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/record_text.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& discourse_connector();
}

namespace secateur::test {
namespace discourse_test {

using testing::ElementsAre;

const std::string header = "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at\n";
const std::string stamp = ",2024-03-01T09:30:12.345Z\n";
std::string post(std::string_view category, std::string_view pm, std::string_view path, std::string_view text = "Hello") {
    return "Title," + std::string(category) + "," + std::string(pm) + "," + std::string(text) + ",<p>x</p>,0,0,https://f.example/t/slug/" + std::string(path) + stamp;
}
Reading read_files(std::map<std::string, std::string> files, std::string label = "user_archive-mira-240302-120000-5", ReadContext context = {}) {
    context.today = *parse_date("2026-11-21");
    return read_source(discourse_connector(), MemorySource(std::move(label), std::move(files)), context);
}
VectorSink read_posts(std::string_view rows) { return read_files({{"user_archive.csv", header + std::string(rows)}}).sink; }
Activity only(const VectorSink& sink) {
    EXPECT_EQ(sink.count<Activity>(), 1u);
    return sink.count<Activity>() == 1 ? sink.all<Activity>()[0] : Activity{};
}

struct PostCase {
    const char* name;
    std::string row, group, id, parent;
    ActivityKind kind;
    GroupKind group_kind;
    std::string group_name, text;
};
class DiscoursePosts : public testing::TestWithParam<PostCase> {};
TEST_P(DiscoursePosts, AreOfTheirCategoryOrConversation) {
    const PostCase& expected = GetParam();
    const VectorSink sink = read_posts(expected.row);
    const Activity found = only(sink);
    EXPECT_EQ(found.group, expected.group);
    EXPECT_EQ(found.native_id, expected.id);
    EXPECT_EQ(found.parent, expected.parent);
    EXPECT_EQ(found.kind, expected.kind);
    EXPECT_EQ(found.text, expected.text);
    EXPECT_TRUE(found.is_me);
    EXPECT_EQ(text_of(found.when), "2024-03-01T09:30:12Z/0/0/");
    ASSERT_NE(sink.group(found.group), nullptr);
    EXPECT_EQ(sink.group(found.group)->kind, expected.group_kind);
    EXPECT_EQ(sink.group(found.group)->name, expected.group_name);
}
INSTANTIATE_TEST_SUITE_P(
    Discourse, DiscoursePosts,
    testing::ValuesIn<PostCase>({
        {"reply", post("Market", "No", "812/4"), "f.example/market", "812/4", "812/1", ActivityKind::reply, GroupKind::forum, "Market (f.example)", "Hello"},
        {"topic", post("Market", "No", "812/1"), "f.example/market", "812/1", "", ActivityKind::post, GroupKind::forum, "Market (f.example)", "Title\nHello"},
        {"sub_category", post("Community|Meetups", "No", "812/4"), "f.example/community|meetups", "812/4", "812/1", ActivityKind::reply, GroupKind::forum,
                 "Community / Meetups (f.example)", "Hello"},
        {"deleted_category", post("57", "No", "812/4"), "f.example/57", "812/4", "812/1", ActivityKind::reply, GroupKind::forum, "", "Hello"},
        {"hidden_category", post("-", "No", "812/4"), "f.example", "812/4", "812/1", ActivityKind::reply, GroupKind::forum, "f.example", "Hello"},
        {"private_message", post("-", "Yes", "812/1"), "f.example/t/812", "812/1", "", ActivityKind::message, GroupKind::direct, "Title", "Hello"},
        {"private_in_french", post("-", "Oui", "812/1"), "f.example/t/812", "812/1", "", ActivityKind::message, GroupKind::direct, "Title", "Hello"},
        {"category_in_an_unknown_language", post("Market", "Xyz", "812/4"), "f.example/market", "812/4", "812/1", ActivityKind::reply, GroupKind::forum, "Market (f.example)", "Hello"},
        {"quoting", post("Market", "No", "812/4", "\"[quote=\"\"omar, post:3\"\"]\nTheirs [quote]deeper[/quote]\n[/quote]\nMine [x]\""), "f.example/market", "812/4", "812/1",
                 ActivityKind::reply, GroupKind::forum, "Market (f.example)", "Mine [x]"},
        {"open_quote", post("Market", "No", "812/4", "[quote]all of it"), "f.example/market", "812/4", "812/1", ActivityKind::reply, GroupKind::forum, "Market (f.example)",
                 "[quote]all of it"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscoursePosts, ThatMayBePrivateInAnUnknownLanguageKeepNoWords) {
    const VectorSink sink = read_posts(post("-", "Xyz", "812/4", "three short words"));
    const Activity found = only(sink);
    EXPECT_EQ(found.group + found.text, "");
    EXPECT_EQ(found.words, 3u);
    EXPECT_TRUE(sink.warned("unknown_language"));
}

TEST(DiscoursePosts, CountTheirUploads) { EXPECT_EQ(only(read_posts(post("Market", "No", "1/2", "![a](upload://x.png) [b|attachment](upload://y.pdf)"))).attachments, 2u); }

struct GenerationCase {
    const char* name;
    std::string text, group;
};
class DiscourseGenerations : public testing::TestWithParam<GenerationCase> {};
TEST_P(DiscourseGenerations, AreAllRead) {
    const Activity found = only(read_files({{"user_archive.csv", GetParam().text}}).sink);
    EXPECT_EQ(found.group, GetParam().group);
    EXPECT_EQ(found.text, "Hello");
}
INSTANTIATE_TEST_SUITE_P(
    Discourse, DiscourseGenerations,
    testing::ValuesIn<GenerationCase>({
        {"from_2022", header + post("A|B", "No", "7/2"), "f.example/a|b"},
        {"from_2020", "topic_title,categories,is_pm,post,like_count,reply_count,url,created_at\nT,A|B,No,Hello,0,0,https://f.example/t/s/7/2" + stamp, "f.example/a|b"},
        {"before_2020", "topic_title,category,sub_category,is_pm,post,like_count,reply_count,url,created_at\nT,A,B,No,Hello,0,0,https://f.example/t/s/7/2" + stamp, "f.example/a|b"},
        {"before_2020_without_sub_category", "topic_title,category,sub_category,is_pm,post,like_count,reply_count,url,created_at\nT,A,-,No,Hello,0,0,https://f.example/t/s/7/2" + stamp, "f.example/a"}}),
    [](const auto& test) { return std::string(test.param.name); });

struct LinkCase {
    const char* name;
    std::string url, shown;
};
class DiscourseLinks : public testing::TestWithParam<LinkCase> {};
TEST_P(DiscourseLinks, TellForumTopicAndPost) {
    const auto link = discourse::parse_post_link(GetParam().url);
    EXPECT_EQ(link ? link->forum + " " + std::to_string(link->topic) + " " + std::to_string(link->post) : "", GetParam().shown);
}
INSTANTIATE_TEST_SUITE_P(Discourse, DiscourseLinks,
                         testing::ValuesIn<LinkCase>({
        {"whole", "https://F.example/t/slug/812/4", "f.example 812 4"}, {"folder", "https://x.org/forum/t/slug/812/4", "x.org/forum 812 4"},
        {"slug_is_a_number", "https://f.example/t/2024/812/4", "f.example 812 4"}, {"no_post", "https://f.example/t/slug/812", "f.example 812 1"},
        {"slug_is_t", "https://f.example/t/t/812/4", "f.example 812 4"}, {"port_and_query", "https://f.example:8080/t/s/8/4?u=mira#x", "f.example:8080 8 4"},
        {"relative", "/t/slug/812/4", " 812 4"}, {"no_topic", "https://f.example/c/market", ""}, {"words", "https://f.example/t/a/b/c", ""},
        {"empty", "", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(DiscourseLikes, GoToTheCategoryOfTheirTopicElseToTheForum) {
    const std::string likes = "id,post_id,topic_id,post_number,created_at,updated_at,deleted_at,deleted_by\n1,91,812,3,2024-03-01 09:31:00 UTC,x,,\n2,92,900,1,2024-03-01 09:32:00 UTC,x,,\n"
                              "3,93,900,2,2024-03-01 09:33:00 UTC,x,2024-03-02 00:00:00 UTC,1\n";
    const VectorSink sink = read_files({{"user_archive.csv", header + post("Market", "No", "812/4")}, {"likes.csv", likes}}).sink;
    const Activity *known = sink.activity("f.example/market", "like:91"), *unknown = sink.activity("f.example", "like:92");
    ASSERT_TRUE(known != nullptr && unknown != nullptr);
    EXPECT_EQ(known->kind, ActivityKind::reaction);
    EXPECT_EQ(known->parent, "812/3");
    EXPECT_EQ(text_of(unknown->when), "2024-03-01T09:32:00Z/0/0/");
    EXPECT_EQ(sink.ignored_for("withdrawn_like"), 1u);
}

TEST(DiscourseVisits, AreDaysOfReadingTheForum) {
    const VectorSink sink = read_files({{"user_archive.csv", header + post("Market", "No", "1/2")}, {"visits.csv", "visited_at,posts_read,mobile,time_read\n2024-03-01,12,false,640\n"}}).sink;
    const Activity* visit = sink.find<Activity>([](const Activity& each) { return each.kind == ActivityKind::visit; });
    ASSERT_NE(visit, nullptr);
    EXPECT_EQ(visit->group, "f.example");
    EXPECT_EQ(visit->natural_key, "visit:2024-03-01");
    EXPECT_EQ(text_of(visit->when), "2024-03-01T00:00:00Z/2/0/");
    EXPECT_TRUE(sink.coverage("")->not_requested.empty());
}

struct LevelCase {
    const char* name;
    std::string level, notify;
};
class DiscourseLevels : public testing::TestWithParam<LevelCase> {};
TEST_P(DiscourseLevels, OfACategoryAreMembershipsWithWhatTheyNotify) {
    const VectorSink sink = read_files({{"user_archive.csv", header + post("Market", "No", "1/2")},
                                        {"category_preferences.csv", "category_id,category_names,notification_level,dismiss_new_timestamp\n8,Community|Meetups," + GetParam().level + ",\n"}})
                                .sink;
    const Membership* found = sink.find<Membership>([](const Membership& each) { return each.origin == "category_preferences"; });
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->group, "f.example/community|meetups");
    EXPECT_EQ(found->event, MembershipEvent::member);
    EXPECT_EQ(found->note, GetParam().level);
    EXPECT_EQ(found->notify, GetParam().notify);
    EXPECT_EQ(sink.group(found->group)->url, "https://f.example/c/8");
    EXPECT_EQ(sink.coverage(found->group)->kind, CoverageKind::names_only);
}
INSTANTIATE_TEST_SUITE_P(Discourse, DiscourseLevels,
                         testing::ValuesIn<LevelCase>({
        {"muted", "muted", "none"}, {"watching", "watching", "all"}, {"first", "watching_first_post", "all"},
        {"tracking", "tracking", "mentions"}, {"regular", "regular", "mentions"}, {"new_word", "sometimes", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

struct PreferencesCase {
    const char* name;
    std::string json;
};
class DiscoursePreferencesRoot : public testing::TestWithParam<PreferencesCase> {};
TEST_P(DiscoursePreferencesRoot, GivesTheUserAndHerGroups) {
    const Reading reading = read_files({{"user_archive.csv", header + post("Market", "No", "1/2")}, {"preferences.json", GetParam().json}}, "renamed");
    EXPECT_EQ(text_of(*reading.owner.person), "mira=Mira Example");
    EXPECT_TRUE(reading.owner.from_export);
    std::vector<std::string> groups;
    for (const Membership& each : reading.sink.all<Membership>())
        if (each.origin == "preferences") groups.push_back(each.group);
    EXPECT_THAT(groups, ElementsAre("f.example/g/mentors"));
    EXPECT_EQ(reading.sink.group("f.example/g/mentors")->name, "The Mentors");
    EXPECT_FALSE(reading.sink.lacks_id("discourse.lack_groups"));
}
const std::string user = R"({"id":41,"username":"mira","name":"Mira Example","groups":[{"name":"trust_level_1","automatic":true},{"name":"mentors","full_name":"The Mentors"}]})";
INSTANTIATE_TEST_SUITE_P(Discourse, DiscoursePreferencesRoot, testing::ValuesIn<PreferencesCase>({
        {"wrapped", "{\"user\":" + user + "}"}, {"bare", user}}),
                         [](const auto& test) { return std::string(test.param.name); });

struct RefusedCase {
    const char* name;
    std::string rows, reason;
    std::size_t posts;
};
class DiscourseRefused : public testing::TestWithParam<RefusedCase> {};
TEST_P(DiscourseRefused, RowsHaveTheirPlaceAndLeaveTheOthersAlone) {
    const VectorSink sink = read_posts(GetParam().rows);
    EXPECT_EQ(sink.count<Activity>(), GetParam().posts);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.rejected[0].problem.where.line, 2u);
}
INSTANTIATE_TEST_SUITE_P(Discourse, DiscourseRefused,
                         testing::ValuesIn<RefusedCase>({
        {"no_link", "T,A,No,x,x,0,0,nowhere" + stamp + post("A", "No", "1/2"), "discourse.bad_link", 1},
        {"no_date", "T,A,No,x,x,0,0,https://f.example/t/s/1/2,soon\n", "discourse.bad_date", 0},
        {"epoch", "T,A,No,x,x,0,0,https://f.example/t/s/1/2,1970-01-01T00:00:00Z\n", "discourse.bad_date", 0},
        {"future", "T,A,No,x,x,0,0,https://f.example/t/s/1/2,2027-01-01T00:00:00Z\n", "discourse.bad_date", 0},
        {"width", "T,A,No\n" + post("A", "No", "1/2"), "csv.row_width", 1}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(DiscourseGoneTopics, LeaveEmptyRowsThatAreIgnored) {
    const VectorSink sink = read_posts("\n,,,,,,,,\n" + post("A", "No", "1/2"));
    EXPECT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(sink.ignored_for("gone_topic"), 1u);
    EXPECT_TRUE(sink.rejected.empty());
}

TEST(DiscourseOtherFiles, AreCountedByWhatTheyAre) {
    const VectorSink sink = read_files({{"user_archive.csv", header + post("A", "No", "1/2")},
                                        {"badges.csv", "badge_id,badge_name\n1,a\n2,b\n"},
                                        {"bookmarks (1).csv", "bookmarkable_id\n1\n"},
                                        {"auth_tokens.csv", "secret\n1\n"},
                                        {"chat_messages.csv", "id\n1\n"}})
                                .sink;
    EXPECT_EQ(sink.ignored_for("badge"), 2u);
    EXPECT_EQ(sink.ignored_for("bookmark"), 1u);
    EXPECT_EQ(sink.ignored_for("private_file"), 1u);
    EXPECT_EQ(sink.ignored_for("other_file"), 1u);
}

struct NameCase {
    const char* name;
    std::string text, user, at;
};
class DiscourseNames : public testing::TestWithParam<NameCase> {};
TEST_P(DiscourseNames, TellUserAndInstant) {
    const auto found = discourse::parse_archive_name(GetParam().text);
    EXPECT_EQ(found ? found->user : "-", GetParam().user);
    EXPECT_EQ(found && found->at ? format_rfc3339(*found->at) : "", GetParam().at);
}
INSTANTIATE_TEST_SUITE_P(Discourse, DiscourseNames,
                         testing::ValuesIn<NameCase>({
        {"whole", "user_archive-mira-240302-120000-5", "mira", "2024-03-02T12:00:00Z"},
        {"hyphens", "user_archive-a-b-123456-240302-120000-5", "a-b-123456", "2024-03-02T12:00:00Z"},
        {"no_id", "user_archive-mira-240302-120000", "mira", "2024-03-02T12:00:00Z"}, {"copy", "user_archive-mira-240302-120000-5 (1)", "mira", "2024-03-02T12:00:00Z"},
        {"impossible", "user_archive-mira-249902-120000-5", "mira", ""}, {"no_date", "user_archive-mira", "", ""}, {"other", "export", "-", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(DiscourseOwner, IsTheProfilesWhereTheArchiveSaysNothing) {
    ReadContext context;
    context.me.names = {"Mira Example"};
    const Reading reading = read_files({{"posts.csv", header + post("A", "No", "1/2")}}, "renamed", context);
    EXPECT_EQ(text_of(*reading.owner.person), "mira example=Mira Example");
    EXPECT_FALSE(reading.owner.from_export);
    EXPECT_EQ(reading.sink.all<Account>().at(0).evidence, "account.from_profile");
}

TEST(DiscourseOwner, AskedForAloneDecides) {
    ReadContext context;
    context.me.names = {"Someone Else"};
    context.me.forced = true;
    const Reading reading = read_files({{"user_archive.csv", header + post("A", "No", "1/2")}}, "user_archive-mira-240302-120000-5", context);
    EXPECT_EQ(reading.owner.person->name, "Someone Else");
    EXPECT_TRUE(reading.sink.all<Activity>()[0].is_me);
    EXPECT_EQ(reading.sink.all<Account>().at(0).evidence, "account.asked");
}

TEST(DiscourseForum, WithoutAnyPostIsNamedByTheUser) {
    const VectorSink sink = read_files({{"user_archive.csv", header}, {"visits.csv", "visited_at,posts_read,mobile,time_read\n2024-03-01,12,false,640\n"}}).sink;
    ASSERT_NE(sink.group("forum:mira"), nullptr);
    EXPECT_EQ(sink.group("forum:mira")->name, "");
    EXPECT_TRUE(sink.warned("unknown_forum"));
    EXPECT_EQ(sink.all<Activity>().at(0).group, "forum:mira");
}

TEST(DiscourseCoverage, IsMyOwnOnlyAndSaysWhatOldArchivesLack) {
    const Reading reading = read_files({{"user_archive.csv", header + post("Market", "No", "1/2")}});
    EXPECT_EQ(reading.sink.coverage("f.example/market")->kind, CoverageKind::own_only);
    EXPECT_THAT(reading.sink.coverage("")->not_requested, ElementsAre("discourse.lack_visits"));
    for (const char* lack : {"discourse.lack_others", "discourse.lack_visits", "discourse.lack_groups"}) EXPECT_TRUE(reading.sink.lacks_id(lack)) << lack;
    EXPECT_EQ(format_rfc3339(*reading.exported_at), "2024-03-02T12:00:00Z");
}

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    bool mine;
};
class DiscourseDetection : public testing::TestWithParam<DetectCase> {};
TEST_P(DiscourseDetection, ClaimsOneArchiveByItsColumns) { EXPECT_EQ(discourse_connector().detect(MemorySource("x", GetParam().files)).has_value(), GetParam().mine); }
INSTANTIATE_TEST_SUITE_P(
    Discourse, DiscourseDetection,
    testing::ValuesIn<DetectCase>({
        {"nested", {{"a/user_archive.csv", header}, {"a/visits.csv", "visited_at\n"}}, true}, {"renamed", {{"forum.csv", header}}, true},
        {"without_its_ending", {{"forum", header}}, true}, {"semicolons", {{"user_archive.csv", "topic_title;categories;is_pm;post;like_count;reply_count;url;created_at\n"}}, true},
        {"two_archives", {{"a/user_archive.csv", header}, {"b/user_archive.csv", header}}, false},
        {"beside_another_export", {{"a/user_archive.csv", header}, {"b/result.json", "{}"}}, false},
        {"too_deep", {{"a/b/user_archive.csv", header}}, false}, {"other_columns", {{"user_archive.csv", "id,title\n1,x\n"}}, false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscourseArchive, IsNotOpenedFromSomethingElse) { EXPECT_THROW((void)discourse_connector().open(MemorySource("x", {{"a.csv", "a,b\n"}}), {}), Error); }

struct SampleCase {
    const char* name;
    std::size_t groups, acts, reactions, visits, memberships;
    std::string owner;
};
class DiscourseSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(DiscourseSamples, GiveWhatWasCountedByHand) {
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/discourse" / GetParam().name);
    const Reading reading = read_source(discourse_connector(), *source);
    std::size_t acts = 0, reactions = 0, visits = 0;
    for (const Activity& each : reading.sink.all<Activity>()) {
        acts += is_act(each.kind) ? 1 : 0;
        reactions += each.kind == ActivityKind::reaction ? 1 : 0;
        visits += each.kind == ActivityKind::visit ? 1 : 0;
    }
    EXPECT_EQ(reading.sink.count<Group>(), GetParam().groups);
    EXPECT_EQ(acts, GetParam().acts);
    EXPECT_EQ(reactions, GetParam().reactions);
    EXPECT_EQ(visits, GetParam().visits);
    EXPECT_EQ(reading.sink.count<Membership>(), GetParam().memberships);
    EXPECT_EQ(text_of(*reading.owner.person), GetParam().owner);
    EXPECT_TRUE(reading.sink.rejected.empty());
}
INSTANTIATE_TEST_SUITE_P(Discourse, DiscourseSamples,
                         testing::ValuesIn<SampleCase>({
        {"archive", 7, 4, 2, 2, 4, "mira=Mira Example"},  // forum, user group, two preferred, Market, 57, letter
        {"archive_2019", 3, 2, 0, 0, 1, "me="}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace discourse_test
}  // namespace secateur::test

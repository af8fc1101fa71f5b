// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/unit/connectors/linkedin/linkedin_support.hpp"

namespace secateur::test {
namespace linkedin_activities_test {

using namespace on_linkedin;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string day = "2026-05-09 08:00:00,";

struct ShareCase {
    const char* name;
    std::string link, rest;  // commentary, shared link, media
    std::string group, id;
    ActivityKind kind;
};
class LinkedInShares : public testing::TestWithParam<ShareCase> {};
TEST_P(LinkedInShares, AreOfAGroupOnlyWhereTheLinkSaysSo) {
    const VectorSink sink =
        read_table("Shares.csv", shares_header + day + GetParam().link + "," + GetParam().rest + ",MEMBER_NETWORK\n");
    ASSERT_EQ(sink.count<Activity>(), 1u);
    const Activity activity = sink.all<Activity>()[0];
    EXPECT_EQ(activity.group, GetParam().group);
    EXPECT_EQ(activity.native_id, GetParam().id);
    EXPECT_EQ(activity.kind, GetParam().kind);
    EXPECT_TRUE(activity.is_me);
    EXPECT_EQ(activity.author.name, "Léa Exemple");
    EXPECT_EQ(format_rfc3339(activity.when->at), "2026-05-09T08:00:00Z");
}
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInShares,
    testing::ValuesIn<ShareCase>({
        {"in_a_group", urn("groupPost:1792820-7458"), "A question,,", "1792820", "7458", ActivityKind::post},
        {"public", urn("ugcPost:745"), "A post,,", "", "ugcPost:745", ActivityKind::post},
        {"with_a_page", urn("share:746"), "Read this,https://paper.example/x,", "", "share:746", ActivityKind::post},
        {"of_a_post", urn("share:747"), "Well said," + urn("activity:1") + ",", "", "share:747", ActivityKind::share},
        {"without_a_word", urn("share:748"), ",,", "", "share:748", ActivityKind::share},
        {"picture_only", urn("groupPost:5-749"), ",,https://media.example/p.jpg", "5", "749", ActivityKind::post},
        {"no_link", "", "A post,,", "", "", ActivityKind::post}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInShares, KeepLinksAndPictures) {
    const VectorSink sink = read_table(
        "Shares.csv", shares_header + day + urn("share:7") + ",x,https://paper.example/x,https://media.example/p.jpg,\n");
    EXPECT_THAT(sink.all<Activity>()[0].links, ElementsAre("https://paper.example/x"));
    EXPECT_EQ(sink.all<Activity>()[0].attachments, 1u);
}

TEST(LinkedInShares, OfOldArchivesLackColumns) {
    const VectorSink sink = read_table("Shares.csv", "Date,ShareLink,ShareCommentary\n" + day + urn("groupPost:5-7") + ",x\n");
    ASSERT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(sink.all<Activity>()[0].group, "5");
}

TEST(LinkedInComments, AnswerThePostOfTheirLink) {
    const VectorSink sink = read_table(
        "Comments.csv", comments_header + day + urn("groupPost:5-7458") + ",Mine\n" + day + urn("activity:99") + ",Other\n");
    const auto comments = sink.all<Activity>();
    ASSERT_EQ(comments.size(), 2u);
    EXPECT_EQ(comments[0].kind, ActivityKind::comment);
    EXPECT_EQ(comments[0].group, "5");
    EXPECT_EQ(comments[0].parent, "7458");
    EXPECT_EQ(comments[1].group, "");
    EXPECT_EQ(comments[1].parent, "activity:99");
}

TEST(LinkedInComments, OnOnePostStayTwo) {
    const std::string row = day + urn("activity:99") + ",Same\n";
    const VectorSink sink = read_table(
        "Comments.csv", comments_header + row + row + "," + urn("activity:99") + ",Same\n," + urn("activity:99") + ",Another\n");
    std::set<std::string> keys;
    for (const Activity& each : sink.all<Activity>()) keys.insert(each.natural_key);
    EXPECT_EQ(keys.size(), 4u);
}

TEST(LinkedInComments, KeepTheirIdentityWhenEditedOrReadAlone) {
    const auto key = [](const std::map<std::string, std::string>& files) {
        return read_linkedin(files).sink.all<Activity>().at(0).natural_key;
    };
    const std::string row = day + urn("activity:99") + ",";
    EXPECT_EQ(key({{"Comments.csv", comments_header + row + "Before\n"}}),
              key({{"Profile.csv", profile}, {"Comments_12.csv", comments_header + row + "After\n"}}));
}

TEST(LinkedInReactions, AreKnownByTimeAndPostWhateverTheirType) {
    const VectorSink one = read_table("Reactions.csv", reactions_header + day + "LIKE," + urn("groupPost:5-7458") + "\n");
    const VectorSink other = read_table("Reactions.csv", reactions_header + day + "PRAISE," + urn("groupPost:5-7458") + "\n");
    ASSERT_EQ(one.count<Activity>(), 1u);
    const Activity reaction = one.all<Activity>()[0];
    EXPECT_EQ(reaction.kind, ActivityKind::reaction);
    EXPECT_EQ(reaction.group, "5");
    EXPECT_EQ(reaction.parent, "7458");
    EXPECT_FALSE(reaction.natural_key.empty());
    EXPECT_EQ(reaction.natural_key, other.all<Activity>().at(0).natural_key);
}

TEST(LinkedInVotes, AreVotesAndRepostsAreShares) {
    const VectorSink votes = read_table("Votes.csv", "Date,Link,OptionText\n" + day + urn("activity:9") + ",\"Yes, often\"\n");
    ASSERT_EQ(votes.count<Activity>(), 1u);
    EXPECT_EQ(votes.all<Activity>()[0].kind, ActivityKind::vote);
    const VectorSink reposts = read_table("InstantReposts_1.csv", "Date,Link\n" + day + urn("groupPost:5-9") + "\n");
    ASSERT_EQ(reposts.count<Activity>(), 1u);
    EXPECT_EQ(reposts.all<Activity>()[0].kind, ActivityKind::share);
    EXPECT_EQ(reposts.all<Activity>()[0].group, "5");
    EXPECT_EQ(reposts.all<Activity>()[0].parent, "");
}

TEST(LinkedInNumberedGroups, AreAskedAboutWithTheirCounts) {
    const Reading reading = read_linkedin(
        {{"Profile.csv", profile},
         {"Shares.csv", shares_header + day + urn("groupPost:1792820-1") + ",x,,,\n"},
         {"Comments.csv", comments_header + day + urn("groupPost:1792820-2") + ",y\n" + day + urn("activity:3") + ",z\n"},
         {"Reactions.csv", reactions_header + day + "LIKE," + urn("groupPost:77-4") + "\n"}});
    const Group* group = reading.sink.group("1792820");
    ASSERT_NE(group, nullptr);
    EXPECT_EQ(group->name, "");
    EXPECT_EQ(group->url, "https://www.linkedin.com/groups/1792820/");
    std::vector<Message> asked;
    for (const auto& warning : reading.sink.warnings)
        if (warning.code == "unnamed_group") asked.push_back(warning.message);
    EXPECT_THAT(asked, ElementsAre(msg("linkedin.unnamed_group", arg("group", "1792820"), arg("acts", 2), arg("reactions", 0)),
                                   msg("linkedin.unnamed_group", arg("group", "77"), arg("acts", 0), arg("reactions", 1))));
    ASSERT_NE(reading.sink.coverage("1792820"), nullptr);
    EXPECT_EQ(reading.sink.coverage("1792820")->kind, CoverageKind::own_only);
    EXPECT_EQ(reading.sink.count<Membership>(), 0u);
}

TEST(LinkedInNamedGroups, ComeFromEveryColumnOfThatName) {
    const VectorSink sink = read_table("Ad_Targeting.csv",
                                       "Member Age,Company Names,Company Names,Member Groups,Job Titles,Member Groups\n"
                                       "35-54,Acme,Other,Wind People; Club Énergie,Boss,\"Wind People; Sun, and more\"\n");
    std::vector<std::string> keys;
    for (const Group& each : sink.all<Group>()) keys.push_back(each.key + "=" + each.name);
    EXPECT_THAT(keys,
                ElementsAre("ads:wind people=Wind People", "ads:club énergie=Club Énergie", "ads:sun, and more=Sun, and more"));
    const auto memberships = sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 3u);
    EXPECT_EQ(memberships[0].event, MembershipEvent::member);
    EXPECT_EQ(memberships[0].origin, "ad_targeting");
    EXPECT_FALSE(memberships[0].at);
    EXPECT_EQ(sink.coverage("ads:wind people")->kind, CoverageKind::names_only);
    EXPECT_FALSE(sink.warned("unnamed_group"));
}

TEST(LinkedInNamedGroups, MayBeNone) {
    const VectorSink sink = read_table("Ad_Targeting.csv", "Member Age,Member Groups\n35-54,\n");
    EXPECT_EQ(sink.count<Group>(), 0u);
}

TEST(LinkedInOldGroupFiles, AreReadByWhatTheirColumnsAreCalled) {
    const VectorSink posts = read_table("Group Posts.csv", "Date,Group Name,Message,Link\n" + day + "Wind People,Hello,\n" + day +
                                                               ",Hi," + urn("groupPost:5-6") + "\n");
    const auto activities = posts.all<Activity>();
    ASSERT_EQ(activities.size(), 2u);
    EXPECT_EQ(activities[0].group, "ads:wind people");
    EXPECT_EQ(activities[0].text, "Hello");
    EXPECT_EQ(activities[1].group, "5");
}

struct LackCase {
    const char* name;
    std::map<std::string, std::string> more;
    std::vector<std::string> not_requested;
};
class LinkedInNotRequested : public testing::TestWithParam<LackCase> {};
TEST_P(LinkedInNotRequested, IsToldApartFromNothingDone) {
    std::map<std::string, std::string> files = GetParam().more;
    files["Profile.csv"] = profile;
    const VectorSink sink = read_linkedin(files).sink;
    ASSERT_NE(sink.coverage(""), nullptr);
    EXPECT_EQ(sink.coverage("")->not_requested, GetParam().not_requested);
    EXPECT_EQ(sink.lacks_id("linkedin.lack_complete"), !GetParam().not_requested.empty());
    EXPECT_TRUE(sink.lacks_id("linkedin.lack_groups"));
}
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInNotRequested,
    testing::ValuesIn<LackCase>({
        {"basic",
                 {{"messages.csv", messages_header}},
                 {"linkedin.lack_shares", "linkedin.lack_comments", "linkedin.lack_reactions", "linkedin.lack_advertising"}},
        {"selection",
                 {{"Shares_1.csv", shares_header}, {"Comments_1.csv", comments_header}, {"Reactions_1.csv", reactions_header}},
                 {"linkedin.lack_messages", "linkedin.lack_advertising"}},
        {"complete_without_any_act", {{"Logins.csv", "x\n"}, {"SearchQueries.csv", "x\n"}}, {}},
        {"one_mark_is_not_enough",
                 {{"Logins.csv", "x\n"}, {"messages.csv", messages_header}, {"Shares.csv", shares_header}},
                 {"linkedin.lack_comments", "linkedin.lack_reactions", "linkedin.lack_advertising"}}}),
    [](const auto& test) { return std::string(test.param.name); });

struct ExportedCase {
    const char* name;
    std::string label, folder, expected;
};
class LinkedInExportedAt : public testing::TestWithParam<ExportedCase> {};
TEST_P(LinkedInExportedAt, ComesFromTheNameThenTheTimeOfTheFiles) {
    const Reading reading = read_linkedin({{GetParam().folder + "Profile.csv", profile}}, {}, GetParam().label,
                                          Instant(std::chrono::seconds(1'700'000'000)));
    ASSERT_TRUE(reading.exported_at);
    EXPECT_EQ(format_rfc3339(*reading.exported_at), GetParam().expected);
    EXPECT_EQ(reading.sink.coverage("")->end, reading.exported_at);
}
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInExportedAt,
    testing::ValuesIn<ExportedCase>({
        {"archive", "Complete_LinkedInDataExport_10-30-2026.zip", "", "2026-10-30T23:59:59Z"},
        {"wrapper", "downloads", "Basic_LinkedInDataExport_01-02-2026/", "2026-01-02T23:59:59Z"},
        {"renamed", "linkedin.zip", "", "2023-11-14T22:13:20Z"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInReading, StopsWhenTold) {
    const MemorySource source("x", {{"Profile.csv", profile},
                                    {"Reactions.csv", reactions_header + day + "LIKE," + urn("groupPost:5-1") + "\n" + day +
                                                          "LIKE," + urn("groupPost:6-2") + "\n"}});
    for (std::size_t limit = 1; limit < 5; ++limit) {
        const auto stream = linkedin_connector().open(source, {});
        VectorSink sink;
        sink.stop_after = limit;
        stream->read_into(sink);
        EXPECT_EQ(sink.accepted.size(), limit);
        EXPECT_EQ(sink.calls_after_stop, 0u);
    }
}

}  // namespace linkedin_activities_test
}  // namespace secateur::test

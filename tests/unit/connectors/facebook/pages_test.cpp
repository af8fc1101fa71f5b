// SPDX-License-Identifier: GPL-3.0-or-later
// The HTML export: the same records as in JSON, as far as a page tells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/facebook/pages.hpp"
#include "tests/unit/connectors/facebook/facebook_support.hpp"

namespace secateur::test {
namespace facebook_pages_test {

using namespace on_facebook;
using testing::ElementsAre;

const std::string groups_folder = "your_facebook_activity/groups/";
const std::string joins_page = groups_folder + "your_group_membership_activity.html";
const std::string posts_page = groups_folder + "group_posts_and_comments.html";
const std::string comments_page = groups_folder + "your_comments_in_groups.html";
const std::string reactions_page = "your_facebook_activity/comments_and_reactions/likes_and_reactions.html";
const std::string visits_page = "logged_information/interactions/groups_and_events_you've_visited.html";
const std::string thread_page = "your_facebook_activity/messages/inbox/crew_12/message_1.html";

std::string page(std::string_view body, std::string_view title = "Groups") {
    return fmt::format("<html><head><title>{}</title></head><body><main>{}</main></body></html>", title, body);
}
std::string clock_of(std::string_view clock) {
    return clock.empty() ? std::string() : fmt::format("<div class=\"_a72d\">{}</div>", clock);
}
std::string record(std::string_view title, std::string_view body = "", std::string_view clock = "Jun 01, 2024 2:00:00 pm") {
    return fmt::format("<section class=\"_3-95 _a6-g\"><h2 class=\"_2ph_ _a6-h\">{}</h2><div class=\"_2ph_ "
                       "_a6-p\">{}</div><footer "
                       "class=\"_a6-o\">{}</footer></section>\n",
                       title, body, clock_of(clock));
}
std::string row(std::string_view label, std::string_view value) {
    return fmt::format("<tr><td class=\"_2pin _a6_q\">{}</td><td class=\"_2pin _a6_r\">{}</td></tr>", label, value);
}
std::string table(std::string_view rows, std::string_view clock = "Jun 01, 2024 2:00:00 pm") {
    return fmt::format("<section class=\"_a6-g\"><div class=\"_a6-p\"><table>{}</table></div><footer>{}</footer></section>", rows,
                       clock_of(clock));
}
/// The look of 2021 and of Messenger.
std::string message(std::string_view who, std::string_view body, std::string_view clock) {
    return fmt::format("<div class=\"pam _3-95 _2ph- _a6-g uiBoxWhite noborder\"><h2 class=\"_3-95 _2pim _a6-h "
                       "_a6-i\">{}</h2><div "
                       "class=\"_3-95 _a6-p\"><div><div></div><div>{}</div><div></div></div></div><div class=\"_3-94 "
                       "_a6-o\">{}</div></div>\n",
                       who, body, clock);
}

Reading read_pages(Files files, std::string_view zone = "Europe/Brussels") {
    ReadContext context;
    if (!zone.empty()) context.zone = Zone::find(zone);
    return read_source(facebook_connector(), MemorySource("facebook-zoe-2026-10-30-aB3d", std::move(files)), context);
}
Activity only(const VectorSink& sink) {
    const auto all = sink.all<Activity>();
    if (all.size() != 1) throw std::runtime_error("not one activity");
    return all.front();
}

struct ClockCase {
    const char* name;
    std::string_view text;
    std::string_view expected;  // empty: no time
};
class FacebookPageClocks : public testing::TestWithParam<ClockCase> {};
TEST_P(FacebookPageClocks, AreReadInTheWordsOfTheAccount) {
    const auto clock = facebook::parse_page_clock(GetParam().text);
    ASSERT_EQ(clock.has_value(), !GetParam().expected.empty());
    if (clock) {
        EXPECT_EQ(as_utc(clock->local), parse_rfc3339(GetParam().expected)->at);
    }
}
INSTANTIATE_TEST_SUITE_P(Facebook, FacebookPageClocks,
                         testing::ValuesIn<ClockCase>({
        {"english", "Nov 08, 2005 4:19:54 am", "2005-11-08T04:19:54Z"},
        {"afternoon", "Nov 08, 2005 4:19:54 pm", "2005-11-08T16:19:54Z"},
        {"noon", "Nov 8, 2005, 12:05 PM", "2005-11-08T12:05:00Z"},
        {"midnight", "Nov 8, 2005, 12:05 AM", "2005-11-08T00:05:00Z"},
        {"narrow_space", "Nov 8, 2005, 4:19\u202Fpm", "2005-11-08T16:19:00Z"},
        {"long_english", "Wednesday, November 8, 2005 at 4:19 PM",
                  "2005-11-08T16:19:00Z"},
        {"french", "févr. 08, 2005 4:19:54 pm", "2005-02-08T16:19:54Z"},
        {"french_august", "août 31, 2022 11:00:01 pm", "2022-08-31T23:00:01Z"},
        {"long_french", "8 novembre 2005 à 04:19", "2005-11-08T04:19:00Z"},
        {"french_hours", "8 juil. 2021 à 18h05", "2021-07-08T18:05:00Z"},
        {"spanish", "ene. 08, 2005 4:19:54 am", "2005-01-08T04:19:54Z"},
        {"german", "8. Dez. 2005, 16:19:54", "2005-12-08T16:19:54Z"},
        {"dutch", "8 mei 2005 16:19", "2005-05-08T16:19:00Z"},
        {"italian", "8 giu 2005 16:19", "2005-06-08T16:19:00Z"},
        {"digits_only", "08/11/2005 04:19", ""},
        {"without_a_time", "Nov 08, 2005", ""},
        {"impossible", "Feb 31, 2005 4:19 am", ""},
        {"thirteen_pm", "Nov 08, 2005 13:19 pm", ""},
        {"unknown_language", "8 ноя 2005 04:19", ""},
        {"a_sentence", "rendez-vous le 8 mai 2005 à 10:30", ""},
        {"nothing", "", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(FacebookPages, AreRecognisedByNameAndStyle) {
    const auto detect = [](Files files) { return facebook_connector().detect(MemorySource("x", std::move(files))); };
    const auto certain = detect({{joins_page, page(record("You became a member of A."))}});
    ASSERT_TRUE(certain);
    EXPECT_EQ(certain->confidence, Confidence::certain);
    EXPECT_TRUE(detect({{thread_page, page(message("Ann", "x", "Jun 01, 2024 2:00 pm"))}}));
    EXPECT_FALSE(detect({{"messages/1/message_1.html", "<html><div class=\"message\">x</div></html>"}}));
    EXPECT_FALSE(detect({{"your_instagram_activity/messages/inbox/a_1/message_1.html",
                          page(message("Ann", "x", "Jun 01, 2024 2:00 pm"))}}));
}

TEST(FacebookPages, GiveWayToTheJsonBesideThem) {
    const auto reading = read_pages({{joins_page, page(record("You became a member of A."))},
                                     {joins_path, R"({"groups_joined_v2":[{"timestamp":1714550400,"data":[{"name":"A"}]}]})"}});
    EXPECT_EQ(reading.sink.count<Membership>(), 1U);
    EXPECT_EQ(reading.sink.ignored_for("page_beside_json"), 1U);
    EXPECT_FALSE(reading.sink.lacks_id("facebook.lack_json"));
}

TEST(FacebookPages, TellJoinsBySentence) {
    const auto sink = read_pages({{joins_page, page(record("You became a member of Café &amp; Code.") +
                                                    record("Vous avez quitté Café &amp; Code.", "",
                                                           "juin 02, 2024 2:00:00 pm"))}})
                          .sink;
    const auto memberships = sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 2U);
    EXPECT_EQ(memberships[0].group, "café & code");
    EXPECT_EQ(memberships[0].event, MembershipEvent::joined);
    EXPECT_EQ(memberships[0].at->at, parse_rfc3339("2024-06-01T12:00:00Z")->at);  // summer in Brussels
    EXPECT_EQ(memberships[0].at->basis, TimeBasis::local_assumed);
    EXPECT_EQ(memberships[1].event, MembershipEvent::unknown);
    EXPECT_EQ(memberships[1].note, "Vous avez quitté Café & Code.");
}

TEST(FacebookPages, TellPostsWithTextLinksAndMedia) {
    const auto sink = read_pages({{posts_page, page(record("Zoé Exemple posted in Café &amp; Code.",
                                                           "<div class=\"_2pin\"><div>Who comes?<br>At <b>six</b></div></div><a "
                                                           "href=\"https://example.org/a\"><img src=\"media/a.jpg\"></a><img "
                                                           "src=\"files/icons/x.png\">"))}})
                          .sink;
    const Activity post = only(sink);
    EXPECT_EQ(post.kind, ActivityKind::post);
    EXPECT_EQ(post.group, "café & code");
    EXPECT_EQ(post.text, "Who comes?\nAt six");
    EXPECT_THAT(post.links, ElementsAre("https://example.org/a"));
    EXPECT_EQ(post.attachments, 1U);
    EXPECT_TRUE(post.is_me);
    EXPECT_EQ(post.when->written, "Jun 01, 2024 2:00:00 pm");
}

TEST(FacebookPages, TellCommentsWithTheGroupBesideItsLabel) {
    for (const std::string_view label : {"Group: ", "Groupe : "}) {
        const std::string body = fmt::format(
            "<div class=\"_2pin\"><div><div class=\"_3-95\"><span class=\"_a6_m\">{}</span>Café &amp; Code</div>With "
            "pleasure</div></div>", label);
        const Activity comment = only(read_pages({{comments_page,
                                                   page(record("Zoé Exemple replied to Ann Fake's comment.", body))}}).sink);
        EXPECT_EQ(comment.kind, ActivityKind::reply);
        EXPECT_EQ(comment.group, "café & code");
        EXPECT_EQ(comment.text, "With pleasure");
        EXPECT_EQ(comment.author.name, "Zoé Exemple");
    }
}

TEST(FacebookPages, TellReactionsOnceThoughTheyStandInTwoLists) {
    const auto sink = read_pages({{joins_page, page(record("You became a member of Café &amp; Code."))},
                                  {reactions_page, page(record("Zoé Exemple likes Ann Fake's post in Café &amp; Code.") +
                                                        table(row("Reaction", "Like") + row("Name", "Ann Fake")))}})
                          .sink;
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].kind, ActivityKind::reaction);
    EXPECT_EQ(all[0].natural_key, all[1].natural_key);  // one record by its key
    EXPECT_EQ(all[1].group, "café & code");
}

TEST(FacebookPages, TellVisitsOfGroupsNotOfEvents) {
    const auto sink = read_pages({{visits_page, page(table(row("Name", "Café &amp; Code")) +
                                                     table(row("Nom", "Fête") +
                                                           row("Heure de début", "juin 09, 2024 2:00:00 pm")))}})
                          .sink;
    EXPECT_EQ(only(sink).group, "café & code");
    EXPECT_EQ(only(sink).kind, ActivityKind::visit);
    EXPECT_EQ(sink.ignored_for("visited_event"), 1U);
}

TEST(FacebookPages, TellSectionsWithinSectionsOnce) {
    const std::string inner = "<section class=\"_a6-g\"><div class=\"_a6-p\"><div>Café &amp; Code</div></div><footer><a "
                              "href=\"https://www.facebook.com/groups/77/\"><div class=\"_a72d\">Jun 01, 2024 2:00:00 "
                              "pm</div></a></footer></section>";
    const auto sink = read_pages({{"logged_information/interactions/recently_visited.html",
                                   page("<section class=\"_a6-g\"><h2>Groups visited</h2>" + inner + "</section>")},
                                  {joins_page, page("")}})
                          .sink;
    EXPECT_EQ(only(sink).group, "café & code");
    EXPECT_EQ(sink.group("café & code")->url, "https://www.facebook.com/groups/77/");
}

TEST(FacebookPages, TellPagesFriendsAndEvents) {
    const auto sink =
        read_pages({{"your_facebook_activity/pages/pages_you've_liked.html",
                     page("<section class=\"_a6-g\"><h2>Le four</h2><footer><a href=\"https://www.facebook.com/lefour\"><div "
                          "class=\"_a72d\">Jun 01, 2024 2:00:00 pm</div></a></footer></section>")},
                    {"connections/friends/your_friends.html", page(record("Ann Fake"))},
                    {"your_facebook_activity/events/your_event_responses.html",
                     page("<section class=\"_a6-g\"><h2>Events declined</h2>" + record("Fête", "", "") + "</section>")}})
            .sink;
    EXPECT_EQ(sink.group("page:le four")->url, "https://www.facebook.com/lefour");
    EXPECT_EQ(sink.all<Contact>().at(0).person.name, "Ann Fake");
    EXPECT_EQ(sink.all<Meeting>().at(0).name, "Fête");
    EXPECT_EQ(sink.all<Meeting>().at(0).attendance, Attendance::declined);
}

TEST(FacebookPages, TellThreadsWithTheirPeople) {
    const std::string reactions = "Hi<ul class=\"_a6-q\"><li><span>\u2764Zoé Exemple</span></li></ul>";
    const auto reading = read_pages({{"personal_information/profile_information/profile_information.html",
                                      page(table(row("Name", "Zoé Exemple"), ""))},
                                     {thread_page,
                                      page("<div class=\"pam _a6-g\"><div class=\"_a6-p\">Participants: Zoé Exemple, Ann Fake "
                                           "and Bo Faux</div></div>" +
                                                            message("Ann Fake", reactions, "Jan 12, 2026 9:15:02 pm") +
                                                            message("Zoé Exemple", "<img src=\"photos/a.jpg\">",
                                                                    "Jan 12, 2026 9:20 pm"),
                                                        "Field crew")}});
    const VectorSink& sink = reading.sink;
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->name, "Zoé Exemple");
    EXPECT_EQ(sink.group("thread:12")->name, "Field crew");
    EXPECT_EQ(sink.group("thread:12")->kind, GroupKind::group_chat);
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].text, "Hi");
    EXPECT_EQ(all[0].author.name, "Ann Fake");
    EXPECT_EQ(all[0].when->at, parse_rfc3339("2026-01-12T20:15:02Z")->at);
    EXPECT_EQ(all[1].kind, ActivityKind::reaction);
    EXPECT_TRUE(all[1].is_me);
    EXPECT_TRUE(all[2].is_me);
    EXPECT_EQ(all[2].attachments, 1U);
    EXPECT_EQ(all[2].when->precision, Precision::minute);
    EXPECT_EQ(sink.coverage("thread:12")->kind, CoverageKind::full);
}

TEST(FacebookPages, WithoutKnownClassesStillTellTitleAndTime) {
    const Activity post = only(read_pages({{posts_page,
                                            page("<section class=\"_a6-g\"><h2>Zoé Exemple posted in Café.</h2><div>Who "
                                                 "comes?</div><div>Jun 01, "
                                                             "2024 2:00:00 pm</div></section>")}})
                                   .sink);
    EXPECT_EQ(post.text, "Who comes?");
    EXPECT_EQ(post.when->at, parse_rfc3339("2024-06-01T12:00:00Z")->at);
}

TEST(FacebookPages, InAnUnknownLanguageRefuseTheirTimesAtTheirPlaces) {
    const std::string bad = record("Zoé Exemple posted in Café.", "x", "8 ноя 2005 04:19");
    const auto sink = read_pages({{posts_page, page(record("Zoé Exemple posted in Café.") + bad)}}).sink;
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "facebook.impossible_date");
    EXPECT_EQ(sink.rejected[0].problem.where.entry, posts_page);
    EXPECT_EQ(sink.rejected[0].problem.where.record, 2U);
    EXPECT_EQ(sink.rejected[0].problem.where.length, bad.size() - 1);
    EXPECT_EQ(sink.count<Activity>(), 1U);
}

TEST(FacebookPages, WithoutAZoneWarnOfLocalTimes) {
    const Files files{{posts_page, page(record("Zoé Exemple posted in Café."))}};
    EXPECT_FALSE(read_pages(files).sink.warned("local_times"));
    const auto sink = read_pages(files, "").sink;
    EXPECT_TRUE(sink.warned("local_times"));
    EXPECT_EQ(only(sink).when->basis, TimeBasis::local_unknown);
}

TEST(FacebookPages, CutOffKeepWhatCameBefore) {
    std::string cut = page(record("Zoé Exemple posted in Café.", "one") + record("Zoé Exemple posted in Café.", "two"));
    cut.resize(cut.find("two"));
    const auto sink = read_pages({{posts_page, cut}}).sink;
    EXPECT_EQ(only(sink).text, "one");
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "json.cut_off");
}

}  // namespace facebook_pages_test
}  // namespace secateur::test

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
const Connector& stackexchange_connector();

namespace stackexchange_test {

using test::MemorySource;
using test::Reading;
using Files = std::map<std::string, std::string>;

const std::string site = "bees.example";

std::string rows(const std::string& root, const std::string& inside) {
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<" + root + ">\n" + inside + "</" + root + ">\n";
}
std::string user(int id, const std::string& name, const std::string& more = "") {
    return "<row Id=\"" + std::to_string(id) + "\" DisplayName=\"" + name + "\" CreationDate=\"2020-05-02T08:00:00.000\" " +
           more + " />\n";
}
const std::string users = rows(
    "users", user(-1, "Community") + user(12, "Mira Example", R"(AccountId="4711" LastAccessDate="2026-10-30T07:00:00.123")") +
                 user(13, "Karl"));
std::string post(const std::string& id, int type, const std::string& more) {
    return "<row Id=\"" + id + "\" PostTypeId=\"" + std::to_string(type) + "\" CreationDate=\"2026-05-02T18:11:04.480\" " + more +
           " />\n";
}
std::string comment(int id, const std::string& more) {
    return "<row Id=\"" + std::to_string(id) + "\" CreationDate=\"2026-05-03T18:11:04.480\" " + more + " />\n";
}

ReadContext context(std::vector<std::string> names = {"Mira Example"}, std::vector<std::string> ids = {}) {
    ReadContext found;
    found.today = *parse_date("2026-11-21");
    found.me.names = std::move(names);
    found.me.ids = std::move(ids);
    return found;
}
Reading read(Files files, const ReadContext& how = context(), const std::string& label = site,
             std::optional<Instant> modified = std::nullopt) {
    files.try_emplace("Users.xml", users);
    return test::read_source(stackexchange_connector(), MemorySource(label, std::move(files), modified), how);
}
Reading read_posts(const std::string& inside) {
    return read({{"Posts.xml", rows("posts", inside)}, {"Comments.xml", rows("comments", "")}});
}

TEST(StackExchange, ReadsASiteAsOneGroup) {
    const auto sink =
        read(
            {{"Posts.xml",
              rows(
                  "posts",
                  post(
                      "1", 1,
                      R"(OwnerUserId="12" Title="T" Body="&lt;p&gt;B &amp;amp; &lt;a href=&quot;https://x.example/y&quot;&gt;c&lt;/a&gt;&lt;/p&gt;" LastEditDate="2026-05-03T00:00:00.000")") +
                      post("2", 2, R"(ParentId="1" OwnerUserId="13" Body="A")"))},
             {"Comments.xml", rows("comments", comment(7, R"(PostId="2" UserId="12" Text="Thanks")"))},
             {"Tags.xml", rows("tags", R"(<row TagName="hive" Count="4"/><row TagName="swarm" Count="9"/>)")}},
            context(), site, Zone::utc().to_instant({.year = 2026, .month = 10, .day = 31}))
            .sink;
    std::vector<std::string> lines;
    for (const auto& each : sink.accepted) lines.push_back(test::text_of(each.record));
    EXPECT_THAT(lines,
                testing::ElementsAre(
                    "group  bees.example bees.example  https://bees.example forum swarm;hive;  3 0 0 - 2026-10-31T00:00:00Z/2/0/",
                    "account  bees.example/users/12  Mira Example; account.from_profile 2026-10-30T07:00:00Z/0/0/ - -",
                    "membership  bees.example joined 2020-05-02T08:00:00Z/0/0/  -  users  true = ",
                    "activity  bees.example  visit:2026-10-30T07:00:00.123 12=Mira Example true 2026-10-30T07:00:00Z/0/0/ visit  "
                    "false false false false 0   0",
                    "activity  bees.example p1  12=Mira Example true 2026-05-02T18:11:04Z/0/0/ post  false false true false 0 "
                    "T\n\nB & c https://x.example/y; 0",
                    "activity  bees.example p2  13=Karl false 2026-05-02T18:11:04Z/0/0/ reply p1 true false false false 0 A  0",
                    "activity  bees.example c7  12=Mira Example true 2026-05-03T18:11:04Z/0/0/ comment p2 false false false "
                    "false 0 Thanks  0",
                    "coverage  bees.example full 2026-05-02T18:11:04Z 2026-10-31T00:00:00Z "));
    EXPECT_EQ(sink.ignored_for("other_user"), 2u);
}

struct PostCase {
    std::string name, row, author, ignored;
};
class StackExchangePost : public testing::TestWithParam<PostCase> {};
TEST_P(StackExchangePost, IsItsAuthorsOrIgnoredWithAReason) {
    const auto sink = read_posts(GetParam().row).sink;
    const auto* found = sink.find<Activity>([](const Activity& each) { return each.kind != ActivityKind::visit; });
    if (!GetParam().ignored.empty()) {
        EXPECT_EQ(sink.ignored_for(GetParam().ignored), 1u);
        EXPECT_EQ(found, nullptr);
        return;
    }
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(test::text_of(found->author), GetParam().author);
}
INSTANTIATE_TEST_SUITE_P(Rows, StackExchangePost,
                         testing::ValuesIn(std::vector<PostCase>{
                             {"known_user", post("1", 1, R"(OwnerUserId="13" Body="B")"), "13=Karl", ""},
                             {"deleted_account", post("1", 1, R"(OwnerDisplayName="user99" Body="B")"), "user99=user99", ""},
                             {"nobody", post("1", 1, R"(Body="B")"), "=", ""},
                             {"user_missing_from_the_list", post("1", 1, R"(OwnerUserId="99" Body="B")"), "99=", ""},
                             {"made_up_question", post("1000000001", 1, R"(OwnerUserId="-1" Body="B")"), "", "fabricated_post"},
                             {"made_up_answer", post("1000000010", 2, R"(OwnerUserId="-1" Body="B" ParentId="1000000001")"), "",
                              "fabricated_post"},
                             {"tag_wiki", post("1", 5, R"(OwnerUserId="13" Body="B")"), "", "wiki_or_notice"},
                             {"privilege_page", post("1", 8, R"(Body="B")"), "", "wiki_or_notice"},
                         }),
                         [](const auto& test) { return test.param.name; });

TEST(StackExchange, MarksWhatTheSiteItselfWrote) {
    const auto sink = read_posts(post("1", 1, R"(OwnerUserId="-1" Body="B")")).sink;
    EXPECT_TRUE(sink.activity(site, "p1")->automatic);
    EXPECT_FALSE(sink.activity(site, "p1")->is_me);
}

TEST(StackExchange, KnowsAnAnswerToMeBecauseQuestionsStandFirst) {
    const auto sink =
        read_posts(post("1", 1, R"(OwnerUserId="12" Body="Q")") + post("2", 2, R"(OwnerUserId="13" ParentId="1" Body="A")") +
                   post("3", 2, R"(OwnerUserId="13" ParentId="9" Body="A")"))
            .sink;
    EXPECT_TRUE(sink.activity(site, "p2")->parent_is_me);
    EXPECT_FALSE(sink.activity(site, "p3")->parent_is_me);
}

TEST(StackExchange, CountsVotesWithoutVotersAndKeepsThoseThatNameOne) {
    const auto sink =
        read({{"Votes.xml",
               rows("votes", R"(<row Id="1" PostId="1" VoteTypeId="2" CreationDate="2026-05-02T00:00:00.000"/>)"
                             R"(<row Id="2" PostId="1" VoteTypeId="5" UserId="12" CreationDate="2026-05-02T00:00:00.000"/>)")}})
            .sink;
    EXPECT_EQ(sink.ignored_for("anonymous_vote"), 1u);
    const Activity* vote = sink.activity(site, "v2");
    ASSERT_NE(vote, nullptr);
    EXPECT_EQ(vote->kind, ActivityKind::vote);
    EXPECT_TRUE(vote->is_me);
    EXPECT_EQ(vote->when->precision, Precision::day);
}

struct OwnerCase {
    std::string name;
    std::vector<std::string> names, ids;
    std::string found;
    std::size_t candidates;
};
class StackExchangeOwner : public testing::TestWithParam<OwnerCase> {};
TEST_P(StackExchangeOwner, IsFoundByNameThenByNumber) {
    const std::string twice = rows("users", user(12, "Mira") + user(13, "mira", R"(AccountId="4711")") + user(14, "Karl"));
    const Reading reading =
        read({{"Users.xml", twice}, {"Posts.xml", rows("posts", post("1", 1, R"(OwnerUserId="13" Body="B")"))}},
             context(GetParam().names, GetParam().ids));
    EXPECT_EQ(reading.owner.person ? reading.owner.person->key : "", GetParam().found);
    EXPECT_EQ(reading.owner.candidates.size(), GetParam().candidates);
    EXPECT_EQ(reading.sink.activity(site, "p1")->is_me, GetParam().found == "13");
    EXPECT_EQ(reading.sink.lacks_id("stackexchange.lack_me"), GetParam().found.empty());
}
INSTANTIATE_TEST_SUITE_P(People, StackExchangeOwner,
                         testing::ValuesIn(std::vector<OwnerCase>{
                             {"by_name", {"karl"}, {}, "14", 0},
                             {"two_of_one_name", {"Mira"}, {}, "", 2},
                             {"two_of_one_name_and_a_number", {"Mira"}, {"12"}, "12", 0},
                             {"two_of_one_name_and_the_account_over_all_sites", {"Mira"}, {"4711"}, "13", 0},
                             {"by_number_alone", {}, {"13"}, "13", 0},
                             {"a_unique_name_before_a_number", {"Karl"}, {"12"}, "14", 0},
                             {"nobody", {"Zoe"}, {"99"}, "", 0},
                             {"an_empty_profile", {}, {}, "", 0},
                         }),
                         [](const auto& test) { return test.param.name; });

struct SiteCase {
    std::string name, label, path, site;
    bool warned;
};
class StackExchangeSite : public testing::TestWithParam<SiteCase> {};
TEST_P(StackExchangeSite, IsNamedByItsFolderOrArchive) {
    const MemorySource source(GetParam().label, {{GetParam().path, rows("posts", post("1", 1, R"(OwnerUserId="13" Body="B")"))}});
    const auto sink = test::read_source(stackexchange_connector(), source, context()).sink;
    EXPECT_EQ(sink.all<Group>().at(0).key, GetParam().site);
    EXPECT_EQ(sink.warned("site_named_after_folder"), GetParam().warned);
    EXPECT_EQ(sink.all<Group>().at(0).url.empty(), GetParam().warned);
}
INSTANTIATE_TEST_SUITE_P(Places, StackExchangeSite,
                         testing::ValuesIn(std::vector<SiteCase>{
                             {"folder", "x/Bees.Example", "Posts.xml", "bees.example", false},
                             {"folder_inside", "dump", "bees.stackexchange.com/Posts.xml", "bees.stackexchange.com", false},
                             {"part_of_the_largest_site", "stackoverflow.com-Posts", "Posts.xml", "stackoverflow.com", false},
                             {"downloaded_twice", "bees.example (1)", "Posts.xml", "bees.example", false},
                             {"file_in_its_folder", "bees.example/Posts", "Posts.xml", "bees.example", false},
                             {"renamed", "My dump", "Posts.xml", "my dump", true},
                         }),
                         [](const auto& test) { return test.param.name; });

struct BadCase {
    std::string name, row, reason;
};
class StackExchangeRow : public testing::TestWithParam<BadCase> {};
TEST_P(StackExchangeRow, IsRefusedWithItsReasonAndPlace) {
    const auto sink = read_posts(post("1", 1, R"(OwnerUserId="13" Body="B")") + GetParam().row).sink;
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.rejected[0].problem.where.record, 2u);
    EXPECT_EQ(sink.rejected[0].problem.where.line, 4u);
}
INSTANTIATE_TEST_SUITE_P(
    Bad, StackExchangeRow,
    testing::ValuesIn(std::vector<BadCase>{
        {"no_id", R"(<row PostTypeId="1" CreationDate="2026-05-02T18:11:04.480"/>)", "stackexchange.no_id"},
        {"no_date", R"(<row Id="2" PostTypeId="1"/>)", "stackexchange.no_date"},
        {"year_1970", R"(<row Id="2" PostTypeId="1" CreationDate="1970-01-01T00:00:00.000"/>)", "stackexchange.impossible_date"},
        {"future", R"(<row Id="2" PostTypeId="1" CreationDate="2027-01-01T00:00:00.000"/>)", "stackexchange.impossible_date"},
        {"no_type", R"(<row Id="2" CreationDate="2026-05-02T18:11:04.480"/>)", "stackexchange.no_type"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(StackExchange, KeepsWhatStandsBeforeACutAndCountsTheRestOnce) {
    const std::string whole =
        rows("posts", post("1", 1, R"(OwnerUserId="13" Body="B")") + post("2", 1, R"(OwnerUserId="13" Body="Half a sentence")"));
    // In the middle of a tag, of its last attribute, and between two of them: never half a row.
    for (const std::string place : {"Id=\"2\"", " sentence", "OwnerUserId=\"13\" Body=\"Half"}) {
        const auto sink = read({{"Posts.xml", whole.substr(0, whole.find(place))}}).sink;
        EXPECT_NE(sink.activity(site, "p1"), nullptr) << place;
        EXPECT_EQ(sink.activity(site, "p2"), nullptr) << place;
        EXPECT_EQ(sink.rejected.size(), 1u) << place;
    }
}

TEST(StackExchange, TakesTheLastRowWhenNothingStandsBehindIt) {
    const auto sink =
        read({{"Posts.xml", R"(<posts><row Id="1" PostTypeId="1" CreationDate="2026-05-02T18:11:04.480" Body="B"/></posts>)"}})
            .sink;
    EXPECT_NE(sink.activity(site, "p1"), nullptr);
    EXPECT_TRUE(sink.lacks_id("stackexchange.lack_comments"));
}

TEST(StackExchange, IsNeverFullWithoutAnotherAuthor) {
    EXPECT_EQ(read_posts(post("1", 1, R"(OwnerUserId="12" Body="B")")).sink.coverage(site)->kind, CoverageKind::own_only);
    EXPECT_EQ(read({{"Posts.xml", rows("posts", post("1", 1, R"(OwnerUserId="13" Body="B")"))}}).sink.coverage(site)->kind,
              CoverageKind::partial_window);
    EXPECT_EQ(read({}).sink.coverage(site)->kind, CoverageKind::names_only);
}

TEST(StackExchange, NeverReadsTheHashedMailAddressOfOldDumps) {
    const auto sink = read({{"Users.xml", rows("users", user(12, "Mira Example", R"(EmailHash="c0ffee")"))}}).sink;
    for (const auto& each : sink.accepted) EXPECT_EQ(test::text_of(each.record).find("c0ffee"), std::string::npos);
}

struct DetectCase {
    std::string name;
    Files files;
    std::optional<Confidence> confidence;
};
class StackExchangeDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(StackExchangeDetect, KnowsItsOwn) {
    const auto match = stackexchange_connector().detect(MemorySource("x", GetParam().files));
    EXPECT_EQ(match ? std::optional(match->confidence) : std::nullopt, GetParam().confidence);
}
const std::string posts = rows("posts", post("1", 1, ""));
INSTANTIATE_TEST_SUITE_P(Files, StackExchangeDetect,
                         testing::ValuesIn(std::vector<DetectCase>{
                             {"whole",
                              {{"Posts.xml", posts}, {"Users.xml", users}, {"Badges.xml", "<badges/>"}, {"readme.txt", ""}},
                              Confidence::certain},
                             {"nested_in_lower_case", {{"a/b/posts.xml", posts}}, Confidence::certain},
                             {"byte_order_mark", {{"Posts.xml", "\xEF\xBB\xBF" + posts}}, Confidence::certain},
                             {"tags_alone", {{"Tags.xml", rows("tags", R"(<row TagName="a" Count="1"/>)")}}, Confidence::likely},
                             {"two_sites", {{"a/Posts.xml", posts}, {"b/Posts.xml", posts}}, std::nullopt},
                             {"beside_another_export", {{"Posts.xml", posts}, {"result.json", "{}"}}, std::nullopt},
                             {"posts_of_another_program", {{"Posts.xml", "<posts><post id=\"1\"/></posts>"}}, std::nullopt},
                             {"a_feed", {{"posts.xml", "<rss><channel/></rss>"}}, std::nullopt},
                             {"empty", {{"Posts.xml", "<posts></posts>"}}, std::nullopt},
                         }),
                         [](const auto& test) { return test.param.name; });

}  // namespace stackexchange_test
}  // namespace secateur

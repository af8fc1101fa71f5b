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
#include "connectors/github/archive.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& github_connector();
}

namespace secateur::test {
namespace github_test {

using Files = std::map<std::string, std::string>;
const std::string hub = "https://github.com/";

/// An object of that type; `more` begins with a comma.
std::string object(std::string_view type, std::string_view path, std::string_view user, std::string_view more = "") {
    return fmt::format(R"({{"type":"{}","url":"{}{}","user":{},"created_at":"2024-05-02T10:00:00Z","reactions":[]{}}})", type,
                       hub, path, user.empty() ? "null" : fmt::format(R"("{}{}")", hub, user), more);
}
std::string repository(std::string_view owner, std::string_view name, std::string_view more = "") {
    return fmt::format(
        R"({{"type":"repository","url":"{0}{1}/{2}","owner":"{0}{1}","name":"{2}","description":"About {2}","collaborators":[],"repository_topics":[]{3}}})",
        hub, owner, name, more);
}
std::string user(std::string_view login, std::string_view name) {
    return fmt::format(
        R"({{"type":"user","url":"{}{}","login":"{}","name":"{}","emails":[{{"address":"{}@example.org","primary":true}}]}})",
        hub, login, login, name, login);
}
std::string list(std::string_view objects) { return fmt::format("[{}]", objects); }

ReadContext on(std::string_view day) {
    ReadContext context;
    context.today = *parse_date(day);
    return context;
}
Reading read(Files files, const ReadContext& context = on("2026-11-21")) {
    return read_source(github_connector(),
                       MemorySource("migration.tar.gz", std::move(files), parse_rfc3339("2026-10-30T10:00:00Z")->at), context);
}
/// One file beside the repository Mira/Bees of mira.
VectorSink read_file(const std::string& name, std::string_view objects) {
    return read({{"users_000001.json", list(user("Mira", "Mira Example") + "," + user("ann", "Ann"))},
                 {"repositories_000001.json", list(repository("Mira", "Bees"))},
                 {name, list(objects)}})
        .sink;
}

struct DetectCase {
    const char* name;
    Files files;
    std::optional<Confidence> expected;
};
class GitHubDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(GitHubDetect, SaysWhatItIs) {
    const auto match = github_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}
INSTANTIATE_TEST_SUITE_P(
    GitHub, GitHubDetect,
    testing::ValuesIn<DetectCase>({
        {"account",
            {{"schema.json", "{}"}, {"repositories_000001.json", list(repository("a", "b"))}, {"repositories/a/b.git/HEAD", "x"}},
            Confidence::certain},
        {"one_folder_above",
            {{"migration/issues_000001.json", list(object("issue", "a/b/issues/1", "a"))}, {"migration/schema.json", "{}"}},
            Confidence::certain},
        {"spaced_json",
                   {{"users_000002.json", "[\n {\n  \"type\": \"user\",\n  \"url\": \"https://github.com/a\" } ]"}},
                   Confidence::certain},
        {"same_name_other_content", {{"users_000001.json", R"([{"id":1}])"}}, std::nullopt},
        {"no_number", {{"users.json", list(user("a", "A"))}}, std::nullopt},
        {"events_alone", {{"issue_events_000001.json", list(object("issue_event", "a/b/issues/1", "a"))}}, std::nullopt},
        {"two_exports",
                   {{"a/issues_000001.json", list(object("issue", "a/b/issues/1", "a"))},
                    {"b/issues_000001.json", list(object("issue", "a/b/issues/1", "a"))}},
                   std::nullopt},
        {"something_else_beside", {{"a/users_000001.json", list(user("a", "A"))}, {"b/result.json", "{}"}}, std::nullopt},
        {"nothing", {}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(GitHubOpen, RefusesWhatHasNoneOfItsFiles) {
    EXPECT_THROW((void)github_connector().open(MemorySource("x", {{"users.json", "[]"}}), {}), Error);
}

TEST(GitHubRepositories, AreGroupsOfTheirOwnerAndTheirCollaborators) {
    ReadContext context = on("2026-11-21");
    context.me.handles = {"mira"};
    const VectorSink sink =
        read({{"users_000001.json", list(user("mira", "Mira"))},
              {"repositories_000001.json",
               list(repository("mira", "Bees", R"(,"repository_topics":["honey",{"name":"wax"}])") + "," +
                    repository("ann", "boats",
                               R"(,"collaborators":[{"user":"https://github.com/Mira","permission":"maintain"}])") +
                    "," + repository("bob", "cars"))}},
             context)
            .sink;
    const Group* bees = sink.group("mira/bees");
    ASSERT_TRUE(bees);
    EXPECT_EQ(bees->name, "mira/Bees");
    EXPECT_EQ(bees->description, "About Bees");
    EXPECT_EQ(bees->url, "https://github.com/mira/Bees");
    EXPECT_EQ(bees->topics, (std::vector<std::string>{"honey", "wax"}));
    std::vector<std::string> found;
    for (const Membership& each : sink.all<Membership>())
        found.push_back(each.group + " " + std::string(to_string(each.role)) + " " + each.origin);
    EXPECT_EQ(found, (std::vector<std::string>{"ann/boats moderator collaborator", "mira/bees owner repository_owner"}));
    EXPECT_EQ(sink.coverage("bob/cars")->kind, CoverageKind::names_only);
}

TEST(GitHubOrganisations, HaveTheirMembers) {
    ReadContext context = on("2026-11-21");
    context.me.handles = {"mira"};
    const VectorSink sink =
        read(
            {{"users_000001.json", list(user("mira", "Mira"))},
             {"organizations_000001.json",
              list(
                  R"({"type":"organization","url":"https://github.com/Hives","login":"Hives","name":"The Hives","description":"Bees",)"
                  R"("members":[{"user":"https://github.com/mira","role":"admin"},{"user":"https://github.com/ann","role":"direct_member"}]})")},
             {"repositories_000001.json", list(repository("Hives", "wax"))}},
            context)
            .sink;
    EXPECT_EQ(sink.group("hives")->name, "The Hives");
    EXPECT_EQ(sink.group("hives")->members, 2u);
    ASSERT_EQ(sink.count<Membership>(), 1u);
    EXPECT_EQ(sink.all<Membership>()[0].role, Role::admin);
    EXPECT_EQ(sink.all<Membership>()[0].origin, "organization_member");
}

struct ObjectCase {
    const char* name;
    std::string file, object, id;
    ActivityKind kind;
    std::string parent, text;
};
class GitHubObjects : public testing::TestWithParam<ObjectCase> {};
TEST_P(GitHubObjects, BecomeActivitiesOfTheirRepository) {
    const VectorSink sink = read_file(GetParam().file, GetParam().object);
    const Activity* found = sink.activity("mira/bees", GetParam().id);
    ASSERT_TRUE(found) << (sink.rejected.empty() ? "" : sink.rejected[0].problem.reason.id);
    EXPECT_EQ(found->kind, GetParam().kind);
    EXPECT_EQ(found->parent, GetParam().parent);
    EXPECT_EQ(found->text, GetParam().text);
    EXPECT_EQ(found->author, (Person{"ann", "Ann"}));
    EXPECT_FALSE(found->is_me);
    EXPECT_EQ(found->when, (When{.at = parse_rfc3339("2024-05-02T10:00:00Z")->at}));
    EXPECT_EQ(sink.count<Group>(), 1u);
}
INSTANTIATE_TEST_SUITE_P(
    GitHub, GitHubObjects,
    testing::ValuesIn<ObjectCase>({
        {"issue", "issues_000001.json",
                   object("issue", "Mira/Bees/issues/2", "ann",
                          R"(,"title":"Wax","body":"Where?","repository":"https://github.com/Mira/Bees")"),
                   "issues/2", ActivityKind::post, "", "Wax\n\nWhere?"},
        {"pull_request", "pull_requests_000001.json",
                   object("pull_request", "Mira/Bees/pull/3", "Ann", R"(,"title":"Wax","body":null)"), "pull/3",
                   ActivityKind::post, "", "Wax"},
        {"discussion", "discussions_000001.json",
                   object("discussion", "Mira/Bees/discussions/1", "ann", R"(,"title":"Hello","body":"")"), "discussions/1",
                   ActivityKind::post, "", "Hello"},
        {"comment_on_an_issue", "issue_comments_000002.json",
                   object("issue_comment", "Mira/Bees/issues/2#issuecomment-77", "ann",
                          R"(,"issue":"https://github.com/Mira/Bees/issues/2","body":"Here")"),
                   "issuecomment-77", ActivityKind::comment, "issues/2", "Here"},
        {"comment_on_a_pull_request", "issue_comments_000001.json",
                   object("issue_comment", "Mira/Bees/pull/3#issuecomment-78", "ann",
                          R"(,"pull_request":"https://github.com/Mira/Bees/pull/3","body":"Here")"),
                   "issuecomment-78", ActivityKind::comment, "pull/3", "Here"},
        {"review_with_words", "pull_request_reviews_000001.json",
                   object("pull_request_review", "Mira/Bees/pull/3/files#pullrequestreview-9", "ann",
                          R"(,"pull_request":"https://github.com/Mira/Bees/pull/3","body":"Good","state":40)"),
                   "pullrequestreview-9", ActivityKind::comment, "pull/3", "Good"},
        {"approval_without_words", "pull_request_reviews_000001.json",
                   object("pull_request_review", "Mira/Bees/pull/3/files#pullrequestreview-9", "ann",
                          R"(,"pull_request":"https://github.com/Mira/Bees/pull/3","body":"","state":40)"),
                   "pullrequestreview-9", ActivityKind::vote, "pull/3", ""},
        {"comment_on_a_line", "pull_request_review_comments_000001.json",
                   object("pull_request_review_comment", "Mira/Bees/pull/3/files#r36", "ann",
                          R"(,"pull_request":"https://github.com/Mira/Bees/pull/3","in_reply_to":null,"body":"Why?")"),
                   "r36", ActivityKind::comment, "pull/3", "Why?"},
        {"answer_on_a_line", "pull_request_review_comments_000001.json",
            object(
                "pull_request_review_comment", "Mira/Bees/pull/3/files#r37", "ann",
                R"(,"pull_request":"https://github.com/Mira/Bees/pull/3","in_reply_to":"https://github.com/Mira/Bees/pull/3/files#r36","body":"So")"),
            "r37", ActivityKind::reply, "r36", "So"},
        {"comment_on_a_commit", "commit_comments_000001.json",
                   object("commit_comment", "Mira/Bees/commit/abc#commitcomment-5", "ann", R"(,"body":"Nice")"),
                   "commitcomment-5", ActivityKind::comment, "", "Nice"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(GitHubReviews, ThatOnlyHoldCommentsOnLinesAreNoRecords) {
    const VectorSink sink = read_file("pull_request_reviews_000001.json",
                                      object("pull_request_review", "Mira/Bees/pull/3/files#pullrequestreview-9", "ann",
                                             R"(,"pull_request":"https://github.com/Mira/Bees/pull/3","body":"","state":1)"));
    EXPECT_EQ(sink.ignored_for("empty_review"), 1u);
    EXPECT_EQ(sink.count<Activity>(), 0u);
}

TEST(GitHubReactions, HaveTheirPersonAndTheirDate) {
    const std::string mine =
        R"({"type":"issue","url":"https://github.com/Mira/Bees/issues/1","user":"https://github.com/Mira","title":"a","body":"","created_at":"2024-05-02T10:00:00Z",)"
        R"("reactions":[{"user":"https://github.com/ann","content":"+1","subject_type":"Issue","created_at":"2024-05-03T10:00:00Z"}]})";
    const VectorSink sink = read_file("issues_000001.json", mine);
    const Activity* found = sink.activity("mira/bees", "r:issues/1:ann:+1");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, ActivityKind::reaction);
    EXPECT_EQ(found->parent, "issues/1");
    EXPECT_TRUE(found->parent_is_me);
    EXPECT_EQ(format_rfc3339(found->when->at), "2024-05-03T10:00:00Z");
}

TEST(GitHubAuthors, MayBeRobotsOrGone) {
    const VectorSink sink = read_file("issues_000001.json", object("issue", "Mira/Bees/issues/1", "dependabot[bot]") + "," +
                                                                object("issue", "Mira/Bees/issues/2", "apps/renovate") + "," +
                                                                object("issue", "Mira/Bees/issues/3", "ghost") + "," +
                                                                object("issue", "Mira/Bees/issues/4", "") + "," +
                                                                object("issue", "Mira/Bees/issues/5", "MIRA"));
    EXPECT_TRUE(sink.activity("mira/bees", "issues/1")->automatic);
    EXPECT_TRUE(sink.activity("mira/bees", "issues/2")->automatic);
    EXPECT_EQ(sink.activity("mira/bees", "issues/3")->author, Person{});
    EXPECT_EQ(sink.activity("mira/bees", "issues/4")->author, Person{});
    EXPECT_TRUE(sink.activity("mira/bees", "issues/5")->is_me);
    EXPECT_EQ(sink.coverage("mira/bees")->kind, CoverageKind::names_only);
}

TEST(GitHubMentions, AreWholeLogins) {
    const VectorSink sink =
        read_file("issues_000001.json", object("issue", "Mira/Bees/issues/1", "ann", R"(,"title":"Ask @Mira, please")") + "," +
                                            object("issue", "Mira/Bees/issues/2", "ann", R"(,"title":"Ask @mira-bot")") + "," +
                                            object("issue", "Mira/Bees/issues/3", "ann", R"(,"title":"x@mira.org")"));
    EXPECT_TRUE(sink.activity("mira/bees", "issues/1")->mentions_me);
    EXPECT_FALSE(sink.activity("mira/bees", "issues/2")->mentions_me);
    EXPECT_FALSE(sink.activity("mira/bees", "issues/3")->mentions_me);
}

TEST(GitHubCoverage, IsFullWithAnotherAuthorAndNeverWithMineAlone) {
    const VectorSink both = read_file("issues_000001.json", object("issue", "Mira/Bees/issues/1", "ann"));
    EXPECT_EQ(both.coverage("mira/bees")->kind, CoverageKind::full);
    EXPECT_EQ(both.coverage("mira/bees")->begin, parse_rfc3339("2024-05-02T10:00:00Z")->at);
    EXPECT_EQ(both.coverage("mira/bees")->end, parse_rfc3339("2026-10-30T10:00:00Z")->at);
    std::string mine;
    for (int i = 0; i < 5; ++i) mine += (i > 0 ? "," : "") + object("issue", fmt::format("Mira/Bees/issues/{}", i), "Mira");
    EXPECT_EQ(read_file("issues_000001.json", mine).coverage("mira/bees")->kind, CoverageKind::own_only);
}

TEST(GitHubObjects, OfRepositoriesThatAreNotInTheExportNameThem) {
    const VectorSink sink =
        read_file("issue_comments_000001.json", object("issue_comment", "Other/Place/issues/2#issuecomment-77", "Mira",
                                                       R"(,"issue":"https://github.com/Other/Place/issues/2")"));
    ASSERT_TRUE(sink.group("other/place"));
    EXPECT_EQ(sink.group("other/place")->name, "Other/Place");
    EXPECT_TRUE(sink.activity("other/place", "issuecomment-77")->is_me);
}

TEST(GitHubRefusals, NameTheReason) {
    const VectorSink sink = read_file(
        "issues_000001.json",
        R"({"type":"issue","user":null},7,{"type":"issue","url":"https://github.com/Mira/Bees"},)"
        R"({"url":"https://github.com/Mira/Bees/issues/1","created_at":"soon"},{"url":"https://github.com/Mira/Bees/issues/1","created_at":"1970-01-01T00:00:00Z"},)"
        R"({"url":"https://github.com/Mira/Bees/issues/1","created_at":"2027-01-01T00:00:00Z"},{"url":"https://github.com/Mira/Bees/issues/6","title":"x"})");
    std::vector<std::string> found;
    for (const auto& each : sink.rejected) found.push_back(each.problem.reason.id);
    EXPECT_EQ(found, (std::vector<std::string>{"github.no_address", "github.no_address", "github.no_address", "github.bad_date",
                                               "github.impossible_date", "github.impossible_date"}));
    ASSERT_EQ(sink.count<Activity>(), 1u);
    EXPECT_FALSE(sink.all<Activity>()[0].when);
}

TEST(GitHubFiles, ThatBreakOffKeepWhatStandsBefore) {
    const VectorSink sink = read({{"repositories_000001.json", "[" + repository("mira", "bees") + R"(,{"ty)"},
                                  {"issues_000001.json", "[" + object("issue", "mira/bees/issues/1", "mira") + ","}})
                                .sink;
    EXPECT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(sink.rejected.size(), 2u);
}

TEST(GitHubOtherFiles, AreIgnoredForAReason) {
    const VectorSink sink = read({{"repositories_000001.json", list(repository("mira", "bees"))},
                                  {"issue_events_000001.json", "[]"},
                                  {"issue_events_000002.json", "[]"},
                                  {"attachments_000001.json", "[]"},
                                  {"pull_request_review_threads_000001.json", "[]"}})
                                .sink;
    const std::map<std::string, std::uint64_t, std::less<>> expected{{"issue_event", 2}, {"other_file", 1}, {"review_thread", 1}};
    EXPECT_EQ(sink.ignored, expected);
}

TEST(GitHubOwner, IsTheAccountThatOwnsAllRepositories) {
    const Reading reading =
        read({{"users_000001.json", list(user("Mira", "Mira Example") + "," + user("ann", "Ann"))},
              {"repositories_000001.json", list(repository("Mira", "bees") + "," + repository("mira", "wax"))}});
    EXPECT_EQ(reading.owner.person, (Person{"mira", "Mira Example"}));
    EXPECT_TRUE(reading.owner.from_export);
    ASSERT_EQ(reading.sink.count<Account>(), 1u);
    EXPECT_EQ(reading.sink.all<Account>()[0].handle, "Mira");
}

TEST(GitHubOwner, OfAnOrganisationsExportIsInTheProfileOrAskedFor) {
    const Files files{{"users_000001.json", list(user("mira", "Mira") + "," + user("ann", "Ann"))},
                      {"organizations_000001.json",
                       list(R"({"type":"organization","url":"https://github.com/hives","login":"hives","members":[]})")},
                      {"repositories_000001.json", list(repository("hives", "wax"))},
                      {"issues_000001.json",
                       list(object("issue", "hives/wax/issues/1", "ann") + "," + object("issue", "hives/wax/issues/2", "ann") +
                            "," + object("issue", "hives/wax/issues/3", "mira"))}};
    const Reading reading = read(files);
    EXPECT_FALSE(reading.owner.person);
    ASSERT_EQ(reading.owner.candidates.size(), 2u);
    EXPECT_EQ(reading.owner.candidates[0].person.key, "ann");
    EXPECT_EQ(reading.owner.candidates[0].activities, 2u);
    ReadContext context = on("2026-11-21");
    context.me.emails = {"mira@example.org"};
    EXPECT_EQ(read(files, context).owner.person->key, "mira");
}

TEST(GitHubOwner, IsWhoWasAskedForAgainstTheExport) {
    ReadContext context = on("2026-11-21");
    context.me.handles = {"@ann"};
    context.me.forced = true;
    const Reading reading = read({{"users_000001.json", list(user("mira", "Mira") + "," + user("ann", "Ann"))},
                                  {"repositories_000001.json", list(repository("mira", "bees"))}},
                                 context);
    EXPECT_EQ(reading.owner.person->key, "ann");
    EXPECT_FALSE(reading.owner.from_export);
}

struct AddressCase {
    const char* name;
    std::string url, repository, id;
};
class GitHubAddresses : public testing::TestWithParam<AddressCase> {};
TEST_P(GitHubAddresses, TellRepositoryAndId) {
    const auto address = github::parse_address(GetParam().url);
    EXPECT_EQ(address ? address->repository : "", GetParam().repository);
    EXPECT_EQ(address ? address->id : "", GetParam().id);
}
INSTANTIATE_TEST_SUITE_P(GitHub, GitHubAddresses,
                         testing::ValuesIn<AddressCase>({
        {"issue", hub + "A/b/issues/2", "a/b", "issues/2"},
        {"own_server", "https://git.example.org/a/b/pull/7", "a/b", "pull/7"},
        {"fragment", hub + "a/b/pull/3/files#r36", "a/b", "r36"},
        {"repository", hub + "a/b", "a/b", ""},
        {"account", hub + "a", "", ""}, {"no_address", "nothing", "", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace github_test
}  // namespace secateur::test

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
const Connector& activitystreams_connector();

namespace activitystreams_test {

using test::MemorySource;
using test::Reading;
using test::VectorSink;

constexpr std::string_view vocabulary = R"("@context":"https://www.w3.org/ns/activitystreams",)";
const std::string me = "https://soc.example/users/mira";
const std::string public_to = R"("to":["https://www.w3.org/ns/activitystreams#Public"])";

ReadContext context(std::vector<std::string> names = {}) {
    ReadContext found;
    found.today = *parse_date("2026-11-21");
    found.me.names = std::move(names);
    return found;
}
Reading read_file(std::string text, const ReadContext& how = context(), const std::string& name = "a.json") {
    return test::read_source(activitystreams_connector(), MemorySource("streams-2026-11-02", {{name, std::move(text)}}), how);
}
std::string outbox(const std::string& items) {
    return "{" + std::string(vocabulary) + R"("type":"OrderedCollection","orderedItems":[)" + items + "]}";
}
VectorSink read(const std::string& items) { return read_file(outbox(items)).sink; }

/// An activity of mine on the second of March 2026.
std::string activity(const std::string& type, const std::string& object, const std::string& more = "") {
    return R"({"id":"https://soc.example/a","type":")" + type + R"(","actor":")" + me +
           R"(","published":"2026-03-02T08:00:00Z","object":)" + object + (more.empty() ? "" : "," + more) + "}";
}
std::string note(const std::string& more = "", const std::string& id = "https://soc.example/n/1") {
    return R"({"type":"Note","id":")" + id + R"(","content":"<p>Hm</p>")" + (more.empty() ? "" : "," + more) + "}";
}
std::string create(const std::string& note_more) { return activity("Create", note(note_more)); }

TEST(ActivityStreams, ReadsAPostToTheGroupOfItsAudience) {
    const auto sink = read(create(
        R"("audience":{"type":"Group","id":"https://mob.example/@bees","name":"Bees","summary":"<p>Of the <b>hill</b></p>"},)"
        R"("attachment":[{"type":"Image"},{"type":"Image"}],"updated":"2026-03-03T00:00:00Z")"));
    std::vector<std::string> lines;
    for (const auto& each : sink.accepted) lines.push_back(test::text_of(each.record));
    EXPECT_THAT(
        lines,
        testing::ElementsAre(
            "account  https://soc.example/users/mira mira@soc.example mira@soc.example; account.from_export - - -",
            "group  https://mob.example/@bees Bees Of the hill https://mob.example/@bees group   0 0 0 - -",
            "activity  https://mob.example/@bees https://soc.example/n/1  https://soc.example/users/mira=mira@soc.example true "
            "2026-03-02T08:00:00Z/0/0/ post  false false true false 2 Hm  0",
            "coverage  https://mob.example/@bees own_only - 2026-11-02T23:59:59Z ",
            "coverage   own_only - 2026-11-02T23:59:59Z "));
    EXPECT_TRUE(sink.lacks_id("activitystreams.lack_others"));
}

struct GroupCase {
    std::string name, note_more, key;
    GroupKind kind;
};
class ActivityStreamsGroup : public testing::TestWithParam<GroupCase> {};
TEST_P(ActivityStreamsGroup, IsFoundWhereverItIsNamed) {
    const auto sink = read(create(GetParam().note_more));
    ASSERT_NE(sink.activity(GetParam().key, "https://soc.example/n/1"), nullptr);
    if (!GetParam().key.empty()) {
        EXPECT_EQ(sink.group(GetParam().key)->kind, GetParam().kind);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Places, ActivityStreamsGroup,
    testing::ValuesIn(std::vector<GroupCase>{
        {"audience_by_address", R"("audience":"https://x.example/groups/7")", "https://x.example/groups/7", GroupKind::group},
        {"group_object_in_cc", R"("cc":[{"type":"Group","name":"Hill Club"}])", "hill club", GroupKind::group},
        {"lemmy_community_in_to", R"("to":["as:Public","https://lemmy.example/c/oaks"])", "https://lemmy.example/c/oaks",
         GroupKind::community},
        {"kbin_magazine_in_cc", R"("cc":"https://kbin.example/m/oaks")", "https://kbin.example/m/oaks", GroupKind::community},
        {"channel_in_to", R"("to":"https://tube.example/video-channels/oaks")", "https://tube.example/video-channels/oaks",
         GroupKind::channel},
        {"nodebb_category", R"("cc":["https://bb.example/category/5"])", "https://bb.example/category/5", GroupKind::forum},
        {"guppe_mention", public_to + R"(,"tag":[{"type":"Mention","href":"https://a.gup.pe/u/bees"}])",
         "https://a.gup.pe/u/bees", GroupKind::group},
        {"a_persons_mention_is_none", public_to + R"(,"tag":[{"type":"Mention","href":"https://x.example/u/karl"}])", "",
         GroupKind::group},
        {"public_as_audience_is_none", R"("audience":"https://www.w3.org/ns/activitystreams#Public")", "", GroupKind::group},
        {"nobody_addressed", "", "", GroupKind::group},
    }),
    [](const auto& test) { return test.param.name; });

TEST(ActivityStreams, KnowsAGroupByAnAddressThatIsJoinedElsewhereInTheFile) {
    const auto sink = read(create(R"("to":["https://x.example/hill"])") + "," + activity("Join", R"("https://x.example/hill")"));
    EXPECT_NE(sink.activity("https://x.example/hill", "https://soc.example/n/1"), nullptr);
}

struct MemberCase {
    std::string name, json, group;
    MembershipEvent event;
};
class ActivityStreamsMembership : public testing::TestWithParam<MemberCase> {};
TEST_P(ActivityStreamsMembership, IsMine) {
    const auto sink = read(GetParam().json);
    ASSERT_EQ(sink.count<Membership>(), 1u);
    const Membership found = sink.all<Membership>()[0];
    EXPECT_EQ(found.group, GetParam().group);
    EXPECT_EQ(found.event, GetParam().event);
    EXPECT_TRUE(found.is_me);
    EXPECT_EQ(format_rfc3339(found.at->at), "2026-03-02T08:00:00Z");
    EXPECT_EQ(sink.coverage(GetParam().group)->kind, CoverageKind::names_only);
}
INSTANTIATE_TEST_SUITE_P(
    Ways, ActivityStreamsMembership,
    testing::ValuesIn(std::vector<MemberCase>{
        {"join", activity("Join", R"({"type":"Group","name":"Hill Club"})"), "hill club", MembershipEvent::joined},
        {"leave", activity("Leave", R"({"type":"Group","name":"Hill Club"})"), "hill club", MembershipEvent::left},
        {"follow_of_a_group", activity("Follow", R"("https://lemmy.example/c/oaks")"), "https://lemmy.example/c/oaks",
         MembershipEvent::joined},
        {"undone_follow", activity("Undo", activity("Follow", R"("https://lemmy.example/c/oaks")")),
         "https://lemmy.example/c/oaks", MembershipEvent::left},
        {"added_to_a_group", activity("Add", "\"" + me + "\"", R"("target":{"type":"Group","name":"Hill Club"})"), "hill club",
         MembershipEvent::joined},
        {"removed_from_a_group", activity("Remove", "\"" + me + "\"", R"("origin":{"type":"Group","name":"Hill Club"})"),
         "hill club", MembershipEvent::left},
    }),
    [](const auto& test) { return test.param.name; });

TEST(ActivityStreams, TakesAFollowedPersonForAContact) {
    const auto sink = read(activity("Follow", R"("https://x.example/users/karl")"));
    ASSERT_EQ(sink.count<Contact>(), 1u);
    EXPECT_EQ(sink.all<Contact>()[0].person.name, "karl@x.example");
    EXPECT_EQ(sink.count<Group>(), 0u);
}

TEST(ActivityStreams, TakesAJoinedEventForAMeeting) {
    const auto sink = read(activity(
        "Join",
        R"({"type":"Event","id":"https://mob.example/e/1","name":"Open day","startTime":"2026-05-02T14:00:00Z","location":{"type":"Place","name":"Barn"}})"));
    ASSERT_EQ(sink.count<Meeting>(), 1u);
    const Meeting found = sink.all<Meeting>()[0];
    EXPECT_EQ(found.attendance, Attendance::went);
    EXPECT_EQ(found.place, "Barn");
    EXPECT_EQ(format_rfc3339(found.begin->at), "2026-05-02T14:00:00Z");
}

TEST(ActivityStreams, PutsANoteToOnePersonIntoADirectConversation) {
    const auto sink = read(create(R"("to":["https://x.example/users/karl"])"));
    const Activity* found = sink.activity("direct:https://x.example/users/karl", "https://soc.example/n/1");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->kind, ActivityKind::message);
    EXPECT_EQ(sink.group("direct:https://x.example/users/karl")->kind, GroupKind::direct);
    EXPECT_EQ(sink.group("direct:https://x.example/users/karl")->name, "karl@x.example");
}

TEST(ActivityStreams, MakesNoConversationOutOfANoteToFollowersOrToSeveral) {
    for (const std::string to : {R"(["https://soc.example/users/mira/followers","https://x.example/users/karl"])",
                                 R"(["https://x.example/users/karl","https://x.example/users/lea"])"}) {
        const auto sink = read(create(R"("to":)" + to));
        EXPECT_NE(sink.activity("", "https://soc.example/n/1"), nullptr) << to;
    }
}

TEST(ActivityStreams, UnwrapsWhatAGroupPassesOnAndDoesNotTakeItsOnlyWriterForMe) {
    const Reading reading = read_file(outbox(
        R"({"type":"Announce","actor":"https://lemmy.example/c/oaks","id":"https://lemmy.example/x","object":)" +
        activity("Create", R"({"type":"Page","id":"https://lemmy.example/post/1","name":"Title","attributedTo":")" + me + "\"}") +
        "}"));
    EXPECT_FALSE(reading.owner.person);
    ASSERT_EQ(reading.owner.candidates.size(), 1u);
    const Activity* found = reading.sink.activity("https://lemmy.example/c/oaks", "https://lemmy.example/post/1");
    ASSERT_NE(found, nullptr);
    EXPECT_FALSE(found->is_me);
    EXPECT_EQ(found->text, "Title");
    EXPECT_EQ(reading.sink.coverage("https://lemmy.example/c/oaks")->kind, CoverageKind::partial_window);
}

TEST(ActivityStreams, ReadsSharesAndReactionsByWhatTheyAreAbout) {
    const auto sink = read(activity("Announce", R"("https://x.example/1")") + "," + activity("Like", R"("https://x.example/1")"));
    const auto acts = sink.all<Activity>();
    ASSERT_EQ(acts.size(), 2u);
    EXPECT_EQ(acts[0].kind, ActivityKind::share);
    EXPECT_THAT(acts[0].links, testing::ElementsAre("https://x.example/1"));
    EXPECT_EQ(acts[1].kind, ActivityKind::reaction);
    EXPECT_EQ(acts[1].native_id, "Like:" + me + " https://x.example/1");
    EXPECT_EQ(acts[1].parent, "https://x.example/1");
}

TEST(ActivityStreams, FindsAnAnswerToMeByTheAddressItAnswers) {
    const auto sink = read(create(public_to + R"(,"inReplyTo":")" + me + R"(/statuses/7")"));
    const Activity* found = sink.activity("", "https://soc.example/n/1");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->kind, ActivityKind::reply);
    EXPECT_TRUE(found->parent_is_me);
}

struct TextCase {
    std::string name, object, text;
    std::vector<std::string> links;
};
class ActivityStreamsText : public testing::TestWithParam<TextCase> {};
TEST_P(ActivityStreamsText, IsWhatAPersonReads) {
    const auto acts = read(activity("Create", GetParam().object)).all<Activity>();
    ASSERT_EQ(acts.size(), 1u);
    EXPECT_EQ(acts[0].text, GetParam().text);
    EXPECT_EQ(acts[0].links, GetParam().links);
}
INSTANTIATE_TEST_SUITE_P(
    Bodies, ActivityStreamsText,
    testing::ValuesIn(std::vector<TextCase>{
        {"html",
         R"({"type":"Note","id":"n","content":"<p>One &amp; two<br>three <a href=\"https://a.example/x\">x</a></p>"})",
         "One & two\nthree x",
         {"https://a.example/x"}},
        {"plain", R"({"type":"Note","id":"n","mediaType":"text/plain","content":"1 < 2"})", "1 < 2", {}},
        {"title", R"({"type":"Article","id":"n","name":"T","content":"C"})", "T\n\nC", {}},
        {"by_language", R"({"type":"Note","id":"n","contentMap":{"fr":"<p>Oui</p>"}})", "Oui", {}},
        {"only_a_summary", R"({"type":"Note","id":"n","summary":"S"})", "S", {}},
        {"hashtag_is_no_link",
         R"({"type":"Note","id":"n","content":"<a href=\"https://a.example/tags/x\">#x</a>","tag":{"type":"Hashtag","href":"https://a.example/tags/x"}})",
         "#x",
         {}},
    }),
    [](const auto& test) { return test.param.name; });

struct OwnerCase {
    std::string name;
    std::vector<std::string> names;
    bool forced;
    std::string found;
};
class ActivityStreamsOwner : public testing::TestWithParam<OwnerCase> {};
TEST_P(ActivityStreamsOwner, IsSettledFromTheProfileAmongSeveral) {
    const std::string line =
        R"({"type":"Create","actor":{"type":"Person","name":"Karl"},"object":{"type":"Note","id":"k","content":"K"}})";
    ReadContext how = context(GetParam().names);
    how.me.forced = GetParam().forced;
    const Reading reading = read_file(
        outbox(
            line +
            R"(,{"type":"Create","actor":{"type":"Person","name":"Mira Example"},"object":{"type":"Note","id":"m","content":"M"}})"),
        how);
    EXPECT_EQ(reading.owner.person ? reading.owner.person->name : "", GetParam().found);
    EXPECT_EQ(reading.owner.candidates.empty(), !GetParam().found.empty());
    for (const auto& each : reading.sink.all<Activity>()) EXPECT_EQ(each.is_me, each.author.name == GetParam().found);
}
INSTANTIATE_TEST_SUITE_P(People, ActivityStreamsOwner,
                         testing::ValuesIn(std::vector<OwnerCase>{{"by_name", {"mira example"}, false, "Mira Example"},
                                                                  {"asked", {"Karl"}, true, "Karl"},
                                                                  {"nobody", {}, false, ""},
                                                                  {"both_names", {"Karl", "Mira Example"}, false, ""}}),
                         [](const auto& test) { return test.param.name; });

TEST(ActivityStreams, BelievesWhoeverSaysMeAgainstAnOutboxOfSomebodyElse) {
    ReadContext how = context({"Somebody Else"});
    how.me.forced = true;
    const Reading reading = read_file(outbox(create(public_to)), how);
    EXPECT_FALSE(reading.owner.person);
    EXPECT_FALSE(reading.sink.all<Activity>()[0].is_me);
}

TEST(ActivityStreams, KeepsWhatHasNoDateAndNoId) {
    const auto acts = read(R"({"type":"Create","actor":")" + me + R"(","object":{"type":"Note","content":"A"}})").all<Activity>();
    ASSERT_EQ(acts.size(), 1u);
    EXPECT_FALSE(acts[0].when);
    EXPECT_EQ(acts[0].native_id, "");
}

TEST(ActivityStreams, KeepsTheWrittenTimeWhereThereIsNoId) {
    const auto acts =
        read(R"({"type":"Note","attributedTo":")" + me + R"(","content":"A","published":"2026-03-02T08:00:00+01:00"})")
            .all<Activity>();
    ASSERT_EQ(acts.size(), 1u);
    EXPECT_EQ(test::text_of(acts[0].when), "2026-03-02T07:00:00Z/0/1/2026-03-02T08:00:00+01:00");
    EXPECT_TRUE(acts[0].is_me);
}

struct IgnoredCase {
    std::string name, item, reason;
};
class ActivityStreamsIgnored : public testing::TestWithParam<IgnoredCase> {};
TEST_P(ActivityStreamsIgnored, IsCountedUnderItsReason) {
    const auto sink = read(create(public_to) + "," + GetParam().item);
    EXPECT_EQ(sink.ignored_for(GetParam().reason), 1u);
    EXPECT_EQ(sink.count<Activity>(), 1u);
    EXPECT_TRUE(sink.rejected.empty());
}
INSTANTIATE_TEST_SUITE_P(Kinds, ActivityStreamsIgnored,
                         testing::ValuesIn(std::vector<IgnoredCase>{
                             {"address_alone", R"("https://x.example/1")", "reference"},
                             {"delete_", activity("Delete", R"("https://x.example/1")"), "other_activity"},
                             {"changed_profile", activity("Update", R"({"type":"Person","name":"Mira"})"), "other_activity"},
                             {"undone_like", activity("Undo", activity("Like", R"("https://x.example/1")")), "undo"},
                             {"extension", R"({"type":"Frobnicate","actor":")" + me + "\"}", "unknown_type"},
                             {"added_to_a_list", activity("Add", note(), R"("target":"https://x.example/featured")"),
                              "other_activity"},
                         }),
                         [](const auto& test) { return test.param.name; });

class ActivityStreamsRefused : public testing::TestWithParam<IgnoredCase> {};
TEST_P(ActivityStreamsRefused, HasItsReason) {
    const auto sink = read(create(public_to) + "," + GetParam().item);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.rejected[0].problem.where.record, 2u);
}
INSTANTIATE_TEST_SUITE_P(
    Bad, ActivityStreamsRefused,
    testing::ValuesIn(std::vector<IgnoredCase>{
        {"number", "7", "activitystreams.not_an_object"},
        {"no_type", R"({"actor":"x"})", "activitystreams.no_type"},
        {"no_object", R"({"type":"Create","actor":"x"})", "activitystreams.no_object"},
        {"no_group", R"({"type":"Join","actor":"x"})", "activitystreams.no_group"},
        {"nobody", R"({"type":"Join","object":{"type":"Group","name":"Hill"}})", "activitystreams.nobody"},
        {"bad_date", R"({"type":"Note","attributedTo":"x","published":"1731604863.845677"})", "activitystreams.no_date"},
        {"no_offset", R"({"type":"Note","attributedTo":"x","published":"2026-03-02T08:00:00"})", "activitystreams.no_date"},
        {"year_1970", R"({"type":"Note","attributedTo":"x","published":"1970-01-01T00:00:00Z"})",
         "activitystreams.impossible_date"},
        {"future", R"({"type":"Note","attributedTo":"x","published":"2027-01-01T00:00:00Z"})", "activitystreams.impossible_date"},
    }),
    [](const auto& test) { return test.param.name; });

struct ShapeCase {
    std::string name, text;
};
class ActivityStreamsShape : public testing::TestWithParam<ShapeCase> {};
TEST_P(ActivityStreamsShape, IsRead) {
    const MemorySource source("x", {{"a.json", GetParam().text}});
    ASSERT_TRUE(activitystreams_connector().detect(source));
    EXPECT_EQ(test::read_source(activitystreams_connector(), source, context()).sink.count<Activity>(), 1u);
}
const std::string one =
    "{" + std::string(vocabulary) + R"("type":"Create","actor":"a","object":{"type":"Note","id":"n","content":"C"}})";
INSTANTIATE_TEST_SUITE_P(
    Shapes, ActivityStreamsShape,
    testing::ValuesIn(std::vector<ShapeCase>{
        {"unordered", "{" + std::string(vocabulary) + R"("type":"Collection","items":[)" + one + "]}"},
        {"one_item_without_a_list", "{" + std::string(vocabulary) + R"("type":"Collection","items":)" + one + "}"},
        {"first_page_inside", "{" + std::string(vocabulary) +
                                  R"("type":"OrderedCollection","first":{"type":"OrderedCollectionPage","orderedItems":[)" + one +
                                  "]}}"},
        {"list", "[" + one + "]"},
        {"one_activity", one},
        {"pages_one_a_line", outbox(one) + "\n" + outbox("")},
        {"byte_order_mark", "\xEF\xBB\xBF" + outbox(one)},
    }),
    [](const auto& test) { return test.param.name; });

struct DetectCase {
    std::string name;
    std::map<std::string, std::string> files;
    std::optional<Confidence> confidence;
};
class ActivityStreamsDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(ActivityStreamsDetect, KnowsItsOwnAndLeavesArchivesAlone) {
    const auto match = activitystreams_connector().detect(MemorySource("x", GetParam().files));
    EXPECT_EQ(match ? std::optional(match->confidence) : std::nullopt, GetParam().confidence);
}
INSTANTIATE_TEST_SUITE_P(
    Files, ActivityStreamsDetect,
    testing::ValuesIn(std::vector<DetectCase>{
        {"a_file", {{"x/mira.json", outbox(one)}, {"x/README.md", ""}}, Confidence::likely},
        {"lines", {{"mira.jsonl", one + "\n" + one}}, Confidence::likely},
        {"a_lone_outbox", {{"outbox.json", outbox(one)}}, Confidence::possible},
        {"mastodons_archive", {{"outbox.json", outbox(one)}, {"actor.json", "{}"}}, std::nullopt},
        {"mastodons_archive_with_more", {{"actor.json", "{}"}, {"likes.json", "{}"}, {"outbox.json", outbox(one)}}, std::nullopt},
        {"peertubes_archive", {{"activity-pub/outbox.json", outbox(one)}, {"peertube/account.json", "{}"}}, std::nullopt},
        {"bare_addresses", {{"likes.json", outbox(R"("https://x.example/1")")}}, std::nullopt},
        {"another_vocabulary", {{"a.json", R"({"type":"Collection","items":[{"type":"Create"}]})"}}, std::nullopt},
        {"a_text", {{"a.json", "hello www.w3.org/ns/activitystreams"}}, std::nullopt},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace activitystreams_test
}  // namespace secateur

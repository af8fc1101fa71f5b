// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "connectors/mastodon/archive.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/record_text.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& mastodon_connector();
}

namespace secateur::test {
namespace mastodon_test {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string actor = R"({"id":"https://m.example/users/mira","type":"Person","preferredUsername":"mira","name":"Mira Example","publicKey":{"id":"x","name":"not a name"}})";
const std::string everybody = R"("https://www.w3.org/ns/activitystreams#Public")";

std::string outbox(std::string_view items) {
    return fmt::format(R"({{"@context":["https://www.w3.org/ns/activitystreams",{{"toot":"http://joinmastodon.org/ns#"}}],"id":"outbox.json","type":"OrderedCollection","orderedItems":[{}]}})", items);
}
std::string create(std::string_view note, std::string_view published = "2025-03-01T09:30:00Z") {
    return fmt::format(R"({{"id":"https://m.example/1/activity","type":"Create","actor":"https://m.example/users/mira","published":"{}","object":{{"id":"https://m.example/1","type":"Note",{}}}}})",
                       published, note);
}
std::string mention(std::string_view name, std::string_view href) { return fmt::format(R"({{"type":"Mention","name":"{}","href":"{}"}})", name, href); }
Reading read_files(std::map<std::string, std::string> files, ReadContext context = {}, std::string label = "archive-20260901093012-0123abcd") {
    context.today = *parse_date("2026-11-21");
    return read_source(mastodon_connector(), MemorySource(std::move(label), std::move(files)), context);
}
VectorSink read_items(std::string_view items) { return read_files({{"outbox.json", outbox(items)}, {"actor.json", actor}}).sink; }
VectorSink read_note(std::string_view note) { return read_items(create(note)); }
Activity only(const VectorSink& sink) {
    EXPECT_EQ(sink.count<Activity>(), 1u);
    return sink.count<Activity>() == 1 ? sink.all<Activity>()[0] : Activity{};
}

struct AddressCase {
    const char* name;
    std::string note, groups;  // key/kind/url of the activity's groups
    ActivityKind kind = ActivityKind::post;
};
class MastodonAddressing : public testing::TestWithParam<AddressCase> {};
TEST_P(MastodonAddressing, DecidesTheGroup) {
    const VectorSink sink = read_note(GetParam().note + R"(,"content":"<p>x</p>")");
    std::string groups;
    for (const Activity& each : sink.all<Activity>()) {
        EXPECT_EQ(each.kind, GetParam().kind);
        if (each.group.empty()) continue;
        ASSERT_NE(sink.group(each.group), nullptr) << each.group;
        groups += each.group + " " + std::string(to_string(sink.group(each.group)->kind)) + " " + sink.group(each.group)->url + ";";
        EXPECT_EQ(sink.coverage(each.group)->kind, CoverageKind::own_only);
    }
    EXPECT_EQ(groups, GetParam().groups);
}
std::string to(std::string_view list, std::string_view cc = "", std::string_view tags = "") {
    return fmt::format(R"("to":[{}],"cc":[{}],"tag":[{}])", list, cc, tags);
}
INSTANTIATE_TEST_SUITE_P(
    Mastodon, MastodonAddressing,
    testing::ValuesIn<AddressCase>({
        {"everybody", to(everybody), ""}, {"unlisted", to(R"("https://m.example/users/mira/followers")", everybody), ""},
        {"followers", to(R"("https://m.example/users/mira/followers")"), ""},
        {"guppe", to(everybody, "", mention("@beekeeping@a.gup.pe", "https://a.gup.pe/u/beekeeping")), "beekeeping@a.gup.pe group https://a.gup.pe/u/beekeeping;"},
        {"lemmy_in_cc", to(everybody, R"("https://L.example/c/Bees","https://L.example/c/Bees/followers")"), "bees@l.example community https://L.example/c/Bees;"},
        {"lemmy_in_cc_and_mentioned", to(everybody, R"("https://l.example/c/bees")", mention("@bees@l.example", "https://l.example/c/bees")), "bees@l.example community https://l.example/c/bees;"},
        {"mbin", to(everybody, "", mention("@bees@k.example", "https://k.example/m/bees")), "bees@k.example community https://k.example/m/bees;"},
        {"peertube", to(everybody, R"("https://v.example/video-channels/bees")"), "bees@v.example channel https://v.example/video-channels/bees;"},
        {"nodebb", to(everybody, "", mention("@general@bb.example", "https://bb.example/category/2")), "general@bb.example forum https://bb.example/category/2;"},
        {"discourse", to(everybody, "", mention("@meet@d.example", "https://d.example/ap/actor/79f2")), "meet@d.example forum https://d.example/ap/actor/79f2;"},
        {"friendica_mark", to(everybody, "", mention("!club@f.example", "https://f.example/profile/club")), "club@f.example group https://f.example/profile/club;"},
        {"audience", to(everybody) + R"(,"audience":"https://g.example/groups/7")", "7@g.example group https://g.example/groups/7;"},
        {"two_groups", to(everybody, R"("https://l.example/c/bees","https://l.example/c/wax")"), "bees@l.example community https://l.example/c/bees;wax@l.example community https://l.example/c/wax;"},
        {"person_mentioned", to(everybody, R"("https://x.example/users/bo")", mention("@bo@x.example", "https://x.example/users/bo")), ""},
        {"lemmy_user_is_no_group", to(everybody, R"("https://lemmy.example/u/bo")", mention("@bo@lemmy.example", "https://lemmy.example/u/bo")), ""},
        {"letter", to(R"("https://x.example/users/bo")", "", mention("@bo@x.example", "https://x.example/users/bo")), "direct:bo@x.example direct ;", ActivityKind::message},
        {"letter_to_two", to(R"("https://x.example/users/bo","https://x.example/users/al")") + R"(,"conversation":"tag:c1")", "conversation:tag:c1 group_chat ;", ActivityKind::message},
        {"letter_to_myself", to(""), ""},
        {"group_only", to(R"("https://l.example/c/bees")"), "bees@l.example community https://l.example/c/bees;"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MastodonPosts, HoldWhatTheNoteSays) {
    const Activity found = only(read_note(
        to(everybody) +
        R"(,"published":"2025-03-02T10:00:00Z","updated":"2025-03-03T10:00:00Z","summary":"Warning","inReplyTo":"https://x.example/9","attachment":[{"url":"/a.png"},{"url":"/b.png"}],"content":)"
        R"("<p><a href=\"https://x.example/@bo\" class=\"u-url mention\">@<span>bo</span></a> One <a href=\"https://m.example/tags/bees\">#<span>bees</span></a><br>two</p><p><a href=\"https://p.example/y\">p</a></p>",)"
        R"("quoteUrl":"https://q.example/1")"));
    EXPECT_EQ(found.native_id, "https://m.example/1");
    EXPECT_EQ(text_of(found.when), "2025-03-02T10:00:00Z/0/0/");
    EXPECT_EQ(found.kind, ActivityKind::reply);
    EXPECT_EQ(found.parent, "https://x.example/9");
    EXPECT_TRUE(found.edited && found.is_me);
    EXPECT_EQ(found.attachments, 2u);
    EXPECT_EQ(found.text.substr(0, 21), "Warning\n@bo One #bees");
    EXPECT_THAT(found.links, ElementsAre("https://p.example/y", "https://q.example/1"));
    EXPECT_EQ(text_of(found.author), "mira@m.example=Mira Example");
}

TEST(MastodonPosts, MayHaveTheirWordsByLanguageOnly) { EXPECT_EQ(only(read_note(to(everybody) + R"(,"content":null,"contentMap":{"fr":"<p>Bonjour</p>"})")).text, "Bonjour"); }

TEST(MastodonBoosts, AreSharesOfAnAddress) {
    for (const std::string object : {R"("https://x.example/9")", R"({"id":"https://x.example/9"})"}) {
        const Activity found = only(read_items(R"({"id":"https://m.example/2/activity","type":"Announce","published":"2025-03-05T10:00:00Z","object":)" + object + "}"));
        EXPECT_EQ(found.kind, ActivityKind::share);
        EXPECT_EQ(found.native_id, "https://m.example/2/activity");
        EXPECT_THAT(found.links, ElementsAre("https://x.example/9"));
    }
}

TEST(MastodonLikes, AreUndatedReactions) {
    const Activity found = only(read_files({{"outbox.json", outbox("")}, {"likes.json", R"({"type":"OrderedCollection","orderedItems":["https://x.example/9"]})"}}).sink);
    EXPECT_EQ(found.kind, ActivityKind::reaction);
    EXPECT_EQ(found.parent, "https://x.example/9");
    EXPECT_FALSE(found.when);
}

struct OddCase {
    const char* name;
    std::string items, refused, ignored;
};
class MastodonOddItems : public testing::TestWithParam<OddCase> {};
TEST_P(MastodonOddItems, AreRefusedOrIgnoredAndTheOthersRead) {
    const VectorSink sink = read_items(GetParam().items + "," + create(to(everybody) + R"(,"content":"x")"));
    EXPECT_EQ(sink.count<Activity>(), 1u);
    EXPECT_EQ(sink.rejected.empty() ? "" : sink.rejected[0].problem.reason.id, GetParam().refused);
    EXPECT_EQ(sink.ignored_for(GetParam().ignored), GetParam().ignored.empty() ? 0u : 1u);
}
INSTANTIATE_TEST_SUITE_P(Mastodon, MastodonOddItems,
                         testing::ValuesIn<OddCase>({
        {"no_date", create(to(everybody), ""), "mastodon.bad_date", ""}, {"epoch", create(to(everybody), "1970-01-01T00:00:00Z"), "mastodon.bad_date", ""},
        {"future", create(to(everybody), "2027-01-01T00:00:00Z"), "mastodon.bad_date", ""}, {"number", "7", "mastodon.not_an_activity", ""},
        {"no_type", "{}", "mastodon.not_an_activity", ""}, {"no_note", R"({"type":"Create"})", "mastodon.not_an_activity", ""},
        {"reference", R"({"type":"Create","object":"https://m.example/3"})", "", "reference"}, {"other", R"({"type":"Like"})", "", "other_activity"}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(MastodonBrokenOutbox, KeepsWhatStoodBefore) {
    std::string text = outbox(create(to(everybody) + R"(,"content":"x")") + ",{");
    text.resize(text.size() - 4);
    const VectorSink sink = read_files({{"outbox.json", text}, {"actor.json", actor}}).sink;
    EXPECT_EQ(sink.count<Activity>(), 1u);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.hint.id, "json.hint_broken");
}

struct FollowCase {
    const char* name;
    std::string text, memberships, contacts;
};
class MastodonFollows : public testing::TestWithParam<FollowCase> {};
TEST_P(MastodonFollows, AreGroupsByTheirServerElsePeople) {
    const VectorSink sink = read_files({{"following_accounts.csv", GetParam().text}}).sink;
    std::string memberships, contacts;
    for (const Membership& each : sink.all<Membership>()) memberships += each.group + "/" + each.notify + ";";
    for (const Contact& each : sink.all<Contact>()) contacts += each.person.key + "/" + each.circle + ";";
    EXPECT_EQ(memberships, GetParam().memberships);
    EXPECT_EQ(contacts, GetParam().contacts);
    EXPECT_TRUE(sink.rejected.empty());
}
INSTANTIATE_TEST_SUITE_P(Mastodon, MastodonFollows,
                         testing::ValuesIn<FollowCase>({
        {"today", "Account address,Show boosts,Notify on new posts,Languages\n\nBees@a.gup.pe,true,true,\n\nbo@x.example,true,false,\"en,fr\"\n", "bees@a.gup.pe/all;", "bo@x.example/follow;"},
        {"two_columns", "Account address,Show boosts\nwax@lemmy.example,true\n", "wax@lemmy.example/;", ""},
        {"one_column", "Account address\nbo@x.example\n", "", "bo@x.example/follow;"}, {"no_header", "bo@x.example\n@wax@jlai.lu\n", "wax@jlai.lu/;", "bo@x.example/follow;"}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(MastodonFollows, OfAGroupThatIWroteToAreMemberships) {
    const VectorSink sink = read_files({{"actor.json", actor},
                                        {"outbox.json", outbox(create(to(everybody, "", mention("@meet@d.example", "https://d.example/ap/actor/79f2"))))},
                                        {"following_accounts.csv", "Account address\nmeet@d.example\n"}})
                                .sink;
    ASSERT_EQ(sink.count<Membership>(), 1u);
    EXPECT_EQ(sink.all<Membership>()[0].group, "meet@d.example");
    EXPECT_EQ(sink.count<Group>(), 1u);
    EXPECT_FALSE(sink.lacks_id("mastodon.lack_following"));
}

TEST(MastodonFollows, WithoutAnAccountAreRefused) {
    const VectorSink sink = read_files({{"following_accounts.csv", "Account address\nnobody\nbo@x.example\n"}}).sink;
    EXPECT_EQ(sink.count<Contact>(), 1u);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.where.line, 2u);
}

TEST(MastodonMutedGroups, StayMembershipsThatTellNothing) {
    const VectorSink sink = read_files({{"following_accounts.csv", "Account address\nwax@lemmy.example\n"}, {"muted_accounts.csv", "Account address,Hide notifications\n\nwax@lemmy.example,true\n"},
                                        {"blocked_accounts.csv", "x@y.example\n"}, {"blocked_domains.csv", "z.example\n"}})
                                .sink;
    EXPECT_EQ(sink.all<Membership>().at(0).notify, "none");
    EXPECT_EQ(sink.ignored_for("muted"), 1u);
    EXPECT_EQ(sink.ignored_for("blocked"), 1u);
    EXPECT_EQ(sink.ignored_for("other_file"), 1u);
}

TEST(MastodonLists, HoldPeople) {
    const VectorSink sink = read_files({{"lists.csv", "Bees,bo@x.example\nBees,wax@lemmy.example\n"}}).sink;
    ASSERT_EQ(sink.count<Contact>(), 1u);
    EXPECT_EQ(sink.all<Contact>()[0].origin, "lists");
    EXPECT_EQ(sink.ignored_for("listed_group"), 1u);
}

struct OwnerCase {
    const char* name;
    std::map<std::string, std::string> files;
    bool forced;
    std::string owner;
    bool from_export;
};
class MastodonOwners : public testing::TestWithParam<OwnerCase> {};
TEST_P(MastodonOwners, AreTheActorElseTheProfile) {
    ReadContext context;
    context.me.names = {"Isa Morel"};
    context.me.forced = GetParam().forced;
    const Reading reading = read_files(GetParam().files, context);
    EXPECT_EQ(reading.owner.person ? text_of(*reading.owner.person) : "", GetParam().owner);
    EXPECT_EQ(reading.owner.from_export, GetParam().from_export);
    for (const Activity& each : reading.sink.all<Activity>()) EXPECT_TRUE(each.is_me);
}
const std::string one_post = outbox(create(to(everybody) + R"(,"content":"x")"));
INSTANTIATE_TEST_SUITE_P(
    Mastodon, MastodonOwners,
    testing::ValuesIn<OwnerCase>({
        {"actor", {{"outbox.json", one_post}, {"actor.json", actor}}, false, "mira@m.example=Mira Example", true},
        {"outbox_alone", {{"outbox.json", one_post}}, false, "mira@m.example=", true},
        {"broken_actor", {{"outbox.json", one_post}, {"actor.json", "{"}}, false, "mira@m.example=", true},
        {"empty_outbox", {{"outbox.json", outbox("")}}, false, "isa morel=Isa Morel", false},
        {"asked_for", {{"outbox.json", one_post}, {"actor.json", actor}}, true, "isa morel=Isa Morel", false}}),
    [](const auto& test) { return std::string(test.param.name); });

struct HandleCase {
    const char* name;
    std::string written, address, handle;
};
class MastodonHandles : public testing::TestWithParam<HandleCase> {};
TEST_P(MastodonHandles, AreNameAndServer) { EXPECT_EQ(mastodon::handle_of(GetParam().written, GetParam().address), GetParam().handle); }
INSTANTIATE_TEST_SUITE_P(Mastodon, MastodonHandles,
                         testing::ValuesIn<HandleCase>({
        {"at", "@Bo@X.example", "", "bo@x.example"}, {"bang", "!bees@l.example", "", "bees@l.example"},
        {"local", "@bo", "https://x.example/users/bo", "bo@x.example"}, {"nowhere", "bo", "", ""}, {"three", "a@b@c", "", ""},
        {"words", "a b@c", "", ""}, {"empty", "", "https://x.example/u", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    std::optional<Confidence> confidence;
};
class MastodonDetection : public testing::TestWithParam<DetectCase> {};
TEST_P(MastodonDetection, ClaimsMastodonOnly) {
    const auto match = mastodon_connector().detect(MemorySource("x", GetParam().files));
    EXPECT_EQ(match ? std::optional(match->confidence) : std::nullopt, GetParam().confidence);
}
const std::string plain_outbox = R"({"type":"OrderedCollection","orderedItems":[]})";
INSTANTIATE_TEST_SUITE_P(
    Mastodon, MastodonDetection,
    testing::ValuesIn<DetectCase>({
        {"archive", {{"a/outbox.json", plain_outbox}, {"a/actor.json", actor}, {"a/media_attachments/files/1.png", "x"}, {"a/avatar.png", "x"}}, Confidence::certain},
        {"outbox_alone", {{"outbox.json", outbox("")}}, Confidence::likely}, {"outbox_of_somebody_else", {{"outbox.json", plain_outbox}}, std::nullopt},
        {"follows", {{"following_accounts(1).csv", "Account address\n"}}, Confidence::likely}, {"follows_without_header", {{"following_accounts.csv", "a@b.example\n"}}, Confidence::likely},
        {"lists", {{"lists.csv", "Bees,a@b.example\n"}}, Confidence::likely}, {"other_lists", {{"lists.csv", "id,name\n1,x\n"}}, std::nullopt},
        {"peertube", {{"activity-pub/outbox.json", outbox("")}, {"activity-pub/actor.json", actor}, {"peertube/comments.json", "{}"}}, std::nullopt},
        {"among_other_things", {{"outbox.json", outbox("")}, {"actor.json", actor}, {"result.json", "{}"}}, std::nullopt}, {"nothing", {{"a.txt", "x"}}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MastodonArchive, IsNotOpenedFromSomethingElse) { EXPECT_THROW((void)mastodon_connector().open(MemorySource("x", {{"a.txt", "x"}}), {}), Error); }

TEST(MastodonArchive, SaysWhenItWasMadeAndWhatItLacks) {
    const Reading reading = read_files({{"outbox.json", one_post}, {"actor.json", actor}});
    EXPECT_EQ(format_rfc3339(*reading.exported_at), "2026-09-01T09:30:12Z");
    EXPECT_THAT(reading.sink.coverage("")->not_requested, ElementsAre("mastodon.lack_following"));
    for (const char* lack : {"mastodon.lack_following", "mastodon.lack_answers", "mastodon.lack_hashtags"}) EXPECT_TRUE(reading.sink.lacks_id(lack)) << lack;
    EXPECT_EQ(reading.sink.coverage("")->kind, CoverageKind::own_only);
}

TEST(MastodonSamples, GiveWhatWasCountedByHand) {
    const std::filesystem::path folder = std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/mastodon";
    const auto archive = open_source(folder / "archive"), csv = open_source(folder / "csv");
    const VectorSink posts = read_source(mastodon_connector(), *archive).sink, lists = read_source(mastodon_connector(), *csv).sink;
    std::string kinds;
    for (const Activity& each : posts.all<Activity>()) kinds += std::string(to_string(each.kind)) + " " + each.group + ";";
    EXPECT_EQ(kinds, "reaction ;post ;post beekeeping@a.gup.pe;post bees@lemmy.example;message direct:omar@bees.example;share ;");
    EXPECT_EQ(posts.ignored_for("bookmark"), 1u);
    EXPECT_THAT(posts.rejected, IsEmpty());
    EXPECT_EQ(lists.count<Membership>(), 2u);
    EXPECT_EQ(lists.count<Contact>(), 2u);
    EXPECT_THAT(lists.rejected, IsEmpty());
}

}  // namespace mastodon_test
}  // namespace secateur::test

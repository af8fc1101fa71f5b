// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/instagram/lines.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& instagram_connector();
}

namespace secateur::test {
namespace instagram_test {

using instagram::LineKind;
using testing::ElementsAre;
using testing::IsEmpty;
using Files = std::map<std::string, std::string>;

const std::string inbox = "your_instagram_activity/messages/inbox/", key = "thread:17850000000000001";
const std::string crew = inbox + "crew_17850000000000001/message_1.json";
const std::string profile_path = "personal_information/personal_information/personal_information.json";

std::string message(int minute, std::string_view who, std::string_view text, std::string_view more = "") {
    return fmt::format(R"({{"sender_name":"{}","timestamp_ms":{},"content":"{}"{}{}}})", who, 1714644000123 + 60000LL * minute,
                       text, more.empty() ? "" : ",", more);
}
std::string thread(const std::vector<std::string>& people, std::string_view messages, std::string_view more = "") {
    std::string list;
    for (const std::string& each : people) list += (list.empty() ? "" : ",") + fmt::format(R"({{"name":"{}"}})", each);
    return fmt::format(R"({{"participants":[{}],"messages":[{}],"title":"Crew"{}{}}})", list, messages, more.empty() ? "" : ",",
                       more);
}
std::string profile(std::string_view name_key = "Name", std::string_view user_key = "Username") {
    return fmt::format(
        R"({{"profile_user":[{{"title":"","string_map_data":{{"{}":{{"value":"zoe.ex"}},"{}":{{"value":"Zoe Ex"}},)"
        R"("Email":{{"value":"x"}}}}}}]}})",
        user_key, name_key);
}
ReadContext late_2026(std::string name = "") {
    ReadContext context;
    if (!name.empty()) context.me.names = {std::move(name)};
    context.today = *parse_date("2026-11-21");
    return context;
}
Reading read(Files files, const ReadContext& context = late_2026()) {
    return read_source(instagram_connector(), MemorySource("instagram-zoe-2026-10-30-aB3d.zip", std::move(files)), context);
}
/// The one conversation of Zoe, Ali and Bo.
VectorSink read_crew(std::string_view messages) {
    return read({{crew, thread({"Ali", "Bo", "Zoe Ex"}, messages)}, {profile_path, profile()}}).sink;
}
std::string list(std::string_view root, std::string_view name, std::string_view href, std::int64_t second,
                 std::string_view title = "") {
    return fmt::format(R"({{"{}":[{{"title":"{}","string_list_data":[{{"href":"{}","value":"{}","timestamp":{}}}]}}]}})", root,
                       title, href, name, second);
}
const std::string following = list("relationships_following", "velo", "https://www.instagram.com/velo", 1600000000);

// ------------------------------------------------------------------------------------------------------------- detect

struct DetectCase {
    const char* name;
    Files files;
    std::optional<Confidence> expected;
};
class InstagramDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(InstagramDetect, KnowsBothGenerations) {
    const auto match = instagram_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Instagram, InstagramDetect,
    testing::ValuesIn<DetectCase>({
        {"since_2023", {{crew, thread({"a"}, "")}}, Confidence::certain},
        {"in_a_wrapper", {{"instagram-zoe/" + crew, thread({"a"}, "")}}, Confidence::certain},
        {"before_2023",
                   {{"messages/inbox/a_1/message_1.json", thread({"a"}, "")},
                    {"followers_and_following/following.json", following}},
                   Confidence::certain},
        {"profile_alone", {{profile_path, profile()}}, Confidence::certain},
        {"list_alone", {{"following.json", following}}, Confidence::certain},
        {"conversation_as_on_facebook",
                   {{"messages/inbox/a_1/message_1.json", thread({"a"}, "")}},
                   Confidence::possible},
        {"two_exports", {{"a/" + crew, thread({"a"}, "")}, {"b/" + crew, thread({"a"}, "")}}, std::nullopt},
        {"strangers_beside", {{"a/" + crew, thread({"a"}, "")}, {"b/result.json", "{}"}}, std::nullopt},
        {"another_following", {{"following.json", R"({"accounts":[]})"}}, std::nullopt},
        {"html", {{"your_instagram_activity/messages/inbox/a_1/message_1.html", "<html>"}}, std::nullopt},
        {"nothing", {}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(InstagramOpen, RefusesWhatHasNoFileOfIts) {
    EXPECT_THROW((void)instagram_connector().open(MemorySource("x", {{"posts_1.json", "[]"}}), {}), Error);
}

// -------------------------------------------------------------------------------------------------------------- lines

struct LineCase {
    const char* name;
    std::string text;
    LineKind kind;
    std::vector<std::string> names;
};
class InstagramLines : public testing::TestWithParam<LineCase> {};
TEST_P(InstagramLines, TellEventsFromMessages) {
    const auto line = instagram::classify(GetParam().text, "Ali");
    EXPECT_EQ(line.kind, GetParam().kind);
    EXPECT_EQ(line.names, GetParam().names);
}
INSTANTIATE_TEST_SUITE_P(
    Instagram, InstagramLines,
    testing::ValuesIn<LineCase>({
        {"reaction", "Reacted ❤ to your message ", LineKind::reaction, {}},
        {"like", "Liked a message", LineKind::reaction, {}},
        {"french_reaction", "A réagi 😂 à votre message ", LineKind::reaction, {}},
        {"french_like", "A aimé un message", LineKind::reaction, {}},
        {"typed_alike", "Liked a message of yours", LineKind::message, {}},
        {"attachment", "Ali sent an attachment.", LineKind::attachment, {}},
        {"own_attachment", "You sent an attachment.", LineKind::attachment, {}},
        {"french_own_attachment", "Vous avez envoyé une pièce jointe.", LineKind::attachment, {}},
        {"another_sent", "Bo sent an attachment.", LineKind::message, {}},
        {"left", "Ali left the group.", LineKind::left, {}},
        {"french_left", "Ali a quitté le groupe.", LineKind::left, {}},
        {"added", "Ali added Bo to the group.", LineKind::added, {"Bo"}},
        {"added_several", "Ali a ajouté Bo, Cy et Di au groupe.", LineKind::added, {"Bo", "Cy", "Di"}},
        {"added_and_others", "Ali added Bo and 2 others to the group.", LineKind::added, {"Bo"}},
        {"removed", "You removed Bo from the group.", LineKind::removed, {"Bo"}},
        {"named", "Ali named the group Crew.", LineKind::service, {}},
        {"typed", "salut", LineKind::message, {}}, {"name_alone", "Ali", LineKind::message, {}},
        {"empty", "", LineKind::message, {}}}),
    [](const auto& test) { return std::string(test.param.name); });

// ------------------------------------------------------------------------------------------------------ conversations

struct KindCase {
    const char* name;
    std::vector<std::string> people;
    std::string messages, more;
    GroupKind kind;
};
class InstagramThreads : public testing::TestWithParam<KindCase> {};
TEST_P(InstagramThreads, AreGroupsWhenMoreThanTwoTookPart) {
    const auto sink =
        read({{crew, thread(GetParam().people, GetParam().messages, GetParam().more)}, {profile_path, profile()}}).sink;
    ASSERT_NE(sink.group(key), nullptr);
    EXPECT_EQ(sink.group(key)->kind, GetParam().kind);
    EXPECT_EQ(sink.group(key)->name, "Crew");
}
INSTANTIATE_TEST_SUITE_P(
    Instagram, InstagramThreads,
    testing::ValuesIn<KindCase>({
        {"two", {"Ali", "Zoe Ex"}, message(1, "Ali", "x"), "", GroupKind::direct},
        {"three", {"Ali", "Bo", "Zoe Ex"}, message(1, "Ali", "x"), "", GroupKind::group_chat},
        {"one_left", {"Ali", "Zoe Ex"}, message(1, "Ali", "x") + "," + message(2, "Bo", "y"), "", GroupKind::group_chat},
        {"without_me", {"Ali", "Bo"}, message(1, "Ali", "x"), "", GroupKind::group_chat},
        {"i_left", {"Ali"}, message(1, "Zoe Ex", "x"), R"("is_still_participant":false)", GroupKind::group_chat},
        {"deleted_accounts",
                 {"Instagram User", "Instagram User", "Zoe Ex"},
                 message(1, "Instagram User", "x"),
                 "",
                 GroupKind::group_chat},
        {"notes_to_myself", {"Zoe Ex"}, message(1, "Zoe Ex", "x"), "", GroupKind::direct}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(InstagramThreads, InSeveralFilesAreOne) {
    const auto sink =
        read({{crew, thread({"Ali", "Bo", "Zoe Ex"}, message(2, "Ali", "b"))},
              {inbox + "renamed_17850000000000001/message_2.json", thread({"Ali", "Bo", "Zoe Ex"}, message(1, "Zoe Ex", "a"))},
              {profile_path, profile()}})
            .sink;
    EXPECT_EQ(sink.count<Group>(), 1U);
    EXPECT_EQ(sink.count<Activity>(), 2U);
    EXPECT_EQ(sink.count<Coverage>(), 1U);
    EXPECT_EQ(sink.coverage(key)->kind, CoverageKind::full);
    EXPECT_EQ(format_rfc3339(*sink.coverage(key)->begin), "2024-05-02T10:01:00Z");
    EXPECT_EQ(format_date(date_of(*sink.coverage(key)->end)), "2026-10-30");
}

struct StateCase {
    const char* name;
    std::string more;
    std::optional<MembershipEvent> expected;
};
class InstagramStates : public testing::TestWithParam<StateCase> {};
TEST_P(InstagramStates, AreMine) {
    const auto sink =
        read({{crew, thread({"Ali", "Bo", "Zoe Ex"}, message(1, "Ali", "x"), GetParam().more)}, {profile_path, profile()}}).sink;
    const auto all = sink.all<Membership>();
    ASSERT_EQ(all.size(), GetParam().expected ? 1U : 0U);
    if (all.empty()) return;
    EXPECT_EQ(all[0].event, *GetParam().expected);
    EXPECT_TRUE(all[0].is_me);
    EXPECT_EQ(all[0].at.has_value(), all[0].event == MembershipEvent::member);
}
INSTANTIATE_TEST_SUITE_P(Instagram, InstagramStates,
                         testing::ValuesIn<StateCase>({
        {"still_in", R"("is_still_participant":true)", MembershipEvent::member},
        {"left", R"("is_still_participant":false)", MembershipEvent::left},
        {"not_said", "", std::nullopt}}),
                         [](const auto& test) { return std::string(test.param.name); });

// ----------------------------------------------------------------------------------------------------------- messages

TEST(InstagramMessages, AreRepairedAndTimed) {
    const auto sink = read_crew(R"({"sender_name":"Zoe Ex","timestamp_ms":1714644000999,"photos":[{},{}],)"
                                R"("content":"d\u00c3\u00a9j\u00c3\u00a0 \u00e2\u009d\u00a4"})");
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].text, "déjà ❤");
    EXPECT_EQ(all[0].attachments, 2U);
    EXPECT_EQ(all[0].kind, ActivityKind::message);
    EXPECT_TRUE(all[0].is_me);
    EXPECT_EQ(format_rfc3339(all[0].when->at), "2024-05-02T10:00:00Z");
}

TEST(InstagramMessages, HaveAnIdOfMillisecondAuthorAndWords) {
    const auto id = [](const std::string& json) { return read_crew(json).all<Activity>().at(0).native_id; };
    EXPECT_EQ(id(message(1, "Ali", "x")), id(message(1, "Ali", "x")));
    EXPECT_NE(id(message(1, "Ali", "x")), id(message(1, "Ali", "y")));
    EXPECT_NE(id(message(1, "Ali", "x")), id(message(1, "Bo", "x")));
}

TEST(InstagramMessages, CarryTheirReactions) {
    const auto sink = read_crew(message(1, "Zoe Ex", "x",
                                        R"("reactions":[{"reaction":"\u00e2\u009d\u00a4","actor":"Ali","timestamp":1714645000},)"
                                        R"({"reaction":"y","actor":"Zoe Ex"}])"));
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[1].kind, ActivityKind::reaction);
    EXPECT_EQ(all[1].parent, all[0].native_id);
    EXPECT_TRUE(all[1].parent_is_me);
    EXPECT_EQ(all[1].native_id, "r:" + all[0].native_id + ":ali:❤");
    ASSERT_TRUE(all[1].when);
    EXPECT_EQ(format_rfc3339(all[1].when->at), "2024-05-02T10:16:40Z");
    EXPECT_TRUE(all[2].is_me);
    EXPECT_FALSE(all[2].when);
}

struct MessageCase {
    const char* name;
    std::string json;
    std::optional<ActivityKind> kind;
    std::string text;
    std::vector<std::string> links;
    std::string ignored;
};
class InstagramMessageKinds : public testing::TestWithParam<MessageCase> {};
TEST_P(InstagramMessageKinds, FollowFromWhatTheyHold) {
    const auto sink = read_crew(GetParam().json);
    const auto all = sink.all<Activity>();
    ASSERT_EQ(all.size(), GetParam().kind ? 1U : 0U);
    if (!GetParam().ignored.empty()) {
        EXPECT_EQ(sink.ignored_for(GetParam().ignored), 1U);
    }
    if (all.empty()) return;
    EXPECT_EQ(all[0].kind, *GetParam().kind);
    EXPECT_EQ(all[0].text, GetParam().text);
    EXPECT_EQ(all[0].links, GetParam().links);
}
const std::string link = R"("share":{"link":"https://example.org/p"})";
INSTANTIATE_TEST_SUITE_P(
    Instagram, InstagramMessageKinds,
    testing::ValuesIn<MessageCase>({
        {"share", message(1, "Ali", "Ali sent an attachment.", link), ActivityKind::share, "", {"https://example.org/p"}, ""},
        {"link_with_words", message(1, "Ali", "look", link), ActivityKind::message, "look", {"https://example.org/p"}, ""},
        {"picture_alone",
                    R"({"sender_name":"Ali","timestamp_ms":1714644000123,"photos":[{}]})",
                    ActivityKind::message,
                    "",
                    {},
                    ""},
        {"reaction_as_text", message(1, "Ali", "Liked a message"), std::nullopt, "", {}, "reaction_sentence"},
        {"name_of_the_group", message(1, "Ali", "Ali named the group X."), std::nullopt, "", {}, "service_message"},
        {"call", message(1, "Ali", "x", R"("call_duration":9)"), std::nullopt, "", {}, "call"},
        {"unsent", message(1, "Ali", "", R"("is_unsent":true)"), std::nullopt, "", {}, "unsent"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(InstagramMembers, ComeAndGoInGroupsOnly) {
    const std::string lines = message(1, "Ali", "Ali added Zoe Ex to the group.") + "," + message(2, "Bo", "Bo left the group.") +
                              "," + message(3, "Ali", "Ali removed Cy from the group.") + "," +
                              message(4, "Ali", "Ali added Cy and 2 others to the group.");
    const auto sink = read_crew(lines);
    const auto all = sink.all<Membership>();
    ASSERT_EQ(all.size(), 4U);
    EXPECT_TRUE(all[0].is_me);
    EXPECT_EQ(all[0].event, MembershipEvent::joined);
    EXPECT_EQ(all[1].event, MembershipEvent::left);
    EXPECT_EQ(all[1].person.name, "Bo");
    EXPECT_EQ(all[2].origin, "removal");
    EXPECT_EQ(all[3].person.key, "cy");
    EXPECT_EQ(sink.ignored_for("unnamed_member"), 1U);
    EXPECT_EQ(sink.count<Activity>(), 0U);

    const auto direct =
        read({{crew, thread({"Ali", "Zoe Ex"}, message(1, "Ali", "Ali left the group."))}, {profile_path, profile()}}).sink;
    EXPECT_EQ(direct.count<Membership>(), 0U);
    EXPECT_EQ(direct.count<Activity>(), 1U);
}

TEST(InstagramMessages, WithoutAPlausibleTimeAreRefused) {
    const auto sink = read_crew(R"({"sender_name":"Ali","content":"x"},{"sender_name":"Ali","timestamp_ms":0},)"
                                R"({"sender_name":"Ali","timestamp_ms":1900000000000},7)");
    std::vector<std::string> reasons;
    for (const auto& each : sink.rejected) reasons.push_back(each.problem.reason.id);
    EXPECT_THAT(reasons, ElementsAre("instagram.impossible_date", "instagram.impossible_date", "instagram.impossible_date",
                                     "instagram.not_an_object"));
}

TEST(InstagramFiles, ThatBreakOffAreOneRejection) {
    const std::string whole = thread({"Ali", "Bo", "Zoe Ex"}, message(1, "Ali", "x") + "," + message(2, "Ali", "y"));
    const auto sink = read({{crew, whole.substr(0, whole.find(R"("content":"y")"))}, {profile_path, profile().substr(0, 40)}},
                           late_2026("Zoe Ex"))
                          .sink;
    EXPECT_EQ(sink.rejected.size(), 2U);
    for (const auto& each : sink.rejected) EXPECT_EQ(each.problem.hint.id, "instagram.rest_lost");
    EXPECT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(format_rfc3339(*sink.coverage(key)->end), "2024-05-02T10:01:00Z");
}

// -------------------------------------------------------------------------------------------------------------- owner

struct OwnerCase {
    const char* name;
    Files files;
    Identities me;
    std::string owner;
    bool from_export;
};
class InstagramOwner : public testing::TestWithParam<OwnerCase> {};
TEST_P(InstagramOwner, IsFoundByTheBestEvidence) {
    ReadContext context = late_2026();
    context.me = GetParam().me;
    const auto reading = read(GetParam().files, context);
    EXPECT_EQ(reading.owner.person ? reading.owner.person->key : "unknown", GetParam().owner);
    EXPECT_EQ(reading.owner.from_export, GetParam().from_export);
}
const std::string three = thread({"Ali", "Bo", "Zoe Ex"}, message(1, "Zoe Ex", "x"));
const std::string other = inbox + "b_2/message_1.json";
INSTANTIATE_TEST_SUITE_P(
    Instagram, InstagramOwner,
    testing::ValuesIn<OwnerCase>({
        {"profile", {{crew, three}, {profile_path, profile()}}, {}, "zoe ex", true},
        {"french_keys_in_mojibake",
                  {{crew, three}, {profile_path, profile("Nom", R"(Nom d\u00e2\u0080\u0099utilisateur)")}},
                  {},
                  "zoe ex",
                  true},
        {"dutch_keys", {{crew, three}, {profile_path, profile("Naam", "Gebruikersnaam")}}, {}, "zoe ex", true},
        {"user_name_only", {{crew, three}, {profile_path, profile("Unbekannt", "Benutzername")}}, {}, "zoe.ex", true},
        {"identity", {{crew, three}}, {.names = {"bo"}}, "bo", false},
        {"in_all_conversations", {{crew, three}, {other, thread({"Cy", "Zoe Ex"}, "")}}, {}, "zoe ex", true},
        {"two_in_all_conversations", {{crew, three}, {other, thread({"Ali", "Zoe Ex"}, "")}}, {}, "unknown", false},
        {"one_conversation", {{crew, three}}, {}, "unknown", false},
        {"lists_only", {{"connections/followers_and_following/following.json", following}}, {}, "owner", false},
        {"asked_for_against_the_profile",
                  {{crew, three}, {profile_path, profile()}},
                  {.names = {"Bo"}, .forced = true},
                  "bo",
                  false},
        {"asked_for_and_the_same",
                  {{crew, three}, {profile_path, profile()}},
                  {.handles = {"@zoe.ex"}, .forced = true},
                  "zoe ex",
                  false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(InstagramOwner, RenamedSinceIsTheOneInAllConversations) {
    const auto reading = read({{crew, thread({"Ali", "Bo", "Old Zoe"}, message(1, "Old Zoe", "x"))},
                               {other, thread({"Cy", "Old Zoe"}, "")},
                               {profile_path, profile()}});
    EXPECT_EQ(reading.owner.person->key, "zoe ex");
    EXPECT_TRUE(reading.sink.all<Activity>().at(0).is_me);
    const auto accounts = reading.sink.all<Account>();
    ASSERT_EQ(accounts.size(), 1U);
    EXPECT_EQ(accounts[0].handle, "zoe.ex");
}

TEST(InstagramOwner, UnknownMeansThatNothingIsMineAndCandidatesAreNamed) {
    const auto reading = read({{crew, thread({"Ali", "Bo", "Zoe Ex"}, message(1, "Bo", "x") + "," + message(2, "Ali", "y") + "," +
                                                                          message(3, "Ali", "z"))}});
    ASSERT_EQ(reading.owner.candidates.size(), 3U);
    EXPECT_EQ(reading.owner.candidates[0].person.name, "Ali");
    for (const Activity& each : reading.sink.all<Activity>()) EXPECT_FALSE(each.is_me);
    EXPECT_TRUE(reading.sink.lacks_id("instagram.lack_profile"));
}

// -------------------------------------------------------------------------------------------------------------- lists

struct ListCase {
    const char* name;
    std::string file, json;
    std::string person, circle;
    bool has_time;
};
class InstagramLists : public testing::TestWithParam<ListCase> {};
TEST_P(InstagramLists, AreContacts) {
    const auto sink = read({{"connections/followers_and_following/" + GetParam().file, GetParam().json}}).sink;
    const auto all = sink.all<Contact>();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].person.key, GetParam().person);
    EXPECT_EQ(all[0].circle, GetParam().circle);
    EXPECT_EQ(all[0].connected.has_value(), GetParam().has_time);
    EXPECT_EQ(sink.count<Group>(), 0U);
}
const std::string link_only =
    R"({"x":[{"title":"","string_list_data":[{"href":"https://www.instagram.com/_u/velo/","timestamp":0}]}]})";
INSTANTIATE_TEST_SUITE_P(
    Instagram, InstagramLists,
    testing::ValuesIn<ListCase>({
        {"following", "following.json", following, "velo", "follow", true},
        {"following_2025", "following.json",
                 list("relationships_following", "", "https://www.instagram.com/_u/velo", 1600000000, "velo"), "velo",
                 "follow", true},
        {"only_an_address", "following.json", link_only, "velo", "follow", false},
        {"followers_bare_array", "followers_2.json",
                 R"([{"string_list_data":[{"value":"ali","timestamp":1600000000}]}])", "ali", "follow", true},
        {"close_friends", "close_friends.json", list("relationships_close_friends", "bo", "", 0), "bo", "",
                 false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(InstagramLists, OfRequestsAreInvitations) {
    const auto sink = read({{"followers_and_following/pending_follow_requests.json",
                             list("relationships_follow_requests_sent", "bo", "", 1600000000)},
                            {"followers_and_following/follow_requests_you've_received.json",
                             list("relationships_follow_requests_received", "cy", "", 0)},
                            {"followers_and_following/blocked_accounts.json", list("relationships_blocked_users", "x", "", 0)}})
                          .sink;
    const auto all = sink.all<Invitation>();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].direction, Direction::received);
    EXPECT_EQ(all[1].direction, Direction::sent);
    EXPECT_EQ(sink.ignored_for("not_a_contact"), 1U);
    EXPECT_EQ(sink.count<Contact>(), 0U);
}

TEST(InstagramLists, OfHashtagsAreGroups) {
    const auto sink = read({{"followers_and_following/following_hashtags.json",
                             list("relationships_following_hashtags", R"(v\u00c3\u00a9lo)",
                                  "https://www.instagram.com/explore/tags/velo", 1600000000)}})
                          .sink;
    const Group* group = sink.group("hashtag:vélo");
    ASSERT_NE(group, nullptr);
    EXPECT_EQ(group->name, "#vélo");
    EXPECT_EQ(group->kind, GroupKind::hashtag);
    EXPECT_EQ(sink.all<Membership>().at(0).event, MembershipEvent::joined);
    EXPECT_EQ(sink.coverage("hashtag:vélo")->kind, CoverageKind::names_only);
}

TEST(InstagramLists, WithoutANameAreRefused) {
    const auto sink = read({{"connections/followers_and_following/following.json", R"({"x":[{"string_list_data":[]}]})"}}).sink;
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "instagram.nameless");
}

TEST(InstagramFiles, OutsideGroupsAreCountedAsUnread) {
    const auto sink = read({{crew, three},
                            {"your_instagram_activity/comments/post_comments_1.json", "[]"},
                            {"your_instagram_activity/likes/liked_posts.json", "{}"}})
                          .sink;
    EXPECT_EQ(sink.ignored_for("unread_file"), 2U);
    EXPECT_TRUE(sink.lacks_id("instagram.lack_groups"));
}

// ------------------------------------------------------------------------------------------------------------ samples

struct SampleCase {
    const char* name;
    std::size_t groups, activities, mine, memberships, contacts;
};
class InstagramSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(InstagramSamples, GiveWhatWasCountedByHand) {
    const SampleCase& expected = GetParam();
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/instagram" / expected.name);
    ASSERT_TRUE(instagram_connector().detect(*source));
    const auto [owner, exported_at, sink] = read_source(instagram_connector(), *source, late_2026("Isabelle Morel"));
    ASSERT_TRUE(owner.person);
    EXPECT_EQ(owner.person->name, "Isabelle Morel");
    std::size_t mine = 0;
    for (const Activity& each : sink.all<Activity>()) mine += each.is_me ? 1 : 0;
    EXPECT_EQ(sink.count<Group>(), expected.groups);
    EXPECT_EQ(sink.count<Coverage>(), expected.groups);
    EXPECT_EQ(sink.count<Activity>(), expected.activities);
    EXPECT_EQ(mine, expected.mine);
    EXPECT_EQ(sink.count<Membership>(), expected.memberships);
    EXPECT_EQ(sink.count<Contact>(), expected.contacts);
    EXPECT_THAT(sink.rejected, IsEmpty());
}
INSTANTIATE_TEST_SUITE_P(Instagram, InstagramSamples,
                         testing::ValuesIn<SampleCase>({
        {"french_2026", 2, 5, 2, 3,
                   2},  // 2 messages and a reaction in the group, 2 with one person
        {"english_2021", 2, 1, 1, 2, 0}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace instagram_test
}  // namespace secateur::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <string>

#include <fmt/format.h>

#include "base/json_stream.hpp"
#include "connectors/rocketchat/bson.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& rocketchat_connector();
}

namespace secateur::test {
namespace rocketchat_test {

using Files = std::map<std::string, std::string>;
using namespace std::string_literals;

constexpr const char* lou_id = "iLhV7bQx2mTzK9wPa";
constexpr const char* mel_id = "oR4nYd8sFcJ6gEuBt";

std::string user(std::string_view handle) {
    return fmt::format(R"({{"_id":"{}","username":"{}","name":"N {}"}})", handle == "lou" ? lou_id : handle == "mel" ? mel_id : handle, handle, handle);
}
std::string message(std::string_view id, std::string_view handle, std::string_view text, std::string_view more = "", std::string_view room = "GENERAL") {
    return fmt::format(R"({{"_id":"{}","rid":"{}","msg":"{}","ts":{{"$date":"2024-05-02T10:00:00.500Z"}},"u":{}{}{}}})" "\n", id, room, text, user(handle), more.empty() ? "" : ",", more);
}
const std::string people = fmt::format(R"({{"_id":"{}","username":"lou","name":"Lou Martin","emails":[{{"address":"lou@coop.example"}}],"type":"user"}})" "\n"
                                       R"({{"_id":"{}","username":"mel","name":"Mel Garcia","type":"user"}})" "\n"
                                       R"({{"_id":"robot17","username":"agenda","type":"bot"}})" "\n",
                                       lou_id, mel_id);
constexpr const char* general = R"({"_id":"GENERAL","t":"c","name":"general","fname":"Général","topic":"t","usersCount":2})" "\n";
std::string subscription(std::string_view room, std::string_view more = R"("t":"c")") {
    return fmt::format(R"({{"_id":"s","rid":"{}","u":{},"ts":{{"$date":"2024-04-01T08:00:00Z"}},{}}})" "\n", room, user("lou"), more);
}
ReadContext lou() {
    ReadContext context;
    context.me.handles = {"lou"};
    context.today = *parse_date("2026-11-21");
    return context;
}
Reading read_server(Files files, const ReadContext& context = lou()) {
    files.try_emplace("d/users.json", people);
    files.try_emplace("d/rocketchat_room.json", general);
    files.try_emplace("d/rocketchat_subscription.json", subscription("GENERAL"));
    files.try_emplace("d/rocketchat_message.json", message("a", "mel", "x"));
    return read_source(rocketchat_connector(), MemorySource("dump 2024-06-01", std::move(files)), context);
}
VectorSink read_messages(std::string messages) { return read_server({{"d/rocketchat_message.json", std::move(messages)}}).sink; }
const Activity& only(const VectorSink& sink, std::string_view id, std::string_view group = "GENERAL") {
    const Activity* found = sink.activity(group, id);
    if (found == nullptr) throw std::runtime_error("no activity " + std::string(id));
    return *found;
}

// ----------------------------------------------------------------------------------------------------------------- bson

std::string little(std::int32_t value) {
    std::string bytes(4, '\0');
    std::memcpy(bytes.data(), &value, 4);
    return bytes;
}
std::string document(const std::string& fields) { return little(static_cast<std::int32_t>(fields.size() + 5)) + fields + "\0"s; }
std::string text_field(const std::string& name, const std::string& value) { return "\x02"s + name + "\0"s + little(static_cast<std::int32_t>(value.size() + 1)) + value + "\0"s; }
std::string json_of(const std::string& bytes) {
    const auto inner = memory_stream(bytes);
    rocketchat::BsonAsJson stream(*inner);
    return read_all(stream, 1 << 20, "x");
}

struct BsonCase {
    const char* name;
    std::string bytes, json;
};
class RocketChatBson : public testing::TestWithParam<BsonCase> {};
TEST_P(RocketChatBson, IsToldAsJson) { EXPECT_EQ(json_of(GetParam().bytes), GetParam().json); }
INSTANTIATE_TEST_SUITE_P(
    RocketChat, RocketChatBson,
    testing::ValuesIn<BsonCase>({
        {"nothing", "", ""}, {"empty_document", document(""), "{}\n"},
        {"text", document(text_field("a", "é\"\\\n\x01")), "{\"a\":\"é\\\"\\\\\\u000a\\u0001\"}\n"},
        {"two_documents", document("") + document(text_field("b", "")), "{}\n{\"b\":\"\"}\n"},
        {"date", document("\x09t\0\xf4\x01\0\0\0\0\0\0"s), "{\"t\":{\"$date\":500}}\n"},
        {"object_id", document("\x07_id\0\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\xff"s), "{\"_id\":\"0102030405060708090a0bff\"}\n"},
        {"true_and_null", document("\x08y\0\x01\x0an\0"s), "{\"y\":true,\"n\":null}\n"},
        {"int32", document("\x10i\0\xff\xff\xff\xff"s), "{\"i\":-1}\n"}, {"int64", document("\x12i\0\x02\0\0\0\0\0\0\0"s), "{\"i\":2}\n"},
        {"floating", document("\x01"s + "d\0"s + "\0\0\0\0\0\0\xf8\x3f"s), "{\"d\":1.5}\n"},
        {"array", document("\x04"s + "a\0"s + document("\x02"s + "0\0"s + little(2) + "x\0"s)), "{\"a\":[\"x\"]}\n"},
        {"inner_document", document("\x03"s + "u\0"s + document(text_field("n", "x"))), "{\"u\":{\"n\":\"x\"}}\n"},
        {"binary", document("\x05"s + "b\0"s + little(2) + "\0xy"s), "{\"b\":null}\n"},
        {"cut_off", document(text_field("a", "b")).substr(0, 9), "{"}, {"absurd_length", "\xff\xff\xff\x7f", "{"},
        {"unknown_type", document("\x66"s + "a\0"s), "{\"a\":"}, {"text_too_long", document("\x02"s + "a\0"s + little(99) + "x\0"s), "{\"a\":"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(RocketChatBsonDepth, IsLimited) {
    std::string nested = document("");
    for (int i = 0; i < 150; ++i) nested = document("\x03"s + "a\0"s + nested);
    EXPECT_FALSE(json_of(nested).ends_with("}\n"));
}

// ---------------------------------------------------------------------------------------------------------- recognition

struct DetectCase {
    const char* name;
    Files files;
    bool mine;
};
class RocketChatDetection : public testing::TestWithParam<DetectCase> {};
TEST_P(RocketChatDetection, AsksForTheFieldsOfAMessage) { EXPECT_EQ(rocketchat_connector().detect(MemorySource("x", GetParam().files)).has_value(), GetParam().mine); }
const std::string bson_message =
    document(text_field("_id", "a") + text_field("rid", "GENERAL") + text_field("msg", "x") + "\x09ts\0\xf4\x05\xc5\x39\x8f\x01\0\0"s + "\x03u\0"s +
             document(text_field("_id", mel_id) + text_field("username", "mel")));
INSTANTIATE_TEST_SUITE_P(RocketChat, RocketChatDetection,
                         testing::ValuesIn<DetectCase>({
        {"lines", {{"d/rocketchat_message.json", message("a", "mel", "x")}}, true},
        {"array", {{"rocketchat_message.json", "[" + message("a", "mel", "x") + "]"}}, true},
        {"bson", {{"rocketchat_message.bson", bson_message}, {"rocketchat_message.metadata.json", "{}"}}, true},
        {"page", {{"page_1.json", R"({"messages":[)" + message("a", "mel", "x") + "]}"}}, true},
        {"page_of_something_else", {{"page_1.json", R"({"messages":[{"id":1,"text":"x"}]})"}}, false},
        {"no_bson", {{"rocketchat_message.bson", "rid ts"}}, false}, {"users_alone", {{"users.json", people}}, false}}),
                         [](const auto& test) { return std::string(test.param.name); });

class RocketChatShapes : public testing::TestWithParam<DetectCase> {};
TEST_P(RocketChatShapes, GiveTheSameMessage) {
    const auto reading = read_source(rocketchat_connector(), MemorySource("x", GetParam().files), lou());
    EXPECT_EQ(only(reading.sink, "a").text, "x");
    EXPECT_EQ(only(reading.sink, "a").author.key, mel_id);
    EXPECT_EQ(date_of(only(reading.sink, "a").when->at), *parse_date("2024-05-02"));
    EXPECT_TRUE(reading.sink.rejected.empty());
}
INSTANTIATE_TEST_SUITE_P(RocketChat, RocketChatShapes,
                         testing::ValuesIn<DetectCase>({
        {"lines", {{"d/rocketchat_message.json", message("a", "mel", "x")}}, true},
        {"array", {{"rocketchat_message.json", " \n[" + message("a", "mel", "x") + "]"}}, true},
        {"bson", {{"rocketchat_message.bson", bson_message}}, true},
        {"page", {{"page_1.json", R"({"messages":[)" + message("a", "mel", "x") + R"(],"count":1})"}}, true}}),
                         [](const auto& test) { return std::string(test.param.name); });

struct DateCase {
    const char* name;
    const char* written;
    const char* at;  // empty: refused
};
class RocketChatDates : public testing::TestWithParam<DateCase> {};
TEST_P(RocketChatDates, OfEveryDialectAreRead) {
    const auto sink = read_messages(fmt::format(R"({{"_id":"a","rid":"GENERAL","msg":"x","u":{{"_id":"z"}},"ts":{}}})", GetParam().written));
    const Activity* found = sink.activity("GENERAL", "a");
    EXPECT_EQ(found == nullptr ? "" : format_rfc3339(found->when->at), GetParam().at);
    EXPECT_EQ(sink.rejected.size(), found == nullptr ? 1U : 0U);
}
INSTANTIATE_TEST_SUITE_P(RocketChat, RocketChatDates,
                         testing::ValuesIn<DateCase>({
        {"plain", R"("2024-05-02T10:00:00.993Z")", "2024-05-02T10:00:00Z"},
        {"relaxed", R"({"$date":"2024-05-02T10:00:00Z"})", "2024-05-02T10:00:00Z"},
        {"number", R"({"$date":1714644000500})", "2024-05-02T10:00:00Z"},
        {"canonical", R"({"$date":{"$numberLong":"1714644000500"}})", "2024-05-02T10:00:00Z"},
        {"epoch", R"({"$date":0})", ""}, {"future", R"("2031-01-01T00:00:00Z")", ""}, {"nothing", "null", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

// ------------------------------------------------------------------------------------------------------------- messages

TEST(RocketChatMessages, HaveThreadsMentionsAndReactions) {
    const auto sink = read_messages(message("a", "lou", "x", R"("reactions":{":wave:":{"usernames":["mel","zed"]}})") +
                                    message("b", "mel", "y @lou", fmt::format(R"("tmid":"a","editedAt":"2024-05-02T11:00:00Z","mentions":[{{"_id":"{}"}},{{"_id":"all"}}])", lou_id)));
    EXPECT_EQ(only(sink, "b").kind, ActivityKind::reply);
    EXPECT_EQ(only(sink, "b").parent, "a");
    EXPECT_TRUE(only(sink, "b").mentions_me);
    EXPECT_TRUE(only(sink, "b").edited);
    EXPECT_EQ(only(sink, "b").author, (Person{mel_id, "Mel Garcia"}));
    const Activity& wave = only(sink, "r:a:"s + mel_id + "::wave:");
    EXPECT_TRUE(wave.parent_is_me);
    EXPECT_EQ(wave.author.name, "Mel Garcia");
    EXPECT_EQ(wave.when->precision, Precision::day);
    EXPECT_EQ(only(sink, "r:a:zed::wave:").author, (Person{"zed", "zed"}));
}

struct QuoteCase {
    const char* name;
    const char* text;
    const char* kept;
    const char* parent;
};
class RocketChatQuotations : public testing::TestWithParam<QuoteCase> {};
TEST_P(RocketChatQuotations, AreAnswersAndNoText) {
    const auto sink = read_messages(message("b", "mel", GetParam().text));
    EXPECT_EQ(only(sink, "b").text, GetParam().kept);
    EXPECT_EQ(only(sink, "b").parent, GetParam().parent);
}
INSTANTIATE_TEST_SUITE_P(RocketChat, RocketChatQuotations,
                         testing::ValuesIn<QuoteCase>({
        {"one", "[ ](https://c.example/channel/general?msg=abc) oui", "oui", "abc"},
        {"two", "[ ](https://c.example/g?msg=abc) [ ](https://c.example/g?msg=def) oui", "oui", "abc"},
        {"later_parameter", "[ ](https://c.example/g?x=1&msg=abc&y=2) oui", "oui", "abc"},
        {"other_link", "[ ](https://c.example/x) oui", "[ ](https://c.example/x) oui", ""},
        {"labelled", "[la](https://c.example/?msg=abc) oui", "[la](https://c.example/?msg=abc) oui", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(RocketChatMessages, OfServiceAreNoActivity) {
    const auto sink = read_messages(message("a", "mel", "mel", R"("t":"uj")") + message("b", "mel", "mel", R"("t":"ul")") + message("c", "mel", "lou", R"("t":"au")") +
                                    message("d", "lou", "zed", R"("t":"ru")") + message("e", "mel", "general", R"("t":"r")") + message("f", "mel", "", R"("t":"rm")") +
                                    message("g", "mel", "old", R"("_hidden":true,"parent":"x")") + message("h", "mel", "c2VjcmV0", R"("t":"e2e")"));
    EXPECT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(only(sink, "h").text, "");  // encrypted: there was a message, that is all
    const auto memberships = sink.all<Membership>();
    ASSERT_GE(memberships.size(), 4U);
    EXPECT_EQ(memberships[0].event, MembershipEvent::joined);
    EXPECT_EQ(memberships[0].person, (Person{mel_id, "Mel Garcia"}));
    EXPECT_EQ(memberships[1].event, MembershipEvent::left);
    EXPECT_TRUE(memberships[2].is_me);
    EXPECT_EQ(memberships[2].event, MembershipEvent::joined);
    EXPECT_EQ(memberships[3].person, (Person{"zed", "zed"}));
    EXPECT_EQ(memberships[3].event, MembershipEvent::left);
    EXPECT_EQ(sink.ignored_for("service_message"), 1U);
    EXPECT_EQ(sink.ignored_for("deleted"), 1U);
    EXPECT_EQ(sink.ignored_for("earlier_version"), 1U);
}

TEST(RocketChatMessages, MayBeFilesOrBots) {
    const auto sink = read_messages(message("a", "mel", "", R"("file":{"_id":"f"},"files":[{"_id":"f"},{"_id":"g"}],"attachments":[{"title":"p","description":"Le plan"}])") +
                                    message("b", "mel", "auto", R"("bot":{"i":"x"})") + message("c", "robot17", "x") + message("d", "rocket.cat", "x"));
    EXPECT_EQ(only(sink, "a").attachments, 2U);
    EXPECT_EQ(only(sink, "a").text, "Le plan");
    EXPECT_FALSE(only(sink, "a").automatic);
    for (const char* id : {"b", "c", "d"}) EXPECT_TRUE(only(sink, id).automatic) << id;
}

TEST(RocketChatMessages, WithoutARoomAreRefused) {
    const auto sink = read_messages("{\"_id\":\"a\"}\n17\n" + message("b", "mel", "x") + "{\"_id\":");
    ASSERT_EQ(sink.rejected.size(), 3U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "rocketchat.no_room");
    EXPECT_EQ(sink.rejected[2].problem.reason.id, "json.cut_off");
    EXPECT_EQ(sink.count<Activity>(), 1U);
}

// ---------------------------------------------------------------------------------------------------------------- rooms

TEST(RocketChatRooms, AreThoseIAmSubscribedTo) {
    const auto sink = read_server({{"d/rocketchat_room.json", general + R"({"_id":"r2","t":"p","name":"ca"})"s + "\n"},
                                   {"d/rocketchat_subscription.json", subscription("GENERAL", R"("f":true,"roles":["moderator"],"desktopNotifications":"mentions")")},
                                   {"d/rocketchat_message.json", message("a", "mel", "x") + message("b", "mel", "y", "", "r2") + message("c", "lou", "z", "", "r2")}})
                          .sink;
    EXPECT_EQ(sink.group("GENERAL")->name, "Général");
    EXPECT_EQ(sink.group("GENERAL")->description, "t");
    EXPECT_EQ(sink.group("GENERAL")->kind, GroupKind::channel);
    EXPECT_EQ(sink.group("GENERAL")->members, 2U);
    const Membership* joined = sink.find<Membership>([](const auto& each) { return each.origin == "subscription"; });
    ASSERT_NE(joined, nullptr);
    EXPECT_EQ(format_rfc3339(joined->at->at), "2024-04-01T08:00:00Z");
    const Membership* member = sink.find<Membership>([](const auto& each) { return each.event == MembershipEvent::member; });
    ASSERT_NE(member, nullptr);
    EXPECT_EQ(member->role, Role::moderator);
    EXPECT_EQ(member->pinned, true);
    EXPECT_EQ(member->notify, "mentions");
    EXPECT_EQ(sink.activity("r2", "b"), nullptr);
    EXPECT_NE(sink.activity("r2", "c"), nullptr);
    EXPECT_EQ(sink.coverage("r2")->kind, CoverageKind::own_only);
    EXPECT_EQ(sink.ignored_for("conversation_of_others"), 1U);
}

TEST(RocketChatRooms, OfTwoAreDirect) {
    const std::string pair = std::string(lou_id) + mel_id;
    const auto sink = read_server({{"d/rocketchat_room.json", general + fmt::format(R"({{"_id":"{}","t":"d","usernames":["lou","mel"]}})" "\n"
                                                                                   R"({{"_id":"x","t":"d","usernames":["mel","zed"]}})" "\n" R"({{"_id":"self","t":"d","usernames":["lou"]}})" "\n"
                                                                                   R"({{"_id":"three","t":"d","usernames":["lou","mel","zed"]}})" "\n",
                                                                                   pair)},
                                   {"d/rocketchat_message.json", message("a", "mel", "x", "", pair) + message("b", "mel", "x", "", "x") + message("c", "lou", "x", "", "self") +
                                                                     message("d", "mel", "x", "", "three")}})
                          .sink;
    EXPECT_EQ(sink.group(pair)->kind, GroupKind::direct);
    EXPECT_EQ(sink.group(pair)->name, "Mel Garcia");
    EXPECT_EQ(sink.group("three")->kind, GroupKind::group_chat);
    EXPECT_EQ(sink.group("three")->name, "Mel Garcia, zed");
    EXPECT_EQ(sink.count<Activity>(), 2U);
    EXPECT_EQ(sink.ignored_for("conversation_of_others"), 1U);
    EXPECT_EQ(sink.ignored_for("notes_to_self"), 1U);
}

TEST(RocketChatRooms, WithoutTheirCollectionGoByTheirPeople) {
    const std::string pair = std::string(mel_id) + lou_id;
    const auto sink = read_source(rocketchat_connector(), MemorySource("x", {{"rocketchat_message.json", message("a", "mel", "x", "", pair) + message("b", "mel", "x", "", "r1")}}),
                                  [] {
                                      ReadContext context;
                                      context.me.ids = {lou_id};
                                      return context;
                                  }())
                          .sink;
    // Who never wrote is not known, so nothing tells that lou is in the first one.
    EXPECT_EQ(sink.group(pair)->kind, GroupKind::group);
    const auto both = read_source(rocketchat_connector(), MemorySource("x", {{"rocketchat_message.json", message("a", "mel", "x", "", pair) + message("b", "lou", "x", "", "r1") + message("c", "mel", "y", "", "r1")}}), lou()).sink;
    EXPECT_EQ(both.group(pair)->kind, GroupKind::direct);
    EXPECT_EQ(both.group(pair)->name, "N mel");
    const auto groups = both.all<Group>();
    EXPECT_TRUE(std::ranges::any_of(groups, [](const Group& each) { return each.key == "r1" && each.name == "N mel"; }));
    EXPECT_TRUE(both.lacks_id("rocketchat.lack_rooms"));
    EXPECT_TRUE(both.lacks_id("rocketchat.lack_subscriptions"));
}

struct OwnerCase {
    const char* name;
    Identities me;
    const char* key;
};
class RocketChatOwners : public testing::TestWithParam<OwnerCase> {};
TEST_P(RocketChatOwners, AreFoundByTheProfile) {
    ReadContext context;
    context.me = GetParam().me;
    const auto reading = read_server({}, context);
    EXPECT_EQ(reading.owner.person ? reading.owner.person->key : "", GetParam().key);
    EXPECT_EQ(reading.owner.candidates.size(), reading.owner.person ? 0U : 1U);
}
INSTANTIATE_TEST_SUITE_P(RocketChat, RocketChatOwners,
                         testing::ValuesIn<OwnerCase>({
        {"address", {.emails = {"LOU@coop.example"}}, lou_id}, {"name", {.names = {"mel garcia"}}, mel_id},
        {"handle", {.handles = {"@lou"}}, lou_id}, {"nobody", {.names = {"Zed"}}, ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace rocketchat_test
}  // namespace secateur::test

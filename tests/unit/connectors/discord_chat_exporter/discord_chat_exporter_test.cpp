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

#include "connectors/discord_chat_exporter/export.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& discord_chat_exporter_connector();
}

namespace secateur::test {
namespace discord_chat_exporter_test {

using discord_chat_exporter::parse_file_name;
using testing::ElementsAre;
using Files = std::map<std::string, std::string>;

const std::string zoe = R"({"id":"201","name":"zoe","discriminator":"0000","nickname":"Zoé Exemple","isBot":false})";
const std::string ali = R"({"id":"202","name":"ali","discriminator":"1234","nickname":"","isBot":false})";
const std::string bot = R"({"id":"203","name":"Horloge","discriminator":"0001","isBot":true})";
const std::string file_name = "Potiers - Salons - four [500000000000000001].json";
const std::string four = R"({"id":"500000000000000001","type":"GuildTextChat","category":"Salons","name":"four","topic":null})";

std::string message(int id, const std::string& author, std::string_view text, std::string_view more = "",
                    std::string_view type = "Default") {
    return fmt::format(R"({{"id":"{}","type":"{}","timestamp":"2024-05-02T12:{:02}:00.209+02:00","timestampEdited":null,)"
                       R"("content":"{}","author":{}{}{}}})",
                       id, type, id % 60, text, author, more.empty() ? "" : ",", more);
}
std::string file(std::string_view messages, std::string_view channel = four, std::string_view range = "",
                 std::string_view guild = "400000000000000001") {
    return fmt::format(
        R"({{"guild":{{"id":"{}","name":"{}"}},"channel":{},"dateRange":{{{}}},"exportedAt":"2024-06-01T00:00:00+00:00",)"
        R"("messages":[{}],"messageCount":1}})",
        guild, guild == "0" ? "Direct Messages" : "Potiers", channel, range, messages);
}
ReadContext as(std::string name) {
    ReadContext context;
    if (!name.empty()) context.me.names = {std::move(name)};
    context.today = *parse_date("2026-11-21");
    return context;
}
Reading read(Files files, const ReadContext& context = as("zoe")) {
    return read_source(discord_chat_exporter_connector(), MemorySource("export", std::move(files)), context);
}
VectorSink read_messages(std::string_view messages, const ReadContext& context = as("zoe")) {
    return read({{file_name, file(messages)}}, context).sink;
}

const std::string guild = "400000000000000001";

// -------------------------------------------------------------------------------------------------------------- files

struct NameCase {
    const char* name;
    std::string file, server, channel;
    unsigned part;
};
class DiscordChatExporterDceFileNames : public testing::TestWithParam<NameCase> {};
TEST_P(DiscordChatExporterDceFileNames, TellServerChannelAndPart) {
    const auto found = parse_file_name(GetParam().file);
    ASSERT_EQ(found.has_value(), GetParam().part > 0);
    if (!found) return;
    EXPECT_EQ(found->server, GetParam().server);
    EXPECT_EQ(found->channel, GetParam().channel);
    EXPECT_EQ(found->channel_id, "500000000000000001");
    EXPECT_EQ(found->part, GetParam().part);
}
INSTANTIATE_TEST_SUITE_P(
    Dce, DiscordChatExporterDceFileNames,
    testing::ValuesIn<NameCase>({
        {"plain", file_name, "Potiers", "four", 1},
        {"part", "Potiers - Salons - four [500000000000000001] [part 12].csv", "Potiers", "four", 12},
        {"period", "Potiers - four [500000000000000001] (after 2024-01-01).json", "Potiers", "four", 1},
        {"period_and_part", "P (x) - [a] - f [500000000000000001] (2024-01-01 to 2024-02-01) [part 2].json",
                 "P (x)", "f", 2},
        {"no_id", "Potiers - Salons - four.json", "", "", 0},
        {"no_server", "four [500000000000000001].json", "", "", 0},
        {"short_id", "Potiers - four [12].json", "", "", 0},
        {"part_zero", "P - f [500000000000000001] [part 0].json", "", "", 0},
        {"empty", "", "", "", 0}}),
    [](const auto& test) { return std::string(test.param.name); });

const std::string table = "AuthorID,Author,Date,Content,Attachments,Reactions\n";

struct DetectCase {
    const char* name;
    Files files;
    bool expected;
};
class DiscordChatExporterDceDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(DiscordChatExporterDceDetect, ClaimsItsFilesOnly) {
    const auto match = discord_chat_exporter_connector().detect(MemorySource("export", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected);
    if (match) {
        EXPECT_EQ(match->confidence, Confidence::certain);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Dce, DiscordChatExporterDceDetect,
    testing::ValuesIn<DetectCase>({
        {"one_file", {{file_name, file("")}}, true}, {"renamed", {{"a.json", file("")}}, true},
        {"in_a_folder_with_media",
                   {{"x/" + file_name, file("")}, {"x/" + file_name + "_Files/a.json", "{}"}, {"x/b.png", ""}},
                   true},
        {"with_html_twins", {{file_name, file("")}, {"Potiers - four [500000000000000001].html", "<html>"}}, true},
        {"cut_in_the_messages", {{file_name, file("").substr(0, 250) + R"([{"id":)"}}, true},
        {"table", {{"four.csv", table}}, true},
        {"another_table", {{"four.csv", "ID,Author,Date,Content\n"}}, false},
        {"four_renamed", {{"a.json", file("")}, {"b.json", file("")}, {"c.json", file("")}, {"d.json", file("")}}, false},
        {"one_of_another_platform", {{"a.json", file("")}, {"result.json", R"({"chats":{}})"}}, false},
        {"a_text_beside", {{file_name, file("")}, {"_chat.txt", ""}}, false},
        {"guild_of_a_data_package", {{"guild.json", R"({"id":"400000000000000001","name":"x"})"}}, false},
        {"empty", {{"a.json", ""}}, false}, {"nothing", {}, false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordChatExporterDceOpen, RefusesASourceWithoutFiles) {
    EXPECT_THROW((void)discord_chat_exporter_connector().open(MemorySource("x", {{"a.png", ""}}), {}), Error);
}

// ------------------------------------------------------------------------------------------------------------- groups

struct GroupCase {
    const char* name;
    std::string channel, guild;
    std::string key;
    GroupKind kind;
    std::string group_name;
};
class DiscordChatExporterDceGroups : public testing::TestWithParam<GroupCase> {};
TEST_P(DiscordChatExporterDceGroups, AreServersOrConversations) {
    const auto reading = read({{"a.json", file(message(1, zoe, "x"), GetParam().channel, "", GetParam().guild)}});
    const auto groups = reading.sink.all<Group>();
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups[0].platform, "discord");
    EXPECT_EQ(groups[0].key, GetParam().key);
    EXPECT_EQ(groups[0].kind, GetParam().kind);
    EXPECT_EQ(groups[0].name, GetParam().group_name);
    ASSERT_NE(reading.sink.activity(GetParam().key, "1"), nullptr);
    EXPECT_EQ(reading.sink.activity(GetParam().key, "1")->platform, "discord");
    EXPECT_EQ(reading.sink.coverage(GetParam().key)->platform, "discord");
}
INSTANTIATE_TEST_SUITE_P(
    Dce, DiscordChatExporterDceGroups,
    testing::ValuesIn<GroupCase>({
        {"channel", four, guild, guild, GroupKind::community, "Potiers"},
        {"thread", R"({"id":"9","type":"GuildPublicThread","categoryId":"500000000000000001","name":"Cuisson"})", guild,
                  guild, GroupKind::community, "Potiers"},
        {"forum_post", R"({"id":"9","type":"GuildForum","name":"Aide"})", guild, guild, GroupKind::community, "Potiers"},
        {"channel_with_the_id_of_its_server", R"({"id":"400000000000000001","type":"GuildTextChat","name":"general"})",
                  guild, guild, GroupKind::community, "Potiers"},
        {"two", R"({"id":"9","type":"DirectTextChat","name":"ali"})", "0", "9", GroupKind::direct, "ali"},
        {"more", R"({"id":"9","type":"DirectGroupTextChat","name":"Atelier"})", "0", "9", GroupKind::group_chat,
                  "Atelier"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordChatExporterDceGroups, OfSeveralFilesAreOneServerWithItsChannelsAsTopics) {
    const auto sink =
        read({{file_name, file(message(1, zoe, "x"))},
              {"Potiers - four - Cuisson [500000000000000002].json",
               file(message(2, ali, "y"), R"({"id":"500000000000000002","type":"GuildPublicThread","name":"Cuisson"})")}})
            .sink;
    ASSERT_EQ(sink.count<Group>(), 1U);
    EXPECT_THAT(sink.group(guild)->topics, ElementsAre("four", "Cuisson"));
    EXPECT_EQ(sink.count<Coverage>(), 1U);
}

// ----------------------------------------------------------------------------------------------------------- messages

struct TypeCase {
    const char* name;
    std::string type, more;
    std::optional<ActivityKind> kind;
    std::string parent;
    bool rejected;
};
class DiscordChatExporterDceTypes : public testing::TestWithParam<TypeCase> {};
TEST_P(DiscordChatExporterDceTypes, DecideWhatALineIs) {
    const auto sink = read_messages(message(2, ali, "x", GetParam().more, GetParam().type));
    const Activity* found = sink.activity(guild, "2");
    ASSERT_EQ(found != nullptr, GetParam().kind.has_value());
    EXPECT_EQ(sink.rejected.size(), GetParam().rejected ? 1U : 0U);
    EXPECT_EQ(sink.ignored_for("service_message"), GetParam().kind || GetParam().rejected ? 0U : 1U);
    if (found == nullptr) return;
    EXPECT_EQ(found->kind, *GetParam().kind);
    EXPECT_EQ(found->parent, GetParam().parent);
}
const std::string reference = R"("reference":{"messageId":"1","channelId":"5","guildId":"4"})";
INSTANTIATE_TEST_SUITE_P(
    Dce, DiscordChatExporterDceTypes,
    testing::ValuesIn<TypeCase>({
        {"default", "Default", "", ActivityKind::message, "", false},
        {"reply", "Reply", reference, ActivityKind::reply, "1", false},
        {"reply_to_what_is_gone", "Reply", R"("reference":{"messageId":null})", ActivityKind::reply, "", false},
        {"reply_of_2019", "19", reference, ActivityKind::reply, "1", false},
        {"crosspost_refers_but_does_not_answer", "Default", reference, ActivityKind::message, "", false},
        {"forward", "Default", R"("forwardedMessage":{"content":"see https://example.org/a"})", ActivityKind::share, "",
                 false},
        {"command", "20", "", ActivityKind::message, "", false},
        {"pin", "ChannelPinnedMessage", reference, std::nullopt, "", false},
        {"call", "Call", "", std::nullopt, "", false}, {"boost", "8", "", std::nullopt, "", false},
        {"added_to_a_thread", "RecipientAdd", R"("mentions":[{"id":"9","name":"x"}])", std::nullopt, "", false},
        {"word_of_the_future", "Hologram", "", std::nullopt, "", true}, {"none", "", "", std::nullopt, "", true}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordChatExporterDceMessages, KeepTheirSecondWhateverTheOffset) {
    const auto sink = read_messages(message(1, zoe, "x"));
    EXPECT_EQ(format_rfc3339(sink.activity(guild, "1")->when->at), "2024-05-02T10:01:00Z");
    EXPECT_EQ(sink.activity(guild, "1")->when->basis, TimeBasis::offset);
}

TEST(DiscordChatExporterDceMessages, TellWhoWroteEditedAndAttached) {
    const auto sink = read_messages(
        message(1, zoe, "a", R"("timestampEdited":"2024-05-02T13:00:00+02:00","attachments":[{},{}],"stickers":[{}])") + "," +
        message(2, bot, "b") + "," + message(3, ali, "c"));
    const Activity& mine = *sink.activity(guild, "1");
    EXPECT_EQ(mine.author, (Person{"201", "Zoé Exemple"}));
    EXPECT_TRUE(mine.is_me);
    EXPECT_TRUE(mine.edited);
    EXPECT_EQ(mine.attachments, 3U);
    EXPECT_TRUE(sink.activity(guild, "2")->automatic);
    EXPECT_FALSE(sink.activity(guild, "3")->automatic);
    EXPECT_EQ(sink.activity(guild, "3")->author.name, "ali");
}

TEST(DiscordChatExporterDceMessages, ForwardedKeepTheirLinksNotTheirWords) {
    const auto sink = read_messages(
        message(1, zoe, "", R"("forwardedMessage":{"content":"see https://example.org/a now","attachments":[{}]})"));
    EXPECT_EQ(sink.activity(guild, "1")->text, "");
    EXPECT_THAT(sink.activity(guild, "1")->links, ElementsAre("https://example.org/a"));
    EXPECT_EQ(sink.activity(guild, "1")->attachments, 1U);
}

struct MentionCase {
    const char* name;
    std::string author, text, more, type;
    bool mentions_me, answers_me;
};
class DiscordChatExporterDceMentions : public testing::TestWithParam<MentionCase> {};
TEST_P(DiscordChatExporterDceMentions, AreOfMeWhenTheTextSaysSo) {
    const MentionCase& given = GetParam();
    const auto sink =
        read_messages(message(1, zoe, "question") + "," + message(2, given.author, given.text, given.more, given.type));
    EXPECT_EQ(sink.activity(guild, "2")->mentions_me, given.mentions_me);
    EXPECT_EQ(sink.activity(guild, "2")->parent_is_me, given.answers_me);
}
INSTANTIATE_TEST_SUITE_P(
    Dce, DiscordChatExporterDceMentions,
    testing::ValuesIn<MentionCase>({
        {"named", ali, "@Zoé viens", R"("mentions":[{"id":"201"}])", "Default", true, false},
        {"another", ali, "@Max viens", R"("mentions":[{"id":"209"}])", "Default", false, false},
        {"notified_by_the_answer", ali, "oui", R"("mentions":[{"id":"201"}],)" + reference, "Reply", false, true},
        {"answered_and_named", ali, "oui @Zoé", R"("mentions":[{"id":"201"}],)" + reference, "Reply", true, true},
        {"myself", zoe, "@Zoé", R"("mentions":[{"id":"201"}])", "Default", false, false},
        {"before_2020", ali, "@Zoé", "", "Default", false, false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordChatExporterDceReactions, HaveAuthorsSince2023) {
    const auto sink = read_messages(message(1, zoe, "x",
                                            R"("reactions":[{"emoji":{"id":"","name":"🔥"},"count":2,"users":[)" + ali + "," +
                                                zoe + R"(]},)" + R"({"emoji":{"id":"77","name":"four"},"count":1,"users":[)" +
                                                ali + R"(]},{"emoji":{"id":null,"name":"❤"},"count":3}])"));
    const Activity* fire = sink.activity(guild, "r:1:202:🔥");
    ASSERT_NE(fire, nullptr);
    EXPECT_EQ(fire->kind, ActivityKind::reaction);
    EXPECT_EQ(fire->parent, "1");
    EXPECT_TRUE(fire->parent_is_me);
    EXPECT_FALSE(fire->when);
    EXPECT_TRUE(sink.activity(guild, "r:1:201:🔥")->is_me);
    EXPECT_NE(sink.activity(guild, "r:1:202:77"), nullptr);
    EXPECT_EQ(sink.ignored_for("reaction_without_users"), 1U);
    EXPECT_TRUE(sink.lacks_id("discord_chat_exporter.lack_reactions"));
}

TEST(DiscordChatExporterDceMemberships, AreJoinsOfTheServer) {
    const auto sink = read_messages(message(1, zoe, "Joined the server.", "", "GuildMemberJoin") + "," +
                                    message(2, ali, "Joined the server.", "", "7"));
    const auto all = sink.all<Membership>();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_TRUE(all[0].is_me);
    EXPECT_EQ(all[0].event, MembershipEvent::joined);
    EXPECT_EQ(all[0].native_id, "1");
    EXPECT_EQ(all[0].platform, "discord");
    EXPECT_FALSE(all[1].is_me);
    EXPECT_EQ(all[1].person, (Person{"202", "ali"}));
}

TEST(DiscordChatExporterDceMemberships, OfAGroupConversationSayWhoCameAndWent) {
    const std::string atelier = R"({"id":"9","type":"DirectGroupTextChat","name":"Atelier"})";
    const auto sink = read({{"a.json", file(message(1, ali, "", R"("mentions":[)" + zoe + "]", "RecipientAdd") + "," +
                                                message(2, zoe, "", R"("mentions":[)" + zoe + "]", "RecipientRemove") + "," +
                                                message(3, ali, "", R"("mentions":[)" + bot + "]", "2"),
                                            atelier, "", "0")}})
                          .sink;
    const auto all = sink.all<Membership>();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_TRUE(all[0].is_me);
    EXPECT_EQ(all[0].event, MembershipEvent::joined);
    EXPECT_EQ(all[1].event, MembershipEvent::left);
    EXPECT_EQ(all[1].origin, "service_message");
    EXPECT_EQ(all[2].origin, "removal");
    EXPECT_EQ(all[2].person.key, "203");
}

TEST(DiscordChatExporterDceMessages, ThatCannotBeReadAreRefused) {
    const auto sink =
        read_messages(R"(7,{"type":"Default","timestamp":"2024-05-02T12:00:00Z"},)"
                      R"({"id":"1","type":"Default","timestamp":"2014-05-02T12:00:00Z"},)"
                      R"({"id":"2","type":"Default","timestamp":"2027-01-01T12:00:00Z"},{"id":"3","type":"Default"})");
    std::vector<std::string> reasons;
    for (const auto& each : sink.rejected) reasons.push_back(each.problem.reason.id);
    EXPECT_THAT(reasons,
                ElementsAre("discord_chat_exporter.not_an_object", "discord_chat_exporter.no_id", "discord_chat_exporter.no_date",
                            "discord_chat_exporter.no_date", "discord_chat_exporter.no_date"));
    EXPECT_EQ(sink.count<Activity>(), 0U);
}

// ----------------------------------------------------------------------------------------------------------- coverage

struct CoverageCase {
    const char* name;
    std::string messages, range, me;
    CoverageKind kind;
    std::string begin, end;
};
class DiscordChatExporterDceCoverage : public testing::TestWithParam<CoverageCase> {};
TEST_P(DiscordChatExporterDceCoverage, FollowsFromWhoWroteAndFromThePeriod) {
    const auto sink = read({{"a.json", file(GetParam().messages, four, GetParam().range)}}, as(GetParam().me)).sink;
    const Coverage& found = *sink.coverage(guild);
    EXPECT_EQ(found.kind, GetParam().kind);
    EXPECT_EQ(found.begin ? format_rfc3339(*found.begin) : "", GetParam().begin);
    EXPECT_EQ(format_rfc3339(*found.end), GetParam().end);
}
const std::string both = message(1, zoe, "a") + "," + message(2, ali, "b");
INSTANTIATE_TEST_SUITE_P(
    Dce, DiscordChatExporterDceCoverage,
    testing::ValuesIn<CoverageCase>({
        {"others_wrote", both, "", "zoe", CoverageKind::full, "2024-05-02T10:01:00Z", "2024-06-01T00:00:00Z"},
        {"period", both, R"("after":"2024-05-01T00:00:00+00:00","before":"2024-05-10T00:00:00+00:00")", "zoe",
                     CoverageKind::full, "2024-05-01T00:00:00Z", "2024-05-10T00:00:00Z"},
        {"bots_are_nobody", message(1, zoe, "a") + "," + message(2, bot, "b"), "", "zoe", CoverageKind::names_only,
                     "", "2024-06-01T00:00:00Z"},
        {"unknown_owner_one_author", message(1, ali, "a"), "", "", CoverageKind::names_only, "",
                     "2024-06-01T00:00:00Z"},
        {"unknown_owner", both, "", "", CoverageKind::full, "2024-05-02T10:01:00Z", "2024-06-01T00:00:00Z"},
        {"only_mine",
                     message(1, zoe, "a") + "," + message(2, zoe, "a") + "," + message(3, zoe, "a") + "," + message(4, zoe, "a") +
                         "," + message(5, zoe, "a"),
                     "", "zoe", CoverageKind::own_only, "", "2024-06-01T00:00:00Z"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordChatExporterDceCoverage, OfSeveralPeriodsIsWhatAllChannelsCover) {
    const auto sink = read({{"Potiers - a [500000000000000001].json",
                             file(both, four, R"("after":"2024-03-01T00:00:00Z","before":"2024-05-20T00:00:00Z")")},
                            {"Potiers - b [500000000000000002].json",
                             file(message(3, ali, "c"), R"({"id":"500000000000000002","type":"GuildTextChat","name":"b"})",
                                  R"("after":"2024-04-01T00:00:00Z")")}})
                          .sink;
    EXPECT_EQ(format_date(date_of(*sink.coverage(guild)->begin)), "2024-04-01");
    EXPECT_EQ(format_date(date_of(*sink.coverage(guild)->end)), "2024-05-20");
}

TEST(DiscordChatExporterDceCoverage, WithAMissingPartIsPartial) {
    const Files parts{{"Potiers - four [500000000000000001].json", file(both)},
                      {"Potiers - four [500000000000000001] [part 3].json", file(message(3, ali, "c"))}};
    const auto holed = read(parts).sink;
    EXPECT_TRUE(holed.warned("missing_part"));
    EXPECT_EQ(holed.coverage(guild)->kind, CoverageKind::partial_window);
    EXPECT_EQ(holed.count<Activity>(), 3U);
    Files whole = parts;
    whole["Potiers - four [500000000000000001] [part 2].json"] = file("");
    EXPECT_FALSE(read(whole).sink.warned("missing_part"));
    EXPECT_EQ(read(whole).sink.coverage(guild)->kind, CoverageKind::full);
}

TEST(DiscordChatExporterDceCoverage, OfABrokenFileEndsWithItsLastMessage) {
    const std::string whole = file(both + "," + message(3, ali, "c"));
    const auto sink = read({{file_name, whole.substr(0, whole.find(R"("content":"c")"))}}).sink;
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.hint.id, "discord_chat_exporter.rest_lost");
    EXPECT_EQ(format_rfc3339(*sink.coverage(guild)->end), "2024-05-02T10:02:00Z");
}

TEST(DiscordChatExporterDceFiles, WithoutTheirHeadAreRefusedAlone) {
    const auto sink = read({{"a.json", R"({"messages":[{"id":"1"}]})"}, {"b.json", file(both)}}).sink;
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "discord_chat_exporter.no_head");
    EXPECT_EQ(sink.count<Activity>(), 2U);
}

// -------------------------------------------------------------------------------------------------------------- owner

struct OwnerCase {
    const char* name;
    std::string json;
    Identities me;
    std::string id;
    bool from_export;
};
class DiscordChatExporterDceOwner : public testing::TestWithParam<OwnerCase> {};
TEST_P(DiscordChatExporterDceOwner, IsFoundByTheBestEvidence) {
    ReadContext context = as("");
    context.me = GetParam().me;
    const auto reading = read({{"a.json", GetParam().json}}, context);
    EXPECT_EQ(reading.owner.person ? reading.owner.person->key : "unknown", GetParam().id);
    EXPECT_EQ(reading.owner.from_export, GetParam().from_export);
    EXPECT_EQ(reading.owner.candidates.empty(), reading.owner.person.has_value());
    EXPECT_EQ(reading.sink.count<Account>(), reading.owner.person ? 1U : 0U);
}
const std::string named_ali = R"({"id":"9","type":"DirectTextChat","name":"ali"})";
const std::string homonyms =
    message(1, R"({"id":"301","name":"a","nickname":"Ann"})", "x") + "," + message(2, R"({"id":"302","name":"ann"})", "y");
INSTANTIATE_TEST_SUITE_P(
    Dce, DiscordChatExporterDceOwner,
    testing::ValuesIn<OwnerCase>({
        {"id", file(both), {.ids = {"202"}}, "202", false},
        {"account_name", file(both), {.names = {"Ali"}}, "202", false},
        {"name_on_the_server", file(both), {.names = {"zoé exemple"}}, "201", false},
        {"name_with_number", file(both), {.handles = {"ali#1234"}}, "202", false},
        {"id_before_name", file(both), {.names = {"zoe"}, .ids = {"202"}}, "202", false},
        {"only_mentioned", file(message(1, ali, "@Zoé", R"("mentions":[)" + zoe + "]")), {.names = {"zoe"}}, "201", false},
        {"other_side_of_a_conversation", file(both, named_ali, "", "0"), {}, "201", true},
        {"asked_for_against_it", file(both, named_ali, "", "0"), {.names = {"ali"}, .forced = true}, "202", false},
        {"conversation_named_after_nobody_here", file(message(1, zoe, "x"), named_ali, "", "0"), {}, "unknown", false},
        {"homonyms", file(homonyms), {.names = {"Ann"}}, "unknown", false},
        {"nobody", file(both), {}, "unknown", false},
        {"a_bot_is_nobody", file(message(1, bot, "x") + "," + both), {.names = {"Horloge"}}, "unknown", false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordChatExporterDceOwner, CandidatesStandByMessagesWritten) {
    const auto reading = read({{"a.json", file(both + "," + message(3, ali, "c") + "," + message(4, bot, "d"))}}, as(""));
    ASSERT_EQ(reading.owner.candidates.size(), 2U);
    EXPECT_EQ(reading.owner.candidates[0].person.key, "202");
    EXPECT_EQ(reading.owner.candidates[0].activities, 2U);
    for (const Activity& each : reading.sink.all<Activity>()) EXPECT_FALSE(each.is_me);
}

// ------------------------------------------------------------------------------------------------------------- tables

const std::string table_name = "Potiers - Salons - four [500000000000000001].csv";

struct RowCase {
    const char* name;
    std::string row;
    std::size_t activities, memberships, ignored, rejected;
};
class DiscordChatExporterDceRows : public testing::TestWithParam<RowCase> {};
TEST_P(DiscordChatExporterDceRows, AreMessagesOrTheExportersWords) {
    const auto sink = read({{table_name, table + GetParam().row + "\n"}}).sink;
    EXPECT_EQ(sink.count<Activity>(), GetParam().activities);
    EXPECT_EQ(sink.count<Membership>(), GetParam().memberships);
    EXPECT_EQ(sink.ignored_for("service_message"), GetParam().ignored);
    EXPECT_EQ(sink.rejected.size(), GetParam().rejected);
}
std::string row(std::string_view date, std::string_view text) {
    return fmt::format(R"("201","zoe","{}","{}","","")", date, text);
}
const std::string noon = "2023-08-24T12:25:08.7300000+07:00";
INSTANTIATE_TEST_SUITE_P(Dce, DiscordChatExporterDceRows,
                         testing::ValuesIn<RowCase>({
        {"message", row(noon, "salut"), 1, 0, 0, 0},
        {"old_rows_end_in_a_comma", row(noon, "salut") + ",", 1, 0, 0, 0},
        {"old_date", row("13-Nov-19 07:15 PM", "salut"), 1, 0, 0, 0},
        {"uncertain_date", row("05/06/2020 7:15", "salut"), 0, 0, 0, 1},
        {"join", row(noon, "Joined the server."), 0, 1, 0, 0},
        {"pin", row(noon, "Pinned a message."), 0, 0, 1, 0},
        {"call", row(noon, "Started a call that lasted 3 minutes."), 0, 0, 1, 0},
        {"someone_says_nearly_the_same", row(noon, "Joined the server. Hello!"), 1, 0, 0,
                0},
        {"cut", R"("201","zoe","2023-08-24T12:25:08+07:00","sal)", 0, 0, 0, 1},
        {"short", R"("201","zoe")", 0, 0, 0, 1}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordChatExporterDceTables, KnowAuthorTimeAndAttachments) {
    const auto reading = read({{table_name, table + R"row("202","ali#1234","2023-08-24T12:25:08.73+07:00","a, ""b""
c","u,v","👍 (2)")row" + "\n"}});
    const auto all = reading.sink.all<Activity>();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].author, (Person{"202", "ali#1234"}));
    EXPECT_EQ(all[0].native_id, "");
    EXPECT_EQ(all[0].when->written, "2023-08-24T12:25:08.73+07:00");
    EXPECT_EQ(format_rfc3339(all[0].when->at), "2023-08-24T05:25:08Z");
    EXPECT_EQ(all[0].text, "a, \"b\"\nc");
    EXPECT_EQ(all[0].attachments, 2U);
    EXPECT_EQ(reading.sink.ignored_for("reaction_without_users"), 1U);
    EXPECT_TRUE(reading.sink.lacks_id("discord_chat_exporter.lack_json"));
}

TEST(DiscordChatExporterDceTables, OfOldTimesAreReadInTheZoneOfTheProfile) {
    const Files files{{table_name, table + row("13-Nov-19 07:15 PM", "x") + "\n"}};
    ReadContext context = as("zoe");
    EXPECT_TRUE(read(files, context).sink.warned("local_times"));
    context.zone = Zone::find("Europe/Paris");
    const auto sink = read(files, context).sink;
    EXPECT_FALSE(sink.warned("local_times"));
    EXPECT_EQ(format_rfc3339(sink.all<Activity>()[0].when->at), "2019-11-13T18:15:00Z");
    EXPECT_EQ(sink.all<Activity>()[0].when->precision, Precision::minute);
}

struct TableCase {
    const char* name;
    Files files;
    std::string key;
    GroupKind kind;
};
class DiscordChatExporterDceTableGroups : public testing::TestWithParam<TableCase> {};
TEST_P(DiscordChatExporterDceTableGroups, ComeFromTheNameOfTheFile) {
    const auto sink = read(GetParam().files).sink;
    const Activity* found = sink.find<Activity>([](const Activity& each) { return each.text == "salut"; });
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->group, GetParam().key);
    EXPECT_EQ(sink.group(GetParam().key)->kind, GetParam().kind);
}
const std::string two_rows = table + row(noon, "salut") + "\n" + R"("202","ali","2023-08-24T12:25:08+07:00","b","","")" + "\n";
INSTANTIATE_TEST_SUITE_P(Dce, DiscordChatExporterDceTableGroups,
                         testing::ValuesIn<TableCase>({
        {"server", {{table_name, two_rows}}, "name:potiers", GroupKind::community},
        {"id_from_a_json_beside",
            {{table_name, two_rows},
             {"Potiers - b [500000000000000002].json",
              file(both, R"({"id":"500000000000000002","type":"GuildTextChat","name":"b"})")}},
            guild,
            GroupKind::community},
        {"two",
                  {{"Direct Messages - Private - ali [500000000000000003].csv", two_rows}},
                  "500000000000000003",
                  GroupKind::direct},
        {"more",
                  {{"Direct Messages - x [500000000000000003].csv",
                    two_rows + R"("204","eve","2023-08-24T12:25:08+07:00","c","","")" + "\n"}},
                  "500000000000000003",
                  GroupKind::group_chat},
        {"renamed", {{"mon salon.csv", two_rows}}, "name:mon salon", GroupKind::group}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordChatExporterDceTables, BesideTheirJsonAreNotReadTwice) {
    const auto sink = read({{file_name, file(both)}, {table_name, two_rows}}).sink;
    EXPECT_EQ(sink.count<Activity>(), 2U);
    EXPECT_EQ(sink.count<Group>(), 1U);
    EXPECT_EQ(sink.ignored_for("also_as_json"), 1U);
}

// ------------------------------------------------------------------------------------------------------------ samples

struct SampleCase {
    const char* name;
    std::size_t groups, activities, mine, memberships;
    std::uint64_t service_lines;
};
class DiscordChatExporterDceSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(DiscordChatExporterDceSamples, GiveWhatWasCountedByHand) {
    const SampleCase& expected = GetParam();
    const auto source =
        open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/discord_chat_exporter" / expected.name);
    ASSERT_TRUE(discord_chat_exporter_connector().detect(*source));
    const auto [owner, exported_at, sink] = read_source(discord_chat_exporter_connector(), *source, as("isa_morel"));
    ASSERT_TRUE(owner.person);
    std::size_t mine = 0;
    for (const Activity& each : sink.all<Activity>()) mine += each.is_me ? 1 : 0;
    EXPECT_EQ(sink.count<Group>(), expected.groups);
    EXPECT_EQ(sink.count<Coverage>(), expected.groups);
    EXPECT_EQ(sink.count<Activity>(), expected.activities);
    EXPECT_EQ(mine, expected.mine);
    EXPECT_EQ(sink.count<Membership>(), expected.memberships);
    EXPECT_EQ(sink.ignored_for("service_message"), expected.service_lines);
    EXPECT_TRUE(sink.rejected.empty());
}
INSTANTIATE_TEST_SUITE_P(Dce, DiscordChatExporterDceSamples,
                         testing::ValuesIn<SampleCase>({
        {"server_with_thread", 1, 6, 3, 1, 1},  // 5 messages and my reaction
        {"conversations", 2, 3, 2, 1, 0}, {"table_2021", 1, 2, 1, 1, 0}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace discord_chat_exporter_test
}  // namespace secateur::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "connectors/discord/package.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& discord_connector();
}

namespace secateur::test {
namespace discord_test {

using discord::Conversation;
using testing::ElementsAre;
using Files = std::map<std::string, std::string>;

const std::string channel_id = "500000000000000001", guild_id = "400000000000000001", me_id = "200000000000000001";
const std::string in_guild =
    R"({"id":"500000000000000001","type":0,"name":"general","guild":{"id":"400000000000000001","name":"Potiers"}})";
const std::string one_json =
    R"([{"ID": 1180000000000000001, "Timestamp": "2023-12-11 02:01:09", "Contents": "merci", "Attachments": ""}])";
const std::string one_csv =
    "ID,Timestamp,Contents,Attachments\r\n1180000000000000001,2023-12-11 02:01:09.120000+00:00,merci,\r\n";
const std::string user = R"({"id":"200000000000000001","username":"zoe","global_name":"Zoé Exemple","discriminator":0})";

ReadContext late_2026() {
    ReadContext context;
    context.today = *parse_date("2026-11-21");
    return context;
}
Reading read(Files files, const ReadContext& context = late_2026()) {
    return read_source(discord_connector(), MemorySource("package-2026-10-30.zip", std::move(files)), context);
}
/// A package with one channel and its messages.
Files package(std::string head, std::string messages = one_json, std::string label = "null") {
    return {{"Account/user.json", user},
            {"Messages/index.json", "{\"" + channel_id + "\":" + label + "}"},
            {"Messages/c" + channel_id + "/channel.json", std::move(head)},
            {"Messages/c" + channel_id + "/messages.json", std::move(messages)},
            {"Servers/index.json", "{\"" + guild_id + "\":\"Potiers\"}"}};
}
const Activity& only_activity(const Reading& reading) {
    static Activity found;
    const auto all = reading.sink.all<Activity>();
    EXPECT_EQ(all.size(), 1U);
    found = all.empty() ? Activity{} : all.front();
    return found;
}

// ------------------------------------------------------------------------------------------------------------- detect

struct DetectCase {
    const char* name;
    Files files;
    std::optional<Confidence> expected;
};
class DiscordDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(DiscordDetect, KnowsPackagesByTheirShape) {
    const auto match = discord_connector().detect(MemorySource("package", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Discord, DiscordDetect,
    testing::ValuesIn<DetectCase>({
        {"before_2021",
            {{"messages/500000000000000001/channel.json", in_guild}, {"messages/500000000000000001/messages.csv", one_csv}},
            Confidence::certain},
        {"csv_until_2024",
            {{"messages/c500000000000000001/channel.json", in_guild}, {"messages/c500000000000000001/messages.csv", one_csv}},
            Confidence::certain},
        {"localised",
                   {{"Nachrichten/c500000000000000001/channel.json", in_guild}, {"Konto/user.json", user}},
                   Confidence::certain},
        {"in_a_wrapper",
                   {{"package/Messages/c500000000000000001/channel.json", in_guild}, {"package/README.txt", ""}},
                   Confidence::certain},
        {"the_messages_folder_alone",
                   {{"c500000000000000001/channel.json", in_guild}, {"index.json", "{}"}},
                   Confidence::certain},
        {"messages_without_their_channel", {{"Messages/c500000000000000001/messages.json", one_json}}, Confidence::certain},
        {"servers_only",
                   {{"Servers/400000000000000001/guild.json", R"({"id":"400000000000000001","name":"Potiers"})"}},
                   Confidence::likely},
        {"another_export_beside",
                   {{"package/Messages/c500000000000000001/channel.json", in_guild}, {"telegram/result.json", "{}"}},
                   std::nullopt},
        {"two_packages",
                   {{"a/Messages/c500000000000000001/channel.json", in_guild},
                    {"b/Messages/c500000000000000001/channel.json", in_guild}},
                   std::nullopt},
        {"short_number", {{"messages/c123/channel.json", in_guild}}, std::nullopt},
        {"another_channel_json", {{"messages/c500000000000000001/channel.json", R"({"title":"x"})"}}, std::nullopt},
        {"account_only", {{"Account/user.json", user}}, std::nullopt}, {"nothing", {}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordOpen, RefusesWhatIsNoPackage) {
    EXPECT_THROW((void)discord_connector().open(MemorySource("x", {{"Account/user.json", user}}), {}), Error);
}

// ----------------------------------------------------------------------------------------------------------- channels

struct LabelCase {
    const char* name;
    std::string label, channel_name;
    bool has_spaces;
    Conversation kind;
    std::string channel, server;
};
class DiscordLabels : public testing::TestWithParam<LabelCase> {};
TEST_P(DiscordLabels, AreTakenApart) {
    const auto label =
        discord::parse_label(GetParam().label, GetParam().channel_name, {fold_name("Rust in Paris")}, GetParam().has_spaces);
    EXPECT_EQ(label.kind, GetParam().kind);
    EXPECT_EQ(label.channel, GetParam().channel);
    EXPECT_EQ(label.server, GetParam().server);
}
INSTANTIATE_TEST_SUITE_P(
    Discord, DiscordLabels,
    testing::ValuesIn<LabelCase>({
        {"channel", "general in Potiers", "", false, Conversation::server, "general", "Potiers"},
        {"server_with_in", "general in Made in Namur", "", false, Conversation::server, "general", "Made in Namur"},
        {"thread_with_in", "New in town in Potiers", "", true, Conversation::server, "New in town", "Potiers"},
        {"known_server", "Help in Rust in Paris", "", true, Conversation::server, "Help", "Rust in Paris"},
        {"known_channel", "New in town in Made in Namur", "New in town", true, Conversation::server, "New in town",
                  "Made in Namur"},
        {"lost_channel", "Unknown channel in Potiers", "", false, Conversation::server, "", "Potiers"},
        {"person", "Direct Message with zoe#0", "", true, Conversation::direct, "zoe", ""},
        {"person_with_number", "Direct Message with zoe#1234", "", true, Conversation::direct, "zoe#1234", ""},
        {"lost", "Unknown channel", "", true, Conversation::unknown, "", ""},
        {"none", "None", "", true, Conversation::unknown, "", ""},
        {"plain", "Atelier", "", true, Conversation::unknown, "Atelier", ""}}),
    [](const auto& test) { return std::string(test.param.name); });

struct ChannelCase {
    const char* name;
    std::string head, label;
    std::string key;
    GroupKind kind;
    std::string group_name;
};
class DiscordChannels : public testing::TestWithParam<ChannelCase> {};
TEST_P(DiscordChannels, BelongToTheConversationTheySay) {
    const auto reading = read(package(GetParam().head, one_json, GetParam().label));
    EXPECT_EQ(only_activity(reading).group, GetParam().key);
    const Group* group = reading.sink.group(GetParam().key);
    ASSERT_EQ(group != nullptr, !GetParam().key.empty());
    if (group == nullptr) {
        EXPECT_TRUE(reading.sink.warned("unknown_servers"));
        return;
    }
    EXPECT_EQ(group->kind, GetParam().kind);
    EXPECT_EQ(group->name, GetParam().group_name);
    EXPECT_FALSE(reading.sink.warned("unknown_servers"));
}
INSTANTIATE_TEST_SUITE_P(
    Discord, DiscordChannels,
    testing::ValuesIn<ChannelCase>({
        {"channel", in_guild, "null", guild_id, GroupKind::community, "Potiers"},
        {"thread",
                    R"({"id":"500000000000000001","type":"PUBLIC_THREAD","name":"Four",)"
                    R"("guild":{"id":"400000000000000001","name":"Potiers"}})",
                    "null", guild_id, GroupKind::community, "Potiers"},
        {"thread_by_number", R"({"id":"500000000000000001","type":11})", R"("Four in Potiers")", guild_id,
                    GroupKind::community, "Potiers"},
        {"known_by_its_label", R"({"id":"500000000000000001","type":0})", R"("general in potiers")",
                    guild_id, GroupKind::community, "Potiers"},
        {"left_name_only", R"({"id":"500000000000000001","type":"GUILD_TEXT"})",
                    R"("general in Vieux Serveur")", "name:vieux serveur", GroupKind::community, "Vieux Serveur"},
        {"left_without_name", R"({"id":"500000000000000001","type":"GUILD_TEXT"})", "null", "",
                    GroupKind::group, ""},
        {"nothing_known", R"({"id":"500000000000000001"})", "null", "", GroupKind::group, ""},
        {"person_by_number",
                    R"({"id":"500000000000000001","type":1,"recipients":["200000000000000001","Deleted User"]})",
                    R"("Direct Message with karim#0")", channel_id, GroupKind::direct, "karim"},
        {"person_by_word", R"({"id":"500000000000000001","type":"DM","recipients":["3","4"]})", "null",
                    channel_id, GroupKind::direct, ""},
        {"group", R"({"id":"500000000000000001","type":"GROUP_DM","name":"Atelier"})", "null", channel_id,
                    GroupKind::group_chat, "Atelier"},
        {"group_by_number", R"({"id":"500000000000000001","type":3})", R"("Unknown channel")", channel_id,
                    GroupKind::group_chat, ""},
        {"group_named_like_a_channel", R"({"id":"500000000000000001","type":3})",
                    R"("Vacances in Potiers")", channel_id, GroupKind::group_chat, "Vacances in Potiers"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordChannels, OfTwoServersWithOneNameAreNotGuessed) {
    Files files = package(R"({"id":"500000000000000001","type":0})", one_json, R"("general in Potiers")");
    files["Servers/index.json"] = R"({"400000000000000001":"Potiers","400000000000000002":"potiers"})";
    EXPECT_EQ(only_activity(read(std::move(files))).group, "");
}

TEST(DiscordChannels, AreTheTopicsOfTheirServer) {
    const auto reading = read(package(in_guild));
    EXPECT_THAT(reading.sink.group(guild_id)->topics, ElementsAre("general"));
    EXPECT_EQ(reading.sink.group(guild_id)->url, "https://discord.com/channels/" + guild_id);
}

// ----------------------------------------------------------------------------------------------------------- messages

struct MessageCase {
    const char* name;
    std::string file, content;
    std::string text;
    std::uint32_t attachments;
};
class DiscordMessages : public testing::TestWithParam<MessageCase> {};
TEST_P(DiscordMessages, AreReadInEveryGeneration) {
    Files files = package(in_guild);
    files.erase("Messages/c" + channel_id + "/messages.json");
    files["Messages/c" + channel_id + "/" + GetParam().file] = GetParam().content;
    const auto reading = read(std::move(files));
    EXPECT_TRUE(reading.sink.rejected.empty());
    const Activity& found = only_activity(reading);
    EXPECT_EQ(found.native_id, "1180000000000000001");  // above 2^53
    EXPECT_EQ(found.text, GetParam().text);
    EXPECT_EQ(found.attachments, GetParam().attachments);
    EXPECT_EQ(found.kind, ActivityKind::message);
    EXPECT_EQ(found.author.key, me_id);
    EXPECT_TRUE(found.is_me);
    ASSERT_TRUE(found.when);
    EXPECT_EQ(format_rfc3339(found.when->at), "2023-12-11T02:01:09Z");
    EXPECT_EQ(found.when->basis, TimeBasis::utc);
}
INSTANTIATE_TEST_SUITE_P(
    Discord, DiscordMessages,
    testing::ValuesIn<MessageCase>({
        {"json", "messages.json", one_json, "merci", 0},
        {"json_lines", "messages.json",
                    R"({"ID": 1180000000000000001, "Timestamp": "2023-12-11 02:01:09", "Contents": "a", "Attachments": "u v"})",
                    "a", 2},
        {"id_as_text", "messages.json",
                    R"([{"ID":"1180000000000000001","Timestamp":"2023-12-11 02:01:09","Contents":"a","Attachments":null}])", "a",
                    0},
        {"sticker_alone", "messages.json",
                    R"([{"ID":1180000000000000001,"Timestamp":"2023-12-11 02:01:09","Contents":"","Attachments":""}])", "", 0},
        {"csv", "messages.csv", one_csv, "merci", 0},
        {"csv_without_fraction", "messages.csv",
            "ID,Timestamp,Contents,Attachments\n1180000000000000001,2023-12-11 02:01:09+00:00,merci,https://cdn.example/a.png\n",
            "merci", 1},
        {"csv_with_lines_and_quotes", "messages.csv",
            "ID,Timestamp,Contents,Attachments\r\n1180000000000000001,2023-12-11 02:01:09+00:00,\"a\n\"\"b\"\", c\\\",\r\n",
            "a\n\"b\", c\\", 0}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordMessages, ThatCannotBeReadAreRefusedWithTheirPlace) {
    const auto reading = read(package(in_guild, R"([
{"ID": 1180000000000000001, "Timestamp": "2023-12-11 02:01:09", "Contents": "ok"},
{"ID": "none", "Timestamp": "2023-12-11 02:01:09", "Contents": "no id"},
{"ID": 1180000000000000002, "Timestamp": "", "Contents": "no date"},
{"ID": 1180000000000000003, "Timestamp": "1970-01-01 00:00:00", "Contents": "before Discord"},
{"ID": 1180000000000000004, "Timestamp": "2027-01-01 00:00:00", "Contents": "to come"},
7])"));
    EXPECT_EQ(reading.sink.count<Activity>(), 1U);
    std::vector<std::string> reasons;
    for (const auto& each : reading.sink.rejected) {
        reasons.push_back(each.problem.reason.id);
        EXPECT_TRUE(each.problem.where.offset) << each.problem.reason.id;
    }
    EXPECT_THAT(reasons,
                ElementsAre("discord.no_id", "discord.no_date", "discord.no_date", "discord.no_date", "discord.not_an_object"));
}

TEST(DiscordMessages, OfABrokenFileAreKeptUpToThere) {
    const auto reading = read(package(in_guild, one_json.substr(0, one_json.size() - 1) + ",{\"ID\": 118000"));
    EXPECT_EQ(reading.sink.count<Activity>(), 1U);
    ASSERT_EQ(reading.sink.rejected.size(), 1U);
    EXPECT_EQ(reading.sink.rejected[0].problem.hint.id, "discord.rest_lost");
}

TEST(DiscordMessages, OfACutTableAreRefused) {
    Files files = package(in_guild);
    files["Messages/c" + channel_id + "/messages.csv"] = "ID,Timestamp,Contents,Attachments\r\n1,2023-12-11 02:01:09+00:00,\"cut";
    files.erase("Messages/c" + channel_id + "/messages.json");
    const auto reading = read(std::move(files));
    EXPECT_EQ(reading.sink.count<Activity>(), 0U);
    ASSERT_EQ(reading.sink.rejected.size(), 1U);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, "csv.unclosed_quote");
}

// ------------------------------------------------------------------------------------------------- servers and people

TEST(DiscordServers, OfTheListAreThoseIAmIn) {
    Files files = package(in_guild);
    files["Servers/index.json"] = R"({"400000000000000001":"Potiers","400000000000000002":"Jeux"})";
    files["Servers/400000000000000002/guild.json"] =
        R"({"id":"400000000000000002","name":"Jeux","owner_id":"200000000000000001"})";
    const auto reading = read(std::move(files));
    const auto all = reading.sink.all<Membership>();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].event, MembershipEvent::member);
    EXPECT_EQ(all[0].role, Role::none);
    EXPECT_EQ(all[1].group, "400000000000000002");
    EXPECT_EQ(all[1].role, Role::owner);
    ASSERT_TRUE(all[1].at);
    EXPECT_EQ(all[1].at->precision, Precision::day);
    EXPECT_EQ(format_date(date_of(all[1].at->at)), "2026-10-30");
}

struct LeftCase {
    const char* name;
    std::string file, content;
    std::optional<MembershipEvent> expected;
};
class DiscordLeft : public testing::TestWithParam<LeftCase> {};
TEST_P(DiscordLeft, IsInferredOnlyFromAWholeList) {
    Files files = package(in_guild);
    files.erase("Servers/index.json");
    if (!GetParam().file.empty()) files[GetParam().file] = GetParam().content;
    const auto reading = read(std::move(files));
    const auto* membership = reading.sink.find<Membership>([](const Membership& each) { return each.group == guild_id; });
    ASSERT_EQ(membership != nullptr, GetParam().expected.has_value());
    EXPECT_EQ(reading.sink.lacks_id("discord.lack_servers"), !GetParam().expected);
    if (membership == nullptr) return;
    EXPECT_EQ(membership->event, *GetParam().expected);
    if (membership->event == MembershipEvent::left) {
        EXPECT_FALSE(membership->at);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Discord, DiscordLeft,
    testing::ValuesIn<LeftCase>({
        {"not_requested", "", "", std::nullopt},
        {"listed", "Servers/index.json", R"({"400000000000000001":"Potiers"})", MembershipEvent::member},
        {"not_listed", "Servers/index.json", R"({"400000000000000009":"Autre"})", MembershipEvent::left},
        {"in_none", "Serwery/index.json", "{}", MembershipEvent::left},
        {"cut_list", "Servers/index.json", R"({"400000000000000009":"Aut)", std::nullopt},
        {"another_index", "Activities/index.json", R"({"games":"x"})", std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiscordServers, CoverWhatIWroteAndNothingElse) {
    const auto reading = read(package(in_guild));
    EXPECT_EQ(reading.sink.coverage(guild_id)->kind, CoverageKind::own_only);
    EXPECT_EQ(format_date(date_of(*reading.sink.coverage(guild_id)->end)), "2026-10-30");
    EXPECT_TRUE(reading.sink.lacks_id("discord.lack_others"));

    const auto silent = read({{"Servers/400000000000000001/guild.json", R"({"id":"400000000000000001","name":"Potiers"})"}});
    EXPECT_EQ(silent.sink.coverage(guild_id)->kind, CoverageKind::names_only);
    EXPECT_TRUE(silent.sink.lacks_id("discord.lack_messages"));
}

TEST(DiscordPeople, AreFriendsOrAskedToBe) {
    Files files = package(in_guild);
    files["Account/user.json"] = R"({"id":"200000000000000001","username":"zoe","relationships":[
{"id":"300000000000000001","type":1,"since":"2024-05-01T10:00:00Z",
 "user":{"id":"300000000000000001","username":"karim","global_name":"Karim B"}},
{"id":"300000000000000002","type":"PENDING_INCOMING","user":{"id":"300000000000000002","username":"lea"}},
{"id":"300000000000000003","type":4,"user":{"id":"300000000000000003","username":"max"}},
{"id":"300000000000000004","type":2,"user":{"id":"300000000000000004","username":"spam"}},{"type":1}]})";
    const auto reading = read(std::move(files));
    const auto contacts = reading.sink.all<Contact>();
    ASSERT_EQ(contacts.size(), 1U);
    EXPECT_EQ(contacts[0].person, (Person{"300000000000000001", "Karim B"}));
    EXPECT_EQ(format_rfc3339(contacts[0].connected->at), "2024-05-01T10:00:00Z");
    const auto asked = reading.sink.all<Invitation>();
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked[0].direction, Direction::received);
    EXPECT_EQ(asked[1].direction, Direction::sent);
    EXPECT_EQ(reading.sink.ignored_for("other_relationship"), 1U);
    EXPECT_EQ(reading.sink.rejected.size(), 1U);
}

TEST(DiscordOwner, IsTheAccountEvenUnderAnotherName) {
    ReadContext context = late_2026();
    const auto by_export = read(package(in_guild), context);
    EXPECT_EQ(*by_export.owner.person, (Person{me_id, "Zoé Exemple"}));
    EXPECT_TRUE(by_export.owner.from_export);
    const auto accounts = by_export.sink.all<Account>();
    ASSERT_EQ(accounts.size(), 1U);
    EXPECT_EQ(accounts[0].native_id, me_id);
    EXPECT_EQ(accounts[0].handle, "zoe");

    context.me = {.names = {"Somebody Else"}, .forced = true};
    const auto forced = read(package(in_guild), context);
    EXPECT_FALSE(forced.owner.from_export);
    EXPECT_TRUE(only_activity(forced).is_me);
    EXPECT_EQ(forced.sink.all<Account>()[0].evidence, "account.asked");
}

TEST(DiscordOwner, WithoutAccountIsInAllConversationsOfTwo) {
    const auto direct = [](const std::string& other) {
        return R"({"id":"5","type":1,"recipients":["200000000000000001",")" + other + "\"]}";
    };
    const auto reading = read({{"Messages/c500000000000000001/channel.json", direct("300000000000000001")},
                               {"Messages/c500000000000000002/channel.json", direct("300000000000000002")},
                               {"Messages/c500000000000000002/messages.json", one_json}});
    EXPECT_EQ(reading.owner.person->key, me_id);
    EXPECT_EQ(reading.sink.activity("500000000000000002", "1180000000000000001")->author.key, me_id);
    EXPECT_TRUE(reading.sink.lacks_id("discord.lack_account"));
}

TEST(DiscordFiles, OfOtherKindsAreCountedAsUnread) {
    Files files = package(in_guild);
    files["Activity/reporting/events-2026-00000-of-00001.json"] = "{}";
    files["Activities/Activities_1/users/user.json"] = R"({"id":"900000000000000001"})";
    files["README.txt"] = "hello";
    const auto reading = read(std::move(files));
    EXPECT_EQ(reading.sink.ignored_for("unread_file"), 3U);
    EXPECT_EQ(reading.owner.person->key, me_id);
}

// ------------------------------------------------------------------------------------------------------------ samples

struct SampleCase {
    const char* name;
    std::size_t groups, activities, memberships, contacts, invitations;
    const char* owner;
};
class DiscordSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(DiscordSamples, GiveWhatWasCountedByHand) {
    const SampleCase& expected = GetParam();
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/discord" / expected.name);
    ASSERT_TRUE(discord_connector().detect(*source));
    const auto [owner, exported_at, sink] = read_source(discord_connector(), *source, late_2026());
    EXPECT_EQ(owner.person->name, expected.owner);
    EXPECT_EQ(sink.count<Group>(), expected.groups);
    EXPECT_EQ(sink.count<Coverage>(), expected.groups);
    EXPECT_EQ(sink.count<Activity>(), expected.activities);
    EXPECT_EQ(sink.count<Membership>(), expected.memberships);
    EXPECT_EQ(sink.count<Contact>(), expected.contacts);
    EXPECT_EQ(sink.count<Invitation>(), expected.invitations);
    EXPECT_TRUE(sink.rejected.empty());
}
INSTANTIATE_TEST_SUITE_P(
    Discord, DiscordSamples,
    testing::ValuesIn<SampleCase>({
        {"2026_french", 5, 8, 3, 1, 1, "Isabelle Morel"},  // 3 servers, a group, a person
        {"2022_messages_only", 1, 2, 0, 0, 0, ""}, {"2020_bare_numbers", 1, 1, 0, 0, 0, "isa"}}),
    [](const auto& test) { return "from_" + std::string(test.param.name); });

}  // namespace discord_test
}  // namespace secateur::test

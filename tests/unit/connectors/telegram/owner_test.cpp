// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/connectors/telegram/telegram_support.hpp"

namespace secateur::test {
namespace telegram_owner_test {

using namespace on_telegram;

const std::string two_people = message(1, "user41", "a") + "," + message(2, "user42", "b") + "," + message(3, "user42", "c");

std::string owner_key(const Reading& reading) { return reading.owner.person ? reading.owner.person->key : "unknown"; }

std::string without_card(std::string_view chats) { return fmt::format(R"({{"chats":{{"list":[{}]}}}})", chats); }

TEST(TelegramOwner, IsTheAccountOfTheCard) {
    const auto reading = read_telegram(account(chat("A", "private_group", "3", two_people)));
    EXPECT_EQ(owner_key(reading), "user41");
    EXPECT_EQ(reading.owner.person->name, "Zoé Exemple");
    EXPECT_TRUE(reading.owner.from_export);
    EXPECT_TRUE(reading.sink.activity("group3", "1")->is_me);
    EXPECT_FALSE(reading.sink.activity("group3", "2")->is_me);
    const auto accounts = reading.sink.all<Account>();
    ASSERT_EQ(accounts.size(), 1U);
    EXPECT_EQ(accounts[0].native_id, "41");
    EXPECT_EQ(accounts[0].handle, "@zoe");
    EXPECT_EQ(accounts[0].evidence, "account.from_export");
}

struct OwnerCase {
    const char* name;
    std::string json;
    Identities me;
    std::string key;
    bool from_export;
};
class TelegramFindsOwner : public testing::TestWithParam<OwnerCase> {};

TEST_P(TelegramFindsOwner, ByTheBestEvidence) {
    ReadContext context;
    context.me = GetParam().me;
    const auto reading = read_telegram(GetParam().json, context);
    EXPECT_EQ(owner_key(reading), GetParam().key);
    EXPECT_EQ(reading.owner.from_export, GetParam().from_export);
    EXPECT_EQ(reading.owner.person.has_value(), reading.owner.candidates.empty());
    EXPECT_EQ(reading.sink.count<Account>(), reading.owner.person ? 1U : 0U);
}

Identities named(std::string name, bool forced = false) { return {.names = {std::move(name)}, .forced = forced}; }
Identities with_id(std::string id, bool forced = false) { return {.ids = {std::move(id)}, .forced = forced}; }

INSTANTIATE_TEST_SUITE_P(
    Telegram, TelegramFindsOwner,
    testing::ValuesIn<OwnerCase>({
        {"saved_messages",
            without_card(R"({"type":"saved_messages","id":41,"messages":[]},)" + chat("A", "private_group", "3", two_people)),
            {},
            "user41",
            true},
        {"other_side_of_a_chat_of_two", without_card(chat("N user42", "personal_chat", "42", two_people)), {}, "user41", true},
        {"one_chat_of_two", chat("N user42", "personal_chat", "42", two_people), {}, "user41", true},
        {"name_of_the_profile", chat("A", "private_group", "3", two_people), named("n USER42"), "user42", false},
        {"id_of_the_profile", chat("A", "private_group", "3", two_people), with_id("user42"), "user42", false},
        {"bare_id_of_the_profile", chat("A", "private_group", "3", two_people), with_id("42"), "user42", false},
        {"nobody", chat("A", "private_group", "3", two_people), {}, "unknown", false},
        {"nobody_of_that_name", chat("A", "private_group", "3", two_people), named("Somebody else"), "unknown", false},
        {"silent_but_invited",
                  chat("A", "private_group", "3",
                       two_people + "," + service(4, "N user42", "user42", "invite_members", R"("members":["Ann"])")),
                  named("Ann"), "ann", false},
        {"asked_for_against_the_card", account(chat("A", "private_group", "3", two_people)), with_id("user42", true),
                  "user42", false},
        {"asked_for_and_the_same", account(chat("A", "private_group", "3", two_people)), with_id("41", true), "user41",
                  false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TelegramOwner, OfTwoMembersWithOneNameIsNotGuessed) {
    const std::string homonyms =
        R"({"id":1,"type":"message","date_unixtime":"1714644000","from":"Ann","from_id":"user1","text":"a"},)"
        R"({"id":2,"type":"message","date_unixtime":"1714644001","from":"Ann","from_id":"user2","text":"b"})";
    ReadContext context;
    context.me = named("Ann");
    const auto reading = read_telegram(chat("A", "private_group", "3", homonyms), context);
    EXPECT_EQ(owner_key(reading), "unknown");
    EXPECT_EQ(reading.owner.candidates.size(), 2U);
}

TEST(TelegramOwner, CandidatesStandByMessagesWrittenAtMostTen) {
    std::string messages;
    for (int i = 1; i <= 30; ++i) messages += (i > 1 ? "," : "") + message(i, "user" + std::to_string(i % 13), "x");
    const auto reading = read_telegram(chat("A", "private_group", "3", messages));
    ASSERT_EQ(reading.owner.candidates.size(), 10U);
    EXPECT_EQ(reading.owner.candidates[0].activities, 3U);
    for (std::size_t i = 1; i < 10; ++i)
        EXPECT_GE(reading.owner.candidates[i - 1].activities, reading.owner.candidates[i].activities);
}

TEST(TelegramOwner, UnknownMeansThatNothingIsMine) {
    const auto reading = read_telegram(chat("A", "private_group", "3", two_people));
    for (const Activity& each : reading.sink.all<Activity>()) EXPECT_FALSE(each.is_me);
    EXPECT_EQ(reading.sink.count<Activity>(), 3U);
}

TEST(TelegramOwner, TwoAccountsOfTheProfileAreBothMine) {
    ReadContext context;
    context.me.ids = {"user41", "user42"};
    const auto reading = read_telegram(chat("A", "private_group", "3", two_people), context);
    ASSERT_EQ(reading.owner.also.size(), 1U);
    for (const Activity& each : reading.sink.all<Activity>()) EXPECT_TRUE(each.is_me);
}

}  // namespace telegram_owner_test
}  // namespace secateur::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/vk/archive.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& vk_connector();
}

namespace secateur::test {
namespace vk_test {

using testing::ElementsAre;
using vk::Address;

using Files = std::map<std::string, std::string>;

/// Cyrillic as VK writes it: windows-1251.
std::string cp1251(std::string_view utf8) {
    std::string out;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        if (lead < 0x80) {
            out += utf8[i];
            continue;
        }
        const auto tail = static_cast<unsigned char>(utf8[++i]);
        const unsigned point = (lead & 0x1FU) << 6 | (tail & 0x3FU);
        out += static_cast<char>(point == 0x451 ? 0xB8 : point - 0x410 + 0xC0);
    }
    return out;
}

/// {"user_id":41} in the meta of every page.
std::string page(std::string_view body) {
    return cp1251(fmt::format("<html><head><meta http-equiv=\"content-type\" content=\"text/html; charset=windows-1251\"><meta "
                              "name=\"jd\" "
                              "content=\"eyJ1c2VyX2lkIjo0MX0=\"></head><body>{}</body></html>", body));
}
std::string item(std::string_view inner) { return fmt::format("<div class=\"item\">{}</div>", inner); }
std::string community(std::string_view address, std::string_view name) {
    return item(fmt::format("<div class='item__main'><a href=\"{}\">{}</a></div>", address, name));
}
std::string comment(std::string_view text, std::string_view address, std::string_view clock = "7 мая 2024 в 12:34:56") {
    return item(fmt::format("<div class='item__main'>{0}</div><div class='item__main'><a class=\"post__link\" "
                            "href=\"{1}\">{1}</a></div><div "
                            "class='item__tertiary'>{2}</div>", text, address, clock));
}
const std::string ali = "<a href=\"https://vk.com/id42\">Али</a>";
std::string message(int id, std::string_view who, std::string_view text, std::string_view kludges = "",
                    std::string_view clock = "7 мая 2024 в 12:34:56") {
    return fmt::format("<div class=\"item\"><div class=\"message\" data-id=\"{}\"><div class=\"message__header\">{}, "
                       "{}</div><div>{}<div "
                       "class=\"kludges\">{}</div></div></div></div>", id, who, clock, text, kludges);
}
std::string attachment(std::string_view label, std::string_view address = "") {
    return fmt::format("<div class=\"attachment\"><div class=\"attachment__description\">{0}</div>{1}</div>", label,
                       address.empty() ? std::string() : fmt::format("<a class=\"attachment__link\" href=\"{0}\">{0}</a>",
                                                                     address));
}

Reading read(Files files, std::string_view zone = "Europe/Moscow", Identities me = {}) {
    ReadContext context;
    context.me = std::move(me);
    if (!zone.empty()) context.zone = Zone::find(zone);
    return read_source(vk_connector(), MemorySource("Archive", std::move(files)), context);
}
Reading read_thread(std::string_view messages, std::string peer = "2000000001") {
    return read({{"messages/" + peer + "/messages0.html", page(messages)}});
}
const Activity& only(const VectorSink& sink, std::string_view group, std::string_view id) {
    const Activity* found = sink.activity(group, id);
    if (found == nullptr) throw std::runtime_error("no activity " + std::string(id));
    return *found;
}

struct AddressCase {
    const char* name;
    std::string_view text;
    Address::Kind kind;
    std::string_view key, item, reply, thread;
};
class VkAddresses : public testing::TestWithParam<AddressCase> {};
TEST_P(VkAddresses, LeadToPeopleCommunitiesAndPosts) {
    const Address address = vk::parse_address(GetParam().text);
    EXPECT_EQ(address.kind, GetParam().kind);
    EXPECT_EQ(address.key(), GetParam().key);
    EXPECT_EQ(address.item, GetParam().item);
    EXPECT_EQ(address.reply, GetParam().reply);
    EXPECT_EQ(address.thread, GetParam().thread);
}
INSTANTIATE_TEST_SUITE_P(Vk, VkAddresses,
                         testing::ValuesIn<AddressCase>({
        {"person", "https://vk.com/id5", Address::person, "id5", "", "", ""},
        {"club", "https://vk.com/club7", Address::community, "club7", "", "", ""},
        {"public_page", "https://vk.com/public7", Address::community, "club7", "", "",
                    ""},
        {"event", "vk.com/event7", Address::community, "club7", "", "", ""},
        {"short_name", "https://vk.com/clubbing", Address::named, "clubbing", "", "",
                    ""},
        {"comment", "https://vk.com/wall-7_31?reply=44", Address::post, "club7",
                    "wall31", "44", ""},
        {"answer", "https://vk.com/wall-7_31?reply=44&thread=40", Address::post,
                    "club7", "wall31", "44", "40"},
        {"topic", "https://vk.com/topic-7_9?post=3", Address::post, "club7", "topic9",
                    "3", ""},
        {"persons_wall", "https://vk.com/wall5_31", Address::post, "id5", "wall31",
                    "", ""},
        {"wall_as_a_name", "https://vk.com/wallpapers", Address::named, "wallpapers",
                    "", "", ""},
        {"elsewhere", "https://example.org/id5", Address::unknown, "", "", "", ""},
        {"too_long_a_number", "https://vk.com/id99999999999999999999", Address::named,
                    "id99999999999999999999", "", "", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

struct ClockCase {
    const char* name;
    std::string_view text, expected;
};
class VkTimes : public testing::TestWithParam<ClockCase> {};
TEST_P(VkTimes, AreReadInThreeLanguages) {
    const auto local = vk::parse_vk_time(GetParam().text);
    ASSERT_EQ(local.has_value(), !GetParam().expected.empty());
    if (local) {
        EXPECT_EQ(as_utc(*local), parse_rfc3339(GetParam().expected)->at);
    }
}
INSTANTIATE_TEST_SUITE_P(Vk, VkTimes,
                         testing::ValuesIn<ClockCase>({
        {"short_month", "1 янв 2025 в 9:00:05", "2025-01-01T09:00:05Z"},
        {"whole_month", "5 сентября 2022 в 1:34:19", "2022-09-05T01:34:19Z"},
        {"may", "5 мая 2022 в 1:34", "2022-05-05T01:34:00Z"},
        {"capitals", "5 Дек 2022 в 23:59:59", "2022-12-05T23:59:59Z"},
        {"english", "5 May 2022 at 1:34:19", "2022-05-05T01:34:19Z"},
        {"afternoon", "5 May 2022 at 1:34:19 pm", "2022-05-05T13:34:19Z"},
        {"ukrainian", "5 лис 2022 о 1:34:19", "2022-11-05T01:34:19Z"},
        {"impossible", "31 фев 2022 в 1:34:19", ""},
        {"without_a_time", "5 мая 2022", ""}, {"words", "когда-нибудь", ""},
        {"nothing", "", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Vk, IsRecognisedByTheMetaOrByItsStyle) {
    const auto detect = [](Files files) { return vk_connector().detect(MemorySource("x", std::move(files))); };
    const auto certain = detect({{"Archive/messages/index-messages.html", page("")}});
    ASSERT_TRUE(certain);
    EXPECT_EQ(certain->confidence, Confidence::certain);
    EXPECT_TRUE(detect({{"profile/subscriptions0.html", community("https://vk.com/club7", "A")}}));
    EXPECT_FALSE(detect({{"profile/subscriptions0.html", community("https://example.org/club7", "A")}}));
    EXPECT_FALSE(detect({{"messages/1/messages0.html", "<div class=\"message default\">x</div>"}}));
    EXPECT_FALSE(detect({{"photos/album0.html", page("")}}));
}

TEST(Vk, TellsTheOwnerByNumberAndName) {
    const auto reading = read({{"profile/page-info.html",
                                page(item("<div class=\"item__tertiary\">Полное имя</div><div>Зоя Примерова</div>"))},
                               {"profile/subscriptions0.html", page("")}});
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(*reading.owner.person, (Person{"id41", "Зоя Примерова"}));
    EXPECT_TRUE(reading.owner.from_export);
    EXPECT_EQ(reading.sink.all<Account>().at(0).native_id, "41");
}

TEST(Vk, AskedForSomebodyElseTakesTheirMessagesForMine) {
    const Files files{{"messages/42/messages0.html", page(message(2, "Вы", "раз") + message(1, ali, "два"))}};
    const auto mine = read(files).sink;
    EXPECT_TRUE(only(mine, "im:42", "2").is_me);
    EXPECT_FALSE(only(mine, "im:42", "1").is_me);
    Identities me;
    me.names = {"Али"};
    me.forced = true;
    const auto his = read(files, "Europe/Moscow", me);
    EXPECT_EQ(his.owner.person->name, "Али");
    EXPECT_FALSE(only(his.sink, "im:42", "2").is_me);
    EXPECT_EQ(only(his.sink, "im:42", "2").author.key, "id41");
    EXPECT_TRUE(only(his.sink, "im:42", "1").is_me);
}

TEST(VkCommunities, AreMembershipsWithoutADate) {
    const auto sink = read({{"profile/subscriptions0.html", page(community("https://vk.com/public7", "Гончары") +
                                                                 community("https://vk.com/namur", "Намюр"))},
                            {"profile/subscriptions50.html", page(community("https://vk.com/id42", "Али") + community("", "?"))}})
                          .sink;
    EXPECT_EQ(sink.group("club7")->name, "Гончары");
    EXPECT_EQ(sink.group("club7")->kind, GroupKind::community);
    EXPECT_EQ(sink.group("namur")->url, "https://vk.com/namur");
    EXPECT_EQ(sink.count<Membership>(), 2U);
    EXPECT_EQ(sink.all<Membership>()[0].event, MembershipEvent::member);
    EXPECT_FALSE(sink.all<Membership>()[0].at);
    EXPECT_EQ(sink.all<Contact>().at(0).circle, "follow");
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "vk.no_community");
    EXPECT_EQ(sink.coverage("club7")->kind, CoverageKind::names_only);
}

TEST(VkComments, StandInTheCommunityOfTheirAddress) {
    const auto sink = read({{"profile/subscriptions0.html", page(community("https://vk.com/public7", "Гончары"))},
                            {"comments/comments0.html", page(comment("Приду,<br>спасибо", "https://vk.com/wall-7_31?reply=44") +
                                                             comment("да" + attachment("Фотография"),
                                                                     "https://vk.com/wall-8_1?reply=2&amp;thread=1") +
                                                             comment("привет", "https://vk.com/wall5_31?reply=2") +
                                                                 item("<div>текст</div><div>7 мая 2024 в 12:34:56</div>") +
                                                             comment("рано", "https://vk.com/wall-7_31?reply=45",
                                                                     "7 мая 1999 в 12:34:56"))}})
                          .sink;
    const Activity& first = only(sink, "club7", "wall31_44");
    EXPECT_EQ(first.text, "Приду,\nспасибо");
    EXPECT_EQ(first.kind, ActivityKind::comment);
    EXPECT_EQ(first.parent, "wall31");
    EXPECT_TRUE(first.is_me);
    EXPECT_EQ(first.when->at, parse_rfc3339("2024-05-07T09:34:56Z")->at);
    EXPECT_EQ(first.when->basis, TimeBasis::local_assumed);
    const Activity& answer = only(sink, "club8", "wall1_2");
    EXPECT_EQ(answer.kind, ActivityKind::reply);
    EXPECT_EQ(answer.parent, "wall1_1");
    EXPECT_EQ(answer.text, "да");
    EXPECT_EQ(answer.attachments, 1U);
    EXPECT_EQ(sink.group("club8")->name, "");
    EXPECT_EQ(sink.ignored_for("comment_outside_groups"), 1U);
    ASSERT_EQ(sink.rejected.size(), 2U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "vk.no_address");
    EXPECT_EQ(sink.rejected[1].problem.reason.id, "vk.impossible_date");
    EXPECT_EQ(sink.rejected[1].problem.where.entry, "comments/comments0.html");
    EXPECT_EQ(sink.rejected[1].problem.where.record, 5U);
    EXPECT_EQ(sink.coverage("club7")->kind, CoverageKind::own_only);
}

TEST(VkLikes, HaveNoDate) {
    const auto sink = read({{"likes/wall0.html",
                             page("<a href=\"https://vk.com/wall-7_31\">x</a><a href=\"https://vk.com/photo5_1\">y</a><a "
                                  "href=\"wall50.html\">z</a>")}}).sink;
    ASSERT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(only(sink, "club7", "like:wall31").kind, ActivityKind::reaction);
    EXPECT_FALSE(only(sink, "club7", "like:wall31").when);
    EXPECT_EQ(sink.ignored_for("like_outside_groups"), 1U);
}

TEST(VkMessages, AreMineWithoutALink) {
    const auto sink = read_thread(message(3, ali, "Привет, мир!<br>как дела") + message(2, "Вы", "хорошо") +
                                  message(1, "<a href=\"https://vk.com/club7\">Гончары</a>", "расписание"))
                          .sink;
    EXPECT_EQ(sink.group("im:2000000001")->kind, GroupKind::group_chat);
    const Activity& first = only(sink, "im:2000000001", "3");
    EXPECT_EQ(first.author, (Person{"id42", "Али"}));
    EXPECT_EQ(first.text, "Привет, мир!\nкак дела");
    EXPECT_FALSE(first.is_me);
    EXPECT_TRUE(only(sink, "im:2000000001", "2").is_me);
    EXPECT_TRUE(only(sink, "im:2000000001", "1").automatic);
    EXPECT_EQ(sink.coverage("im:2000000001")->kind, CoverageKind::full);
}

TEST(VkMessages, OfOnePersonAreAConversationOfTwoWithItsName) {
    const auto sink = read({{"messages/index-messages.html",
                             page(item("<div class=\"message-peer\"><div class=\"message-peer--id\">\n<a "
                                       "href=\"42/messages0.html\">Али Баба</a></div></div>"))},
                            {"messages/42/messages0.html", page(message(2, ali, "раз"))},
                            {"messages/42/messages50.html", page(message(1, "Вы", "два"))}})
                          .sink;
    EXPECT_EQ(sink.count<Group>(), 1U);
    EXPECT_EQ(sink.group("im:42")->kind, GroupKind::direct);
    EXPECT_EQ(sink.group("im:42")->name, "Али Баба");
    EXPECT_EQ(sink.count<Coverage>(), 1U);
}

TEST(VkMessages, CarryAttachmentsLinksMentionsAndEdits) {
    const auto sink = read_thread(message(1, ali,
                                          "см. <a href=\"https://vk.com/id41\">Зоя</a> <a href=\"https://example.org/b\">тут</a>",
                                          attachment("Ссылка", "https://example.org/a") +
                                              attachment("Фотография", "https://sun.example/p.jpg")) +
                                  message(2, ali, "x", "", "7 мая 2024 в 12:34:56 <span class=\"message-edited\">(ред.)</span>"))
                          .sink;
    const Activity& first = only(sink, "im:2000000001", "1");
    EXPECT_EQ(first.attachments, 2U);
    EXPECT_THAT(first.links, ElementsAre("https://example.org/a", "https://example.org/b"));
    EXPECT_TRUE(first.mentions_me);
    EXPECT_EQ(first.text, "см. Зоя тут");
    EXPECT_FALSE(first.edited);
    EXPECT_TRUE(only(sink, "im:2000000001", "2").edited);
}

TEST(VkMessages, DeletedOnesAndServiceLinesAreIgnored) {
    const auto sink = read_thread(message(1, ali, "", attachment("Сообщение удалено")) +
                                  message(2, ali, "",
                                          "<a class=\"im_srv_lnk\" href=\"https://vk.com/id42\">Али</a> вышел из беседы") +
                                  message(3, ali, "", attachment("Стикер")))
                          .sink;
    EXPECT_EQ(sink.count<Activity>(), 1U);
    EXPECT_EQ(sink.ignored_for("deleted_message"), 1U);
    EXPECT_EQ(sink.ignored_for("service_message"), 1U);
}

TEST(VkMessages, WithoutAZoneAreReadAsUtcWithAWarning) {
    const auto sink = read({{"messages/42/messages0.html", page(message(1, ali, "x"))}}, "").sink;
    EXPECT_TRUE(sink.warned("local_times"));
    EXPECT_EQ(only(sink, "im:42", "1").when->basis, TimeBasis::local_unknown);
    EXPECT_EQ(only(sink, "im:42", "1").when->at, parse_rfc3339("2024-05-07T12:34:56Z")->at);
}

TEST(Vk, SaysWhatWasNotAskedForAndWhatIsNotRead) {
    const auto sink = read({{"messages/42/messages0.html", page(message(1, ali, "x"))}, {"wall/wall0.html", page("")},
                            {"photos/a.html", page("")}}).sink;
    EXPECT_TRUE(sink.lacks_id("vk.lack_communities") && sink.lacks_id("vk.lack_comments"));
    EXPECT_FALSE(sink.lacks_id("vk.lack_messages"));
    EXPECT_EQ(sink.ignored_for("unread_page"), 2U);
}

TEST(Vk, CutPagesKeepWhatCameBefore) {
    std::string cut = page(message(2, ali, "раз") + message(1, ali, "два"));
    cut.resize(cut.find("data-id=\"1\""));
    const auto sink = read({{"messages/42/messages0.html", cut}}).sink;
    EXPECT_EQ(sink.count<Activity>(), 1U);
    ASSERT_EQ(sink.rejected.size(), 1U);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "json.cut_off");
}

TEST(Vk, RefusesWhatIsNoArchive) {
    EXPECT_THROW((void)vk_connector().open(MemorySource("x", {{"a.html", page("")}}), {}), Error);
}

struct SampleCase {
    const char* name;
    std::string_view owner;
    std::size_t groups, activities, mine, memberships;
};
class VkSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(VkSamples, GiveWhatWasCountedByHand) {
    const SampleCase& expected = GetParam();
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/vk" / expected.name);
    const auto [owner, exported_at, sink] = read_source(vk_connector(), *source);
    EXPECT_EQ(owner.person->key, "id4021");
    EXPECT_EQ(owner.person->name, expected.owner);
    std::size_t mine = 0;
    for (const Activity& each : sink.all<Activity>()) mine += each.is_me ? 1 : 0;
    EXPECT_EQ(sink.count<Group>(), expected.groups);
    EXPECT_EQ(sink.count<Activity>(), expected.activities);
    EXPECT_EQ(mine, expected.mine);
    EXPECT_EQ(sink.count<Membership>(), expected.memberships);
    EXPECT_EQ(sink.count<Coverage>(), expected.groups);
    EXPECT_TRUE(sink.rejected.empty());
    if (const Activity* addressed = sink.activity("im:2000000001", "903")) {
        EXPECT_TRUE(addressed->mentions_me);
    }
}
INSTANTIATE_TEST_SUITE_P(Vk, VkSamples,
                         testing::ValuesIn<SampleCase>({
        // 3 followed, 1 met in a comment; 2 comments, 1 like
        {"archive_communities", "Изабель Морель", 3 + 1, 2 + 1, 2 + 1, 3},
        {"archive_messages", "", 2, 3 + 2, 1 + 1, 0}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace vk_test
}  // namespace secateur::test

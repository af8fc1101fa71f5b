// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/memory_source.hpp"
#include "tests/support/record_text.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& mail_connector();

namespace test {
namespace mail_test {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

ReadContext context_of(std::vector<std::string> emails = {}) {
    ReadContext context;
    context.me.emails = std::move(emails);
    context.zone = Zone::find("Europe/Brussels");
    context.today = *parse_date("2026-11-21");
    return context;
}

Reading read(const std::map<std::string, std::string>& files, const ReadContext& context = context_of(),
             std::optional<Instant> modified = std::nullopt, std::string label = "box") {
    const MemorySource source(std::move(label), files, modified);
    EXPECT_TRUE(mail_connector().detect(source)) << "not recognised";
    return read_source(mail_connector(), source, context);
}

/// A letter of an mbox; the headers with "\n" after each.
std::string letter(std::string_view headers, std::string_view body = "words",
                   std::string_view from_line = "From a@b.c Thu Apr 16 09:53:04 2026") {
    return std::string(from_line) + "\n" + std::string(headers) + "\n" + std::string(body) + "\n\n";
}
std::string posted(std::string_view id, std::string_view from = "Anna <anna@example.org>", std::string_view more = "") {
    return letter("From: " + std::string(from) + "\nDate: Thu, 16 Apr 2026 09:53:04 +0200\nMessage-ID: <" + std::string(id) +
                  ">\n" + std::string(more) + "\n");
}
const std::string hikers = "List-Id: Hikers <hikers.lists.example.org>\nList-Post: <mailto:hikers@lists.example.org>\n";

// ---- which list

struct ListCase {
    const char* name;
    std::string headers;
    const char* key;
};
class MailListOf : public testing::TestWithParam<ListCase> {};
TEST_P(MailListOf, IsOneKeyWhicheverHeaderNamesIt) {
    const Reading reading = read({{"a.mbox", posted("1", "Anna <anna@example.org>", GetParam().headers)}});
    const auto activities = reading.sink.all<Activity>();
    ASSERT_EQ(activities.size(), 1u);
    EXPECT_EQ(activities[0].group, GetParam().key);
    EXPECT_TRUE(reading.sink.group(GetParam().key));
}
INSTANTIATE_TEST_SUITE_P(
    Headers, MailListOf,
    testing::ValuesIn(std::vector<ListCase>{
        {"list_id", "List-Id: Walks <Hikers.lists.example.org>\n", "hikers.lists.example.org"},
        {"list_id_with_at", "List-Id: <hikers@lists.example.org>\n", "hikers.lists.example.org"},
        {"list_id_bare", "List-Id: hikers.lists.example.org\n", "hikers.lists.example.org"},
        {"list_id_folded", "List-Id: Walks\n\t<hikers.lists.example.org>\n", "hikers.lists.example.org"},
        {"been_there", "X-BeenThere: hikers@lists.example.org\n", "hikers.lists.example.org"},
        {"list_post", "List-Post: <mailto:hikers@lists.example.org>\n", "hikers.lists.example.org"},
        {"mailing_list", "Mailing-list: list hikers@lists.example.org; contact x\n", "hikers.lists.example.org"},
        {"x_mailing_list", "X-Mailing-List: <hikers@lists.example.org>\n", "hikers.lists.example.org"},
        {"delivered_to", "Delivered-To: mailing list hikers@lists.example.org\n", "hikers.lists.example.org"},
        {"owner_sender", "Sender: owner-hikers@lists.example.org\n", "hikers.lists.example.org"},
        {"bounces_sender", "Sender: hikers-bounces@lists.example.org\n", "hikers.lists.example.org"},
        {"host_of_lists", "To: hikers@googlegroups.com\n", "hikers.googlegroups.com"},
    }),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Mail, GivesTheListItsNameItsPageAndItsKind) {
    const std::string of_list = hikers + "List-Archive: <https://lists.example.org/hikers>\n";
    const std::string of_shop = "List-Id: <news.shop.example>\nList-Unsubscribe: <https://shop.example/u>\n";
    const Reading reading = read({{"a.mbox", posted("1", "Anna <anna@example.org>", of_list) +
                                                 posted("2", "Shop <no-reply@shop.example>", of_shop)}});
    const Group* list = reading.sink.group("hikers.lists.example.org");
    ASSERT_TRUE(list);
    EXPECT_EQ(list->name, "Hikers");
    EXPECT_EQ(list->url, "https://lists.example.org/hikers");
    EXPECT_EQ(list->kind, GroupKind::list);
    const Group* newsletter = reading.sink.group("news.shop.example");
    ASSERT_TRUE(newsletter);
    EXPECT_EQ(newsletter->name, "news");
    EXPECT_EQ(newsletter->kind, GroupKind::channel);
    EXPECT_TRUE(reading.sink.activity("news.shop.example", "2")->automatic);
}

TEST(Mail, FindsMyPostsAmongTheSentOnesByTheAddressTheyWentTo) {
    const Reading reading = read({{"Inbox.mbox", posted("1", "Anna <anna@example.org>", "X-Mozilla-Status: 0001\n" + hikers)},
                                  {"Sent.mbox", posted("2", "Me <me@example.org>", "X-Mozilla-Status: 0001\n"
                                                       "To: Hikers <hikers@lists.example.org>\nIn-Reply-To: <1>\n")}});
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->key, "me@example.org");
    EXPECT_TRUE(reading.owner.from_export);
    const Activity* mine = reading.sink.activity("hikers.lists.example.org", "2");
    ASSERT_TRUE(mine);
    EXPECT_TRUE(mine->is_me);
    EXPECT_EQ(mine->kind, ActivityKind::reply);
    EXPECT_EQ(mine->parent, "1");
    EXPECT_FALSE(reading.sink.lacks_id("mail.lack_sent"));
}

TEST(Mail, ReadsLabelsOfGmailInFrench) {
    const std::string sent = "X-Gmail-Labels: =?UTF-8?Q?Messages_envoy=C3=A9s?=,Important\nFrom: M <m.e@gmail.com>\n";
    const std::string mbox = letter(sent + "To: hikers@lists.example.org\nMessage-ID: <1>\n") +
                             letter("X-Gmail-Labels: Spam\nFrom: x@y.z\nList-Id: <spam.example>\n") +
                             letter("X-Gmail-Labels: Brouillons\nFrom: x@y.z\n") + letter("X-Gmail-Labels: Chat\nFrom: x@y.z\n");
    const Reading reading = read({{"Tous les messages.mbox", mbox}});
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->key, "me@gmail.com") << "Gmail does not read dots";
    EXPECT_EQ(reading.sink.count<Activity>(), 1u);
    EXPECT_EQ(reading.sink.ignored, (std::map<std::string, std::uint64_t, std::less<>>{{"chat", 1}, {"draft", 1}, {"spam", 1}}));
}

// ---- people

TEST(Mail, UndoesWhatListsDoToSenders) {
    const std::string list = "X-BeenThere: h@googlegroups.com\n";
    const std::string via = "Anna via H <h@googlegroups.com>";
    const std::string mbox = posted("1", "'Anna' via H <h@googlegroups.com>", list + "X-Original-From: Anna <anna@example.org>\n") +
                             posted("2", via, list + "Reply-To: anna@example.org\n") + posted("3", via, list) +
                             posted("4", "Anna <notifications@code.example>", list);
    const Reading reading = read({{"a.mbox", mbox}});
    EXPECT_EQ(reading.sink.activity("h.googlegroups.com", "1")->author, (Person{"anna@example.org", "Anna"}));
    EXPECT_EQ(reading.sink.activity("h.googlegroups.com", "2")->author, (Person{"anna@example.org", "Anna"}));
    EXPECT_EQ(reading.sink.activity("h.googlegroups.com", "3")->author, (Person{"anna", "Anna"}));
    EXPECT_EQ(reading.sink.activity("h.googlegroups.com", "4")->author, (Person{"anna", "Anna"}));
}

TEST(Mail, TakesTheAddressThatLettersAreDeliveredTo) {
    std::string mbox;
    for (const char* id : {"1", "2", "3"}) mbox += posted(id, "Anna <anna@example.org>", "Delivered-To: me@example.org\n");
    const Reading reading = read({{"Inbox.mbox", mbox}});
    ASSERT_TRUE(reading.owner.person);
    EXPECT_EQ(reading.owner.person->key, "me@example.org");
    EXPECT_EQ(reading.owner.evidence.id, "mail.owner_delivered");
}

TEST(Mail, ObeysMeAgainstTheSentFolder) {
    ReadContext context = context_of({"anna@example.org"});
    context.me.forced = true;
    const std::string mbox = posted("1", "Me <me@example.org>", hikers) + posted("2", "Anna <anna@example.org>", hikers);
    const Reading reading = read({{"Sent.mbox", mbox}}, context);
    EXPECT_FALSE(reading.sink.activity("hikers.lists.example.org", "1")->is_me);
    EXPECT_TRUE(reading.sink.activity("hikers.lists.example.org", "2")->is_me);
    EXPECT_EQ(reading.sink.all<Account>().at(0).evidence, "account.asked");
}

TEST(Mail, ProposesThoseWhoWroteMost) {
    const std::string a = "A <a@x.org>", b = "B <b@x.org>";
    const Reading reading = read({{"a.mbox", posted("1", a, hikers) + posted("2", b, hikers) + posted("3", b, hikers)}});
    EXPECT_FALSE(reading.owner.person);
    ASSERT_EQ(reading.owner.candidates.size(), 2u);
    EXPECT_EQ(reading.owner.candidates[0].person.key, "b@x.org");
    EXPECT_EQ(reading.owner.candidates[0].activities, 2u);
    EXPECT_THAT(reading.sink.all<Account>(), IsEmpty());
}

TEST(Mail, KeepsConversationsOfTwoApartAndNothingElseOutsideLists) {
    const std::string inbox = posted("2", "Anna <anna@example.org>", "To: me@example.org\nX-UIDL: 1\n") +
                              posted("3", "Anna <anna@example.org>", "To: me@example.org, bo@example.org\n") +
                              posted("4", "Stranger <s@example.org>", "To: me@example.org\n") +
                              posted("5", "Bank <no-reply@bank.example>", "To: me@example.org\n");
    const std::string sent = posted("1", "Me <me@example.org>", "To: Anna <anna@example.org>\n");
    const Reading reading = read({{"Inbox.mbox", inbox}, {"Sent.mbox", sent}});
    const Group* direct = reading.sink.group("direct:anna@example.org");
    ASSERT_TRUE(direct);
    EXPECT_EQ(direct->kind, GroupKind::direct);
    EXPECT_EQ(direct->name, "Anna");
    EXPECT_EQ(reading.sink.count<Activity>(), 2u);
    EXPECT_TRUE(reading.sink.activity("direct:anna@example.org", "1")->is_me);
    EXPECT_EQ(reading.sink.ignored_for("no_list"), 3u);
}

// ---- posts

TEST(Mail, TellsPostsRepliesForwardsAndReactionsApart) {
    const auto write = [](const char* id, const std::string& more) { return posted(id, "A <a@x.org>", hikers + more); };
    const std::string reaction = "Content-Type: text/vnd.google.email-reaction+json\n";
    const std::string mbox = write("post", "Subject: [hikers] Map\n") + write("reply", "Subject: Re: Map\n") +
                             write("answer", "Subject: Map\nReferences: <root> <post>\n") + write("share", "Subject: TR: Map\n") +
                             write("emoji", "In-Reply-To: <post>\n" + reaction);
    const Reading reading = read({{"a.mbox", mbox}});
    const auto find = [&](const char* id) { return *reading.sink.activity("hikers.lists.example.org", id); };
    EXPECT_EQ(find("post").kind, ActivityKind::post);
    EXPECT_EQ(find("post").text, "Map\n\nwords");
    EXPECT_EQ(find("reply").kind, ActivityKind::reply);
    EXPECT_EQ(find("reply").text, "words");
    EXPECT_EQ(find("answer").kind, ActivityKind::reply);
    EXPECT_EQ(find("answer").parent, "post");
    EXPECT_EQ(find("share").kind, ActivityKind::share);
    EXPECT_EQ(find("emoji").kind, ActivityKind::reaction);
    EXPECT_EQ(find("emoji").text, "");
}

TEST(Mail, KnowsWhenAPostNamesMyAddress) {
    const std::string to = "To: hikers@lists.example.org\nCc: Me <ME@example.org>\n";
    const std::string mbox = posted("1", "A <a@x.org>", hikers + to) + posted("2", "Me <me@example.org>", hikers);
    const Reading reading = read({{"a.mbox", mbox}}, context_of({"me@example.org"}));
    EXPECT_TRUE(reading.sink.activity("hikers.lists.example.org", "1")->mentions_me);
    EXPECT_FALSE(reading.sink.activity("hikers.lists.example.org", "2")->mentions_me);
}

TEST(Mail, DatesALetterByItsFromLineWhereNothingElseDoes) {
    const char* dated = "From 28@xxx Thu Apr 16 09:53:04 +0000 2015";
    const std::string mbox = letter(hikers + "Message-ID: <none>\n", "x", dated) +
                             letter(hikers + "Message-ID: <future>\nDate: Thu, 16 Apr 2093 09:53:04 +0000\n", "x", dated) +
                             letter(hikers + "Message-ID: <undated>\n", "x", "From nobody Thu 9:53:04");
    const Reading reading = read({{"topics.mbox", mbox}});
    EXPECT_EQ(format_rfc3339(reading.sink.activity("hikers.lists.example.org", "none")->when->at), "2015-04-16T09:53:04Z");
    EXPECT_EQ(format_rfc3339(reading.sink.activity("hikers.lists.example.org", "future")->when->at), "2015-04-16T09:53:04Z");
    EXPECT_FALSE(reading.sink.activity("hikers.lists.example.org", "undated")->when);
}

TEST(Mail, RefusesTheFutureAndTextThatIsNoLetter) {
    const std::string future = letter(hikers + "Date: Thu, 16 Apr 2093 09:53:04 +0000\n", "x", "From x 9:53:04");
    const std::string text_first = "Forwarded by me:\n\n" + posted("1", "A <a@x.org>", hikers);
    const Reading reading = read({{"a.mbox", text_first}, {"b.mbox", future}});
    ASSERT_EQ(reading.sink.rejected.size(), 2u);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, "mail.before_first");
    EXPECT_EQ(reading.sink.rejected[0].problem.where, (Location{.entry = "a.mbox", .line = 1, .offset = 0, .length = 18}));
    EXPECT_EQ(reading.sink.rejected[1].problem.reason.id, "mail.future");
    EXPECT_EQ(reading.sink.count<Activity>(), 1u);
}

TEST(Mail, CountsTheLettersOfADigestAndNotTheDigest) {
    const std::string body = "Topics\n------------------------------\n\n"
                             "Date: Mon, 7 Nov 2016 10:00:00 +0000\nFrom: A <a@b.c>\nMessage-ID: <1@x>\nSubject: Map\n\none\n"
                             "------------------------------\nEnd";
    const std::string headers = "From: l@x.org\n" + hikers + "Subject: Hikers Digest, Vol 1, Issue 2\n";
    const Reading reading = read({{"a.mbox", letter(headers, body)}});
    const auto activities = reading.sink.all<Activity>();
    ASSERT_EQ(activities.size(), 1u);
    EXPECT_EQ(activities[0].native_id, "1@x");
    EXPECT_EQ(activities[0].author.key, "a@b.c");
    EXPECT_EQ(activities[0].text, "Map\n\none");
    EXPECT_EQ(reading.sink.ignored_for("digest"), 1u);
}

TEST(Mail, ReadsWelcomeAndGoodbyeOfMailman) {
    const std::string me = "X-Mozilla-Status: 1\nTo: me@example.org\n";
    const auto notice = [&](const char* id, const std::string& subject) {
        return posted(id, "hikers-request@lists.example.org", me + "Subject: " + subject + "\n");
    };
    const std::string mbox = posted("0", "A <a@x.org>", me + hikers) + notice("1", "Welcome to the \"Hikers\" mailing list") +
                             notice("2", "You have been unsubscribed from the Hikers mailing list") + notice("3", "confirm 123");
    const Reading reading = read({{"Inbox.mbox", mbox}}, context_of({"a@x.org"}));
    const auto memberships = reading.sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 2u);
    EXPECT_EQ(memberships[0].group, "hikers.lists.example.org");
    EXPECT_EQ(memberships[0].event, MembershipEvent::joined);
    EXPECT_EQ(memberships[1].event, MembershipEvent::left);
    EXPECT_EQ(reading.sink.ignored_for("list_notice"), 1u);
}

// ---- archives

std::string pipermail(std::string_view day, std::string_view id) {
    return "From a at b.c  Thu Apr  9 11:06:56 2026\nFrom: a at b.c (Anna)\nDate: " + std::string(day) + " 11:06:56 +0200\n"
        "Subject: [Weavers] Looms\nMessage-ID: <" + std::string(id) + ">\n\nx\n\n";
}

TEST(Mail, CoversTheMonthsOfAnArchiveAndNoMore) {
    const Reading reading = read({{"2026-April.txt", pipermail("9 Apr 2026", "1")},
                                  {"2026-May.txt", pipermail("30 May 2026", "2")},
                                      {"2026-juillet.txt", pipermail("3 Jul 2026", "3")}}, context_of(),
                                 Instant(*parse_date("2026-07-20")));
    std::vector<std::string> periods;
    for (const Coverage& each : reading.sink.all<Coverage>()) {
        EXPECT_EQ(each.kind, CoverageKind::full);
        periods.push_back(format_date(date_of(*each.begin)) + " " + format_date(date_of(*each.end)));
    }
    EXPECT_THAT(periods, ElementsAre("2026-04-01 2026-06-01", "2026-07-01 2026-07-20"));
    EXPECT_EQ(reading.sink.all<Group>().at(0).name, "Weavers");
    EXPECT_TRUE(reading.sink.lacks_id("mail.lack_address"));
}

TEST(Mail, ReadsPackedMonths) {
    const std::string packed(
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x73\x2b\xca\xcf\x55\xc8\x49\x4d\x54\x48\x2c\x51\x48\xad\x48\xcc\x2d\xc8\x49\xd5\x4b\x06\x0a\x29\x84\x64\x94\x2a\x38\x16\x14\x29\x28\x58\x2a\x18"
        "\x1a\x5a\x19\x98\x59\x99\x9a\x29\x18\x19\x18\x99\x71\xb9\x01\x75\x58\x61\xd3\xa2\xe1\x93\x9a\xa8\xc9\xe5\x92\x58\x92\x6a\x05\xd2\xad\x03\xd4\x09\x32\x00\xa4\x09\x61\x84\xb6\x81\x91\x81"
        "\x01\x57\x70\x69\x52\x56\x6a\x72\x89\x95\x42\x74\x78\x6a\x62\x59\x6a\x51\x71\xac\x82\x4f\x7e\x7e\x6e\x31\x97\x6f\x6a\x71\x71\x62\x7a\xaa\xae\xa7\x8b\x95\x82\x4d\x8e\x43\x85\x1d\x17\x97"
        "\x63\x5e\xa5\x3d\x17\x00\xa4\xea\x2b\xb2\xa7\x00\x00\x00",
        152);
    const Reading reading = read({{"2026-April.txt.gz", packed}});
    const auto activities = reading.sink.all<Activity>();
    ASSERT_EQ(activities.size(), 1u);
    EXPECT_EQ(activities[0].group, "weavers");
    EXPECT_EQ(activities[0].author, (Person{"lea@example.com", "Lea"}));

    const Reading damaged = read({{"2026-April.txt.gz", packed}, {"2026-May.txt.gz", packed.substr(0, 60)}});
    EXPECT_EQ(damaged.sink.count<Activity>(), 1u);
    ASSERT_EQ(damaged.sink.rejected.size(), 1u) << "one damaged month is one rejection";
    EXPECT_EQ(damaged.sink.rejected[0].problem.reason.id, "source.damaged");
}

TEST(Mail, KnowsAHyperKittyArchiveByItsName) {
    const Reading reading = read({{"hikers@lists.example.org-2026-04.mbox",
                                   posted("1", "A <a@x.org>", "To: hikers@lists.example.org\n") + posted("2", "B <b@x.org>")}});
    EXPECT_TRUE(reading.sink.activity("hikers.lists.example.org", "1"));
    EXPECT_TRUE(reading.sink.activity("hikers.lists.example.org", "2"));
    EXPECT_EQ(reading.sink.all<Coverage>().at(0).kind, CoverageKind::full);
}

TEST(Mail, ReadsMembersOfAGoogleGroupWhateverTheColumnsAreCalled) {
    const Reading reading = read({{"Takeout/Grupos/g/h@googlegroups.com/temas.mbox",
                                   posted("1", "A <a@x.org>", "X-BeenThere: h@googlegroups.com\n")},
                                  {"Takeout/Grupos/g/h@googlegroups.com/miembros.csv", "Correo,Apodo,Estado,Año,Mes,Día,H,M,S\n"
                                   "a@x.org,Ana,propietario,2024,5,6,7,8,9\nme@x.org,Yo,miembro,,,,,,\n"}},
                                       context_of({"me@x.org", "a2@x.org"}));
    const auto memberships = reading.sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 2u);
    EXPECT_EQ(memberships[0].person, (Person{"a@x.org", "Ana"}));
    EXPECT_EQ(memberships[0].role, Role::owner);
    EXPECT_EQ(format_rfc3339(memberships[0].at->at), "2024-05-06T05:08:09Z");
    EXPECT_EQ(memberships[1].event, MembershipEvent::member);
    EXPECT_EQ(reading.sink.all<Group>().back().members, 2u);
}

// ---- files

TEST(Mail, ReadsMaildirsAndSingleLetters) {
    const std::string one = "From: A <a@x.org>\nDate: Thu, 16 Apr 2026 09:53:04 +0200\nMessage-ID: <1>\n" + hikers +
        "\n>From me\n";
    const std::string sent = "From: Me <me@x.org>\nTo: hikers@lists.example.org\nMessage-ID: <2>\n"
                             "Date: Thu, 16 Apr 2026 09:53:04 +0200\n\nx\n";
    const Reading reading = read({{"Maildir/cur/1.M2P3.host:2,S", one},
                                  {"Maildir/.Sent/new/4.M5P6.host", sent},
                                  {"Maildir/tmp/7", "half a letter"},
                                  {"Maildir/dovecot-uidlist", "3 V1"}});
    EXPECT_EQ(reading.sink.activity("hikers.lists.example.org", "1")->text, "") << "quoted: only an mbox escapes From";
    EXPECT_TRUE(reading.sink.activity("hikers.lists.example.org", "2")->is_me);
    EXPECT_EQ(reading.sink.ignored_for("mail_program_file"), 2u);
    EXPECT_EQ(reading.sink.all<Membership>().at(0).origin, "delivered");
    EXPECT_EQ(reading.sink.coverage("hikers.lists.example.org")->kind, CoverageKind::partial_window);
}

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    std::optional<Confidence> confidence;
};
class MailDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(MailDetect, ClaimsMailOnly) {
    const auto match = mail_connector().detect(MemorySource("x", GetParam().files));
    ASSERT_EQ(match.has_value(), GetParam().confidence.has_value());
    if (!match) return;
    EXPECT_EQ(match->confidence, *GetParam().confidence);
}
const std::string any_letter = "From a@b.c Thu Apr 14 11:06:56 2016\nFrom: a@b.c\nDate: Thu, 14 Apr 2016 11:06:56 +0000\n\nx\n";
INSTANTIATE_TEST_SUITE_P(
    Names, MailDetect,
    testing::ValuesIn(std::vector<DetectCase>{
        {"mbox", {{"x.mbox", any_letter}}, Confidence::certain},
        {"thunderbird", {{"Mail/Inbox", any_letter}, {"Mail/Inbox.msf", "x"}}, Confidence::likely},
        {"one_folder_above", {{"new folder/Takeout/Mail/x.mbox", any_letter}, {"new folder/Takeout/archive_browser.html", "x"}},
         Confidence::certain},
        {"settings_beside", {{"Takeout/Mail/x.mbox", any_letter}, {"Takeout/Mail/User Settings/Filters.json", "{}"}},
         Confidence::certain},
        {"with_other_products", {{"Takeout/Mail/x.mbox", any_letter}, {"Takeout/YouTube/a.csv", "x"}}, std::nullopt},
        {"text", {{"notes.txt", "From the beginning\nit rained\n"}}, std::nullopt},
        {"renamed_archive", {{"april.txt", any_letter}}, Confidence::likely},
        {"list_address_without_ending", {{"hikers@lists.example.org", any_letter}}, Confidence::likely},
        {"articles_of_usenet",
         {{"comp.lang.c.mbox", "From x Thu Apr 14 11:06:56 2016\nNewsgroups: comp.lang.c\nFrom: a@b.c\n\nx\n"}}, std::nullopt},
        {"empty_mbox", {{"x.mbox", ""}}, std::nullopt},
        {"source_code", {{"Makefile", "all:\n\tcc x.c\n"}, {"LICENSE", "GPL"}}, std::nullopt},
    }),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Mail, RefusesASourceWithoutOneLetter) {
    const MemorySource source("x", {{"x.mbox", "nothing"}});
    EXPECT_THROW((void)mail_connector().open(source, context_of()), Error);
}

// ---- the showcase, counted by hand

struct SampleCase {
    const char* name;
    std::size_t groups, activities, mine, memberships;
    const char* owner;
};
class MailSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(MailSamples, GiveWhatWasCountedByHand) {
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/mail" / GetParam().name);
    ReadContext context = context_of();
    context.me.names = {"Mira Example"};
    const Reading reading = read_source(mail_connector(), *source, context);
    std::size_t mine = 0;
    for (const Activity& each : reading.sink.all<Activity>()) mine += each.is_me ? 1 : 0;
    std::map<std::string, int> groups;
    for (const Group& each : reading.sink.all<Group>()) ++groups[each.key];
    EXPECT_EQ(groups.size(), GetParam().groups);
    EXPECT_EQ(reading.sink.count<Activity>(), GetParam().activities);
    EXPECT_EQ(mine, GetParam().mine);
    EXPECT_EQ(reading.sink.count<Membership>(), GetParam().memberships);
    EXPECT_THAT(reading.sink.rejected, IsEmpty());
    ASSERT_EQ(reading.owner.person ? reading.owner.person->key : "", GetParam().owner);
}
INSTANTIATE_TEST_SUITE_P(Mail, MailSamples,
                         testing::ValuesIn<SampleCase>({
        {"gmail_takeout", 2, 3, 1, 2, "miraexample@gmail.com"},
        {"google_groups", 1, 1, 0, 2, ""},
        {"pipermail", 1, 2, 1, 0, "mira@example.org"}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace mail_test
}  // namespace test
}  // namespace secateur

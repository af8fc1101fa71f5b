// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "connectors/usenet/articles.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& usenet_connector();

namespace test {
namespace usenet_test {

using testing::ElementsAre;
using testing::IsEmpty;

Reading read(const std::map<std::string, std::string>& files, std::vector<std::string> emails = {}, bool forced = false) {
    const MemorySource source("news", files);
    EXPECT_TRUE(usenet_connector().detect(source)) << "not recognised";
    ReadContext context;
    context.me.emails = std::move(emails);
    context.me.forced = forced;
    context.zone = Zone::find("Europe/Brussels");
    context.today = *parse_date("2026-11-21");
    return read_source(usenet_connector(), source, context);
}

std::string article(std::string_view id, std::string_view newsgroups = "comp.misc", std::string_view more = "",
                    std::string_view from = "A <a@x.org>") {
    return "Path: news!x\nNewsgroups: " + std::string(newsgroups) + "\nFrom: " + std::string(from) +
        "\nDate: Tue, 3 Mar 2026 19:00:00 +0000\nMessage-ID: <" + std::string(id) + ">\n" +
           std::string(more) + "\nwords\n";
}
std::string in_mbox(const std::string& bytes) { return "From a@x.org Tue Mar  3 19:00:00 2026\n" + bytes + "\n"; }

std::vector<std::string> places(const Reading& reading) {
    std::vector<std::string> found;
    for (const Activity& each : reading.sink.all<Activity>()) found.push_back(each.group + " " + each.native_id);
    return found;
}

TEST(Usenet, NamesTheNewsgroupOfASpoolByItsFolders) {
    const Reading reading = read({{"var/spool/news/comp/misc/12", article("1", "alt.folklore,comp.misc")},
                                  {"var/spool/news/alt/folklore/7", article("1", "alt.folklore,comp.misc")},
                                  {"var/spool/news/comp.lang.c/3", article("2", "comp.lang.c")},
                                  {"var/spool/news/active", "comp.misc 12 1 y"}});
    EXPECT_THAT(places(reading), ElementsAre("alt.folklore 1", "comp.lang.c 2", "comp.misc 1"));
    EXPECT_EQ(reading.sink.group("comp.misc")->kind, GroupKind::forum);
    EXPECT_EQ(reading.sink.coverage("comp.misc")->kind, CoverageKind::full);
    EXPECT_EQ(reading.sink.ignored_for("index"), 1u);
}

TEST(Usenet, KeepsToTheNewsgroupThatAnMboxIsOf) {
    const std::string crossed = in_mbox(article("1", "comp.misc, alt.folklore"));
    EXPECT_THAT(places(read({{"comp.misc.mbox", crossed}})), ElementsAre("comp.misc 1"));
    EXPECT_THAT(places(read({{"comp.misc", crossed}})), ElementsAre("comp.misc 1"));
    const std::string five = in_mbox(article("1", "alt.b,alt.a")) + in_mbox(article("2", "alt.a")) +
        in_mbox(article("3", "alt.a"));
    EXPECT_THAT(places(read({{"renamed.mbox", five}})), ElementsAre("alt.a 1", "alt.a 2", "alt.a 3"));
}

TEST(Usenet, CountsACrossPostOnceInEachNewsgroupOfAMixedFile) {
    const Reading reading = read({{"outbox.mbox", in_mbox(article("1", "alt.a,alt.b")) + in_mbox(article("2", "alt.c"))}});
    EXPECT_THAT(places(reading), ElementsAre("alt.a 1", "alt.b 1", "alt.c 2"));
    EXPECT_EQ(reading.sink.coverage("alt.a")->kind, CoverageKind::partial_window);
}

TEST(Usenet, TellsPostsFromReplies) {
    const Reading reading = read({{"comp/misc/1", article("1", "comp.misc", "Subject: Rules\n")},
                                  {"comp/misc/2", article("2", "comp.misc", "Subject: Re: Rules\nReferences: <0> <1>\n")}});
    EXPECT_EQ(reading.sink.activity("comp.misc", "1")->kind, ActivityKind::post);
    EXPECT_EQ(reading.sink.activity("comp.misc", "1")->text, "Rules\n\nwords");
    EXPECT_EQ(reading.sink.activity("comp.misc", "2")->kind, ActivityKind::reply);
    EXPECT_EQ(reading.sink.activity("comp.misc", "2")->parent, "1");
}

TEST(Usenet, LeavesOutControlMessagesAndLetters) {
    const Reading reading = read({{"comp/misc/1", article("1")},
                                  {"comp/misc/2", article("2", "comp.misc", "Control: cancel <1>\n")},
                                  {"comp/misc/3", article("3")},
                                  {"comp/misc/4", "From: a@x.org\nDate: Tue, 3 Mar 2026 19:00:00 +0000\n\nx\n"},
                                  {"comp/misc/5", "not an article at all\n"}});
    EXPECT_THAT(places(reading), ElementsAre("comp.misc 1", "comp.misc 3"));
    EXPECT_EQ(reading.sink.ignored_for("control"), 1u);
    EXPECT_EQ(reading.sink.ignored_for("not_an_article"), 1u);
    ASSERT_EQ(reading.sink.rejected.size(), 1u);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, "usenet.no_headers");
}

TEST(Usenet, RefusesTheFuture) {
    const Reading reading = read({{"comp/misc/1",
                                   "Path: x\nNewsgroups: comp.misc\nFrom: a@x.org\nDate: Tue, 3 Mar 2093 19:00:00 +0000\n"
                                   "Message-ID: <1>\n\nx\n"}});
    ASSERT_EQ(reading.sink.rejected.size(), 1u);
    EXPECT_EQ(reading.sink.rejected[0].problem.reason.id, "usenet.future");
}

TEST(Usenet, KnowsMeByMyAddressesOrProposesWhoWroteMost) {
    const std::map<std::string, std::string> files{{"comp/misc/1", article("1")}, {"comp/misc/2", article("2")},
                                                   {"comp/misc/3", article("3", "comp.misc", "", "b@x.org (B)")}};
    const Reading known = read(files, {"B@x.org"});
    ASSERT_TRUE(known.owner.person);
    EXPECT_EQ(known.owner.person->name, "B");
    EXPECT_EQ(known.owner.evidence.id, "usenet.owner_profile");
    EXPECT_TRUE(known.sink.activity("comp.misc", "3")->is_me);
    EXPECT_EQ(read(files, {"b@x.org"}, true).sink.all<Account>().at(0).evidence, "account.asked");
    const Reading unknown = read(files);
    EXPECT_FALSE(unknown.owner.person);
    EXPECT_EQ(unknown.owner.candidates.at(0).person.key, "a@x.org");
    EXPECT_TRUE(unknown.sink.lacks_id("usenet.lack_address"));
}

struct LineCase {
    const char* line;
    const char* newsgroup;  // null: no subscription
    bool is_subscribed, has_read;
};
class UsenetNewsrcLine : public testing::TestWithParam<LineCase> {};
TEST_P(UsenetNewsrcLine, IsRead) {
    const auto found = usenet::parse_subscription(GetParam().line);
    ASSERT_EQ(found.has_value(), GetParam().newsgroup != nullptr);
    if (!found) return;
    EXPECT_EQ(found->newsgroup, GetParam().newsgroup);
    EXPECT_EQ(found->is_subscribed, GetParam().is_subscribed);
    EXPECT_EQ(found->has_read, GetParam().has_read);
}
INSTANTIATE_TEST_SUITE_P(Lines, UsenetNewsrcLine,
                         testing::ValuesIn<LineCase>({
        {"comp.lang.c: 1-1034,1036", "comp.lang.c", true, true},
        {"comp.lang.c++:", "comp.lang.c++", true, false},
        {"alt.a! 1-7\r", "alt.a", false, true},
            {"alt.b!", "alt.b", false, false},
                {"alt.b! 1", "alt.b", false, false},
        {"a sentence: with words", nullptr, false, false},
            {"alt.c: see below", nullptr, false, false},
                {"alt.c", nullptr, false, false}}));

TEST(Usenet, ReadsSubscriptions) {
    const Reading reading = read({{".newsrc", "options -n\ncomp.misc: 1-20\nalt.a! 1-7\nalt.b!\nalt.c!\n"}});
    const auto memberships = reading.sink.all<Membership>();
    ASSERT_EQ(memberships.size(), 2u);
    EXPECT_EQ(memberships[0].event, MembershipEvent::member);
    EXPECT_EQ(memberships[1].event, MembershipEvent::left);
    EXPECT_EQ(reading.sink.ignored_for("never_subscribed"), 2u);
    EXPECT_EQ(reading.sink.coverage("comp.misc")->kind, CoverageKind::names_only);
}

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    bool claimed;
};
class UsenetDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(UsenetDetect, ClaimsArticlesOnly) {
    EXPECT_EQ(usenet_connector().detect(MemorySource("x", GetParam().files)).has_value(), GetParam().claimed);
}
INSTANTIATE_TEST_SUITE_P(Names, UsenetDetect,
                         testing::ValuesIn(std::vector<DetectCase>{
                             {"spool", {{"a/b/1", article("1")}}, true},
                             {"one_article", {{"article.txt", article("1")}}, true},
                             {"behind_a_list", {{"1.txt", article("1", "comp.misc", "List-Id: <a.b.c>\n")}}, true},
                             {"mh_mail", {{"inbox/1", "From: a@x.org\nDate: Tue, 3 Mar 2026 19:00:00 +0000\n\nx\n"}}, false},
                             {"gatewayed_mail",
                              {{"a.mbox",
                                "From x Tue Mar  3 19:00:00 2026\nNewsgroups: a.b\nList-Id: <l.x.org>\nFrom: a@x.org\n\nx\n"}},
                                    false},
                             {"photos", {{"1.jpg", "x"}, {"2", article("1")}}, false},
                             {"shell_settings", {{"my.rc", "set -o vi: yes\n"}}, false},
                             {"empty", {{"1", ""}}, false},
                         }),
                         [](const auto& test) { return std::string(test.param.name); });

struct SampleCase {
    const char* name;
    std::size_t groups, activities, mine, memberships;
};
class UsenetSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(UsenetSamples, GiveWhatWasCountedByHand) {
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/usenet" / GetParam().name);
    ReadContext context;
    context.me.names = {"Mira Example"};
    context.today = *parse_date("2026-11-21");
    const Reading reading = read_source(usenet_connector(), *source, context);
    std::size_t mine = 0;
    for (const Activity& each : reading.sink.all<Activity>()) mine += each.is_me ? 1 : 0;
    EXPECT_EQ(reading.sink.count<Group>(), GetParam().groups);
    EXPECT_EQ(reading.sink.count<Activity>(), GetParam().activities);
    EXPECT_EQ(mine, GetParam().mine);
    EXPECT_EQ(reading.sink.count<Membership>(), GetParam().memberships);
    EXPECT_THAT(reading.sink.rejected, IsEmpty());
}
INSTANTIATE_TEST_SUITE_P(Usenet, UsenetSamples, testing::ValuesIn<SampleCase>({{"spool", 2, 2, 1, 2}, {"mbox", 1, 1, 0, 0}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace usenet_test
}  // namespace test
}  // namespace secateur

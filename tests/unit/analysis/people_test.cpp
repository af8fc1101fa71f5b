// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/people.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/history_builder.hpp"

namespace secateur {
namespace people_test {

using test::at;
using test::day;
using test::group;
using test::HistoryBuilder;

class PeopleTest : public testing::Test {
protected:
    std::int64_t somebody(const std::string& name) {
        const std::int64_t number = test::person(name);
        names_[number] = name;
        return number;
    }
    PeopleReport report(std::string_view as_of = "2026-10-31", const Profile& profile = {}) {
        inputs_.for_each_group = [this](const std::function<void(const GroupHistory&)>& visit) {
            for (const GroupHistory& each : groups_) visit(each);
        };
        inputs_.person = [this](std::int64_t number) { return PersonName{"t:" + names_[number], names_[number]}; };
        return people(inputs_, profile, Policy{}, day(as_of));
    }
    static const PersonCard* find(const PeopleReport& report, std::string_view name) {
        for (const PersonCard& each : report.people)
            if (each.name == name) return &each;
        return nullptr;
    }
    /// A group known whole until the end of October.
    GroupHistory& known(std::string_view name) {
        return groups_.emplace_back(group("t:" + std::string(name), name).full("2024-01-01", "2026-10-31").act("2026-10-20").says("Ada", "2026-10-25"));
    }
    static void exchange(GroupHistory& in, std::int64_t who, std::string_view on, std::uint32_t given = 1, std::uint32_t received = 1) {
        in.exchanges.push_back({who, day(on), given, received});
    }
    void help(GroupHistory& in, std::int64_t who, std::string_view on, const char* thanked = nullptr) {
        in.helps.push_back({who, at(on), thanked ? std::optional(at(thanked)) : std::nullopt});
    }
    PeopleInputs inputs_;
    std::vector<GroupHistory> groups_;
    std::map<std::int64_t, std::string> names_;
};

TEST_F(PeopleTest, CirclesFollowTheExchangesAndHerWordStandsAboveThem) {
    GroupHistory& in = known("Birders");
    const auto ada = somebody("Ada Field"), otto = somebody("Otto Marsh"), lin = somebody("Lin Reed"), nour = somebody("Nour Hill");
    for (int i = 0; i < 60; ++i) in.exchanges.push_back({ada, day("2026-10-30") - std::chrono::days(10 * i), 1, 1});
    exchange(in, otto, "2026-01-10");
    exchange(in, lin, "2026-01-10", 0, 1);
    inputs_.contacts.push_back({nour, {.platform = "t", .person = {}}});
    PeopleReport found = report();
    EXPECT_EQ(find(found, "Ada Field")->circle, Circle::close);
    EXPECT_EQ(find(found, "Otto Marsh")->circle, Circle::both_ways);
    EXPECT_EQ(find(found, "Lin Reed")->circle, Circle::both_ways) << "a shared group and one exchange";
    EXPECT_EQ(find(found, "Nour Hill")->circle, Circle::seen);
    EXPECT_FALSE(find(found, "Nour Hill")->strength);
    inputs_.circles["t:Nour Hill"] = Circle::close;
    found = report();
    EXPECT_EQ(find(found, "Nour Hill")->circle, Circle::close);
    EXPECT_TRUE(find(found, "Nour Hill")->circle_is_hers);
}

TEST_F(PeopleTest, NothingAfterTheDateAskedForIsSeen) {
    GroupHistory& in = known("Birders");
    exchange(in, somebody("Ada Field"), "2026-03-01");
    EXPECT_EQ(report("2026-02-01").people.size(), 0U);
    EXPECT_EQ(report("2026-04-01").people.size(), 1U);
}

TEST_F(PeopleTest, PersonalAndSupportGroupsAreLeftOut) {
    GroupHistory& in = known("Family");
    exchange(in, somebody("Ada Field"), "2026-03-01");
    in.answers.push_back({in.id, "scope", "personal", day("2026-05-01")});
    EXPECT_TRUE(report().people.empty());
}

TEST_F(PeopleTest, ThanksAreOwedOnceAFortnightHasPassedWithoutThem) {
    GroupHistory& in = known("Birders");
    const auto ada = somebody("Ada Field"), otto = somebody("Otto Marsh"), lin = somebody("Lin Reed"), nour = somebody("Nour Hill");
    help(in, ada, "2026-10-01");
    help(in, otto, "2026-10-01", "2026-10-02");
    help(in, lin, "2026-10-25");
    help(in, nour, "2026-10-01");
    GroupHistory direct = group("t:nour", "Nour").kind(GroupKind::direct).full("2024-01-01", "2026-10-31");
    direct.thanks_given.push_back({nour, at("2026-10-03")});
    groups_.push_back(direct);
    inputs_.only = {FollowUpKind::thank};
    const PeopleReport found = report();
    ASSERT_EQ(found.followups.size(), 1U) << "Otto was thanked, Lin helped last week, Nour was thanked elsewhere";
    EXPECT_EQ(found.followups[0].name, "Ada Field");
    EXPECT_EQ(found.followups[0].kind, FollowUpKind::thank);
    EXPECT_EQ(found.followups[0].since, day("2026-10-01"));
}

TEST_F(PeopleTest, NobodyIsSaidToWaitWhereTheDataEndedLongAgo) {
    GroupHistory in = group("t:old", "Old").full("2024-01-01", "2026-07-12").act("2026-07-01").says("Ada", "2026-07-02");
    help(in, somebody("Ada Field"), "2026-06-25");
    in.calls_to_me.push_back({.at = at("2026-06-25"), .answered = {}, .person = somebody("Otto Marsh"), .asks = true});
    groups_.push_back(in);
    EXPECT_TRUE(report("2026-10-01").followups.empty());
}

TEST_F(PeopleTest, AQuestionWaitsAfterAWeekUnlessSheAnsweredSinceInAnotherPlace) {
    GroupHistory& in = known("Birders");
    in.calls_to_me.push_back({.at = at("2026-10-10"), .answered = {}, .person = somebody("Ada Field"), .asks = true});
    in.calls_to_me.push_back({.at = at("2026-10-28"), .answered = {}, .person = somebody("Otto Marsh"), .asks = true});
    in.calls_to_me.push_back({.at = at("2026-10-10"), .answered = {}, .person = somebody("Lin Reed"), .asks = false});
    in.calls_to_me.push_back({.at = at("2026-10-10"), .answered = {}, .person = somebody("Nour Hill"), .asks = true});
    exchange(in, somebody("Nour Hill"), "2026-10-12", 1, 0);
    const PeopleReport found = report();
    ASSERT_EQ(found.followups.size(), 1U);
    EXPECT_EQ(found.followups[0].name, "Ada Field");
}

TEST_F(PeopleTest, SilenceOfEightUsualGapsIsLosingTouchAndFiveGapsAreNeeded) {
    GroupHistory& in = known("Birders");
    const auto ada = somebody("Ada Field"), otto = somebody("Otto Marsh");
    for (const char* on : {"2026-06-01", "2026-06-08", "2026-06-15", "2026-06-22", "2026-06-29", "2026-07-06"}) exchange(in, ada, on);
    for (const char* on : {"2026-06-01", "2026-06-08", "2026-06-15"}) exchange(in, otto, on);
    inputs_.only = {FollowUpKind::losing_touch};
    const PeopleReport found = report();
    ASSERT_EQ(found.followups.size(), 1U);
    EXPECT_EQ(found.followups[0].name, "Ada Field");
    EXPECT_TRUE(report("2026-08-20").followups.empty()) << "45 days are fewer than 8 weeks";
}

TEST_F(PeopleTest, ANameTypedBesideAMeetingIsTheOnePersonOfThatName) {
    GroupHistory& in = known("Birders");
    const auto ada = somebody("Ada Field");
    exchange(in, ada, "2026-03-01");
    const std::int64_t typed = 77;
    names_[typed] = "Ada Field";
    Meeting meeting{.platform = "manual", .begin = When{.at = at("2026-04-01")}, .attendance = Attendance::went, .place = "park"};
    inputs_.meetings.push_back({.meeting = meeting, .group = {}, .people = {typed}});
    EXPECT_EQ(find(report(), "Ada Field")->encounters.size(), 1U);
    const std::int64_t namesake = 78;
    names_[namesake] = "Ada Field";
    exchange(in, namesake, "2026-03-02");
    for (const PersonCard& each : report().people)
        if (each.number == ada || each.number == namesake) {
            EXPECT_TRUE(each.encounters.empty()) << "two have that name";
        }
}

class Reached : public PeopleTest {
protected:
    /// Ada helped in a group of that name; the flat was found on 20 September.
    PeopleReport after(std::string_view name, std::string_view description, std::vector<const char*> my_acts, const char* thanked = nullptr) {
        HistoryBuilder builder = group("t:g", name).about(description).full("2024-01-01", "2026-10-31");
        for (const char* each : my_acts) builder.act(each);
        groups_ = {builder};
        help(groups_.front(), somebody("Ada Field"), "2026-06-10", thanked);
        Profile profile;
        profile.objectives.push_back({.id = "flat", .text = "find a flat in Brussels", .rank = 1, .start = day("2026-05-01"), .done = day("2026-09-20")});
        return report("2026-10-31", profile);
    }
    static constexpr const char* flats = "Flats and flatshares: housing offered and wanted by tenants";
};

TEST_F(Reached, IsToldToWhoHelpedWhereItWasServed) {
    const PeopleReport found = after("Flats in Brussels", flats, {"2026-06-09"}, "2026-06-11");
    ASSERT_EQ(found.followups.size(), 1U);
    EXPECT_EQ(found.followups[0].kind, FollowUpKind::news);
    EXPECT_EQ(found.followups[0].since, day("2026-09-20"));
}

TEST_F(Reached, IsNoNewsToAGroupWhereItWasTold) {
    EXPECT_TRUE(after("Flats in Brussels", flats, {"2026-06-09", "2026-09-18"}, "2026-06-11").followups.empty());
    const PeopleReport unthanked = after("Flats in Brussels", flats, {"2026-06-09", "2026-09-18"});
    ASSERT_EQ(unthanked.followups.size(), 1U);
    EXPECT_EQ(unthanked.followups[0].kind, FollowUpKind::thank) << "told, and never thanked";
}

TEST_F(Reached, OwesNothingToHelpWithSomethingElse) {
    const PeopleReport found = after("Birders", "Owls, hides and counts at dawn", {"2026-06-09"}, "2026-06-11");
    for (const FollowUp& each : found.followups) EXPECT_NE(each.since, day("2026-09-20")) << "nobody there heard of the flat";
}

TEST_F(PeopleTest, SevenAMonthAndNobodyTwice) {
    GroupHistory& in = known("Birders");
    for (int i = 0; i < 12; ++i) help(in, somebody("Person " + std::string(1, static_cast<char>('A' + i))), "2026-10-01");
    PeopleReport first = report();
    EXPECT_EQ(first.followups.size(), 7U);
    EXPECT_EQ(first.waiting, 5U);
    for (const FollowUp& each : first.followups) inputs_.suggested[each.id] = {day("2026-10-31"), std::string(to_string(each.kind)), false};
    const PeopleReport again = report("2026-11-05");
    EXPECT_EQ(again.followups.size(), 7U) << "the same list stands";
    for (const FollowUp& each : again.followups) EXPECT_TRUE(each.again) << each.name;
    inputs_.suggested[first.followups[0].id].settled = true;
    EXPECT_EQ(report("2026-11-05").followups.size(), 6U) << "what is settled makes no room in the same month";
    const PeopleReport later = report("2026-12-02");
    EXPECT_EQ(later.followups.size(), 7U);
    for (const FollowUp& each : later.followups) EXPECT_FALSE(each.again);
}

TEST(Tie, StaysWithinItsBoundsAndGrowsWithRecencyAndDays) {
    std::mt19937 random(20261031);
    const Date today = day("2026-10-31");
    const Policy policy;
    for (int i = 0; i < 500; ++i) {
        const auto pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
        const Date last = today - std::chrono::days(pick(900)), first = last - std::chrono::days(pick(2000));
        const auto contact_days = static_cast<std::uint64_t>(1 + pick(200)), given = static_cast<std::uint64_t>(pick(50)), received = static_cast<std::uint64_t>(pick(50));
        const auto groups = static_cast<std::uint64_t>(1 + pick(5));
        const TieParts parts = tie(contact_days, first, last, given, received, groups, today, policy);
        for (const double each : {parts.recency, parts.contact_days, parts.duration, parts.balance, parts.groups, parts.score}) {
            EXPECT_GE(each, 0);
            EXPECT_LE(each, 1);
        }
        EXPECT_EQ(parts.balance, tie(contact_days, first, last, received, given, groups, today, policy).balance) << "who gives more does not matter";
        EXPECT_LE(parts.score, tie(contact_days + 1, first, last, given, received, groups, today, policy).score);
        EXPECT_LE(parts.recency, tie(contact_days, first, std::min(today, last + std::chrono::days(1)), given, received, groups, today, policy).recency);
    }
}

}  // namespace people_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/habits.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/history_builder.hpp"

namespace secateur {
namespace habits_test {

using test::at;
using test::day;
using test::group;
using test::HistoryBuilder;
using test::person;
const Policy policy;
const Zone utc = Zone::utc();

struct Known {
    std::vector<KnownInvitation> invitations;
    std::vector<KnownRelation> relations;
    std::vector<GroupAudit> groups;
    std::vector<std::string> objectives;
};

Habits habits_of(const std::vector<GroupHistory>& histories, const Known& known = {}, bool is_private = false) {
    HabitReader reader(day("2026-10-31"), utc, policy);
    for (const GroupHistory& each : histories) reader.add(each, at("2026-10-31"), is_private);
    return reader.habits({.invitations = known.invitations, .relations = known.relations, .cv_relays = {}, .groups = known.groups, .objectives = known.objectives});
}

TEST(Habits, TellWhereSheTakesPartAndWhereSheReads) {
    GroupHistory read = group("reddit:1", "R").own_only("2025-01-01", "2026-10-31");
    read.my_lights.push_back({.at = at("2026-09-01"), .kind = ActivityKind::reaction});
    const Habits found = habits_of({group("telegram:1", "T").acts_weekly("2026-10-20", 10).own_only("2025-01-01", "2026-10-31"), read,
                                    group("facebook:1", "F").acts_weekly("2024-10-20", 10).own_only("2024-01-01", "2026-10-31"),
                                    group("linkedin:1", "L").covered(CoverageKind::names_only, "2026-10-01", "2026-10-31")});
    const auto part = [&](std::string_view name) { return std::ranges::find(found.platforms, name, &PlatformHabit::platform)->part; };
    EXPECT_EQ(part("telegram"), PlatformHabit::Part::active);
    EXPECT_EQ(part("reddit"), PlatformHabit::Part::passive);
    EXPECT_EQ(part("facebook"), PlatformHabit::Part::silent);
    EXPECT_EQ(part("linkedin"), PlatformHabit::Part::unknown) << "a list of names shows no habit";
}

TEST(Habits, LeavePrivateGroupsOutButNotWhomSheMeetsThere) {
    const GroupHistory family = group("whatsapp:1", "Family").acts_weekly("2026-10-20", 10).exchanges("Ada", "2024-01-01").exchanges("Ben", "2026-08-01").full("2024-01-01", "2026-10-31");
    const Habits found = habits_of({family}, {}, true);
    EXPECT_TRUE(found.platforms.empty());
    ASSERT_TRUE(found.people_met);
    EXPECT_EQ(found.people_met->counts.back(), 1U);
}

TEST(Habits, CountNewFacesByQuarterOnlyWhereThereIsABefore) {
    HistoryBuilder builder = group("telegram:1", "T").full("2024-01-01", "2026-10-31");
    builder.exchanges("Ada", "2024-02-01").exchanges("Ben", "2026-05-10").exchanges("Ben", "2026-08-10");
    builder.exchanges("Cleo", "2026-07-02", 0, 1).exchanges("Cleo", "2026-09-02", 1, 0);
    const Habits found = habits_of({builder});
    EXPECT_EQ(found.last_quarter, 2026 * 4 + 2) << "July to September is the last whole one";
    ASSERT_TRUE(found.people_met && found.replies_from_new);
    EXPECT_EQ(found.people_met->counts, (std::vector<std::uint64_t>{0, 0, 1, 1})) << "Ben is new once; Cleo when she was answered";
    EXPECT_EQ(found.replies_from_new->counts, (std::vector<std::uint64_t>{0, 0, 1, 1}));
    EXPECT_FALSE(found.people_met->readable);
    EXPECT_FALSE(habits_of({group("telegram:1", "T").full("2026-01-01", "2026-10-31").exchanges("Ada", "2026-02-01")}).people_met)
        << "when the data begin, everybody is new";
}

TEST(Habits, CountTheInvitationsOfAYearAndTheirPersonalWords) {
    Known known;
    for (int i = 0; i < 8; ++i) known.invitations.push_back({Direction::sent, day("2026-03-01") + std::chrono::days(i), i < 2});
    known.invitations.push_back({Direction::sent, day("2020-03-01"), true});
    known.invitations.push_back({Direction::received, day("2026-04-01"), false});
    const Habits found = habits_of({}, known);
    EXPECT_EQ(found.invitations_sent, 8U);
    EXPECT_EQ(found.invitations_received, 1U);
    ASSERT_TRUE(found.personal_invitations);
    EXPECT_EQ(found.personal_invitations->value, 0.25);
    known.invitations.resize(3);
    EXPECT_FALSE(habits_of({}, known).personal_invitations) << "three are no habit";
}

TEST(Habits, CallAContactAStrangerOnlyWhereConversationsOfTwoAreKnown) {
    Known known;
    for (const char* each : {"Ada", "Ben", "Cleo", "Dora", "Emil", "Fay"}) known.relations.push_back({"linkedin", person(each)});
    const GroupHistory talk = group("linkedin:talk", "Ada").kind(GroupKind::direct).exchanges("Ada", "2026-01-01").full("2025-01-01", "2026-10-31");
    ASSERT_TRUE(habits_of({talk}, known).strangers);
    EXPECT_EQ(habits_of({talk}, known).strangers->part, 5U);
    EXPECT_FALSE(habits_of({group("linkedin:1", "L").act("2026-10-01").own_only("2025-01-01", "2026-10-31")}, known).strangers);
}

TEST(Habits, BalanceQuestionsAgainstAnswersOfTheYear) {
    GroupHistory history = group("telegram:1", "T").own_only("2025-01-01", "2026-10-31");
    for (const char* when : {"2026-01-05", "2026-02-05", "2023-02-05"}) history.acts.push_back({.at = at(when), .kind = ActivityKind::post, .asks = true});
    history.acts.push_back({.at = at("2026-03-05"), .kind = ActivityKind::comment});
    history.acts.push_back({.at = at("2026-03-06"), .kind = ActivityKind::comment, .asks = true});
    const Habits found = habits_of({history});
    EXPECT_EQ(found.asked, 3U);
    EXPECT_EQ(found.answered, 1U) << "a question back is no answer";
}

TEST(Habits, ShowWhatSheAimsAtBesideWhereHerActsWent) {
    const auto audited = [](const char* id, std::uint64_t acts, std::vector<Band> bands) {
        GroupAudit out;
        out.id = id;
        out.platform = "telegram";
        out.months.push_back({.month = 2026 * 12 + 8, .mine = acts, .others = {}});
        out.months.push_back({.month = 2026 * 12 + 3, .mine = 1000, .others = {}});  // too long ago
        const char* names[] = {"first", "second"};
        for (std::size_t i = 0; i < bands.size(); ++i) {
            RelevanceScore score;
            score.objective = names[i];
            score.band = bands[i];
            out.relevance.push_back(score);
        }
        return out;
    };
    Known known;
    known.objectives = {"first", "second"};
    known.groups = {audited("a", 10, {Band::some, Band::strong}), audited("b", 30, {Band::none, Band::weak})};
    const Habits found = habits_of({}, known);
    ASSERT_EQ(found.focus.size(), 3U);
    EXPECT_EQ(found.focus[0].share, 0.25) << "a group counts for each objective it serves";
    EXPECT_EQ(found.focus[1].share, 0.25);
    EXPECT_EQ(found.focus[2].objective, "");
    EXPECT_EQ(found.focus[2].share, 0.75);
    ASSERT_EQ(found.platforms.size(), 1U);
    EXPECT_EQ(found.platforms[0].serves, (std::vector<std::string>{"first", "second"}));
    known.groups = {audited("a", 3, {Band::strong})};
    EXPECT_TRUE(habits_of({}, known).focus.empty()) << "three acts went nowhere in particular";
}

TEST(CvRelay, IsAPostThatPassesACvOn) {
    EXPECT_TRUE(relays_cv("Je relaie le CV d’une ancienne collègue, comptable à Lille"));
    EXPECT_TRUE(relays_cv("Passing on a friend's CV, she is a great analyst. #OpenToWork"));
    EXPECT_FALSE(relays_cv("Comment présenter un CV de deux pages ?"));
    EXPECT_FALSE(relays_cv("Je partage un article sur les salaires"));
    EXPECT_FALSE(relays_cv(""));
}

TEST(ClosingLink, IsASecureAddressOrNone) {
    for (const char* each : {"facebook", "linkedin", "reddit", "telegram", "twitter"}) EXPECT_TRUE(closing_link(each).starts_with("https://")) << each;
    EXPECT_TRUE(closing_link("copains d’avant").empty());
}

}  // namespace habits_test
}  // namespace secateur

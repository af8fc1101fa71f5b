// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/giving.hpp"

#include <gtest/gtest.h>

namespace secateur {
namespace giving_test {

using std::chrono::days;
using std::chrono::hours;
const Instant start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};
constexpr std::int64_t ada = 1, otto = 2, nour = 3;

/// Author 0 is me.
class Giving : public testing::Test {
protected:
    std::uint64_t says(GivingTracker& tracker, int hour, std::int64_t who, std::uint64_t parent = 0, std::string_view how = "",
                       ActivityKind kind = ActivityKind::message) {
        tracker.add({.at = start + hours(hour), .kind = kind, .mine = who == 0, .question = how == "asks" || how == "invites", .request = how == "asks", .thanks = how == "thanks",
                     .introduction = how == "introduces", .author = who, .id = ++id_, .parent = parent});
        return id_;
    }
    static GroupHistory done(GivingTracker& tracker) {
        GroupHistory history;
        tracker.finish(history);
        return history;
    }
    GivingTracker group_{false, start - days(1)}, direct_{true, start - days(1)};
    std::uint64_t id_ = 0;
};

TEST_F(Giving, AnAnswerToMyQuestionIsHelpAndMyThanksSettleIt) {
    const auto question = says(group_, 0, 0, 0, "asks");
    const auto answer = says(group_, 1, ada, question);
    says(group_, 2, otto, question);
    says(group_, 3, 0, answer, "thanks");
    const auto helps = done(group_).helps;
    ASSERT_EQ(helps.size(), 2U);
    EXPECT_EQ(helps[0].person, ada);
    EXPECT_EQ(helps[0].thanked, start + hours(3));
    EXPECT_EQ(helps[1].thanked, start + hours(3)) << "under one question, the word is for both";
}

TEST_F(Giving, ThanksToAQuestionBackAreForThoseWhoAnsweredWithIt) {
    const auto question = says(group_, 0, 0, 0, "asks");
    says(group_, 1, ada, question);
    const auto back = says(group_, 2, otto, question, "asks");
    says(group_, 3, 0, back, "thanks");
    const auto helps = done(group_).helps;
    ASSERT_EQ(helps.size(), 1U);
    EXPECT_TRUE(helps[0].thanked);
}

TEST_F(Giving, ThanksUnderOneQuestionAreNotForTheHelpersOfAnotherNorForWhoComesLater) {
    const auto first = says(group_, 0, 0, 0, "asks"), second = says(group_, 1, 0, 0, "asks");
    const auto answer = says(group_, 2, ada, first);
    says(group_, 3, otto, second);
    says(group_, 4, 0, answer, "thanks");
    says(group_, 5, nour, first);
    const auto helps = done(group_).helps;
    ASSERT_EQ(helps.size(), 3U);
    EXPECT_TRUE(helps[0].thanked);
    EXPECT_FALSE(helps[1].thanked);
    EXPECT_FALSE(helps[2].thanked);
}

TEST_F(Giving, ThanksToNobodyInParticularAreForAllWhoHelpedLately) {
    const auto question = says(group_, 0, 0, 0, "asks");
    says(group_, 1, ada, question);
    says(group_, 2, otto, question);
    says(group_, 3, 0, 0, "thanks");
    for (const Help& each : done(group_).helps) EXPECT_TRUE(each.thanked);
}

TEST_F(Giving, ThanksAfterAFortnightAreForSomethingElse) {
    const auto question = says(group_, 0, 0, 0, "asks");
    says(group_, 1, ada, question);
    says(group_, 24 * 15 + 2, 0, 0, "thanks");
    EXPECT_FALSE(done(group_).helps.at(0).thanked);
}

TEST_F(Giving, AQuestionBackOrAChatterNearbyIsNoHelp) {
    const auto question = says(group_, 0, 0, 0, "asks");
    says(group_, 1, ada, question, "asks");
    says(group_, 2, otto);
    EXPECT_TRUE(done(group_).helps.empty());
}

TEST_F(Giving, AnAnswerToAnInvitationIsNoHelp) {
    const auto coffee = says(group_, 0, 0, 0, "invites");
    says(group_, 1, ada, coffee);
    EXPECT_TRUE(done(group_).helps.empty());
    says(direct_, 0, 0, 0, "invites");
    says(direct_, 1, ada);
    EXPECT_TRUE(done(direct_).helps.empty());
}

TEST_F(Giving, WhereNothingNamesWhatItAnswersWhoSpeaksNextHelped) {
    says(group_, 0, 0, 0, "asks");
    says(group_, 1, ada);
    says(group_, 2, otto);
    says(group_, 30, 0, 0, "asks");
    says(group_, 37, nour);  // seven hours later
    const auto helps = done(group_).helps;
    ASSERT_EQ(helps.size(), 1U);
    EXPECT_EQ(helps[0].person, ada);
    EXPECT_TRUE(helps[0].inferred);
}

TEST_F(Giving, NearnessTellsNothingWhereAnswersAreNamed) {
    says(group_, 0, 0, 0, "asks");
    const auto next = says(group_, 1, ada);
    says(group_, 40, otto, next);
    EXPECT_TRUE(done(group_).helps.empty());
}

TEST_F(Giving, BetweenTwoTheNextWordAnswers) {
    says(direct_, 0, 0, 0, "asks");
    says(direct_, 1, ada);
    says(direct_, 2, 0, 0, "thanks");
    says(direct_, 3, ada, 0, "asks");
    const GroupHistory found = done(direct_);
    ASSERT_EQ(found.helps.size(), 1U);
    EXPECT_TRUE(found.helps[0].thanked);
    ASSERT_EQ(found.calls_to_me.size(), 1U);
    EXPECT_FALSE(found.calls_to_me[0].answered) << "her question waits";
    EXPECT_TRUE(found.calls_to_me[0].asks);
}

TEST_F(Giving, CountsWhatWentBothWaysInTheYear) {
    GivingTracker late{false, start + hours(2)};
    const auto old = says(late, 0, ada);
    says(late, 1, 0, old);  // before the year
    says(late, 3, 0, old);
    says(late, 4, 0, old, "", ActivityKind::reaction);
    says(late, 5, 0, 0, "introduces");
    const auto mine = says(late, 6, 0);
    says(late, 7, otto, mine, "", ActivityKind::comment);
    const GroupHistory found = done(late);
    EXPECT_EQ(found.gave, (Gifts{.answers = 1, .reactions = 1, .introductions = 1}));
    EXPECT_EQ(found.got, (Gifts{.comments = 1}));
}

TEST_F(Giving, KnowsWhoAddressesWhom) {
    const auto mine = says(group_, 0, 0);
    const auto hers = says(group_, 1, ada, mine);
    says(group_, 2, 0, hers);
    says(group_, 3, otto, hers);
    says(group_, 4, nour, 999);  // to something not seen
    const Addressing found = done(group_).addressing;
    EXPECT_EQ(found.replies, 4U);
    EXPECT_EQ(found.resolved, 3U);
    EXPECT_EQ(found.people, 3U);
    EXPECT_EQ(found.links, 3U);
    EXPECT_EQ(found.mutual, 2U) << "Ada and I";
    ASSERT_EQ(found.with_me.size(), 1U);
    EXPECT_EQ(found.with_me[0], (Addressing::WithMe{.person = ada, .from_me = 1, .to_me = 1, .theirs = 1}));
}

}  // namespace giving_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/calls.hpp"

#include <gtest/gtest.h>

#include "store/import_transaction.hpp"

namespace secateur {
namespace calls_test {

using std::chrono::minutes;
const Instant start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};

struct Said {
    std::uint64_t parent = 0;
    bool to_me = false, question = false;
};

/// "isa" is me; everybody else has a number from the first letter.
class Calls : public testing::Test {
protected:
    std::uint64_t message(int minute, std::string_view who, Said said = {}) { return row(ActivityKind::message, minute, who, said); }
    std::uint64_t row(ActivityKind kind, int minute, std::string_view who, Said said = {}) {
        const bool mine = who == "isa";
        tracker_.add({.at = start + minutes(minute), .kind = kind, .mine = mine, .to_me = said.to_me, .question = said.question,
                      .author = who.empty() ? 0 : mine ? 1000 : who[0], .id = ++id_, .parent = said.parent});
        return id_;
    }
    GroupHistory done() {
        GroupHistory history;
        tracker_.finish(history);
        return history;
    }
    static int minute(Instant at) { return static_cast<int>((at - start) / minutes(1)); }

    CallTracker tracker_;
    std::uint64_t id_ = 0;
};

TEST_F(Calls, AReplyByIdentifierAnswersWhateverLiesBetween) {
    const auto post = row(ActivityKind::post, 0, "isa");
    row(ActivityKind::comment, 10, "otto");
    row(ActivityKind::comment, 5000, "nour", {.parent = post});
    row(ActivityKind::comment, 6000, "lin", {.parent = post});
    const GroupHistory found = done();
    ASSERT_EQ(found.my_threads.size(), 1U);
    ASSERT_TRUE(found.my_threads[0].answered);
    EXPECT_EQ(minute(*found.my_threads[0].answered), 5000) << "the first answer counts";
    EXPECT_FALSE(found.my_threads[0].inferred);
    EXPECT_EQ(found.calls_to_me.size(), 2U) << "both answer me";
}

TEST_F(Calls, MyAnswerToMyselfIsNeitherAnAnswerNorAReply) {
    const auto post = row(ActivityKind::post, 0, "isa");
    row(ActivityKind::comment, 10, "isa", {.parent = post});
    const GroupHistory found = done();
    EXPECT_FALSE(found.my_threads[0].answered);
    EXPECT_TRUE(found.my_replies.empty());
}

TEST_F(Calls, WhereAThreadHangsOnItsFirstMessageMineBelowAnswersWhoSpokeThere) {
    const auto post = row(ActivityKind::post, 0, "isa");
    row(ActivityKind::comment, 10, "ada", {.parent = post});
    row(ActivityKind::comment, 20, "isa", {.parent = post});
    const GroupHistory found = done();
    ASSERT_EQ(found.calls_to_me.size(), 1U);
    ASSERT_TRUE(found.calls_to_me[0].answered);
    EXPECT_TRUE(found.calls_to_me[0].inferred);
    EXPECT_EQ(found.my_replies.size(), 1U);
}

TEST_F(Calls, HalfAnHourOfSilenceOpensAConversation) {
    message(0, "isa");
    message(29, "isa");
    message(59, "isa");  // half an hour after the one before
    EXPECT_EQ(done().my_threads.size(), 2U);
}

TEST_F(Calls, BetweenTwoTheNextMessageIsTakenForTheAnswer) {
    message(0, "isa");
    message(5, "nour");
    const GroupHistory found = done();
    ASSERT_TRUE(found.my_threads[0].answered);
    EXPECT_TRUE(found.my_threads[0].inferred);
}

TEST_F(Calls, InACrowdTheNextMessageTellsNothing) {
    message(0, "isa");
    message(5, "nour", {.parent = 99});  // to something else
    message(6, "otto");
    message(7, "lin");
    const GroupHistory found = done();
    EXPECT_FALSE(found.my_threads[0].answered);
    EXPECT_TRUE(found.my_threads[0].unknown) << "unknown, not unanswered";
}

TEST_F(Calls, AMentionAnswersInACrowd) {
    message(0, "isa");
    message(5, "nour", {.parent = 99});
    message(6, "otto", {.to_me = true});
    const GroupHistory found = done();
    ASSERT_TRUE(found.my_threads[0].answered);
    EXPECT_EQ(minute(*found.my_threads[0].answered), 6);
    EXPECT_FALSE(found.my_threads[0].inferred);
}

TEST_F(Calls, NobodyMeansUnanswered) {
    message(0, "isa");
    message(100, "nour");  // another conversation
    const GroupHistory found = done();
    EXPECT_FALSE(found.my_threads[0].answered);
    EXPECT_FALSE(found.my_threads[0].unknown);
}

TEST_F(Calls, IAnswerWhatIsSaidToMe) {
    const auto first = message(0, "nour", {.to_me = true});
    message(3, "otto");
    message(200, "isa", {.parent = first});
    const GroupHistory found = done();
    ASSERT_EQ(found.calls_to_me.size(), 1U);
    EXPECT_EQ(minute(*found.calls_to_me[0].answered), 200);
    EXPECT_FALSE(found.calls_to_me[0].inferred);
    EXPECT_EQ(found.my_replies.size(), 1U);
}

TEST_F(Calls, UnderOnePostMyNextCommentIsTakenForTheAnswer) {
    const auto post = row(ActivityKind::post, 0, "otto");
    row(ActivityKind::comment, 10, "isa", {.parent = post});
    row(ActivityKind::comment, 20, "nour", {.parent = post, .to_me = true});
    row(ActivityKind::comment, 30, "isa", {.parent = post});
    const GroupHistory found = done();
    ASSERT_EQ(found.calls_to_me.size(), 1U);
    EXPECT_EQ(minute(*found.calls_to_me[0].answered), 30);
    EXPECT_TRUE(found.calls_to_me[0].inferred);
    EXPECT_EQ(found.my_replies.size(), 2U);
}

TEST_F(Calls, AQuestionBetweenTwoIsForMe) {
    message(0, "isa");
    message(2, "nour", {.question = true});
    message(9, "isa");
    const GroupHistory found = done();
    ASSERT_EQ(found.calls_to_me.size(), 1U);
    EXPECT_TRUE(found.calls_to_me[0].inferred);
    EXPECT_EQ(minute(*found.calls_to_me[0].answered), 9);
}

TEST_F(Calls, AQuestionToTheRoomIsNotForMe) {
    message(0, "nour", {.question = true});
    message(2, "otto", {.question = true});
    EXPECT_TRUE(done().calls_to_me.empty());
}

TEST_F(Calls, SomebodyUnknownIsACrowd) {
    message(0, "isa");
    message(5, "");
    EXPECT_TRUE(done().my_threads[0].unknown);
}

/// What two groups hold must never meet, whatever stands next to it in the store.
TEST(Pitfall10, ConversationsOfTwoGroupsNeverMix) {
    Store store = Store::open(":memory:");
    const auto transaction = store.begin_import({.label = "export", .connector = "x", .fingerprint = "1", .platform = "x"});
    std::uint64_t id = 0;
    const auto add = [&](std::int64_t group, std::string_view who, int minute, bool bot = false) {
        ActivityToStore activity;
        activity.group = group;
        activity.at = start + minutes(minute);
        activity.id = ++id;
        activity.origin = ActivityToStore::IdOrigin::number;
        activity.kind = ActivityKind::message;
        activity.is_me = who == "isa";
        activity.automatic = bot;
        activity.author = transaction->person("x", {.key = std::string(who), .name = {}}, activity.is_me);
        activity.words = 3;
        EXPECT_EQ(transaction->add(activity).stored, Stored::added);
    };
    Group first, second;
    first.key = "a";
    second.key = "b";
    const std::int64_t a = transaction->group("x", first), b = transaction->group("x", second);
    add(a, "isa", 0);
    add(a, "robot", 1, true);  // pitfall 11: a bot answers nobody
    add(b, "nour", 2);
    add(b, "isa", 3);
    const Date later{std::chrono::year{2026} / 6 / 1};
    for (const std::int64_t group : {a, b}) transaction->add_coverage(group, {.kind = CoverageKind::full, .begin = {}, .end = Instant{later}});
    SourceInfo info{.label = "export", .connector = "x", .fingerprint = "1", .platform = "x"};
    transaction->finish(info);
    transaction->commit();
    const auto in_a = store.load_history("x:a", later, Zone::utc()), in_b = store.load_history("x:b", later, Zone::utc());
    ASSERT_TRUE(in_a && in_b);
    ASSERT_EQ(in_a->my_threads.size(), 1U);
    EXPECT_FALSE(in_a->my_threads[0].answered);
    EXPECT_FALSE(in_a->my_threads[0].unknown);
    EXPECT_TRUE(in_b->my_threads.empty());
    EXPECT_EQ(in_b->my_replies.size(), 1U);
    ASSERT_EQ(in_b->weeks.size(), 1U);
    EXPECT_EQ(in_b->weeks[0].authors_last, 2U);
    EXPECT_EQ(in_a->weeks[0].authors_last, 1U);
}

}  // namespace calls_test
}  // namespace secateur

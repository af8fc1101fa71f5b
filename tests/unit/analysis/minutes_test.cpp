// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/minutes.hpp"

#include <gtest/gtest.h>

#include "tests/support/history_builder.hpp"

namespace secateur {
namespace minutes_test {

using test::at;
using test::group;
const Policy policy;

std::optional<MinutesPerWeek> inferred(const GroupHistory& history, std::optional<Reads> reads = {}) {
    return inferred_minutes(history, data_clock(history, at("2026-10-31"), policy), reads, Zone::utc(), policy);
}

/// 2,380 words of others in each of 20 weeks, and 240 words of mine on one day of the last whole week.
GroupHistory reading() {
    auto out = group("telegram:1", "Birders").full("2024-01-01", "2026-10-31");
    for (int week = 0; week < 20; ++week) out.says("Ada", at("2026-10-28") - std::chrono::days(7 * week), 2380);
    return out.act("2026-10-21", 240);
}

TEST(InferredMinutes, ReadWriteAndDaysAddUp) {
    const auto found = inferred(reading());
    ASSERT_TRUE(found);
    const double own = (240.0 / 20 + 0.5) / 12;
    EXPECT_DOUBLE_EQ(found->mid, 2380 * 0.25 / 238 + own);
    EXPECT_DOUBLE_EQ(found->low, 2380 * 0.05 / 300 + own);
    EXPECT_DOUBLE_EQ(found->high, 2380 * 1.0 / 175 + own);
    EXPECT_EQ(found->origin, MinutesPerWeek::Origin::inferred);
}

TEST(InferredMinutes, FollowWhatSheSaysSheReads) {
    const double own = (240.0 / 20 + 0.5) / 12;
    EXPECT_DOUBLE_EQ(inferred(reading(), Reads::all)->mid, 2380 / 238.0 + own);
    EXPECT_DOUBLE_EQ(inferred(reading(), Reads::titles)->high, 2380 * 0.05 / 175 + own);
    EXPECT_DOUBLE_EQ(inferred(reading(), Reads::no)->high, own);
}

TEST(InferredMinutes, AreAbsentWithoutTheWholeConversation) {
    EXPECT_FALSE(inferred(group("facebook:1", "Birders").act("2026-10-20").own_only("2024-01-01", "2026-10-31")));
}

ReadingShare share(std::string id, std::string platform) {
    ReadingShare out;
    out.id = std::move(id);
    out.platform = std::move(platform);
    return out;
}

TEST(Minutes, AreUnknownWithoutAnyGround) { EXPECT_TRUE(minutes_per_week({share("a:1", "a")}, {}, policy).empty()); }

TEST(Minutes, TakeHerFigureFirst) {
    ReadingShare one = share("a:1", "a");
    one.her_minutes = 35;
    one.inferred = MinutesPerWeek{1, 2, 3, MinutesPerWeek::Origin::inferred};
    const auto found = minutes_per_week({one}, {{"a", 90}}, policy);
    EXPECT_EQ(found.at("a:1").mid, 35);
    EXPECT_EQ(found.at("a:1").origin, MinutesPerWeek::Origin::her_group);
}

TEST(Minutes, ShareHerPlatformFigureByExpectedReading) {
    ReadingShare said = share("a:1", "a"), big = share("a:2", "a"), small = share("a:3", "a"), unread = share("a:4", "a");
    said.her_minutes = 30;
    big.words = 3000;
    small.words = 1000;
    unread.words = 5000;
    unread.reads = Reads::no;
    const auto found = minutes_per_week({said, big, small, unread}, {{"a", 90}}, policy);
    EXPECT_EQ(found.at("a:1").mid, 30);
    EXPECT_DOUBLE_EQ(found.at("a:2").mid, 45);
    EXPECT_DOUBLE_EQ(found.at("a:3").mid, 15);
    EXPECT_EQ(found.at("a:4").mid, 0);
    EXPECT_EQ(found.at("a:2").origin, MinutesPerWeek::Origin::her_platform);
}

TEST(Minutes, ShareEvenlyWhereNoVolumeIsKnown) {
    const auto found = minutes_per_week({share("a:1", "a"), share("a:2", "a"), share("b:1", "b")}, {{"a", 90}}, policy);
    EXPECT_DOUBLE_EQ(found.at("a:1").mid, 45);
    EXPECT_DOUBLE_EQ(found.at("a:2").mid, 45);
    EXPECT_FALSE(found.contains("b:1"));
}

TEST(Minutes, FallBackOnAnOldAnswerLast) {
    ReadingShare one = share("a:1", "a");
    one.old_minutes = 12;
    EXPECT_EQ(minutes_per_week({one}, {}, policy).at("a:1").mid, 12);
    one.inferred = MinutesPerWeek{1, 2, 3, MinutesPerWeek::Origin::inferred};
    EXPECT_EQ(minutes_per_week({one}, {}, policy).at("a:1").mid, 2);
}

}  // namespace minutes_test
}  // namespace secateur

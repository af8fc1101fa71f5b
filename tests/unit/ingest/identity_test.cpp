// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/identity.hpp"

#include <gtest/gtest.h>

namespace secateur::test {
namespace identity_test {

using Origin = ActivityToStore::IdOrigin;

TEST(NativeIdentity, KeepsWholeNumbersAndHashesTheRest) {
    EXPECT_EQ(native_identity("42").id, 42U);
    EXPECT_EQ(native_identity("42").origin, Origin::number);
    EXPECT_EQ(native_identity("999999999999999999").id, 999'999'999'999'999'999U);
    for (const char* id : {"0", "042", "1999999999999999999", "1571234567.000200", "urn:li:share:7", "-5", ""}) {
        EXPECT_EQ(native_identity(id).origin, Origin::native) << id;
        EXPECT_GE(native_identity(id).id, std::uint64_t{1} << 62) << id;
    }
    EXPECT_NE(native_identity("042").id, native_identity("42").id);
}

struct SameText {
    const char* name;
    const char* one;
    const char* other;
    bool media_or_mark;
    bool same;
};
class IdentityText : public testing::TestWithParam<SameText> {};

TEST_P(IdentityText, SeesThroughWhatExportsTellDifferently) {
    std::string one, other;
    append_identity_text(one, GetParam().one, GetParam().media_or_mark);
    append_identity_text(other, GetParam().other, GetParam().media_or_mark);
    EXPECT_EQ(one == other, GetParam().same) << one << " / " << other;
}

INSTANTIATE_TEST_SUITE_P(Texts, IdentityText,
                         testing::ValuesIn<SameText>({
                             {"spaces", "à  demain\n", "à\u00a0demain", false, true},
                             {"narrow_space", "demain\u202f?", "demain ?", false, true},
                             {"composed", "re\u0301union", "r\u00e9union", false, true},
                             {"direction_mark", "\u200eok", "ok", false, true},
                             {"case_counts", "Ok", "ok", false, false},
                             {"words_count", "à demain", "a demain", false, false},
                             {"media", "<Media omitted>", "IMG-2026-WA0001.jpg (file attached)", true, true},
                             {"media_in_two_languages", "image absente", "image omitted", true, true},
                             {"media_with_caption", "<Media omitted>\nla salle", "la salle", true, true},
                             {"edited", "See you <This message was edited>", "See you", true, true},
                             {"angle_brackets_in_plain_text", "<hello>", "<bye>", false, false},
                         }),
                         [](const auto& test) { return test.param.name; });

TEST(WrittenTime, LosesItsSeconds) {
    EXPECT_EQ(without_seconds("12/05/2024, 18:11:04"), "12/05/2024, 18:11");
    EXPECT_EQ(without_seconds("12/05/2024, 18:11"), "12/05/2024, 18:11");
    EXPECT_EQ(without_seconds("5/12/24, 6:11:04 PM"), "5/12/24, 6:11 PM");
    EXPECT_EQ(without_seconds("5/12/24, 06:11:04 PM"), "5/12/24, 06:11 PM");
    EXPECT_EQ(without_seconds("12.05.24 18:11"), "12.05.24 18:11");
}

TEST(LogicalFile, IsOneForNumberedParts) {
    EXPECT_EQ(logical_file("inbox/lin/message_1.json"), logical_file("inbox/lin/message_12.json"));
    EXPECT_NE(logical_file("inbox/lin/message_1.json"), logical_file("inbox/otto/message_1.json"));
    EXPECT_NE(logical_file("inbox/lin/message_1.json"), logical_file("inbox/lin/message_1.html"));
}

Activity message(std::string text, std::string author) {
    Activity activity;
    activity.author.key = std::move(author);
    activity.kind = ActivityKind::message;
    activity.text = std::move(text);
    activity.when = When{.at = Instant{std::chrono::seconds{1'700'000'000}}, .written = {}};
    return activity;
}

TEST(MadeIdentity, HangsOnGroupKindMinuteAuthorAndText) {
    IdentityMaker maker;
    const Activity base = message("ok", "nour");
    const std::uint64_t id = maker.make(base, 1, 1).id;
    const auto differs = [&](auto change, std::uint64_t group = 1) {
        Activity other = base;
        change(other);
        return IdentityMaker().make(other, group, 1).id != id;
    };
    EXPECT_FALSE(differs([](Activity&) {}));
    EXPECT_FALSE(differs([](Activity& a) { a.when->at += std::chrono::seconds{19}; })) << "the same minute";
    EXPECT_TRUE(differs([](Activity& a) { a.when->at += std::chrono::seconds{60}; }));
    EXPECT_TRUE(differs([](Activity& a) { a.author.key = "otto"; }));
    EXPECT_TRUE(differs([](Activity& a) { a.text = "ok!"; }));
    EXPECT_TRUE(differs([](Activity& a) { a.kind = ActivityKind::post; }));
    EXPECT_TRUE(differs([](Activity& a) { a.when.reset(); }));
    EXPECT_TRUE(differs([](Activity&) {}, 2));
}

TEST(MadeIdentity, NumbersEqualRecordsWithinOneFile) {
    IdentityMaker maker;
    const Activity base = message("ok", "nour");
    const std::uint64_t first = maker.make(base, 1, 1).id, second = maker.make(base, 1, 1).id;
    EXPECT_NE(first, second);
    EXPECT_EQ(maker.make(base, 1, 2).id, first) << "the same message in another file is the same message";
    EXPECT_EQ(maker.make(base, 1, 2).id, second);
}

TEST(RecentCounter, RemembersAtLeastSoMany) {
    RecentCounter counter;
    EXPECT_EQ(counter.next(7), 0U);
    for (std::uint64_t key = 1'000; key < 1'000 + 65'000; ++key) EXPECT_EQ(counter.next(key), 0U);
    EXPECT_EQ(counter.next(7), 1U);
    for (std::uint64_t key = 1'000'000; key < 1'000'000 + 65'000; ++key) EXPECT_EQ(counter.next(key), 0U);
    EXPECT_EQ(counter.next(7), 2U);
}

TEST(ContentHash, ChangesWithWhatCanBeEdited) {
    const Activity base = message("ok", "nour");
    Activity other = base;
    EXPECT_EQ(content_hash(other), content_hash(base));
    other.text = "ok!";
    EXPECT_NE(content_hash(other), content_hash(base));
    other = base;
    other.attachments = 1;
    EXPECT_NE(content_hash(other), content_hash(base));
}

}  // namespace identity_test
}  // namespace secateur::test

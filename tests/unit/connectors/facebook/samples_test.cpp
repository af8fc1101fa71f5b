// SPDX-License-Identifier: GPL-3.0-or-later
// The showcase exports, with counts made by hand.
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/unit/connectors/facebook/facebook_support.hpp"

namespace secateur::test {
namespace facebook_samples_test {

using namespace on_facebook;

struct SampleCase {
    const char* name;
    std::size_t groups, activities, unattributed, memberships, meetings, contacts;
};
class FacebookSamples : public testing::TestWithParam<SampleCase> {};

TEST_P(FacebookSamples, GiveWhatWasCountedByHand) {
    const SampleCase& expected = GetParam();
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/facebook" / expected.name);
    ASSERT_TRUE(facebook_connector().detect(*source));
    const auto [owner, exported_at, sink] = read_source(facebook_connector(), *source);
    ASSERT_TRUE(owner.person);
    EXPECT_EQ(owner.person->name, "Isabelle Morel");
    EXPECT_TRUE(owner.from_export);
    std::size_t unattributed = 0;
    for (const Activity& each : sink.all<Activity>()) unattributed += each.group.empty() ? 1 : 0;
    EXPECT_EQ(sink.count<Group>(), expected.groups);
    EXPECT_EQ(sink.count<Activity>(), expected.activities);
    EXPECT_EQ(unattributed, expected.unattributed);
    EXPECT_EQ(sink.count<Membership>(), expected.memberships);
    EXPECT_EQ(sink.count<Meeting>(), expected.meetings);
    EXPECT_EQ(sink.count<Contact>(), expected.contacts);
    EXPECT_TRUE(sink.rejected.empty());
}

INSTANTIATE_TEST_SUITE_P(Facebook, FacebookSamples,
                         testing::ValuesIn<SampleCase>({
        // 3 groups; 3 posts, 3 comments; 3 joins, 1 admin
        {"french_2026_groups", 3, 6, 2, 4, 0, 0},
        // 1 group, 1 page, 1 thread; 3 reactions (one of them twice), 1 visit, 2 messages and a reaction; 1 page, 1 thread
        {"french_2026_reactions_and_chats", 3, 7, 1, 2, 2, 1}, {"english_2019", 1, 3, 0, 1, 0, 0},
        {"french_pages_memberships", 2, 0, 0, 2, 0, 0},
        // 1 group; a post, a reply
        {"french_pages_posts", 1, 2, 0, 0, 0, 0},
        // 1 thread; 2 messages and a reaction
        {"french_pages_chat", 1, 3, 0, 0, 0, 0},
        // 1 group; a reaction of no group, a visit
        {"french_pages_visits", 1, 2, 1, 0, 0, 0},
        {"french_2021", 2, 2, 0, 3, 0, 0}, {"encrypted_messages", 2, 4, 0, 0, 0, 0}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace facebook_samples_test
}  // namespace secateur::test

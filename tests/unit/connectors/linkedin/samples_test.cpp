// SPDX-License-Identifier: GPL-3.0-or-later
// The showcase exports, with counts made by hand.
#include <filesystem>

#include <gtest/gtest.h>

#include "base/messages.hpp"
#include "tests/unit/connectors/linkedin/linkedin_support.hpp"

namespace secateur::test {
namespace linkedin_samples_test {

using namespace on_linkedin;

struct SampleCase {
    const char* name;
    std::size_t groups, activities, mine, unattributed, memberships, contacts, invitations, meetings;
    const char* exported;
    std::map<std::string, std::uint64_t, std::less<>> ignored;
    std::vector<std::string> warnings;
};
class LinkedInSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(LinkedInSamples, GiveWhatWasCountedByHand) {
    const SampleCase& expected = GetParam();
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/linkedin" / expected.name);
    const auto match = linkedin_connector().detect(*source);
    ASSERT_TRUE(match);
    EXPECT_EQ(match->confidence, Confidence::certain);
    ReadContext context;
    context.zone = Zone::utc();
    const auto [owner, exported_at, sink] = read_source(linkedin_connector(), *source, context);
    ASSERT_TRUE(owner.person);
    EXPECT_EQ(owner.person->name, "Solène Bravanti");
    std::size_t mine = 0, unattributed = 0;
    for (const Activity& each : sink.all<Activity>()) {
        mine += each.is_me ? 1 : 0;
        unattributed += each.group.empty() ? 1 : 0;
    }
    EXPECT_EQ(sink.count<Group>(), expected.groups);
    EXPECT_EQ(sink.count<Activity>(), expected.activities);
    EXPECT_EQ(mine, expected.mine);
    EXPECT_EQ(unattributed, expected.unattributed);
    EXPECT_EQ(sink.count<Membership>(), expected.memberships);
    EXPECT_EQ(sink.count<Contact>(), expected.contacts);
    EXPECT_EQ(sink.count<Invitation>(), expected.invitations);
    EXPECT_EQ(sink.count<Meeting>(), expected.meetings);
    EXPECT_EQ(sink.count<Coverage>(), expected.groups + 1);
    EXPECT_EQ(sink.rejected.size(), 0u);
    EXPECT_EQ(sink.ignored, expected.ignored);
    std::vector<std::string> codes;
    for (const auto& warning : sink.warnings) codes.push_back(warning.code);
    EXPECT_EQ(codes, expected.warnings);
    ASSERT_TRUE(exported_at);
    EXPECT_EQ(format_rfc3339(*exported_at), expected.exported);
    for (const auto& warning : sink.warnings)
        for (const Language language : {Language::english, Language::french})
            EXPECT_EQ(render(warning.message, language).find('{'), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInSamples,
        testing::ValuesIn<SampleCase>({
        {"basic", 2, 5, 2, 0, 0, 2, 2, 0, "2026-09-14T23:59:59Z",
                   {{"draft", 1}, {"hidden_connection", 1}, {"sponsored", 1}}, {}},
        // 4 shares, 4 comments, 2 reactions, a vote, a repost; of these 2 + 2 + 1 in groups by number
        {"complete", 4, 12, 12, 7, 2, 0, 0, 0, "2026-09-15T23:59:59Z", {}, {"unnamed_group", "unnamed_group"}},
        {"selection", 0, 0, 0, 0, 0, 3, 4, 2, "2026-09-20T23:59:59Z", {{"unfollowed", 1}}, {"repaired_rows"}}}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace linkedin_samples_test
}  // namespace secateur::test

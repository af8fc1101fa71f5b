// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>

#include <gtest/gtest.h>

#include "tests/unit/connectors/linkedin/linkedin_support.hpp"

namespace secateur::test {
namespace linkedin_detect_test {

using namespace on_linkedin;

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    std::optional<Confidence> expected;
};
class LinkedInDetect : public testing::TestWithParam<DetectCase> {};
TEST_P(LinkedInDetect, SaysWhatItIs) {
    const MemorySource source("export", GetParam().files);
    const auto match = linkedin_connector().detect(source);
    ASSERT_EQ(match.has_value(), GetParam().expected.has_value());
    if (match) {
        EXPECT_EQ(match->confidence, *GetParam().expected);
    }
}
const std::string contacts = "Notes:\n\"Some of the addresses, as you see, are missing.\"\n\n" + connections_header;
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInDetect,
    testing::ValuesIn<DetectCase>({
        {"basic", {{"Connections.csv", contacts}, {"Profile.csv", profile}}, Confidence::certain},
        {"complete_with_member_ids",
                   {{"Shares_12345678.csv", shares_header},
                    {"Comments_12345678.csv", comments_header},
                    {"Jobs/Job Applications.csv", "x"}},
                   Confidence::certain},
        {"wrapper_folder", {{"Basic/Connections.csv", contacts}, {"Basic/Profile.csv", profile}}, Confidence::certain},
        {"with_a_readme_beside",
                   {{"Basic/Connections.csv", contacts}, {"Basic/Profile.csv", profile}, {"README.md", "x"}},
                   Confidence::certain},
        {"something_else_beside",
                   {{"Basic/Connections.csv", contacts}, {"Basic/Profile.csv", profile}, {"chat/result.json", "{}"}},
                   std::nullopt},
        {"two_archives_side_by_side", {{"a/Connections.csv", contacts}, {"b/Connections.csv", contacts}}, std::nullopt},
        {"connections_alone", {{"Connections.csv", contacts}}, Confidence::certain},
        {"comments_alone", {{"Comments_123.csv", comments_header}}, Confidence::likely},
        {"connections_renamed", {{"mes relations.csv", contacts}}, Confidence::certain},
        {"french_header",
                   {{"Connections.csv", "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connecté le\n"}},
                   Confidence::certain},
        {"semicolons", {{"Shares.csv", "Date;ShareLink;ShareCommentary\n"}}, Confidence::certain},
        {"byte_order_mark", {{"Shares.csv", "\xEF\xBB\xBF" + shares_header}}, Confidence::certain},
        {"quoted_header", {{"messages.csv", "\"CONVERSATION ID\",\"FROM\",\"DATE\",\"CONTENT\"\n"}}, Confidence::certain},
        {"comments_of_another_site", {{"Comments.csv", "Comment ID,Channel ID,Comment Text\n"}}, std::nullopt},
        {"same_name_other_table", {{"messages.csv", "id,text\n1,x\n"}, {"events.csv", "a,b\n"}}, std::nullopt},
        {"a_table_of_posts", {{"posts.csv", "group,created_at,text\n"}}, std::nullopt},
        {"only_a_date_and_a_link", {{"links.csv", "Date,Link\n"}}, std::nullopt},
        {"placeholder_only", {{"LearningCoachMessages.csv", "No conversations found\n"}}, std::nullopt},
        {"no_entries", {}, std::nullopt}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInOpen, RefusesTablesWithoutAKnownHeader) {
    const MemorySource source("export", {{"Connections.csv", "nothing of the kind\n"}});
    EXPECT_THROW((void)linkedin_connector().open(source, {}), Error);
}

struct FileCase {
    const char* name;
    std::string file;
    bool is_read;
};
class LinkedInFileNames : public testing::TestWithParam<FileCase> {};
TEST_P(LinkedInFileNames, AreKnownInAllTheirSpellings) {
    const VectorSink sink =
        read_table(GetParam().file, GetParam().file.starts_with("Comp") || GetParam().file.starts_with("comp")
                                        ? "Organization,Followed On\nAcme,Sat Sep 05 08:12:14 UTC 2026\n"
                                        : shares_header + "2026-05-09 08:00:00," + urn("share:1") + ",x,,,\n");
    EXPECT_EQ(sink.count<Activity>() + sink.count<Contact>(), GetParam().is_read ? 1u : 0u);
}
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInFileNames,
    testing::ValuesIn<FileCase>({
        {"plain", "Shares.csv", true}, {"member_id", "Shares_845120937.csv", true},
        {"space_and_id", "shares 845120937.CSV", true}, {"backup", "Shares_backup.csv", false},
        {"glued_number", "Shares2.csv", false}, {"sub_folder", "Jobs/Shares.csv", false},
        {"other_ending", "Shares.csv.txt", false}, {"space", "Company Follows.csv", true},
        {"underscore", "company_follows.csv", true}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInFileNames, ThePlainOneWinsAndTheOtherIsNamed) {
    const Reading reading =
        read_linkedin({{"Profile.csv", profile},
                       {"Shares.csv", shares_header + "2026-05-09 08:00:00," + urn("share:1") + ",plain,,,\n"},
                       {"Shares_9.csv", shares_header + "2026-05-09 08:00:00," + urn("share:2") + ",other,,,\n"}});
    ASSERT_EQ(reading.sink.count<Activity>(), 1u);
    EXPECT_EQ(reading.sink.all<Activity>()[0].text, "plain");
    EXPECT_TRUE(reading.sink.warned("file_set_aside"));
}

TEST(LinkedInFileNames, ProfileSummaryIsNoProfile) {
    const Reading reading =
        read_linkedin({{"Profile Summary.csv", "First Name,Last Name,Headline\nSome,Body,\n"}, {"Shares.csv", shares_header}});
    EXPECT_FALSE(reading.owner.person);
}

TEST(LinkedInFiles, WithUnknownColumnsAreNamed) {
    const VectorSink sink = read_table("Shares.csv", "Datum,Verweis\n2026-05-09 08:00:00,x\n");
    EXPECT_TRUE(sink.warned("unknown_header"));
    EXPECT_EQ(sink.count<Activity>(), 0u);
}

TEST(LinkedInFiles, PlaceholdersAndCoachesAreNoRecords) {
    const Reading reading =
        read_linkedin({{"Profile.csv", profile},
                       {"LearningCoachMessages.csv", "No conversations found"},
                       {"coach_messages.csv", messages_header + "2-x,,Coach,,Léa Exemple,,2026-01-01 10:00:00 UTC,,Hello,,,\n"},
                       {"guide_messages.csv", messages_header}});
    EXPECT_EQ(reading.sink.count<Activity>(), 0u);
    EXPECT_EQ(reading.sink.ignored_for("coach_messages"), 1u);
    EXPECT_FALSE(reading.sink.warned("unknown_header"));
}

}  // namespace linkedin_detect_test
}  // namespace secateur::test

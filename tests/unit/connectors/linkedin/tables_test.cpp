// SPDX-License-Identifier: GPL-3.0-or-later
// Quoting as LinkedIn does it, and what spreadsheets make of it: nothing may get lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/connectors/linkedin/linkedin_support.hpp"

namespace secateur::test {
namespace linkedin_tables_test {

using namespace on_linkedin;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string day = "2026-05-08 09:00:00,";

std::vector<std::string> texts(const VectorSink& sink) {
    std::vector<std::string> found;
    for (const Activity& each : sink.all<Activity>()) found.push_back(each.text);
    return found;
}

struct CommentCase {
    const char* name;
    std::string rows;
    std::vector<std::string> expected;
    std::size_t rejected = 0;
};
class LinkedInCommentRows : public testing::TestWithParam<CommentCase> {};
TEST_P(LinkedInCommentRows, KeepEveryText) {
    const VectorSink sink = read_table("Comments_1.csv", comments_header + GetParam().rows);
    EXPECT_EQ(texts(sink), GetParam().expected);
    EXPECT_EQ(sink.rejected.size(), GetParam().rejected);
}
const std::string link = urn("activity:74") + ",";
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInCommentRows,
    testing::ValuesIn<CommentCase>({
        {"plain", day + link + "Thanks\n" + day + link + "Bye", {"Thanks", "Bye"}},
        {"doubled_quotes_over_lines", day + link + "\"He said \"\"no\"\"\n\nand left\"\n", {"He said \"no\"\n\nand left"}},
        {"backslash_quotes", day + link + R"("He said \"no\", and left")" + "\n", {"He said \"no\", and left"}},
        {"backslash_quotes_over_lines",
                    day + link + "\"He said \\\"no\\\"\n\nand \\\"left\\\"\"\n" + day + link + "Bye\n",
                    {"He said \"no\"\n\nand \"left\"", "Bye"}},
        {"backslash_quote_that_keeps_the_number_of_cells", day + link + R"("A \"word\"")" + "\n", {"A \"word\""}},
        {"backslash_at_the_end_is_no_escape",
                    day + link + "\"C:\\dir\\\"\n" + day + link + "\"Bye, then\"\n",
                    {"C:\\dir\\", "Bye, then"}},
        {"unquoted_commas", day + link + "Yes, no, maybe\n", {"Yes, no, maybe"}},
        {"unquoted_commas_without_date", "," + link + "Yes, no\n", {"Yes, no"}},
        {"padded_with_commas", day + link + "Yes,,,\n", {"Yes"}},
        {"unquoted_line_breaks",
                    day + link + "First line\nsecond, with comma\nthird\n" + day + link + "Bye\n",
                    {"First line\nsecond, with comma\nthird", "Bye"}},
        {"a_line_of_three_cells_is_text", day + link + "One\ntwo, three, four\n", {"One\ntwo, three, four"}},
        {"no_date", "," + link + "Undated\n", {"Undated"}},
        {"not_available", "N/A," + link + "Undated\n", {"Undated"}},
        {"missing_last_cell", day + urn("activity:74") + "\n", {""}},
        {"bad_date_is_refused", "05/07/2026 16:41," + link + "x\n" + day + link + "Bye\n", {"Bye"}, 1},
        {"text_before_any_row_is_refused", "lost words\n" + day + link + "Bye\n", {"Bye"}, 1},
        {"unclosed_quote_is_refused", day + link + "Hello\n" + day + link + "\"cut he", {"Hello"}, 1}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInTables, RefusedRowsAreShownAsTheyStandInTheFile) {
    const std::string bad = "yesterday," + urn("activity:74") + ",\"a \"\"b\"\"\"";
    const VectorSink sink = read_table("Comments.csv", comments_header + day + link + "x\n" + bad + "\n" + day + link + "y\n");
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].raw, bad);
    EXPECT_EQ(sink.rejected[0].problem.where.line, 3u);
    EXPECT_EQ(sink.rejected[0].problem.where.record, 2u);
    EXPECT_EQ(sink.rejected[0].problem.reason, msg("linkedin.bad_date", arg("value", "yesterday")));
}

TEST(LinkedInTables, LongTextInTheColumnOfTheDateIsNotRepeated) {
    const std::string text = "something that somebody wrote in confidence";
    const VectorSink sink = read_table("Comments.csv", comments_header + text + "," + link + "x\n");
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason, msg("linkedin.bad_date", arg("value", "…")));
}

TEST(LinkedInTables, SaysHowManyRowsWereMended) {
    const VectorSink sink =
        read_table("Comments.csv", comments_header + day + link + "One\ntwo\n" + day + link + "Yes, no\n" + day + link + "z\n");
    ASSERT_EQ(sink.warnings.size(), 1u);
    EXPECT_EQ(sink.warnings[0].message, msg("linkedin.repaired", arg("file", "Comments.csv"), arg("count", 2)));
}

TEST(LinkedInTables, SharesLoseTheQuotesAroundEachLine) {
    const VectorSink sink = read_table("Shares.csv", shares_header + day + urn("groupPost:5-7001") +
                                                         ",\"\"\"First\"\"\n\"\"Second\"\"\",,,MEMBER_NETWORK\n" + day +
                                                         urn("share:7002") + ",\"Our \"\"free\"\" guide\",,,MEMBER_NETWORK\n");
    EXPECT_THAT(texts(sink), ElementsAre("First\nSecond", "Our \"free\" guide"));
    EXPECT_THAT(sink.warnings, testing::SizeIs(1));  // the name of group 5, nothing about the file
}

TEST(LinkedInTables, TornSharesKeepTheirText) {
    const VectorSink sink = read_table(
        "Shares.csv", shares_header + day + urn("share:7002") + ",One\ntwo, three\n" + day + urn("share:7003") + ",Bye,,,X\n");
    EXPECT_THAT(texts(sink), ElementsAre("One\ntwo, three", "Bye"));
    EXPECT_THAT(sink.rejected, IsEmpty());
}

struct ResavedCase {
    const char* name;
    std::string text;
    bool warned;
};
class LinkedInResaved : public testing::TestWithParam<ResavedCase> {};
TEST_P(LinkedInResaved, IsReadAndSaid) {
    const VectorSink sink = read_table("Connections.csv", GetParam().text);
    EXPECT_EQ(sink.count<Contact>(), 1u);
    EXPECT_EQ(sink.all<Contact>()[0].person.name, "Zoé Inventée");
    EXPECT_EQ(sink.all<Contact>()[0].connected->precision, Precision::day);
    EXPECT_EQ(sink.warned("resaved_by_spreadsheet"), GetParam().warned);
}
INSTANTIATE_TEST_SUITE_P(
    LinkedIn, LinkedInResaved,
    testing::ValuesIn<ResavedCase>({
        {"as_sent", connections_header + "Zoé,Inventée,,,,,08 Feb 2026", false},
        {"byte_order_mark", "\xEF\xBB\xBF" + connections_header + "Zoé,Inventée,,,,,08 Feb 2026\n", true},
        {"crlf_in_the_header", "First Name,Last Name,Connected On\r\nZoé,Inventée,08 Feb 2026\n", true},
        {"its_dates", "First Name,Last Name,Connected On\nZoé,Inventée,4-Apr-21\n", true},
        {"semicolons", "First Name;Last Name;Connected On\nZoé;Inventée;08 Feb 2026\n", true},
        {"windows_1252",
                    "First Name;Last Name;Connected On\nZo\xE9;Invent\xE9"
                    "e;08 Feb 2026\n",
                    true}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LinkedInTables, RefusedDatesOfASpreadsheetComeWithAWayOut) {
    const VectorSink sink = read_table("Comments.csv", "\xEF\xBB\xBF" + comments_header + "05/07/2026 16:41," + link + "x\n");
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.hint, msg("linkedin.hint_original"));
}

TEST(LinkedInTables, RejectsRowsWithTooFewOrTooManyColumns) {
    const VectorSink sink =
        read_table("Connections.csv",
                   connections_header + "Zoé\nZoé,Inventée,,,Contoso, Ltd.,Ingénieure,08 Feb 2026\nAnn,Fake,,,,,08 Feb 2026\n");
    EXPECT_EQ(sink.count<Contact>(), 1u);
    ASSERT_EQ(sink.rejected.size(), 2u);
    EXPECT_EQ(sink.rejected[0].problem.reason, msg("linkedin.row_short", arg("found", 1), arg("wanted", 7)));
    EXPECT_EQ(sink.rejected[1].problem.reason, msg("linkedin.row_long", arg("found", 8), arg("wanted", 7)));
}

TEST(LinkedInTables, DropsTheCommasASpreadsheetAdds) {
    const VectorSink sink =
        read_table("Reactions.csv", reactions_header + "2026-05-08 09:00:00,LIKE," + urn("activity:7") + ",,,\n");
    EXPECT_EQ(sink.count<Activity>(), 1u);
    EXPECT_THAT(sink.rejected, IsEmpty());
}

TEST(LinkedInTables, JoinADateThatWasNotQuoted) {
    const VectorSink sink = read_table("Recommendations_Given.csv",
                                       recommendations_header + "Ann,Fake,Acme,Boss,Kind, patient,01/24/18, 03:00 PM,VISIBLE\n");
    ASSERT_EQ(sink.count<Invitation>(), 1u);
    EXPECT_EQ(format_rfc3339(sink.all<Invitation>()[0].at->at), "2018-01-24T15:00:00Z");
}

TEST(LinkedInTables, NeverTakeAnEmptyDateFor1970) {
    const VectorSink sink = read_table("Reactions.csv", reactions_header + ",LIKE," + urn("activity:7") + "\n");
    ASSERT_EQ(sink.count<Activity>(), 1u);
    EXPECT_FALSE(sink.all<Activity>()[0].when);
}

TEST(LinkedInTables, RefuseTheFuture) {
    ReadContext context;
    context.today = *parse_date("2026-05-08");
    const VectorSink sink = read_table("Reactions.csv",
                                       reactions_header + "2026-05-09 23:00:00,LIKE," + urn("activity:7") +
                                           "\n2026-05-11 00:00:00,LIKE," + urn("activity:8") + "\n",
                                       context);
    EXPECT_EQ(sink.count<Activity>(), 1u);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, "linkedin.future_date");
}

}  // namespace linkedin_tables_test
}  // namespace secateur::test

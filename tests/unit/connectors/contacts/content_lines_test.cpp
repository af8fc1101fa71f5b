// SPDX-License-Identifier: GPL-3.0-or-later
// Lines as address books and calendars write them: folded, quoted, encoded, too long, broken.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "connectors/content_lines.hpp"

namespace secateur {
namespace contacts_content_lines_test {

using testing::ElementsAre;

std::vector<ContentLine> read(std::string_view text, std::size_t limit = 1 << 16) {
    const auto stream = memory_stream(text);
    ContentLineReader reader(*stream, limit);
    std::vector<ContentLine> lines;
    for (ContentLine line; reader.next(line);) lines.push_back(line);
    return lines;
}

struct ValueCase {
    const char* name;
    std::string text, value;
};
class ContactsValues : public testing::TestWithParam<ValueCase> {};
TEST_P(ContactsValues, AreDecoded) {
    const auto lines = read(GetParam().text);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].value, GetParam().value);
    EXPECT_FALSE(lines[0].is_broken);
}
INSTANTIATE_TEST_SUITE_P(
    ContentLines, ContactsValues,
    testing::ValuesIn<ValueCase>({
        {"plain", "FN:Anna\r\n", "Anna"}, {"colons", "URL:https://a.example:80/\n", "https://a.example:80/"},
        {"folded", "FN:An\r\n na\r\n\t Bo\r\n", "Anna Bo"}, {"folded_in_a_character", "FN:\xC3\r\n \xA9t\xC3\xA9\n", "été"},
        {"byte_order_mark", "\xEF\xBB\xBF" "FN:Anna\n", "Anna"},
        {"quoted_printable", "FN;ENCODING=QUOTED-PRINTABLE:L=C3=A9a\n", "Léa"},
        {"soft_breaks", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=\n=A9a=\n, =\nb\n", "Léa, b"},
        {"bare_encoding", "FN;QUOTED-PRINTABLE:a=20b=\n", "a b"},
        {"wrong_escape", "FN;ENCODING=QUOTED-PRINTABLE:a=ZZ=2\n", "a=ZZ=2"},
        {"charset", "FN;CHARSET=ISO-8859-1:Th\xE9\n", "Thé"}, {"silent_windows", "FN:Th\xE9\n", "Thé"},
        {"unknown_charset", "FN;CHARSET=X-NONE:Thé\n", "Thé"}, {"base64_is_no_soft_break", "PHOTO;BASE64:AA=\n BB==\n", "AA=BB=="},
        {"no_last_line_break", "FN:Anna", "Anna"}, {"empty", "FN:\n", ""},
        {"open_quote", "FN;X=\"a:b\n", "b"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ContactsContentLines, TellNameGroupAndParametersApart) {
    const auto line = read("item1.email;type=INTERNET;type=\"pref,work\";X-Note=\"a;b:c ^'d^'\";HOME:x@y\n").at(0);
    EXPECT_EQ(line.group, "item1");
    EXPECT_EQ(line.name, "EMAIL");
    EXPECT_TRUE(line.has_type("Pref") && line.has_type("WORK") && line.has_type("internet") && line.has_type("home"));
    EXPECT_FALSE(line.has_type("cell"));
    EXPECT_EQ(line.parameter("X-NOTE"), "a;b:c \"d\"");
    EXPECT_EQ(line.parameter("ABSENT"), "");
}

TEST(ContactsContentLines, KnowTheirPlace) {
    const auto lines = read("A:1\r\n 2\r\n\r\nB:3\r\n");
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].line, 1u);
    EXPECT_EQ(lines[0].length, 9u);
    EXPECT_EQ(lines[1].line, 4u);
    EXPECT_EQ(lines[1].offset, 11u);
}

TEST(ContactsContentLines, AreCutAtTheLimitInAWholeCharacter) {
    const auto lines = read("NOTE:éé" + std::string(200'000, 'x') + "\n " + std::string(10, 'y') + "\nFN:Anna\n", 8);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_TRUE(lines[0].is_cut);
    EXPECT_EQ(lines[0].value, "é");
    EXPECT_FALSE(lines[1].is_cut);
    EXPECT_EQ(lines[1].value, "Anna");
}

TEST(ContactsContentLines, WithoutAColonAreBroken) {
    const auto lines = read("just words\nFN:Anna\n");
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_TRUE(lines[0].is_broken);
    EXPECT_EQ(lines[0].value, "just words");
}

TEST(ContactsContentValues, AreSplitWhereNoBackslashStands) {
    EXPECT_THAT(split_content("Mo\\;rel; Isa\\,b\\nelle;;", ';'), ElementsAre("Mo;rel", "Isa,b\nelle", "", ""));
    EXPECT_THAT(split_content("end\\", ';'), ElementsAre("end\\"));
    EXPECT_THAT(split_content("", ';'), ElementsAre(""));
}

struct AddressCase {
    const char* name;
    std::string text, address;
};
class ContactsAddresses : public testing::TestWithParam<AddressCase> {};
TEST_P(ContactsAddresses, AreLowerCaseWithoutTheirScheme) { EXPECT_EQ(mail_address(GetParam().text), GetParam().address); }
INSTANTIATE_TEST_SUITE_P(ContentLines, ContactsAddresses,
                         testing::ValuesIn<AddressCase>({
        {"plain", " Anna@Work.Example ", "anna@work.example"},
        {"mailto", "MAILTO:a@b.example", "a@b.example"}, {"none", "invalid:nomail", ""},
        {"principal", "/aMTYw/principal/", ""}, {"half", "@b", ""},
        {"urn", "urn:uuid:a@b", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace contacts_content_lines_test
}  // namespace secateur

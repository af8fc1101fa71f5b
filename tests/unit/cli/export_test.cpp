// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

namespace secateur {
namespace export_test {

using test::Outcome;
using testing::HasSubstr;
using testing::Not;

class ExportCommand : public testing::Test {
protected:
    test::TempDir dir_;
    test::Program program_{(dir_.path() / "home").string()};

    /// Groups that she is a member of; "reads" and "serves" make them groups to follow from afar.
    void SetUp() override {
        ASSERT_EQ(program_.run({"client", "new", "ann"}).code, 0);
        dir_.write("home/clients/ann/profile.toml", "name = \"Ann\"\n[[objectives]]\nid = \"bees\"\ntext = \"Keep bees\"\nrank = 1\n");
        const std::string table = "platform,group_id,group_name,url,membership\n"
                                  "reddit,bees,Bees & <hives>,https://www.reddit.com/r/bees/,member\n"
                                  "linkedin,12,Beekeepers of Ghent,https://www.linkedin.com/groups/12/,member\n"
                                  "reddit,knots,Knots,https://www.reddit.com/r/knots/,member\n";
        const Outcome imported = program_.run({"import", dir_.write("tables/groups.csv", table).string()});
        ASSERT_EQ(imported.code, 0) << imported.err;
        for (const char* group : {"reddit:bees", "linkedin:12"}) ASSERT_EQ(program_.run({"answer", group, "reads=all", "serves=bees"}).code, 0);
    }
};

TEST_F(ExportCommand, WritesTheCertainFeedsAndNamesTheGroupsWithoutOne) {
    const Outcome outcome = program_.run({"export", "opml"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("<opml version=\"2.0\">"));
    EXPECT_THAT(outcome.out, HasSubstr("text=\"Bees &amp; &lt;hives&gt;\""));
    EXPECT_THAT(outcome.out, HasSubstr("xmlUrl=\"https://www.reddit.com/r/bees/.rss\""));
    EXPECT_THAT(outcome.out, Not(HasSubstr("knots"))) << "it is not advised to follow it";
    EXPECT_THAT(outcome.out, Not(HasSubstr("linkedin")));
    EXPECT_THAT(outcome.err, HasSubstr("1 feed"));
    EXPECT_THAT(outcome.err, HasSubstr("Beekeepers of Ghent"));
}

TEST_F(ExportCommand, WritesAFileAndSaysSoInFrench) {
    const std::string path = (dir_.path() / "feeds.opml").string();
    const Outcome outcome = program_.run({"export", "opml", "--out", path, "--lang", "fr"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr("1 flux"));
    EXPECT_THAT(test::TempDir::read(path), HasSubstr("Groupes à suivre de loin"));
}

TEST_F(ExportCommand, RefusesWhatItCannotWrite) {
    EXPECT_EQ(program_.run({"export", "pdf"}).code, 2);
    EXPECT_EQ(program_.run({"export", "opml", "--out", "/nowhere/feeds.opml"}).code, 1);
}

}  // namespace export_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/messages.hpp"
#include "cli/profile_file.hpp"
#include "tests/support/temp_dir.hpp"

namespace secateur::cli {
namespace profile_file_test {

Profile full_profile() {
    Profile profile;
    profile.name = "Zoé \"la rapide\"";
    profile.language = "fr";
    profile.timezone = "Europe/Brussels";
    profile.minutes_per_week = 240;
    profile.platform_minutes = {{"linkedin", 90}, {"copains-d-avant", 5.5}};
    profile.names = {"Zoé Exemple", "Z. E."};
    profile.handles = {"@zoe"};
    profile.emails = {"zoe@example.org"};
    profile.phones = {"+33 6 39 98 00 01"};
    profile.ids = {"1000"};
    profile.objectives = {{.id = "visible", .text = "Être visible", .rank = 1, .start = parse_date("2026-01-02"), .done = parse_date("2026-09-20"),
                           .trade = {"RH"}, .sector = {}, .place = {"Bruxelles"}, .people = {"DRH"}, .interests = {}},
                          {.id = "meet", .text = "Meet people", .rank = 2}};
    profile.pinned = {"whatsapp:famille"};
    profile.policy = {{"leave_probability", 0.1}};
    return profile;
}

TEST(ProfileFile, ReadsBackWhatItWrote) {
    test::TempDir dir;
    const Profile profile = full_profile();
    save_profile(profile, dir.path() / "profile.toml");
    const Profile read = load_profile(dir.path() / "profile.toml");
    EXPECT_EQ(read.name, profile.name);
    EXPECT_EQ(read.language, profile.language);
    EXPECT_EQ(read.timezone, profile.timezone);
    EXPECT_EQ(read.minutes_per_week, profile.minutes_per_week);
    EXPECT_EQ(read.platform_minutes, profile.platform_minutes);
    EXPECT_EQ(read.names, profile.names);
    EXPECT_EQ(read.phones, profile.phones);
    EXPECT_EQ(read.pinned, profile.pinned);
    EXPECT_EQ(read.policy, profile.policy);
    ASSERT_EQ(read.objectives.size(), 2u);
    EXPECT_EQ(read.objectives[0].done, profile.objectives[0].done);
    EXPECT_EQ(read.objectives[0].place, profile.objectives[0].place);
    EXPECT_EQ(profile_text(read), profile_text(profile));
}

TEST(ProfileFile, IsEmptyWhereThereIsNone) {
    test::TempDir dir;
    EXPECT_TRUE(load_profile(dir.path() / "none.toml").objectives.empty());
}

struct BadCase {
    std::string name, text;
    std::uint64_t line;
    std::string says;
};
class BadProfile : public testing::TestWithParam<BadCase> {};

TEST_P(BadProfile, IsRefusedWithItsLine) {
    test::TempDir dir;
    try {
        (void)load_profile(dir.write("profile.toml", GetParam().text));
        FAIL() << "was read";
    } catch (const Error& error) {
        EXPECT_EQ(error.problem().where.line, GetParam().line);
        EXPECT_THAT(render(error.problem().reason, Language::english), testing::HasSubstr(GetParam().says));
    }
}
INSTANTIATE_TEST_SUITE_P(Cases, BadProfile,
                         testing::ValuesIn(std::vector<BadCase>{
                             {"no_toml", "name = \"Ann\"\nminutes_per_week 3\n", 2, "TOML"},
                             {"unknown_key", "name = \"Ann\"\nlangage = \"fr\"\n", 2, "langage"},
                             {"number_as_text", "minutes_per_week = \"many\"\n", 1, "minutes_per_week"},
                             {"negative_minutes", "[minutes]\nlinkedin = -4\n", 2, "linkedin"},
                             {"unknown_language", "language = \"de\"\n", 1, "de"},
                             {"unknown_zone", "\ntimezone = \"Paris\"\n", 2, "Paris"},
                             {"bad_date", "[[objectives]]\nid = \"a\"\ntext = \"b\"\nstart = \"soon\"\n", 4, "start"},
                             {"objective_without_text", "[[objectives]]\nid = \"a\"\n", 1, "text"},
                             {"same_id_twice", "[[objectives]]\nid = \"a\"\ntext = \"b\"\n[[objectives]]\nid = \"a\"\ntext = \"c\"\n", 4, "a"},
                             {"unknown_threshold", "[policy]\nleave_quickly = 1\n", 2, "leave_quickly"},
                         }),
                         [](const auto& test) { return test.param.name; });

}  // namespace profile_file_test
}  // namespace secateur::cli

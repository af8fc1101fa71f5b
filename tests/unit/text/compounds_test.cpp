// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/compounds.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace secateur {
namespace compounds_test {

struct CompoundCase {
    const char* name;
    const char* written;
    const char* parts;  // separated by spaces; empty: it stays whole
};
class CompoundsTest : public testing::TestWithParam<CompoundCase> {};

std::string parts_of(std::string_view written, const Compounds::IsWord& is_word) {
    Stemmer stemmer;
    std::string out;
    for (const std::string_view part : Compounds(stemmer, is_word).parts(written)) out += (out.empty() ? "" : " ") + std::string(part);
    return out;
}

TEST_P(CompoundsTest, AreReadAsTheirWords) {
    const auto is_word = [](std::string_view word) { return std::set<std::string_view>{"quokka", "wombat", "understanding", "under", "standing"}.contains(word); };
    EXPECT_EQ(parts_of(GetParam().written, is_word), GetParam().parts);
}

INSTANTIATE_TEST_SUITE_P(Names, CompoundsTest, testing::ValuesIn(std::vector<CompoundCase>{
    {"english", "humanresources", "human resources"},
    {"french", "ressourceshumaines", "ressources humaines"},
    {"with_another_word", "quokkaprogramming", "quokka programming"},
    {"with_a_small_word", "formationdesadultes", "formation des adultes"},
    {"one_word", "programming", ""},
    {"one_other_word", "understanding", ""},
    {"no_topic_in_it", "quokkawombat", ""},
    {"a_rest_that_is_no_word", "trainingxqzw", ""},
    {"short", "webdev", ""},
    {"digits", "training2026", ""},
}), [](const auto& test) { return test.param.name; });

TEST(CompoundsAlone, KnowTheLexiconWithoutOtherWords) {
    EXPECT_EQ(parts_of("humanresources", {}), "human resources");
    EXPECT_EQ(parts_of("quokkaprogramming", {}), "");
}

}  // namespace compounds_test
}  // namespace secateur

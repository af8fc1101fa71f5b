// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/tokens.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace secateur {
namespace tokens_test {

struct Case {
    const char* name;
    const char* text;
    std::vector<std::string> tokens;
};

class Tokens : public testing::TestWithParam<Case> {};

TEST_P(Tokens, AreWhatTheTextIsAbout) {
    std::vector<std::string> found;
    for (const Token& each : tokenise(GetParam().text)) found.push_back(each.text);
    EXPECT_EQ(found, GetParam().tokens);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Tokens,
    testing::ValuesIn<Case>({
        {"empty", "", {}},
        {"only_signs", " — ! … 🎉", {}},
        {"french_elisions", "L’emploi d'aujourd'hui qu’on cherche", {"emploi", "aujourdhui", "on", "cherche"}},
        {"elision_before_accent", "l'Éducation", {"éducation"}},
        {"english_endings", "Women's network, don't worry", {"women", "network", "dont", "worry"}},
        {"accents_stay", "Été à Liège", {"été", "à", "liège"}},
        {"composed_and_decomposed_are_one", "e\xCC\x81te\xCC\x81", {"été"}},
        {"full_width_folds", "\xEF\xBC\xA8\xEF\xBC\xB2", {"hr"}},
        {"hyphens_split", "savoir-faire", {"savoir", "faire"}},
        {"protected_names", "C++, C# et .NET pour la R&D", {"c++", "c#", "et", ".net", "pour", "la", "r&d"}},
        {"protected_names_end_at_words", "L&D day, C++11", {"l&d", "day", "c", "11"}},
        {"links_keep_their_domain",
         "voir https://www.formation.example/notes?id=3 demain",
         {"voir", "demain", "formation.example"}},
        {"handles_vanish", "merci @isabelle_m pour tout", {"merci", "pour", "tout"}},
        {"addresses_vanish", "écrire à isa@example.org vite", {"écrire", "à", "vite"}},
        {"hashtags_keep_whole_and_parts", "#FormationRH #emploi", {"formationrh", "formation", "rh", "emploi"}},
        {"hashtag_with_underscore", "#soft_skills", {"softskills", "soft", "skills"}},
        {"ill_formed_bytes_separate", "vel\xFFo", {"vel", "o"}},
    }),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Tokens, KeepTheWordAsWritten) {
    const auto tokens = tokenise("L’Emploi");
    ASSERT_EQ(tokens.size(), 1U);
    EXPECT_EQ(tokens[0].written, "Emploi");
}

TEST(Tokens, SayWhatKindTheyAre) {
    const auto tokens = tokenise("C++ #rust https://example.org/x mot");
    ASSERT_EQ(tokens.size(), 4U);
    EXPECT_EQ(tokens[0].kind, Token::Kind::name);
    EXPECT_EQ(tokens[1].kind, Token::Kind::hashtag);
    EXPECT_EQ(tokens[2].kind, Token::Kind::word);
    EXPECT_EQ(tokens[3].kind, Token::Kind::domain);
}

}  // namespace tokens_test
}  // namespace secateur

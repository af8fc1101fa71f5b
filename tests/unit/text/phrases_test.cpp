// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/phrases.hpp"

#include <gtest/gtest.h>

namespace secateur {
namespace phrases_test {

class Phrases : public testing::Test {
protected:
    void add(std::string_view phrase, Language language, std::uint32_t number) { table_.add(phrase, language, number, stemmer_); }
    std::vector<PhraseTable::Hit> find(std::string_view text, std::size_t at) {
        return table_.find(stem_tokens(tokenise(text), stemmer_), at);
    }

    Stemmer stemmer_;
    PhraseTable table_;
};

TEST_F(Phrases, GiveTheLongestFirst) {
    add("formation", Language::french, 1);
    add("formation professionnelle", Language::french, 2);
    const auto hits = find("formations professionnelles", 0);
    ASSERT_EQ(hits.size(), 2U);
    EXPECT_EQ(hits[0].number, 2U);
    EXPECT_EQ(hits[0].length, 2U);
    EXPECT_EQ(hits[1].number, 1U);
}

TEST_F(Phrases, AreFoundWithoutTheirAccents) {
    add("développement", Language::french, 1);
    EXPECT_EQ(find("developpement", 0).size(), 1U);
    EXPECT_EQ(find("développement", 0).size(), 1U);
}

TEST_F(Phrases, WithAHyphenAreFoundInOnePiece) {
    add("start-up", Language::english, 1);
    EXPECT_EQ(find("start up", 0).size(), 1U);
    EXPECT_EQ(find("startup", 0).size(), 1U);
}

TEST_F(Phrases, DoNotRunPastTheEnd) {
    add("ressources humaines", Language::french, 1);
    EXPECT_TRUE(find("ressources", 0).empty());
}

TEST_F(Phrases, MatchWholeWordsOnly) {
    add("tp", Language::english, 1);
    EXPECT_TRUE(find("outplacement", 0).empty());
}

}  // namespace phrases_test
}  // namespace secateur

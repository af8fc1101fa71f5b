// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/stems.hpp"

#include <gtest/gtest.h>

namespace secateur {
namespace stems_test {

TEST(Stems, JoinTheFormsOfAFrenchWord) {
    Stemmer stemmer;
    EXPECT_EQ(stemmer.stem("formations", Language::french), stemmer.stem("formation", Language::french));
    EXPECT_EQ(stemmer.stem("recruteuses", Language::french), stemmer.stem("recruter", Language::french));
}

TEST(Stems, JoinTheFormsOfAnEnglishWord) {
    Stemmer stemmer;
    EXPECT_EQ(stemmer.stem("learning", Language::english), "learn");
    EXPECT_EQ(stemmer.stem("recruiters", Language::english), stemmer.stem("recruiter", Language::english));
}

TEST(Stems, FoldAccentsAfterStemming) {
    Stemmer stemmer;
    EXPECT_EQ(stemmer.stem("éducation", Language::french), "educ");
}

TEST(Stems, KnowEachLanguageApart) {
    Stemmer stemmer;
    EXPECT_NE(stemmer.stem("running", Language::french), stemmer.stem("running", Language::english));
}

TEST(Stems, StayValidWhileOthersAreMade) {
    Stemmer stemmer;
    const std::string& first = stemmer.stem("formation", Language::french);
    const std::string copy = first;
    for (int i = 0; i < 2000; ++i) (void)stemmer.stem("mot" + std::to_string(i), Language::french);
    EXPECT_EQ(first, copy);
}

}  // namespace stems_test
}  // namespace secateur

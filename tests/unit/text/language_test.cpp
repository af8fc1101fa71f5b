// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/language.hpp"

#include <gtest/gtest.h>

#include <string>

namespace secateur {
namespace language_test {

struct Case {
    const char* name;
    const char* text;
    const char* said;
    Tongue tongue;
};

class DetectTongue : public testing::TestWithParam<Case> {};

TEST_P(DetectTongue, TellsFrenchAndEnglishFromTheRest) {
    EXPECT_EQ(detect_tongue(GetParam().text, GetParam().said), GetParam().tongue);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, DetectTongue,
    testing::ValuesIn<Case>({
        {"nothing", "", "", Tongue::unsure},
        {"french_sentence", "Groupe d'entraide pour les responsables de formation, avec des rencontres tous les mois.", "",
         Tongue::french},
        {"english_sentence", "A place for people who want to share what they learn about training and work.", "",
         Tongue::english},
        {"dutch_sentence",
         "Wij zijn een groep van vrijwilligers die elke week samen Nederlands oefenen in de bibliotheek van Brussel.", "",
         Tongue::other},
        {"german_sentence", "Wir treffen uns jede Woche und sprechen über die Arbeit und das Leben in der Stadt.", "",
         Tongue::other},
        {"french_title", "Les passionnés du potager", "", Tongue::french},
        {"english_title", "Friends of the city library", "", Tongue::english},
        {"names_only", "JLPT N3", "", Tongue::unsure},
        {"the_source_settles_it", "RH Bruxelles", "fr-BE", Tongue::french},
        {"the_source_names_another", "Wandelen", "nl", Tongue::other},
        {"a_bad_tag_is_no_answer", "Les passionnés du potager", "??", Tongue::french},
    }),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace language_test
}  // namespace secateur

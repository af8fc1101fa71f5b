// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/thanks.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace secateur {
namespace thanks_test {

struct Case {
    const char* name;
    const char* text;
};
std::string name_of(const testing::TestParamInfo<Case>& info) { return info.param.name; }

class Thanks : public testing::TestWithParam<Case> {};
TEST_P(Thanks, AreGiven) { EXPECT_TRUE(is_thanks(GetParam().text)) << GetParam().text; }
INSTANTIATE_TEST_SUITE_P(French, Thanks, testing::ValuesIn<Case>({
    {"bare", "Merci !"},
    {"noun", "merci pour le partage, c’est précieux"},
    {"possessive", "Merci de votre retour si rapide"},
    {"past_infinitive", "Merci d'avoir pris le temps de me répondre"},
    {"having_come", "Merci d’être venus si nombreux samedi"},
    {"to_all", "Un grand merci à toutes et tous, quelle soirée"},
    {"formal", "Je vous remercie de votre accueil"},
    {"want_to", "Je tenais à vous remercier pour hier soir"},
    {"credit", "C'est grâce à vous que j'ai trouvé ce poste"},
    {"grateful", "Je vous suis très reconnaissante"},
    {"short", "mrc bcp 🙏"},
    {"long", "Merciiiii Paul"},
    {"before_a_request", "Merci ! Tu aurais aussi le numéro du propriétaire ?"},
    {"after_a_request_with_acknowledgement", "Tu peux me l'envoyer ? Ok parfait, merci"},
    {"kindness", "C'est vraiment gentil de ta part"}}), name_of);
INSTANTIATE_TEST_SUITE_P(English, Thanks, testing::ValuesIn<Case>({
    {"bare", "Thanks!"},
    {"gerund", "Thank you for sharing this"},
    {"verb", "I'd like to thank everyone who came"},
    {"enough", "I can't thank you enough"},
    {"to_you", "Thanks to you I found the flat"},
    {"to_all", "Many thanks to all of you"},
    {"appreciate", "I really appreciate your help"},
    {"much_appreciated", "Your notes are much appreciated"},
    {"grateful", "So grateful for this group, you are the best"},
    {"short", "thx a lot mate"},
    {"say", "Just wanted to say thank you"}}), name_of);

class NoThanks : public testing::TestWithParam<Case> {};
TEST_P(NoThanks, AreSeen) { EXPECT_FALSE(is_thanks(GetParam().text)) << GetParam().text; }
INSTANTIATE_TEST_SUITE_P(French, NoThanks, testing::ValuesIn<Case>({
    {"infinitive", "Merci de m'ajouter à votre réseau"},
    {"would_you", "Merci de bien vouloir répondre avant lundi"},
    {"not_to", "Merci de ne pas fumer dans le couloir"},
    {"be_punctual", "Merci d’être ponctuels"},
    {"advance", "Quelqu'un a un plombier ? Merci d'avance"},
    {"by_advance", "Je vous remercie par avance de votre réponse"},
    {"no", "Non merci, ça ira"},
    {"god", "Dieu merci, il ne pleut plus"},
    {"mercy", "On est à la merci de la météo"},
    {"pitiless", "Un match sans merci"},
    {"closing", "Vous connaissez un bon comptable ? Merci"},
    {"closing_without_a_mark", "Je cherche une salle pour vingt personnes. Merci à tous"},
    {"reported", "Il m'a dit merci et il est parti"},
    {"third_person", "La direction a remercié les bénévoles"},
    {"thank_verb_infinitive", "Je vous remercie de m’envoyer vos coordonnées"},
    {"quoted", "Elle a répondu « merci beaucoup » et rien d'autre"},
    {"quoted_line", "> Merci pour tout\nJe ne suis pas d'accord"},
    {"chorus", "Merci à ceux qui pourront venir aider samedi"},
    {"future", "Tu me remercieras plus tard"},
    {"nothing", "Réunion mardi à 18 h, salle 4"}}), name_of);
INSTANTIATE_TEST_SUITE_P(English, NoThanks, testing::ValuesIn<Case>({
    {"advance", "Thanks in advance for any help"},
    {"no", "No thanks, I'm fine"},
    {"cause", "Thanks to the new law, rents went down"},
    {"any_help", "Any help would be appreciated"},
    {"would_appreciate", "I would appreciate it if you could reply"},
    {"closing", "Does anyone know a good dentist? Thanks"},
    {"reported", "She said thanks and left"},
    {"god", "Thank God it's Friday"},
    {"later", "You'll thank me later"},
    {"card", "I wrote a thank you note to my aunt"},
    {"somebody_else", "Please thank your sister for me"},
    {"holiday", "Happy Thanksgiving everyone"}}), name_of);

TEST(Requests, AreSeenWithAndWithoutAQuestionMark) {
    EXPECT_TRUE(speech_acts("Je cherche un formateur pour mars").request);
    EXPECT_TRUE(speech_acts("Merci de m'envoyer vos disponibilités").request);
    EXPECT_TRUE(speech_acts("Could you send me the slides").request);
    EXPECT_TRUE(speech_acts("On se voit vendredi ? J'aurais besoin d'un conseil").request);
    EXPECT_TRUE(speech_acts("Ça va ? Quelqu'un a le compte rendu ?").request);
    EXPECT_FALSE(speech_acts("Un café la semaine prochaine ?").request) << "company, not help";
    EXPECT_TRUE(speech_acts("Utile pour nos parcours ?").request);
    EXPECT_FALSE(speech_acts("Utile pour nos parcours ?").plea);
    EXPECT_TRUE(speech_acts("Quelqu'un connaît ce formateur ?").plea);
    EXPECT_FALSE(speech_acts("How are you? Shall we meet on Friday?").request);
    EXPECT_FALSE(speech_acts("Voici le compte rendu de la réunion").request);
    EXPECT_FALSE(speech_acts("Here are the notes of the meeting").request);
}

TEST(Introductions, AreOfOthersAndNotOfMyself) {
    EXPECT_TRUE(speech_acts("Claire, je te présente Noor, qui recrute des formateurs").introduction);
    EXPECT_TRUE(speech_acts("Let me introduce you to Ada, she runs the meetup").introduction);
    EXPECT_FALSE(speech_acts("Merci pour la mise en relation avec ta DRH, nous nous parlons jeudi").introduction) << "hers, not mine";
    EXPECT_FALSE(speech_acts("Thanks so much for wanting to put you in touch with me").introduction);
    EXPECT_FALSE(speech_acts("Je viens. Puis-je amener une collègue ?").request) << "company, not help";
    EXPECT_FALSE(speech_acts("Bonjour, je me présente : Isabelle").introduction);
    EXPECT_FALSE(speech_acts("Let me introduce myself").introduction);
    EXPECT_FALSE(speech_acts("Je vous présente mon nouveau livre").introduction);
}

/// Lines labelled by somebody who had not read the rules: 1 where the writer thanks the readers.
class Labelled : public testing::TestWithParam<Case> {};
TEST_P(Labelled, PrecisionAndRecallReachTheirMark) {
    std::ifstream lines(std::string(SECATEUR_SOURCE_DIR) + "/tests/data/thanks/" + GetParam().text);
    ASSERT_TRUE(lines) << "no " << GetParam().text;
    int right = 0, wrong = 0, missed = 0, all = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.size() < 3 || line[1] != '\t') continue;
        ++all;
        const bool labelled = line[0] == '1', found = is_thanks(line.substr(2));
        right += labelled && found;
        wrong += !labelled && found;
        missed += labelled && !found;
    }
    EXPECT_GE(all, 200);
    const double precision = static_cast<double>(right) / std::max(1, right + wrong), recall = static_cast<double>(right) / std::max(1, right + missed);
    RecordProperty("precision", std::to_string(precision));
    RecordProperty("recall", std::to_string(recall));
    EXPECT_GE(precision, 0.90) << wrong << " wrongly seen";
    EXPECT_GE(recall, 0.85) << missed << " missed";
}
INSTANTIATE_TEST_SUITE_P(Lines, Labelled, testing::ValuesIn<Case>({{"fr", "fr.tsv"}, {"en", "en.tsv"}}), name_of);

}  // namespace thanks_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/cues.hpp"

#include <gtest/gtest.h>

#include "tests/support/history_builder.hpp"

namespace secateur {
namespace cues_test {

using test::group;
using test::HistoryBuilder;
const Policy policy;

std::optional<Purpose> purpose_of(const GroupHistory& history) {
    static const Cues cues;
    const auto found = cues.purpose(history, policy);
    return found ? std::optional(found->purpose) : std::nullopt;
}

struct PurposeCase {
    const char* name;
    const char* title;
    const char* about;
    const char* words;  // of the posts
    std::optional<Purpose> purpose;
};
class ProposedPurpose : public testing::TestWithParam<PurposeCase> {};

TEST_P(ProposedPurpose, NeedsTwoDistinctCues) {
    HistoryBuilder builder = group("a:1", GetParam().title).about(GetParam().about);
    if (*GetParam().words) builder.words("2026-09-01", GetParam().words);
    EXPECT_EQ(purpose_of(builder), GetParam().purpose);
}

INSTANTIATE_TEST_SUITE_P(Groups, ProposedPurpose,
                         testing::ValuesIn<PurposeCase>({
                             {"job_leads_french", "Emplois RH Lyon", "", "recrute 12, cdi 20, postulez 9, paie 30", Purpose::job_leads},
                             {"job_leads_english", "Jobs in Leeds", "We are hiring: send your CV, see the job description", "", Purpose::job_leads},
                             {"the_word_job_alone", "Job et carrière", "Le job de nos rêves, parlons job", "job 80, travail 40", std::nullopt},
                             {"one_root_is_one_cue", "Compta", "Une entreprise recrute, nous recrutons", "", std::nullopt},
                             {"watch_french", "Veille numérique", "Veille, tendances et décryptage du secteur", "", Purpose::watch},
                             {"watch_english", "Industry news", "Weekly digest and market analysis", "", Purpose::watch},
                             {"support_french", "Entraide des aidants", "Un coup de main quand on a besoin d’aide", "", Purpose::support},
                             {"support_english", "Stuck together", "Peer support and any advice for those struggling with spreadsheets", "", Purpose::support},
                             {"visibility_french", "Créatrices", "Présentez votre activité : ma boutique, mon portfolio", "", Purpose::visibility},
                             {"visibility_english", "Makers", "Showcase your work, follow me, check out my shop", "", Purpose::visibility},
                             {"meetings_french", "Sorties à Gand", "Prochaine rencontre : places limitées, inscription gratuite", "", Purpose::meetings},
                             {"meetings_english", "Board games", "Next meeting at the usual venue, RSVP", "", Purpose::meetings},
                             {"two_purposes_level", "Veille et sorties", "Veille, tendances, meetup, apéro", "", std::nullopt},
                             {"nothing_said", "Club des amis du tilleul", "", "tilleul 30, arbre 20", std::nullopt},
                         }),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(ProposedPurpose, TakesManyQuestionsOrLinksForASecondSign) {
    GroupHistory history = group("a:1", "Entraide tableur");
    EXPECT_FALSE(purpose_of(history)) << "one word is none";
    history.year = {.posts_by_author = {30, 20, 10}, .posts = 60, .questions = 20};
    EXPECT_EQ(purpose_of(history), Purpose::support);
    history.year.posts_by_author = {60};
    EXPECT_FALSE(purpose_of(history)) << "her own questions are not the group’s";
    GroupHistory links = group("a:2", "Veille juridique");
    links.year = {.posts_by_author = {30, 20, 10}, .posts = 60, .with_links = 30};
    EXPECT_EQ(purpose_of(links), Purpose::watch);
}

TEST(ProposedPurpose, ARareWordAmongThePostsIsChance) {
    EXPECT_FALSE(purpose_of(group("a:1", "Tricot").words("2026-09-01", "laine 90000, cdi 3, postulez 3, recrute 2")));
}

}  // namespace cues_test
}  // namespace secateur

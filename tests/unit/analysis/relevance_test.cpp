// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/relevance.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/history_builder.hpp"

namespace secateur {
namespace relevance_test {

using test::at;
using test::group;
using test::HistoryBuilder;

Objective objective(std::string text) {
    Objective out;
    out.id = "o";
    out.text = std::move(text);
    return out;
}
std::map<std::string, GroupRelevance> score(Objective wanted, const std::vector<HistoryBuilder>& groups,
                                            const Policy& policy = {}) {
    Relevance relevance({std::move(wanted)}, policy);
    for (const HistoryBuilder& each : groups) relevance.add(each, at("2026-10-31"));
    return relevance.scores();
}
const RelevanceScore& first(const std::map<std::string, GroupRelevance>& all, const std::string& id) {
    return all.at(id).scores.at(0);
}

const HistoryBuilder velo =
    group("a:velo", "Répare ton vélo").about("Mécanique, atelier participatif, pièces détachées et conseils");
const HistoryBuilder potager =
    group("a:potager", "Potager bio").about("Semis, compost, récoltes et graines à échanger entre voisins");
const HistoryBuilder hr =
    group("a:hr", "HR people of Brussels").about("Human resources managers share their training practice and meet monthly");

TEST(Relevance, FindsAGroupInTheLanguageOfTheObjective) {
    const auto found = score(objective("Je veux apprendre le jardinage"), {velo, potager, hr});
    EXPECT_GT(*first(found, "a:potager").score, *first(found, "a:velo").score);
    EXPECT_EQ(first(found, "a:velo").band, Band::none);
}

TEST(Relevance, FindsAnEnglishGroupForAFrenchObjective) {
    const auto found = score(objective("Progresser dans les ressources humaines"), {velo, potager, hr});
    EXPECT_EQ(first(found, "a:hr").band, Band::strong);
    ASSERT_FALSE(first(found, "a:hr").matched.empty());
    EXPECT_EQ(first(found, "a:hr").matched.front().from, "ressources humaines");
}

TEST(Relevance, FindsAFrenchGroupForAnEnglishObjective) {
    const auto found = score(objective("I want to repair bicycles"), {velo, potager, hr});
    EXPECT_GT(*first(found, "a:velo").score, *first(found, "a:potager").score);
    EXPECT_NE(first(found, "a:velo").band, Band::none);
}

TEST(Relevance, MatchesWholeWordsOnly) {
    // the trap of a tool that looks for "tp" and "sl" anywhere
    const auto found = score(objective("sl tp eth"),
                             {group("a:1", "Outplacement Paris").about("Accompagnement des cadres vers un nouveau poste")});
    EXPECT_EQ(first(found, "a:1").band, Band::none);
}

TEST(Relevance, NamesTheWordsWithTheirShares) {
    const auto found = score(objective("Recrutement et formation"),
                             {group("a:1", "Formation").about("Recrutement, formation et paie des équipes"), velo});
    const auto& matched = first(found, "a:1").matched;
    ASSERT_GE(matched.size(), 2U);
    double sum = 0;
    for (const MatchedTerm& each : matched) sum += each.share;
    EXPECT_LE(sum, 1 + 1e-9);
    EXPECT_TRUE(std::is_sorted(matched.begin(), matched.end(), [](const auto& a, const auto& b) { return a.share > b.share; }));
}

TEST(Relevance, ATitleAloneIsAtMostSome) {
    const auto title = score(objective("Recrutement et formation"), {group("a:1", "Recrutement et formation"), velo});
    EXPECT_EQ(first(title, "a:1").band, Band::some);
    EXPECT_TRUE(first(title, "a:1").title_only);
    const auto more =
        score(objective("Recrutement et formation"),
              {group("a:1", "Recrutement et formation").about("Échanges entre recruteurs et formateurs de la région"), velo});
    EXPECT_EQ(first(more, "a:1").band, Band::strong);
}

TEST(Relevance, AThirdLanguageIsUnknownNotNone) {
    const auto found =
        score(objective("Apprendre le jardinage"),
              {group("a:1", "Moestuin Schaarbeek")
                   .about("Wij zijn een groep van buren die samen groenten kweken en elke week tuinieren in de stad")});
    EXPECT_EQ(first(found, "a:1").band, Band::unknown);
    EXPECT_FALSE(first(found, "a:1").score);
}

TEST(Relevance, NothingToReadIsUnknown) {
    EXPECT_EQ(first(score(objective("Apprendre le jardinage"), {group("a:1", "")}), "a:1").band, Band::unknown);
}

TEST(Relevance, TheBestOfFortyIrrelevantGroupsStaysNone) {
    std::vector<HistoryBuilder> groups;
    for (int i = 0; i < 40; ++i)
        groups.push_back(group("a:" + std::to_string(i), "Vélo et randonnée " + std::to_string(i))
                             .about("Sorties à vélo le dimanche, itinéraires et matériel"));
    for (const auto& [id, found] : score(objective("Comptabilité et fiscalité des entreprises"), groups))
        EXPECT_EQ(found.scores[0].band, Band::none) << id;
}

TEST(Relevance, ATopicThatMostGroupsShareStillCounts) {
    std::vector<HistoryBuilder> groups;
    for (int i = 0; i < 35; ++i)
        groups.push_back(group("a:rh" + std::to_string(i), "Ressources humaines " + std::to_string(i))
                             .about("Échanges entre responsables des ressources humaines de la région"));
    for (int i = 0; i < 5; ++i)
        groups.push_back(group("a:velo" + std::to_string(i), "Vélo " + std::to_string(i))
                             .about("Sorties le dimanche matin, itinéraires et mécanique"));
    for (const auto& [id, found] : score(objective("Évoluer dans les ressources humaines"), groups))
        EXPECT_EQ(found.scores[0].band, id.starts_with("a:rh") ? Band::strong : Band::none) << id;
}

TEST(Relevance, ATownAloneServesNoTrade) {
    const std::vector<HistoryBuilder> groups{
        group("a:flats", "Logements Bruxelles").about("Annonces de colocations et de chambres à Bruxelles, Ixelles et Uccle"),
        group("a:rh", "RH Bruxelles").about("Les responsables des ressources humaines de Bruxelles se rencontrent")};
    Objective wanted = objective("Rencontrer des professionnels des ressources humaines à Bruxelles");
    wanted.place = {"Bruxelles"};
    const auto found = score(wanted, groups);
    EXPECT_EQ(first(found, "a:rh").band, Band::strong);
    EXPECT_EQ(first(found, "a:flats").band, Band::weak);
}

TEST(Relevance, AnObjectiveAboutAPlaceIsServedByThePlace) {
    const auto found =
        score(objective("Je m'installe à Bruxelles"),
              {group("a:1", "Vivre à Bruxelles").about("Bonnes adresses et entraide entre habitants de Bruxelles"), velo});
    EXPECT_EQ(first(found, "a:1").band, Band::strong);
}

TEST(Relevance, ReadsThePostsAndForgetsOldOnes) {
    const std::string chatter = "merci 40, bonjour 60, samedi 30, photo 20, ";
    const auto wanted = objective("Recrutement");
    const auto found = score(wanted, {group("a:new", "Le petit cercle").words("2026-09-01", chatter + "recrutement 50"),
                                      group("a:old", "Le petit salon")
                                          .words("2018-03-01", chatter + "recrutement 50")
                                          .words("2026-09-01", chatter + "vacances 50")});
    EXPECT_GT(*first(found, "a:new").score, *first(found, "a:old").score);
    EXPECT_NE(first(found, "a:new").band, Band::none);
    EXPECT_FALSE(first(found, "a:new").title_only);
}

TEST(Relevance, AWordSaidOnceAmongThousandsIsChance) {
    const auto found =
        score(objective("Recrutement"),
              {group("a:1", "Le petit cercle").words("2026-09-01", "samedi 4000, photo 3000, maison 2000, recrutement 1")});
    EXPECT_EQ(first(found, "a:1").band, Band::none);
}

TEST(Relevance, FacetsAddTopics) {
    Objective wanted = objective("Progresser");
    wanted.trade = {"comptabilité"};
    wanted.interests = {"vélo"};
    Relevance relevance({wanted}, Policy{});
    std::vector<std::string> topics;
    for (const Topic& each : relevance.topics(0)) topics.push_back(each.topic);
    EXPECT_NE(std::find(topics.begin(), topics.end(), "accounting"), topics.end());
    EXPECT_NE(std::find(topics.begin(), topics.end(), "cycling"), topics.end());
}

TEST(Relevance, WordsOfAskingCarryNoTopic) {
    Relevance relevance({objective("Je cherche un groupe de recrutement")}, Policy{});
    ASSERT_EQ(relevance.topics(0).size(), 1U);
    EXPECT_EQ(relevance.topics(0)[0].topic, "recruitment");
}

TEST(Relevance, DoesNotDependOnTheOrderOfGroups) {
    const std::vector<HistoryBuilder> forwards{velo, potager, hr}, backwards{hr, potager, velo};
    const auto a = score(objective("Jardinage et vélo"), forwards), b = score(objective("Jardinage et vélo"), backwards);
    for (const auto& [id, found] : a) {
        EXPECT_EQ(found.scores[0].score, b.at(id).scores[0].score);
        EXPECT_EQ(found.matched, b.at(id).matched);
    }
}

TEST(Relevance, TheDictionaryBringsWordsTheLexiconDoesNotKnow) {
    const WordData words("# secateur dictionary 1\nfr sabl\tsand;gravel\n", "");
    const std::vector<HistoryBuilder> groups{group("a:sand", "Sand of all beaches").about("People who collect sand and show their jars to each other"), potager};
    const auto with = [&](const WordData& data) {
        Relevance relevance({objective("Collectionner le sable")}, Policy{}, data);
        for (const HistoryBuilder& each : groups) relevance.add(each, at("2026-10-31"));
        return relevance.scores();
    };
    EXPECT_TRUE(std::ranges::none_of(first(with(no_word_data()), "a:sand").matched, [](const MatchedTerm& each) { return each.from == "sable"; }));
    const auto found = with(words);
    ASSERT_FALSE(first(found, "a:sand").matched.empty());
    const auto& matched = first(found, "a:sand").matched;
    EXPECT_TRUE(std::ranges::any_of(matched, [](const MatchedTerm& each) { return each.term == "Sand" && each.from == "sable"; }))
        << "the evidence names the word of the group and the word of the objective";
}

TEST(Relevance, VectorsRankAndNeverJudge) {
    // "étagère" lies where "bricoler" lies, and no word is shared
    std::vector<std::int8_t> values(3 * WordData::dimensions, 0);
    values[0] = values[WordData::dimensions] = 100;
    values[2 * WordData::dimensions + 1] = 100;
    const WordData words("", WordData::vectors_file({"fr bricol", "fr etager", "fr vitess"}, values));
    Relevance relevance({objective("Monter une étagère")}, Policy{}, words);
    relevance.add(group("a:near", "Bricoleurs").about("Bricoler, bricoleur, bricolage du dimanche entre voisins"), at("2026-10-31"));
    relevance.add(group("a:far", "Vitesse").about("La vitesse avant tout, la vitesse toujours, pour tous les amis"), at("2026-10-31"));
    const auto found = relevance.scores();
    EXPECT_GT(*first(found, "a:near").score, *first(found, "a:far").score);
    EXPECT_EQ(first(found, "a:near").band, Band::none);
    EXPECT_EQ(first(found, "a:far").band, Band::none);
}

TEST(Objectives, AboutWorkOrPeopleAreRecognised) {
    const auto topics = [](const Objective& each) { return Relevance({each}, Policy{}).topics(0); };
    EXPECT_TRUE(is_about_work(topics(objective("Trouver un emploi"))));
    EXPECT_FALSE(is_about_work(topics(objective("Apprendre le jardinage"))));
    EXPECT_TRUE(is_about_people(objective("Meet people of my trade"), {}));
    EXPECT_FALSE(is_about_people(objective("Apprendre le jardinage"), {}));
}

TEST(Objectives, ThatOnlyAskForAJobAreRecognised) {
    const auto topics = [](const Objective& each) { return Relevance({each}, Policy{}).topics(0); };
    EXPECT_TRUE(asks_only_for_work(topics(objective("Trouver un emploi à Bruxelles"))));
    EXPECT_TRUE(asks_only_for_work(topics(objective("Find a job"))));
    EXPECT_FALSE(asks_only_for_work(topics(objective("Trouver un emploi dans les ressources humaines"))));
}

}  // namespace relevance_test
}  // namespace secateur

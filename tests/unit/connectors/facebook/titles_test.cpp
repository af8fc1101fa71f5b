// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "connectors/facebook/titles.hpp"
#include "connectors/facebook/values.hpp"
#include "tests/unit/connectors/facebook/facebook_support.hpp"

namespace secateur::facebook {
namespace facebook_titles_test {

KnownNames known_names() {
    KnownNames names;
    for (const char* name :
         {"Café & Code", "Jardin partagé", "Le Jardin partagé du port", "Cats in Boots", "Ça alors !", "猫の会議室です"})
        names.add(fold_name(name), name);
    names.sort();
    return names;
}

struct TitleCase {
    const char* name;
    std::string title;
    std::string group;  // empty: none
};
class FacebookPostTitles : public testing::TestWithParam<TitleCase> {};
TEST_P(FacebookPostTitles, HoldTheNameOfTheGroup) {
    EXPECT_EQ(group_in_title(GetParam().title, known_names()).value_or(""), GetParam().group);
}
INSTANTIATE_TEST_SUITE_P(
    Facebook, FacebookPostTitles,
    testing::ValuesIn<TitleCase>({
        {"english", "Ann Fake posted in Café & Code.", "Café & Code"},
        {"english_unknown", "Ann Fake posted in Riverside Cyclists.", "Riverside Cyclists"},
        {"in_inside_the_name", "Ann Fake posted in Boats in Bottles.", "Boats in Bottles"},
        {"shared_to", "Ann Fake shared a link to Cats in Boots.", "Cats in Boots"},
        {"shared_in_the_group", "Ann Fake shared a post in the group: Riverside.", "Riverside"},
        {"ends_with_a_mark_of_its_own", "Ann Fake posted in Ça alors !", "Ça alors !"},
        {"mark_and_full_stop", "Ann Fake posted in Ça alors !.", "Ça alors !"},
        {"french", "Zoé Exemple a publié dans Jardin partagé.", "Jardin partagé"},
        {"french_unknown", "Zoé Exemple a publié dans Les amis du Jardin partagé.", "Les amis du Jardin partagé"},
        {"french_photo", "Zoé Exemple a publié une photo dans Jardin partagé.", "Jardin partagé"},
        {"french_the_group", "Zoé Exemple a partagé un lien dans le groupe Jardin partagé.", "Jardin partagé"},
        {"name_begins_with_the", "Zoé Exemple a publié dans Le Jardin partagé du port.", "Le Jardin partagé du port"},
        {"spanish", "Zoé Exemple publicó en Café & Code.", "Café & Code"},
        {"german", "Zoé Exemple hat in Café & Code gepostet.", "Café & Code"},
        {"german_unknown", "Zoé Exemple hat in Wanderfreunde einen Beitrag veröffentlicht.", "Wanderfreunde"},
        {"dutch", "Zoé Exemple heeft een bericht geplaatst in Café & Code.", "Café & Code"},
        {"another_language_by_its_end", "Zoé Exemple a scris în Café & Code.", "Café & Code"},
        {"japanese_by_what_it_holds", "Zoé Exempleさんが「猫の会議室です」に投稿しました。", "猫の会議室です"},
        {"part_of_a_word_is_no_name", "Zoé Exemple a scris în MonJardin partagé2.", ""},
        {"photo_of_nowhere", "Zoé Exemple a publié une photo.", ""},
        {"comment_names_none", "Zoé Exemple a commenté la publication de Noé Fictif.", ""}, {"empty", "", ""}}),
    [](const auto& test) { return std::string(test.param.name); });

class FacebookJoinTitles : public testing::TestWithParam<TitleCase> {};
TEST_P(FacebookJoinTitles, HoldTheNameOfTheGroup) {
    EXPECT_EQ(group_in_join_title(GetParam().title, known_names()).value_or(""), GetParam().group);
}
INSTANTIATE_TEST_SUITE_P(
    Facebook, FacebookJoinTitles,
    testing::ValuesIn<TitleCase>({
        {"english_you", "You became a member of Fictional Cyclists.", "Fictional Cyclists"},
        {"english_name", "Ann Fake became a member of Café & Code.", "Café & Code"},
        {"french_you", "Vous êtes maintenant membre de Jardin partagé.", "Jardin partagé"},
        {"french_name", "Zoé Exemple est devenue membre de Nageurs du lac.", "Nageurs du lac"},
        {"french_joined", "Vous avez rejoint le groupe Nageurs du lac.", "Nageurs du lac"},
        {"known_at_the_end", "Tu fais partie de Café & Code.", "Café & Code"},
        {"no_name", "Hello.", ""}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(FacebookReplyTitles, AreToldFromComments) {
    EXPECT_TRUE(is_reply_title("Ann Fake replied to Bob Fake's comment."));
    EXPECT_TRUE(is_reply_title("Zoé Exemple a répondu au commentaire de Noé Fictif."));
    EXPECT_FALSE(is_reply_title("Ann Fake commented on Bob Fake's post."));
    EXPECT_FALSE(is_reply_title("Zoé Exemple a commenté la publication de Noé Fictif."));
}

TEST(FacebookActorInTitle, StandsBeforeTheVerb) {
    EXPECT_EQ(actor_in_title("Ann Fake posted in X."), "Ann Fake");
    EXPECT_EQ(actor_in_title("Zoé Exemple a réagi à une publication."), "Zoé Exemple");
    EXPECT_EQ(actor_in_title("You became a member of X."), "");
    EXPECT_EQ(actor_in_title("X"), "");
}

TEST(FacebookFixedText, UndoesMojibakeAndTags) {
    EXPECT_EQ(fixed_name("Caf\u00c3\u00a9 & Code"), "Café & Code");
    EXPECT_EQ(fixed_name("Café & Code"), "Café & Code");
    EXPECT_EQ(fixed_name("Jardin\u00A0partagé "), "Jardin partagé");
    EXPECT_EQ(fixed_text("merci @[100001:2048:Noé Fictif] !"), "merci Noé Fictif !");
    EXPECT_EQ(fixed_text("a @[b] c @[1:2"), "a @[b] c @[1:2");
}

TEST(FacebookReactionCode, IsTheSameInEveryLanguage) {
    EXPECT_EQ(reaction_code("LOVE"), reaction_code("J\u2019adore"));
    EXPECT_EQ(reaction_code("J'aime"), "like");
    EXPECT_EQ(reaction_code("LIKE"), "like");
    EXPECT_NE(reaction_code("LIKE"), reaction_code("LOVE"));
    EXPECT_EQ(reaction_code("Thích"), "thích");
}

TEST(FacebookSlugs, AreCutFromAddresses) {
    EXPECT_EQ(slug_of("https://www.facebook.com/groups/123/posts/9/"), "123");
    EXPECT_EQ(slug_of("https://m.facebook.com/groups/my.group?ref=x"), "my.group");
    EXPECT_EQ(slug_of("https://www.facebook.com/zoe"), "");
}

}  // namespace facebook_titles_test
}  // namespace secateur::facebook

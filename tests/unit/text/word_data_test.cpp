// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/word_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "text/word_builder.hpp"

namespace secateur {
namespace word_data_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Language french = Language::french, english = Language::english;

TEST(Dictd, EntriesAreFoundByTheirPlaceAndCleaned) {
    const std::string text =
        "about this database\nfree to use\n"
        "chien /ʃjɛ̃/ <n, masc>\ndog, hound\n"
        "randonner /ʀɑ̃dɔne/ <v>\n1. to hike; walk (colloq.)\n2. ramble, hike\n";
    // offsets 0, 32 and so on, as dictd writes them
    const auto number = [](std::size_t value) {
        constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        return std::string{digits[value / 64], digits[value % 64]};
    };
    const std::size_t dog = text.find("chien"), hike = text.find("randonner");
    const std::string index = "00-database-info\t" + number(0) + '\t' + number(dog) + "\nchien\t" + number(dog) + '\t' + number(hike - dog) +
                              "\nrandonner\t" + number(hike) + '\t' + number(text.size() - hike) + "\nbroken line\nbeyond\t99\tA\n";
    const auto entries = read_dictd(index, text);
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].word, "chien");
    EXPECT_THAT(entries[0].translations, ElementsAre("dog", "hound"));
    EXPECT_EQ(entries[1].word, "randonner");
    EXPECT_THAT(entries[1].translations, ElementsAre("hike", "walk", "ramble"));
}

TEST(Dictionary, IsReadBothWaysByStemsAndAgreementComesFirst) {
    const WordData words(build_dictionary({{"réseau", {"net", "network"}}, {"carte de visite", {"business card"}}}, {{"network", {"réseau"}}}), "");
    EXPECT_TRUE(words.has_dictionary());
    EXPECT_FALSE(words.has_vectors());
    EXPECT_THAT(words.translations("reseau", french), ElementsAre("network", "net"));
    EXPECT_THAT(words.translations("network", english), ElementsAre("réseau"));
    EXPECT_THAT(words.translations("busi card", english), ElementsAre("carte de visite"));
    EXPECT_THAT(words.translations("res", french), IsEmpty());
    EXPECT_THAT(words.translations("network", french), IsEmpty());
}

TEST(WordFiles, OfAnotherMakeAreLeftOut) {
    EXPECT_FALSE(WordData("# secateur dictionary 2\nfr a\tb\n", "").has_dictionary());
    EXPECT_FALSE(WordData("# secateur dictionary 1\nfr b\tb\nfr a\tb\n", "").has_dictionary()) << "not sorted";
    const std::string whole = WordData::vectors_file({"en dog"}, std::vector<std::int8_t>(WordData::dimensions, 3));
    EXPECT_TRUE(WordData("", whole).has_vectors());
    for (std::size_t length = 0; length < whole.size(); ++length) EXPECT_FALSE(WordData("", whole.substr(0, length)).has_vectors()) << length;
    EXPECT_FALSE(WordData(std::filesystem::path("/nonexistent")).has_dictionary());
}

TEST(WordNet, GivesWordsParentsAndGlosses) {
    const auto glosses = read_wordnet({"  1 licence text | not a gloss\n"
                                       "00000100 05 n 02 dog 0 domestic_dog 0 001 @ 00000200 n 0000 | a tame animal that barks  \n"
                                       "00000200 05 n 01 animal 0 000 | a living being  \n"});
    ASSERT_EQ(glosses.size(), 2U);
    EXPECT_EQ(glosses[0].words, "dog domestic dog ");
    EXPECT_EQ(glosses[0].parents, "animal ");
    EXPECT_THAT(glosses[0].text, ::testing::StartsWith("a tame animal"));
    EXPECT_EQ(glosses[1].parents, "");
}

double cosine(std::span<const std::int8_t> a, std::span<const std::int8_t> b) {
    double dot = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) dot += a[i] * b[i], aa += a[i] * a[i], bb += b[i] * b[i];
    return dot / std::sqrt(aa * bb);
}

TEST(Vectors, BringWordsOfTheSameGlossesTogetherAcrossLanguages) {
    // Two fields of forty glosses each, with words of their own.
    std::vector<Gloss> glosses;
    const std::vector<std::vector<std::string>> fields{{"guitar", "chord", "melody", "concert", "violin", "song"},
                                                       {"tomato", "soil", "compost", "seed", "lettuce", "spade"}};
    for (std::size_t i = 0; i < 80; ++i) {
        const auto& field = fields[i % 2];
        std::string text;
        for (const std::string& word : field) text += word + " ";
        glosses.push_back({field[i / 2 % 6], "", text});
    }
    const std::string dictionary = build_dictionary({{"guitare", {"guitar"}}, {"graine", {"seed"}}}, {});
    const std::string file = build_vectors(glosses, dictionary);
    EXPECT_EQ(file, build_vectors(glosses, dictionary)) << "the same input gives the same bytes";
    const WordData words(dictionary, file);
    ASSERT_TRUE(words.has_vectors());
    const auto guitar = words.vector("guitar", english), violin = words.vector("violin", english), soil = words.vector("soil", english);
    ASSERT_EQ(guitar.size(), WordData::dimensions);
    EXPECT_GT(cosine(guitar, violin), cosine(guitar, soil) + 0.5);
    EXPECT_GT(cosine(words.vector("guitar", french), violin), 0.9 * cosine(guitar, violin));
    EXPECT_GT(cosine(words.vector("grain", french), soil), cosine(words.vector("grain", french), violin) + 0.5);
    EXPECT_THAT(words.vector("unheard", english), IsEmpty());
}

}  // namespace word_data_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/features.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "text/token_stream.hpp"

namespace secateur::test {
namespace features_test {

using testing::ElementsAre;
using testing::ElementsAreArray;

std::vector<std::string> tokens(std::string_view text) {
    TokenReader reader;
    const auto words = reader.read(text);
    std::vector<std::string> texts;
    for (const HashedWord& word : words) texts.emplace_back(word.text);
    return texts;
}

struct TokenCase {
    const char* name;
    std::string text;
    std::vector<std::string> expected;
};
class Tokens : public testing::TestWithParam<TokenCase> {};

TEST_P(Tokens, AreFoldedWords) { EXPECT_THAT(tokens(GetParam().text), ElementsAreArray(GetParam().expected)); }

INSTANTIATE_TEST_SUITE_P(Texts, Tokens,
                         testing::ValuesIn<TokenCase>({
                             {"empty", "", {}},
                             {"case_and_length", "Le GRAND Chœur de la VILLE", {"grand", "chœur", "ville"}},
                             {"accents_kept", "ÉTÉ à Liège, NOËL", {"été", "liège", "noël"}},
                             {"elision", "l'emploi d’Anvers", {"emploi", "anvers"}},
                             {"decomposed_is_composed", "re\u0301union RE\u0301UNION", {"réunion", "réunion"}},
                             {"digits_spoil_a_word", "covid19 2026 b2b salle", {"salle"}},
                             {"link", "voir:https://example.org/chemin?x=1 demain www.example.org/page", {"voir", "demain"}},
                             {"address_and_handle", "à nour@example.org ou @nour_k vite", {"vite"}},
                             {"hashtag", "#emploi", {"emploi"}},
                             {"emoji_separates", "bravo\xF0\x9F\x8E\x89merci", {"bravo", "merci"}},
                             {"soft_hyphen", "ré\u00ADunion", {"réunion"}},
                             {"times_sign", "trois×quatre", {"trois", "quatre"}},
                             {"greek_and_cyrillic", "ΑΘΗΝΑ Привет", {"αθηνα", "привет"}},
                             {"long_words", std::string(31, 'a') + " " + std::string(30, 'b') + " " + std::string(400, 'c') + " fin", {std::string(30, 'b'), "fin"}},
                             {"broken_utf8", "avant\xC3 apres\xFF" "fin", {"avant", "apres", "fin"}},
                         }),
                         [](const auto& test) { return test.param.name; });

/// A Cyrillic letter sends the same words through ICU.
TEST(Tokens, AreTheSameOnBothWays) {
    std::mt19937 random(9);
    const std::vector<std::string> pieces{"a", "Z", "é", "É", "œ", "Œ", "'", "’", " ", "\u00a0", "9", "-", "bonjour", "×", "🎉", "@", "www.", "://", "\n", "É"};
    for (int round = 0; round < 3'000; ++round) {
        std::string text;
        for (auto i = random() % 60; i > 0; --i) text += pieces[random() % pieces.size()];
        std::vector<std::string> slow = tokens(text + " й");
        EXPECT_EQ(tokens(text), slow) << text;
    }
}

TEST(Tokens, NeverReadBeyondAnyBytes) {
    std::mt19937 random(5);
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes;
        for (auto i = random() % 40; i > 0; --i) bytes += static_cast<char>(random() % 2 == 0 ? random() % 256 : 0xC0 + random() % 64);
        for (const std::string& token : tokens(bytes)) EXPECT_FALSE(token.empty());
    }
}

class MentionOfMe : public testing::Test {
protected:
    Identities me{.names = {"Isabelle Aubry"}, .handles = {"@isa_a"}, .emails = {}, .phones = {}, .ids = {}};
    FeatureReader reader{me, {}};
};

TEST_F(MentionOfMe, IsAFullNameOrACall) {
    for (const char* text : {"Isabelle Aubry viendra", "demandez à Isabelle Aubry.", "@isa_a tu viens ?", "@Isabelle tu viens ?", "(@ISABELLE AUBRY)"})
        EXPECT_TRUE(reader.mentions_me(text)) << text;
    for (const char* text : {"Isabelle viendra", "Isabelle Aubryste", "@isabella tu viens ?", "isabelle@isabelle.example", "@isa_abc", ""})
        EXPECT_FALSE(reader.mentions_me(text)) << text;
}

TEST_F(MentionOfMe, IsNotMadeByMyself) {
    Activity activity;
    activity.text = "Isabelle Aubry ici";
    Features features;
    reader.read(activity, features);
    EXPECT_TRUE(features.mentions_me);
    activity.is_me = true;
    reader.read(activity, features);
    EXPECT_FALSE(features.mentions_me);
}

TEST(Question, EndsASentenceOutsideLinks) {
    for (const char* text : {"Qui vient ?", "vraiment?!", "(sûr ?) oui", "quoi ?\noui", "demain ?…"}) EXPECT_TRUE(is_question(text)) << text;
    for (const char* text : {"Oui.", "https://example.org/?", "https://example.org/a?b=c", "a?b"}) EXPECT_FALSE(is_question(text)) << text;
}

TEST(Links, OfOnePageAreOne) {
    FeatureReader reader({}, {});
    Activity activity;
    activity.text = "https://www.example.org/page/?utm_source=x et http://example.org/page";
    activity.links = {"https://example.org/other"};
    Features features;
    reader.read(activity, features);
    EXPECT_EQ(features.links.size(), 2U);
}

TEST(TermTable, CountsAndSorts) {
    TermTable table;
    std::map<std::string, std::uint32_t> expected;
    std::mt19937 random(3);
    for (int i = 0; i < 5'000; ++i) {
        std::string token = "mot";
        for (auto n = random() % 1'500; n > 0; n /= 7) token += static_cast<char>('a' + n % 7);
        table.add(HashedWord(token));
        ++expected[token];
    }
    std::vector<std::pair<std::string_view, std::uint32_t>> sorted;
    table.sorted(sorted);
    EXPECT_EQ((std::vector<std::pair<std::string, std::uint32_t>>(sorted.begin(), sorted.end())),
              (std::vector<std::pair<std::string, std::uint32_t>>(expected.begin(), expected.end())));
}

TEST(TermCounter, HandsOverByGroupAndQuarterWhateverItsMemory) {
    const auto total = [](std::size_t memory) {
        std::map<std::string, std::uint32_t> counts;
        TermCounter counter([&](std::int64_t group, std::int32_t quarter, auto sorted) {
            for (const auto& [token, count] : sorted) counts[std::to_string(group) + '/' + std::to_string(quarter) + '/' + std::string(token)] += count;
        }, memory);
        const std::vector<HashedWord> even{HashedWord("bonjour"), HashedWord("compagnie")}, odd{HashedWord("bonjour"), HashedWord("demain")};
        for (int i = 0; i < 200; ++i)
            counter.add(i % 3, Instant{std::chrono::seconds{1'767'225'600 + i * 86'400}}, i % 2 == 0 ? even : odd);
        counter.flush();
        return counts;
    };
    const auto plenty = total(std::size_t{1} << 24);
    EXPECT_EQ(total(1), plenty);
    EXPECT_EQ(plenty.at("0/8104/bonjour"), 30U) << "2026 begins at second 1,767,225,600 and its first quarter has 90 days";
}

}  // namespace features_test
}  // namespace secateur::test

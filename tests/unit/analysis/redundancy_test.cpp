// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/redundancy.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "text/shingles.hpp"
#include "text/token_stream.hpp"

namespace secateur {
namespace redundancy_test {

struct Chat {
    GroupHistory group;

    Chat(std::string id, std::vector<std::int64_t> people) {
        group.id = std::move(id);
        group.authors = std::move(people);
    }
    Chat& called(std::string name, std::string about = {}) { return group.name = std::move(name), group.description = std::move(about), *this; }
    Chat& words(const std::vector<std::string>& list) {
        QuarterTerms terms{.quarter = 8104, .counts = {}, .approximate = false};
        for (const std::string& word : list) terms.counts.emplace_back(word, 3);
        std::ranges::sort(terms.counts);
        group.terms.push_back(std::move(terms));
        return *this;
    }
    /// Links posted every other hour, the first so many hours after New Year.
    Chat& links(const std::vector<std::uint64_t>& list, int hours = 0) {
        for (std::size_t i = 0; i < list.size(); ++i) group.links.push_back({list[i], time(hours + 2 * static_cast<int>(i))});
        return *this;
    }
    Chat& texts(const std::vector<std::string>& list) {
        TokenReader tokens;
        for (const std::string& text : list) group.texts.push_back({text_sketch(tokens.read(text)), time(0)});
        return *this;
    }
    static Instant time(int hours) { return *parse_date("2026-01-01") + std::chrono::hours(hours); }
};

std::vector<NearCopy> copies_of(const std::vector<Chat>& chats, bool whole = true) {
    Redundancy redundancy{Policy{}};
    for (const Chat& each : chats) redundancy.add(each.group, whole);
    return redundancy.near_copies();
}
/// A third group, so that words have a rarity.
Chat bakers() { return Chat("z", {91, 92, 93, 94, 95}).words({"cooking", "bread", "oven"}); }

struct PairCase {
    std::string name;
    Chat a, b;
    bool copy;
};
class TwoGroups : public testing::TestWithParam<PairCase> {};

TEST_P(TwoGroups, AreNearCopiesOnlyOnTwoSigns) {
    EXPECT_EQ(copies_of({GetParam().a, GetParam().b, bakers()}).size(), GetParam().copy ? 1U : 0U);
}

const std::vector<std::string> birds{"birds", "hides", "owls"}, taxes{"taxes", "forms", "rates"};
const std::vector<std::string> notices{
    "The annual bird count starts on Saturday at the old mill, bring boots, binoculars and something warm to drink",
    "We are looking for two volunteers to repair the hide at the northern pond before the storks come back in spring",
    "The local museum opens its collection of eggs and feathers for members of the society next Thursday evening"};

INSTANTIATE_TEST_SUITE_P(
    Pairs, TwoGroups,
    testing::ValuesIn(std::vector<PairCase>{
        {"same_people_and_subjects", Chat("a", {1, 2, 3, 4, 5}).words(birds), Chat("b", {1, 2, 3, 4}).words(birds), true},
        {"same_people_other_subjects", Chat("a", {1, 2, 3, 4, 5}).words(birds), Chat("b", {1, 2, 3, 4}).words(taxes), false},
        {"same_people_and_links", Chat("a", {1, 2, 3, 4, 5}).words(birds).links({7, 8, 9, 10}), Chat("b", {1, 2, 3, 4}).words(taxes).links({7, 8, 9}), true},
        {"same_people_and_texts", Chat("a", {1, 2, 3, 4, 5}).texts(notices), Chat("b", {1, 2, 3, 4}).texts(notices), true},
        {"same_subjects_and_links_of_others", Chat("a", {1, 2, 3, 4}).words(birds).links({7, 8, 9}), Chat("b", {11, 12, 13, 14}).words(birds).links({7, 8, 9}), true},
        {"two_links_say_nothing", Chat("a", {1, 2, 3, 4, 5}).words(birds).links({7, 8}), Chat("b", {1, 2, 3, 4}).words(taxes).links({7, 8}), false},
        {"same_subjects_other_people", Chat("a", {1, 2, 3, 4, 5}).words(birds), Chat("b", {11, 12, 13, 14}).words(birds), false},
        {"a_small_group_inside_a_large_one", Chat("a", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}).words(birds), Chat("b", {1, 2, 3, 4}).words(birds), true},
        {"three_people_are_too_few", Chat("a", {1, 2, 3}).words(birds), Chat("b", {1, 2, 3}).words(birds), false},
        {"small_words_are_no_subject", Chat("a", {1, 2, 3, 4}).words({"this", "would", "have", "avec", "pour"}),
         Chat("b", {1, 2, 3, 4}).words({"this", "would", "have", "avec", "pour"}), false},
    }),
    [](const auto& test) { return test.param.name; });

TEST(NearCopy, IsFoundAcrossFrenchAndEnglishByTheTopicsOfTheLexicon) {
    const auto found = copies_of({Chat("fr", {1, 2, 3, 4, 5}).called("Les recruteurs du numérique", "recrutement, formation, entretien d’embauche, salaire, télétravail"),
                                  Chat("en", {1, 2, 3, 4}).called("Digital recruiters", "recruitment, training, job interview, salary, remote work"), bakers()});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_GE(found[0].topics.value_or(0), Policy{}.copy_topics);
    EXPECT_TRUE(std::ranges::any_of(found[0].terms, [](const std::string& term) { return term.find(" / ") != std::string::npos; })) << "both words are shown";
}

TEST(NearCopy, TellsWhoPostsTheSameLinksFirstAndHowMuchEarlier) {
    const auto found = copies_of({Chat("a", {1, 2, 3, 4}).links({7, 8, 9, 10}), Chat("b", {1, 2, 3, 4}).links({7, 8, 9, 10}, 5)});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].a_first, 1);
    EXPECT_EQ(found[0].b_first, 0);
    EXPECT_EQ(found[0].delay_hours, 5);
}

TEST(NearCopy, ComparesPeopleOfTwoPlatformsByTheirFullNames) {
    Chat here("telegram:a", {1, 2, 3, 4, 5}), there("whatsapp:b", {11, 12, 13, 14, 15});
    here.links({7, 8, 9, 10});
    there.links({7, 8, 9}, 48);
    const std::map<std::int64_t, std::string> names{{1, "Ada Field"}, {11, "ada FIELD"}, {2, "Élise Roy"}, {12, "Elise Roy"}, {3, "Otto Marsh"}, {13, "Otto Marsh"},
                                                    {4, "Lin Reed"}, {14, "Nour Hill"}, {5, "Sam"}, {15, "Sam"}};
    Redundancy redundancy{Policy{}, [&](std::int64_t person) { return names.at(person); }};
    redundancy.add(here.group, true);
    redundancy.add(there.group, true);
    const auto found = redundancy.near_copies();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].by_name);
    EXPECT_EQ(found[0].people, 0.75) << "three of four; a first name is nobody";
    EXPECT_EQ(redundancy.people_in_both(found[0]), (std::vector<std::int64_t>{1, 2, 3}));
}

TEST(NearCopy, NeverSpeaksOfPeopleWhereOnlyMyPostsAreKnown) {
    const auto found = copies_of({Chat("a", {}).words(birds).texts(notices), Chat("b", {}).words(birds).texts(notices), bakers()}, false);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_FALSE(found[0].whole);
    EXPECT_FALSE(found[0].people || found[0].jaccard);
}

TEST(NearCopy, ABusyUnrelatedPairIsNone) {
    // Both huge, with a tenth of their people in common, everyday words, and the links everybody posts.
    std::vector<std::int64_t> here, there;
    std::vector<std::uint64_t> links_here, links_there;
    for (int i = 0; i < 4'000; ++i) {
        here.push_back(i);
        there.push_back(i + 3'600);
        links_here.push_back(static_cast<std::uint64_t>(i) + 10);
        links_there.push_back(static_cast<std::uint64_t>(i) + 3'700);
    }
    std::vector<std::string> ours{"garden", "seeds", "compost"}, theirs{"kernel", "driver", "linker"};
    for (int i = 0; i < 60; ++i) {
        const std::string common = fmt::format("common{}", static_cast<char>('a' + i % 26)) + static_cast<char>('a' + i / 26);
        ours.push_back(common);
        if (i % 3 == 0) theirs.push_back(common);
    }
    for (int i = 0; i < 60; ++i) theirs.push_back(fmt::format("chip{}", static_cast<char>('a' + i % 26)) + static_cast<char>('a' + i / 26));
    EXPECT_TRUE(copies_of({Chat("a", here).words(ours).links(links_here), Chat("b", there).words(theirs).links(links_there), bakers()}).empty());
}

/// Many groups of few regulars each, with a planted copy of one of them.
std::vector<Chat> many(int groups) {
    std::vector<Chat> out;
    std::uint64_t state = 7;
    const auto next = [&state](std::uint64_t below) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return (state >> 33U) % below;
    };
    for (int g = 0; g < groups; ++g) {
        std::vector<std::int64_t> people;
        for (int i = 0; i < 20; ++i) people.push_back(static_cast<std::int64_t>(next(5'000)) + 1);
        std::ranges::sort(people);
        people.erase(std::unique(people.begin(), people.end()), people.end());
        std::vector<std::string> words;
        for (int i = 0; i < 30; ++i) words.push_back(fmt::format("word{}", static_cast<char>('a' + next(26))) + static_cast<char>('a' + next(26)));
        std::vector<std::uint64_t> links;
        for (int i = 0; i < 10; ++i) links.push_back(next(3'000));
        out.push_back(Chat(fmt::format("g{:04}", g), people).words(words).links(links));
    }
    Chat copy = out[static_cast<std::size_t>(groups) / 2];
    copy.group.id = "copy";
    copy.group.authors.pop_back();
    out.push_back(copy);
    return out;
}

TEST(NearCopies, APlantedOneIsFoundAmongManyAndNothingElse) {
    const auto found = copies_of(many(300));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].a, "copy");
    EXPECT_EQ(found[0].b, "g0150");
    EXPECT_EQ(found[0].signs, 3U);
}

TEST(NearCopies, DoNotDependOnTheOrderInWhichGroupsCome) {
    std::vector<Chat> groups = many(40);
    const auto one = copies_of(groups);
    std::ranges::reverse(groups);
    const auto other = copies_of(groups);
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].a, other[i].a);
        EXPECT_EQ(one[i].topics, other[i].topics);
        EXPECT_EQ(one[i].terms, other[i].terms);
    }
}

TEST(NearCopies, AreSymmetric) {
    Chat first = Chat("a", {1, 2, 3, 4, 5}).words(birds).links({7, 8, 9, 10}), second = Chat("b", {1, 2, 3, 4}).words(birds).links({7, 8, 9}, 3);
    const auto found = copies_of({first, second, bakers()});
    std::swap(first.group.id, second.group.id);
    const auto turned = copies_of({first, second, bakers()});
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(turned.size(), 1U);
    EXPECT_EQ(found[0].people, turned[0].people);
    EXPECT_EQ(found[0].jaccard, turned[0].jaccard);
    EXPECT_EQ(found[0].topics, turned[0].topics);
    EXPECT_EQ(found[0].links, turned[0].links);
    EXPECT_EQ(found[0].a_first, turned[0].b_first);
    EXPECT_EQ(found[0].delay_hours, turned[0].delay_hours);
}

NearCopy pair_of(std::string a, std::string b) {
    NearCopy out;
    out.a = std::move(a);
    out.b = std::move(b);
    return out;
}
Merit merit(std::string id, std::optional<std::uint64_t> reach, double serves = 0, std::optional<double> minutes = {}, double p = 0.5) {
    return {.id = std::move(id), .candidate = false, .reach = reach, .serves = serves, .minutes = minutes, .participation = p};
}

TEST(CopyClusters, KeepTheGroupWithMorePeopleMetOnlyThereThenTheMoreRelevantPerMinute) {
    const std::vector<NearCopy> pairs{pair_of("a", "b"), pair_of("c", "d"), pair_of("e", "f"), pair_of("g", "h")};
    const auto found = copy_clusters(pairs, {merit("a", 0, 1), merit("b", 2, 0), merit("c", 0, 1, 60), merit("d", 0, 0.5, 10), merit("e", {}, 0, 5, 0.2),
                                             merit("f", {}, 0, 5, 0.9), merit("g", 1, 0, 5), merit("h", 1, 0, 5)});
    ASSERT_EQ(found.size(), 3U + 1U);
    const auto kept = [&](std::string_view id) { return std::ranges::find(found, id, &CopyCluster::keep); };
    EXPECT_TRUE(kept("b") != found.end() && kept("b")->why == KeptFor::reach);
    EXPECT_TRUE(kept("f") != found.end() && kept("f")->why == KeptFor::participation);
    EXPECT_TRUE(kept("g") != found.end() && kept("g")->why == KeptFor::level);
    EXPECT_TRUE(kept("c") != found.end()) << "the minutes of a and b are unknown, so relevance counts per se";
    const auto timed = copy_clusters({pairs[1]}, {merit("c", 0, 1, 60), merit("d", 0, 0.5, 10)});
    EXPECT_EQ(timed.at(0).keep, "d") << "half as relevant in a sixth of the time";
    EXPECT_EQ(timed.at(0).why, KeptFor::relevance);
}

TEST(CopyClusters, HoldOnlyGroupsThatRepeatTheKeptOneItself) {
    // a - b - c in a row: c does not repeat a.
    const std::vector<NearCopy> pairs{pair_of("a", "b"), pair_of("b", "c")};
    const auto end = copy_clusters(pairs, {merit("a", 3), merit("b", 2), merit("c", 1)});
    ASSERT_EQ(end.size(), 1U);
    EXPECT_EQ(end[0].keep, "a");
    EXPECT_EQ(end[0].others.size(), 1U);
    const auto middle = copy_clusters(pairs, {merit("a", 1), merit("b", 2), merit("c", 1)});
    ASSERT_EQ(middle.size(), 1U);
    EXPECT_EQ(middle[0].others.size(), 2U);
}

TEST(CopyClusters, DoNotDependOnTheOrderOfGroupsOrPairs) {
    std::vector<NearCopy> pairs{pair_of("a", "b"), pair_of("a", "c"), pair_of("b", "c"), pair_of("c", "d")};
    std::vector<Merit> merits{merit("a", 1), merit("b", 1), merit("c", 1), merit("d", 1)};
    const auto once = copy_clusters(pairs, merits);
    std::ranges::reverse(pairs);
    std::ranges::reverse(merits);
    const auto again = copy_clusters(pairs, merits);
    ASSERT_EQ(once.size(), again.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
        EXPECT_EQ(once[i].keep, again[i].keep);
        EXPECT_EQ(once[i].others.size(), again[i].others.size());
    }
}

Redundancy::Sample sample(const std::vector<std::uint64_t>& keys) {
    std::vector<Posted> items;
    for (const std::uint64_t key : keys) items.push_back({key, {}});
    return Redundancy::Sample(std::move(items));
}

TEST(Sample, EstimatesWhatLargeAndSmallSetsShare) {
    std::vector<std::uint64_t> large, half, few;
    std::uint64_t state = 1;
    for (int i = 0; i < 20'000; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        large.push_back(state);
        if (i % 2 == 0) half.push_back(state);
        if (i % 100 == 0) few.push_back(state);
    }
    EXPECT_EQ(Redundancy::shared(sample(large), sample(half))->smaller, 1);
    EXPECT_NEAR(Redundancy::shared(sample(large), sample(half))->both, 0.5, 0.06);
    EXPECT_EQ(Redundancy::shared(sample(large), sample(few))->smaller, 1) << "a small set inside a sampled one";
    for (std::uint64_t& key : half) key = key * 3 + 1;  // others
    EXPECT_EQ(Redundancy::shared(sample(large), sample(half))->smaller, 0);
}

TEST(Sample, CountsALinkOnceAndKeepsItsFirstTime) {
    const Redundancy::Sample often({{5, Chat::time(9)}, {5, Chat::time(2)}, {6, Chat::time(1)}});
    EXPECT_EQ(often.size(), 2U);
    EXPECT_TRUE(std::ranges::any_of(often.items(), [](const auto& each) { return each.key == 5 && each.at == Chat::time(2); }));
}

TEST(Sketch, KnowsATextAgainThoughItsGreetingChanged) {
    TokenReader tokens;
    const std::uint64_t sent = text_sketch(tokens.read(notices[0]));
    EXPECT_TRUE(nearly_same_text(sent, text_sketch(tokens.read("Dear friends! " + notices[0]))));
    EXPECT_FALSE(nearly_same_text(sent, text_sketch(tokens.read(notices[1]))));
    EXPECT_EQ(text_sketch(tokens.read("Thanks everybody, see you on Saturday")), 0U) << "anybody may say that";
    EXPECT_FALSE(nearly_same_text(0, 0));
}

}  // namespace redundancy_test
}  // namespace secateur

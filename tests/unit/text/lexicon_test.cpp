// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/lexicon.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/text.hpp"

namespace secateur {
namespace lexicon_test {

const LexiconEntry* topic(std::string_view id) {
    const auto found =
        std::find_if(lexicon().begin(), lexicon().end(), [&](const LexiconEntry& each) { return each.topic == id; });
    return found == lexicon().end() ? nullptr : &*found;
}

TEST(Lexicon, HasEveryTopicOnceAndInBothLanguages) {
    std::set<std::string_view> seen;
    for (const LexiconEntry& each : lexicon()) {
        EXPECT_TRUE(seen.insert(each.topic).second) << each.topic;
        EXPECT_FALSE(each.french.empty()) << each.topic;
        EXPECT_FALSE(each.english.empty()) << each.topic;
    }
    EXPECT_GE(seen.size(), 300U);
}

TEST(Lexicon, RelatesOnlyToTopicsThatExist) {
    for (const LexiconEntry& each : lexicon())
        for (const std::string_view name : each.related) EXPECT_TRUE(topic(name)) << each.topic << " -> " << name;
}

TEST(Lexicon, KnowsTradesFromPlaces) {
    ASSERT_TRUE(topic("hr") && topic("brussels") && topic("geography") && topic("gardening"));
    EXPECT_EQ(topic("hr")->field, LexiconEntry::Field::trade);
    EXPECT_EQ(topic("brussels")->field, LexiconEntry::Field::place);
    EXPECT_EQ(topic("geography")->field, LexiconEntry::Field::other);
    EXPECT_EQ(topic("gardening")->field, LexiconEntry::Field::other);
}

TEST(Lexicon, KnowsWordsOfAskingAndFunctionWords) {
    const auto has = [](std::string_view word, bool stop) {
        return std::any_of(request_words().begin(), request_words().end(),
                           [&](const RequestWord& each) { return each.word == word && each.stop == stop; });
    };
    EXPECT_TRUE(has("cherche", false));
    EXPECT_TRUE(has("les", true));
    EXPECT_TRUE(has("the", true));
}

TEST(Lexicon, HasCuesForEveryPurposeAndForPrivateGroups) {
    std::set<std::string_view> purposes;
    for (const PurposeCue& each : purpose_cues()) purposes.insert(each.purpose);
    for (const std::string_view wanted : {"watch", "decision_makers", "job_leads", "support", "visibility", "belonging",
                                          "meetings", "scope_family", "scope_health"})
        EXPECT_TRUE(purposes.contains(wanted)) << wanted;
}

}  // namespace lexicon_test
}  // namespace secateur

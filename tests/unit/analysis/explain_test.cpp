// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/explain.hpp"

#include <gtest/gtest.h>

#include <set>

#include "analysis/policy.hpp"
#include "base/messages.hpp"

namespace secateur {
namespace explain_test {

TEST(Explain, HasEveryPartOfEveryPageInBothLanguages) {
    for (const MetricPage& page : metric_pages())
        for (const Message* part : {&page.title, &page.formula, &page.unit, &page.inputs, &page.source, &page.limits})
            for (const Language language : {Language::english, Language::french}) {
                EXPECT_TRUE(message_pattern(part->id, language)) << part->id;
                const std::string text = render(*part, language);
                EXPECT_FALSE(text.empty() || text.starts_with('[')) << part->id << ": " << text;
            }
}

TEST(Explain, FindsFiguresUnderTheNamesPeopleUse) {
    for (const std::string_view name :
         {"participation", "P", "days-since-here", "Band", "v1", "vitality", "rule", "data_until", "policy"})
        EXPECT_NE(find_metric(name), nullptr) << name;
    EXPECT_EQ(find_metric("happiness"), nullptr);
    EXPECT_EQ(find_metric(""), nullptr);
}

TEST(Explain, HasAPageForEverySetting) {
    for (const PolicyMember& each : policy_members()) {
        const MetricPage* page = find_metric(each.name);
        ASSERT_NE(page, nullptr) << each.name;
        EXPECT_NE(render(page->formula, Language::english).find(each.name), std::string::npos);
    }
    EXPECT_NE(render(find_metric("policy")->formula, Language::french).find("leave_probability = 0.15"), std::string::npos);
}

TEST(Explain, SaysEachThingOnce) {
    std::set<std::string_view> ids;
    for (const MetricPage& page : metric_pages()) EXPECT_TRUE(ids.insert(page.id).second) << page.id;
}

}  // namespace explain_test
}  // namespace secateur

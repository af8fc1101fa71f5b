// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <set>

#include "base/text.hpp"
#include "reports/registry.hpp"
#include "tests/support/sample_report.hpp"

namespace secateur {
namespace html_test {

std::string page(const AuditReport& report, const RenderOptions& options = {}) {
    std::string text;
    find_renderer("html")->render(report, options, text);
    return text;
}

/// The English page of the sample, rendered once.
const std::string& sample_page() {
    static const std::string text = page(test::sample_report());
    return text;
}

/// What stands between `before` and the next `after`, everywhere.
std::vector<std::string> all_between(const std::string& text, std::string_view before, std::string_view after) {
    std::vector<std::string> found;
    for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
        at += before.size();
        found.push_back(text.substr(at, text.find(after, at) - at));
    }
    return found;
}

TEST(Html, LoadsAndRunsNothing) {
    const std::string& text = sample_page();
    for (const char* forbidden : {"<script", "<link", "<img", "<iframe", "src=", "@import", "url(", " onclick", "javascript:"})
        EXPECT_EQ(text.find(forbidden), std::string::npos) << forbidden;
    EXPECT_NE(text.find("default-src &#39;none&#39;"), std::string::npos);
}

TEST(Html, SaysItsLanguage) {
    const std::string french = page(test::sample_report(), {.language = Language::french});
    EXPECT_NE(french.find("<html lang=\"fr\">"), std::string::npos);
    EXPECT_NE(sample_page().find("<html lang=\"en\">"), std::string::npos);
    // A name in another language says so, one in the language of the page does not.
    EXPECT_NE(french.find("<bdi lang=\"en\">Women in Data Belgium</bdi>"), std::string::npos);
    EXPECT_NE(sample_page().find("<bdi>Women in Data Belgium</bdi>"), std::string::npos);
}

TEST(Html, HasHeadingsInOrder) {
    for (const AuditReport& report : {test::sample_report(), test::sample_report_without_objectives(), AuditReport{}}) {
        const std::string text = page(report);
        int last = 0, first_level = 0;
        for (std::size_t at = text.find("<h"); at != std::string::npos; at = text.find("<h", at + 1)) {
            const char level = text[at + 2];
            if (level < '1' || level > '6') continue;
            EXPECT_LE(level - '0', last + 1) << text.substr(at, 60);
            last = level - '0';
            first_level += last == 1 ? 1 : 0;
        }
        EXPECT_EQ(first_level, 1);
    }
}

TEST(Html, HasUniqueIdsAndLinksThatLead) {
    for (const AuditReport& report : {test::sample_report(), test::sample_report_without_objectives(), AuditReport{}}) {
        const std::string text = page(report);
        std::set<std::string> ids;
        for (const std::string& id : all_between(text, " id=\"", "\"")) EXPECT_TRUE(ids.insert(id).second) << id;
        for (const std::string& target : all_between(text, "href=\"#", "\"")) EXPECT_TRUE(ids.contains(target)) << target;
        for (const std::string& labels : all_between(text, "aria-labelledby=\"", "\""))
            for (const std::string_view label : split(labels, ' ')) EXPECT_TRUE(ids.contains(std::string(label))) << label;
    }
}

TEST(Html, GivesEveryPictureAText) {
    const std::string& text = sample_page();
    for (const std::string& svg : all_between(text, "<svg ", ">")) {
        const bool named = svg.find("role=\"img\"") != std::string::npos && (svg.find("aria-label=\"") != std::string::npos ||
                                                                             svg.find("aria-labelledby=\"") != std::string::npos);
        EXPECT_TRUE(named || svg.find("aria-hidden=\"true\"") != std::string::npos) << svg;
    }
    EXPECT_NE(text.find("you wrote in 12 months of 24, last in September 2026"), std::string::npos)
        << "the sparkline of Women in Data Belgium";
}

TEST(Html, HasHeadersWithScope) {
    const std::string& text = sample_page();
    for (const std::string& header : all_between(text, "<th ", ">"))
        EXPECT_NE(header.find("scope=\""), std::string::npos) << header;
    EXPECT_EQ(all_between(text, "<tr role=\"row\"", ">").size(), 1U + 35U);
}

TEST(Html, HasASkipLinkFirst) {
    const std::string& text = sample_page();
    EXPECT_LT(text.find("class=\"skip\" href=\"#main\""), text.find("<header"));
}

TEST(Html, ShowsACardForEveryJudgedGroupAndNoneForAPersonalOne) {
    const std::string& text = sample_page();
    EXPECT_EQ(all_between(text, "<details ", ">").size(), 35U);
    EXPECT_EQ(all_between(text, "<bdi lang=\"fr\">Famille Delvaux", "<").size(), 1U);
}

TEST(Html, MakesLinksOfWebAddressesOnly) {
    AuditReport report = test::sample_report();
    report.groups[0].url = "javascript:alert(1)";
    report.groups[1].url = "data:text/html,x";
    const std::string text = page(report);
    EXPECT_EQ(text.find("href=\"javascript"), std::string::npos);
    EXPECT_EQ(text.find("href=\"data"), std::string::npos);
    EXPECT_NE(text.find("href=\"https://example.org/g/k5\""), std::string::npos);
}

TEST(Html, LeavesOutThePictureOfObjectivesWhenThereIsNone) {
    EXPECT_EQ(page(test::sample_report_without_objectives()).find("id=\"picture\""), std::string::npos);
    EXPECT_NE(sample_page().find("id=\"picture\""), std::string::npos);
}

TEST(Html, DrawsNoNameOverAnother) {
    const std::string& text = sample_page();
    const std::size_t begin = text.find("id=\"picture-text\"");
    const std::string picture = text.substr(begin, text.find("</svg>", begin) - begin);
    // Names on one line, by y: what lies between the starts of two of them is at least what the first one takes.
    struct Label {
        double left, right, y;
    };
    std::vector<Label> labels;
    for (const std::string& raw : all_between(picture, "<text ", "</text>")) {
        if (raw.find("text-anchor") == std::string::npos || raw.find("class") != std::string::npos) continue;
        const auto value = [&](const std::string& name) {
            return parse_number(all_between(raw, name + "=\"", "\"").front()).value_or(-1);
        };
        const double width = static_cast<double>(display_width(raw.substr(raw.find('>') + 1))) * 6;
        const double x = value("x");
        const bool at_end = raw.find("text-anchor=\"end\"") != std::string::npos;
        labels.push_back({at_end ? x - width : x, at_end ? x : x + width, value(" y")});
    }
    ASSERT_EQ(labels.size(), 35U);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        EXPECT_GE(labels[i].left, 100) << i;
        EXPECT_LE(labels[i].right, 960) << i;
        for (std::size_t j = i + 1; j < labels.size(); ++j)
            EXPECT_TRUE(labels[i].y != labels[j].y || labels[i].right < labels[j].left || labels[j].right < labels[i].left)
                << i << ' ' << j;
    }
}

}  // namespace html_test
}  // namespace secateur

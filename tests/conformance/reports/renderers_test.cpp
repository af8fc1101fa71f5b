// SPDX-License-Identifier: GPL-3.0-or-later
// What every report format must survive: to be listed in the registry is to be tested here.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <map>
#include <set>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "reports/registry.hpp"
#include "tests/support/sample_report.hpp"

namespace secateur {
namespace renderers_test {

struct Case {
    const Renderer* renderer;
    Language language;
};

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const Renderer* renderer : renderers())
        for (const Language language : {Language::english, Language::french}) all.push_back({renderer, language});
    return all;
}

class EveryRenderer : public testing::TestWithParam<Case> {
protected:
    [[nodiscard]] static std::string shown(const AuditReport& report, bool redact = false) {
        std::string text;
        GetParam().renderer->render(report, {.language = GetParam().language, .columns = 200, .redact = redact}, text);
        return text;
    }
    /// Rendered once for all tests.
    [[nodiscard]] static const std::string& once(const char* what, AuditReport (*report)()) {
        static std::map<std::string, std::string> pages;
        std::string& page = pages[std::string(what) + std::string(GetParam().renderer->info().name) +
                                  std::string(language_tag(GetParam().language))];
        if (page.empty()) page = shown(report());
        return page;
    }
    [[nodiscard]] static const std::string& sample() { return once("sample", &test::sample_report); }
    [[nodiscard]] static const std::string& plain() { return once("plain", &test::sample_report_without_objectives); }
    [[nodiscard]] static const std::string& hostile() { return once("hostile", &test::hostile_report); }
    [[nodiscard]] static const std::string& empty() { return once("empty", [] { return AuditReport{}; }); }
    [[nodiscard]] static std::vector<const std::string*> all() { return {&sample(), &plain(), &hostile(), &empty()}; }
    [[nodiscard]] static bool is(std::string_view name) { return GetParam().renderer->info().name == name; }
};

std::vector<AuditReport> reports() {
    return {test::sample_report(), test::sample_report_without_objectives(), test::hostile_report(), AuditReport{}};
}

TEST_P(EveryRenderer, WritesTheSameBytesTwice) {
    EXPECT_EQ(shown(test::sample_report()), sample());
    EXPECT_EQ(shown(test::hostile_report()), hostile());
}

TEST_P(EveryRenderer, AppendsToWhatIsThere) {
    std::string text = "before";
    GetParam().renderer->render(test::sample_report(), {.language = GetParam().language, .columns = 200}, text);
    EXPECT_EQ(text, "before" + sample());
}

TEST_P(EveryRenderer, WritesValidUtf8ThatEndsItsLastLine) {
    for (const std::string* text : all()) {
        EXPECT_TRUE(is_valid_utf8(*text));
        EXPECT_TRUE(text->ends_with('\n'));
    }
}

TEST_P(EveryRenderer, FindsEveryMessage) {
    for (const std::string* text : all()) EXPECT_EQ(text->find("[reports."), std::string::npos);
}

TEST_P(EveryRenderer, LeavesNoControlOrDirectionCharacter) {
    const std::string& text = hostile();
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        ASSERT_TRUE(byte >= 0x20 || c == '\n' || (c == '\r' && is("csv"))) << static_cast<int>(byte);
        ASSERT_NE(byte, 0x7f);
    }
    for (const char* harmful : {"\u202A", "\u202B", "\u202D", "\u202E", "\u2066", "\u2067", "\u200E", "\u200F"})
        EXPECT_EQ(text.find(harmful), std::string::npos);
}

TEST_P(EveryRenderer, KeepsHostileNamesReadable) {
    const std::string& text = hostile();
    for (const test::HostileName& name : test::hostile_names()) EXPECT_NE(text.find(name.kept), std::string::npos) << name.label;
    EXPECT_NE(text.find("👩🏽‍💻"), std::string::npos) << "joined emoji stay joined";
    for (const char* name : {"数据科学", "Nguyễn Văn Bình", "Þóra Jónsdóttir"}) {
        if (std::string_view(name) != "数据科学" && (is("terminal") || is("csv") || is("markdown")))
            continue;  // people are on the cards
        EXPECT_NE(text.find(name), std::string::npos) << name;
    }
}

TEST_P(EveryRenderer, ShowsEveryGroupThatIsJudged) {
    const AuditReport report = test::sample_report();
    const std::string& text = sample();
    for (const GroupAudit& group : report.groups) {
        if (group.name.empty() || group.name.size() > 80) continue;  // a terminal cuts the long one
        std::string name = group.name;
        if (is("html"))
            for (std::size_t at = name.find('&'); at != std::string::npos; at = name.find('&', at + 1))
                name.replace(at, 1, "&amp;");
        if (is("markdown") && (name.find('&') != std::string::npos || name.find('#') != std::string::npos)) continue;
        EXPECT_NE(text.find(name), std::string::npos) << name;
    }
}

TEST_P(EveryRenderer, RedactsBeforeItWrites) {
    const std::string text = shown(test::sample_report(), true);
    EXPECT_EQ(text.find("Women in Data"), std::string::npos);
    EXPECT_EQ(text.find("Isabelle"), std::string::npos);
    EXPECT_NE(text.find(GetParam().language == Language::french ? "groupe 1" : "group 1"), std::string::npos);
}

TEST_P(EveryRenderer, IsFoundByItsNameAndItsEnding) {
    const RendererInfo& info = GetParam().renderer->info();
    EXPECT_EQ(find_renderer(info.name), GetParam().renderer);
    EXPECT_EQ(find_renderer(info.ending), GetParam().renderer);
    EXPECT_FALSE(info.ending.empty());
    EXPECT_FALSE(render(info.title, GetParam().language).starts_with('['));
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryRenderer, testing::ValuesIn(cases()), [](const auto& test) {
    return std::string(test.param.renderer->info().name) + "_" + std::string(language_tag(test.param.language));
});

TEST(Registry, HasDistinctNamesAndNoOther) {
    std::set<std::string_view> names, endings;
    for (const Renderer* renderer : renderers()) {
        EXPECT_TRUE(names.insert(renderer->info().name).second);
        EXPECT_TRUE(endings.insert(renderer->info().ending).second);
    }
    EXPECT_EQ(find_renderer("pdf"), nullptr);
}

std::string page(const AuditReport& report, Language language) {
    std::string text;
    find_renderer("html")->render(report, {.language = language}, text);
    return text;
}

void count_elements(const xmlNode* node, std::map<std::string, int>& counts, std::set<std::string>& attributes) {
    for (; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE) continue;
        ++counts[reinterpret_cast<const char*>(node->name)];
        for (const xmlAttr* attribute = node->properties; attribute; attribute = attribute->next)
            attributes.insert(reinterpret_cast<const char*>(attribute->name));
        count_elements(node->children, counts, attributes);
    }
}

TEST(HtmlReport, IsWellFormedAndHoldsNoForeignElement) {
    for (const Language language : {Language::english, Language::french})
        for (const AuditReport& report : reports()) {
            const std::string text = page(report, language);
            xmlDoc* document = xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                                             XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
            ASSERT_NE(document, nullptr) << (xmlGetLastError() ? xmlGetLastError()->message : "");
            std::map<std::string, int> counts;
            std::set<std::string> attributes;
            count_elements(xmlDocGetRootElement(document), counts, attributes);
            xmlFreeDoc(document);
            EXPECT_EQ(counts["style"], 1);
            EXPECT_EQ(counts["script"] + counts["iframe"] + counts["img"] + counts["object"] + counts["form"], 0);
            for (const std::string& attribute : attributes) EXPECT_FALSE(attribute.starts_with("on")) << attribute;
        }
}

TEST(JsonReport, GivesEveryHostileNameBackUnchanged) {
    std::string text;
    find_renderer("json")->render(test::hostile_report(), {}, text);
    const JsonDocument document(text);
    std::set<std::string> read;
    for (const JsonValue group : document.root()["groups"]) read.insert(std::string(group["name"].string()));
    for (const test::HostileName& name : test::hostile_names())
        EXPECT_TRUE(read.contains(to_valid_utf8(name.text))) << name.label;
}

}  // namespace renderers_test
}  // namespace secateur

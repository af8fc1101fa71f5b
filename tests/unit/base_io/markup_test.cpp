// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/markup.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"
#include "tests/unit/base_io/json_events.hpp"

namespace secateur::test {
namespace markup_test {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

using Lines = std::vector<std::string>;

/// Writes every event down as one line; implied <html>, <head> and <body> are left out.
class MarkupLog final : public MarkupHandler {
public:
    Flow on_open(const MarkupTag& tag, const Location& where) override {
        if (implied(tag.name)) return Flow::proceed;
        std::string line = "<" + std::string(tag.name);
        for (const MarkupAttribute& each : tag.attributes) line += " " + std::string(each.name) + "=" + std::string(each.value);
        if (!tag.space.empty()) line += " in " + std::string(tag.space);
        return log(line, where);
    }
    Flow on_close(std::string_view name, const Location& where) override {
        return implied(name) ? Flow::proceed : log("/" + std::string(name), where);
    }
    Flow on_text(std::string_view text, const Location& where) override { return log("'" + std::string(text), where); }

    Lines lines;
    std::vector<std::uint64_t> offsets, line_numbers;
    std::size_t stop_after = static_cast<std::size_t>(-1);

private:
    static bool implied(std::string_view name) { return name == "html" || name == "body" || name == "head"; }
    Flow log(std::string line, const Location& where) {
        EXPECT_TRUE(is_valid_utf8(line));
        EXPECT_EQ(where.entry, "page");
        lines.push_back(std::move(line));
        offsets.push_back(where.offset.value_or(0));
        line_numbers.push_back(where.line.value_or(0));
        return lines.size() >= stop_after ? Flow::stop : Flow::proceed;
    }
};

enum class As { html, xml };

struct Reading {
    MarkupOutcome outcome;
    MarkupLog log;
};

Reading read(As as, std::string_view document, std::size_t step = std::size_t{1} << 20, const MarkupOptions& options = {}) {
    Reading reading;
    SlowStream stream(document, step);
    reading.outcome = (as == As::html ? read_html : read_xml)(stream, "page", reading.log, options);
    return reading;
}

struct EventCase {
    const char* name;
    As as;
    std::string_view document;
    Lines expected;
    std::string charset{};
};
void PrintTo(const EventCase& c, std::ostream* out) { *out << c.name; }

class MarkupEvents : public ::testing::TestWithParam<EventCase> {};

TEST_P(MarkupEvents, AreHandedOverInOrderWhateverTheReadSize) {
    const EventCase& c = GetParam();
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{1} << 20}) {
        const Reading reading = read(c.as, c.document, step, {.charset = c.charset});
        EXPECT_EQ(reading.outcome.end, MarkupEnd::complete) << reading.outcome.problem.reason.id;
        EXPECT_EQ(reading.outcome.bytes, c.document.size());
        EXPECT_THAT(reading.log.lines, ElementsAreArray(c.expected)) << "step " << step;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, MarkupEvents,
    testing::ValuesIn<EventCase>({
        {"HtmlTagsTextAndAttributes", As::html, R"(<DIV Class="a b" hidden>one <b>two</b></div>)",
                  {"<div class=a b hidden=", "'one ", "<b", "'two", "/b", "/div"}},
        {"HtmlReferencesAreOneText", As::html,
                  "<p>a &amp; b &eacute; &#8239;&lt;i&gt;</p>", {"<p", "'a & b é \u202F<i>", "/p"}},
        {"HtmlVoidElementsClose", As::html,
                  "<p>a<br>b<br/>c</p>", {"<p", "'a", "<br", "/br", "'b", "<br", "/br", "'c", "/p"}},
        {"HtmlLeftOpenIsClosed", As::html, "<div><i>a", {"<div", "<i", "'a", "/i", "/div"}},
        {"HtmlScriptsAndStylesAreNoText", As::html,
                  "<p>a</p><script>if (a<b) 'x'</script><style>p{}</style><p>b</p>",
                  {"<p", "'a", "/p", "<script", "/script", "<style", "/style", "<p", "'b", "/p"}},
        {"HtmlCommentsDoNotCutText", As::html, "<p>a<!-- x -->b</p>", {"<p", "'ab", "/p"}},
        {"HtmlDeclaredWindows1251", As::html,
                  "<html><head><meta http-equiv='content-type' content='text/html; charset=windows-1251'></head>"
                  "<body><p>\xCF\xF0\xE8\xE2\xE5\xF2</p></body></html>",
                  {"<meta http-equiv=content-type content=text/html; charset=windows-1251", "/meta", "<p", "'Привет",
                   "/p"}},
        {"HtmlGivenCharsetWins", As::html,
                  "<meta charset=\"utf-8\"><p>\xCF\xF0</p>",
                  {"<meta charset=utf-8", "/meta", "<p", "'Пр", "/p"}, "windows-1251"},
        {"HtmlIllFormedUtf8IsRepaired", As::html,
                  "<p title='\xFF'>a\xC3(\xE2\x82", {"<p title=\uFFFD", "'a\uFFFD(\uFFFD\uFFFD", "/p"}},
        {"HtmlByteOrderMarkIsNoText", As::html, "\xEF\xBB\xBF<p>a</p>", {"<p", "'a", "/p"}},
        {"HtmlUtf16ByItsMark", As::html,
                  std::string_view("\xFF\xFE<\0p\0>\0\xE9\0<\0/\0p\0>\0", 18), {"<p", "'é", "/p"}},
        {"HtmlControlCharactersAreSpaces", As::html,
                  std::string_view("<p>a\0b\x1B" "c</p>", 12), {"<p", "'a b c", "/p"}},
        {"XmlKeepsCaseAndNamespaces", As::xml,
                  R"(<rss xmlns:c="urn:c"><Item c:A="1" B="x &amp; y"/><c:e>t</c:e></rss>)",
                  {"<rss", "<Item c:A=1 B=x & y", "/Item", "<c:e in urn:c", "'t", "/c:e", "/rss"}},
        {"XmlCdataIsText", As::xml, "<a>x<![CDATA[<b> & ]]>y</a>", {"<a", "'x<b> & y", "/a"}},
        {"XmlKnowsHtmlReferences", As::xml, "<a>caf&eacute;&nbsp;!</a>", {"<a", "'café\u00A0!", "/a"}},
        {"XmlForbiddenCharactersAreLeftOut", As::xml, "<a b='1&#x1F;2'>x&#x1F;y</a>", {"<a b=12", "'xy", "/a"}},
        {"XmlDeclaredLatin1", As::xml,
                  "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9t\xE9</a>", {"<a", "'été", "/a"}},
        {"XmlDoctypeWithoutEntities", As::xml,
                  "<!DOCTYPE a SYSTEM 'http://example.invalid/a.dtd'><a>t</a>", {"<a", "'t", "/a"}}}),
    [](const auto& test) { return test.param.name; });

struct BrokenCase {
    const char* name;
    As as;
    std::string document;
    std::string_view reason;
    MarkupOptions options{};
};
void PrintTo(const BrokenCase& c, std::ostream* out) { *out << c.name; }

class MarkupBroken : public ::testing::TestWithParam<BrokenCase> {};

TEST_P(MarkupBroken, SaysWhatIsWrong) {
    const BrokenCase& c = GetParam();
    const Reading reading = read(c.as, c.document, 1000, c.options);
    EXPECT_EQ(reading.outcome.end, MarkupEnd::broken);
    EXPECT_EQ(reading.outcome.problem.reason.id, c.reason);
    EXPECT_EQ(reading.outcome.problem.where.entry, "page");
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

const std::string bomb =
    "<!DOCTYPE a [<!ENTITY b 'lol'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;'>]><a>&d;&d;&d;</a>";

INSTANTIATE_TEST_SUITE_P(
    Cases, MarkupBroken,
    testing::ValuesIn<BrokenCase>({
        {"PageWithoutItsEnd", As::html, "<html><body><p>a</p>", "json.cut_off"},
        {"HtmlTooDeep", As::html, repeated("<div>", 2000), "markup.too_deep"},
        {"HtmlTextTooLong", As::html,
                   "<p>" + repeated("word ", 40'000), "markup.value_too_long",
                   {.charset = {}, .value_limit = 1000, .needs_end = true}},
        {"HtmlTagTooLong", As::html,
                   "<p a='" + repeated("word ", 40'000), "markup.value_too_long",
                   {.charset = {}, .value_limit = 1000, .needs_end = true}},
        {"XmlTooDeep", As::xml, repeated("<a>", 2000), "markup.too_deep"},
        {"XmlTextTooLong", As::xml,
                   "<a>" + repeated("word ", 40'000) + "</a>", "markup.value_too_long",
                   {.charset = {}, .value_limit = 1000, .needs_end = true}},
        {"XmlEntityBomb", As::xml, bomb, "markup.own_entities"},
        {"XmlExternalEntity", As::xml,
                   "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "markup.own_entities"},
        {"XmlCut", As::xml, "<a><b>c", "json.cut_off"},
        {"XmlEmpty", As::xml, "", "markup.empty"},
        {"XmlMismatch", As::xml, "<a><b></a><c/>", "markup.not_xml"}}),
    [](const auto& test) { return test.param.name; });

TEST(Markup, PlacesAreThoseOfTheFile) {
    const std::string_view page = "<p>h\xC3\xA9</p>\n<!-- <i> --><b x='1'>t</b>";
    const Reading reading = read(As::html, page);
    EXPECT_THAT(reading.log.lines, ElementsAre("<p", "'hé", "/p", "'\n", "<b x=1", "'t", "/b"));
    EXPECT_THAT(reading.log.offsets, ElementsAre(0, 3, 10, 10, page.find("<b"), page.find("t</b"), page.size()));
    EXPECT_EQ(reading.log.line_numbers.back(), 2U);
}

TEST(Markup, PlacesAreThoseOfTheFileInOneByteCharsetsAndFarIn) {
    std::string page = "<meta charset=windows-1251>";
    while (page.size() < 40'000) page += "<p>\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0</p>\n";
    const std::size_t last = page.size();
    page += "<i>\xEC</i>";
    for (const std::string_view charset : {"windows-1251", ""}) {
        const Reading reading = read(As::html, page, std::size_t{1} << 20, {.charset = std::string(charset)});
        const std::size_t n = reading.log.lines.size();
        ASSERT_GT(n, 3U);
        EXPECT_EQ(reading.log.lines[n - 2], "'м");
        EXPECT_EQ(reading.log.offsets[n - 3], last);
        EXPECT_EQ(reading.log.offsets[n - 2], last + 3);
        EXPECT_EQ(reading.log.offsets[n - 1], page.size());
    }
}

TEST(Markup, ASilentPageIsReadInTheCharsetItsReaderExpectsUnlessItIsUtf8) {
    const auto text = [](std::string page) {
        MarkupOptions options;
        options.charset_if_silent = "windows-1251";
        return read(As::html, page, std::size_t{1} << 20, options).log.lines.at(1);
    };
    EXPECT_EQ(text("<p>\xCF\xF0</p>"), "'Пр");
    EXPECT_EQ(text("<p>Пр</p>"), "'Пр");
    EXPECT_EQ(text("<p>é" + std::string(20'000, 'x')).substr(0, 3), "'é");
    EXPECT_THAT(text("<p>" + std::string(16 * 1024 - 4, 'x') + "é</p>"), testing::EndsWith("xé")) << "the first piece ends inside a character";
}

TEST(Markup, QuotesCutByAPieceAreStillQuotes) {
    std::string page;
    while (page.size() < 50'000) page += "<i title='a > b' class=\"one two three\">x</i>";
    const Reading reading = read(As::html, page);
    EXPECT_EQ(reading.outcome.end, MarkupEnd::complete);
    EXPECT_EQ(std::count(reading.log.lines.begin(), reading.log.lines.end(), "<i title=a > b class=one two three"),
              std::count(page.begin(), page.end(), 'x'));
    EXPECT_EQ(reading.log.offsets.back(), page.size());
}

TEST(Markup, XmlPlacesAreThoseOfTheFileFarIn) {
    std::string rows = "<?xml version=\"1.0\"?>\n<rows>\n";
    std::vector<std::uint64_t> begins;
    while (rows.size() < 50'000) {
        begins.push_back(rows.size());
        rows += "  <row Id=\"" + std::to_string(begins.size()) + "\" Body=\"a &lt;b&gt; \xC3\xA9\" />\n";
        begins.back() += 2;
    }
    rows += "</rows>";
    const Reading reading = read(As::xml, rows);
    EXPECT_EQ(reading.outcome.end, MarkupEnd::complete);
    std::vector<std::uint64_t> seen;
    for (std::size_t i = 0; i < reading.log.lines.size(); ++i)
        if (reading.log.lines[i].starts_with("<row ")) seen.push_back(reading.log.offsets[i]);
    EXPECT_EQ(seen, begins);
}

TEST(Markup, APageThatIsCutLeavesItsLastElementOpen) {
    const Reading reading = read(As::html, "<html><body><p>a</p><p>b <i>c</i> rest of the te");
    EXPECT_EQ(reading.outcome.end, MarkupEnd::broken);
    EXPECT_THAT(reading.log.lines, ElementsAre("<p", "'a", "/p", "<p", "'b ", "<i", "'c", "/i"));
}

TEST(Markup, StopsWhenToldTo) {
    MarkupLog log;
    log.stop_after = 2;
    SlowStream stream("<p>a</p><p>b</p>", 4);
    EXPECT_EQ(read_html(stream, "page", log).end, MarkupEnd::stopped);
    EXPECT_THAT(log.lines, ElementsAre("<p", "'a"));
}

TEST(Markup, LetsTheHandlerThrow) {
    struct : MarkupHandler {
        Flow on_open(const MarkupTag&, const Location&) override { throw std::runtime_error("full"); }
        Flow on_close(std::string_view, const Location&) override { return Flow::proceed; }
        Flow on_text(std::string_view, const Location&) override { return Flow::proceed; }
    } handler;
    SlowStream stream("<p>a</p><p>b</p>", 4);
    EXPECT_THROW((void)read_html(stream, "page", handler), std::runtime_error);
}

TEST(MarkupTag, FindsAttributesAndWordsOfItsClass) {
    const std::vector<MarkupAttribute> attributes{{"class", "message  default\tjoined"}, {"id", "message7"}};
    const MarkupTag tag{"a:div", "", attributes};
    EXPECT_EQ(tag["id"], "message7");
    EXPECT_EQ(tag["title"], "");
    EXPECT_TRUE(tag.has("id") && !tag.has("title"));
    EXPECT_TRUE(tag.has_class("message") && tag.has_class("default") && tag.has_class("joined"));
    EXPECT_FALSE(tag.has_class("join") || tag.has_class("fault") || tag.has_class("mess"));
    EXPECT_EQ(tag.local(), "div");
}

struct FragmentCase {
    const char* name;
    std::string_view fragment, text;
    Lines links{};
};
void PrintTo(const FragmentCase& c, std::ostream* out) { *out << c.name; }

class HtmlFragment : public ::testing::TestWithParam<FragmentCase> {};

TEST_P(HtmlFragment, ReadsAsAPersonSeesIt) {
    const HtmlText seen = text_of_html(GetParam().fragment);
    EXPECT_EQ(seen.text, GetParam().text);
    EXPECT_EQ(seen.links, GetParam().links);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, HtmlFragment,
    testing::ValuesIn<FragmentCase>({
        {"Empty", "", ""},
        {"PlainText", " just  words\n here ", "just words here"},
        {"BreaksAndBlocks", "<p>a<br>b</p><p>c</p><ul><li>d</li><li>e</li></ul>f", "a\nb\nc\nd\ne\nf"},
        {"SpacesBetweenInlineTags", "a <b>b</b> c<i>d</i>", "a b cd"},
        {"LinksApart",
                     "<p>see <a href='https://a.example/x?y=1&amp;z=2'>this</a> <a href='/t'>t</a></p>",
                     "see this t",
                     {"https://a.example/x?y=1&z=2"}},
        {"PreformattedStays", "<pre>a\n  b</pre>c", "a\n  b\nc"},
        {"AngleBracketsThatAreNoTags", "1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
        {"WholePageCut", "<html><body><p>a", "a"}}),
    [](const auto& test) { return test.param.name; });

}  // namespace markup_test
}  // namespace secateur::test

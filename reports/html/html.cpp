// SPDX-License-Identifier: GPL-3.0-or-later
// The report as one file: no script, nothing loaded from anywhere, readable on a small screen, by ear and on A4 paper.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "reports/html/markup.hpp"
#include "reports/html/picture.hpp"
#include "reports/overview.hpp"
#include "reports/renderer.hpp"
#include "reports/words.hpp"

namespace secateur {
namespace {

using html::Element;
using html::Markup;

class Page {
public:
    Page(const AuditReport& report, const RenderOptions& options)
        : report_(report), view_(overview_of(report)), words_(options.language), redacted_(options.redact) {
        std::size_t number = 0;
        for (const GroupAudit& group : report.groups) {
            anchors_[&group] = fmt::format("g{}", ++number);
            if (!is_set_apart(group))
                for (const MonthPoint& point : group.months) most_a_month_ = std::max(most_a_month_, point.mine);
        }
    }

    std::string text() {
        page_.doctype();
        {
            const Element html(page_, "html", {{"lang", language_tag(words_.language())}});
            head();
            const Element body(page_, "body");
            page_.leaf("a", say(msg("reports.skip")), {{"class", "skip"}, {"href", "#main"}});
            header();
            {
                const Element main(page_, "main", {{"id", "main"}});
                objectives();
                decisions();
                portfolio();
                picture();
                cards();
                candidates();
                sources();
                habits();
                accounts();
                questions();
                method();
                privacy();
            }
        }
        return page_.take();
    }

private:
    [[nodiscard]] std::string say(const Message& message) const { return words_.say(message); }

    /// A paragraph of the program's own, without a name in it: what stands between backquotes is a command.
    void prose(const Message& message, html::Attributes attributes = {}) {
        const Element paragraph(page_, "p", attributes);
        const std::string text = say(message);
        bool is_code = false;
        for (const std::string_view part : split(text, '`')) {
            if (is_code)
                page_.leaf("code", part);
            else
                page_.text(part);
            is_code = !is_code;
        }
    }

    void heading(std::string_view id, const Message& title) { page_.leaf("h2", say(title), {{"id", id}}); }

    /// A name: isolated, so that its direction stays its own, and in its own language where that is known.
    void name(const GroupAudit& group, bool linked) {
        const std::string_view language =
            group.language == language_tag(words_.language()) ? std::string_view() : std::string_view(group.language);
        const auto write = [&] { page_.leaf("bdi", words_.name(group), {{language.empty() ? "" : "lang", language}}); };
        if (!linked) {
            write();
            return;
        }
        const Element link(page_, "a", {{"href", "#" + anchors_.at(&group)}});
        write();
    }
    void name_list(const std::vector<const GroupAudit*>& groups) {
        for (std::size_t i = 0; i < groups.size(); ++i) {
            if (i > 0) page_.text(", ");
            name(*groups[i], !is_set_apart(*groups[i]));
        }
    }

    void head() {
        const Element head(page_, "head");
        page_.empty("meta", {{"charset", "utf-8"}});
        page_.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
        page_.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
        page_.empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
        page_.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
        page_.empty("meta",
                    {{"http-equiv", "Content-Security-Policy"}, {"content", "default-src 'none'; style-src 'unsafe-inline'"}});
        page_.leaf("title", title());
        page_.style(html::style_sheet());
    }

    [[nodiscard]] std::string title() const {
        return say(report_.client.empty() ? msg("reports.top.anonymous", arg("day", report_.as_of))
                                          : msg("reports.top", arg("client", report_.client), arg("day", report_.as_of)));
    }

    void header() {
        const Element header(page_, "header", {{"class", "top"}});
        page_.leaf("p", title(), {{"class", "eyebrow"}});
        page_.leaf("h1", say(msg("reports.html.title")));
        std::vector<std::string> parts;
        for (const Message& part : headline(report_, view_, words_.language())) parts.push_back(say(part));
        page_.leaf("p", say(msg("reports.sentence", arg("text", words_.joined(parts)))), {{"class", "lead"}});
        if (report_.minutes_budget)
            page_.leaf("p", say(msg("reports.budget", arg("time", words_.duration(*report_.minutes_budget)))));
        for (const Message& remark : report_.remarks) page_.leaf("p", say(remark));
        strip();
        if (!report_.sources.empty()) {
            std::string line;
            for (const SourceFamily& family : view_.sources) {
                std::string part = words_.platform(family.platform);
                if (family.data_until) part += " (" + words_.short_day(*family.data_until) + ")";
                line += (line.empty() ? "" : ", ") + part;
            }
            page_.leaf("p", words_.labelled(say(msg("reports.html.read_from")), line), {{"class", "soft small"}});
        }
        contents();
    }

    /// The decisions at a glance: a bar that only repeats the list beneath it.
    void strip() {
        if (view_.sections.empty()) return;
        const auto kind_of = [](const Section& section) {
            return section.decision ? std::string(to_string(*section.decision)) : std::string("cannot_judge");
        };
        if (!view_.open.empty()) {
            const Element bar(page_, "div", {{"class", "bar"}, {"aria-hidden", "true"}});
            for (const Section& section : view_.sections)
                page_.leaf("span", "", {{"class", kind_of(section)}, {"style", fmt::format("flex:{}", section.groups.size())}});
            if (!view_.set_apart.empty())
                page_.leaf("span", "", {{"class", "apart"}, {"style", fmt::format("flex:{}", view_.set_apart.size())}});
        }
        const Element list(page_, "ul", {{"class", "strip"}});
        const auto item = [&](std::string_view kind, std::size_t count, const std::string& words) {
            const Element entry(page_, "li");
            if (!view_.open.empty()) page_.leaf("span", "", {{"class", fmt::format("swatch {}", kind)}, {"aria-hidden", "true"}});
            page_.leaf("strong", words_.count(count)).text(words);
        };
        for (const Section& section : view_.sections)
            item(kind_of(section), section.groups.size(),
                 section.decision ? words_.advice(*section.decision) : words_.fact(*section.fact));
        if (!view_.set_apart.empty()) item("apart", view_.set_apart.size(), say(msg("reports.html.set_apart")));
    }

    void contents() {
        const Element nav(page_, "nav", {{"aria-label", say(msg("reports.html.contents"))}});
        const Element list(page_, "ul");
        const auto entry = [&](bool is_there, std::string_view target, const Message& title) {
            if (!is_there) return;
            const Element item(page_, "li");
            page_.leaf("a", say(title), {{"href", target}});
        };
        entry(!report_.objectives.empty(), "#objectives", msg("reports.heading.objectives"));
        entry(!view_.proposals.empty(), "#decisions", msg("reports.heading.decisions"));
        entry(!report_.groups.empty(), "#portfolio", msg("reports.heading.portfolio"));
        entry(has_picture(), "#picture", msg("reports.heading.picture"));
        entry(!view_.sections.empty(), "#cards", msg("reports.heading.cards"));
        entry(!report_.candidates.empty(), "#candidates", msg("reports.heading.candidates"));
        entry(!report_.sources.empty(), "#sources", msg("reports.heading.sources"));
        entry(!habit_lines(report_, words_).empty(), "#habits", msg("habits.heading"));
        entry(!view_.dormant.empty(), "#accounts", msg("reports.heading.dormant"));
        entry(!view_.questions.empty(), "#questions", msg("reports.heading.questions"));
        entry(true, "#method", msg("reports.heading.method"));
    }

    void objectives() {
        if (report_.objectives.empty()) {
            if (!report_.groups.empty()) page_.leaf("p", say(msg("reports.no_objective")), {{"class", "box"}});
            return;
        }
        heading("objectives", msg("reports.heading.objectives"));
        if (view_.open.empty()) page_.leaf("p", say(msg("reports.no_objective")));
        const Element list(page_, "ol", {{"class", "objectives"}});
        for (const ObjectiveAudit* objective : view_.open) {
            const Element item(page_, "li", {{"class", "box"}});
            page_.leaf("h3", words_.objective(objective->id, report_));
            page_.leaf("p", say(msg("reports.objective.groups", arg("strong", objective->strong_groups),
                                    arg("some", objective->some_groups))));
            if (objective->start)
                page_.leaf("p", say(msg("reports.objective.since", arg("day", *objective->start))), {{"class", "soft small"}});
            if (objective->remark) page_.leaf("p", say(*objective->remark));
        }
        for (const ObjectiveAudit* objective : view_.done) {
            const Element item(page_, "li", {{"class", "box"}});
            page_.leaf("h3", words_.objective(objective->id, report_));
            page_.leaf("p", say(msg("reports.objective.done", arg("day", *objective->done))));
            if (objective->remark) page_.leaf("p", say(*objective->remark));
        }
    }

    void reasons(const Verdict& verdict) {
        if (verdict.reasons.empty()) return;
        const Element list(page_, "ul", {{"class", "reasons"}});
        for (const Reason& reason : verdict.reasons) {
            const bool against = reason.side == Side::against;
            const Element item(page_, "li", {{against ? "class" : "", "against"}});
            if (against) page_.leaf("b", say(msg("reports.html.against"))).text(" ");
            page_.text(say(reason.text));
        }
    }
    void advice(const Verdict& verdict) {
        page_.leaf("span", words_.advice(verdict), {{"class", fmt::format("tag {}", to_string(verdict.decision))}});
        if (verdict.certainty) page_.text(" ").leaf("span", words_.with_certainty(*verdict.certainty), {{"class", "soft small"}});
    }

    void decisions() {
        if (view_.proposals.empty()) return;
        heading("decisions", msg("reports.heading.decisions"));
        page_.leaf("p", say(msg("reports.html.decisions_intro")), {{"class", "soft"}});
        const Element list(page_, "ul", {{"class", "decisions"}});
        for (const GroupAudit* group : view_.proposals) {
            const Element item(page_, "li", {{"class", fmt::format("box {}", to_string(group->verdict.decision))}});
            {
                const Element title(page_, "h3");
                name(*group, true);
            }
            advice(group->verdict);
            page_.leaf("span", " · " + words_.platform(group->platform), {{"class", "soft small"}});
            reasons(group->verdict);
            if (group->verdict.suggestion) page_.leaf("p", say(*group->verdict.suggestion), {{"class", "next"}});
        }
    }

    void cell(const Message& label, const std::string& text, std::string_view kind = {}) {
        const Element td(page_, "td", {{"role", "cell"}, {"data-label", say(label)}, {kind.empty() ? "" : "class", kind}});
        page_.leaf("span", text);
    }

    void portfolio() {
        if (report_.groups.empty()) return;
        heading("portfolio", msg("reports.heading.portfolio"));
        if (!view_.sections.empty()) portfolio_table();
        if (view_.set_apart.empty()) return;
        const Element line(page_, "p", {{"class", "after"}});
        page_.leaf("strong",
                   words_.labelled(say(msg("reports.html.set_apart_title", arg("groups", view_.set_apart.size()))), ""));
        name_list(view_.set_apart);
        page_.text(". ").text(say(msg("reports.card.set_apart")));
    }

    void portfolio_table() {
        const bool with_objectives = !view_.open.empty();
        const Element table(page_, "table", {{"class", "portfolio"}, {"role", "table"}});
        page_.leaf("caption", say(msg("reports.html.portfolio_caption")));
        {
            const Element head(page_, "thead", {{"role", "rowgroup"}});
            const Element row(page_, "tr", {{"role", "row"}});
            const auto column = [&](const Message& title, std::string_view kind = {}) {
                page_.leaf("th", say(title), {{"scope", "col"}, {"role", "columnheader"}, {kind.empty() ? "" : "class", kind}});
            };
            column(msg("reports.column.group"));
            column(with_objectives ? msg("reports.column.certainty") : msg("reports.column.advice"));
            column(msg("reports.column.activity"));
            column(msg("reports.column.months"));
            column(msg("reports.column.people"), "number");
            column(msg("reports.column.minutes"), "number");
            if (with_objectives) column(msg("reports.column.serves"));
        }
        for (const Section& section : view_.sections) {
            const Element body(page_, "tbody",
                               {{"role", "rowgroup"},
                                {"class", section.decision ? to_string(*section.decision) : std::string_view("cannot_judge")}});
            {
                const Element row(page_, "tr", {{"class", "heading"}, {"role", "row"}});
                const std::string title =
                    capitalised(section.decision ? words_.advice(*section.decision) : words_.fact(*section.fact));
                page_.leaf("th", say(msg("reports.section", arg("title", title), arg("groups", section.groups.size()))),
                           {{"class", "rowgroup"},
                            {"scope", "rowgroup"},
                            {"colspan", with_objectives ? "7" : "6"},
                            {"role", "rowheader"}});
            }
            for (const GroupAudit* group : section.groups) portfolio_row(*group, with_objectives);
        }
    }

    void portfolio_row(const GroupAudit& group, bool with_objectives) {
        const Element row(page_, "tr", {{"role", "row"}});
        {
            const Element head(page_, "th", {{"scope", "row"}, {"role", "rowheader"}});
            name(group, true);
            page_.leaf("span", words_.platform(group.platform), {{"class", "soft"}});
        }
        const Verdict& verdict = group.verdict;
        if (with_objectives) {
            const Element td(page_, "td", {{"role", "cell"}, {"data-label", say(msg("reports.column.certainty"))}});
            const Element both(page_, "span");
            page_.text(verdict.certainty ? words_.certainty(*verdict.certainty) : std::string("—"));
            if (verdict.decision == Decision::trial && verdict.until)
                page_.leaf("span", words_.advice(verdict), {{"class", "soft"}});
        } else {
            cell(msg("reports.column.advice"), words_.advice(verdict));
        }
        {
            const Element td(page_, "td",
                             {{"role", "cell"}, {"class", "activity"}, {"data-label", say(msg("reports.column.activity"))}});
            const Element both(page_, "span");
            if (group.last_act) {
                page_.text(say(msg("reports.html.wrote_on", arg("day", words_.short_day(*group.last_act)))));
                std::vector<std::string> under;
                if (group.participation.likelihood) under.push_back(words_.likelihood(*group.participation.likelihood));
                if (group.my_active_weeks_52 > 0)
                    under.push_back(say(msg("reports.html.weeks", arg("weeks", group.my_active_weeks_52))));
                page_.leaf("span", words_.joined(under), {{"class", "soft"}});
            } else {
                page_.text(say(msg("reports.picture.silent")));
            }
        }
        {
            const Element td(page_, "td", {{"role", "cell"}, {"data-label", say(msg("reports.column.months"))}});
            html::draw_sparkline(page_, group, most_a_month_, words_);
        }
        const std::string unknown = say(msg("reports.value.unknown"));
        cell(msg("reports.column.people"), group.people_met ? words_.count(*group.people_met) : unknown, "number");
        cell(msg("reports.column.minutes"), group.minutes ? words_.duration(group.minutes->mid) : unknown, "number");
        if (!with_objectives) return;
        const Element td(page_, "td", {{"role", "cell"}, {"data-label", say(msg("reports.column.serves"))}});
        const Element all(page_, "span");
        if (view_.open.size() == 1 || best_band(group) == Band::none || best_band(group) == Band::unknown) {
            page_.leaf("span", words_.band(best_band(group)), {{"class", "line"}});
            return;
        }
        for (const RelevanceScore& each : group.relevance)
            if (each.band != Band::none && each.band != Band::unknown)
                page_.leaf("span", words_.labelled(for_terminal(each.objective), words_.band(each.band)), {{"class", "line"}});
    }

    [[nodiscard]] bool has_picture() const { return !view_.open.empty() && !view_.sections.empty(); }

    void picture() {
        if (!has_picture()) return;
        heading("picture", msg("reports.heading.picture"));
        const Element figure(page_, "figure");
        {
            const Element frame(
                page_, "div",
                {{"class", "picture"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", say(msg("reports.picture.title"))}});
            html::draw_scatter(page_, view_, words_);
        }
        const Element caption(page_, "figcaption");
        {
            const Element list(page_, "ul", {{"class", "legend"}});
            for (const Section& section : view_.sections) {
                const Element item(page_, "li");
                {
                    const Element svg(page_, "svg", {{"viewBox", "0 0 18 18"}, {"aria-hidden", "true"}});
                    html::draw_mark(page_, *section.decision, 9, 9, 6, true);
                }
                page_.text(words_.advice(*section.decision));
            }
        }
        page_.leaf("p", say(msg("reports.picture.text")), {{"class", "soft small"}});
        // The same in words, for whoever does not see the picture, and for whoever does.
        std::vector<const GroupAudit*> used, unused, elsewhere;
        for (const Section& section : view_.sections)
            for (const GroupAudit* group : section.groups) {
                const Band band = best_band(*group);
                const bool serves = is_serving(band);
                const auto& likelihood = group->participation.likelihood;
                if (serves && likelihood == Likelihood::often) used.push_back(group);
                if (serves && (!likelihood || likelihood == Likelihood::hardly_ever)) unused.push_back(group);
                if (!serves && band != Band::unknown && likelihood == Likelihood::often) elsewhere.push_back(group);
            }
        const auto sentence = [&](const Message& label, const std::vector<const GroupAudit*>& groups) {
            if (groups.empty()) return;
            const Element line(page_, "p");
            page_.leaf("strong", words_.labelled(say(label), ""));
            name_list(groups);
            page_.text(".");
        };
        sentence(msg("reports.picture.used"), used);
        sentence(msg("reports.picture.unused"), unused);
        sentence(msg("reports.picture.elsewhere"), elsewhere);
    }

    void card_part(const CardRow& row) {
        const Element part(page_, "div");
        page_.leaf("dt", row.label);
        for (const std::string& line : row.lines) page_.leaf("dd", line);
    }

    void cards() {
        if (view_.sections.empty()) return;
        page_.leaf("h2", say(msg("reports.heading.cards")), {{"id", "cards"}, {"class", "new-page"}});
        page_.leaf("p", say(msg("reports.html.cards_intro")), {{"class", "soft"}});
        const Element all(page_, "div", {{"class", "cards"}});
        for (const Section& section : view_.sections)
            for (const GroupAudit* group : section.groups) card(*group);
    }

    void card(const GroupAudit& group) {
        const Element details(page_, "details", {{"class", to_string(group.verdict.decision)}});
        {
            const Element summary(page_, "summary");
            {
                const Element title(page_, "h3");
                name(group, false);
            }
            advice(group.verdict);
        }
        {
            // The link leads inside, so that the browser opens the card.
            const Element body(page_, "div", {{"id", anchors_.at(&group)}, {"class", "card"}});
            {
                const Element top(page_, "div", {{"class", "two"}});
                {
                    const Element left(page_, "div");
                    page_.leaf("p", words_.platform(group.platform) + " · " + words_.kind(group.kind), {{"class", "soft small"}});
                    reasons(group.verdict);
                    if (group.verdict.suggestion) page_.leaf("p", say(*group.verdict.suggestion), {{"class", "next"}});
                    if (group.verdict.question) {
                        const Element question(page_, "p", {{"class", "next"}});
                        page_.leaf("strong", words_.labelled(say(msg("reports.card.question")), ""))
                            .text(say(*group.verdict.question));
                    }
                }
                const Element right(page_, "div");
                html::draw_months(page_, group, most_a_month_, words_);
            }
            const Element list(page_, "dl");
            for (const CardRow& row : card_rows(group, report_, words_)) card_part(row);
        }
        if (is_address(group.url)) {
            const Element back(page_, "p", {{"class", "back"}});
            page_.leaf("a", say(msg("reports.html.open_group")), {{"href", group.url}, {"rel", "noreferrer"}});
        }
    }

    /// Only addresses of the web become links: an export may hold anything.
    static bool is_address(std::string_view url) { return url.starts_with("https://") || url.starts_with("http://"); }

    void candidates() {
        if (report_.candidates.empty()) return;
        heading("candidates", msg("reports.heading.candidates"));
        page_.leaf("p", say(msg("reports.html.candidates_intro")), {{"class", "soft"}});
        const Element list(page_, "ul", {{"class", "decisions"}});
        for (const GroupAudit& group : report_.candidates) {
            const Element item(page_, "li", {{"class", "box"}});
            {
                const Element title(page_, "h3");
                name(group, false);
            }
            for (const RelevanceScore& each : group.relevance)
                page_.leaf("p", words_.labelled(words_.objective(each.objective, report_), words_.band(each.band)),
                           {{"class", "small"}});
            reasons(group.verdict);
        }
    }

    void sources() {
        if (report_.sources.empty()) return;
        heading("sources", msg("reports.heading.sources"));
        html::draw_timeline(page_, report_, words_);
        const Element list(page_, "ul", {{"class", "sources"}});
        for (const SourceFamily& family : view_.sources) {
            const Element item(page_, "li", {{"class", "box"}});
            page_.leaf("h3", source_title(family, words_));
            {
                const Element lines(page_, "ul");
                for (const std::string& line : source_lines(family, words_)) page_.leaf("li", line);
            }
            for (const SourceCard* source : family.sources) {
                const Element file(page_, "p", {{"class", "soft small"}});
                page_.leaf("bdi", source_name(*source));
                if (!source->label.empty()) page_.empty("br");
                std::string counts;  // an agenda or a list of contacts has none
                if (source->activities > 0) counts = say(msg("reports.source.counts", arg("activities", source->activities), arg("mine", source->mine)));
                if (source->first && source->last)
                    counts =
                        say(msg("reports.source.span", arg("first", *source->first), arg("last", *source->last))) + " " + counts;
                page_.text(counts);
            }
        }
    }

    void habits() {
        const std::vector<HabitLine> lines = habit_lines(report_, words_);
        if (lines.empty()) return;
        heading("habits", msg("habits.heading"));
        const Element list(page_, "ul", {{"class", "plain"}});
        for (std::size_t i = 0; i < lines.size();) {
            const Element item(page_, "li");
            page_.text(lines[i].text);
            for (++i; i < lines.size() && lines[i].below; ++i) page_.leaf("div", lines[i].text, {{"class", "soft"}});
        }
    }

    void accounts() {
        if (view_.dormant.empty()) return;
        heading("accounts", msg("reports.heading.dormant"));
        page_.leaf("p", say(msg("reports.html.dormant_intro")), {{"class", "soft"}});
        const Element list(page_, "ul", {{"class", "plain"}});
        for (const AccountCard* account : view_.dormant) {
            const Element item(page_, "li");
            page_.leaf("strong", words_.platform(account->platform));
            if (!account->handle.empty()) page_.text(" (").leaf("bdi", for_terminal(account->handle)).text(")");
            page_.text(words_.labelled("", account->last_used
                                               ? say(msg("reports.account.last_used", arg("day", *account->last_used)))
                                               : say(msg("reports.account.never_seen"))));
            if (account->is_public)
                page_.text(". ").text(*account->is_public ? say(msg("reports.account.public"))
                                                          : say(msg("reports.account.private")));
            if (account->password_known)
                page_.text(". ").text(*account->password_known ? say(msg("reports.account.password_known"))
                                                               : say(msg("reports.account.password_lost")));
            page_.text(".");
        }
    }

    void questions() {
        if (view_.questions.empty()) return;
        heading("questions", msg("reports.heading.questions"));
        page_.leaf("p", say(msg("reports.html.questions_intro")), {{"class", "soft"}});
        const Element list(page_, "ol", {{"class", "plain"}});
        for (const SharedQuestion& question : view_.questions) {
            const Element item(page_, "li");
            page_.text(capitalised(say(question.text)));
            page_.empty("br");
            const Element names(page_, "span", {{"class", "soft small"}});
            name_list(question.groups);
        }
    }

    void method() {
        heading("method", msg("reports.heading.method"));
        const Element list(page_, "dl", {{"class", "method"}});
        const auto entry = [&](const Message& term, const Message& text) {
            const Element part(page_, "div");
            page_.leaf("dt", say(term)).leaf("dd", say(text));
        };
        entry(msg("reports.method.participation_term"), msg("reports.method.participation"));
        entry(msg("reports.method.relevance_term"), msg("reports.method.relevance"));
        entry(msg("reports.method.minutes_term"), msg("reports.method.minutes"));
        entry(msg("reports.method.people_term"), msg("reports.method.people"));
        entry(msg("reports.method.certainty_term"), msg("reports.method.certainty"));
        entry(msg("reports.method.months_term"), msg("reports.method.months"));
        entry(msg("reports.method.limits_term"), msg("reports.method.limits"));
        if (report_.totals.left_groups > 0 || report_.totals.direct_conversations > 0)
            entry(msg("reports.method.not_counted_term"), msg("reports.not_counted", arg("left", report_.totals.left_groups),
                                                              arg("direct", report_.totals.direct_conversations)));
        if (!report_.zone.empty()) entry(msg("reports.method.zone_term"), msg("reports.method.zone", arg("zone", report_.zone)));
    }

    void privacy() {
        const Element box(page_, "section", {{"class", "privacy"}, {"aria-labelledby", "privacy"}});
        heading("privacy", msg("reports.heading.privacy"));
        page_.leaf("p", say(msg("reports.privacy.local")));
        prose(redacted_ ? msg("reports.privacy.redacted") : msg("reports.privacy.names"));
    }

    const AuditReport& report_;
    const Overview view_;
    const Words words_;
    const bool redacted_;
    std::uint64_t most_a_month_ = 0;  // all sparklines have one scale
    std::map<const GroupAudit*, std::string> anchors_;
    Markup page_;
};

class HtmlRenderer final : public Renderer {
public:
    [[nodiscard]] const RendererInfo& info() const override {
        static const RendererInfo info{.name = "html", .title = msg("reports.title.html"), .ending = "html"};
        return info;
    }

private:
    void write(const AuditReport& report, const RenderOptions& options, std::string& out) const override {
        out += Page(report, options).text();
    }
};

}  // namespace

const Renderer& html_renderer() {
    static const HtmlRenderer renderer;
    return renderer;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/terminal/terminal.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "base/text.hpp"
#include "reports/overview.hpp"
#include "reports/words.hpp"

namespace secateur {
namespace {

enum class Ink { plain, bold, dim, green, yellow, blue, magenta, red, cyan };

/// Colour is added to words that say the same without it.
Ink ink_of(Decision decision) {
    switch (decision) {
        case Decision::keep: return Ink::green;
        case Decision::trial: return Ink::yellow;
        case Decision::read_only: return Ink::blue;
        case Decision::mute: return Ink::magenta;
        case Decision::leave: return Ink::red;
        case Decision::cannot_judge: break;
    }
    return Ink::cyan;
}

class Page {
public:
    explicit Page(const RenderOptions& options)
        : columns_(static_cast<std::size_t>(std::max(options.columns, 40))), colour_(options.colour) {}

    [[nodiscard]] std::size_t columns() const noexcept { return columns_; }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    [[nodiscard]] std::string inked(Ink ink, std::string_view text) const {
        constexpr std::array<std::string_view, 9> codes{"",           "\x1b[1m",    "\x1b[2m",    "\x1b[1;32m", "\x1b[1;33m",
                                                        "\x1b[1;34m", "\x1b[1;35m", "\x1b[1;31m", "\x1b[1;36m"};
        if (!colour_ || ink == Ink::plain) return std::string(text);
        return std::string(codes[static_cast<std::size_t>(ink)]).append(text).append("\x1b[0m");
    }

    void blank() { text_ += '\n'; }
    /// One line as it is, cut to the width.
    void line(std::string_view text, Ink ink = Ink::plain) { text_ += inked(ink, fit_width(text, columns_)) + '\n'; }
    void raw_line(std::string_view text) { (text_ += text) += '\n'; }
    /// A paragraph broken at spaces; `hang` indents every line after the first further.
    void paragraph(std::string_view text, std::size_t indent = 0, std::size_t hang = 0, Ink ink = Ink::plain) {
        std::string line;
        std::size_t margin = indent;
        const auto flush = [&] {
            text_ += std::string(margin, ' ') + inked(ink, line) + '\n';
            line.clear();
            margin = indent + hang;
        };
        for (const std::string_view word : split(text, ' ')) {
            if (word.empty()) continue;
            const std::size_t room = columns_ - std::min(columns_ - 10, margin);
            if (!line.empty() && display_width(line) + 1 + display_width(word) > room) flush();
            if (!line.empty()) line += ' ';
            line += fit_width(word, columns_ - std::min(columns_ - 10, margin));
        }
        if (!line.empty()) flush();
    }

private:
    std::size_t columns_;
    bool colour_;
    std::string text_;
};

std::string padded(std::string_view text, std::size_t width, bool to_the_right = false) {
    std::string cell = fit_width(text, width);
    const std::size_t used = display_width(cell);
    const std::string space(width > used ? width - used : 0, ' ');
    return to_the_right ? space + cell : cell + space;
}

/// The lines of all sections share one set of column widths.
class GroupTable {
public:
    GroupTable(const Overview& view, const Words& words, std::size_t columns)
        : words_(words) {
        const bool with_objectives = !view.open.empty();
        constexpr std::size_t most_ids = 26;
        std::size_t ids = 0;
        for (const ObjectiveAudit* objective : view.open) {
            numbers_[objective->id] = std::to_string(numbers_.size() + 1);
            ids += display_width(for_terminal(objective->id)) + 3;  // "++" and a space
        }
        serves_by_id_ = columns >= 110 && ids <= most_ids + 1;
        columns_.push_back({words.say(msg("reports.column.group")), 1'000, false, 0, &GroupTable::name_cell});
        columns_.push_back({words.say(msg("reports.column.platform")), 10, false, 1, &GroupTable::platform_cell});
        columns_.push_back({words.say(msg("reports.column.silence")), 10, false, 6, &GroupTable::silence_cell});
        columns_.push_back({words.say(msg("reports.column.likelihood")), 14, false, 2, &GroupTable::likelihood_cell});
        if (with_objectives)
            columns_.push_back({words.say(msg("reports.column.serves")), serves_by_id_ ? most_ids : 18, false, 4, &GroupTable::serves_cell});
        columns_.push_back({words.say(msg("reports.column.minutes")), 9, true, 5, &GroupTable::minutes_cell});
        columns_.push_back(
            {with_objectives ? words.say(msg("reports.column.certainty")) : words.say(msg("reports.column.advice")), 16, false, 3,
             with_objectives ? &GroupTable::certainty_cell : &GroupTable::advice_cell});
        for (const Section& section : view.sections)
            for (const GroupAudit* group : section.groups) measure(*group);
        for (Column& column : columns_) column.width = std::min(std::max(column.width, display_width(column.title)), column.most);
        fit(columns);
    }

    [[nodiscard]] std::string heading() const {
        return row([](const Column& column) { return column.title; });
    }
    [[nodiscard]] std::string line(const GroupAudit& group) const {
        return row([&](const Column& column) { return (this->*column.cell)(group); });
    }

    static constexpr std::size_t indent = 2;

private:
    struct Column {
        std::string title;
        std::size_t most;    // widest it may be
        bool to_the_right;
        int importance;      // the least goes first on a narrow screen
        std::string (GroupTable::*cell)(const GroupAudit&) const;
        std::size_t width = 0;
    };
    static constexpr std::size_t gap = 2;

    /// Less important columns give way until names have room.
    void fit(std::size_t columns) {
        constexpr std::size_t least_name = 18;
        const auto others = [&] {
            return std::accumulate(columns_.begin() + 1, columns_.end(), indent,
                                   [](std::size_t sum, const Column& column) { return sum + gap + column.width; });
        };
        while (columns_.size() > 1 && others() + std::min(least_name, columns_.front().width) > columns) {
            const auto least = std::min_element(columns_.begin() + 1, columns_.end(),
                                                [](const Column& a, const Column& b) { return a.importance < b.importance; });
            columns_.erase(least);
        }
        columns_.front().width = std::min(columns_.front().width, columns - others());
    }

    void measure(const GroupAudit& group) {
        for (Column& column : columns_) column.width = std::max(column.width, display_width((this->*column.cell)(group)));
    }

    template <class Content>
    [[nodiscard]] std::string row(Content&& content) const {
        std::string line(indent, ' ');
        for (const Column& column : columns_) {
            if (&column != &columns_.front()) line.append(gap, ' ');
            line += padded(content(column), column.width, column.to_the_right);
        }
        while (line.ends_with(' ')) line.pop_back();
        return line;
    }

    [[nodiscard]] std::string name_cell(const GroupAudit& group) const { return words_.name(group); }
    [[nodiscard]] std::string platform_cell(const GroupAudit& group) const { return words_.platform(group.platform); }
    [[nodiscard]] std::string silence_cell(const GroupAudit& group) const { return words_.silence(group); }
    [[nodiscard]] std::string likelihood_cell(const GroupAudit& group) const {
        return group.participation.likelihood ? words_.likelihood(*group.participation.likelihood) : std::string("—");
    }
    [[nodiscard]] std::string serves_cell(const GroupAudit& group) const {
        std::string cell;
        for (const RelevanceScore& each : group.relevance) {
            if (!is_serving(each.band)) continue;
            if (!cell.empty()) cell += ' ';
            const auto number = numbers_.find(each.objective);
            cell += serves_by_id_ || number == numbers_.end() ? for_terminal(each.objective) : number->second;
            cell += each.band == Band::strong ? "++" : "+";
        }
        if (!cell.empty()) return cell;
        return best_band(group) == Band::unknown ? "?" : "—";
    }
    [[nodiscard]] std::string minutes_cell(const GroupAudit& group) const {
        return group.minutes ? words_.duration(group.minutes->mid) : std::string("?");
    }
    [[nodiscard]] std::string certainty_cell(const GroupAudit& group) const {
        if (!group.verdict.certainty) return "—";
        return words_.certainty(*group.verdict.certainty);
    }
    [[nodiscard]] std::string advice_cell(const GroupAudit& group) const {
        return group.verdict.decision == Decision::cannot_judge ? std::string("—") : words_.advice(group.verdict.decision);
    }

    const Words& words_;
    bool serves_by_id_ = false;  // else by the number of the objective, which the top of the screen lists
    std::map<std::string, std::string> numbers_;
    std::vector<Column> columns_;
};

std::string title_of(const Section& section, const Words& words) {
    const std::string title = section.decision ? words.advice(*section.decision) : words.fact(*section.fact);
    return words.say(msg("reports.section", arg("title", title), arg("groups", section.groups.size())));
}

/// Its spaces no longer break a line.
std::string kept_together(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == ' ' ? std::string("\u00a0") : std::string(1, c);
    return out;
}

std::string list_names(const std::vector<const GroupAudit*>& groups, const Words& words, std::size_t most) {
    std::string all;
    for (std::size_t i = 0; i < groups.size() && i < most; ++i) all += (i > 0 ? ", " : "") + words.name(*groups[i]);
    return groups.size() > most ? words.say(msg("reports.and_more", arg("names", all), arg("more", groups.size() - most))) : all;
}

void write_heading(Page& page, std::string_view title, Ink ink = Ink::bold) {
    page.blank();
    page.line(title, ink);
}

void write_top(Page& page, const AuditReport& report, const Overview& view, const Words& words) {
    page.line(words.say(report.client.empty() ? msg("reports.top.anonymous", arg("day", report.as_of))
                                              : msg("reports.top", arg("client", report.client), arg("day", report.as_of))),
              Ink::bold);
    std::vector<std::string> parts;
    for (const Message& part : headline(report, view, words.language())) parts.push_back(words.say(part));
    page.paragraph(words.say(msg("reports.sentence", arg("text", words.joined(parts)))));
    if (report.minutes_budget)
        page.paragraph(words.say(msg("reports.budget", arg("time", words.duration(*report.minutes_budget)))));

    if (!view.open.empty()) {
        write_heading(page, words.say(msg("reports.heading.objectives")));
        std::size_t number = 0;
        for (const ObjectiveAudit* objective : view.open) {
            page.paragraph(
                words.say(msg("reports.objective.line", arg("number", ++number), arg("id", for_terminal(objective->id)),
                              arg("text", words.objective(objective->id, report)), arg("strong", objective->strong_groups),
                              arg("some", objective->some_groups))),
                2, 3);
            if (objective->remark) page.paragraph(words.say(*objective->remark), 4, 0, Ink::dim);
        }
    } else if (!report.groups.empty()) {
        page.blank();
        page.paragraph(words.say(msg("reports.no_objective")));
    }
    if (!report.remarks.empty()) page.blank();
    for (const Message& remark : report.remarks) page.paragraph(words.say(remark));

    if (view.sections.size() > 1) {
        std::string counts;
        for (const Section& section : view.sections)
            counts += (counts.empty() ? "" : " · ") + kept_together(title_of(section, words));
        page.blank();
        page.paragraph(counts, 0, 0, Ink::bold);
    }
}

void write_groups(Page& page, const Overview& view, const Words& words) {
    if (view.sections.empty()) return;
    const GroupTable table(view, words, page.columns());
    page.blank();
    page.line(table.heading(), Ink::dim);
    for (const Section& section : view.sections) {
        write_heading(page, capitalised(title_of(section, words)), section.decision ? ink_of(*section.decision) : Ink::bold);
        for (const GroupAudit* group : section.groups) {
            page.line(table.line(*group));
            const Verdict& verdict = group->verdict;
            std::string beneath;
            if (verdict.decision == Decision::trial && verdict.until) beneath = words.advice(verdict);
            // Without an objective the verdict of most groups is the same sentence: it is said once, above.
            const bool says_its_reason = section.decision || verdict.decision != Decision::cannot_judge;
            if (says_its_reason && !verdict.reasons.empty()) {
                const std::string reason = words.say(verdict.reasons.front().text);
                beneath = beneath.empty() ? reason : words.labelled(beneath, continued(reason));
            } else if (says_its_reason && verdict.question) {
                beneath = words.say(*verdict.question);
            }
            if (!beneath.empty()) page.paragraph(beneath, GroupTable::indent + 2, 0, Ink::dim);
        }
    }
    if (!view.open.empty()) {
        page.blank();
        page.paragraph(words.say(msg("reports.legend.serves")), 0, 0, Ink::dim);
    }
}

void write_candidates(Page& page, const AuditReport& report, const Words& words) {
    if (report.candidates.empty()) return;
    write_heading(page, words.say(msg("reports.heading.candidates")));
    for (const GroupAudit& group : report.candidates) {
        page.paragraph(words.labelled(words.name(group), words.band(best_band(group))), 2, 2);
        if (!group.verdict.reasons.empty()) page.paragraph(words.say(group.verdict.reasons.front().text), 4, 0, Ink::dim);
    }
}

void write_sources(Page& page, const Overview& view, const Words& words) {
    if (view.sources.empty()) return;
    write_heading(page, words.say(msg("reports.heading.sources")));
    for (const SourceFamily& family : view.sources) {
        page.line("  " + source_title(family, words));
        for (const std::string& line : source_lines(family, words)) page.paragraph(line, 4, 2, Ink::dim);
    }
}

void write_end(Page& page, const AuditReport& report, const Overview& view, const Words& words) {
    if (!view.dormant.empty()) {
        write_heading(page, words.say(msg("reports.heading.dormant")));
        for (const AccountCard* account : view.dormant) {
            std::string line = words.platform(account->platform);
            if (!account->handle.empty()) line += " (" + for_terminal(account->handle) + ")";
            page.paragraph(words.labelled(line, account->last_used
                                                    ? words.say(msg("reports.account.last_used", arg("day", *account->last_used)))
                                                    : words.say(msg("reports.account.never_seen"))),
                           2, 2);
        }
    }
    if (!view.questions.empty()) {
        constexpr std::size_t most_questions = 5;
        write_heading(page, words.say(msg("reports.heading.questions")));
        for (std::size_t i = 0; i < view.questions.size() && i < most_questions; ++i) {
            const SharedQuestion& question = view.questions[i];
            page.paragraph(words.say(question.text), 2, 2);
            page.paragraph(list_names(question.groups, words, 4), 4, 0, Ink::dim);
        }
        if (view.questions.size() > most_questions)
            page.paragraph(words.say(msg("reports.questions_more", arg("count", view.questions.size() - most_questions))), 2, 2, Ink::dim);
    }
    if (report.totals.left_groups > 0 || report.totals.direct_conversations > 0) {
        page.blank();
        page.paragraph(words.say(msg("reports.not_counted", arg("left", report.totals.left_groups),
                                     arg("direct", report.totals.direct_conversations))),
                       0, 0, Ink::dim);
    }
}

class TerminalRenderer final : public Renderer {
public:
    [[nodiscard]] const RendererInfo& info() const override {
        static const RendererInfo info{.name = "terminal", .title = msg("reports.title.terminal"), .ending = "txt"};
        return info;
    }

private:
    void write(const AuditReport& report, const RenderOptions& options, std::string& out) const override {
        const Words words(options.language);
        const Overview view = overview_of(report);
        Page page(options);
        write_top(page, report, view, words);
        write_groups(page, view, words);
        if (!view.set_apart.empty()) {
            page.blank();
            page.paragraph(words.say(msg("reports.set_apart", arg("groups", view.set_apart.size()),
                                         arg("names", list_names(view.set_apart, words, 8)))),
                           0, 2);
        }
        write_candidates(page, report, words);
        write_sources(page, view, words);
        write_end(page, report, view, words);
        out += page.text();
    }
};

}  // namespace

std::string render_card(const GroupAudit& group, const AuditReport& report, const RenderOptions& options) {
    const Words words(options.language);
    const Verdict& verdict = group.verdict;
    Page page(options);
    page.paragraph(words.name(group), 0, 2, Ink::bold);
    page.paragraph(words.joined({words.platform(group.platform), words.kind(group.kind), for_terminal(group.id)}), 0, 0,
                   Ink::dim);
    page.blank();
    std::string advice = words.advice(verdict);
    if (verdict.certainty) advice = words.joined({advice, words.with_certainty(*verdict.certainty)});
    page.paragraph(advice, 0, 0, ink_of(verdict.decision));
    if (verdict.suggestion) page.paragraph(words.say(*verdict.suggestion));
    for (const Side side : {Side::in_favour, Side::against}) {
        if (std::ranges::none_of(verdict.reasons, [&](const Reason& reason) { return reason.side == side; })) continue;
        page.blank();
        page.line(
            side == Side::in_favour ? words.say(msg("reports.card.reasons_for")) : words.say(msg("reports.card.reasons_against")),
            Ink::bold);
        for (const Reason& reason : verdict.reasons)
            if (reason.side == side) page.paragraph((side == Side::in_favour ? "+ " : "– ") + words.say(reason.text), 2, 2);
    }
    for (const CardRow& row : card_rows(group, report, words)) {
        page.blank();
        page.line(row.label, Ink::bold);
        for (const std::string& line : row.lines) page.paragraph(line, 2, 2);
    }
    if (verdict.question) {
        page.blank();
        page.line(words.say(msg("reports.card.question")), Ink::bold);
        page.paragraph(words.say(*verdict.question), 2);
    }
    if (!group.url.empty()) {
        page.blank();
        page.raw_line(for_terminal(group.url));  // whole: a cut address cannot be opened
    }
    return page.text();
}

const Renderer& terminal_renderer() {
    static const TerminalRenderer renderer;
    return renderer;
}

}  // namespace secateur

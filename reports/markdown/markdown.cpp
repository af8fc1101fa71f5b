// SPDX-License-Identifier: GPL-3.0-or-later
// The report as Markdown (CommonMark with tables), to paste into notes. Every text is escaped: a name can make no link, no
// heading, no cell and no HTML.
#include <algorithm>

#include "base/text.hpp"
#include "reports/overview.hpp"
#include "reports/renderer.hpp"
#include "reports/words.hpp"

namespace secateur {
namespace {

/// Escapes what Markdown would read as more than text, including addresses that some readers turn into links by themselves.
std::string escaped(std::string_view raw) {
    const std::string text = for_terminal(raw);
    constexpr std::string_view special = "\\`*_{}[]<>#|!~^$@";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool starts = i == 0;
        if (c == '&')
            out += "&amp;";
        else if (special.find(c) != std::string_view::npos || (c == ':' && text.compare(i, 3, "://") == 0) ||
                 (c == '.' && i >= 3 && fold_search(std::string_view(text).substr(i - 3, 3)) == "www") ||
                 (starts && (c == '-' || c == '+' || c == '=')))
            (out += '\\') += c;
        else if ((c == '.') && i > 0 && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(i), [](char d) {
                     return d >= '0' && d <= '9';
                 }))
            out += "\\.";  // "1. " would begin a list
        else
            out += c;
    }
    return out;
}

/// Blocks with one blank line between them.
class Note {
public:
    explicit Note(std::string& out) : out_(out) {}
    void heading(int level, const std::string& text) {
        begin(Block::text);
        out_ += std::string(static_cast<std::size_t>(level), '#') + " " + escaped(text) + "\n";
    }
    void paragraph(const std::string& text) {
        begin(Block::text);
        out_ += escaped(text) + "\n";
    }
    void item(const std::string& text, int level = 0) {
        begin(Block::list);
        out_ += std::string(static_cast<std::size_t>(level) * 2, ' ') + "- " + escaped(text) + "\n";
    }
    void row(const std::vector<std::string>& cells) {
        begin(Block::table);
        out_ += '|';
        for (const std::string& cell : cells) out_ += " " + escaped(cell) + " |";
        out_ += '\n';
    }
    void rule(std::size_t columns) {
        out_ += '|';
        for (std::size_t i = 0; i < columns; ++i) out_ += " --- |";
        out_ += '\n';
    }

private:
    enum class Block { none, text, list, table };
    void begin(Block block) {
        if (last_ != Block::none && (block == Block::text || block != last_)) out_ += '\n';
        last_ = block;
    }
    std::string& out_;
    Block last_ = Block::none;
};

class Document {
public:
    Document(const AuditReport& report, const RenderOptions& options, std::string& out)
        : report_(report), view_(overview_of(report)), words_(options.language), note_(out) {}

    void write() {
        note_.heading(1,
                      say(report_.client.empty() ? msg("reports.top.anonymous", arg("day", report_.as_of))
                                                 : msg("reports.top", arg("client", report_.client), arg("day", report_.as_of))));
        std::vector<std::string> parts;
        for (const Message& part : headline(report_, view_, words_.language())) parts.push_back(say(part));
        note_.paragraph(say(msg("reports.sentence", arg("text", words_.joined(parts)))));
        if (report_.minutes_budget)
            note_.paragraph(say(msg("reports.budget", arg("time", words_.duration(*report_.minutes_budget)))));
        for (const Message& remark : report_.remarks) note_.paragraph(say(remark));
        objectives();
        for (const Section& section : view_.sections) groups(section);
        if (!view_.set_apart.empty()) {
            note_.heading(2, say(msg("reports.html.set_apart_title", arg("groups", view_.set_apart.size()))));
            note_.paragraph(names(view_.set_apart));
        }
        if (!report_.candidates.empty()) {
            note_.heading(2, say(msg("reports.heading.candidates")));
            for (const GroupAudit& group : report_.candidates) {
                note_.item(words_.labelled(words_.name(group), words_.band(best_band(group))));
                reasons(group.verdict);
            }
        }
        sources();
        if (const std::vector<HabitLine> lines = habit_lines(report_, words_); !lines.empty()) {
            note_.heading(2, say(msg("habits.heading")));
            for (const HabitLine& line : lines) note_.item(line.text, line.below ? 1 : 0);
        }
        if (!view_.dormant.empty()) {
            note_.heading(2, say(msg("reports.heading.dormant")));
            for (const AccountCard* account : view_.dormant)
                note_.item(words_.labelled(
                    words_.platform(account->platform) + (account->handle.empty() ? "" : " (" + account->handle + ")"),
                    account->last_used ? say(msg("reports.account.last_used", arg("day", *account->last_used)))
                                       : say(msg("reports.account.never_seen"))));
        }
        if (!view_.questions.empty()) {
            note_.heading(2, say(msg("reports.heading.questions")));
            for (const SharedQuestion& question : view_.questions) {
                note_.item(say(question.text));
                note_.item(names(question.groups), 1);
            }
        }
    }

private:
    [[nodiscard]] std::string say(const Message& message) const { return words_.say(message); }
    [[nodiscard]] std::string names(const std::vector<const GroupAudit*>& groups) const {
        std::string all;
        for (const GroupAudit* group : groups) all += (all.empty() ? "" : ", ") + words_.name(*group);
        return all;
    }

    void objectives() {
        if (view_.open.empty()) {
            if (!report_.groups.empty()) note_.paragraph(say(msg("reports.no_objective")));
            return;
        }
        note_.heading(2, say(msg("reports.heading.objectives")));
        for (const ObjectiveAudit* objective : view_.open) {
            note_.item(words_.labelled(words_.objective(objective->id, report_),
                                       say(msg("reports.objective.groups", arg("strong", objective->strong_groups),
                                               arg("some", objective->some_groups)))));
            if (objective->remark) note_.item(say(*objective->remark), 1);
        }
    }

    void reasons(const Verdict& verdict) {
        for (const Reason& reason : verdict.reasons)
            note_.item(
                reason.side == Side::in_favour ? say(reason.text) : say(msg("reports.html.against")) + " " + continued(say(reason.text)), 1);
    }

    void groups(const Section& section) {
        const bool with_objectives = section.decision.has_value();
        note_.heading(
            2,
            say(msg("reports.section",
                    arg("title", capitalised(section.decision ? words_.advice(*section.decision) : words_.fact(*section.fact))),
                    arg("groups", section.groups.size()))));
        std::vector<std::string> head{say(msg("reports.column.group")), say(msg("reports.column.platform")),
                                      say(msg("reports.column.last_act")), say(msg("reports.column.likelihood")),
                                      say(msg("reports.column.minutes"))};
        head.push_back(with_objectives ? say(msg("reports.column.serves")) : say(msg("reports.column.advice")));
        if (with_objectives) head.push_back(say(msg("reports.column.certainty")));
        note_.row(head);
        note_.rule(head.size());
        for (const GroupAudit* group : section.groups) {
            std::vector<std::string> row{
                words_.name(*group), words_.platform(group->platform),
                group->last_act ? words_.short_day(*group->last_act) : say(msg("reports.silence.none")),
                group->participation.likelihood ? words_.likelihood(*group->participation.likelihood) : std::string("—"),
                group->minutes ? words_.duration(group->minutes->mid) : say(msg("reports.value.unknown"))};
            if (with_objectives) {
                std::string serves;
                for (const RelevanceScore& each : group->relevance)
                    serves += (serves.empty() ? "" : ", ") +
                              (view_.open.size() == 1 ? words_.band(each.band)
                                                      : words_.labelled(for_terminal(each.objective), words_.band(each.band)));
                row.push_back(serves.empty() ? std::string("—") : serves);
                row.push_back(group->verdict.certainty ? words_.certainty(*group->verdict.certainty) : std::string("—"));
            } else {
                row.push_back(words_.advice(group->verdict));
            }
            note_.row(row);
        }
        if (!with_objectives) return;
        for (const GroupAudit* group : section.groups) {
            const Verdict& verdict = group->verdict;
            if (verdict.reasons.empty() && !verdict.suggestion) continue;
            note_.item(verdict.until ? words_.labelled(words_.name(*group), words_.advice(verdict)) : words_.name(*group));
            reasons(verdict);
            if (verdict.suggestion) note_.item(say(*verdict.suggestion), 1);
        }
    }

    void sources() {
        if (view_.sources.empty()) return;
        note_.heading(2, say(msg("reports.heading.sources")));
        for (const SourceFamily& family : view_.sources) {
            note_.item(source_title(family, words_));
            for (const std::string& line : source_lines(family, words_)) note_.item(line, 1);
        }
    }

    const AuditReport& report_;
    const Overview view_;
    const Words words_;
    Note note_;
};

class MarkdownRenderer final : public Renderer {
public:
    [[nodiscard]] const RendererInfo& info() const override {
        static const RendererInfo info{.name = "markdown", .title = msg("reports.title.markdown"), .ending = "md"};
        return info;
    }

private:
    void write(const AuditReport& report, const RenderOptions& options, std::string& out) const override {
        std::string text;
        Document(report, options, text).write();
        out += text;
    }
};

}  // namespace

const Renderer& markdown_renderer() {
    static const MarkdownRenderer renderer;
    return renderer;
}

}  // namespace secateur

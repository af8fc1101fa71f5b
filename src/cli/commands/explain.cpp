// SPDX-License-Identifier: GPL-3.0-or-later
// `explain METRIC`: formula, inputs, source, limits.
#include <array>

#include "analysis/explain.hpp"
#include "base/text.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"

namespace secateur::cli {
namespace {

using Part = std::pair<std::string_view, Message MetricPage::*>;
constexpr std::array<Part, 5> parts{{{"formula", &MetricPage::formula}, {"unit", &MetricPage::unit}, {"inputs", &MetricPage::inputs},
                                     {"source", &MetricPage::source}, {"limits", &MetricPage::limits}}};

void write_json(Session& session, const std::vector<const MetricPage*>& pages) {
    JsonText json;
    json.begin_object().member("schema", "secateur.explain/1").key("metrics").begin_array();
    for (const MetricPage* page : pages) {
        json.begin_object().member("id", page->id).member("title", session.text(page->title));
        for (const auto& [name, part] : parts) json.member(name, session.text(page->*part));
        json.end_object();
    }
    json.end_array().end_object();
    session.out() << json.take();
}

}  // namespace

int run_explain(Session& session, const Arguments& arguments) {
    if (arguments.positionals.empty()) {
        std::vector<const MetricPage*> pages;
        for (const MetricPage& page : metric_pages()) pages.push_back(&page);
        if (session.json()) {
            write_json(session, pages);
            return 0;
        }
        session.say(msg("cli.explain_list"));
        for (const MetricPage* page : pages) session.out() << "  " << page->id << std::string(28 - std::min<std::size_t>(27, page->id.size()), ' ') << session.text(page->title) << '\n';
        return 0;
    }
    const MetricPage* page = find_metric(arguments.positionals[0]);
    if (!page)
        throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.unknown_metric", arg("metric", quote(arguments.positionals[0]))), .where = {},
                            .hint = msg("cli.hint_explain")});
    if (session.json()) {
        write_json(session, {page});
        return 0;
    }
    session.say(page->title);
    const std::array<Message, 5> titles{msg("cli.explain_formula"), msg("cli.explain_unit"), msg("cli.explain_inputs"), msg("cli.explain_source"), msg("cli.explain_limits")};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        session.out() << '\n';
        session.say(titles[i]);
        for (const std::string& line : session.lines(page->*(parts[i].second))) session.put(line, 2, 0);
    }
    return 0;
}

}  // namespace secateur::cli

// SPDX-License-Identifier: GPL-3.0-or-later
// `quarantine`: what could not be read, and why; `--show` reads the places again.
#include "base/text.hpp"
#include "cli/session.hpp"
#include "ingest/import.hpp"
#include "reports/json/json_text.hpp"

namespace secateur::cli {

int run_quarantine(Session& session, const Arguments& arguments) {
    std::optional<std::int64_t> source;
    if (!arguments.positionals.empty()) {
        source = parse_integer(arguments.positionals[0]);
        if (!source || !session.store().source(*source))
            throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.unknown_source", arg("id", quote(arguments.positionals[0]))), .where = {},
                                .hint = msg("cli.hint_sources")});
    }
    const auto rows = session.store().quarantined(source);
    const bool show = arguments.has("--show");
    if (session.json()) {
        JsonText json;
        json.begin_object().member("schema", "secateur.quarantine/1").key("quarantined").begin_array();
        for (const QuarantineRow& row : rows) {
            json.begin_object()
                .member("source", row.source)
                .member("path", row.label)
                .member("entry", row.where.entry)
                .member("line", row.where.line)
                .member("record", row.where.record)
                .member("offset", row.where.offset)
                .member("length", row.where.length)
                .member("connector", row.connector)
                .member("connector_version", static_cast<std::int64_t>(row.connector_version))
                .member("reason", session.text(row.reason))
                .member("hint", session.text(row.hint));
            if (show) json.member("raw", read_quarantined(row));
            json.end_object();
        }
        json.end_array().end_object();
        session.out() << json.take();
        return 0;
    }
    if (rows.empty()) session.say(msg("cli.quarantine_empty"));
    for (const QuarantineRow& row : rows) {
        session.out() << for_terminal_lines(render(Problem{.kind = ErrorKind::input, .reason = row.reason, .where = row.where, .hint = row.hint}, session.language())) << '\n';
        if (!show) continue;
        if (const auto raw = read_quarantined(row))
            for (const auto line : split(*raw, '\n')) session.out() << "  | " << for_terminal(line) << '\n';
        else
            session.say(msg("cli.quarantine_gone", arg("path", row.label)));
    }
    return 0;
}

}  // namespace secateur::cli

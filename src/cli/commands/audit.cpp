// SPDX-License-Identifier: GPL-3.0-or-later
// `audit`, `show` and `report`: three ways to the same AuditReport.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "base/text.hpp"
#include "cli/audit_inputs.hpp"
#include "cli/session.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/registry.hpp"
#include "reports/terminal/terminal.hpp"

namespace secateur::cli {
namespace {

RenderOptions options_for(Session& session, bool redact = false) {
    return {.language = session.language(), .columns = session.environment().columns, .colour = session.colour(), .redact = redact};
}

void write_file(const std::filesystem::path& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    if (!file.flush())
        throw Error(Problem{.kind = ErrorKind::io, .reason = msg("cli.cannot_write", arg("path", path.string())), .where = {}, .hint = msg("cli.hint_disk")});
}

const Renderer& renderer_called(std::string_view name) {
    const Renderer* renderer = find_renderer(name);
    if (renderer) return *renderer;
    std::string known;
    for (const Renderer* each : renderers()) known += (known.empty() ? "" : ", ") + std::string(each->info().name);
    throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.unknown_format", arg("format", quote(name))), .where = {},
                        .hint = msg("cli.hint_formats", arg("formats", known))});
}

/// The format that the file's ending says, where --format does not.
std::string format_of(const Arguments& arguments) {
    if (const auto format = arguments.value("--format")) return *format;
    if (const auto out = arguments.value("--out"))
        for (const Renderer* each : renderers())
            if (std::filesystem::path(*out).extension() == "." + std::string(each->info().ending)) return std::string(each->info().name);
    return arguments.has("--json") ? "json" : "terminal";
}

/// An audit as of today keeps its advice; one of another day would keep what was never said. What cannot be kept is told, and no more.
AuditReport audit_and_keep(Session& session, const Arguments& arguments) {
    AuditReport report = session.audit();
    if (arguments.has("--as-of")) return report;
    try {
        freeze_month(session.store(), report);
    } catch (const Error& error) {
        session.tell(error.problem());
    }
    return report;
}

}  // namespace

int run_audit(Session& session, const Arguments& arguments) {
    std::string text;
    renderer_called(session.json() ? "json" : "terminal").render(audit_and_keep(session, arguments), options_for(session), text);
    session.out() << text;
    return 0;
}

int run_show(Session& session, const Arguments& arguments) {
    std::string words;
    for (const std::string& word : arguments.positionals) words += (words.empty() ? "" : " ") + word;
    const GroupListing wanted = session.find_group(words);
    AuditReport report = session.audit();
    const auto is_it = [&](const GroupAudit& each) { return each.id == wanted.id; };
    auto found = std::ranges::find_if(report.groups, is_it);
    if (found == report.groups.end()) found = std::ranges::find_if(report.candidates, is_it);
    if (found == report.groups.end() || found == report.candidates.end()) {
        session.say(msg("cli.show_left", arg("group", wanted.name.empty() ? wanted.id : wanted.name)));
        return 0;
    }
    if (session.json()) {
        session.out() << group_json(report, *found, session.language());
        return 0;
    }
    session.out() << render_card(*found, report, options_for(session));
    return 0;
}

int run_report(Session& session, const Arguments& arguments) {
    const Renderer& renderer = renderer_called(format_of(arguments));
    const auto out = arguments.value("--out");
    RenderOptions options = options_for(session, arguments.has("--redact"));
    if (out) options.colour = false;
    std::string text;
    renderer.render(audit_and_keep(session, arguments), options, text);
    if (!out || *out == "-") {
        session.out() << text;
        return 0;
    }
    write_file(*out, text);
    session.say(msg("cli.report_written", arg("path", *out)));
    return 0;
}

}  // namespace secateur::cli

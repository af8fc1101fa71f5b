// SPDX-License-Identifier: GPL-3.0-or-later
// `sources`: the coverage card of each import; `remove` takes one back.
#include <algorithm>

#include "base/text.hpp"
#include "cli/session.hpp"
#include "connectors/registry.hpp"
#include "reports/json/json_text.hpp"
#include "reports/words.hpp"

namespace secateur::cli {
namespace {

/// What this coverage lets the audit say, and what not. Empty where nothing is known.
Message coverage_meaning(std::string_view coverage) {
    if (coverage == "full") return msg("cli.coverage_full");
    if (coverage == "own_only") return msg("cli.coverage_own_only");
    if (coverage == "partial_window") return msg("cli.coverage_partial_window");
    if (coverage == "names_only") return msg("cli.coverage_names_only");
    if (coverage == "mixed") return msg("cli.coverage_mixed");
    return {};
}

void list_json(Session& session, const std::vector<SourceInfo>& sources) {
    JsonText json;
    json.begin_object().member("schema", "secateur.sources/1").key("sources").begin_array();
    for (const SourceInfo& source : sources) {
        json.begin_object()
            .member("id", source.id)
            .member("path", source.label)
            .member("platform", source.platform)
            .member("connector", source.connector)
            .member("connector_version", static_cast<std::int64_t>(source.connector_version))
            .member("imported_on", source.imported_on)
            .member("exported_at", source.exported_at)
            .member("owner", source.owner_name.empty() ? std::optional<std::string>() : source.owner_name)
            .member("owner_evidence", session.text(source.owner_evidence))
            .member("coverage", source.counts.coverage)
            .member("coverage_meaning", session.text(coverage_meaning(source.counts.coverage)))
            .member("groups", source.counts.groups)
            .member("activities", source.counts.activities)
            .member("mine", source.counts.mine)
            .member("unattributed", source.counts.unattributed)
            .member("direct", source.counts.direct)
            .member("contacts", source.counts.contacts)
            .member("quarantined", source.counts.quarantined)
            .member("first", source.counts.first)
            .member("last", source.counts.last);
        json.key("lacks").begin_array();
        for (const Message& lack : source.lacks) json.value(session.text(lack));
        json.end_array().end_object();
    }
    json.end_array().end_object();
    session.out() << json.take();
}

void list_text(Session& session, const std::vector<SourceInfo>& sources) {
    if (sources.empty()) {
        session.say(msg("cli.no_sources"));
        return;
    }
    std::vector<const Connector*> asked;  // whose exports lack something, once each
    for (const SourceInfo& source : sources) {
        session.say(msg("cli.source_head", arg("id", source.id), arg("path", source.label), arg("connector", source.connector)));
        const auto line = [&](const Message& message) { session.say_below(message); };
        if (source.counts.groups > 0 || source.counts.activities > 0)
            line(msg("cli.import_counts", arg("groups", source.counts.groups), arg("activities", source.counts.activities), arg("mine", source.counts.mine)));
        else if (source.counts.direct == 0) line(msg("cli.import_no_group", arg("count", source.counts.accepted)));
        if (source.counts.direct > 0 || source.counts.contacts > 0)
            line(msg("cli.source_people", arg("direct", source.counts.direct), arg("contacts", source.counts.contacts)));
        if (const Message meaning = coverage_meaning(source.counts.coverage); !meaning.empty()) line(meaning);
        if (source.counts.first && source.counts.last) line(msg("cli.import_period", arg("first", date_of(*source.counts.first)), arg("last", date_of(*source.counts.last))));
        if (source.exported_at) line(msg("cli.source_exported", arg("day", date_of(*source.exported_at))));
        if (source.owner_name.empty() && source.owner_key.empty())
            line(msg("cli.source_no_owner"));
        else
            line(msg("cli.import_owner", arg("name", source.owner_name.empty() ? source.owner_key : source.owner_name), arg("evidence", session.text(source.owner_evidence))));
        if (source.counts.unattributed > 0) line(msg("cli.import_unattributed", arg("count", source.counts.unattributed)));
        if (source.counts.quarantined > 0) line(msg("cli.import_quarantined", arg("count", source.counts.quarantined)));
        for (const Message& lack : source.lacks) line(msg("cli.import_lack", arg("text", session.text(lack))));
        const Connector* connector = find_connector(source.connector);
        if (connector != nullptr && !source.lacks.empty() && std::ranges::find(asked, connector) == asked.end()) asked.push_back(connector);
        session.out() << '\n';
    }
    if (asked.empty()) return;
    session.say(msg("cli.sources_ask"));
    const Words words(session.language());
    for (const Connector* connector : asked)
        session.say_below(msg("cli.source_how_to", arg("platform", words.platform(connector->info().name)),
                              arg("text", session.text(Message{std::string(connector->info().how_to), {}}))));
}

}  // namespace

int run_sources(Session& session, const Arguments& arguments) {
    const auto& words = arguments.positionals;
    if (words.empty()) {
        const auto sources = session.store().sources();
        session.json() ? list_json(session, sources) : list_text(session, sources);
        return 0;
    }
    const std::int64_t id = words.size() == 2 ? parse_integer(words[1]).value_or(0) : 0;
    if (words[0] != "remove" || id <= 0)
        throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.sources_usage", arg("word", quote(words.back()))), .where = {}, .hint = msg("cli.hint_sources")});
    const RemovedSource removed = session.store().remove_source(id);
    session.say(msg("cli.source_removed", arg("id", id), arg("activities", removed.activities), arg("others", removed.others)));
    for (const std::string& path : removed.import_again) session.say(msg("cli.source_import_again", arg("path", path)));
    return 0;
}

}  // namespace secateur::cli

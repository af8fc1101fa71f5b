// SPDX-License-Identifier: GPL-3.0-or-later
// `connectors`: what is recognised, and how to ask each platform for it.
#include "base/text.hpp"
#include "cli/session.hpp"
#include "connectors/registry.hpp"
#include "reports/json/json_text.hpp"

namespace secateur::cli {

int run_connectors(Session& session, const Arguments&) {
    if (session.json()) {
        JsonText json;
        json.begin_object().member("schema", "secateur.connectors/1").key("connectors").begin_array();
        for (const Connector* connector : connectors()) {
            const ConnectorInfo& info = connector->info();
            json.begin_object()
                .member("name", info.name)
                .member("version", static_cast<std::int64_t>(info.version))
                .member("title", info.title)
                .member("recognises", session.text(Message{std::string(info.message), {}}))
                .member("how_to", session.text(Message{std::string(info.how_to), {}}))
                .end_object();
        }
        json.end_array().end_object();
        session.out() << json.take();
        return 0;
    }
    for (const Connector* connector : connectors()) {
        const ConnectorInfo& info = connector->info();
        session.out() << info.name << "  " << info.title << '\n';
        for (const auto id : {info.message, info.how_to})
            for (const std::string& line : session.lines(Message{std::string(id), {}})) session.out() << "    " << line << '\n';
    }
    session.out() << '\n';
    session.say(msg("cli.connectors_else"));
    return 0;
}

}  // namespace secateur::cli

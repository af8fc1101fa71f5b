// SPDX-License-Identifier: GPL-3.0-or-later
// `connectors`: what is recognised, how to ask each platform for it, and what to do where no file can be had.
#include <array>
#include <string>

#include "cli/session.hpp"
#include "connectors/registry.hpp"
#include "reports/json/json_text.hpp"

namespace secateur::cli {
namespace {

/// Platforms that give a file nobody has described, or none: what they hold comes in by the tables of the generic connector.
struct ByTable {
    std::string_view platform, title;
};
constexpr std::array<ByTable, 5> by_table{{{"copains_davant", "Copains d’avant"},
                                           {"meetup", "Meetup"},
                                           {"nextdoor", "Nextdoor"},
                                           {"viadeo", "Viadeo"},
                                           {"xing", "XING"}}};
constexpr std::array<std::string_view, 5> tables{"groups", "memberships", "posts", "accounts", "meetings"};

Message text_of(std::string_view id) { return Message{std::string(id), {}}; }

void print_json(Session& session) {
    JsonText json;
    json.begin_object().member("schema", "secateur.connectors/1").key("connectors").begin_array();
    for (const Connector* connector : connectors()) {
        const ConnectorInfo& info = connector->info();
        json.begin_object()
            .member("name", info.name)
            .member("version", static_cast<std::int64_t>(info.version))
            .member("title", info.title)
            .member("recognises", session.text(text_of(info.message)))
            .member("how_to", session.text(text_of(info.how_to)))
            .end_object();
    }
    json.end_array().key("by_table").begin_array();
    for (const ByTable& each : by_table)
        json.begin_object().member("name", each.platform).member("title", each.title).end_object();
    json.end_array().key("tables").begin_array();
    for (const std::string_view table : tables) json.value(table);
    json.end_array().end_object();
    session.out() << json.take();
}

}  // namespace

int run_connectors(Session& session, const Arguments&) {
    if (session.json()) {
        print_json(session);
        return 0;
    }
    for (const Connector* connector : connectors()) {
        const ConnectorInfo& info = connector->info();
        session.out() << info.name << "  " << info.title << '\n';
        for (const auto id : {info.message, info.how_to}) session.say_below(text_of(id), 4);
    }
    std::string names;
    for (const std::string_view table : tables) names += (names.empty() ? "" : ", ") + std::string(table);
    session.out() << '\n';
    session.say(msg("cli.connectors_no_layout"));
    for (const ByTable& each : by_table) session.out() << "    " << each.platform << "  " << each.title << '\n';
    session.say_below(msg("cli.connectors_tables", arg("tables", names)), 4);
    return 0;
}

}  // namespace secateur::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/json/json_writer.hpp"

#include "reports/json/json_text.hpp"

namespace secateur {
namespace {

void write_counts(JsonText& json, const ImportCounts& counts) {
    json.member("read", counts.read)
        .member("accepted", counts.accepted)
        .member("added", counts.added)
        .member("updated", counts.updated)
        .member("duplicates", counts.duplicates)
        .member("quarantined", counts.quarantined);
    json.key("ignored").begin_object();
    for (const auto& [reason, count] : counts.ignored) json.member(reason, count);
    json.end_object();
    json.member("groups", counts.groups)
        .member("memberships", counts.memberships)
        .member("activities", counts.activities)
        .member("mine", counts.mine)
        .member("unattributed", counts.unattributed)
        .member("direct", counts.direct)
        .member("contacts", counts.contacts);
}

void add(ImportCounts& total, const ImportCounts& part) {
    total.read += part.read;
    total.accepted += part.accepted;
    total.added += part.added;
    total.updated += part.updated;
    total.duplicates += part.duplicates;
    total.quarantined += part.quarantined;
    for (const auto& [reason, count] : part.ignored) total.ignored[reason] += count;
    total.groups += part.groups;
    total.memberships += part.memberships;
    total.activities += part.activities;
    total.mine += part.mine;
    total.unattributed += part.unattributed;
    total.direct += part.direct;
    total.contacts += part.contacts;
}

/// A word, or null where nothing is known.
void word_member(JsonText& json, std::string_view name, std::string_view word) {
    json.key(name);
    if (word.empty())
        json.null();
    else
        json.value(word);
}

void write_where(JsonText& json, const Location& where) {
    json.key("where").begin_object();
    word_member(json, "entry", where.entry);
    json.member("line", where.line).member("record", where.record);
    json.end_object();
}

}  // namespace

std::string import_json(const std::vector<ImportedSource>& sources, Language language) {
    JsonText json;
    ImportCounts total;
    json.begin_object().member("schema", "secateur.import/1").member("language", language_tag(language));
    json.key("sources").begin_array();
    for (const ImportedSource& source : sources) {
        add(total, source.counts);
        json.begin_object().member("path", source.path);
        word_member(json, "connector", source.connector);
        json.key("connector_version");
        if (source.connector.empty())
            json.null();
        else
            json.value(source.connector_version);
        json.member("status", to_string(source.status));
        write_counts(json, source.counts);
        json.member("first", source.first).member("last", source.last);
        word_member(json, "coverage", source.coverage);
        json.key("lacks").begin_array();
        for (const Message& lack : source.lacks) json.value(render(lack, language));
        json.end_array();
        json.key("warnings").begin_array();
        for (const ImportWarning& warning : source.warnings) {
            json.begin_object().member("code", warning.code).member("message", render(warning.message, language));
            write_where(json, warning.where);
            json.end_object();
        }
        json.end_array();
        json.key("problem");
        if (source.problem) {
            json.begin_object().member("message", render(source.problem->reason, language));
            word_member(json, "hint", source.problem->hint.empty() ? std::string() : render(source.problem->hint, language));
            write_where(json, source.problem->where);
            json.end_object();
        } else {
            json.null();
        }
        json.end_object();
    }
    json.end_array();
    json.key("totals").begin_object();
    write_counts(json, total);
    json.end_object().end_object();
    return json.take();
}

std::string groups_json(const std::vector<ListedGroup>& groups) {
    JsonText json;
    json.begin_object().member("schema", "secateur.groups/1").key("groups").begin_array();
    for (const ListedGroup& group : groups) {
        json.begin_object()
            .member("id", group.id)
            .member("platform", group.platform)
            .member("key", group.key);
        word_member(json, "name", group.name);
        json.member("kind", to_string(group.kind))
            .member("scope", to_string(group.scope))
            .member("state", to_string(group.state))
            .member("joined_at", group.joined_at)
            .member("left_at", group.left_at);
        word_member(json, "coverage", group.coverage);
        json.key("mine").begin_object();
        json.member("activities", group.activities)
            .member("acts", group.acts)
            .member("reactions", group.reactions)
            .member("active_weeks", group.active_weeks)
            .member("words", group.words)
            .member("first", group.first)
            .member("last", group.last);
        json.end_object();
        json.key("others");
        if (group.others)
            json.begin_object()
                .member("activities", group.others->activities)
                .member("authors", group.others->authors)
                .member("last", group.others->last)
                .end_object();
        else
            json.null();
        json.end_object();
    }
    json.end_array().end_object();
    return json.take();
}

}  // namespace secateur

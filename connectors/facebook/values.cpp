// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/facebook/values.hpp"

#include <algorithm>
#include <array>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "connectors/facebook/titles.hpp"

namespace secateur::facebook {
namespace {

struct Reactions {
    std::string_view code;
    std::array<std::string_view, 7> shown;  // folded: English, French, Spanish, German, Dutch, Italian, and one other spelling
};
constexpr Reactions reaction_names[] = {
    {"like", {"like", "j’aime", "me gusta", "gefällt mir", "vind ik leuk", "mi piace", "j'aime"}},
    {"love", {"love", "j’adore", "me encanta", "love", "geweldig", "love", "j'adore"}},
    {"care", {"care", "solidaire", "me importa", "umarmung", "om je geeft", "abbraccio", "support"}},
    {"haha", {"haha", "haha", "me divierte", "haha", "haha", "ahah", "ha ha"}},
    {"wow", {"wow", "ouah", "me asombra", "wow", "wow", "wow", "waouh"}},
    {"sad", {"sad", "triste", "me entristece", "traurig", "verdrietig", "sigh", "sorry"}},
    {"angry", {"angry", "grrr", "me enoja", "wütend", "boos", "grrr", "anger"}},
};

/// Newer files put some label_values one level down, under `dict`.
template <class Visit>
void each_label(JsonValue record, Visit visit) {
    for (const JsonValue label : record["label_values"]) {
        visit(label);
        for (const JsonValue inner : label["dict"]) visit(inner);
    }
}

}  // namespace

std::string_view slug_of(std::string_view url) {
    constexpr std::string_view marker = "facebook.com/groups/";
    const auto at = url.find(marker);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = url.substr(at + marker.size());
    return rest.substr(0, rest.find_first_of("/?#&"));
}

std::string reaction_code(std::string_view shown) {
    std::string folded = fold_name(fixed_name(shown));
    for (const Reactions& each : reaction_names)
        if (std::ranges::find(each.shown, folded) != each.shown.end()) return std::string(each.code);
    return folded;
}

JsonValue datum(JsonValue record, std::string_view member) {
    for (const JsonValue each : record["data"])
        if (each[member]) return each;
    return {};
}

std::string labelled(JsonValue record, std::string_view field, std::initializer_list<std::string_view> labels) {
    std::string by_field, by_label;
    each_label(record, [&](JsonValue each) {
        std::string value = fixed_name(each["value"].string());
        if (value.empty()) value = each["timestamp_value"].scalar();
        if (value.empty()) return;
        if (by_field.empty() && fixed_name(each["ent_field_name"].string()) == field) by_field = value;
        if (by_label.empty() && std::ranges::find(labels, fixed_name(each["label"].string())) != labels.end()) by_label = value;
    });
    return by_field.empty() ? by_label : by_field;
}

std::string group_address(JsonValue record) {
    std::string found;
    each_label(record, [&](JsonValue each) {
        for (const std::string_view member : {"href", "value"})
            if (found.empty() && !slug_of(each[member].string()).empty()) found = each[member].string();
    });
    return found;
}

std::string name_of_visited(JsonValue record) {
    std::string name = labelled(record, "Name", {"Name", "Nom", "Nombre", "Naam", "Nome"});
    if (name.empty())
        each_label(record, [&](JsonValue each) {
            if (name.empty() && !each["value"].string().starts_with("http")) name = fixed_name(each["value"].string());
        });
    return name;
}

bool is_visited_event(JsonValue record) {
    bool found = false;
    each_label(record, [&](JsonValue each) { found = found || bool(each["timestamp_value"]); });
    return found || !labelled(record, "Start time", {"Start time", "End time", "Heure de début", "Heure de fin"}).empty();
}

std::string joined_group(JsonValue record) {
    std::string name = fixed_name(datum(record, "name")["name"].string());
    for (const JsonValue attachment : record["attachments"])  // before 2020
        if (name.empty()) name = fixed_name(datum(attachment, "name")["name"].string());
    return name;
}

std::string messenger_text(std::string_view raw, FileKind kind) {
    return kind == FileKind::encrypted_thread ? nfc(raw) : fixed_text(raw);
}

bool is_nobody(std::string_view folded_name) noexcept {
    return folded_name.empty() || folded_name == "facebook user" || folded_name == "utilisateur de facebook" ||
           folded_name == "utilisateur facebook";
}

std::uint64_t message_hash(std::string_view sender, std::int64_t milliseconds, std::string_view text) {
    return hash_combine(hash_combine(hash64(sender), static_cast<std::uint64_t>(milliseconds)), hash64(text));
}

}  // namespace secateur::facebook

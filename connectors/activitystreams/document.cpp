// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/activitystreams/document.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "connectors/support.hpp"

namespace secateur::activitystreams {
namespace {

constexpr std::string_view vocabulary = "www.w3.org/ns/activitystreams";

constexpr std::array<std::string_view, 27> activity_types{
    "Create", "Announce", "Update", "Delete", "Like", "Dislike", "EmojiReact", "Join", "Leave", "Follow", "Accept",
    "TentativeAccept", "Reject", "TentativeReject", "Undo", "Add", "Remove", "Invite", "Offer", "Block", "Flag", "View", "Read",
    "Listen", "Ignore", "Move", "Arrive"};
constexpr std::array<std::string_view, 9> content_types{
    "Note", "Article", "Page", "Question", "Event", "Video", "Audio", "Image", "Document"};

class LookHandler final : public JsonHandler {
public:
    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location&) override {
        const std::string_view type = type_of(unwrap(value).activity);
        found = found || is_activity_type(type) || is_content_type(type);
        return Flow::proceed;
    }
    bool found = false;
};

/// Where the activities lie: the type of the whole, and of what stands alone where a list belongs.
class RootHandler final : public JsonHandler {
public:
    Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location&) override {
        if (pattern < 2) single = single || is_activity_type(value.string()) || is_content_type(value.string());
        else if (root.empty()) root = value.string();
        return Flow::proceed;
    }
    bool single = false;
    std::string root;
};

class SurveyHandler final : public JsonHandler {
public:
    explicit SurveyHandler(Findings& findings) : findings_(findings) {}

    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location&) override {
        if (!value.is_object()) return Flow::proceed;
        const auto [activity, group] = unwrap(value);
        if (group) {
            findings_.is_passed_on = true;
            note_group(group, true);
        }
        note_parts(activity);
        const JsonValue object = first(activity["object"]);
        if (object.is_object()) note_parts(object);
        const std::string_view type = type_of(activity);
        const bool is_membership = type == "Join" || type == "Leave";
        for_each(activity["object"], [&](JsonValue each) { note_group(each, is_membership && type_of(each) != "Event"); });
        for_each(activity["target"], [&](JsonValue each) { note_group(each, type == "Add" || type == "Remove"); });
        note_actor(is_content_type(type) ? first(activity["attributedTo"]) : first(activity["actor"]));
        return Flow::proceed;
    }

private:
    void note_parts(JsonValue thing) {
        for_each(thing["audience"], [&](JsonValue each) { note_group(each, true); });
        for (const std::string_view member : {"to", "cc", "context"})
            for_each(thing[member], [&](JsonValue each) { note_group(each, false); });
    }

    /// `surely`: by its place it can only be a group.
    void note_group(JsonValue thing, bool surely) {
        if (!has_type(thing, "Group") && !(surely && id_of(thing).find("://") != std::string_view::npos)) return;
        const std::string key = person_of(thing).key;
        if (key.empty() || key.ends_with("#Public") || key.ends_with("/followers")) return;
        KnownGroup& group = findings_.groups[key];
        if (group.name.empty()) group.name = name_of(thing);
        if (group.description.empty()) group.description = thing["summary"].string();
    }

    void note_actor(JsonValue actor) {
        const Person person = person_of(actor);
        if (person.key.empty()) return;
        Actor& found = findings_.actors[person.key];
        if (found.name.empty()) found.name = person.name;
        ++found.activities;
    }

    Findings& findings_;
};

}  // namespace

JsonValue first(JsonValue value) {
    if (!value.is_array()) return value;
    for (const JsonValue each : value) return each;
    return {};
}

std::string_view id_of(JsonValue thing) {
    if (thing.is_string()) return thing.string();
    for (const std::string_view member : {"id", "@id", "href"})  // href: a Link stands where the thing could
        if (const auto id = thing[member].string(); !id.empty()) return id;
    return {};
}

std::string_view type_of(JsonValue thing) {
    std::string_view found;
    for (const std::string_view member : {"type", "@type"})
        for_each(thing[member], [&](JsonValue each) {
            if (found.empty() || (!is_activity_type(found) && !is_content_type(found))) found = each.string();
        });
    // Some write the name of the vocabulary in front.
    for (const std::string_view prefix : {"as:", "https://www.w3.org/ns/activitystreams#"})
        if (found.starts_with(prefix)) found.remove_prefix(prefix.size());
    return found;
}

bool has_type(JsonValue thing, std::string_view type) {
    bool found = type_of(thing) == type;
    for_each(thing["type"], [&](JsonValue each) { found = found || each.string() == type; });
    return found;
}

bool is_activity_type(std::string_view type) { return std::ranges::find(activity_types, type) != activity_types.end(); }
bool is_content_type(std::string_view type) { return std::ranges::find(content_types, type) != content_types.end(); }

std::string_view name_of(JsonValue thing) {
    for (const std::string_view member : {"name", "displayName", "preferredUsername"})
        if (const auto name = trim(thing[member].string()); !name.empty()) return name;
    for (const JsonValue each : thing["nameMap"])
        if (const auto name = trim(each.string()); !name.empty()) return name;
    return {};
}

Person person_of(JsonValue actor) {
    const std::string_view id = id_of(actor), name = name_of(actor);
    Person person{.key = id.empty() ? fold_name(name) : std::string(id), .name = std::string(name)};
    if (person.name.empty()) person.name = actor_handle(id);
    if (person.name.empty()) person.name = id;
    return person;
}

Unwrapped unwrap(JsonValue item) {
    if (type_of(item) != "Announce") return {item, {}};
    const JsonValue inner = first(item["object"]);
    if (!inner.is_object() || !is_activity_type(type_of(inner))) return {item, {}};
    return {inner, first(item["actor"])};
}

Look look(std::string_view head) {
    const auto start = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (start == std::string_view::npos || (head[start] != '{' && head[start] != '[')) return {};
    Look found;
    if (head[start] == '[') {
        found.shape = Shape::list;
    } else {
        RootHandler root;
        static_cast<void>(read_json(
            *memory_stream(head), {},
            {{JsonPattern::value, "items.type"}, {JsonPattern::value, "orderedItems.type"}, {JsonPattern::value, "type"}}, root,
            json_options(Shape::lines)));
        const bool is_alone = is_activity_type(root.root) || is_content_type(root.root);
        found.shape = is_alone ? Shape::lines : root.single ? Shape::single : Shape::collection;
    }
    LookHandler handler;
    static_cast<void>(read_json(*memory_stream(head), {}, patterns(found.shape), handler, json_options(found.shape)));
    found.is_streams = handler.found && head.find(vocabulary) != std::string_view::npos;
    return found;
}

const Entry* main_file(const Source& source) {
    const Entry* found = nullptr;
    for (const Entry& entry : source.entries()) {
        const std::string name = fold_name(entry.name());
        if (name.ends_with(".txt") || name.ends_with(".md")) continue;
        if (found != nullptr || name == "actor.json") return nullptr;
        if (!name.ends_with(".json") && !name.ends_with(".jsonl") && !name.ends_with(".ndjson") && !name.ends_with(".jsonld"))
            return nullptr;
        found = &entry;
    }
    return found;
}

std::vector<JsonPattern> patterns(Shape shape) {
    using enum JsonPattern::Kind;
    switch (shape) {
        case Shape::single: return {{value, "items"}, {value, "orderedItems"}};
        case Shape::list: return {{value, "[*]"}};
        case Shape::lines: return {{value, ""}};
        default:
            return {{value, "orderedItems[*]"}, {value, "items[*]"}, {value, "first.orderedItems[*]"}, {value, "first.items[*]"}};
    }
}

JsonOptions json_options(Shape shape) {
    JsonOptions options;
    options.many_documents = shape == Shape::lines || shape == Shape::collection;  // pages of a collection, one a line
    return options;
}

Findings survey(ByteStream& stream, const std::string& entry, Shape shape) {
    Findings findings;
    SurveyHandler handler(findings);
    static_cast<void>(read_json(stream, entry, patterns(shape), handler, json_options(shape)));
    return findings;
}

std::string group_key(JsonValue thing, const Findings& findings) {
    const Person person = person_of(thing);
    if (person.key.empty()) return {};
    if (has_type(thing, "Group") || findings.groups.contains(person.key) || kind_by_address(person.key)) return person.key;
    return {};
}

std::optional<GroupKind> kind_by_address(std::string_view address) {
    const auto scheme = address.find("://");
    if (scheme == std::string_view::npos) return std::nullopt;
    const std::string_view rest = address.substr(scheme + 3);
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    if (rest.substr(0, slash) == "a.gup.pe" && rest.substr(slash).starts_with("/u/")) return GroupKind::group;
    const auto parts = split(rest.substr(slash + 1), '/');
    if (parts.size() != 2 || parts[1].empty()) return std::nullopt;
    if (parts[0] == "c" || parts[0] == "m") return GroupKind::community;
    if (parts[0] == "video-channels") return GroupKind::channel;
    if (parts[0] == "category") return GroupKind::forum;
    return std::nullopt;
}

}  // namespace secateur::activitystreams

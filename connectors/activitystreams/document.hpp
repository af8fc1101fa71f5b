// SPDX-License-Identifier: GPL-3.0-or-later
// ActivityStreams 2.0 as JSON: where the activities lie in a file, and what its values mean (one thing or a list of them, an
// address or an object that has one). Makes no records.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json_stream.hpp"
#include "base/source.hpp"
#include "model/record.hpp"

namespace secateur::activitystreams {

/// One or several things: `visit` gets each. Absent and null are none.
template <class Visit>
void for_each(JsonValue value, Visit&& visit) {
    if (value.is_array()) {
        for (const JsonValue each : value) visit(each);
    } else if (value && !value.is_null()) {
        visit(value);
    }
}
/// The first of several.
[[nodiscard]] JsonValue first(JsonValue value);
/// The address of a thing, written as such or inside it.
[[nodiscard]] std::string_view id_of(JsonValue thing);
[[nodiscard]] std::string_view type_of(JsonValue thing);
[[nodiscard]] bool has_type(JsonValue thing, std::string_view type);
[[nodiscard]] bool is_activity_type(std::string_view type);
[[nodiscard]] bool is_content_type(std::string_view type);  // Note, Article ...
/// Name in words: `name`, `preferredUsername`, the first of `nameMap`.
[[nodiscard]] std::string_view name_of(JsonValue thing);
/// Somebody by address, else by folded name; empty when nothing names them.
[[nodiscard]] Person person_of(JsonValue actor);

/// An activity that a group passes on whole: the group's Announce of a member's Create.
struct Unwrapped {
    JsonValue activity;
    JsonValue group;  // who passed it on; absent when nobody did
};
[[nodiscard]] Unwrapped unwrap(JsonValue item);

enum class Shape { none, collection, single, list, lines };
struct Look {
    Shape shape = Shape::none;
    bool is_streams = false;  // names the vocabulary and holds an activity or post
};
[[nodiscard]] Look look(std::string_view head);
/// The only JSON or JSON Lines file; null beside anything but notes, or an actor's file, which is Mastodon's archive.
[[nodiscard]] const Entry* main_file(const Source& source);
[[nodiscard]] std::vector<JsonPattern> patterns(Shape shape);
[[nodiscard]] JsonOptions json_options(Shape shape);

struct KnownGroup {
    std::string name, description;
};
struct Actor {
    std::string name;
    std::uint64_t activities = 0;
};
/// What a survey of the whole file tells: who is a group, who acts. Grows with people and groups, not with posts.
struct Findings {
    std::unordered_map<std::string, KnownGroup> groups;  // by key
    std::map<std::string, Actor> actors;                 // who wrote or did something, groups that pass on left out
    bool is_passed_on = false;  // a group's outbox: whoever writes there is no owner of it
};
[[nodiscard]] Findings survey(ByteStream& stream, const std::string& entry, Shape shape);

/// The key of a group that this value is, or names; empty when it is none as far as can be known.
[[nodiscard]] std::string group_key(JsonValue thing, const Findings& findings);
/// By the address alone: /c/NAME, /m/NAME, /video-channels/NAME, /category/N, a.gup.pe.
[[nodiscard]] std::optional<GroupKind> kind_by_address(std::string_view address);

}  // namespace secateur::activitystreams

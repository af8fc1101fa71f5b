// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/matrix/room.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace secateur::matrix {
namespace {

constexpr std::size_t most_candidates = 10;

bool is_user_id(std::string_view text) { return text.starts_with('@') && text.find(':') != std::string_view::npos; }

enum Pattern : std::size_t { room_name, topic, exported_by, event };

class Surveyor final : public JsonHandler {
public:
    explicit Surveyor(Room& room) : room_(room) {}

    static const std::vector<JsonPattern>& patterns() {
        using enum JsonPattern::Kind;
        static const std::vector<JsonPattern> list{
            {value, "room_name"}, {value, "topic"}, {value, "exported_by"}, {value, "messages[*]"}};
        return list;
    }

    Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location&) override {
        if (pattern == room_name) room_.name = trim(value.string());
        else if (pattern == topic) room_.topic = trim(value.string());
        else if (pattern == exported_by) room_.exported_by = trim(value.string());
        else take_event(value);
        return Flow::proceed;
    }

private:
    void take_event(JsonValue value) {
        if (room_.id.empty()) room_.id = value["room_id"].string();
        const std::string_view type = value["type"].string(), sender = value["sender"].string();
        if (type == "m.room.create") room_.is_from_the_start = true;
        if (!sender.empty()) {
            Member& member = find(sender);
            if (type == "m.room.message") ++member.messages;
        }
        if (type != "m.room.member") return;
        const std::string_view subject = value["state_key"].string();
        if (subject.empty()) return;
        Member& member = find(subject);
        for (const JsonValue content : {value["unsigned"]["prev_content"], value["content"]}) {
            if (content["is_direct"].boolean().value_or(false)) room_.is_called_direct = true;
            const std::string_view name = trim(content["displayname"].string());
            if (name.empty()) continue;
            member.names.insert(fold_name(name));
            member.name = name;
        }
    }

    Member& find(std::string_view id) {
        const auto found = room_.members.find(id);
        return found != room_.members.end() ? found->second : room_.members[std::string(id)];
    }

    Room& room_;
};

/// Those for whom `wanted` holds, most messages first; the id settles what is equal.
std::vector<std::string> ranked(const Room& room, const auto& wanted) {
    std::vector<std::string> found;
    for (const auto& [id, member] : room.members)
        if (wanted(id, member)) found.push_back(id);
    std::ranges::stable_sort(found, [&](const std::string& a, const std::string& b) {
        return room.members.at(a).messages > room.members.at(b).messages;
    });
    return found;
}

void take(Me& me, const Room& room, const std::string& id, bool from_export) {
    me.id = id;
    me.owner.person = room.person(id);
    const std::string& shown = me.owner.person->name.empty() ? id : me.owner.person->name;
    me.owner.evidence =
        from_export ? msg("matrix.owner_exporter", arg("name", shown)) : msg("matrix.owner_profile", arg("name", shown));
    me.owner.from_export = from_export;
    me.account_evidence = from_export ? "account.from_export" : "account.from_profile";
}

/// The file gives the exporter's display name in this room, or the id of one who has none.
bool find_exporter(Me& me, const Room& room) {
    if (room.exported_by.empty()) return false;
    if (is_user_id(room.exported_by)) {
        take(me, room, room.exported_by, true);
        return true;
    }
    const std::string folded = fold_name(room.exported_by);
    auto found = ranked(room, [&](const std::string&, const Member& member) { return member.names.contains(folded); });
    if (found.empty())
        found = ranked(room, [&](const std::string& id, const Member&) { return fold_name(local_part(id)) == folded; });
    if (found.size() != 1) return false;  // nobody, or two members of one name
    take(me, room, found.front(), true);
    return true;
}

bool find_by_profile(Me& me, const Room& room, const Identities& identities) {
    if (identities.empty()) return false;
    auto found = ranked(room, [&](const std::string& id, const Member&) {
        return identities.match(id) || identities.match("@" + std::string(local_part(id)));
    });
    if (found.empty())
        found = ranked(room, [&](const std::string&, const Member& member) {
            return std::ranges::any_of(member.names, [&](const std::string& name) { return identities.match(name); });
        });
    if (found.size() != 1) return false;
    take(me, room, found.front(), false);
    return true;
}

}  // namespace

std::string_view local_part(std::string_view user_id) {
    if (!is_user_id(user_id)) return user_id;
    return user_id.substr(1, user_id.find(':') - 1);
}

bool Room::is_direct() const {
    if (members.size() > 2) return false;
    const std::string folded = fold_name(name);
    return is_called_direct || (!folded.empty() && std::ranges::any_of(members, [&](const auto& each) {
               return each.second.names.contains(folded) || fold_name(local_part(each.first)) == folded;
           }));
}

Person Room::person(std::string_view user_id) const {
    const auto found = members.find(user_id);
    const bool is_named = found != members.end() && !found->second.name.empty();
    return {std::string(user_id), is_named ? found->second.name : std::string(local_part(user_id))};
}

const Entry* main_file(const Source& source) {
    const Entry* found = nullptr;
    for (const Entry& entry : source.entries()) {
        if (!entry.name().ends_with(".json")) continue;
        // In an archive with media, what members shared may be JSON too.
        const bool is_main = entry.name() == "export.json";
        if (found != nullptr && found->name() == "export.json" && !is_main) continue;
        if (found != nullptr && (found->name() == "export.json" || !is_main)) return nullptr;
        found = &entry;
    }
    if (found == nullptr || source.kind() != SourceKind::folder) return found;
    const std::string prefix = found->folder().empty() ? std::string() : std::string(found->folder()) + '/';
    const bool is_alone =
        std::ranges::all_of(source.entries(), [&](const Entry& entry) { return entry.path.starts_with(prefix); });
    return is_alone ? found : nullptr;
}

bool is_export(std::string_view head, const std::string& entry) {
    struct Look final : JsonHandler {
        bool has_room = false, has_exporter = false, has_messages = false;
        Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location&) override {
            if (pattern == 0) has_room = value.is_string();
            else has_exporter = value.is_string();
            return Flow::proceed;
        }
        Flow on_begin(std::size_t, const Location&) override {
            has_messages = true;
            return Flow::stop;
        }
    } look;
    static const std::vector<JsonPattern> patterns{
        {JsonPattern::value, "room_name"}, {JsonPattern::value, "exported_by"}, {JsonPattern::scope, "messages"}};
    static_cast<void>(read_json(*memory_stream(head), entry, patterns, look));
    return look.has_room && look.has_exporter && look.has_messages;
}

Room survey(ByteStream& stream, const std::string& entry) {
    Room room;
    Surveyor surveyor(room);
    // A broken file is told of in the reading.
    static_cast<void>(read_json(stream, entry, Surveyor::patterns(), surveyor));
    if (room.id.empty()) room.id = "name:" + fold_name(room.name);
    return room;
}

Me settle_owner(const Room& room, const Identities& identities) {
    Me me;
    if (identities.forced) {
        if (find_by_profile(me, room, identities)) me.account_evidence = "account.asked";
    } else {
        static_cast<void>(find_exporter(me, room) || find_by_profile(me, room, identities));
    }
    if (me.is_known()) return me;
    auto all = ranked(room, [](const std::string&, const Member& member) { return member.messages > 0; });
    if (all.size() > most_candidates) all.resize(most_candidates);
    for (const std::string& id : all)
        me.owner.candidates.push_back({.person = room.person(id),
                                       .activities = room.members.at(id).messages,
                                       .evidence = msg("matrix.candidate", arg("count", room.members.at(id).messages))});
    return me;
}

}  // namespace secateur::matrix

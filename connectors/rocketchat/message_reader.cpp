// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/rocketchat/message_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "connectors/support.hpp"

namespace secateur::rocketchat {
namespace {

constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};  // older chats are brought over with their dates
constexpr std::size_t shown_authors = 4;
constexpr std::size_t user_id_length = 17;

struct ServiceName {
    std::string_view code;
    MembershipEvent event;
    bool of_another;  // the text is the user name of whom it is about
};
constexpr std::array<ServiceName, 9> service_names{{{"uj", MembershipEvent::joined, false},
                                                    {"ut", MembershipEvent::joined, false},
                                                    {"ujt", MembershipEvent::joined, false},
                                                    {"ul", MembershipEvent::left, false},
                                                    {"ult", MembershipEvent::left, false},
                                                    {"au", MembershipEvent::joined, true},
                                                    {"added-user-to-team", MembershipEvent::joined, true},
                                                    {"ru", MembershipEvent::left, true},
                                                    {"removed-user-from-team", MembershipEvent::left, true}}};

/// "[ ](https://chat.example/channel/general?msg=ID) words": a quotation, which stands before the answer.
void take_quotation(std::string_view& text, Activity& activity) {
    while (text.starts_with("[ ](")) {
        const std::size_t close = text.find(')');
        if (close == std::string_view::npos) return;
        const std::string_view url = text.substr(4, close - 4);
        const std::size_t at = std::max(url.find("?msg=") + 1, url.find("&msg=") + 1);  // npos + 1 is 0
        if (at == 0) return;
        std::string_view id = url.substr(at + 4);
        id = id.substr(0, id.find_first_of("&#"));
        if (activity.parent.empty()) activity.parent = id;
        text = trim(text.substr(close + 1));
    }
}

}  // namespace

void Server::take_user(JsonValue user) {
    const std::string_view id = user["_id"].string();
    if (id.empty()) return;
    Member& member = members.at(id);
    member.handle = user["username"].string();
    member.name = trim(user["name"].string());
    if (member.name.empty()) member.name = member.handle;
    for (const JsonValue each : user["emails"])
        if (member.email.empty()) member.email = each["address"].string();
    const std::string_view type = user["type"].string();
    member.automatic = type == "bot" || type == "app" || id == "rocket.cat";
    if (!member.handle.empty()) by_handle.emplace(member.handle, id);
}

void Server::take_room(JsonValue room) {
    const std::string_view id = room["_id"].string();
    if (id.empty()) return;
    RoomRow& row = rooms[std::string(id)];
    row.type = room["t"].string();
    row.name = trim(room["fname"].string());
    if (row.name.empty()) row.name = trim(room["name"].string());
    for (const std::string_view member : {"description", "topic", "announcement"})
        if (row.description.empty()) row.description = trim(room[member].string());
    if (row.type == "d")
        for (const JsonValue each : room["usernames"])
            if (!each.string().empty()) row.people.emplace_back(each.string());
    row.members = room["usersCount"].unsigned_integer();
    row.archived = room["archived"].boolean().value_or(false);
}

void Server::take_subscription(JsonValue subscription, Date today) {
    const std::string_view room = subscription["rid"].string();
    if (room.empty() || !me.is_me(subscription["u"]["_id"].string())) return;
    knows_my_rooms = true;
    SubscriptionRow& row = mine[std::string(room)];
    row.since = time_of(subscription["ts"], today);
    row.favourite = subscription["f"].boolean().value_or(false);
    for (const JsonValue each : subscription["roles"]) {
        if (each.string() == "owner") row.role = Role::owner;
        else if (each.string() == "moderator" && row.role != Role::owner) row.role = Role::moderator;
    }
    if (subscription["disableNotifications"].boolean().value_or(false)) row.notify = "none";
    else if (const std::string_view desktop = subscription["desktopNotifications"].string(); desktop == "all" || desktop == "mentions") row.notify = desktop;
}

void Server::count_author(JsonValue message) {
    const JsonValue user = message["u"];
    const std::string_view id = user["_id"].string();
    if (id.empty()) return;
    Member& member = members.at(id);
    if (!message["t"]) ++member.messages;
    if (member.handle.empty()) {
        member.handle = user["username"].string();
        if (!member.handle.empty()) by_handle.emplace(member.handle, id);
    }
    if (member.name.empty()) member.name = trim(user["name"].string());
    if (member.name.empty()) member.name = member.handle;
    if (id == "rocket.cat") member.automatic = true;
}

std::string_view Server::id_of(std::string_view handle) const {
    const auto found = by_handle.find(handle);
    return found == by_handle.end() ? handle : std::string_view(found->second);
}

std::optional<When> time_of(JsonValue written, Date today) {
    if (written.is_object()) written = written["$date"];
    if (written.is_object()) written = written["$numberLong"];
    std::optional<Instant> at;
    if (const auto milliseconds = written.integer()) at = Instant{std::chrono::seconds{*milliseconds / 1000}};
    else if (const auto parsed = parse_rfc3339(written.string())) at = parsed->at;
    if (!at || *at < oldest || (today != Date{} && *at >= Instant{today + std::chrono::days{2}})) return std::nullopt;
    return When{.at = *at, .written = {}};
}

MessageReader::MessageReader(const Server& server, Date today, std::optional<Instant> exported_at, RecordSink& sink)
    : server_(server), today_(today), sink_(sink), writer_(server.me, exported_at, sink) {}

MessageReader::Place& MessageReader::room_of(std::string_view id) {
    if (const auto known = rooms_.find(id); known != rooms_.end()) return known->second;
    Place& room = rooms_[std::string(id)];
    room.group.key = id;
    room.group.kind = GroupKind::group;
    const Ownership& me = server_.me;
    std::vector<std::string> others;
    bool is_direct = false, mine = false;
    const auto row = server_.rooms.find(id);
    if (row != server_.rooms.end()) {
        is_direct = row->second.type == "d";
        room.group.kind = row->second.type == "l" ? GroupKind::group_chat : GroupKind::channel;
        room.group.name = row->second.name;
        room.group.description = row->second.description;
        if (!is_direct) room.group.members = row->second.members;
        for (const std::string& handle : row->second.people) {
            const std::string_view person = server_.id_of(handle);
            if (me.is_me(person)) mine = true;
            else others.push_back(std::string(person));
        }
    } else if (id.size() == 2 * user_id_length && me.is_known() && me.ids.front().size() == user_id_length) {
        // A direct conversation without its row: its id is those of its two people.
        const std::string_view first = id.substr(0, user_id_length), second = id.substr(user_id_length);
        is_direct = mine = me.is_me(first) || me.is_me(second);
        if (mine) others.push_back(std::string(me.is_me(first) ? second : first));
    }
    if (is_direct) {
        room.group.kind = others.size() + (mine ? 1 : 0) > 2 ? GroupKind::group_chat : GroupKind::direct;
        room.group.name.clear();
        for (const std::string& person : others) {
            if (!room.group.name.empty()) room.group.name += ", ";
            const Member* member = server_.members.find(person);
            room.group.name += member != nullptr && !member->name.empty() ? member->name : person;
        }
    }
    if (!me.is_known()) return room;
    const auto subscription = server_.mine.find(id);
    mine = mine || subscription != server_.mine.end();
    const bool archived = row != server_.rooms.end() && row->second.archived;
    if (is_direct && mine && others.empty() && row != server_.rooms.end() && !row->second.people.empty()) {
        room.share = Share::nothing, room.ignored_as = "notes_to_self";
    } else if (!mine && is_direct) {
        room.share = Share::nothing, room.ignored_as = "conversation_of_others";
    } else if (!mine && server_.knows_my_rooms) {
        room.share = Share::only_mine, room.ignored_as = "conversation_of_others";
    }
    if (room.group.kind == GroupKind::direct || (!server_.knows_my_rooms && !archived)) return room;
    Membership& membership = room.membership.emplace();
    membership.event = mine && !archived ? MembershipEvent::member : MembershipEvent::left;
    if (archived) membership.note = "archived";
    if (subscription != server_.mine.end()) {
        membership.role = subscription->second.role;
        membership.pinned = subscription->second.favourite;
        membership.notify = subscription->second.notify;
    }
    return room;
}

Flow MessageReader::on_value(std::size_t, std::string_view, JsonValue value, const Location& where) {
    const auto refuse = [&](Message reason) { return sink_.reject(refusal(std::move(reason), where), value.text()); };
    const std::string_view id = value["rid"].string();
    if (!value.is_object() || id.empty()) return refuse(msg("rocketchat.no_room"));
    Place& room = room_of(id);
    if (room.share == Share::nothing) {
        sink_.ignore(room.ignored_as);
        return Flow::proceed;
    }
    if (value["_hidden"].boolean().value_or(false)) {  // what a message said before it was edited
        sink_.ignore("earlier_version");
        return Flow::proceed;
    }
    const auto when = time_of(value["ts"], today_);
    if (!when) return refuse(msg("rocketchat.no_date", arg("value", quote((value["ts"].is_object() ? value["ts"]["$date"] : value["ts"]).scalar()))));
    const std::string_view code = value["t"].string();
    for (const ServiceName& each : service_names)
        if (each.code == code) return read_membership(value, room, *when, each.event, each.of_another, where);
    if (code == "rm") {
        sink_.ignore("deleted");
        return Flow::proceed;
    }
    if (!code.empty() && code != "e2e") {
        sink_.ignore("service_message");
        return Flow::proceed;
    }
    return read_message(value, room, *when, where);
}

Flow MessageReader::read_membership(JsonValue message, Place& room, const When& when, MembershipEvent event, bool of_another, const Location& where) {
    std::string_view id = message["u"]["_id"].string();
    std::string_view name = message["u"]["name"].string();
    if (of_another) id = server_.id_of(message["msg"].string()), name = message["msg"].string();
    if (id.empty()) {
        sink_.ignore("service_message");
        return Flow::proceed;
    }
    Membership membership;
    membership.event = event;
    membership.at = when;
    membership.origin = "service_message";
    membership.native_id = message["_id"].scalar();
    membership.is_me = server_.me.is_me(id);
    if (!membership.is_me) {
        membership.person = server_.members.person(id);
        if (membership.person.name.empty()) membership.person.name = name;
    }
    return writer_.accept(room, std::move(membership), where);
}

Flow MessageReader::read_message(JsonValue message, Place& room, const When& when, const Location& where) {
    Activity activity;
    activity.native_id = message["_id"].scalar();
    activity.when = when;
    const JsonValue user = message["u"];
    const Member* member = server_.members.find(user["_id"].string());
    activity.author.key = user["_id"].string();
    activity.author.name = member != nullptr && !member->name.empty() ? std::string_view(member->name)
                           : !user["name"].string().empty()           ? user["name"].string()
                                                                      : user["username"].string();
    activity.is_me = server_.me.is_me(activity.author.key);
    activity.automatic = !activity.is_me && (bool(message["bot"]) || activity.author.key == "rocket.cat" || (member != nullptr && member->automatic));

    activity.parent = message["tmid"].scalar();
    if (message["t"].string() != "e2e") {  // what is encrypted is no text
        std::string_view text = message["msg"].string();
        take_quotation(text, activity);
        activity.text = text;
    }
    activity.kind = activity.parent.empty() ? ActivityKind::message : ActivityKind::reply;
    for (const JsonValue each : message["mentions"])
        activity.mentions_me = activity.mentions_me || (!activity.is_me && server_.me.is_me(each["_id"].string()));
    activity.edited = bool(message["editedAt"]) && !message["editedAt"].is_null();
    const std::size_t files = message["files"].size();
    activity.attachments = static_cast<std::uint32_t>(files > 0 ? files : message["file"].is_object() ? 1 : 0);
    for (const JsonValue each : message["attachments"]) {
        const std::string_view text = each["description"].string();
        if (activity.text.empty() && !text.empty()) activity.text = text;  // the words beside a file
    }
    if (activity.text.empty() && activity.automatic)
        for (const JsonValue each : message["attachments"])
            if (activity.text.empty()) activity.text = each["text"].string();
    if (room.group.name.empty() && !activity.is_me && !activity.author.name.empty() && room.authors.size() < shown_authors &&
        std::ranges::find(room.authors, activity.author.name) == room.authors.end())
        room.authors.push_back(activity.author.name);
    const bool mine = activity.is_me;
    if (writer_.accept(room, std::move(activity), where) == Flow::stop) return Flow::stop;
    return read_reactions(message, room, when, mine, where);
}

Flow MessageReader::read_reactions(JsonValue message, Place& room, const When& when, bool mine, const Location& where) {
    for (const JsonValue reaction : message["reactions"]) {
        for (const JsonValue handle : reaction["usernames"]) {
            if (handle.string().empty()) continue;
            Activity activity;
            activity.parent = message["_id"].scalar();
            activity.author.key = server_.id_of(handle.string());
            activity.native_id = "r:" + activity.parent + ':' + activity.author.key + ':' + std::string(reaction.key());
            const Member* member = server_.members.find(activity.author.key);
            activity.author.name = member != nullptr && !member->name.empty() ? std::string_view(member->name) : handle.string();
            activity.is_me = server_.me.is_me(activity.author.key);
            activity.kind = ActivityKind::reaction;
            activity.parent_is_me = mine;
            activity.when = when;  // when is not said: nearly always on the day of the message
            activity.when->precision = Precision::day;
            if (writer_.accept(room, std::move(activity), where) == Flow::stop) return Flow::stop;
        }
    }
    return Flow::proceed;
}

Flow MessageReader::finish() {
    for (const auto& [id, row] : server_.rooms) (void)room_of(id);
    for (const auto& [id, subscription] : server_.mine) {
        Place& room = room_of(id);
        if (!subscription.since || room.share != Share::whole || room.group.kind == GroupKind::direct) continue;
        Membership membership;
        membership.event = MembershipEvent::joined;
        membership.at = *subscription.since;
        membership.origin = membership.native_id = "subscription";
        if (writer_.accept(room, std::move(membership), {}) == Flow::stop) return Flow::stop;
    }
    for (auto& [id, room] : rooms_) {
        if (room.emitted && room.group.name.empty() && !room.authors.empty()) {
            for (const std::string& name : room.authors) room.group.name += (room.group.name.empty() ? "" : ", ") + name;
            if (sink_.accept(room.group, {}) == Flow::stop) return Flow::stop;
        }
        if (writer_.finish(room) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

}  // namespace secateur::rocketchat

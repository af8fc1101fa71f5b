// SPDX-License-Identifier: GPL-3.0-or-later
// The documents of a Rocket.Chat server: people, rooms and subscriptions first, then messages, each turned into records.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_stream.hpp"
#include "connectors/members.hpp"
#include "connectors/room.hpp"

namespace secateur::rocketchat {

struct RoomRow {
    std::string type;  // c public, p private, d direct, l customer
    std::string name, description;
    std::vector<std::string> people;  // user names, of direct conversations
    std::optional<std::uint64_t> members;
    bool archived = false;
};

/// What a subscription says of me and a room.
struct SubscriptionRow {
    std::optional<When> since;
    Role role = Role::member;
    bool favourite = false;
    std::string notify;
};

struct Server {
    Members members;
    std::map<std::string, std::string, std::less<>> by_handle;  // user name -> id
    std::map<std::string, RoomRow, std::less<>> rooms;
    std::map<std::string, SubscriptionRow, std::less<>> mine;  // by room
    bool knows_my_rooms = false;
    Ownership me;

    void take_user(JsonValue user);
    void take_room(JsonValue room);
    void take_subscription(JsonValue subscription, Date today);
    /// An author as a message names him; counted.
    void count_author(JsonValue message);
    [[nodiscard]] std::string_view id_of(std::string_view handle) const;
};

/// "2020-05-02T07:30:42.993Z", {"$date": the same}, {"$date": milliseconds}, {"$date": {"$numberLong": "..."}}.
[[nodiscard]] std::optional<When> time_of(JsonValue written, Date today);

class MessageReader final : public JsonHandler {
public:
    MessageReader(const Server& server, Date today, std::optional<Instant> exported_at, RecordSink& sink);

    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location& where) override;
    [[nodiscard]] Flow finish();

private:
    struct Place : Room {
        std::vector<std::string> authors;  // names of a few, for a room without a name
    };
    [[nodiscard]] Place& room_of(std::string_view id);
    [[nodiscard]] Flow read_message(JsonValue message, Place& room, const When& when, const Location& where);
    [[nodiscard]] Flow read_reactions(JsonValue message, Place& room, const When& when, bool mine, const Location& where);
    [[nodiscard]] Flow read_membership(JsonValue message, Place& room, const When& when, MembershipEvent event, bool of_another,
                                       const Location& where);

    const Server& server_;
    Date today_;
    RecordSink& sink_;
    RoomWriter writer_;
    std::map<std::string, Place, std::less<>> rooms_;
};

}  // namespace secateur::rocketchat

// SPDX-License-Identifier: GPL-3.0-or-later
// Turns the messages of channels and chats, and the meetings of my calendar, into records.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_stream.hpp"
#include "connectors/room.hpp"
#include "connectors/teams/tenant.hpp"

namespace secateur::teams {

class MessageReader final : public JsonHandler {
public:
    MessageReader(const Tenant& tenant, const ReadContext& context, std::optional<Instant> exported_at, RecordSink& sink);

    /// The elements that follow are messages, or the meetings of that person.
    void begin_file(FileKind kind, std::string_view owner);
    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location& where) override;
    /// Channels in which nothing was written, names of chats, memberships and coverage; after the last file.
    [[nodiscard]] Flow finish();
    [[nodiscard]] bool saw_meetings() const noexcept { return saw_meetings_; }
    [[nodiscard]] bool saw_chats() const noexcept { return saw_chats_; }

private:
    struct Chat : Room {
        std::vector<std::string> authors;  // names of a few, for a chat without a name
    };

    [[nodiscard]] Chat* room_of(JsonValue message);
    [[nodiscard]] Chat& channel_room(std::string_view id);
    [[nodiscard]] Chat& chat_room(std::string_view id);
    [[nodiscard]] Flow read_message(JsonValue message, Chat& room, const When& when, const Location& where);
    [[nodiscard]] Flow read_event(JsonValue message, Chat& room, const When& when, const Location& where);
    [[nodiscard]] Flow read_reactions(JsonValue message, Chat& room, bool mine, const Location& where);
    [[nodiscard]] Flow read_meeting(JsonValue meeting, const Location& where);
    [[nodiscard]] std::optional<When> time_of(JsonValue written) const;
    [[nodiscard]] Flow refuse(Message reason, JsonValue value, const Location& where);

    const Tenant& tenant_;
    const ReadContext& context_;
    RecordSink& sink_;
    RoomWriter writer_;
    std::map<std::string, Chat, std::less<>> rooms_;
    FileKind kind_ = FileKind::none;
    bool mine_ = false;  // the file is of my folder
    bool saw_meetings_ = false, saw_chats_ = false;
};

}  // namespace secateur::teams

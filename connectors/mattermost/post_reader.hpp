// SPDX-License-Identifier: GPL-3.0-or-later
// Turns the lines of a bulk export into records, one after the other: teams, channels and people come first, then posts with
// their replies and reactions inside. Of a channel only a few figures are kept.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json_stream.hpp"
#include "connectors/connector.hpp"
#include "connectors/members.hpp"
#include "connectors/room.hpp"

namespace secateur::mattermost {

/// What the lines are about, in the order of `patterns()`.
enum Pattern : std::size_t {
    line_type,
    line_info,
    line_team,
    line_channel,
    line_user,
    line_bot,
    line_post,
    line_direct_channel,
    line_direct_post,
};
[[nodiscard]] const std::vector<JsonPattern>& patterns();

/// Adds somebody as a `user` or `bot` line describes them.
void take_user(Members& members, JsonValue user);
void take_bot(Members& members, JsonValue bot);

/// What the system posts in somebody's name when people come and go.
struct Notice {
    enum Kind { none, joined, left, other } kind = none;
    std::string_view who;  // user name
};
/// By its type and properties; exports before 5.20 give neither, and the words themselves must tell.
[[nodiscard]] Notice read_notice(std::string_view type, JsonValue props, std::string_view author, std::string_view message);

class PostReader final : public JsonHandler {
public:
    PostReader(const Members& members, const Ownership& me, const ReadContext& context, std::optional<Instant> exported_at, RecordSink& sink);

    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location& where) override;
    /// Channels in which nothing was written, memberships and coverage; after the last line.
    [[nodiscard]] Flow finish();
    [[nodiscard]] bool saw_direct() const noexcept { return saw_direct_; }

private:
    struct Channel : Room {
        bool listed = false, archived = false, mine = false, settled = false;
    };
    struct Post {
        JsonValue user, message, created, edited, type, props, attachments, reactions;
        explicit Post(JsonValue value);
    };

    [[nodiscard]] Channel& channel_room(std::string_view team, std::string_view name);
    [[nodiscard]] Channel& direct_room(JsonValue members);
    void settle(Channel& room) const;
    void take_channel(JsonValue value);
    void take_memberships(JsonValue user);
    void take_direct_channel(JsonValue value);

    [[nodiscard]] Flow read_thread(JsonValue value, const Location& where);
    [[nodiscard]] Flow read_post(const Post& post, JsonValue raw, const std::string& parent, bool parent_is_me, const Location& where);
    [[nodiscard]] Flow read_reaction(JsonValue reaction, const std::string& parent, bool parent_is_me, const Location& where);
    [[nodiscard]] std::optional<Instant> instant_of(JsonValue milliseconds) const;
    [[nodiscard]] bool mentions_me(std::string_view text) const;

    const Members& members_;
    const Ownership& me_;
    std::optional<Instant> latest_;
    RecordSink& sink_;
    RoomWriter writer_;
    std::map<std::string, std::string, std::less<>> teams_;  // display names
    std::map<std::string, Channel, std::less<>> rooms_;      // by key
    Channel* room_ = nullptr;
    std::string key_;  // reused
    bool knows_my_channels_ = false, saw_direct_ = false;
};

}  // namespace secateur::mattermost

// SPDX-License-Identifier: GPL-3.0-or-later
// Turns the messages of day files into records, and says at the end what each conversation holds. Files may come in any order;
// of a conversation only a few figures are kept.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/json_stream.hpp"
#include "connectors/room.hpp"
#include "connectors/slack/workspace.hpp"

namespace secateur::slack {

/// Slack's markup made plain: people and channels by their names, links by their labels. A link behind a label goes to
/// `links`, a mention of me to `mentions_me`.
void read_markup(std::string_view markup, const Workspace& workspace, const Ownership& me, Activity& activity);

class MessageReader final : public JsonHandler {
public:
    MessageReader(const Workspace& workspace, const Ownership& me, const Window& window, std::optional<Instant> exported_at,
                  Date today, RecordSink& sink);

    /// Every element of the root array, and any member of a root that should not be an object.
    [[nodiscard]] static const std::vector<JsonPattern>& patterns();
    [[nodiscard]] static const JsonOptions& json_options();

    /// The messages that follow are of the conversation with this folder.
    void begin_file(std::string_view folder, const std::string& entry);
    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location& where) override;
    /// Blocks and attachments tell what a message says only where it has no text.
    bool wants(std::string_view member, JsonValue before) override;
    [[nodiscard]] bool file_is_no_list() const noexcept { return no_list_; }

    /// The conversations in which nothing was written, memberships and coverage; after the last file.
    [[nodiscard]] Flow finish();

    [[nodiscard]] bool saw_hidden() const noexcept { return hidden_; }

private:
    struct Fields;

    [[nodiscard]] Room& room_of(std::string_view folder);
    [[nodiscard]] Room make_room(const Conversation* conversation, std::string_view folder) const;
    [[nodiscard]] Flow read_message(const Fields& fields, const When& when, const Location& where);
    [[nodiscard]] Flow read_membership(const Fields& fields, const When& when, MembershipEvent event, const Location& where);
    [[nodiscard]] Flow read_reactions(const Fields& fields, const When& when, const std::string& parent, bool parent_is_me,
                                      const Location& where);
    [[nodiscard]] std::string key_of(std::string_view id) const;

    const Workspace& workspace_;
    const Ownership& me_;
    Window window_;
    std::optional<Instant> latest_;
    RecordSink& sink_;
    RoomWriter writer_;
    std::map<std::string, Room, std::less<>> rooms_;  // by folder
    std::set<const Conversation*> met_;
    std::string folder_;
    Room* room_ = nullptr;
    bool no_list_ = false, hidden_ = false;
};

}  // namespace secateur::slack

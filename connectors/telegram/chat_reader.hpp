// SPDX-License-Identifier: GPL-3.0-or-later
// Turns the messages of one chat after the other into records. Keeps of a chat only what later messages need: which ids are
// mine, which open a topic, who has written at all.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/telegram/export.hpp"
#include "connectors/telegram/html_pages.hpp"
#include "connectors/telegram/owner.hpp"

namespace secateur::telegram {

/// A set of message ids, which come in rising order nearly always.
class IdSet {
public:
    void clear() noexcept { ids_.clear(); }
    void add(std::int64_t id);
    [[nodiscard]] bool contains(std::int64_t id) const noexcept;

private:
    std::vector<std::int64_t> ids_;
};

class ChatReader {
public:
    ChatReader(const Me& me, const ReadContext& context, std::optional<Instant> exported_at, bool is_account, RecordSink& sink);

    void begin_chat(ChatHead head, const std::string& entry);
    [[nodiscard]] Flow read(JsonValue message, const Location& where);
    /// The same from a page, which gives names and no ids of people.
    [[nodiscard]] Flow read(const HtmlMessage& message, const Location& where);
    /// `whole`: the chat ended as it should; else the file broke off inside.
    [[nodiscard]] Flow end_chat(bool whole);
    [[nodiscard]] bool is_in_chat() const noexcept { return in_chat_; }

    // What the whole file showed, for the user.
    [[nodiscard]] std::uint64_t own_only_chats() const noexcept { return own_only_chats_; }
    [[nodiscard]] std::uint64_t local_times() const noexcept { return local_times_; }
    [[nodiscard]] std::uint64_t standard_offsets() const noexcept { return standard_offsets_; }
    [[nodiscard]] bool saw_public_or_channel() const noexcept { return saw_public_or_channel_; }

private:
    struct Fields;

    [[nodiscard]] Flow read_message(const Fields& fields, const When& when, const Location& where);
    [[nodiscard]] Flow read_service(const Fields& fields, const When& when, const Location& where);
    [[nodiscard]] Flow read_reactions(const Fields& fields, const std::string& parent, bool parent_is_me, const Location& where);
    [[nodiscard]] Flow read_vote(const Fields& fields, const std::string& parent, const Location& where);
    [[nodiscard]] Flow read_post(const HtmlMessage& message, const When& when, const Location& where);
    [[nodiscard]] Flow read_reactions(const HtmlMessage& message, const std::string& parent, bool parent_is_me,
                                      const Location& where);
    [[nodiscard]] Flow read_line(const HtmlMessage& message, const ServiceLine& line, const std::optional<When>& when,
                                 const Location& where);
    [[nodiscard]] Flow emit_vote(const std::string& parent, const Location& where);
    [[nodiscard]] Flow emit_members(const Fields& fields, const When& when, MembershipEvent event, Role actor_role,
                                    std::string_view origin, const Location& where);
    [[nodiscard]] Flow emit_membership(Person person, bool is_me, const std::optional<When>& when, MembershipEvent event,
                                       Role role,
                                       std::string_view origin, std::string native_id, const Location& where);
    [[nodiscard]] Flow emit_group(const Location& where);
    [[nodiscard]] Flow refuse(Message reason, JsonValue value, const Location& where);

    [[nodiscard]] std::optional<When> time_of(const Fields& fields);
    [[nodiscard]] std::optional<When> time_of(const HtmlMessage& message);
    [[nodiscard]] std::optional<Instant> local_instant(std::string_view written, bool in_sequence) const;
    [[nodiscard]] std::optional<Instant> local_instant(const LocalTime& local, bool in_sequence) const;
    void note_time(Instant at);
    [[nodiscard]] bool is_plausible(Instant at) const noexcept;
    [[nodiscard]] bool is_mine(std::string_view key, std::string_view name) const;
    void note_author(std::string_view key, bool is_me);
    void read_text(JsonValue text, JsonValue entities, Activity& activity) const;

    const Me& me_;
    const ReadContext& context_;
    std::optional<Instant> exported_at_;
    bool is_account_;
    RecordSink& sink_;

    bool raw_ids_ = false;  // numbers for people were seen: the file is from before 2.7.2
    bool in_chat_ = false;
    ChatHead head_;
    Location start_;  // the file: records about the whole chat have no place of their own
    std::string key_;
    std::string_view ignored_as_;
    bool group_emitted_ = false;
    IdSet mine_, topics_;
    std::uint64_t my_messages_ = 0;
    bool others_ = false;
    std::string first_author_;
    bool several_authors_ = false;
    std::optional<Instant> first_at_, last_at_, previous_;
    std::string peer_buffer_;

    std::uint64_t own_only_chats_ = 0;
    std::uint64_t local_times_ = 0;
    std::uint64_t standard_offsets_ = 0;
    bool saw_public_or_channel_ = false;
};

/// "2023-03-04T10:02:00", the wall clock of the exporting computer.
[[nodiscard]] std::optional<LocalTime> parse_wall_clock(std::string_view text) noexcept;

}  // namespace secateur::telegram

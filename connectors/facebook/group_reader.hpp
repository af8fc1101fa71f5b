// SPDX-License-Identifier: GPL-3.0-or-later
// Everything in a Facebook export but messages: memberships, my posts, comments, reactions and visits, events, pages, people
// followed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "connectors/connector.hpp"
#include "connectors/facebook/owner.hpp"
#include "connectors/facebook/survey.hpp"

namespace secateur::facebook {

class GroupReader {
public:
    GroupReader(const Survey& survey, const Me& me, const ReadContext& context, RecordSink& sink);

    /// The groups that the export names anywhere, before what was done in them.
    [[nodiscard]] Flow emit_known_groups(const std::string& entry);
    [[nodiscard]] Flow read(FileKind kind, std::string_view key, JsonValue record, const Location& where);
    /// What may be said about each group; `end` is the instant of the export.
    [[nodiscard]] Flow emit_coverage(std::optional<Instant> end, const std::string& entry);

private:
    /// The key of the group of that name, after its Group record.
    [[nodiscard]] std::string group(const std::string& name, const Location& where, Flow& flow);
    [[nodiscard]] Flow read_join(std::string_view list, JsonValue record, const Location& where);
    [[nodiscard]] Flow read_administered(JsonValue record, const Location& where);
    [[nodiscard]] Flow read_post(JsonValue record, const Location& where);
    [[nodiscard]] Flow read_comment(FileKind kind, JsonValue record, const Location& where);
    [[nodiscard]] Flow read_reaction(JsonValue record, const Location& where);
    [[nodiscard]] Flow read_visited_section(JsonValue section, const Location& where);
    [[nodiscard]] Flow read_visited(JsonValue record, const Location& where);
    [[nodiscard]] Flow read_answers(JsonValue record, const Location& where);
    [[nodiscard]] Flow read_badges(JsonValue record, const Location& where);
    [[nodiscard]] Flow read_invite(Direction direction, JsonValue record, const Location& where);
    [[nodiscard]] Flow read_event(Attendance attendance, JsonValue record, const Location& where);
    [[nodiscard]] Flow read_page(MembershipEvent event, std::string_view origin, JsonValue record, const Location& where);
    [[nodiscard]] Flow read_person(std::string_view circle, std::string_view origin, JsonValue record, const Location& where);

    [[nodiscard]] Flow refuse(Message reason, JsonValue record, const Location& where);
    /// Seconds since 1970 as a moment; absent when the record has none. `ok` turns false for a moment that cannot be.
    [[nodiscard]] std::optional<When> moment(JsonValue value, bool& ok) const;
    [[nodiscard]] Activity mine(ActivityKind kind) const;
    void take_attachments(JsonValue record, Activity& activity) const;

    const Survey& survey_;
    const Me& me_;
    const ReadContext& context_;
    RecordSink& sink_;
    std::map<std::string, bool, std::less<>> groups_;  // by key: every group that was told of
    std::unordered_set<std::string> pages_;
};

/// Facebook began in February 2004; nothing in an export happens after it was made.
[[nodiscard]] bool is_plausible(Instant at, Date today) noexcept;

}  // namespace secateur::facebook

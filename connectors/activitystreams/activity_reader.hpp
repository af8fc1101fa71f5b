// SPDX-License-Identifier: GPL-3.0-or-later
// Turns activities into records, one at a time: what was written or passed on, who joined or left which group, who follows whom.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connectors/activitystreams/document.hpp"
#include "connectors/connector.hpp"

namespace secateur::activitystreams {

class ActivityReader final : public JsonHandler {
public:
    /// `my_key`: empty when nobody is known to be me. `is_outbox`: all in it is mine.
    ActivityReader(const Findings& findings, std::string my_key, bool is_outbox, const ReadContext& context,
                   std::optional<Instant> exported_at, RecordSink& sink);

    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location& where) override;
    /// Coverage of every group met.
    Flow close(const Location& where);

private:
    struct Seen {
        bool others = false, mine = false;
        std::optional<Instant> begin, end;
    };

    Flow refuse(Message reason, JsonValue value, const Location& where);
    Flow ignore(std::string_view reason);
    /// A date that is there must be one; false when it was none and the record has been refused.
    bool time_of(JsonValue activity, JsonValue object, std::optional<When>& when, const Location& where, Flow& flow);
    [[nodiscard]] bool is_me(const Person& person) const { return !my_key_.empty() && person.key == my_key_; }

    Flow tell(const std::string& key, const std::string& other, const Location& where);
    [[nodiscard]] std::string find_group(JsonValue activity, JsonValue object) const;
    [[nodiscard]] std::string find_direct(JsonValue activity, JsonValue object, const Person& author, Person& other) const;

    Flow read_content(JsonValue activity, JsonValue object, JsonValue passed_on_by, bool is_update, const Location& where);
    Flow read_share(JsonValue activity, const Location& where);
    Flow read_reaction(JsonValue activity, const Location& where);
    Flow read_membership(JsonValue activity, MembershipEvent event, const Location& where);
    Flow read_change(JsonValue activity, MembershipEvent event, const Location& where);
    Flow read_follow(JsonValue activity, MembershipEvent event, const Location& where);
    Flow read_invite(JsonValue activity, const Location& where);
    Flow member(const std::string& group, const Person& person, MembershipEvent event, const std::optional<When>& when,
                std::string_view origin, JsonValue activity, const Location& where);
    Flow emit(Activity activity, const Location& where, const std::string& other = {});
    void fill_text(Activity& activity, JsonValue object) const;

    const Findings& findings_;
    std::string my_key_;
    bool is_outbox_;
    const ReadContext& context_;
    std::optional<Instant> exported_at_;
    RecordSink& sink_;
    std::unordered_map<std::string, Seen> seen_;  // groups told
    std::vector<std::string> order_;
};

}  // namespace secateur::activitystreams

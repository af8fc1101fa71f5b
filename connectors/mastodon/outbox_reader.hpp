// SPDX-License-Identifier: GPL-3.0-or-later
// One post or boost of the outbox after the other: what it says, whom it is addressed to, and which groups these are.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_stream.hpp"
#include "connectors/connector.hpp"
#include "connectors/mastodon/archive.hpp"

namespace secateur::mastodon {

/// The groups met so far, told to the sink when they are met first, and again when their address becomes known.
class Groups {
public:
    struct Use {
        bool has_acts = false, has_url = false;
    };
    [[nodiscard]] Flow tell(Group group, const Location& where, RecordSink& sink);
    [[nodiscard]] bool contains(const std::string& key) const { return uses_.contains(key); }
    void act_in(const std::string& key) { uses_[key].has_acts = true; }
    [[nodiscard]] const std::map<std::string, Use>& all() const noexcept { return uses_; }

private:
    std::map<std::string, Use> uses_;
};

class OutboxReader final : public JsonHandler {
public:
    OutboxReader(const Person& me, const Actor& actor, const ReadContext& context, Groups& groups, RecordSink& sink)
        : me_(me), actor_(actor), context_(context), groups_(groups), sink_(sink) {}

    static std::vector<JsonPattern> patterns() { return {{JsonPattern::value, "orderedItems[*]"}}; }
    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location& where) override;

private:
    struct Addressee {
        std::string handle, address;
        std::optional<GroupKind> group;
    };
    enum class Audience { everybody, followers, named };

    Flow read_post(JsonValue item, JsonValue note, const Location& where);
    Flow read_boost(JsonValue item, const Location& where);
    Flow send_everywhere(Activity activity, JsonValue note, const Location& where);
    Flow send_letter(Activity activity, JsonValue note, const std::vector<Addressee>& people, const Location& where);
    [[nodiscard]] std::vector<Addressee> addressees(JsonValue note) const;
    [[nodiscard]] Audience audience(JsonValue note) const;
    [[nodiscard]] std::optional<When> time_of(JsonValue item, JsonValue note) const;
    Flow refuse(Message reason, JsonValue value, const Location& where);

    Person me_;
    Actor actor_;
    const ReadContext& context_;
    Groups& groups_;
    RecordSink& sink_;
};

}  // namespace secateur::mastodon

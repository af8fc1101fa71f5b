// SPDX-License-Identifier: GPL-3.0-or-later
// What a connector may emit, and nothing else: eight plain records. Every optional is really optional: absent is not zero.
// `Membership`, `Activity`, `Contact`, `Meeting` and `Invitation` are counted as read; `Account`, `Group`, `Coverage` are context.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"

namespace secateur {

enum class GroupKind { group, channel, forum, list, community, group_chat, direct, page, hashtag };
enum class ActivityKind { post, comment, reply, reaction, share, vote, message, visit };
enum class MembershipEvent { joined, left, member, unknown };  // the first two happened; the last two are states
enum class Role { none, member, moderator, admin, owner };
enum class Attendance { went, declined, invited };
enum class Direction { sent, received };
enum class CoverageKind { own_only, full, partial_window, names_only };

/// A post, comment, reply, share or message: what counts for participation. Reactions, votes and visits never do.
[[nodiscard]] constexpr bool is_act(ActivityKind kind) noexcept {
    return kind == ActivityKind::post || kind == ActivityKind::comment || kind == ActivityKind::reply ||
           kind == ActivityKind::share || kind == ActivityKind::message;
}

/// A moment as the source tells it. `written` keeps the text of the source where the record has no native id (it is part of
/// its identity); empty otherwise.
struct When {
    Instant at{};
    Precision precision = Precision::second;
    TimeBasis basis = TimeBasis::utc;
    std::string written;
    bool operator==(const When&) const = default;
};

/// Somebody as one platform knows them. `key` is the platform's id, else the folded name; both empty: the author is unknown.
struct Person {
    std::string key;
    std::string name;
    bool operator==(const Person&) const = default;
};

/// An account of the person being audited, as found in the export.
struct Account {
    std::string platform;
    std::string native_id;
    std::string handle;
    std::vector<std::string> names;
    std::string evidence;  // a message id: why this is me (account.from_export, account.from_profile, account.asked)
    std::optional<When> last_used;
    std::optional<bool> is_public;
    std::optional<bool> password_known;
};

/// `key` is native and stable within the platform ("channel1999000111"); never made from the set of members.
struct Group {
    std::string platform;  // empty: the connector's own; generic tables name another
    std::string key;
    std::string name;  // empty: the source has only a number
    std::string description;
    std::string url;
    GroupKind kind = GroupKind::group;
    std::vector<std::string> topics;
    std::string language;                // BCP 47, where the source says
    std::optional<std::uint64_t> members;  // counts as the source states them, at measured_at
    std::optional<std::uint64_t> active_members_30d;
    std::optional<std::uint64_t> posts_30d;
    std::optional<When> last_post;
    std::optional<When> measured_at;
};

struct Membership {
    std::string platform;
    std::string group;  // Group::key
    MembershipEvent event = MembershipEvent::unknown;
    std::optional<When> at;
    Role role = Role::none;
    std::optional<bool> pinned;
    std::string note;
    std::string origin;  // where it comes from, short and stable: "service_message", "groups_joined", "ad_targeting"
    std::string native_id;
    bool is_me = true;  // other people's joins and leaves are kept for vitality
    Person person;      // when not me
    std::string notify;  // all, mentions, none; empty: unknown
};

struct Activity {
    std::string platform;     // empty: the connector's own
    std::string group;        // Group::key; empty: unattributed (of no known group)
    std::string native_id;    // unique in the group; empty: identity is made from the content (contracts 3)
    std::string natural_key;  // used instead of the content hash where the connector knows better
    Person author;
    bool is_me = false;
    std::optional<When> when;  // an undated record is kept, and counted, but falls in no window
    ActivityKind kind = ActivityKind::post;
    std::string parent;         // native id of the activity it answers, in the same group
    bool parent_is_me = false;  // the source says it answers me, whatever `parent` resolves to
    bool mentions_me = false;   // by entity or id; a name in the text is found by ingest
    bool edited = false;
    bool automatic = false;     // a bot or a system account: counted, never a person
    std::uint32_t attachments = 0;
    std::string text;                // everybody's on the way in; only mine is stored
    std::vector<std::string> links;  // besides those in the text
    std::optional<std::uint32_t> words;  // when the text is withheld but its length is known
};

struct Contact {
    std::string platform;
    Person person;
    std::string url;
    std::string organisation;
    std::string position;
    std::vector<std::string> emails;
    std::optional<When> connected;
    std::string circle;  // "R1", "R2", "R3", "follow", "page", or empty
    std::string origin;
};

/// An event of the calendar kind: who I met, in person or not.
struct Meeting {
    std::string platform;
    std::string name;
    std::optional<When> begin;
    std::optional<When> end;
    std::string group;  // Group::key, where known
    Attendance attendance = Attendance::invited;
    std::optional<bool> in_person;
    std::vector<Person> people;
    std::string place;
    std::string met_through;
    std::string native_id;
};

struct Invitation {
    std::string platform;
    Direction direction = Direction::received;
    Person person;
    std::optional<When> at;
    bool has_personal_message = false;
    std::string origin;  // "connection", "recommendation", "endorsement", "event", "group"
    std::string note;    // what it is about (the skill endorsed); never the other person's text
};

/// What the source can tell about one group (empty: about the whole source).
struct Coverage {
    std::string platform;
    std::string group;
    CoverageKind kind = CoverageKind::names_only;
    std::optional<Instant> begin;  // absent: not known
    std::optional<Instant> end;    // the instant of the export, where known
    std::vector<std::string> not_requested;  // message ids of lacks ("lack.linkedin.shares")
};

using Record = std::variant<Account, Group, Membership, Activity, Contact, Meeting, Invitation, Coverage>;

std::string_view to_string(GroupKind kind);
std::string_view to_string(ActivityKind kind);
std::string_view to_string(MembershipEvent event);
std::string_view to_string(Role role);
std::string_view to_string(Attendance attendance);
std::string_view to_string(CoverageKind kind);
std::optional<GroupKind> parse_group_kind(std::string_view text);
std::optional<ActivityKind> parse_activity_kind(std::string_view text);

}  // namespace secateur

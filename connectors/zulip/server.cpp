// SPDX-License-Identifier: GPL-3.0-or-later
// A server's export: tables of its database. Everything but the messages is in realm.json, which is read before them for people,
// channels and subscriptions, and after them for reactions and the log of who came and went.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/progress.hpp"
#include "connectors/room.hpp"
#include "connectors/support.hpp"
#include "connectors/zulip/content.hpp"
#include "connectors/zulip/layout.hpp"

namespace secateur::zulip {
namespace {

using Number = std::int64_t;

struct Recipient {
    enum Type { person = 1, channel = 2, several = 3 };
    Number type = 0, id = 0;
};

struct Subscription {
    Number user = 0;
    bool active = true, muted = false, pinned = false, admin = false;
};

struct ChannelRow {
    std::string name, description;
    bool archived = false;
};

/// What realm.json holds, as far as it does not grow with the messages.
struct Realm {
    std::string prefix;  // "lean/": numbers are those of one server
    Members members;
    std::unordered_map<Number, std::string> keys;  // of people
    std::unordered_map<Number, ChannelRow> channels;
    std::unordered_map<Number, Recipient> recipients;
    std::unordered_map<Number, Number> channel_recipients;  // the other way round
    std::unordered_map<Number, std::vector<Subscription>> subscriptions;  // by recipient
    std::unordered_set<Number> reacted;  // messages to which I reacted
    Ownership me;
    std::optional<Number> my_number;

    [[nodiscard]] std::string key_of(Number user) const {
        const auto found = keys.find(user);
        return found != keys.end() ? found->second : prefix + std::to_string(user);
    }
    [[nodiscard]] bool is_me(Number user) const noexcept { return my_number && *my_number == user; }
};

class RealmReader final : public JsonHandler {
public:
    enum Table : std::size_t { realms, users, dummies, system_users, streams, recipients, subscriptions, reactions };

    RealmReader(Realm& realm, const Identities& identities) : realm_(realm), identities_(identities) {}

    [[nodiscard]] static const std::vector<JsonPattern>& patterns() {
        using enum JsonPattern::Kind;
        static const std::vector<JsonPattern> list{{value, "zerver_realm[*]"},
                                                   {value, "zerver_userprofile[*]"},
                                                   {value, "zerver_userprofile_mirrordummy[*]"},
                                                   {value, "zerver_userprofile_crossrealm[*]"},
                                                   {value, "zerver_stream[*]"},
                                                   {value, "zerver_recipient[*]"},
                                                   {value, "zerver_subscription[*]"},
                                                   {value, "zerver_reaction[*]"}};
        return list;
    }

    Flow on_value(std::size_t pattern, std::string_view, JsonValue row, const Location&) override {
        const auto id = row["id"].integer();
        switch (static_cast<Table>(pattern)) {
            case realms:
                if (realm_.prefix.empty() && people_.empty())
                    if (const std::string_view name = row["string_id"].string(); !name.empty()) realm_.prefix = std::string(name) + '/';
                break;
            case users:
            case dummies:
            case system_users:
                if (id) people_.push_back(take_user(*id, row, pattern == system_users));
                break;
            case streams:
                if (id)
                    realm_.channels[*id] = {std::string(row["name"].string()), std::string(trim(row["description"].string())),
                                            row["deactivated"].boolean().value_or(false)};
                break;
            case recipients:
                if (!id) break;
                realm_.recipients[*id] = {row["type"].integer().value_or(0), row["type_id"].integer().value_or(0)};
                if (realm_.recipients[*id].type == Recipient::channel) realm_.channel_recipients[realm_.recipients[*id].id] = *id;
                break;
            case subscriptions:
                take_subscription(row);
                break;
            case reactions:  // a table behind the people in all known exports
                settle_owner();
                if (const auto user = row["user_profile"].integer(), message = row["message"].integer(); user && message && realm_.is_me(*user))
                    realm_.reacted.insert(*message);
                break;
        }
        return Flow::proceed;
    }

    void settle_owner() {
        if (std::exchange(settled_, true)) return;
        for (const auto& [number, person] : people_) {
            Member& member = realm_.members.at(realm_.prefix + std::to_string(number));
            realm_.keys[number] = member.id;
            const std::string key = member.id;
            member = person;
            member.id = key;
        }
        realm_.me = find_owner(realm_.members, identities_);
        for (const auto& [number, key] : realm_.keys)
            if (realm_.me.is_known() && key == realm_.me.ids.front()) realm_.my_number = number;
    }

private:
    static std::pair<Number, Member> take_user(Number id, JsonValue row, bool system) {
        Member member;
        member.name = trim(row["full_name"].string());
        member.handle = std::to_string(id);
        const std::string_view delivery = row["delivery_email"].string();
        member.email = !delivery.empty() ? delivery : row["email"].string();
        member.automatic = system || row["is_bot"].boolean().value_or(false);
        return {id, std::move(member)};
    }

    void take_subscription(JsonValue row) {
        const auto user = row["user_profile"].integer(), recipient = row["recipient"].integer();
        if (!user || !recipient) return;
        constexpr std::int64_t admin_role = 20;
        realm_.subscriptions[*recipient].push_back({.user = *user,
                                                    .active = row["active"].boolean().value_or(true),
                                                    .muted = row["is_muted"].boolean().value_or(false),
                                                    .pinned = row["pin_to_top"].boolean().value_or(false),
                                                    .admin = row["role"].integer().value_or(0) == admin_role});
    }

    Realm& realm_;
    const Identities& identities_;
    std::vector<std::pair<Number, Member>> people_;
    bool settled_ = false;
};

/// Messages, then what refers to them.
class ServerReader final : public JsonHandler {
public:
    enum Table : std::size_t { messages, reactions, audit_log };

    ServerReader(const Realm& realm, const ReadContext& context, std::optional<Instant> exported_at, RecordSink& sink)
        : realm_(realm), today_(context.today), sink_(sink), writer_(realm.me, exported_at, sink) {
        if (!realm.me.is_known()) return;
        names_.ids.push_back(realm.my_number ? std::to_string(*realm.my_number) : std::string());
        if (const Member* member = realm.members.find(realm.me.ids.front())) names_.names.push_back(fold_name(member->name));
    }

    [[nodiscard]] static const std::vector<JsonPattern>& patterns() {
        using enum JsonPattern::Kind;
        static const std::vector<JsonPattern> list{{value, "zerver_message[*]"}, {value, "zerver_reaction[*]"}, {value, "zerver_realmauditlog[*]"}};
        return list;
    }

    Flow on_value(std::size_t pattern, std::string_view, JsonValue row, const Location& where) override {
        switch (static_cast<Table>(pattern)) {
            case messages: return read_message(row, where);
            case reactions: return read_reaction(row, where);
            case audit_log: break;
        }
        return read_audit(row, where);
    }

    [[nodiscard]] Flow finish() {
        for (const auto& [id, channel] : realm_.channels) (void)channel_room(id);  // those in which nothing was written
        for (auto& [key, room] : rooms_)
            if (writer_.finish(room) == Flow::stop) return Flow::stop;
        return Flow::proceed;
    }

private:
    struct Note {  // of a message that is mine, or to which I reacted
        Room* room = nullptr;
        When when;
        bool mine = false;
    };

    Flow refuse(Message reason, JsonValue row, const Location& where) { return sink_.reject(refusal(std::move(reason), where), row.text()); }

    Room& channel_room(Number id) {
        const std::string key = realm_.prefix + std::to_string(id);
        if (const auto known = rooms_.find(key); known != rooms_.end()) return known->second;
        Room& room = rooms_[key];
        room.group.key = key;
        room.group.kind = GroupKind::channel;
        const auto row = realm_.channels.find(id);
        if (row != realm_.channels.end()) {
            room.group.name = row->second.name;
            room.group.description = row->second.description;
        }
        const auto recipient = realm_.channel_recipients.find(id);
        const auto members = recipient == realm_.channel_recipients.end() ? realm_.subscriptions.end() : realm_.subscriptions.find(recipient->second);
        const Subscription* mine = nullptr;
        if (members != realm_.subscriptions.end()) {
            room.group.members = static_cast<std::uint64_t>(std::ranges::count_if(members->second, [](const Subscription& each) { return each.active; }));
            for (const Subscription& each : members->second)
                if (realm_.is_me(each.user)) mine = &each;
        }
        if (!realm_.me.is_known() || realm_.subscriptions.empty()) return room;
        const bool archived = row != realm_.channels.end() && row->second.archived;
        const bool member = mine != nullptr && mine->active;
        if (!member && !(archived && mine != nullptr)) room.share = Share::only_mine, room.ignored_as = "conversation_of_others";
        Membership& membership = room.membership.emplace();
        membership.event = member && !archived ? MembershipEvent::member : MembershipEvent::left;
        if (archived) membership.note = "archived";
        if (mine != nullptr) {
            membership.pinned = mine->pinned;
            membership.role = mine->admin ? Role::admin : Role::member;
            if (mine->muted) membership.notify = "none";
        }
        return room;
    }

    Room& direct_room(std::vector<Number> people, std::string key) {
        std::ranges::sort(people);
        people.erase(std::ranges::unique(people).begin(), people.end());
        if (people.size() <= 2) {  // old servers keep a conversation of two under either person, new ones as one of several
            key = realm_.prefix + "direct:";
            for (const Number each : people) key += std::to_string(each) + (each == people.back() ? "" : ",");
        }
        if (const auto known = rooms_.find(key); known != rooms_.end()) return known->second;
        Room& room = rooms_[key];
        room.group.key = key;
        room.group.kind = people.size() > 2 ? GroupKind::group_chat : GroupKind::direct;
        bool mine = false;
        for (const Number each : people) {
            if (realm_.is_me(each)) {
                mine = true;
                continue;
            }
            if (!room.group.name.empty()) room.group.name += ", ";
            room.group.name += realm_.members.person(realm_.key_of(each)).name;
        }
        if (people.size() < 2) room.share = Share::nothing, room.ignored_as = "notes_to_self";
        else if (realm_.me.is_known() && !mine) room.share = Share::nothing, room.ignored_as = "conversation_of_others";
        else if (people.size() > 2) room.membership.emplace().event = MembershipEvent::member;
        return room;
    }

    Room& room_of(Number recipient, Number sender) {
        if (const auto known = by_recipient_.find(recipient); known != by_recipient_.end()) return *known->second;
        const auto row = realm_.recipients.find(recipient);
        if (row != realm_.recipients.end()) {
            switch (row->second.type) {
                case Recipient::channel: return *(by_recipient_[recipient] = &channel_room(row->second.id));
                case Recipient::person: return direct_room({sender, row->second.id}, {});
                case Recipient::several: {
                    std::vector<Number> people;
                    if (const auto members = realm_.subscriptions.find(recipient); members != realm_.subscriptions.end())
                        for (const Subscription& each : members->second) people.push_back(each.user);
                    if (people.empty()) break;
                    return *(by_recipient_[recipient] = &direct_room(std::move(people), realm_.prefix + "several:" + std::to_string(row->second.id)));
                }
                default: break;
            }
        }
        Room& room = rooms_[realm_.prefix + "recipient:" + std::to_string(recipient)];
        room.group.key = realm_.prefix + "recipient:" + std::to_string(recipient);
        room.group.kind = GroupKind::group_chat;
        return *(by_recipient_[recipient] = &room);
    }

    Flow read_message(JsonValue row, const Location& where) {
        const auto id = row["id"].integer(), sender = row["sender"].integer(), recipient = row["recipient"].integer();
        if (!id || !sender || !recipient) return refuse(msg("zulip.incomplete"), row, where);
        const auto when = time_of(row["date_sent"].number(), today_);
        if (!when) return refuse(msg("zulip.no_date", arg("value", quote(row["date_sent"].scalar()))), row, where);
        Room& room = room_of(*recipient, *sender);
        Activity activity;
        activity.native_id = row["id"].scalar();
        activity.author = realm_.members.person(realm_.key_of(*sender));
        activity.is_me = realm_.is_me(*sender);
        const Member* member = realm_.members.find(activity.author.key);
        activity.automatic = !activity.is_me && member != nullptr && member->automatic;
        activity.when = *when;
        read_markdown(row["content"].string(), names_, activity);
        activity.kind = activity.parent.empty() ? ActivityKind::message : ActivityKind::reply;
        if (!activity.parent.empty())
            if (const auto parent = parse_integer(activity.parent))
                if (const auto note = notes_.find(*parent); note != notes_.end()) activity.parent_is_me = note->second.mine;
        if (activity.is_me) activity.mentions_me = false;
        activity.edited = bool(row["last_edit_time"]) && !row["last_edit_time"].is_null();
        if (activity.is_me || realm_.reacted.contains(*id)) notes_[*id] = {&room, *when, activity.is_me};
        return writer_.accept(room, std::move(activity), where);
    }

    Flow read_reaction(JsonValue row, const Location& where) {
        const auto user = row["user_profile"].integer(), message = row["message"].integer();
        if (!user || !message) return refuse(msg("zulip.incomplete"), row, where);
        const auto note = notes_.find(*message);
        if (note == notes_.end() || (!note->second.mine && !realm_.is_me(*user))) {
            sink_.ignore("reaction_among_others");  // where its message stands is not kept
            return Flow::proceed;
        }
        Activity activity;
        activity.parent = row["message"].scalar();
        activity.native_id = "r:" + activity.parent + ':' + std::to_string(*user) + ':' + std::string(row["emoji_name"].string());
        activity.author = realm_.members.person(realm_.key_of(*user));
        activity.is_me = realm_.is_me(*user);
        activity.kind = ActivityKind::reaction;
        activity.parent_is_me = note->second.mine;
        activity.when = note->second.when;  // when is not said: nearly always on the day of the message
        activity.when->precision = Precision::day;
        return writer_.accept(*note->second.room, std::move(activity), where);
    }

    Flow read_audit(JsonValue row, const Location& where) {
        constexpr std::int64_t created = 301, activated = 302, deactivated = 303;
        const auto type = row["event_type"].integer(), user = row["modified_user"].integer(), channel = row["modified_stream"].integer();
        const auto when = time_of(row["event_time"].number(), today_);
        const bool joined = type == created || type == activated;
        if (!user || !channel || !when || !(joined || type == deactivated)) {
            sink_.ignore("audit_log");
            return Flow::proceed;
        }
        Membership membership;
        membership.event = joined ? MembershipEvent::joined : MembershipEvent::left;
        membership.at = *when;
        membership.origin = "audit_log";
        membership.native_id = row["id"].scalar();
        membership.is_me = realm_.is_me(*user);
        if (!membership.is_me) membership.person = realm_.members.person(realm_.key_of(*user));
        return writer_.accept(channel_room(*channel), std::move(membership), where);
    }

    const Realm& realm_;
    Date today_;
    RecordSink& sink_;
    RoomWriter writer_;
    MyNames names_;
    std::map<std::string, Room> rooms_;
    std::unordered_map<Number, Room*> by_recipient_;
    std::unordered_map<Number, Note> notes_;
};

/// Authors, for an owner whom nothing tells.
class AuthorCounter final : public JsonHandler {
public:
    explicit AuthorCounter(Realm& realm) : realm_(realm) {}
    Flow on_value(std::size_t, std::string_view, JsonValue sender, const Location&) override {
        if (const auto user = sender.integer()) ++realm_.members.at(realm_.key_of(*user)).messages;
        return Flow::proceed;
    }

private:
    Realm& realm_;
};

class ServerStream final : public RecordStream {
public:
    ServerStream(const Source& source, const Layout& layout, const ReadContext& context)
        : source_(source), layout_(layout), context_(context), exported_at_(export_instant(source, context.zone)) {
        RealmReader reader(realm_, context_.me);
        static_cast<void>(read_json(*source.open(*layout.main), layout.main->path, RealmReader::patterns(), reader));
        reader.settle_owner();
        if (realm_.me.is_known()) return;
        AuthorCounter surveyor(realm_);
        source.for_each([this](const Entry& entry) { return is_messages(entry); },
                        [&](const Entry& entry, ByteStream& stream) {
                            static_cast<void>(read_json(stream, entry.path, {{JsonPattern::value, "zerver_message[*].sender"}}, surveyor));
                            return Flow::proceed;
                        });
        propose_owners(realm_.me.owner, realm_.members);
    }

    const Owner& owner() const override { return realm_.me.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (realm_.me.is_known() && sink.accept(account_of(realm_.me, realm_.members), {}) == Flow::stop) return;
        ServerReader reader(realm_, context_, exported_at_, sink);
        std::uint64_t bytes = 0;
        bool stopped = false, any = false;
        const auto visit = [&](const Entry& entry, ByteStream& stream) {
            ProgressStream counted(stream, bytes, context_.progress);
            any = any || &entry != layout_.main;
            JsonOutcome outcome = read_json(counted, entry.path, ServerReader::patterns(), reader);
            if (outcome.end == JsonEnd::stopped) stopped = true;
            if (outcome.end == JsonEnd::broken && sink.reject(std::move(outcome.problem), {}) == Flow::stop) stopped = true;
            return stopped ? Flow::stop : Flow::proceed;
        };
        source_.for_each([this](const Entry& entry) { return is_messages(entry); }, visit);
        if (!stopped) static_cast<void>(visit(*layout_.main, *source_.open(*layout_.main)));
        if (stopped || reader.finish() == Flow::stop) return;
        if (!any) sink.lack(msg("zulip.lack_messages"));
        sink.lack(msg("zulip.lack_reactions"));
    }

private:
    [[nodiscard]] bool is_messages(const Entry& entry) const { return entry.folder() == layout_.root && is_message_file(entry.name()); }

    const Source& source_;
    Layout layout_;
    ReadContext context_;
    std::optional<Instant> exported_at_;
    Realm realm_;
};

}  // namespace

std::unique_ptr<RecordStream> open_server(const Source& source, const Layout& layout, const ReadContext& context) {
    return std::make_unique<ServerStream>(source, layout, context);
}

}  // namespace secateur::zulip

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/mattermost/post_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "connectors/support.hpp"

namespace secateur::mattermost {
namespace {

constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};  // older chats are brought over with their dates

/// After a user name. "… by" goes on with the name of the author.
struct Phrase {
    std::string_view text;
    Notice::Kind kind;
    enum Who { author, anybody, by_author } who;
};
constexpr std::array<Phrase, 27> phrases{{
    {"joined the channel.", Notice::joined, Phrase::author},
    {"has joined the channel.", Notice::joined, Phrase::author},
    {"joined the channel as a guest.", Notice::joined, Phrase::author},
    {"joined the team.", Notice::joined, Phrase::author},
    {"left the channel.", Notice::left, Phrase::author},
    {"has left the channel.", Notice::left, Phrase::author},
    {"left the team.", Notice::left, Phrase::author},
    {"added to the channel by ", Notice::joined, Phrase::by_author},
    {"was added to the channel by ", Notice::joined, Phrase::by_author},
    {"added to the team by ", Notice::joined, Phrase::by_author},
    {"was added to the team by ", Notice::joined, Phrase::by_author},
    {"removed from the channel.", Notice::left, Phrase::anybody},
    {"was removed from the channel.", Notice::left, Phrase::anybody},
    {"was removed from the team.", Notice::left, Phrase::anybody},
    {"a rejoint le canal.", Notice::joined, Phrase::author},
    {"a rejoint l'équipe.", Notice::joined, Phrase::author},
    {"a quitté le canal.", Notice::left, Phrase::author},
    {"a quitté l'équipe.", Notice::left, Phrase::author},
    {"a été ajouté au canal par ", Notice::joined, Phrase::by_author},
    {"a été retiré du canal.", Notice::left, Phrase::anybody},
    {"updated the channel header ", Notice::other, Phrase::author},
    {"updated the channel purpose ", Notice::other, Phrase::author},
    {"updated the channel display name ", Notice::other, Phrase::author},
    {"removed the channel header ", Notice::other, Phrase::author},
    {"removed the channel purpose ", Notice::other, Phrase::author},
    {"archived the channel.", Notice::other, Phrase::author},
    {"has archived the channel.", Notice::other, Phrase::author},
}};

std::string_view without_sign(std::string_view name) noexcept { return name.starts_with('@') ? name.substr(1) : name; }

Notice by_words(std::string_view author, std::string_view message) {
    const std::size_t space = message.find(' ');
    if (author.empty() || space == std::string_view::npos || space == 0) return {};
    const std::string_view who = without_sign(message.substr(0, space)), rest = message.substr(space + 1);
    for (const Phrase& each : phrases) {
        if (!rest.starts_with(each.text)) continue;
        std::string_view tail = rest.substr(each.text.size());
        switch (each.who) {
            case Phrase::author:
                if (who == author && (tail.empty() || each.kind == Notice::other)) return {each.kind, who};
                break;
            case Phrase::anybody:
                if (tail.empty()) return {each.kind, who};
                break;
            case Phrase::by_author:
                if (tail.ends_with('.')) tail.remove_suffix(1);
                if (without_sign(tail) == author) return {each.kind, who};
                break;
        }
    }
    return {};
}

bool is_true(JsonValue value) { return value.boolean().value_or(false) || value.string() == "true"; }

/// Exports have no ids. Who wrote at which millisecond tells posts apart, and survives an edit; histories that were brought over
/// have whole seconds, in which somebody may write twice.
std::string id_of(JsonValue created, std::string_view user, std::string_view message) {
    std::string id(created.scalar());
    const bool whole_second = id.ends_with("000");
    id += ':';
    id += user;
    if (whole_second) id += ':' + hash_hex(hash64(message)).substr(0, 8);
    return id;
}

bool is_name_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

const std::vector<JsonPattern>& patterns() {
    using enum JsonPattern::Kind;
    static const std::vector<JsonPattern> list{{value, "type"}, {value, "info"}, {value, "team"},           {value, "channel"},    {value, "user"},
                                               {value, "bot"},  {value, "post"}, {value, "direct_channel"}, {value, "direct_post"}};
    return list;
}

void take_user(Members& members, JsonValue user) {
    const std::string_view id = user["username"].string();
    if (id.empty()) return;
    Member& member = members.at(id);
    member.handle = id;
    member.email = user["email"].string();
    member.name = trim(user["first_name"].string());
    if (const std::string_view last = trim(user["last_name"].string()); !last.empty()) {
        if (!member.name.empty()) member.name += ' ';
        member.name += last;
    }
    if (const std::string_view nickname = trim(user["nickname"].string()); !nickname.empty()) {
        if (member.name.empty()) member.name = nickname;
        else member.other_names.emplace_back(nickname);
    }
    if (member.name.empty()) member.name = id;
}

void take_bot(Members& members, JsonValue bot) {
    const std::string_view id = bot["username"].string();
    if (id.empty()) return;
    Member& member = members.at(id);
    member.handle = id;
    member.name = trim(bot["display_name"].string());
    if (member.name.empty()) member.name = id;
    member.automatic = true;
}

Notice read_notice(std::string_view type, JsonValue props, std::string_view author, std::string_view message) {
    if (!type.starts_with("system_")) return type.empty() ? by_words(author, message) : Notice{};
    const auto named = [&](std::string_view property) {
        const std::string_view name = props[property].string();
        return without_sign(!name.empty() ? name : message.substr(0, message.find(' ')));
    };
    if (type.starts_with("system_join_") || type.starts_with("system_guest_join_")) return {Notice::joined, author};
    if (type.starts_with("system_leave_")) return {Notice::left, author};
    if (type.starts_with("system_add_")) return {Notice::joined, named("addedUsername")};
    if (type.starts_with("system_remove_")) return {Notice::left, named("removedUsername")};
    return {Notice::other, author};
}

PostReader::Post::Post(JsonValue value) {
    for (const JsonValue member : value) {
        const std::string_view key = member.key();
        if (key == "user") user = member;
        else if (key == "message") message = member;
        else if (key == "create_at") created = member;
        else if (key == "edit_at") edited = member;
        else if (key == "type") type = member;
        else if (key == "props") props = member;
        else if (key == "attachments") attachments = member;
        else if (key == "reactions") reactions = member;
    }
}

PostReader::PostReader(const Members& members, const Ownership& me, const ReadContext& context, std::optional<Instant> exported_at, RecordSink& sink)
    : members_(members), me_(me), sink_(sink), writer_(me, exported_at, sink) {
    if (context.today != Date{}) latest_ = Instant{context.today + std::chrono::days{2}};
}

Flow PostReader::on_value(std::size_t pattern, std::string_view, JsonValue value, const Location& where) {
    switch (pattern) {
        case line_type: {
            const std::string_view type = value.string();
            constexpr std::array<std::string_view, 8> read{"version", "team", "channel", "user", "bot", "post", "direct_channel", "direct_post"};
            if (std::ranges::find(read, type) == read.end()) sink_.ignore(type == "role" || type == "emoji" || type == "scheme" ? type : "other_line");
            return Flow::proceed;
        }
        case line_team:
            if (value.is_object()) teams_[std::string(value["name"].string())] = trim(value["display_name"].string());
            return Flow::proceed;
        case line_channel:
            if (value.is_object()) take_channel(value);
            return Flow::proceed;
        case line_user:
            if (value.is_object()) take_memberships(value);
            return Flow::proceed;
        case line_direct_channel:
            if (value.is_object()) take_direct_channel(value);
            return Flow::proceed;
        case line_post:
            if (!value.is_object()) return sink_.reject(refusal(msg("mattermost.not_an_object"), where), value.text());
            room_ = &channel_room(value["team"].string(), value["channel"].string());
            return read_thread(value, where);
        case line_direct_post:
            if (!value.is_object()) return sink_.reject(refusal(msg("mattermost.not_an_object"), where), value.text());
            saw_direct_ = true;
            room_ = &direct_room(value["channel_members"]);
            return read_thread(value, where);
        default:
            return Flow::proceed;
    }
}

PostReader::Channel& PostReader::channel_room(std::string_view team_name, std::string_view name) {
    key_.assign(team_name).append(1, '/').append(name);
    if (room_ != nullptr && room_->group.key == key_) return *room_;
    if (const auto known = rooms_.find(key_); known != rooms_.end()) return known->second;
    Channel& room = rooms_[key_];
    room.group.key = key_;
    room.group.name = name;
    room.group.kind = GroupKind::channel;
    return room;
}

PostReader::Channel& PostReader::direct_room(JsonValue members) {
    std::vector<std::string_view> names;
    for (const JsonValue member : members)
        if (!member.string().empty()) names.push_back(member.string());
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    key_ = "direct:";  // a conversation without a name is its members, for ever
    for (const std::string_view name : names) key_.append(name).append(1, ',');
    if (key_.ends_with(',')) key_.pop_back();
    if (const auto known = rooms_.find(key_); known != rooms_.end()) return known->second;
    Channel& room = rooms_[key_];
    room.group.key = key_;
    room.group.kind = names.size() > 2 ? GroupKind::group_chat : GroupKind::direct;
    room.listed = true;
    const bool mine = std::ranges::any_of(names, [this](std::string_view name) { return me_.is_me(name); });
    for (const std::string_view name : names) {
        if (me_.is_me(name)) continue;
        if (!room.group.name.empty()) room.group.name += ", ";
        const Member* member = members_.find(name);
        room.group.name += member != nullptr && !member->name.empty() ? std::string_view(member->name) : name;
    }
    room.settled = true;
    if (names.size() < 2) room.share = Share::nothing, room.ignored_as = "notes_to_self";
    else if (me_.is_known() && !mine) room.share = Share::nothing, room.ignored_as = "conversation_of_others";
    else if (names.size() > 2) room.membership.emplace().event = MembershipEvent::member;
    return room;
}

void PostReader::settle(Channel& room) const {
    if (room.settled) return;
    room.settled = true;
    if (!me_.is_known()) return;
    if (knows_my_channels_ && !room.mine) room.share = Share::only_mine, room.ignored_as = "conversation_of_others";
    if (!room.archived && !knows_my_channels_) return;
    if (!room.membership) room.membership.emplace();
    const bool gone = room.archived || !room.mine;
    room.membership->event = gone ? MembershipEvent::left : MembershipEvent::member;
    if (room.archived) room.membership->note = "archived";
}

void PostReader::take_channel(JsonValue value) {
    const std::string_view team_name = value["team"].string(), name = value["name"].string();
    if (name.empty()) return;
    Channel& room = channel_room(team_name, name);
    room.listed = true;
    if (const std::string_view display = trim(value["display_name"].string()); !display.empty()) room.group.name = display;
    const std::string_view purpose = trim(value["purpose"].string()), header = trim(value["header"].string());
    room.group.description = !purpose.empty() ? purpose : header;
    room.archived = value["deleted_at"].integer().value_or(0) > 0;
    if (const auto found = teams_.find(team_name); found != teams_.end() && !found->second.empty()) room.group.topics = {found->second};
}

void PostReader::take_memberships(JsonValue value) {
    const bool me = me_.is_me(value["username"].string());
    if (me && value["teams"].is_array()) knows_my_channels_ = true;
    for (const JsonValue each : value["teams"]) {
        for (const JsonValue one : each["channels"]) {
            if (one["name"].string().empty()) continue;
            Channel& room = channel_room(each["name"].string(), one["name"].string());
            room.group.members = room.group.members.value_or(0) + 1;
            if (!me) continue;
            room.mine = true;
            Membership& membership = room.membership.emplace();
            const std::string_view roles = one["roles"].string(), desktop = one["notify_props"]["desktop"].string();
            membership.role = roles.find("channel_admin") != std::string_view::npos ? Role::admin : Role::member;
            membership.pinned = one["favorite"].boolean();
            if (one["notify_props"]["mark_unread"].string() == "mention") membership.notify = "none";  // muted
            else if (desktop == "all" || desktop == "none") membership.notify = desktop;
            else if (desktop == "mention") membership.notify = "mentions";
        }
    }
}

void PostReader::take_direct_channel(JsonValue value) {
    saw_direct_ = true;
    Channel& room = direct_room(value["members"]);
    for (const JsonValue name : value["favorited_by"])
        if (room.membership && me_.is_me(name.string())) room.membership->pinned = true;
}

std::optional<Instant> PostReader::instant_of(JsonValue milliseconds) const {
    const auto value = milliseconds.integer();
    if (!value) return std::nullopt;
    const Instant at{std::chrono::seconds{*value / 1000}};
    if (*value < 0 || at < oldest || (latest_ && at >= *latest_)) return std::nullopt;
    return at;
}

bool PostReader::mentions_me(std::string_view text) const {
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        if (at > 0 && is_name_letter(text[at - 1])) continue;  // an e-mail address
        std::size_t end = at + 1;
        while (end < text.size() && is_name_letter(text[end])) ++end;
        std::string_view name = text.substr(at + 1, end - at - 1);
        while (!name.empty() && (name.back() == '.' || name.back() == '-' || name.back() == '_') && !me_.is_me(name)) name.remove_suffix(1);
        if (me_.is_me(name)) return true;
    }
    return false;
}

/// A post with what hangs on it.
Flow PostReader::read_thread(JsonValue value, const Location& where) {
    settle(*room_);
    if (!room_->listed) {
        room_->listed = true;
        sink_.warn("unlisted_channel", msg("mattermost.unlisted", arg("name", quote(room_->group.key))), where);
    }
    const Post root(value);
    const JsonValue replies = value["replies"];
    if (room_->share == Share::nothing) {
        sink_.ignore(room_->ignored_as, 1 + replies.size());
        return Flow::proceed;
    }
    if (read_post(root, value, {}, false, where) == Flow::stop) return Flow::stop;
    if (replies.size() == 0) return Flow::proceed;
    const std::string parent = id_of(root.created, root.user.string(), root.message.string());
    const bool mine = me_.is_me(root.user.string());
    for (const JsonValue reply : replies)
        if (read_post(Post(reply), reply, parent, mine, where) == Flow::stop) return Flow::stop;
    return Flow::proceed;
}

Flow PostReader::read_post(const Post& post, JsonValue raw, const std::string& parent, bool parent_is_me, const Location& where) {
    const std::string_view name = post.user.string(), message = post.message.string(), type = post.type.string();
    const auto at = instant_of(post.created);
    if (!at) return sink_.reject(refusal(msg("mattermost.no_date", arg("value", quote(post.created.scalar()))), where), raw.text());
    const When when{.at = *at, .written = {}};

    const Notice notice = read_notice(type, post.props, name, message);
    if (notice.kind == Notice::joined || notice.kind == Notice::left) {
        const bool mine = me_.is_me(notice.who);
        Membership membership;
        membership.event = notice.kind == Notice::joined ? MembershipEvent::joined : MembershipEvent::left;
        membership.at = when;
        membership.origin = type.empty() ? "service_text" : "service_message";
        membership.native_id = post.created.scalar();
        membership.native_id.append(1, ':').append(notice.who);
        membership.is_me = mine;
        if (!mine) membership.person = members_.person(notice.who);
        return writer_.accept(*room_, std::move(membership), where);
    }
    if (notice.kind == Notice::other || type.starts_with("custom_")) {
        sink_.ignore("service_message");
        return Flow::proceed;
    }

    Activity activity;
    activity.native_id = id_of(post.created, name, message);
    activity.author = members_.person(name);
    activity.when = when;
    activity.kind = parent.empty() ? ActivityKind::message : ActivityKind::reply;
    activity.parent = parent;
    activity.parent_is_me = parent_is_me;
    activity.text = message;
    activity.edited = post.edited.integer().value_or(0) > 0;
    activity.attachments = static_cast<std::uint32_t>(post.attachments.size());
    const Member* member = members_.find(name);
    const bool webhook = is_true(post.props["from_webhook"]);
    activity.automatic = webhook || is_true(post.props["from_bot"]) || is_true(post.props["from_plugin"]) || type == "slack_attachment" ||
                         (member != nullptr && member->automatic);
    if (webhook) {  // posts under the name of whoever set it up
        if (const std::string_view shown = trim(post.props["override_username"].string()); !shown.empty())
            activity.author = {"webhook:" + fold_name(shown), std::string(shown)};
        else activity.author.key.insert(0, "webhook:");
    }
    activity.is_me = !webhook && me_.is_me(name);
    if (activity.is_me) activity.automatic = false;
    activity.mentions_me = !activity.is_me && mentions_me(message);
    const std::string id = activity.native_id;
    const bool mine = activity.is_me;
    if (writer_.accept(*room_, std::move(activity), where) == Flow::stop) return Flow::stop;
    for (const JsonValue reaction : post.reactions)
        if (read_reaction(reaction, id, mine, where) == Flow::stop) return Flow::stop;
    return Flow::proceed;
}

Flow PostReader::read_reaction(JsonValue reaction, const std::string& parent, bool parent_is_me, const Location& where) {
    const std::string_view name = reaction["user"].string();
    const auto at = instant_of(reaction["create_at"]);
    if (!at) return sink_.reject(refusal(msg("mattermost.no_date", arg("value", quote(reaction["create_at"].scalar()))), where), reaction.text());
    Activity activity;
    activity.native_id = "r:" + parent + ':' + std::string(name) + ':' + std::string(reaction["emoji_name"].string());
    activity.author = members_.person(name);
    activity.is_me = me_.is_me(name);
    activity.when = When{.at = *at, .written = {}};
    activity.kind = ActivityKind::reaction;
    activity.parent = parent;
    activity.parent_is_me = parent_is_me;
    return writer_.accept(*room_, std::move(activity), where);
}

Flow PostReader::finish() {
    for (auto& [key, room] : rooms_) {
        settle(room);
        if (writer_.finish(room) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

}  // namespace secateur::mattermost

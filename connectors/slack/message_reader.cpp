// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/slack/message_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "connectors/support.hpp"

namespace secateur::slack {
namespace {

// Slack began in 2013, but histories of older chats are brought over with their dates.
constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};

enum class Sort { message, automatic, comment, joined, left, service, deleted, unknown };
struct SubtypeName {
    std::string_view name;
    Sort sort;
};
constexpr std::array<SubtypeName, 26> subtype_names{{
    {"bot_message", Sort::automatic},
    {"slackbot_response", Sort::automatic},
    {"assistant_app_thread", Sort::automatic},
    {"me_message", Sort::message},
    {"thread_broadcast", Sort::message},
    {"file_share", Sort::message},
    {"file_comment", Sort::comment},
    {"channel_join", Sort::joined},
    {"group_join", Sort::joined},
    {"channel_leave", Sort::left},
    {"group_leave", Sort::left},
    {"tombstone", Sort::deleted},
    {"message_deleted", Sort::deleted},
    {"message_changed", Sort::service},
    {"message_replied", Sort::service},
    {"reply_broadcast", Sort::service},  // only tells that a reply was shown to all, before 2017
    {"file_mention", Sort::service},
    {"pinned_item", Sort::service},
    {"unpinned_item", Sort::service},
    {"bot_add", Sort::service},
    {"bot_remove", Sort::service},
    {"bot_enable", Sort::service},
    {"bot_disable", Sort::service},
    {"huddle_thread", Sort::service},
    {"sh_room_created", Sort::service},
    {"joiner_notification", Sort::service},
}};

Sort sort_of(std::string_view subtype) noexcept {
    if (subtype.empty()) return Sort::message;
    for (const SubtypeName& each : subtype_names)
        if (each.name == subtype) return each.sort;
    for (const std::string_view family : {"channel_", "group_", "reminder_", "huddle_", "sh_room_", "canvas_", "list_"})
        if (subtype.starts_with(family)) return Sort::service;
    return Sort::unknown;
}

/// "1452837318.000002": seconds, and what makes it unique in its conversation.
std::optional<Instant> instant_of(std::string_view ts) noexcept {
    const auto seconds = parse_integer(ts.substr(0, ts.find('.')));
    if (!seconds || *seconds < 0 || *seconds > 9'999'999'999) return std::nullopt;
    return Instant{std::chrono::seconds{*seconds}};
}

void add_unescaped(std::string& out, std::string_view text) {
    struct Escape {
        std::string_view written;
        char meant;
    };
    constexpr std::array<Escape, 3> escapes{{{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}}};
    while (!text.empty()) {
        const std::size_t at = std::min(text.find('&'), text.size());
        out += text.substr(0, at);
        text.remove_prefix(at);
        if (text.empty()) return;
        const auto known = std::ranges::find_if(escapes, [&](const Escape& each) { return text.starts_with(each.written); });
        out += known == escapes.end() ? '&' : known->meant;
        text.remove_prefix(known == escapes.end() ? 1 : known->written.size());
    }
}

std::string unescaped(std::string_view text) {
    std::string out;
    add_unescaped(out, text);
    return out;
}

/// What blocks say where a message has no text of its own.
void read_blocks(JsonValue value, const Workspace& workspace, const Ownership& me, Activity& activity) {
    if (value.is_array()) {
        for (const JsonValue each : value) read_blocks(each, workspace, me, activity);
        return;
    }
    const std::string_view type = value["type"].string();
    const JsonValue text = value["text"];
    if (type == "user") {
        const std::string_view id = value["user_id"].string();
        activity.mentions_me = activity.mentions_me || me.is_me(id);
        activity.text += '@' + workspace.members.person(id).name;
    } else if (type == "link") {
        const std::string_view url = value["url"].string();
        activity.text += text.string().empty() ? url : text.string();
        if (!text.string().empty() && !url.empty()) activity.links.emplace_back(url);
    } else if (type == "text" || type == "plain_text") {
        activity.text += text.string();
    } else if (type == "mrkdwn") {
        read_markup(text.string(), workspace, me, activity);
    } else {
        if (text.is_object()) read_blocks(text, workspace, me, activity);
        for (const JsonValue each : value["elements"]) read_blocks(each, workspace, me, activity);
        for (const JsonValue each : value["fields"]) read_blocks(each, workspace, me, activity);
        if (!activity.text.empty() && activity.text.back() != '\n') activity.text += '\n';
    }
}

}  // namespace

void read_markup(std::string_view markup, const Workspace& workspace, const Ownership& me, Activity& activity) {
    std::string& out = activity.text;
    for (;;) {
        const std::size_t open = markup.find('<');
        const std::size_t close = open == std::string_view::npos ? open : markup.find('>', open);
        if (close == std::string_view::npos) break;
        add_unescaped(out, markup.substr(0, open));
        const std::string_view inside = markup.substr(open + 1, close - open - 1);
        markup.remove_prefix(close + 1);
        const std::size_t bar = inside.find('|');
        const std::string_view target = inside.substr(0, bar);
        const std::string_view label = bar == std::string_view::npos ? std::string_view() : inside.substr(bar + 1);
        if (target.starts_with('@')) {
            const std::string_view id = target.substr(1);
            activity.mentions_me = activity.mentions_me || me.is_me(id);
            const Member* member = workspace.members.find(id);
            out += '@';
            if (member != nullptr && !member->name.empty()) out += member->name;
            else add_unescaped(out, label.empty() ? id : label);
        } else if (target.starts_with('#')) {
            const Conversation* channel = label.empty() ? workspace.find_id(target.substr(1)) : nullptr;
            out += '#';
            add_unescaped(out, channel != nullptr ? std::string_view(channel->name) : label.empty() ? target.substr(1) : label);
        } else if (target.starts_with('!')) {  // <!here>, <!subteam^S1|@team>, <!date^1392734382^{date}|18 February>
            if (label.empty()) out += '@';
            add_unescaped(out, label.empty() ? target.substr(1) : label);
        } else {
            add_unescaped(out, label.empty() ? target : label);
            if (!label.empty() && label != target && target.starts_with("http")) activity.links.push_back(unescaped(target));
        }
    }
    add_unescaped(out, markup);
}

/// The members of a message that mean something here, taken in one walk.
struct MessageReader::Fields {
    JsonValue type, subtype, user, text, ts, thread_ts, parent_user, bot_id, username, user_profile, blocks, attachments, files, file,
        reactions, edited, comment, root, hidden;

    explicit Fields(JsonValue message) {
        for (const JsonValue member : message) {
            const std::string_view key = member.key();
            switch (key.size()) {
                case 2:
                    if (key == "ts") ts = member;
                    break;
                case 4:
                    if (key == "type") type = member;
                    else if (key == "user") user = member;
                    else if (key == "text") text = member;
                    else if (key == "file") file = member;
                    else if (key == "root") root = member;
                    break;
                case 5:
                    if (key == "files") files = member;
                    break;
                case 6:
                    if (key == "bot_id") bot_id = member;
                    else if (key == "blocks") blocks = member;
                    else if (key == "edited") edited = member;
                    else if (key == "hidden") hidden = member;
                    break;
                case 7:
                    if (key == "subtype") subtype = member;
                    else if (key == "comment") comment = member;
                    break;
                case 8:
                    if (key == "username") username = member;
                    break;
                case 9:
                    if (key == "thread_ts") thread_ts = member;
                    else if (key == "reactions") reactions = member;
                    break;
                case 11:
                    if (key == "attachments") attachments = member;
                    break;
                case 12:
                    if (key == "user_profile") user_profile = member;
                    break;
                case 14:
                    if (key == "parent_user_id") parent_user = member;
                    break;
                default:
                    break;
            }
        }
    }
};

MessageReader::MessageReader(const Workspace& workspace, const Ownership& me, const Window& window, std::optional<Instant> exported_at,
                             Date today, RecordSink& sink)
    : workspace_(workspace), me_(me), window_(window), sink_(sink), writer_(me, exported_at, sink) {
    if (today != Date{}) latest_ = Instant{today + std::chrono::days{2}};
}

const std::vector<JsonPattern>& MessageReader::patterns() {
    static const std::vector<JsonPattern> list{{JsonPattern::value, "[*]"}, {JsonPattern::value, "*"}};
    return list;
}

const JsonOptions& MessageReader::json_options() {
    static const JsonOptions options = [] {
        JsonOptions asked;
        asked.asked_about = {"blocks", "attachments"};
        return asked;
    }();
    return options;
}

bool MessageReader::wants(std::string_view, JsonValue before) { return before["text"].string().empty(); }

std::string MessageReader::key_of(std::string_view id) const {
    // Slack promises that ids are unique in one workspace, no more.
    return workspace_.team.empty() ? std::string(id) : workspace_.team + '/' + std::string(id);
}

Room MessageReader::make_room(const Conversation* conversation, std::string_view folder) const {
    Room room;
    room.covered_from = window_.begin;
    Group& group = room.group;
    group.kind = GroupKind::channel;
    if (conversation == nullptr) {
        // A direct conversation has its id for a folder, anything else its name.
        group.key = key_of("name:" + fold_name(folder));
        group.name = folder;
        if (folder.starts_with("mpdm-")) group.kind = GroupKind::group_chat;
        return room;
    }
    const bool is_direct = conversation->list == List::dms;
    group.key = key_of(conversation->id);
    group.name = conversation->name;
    group.members = conversation->member_count;
    if (is_direct) group.kind = GroupKind::direct;
    else if (conversation->list == List::mpims) group.kind = GroupKind::group_chat;
    else group.description = conversation->description;
    if (group.kind != GroupKind::channel)  // their names are ids and handles
        if (std::string names = workspace_.names_of(*conversation, me_); !names.empty()) group.name = std::move(names);
    if (!workspace_.team.empty()) group.url = "https://app.slack.com/client/" + workspace_.team + '/' + conversation->id;
    if (!me_.is_known()) return room;

    const auto& members = conversation->members;
    bool known = conversation->taken_part == true;
    if (members && !members->empty()) {
        const auto is_mine = [&](std::uint32_t number) { return me_.is_me(workspace_.members.numbered(number).id); };
        known = true;
        if (std::ranges::none_of(*members, is_mine)) room.share = is_direct ? Share::nothing : Share::only_mine;
        else if (is_direct && std::ranges::all_of(*members, is_mine)) room.share = Share::nothing, room.ignored_as = "notes_to_self";
    } else if (conversation->taken_part == false && !conversation->archived) {
        room.share = Share::only_mine;
    }
    if (room.share != Share::whole && room.ignored_as.empty()) room.ignored_as = "conversation_of_others";
    if (!is_direct && (known || conversation->archived || room.share == Share::only_mine)) {
        Membership& membership = room.membership.emplace();
        const bool gone = conversation->archived || room.share == Share::only_mine;
        membership.event = gone ? MembershipEvent::left : MembershipEvent::member;
        if (conversation->archived) membership.note = "archived";
        if (!gone && me_.is_me(conversation->creator)) membership.role = Role::owner;
    }
    return room;
}

Room& MessageReader::room_of(std::string_view folder) {
    if (const auto known = rooms_.find(folder); known != rooms_.end()) return known->second;
    const Conversation* conversation = workspace_.find_id(nfc(folder));
    if (conversation != nullptr) met_.insert(conversation);
    return rooms_.emplace(folder, make_room(conversation, folder)).first->second;
}

void MessageReader::begin_file(std::string_view folder, const std::string& entry) {
    no_list_ = false;
    if (room_ != nullptr && folder_ == folder) return;
    folder_ = folder;
    const std::size_t before = rooms_.size(), met = met_.size();
    room_ = &room_of(folder);
    if (rooms_.size() == before || met_.size() > met) return;
    Location where;
    where.entry = entry;
    sink_.warn("unlisted_conversation", msg("slack.unlisted", arg("name", quote(folder))), where);
}

Flow MessageReader::on_value(std::size_t pattern, std::string_view, JsonValue value, const Location& where) {
    if (pattern == 1) {
        no_list_ = true;
        return Flow::stop;
    }
    const auto refuse = [&](Message reason) { return sink_.reject(refusal(std::move(reason), where), value.text()); };
    if (room_->share == Share::nothing) {
        sink_.ignore(room_->ignored_as);
        return Flow::proceed;
    }
    if (!value.is_object()) return refuse(msg("slack.not_an_object"));
    const Fields fields(value);
    if (fields.type && fields.type.string() != "message") {
        sink_.ignore("no_message");
        return Flow::proceed;
    }
    const Sort sort = sort_of(fields.subtype.string());
    if (sort == Sort::service || sort == Sort::deleted || fields.hidden.boolean().value_or(false)) {
        sink_.ignore(sort == Sort::deleted ? "deleted" : "service_message");
        return Flow::proceed;
    }
    if (sort == Sort::unknown) {
        sink_.ignore("unknown_subtype");
        sink_.warn("unknown_subtype", msg("slack.unknown_subtype", arg("value", quote(fields.subtype.string()))), where);
        return Flow::proceed;
    }
    const std::string_view ts = fields.ts.scalar();
    const auto at = instant_of(ts);
    if (!at) return refuse(msg("slack.no_date", arg("value", quote(ts))));
    if (*at < oldest || (latest_ && *at >= *latest_)) return refuse(msg("slack.impossible_date", arg("value", quote(ts))));
    const When when{.at = *at, .written = {}};
    if (sort == Sort::joined || sort == Sort::left)
        return read_membership(fields, when, sort == Sort::joined ? MembershipEvent::joined : MembershipEvent::left, where);
    return read_message(fields, when, where);
}

Flow MessageReader::read_message(const Fields& fields, const When& when, const Location& where) {
    Activity activity;
    activity.native_id = fields.ts.scalar();
    activity.when = when;

    const Sort sort = sort_of(fields.subtype.string());
    std::string_view user = fields.user.string();
    if (user.empty() && sort == Sort::comment) user = fields.comment["user"].string();
    const Member* member = user.empty() ? nullptr : workspace_.members.find(user);
    const std::string_view bot = fields.bot_id.string();
    activity.author.key = !user.empty() ? user : bot;
    if (member != nullptr && !member->name.empty()) activity.author.name = member->name;
    else if (const std::string_view name = fields.user_profile["real_name"].string(); !name.empty()) activity.author.name = name;
    else activity.author.name = fields.username.string();
    if (activity.author.key.empty()) activity.author.key = fold_name(activity.author.name);
    activity.is_me = me_.is_me(user);
    // An app may post in somebody's name: automatic, unless that somebody is me.
    activity.automatic = !activity.is_me && (sort == Sort::automatic || !bot.empty() || user == "USLACKBOT" || (member != nullptr && member->automatic));

    const std::string_view thread = fields.thread_ts.scalar();
    if (!thread.empty() && thread != activity.native_id) {
        activity.kind = ActivityKind::reply;
        activity.parent = thread;
        const std::string_view parent_user = fields.parent_user.string();
        activity.parent_is_me = me_.is_me(!parent_user.empty() ? parent_user : fields.root["user"].string());
    } else {
        activity.kind = ActivityKind::message;
    }

    read_markup(fields.text.string(), workspace_, me_, activity);
    if (activity.text.empty()) {
        if (sort == Sort::comment) read_markup(fields.comment["comment"].string(), workspace_, me_, activity);
        read_blocks(fields.blocks, workspace_, me_, activity);
        for (const JsonValue each : fields.attachments) {
            if (!activity.text.empty()) break;
            for (const std::string_view name : {"pretext", "title", "text"}) {
                const std::string_view part = each[name].string();
                if (part.empty()) continue;
                if (!activity.text.empty()) activity.text += '\n';
                read_markup(part, workspace_, me_, activity);
            }
            if (activity.text.empty()) read_markup(each["fallback"].string(), workspace_, me_, activity);
        }
        while (activity.text.ends_with('\n')) activity.text.pop_back();
    }
    if (activity.is_me) activity.mentions_me = false;
    activity.edited = fields.edited.is_object();
    for (const JsonValue file : fields.files) {
        const std::string_view mode = file["mode"].string();
        if (mode == "tombstone") continue;
        hidden_ = hidden_ || mode == "hidden_by_limit";
        ++activity.attachments;
    }
    if (fields.file.is_object()) ++activity.attachments;

    if (fields.reactions.size() == 0) [[likely]] return writer_.accept(*room_, std::move(activity), where);
    const std::string parent = activity.native_id;
    const bool mine = activity.is_me;
    if (writer_.accept(*room_, std::move(activity), where) == Flow::stop) return Flow::stop;
    return read_reactions(fields, when, parent, mine, where);
}

Flow MessageReader::read_reactions(const Fields& fields, const When& when, const std::string& parent, bool parent_is_me,
                                   const Location& where) {
    for (const JsonValue reaction : fields.reactions) {
        const std::string_view name = reaction["name"].string();
        for (const JsonValue user : reaction["users"]) {
            const std::string_view id = user.string();
            if (id.empty()) continue;
            Activity activity;
            activity.native_id = "r:" + parent + ':' + std::string(id) + ':' + std::string(name);
            activity.author = workspace_.members.person(id);
            activity.is_me = me_.is_me(id);
            const Member* member = workspace_.members.find(id);
            activity.automatic = member != nullptr && member->automatic;
            activity.kind = ActivityKind::reaction;
            activity.parent = parent;
            activity.parent_is_me = parent_is_me;
            // When is not said: nearly always on the day of the message.
            activity.when = when;
            activity.when->precision = Precision::day;
            if (writer_.accept(*room_, std::move(activity), where) == Flow::stop) return Flow::stop;
        }
    }
    return Flow::proceed;
}

Flow MessageReader::read_membership(const Fields& fields, const When& when, MembershipEvent event, const Location& where) {
    const std::string_view user = fields.user.string();
    const bool mine = me_.is_me(user);
    const Member* member = workspace_.members.find(user);
    if (user.empty() || !fields.bot_id.string().empty() || (member != nullptr && member->automatic)) {
        sink_.ignore("bot_membership");
        return Flow::proceed;
    }
    Membership membership;
    membership.event = event;
    membership.at = when;
    membership.origin = "service_message";
    membership.native_id = fields.ts.scalar();
    membership.is_me = mine;
    if (!mine) {
        membership.person = workspace_.members.person(user);
        if (membership.person.name.empty()) membership.person.name = fields.user_profile["real_name"].string();
    }
    return writer_.accept(*room_, std::move(membership), where);
}

Flow MessageReader::finish() {
    for (auto& [folder, room] : rooms_)
        if (writer_.finish(room) == Flow::stop) return Flow::stop;
    for (const Conversation& each : workspace_.conversations) {
        if (met_.contains(&each)) continue;
        Room room = make_room(&each, each.list == List::dms ? each.id : each.name);
        if (writer_.finish(room) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

}  // namespace secateur::slack

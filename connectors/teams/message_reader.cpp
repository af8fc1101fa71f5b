// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/teams/message_reader.hpp"
#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/markup.hpp"
#include "base/text.hpp"
#include "connectors/support.hpp"

namespace secateur::teams {
namespace {

constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};  // older chats are brought over with their dates
constexpr std::size_t shown_authors = 4;

/// "19:<one>_<other>@unq.gbl.spaces": the two people of a direct chat.
std::optional<std::pair<std::string_view, std::string_view>> people_of(std::string_view chat) {
    constexpr std::string_view begin = "19:", end = "@unq.gbl.spaces";
    if (!chat.starts_with(begin) || !chat.ends_with(end) || chat.size() < begin.size() + end.size()) return std::nullopt;
    const std::string_view both = chat.substr(begin.size(), chat.size() - begin.size() - end.size());
    const std::size_t bar = both.find('_');
    if (bar == std::string_view::npos) return std::nullopt;
    return std::pair(both.substr(0, bar), both.substr(bar + 1));
}

std::uint32_t count_of(std::string_view text, std::string_view what) noexcept {
    std::uint32_t count = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) ++count;
    return count;
}

struct EventName {
    std::string_view member;
    MembershipEvent event;
};
constexpr std::array<EventName, 4> event_names{{{"MembersAdded", MembershipEvent::joined},
                                                {"MembersJoined", MembershipEvent::joined},
                                                {"MembersDeleted", MembershipEvent::left},
                                                {"MembersLeft", MembershipEvent::left}}};

}  // namespace

MessageReader::MessageReader(const Tenant& tenant, const ReadContext& context, std::optional<Instant> exported_at, RecordSink& sink)
    : tenant_(tenant), context_(context), sink_(sink), writer_(tenant.me, exported_at, sink) {}

void MessageReader::begin_file(FileKind kind, std::string_view owner) {
    kind_ = kind;
    mine_ = tenant_.me.is_me(owner);
    saw_chats_ = saw_chats_ || kind == FileKind::chats;
    saw_meetings_ = saw_meetings_ || (kind == FileKind::meetings && mine_);
}

Flow MessageReader::refuse(Message reason, JsonValue value, const Location& where) {
    return sink_.reject(refusal(std::move(reason), where), value.text());
}

std::optional<When> MessageReader::time_of(JsonValue written) const {
    const auto parsed = parse_rfc3339(written.string());
    if (!parsed || parsed->at < oldest) return std::nullopt;
    if (context_.today != Date{} && parsed->at >= Instant{context_.today + std::chrono::days{2}}) return std::nullopt;
    return When{.at = parsed->at, .precision = parsed->precision, .basis = parsed->basis, .written = {}};
}

Flow MessageReader::on_value(std::size_t, std::string_view, JsonValue value, const Location& where) {
    if (!value.is_object()) return refuse(msg("teams.not_an_object"), value, where);
    if (kind_ == FileKind::meetings) return read_meeting(value, where);
    Chat* room = room_of(value);
    if (room == nullptr) return refuse(msg("teams.no_place"), value, where);
    if (room->share == Share::nothing) {
        sink_.ignore(room->ignored_as);
        return Flow::proceed;
    }
    if (!value["DeletedDateTime"].string().empty()) {
        sink_.ignore("deleted");
        return Flow::proceed;
    }
    const auto when = time_of(value["CreatedDateTime"]);
    if (!when) return refuse(msg("teams.no_date", arg("value", quote(value["CreatedDateTime"].scalar()))), value, where);
    const bool is_event = value["MessageType"].string() != "message" || (value["From"].is_null() && value["EventDetail"].is_object());
    return is_event ? read_event(value, *room, *when, where) : read_message(value, *room, *when, where);
}

MessageReader::Chat* MessageReader::room_of(JsonValue message) {
    if (const std::string_view channel = message["ChannelIdentity"]["ChannelId"].string(); !channel.empty()) return &channel_room(channel);
    if (const std::string_view chat = message["ChatId"].string(); !chat.empty()) return &chat_room(chat);
    return nullptr;
}

MessageReader::Chat& MessageReader::channel_room(std::string_view id) {
    if (const auto known = rooms_.find(id); known != rooms_.end()) return known->second;
    Chat& room = rooms_[std::string(id)];
    room.group.key = id;
    room.group.kind = GroupKind::channel;
    const auto channel = tenant_.channels.find(id);
    if (channel == tenant_.channels.end()) return room;
    const auto team = tenant_.teams.find(channel->second.team);
    room.group.name = channel->second.name;
    room.group.description = channel->second.description;
    room.group.url = channel->second.url;
    if (team == tenant_.teams.end()) return room;
    // Every team has a channel "General".
    if (!team->second.name.empty()) room.group.name = team->second.name + " / " + channel->second.name;
    if (room.group.description.empty()) room.group.description = team->second.description;
    const auto& members = team->second.members;
    if (!members) return room;
    if (!channel->second.restricted) room.group.members = members->size();
    if (!tenant_.me.is_known()) return room;
    const bool archived = channel->second.archived || team->second.archived;
    const auto mine = members->find(tenant_.me.ids.front());
    if (mine == members->end()) room.share = Share::only_mine, room.ignored_as = "conversation_of_others";
    if (mine != members->end() && channel->second.restricted && !archived) return room;  // who is in it is not told
    Membership& membership = room.membership.emplace();
    membership.event = archived || mine == members->end() ? MembershipEvent::left : MembershipEvent::member;
    if (archived) membership.note = "archived";
    if (mine != members->end()) membership.role = mine->second ? Role::owner : Role::member;
    return room;
}

MessageReader::Chat& MessageReader::chat_room(std::string_view id) {
    if (const auto known = rooms_.find(id); known != rooms_.end()) return known->second;
    Chat& room = rooms_[std::string(id)];
    room.group.key = id;
    room.group.kind = GroupKind::group_chat;
    if (id.starts_with("48:notes")) room.share = Share::nothing, room.ignored_as = "notes_to_self";
    bool mine = tenant_.my_chats.contains(id);
    if (const auto people = people_of(id)) {
        room.group.kind = GroupKind::direct;
        mine = tenant_.me.is_me(people->first) || tenant_.me.is_me(people->second);
        for (const std::string_view person : {people->first, people->second}) {
            if (tenant_.me.is_me(person)) continue;
            const Member* member = tenant_.members.find(person);
            if (!room.group.name.empty()) room.group.name += ", ";
            if (member != nullptr) room.group.name += member->name;
        }
    }
    if (tenant_.me.is_known() && !mine && room.share == Share::whole) room.share = Share::nothing, room.ignored_as = "conversation_of_others";
    return room;
}

Flow MessageReader::read_message(JsonValue message, Chat& room, const When& when, const Location& where) {
    Activity activity;
    activity.native_id = message["Id"].scalar();
    activity.when = when;
    if (activity.native_id.empty()) activity.when->written = message["CreatedDateTime"].string();
    const JsonValue from = message["From"], user = from["User"], application = from["Application"];
    activity.author.key = user["Id"].string();
    const Member* member = tenant_.members.find(activity.author.key);
    activity.author.name = member != nullptr && !member->name.empty() ? std::string_view(member->name) : trim(user["DisplayName"].string());
    if (activity.author.key.empty() && application.is_object()) {
        activity.author = {std::string(application["Id"].string()), std::string(trim(application["DisplayName"].string()))};
        activity.automatic = true;
    }
    activity.is_me = tenant_.me.is_me(activity.author.key);

    const std::string_view content = message["Body"]["Content"].string();
    if (message["Body"]["ContentType"].string() == "html") {
        HtmlText plain = text_of_html(content);
        activity.text = std::move(plain.text);
        activity.links = std::move(plain.links);
        activity.attachments = count_of(content, "<img ");
    } else {
        activity.text = content;
    }
    if (const std::string_view subject = trim(message["Subject"].string()); !subject.empty())
        activity.text = activity.text.empty() ? std::string(subject) : std::string(subject) + '\n' + activity.text;
    activity.parent = message["ReplyToId"].scalar();
    for (const JsonValue attachment : message["Attachments"]) {
        if (attachment["ContentType"].string() == "messageReference") {  // a chat quotes the message that it answers
            if (activity.parent.empty()) activity.parent = attachment["Id"].string();
        } else {
            ++activity.attachments;
        }
    }
    if (activity.parent == activity.native_id) activity.parent.clear();
    activity.kind = !activity.parent.empty()                     ? ActivityKind::reply
                    : room.group.kind == GroupKind::channel ? ActivityKind::post
                                                                : ActivityKind::message;
    for (const JsonValue mention : message["Mentions"])
        activity.mentions_me = activity.mentions_me || (!activity.is_me && tenant_.me.is_me(mention["Mentioned"]["User"]["Id"].string()));
    activity.edited = !message["LastEditedDateTime"].string().empty();
    if (room.group.name.empty() && !activity.is_me && !activity.author.name.empty() && room.authors.size() < shown_authors &&
        std::ranges::find(room.authors, activity.author.name) == room.authors.end())
        room.authors.push_back(activity.author.name);
    const bool mine = activity.is_me;
    if (writer_.accept(room, std::move(activity), where) == Flow::stop) return Flow::stop;
    return read_reactions(message, room, mine, where);
}

Flow MessageReader::read_reactions(JsonValue message, Chat& room, bool mine, const Location& where) {
    std::set<std::string> seen;
    for (const JsonValue reaction : message["Reactions"]) {
        const JsonValue user = reaction["User"]["User"];
        const std::string_view id = user["Id"].string();
        if (id.empty()) {
            sink_.ignore("anonymous_reaction");
            continue;
        }
        Activity activity;
        activity.parent = message["Id"].scalar();
        activity.native_id = "r:" + activity.parent + ':' + std::string(id) + ':' + std::string(reaction["ReactionType"].string());
        while (!seen.insert(activity.native_id).second) activity.native_id += '+';  // several of a person's own emoji are all "custom"
        activity.author = tenant_.members.person(id);
        if (activity.author.name.empty()) activity.author.name = trim(user["DisplayName"].string());
        activity.is_me = tenant_.me.is_me(id);
        activity.kind = ActivityKind::reaction;
        activity.parent_is_me = mine;
        activity.when = time_of(reaction["CreatedDateTime"]);
        if (writer_.accept(room, std::move(activity), where) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

Flow MessageReader::read_event(JsonValue message, Chat& room, const When& when, const Location& where) {
    const JsonValue detail = message["EventDetail"];
    bool told = false;
    for (const EventName& each : event_names) {
        JsonValue people = detail[each.member];
        if (people.is_object()) people = people["Members"];
        std::size_t number = 0;
        for (const JsonValue person : people) {
            const JsonValue user = person["User"].is_object() ? person["User"] : person;
            const std::string_view id = user["Id"].string();
            if (id.empty()) continue;
            told = true;
            Membership membership;
            membership.event = each.event;
            membership.at = when;
            membership.origin = "service_message";
            membership.native_id = std::string(message["Id"].scalar()) + (++number > 1 ? ":" + std::to_string(number) : "");
            membership.is_me = tenant_.me.is_me(id);
            if (!membership.is_me) {
                membership.person = tenant_.members.person(id);
                if (membership.person.name.empty()) membership.person.name = trim(user["DisplayName"].string());
            }
            if (writer_.accept(room, std::move(membership), where) == Flow::stop) return Flow::stop;
        }
    }
    if (!told) sink_.ignore("service_message");
    return Flow::proceed;
}

Flow MessageReader::read_meeting(JsonValue value, const Location& where) {
    if (!mine_) {
        sink_.ignore("meeting_of_others");
        return Flow::proceed;
    }
    if (value["IsCancelled"].boolean().value_or(false)) {
        sink_.ignore("cancelled_meeting");
        return Flow::proceed;
    }
    // Start and end are wall clocks of a zone that is UTC in every export seen; other names are Windows' own.
    const auto moment = [&](JsonValue at) -> std::optional<When> {
        const std::string_view zone_name = at["TimeZone"].string();
        const auto zone = zone_name.empty() || zone_name == "UTC" ? Zone::utc() : Zone::find(zone_name).value_or(context_.zone.value_or(Zone::utc()));
        const auto parsed = parse_rfc3339(at["DateTime"].string(), &zone);
        if (!parsed || parsed->at < oldest) return std::nullopt;
        return When{.at = parsed->at, .precision = parsed->precision, .written = {}};
    };
    Meeting meeting;
    meeting.name = trim(value["Subject"].string());
    meeting.native_id = value["Id"].string();
    meeting.begin = moment(value["Start"]);
    meeting.end = moment(value["End"]);
    if (!meeting.begin) return refuse(msg("teams.no_date", arg("value", quote(value["Start"]["DateTime"].scalar()))), value, where);
    const std::string answer = ascii_lowered(value["ResponseStatus"]["Response"].string());
    const bool organised = value["IsOrganizer"].boolean().value_or(false) || answer == "organizer";
    meeting.attendance = organised || answer == "accepted" ? Attendance::went : answer == "declined" ? Attendance::declined : Attendance::invited;
    const bool online = value["IsOnlineMeeting"].boolean().value_or(false);
    if (online) meeting.in_person = false;
    else meeting.place = trim(value["Location"]["DisplayName"].string());
    const auto add = [&](JsonValue person) {
        const std::string address = ascii_lowered(person["EmailAddress"]["Address"].string());
        const auto known = tenant_.by_address.find(address);
        const std::string key = known == tenant_.by_address.end() ? address : known->second;
        if (key.empty() || tenant_.me.is_me(key)) return;
        const bool there = std::ranges::any_of(meeting.people, [&](const Person& each) { return each.key == key; });
        if (!there) meeting.people.push_back({key, std::string(trim(person["EmailAddress"]["Name"].string()))});
    };
    add(value["Organizer"]);
    for (const JsonValue person : value["Attendees"]) add(person);
    return sink_.accept(std::move(meeting), where);
}

Flow MessageReader::finish() {
    for (const auto& [id, channel] : tenant_.channels) (void)channel_room(id);
    for (auto& [id, room] : rooms_) {
        if (room.emitted && room.group.name.empty() && !room.authors.empty()) {
            for (const std::string& name : room.authors) room.group.name += (room.group.name.empty() ? "" : ", ") + name;
            if (sink_.accept(room.group, {}) == Flow::stop) return Flow::stop;
        }
        if (writer_.finish(room) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

}  // namespace secateur::teams

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/facebook/group_reader.hpp"

#include <utility>

#include "base/text.hpp"
#include "connectors/facebook/pages.hpp"
#include "connectors/facebook/values.hpp"
#include "connectors/support.hpp"

namespace secateur::facebook {

bool is_plausible(Instant at, Date today) noexcept {
    constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2004} / 2 / 1};
    return at >= oldest && (today == Date{} || at < today + std::chrono::days{2});
}

GroupReader::GroupReader(const Survey& survey, const Me& me, const ReadContext& context, RecordSink& sink)
    : survey_(survey), me_(me), context_(context), sink_(sink) {}

Flow GroupReader::emit_known_groups(const std::string& entry) {
    Location where;
    where.entry = entry;
    for (const auto& [folded, known] : survey_.groups) {
        Flow flow = Flow::proceed;
        static_cast<void>(group(known.name, where, flow));
        if (flow == Flow::stop) return flow;
    }
    return Flow::proceed;
}

std::string GroupReader::group(const std::string& name, const Location& where, Flow& flow) {
    std::string key = fold_name(name);
    if (key.empty() || groups_.contains(key)) return key;
    groups_.emplace(key, true);
    Group record;
    record.key = key;
    record.name = name;
    record.kind = GroupKind::group;
    if (const auto known = survey_.groups.find(key); known != survey_.groups.end()) {
        record.name = known->second.name;
        record.url = known->second.url;
    }
    flow = sink_.accept(std::move(record), where);
    return key;
}

Flow GroupReader::refuse(Message reason, JsonValue record, const Location& where) {
    return sink_.reject(refusal(std::move(reason), where), record.text());
}

std::optional<When> GroupReader::moment(JsonValue value, bool& ok) const {
    if (!value || value.is_null()) return std::nullopt;
    if (auto when = page_moment(value, context_.zone)) {
        ok = ok && is_plausible(when->at, context_.today);
        return ok ? std::move(when) : std::nullopt;
    }
    const auto seconds = value.integer();
    if (seconds && *seconds == 0) return std::nullopt;  // how Facebook writes "unknown"
    constexpr std::int64_t far = 1'000'000'000'000;     // milliseconds, or nonsense
    if (!seconds || *seconds < 0 || *seconds > far || !is_plausible(Instant{std::chrono::seconds{*seconds}}, context_.today)) {
        ok = false;
        return std::nullopt;
    }
    return When{.at = Instant{std::chrono::seconds{*seconds}}, .written = std::string(value.scalar())};
}

Activity GroupReader::mine(ActivityKind kind) const {
    Activity activity;
    activity.kind = kind;
    activity.is_me = me_.is_known();
    if (me_.is_known()) activity.author = *me_.owner.person;
    return activity;
}

void GroupReader::take_attachments(JsonValue record, Activity& activity) const {
    for (const JsonValue attachment : record["attachments"]) {
        for (const JsonValue each : attachment["data"]) {
            if (const std::string_view url = each["external_context"]["url"].string(); !url.empty())
                activity.links.push_back(fixed_name(url));
            if (each["media"] || each["place"] || each["event"] || each["poll"]) ++activity.attachments;
        }
    }
}

Flow GroupReader::read(FileKind kind, std::string_view key, JsonValue record, const Location& where) {
    if (!record.is_object()) {
        if (kind == FileKind::profile) return Flow::proceed;
        return refuse(msg("facebook.not_an_object"), record, where);
    }
    switch (kind) {
        case FileKind::membership:
            return read_join(key, record, where);
        case FileKind::administered:
            return read_administered(record, where);
        case FileKind::posts:
            return datum(record, "comment") ? read_comment(kind, record, where) : read_post(record, where);
        case FileKind::comments:
        case FileKind::all_comments:
            return read_comment(kind, record, where);
        case FileKind::reactions:
            return read_reaction(record, where);
        case FileKind::visited_sections:
            return read_visited_section(record, where);
        case FileKind::visited_labels:
            return read_visited(record, where);
        case FileKind::questions:
            return read_answers(record, where);
        case FileKind::badges:
            return read_badges(record, where);
        case FileKind::invites_received:
            return read_invite(Direction::received, record, where);
        case FileKind::invites_sent:
            return read_invite(Direction::sent, record, where);
        case FileKind::event_responses:
            return read_event(key.ends_with("joined")     ? Attendance::went
                              : key.ends_with("declined") ? Attendance::declined
                                                          : Attendance::invited,
                              record, where);
        case FileKind::event_invitations:
            return read_event(Attendance::invited, record, where);
        case FileKind::own_events:
            return read_event(Attendance::went, record, where);
        case FileKind::pages_liked:
            return read_page(MembershipEvent::joined, "page_likes", record, where);
        case FileKind::pages_followed:
            return read_page(MembershipEvent::joined, "pages_followed", record, where);
        case FileKind::pages_unfollowed:
            return read_page(MembershipEvent::left, "pages_unfollowed", record, where);
        case FileKind::following:
            return read_person("follow", "following", record, where);
        case FileKind::friends:
            if (!key.starts_with("friends")) {  // removed, rejected, proposed
                sink_.ignore("not_a_friend");
                return Flow::proceed;
            }
            return read_person("", "friends", record, where);
        case FileKind::pending_posts:
            sink_.ignore("pending_post");
            return Flow::proceed;
        case FileKind::not_membership:
            sink_.ignore("not_membership");
            return Flow::proceed;
        default:  // the profile and the interactions, whose names and addresses the survey took
            return Flow::proceed;
    }
}

Flow GroupReader::read_join(std::string_view list, JsonValue record, const Location& where) {
    std::string name = joined_group(record);
    const std::string title = fixed_name(record["title"].string());
    if (name.empty()) name = group_in_join_title(title, survey_.known).value_or("");
    if (name.empty()) return refuse(msg("facebook.no_group_name"), record, where);
    bool ok = true;
    Membership membership;
    membership.at = moment(record["timestamp"], ok);
    if (!ok) return refuse(msg("facebook.impossible_date", arg("value", quote(record["timestamp"].scalar()))), record, where);
    Flow flow = Flow::proceed;
    membership.group = group(name, where, flow);
    if (flow == Flow::stop) return flow;
    if (list.starts_with("groups_joined") || list.empty()) {
        membership.event = MembershipEvent::joined;
        membership.origin = "groups_joined";
    } else if (list.find("left") != std::string_view::npos) {  // never seen, but the file is said to hold departures too
        membership.event = MembershipEvent::left;
        membership.origin = "groups_left";
    } else {
        membership.event = MembershipEvent::unknown;
        membership.origin = "membership_other";
        membership.note = title;
    }
    membership.is_me = me_.is_known();
    return sink_.accept(std::move(membership), where);
}

Flow GroupReader::read_administered(JsonValue record, const Location& where) {
    const std::string name = fixed_name(record["name"].string());
    if (name.empty()) return refuse(msg("facebook.no_group_name"), record, where);
    bool ok = true;
    Membership membership;
    membership.at = moment(record["timestamp"], ok);
    if (!ok) return refuse(msg("facebook.impossible_date", arg("value", quote(record["timestamp"].scalar()))), record, where);
    Flow flow = Flow::proceed;
    membership.group = group(name, where, flow);
    if (flow == Flow::stop) return flow;
    membership.event = MembershipEvent::member;
    membership.role = Role::admin;
    membership.origin = "groups_admined";
    membership.is_me = me_.is_known();
    return sink_.accept(std::move(membership), where);
}

Flow GroupReader::read_post(JsonValue record, const Location& where) {
    bool ok = true;
    Activity activity = mine(ActivityKind::post);
    activity.when = moment(record["timestamp"], ok);
    if (!ok) return refuse(msg("facebook.impossible_date", arg("value", quote(record["timestamp"].scalar()))), record, where);
    if (!record["timestamp"] && !record["data"] && !record["title"]) return refuse(msg("facebook.empty_record"), record, where);
    activity.text = fixed_text(datum(record, "post")["post"].string());
    take_attachments(record, activity);
    const auto updated = datum(record, "update_timestamp")["update_timestamp"].integer();
    activity.edited = updated && activity.when && *updated > activity.when->at.time_since_epoch().count();
    const std::string title = fixed_name(record["title"].string());
    if (const auto name = group_in_title(title, survey_.known)) {
        Flow flow = Flow::proceed;
        activity.group = group(*name, where, flow);
        if (flow == Flow::stop) return flow;
    }
    return sink_.accept(std::move(activity), where);
}

Flow GroupReader::read_comment(FileKind kind, JsonValue record, const Location& where) {
    const JsonValue comment = datum(record, "comment")["comment"];
    const std::string title = fixed_name(record["title"].string());
    std::string name = fixed_name(comment["group"].string());
    if (name.empty() && kind == FileKind::all_comments) {  // under posts of friends and pages, mostly
        sink_.ignore("comment_outside_groups");
        return Flow::proceed;
    }
    bool ok = true;
    Activity activity = mine(is_reply_title(title) ? ActivityKind::reply : ActivityKind::comment);
    const JsonValue stamp = record["timestamp"] ? record["timestamp"] : comment["timestamp"];
    activity.when = moment(stamp, ok);
    if (!ok) return refuse(msg("facebook.impossible_date", arg("value", quote(stamp.scalar()))), record, where);
    if (!stamp && !comment && title.empty()) return refuse(msg("facebook.empty_record"), record, where);
    activity.text = fixed_text(comment["comment"].string());
    take_attachments(record, activity);
    if (name.empty()) name = group_in_title(title, survey_.known).value_or("");
    if (!name.empty()) {
        Flow flow = Flow::proceed;
        activity.group = group(name, where, flow);
        if (flow == Flow::stop) return flow;
    }
    return sink_.accept(std::move(activity), where);
}

Flow GroupReader::read_reaction(JsonValue record, const Location& where) {
    bool ok = true;
    Activity activity = mine(ActivityKind::reaction);
    activity.when = moment(record["timestamp"], ok);
    if (!ok) return refuse(msg("facebook.impossible_date", arg("value", quote(record["timestamp"].scalar()))), record, where);
    if (activity.when) {
        // Both lists hold it, under other names and not both with an address: what they say together is the same for both.
        const std::int64_t second = second_of(record["timestamp"]).value_or(0);
        if (const auto known = survey_.reactions.find(second); known != survey_.reactions.end()) {
            activity.natural_key = std::to_string(second) + ':' + known->second.what;
            activity.group = known->second.group;
        }
    }
    return sink_.accept(std::move(activity), where);
}

Flow GroupReader::read_visited_section(JsonValue section, const Location& where) {
    for (const JsonValue entry : section["entries"]) {
        const JsonValue data = entry["data"];
        const std::string name = fixed_name(data["name"].string());
        if (slug_of(data["uri"].string()).empty() || name.empty()) {
            sink_.ignore("visited_elsewhere");
            continue;
        }
        bool ok = true;
        Activity activity = mine(ActivityKind::visit);
        activity.when = moment(entry["timestamp"], ok);
        if (!ok) {
            if (refuse(msg("facebook.impossible_date", arg("value", quote(entry["timestamp"].scalar()))), entry, where) ==
                Flow::stop)
                return Flow::stop;
            continue;
        }
        Flow flow = Flow::proceed;
        activity.group = group(name, where, flow);
        if (flow == Flow::stop || sink_.accept(std::move(activity), where) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

Flow GroupReader::read_visited(JsonValue record, const Location& where) {
    if (is_visited_event(record)) {
        sink_.ignore("visited_event");
        return Flow::proceed;
    }
    const std::string name = name_of_visited(record);
    if (name.empty()) return refuse(msg("facebook.no_group_name"), record, where);
    bool ok = true;
    Activity activity = mine(ActivityKind::visit);
    activity.when = moment(record["timestamp"], ok);
    if (!ok) return refuse(msg("facebook.impossible_date", arg("value", quote(record["timestamp"].scalar()))), record, where);
    activity.native_id = record["fbid"].scalar();
    // The number may be the group's own, so several visits share it.
    if (!activity.native_id.empty() && activity.when) activity.native_id += ':' + activity.when->written;
    Flow flow = Flow::proceed;
    activity.group = group(name, where, flow);
    return flow == Flow::stop ? flow : sink_.accept(std::move(activity), where);
}

Flow GroupReader::read_answers(JsonValue record, const Location& where) {
    const std::string name = fixed_name(record["group_name"].string());
    if (name.empty()) return refuse(msg("facebook.no_group_name"), record, where);
    bool ok = true;
    Membership membership;  // proof that I asked to come in, not that I was let in
    for (const JsonValue answer : record["answers"])
        if (!membership.at) membership.at = moment(answer["timestamp"], ok);
    if (!ok) return refuse(msg("facebook.impossible_date", arg("value", "")), record, where);
    Flow flow = Flow::proceed;
    membership.group = group(name, where, flow);
    if (flow == Flow::stop) return flow;
    membership.event = MembershipEvent::unknown;
    membership.origin = "membership_questions";
    membership.is_me = me_.is_known();
    return sink_.accept(std::move(membership), where);
}

Flow GroupReader::read_badges(JsonValue record, const Location& where) {
    for (const JsonValue badges : record) {  // the name of the group is the key
        const std::string name = fixed_name(badges.key());
        if (name.empty()) continue;
        Membership membership;
        Flow flow = Flow::proceed;
        membership.group = group(name, where, flow);
        if (flow == Flow::stop) return flow;
        membership.event = MembershipEvent::member;
        membership.origin = "badges";
        membership.is_me = me_.is_known();
        for (const JsonValue badge : badges) {
            const std::string text = fold_name(fixed_name(badge.string()));
            if (text.starts_with("admin")) membership.role = Role::admin;
            else if (text.starts_with("mod") && membership.role != Role::admin) membership.role = Role::moderator;
        }
        if (sink_.accept(std::move(membership), where) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

Flow GroupReader::read_invite(Direction direction, JsonValue record, const Location& where) {
    bool ok = true;
    Invitation invitation;
    invitation.direction = direction;
    invitation.origin = "group";
    invitation.at = moment(record["timestamp"], ok);
    if (!ok) return refuse(msg("facebook.impossible_date", arg("value", quote(record["timestamp"].scalar()))), record, where);
    invitation.note = name_of_visited(record);
    return sink_.accept(std::move(invitation), where);
}

Flow GroupReader::read_event(Attendance attendance, JsonValue record, const Location& where) {
    Meeting meeting;
    meeting.name = fixed_name(record["name"].string());
    if (meeting.name.empty()) return refuse(msg("facebook.no_event_name"), record, where);
    const auto time = [&](JsonValue value) -> std::optional<When> {  // events may well lie ahead
        if (auto when = page_moment(value, context_.zone)) return when;
        const auto seconds = value.integer();
        constexpr std::int64_t far = 7'258'118'400;  // the year 2200
        if (!seconds || *seconds <= 0 || *seconds > far) return std::nullopt;
        return When{.at = Instant{std::chrono::seconds{*seconds}}, .written = std::string(value.scalar())};
    };
    meeting.begin = time(record["start_timestamp"]);
    meeting.end = time(record["end_timestamp"]);
    meeting.attendance = attendance;
    meeting.place = fixed_name(record["place"]["name"].string());
    return sink_.accept(std::move(meeting), where);
}

Flow GroupReader::read_page(MembershipEvent event, std::string_view origin, JsonValue record, const Location& where) {
    std::string name = fixed_name(record["name"].string());
    if (name.empty()) name = fixed_name(datum(record, "name")["name"].string());
    if (name.empty()) return refuse(msg("facebook.no_page_name"), record, where);
    bool ok = true;
    Membership membership;
    membership.at = moment(record["timestamp"], ok);
    if (!ok) return refuse(msg("facebook.impossible_date", arg("value", quote(record["timestamp"].scalar()))), record, where);
    membership.group = "page:" + fold_name(name);
    if (pages_.insert(membership.group).second) {
        Group page;
        page.key = membership.group;
        page.name = std::move(name);
        page.url = record["url"].string();
        page.kind = GroupKind::page;
        if (sink_.accept(std::move(page), where) == Flow::stop) return Flow::stop;
    }
    membership.event = event;
    membership.origin = origin;
    membership.is_me = me_.is_known();
    return sink_.accept(std::move(membership), where);
}

Flow GroupReader::read_person(std::string_view circle, std::string_view origin, JsonValue record, const Location& where) {
    Contact contact;
    contact.person.name = fixed_name(record["name"].string());
    contact.person.key = fold_name(contact.person.name);
    if (contact.person.key.empty()) return refuse(msg("facebook.no_person_name"), record, where);
    bool ok = true;
    contact.connected = moment(record["timestamp"], ok);
    if (!ok) return refuse(msg("facebook.impossible_date", arg("value", quote(record["timestamp"].scalar()))), record, where);
    contact.circle = circle;
    contact.origin = origin;
    return sink_.accept(std::move(contact), where);
}

Flow GroupReader::emit_coverage(std::optional<Instant> end, const std::string& entry) {
    Location where;
    where.entry = entry;
    // Others' posts are never there; mine only if their lists were asked for, or not empty.
    const bool has_acts = survey_.has(FileKind::posts) || survey_.has(FileKind::comments);
    for (const auto& [key, told] : groups_) {
        Coverage coverage;
        coverage.group = key;
        coverage.kind = has_acts ? CoverageKind::own_only : CoverageKind::names_only;
        coverage.end = end;
        coverage.not_requested.emplace_back(has_acts ? "facebook.lack_others" : "facebook.lack_acts");
        if (sink_.accept(std::move(coverage), where) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

}  // namespace secateur::facebook

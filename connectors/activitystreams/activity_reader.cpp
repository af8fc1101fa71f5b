// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/activitystreams/activity_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/markup.hpp"
#include "base/text.hpp"
#include "connectors/support.hpp"

namespace secateur::activitystreams {
namespace {

// Imported blogs may be older than the vocabulary; the web is not.
constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{1995} / 1 / 1};

bool is_public(std::string_view address) {
    return address == "as:Public" || address == "Public" || address.ends_with("activitystreams#Public");
}
/// Everybody, or everybody who follows: not a person.
bool is_crowd(std::string_view address) {
    return is_public(address) || address.ends_with("/followers") || address.ends_with("/following");
}

std::string direct_key(const std::string& other) { return "direct:" + other; }

}  // namespace

ActivityReader::ActivityReader(const Findings& findings, std::string my_key, bool is_outbox, const ReadContext& context,
                               std::optional<Instant> exported_at, RecordSink& sink)
    : findings_(findings),
      my_key_(std::move(my_key)),
      is_outbox_(is_outbox),
      context_(context),
      exported_at_(exported_at),
      sink_(sink) {}

Flow ActivityReader::refuse(Message reason, JsonValue value, const Location& where) {
    return sink_.reject(refusal(std::move(reason), where), value.text());
}

Flow ActivityReader::ignore(std::string_view reason) {
    sink_.ignore(reason);
    return Flow::proceed;
}

Flow ActivityReader::on_value(std::size_t, std::string_view, JsonValue value, const Location& where) {
    if (value.is_string()) return ignore("reference");  // an address, and nothing else
    if (!value.is_object()) return refuse(msg("activitystreams.not_an_object"), value, where);
    const auto [activity, passed_on_by] = unwrap(value);
    const std::string_view type = type_of(activity);
    if (is_content_type(type)) return read_content({}, activity, passed_on_by, false, where);
    if (type == "Create" || type == "Update")
        return read_content(activity, first(activity["object"]), passed_on_by, type == "Update", where);
    if (type == "Announce") return read_share(activity, where);
    if (type == "Like" || type == "Dislike" || type == "EmojiReact") return read_reaction(activity, where);
    if (type == "Join") return read_membership(activity, MembershipEvent::joined, where);
    if (type == "Leave") return read_membership(activity, MembershipEvent::left, where);
    if (type == "Add") return read_change(activity, MembershipEvent::joined, where);
    if (type == "Remove") return read_change(activity, MembershipEvent::left, where);
    if (type == "Follow") return read_follow(activity, MembershipEvent::joined, where);
    if (type == "Invite") return read_invite(activity, where);
    if (type == "Undo") {
        const JsonValue undone = first(activity["object"]);
        const std::string_view what = type_of(undone);
        if (what == "Join" || what == "Follow") return read_follow(activity, MembershipEvent::left, where);
        return ignore("undo");
    }
    if (is_activity_type(type)) return ignore("other_activity");
    if (type.empty()) return refuse(msg("activitystreams.no_type"), value, where);
    return ignore("unknown_type");  // the vocabulary may be extended
}

bool ActivityReader::time_of(JsonValue activity, JsonValue object, std::optional<When>& when, const Location& where, Flow& flow) {
    JsonValue written = object["published"];
    if (!written.is_string()) written = activity["published"];
    if (!written || written.is_null()) return true;
    const Zone* zone = context_.zone ? &*context_.zone : nullptr;
    const auto parsed = parse_rfc3339(written.string(), zone);
    if (parsed && parsed->at >= oldest && (context_.today == Date{} || parsed->at < context_.today + std::chrono::days{2})) {
        when = When{.at = parsed->at, .precision = parsed->precision, .basis = parsed->basis, .written = {}};
        return true;
    }
    const JsonValue raw = activity ? activity : object;
    flow = refuse(parsed ? msg("activitystreams.impossible_date", arg("value", quote(written.scalar())))
                         : msg("activitystreams.no_date", arg("value", quote(written.scalar()))),
                  raw, where);
    return false;
}

/// A group, when it is met first; `other`: who the other one is, in a conversation of two.
Flow ActivityReader::tell(const std::string& key, const std::string& other, const Location& where) {
    if (key.empty() || seen_.contains(key)) return Flow::proceed;
    seen_[key];
    order_.push_back(key);
    Group group{.key = key};
    if (key.starts_with("direct:")) {
        group.kind = GroupKind::direct;
        group.name = other;
    } else {
        const auto known = findings_.groups.find(key);
        if (known != findings_.groups.end()) {
            group.name = known->second.name;
            group.description = text_of_html(known->second.description).text;
        }
        if (group.name.empty()) group.name = actor_handle(key);
        if (group.name.empty()) group.name = key;
        if (key.starts_with("https://") || key.starts_with("http://")) group.url = key;
        group.kind = kind_by_address(key).value_or(GroupKind::group);
    }
    return sink_.accept(std::move(group), where);
}

/// The group an activity is meant for: its audience before its recipients before who is mentioned.
std::string ActivityReader::find_group(JsonValue activity, JsonValue object) const {
    std::string found;
    const auto take = [&](JsonValue candidate) {
        if (found.empty()) found = group_key(candidate, findings_);
    };
    for (const std::string_view member : {"audience", "to", "cc", "target", "context"})
        for (const JsonValue side : {object, activity}) for_each(side[member], take);
    for_each(object["tag"], [&](JsonValue tag) {
        if (type_of(tag) == "Mention") take(tag["href"]);
    });
    return found;
}

/// The key of a conversation of two: addressed to one person and to nobody else.
std::string ActivityReader::find_direct(JsonValue activity, JsonValue object, const Person& author, Person& other) const {
    bool crowd = false, several = false;
    for (const JsonValue side : {object, activity})
        for (const std::string_view member : {"to", "cc", "bto", "bcc"})
            for_each(side[member], [&](JsonValue each) {
                const Person person = person_of(each);
                crowd = crowd || is_crowd(person.key);
                if (person.key.empty() || is_crowd(person.key) || person.key == author.key) return;
                if (other.key.empty()) other = person;
                else several = several || other.key != person.key;
            });
    if (crowd || several || other.key.empty()) return {};
    // In the other direction the conversation is the same one.
    return direct_key(is_me(other) ? author.key : other.key);
}

void ActivityReader::fill_text(Activity& activity, JsonValue object) const {
    std::string_view written = object["content"].string();
    if (written.empty())
        for (const JsonValue each : object["contentMap"])
            if (written.empty()) written = each.string();
    const std::string_view media = object["mediaType"].string();
    HtmlText content;
    if (media == "text/plain" || media == "text/markdown") content.text = written;
    else content = text_of_html(written);
    const std::string_view title = name_of(object);
    activity.text = title;
    if (!title.empty() && !content.text.empty()) activity.text += "\n\n";
    activity.text += content.text;
    if (activity.text.empty()) activity.text = text_of_html(object["summary"].string()).text;
    // Mentions and hashtags are links too, but lead to nothing that was shared.
    for (std::string& link : content.links) {
        bool is_tag = false;
        for_each(object["tag"], [&](JsonValue tag) { is_tag = is_tag || tag["href"].string() == link; });
        if (!is_tag && link.find("/@") == std::string::npos) activity.links.push_back(std::move(link));
    }
}

Flow ActivityReader::emit(Activity activity, const Location& where, const std::string& other) {
    if (tell(activity.group, other, where) == Flow::stop) return Flow::stop;
    if (!activity.group.empty()) {
        Seen& seen = seen_[activity.group];
        (activity.is_me ? seen.mine : seen.others) = true;
        if (activity.when) {
            seen.begin = std::min(seen.begin.value_or(activity.when->at), activity.when->at);
            seen.end = std::max(seen.end.value_or(activity.when->at), activity.when->at);
        }
    }
    return sink_.accept(std::move(activity), where);
}

Flow ActivityReader::read_content(JsonValue activity, JsonValue object, JsonValue passed_on_by, bool is_update,
                                  const Location& where) {
    if (!object.is_object() && !object.is_string()) return refuse(msg("activitystreams.no_object"), activity, where);
    if (is_update && !is_content_type(type_of(object))) return ignore("other_activity");  // a profile, mostly
    Activity found;
    JsonValue actor = first(activity["actor"]);
    if (!actor) actor = first(object["attributedTo"]);
    found.author = person_of(actor);
    found.is_me = is_me(found.author);
    Flow flow = Flow::proceed;
    if (!time_of(activity, object, found.when, where, flow)) return flow;
    found.native_id = id_of(object);
    if (found.native_id.empty()) found.native_id = id_of(activity);
    if (found.native_id.empty() && found.when) {
        const std::string_view written = object["published"].string();
        found.when->written = written.empty() ? activity["published"].string() : written;
    }

    const JsonValue answered = first(object["inReplyTo"]);
    found.parent = id_of(answered);
    found.kind = found.parent.empty() ? ActivityKind::post : ActivityKind::reply;
    if (!my_key_.empty() && !found.parent.empty())
        found.parent_is_me = person_of(first(answered["attributedTo"])).key == my_key_ || found.parent.starts_with(my_key_ + "/");
    for_each(object["tag"], [&](JsonValue tag) {
        found.mentions_me = found.mentions_me ||
                            (!found.is_me && !my_key_.empty() && type_of(tag) == "Mention" && tag["href"].string() == my_key_);
    });
    for_each(object["attachment"], [&](JsonValue) { ++found.attachments; });
    found.edited = is_update || object["updated"].is_string();
    found.automatic = !found.is_me && (has_type(actor, "Service") || has_type(actor, "Application"));
    fill_text(found, object);

    found.group = passed_on_by ? person_of(passed_on_by).key : find_group(activity, object);
    if (!found.group.empty()) return emit(std::move(found), where);
    Person other;
    found.group = find_direct(activity, object, found.author, other);
    if (!found.group.empty()) found.kind = ActivityKind::message;
    const std::string shown = is_me(other) ? found.author.name : other.name;
    return emit(std::move(found), where, shown);
}

Flow ActivityReader::read_share(JsonValue activity, const Location& where) {
    const JsonValue object = first(activity["object"]);
    const std::string_view shared = id_of(object);
    if (shared.empty()) return refuse(msg("activitystreams.no_object"), activity, where);
    Activity found;
    found.author = person_of(first(activity["actor"]));
    found.is_me = is_me(found.author);
    Flow flow = Flow::proceed;
    if (!time_of(activity, {}, found.when, where, flow)) return flow;
    found.native_id = activity["id"].string();
    if (found.native_id.empty()) found.native_id = "share:" + found.author.key + " " + std::string(shared);
    found.kind = ActivityKind::share;
    found.links.emplace_back(shared);
    found.group = find_group(activity, object);
    return emit(std::move(found), where);
}

Flow ActivityReader::read_reaction(JsonValue activity, const Location& where) {
    const JsonValue object = first(activity["object"]);
    if (id_of(object).empty()) return refuse(msg("activitystreams.no_object"), activity, where);
    Activity found;
    found.author = person_of(first(activity["actor"]));
    found.is_me = is_me(found.author);
    Flow flow = Flow::proceed;
    if (!time_of(activity, {}, found.when, where, flow)) return flow;
    found.kind = ActivityKind::reaction;
    found.parent = id_of(object);
    // By what was done to what by whom: ids of likes are left out or shared with other activities.
    found.native_id = std::string(type_of(activity)) + ":" + found.author.key + " " + found.parent;
    found.group = find_group(activity, object);
    return emit(std::move(found), where);
}

Flow ActivityReader::member(const std::string& group, const Person& person, MembershipEvent event,
                            const std::optional<When>& when, std::string_view origin, JsonValue activity, const Location& where) {
    if (person.key.empty()) return refuse(msg("activitystreams.nobody"), activity, where);
    if (tell(group, {}, where) == Flow::stop) return Flow::stop;
    Membership membership{.group = group, .event = event, .at = when};
    membership.origin = origin;
    membership.native_id = activity["id"].string();
    membership.is_me = is_me(person);
    if (!membership.is_me) membership.person = person;
    return sink_.accept(std::move(membership), where);
}

/// Join and Leave: the object is the group, or an event one goes to.
Flow ActivityReader::read_membership(JsonValue activity, MembershipEvent event, const Location& where) {
    std::optional<When> when;
    Flow flow = Flow::proceed;
    if (!time_of(activity, {}, when, where, flow)) return flow;
    const JsonValue object = first(activity["object"]);
    const Person person = person_of(first(activity["actor"]));
    if (type_of(object) == "Event") {
        if (!is_me(person)) return ignore("event_of_others");
        Meeting meeting{.name = std::string(name_of(object))};
        const Zone* zone = context_.zone ? &*context_.zone : nullptr;
        if (const auto begin = parse_rfc3339(object["startTime"].string(), zone); begin && begin->at >= oldest)
            meeting.begin = When{.at = begin->at, .precision = begin->precision, .basis = begin->basis, .written = {}};
        meeting.attendance = event == MembershipEvent::left ? Attendance::declined : Attendance::went;
        meeting.place = name_of(first(object["location"]));
        meeting.native_id = id_of(object);
        return sink_.accept(std::move(meeting), where);
    }
    const std::string group = person_of(object).key;
    if (group.empty()) return refuse(msg("activitystreams.no_group"), activity, where);
    return member(group, person, event, when, event == MembershipEvent::left ? "leave" : "join", activity, where);
}

/// Add and Remove: the object is a person where the target is a group; else something else was added to something.
Flow ActivityReader::read_change(JsonValue activity, MembershipEvent event, const Location& where) {
    std::optional<When> when;
    Flow flow = Flow::proceed;
    if (!time_of(activity, {}, when, where, flow)) return flow;
    JsonValue target = first(activity["target"]);
    if (!target) target = first(activity["origin"]);
    const JsonValue object = first(activity["object"]);
    const std::string group = group_key(target, findings_);
    if (group.empty() || is_content_type(type_of(object))) return ignore("other_activity");
    return member(group, person_of(object), event, when, event == MembershipEvent::left ? "remove" : "add", activity, where);
}

/// Follow, and Undo of a Follow or Join: a group where it is known to be one, else a person.
Flow ActivityReader::read_follow(JsonValue activity, MembershipEvent event, const Location& where) {
    std::optional<When> when;
    Flow flow = Flow::proceed;
    if (!time_of(activity, {}, when, where, flow)) return flow;
    const JsonValue followed =
        event == MembershipEvent::left ? first(first(activity["object"])["object"]) : first(activity["object"]);
    const Person person = person_of(first(activity["actor"])), other = person_of(followed);
    if (other.key.empty()) return refuse(msg("activitystreams.no_object"), activity, where);
    if (const std::string group = group_key(followed, findings_); !group.empty())
        return member(group, person, event, when, event == MembershipEvent::left ? "undo" : "follow", activity, where);
    if (!is_me(person) || event == MembershipEvent::left) return ignore("follow");
    Contact contact;
    contact.person = other;
    contact.connected = when;
    contact.circle = "follow";
    contact.origin = "follow";
    if (other.key.find("://") != std::string::npos) contact.url = other.key;
    return sink_.accept(std::move(contact), where);
}

Flow ActivityReader::read_invite(JsonValue activity, const Location& where) {
    std::optional<When> when;
    Flow flow = Flow::proceed;
    if (!time_of(activity, {}, when, where, flow)) return flow;
    const Person host = person_of(first(activity["actor"])), guest = person_of(first(activity["object"]));
    if (!is_me(host) && !is_me(guest)) return ignore("invitation_of_others");
    Invitation invitation;
    invitation.direction = is_me(host) ? Direction::sent : Direction::received;
    invitation.person = is_me(host) ? guest : host;
    invitation.at = when;
    const JsonValue target = first(activity["target"]);
    invitation.origin = type_of(target) == "Event" ? "event" : "group";
    invitation.note = name_of(target);
    return sink_.accept(std::move(invitation), where);
}

Flow ActivityReader::close(const Location& where) {
    for (const std::string& key : order_) {
        const Seen& seen = seen_[key];
        Coverage coverage{.group = key};
        // A stream never says that it is whole: what others wrote is a window at most.
        coverage.kind = seen.others ? CoverageKind::partial_window
                        : seen.mine ? CoverageKind::own_only
                                    : CoverageKind::names_only;
        coverage.begin = seen.others ? seen.begin : std::nullopt;
        coverage.end = seen.others ? seen.end : exported_at_;
        if (sink_.accept(std::move(coverage), where) == Flow::stop) return Flow::stop;
    }
    Coverage whole{.kind = is_outbox_ ? CoverageKind::own_only : CoverageKind::partial_window};
    if (is_outbox_) whole.end = exported_at_;
    return sink_.accept(std::move(whole), where);
}

}  // namespace secateur::activitystreams

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/mastodon/outbox_reader.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/markup.hpp"
#include "base/text.hpp"
#include "connectors/support.hpp"

namespace secateur::mastodon {
namespace {

constexpr Instant earliest = std::chrono::sys_days{std::chrono::year{1995} / 1 / 1};

bool is_public(std::string_view address) { return address.ends_with("activitystreams#Public") || address == "as:Public" || address == "Public"; }

/// One address, or a list of them; an object stands for its id.
template <class Visit>
void for_each_address(JsonValue value, Visit visit) {
    if (value.is_array()) {
        for (const JsonValue each : value) visit(each.is_object() ? each["id"].string() : each.string());
    } else if (value.is_object()) {
        visit(value["id"].string());
    } else if (value.is_string()) {
        visit(value.string());
    }
}

/// Whether a link is part of a mention or hashtag: its tag's address, somebody's page ("https://host/@name"), a page of a hashtag.
bool is_tag_link(std::string_view link, JsonValue tags) {
    for (const JsonValue each : tags)
        if (each["href"].string() == link) return true;
    const std::size_t host = link.find("://");
    const std::size_t slash = host == std::string_view::npos ? host : link.find('/', host + 3);
    if (slash == std::string_view::npos) return false;
    const std::string_view path = link.substr(slash);
    return path.starts_with("/tags/") || (path.starts_with("/@") && path.find('/', 1) == std::string_view::npos);
}

std::string text_of(JsonValue note, Activity& activity) {
    std::string_view html = note["content"].string();
    if (html.empty() && note["contentMap"].size() > 0) html = (*note["contentMap"].begin()).string();
    HtmlText content = text_of_html(html);
    for (std::string& link : content.links)
        if (!is_tag_link(link, note["tag"])) activity.links.push_back(std::move(link));
    const std::string_view warning = trim(note["summary"].string());
    return warning.empty() ? std::move(content.text) : std::string(warning) + '\n' + content.text;
}

}  // namespace

Flow Groups::tell(Group group, const Location& where, RecordSink& sink) {
    const auto [place, is_new] = uses_.try_emplace(group.key);
    const bool has_news = !group.url.empty() && !place->second.has_url;
    place->second.has_url = place->second.has_url || has_news;
    return is_new || has_news ? sink.accept(std::move(group), where) : Flow::proceed;
}

Flow OutboxReader::refuse(Message reason, JsonValue value, const Location& where) {
    return sink_.reject(refusal(std::move(reason), where), value.text());
}

Flow OutboxReader::on_value(std::size_t, std::string_view, JsonValue item, const Location& where) {
    if (!item.is_object()) return refuse(msg("mastodon.not_an_activity"), item, where);
    const std::string_view type = item["type"].string();
    if (type == "Announce") return read_boost(item, where);
    if (type == "Create") {
        const JsonValue note = item["object"];
        if (note.is_string()) {  // a post that was deleted while the archive was made
            sink_.ignore("reference");
            return Flow::proceed;
        }
        return note.is_object() ? read_post(item, note, where) : refuse(msg("mastodon.not_an_activity"), item, where);
    }
    if (type.empty()) return refuse(msg("mastodon.not_an_activity"), item, where);
    sink_.ignore("other_activity");
    return Flow::proceed;
}

std::optional<When> OutboxReader::time_of(JsonValue item, JsonValue note) const {
    std::string_view written = note["published"].string();
    if (written.empty()) written = item["published"].string();
    const auto parsed = parse_rfc3339(written);
    if (!parsed || parsed->at < earliest) return std::nullopt;
    if (context_.today != Date{} && parsed->at >= context_.today + std::chrono::days{2}) return std::nullopt;
    return When{.at = parsed->at, .precision = parsed->precision, .basis = parsed->basis, .written = {}};
}

Flow OutboxReader::read_boost(JsonValue item, const Location& where) {
    const JsonValue object = item["object"];
    const std::string_view what = object.is_object() ? object["id"].string() : object.string();
    Activity activity{.native_id = std::string(item["id"].string()), .author = me_, .is_me = true, .when = time_of(item, {}), .kind = ActivityKind::share};
    if (!activity.when) return refuse(msg("mastodon.bad_date", arg("value", quote(item["published"].scalar()))), item, where);
    if (activity.native_id.empty()) activity.natural_key = "boost:" + std::string(what);
    if (!what.empty()) activity.links.emplace_back(what);
    return sink_.accept(std::move(activity), where);
}

Flow OutboxReader::read_post(JsonValue item, JsonValue note, const Location& where) {
    Activity activity{.native_id = std::string(note["id"].string()), .author = me_, .is_me = true, .when = time_of(item, note)};
    if (!activity.when) {
        const JsonValue written = note["published"] ? note["published"] : item["published"];
        return refuse(msg("mastodon.bad_date", arg("value", quote(written.scalar()))), item, where);
    }
    activity.parent = note["inReplyTo"].string();
    activity.kind = activity.parent.empty() ? ActivityKind::post : ActivityKind::reply;
    activity.edited = note["updated"].is_string();
    activity.attachments = static_cast<std::uint32_t>(note["attachment"].size());
    activity.text = text_of(note, activity);
    for (const std::string_view name : {"quote", "quoteUrl", "quoteUri"})
        if (const std::string_view quoted = note[name].string(); !quoted.empty() && std::ranges::find(activity.links, quoted) == activity.links.end())
            activity.links.emplace_back(quoted);
    return send_everywhere(std::move(activity), note, where);
}

OutboxReader::Audience OutboxReader::audience(JsonValue note) const {
    bool everybody = false, followers = false;
    for (const std::string_view field : {"to", "cc"})
        for_each_address(note[field], [&](std::string_view address) {
            everybody = everybody || is_public(address);
            followers = followers || (!actor_.address.empty() && address == actor_.address + "/followers");
        });
    return everybody ? Audience::everybody : followers ? Audience::followers : Audience::named;
}

/// Whoever is mentioned or written to, each once; groups are marked.
std::vector<OutboxReader::Addressee> OutboxReader::addressees(JsonValue note) const {
    std::vector<Addressee> found;
    const auto add = [&](std::string handle, std::string_view address, bool is_marked) {
        if (handle.empty() || handle == actor_.handle) return;
        auto group = group_by_address(address);
        if (!group && is_marked) group = GroupKind::group;
        const auto same = std::ranges::find_if(found, [&](const Addressee& each) { return each.handle == handle || (!address.empty() && each.address == address); });
        if (same == found.end()) found.push_back({std::move(handle), std::string(address), group});
        else if (!same->group) same->group = group;
    };
    for (const JsonValue tag : note["tag"])
        if (tag["type"].string() == "Mention") {
            const std::string_view name = tag["name"].string(), href = tag["href"].string();
            std::string handle = handle_of(name, href);
            if (handle.empty()) handle = handle_by_address(href);
            add(std::move(handle), href, name.starts_with('!'));  // "!name" is how Friendica and Lemmy write groups
        }
    for (const std::string_view field : {"audience", "to", "cc"})
        for_each_address(note[field], [&](std::string_view address) {
            if (is_public(address) || address.ends_with("/followers")) return;
            add(handle_by_address(address), address, field == "audience");
        });
    return found;
}

Flow OutboxReader::send_everywhere(Activity activity, JsonValue note, const Location& where) {
    const std::vector<Addressee> all = addressees(note);
    std::vector<Addressee> groups;
    std::ranges::copy_if(all, std::back_inserter(groups), [](const Addressee& each) { return each.group.has_value(); });
    const Audience who = audience(note);
    if (groups.empty() && who == Audience::named && !all.empty()) return send_letter(std::move(activity), note, all, where);
    if (groups.empty()) return sink_.accept(std::move(activity), where);  // to everybody, or to followers: of no group
    for (const Addressee& each : groups) {
        Group group{.key = each.handle, .name = each.handle, .url = each.address, .kind = *each.group};
        if (groups_.tell(std::move(group), where, sink_) == Flow::stop) return Flow::stop;
        groups_.act_in(each.handle);
        Activity copy = activity;
        copy.group = each.handle;
        if (sink_.accept(std::move(copy), where) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

/// To named people only: a conversation of two, or of more, which only its id tells from others of the same people.
Flow OutboxReader::send_letter(Activity activity, JsonValue note, const std::vector<Addressee>& people, const Location& where) {
    activity.kind = ActivityKind::message;
    Group group{.key = "direct:" + people.front().handle, .name = people.front().handle, .kind = GroupKind::direct};
    if (people.size() > 1) {
        std::string_view conversation = note["context"].string();
        if (const std::string_view older = note["conversation"].string(); !older.empty()) conversation = older;
        group = {.key = "conversation:" + (conversation.empty() ? activity.native_id : std::string(conversation)), .kind = GroupKind::group_chat};
    }
    activity.group = group.key;
    if (groups_.tell(std::move(group), where, sink_) == Flow::stop) return Flow::stop;
    groups_.act_in(activity.group);
    return sink_.accept(std::move(activity), where);
}

}  // namespace secateur::mastodon

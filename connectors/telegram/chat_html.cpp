// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of pages: what chat_reader.cpp does for result.json, with names where that has ids.
#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "connectors/support.hpp"
#include "connectors/telegram/chat_reader.hpp"

namespace secateur::telegram {
namespace {

constexpr std::string_view deleted_account = "Deleted Account";

Person person_named(std::string_view name) {
    if (name.empty() || name == deleted_account) return {};
    return {fold_name(name), std::string(name)};
}

/// What the zone's clock is ahead of UTC in winter.
std::chrono::seconds standard_offset(const Zone& zone, int year) {
    const auto offset_in = [&](unsigned month) {
        const auto noon = as_utc({.year = year, .month = month, .day = 15, .hour = 12});
        const auto shown = noon ? as_utc(zone.to_local(*noon)) : noon;
        return noon && shown ? *shown - *noon : std::chrono::seconds{0};
    };
    return std::min(offset_in(1), offset_in(7));
}

}  // namespace

std::optional<When> ChatReader::time_of(const HtmlMessage& message) {
    const TimeBasis local = context_.zone ? TimeBasis::local_assumed : TimeBasis::local_unknown;
    if (message.is_service) {
        if (!message.day) return std::nullopt;
        return When{.at = *message.day, .precision = Precision::day, .basis = local, .written = {}};
    }
    const auto clock = parse_clock(message.clock);
    if (!clock) return std::nullopt;
    // The clock has summer time, the offset beside it has not: only the zone itself tells the instant.
    const bool zone_fits = context_.zone && (!clock->standard_offset ||
                                             *clock->standard_offset == standard_offset(*context_.zone, clock->local.year));
    if (clock->standard_offset && !zone_fits) {
        ++standard_offsets_;
        const auto shown = as_utc(clock->local);
        return shown ? std::optional(When{.at = *shown - *clock->standard_offset, .basis = TimeBasis::offset, .written = {}})
                     : std::nullopt;
    }
    const auto at = local_instant(clock->local, true);
    if (!at) return std::nullopt;
    ++local_times_;
    previous_ = at;
    return When{.at = *at, .basis = local, .written = {}};
}

Flow ChatReader::read(const HtmlMessage& message, const Location& where) {
    if (!ignored_as_.empty()) {
        sink_.ignore(ignored_as_);
        return Flow::proceed;
    }
    const ServiceLine line = message.is_service ? parse_service_line(message.text) : ServiceLine{};
    if (line.kind == ServiceLine::unsupported) {
        sink_.ignore("unsupported");
        return Flow::proceed;
    }
    const auto refuse = [&](Message reason) {
        return sink_.reject(refusal(std::move(reason), where), message.clock + message.from + message.text);
    };
    const auto when = time_of(message);
    if (!when && !message.is_service) return refuse(msg("telegram.page_no_date", arg("value", quote(message.clock))));
    if (when && !is_plausible(when->at)) return refuse(msg("telegram.impossible_date", arg("value", quote(message.clock))));
    if (!group_emitted_ && emit_group(start_) == Flow::stop) return Flow::stop;
    if (key_.empty()) return refuse(msg("telegram.nameless_chat"));
    if (when) note_time(when->at);
    return message.is_service ? read_line(message, line, when, where) : read_post(message, *when, where);
}

Flow ChatReader::read_post(const HtmlMessage& message, const When& when, const Location& where) {
    Activity activity;
    activity.group = key_;
    if (message.id) activity.native_id = std::to_string(*message.id);
    const bool is_channel = head_.type == ChatType::channel;
    const bool by_chat = message.from == head_.name;  // a channel's post, an anonymous administrator, the peer of a chat of two
    activity.author = person_named(message.from);
    if (is_channel && by_chat) activity.author = {key_, head_.name};
    activity.is_me = is_mine({}, message.from) || (is_channel && by_chat && me_.has_name(message.signature));
    note_author(activity.author.key, activity.is_me);

    const bool is_reply = message.is_reply && !(message.reply_to && topics_.contains(*message.reply_to));
    if (is_reply && message.reply_to) {
        activity.parent = std::to_string(*message.reply_to);
        activity.parent_is_me = mine_.contains(*message.reply_to);
    }
    activity.kind = message.forwarded ? ActivityKind::share
                    : is_reply        ? ActivityKind::reply
                    : is_channel      ? ActivityKind::post
                                      : ActivityKind::message;
    activity.text = message.text;
    activity.links = message.links;
    if (activity.is_me) {
        if (message.forwarded) {  // somebody else's words, even when I pass them on
            for (const std::string_view link : find_links(activity.text)) activity.links.emplace_back(link);
            activity.text.clear();
        }
        if (message.id) mine_.add(*message.id);
        ++my_messages_;
    } else {
        activity.mentions_me = std::ranges::any_of(message.mentions, [&](const std::string& each) {
            return each.starts_with('@') ? me_.has_mention(each) : me_.has_name(each);
        });
        activity.automatic = !message.via_bot.empty() || (head_.type == ChatType::bot && by_chat);
    }
    if (activity.text.empty()) activity.text = message.question;
    activity.attachments = message.has_media ? 1 : 0;
    activity.when = when;
    if (activity.native_id.empty()) activity.when->written = message.clock;

    const std::string parent = activity.native_id;
    const bool mine = activity.is_me;
    if (sink_.accept(std::move(activity), where) == Flow::stop) return Flow::stop;
    if (message.voted && emit_vote(parent, where) == Flow::stop) return Flow::stop;
    return read_reactions(message, parent, mine, where);
}

Flow ChatReader::read_reactions(const HtmlMessage& message, const std::string& parent, bool parent_is_me, const Location& where) {
    std::vector<std::string> seen;
    const auto emit = [&](Person author, bool is_me, const std::string& emoji) {
        Activity activity;  // without a date: pages have none
        activity.group = key_;
        activity.author = std::move(author);
        activity.is_me = is_me;
        activity.kind = ActivityKind::reaction;
        activity.parent = parent;
        activity.parent_is_me = parent_is_me;
        if (!parent.empty()) {
            std::string native_id = "r:" + parent + ':' + activity.author.key + ':' + emoji;
            while (std::ranges::find(seen, native_id) != seen.end()) native_id += '+';  // several custom emoji of one person
            seen.push_back(native_id);
            activity.native_id = std::move(native_id);
        }
        return sink_.accept(std::move(activity), where);
    };
    for (const HtmlReaction& reaction : message.reactions) {
        bool mine_is_named = false;
        for (const std::string& name : reaction.names) {
            const bool is_me = is_mine({}, name);
            mine_is_named = mine_is_named || is_me;
            if (emit(person_named(name), is_me, reaction.emoji) == Flow::stop) return Flow::stop;
        }
        if (!reaction.mine || mine_is_named) continue;
        if (!me_.is_known()) {
            sink_.ignore("reaction_of_unknown_owner");
        } else if (emit({me_.keys.front(), {}}, true, reaction.emoji) == Flow::stop) {
            return Flow::stop;
        }
    }
    return Flow::proceed;
}

Flow ChatReader::read_line(const HtmlMessage& message, const ServiceLine& line, const std::optional<When>& when,
                           const Location& where) {
    const bool mine = is_mine({}, line.actor);
    if (!line.actor.empty()) note_author(person_named(line.actor).key, mine);
    if (line.kind == ServiceLine::created_topic && message.id) topics_.add(*message.id);
    const bool is_event = line.kind == ServiceLine::joined || line.kind == ServiceLine::invited ||
                          line.kind == ServiceLine::removed || line.kind == ServiceLine::created_group;
    if (!is_event || is_direct(head_.type)) {
        sink_.ignore("service_message");
        return Flow::proceed;
    }
    const std::string id = message.id ? std::to_string(*message.id) : std::string();
    if (line.kind == ServiceLine::joined)
        return emit_membership(person_named(line.actor), mine, when, MembershipEvent::joined, Role::none, "service_message", id,
                               where);
    const bool is_creation = line.kind == ServiceLine::created_group;
    if (is_creation && emit_membership(person_named(line.actor), mine, when, MembershipEvent::joined, Role::owner,
                                       "service_message", id, where) == Flow::stop)
        return Flow::stop;
    const bool left = line.kind == ServiceLine::removed;
    std::size_t number = 0;
    for (const std::string& name : line.people) {
        ++number;
        if (is_creation && name == line.actor) continue;
        std::string native_id = line.people.size() == 1 && !is_creation ? id : id + ':' + std::to_string(number);
        if (emit_membership(person_named(name), is_mine({}, name), when, left ? MembershipEvent::left : MembershipEvent::joined,
                            Role::none, left && name != line.actor ? "removal" : "service_message", std::move(native_id),
                            where) == Flow::stop)
            return Flow::stop;
    }
    return Flow::proceed;
}

}  // namespace secateur::telegram

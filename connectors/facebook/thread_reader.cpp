// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/facebook/thread_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "connectors/facebook/group_reader.hpp"
#include "connectors/facebook/pages.hpp"
#include "connectors/facebook/values.hpp"
#include "connectors/support.hpp"

namespace secateur::facebook {
namespace {

constexpr std::uint64_t enough_of_mine = 5;

std::uint32_t count_attachments(JsonValue value) {
    std::size_t count = 0;
    for (const std::string_view list : {"photos", "videos", "audio_files", "files", "gifs", "media"}) count += value[list].size();
    if (value["sticker"]) ++count;
    return static_cast<std::uint32_t>(std::min<std::size_t>(count, 1'000));
}

}  // namespace

const std::vector<JsonPattern>& ThreadReader::patterns() {
    static const std::vector<JsonPattern> list{{JsonPattern::value, "messages[*]"}};
    return list;
}

ThreadReader::ThreadReader(const Survey& survey, const Me& me, const ReadContext& context, RecordSink& sink)
    : survey_(survey), me_(me), context_(context), sink_(sink) {
    for (const auto& [key, head] : survey.threads) threads_[key].head = &head;
}

void ThreadReader::begin_file(const File& file) {
    kind_ = file.kind;
    key_ = thread_key(file);
    const auto found = threads_.find(key_);
    thread_ = found == threads_.end() ? nullptr : &found->second;
}

void ThreadReader::end_file(bool whole) {
    if (thread_ != nullptr && !whole) thread_->is_whole = false;
}

Person ThreadReader::person(std::string_view raw) const {
    std::string name(trim(messenger_text(raw, kind_)));
    std::string key = fold_name(name);
    if (is_nobody(key)) return {};
    return {std::move(key), std::move(name)};
}

Flow ThreadReader::emit_group() {
    thread_->is_named = true;
    Group group;
    group.key = key_;
    group.name = thread_->head->name;
    group.kind = thread_->head->is_chat() ? GroupKind::group_chat : GroupKind::direct;
    Location where;
    where.entry = thread_->head->entry;
    return sink_.accept(std::move(group), where);
}

Flow ThreadReader::read(JsonValue value, const Location& where) {
    if (thread_ == nullptr) {  // a numbered file at the top that is no thread of messages.zip
        sink_.ignore("unread_record");
        return Flow::proceed;
    }
    if (!value.is_object()) return sink_.reject(refusal(msg("facebook.not_an_object"), where), value.text());
    const JsonValue stamp = value["timestamp_ms"] ? value["timestamp_ms"] : value["timestamp"];
    const auto clock = page_moment(stamp, context_.zone);
    const auto milliseconds = clock ? std::optional(std::int64_t{clock->at.time_since_epoch().count()} * 1000) : stamp.integer();
    const Instant at{std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds{milliseconds.value_or(0)})};
    if (!milliseconds || !is_plausible(at, context_.today))
        return sink_.reject(refusal(msg("facebook.impossible_date", arg("value", quote(stamp.scalar()))), where), value.text());

    if (!thread_->is_named && emit_group() == Flow::stop) return Flow::stop;
    const std::string_view type = value["type"].string();
    if (type == "Call" || value["call_duration"]) {
        sink_.ignore("call");
        return Flow::proceed;
    }
    Activity activity;
    activity.group = key_;
    activity.author = person(value["sender_name"] ? value["sender_name"].string() : value["senderName"].string());
    activity.text = messenger_text(value["content"] ? value["content"].string() : value["text"].string(), kind_);
    activity.when = When{.at = at, .written = {}};
    if (clock) {
        activity.when->precision = clock->precision;
        activity.when->basis = clock->basis;
    }
    activity.kind = ActivityKind::message;
    activity.is_me = is_me(activity.author);
    activity.attachments = count_attachments(value);
    if (const std::string_view link = value["share"]["link"].string(); !link.empty())
        activity.links.push_back(messenger_text(link, kind_));

    const std::uint64_t hash = message_hash(activity.author.key, *milliseconds, activity.text);
    if (kind_ == FileKind::encrypted_thread && survey_.cutover_messages.contains(hash)) {
        sink_.ignore("listed_twice");  // Messenger kept it at the move to encryption, in another file of this export
        return Flow::proceed;
    }
    // No ids here; the millisecond, the author and the words make one that the reactions can refer to.
    activity.native_id = std::to_string(*milliseconds) + ':' + hash_hex(hash);
    if (!thread_->first || at < *thread_->first) thread_->first = at;
    if (!thread_->last || at > *thread_->last) thread_->last = at;
    if (type == "Subscribe" || type == "Unsubscribe") {
        const MembershipEvent event = type == "Subscribe" ? MembershipEvent::joined : MembershipEvent::left;
        return read_members(value["users"], event, *activity.when, activity.native_id, where);
    }
    if (activity.is_me) ++thread_->mine;
    thread_->others = thread_->others || !activity.is_me;
    if (value["reactions"].size() == 0) return sink_.accept(std::move(activity), where);
    const Activity message_of_reactions = activity;
    if (sink_.accept(std::move(activity), where) == Flow::stop) return Flow::stop;
    return read_reactions(value["reactions"], message_of_reactions, where);
}

Flow ThreadReader::read_reactions(JsonValue value, const Activity& message, const Location& where) {
    for (const JsonValue each : value) {
        Activity reaction;
        reaction.group = key_;
        reaction.kind = ActivityKind::reaction;
        reaction.author = person(each["actor"].string());
        reaction.is_me = is_me(reaction.author);
        reaction.parent = message.native_id;
        reaction.parent_is_me = message.is_me;
        reaction.native_id =
            "r:" + message.native_id + ':' + reaction.author.key + ':' + messenger_text(each["reaction"].string(), kind_);
        if (const auto seconds = each["timestamp"].integer())
            if (const Instant at{std::chrono::seconds{*seconds}};
                *seconds > 0 && *seconds < 100'000'000'000 && is_plausible(at, context_.today))
                reaction.when = When{.at = at, .written = {}};
        if (sink_.accept(std::move(reaction), where) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

Flow ThreadReader::read_members(JsonValue users, MembershipEvent event, const When& when, const std::string& id,
                                const Location& where) {
    std::size_t number = 0;
    for (const JsonValue user : users) {
        Membership membership;
        membership.group = key_;
        membership.event = event;
        membership.at = when;
        membership.origin = "service_message";
        membership.native_id = id + ':' + std::to_string(++number);
        Person who = person(user["name"].string());
        membership.is_me = is_me(who);
        if (!membership.is_me) membership.person = std::move(who);
        if (sink_.accept(std::move(membership), where) == Flow::stop) return Flow::stop;
    }
    if (number == 0) sink_.ignore("service_message");
    return Flow::proceed;
}

Flow ThreadReader::emit_threads(std::optional<Instant> end) {
    for (auto& [key, thread] : threads_) {
        key_ = key;
        thread_ = &thread;
        if (!thread.is_named && emit_group() == Flow::stop) return Flow::stop;
        Location where;
        where.entry = thread.head->entry;
        const auto still_in = thread.head->still_in;
        if (thread.head->is_chat() && still_in) {
            Membership membership;
            membership.group = key;
            membership.event = *still_in ? MembershipEvent::member : MembershipEvent::left;
            membership.origin = membership.native_id = "is_still_participant";
            membership.is_me = me_.is_known();
            if (*still_in && end) membership.at = When{.at = *end, .precision = Precision::day, .written = {}};
            if (sink_.accept(std::move(membership), where) == Flow::stop) return Flow::stop;
        }
        Coverage coverage;
        coverage.group = key;
        const bool several = me_.is_known() ? thread.others : thread.head->people.size() > 1 && thread.others;
        if (several) {
            coverage.kind = CoverageKind::full;
            coverage.begin = thread.first;
        } else if (thread.mine >= enough_of_mine) {
            coverage.kind = CoverageKind::own_only;
        }
        coverage.end = thread.is_whole ? end : thread.last;
        if (sink_.accept(std::move(coverage), where) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

}  // namespace secateur::facebook

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/facebook/thread_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "connectors/facebook/group_reader.hpp"
#include "connectors/facebook/values.hpp"
#include "connectors/support.hpp"

namespace secateur::facebook {
namespace {

enum Pattern : std::size_t { participants, title, thread_name, encrypted_name, thread_type, still_participant, message };

constexpr std::size_t enough_people = 64;  // more than this cannot change what kind of thread it is
constexpr std::uint64_t enough_of_mine = 5;

/// What Messenger writes for all accounts that no longer exist: not one person.
bool is_nobody(std::string_view folded) noexcept {
    return folded.empty() || folded == "facebook user" || folded == "utilisateur de facebook" || folded == "utilisateur facebook";
}

std::uint32_t count_attachments(JsonValue value) {
    std::size_t count = 0;
    for (const std::string_view list : {"photos", "videos", "audio_files", "files", "gifs", "media"}) count += value[list].size();
    if (value["sticker"]) ++count;
    return static_cast<std::uint32_t>(std::min<std::size_t>(count, 1'000));
}

}  // namespace

const std::vector<JsonPattern>& ThreadReader::patterns() {
    using enum JsonPattern::Kind;
    static const std::vector<JsonPattern> list{
        {value, "participants"}, {value, "title"},       {value, "thread_name"},          {value, "threadName"},
        {value, "thread_type"},  {value, "is_still_participant"}, {value, "messages[*]"},
    };
    return list;
}

ThreadReader::ThreadReader(const Survey& survey, const Me& me, const ReadContext& context, RecordSink& sink)
    : survey_(survey), me_(me), context_(context), sink_(sink) {}

void ThreadReader::begin_file(const File& file) {
    kind_ = file.kind;
    entry_ = file.entry->path;
    // The path alone: title and thread_path stand behind the messages.
    key_ = "thread:" + thread_id(entry_, kind_);
    thread_ = nullptr;
}

void ThreadReader::end_file(bool whole) {
    if (thread_ != nullptr && !whole) thread_->is_whole = false;
}

std::string ThreadReader::fix(std::string_view raw) const {
    return kind_ == FileKind::encrypted_thread ? nfc(raw) : fixed_text(raw);  // messages.zip is plain UTF-8
}

Person ThreadReader::person(std::string_view raw) const {
    std::string name(trim(fix(raw)));
    std::string key = fold_name(name);
    if (is_nobody(key)) return {};
    return {std::move(key), std::move(name)};
}

void ThreadReader::note_person(const Person& who) {
    if (!who.key.empty() && thread_->people.size() < enough_people) thread_->people.insert(who.key);
}

Flow ThreadReader::read(std::size_t pattern, JsonValue value, const Location& where) {
    if (thread_ == nullptr) {
        // Any numbered file at the top may pass for a thread of messages.zip by its name; only one that looks like it is one.
        if (kind_ == FileKind::encrypted_thread && pattern != encrypted_name && !(pattern == participants && value.is_array())) {
            if (pattern == message) sink_.ignore("unread_record");
            return Flow::proceed;
        }
        thread_ = &threads_[key_];
        if (thread_->entry.empty()) thread_->entry = entry_;
        if (kind_ == FileKind::group_thread) thread_->is_group = true;
    }
    switch (pattern) {
        case participants:
            for (const JsonValue each : value) note_person(person(each.is_string() ? each.string() : each["name"].string()));
            return Flow::proceed;
        case title:
        case thread_name:
            if (thread_->name.empty()) thread_->name = trim(fix(value.string()));
            return Flow::proceed;
        case encrypted_name:
            if (thread_->name.empty()) {  // "Field crew_27"
                std::string_view name = value.string();
                const auto end = name.find_last_not_of("0123456789");
                if (end != std::string_view::npos && end > 0 && end + 1 < name.size() && name[end] == '_')
                    name = name.substr(0, end);
                thread_->name = trim(name);
            }
            return Flow::proceed;
        case thread_type:
            thread_->is_group = thread_->is_group || value.string() == "RegularGroup";
            return Flow::proceed;
        case still_participant:
            if (!thread_->still_in) thread_->still_in = value.boolean();
            // One can leave a group only; and who left is no longer among the participants.
            if (value.boolean() == false) thread_->is_group = true;
            return Flow::proceed;
        default:
            return read_message(value, where);
    }
}

Flow ThreadReader::read_message(JsonValue value, const Location& where) {
    if (!value.is_object()) return sink_.reject(refusal(msg("facebook.not_an_object"), where), value.text());
    const JsonValue stamp = value["timestamp_ms"] ? value["timestamp_ms"] : value["timestamp"];
    const auto milliseconds = stamp.integer();
    const Instant at{std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds{milliseconds.value_or(0)})};
    if (!milliseconds || !is_plausible(at, context_.today))
        return sink_.reject(refusal(msg("facebook.impossible_date", arg("value", quote(stamp.scalar()))), where), value.text());

    const std::string_view type = value["type"].string();
    if (type == "Call" || value["call_duration"]) {
        sink_.ignore("call");
        return Flow::proceed;
    }
    Activity activity;
    activity.group = key_;
    activity.author = person(value["sender_name"] ? value["sender_name"].string() : value["senderName"].string());
    activity.text = fix(value["content"] ? value["content"].string() : value["text"].string());
    activity.when = When{.at = at, .written = {}};
    activity.kind = ActivityKind::message;
    activity.is_me = is_me(activity.author);
    activity.attachments = count_attachments(value);
    if (const std::string_view link = value["share"]["link"].string(); !link.empty()) activity.links.push_back(fix(link));

    const std::uint64_t hash = message_hash(activity.author.key, *milliseconds, activity.text);
    if (kind_ == FileKind::encrypted_thread && survey_.cutover_messages.contains(hash)) {
        sink_.ignore("listed_twice");  // Messenger kept it at the move to encryption, in another file of this export
        return Flow::proceed;
    }
    // No ids here; the millisecond, the author and the words make one that the reactions can refer to.
    activity.native_id = std::to_string(*milliseconds) + ':' + hash_hex(hash);
    note_person(activity.author);
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
        reaction.native_id = "r:" + message.native_id + ':' + reaction.author.key + ':' + fix(each["reaction"].string());
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
        note_person(who);
        membership.is_me = is_me(who);
        if (!membership.is_me) membership.person = std::move(who);
        if (sink_.accept(std::move(membership), where) == Flow::stop) return Flow::stop;
    }
    if (number == 0) sink_.ignore("service_message");
    thread_->is_group = true;  // nobody joins or leaves a thread of two
    return Flow::proceed;
}

Flow ThreadReader::emit_threads(std::optional<Instant> end) {
    for (const auto& [key, thread] : threads_) {
        Location where;
        where.entry = thread.entry;
        Group group;
        group.key = key;
        group.name = thread.name;
        group.kind = thread.is_group || thread.people.size() > 2 ? GroupKind::group_chat : GroupKind::direct;
        const bool is_chat = group.kind == GroupKind::group_chat;
        if (sink_.accept(std::move(group), where) == Flow::stop) return Flow::stop;
        if (is_chat && thread.still_in) {
            Membership membership;
            membership.group = key;
            membership.event = *thread.still_in ? MembershipEvent::member : MembershipEvent::left;
            membership.origin = membership.native_id = "is_still_participant";
            membership.is_me = me_.is_known();
            if (*thread.still_in && end) membership.at = When{.at = *end, .precision = Precision::day, .written = {}};
            if (sink_.accept(std::move(membership), where) == Flow::stop) return Flow::stop;
        }
        Coverage coverage;
        coverage.group = key;
        const bool several = me_.is_known() ? thread.others : thread.people.size() > 1 && thread.others;
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

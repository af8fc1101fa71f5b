// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/telegram/chat_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "connectors/support.hpp"

namespace secateur::telegram {
namespace {

using namespace std::chrono_literals;

// Nothing on Telegram is older: it began in 2013, and histories brought over from other services start after 2009.
constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2010} / 1 / 1};
constexpr std::uint64_t enough_of_mine = 5;  // messages, before "only mine" says anything about how the chat was exported

constexpr bool two_digits(std::string_view text, std::size_t at, unsigned& value) noexcept {
    const char tens = text[at], units = text[at + 1];
    if (tens < '0' || tens > '9' || units < '0' || units > '9') return false;
    value = static_cast<unsigned>(tens - '0') * 10 + static_cast<unsigned>(units - '0');
    return true;
}

}  // namespace

std::optional<LocalTime> parse_wall_clock(std::string_view text) noexcept {
    if (text.size() != 19 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    unsigned century = 0, year = 0;
    LocalTime local;
    if (!two_digits(text, 0, century) || !two_digits(text, 2, year) || !two_digits(text, 5, local.month) ||
        !two_digits(text, 8, local.day) || !two_digits(text, 11, local.hour) || !two_digits(text, 14, local.minute) ||
        !two_digits(text, 17, local.second))
        return std::nullopt;
    local.year = static_cast<int>(century * 100 + year);
    return local;
}

void IdSet::add(std::int64_t id) {
    if (ids_.empty() || id > ids_.back()) {
        ids_.push_back(id);
    } else if (const auto at = std::ranges::lower_bound(ids_, id); *at != id) {
        ids_.insert(at, id);
    }
}

bool IdSet::contains(std::int64_t id) const noexcept { return std::ranges::binary_search(ids_, id); }

/// The members of a message that mean something here, taken in one walk: messages come by the million, and a key written twice
/// counts the last time.
struct ChatReader::Fields {
    JsonValue id, type, date, epoch, from, from_id, actor, actor_id, author, action, members;
    JsonValue text, entities, reply_to, reply_peer, via_bot, reactions, poll;
    bool edited = false, forwarded = false, has_media = false;

    explicit Fields(JsonValue message) {
        for (const JsonValue member : message) {
            const std::string_view key = member.key();
            switch (key.size()) {
                case 2:
                    if (key == "id") id = member;
                    break;
                case 4:
                    if (key == "type") type = member;
                    else if (key == "date") date = member;
                    else if (key == "from") from = member;
                    else if (key == "text") text = member;
                    else if (key == "poll") poll = member;
                    else if (key == "file") has_media = true;
                    break;
                case 5:
                    if (key == "actor") actor = member;
                    else if (key == "photo") has_media = true;
                    break;
                case 6:
                    if (key == "author") author = member;
                    else if (key == "action") action = member;
                    else if (key == "edited") edited = true;
                    break;
                case 7:
                    if (key == "from_id") from_id = member;
                    else if (key == "members") members = member;
                    else if (key == "via_bot") via_bot = member;
                    break;
                case 8:
                    if (key == "actor_id") actor_id = member;
                    break;
                case 9:
                    if (key == "reactions") reactions = member;
                    else if (key == "todo_list") has_media = true;
                    break;
                case 10:
                    if (key == "media_type" || key == "game_title") has_media = true;
                    break;
                case 13:
                    if (key == "date_unixtime") epoch = member;
                    else if (key == "text_entities") entities = member;
                    break;
                case 14:
                    if (key == "forwarded_from") forwarded = true;  // null when the author hides
                    break;
                case 15:
                    if (key == "edited_unixtime") edited = true;
                    break;
                case 16:
                    if (key == "reply_to_peer_id") reply_peer = member;
                    break;
                case 19:
                    if (key == "reply_to_message_id") reply_to = member;
                    else if (key == "contact_information") has_media = true;
                    else if (key == "invoice_information") has_media = true;
                    break;
                case 20:
                    if (key == "location_information") has_media = true;
                    break;
                default:
                    if (key.starts_with("giveaway_")) has_media = true;
                    break;
            }
        }
    }
};

ChatReader::ChatReader(const Me& me, const ReadContext& context, std::optional<Instant> exported_at, bool is_account,
                       RecordSink& sink)
    : me_(me), context_(context), exported_at_(exported_at), is_account_(is_account), sink_(sink) {}

void ChatReader::begin_chat(ChatHead head, const std::string& entry) {
    in_chat_ = true;
    head_ = std::move(head);
    start_ = Location{};
    start_.entry = entry;
    key_.clear();
    ignored_as_ = telegram::ignored_as(head_.type);
    group_emitted_ = others_ = several_authors_ = false;
    mine_.clear();
    topics_.clear();
    my_messages_ = 0;
    first_author_.clear();
    first_at_ = last_at_ = previous_ = std::nullopt;
    saw_public_or_channel_ = saw_public_or_channel_ || head_.is_public || head_.type == ChatType::channel;
}

Flow ChatReader::refuse(Message reason, JsonValue value, const Location& where) {
    return sink_.reject(refusal(std::move(reason), where), value.text());
}

bool ChatReader::is_plausible(Instant at) const noexcept {
    return at >= oldest && (context_.today == Date{} || at < context_.today + std::chrono::days{2});
}

bool ChatReader::is_mine(std::string_view key, std::string_view name) const {
    if (!key.empty()) return me_.has_key(key);
    return me_.is_known() && me_.has_name(name);
}

void ChatReader::note_author(std::string_view key, bool is_me) {
    if (is_me) return;
    others_ = true;
    if (several_authors_) return;
    if (first_author_.empty()) first_author_ = key.empty() ? std::string_view("?") : key;
    else if (first_author_ != key) several_authors_ = true;
}

std::optional<Instant> ChatReader::local_instant(std::string_view written, bool in_sequence) const {
    const auto local = parse_wall_clock(written);
    return local ? local_instant(*local, in_sequence) : std::nullopt;
}

std::optional<Instant> ChatReader::local_instant(const LocalTime& local, bool in_sequence) const {
    if (!context_.zone) return as_utc(local);
    auto at = context_.zone->to_instant(local);
    // The hour that autumn shows twice: the second time when the message before is later than the first.
    if (at && in_sequence && previous_ && *at < *previous_ && context_.zone->to_local(*at + 1h) == local) *at += 1h;
    return at;
}

void ChatReader::note_time(Instant at) {
    if (!first_at_ || at < *first_at_) first_at_ = at;
    if (!last_at_ || at > *last_at_) last_at_ = at;
}

std::optional<When> ChatReader::time_of(const Fields& fields) {
    if (const auto epoch = fields.epoch.integer()) return When{.at = Instant{std::chrono::seconds{*epoch}}, .written = {}};
    const auto at = local_instant(fields.date.string(), true);
    if (!at) return std::nullopt;
    ++local_times_;
    previous_ = at;
    return When{.at = *at, .basis = context_.zone ? TimeBasis::local_assumed : TimeBasis::local_unknown, .written = {}};
}

Flow ChatReader::emit_group(const Location& where) {
    group_emitted_ = true;
    // Old files are known by the numbers in their messages, or by a chat number no group of today has.
    const bool raw = raw_ids_ || (local_times_ > 0 && !is_direct(head_.type) && head_.id && *head_.id > (std::uint64_t{2} << 32));
    key_ = chat_key(head_, raw);
    if (key_.empty()) return Flow::proceed;
    Group group;
    group.key = key_;
    group.name = head_.name;
    group.kind = is_direct(head_.type)             ? GroupKind::direct
                 : head_.type == ChatType::channel ? GroupKind::channel
                                                   : GroupKind::group;
    return sink_.accept(std::move(group), where);
}

Flow ChatReader::read(JsonValue message, const Location& where) {
    if (!message.is_object()) return refuse(msg("telegram.not_an_object"), message, where);
    if (!ignored_as_.empty()) {
        sink_.ignore(ignored_as_);
        return Flow::proceed;
    }
    const Fields fields(message);
    const std::string_view type = fields.type.string();
    if (type == "unsupported") {  // carries an id and nothing else
        sink_.ignore("unsupported");
        return Flow::proceed;
    }
    const bool is_service = type == "service";
    if (!is_service && type != "message")
        return refuse(msg("telegram.unknown_type", arg("value", quote(fields.type.scalar()))), message, where);
    raw_ids_ = raw_ids_ || fields.from_id.is_integer() || fields.actor_id.is_integer();

    const auto when = time_of(fields);
    if (!when) return refuse(msg("telegram.no_date", arg("value", quote(fields.date.scalar()))), message, where);
    if (!is_plausible(when->at))
        return refuse(msg("telegram.impossible_date", arg("value", quote((fields.epoch ? fields.epoch : fields.date).scalar()))),
                      message, where);
    if (!group_emitted_ && emit_group(start_) == Flow::stop) return Flow::stop;
    if (key_.empty()) return refuse(msg("telegram.nameless_chat"), message, where);
    note_time(when->at);
    return is_service ? read_service(fields, *when, where) : read_message(fields, *when, where);
}

void ChatReader::read_text(JsonValue text, JsonValue entities, Activity& activity) const {
    if (text.is_string() && (!text.string().empty() || entities.size() == 0)) {  // plain: nothing is marked in it
        activity.text = text.string();
        return;
    }
    const JsonValue parts = entities.size() > 0 ? entities : text;
    for (const JsonValue part : parts) {
        if (part.is_string()) {
            activity.text += part.string();
            continue;
        }
        const std::string_view piece = part["text"].string(), type = part["type"].string();
        activity.text += piece;
        if (type == "text_link") {
            if (const std::string_view link = part["href"].string(); !link.empty()) activity.links.emplace_back(link);
        } else if (type == "mention") {
            activity.mentions_me = activity.mentions_me || me_.has_mention(piece);
        } else if (type == "mention_name") {
            if (const auto id = part["user_id"].unsigned_integer())
                activity.mentions_me = activity.mentions_me || me_.has_key("user" + std::to_string(*id));
        }
    }
}

Flow ChatReader::read_message(const Fields& fields, const When& when, const Location& where) {
    Activity activity;
    activity.group = key_;
    activity.native_id = fields.id.scalar();
    const auto id = fields.id.integer();

    const std::string_view name = fields.from.string();
    const std::string_view from_id = peer_key(fields.from_id, peer_buffer_);
    const bool is_channel = head_.type == ChatType::channel;
    if (!from_id.empty()) {
        activity.author = {std::string(from_id), std::string(name)};
    } else if (!name.empty()) {
        activity.author = {fold_name(name), std::string(name)};
    } else if (is_channel) {
        activity.author = {key_, head_.name};
    }
    // A post of a channel is signed with the display name of the admin who wrote it, when it is signed at all.
    activity.is_me = is_mine(from_id, name) || (is_channel && from_id == key_ && me_.has_name(fields.author.string()));
    note_author(activity.author.key, activity.is_me);

    const auto reply_to = fields.reply_to.integer();
    const bool elsewhere = bool(fields.reply_peer);
    // In a forum every post of a topic "answers" the line that opened the topic; that is no reply.
    const bool is_reply = reply_to && (elsewhere || !topics_.contains(*reply_to));
    if (is_reply && !elsewhere) {
        activity.parent = fields.reply_to.scalar();
        activity.parent_is_me = mine_.contains(*reply_to);
    }
    activity.kind = fields.forwarded ? ActivityKind::share
                    : is_reply       ? ActivityKind::reply
                    : is_channel     ? ActivityKind::post
                                     : ActivityKind::message;

    read_text(fields.text, fields.entities, activity);
    if (activity.is_me) {
        activity.mentions_me = false;
        if (fields.forwarded) {  // somebody else's words, even when I pass them on
            for (const std::string_view link : find_links(activity.text)) activity.links.emplace_back(link);
            activity.text.clear();
        }
        if (id) mine_.add(*id);
        ++my_messages_;
    }
    if (fields.poll && activity.text.empty()) activity.text = fields.poll["question"].string();
    activity.edited = fields.edited;
    activity.attachments = fields.has_media || fields.poll ? 1 : 0;
    const bool is_copy_from_channel = fields.forwarded && from_id.starts_with("channel") && from_id != key_;
    activity.automatic = !activity.is_me && (bool(fields.via_bot) || is_copy_from_channel ||
                                             (head_.type == ChatType::bot && from_id == key_));
    activity.when = when;
    if (activity.native_id.empty()) activity.when->written = (fields.epoch ? fields.epoch : fields.date).scalar();

    const bool has_more = fields.reactions.size() > 0 || fields.poll;
    if (!has_more) [[likely]] return sink_.accept(std::move(activity), where);
    const std::string parent = activity.native_id;
    const bool mine = activity.is_me;
    if (sink_.accept(std::move(activity), where) == Flow::stop) return Flow::stop;
    if (read_vote(fields, parent, where) == Flow::stop) return Flow::stop;
    return read_reactions(fields, parent, mine, where);
}

Flow ChatReader::read_vote(const Fields& fields, const std::string& parent, const Location& where) {
    bool voted = false;
    for (const JsonValue answer : fields.poll["answers"]) voted = voted || answer["chosen"].boolean().value_or(false);
    return voted ? emit_vote(parent, where) : Flow::proceed;
}

Flow ChatReader::emit_vote(const std::string& parent, const Location& where) {
    if (!me_.is_known()) {
        sink_.ignore("vote_of_unknown_owner");
        return Flow::proceed;
    }
    Activity vote;  // when I voted is not written
    vote.group = key_;
    if (!parent.empty()) vote.native_id = "v:" + parent;
    vote.author.key = me_.keys.front();
    vote.is_me = true;
    vote.kind = ActivityKind::vote;
    vote.parent = parent;
    return sink_.accept(std::move(vote), where);
}

Flow ChatReader::read_reactions(const Fields& fields, const std::string& parent, bool parent_is_me, const Location& where) {
    // The date of a reaction is a wall clock without its epoch twin, but the message has both, hence the offset.
    std::optional<std::chrono::seconds> offset;
    const auto epoch = fields.epoch.integer();
    if (const auto local = epoch ? parse_wall_clock(fields.date.string()) : std::nullopt) {
        const Instant at{std::chrono::seconds{*epoch}};
        const bool zone_fits = context_.zone && context_.zone->to_instant(*local) == at;
        if (const auto shown = as_utc(*local); shown && !zone_fits && *shown - at < 16h && at - *shown < 16h)
            offset = *shown - at;
    }
    std::vector<std::string> seen;
    for (const JsonValue reaction : fields.reactions) {
        const std::string_view type = reaction["type"].string();
        const std::string_view emoji = type == "emoji" ? reaction["emoji"].string() : type;
        for (const JsonValue each : reaction["recent"]) {
            const std::string_view name = each["from"].string();
            const std::string_view from_id = peer_key(each["from_id"], peer_buffer_);
            Activity activity;
            activity.group = key_;
            activity.author = {from_id.empty() ? fold_name(name) : std::string(from_id), std::string(name)};
            activity.is_me = is_mine(from_id, name);
            activity.kind = ActivityKind::reaction;
            activity.parent = parent;
            activity.parent_is_me = parent_is_me;
            if (!parent.empty()) {
                std::string native_id = "r:" + parent + ':' + activity.author.key + ':' + std::string(emoji);
                while (std::ranges::find(seen, native_id) != seen.end()) native_id += '+';  // several custom emoji of one person
                seen.push_back(native_id);
                activity.native_id = std::move(native_id);
            }
            const std::string_view date = each["date"].string();
            if (!date.empty()) {
                When when;
                std::optional<Instant> at;
                if (offset) {
                    if (const auto local = parse_wall_clock(date)) at = as_utc(*local);
                    if (at) *at -= *offset;
                    when.basis = TimeBasis::offset;
                } else {
                    at = local_instant(date, false);
                    when.basis = context_.zone ? TimeBasis::local_assumed : TimeBasis::local_unknown;
                }
                if (!at || !is_plausible(*at)) {
                    if (refuse(msg("telegram.impossible_date", arg("value", quote(date))), each, where) == Flow::stop)
                        return Flow::stop;
                    continue;
                }
                when.at = *at;
                activity.when = std::move(when);
            }
            if (sink_.accept(std::move(activity), where) == Flow::stop) return Flow::stop;
        }
    }
    return Flow::proceed;
}

Flow ChatReader::emit_membership(Person person, bool is_me, const std::optional<When>& when, MembershipEvent event, Role role,
                                 std::string_view origin, std::string native_id, const Location& where) {
    Membership membership;
    membership.group = key_;
    membership.event = event;
    membership.at = when;
    membership.role = role;
    membership.origin = origin;
    membership.native_id = std::move(native_id);
    membership.is_me = is_me;
    if (!is_me) membership.person = std::move(person);
    return sink_.accept(std::move(membership), where);
}

Flow ChatReader::emit_members(const Fields& fields, const When& when, MembershipEvent event, Role actor_role,
                              std::string_view origin, const Location& where) {
    const std::string_view actor = fields.actor.string();
    const std::string_view actor_id = peer_key(fields.actor_id, peer_buffer_);
    const std::string id(fields.id.scalar());
    const bool is_creation = actor_role == Role::owner;
    const bool has_founder = is_creation && actor_id.starts_with("user");
    if (!has_founder && fields.members.size() == 0) sink_.ignore("service_message");
    if (has_founder) {
        if (emit_membership({std::string(actor_id), std::string(actor)}, is_mine(actor_id, actor), when, event, actor_role,
                            origin, id, where) == Flow::stop)
            return Flow::stop;
    }
    std::size_t number = 0;
    for (const JsonValue member : fields.members) {
        ++number;
        const std::string_view name = member.string();
        if (name.empty()) {
            sink_.ignore("unnamed_member");
            continue;
        }
        const bool is_actor = name == actor && !actor_id.empty();
        if (is_creation && is_actor) continue;
        // Only names are given. The actor among the members: somebody who came or went alone.
        const bool alone = is_actor && fields.members.size() == 1;
        Person person = alone ? Person{std::string(actor_id), std::string(name)} : Person{fold_name(name), std::string(name)};
        const bool is_me = alone ? is_mine(actor_id, actor) : is_mine({}, name);
        std::string native_id = fields.members.size() == 1 && !is_creation ? id : id + ':' + std::to_string(number);
        if (emit_membership(std::move(person), is_me, when, event, Role::none, origin, std::move(native_id), where) == Flow::stop)
            return Flow::stop;
    }
    return Flow::proceed;
}

Flow ChatReader::read_service(const Fields& fields, const When& when, const Location& where) {
    const std::string_view action = fields.action.string(), actor = fields.actor.string();
    const std::string_view actor_id = peer_key(fields.actor_id, peer_buffer_);
    const bool mine = is_mine(actor_id, actor);
    note_author(actor_id, mine);
    if (action == "topic_created") {
        if (const auto id = fields.id.integer()) topics_.add(*id);
    } else if (!is_direct(head_.type)) {
        if (action == "join_group_by_link" || action == "join_group_by_request") {
            Person person{actor_id.empty() ? fold_name(actor) : std::string(actor_id), std::string(actor)};
            return emit_membership(std::move(person), mine, when, MembershipEvent::joined, Role::none, "service_message",
                                   std::string(fields.id.scalar()), where);
        }
        if (action == "invite_members")
            return emit_members(fields, when, MembershipEvent::joined, Role::none, "service_message", where);
        if (action == "remove_members") {
            // Nobody can be seen to leave but as the one member whom the same person removes.
            const bool alone = fields.members.size() == 1 && (*fields.members.begin()).string() == actor;
            return emit_members(fields, when, MembershipEvent::left, Role::none, alone ? "service_message" : "removal", where);
        }
        if (action == "create_group" || action == "create_channel")
            return emit_members(fields, when, MembershipEvent::joined, Role::owner, "service_message", where);
    }
    sink_.ignore("service_message");
    return Flow::proceed;
}

Flow ChatReader::end_chat(bool whole) {
    in_chat_ = false;
    if (!ignored_as_.empty()) return Flow::proceed;
    const Location& where = start_;
    if (!group_emitted_ && emit_group(where) == Flow::stop) return Flow::stop;
    if (key_.empty()) return Flow::proceed;

    if (is_account_ && !is_direct(head_.type) && head_.type != ChatType::unknown) {
        // The list holds the chats I am in; left_chats those I was in.
        Membership membership;
        membership.group = key_;
        membership.event = head_.left ? MembershipEvent::left : MembershipEvent::member;
        membership.origin = membership.native_id = head_.left ? "left_chats" : "chats";
        if (!head_.left && exported_at_) membership.at = When{.at = *exported_at_, .precision = Precision::day, .written = {}};
        if (sink_.accept(std::move(membership), where) == Flow::stop) return Flow::stop;
    }

    Coverage coverage;
    coverage.group = key_;
    const bool is_seen_whole = me_.is_known() ? others_ : several_authors_;
    if (head_.left || head_.own_only || (!others_ && my_messages_ >= enough_of_mine)) {
        coverage.kind = CoverageKind::own_only;
        coverage.not_requested.emplace_back("telegram.lack_others");
        ++own_only_chats_;
    } else if (is_seen_whole) {
        coverage.kind = CoverageKind::full;
        coverage.begin = first_at_;
    }
    coverage.end = !whole ? last_at_ : exported_at_ && last_at_ ? std::max(exported_at_, last_at_) : exported_at_;
    return sink_.accept(std::move(coverage), where);
}

}  // namespace secateur::telegram

// SPDX-License-Identifier: GPL-3.0-or-later
// Messages as everybody sees them: the public archive that zulip_archive writes, and the replies of Zulip's own interface.
#include <algorithm>
#include <map>
#include <utility>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/progress.hpp"
#include "connectors/room.hpp"
#include "connectors/support.hpp"
#include "connectors/zulip/content.hpp"
#include "connectors/zulip/layout.hpp"

namespace secateur::zulip {
namespace {

/// Names of channels by number, and when the archive was made.
class IndexReader final : public JsonHandler {
public:
    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location&) override {
        if (pattern == 0) names[std::string(value.scalar())] = key;
        else if (const auto seconds = value.number()) made = seconds;
        return Flow::proceed;
    }
    [[nodiscard]] static const std::vector<JsonPattern>& patterns() {
        static const std::vector<JsonPattern> list{{JsonPattern::value, "streams.*.id"}, {JsonPattern::value, "time"}};
        return list;
    }
    std::map<std::string, std::string, std::less<>> names;
    std::optional<double> made;
};

/// The archive knows people by their full names only.
std::string author_key(JsonValue message) {
    const std::string_view id = message["sender_id"].scalar();
    return id.empty() ? fold_name(message["sender_full_name"].string()) : std::string(id);
}

bool is_notifier(JsonValue message) {
    const std::string_view name = message["sender_full_name"].string(), email = message["sender_email"].string();
    return name == "Notification Bot" || name == "Welcome Bot" || email.find("-bot@") != std::string_view::npos;
}

class Surveyor final : public JsonHandler {
public:
    explicit Surveyor(Members& members) : members_(members) {}
    Flow on_value(std::size_t, std::string_view, JsonValue message, const Location&) override {
        const std::string key = author_key(message);
        if (key.empty()) return Flow::proceed;
        Member& member = members_.at(key);
        ++member.messages;
        if (member.name.empty()) member.name = trim(message["sender_full_name"].string());
        if (member.email.empty()) member.email = message["sender_email"].string();
        member.automatic = is_notifier(message);
        return Flow::proceed;
    }

private:
    Members& members_;
};

class MessageReader final : public JsonHandler {
public:
    MessageReader(const Members& members, const Ownership& me, Date today, std::optional<Instant> exported_at, RecordSink& sink)
        : members_(members), me_(me), today_(today), sink_(sink), writer_(me, exported_at, sink) {
        for (const std::string& id : me.ids) {
            if (const Member* member = members.find(id)) names_.names.push_back(fold_name(member->name));
            if (parse_integer(id)) names_.ids.push_back(id);
        }
    }

    /// The messages that follow are of this channel.
    void begin_channel(std::string_view id, std::string_view name) { room_ = &channel(id, name); }

    Flow on_value(std::size_t, std::string_view, JsonValue message, const Location& where) override {
        if (!message.is_object()) return refuse(msg("zulip.incomplete"), message, where);
        const JsonValue sent = message["timestamp"];
        const auto when = time_of(sent.number(), today_);
        if (!when) return refuse(msg("zulip.no_date", arg("value", quote(sent.scalar()))), message, where);
        Room* room = room_ != nullptr ? room_ : room_of(message);
        if (room == nullptr) return refuse(msg("zulip.incomplete"), message, where);
        Activity activity;
        activity.native_id = message["id"].scalar();
        activity.author = {author_key(message), std::string(trim(message["sender_full_name"].string()))};
        activity.is_me = me_.is_me(activity.author.key);
        activity.automatic = !activity.is_me && is_notifier(message);
        activity.when = *when;
        if (activity.native_id.empty()) activity.when->written = sent.scalar();
        const std::string_view content = message["content"].string();
        if (message["content_type"].string() == "text/x-markdown") read_markdown(content, names_, activity);
        else read_html_content(content, names_, activity);
        activity.kind = activity.parent.empty() ? ActivityKind::message : ActivityKind::reply;
        for (const JsonValue flag : message["flags"]) activity.mentions_me = activity.mentions_me || (me_.is_known() && flag.string() == "mentioned");
        if (activity.is_me) activity.mentions_me = false;
        activity.edited = bool(message["last_edit_timestamp"]);
        const std::string parent = activity.native_id;
        const bool mine = activity.is_me;
        if (writer_.accept(*room, std::move(activity), where) == Flow::stop) return Flow::stop;
        for (const JsonValue reaction : message["reactions"])
            if (read_reaction(reaction, *room, parent, mine, *when, where) == Flow::stop) return Flow::stop;
        return Flow::proceed;
    }

    [[nodiscard]] Flow finish() {
        for (auto& [key, room] : rooms_)
            if (writer_.finish(room) == Flow::stop) return Flow::stop;
        return Flow::proceed;
    }

private:
    Flow refuse(Message reason, JsonValue message, const Location& where) { return sink_.reject(refusal(std::move(reason), where), message.text()); }

    Room& channel(std::string_view id, std::string_view name) {
        Room& room = rooms_[std::string(id)];
        room.group.key = id;
        room.group.kind = GroupKind::channel;
        if (!name.empty()) room.group.name = name;
        return room;
    }

    /// A channel by number and name, or a direct conversation by its people.
    Room* room_of(JsonValue message) {
        const JsonValue to = message["display_recipient"];
        if (to.is_string()) {
            const std::string_view id = message["stream_id"].scalar();
            return &(id.empty() ? channel("name:" + fold_name(to.string()), to.string()) : channel(id, to.string()));
        }
        std::vector<std::pair<std::string, std::string>> people;
        for (const JsonValue each : to)
            if (!each["id"].scalar().empty()) people.emplace_back(each["id"].scalar(), each["full_name"].string());
        if (people.empty()) return nullptr;
        std::ranges::sort(people);
        std::string key = "direct:";
        for (const auto& [id, name] : people) key += (key.back() == ':' ? "" : ",") + id;
        Room& room = rooms_[key];
        if (!room.group.key.empty()) return &room;
        room.group.key = key;
        room.group.kind = people.size() > 2 ? GroupKind::group_chat : GroupKind::direct;
        for (const auto& [id, name] : people) {
            if (me_.is_me(id)) continue;
            if (!room.group.name.empty()) room.group.name += ", ";
            room.group.name += name;
        }
        if (people.size() < 2) room.share = Share::nothing, room.ignored_as = "notes_to_self";
        else if (people.size() > 2 && me_.is_known()) room.membership.emplace().event = MembershipEvent::member;
        return &room;
    }

    Flow read_reaction(JsonValue reaction, Room& room, const std::string& parent, bool mine, const When& when, const Location& where) {
        std::string user(reaction["user_id"].scalar());
        if (user.empty()) user = reaction["user"]["id"].scalar();
        if (user.empty()) {
            sink_.ignore("anonymous_reaction");
            return Flow::proceed;
        }
        Activity activity;
        activity.native_id = "r:" + parent + ':' + user + ':' + std::string(reaction["emoji_name"].string());
        activity.author = members_.person(user);
        if (activity.author.name.empty()) activity.author.name = reaction["user"]["full_name"].string();
        activity.is_me = me_.is_me(user);
        activity.kind = ActivityKind::reaction;
        activity.parent = parent;
        activity.parent_is_me = mine;
        activity.when = when;  // when is not said: nearly always on the day of the message
        activity.when->precision = Precision::day;
        return writer_.accept(room, std::move(activity), where);
    }

    const Members& members_;
    const Ownership& me_;
    Date today_;
    RecordSink& sink_;
    RoomWriter writer_;
    MyNames names_;
    std::map<std::string, Room> rooms_;
    Room* room_ = nullptr;
};

class ArchiveStream final : public RecordStream {
public:
    ArchiveStream(const Source& source, const Layout& layout, const ReadContext& context) : source_(source), layout_(layout), context_(context) {
        if (layout.kind == Layout::archive) {
            JsonOutcome outcome = read_json(*source.open(*layout.main), layout.main->path, IndexReader::patterns(), index_);
            if (outcome.end == JsonEnd::broken) problem_ = std::move(outcome.problem);
        }
        const auto made = time_of(index_.made, context.today);
        exported_at_ = made ? made->at : export_instant(source, context.zone);
        Surveyor surveyor(members_);
        for_each_file([&](const Entry& entry, ByteStream& stream) {
            static_cast<void>(read_json(stream, entry.path, {{JsonPattern::value, path()}}, surveyor));
            return Flow::proceed;
        });
        me_ = find_owner(members_, context.me);
        if (!me_.is_known()) propose_owners(me_.owner, members_);
    }

    const Owner& owner() const override { return me_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (me_.is_known() && sink.accept(account_of(me_, members_), {}) == Flow::stop) return;
        if (problem_ && sink.reject(*problem_, {}) == Flow::stop) return;
        MessageReader reader(members_, me_, context_.today, exported_at_, sink);
        std::uint64_t bytes = 0;
        bool stopped = false;
        for_each_file([&](const Entry& entry, ByteStream& stream) {
            if (layout_.kind == Layout::archive) {  // "113488-general"
                const std::string_view folder = entry.folder(), last = folder.substr(folder.rfind('/') + 1);
                const std::string_view id = last.substr(0, last.find('-'));
                const auto named = index_.names.find(id);
                reader.begin_channel(id, named != index_.names.end() ? std::string_view(named->second) : last.substr(std::min(id.size() + 1, last.size())));
            }
            ProgressStream counted(stream, bytes, context_.progress);
            JsonOutcome outcome = read_json(counted, entry.path, {{JsonPattern::value, path()}}, reader);
            if (outcome.end == JsonEnd::stopped) stopped = true;
            if (outcome.end == JsonEnd::broken && sink.reject(std::move(outcome.problem), {}) == Flow::stop) stopped = true;
            return stopped ? Flow::stop : Flow::proceed;
        });
        if (stopped || reader.finish() == Flow::stop) return;
        if (layout_.kind == Layout::archive) sink.lack(msg("zulip.lack_private"));
    }

private:
    [[nodiscard]] std::string_view path() const noexcept { return layout_.kind == Layout::archive ? "[*]" : "messages[*]"; }

    void for_each_file(const std::function<Flow(const Entry&, ByteStream&)>& visit) const {
        source_.for_each(
            [this](const Entry& entry) {
                if (layout_.kind == Layout::dump) return entry.path == layout_.main->path;
                const std::string_view folder = entry.folder();
                const std::size_t slash = folder.rfind('/');
                const std::string_view above = slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash);
                const std::string_view last = folder.substr(slash == std::string_view::npos ? 0 : slash + 1);
                return entry.path.ends_with(".json") && folder != layout_.root && above == layout_.root && !last.empty() && last.front() >= '0' && last.front() <= '9';
            },
            visit);
    }

    const Source& source_;
    Layout layout_;
    ReadContext context_;
    IndexReader index_;
    std::optional<Problem> problem_;
    std::optional<Instant> exported_at_;
    Members members_;
    Ownership me_;
};

}  // namespace

std::unique_ptr<RecordStream> open_archive(const Source& source, const Layout& layout, const ReadContext& context) {
    return std::make_unique<ArchiveStream>(source, layout, context);
}

}  // namespace secateur::zulip

// SPDX-License-Identifier: GPL-3.0-or-later
// A Matrix room, as Element's "Export chat" saves it in JSON. See format.md.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/matrix/room.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace matrix {
namespace {

constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2014} / 1 / 1};  // the year Matrix began
constexpr std::uint64_t enough_of_mine = 5;  // messages, before "only mine" says anything

/// Old answers repeat what they answer: "> <@ali:example.org> the question", line by line, then an empty line.
std::string_view without_quote(std::string_view body) {
    if (!body.starts_with("> <@") && !body.starts_with("> * <@")) return body;
    while (body.starts_with('>')) {
        const auto end = body.find('\n');
        if (end == std::string_view::npos) return {};
        body.remove_prefix(end + 1);
    }
    while (body.starts_with('\n')) body.remove_prefix(1);
    return body;
}

bool is_attached(std::string_view msgtype) {
    return msgtype == "m.image" || msgtype == "m.file" || msgtype == "m.audio" || msgtype == "m.video" || msgtype == "m.location";
}

class Reader final : public JsonHandler {
public:
    Reader(const Room& room, const Me& me, const ReadContext& context, std::optional<Instant> exported_at, RecordSink& sink)
        : room_(room), me_(me), context_(context), exported_at_(exported_at), sink_(sink) {}

    static const std::vector<JsonPattern>& patterns() {
        static const std::vector<JsonPattern> list{{JsonPattern::value, "messages[*]"}};
        return list;
    }

    Flow emit_group(const Location& where) {
        Group group;
        group.key = room_.id;
        group.name = room_.name;
        group.description = room_.topic;
        group.kind = room_.is_direct() ? GroupKind::direct : GroupKind::group;
        if (room_.id.starts_with('!')) group.url = "https://matrix.to/#/" + room_.id;
        return sink_.accept(std::move(group), where);
    }

    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location& where) override {
        const std::string_view type = value["type"].string(), id = value["event_id"].string(), sender = value["sender"].string();
        if (!value.is_object() || type.empty()) return refuse(msg("matrix.not_an_event"), value, where);
        if (id.empty() || sender.empty()) return refuse(msg("matrix.no_id"), value, where);
        const auto milliseconds = value["origin_server_ts"].integer();
        const Instant at{std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds{milliseconds.value_or(0)})};
        if (!milliseconds || at < oldest || (context_.today != Date{} && at >= context_.today + std::chrono::days{2}))
            return refuse(msg("matrix.impossible_date", arg("value", quote(value["origin_server_ts"].scalar()))), value, where);
        if (!first_ || at < *first_) first_ = at;
        if (!last_ || at > *last_) last_ = at;
        const When when{.at = at, .written = {}};

        if (value["unsigned"]["redacted_because"].is_object()) return ignore("redacted");
        const JsonValue content = value["content"], relation = content["m.relates_to"];
        if (type == "m.room.member") return read_member(value, when, where);
        if (type == "m.room.encrypted") {
            ++undecrypted_;
            return ignore("undecrypted");
        }
        if (type == "m.reaction") return read_relation(value, ActivityKind::reaction, when, where);
        if (type == "m.poll.response" || type == "org.matrix.msc3381.poll.response")
            return read_relation(value, ActivityKind::vote, when, where);
        const bool is_poll = type == "m.poll.start" || type == "org.matrix.msc3381.poll.start";
        if (type != "m.room.message" && type != "m.sticker" && !is_poll) return ignore("service_message");
        if (relation["rel_type"].string() == "m.replace") return ignore("edit");  // of a message that stands here too
        if (content.size() == 0) return ignore("redacted");

        Activity activity = new_activity(value, when);
        activity.kind = ActivityKind::message;
        const std::string_view msgtype = content["msgtype"].string();
        activity.automatic = !activity.is_me && msgtype == "m.notice";
        activity.edited = bool(value["unsigned"]["m.relations"]["m.replace"]);
        activity.attachments = is_attached(msgtype) || type == "m.sticker" || is_poll ? 1 : 0;
        std::string_view body = content["body"].string();
        if (is_poll) {
            body = content["org.matrix.msc3381.poll.start"]["question"]["org.matrix.msc1767.text"].string();
            if (body.empty()) body = content["org.matrix.msc1767.text"].string();
        } else if (activity.attachments > 0) {
            // Without a caption the body is the name of the file.
            const std::string_view file_name = content["filename"].string();
            if (file_name.empty() || file_name == body) body = {};
        }
        take_parent(relation, activity);
        activity.text = activity.parent.empty() ? body : without_quote(body);
        activity.mentions_me = !activity.is_me && me_.is_known() && mentions_me(content);
        if (activity.is_me) {
            ++my_messages_;
            mine_.insert(activity.native_id);
        } else if (!activity.automatic) {
            if (first_other_.empty()) first_other_ = activity.author.key;
            several_others_ = several_others_ || first_other_ != activity.author.key;
        }
        return sink_.accept(std::move(activity), where);
    }

    Flow emit_coverage(bool whole, const Location& where) {
        Coverage coverage;
        coverage.group = room_.id;
        const bool is_seen_whole = me_.is_known() ? !first_other_.empty() : several_others_;
        if (is_seen_whole) {
            coverage.kind = CoverageKind::full;
            coverage.begin = first_;
        } else if (my_messages_ >= enough_of_mine) {
            coverage.kind = CoverageKind::own_only;
        }
        coverage.end = whole ? exported_at_ : last_;
        return sink_.accept(std::move(coverage), where);
    }

    void tell(bool whole) {
        if (whole && !room_.is_from_the_start) sink_.lack(msg("matrix.lack_beginning"));
        if (undecrypted_ > 0) sink_.lack(msg("matrix.lack_keys", arg("count", undecrypted_)));
        sink_.lack(msg("matrix.lack_room"));
    }

private:
    Flow refuse(Message reason, JsonValue value, const Location& where) {
        return sink_.reject(refusal(std::move(reason), where), value.text());
    }
    Flow ignore(std::string_view reason) {
        sink_.ignore(reason);
        return Flow::proceed;
    }

    Activity new_activity(JsonValue event, const When& when) const {
        Activity activity;
        activity.group = room_.id;
        activity.native_id = event["event_id"].string();
        activity.author = room_.person(event["sender"].string());
        activity.is_me = me_.is(activity.author.key);
        activity.when = when;
        return activity;
    }

    /// A thread's messages carry the last one as a fallback for old programs: what they answer is the thread.
    void take_parent(JsonValue relation, Activity& activity) const {
        const bool is_fallback = relation["is_falling_back"].boolean().value_or(false);
        std::string_view parent = is_fallback ? std::string_view() : relation["m.in_reply_to"]["event_id"].string();
        if (parent.empty() && relation["rel_type"].string() == "m.thread") parent = relation["event_id"].string();
        if (parent.empty()) return;
        activity.kind = ActivityKind::reply;
        activity.parent = parent;
        activity.parent_is_me = mine_.contains(activity.parent);
    }

    [[nodiscard]] bool mentions_me(JsonValue content) const {
        if (const JsonValue mentions = content["m.mentions"]; mentions.is_object()) {  // since 2023, and then it alone counts
            for (const JsonValue each : mentions["user_ids"])
                if (me_.is(each.string())) return true;
            return false;
        }
        return content["formatted_body"].string().find("https://matrix.to/#/" + me_.id + '"') != std::string_view::npos;
    }

    Flow read_relation(JsonValue value, ActivityKind kind, const When& when, const Location& where) {
        const JsonValue relation = value["content"]["m.relates_to"];
        if (relation["event_id"].string().empty()) return ignore("redacted");
        Activity activity = new_activity(value, when);
        activity.kind = kind;
        activity.parent = relation["event_id"].string();
        activity.parent_is_me = mine_.contains(activity.parent);
        return sink_.accept(std::move(activity), where);
    }

    Flow read_member(JsonValue value, const When& when, const Location& where) {
        const std::string_view sender = value["sender"].string(), subject = value["state_key"].string();
        const std::string_view now = value["content"]["membership"].string(),
                               before = value["unsigned"]["prev_content"]["membership"].string();
        if (subject.empty()) return refuse(msg("matrix.no_id"), value, where);
        if (now == "invite" && (me_.is(subject) || me_.is(sender))) {
            Invitation invitation;
            invitation.direction = me_.is(subject) ? Direction::received : Direction::sent;
            invitation.person = room_.person(me_.is(subject) ? sender : subject);
            invitation.at = when;
            invitation.origin = "group";
            invitation.note = room_.name;
            return sink_.accept(std::move(invitation), where);
        }
        const bool is_join = now == "join" && before != "join";  // else a new name or picture
        const bool is_leave = (now == "leave" || now == "ban") && (before.empty() || before == "join");
        if (!is_join && !is_leave) return ignore("service_message");
        Membership membership;
        membership.group = room_.id;
        membership.event = is_join ? MembershipEvent::joined : MembershipEvent::left;
        membership.at = when;
        membership.origin = is_join || sender == subject ? "service_message" : "removal";
        membership.native_id = value["event_id"].string();
        membership.is_me = me_.is(subject);
        if (!membership.is_me) membership.person = room_.person(subject);
        return sink_.accept(std::move(membership), where);
    }

    const Room& room_;
    const Me& me_;
    const ReadContext& context_;
    std::optional<Instant> exported_at_;
    RecordSink& sink_;
    std::unordered_set<std::string> mine_;  // ids of my messages
    std::uint64_t my_messages_ = 0, undecrypted_ = 0;
    std::string first_other_;
    bool several_others_ = false;
    std::optional<Instant> first_, last_;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const Entry& entry, const ReadContext& context)
        : source_(source), entry_(entry), context_(context), room_(survey(*source.open(entry), entry.path)),
          me_(settle_owner(room_, context.me)), exported_at_(export_instant(source, context.zone)) {}

    const Owner& owner() const override { return me_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        Location start;
        start.entry = entry_.path;
        if (me_.is_known()) {
            Account account;
            account.native_id = me_.id;
            account.handle = '@' + std::string(local_part(me_.id));
            if (!me_.owner.person->name.empty()) account.names.push_back(me_.owner.person->name);
            account.evidence = me_.account_evidence;
            if (sink.accept(std::move(account), start) == Flow::stop) return;
        }
        Reader reader(room_, me_, context_, exported_at_, sink);
        if (reader.emit_group(start) == Flow::stop) return;
        const auto inner = source_.open(entry_);
        std::uint64_t bytes = 0;
        ProgressStream counted(*inner, bytes, context_.progress);
        JsonOutcome outcome = read_json(counted, entry_.path, Reader::patterns(), reader);
        if (outcome.end == JsonEnd::stopped) return;
        const bool whole = outcome.end == JsonEnd::complete;
        if (!whole) {
            outcome.problem.hint = msg("matrix.rest_lost");
            if (sink.reject(std::move(outcome.problem), {}) == Flow::stop) return;
        }
        if (reader.emit_coverage(whole, start) == Flow::stop) return;
        reader.tell(whole);
    }

private:
    const Source& source_;
    const Entry& entry_;
    ReadContext context_;
    Room room_;
    Me me_;
    std::optional<Instant> exported_at_;
};

class MatrixConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "matrix",
                                             .version = 1,
                                             .title = "Matrix room exported by Element (JSON)",
                                             .message = "matrix.recognises",
                                             .how_to = "matrix.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Entry* entry = main_file(source);
        if (entry == nullptr || !is_export(source.head(*entry), entry->path)) return std::nullopt;
        return Match{Confidence::certain, msg("matrix.evidence", arg("file", entry->name()))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        const Entry* entry = main_file(source);
        Location where;
        if (entry != nullptr) where.entry = entry->path;
        if (entry == nullptr || !is_export(source.head(*entry), entry->path))
            throw Error(refusal(msg("matrix.not_an_export"), where, msg("matrix.how_to")));
        return std::make_unique<Stream>(source, *entry, context);
    }
};

}  // namespace
}  // namespace matrix

const Connector& matrix_connector() {
    static const matrix::MatrixConnector connector;
    return connector;
}

}  // namespace secateur

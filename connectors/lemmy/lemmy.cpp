// SPDX-License-Identifier: GPL-3.0-or-later
// Lemmy's and PieFed's settings file, and Lemmy's data export. See format.md.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/lemmy/export.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace lemmy {
namespace {

// The protocol that carries posts from server to server is of 2018; what came before was never on Lemmy.
constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2016} / 1 / 1};

enum Pattern : std::size_t {
    content, notification, inbox, liked, read_post, moderated, followed, data_followed, saved_post, data_saved_post,
    saved_comment, data_saved_comment, blocked_community, data_blocked_community, blocked_user, data_blocked_user
};
const std::vector<JsonPattern>& patterns() {
    using enum JsonPattern::Kind;
    static const std::vector<JsonPattern> list{
        {value, "content[*]"},          {value, "notifications[*]"},
        {value, "inbox[*]"},            {value, "liked[*]"},
        {value, "read_posts[*]"},       {value, "moderates[*]"},
        {value, "followed_communities"}, {value, "settings.followed_communities"},
        {value, "saved_posts"},         {value, "settings.saved_posts"},
        {value, "saved_comments"},      {value, "settings.saved_comments"},
        {value, "blocked_communities"}, {value, "settings.blocked_communities"},
        {value, "blocked_users"},       {value, "settings.blocked_users"},
    };
    return list;
}

class Reader final : public JsonHandler {
public:
    Reader(const Findings& findings, const Person& me, const ReadContext& context, std::optional<Instant> exported_at,
           RecordSink& sink)
        : findings_(findings), me_(me), context_(context), exported_at_(exported_at), sink_(sink) {}

    Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location& where) override {
        switch (pattern) {
            case content: return read_item(value, true, where);
            case notification:
            case inbox: return read_item(value, false, where);
            case liked: return read_like(value, where);
            case read_post: sink_.ignore("read_post"); return Flow::proceed;  // neither a date nor a community
            case moderated: return read_community(value, where, true);
            case followed:
            case data_followed: return read_followed(value, where);
            case saved_post:
            case data_saved_post:
            case saved_comment:
            case data_saved_comment: return ignore_all(value, "saved");
            default: return ignore_all(value, "blocked");
        }
    }

    [[nodiscard]] std::uint64_t unattributed() const noexcept { return unattributed_; }
    [[nodiscard]] bool has_numbered() const noexcept { return has_numbered_; }

private:
    Flow refuse(Message reason, JsonValue value, const Location& where) {
        return sink_.reject(refusal(std::move(reason), where), value.text());
    }

    Flow ignore_all(JsonValue list, std::string_view reason) {
        if (const std::size_t count = list.is_array() ? list.size() : list.is_string() ? 1 : 0; count > 0)
            sink_.ignore(reason, count);
        return Flow::proceed;
    }

    Flow read_followed(JsonValue list, const Location& where) {
        if (list.is_null()) return Flow::proceed;
        if (!list.is_array()) return read_community(list, where, false);  // one alone, where a list belongs
        Location place = where;
        place.record = 0;
        for (const JsonValue each : list) {
            ++*place.record;
            if (read_community(each, place, false) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

    /// A community I follow or look after; one that is both is told once.
    Flow read_community(JsonValue written, const Location& where, bool moderated) {
        const std::string address = community_address(written.string());
        const std::string name = actor_handle(address);
        if (name.empty()) return refuse(msg("lemmy.no_address", arg("value", quote(written.scalar()))), written, where);
        if (!told_.insert(address).second) {
            sink_.ignore("same_community");
            return Flow::proceed;
        }
        if (sink_.accept(Group{.key = address, .name = name, .url = address, .kind = GroupKind::community}, where) == Flow::stop)
            return Flow::stop;
        Membership membership{.group = address, .event = MembershipEvent::member};
        membership.role = findings_.moderated.contains(address) ? Role::moderator : Role::member;
        membership.origin = moderated ? "moderates" : "followed_communities";
        if (sink_.accept(std::move(membership), where) == Flow::stop) return Flow::stop;
        return sink_.accept(Coverage{.group = address, .kind = CoverageKind::names_only, .end = exported_at_}, where);
    }

    /// A community of the data export: a number of my server. Told when it is met first.
    Flow tell_numbered(const std::string& key, const Location& where) {
        if (key.empty() || !told_.insert(key).second) return Flow::proceed;
        has_numbered_ = true;
        if (sink_.accept(Group{.key = key, .kind = GroupKind::community}, where) == Flow::stop) return Flow::stop;
        return sink_.accept(Coverage{.group = key, .kind = CoverageKind::own_only, .end = exported_at_}, where);
    }

    std::optional<When> time_of(JsonValue row) const {
        const JsonValue written = row["published_at"].is_string() ? row["published_at"] : row["published"];  // renamed in 1.0
        const auto parsed = parse_rfc3339(written.string(), &utc_);  // the older name came without an offset, in UTC
        if (!parsed) return std::nullopt;
        return When{.at = parsed->at, .precision = parsed->precision, .written = {}};
    }

    [[nodiscard]] bool is_plausible(Instant at) const {
        return at >= oldest && (context_.today == Date{} || at < context_.today + std::chrono::days{2});
    }

    [[nodiscard]] Person person(std::string_view number) const {
        if (number.empty()) return {};
        return number == findings_.my_id ? me_ : Person{.key = findings_.numbered(number), .name = {}};
    }
    [[nodiscard]] std::string native(std::string_view kind, std::int64_t number) const {
        return findings_.host + "/" + std::string(kind) + "/" + std::to_string(number);
    }

    Flow read_item(JsonValue value, bool is_content, const Location& where) {
        if (!value.is_object()) return refuse(msg("lemmy.not_an_object"), value, where);
        const Item item = item_of(value);
        if (item.kind == Item::Kind::unknown)
            return refuse(msg("lemmy.unknown_kind", arg("value", quote(value["type_"].scalar()))), value, where);
        const auto id = item.row["id"].integer();
        if (!id) return refuse(msg("lemmy.no_id"), value, where);
        const auto when = time_of(item.row);
        const auto written = item.row["published_at"] ? item.row["published_at"] : item.row["published"];
        if (!when) return refuse(msg("lemmy.no_date", arg("value", quote(written.scalar()))), value, where);
        if (!is_plausible(when->at))
            return refuse(msg("lemmy.impossible_date", arg("value", quote(written.scalar()))), value, where);

        const JsonValue row = item.row;
        Activity activity;
        activity.author = person(row["creator_id"].scalar());
        activity.is_me = is_content || (!findings_.my_id.empty() && row["creator_id"].scalar() == findings_.my_id);
        activity.when = when;
        activity.edited = row["updated_at"].is_string() || row["updated"].is_string();
        switch (item.kind) {
            case Item::Kind::post: fill_post(activity, row, *id); break;
            case Item::Kind::comment: fill_comment(activity, row, *id); break;
            default: return read_private(std::move(activity), row, *id, where);
        }
        // Taken down by its author or a moderator: it happened, but its words are not to be kept.
        if (row["deleted"].boolean().value_or(false) || row["removed"].boolean().value_or(false)) {
            activity.text.clear();
            activity.links.clear();
        }
        // A mention of me comes as a notification too, as do answers; which of both it is the file does not say.
        if (tell_numbered(activity.group, where) == Flow::stop) return Flow::stop;
        if (activity.group.empty()) ++unattributed_;
        return sink_.accept(std::move(activity), where);
    }

    void fill_post(Activity& activity, JsonValue row, std::int64_t id) const {
        activity.kind = ActivityKind::post;
        activity.native_id = native("post", id);
        activity.group = findings_.community_key(id);
        activity.text = row["name"].string();
        if (const auto body = row["body"].string(); !body.empty()) activity.text.append("\n\n").append(body);
        if (const auto url = row["url"].string(); !url.empty()) activity.links.emplace_back(url);
    }

    void fill_comment(Activity& activity, JsonValue row, std::int64_t id) const {
        activity.native_id = native("comment", id);
        const auto post = row["post_id"].integer();
        activity.group = findings_.community_key(post);
        activity.text = row["content"].string();
        // "0.24.27": comment 27 answers comment 24; "0.27" answers the post.
        const auto steps = split(row["path"].string(), '.');
        if (const auto above = steps.size() >= 3 ? parse_integer(steps[steps.size() - 2]) : std::nullopt) {
            activity.kind = ActivityKind::reply;
            activity.parent = native("comment", *above);
            activity.parent_is_me = findings_.my_comments.contains(*above);
        } else {
            activity.kind = ActivityKind::comment;
            if (post) activity.parent = native("post", *post);
            activity.parent_is_me = post && findings_.my_posts.contains(*post);
        }
    }

    Flow read_private(Activity activity, JsonValue row, std::int64_t id, const Location& where) {
        const std::string other(activity.is_me ? row["recipient_id"].scalar() : row["creator_id"].scalar());
        if (other.empty()) return refuse(msg("lemmy.no_sender"), row, where);
        activity.kind = ActivityKind::message;
        activity.native_id = native("message", id);
        activity.group = "direct:" + findings_.numbered(other);
        activity.text = row["deleted"].boolean().value_or(false) ? std::string_view() : row["content"].string();
        if (told_.insert(activity.group).second) {
            if (sink_.accept(Group{.key = activity.group, .kind = GroupKind::direct}, where) == Flow::stop) return Flow::stop;
            // Notifications hold what came in, not what went out.
            if (sink_.accept(Coverage{.group = activity.group, .kind = CoverageKind::partial_window, .end = exported_at_},
                             where) == Flow::stop)
                return Flow::stop;
        }
        return sink_.accept(std::move(activity), where);
    }

    /// Only an address: neither a date nor a community, unless the thing itself is in the file. What one writes oneself, Lemmy
    /// likes by itself.
    Flow read_like(JsonValue written, const Location& where) {
        const std::string address(written.string());
        if (address.empty()) return refuse(msg("lemmy.no_address", arg("value", quote(written.scalar()))), written, where);
        if (findings_.my_addresses.contains(hash64(address))) {
            sink_.ignore("own_vote");
            return Flow::proceed;
        }
        Activity vote;
        if (const auto post = findings_.post_of_address.find(hash64(address)); post != findings_.post_of_address.end())
            vote.group = findings_.community_key(post->second);
        if (tell_numbered(vote.group, where) == Flow::stop) return Flow::stop;
        vote.native_id = "like:" + address;
        vote.author = me_;
        vote.is_me = true;
        vote.kind = ActivityKind::vote;
        return sink_.accept(std::move(vote), where);
    }

    const Findings& findings_;
    const Person& me_;
    const ReadContext& context_;
    std::optional<Instant> exported_at_;
    RecordSink& sink_;
    const Zone utc_ = Zone::utc();
    std::unordered_set<std::string> told_;  // keys of groups
    std::uint64_t unattributed_ = 0;
    bool has_numbered_ = false;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const Entry& entry, const ReadContext& context, Findings findings)
        : source_(source),
          entry_(entry),
          context_(context),
          findings_(std::move(findings)),
          exported_at_(export_instant(source, context.zone)) {
        Person me{.key = findings_.my_id.empty() ? fold_name(findings_.display_name) : findings_.numbered(findings_.my_id),
                  .name = findings_.display_name};
        if (me.key.empty()) me = {.key = "me", .name = context.me.names.empty() ? std::string() : context.me.names.front()};
        owner_.from_export = !findings_.display_name.empty() && !context.me.forced;
        owner_.evidence = findings_.display_name.empty() ? msg("lemmy.owner_file")
                                                         : msg("lemmy.owner_name", arg("name", findings_.display_name));
        owner_.person = std::move(me);
    }

    const Owner& owner() const override { return owner_; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        Location start;
        start.entry = entry_.path;
        if (emit_context(sink, start) == Flow::stop) return;
        Reader reader(findings_, *owner_.person, context_, exported_at_, sink);
        const auto inner = source_.open(entry_);
        std::uint64_t bytes = 0;
        ProgressStream counted(*inner, bytes, context_.progress);
        JsonOutcome outcome = read_json(counted, entry_.path, patterns(), reader, json_options());
        if (outcome.end == JsonEnd::stopped) return;
        if (outcome.end == JsonEnd::broken) {
            static_cast<void>(sink.reject(std::move(outcome.problem), {}));
            return;
        }
        if (!findings_.is_data) sink.lack(msg("lemmy.lack_posts"));
        if (reader.unattributed() > 0) sink.lack(msg("lemmy.lack_communities", arg("count", reader.unattributed())));
        if (reader.has_numbered()) sink.lack(msg("lemmy.lack_names"));
    }

private:
    Flow emit_context(RecordSink& sink, const Location& start) const {
        Account account;
        account.native_id = findings_.my_id.empty() ? std::string() : findings_.numbered(findings_.my_id);
        if (!findings_.display_name.empty()) account.names.push_back(findings_.display_name);
        account.evidence = context_.me.forced ? "account.asked" : "account.from_export";
        if (sink.accept(std::move(account), start) == Flow::stop) return Flow::stop;
        Coverage whole{.kind = findings_.is_data ? CoverageKind::own_only : CoverageKind::names_only, .end = exported_at_};
        if (!findings_.is_data) whole.not_requested.emplace_back("lemmy.lack_posts");
        return sink.accept(std::move(whole), start);
    }

    const Source& source_;
    const Entry& entry_;
    ReadContext context_;
    Findings findings_;
    Owner owner_;
    std::optional<Instant> exported_at_;
};

class LemmyConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "lemmy",
                                             .version = 1,
                                             .title = "Lemmy and PieFed settings, Lemmy data export (JSON)",
                                             .message = "lemmy.recognises",
                                             .how_to = "lemmy.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Entry* entry = main_file(source);
        if (entry == nullptr) return std::nullopt;
        const Look found = look(*memory_stream(source.head(*entry)), entry->path);
        if (!found.is_export()) return std::nullopt;
        const std::string name(entry->name());
        return Match{
            found.is_certain() ? Confidence::certain : Confidence::likely,
            found.is_data ? msg("lemmy.evidence_data", arg("file", name)) : msg("lemmy.evidence_settings", arg("file", name))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        const Entry* entry = main_file(source);
        Location where;
        if (entry != nullptr) where.entry = entry->path;
        const Look first = entry != nullptr ? look(*memory_stream(source.head(*entry)), entry->path) : Look{};
        if (!first.is_export()) throw Error(refusal(msg("lemmy.not_an_export"), where, msg("lemmy.how_to")));
        return std::make_unique<Stream>(source, *entry, context, survey(*source.open(*entry), entry->path, first));
    }
};

}  // namespace
}  // namespace lemmy

const Connector& lemmy_connector() {
    static const lemmy::LemmyConnector connector;
    return connector;
}

}  // namespace secateur

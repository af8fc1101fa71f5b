// SPDX-License-Identifier: GPL-3.0-or-later
// Instagram's "Download your information", JSON, both generations of folders. See format.md.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/instagram/export.hpp"
#include "connectors/instagram/lines.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace instagram {
namespace {

constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2010} / 10 / 1};  // Instagram opened that month
constexpr std::uint64_t enough_of_mine = 5;  // messages, before "only mine" says anything

std::uint32_t count_attachments(JsonValue value) {
    std::size_t count = 0;
    for (const std::string_view list : {"photos", "videos", "audio_files", "files", "gifs"}) count += value[list].size();
    return static_cast<std::uint32_t>(std::min<std::size_t>(count, 1'000));
}

/// One account or hashtag of a list: what it is called, where it is, since when.
struct Followed {
    std::string name, url;
    std::optional<std::int64_t> second;
};
/// Until 2025 the name is the `value`; since, the `title`, and else the end of the address.
Followed followed(JsonValue record) {
    Followed found;
    for (const JsonValue each : record["string_list_data"]) {
        if (found.name.empty()) found.name = fixed_name(each["value"].string());
        if (found.url.empty()) found.url = each["href"].string();
        if (!found.second) found.second = each["timestamp"].integer();
    }
    if (found.name.empty()) found.name = fixed_name(record["title"].string());
    if (found.name.empty()) {
        std::string_view rest = found.url;
        while (rest.ends_with('/')) rest.remove_suffix(1);
        if (rest.rfind('/') != std::string_view::npos) found.name = fixed_name(rest.substr(rest.rfind('/') + 1));
    }
    return found;
}

class Reader final : public JsonHandler {
public:
    Reader(const Survey& survey, const Me& me, const ReadContext& context, std::optional<Instant> exported_at, RecordSink& sink)
        : survey_(survey), me_(me), context_(context), exported_at_(exported_at), sink_(sink) {}

    static const std::vector<JsonPattern>& patterns(FileKind kind) {
        using enum JsonPattern::Kind;
        static const std::vector<JsonPattern> thread{{value, "messages[*]"}}, list{{value, "*[*]"}, {value, "[*]"}};
        return kind == FileKind::thread ? thread : list;
    }

    void begin_file(const File& file) {
        kind_ = file.kind;
        if (kind_ != FileKind::thread) return;
        key_ = thread_key(file.entry->path);
        thread_ = &survey_.threads.at(key_);
        state_ = &states_[key_];
    }
    void end_file(bool whole) {
        if (kind_ == FileKind::thread && !whole) state_->is_whole = false;
    }

    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location& where) override {
        if (!value.is_object()) return refuse(msg("instagram.not_an_object"), value, where);
        switch (kind_) {
            case FileKind::thread:
                return read_message(value, where);
            case FileKind::profile:
                return Flow::proceed;  // read by the survey; here only for what is broken in it
            case FileKind::following:
            case FileKind::followers:
            case FileKind::close_friends:
                return read_contact(value, where);
            case FileKind::requests_sent:
            case FileKind::requests_received:
                return read_request(value, where);
            case FileKind::hashtags:
                return read_hashtag(value, where);
            default:
                sink_.ignore("not_a_contact");  // blocked, restricted, no longer followed
                return Flow::proceed;
        }
    }

    /// Once, after all files.
    Flow emit_threads() {
        for (const auto& [key, thread] : survey_.threads) {
            key_ = key;
            thread_ = &thread;
            state_ = &states_[key];
            Location where;
            where.entry = thread.entry;
            if (!state_->is_named && emit_group() == Flow::stop) return Flow::stop;
            if (is_chat() && thread.still_in && emit_state(*thread.still_in, where) == Flow::stop) return Flow::stop;
            Coverage coverage;
            coverage.group = key;
            const bool is_seen_whole = me_.is_known() ? state_->others : state_->others && thread.people.size() > 1;
            if (is_seen_whole) {
                coverage.kind = CoverageKind::full;
                coverage.begin = state_->first;
            } else if (state_->mine >= enough_of_mine) {
                coverage.kind = CoverageKind::own_only;
            }
            coverage.end = state_->is_whole ? exported_at_ : state_->last;
            if (sink_.accept(std::move(coverage), where) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

private:
    struct State {
        bool is_named = false;  // its Group record is out
        bool is_whole = true;
        bool others = false;
        std::uint64_t mine = 0;
        std::optional<Instant> first, last;
    };

    Flow refuse(Message reason, JsonValue value, const Location& where) {
        return sink_.reject(refusal(std::move(reason), where), value.text());
    }

    [[nodiscard]] bool is_plausible(Instant at) const {
        return at >= oldest && (context_.today == Date{} || at < context_.today + std::chrono::days{2});
    }

    /// Who left is no longer listed; I am always one of those who took part.
    [[nodiscard]] bool is_chat() const {
        const bool has_me =
            !me_.is_known() || std::ranges::any_of(thread_->people, [&](const std::string& each) { return me_.is(each); });
        return std::max(thread_->participants, thread_->people.size() + (has_me ? 0 : 1)) > 2 || thread_->still_in == false;
    }

    [[nodiscard]] Person person(std::string_view raw) const {
        std::string name = fixed_name(raw);
        std::string key = fold_name(name);
        if (is_nobody(key)) return {};
        return {std::move(key), std::move(name)};
    }
    [[nodiscard]] bool is_mine(const Person& who) const { return !who.key.empty() && me_.is(who.key); }

    Flow emit_group() {
        state_->is_named = true;
        Group group;
        group.key = key_;
        group.name = thread_->name;
        group.kind = is_chat() ? GroupKind::group_chat : GroupKind::direct;
        Location where;
        where.entry = thread_->entry;
        return sink_.accept(std::move(group), where);
    }

    Flow emit_state(bool still_in, const Location& where) {
        Membership membership;
        membership.group = key_;
        membership.event = still_in ? MembershipEvent::member : MembershipEvent::left;
        membership.origin = membership.native_id = "is_still_participant";
        if (still_in && exported_at_) membership.at = When{.at = *exported_at_, .precision = Precision::day, .written = {}};
        return sink_.accept(std::move(membership), where);
    }

    Flow read_message(JsonValue value, const Location& where) {
        const auto milliseconds = value["timestamp_ms"].integer();
        const Instant at{std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds{milliseconds.value_or(0)})};
        if (!milliseconds || !is_plausible(at))
            return refuse(msg("instagram.impossible_date", arg("value", quote(value["timestamp_ms"].scalar()))), value, where);
        if (!state_->is_named && emit_group() == Flow::stop) return Flow::stop;

        const Person author = person(value["sender_name"].string());
        std::string text = fixed_text(value["content"].string());
        const Line line = classify(text, author.name);
        if (value["call_duration"] || value["type"].string() == "Call") return ignore("call");
        if (value["is_unsent"].boolean().value_or(false)) return ignore("unsent");
        if (line.kind == LineKind::reaction)
            return ignore("reaction_sentence");  // it stands among the reactions of its message too
        if (line.kind == LineKind::service) return ignore("service_message");

        const std::uint64_t hash =
            hash_combine(hash_combine(hash64(author.key), static_cast<std::uint64_t>(*milliseconds)), hash64(text));
        // No ids here; the millisecond, the author and the words make one that the reactions can refer to.
        std::string id = std::to_string(*milliseconds) + ':' + hash_hex(hash);
        const When when{.at = at, .written = {}};
        if (!state_->first || at < *state_->first) state_->first = at;
        if (!state_->last || at > *state_->last) state_->last = at;
        if (is_chat() && (line.kind == LineKind::added || line.kind == LineKind::removed || line.kind == LineKind::left))
            return read_members(line, author, when, id, where);

        Activity activity;
        activity.group = key_;
        activity.native_id = id;
        activity.author = author;
        activity.is_me = is_mine(author);
        activity.when = when;
        activity.kind = ActivityKind::message;
        activity.attachments = count_attachments(value);
        const JsonValue share = value["share"];
        if (const std::string_view link = share["link"].string(); !link.empty()) {
            activity.links.push_back(fixed_text(link));
            if (text.empty() || line.kind == LineKind::attachment) activity.kind = ActivityKind::share;
        }
        if (line.kind != LineKind::attachment) activity.text = std::move(text);
        if (activity.is_me) ++state_->mine;
        else state_->others = true;
        const bool is_me = activity.is_me;
        if (sink_.accept(std::move(activity), where) == Flow::stop) return Flow::stop;
        return read_reactions(value["reactions"], id, is_me, where);
    }

    Flow ignore(std::string_view reason) {
        sink_.ignore(reason);
        return Flow::proceed;
    }

    Flow read_reactions(JsonValue reactions, const std::string& parent, bool parent_is_me, const Location& where) {
        for (const JsonValue each : reactions) {
            Activity reaction;
            reaction.group = key_;
            reaction.kind = ActivityKind::reaction;
            reaction.author = person(each["actor"].string());
            reaction.is_me = is_mine(reaction.author);
            reaction.parent = parent;
            reaction.parent_is_me = parent_is_me;
            reaction.native_id = "r:" + parent + ':' + reaction.author.key + ':' + fixed_text(each["reaction"].string());
            if (const auto second = each["timestamp"].integer(); second && *second > 0 && *second < 100'000'000'000)
                if (const Instant at{std::chrono::seconds{*second}}; is_plausible(at))
                    reaction.when = When{.at = at, .written = {}};
            if (sink_.accept(std::move(reaction), where) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

    Flow read_members(const Line& line, const Person& author, const When& when, const std::string& id, const Location& where) {
        std::vector<Person> people;
        if (line.kind == LineKind::left) people.push_back(author);
        for (const std::string& name : line.names) {
            const bool is_self = name == "you" || name == "vous";
            people.push_back(is_self && me_.is_known() ? *me_.owner.person : Person{fold_name(name), name});
        }
        if (line.has_unnamed) sink_.ignore("unnamed_member");
        std::size_t number = 0;
        for (Person& each : people) {
            Membership membership;
            membership.group = key_;
            membership.event = line.kind == LineKind::added ? MembershipEvent::joined : MembershipEvent::left;
            membership.at = when;
            membership.origin = line.kind == LineKind::removed ? "removal" : "service_message";
            membership.native_id = id + ':' + std::to_string(++number);
            membership.is_me = is_mine(each);
            if (!membership.is_me) membership.person = std::move(each);
            if (sink_.accept(std::move(membership), where) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

    /// Nothing for a time that is not told; a refusal is the caller's.
    [[nodiscard]] std::optional<When> since(const Followed& found) const {
        if (!found.second || *found.second <= 0 || *found.second >= 100'000'000'000) return std::nullopt;
        const Instant at{std::chrono::seconds{*found.second}};
        return is_plausible(at) ? std::optional(When{.at = at, .written = {}}) : std::nullopt;
    }

    Flow read_contact(JsonValue value, const Location& where) {
        const Followed found = followed(value);
        if (found.name.empty()) return refuse(msg("instagram.nameless"), value, where);
        Contact contact;
        contact.person = {fold_name(found.name), found.name};
        contact.url = found.url;
        contact.connected = since(found);
        // Close friends were chosen one by one; who is followed, or follows, may be anybody.
        if (kind_ != FileKind::close_friends) contact.circle = "follow";
        contact.origin = kind_ == FileKind::following   ? "following"
                         : kind_ == FileKind::followers ? "followers"
                                                        : "close_friends";
        return sink_.accept(std::move(contact), where);
    }

    Flow read_request(JsonValue value, const Location& where) {
        const Followed found = followed(value);
        if (found.name.empty()) return refuse(msg("instagram.nameless"), value, where);
        Invitation invitation;
        invitation.direction = kind_ == FileKind::requests_sent ? Direction::sent : Direction::received;
        invitation.person = {fold_name(found.name), found.name};
        invitation.at = since(found);
        invitation.origin = "connection";
        return sink_.accept(std::move(invitation), where);
    }

    Flow read_hashtag(JsonValue value, const Location& where) {
        const Followed found = followed(value);
        if (found.name.empty()) return refuse(msg("instagram.nameless"), value, where);
        const std::string key = "hashtag:" + fold_name(found.name);
        Group group;
        group.key = key;
        group.name = '#' + found.name;
        group.url = found.url;
        group.kind = GroupKind::hashtag;
        Coverage coverage;
        coverage.group = key;
        coverage.end = exported_at_;
        if (sink_.accept(std::move(group), where) == Flow::stop || sink_.accept(std::move(coverage), where) == Flow::stop)
            return Flow::stop;
        Membership membership;
        membership.group = key;
        membership.at = since(found);
        membership.event = membership.at ? MembershipEvent::joined : MembershipEvent::member;
        membership.origin = membership.native_id = "following_hashtags";
        return sink_.accept(std::move(membership), where);
    }

    const Survey& survey_;
    const Me& me_;
    const ReadContext& context_;
    std::optional<Instant> exported_at_;
    RecordSink& sink_;
    std::map<std::string, State, std::less<>> states_;  // by key of the conversation
    FileKind kind_ = FileKind::other;
    std::string key_;
    const Thread* thread_ = nullptr;
    State* state_ = nullptr;
};

bool has(const Layout& layout, FileKind kind) { return std::ranges::find(layout.files, kind, &File::kind) != layout.files.end(); }

bool has_own_files(const Layout& layout) {
    return std::ranges::any_of(layout.files,
                               [](const File& file) { return file.kind != FileKind::thread && file.kind != FileKind::profile; });
}

class Stream final : public RecordStream {
public:
    Stream(const Source& source, Layout layout, const ReadContext& context)
        : source_(source), layout_(std::move(layout)), context_(context), survey_(survey(source, layout_)),
          me_(settle_owner(survey_, context.me, has_own_files(layout_))), exported_at_(export_instant(source, context.zone)) {}

    const Owner& owner() const override { return me_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (emit_account(sink) == Flow::stop) return;
        if (layout_.unread > 0) sink.ignore("unread_file", layout_.unread);
        Reader reader(survey_, me_, context_, exported_at_, sink);
        std::map<std::string_view, File> wanted;
        for (const File& file : layout_.files) wanted.emplace(file.entry->path, file);
        std::uint64_t bytes = 0;
        Flow flow = Flow::proceed;
        source_.for_each([&](const Entry& entry) { return wanted.contains(entry.path); },
                         [&](const Entry& entry, ByteStream& stream) {
                             flow = read_file(wanted.at(entry.path), stream, bytes, reader, sink);
                             return flow;
                         });
        if (flow == Flow::stop || reader.emit_threads() == Flow::stop) return;
        if (survey_.threads.empty()) sink.lack(msg("instagram.lack_messages"));
        sink.lack(msg("instagram.lack_groups"));
        if (!has(layout_, FileKind::profile)) sink.lack(msg("instagram.lack_profile"));
    }

private:
    Flow read_file(const File& file, ByteStream& stream, std::uint64_t& bytes, Reader& reader, RecordSink& sink) const {
        ProgressStream counted(stream, bytes, context_.progress);
        reader.begin_file(file);
        JsonOutcome outcome = read_json(counted, file.entry->path, Reader::patterns(file.kind), reader);
        reader.end_file(outcome.end == JsonEnd::complete);
        if (outcome.end == JsonEnd::stopped) return Flow::stop;
        if (outcome.end == JsonEnd::complete) return Flow::proceed;
        outcome.problem.hint = msg("instagram.rest_lost");
        return sink.reject(std::move(outcome.problem), {});
    }

    Flow emit_account(RecordSink& sink) const {
        if (!me_.is_known()) return Flow::proceed;
        Account account;
        account.native_id = survey_.my_username.empty() ? me_.owner.person->key : survey_.my_username;
        account.handle = survey_.my_username;
        if (!me_.owner.person->name.empty()) account.names.push_back(me_.owner.person->name);
        account.evidence = me_.account_evidence;
        return sink.accept(std::move(account), {});
    }

    const Source& source_;
    Layout layout_;
    ReadContext context_;
    Survey survey_;
    Me me_;
    std::optional<Instant> exported_at_;
};

bool head_fits(FileKind kind, std::string_view head) {
    const auto holds = [&](std::string_view word) { return head.find(word) != std::string_view::npos; };
    if (kind == FileKind::thread) return holds("\"participants\"") && holds("\"messages\"");
    if (kind == FileKind::profile) return holds("\"profile_user\"") && holds("string_map_data");
    return holds("string_list_data");
}

class InstagramConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "instagram",
                                             .version = 1,
                                             .title = "Instagram export (JSON)",
                                             .message = "instagram.recognises",
                                             .how_to = "instagram.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Layout layout = lay_out(source);
        if (layout.files.empty() || !layout.is_alone) return std::nullopt;
        // One head of each of the likeliest kinds; conversations look the same on Facebook.
        int looks = 0;
        for (const FileKind kind : {FileKind::following, FileKind::followers, FileKind::hashtags, FileKind::profile,
                                    FileKind::close_friends, FileKind::thread}) {
            const auto found = std::ranges::find(layout.files, kind, &File::kind);
            if (found == layout.files.end()) continue;
            if (++looks > 3) break;
            if (!head_fits(kind, source.head(*found->entry))) continue;
            const bool is_sure = layout.is_surely_instagram || kind != FileKind::thread;
            return Match{is_sure ? Confidence::certain : Confidence::possible,
                         msg("instagram.evidence", arg("file", found->entry->name()))};
        }
        return std::nullopt;
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Layout layout = lay_out(source);
        if (layout.files.empty()) throw Error(refusal(msg("instagram.not_an_export"), {}, msg("instagram.how_to")));
        return std::make_unique<Stream>(source, std::move(layout), context);
    }
};

}  // namespace
}  // namespace instagram

const Connector& instagram_connector() {
    static const instagram::InstagramConnector connector;
    return connector;
}

}  // namespace secateur

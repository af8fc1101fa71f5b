// SPDX-License-Identifier: GPL-3.0-or-later
// PeerTube's account export. See format.md.
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/peertube/survey.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace peertube {
namespace {

// PeerTube's first release is of 2018; a channel may have been moved from a server that was there a little before.
constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2015} / 1 / 1};

/// Reads the records of one file.
class FileReader final : public JsonHandler {
public:
    FileReader(FileKind kind, const Findings& findings, const Person& me, const ReadContext& context,
               std::optional<Instant> exported_at, RecordSink& sink, std::unordered_set<std::string>& told)
        : kind_(kind), findings_(findings), me_(me), context_(context), exported_at_(exported_at), sink_(sink), told_(told) {}

    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location& where) override {
        if (!value.is_object()) return refuse(msg("peertube.not_an_object"), value, where);
        switch (kind_) {
            case FileKind::channels: return read_channel(value, where);
            case FileKind::videos: return read_video(value, where);
            case FileKind::following: return read_following(value, where);
            case FileKind::followers: return read_follower(value, where);
            case FileKind::comments: return read_comment(value, where);
            case FileKind::likes: return read_rate(value, "like:", where);
            case FileKind::dislikes: return read_rate(value, "dislike:", where);
            default: return read_visit(value, where);
        }
    }

private:
    Flow refuse(Message reason, JsonValue value, const Location& where) {
        return sink_.reject(refusal(std::move(reason), where), value.text());
    }

    Flow no_address(JsonValue record, std::string_view member, const Location& where) {
        return refuse(msg("peertube.no_address", arg("member", member), arg("value", quote(record[member].scalar()))), record, where);
    }

    /// The date of a member that must be there; refuses the record where it is none.
    std::optional<When> time_of(JsonValue record, std::string_view member, const Location& where, Flow& flow) {
        const JsonValue written = record[member];
        const auto parsed = parse_rfc3339(written.string());
        const bool plausible =
            parsed && parsed->at >= oldest && (context_.today == Date{} || parsed->at < context_.today + std::chrono::days{2});
        if (plausible) return When{.at = parsed->at, .precision = parsed->precision, .basis = parsed->basis, .written = {}};
        flow = refuse(parsed ? msg("peertube.impossible_date", arg("value", quote(written.scalar())))
                             : msg("peertube.no_date", arg("member", member), arg("value", quote(written.scalar()))),
                      record, where);
        return std::nullopt;
    }

    /// A channel, told when it is met first.
    Flow tell(const std::string& handle, std::string name, std::string description, std::string url, CoverageKind kind,
              const Location& where) {
        if (!told_.insert(handle).second) return Flow::proceed;
        Group group{.key = handle,
                    .name = name.empty() ? handle : std::move(name),
                    .description = std::move(description),
                    .url = std::move(url)};
        group.kind = GroupKind::channel;
        if (sink_.accept(std::move(group), where) == Flow::stop) return Flow::stop;
        return sink_.accept(Coverage{.group = handle, .kind = kind, .end = exported_at_}, where);
    }
    /// One of mine that only its videos name.
    Flow tell_mine(const std::string& handle, const Location& where) {
        return handle.empty() ? Flow::proceed : tell(handle, {}, {}, {}, CoverageKind::own_only, where);
    }

    Flow read_channel(JsonValue channel, const Location& where) {
        const std::string url(channel["url"].string()), handle = handle_of(actor_handle(url));
        if (handle.empty()) return no_address(channel, "url", where);
        Flow flow = Flow::proceed;
        const auto when = time_of(channel, "createdAt", where, flow);
        if (!when) return flow;
        if (tell(handle, std::string(trim(channel["displayName"].string())), std::string(channel["description"].string()), url,
                 CoverageKind::own_only, where) == Flow::stop)
            return Flow::stop;
        Membership membership{.group = handle, .event = MembershipEvent::joined, .at = when, .role = Role::owner};
        membership.origin = "channels";
        return sink_.accept(std::move(membership), where);
    }

    Flow read_video(JsonValue video, const Location& where) {
        const std::string url(video["url"].string());
        if (url.empty()) return no_address(video, "url", where);
        Flow flow = Flow::proceed;
        const auto when = time_of(video, video["publishedAt"].is_string() ? "publishedAt" : "createdAt", where, flow);
        if (!when) return flow;
        Activity activity = mine(url, ActivityKind::post, *when);
        activity.group = channel_of(url);
        activity.text = video["name"].string();
        if (const auto description = video["description"].string(); !description.empty())
            activity.text.append("\n\n").append(description);
        activity.attachments = 1;
        if (tell_mine(activity.group, where) == Flow::stop) return Flow::stop;
        return sink_.accept(std::move(activity), where);
    }

    Flow read_following(JsonValue follow, const Location& where) {
        const std::string handle = handle_of(follow["targetHandle"].string());
        if (handle.empty()) return no_address(follow, "targetHandle", where);
        Flow flow = Flow::proceed;
        const auto when = time_of(follow, "createdAt", where, flow);
        if (!when) return flow;
        if (findings_.people.contains(handle)) return sink_.accept(contact(handle, *when, "following"), where);
        if (tell(handle, {}, {}, {}, CoverageKind::names_only, where) == Flow::stop) return Flow::stop;
        Membership membership{.group = handle, .event = MembershipEvent::joined, .at = when};
        membership.origin = "following";
        return sink_.accept(std::move(membership), where);
    }

    Flow read_follower(JsonValue follow, const Location& where) {
        const std::string handle = handle_of(follow["handle"].string()), target = handle_of(follow["targetHandle"].string());
        if (handle.empty()) return no_address(follow, "handle", where);
        Flow flow = Flow::proceed;
        const auto when = time_of(follow, "createdAt", where, flow);
        if (!when) return flow;
        if (!findings_.channels.contains(target)) return sink_.accept(contact(handle, *when, "followers"), where);
        if (tell_mine(target, where) == Flow::stop) return Flow::stop;
        Membership membership{.group = target, .event = MembershipEvent::joined, .at = when};
        membership.origin = "followers";
        membership.is_me = false;
        membership.person = {.key = handle, .name = handle};
        return sink_.accept(std::move(membership), where);
    }

    Flow read_comment(JsonValue comment, const Location& where) {
        const std::string url(comment["url"].string()), video(comment["videoUrl"].string()),
            answered(comment["inReplyToCommentUrl"].string());
        if (url.empty()) return no_address(comment, "url", where);
        Flow flow = Flow::proceed;
        const auto when = time_of(comment, "createdAt", where, flow);
        if (!when) return flow;
        Activity activity = mine(url, answered.empty() ? ActivityKind::comment : ActivityKind::reply, *when);
        activity.group = channel_of(video);
        activity.parent = answered.empty() ? video : answered;
        activity.parent_is_me =
            answered.empty() ? findings_.channel_of_video.contains(video) : findings_.comments.contains(answered);
        activity.text = comment["text"].string();
        if (tell_mine(activity.group, where) == Flow::stop) return Flow::stop;
        return sink_.accept(std::move(activity), where);
    }

    Flow read_rate(JsonValue rate, std::string_view prefix, const Location& where) {
        const std::string video(rate["videoUrl"].string());
        if (video.empty()) return no_address(rate, "videoUrl", where);
        Flow flow = Flow::proceed;
        const auto when = time_of(rate, "createdAt", where, flow);
        if (!when) return flow;
        Activity activity = mine(std::string(prefix) + video, ActivityKind::reaction, *when);
        activity.group = channel_of(video);
        activity.parent = video;
        activity.parent_is_me = findings_.channel_of_video.contains(video);
        if (tell_mine(activity.group, where) == Flow::stop) return Flow::stop;
        return sink_.accept(std::move(activity), where);
    }

    Flow read_visit(JsonValue visit, const Location& where) {
        const std::string video(visit["videoUrl"].string());
        if (video.empty()) return no_address(visit, "videoUrl", where);
        Flow flow = Flow::proceed;
        const auto when = time_of(visit, visit["updatedAt"].is_string() ? "updatedAt" : "createdAt", where, flow);
        if (!when) return flow;
        Activity activity = mine("visit:" + video, ActivityKind::visit, *when);
        activity.group = channel_of(video);
        if (tell_mine(activity.group, where) == Flow::stop) return Flow::stop;
        return sink_.accept(std::move(activity), where);
    }

    [[nodiscard]] Activity mine(std::string id, ActivityKind kind, const When& when) const {
        Activity activity;
        activity.native_id = std::move(id);
        activity.author = me_;
        activity.is_me = true;
        activity.kind = kind;
        activity.when = when;
        return activity;
    }
    /// Only my own videos say in which channel they are.
    [[nodiscard]] std::string channel_of(const std::string& video) const {
        const auto found = findings_.channel_of_video.find(video);
        return found == findings_.channel_of_video.end() ? std::string() : found->second;
    }
    [[nodiscard]] static Contact contact(const std::string& handle, const When& when, std::string_view origin) {
        Contact found;
        found.person = {.key = handle, .name = handle};
        found.connected = when;
        found.circle = "follow";
        found.origin = origin;
        return found;
    }

    FileKind kind_;
    const Findings& findings_;
    const Person& me_;
    const ReadContext& context_;
    std::optional<Instant> exported_at_;
    RecordSink& sink_;
    std::unordered_set<std::string>& told_;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const ReadContext& context, Layout layout)
        : source_(source), context_(context), layout_(std::move(layout)), exported_at_(export_instant(source, context.zone)) {
        findings_ = survey(layout_,
                           [&](const Entry& entry, const std::function<void(ByteStream&)>& read) { read(*source_.open(entry)); });
        if (!findings_.handle.empty()) {
            owner_.person = Person{.key = findings_.handle, .name = findings_.name.empty() ? findings_.handle : findings_.name};
            owner_.evidence = msg("peertube.owner", arg("handle", findings_.handle));
            owner_.from_export = !context.me.forced;
        } else {
            owner_.person = Person{.key = "me", .name = context.me.names.empty() ? std::string() : context.me.names.front()};
            owner_.evidence = msg("peertube.owner_file");
        }
    }

    const Owner& owner() const override { return owner_; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        Location start;
        start.entry = layout_.files.front().entry->path;
        Account account{.native_id = findings_.url, .handle = findings_.handle};
        if (!findings_.name.empty()) account.names.push_back(findings_.name);
        account.evidence = context_.me.forced ? "account.asked" : "account.from_export";
        if (sink.accept(std::move(account), start) == Flow::stop) return;
        if (sink.accept(Coverage{.kind = CoverageKind::own_only, .end = exported_at_}, start) == Flow::stop) return;

        std::unordered_set<std::string> told;
        std::uint64_t bytes = 0;
        if (layout_.copies > 0) sink.ignore("activity_pub_copy", layout_.copies);
        for (const FoundFile& file : layout_.files) {
            if (file.kind == FileKind::account) continue;
            if (file.kind == FileKind::settings) {
                sink.ignore("settings_file");
                continue;
            }
            FileReader reader(file.kind, findings_, *owner_.person, context_, exported_at_, sink, told);
            const auto inner = source_.open(*file.entry);
            ProgressStream counted(*inner, bytes, context_.progress);
            const std::string path = std::string(list_name(file.kind)) + "[*]";
            JsonOutcome outcome = read_json(counted, file.entry->path, {{JsonPattern::value, path}}, reader);
            if (outcome.end == JsonEnd::stopped) return;
            if (outcome.end == JsonEnd::broken && sink.reject(std::move(outcome.problem), {}) == Flow::stop) return;
        }
        sink.lack(msg("peertube.lack_channels"));
        if (layout_.find(FileKind::following) == nullptr) sink.lack(msg("peertube.lack_following"));
    }

private:
    const Source& source_;
    ReadContext context_;
    Layout layout_;
    Findings findings_;
    Owner owner_;
    std::optional<Instant> exported_at_;
};

class PeerTubeConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "peertube",
                                             .version = 1,
                                             .title = "PeerTube account export (ZIP)",
                                             .message = "peertube.recognises",
                                             .how_to = "peertube.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Layout layout = lay_out(source);
        if (layout.files.empty() || !layout.holds_all) return std::nullopt;
        int heads = 0;
        std::size_t right = 0;
        std::string first;
        for (const FoundFile& file : layout.files) {
            if (file.kind == FileKind::settings || ++heads > 3) break;
            if (!looks_right(file.kind, source.head(*file.entry))) continue;
            if (++right == 1) first = file.entry->name();
        }
        if (right == 0) return std::nullopt;
        return Match{layout.files.size() > 1 ? Confidence::certain : Confidence::likely,
                     msg("peertube.evidence", arg("file", first))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Layout layout = lay_out(source);
        if (layout.files.empty()) throw Error(refusal(msg("peertube.not_an_export"), {}, msg("peertube.how_to")));
        return std::make_unique<Stream>(source, context, std::move(layout));
    }
};

}  // namespace
}  // namespace peertube

const Connector& peertube_connector() {
    static const peertube::PeerTubeConnector connector;
    return connector;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Discord's data package: everything the owner wrote, and nothing of anybody else. See format.md.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/csv_table.hpp"
#include "connectors/discord/package.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace discord {
namespace {

constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2015} / 1 / 1};  // the epoch of Discord's ids

/// One message as either generation writes it.
struct Row {
    std::string_view id, timestamp, contents, attachments;
};

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 20 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Addresses separated by spaces.
std::uint32_t count_words_in(std::string_view list) {
    std::uint32_t count = 0;
    for (const std::string_view each : split(list, ' ')) count += trim(each).empty() ? 0 : 1;
    return count;
}

class Reader final : public JsonHandler {
public:
    Reader(const Source& source, const Layout& layout, const Survey& survey, const Person& me, const ReadContext& context,
           std::optional<Instant> exported_at, RecordSink& sink)
        : source_(source), layout_(layout), survey_(survey), me_(me), context_(context), exported_at_(exported_at), sink_(sink) {}

    Flow read() {
        if (emit_servers() == Flow::stop || emit_conversations() == Flow::stop) return Flow::stop;
        return read_files();
    }
    [[nodiscard]] std::uint64_t unattributed() const noexcept { return unattributed_; }

    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location& where) override {
        if (is_user_file_) return read_relation(value, where);
        if (!value.is_object()) return sink_.reject(refusal(msg("discord.not_an_object"), where), value.text());
        return read_message({.id = value["ID"].scalar(),
                             .timestamp = value["Timestamp"].string(),
                             .contents = value["Contents"].string(),
                             .attachments = value["Attachments"].string()},
                            where, [&] { return value.text(); });
    }

private:
    Flow emit_servers() {
        const Location where = place(layout_.server_list != nullptr ? layout_.server_list : layout_.labels);
        for (const auto& [key, server] : survey_.servers) {
            Group group;
            group.key = key;
            group.name = server.name;
            group.kind = GroupKind::community;
            if (!key.starts_with("name:")) group.url = "https://discord.com/channels/" + key;
            group.topics = server.channels;
            if (sink_.accept(std::move(group), where) == Flow::stop || emit_membership(key, server, where) == Flow::stop ||
                emit_coverage(key, where) == Flow::stop)
                return Flow::stop;
        }
        return Flow::proceed;
    }

    /// The list holds the servers of the day of the request: a server that I wrote in and that is not in it was left.
    Flow emit_membership(const std::string& key, const Server& server, const Location& where) {
        if (!survey_.has_server_list) return Flow::proceed;
        Membership membership;
        membership.group = key;
        membership.event = server.is_listed ? MembershipEvent::member : MembershipEvent::left;
        membership.role = server.is_mine ? Role::owner : Role::none;
        membership.origin = membership.native_id = server.is_listed ? "servers" : "not_listed";
        if (server.is_listed && exported_at_)
            membership.at = When{.at = *exported_at_, .precision = Precision::day, .written = {}};
        return sink_.accept(std::move(membership), where);
    }

    Flow emit_conversations() {
        for (const auto& [id, channel] : survey_.channels) {
            if (channel.kind != Conversation::direct && channel.kind != Conversation::group_chat) continue;
            const Location where = place(layout_.channels.at(id).head);
            Group group;
            group.key = channel.group;
            group.name = channel.name;
            group.kind = channel.kind == Conversation::direct ? GroupKind::direct : GroupKind::group_chat;
            group.url = "https://discord.com/channels/@me/" + id;
            if (sink_.accept(std::move(group), where) == Flow::stop || emit_coverage(channel.group, where) == Flow::stop)
                return Flow::stop;
        }
        return Flow::proceed;
    }

    Flow emit_coverage(const std::string& key, const Location& where) {
        Coverage coverage;
        coverage.group = key;
        coverage.kind = layout_.channels.empty() ? CoverageKind::names_only : CoverageKind::own_only;
        coverage.not_requested.emplace_back(layout_.channels.empty() ? "discord.lack_messages" : "discord.lack_others");
        coverage.end = exported_at_;
        return sink_.accept(std::move(coverage), where);
    }

    Flow read_files() {
        std::map<std::string_view, const Channel*> wanted;  // null: a user.json
        for (const auto& [id, files] : layout_.channels)
            if (files.messages != nullptr) wanted.emplace(files.messages->path, &survey_.channels.at(id));
        for (const Entry* user : layout_.users) wanted.emplace(user->path, nullptr);
        Flow flow = Flow::proceed;
        source_.for_each([&](const Entry& entry) { return wanted.contains(entry.path); },
                         [&](const Entry& entry, ByteStream& stream) {
                             channel_ = wanted.at(entry.path);
                             is_user_file_ = channel_ == nullptr;
                             ProgressStream counted(stream, bytes_, context_.progress);
                             flow = entry.name().ends_with(".csv") ? read_csv(counted, entry) : read_json_file(counted, entry);
                             return flow;
                         });
        return flow;
    }

    Flow read_json_file(ByteStream& stream, const Entry& entry) {
        static const std::vector<JsonPattern> relations{{JsonPattern::value, "relationships[*]"}},
            list{{JsonPattern::value, "[*]"}}, lines{{JsonPattern::value, ""}};
        PeekStream peek(stream, 4096);
        const auto start = peek.head().find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        const bool is_lines = !is_user_file_ && start != std::string_view::npos && peek.head()[start] == '{';
        JsonOutcome outcome = read_json(peek, entry.path,
                                        is_user_file_ ? relations
                                        : is_lines    ? lines
                                                      : list,
                                        *this, {.many_documents = is_lines});
        if (outcome.end == JsonEnd::stopped) return Flow::stop;
        // user.json was read before, and refused then.
        if (outcome.end == JsonEnd::complete || is_user_file_) return Flow::proceed;
        outcome.problem.hint = msg("discord.rest_lost");
        return sink_.reject(std::move(outcome.problem), {});
    }

    Flow read_csv(ByteStream& stream, const Entry& entry) {
        CsvTable table(stream, entry.path);
        const auto id = table.find({"ID"}), timestamp = table.find({"Timestamp"}), contents = table.find({"Contents"}),
                   attachments = table.find({"Attachments"});
        try {
            while (table.next()) {
                const auto raw = [&] { return table.raw(); };
                Message fault = table.fault();
                const Flow flow =
                    !fault.empty()
                        ? sink_.reject(refusal(std::move(fault), table.where(), msg("discord.rest_lost")), raw())
                        : read_message({table.cell(id), table.cell(timestamp), table.cell(contents), table.cell(attachments)},
                                       table.where(), raw);
                if (flow == Flow::stop) return Flow::stop;
            }
        } catch (const Error& error) {
            if (error.problem().kind != ErrorKind::input) throw;
            return sink_.reject(error.problem(), {});
        }
        return Flow::proceed;
    }

    template <class Raw>
    Flow read_message(const Row& message, const Location& where, const Raw& raw) {
        if (!is_number(message.id))
            return sink_.reject(refusal(msg("discord.no_id", arg("value", quote(message.id))), where), raw());
        static const Zone utc = Zone::utc();  // newer packages leave the zone out
        const auto time = parse_rfc3339(message.timestamp, &utc);
        const Instant latest = context_.today == Date{} ? Instant::max() : Instant{context_.today + std::chrono::days{2}};
        if (!time || time->precision == Precision::day || time->at < oldest || time->at >= latest)
            return sink_.reject(refusal(msg("discord.no_date", arg("value", quote(message.timestamp))), where), raw());
        Activity activity;
        activity.group = channel_->group;
        activity.native_id = message.id;
        activity.author = me_;
        activity.is_me = true;
        activity.when = When{.at = time->at, .written = {}};
        activity.kind = ActivityKind::message;
        activity.text = message.contents;
        activity.attachments = count_words_in(message.attachments);
        if (activity.group.empty()) ++unattributed_;
        return sink_.accept(std::move(activity), where);
    }

    Flow read_relation(JsonValue value, const Location& where) {
        const JsonValue user = value["user"];
        Person person{std::string((user["id"] ? user["id"] : value["id"]).scalar()), {}};
        for (const JsonValue name : {value["nickname"], user["global_name"], user["display_name"], user["username"]})
            if (person.name.empty()) person.name = trim(name.string());
        const JsonValue type = value["type"];
        const std::int64_t number = type.integer().value_or(0);
        const std::string_view word = type.string();
        if (!is_number(person.key))
            return sink_.reject(refusal(msg("discord.no_id", arg("value", quote(person.key))), where), value.text());
        std::optional<When> since;
        if (const auto time = parse_rfc3339(value["since"].string()); time && time->at >= oldest)
            since = When{.at = time->at, .written = {}};
        if (number == 1 || word == "FRIEND") {
            Contact contact;
            contact.person = std::move(person);
            contact.connected = since;
            contact.origin = "relationships";
            return sink_.accept(std::move(contact), where);
        }
        const bool received = number == 3 || word == "PENDING_INCOMING";
        if (received || number == 4 || word == "PENDING_OUTGOING") {
            Invitation invitation;
            invitation.direction = received ? Direction::received : Direction::sent;
            invitation.person = std::move(person);
            invitation.at = since;
            invitation.origin = "connection";
            return sink_.accept(std::move(invitation), where);
        }
        sink_.ignore("other_relationship");  // blocked, or suggested by Discord
        return Flow::proceed;
    }

    static Location place(const Entry* entry) {
        Location where;
        if (entry != nullptr) where.entry = entry->path;
        return where;
    }

    const Source& source_;
    const Layout& layout_;
    const Survey& survey_;
    const Person& me_;
    const ReadContext& context_;
    std::optional<Instant> exported_at_;
    RecordSink& sink_;
    const Channel* channel_ = nullptr;
    bool is_user_file_ = false;
    std::uint64_t bytes_ = 0;
    std::uint64_t unattributed_ = 0;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, Layout layout, const ReadContext& context)
        : source_(source), layout_(std::move(layout)), context_(context), survey_(survey(source, layout_)),
          exported_at_(export_instant(source, context.zone)) {
        settle_owner();
    }

    const Owner& owner() const override { return owner_; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (emit_account(sink) == Flow::stop) return;
        for (Problem problem : survey_.problems) {
            problem.hint = msg("discord.rest_lost");
            if (sink.reject(std::move(problem), {}) == Flow::stop) return;
        }
        if (layout_.unread > 0) sink.ignore("unread_file", layout_.unread);
        Reader reader(source_, layout_, survey_, *owner_.person, context_, exported_at_, sink);
        if (reader.read() == Flow::stop) return;
        if (reader.unattributed() > 0)
            sink.warn("unknown_servers", msg("discord.unknown_servers", arg("count", reader.unattributed())), {});
        sink.lack(layout_.channels.empty() ? msg("discord.lack_messages") : msg("discord.lack_others"));
        if (!survey_.has_server_list) sink.lack(msg("discord.lack_servers"));
        if (layout_.users.empty()) sink.lack(msg("discord.lack_account"));
    }

private:
    /// All of it is the owner's, even when nothing says who that is.
    void settle_owner() {
        const std::string& name = survey_.display_name.empty() ? survey_.username : survey_.display_name;
        owner_.person = Person{survey_.my_id.empty() ? "owner" : survey_.my_id, name};
        owner_.from_export = !survey_.my_id.empty() && !context_.me.forced;
        owner_.evidence = !name.empty()            ? msg("discord.owner_account", arg("name", name))
                          : !survey_.my_id.empty() ? msg("discord.owner_direct")
                                                   : msg("discord.owner_only");
        if (!survey_.username.empty() && survey_.username != name) owner_.also.push_back({survey_.my_id, survey_.username});
    }

    Flow emit_account(RecordSink& sink) const {
        if (survey_.my_id.empty()) return Flow::proceed;
        Account account;
        account.native_id = survey_.my_id;
        account.handle = survey_.username;
        if (!survey_.display_name.empty()) account.names.push_back(survey_.display_name);
        account.evidence = context_.me.forced ? "account.asked" : "account.from_export";
        Location where;
        if (!layout_.users.empty()) where.entry = layout_.users.front()->path;
        return sink.accept(std::move(account), where);
    }

    const Source& source_;
    Layout layout_;
    ReadContext context_;
    Survey survey_;
    std::optional<Instant> exported_at_;
    Owner owner_;
};

class DiscordConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "discord",
                                             .version = 1,
                                             .title = "Discord data package",
                                             .message = "discord.recognises",
                                             .how_to = "discord.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const auto layout = lay_out(source);
        // What stands beside it may be somebody else's: let each be offered alone.
        if (!layout || !layout->is_alone) return std::nullopt;
        for (const auto& [id, files] : layout->channels) {
            const Entry* entry = files.head != nullptr ? files.head : files.messages;
            const std::string_view head = source.head(*entry);
            const auto holds = [&](std::string_view word) { return head.find(word) != std::string_view::npos; };
            if (files.head != nullptr ? !(holds("\"id\"") && holds("\"type\"")) : !(holds("Timestamp") && holds("Contents")))
                return std::nullopt;
            return Match{Confidence::certain, msg("discord.evidence_channels", arg("count", layout->channels.size()))};
        }
        const Entry& guild = *layout->guilds.begin()->second;
        if (source.head(guild).find("\"name\"") == std::string_view::npos) return std::nullopt;
        return Match{Confidence::likely, msg("discord.evidence_servers", arg("count", layout->guilds.size()))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        auto layout = lay_out(source);
        if (!layout) throw Error(refusal(msg("discord.not_a_package"), {}, msg("discord.how_to")));
        return std::make_unique<Stream>(source, std::move(*layout), context);
    }
};

}  // namespace
}  // namespace discord

const Connector& discord_connector() {
    static const discord::DiscordConnector connector;
    return connector;
}

}  // namespace secateur

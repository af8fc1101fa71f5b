// SPDX-License-Identifier: GPL-3.0-or-later
// What DiscordChatExporter saves: everybody's messages of chosen channels, as JSON or CSV. See format.md.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/csv_table.hpp"
#include "connectors/discord_chat_exporter/export.hpp"
#include "connectors/discord_chat_exporter/owner.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace discord_chat_exporter {
namespace {

constexpr std::string_view platform = "discord";
constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2015} / 1 / 1};  // the epoch of Discord's ids
constexpr std::uint64_t enough_of_mine = 5;  // messages, before "only mine" says anything

enum class MessageType { message, reply, server_join, group_join, group_leave, service, unknown };

/// A word for the types the exporter knows, Discord's number for all others.
MessageType type_of(std::string_view type) {
    struct Named {
        std::string_view word, number;
        MessageType type;
    };
    using enum MessageType;
    static constexpr Named named[] = {{"Default", "0", message},
                                      {"Reply", "19", reply},
                                      {"GuildMemberJoin", "7", server_join},
                                      {"RecipientAdd", "1", group_join},
                                      {"RecipientRemove", "2", group_leave},
                                      {"Call", "3", service},
                                      {"ChannelNameChange", "4", service},
                                      {"ChannelIconChange", "5", service},
                                      {"ChannelPinnedMessage", "6", service},
                                      {"ThreadCreated", "18", service}};
    for (const Named& each : named)
        if (type == each.word || type == each.number) return each.type;
    if (type == "20" || type == "23") return message;  // what a bot answers to a command
    const bool is_number = !type.empty() && std::ranges::all_of(type, [](char c) { return c >= '0' && c <= '9'; });
    return is_number ? service : unknown;
}

/// A table has no types, only the words the exporter puts in their place.
MessageType type_of_text(std::string_view text) {
    if (text == "Joined the server.") return MessageType::server_join;
    for (const std::string_view whole :
         {"Pinned a message.", "Started a thread.", "Left the group.", "Changed the channel icon."})
        if (text == whole) return MessageType::service;
    for (const std::string_view start : {"Started a call that lasted ", "Changed the channel name: "})
        if (text.starts_with(start)) return MessageType::service;
    if (text.ends_with(" the group.") && (text.starts_with("Added ") || text.starts_with("Removed ")))
        return MessageType::service;
    return MessageType::message;
}

/// One group while it is read.
struct GroupState {
    GroupKind kind = GroupKind::community;
    std::uint64_t mine = 0;
    std::set<std::string, std::less<>> others;  // two are enough
    std::optional<Instant> first, last;
    std::optional<Instant> after, before, exported_at;
    bool is_incomplete = false;
};

class Reader final : public JsonHandler {
public:
    Reader(const Layout& layout, const Survey& survey, const Me& me, const ReadContext& context, RecordSink& sink)
        : layout_(layout), survey_(survey), me_(me), context_(context), sink_(sink) {}

    static const std::vector<JsonPattern>& patterns() {
        static const std::vector<JsonPattern> list{{JsonPattern::value, "messages[*]"}};
        return list;
    }

    Flow emit_groups() {
        std::map<std::string, Group, std::less<>> groups;  // channels of one server come in many files
        std::map<std::string, std::string, std::less<>> entries;
        for (std::size_t i = 0; i < survey_.heads.size(); ++i) {
            const Head& head = survey_.heads[i];
            if (head.group.empty() || head.is_twin) continue;
            Group& group = groups[head.group];
            GroupState& state = states_[head.group];
            entries.try_emplace(head.group, layout_.files[i].entry->path);
            state.kind = group.kind = head.kind;
            narrow(state, head);
            group.platform = platform;
            group.key = head.group;
            if (group.name.empty()) group.name = head.group_name;
            if (head.kind == GroupKind::community && !head.group.starts_with("name:"))
                group.url = "https://discord.com/channels/" + head.group;
            if (head.is_private) group.url = "https://discord.com/channels/@me/" + head.group;
            else if (!head.channel.empty() && std::ranges::find(group.topics, head.channel) == group.topics.end())
                group.topics.push_back(head.channel);
        }
        for (auto& [key, group] : groups) {
            Location where;
            where.entry = entries.at(key);
            if (sink_.accept(std::move(group), where) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

    Flow read_file(std::size_t place, ByteStream& stream) {
        head_ = &survey_.heads[place];
        const File& file = layout_.files[place];
        Location where;
        where.entry = file.entry->path;
        if (head_->is_twin) {
            sink_.ignore("also_as_json");
            return Flow::proceed;
        }
        if (head_->group.empty())
            return sink_.reject(refusal(msg("discord_chat_exporter.no_head"), where, msg("discord_chat_exporter.how_to")), {});
        state_ = &states_.at(head_->group);
        if (file.is_csv && !file.name)
            sink_.warn("named_after_file", msg("discord_chat_exporter.named_after_file", arg("name", head_->group_name)), where);
        return file.is_csv ? read_csv(stream, file.entry->path) : read_json_file(stream, file.entry->path);
    }

    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location& where) override {
        if (!value.is_object()) return refuse(msg("discord_chat_exporter.not_an_object"), value.text(), where);
        const MessageType type = type_of(value["type"].scalar());
        if (type == MessageType::unknown)
            return refuse(msg("discord_chat_exporter.unknown_type", arg("value", quote(value["type"].scalar()))), value.text(),
                          where);
        const std::string_view id = value["id"].scalar(), written = value["timestamp"].string();
        if (id.empty()) return refuse(msg("discord_chat_exporter.no_id"), value.text(), where);
        const auto time = parse_rfc3339(written);
        if (!time || !is_plausible(*time))
            return refuse(msg("discord_chat_exporter.no_date", arg("value", quote(written))), value.text(), where);
        const When when{.at = time->at, .precision = time->precision, .basis = time->basis, .written = {}};
        note_time(when.at);
        const Person author = person(value["author"]);
        switch (type) {
            case MessageType::message:
            case MessageType::reply:
                return read_message(value, type, std::string(id), author, when, where);
            case MessageType::server_join:
                if (head_->is_private) break;
                return emit_membership(author, MembershipEvent::joined, "service_message", std::string(id), when, where);
            case MessageType::group_join:
            case MessageType::group_leave: {
                // In a server these tell who was added to a thread.
                const JsonValue mention = value["mentions"].size() > 0 ? *value["mentions"].begin() : JsonValue();
                if (head_->kind != GroupKind::group_chat || !mention) break;
                const Person subject = person(mention);
                const bool is_join = type == MessageType::group_join;
                return emit_membership(subject, is_join ? MembershipEvent::joined : MembershipEvent::left,
                                       is_join || subject.key == author.key ? "service_message" : "removal", std::string(id),
                                       when, where);
            }
            default:
                break;
        }
        sink_.ignore("service_message");
        return Flow::proceed;
    }

    Flow emit_coverage(std::optional<Instant> exported_at) {
        find_missing_parts();
        for (const auto& [key, state] : states_) {
            Coverage coverage;
            coverage.platform = platform;
            coverage.group = key;
            const bool is_seen_whole = me_.is_known() ? !state.others.empty() : state.others.size() > 1;
            if (is_seen_whole) {
                coverage.kind = state.is_incomplete ? CoverageKind::partial_window : CoverageKind::full;
                coverage.begin = state.after ? state.after : state.first;
            } else if (state.mine >= enough_of_mine) {
                coverage.kind = CoverageKind::own_only;
            }
            coverage.end = state.before ? state.before : state.exported_at ? state.exported_at : exported_at;
            if (broken_.contains(key)) coverage.end = state.last;
            if (sink_.accept(std::move(coverage), {}) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

    void tell() {
        sink_.lack(msg("discord_chat_exporter.lack_channels"));
        if (nameless_reactions_ > 0) sink_.lack(msg("discord_chat_exporter.lack_reactions"));
        if (tables_ > 0) sink_.lack(msg("discord_chat_exporter.lack_json"));
        if (local_times_ > 0 && !context_.zone)
            sink_.warn("local_times", msg("discord_chat_exporter.local_times", arg("count", local_times_)), {});
    }

private:
    /// Several channels: what all of them cover.
    static void narrow(GroupState& state, const Head& head) {
        if (head.after && (!state.after || *head.after > *state.after)) state.after = head.after;
        if (head.before && (!state.before || *head.before < *state.before)) state.before = head.before;
        if (head.exported_at && (!state.exported_at || *head.exported_at < *state.exported_at))
            state.exported_at = head.exported_at;
    }

    Flow refuse(Message reason, std::string_view raw, const Location& where) {
        return sink_.reject(refusal(std::move(reason), where), raw);
    }

    [[nodiscard]] bool is_plausible(const ParsedTime& time) const {
        return time.precision != Precision::day && time.at >= oldest &&
               (context_.today == Date{} || time.at < context_.today + std::chrono::days{2});
    }

    void note_time(Instant at) {
        if (!state_->first || at < *state_->first) state_->first = at;
        if (!state_->last || at > *state_->last) state_->last = at;
    }

    static Person person(JsonValue user) {
        const std::string_view nickname = trim(user["nickname"].string());
        return {std::string(user["id"].scalar()), std::string(nickname.empty() ? trim(user["name"].string()) : nickname)};
    }

    Flow read_json_file(ByteStream& stream, const std::string& entry) {
        JsonOutcome outcome = read_json(stream, entry, patterns(), *this);
        if (outcome.end == JsonEnd::stopped) return Flow::stop;
        if (outcome.end == JsonEnd::complete) return Flow::proceed;
        broken_.insert(head_->group);
        outcome.problem.hint = msg("discord_chat_exporter.rest_lost");
        return sink_.reject(std::move(outcome.problem), {});
    }

    Activity new_activity(Person author, ActivityKind kind) const {
        Activity activity;
        activity.platform = platform;
        activity.group = head_->group;
        activity.is_me = me_.is(author.key);
        activity.author = std::move(author);
        activity.kind = kind;
        return activity;
    }

    void note_author(const Activity& activity) {
        if (activity.is_me) ++state_->mine;
        else if (!activity.automatic && state_->others.size() < 2) state_->others.insert(activity.author.key);
    }

    Flow read_message(JsonValue value, MessageType type, std::string id, const Person& author, const When& when,
                      const Location& where) {
        const JsonValue forwarded = value["forwardedMessage"];
        Activity activity = new_activity(author, type == MessageType::reply ? ActivityKind::reply : ActivityKind::message);
        activity.native_id = id;
        activity.when = when;
        activity.edited = !value["timestampEdited"].string().empty();
        activity.automatic = value["author"]["isBot"].boolean().value_or(false);
        activity.attachments =
            static_cast<std::uint32_t>(std::min<std::size_t>(value["attachments"].size() + value["stickers"].size(), 1'000));
        activity.text = value["content"].string();
        if (type == MessageType::reply) {
            activity.parent = value["reference"]["messageId"].scalar();
            activity.parent_is_me = mine_.contains(activity.parent);
        }
        if (forwarded.is_object()) {  // somebody else's words
            activity.kind = ActivityKind::share;
            activity.attachments += static_cast<std::uint32_t>(std::min<std::size_t>(forwarded["attachments"].size(), 1'000));
            for (const std::string_view link : find_links(forwarded["content"].string())) activity.links.emplace_back(link);
        }
        if (!activity.is_me)
            for (const JsonValue each : value["mentions"])
                activity.mentions_me = activity.mentions_me || me_.is(each["id"].scalar());
        // An answer notifies its addressee, who then stands among the mentioned without a word of it in the text.
        if (activity.parent_is_me && activity.text.find('@') == std::string::npos) activity.mentions_me = false;
        note_author(activity);
        if (activity.is_me) mine_.insert(activity.native_id);
        const bool is_mine = activity.is_me;
        if (sink_.accept(std::move(activity), where) == Flow::stop) return Flow::stop;
        return read_reactions(value["reactions"], id, is_mine, where);
    }

    Flow read_reactions(JsonValue reactions, const std::string& parent, bool parent_is_me, const Location& where) {
        for (const JsonValue each : reactions) {
            const JsonValue emoji = each["emoji"], users = each["users"];
            if (users.size() == 0) {  // before July 2023 only a count: it names nobody
                sink_.ignore("reaction_without_users");
                ++nameless_reactions_;
                continue;
            }
            const std::string_view code = emoji["id"].scalar().empty() ? emoji["name"].string() : emoji["id"].scalar();
            for (const JsonValue user : users) {
                Activity reaction = new_activity(person(user), ActivityKind::reaction);
                reaction.native_id = "r:" + parent + ':' + reaction.author.key + ':' + std::string(code);
                reaction.parent = parent;
                reaction.parent_is_me = parent_is_me;
                reaction.automatic = user["isBot"].boolean().value_or(false);
                if (sink_.accept(std::move(reaction), where) == Flow::stop) return Flow::stop;
            }
        }
        return Flow::proceed;
    }

    Flow emit_membership(const Person& who, MembershipEvent event, std::string_view origin, std::string id, const When& when,
                         const Location& where) {
        Membership membership;
        membership.platform = platform;
        membership.group = head_->group;
        membership.event = event;
        membership.at = when;
        membership.origin = origin;
        membership.native_id = std::move(id);
        membership.is_me = me_.is(who.key);
        if (!membership.is_me) membership.person = who;
        return sink_.accept(std::move(membership), where);
    }

    Flow read_csv(ByteStream& stream, const std::string& entry) {
        ++tables_;
        CsvTable table(stream, entry);
        const auto id = table.find({"AuthorID"}), name = table.find({"Author"}), date = table.find({"Date"}),
                   content = table.find({"Content"}), attachments = table.find({"Attachments"}),
                   reactions = table.find({"Reactions"});
        try {
            while (table.next()) {
                Flow flow = Flow::proceed;
                if (Message fault = table.fault(); !fault.empty()) flow = refuse(std::move(fault), table.raw(), table.where());
                else
                    flow = read_row(table, {std::string(table.cell(id)), std::string(table.cell(name))}, table.cell(date),
                                    table.cell(content), table.cell(attachments), table.cell(reactions));
                if (flow == Flow::stop) return Flow::stop;
            }
        } catch (const Error& error) {
            if (error.problem().kind != ErrorKind::input) throw;
            broken_.insert(head_->group);
            return sink_.reject(error.problem(), {});
        }
        return Flow::proceed;
    }

    /// With its offset since 2021; before as the exporter's settings had it, of which one form is certain.
    std::optional<When> csv_time(std::string_view written) {
        if (const auto time = parse_rfc3339(written); time && is_plausible(*time))
            return When{.at = time->at, .precision = time->precision, .basis = time->basis, .written = std::string(written)};
        const auto local = parse_local(written, "%d-%b-%y %I:%M %p");
        const auto at = !local ? std::nullopt : context_.zone ? context_.zone->to_instant(*local) : as_utc(*local);
        if (!at || !is_plausible({.at = *at, .precision = Precision::minute})) return std::nullopt;
        ++local_times_;
        return When{.at = *at,
                    .precision = Precision::minute,
                    .basis = context_.zone ? TimeBasis::local_assumed : TimeBasis::local_unknown,
                    .written = std::string(written)};
    }

    Flow read_row(const CsvTable& table, Person author, std::string_view date, std::string_view content,
                  std::string_view attachments, std::string_view reactions) {
        const auto when = csv_time(date);
        if (!when)
            return sink_.reject(refusal(msg("discord_chat_exporter.no_date", arg("value", quote(date))), table.where(),
                                        msg("discord_chat_exporter.hint_json")),
                                table.raw());
        note_time(when->at);
        const MessageType type = type_of_text(content);
        if (type == MessageType::server_join && !head_->is_private)
            return emit_membership(author, MembershipEvent::joined, "service_message", {}, *when, table.where());
        if (type != MessageType::message) {
            sink_.ignore("service_message");
            return Flow::proceed;
        }
        if (!reactions.empty()) {
            sink_.ignore("reaction_without_users");
            ++nameless_reactions_;
        }
        Activity activity = new_activity(std::move(author), ActivityKind::message);
        activity.when = when;
        activity.text = content;
        activity.attachments = attachments.empty() ? 0 : static_cast<std::uint32_t>(std::ranges::count(attachments, ',') + 1);
        note_author(activity);
        return sink_.accept(std::move(activity), table.where());
    }

    /// "name [part 3]" without "name [part 2]": the history has a hole.
    void find_missing_parts() {
        std::map<std::string, std::pair<std::set<unsigned>, std::size_t>> channels;  // parts, and a file to name
        for (std::size_t i = 0; i < survey_.heads.size(); ++i) {
            const Head& head = survey_.heads[i];
            if (head.channel_id.empty() || head.group.empty() || head.is_twin) continue;
            auto& [parts, file] = channels[head.channel_id];
            parts.insert(head.part);
            file = i;
        }
        for (const auto& [channel, found] : channels) {
            const auto& [parts, file] = found;
            if (parts.size() == *parts.rbegin()) continue;
            states_.at(survey_.heads[file].group).is_incomplete = true;
            Location where;
            where.entry = layout_.files[file].entry->path;
            sink_.warn("missing_part",
                       msg("discord_chat_exporter.missing_part", arg("channel", survey_.heads[file].channel),
                           arg("found", parts.size()), arg("wanted", *parts.rbegin())),
                       where);
        }
    }

    const Layout& layout_;
    const Survey& survey_;
    const Me& me_;
    const ReadContext& context_;
    RecordSink& sink_;
    std::map<std::string, GroupState, std::less<>> states_;  // by group key
    std::set<std::string, std::less<>> broken_;
    std::unordered_set<std::string> mine_;  // ids of my messages
    const Head* head_ = nullptr;
    GroupState* state_ = nullptr;
    std::uint64_t nameless_reactions_ = 0, tables_ = 0, local_times_ = 0;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, Layout layout, const ReadContext& context)
        : source_(source), layout_(std::move(layout)), context_(context), survey_(survey(source, layout_)),
          me_(settle_owner(survey_, context.me)),
          exported_at_(survey_.exported_at ? survey_.exported_at : export_instant(source, context.zone)) {}

    const Owner& owner() const override { return me_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (emit_account(sink) == Flow::stop) return;
        if (layout_.unread > 0) sink.ignore("unread_file", layout_.unread);
        Reader reader(layout_, survey_, me_, context_, sink);
        if (reader.emit_groups() == Flow::stop) return;
        std::map<std::string_view, std::size_t> places;
        for (std::size_t i = 0; i < layout_.files.size(); ++i) places.emplace(layout_.files[i].entry->path, i);
        std::uint64_t bytes = 0;
        Flow flow = Flow::proceed;
        source_.for_each([&](const Entry& entry) { return places.contains(entry.path); },
                         [&](const Entry& entry, ByteStream& stream) {
                             ProgressStream counted(stream, bytes, context_.progress);
                             flow = reader.read_file(places.at(entry.path), counted);
                             return flow;
                         });
        if (flow == Flow::stop || reader.emit_coverage(exported_at_) == Flow::stop) return;
        reader.tell();
    }

private:
    Flow emit_account(RecordSink& sink) const {
        if (!me_.is_known()) return Flow::proceed;
        Account account;
        account.platform = platform;
        account.native_id = me_.owner.person->key;
        account.handle = me_.handle;
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

class DiscordChatExporterConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "discord_chat_exporter",
                                             .version = 1,
                                             .title = "DiscordChatExporter files (JSON, CSV)",
                                             .message = "discord_chat_exporter.recognises",
                                             .how_to = "discord_chat_exporter.how_to",
                                             .platform = platform};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        constexpr std::size_t most_looks = 3;
        const Layout layout = lay_out(source);
        if (layout.files.empty() || layout.has_strangers) return std::nullopt;
        // Renamed files can be told by their heads only, and so few heads may be looked at.
        const bool all_named = std::ranges::all_of(layout.files, [](const File& file) { return file.name.has_value(); });
        if (!all_named && layout.files.size() > most_looks) return std::nullopt;
        for (std::size_t i = 0; i < std::min(most_looks, layout.files.size()); ++i)
            if (!is_export(layout.files[i], source.head(*layout.files[i].entry))) return std::nullopt;
        return Match{Confidence::certain, msg("discord_chat_exporter.evidence", arg("file", layout.files.front().entry->name()),
                                              arg("count", layout.files.size() - 1))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Layout layout = lay_out(source);
        if (layout.files.empty())
            throw Error(refusal(msg("discord_chat_exporter.not_an_export"), {}, msg("discord_chat_exporter.how_to")));
        return std::make_unique<Stream>(source, std::move(layout), context);
    }
};

}  // namespace
}  // namespace discord_chat_exporter

const Connector& discord_chat_exporter_connector() {
    static const discord_chat_exporter::DiscordChatExporterConnector connector;
    return connector;
}

}  // namespace secateur

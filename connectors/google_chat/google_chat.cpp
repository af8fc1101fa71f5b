// SPDX-License-Identifier: GPL-3.0-or-later
// Google Chat in a Takeout: a folder a conversation, with everybody's messages, and a file that says whose it is. See format.md.
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/google_chat/dates.hpp"
#include "connectors/members.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"
#include "connectors/takeout.hpp"

namespace secateur {
namespace google_chat {
namespace {

constexpr std::string_view platform = "google_chat";
constexpr std::size_t most_candidates = 10;
constexpr std::size_t telling_conversations = 3;  // fewer could have the same two people in all of them
constexpr std::size_t names_of_a_chat = 3;
constexpr std::uint64_t least_own_messages = 5;
constexpr std::uint64_t largest_info = std::uint64_t{64} << 20;
const Instant founded = std::chrono::sys_days(std::chrono::year(2005) / 1 / 1);  // histories begin with Google Talk

struct Conversation {
    std::string key;  // the folder's name: "Space AAAA", "DM BBBB"
    const Entry* messages = nullptr;
    const Entry* info = nullptr;
    std::string name;
    std::vector<std::uint32_t> members;  // numbers in Members
    std::optional<std::string> state;    // of my membership, as written

    [[nodiscard]] GroupKind kind() const {
        if (key.starts_with("Space ")) return GroupKind::group;
        return members.size() <= 2 && name.empty() ? GroupKind::direct : GroupKind::group_chat;
    }
};

struct Layout {
    std::map<std::string, Conversation, std::less<>> conversations;  // by folder
    std::vector<const Entry*> users;
    std::string folder;  // that holds them all
    std::uint64_t attachments = 0;

    [[nodiscard]] bool empty() const { return conversations.empty() && users.empty(); }
};

Layout lay_out(const Source& source) {
    Layout layout;
    bool first = true;
    std::string_view folder;
    for (const Entry& entry : source.entries()) {
        const std::string_view name = entry.name();
        const bool messages = name == "messages.json", info = name == "group_info.json", user = name == "user_info.json";
        if (!messages && !info && !user) {
            ++layout.attachments;
            continue;
        }
        folder = first ? entry.folder() : common_folder(folder, entry.folder());
        first = false;
        if (user) {
            layout.users.push_back(&entry);
            continue;
        }
        Conversation& found = layout.conversations[std::string(entry.folder())];
        (messages ? found.messages : found.info) = &entry;
        const std::string_view place = entry.folder();
        found.key = place.empty() ? source.stem() : std::string(place.substr(place.rfind('/') + 1));
    }
    layout.folder = folder;
    return layout;
}

/// The key under which a person of the export is known: the address, else the name.
std::string member_key(JsonValue user) {
    const std::string_view email = trim(user["email"].string());
    if (!email.empty()) return fold_name(email);
    const std::string name = fold_name(user["name"].string());
    return name.empty() ? name : "name:" + name;
}

/// Google counts as people what it calls "Human".
bool is_robot(JsonValue user) {
    const std::string_view type = user["user_type"].string();
    return !type.empty() && fold_name(type) != "human";
}

class Reader final : public RecordStream, private JsonHandler {
public:
    Reader(const Source& source, const ReadContext& context, Layout layout)
        : source_(source), context_(context), layout_(std::move(layout)), exported_at_(takeout_instant(source)) {
        if (!exported_at_) exported_at_ = export_instant(source, context.zone);
        source_.for_each([this](const Entry& entry) { return is_user(entry) || is_info(entry); },
                         [this](const Entry& entry, ByteStream& stream) {
                             try {
                                 learn(entry, read_all(stream, largest_info, entry.path));
                             } catch (const Error& error) {
                                 damaged_.push_back(error.problem());
                             }
                             return Flow::proceed;
                         });
        settle_owner();
    }

    [[nodiscard]] const Owner& owner() const override { return me_.owner; }
    [[nodiscard]] std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        stopped_ = false;
        bytes_ = 0;
        if (me_.is_known()) {
            Account account = account_of(me_, members_);
            account.platform = platform;
            send(std::move(account), {});
        }
        for (const Problem& problem : damaged_)
            if (!stopped_ && sink_->reject(problem, {}) == Flow::stop) stopped_ = true;
        if (layout_.attachments > 0 && !stopped_) sink_->ignore("media_file", layout_.attachments);
        for (const auto& [folder, conversation] : layout_.conversations) tell_conversation(conversation);
        for (const auto& [id, conversation] : listed_) tell_conversation(conversation);
        if (!stopped_)
            source_.for_each([this](const Entry& entry) { return is_messages(entry); },
                             [this](const Entry& entry, ByteStream& stream) {
                                 read_messages(layout_.conversations.find(entry.folder())->second, entry, stream);
                                 return stopped_ ? Flow::stop : Flow::proceed;
                             });
        if (stopped_) return;
        for (const auto& [folder, conversation] : layout_.conversations)
            if (conversation.messages == nullptr) send(coverage_of(conversation.key, CoverageKind::names_only), {});
        for (const auto& [id, conversation] : listed_) send(coverage_of(conversation.key, CoverageKind::names_only), {});
        if (stopped_) return;
        sink.lack(msg("google_chat.lack_joins"));
        if (layout_.users.empty()) sink.lack(msg("google_chat.lack_user"));
    }

private:
    static bool is_same(const Entry* known, const Entry& entry) { return known != nullptr && known->path == entry.path; }
    [[nodiscard]] bool is_user(const Entry& entry) const {
        return std::ranges::any_of(layout_.users, [&](const Entry* each) { return is_same(each, entry); });
    }
    [[nodiscard]] bool is_info(const Entry& entry) const {
        const auto found = layout_.conversations.find(entry.folder());
        return found != layout_.conversations.end() && is_same(found->second.info, entry);
    }

    [[nodiscard]] bool is_messages(const Entry& entry) const {
        const auto found = layout_.conversations.find(entry.folder());
        return found != layout_.conversations.end() && is_same(found->second.messages, entry);
    }

    // ------------------------------------------------------------------------------------------- first pass
    void learn(const Entry& entry, const std::string& text) {
        const JsonDocument document(text);
        if (document.problem()) {
            damaged_.push_back(*document.problem());
            damaged_.back().where.entry = entry.path;
        }
        if (is_user(entry)) learn_user(document.root());
        else learn_group(layout_.conversations.find(entry.folder())->second, document.root());
    }
    std::uint32_t learn_member(JsonValue user) {
        const std::string key = member_key(user);
        Member& member = members_.at(key);
        member.email = trim(user["email"].string());
        member.handle = member.email;
        if (member.name.empty()) member.name = trim(user["name"].string());
        member.automatic = member.automatic || is_robot(user);
        return members_.number(key);
    }
    void learn_user(JsonValue root) {
        const JsonValue user = root["user"];
        if (const std::string key = member_key(user); !key.empty()) {
            (void)learn_member(user);
            if (std::ranges::find(accounts_, key) == accounts_.end()) accounts_.push_back(key);
        }
        for (const JsonValue listed : root["membership_info"]) {
            const std::string id(trim(listed["group_id"].string()));
            if (id.empty()) continue;
            const auto in_folder =
                std::ranges::find_if(layout_.conversations, [&](const auto& each) { return each.second.key == id; });
            Conversation& conversation = in_folder != layout_.conversations.end() ? in_folder->second : listed_[id];
            conversation.key = id;
            if (conversation.name.empty()) conversation.name = trim(listed["group_name"].string());
            conversation.state = listed["membership_state"].string();
        }
    }
    void learn_group(Conversation& conversation, JsonValue root) {
        if (const std::string_view name = trim(root["name"].string()); !name.empty()) conversation.name = name;
        for (const JsonValue member : root["members"])
            if (!member_key(member).empty()) conversation.members.push_back(learn_member(member));
    }

    void settle_owner() {
        me_ = find_owner(members_, context_.me);
        if (me_.is_known() && context_.me.forced) return;
        const bool mine_is_known = me_.is_known();
        if (accounts_.size() == 1) {
            const Member& account = *members_.find(accounts_.front());
            me_ = owner_by_export(
                account, msg("google_chat.owner_user_info", arg("name", account.name.empty() ? account.email : account.name)));
            me_.owner.from_export = !context_.me.forced;
            return;
        }
        if (mine_is_known) return;
        std::vector<std::uint32_t> conversations_of(members_.all().size());
        for (const auto& [folder, conversation] : layout_.conversations)
            for (const std::uint32_t number : conversation.members) ++conversations_of[number];
        std::vector<std::uint32_t> ranked;
        for (std::uint32_t number = 0; number < conversations_of.size(); ++number)
            if (!members_.numbered(number).automatic) ranked.push_back(number);
        std::ranges::stable_sort(ranked, std::ranges::greater{}, [&](std::uint32_t number) { return conversations_of[number]; });
        const std::size_t all = layout_.conversations.size();
        // Only the owner is in every conversation.
        if (accounts_.empty() && all >= telling_conversations && !ranked.empty() && conversations_of[ranked[0]] == all &&
            (ranked.size() < 2 || conversations_of[ranked[1]] < all)) {
            me_ = owner_by_export(members_.numbered(ranked[0]), msg("google_chat.owner_everywhere", arg("count", all)));
            return;
        }
        if (ranked.empty()) return count_authors();
        for (const std::uint32_t number : ranked) {
            const Member& member = members_.numbered(number);
            const bool is_account = std::ranges::find(accounts_, member.id) != accounts_.end();
            if (!accounts_.empty() && !is_account) continue;
            if (me_.owner.candidates.size() == most_candidates) break;
            me_.owner.candidates.push_back({.person = members_.person(member.id),
                                            .evidence = msg("google_chat.candidate", arg("count", conversations_of[number]))});
        }
    }

    /// Where no file names anybody, the messages do: a pass of its own.
    void count_authors() {
        struct Counter final : JsonHandler {
            explicit Counter(Reader& to) : reader(to) {}
            Flow on_value(std::size_t, std::string_view, JsonValue creator, const Location&) override {
                if (!member_key(creator).empty())
                    ++reader.members_.at(reader.members_.numbered(reader.learn_member(creator)).id).messages;
                return Flow::proceed;
            }
            Reader& reader;
        } counter(*this);
        static const std::vector<JsonPattern> creators{{JsonPattern::value, "messages[*].creator"}};
        source_.for_each([this](const Entry& entry) { return is_messages(entry); },
                         [&counter](const Entry& entry, ByteStream& stream) {
                             try {
                                 (void)read_json(stream, entry.path, creators, counter);
                             } catch (const Error&) {
                                 // Told when it is read.
                             }
                             return Flow::proceed;
                         });
        me_ = find_owner(members_, context_.me);
        if (!me_.is_known()) propose_owners(me_.owner, members_);
    }

    // ---------------------------------------------------------------------------------------------- records
    void send(Record record, const Location& where) {
        if (!stopped_ && sink_->accept(std::move(record), where) == Flow::stop) stopped_ = true;
    }
    void reject(Message reason, const Location& where, JsonValue value) {
        if (!stopped_ && sink_->reject(refusal(std::move(reason), where), value.text()) == Flow::stop) stopped_ = true;
    }

    void tell_conversation(const Conversation& conversation) {
        const Entry* const entry = conversation.info != nullptr ? conversation.info : conversation.messages;
        const Location where{.entry = entry != nullptr ? entry->path : std::string()};
        Group group{
            .platform = std::string(platform), .key = conversation.key, .name = conversation.name, .kind = conversation.kind()};
        bool with_me = false;
        std::vector<std::string> others;
        for (const std::uint32_t number : conversation.members) {
            const Member& member = members_.numbered(number);
            with_me = with_me || me_.is_me(member.id);
            if (!me_.is_me(member.id)) others.push_back(member.name.empty() ? member.id : member.name);
        }
        if (group.name.empty()) {
            for (std::size_t i = 0; i < others.size() && i < names_of_a_chat; ++i) group.name += (i > 0 ? ", " : "") + others[i];
            if (others.size() > names_of_a_chat) group.name += ", …";
        }
        if (!conversation.members.empty()) {
            group.members = conversation.members.size();
            if (exported_at_) group.measured_at = When{.at = *exported_at_};
        }
        const bool direct = group.kind == GroupKind::direct;
        send(std::move(group), where);
        if (direct || (!conversation.state && !with_me)) return;
        Membership membership{.platform = std::string(platform), .group = conversation.key, .event = MembershipEvent::member};
        membership.origin = conversation.state ? "membership_info" : "group_info";
        if (conversation.state && *conversation.state != "MEMBER_JOINED") {
            membership.event = MembershipEvent::unknown;
            membership.note = quote(*conversation.state);
        }
        send(std::move(membership), where);
    }

    [[nodiscard]] Coverage coverage_of(const std::string& key, CoverageKind kind) const {
        return {.platform = std::string(platform), .group = key, .kind = kind, .end = exported_at_};
    }

    void read_messages(const Conversation& conversation, const Entry& entry, ByteStream& stream) {
        here_ = &conversation;
        first_.reset();
        authors_.clear();
        mine_ = 0;
        ProgressStream counted(stream, bytes_, context_.progress);
        static const std::vector<JsonPattern> patterns{{JsonPattern::value, "messages[*]"}};
        try {
            const JsonOutcome outcome = read_json(counted, entry.path, patterns, *this);
            if (outcome.end == JsonEnd::broken && sink_->reject(outcome.problem, {}) == Flow::stop) stopped_ = true;
        } catch (const Error& error) {
            // The rest of this file is lost; the others may be whole.
            if (sink_->reject(error.problem(), {}) == Flow::stop) stopped_ = true;
        }
        // Without a known owner one author could be the owner.
        const CoverageKind kind = authors_.size() >= (me_.is_known() ? 1U : 2U) ? CoverageKind::full
                                  : mine_ >= least_own_messages                 ? CoverageKind::own_only
                                                                                : CoverageKind::names_only;
        Coverage coverage = coverage_of(conversation.key, kind);
        if (kind == CoverageKind::full) coverage.begin = first_;
        send(std::move(coverage), {});
    }

    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location& where) override {
        read_message(value, where);
        return stopped_ ? Flow::stop : Flow::proceed;
    }

    /// Of an edited message only the versions before tell when it was written.
    static std::string_view written_date(JsonValue value) {
        if (const std::string_view created = value["created_date"].string(); !created.empty()) return created;
        for (const JsonValue version : value["previous_message_versions"])
            if (const std::string_view created = version["created_date"].string(); !created.empty()) return created;
        return value["updated_date"].string();
    }

    void read_message(JsonValue value, const Location& where) {
        if (!value.is_object()) return reject(msg("google_chat.not_an_object"), where, value);
        if (value["message_state"].string() == "DELETED" || value["deleted_date"]) return sink_->ignore("deleted_message");
        Activity activity{.platform = std::string(platform), .group = here_->key, .kind = ActivityKind::message};
        activity.text = value["text"].string();
        activity.attachments = static_cast<std::uint32_t>(value["attached_files"].size());
        bool is_service = false;
        for (const JsonValue annotation : value["annotations"]) is_service = read_annotation(activity, annotation) || is_service;
        if (is_service && activity.text.empty() && activity.attachments == 0) return sink_->ignore("service_message");

        const std::string_view written = written_date(value);
        if (!written.empty()) {
            const auto parsed = parse_prose_date(written);
            if (!parsed) return reject(msg("google_chat.bad_date", arg("value", quote(written))), where, value);
            if (parsed->at < founded || (context_.today != Date{} && parsed->at >= context_.today + std::chrono::days(2)))
                return reject(msg("google_chat.impossible_date", arg("value", quote(written))), where, value);
            activity.when = When{.at = parsed->at, .precision = parsed->precision};
        }
        const JsonValue creator = value["creator"];
        write_author(activity, creator);
        activity.edited = value["updated_date"] || value["previous_message_versions"].size() > 0;
        activity.native_id = trim(value["message_id"].string());
        if (activity.native_id.empty() && activity.when) activity.when->written = written;
        write_parent(activity, value);

        const std::string id = activity.native_id, author = activity.author.key;
        const bool mine = activity.is_me;
        if (activity.when && (!first_ || activity.when->at < *first_)) first_ = activity.when->at;
        if (mine) ++mine_;
        else if (!activity.automatic && !author.empty() && authors_.size() < 2) authors_.insert(author);
        send(std::move(activity), where);
        for (const JsonValue reaction : value["reactions"])
            read_reaction(reaction, id, std::string(written) + "|" + author, mine, where);
    }

    void write_author(Activity& activity, JsonValue user) {
        const std::string key = member_key(user);
        activity.automatic = is_robot(user);
        if (key.empty()) return;
        activity.is_me = me_.is_me(key);
        activity.author =
            activity.is_me ? *me_.owner.person : Person{.key = key, .name = std::string(trim(user["name"].string()))};
        if (activity.author.name.empty()) activity.author.name = members_.person(key).name;
    }

    /// "group/topic/message": the message of a topic that bears its name opened it, the others answer that one. A quotation says
    /// more.
    static void write_parent(Activity& activity, JsonValue value) {
        const auto parts = split(activity.native_id, '/');
        if (parts.size() == 3 && parts[1] != parts[2])
            activity.parent = std::string(parts[0]) + "/" + std::string(parts[1]) + "/" + std::string(parts[1]);
        if (const std::string_view quoted = trim(value["quoted_message_metadata"]["message_id"].string()); !quoted.empty())
            activity.parent = quoted;
        if (!activity.parent.empty()) activity.kind = ActivityKind::reply;
    }

    /// Links and files in the text, and mentions. True for what an assistant of Google's writes: calls, tasks, events.
    bool read_annotation(Activity& activity, JsonValue annotation) const {
        const auto link = [&activity](std::string_view url) {
            if (!url.empty()) activity.links.emplace_back(url);
        };
        link(annotation["url_metadata"]["url"]["private_do_not_access_or_else_safe_url_wrapped_value"].string());
        link(annotation["video_call_metadata"]["meeting_space"]["meeting_url"].string());
        if (const std::string_view video = annotation["youtube_metadata"]["id"].string(); !video.empty())
            link("https://www.youtube.com/watch?v=" + std::string(video));
        if (annotation["drive_metadata"]) ++activity.attachments;
        const std::string mentioned = member_key(annotation["user_mention_metadata"]["user"]);
        activity.mentions_me = activity.mentions_me || (!mentioned.empty() && me_.is_me(mentioned));
        return static_cast<bool>(annotation["gsuite_integration_metadata"]);
    }

    /// Who reacted, by address; when is not said. `message` stands for one without id.
    void read_reaction(JsonValue reaction, const std::string& id, const std::string& message, bool to_me, const Location& where) {
        const JsonValue emoji = reaction["emoji"];
        std::string sign(emoji["unicode"].string());
        if (sign.empty()) sign = emoji["custom_emoji"]["uid"].scalar();
        for (const JsonValue reactor : reaction["reactor_emails"]) {
            const std::string key = fold_name(reactor.string());
            if (key.empty()) continue;
            Activity activity{.platform = std::string(platform), .group = here_->key, .kind = ActivityKind::reaction};
            activity.author = members_.person(key);
            activity.is_me = me_.is_me(key);
            activity.parent = id;
            activity.parent_is_me = to_me;
            (id.empty() ? activity.natural_key : activity.native_id) =
                "r:" + (id.empty() ? message : id) + ":" + key + ":" + sign;
            send(std::move(activity), where);
        }
    }

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    std::optional<Instant> exported_at_;
    Members members_;
    std::map<std::string, Conversation> listed_;  // groups I belong to that have no folder
    std::vector<std::string> accounts_;           // whose user_info.json it is
    std::vector<Problem> damaged_;
    Ownership me_;

    RecordSink* sink_ = nullptr;  // during read_into
    bool stopped_ = false;
    std::uint64_t bytes_ = 0;
    const Conversation* here_ = nullptr;
    std::optional<Instant> first_;
    std::set<std::string> authors_;  // two others are enough to know
    std::uint64_t mine_ = 0;
};

class GoogleChatConnector final : public Connector {
public:
    [[nodiscard]] const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "google_chat",
                                             .version = 1,
                                             .title = "Google Chat (Takeout, JSON)",
                                             .message = "google_chat.recognises",
                                             .how_to = "google_chat.how_to"};
        return about;
    }

    [[nodiscard]] std::optional<Match> detect(const Source& source) const override {
        const Layout layout = lay_out(source);
        if (layout.empty() || !is_alone(source, layout.folder)) return std::nullopt;
        if (!layout.users.empty()) {
            const std::string_view head = source.head(*layout.users.front());
            if (has(head, "\"user\"") && (has(head, "\"membership_info\"") || has(head, "\"user_type\"")))
                return match(Confidence::certain, *layout.users.front());
        }
        for (const auto& [folder, conversation] : layout.conversations) {
            if (conversation.messages != nullptr) {
                const std::string_view head = source.head(*conversation.messages);
                if (has(head, "\"messages\"") && has(head, "\"creator\"") &&
                    (has(head, "\"created_date\"") || has(head, "\"message_id\"")))
                    return match(Confidence::certain, *conversation.messages);
            }
            if (conversation.info != nullptr) {
                const std::string_view head = source.head(*conversation.info);
                if (has(head, "\"members\"") && has(head, "\"user_type\"")) return match(Confidence::likely, *conversation.info);
            }
            break;  // one look is enough: they are all alike
        }
        return std::nullopt;
    }

    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Layout layout = lay_out(source);
        if (layout.empty())
            throw Error(refusal(msg("google_chat.not_an_export"), {.entry = source.label()}, msg("google_chat.how_to")));
        return std::make_unique<Reader>(source, context, std::move(layout));
    }

private:
    static bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
    static Match match(Confidence confidence, const Entry& entry) {
        return {.confidence = confidence, .evidence = msg("google_chat.evidence", arg("file", entry.path))};
    }
};

}  // namespace
}  // namespace google_chat

const Connector& google_chat_connector();
const Connector& google_chat_connector() {
    static const google_chat::GoogleChatConnector connector;
    return connector;
}

}  // namespace secateur

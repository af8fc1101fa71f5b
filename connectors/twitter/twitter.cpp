// SPDX-License-Identifier: GPL-3.0-or-later
// The archive that X (Twitter) gives to its members: communities where I wrote, conversations, lists. See format.md.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <initializer_list>
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
#include "connectors/members.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"
#include "connectors/twitter/archive.hpp"

namespace secateur {
namespace twitter {
namespace {

constexpr std::string_view platform = "twitter";
constexpr std::size_t heads_to_check = 3;
constexpr std::size_t telling_conversations = 3;  // fewer could all be with the same person
constexpr std::uint64_t least_own_messages = 5;
constexpr std::uint64_t largest_card = std::uint64_t{8} << 20;
const Instant founded = std::chrono::sys_days(std::chrono::year(2006) / 3 / 21);

/// What to do with the values of one file.
struct Handler final : JsonHandler {
    std::function<void(std::size_t, JsonValue, const Location&)> value;
    std::function<void()> begin = [] {};
    std::function<void()> end = [] {};
    const bool* stopped = nullptr;
    std::uint64_t skipped = 0;

    Flow on_value(std::size_t pattern, std::string_view, JsonValue found, const Location& where) override {
        Location place = where;
        if (place.offset) *place.offset += skipped;
        value(pattern, found, place);
        return flow();
    }
    Flow on_begin(std::size_t, const Location&) override {
        begin();
        return flow();
    }
    Flow on_end(std::size_t) override {
        end();
        return flow();
    }
    [[nodiscard]] Flow flow() const { return stopped != nullptr && *stopped ? Flow::stop : Flow::proceed; }
};

/// A conversation as the first pass saw it.
struct Conversation {
    std::string id;
    std::string name, named_at;  // the newest of its names
};

class Reader final : public RecordStream {
public:
    Reader(const Source& source, const ReadContext& context, Layout layout)
        : source_(source), context_(context), layout_(std::move(layout)) {
        using enum FileKind;
        visit({manifest, account, communities, group_messages, direct_messages},
              [this](const FoundFile& file, ByteStream& stream) { learn(file, stream); });
        settle_owner();
        if (!exported_at_) exported_at_ = export_instant(source, context.zone);
    }

    [[nodiscard]] const Owner& owner() const override { return me_.owner; }
    [[nodiscard]] std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        stopped_ = false;
        bytes_ = 0;
        communities_.clear();
        lists_.clear();
        if (me_.is_known()) {
            Account account = account_of(me_, members_);
            account.platform = platform;
            if (account.native_id == nobody) account.native_id.clear();
            if (!account.native_id.empty() || !account.names.empty()) send(std::move(account), {});
        }
        for (const FoundFile& file : layout_.files)
            if (!stopped_ && file.kind == FileKind::not_read) sink.ignore(file.ignored_as);
        using enum FileKind;
        visit({communities, group_messages, direct_messages, lists_created, lists_subscribed, lists_member, following},
              [this](const FoundFile& file, ByteStream& stream) {
                  try {
                      ProgressStream counted(stream, bytes_, context_.progress);
                      read_file(file, counted);
                  } catch (const Error& error) {
                      // The rest of this file is lost; the others may be whole.
                      if (sink_->reject(error.problem(), {}) == Flow::stop) stopped_ = true;
                  }
              });
        if (!stopped_) conclude();
    }

private:
    static constexpr std::string_view nobody = "me";  // the owner where no file says who that is

    void visit(std::initializer_list<FileKind> wanted, const std::function<void(const FoundFile&, ByteStream&)>& each) {
        const auto file_of = [this, wanted](const Entry& entry) -> const FoundFile* {
            const auto found =
                std::ranges::find(layout_.files, entry.path, [](const FoundFile& file) { return file.entry->path; });
            if (found == layout_.files.end() || std::ranges::find(wanted, found->kind) == wanted.end()) return nullptr;
            return &*found;
        };
        source_.for_each([&](const Entry& entry) { return !stopped_ && file_of(entry) != nullptr; },
                         [&](const Entry& entry, ByteStream& stream) {
                             each(*file_of(entry), stream);
                             return stopped_ ? Flow::stop : Flow::proceed;
                         });
    }

    // ------------------------------------------------------------------------------------------- first pass
    void learn(const FoundFile& file, ByteStream& stream) {
        using enum FileKind;
        try {
            if (file.kind == manifest || file.kind == account) learn_card(file, read_all(stream, largest_card, file.entry->path));
            else if (file.kind == communities) learn_people(file, stream);
            else learn_conversations(file, stream);
        } catch (const Error&) {
            // Told when it is read.
        }
    }
    void learn_card(const FoundFile& file, std::string_view text) {
        const JsonDocument document(assigned_json(text));
        const JsonValue root = document.root();
        if (file.kind == FileKind::manifest) {
            learn_account(root["userInfo"], "userName", "displayName");
            const auto made = parse_rfc3339(root["archiveInfo"]["generationDate"].string());
            if (made) exported_at_ = made->at;
            is_partial_ = root["archiveInfo"]["isPartialArchive"].boolean().value_or(false);
        } else {
            for (const JsonValue each : root) learn_account(each["account"], "username", "accountDisplayName");
        }
    }
    void learn_account(JsonValue account, std::string_view handle, std::string_view name) {
        const std::string_view id = account["accountId"].scalar();
        if (id.empty()) return;
        account_id_ = id;
        Member& member = members_.at(id);
        member.handle = account[handle].string();
        member.name = trim(account[name].string());
        member.email = account["email"].string();
    }
    /// Names of people, which stand nowhere but in mentions.
    void learn_people(const FoundFile& file, ByteStream& stream) {
        read_values(file, stream, {{JsonPattern::value, "[*].tweet"}}, [this](std::size_t, JsonValue tweet, const Location&) {
            for (const JsonValue each : tweet["entities"]["user_mentions"]) {
                const std::string_view id = each["id_str"].scalar();
                if (id.empty() || id.starts_with('-') || id == account_id_) continue;
                Member& member = members_.at(id);
                member.handle = each["screen_name"].string();
                member.name = trim(each["name"].string());
            }
        });
    }
    void learn_conversations(const FoundFile& file, ByteStream& stream) {
        std::vector<Conversation>& found = conversations_[file.entry->path];
        static const std::vector<JsonPattern> patterns{
            {JsonPattern::scope, "[*].dmConversation"},
            {JsonPattern::value, "[*].dmConversation.conversationId"},
            {JsonPattern::value, "[*].dmConversation.name"},
            {JsonPattern::value, "[*].dmConversation.messages[*].conversationNameUpdate"},
            {JsonPattern::value, "[*].dmConversation.messages[*].messageCreate.senderId"},
        };
        read_values(
            file, stream, patterns,
            [&](std::size_t pattern, JsonValue value, const Location&) {
                Conversation& here = found.back();
                if (pattern == 1) here.id = value.scalar();
                if (pattern == 2 && here.name.empty()) here.name = trim(value.string());
                if (pattern == 3 && value["createdAt"].string() > here.named_at) {
                    here.name = trim(value["name"].string());
                    here.named_at = value["createdAt"].string();
                }
                if (pattern == 4) ++members_.at(value.scalar()).messages;
            },
            [&found] { found.emplace_back(); });
    }

    void settle_owner() {
        me_ = find_owner(members_, context_.me);
        if (me_.is_known() && context_.me.forced) return;
        if (const Member* account = members_.find(account_id_); account != nullptr) {
            const std::string& shown = account->handle.empty() ? account->id : account->handle;
            me_ = owner_by_export(*account, msg("twitter.owner_account", arg("name", shown)));
            me_.owner.from_export = !context_.me.forced;
            return;
        }
        if (me_.is_known()) return;
        // Only the owner is in every conversation of two, whose id is made of both.
        std::map<std::string, std::size_t> times;
        std::size_t all = 0;
        for (const auto& [path, list] : conversations_)
            for (const Conversation& each : list)
                if (const std::size_t dash = each.id.find('-'); dash != std::string::npos) {
                    ++all;
                    ++times[each.id.substr(0, dash)];
                    ++times[each.id.substr(dash + 1)];
                }
        const auto most = std::ranges::max_element(times, {}, [](const auto& each) { return each.second; });
        if (all >= telling_conversations && most->second == all) {
            me_ = owner_by_export(members_.at(most->first), msg("twitter.owner_everywhere", arg("count", all)));
            me_.owner.from_export = !context_.me.forced;
            return;
        }
        propose_owners(me_.owner, members_);
        if (!conversations_.empty()) return;
        // What is left holds only one's own acts.
        Member& member = members_.at(nobody);
        if (!context_.me.names.empty()) member.name = context_.me.names.front();
        me_ = owner_by_export(member, msg("twitter.owner_own_files"));
        me_.owner.person->name = member.name;
        me_.owner.from_export = false;
        me_.account_evidence = "account.from_profile";
    }

    // ---------------------------------------------------------------------------------------------- records
    void send(Record record, const Location& where) {
        if (!stopped_ && sink_->accept(std::move(record), where) == Flow::stop) stopped_ = true;
    }
    void reject(Message reason, const Location& where, JsonValue value) {
        if (!stopped_ && sink_->reject(refusal(std::move(reason), where), value.text()) == Flow::stop) stopped_ = true;
    }

    JsonOutcome read_values(
        const FoundFile& file, ByteStream& stream, const std::vector<JsonPattern>& patterns,
        std::function<void(std::size_t, JsonValue, const Location&)> value, std::function<void()> begin = [] {},
        std::function<void()> end = [] {}) {
        AssignedJson json(stream);
        Handler handler;
        handler.value = std::move(value);
        handler.begin = std::move(begin);
        handler.end = std::move(end);
        handler.stopped = &stopped_;
        handler.skipped = json.skipped();
        JsonOutcome outcome = read_json(json, file.entry->path, patterns, handler);
        if (outcome.problem.where.offset) *outcome.problem.where.offset += json.skipped();
        return outcome;
    }

    void read_file(const FoundFile& file, ByteStream& stream) {
        using enum FileKind;
        static const std::vector<JsonPattern> each{{JsonPattern::value, "[*]"}};
        JsonOutcome outcome;
        switch (file.kind) {
            case communities:
                outcome = read_values(file, stream, each, [this](std::size_t, JsonValue value, const Location& where) {
                    read_post(value["tweet"] ? value["tweet"] : value, where);
                });
                break;
            case group_messages:
            case direct_messages: outcome = read_conversations(file, stream); break;
            case lists_created:
            case lists_subscribed:
            case lists_member:
                outcome = read_values(file, stream, each, [this, &file](std::size_t, JsonValue value, const Location& where) {
                    read_lists(file.kind, value, where);
                });
                break;
            case following:
                outcome = read_values(file, stream, each, [this](std::size_t, JsonValue value, const Location& where) {
                    read_following(value["following"], where);
                });
                break;
            default: return;
        }
        if (outcome.end == JsonEnd::broken && !stopped_ && sink_->reject(outcome.problem, {}) == Flow::stop) stopped_ = true;
    }

    /// Nothing where the record was refused; an empty one where it has no date.
    std::optional<std::optional<When>> when_of(std::string_view text, bool tweet, const Location& where, JsonValue value) {
        if (text.empty()) return std::optional<When>();
        std::optional<Instant> at = tweet ? parse_tweet_date(text) : std::nullopt;
        if (!at)
            if (const auto parsed = parse_rfc3339(text)) at = parsed->at;
        if (!at) {
            reject(msg("twitter.bad_date", arg("value", quote(text))), where, value);
            return std::nullopt;
        }
        if (*at < founded || (context_.today != Date{} && *at >= context_.today + std::chrono::days(2))) {
            reject(msg("twitter.impossible_date", arg("value", quote(text))), where, value);
            return std::nullopt;
        }
        return When{.at = *at};
    }

    void read_post(JsonValue tweet, const Location& where) {
        const std::string_view id = tweet["id_str"] ? tweet["id_str"].scalar() : tweet["id"].scalar();
        if (id.empty()) return reject(msg("twitter.no_id"), where, tweet);
        const auto when = when_of(tweet["created_at"].string(), true, where, tweet);
        if (!when) return;
        Activity activity{.platform = std::string(platform), .native_id = std::string(id)};
        activity.author = me_.owner.person.value_or(Person{});
        activity.is_me = me_.is_known();
        activity.when = *when;
        activity.text = tweet_text(tweet);
        activity.parent = tweet["in_reply_to_status_id_str"].scalar();
        const std::string_view answered = tweet["in_reply_to_user_id_str"].scalar();
        activity.parent_is_me = !activity.parent.empty() && !answered.empty() && me_.is_me(answered);
        activity.kind = activity.text.starts_with("RT @") ? ActivityKind::share
                        : activity.parent.empty()         ? ActivityKind::post
                                                          : ActivityKind::reply;
        const JsonValue media =
            tweet["extended_entities"]["media"] ? tweet["extended_entities"]["media"] : tweet["entities"]["media"];
        activity.attachments = static_cast<std::uint32_t>(media.size());
        activity.edited = tweet["edit_info"]["edit"] || tweet["edit_info"]["initial"]["editTweetIds"].size() > 1;
        const std::string_view community =
            tweet["community_id_str"] ? tweet["community_id_str"].scalar() : tweet["community_id"].scalar();
        if (!community.empty()) {
            activity.group = "community:" + std::string(community);
            if (++communities_[std::string(community)] == 1)
                send(Group{.platform = std::string(platform),
                           .key = activity.group,
                           .url = "https://x.com/i/communities/" + std::string(community),
                           .kind = GroupKind::community},
                     where);
        }
        send(std::move(activity), where);
    }

    // ---------------------------------------------------------------------------------------- conversations
    JsonOutcome read_conversations(const FoundFile& file, ByteStream& stream) {
        static const std::vector<JsonPattern> patterns{{JsonPattern::scope, "[*].dmConversation"},
                                                       {JsonPattern::value, "[*].dmConversation.messages[*]"}};
        const std::vector<Conversation>& known = conversations_[file.entry->path];
        std::size_t number = 0;
        bool open = false;
        const JsonOutcome outcome = read_values(
            file, stream, patterns, [this](std::size_t, JsonValue value, const Location& where) { read_event(value, where); },
            [&] {
                open = true;
                begin_conversation(number < known.size() ? known[number] : Conversation{}, file);
                ++number;
            },
            [&] {
                open = false;
                end_conversation();
            });
        if (open && outcome.end == JsonEnd::broken) end_conversation();
        return outcome;
    }

    void begin_conversation(const Conversation& conversation, const FoundFile& file) {
        key_ = conversation.id.empty() ? std::string() : "dm:" + conversation.id;
        first_.reset();
        authors_.clear();
        mine_ = 0;
        if (key_.empty()) return;
        Group group{.platform = std::string(platform), .key = key_, .name = conversation.name, .kind = GroupKind::group_chat};
        if (file.kind == FileKind::direct_messages) {
            group.kind = GroupKind::direct;
            for (const std::string_view id : split(conversation.id, '-'))
                if (group.name.empty() && !me_.is_me(id)) group.name = shown(id);
        }
        send(std::move(group), {.entry = file.entry->path});
    }
    void end_conversation() {
        if (key_.empty()) return;
        Coverage coverage{.platform = std::string(platform), .group = key_, .end = exported_at_};
        // Without a known owner one author could be the owner.
        coverage.kind = authors_.size() >= (me_.is_known() ? 1U : 2U) ? CoverageKind::full
                        : mine_ >= least_own_messages                 ? CoverageKind::own_only
                                                                      : CoverageKind::names_only;
        if (coverage.kind == CoverageKind::full) coverage.begin = first_;
        send(std::move(coverage), {});
    }

    [[nodiscard]] std::string shown(std::string_view id) const {
        const Member* member = members_.find(id);
        if (member == nullptr) return std::string(id);
        if (!member->name.empty()) return member->name;
        return member->handle.empty() ? std::string(id) : "@" + member->handle;
    }
    [[nodiscard]] Person person(std::string_view id) const {
        if (me_.is_me(id)) return *me_.owner.person;
        Person found{.key = std::string(id), .name = shown(id)};
        if (found.name == found.key) found.name.clear();
        return found;
    }

    void read_event(JsonValue event, const Location& where) {
        if (key_.empty()) return reject(msg("twitter.no_conversation"), where, event);
        if (const JsonValue message = event["messageCreate"]) return read_message(message, where);
        if (const JsonValue joined = event["joinConversation"]) {
            // I was let in, and this is who was there.
            if (me_.is_known()) read_membership(joined, me_.ids.front(), MembershipEvent::joined, "joinConversation", where);
            else sink_->ignore("service_message");
        } else if (const JsonValue several = event["participantsJoin"]) {
            for (const JsonValue id : several["userIds"])
                read_membership(several, id.scalar(), MembershipEvent::joined, "participantsJoin", where);
        } else if (const JsonValue gone = event["participantsLeave"]) {
            for (const JsonValue id : gone["userIds"])
                read_membership(gone, id.scalar(), MembershipEvent::left, "participantsLeave", where);
        } else if (event["conversationNameUpdate"]) {
            sink_->ignore("service_message");
        } else if (event.is_object()) {
            sink_->ignore("unknown_event");
        } else {
            reject(msg("twitter.not_an_object"), where, event);
        }
    }

    void read_membership(JsonValue event, std::string_view id, MembershipEvent what, std::string_view origin,
                         const Location& where) {
        const auto when = when_of(event["createdAt"].string(), false, where, event);
        if (!when || id.empty()) return;
        Membership membership{.platform = std::string(platform), .group = key_, .event = what};
        membership.at = *when;
        membership.origin = origin;
        membership.is_me = me_.is_me(id);
        if (!membership.is_me) membership.person = person(id);
        send(std::move(membership), where);
    }

    void read_message(JsonValue message, const Location& where) {
        const std::string_view id = message["id"].scalar(), sender = message["senderId"].scalar();
        if (id.empty()) return reject(msg("twitter.no_id"), where, message);
        const auto when = when_of(message["createdAt"].string(), false, where, message);
        if (!when) return;
        Activity activity{.platform = std::string(platform), .group = key_, .native_id = std::string(id)};
        activity.kind = ActivityKind::message;
        activity.when = *when;
        if (!sender.empty()) activity.author = person(sender);
        activity.is_me = me_.is_me(sender);
        activity.text = message["text"].string();
        activity.attachments = static_cast<std::uint32_t>(message["mediaUrls"].size());
        for (const JsonValue link : message["urls"])
            if (!link["expanded"].string().empty()) activity.links.emplace_back(link["expanded"].string());
        const bool mine = activity.is_me;
        if (mine) ++mine_;
        else if (!sender.empty() && authors_.size() < 2) authors_.emplace(sender);
        if (*when && (!first_ || (*when)->at < *first_)) first_ = (*when)->at;
        send(std::move(activity), where);
        for (const JsonValue reaction : message["reactions"]) read_reaction(reaction, id, mine, where);
    }
    void read_reaction(JsonValue reaction, std::string_view message, bool to_me, const Location& where) {
        const std::string_view sender = reaction["senderId"].scalar();
        const auto when = when_of(reaction["createdAt"].string(), false, where, reaction);
        if (!when) return;
        Activity activity{.platform = std::string(platform), .group = key_, .kind = ActivityKind::reaction};
        activity.native_id =
            "r:" + std::string(message) + ":" + std::string(sender) + ":" + std::string(reaction["reactionKey"].scalar());
        activity.when = *when;
        if (!sender.empty()) activity.author = person(sender);
        activity.is_me = me_.is_me(sender);
        activity.parent = message;
        activity.parent_is_me = to_me;
        send(std::move(activity), where);
    }

    // ----------------------------------------------------------------------------------- lists and following
    void read_lists(FileKind kind, JsonValue value, const Location& where) {
        const JsonValue info = value["userListInfo"];
        std::vector<std::string_view> urls;
        if (!info["url"].string().empty()) urls.push_back(info["url"].string());
        for (const JsonValue each : info["urls"]) urls.push_back(each.is_string() ? each.string() : each["url"].string());
        if (urls.empty()) return reject(msg("twitter.no_list"), where, value);
        for (const std::string_view url : urls) {
            const auto address = parse_list(url);
            if (!address) {
                reject(msg("twitter.no_list"), where, value);
                continue;
            }
            const std::string key = "list:" + address->list;
            if (lists_.insert(key).second)
                send(Group{.platform = std::string(platform),
                           .key = key,
                           .name = address->owner.empty() ? std::string() : address->owner + "/" + address->list,
                           .url = std::string(url),
                           .kind = GroupKind::list},
                     where);
            Membership membership{.platform = std::string(platform), .group = key, .event = MembershipEvent::member};
            membership.origin = "lists_subscribed";
            if (kind == FileKind::lists_created) {
                membership.role = Role::owner;
                membership.origin = "lists_created";
            } else if (kind == FileKind::lists_member) {
                // Somebody put me there: that I read it is not said.
                membership.event = MembershipEvent::unknown;
                membership.origin = "lists_member";
            }
            send(std::move(membership), where);
        }
    }
    void read_following(JsonValue followed, const Location& where) {
        const std::string_view id = followed["accountId"].scalar();
        if (id.empty()) return reject(msg("twitter.no_id"), where, followed);
        send(Contact{.platform = std::string(platform),
                     .person = person(id),
                     .url = std::string(followed["userLink"].string()),
                     .circle = "follow",
                     .origin = "following"},
             where);
    }

    void conclude() {
        send(Coverage{.platform = std::string(platform), .kind = CoverageKind::own_only, .end = exported_at_}, {});
        for (const auto& [id, count] : communities_)
            send(Coverage{.platform = std::string(platform),
                          .group = "community:" + id,
                          .kind = CoverageKind::own_only,
                          .end = exported_at_},
                 {});
        for (const std::string& key : lists_)
            send(Coverage{.platform = std::string(platform), .group = key, .kind = CoverageKind::names_only, .end = exported_at_},
                 {});
        if (stopped_) return;
        for (const auto& [id, count] : communities_)
            sink_->warn("unnamed_group", msg("twitter.unnamed_community", arg("id", id), arg("count", count)), {});
        sink_->lack(msg("twitter.lack_communities"));
        sink_->lack(msg("twitter.lack_people"));
        if (is_partial_) sink_->lack(msg("twitter.lack_parts"));
    }

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    Members members_;
    std::string account_id_;
    std::map<std::string, std::vector<Conversation>> conversations_;  // by file, in its order
    Ownership me_;
    std::optional<Instant> exported_at_;
    bool is_partial_ = false;

    RecordSink* sink_ = nullptr;  // during read_into
    bool stopped_ = false;
    std::uint64_t bytes_ = 0;
    std::map<std::string, std::uint64_t> communities_;  // posts of mine in each
    std::set<std::string> lists_;
    std::string key_;                // of the conversation being read
    std::set<std::string> authors_;  // of it, but for me; two are enough to know
    std::uint64_t mine_ = 0;
    std::optional<Instant> first_;
};

class TwitterConnector final : public Connector {
public:
    [[nodiscard]] const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "twitter",
                                             .version = 1,
                                             .title = "X (Twitter) archive",
                                             .message = "twitter.recognises",
                                             .how_to = "twitter.how_to"};
        return about;
    }

    [[nodiscard]] std::optional<Match> detect(const Source& source) const override {
        const Layout layout = lay_out(source);
        // What stands beside it in a folder may be somebody else's: let each sub-folder be offered alone.
        if (source.kind() == SourceKind::folder && !layout.holds_all) return std::nullopt;
        std::size_t looks = 0;
        for (const FoundFile& file : layout.files) {
            if (file.kind == FileKind::not_read || ++looks > heads_to_check) break;
            const std::string_view head = trim(source.head(*file.entry).substr(0, 256));
            if (head.starts_with("window.YTD.") || head.starts_with("window.__THAR_CONFIG"))
                return Match{.confidence = Confidence::certain,
                             .evidence = msg("twitter.evidence", arg("file", file.entry->path))};
        }
        return std::nullopt;
    }

    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Layout layout = lay_out(source);
        if (layout.files.empty())
            throw Error(refusal(msg("twitter.not_an_export"), {.entry = source.label()}, msg("twitter.how_to")));
        return std::make_unique<Reader>(source, context, std::move(layout));
    }
};

}  // namespace
}  // namespace twitter

const Connector& twitter_connector();
const Connector& twitter_connector() {
    static const twitter::TwitterConnector connector;
    return connector;
}

}  // namespace secateur

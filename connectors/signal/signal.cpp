// SPDX-License-Identifier: GPL-3.0-or-later
// Signal's own plain-text export (2026): main.jsonl, one line a person, group, chat or message. See format.md.
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
#include "connectors/progress.hpp"
#include "connectors/signal/backup.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace signal {
namespace {

constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2010} / 1 / 1};  // TextSecure, which became Signal
constexpr std::uint64_t enough_of_mine = 5;  // messages, before "only mine" says anything

struct GroupChange {
    std::string_view update, member, actor;  // names of the update and of the account ids in it
    MembershipEvent event;
};
constexpr GroupChange group_changes[] = {
    {"groupMemberAddedUpdate", "newMemberAci", "updaterAci", MembershipEvent::joined},
    {"groupMemberJoinedUpdate", "newMemberAci", "newMemberAci", MembershipEvent::joined},
    {"groupMemberJoinedByLinkUpdate", "newMemberAci", "newMemberAci", MembershipEvent::joined},
    {"groupInvitationAcceptedUpdate", "newMemberAci", "newMemberAci", MembershipEvent::joined},
    {"groupCreationUpdate", "updaterAci", "updaterAci", MembershipEvent::joined},
    {"groupMemberLeftUpdate", "aci", "aci", MembershipEvent::left},
    {"groupMemberRemovedUpdate", "removedAci", "removerAci", MembershipEvent::left},
};

std::optional<Instant> instant(JsonValue milliseconds) {
    const auto count = milliseconds.integer();
    if (!count || *count <= 0) return std::nullopt;
    return Instant{std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds{*count})};
}

class Reader final : public JsonHandler {
public:
    Reader(const Backup& backup, const Me& me, const ReadContext& context, std::optional<Instant> exported_at, RecordSink& sink,
           std::string entry)
        : backup_(backup), me_(me), context_(context), exported_at_(exported_at), sink_(sink), entry_(std::move(entry)) {}

    static const std::vector<JsonPattern>& patterns() {
        static const std::vector<JsonPattern> list{{JsonPattern::value, "chatItem"}};
        return list;
    }

    Flow emit_recipients() {
        for (const auto& [number, recipient] : backup_.recipients) {
            Flow flow = Flow::proceed;
            if (recipient.kind == Recipient::Kind::group) flow = emit_group(recipient);
            else if (recipient.is_in_address_book && number != me_.number) flow = emit_contact(recipient);
            if (flow == Flow::stop) return Flow::stop;
        }
        for (const auto& [chat, number] : backup_.chats) {
            const Recipient* recipient = find(number);
            if (recipient == nullptr || recipient->kind != Recipient::Kind::contact) continue;
            Group group;
            group.key = key_of(*recipient);
            group.name = recipient->person.name;
            group.kind = GroupKind::direct;
            if (sink_.accept(std::move(group), place(recipient->line)) == Flow::stop) return Flow::stop;
            states_[key_of(*recipient)];
        }
        return Flow::proceed;
    }

    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location& where) override {
        const auto chat = backup_.chats.find(value["chatId"].scalar());
        const Recipient* recipient = chat == backup_.chats.end() ? nullptr : find(chat->second);
        if (recipient == nullptr)
            return refuse(msg("signal.no_chat", arg("value", quote(value["chatId"].scalar()))), value, where);
        if (recipient->kind == Recipient::Kind::self) return ignore("note_to_self");
        if (recipient->kind == Recipient::Kind::other) return ignore("no_conversation");  // release notes, lists, links of calls

        // An edited message carries its older texts: the first one's time is the message's.
        const JsonValue revisions = value["revisions"];
        const JsonValue first = revisions.size() > 0 ? *revisions.begin() : value;
        const auto at = instant(first["dateSent"]);
        if (!at || *at < oldest || (context_.today != Date{} && *at >= context_.today + std::chrono::days{2}))
            return refuse(msg("signal.impossible_date", arg("value", quote(first["dateSent"].scalar()))), value, where);
        key_ = key_of(*recipient);
        state_ = &states_[key_];
        if (!state_->first || *at < *state_->first) state_->first = at;
        if (!state_->last || *at > *state_->last) state_->last = at;
        const When when{.at = *at, .written = {}};

        if (const JsonValue update = value["updateMessage"]; update.is_object())
            return read_update(update, first["dateSent"].scalar(), when, where);
        if (value["remoteDeletedMessage"]) return ignore("deleted");
        JsonValue body;
        std::uint32_t attached = 0;
        for (const std::string_view kind : {"standardMessage", "directStoryReplyMessage", "poll"})
            if (!body) body = value[kind];
        for (const std::string_view kind : {"stickerMessage", "contactMessage", "viewOnceMessage"})
            if (!body && value[kind]) body = value[kind], attached = 1;
        if (!body) return ignore("service_message");  // payments, gift badges, what is to come

        Activity activity;
        activity.group = key_;
        // My messages are those that went out, whatever number their author has.
        const bool is_outgoing = bool(value["outgoing"]);
        const std::string_view author =
            is_outgoing && !backup_.self.empty() ? std::string_view(backup_.self) : value["authorId"].scalar();
        activity.author = is_outgoing ? self() : person(author);
        activity.is_me = is_outgoing ? me_.is_self : is_me(author);
        activity.when = when;
        activity.edited = revisions.size() > 0;
        activity.native_id = message_id(first["dateSent"].scalar(), activity.author.key);
        activity.kind = ActivityKind::message;
        activity.attachments = attached + static_cast<std::uint32_t>(std::min<std::size_t>(body["attachments"].size(), 1'000));
        activity.text = read_text(body["text"], activity);
        if (const JsonValue question = body["question"]; question.is_string()) activity.text = question.string();
        for (const JsonValue preview : body["linkPreview"])
            if (const std::string_view link = preview["url"].string(); !link.empty()) activity.links.emplace_back(link);
        if (const JsonValue quote = body["quote"]; quote.is_object()) {
            activity.kind = ActivityKind::reply;
            activity.parent_is_me = is_me(quote["authorId"].scalar());
            if (quote["targetSentTimestamp"])
                activity.parent = message_id(quote["targetSentTimestamp"].scalar(), person(quote["authorId"].scalar()).key);
        }
        if (activity.is_me) {
            ++state_->mine;
            activity.mentions_me = false;
        } else {
            state_->others = true;
        }
        const std::string id = activity.native_id;
        const bool mine = activity.is_me;
        if (sink_.accept(std::move(activity), where) == Flow::stop) return Flow::stop;
        if (read_reactions(body["reactions"], id, mine, where) == Flow::stop) return Flow::stop;
        return read_votes(body["options"], id, mine, where);
    }

    Flow emit_coverage(bool whole) {
        for (const auto& [key, state] : states_) {
            Coverage coverage;
            coverage.group = key;
            if (state.others) {
                coverage.kind = CoverageKind::full;
                coverage.begin = state.first;
            } else if (state.mine >= enough_of_mine) {
                coverage.kind = CoverageKind::own_only;
            }
            coverage.end = whole ? exported_at_ : state.last;
            if (sink_.accept(std::move(coverage), place(0)) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

private:
    struct State {
        std::uint64_t mine = 0;
        bool others = false;
        std::optional<Instant> first, last;
    };

    Flow refuse(Message reason, JsonValue value, const Location& where) {
        return sink_.reject(refusal(std::move(reason), where), value.text());
    }
    Flow ignore(std::string_view reason) {
        sink_.ignore(reason);
        return Flow::proceed;
    }
    [[nodiscard]] Location place(std::uint64_t line) const {
        Location where;
        where.entry = entry_;
        if (line > 0) where.line = line;
        return where;
    }

    [[nodiscard]] const Recipient* find(std::string_view number) const {
        const auto found = backup_.recipients.find(number);
        return found == backup_.recipients.end() ? nullptr : &found->second;
    }
    [[nodiscard]] static std::string key_of(const Recipient& recipient) {
        return recipient.kind == Recipient::Kind::group ? recipient.group : "chat:" + recipient.person.key;
    }
    [[nodiscard]] Person self() const { return {"self", backup_.my_name}; }
    [[nodiscard]] Person person(std::string_view number) const {
        const Recipient* found = find(number);
        return found == nullptr ? Person{} : found->person;
    }
    [[nodiscard]] bool is_me(std::string_view number) const { return !number.empty() && number == me_.number; }
    [[nodiscard]] static std::string message_id(std::string_view sent, std::string_view author) {
        return std::string(sent) + ':' + std::string(author);
    }

    Flow emit_group(const Recipient& recipient) {
        Group group;
        group.key = recipient.group;
        group.name = recipient.name;
        group.description = recipient.description;
        group.kind = GroupKind::group_chat;
        if (!recipient.members.empty()) group.members = recipient.members.size();
        if (group.members && exported_at_) group.measured_at = When{.at = *exported_at_, .written = {}};
        states_[recipient.group];
        if (sink_.accept(std::move(group), place(recipient.line)) == Flow::stop) return Flow::stop;
        if (backup_.my_account.empty() || recipient.members.empty() || !me_.is_self) return Flow::proceed;
        const auto mine = recipient.members.find(backup_.my_account);
        Membership membership;
        membership.group = recipient.group;
        membership.event = mine == recipient.members.end() ? MembershipEvent::left : MembershipEvent::member;
        if (mine != recipient.members.end()) {
            membership.role = mine->second ? Role::admin : Role::member;
            if (exported_at_) membership.at = When{.at = *exported_at_, .precision = Precision::day, .written = {}};
        }
        membership.origin = membership.native_id = "members";
        return sink_.accept(std::move(membership), place(recipient.line));
    }

    Flow emit_contact(const Recipient& recipient) {
        Contact contact;
        contact.person = recipient.person;
        contact.origin = "contacts";
        return sink_.accept(std::move(contact), place(recipient.line));
    }

    /// U+FFFC stands where somebody is mentioned; the ranges say whom.
    std::string read_text(JsonValue text, Activity& activity) const {
        constexpr std::string_view placeholder = "\xEF\xBF\xBC";
        std::map<std::int64_t, std::string_view> mentioned;  // account ids by place
        for (const JsonValue range : text["bodyRanges"])
            if (const std::string_view account = range["mentionAci"].string(); !account.empty())
                mentioned[range["start"].integer().value_or(0)] = account;
        const std::string_view body = text["body"].string();
        std::string out;
        auto next = mentioned.begin();
        for (std::size_t at = 0; at < body.size();) {
            const bool is_mention = body.substr(at).starts_with(placeholder) && next != mentioned.end();
            if (!is_mention) {
                out += body[at++];
                continue;
            }
            const auto number = backup_.by_account.find(next->second);
            if (number != backup_.by_account.end()) {
                activity.mentions_me = activity.mentions_me || is_me(number->second);
                out += '@' + person(number->second).name;
            }
            at += placeholder.size();
            ++next;
        }
        return out;
    }

    Flow read_reactions(JsonValue reactions, const std::string& parent, bool parent_is_me, const Location& where) {
        for (const JsonValue each : reactions) {
            Activity reaction;
            reaction.group = key_;
            reaction.kind = ActivityKind::reaction;
            reaction.author = person(each["authorId"].scalar());
            reaction.is_me = is_me(each["authorId"].scalar());
            reaction.parent = parent;
            reaction.parent_is_me = parent_is_me;
            reaction.native_id = "r:" + parent + ':' + reaction.author.key + ':' + std::string(each["emoji"].string());
            if (const auto at = instant(each["sentTimestamp"]); at && *at >= oldest)
                reaction.when = When{.at = *at, .written = {}};
            if (sink_.accept(std::move(reaction), where) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

    Flow read_votes(JsonValue options, const std::string& parent, bool parent_is_me, const Location& where) {
        std::vector<std::string> seen;  // several choices of one person are one vote
        for (const JsonValue option : options)
            for (const JsonValue each : option["votes"]) {
                const std::string_view voter = each["voterId"].scalar();
                Activity vote;  // when it was cast is not written
                vote.group = key_;
                vote.kind = ActivityKind::vote;
                vote.author = person(voter);
                vote.is_me = is_me(voter);
                vote.parent = parent;
                vote.parent_is_me = parent_is_me;
                vote.native_id = "v:" + parent + ':' + vote.author.key;
                if (std::ranges::find(seen, vote.native_id) != seen.end()) continue;
                seen.push_back(vote.native_id);
                if (sink_.accept(std::move(vote), where) == Flow::stop) return Flow::stop;
            }
        return Flow::proceed;
    }

    Flow read_update(JsonValue update, std::string_view sent, const When& when, const Location& where) {
        std::size_t number = 0;
        for (const JsonValue each : update["groupChange"]["updates"]) {
            ++number;
            if (const JsonValue invited = each["selfInvitedToGroupUpdate"]; invited.is_object()) {
                Invitation invitation;
                invitation.person = account_person(invited["inviterAci"].string());
                invitation.at = when;
                invitation.origin = "group";
                if (sink_.accept(std::move(invitation), where) == Flow::stop) return Flow::stop;
                continue;
            }
            const auto change =
                std::ranges::find_if(group_changes, [&](const GroupChange& known) { return each[known.update].is_object(); });
            const std::string_view account =
                change == std::end(group_changes) ? std::string_view() : each[change->update][change->member].string();
            if (account.empty()) {
                sink_.ignore("service_message");
                continue;
            }
            const bool is_creation = change->update == "groupCreationUpdate";
            Membership membership;
            membership.group = key_;
            membership.event = change->event;
            membership.at = when;
            membership.role = is_creation ? Role::owner : Role::none;
            const bool by_another =
                change->event == MembershipEvent::left && each[change->update][change->actor].string() != account;
            membership.origin = by_another ? "removal" : "service_message";
            membership.native_id = std::string(sent) + ':' + std::to_string(number);
            const auto known = backup_.by_account.find(account);
            membership.is_me = known != backup_.by_account.end() && is_me(known->second);
            if (!membership.is_me) membership.person = account_person(account);
            if (sink_.accept(std::move(membership), where) == Flow::stop) return Flow::stop;
        }
        if (number == 0) sink_.ignore("service_message");
        return Flow::proceed;
    }

    [[nodiscard]] Person account_person(std::string_view account) const {
        const auto known = backup_.by_account.find(account);
        return known != backup_.by_account.end() ? person(known->second) : Person{std::string(account), {}};
    }

    const Backup& backup_;
    const Me& me_;
    const ReadContext& context_;
    std::optional<Instant> exported_at_;
    RecordSink& sink_;
    std::string entry_;
    std::map<std::string, State, std::less<>> states_;  // by group key
    std::string key_;
    State* state_ = nullptr;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const Entry& entry, const ReadContext& context)
        : source_(source), entry_(entry), context_(context), backup_(survey(*source.open(entry), entry.path)),
          me_(settle_owner(backup_, context.me)),
          exported_at_(backup_.made_at ? backup_.made_at : export_instant(source, context.zone)) {}

    const Owner& owner() const override { return me_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        Location start;
        start.entry = entry_.path;
        Account account;
        account.native_id = me_.owner.person->key;
        if (me_.is_self) account.handle = backup_.my_handle;
        if (!me_.owner.person->name.empty()) account.names.push_back(me_.owner.person->name);
        account.evidence = me_.account_evidence;
        if (sink.accept(std::move(account), start) == Flow::stop) return;

        Reader reader(backup_, me_, context_, exported_at_, sink, entry_.path);
        if (reader.emit_recipients() == Flow::stop) return;
        const auto inner = source_.open(entry_);
        std::uint64_t bytes = 0;
        ProgressStream counted(*inner, bytes, context_.progress);
        JsonOutcome outcome = read_json(counted, entry_.path, Reader::patterns(), reader, {.many_documents = true});
        if (outcome.end == JsonEnd::stopped) return;
        const bool whole = outcome.end == JsonEnd::complete;
        if (!whole) {
            outcome.problem.hint = msg("signal.rest_lost");
            if (sink.reject(std::move(outcome.problem), {}) == Flow::stop) return;
        }
        if (reader.emit_coverage(whole) == Flow::stop) return;
        sink.lack(msg("signal.lack_disappearing"));
        if (backup_.my_account.empty()) sink.lack(msg("signal.lack_account"));
    }

private:
    const Source& source_;
    const Entry& entry_;
    ReadContext context_;
    Backup backup_;
    Me me_;
    std::optional<Instant> exported_at_;
};

class SignalConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "signal",
                                             .version = 1,
                                             .title = "Signal plain-text export (main.jsonl)",
                                             .message = "signal.recognises",
                                             .how_to = "signal.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Entry* entry = main_file(source);
        if (entry == nullptr) return std::nullopt;
        const Likeness likeness = look(source.head(*entry), entry->path);
        if (likeness == Likeness::none) return std::nullopt;
        return Match{likeness == Likeness::certain ? Confidence::certain : Confidence::likely,
                     msg("signal.evidence", arg("file", entry->name()))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        const Entry* entry = main_file(source);
        Location where;
        if (entry != nullptr) where.entry = entry->path;
        if (entry == nullptr || look(source.head(*entry), entry->path) == Likeness::none)
            throw Error(refusal(msg("signal.not_an_export"), where, msg("signal.how_to")));
        return std::make_unique<Stream>(source, *entry, context);
    }
};

}  // namespace
}  // namespace signal

const Connector& signal_connector() {
    static const signal::SignalConnector connector;
    return connector;
}

}  // namespace secateur

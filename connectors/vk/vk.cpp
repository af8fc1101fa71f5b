// SPDX-License-Identifier: GPL-3.0-or-later
// VK's Archive.zip: pages in windows-1251 about communities, comments, likes and messages. See format.md.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"
#include "connectors/vk/archive.hpp"
#include "connectors/vk/pages.hpp"

namespace secateur {
namespace vk {
namespace {

constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2006} / 10 / 1};  // VK began
constexpr std::int64_t first_chat = 2'000'000'000;
constexpr std::uint64_t enough_of_mine = 5;

/// What the small pages say, before any record.
struct Survey {
    Archive archive;
    std::optional<std::uint64_t> my_id;
    std::string my_name;
    std::map<std::string, std::string, std::less<>> peers;  // names of threads, by folder
};

/// The owner and how to know them: VK marks the owner's messages itself, so only --me can say otherwise.
struct Me {
    Owner owner;
    std::string account_evidence;
    bool is_marked = true;  // the owner of the archive is the one who is meant
};

Survey survey(const Source& source) {
    Survey found;
    found.archive = list_archive(source);
    for (std::size_t i = 0; i < std::min<std::size_t>(found.archive.pages.size(), 3) && !found.my_id; ++i)  // every page has it, or none
        found.my_id = owner_in_head(source.head(*found.archive.pages[i].entry));
    for (const Page& page : found.archive.pages) {
        if (page.kind != PageKind::profile && page.kind != PageKind::message_index) continue;
        const auto take = [&](const Item& item, const Location&) {
            if (page.kind == PageKind::profile) {
                const std::string label = item.parts.empty() ? std::string() : fold_name(item.parts[0]);
                const bool is_name = label.starts_with("полное имя") || label.starts_with("full name") ||
                    label.starts_with("повне ім");
                if (is_name && item.parts.size() > 1 && found.my_name.empty()) found.my_name = item.parts[1];
                return found.my_name.empty() ? Flow::proceed : Flow::stop;
            }
            if (item.links.empty()) return Flow::proceed;
            const Link& link = item.links.front();
            found.peers.emplace(link.address.substr(0, link.address.find('/')), link.text);
            return Flow::proceed;
        };
        static_cast<void>(read_items(*source.open(*page.entry), *page.entry, take));
    }
    return found;
}

Me settle_owner(const Survey& survey, const Identities& identities) {
    Me me;
    const std::string key = survey.my_id ? "id" + std::to_string(*survey.my_id) : std::string("owner");
    const bool is_meant = identities.match(survey.my_name) || identities.match(key) ||
                          (survey.my_id && identities.match(std::to_string(*survey.my_id)));
    const bool says_who = survey.my_id || !survey.my_name.empty();
    if (identities.forced && says_who && !is_meant) {  // somebody else of these threads
        me.is_marked = false;
        const std::string name = identities.names.empty() ? std::string() : identities.names.front();
        me.owner.person = Person{name.empty() ? "asked" : fold_name(name), name};
        me.owner.evidence = msg("vk.owner_asked");
        me.account_evidence = "account.asked";
        return me;
    }
    me.owner.person = Person{key, survey.my_name};
    me.owner.evidence = survey.my_name.empty() ? msg("vk.owner_marked") : msg("vk.owner_profile", arg("name", survey.my_name));
    me.owner.from_export = !identities.forced && !survey.my_name.empty();
    me.account_evidence = identities.forced ? "account.asked" : "account.from_export";
    return me;
}

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const ReadContext& context, Survey survey)
        : source_(source), context_(context), survey_(std::move(survey)), me_(settle_owner(survey_, context.me)),
          exported_at_(export_instant(source, context.zone)) {}

    const Owner& owner() const override { return me_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        if (survey_.archive.unread > 0) sink.ignore("unread_page", survey_.archive.unread);
        start_.entry = survey_.archive.pages.front().entry->path;
        if (emit_account() == Flow::stop) return;
        for (const Page& page : survey_.archive.pages) {
            if (page.kind == PageKind::messages && page.peer != peer_ && begin_thread(page) == Flow::stop) return;
            if (read_page(page) == Flow::stop) return;
        }
        if (end_thread() == Flow::stop || emit_coverage() == Flow::stop) return;
        tell();
    }

private:
    Flow emit_account() {
        Account account;
        if (survey_.my_id && me_.is_marked) account.native_id = std::to_string(*survey_.my_id);
        if (!me_.owner.person->name.empty()) account.names.push_back(me_.owner.person->name);
        account.evidence = me_.account_evidence;
        return sink_->accept(std::move(account), start_);
    }

    Flow read_page(const Page& page) {
        const auto inner = source_.open(*page.entry);
        ProgressStream counted(*inner, bytes_, context_.progress);
        const auto items = [&](Flow (Stream::*read)(const Item&, const Location&)) {
            return read_items(counted, *page.entry, [&, read](const Item& item, const Location& where) { return (this->*read)(item, where); });
        };
        MarkupOutcome outcome;
        switch (page.kind) {
            case PageKind::subscriptions:
                outcome = items(&Stream::read_subscription);
                break;
            case PageKind::friends:
                outcome = items(&Stream::read_friend);
                break;
            case PageKind::comments:
                outcome = items(&Stream::read_comment);
                break;
            case PageKind::likes:
                outcome = read_links(counted, *page.entry,
                                     [&](const Link& link, const Location& where) { return read_like(link, where); });
                break;
            case PageKind::messages:
                outcome = read_messages(counted, *page.entry,
                                        [&](const ThreadMessage& message,
                                            const Location& where) { return read_message(message, where); });
                is_thread_whole_ = is_thread_whole_ && outcome.end == MarkupEnd::complete;
                break;
            default:  // the profile and the index of threads, which the survey read
                return Flow::proceed;
        }
        if (outcome.end == MarkupEnd::stopped) return Flow::stop;
        if (outcome.end == MarkupEnd::complete) return Flow::proceed;
        outcome.problem.hint = msg("vk.rest_lost");
        return sink_->reject(std::move(outcome.problem), {});
    }

    Flow refuse(Message reason, const Location& where, std::string_view raw) {
        return sink_->reject(refusal(std::move(reason), where), raw);
    }

    std::optional<When> moment(const std::string& text) {
        const auto local = parse_vk_time(text);
        if (!local) return std::nullopt;
        const auto at = context_.zone ? context_.zone->to_instant(*local) : as_utc(*local);
        if (!at || *at < oldest || (context_.today != Date{} && *at >= context_.today +
                                    std::chrono::days{2})) return std::nullopt;
        ++local_times_;
        return When{.at = *at, .basis = context_.zone ? TimeBasis::local_assumed : TimeBasis::local_unknown, .written = {}};
    }

    /// Its Group record the first time it is met.
    Flow meet_community(const Address& address, std::string_view name) {
        const std::string key = address.key();
        if (!communities_.insert(key).second) return Flow::proceed;
        Group group;
        group.key = key;
        group.name = name;
        group.url = "https://vk.com/" + key;
        group.kind = GroupKind::community;
        return sink_->accept(std::move(group), start_);
    }

    Flow read_subscription(const Item& item, const Location& where) {
        const Link link = item.links.empty() ? Link{} : item.links.front();
        const Address address = parse_address(link.address);
        if (address.kind == Address::person) {  // VK lists people one follows here too
            Contact contact;
            contact.person = {address.key(), link.text};
            contact.url = link.address;
            contact.circle = "follow";
            contact.origin = "subscriptions";
            return sink_->accept(std::move(contact), where);
        }
        if (address.kind != Address::community && address.kind != Address::named)
            return refuse(msg("vk.no_community", arg("value", quote(link.address))), where, link.address + link.text);
        if (meet_community(address, link.text) == Flow::stop) return Flow::stop;
        Membership membership;
        membership.group = address.key();
        membership.event = MembershipEvent::member;
        membership.origin = membership.native_id = "subscriptions";
        membership.is_me = me_.is_marked;
        if (exported_at_) membership.at = When{.at = *exported_at_, .precision = Precision::day, .written = {}};
        return sink_->accept(std::move(membership), where);
    }

    Flow read_friend(const Item& item, const Location& where) {
        const Link link = item.links.empty() ? Link{} : item.links.front();
        const Address address = parse_address(link.address);
        if ((address.kind != Address::person && address.kind != Address::named) || link.text.empty())
            return refuse(msg("vk.no_person", arg("value", quote(link.address))), where, link.address + link.text);
        Contact contact;
        contact.person = {address.key(), link.text};
        contact.url = link.address;
        contact.origin = "friends";
        return sink_->accept(std::move(contact), where);
    }

    /// The first address of something that was written somewhere.
    static Address post_in(const Item& item) {
        for (const Link& link : item.links)
            for (const std::string& text : {link.address, link.text})
                if (Address address = parse_address(text); address.kind == Address::post) return address;
        for (const std::string& part : item.parts)
            if (Address address = parse_address(part); address.kind == Address::post) return address;
        return {};
    }

    Flow read_comment(const Item& item, const Location& where) {
        const Address address = post_in(item);
        const std::string written = item.parts.empty() ? std::string() : item.parts.back();
        if (address.kind != Address::post) return refuse(msg("vk.no_address"), where, written);
        if (address.owner > 0) {
            sink_->ignore("comment_outside_groups");
            return Flow::proceed;
        }
        const auto when = moment(written);
        if (!when) return refuse(msg("vk.impossible_date", arg("value", quote(written))), where, address.item + written);
        if (meet_community(address, {}) == Flow::stop) return Flow::stop;
        has_comments_ = true;
        Activity activity;
        activity.group = address.key();
        activity.native_id = address.item + '_' +
            (address.reply.empty() ? std::to_string(when->at.time_since_epoch().count()) : address.reply);
        activity.parent = address.thread.empty() ? address.item : address.item + '_' + address.thread;
        activity.kind = address.thread.empty() ? ActivityKind::comment : ActivityKind::reply;
        activity.author = *me_.owner.person;
        activity.is_me = me_.is_marked;
        activity.when = when;
        activity.attachments = item.attachments;
        const bool has_text = item.parts.size() > 1 && parse_address(item.parts.front()).kind == Address::unknown;
        if (has_text) activity.text = item.parts.front();
        return sink_->accept(std::move(activity), where);
    }

    Flow read_like(const Link& link, const Location& where) {
        const Address address = parse_address(link.address.empty() ? link.text : link.address);
        if (address.kind != Address::post) return Flow::proceed;  // from the index to its pages
        if (address.owner > 0) {
            sink_->ignore("like_outside_groups");
            return Flow::proceed;
        }
        if (meet_community(address, {}) == Flow::stop) return Flow::stop;
        Activity like;  // without a date: none is written
        like.group = address.key();
        like.parent = address.reply.empty() ? address.item : address.item + '_' + address.reply;
        like.native_id = "like:" + like.parent;
        like.kind = ActivityKind::reaction;
        like.author = *me_.owner.person;
        like.is_me = me_.is_marked;
        return sink_->accept(std::move(like), where);
    }

    Flow begin_thread(const Page& page) {
        if (end_thread() == Flow::stop) return Flow::stop;
        peer_ = page.peer;
        thread_entry_ = page.entry->path;
        others_ = false;
        my_messages_ = 0;
        is_thread_whole_ = true;
        first_at_ = last_at_ = std::nullopt;
        const auto number = parse_integer(peer_);
        thread_ = Group{};
        thread_.key = "im:" + peer_;
        if (const auto name = survey_.peers.find(peer_); name != survey_.peers.end()) thread_.name = name->second;
        thread_.kind = number && *number >= first_chat ? GroupKind::group_chat : GroupKind::direct;
        Location where;
        where.entry = thread_entry_;
        return sink_->accept(Group(thread_), where);
    }

    Flow read_message(const ThreadMessage& message, const Location& where) {
        if (message.deleted || message.is_service) {
            sink_->ignore(message.deleted ? "deleted_message" : "service_message");
            return Flow::proceed;
        }
        const auto when = moment(message.clock);
        if (!when) return refuse(msg("vk.impossible_date", arg("value", quote(message.clock))), where, message.id +
                                 message.clock);
        Activity activity;
        activity.group = thread_.key;
        activity.native_id = message.id;
        activity.kind = ActivityKind::message;
        activity.when = when;
        if (message.id.empty()) activity.when->written = message.clock;
        if (message.author) {
            const Address address = parse_address(message.author->address);
            activity.author = {address.key(), message.author->text};
            if (activity.author.key.empty()) activity.author.key = fold_name(message.author->text);
            activity.is_me = !me_.is_marked && (context_.me.match(message.author->text) ||
                                                context_.me.match(activity.author.key));
            activity.automatic = address.kind == Address::community && !activity.is_me;
        } else if (me_.is_marked) {
            activity.author = *me_.owner.person;
            activity.is_me = true;
        } else {
            activity.author = {survey_.my_id ? "id" + std::to_string(*survey_.my_id) : "owner", survey_.my_name};
        }
        activity.text = message.text;
        activity.links = message.shared;
        for (const Link& link : message.mentions) {
            const Address address = parse_address(link.address);
            const bool is_owner = survey_.my_id && address.kind == Address::person &&
                std::cmp_equal(address.owner, *survey_.my_id);
            if (is_owner && me_.is_marked && !activity.is_me) activity.mentions_me = true;
            if (address.kind == Address::unknown && link.address.starts_with("http") &&
                activity.text.find(link.address) == std::string::npos)
                activity.links.push_back(link.address);
        }
        activity.attachments = message.attachments;
        activity.edited = message.edited;
        if (activity.is_me) ++my_messages_;
        else others_ = true;
        if (!first_at_ || when->at < *first_at_) first_at_ = when->at;
        if (!last_at_ || when->at > *last_at_) last_at_ = when->at;
        return sink_->accept(std::move(activity), where);
    }

    Flow end_thread() {
        if (thread_entry_.empty()) return Flow::proceed;
        Coverage coverage;
        coverage.group = thread_.key;
        if (others_) {
            coverage.kind = CoverageKind::full;
            coverage.begin = first_at_;
        } else if (my_messages_ >= enough_of_mine) {
            coverage.kind = CoverageKind::own_only;
        }
        coverage.end = is_thread_whole_ ? exported_at_ : last_at_;
        Location where;
        where.entry = std::exchange(thread_entry_, {});
        return sink_->accept(std::move(coverage), where);
    }

    Flow emit_coverage() {
        for (const std::string& key : communities_) {
            Coverage coverage;  // what others wrote is never there
            coverage.group = key;
            coverage.kind = has_comments_ ? CoverageKind::own_only : CoverageKind::names_only;
            coverage.end = exported_at_;
            coverage.not_requested.emplace_back("vk.lack_others");
            if (sink_->accept(std::move(coverage), start_) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

    void tell() {
        if (local_times_ > 0 && !context_.zone)
            sink_->warn("local_times", msg("vk.local_times", arg("count", local_times_)), start_);
        if (!survey_.archive.has(PageKind::subscriptions)) sink_->lack(msg("vk.lack_communities"));
        if (!survey_.archive.has(PageKind::comments)) sink_->lack(msg("vk.lack_comments"));
        else if (!communities_.empty()) sink_->lack(msg("vk.lack_others"));
        if (!survey_.archive.has(PageKind::messages)) sink_->lack(msg("vk.lack_messages"));
    }

    const Source& source_;
    ReadContext context_;
    Survey survey_;
    Me me_;
    std::optional<Instant> exported_at_;
    RecordSink* sink_ = nullptr;
    Location start_;
    std::uint64_t bytes_ = 0, local_times_ = 0;
    std::set<std::string> communities_;  // told of
    bool has_comments_ = false;

    // The thread being read.
    std::string peer_, thread_entry_;
    Group thread_;
    bool others_ = false, is_thread_whole_ = true;
    std::uint64_t my_messages_ = 0;
    std::optional<Instant> first_at_, last_at_;
};

class VkConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "vk",
                                             .version = 1,
                                             .title = "VK archive (HTML)",
                                             .message = "vk.recognises",
                                             .how_to = "vk.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        int looks = 0;
        for (const Page& page : list_archive(source).pages) {
            if (page.kind == PageKind::friends || page.kind == PageKind::likes) continue;
            const std::string_view head = source.head(*page.entry);
            const bool has_number = owner_in_head(head).has_value();
            const bool has_style = head.find("class=\"item\"") != std::string_view::npos ||
                head.find("class='item'") != std::string_view::npos ||
                                   head.find("message__header") != std::string_view::npos;
            const bool has_name = head.find("vk.com/") != std::string_view::npos ||
                head.find("message-peer") != std::string_view::npos;
            if (has_number || (has_style && has_name))
                return Match{has_number ? Confidence::certain : Confidence::likely,
                             msg("vk.evidence", arg("file", std::string(page.entry->name())))};
            if (++looks == 3) break;
        }
        return std::nullopt;
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Survey found = survey(source);
        if (found.archive.pages.empty()) throw Error(refusal(msg("vk.not_an_archive"), {}, msg("vk.how_to")));
        return std::make_unique<Stream>(source, context, std::move(found));
    }
};

}  // namespace
}  // namespace vk

const Connector& vk_connector() {
    static const vk::VkConnector connector;
    return connector;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Reddit's data request: a flat ZIP of CSV tables with everything I did, and nobody else's posts. See format.md.
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/csv_table.hpp"
#include "connectors/progress.hpp"
#include "connectors/reddit/tables.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace reddit {
namespace {

constexpr std::string_view platform = "reddit";
constexpr std::size_t heads_to_check = 3;
constexpr std::size_t most_candidates = 10;
constexpr std::size_t telling_conversations = 3;  // fewer could have the same two people in all of them
const Instant founded = std::chrono::sys_days(std::chrono::year(2005) / 6 / 1);

std::string dm_key(std::string_view other) { return "dm:" + fold_name(other); }
std::string chat_key(std::string_view channel) { return "chat:" + std::string(trim(channel)); }

/// A chat room as the first pass saw it.
struct Channel {
    std::set<std::string> authors;  // as written; three are enough to know that it is no chat of two
    bool stated_direct = false, stated_group = false;
    [[nodiscard]] bool is_direct() const { return stated_direct || (!stated_group && authors.size() <= 2); }
};

struct Correspondent {
    std::string name;
    std::set<std::string> conversations;
    std::uint64_t messages = 0;
};

/// What must be known before the first record: who I am, when this was made, how many people are in each chat.
struct Survey {
    std::string account;
    std::optional<Instant> exported;
    std::map<std::string, Channel> channels;
    std::map<std::string, Correspondent> people;  // by folded name; only where the account is not stated
    std::set<std::string> conversations;
};

class Surveyor {
public:
    explicit Surveyor(Survey& survey) : survey_(survey) {}

    void read(Table kind, CsvTable& table) {
        if (fit(kind, table.columns()) == Fit::none) return;
        if (kind == Table::statistics) read_statistics(table);
        if (kind == Table::messages) read_messages(table);
        if (kind == Table::chat) read_chat(table);
    }

private:
    void read_statistics(CsvTable& table) {
        const auto statistic = table.find({"statistic"}), value = table.find({"value"});
        while (table.next()) {
            const std::string name = fold_search(table.cell(statistic));
            if (name == "account name") survey_.account = bare_name(table.cell(value));
            if (name == "export time") survey_.exported = parse_date(table.cell(value));
        }
    }
    void read_messages(CsvTable& table) {
        const auto from = table.find({"from"}), to = table.find({"to"});
        while (table.next()) {
            if (!table.fault().empty()) continue;
            std::array<std::string, 2> pair{fold_name(bare_name(table.cell(from))), fold_name(bare_name(table.cell(to)))};
            std::ranges::sort(pair);
            const std::string conversation = "dm:" + pair[0] + "+" + pair[1];
            see(table.cell(from), conversation, 1);
            see(table.cell(to), conversation, 0);
        }
    }
    void read_chat(CsvTable& table) {
        const auto channel = table.find({"channel_url"}), author = table.find({"username"});
        const auto type = table.find({"conversation_type"}), subreddit = table.find({"subreddit"});
        while (table.next()) {
            if (!table.fault().empty()) continue;
            const std::string key = chat_key(table.cell(channel));
            Channel& seen = survey_.channels[key];
            const std::string_view name = bare_name(table.cell(author));
            if (!name.empty() && seen.authors.size() < 3) seen.authors.emplace(name);
            const std::string stated = fold_search(table.cell(type));
            seen.stated_direct = seen.stated_direct || stated.find("direct") != std::string::npos || stated == "dm";
            seen.stated_group =
                seen.stated_group || stated.find("group") != std::string::npos || !trim(table.cell(subreddit)).empty();
            see(name, key, 1);
        }
    }
    void see(std::string_view name, const std::string& conversation, std::uint64_t messages) {
        name = bare_name(name);
        if (name.empty() || is_robot(name)) return;
        survey_.conversations.insert(conversation);
        Correspondent& person = survey_.people[fold_name(name)];
        if (person.name.empty()) person.name = name;
        person.messages += messages;
        person.conversations.insert(conversation);
    }

    Survey& survey_;
};

/// "export_mira_20260102" -> "mira".
std::string name_in_label(std::string_view stem) {
    constexpr std::string_view mark = "export_";
    const std::size_t at = stem.find(mark), end = stem.rfind('_');
    if (at == std::string_view::npos || end <= at + mark.size()) return {};
    const std::string_view date = stem.substr(end + 1, stem.find_first_not_of("0123456789", end + 1) - end - 1);
    return date.size() == 8 ? std::string(stem.substr(at + mark.size(), end - at - mark.size())) : std::string();
}
/// ... and its day, as the end of it.
std::optional<Instant> day_in_label(std::string_view stem) {
    if (name_in_label(stem).empty()) return std::nullopt;
    const std::string_view date = stem.substr(stem.rfind('_') + 1, 8);
    const auto local = parse_local(date, "%Y%m%d");
    const auto day = local ? as_utc(*local) : std::nullopt;
    return day ? std::optional(*day + std::chrono::days(1) - std::chrono::seconds(1)) : std::nullopt;
}

struct Me {
    Owner owner;
    std::string account_evidence;
    [[nodiscard]] bool is(std::string_view name) const {
        return owner.person && !name.empty() && owner.person->key == fold_name(bare_name(name));
    }
};

void settle(Me& me, std::string_view name, Message evidence, bool from_export) {
    me.owner.person = Person{.key = fold_name(name), .name = std::string(name)};
    me.owner.evidence = std::move(evidence);
    me.owner.from_export = from_export;
    me.account_evidence = from_export ? "account.from_export" : "account.from_profile";
}

Me find_owner(const Survey& survey, const std::string& labelled, const Identities& identities) {
    Me me;
    const auto by_identity = [&] {
        const auto found =
            std::ranges::find_if(survey.people, [&](const auto& each) { return identities.match(each.second.name); });
        if (found == survey.people.end()) return false;
        settle(me, found->second.name, msg("reddit.owner_identity", arg("name", found->second.name)), false);
        return true;
    };
    if (identities.forced && by_identity()) return me;
    if (!survey.account.empty()) {
        settle(me, survey.account, msg("reddit.owner_statistics", arg("name", survey.account)), !identities.forced);
        return me;
    }
    if (by_identity()) return me;
    if (!labelled.empty()) {
        settle(me, labelled, msg("reddit.owner_label", arg("name", labelled)), !identities.forced);
        return me;
    }
    std::vector<const Correspondent*> ranked;
    for (const auto& [key, person] : survey.people) ranked.push_back(&person);
    std::ranges::stable_sort(ranked, [](const Correspondent* a, const Correspondent* b) {
        return std::pair(a->conversations.size(), a->messages) > std::pair(b->conversations.size(), b->messages);
    });
    // Only the owner is in every conversation.
    const std::size_t all = survey.conversations.size();
    if (all >= telling_conversations && !ranked.empty() && ranked[0]->conversations.size() == all &&
        (ranked.size() < 2 || ranked[1]->conversations.size() < all)) {
        settle(me, ranked[0]->name, msg("reddit.owner_everywhere", arg("count", all)), !identities.forced);
        return me;
    }
    if (ranked.empty()) {  // posts, comments and votes are one's own by their format
        const std::string name = !identities.handles.empty() ? identities.handles.front()
                                 : !identities.names.empty() ? identities.names.front()
                                                             : std::string();
        settle(me, name, msg("reddit.owner_own_tables"), false);
        if (me.owner.person->key.empty()) me.owner.person->key = "me";
        return me;
    }
    for (const Correspondent* person : ranked) {
        if (me.owner.candidates.size() == most_candidates) break;
        me.owner.candidates.push_back({.person = {fold_name(person->name), person->name},
                                       .activities = person->messages,
                                       .evidence = msg("reddit.candidate", arg("count", person->conversations.size()))});
    }
    return me;
}

class Reader final : public RecordStream {
public:
    Reader(const Source& source, const ReadContext& context, Layout layout)
        : source_(source), context_(context), layout_(std::move(layout)) {
        Surveyor surveyor(survey_);
        visit({Table::statistics, Table::messages, Table::chat}, [&](Table kind, const Entry& entry, ByteStream& stream) {
            try {
                CsvTable table(stream, entry.path);
                surveyor.read(kind, table);
            } catch (const Error&) {
                // Told when it is read.
            }
        });
        me_ = find_owner(survey_, name_in_label(source.stem()), context.me);
        if (!survey_.account.empty() || me_.owner.person) survey_.people.clear();
        exported_at_ = survey_.exported ? survey_.exported : day_in_label(source.stem());
        if (!exported_at_) exported_at_ = export_instant(source, context.zone);
    }

    [[nodiscard]] const Owner& owner() const override { return me_.owner; }
    [[nodiscard]] std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        stopped_ = false;
        bytes_ = 0;
        groups_.clear();
        tell_account();
        for (const FoundFile& file : layout_.files)
            if (!stopped_ && file.table == Table::not_read) sink.ignore(file.ignored_as);
        using enum Table;
        visit({subscribed, moderated, approved, posts, comments, post_votes, comment_votes, messages, chat, friends},
              [this](Table kind, const Entry& entry, ByteStream& stream) {
                  try {
                      ProgressStream counted(stream, bytes_, context_.progress);
                      CsvTable table(counted, entry.path);
                      read_table(kind, table, entry);
                  } catch (const Error& error) {
                      // The rest of this table is lost; the others may be whole.
                      if (sink_->reject(error.problem(), {}) == Flow::stop) stopped_ = true;
                  }
              });
        if (!stopped_) tell_coverage();
        if (stopped_) return;
        sink.lack(msg("reddit.lack_others"));
        sink.lack(msg("reddit.lack_dates"));
    }

private:
    /// What was seen of a group.
    struct Use {
        bool has_activity = false;
        bool has_others = false;
        bool is_conversation = false;
        std::optional<Instant> first;
    };

    template <class Visit>
    void visit(std::initializer_list<Table> wanted, Visit each) {
        const auto kind_of = [this](const Entry& entry) {
            const auto found =
                std::ranges::find(layout_.files, entry.path, [](const FoundFile& file) { return file.entry->path; });
            return found == layout_.files.end() ? Table::not_read : found->table;
        };
        source_.for_each([&](const Entry& entry) { return std::ranges::find(wanted, kind_of(entry)) != wanted.end(); },
                         [&](const Entry& entry, ByteStream& stream) {
                             each(kind_of(entry), entry, stream);
                             return stopped_ ? Flow::stop : Flow::proceed;
                         });
    }

    void read_table(Table kind, CsvTable& table, const Entry& entry) {
        if (table.columns().empty()) return;
        if (fit(kind, table.columns()) == Fit::none) {
            sink_->warn("unknown_header", msg("reddit.unknown_header", arg("file", entry.name())), {.entry = entry.path});
            return;
        }
        using enum Table;
        switch (kind) {
            case subscribed: return read_subreddits(table, MembershipEvent::member, Role::member, "subscribed_subreddits");
            case moderated: return read_subreddits(table, MembershipEvent::member, Role::moderator, "moderated_subreddits");
            case approved: return read_subreddits(table, MembershipEvent::unknown, Role::none, "approved_submitter_subreddits");
            case posts: return read_posts(table);
            case comments: return read_comments(table);
            case post_votes: return read_votes(table, "t3_");
            case comment_votes: return read_votes(table, "t1_");
            case messages: return read_messages(table);
            case chat: return read_chat(table);
            case friends: return read_friends(table);
            case statistics:
            case not_read: return;
        }
    }

    /// The next whole row; what is none is refused on the way.
    bool next(CsvTable& table) {
        while (!stopped_ && table.next()) {
            Message fault = table.fault();
            if (fault.empty()) return true;
            reject(table, std::move(fault));
        }
        return false;
    }
    void accept(const CsvTable& table, Record record) {
        if (!stopped_ && sink_->accept(std::move(record), table.where()) == Flow::stop) stopped_ = true;
    }
    void reject(const CsvTable& table, Message reason) {
        if (!stopped_ && sink_->reject(refusal(std::move(reason), table.where()), table.raw()) == Flow::stop) stopped_ = true;
    }

    /// False when the row was refused.
    bool date(const CsvTable& table, std::optional<std::size_t> column, std::optional<When>& when) {
        const std::string_view cell = table.cell(column);
        if (is_undated(cell)) return true;
        const auto at = parse_date(cell);
        const bool possible = at && *at >= founded && (context_.today == Date{} || *at < context_.today + std::chrono::days(2));
        if (!at) reject(table, msg("reddit.bad_date", arg("value", quote(cell))));
        else if (!possible) reject(table, msg("reddit.impossible_date", arg("value", quote(cell))));
        if (possible) when = When{.at = *at};
        return possible;
    }
    bool has_id(const CsvTable& table, std::string_view id) {
        if (id.empty()) reject(table, msg("reddit.no_id"));
        return !id.empty();
    }

    /// The key of a subreddit, told of when it is met first. Files differ in case: the first spelling is shown.
    std::string subreddit(const CsvTable& table, std::string_view name) {
        name = bare_name(name);
        std::string key = fold_name(name);
        if (key.empty() || !groups_.try_emplace(key).second) return key;
        accept(table, Group{.platform = std::string(platform),
                            .key = key,
                            .name = "r/" + std::string(name),
                            .url = "https://www.reddit.com/r/" + std::string(name) + "/",
                            .kind = GroupKind::forum});
        return key;
    }
    void conversation(const CsvTable& table, const std::string& key, std::string name, GroupKind kind) {
        const auto [place, is_new] = groups_.try_emplace(key);
        if (!is_new) return;
        place->second.is_conversation = true;
        accept(table, Group{.platform = std::string(platform), .key = key, .name = std::move(name), .kind = kind});
    }
    void send(const CsvTable& table, Activity activity) {
        if (!activity.group.empty()) {
            Use& use = groups_[activity.group];
            use.has_activity = true;
            use.has_others = use.has_others || (!activity.is_me && !activity.automatic);
            if (activity.when && (!use.first || activity.when->at < *use.first)) use.first = activity.when->at;
        }
        accept(table, std::move(activity));
    }
    [[nodiscard]] Activity mine(ActivityKind kind) const {
        return {.platform = std::string(platform),
                .author = me_.owner.person.value_or(Person{}),
                .is_me = me_.owner.person.has_value(),
                .kind = kind};
    }

    void read_subreddits(CsvTable& table, MembershipEvent event, Role role, std::string_view origin) {
        const auto column = table.find({"subreddit"});
        while (next(table)) {
            const std::string_view name = bare_name(table.cell(column));
            if (name.empty()) {
                reject(table, msg("reddit.nameless"));
            } else if (is_profile(name)) {
                sink_->ignore("user_profile");
            } else {
                Membership membership{
                    .platform = std::string(platform), .group = subreddit(table, name), .event = event, .role = role};
                membership.origin = origin;
                accept(table, std::move(membership));
            }
        }
    }

    /// The subreddit of a row, from its column or its address. False where it is somebody's profile, which is no group.
    bool place(const CsvTable& table, std::optional<std::size_t> column, const Permalink& link, std::string& key) {
        const std::string_view stated = bare_name(table.cell(column));
        const std::string_view name = stated.empty() ? std::string_view(link.subreddit) : stated;
        if (is_profile(name) || (name.empty() && link.of_user)) {
            sink_->ignore("user_profile");
            return false;
        }
        key = subreddit(table, name);
        return true;
    }

    void read_posts(CsvTable& table) {
        const auto id = table.find({"id"}), permalink = table.find({"permalink"}), when = table.find({"date"});
        const auto where = table.find({"subreddit"}), title = table.find({"title"}), url = table.find({"url"}),
                   body = table.find({"body"});
        while (next(table)) {
            Activity activity = mine(ActivityKind::post);
            const std::string_view native = trim(table.cell(id)), address = trim(table.cell(url));
            const Permalink link = parse_permalink(table.cell(permalink));
            if (!has_id(table, native) || !date(table, when, activity.when) || !place(table, where, link, activity.group))
                continue;
            activity.native_id = "t3_" + std::string(native);
            activity.text = table.cell(title);
            if (const std::string_view text = written(table.cell(body)); !text.empty())
                activity.text += (activity.text.empty() ? "" : "\n\n") + std::string(text);
            if (!address.empty() && parse_permalink(address).post != native) {
                if (is_upload(address)) activity.attachments = 1;
                else activity.links.emplace_back(address);
            }
            send(table, std::move(activity));
        }
    }

    void read_comments(CsvTable& table) {
        const auto id = table.find({"id"}), permalink = table.find({"permalink"}), when = table.find({"date"});
        const auto where = table.find({"subreddit"}), parent = table.find({"parent"}), post = table.find({"link"});
        const auto body = table.find({"body"}), media = table.find({"media"});
        while (next(table)) {
            Activity activity = mine(ActivityKind::comment);
            const std::string_view native = trim(table.cell(id));
            const Permalink link = parse_permalink(table.cell(permalink));
            if (!has_id(table, native) || !date(table, when, activity.when) || !place(table, where, link, activity.group))
                continue;
            activity.native_id = "t1_" + std::string(native);
            activity.parent = trim(table.cell(parent));
            if (activity.parent.starts_with("t1_")) activity.kind = ActivityKind::reply;
            if (activity.parent.empty()) {
                const Permalink of_post = parse_permalink(table.cell(post));
                const std::string& found = of_post.post.empty() ? link.post : of_post.post;
                if (!found.empty()) activity.parent = "t3_" + found;
            }
            activity.text = written(table.cell(body));
            activity.attachments = trim(table.cell(media)).empty() ? 0 : 1;
            send(table, std::move(activity));
        }
    }

    void read_votes(CsvTable& table, std::string_view prefix) {
        const auto id = table.find({"id"}), permalink = table.find({"permalink"}), direction = table.find({"direction"});
        while (next(table)) {
            const std::string_view native = trim(table.cell(id));
            const std::string way = fold_search(table.cell(direction));
            if (way == "none" || way == "removed") {
                sink_->ignore("withdrawn_vote");
                continue;
            }
            if (way != "up" && way != "down") {
                reject(table, msg("reddit.bad_direction", arg("value", quote(table.cell(direction)))));
                continue;
            }
            Activity activity = mine(ActivityKind::vote);
            if (!has_id(table, native) || !place(table, std::nullopt, parse_permalink(table.cell(permalink)), activity.group))
                continue;
            activity.parent = std::string(prefix) + std::string(native);
            activity.native_id = "v:" + activity.parent;
            send(table, std::move(activity));
        }
    }

    void read_messages(CsvTable& table) {
        const auto id = table.find({"id"}), when = table.find({"date"}), thread = table.find({"thread_id"});
        const auto from = table.find({"from"}), to = table.find({"to"}), subject = table.find({"subject"}),
                   body = table.find({"body"});
        while (next(table)) {
            Activity activity{.platform = std::string(platform), .kind = ActivityKind::message};
            const std::string_view native = trim(table.cell(id)), sender = bare_name(table.cell(from)),
                                   reader = bare_name(table.cell(to));
            if (!has_id(table, native) || !date(table, when, activity.when)) continue;
            if (sender.empty() && reader.empty()) {
                reject(table, msg("reddit.nobody"));
                continue;
            }
            write_author(activity, sender);
            const std::string_view other = activity.is_me || sender.empty() ? reader : sender;
            activity.group =
                me_.owner.person ? dm_key(other) : dm_key(std::min(sender, reader)) + "+" + fold_name(std::max(sender, reader));
            conversation(table, activity.group, std::string(other), GroupKind::direct);
            activity.native_id = native;
            if (const std::string_view root = trim(table.cell(thread)); root != native) activity.parent = root;
            activity.text = written(table.cell(body));
            if (activity.text.empty()) activity.text = table.cell(subject);
            send(table, std::move(activity));
        }
    }

    void read_chat(CsvTable& table) {
        const auto id = table.find({"message_id"}), when = table.find({"created_at"}), author = table.find({"username"});
        const auto text = table.find({"message"}), parent = table.find({"thread_parent_message_id"}),
                   room = table.find({"channel_url"});
        const auto where = table.find({"subreddit"}), name = table.find({"channel_name"});
        while (next(table)) {
            Activity activity{.platform = std::string(platform), .kind = ActivityKind::message};
            const std::string_view native = trim(table.cell(id));
            if (!has_id(table, native) || !date(table, when, activity.when)) continue;
            if (trim(table.cell(room)).empty()) {
                reject(table, msg("reddit.no_channel"));
                continue;
            }
            activity.group = chat_key(table.cell(room));
            tell_channel(table, activity.group, trim(table.cell(name)), bare_name(table.cell(where)));
            write_author(activity, bare_name(table.cell(author)));
            activity.native_id = native;
            activity.parent = trim(table.cell(parent));
            if (!activity.parent.empty()) activity.kind = ActivityKind::reply;
            activity.text = written(table.cell(text));
            send(table, std::move(activity));
        }
    }
    void tell_channel(const CsvTable& table, const std::string& key, std::string_view name, std::string_view of_subreddit) {
        if (groups_.contains(key)) return;
        const Channel& channel = survey_.channels[key];
        std::string others;
        for (const std::string& author : channel.authors)
            if (!me_.is(author)) others += (others.empty() ? "" : ", ") + author;
        const bool direct = channel.is_direct();
        std::string shown(direct && !others.empty() ? std::string_view(others) : name);
        if (shown.empty()) shown = of_subreddit.empty() ? others : "r/" + std::string(of_subreddit);
        conversation(table, key, std::move(shown), direct ? GroupKind::direct : GroupKind::group_chat);
    }
    void write_author(Activity& activity, std::string_view name) const {
        activity.is_me = me_.is(name);
        activity.automatic = is_robot(name);
        if (activity.is_me) activity.author = *me_.owner.person;
        else if (!name.empty() && name != "[deleted]") activity.author = {.key = fold_name(name), .name = std::string(name)};
    }

    void read_friends(CsvTable& table) {
        const auto column = table.find({"username"});
        while (next(table)) {
            const std::string_view name = bare_name(table.cell(column));
            if (name.empty()) {
                reject(table, msg("reddit.nameless"));
                continue;
            }
            accept(table, Contact{.platform = std::string(platform),
                                  .person = {.key = fold_name(name), .name = std::string(name)},
                                  .url = "https://www.reddit.com/user/" + std::string(name) + "/",
                                  .circle = "follow",
                                  .origin = "friends"});
        }
    }

    /// What I wrote, or nothing where only the trace of it is left.
    static std::string_view written(std::string_view body) {
        const std::string_view text = trim(body);
        return text == "[deleted]" || text == "[removed]" ? std::string_view() : text;
    }
    static bool is_upload(std::string_view url) {
        return std::ranges::any_of(std::array{"//i.redd.it/", "//v.redd.it/", "//preview.redd.it/", "reddit.com/gallery/"},
                                   [url](std::string_view mark) { return url.find(mark) != std::string_view::npos; });
    }

    void emit(Record record) {
        if (!stopped_ && sink_->accept(std::move(record), {}) == Flow::stop) stopped_ = true;
    }
    void tell_account() {
        if (!me_.owner.person || me_.owner.person->name.empty()) return;
        Account account{.platform = std::string(platform), .handle = me_.owner.person->name, .evidence = me_.account_evidence};
        account.names.push_back(me_.owner.person->name);
        emit(std::move(account));
    }
    void tell_coverage() {
        emit(Coverage{.platform = std::string(platform), .kind = CoverageKind::own_only, .end = exported_at_});
        for (const auto& [key, use] : groups_) {
            Coverage coverage{.platform = std::string(platform), .group = key, .end = exported_at_};
            coverage.kind = !use.has_activity                       ? CoverageKind::names_only
                            : use.is_conversation && use.has_others ? CoverageKind::full
                                                                    : CoverageKind::own_only;
            if (coverage.kind == CoverageKind::full) coverage.begin = use.first;
            emit(std::move(coverage));
        }
    }

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    Survey survey_;
    Me me_;
    std::optional<Instant> exported_at_;

    RecordSink* sink_ = nullptr;  // during read_into
    bool stopped_ = false;
    std::map<std::string, Use> groups_;
    std::uint64_t bytes_ = 0;
};

class RedditConnector final : public Connector {
public:
    [[nodiscard]] const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "reddit",
                                             .version = 1,
                                             .title = "Reddit data request (CSV)",
                                             .message = "reddit.recognises",
                                             .how_to = "reddit.how_to"};
        return about;
    }

    [[nodiscard]] std::optional<Match> detect(const Source& source) const override {
        const Layout layout = lay_out(source);
        // What stands beside it in a folder may be somebody else's: let each sub-folder be offered alone.
        if (source.kind() == SourceKind::folder && !layout.holds_all) return std::nullopt;
        std::vector<const FoundFile*> tables;
        for (const FoundFile& file : layout.files)
            if (file.table != Table::not_read) tables.push_back(&file);
        std::ranges::stable_sort(tables, {}, [](const FoundFile* file) { return is_plain(file->table); });
        std::size_t weak = 0;
        const FoundFile* named = nullptr;  // "subscribed_subreddits.csv" says enough; "friends.csv" alone does not
        for (std::size_t i = 0; i < tables.size() && i < heads_to_check; ++i) {
            const Fit found = fit(tables[i]->table, csv_columns(source.head(*tables[i]->entry)));
            if (found == Fit::strong) return match(Confidence::certain, *tables[i]);
            if (found == Fit::none) continue;
            ++weak;
            if (fold_search(tables[i]->entry->name()).find("subreddits") != std::string::npos) named = tables[i];
        }
        if (named == nullptr) return std::nullopt;
        return match(weak > 1 ? Confidence::certain : Confidence::likely, *named);
    }

    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Layout layout = lay_out(source);
        const bool readable = std::ranges::any_of(layout.files, [&](const FoundFile& file) {
            return file.table != Table::not_read && fit(file.table, csv_columns(source.head(*file.entry))) != Fit::none;
        });
        if (!readable) throw Error(refusal(msg("reddit.not_an_export"), {.entry = source.label()}, msg("reddit.how_to")));
        return std::make_unique<Reader>(source, context, std::move(layout));
    }

private:
    /// Tables whose columns others could have too.
    static bool is_plain(Table table) {
        using enum Table;
        return table == statistics || table == friends || table == subscribed || table == moderated || table == approved;
    }
    static Match match(Confidence confidence, const FoundFile& file) {
        return {.confidence = confidence, .evidence = msg("reddit.evidence", arg("file", file.entry->name()))};
    }
};

}  // namespace
}  // namespace reddit

const Connector& reddit_connector();
const Connector& reddit_connector() {
    static const reddit::RedditConnector connector;
    return connector;
}

}  // namespace secateur

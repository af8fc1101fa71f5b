// SPDX-License-Identifier: GPL-3.0-or-later
// The data dump of one site of Stack Exchange. See format.md.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/progress.hpp"
#include "connectors/stackexchange/dump.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace stackexchange {
namespace {

constexpr Instant oldest = std::chrono::sys_days{std::chrono::year{2008} / 1 / 1};  // the first site opened that summer
// No site has so many posts; recent dumps hold two made-up ones from here on.
constexpr std::int64_t first_fabricated = 1'000'000'000;
constexpr std::int64_t community = -1;                    // the site itself
constexpr std::size_t topics_kept = 12;
constexpr std::size_t most_candidates = 10;

/// Who I am on this site: one user by name, by number where several share the name, or by number alone.
struct Me {
    std::optional<User> user;
    Owner owner;
};

Me settle_owner(const Users& users, const Identities& identities) {
    Me me;
    const auto has_number = [&](const User& user) {
        return std::ranges::any_of(
            identities.ids, [&](const std::string& id) { return id == user.id || (!id.empty() && id == user.account_id); });
    };
    std::vector<User> found;
    for (const User& user : users.matches)
        if (identities.match(user.name)) found.push_back(user);
    const std::vector<User> named = found;
    if (found.size() != 1) {  // names are not unique here, numbers are
        if (found.empty()) found = users.matches;
        std::erase_if(found, [&](const User& user) { return !has_number(user); });
    }
    if (found.size() == 1) me.user = found.front();
    if (me.user) {
        me.owner.person = Person{.key = me.user->id, .name = me.user->name};
        me.owner.evidence = msg("stackexchange.owner", arg("name", me.user->name), arg("id", me.user->id));
        return me;
    }
    for (const User& user : named) {
        if (me.owner.candidates.size() == most_candidates) break;
        me.owner.candidates.push_back({.person = {.key = user.id, .name = user.name},
                                       .activities = 0,
                                       .evidence = msg("stackexchange.candidate", arg("id", user.id))});
    }
    return me;
}

/// The whole row, for the quarantine's hash.
std::string raw_of(const MarkupTag& row) {
    std::string raw;
    for (const MarkupAttribute& each : row.attributes) raw.append(each.name).append("=").append(each.value).append("\n");
    return raw;
}

class Reader {
public:
    Reader(const std::string& site, const Users& users, const Me& me, const ReadContext& context, RecordSink& sink)
        : site_(site), users_(users), my_id_(me.user ? me.user->id : std::string()), context_(context), sink_(sink) {}

    Flow take(FileKind kind, const MarkupTag& row, const Location& where) {
        switch (kind) {
            case FileKind::posts: return read_post(row, where);
            case FileKind::comments: return read_comment(row, where);
            default: return read_vote(row, where);
        }
    }

    [[nodiscard]] std::optional<When> time_of(std::string_view written) const {
        const auto parsed = parse_rfc3339(written, &utc_);  // UTC, and no word of it
        if (!parsed) return std::nullopt;
        return When{.at = parsed->at, .precision = parsed->precision, .written = {}};
    }
    [[nodiscard]] bool is_plausible(Instant at) const {
        return at >= oldest && (context_.today == Date{} || at < context_.today + std::chrono::days{2});
    }
    [[nodiscard]] std::optional<Instant> begin() const { return begin_; }
    [[nodiscard]] std::optional<Instant> end() const { return end_; }
    [[nodiscard]] bool has_others() const noexcept { return has_others_; }
    [[nodiscard]] bool has_mine() const noexcept { return !my_posts_.empty() || has_my_comments_; }

private:
    Flow refuse(Message reason, const MarkupTag& row, const Location& where) {
        return sink_.reject(refusal(std::move(reason), where), raw_of(row));
    }
    Flow ignore(std::string_view reason) {
        sink_.ignore(reason);
        return Flow::proceed;
    }

    /// Number and date, which every row has; an empty message when both are right.
    Message check(const MarkupTag& row, std::optional<std::int64_t>& id, std::optional<When>& when) const {
        id = parse_integer(row["Id"]);
        if (!id) return msg("stackexchange.no_id", arg("value", quote(row["Id"])));
        when = time_of(row["CreationDate"]);
        if (!when) return msg("stackexchange.no_date", arg("value", quote(row["CreationDate"])));
        if (!is_plausible(when->at)) return msg("stackexchange.impossible_date", arg("value", quote(row["CreationDate"])));
        return {};
    }

    [[nodiscard]] Person person(std::string_view id, std::string_view name) const {
        if (id.empty())
            return {.key = fold_name(name), .name = std::string(name)};  // a deleted account: its last name, if anything
        const auto number = parse_integer(id);
        const std::string_view known = number ? users_.names.find(*number) : std::string_view();
        return {.key = std::string(id), .name = std::string(known.empty() ? name : known)};
    }

    Flow emit(Activity activity, const Location& where) {
        activity.group = site_;
        activity.is_me = !my_id_.empty() && activity.author.key == my_id_;
        activity.automatic = activity.author.key == std::to_string(community);
        if (!activity.is_me) has_others_ = true;
        begin_ = std::min(begin_.value_or(activity.when->at), activity.when->at);
        end_ = std::max(end_.value_or(activity.when->at), activity.when->at);
        return sink_.accept(std::move(activity), where);
    }

    Flow read_post(const MarkupTag& row, const Location& where) {
        std::optional<std::int64_t> id;
        std::optional<When> when;
        if (Message fault = check(row, id, when); !fault.empty()) return refuse(std::move(fault), row, where);
        if (*id >= first_fabricated) return ignore("fabricated_post");
        const auto type = parse_integer(row["PostTypeId"]);
        if (!type) return refuse(msg("stackexchange.no_type", arg("value", quote(row["PostTypeId"]))), row, where);
        if (*type != 1 && *type != 2) return ignore("wiki_or_notice");  // texts of the site, not of a person
        Activity activity;
        activity.native_id = "p" + std::to_string(*id);
        activity.author = person(row["OwnerUserId"], row["OwnerDisplayName"]);
        activity.when = when;
        activity.kind = *type == 1 ? ActivityKind::post : ActivityKind::reply;
        if (const auto parent = row["ParentId"]; *type == 2 && !parent.empty()) {
            activity.parent = "p" + std::string(parent);
            activity.parent_is_me = my_posts_.contains(activity.parent);
        }
        activity.edited = row.has("LastEditDate");
        HtmlText body = text_of_html(row["Body"]);
        activity.text = row["Title"];
        if (!activity.text.empty() && !body.text.empty()) activity.text += "\n\n";
        activity.text += body.text;
        activity.links = std::move(body.links);
        if (!my_id_.empty() && activity.author.key == my_id_) my_posts_.insert(activity.native_id);
        return emit(std::move(activity), where);
    }

    Flow read_comment(const MarkupTag& row, const Location& where) {
        std::optional<std::int64_t> id;
        std::optional<When> when;
        if (Message fault = check(row, id, when); !fault.empty()) return refuse(std::move(fault), row, where);
        const auto post = parse_integer(row["PostId"]);
        if (post && *post >= first_fabricated) return ignore("fabricated_post");
        Activity activity;
        activity.native_id = "c" + std::to_string(*id);
        activity.author = person(row["UserId"], row["UserDisplayName"]);
        activity.when = when;
        activity.kind = ActivityKind::comment;
        if (post) {
            activity.parent = "p" + std::to_string(*post);
            activity.parent_is_me = my_posts_.contains(activity.parent);
        }
        activity.text = row["Text"];
        has_my_comments_ = has_my_comments_ || (!my_id_.empty() && activity.author.key == my_id_);
        return emit(std::move(activity), where);
    }

    /// Dumps name the voter only of bookmarks and bounties, and older ones at that.
    Flow read_vote(const MarkupTag& row, const Location& where) {
        if (row["UserId"].empty()) return ignore("anonymous_vote");
        std::optional<std::int64_t> id;
        std::optional<When> when;
        if (Message fault = check(row, id, when); !fault.empty()) return refuse(std::move(fault), row, where);
        when->precision = Precision::day;  // cut to the day
        Activity activity;
        activity.native_id = "v" + std::to_string(*id);
        activity.author = person(row["UserId"], {});
        activity.when = when;
        activity.kind = ActivityKind::vote;
        if (const auto post = row["PostId"]; !post.empty()) {
            activity.parent = "p" + std::string(post);
            activity.parent_is_me = my_posts_.contains(activity.parent);
        }
        return emit(std::move(activity), where);
    }

    const std::string& site_;
    const Users& users_;
    const Zone utc_ = Zone::utc();
    std::string my_id_;
    const ReadContext& context_;
    RecordSink& sink_;
    std::unordered_set<std::string> my_posts_;  // questions stand before their answers, posts before comments
    std::optional<Instant> begin_, end_;
    bool has_others_ = false, has_my_comments_ = false;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const ReadContext& context, Layout layout)
        : source_(source), context_(context), layout_(std::move(layout)), exported_at_(export_instant(source, context.zone)) {
        if (const DumpFile* users = layout_.find(FileKind::users))
            users_ = read_users(*source_.open(*users->entry), users->entry->path, context.me);
        me_ = settle_owner(users_, context.me);
    }

    const Owner& owner() const override { return me_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        Location start;
        start.entry = layout_.files.front().entry->path;
        Reader reader(layout_.site, users_, me_, context_, sink);
        if (!layout_.is_named)
            sink.warn("site_named_after_folder", msg("stackexchange.site_unknown", arg("name", layout_.site)), start);
        if (emit_group(sink, start) == Flow::stop || emit_me(reader, sink, start) == Flow::stop) return;
        std::uint64_t bytes = 0;
        for (const DumpFile& file : layout_.files) {
            switch (file.kind) {
                case FileKind::users:
                    sink.ignore("other_user", users_.names.size() - (me_.user ? 1 : 0));
                    continue;
                case FileKind::tags: continue;
                case FileKind::unread: sink.ignore("file_not_read"); continue;
                default: break;
            }
            const auto inner = source_.open(*file.entry);
            ProgressStream counted(*inner, bytes, context_.progress);
            MarkupOutcome outcome = read_rows(counted, file.entry->path, [&](const MarkupTag& row, const Location& where) {
                return reader.take(file.kind, row, where);
            });
            if (outcome.end == MarkupEnd::stopped) return;
            if (outcome.end == MarkupEnd::broken && sink.reject(std::move(outcome.problem), {}) == Flow::stop) return;
        }
        if (emit_coverage(reader, sink, start) == Flow::stop) return;
        sink.lack(msg("stackexchange.lack_votes"));
        if (!me_.user) sink.lack(msg("stackexchange.lack_me"));
        if (layout_.find(FileKind::comments) == nullptr) sink.lack(msg("stackexchange.lack_comments"));
    }

private:
    /// The tags most used: what the site is about.
    [[nodiscard]] std::vector<std::string> topics() const {
        const DumpFile* file = layout_.find(FileKind::tags);
        if (file == nullptr) return {};
        std::multimap<std::int64_t, std::string, std::greater<>> most;
        static_cast<void>(read_rows(*source_.open(*file->entry), file->entry->path, [&](const MarkupTag& row, const Location&) {
            if (const auto count = parse_integer(row["Count"]); count && !row["TagName"].empty()) {
                most.emplace(*count, row["TagName"]);
                if (most.size() > topics_kept) most.erase(std::prev(most.end()));
            }
            return Flow::proceed;
        }));
        std::vector<std::string> found;
        for (const auto& [count, name] : most) found.push_back(name);
        return found;
    }

    Flow emit_group(RecordSink& sink, const Location& start) const {
        Group group{.key = layout_.site, .name = layout_.site};
        if (layout_.is_named) group.url = "https://" + layout_.site;
        group.kind = GroupKind::forum;
        group.topics = topics();
        if (users_.names.size() > 0 && exported_at_) {
            group.members = users_.names.size();
            group.measured_at = When{.at = *exported_at_, .precision = Precision::day, .written = {}};
        }
        return sink.accept(std::move(group), start);
    }

    /// My account, when I came, when I was last there.
    Flow emit_me(const Reader& reader, RecordSink& sink, const Location& start) const {
        if (!me_.user) return Flow::proceed;
        Account account{.native_id = layout_.site + "/users/" + me_.user->id};
        account.names.push_back(me_.user->name);
        account.evidence = context_.me.forced ? "account.asked" : "account.from_profile";
        const auto valid = [&](const std::string& written) {
            auto when = reader.time_of(written);
            return when && reader.is_plausible(when->at) ? when : std::nullopt;
        };
        const auto created = valid(me_.user->created), seen = valid(me_.user->last_seen);
        account.last_used = seen;
        if (sink.accept(std::move(account), start) == Flow::stop) return Flow::stop;
        Membership membership{.group = layout_.site,
                              .event = created ? MembershipEvent::joined : MembershipEvent::member,
                              .at = created};
        membership.origin = "users";
        if (sink.accept(std::move(membership), start) == Flow::stop) return Flow::stop;
        if (!seen) return Flow::proceed;
        Activity visit{.group = layout_.site,
                       .natural_key = "visit:" + me_.user->last_seen,
                       .author = *me_.owner.person,
                       .is_me = true,
                       .when = seen};
        visit.kind = ActivityKind::visit;
        return sink.accept(std::move(visit), start);
    }

    /// A dump is the whole site, unless the posts are missing; never whole without another author.
    Flow emit_coverage(const Reader& reader, RecordSink& sink, const Location& start) const {
        Coverage coverage{.group = layout_.site};
        const bool is_whole = layout_.find(FileKind::posts) != nullptr && layout_.find(FileKind::comments) != nullptr;
        if (reader.begin()) {
            coverage.kind = !reader.has_others() ? CoverageKind::own_only
                            : is_whole           ? CoverageKind::full
                                                 : CoverageKind::partial_window;
            coverage.begin = reader.begin();
        }
        coverage.end = exported_at_ ? exported_at_ : reader.end();
        return sink.accept(std::move(coverage), start);
    }

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    Users users_;
    Me me_;
    std::optional<Instant> exported_at_;
};

class StackExchangeConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "stackexchange",
                                             .version = 1,
                                             .title = "Stack Exchange data dump of a site (XML)",
                                             .message = "stackexchange.recognises",
                                             .how_to = "stackexchange.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Layout layout = lay_out(source);
        if (!layout.holds_all) return std::nullopt;
        int heads = 0;
        for (const DumpFile& file : layout.files) {
            if (file.kind == FileKind::unread || ++heads > 3) break;
            if (!looks_right(file.kind, source.head(*file.entry))) continue;
            return Match{file.kind == FileKind::tags ? Confidence::likely : Confidence::certain,
                         msg("stackexchange.evidence", arg("file", file.entry->name()))};
        }
        return std::nullopt;
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Layout layout = lay_out(source);
        if (layout.files.empty()) throw Error(refusal(msg("stackexchange.not_a_dump"), {}, msg("stackexchange.how_to")));
        return std::make_unique<Stream>(source, context, std::move(layout));
    }
};

}  // namespace
}  // namespace stackexchange

const Connector& stackexchange_connector() {
    static const stackexchange::StackExchangeConnector connector;
    return connector;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Hand-made tables for every platform without a connector: groups, memberships, posts, accounts, meetings. See format.md.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "connectors/generic/table.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace {

using generic::Column;
using generic::Row;
using generic::Table;

enum class TableKind { groups, memberships, posts, accounts, meetings };

struct TableName {
    std::string_view stem;
    TableKind kind;
};
constexpr std::array<TableName, 11> table_names{{{"groups", TableKind::groups}, {"groupes", TableKind::groups}, {"memberships", TableKind::memberships},
    {"adhesions", TableKind::memberships}, {"membres", TableKind::memberships}, {"posts", TableKind::posts}, {"publications", TableKind::posts}, {"accounts", TableKind::accounts},
    {"comptes", TableKind::accounts}, {"meetings", TableKind::meetings}, {"rencontres", TableKind::meetings}}};

bool is_table_file(std::string_view name) {
    const std::string folded = fold_search(name);
    return folded.ends_with(".csv") || generic::is_json_lines(folded);
}

/// "posts_2.csv", "Groups (1).csv" -> the table the name says.
std::optional<TableKind> kind_by_name(std::string_view file) {
    const std::string folded = fold_search(file);
    const std::string stem = folded.substr(0, folded.rfind('.'));
    for (const TableName& each : table_names) {
        if (!stem.starts_with(each.stem)) continue;
        const std::string_view rest = std::string_view(stem).substr(each.stem.size());
        if (std::ranges::none_of(rest, [](char c) { return c >= 'a' && c <= 'z'; })) return each.kind;
    }
    return std::nullopt;
}

/// The table that these columns make, whatever the file is called.
std::optional<TableKind> kind_by_columns(const std::vector<Column>& columns) {
    const auto has = [&](Column column) { return std::ranges::find(columns, column) != columns.end(); };
    const bool group = has(Column::group_id) || has(Column::name);
    if (group && has(Column::created_at) && has(Column::author_is_me)) return TableKind::posts;
    if (group && has(Column::state)) return TableKind::memberships;
    if (has(Column::platform) && has(Column::last_used)) return TableKind::accounts;
    if (has(Column::date) && has(Column::person) && (has(Column::place) || has(Column::met_through))) return TableKind::meetings;
    if (has(Column::platform) && group) return TableKind::groups;
    return std::nullopt;
}

struct Found {
    const Entry* entry;
    TableKind kind;
};

/// The tables of a source: by name with at least one fitting column, else by their columns alone. Looks into at most three heads.
std::vector<Found> find_tables(const Source& source) {
    std::vector<Found> found;
    int heads = 0;
    for (const Entry& entry : source.entries()) {
        if (!is_table_file(entry.name())) continue;
        const auto named = kind_by_name(entry.name());
        if (!named && ++heads > 3) continue;
        if (named && found.size() >= 3) {  // the name is enough once the source is known to be ours
            found.push_back({&entry, *named});
            continue;
        }
        const auto columns = generic::columns_in(source.head(entry), entry.name());
        const auto kind = kind_by_columns(columns);
        if (named && (kind || std::ranges::find(columns, Column::name) != columns.end() || std::ranges::find(columns, Column::group_id) != columns.end()))
            found.push_back({&entry, *named});
        else if (kind)
            found.push_back({&entry, *kind});
    }
    // Groups first: their counts date the whole source, and their names complete the others.
    std::ranges::stable_sort(found, {}, [](const Found& each) { return each.kind; });
    return found;
}

std::optional<bool> parse_truth(std::string_view text) {
    const std::string word = fold_search(text);
    for (const std::string_view yes : {"true", "vrai", "yes", "oui", "1", "x"})
        if (word == yes) return true;
    for (const std::string_view no : {"false", "faux", "no", "non", "0"})
        if (word == no) return false;
    return std::nullopt;
}

class GenericStream final : public RecordStream {
public:
    GenericStream(const Source& source, const ReadContext& context)
        : source_(source), context_(context), tables_(find_tables(source)), latest_(std::chrono::sys_days(context.today) + std::chrono::days(2)) {
        if (tables_.empty())
            throw Error(refusal(msg("generic.no_table"), {.entry = source.label()}, msg("generic.hint_template")));
        owner_.person = Person{.key = "me", .name = context.me.names.empty() ? "" : context.me.names.front()};
        owner_.evidence = msg("generic.owner");
        exported_at_ = measured_at();
        if (!exported_at_) exported_at_ = export_date_in_name(source.stem(), context.zone);
        if (!exported_at_) exported_at_ = source.newest_modification();
    }

    [[nodiscard]] const Owner& owner() const override { return owner_; }
    [[nodiscard]] std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        for (const Found& table : tables_) {
            if (!read_table(table)) return;
        }
        for (const auto& [platform, key] : named_)
            if (!with_posts_.contains({platform, key}) &&
                !accept(Coverage{.platform = platform, .group = key, .kind = CoverageKind::names_only, .end = exported_at_}, {}))
                return;
        for (const GroupKey& group : with_others_) {
            const CoverageKind kind = whole_.contains(group) ? CoverageKind::full : CoverageKind::partial_window;
            if (!accept(Coverage{.platform = group.first, .group = group.second, .kind = kind, .end = exported_at_}, {})) return;
        }
        if (with_posts_.empty()) sink.lack(msg("generic.lack_posts"));
    }

private:
    using GroupKey = std::pair<std::string, std::string>;

    bool accept(Record record, const Location& where) { return sink_->accept(std::move(record), where) == Flow::proceed; }
    bool reject(Message reason, const Row& row, Message hint = {}) {
        return sink_->reject(refusal(std::move(reason), row.where, std::move(hint)), row.source_text) == Flow::proceed;
    }

    /// The newest measured_at of the groups tables: the instant these tables speak of.
    std::optional<Instant> measured_at() const {
        std::optional<Instant> newest;
        for (const Found& found : tables_) {
            if (found.kind != TableKind::groups) continue;
            const auto stream = source_.open(*found.entry);
            Table table(*stream, source_.head(*found.entry), found.entry->path);
            for (Row row; table.next(row);)
                if (const auto when = parse_when(row[Column::measured_at]); when && when->at <= latest_) newest = std::max(newest.value_or(when->at), when->at);
        }
        return newest;
    }

    /// Nothing for what is no time, or a time of day without zone when no zone is known.
    std::optional<When> parse_when(std::string_view text) const {
        if (text.empty()) return std::nullopt;
        const Zone* zone = context_.zone ? &*context_.zone : nullptr;
        const auto made = [&](const ParsedTime& parsed) { return When{.at = parsed.at, .precision = parsed.precision, .basis = parsed.basis, .written = std::string(text)}; };
        if (const auto parsed = parse_rfc3339(text, zone)) return made(*parsed);
        // What a French spreadsheet writes.
        for (const char* pattern : {"%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"})
            if (const auto local = parse_local(text, pattern))
                if (const auto at = as_utc(*local)) return made({.at = *at, .precision = Precision::day, .basis = TimeBasis::utc});
        for (const char* pattern : {"%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"})
            if (const auto local = parse_local(text, pattern); local && zone)
                if (const auto at = zone->to_instant(*local))
                    return made({.at = *at, .precision = text.size() > 16 ? Precision::second : Precision::minute, .basis = TimeBasis::local_assumed});
        return std::nullopt;
    }

    /// An empty cell is no time and no fault; `fault` is set when something stands there that cannot be.
    std::optional<When> when_in(const Row& row, Column column, std::string_view name, std::optional<Message>& fault) const {
        const std::string_view text = row[column];
        if (text.empty() || fault) return std::nullopt;
        auto when = parse_when(text);
        if (!when)
            fault = msg("generic.bad_time", arg("column", name), arg("value", quote(text)));
        else if (when->at > latest_)
            fault = msg("generic.future", arg("column", name), arg("value", quote(text)));
        return when;
    }

    std::optional<std::uint64_t> count_in(const Row& row, Column column, std::string_view name, std::optional<Message>& fault) const {
        const std::string_view text = row[column];
        if (text.empty() || fault) return std::nullopt;
        const auto number = parse_integer(text);
        if (!number || *number < 0) {
            fault = msg("generic.bad_count", arg("column", name), arg("value", quote(text)));
            return std::nullopt;
        }
        return static_cast<std::uint64_t>(*number);
    }

    std::optional<bool> truth_in(const Row& row, Column column, std::string_view name, std::optional<Message>& fault) const {
        const std::string_view text = row[column];
        if (text.empty() || fault) return std::nullopt;
        const auto truth = parse_truth(text);
        if (!truth) fault = msg("generic.bad_truth", arg("column", name), arg("value", quote(text)));
        return truth;
    }

    std::string platform_of(const Row& row, std::optional<Message>& fault) const {
        std::string platform = fold_search(row[Column::platform]);
        std::ranges::replace_if(platform, [](char c) { return c == ' ' || c == '\''; }, '-');
        if (platform.empty()) return "manual";
        const bool fits = platform.size() <= 32 && std::ranges::all_of(platform, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        });
        if (!fits && !fault) fault = msg("generic.bad_platform", arg("value", quote(row[Column::platform])));
        return platform;
    }

    /// Which group a row speaks of, told to the sink when it is met first; false when the row names none.
    bool group_of(const Row& row, const std::string& platform, std::string& key) {
        key = std::string(row[Column::group_id]);
        if (key.empty()) key = fold_name(row[Column::name]);
        return !key.empty() && (named_.contains({platform, key}) || tell_group(row, platform, key));
    }
    bool tell_group(const Row& row, const std::string& platform, const std::string& key) {
        named_.insert({platform, key});
        Group group{.platform = platform, .key = key, .name = std::string(row[Column::name])};
        stopped_ = stopped_ || !accept(std::move(group), row.where);
        return true;
    }

    bool read_table(const Found& found) {
        const auto stream = source_.open(*found.entry);
        Table table(*stream, source_.head(*found.entry), found.entry->path);
        std::uint64_t bytes = 0;
        for (Row row; table.next(row);) {
            if (context_.progress && row.where.offset) {
                const std::uint64_t now = *row.where.offset;
                if (now > bytes + 65'536) context_.progress(done_ + (bytes = now));
            }
            if (row.is_comment) {
                sink_->ignore("comment");
                continue;
            }
            if (row.broken) {
                if (!reject(*row.broken, row, msg("generic.hint_row"))) return false;
                continue;
            }
            if (!read_row(found.kind, row) || stopped_) return false;
        }
        done_ += found.entry->size.value_or(bytes);
        for (const std::string& column : table.unknown_columns())
            sink_->warn("unknown_column", msg("generic.unknown_column", arg("column", quote(column))), {.entry = found.entry->path});
        return true;
    }

    bool read_row(TableKind kind, const Row& row) {
        switch (kind) {
            case TableKind::groups: return read_group(row);
            case TableKind::memberships: return read_membership(row);
            case TableKind::posts: return read_post(row);
            case TableKind::accounts: return read_account(row);
            case TableKind::meetings: break;
        }
        return read_meeting(row);
    }

    bool read_group(const Row& row) {
        std::optional<Message> fault;
        const std::string platform = platform_of(row, fault);
        Group group{.platform = platform,
                    .key = std::string(row[Column::group_id]),
                    .name = std::string(row[Column::name]),
                    .description = std::string(row[Column::description]),
                    .url = std::string(row[Column::url]),
                    .topics = row.list(Column::topics),
                    .language = std::string(row[Column::language])};
        if (group.key.empty()) group.key = fold_name(group.name);
        if (group.key.empty()) return reject(msg("generic.no_group"), row, msg("generic.hint_name"));
        if (const auto text = row[Column::kind_of_group]; !text.empty()) {
            const auto kind = parse_group_kind(text);
            if (!kind) return reject(msg("generic.bad_group_kind", arg("value", quote(text))), row);
            group.kind = *kind;
        }
        group.members = count_in(row, Column::members, "members", fault);
        group.active_members_30d = count_in(row, Column::members_active_30d, "members_active_30d", fault);
        group.posts_30d = count_in(row, Column::posts_30d, "posts_30d", fault);
        group.last_post = when_in(row, Column::last_post_at, "last_post_at", fault);
        group.measured_at = when_in(row, Column::measured_at, "measured_at", fault);
        if (fault) return reject(*fault, row, msg("generic.hint_time"));
        if (!group.measured_at && (group.members || group.active_members_30d || group.posts_30d || group.last_post))
            return reject(msg("generic.undated_counts"), row, msg("generic.hint_measured_at"));
        if (const auto text = row[Column::coverage]; !text.empty()) {
            const auto whole = parse_whole(text);
            if (!whole) return reject(msg("generic.bad_coverage", arg("value", quote(text))), row, msg("generic.hint_coverage"));
            if (*whole) whole_.insert({platform, group.key});
        }
        named_.insert({platform, group.key});
        return accept(std::move(group), row.where);
    }

    /// Whether the posts of a group are all that was ever written there.
    static std::optional<bool> parse_whole(std::string_view text) {
        const std::string word = fold_search(text);
        if (word == "full" || word == "whole" || word == "complete" || word == "complet" || word == "tout") return true;
        if (word == "partial" || word == "part" || word == "partiel" || word == "partielle" || word == "unknown" || word == "inconnu") return false;
        return std::nullopt;
    }

    /// How the tables' words for a state become ours: what is not sure stays unknown (contracts 5).
    static std::optional<MembershipEvent> parse_state(std::string_view text) {
        const std::string word = fold_search(text);
        if (word.empty() || word == "requested" || word == "invited" || word == "unknown" || word == "inconnu" || word == "demande" || word == "invite")
            return MembershipEvent::unknown;
        if (word == "member" || word == "muted" || word == "follower" || word == "membre" || word == "sourdine" || word == "abonne" || word == "abonnee")
            return MembershipEvent::member;
        if (word == "left" || word == "banned" || word == "banni" || word == "bannie" || word == "quitte" || word == "parti" || word == "partie" || word == "exclu" || word == "exclue")
            return MembershipEvent::left;
        return std::nullopt;
    }
    static std::optional<Role> parse_role(std::string_view text) {
        const std::string word = fold_search(text);
        if (word.empty()) return Role::none;
        if (word == "member" || word == "membre") return Role::member;
        if (word == "moderator" || word == "moderateur" || word == "moderatrice") return Role::moderator;
        if (word == "admin" || word == "administrateur" || word == "administratrice") return Role::admin;
        if (word == "owner" || word == "proprietaire" || word == "fondateur" || word == "fondatrice") return Role::owner;
        return std::nullopt;
    }

    bool read_membership(const Row& row) {
        std::optional<Message> fault;
        const std::string platform = platform_of(row, fault);
        std::string key;
        if (!group_of(row, platform, key)) return reject(msg("generic.no_group"), row, msg("generic.hint_name"));
        const auto state = parse_state(row[Column::state]);
        if (!state) return reject(msg("generic.bad_state", arg("value", quote(row[Column::state]))), row, msg("generic.hint_state"));
        const auto role = parse_role(row[Column::role]);
        if (!role) return reject(msg("generic.bad_role", arg("value", quote(row[Column::role]))), row, msg("generic.hint_role"));
        const auto joined = when_in(row, Column::joined_at, "joined_at", fault);
        const auto left = when_in(row, Column::left_at, "left_at", fault);
        const auto visited = when_in(row, Column::last_visit_at, "last_visit_at", fault);
        const auto pinned = truth_in(row, Column::pinned, "pinned", fault);
        if (fault) return reject(*fault, row, msg("generic.hint_time"));

        Membership membership{.platform = platform, .group = key, .event = *state, .role = *role, .pinned = pinned, .note = std::string(row[Column::note]),
                              .origin = "table", .notify = std::string(row[Column::notify])};
        const auto send = [&](MembershipEvent event, const std::optional<When>& at) {
            membership.event = event;
            membership.at = at;
            return accept(membership, row.where);
        };
        if (joined && !send(MembershipEvent::joined, joined)) return false;
        if (left || *state == MembershipEvent::left) {
            if (!send(MembershipEvent::left, left)) return false;
        } else if (!joined && !send(*state, std::nullopt)) {
            return false;
        }
        if (!visited) return true;
        return accept(Activity{.platform = platform, .group = key, .natural_key = "visit:" + visited->written, .author = *owner_.person, .is_me = true,
                               .when = visited, .kind = ActivityKind::visit},
                      row.where);
    }

    bool read_post(const Row& row) {
        std::optional<Message> fault;
        const std::string platform = platform_of(row, fault);
        std::string key;
        if (!group_of(row, platform, key)) return reject(msg("generic.no_group"), row, msg("generic.hint_name"));
        const auto when = when_in(row, Column::created_at, "created_at", fault);
        const auto mine = truth_in(row, Column::author_is_me, "author_is_me", fault);
        const auto length = count_in(row, Column::text_len, "text_len", fault);
        if (fault) return reject(*fault, row, msg("generic.hint_time"));
        if (!when) return reject(msg("generic.missing", arg("column", "created_at")), row);
        if (!mine) return reject(msg("generic.missing", arg("column", "author_is_me")), row, msg("generic.hint_author"));

        const std::string_view word = row[Column::kind];
        const std::string post_id(row[Column::post_id]);
        if (word == "event_rsvp")
            return accept(Meeting{.platform = platform, .name = std::string(row[Column::title]), .begin = when, .group = key,
                                  .attendance = *mine ? Attendance::went : Attendance::invited, .native_id = post_id},
                          row.where);
        const auto kind = word.empty() ? std::optional(ActivityKind::post) : parse_activity_kind(word);
        if (!kind) return reject(msg("generic.bad_kind", arg("value", quote(word))), row, msg("generic.hint_kind"));
        with_posts_.insert({platform, key});
        if (!*mine) with_others_.insert({platform, key});

        Activity activity{.platform = platform, .group = key, .is_me = *mine, .when = when, .kind = *kind, .parent = std::string(row[Column::reply_to])};
        // One post may carry a reaction of the same id: the kind keeps them apart.
        if (!post_id.empty()) activity.native_id = is_act(*kind) ? post_id : std::string(to_string(*kind)) + ":" + post_id;
        const std::string_view author = row[Column::author];
        activity.author = *mine ? *owner_.person : Person{.key = fold_name(author), .name = std::string(author)};
        const std::string& title = row.raw(Column::title);
        activity.text = title.empty() ? row.raw(Column::text) : row.raw(Column::text).empty() ? title : title + "\n" + row.raw(Column::text);
        if (activity.text.empty() && length) activity.words = static_cast<std::uint32_t>(std::min<std::uint64_t>((*length + 5) / 6, 1'000'000));
        if (!row[Column::url].empty()) activity.links.emplace_back(row[Column::url]);
        return accept(std::move(activity), row.where);
    }

    bool read_account(const Row& row) {
        std::optional<Message> fault;
        if (row[Column::platform].empty()) return reject(msg("generic.missing", arg("column", "platform")), row);
        Account account{.platform = platform_of(row, fault), .handle = std::string(row[Column::account]), .evidence = "generic.account_evidence"};
        account.last_used = when_in(row, Column::last_used, "last_used", fault);
        account.is_public = truth_in(row, Column::is_public, "public", fault);
        account.password_known = truth_in(row, Column::password_known, "password_known", fault);
        if (fault) return reject(*fault, row, msg("generic.hint_time"));
        return accept(std::move(account), row.where);
    }

    bool read_meeting(const Row& row) {
        std::optional<Message> fault;
        const auto date = when_in(row, Column::date, "date", fault);
        const auto in_person = truth_in(row, Column::in_person, "in_person", fault);
        if (fault) return reject(*fault, row, msg("generic.hint_time"));
        const std::string_view person = row[Column::person];
        if (!date) return reject(msg("generic.missing", arg("column", "date")), row);
        if (person.empty()) return reject(msg("generic.missing", arg("column", "person")), row);
        Meeting meeting{.platform = platform_of(row, fault), .begin = date, .attendance = Attendance::went, .in_person = in_person,
                        .place = std::string(row[Column::place]), .met_through = std::string(row[Column::met_through])};
        for (const std::string& each : row.list(Column::person)) meeting.people.push_back({.key = fold_name(each), .name = each});
        // A place is where people stand before each other, unless it is a screen.
        const std::string place = fold_search(meeting.place);
        if (!meeting.in_person && !place.empty())
            meeting.in_person = std::ranges::none_of(std::array<std::string_view, 7>{"zoom", "teams", "visio", "online", "en ligne", "meet.", "skype"},
                                                     [&](std::string_view screen) { return place.find(screen) != std::string::npos; });
        return accept(std::move(meeting), row.where);
    }

    const Source& source_;
    ReadContext context_;
    std::vector<Found> tables_;
    Instant latest_;
    Owner owner_;
    std::optional<Instant> exported_at_;
    RecordSink* sink_ = nullptr;
    std::set<GroupKey> named_, with_posts_;
    std::set<GroupKey> with_others_;  // somebody else wrote: what was typed of it, unless the table says that it is everything
    std::set<GroupKey> whole_;
    std::uint64_t done_ = 0;
    bool stopped_ = false;
};

class GenericConnector final : public Connector {
public:
    [[nodiscard]] const ConnectorInfo& info() const noexcept override {
        static const ConnectorInfo info{.name = "generic", .version = 1, .title = "Tables (CSV, JSON Lines)", .message = "generic.recognises", .how_to = "generic.how_to"};
        return info;
    }

    [[nodiscard]] std::optional<Match> detect(const Source& source) const override {
        // Only tables that stand together: a folder of other things is split by ingest, and each table offered alone.
        for (const Entry& entry : source.entries()) {
            if (is_table_file(entry.name()) && (kind_by_name(entry.name()) || source.entries().size() == 1)) continue;
            if (const std::string name = fold_search(entry.name()); !name.ends_with(".md") && !name.ends_with(".txt")) return std::nullopt;
        }
        const auto found = find_tables(source);
        if (found.empty()) return std::nullopt;
        std::string names;
        for (const Found& each : found) names += (names.empty() ? "" : ", ") + std::string(each.entry->name());
        return Match{.confidence = Confidence::likely, .evidence = msg("generic.evidence", arg("tables", names))};
    }

    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        return std::make_unique<GenericStream>(source, context);
    }
};

}  // namespace

const Connector& generic_connector() {
    static const GenericConnector connector;
    return connector;
}

}  // namespace secateur

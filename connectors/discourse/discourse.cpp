// SPDX-License-Identifier: GPL-3.0-or-later
// The archive that a Discourse forum sends its user: own posts, likes, days of reading, followed categories. See format.md.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/csv_table.hpp"
#include "connectors/discourse/archive.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace discourse {
namespace {

enum class FileKind { preferences, categories, posts, likes, visits, ignored, not_opened };
struct FileName {
    std::string_view stem;
    FileKind kind;
    std::string_view ignored_as = {};
};
constexpr std::array files{
    FileName{"preferences", FileKind::preferences},      FileName{"category_preferences", FileKind::categories},
    FileName{"likes", FileKind::likes},                  FileName{"visits", FileKind::visits},
    FileName{"badges", FileKind::ignored, "badge"},      FileName{"bookmarks", FileKind::ignored, "bookmark"},
    FileName{"flags", FileKind::ignored, "flag"},        FileName{"post_actions", FileKind::ignored, "post_action"},
    FileName{"queued_posts", FileKind::ignored, "queued_post"},
    FileName{"auth_tokens", FileKind::not_opened},       FileName{"auth_token_logs", FileKind::not_opened},
};

/// "visits (1).csv" -> visits.
const FileName* known_file(std::string_view name) {
    std::string stem = fold_search(name.substr(0, name.rfind('.')));
    if (const std::size_t copy = stem.rfind(" ("); copy != std::string::npos && stem.ends_with(')')) stem.resize(copy);
    const auto found = std::ranges::find(files, stem, &FileName::stem);
    return found == files.end() ? nullptr : &*found;
}

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const Entry& posts, const ReadContext& context)
        : source_(source), posts_(posts), context_(context), latest_(Instant{context.today} + std::chrono::days{2}) {
        for (const Entry& entry : source.entries()) {
            if (&entry == &posts_ || !is_beside(entry, posts_)) continue;
            const FileName* file = known_file(entry.name());
            if (file != nullptr) files_.try_emplace(file->kind == FileKind::ignored ? std::string(file->stem) : key_of(file->kind), Found{&entry, file});
            else others_.push_back(&entry);
        }
        if (const Found* found = find(FileKind::preferences)) preferences_ = read_preferences(*source.open(*found->entry), found->entry->path);
        find_forum();
        settle_owner();
        if (!exported_at_) exported_at_ = export_instant(source, context.zone);
    }

    const Owner& owner() const override { return owner_; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        tell_account();
        read_user_groups();
        read_table(FileKind::categories, &Stream::categories_of);
        read_rows(posts_, &Stream::posts_of);
        read_table(FileKind::likes, &Stream::likes_of);
        read_table(FileKind::visits, &Stream::visits_of);
        for (const auto& [key, found] : files_)
            if (found.file->kind == FileKind::ignored) ignore_rows(found);
            else if (found.file->kind == FileKind::not_opened && !stopped_) sink.ignore("private_file");
        if (!stopped_ && !others_.empty()) sink.ignore("other_file", others_.size());
        tell_coverage();
    }

private:
    struct Found {
        const Entry* entry;
        const FileName* file;
    };
    struct GroupUse {
        bool has_acts = false;
        std::string key;
    };

    static std::string key_of(FileKind kind) { return std::to_string(static_cast<int>(kind)); }
    [[nodiscard]] const Found* find(FileKind kind) const {
        const auto found = files_.find(key_of(kind));
        return found == files_.end() ? nullptr : &found->second;
    }

    // ------------------------------------------------------------------------------------------------ whose, and of which forum

    /// The first link of a post names the forum; without posts nothing does, and the user stands for it.
    void find_forum() {
        const auto stream = source_.open(posts_);
        CsvTable table(*stream, posts_.path);
        const auto url = table.find({"url"});
        while (forum_.empty() && table.next())
            if (const auto link = parse_post_link(table.cell(url))) forum_ = link->forum;
        is_forum_known_ = !forum_.empty();
    }

    void settle_owner() {
        std::vector<std::string> names{source_.stem()};
        for (const std::string_view part : split(posts_.path, '/')) names.emplace_back(part);
        std::string user = preferences_.user;
        for (const std::string& name : names)
            if (const auto parsed = parse_archive_name(name)) {
                if (user.empty()) user = parsed->user;
                if (!exported_at_) exported_at_ = parsed->at;
            }
        const Identities& me = context_.me;
        const std::string my_name = me.names.empty() ? std::string() : me.names.front();
        const bool is_asked_elsewhere = me.forced && !me.match(user) && (preferences_.name.empty() || !me.match(preferences_.name));
        if (user.empty() || is_asked_elsewhere) {
            owner_.person = Person{.key = my_name.empty() ? "me" : fold_name(my_name), .name = my_name};
            owner_.evidence = msg("discourse.owner_own_files");
            evidence_ = me.forced ? "account.asked" : "account.from_profile";
        } else {
            owner_.person = Person{.key = fold_name(user), .name = preferences_.name.empty() ? user : preferences_.name};
            owner_.evidence = msg("discourse.owner_archive", arg("user", user));
            owner_.from_export = !me.forced;
            evidence_ = me.forced ? "account.asked" : "account.from_export";
            handle_ = user;
        }
        if (!is_forum_known_) forum_ = "forum:" + owner_.person->key;
    }

    void tell_account() {
        Account account{.native_id = preferences_.id, .handle = handle_, .evidence = evidence_};
        if (!owner_.person->name.empty()) account.names.push_back(owner_.person->name);
        send(std::move(account), {});
        Group forum{.key = forum_, .name = is_forum_known_ ? forum_ : std::string(), .kind = GroupKind::forum};
        if (is_forum_known_) forum.url = "https://" + forum_;
        else if (!stopped_) sink_->warn("unknown_forum", msg("discourse.unknown_forum", arg("group", "discourse:" + forum_)), {.entry = posts_.path});
        (void)group_number(std::move(forum), {});
        send(Membership{.group = forum_, .event = MembershipEvent::member, .origin = "account"}, {});
        if (preferences_.problem && !stopped_) {
            Problem problem = *preferences_.problem;
            problem.hint = msg("discourse.hint_again");
            note(sink_->reject(std::move(problem), {}));
        }
    }

    void read_user_groups() {
        for (const auto& each : preferences_.groups) {
            const std::string key = forum_ + "/g/" + fold_name(each.name);
            Group group{.key = key, .name = each.title, .url = is_forum_known_ ? "https://" + forum_ + "/g/" + each.name : std::string()};
            (void)group_number(std::move(group), each.where);
            send(Membership{.group = key, .event = MembershipEvent::member, .origin = "preferences"}, each.where);
        }
    }

    // ------------------------------------------------------------------------------------------------ tables

    /// Finds the columns of a table and gives what reads the row at hand.
    using RowReader = std::function<void()>;
    using ColumnsOf = RowReader (Stream::*)(const CsvTable& table);

    void read_table(FileKind kind, ColumnsOf columns_of) {
        if (const Found* found = find(kind)) read_rows(*found->entry, columns_of);
    }

    void read_rows(const Entry& entry, ColumnsOf columns_of) {
        if (stopped_) return;
        const auto stream = source_.open(entry);
        ProgressStream counted(*stream, bytes_read_, context_.progress);
        CsvTable table(counted, entry.path);
        const RowReader read_row = (this->*columns_of)(table);
        while (!stopped_ && table.next()) {
            if (Message fault = table.fault(); !fault.empty()) refuse(table, std::move(fault));
            else read_row();
        }
    }

    void ignore_rows(const Found& found) {
        if (stopped_) return;
        const auto stream = source_.open(*found.entry);
        CsvTable table(*stream, found.entry->path);
        std::uint64_t rows = 0;
        while (table.next()) ++rows;
        if (rows > 0) sink_->ignore(found.file->ignored_as, rows);
    }

    RowReader posts_of(const CsvTable& table) {
        return [this, &table, url = table.find({"url"}), created = table.find({"created_at"}), title = table.find({"topic_title"}), pm = table.find({"is_pm"}),
                text = table.find({"post_raw", "post"}), category = table.find({"categories", "category"}), sub_category = table.find({"sub_category"})] {
            if (trim(table.cell(url)).empty() && trim(table.cell(created)).empty()) return sink_->ignore("gone_topic");
            const auto link = parse_post_link(table.cell(url));
            if (!link) return refuse(table, msg("discourse.bad_link", arg("value", quote(table.cell(url)))));
            auto path = parse_category(table.cell(category));
            // Before 2020 the parent had a column of its own.
            if (const auto child = parse_category(table.cell(sub_category)); path && child) *path += '|' + *child;
            Activity activity{.native_id = post_id(link->topic, link->post), .attachments = count_uploads(table.cell(text)), .text = without_quotes(table.cell(text))};
            if (!take_time(table, created, activity)) return;
            const auto group = place_post(table, *link, path, table.cell(pm), table.cell(title), activity);
            if (link->post > 1) activity.parent = post_id(link->topic, 1);
            if (group) {
                topics_.try_emplace(link->topic, *group);
                groups_[*group].has_acts = true;
            }
            send(std::move(activity), table.where());
        };
    }

    /// Which group a post is of: a conversation, a category, the forum where the category is hidden; none where that cannot be told.
    std::optional<std::uint32_t> place_post(const CsvTable& table, const PostLink& link, const std::optional<std::string>& path, std::string_view word,
                                            std::string_view title, Activity& activity) {
        const std::optional<bool> is_private = parse_yes_no(word);
        activity.kind = link.post == 1 ? ActivityKind::post : ActivityKind::reply;
        if (is_private.value_or(false)) {
            activity.kind = ActivityKind::message;
            activity.group = forum_ + "/t/" + std::to_string(link.topic);
            return group_number({.key = activity.group, .name = std::string(title), .kind = GroupKind::direct}, table.where());
        }
        if (link.post == 1 && !title.empty()) activity.text = std::string(title) + '\n' + activity.text;
        if (path) {
            activity.group = category_key(*path);
            return group_number(category_group(*path, {}), table.where());
        }
        if (is_private) {
            activity.group = forum_;
            return group_number({.key = forum_}, table.where());
        }
        // No category, and "private" in a language we do not know: it may be a letter, so its words are not kept.
        if (!std::exchange(has_warned_of_language_, true) && !stopped_)
            sink_->warn("unknown_language", msg("discourse.unknown_language", arg("value", quote(word))), table.where());
        activity.words = count_words(activity.text);
        activity.text.clear();
        return std::nullopt;
    }

    RowReader categories_of(const CsvTable& table) {
        return [this, &table, names = table.find({"category_names", "categories"}), id = table.find({"category_id"}), level = table.find({"notification_level"})] {
            const auto path = parse_category(table.cell(names));
            if (!path) return sink_->ignore("hidden_category");
            const std::string word(trim(table.cell(level)));
            (void)group_number(category_group(*path, trim(table.cell(id))), table.where());
            const bool is_told = word == "tracking" || word == "regular";
            send(Membership{.group = category_key(*path),
                            .event = MembershipEvent::member,
                            .note = word,
                            .origin = "category_preferences",
                            .notify = word == "muted" ? "none" : word.starts_with("watching") ? "all" : is_told ? "mentions" : ""},
                 table.where());
        };
    }

    RowReader likes_of(const CsvTable& table) {
        return [this, &table, deleted = table.find({"deleted_at"}), topics = table.find({"topic_id"}), posts = table.find({"post_number"}),
                ids = table.find({"post_id", "id"}), created = table.find({"created_at"})] {
            if (!trim(table.cell(deleted)).empty()) return sink_->ignore("withdrawn_like");
            const std::string_view id = trim(table.cell(ids));
            if (id.empty()) return refuse(table, msg("discourse.no_id"));
            Activity activity{.group = forum_, .native_id = "like:" + std::string(id), .kind = ActivityKind::reaction};
            const auto topic = parse_integer(trim(table.cell(topics))), post = parse_integer(trim(table.cell(posts)));
            if (topic && *topic > 0) {
                const auto known = topics_.find(static_cast<std::uint64_t>(*topic));
                if (known != topics_.end()) activity.group = groups_[known->second].key;
                if (post && *post > 0) activity.parent = post_id(static_cast<std::uint64_t>(*topic), static_cast<std::uint64_t>(*post));
            }
            if (take_time(table, created, activity)) send(std::move(activity), table.where());
        };
    }

    RowReader visits_of(const CsvTable& table) {
        return [this, &table, day = table.find({"visited_at"})] {
            Activity activity{.group = forum_, .natural_key = "visit:" + std::string(trim(table.cell(day))), .kind = ActivityKind::visit};
            if (take_time(table, day, activity)) send(std::move(activity), table.where());
        };
    }

    /// False when the row has no time that can be, and is refused.
    bool take_time(const CsvTable& table, std::optional<std::size_t> column, Activity& activity) {
        activity.is_me = true;
        activity.author = *owner_.person;
        activity.when = parse_when(table.cell(column));
        const Instant earliest = *Zone::utc().to_instant({.year = 1995, .month = 1, .day = 1});
        const bool is_late = context_.today != Date{} && activity.when && activity.when->at >= latest_;
        if (activity.when && activity.when->at >= earliest && !is_late) return true;
        refuse(table, msg("discourse.bad_date", arg("value", quote(table.cell(column)))));
        return false;
    }

    // ------------------------------------------------------------------------------------------------ groups

    static std::string post_id(std::uint64_t topic, std::uint64_t post) { return std::to_string(topic) + '/' + std::to_string(post); }
    [[nodiscard]] std::string category_key(std::string_view path) const { return forum_ + '/' + fold_name(path); }

    /// "Community|Meetups" -> "Community / Meetups (forum.example)"; a deleted category is a bare number and has no name.
    [[nodiscard]] Group category_group(std::string_view path, std::string_view id) const {
        Group group{.key = category_key(path), .kind = GroupKind::forum};
        if (!parse_integer(path)) {
            for (const std::string_view part : split(path, '|')) group.name += (group.name.empty() ? "" : " / ") + std::string(trim(part));
            if (is_forum_known_) group.name += " (" + forum_ + ")";
        }
        if (is_forum_known_ && parse_integer(id)) group.url = "https://" + forum_ + "/c/" + std::string(id);
        return group;
    }

    /// Tells a group when it is met first.
    std::uint32_t group_number(Group group, const Location& where) {
        const auto [place, is_new] = numbers_.try_emplace(group.key, static_cast<std::uint32_t>(groups_.size()));
        if (is_new) {
            groups_.push_back({.key = group.key});
            send(std::move(group), where);
        }
        return place->second;
    }

    void tell_coverage() {
        for (const GroupUse& each : groups_) {
            const bool is_forum = each.key == forum_;
            send(Coverage{.group = each.key, .kind = each.has_acts || is_forum ? CoverageKind::own_only : CoverageKind::names_only, .end = exported_at_}, {});
        }
        Coverage whole{.kind = CoverageKind::own_only, .end = exported_at_};
        if (find(FileKind::visits) == nullptr) whole.not_requested.emplace_back("discourse.lack_visits");
        send(std::move(whole), {});
        if (stopped_) return;
        sink_->lack(msg("discourse.lack_others"));
        if (find(FileKind::visits) == nullptr) sink_->lack(msg("discourse.lack_visits"));
        if (!preferences_.has_groups) sink_->lack(msg("discourse.lack_groups"));
    }

    void refuse(const CsvTable& table, Message reason) {
        if (!stopped_) note(sink_->reject(refusal(std::move(reason), table.where(), msg("discourse.hint_again")), table.raw()));
    }
    void send(Record record, const Location& where) {
        if (!stopped_) note(sink_->accept(std::move(record), where));
    }
    void note(Flow flow) { stopped_ = stopped_ || flow == Flow::stop; }

    const Source& source_;
    const Entry& posts_;
    ReadContext context_;
    Instant latest_;
    std::map<std::string, Found> files_;
    std::vector<const Entry*> others_;
    Preferences preferences_;
    Owner owner_;
    std::string forum_, handle_, evidence_;
    bool is_forum_known_ = false;
    std::optional<Instant> exported_at_;

    RecordSink* sink_ = nullptr;  // during read_into
    bool stopped_ = false, has_warned_of_language_ = false;
    std::unordered_map<std::string, std::uint32_t> numbers_;  // group key -> place in groups_
    std::vector<GroupUse> groups_;
    std::unordered_map<std::uint64_t, std::uint32_t> topics_;  // those written in -> place in groups_
    std::uint64_t bytes_read_ = 0;
};

class DiscourseConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "discourse",
                                             .version = 1,
                                             .title = "Discourse user archive",
                                             .message = "discourse.recognises",
                                             .how_to = "discourse.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Entry* posts = find_posts(source);
        if (posts == nullptr) return std::nullopt;
        return Match{Confidence::certain, msg("discourse.evidence", arg("file", std::string(posts->name())))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        const Entry* posts = find_posts(source);
        if (posts == nullptr) throw Error(refusal(msg("discourse.not_an_archive"), {.entry = source.label()}, msg("discourse.how_to")));
        return std::make_unique<Stream>(source, *posts, context);
    }
};

}  // namespace
}  // namespace discourse

const Connector& discourse_connector() {
    static const discourse::DiscourseConnector connector;
    return connector;
}

}  // namespace secateur

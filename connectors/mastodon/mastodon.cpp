// SPDX-License-Identifier: GPL-3.0-or-later
// Mastodon: the archive of an account, and the lists that are downloaded beside it (follows, lists, muted accounts). See format.md.
#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/csv_table.hpp"
#include "connectors/mastodon/archive.hpp"
#include "connectors/mastodon/outbox_reader.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace mastodon {
namespace {

/// Likes are bare addresses of posts, without a date.
class LikesReader final : public JsonHandler {
public:
    LikesReader(const Person& me, RecordSink& sink) : me_(me), sink_(sink) {}
    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location& where) override {
        const std::string_view liked = value.is_object() ? value["id"].string() : value.string();
        if (liked.empty()) return sink_.reject(refusal(msg("mastodon.not_an_address"), where), value.text());
        return sink_.accept(Activity{.native_id = "like:" + std::string(liked), .author = me_, .is_me = true, .kind = ActivityKind::reaction, .parent = std::string(liked)}, where);
    }

private:
    const Person& me_;
    RecordSink& sink_;
};

class Counter final : public JsonHandler {
public:
    Flow on_value(std::size_t, std::string_view, JsonValue, const Location&) override {
        ++count;
        return Flow::proceed;
    }
    std::uint64_t count = 0;
};

/// A list of accounts: most have a header, old ones and some kinds have none.
class AccountTable {
public:
    AccountTable(ByteStream& stream, const std::string& entry) : peek_(stream), reader_(peek_, guess_csv_dialect(peek_.head()), entry), entry_(entry) {}
    bool next() {
        while (reader_.next(row_)) {
            if (++record_ == 1 && fold_search(row_.cells[0]) == "account address") continue;
            return true;
        }
        return false;
    }
    [[nodiscard]] std::string_view cell(std::size_t column) const noexcept { return column < row_.cells.size() ? std::string_view(row_.cells[column]) : std::string_view(); }
    [[nodiscard]] bool is_cut() const noexcept { return row_.broken_quote; }
    [[nodiscard]] Location where() const { return {.entry = entry_, .line = row_.line, .record = record_, .offset = row_.offset, .length = row_.length}; }

private:
    PeekStream peek_;
    CsvReader reader_;
    std::string entry_;
    CsvRow row_;
    std::uint64_t record_ = 0;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const ReadContext& context, Layout layout) : source_(source), context_(context), layout_(std::move(layout)) {
        look();
        settle_owner();
        exported_at_ = archive_instant(source.stem());
        if (!exported_at_ && !layout_.files.empty()) exported_at_ = archive_instant(layout_.files.front().entry->folder());
        if (!exported_at_) exported_at_ = export_instant(source, context.zone);
    }

    const Owner& owner() const override { return owner_; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        tell_account();
        // In the order of the archive, which may be a tar; the lists then, since posts show which accounts are groups.
        const auto is_wanted = [this](const Entry& entry) { return kind_of(entry) == FileKind::outbox || kind_of(entry) == FileKind::likes || kind_of(entry) == FileKind::bookmarks; };
        if (!stopped_)
            source_.for_each(is_wanted, [this](const Entry& entry, ByteStream& stream) {
                read_file(kind_of(entry), entry, stream);
                return stopped_ ? Flow::stop : Flow::proceed;
            });
        for (const FileKind kind : {FileKind::following, FileKind::lists, FileKind::muted, FileKind::blocked})
            if (const Entry* entry = layout_.find(kind); entry != nullptr && !stopped_) read_file(kind, *entry, *source_.open(*entry));
        if (!stopped_ && layout_.media > 0) sink.ignore("other_file", layout_.media);
        tell_coverage();
    }

private:
    // ------------------------------------------------------------------------------------------------ whose

    void look() {
        const Entry *actor = layout_.find(FileKind::actor), *outbox = layout_.find(FileKind::outbox), *muted = layout_.find(FileKind::muted);
        if (actor != nullptr) actor_ = read_actor(*source_.open(*actor), actor->path);
        if (actor_.address.empty() && outbox != nullptr) {
            const std::optional<Problem> problem = actor_.problem;
            actor_ = actor_of_outbox(*source_.open(*outbox), outbox->path);
            actor_.problem = problem;  // the outbox tells of its own when it is read
        }
        if (muted == nullptr) return;
        const auto stream = source_.open(*muted);
        AccountTable table(*stream, muted->path);
        while (table.next())
            if (std::string handle = handle_of(table.cell(0)); !handle.empty()) muted_.insert(std::move(handle));
    }

    void settle_owner() {
        const Identities& me = context_.me;
        const bool has_outbox = layout_.find(FileKind::outbox) != nullptr;
        const bool is_asked_elsewhere = me.forced && !me.match(actor_.handle) && !me.match(actor_.name) && !me.match(actor_.handle.substr(0, actor_.handle.find('@')));
        if (!actor_.handle.empty() && !is_asked_elsewhere) {
            owner_.person = Person{.key = actor_.handle, .name = actor_.name};
            owner_.evidence = msg("mastodon.owner_actor", arg("handle", "@" + actor_.handle));
            owner_.from_export = !me.forced;
            evidence_ = me.forced ? "account.asked" : "account.from_export";
        } else if (has_outbox || !me.names.empty()) {
            const std::string name = me.names.empty() ? std::string() : me.names.front();
            owner_.person = Person{.key = name.empty() ? "me" : fold_name(name), .name = name};
            owner_.evidence = msg("mastodon.owner_own_files");
            evidence_ = me.forced ? "account.asked" : "account.from_profile";
        }
        if (owner_.person) me_ = *owner_.person;
    }

    void tell_account() {
        if (owner_.person) {
            Account account{.native_id = actor_.address, .handle = actor_.handle, .evidence = evidence_};
            if (!owner_.person->name.empty()) account.names.push_back(owner_.person->name);
            send(std::move(account), {});
        }
        if (actor_.problem && !stopped_) note(sink_->reject(*actor_.problem, {}));
    }

    // ------------------------------------------------------------------------------------------------ files

    [[nodiscard]] FileKind kind_of(const Entry& entry) const {
        const auto found = std::ranges::find(layout_.files, entry.path, [](const FoundFile& each) { return std::string_view(each.entry->path); });
        return found == layout_.files.end() ? FileKind::other : found->kind;
    }

    void read_file(FileKind kind, const Entry& entry, ByteStream& stream) {
        ProgressStream counted(stream, bytes_read_, context_.progress);
        switch (kind) {
            case FileKind::following: return read_following(counted, entry);
            case FileKind::lists: return read_lists(counted, entry);
            case FileKind::muted: return ignore_rows(counted, entry, "muted");
            case FileKind::blocked: return ignore_rows(counted, entry, "blocked");
            case FileKind::outbox: {
                OutboxReader reader(me_, actor_, context_, groups_, *sink_);
                return read_items(counted, entry, reader);
            }
            case FileKind::likes: {
                LikesReader reader(me_, *sink_);
                return read_items(counted, entry, reader);
            }
            case FileKind::bookmarks: {
                Counter counter;
                read_items(counted, entry, counter);
                if (counter.count > 0 && !stopped_) sink_->ignore("bookmark", counter.count);
                return;
            }
            case FileKind::actor:
            case FileKind::other: return;
        }
    }

    void read_items(ByteStream& stream, const Entry& entry, JsonHandler& reader) {
        JsonOutcome outcome = read_json(stream, entry.path, OutboxReader::patterns(), reader);
        if (outcome.end == JsonEnd::stopped) stopped_ = true;
        if (outcome.end != JsonEnd::broken || stopped_) return;
        outcome.problem.hint = msg("json.hint_broken");
        note(sink_->reject(std::move(outcome.problem), {}));
    }

    void read_following(ByteStream& stream, const Entry& entry) {
        AccountTable table(stream, entry.path);
        while (!stopped_ && table.next()) {
            const std::string handle = account_in(table, 0);
            if (handle.empty()) continue;
            const auto kind = groups_.contains(handle) ? std::optional(GroupKind::group) : group_by_handle(handle);
            if (!kind) {
                send(Contact{.person = {.key = handle, .name = {}}, .circle = "follow", .origin = "following"}, table.where());
                continue;
            }
            note(groups_.tell({.key = handle, .name = handle, .kind = *kind}, table.where(), *sink_));
            // Following a group is joining it. "Notify on new posts" is the third column.
            const bool is_muted = muted_.contains(handle);
            const std::string notify = is_muted ? "none" : fold_search(table.cell(2)) == "true" ? "all" : "";
            send(Membership{.group = handle, .event = MembershipEvent::member, .origin = "following", .notify = notify}, table.where());
        }
    }

    void read_lists(ByteStream& stream, const Entry& entry) {
        AccountTable table(stream, entry.path);
        while (!stopped_ && table.next()) {
            const std::string handle = account_in(table, 1);
            if (handle.empty()) continue;
            if (groups_.contains(handle) || group_by_handle(handle)) sink_->ignore("listed_group");
            else send(Contact{.person = {.key = handle, .name = {}}, .circle = "follow", .origin = "lists"}, table.where());
        }
    }

    void ignore_rows(ByteStream& stream, const Entry& entry, std::string_view reason) {
        AccountTable table(stream, entry.path);
        std::uint64_t rows = 0;
        while (table.next()) ++rows;
        if (rows > 0) sink_->ignore(reason, rows);
    }

    /// The account of a row; a row without one is refused, and gives nothing.
    std::string account_in(const AccountTable& table, std::size_t column) {
        std::string handle = table.is_cut() ? std::string() : handle_of(table.cell(column), actor_.address);
        if (!handle.empty()) return handle;
        Message reason = table.is_cut() ? msg("csv.unclosed_quote") : msg("mastodon.not_an_account", arg("value", quote(table.cell(column))));
        note(sink_->reject(refusal(std::move(reason), table.where()), std::string(table.cell(0)) + ',' + std::string(table.cell(1))));
        return {};
    }

    // ------------------------------------------------------------------------------------------------ what is known

    void tell_coverage() {
        for (const auto& [key, use] : groups_.all())
            send(Coverage{.group = key, .kind = use.has_acts ? CoverageKind::own_only : CoverageKind::names_only, .end = exported_at_}, {});
        const bool has_outbox = layout_.find(FileKind::outbox) != nullptr, has_following = layout_.find(FileKind::following) != nullptr;
        Coverage whole{.kind = has_outbox ? CoverageKind::own_only : CoverageKind::names_only, .end = exported_at_};
        if (!has_following) whole.not_requested.emplace_back("mastodon.lack_following");
        if (!has_outbox) whole.not_requested.emplace_back("mastodon.lack_outbox");
        send(std::move(whole), {});
        if (stopped_) return;
        if (!has_following) sink_->lack(msg("mastodon.lack_following"));
        if (!has_outbox) sink_->lack(msg("mastodon.lack_outbox"));
        if (has_outbox) sink_->lack(msg("mastodon.lack_answers"));
        sink_->lack(msg("mastodon.lack_hashtags"));
    }

    void send(Record record, const Location& where) {
        if (!stopped_) note(sink_->accept(std::move(record), where));
    }
    void note(Flow flow) { stopped_ = stopped_ || flow == Flow::stop; }

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    Actor actor_;
    Owner owner_;
    Person me_;
    std::string evidence_;
    std::set<std::string> muted_;
    std::optional<Instant> exported_at_;

    RecordSink* sink_ = nullptr;  // during read_into
    Groups groups_;
    std::uint64_t bytes_read_ = 0;
    bool stopped_ = false;
};

class MastodonConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "mastodon",
                                             .version = 1,
                                             .title = "Mastodon archive and lists",
                                             .message = "mastodon.recognises",
                                             .how_to = "mastodon.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const auto layout = lay_out(source);
        if (!layout) return std::nullopt;
        return Match{layout->is_whole ? Confidence::certain : Confidence::likely,
                     layout->is_whole ? msg("mastodon.evidence_archive", arg("file", layout->first)) : msg("mastodon.evidence_file", arg("file", layout->first))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        auto layout = lay_out(source);
        if (!layout) throw Error(refusal(msg("mastodon.not_an_archive"), {.entry = source.label()}, msg("mastodon.how_to")));
        return std::make_unique<Stream>(source, context, std::move(*layout));
    }
};

}  // namespace
}  // namespace mastodon

const Connector& mastodon_connector() {
    static const mastodon::MastodonConnector connector;
    return connector;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// YouTube in a Takeout: the channels somebody follows, and the comments they wrote, nobody knows on whose channel. See format.md.
#include <algorithm>
#include <cstdint>
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
#include "connectors/support.hpp"
#include "connectors/takeout.hpp"
#include "connectors/youtube/tables.hpp"

namespace secateur {
namespace youtube {
namespace {

constexpr std::string_view platform = "youtube";
const Instant founded = std::chrono::sys_days(std::chrono::year(2005) / 2 / 14);

class Reader final : public RecordStream {
public:
    Reader(const Source& source, const ReadContext& context, Layout layout)
        : source_(source), context_(context), layout_(std::move(layout)), exported_at_(takeout_instant(source)) {
        if (!exported_at_) exported_at_ = export_instant(source, context.zone);
        settle_owner();
    }

    [[nodiscard]] const Owner& owner() const override { return owner_; }
    [[nodiscard]] std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        stopped_ = false;
        bytes_ = 0;
        channels_.clear();
        has_comments_ = false;
        tell_account();
        if (layout_.other_files > 0 && !stopped_) sink.ignore("other_file", layout_.other_files);
        source_.for_each([this](const Entry& entry) { return table_of(entry) != nullptr; },
                         [this](const Entry& entry, ByteStream& stream) {
                             if (!stopped_) read_table(*table_of(entry), stream);
                             return stopped_ ? Flow::stop : Flow::proceed;
                         });
        if (!stopped_) tell_coverage();
        if (stopped_) return;
        sink.lack(msg("youtube.lack_dates"));
        if (has_comments_) sink.lack(msg("youtube.lack_channels"));
    }

private:
    [[nodiscard]] const FoundTable* table_of(const Entry& entry) const {
        const auto found =
            std::ranges::find(layout_.tables, entry.path, [](const FoundTable& table) { return table.entry->path; });
        return found == layout_.tables.end() ? nullptr : &*found;
    }

    /// The channel that the comments say is mine; else whoever the client is, since these tables hold nobody else's acts.
    void settle_owner() {
        std::set<std::string> mine;
        for (const FoundTable& table : layout_.tables) {
            if (table.kind == TableKind::subscriptions) continue;
            const std::string_view head = source_.head(*table.entry);
            const auto column = comment_columns(head).channel;
            const auto stream = memory_stream(head);
            CsvTable rows(*stream, table.entry->path);
            while (column && rows.next())
                if (const std::string_view id = trim(rows.cell(column)); is_channel_id(id)) mine.emplace(id);
        }
        const Identities& me = context_.me;
        std::string name = !me.names.empty() ? me.names.front() : !me.handles.empty() ? me.handles.front() : std::string();
        if (mine.empty()) {
            owner_.person = Person{.key = name.empty() ? "me" : fold_name(name), .name = std::move(name)};
            owner_.evidence = msg("youtube.owner_own_tables");
            return;
        }
        // Two channels in one export are one account's.
        for (const std::string& id : mine) owner_.also.push_back({.key = id, .name = {}});
        owner_.person = owner_.also.front();
        owner_.person->name = std::move(name);
        owner_.also.erase(owner_.also.begin());
        owner_.evidence = msg("youtube.owner_channel", arg("id", owner_.person->key));
    }

    bool next(CsvTable& table) {
        while (!stopped_ && table.next()) {
            Message fault = table.fault();
            if (fault.empty()) return true;
            reject(table, std::move(fault));
        }
        return false;
    }
    void emit(Record record, const Location& where = {}) {
        if (!stopped_ && sink_->accept(std::move(record), where) == Flow::stop) stopped_ = true;
    }
    void reject(const CsvTable& table, Message reason) {
        if (!stopped_ && sink_->reject(refusal(std::move(reason), table.where()), table.raw()) == Flow::stop) stopped_ = true;
    }

    void read_table(const FoundTable& found, ByteStream& stream) {
        try {
            ProgressStream counted(stream, bytes_, context_.progress);
            if (found.kind == TableKind::subscriptions) {
                CsvTable table(counted, found.entry->path);
                read_subscriptions(table);
            } else {
                PeekStream peek(counted);
                const CommentColumns columns = comment_columns(peek.head());
                CsvTable table(peek, found.entry->path);
                read_comments(table, columns, found);
            }
        } catch (const Error& error) {
            // The rest of this table is lost; the others may be whole.
            if (sink_->reject(error.problem(), {}) == Flow::stop) stopped_ = true;
        }
    }

    void read_subscriptions(CsvTable& table) {
        while (next(table)) {
            const std::string id(trim(table.cell(0)));
            if (!is_channel_id(id)) {
                reject(table, msg("youtube.no_channel", arg("value", quote(id))));
                continue;
            }
            if (channels_.insert(id).second)
                emit(Group{.platform = std::string(platform),
                           .key = id,
                           .name = std::string(trim(table.cell(2))),
                           .url = "https://www.youtube.com/channel/" + id,
                           .kind = GroupKind::channel},
                     table.where());
            Membership membership{.platform = std::string(platform), .group = id, .event = MembershipEvent::member};
            membership.origin = "subscriptions";
            emit(std::move(membership), table.where());
        }
    }

    void read_comments(CsvTable& table, const CommentColumns& columns, const FoundTable& found) {
        if (!columns.id || !columns.time || !columns.text) {
            if (!table.columns().empty() && table.next())
                sink_->warn("unknown_header", msg("youtube.unknown_header", arg("file", found.entry->name())),
                            {.entry = found.entry->path});
            return;
        }
        const bool live = found.kind == TableKind::live_chats;
        while (next(table)) {
            Activity activity{.platform = std::string(platform), .author = *owner_.person, .is_me = true};
            activity.native_id = trim(table.cell(columns.id));
            if (activity.native_id.empty()) {
                reject(table, msg("youtube.no_id"));
                continue;
            }
            const std::string_view written = trim(table.cell(columns.time));
            if (!written.empty()) {
                const auto at = parse_time(written);
                const bool future = at && context_.today != Date{} && *at >= context_.today + std::chrono::days(2);
                if (!at || *at < founded || future) {
                    reject(table, at ? msg("youtube.impossible_date", arg("value", quote(written)))
                                     : msg("youtube.bad_date", arg("value", quote(written))));
                    continue;
                }
                activity.when = When{.at = *at};
            }
            const std::size_t dot = live ? std::string::npos : activity.native_id.find('.');
            activity.kind = live ? ActivityKind::message : dot != std::string::npos ? ActivityKind::reply : ActivityKind::comment;
            if (dot != std::string::npos) activity.parent = activity.native_id.substr(0, dot);
            if (const std::string_view channel = trim(table.cell(columns.channel)); is_channel_id(channel))
                activity.author.key = channel;
            if (const std::string_view video = trim(table.cell(columns.video)); !video.empty())
                activity.links.push_back("https://www.youtube.com/watch?v=" + std::string(video));
            activity.text = joined_text(table.cell(columns.text));
            has_comments_ = true;
            emit(std::move(activity), table.where());
        }
    }

    void tell_account() {
        if (owner_.person->key == "me") return;
        Account account{.platform = std::string(platform), .evidence = "account.from_profile"};
        if (is_channel_id(owner_.person->key)) {
            account.native_id = owner_.person->key;
            account.evidence = "account.from_export";
        }
        if (!owner_.person->name.empty()) account.names.push_back(owner_.person->name);
        emit(std::move(account));
    }
    void tell_coverage() {
        emit(Coverage{.platform = std::string(platform), .kind = CoverageKind::own_only, .end = exported_at_});
        for (const std::string& id : channels_)
            emit(Coverage{.platform = std::string(platform), .group = id, .kind = CoverageKind::names_only, .end = exported_at_});
    }

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    std::optional<Instant> exported_at_;
    Owner owner_;

    RecordSink* sink_ = nullptr;  // during read_into
    bool stopped_ = false;
    bool has_comments_ = false;
    std::set<std::string> channels_;
    std::uint64_t bytes_ = 0;
};

class YouTubeConnector final : public Connector {
public:
    [[nodiscard]] const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "youtube",
                                             .version = 1,
                                             .title = "YouTube (Takeout, CSV)",
                                             .message = "youtube.recognises",
                                             .how_to = "youtube.how_to"};
        return about;
    }

    [[nodiscard]] std::optional<Match> detect(const Source& source) const override {
        const Layout layout = lay_out(source);
        if (layout.tables.empty() || !is_alone(source, layout.folder)) return std::nullopt;
        const FoundTable& first = layout.tables.front();
        return Match{.confidence = Confidence::certain, .evidence = msg("youtube.evidence", arg("file", first.entry->path))};
    }

    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Layout layout = lay_out(source);
        if (layout.tables.empty())
            throw Error(refusal(msg("youtube.not_an_export"), {.entry = source.label()}, msg("youtube.how_to")));
        return std::make_unique<Reader>(source, context, std::move(layout));
    }
};

}  // namespace
}  // namespace youtube

const Connector& youtube_connector();
const Connector& youtube_connector() {
    static const youtube::YouTubeConnector connector;
    return connector;
}

}  // namespace secateur

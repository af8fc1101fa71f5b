// SPDX-License-Identifier: GPL-3.0-or-later
// The export of a Slack workspace, made by Slack or in the same layout by slackdump. See format.md.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "connectors/connector.hpp"
#include "connectors/progress.hpp"
#include "connectors/slack/message_reader.hpp"
#include "connectors/slack/workspace.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace slack {
namespace {

/// The first text that stands where a pattern looks.
class FirstText final : public JsonHandler {
public:
    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location&) override {
        text = value.string();
        return Flow::stop;
    }
    std::string text;
};

std::string first_text(const Source& source, const Entry& entry, std::string_view path) {
    FirstText found;
    static_cast<void>(read_json(*memory_stream(source.head(entry)), entry.path, {{JsonPattern::value, path}}, found));
    return std::move(found.text);
}

/// "C024BE91L": the letter tells channels, groups and direct conversations apart.
bool is_conversation_id(std::string_view id) noexcept {
    if (id.size() < 2 || (id[0] != 'C' && id[0] != 'G' && id[0] != 'D')) return false;
    for (const char c : id)
        if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) return false;
    return true;
}

/// "1452837318.000002"
bool is_timestamp(std::string_view ts) noexcept {
    const std::size_t dot = ts.find('.');
    return dot >= 9 && dot <= 10 && ts.size() > dot + 1 && ts.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool lists_conversations(const Source& source, const Entry& entry) {
    const List list = list_of(entry.name());
    return list != List::users && list != List::integrations && is_conversation_id(first_text(source, entry, "[*].id"));
}

class Stream final : public RecordStream {
public:
    Stream(const Source& source, Layout layout, const ReadContext& context)
        : source_(source), layout_(std::move(layout)), context_(context), workspace_(read_workspace(source, layout_)) {
        window_ = window_in_name(source.stem(), context_.zone);
        if (!window_.end && !layout_.root.empty()) window_ = window_in_name(layout_.root, context_.zone);
        exported_at_ = window_.end ? window_.end : export_instant(source, context_.zone);
        settle_owner();
    }

    const Owner& owner() const override { return me_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (me_.is_known() && sink.accept(account_of(me_, workspace_.members), {}) == Flow::stop) return;
        for (const Problem& each : workspace_.problems)
            if (sink.reject(each, {}) == Flow::stop) return;
        if (workspace_.integrations > 0) sink.ignore("integration_log", workspace_.integrations);
        MessageReader messages(workspace_, me_, window_, exported_at_, context_.today, sink);
        if (read_days(messages, sink) == Flow::stop || messages.finish() == Flow::stop) return;
        tell(messages, sink);
    }

private:
    void settle_owner() {
        me_ = find_owner(workspace_.members, context_.me);
        if (me_.is_known()) return;
        if (!context_.me.forced)
            if (auto found = owner_by_conversations(workspace_)) {
                me_ = std::move(*found);
                return;
            }
        survey(source_, layout_, workspace_);
        me_ = find_owner(workspace_.members, context_.me);
        if (!me_.is_known()) propose_owners(me_.owner, workspace_.members);
    }

    Flow read_days(MessageReader& messages, RecordSink& sink) {
        Flow flow = Flow::proceed;
        std::uint64_t bytes = 0;
        const std::string alone = source_.stem();  // the folder of one conversation, given without the others
        source_.for_each([this](const Entry& entry) { return layout_.is_day(entry); },
                         [&](const Entry& entry, ByteStream& stream) {
                             const std::string_view folder = entry.folder();
                             messages.begin_file(folder.empty() ? std::string_view(alone) : folder.substr(folder.rfind('/') + 1), entry.path);
                             ProgressStream counted(stream, bytes, context_.progress);
                             JsonOutcome outcome = read_json(counted, entry.path, MessageReader::patterns(), messages, MessageReader::json_options());
                             if (outcome.end == JsonEnd::complete) return flow;
                             if (outcome.end == JsonEnd::stopped && !messages.file_is_no_list()) return flow = Flow::stop;
                             if (messages.file_is_no_list()) {
                                 Location where;
                                 where.entry = entry.path;
                                 return flow = sink.reject(refusal(msg("slack.not_a_list"), where), {});
                             }
                             return flow = sink.reject(std::move(outcome.problem), {});
                         });
        return flow;
    }

    /// What is not in the export, and how to get it.
    void tell(const MessageReader& messages, RecordSink& sink) const {
        if (!layout_.has(List::dms) && !layout_.has(List::groups)) sink.lack(msg("slack.lack_private"));
        if (!layout_.has(List::users)) sink.lack(msg("slack.lack_users"));
        if (messages.saw_hidden()) sink.lack(msg("slack.lack_hidden"));
    }

    const Source& source_;
    Layout layout_;
    ReadContext context_;
    Workspace workspace_;
    Window window_;
    std::optional<Instant> exported_at_;
    Ownership me_;
};

class SlackConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "slack",
                                             .version = 1,
                                             .title = "Slack workspace export",
                                             .message = "slack.recognises",
                                             .how_to = "slack.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const auto layout = find_layout(source);
        if (!layout) return std::nullopt;
        const bool has_messages = layout->day != nullptr && is_timestamp(first_text(source, *layout->day, "[*].ts"));
        std::size_t looks = 2;
        bool has_list = false;
        std::string list;
        for (const Entry* entry : layout->lists) {
            if (has_list || looks == 0 || list_of(entry->name()) == List::users || list_of(entry->name()) == List::integrations) continue;
            --looks;
            has_list = lists_conversations(source, *entry);
            list = entry->name();
        }
        if (has_list) return Match{has_messages ? Confidence::certain : Confidence::likely, msg("slack.evidence_list", arg("file", list))};
        if (has_messages) return Match{Confidence::likely, msg("slack.evidence_day", arg("file", layout->day->path))};
        return std::nullopt;
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        auto layout = find_layout(source);
        if (!layout) throw Error(refusal(msg("slack.not_an_export"), {}, msg("slack.how_to")));
        return std::make_unique<Stream>(source, std::move(*layout), context);
    }
};

}  // namespace
}  // namespace slack

const Connector& slack_connector() {
    static const slack::SlackConnector connector;
    return connector;
}

}  // namespace secateur

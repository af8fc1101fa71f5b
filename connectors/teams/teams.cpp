// SPDX-License-Identifier: GPL-3.0-or-later
// The export of a Microsoft Teams tenant, made by an administrator. See format.md.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "connectors/progress.hpp"
#include "connectors/support.hpp"
#include "connectors/teams/message_reader.hpp"
#include "connectors/teams/tenant.hpp"

namespace secateur {
namespace teams {
namespace {

class Stream final : public RecordStream {
public:
    Stream(const Source& source, Layout layout, const ReadContext& context)
        : source_(source), layout_(std::move(layout)), context_(context), exported_at_(export_instant(source, context.zone)) {
        read_lists(source, layout_, tenant_);
        tenant_.me = find_owner(tenant_.members, context.me);
        if (!tenant_.me.is_known()) {
            survey(source, layout_, tenant_);
            tenant_.me = find_owner(tenant_.members, context.me);
        }
        if (tenant_.me.is_known()) find_my_chats(source, layout_, tenant_);
        else propose_owners(tenant_.me.owner, tenant_.members);
    }

    const Owner& owner() const override { return tenant_.me.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (tenant_.me.is_known() && sink.accept(account_of(tenant_.me, tenant_.members), {}) == Flow::stop) return;
        for (const Problem& each : tenant_.problems)
            if (sink.reject(each, {}) == Flow::stop) return;
        MessageReader messages(tenant_, context_, exported_at_, sink);
        std::uint64_t bytes = 0;
        bool stopped = false;
        const auto wanted = [this](const Entry& entry) {
            const FileKind kind = layout_.kind_of(entry);
            return kind == FileKind::team_messages || kind == FileKind::chats || kind == FileKind::meetings;
        };
        source_.for_each(wanted, [&](const Entry& entry, ByteStream& stream) {
            messages.begin_file(layout_.kind_of(entry), Layout::owner_of(entry));
            ProgressStream counted(stream, bytes, context_.progress);
            JsonOutcome outcome = read_json(counted, entry.path, {{JsonPattern::value, "[*]"}}, messages);
            if (outcome.end == JsonEnd::stopped) stopped = true;
            if (outcome.end == JsonEnd::broken && sink.reject(std::move(outcome.problem), {}) == Flow::stop) stopped = true;
            return stopped ? Flow::stop : Flow::proceed;
        });
        if (stopped || messages.finish() == Flow::stop) return;
        if (!messages.saw_chats()) sink.lack(msg("teams.lack_chats"));
        if (tenant_.me.is_known() && !messages.saw_meetings()) sink.lack(msg("teams.lack_meetings"));
    }

private:
    const Source& source_;
    Layout layout_;
    ReadContext context_;
    std::optional<Instant> exported_at_;
    Tenant tenant_;
};

class TeamsConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "teams",
                                             .version = 1,
                                             .title = "Microsoft Teams tenant export",
                                             .message = "teams.recognises",
                                             .how_to = "teams.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const auto layout = find_layout(source);
        if (!layout) return std::nullopt;
        std::size_t looks = 3;
        for (const Entry& entry : source.entries()) {
            const FileKind kind = layout->kind_of(entry);
            std::string_view mark;
            if (kind == FileKind::teams) mark = "\"GroupsId\"";
            else if (kind == FileKind::users) mark = "\"UserPrincipalName\"";
            else if (kind == FileKind::chats || kind == FileKind::team_messages) mark = "\"MessageType\"";
            if (mark.empty() || entry.size.value_or(0) < 8) continue;
            if (source.head(entry).find(mark) != std::string_view::npos) return Match{Confidence::certain, msg("teams.evidence", arg("file", entry.name()))};
            if (--looks == 0) break;
        }
        return std::nullopt;
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        auto layout = find_layout(source);
        if (!layout) throw Error(refusal(msg("teams.not_an_export"), {}, msg("teams.how_to")));
        return std::make_unique<Stream>(source, std::move(*layout), context);
    }
};

}  // namespace
}  // namespace teams

const Connector& teams_connector() {
    static const teams::TeamsConnector connector;
    return connector;
}

}  // namespace secateur

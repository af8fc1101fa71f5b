// SPDX-License-Identifier: GPL-3.0-or-later
// Zulip: a server's export, a public archive, or what its interface replies. See format.md.
#include <algorithm>
#include <cmath>

#include "base/json_stream.hpp"
#include "connectors/support.hpp"
#include "connectors/zulip/layout.hpp"

namespace secateur {
namespace zulip {

bool is_message_file(std::string_view name) noexcept {
    return name.starts_with("messages-") && name.ends_with(".json") && name.find_first_not_of("0123456789", 9) == name.size() - 5;
}

std::optional<When> time_of(std::optional<double> seconds, Date today) {
    constexpr double oldest = 946'684'800;  // 2000: older chats are brought over with their dates
    if (!seconds || !(*seconds >= oldest && *seconds < 1e11)) return std::nullopt;
    const Instant at{std::chrono::seconds{static_cast<std::int64_t>(std::floor(*seconds))}};
    if (today != Date{} && at >= Instant{today + std::chrono::days{2}}) return std::nullopt;
    return When{.at = at, .written = {}};
}

std::optional<Layout> find_layout(const Source& source) {
    const auto depth = [](const Entry& entry) { return std::ranges::count(entry.path, '/'); };
    const Entry *realm = nullptr, *index = nullptr, *json = nullptr;
    std::size_t files = 0;
    for (const Entry& entry : source.entries()) {
        const std::string_view name = entry.name();
        if (name == "realm.json" && (realm == nullptr || depth(entry) < depth(*realm))) realm = &entry;
        if (name == "stream_index.json" && (index == nullptr || depth(entry) < depth(*index))) index = &entry;
        if (name.ends_with(".json") && ++files == 1) json = &entry;
    }
    const auto layout = [](Layout::Kind kind, const Entry& main) { return Layout{.kind = kind, .root = std::string(main.folder()), .main = &main}; };
    const auto has = [&](const Entry& entry, std::string_view text) { return source.head(entry).find(text) != std::string_view::npos; };
    if (realm != nullptr && has(*realm, "\"zerver_")) return layout(Layout::server, *realm);
    if (index != nullptr && has(*index, "\"streams\"") && (has(*index, "\"latest_id\"") || has(*index, "\"topic_data\""))) return layout(Layout::archive, *index);
    if (files == 1 && has(*json, "\"messages\"") && has(*json, "\"display_recipient\"") && has(*json, "\"sender_full_name\"")) return layout(Layout::dump, *json);
    return std::nullopt;
}

namespace {

class ZulipConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{
            .name = "zulip", .version = 1, .title = "Zulip export or archive (JSON)", .message = "zulip.recognises", .how_to = "zulip.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const auto layout = find_layout(source);
        if (!layout) return std::nullopt;
        const std::string file(layout->main->name());
        switch (layout->kind) {
            case Layout::server: return Match{Confidence::certain, msg("zulip.evidence_server", arg("file", file))};
            case Layout::archive: return Match{Confidence::certain, msg("zulip.evidence_archive", arg("file", file))};
            case Layout::dump: break;
        }
        return Match{Confidence::certain, msg("zulip.evidence_dump", arg("file", file))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        const auto layout = find_layout(source);
        if (!layout) throw Error(refusal(msg("zulip.not_an_export"), {}, msg("zulip.how_to")));
        return layout->kind == Layout::server ? open_server(source, *layout, context) : open_archive(source, *layout, context);
    }
};

}  // namespace
}  // namespace zulip

const Connector& zulip_connector() {
    static const zulip::ZulipConnector connector;
    return connector;
}

}  // namespace secateur

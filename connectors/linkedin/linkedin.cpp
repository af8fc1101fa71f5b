// SPDX-License-Identifier: GPL-3.0-or-later
// LinkedIn's "Get a copy of your data": recognises the archive, its folder, or one of its tables.
#include <memory>
#include <optional>
#include <utility>

#include "connectors/connector.hpp"
#include "connectors/linkedin/files.hpp"
#include "connectors/linkedin/reader.hpp"

namespace secateur {
namespace {

constexpr std::size_t heads_to_check = 3;

class LinkedInConnector final : public Connector {
public:
    [[nodiscard]] const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo info{.name = "linkedin",
                                            .version = 1,
                                            .title = "LinkedIn data archive (CSV)",
                                            .message = "linkedin.recognises",
                                            .how_to = "linkedin.how_to"};
        return info;
    }

    [[nodiscard]] std::optional<Match> detect(const Source& source) const override {
        const linkedin::Layout layout = linkedin::lay_out(source);
        if (layout.files.empty()) return std::nullopt;
        // What stands beside it in a folder may be somebody else's: let each sub-folder be offered alone.
        if (source.kind() == SourceKind::folder && !layout.holds_all) return std::nullopt;

        std::size_t checked = 0, verified = 0;
        const linkedin::FoundFile* first = nullptr;
        for (const linkedin::FoundFile& file : layout.files) {
            if (checked == heads_to_check) break;
            ++checked;
            if (!linkedin::table_shape(source.head(*file.entry), *file.spec).has_header) continue;
            ++verified;
            if (first == nullptr) first = &file;
        }
        if (first == nullptr) return std::nullopt;
        if (layout.files.size() == 1)
            return Match{
                .confidence = is_telling(*first) ? Confidence::certain : Confidence::likely,
                .evidence = msg("linkedin.evidence_file", arg("file", first->entry->name()), arg("like", first->spec->title))};
        return Match{.confidence = verified >= 2 ? Confidence::certain : Confidence::likely,
                     .evidence = msg("linkedin.evidence_archive", arg("file", first->entry->name()),
                                     arg("count", layout.files.size() - 1))};
    }

    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        return std::make_unique<linkedin::Reader>(source, context, linkedin::lay_out(source));
    }

private:
    /// Columns that nobody but LinkedIn writes.
    static bool is_telling(const linkedin::FoundFile& file) {
        using enum linkedin::FileKind;
        switch (file.spec->kind) {
            case connections:
            case invitations:
            case shares:
            case messages:
            case ad_targeting:
            case endorsements_given:
            case endorsements_received: return true;
            default: return false;
        }
    }
};

}  // namespace

const Connector& linkedin_connector();
const Connector& linkedin_connector() {
    static const LinkedInConnector connector;
    return connector;
}

}  // namespace secateur

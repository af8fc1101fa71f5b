// SPDX-License-Identifier: GPL-3.0-or-later
// From files to the store: which connector reads what, then one source at a time through parser thread, bounded queue and writer.
// Identity, edits, quarantine, coverage and ownership are settled here and nowhere else.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/source.hpp"
#include "connectors/connector.hpp"
#include "model/import_status.hpp"
#include "store/store.hpp"

namespace secateur {

/// Raised whenever the same text may yield different features.
inline constexpr int feature_version = 4;

/// A source and the connector that claims it.
struct PlannedSource {
    std::vector<std::shared_ptr<const Source>> parents;  // kept alive for `source`
    std::shared_ptr<const Source> source;
    const Connector* connector = nullptr;
    Confidence confidence = Confidence::possible;
    Message evidence;
    std::vector<std::filesystem::path> paths;  // on disk, where it is a file, an archive or several; empty: inside another source
};

/// A path nothing claims.
struct Unrecognised {
    std::string path;
    Message looks_like;                          // "a JSON file", "an empty folder", "an archive inside an archive"
    std::vector<const Connector*> closest;       // by name; possibly none
};

/// A path or an archive that cannot be read at all: missing, damaged, encrypted, beyond the limits.
struct Unreadable {
    std::string path;
    Problem problem;
};

struct ImportPlan {
    std::vector<PlannedSource> sources;
    std::vector<Unreadable> unreadable;
    std::vector<Unrecognised> unrecognised;
};

struct PlanOptions {
    std::string connector;  // --connector NAME: it alone is asked; empty: all are
    SourceLimits limits;
    ReadContext context;    // for telling whether two parts have one owner
};

/// Throws Error: usage for an unknown connector name or for two connectors of equal confidence (naming --connector), io for a path that
/// cannot be read.
[[nodiscard]] ImportPlan plan_import(const std::vector<std::filesystem::path>& paths, std::span<const Connector* const> connectors,
                                     const PlanOptions& options = {});

struct ImportProgress {
    std::uint64_t bytes = 0, total_bytes = 0;  // on disk
    std::uint64_t records = 0;
};

struct ImportOptions {
    bool with_text = true;           // false: --no-text
    bool accept_quarantine = false;  // keep the source whatever the share of rejections
    std::function<void(const ImportProgress&)> progress;  // called by the reading thread, at most every 64 KiB or 1,024 records
};

struct ImportResult {
    ImportStatus status = ImportStatus::imported;
    std::optional<Problem> problem;       // when failed: why (too many rejections)
    std::vector<Problem> first_rejections;  // at most five
    SourceInfo source;                    // its id is 0 when failed
    std::vector<OwnerCandidate> candidates;  // when the owner is unknown: whom to propose
};

/// Throws Error for a source that cannot be read at all, an export of somebody else (input), a database that is busy or broken;
/// the store is then as it was. Too many rejections give `failed`, with the store as it was.
[[nodiscard]] ImportResult import_source(Store& store, const PlannedSource& planned, const ReadContext& context,
                                         const ImportOptions& options = {});
/// The same for a source at hand.
[[nodiscard]] ImportResult import_source(Store& store, const Source& source, const Connector& connector, const ReadContext& context,
                                         const ImportOptions& options = {});

/// The bytes of a quarantined record, read again from its place; nothing when the source has gone, changed, or the place is not known.
[[nodiscard]] std::optional<std::string> read_quarantined(const QuarantineRow& row, std::uint64_t limit = 64 * 1024);

}  // namespace secateur

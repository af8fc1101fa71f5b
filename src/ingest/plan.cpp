// SPDX-License-Identifier: GPL-3.0-or-later
// Which connector reads what: asks all of them, splits folders that none claims, joins the parts of one export.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "base/text.hpp"
#include "ingest/import.hpp"

namespace secateur {
namespace {

constexpr int greatest_depth = 8;
constexpr int most_looks = 200;   // folders and files looked at to tell a heap of exports from one
constexpr std::size_t most_parts = 100;  // a folder with more is one export (a workspace by its channels)

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
    std::string lower(name);
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return std::ranges::any_of(endings, [&](std::string_view each) { return lower.ends_with(each); });
}

bool is_media_name(std::string_view name) {
    return ends_with_any(name, {".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".bmp", ".svg", ".ico", ".mp4", ".mov", ".avi", ".mkv", ".webm", ".3gp",
                                ".mp3", ".ogg", ".opus", ".oga", ".m4a", ".aac", ".wav", ".tgs", ".pdf", ".doc", ".docx", ".ppt", ".pptx", ".ttf", ".woff",
                                ".woff2"});
}

Message looks_of(std::string_view name) {
    if (is_archive_name(name)) return msg("ingest.looks_archive");
    if (is_media_name(name)) return msg("ingest.looks_media");
    if (ends_with_any(name, {".json", ".jsonl", ".ndjson"})) return msg("ingest.looks_json");
    if (ends_with_any(name, {".csv", ".tsv"})) return msg("ingest.looks_table");
    if (ends_with_any(name, {".html", ".htm", ".xml"})) return msg("ingest.looks_page");
    if (ends_with_any(name, {".txt", ".md", ".log"})) return msg("ingest.looks_text");
    return msg("ingest.looks_file");
}

/// The name of a part of an export: "facebook-isa-2026-10-30-1.zip", "takeout-20261030T101010Z-001.zip".
struct PartName {
    std::string base;  // all before the number, and the ending
    unsigned number = 0;
};

std::optional<PartName> part_name(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    if (!is_archive_name(name)) return std::nullopt;
    std::size_t dot = name.rfind('.');
    if (dot != std::string::npos && ends_with_any(std::string_view(name).substr(0, dot), {".tar"})) dot -= 4;
    if (dot == std::string::npos) return std::nullopt;
    const auto digit = [&](std::size_t i) { return i < name.size() && name[i] >= '0' && name[i] <= '9'; };
    std::size_t begin = dot;
    while (begin > 0 && digit(begin - 1)) --begin;
    const std::size_t number = begin;
    if (begin >= 5 && ends_with_any(std::string_view(name).substr(0, begin), {"part"})) begin -= 4;  // "-part1"
    if (number == dot || dot - number > 3 || begin < 2 || (name[begin - 1] != '-' && name[begin - 1] != '_')) return std::nullopt;
    // The end of a date is no part number: 2026-10-30, 10-30-26.
    if (number == begin && dot - begin <= 2 && begin >= 6 && digit(begin - 2) && digit(begin - 3) && (name[begin - 4] == '-' || name[begin - 4] == '_') && digit(begin - 5)) return std::nullopt;
    return PartName{.base = (path.parent_path() / name.substr(0, begin)).string() + '\n' + name.substr(dot),
                    .number = static_cast<unsigned>(*parse_integer(std::string_view(name).substr(number, dot - number)))};
}

class Planner {
public:
    Planner(std::span<const Connector* const> connectors, const PlanOptions& options) : connectors_(connectors), options_(options) {
        if (options.connector.empty()) return;
        const auto found = std::ranges::find(connectors, options.connector, [](const Connector* each) { return std::string(each->info().name); });
        if (found == connectors.end()) {
            std::string names;
            for (const Connector* each : connectors) names += (names.empty() ? "" : ", ") + std::string(each->info().name);
            throw Error({.kind = ErrorKind::usage, .reason = msg("ingest.no_connector", arg("name", quote(options.connector))), .where = {},
                         .hint = msg("ingest.no_connector_hint", arg("names", names))});
        }
        asked_ = *found;
    }

    ImportPlan plan(const std::vector<std::filesystem::path>& paths) {
        std::vector<std::filesystem::path> distinct;
        for (const auto& path : paths)
            if (std::ranges::find(distinct, path) == distinct.end()) distinct.push_back(path);
        offer_paths(distinct, {}, 0, plan_.unrecognised);
        return std::move(plan_);
    }

private:
    using Parents = std::vector<std::shared_ptr<const Source>>;

    struct Claim {
        const Connector* connector = nullptr;
        Match match;
    };

    /// The surest first.
    std::vector<Claim> claims_on(const Source& source) const {
        std::vector<Claim> claims;
        for (const Connector* each : connectors_)
            if (asked_ == nullptr || each == asked_)
                if (auto match = each->detect(source)) claims.push_back({each, std::move(*match)});
        std::ranges::stable_sort(claims, [](const Claim& a, const Claim& b) { return a.match.confidence > b.match.confidence; });
        return claims;
    }

    std::optional<Claim> claim(const Source& source) const { return only(claims_on(source), source); }

    static std::optional<Claim> only(const std::vector<Claim>& claims, const Source& source) {
        if (claims.empty()) return std::nullopt;
        if (claims.size() > 1 && claims[0].match.confidence == claims[1].match.confidence)
            throw Error({.kind = ErrorKind::usage,
                         .reason = msg("ingest.two_connectors", arg("path", source.label()), arg("first", claims[0].connector->info().name),
                                       arg("second", claims[1].connector->info().name)),
                         .where = {}, .hint = msg("ingest.two_connectors_hint", arg("name", claims[0].connector->info().name))});
        return claims.front();
    }

    /// Whether a folder that `whole` claims is a heap of exports, one of them its own: something in it belongs for certain to another connector, and
    /// `whole` would not take it alone; or an archive lies beside. Looks at no more than `looks_left` folders and files.
    bool is_heap(const std::shared_ptr<const Source>& source, const Connector& whole, int& looks_left) const {
        const Inside inside = inside_of(*source);
        if (source->kind() == SourceKind::folder)
            for (const std::string& each : inside.archives) {
                if (--looks_left < 0) return false;
                try {
                    if (!claims_on(*open_source(std::filesystem::path(source->label()) / each, options_.limits)).empty()) return true;
                } catch (const Error&) {
                    // No archive, or one that cannot be read: nothing to take apart for.
                }
            }
        std::vector<std::string> parts(inside.folders.begin(), inside.folders.end());
        for (const std::string& each : inside.files)
            if (!is_media_name(each)) parts.push_back(each);
        if (parts.size() > most_parts) return false;
        for (const std::string& each : parts) {
            if (--looks_left < 0) return false;
            const std::shared_ptr<const Source> part = open_below(*source, each);
            const auto claims = claims_on(*part);
            if (claims.empty()) continue;
            if (claims.front().match.confidence == Confidence::certain && !whole.detect(*part)) return true;
            if (part->kind() != SourceKind::file && is_heap(part, *claims.front().connector, looks_left)) return true;
        }
        return false;
    }

    void add(const Claim& found, std::shared_ptr<const Source> source, Parents parents, std::vector<std::filesystem::path> paths) {
        plan_.sources.push_back({.parents = std::move(parents), .source = std::move(source), .connector = found.connector,
                                 .confidence = found.match.confidence, .evidence = found.match.evidence, .paths = std::move(paths)});
    }

    /// Paths that stand side by side: parts of one export first, then each alone. True when something was recognised.
    bool offer_paths(const std::vector<std::filesystem::path>& paths, const Parents& parents, int depth, std::vector<Unrecognised>& unrecognised) {
        std::map<std::string, std::map<unsigned, std::filesystem::path>> families;
        for (const auto& path : paths)
            if (const auto part = part_name(path)) families[part->base].emplace(part->number, path);
        std::set<std::filesystem::path> joined;
        bool recognised = false;
        for (const auto& [base, parts] : families) {
            if (parts.size() < 2) continue;
            std::vector<std::filesystem::path> in_order;
            for (const auto& [number, path] : parts) in_order.push_back(path);
            if (!offer_parts(in_order, parents)) continue;
            recognised = true;
            joined.insert(in_order.begin(), in_order.end());
        }
        for (const auto& path : paths) {
            if (joined.contains(path)) continue;
            std::shared_ptr<const Source> source;
            try {
                source = open_source(path, options_.limits);
            } catch (const Error& error) {
                plan_.unreadable.push_back({.path = path.string(), .problem = error.problem()});
                continue;
            }
            recognised = offer(std::move(source), parents, {path}, depth, unrecognised) || recognised;
        }
        return recognised;
    }

    bool offer_parts(const std::vector<std::filesystem::path>& paths, const Parents& parents) {
        std::shared_ptr<const Source> whole = open_parts(paths, options_.limits);
        const auto found = claim(*whole);
        if (!found) return false;
        // Each part alone may be too little to be claimed; where it is claimed, connector and owner must agree.
        std::set<std::string> owners;
        std::size_t claimed = 0;
        for (const auto& path : paths) {
            const auto part = open_source(path, options_.limits);
            const auto own = claim(*part);
            if (!own) continue;
            if (own->connector != found->connector) return false;
            ++claimed;
            try {
                const auto stream = own->connector->open(*part, options_.context);
                const Owner& owner = stream->owner();
                if (owner.person && owner.from_export) owners.insert(owner.person->key.empty() ? fold_name(owner.person->name) : owner.person->key);
            } catch (const Error&) {
                // A part that cannot stand alone: the whole may.
            }
        }
        if (owners.size() > 1 || (owners.empty() && claimed > 1)) return false;
        add(*found, std::move(whole), parents, paths);
        return true;
    }

    /// True when it, or something in it, was recognised; what was not is listed, a folder of nothing but strangers as one.
    bool offer(std::shared_ptr<const Source> source, const Parents& parents, std::vector<std::filesystem::path> paths, int depth,
               std::vector<Unrecognised>& unrecognised) {
        if (source->entries().empty()) {
            unrecognised.push_back({.path = source->label(), .looks_like = msg("ingest.looks_empty"), .closest = {}});
            return false;
        }
        if (const auto claims = claims_on(*source); !claims.empty()) {
            int looks_left = most_looks;
            const bool may_split = asked_ == nullptr && source->kind() != SourceKind::file && source->kind() != SourceKind::parts && depth < greatest_depth;
            if (may_split && is_heap(source, *claims.front().connector, looks_left)) return split(std::move(source), parents, depth, unrecognised);
            const Claim found = *only(claims, *source);
            add(found, std::move(source), parents, std::move(paths));
            return true;
        }
        if (asked_ != nullptr && depth == 0) {
            // She says what it is: it is read as such, and the connector tells what it lacks.
            add({asked_, {.confidence = Confidence::possible, .evidence = msg("ingest.asked_for")}}, std::move(source), parents, std::move(paths));
            return true;
        }
        if (source->kind() == SourceKind::file || depth >= greatest_depth) {
            const Entry& entry = source->entries().front();
            unrecognised.push_back({.path = source->label(), .looks_like = looks_of(entry.name()), .closest = closest(*source)});
            return false;
        }
        return split(std::move(source), parents, depth, unrecognised);
    }

    struct Inside {
        std::set<std::string> folders;
        std::vector<std::string> files, archives;
    };
    static Inside inside_of(const Source& source) {
        Inside found;
        for (const Entry& entry : source.entries()) {
            const std::size_t slash = entry.path.find('/');
            if (slash != std::string::npos) found.folders.insert(entry.path.substr(0, slash));
            else if (is_archive_name(entry.path)) found.archives.push_back(entry.path);
            else found.files.push_back(entry.path);
        }
        return found;
    }

    bool split(std::shared_ptr<const Source> source, const Parents& parents, int depth, std::vector<Unrecognised>& unrecognised) {
        const auto [folders, files, archives] = inside_of(*source);
        Parents below = parents;
        below.push_back(source);
        std::vector<Unrecognised> strangers;
        bool recognised = false;
        for (const std::string& each : folders) recognised = offer(open_below(*source, each), below, {}, depth + 1, strangers) || recognised;
        if (source->kind() == SourceKind::folder) {
            std::vector<std::filesystem::path> on_disk;
            for (const std::string& each : archives) {
                const std::filesystem::path path = std::filesystem::path(source->label()) / each;
                std::error_code failed;
                if (std::filesystem::is_regular_file(path, failed)) on_disk.push_back(path);
                else strangers.push_back({.path = path.string(), .looks_like = msg("ingest.looks_archive_inside"), .closest = {}});
            }
            recognised = offer_paths(on_disk, below, depth + 1, strangers) || recognised;
        } else {
            for (const std::string& each : archives)
                strangers.push_back({.path = source->label() + '/' + each, .looks_like = msg("ingest.looks_archive_inside"), .closest = {}});
        }
        for (const std::string& each : files) {
            if (is_media_name(each)) {
                strangers.push_back({.path = source->label() + '/' + each, .looks_like = msg("ingest.looks_media"), .closest = {}});
                continue;
            }
            std::shared_ptr<const Source> file = open_below(*source, each);
            std::vector<std::filesystem::path> paths;
            if (std::error_code failed; std::filesystem::is_regular_file(file->label(), failed)) paths.emplace_back(file->label());
            recognised = offer(std::move(file), below, std::move(paths), depth + 1, strangers) || recognised;
        }
        if (recognised) {
            unrecognised.insert(unrecognised.end(), strangers.begin(), strangers.end());
        } else {
            std::vector<const Connector*> near = closest(*source);
            for (const Unrecognised& each : strangers)
                for (const Connector* connector : each.closest)
                    if (std::ranges::find(near, connector) == near.end()) near.push_back(connector);
            const bool is_archive = source->kind() != SourceKind::folder;
            unrecognised.push_back({.path = source->label(),
                                    .looks_like = is_archive ? msg("ingest.looks_archive_of", arg("count", source->entries().size()))
                                                             : msg("ingest.looks_folder", arg("count", source->entries().size())),
                                    .closest = std::move(near)});
        }
        return recognised;
    }

    /// Connectors whose name stands in the path, or near the beginning of a single file.
    std::vector<const Connector*> closest(const Source& source) const {
        std::string evidence = source.stem();
        for (std::size_t i = 0; i < std::min<std::size_t>(source.entries().size(), 200); ++i) evidence += ' ' + source.entries()[i].path;
        if (source.kind() == SourceKind::file) evidence += ' ' + std::string(source.head(source.entries().front()).substr(0, 4096));
        for (char& c : evidence) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        std::vector<const Connector*> near;
        for (const Connector* each : connectors_)
            if (evidence.find(each->info().name) != std::string::npos) near.push_back(each);
        return near;
    }

    std::span<const Connector* const> connectors_;
    const PlanOptions& options_;
    const Connector* asked_ = nullptr;
    ImportPlan plan_;
};

}  // namespace

ImportPlan plan_import(const std::vector<std::filesystem::path>& paths, std::span<const Connector* const> connectors, const PlanOptions& options) {
    return Planner(connectors, options).plan(paths);
}

}  // namespace secateur

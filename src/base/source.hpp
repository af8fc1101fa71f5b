// SPDX-License-Identifier: GPL-3.0-or-later
// One view of what a person downloaded: a folder, a ZIP, a tar (plain, gz, bz2, xz), several parts of one export, or a single
// file. Named entries, each a sequential byte stream; nothing is ever unpacked to disk. Refuses what could harm.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace secateur {

/// What an archive may cost. Past a limit the source is refused with a Problem that names it.
struct SourceLimits {
    std::uint64_t entries = 500'000;
    std::uint64_t expanded_bytes = std::uint64_t{1} << 40;  // 1 TiB
    std::uint64_t ratio = 1'000;                            // expanded to compressed, judged past ratio_from
    std::uint32_t path_length = 1'024;
    std::uint32_t depth = 32;  // folders inside folders
    std::uint64_t ratio_from = std::uint64_t{64} << 20;  // expanded bytes
};

struct Entry {
    std::string path;  // valid UTF-8, '/' between parts, relative to the source; unique in it
    std::optional<std::uint64_t> size;  // expanded bytes, where the container says
    std::optional<Instant> modified;
    std::size_t part = 0;  // which of the given parts holds it

    [[nodiscard]] std::string_view name() const noexcept;    // the last component
    [[nodiscard]] std::string_view folder() const noexcept;  // all before it, without the final '/'
};

class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// Fills up to `buffer.size()` bytes; 0 at the end. Throws Error when the bytes cannot be read (a damaged archive).
    [[nodiscard]] virtual std::size_t read(std::span<char> buffer) = 0;
};

/// A stream over bytes in memory that outlive it; for tests and for heads.
std::unique_ptr<ByteStream> memory_stream(std::string_view bytes);
/// Everything up to the limit; throws Error(input) past it.
std::string read_all(ByteStream& stream, std::uint64_t limit, const std::string& entry);

enum class SourceKind { file, folder, archive, parts };

class Source {
public:
    virtual ~Source() = default;

    [[nodiscard]] virtual SourceKind kind() const noexcept = 0;
    /// The path as the user gave it (the first part's), for messages.
    [[nodiscard]] virtual const std::string& label() const noexcept = 0;
    /// The last component of the label without archive or file ending: evidence for dates and group names.
    [[nodiscard]] virtual std::string stem() const = 0;
    /// All entries that may be read, sorted by path, `__MACOSX/` and `.DS_Store` left out.
    [[nodiscard]] virtual const std::vector<Entry>& entries() const = 0;
    /// Entries skipped for safety (links, `..`, absolute paths, devices, encrypted, too long), each with its reason; names that had
    /// to be guessed.
    [[nodiscard]] virtual const std::vector<Problem>& notices() const = 0;
    /// A new stream of one entry from its beginning. A tar costs one pass a call: prefer for_each there.
    [[nodiscard]] virtual std::unique_ptr<ByteStream> open(const Entry& entry) const = 0;
    /// Visits the wanted entries in the cheapest order (archive order), each once.
    virtual void for_each(const std::function<bool(const Entry&)>& wanted,
                          const std::function<Flow(const Entry&, ByteStream&)>& visit) const = 0;
    /// At most the first 64 KiB of an entry, kept, so that all connectors share one look.
    [[nodiscard]] virtual std::string_view head(const Entry& entry) const = 0;
    /// Bytes of all parts on disk, compressed as they are; for progress.
    [[nodiscard]] virtual std::uint64_t bytes_on_disk() const = 0;
    /// Modification time of the newest part on disk or, in an archive, of its newest entry.
    [[nodiscard]] virtual std::optional<Instant> newest_modification() const = 0;

    /// First entry whose path or last component equals `name`, compared after folding case, `'`, `’`, `_` and space.
    [[nodiscard]] const Entry* find(std::string_view name) const;
};

/// Throws Error when a path does not exist, cannot be read, is no archive although its name says so, or breaks a limit.
[[nodiscard]] std::unique_ptr<Source> open_source(const std::filesystem::path& path, const SourceLimits& limits = {});
/// Several parts of one export seen as one tree; a path that two parts hold with other content is kept twice ("name (2)") and noted.
[[nodiscard]] std::unique_ptr<Source> open_parts(const std::vector<std::filesystem::path>& paths,
                                                 const SourceLimits& limits = {});
/// A part of a folder seen as a source of its own (a sub-folder or one file).
[[nodiscard]] std::unique_ptr<Source> open_below(const Source& folder, std::string_view path);

/// Whether the name says an archive that this program opens (.zip, .tar, .tar.gz, .tgz, .tar.bz2, .tar.xz, .7z).
[[nodiscard]] bool is_archive_name(std::string_view name) noexcept;

}  // namespace secateur

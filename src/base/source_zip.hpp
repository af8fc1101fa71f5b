// SPDX-License-Identifier: GPL-3.0-or-later
// Plain ZIP files by their central directory: listed in one pass over it, small entries inflated whole. Refuses nothing: what it
// does not understand, or finds damaged, it leaves to libarchive (source_archive.cpp). Private to base/source*.cpp.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/source.hpp"

struct libdeflate_decompressor;

namespace secateur::source_detail {

/// Where the directory says an entry is.
struct ZipPlace {
    std::uint64_t header = 0;  // of its local header in the file
    std::uint64_t compressed = 0;
    std::uint32_t checksum = 0;  // CRC-32 of the expanded bytes
    bool deflated = false;
    bool length_behind = false;  // the local header does not say the lengths
};

struct ZipRecord {
    std::string_view name;  // as found, gone after the call
    std::uint64_t expanded = 0;
    Instant modified;
    bool folder = false;
    ZipPlace place;
};

/// A file through a buffer, so that neighbours are read together.
class FileWindow {
public:
    explicit FileWindow(const std::filesystem::path& path);
    FileWindow(const FileWindow&) = delete;
    FileWindow& operator=(const FileWindow&) = delete;
    ~FileWindow();
    /// Valid until the next call; nothing where the file has no such bytes or cannot be read.
    [[nodiscard]] std::optional<std::string_view> view(std::uint64_t offset, std::size_t size);

private:
    int file_;
    std::vector<char> buffer_;
    std::uint64_t begin_ = 0;  // of the buffer in the file
    std::size_t filled_ = 0;
};

enum class ZipDirectory { plain, strange, too_long };
/// Visits the records in the order of their local headers. `strange`: nothing of what was visited counts. `too_long`: more than
/// `most` records, whatever they are.
[[nodiscard]] ZipDirectory read_zip_directory(const std::filesystem::path& path, std::uint64_t bytes, std::uint64_t most,
                                              const std::function<void(const ZipRecord&)>& visit);

/// Reads entries of a plain ZIP, one after the other; its buffers stay from entry to entry.
class ZipFile {
public:
    explicit ZipFile(const std::filesystem::path& path) : file_(path) {}
    /// Where an entry's data begin; nothing when its local header contradicts the directory.
    [[nodiscard]] std::optional<std::uint64_t> data_of(const ZipPlace& place);
    /// A small entry's bytes, verified, valid until the next call; nothing when it is large or damaged.
    [[nodiscard]] std::optional<std::string_view> read_small(const ZipPlace& place, std::uint64_t expanded);

private:
    struct Free {
        void operator()(libdeflate_decompressor* inflater) const;
    };
    FileWindow file_;
    std::unique_ptr<libdeflate_decompressor, Free> inflater_;
    std::vector<char> expanded_;
};

}  // namespace secateur::source_detail

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/source_internal.hpp"

namespace secateur::source_detail {
namespace {

Instant instant_of(const struct stat& found) { return Instant(std::chrono::seconds(found.st_mtim.tv_sec)); }

class FolderSource final : public SourceBase {
public:
    FolderSource(std::filesystem::path path, const SourceLimits& limits)
        : SourceBase(SourceKind::folder, shown(path)), path_(std::move(path)), limits_(limits) {
        std::vector<Listed<std::filesystem::path>> list;
        std::error_code error;
        std::filesystem::directory_iterator root(path_, error);
        if (error) refuse(ErrorKind::io, msg("source.no_permission"), label());
        walk(std::move(root), {}, 0, list);
        files_ = settle(std::move(list));
    }

    [[nodiscard]] std::unique_ptr<ByteStream> open(const Entry& entry) const override {
        return open_file(files_[index_of(entry.path)], entry.path);
    }
    [[nodiscard]] std::uint64_t bytes_on_disk() const override {
        std::uint64_t sum = 0;
        for (const Entry& entry : entries_) sum += entry.size.value_or(0);
        return sum;
    }
    [[nodiscard]] std::optional<Instant> newest_modification() const override {
        std::optional<Instant> newest;
        for (const Entry& entry : entries_) newest = std::max(newest, entry.modified);
        return newest;
    }
    [[nodiscard]] std::filesystem::path file(std::string_view path) const { return files_[index_of(path)]; }

private:
    using Files = std::vector<Listed<std::filesystem::path>>;

    void walk(std::filesystem::directory_iterator at, const std::string& prefix, std::uint32_t depth, Files& list) {
        std::error_code error;
        for (; at != std::filesystem::directory_iterator(); at.increment(error)) {
            const std::filesystem::path& file = at->path();
            const std::string raw = prefix + file.filename().native();
            if (is_macos_litter(raw)) continue;
            struct stat found {};
            CheckedName name = check_name(raw, NameStyle::folder, limits_);
            if (::lstat(file.c_str(), &found) != 0) {
                note(msg("source.skipped_unreadable"), name.path);
            } else if (!name.refusal.empty()) {
                note(std::move(name.refusal), name.path);
            } else if (S_ISDIR(found.st_mode)) {
                enter(file, raw, name.path, depth, list);
            } else if (S_ISLNK(found.st_mode)) {
                note(msg("source.skipped_link"), name.path);
            } else if (!S_ISREG(found.st_mode)) {
                note(msg("source.skipped_device"), name.path);
            } else if (::access(file.c_str(), R_OK) != 0) {
                note(msg("source.skipped_unreadable"), name.path);
            } else {
                add(file, std::move(name), found, list);
            }
        }
        if (error) note(msg("source.skipped_unreadable"), prefix);
    }

    void enter(const std::filesystem::path& folder, const std::string& raw, const std::string& name, std::uint32_t depth,
               Files& list) {
        if (depth >= limits_.depth) {
            note(msg("source.skipped_deep", arg("limit", limits_.depth)), name);
            return;
        }
        std::error_code error;
        std::filesystem::directory_iterator inside(folder, error);
        if (error) {
            note(msg("source.skipped_unreadable"), name);
            return;
        }
        walk(std::move(inside), raw + "/", depth + 1, list);
    }

    void add(const std::filesystem::path& file, CheckedName name, const struct stat& found, Files& list) {
        if (list.size() >= limits_.entries) {
            refuse(ErrorKind::input, msg("source.too_many_entries", arg("limit", limits_.entries)), label());
        }
        if (name.guessed) note(msg("source.name_guessed", arg("charset", "Windows-1252")), name.path);
        list.push_back({{std::move(name.path), static_cast<std::uint64_t>(found.st_size), instant_of(found), 0}, file});
    }

    std::filesystem::path path_;
    SourceLimits limits_;
    std::vector<std::filesystem::path> files_;  // in step with entries_
};

class FileSource final : public SourceBase {
public:
    FileSource(std::filesystem::path path, std::string label)
        : SourceBase(SourceKind::file, std::move(label)), path_(std::move(path)) {
        struct stat found {};
        if (::stat(path_.c_str(), &found) != 0) refuse(ErrorKind::io, msg("source.cannot_read"), this->label());
        const std::string& given = this->label();
        entries_.push_back({given.substr(given.rfind('/') + 1), static_cast<std::uint64_t>(found.st_size), instant_of(found), 0});
    }

    [[nodiscard]] std::unique_ptr<ByteStream> open(const Entry& entry) const override {
        return open_file(path_, entries_[index_of(entry.path)].path);
    }
    [[nodiscard]] std::uint64_t bytes_on_disk() const override { return entries_.front().size.value_or(0); }
    [[nodiscard]] std::optional<Instant> newest_modification() const override { return entries_.front().modified; }

private:
    std::filesystem::path path_;
};

}  // namespace

std::unique_ptr<Source> open_folder(const std::filesystem::path& path, const SourceLimits& limits) {
    return std::make_unique<FolderSource>(path, limits);
}

std::unique_ptr<Source> open_single_file(const std::filesystem::path& path, std::string label) {
    return std::make_unique<FileSource>(path, std::move(label));
}

std::optional<std::filesystem::path> file_behind(const Source& source, std::string_view path) {
    const auto* folder = dynamic_cast<const FolderSource*>(&source);
    return folder != nullptr ? std::optional(folder->file(path)) : std::nullopt;
}

}  // namespace secateur::source_detail

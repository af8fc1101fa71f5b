// SPDX-License-Identifier: GPL-3.0-or-later
// What all kinds of sources share: the sorted list of entries, names made safe, the cache of heads. Private to base/source*.cpp.
#pragma once

#include <mutex>
#include <unordered_map>
#include <utility>

#include "base/source.hpp"

namespace secateur::source_detail {

inline constexpr std::size_t piece = std::size_t{256} << 10;
inline constexpr std::size_t head_size = std::size_t{64} << 10;

/// How names without a declared encoding are read when they are not UTF-8.
enum class NameStyle { zip, tar, folder };

/// A name as found in a container, made into an entry path, or the reason why it is refused.
struct CheckedName {
    std::string path;
    Message refusal;       // empty: fine
    bool guessed = false;  // it was not UTF-8
};
[[nodiscard]] CheckedName check_name(std::string_view raw, NameStyle style, const SourceLimits& limits);
/// `__MACOSX/` and `.DS_Store`: what macOS adds, never part of an export.
[[nodiscard]] bool is_macos_litter(std::string_view path) noexcept;

[[nodiscard]] Problem problem_at(ErrorKind kind, Message reason, std::string entry, Message hint = {});
[[noreturn]] void refuse(ErrorKind kind, Message reason, std::string entry, Message hint = {});
/// A path for people: valid UTF-8.
[[nodiscard]] std::string shown(const std::filesystem::path& path);
[[nodiscard]] std::optional<Instant> modification_of(const std::filesystem::path& path);
/// A regular file from its beginning. `entry` names it in errors.
[[nodiscard]] std::unique_ptr<ByteStream> open_file(const std::filesystem::path& path, const std::string& entry);
[[nodiscard]] std::string stem_of(std::string_view label, SourceKind kind);
/// "photo.jpg" -> "photo (2).jpg"
[[nodiscard]] std::string numbered(std::string_view path, std::size_t number);

/// Entries with what the container needs to find each again (`Slot`), kept sorted together.
template <class Slot>
struct Listed {
    Entry entry;
    Slot slot;
};

class SourceBase : public Source {
public:
    SourceBase(SourceKind kind, std::string label) : kind_(kind), label_(std::move(label)) {}

    [[nodiscard]] SourceKind kind() const noexcept override { return kind_; }
    [[nodiscard]] const std::string& label() const noexcept override { return label_; }
    [[nodiscard]] std::string stem() const override { return stem_of(label_, kind_); }
    [[nodiscard]] const std::vector<Entry>& entries() const override { return entries_; }
    [[nodiscard]] const std::vector<Problem>& notices() const override { return notices_; }
    [[nodiscard]] std::string_view head(const Entry& entry) const override;
    void for_each(const std::function<bool(const Entry&)>& wanted,
                  const std::function<Flow(const Entry&, ByteStream&)>& visit) const override;

protected:
    /// Position in entries(); throws Error when there is no such entry.
    [[nodiscard]] std::size_t index_of(std::string_view path) const;
    /// Sorts by path and gives equal paths numbers, with a notice each. Moves the entries to entries_, returns the slots in step.
    template <class Slot>
    std::vector<Slot> settle(std::vector<Listed<Slot>> list);
    void note(Message reason, std::string entry);

    std::vector<Entry> entries_;
    std::vector<Problem> notices_;

private:
    SourceKind kind_;
    std::string label_;
    mutable std::mutex heads_mutex_;
    mutable std::unordered_map<std::string, std::string> heads_;
};

template <class Slot>
std::vector<Slot> SourceBase::settle(std::vector<Listed<Slot>> list) {
    const auto by_path = [](const Listed<Slot>& a, const Listed<Slot>& b) { return a.entry.path < b.entry.path; };
    std::stable_sort(list.begin(), list.end(), by_path);
    bool renamed = false;
    const auto taken = [&list, &by_path](const std::string& path) {
        const Listed<Slot> wanted{{path, {}, {}, 0}, {}};
        return std::binary_search(list.begin(), list.end(), wanted, by_path);
    };
    std::vector<std::pair<std::size_t, std::string>> renames;
    for (std::size_t first = 0; first < list.size();) {
        std::size_t last = first + 1;
        std::size_t number = 1;
        for (; last < list.size() && list[last].entry.path == list[first].entry.path; ++last) {
            std::string path;
            do path = numbered(list[first].entry.path, ++number);
            while (taken(path));
            note(msg("source.same_path_twice", arg("name", path)), list[first].entry.path);
            renames.emplace_back(last, std::move(path));
            renamed = true;
        }
        first = last;
    }
    for (auto& [index, path] : renames) list[index].entry.path = std::move(path);
    if (renamed) std::stable_sort(list.begin(), list.end(), by_path);
    std::vector<Slot> slots;
    slots.reserve(list.size());
    entries_.reserve(list.size());
    for (Listed<Slot>& listed : list) {
        entries_.push_back(std::move(listed.entry));
        slots.push_back(std::move(listed.slot));
    }
    return slots;
}

[[nodiscard]] std::unique_ptr<Source> open_folder(const std::filesystem::path& path, const SourceLimits& limits);
[[nodiscard]] std::unique_ptr<Source> open_single_file(const std::filesystem::path& path, std::string label);
/// Plain ZIPs by their directory, or, for comparing, every ZIP by libarchive.
enum class ZipBy { directory, libarchive };
[[nodiscard]] std::unique_ptr<Source> open_archive(const std::filesystem::path& path, std::string label,
                                                   const SourceLimits& limits, ZipBy zip_by = ZipBy::directory);
/// The file on disk behind an entry, where the source is a folder.
[[nodiscard]] std::optional<std::filesystem::path> file_behind(const Source& source, std::string_view path);

}  // namespace secateur::source_detail

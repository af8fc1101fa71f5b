// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ascii.hpp"
#include "base/source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/source_internal.hpp"
#include "base/text.hpp"

namespace secateur {

namespace source_detail {
namespace {

bool ends_with_folded(std::string_view text, std::string_view ending) noexcept {
    if (text.size() < ending.size()) return false;
    return std::equal(ending.begin(), ending.end(), text.end() - static_cast<std::ptrdiff_t>(ending.size()),
                      [](char wanted, char c) { return wanted == ascii_lower(c); });
}

constexpr std::array<std::string_view, 10> archive_endings = {".tar.gz", ".tar.bz2", ".tar.xz", ".zip", ".tar",
                                                              ".tgz",    ".tbz2",    ".txz",    ".7z",  ".tbz"};

std::string_view archive_ending(std::string_view name) noexcept {
    for (const std::string_view ending : archive_endings) {
        if (name.size() > ending.size() && ends_with_folded(name, ending)) return name.substr(name.size() - ending.size());
    }
    return {};
}

class FileStream final : public ByteStream {
public:
    FileStream(const std::filesystem::path& path, std::string entry)
        : entry_(std::move(entry)), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {
        if (file_ < 0) fail();
        struct stat found {};
        if (::fstat(file_, &found) != 0 || !S_ISREG(found.st_mode)) {
            ::close(file_);
            refuse(ErrorKind::io, msg("source.changed"), entry_);
        }
        (void)::posix_fadvise(file_, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    FileStream(const FileStream&) = delete;
    FileStream& operator=(const FileStream&) = delete;
    ~FileStream() override { ::close(file_); }

    std::size_t read(std::span<char> buffer) override {
        const std::size_t wanted = std::min(buffer.size(), piece);
        for (;;) {
            const ssize_t count = ::read(file_, buffer.data(), wanted);
            if (count >= 0) return static_cast<std::size_t>(count);
            if (errno != EINTR) fail();
        }
    }

private:
    [[noreturn]] void fail() const {
        const int error = errno;
        refuse(ErrorKind::io, error == EACCES || error == EPERM ? msg("source.no_permission") : msg("source.cannot_read"),
               entry_);
    }

    std::string entry_;
    int file_;
};

class MemoryStream final : public ByteStream {
public:
    explicit MemoryStream(std::string_view bytes) : rest_(bytes) {}
    std::size_t read(std::span<char> buffer) override {
        const std::size_t count = std::min(buffer.size(), rest_.size());
        if (count > 0) std::memcpy(buffer.data(), rest_.data(), count);
        rest_.remove_prefix(count);
        return count;
    }

private:
    std::string_view rest_;
};

/// Forty connectors ask this of every entry; rfind would look at one byte after the other.
std::size_t name_begin(const std::string& path) noexcept {
    const void* const slash = ::memrchr(path.data(), '/', path.size());
    return slash == nullptr ? 0 : static_cast<std::size_t>(static_cast<const char*>(slash) - path.data()) + 1;
}

/// As many bytes as there are, or the buffer is full.
std::size_t read_fully(ByteStream& stream, std::span<char> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        const std::size_t count = stream.read(buffer.subspan(filled));
        if (count == 0) break;
        filled += count;
    }
    return filled;
}

bool same_content(ByteStream& a, ByteStream& b) {
    std::vector<char> left(piece);
    std::vector<char> right(piece);
    for (;;) {
        const std::size_t count = read_fully(a, left);
        if (read_fully(b, right) != count || std::memcmp(left.data(), right.data(), count) != 0) return false;
        if (count < piece) return true;
    }
}

/// Several sources as one tree.
class PartsSource final : public SourceBase {
public:
    PartsSource(std::vector<std::unique_ptr<Source>> parts, const SourceLimits& limits)
        : SourceBase(SourceKind::parts, parts.front()->label()), parts_(std::move(parts)) {
        std::vector<Listed<Slot>> list;
        std::unordered_map<std::string_view, std::vector<std::size_t>> seen;  // by path, places in `list`
        std::uint64_t expanded = 0;
        for (std::size_t part = 0; part < parts_.size(); ++part) {
            notices_.insert(notices_.end(), parts_[part]->notices().begin(), parts_[part]->notices().end());
            for (const Entry& entry : parts_[part]->entries()) {
                std::vector<std::size_t>& others = seen[entry.path];
                const bool known = std::any_of(others.begin(), others.end(), [&](std::size_t other) {
                    const Slot& there = list[other].slot;
                    return there.part != part && is_same(*parts_[there.part], *there.original, *parts_[part], entry);
                });
                if (known) continue;
                others.push_back(list.size());
                list.push_back({{entry.path, entry.size, entry.modified, part}, {part, &entry}});
                expanded += entry.size.value_or(0);
            }
        }
        if (list.size() > limits.entries)
            refuse(ErrorKind::input, msg("source.too_many_entries", arg("limit", limits.entries)), {});
        if (expanded > limits.expanded_bytes) {
            refuse(ErrorKind::input, msg("source.too_large", arg("limit", limits.expanded_bytes)), {});
        }
        slots_ = settle(std::move(list));
    }

    [[nodiscard]] std::unique_ptr<ByteStream> open(const Entry& entry) const override {
        const Slot& slot = slots_[index_of(entry.path)];
        return parts_[slot.part]->open(*slot.original);
    }
    void for_each(const std::function<bool(const Entry&)>& wanted,
                  const std::function<Flow(const Entry&, ByteStream&)>& visit) const override {
        bool stopped = false;
        for (std::size_t part = 0; part < parts_.size() && !stopped; ++part) {
            std::unordered_map<const Entry*, const Entry*> chosen;  // in the part -> here
            for (std::size_t i = 0; i < slots_.size(); ++i) {
                if (slots_[i].part == part && wanted(entries_[i])) chosen.emplace(slots_[i].original, &entries_[i]);
            }
            if (chosen.empty()) continue;
            parts_[part]->for_each([&](const Entry& original) { return chosen.contains(&original); },
                                   [&](const Entry& original, ByteStream& stream) {
                                       const Flow flow = visit(*chosen.at(&original), stream);
                                       stopped = flow == Flow::stop;
                                       return flow;
                                   });
        }
    }
    [[nodiscard]] std::uint64_t bytes_on_disk() const override {
        std::uint64_t sum = 0;
        for (const auto& part : parts_) sum += part->bytes_on_disk();
        return sum;
    }
    [[nodiscard]] std::optional<Instant> newest_modification() const override {
        std::optional<Instant> newest;
        for (const auto& part : parts_) newest = std::max(newest, part->newest_modification());
        return newest;
    }

private:
    struct Slot {
        std::size_t part = 0;
        const Entry* original = nullptr;
    };
    static bool is_same(const Source& one, const Entry& a, const Source& other, const Entry& b) {
        if (a.size && b.size && *a.size != *b.size) return false;
        const std::unique_ptr<ByteStream> left = one.open(a);
        const std::unique_ptr<ByteStream> right = other.open(b);
        return same_content(*left, *right);
    }

    std::vector<std::unique_ptr<Source>> parts_;
    std::vector<Slot> slots_;
};

/// A sub-folder, or one file, of another source that outlives it.
class BelowSource final : public SourceBase {
public:
    BelowSource(const Source& whole, std::string_view path, SourceKind kind)
        : SourceBase(kind, whole.label() + "/" + std::string(path)), whole_(whole), prefix_(path) {
        const std::vector<Entry>& all = whole.entries();
        if (kind == SourceKind::file) {
            prefix_.resize(prefix_.size() - prefix_.substr(prefix_.rfind('/') + 1).size());
        } else {
            prefix_ += '/';
        }
        for (const Entry& entry : all) {
            const bool inside = kind == SourceKind::file ? entry.path == path : entry.path.starts_with(prefix_);
            if (!inside) continue;
            originals_.push_back(&entry);
            entries_.push_back({entry.path.substr(prefix_.size()), entry.size, entry.modified, entry.part});
        }
        for (const Problem& notice : whole.notices()) {
            const std::string& where = notice.where.entry;
            if (kind == SourceKind::file ? where != path : !where.starts_with(prefix_)) continue;
            notices_.push_back(notice);
            notices_.back().where.entry = where.substr(prefix_.size());
        }
    }

    [[nodiscard]] std::unique_ptr<ByteStream> open(const Entry& entry) const override {
        return whole_.open(*originals_[index_of(entry.path)]);
    }
    [[nodiscard]] std::string_view head(const Entry& entry) const override {
        return whole_.head(*originals_[index_of(entry.path)]);
    }
    void for_each(const std::function<bool(const Entry&)>& wanted,
                  const std::function<Flow(const Entry&, ByteStream&)>& visit) const override {
        std::unordered_map<const Entry*, const Entry*> here;
        for (std::size_t i = 0; i < entries_.size(); ++i) here.emplace(originals_[i], &entries_[i]);
        whole_.for_each(
            [&](const Entry& original) {
                const auto found = here.find(&original);
                return found != here.end() && wanted(*found->second);
            },
            [&](const Entry& original, ByteStream& stream) { return visit(*here.at(&original), stream); });
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

private:
    const Source& whole_;
    std::string prefix_;
    std::vector<const Entry*> originals_;
};

std::string fold_file_name(std::string_view name) {
    std::string folded = is_ascii(name) ? std::string(name) : fold_name(name);
    std::string result;
    result.reserve(folded.size());
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const char c = folded[i];
        if (c == '\'' || c == ' ') {
            result += '_';
        } else if (folded.compare(i, 3, "\xE2\x80\x99") == 0) {  // U+2019
            result += '_';
            i += 2;
        } else {
            result += ascii_lower(c);
        }
    }
    return result;
}

}  // namespace

Problem problem_at(ErrorKind kind, Message reason, std::string entry, Message hint) {
    Problem problem;
    problem.kind = kind;
    problem.reason = std::move(reason);
    problem.where.entry = std::move(entry);
    problem.hint = std::move(hint);
    return problem;
}

void refuse(ErrorKind kind, Message reason, std::string entry, Message hint) {
    throw Error(problem_at(kind, std::move(reason), std::move(entry), std::move(hint)));
}

CheckedName check_name(std::string_view raw, NameStyle style, const SourceLimits& limits) {
    CheckedName result;
    std::string name(raw);
    if (!is_valid_utf8(name)) {
        result.guessed = true;
        const std::optional<std::string> decoded = decode_charset(name, style == NameStyle::zip ? "cp437" : "windows-1252");
        name = decoded && is_valid_utf8(*decoded) ? *decoded : to_valid_utf8(name);
    }
    // Some Windows programs write their own separator into archives; on disk here it is a letter like others.
    if (style == NameStyle::zip) std::replace(name.begin(), name.end(), '\\', '/');
    const auto letter = [](char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; };
    if (name.starts_with('/')) {
        result.refusal = msg("source.skipped_absolute");
    } else if (style != NameStyle::folder && name.size() >= 2 && letter(name[0]) && name[1] == ':') {
        result.refusal = msg("source.skipped_absolute");
    }
    std::uint32_t depth = 0;
    for (const std::string_view part : split(name, '/')) {
        if (part.empty() || part == ".") continue;
        if (part == ".." && result.refusal.empty()) result.refusal = msg("source.skipped_parent");
        if (!result.path.empty()) result.path += '/';
        result.path += part;
        ++depth;
    }
    if (result.refusal.empty()) {
        if (result.path.empty()) {
            result.refusal = msg("source.skipped_nameless");
        } else if (result.path.size() > limits.path_length) {
            result.refusal = msg("source.skipped_long_name", arg("limit", limits.path_length));
        } else if (depth > limits.depth + 1) {
            result.refusal = msg("source.skipped_deep", arg("limit", limits.depth));
        }
    }
    if (!result.refusal.empty()) {  // shown as it was, in short
        result.path = name.size() > 200 ? quote(name) : name;
    }
    return result;
}

bool is_macos_litter(std::string_view path) noexcept {
    return path == "__MACOSX" || path.starts_with("__MACOSX/") || path.find("/__MACOSX/") != std::string_view::npos ||
           path == ".DS_Store" || path.ends_with("/.DS_Store");
}

std::string shown(const std::filesystem::path& path) { return to_valid_utf8(path.native()); }

std::optional<Instant> modification_of(const std::filesystem::path& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return std::nullopt;
    return Instant(std::chrono::seconds(found.st_mtim.tv_sec));
}

std::unique_ptr<ByteStream> open_file(const std::filesystem::path& path, const std::string& entry) {
    return std::make_unique<FileStream>(path, entry);
}

std::string stem_of(std::string_view label, SourceKind kind) {
    while (label.size() > 1 && label.ends_with('/')) label.remove_suffix(1);
    std::string name(label.substr(label.rfind('/') + 1));
    if (name.empty() || name == "." || name == "..") {
        std::error_code ignored;
        name = shown(std::filesystem::canonical(std::filesystem::path(label), ignored).filename());
    }
    const std::string_view ending = archive_ending(name);
    if (!ending.empty() && kind != SourceKind::folder) {
        name.resize(name.size() - ending.size());
    } else if (kind == SourceKind::file) {
        const std::size_t dot = name.rfind('.');
        if (dot != std::string::npos && dot > 0) name.resize(dot);
    }
    return name;
}

std::string numbered(std::string_view path, std::size_t number) {
    const std::size_t name = path.rfind('/') + 1;
    const std::size_t dot = path.rfind('.');
    const std::size_t at = dot == std::string_view::npos || dot <= name ? path.size() : dot;
    return std::string(path.substr(0, at)) + " (" + std::to_string(number) + ")" + std::string(path.substr(at));
}

std::string_view SourceBase::head(const Entry& entry) const {
    const std::lock_guard lock(heads_mutex_);
    const auto known = heads_.find(entry.path);
    if (known != heads_.end()) return known->second;
    const std::unique_ptr<ByteStream> stream = open(entry);
    std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(entry.size.value_or(head_size), head_size)), '\0');
    bytes.resize(read_fully(*stream, bytes));
    return heads_.emplace(entry.path, std::move(bytes)).first->second;
}

void SourceBase::for_each(const std::function<bool(const Entry&)>& wanted,
                          const std::function<Flow(const Entry&, ByteStream&)>& visit) const {
    for (const Entry& entry : entries_) {
        if (!wanted(entry)) continue;
        const std::unique_ptr<ByteStream> stream = open(entry);
        if (visit(entry, *stream) == Flow::stop) return;
    }
}

std::size_t SourceBase::index_of(std::string_view path) const {
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), path,
                                        [](const Entry& entry, std::string_view wanted) { return entry.path < wanted; });
    if (found == entries_.end() || found->path != path) {
        refuse(ErrorKind::internal, msg("source.no_such_entry"), std::string(path));
    }
    return static_cast<std::size_t>(found - entries_.begin());
}

void SourceBase::note(Message reason, std::string entry) {
    notices_.push_back(problem_at(ErrorKind::input, std::move(reason), std::move(entry)));
}

}  // namespace source_detail

std::string_view Entry::name() const noexcept { return std::string_view(path).substr(source_detail::name_begin(path)); }

std::string_view Entry::folder() const noexcept {
    const std::size_t begin = source_detail::name_begin(path);
    return std::string_view(path).substr(0, begin == 0 ? 0 : begin - 1);
}

std::unique_ptr<ByteStream> memory_stream(std::string_view bytes) { return std::make_unique<source_detail::MemoryStream>(bytes); }

std::string read_all(ByteStream& stream, std::uint64_t limit, const std::string& entry) {
    std::string bytes;
    for (;;) {
        const std::size_t filled = bytes.size();
        const std::size_t step = std::clamp<std::size_t>(filled, std::size_t{4} << 10, source_detail::piece);
        bytes.resize(filled + step);
        const std::size_t count = stream.read(std::span(bytes).subspan(filled));
        bytes.resize(filled + count);
        if (bytes.size() > limit) {
            source_detail::refuse(ErrorKind::input, msg("source.entry_too_large", arg("limit", limit)), entry);
        }
        if (count == 0) return bytes;
    }
}

const Entry* Source::find(std::string_view name) const {
    const std::string wanted = source_detail::fold_file_name(name);
    for (const Entry& entry : entries()) {
        if (source_detail::fold_file_name(entry.name()) == wanted || source_detail::fold_file_name(entry.path) == wanted)
            return &entry;
    }
    return nullptr;
}

bool is_archive_name(std::string_view name) noexcept { return !source_detail::archive_ending(name).empty(); }

std::unique_ptr<Source> open_source(const std::filesystem::path& path, const SourceLimits& limits) {
    using namespace source_detail;
    const std::string label = shown(path);
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) {
        const int error = errno;
        if (error == EACCES || error == EPERM) refuse(ErrorKind::io, msg("source.no_permission"), label);
        refuse(ErrorKind::input, msg("source.not_found"), label, msg("source.hint_not_found"));
    }
    if (S_ISDIR(found.st_mode)) return open_folder(path, limits);
    if (!S_ISREG(found.st_mode)) refuse(ErrorKind::input, msg("source.special_file"), label);
    if (::access(path.c_str(), R_OK) != 0) refuse(ErrorKind::io, msg("source.no_permission"), label);
    std::error_code unresolved;
    std::filesystem::path file = std::filesystem::canonical(path, unresolved);
    if (unresolved) file = path;
    if (is_archive_name(label)) return open_archive(file, label, limits);
    return open_single_file(file, label);
}

std::unique_ptr<Source> open_parts(const std::vector<std::filesystem::path>& paths, const SourceLimits& limits) {
    if (paths.empty()) source_detail::refuse(ErrorKind::usage, msg("source.no_parts"), {});
    if (paths.size() == 1) return open_source(paths.front(), limits);
    std::vector<std::unique_ptr<Source>> parts;
    parts.reserve(paths.size());
    for (const std::filesystem::path& path : paths) parts.push_back(open_source(path, limits));
    return std::make_unique<source_detail::PartsSource>(std::move(parts), limits);
}

std::unique_ptr<Source> open_below(const Source& folder, std::string_view path) {
    using namespace source_detail;
    while (path.ends_with('/')) path.remove_suffix(1);
    const std::string prefix = std::string(path) + "/";
    bool is_folder = false;
    for (const Entry& entry : folder.entries()) {
        if (entry.path == path) {
            const std::optional<std::filesystem::path> file = is_archive_name(path) ? file_behind(folder, path) : std::nullopt;
            if (file) return open_archive(*file, folder.label() + "/" + std::string(path), {});
            return std::make_unique<BelowSource>(folder, path, SourceKind::file);
        }
        is_folder = is_folder || entry.path.starts_with(prefix);
    }
    if (!is_folder) refuse(ErrorKind::input, msg("source.not_found"), std::string(path));
    return std::make_unique<BelowSource>(folder, path, SourceKind::folder);
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Archives. An entry is known by its place among the headers. Plain ZIPs are listed by their directory, and their small entries
// read at once (source_zip.hpp). All else goes through libarchive: other and damaged ZIPs, large entries, tar and 7z. A ZIP entry
// is opened where it lies; elsewhere a reader goes forward to it, and the last one used is kept, so that opening in archive order
// costs one pass.
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <locale.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/source_internal.hpp"
#include "base/source_zip.hpp"
#include "base/text.hpp"

namespace secateur::source_detail {
namespace {

/// libarchive hands out names in the thread's character set, and none at all where they do not fit it.
class Utf8Names {
public:
    Utf8Names() : before_(::uselocale(utf8())) {}
    Utf8Names(const Utf8Names&) = delete;
    Utf8Names& operator=(const Utf8Names&) = delete;
    ~Utf8Names() { ::uselocale(before_); }

private:
    static locale_t utf8() {
        static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        return locale;  // null: uselocale changes nothing, and names that do not fit are refused one by one
    }
    locale_t before_;
};

struct Container {
    std::filesystem::path path;
    std::string label;
    std::uint64_t bytes = 0;
    SourceLimits limits;
};

/// The same limits for what headers declare and for what really comes out, for the former may lie.
void check_expanded(const Container& container, std::uint64_t expanded, const std::string& entry) {
    const SourceLimits& limits = container.limits;
    if (expanded > limits.expanded_bytes) {
        refuse(ErrorKind::input, msg("source.too_large", arg("limit", limits.expanded_bytes)), entry);
    }
    if (expanded > limits.ratio_from && expanded / limits.ratio >= container.bytes) {
        refuse(ErrorKind::input, msg("source.ratio", arg("limit", limits.ratio)), entry);
    }
}

[[noreturn]] void refuse_damaged(const std::string& entry, std::optional<std::uint64_t> offset = {}) {
    Problem problem = problem_at(ErrorKind::input, msg("source.damaged"), entry, msg("source.hint_download_again"));
    problem.where.offset = offset;
    throw Error(std::move(problem));
}

[[noreturn]] void refuse_length(const Container& container) {
    refuse(ErrorKind::input, msg("source.too_many_entries", arg("limit", container.limits.entries)), container.label);
}

[[noreturn]] void refuse_encrypted(const Container& container) {
    refuse(ErrorKind::input, msg("source.password"), container.label, msg("source.hint_password", arg("name", container.label)));
}

/// The bytes of the archive file from some place on, for libarchive.
class FileTail {
public:
    FileTail(const Container& container, std::uint64_t offset)
        : file_(::open(container.path.c_str(), O_RDONLY | O_CLOEXEC)), offset_(static_cast<off_t>(offset)) {
        if (file_ < 0) refuse(ErrorKind::io, msg("source.cannot_read"), container.label);
    }
    FileTail(const FileTail&) = delete;
    FileTail& operator=(const FileTail&) = delete;
    ~FileTail() { ::close(file_); }

    static la_ssize_t read(archive*, void* self, const void** bytes) {
        auto* const tail = static_cast<FileTail*>(self);
        const ssize_t count = ::pread(tail->file_, tail->buffer_.data(), tail->buffer_.size(), tail->offset_);
        *bytes = tail->buffer_.data();
        if (count > 0) tail->offset_ += count;
        return count < 0 ? ARCHIVE_FATAL : count;
    }

    [[nodiscard]] bool read_at(std::string& bytes, std::uint64_t offset) const {
        const ssize_t count = ::pread(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        return count >= 0 && static_cast<std::size_t>(count) == bytes.size();
    }

private:
    int file_;
    off_t offset_;
    std::array<char, std::size_t{64} << 10> buffer_;
};

/// Where the local header of a ZIP entry begins whose data begin at `data`: the signature whose two lengths lead exactly there.
/// Nothing for the entries that cannot be read without the directory (stored, with their length only behind them).
std::optional<std::uint64_t> find_local_header(const Container& container, std::uint64_t data) {
    constexpr std::uint64_t fixed = 30;
    const auto stream = std::make_unique<FileTail>(container, 0);
    for (const std::uint64_t reach : {std::uint64_t{1'024}, fixed + 2 * 65'535}) {
        std::string bytes(static_cast<std::size_t>(std::min(reach, data)), '\0');
        if (!stream->read_at(bytes, data - bytes.size())) return std::nullopt;
        const auto number = [&bytes](std::size_t at) {
            return static_cast<unsigned>(static_cast<unsigned char>(bytes[at]) | (static_cast<unsigned char>(bytes[at + 1]) << 8U));
        };
        for (std::size_t back = fixed; back <= bytes.size(); ++back) {
            const std::size_t at = bytes.size() - back;
            if (bytes.compare(at, 4, "PK\x03\x04") != 0 || fixed + number(at + 26) + number(at + 28) != back) continue;
            const bool length_behind = (number(at + 6) & 8U) != 0;
            const unsigned method = number(at + 8);
            if (method != 8 && (method != 0 || length_behind)) return std::nullopt;
            return data - back;
        }
    }
    return std::nullopt;
}

/// One pass over an archive.
class Reader {
public:
    /// Over the one ZIP entry whose local header lies at `offset`.
    Reader(const Container& container, std::uint64_t offset)
        : container_(container), tail_(std::make_unique<FileTail>(container, offset)), archive_(::archive_read_new()) {
        if (archive_ == nullptr) throw std::bad_alloc();
        ::archive_read_support_format_zip_streamable(archive_.get());
        const int result = ::archive_read_open(archive_.get(), tail_.get(), nullptr, &FileTail::read, nullptr);
        if (result != ARCHIVE_OK) fail_to_start();
    }
    explicit Reader(const Container& container) : container_(container), archive_(::archive_read_new()) {
        if (archive_ == nullptr) throw std::bad_alloc();
        const Utf8Names names;
        // By its central directory only: a ZIP cut short while being downloaded must not pass for a smaller one.
        ::archive_read_support_format_zip_seekable(archive_.get());
        ::archive_read_support_format_tar(archive_.get());
        ::archive_read_support_format_7zip(archive_.get());
        ::archive_read_support_filter_gzip(archive_.get());
        ::archive_read_support_filter_bzip2(archive_.get());
        ::archive_read_support_filter_xz(archive_.get());
        if (::archive_read_open_filename(archive_.get(), container.path.c_str(), piece) != ARCHIVE_OK) fail_to_start();
    }

    /// The next header, or null at the end.
    archive_entry* next() {
        const Utf8Names names;
        archive_entry* entry = nullptr;
        const int result = ::archive_read_next_header(archive_.get(), &entry);
        if (result == ARCHIVE_EOF) return nullptr;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
            if (::archive_read_has_encrypted_entries(archive_.get()) == 1) refuse_encrypted(container_);
            if (position_ == 0) fail_to_start();
            refuse_damaged(container_.label);
        }
        ++position_;
        return entry;
    }
    /// Goes on to the header at that place.
    void advance_to(std::size_t place) {
        while (position_ <= place) {
            if (next() == nullptr) refuse(ErrorKind::io, msg("source.changed"), container_.label);
        }
    }
    /// Bytes of the archive passed so far; after a header, where its data begin (for those without compression of the whole).
    [[nodiscard]] std::uint64_t bytes_passed() const {
        return static_cast<std::uint64_t>(::archive_filter_bytes(archive_.get(), 0));
    }
    /// Headers read so far.
    [[nodiscard]] std::size_t position() const { return position_; }
    [[nodiscard]] archive* get() const { return archive_.get(); }
    [[nodiscard]] bool is_zip() const {
        return (::archive_format(archive_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
    }
    [[nodiscard]] bool is_tar() const {
        return (::archive_format(archive_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
    }
    [[nodiscard]] const Container& container() const { return container_; }
    /// Counts what this pass unpacked.
    void count(std::uint64_t bytes, const std::string& entry) {
        unpacked_ += bytes;
        check_expanded(container_, unpacked_, entry);
    }

private:
    struct Free {
        void operator()(archive* a) const { ::archive_read_free(a); }
    };
    [[noreturn]] void fail_to_start() const {
        const bool known = ::archive_format(archive_.get()) != 0;
        refuse(ErrorKind::input, known ? msg("source.damaged") : msg("source.not_archive"), container_.label,
               msg("source.hint_download_again"));
    }

    const Container& container_;
    std::unique_ptr<FileTail> tail_;
    std::unique_ptr<archive, Free> archive_;
    std::size_t position_ = 0;
    std::uint64_t unpacked_ = 0;
};

/// The data of the entry whose header the reader has just read.
class EntryStream : public ByteStream {
public:
    EntryStream(Reader& reader, const Entry& entry) : reader_(reader), path_(entry.path), declared_(entry.size) {}

    std::size_t read(std::span<char> buffer) override {
        std::size_t filled = 0;
        while (filled < buffer.size()) {
            const std::span<char> room = buffer.subspan(filled);
            const std::uint64_t hole = block_offset_ - std::min(given_, block_offset_);
            std::size_t count = 0;
            if (hole > 0 && (block_size_ > 0 || ended_)) {  // a gap in a sparse file
                count = static_cast<std::size_t>(std::min<std::uint64_t>(hole, room.size()));
                std::memset(room.data(), 0, count);
            } else if (block_size_ > 0) {
                count = std::min(block_size_, room.size());
                std::memcpy(room.data(), block_, count);
                block_ += count;
                block_size_ -= count;
                block_offset_ += count;
            } else if (ended_ || filled > 0 || !next_block()) {
                break;  // what is at hand goes out before more is unpacked
            }
            given_ += count;
            filled += count;
        }
        reader_.count(filled, path_);
        if (declared_ && given_ > *declared_) refuse_damaged(path_, given_);
        if (filled == 0 && !buffer.empty() && declared_ && given_ < *declared_) refuse_damaged(path_, given_);
        return filled;
    }

private:
    bool next_block() {
        for (int attempt = 0; attempt < 100; ++attempt) {
            const void* bytes = nullptr;
            std::size_t size = 0;
            la_int64_t offset = 0;
            const int result = ::archive_read_data_block(reader_.get(), &bytes, &size, &offset);
            if (result == ARCHIVE_EOF) {
                ended_ = true;
                // A sparse file may end in a gap, which no block tells.
                if (declared_ && reader_.is_tar()) block_offset_ = std::max(given_, *declared_);
                return block_offset_ > given_;
            }
            if (result == ARCHIVE_RETRY) continue;
            if (result != ARCHIVE_OK) refuse_damaged(path_, given_);
            if (offset < 0 || static_cast<std::uint64_t>(offset) < given_) refuse_damaged(path_, given_);
            block_ = static_cast<const char*>(bytes);
            block_size_ = size;
            block_offset_ = static_cast<std::uint64_t>(offset);
            if (size > 0) return true;
        }
        refuse_damaged(path_, given_);
    }

    Reader& reader_;
    std::string path_;
    std::optional<std::uint64_t> declared_;
    const char* block_ = nullptr;
    std::size_t block_size_ = 0;
    std::uint64_t block_offset_ = 0;  // where block_ belongs in the entry
    std::uint64_t given_ = 0;
    bool ended_ = false;
};

/// Keeps one reader between two uses.
template <class Kept>
class Spare {
public:
    std::unique_ptr<Kept> take() {
        const std::lock_guard lock(mutex_);
        return std::move(kept_);
    }
    void give_back(std::unique_ptr<Kept> used) {
        const std::lock_guard lock(mutex_);
        kept_ = std::move(used);
    }

private:
    std::mutex mutex_;
    std::unique_ptr<Kept> kept_;
};

/// What streams need, also after their source.
struct Opened {
    explicit Opened(Container given) : container(std::move(given)) {}

    std::unique_ptr<ZipFile> take_zip() {
        std::unique_ptr<ZipFile> spare = zips.take();
        return spare ? std::move(spare) : std::make_unique<ZipFile>(container.path);
    }

    const Container container;
    Spare<Reader> readers;
    Spare<ZipFile> zips;
};

/// Where an entry is: its header's place among all, and, in a ZIP, where the directory puts it or else where its data begin.
struct Place {
    std::size_t header = 0;
    std::optional<std::uint64_t> data = {};
    std::optional<ZipPlace> zip = {};
};

class OpenedStream final : public ByteStream {
public:
    OpenedStream(std::shared_ptr<Opened> opened, const Place& place, const Entry& entry)
        : opened_(std::move(opened)),
          reader_(go_to(*opened_, place)),
          data_(*reader_, entry),
          usable_(!place.data && !place.zip) {}
    OpenedStream(const OpenedStream&) = delete;
    OpenedStream& operator=(const OpenedStream&) = delete;
    ~OpenedStream() override {
        if (usable_) opened_->readers.give_back(std::move(reader_));
    }
    std::size_t read(std::span<char> buffer) override {
        const bool usable = std::exchange(usable_, false);  // not after an error
        const std::size_t count = data_.read(buffer);
        usable_ = usable;
        return count;
    }

private:
    static std::unique_ptr<Reader> go_to(Opened& opened, const Place& place) {
        if (std::unique_ptr<Reader> direct = go_straight_to(opened, place)) return direct;
        std::unique_ptr<Reader> reader = opened.readers.take();
        if (!reader || reader->position() > place.header) reader = std::make_unique<Reader>(opened.container);
        reader->advance_to(place.header);
        return reader;
    }
    /// Null where the entry cannot be read without what stands before it.
    static std::unique_ptr<Reader> go_straight_to(Opened& opened, const Place& place) {
        std::optional<std::uint64_t> data = place.data;
        std::optional<std::uint64_t> header;
        if (data) {
            header = find_local_header(opened.container, *data);
        } else if (place.zip && (place.zip->deflated || !place.zip->length_behind)) {
            data = ZipFile(opened.container.path).data_of(*place.zip);
            header = place.zip->header;
        }
        if (!data || !header) return nullptr;
        auto direct = std::make_unique<Reader>(opened.container, *header);
        if (direct->next() == nullptr || *header + direct->bytes_passed() != *data) return nullptr;
        return direct;
    }

    std::shared_ptr<Opened> opened_;
    std::unique_ptr<Reader> reader_;
    EntryStream data_;
    bool usable_;  // the reader, for another entry later
};

/// An entry of a plain ZIP, expanded already.
class SmallStream final : public ByteStream {
public:
    SmallStream(std::shared_ptr<Opened> opened, std::unique_ptr<ZipFile> zip, std::string_view bytes)
        : opened_(std::move(opened)), zip_(std::move(zip)), bytes_(memory_stream(bytes)) {}
    SmallStream(const SmallStream&) = delete;
    SmallStream& operator=(const SmallStream&) = delete;
    ~SmallStream() override { opened_->zips.give_back(std::move(zip_)); }
    std::size_t read(std::span<char> buffer) override { return bytes_->read(buffer); }

private:
    std::shared_ptr<Opened> opened_;
    std::unique_ptr<ZipFile> zip_;  // holds the bytes
    std::unique_ptr<ByteStream> bytes_;
};

/// A ZIP without entries is its end record alone, in which libarchive sees no archive.
bool is_empty_zip(const std::filesystem::path& path) {
    std::array<char, 4> start{};
    const std::size_t count = open_file(path, shown(path))->read(start);
    return std::string_view(start.data(), count) == "PK\x05\x06";
}

class ArchiveSource final : public SourceBase {
public:
    ArchiveSource(const std::filesystem::path& path, std::string label, const SourceLimits& limits, ZipBy zip_by)
        : SourceBase(SourceKind::archive, std::move(label)) {
        Container container{path, this->label(), 0, limits};
        std::error_code error;
        container.bytes = std::filesystem::file_size(path, error);
        if (error) refuse(ErrorKind::io, msg("source.cannot_read"), this->label());
        if (container.bytes == 0) {
            refuse(ErrorKind::input, msg("source.not_archive"), this->label(), msg("source.hint_download_again"));
        }
        modified_ = modification_of(path);
        const bool empty_zip = is_empty_zip(path);
        opened_ = std::make_shared<Opened>(std::move(container));
        if (empty_zip) return;
        if (zip_by == ZipBy::libarchive || !list_directory()) list_headers();
    }

    [[nodiscard]] std::unique_ptr<ByteStream> open(const Entry& entry) const override {
        const std::size_t index = index_of(entry.path);
        if (std::unique_ptr<ByteStream> small = open_small(index)) return small;
        return std::make_unique<OpenedStream>(opened_, places_[index], entries_[index]);
    }

    void for_each(const std::function<bool(const Entry&)>& wanted,
                  const std::function<Flow(const Entry&, ByteStream&)>& visit) const override {
        std::vector<std::pair<std::size_t, std::size_t>> chosen;  // in archive order
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            if (wanted(entries_[i])) chosen.emplace_back(places_[i].header, i);
        }
        if (chosen.empty()) return;
        std::sort(chosen.begin(), chosen.end());
        std::unique_ptr<Reader> reader;
        for (const auto& [header, index] : chosen) {
            const Entry& entry = entries_[index];
            if (const std::unique_ptr<ByteStream> small = open_small(index)) {
                if (visit(entry, *small) == Flow::stop) return;
                continue;
            }
            if (!reader) reader = std::make_unique<Reader>(opened_->container);
            reader->advance_to(header);
            EntryStream stream(*reader, entry);
            if (visit(entry, stream) == Flow::stop) return;
        }
    }

    [[nodiscard]] std::uint64_t bytes_on_disk() const override { return opened_->container.bytes; }
    [[nodiscard]] std::optional<Instant> newest_modification() const override {
        std::optional<Instant> newest;
        for (const Entry& entry : entries_) newest = std::max(newest, entry.modified);
        return newest ? newest : modified_;
    }

private:
    struct Listing {
        std::vector<Listed<Place>> list;
        std::uint64_t declared = 0;
    };
    struct Header {
        std::string_view name;
        NameStyle style;
        std::optional<std::uint64_t> size;
        std::optional<Instant> modified;
        Place place;
        Message refusal = {};
    };

    void take(Listing& listing, Header header) {
        const Container& container = opened_->container;
        CheckedName name = check_name(header.name, header.style, container.limits);
        if (is_macos_litter(name.path)) return;
        Message refusal = name.refusal.empty() ? std::move(header.refusal) : std::move(name.refusal);
        if (!refusal.empty()) {
            note(std::move(refusal), name.path);
            return;
        }
        if (name.guessed) {
            const char* const charset = header.style == NameStyle::tar ? "Windows-1252" : "CP437";
            note(msg("source.name_guessed", arg("charset", charset)), name.path);
        }
        if (header.size) {
            listing.declared += std::min(*header.size, container.limits.expanded_bytes + 1);
            check_expanded(container, listing.declared, label());
        }
        listing.list.push_back({{std::move(name.path), header.size, header.modified, 0}, std::move(header.place)});
    }

    /// Whether the file is a plain ZIP.
    bool list_directory() {
        const Container& container = opened_->container;
        Listing listing;
        std::size_t headers = 0;
        const ZipDirectory directory =
            read_zip_directory(container.path, container.bytes, container.limits.entries, [&](const ZipRecord& record) {
                Place place{headers++, {}, record.place};
                if (!record.folder) take(listing, {record.name, NameStyle::zip, record.expanded, record.modified, place});
            });
        if (directory == ZipDirectory::too_long) refuse_length(container);
        if (directory == ZipDirectory::plain) {
            places_ = settle(std::move(listing.list));
        } else {
            notices_.clear();
        }
        return directory == ZipDirectory::plain;
    }

    void list_headers() {
        const Container& container = opened_->container;
        Reader reader(container);
        Listing listing;
        std::size_t encrypted = 0;
        while (archive_entry* const found = reader.next()) {
            if (reader.position() > container.limits.entries) refuse_length(container);
            if (::archive_entry_filetype(found) == AE_IFDIR) continue;
            const char* const raw = ::archive_entry_pathname(found);
            const NameStyle style = reader.is_tar() ? NameStyle::tar : NameStyle::zip;
            Header header{raw != nullptr ? raw : "", style, {}, {}, {}, refusal_of(found)};
            if (::archive_entry_is_encrypted(found) != 0) ++encrypted;
            if (::archive_entry_size_is_set(found) != 0 && ::archive_entry_size(found) >= 0) {
                header.size = static_cast<std::uint64_t>(::archive_entry_size(found));
            }
            if (::archive_entry_mtime_is_set(found) != 0) {
                header.modified = Instant(std::chrono::seconds(::archive_entry_mtime(found)));
            }
            header.place.header = reader.position() - 1;
            if (reader.is_zip()) header.place.data = reader.bytes_passed();
            take(listing, std::move(header));
        }
        if (listing.list.empty() && encrypted > 0) refuse_encrypted(container);
        places_ = settle(std::move(listing.list));
    }

    /// Null where libarchive has to read the entry.
    [[nodiscard]] std::unique_ptr<ByteStream> open_small(std::size_t index) const {
        const std::optional<ZipPlace>& place = places_[index].zip;
        if (!place) return nullptr;
        std::unique_ptr<ZipFile> zip = opened_->take_zip();
        if (const auto bytes = zip->read_small(*place, entries_[index].size.value_or(0))) {
            return std::make_unique<SmallStream>(opened_, std::move(zip), *bytes);
        }
        opened_->zips.give_back(std::move(zip));
        return nullptr;
    }

    static Message refusal_of(archive_entry* header) {
        const auto type = ::archive_entry_filetype(header);
        if (::archive_entry_hardlink(header) != nullptr || type == AE_IFLNK) return msg("source.skipped_link");
        if (type != AE_IFREG) return msg("source.skipped_device");
        if (::archive_entry_is_encrypted(header) != 0) return msg("source.skipped_encrypted");
        return {};
    }

    std::shared_ptr<Opened> opened_;
    std::vector<Place> places_;  // in step with entries_
    std::optional<Instant> modified_;
};

}  // namespace

std::unique_ptr<Source> open_archive(const std::filesystem::path& path, std::string label, const SourceLimits& limits,
                                     ZipBy zip_by) {
    return std::make_unique<ArchiveSource>(path, std::move(label), limits, zip_by);
}

}  // namespace secateur::source_detail

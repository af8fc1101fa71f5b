// SPDX-License-Identifier: GPL-3.0-or-later
// The format is PKWARE's APPNOTE.TXT 6.3.10. Numbers are little-endian; no offset or length of the file is trusted.
#include "base/source_zip.hpp"

#include <fcntl.h>
#include <libdeflate.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <new>

#include "base/text.hpp"

namespace secateur::source_detail {
namespace {

constexpr std::size_t window = std::size_t{64} << 10;
constexpr std::uint64_t small_compressed = std::uint64_t{1} << 20;
constexpr std::uint64_t small_expanded = std::uint64_t{4} << 20;

constexpr std::size_t local_fixed = 30;
constexpr std::size_t record_fixed = 46;
constexpr std::size_t end_fixed = 22;
constexpr std::size_t locator_fixed = 20;
constexpr std::size_t end64_fixed = 56;
constexpr std::size_t end_reach = std::size_t{16} << 10;  // as far as libarchive looks

constexpr std::uint64_t all16 = 0xFFFF;
constexpr std::uint64_t all32 = 0xFFFFFFFF;

enum Flag : unsigned { encrypted = 1, length_behind = 8, utf8_name = 0x800 };
constexpr unsigned known_flags = 6 | length_behind | utf8_name;  // 6: how hard the compressor tried

enum Extra : unsigned {
    zip64 = 0x0001,
    times = 0x5455,
    old_times = 0x5855,
    libarchive_own = 0x6c78,
    unicode_name = 0x7075,
    aes = 0x9901
};

/// A little-endian number inside `bytes`; the caller has looked that it is.
std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t width) {
    std::uint64_t value = 0;
    for (std::size_t i = width; i-- > 0;) value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
    return value;
}
unsigned number16(std::string_view bytes, std::size_t at) { return static_cast<unsigned>(number(bytes, at, 2)); }
std::uint32_t number32(std::string_view bytes, std::size_t at) { return static_cast<std::uint32_t>(number(bytes, at, 4)); }
std::uint64_t number64(std::string_view bytes, std::size_t at) { return number(bytes, at, 8); }

/// Where the directory lies, by the record that ends the file.
struct DirectoryPlace {
    std::uint64_t records = 0;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// `end`: where the directory must end, or what follows it in ZIP64.
std::optional<DirectoryPlace> checked(std::uint64_t records, std::uint64_t size, std::uint64_t begin, std::uint64_t end) {
    if (begin > end || size != end - begin || records > size / record_fixed) return std::nullopt;
    return DirectoryPlace{records, begin, end};
}

std::optional<DirectoryPlace> find_directory(FileWindow& file, std::uint64_t bytes) {
    const auto reach = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, end_reach));
    const auto tail = file.view(bytes - reach, reach);
    if (!tail || reach < end_fixed) return std::nullopt;
    const std::size_t found = tail->rfind("PK\x05\x06", reach - end_fixed);
    if (found == std::string_view::npos) return std::nullopt;
    const std::string_view end = tail->substr(found);
    if (end.size() != end_fixed + number16(end, 20)) return std::nullopt;
    if (number16(end, 4) != 0 || number16(end, 6) != 0 || number16(end, 8) != number16(end, 10)) return std::nullopt;
    const std::uint64_t records = number16(end, 10);
    const std::uint64_t size = number32(end, 12);
    const std::uint64_t begin = number32(end, 16);
    const std::uint64_t end_at = bytes - end.size();

    if (end_at < locator_fixed) return checked(records, size, begin, end_at);
    const auto locator = file.view(end_at - locator_fixed, locator_fixed);
    if (!locator || !locator->starts_with("PK\x06\x07")) return checked(records, size, begin, end_at);
    const std::uint64_t end64_at = number64(*locator, 8);
    if (number32(*locator, 4) != 0 || number32(*locator, 16) > 1) return std::nullopt;
    const auto end64 = file.view(end64_at, end64_fixed);
    if (!end64 || !end64->starts_with("PK\x06\x06")) return std::nullopt;
    if (number64(*end64, 4) != end_at - locator_fixed - end64_at - 12) return std::nullopt;
    if (number32(*end64, 16) != 0 || number32(*end64, 20) != 0) return std::nullopt;
    if (number64(*end64, 24) != number64(*end64, 32)) return std::nullopt;
    const auto place = checked(number64(*end64, 32), number64(*end64, 40), number64(*end64, 48), end64_at);
    const auto agrees = [](std::uint64_t old, std::uint64_t all, std::uint64_t now) { return old == all || old == now; };
    if (!place || !agrees(records, all16, place->records) || !agrees(size, all32, place->end - place->begin) ||
        !agrees(begin, all32, place->begin)) {
        return std::nullopt;
    }
    return place;
}

/// DOS times are local ones; neighbours mostly share theirs.
class DosTimes {
public:
    Instant instant(std::uint32_t packed) {
        if (packed != packed_) {
            std::tm local{};
            local.tm_year = static_cast<int>(packed >> 25U) + 80;
            local.tm_mon = static_cast<int>((packed >> 21U) & 15U) - 1;
            local.tm_mday = static_cast<int>((packed >> 16U) & 31U);
            local.tm_hour = static_cast<int>((packed >> 11U) & 31U);
            local.tm_min = static_cast<int>((packed >> 5U) & 63U);
            local.tm_sec = static_cast<int>((packed & 31U) * 2);
            local.tm_isdst = -1;
            instant_ = Instant(std::chrono::seconds(std::mktime(&local)));
            packed_ = packed;
        }
        return instant_;
    }

private:
    std::optional<std::uint32_t> packed_;
    Instant instant_;
};

/// What the extra fields say better than the record; false where they are not understood.
bool read_extra(std::string_view extra, ZipRecord& record) {
    while (extra.size() >= 4) {
        const unsigned kind = number16(extra, 0);
        const std::size_t length = number16(extra, 2);
        extra.remove_prefix(4);
        if (length > extra.size()) return false;
        std::string_view field = extra.substr(0, length);
        extra.remove_prefix(length);
        if (kind == zip64) {
            for (std::uint64_t* value : {&record.expanded, &record.place.compressed, &record.place.header}) {
                if (*value != all32) continue;
                if (field.size() < 8) return false;
                *value = number64(field, 0);
                field.remove_prefix(8);
            }
        } else if (kind == times) {
            if (field.empty()) return false;
            if ((field[0] & 1) != 0 && field.size() >= 5) record.modified = Instant(std::chrono::seconds(number32(field, 1)));
        } else if (kind == old_times) {
            if (field.size() >= 8) record.modified = Instant(std::chrono::seconds(number32(field, 4)));
        } else if (kind == libarchive_own || kind == unicode_name || kind == aes) {
            return false;
        }
    }
    return extra.empty();
}

enum class FileType { file, folder, other };

FileType type_of(unsigned system, std::uint32_t attributes, std::string_view name) {
    constexpr unsigned dos = 0;
    constexpr unsigned unix_like = 3;
    if (system == dos && (attributes & 0x10U) != 0) return FileType::folder;
    const unsigned type = system == unix_like ? attributes >> 28U : 0;
    if (type != 0 && type != 010 && type != 004) return FileType::other;  // a link, a device
    return type == 004 || name.ends_with('/') ? FileType::folder : FileType::file;
}

/// Names that libarchive hands on as they are.
bool is_plain_name(std::string_view name, bool declared_utf8) {
    if (name.empty() || name.find('\\') != std::string_view::npos || name.find('\0') != std::string_view::npos) return false;
    if (!declared_utf8 || is_ascii(name)) return true;
    return is_valid_utf8(name) && nfc(name) == name;
}

/// `free`: where the data of the record before end, by its lengths.
std::optional<ZipRecord> understand(std::string_view bytes, std::uint64_t free, std::uint64_t directory, DosTimes& dos_times) {
    const unsigned flags = number16(bytes, 8);
    const unsigned method = number16(bytes, 10);
    const unsigned disk = number16(bytes, 34);
    if ((flags & ~known_flags) != 0 || (method != 0 && method != 8) || disk != 0) return std::nullopt;
    ZipRecord record;
    record.name = bytes.substr(record_fixed, number16(bytes, 28));
    if (!is_plain_name(record.name, (flags & utf8_name) != 0)) return std::nullopt;
    const FileType type = type_of(number16(bytes, 4) >> 8U, number32(bytes, 38), record.name);
    if (type == FileType::other) return std::nullopt;
    record.folder = type == FileType::folder;
    record.expanded = number32(bytes, 24);
    record.modified = dos_times.instant(number32(bytes, 12));
    ZipPlace& place = record.place;
    place = {number32(bytes, 42), number32(bytes, 20), number32(bytes, 16), method == 8, (flags & length_behind) != 0};
    if (!read_extra(bytes.substr(record_fixed + record.name.size(), number16(bytes, 30)), record)) return std::nullopt;
    if (method == 0 && place.compressed != record.expanded) return std::nullopt;
    const std::uint64_t before_data = local_fixed + record.name.size();
    if (place.header < free || place.header > directory || directory - place.header < before_data) return std::nullopt;
    if (place.compressed > directory - place.header - before_data || record.expanded >> 63U != 0) return std::nullopt;
    return record;
}

}  // namespace

FileWindow::FileWindow(const std::filesystem::path& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}

FileWindow::~FileWindow() {
    if (file_ >= 0) ::close(file_);
}

std::optional<std::string_view> FileWindow::view(std::uint64_t offset, std::size_t size) {
    const bool at_hand = offset >= begin_ && offset - begin_ <= filled_ && size <= filled_ - (offset - begin_);
    if (!at_hand) {
        if (offset >> 62U != 0) return std::nullopt;
        if (buffer_.size() < std::max(size, window)) buffer_.resize(std::max(size, window));
        begin_ = offset;
        filled_ = 0;
        while (filled_ < size) {
            const ssize_t count =
                ::pread(file_, buffer_.data() + filled_, std::max(size, window) - filled_, static_cast<off_t>(offset + filled_));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return std::nullopt;
            filled_ += static_cast<std::size_t>(count);
        }
    }
    return std::string_view(buffer_.data() + (offset - begin_), size);
}

ZipDirectory read_zip_directory(const std::filesystem::path& path, std::uint64_t bytes, std::uint64_t most,
                                const std::function<void(const ZipRecord&)>& visit) {
    FileWindow file(path);
    const auto start = file.view(0, std::min<std::uint64_t>(bytes, 4));
    if (!start || *start != "PK\x03\x04") return ZipDirectory::strange;  // no prefix, no other format
    const std::optional<DirectoryPlace> directory = find_directory(file, bytes);
    if (!directory) return ZipDirectory::strange;
    DosTimes dos_times;
    std::uint64_t records = 0;
    std::uint64_t free = 0;
    bool plain = true;
    for (std::uint64_t at = directory->begin; at < directory->end; ++records) {
        if (records == most) return ZipDirectory::too_long;
        const std::uint64_t left = directory->end - at;
        const auto fixed = left < record_fixed ? std::nullopt : file.view(at, record_fixed);
        if (!fixed || !fixed->starts_with("PK\x01\x02")) return ZipDirectory::strange;
        const std::size_t length = record_fixed + number16(*fixed, 28) + number16(*fixed, 30) + number16(*fixed, 32);
        if (length > left) return ZipDirectory::strange;
        // One record that is not understood leaves all to libarchive; the others are still counted first.
        const auto whole = plain ? file.view(at, length) : std::nullopt;
        const auto record = whole ? understand(*whole, free, directory->begin, dos_times) : std::nullopt;
        plain = record.has_value();
        if (record) {
            free = record->place.header + local_fixed + record->name.size() + record->place.compressed;
            visit(*record);
        }
        at += length;
    }
    return plain && records == directory->records ? ZipDirectory::plain : ZipDirectory::strange;
}

std::optional<std::uint64_t> ZipFile::data_of(const ZipPlace& place) {
    const auto header = file_.view(place.header, local_fixed);
    if (!header || !header->starts_with("PK\x03\x04")) return std::nullopt;
    const unsigned flags = number16(*header, 6);
    const bool same = (flags & encrypted) == 0 && ((flags & length_behind) != 0) == place.length_behind &&
                      number16(*header, 8) == (place.deflated ? 8U : 0U);
    if (!same) return std::nullopt;
    return place.header + local_fixed + number16(*header, 26) + number16(*header, 28);
}

std::optional<std::string_view> ZipFile::read_small(const ZipPlace& place, std::uint64_t expanded) {
    if (place.compressed > small_compressed || expanded > small_expanded) return std::nullopt;
    const std::optional<std::uint64_t> data = data_of(place);
    const auto bytes = data ? file_.view(*data, static_cast<std::size_t>(place.compressed)) : std::nullopt;
    if (!bytes) return std::nullopt;
    std::string_view text = *bytes;
    if (place.deflated) {
        if (!inflater_) inflater_.reset(::libdeflate_alloc_decompressor());
        if (!inflater_) throw std::bad_alloc();
        const auto size = static_cast<std::size_t>(expanded);
        if (expanded_.size() < std::max(size, window)) expanded_.resize(std::max(size, window));
        std::size_t used = 0;
        std::size_t made = 0;
        const libdeflate_result result = ::libdeflate_deflate_decompress_ex(inflater_.get(), bytes->data(), bytes->size(),
                                                                            expanded_.data(), size, &used, &made);
        if (result != LIBDEFLATE_SUCCESS || used != bytes->size() || made != size) return std::nullopt;
        text = {expanded_.data(), size};
    }
    if (::libdeflate_crc32(0, text.data(), text.size()) != place.checksum) return std::nullopt;
    return text;
}

void ZipFile::Free::operator()(libdeflate_decompressor* inflater) const { ::libdeflate_free_decompressor(inflater); }

}  // namespace secateur::source_detail

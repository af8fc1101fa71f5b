// SPDX-License-Identifier: GPL-3.0-or-later
// Archives made on the spot: decent ones by libarchive's writer, and ZIPs written byte by byte where a decent writer would
// refuse.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace secateur::test {

struct Member {
    std::string path;
    std::string bytes = {};
    unsigned type = AE_IFREG;
    std::string link = {};       // target, for AE_IFLNK
    std::string hard_link = {};  // target, for a hard link
    std::int64_t modified = 1'700'000'000;
};

/// `format`: zip, tar, tar.gz, tar.bz2, tar.xz or 7z. `options` as libarchive writes them ("zip:zip64").
inline std::filesystem::path write_archive(const std::filesystem::path& file, const std::string& format,
                                           const std::vector<Member>& members, const char* options = nullptr) {
    archive* const out = ::archive_write_new();
    const auto check = [out](int result) {
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) throw std::runtime_error(::archive_error_string(out));
    };
    if (format == "zip") {
        check(::archive_write_set_format_zip(out));
    } else if (format == "7z") {
        check(::archive_write_set_format_7zip(out));
    } else {
        check(::archive_write_set_format_ustar(out));
        if (format == "tar.gz") check(::archive_write_add_filter_gzip(out));
        if (format == "tar.bz2") check(::archive_write_add_filter_bzip2(out));
        if (format == "tar.xz") check(::archive_write_add_filter_xz(out));
    }
    if (options != nullptr) check(::archive_write_set_options(out, options));
    check(::archive_write_open_filename(out, file.c_str()));
    for (const Member& member : members) {
        archive_entry* const entry = ::archive_entry_new();
        ::archive_entry_set_pathname(entry, member.path.c_str());
        ::archive_entry_set_filetype(entry, member.type);
        ::archive_entry_set_perm(entry, member.type == AE_IFDIR ? 0755 : 0644);
        ::archive_entry_set_mtime(entry, member.modified, 0);
        ::archive_entry_set_size(entry, static_cast<la_int64_t>(member.bytes.size()));
        if (member.type == AE_IFLNK) ::archive_entry_set_symlink(entry, member.link.c_str());
        if (!member.hard_link.empty()) ::archive_entry_set_hardlink(entry, member.hard_link.c_str());
        check(::archive_write_header(out, entry));
        if (!member.bytes.empty()) (void)::archive_write_data(out, member.bytes.data(), member.bytes.size());
        ::archive_entry_free(entry);
    }
    check(::archive_write_close(out));
    ::archive_write_free(out);
    return file;
}

struct RawZipMember {
    std::string name;              // any bytes
    std::string bytes = {};        // stored, not compressed
    std::uint16_t flags = 0;       // 1: encrypted, 0x800: the name is UTF-8
    std::uint32_t mode = 0100644;  // as on Unix
};

class RawZip {
public:
    void add(const RawZipMember& member) {
        const std::uint32_t sum = crc32(member.bytes);
        const auto size = static_cast<std::uint32_t>(member.bytes.size());
        const auto offset = static_cast<std::uint32_t>(body_.size());
        const auto common = [&](std::string& out) {
            put16(out, 20);
            put16(out, member.flags);
            put16(out, 0);       // stored
            put32(out, 0x58210000);  // 2024-01-01 00:00
            put32(out, sum);
            put32(out, size);
            put32(out, size);
            put16(out, static_cast<std::uint16_t>(member.name.size()));
            put16(out, 0);
        };
        body_ += "PK\x03\x04";
        common(body_);
        body_ += member.name + member.bytes;
        directory_ += "PK\x01\x02";
        put16(directory_, 0x0314);  // made on Unix
        common(directory_);
        put16(directory_, 0);
        put16(directory_, 0);
        put16(directory_, 0);
        put32(directory_, member.mode << 16U);
        put32(directory_, offset);
        directory_ += member.name;
        ++count_;
    }
    [[nodiscard]] std::string bytes() const {
        std::string out = body_ + directory_ + "PK\x05\x06";
        put32(out, 0);
        put16(out, count_);
        put16(out, count_);
        put32(out, static_cast<std::uint32_t>(directory_.size()));
        put32(out, static_cast<std::uint32_t>(body_.size()));
        put16(out, 0);
        return out;
    }

private:
    static void put16(std::string& out, std::uint32_t value) {
        out += static_cast<char>(value & 0xFF);
        out += static_cast<char>((value >> 8U) & 0xFF);
    }
    static void put32(std::string& out, std::uint32_t value) {
        put16(out, value & 0xFFFF);
        put16(out, value >> 16U);
    }
    static std::uint32_t crc32(std::string_view bytes) {
        std::uint32_t sum = 0xFFFFFFFF;
        for (const char c : bytes) {
            sum ^= static_cast<unsigned char>(c);
            for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? 0xEDB88320U : 0U);
        }
        return ~sum;
    }

    std::string body_;
    std::string directory_;
    std::uint16_t count_ = 0;
};

}  // namespace secateur::test

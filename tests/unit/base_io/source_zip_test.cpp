// SPDX-License-Identifier: GPL-3.0-or-later
// ZIPs are read in two ways, and nobody may notice which: every archive here is shown to both.
#include "base/source_zip.hpp"

#include <gmock/gmock.h>
#include <libdeflate.h>

#include <functional>
#include <random>

#include "base/source_internal.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/base_io/source_support.hpp"

namespace secateur::test {
namespace source_zip_test {

using source_detail::read_zip_directory;
using source_detail::ZipBy;
using source_detail::ZipDirectory;
using source_detail::ZipFile;
using source_detail::ZipPlace;
using source_detail::ZipRecord;
using ::testing::Contains;
using ::testing::ElementsAre;

std::string le(std::uint64_t value, int width) {
    std::string bytes;
    for (int i = 0; i < width; ++i, value >>= 8U) bytes += static_cast<char>(value & 0xFFU);
    return bytes;
}

std::string extra(unsigned kind, const std::string& bytes) { return le(kind, 2) + le(bytes.size(), 2) + bytes; }

std::string deflated(const std::string& bytes) {
    libdeflate_compressor* const compressor = ::libdeflate_alloc_compressor(6);
    std::string out(::libdeflate_deflate_compress_bound(compressor, bytes.size()), '\0');
    out.resize(::libdeflate_deflate_compress(compressor, bytes.data(), bytes.size(), out.data(), out.size()));
    ::libdeflate_free_compressor(compressor);
    return out;
}

constexpr unsigned utf8 = 0x800;
constexpr unsigned descriptor = 8;

/// An entry as it should be; what is set of the second half is a lie told by both of its headers.
struct Part {
    std::string name;
    std::string bytes = {};
    unsigned method = 8;
    unsigned flags = 0;
    std::string extra = {};
    std::uint32_t attributes = 0100644U << 16U;
    unsigned system = 3;  // Unix
    bool zip64 = false;
    std::optional<std::uint64_t> compressed = {};
    std::optional<std::uint64_t> expanded = {};
    std::optional<std::uint64_t> checksum = {};
    std::optional<std::uint64_t> header = {};
    unsigned disk = 0;
};

/// How the parts are put together.
struct Whole {
    std::string prefix = {};
    std::string comment = {};
    std::string suffix = {};
    bool zip64_end = false;
    bool backwards = false;  // the directory
    std::int64_t more = 0;   // records said than there are
};

std::string zip_of(const std::vector<Part>& parts, const Whole& whole = {}) {
    std::string out = whole.prefix;
    std::vector<std::string> records;
    for (const Part& part : parts) {
        const std::string data = part.method == 8 ? deflated(part.bytes) : part.bytes;
        const std::uint64_t header = part.header.value_or(out.size());
        const std::uint64_t checksum = part.checksum.value_or(::libdeflate_crc32(0, part.bytes.data(), part.bytes.size()));
        const std::uint64_t compressed = part.compressed.value_or(data.size());
        const std::uint64_t expanded = part.expanded.value_or(part.bytes.size());
        const bool behind = (part.flags & descriptor) != 0;
        const std::string common = le(20, 2) + le(part.flags, 2) + le(part.method, 2) + le(0x5C6F6000, 4);
        const auto number = [&](std::uint64_t value) { return part.zip64 ? le(0xFFFFFFFF, 4) : le(value, 4); };
        const std::string sizes64 = part.zip64 ? extra(1, le(expanded, 8) + le(compressed, 8)) : "";
        const std::string all64 = part.zip64 ? extra(1, le(expanded, 8) + le(compressed, 8) + le(header, 8)) : "";
        out += "PK\x03\x04" + common + (behind ? le(0, 12) : le(checksum, 4) + number(compressed) + number(expanded));
        out += le(part.name.size(), 2) + le((behind ? "" : sizes64).size() + part.extra.size(), 2) + part.name;
        out += (behind ? "" : sizes64) + part.extra + data;
        if (behind) out += "PK\x07\x08" + le(checksum, 4) + le(compressed, 4) + le(expanded, 4);
        records.push_back("PK\x01\x02" + le(20 + 256 * part.system, 2) + common + le(checksum, 4) + number(compressed) +
                          number(expanded) + le(part.name.size(), 2) + le(all64.size() + part.extra.size(), 2) + le(0, 2) +
                          le(part.disk, 2) + le(0, 2) + le(part.attributes, 4) + number(header) + part.name + all64 + part.extra);
    }
    if (whole.backwards) std::reverse(records.begin(), records.end());
    const std::size_t begin = out.size();
    for (const std::string& record : records) out += record;
    const std::size_t end = out.size();
    const std::uint64_t count = parts.size() + static_cast<std::uint64_t>(whole.more);
    if (whole.zip64_end) {
        out += "PK\x06\x06" + le(44, 8) + le(45, 2) + le(45, 2) + le(0, 8) + le(count, 8) + le(count, 8);
        out += le(end - begin, 8) + le(begin, 8);
        out += "PK\x06\x07" + le(0, 4) + le(end, 8) + le(1, 4);
    }
    const std::uint64_t all = whole.zip64_end ? 0xFFFFFFFF : 0;
    out += "PK\x05\x06" + le(0, 4) + le(count | all, 2) + le(count | all, 2) + le((end - begin) | all, 4) + le(begin | all, 4);
    return out + le(whole.comment.size(), 2) + whole.comment + whole.suffix;
}

/// All that a user can see, a line each: refusal, notices, and each entry's path, size, time and bytes, or how they end. Entries
/// that were read to their end are added to `whole`.
std::vector<std::string> seen(const std::filesystem::path& file, ZipBy by, const SourceLimits& limits = {},
                              std::vector<std::string>* whole = nullptr) {
    std::vector<std::string> lines;
    try {
        const auto source = source_detail::open_archive(file, "export.zip", limits, by);
        lines = notices_of(*source);
        const auto show = [&lines, whole](const Entry& entry, ByteStream& stream) {
            std::string bytes;
            std::string end;
            try {
                char buffer[5'000];
                while (const std::size_t count = stream.read(buffer)) bytes.append(buffer, count);
            } catch (const Error& error) {
                end = " then " + error.problem().reason.id + " in " + error.problem().where.entry;
            }
            if (end.empty() && whole != nullptr) whole->push_back(bytes);
            const auto time = entry.modified.value_or(Instant{}).time_since_epoch().count();
            lines.push_back(entry.path + " of " + std::to_string(entry.size.value_or(0)) + " at " + std::to_string(time) + ": " +
                            (bytes.size() < 100 ? bytes : std::to_string(std::hash<std::string>()(bytes))) + end);
            return Flow::proceed;
        };
        source->for_each([](const Entry&) { return true; }, show);
        for (const Entry& entry : source->entries()) show(entry, *source->open(entry));
    } catch (const Error& error) {
        lines.push_back("refused: " + error.problem().reason.id + " in " + error.problem().where.entry);
    }
    return lines;
}

ZipDirectory directory_of(const std::filesystem::path& file, std::uint64_t most = 1'000) {
    return read_zip_directory(file, std::filesystem::file_size(file), most, [](const ZipRecord&) {});
}

struct Case {
    std::string name;
    std::string bytes;
    ZipDirectory directory;
};

const std::string text = "All the words of a small file, all the words.";
const std::string five_mebibytes(std::size_t{5} << 20U, 'x');

std::string noise(std::size_t size) {
    std::mt19937 random(7);
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

const std::vector<Case>& cases() {
    constexpr ZipDirectory plain = ZipDirectory::plain;
    constexpr ZipDirectory strange = ZipDirectory::strange;
    const Part one{"a/one.txt", text};
    const Part two{"two.txt", "stored", 0};
    const std::string to_times = extra(0x5455, "\x01" + le(1'700'000'001, 4));
    const std::string to_old_times = extra(0x5855, le(1'600'000'000, 4) + le(1'700'000'003, 4));
    const std::string no_times = extra(0x5455, std::string(1, '\0')) + extra(0x7875, "\x01\x04" + le(0, 4) + "\x04" + le(0, 4));
    const std::string to_utf8 = extra(0x7075, "\x01" + le(::libdeflate_crc32(0, "?.txt", 5), 4) + "\u00e9.txt");
    const std::uint64_t huge = ~std::uint64_t{0} - 5;
    const auto changed = [](Part part, const std::function<void(Part&)>& change) {
        change(part);
        return part;
    };
    static const std::vector<Case> all = {
        {"deflated_and_stored", zip_of({one, two}), plain},
        {"empty_files", zip_of({{"none.txt"}, {"stored.txt", "", 0}, one}), plain},
        {"folders",
         zip_of({{"a/", "", 0, 0, {}, 040755U << 16U}, one, {"dos/", "", 0, 0, {}, 0x10, 0}, {"mac/", "", 0, 0, {}, 0, 7}}),
         plain},
        {"no_type_at_all",
         zip_of({{"a.txt", text, 8, 0, {}, 0}, {"b.txt", text, 8, 0, {}, 0, 7}, {"c.txt", text, 8, 0, {}, 0x20, 0}}),
         plain},
        {"lengths_behind", zip_of({{"a.txt", text, 8, descriptor}, {"b.txt", text, 8, descriptor}, two}), plain},
        {"lengths_behind_stored", zip_of({{"a.txt", text, 0, descriptor}, one}), plain},
        {"zip64_entries", zip_of({{"a.txt", text, 8, 0, {}, 0100644U << 16U, 3, true}, two}), plain},
        {"zip64_end", zip_of({one, two}, {.zip64_end = true}), plain},
        {"large",
         zip_of({{"a.txt", five_mebibytes}, {"b.txt", five_mebibytes, 8, descriptor}, {"c.txt", five_mebibytes, 0}, two}),
         plain},
        {"large_compressed", zip_of({{"a.txt", noise(1'200'000)}, {"b.txt", noise(70'000)}, one}), plain},
        {"large_stored_lengths_behind", zip_of({two, {"a.txt", five_mebibytes, 0, descriptor}, one}), plain},
        {"comment", zip_of({one}, {.comment = "made by hand"}), plain},
        {"utf8_names", zip_of({{"\u00e9t\u00e9.txt", text, 8, utf8}, {"no\u00ebl.txt", text}}), plain},
        {"dos_names", zip_of({{"caf\x82.txt", text}}), plain},
        {"decomposed_names", zip_of({{"e\u0301te\u0301.txt", text, 8, utf8}}), strange},
        {"wrong_utf8_names", zip_of({{"caf\xE9.txt", text, 8, utf8}, one}), strange},
        {"unicode_name_beside", zip_of({{"?.txt", text, 8, 0, to_utf8}}), strange},
        {"hostile_names",
         zip_of({{"../up.txt", text}, {"/root.txt", text}, {"c:x.txt", text}, {"./a//b.txt", text}, {"..", text}, one}),
         plain},
        {"nul_in_name", zip_of({{std::string("a\0b.txt", 7), text}}), strange},
        {"backslashes", zip_of({{"a\\b.txt", text}, {"a\\..\\c.txt", text}}), strange},
        {"litter_of_macos", zip_of({{"__MACOSX/._one.txt", text}, {"a/.DS_Store", text}, one}), plain},
        {"same_name_twice", zip_of({one, one, two}), plain},
        {"times",
         zip_of({{"a.txt", text, 8, 0, to_times}, {"b.txt", text, 8, 0, to_old_times}, {"c.txt", text, 8, 0, no_times}}),
         plain},
        {"extra_too_long", zip_of({{"a.txt", text, 8, 0, le(0x5455, 2) + le(40, 2) + "\x01"}, two}), strange},
        {"link", zip_of({{"soft", "/etc/passwd", 0, 0, {}, 0120777U << 16U}, one}), strange},
        {"device", zip_of({{"device", "", 0, 0, {}, 0020666U << 16U}, one}), strange},
        {"encrypted", zip_of({{"secret.txt", "0123456789abcdef", 0, 1}, one}), strange},
        {"all_encrypted", zip_of({{"secret.txt", "0123456789abcdef", 0, 1}}), strange},
        {"other_method", zip_of({{"a.txt", "no bzip2", 12}, one}), strange},
        {"behind_a_program", zip_of({one, two}, {.prefix = std::string(300, '#')}), strange},
        {"bytes_behind", zip_of({one, two}, {.suffix = "\n"}), strange},
        {"several_disks", zip_of({one, changed(two, [](Part& p) { p.disk = 1; })}), strange},
        {"directory_backwards", zip_of({one, two}, {.backwards = true}), strange},
        {"fewer_records", zip_of({one, two}, {.more = 1}), strange},
        {"more_records", zip_of({one, two}, {.more = -1}), strange},
        {"empty", zip_of({}), strange},
        {"wrong_checksum", zip_of({changed(one, [](Part& p) { p.checksum = 1; }), two}), plain},
        {"wrong_checksum_stored", zip_of({changed(two, [](Part& p) { p.checksum = 1; }), one}), plain},
        {"says_more_than_it_is", zip_of({changed(one, [](Part& p) { p.expanded = 100; }), two}), plain},
        {"says_less_than_it_is", zip_of({changed(one, [](Part& p) { p.expanded = 10; }), two}), plain},
        {"shorter_than_its_data", zip_of({changed(one, [](Part& p) { p.compressed = 20; }), two}), plain},
        {"as_long_as_the_file", zip_of({one, changed(two, [](Part& p) { p.compressed = p.expanded = 1'000'000; })}), strange},
        {"sizes_near_2_64", zip_of({changed(one, [&](Part& p) { p.zip64 = true, p.expanded = huge; }), two}), strange},
        {"compressed_near_2_64", zip_of({changed(one, [&](Part& p) { p.zip64 = true, p.compressed = huge; }), two}), strange},
        {"header_near_2_64", zip_of({one, changed(two, [&](Part& p) { p.zip64 = true, p.header = huge; })}), strange},
        {"header_outside", zip_of({one, changed(two, [](Part& p) { p.header = 1'000'000; })}), strange},
        {"same_header", zip_of({one, changed(two, [](Part& p) { p.header = 0; })}), strange},
        {"header_inside_another", zip_of({one, changed(two, [](Part& p) { p.header = 20; })}), strange},
        {"no_zip_at_all", "some text that is long enough to hold an end record", strange},
    };
    return all;
}

class EveryZip : public ::testing::TestWithParam<Case> {};

TEST_P(EveryZip, LooksAsLibarchiveSeesIt) {
    const TempDir dir;
    const auto file = dir.write("export.zip", GetParam().bytes);
    EXPECT_EQ(directory_of(file), GetParam().directory);
    EXPECT_EQ(seen(file, ZipBy::directory), seen(file, ZipBy::libarchive));
}

INSTANTIATE_TEST_SUITE_P(Cases, EveryZip, ::testing::ValuesIn(cases()), [](const auto& tested) { return tested.param.name; });

TEST(ZipDirectories, AnyMixtureLooksAsLibarchiveSeesIt) {
    const TempDir dir;
    const std::vector<std::string> names = {"a.txt",      "b/c.json", "d/",     "\u00e9.txt",
                                            "x\x82.txt", "../e",     "f/../g", "__MACOSX/h"};
    for (unsigned seed = 1; seed <= 30; ++seed) {
        std::mt19937 random(seed);
        const auto any = [&random](unsigned below) { return static_cast<unsigned>(random() % below); };
        std::vector<Part> parts;
        for (unsigned i = 1 + any(6); i > 0; --i) {
            Part part{names[any(static_cast<unsigned>(names.size()))], noise(any(3) * any(40'000)), any(2) * 8};
            if (any(3) == 0) part.flags |= descriptor;
            if (any(4) == 0 && (part.flags & descriptor) == 0) part.zip64 = true;
            if (any(4) == 0) part.extra = extra(0x5455, "\x01" + le(1'600'000'000 + any(1'000'000), 4));
            if (any(9) == 0) part.checksum = any(1'000);
            if (any(9) == 0) part.attributes = any(65'536) << 16U;
            if (any(20) == 0) part.flags |= 1U << any(16);
            parts.push_back(part);
        }
        const auto file = dir.write("export.zip", zip_of(parts, {.comment = std::string(any(3), 'c'), .zip64_end = any(3) == 0}));
        EXPECT_EQ(seen(file, ZipBy::directory), seen(file, ZipBy::libarchive)) << "seed " << seed;
    }
}

TEST(ZipDirectories, AChangedByteIsSeenOrHarmless) {
    const TempDir dir;
    const std::vector<Part> parts = {{"a.txt", text}, {"b.txt", "stored words", 0}, {"c/d.txt", text + text, 8, descriptor}};
    const std::string bytes = zip_of(parts);
    // Told twice; libarchive believes the local header in this, the directory is believed here.
    std::vector<bool> told_twice(bytes.size());
    const auto mark = [&](std::string_view signature, std::size_t from, std::size_t to, std::size_t name_length) {
        for (std::size_t at = bytes.find(signature); at != std::string::npos; at = bytes.find(signature, at + 1)) {
            const std::size_t name = name_length > 0 ? static_cast<unsigned char>(bytes[at + name_length]) : 0;
            std::fill_n(told_twice.begin() + static_cast<std::ptrdiff_t>(at + from), to - from + name, true);
        }
    };
    mark("PK\x03\x04", 0, 30, 26);
    mark("PK\x07\x08", 0, 16, 0);
    mark("PK\x01\x02", 12, 16, 0);   // the time
    mark("PK\x01\x02", 24, 28, 0);   // the expanded size
    mark("PK\x01\x02", 42, 46, 0);   // where the local header is, found out when it is read
    mark("PK\x01\x02", 46, 46, 28);  // the name
    const std::vector<std::string> originals = {parts[0].bytes, parts[1].bytes, parts[2].bytes};
    std::mt19937 random(3);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ (1 + random() % 255));
        const auto file = dir.write("export.zip", changed);
        std::vector<std::string> whole;
        const std::vector<std::string> here = seen(file, ZipBy::directory, {}, &whole);
        if (!told_twice[at]) {
            EXPECT_EQ(here, seen(file, ZipBy::libarchive)) << at;
        }
        for (const std::string& each : whole) EXPECT_THAT(originals, Contains(each)) << at;
    }
}

TEST(ZipDirectories, TooManyRecordsAreRefusedWhateverTheyAre) {
    const TempDir dir;
    std::vector<Part> parts(20, {"f.txt", "x"});
    SourceLimits limits;
    limits.entries = 19;
    for (const unsigned method : {8U, 12U}) {
        parts[0].method = method;
        const auto file = dir.write("many.zip", zip_of(parts));
        EXPECT_EQ(directory_of(file, 19), ZipDirectory::too_long);
        EXPECT_THAT(seen(file, ZipBy::directory, limits), ElementsAre("refused: source.too_many_entries in export.zip"));
        EXPECT_EQ(seen(file, ZipBy::directory, limits), seen(file, ZipBy::libarchive, limits));
    }
}

TEST(ZipDirectories, LimitsOfSizeAreTheSame) {
    const TempDir dir;
    const auto file = dir.write("bomb.zip", zip_of({{"a.txt", text}, {"zeros", std::string(2'000'000, '\0')}, {"b.txt", text}}));
    for (const std::uint64_t expanded : {1'000'000, 2'000'089, 2'000'090}) {
        SourceLimits limits;
        limits.expanded_bytes = expanded;
        EXPECT_EQ(seen(file, ZipBy::directory, limits), seen(file, ZipBy::libarchive, limits));
    }
    SourceLimits limits;
    limits.ratio = 100;
    limits.ratio_from = 1'000'000;
    EXPECT_THAT(seen(file, ZipBy::directory, limits), ElementsAre("refused: source.ratio in export.zip"));
}

TEST(ZipFiles, ReadSmallEntriesWholeAndNothingElse) {
    struct Wanted {
        Part part;
        bool read;
    };
    const std::vector<Wanted> wanted = {
        {{"a.txt", text}, true},
        {{"a.txt", text, 0}, true},
        {{"a.txt", text, 8, descriptor}, true},
        {{"a.txt", ""}, true},
        {{"a.txt", "", 0}, true},
        {{"a.txt", std::string(std::size_t{4} << 20U, 'x')}, true},
        {{"a.txt", std::string((std::size_t{4} << 20U) + 1, 'x')}, false},
        {{"a.txt", noise(std::size_t{1} << 20U), 0}, true},
        {{"a.txt", noise((std::size_t{1} << 20U) + 1), 0}, false},
    };
    for (const Wanted& each : wanted) {
        const TempDir dir;
        const std::string bytes = zip_of({{"before.txt", noise(65'500)}, each.part, {"after.txt", text}});
        const auto file = dir.write("a.zip", bytes);
        std::vector<std::pair<ZipPlace, std::uint64_t>> places;
        const auto keep = [&places](const ZipRecord& record) { places.emplace_back(record.place, record.expanded); };
        ASSERT_EQ(read_zip_directory(file, bytes.size(), 10, keep), ZipDirectory::plain);
        ZipFile zip(file);
        for (int round = 0; round < 2; ++round) {
            const auto found = zip.read_small(places[1].first, places[1].second);
            ASSERT_EQ(found.has_value(), each.read) << each.part.bytes.size();
            if (found) {
                EXPECT_TRUE(*found == each.part.bytes) << each.part.bytes.size();
            }
            EXPECT_EQ(zip.read_small(places[2].first, places[2].second), text);
        }
        ZipPlace place = places[2].first;
        for (const std::uint64_t header : {place.header + 1, std::uint64_t{bytes.size()}, ~std::uint64_t{0}, std::uint64_t{0}}) {
            place.header = header;
            EXPECT_EQ(zip.read_small(place, text.size()), std::nullopt) << header;
        }
    }
}

}  // namespace source_zip_test
}  // namespace secateur::test

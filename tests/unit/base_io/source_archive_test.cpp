// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <algorithm>
#include <clocale>

#include "base/source.hpp"
#include "tests/support/archive_builder.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/base_io/source_support.hpp"

namespace secateur::test {
namespace source_archive_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::vector<Member> small_export = {{"b/", "", AE_IFDIR},
                                          {"b/second.json", "second", AE_IFREG, "", "", 1'710'000'000},
                                          {"a/first.txt", std::string(200'000, 'f') + "end"},
                                          {"__MACOSX/a/._first.txt", "mac"},
                                          {"a/.DS_Store", "mac"},
                                          {"empty.csv", ""}};

class AnyArchive : public ::testing::TestWithParam<const char*> {
protected:
    const TempDir dir;
    std::filesystem::path write(const std::vector<Member>& members) {
        return write_archive(dir / (std::string("export.") + GetParam()), GetParam(), members);
    }
};

TEST_P(AnyArchive, ShowsItsFilesAndOpensThemInAnyOrder) {
    const auto source = open_source(write(small_export));
    EXPECT_EQ(source->kind(), SourceKind::archive);
    EXPECT_EQ(source->stem(), "export");
    EXPECT_THAT(paths_of(*source), ElementsAre("a/first.txt", "b/second.json", "empty.csv"));
    EXPECT_THAT(source->notices(), IsEmpty());
    EXPECT_EQ(source->entries()[0].size, 200'003U);
    EXPECT_EQ(source->entries()[1].modified, Instant(std::chrono::seconds(1'710'000'000)));
    EXPECT_EQ(source->newest_modification(), Instant(std::chrono::seconds(1'710'000'000)));
    EXPECT_EQ(source->bytes_on_disk(), std::filesystem::file_size(dir / (std::string("export.") + GetParam())));
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(content_of(*source, "empty.csv"), "");
        EXPECT_EQ(content_of(*source, "b/second.json"), "second");
        EXPECT_EQ(content_of(*source, "a/first.txt"), std::string(200'000, 'f') + "end");
        EXPECT_EQ(source->head(source->entries()[0]), std::string(65'536, 'f'));
    }
}

TEST_P(AnyArchive, StreamsOfSeveralEntriesDoNotDisturbOneAnother) {
    const auto source = open_source(write(small_export));
    const auto first = source->open(source->entries()[0]);
    const auto second = source->open(source->entries()[1]);
    char c = 0;
    std::string both;
    for (int i = 0; i < 6; ++i) {
        ASSERT_EQ(first->read({&c, 1}), 1U);
        both += c;
        ASSERT_EQ(second->read({&c, 1}), 1U);
        both += c;
    }
    EXPECT_EQ(both, "fsfefcfofnfd");
}

TEST_P(AnyArchive, VisitsInArchiveOrderWhetherReadToTheEndOrNot) {
    const auto source = open_source(write(small_export));
    std::vector<std::string> visited;
    source->for_each([](const Entry&) { return true; },
                     [&](const Entry& entry, ByteStream& stream) {
                         char start[3];
                         const std::size_t count = stream.read(start);
                         visited.push_back(entry.path + "=" + std::string(start, count));
                         EXPECT_EQ(&entry, source->find(entry.path));
                         return Flow::proceed;
                     });
    if (std::string_view(GetParam()) == "7z")
        std::sort(visited.begin(), visited.end(), std::greater<>());  // it groups empty files
    if (std::string_view(GetParam()) == "7z") {
        EXPECT_THAT(visited, UnorderedElementsAre("b/second.json=sec", "a/first.txt=fff", "empty.csv="));
    } else {
        EXPECT_THAT(visited, ElementsAre("b/second.json=sec", "a/first.txt=fff", "empty.csv="));
    }
    std::size_t calls = 0;
    source->for_each([](const Entry& entry) { return entry.path != "b/second.json"; },
                     [&calls](const Entry&, ByteStream&) {
                         ++calls;
                         return Flow::stop;
                     });
    EXPECT_EQ(calls, 1U);
}

TEST_P(AnyArchive, CutAtAnyPlaceIsRefusedOrReadToWhereItBreaks) {
    std::string noise;
    for (unsigned i = 0; i < 3'000; ++i) noise += static_cast<char>((i * 2'654'435'761U) >> 24U);
    const auto file = write({{"a.txt", noise}, {"b.txt", "short"}});
    const std::string bytes = TempDir::read(file);
    for (std::size_t size = 1; size < bytes.size(); size += bytes.size() / 80 + 1) {
        dir.write(file.filename().string(), std::string_view(bytes).substr(0, size));
        const std::string refusal = refusal_of([&] {
            const auto source = open_source(file);
            for (const Entry& entry : source->entries()) (void)read_all(*source->open(entry), 10'000, entry.path);
            return 0;
        });
        EXPECT_THAT(refusal, ::testing::AnyOf("source.not_archive", "source.damaged", "")) << size;
        // No cut goes unseen, but in the padding that ends a tar.
        const bool tar = std::string_view(GetParam()).starts_with("tar");
        if (size + (tar ? 10'240 : 0) < bytes.size()) {
            EXPECT_NE(refusal, "") << size;
        }
    }
}

TEST_P(AnyArchive, ChangedBytesNeverCrash) {
    const auto file = write({{"a.txt", "some text that is long enough to be compressed, compressed"}, {"b/c.txt", "short"}});
    const std::string bytes = TempDir::read(file);
    const std::size_t step = std::max<std::size_t>(1, bytes.size() / 200);
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x55);
        dir.write(file.filename().string(), changed);
        const std::string refusal = refusal_of([&] {
            const auto source = open_source(file);
            for (const Entry& entry : source->entries())
                (void)read_all(*source->open(entry), std::uint64_t{1} << 26U, entry.path);
            return 0;
        });
        EXPECT_TRUE(refusal.empty() || refusal.starts_with("source.")) << refusal;
    }
}

INSTANTIATE_TEST_SUITE_P(Formats, AnyArchive, testing::ValuesIn<const char*>({"zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "7z"}),
                         [](const auto& tested) {
                             std::string name = tested.param;
                             std::replace(name.begin(), name.end(), '.', '_');
                             return name;
                         });

struct NameCase {
    std::string name;
    const char* path;  // shown, or noted
    const char* notice;
};

TEST(ArchiveNames, HostileZipNamesAreSkippedAndSaid) {
    const std::vector<NameCase> cases = {
        {"../evil.txt", "../evil.txt", "source.skipped_parent"},
        {"a/../../evil.txt", "a/../../evil.txt", "source.skipped_parent"},
        {"a\\..\\evil.txt", "a/../evil.txt", "source.skipped_parent"},
        {"/etc/passwd", "/etc/passwd", "source.skipped_absolute"},
        {"\\\\server\\share", "//server/share", "source.skipped_absolute"},
        {"C:\\Users\\x.txt", "C:/Users/x.txt", "source.skipped_absolute"},
        {"c:x.txt", "c:x.txt", "source.skipped_absolute"},
        {"..", "..", "source.skipped_parent"},
        {"./", "./", nullptr},  // a folder
        {"dir\\file.txt", "dir/file.txt", nullptr},
        {"./plain//x..y/...txt", "plain/x..y/...txt", nullptr},
    };
    for (const NameCase& c : cases) {
        const TempDir dir;
        RawZip zip;
        zip.add({c.name, "x"});
        zip.add({"ok.txt", "x"});
        const auto source = open_source(dir.write("hostile.zip", zip.bytes()));
        if (c.notice != nullptr) {
            EXPECT_THAT(paths_of(*source), ElementsAre("ok.txt")) << c.name;
            EXPECT_THAT(notices_of(*source), ElementsAre(std::string(c.path) + ": " + c.notice)) << c.name;
        } else {
            EXPECT_THAT(source->notices(), IsEmpty()) << c.name;
            if (!c.name.ends_with('/')) {
                EXPECT_THAT(paths_of(*source), UnorderedElementsAre(c.path, "ok.txt"));
            }
        }
    }
}

TEST(ArchiveNames, AnyEncodingInAnyLocale) {
    const TempDir dir;
    RawZip zip;
    zip.add({"flag-\u00e9\u4e2d.txt", "1", 0x800});
    zip.add({"noflag-\u00e9.txt", "2", 0});
    zip.add({"dos-\x82.txt", "3", 0});
    zip.add({"wrong-flag-\xE9.txt", "4", 0x800});
    const auto file = dir.write("names.zip", zip.bytes());
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* locale : {"C", "C.UTF-8"}) {
        if (std::setlocale(LC_ALL, locale) == nullptr) continue;
        const auto source = open_source(file);
        ASSERT_EQ(source->entries().size(), 3U) << locale;
        EXPECT_THAT(notices_of(*source),
                    UnorderedElementsAre("dos-\u00e9.txt: source.name_guessed", ": source.skipped_nameless"));
        EXPECT_EQ(content_of(*source, "flag-\u00e9\u4e2d.txt"), "1");
        EXPECT_EQ(content_of(*source, "noflag-\u00e9.txt"), "2");
        EXPECT_EQ(content_of(*source, "dos-\u00e9.txt"), "3");
        EXPECT_EQ(std::string(std::setlocale(LC_ALL, nullptr)), locale);
    }
    std::setlocale(LC_ALL, before.c_str());

    const auto tar = open_source(write_archive(dir / "names.tar", "tar", {{"caf\xE9.txt", "5"}, {"\u00e9t\u00e9.txt", "6"}}));
    EXPECT_EQ(content_of(*tar, "caf\u00e9.txt"), "5");
    EXPECT_EQ(content_of(*tar, "\u00e9t\u00e9.txt"), "6");
    EXPECT_THAT(notices_of(*tar), ElementsAre("caf\u00e9.txt: source.name_guessed"));
}

TEST(ArchiveNames, SamePathTwiceIsKeptTwice) {
    const TempDir dir;
    RawZip zip;
    for (const char* content : {"1", "2", "3"}) zip.add({"a/x.txt", content});
    zip.add({"a/x (2).txt", "own"});
    const auto source = open_source(dir.write("twice.zip", zip.bytes()));
    EXPECT_THAT(paths_of(*source), UnorderedElementsAre("a/x.txt", "a/x (2).txt", "a/x (3).txt", "a/x (4).txt"));
    EXPECT_THAT(notices_of(*source), ElementsAre("a/x.txt: source.same_path_twice", "a/x.txt: source.same_path_twice"));
    EXPECT_EQ(content_of(*source, "a/x.txt"), "1");
    EXPECT_EQ(content_of(*source, "a/x (2).txt"), "own");
    EXPECT_EQ(content_of(*source, "a/x (3).txt"), "2");
    EXPECT_EQ(content_of(*source, "a/x (4).txt"), "3");
}

TEST(ArchiveSafety, LinksAndDevicesAreSkipped) {
    const TempDir dir;
    const auto tar = open_source(write_archive(dir / "links.tar", "tar",
                                               {{"real.txt", "x"},
                                                {"soft", "", AE_IFLNK, "/etc/passwd"},
                                                {"hard", "", AE_IFREG, "", "real.txt"},
                                                {"device", "", AE_IFCHR},
                                                {"pipe", "", AE_IFIFO}}));
    EXPECT_THAT(paths_of(*tar), ElementsAre("real.txt"));
    EXPECT_THAT(notices_of(*tar), UnorderedElementsAre("soft: source.skipped_link", "hard: source.skipped_link",
                                                       "device: source.skipped_device", "pipe: source.skipped_device"));
    RawZip zip;
    zip.add({"soft", "/etc/passwd", 0, 0120777});
    zip.add({"real.txt", "x"});
    const auto source = open_source(dir.write("links.zip", zip.bytes()));
    EXPECT_THAT(paths_of(*source), ElementsAre("real.txt"));
    EXPECT_THAT(notices_of(*source), ElementsAre("soft: source.skipped_link"));
}

TEST(ArchiveSafety, EncryptedEntriesAreSkippedUnlessAllAre) {
    const TempDir dir;
    RawZip some;
    some.add({"secret.txt", "0123456789abcdef", 1});
    some.add({"open.txt", "x"});
    const auto source = open_source(dir.write("some.zip", some.bytes()));
    EXPECT_THAT(paths_of(*source), ElementsAre("open.txt"));
    EXPECT_THAT(notices_of(*source), ElementsAre("secret.txt: source.skipped_encrypted"));
    EXPECT_EQ(content_of(*source, "open.txt"), "x");

    RawZip all;
    all.add({"secret.txt", "0123456789abcdef", 1});
    try {
        (void)open_source(dir.write("all.zip", all.bytes()));
        FAIL() << "an encrypted archive was opened";
    } catch (const Error& error) {
        EXPECT_EQ(error.problem().reason.id, "source.password");
        EXPECT_EQ(error.problem().hint.id, "source.hint_password");
    }
}

TEST(ArchiveLimits, TooManyTooLargeTooDeepTooLong) {
    const TempDir dir;
    std::vector<Member> many;
    for (int i = 0; i < 20; ++i) many.push_back({"f" + std::to_string(i), "12345"});
    SourceLimits limits;
    limits.entries = 19;
    for (const char* format : {"zip", "tar.gz"}) {
        const auto file = write_archive(dir / (std::string("many.") + format), format, many);
        EXPECT_EQ(refusal_of([&] { return open_source(file, limits); }), "source.too_many_entries");
        EXPECT_EQ(open_source(file)->entries().size(), 20U);
        SourceLimits small;
        small.expanded_bytes = 99;
        EXPECT_EQ(refusal_of([&] { return open_source(file, small); }), "source.too_large");
        small.expanded_bytes = 100;
        EXPECT_EQ(open_source(file, small)->entries().size(), 20U);
    }
    SourceLimits narrow;
    narrow.depth = 2;
    narrow.path_length = 12;
    const auto source = open_source(
        write_archive(dir / "deep.zip", "zip", {{"1/2/ok", "x"}, {"1/2/3/deep", "x"}, {"a-long-name.txt", "x"}}), narrow);
    EXPECT_THAT(paths_of(*source), ElementsAre("1/2/ok"));
    EXPECT_THAT(notices_of(*source),
                UnorderedElementsAre("1/2/3/deep: source.skipped_deep", "a-long-name.txt: source.skipped_long_name"));
}

TEST(ArchiveLimits, RatioIsJudgedByWhatIsDeclared) {
    const TempDir dir;
    const auto file = write_archive(dir / "bomb.zip", "zip", {{"zeros", std::string(std::size_t{2} << 20U, '\0')}});
    EXPECT_EQ(open_source(file)->entries().size(), 1U);
    SourceLimits limits;
    limits.ratio = 100;
    EXPECT_EQ(open_source(file, limits)->entries().size(), 1U) << "a small file compresses as well as it likes";
    limits.ratio_from = std::uint64_t{1} << 20U;
    EXPECT_EQ(refusal_of([&] { return open_source(file, limits); }), "source.ratio");
    limits.ratio = 2'000;
    EXPECT_EQ(open_source(file, limits)->entries().size(), 1U);
}

TEST(ArchiveLimits, LyingHeadersAreFoundOutWhileReading) {
    const TempDir dir;
    const auto file = write_archive(dir / "bomb.zip", "zip", {{"zeros", std::string(std::size_t{2} << 20U, '\0')}});
    std::string lying = TempDir::read(file);
    const std::string said("\x00\x00\x20\x00", 4);  // 2 MiB, now 64 KiB
    for (std::size_t at = lying.find(said); at != std::string::npos; at = lying.find(said, at + 4)) {
        lying.replace(at, 4, std::string("\x00\x00\x01\x00", 4));
    }
    ASSERT_NE(lying, TempDir::read(file));
    dir.write("bomb.zip", lying);
    const auto source = open_source(file);
    EXPECT_EQ(source->entries().at(0).size, 65'536U);
    std::uint64_t out = 0;
    EXPECT_EQ(refusal_of([&] {
                  std::vector<char> buffer(10'000);
                  const auto stream = source->open(source->entries().at(0));
                  while (const std::size_t count = stream->read(buffer)) out += count;
                  return 0;
              }),
              "source.damaged");
    EXPECT_LE(out, 65'536U);
}

TEST(ArchiveLimits, RatioIsJudgedOverAWholeTar) {
    const TempDir dir;
    // Each file stays below what is judged; together they do not.
    std::vector<Member> members;
    for (int i = 0; i < 3; ++i) members.push_back({"zeros" + std::to_string(i), std::string(600'000, '\0')});
    const auto file = write_archive(dir / "bomb.tar.gz", "tar.gz", members);
    SourceLimits limits;
    limits.ratio = 100;
    limits.ratio_from = std::uint64_t{1} << 20U;
    EXPECT_EQ(refusal_of([&] { return open_source(file, limits); }), "source.ratio");
    EXPECT_EQ(open_source(file)->entries().size(), 3U);
}

TEST(ArchiveFormats, Zip64) {
    const TempDir dir;
    const auto source = open_source(
        write_archive(dir / "large.zip", "zip", {{"a.txt", "text"}, {"b.txt", std::string(100'000, 'b')}}, "zip:zip64"));
    EXPECT_THAT(paths_of(*source), ElementsAre("a.txt", "b.txt"));
    EXPECT_EQ(content_of(*source, "a.txt"), "text");
    EXPECT_EQ(content_of(*source, "b.txt").size(), 100'000U);
}

TEST(ArchiveFormats, EmptyArchivesHaveNoEntries) {
    const TempDir dir;
    EXPECT_THAT(open_source(dir.write("empty.zip", RawZip().bytes()))->entries(), IsEmpty());
    EXPECT_THAT(open_source(write_archive(dir / "empty.tar", "tar", {}))->entries(), IsEmpty());
}

TEST(ArchiveFormats, WrongChecksumIsAnErrorAtItsPlace) {
    const TempDir dir;
    RawZip zip;
    zip.add({"a.txt", "some words"});
    std::string bytes = zip.bytes();
    bytes.replace(bytes.find("words"), 5, "WORDS");
    const auto source = open_source(dir.write("damaged.zip", bytes));
    try {
        (void)content_of(*source, "a.txt");
        FAIL() << "a damaged entry was read";
    } catch (const Error& error) {
        EXPECT_EQ(error.problem().reason.id, "source.damaged");
        EXPECT_EQ(error.problem().where.entry, "a.txt");
        EXPECT_FALSE(error.problem().hint.empty());
    }
}

TEST(ArchiveFormats, StreamsMayOutliveTheirSource) {
    const TempDir dir;
    auto source = open_source(write_archive(dir / "a.zip", "zip", small_export));
    const auto stream = source->open(*source->find("second.json"));
    source.reset();
    EXPECT_EQ(read_all(*stream, 100, "x"), "second");
}

}  // namespace source_archive_test
}  // namespace secateur::test

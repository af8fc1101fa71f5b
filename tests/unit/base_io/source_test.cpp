// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/source.hpp"

#include <gmock/gmock.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/archive_builder.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/base_io/source_support.hpp"

namespace secateur::test {
namespace source_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

void set_modified(const std::filesystem::path& file, std::int64_t seconds) {
    const timespec times[2] = {{seconds, 0}, {seconds, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, file.c_str(), times, 0), 0);
}

TEST(FolderSource, ListsFilesSortedWithoutMacOsLitter) {
    const TempDir dir;
    dir.write("export/b.json", "{}");
    dir.write("export/a/z.csv", "1,2");
    dir.write("export/a.txt", "hello");
    dir.write("export/.DS_Store", "x");
    dir.write("export/a/.DS_Store", "x");
    dir.write("export/__MACOSX/a/._z.csv", "x");
    set_modified(dir / "export/b.json", 1'600'000'000);
    set_modified(dir / "export/a/z.csv", 1'700'000'000);
    set_modified(dir / "export/a.txt", 1'650'000'000);
    const auto source = open_source(dir / "export");
    EXPECT_EQ(source->kind(), SourceKind::folder);
    EXPECT_EQ(source->label(), (dir / "export").string());
    EXPECT_EQ(source->stem(), "export");
    EXPECT_THAT(paths_of(*source), ElementsAre("a.txt", "a/z.csv", "b.json"));
    EXPECT_EQ(source->entries()[1].name(), "z.csv");
    EXPECT_EQ(source->entries()[1].folder(), "a");
    EXPECT_EQ(source->entries()[0].folder(), "");
    EXPECT_EQ(source->entries()[1].size, 3U);
    EXPECT_EQ(source->bytes_on_disk(), 10U);
    EXPECT_EQ(source->newest_modification(), Instant(std::chrono::seconds(1'700'000'000)));
    EXPECT_EQ(content_of(*source, "a/z.csv"), "1,2");
    EXPECT_THAT(source->notices(), IsEmpty());
}

TEST(FolderSource, NotesLinksPipesAndUnreadableFiles) {
    const TempDir dir;
    dir.write("export/a.txt", "a");
    dir.write("outside.txt", "secret");
    dir.write("export/closed.txt", "b");
    std::filesystem::create_symlink(dir / "outside.txt", dir / "export/link.txt");
    std::filesystem::create_directory_symlink(dir.path(), dir / "export/loop");
    ASSERT_EQ(::mkfifo((dir / "export/pipe").c_str(), 0600), 0);
    ::chmod((dir / "export/closed.txt").c_str(), 0);
    const auto source = open_source(dir / "export");
    std::vector<std::string> expected = {"link.txt: source.skipped_link", "loop: source.skipped_link",
                                         "pipe: source.skipped_device"};
    if (::geteuid() != 0) {
        expected.emplace_back("closed.txt: source.skipped_unreadable");
        EXPECT_THAT(paths_of(*source), ElementsAre("a.txt"));
    }
    EXPECT_THAT(notices_of(*source), ::testing::UnorderedElementsAreArray(expected));
}

TEST(FolderSource, NamesInAnotherEncodingAreReadAndNoted) {
    const TempDir dir;
    dir.write("export/caf\xE9.txt", "latin");
    dir.write("export/caf\u00e9.txt", "utf-8");
    const auto source = open_source(dir / "export");
    EXPECT_THAT(paths_of(*source), ElementsAre("caf\u00e9 (2).txt", "caf\u00e9.txt"));
    EXPECT_THAT(notices_of(*source),
                UnorderedElementsAre("caf\u00e9.txt: source.name_guessed", "caf\u00e9.txt: source.same_path_twice"));
    EXPECT_THAT((std::vector<std::string>{content_of(*source, "caf\u00e9.txt"), content_of(*source, "caf\u00e9 (2).txt")}),
                UnorderedElementsAre("latin", "utf-8"));
}

TEST(FolderSource, LimitsHold) {
    const TempDir dir;
    dir.write("export/1/2/3/deep.txt", "a");
    dir.write("export/1/2/ok.txt", "a");
    dir.write("export/1/" + std::string(60, 'n'), "a");
    SourceLimits limits;
    limits.depth = 2;
    limits.path_length = 50;
    const auto source = open_source(dir / "export", limits);
    EXPECT_THAT(paths_of(*source), ElementsAre("1/2/ok.txt"));
    EXPECT_THAT(notices_of(*source),
                UnorderedElementsAre("1/2/3: source.skipped_deep", "1/" + std::string(60, 'n') + ": source.skipped_long_name"));
    limits.entries = 1;
    dir.write("export/more.txt", "a");
    EXPECT_EQ(refusal_of([&] { return open_source(dir / "export", limits); }), "source.too_many_entries");
}

TEST(FolderSource, HeadIsTheFirst64KiBAndStays) {
    const TempDir dir;
    const std::string large(100'000, 'x');
    dir.write("export/large.txt", large);
    dir.write("export/small.txt", "abc");
    const auto source = open_source(dir / "export");
    const std::string_view head = source->head(source->entries()[0]);
    EXPECT_EQ(head, std::string_view(large).substr(0, 65'536));
    EXPECT_EQ(source->head(source->entries()[1]), "abc");
    dir.write("export/large.txt", "changed");
    EXPECT_EQ(source->head(source->entries()[0]).data(), head.data());
}

TEST(FolderSource, VisitsWantedEntriesUntilStopped) {
    const TempDir dir;
    for (const char* name : {"a.json", "b.txt", "c.json", "d.json"}) dir.write(std::string("export/") + name, name);
    const auto source = open_source(dir / "export");
    std::vector<std::string> seen;
    source->for_each([](const Entry& entry) { return entry.path.ends_with(".json"); },
                     [&seen](const Entry& entry, ByteStream& stream) {
                         seen.push_back(read_all(stream, 100, entry.path));
                         return seen.size() == 2 ? Flow::stop : Flow::proceed;
                     });
    EXPECT_THAT(seen, ElementsAre("a.json", "c.json"));
}

TEST(FileSource, IsOneEntryNamedLikeTheFile) {
    const TempDir dir;
    const auto file = dir.write("result.json", "{\"a\": 1}");
    set_modified(file, 1'700'000'000);
    const auto source = open_source(file);
    EXPECT_EQ(source->kind(), SourceKind::file);
    EXPECT_EQ(source->stem(), "result");
    EXPECT_THAT(paths_of(*source), ElementsAre("result.json"));
    EXPECT_EQ(content_of(*source, "result.json"), "{\"a\": 1}");
    EXPECT_EQ(source->bytes_on_disk(), 8U);
    EXPECT_EQ(source->newest_modification(), Instant(std::chrono::seconds(1'700'000'000)));
}

TEST(FileSource, GivenThroughALinkIsRead) {
    const TempDir dir;
    dir.write("result.json", "[]");
    std::filesystem::create_symlink(dir / "result.json", dir / "latest.json");
    const auto source = open_source(dir / "latest.json");
    EXPECT_EQ(content_of(*source, "latest.json"), "[]");
}

TEST(OpenSource, SaysWhyItCannot) {
    const TempDir dir;
    EXPECT_EQ(refusal_of([&] { return open_source(dir / "absent.zip"); }), "source.not_found");
    ASSERT_EQ(::mkfifo((dir / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(refusal_of([&] { return open_source(dir / "pipe"); }), "source.special_file");
    for (const char* name : {"page.zip", "page.tar", "page.tar.gz", "page.7z", "PAGE.ZIP"}) {
        EXPECT_EQ(refusal_of([&] { return open_source(dir.write(name, "<html>not found</html>")); }), "source.not_archive")
            << name;
        EXPECT_EQ(refusal_of([&] { return open_source(dir.write(name, "")); }), "source.not_archive") << name;
    }
    EXPECT_EQ(refusal_of([&] { return open_parts({}); }), "source.no_parts");
    if (::geteuid() != 0) {
        ::chmod(dir.write("closed.json", "{}").c_str(), 0);
        EXPECT_EQ(refusal_of([&] { return open_source(dir / "closed.json"); }), "source.no_permission");
    }
}

TEST(SourceStem, DropsArchiveAndFileEndingsOnly) {
    const TempDir dir;
    struct Case {
        const char* path;
        const char* stem;
    };
    for (const Case& c : {Case{"ChatExport_2024.05.02/x.txt", "ChatExport_2024.05.02"}, Case{"my.zip.d/x.txt", "my.zip.d"}}) {
        const auto file = dir.write(c.path, "x");
        EXPECT_EQ(open_source(file.parent_path())->stem(), c.stem);
        EXPECT_EQ(open_source(file.parent_path().string() + "/")->stem(), c.stem);
    }
    for (const Case& c : {Case{"WhatsApp Chat - Choir 2.0.txt", "WhatsApp Chat - Choir 2.0"}, Case{"noending", "noending"},
                          Case{".hidden", ".hidden"}}) {
        EXPECT_EQ(open_source(dir.write(c.path, "x"))->stem(), c.stem);
    }
    for (const char* format : {"zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "7z"}) {
        const auto file = write_archive(dir / (std::string("facebook-isa-2026-10-30.") + format), format, {{"a.txt", "a"}});
        EXPECT_EQ(open_source(file)->stem(), "facebook-isa-2026-10-30") << format;
    }
}

TEST(SourceNames, ArchiveEndingsAreKnownInAnyCase) {
    for (const char* name : {"a.zip", "A.ZIP", "a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tar.xz", "a.7z", "x/y (1).Zip"}) {
        EXPECT_TRUE(is_archive_name(name)) << name;
    }
    for (const char* name : {"", "zip", ".zip", "a.zip.part", "a.gz", "a.json", "azip", "a.zipx"})
        EXPECT_FALSE(is_archive_name(name)) << name;
}

TEST(SourceFind, FoldsCaseQuotesUnderscoresAndSpaces) {
    const TempDir dir;
    dir.write("export/groups/your_groups.json", "{}");
    dir.write("export/groups/Groups you\u2019ve joined.json", "{}");
    dir.write("export/Company Follows.csv", "");
    dir.write("export/\u00c9v\u00e9nements.csv", "");
    const auto source = open_source(dir / "export");
    struct Case {
        const char* wanted;
        const char* found;
    };
    for (const Case& c : {Case{"company_follows.csv", "Company Follows.csv"},
                          Case{"Groups you've joined.json", "groups/Groups you\u2019ve joined.json"},
                          Case{"groups_you_ve_joined.json", "groups/Groups you\u2019ve joined.json"},
                          Case{"groups/your groups.json", "groups/your_groups.json"},
                          Case{"\u00e9V\u00c9NEMENTS.csv", "\u00c9v\u00e9nements.csv"}}) {
        const Entry* entry = source->find(c.wanted);
        ASSERT_NE(entry, nullptr) << c.wanted;
        EXPECT_EQ(entry->path, c.found);
    }
    EXPECT_EQ(source->find("groups.json"), nullptr);
    EXPECT_EQ(source->find("evenements.csv"), nullptr);
}

TEST(PartsSource, IsTheUnionAndKeepsTheSameFileOnce) {
    const TempDir dir;
    dir.write("one/index.html", "same");
    dir.write("one/messages/1.json", "first");
    dir.write("one/profile.json", "old me");
    dir.write("one/only-one.json", "a");
    dir.write("folder-three/profile.json", "newest");
    write_archive(
        dir / "two.zip", "zip",
        {{"index.html", "same"}, {"messages/1.json", "other"}, {"messages/2.json", "second"}, {"profile.json", "new me!"}});
    const auto source = open_parts({dir / "one", dir / "two.zip", dir / "folder-three"});
    EXPECT_EQ(source->kind(), SourceKind::parts);
    EXPECT_EQ(source->stem(), "one");
    EXPECT_THAT(paths_of(*source), ElementsAre("index.html", "messages/1 (2).json", "messages/1.json", "messages/2.json",
                                               "only-one.json", "profile (2).json", "profile (3).json", "profile.json"));
    EXPECT_THAT(notices_of(*source),
                UnorderedElementsAre("messages/1.json: source.same_path_twice", "profile.json: source.same_path_twice",
                                     "profile.json: source.same_path_twice"));
    EXPECT_EQ(content_of(*source, "messages/1.json"), "first");
    EXPECT_EQ(content_of(*source, "messages/1 (2).json"), "other");
    EXPECT_EQ(content_of(*source, "profile (3).json"), "newest");
    EXPECT_EQ(source->entries()[0].part, 0U);
    EXPECT_EQ(source->entries()[3].part, 1U);
    EXPECT_EQ(source->entries()[6].part, 2U);
    EXPECT_EQ(source->head(source->entries()[3]), "second");

    std::vector<std::string> visited;
    source->for_each([](const Entry& entry) { return entry.path != "index.html"; },
                     [&visited](const Entry& entry, ByteStream& stream) {
                         visited.push_back(entry.path + "=" + read_all(stream, 100, entry.path));
                         return Flow::proceed;
                     });
    EXPECT_THAT(visited, UnorderedElementsAre("messages/1.json=first", "messages/1 (2).json=other", "messages/2.json=second",
                                              "only-one.json=a", "profile.json=old me", "profile (2).json=new me!",
                                              "profile (3).json=newest"));
    std::size_t calls = 0;
    source->for_each([](const Entry&) { return true; },
                     [&calls](const Entry&, ByteStream&) { return ++calls == 2 ? Flow::stop : Flow::proceed; });
    EXPECT_EQ(calls, 2U);
}

TEST(PartsSource, LimitsHoldForTheSum) {
    const TempDir dir;
    dir.write("one/a.txt", "12345");
    dir.write("two/b.txt", "12345");
    SourceLimits limits;
    limits.entries = 1;
    EXPECT_EQ(refusal_of([&] { return open_parts({dir / "one", dir / "two"}, limits); }), "source.too_many_entries");
    limits = {};
    limits.expanded_bytes = 9;
    EXPECT_EQ(refusal_of([&] { return open_parts({dir / "one", dir / "two"}, limits); }), "source.too_large");
    EXPECT_EQ(open_parts({dir / "one"}, limits)->kind(), SourceKind::folder);
}

TEST(BelowSource, ShowsASubFolderOrOneFile) {
    const TempDir dir;
    dir.write("all/telegram/result.json", "{}");
    dir.write("all/telegram/files/a.txt", "a");
    dir.write("all/telegram 2/result.json", "[]");
    dir.write("all/notes.csv", "n");
    std::filesystem::create_symlink(dir / "all/notes.csv", dir / "all/telegram/link");
    write_archive(dir / "all/slack.zip", "zip", {{"channels.json", "[1]"}});
    const auto whole = open_source(dir / "all");

    const auto below = open_below(*whole, "telegram");
    EXPECT_EQ(below->kind(), SourceKind::folder);
    EXPECT_EQ(below->stem(), "telegram");
    EXPECT_EQ(below->label(), whole->label() + "/telegram");
    EXPECT_THAT(paths_of(*below), ElementsAre("files/a.txt", "result.json"));
    EXPECT_THAT(notices_of(*below), ElementsAre("link: source.skipped_link"));
    EXPECT_EQ(content_of(*below, "result.json"), "{}");
    EXPECT_EQ(below->head(below->entries()[0]), "a");
    EXPECT_EQ(below->bytes_on_disk(), 3U);
    std::vector<std::string> visited;
    below->for_each([](const Entry& entry) { return entry.path == "files/a.txt"; },
                    [&visited](const Entry& entry, ByteStream& stream) {
                        visited.push_back(entry.path + read_all(stream, 10, entry.path));
                        return Flow::proceed;
                    });
    EXPECT_THAT(visited, ElementsAre("files/a.txta"));

    const auto file = open_below(*whole, "telegram 2/result.json");
    EXPECT_EQ(file->kind(), SourceKind::file);
    EXPECT_EQ(file->stem(), "result");
    EXPECT_THAT(paths_of(*file), ElementsAre("result.json"));
    EXPECT_EQ(content_of(*file, "result.json"), "[]");

    const auto archive = open_below(*whole, "slack.zip");
    EXPECT_EQ(archive->kind(), SourceKind::archive);
    EXPECT_EQ(archive->stem(), "slack");
    EXPECT_EQ(content_of(*archive, "channels.json"), "[1]");

    const auto deeper = open_below(*below, "files/");
    EXPECT_THAT(paths_of(*deeper), ElementsAre("a.txt"));
    EXPECT_EQ(refusal_of([&] { return open_below(*whole, "tele"); }), "source.not_found");
}

TEST(ReadAll, StopsAtTheLimit) {
    const std::string bytes(300'000, 'b');
    EXPECT_EQ(read_all(*memory_stream(bytes), 300'000, "x"), bytes);
    EXPECT_EQ(read_all(*memory_stream(""), 0, "x"), "");
    EXPECT_EQ(refusal_of([&] { return read_all(*memory_stream(bytes), 299'999, "x"); }), "source.entry_too_large");
}

TEST(MemoryStream, GivesPiecesThenZero) {
    const auto stream = memory_stream("abcde");
    char buffer[3];
    EXPECT_EQ(stream->read(buffer), 3U);
    EXPECT_EQ(std::string_view(buffer, 3), "abc");
    EXPECT_EQ(stream->read(buffer), 2U);
    EXPECT_EQ(stream->read(buffer), 0U);
    EXPECT_EQ(stream->read(buffer), 0U);
}

}  // namespace source_test
}  // namespace secateur::test

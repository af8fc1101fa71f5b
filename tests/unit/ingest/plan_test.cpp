// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "ingest/import.hpp"
#include "tests/support/archive_builder.hpp"
#include "tests/support/temp_dir.hpp"

namespace secateur::test {
namespace plan_test {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// Claims a source that holds an entry of that name at its root.
class ByName final : public Connector {
public:
    ByName(std::string_view name, std::string entry, Confidence confidence = Confidence::certain)
        : info_{.name = name, .version = 1, .title = name, .message = "x", .how_to = "x"}, entry_(std::move(entry)), confidence_(confidence) {}
    [[nodiscard]] const ConnectorInfo& info() const noexcept override { return info_; }
    [[nodiscard]] std::optional<Match> detect(const Source& source) const override {
        for (const Entry& each : source.entries())
            if (each.path == entry_) return Match{.confidence = confidence_, .evidence = {}};
        return std::nullopt;
    }
    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source&, const ReadContext&) const override {
        throw Error({.kind = ErrorKind::input, .reason = msg("x"), .where = {}, .hint = {}});
    }

private:
    ConnectorInfo info_;
    std::string entry_;
    Confidence confidence_;
};

class Plan : public testing::Test {
protected:
    ImportPlan plan(const std::vector<std::filesystem::path>& paths, const PlanOptions& options = {}) const {
        return plan_import(paths, connectors, options);
    }
    std::vector<std::string> found(const ImportPlan& plan) const {
        std::vector<std::string> names;
        for (const PlannedSource& each : plan.sources)
            names.push_back(std::string(each.connector->info().name) + " " +
                            std::filesystem::path(each.source->label()).lexically_relative(folder.path()).string());
        return names;
    }

    TempDir folder;
    ByName telegram{"telegram", "result.json"}, whatsapp{"whatsapp", "_chat.txt"}, unsure{"unsure", "result.json", Confidence::possible};
    std::array<const Connector*, 3> connectors{&telegram, &whatsapp, &unsure};
};

TEST_F(Plan, TakesTheSurerConnector) {
    folder.write("a/result.json", "{}");
    EXPECT_THAT(found(plan({folder / "a"})), ElementsAre("telegram a"));
}

TEST_F(Plan, SplitsAFolderNobodyClaims) {
    folder.write("all/one/result.json", "{}");
    folder.write("all/two/deep/_chat.txt", "x");
    folder.write("all/two/again/_chat.txt", "x");
    folder.write("all/result.json", "{}");
    folder.write("all/photo.jpg", "x");
    folder.write("all/holiday/1.jpg", "x");
    folder.write("all/holiday/notes.txt", "about whatsapp");
    std::filesystem::rename(folder / "all/result.json", folder / "all/other.json");
    const ImportPlan found_plan = plan({folder / "all"});
    EXPECT_THAT(found(found_plan), UnorderedElementsAre("telegram all/one", "whatsapp all/two/deep", "whatsapp all/two/again"));
    std::vector<std::string> unknown;
    for (const Unrecognised& each : found_plan.unrecognised)
        unknown.push_back(std::filesystem::path(each.path).filename().string() + " " + each.looks_like.id);
    EXPECT_THAT(unknown, UnorderedElementsAre("photo.jpg ingest.looks_media", "other.json ingest.looks_json", "holiday ingest.looks_folder"));
    const auto holiday = std::ranges::find_if(found_plan.unrecognised, [](const Unrecognised& each) { return each.path.ends_with("holiday"); });
    ASSERT_NE(holiday, found_plan.unrecognised.end());
    EXPECT_THAT(holiday->closest, ElementsAre(&whatsapp));
}

/// Like most connectors: its file may lie anywhere below.
class Anywhere final : public Connector {
public:
    Anywhere(std::string_view name, std::string ending) : info_{.name = name, .version = 1, .title = name, .message = "x", .how_to = "x"}, ending_(std::move(ending)) {}
    [[nodiscard]] const ConnectorInfo& info() const noexcept override { return info_; }
    [[nodiscard]] std::optional<Match> detect(const Source& source) const override {
        for (const Entry& each : source.entries())
            if (each.path.ends_with(ending_)) return Match{.confidence = Confidence::certain, .evidence = {}};
        return std::nullopt;
    }
    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source&, const ReadContext&) const override {
        throw Error({.kind = ErrorKind::input, .reason = msg("x"), .where = {}, .hint = {}});
    }

private:
    ConnectorInfo info_;
    std::string ending_;
};

class Heap : public Plan {
protected:
    Anywhere videos{"videos", "subscriptions.csv"}, posts{"posts", "posts.csv"};
    std::array<const Connector*, 2> connectors{&videos, &posts};
    std::vector<std::string> taken(const std::filesystem::path& path) const { return found(plan_import({path}, connectors, {})); }
};

TEST_F(Heap, OfSeveralExportsIsTakenApart) {
    folder.write("all/takeout/videos/subscriptions.csv", "x");
    folder.write("all/forum/posts.csv", "x");
    EXPECT_THAT(taken(folder / "all"), UnorderedElementsAre("videos all/takeout", "posts all/forum"));
}

TEST_F(Heap, IsSeenThroughTheFoldersAroundIt) {
    folder.write("all/downloads/takeout/subscriptions.csv", "x");
    folder.write("all/downloads/posts.csv", "x");
    EXPECT_THAT(taken(folder / "all"), UnorderedElementsAre("videos all/downloads/takeout", "posts all/downloads/posts.csv"));
}

TEST_F(Heap, OfAnArchiveAndLooseFilesIsTakenApart) {
    folder.write("all/subscriptions.csv", "x");
    write_archive(folder / "all/forum.zip", "zip", {{.path = "posts.csv", .bytes = "x"}});
    EXPECT_THAT(taken(folder / "all"), UnorderedElementsAre("videos all/subscriptions.csv", "posts all/forum.zip"));
}

TEST_F(Heap, IsNotWhatOneConnectorMadeOfManyFolders) {
    folder.write("export/a/posts.csv", "x");
    folder.write("export/b/posts.csv", "x");
    folder.write("export/readme.txt", "x");
    EXPECT_THAT(taken(folder / "export"), ElementsAre("posts export"));
}

TEST_F(Plan, PathGivenTwiceIsReadOnce) {
    folder.write("one/_chat.txt", "first");
    const ImportPlan found_plan = plan({folder / "one", folder / "one"});
    EXPECT_EQ(found_plan.sources.size(), 1U);
}

TEST_F(Plan, TwoEquallySureConnectorsStopTheRun) {
    const ByName rival("rival", "result.json");
    const std::array<const Connector*, 2> both{&telegram, &rival};
    folder.write("a/result.json", "{}");
    try {
        (void)plan_import({folder / "a"}, both, {});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.problem().kind, ErrorKind::usage);
        EXPECT_EQ(error.problem().reason.id, "ingest.two_connectors");
    }
    PlanOptions options;
    options.connector = "rival";
    EXPECT_THAT(found(plan_import({folder / "a"}, both, options)), ElementsAre("rival a"));
}

TEST_F(Plan, ConnectorThatIsAskedForReadsWhatItDoesNotRecognise) {
    folder.write("renamed.json", "{}");
    PlanOptions options;
    options.connector = "telegram";
    const ImportPlan found_plan = plan({folder / "renamed.json"}, options);
    ASSERT_EQ(found_plan.sources.size(), 1U);
    EXPECT_EQ(found_plan.sources[0].evidence.id, "ingest.asked_for");
}

TEST_F(Plan, UnknownConnectorIsAWrongUse) {
    PlanOptions options;
    options.connector = "nothing";
    EXPECT_THROW((void)plan({}, options), Error);
}

TEST_F(Plan, WhatCannotBeReadIsToldAndTheRestPlanned) {
    folder.write("a/result.json", "{}");
    folder.write("damaged.zip", "PK, and no more");
    const ImportPlan found_plan = plan({folder / "nowhere", folder / "a", folder / "damaged.zip"});
    EXPECT_THAT(found(found_plan), ElementsAre("telegram a"));
    ASSERT_EQ(found_plan.unreadable.size(), 2U);
    EXPECT_EQ(found_plan.unreadable[0].path, (folder / "nowhere").string());
    EXPECT_EQ(found_plan.unreadable[1].path, (folder / "damaged.zip").string());
}

TEST_F(Plan, EmptyFolderIsListed) {
    std::filesystem::create_directory(folder / "empty");
    const ImportPlan found_plan = plan({folder / "empty"});
    EXPECT_THAT(found_plan.sources, IsEmpty());
    ASSERT_EQ(found_plan.unrecognised.size(), 1U);
    EXPECT_EQ(found_plan.unrecognised[0].looks_like.id, "ingest.looks_empty");
}

TEST(Quarantined, RecordIsReadAgainFromItsPlace) {
    const TempDir folder;
    folder.write("a/list.csv", "one\ntwo broken\nthree\n");
    QuarantineRow row;
    row.label = (folder / "a").string();
    row.where = {.entry = "list.csv", .line = 2, .record = 2, .offset = 4, .length = 10};
    EXPECT_EQ(read_quarantined(row), "two broken");
    row.where.length.reset();
    EXPECT_EQ(read_quarantined(row), "two broken");
    row.where.offset.reset();
    EXPECT_EQ(read_quarantined(row), "two broken");
    EXPECT_EQ(read_quarantined(row, 3), "two");
    row.where.line.reset();
    EXPECT_EQ(read_quarantined(row), std::nullopt) << "nothing says where";
    row.where = {.entry = "gone.csv", .line = 1, .record = {}, .offset = {}, .length = {}};
    EXPECT_EQ(read_quarantined(row), std::nullopt);
    row.label = (folder / "gone").string();
    EXPECT_EQ(read_quarantined(row), std::nullopt);
}

}  // namespace plan_test
}  // namespace secateur::test

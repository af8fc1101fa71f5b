// SPDX-License-Identifier: GPL-3.0-or-later
// What every connector promises, over the registry: to be listed is to be tested. Samples are the folders of
// sample_data/<connector>/, together at most 16 KiB.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "base/messages.hpp"
#include "base/text.hpp"
#include "connectors/registry.hpp"
#include "ingest/import.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/record_text.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
namespace connector_conformance_test {

namespace fs = std::filesystem;
using test::MemorySource;
using test::Reading;

struct Sample {
    std::string connector, scenario;
    std::map<std::string, std::string> files;

    [[nodiscard]] MemorySource source() const { return MemorySource(scenario, files); }
    [[nodiscard]] std::uint64_t bytes() const {
        std::uint64_t sum = 0;
        for (const auto& [path, text] : files) sum += text.size();
        return sum;
    }
};

fs::path root() { return fs::path(SECATEUR_SOURCE_DIR); }

std::vector<Sample> samples_of(std::string_view connector) {
    std::vector<Sample> found;
    const fs::path folder = root() / "sample_data" / connector;
    if (!fs::is_directory(folder)) return found;
    for (const auto& scenario : fs::directory_iterator(folder)) {
        Sample sample{.connector = std::string(connector), .scenario = scenario.path().filename().string(), .files = {}};
        for (const auto& entry : fs::recursive_directory_iterator(scenario.path())) {
            if (!entry.is_regular_file() || entry.path().filename() == "README.md") continue;
            std::ifstream in(entry.path(), std::ios::binary);
            sample.files[fs::relative(entry.path(), scenario.path()).string()] = {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        }
        found.push_back(std::move(sample));
    }
    std::ranges::sort(found, {}, &Sample::scenario);
    return found;
}

ReadContext context() {
    ReadContext found;
    found.me.names = {"Mira Example"};
    found.zone = Zone::find("Europe/Brussels");
    found.today = *parse_date("2026-11-21");
    return found;
}

std::vector<std::string> lines_of(const Reading& reading) {
    std::vector<std::string> lines;
    for (const auto& each : reading.sink.accepted) lines.push_back(test::text_of(each.record) + " @ " + render(each.where, Language::english));
    return lines;
}

class EveryConnector : public testing::TestWithParam<const Connector*> {
protected:
    const Connector& connector() const { return *GetParam(); }
    std::vector<Sample> samples() const { return samples_of(connector().info().name); }
};

TEST_P(EveryConnector, HasItsFormatPageAndItsMessages) {
    const ConnectorInfo& info = connector().info();
    EXPECT_TRUE(fs::exists(root() / "connectors" / info.name / "format.md"));
    for (const Language language : {Language::english, Language::french})
        for (const auto id : {info.message, info.how_to}) EXPECT_TRUE(message_pattern(id, language)) << id;
    EXPECT_GE(info.version, 1);
    EXPECT_FALSE(info.title.empty());
}

TEST_P(EveryConnector, HasSamplesThatExplainThemselves) {
    ASSERT_FALSE(samples().empty());
    std::uint64_t bytes = 0;
    for (const Sample& sample : samples()) {
        EXPECT_TRUE(fs::exists(root() / "sample_data" / sample.connector / sample.scenario / "README.md")) << sample.scenario;
        EXPECT_FALSE(sample.files.empty()) << sample.scenario;
        bytes += sample.bytes();
    }
    EXPECT_LE(bytes, 16u << 10) << "of all scenarios together";
}

TEST_P(EveryConnector, RecognisesItsSamplesBetterThanAnyOther) {
    for (const Sample& sample : samples()) {
        const MemorySource source = sample.source();
        const auto mine = connector().detect(source);
        ASSERT_TRUE(mine) << sample.scenario;
        EXPECT_TRUE(message_pattern(mine->evidence.id, Language::english)) << mine->evidence.id;
        for (const Connector* other : connectors()) {
            const auto theirs = other == GetParam() ? std::nullopt : other->detect(source);
            EXPECT_FALSE(theirs && theirs->confidence >= mine->confidence) << other->info().name << " claims " << sample.scenario << " too";
        }
    }
}

TEST_P(EveryConnector, ReadsItsSamplesWholeAndTwiceTheSame) {
    for (const Sample& sample : samples()) {
        const MemorySource source = sample.source();
        const Reading once = test::read_source(connector(), source, context()), twice = test::read_source(connector(), source, context());
        EXPECT_FALSE(once.sink.accepted.empty()) << sample.scenario;
        EXPECT_EQ(lines_of(once), lines_of(twice)) << sample.scenario;
        for (const auto& rejected : once.sink.rejected)
            ADD_FAILURE() << sample.scenario << ": " << render(rejected.problem, Language::english);
        EXPECT_TRUE(once.sink.count<Coverage>() > 0 || once.sink.count<Activity>() >= 1) << "nothing says what " << sample.scenario << " covers";
    }
}

TEST_P(EveryConnector, NamesTheGroupOfEveryRecord) {
    for (const Sample& sample : samples()) {
        const MemorySource source = sample.source();
        const Reading reading = test::read_source(connector(), source, context());
        // No platform means the connector's own.
        const auto full = [&](const std::string& platform, const std::string& key) {
            return std::pair(platform.empty() ? sample.connector : platform, key);
        };
        std::set<std::pair<std::string, std::string>> named;
        for (const Group& group : reading.sink.all<Group>()) named.insert(full(group.platform, group.key));
        for (const auto& each : reading.sink.accepted) {
            const auto known = [&](const std::string& platform, const std::string& key) {
                EXPECT_TRUE(key.empty() || named.contains(full(platform, key))) << sample.scenario << ": " << test::text_of(each.record);
            };
            if (const auto* activity = std::get_if<Activity>(&each.record)) known(activity->platform, activity->group);
            if (const auto* membership = std::get_if<Membership>(&each.record)) known(membership->platform, membership->group);
        }
    }
}

TEST_P(EveryConnector, PlacesNothingIn1970OrInTheFuture) {
    const Instant begin = *Zone::utc().to_instant({.year = 1995, .month = 1, .day = 1}), end = *Zone::utc().to_instant({.year = 2026, .month = 11, .day = 23});
    for (const Sample& sample : samples()) {
        const MemorySource source = sample.source();
        for (const auto& activity : test::read_source(connector(), source, context()).sink.all<Activity>())
            if (activity.when) {
                EXPECT_GE(activity.when->at, begin) << test::text_of(Record(activity));
                EXPECT_LT(activity.when->at, end) << test::text_of(Record(activity));
            }
    }
}

TEST_P(EveryConnector, StopsWhenTheSinkSaysSo) {
    for (const Sample& sample : samples()) {
        const MemorySource source = sample.source();
        const auto stream = connector().open(source, context());
        test::VectorSink sink;
        sink.stop_after = 2;
        stream->read_into(sink);
        EXPECT_EQ(sink.calls_after_stop, 0u) << sample.scenario;
    }
}

/// Whatever a file became, reading it ends, throws nothing but Error, and says valid UTF-8.
void must_survive(const Connector& connector, const Sample& sample, const std::string& what) {
    const MemorySource source = sample.source();
    try {
        if (!connector.detect(source)) return;
        const Reading reading = test::read_source(connector, source, context());
        for (const auto& each : reading.sink.accepted)
            if (const auto* activity = std::get_if<Activity>(&each.record)) {
                ASSERT_TRUE(is_valid_utf8(activity->text) && is_valid_utf8(activity->author.name) && is_valid_utf8(activity->group)) << what;
            } else if (const auto* group = std::get_if<Group>(&each.record)) {
                ASSERT_TRUE(is_valid_utf8(group->name) && is_valid_utf8(group->key)) << what;
            }
        for (const auto& each : reading.sink.rejected) ASSERT_FALSE(each.problem.reason.empty()) << what;
    } catch (const Error& error) {
        ASSERT_FALSE(error.problem().reason.empty()) << what;
    }
}

TEST_P(EveryConnector, SurvivesItsSamplesCutAtEveryByte) {
    for (Sample sample : samples())
        for (auto& [path, text] : sample.files) {
            const std::string whole = text;
            for (std::size_t cut = 0; cut < whole.size(); ++cut) {
                text = whole.substr(0, cut);
                must_survive(connector(), sample, sample.scenario + "/" + path + " cut at " + std::to_string(cut));
                if (HasFatalFailure()) return;
            }
            text = whole;
        }
}

TEST_P(EveryConnector, SurvivesOneSeededChangeAtEveryByte) {
    std::uint64_t state = 20261121;
    const auto next = [&] {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return state >> 33;
    };
    constexpr std::string_view nasty("\0\n\r\"\\,;:{}[]<>&\x80\xff\x1b@-0", 21);  // the first is a NUL, so the length is given
    for (Sample sample : samples())
        for (auto& [path, text] : sample.files) {
            const std::string whole = text;
            for (std::size_t at = 0; at < whole.size(); ++at) {
                text = whole;
                text[at] = next() % 2 ? nasty[next() % nasty.size()] : static_cast<char>(next());
                must_survive(connector(), sample, sample.scenario + "/" + path + " changed at " + std::to_string(at));
                if (HasFatalFailure()) return;
            }
            text = whole;
        }
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryConnector, testing::ValuesIn(connectors().begin(), connectors().end()),
                         [](const auto& test) { return std::string(test.param->info().name); });

TEST(Registry, TakesAHeapOfAllSamplesApart) {
    std::set<std::pair<std::string, std::string>> expected, found;
    for (const Connector* connector : connectors())
        for (const Sample& sample : samples_of(connector->info().name)) expected.emplace(sample.connector, sample.scenario);
    const ImportPlan plan = plan_import({root() / "sample_data"}, connectors(), {});
    for (const PlannedSource& each : plan.sources) {
        const std::string connector(each.connector->info().name);
        const fs::path place = fs::path(each.source->label()).lexically_relative(root() / "sample_data");
        if (*place.begin() == "isabelle") continue;
        EXPECT_EQ(*place.begin(), connector) << place;
        // Where one connector takes all its scenarios as one export, it has them all.
        for (const auto& [of, scenario] : expected)
            if (of == connector && (place == of || *std::next(place.begin()) == scenario)) found.emplace(of, scenario);
    }
    EXPECT_EQ(found, expected);
}

TEST(Registry, ListsEachFolderOnceInOrder) {
    std::vector<std::string> listed, folders;
    for (const Connector* connector : connectors()) listed.emplace_back(connector->info().name);
    for (const auto& entry : fs::directory_iterator(root() / "connectors"))
        if (entry.is_directory()) folders.push_back(entry.path().filename().string());
    std::ranges::sort(folders);
    EXPECT_EQ(listed, folders);
}

}  // namespace connector_conformance_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "tests/support/temp_dir.hpp"
#include "tests/unit/ingest/fake_export.hpp"

namespace secateur::test {
namespace import_test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

FakeExport chat() {
    FakeExport content;
    content.records = {group("choir", "Chœur du canal"),
                       post("choir", "nour", "2026-03-02T10:00:00Z", "Qui vient à la répétition ?", "1"),
                       reply(post("choir", "isa", "2026-03-02T10:05:00Z", "Je viens avec les partitions", "2"), "1"),
                       reply(post("choir", "nour", "2026-03-02T10:06:00Z", "Merci Isabelle", "3"), "2"),
                       post("choir", "otto", "2026-04-20T08:00:00Z", "Concert le 12 juin https://www.example.org/concert?utm_source=x", "4")};
    return content;
}

class Import : public testing::Test {
protected:
    Store store = Store::open(":memory:");
};

TEST_F(Import, StoresWhatTheConnectorEmits) {
    const ImportResult result = import(store, chat());
    EXPECT_EQ(result.status, ImportStatus::imported);
    const SourceCounts expected{.read = 4, .accepted = 4, .added = 4, .ignored = {{"service_message", 2}}, .groups = 1, .activities = 4, .mine = 1,
                                .first = at("2026-03-02T10:00:00Z"), .last = at("2026-04-20T08:00:00Z"), .coverage = "full"};
    EXPECT_EQ(result.source.counts, expected);
    EXPECT_EQ(store.sources().size(), 1U);
    EXPECT_EQ(store.sources()[0].counts, expected);
    EXPECT_EQ(seen(store),
              "fake:choir 'Chœur du canal' group_chat state 2 joined - left - acts 1 mine 1 others 3 by 2 last 2026-04-20T08:00:00Z\n"
              "  month 24314: 1 2 2 2 0\n"
              "  month 24315: 0 1 1 1 0\n"
              "  week 2026-03-02: 1 2 7\n"
              "  week 2026-04-20: 0 1 12\n"
              "  full 2026-03-02T10:00:00Z to 2026-04-20T08:00:00Z\n"
              "  words of 8104: avec=1 isabelle=1 les=1 merci=1 partitions=1 qui=1 répétition=1 viens=1 vient=1\n"
              "  words of 8105: concert=1 juin=1\n"
              "  with nour on 2026-03-02: 1 1\n"
              "fake:choir 2026-03-02T10:05:00Z 'Je viens avec les partitions' 5\n");
}

TEST_F(Import, SameExportAgainIsUnchanged) {
    const std::string before = (import(store, chat()), seen(store));
    const ImportResult again = import(store, chat());
    EXPECT_EQ(again.status, ImportStatus::unchanged);
    EXPECT_EQ(again.source.counts.added, 0U);
    EXPECT_EQ(again.source.counts.duplicates, again.source.counts.accepted);
    EXPECT_EQ(seen(store), before);
    EXPECT_EQ(store.sources().size(), 1U);
}

TEST_F(Import, NewerExportAddsOnlyWhatIsNew) {
    import(store, chat());
    FakeExport newer = chat();
    newer.version = "newer";
    newer.records.push_back(post("choir", "isa", "2026-05-01T09:00:00Z", "Bravo à tous", "5"));
    const SourceCounts counts = import(store, newer).source.counts;
    EXPECT_EQ(counts.added, 1U);
    EXPECT_EQ(counts.duplicates, 4U);
    EXPECT_EQ(counts.updated, 0U);

    Store fresh = Store::open(":memory:");
    import(fresh, newer);
    const std::string whole = seen(fresh);
    // What the older one held is held by the newer one too: taking it back changes nothing but the coverage it stated.
    store.remove_source(1);
    EXPECT_EQ(seen(store), whole);
}

TEST_F(Import, TakingTheNewerExportBackRestoresTheOlder) {
    import(store, chat());
    const std::string before = seen(store);
    FakeExport newer = chat();
    newer.version = "newer";
    newer.records.push_back(post("choir", "isa", "2026-05-01T09:00:00Z", "Bravo à tous", "5"));
    newer.records.push_back(group("walks", "Balades"));
    newer.records.push_back(post("walks", "otto", "2026-05-01T09:00:00Z", "Dimanche ?", "1"));
    import(store, newer);
    EXPECT_NE(seen(store), before);
    const RemovedSource removed = store.remove_source(2);
    EXPECT_EQ(removed.activities, 2U);
    EXPECT_EQ(seen(store), before);
}

TEST_F(Import, NothingIsLeftOfTheLastSource) {
    FakeExport content = chat();
    Contact contact;
    contact.person = {.key = "lin", .name = "Lin Ferrand"};
    content.records.push_back(contact);
    content.records.push_back(membership("choir", MembershipEvent::joined, "2026-01-05T00:00:00Z"));
    import(store, content);
    EXPECT_EQ(store.remove_source(1).others, 2U);
    EXPECT_EQ(seen(store), "");
    EXPECT_TRUE(store.group_names().empty());
    for (std::int64_t number = 1; number < 10; ++number) EXPECT_FALSE(store.person(number)) << number;
    EXPECT_EQ(import(store, content).source.counts.added, 6U);
}

TEST_F(Import, EditIsAnUpdate) {
    import(store, chat());
    FakeExport edited = chat();
    edited.version = "edited";
    std::get<Activity>(edited.records[2]).text = "Je viens sans les partitions";
    const SourceCounts counts = import(store, edited).source.counts;
    EXPECT_EQ(counts.updated, 1U);
    EXPECT_EQ(counts.duplicates, 3U);
    EXPECT_THAT(seen(store), HasSubstr("'Je viens sans les partitions'"));
    EXPECT_THAT(seen(store), Not(HasSubstr("'Je viens avec les partitions'")));
    EXPECT_THAT(seen(store), HasSubstr("words of 8104 (about):"));
}

TEST_F(Import, OlderExportDoesNotUndoAnEdit) {
    FakeExport edited = chat();
    edited.version = "edited";
    edited.exported_at = at("2026-10-01T00:00:00Z");
    std::get<Activity>(edited.records[2]).text = "Je viens sans les partitions";
    import(store, edited);
    FakeExport older = chat();
    older.exported_at = at("2026-09-01T00:00:00Z");
    const SourceCounts counts = import(store, older).source.counts;
    EXPECT_EQ(counts.updated, 0U);
    EXPECT_EQ(counts.duplicates, 4U);
    EXPECT_THAT(seen(store), HasSubstr("'Je viens sans les partitions'"));
}

TEST_F(Import, SameIdTwiceInOneExportIsAnEdit) {
    FakeExport content = chat();
    content.records.push_back(post("choir", "otto", "2026-04-20T08:30:00Z", "Concert le 13 juin", "4"));
    const SourceCounts counts = import(store, content).source.counts;
    EXPECT_EQ(counts.read, 5U);
    EXPECT_EQ(counts.added, 4U);
    EXPECT_EQ(counts.updated, 1U);
    EXPECT_THAT(seen(store), HasSubstr("others 3 by 2 last 2026-04-20T08:30:00Z"));
}

TEST_F(Import, FailureOfTheConnectorChangesNoByte) {
    const TempDir folder;
    const std::filesystem::path path = folder.path() / "client.db";
    Store on_disk = Store::open(path);
    import(on_disk, chat());
    const auto bytes = [&] {
        std::ifstream file(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    const std::string before = bytes(), content = seen(on_disk);
    FakeExport failing = chat();
    failing.version = "failing";
    failing.fails = true;
    for (int i = 10; i < 3'000; ++i) failing.records.push_back(post("choir", "otto", "2026-05-01T09:00:00Z", "encore", std::to_string(i)));
    EXPECT_THROW(import(on_disk, failing), std::runtime_error);
    EXPECT_EQ(seen(on_disk), content);
    EXPECT_TRUE(bytes() == before);
    failing.fails = false;
    EXPECT_EQ(import(on_disk, failing).source.counts.added, 2'990U);
}

TEST_F(Import, TooManyRejectionsStoreNothing) {
    FakeExport content = chat();
    for (int i = 0; i < 60; ++i) content.records.push_back(post("choir", "otto", "2026-05-01T09:00:00Z", "x", std::to_string(100 + i)));
    for (int i = 0; i < 8; ++i) content.broken.push_back("broken " + std::to_string(i));
    const ImportResult failed = import(store, content);
    EXPECT_EQ(failed.status, ImportStatus::failed);
    ASSERT_TRUE(failed.problem);
    EXPECT_EQ(failed.problem->reason.id, "ingest.too_many_rejected");
    EXPECT_EQ(failed.first_rejections.size(), 5U);
    EXPECT_EQ(failed.source.counts.accepted + failed.source.counts.quarantined, failed.source.counts.read);
    EXPECT_EQ(seen(store), "");
    EXPECT_TRUE(store.sources().empty());

    ImportOptions options;
    options.accept_quarantine = true;
    EXPECT_EQ(import(store, content, context(), options).status, ImportStatus::imported);
    EXPECT_EQ(store.quarantined().size(), 8U);
    EXPECT_EQ(store.quarantined()[2].where.record, 3U);
}

TEST_F(Import, FewRejectionsAreKeptApart) {
    FakeExport content = chat();
    content.broken = {"one", "two", "one"};  // 3 of 7: too few records to judge the export by
    const ImportResult result = import(store, content);
    EXPECT_EQ(result.status, ImportStatus::imported);
    EXPECT_EQ(result.source.counts.quarantined, 3U);
    EXPECT_EQ(store.quarantined(1).size(), 2U) << "a bad record is listed once";
    EXPECT_EQ(store.quarantined(1)[0].label, "exports/export.json");
}

TEST_F(Import, TimeInTheFutureIsQuarantined) {
    FakeExport content = chat();
    content.records.push_back(post("choir", "otto", "2026-11-22T20:00:00Z", "tomorrow, by another zone", "8"));
    content.records.push_back(post("choir", "otto", "2026-11-23T00:00:00Z", "the day after", "9"));
    const SourceCounts counts = import(store, content).source.counts;
    EXPECT_EQ(counts.quarantined, 1U);
    EXPECT_EQ(counts.accepted, 5U);
    EXPECT_EQ(store.quarantined()[0].reason.id, "ingest.in_the_future");
}

TEST_F(Import, ReadingAgainLosesNothing) {
    FakeExport content = chat();
    const SourceCounts first = import(store, content).source.counts;
    // The same bytes, read with another wish, of which fewer records are understood.
    ReadContext with = context();
    with.zone = Zone::find("Europe/Brussels");
    content.records.back() = post("choir", "otto", "2031-04-20T08:00:00Z", "Concert", "4");
    const ImportResult again = import(store, content, with);
    EXPECT_EQ(again.status, ImportStatus::failed);
    ASSERT_TRUE(again.problem);
    EXPECT_EQ(again.problem->reason.id, "ingest.would_lose");
    EXPECT_EQ(store.sources().at(0).counts.accepted, first.accepted);
}

struct ClientCase {
    const char* name;
    std::vector<std::string> known;
    bool forced;
    const char* owner;
    bool refused;
};
class WrongClient : public testing::TestWithParam<ClientCase> {};

TEST_P(WrongClient, IsRefusedOnlyWhenNothingAgrees) {
    Store store = Store::open(":memory:");
    ReadContext with = context();
    with.me.names = GetParam().known;
    with.me.forced = GetParam().forced;
    FakeExport content = chat();
    content.owner.person = Person{.key = "77", .name = GetParam().owner};
    if (GetParam().refused) {
        try {
            import(store, content, with);
            FAIL();
        } catch (const Error& error) {
            EXPECT_EQ(error.problem().reason.id, "ingest.other_client");
        }
        EXPECT_TRUE(store.sources().empty());
    } else {
        EXPECT_EQ(import(store, content, with).status, ImportStatus::imported);
    }
}

INSTANTIATE_TEST_SUITE_P(Owners, WrongClient,
                         testing::ValuesIn<ClientCase>({
                             {"nothing_known", {}, false, "Marc Delvaux", false},
                             {"somebody_else", {"Isabelle Aubry"}, false, "Marc Delvaux", true},
                             {"same", {"Isabelle Aubry"}, false, "Isabelle Aubry", false},
                             {"short_form", {"Isabelle Aubry"}, false, "Isa AUBRY", false},
                             {"married", {"Isabelle Aubry"}, false, "Isabelle Delvaux", false},
                             {"one_family", {"Isabelle Aubry"}, false, "Marc Aubry", true},
                             {"one_family_surname_first", {"Isabelle Aubry"}, false, "AUBRY Isabelle", false},
                             {"a_handle", {"Isabelle Aubry"}, false, "birdwatcher77", false},
                             {"no_name_to_compare", {"Isabelle Aubry"}, false, "", false},
                             {"said_so", {"Isabelle Aubry"}, true, "Marc Delvaux", false},
                         }),
                         [](const auto& test) { return test.param.name; });

TEST_F(Import, WhoeverWasOnlyTakenForHerProvesNothingLater) {
    ReadContext with = context();
    with.me.names = {"Isabelle Aubry"};
    FakeExport handle = chat();
    handle.owner.person = Person{.key = "77", .name = "Marc"};
    const ImportResult taken = import(store, handle, with);
    EXPECT_EQ(taken.status, ImportStatus::imported);
    EXPECT_TRUE(std::ranges::any_of(taken.source.warnings, [](const Warning& each) { return each.code == "owner_unproven"; }));
    FakeExport other = chat();
    other.owner.person = Person{.key = "78", .name = "Marc Delvaux"};
    other.records.push_back(post("choir", "otto", "2026-11-01T20:00:00Z", "one more", "12"));
    EXPECT_THROW(import(store, other, with), Error);
    FakeExport own = chat();
    own.owner.person = Person{.key = "79", .name = "Isa Aubry"};
    own.records.push_back(post("choir", "otto", "2026-11-02T20:00:00Z", "one more", "13"));
    const ImportResult proven = import(store, own, with);
    EXPECT_TRUE(proven.source.warnings.empty());
}

TEST_F(Import, NewConnectorVersionReadsEverythingAgain) {
    import(store, chat());
    FakeExport otherwise = chat();
    for (Record& record : otherwise.records)
        if (auto* activity = std::get_if<Activity>(&record); activity != nullptr && activity->author.key == "otto") activity->author = {.key = "maya", .name = "maya"};
    const MemorySource source("exports/export.json", {{"data", otherwise.version + std::to_string(otherwise.records.size())}});
    const ImportResult again = import_source(store, source, FakeConnector(otherwise, "fake", 2), context());
    EXPECT_EQ(again.source.counts.duplicates, 4U);
    EXPECT_EQ(store.sources().size(), 1U);
    EXPECT_EQ(store.sources()[0].connector_version, 2);
    Store fresh = Store::open(":memory:");
    import(fresh, otherwise);
    EXPECT_EQ(seen(store), seen(fresh));
    for (std::int64_t number = 1; number < 10; ++number) EXPECT_NE(store.person_name(number), "otto") << "nobody is left of whom no row tells";
}

TEST_F(Import, WhoSheIsInOneExportOfAPlatformIsKnownToItsOtherConnectors) {
    import(store, chat());
    FakeExport other = chat();
    other.find_owner = [](const Identities& me) {
        Owner owner;
        if (std::ranges::find(me.ids, "isa") != me.ids.end()) owner.person = Person{.key = "isa", .name = "Isabelle Aubry"};
        return owner;
    };
    const auto mine_by = [&](std::string_view name, std::string_view platform) {
        const FakeConnector connector(other, name, 1, platform);
        return import_source(store, MemorySource(std::string(name), {{"data", std::string(name)}}), connector, context(), {}).source.counts.mine;
    };
    EXPECT_EQ(mine_by("stranger", {}), 0U);
    EXPECT_EQ(mine_by("fake_exporter", "fake"), 1U);
}

TEST_F(Import, OwnerSaidLaterMakesTheSameRowsMine) {
    FakeExport content = chat();
    content.find_owner = [](const Identities& me) {
        Owner owner;
        if (me.match("isa")) owner.person = Person{.key = "isa", .name = "Isabelle Aubry"};
        else owner.candidates = {{.person = {.key = "isa", .name = "Isabelle Aubry"}, .activities = 1, .evidence = {}}};
        return owner;
    };
    const ImportResult unknown = import(store, content);
    EXPECT_EQ(unknown.source.counts.mine, 0U);
    ASSERT_EQ(unknown.source.warnings.size(), 1U);
    EXPECT_EQ(unknown.source.warnings[0].code, "owner_unknown");
    EXPECT_EQ(unknown.candidates.size(), 1U);
    EXPECT_TRUE(store.my_posts("fake:choir").empty());

    ReadContext with = context();
    with.me.names = {"isa"};
    with.me.forced = true;
    const ImportResult known = import(store, content, with);
    EXPECT_EQ(known.status, ImportStatus::imported);
    EXPECT_EQ(known.source.id, unknown.source.id);
    EXPECT_EQ(known.source.counts.updated, 1U);
    EXPECT_EQ(known.source.counts.duplicates, 3U);
    ASSERT_EQ(store.my_posts("fake:choir").size(), 1U);
    EXPECT_EQ(store.my_posts("fake:choir")[0].text, "Je viens avec les partitions");
    EXPECT_EQ(store.sources().size(), 1U);

    Store fresh = Store::open(":memory:");
    import(fresh, content, with);
    EXPECT_EQ(seen(store), seen(fresh)) << "read again, it is as if it had been read so at first";
    EXPECT_EQ(import(store, content, with).status, ImportStatus::unchanged);
}

TEST_F(Import, NoTextKeepsNoWordOfAnybody) {
    ImportOptions options;
    options.with_text = false;
    import(store, chat(), context(), options);
    EXPECT_THAT(seen(store), Not(HasSubstr("words of")));
    EXPECT_EQ(store.my_posts("fake:choir")[0].text, "");
    EXPECT_EQ(import(store, chat()).source.counts.duplicates, 4U) << "identity does not hang on the text being kept";
    Store fresh = Store::open(":memory:");
    import(fresh, chat());
    EXPECT_EQ(seen(store), seen(fresh));
}

TEST_F(Import, OthersTextIsForgotten) {
    const TempDir folder;
    const std::filesystem::path path = folder.path() / "client.db";
    {
        Store on_disk = Store::open(path);
        FakeExport content = chat();
        content.records.push_back(post("choir", "otto", "2026-05-02T09:00:00Z", "un secret bien gardé pour vous", "8"));
        content.broken = {"otto: un secret bien gardé pour vous"};
        import(on_disk, content);
    }
    std::ifstream file(path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    EXPECT_THAT(bytes, HasSubstr("avec les partitions"));
    EXPECT_THAT(bytes, Not(HasSubstr("secret bien")));
}

TEST_F(Import, UnattributedAndUndatedAreCountedAndSpreadNowhere) {
    FakeExport content = chat();
    content.records.push_back(post("", "isa", "2026-06-01T00:00:00Z", "ailleurs", "20"));
    content.records.push_back(post("choir", "isa", "", "un jour", "21"));
    const SourceCounts counts = import(store, content).source.counts;
    EXPECT_EQ(counts.unattributed, 1U);
    EXPECT_EQ(counts.activities, 6U);
    EXPECT_EQ(counts.groups, 1U);
    const auto history = store.load_history("fake:choir", day("2026-11-21"), Zone::utc());
    ASSERT_TRUE(history);
    EXPECT_EQ(history->acts.size(), 1U) << "an undated act lies in no window";
    EXPECT_TRUE(history->source_has_unattributed);
    EXPECT_EQ(history->account_last_act, at("2026-06-01T00:00:00Z"));
    EXPECT_EQ(store.my_posts("fake:choir").size(), 2U);
    EXPECT_EQ(store.group_names().size(), 1U);
}

TEST_F(Import, DirectConversationsAreCountedApart) {
    FakeExport content = chat();
    content.records.push_back(group("lin", "Lin Ferrand", GroupKind::direct));
    content.records.push_back(post("lin", "lin", "2026-06-01T00:00:00Z", "Bonjour", "1"));
    content.records.push_back(post("lin", "isa", "2026-06-02T00:00:00Z", "Bonjour Lin", "2"));
    const SourceCounts counts = import(store, content).source.counts;
    EXPECT_EQ(counts.direct, 2U);
    EXPECT_EQ(counts.activities, 4U);
    EXPECT_EQ(counts.groups, 1U);
    EXPECT_EQ(store.direct_conversations(), 1U);
    EXPECT_EQ(store.group_names().size(), 1U);
    EXPECT_EQ(store.groups(day("2026-11-21"), Zone::utc()).size(), 1U);
    const auto met = store.people_met(day("2026-11-21"));
    ASSERT_EQ(met.size(), 2U);
    EXPECT_EQ(met[0].id, "fake:choir");
    EXPECT_EQ(met[1].id, "fake:lin");
    EXPECT_TRUE(met[1].direct);
    EXPECT_EQ(store.person_name(met[1].people.at(0)), "lin");
    EXPECT_EQ(store.people_met(day("2026-06-01")).size(), 1U) << "on that day only one of the two had written";
}

TEST_F(Import, RepliesAndMentionsAreExchanges) {
    import(store, chat());
    EXPECT_THAT(seen(store), HasSubstr("  with nour on 2026-03-02: 1 1\n"));
    EXPECT_THAT(seen(store), Not(HasSubstr("with otto")));
    FakeExport more;
    more.version = "more";
    more.records = {post("choir", "otto", "2026-05-03T09:00:00Z", "Isabelle Aubry a une belle voix", "6"),
                    post("choir", "otto", "2026-05-04T09:00:00Z", "merci @isabelle !", "7"),
                    post("choir", "otto", "2026-05-05T09:00:00Z", "ecrire à x@isabelle.example", "8")};
    import(store, more);
    EXPECT_THAT(seen(store), HasSubstr("  with otto on 2026-05-03: 0 1\n"));
    EXPECT_THAT(seen(store), HasSubstr("  with otto on 2026-05-04: 0 1\n"));
    EXPECT_THAT(seen(store), Not(HasSubstr("with otto on 2026-05-05")));
    EXPECT_THAT(seen(store), HasSubstr("  with nour on 2026-03-02: 1 1\n"));
}

struct CoverageCase {
    const char* name;
    unsigned mine, others;
    std::optional<CoverageKind> stated, whole;
    CoverageKind expected;
};
class InferredCoverage : public testing::TestWithParam<CoverageCase> {};

TEST_P(InferredCoverage, ClaimsNoMoreThanItSees) {
    Store store = Store::open(":memory:");
    FakeExport content;
    content.records = {group("g", "G")};
    for (unsigned i = 0; i < GetParam().mine; ++i) content.records.push_back(post("g", "isa", "2026-01-01T00:00:00Z", "a", std::to_string(i + 1)));
    for (unsigned i = 0; i < GetParam().others; ++i) content.records.push_back(post("g", "otto", "2026-01-02T00:00:00Z", "b", std::to_string(i + 100)));
    Coverage coverage;
    if (GetParam().stated) {
        coverage.group = "g";
        coverage.kind = *GetParam().stated;
        content.records.push_back(coverage);
    }
    if (GetParam().whole) {
        coverage.group = "";
        coverage.kind = *GetParam().whole;
        content.records.push_back(coverage);
    }
    EXPECT_EQ(import(store, content).source.counts.coverage, to_string(GetParam().expected));
    const auto history = store.load_history("fake:g", day("2026-11-21"), Zone::utc());
    ASSERT_EQ(history->coverage.size(), 1U);
    EXPECT_EQ(history->coverage[0].kind, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Kinds, InferredCoverage,
                         testing::ValuesIn<CoverageCase>({
                             {"with_others", 1, 1, {}, {}, CoverageKind::full},
                             {"only_me", 5, 0, {}, {}, CoverageKind::own_only},
                             {"too_few_of_mine", 4, 0, {}, {}, CoverageKind::partial_window},
                             {"nothing", 0, 0, {}, {}, CoverageKind::names_only},
                             {"stated", 1, 1, CoverageKind::partial_window, {}, CoverageKind::partial_window},
                             {"stated_full_alone", 6, 0, CoverageKind::full, {}, CoverageKind::own_only},
                             {"whole_source", 2, 0, {}, CoverageKind::own_only, CoverageKind::own_only},
                             {"stated_before_whole", 2, 2, CoverageKind::full, CoverageKind::own_only, CoverageKind::full},
                         }),
                         [](const auto& test) { return test.param.name; });

TEST_F(Import, CoverageEndsWithTheExportElseWithItsNewestRecord) {
    FakeExport content = chat();
    content.records.push_back(post("walks", "otto", "2026-08-01T00:00:00Z", "x", "1"));
    import(store, content);
    auto coverage = store.load_history("fake:choir", day("2026-11-21"), Zone::utc())->coverage.at(0);
    EXPECT_EQ(coverage.end, at("2026-08-01T00:00:00Z"));
    EXPECT_TRUE(coverage.whole_source_end_known);

    Store alone = Store::open(":memory:");
    import(alone, chat());
    coverage = alone.load_history("fake:choir", day("2026-11-21"), Zone::utc())->coverage.at(0);
    EXPECT_EQ(coverage.end, at("2026-04-20T08:00:00Z"));
    EXPECT_FALSE(coverage.whole_source_end_known);

    Store dated = Store::open(":memory:");
    content.exported_at = at("2026-10-30T00:00:00Z");
    import(dated, content);
    EXPECT_EQ(dated.load_history("fake:choir", day("2026-11-21"), Zone::utc())->coverage.at(0).end, at("2026-10-30T00:00:00Z"));
}

// ------------------------------------------------------------------------------------------------- logs without ids

Activity line(std::string_view time, std::string author, std::string text, std::string written = {}) {
    Activity activity = post("log", std::move(author), time, std::move(text));
    activity.when->written = std::move(written);
    return activity;
}

FakeExport log() {
    FakeExport content;
    content.records = {group("log", "Voisins"), line("2026-03-02T10:00:10Z", "nour", "ok", "02/03/2026 10:00:10"),
                       line("2026-03-02T10:00:40Z", "nour", "ok", "02/03/2026 10:00:40"), line("2026-03-02T10:01:00Z", "isa", "ok", "02/03/2026 10:01:00"),
                       line("2026-03-03T10:00:00Z", "otto", "à  demain", "03/03/2026 10:00:00")};
    return content;
}

TEST_F(Import, EqualMessagesOfOneMinuteAreSeveral) {
    EXPECT_EQ(import(store, log()).source.counts.added, 4U);
    FakeExport without_seconds = log();
    without_seconds.version = "android";
    without_seconds.records = {group("log", "Voisins"), line("2026-03-02T10:00:00Z", "nour", "ok", "02/03/2026 10:00"),
                               line("2026-03-02T10:00:00Z", "nour", "ok", "02/03/2026 10:00"), line("2026-03-02T10:01:00Z", "isa", "ok", "02/03/2026 10:01"),
                               line("2026-03-03T10:00:00Z", "otto", "à demain", "03/03/2026 10:00")};
    const SourceCounts counts = import(store, without_seconds).source.counts;
    EXPECT_EQ(counts.added, 0U);
    EXPECT_EQ(counts.updated, 1U) << "the double space is no other message, but another text";
    EXPECT_EQ(counts.duplicates, 3U);
}

TEST_F(Import, NewerLogReplacesThePeriodItCovers) {
    import(store, log());
    FakeExport newer = log();
    newer.version = "newer";
    std::get<Activity>(newer.records[4]).text = "à demain, plutôt dix heures";
    newer.records.push_back(line("2026-03-05T10:00:00Z", "otto", "merci"));
    const SourceCounts counts = import(store, newer).source.counts;
    EXPECT_EQ(counts.added, 2U);
    EXPECT_EQ(counts.duplicates, 3U);
    EXPECT_THAT(seen(store), HasSubstr("others 4 by 2"));

    const RemovedSource removed = store.remove_source(2);
    EXPECT_THAT(removed.import_again, ElementsAre("exports/export.json"));
    EXPECT_THAT(seen(store), HasSubstr("others 2 by 1"));
    EXPECT_EQ(import(store, log()).source.counts.added, 1U) << "the line that had given way is read again";
    EXPECT_THAT(seen(store), HasSubstr("others 3 by 2"));
}

TEST_F(Import, OlderLogGivesWayToTheNewerOneKnownAlready) {
    FakeExport newer = log();
    newer.version = "newer";
    std::get<Activity>(newer.records[4]).text = "à demain, plutôt dix heures";
    newer.records.push_back(line("2026-03-05T10:00:00Z", "otto", "merci"));
    import(store, newer);
    const SourceCounts counts = import(store, log()).source.counts;
    EXPECT_EQ(counts.added, 0U);
    EXPECT_EQ(counts.added + counts.updated + counts.duplicates, counts.accepted);
    EXPECT_THAT(seen(store), HasSubstr("others 4 by 2"));
}

TEST_F(Import, NaturalKeyTellsReactionsApart) {
    FakeExport content;
    for (int i = 0; i < 3; ++i) {
        Activity reaction = post("", "isa", "2026-03-02T10:00:00Z", "");
        reaction.kind = ActivityKind::reaction;
        reaction.natural_key = i == 1 ? "10:00 wow" : "10:00 like";
        content.records.push_back(reaction);
    }
    const SourceCounts counts = import(store, content).source.counts;
    EXPECT_EQ(counts.added, 2U);
    EXPECT_EQ(counts.duplicates, 1U);
}

// --------------------------------------------------------------------------------------------------------- properties

FakeExport random_export(unsigned seed, unsigned size) {
    std::mt19937 random(seed);
    const auto any = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
    constexpr std::array people{"isa", "nour", "otto", "lin", "maya"};
    constexpr std::array words{"merci", "réunion", "demain", "photo", "canal", "qui vient ?", "ok"};
    FakeExport content;
    content.version = std::to_string(seed);
    for (int i = 0; i < 4; ++i) content.records.push_back(group("g" + std::to_string(i), "Groupe " + std::to_string(i), i == 3 ? GroupKind::direct : GroupKind::group_chat));
    for (unsigned i = 1; i <= size; ++i) {
        const unsigned in = any(5);
        Activity activity = post(in == 4 ? "" : "g" + std::to_string(in), people[any(people.size())], "", words[any(words.size())], std::to_string(in * 100'000 + i));
        activity.when = When{.at = at("2025-01-01T00:00:00Z") + std::chrono::minutes{any(900'000)}, .written = {}};
        activity.kind = any(5) == 0 ? ActivityKind::reaction : ActivityKind::message;
        if (any(3) == 0) activity.parent = std::to_string(in * 100'000 + 1 + any(size));
        if (any(40) == 0) activity.when.reset();
        if (any(10) == 0) activity.native_id.insert(0, "x");  // no number
        content.records.push_back(activity);
        if (any(20) == 0) content.records.push_back(activity);  // told twice
    }
    return content;
}

TEST_F(Import, RecordOrderDoesNotMatter) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        FakeExport content = random_export(seed, 150);
        Store first = Store::open(":memory:");
        const SourceCounts counts = import(first, content).source.counts;
        EXPECT_EQ(counts.accepted + counts.quarantined, counts.read);
        EXPECT_EQ(counts.added + counts.updated + counts.duplicates, counts.accepted);
        std::shuffle(content.records.begin(), content.records.end(), std::mt19937(seed));
        Store second = Store::open(":memory:");
        EXPECT_EQ(import(second, content).source.counts, counts) << "seed " << seed;
        EXPECT_EQ(seen(second), seen(first)) << "seed " << seed;
    }
}

TEST_F(Import, OneExportInTwoHalvesIsTheSameAsWhole) {
    for (unsigned seed = 11; seed <= 13; ++seed) {
        const FakeExport whole = random_export(seed, 150);
        Store at_once = Store::open(":memory:");
        import(at_once, whole);
        Store in_two = Store::open(":memory:");
        FakeExport half = whole;
        half.version += "half";
        for (std::size_t i = 10; i < half.records.size(); i += 2) half.records.erase(half.records.begin() + static_cast<std::ptrdiff_t>(i));
        import(in_two, half);
        import(in_two, whole);
        in_two.remove_source(1);
        EXPECT_EQ(seen(in_two), seen(at_once)) << "seed " << seed;
    }
}

TEST_F(Import, BackwardExportGivesTheSameStore) {
    FakeExport content = chat();
    for (int i = 0; i < 2'500; ++i)
        content.records.push_back(post("choir", i % 7 == 0 ? "isa" : "otto", format_rfc3339(at("2026-05-01T00:00:00Z") + std::chrono::minutes{i}), "encore", std::to_string(100 + i)));
    import(store, content);
    std::reverse(content.records.begin(), content.records.end());
    Store other = Store::open(":memory:");
    import(other, content);
    EXPECT_EQ(seen(other), seen(store));
}

}  // namespace import_test
}  // namespace secateur::test

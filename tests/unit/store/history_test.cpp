// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "store/import_transaction.hpp"

namespace secateur::test {
namespace history_test {

Instant at(std::string_view text) { return parse_rfc3339(text)->at; }
Date day(std::string_view text) { return *parse_date(text); }

/// Writes sources row by row, without ingest.
class History : public testing::Test {
protected:
    struct Row {
        std::string_view at;
        std::string_view author;  // "isa" is me
        ActivityKind kind = ActivityKind::message;
        bool automatic = false;
    };
    struct Source {
        std::string_view exported;
        std::vector<Row> rows;
        std::vector<Membership> memberships;
        std::vector<CoveragePeriod> coverage;
        std::string_view name = "Group";
        std::string_view key = "g";
    };

    void add(const Source& source) {
        SourceInfo info{.label = "export", .connector = "x", .fingerprint = std::to_string(++number_), .platform = "x"};
        if (!source.exported.empty()) info.exported_at = at(source.exported);
        const auto transaction = store.begin_import(info);
        Group group;
        group.key = source.key;
        group.name = source.name;
        const std::int64_t number = transaction->group("x", group);
        std::uint64_t id = 0;
        for (const Row& row : source.rows) {
            ActivityToStore activity;
            activity.group = number;
            activity.at = at(row.at);
            activity.id = ++id + 1'000 * static_cast<std::uint64_t>(number_);
            activity.origin = ActivityToStore::IdOrigin::number;
            activity.kind = row.kind;
            activity.is_me = row.author == "isa";
            activity.automatic = row.automatic;
            activity.author = transaction->person("x", {.key = std::string(row.author), .name = {}}, activity.is_me);
            activity.words = 3;
            EXPECT_EQ(transaction->add(activity).stored, Stored::added);
        }
        for (const Membership& each : source.memberships) transaction->add(each, number, 0);
        for (const CoveragePeriod& each : source.coverage) transaction->add_coverage(number, each);
        info.newest = info.exported_at;
        transaction->finish(info);
        transaction->commit();
    }

    [[nodiscard]] GroupHistory history(std::string_view as_of, std::string_view zone = "UTC") const {
        return store.load_history("x:g", day(as_of), *Zone::find(zone)).value();
    }

    Store store = Store::open(":memory:");
    int number_ = 0;
};

TEST_F(History, EndsWithTheDayAskedForInTheZone) {
    add({.exported = "2026-06-01T00:00:00Z", .rows = {{"2026-03-31T21:59:59Z", "isa"}, {"2026-03-31T22:00:00Z", "isa"}, {"2026-04-02T00:00:00Z", "isa"}}});
    EXPECT_EQ(history("2026-03-31", "Europe/Brussels").acts.size(), 1U) << "midnight in Brussels is 22:00 UTC in summer";
    EXPECT_EQ(history("2026-03-31").acts.size(), 2U);
    EXPECT_EQ(history("2026-04-01").acts.size(), 2U);
    EXPECT_EQ(history("2026-04-02").acts.size(), 3U);
    EXPECT_EQ(history("2026-03-30").acts.size(), 0U);
}

TEST_F(History, CoversNothingBeyondTheDayAskedFor) {
    add({.exported = "2026-11-22T10:00:00Z",
         .rows = {{"2026-10-01T10:00:00Z", "isa"}},
         .coverage = {{.kind = CoverageKind::full, .begin = at("2026-10-01T10:00:00Z"), .end = at("2026-11-22T10:00:00Z")},
                      {.kind = CoverageKind::own_only, .begin = at("2026-11-05T10:00:00Z"), .end = at("2026-11-22T10:00:00Z")}}});
    const GroupHistory found = history("2026-10-31");
    ASSERT_EQ(found.coverage.size(), 1U) << "what begins later is not known yet";
    EXPECT_EQ(found.coverage[0].end, at("2026-11-01T00:00:00Z"));
    EXPECT_EQ(history("2026-11-30").coverage.size(), 2U);
}

TEST_F(History, TellsWhatATableStatesOfTheLifeOfAGroup) {
    const auto transaction = store.begin_import({.label = "tables", .connector = "generic", .fingerprint = "t", .platform = "x"});
    const auto when = [](std::string_view text) { return When{.at = at(text)}; };
    Group group;
    group.key = "g";
    group.posts_30d = 0;
    group.last_post = when("2016-04-21T07:00:00Z");
    group.measured_at = when("2026-10-30T17:00:00Z");
    static_cast<void>(transaction->group("x", group));
    transaction->finish({.label = "tables", .connector = "generic", .fingerprint = "t", .platform = "x"});
    transaction->commit();
    const GroupHistory found = history("2026-10-31");
    ASSERT_TRUE(found.stated_life);
    EXPECT_EQ(found.stated_life->posts_30d, 0U);
    EXPECT_EQ(found.stated_life->last_post, at("2016-04-21T07:00:00Z"));
    EXPECT_EQ(found.stated_life->measured_at, at("2026-10-30T17:00:00Z"));
}

TEST_F(History, MonthsAndWeeksBeginAtLocalMidnightThroughClockChanges) {
    // Clocks in Brussels change on 29 March 2026 (Sunday) and 25 October 2026 (Sunday).
    add({.exported = "2026-12-01T00:00:00Z",
         .rows = {{"2026-02-28T22:59:00Z", "nour"}, {"2026-02-28T23:00:00Z", "nour"}, {"2026-03-29T21:59:00Z", "isa"}, {"2026-03-29T22:00:00Z", "nour"},
                  {"2026-03-31T21:59:00Z", "otto"}, {"2026-03-31T22:00:00Z", "otto"}, {"2026-10-25T22:59:00Z", "nour"}, {"2026-10-25T23:00:00Z", "nour"},
                  {"2026-10-31T22:59:00Z", "nour"}, {"2026-10-31T23:00:00Z", "nour"}},
         .coverage = {{.kind = CoverageKind::full, .begin = {}, .end = at("2026-12-01T00:00:00Z")}}});
    const GroupHistory found = history("2026-12-31", "Europe/Brussels");
    std::vector<std::tuple<int, unsigned, unsigned>> months;
    for (const MonthVolume& each : found.months) months.emplace_back(each.month - 2026 * 12 + 1, each.mine, each.others);
    EXPECT_THAT(months, testing::ElementsAre(std::tuple(2, 0, 1), std::tuple(3, 1, 3), std::tuple(4, 0, 1), std::tuple(10, 0, 3), std::tuple(11, 0, 1)));
    std::vector<std::pair<std::string, unsigned>> weeks;
    for (const WeekVolume& each : found.weeks) weeks.emplace_back(format_date(each.monday), each.mine + each.others);
    EXPECT_THAT(weeks, testing::ElementsAre(std::pair("2026-02-23", 2), std::pair("2026-03-23", 1), std::pair("2026-03-30", 3), std::pair("2026-10-19", 1),
                                            std::pair("2026-10-26", 3)));
}

TEST_F(History, AuthorsAreNewThenReturning) {
    add({.exported = "2026-06-01T00:00:00Z",
         .rows = {{"2026-01-05T00:00:00Z", "nour"}, {"2026-01-06T00:00:00Z", "otto"}, {"2026-02-05T00:00:00Z", "nour"}, {"2026-02-06T00:00:00Z", "nour"},
                  {"2026-02-07T00:00:00Z", "isa"}, {"2026-04-01T00:00:00Z", "nour"}, {"2026-04-01T00:00:01Z", "robot", ActivityKind::message, true},
                  {"2026-04-02T00:00:00Z", "lin", ActivityKind::reaction}}});
    const GroupHistory found = history("2026-12-31");
    std::vector<std::tuple<unsigned, unsigned, unsigned>> months;
    for (const MonthVolume& each : found.months) months.emplace_back(each.authors, each.new_authors, each.returning_authors);
    EXPECT_THAT(months, testing::ElementsAre(std::tuple(2, 2, 0), std::tuple(2, 1, 1), std::tuple(1, 0, 0)));
    EXPECT_EQ(found.others_authors, 2U) << "neither a robot nor who only reacts is an author";
    EXPECT_EQ(found.others_activities, 7U) << "but all is counted";
    EXPECT_EQ(found.others_last, at("2026-04-01T00:00:00Z"));
    EXPECT_EQ(found.authors_90d, 2U) << "in the 90 days up to the last record, 2 April: from 2 January on";
    EXPECT_EQ(history("2026-05-01").authors_90d, 2U) << "the data ends before the day asked for";
}

TEST_F(History, WhereIWroteLeavesOutTheRestAndTheWords) {
    add({.exported = "", .rows = {{"2026-01-05T00:00:00Z", "isa"}, {"2026-01-06T00:00:00Z", "nour"}}, .key = "mine"});
    add({.exported = "", .rows = {{"2026-03-01T00:00:00Z", "isa"}}, .key = "later"});
    add({.exported = "", .rows = {{"2026-01-06T00:00:00Z", "isa", ActivityKind::reaction}, {"2026-01-06T00:00:00Z", "nour"}}, .key = "read"});
    std::vector<GroupHistory> found;
    store.for_each_group(day("2026-02-01"), Zone::utc(), [&](GroupHistory&& each) { found.push_back(std::move(each)); }, Reading::where_i_wrote);
    ASSERT_EQ(found.size(), 1U) << "in one she only reacts, in the other she writes later";
    EXPECT_EQ(found[0].key, "mine");
    EXPECT_EQ(found[0].authors_90d, 1U);
    EXPECT_EQ(found[0].account_last_act, at("2026-01-05T00:00:00Z"));
    EXPECT_TRUE(found[0].terms.empty());
}

TEST_F(History, LightActivitiesAreNoActs) {
    add({.exported = "", .rows = {{"2026-01-05T00:00:00Z", "isa"}, {"2026-01-06T00:00:00Z", "isa", ActivityKind::reaction}, {"2026-01-07T00:00:00Z", "isa", ActivityKind::vote},
                                  {"2026-01-08T00:00:00Z", "isa", ActivityKind::share}}});
    const GroupHistory found = history("2026-12-31");
    EXPECT_EQ(found.acts.size(), 2U);
    EXPECT_EQ(found.my_activities, 4U);
    EXPECT_EQ(found.my_reactions, 1U);
    EXPECT_EQ(found.my_last_light, at("2026-01-07T00:00:00Z"));
    const auto listed = store.groups(day("2026-12-31"), Zone::utc());
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].acts, 2U);
    EXPECT_EQ(listed[0].words, 6U);
    EXPECT_EQ(listed[0].active_weeks, 1U) << "5 and 8 January 2026 are Monday and Thursday of one week";
    EXPECT_FALSE(listed[0].others_known);
}

Membership event(MembershipEvent kind, std::string_view when = {}, Role role = Role::none) {
    Membership membership;
    membership.event = kind;
    membership.role = role;
    if (!when.empty()) membership.at = When{.at = at(when), .written = {}};
    return membership;
}

TEST_F(History, ListsNoGroupThatSheHadNotJoinedOrThatHadNotBegun) {
    const auto listed = [&](std::string_view as_of) {
        std::set<std::string> keys;
        for (const GroupListing& each : store.groups(day(as_of), *Zone::find("UTC"))) keys.insert(each.key);
        std::set<std::string> visited;
        store.for_each_group(day(as_of), *Zone::find("UTC"), [&](GroupHistory&& history) { visited.insert(history.key); }, Reading::whole);
        EXPECT_EQ(visited, keys);
        return keys;
    };
    add({.exported = "2026-06-01T00:00:00Z", .rows = {}, .memberships = {event(MembershipEvent::joined, "2026-04-10T00:00:00Z")}, .coverage = {}, .key = "joined"});
    add({.exported = "2026-06-01T00:00:00Z", .rows = {{"2026-04-20T10:00:00Z", "otto"}}, .memberships = {event(MembershipEvent::member)},
         .coverage = {{.kind = CoverageKind::full, .begin = at("2026-04-20T10:00:00Z"), .end = at("2026-06-01T00:00:00Z")}}, .key = "begun"});
    add({.exported = "2026-06-01T00:00:00Z", .rows = {{"2026-04-30T10:00:00Z", "isa"}}, .memberships = {},
         .coverage = {{.kind = CoverageKind::own_only, .begin = at("2026-04-30T10:00:00Z"), .end = at("2026-06-01T00:00:00Z")}}, .key = "own"});
    EXPECT_EQ(listed("2026-04-09"), (std::set<std::string>{"own"})) << "what others did there before is not known";
    EXPECT_EQ(listed("2026-04-10"), (std::set<std::string>{"joined", "own"}));
    EXPECT_EQ(listed("2026-04-20"), (std::set<std::string>{"begun", "joined", "own"}));
}

struct StateCase {
    const char* name;
    std::vector<std::pair<std::string_view, std::vector<Membership>>> sources;  // exported, memberships
    std::string_view as_of;
    MemberState state;
    std::string_view joined, left;
};
class MemberStates : public History, public testing::WithParamInterface<StateCase> {};

TEST_P(MemberStates, FollowTheEvidenceInTime) {
    for (const auto& [exported, memberships] : GetParam().sources) add({.exported = exported, .rows = {}, .memberships = memberships});
    const GroupHistory found = history(GetParam().as_of);
    EXPECT_EQ(found.state, GetParam().state);
    const auto expected = [](std::string_view text) { return text.empty() ? std::nullopt : std::optional(at(text)); };
    EXPECT_EQ(found.joined_at, expected(GetParam().joined));
    EXPECT_EQ(found.left_at, expected(GetParam().left));
}

using enum MembershipEvent;
INSTANTIATE_TEST_SUITE_P(
    Evidence, MemberStates,
    testing::ValuesIn<StateCase>({
        {"nothing", {{"2026-05-01T00:00:00Z", {}}}, "2026-06-01", MemberState::unknown, "", ""},
        {"joined", {{"2026-05-01T00:00:00Z", {event(joined, "2025-01-01T00:00:00Z")}}}, "2026-06-01", MemberState::member, "2025-01-01T00:00:00Z", ""},
        {"before_joining", {{"2026-05-01T00:00:00Z", {event(joined, "2025-01-01T00:00:00Z")}}}, "2024-06-01", MemberState::unknown, "", ""},
        {"joined_and_left", {{"2026-05-01T00:00:00Z", {event(left, "2025-03-01T00:00:00Z"), event(joined, "2025-01-01T00:00:00Z")}}}, "2026-06-01",
         MemberState::left, "2025-01-01T00:00:00Z", "2025-03-01T00:00:00Z"},
        {"before_leaving", {{"2026-05-01T00:00:00Z", {event(left, "2025-03-01T00:00:00Z"), event(joined, "2025-01-01T00:00:00Z")}}}, "2025-02-01",
         MemberState::member, "2025-01-01T00:00:00Z", ""},
        {"joined_again", {{"2026-05-01T00:00:00Z", {event(joined, "2025-01-01T00:00:00Z"), event(left, "2025-03-01T00:00:00Z"), event(joined, "2025-04-01T00:00:00Z")}}},
         "2026-06-01", MemberState::member, "2025-04-01T00:00:00Z", ""},
        {"undated_member", {{"2026-05-01T00:00:00Z", {event(member)}}}, "2026-06-01", MemberState::member, "", ""},
        {"undated_member_of_a_later_export", {{"2026-05-01T00:00:00Z", {event(member)}}}, "2026-03-01", MemberState::member, "", ""},
        {"later_export_outranks", {{"2026-05-01T00:00:00Z", {event(member)}}, {"2026-08-01T00:00:00Z", {event(left)}}}, "2026-09-01", MemberState::left, "", ""},
        {"earlier_export_does_not", {{"2026-08-01T00:00:00Z", {event(left)}}, {"2026-05-01T00:00:00Z", {event(member)}}}, "2026-09-01", MemberState::left, "", ""},
        {"as_of_between_exports", {{"2026-05-01T00:00:00Z", {event(member)}}, {"2026-08-01T00:00:00Z", {event(left)}}}, "2026-06-01", MemberState::member, "", ""},
        {"dated_leave_after_state", {{"2026-05-01T00:00:00Z", {event(member), event(left, "2026-06-01T00:00:00Z")}}}, "2026-09-01", MemberState::left, "",
         "2026-06-01T00:00:00Z"},
        {"unknown_says_nothing", {{"2026-05-01T00:00:00Z", {event(member)}}, {"2026-06-01T00:00:00Z", {event(unknown)}}}, "2026-09-01", MemberState::member, "", ""},
    }),
    [](const auto& test) { return test.param.name; });

TEST_F(History, SaysWhatTheNewestExportSays) {
    add({.exported = "2026-08-01T00:00:00Z", .rows = {}, .name = "New name"});
    add({.exported = "2026-05-01T00:00:00Z", .rows = {}, .name = "Old name"});
    EXPECT_EQ(history("2026-09-01").name, "New name");
    store.remove_source(1);
    EXPECT_EQ(history("2026-09-01").name, "Old name");
}

TEST_F(History, MergedGroupsAreReadAsOneInTimeOrder) {
    add({.exported = "", .rows = {{"2026-01-05T00:00:00Z", "isa"}, {"2026-03-05T00:00:00Z", "nour"}}});
    add({.exported = "", .rows = {{"2026-02-05T00:00:00Z", "isa"}, {"2026-04-05T00:00:00Z", "isa"}}, .name = "Twin", .key = "h"});
    store.merge_groups("x:h", "x:g");
    EXPECT_EQ(store.group_names().size(), 1U);
    GroupHistory found = history("2026-12-31");
    ASSERT_EQ(found.acts.size(), 3U);
    EXPECT_TRUE(std::ranges::is_sorted(found.acts, {}, &MyAct::at));
    EXPECT_EQ(found.months.size(), 4U);
    EXPECT_EQ(store.my_posts("x:g", 2).size(), 2U);
    EXPECT_EQ(store.my_posts("x:g", 2)[0].at, at("2026-04-05T00:00:00Z"));
    EXPECT_FALSE(store.load_history("x:h", day("2026-12-31"), Zone::utc())) << "it is read under the other's id";

    EXPECT_THROW(store.merge_groups("x:g", "x:h"), Error) << "a ring";
    EXPECT_THROW(store.merge_groups("x:g", "x:g"), Error);
    EXPECT_THROW(store.merge_groups("x:g", "x:none"), Error);
    store.name_group("x:g", "Hers");
    EXPECT_EQ(history("2026-12-31").name, "Hers");
    EXPECT_EQ(store.aliases().size(), 2U);

    EXPECT_TRUE(store.split_group("x:h"));
    EXPECT_FALSE(store.split_group("x:h"));
    store.name_group("x:g", std::nullopt);
    EXPECT_EQ(history("2026-12-31").name, "Group");
    EXPECT_EQ(history("2026-12-31").acts.size(), 1U);
    EXPECT_TRUE(store.aliases().empty());
}

TEST_F(History, NamesAndMergesOutliveTheirSources) {
    add({.exported = "", .rows = {{"2026-01-05T00:00:00Z", "isa"}}});
    store.name_group("x:g", "Hers");
    store.set_answer({.group = "x:g", .question = "reads", .value = "skim", .date = day("2026-02-01")});
    store.remove_source(1);
    EXPECT_TRUE(store.group_names().empty());
    add({.exported = "", .rows = {{"2026-01-05T00:00:00Z", "isa"}}});
    EXPECT_EQ(history("2026-12-31").name, "Hers");
    EXPECT_EQ(history("2026-12-31").answers.size(), 1U);
    EXPECT_EQ(history("2026-01-31").answers.size(), 0U);
}

TEST(GroupNow, StopsWhereTheDataStops) {
    const Instant asked = at("2026-11-22T00:00:00Z"), end = at("2026-10-30T00:00:00Z"), last = at("2026-05-01T00:00:00Z");
    EXPECT_EQ(group_now({{.kind = CoverageKind::full, .begin = {}, .end = end}}, last, asked), end);
    EXPECT_EQ(group_now({{.kind = CoverageKind::full, .begin = {}, .end = end}}, last, last), last);
    EXPECT_EQ(group_now({{.kind = CoverageKind::full, .begin = {}, .end = {}}}, last, asked), last);
    EXPECT_EQ(group_now({}, last, asked), last);
    EXPECT_EQ(group_now({}, {}, asked), asked);
    EXPECT_EQ(group_now({{.kind = CoverageKind::full, .begin = asked, .end = asked + std::chrono::days{9}}, {.kind = CoverageKind::full, .begin = {}, .end = end}}, last, asked),
              end)
        << "a period that begins later tells nothing yet";
}

}  // namespace history_test
}  // namespace secateur::test

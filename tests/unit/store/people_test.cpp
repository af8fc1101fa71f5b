// SPDX-License-Identifier: GPL-3.0-or-later
// Several accounts of one person: read as one everywhere, reversible, kept through re-imports.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "store/import_transaction.hpp"
#include "tests/support/temp_dir.hpp"

namespace secateur::test {
namespace people_test {

using testing::ElementsAre;
using testing::IsEmpty;

class SamePerson : public testing::Test {
protected:
    /// One group of two platforms' worth: everybody named writes once and is answered by me.
    std::int64_t import(const std::string& platform, const std::vector<std::string>& people) {
        SourceInfo info{.label = platform, .connector = platform, .fingerprint = platform, .platform = platform};
        info.exported_at = parse_rfc3339("2026-10-30T00:00:00Z")->at;
        const auto transaction = store.begin_import(info);
        Group group;
        group.key = "g";
        group.name = "Group";
        const std::int64_t number = transaction->group(platform, group);
        std::uint64_t id = 0;
        const std::int64_t me = transaction->person(platform, {.key = "me", .name = "Isa"}, true);
        for (const std::string& person : people) {
            ActivityToStore theirs;
            theirs.group = number;
            theirs.at = parse_rfc3339("2026-10-01T00:00:00Z")->at + std::chrono::hours(static_cast<int>(id));
            theirs.id = ++id;
            theirs.origin = ActivityToStore::IdOrigin::number;
            theirs.kind = ActivityKind::message;
            theirs.author = transaction->person(platform, {.key = person, .name = person}, false);
            theirs.words = 1;
            (void)transaction->add(theirs);
            ActivityToStore mine = theirs;
            mine.is_me = true;
            mine.author = me;
            mine.parent = theirs.id;
            mine.id = ++id;
            (void)transaction->add(mine);
            ActivityToStore thanks = theirs;
            thanks.parent = mine.id;
            thanks.id = ++id;
            thanks.replies_to_me = true;
            (void)transaction->add(thanks);
        }
        transaction->add_coverage(number, {.kind = CoverageKind::full, .begin = {}, .end = info.exported_at});
        transaction->finish(info);
        transaction->commit();
        return store.sources().back().id;
    }

    [[nodiscard]] std::vector<std::int64_t> authors(const std::string& group) const {
        return store.load_history(group, *parse_date("2026-10-31"), Zone::utc()).value().authors;
    }
    [[nodiscard]] std::vector<std::size_t> met() const {
        std::vector<std::size_t> counts;
        std::set<std::int64_t> all;
        for (const PeopleMet& each : store.people_met(*parse_date("2026-10-31"))) {
            counts.push_back(each.people.size());
            all.insert(each.people.begin(), each.people.end());
        }
        counts.push_back(all.size());
        return counts;
    }
    std::string refused(std::string_view from, std::string_view into) {
        try {
            store.merge_people(from, into);
        } catch (const Error& error) {
            return error.problem().reason.id;
        }
        return "no error";
    }

    Store store = Store::open(":memory:");
};

TEST_F(SamePerson, IsMetOnceUnderBothNames) {
    import("chat", {"nour", "otto"});
    import("forum", {"nv"});
    EXPECT_THAT(met(), ElementsAre(2, 1, 3));
    store.merge_people("forum:nv", "chat:nour");
    EXPECT_THAT(met(), ElementsAre(2, 1, 2)) << "two in the chat, one in the forum, two people in all";
    EXPECT_EQ(store.person_name(authors("forum:g").at(0)), "nour");
    EXPECT_TRUE(store.split_person("forum:nv"));
    EXPECT_THAT(met(), ElementsAre(2, 1, 3));
    EXPECT_FALSE(store.split_person("forum:nv")) << "nothing is left to undo";
}

TEST_F(SamePerson, InOneGroupIsOneAuthorAndOneExchangeADay) {
    import("chat", {"nour", "old nour", "otto"});
    store.merge_people("chat:old nour", "chat:nour");
    const GroupHistory history = store.load_history("chat:g", *parse_date("2026-10-31"), Zone::utc()).value();
    EXPECT_EQ(history.others_authors, 2U);
    EXPECT_EQ(history.authors.size(), 2U);
    ASSERT_EQ(history.exchanges.size(), 2U);
    std::vector<std::uint32_t> given{history.exchanges[0].given, history.exchanges[1].given};
    EXPECT_THAT(given, testing::UnorderedElementsAre(2, 1));
}

TEST_F(SamePerson, FollowsWhomeverTheOtherWasMergedInto) {
    import("chat", {"nour"});
    import("forum", {"nv"});
    import("mail", {"n@mail.example"});
    store.merge_people("forum:nv", "mail:n@mail.example");
    store.merge_people("mail:n@mail.example", "chat:nour");
    EXPECT_THAT(met(), ElementsAre(1, 1, 1, 1));
    EXPECT_EQ(refused("chat:nour", "forum:nv"), "store.same_person");
    EXPECT_EQ(refused("chat:nobody", "chat:nour"), "store.no_person");
    EXPECT_EQ(refused("chat:me", "chat:nour"), "store.no_person") << "I am nobody else";
}

TEST_F(SamePerson, OutlivesTheSourceOfTheNameItIsShownUnder) {
    const std::int64_t chat = import("chat", {"nour"});
    import("forum", {"nv"});
    import("mail", {"n@mail.example"});
    store.merge_people("forum:nv", "chat:nour");
    store.merge_people("mail:n@mail.example", "chat:nour");
    store.remove_source(chat);
    EXPECT_THAT(met(), ElementsAre(1, 1, 1)) << "still one person, under one of the names that are left";
    import("chat", {"nour"});
    EXPECT_EQ(store.person_name(authors("mail:g").at(0)), "nour");
}

TEST_F(SamePerson, WhoIsKeptApartIsRemembered) {
    EXPECT_THAT(store.people_apart(), IsEmpty());
    store.keep_people_apart("x:b", "x:a");
    store.keep_people_apart("x:a", "x:b");
    EXPECT_THAT(store.people_apart(), ElementsAre(testing::Pair("x:a", "x:b")));
}

TEST_F(SamePerson, AFileOfTheFirstVersionLearnsIt) {
    const TempDir folder;
    {
        Store old = Store::open(folder / "a.db");
        old.set_value("kept", "yes");
    }
    // Takes the file back to version 1, as the first release wrote it.
    {
        SQLite::Database database((folder / "a.db").string(), SQLite::OPEN_READWRITE);
        database.exec("DROP TABLE person_alias; DROP TABLE person_apart; ALTER TABLE activity DROP COLUMN sketch; PRAGMA user_version = 1");
    }
    Store store_again = Store::open(folder / "a.db");
    EXPECT_EQ(store_again.value("kept"), "yes");
    EXPECT_THAT(store_again.person_aliases(), IsEmpty());
}

}  // namespace people_test
}  // namespace secateur::test

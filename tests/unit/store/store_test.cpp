// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/import_transaction.hpp"
#include "tests/support/temp_dir.hpp"

namespace secateur::test {
namespace store_test {

Date day(std::string_view text) { return *parse_date(text); }

std::string reason_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.problem().reason.id;
    }
    return "no error";
}

/// Writes one number into the header of a SQLite file: the format's own place for it.
void patch(const std::filesystem::path& path, std::streamoff offset, std::uint32_t value) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(offset);
    for (int shift = 24; shift >= 0; shift -= 8) file.put(static_cast<char>(value >> shift));
}

TEST(StoreFile, KeepsWhatWasCommitted) {
    const TempDir folder;
    {
        Store store = Store::open(folder / "a.db");
        store.set_value("month/2026-10", "frozen");
    }
    EXPECT_EQ(Store::open(folder / "a.db").value("month/2026-10"), "frozen");
    EXPECT_EQ(Store::open(folder / "a.db", OpenMode::read_only).value("month/2026-10"), "frozen");
}

TEST(StoreFile, OfANewerProgramIsRefused) {
    const TempDir folder;
    (void)Store::open(folder / "a.db");
    patch(folder / "a.db", 60, 99);  // user_version
    EXPECT_EQ(reason_of([&] { (void)Store::open(folder / "a.db"); }), "store.too_new");
}

TEST(StoreFile, OfAnotherProgramIsRefused) {
    const TempDir folder;
    (void)Store::open(folder / "a.db");
    patch(folder / "a.db", 68, 7);  // application_id
    EXPECT_EQ(reason_of([&] { (void)Store::open(folder / "a.db"); }), "store.not_ours");
    folder.write("b.db", "this is no database, but a long enough text to be taken for one by nobody at all, is it not? Indeed it is not.");
    EXPECT_EQ(reason_of([&] { (void)Store::open(folder / "b.db"); }), "store.damaged");
}

TEST(StoreFile, ThatIsMissingCannotBeOpenedForReading) {
    const TempDir folder;
    EXPECT_EQ(reason_of([&] { (void)Store::open(folder / "none.db", OpenMode::read_only); }), "store.no_access");
    EXPECT_EQ(reason_of([&] { (void)Store::open(folder / "no" / "folder.db"); }), "store.no_access");
}

TEST(StoreFile, WithoutRoomIsNotWritten) {
    const TempDir folder;
    Store store = Store::open(folder / "a.db");
    EXPECT_EQ(reason_of([&] { (void)store.begin_import({}, std::uint64_t{1} << 60); }), "store.no_room");
}

TEST(StoreFile, HoldsNothingOfAnImportThatWasNotCommitted) {
    Store store = Store::open(":memory:");
    {
        const auto transaction = store.begin_import({});
        (void)transaction->group_number("x", "g");
        transaction->finish({});
    }
    EXPECT_TRUE(store.sources().empty());
    EXPECT_TRUE(store.group_names().empty());
    (void)store.begin_import({});  // and the next one may begin
}

TEST(Values, AreSetReadAndListed) {
    Store store = Store::open(":memory:");
    EXPECT_EQ(store.value("a"), std::nullopt);
    store.set_value("m/2", "two");
    store.set_value("m/1", "one");
    store.set_value("n", "three");
    store.set_value("m/2", "zwei");
    EXPECT_THAT(store.value_names("m/"), testing::ElementsAre("m/1", "m/2"));
    EXPECT_EQ(store.value("m/2"), "zwei");
    store.set_value("m/2", std::nullopt);
    EXPECT_EQ(store.value("m/2"), std::nullopt);
}

TEST(Answers, AreKeptByDay) {
    Store store = Store::open(":memory:");
    store.set_answer({.group = "x:g", .question = "reads", .value = "all", .date = day("2026-01-01")});
    store.set_answer({.group = "x:g", .question = "reads", .value = "skim", .date = day("2026-03-01")});
    store.set_answer({.group = "x:g", .question = "reads", .value = "no", .date = day("2026-03-01")});
    store.set_answer({.group = "x:a", .question = "scope", .value = "duty", .date = day("2026-03-01")});
    const std::vector<Answer> expected{{.group = "x:a", .question = "scope", .value = "duty", .date = day("2026-03-01")},
                                       {.group = "x:g", .question = "reads", .value = "all", .date = day("2026-01-01")},
                                       {.group = "x:g", .question = "reads", .value = "no", .date = day("2026-03-01")}};
    EXPECT_EQ(store.answers(day("2026-03-01")), expected);
    EXPECT_EQ(store.answers(day("2026-02-28")), (std::vector<Answer>{expected[1]}));
    EXPECT_TRUE(store.clear_answer("x:g", "reads"));
    EXPECT_FALSE(store.clear_answer("x:g", "reads"));
    EXPECT_EQ(store.answers(day("2026-03-01")).size(), 1U);
}

TEST(Sources, RemovingAnUnknownOneIsAWrongUse) {
    Store store = Store::open(":memory:");
    EXPECT_EQ(reason_of([&] { store.remove_source(4); }), "store.no_source");
}

TEST(Records, OfEachKindAreReadBack) {
    Store store = Store::open(":memory:");
    const auto when = [](std::string_view date) { return When{.at = Instant{day(date)}, .precision = Precision::day, .written = {}}; };
    const auto fill = [&](std::string_view position) {
        const auto transaction = store.begin_import({.fingerprint = std::string(position)});
        const std::int64_t lin = transaction->person("x", {.key = "lin", .name = "Lin Ferrand"}, false);
        Contact contact;
        contact.position = position;
        contact.emails = {"a@example.org", "b@example.org"};
        contact.connected = when("2025-02-03");
        const Stored stored = transaction->add("x", contact, lin);
        Meeting meeting;
        meeting.name = "Concert";
        meeting.begin = when("2026-06-12");
        meeting.attendance = Attendance::went;
        meeting.in_person = true;
        EXPECT_EQ(transaction->add("x", meeting, 0, std::vector{lin}), stored == Stored::added ? Stored::added : Stored::duplicate);
        Invitation invitation;
        invitation.direction = Direction::sent;
        invitation.at = when("2025-01-01");
        transaction->add("x", invitation, lin);
        Account account;
        account.handle = "@isa";
        account.names = {std::string(position)};
        transaction->add("x", account);
        transaction->finish({});
        transaction->commit();
        return stored;
    };
    EXPECT_EQ(fill("tenor"), Stored::added);
    EXPECT_EQ(fill("director"), Stored::updated);
    ASSERT_EQ(store.contacts().size(), 1U);
    const StoredContact contact = store.contacts()[0];
    EXPECT_EQ(contact.contact.person.name, "Lin Ferrand");
    EXPECT_EQ(contact.contact.position, "director");
    EXPECT_THAT(contact.contact.emails, testing::ElementsAre("a@example.org", "b@example.org"));
    EXPECT_EQ(contact.contact.connected->precision, Precision::day);
    ASSERT_EQ(store.meetings().size(), 1U);
    EXPECT_EQ(store.meetings()[0].meeting.in_person, true);
    EXPECT_THAT(store.meetings()[0].people, testing::ElementsAre(contact.person));
    ASSERT_EQ(store.invitations().size(), 1U);
    EXPECT_EQ(store.invitations()[0].invitation.direction, Direction::sent);
    ASSERT_EQ(store.accounts().size(), 1U);
    EXPECT_THAT(store.accounts()[0].names, testing::ElementsAre("tenor", "director"));

    EXPECT_EQ(store.remove_source(1).others, 0U) << "the second source holds the same";
    EXPECT_EQ(store.contacts().size(), 1U);
    EXPECT_EQ(store.remove_source(2).others, 3U);
    EXPECT_TRUE(store.contacts().empty() && store.meetings().empty() && store.invitations().empty() && store.accounts().empty());
}

}  // namespace store_test
}  // namespace secateur::test

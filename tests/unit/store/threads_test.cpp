// SPDX-License-Identifier: GPL-3.0-or-later
// Who answers me where a chat names only the first message of a thread: the same, whether counted while the rows come in or from the rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "store/import_transaction.hpp"

namespace secateur::test {
namespace threads_test {

using testing::ElementsAre;
using testing::Pair;

struct Said {
    const char* who;  // "isa" is me
    bool thanks = false;
};

/// What each received in days of exchange, by name. Everything below "root", which is Ada's.
std::map<std::string, std::uint32_t> answered_me(const std::vector<Said>& thread, bool upside_down) {
    Store store = Store::open(":memory:");
    SourceInfo info{.label = "chat", .connector = "chat", .fingerprint = "chat", .platform = "chat"};
    info.exported_at = parse_rfc3339("2026-10-30T00:00:00Z")->at;
    const auto transaction = store.begin_import(info);
    Group group;
    group.key = "g";
    const std::int64_t number = transaction->group("chat", group);
    std::vector<ActivityToStore> rows;
    std::vector<Said> all{{"ada"}};
    all.insert(all.end(), thread.begin(), thread.end());
    for (const Said& each : all) {
        ActivityToStore row;
        row.group = number;
        row.id = rows.size() + 1;
        row.at = parse_rfc3339("2026-10-01T00:00:00Z")->at + std::chrono::hours(static_cast<int>(row.id));
        row.origin = ActivityToStore::IdOrigin::number;
        row.kind = ActivityKind::message;
        row.parent = rows.empty() ? 0 : 1;
        row.is_me = each.who == std::string_view("isa");
        row.author = transaction->person("chat", {.key = each.who, .name = each.who}, row.is_me);
        row.words = 1;
        row.thanks = each.thanks;
        rows.push_back(row);
    }
    // A first message that comes last is not known to what answers it: then all is counted from the rows.
    if (upside_down) std::rotate(rows.begin(), rows.begin() + 1, rows.end());
    for (const ActivityToStore& row : rows) static_cast<void>(transaction->add(row));
    transaction->add_coverage(number, {.kind = CoverageKind::full, .begin = {}, .end = info.exported_at});
    transaction->finish(info);
    transaction->commit();
    std::map<std::string, std::uint32_t> found;
    const GroupHistory history = store.load_history("chat:g", *parse_date("2026-10-31"), Zone::utc()).value();
    for (const Exchange& each : history.exchanges)
        if (each.received > 0) found[store.person_name(each.person)] += each.received;
    return found;
}

class Threads : public testing::TestWithParam<bool> {};

TEST_P(Threads, WhoOpenedItAndGoesOnRightAfterMeAnswersMe) {
    EXPECT_THAT(answered_me({{"isa"}, {"ada"}}, GetParam()), ElementsAre(Pair("ada", 1U)));
    EXPECT_THAT(answered_me({{"isa"}, {"otto"}, {"ada"}}, GetParam()), testing::IsEmpty()) << "that may be for Otto";
    EXPECT_THAT(answered_me({{"otto"}, {"ada"}}, GetParam()), testing::IsEmpty()) << "I was not there";
}

TEST_P(Threads, WhoThanksRightAfterMeThanksMe) {
    EXPECT_THAT(answered_me({{"isa"}, {"otto", true}}, GetParam()), ElementsAre(Pair("otto", 1U)));
    EXPECT_THAT(answered_me({{"isa"}, {"otto"}}, GetParam()), testing::IsEmpty()) << "another answer to Ada";
    EXPECT_THAT(answered_me({{"isa"}, {"otto"}, {"nour", true}}, GetParam()), testing::IsEmpty());
    EXPECT_THAT(answered_me({{"isa"}, {"otto", true}, {"ada", true}}, GetParam()), ElementsAre(Pair("ada", 1U), Pair("otto", 1U)));
}

INSTANTIATE_TEST_SUITE_P(Counted, Threads, testing::Bool(), [](const auto& test) { return test.param ? "from_the_rows" : "while_they_come"; });

}  // namespace threads_test
}  // namespace secateur::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/encode.hpp"

#include <gtest/gtest.h>

#include <map>

namespace secateur::test {
namespace encode_test {

using Counts = std::vector<std::pair<std::string, std::uint32_t>>;

std::vector<TermCount> views(const Counts& counts) { return {counts.begin(), counts.end()}; }
Counts read(std::string_view blob) {
    Counts counts;
    EXPECT_TRUE(decode_terms(blob, [&](std::string_view token, std::uint32_t count) { counts.emplace_back(token, count); }));
    return counts;
}

TEST(Terms, ReadBackAsWritten) {
    const Counts counts{{"chœur", 3}, {"chœurs", 1}, {"réunion", 4'000'000'000U}, {"zèbre", 128}};
    EXPECT_EQ(read(encode_terms(views(counts))), counts);
    EXPECT_EQ(read(encode_terms({})), Counts{});
}

TEST(Terms, MergeAddsCounts) {
    const Counts one{{"ami", 1}, {"chœur", 3}, {"zèbre", 2}}, other{{"chat", 5}, {"chœur", 4}};
    EXPECT_EQ(read(merge_terms(encode_terms(views(one)), views(other))), (Counts{{"ami", 1}, {"chat", 5}, {"chœur", 7}, {"zèbre", 2}}));
    EXPECT_EQ(merge_terms("", views(one)), encode_terms(views(one)));
    EXPECT_EQ(merge_terms(encode_terms(views(one)), {}), encode_terms(views(one)));
}

TEST(Terms, DamagedBlobEndsWhereTheDamageIs) {
    const std::string blob = encode_terms(views({{"ami", 1}, {"chœur", 3}}));
    for (std::size_t size = 0; size < blob.size(); ++size) {
        std::size_t count = 0;
        const bool whole = decode_terms(std::string_view(blob).substr(0, size), [&](std::string_view, std::uint32_t) { ++count; });
        EXPECT_LE(count, 2U);
        EXPECT_EQ(whole, size == 0 || size == 6) << size;
    }
}

TEST(Messages, ReadBackAsWritten) {
    using namespace std::chrono_literals;
    const Message message = msg("x.y", arg("name", "l’\"ami\"\n\x01"), arg("count", -5), arg("share", 0.1), arg("day", Day{std::chrono::days{20'000}}));
    EXPECT_EQ(decode_message(encode(message)), message);
    EXPECT_EQ(decode_message(encode(Message{})), Message{});
    EXPECT_EQ(decode_messages(encode(std::vector{message, msg("z")})), (std::vector{message, msg("z")}));
    const std::vector<Warning> warnings{{.code = "c", .message = message, .where = {.entry = "a/b", .line = 3, .record = {}, .offset = 1'000, .length = 0}}, {}};
    EXPECT_EQ(decode_warnings(encode(warnings)), warnings);
}

TEST(Counts, ReadBackAsWritten) {
    const SourceCounts counts{.read = 12, .accepted = 11, .added = 5, .updated = 4, .duplicates = 2, .quarantined = 1, .ignored = {{"a", 1}, {"b \"c\"", 2}},
                              .groups = 3, .memberships = 6, .contacts = 7, .activities = 8, .mine = 9, .unattributed = 10, .direct = 13,
                              .first = Instant{std::chrono::seconds{-5}}, .last = Instant{std::chrono::seconds{50}}, .coverage = "mixed"};
    EXPECT_EQ(decode_counts(encode(counts)), counts);
    EXPECT_EQ(decode_counts(encode(SourceCounts{})), SourceCounts{});
}

}  // namespace encode_test
}  // namespace secateur::test

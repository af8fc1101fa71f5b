// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace secateur;

// The published test vectors of XXH3: a store written on one machine must mean the same on another.
TEST(Hash, IsTheStandardXxh3) {
    EXPECT_EQ(hash_hex(hash64("")), "2d06800538d394c2");
    EXPECT_EQ(Fingerprint().hex(), "99aa06d3014798d86001c324468d497f");
}

TEST(Hash, DependsOnTheSeedAndOnEveryByte) {
    EXPECT_NE(hash64("wren"), hash64("wren", 1));
    EXPECT_NE(hash64("wren"), hash64("wren "));
    EXPECT_NE(hash64(std::string_view("a\0b", 3)), hash64(std::string_view("a\0c", 3)));
}

TEST(Hash, CombinesInOrder) {
    EXPECT_NE(hash_combine(hash_combine(0, 1), 2), hash_combine(hash_combine(0, 2), 1));
    EXPECT_NE(hash_combine(1, 0), hash_combine(0, 1));
    std::set<std::uint64_t> seen;
    for (std::uint64_t a = 0; a < 40; ++a)
        for (std::uint64_t b = 0; b < 40; ++b) seen.insert(hash_combine(a, b));
    EXPECT_EQ(seen.size(), 1600U);
}

TEST(Hash, WritesSixteenLowerCaseDigits) {
    EXPECT_EQ(hash_hex(0), "0000000000000000");
    EXPECT_EQ(hash_hex(0xABCDEF), "0000000000abcdef");
}

TEST(Fingerprint, DoesNotDependOnHowTheBytesArrive) {
    std::string bytes;
    for (int i = 0; i < 3000; ++i) bytes += static_cast<char>(i * 7);
    Fingerprint whole, pieces;
    whole.add(bytes);
    for (std::size_t at = 0, length = 1; at < bytes.size(); at += length, length = length * 3 % 101)
        pieces.add(std::string_view(bytes).substr(at, length));
    EXPECT_EQ(whole.hex(), pieces.hex());
    EXPECT_EQ(whole.hex().size(), 32U);
    whole.add("x");
    EXPECT_NE(whole.hex(), pieces.hex());
}

TEST(Fingerprint, MovesWithWhatItHasRead) {
    Fingerprint first, same;
    first.add("ab");
    same.add("ab");
    Fingerprint moved = std::move(first);
    moved.add("c");
    same.add("c");
    EXPECT_EQ(moved.hex(), same.hex());
}

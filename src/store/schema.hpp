// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of the store and how older files become today's: numbered migrations, never edited once released.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

#include "model/record.hpp"

namespace secateur {

inline constexpr int application_id = 0x53454341;  // "SECA"
inline constexpr int schema_version = 3;
/// migrations[n] leads from version n to n + 1.
extern const std::array<std::string_view, schema_version> migrations;

/// Stands for an absent time in keys; before all others.
inline constexpr std::int64_t undated = std::numeric_limits<std::int64_t>::min();

/// `activity.bits`: everything about an activity that has few values, in one small integer. Bit 0 has an index of its own.
namespace bits {
inline constexpr std::uint32_t my_act = 1U << 0;
inline constexpr std::uint32_t is_me = 1U << 1;
inline constexpr unsigned kind_at = 2;  // 3 bits
inline constexpr std::uint32_t automatic = 1U << 5;
inline constexpr std::uint32_t mentions_me = 1U << 6;
inline constexpr std::uint32_t replies_to_me = 1U << 7;
inline constexpr unsigned origin_at = 8;     // 2 bits
inline constexpr unsigned question_at = 10;  // 2 bits each: 0 not computed, 1 no, 2 yes
inline constexpr unsigned thanks_at = 12;
inline constexpr unsigned request_at = 14;
inline constexpr std::uint32_t edited = 1U << 16;
inline constexpr unsigned precision_at = 17;    // 2 bits
inline constexpr unsigned basis_at = 19;        // 2 bits
inline constexpr unsigned attachments_at = 21;  // 8 bits, 255 and more are 255
inline constexpr unsigned introduction_at = 29;  // 2 bits, as question_at

[[nodiscard]] constexpr ActivityKind kind(std::uint32_t value) { return static_cast<ActivityKind>((value >> kind_at) & 7U); }
/// Of a place of two bits.
[[nodiscard]] constexpr bool is_yes(std::uint32_t value, unsigned place) { return ((value >> place) & 3U) == 2; }
[[nodiscard]] constexpr std::uint32_t origin(std::uint32_t value) { return (value >> origin_at) & 3U; }
}  // namespace bits

}  // namespace secateur

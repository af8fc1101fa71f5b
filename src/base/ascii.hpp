// SPDX-License-Identifier: GPL-3.0-or-later
// Letters and digits of file formats: ASCII only, no locale. What people write goes through text.hpp.
#pragma once

#include <string>
#include <string_view>

namespace secateur {

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr char ascii_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
[[nodiscard]] inline std::string ascii_lowered(std::string_view text) {
    std::string lowered(text);
    for (char& c : lowered) c = ascii_lower(c);
    return lowered;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a text is JSON that keeps to one of docs/schemas.
#pragma once

#include <string>
#include <string_view>

namespace secateur::test {

/// Empty when the text is valid; else where and why it is not.
[[nodiscard]] std::string schema_problem(std::string_view json, std::string_view schema_name);

}  // namespace secateur::test

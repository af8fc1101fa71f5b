// SPDX-License-Identifier: GPL-3.0-or-later
// The whole program as a function: words in, an exit code out (contracts 7: 0 done, 1 failed or only partly done, 2 wrong usage,
// 3 quarantined records under --strict, 4 nothing could be read, 5 database busy).
#pragma once

#include <string>
#include <vector>

#include "cli/environment.hpp"

namespace secateur::cli {

[[nodiscard]] int run_program(const std::vector<std::string>& words, const Environment& environment);

}  // namespace secateur::cli

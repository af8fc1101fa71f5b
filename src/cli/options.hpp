// SPDX-License-Identifier: GPL-3.0-or-later
// From the words of the command line to a command and its arguments. The only file behind it includes CLI11.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace secateur::cli {

struct ParsedLine {
    const Command* command = nullptr;  // null: no command was named
    Arguments arguments;               // global options are in it too
};

/// Throws Error(usage) for an unknown command or option, a missing or superfluous value.
[[nodiscard]] ParsedLine parse_line(const std::vector<std::string>& words);

}  // namespace secateur::cli

// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the program takes from the outside world, handed in: streams, terminal, variables, the date. Commands reach for
// nothing global, so the whole program can be called from a test.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace secateur::cli {

struct Environment {
    std::istream* in = nullptr;
    std::ostream* out = nullptr;  // results
    std::ostream* err = nullptr;  // everything else
    bool in_is_terminal = false, out_is_terminal = false, err_is_terminal = false;
    int columns = 80;
    Date today{};
    std::filesystem::path program_folder;  // where the program lies, for its data files; empty: look for none beside it
    std::function<std::optional<std::string>(const char*)> variable;  // of the process environment
};

}  // namespace secateur::cli

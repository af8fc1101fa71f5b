// SPDX-License-Identifier: GPL-3.0-or-later
// One run of imports as a person or a script sees it: planned, read with progress, told, and counted in an exit code.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/session.hpp"

namespace secateur::cli {

struct ImportWishes {
    std::vector<std::string> me;  // --me
    std::optional<std::string> connector;
    std::optional<std::string> timezone;
    bool no_text = false, strict = false, accept_quarantine = false;
};

/// Prints on standard output what each source held and lacks (or the JSON of contracts 7); returns the exit code.
[[nodiscard]] int run_imports(Session& session, const std::vector<std::filesystem::path>& paths, const ImportWishes& wishes);

}  // namespace secateur::cli

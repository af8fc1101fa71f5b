// SPDX-License-Identifier: GPL-3.0-or-later
// Where the data lives: one folder a client under the home, so that erasing a client is deleting one folder.
//   <home>/clients/<client>/{profile.toml, secateur.db, hand/}
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/environment.hpp"

namespace secateur::cli {

class Home {
public:
    explicit Home(std::filesystem::path root) : root_(std::move(root)) {}
    /// `--home`, else $SECATEUR_HOME, else $XDG_DATA_HOME/secateur, else $HOME/.local/share/secateur.
    static Home locate(const std::optional<std::string>& option, const Environment& environment);

    [[nodiscard]] const std::filesystem::path& root() const noexcept { return root_; }
    [[nodiscard]] std::vector<std::string> clients() const;  // sorted by name
    [[nodiscard]] bool exists(std::string_view client) const;
    [[nodiscard]] std::filesystem::path folder(std::string_view client) const { return root_ / "clients" / client; }
    /// Folders are for their owner's eyes (0700). Throws Error for a name that is no folder name, or when it cannot be made.
    void create(const std::string& client) const;

private:
    std::filesystem::path root_;
};

/// Letters, digits, `-`, `_`, `.` and space, at most 64 characters, not starting with a dot.
[[nodiscard]] bool is_client_name(std::string_view name);

}  // namespace secateur::cli

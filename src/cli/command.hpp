// SPDX-License-Identifier: GPL-3.0-or-later
// The table of commands: one row each, read by dispatch, by --help and by the test that each has its page in docs/commands.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace secateur::cli {

class Session;

/// What was written on the command line for one command.
struct Arguments {
    std::vector<std::string> positionals;
    std::map<std::string, std::vector<std::string>, std::less<>> options;  // "--me" -> values; a flag has no values

    [[nodiscard]] bool has(std::string_view option) const { return options.contains(option); }
    [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
};

struct Option {
    std::string_view name;         // "--format"
    std::string_view placeholder;  // "FORMAT"; empty: a flag
    std::string_view message;      // id of its one line of help
    bool many = false;             // may be given several times
};

enum class HelpGroup { main, more };

struct Command {
    std::string_view name;
    HelpGroup group;
    std::string_view usage;    // what follows the name: "PATH..."
    std::string_view message;  // id of its one line of help
    std::size_t least, most;   // how many positionals
    std::vector<Option> options;
    bool prints_data;  // takes --json
    int (*run)(Session& session, const Arguments& arguments);
};

[[nodiscard]] std::span<const Command> commands();
[[nodiscard]] const Command* find_command(std::string_view name);
/// Throws Error(usage): the command was called wrongly, and what to write instead.
[[noreturn]] void refuse(Message reason, Message hint, Location where = {});
/// "a, b, c": names that are the same in every language.
[[nodiscard]] std::string joined(const std::vector<std::string>& names);
/// Options every command takes.
[[nodiscard]] std::span<const Option> global_options();

}  // namespace secateur::cli

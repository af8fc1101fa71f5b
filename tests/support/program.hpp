// SPDX-License-Identifier: GPL-3.0-or-later
// Calls the whole program in process, with streams, date and home of the test.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "cli/program.hpp"

namespace secateur::test {

struct Outcome {
    int code = 0;
    std::string out, err;
};

class Program {
public:
    explicit Program(std::string home) : home_(std::move(home)) {}

    /// `input` is what a person would type; with `terminal`, questions are asked.
    Outcome run(std::vector<std::string> words, const std::string& input = {}, bool terminal = false) const {
        std::istringstream in(input);
        std::ostringstream out, err;
        cli::Environment environment;
        environment.in = &in;
        environment.out = &out;
        environment.err = &err;
        environment.in_is_terminal = environment.err_is_terminal = terminal;
        environment.columns = 100;
        environment.today = *parse_date("2026-10-31");
        environment.variable = [this](const char* name) -> std::optional<std::string> {
            if (std::string_view(name) == "SECATEUR_HOME") return home_;
            if (std::string_view(name) == "LANG") return "en_GB.UTF-8";
            return std::nullopt;
        };
        Outcome outcome;
        outcome.code = cli::run_program(words, environment);
        outcome.out = out.str();
        outcome.err = err.str();
        return outcome;
    }

private:
    std::string home_;
};

}  // namespace secateur::test

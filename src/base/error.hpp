// SPDX-License-Identifier: GPL-3.0-or-later
// The one description of trouble: what, where, why, what to do. A Problem is a value; an Error is a Problem in
// flight, caught once, in main.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>

#include "base/message.hpp"

namespace secateur {

enum class ErrorKind { usage, input, io, store, busy, network, internal };

/// A place in a source, counted from 1 as a person counts. `offset` and `length` are bytes in the entry, for
/// reading a quarantined record again.
struct Location {
    std::string entry;  // path of the file inside the source; empty: the source as a whole
    std::optional<std::uint64_t> line;
    std::optional<std::uint64_t> record;
    std::optional<std::uint64_t> offset;
    std::optional<std::uint64_t> length;
    bool operator==(const Location&) const = default;
};

struct Problem {
    ErrorKind kind = ErrorKind::input;
    Message reason;  // at most 40 characters of the offending value (base/text quote()), never of a text
    Location where;
    Message hint;  // what to try next; empty when there is nothing useful to say
    bool operator==(const Problem&) const = default;
};

class Error : public std::exception {
public:
    explicit Error(Problem problem) : problem_(std::move(problem)) {}
    [[nodiscard]] const Problem& problem() const noexcept { return problem_; }
    [[nodiscard]] const char* what() const noexcept override { return problem_.reason.id.c_str(); }

private:
    Problem problem_;
};

enum class Flow { proceed, stop };

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// A text for a person, not yet in any language: an id and typed arguments. Problems, warnings, reasons and
// everything else that is said travel in this form; only base/messages turns it into French or English.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace secateur {

/// A calendar day as an argument: rendered "21 novembre 2026" or "21 November 2026".
using Day = std::chrono::sys_days;

struct Argument {
    std::string name;                                            // as named in the pattern: {name}
    std::variant<std::string, std::int64_t, double, Day> value;  // numbers are grouped and pluralised by language
    bool operator==(const Argument&) const = default;
};

struct Message {
    std::string id;  // a key of src/base/messages/*.tsv; empty: nothing to say
    std::vector<Argument> arguments;

    [[nodiscard]] bool empty() const noexcept { return id.empty(); }
    bool operator==(const Message&) const = default;
};

inline Argument arg(std::string_view name, std::string value) { return {std::string(name), std::move(value)}; }
inline Argument arg(std::string_view name, std::string_view value) { return {std::string(name), std::string(value)}; }
inline Argument arg(std::string_view name, const char* value) { return {std::string(name), std::string(value)}; }
inline Argument arg(std::string_view name, Day value) { return {std::string(name), value}; }
template <std::integral Integer>
Argument arg(std::string_view name, Integer value) {
    return {std::string(name), static_cast<std::int64_t>(value)};
}
inline Argument arg(std::string_view name, double value) { return {std::string(name), value}; }

/// The one way to make a message. `id` is always a literal, so a test can check every id against the tables.
template <class... Arguments>
Message msg(std::string_view id, Arguments&&... arguments) {
    return Message{std::string(id), {std::forward<Arguments>(arguments)...}};
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// What she said about one group, read as values. An answer outranks an inference for six months; her purpose and the scope
// she gave a group hold until she says otherwise.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/minutes.hpp"
#include "analysis/policy.hpp"
#include "model/profile.hpp"

namespace secateur {

enum class Pleasure { yes, so_so, no };

/// A value with the day on which she gave it.
template <class Value>
struct Said {
    Value value{};
    Date date{};
};

struct HerAnswers {
    // fresh ones only
    std::optional<Said<Reads>> reads;
    std::optional<Said<bool>> brought;  // something
    std::optional<Said<Pleasure>> pleasure;
    std::optional<Said<bool>> would_lose;     // somebody
    std::optional<Said<std::string>> serves;  // an objective id, or "none"
    std::optional<Said<double>> minutes;
    // whatever their age
    std::optional<double> old_minutes;
    std::optional<Said<Purpose>> purpose;
    std::optional<Said<Scope>> scope;
    [[nodiscard]] unsigned fresh() const;  // how many of the first five
};

/// The latest answer to each question up to `as_of`; values that the question does not take are left out.
[[nodiscard]] HerAnswers her_answers(const std::vector<Answer>& answers, Date as_of, const Policy& policy);

/// Words on that day may tell of an objective reached then: on the day, later, or up to a week before it was called done.
[[nodiscard]] constexpr bool tells_of(Date words, Date done) { return words + std::chrono::days(7) >= done; }

}  // namespace secateur

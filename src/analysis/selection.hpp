// SPDX-License-Identifier: GPL-3.0-or-later
// Which set of groups gives most within so many minutes: the optimum under the weekly budget (metrics 3), bare of any word. Objectives
// saturate (a tenth group on one subject adds little), the rest adds up. Exact by integer programming, or quick with a proven bound.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace secateur {

/// One group that may be chosen.
struct Choice {
    double minutes = 0;          // a week, not below 0
    double value = 0;            // what adds up whatever else is chosen, not below 0
    std::vector<double> serves;  // r for each objective, 0 up to below 1
};

struct SelectionProblem {
    std::vector<double> weights;  // of the objectives, not below 0
    std::vector<Choice> choices;
    double minutes = 0;
    std::size_t places = std::numeric_limits<std::size_t>::max();  // at most so many are chosen
};

struct Selection {
    std::vector<bool> chosen;  // one for each choice
    double value = 0;
    double bound = 0;  // no set is worth more; equal to the value (up to rounding) when the set is proven best
};

/// sum of weight x (1 - product of (1 - r) over the chosen) + sum of the values of the chosen.
[[nodiscard]] double value_of(const SelectionProblem& problem, const std::vector<bool>& chosen);

/// The best by value a minute or by value alone, whichever is worth more; each look at a group is put off as long as its gain can only
/// have shrunk.
[[nodiscard]] Selection select_greedily(const SelectionProblem& problem);

/// The best set there is. Of equally good ones, always the same; what adds nothing is left out.
[[nodiscard]] Selection select_exactly(const SelectionProblem& problem);

}  // namespace secateur

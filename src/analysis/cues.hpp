// SPDX-License-Identifier: GPL-3.0-or-later
// What a group seems to be for, and whether it is private by nature, by words anybody would notice. Proposals to ask her about,
// never facts: nothing is scored or set by them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/policy.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"

namespace secateur {

class Cues {
public:
    Cues();
    Cues(const Cues&) = delete;
    Cues& operator=(const Cues&) = delete;
    /// Family, school, building, health, faith, union, politics: by the name, or by several cues in the description.
    [[nodiscard]] std::optional<ScopeProposal> scope(const GroupHistory& group, const Policy& policy) const;
    /// The purpose with the most distinct cues in name, description and posts; absent when there are too few or two are level. Words of one
    /// root are one cue; many questions and many links are cues too.
    [[nodiscard]] std::optional<PurposeGuess> purpose(const GroupHistory& group, const Policy& policy) const;

private:
    struct Cue {
        std::string_view purpose;
        std::string words;  // folded, one space between
        std::string shown;
    };
    [[nodiscard]] std::vector<const Cue*> find(std::string_view text) const;
    std::vector<Cue> cues_;
    std::vector<std::pair<std::string_view, const Cue*>> single_words_;  // in order; into cues_
};

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/decision.hpp"

#include <algorithm>

namespace secateur {
namespace {

using std::chrono::days;

Ruling ruling(Decision decision, int rule, Certainty ceiling = Certainty::high, std::optional<Date> until = {}) {
    Ruling made;
    made.decision = decision;
    made.rule = rule;
    made.ceiling = ceiling;
    made.until = until;
    return made;
}

/// The rows in order, before the notes under the table soften anything.
Ruling first_row(const DecisionInputs& in, const Policy& policy, Date as_of) {
    const auto known_no = [](const std::optional<bool>& value) { return value.has_value() && !*value; };
    const auto known_yes = [](const std::optional<bool>& value) { return value.value_or(false); };
    const bool lively = is_lively(in, policy);
    const bool serves = known_yes(in.serves);
    const bool serves_nothing = known_no(in.serves) && (in.beyond_title || in.confirmed);
    const bool taking_part = serves && (static_cast<double>(in.active_weeks_52) >= policy.regular_weeks || lively);

    if (in.left || in.candidate) {
        Ruling made = ruling(Decision::cannot_judge, 1);
        made.judged = false;
        return made;
    }
    if (in.pinned || in.private_scope || in.belongs) {
        Ruling made = ruling(Decision::keep, 2);
        made.judged = false;
        return made;
    }
    if (in.leads) return ruling(Decision::keep, 3);

    if (known_yes(in.would_lose) || in.pleasure == Pleasure::yes) return ruling(Decision::keep, 4);
    if (!taking_part) {
        if ((known_yes(in.still_reads) && serves) || known_yes(in.brought)) return ruling(Decision::read_only, 4);
        if (known_no(in.still_reads) && known_no(in.would_lose) && in.pleasure == Pleasure::no) return ruling(Decision::leave, 4);
    }
    if (!in.open_objective) return ruling(lively ? Decision::keep : Decision::cannot_judge, 5);
    if (in.new_until) return ruling(Decision::trial, 6, Certainty::high, in.new_until);
    if (in.season_until) return ruling(Decision::trial, 7, Certainty::high, in.season_until);
    // Whom she met in a dead group may be unknown: then her own word that she would lose nobody stands for it.
    const bool loses_nobody = known_no(in.met_only_here) || (!in.met_only_here && known_no(in.would_lose));
    if ((known_no(in.met_only_here) && known_yes(in.weaker_copy)) || (loses_nobody && known_yes(in.dead)))
        return ruling(Decision::leave, 8, Certainty::medium);
    if (taking_part) return ruling(Decision::keep, 9);
    if (known_yes(in.met_only_here)) return ruling(serves || !in.serves ? Decision::keep : Decision::mute, 10);
    if (serves && in.active_weeks_26 >= 1 && static_cast<double>(in.active_weeks_26) <= policy.occasional_weeks &&
        !in.trial_before)
        return ruling(Decision::trial, 11, Certainty::high, as_of + days(static_cast<std::int64_t>(policy.trial_days)));
    if (serves && !known_yes(in.dead)) return ruling(Decision::read_only, 12);  // where nobody writes there is nothing to read
    if (serves_nothing && lively) return ruling(Decision::mute, 13, Certainty::medium);
    if (lively) return ruling(Decision::keep, 14);

    const bool may_advise_against =
        !in.unattributed && !in.stale && !in.unanswered_proposal && !in.light_recently && !known_yes(in.still_reads);
    if (may_advise_against && serves_nothing && in.has_acts) {
        const bool unlikely = in.probability && *in.probability < policy.leave_probability;
        const bool silent = in.silence_covered && in.days_silent && static_cast<double>(*in.days_silent) > policy.silent_days;
        if (unlikely || silent) return ruling(Decision::leave, 15, in.met_only_here ? Certainty::high : Certainty::medium);
        if (in.probability && *in.probability < policy.lively_probability) return ruling(Decision::mute, 16, Certainty::low);
    }
    // Having said that it serves nothing is no evidence that she never reads it: the band must come from the words here.
    if (may_advise_against && !in.has_acts && in.year_covered && known_no(in.serves) && in.nothing_matched && in.beyond_title)
        return ruling(Decision::leave, 17, Certainty::low);
    return ruling(Decision::cannot_judge, 18);
}

}  // namespace

bool is_lively(const DecisionInputs& in, const Policy& policy) {
    return in.may_be_lively && in.probability && *in.probability >= policy.lively_probability && in.days_silent &&
           static_cast<double>(*in.days_silent) <= policy.lively_days;
}

Ruling decide(const DecisionInputs& in, const Policy& policy, Date as_of) {
    Ruling made = first_row(in, policy, as_of);
    // An objective just reached: nothing that helped is cut for a while, unless she says so herself.
    if (made.rule != 4 && in.served_done && (made.decision == Decision::leave || made.decision == Decision::mute)) {
        made.decision = Decision::read_only;
        made.softened = Ruling::Softened::done;
    }
    // Weak ties bring jobs: whoever is met only here is a reason not to go.
    if (made.decision == Decision::leave && in.wants_ties && in.ever_met_only_here && in.would_lose.value_or(true)) {
        made.decision = Decision::mute;
        made.softened = Ruling::Softened::ties;
    }
    return made;
}

std::optional<Certainty> certainty(const DecisionInputs& in, const Ruling& made, const std::vector<DecisionInputs>& nearby,
                                   const Evidence& evidence, const Policy& policy, Date as_of) {
    if (made.decision == Decision::cannot_judge) return std::nullopt;
    if (made.rule == 2) return Certainty::high;  // her own word, and nothing was judged
    const bool stands = std::all_of(nearby.begin(), nearby.end(), [&](const DecisionInputs& each) {
        return decide(each, policy, as_of).decision == made.decision;
    });
    const bool rests_on_words = made.rule >= 9 && made.rule != 14;
    int found = 2;  // high 2, medium 1, low 0
    if (!evidence.conversation_or_answer) --found;
    if (evidence.pieces < static_cast<unsigned>(policy.sure_evidence)) --found;
    if (made.rule == 3) found = 2;  // the source says that she leads it
    if (!stands || (rests_on_words && !in.beyond_title && !in.confirmed && in.serves)) found = 0;
    if (in.stale) found = std::min(found, 1);
    if (made.ceiling == Certainty::medium) found = std::min(found, 1);
    if (made.ceiling == Certainty::low) found = 0;
    return found >= 2 ? Certainty::high : found == 1 ? Certainty::medium : Certainty::low;
}

}  // namespace secateur

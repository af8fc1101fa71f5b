// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/decision.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/support/history_builder.hpp"

namespace secateur {
namespace decision_test {

using test::day;
const Policy policy;
const Date as_of = day("2026-10-31");

/// A member for years, one act long ago, nothing served, her own side of the conversation only.
DecisionInputs silent() {
    DecisionInputs in;
    in.open_objective = true;
    in.serves = false;
    in.beyond_title = true;
    in.has_acts = true;
    in.probability = 0.05;
    in.days_silent = 600;
    in.silence_covered = true;
    in.year_covered = true;
    return in;
}
DecisionInputs never_wrote() {
    DecisionInputs in = silent();
    in.has_acts = false;
    in.probability.reset();
    in.days_silent.reset();
    in.silence_covered = false;
    in.nothing_matched = true;
    return in;
}
void make_lively(DecisionInputs& in) {
    in.probability = 0.6;
    in.days_silent = 12;
    in.active_weeks_52 = 2;
    in.active_weeks_26 = 2;
}

struct RowCase {
    const char* name;
    std::function<void(DecisionInputs&)> change;
    int rule;
    Decision decision;
};
class Rows : public testing::TestWithParam<RowCase> {};

TEST_P(Rows, DecideInOrder) {
    DecisionInputs in = silent();
    GetParam().change(in);
    const Ruling made = decide(in, policy, as_of);
    EXPECT_EQ(made.rule, GetParam().rule);
    EXPECT_EQ(made.decision, GetParam().decision);
}

INSTANTIATE_TEST_SUITE_P(Table, Rows, testing::ValuesIn<RowCase>({
    {"left", [](auto& in) { in.left = true; in.pinned = true; }, 1, Decision::cannot_judge},
    {"candidate", [](auto& in) { in.candidate = true; }, 1, Decision::cannot_judge},
    {"pinned", [](auto& in) { in.pinned = true; in.leads = true; }, 2, Decision::keep},
    {"personal", [](auto& in) { in.private_scope = true; }, 2, Decision::keep},
    {"belonging", [](auto& in) { in.belongs = true; }, 2, Decision::keep},
    {"leads", [](auto& in) { in.leads = true; in.would_lose = true; }, 3, Decision::keep},
    {"somebody_to_lose", [](auto& in) { in.would_lose = true; }, 4, Decision::keep},
    {"pleasure", [](auto& in) { in.pleasure = Pleasure::yes; }, 4, Decision::keep},
    {"still_reads_and_serves", [](auto& in) { in.still_reads = true; in.serves = true; }, 4, Decision::read_only},
    {"still_reads_but_serves_nothing", [](auto& in) { in.still_reads = true; }, 18, Decision::cannot_judge},
    {"brought_something", [](auto& in) { in.brought = true; }, 4, Decision::read_only},
    {"brought_something_but_row_9_holds",
     [](auto& in) { in.brought = true; in.serves = true; in.active_weeks_52 = 3; }, 9, Decision::keep},
    {"says_all_three",
     [](auto& in) { in.still_reads = false; in.would_lose = false; in.pleasure = Pleasure::no; in.stale = true; }, 4, Decision::leave},
    {"says_only_two",
     [](auto& in) { in.still_reads = false; in.pleasure = Pleasure::no; in.stale = true; }, 18, Decision::cannot_judge},
    {"no_objective_lively", [](auto& in) { in.open_objective = false; make_lively(in); }, 5, Decision::keep},
    {"no_objective", [](auto& in) { in.open_objective = false; }, 5, Decision::cannot_judge},
    {"new", [](auto& in) { in.new_until = day("2026-12-01"); in.serves = true; }, 6, Decision::trial},
    {"season", [](auto& in) { in.season_until = day("2027-04-30"); }, 7, Decision::trial},
    {"dead_and_nobody_lost", [](auto& in) { in.dead = true; in.met_only_here = false; in.serves = true; }, 8, Decision::leave},
    {"dead_but_whom_she_met_is_unknown", [](auto& in) { in.dead = true; in.serves = true; }, 18, Decision::cannot_judge},
    {"dead_and_she_says_nobody_lost", [](auto& in) { in.dead = true; in.serves = true; in.would_lose = false; }, 8, Decision::leave},
    {"weaker_copy", [](auto& in) { in.weaker_copy = true; in.met_only_here = false; }, 8, Decision::leave},
    {"serves_three_weeks", [](auto& in) { in.serves = true; in.active_weeks_52 = 3; }, 9, Decision::keep},
    {"serves_lively", [](auto& in) { in.serves = true; make_lively(in); }, 9, Decision::keep},
    {"reach_and_serves", [](auto& in) { in.met_only_here = true; in.serves = true; }, 10, Decision::keep},
    {"reach_and_unknown", [](auto& in) { in.met_only_here = true; in.serves.reset(); }, 10, Decision::keep},
    {"reach_and_serves_nothing", [](auto& in) { in.met_only_here = true; }, 10, Decision::mute},
    {"occasional", [](auto& in) { in.serves = true; in.active_weeks_26 = 2; in.active_weeks_52 = 2; }, 11, Decision::trial},
    {"occasional_tried_before",
     [](auto& in) { in.serves = true; in.active_weeks_26 = 2; in.trial_before = true; }, 12, Decision::read_only},
    {"serves_silently", [](auto& in) { in.serves = true; }, 12, Decision::read_only},
    {"lively_for_nothing", [](auto& in) { make_lively(in); }, 13, Decision::mute},
    {"lively_title_only", [](auto& in) { make_lively(in); in.beyond_title = false; }, 14, Decision::keep},
    {"lively_unknown", [](auto& in) { make_lively(in); in.serves.reset(); }, 14, Decision::keep},
    {"unlikely", [](auto& in) { in.silence_covered = false; }, 15, Decision::leave},
    {"silent_for_long", [](auto& in) { in.probability = 0.4; in.days_silent = 366; }, 15, Decision::leave},
    {"silence_not_covered",
     [](auto& in) { in.probability = 0.4; in.days_silent = 366; in.silence_covered = false; }, 18, Decision::cannot_judge},
    {"now_and_then", [](auto& in) { in.probability = 0.2; in.days_silent = 100; }, 16, Decision::mute},
    {"title_only", [](auto& in) { in.beyond_title = false; }, 18, Decision::cannot_judge},
    {"title_confirmed_by_her", [](auto& in) { in.beyond_title = false; in.confirmed = true; }, 15, Decision::leave},
    {"never_wrote", [](auto& in) { in = never_wrote(); }, 17, Decision::leave},
    {"never_wrote_but_touched", [](auto& in) { in = never_wrote(); in.nothing_matched = false; }, 18, Decision::cannot_judge},
    {"never_wrote_short_data", [](auto& in) { in = never_wrote(); in.year_covered = false; }, 18, Decision::cannot_judge},
    {"never_wrote_title_only", [](auto& in) { in = never_wrote(); in.beyond_title = false; }, 18, Decision::cannot_judge},
    {"unattributed", [](auto& in) { in.unattributed = true; }, 18, Decision::cannot_judge},
    {"stale", [](auto& in) { in.stale = true; }, 18, Decision::cannot_judge},
    {"a_proposal_waits", [](auto& in) { in.unanswered_proposal = true; }, 18, Decision::cannot_judge},
    {"reacted_lately", [](auto& in) { in.light_recently = true; }, 18, Decision::cannot_judge},
    {"relevance_unknown", [](auto& in) { in.serves.reset(); }, 18, Decision::cannot_judge},
    {"an_end_that_is_a_guess_is_not_lively",
     [](auto& in) { make_lively(in); in.may_be_lively = false; in.stale = true; }, 18, Decision::cannot_judge},
}), [](const auto& test) { return std::string(test.param.name); });

TEST(Notes, TiesTurnLeaveIntoMuteUnlessSheSaysNobody) {
    DecisionInputs in = silent();
    in.wants_ties = true;
    in.ever_met_only_here = true;
    EXPECT_EQ(decide(in, policy, as_of).decision, Decision::mute);
    EXPECT_EQ(decide(in, policy, as_of).softened, Ruling::Softened::ties);
    in.would_lose = false;
    EXPECT_EQ(decide(in, policy, as_of).decision, Decision::leave);
}

TEST(Notes, WhatServedAnObjectiveJustReachedIsOnlyRead) {
    DecisionInputs in = silent();
    in.served_done = true;
    EXPECT_EQ(decide(in, policy, as_of).decision, Decision::read_only);
    EXPECT_EQ(decide(in, policy, as_of).softened, Ruling::Softened::done);
    in.still_reads = false;
    in.would_lose = false;
    in.pleasure = Pleasure::no;
    EXPECT_EQ(decide(in, policy, as_of).decision, Decision::leave) << "her own answer stands";
}

TEST(Trials, EndOnTheirDay) {
    DecisionInputs in = silent();
    in.new_until = day("2026-12-01");
    EXPECT_EQ(decide(in, policy, as_of).until, day("2026-12-01"));
    in.new_until.reset();
    in.season_until = day("2027-04-30");
    EXPECT_EQ(decide(in, policy, as_of).until, day("2027-04-30"));
    in.season_until.reset();
    in.serves = true;
    in.active_weeks_26 = 1;
    EXPECT_EQ(decide(in, policy, as_of).until, day("2026-12-30"));
}

// ---- every combination -------------------------------------------------------------------------------------------------

using Change = void (*)(DecisionInputs&);

/// The values each group of inputs can take, as far as the table tells them apart.
const std::vector<std::vector<Change>>& dimensions() {
    static const std::vector<std::vector<Change>> all{
        {// protection
         [](auto&) {}, [](auto& in) { in.left = true; }, [](auto& in) { in.candidate = true; },
         [](auto& in) { in.pinned = true; }, [](auto& in) { in.private_scope = true; }, [](auto& in) { in.belongs = true; },
         [](auto& in) { in.leads = true; }},
        {// her answers
         [](auto&) {}, [](auto& in) { in.would_lose = true; }, [](auto& in) { in.pleasure = Pleasure::yes; },
         [](auto& in) { in.still_reads = true; }, [](auto& in) { in.brought = true; },
         [](auto& in) {
             in.still_reads = false;
             in.pleasure = Pleasure::no;
         },
         [](auto& in) {
             in.would_lose = false;
             in.brought = false;
         },
         [](auto& in) {
             in.still_reads = false;
             in.would_lose = false;
             in.pleasure = Pleasure::no;
         },
         [](auto& in) {
             in.still_reads = false;
             in.would_lose = false;
             in.pleasure = Pleasure::no;
             in.brought = true;
         }},
        {// objectives
         [](auto& in) { in.open_objective = false; }, [](auto& in) { in.open_objective = true; },
         [](auto& in) {
             in.open_objective = true;
             in.wants_ties = true;
         },
         [](auto& in) {
             in.open_objective = true;
             in.wants_ties = true;
             in.served_done = true;
         }},
        {// relevance
         [](auto&) {},
         [](auto& in) {
             in.serves = true;
             in.beyond_title = true;
         },
         [](auto& in) { in.serves = true; }, [](auto& in) { in.serves = false; },
         [](auto& in) {
             in.serves = false;
             in.beyond_title = true;
         },
         [](auto& in) {
             in.serves = false;
             in.nothing_matched = true;
             in.beyond_title = true;
         },
         [](auto& in) {
             in.serves = false;
             in.confirmed = true;
         }},
        {// my acts
         [](auto&) {},
         [](auto& in) {
             in.has_acts = true;
             in.probability = 0.1;
             in.days_silent = 200;
         },
         [](auto& in) {
             in.has_acts = true;
             in.probability = 0.1;
             in.days_silent = 400;
             in.silence_covered = true;
         },
         [](auto& in) {
             in.has_acts = true;
             in.probability = 0.2;
             in.days_silent = 100;
             in.active_weeks_52 = in.active_weeks_26 = 1;
         },
         [](auto& in) {
             in.has_acts = true;
             in.probability = 0.2;
             in.days_silent = 400;
         },
         [](auto& in) {
             in.has_acts = true;
             in.probability = 0.5;
             in.days_silent = 10;
             in.active_weeks_52 = in.active_weeks_26 = 2;
         },
         [](auto& in) {
             in.has_acts = true;
             in.probability = 0.5;
             in.days_silent = 10;
             in.active_weeks_52 = 3;
             in.active_weeks_26 = 3;
             in.may_be_lively = false;
         },
         [](auto& in) {
             in.has_acts = true;
             in.probability = 0.5;
             in.days_silent = 400;
             in.silence_covered = true;
         }},
        {// times
         [](auto&) {}, [](auto& in) { in.new_until = day("2026-12-01"); }, [](auto& in) { in.season_until = day("2027-04-30"); },
         [](auto& in) { in.trial_before = true; }},
        {// whom she met
         [](auto&) {}, [](auto& in) { in.met_only_here = false; },
         [](auto& in) {
             in.met_only_here = true;
             in.ever_met_only_here = true;
         },
         [](auto& in) { in.ever_met_only_here = true; }},
        {// the others
         [](auto&) {},
         [](auto& in) {
             in.dead = false;
             in.weaker_copy = false;
         },
         [](auto& in) { in.dead = true; }, [](auto& in) { in.weaker_copy = true; }},
        {// what forbids advice against
         [](auto&) {}, [](auto& in) { in.year_covered = true; }, [](auto& in) { in.unattributed = in.year_covered = true; },
         [](auto& in) { in.stale = in.year_covered = true; }, [](auto& in) { in.unanswered_proposal = in.year_covered = true; },
         [](auto& in) { in.light_recently = in.year_covered = true; }},
    };
    return all;
}

/// What must hold before anybody is told to leave.
bool may_leave(const DecisionInputs& in, int rule) {
    const bool is_protected = in.left || in.candidate || in.pinned || in.private_scope || in.belongs || in.leads;
    if (is_protected || in.would_lose == true || in.pleasure == Pleasure::yes) return false;
    if (rule == 4) return in.still_reads == false && in.would_lose == false && in.pleasure == Pleasure::no;
    if (in.served_done || !in.open_objective || in.new_until || in.season_until || in.met_only_here == true) return false;
    if (in.wants_ties && in.ever_met_only_here && in.would_lose != false) return false;
    if (rule == 8 && !in.met_only_here) return in.dead == true && in.would_lose == false;
    if (rule == 8) return in.met_only_here == false && (in.dead == true || in.weaker_copy == true);
    const bool forbidden = in.unattributed || in.stale || in.unanswered_proposal || in.light_recently || in.still_reads == true;
    if (forbidden || in.serves != false || !(in.beyond_title || in.confirmed)) return false;
    if (rule == 15)
        return in.has_acts &&
               ((in.probability && *in.probability < 0.15) || (in.silence_covered && in.days_silent && *in.days_silent > 365));
    return rule == 17 && !in.has_acts && in.year_covered && in.nothing_matched && in.beyond_title;
}

TEST(EveryCombination, GetsOneDecisionAndNoneIsToldToLeaveOnTheUnknown) {
    std::size_t combinations = 0, leaves = 0, bad = 0;
    std::vector<bool> rules(19, false);
    const auto& all = dimensions();
    const std::function<void(std::size_t, const DecisionInputs&)> walk = [&](std::size_t depth, const DecisionInputs& in) {
        if (depth == all.size()) {
            ++combinations;
            const Ruling made = decide(in, policy, as_of);
            const bool judged = made.rule >= 1 && made.rule <= 18;
            if (judged) rules[static_cast<std::size_t>(made.rule)] = true;
            leaves += made.decision == Decision::leave;
            const bool trial_has_end = (made.decision == Decision::trial) == made.until.has_value();
            const bool first_rows = !(in.left || in.candidate) || made.rule == 1;
            const bool second_row = in.left || in.candidate || !(in.pinned || in.private_scope || in.belongs) ||
                                    (made.rule == 2 && made.decision == Decision::keep);
            if (!judged || !trial_has_end || !first_rows || !second_row ||
                (made.decision == Decision::leave && !may_leave(in, made.rule)))
                ++bad;
            return;
        }
        for (const Change change : all[depth]) {
            DecisionInputs next = in;
            change(next);
            walk(depth + 1, next);
        }
    };
    walk(0, DecisionInputs{});
    EXPECT_EQ(bad, 0U);
    EXPECT_GT(leaves, 0U);
    std::size_t product = 1;
    for (const auto& each : all) product *= each.size();
    EXPECT_EQ(combinations, product);
    for (std::size_t rule = 1; rule < rules.size(); ++rule) EXPECT_TRUE(rules[rule]) << "no combination reaches row " << rule;
}

// ---- certainty ---------------------------------------------------------------------------------------------------------

std::optional<Certainty> sure(const DecisionInputs& in, const std::vector<DecisionInputs>& nearby, Evidence evidence) {
    return certainty(in, decide(in, policy, as_of), nearby, evidence, policy, as_of);
}

TEST(Certainty, IsHighMediumOrLowByWhatIsMissing) {
    DecisionInputs in = silent();
    in.met_only_here = false;
    EXPECT_EQ(sure(in, {}, {true, 3}), Certainty::high);
    EXPECT_EQ(sure(in, {}, {false, 3}), Certainty::medium);
    EXPECT_EQ(sure(in, {}, {true, 2}), Certainty::medium);
    EXPECT_EQ(sure(in, {}, {false, 2}), Certainty::low);
}

TEST(Certainty, IsLowWhenTheDecisionFlips) {
    DecisionInputs in = silent();
    in.met_only_here = false;
    DecisionInputs other = in;
    make_lively(other);
    EXPECT_EQ(sure(in, {in, other}, {true, 5}), Certainty::low);
}

TEST(Certainty, IsAtMostMediumOnStaleDataAndWhereTheRowSaysSo) {
    DecisionInputs in = silent();
    in.serves = true;
    in.active_weeks_52 = 5;
    in.stale = true;
    EXPECT_EQ(sure(in, {}, {true, 5}), Certainty::medium);
    DecisionInputs unseen = silent();
    EXPECT_EQ(sure(unseen, {}, {true, 5}), Certainty::medium) << "whom she met is not known";
    EXPECT_EQ(sure(never_wrote(), {}, {true, 5}), Certainty::low);
}

TEST(Certainty, IsLowOnATitleAlone) {
    DecisionInputs in = silent();
    in.serves = true;
    in.beyond_title = false;
    EXPECT_EQ(sure(in, {}, {true, 5}), Certainty::low);
}

TEST(Certainty, IsAbsentWhenNothingIsJudged) {
    DecisionInputs in = silent();
    in.stale = true;
    EXPECT_FALSE(sure(in, {}, {true, 5}));
}

}  // namespace decision_test
}  // namespace secateur

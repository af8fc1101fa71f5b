// SPDX-License-Identifier: GPL-3.0-or-later
// The weekly budget (metrics 3): the groups that give most within the minutes she has. Half of the time is kept for writing and meeting,
// one place for curiosity; a group whose minutes are unknown is listed apart with its question, and never counts as nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/policy.hpp"
#include "model/audit_report.hpp"
#include "model/profile.hpp"

namespace secateur {

/// What a group of the plan is for. As it is: pinned, a family's or a friends' circle, which no plan shapes.
enum class PlanPlace { contribute, read, as_it_is };
/// Of the draws with other minutes and other relevance, how many choose it: most of them, or only some.
enum class PlanSurety { sure, her_choice };

struct PlannedGroup {
    std::string id;
    PlanPlace place = PlanPlace::read;
    bool writes_there = false;              // she does; among those to read, because the others come first
    bool in_any_case = false;               // pinned, personal, duty, or hers to run: not weighed
    std::optional<double> minutes;          // a week, 1 decimal; absent only for one that is in any case
    double adds = 0;                        // what the plan is worth less without it, 4 decimals
    double share_of_draws = 1;              // 0 to 1, 4 decimals
    PlanSurety surety = PlanSurety::sure;
};

/// A group of known minutes that would add something, and is not in the plan.
struct LeftOut {
    std::string id;
    double minutes = 0;               // a week, 1 decimal
    bool advised_to_keep = false;
    bool no_place = false;            // the time is there; as many as anybody follows are chosen already
    std::optional<double> fits_from;  // the smallest week of the frontier that has it
};

/// A group that could be chosen, were its minutes known.
struct UnknownCost {
    std::string id;
    double would_add = 0;  // to this plan, 4 decimals
};

/// The best that so many minutes a week can give.
struct FrontierPoint {
    double minutes = 0;
    double value = 0, bound = 0;      // 4 decimals; the bound is proven, and equal to the value where the set is exact
    std::vector<std::string> groups;  // chosen, those in any case left out; by id
};

struct PlanChange {
    double minutes = 0;                       // the week it speaks of
    std::vector<std::string> added, dropped;  // group ids, the most valuable first
};

struct WeeklyPlan {
    double minutes = 0;                                  // the week
    double in_any_case = 0;                              // minutes of the groups that are in any case, as far as known
    double reading = 0, curiosity = 0, writing = 0;      // of the rest; curiosity is part of neither
    double used = 0;                                     // minutes of the chosen groups
    double value = 0, bound = 0;                         // as in FrontierPoint
    std::vector<PlannedGroup> groups;                    // contribute, read, as it is; in any case first, then the most valuable
    std::vector<std::string> private_groups;             // personal and duty: in any case, and not looked at
    std::uint64_t private_unknown = 0;                   // of them, of unknown minutes
    std::optional<std::string> curious_about;            // the group for the place of curiosity
    std::vector<PlannedGroup> alternatives;              // not in the plan, chosen in some of the draws
    std::vector<LeftOut> left_out;                       // those advised to keep first, then by id
    bool places_taken = false;                           // as many are chosen as anybody follows
    std::vector<std::string> idle;                       // known minutes, would add nothing
    std::vector<std::string> muted, left;                // by their advice, and the dead
    std::vector<std::string> later;                      // their season is still to come, or what they served is reached
    std::vector<UnknownCost> unknown;                    // the most valuable first
    std::vector<FrontierPoint> frontier;                 // from 0 in steps until everything fits
    std::optional<PlanChange> half_hour_more;            // absent: it would change nothing
    std::optional<PlanChange> first_to_go;               // the smallest cut in steps that costs a group
};

/// `minutes`: the week, not below 0. A pure function: the draws have a fixed seed for each group.
[[nodiscard]] WeeklyPlan weekly_plan(const AuditReport& report, const Policy& policy, double minutes);

/// It is about being seen or about meeting people: a second group adds as much as the first, nothing saturates.
[[nodiscard]] bool is_about_being_seen(const Objective& objective);

std::string_view to_string(PlanPlace place);
std::string_view to_string(PlanSurety surety);

}  // namespace secateur

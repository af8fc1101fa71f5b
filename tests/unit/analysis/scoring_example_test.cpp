// SPDX-License-Identifier: GPL-3.0-or-later
// The example that docs/scoring.md works by hand: the same dates, the same figures.
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/audit.hpp"
#include "analysis/participation.hpp"
#include "analysis/rhythm.hpp"
#include "tests/support/history_builder.hpp"

namespace secateur {
namespace scoring_example_test {

using test::at;
using test::day;
using test::group;

// Vélo du dimanche: three active weeks, the last act on 2 March 2025, exported on 30 October 2026 at noon; the account was
// last used on 20 October 2026.
const std::vector<Instant> acts{at("2024-09-05"), at("2024-11-21"), at("2025-03-02")};
const Instant now = at("2026-10-30");

TEST(ScoringExample, SumsTheFadingWeeks) {
    const auto p = participation(acts, at("2026-10-20"), now, Policy{});
    ASSERT_TRUE(p);
    // middles of the weeks: 8 September and 24 November 2024, 2 March 2025, all at noon: 782, 705 and 607 days
    const double by_hand = std::pow(0.5, 782.0 / 365) + std::pow(0.5, 705.0 / 365) + std::pow(0.5, 607.0 / 365);
    EXPECT_NEAR(p->active_weeks_decayed, by_hand, 1e-12);
    EXPECT_NEAR(p->active_weeks_decayed, 0.8044, 5e-5);
    EXPECT_EQ(p->days_since_here, 607);
    EXPECT_EQ(p->days_since_account, 10);
}

TEST(ScoringExample, GivesThatProbability) {
    const auto p = participation(acts, at("2026-10-20"), now, Policy{});
    ASSERT_TRUE(p);
    // -0.4 + 1.4 ln 1.8044 - 0.35 ln 608 - 0.3 ln 11 = -0.4 + 0.8263 - 2.2436 - 0.7194
    EXPECT_NEAR(p->z, -2.5367, 5e-4);
    EXPECT_NEAR(p->probability, 0.0733, 5e-5);
}

TEST(ScoringExample, MovesALittleWithTheOthersWhereTheyAreKnown) {
    const auto with = [](std::uint64_t people) { return participation(acts, at("2026-10-20"), now, Policy{}, people)->probability; };
    EXPECT_NEAR(with(12), 0.0859, 5e-5);
    EXPECT_NEAR(with(0), 0.0559, 5e-5);
}

TEST(ScoringExample, SaysHowSheTakesPart) {
    auto velo = group("facebook:velo", "Vélo du dimanche").own_only("2023-12-31", "2026-10-30");
    for (const Instant act : acts) velo.act(act);
    const GroupHistory history = velo;
    auto found = rhythm(history, data_clock(history, at("2026-10-31"), Policy{}), Zone::utc(), Policy{});
    ASSERT_TRUE(found && found->acts_per_week && found->active_weeks);
    expect_rates({&*found}, Policy{});
    EXPECT_EQ(format_date(found->from), "2024-01-01");
    EXPECT_EQ(format_date(found->until), "2026-10-26");
    EXPECT_EQ(found->weeks, 147U);
    EXPECT_NEAR(*found->acts_per_week, 0.0204, 5e-5);
    EXPECT_NEAR(found->expected_per_week->low, 0.0042, 5e-5);
    EXPECT_NEAR(found->expected_per_week->high, 0.0596, 5e-5);
    EXPECT_NEAR(found->active_weeks->low, 0.007, 5e-4);
    EXPECT_NEAR(found->active_weeks->high, 0.058, 5e-4);
    EXPECT_FALSE(found->usual_gap_days);
    EXPECT_EQ(found->presence, Presence::neutral);
}

TEST(ScoringExample, LeadsToThatDecision) {
    // The objective is about gardening, the group about cycling; the export holds only her own acts.
    AuditInputs inputs;
    inputs.for_each_group = [](const std::function<void(const GroupHistory&)>& visit) {
        auto velo = group("facebook:velo", "Vélo du dimanche");
        for (const Instant act : acts) velo.act(act);
        visit(velo.about("Sorties à vélo le dimanche matin, itinéraires et mécanique")
                  .account_last("2026-10-20")
                  .own_only("2024-01-01", "2026-10-30"));
    };
    Profile profile;
    profile.objectives.push_back({.id = "potager",
                                  .text = "Apprendre à cultiver un potager",
                                  .rank = 1,
                                  .start = {},
                                  .done = {},
                                  .trade = {},
                                  .sector = {},
                                  .place = {},
                                  .people = {},
                                  .interests = {}});
    const AuditReport report = audit(inputs, profile, Policy{}, day("2026-10-31"));
    ASSERT_EQ(report.groups.size(), 1U);
    const GroupAudit& velo = report.groups[0];
    EXPECT_EQ(velo.participation.probability, 0.0733);
    EXPECT_EQ(velo.participation.active_weeks_decayed, 0.8044);
    EXPECT_EQ(velo.participation.likelihood, Likelihood::hardly_ever);
    EXPECT_EQ(velo.relevance.at(0).band, Band::none);
    EXPECT_EQ(velo.verdict.decision, Decision::leave);
    EXPECT_EQ(velo.verdict.rule, 15);
    // Her side of the conversation only, and two pieces of evidence: two things are missing.
    EXPECT_EQ(velo.verdict.certainty, Certainty::low);
    ASSERT_FALSE(velo.verdict.reasons.empty());
    EXPECT_EQ(velo.verdict.reasons.back().side, Side::against);
    EXPECT_EQ(velo.verdict.reasons.back().text.id, "analysis.reason_unseen");
}

}  // namespace scoring_example_test
}  // namespace secateur

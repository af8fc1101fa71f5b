// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for any history: seeded cases, the seed printed with every failure.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "analysis/audit.hpp"
#include "analysis/participation.hpp"
#include "tests/support/history_builder.hpp"

namespace secateur {
namespace scoring_test {

using test::at;
using test::day;
using test::group;
using test::HistoryBuilder;
const Policy policy;
constexpr std::uint32_t seeds = 60;

/// Whole numbers from one generator, the same on every machine (the standard distributions are not).
class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    std::int64_t below(std::int64_t limit) { return static_cast<std::int64_t>(engine_() % static_cast<std::uint32_t>(limit)); }
    template <class Items>
    void shuffle(Items& items) {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[static_cast<std::size_t>(below(static_cast<std::int64_t>(i)))]);
    }

private:
    std::mt19937 engine_;
};

const Instant end = at("2026-10-30T18:00:00Z");

std::vector<Instant> some_acts(Dice& dice) {
    std::vector<Instant> acts;
    const std::int64_t count = 1 + dice.below(40);
    for (std::int64_t i = 0; i < count; ++i) acts.push_back(end - std::chrono::seconds(dice.below(86400 * 900)));
    return acts;
}

TEST(Participation, DoesNotDependOnTheOrderOfActs) {
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
        Dice dice(seed);
        std::vector<Instant> acts = some_acts(dice);
        const auto before = participation(acts, end, end, policy);
        dice.shuffle(acts);
        EXPECT_EQ(participation(acts, end, end, policy), before) << "seed " << seed;
    }
}

TEST(Participation, IsNotChangedByDuplicates) {
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
        Dice dice(seed);
        std::vector<Instant> acts = some_acts(dice);
        const auto before = participation(acts, end, end, policy);
        acts.insert(acts.end(), acts.begin(), acts.end());
        EXPECT_EQ(participation(acts, end, end, policy), before) << "seed " << seed;
    }
}

TEST(Participation, IsNotChangedByShiftingEverythingByWholeWeeks) {
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
        Dice dice(seed);
        std::vector<Instant> acts = some_acts(dice);
        const Instant account = end - std::chrono::days(dice.below(30));
        const auto before = participation(acts, account, end, policy);
        const std::chrono::days shift(7 * (dice.below(400) - 200));
        for (Instant& act : acts) act += shift;
        EXPECT_EQ(participation(acts, account + shift, end + shift, policy), before) << "seed " << seed;
    }
}

TEST(Participation, IsNeverLoweredByOnePostMore) {
    for (std::uint32_t seed = 1; seed <= 10 * seeds; ++seed) {
        Dice dice(seed);
        std::vector<Instant> acts = some_acts(dice);
        const Instant account = end - std::chrono::days(dice.below(30));
        const double before = participation(acts, account, end, policy)->probability;
        acts.push_back(end - std::chrono::seconds(dice.below(86400 * 900)));
        EXPECT_GE(participation(acts, account, end, policy)->probability, before) << "seed " << seed;
    }
}

/// A handful of groups with acts, other people, exchanges and words, all by the seed.
std::vector<HistoryBuilder> some_groups(Dice& dice) {
    const char* names[] = {"RH Bruxelles",     "Vélo du dimanche", "Potager bio", "Learning and development",
                           "Famille Lovelace", "Cyclistes"};
    const char* texts[] = {"Échanges entre responsables des ressources humaines", "Sorties à vélo et mécanique", "",
                           "Human resources and training people meet"};
    std::vector<HistoryBuilder> out;
    const std::int64_t count = 3 + dice.below(5);
    for (std::int64_t i = 0; i < count; ++i) {
        auto one = group("telegram:g" + std::to_string(i), names[dice.below(6)]);
        one.about(texts[dice.below(4)]);
        const bool whole = dice.below(2) == 0;
        const auto first = end - std::chrono::days(200 + dice.below(700));
        one.covered(whole ? CoverageKind::full : CoverageKind::own_only, format_rfc3339(first), format_rfc3339(end));
        const std::int64_t acts = dice.below(12);
        for (std::int64_t j = 0; j < acts; ++j) one.act(first + std::chrono::seconds(dice.below((end - first).count())));
        for (std::int64_t j = 0; whole && j < 30; ++j) {
            const std::string who = "person" + std::to_string(dice.below(6));
            const Instant when = first + std::chrono::seconds(dice.below((end - first).count()));
            one.says(who, when);
            if (dice.below(3) == 0) one.exchanges(who, format_date(date_of(when)));
        }
        out.push_back(std::move(one));
    }
    return out;
}

AuditReport audit_of(const std::vector<GroupHistory>& groups) {
    AuditInputs inputs;
    inputs.for_each_group = [&](const std::function<void(const GroupHistory&)>& visit) {
        for (const GroupHistory& each : groups) visit(each);
    };
    inputs.person_name = [](std::int64_t number) { return "P" + std::to_string(number); };
    Profile profile;
    Objective objective;
    objective.id = "rh";
    objective.text = "Progresser dans les ressources humaines à Bruxelles";
    profile.objectives.push_back(objective);
    return audit(inputs, profile, policy, day("2026-10-31"));
}

/// Everything a report says of its groups, as text: what is compared must not depend on a member forgotten here and there.
std::string said(const AuditReport& report) {
    std::string out;
    const auto number = [&](const std::optional<double>& value) { out += value ? std::to_string(*value) + " " : "- "; };
    const auto message = [&](const Message& each) {
        out += each.id + "(";
        for (const Argument& argument : each.arguments) {
            out += argument.name + "=";
            if (const auto* text = std::get_if<std::string>(&argument.value)) out += *text;
            else if (const auto* whole = std::get_if<std::int64_t>(&argument.value)) out += std::to_string(*whole);
            else if (const auto* date = std::get_if<Day>(&argument.value)) out += format_date(*date);
            out += ",";
        }
        out += ") ";
    };
    for (const GroupAudit& each : report.groups) {
        out += each.id + " " + std::string(to_string(each.verdict.decision)) + " " + std::to_string(each.verdict.rule) + " ";
        out += each.verdict.certainty ? std::string(to_string(*each.verdict.certainty)) + " " : "- ";
        out += std::string(to_string(each.fact)) + " " + each.repeats.value_or("-") + " ";
        number(each.participation.probability);
        number(each.participation.active_weeks_decayed);
        for (const RelevanceScore& score : each.relevance) {
            number(score.score);
            out += std::string(to_string(score.band)) + " ";
            for (const MatchedTerm& term : score.matched)
                out += term.term + "<" + term.from + ":" + std::to_string(term.share) + " ";
        }
        out += each.people_met ? std::to_string(*each.people_met) : "-";
        out += each.reach ? std::to_string(*each.reach) : "-";
        for (const std::string& name : each.people_met_only_here) out += name + " ";
        if (each.minutes) number(each.minutes->mid);
        for (const Reason& reason : each.verdict.reasons) message(reason.text);
        for (const Message& missing : each.verdict.missing) message(missing);
        if (each.verdict.question) message(*each.verdict.question);
        if (each.verdict.suggestion) message(*each.verdict.suggestion);
        out += "\n";
    }
    out += std::to_string(report.totals.minutes_mid);
    return out;
}

TEST(Audit, DoesNotDependOnTheOrderOfGroupsActsOrExchanges) {
    for (std::uint32_t seed = 1; seed <= seeds / 3; ++seed) {
        Dice dice(seed);
        std::vector<GroupHistory> groups;
        for (const HistoryBuilder& each : some_groups(dice)) groups.push_back(each);
        const std::string before = said(audit_of(groups));
        dice.shuffle(groups);
        for (GroupHistory& each : groups) {
            dice.shuffle(each.acts);
            dice.shuffle(each.exchanges);
            dice.shuffle(each.coverage);
        }
        EXPECT_EQ(said(audit_of(groups)), before) << "seed " << seed;
    }
}

TEST(Audit, IsTheSameTwice) {
    for (std::uint32_t seed = 1; seed <= seeds / 6; ++seed) {
        Dice dice(seed);
        std::vector<GroupHistory> groups;
        for (const HistoryBuilder& each : some_groups(dice)) groups.push_back(each);
        EXPECT_EQ(said(audit_of(groups)), said(audit_of(groups))) << "seed " << seed;
    }
}

TEST(Audit, NeverTellsToLeaveASourceThatIsOld) {
    for (std::uint32_t seed = 1; seed <= seeds / 3; ++seed) {
        Dice dice(seed);
        std::vector<GroupHistory> groups;
        for (const HistoryBuilder& each : some_groups(dice)) groups.push_back(each);
        for (GroupHistory& each : groups)
            for (CoveragePeriod& period : each.coverage) period.end = end - std::chrono::days(100);
        for (const GroupAudit& each : audit_of(groups).groups) {
            EXPECT_TRUE(each.stale) << "seed " << seed;
            EXPECT_FALSE(each.verdict.rule >= 15 && each.verdict.rule <= 17) << "seed " << seed << " " << each.id;
            EXPECT_NE(each.verdict.rule == 2 ? Certainty::low : each.verdict.certainty.value_or(Certainty::low), Certainty::high)
                << "seed " << seed << " " << each.id;
        }
    }
}

TEST(Audit, GivesEveryGroupAtMostThreeReasonsForAndOneAgainst) {
    for (std::uint32_t seed = 1; seed <= seeds / 3; ++seed) {
        Dice dice(seed);
        std::vector<GroupHistory> groups;
        for (const HistoryBuilder& each : some_groups(dice)) groups.push_back(each);
        for (const GroupAudit& each : audit_of(groups).groups) {
            const auto against = std::count_if(each.verdict.reasons.begin(), each.verdict.reasons.end(),
                                               [](const Reason& reason) { return reason.side == Side::against; });
            EXPECT_LE(against, 1) << "seed " << seed;
            EXPECT_LE(static_cast<std::int64_t>(each.verdict.reasons.size()) - against, 3) << "seed " << seed;
            EXPECT_EQ(each.verdict.decision == Decision::cannot_judge,
                      each.verdict.question.has_value() && !each.verdict.certainty)
                << "seed " << seed << " " << each.id;
        }
    }
}

}  // namespace scoring_test
}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Would P have been right? The past is cut at dates, every membership is scored with what was known on that day, and the score is
// compared with the half year that followed (metrics 2.8). One code for `secateur backtest` and bench/backtest_corpus.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/policy.hpp"
#include "base/time.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"

namespace secateur {

struct BacktestProtocol {
    std::chrono::days step{180};      // between cut-offs, and how far a score looks ahead
    std::size_t cut_offs = 6;
    std::size_t least_groups = 1;     // groups with an act in the year before a cut-off; with fewer, the person is left out there
    std::uint64_t least_cases = 20;   // of each outcome, else nothing is shown
    std::uint64_t least_in_row = 5;   // of a table, else its share is not shown
};

/// What is scored: P, P from my own dates alone, and three simple ways it must beat.
enum class Score { p, p_own_dates, decayed_weeks, recency, posts_90_days };
[[nodiscard]] std::string_view to_string(Score score);

/// One membership up to a cut-off and beyond.
struct BacktestMembership {
    std::string group;                        // how to name it; may be empty
    std::span<const Instant> acts;            // of one person in one group, ascending, those that followed too
    std::optional<std::uint64_t> people_90d;  // others who wrote there in the 90 days before; absent: not known
};

/// One membership at one cut-off.
struct BacktestCase {
    std::string group;
    Instant cut_off{};
    std::size_t list = 0;        // memberships of one person at one cut-off: ranked together
    double p = 0, p_own_dates = 0;
    double decayed_weeks = 0;    // S
    double recency = 0;          // minus the days since the last act
    double posts_90_days = 0;
    bool people_known = false;   // P rests on the group too
    std::uint64_t followed = 0;  // acts in the half year after
    [[nodiscard]] double value(Score score) const;
};

/// Figures of one score over all cases; absent where the cases do not allow it.
struct ScoreQuality {
    Score score = Score::p;
    std::optional<double> auc;                // of a case followed by an act and one that was not, the share ranked right; ties by half
    std::optional<double> auc_low, auc_high;  // 95 %, as if the cases were independent: rather too narrow
    std::optional<double> average_precision;
    std::optional<double> auc_per_list;       // mean over the lists that hold both outcomes
    std::optional<double> ndcg5;              // mean over the lists with an outcome; ties share their places
    std::optional<double> brier;              // of a score that is no probability: after the best logistic curve on these very cases
};

struct CalibrationRow {  // cases whose P lies in [from, to[
    double from = 0, to = 0;
    std::uint64_t cases = 0;
    std::optional<double> said;    // mean P
    std::optional<Share> followed; // absent with fewer than `least_in_row`
};

struct ThresholdRow {  // had every group below it been left at that date
    double threshold = 0;
    std::optional<Share> right;             // of those, silent for the half year that followed; absent when it names too few
    std::uint64_t named = 0;
    std::uint64_t lost = 0, followed = 0;   // acts of that half year: in the groups named, in all
};

struct Regret {  // a group that would have been left, and was written in again
    std::string group;
    Date cut_off{};
    double p = 0;
    std::uint64_t followed = 0;
};

struct CutOff {
    Date date{};  // the last day that was known
    std::uint64_t cases = 0, active = 0;
};

struct BacktestReport {
    std::vector<CutOff> cut_offs;  // those with cases, newest first
    std::uint64_t cases = 0, active = 0, lists = 0, groups = 0;
    std::uint64_t with_people = 0;  // cases where the others of the group were known
    std::uint64_t needed = 0;       // of each outcome
    bool enough = false;            // else only the counts above and below are filled
    std::uint64_t unattributed = 0; // groups left out: acts of mine on that account fall in no known group
    std::uint64_t uncovered = 0;    // memberships at a cut-off left out: the data do not hold the half year after
    std::vector<ScoreQuality> scores;
    std::vector<CalibrationRow> calibration;  // ten tenths, empty ones left out
    std::vector<ThresholdRow> thresholds;
    std::vector<Regret> regrets;              // below the threshold of the policy, the most acts first, at most five
};

class Backtest {
public:
    Backtest(const Policy& policy, const BacktestProtocol& protocol) : policy_(policy), protocol_(protocol) {}

    /// Every membership of one person at one cut-off: only acts before it are used to score. `account_last`: the last act before
    /// it anywhere, where more is known than these memberships tell.
    void add(const std::vector<BacktestMembership>& memberships, Instant cut_off, std::optional<Instant> account_last = {});
    /// The same for the memberships of several accounts, each with the last act of its own.
    struct Account {
        std::optional<Instant> last;
        std::vector<BacktestMembership> memberships;
    };
    void add(const std::vector<Account>& accounts, Instant cut_off);

    [[nodiscard]] const std::vector<BacktestCase>& cases() const noexcept { return cases_; }
    [[nodiscard]] BacktestReport report() const;

private:
    const Policy& policy_;
    BacktestProtocol protocol_;
    std::vector<BacktestCase> cases_;
    std::size_t lists_ = 0;
};

struct BacktestInputs {
    /// The histories of every group up to that day, left groups and direct conversations included, as the audit reads them.
    std::function<void(Date as_of, const std::function<void(const GroupHistory&)>&)> histories;
    Zone zone = Zone::utc();
};
/// One person's own history, cut where her data end and every 180 days before. Groups she keeps private are left out.
[[nodiscard]] BacktestReport backtest(const BacktestInputs& inputs, const Policy& policy, const BacktestProtocol& protocol, Date as_of);

}  // namespace secateur

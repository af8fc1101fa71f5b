// SPDX-License-Identifier: GPL-3.0-or-later
// The few statistics that the metrics share: intervals that say how little is known, and medians that respect what has not
// happened yet. Every interval is a 95 % one. No clock, no randomness: the same numbers give the same bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/audit_report.hpp"

namespace secateur {

/// Successes out of trials with Wilson's interval (metrics 2.9); absent without a trial.
[[nodiscard]] std::optional<Share> share_of(std::uint64_t part, std::uint64_t all);

/// Value below which that share of a Gamma distribution lies, `shape` and `rate` above 0, `share` inside ]0, 1[.
[[nodiscard]] double gamma_quantile(double share, double shape, double rate);

/// The Gamma distribution from which the rates of several groups seem to come.
struct RatePrior {
    double shape = 0, rate = 0;  // alpha, beta
};
/// Counts of events over times of watching, summed so that one group can be left out of the rest in one step.
class Rates {
public:
    void add(double events, double weeks) { sum(events, weeks, 1); }
    /// One that was added is no longer counted.
    void leave_out(double events, double weeks) { sum(events, weeks, -1); }
    /// Fitted by moments; absent with fewer than three groups, or when they do not differ by more than chance (metrics 2.1, Pa1).
    [[nodiscard]] std::optional<RatePrior> prior() const;

private:
    void sum(double events, double weeks, double sign);
    double groups_ = 0, events_ = 0, weeks_ = 0, squared_events_by_week_ = 0, squared_weeks_ = 0;
};

/// Linear between the two nearest values of an ascending, non-empty list.
[[nodiscard]] double quantile(const std::vector<double>& sorted, double share);

/// Something that ended after `time`, or had not ended by then.
struct Waiting {
    double time = 0;
    bool ended = false;
};
/// Kaplan-Meier: the time by which that share has ended; absent while too many are still open to tell (metrics 2.1, Rp3).
[[nodiscard]] std::optional<double> waiting_quantile(std::vector<Waiting> list, double share);

/// Two-sided p of Mann and Kendall for a series without trend: exact up to 12 different values, normal with ties above. 1 below 3 values.
[[nodiscard]] double mann_kendall_p(const std::vector<double>& series);
/// The same where every `period`-th value is compared only with its like (Hirsch and Slack); the first value opens a period.
[[nodiscard]] double seasonal_kendall_p(const std::vector<double>& series, std::size_t period);
/// Median of the slopes between all pairs, a step; 0 below two values.
[[nodiscard]] double theil_sen(const std::vector<double>& series);
/// Two-sided p of two counts over equal times for no change: the exact binomial at one half. 1 when both are 0.
[[nodiscard]] double equal_counts_p(std::uint64_t first, std::uint64_t second);
/// Which of these hold together at that share of false alarms (Benjamini and Hochberg 1995).
[[nodiscard]] std::vector<bool> hold_together(const std::vector<double>& p_values, double false_share);
/// 0 when all are equal, near 1 when one has everything; absent for an empty list or no sum. Any order.
[[nodiscard]] std::optional<double> gini(std::vector<double> values);

}  // namespace secateur

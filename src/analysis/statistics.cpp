// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace secateur {
namespace {

constexpr double z95 = 1.959963984540054;

/// Share of a Gamma(shape, 1) distribution below x: the series below the mean, the continued fraction above it.
double gamma_share_below(double x, double shape) {
    if (x <= 0) return 0;
    const double front = std::exp(shape * std::log(x) - x - std::lgamma(shape));
    constexpr int steps = 1000;
    constexpr double enough = 1e-14;
    if (x < shape + 1) {
        double term = 1 / shape, sum = term;
        for (int i = 1; i < steps && term > sum * enough; ++i) {
            term *= x / (shape + i);
            sum += term;
        }
        return front * sum;
    }
    constexpr double tiny = 1e-300;
    double b = x + 1 - shape, c = 1 / tiny, d = 1 / b, fraction = d;
    for (int i = 1; i < steps; ++i) {
        const double a = -i * (i - shape);
        b += 2;
        d = a * d + b;
        if (std::abs(d) < tiny) d = tiny;
        c = b + a / c;
        if (std::abs(c) < tiny) c = tiny;
        d = 1 / d;
        fraction *= d * c;
        if (std::abs(d * c - 1) < enough) break;
    }
    return 1 - front * fraction;
}

}  // namespace

std::optional<Share> share_of(std::uint64_t part, std::uint64_t all) {
    if (all == 0) return std::nullopt;
    const double n = static_cast<double>(all), p = static_cast<double>(part) / n, z2 = z95 * z95;
    const double middle = p + z2 / (2 * n);
    const double half = z95 * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    // At both ends the formula gives 0 and 1 up to rounding: they are exact.
    const double low = part == 0 ? 0 : (middle - half) / (1 + z2 / n);
    const double high = part == all ? 1 : (middle + half) / (1 + z2 / n);
    return Share{.part = part, .all = all, .value = p, .low = low, .high = high};
}

double gamma_quantile(double share, double shape, double rate) {
    if (shape > 1000) {  // Wilson and Hilferty 1931: the cube root is normal, to five figures here
        double low = -10, high = 10;
        while (high - low > 1e-12) {
            const double middle = (low + high) / 2;
            (std::erfc(-middle / std::sqrt(2.0)) / 2 < share ? low : high) = middle;
        }
        return shape * std::pow(1 - 1 / (9 * shape) + low / (3 * std::sqrt(shape)), 3) / rate;
    }
    double low = 0, high = std::max(1.0, 2 * shape);
    while (gamma_share_below(high, shape) < share) high *= 2;
    for (int i = 0; i < 200 && high - low > 1e-13 * high; ++i) {
        const double middle = (low + high) / 2;
        (gamma_share_below(middle, shape) < share ? low : high) = middle;
    }
    return (low + high) / 2 / rate;
}

void Rates::sum(double events, double weeks, double sign) {
    if (weeks <= 0) return;
    groups_ += sign;
    events_ += sign * events;
    weeks_ += sign * weeks;
    squared_events_by_week_ += sign * events * events / weeks;
    squared_weeks_ += sign * weeks * weeks;
}

std::optional<RatePrior> Rates::prior() const {
    if (groups_ < 3 || events_ <= 0) return std::nullopt;
    const double mean = events_ / weeks_;
    // What the rates vary beyond what chance alone would do, each group weighing by its weeks.
    const double spread = squared_events_by_week_ - mean * events_;
    const double variance = (spread - (groups_ - 1) * mean) / (weeks_ - squared_weeks_ / weeks_);
    constexpr double rounding = 1e-9;
    if (!(variance > rounding * mean * mean)) return std::nullopt;
    return RatePrior{.shape = mean * mean / variance, .rate = mean / variance};
}

double quantile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(std::floor(place));
    const std::size_t high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (place - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

std::optional<double> waiting_quantile(std::vector<Waiting> list, double share) {
    std::sort(list.begin(), list.end(), [](const Waiting& a, const Waiting& b) {
        return std::tuple(a.time, !a.ended) < std::tuple(b.time, !b.ended);  // who ends at that instant was still waiting
    });
    double open = 1;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].ended) continue;
        open *= 1 - 1 / static_cast<double>(list.size() - i);
        if (1 - open >= share - 1e-12) return list[i].time;
    }
    return std::nullopt;
}

namespace {

struct Kendall {
    double score = 0, variance = 0;
    bool ties = false;
};
Kendall kendall(const std::vector<double>& series) {
    Kendall out;
    for (std::size_t i = 0; i < series.size(); ++i)
        for (std::size_t j = i + 1; j < series.size(); ++j) out.score += (series[j] > series[i]) - (series[j] < series[i]);
    const auto spread = [](double n) { return n * (n - 1) * (2 * n + 5); };
    std::vector<double> sorted = series;
    std::sort(sorted.begin(), sorted.end());
    double sum = spread(static_cast<double>(series.size()));
    for (auto begin = sorted.begin(); begin != sorted.end();) {
        const auto end = std::find_if(begin, sorted.end(), [begin](double each) { return each != *begin; });
        out.ties = out.ties || end - begin > 1;
        sum -= spread(static_cast<double>(end - begin));
        begin = end;
    }
    out.variance = sum / 18;
    return out;
}

double normal_p(double score, double variance) {
    if (variance <= 0 || score == 0) return 1;
    return std::erfc((std::abs(score) - 1) / std::sqrt(variance) / std::sqrt(2.0));  // a step of the score is 2: half of it is given away
}

}  // namespace

double mann_kendall_p(const std::vector<double>& series) {
    constexpr std::size_t exact_up_to = 12;
    if (series.size() < 3) return 1;
    const Kendall found = kendall(series);
    if (found.ties || series.size() > exact_up_to) return normal_p(found.score, found.variance);
    // Orders of n values by their number of inversions, value by value.
    std::vector<double> orders{1};
    for (std::size_t n = 2; n <= series.size(); ++n) {
        std::vector<double> more(orders.size() + n - 1, 0);
        for (std::size_t i = 0; i < orders.size(); ++i)
            for (std::size_t shift = 0; shift < n; ++shift) more[i + shift] += orders[i];
        orders = std::move(more);
    }
    const double pairs = static_cast<double>(orders.size() - 1);
    double all = 0, as_far = 0;
    for (std::size_t inversions = 0; inversions < orders.size(); ++inversions) {
        all += orders[inversions];
        if (std::abs(pairs - 2 * static_cast<double>(inversions)) >= std::abs(found.score)) as_far += orders[inversions];
    }
    return as_far / all;
}

double seasonal_kendall_p(const std::vector<double>& series, std::size_t period) {
    double score = 0, variance = 0;
    for (std::size_t season = 0; season < period && season < series.size(); ++season) {
        std::vector<double> like;
        for (std::size_t i = season; i < series.size(); i += period) like.push_back(series[i]);
        const Kendall found = kendall(like);
        score += found.score;
        variance += found.variance;
    }
    return normal_p(score, variance);
}

double theil_sen(const std::vector<double>& series) {
    std::vector<double> slopes;
    for (std::size_t i = 0; i < series.size(); ++i)
        for (std::size_t j = i + 1; j < series.size(); ++j) slopes.push_back((series[j] - series[i]) / static_cast<double>(j - i));
    if (slopes.empty()) return 0;
    std::sort(slopes.begin(), slopes.end());
    return quantile(slopes, 0.5);
}

double equal_counts_p(std::uint64_t first, std::uint64_t second) {
    const std::uint64_t all = first + second, less = std::min(first, second);
    if (all == 0 || first == second) return 1;
    double below = 0;
    for (std::uint64_t k = 0; k <= less; ++k)
        below += std::exp(std::lgamma(static_cast<double>(all) + 1) - std::lgamma(static_cast<double>(k) + 1) - std::lgamma(static_cast<double>(all - k) + 1) -
                          static_cast<double>(all) * std::log(2.0));
    return std::min(1.0, 2 * below);
}

std::vector<bool> hold_together(const std::vector<double>& p_values, double false_share) {
    std::vector<double> sorted = p_values;
    std::sort(sorted.begin(), sorted.end());
    double limit = -1;
    for (std::size_t i = 0; i < sorted.size(); ++i)
        if (sorted[i] <= false_share * static_cast<double>(i + 1) / static_cast<double>(sorted.size())) limit = sorted[i];
    std::vector<bool> out;
    for (const double p : p_values) out.push_back(p <= limit);
    return out;
}

std::optional<double> gini(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    double sum = 0, weighted = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += values[i];
        weighted += static_cast<double>(i + 1) * values[i];
    }
    const double n = static_cast<double>(values.size());
    if (sum <= 0) return std::nullopt;
    return 2 * weighted / (n * sum) - (n + 1) / n;
}

}  // namespace secateur

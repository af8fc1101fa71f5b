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

}  // namespace secateur

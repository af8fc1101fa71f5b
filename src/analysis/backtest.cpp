// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/backtest.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "analysis/answers.hpp"
#include "analysis/audit.hpp"
#include "analysis/participation.hpp"
#include "analysis/rounding.hpp"
#include "analysis/statistics.hpp"

namespace secateur {
namespace {

using std::chrono::days;

constexpr std::array all_scores{Score::p, Score::p_own_dates, Score::decayed_weeks, Score::recency, Score::posts_90_days};

std::optional<Share> rounded(std::optional<Share> share) {
    round_four(share);
    return share;
}

/// A score and what followed.
struct Scored {
    double value = 0;
    bool active = false;
};

std::size_t active_among(const std::vector<Scored>& list) {
    return static_cast<std::size_t>(std::count_if(list.begin(), list.end(), [](const Scored& each) { return each.active; }));
}

/// Calls back with [first, last) of equal values of an ordered list.
template <class Visit>
void for_each_tie(const std::vector<Scored>& ordered, Visit&& visit) {
    for (std::size_t first = 0, last = 0; first < ordered.size(); first = last) {
        last = first;
        std::size_t active = 0;
        for (; last < ordered.size() && ordered[last].value == ordered[first].value; ++last) active += ordered[last].active;
        visit(first, last, active);
    }
}

std::optional<double> auc(std::vector<Scored> list) {
    const double active = static_cast<double>(active_among(list)), silent = static_cast<double>(list.size()) - active;
    if (active == 0 || silent == 0) return std::nullopt;
    std::sort(list.begin(), list.end(), [](const Scored& a, const Scored& b) { return a.value < b.value; });
    double ranks = 0;
    for_each_tie(list, [&](std::size_t first, std::size_t last, std::size_t hits) {
        ranks += static_cast<double>(first + last + 1) / 2 * static_cast<double>(hits);
    });
    return (ranks - active * (active + 1) / 2) / (active * silent);
}

std::optional<double> average_precision(std::vector<Scored> list) {
    const std::size_t active = active_among(list);
    if (active == 0) return std::nullopt;
    std::sort(list.begin(), list.end(), [](const Scored& a, const Scored& b) { return a.value > b.value; });
    double sum = 0;
    std::size_t found = 0;
    for_each_tie(list, [&](std::size_t, std::size_t last, std::size_t hits) {
        found += hits;
        sum += static_cast<double>(hits) * static_cast<double>(found) / static_cast<double>(last);
    });
    return sum / static_cast<double>(active);
}

std::optional<double> ndcg(std::vector<Scored> list, std::size_t depth) {
    const std::size_t active = active_among(list);
    if (active == 0) return std::nullopt;
    std::sort(list.begin(), list.end(), [](const Scored& a, const Scored& b) { return a.value > b.value; });
    const auto gain = [depth](std::size_t place) { return place < depth ? 1 / std::log2(static_cast<double>(place) + 2) : 0; };
    double got = 0, best = 0;
    for_each_tie(list, [&](std::size_t first, std::size_t last, std::size_t hits) {
        double places = 0;
        for (std::size_t place = first; place < last; ++place) places += gain(place);
        got += places * static_cast<double>(hits) / static_cast<double>(last - first);
    });
    for (std::size_t place = 0; place < active; ++place) best += gain(place);
    return got / best;
}

double logistic(double z) { return 1 / (1 + std::exp(-z)); }

/// Mean squared error of probabilities.
double brier(const std::vector<Scored>& list) {
    double sum = 0;
    for (const Scored& each : list) sum += std::pow(each.value - (each.active ? 1 : 0), 2);
    return sum / static_cast<double>(list.size());
}

/// The logistic curve that fits best, by Newton's method: what turns any score into a probability, as kindly as can be.
std::vector<Scored> as_probabilities(std::vector<Scored> list) {
    double mean = 0, spread = 0;
    for (const Scored& each : list) mean += each.value / static_cast<double>(list.size());
    for (const Scored& each : list) spread += std::pow(each.value - mean, 2) / static_cast<double>(list.size());
    spread = spread > 0 ? std::sqrt(spread) : 1;
    double base = 0, slope = 0;
    for (int step = 0; step < 25; ++step) {
        constexpr double ridge = 1e-6;  // keeps the curve finite where a score separates all cases
        double g0 = -ridge * base, g1 = -ridge * slope, h00 = ridge, h01 = 0, h11 = ridge;
        for (const Scored& each : list) {
            const double x = (each.value - mean) / spread, p = logistic(base + slope * x), w = p * (1 - p);
            const double off = (each.active ? 1 : 0) - p;
            g0 += off;
            g1 += off * x;
            h00 += w;
            h01 += w * x;
            h11 += w * x * x;
        }
        const double determinant = h00 * h11 - h01 * h01;
        if (!(determinant > 0)) break;
        base += std::clamp((h11 * g0 - h01 * g1) / determinant, -2.0, 2.0);
        slope += std::clamp((h00 * g1 - h01 * g0) / determinant, -2.0, 2.0);
    }
    for (Scored& each : list) each.value = logistic(base + slope * (each.value - mean) / spread);
    return list;
}

ScoreQuality quality(const std::vector<BacktestCase>& cases, Score score) {
    std::vector<Scored> all;
    std::map<std::size_t, std::vector<Scored>> lists;
    for (const BacktestCase& each : cases) {
        all.push_back({each.value(score), each.followed > 0});
        lists[each.list].push_back(all.back());
    }
    ScoreQuality out{.score = score};
    out.auc = four_decimals(auc(all));
    if (const auto area = auc(all)) {  // Hanley and McNeil 1982
        const double a = *area, active = static_cast<double>(active_among(all)), silent = static_cast<double>(all.size()) - active;
        const double variance = (a * (1 - a) + (active - 1) * (a / (2 - a) - a * a) + (silent - 1) * (2 * a * a / (1 + a) - a * a)) / (active * silent);
        const double half = 1.96 * std::sqrt(std::max(0.0, variance));
        out.auc_low = four_decimals(std::max(0.0, a - half));
        out.auc_high = four_decimals(std::min(1.0, a + half));
    }
    out.average_precision = four_decimals(average_precision(all));
    const auto mean_over_lists = [&](auto&& measure) -> std::optional<double> {
        double sum = 0, count = 0;
        for (const auto& [list, scored] : lists)
            if (const std::optional<double> found = measure(scored)) {
                sum += *found;
                ++count;
            }
        return count > 0 ? std::optional(four_decimals(sum / count)) : std::nullopt;
    };
    out.auc_per_list = mean_over_lists([](const std::vector<Scored>& list) { return auc(list); });
    out.ndcg5 = mean_over_lists([](const std::vector<Scored>& list) { return ndcg(list, 5); });
    const bool is_probability = score == Score::p || score == Score::p_own_dates;
    if (!all.empty()) out.brier = four_decimals(brier(is_probability ? all : as_probabilities(all)));
    return out;
}

}  // namespace

std::string_view to_string(Score score) {
    switch (score) {
        case Score::p: return "p";
        case Score::p_own_dates: return "p_own_dates";
        case Score::decayed_weeks: return "decayed_weeks";
        case Score::recency: return "recency";
        case Score::posts_90_days: return "posts_90_days";
    }
    return "";
}

double BacktestCase::value(Score score) const {
    switch (score) {
        case Score::p: return p;
        case Score::p_own_dates: return p_own_dates;
        case Score::decayed_weeks: return decayed_weeks;
        case Score::recency: return recency;
        case Score::posts_90_days: return posts_90_days;
    }
    return 0;
}

void Backtest::add(const std::vector<BacktestMembership>& memberships, Instant cut_off, std::optional<Instant> account_last) {
    add({Account{account_last, memberships}}, cut_off);
}

void Backtest::add(const std::vector<Account>& accounts, Instant cut_off) {
    const auto known = [&](const BacktestMembership& each) {
        return each.acts.first(static_cast<std::size_t>(std::lower_bound(each.acts.begin(), each.acts.end(), cut_off) - each.acts.begin()));
    };
    std::size_t lively = 0;
    for (const Account& account : accounts)
        for (const BacktestMembership& each : account.memberships) {
            const auto before = known(each);
            lively += !before.empty() && before.back() >= cut_off - days(365);
        }
    if (lively < protocol_.least_groups) return;
    for (const Account& account : accounts) {
        std::optional<Instant> account_last = account.last;
        for (const BacktestMembership& each : account.memberships)
            if (const auto before = known(each); !before.empty())
                account_last = account_last ? std::max(*account_last, before.back()) : before.back();
        for (const BacktestMembership& each : account.memberships) {
            const auto before = known(each);
            if (before.empty()) continue;
            const std::vector<Instant> acts(before.begin(), before.end());
            const auto own = participation(acts, account_last, cut_off, policy_);
            const auto whole = participation(acts, account_last, cut_off, policy_, each.people_90d);
            const auto count = [&](Instant begin, Instant end) {
                return static_cast<std::uint64_t>(std::lower_bound(each.acts.begin(), each.acts.end(), end) -
                                                  std::lower_bound(each.acts.begin(), each.acts.end(), begin));
            };
            cases_.push_back({.group = each.group, .cut_off = cut_off, .list = lists_, .p = whole->probability, .p_own_dates = own->probability,
                              .decayed_weeks = own->active_weeks_decayed, .recency = -static_cast<double>(own->days_since_here),
                              .posts_90_days = static_cast<double>(count(cut_off - days(90), cut_off)), .people_known = each.people_90d.has_value(),
                              .followed = count(cut_off, cut_off + protocol_.step)});
        }
    }
    ++lists_;
}

BacktestReport Backtest::report() const {
    BacktestReport out;
    out.needed = protocol_.least_cases;
    std::map<Instant, CutOff, std::greater<>> cut_offs;
    std::set<std::string> groups;
    std::set<std::size_t> lists;
    std::uint64_t followed = 0;
    for (const BacktestCase& each : cases_) {
        CutOff& at = cut_offs[each.cut_off];
        at.date = date_of(each.cut_off - std::chrono::seconds(1));
        ++at.cases;
        at.active += each.followed > 0;
        ++out.cases;
        out.active += each.followed > 0;
        out.with_people += each.people_known;
        followed += each.followed;
        groups.insert(each.group);
        lists.insert(each.list);
    }
    for (const auto& [instant, each] : cut_offs) out.cut_offs.push_back(each);
    out.groups = groups.size();
    out.lists = lists.size();
    out.enough = std::min(out.active, out.cases - out.active) >= protocol_.least_cases;
    if (!out.enough) return out;

    for (const Score score : all_scores)
        if (score != Score::p_own_dates || out.with_people > 0) out.scores.push_back(quality(cases_, score));
    for (int tenth = 0; tenth < 10; ++tenth) {
        CalibrationRow row{.from = tenth / 10.0, .to = (tenth + 1) / 10.0};
        double said = 0;
        std::uint64_t active = 0;
        for (const BacktestCase& each : cases_) {
            if (std::min(9, static_cast<int>(each.p * 10)) != tenth) continue;
            ++row.cases;
            said += each.p;
            active += each.followed > 0;
        }
        if (row.cases == 0) continue;
        row.said = four_decimals(said / static_cast<double>(row.cases));
        if (row.cases >= protocol_.least_in_row) row.followed = rounded(share_of(active, row.cases));
        out.calibration.push_back(row);
    }
    std::set<double> thresholds{0.05, 0.10, 0.20, 0.30, policy_.leave_probability};
    for (const double threshold : thresholds) {
        ThresholdRow row{.threshold = threshold, .followed = followed};
        std::uint64_t silent = 0;
        for (const BacktestCase& each : cases_) {
            if (each.p >= threshold) continue;
            ++row.named;
            silent += each.followed == 0;
            row.lost += each.followed;
        }
        if (row.named >= protocol_.least_in_row) row.right = rounded(share_of(silent, row.named));
        out.thresholds.push_back(row);
    }
    for (const BacktestCase& each : cases_)
        if (each.p < policy_.leave_probability && each.followed > 0)
            out.regrets.push_back({each.group, date_of(each.cut_off - std::chrono::seconds(1)), four_decimals(each.p), each.followed});
    std::sort(out.regrets.begin(), out.regrets.end(), [](const Regret& a, const Regret& b) {
        return std::tie(b.followed, b.cut_off, a.group) < std::tie(a.followed, a.cut_off, b.group);
    });
    if (out.regrets.size() > 5) out.regrets.resize(5);
    return out;
}

BacktestReport backtest(const BacktestInputs& inputs, const Policy& policy, const BacktestProtocol& protocol, Date as_of) {
    // What is known today: when I wrote, and for which time the data hold it.
    struct Known {
        GroupHistory history;  // without its words and people
        std::vector<Instant> acts;
    };
    std::map<std::string, Known> known;
    std::set<std::string> unattributed;
    std::optional<Instant> end;
    const Instant as_of_at = as_of_instant(as_of, inputs.zone);
    inputs.histories(as_of, [&](const GroupHistory& group) {
        if (group.kind == GroupKind::direct || group.acts.empty()) return;
        const HerAnswers answers = her_answers(group.answers, as_of, policy);
        if (answers.scope && (answers.scope->value == Scope::personal || answers.scope->value == Scope::duty)) return;
        if (answers.purpose && answers.purpose->value == Purpose::support) return;
        if (group.source_has_unattributed) {
            unattributed.insert(group.id);
            return;
        }
        Known& one = known[group.id];
        for (const MyAct& act : group.acts) one.acts.push_back(act.at);
        std::sort(one.acts.begin(), one.acts.end());
        one.history.coverage = group.coverage;
        one.history.first_record = group.first_record;
        one.history.last_record = group.last_record;
        one.history.account_last_seen = group.account_last_seen;
        const DataClock clock = data_clock(group, as_of_at, policy);
        if (clock.end_known) end = end ? std::max(*end, clock.now) : clock.now;
    });

    Backtest test(policy, protocol);
    std::uint64_t uncovered = 0;
    for (std::size_t i = 1; end && i <= protocol.cut_offs; ++i) {
        const Date day = local_date(*end, inputs.zone) - days(1) - static_cast<int>(i) * protocol.step;
        const Instant cut_off = as_of_instant(day, inputs.zone) + std::chrono::seconds(1);
        std::map<std::string, Backtest::Account> accounts;
        inputs.histories(day, [&](const GroupHistory& then) {
            const auto found = known.find(then.id);
            if (found == known.end() || then.acts.empty() || then.state == MemberState::left) return;
            if (!is_covered(found->second.history, {CoverageKind::own_only, CoverageKind::full}, cut_off, cut_off + protocol.step)) {
                ++uncovered;
                return;
            }
            Backtest::Account& account = accounts[then.platform];
            account.last = then.account_last_act;
            account.memberships.push_back(
                {.group = then.id, .acts = found->second.acts, .people_90d = people_active(then, data_clock(then, cut_off - std::chrono::seconds(1), policy))});
        });
        std::vector<Backtest::Account> list;
        for (auto& [platform, account] : accounts) {
            std::sort(account.memberships.begin(), account.memberships.end(),
                      [](const BacktestMembership& a, const BacktestMembership& b) { return a.group < b.group; });
            list.push_back(std::move(account));
        }
        test.add(list, cut_off);
    }
    BacktestReport out = test.report();
    out.unattributed = unattributed.size();
    out.uncovered = uncovered;
    return out;
}

}  // namespace secateur

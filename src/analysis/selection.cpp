// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/selection.hpp"

#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <queue>

namespace secateur {
namespace {

constexpr double tiny = 1e-7;  // smaller differences of value are rounding

/// What is left uncovered of each objective, after some groups were chosen.
class Remainder {
public:
    explicit Remainder(const SelectionProblem& problem) : problem_(problem), uncovered_(problem.weights) {}

    [[nodiscard]] double gain(const Choice& choice) const {
        double sum = choice.value;
        for (std::size_t o = 0; o < uncovered_.size(); ++o) sum += uncovered_[o] * choice.serves[o];
        return sum;
    }
    void take(const Choice& choice) {
        for (std::size_t o = 0; o < uncovered_.size(); ++o) uncovered_[o] *= 1 - choice.serves[o];
    }

private:
    const SelectionProblem& problem_;
    std::vector<double> uncovered_;
};

/// What the groups could still add, were they divisible: with what is already had, nothing can be worth more. Whatever price is set on a
/// minute, the best groups at that price, as many as there are places, bound it from above; the lowest such bound is looked for.
double divisible_gain(const SelectionProblem& problem, const Remainder& had) {
    std::vector<std::pair<double, double>> gains;  // gain, minutes
    double dearest = 0;
    for (const Choice& each : problem.choices) {
        gains.emplace_back(had.gain(each), each.minutes);
        if (each.minutes > 0) dearest = std::max(dearest, gains.back().first / each.minutes);
    }
    std::vector<double> net(gains.size());
    const auto bound = [&](double price) {
        std::ranges::transform(gains, net.begin(), [&](const auto& each) { return std::max(0.0, each.first - price * each.second); });
        const std::size_t places = std::min(problem.places, net.size());
        std::ranges::nth_element(net, net.begin() + static_cast<std::ptrdiff_t>(places), std::ranges::greater{});
        return std::accumulate(net.begin(), net.begin() + static_cast<std::ptrdiff_t>(places), price * problem.minutes);
    };
    double low = 0, high = dearest, best = std::min(bound(low), bound(high));
    for (int i = 0; i < 30; ++i) {  // the bound bends up: a third can be cut off each time
        const double left = low + (high - low) / 3, right = high - (high - low) / 3, at_left = bound(left), at_right = bound(right);
        best = std::min({best, at_left, at_right});
        (at_left < at_right ? high : low) = at_left < at_right ? right : left;
    }
    return best;
}

/// By gain alone, by gain a minute, by gain a part of both limits.
enum class Order { gain, minute, limits };

Selection greedy(const SelectionProblem& problem, Order order) {
    struct Offer {
        double merit;
        std::size_t choice;
        std::size_t seen;  // how many were chosen when the merit was computed
        bool operator<(const Offer& other) const {
            return merit != other.merit ? merit < other.merit : choice > other.choice;
        }
    };
    Remainder had(problem);
    const auto merit = [&](std::size_t i) {
        const double gain = had.gain(problem.choices[i]);
        const double minutes = std::max(problem.choices[i].minutes, 0.1);
        if (order == Order::gain) return gain;
        if (order == Order::minute) return gain / minutes;
        return gain / (minutes / std::max(problem.minutes, 0.1) + 1 / static_cast<double>(problem.places));
    };
    std::priority_queue<Offer> offers;
    for (std::size_t i = 0; i < problem.choices.size(); ++i) offers.push({merit(i), i, 0});
    Selection out{.chosen = std::vector<bool>(problem.choices.size())};
    out.bound = divisible_gain(problem, had);
    double left = problem.minutes;
    std::size_t taken = 0;
    while (!offers.empty() && taken < problem.places) {
        const Offer best = offers.top();
        offers.pop();
        const Choice& choice = problem.choices[best.choice];
        if (choice.minutes > left + tiny) continue;
        if (best.seen < taken) {  // its gain may have shrunk since
            offers.push({merit(best.choice), best.choice, taken});
            continue;
        }
        const double gain = had.gain(choice);
        if (gain <= tiny) break;
        had.take(choice);
        out.value += gain;
        left -= choice.minutes;
        out.chosen[best.choice] = true;
        ++taken;
    }
    out.bound = std::min(out.bound, out.value + divisible_gain(problem, had));
    return out;
}

/// One chosen group changed for another while that gains anything; then whatever still fits.
void exchange(const SelectionProblem& problem, Selection& selection) {
    const std::size_t count = problem.choices.size();
    for (bool better = true; better;) {
        better = false;
        double minutes = 0;
        std::size_t taken = 0;
        for (std::size_t i = 0; i < count; ++i)
            if (selection.chosen[i]) {
                minutes += problem.choices[i].minutes;
                ++taken;
            }
        double best = selection.value + tiny;
        std::size_t out = count, in = count;
        for (std::size_t i = 0; i <= count; ++i) {  // count: nothing goes
            if (i < count ? !selection.chosen[i] : taken >= problem.places) continue;
            Remainder had(problem);
            double value = 0;
            for (std::size_t k = 0; k < count; ++k)
                if (selection.chosen[k] && k != i) {
                    value += had.gain(problem.choices[k]);
                    had.take(problem.choices[k]);
                }
            const double left = problem.minutes - minutes + (i < count ? problem.choices[i].minutes : 0);
            for (std::size_t j = 0; j < count; ++j) {
                if (selection.chosen[j] || problem.choices[j].minutes > left + tiny) continue;
                const double now = value + had.gain(problem.choices[j]);
                if (now <= best) continue;
                best = now;
                out = i;
                in = j;
                better = true;
            }
        }
        if (!better) break;
        if (out < count) selection.chosen[out] = false;
        selection.chosen[in] = true;
        selection.value = value_of(problem, selection.chosen);
    }
}

/// The same question to GLPK. One column a group; for each objective its depth t = sum of -ln(1 - r), a column, and its cover u, a column
/// held under tangents of weight x (1 - e^-t). The curve bends down, so tangents never cut off a set, and one at each set that is found
/// makes the next answer exact there.
class Program {
public:
    explicit Program(const SelectionProblem& problem)
        : problem_(problem), lp_(glp_create_prob()), groups_(static_cast<int>(problem.choices.size())),
          objectives_(static_cast<int>(problem.weights.size())) {
        glp_term_out(GLP_OFF);
        glp_set_obj_dir(lp_.get(), GLP_MAX);
        columns();
        rows();
        for (int o = 0; o < objectives_; ++o)
            for (const double depth : {0.0, 0.4, 0.9, 1.6, 2.6, 4.0}) tangent(o, depth);
    }

    Selection solve(const Selection& known) {
        best_ = known;
        best_.bound = relax();
        for (int round = 0; round < 8; ++round) {
            if (best_.bound <= best_.value + tiny || !touch(depths(Kind::relaxed))) break;
            best_.bound = std::min(best_.bound, relax());
        }
        // With the rest at its best, moving such a group alone would cost more than there is to win.
        for (int g = 0; g < groups_; ++g) {
            const double cost = std::abs(glp_get_col_dual(lp_.get(), 1 + g));
            const bool at_bound = glp_get_col_stat(lp_.get(), 1 + g) != GLP_BS;
            if (!at_bound || best_.bound - cost > best_.value + tiny) continue;
            const double stays = std::round(glp_get_col_prim(lp_.get(), 1 + g));
            glp_set_col_bnds(lp_.get(), 1 + g, GLP_FX, stays, stays);
        }
        while (best_.bound > best_.value + tiny) {
            glp_iocp options;
            glp_init_iocp(&options);
            options.msg_lev = GLP_MSG_OFF;
            options.pp_tech = GLP_PP_NONE;
            if (glp_intopt(lp_.get(), &options) != 0 || glp_mip_status(lp_.get()) != GLP_OPT) break;  // the bound of the relaxation stays
            Selection found{.chosen = std::vector<bool>(problem_.choices.size())};
            for (int g = 0; g < groups_; ++g) found.chosen[static_cast<std::size_t>(g)] = glp_mip_col_val(lp_.get(), 1 + g) > 0.5;
            found.value = value_of(problem_, found.chosen);
            if (found.value > best_.value) {
                best_.chosen = found.chosen;
                best_.value = found.value;
            }
            best_.bound = std::max(best_.value, std::min(best_.bound, glp_mip_obj_val(lp_.get())));
            if (!touch(depths(Kind::whole))) best_.bound = best_.value;  // the answer lies on the curves: it is the optimum
            else relax();
        }
        return best_;
    }

private:
    enum class Kind { relaxed, whole };
    struct Free {
        void operator()(glp_prob* problem) const { glp_delete_prob(problem); }
    };

    int depth_column(int o) const { return 1 + groups_ + 2 * o; }
    int cover_column(int o) const { return depth_column(o) + 1; }

    void columns() {
        glp_add_cols(lp_.get(), groups_ + 2 * objectives_);
        for (int g = 0; g < groups_; ++g) {
            glp_set_col_kind(lp_.get(), 1 + g, GLP_BV);
            glp_set_obj_coef(lp_.get(), 1 + g, problem_.choices[static_cast<std::size_t>(g)].value);
        }
        for (int o = 0; o < objectives_; ++o) {
            glp_set_col_bnds(lp_.get(), depth_column(o), GLP_LO, 0, 0);
            glp_set_col_bnds(lp_.get(), cover_column(o), GLP_LO, 0, 0);
            glp_set_obj_coef(lp_.get(), cover_column(o), 1);
        }
    }

    void row(int kind, double least, double most, const std::vector<int>& at, const std::vector<double>& values) {
        const int number = glp_add_rows(lp_.get(), 1);
        glp_set_row_bnds(lp_.get(), number, kind, least, most);
        glp_set_mat_row(lp_.get(), number, static_cast<int>(at.size()) - 1, at.data(), values.data());
    }

    /// GLPK counts from one: the first element of each list is not read.
    void rows() {
        std::vector<int> at(1);
        std::vector<double> minutes(1), ones(1);
        for (int g = 0; g < groups_; ++g) {
            at.push_back(1 + g);
            minutes.push_back(problem_.choices[static_cast<std::size_t>(g)].minutes);
            ones.push_back(1);
        }
        row(GLP_UP, 0, problem_.minutes, at, minutes);
        if (problem_.places < problem_.choices.size()) row(GLP_UP, 0, static_cast<double>(problem_.places), at, ones);
        for (int o = 0; o < objectives_; ++o) {
            std::vector<int> here{0, depth_column(o)};
            std::vector<double> values{0, -1};
            for (int g = 0; g < groups_; ++g)
                if (const double depth = depth_of(g, o); depth > 0) {
                    here.push_back(1 + g);
                    values.push_back(depth);
                }
            row(GLP_FX, 0, 0, here, values);
        }
    }

    double depth_of(int g, int o) const {
        return -std::log1p(-problem_.choices[static_cast<std::size_t>(g)].serves[static_cast<std::size_t>(o)]);
    }

    /// u <= w (1 - e^-d) + w e^-d (t - d)
    void tangent(int o, double depth) {
        const double weight = problem_.weights[static_cast<std::size_t>(o)], slope = weight * std::exp(-depth);
        row(GLP_UP, 0, weight - slope - slope * depth, {0, cover_column(o), depth_column(o)}, {0, 1, -slope});
        touched_[static_cast<std::size_t>(o)].push_back(depth);
    }

    std::vector<double> depths(Kind kind) const {
        std::vector<double> out(static_cast<std::size_t>(objectives_));
        for (int g = 0; g < groups_; ++g) {
            const double part = kind == Kind::whole ? std::round(glp_mip_col_val(lp_.get(), 1 + g)) : glp_get_col_prim(lp_.get(), 1 + g);
            if (part > 0)
                for (int o = 0; o < objectives_; ++o) out[static_cast<std::size_t>(o)] += part * depth_of(g, o);
        }
        return out;
    }

    /// Tangents at these depths; false when every objective lies on its curve there already.
    bool touch(const std::vector<double>& depths) {
        bool any = false;
        for (int o = 0; o < objectives_; ++o) {
            const auto index = static_cast<std::size_t>(o);
            const double curve = problem_.weights[index] * -std::expm1(-depths[index]);
            double line = problem_.weights[index];
            for (const double at : touched_[index])
                line = std::min(line, problem_.weights[index] * (1 - std::exp(-at) * (1 + at - depths[index])));
            if (line <= curve + tiny / 10) continue;
            tangent(o, depths[index]);
            any = true;
        }
        return any;
    }

    double relax() {
        glp_smcp options;
        glp_init_smcp(&options);
        options.msg_lev = GLP_MSG_OFF;
        options.meth = GLP_DUALP;  // new rows leave the old basis dual feasible
        glp_simplex(lp_.get(), &options);
        return glp_get_obj_val(lp_.get());
    }

    const SelectionProblem& problem_;
    std::unique_ptr<glp_prob, Free> lp_;
    const int groups_, objectives_;
    std::vector<std::vector<double>> touched_ = std::vector<std::vector<double>>(problem_.weights.size());
    Selection best_;
};

/// What adds nothing, because others cover it all, is not chosen.
void drop_idle(const SelectionProblem& problem, Selection& selection) {
    for (std::size_t i = 0; i < selection.chosen.size(); ++i) {
        if (!selection.chosen[i]) continue;
        selection.chosen[i] = false;
        if (value_of(problem, selection.chosen) < selection.value - tiny) selection.chosen[i] = true;
    }
}

}  // namespace

double value_of(const SelectionProblem& problem, const std::vector<bool>& chosen) {
    Remainder had(problem);
    double sum = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (!chosen[i]) continue;
        sum += had.gain(problem.choices[i]);
        had.take(problem.choices[i]);
    }
    return sum;
}

Selection select_greedily(const SelectionProblem& problem) {
    Selection best;
    double bound = std::numeric_limits<double>::infinity();
    for (const Order order : {Order::minute, Order::gain, Order::limits}) {
        Selection one = greedy(problem, order);
        bound = std::min(bound, one.bound);
        exchange(problem, one);
        one.value = value_of(problem, one.chosen);  // summed in the order of the choices, whatever the order of choosing
        if (best.chosen.empty() || one.value > best.value + tiny) best = std::move(one);
    }
    best.bound = std::max(best.value, bound);
    return best;
}

Selection select_exactly(const SelectionProblem& problem) {
    Selection best = select_greedily(problem);
    if (best.bound > best.value + tiny) best = Program(problem).solve(best);
    drop_idle(problem, best);
    best.value = value_of(problem, best.chosen);
    return best;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// How well P foretells who takes part again, over a whole community: the code of `secateur backtest`, for everybody in it.
// `backtest_corpus EVENTS.csv [policy_member=value]...`, columns user,group,utc,kind; a compressed file through `zcat ... |` and -.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/backtest.hpp"
#include "base/text.hpp"
#include "model/record.hpp"

namespace {

using namespace secateur;

struct Event {
    Instant at{};
    std::size_t user = 0;
};

struct Corpus {
    std::map<std::string, std::map<std::string, std::vector<Instant>>> people;  // user -> group -> acts
    std::map<std::string, std::vector<Event>> groups;                           // by time
    Instant last{};
};

Corpus read_corpus(std::istream& file) {
    std::map<std::string, std::size_t> columns, users;
    Corpus corpus;
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        const auto cells = split(std::string_view(line), ',');
        if (columns.empty()) {
            for (std::size_t i = 0; i < cells.size(); ++i) columns.emplace(trim(cells[i]), i);
            for (const char* wanted : {"user", "group", "utc", "kind"})
                if (!columns.contains(wanted)) throw std::runtime_error(fmt::format("no column {}", wanted));
            continue;
        }
        if (trim(line).empty()) continue;
        const auto cell = [&](const char* name) { return cells.size() > columns.at(name) ? cells[columns.at(name)] : std::string_view(); };
        const auto utc = parse_number(cell("utc"));
        const auto kind = parse_activity_kind(cell("kind"));
        if (!utc || !kind) throw std::runtime_error(fmt::format("line {}: no time or kind", number));
        if (!is_act(*kind)) continue;
        const Instant at{std::chrono::seconds(static_cast<std::int64_t>(*utc))};
        const std::string user(cell("user")), group(cell("group"));
        corpus.people[user][group].push_back(at);
        corpus.groups[group].push_back({at, users.emplace(user, users.size()).first->second});
        corpus.last = std::max(corpus.last, at);
    }
    if (corpus.people.empty()) throw std::runtime_error("no events");
    for (auto& [user, groups] : corpus.people)
        for (auto& [group, acts] : groups) std::sort(acts.begin(), acts.end());
    for (auto& [group, events] : corpus.groups)
        std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
    return corpus;
}

Backtest run(const Corpus& corpus, const Policy& policy, const BacktestProtocol& protocol) {
    Backtest test(policy, protocol);
    for (std::size_t i = 1; i <= protocol.cut_offs; ++i) {
        const Instant cut_off = corpus.last - static_cast<int>(i) * protocol.step, since = cut_off - std::chrono::days(90);
        std::map<std::string, std::uint64_t> authors;  // in the 90 days before
        for (const auto& [group, events] : corpus.groups) {
            std::set<std::size_t> found;
            const auto first = std::lower_bound(events.begin(), events.end(), since, [](const Event& e, Instant at) { return e.at < at; });
            for (auto each = first; each != events.end() && each->at < cut_off; ++each) found.insert(each->user);
            authors[group] = found.size();
        }
        for (const auto& [user, groups] : corpus.people) {
            std::vector<BacktestMembership> memberships;
            for (const auto& [group, acts] : groups) {
                const auto mine = std::lower_bound(acts.begin(), acts.end(), since);
                const bool wrote = mine != acts.end() && *mine < cut_off;
                memberships.push_back({.group = user + '/' + group, .acts = acts, .people_90d = authors.at(group) - wrote});
            }
            test.add(memberships, cut_off);
        }
    }
    return test;
}

std::string figure(const std::optional<double>& value) { return value ? fmt::format("{:.3f}", *value) : std::string("-"); }

void print(const BacktestReport& report) {
    constexpr std::pair<Score, const char*> names[] = {{Score::p_own_dates, "P, own dates only"},
                                                       {Score::p, "P with the others active"},
                                                       {Score::decayed_weeks, "decayed active weeks"},
                                                       {Score::recency, "recency"},
                                                       {Score::posts_90_days, "posts in 90 days"}};
    fmt::print("{} memberships at {} cut-offs, {} followed by an act, {} rankings\n", report.cases, report.cut_offs.size(), report.active,
               report.lists);
    if (!report.enough) {
        fmt::print("not enough: {} of each outcome are needed\n", report.needed);
        return;
    }
    fmt::print("{:26} {:>7} {:>7} {:>15} {:>7} {:>7}\n", "", "AUC", "AP", "per-person AUC", "nDCG@5", "Brier");
    for (const auto& [score, name] : names)
        for (const ScoreQuality& each : report.scores)
            if (each.score == score)
                fmt::print("{:26} {:>7} {:>7} {:>15} {:>7} {:>7}{}\n", name, figure(each.auc), figure(each.average_precision),
                           figure(each.auc_per_list), figure(each.ndcg5), figure(each.brier),
                           score == Score::p || score == Score::p_own_dates ? "" : " (fitted here)");
    fmt::print("P with the others active said / followed:");
    for (const CalibrationRow& row : report.calibration)
        fmt::print("  {} {} ({})", figure(row.said), figure(row.followed ? std::optional(row.followed->value) : std::nullopt), row.cases);
    fmt::print("\n");
    for (const ThresholdRow& row : report.thresholds)
        fmt::print("leaving below {:.2f}: {} named, right {}, {:.1f} % of later posts lost\n", row.threshold, row.named,
                   figure(row.right ? std::optional(row.right->value) : std::nullopt),
                   row.followed > 0 ? 100.0 * static_cast<double>(row.lost) / static_cast<double>(row.followed) : 0.0);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        fmt::print(stderr, "backtest_corpus EVENTS.csv|- [policy_member=value]...\n");
        return 2;
    }
    try {
        Policy policy;
        for (int i = 2; i < count; ++i) {
            const std::string_view argument = arguments[i];
            const std::size_t equal = argument.find('=');
            if (equal == std::string_view::npos || !policy.set(argument.substr(0, equal), parse_number(argument.substr(equal + 1)).value_or(NAN)))
                throw std::runtime_error(fmt::format("not a member of Policy with a value it takes: {}", argument));
        }
        std::ifstream file;
        const bool from_input = std::string_view(arguments[1]) == "-";
        if (!from_input) file.open(arguments[1], std::ios::binary);
        if (!from_input && !file) throw std::runtime_error(fmt::format("cannot read {}", arguments[1]));
        print(run(read_corpus(from_input ? std::cin : file), policy, {.least_groups = 3}).report());
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
    return 0;
}

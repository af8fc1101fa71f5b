// SPDX-License-Identifier: GPL-3.0-or-later
// `backtest`: would P have been right about her own past? Scores, calibration, and what leaving below a threshold would have cost.
#include "analysis/backtest.hpp"

#include <fmt/format.h>

#include <map>

#include "base/text.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"

namespace secateur::cli {
namespace {

void share_json(JsonText& json, std::string_view name, const std::optional<Share>& share) {
    json.key(name);
    if (!share) {
        json.null();
        return;
    }
    json.begin_object().member("part", share->part).member("all", share->all).number_member("value", share->value, 4);
    json.number_member("low", share->low, 4).number_member("high", share->high, 4).end_object();
}

void write_json(Session& session, const BacktestReport& report, const std::map<std::string, std::string>& names) {
    JsonText json;
    json.begin_object().member("schema", "secateur.backtest/1").member("as_of", session.as_of()).member("enough", report.enough);
    json.member("needed_of_each_outcome", report.needed).member("memberships", report.cases).member("followed_by_an_act", report.active);
    json.member("groups", report.groups).member("others_known", report.with_people).member("left_out_unattributed_groups", report.unattributed);
    json.member("left_out_uncovered", report.uncovered).key("cut_offs").begin_array();
    for (const CutOff& each : report.cut_offs)
        json.begin_object().member("date", each.date).member("memberships", each.cases).member("followed_by_an_act", each.active).end_object();
    json.end_array().key("scores").begin_array();
    for (const ScoreQuality& each : report.scores)
        json.begin_object().member("score", to_string(each.score)).number_member("auc", each.auc, 4).number_member("auc_low", each.auc_low, 4)
            .number_member("auc_high", each.auc_high, 4).number_member("average_precision", each.average_precision, 4)
            .number_member("auc_per_date", each.auc_per_list, 4).number_member("ndcg5", each.ndcg5, 4).number_member("brier", each.brier, 4).end_object();
    json.end_array().key("calibration").begin_array();
    for (const CalibrationRow& each : report.calibration) {
        json.begin_object().number_member("from", each.from, 1).number_member("to", each.to, 1).member("memberships", each.cases).number_member("said", each.said, 4);
        share_json(json, "followed", each.followed);
        json.end_object();
    }
    json.end_array().key("thresholds").begin_array();
    for (const ThresholdRow& each : report.thresholds) {
        json.begin_object().number_member("threshold", each.threshold, 4).member("named", each.named);
        share_json(json, "right", each.right);
        json.member("acts_lost", each.lost).member("acts_that_followed", each.followed).end_object();
    }
    json.end_array().key("regrets").begin_array();
    for (const Regret& each : report.regrets) {
        const auto name = names.find(each.group);
        json.begin_object().member("id", each.group).member("name", name == names.end() ? std::string() : name->second).member("date", each.cut_off)
            .number_member("probability", each.p, 4).member("acts_that_followed", each.followed).end_object();
    }
    json.end_array().end_object();
    session.out() << json.take();
}

Message name_of(Score score) {
    switch (score) {
        case Score::p: return msg("backtest.score_p");
        case Score::p_own_dates: return msg("backtest.score_p_own_dates");
        case Score::decayed_weeks: return msg("backtest.score_decayed_weeks");
        case Score::recency: return msg("backtest.score_recency");
        case Score::posts_90_days: return msg("backtest.score_posts_90_days");
    }
    return {};
}

class BacktestText {
public:
    BacktestText(Session& session, const std::map<std::string, std::string>& names) : session_(session), names_(names) {}

    void write(const BacktestReport& report) {
        session_.say(msg("backtest.head", arg("groups", report.groups), arg("dates", report.cut_offs.size()), arg("cases", report.cases), arg("active", report.active)));
        left_out(report);
        if (!report.enough) {
            session_.say(msg("backtest.too_little", arg("active", report.active), arg("silent", report.cases - report.active), arg("needed", report.needed)));
            session_.say(msg("backtest.too_little_hint"));
            return;
        }
        scores(report);
        calibration(report);
        thresholds(report);
        session_.out() << '\n';
        session_.say(msg("backtest.limits"));
    }

private:
    void title(const Message& message) {
        session_.out() << '\n';
        session_.say(message);
    }
    void row(const std::string& text) { session_.out() << "  " << for_terminal(text) << '\n'; }
    std::string cell(const Message& message, std::size_t width) { return pad(session_.text(message), width); }
    static std::string pad(std::string text, std::size_t width) {
        const std::size_t wide = display_width(text);
        return text + std::string(wide < width ? width - wide : 1, ' ');
    }
    std::string number(const std::optional<double>& value, int decimals = 2) const {
        return value ? render_number(*value, decimals, session_.language()) : std::string("-");
    }
    std::string percent(double value) const { return render_number(100 * value, 0, session_.language()); }

    void left_out(const BacktestReport& report) {
        if (report.unattributed > 0) session_.say(msg("backtest.unattributed", arg("count", report.unattributed)));
        if (report.uncovered > 0) session_.say(msg("backtest.uncovered", arg("count", report.uncovered)));
    }

    void scores(const BacktestReport& report) {
        title(msg("backtest.scores"));
        constexpr std::size_t name_width = 34, width = 12;
        row(pad("", name_width) + pad("AUC", width + 4) + cell(msg("backtest.precision"), width) + pad("nDCG@5", width) + "Brier");
        for (const ScoreQuality& each : report.scores)
            row(cell(name_of(each.score), name_width) + pad(number(each.auc) + " (" + number(each.auc_low) + "-" + number(each.auc_high) + ")", width + 4) +
                pad(number(each.average_precision), width) + pad(number(each.ndcg5), width) + number(each.brier, 3));
        const ScoreQuality* best = nullptr;
        for (const ScoreQuality& each : report.scores)
            if (each.score != Score::p && each.score != Score::p_own_dates && (!best || each.auc > best->auc)) best = &each;
        if (best && best->auc && report.scores.front().auc)
            row(session_.text(msg("backtest.in_words", arg("p", percent(*report.scores.front().auc)), arg("best", percent(*best->auc)),
                                  arg("name", session_.text(name_of(best->score))))));
    }

    void calibration(const BacktestReport& report) {
        title(msg("backtest.calibration"));
        for (const CalibrationRow& each : report.calibration) {
            const std::string range = number(each.from, 1) + " - " + number(each.to, 1);
            if (each.followed)
                row(session_.text(msg("backtest.calibration_row", arg("range", range), arg("cases", each.cases), arg("said", percent(*each.said)),
                                      arg("followed", percent(each.followed->value)), arg("low", percent(each.followed->low)), arg("high", percent(each.followed->high)))));
            else
                row(session_.text(msg("backtest.calibration_few", arg("range", range), arg("cases", each.cases))));
        }
    }

    void thresholds(const BacktestReport& report) {
        title(msg("backtest.thresholds"));
        for (const ThresholdRow& each : report.thresholds) {
            const std::string threshold = number(each.threshold);
            if (each.right)
                row(session_.text(msg("backtest.threshold_row", arg("threshold", threshold), arg("named", each.named), arg("cases", report.cases), arg("right", each.right->part),
                                      arg("lost", each.lost), arg("followed", each.followed))));
            else
                row(session_.text(msg("backtest.threshold_few", arg("threshold", threshold), arg("named", each.named))));
        }
        if (report.regrets.empty()) return;
        title(msg("backtest.regrets"));
        for (const Regret& each : report.regrets) {
            const auto name = names_.find(each.group);
            row(session_.text(msg("backtest.regret_row", arg("group", name == names_.end() || name->second.empty() ? each.group : name->second), arg("day", each.cut_off),
                                  arg("p", number(each.p)), arg("count", each.followed))));
        }
    }

    Session& session_;
    const std::map<std::string, std::string>& names_;
};

}  // namespace

int run_backtest(Session& session, const Arguments&) {
    BacktestInputs inputs;
    inputs.zone = session.zone();
    inputs.histories = [&](Date date, const std::function<void(const GroupHistory&)>& visit) {
        session.store().for_each_group(date, inputs.zone, [&](GroupHistory&& history) { visit(history); }, Reading::where_i_wrote);
    };
    // The profile has been checked when it was read.
    const BacktestReport report = backtest(inputs, policy_with(session.profile().policy).policy, {}, session.as_of());
    std::map<std::string, std::string> names;
    for (const GroupName& each : session.store().group_names()) names[each.id] = each.name;
    if (session.json()) write_json(session, report, names);
    else BacktestText(session, names).write(report);
    return 0;
}

}  // namespace secateur::cli

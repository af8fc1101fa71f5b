// SPDX-License-Identifier: GPL-3.0-or-later
// `decisions`: what became of the last month's advice; `decisions freeze` keeps this month's. An audit as of today does so by itself.
#include "analysis/follow_up.hpp"
#include "base/text.hpp"
#include "cli/audit_inputs.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"
#include "reports/words.hpp"

namespace secateur::cli {
namespace {

void write_json(Session& session, const AuditReport& report) {
    JsonText json;
    json.begin_object().member("schema", "secateur.decisions/1").member("client", report.client).member("as_of", report.as_of).key("since");
    const auto& follow_up = report.aftermath;
    json.value(follow_up ? std::optional(follow_up->since) : std::nullopt);
    json.number_member("minutes_back", follow_up ? std::optional(follow_up->minutes_back) : std::nullopt, 1).key("outcomes").begin_array();
    if (follow_up)
        for (const DecisionOutcome& each : follow_up->outcomes) {
            json.begin_object().member("id", each.group).member("name", each.name).member("decision", to_string(each.decision));
            json.member("outcome", to_string(each.outcome)).member("acts", each.acts).number_member("minutes", each.minutes, 1).member("until", each.until).end_object();
        }
    json.end_array().end_object();
    session.out() << json.take();
}

Message word_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::left: return msg("follow_up.word_left");
        case Outcome::written_again: return msg("follow_up.word_written_again");
        case Outcome::visited: return msg("follow_up.word_visited");
        case Outcome::never_visited: return msg("follow_up.word_never_visited");
        case Outcome::trial_over: return msg("follow_up.word_trial_over");
        case Outcome::trial_running: return msg("follow_up.word_trial_running");
        case Outcome::silent: return msg("follow_up.word_silent");
    }
    return {};
}

void write_text(Session& session, const AuditReport& report) {
    if (!report.aftermath) {
        session.say(msg("follow_up.nothing_frozen"));
        return;
    }
    const Aftermath& follow_up = *report.aftermath;
    session.say(msg("follow_up.head", arg("day", follow_up.since)));
    if (follow_up.outcomes.empty()) session.say_below(msg("follow_up.nothing_known"));
    const Words words(session.language());
    for (const DecisionOutcome& each : follow_up.outcomes)
        session.say_below(msg("follow_up.line", arg("group", each.name.empty() ? each.group : each.name), arg("advice", words.advice(each.decision)),
                              arg("outcome", session.text(word_of(each.outcome)))));
    if (follow_up.minutes_back >= 1) session.say(msg("follow_up.minutes_back", arg("time", words.duration(follow_up.minutes_back))));
}

}  // namespace

int run_decisions(Session& session, const Arguments& arguments) {
    const bool freezes = !arguments.positionals.empty();
    if (freezes && arguments.positionals.front() != "freeze")
        throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("follow_up.unknown_word", arg("word", quote(arguments.positionals.front()))), .where = {},
                            .hint = msg("cli.hint_command_help", arg("command", "decisions"))});
    const AuditReport report = session.audit();
    if (freezes) {
        freeze_month(session.store(), report);
        session.say(msg("follow_up.frozen", arg("count", frozen(report).decisions.size()), arg("day", report.as_of)));
        return 0;
    }
    if (session.json()) write_json(session, report);
    else write_text(session, report);
    return 0;
}

}  // namespace secateur::cli

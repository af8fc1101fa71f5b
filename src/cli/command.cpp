// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.hpp"

#include <algorithm>
#include <limits>

#include "cli/session.hpp"

namespace secateur::cli {

std::optional<std::string> Arguments::value(std::string_view option) const {
    const auto found = options.find(option);
    return found == options.end() || found->second.empty() ? std::nullopt : std::optional(found->second.back());
}

std::vector<std::string> Arguments::values(std::string_view option) const {
    const auto found = options.find(option);
    return found == options.end() ? std::vector<std::string>{} : found->second;
}

std::span<const Command> commands() {
    constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
    static const std::vector<Command> list{
        {"init", HelpGroup::main, "", "cli.help_init", 0, 0, {}, false, run_init},
        {"import", HelpGroup::main, "PATH...", "cli.help_import", 1, any,
         {{"--me", "WHO", "cli.help_me", true}, {"--connector", "NAME", "cli.help_connector"}, {"--timezone", "ZONE", "cli.help_timezone"},
          {"--no-text", "", "cli.help_no_text"}, {"--strict", "", "cli.help_strict"}, {"--accept-quarantine", "", "cli.help_accept_quarantine"}},
         true, run_import},
        {"add", HelpGroup::main, "PLATFORM [NAME...]", "cli.help_add", 1, any, {{"--candidate", "", "cli.help_candidate"}}, true, run_add},
        {"audit", HelpGroup::main, "", "cli.help_audit", 0, 0, {}, true, run_audit},
        {"show", HelpGroup::main, "GROUP", "cli.help_show", 1, any, {}, true, run_show},
        {"report", HelpGroup::main, "", "cli.help_report", 0, 0,
         {{"--format", "FORMAT", "cli.help_format"}, {"--out", "FILE", "cli.help_out"}, {"--redact", "", "cli.help_redact"}}, true, run_report},
        {"plan", HelpGroup::main, "", "plan.help", 0, 0, {{"--minutes", "N", "plan.help_minutes"}}, true, run_plan},
        {"objective", HelpGroup::more, "[list | add TEXT | edit ID | done ID [DATE] | remove ID]", "objective.help", 0, 3,
         {{"--text", "TEXT", "objective.help_text"}, {"--rank", "N", "objective.help_rank"}, {"--start", "DATE", "objective.help_start"},
          {"--trade", "WORDS", "objective.help_trade", true}, {"--sector", "WORDS", "objective.help_sector", true},
          {"--place", "WORDS", "objective.help_place", true}, {"--people", "WORDS", "objective.help_people", true},
          {"--interests", "WORDS", "objective.help_interests", true}, {"--without", "WORDS", "objective.help_without", true},
          {"--reopen", "", "objective.help_reopen"}},
         true, run_objective},
        {"groups", HelpGroup::more, "[name GROUP NAME | merge GROUP GROUP | split GROUP]", "cli.help_groups", 0, any, {}, true, run_groups},
        {"people", HelpGroup::more, "[same | merge PERSON PERSON | split PERSON | apart PERSON PERSON | circle PERSON R1|R2|R3|none]", "cli.help_people", 0, 3,
         {{"--about", "WORDS", "people.help_about"}}, true, run_people},
        {"followups", HelpGroup::main, "[done NAME | skip NAME]", "people.help", 0, any, {{"--only", "KIND", "people.help_only", true}}, true, run_followups},
        {"habits", HelpGroup::more, "", "habits.help", 0, 0, {}, true, run_habits},
        {"accounts", HelpGroup::more, "[PLATFORM]", "accounts.help", 0, 1, {}, true, run_accounts},
        {"overlap", HelpGroup::more, "", "overlap.help", 0, 0, {}, true, run_overlap},
        {"sources", HelpGroup::more, "[remove ID]", "cli.help_sources", 0, 2, {}, true, run_sources},
        {"answer", HelpGroup::more, "[GROUP QUESTION=VALUE...]", "cli.help_answer", 0, any, {{"--from", "FILE", "cli.help_answer_from"}}, true, run_answer},
        {"quarantine", HelpGroup::more, "[SOURCE]", "cli.help_quarantine", 0, 1, {{"--show", "", "cli.help_quarantine_show"}}, true, run_quarantine},
        {"template", HelpGroup::more, "DIR", "cli.help_template", 1, 1, {}, false, run_template},
        {"connectors", HelpGroup::more, "", "cli.help_connectors", 0, 0, {}, true, run_connectors},
        {"client", HelpGroup::more, "[new NAME | list | erase NAME]", "cli.help_client", 0, 2, {{"--yes", "", "cli.help_yes"}}, true, run_client},
        {"doctor", HelpGroup::more, "", "cli.help_doctor", 0, 0, {}, true, run_doctor},
        {"backtest", HelpGroup::more, "", "cli.help_backtest", 0, 0, {}, true, run_backtest},
        {"export", HelpGroup::more, "opml", "export.help", 1, 1, {{"--out", "FILE", "cli.help_out"}}, false, run_export},
        {"decisions", HelpGroup::more, "[freeze]", "follow_up.help", 0, 1, {}, true, run_decisions},
        {"explain", HelpGroup::more, "[METRIC]", "cli.help_explain", 0, 1, {}, true, run_explain},
        {"help", HelpGroup::more, "[all | COMMAND]", "cli.help_command", 0, 1, {}, false, run_help},
    };
    return list;
}

const Command* find_command(std::string_view name) {
    const auto list = commands();
    const auto found = std::ranges::find(list, name, &Command::name);
    return found == list.end() ? nullptr : &*found;
}

void refuse(Message reason, Message hint, Location where) {
    throw Error(Problem{.kind = ErrorKind::usage, .reason = std::move(reason), .where = std::move(where), .hint = std::move(hint)});
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& each : names) out += (out.empty() ? "" : ", ") + each;
    return out;
}

std::span<const Option> global_options() {
    static const std::vector<Option> list{
        {"--client", "NAME", "cli.help_client_option"}, {"--home", "DIR", "cli.help_home"},       {"--lang", "fr|en", "cli.help_lang"},
        {"--json", "", "cli.help_json"},                {"--as-of", "DATE", "cli.help_as_of"},    {"--no-input", "", "cli.help_no_input"},
        {"--quiet", "", "cli.help_quiet"},              {"--help", "", "cli.help_help"},          {"--version", "", "cli.help_version"},
    };
    return list;
}

}  // namespace secateur::cli

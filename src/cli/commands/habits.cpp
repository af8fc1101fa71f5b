// SPDX-License-Identifier: GPL-3.0-or-later
// `habits`: how she takes part everywhere, and where her time goes. `accounts`: what each account serves, and how to close a forgotten one.
#include <algorithm>

#include "base/text.hpp"
#include "cli/session.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/words.hpp"

namespace secateur::cli {
namespace {

std::string title_of(const AccountCard& account, const Words& words) {
    return words.platform(account.platform) + (account.handle.empty() ? "" : " (" + account.handle + ")");
}

void list_accounts(Session& session, const AuditReport& report) {
    const Words words(session.language());
    std::uint64_t dormant = 0;
    for (const AccountCard& each : report.accounts) {
        session.out() << for_terminal(title_of(each, words)) << '\n';
        session.say_below(each.last_sign ? msg("accounts.last", arg("day", *each.last_sign)) : msg("accounts.unseen"));
        std::vector<std::string> serves;
        for (const std::string& objective : each.serves) serves.push_back(words.objective(objective, report));
        const auto open = static_cast<std::size_t>(std::ranges::count_if(report.objectives, [&](const ObjectiveAudit& one) { return !one.done || *one.done > report.as_of; }));
        if (serves.size() > 1 && serves.size() == open) session.say_below(msg("accounts.serves_all"));
        else if (!serves.empty()) session.say_below(msg("accounts.serves", arg("objectives", words.joined(serves))));
        else if (!report.objectives.empty()) session.say_below(msg("accounts.serves_nothing"));
        if (!each.dormant) continue;
        ++dormant;
        session.say_below(msg("accounts.dormant"));
        session.say_below(each.password_known.value_or(false) ? msg("accounts.step_password_known") : msg("accounts.step_password"), 4);
        session.say_below(msg("accounts.step_keep"), 4);
        session.say_below(msg("accounts.step_content"), 4);
        session.say_below(each.closing_link.empty() ? msg("accounts.step_letter", arg("platform", each.platform)) : msg("accounts.step_close", arg("address", each.closing_link)), 4);
    }
    if (report.accounts.empty()) {
        session.say(msg("accounts.none"));
        return;
    }
    session.out() << '\n';
    session.say(msg("accounts.count", arg("count", report.accounts.size()), arg("dormant", dormant)));
}

/// The request under article 17, in her language, with her name.
void write_letter(Session& session, const AuditReport& report, const std::string& platform) {
    const Words words(session.language());
    const std::string wanted = fold_search(platform);
    const AccountCard* account = nullptr;
    for (const AccountCard& each : report.accounts)
        if (fold_search(each.platform) == wanted || fold_search(words.platform(each.platform)) == wanted) account = &each;
    if (!account)
        throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("accounts.unknown", arg("platform", quote(platform))), .where = {}, .hint = msg("accounts.hint")});
    const Message body = msg("accounts.letter_body", arg("platform", words.platform(account->platform)), arg("handle", account->handle.empty() ? "none" : account->handle));
    for (const Message& part : {msg("accounts.letter_subject"), msg("accounts.letter_opening"), body, msg("accounts.letter_others"), msg("accounts.letter_closing")}) {
        session.say(part);
        session.out() << '\n';
    }
    session.out() << for_terminal(session.profile().names.empty() ? report.client : session.profile().names.front()) << '\n';
}

}  // namespace

int run_habits(Session& session, const Arguments&) {
    const AuditReport report = session.audit();
    if (session.json()) {
        session.out() << habits_json(report, session.language());
        return 0;
    }
    const std::vector<HabitLine> lines = habit_lines(report, Words(session.language()));
    if (lines.empty()) session.say(msg("habits.nothing"));
    for (const HabitLine& line : lines) session.out() << (line.below ? "    " : "  ") << line.text << '\n';
    return 0;
}

int run_accounts(Session& session, const Arguments& arguments) {
    const AuditReport report = session.audit();
    if (!arguments.positionals.empty()) write_letter(session, report, arguments.positionals.front());
    else if (session.json()) session.out() << accounts_json(report, session.language());
    else list_accounts(session, report);
    return 0;
}

}  // namespace secateur::cli

// SPDX-License-Identifier: GPL-3.0-or-later
// `followups`: whom to answer, to thank, to tell, to meet; seven a month at most and nobody twice. What was suggested today is noted
// under "followup:PERSON" in the client's database, so that the same list stands for the month.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "cli/people_inputs.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"

namespace secateur::cli {
namespace {

struct KindWord {
    FollowUpKind kind;
    std::string_view word;
};
constexpr std::array<KindWord, 7> kinds{{{FollowUpKind::answer, "answer"},
                                         {FollowUpKind::prepare, "prepare"},
                                         {FollowUpKind::thank, "thanks"},
                                         {FollowUpKind::news, "news"},
                                         {FollowUpKind::losing_touch, "touch"},
                                         {FollowUpKind::meet, "meet"},
                                         {FollowUpKind::greetings, "greetings"}}};

Message title_of(FollowUpKind kind) {
    switch (kind) {
        case FollowUpKind::answer: return msg("people.kind_answer");
        case FollowUpKind::prepare: return msg("people.kind_prepare");
        case FollowUpKind::thank: return msg("people.kind_thank");
        case FollowUpKind::news: return msg("people.kind_news");
        case FollowUpKind::losing_touch: return msg("people.kind_losing_touch");
        case FollowUpKind::meet: return msg("people.kind_meet");
        case FollowUpKind::greetings: break;
    }
    return msg("people.kind_greetings");
}

std::set<FollowUpKind> asked_kinds(const Arguments& arguments) {
    std::set<FollowUpKind> only;
    for (const std::string& list : arguments.values("--only"))
        for (const std::string_view each : split(list, ',')) {
            const auto word = trim(each);
            const auto found = std::ranges::find_if(kinds, [&](const KindWord& known) { return known.word == word || to_string(known.kind) == word; });
            if (found == kinds.end())
                throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("people.unknown_kind", arg("kind", quote(word))), .where = {}, .hint = msg("people.hint_kinds")});
            only.insert(found->kind);
        }
    return only;
}

void note(Session& session, const std::string& id, std::string_view kind, bool settled) {
    session.store().set_value("followup:" + id, format_date(session.as_of()) + ' ' + std::string(kind) + (settled ? " settled" : " open"));
}

/// Done, or not for her: nothing about that person for a month.
int settle(Session& session, const std::string& words) {
    const PeopleReport report = people_report(session);
    const std::string wanted = fold_search(words);
    const FollowUp* found = nullptr;
    std::size_t count = 0;
    for (const FollowUp& each : report.followups)
        if (each.id == words || fold_search(each.name).find(wanted) != std::string::npos) {
            found = &each;
            ++count;
        }
    if (count == 1) {
        note(session, found->id, to_string(found->kind), true);
        session.say(msg("people.settled", arg("name", found->name)));
        return 0;
    }
    const StoredPerson person = find_person(session, words);
    note(session, person.platform + ':' + person.key, "answer", true);
    session.say(msg("people.settled", arg("name", person.name.empty() ? person.key : person.name)));
    return 0;
}

}  // namespace

int run_followups(Session& session, const Arguments& arguments) {
    const auto& words = arguments.positionals;
    if (words.size() >= 2 && (words[0] == "done" || words[0] == "skip")) {
        std::string name = words[1];
        for (std::size_t i = 2; i < words.size(); ++i) name += ' ' + words[i];
        return settle(session, name);
    }
    if (!words.empty())
        throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("people.followups_usage", arg("word", quote(words[0]))), .where = {},
                            .hint = msg("cli.hint_command_help", arg("command", "followups"))});
    const PeopleReport report = people_report(session, asked_kinds(arguments));
    // Only today's list is a suggestion; at another date one only looks.
    if (session.as_of() == session.environment().today)
        for (const FollowUp& each : report.followups)
            if (!each.again) note(session, each.id, to_string(each.kind), false);
    if (session.json()) {
        JsonText json;
        json.begin_object().member("schema", "secateur.followups/1").member("as_of", report.as_of).key("followups").begin_array();
        for (const FollowUp& each : report.followups)
            json.begin_object()
                .member("kind", to_string(each.kind))
                .member("id", each.id)
                .member("name", each.name)
                .member("since", each.since)
                .member("reason", session.text(each.reason))
                .member("again", each.again)
                .end_object();
        json.end_array().member("waiting", report.waiting).end_object();
        session.out() << json.take();
        return 0;
    }
    if (report.followups.empty()) session.say(msg("people.none_due"));
    for (const KindWord& kind : kinds) {
        bool first = true;
        for (const FollowUp& each : report.followups) {
            if (each.kind != kind.kind) continue;
            if (first) session.say(title_of(kind.kind));
            first = false;
            session.out() << "  " << for_terminal(session.text(msg("people.due", arg("name", each.name), arg("reason", session.text(each.reason))))) << '\n';
        }
        if (!first) session.out() << '\n';
    }
    if (report.waiting > 0) session.say(msg("people.waiting", arg("count", report.waiting), arg("most", report.most)));
    if (!report.followups.empty()) session.say(msg("people.follow_next"));
    return 0;
}

}  // namespace secateur::cli

// SPDX-License-Identifier: GPL-3.0-or-later
// `answer`: what only she knows, one group at a time or from a table.
#include <algorithm>
#include <filesystem>

#include "base/csv.hpp"
#include "base/source.hpp"
#include "base/text.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"

namespace secateur::cli {
namespace {

void check(Session& session, std::string_view question, std::string_view value, const Location& where) {
    bool known = false;
    std::string all;
    for (const auto each : answer_questions()) {
        known = known || each == question;
        all += (all.empty() ? "" : ", ") + std::string(each);
    }
    if (!known) refuse(msg("cli.unknown_question", arg("question", quote(question))), msg("cli.hint_questions", arg("questions", all)), where);
    if (!value.empty() && !is_valid_answer(question, value))
        refuse(msg("cli.bad_answer", arg("question", question), arg("value", quote(value))), msg("cli.hint_command_help", arg("command", "answer")), where);
    const auto& objectives = session.profile().objectives;
    if (question != "serves" || value.empty() || value == "none" || std::ranges::find(objectives, value, &Objective::id) != objectives.end()) return;
    std::string ids;
    for (const Objective& each : objectives) ids += each.id + ", ";
    refuse(msg("cli.unknown_objective", arg("objective", quote(value))), msg("cli.hint_objectives", arg("ids", ids + "none")), where);
}

void keep(Session& session, const Answer& answer) {
    if (answer.value.empty())
        session.store().clear_answer(answer.group, answer.question);
    else
        session.store().set_answer(answer);
}

int answer_from_table(Session& session, const std::string& path) {
    const auto source = open_source(path);
    if (source->kind() != SourceKind::file) refuse(msg("cli.answers_not_a_file", arg("path", path)), msg("cli.hint_answers_table"));
    const Entry& entry = source->entries().front();
    const auto stream = source->open(entry);
    CsvReader reader(*stream, guess_csv_dialect(source->head(entry)), entry.path);
    CsvRow row;
    if (!reader.next(row)) refuse(msg("cli.answers_empty", arg("path", path)), msg("cli.hint_answers_table"));
    const CsvHeader header(row.cells);
    const auto group = header.find({"group"}), question = header.find({"question"}), value = header.find({"value"}), date = header.find({"date"});
    if (!group || !question || !value) refuse(msg("cli.answers_header", arg("path", path)), msg("cli.hint_answers_table"));
    // Everything is checked before anything is kept, so a bad row leaves no half-read table.
    std::vector<Answer> answers;
    while (reader.next(row)) {
        const Location where{.entry = path, .line = row.line};
        const auto cell = [&](std::size_t column) { return column < row.cells.size() ? std::string(trim(row.cells[column])) : std::string(); };
        if (cell(0).starts_with('#')) continue;
        Answer answer{.group = {}, .question = cell(*question), .value = cell(*value), .date = session.as_of()};
        check(session, answer.question, answer.value, where);
        if (date && !cell(*date).empty()) {
            const auto day = parse_date(cell(*date));
            if (!day) refuse(msg("cli.bad_date", arg("date", quote(cell(*date)))), msg("cli.hint_date"), where);
            answer.date = *day;
        }
        try {
            answer.group = session.find_group(cell(*group)).id;
        } catch (const Error& error) {
            Problem problem = error.problem();
            problem.where = where;
            throw Error(std::move(problem));
        }
        answers.push_back(std::move(answer));
    }
    for (const Answer& answer : answers) keep(session, answer);
    session.say(msg("cli.answers_kept", arg("count", answers.size())));
    return 0;
}

int list_answers(Session& session) {
    const auto answers = session.store().answers(session.as_of());
    if (session.json()) {
        JsonText json;
        json.begin_object().member("schema", "secateur.answers/1").key("answers").begin_array();
        for (const Answer& each : answers)
            json.begin_object().member("group", each.group).member("question", each.question).member("value", each.value).member("date", each.date).end_object();
        json.end_array().end_object();
        session.out() << json.take();
        return 0;
    }
    if (answers.empty()) session.say(msg("cli.no_answers"));
    for (const Answer& each : answers)
        session.out() << format_date(each.date) << "  " << for_terminal(each.group) << "  " << each.question << " = " << for_terminal(each.value) << '\n';
    return 0;
}

}  // namespace

int run_answer(Session& session, const Arguments& arguments) {
    if (const auto path = arguments.value("--from")) return answer_from_table(session, *path);
    const auto& words = arguments.positionals;
    if (words.empty()) return list_answers(session);
    std::string name;
    std::vector<Answer> answers;
    for (const std::string& word : words) {
        const auto equals = word.find('=');
        if (equals == std::string::npos && answers.empty()) {
            name += (name.empty() ? "" : " ") + word;
            continue;
        }
        if (equals == std::string::npos) refuse(msg("cli.answer_no_value", arg("word", quote(word))), msg("cli.hint_command_help", arg("command", "answer")));
        Answer answer{.group = {}, .question = word.substr(0, equals), .value = std::string(trim(std::string_view(word).substr(equals + 1))), .date = session.as_of()};
        check(session, answer.question, answer.value, {});
        answers.push_back(std::move(answer));
    }
    if (name.empty() || answers.empty()) refuse(msg("cli.answer_usage"), msg("cli.hint_command_help", arg("command", "answer")));
    const GroupListing group = session.find_group(name);
    for (Answer& answer : answers) {
        answer.group = group.id;
        keep(session, answer);
    }
    const auto taken_back = static_cast<std::size_t>(std::ranges::count_if(answers, [](const Answer& each) { return each.value.empty(); }));
    const std::string name_shown = group.name.empty() ? group.id : group.name;
    if (answers.size() > taken_back) session.say(msg("cli.answer_kept", arg("group", name_shown), arg("count", answers.size() - taken_back)));
    if (taken_back > 0) session.say(msg("cli.answer_taken_back", arg("group", name_shown), arg("count", taken_back)));
    return 0;
}

}  // namespace secateur::cli

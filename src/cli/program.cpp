// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"

namespace secateur::cli {
namespace {

/// Two columns: what to write, and what it does; the second wraps under itself.
void print_rows(std::ostream& out, const std::vector<std::pair<std::string, std::string>>& rows, int columns) {
    std::size_t left = 0;
    for (const auto& [word, meaning] : rows) left = std::max(left, display_width(word));
    left = std::min<std::size_t>(left, 30);
    const std::size_t room = std::max<std::size_t>(30, static_cast<std::size_t>(std::max(columns, 40)) - left - 5);
    for (const auto& [word, meaning] : rows) {
        std::string line = "  " + word;
        if (display_width(word) > left) {
            out << line << '\n';
            line = "  " + std::string(left, ' ');
        } else {
            line += std::string(left - display_width(word), ' ');
        }
        line += "  ";
        const std::string indent(left + 4, ' ');
        std::size_t used = 0;
        for (const auto part : split(meaning, ' ')) {
            const std::size_t width = display_width(part);
            if (used > 0 && used + 1 + width > room) {
                out << line << '\n';
                line = indent;
                used = 0;
            }
            if (used > 0) line += ' ', ++used;
            line += part;
            used += width;
        }
        out << line << '\n';
    }
}

std::string option_words(const Option& option) {
    return option.placeholder.empty() ? std::string(option.name) : fmt::format("{} {}", option.name, option.placeholder);
}

void print_options(Session& session, std::span<const Option> options) {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const Option& option : options) rows.emplace_back(option_words(option), session.text(Message{std::string(option.message), {}}));
    print_rows(session.out(), rows, session.environment().columns);
}

void print_help(Session& session, bool all) {
    session.say(msg("cli.about"));
    session.out() << '\n';
    session.say(msg("cli.help_usage"));
    const auto rows = [&](HelpGroup group) {
        std::vector<std::pair<std::string, std::string>> found;
        for (const Command& command : commands())
            if (command.group == group) found.emplace_back(std::string(command.name), session.text(Message{std::string(command.message), {}}));
        return found;
    };
    session.out() << '\n';
    session.say(msg("cli.help_main"));
    print_rows(session.out(), rows(HelpGroup::main), session.environment().columns);
    if (all) {
        session.out() << '\n';
        session.say(msg("cli.help_more"));
        print_rows(session.out(), rows(HelpGroup::more), session.environment().columns);
    }
    session.out() << '\n';
    session.say(msg("cli.help_global"));
    print_options(session, global_options());
    session.out() << '\n';
    session.say(all ? msg("cli.help_one") : msg("cli.help_all"));
}

void print_help(Session& session, const Command& command) {
    session.out() << fmt::format("secateur {}{}{}\n", command.name, command.usage.empty() ? "" : " ", command.usage);
    session.out() << "  " << session.text(Message{std::string(command.message), {}}) << '\n';
    const std::string details = fmt::format("cli.details_{}", command.name);
    if (message_pattern(details, session.language())) session.out() << '\n' << session.text(Message{details, {}}) << '\n';
    if (!command.options.empty()) {
        session.out() << '\n';
        session.say(msg("cli.help_options"));
        print_options(session, command.options);
    }
    session.out() << '\n';
    session.say(msg("cli.help_global"));
    print_options(session, global_options());
}

int exit_code(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage: return 2;
        case ErrorKind::input: return 4;
        case ErrorKind::busy: return 5;
        case ErrorKind::io:
        case ErrorKind::store:
        case ErrorKind::network:
        case ErrorKind::internal: break;
    }
    return 1;
}

/// The language for a message about a line that could not be read: what can still be seen of it.
Language language_of(const std::vector<std::string>& words, const Environment& environment) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--lang" && i + 1 < words.size())
            if (const auto language = parse_language(words[i + 1])) return *language;
        if (words[i].starts_with("--lang="))
            if (const auto language = parse_language(std::string_view(words[i]).substr(7))) return *language;
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const auto value = environment.variable ? environment.variable(name) : std::nullopt; value && !value->empty())
            return parse_language(*value).value_or(Language::english);
    return Language::english;
}

int run_line(const ParsedLine& line, Session& session) {
    if (line.arguments.has("--version")) {
        session.out() << "secateur " SECATEUR_VERSION "\n";
        return 0;
    }
    if (line.arguments.has("--help")) {
        line.command ? print_help(session, *line.command) : print_help(session, false);
        return 0;
    }
    if (!line.command) return run_status(session);
    return line.command->run(session, line.arguments);
}

}  // namespace

int run_help(Session& session, const Arguments& arguments) {
    if (arguments.positionals.empty() || arguments.positionals[0] == "all") {
        print_help(session, !arguments.positionals.empty());
        return 0;
    }
    const Command* command = find_command(arguments.positionals[0]);
    if (!command)
        throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.unknown_command", arg("command", quote(arguments.positionals[0]))), .where = {},
                            .hint = msg("cli.hint_help")});
    print_help(session, *command);
    return 0;
}

int run_program(const std::vector<std::string>& words, const Environment& environment) {
    const auto complain = [&](const Problem& problem, Language language) {
        *environment.err << for_terminal_lines(render(problem, language)) << '\n';
        return exit_code(problem.kind);
    };
    Language language = language_of(words, environment);
    try {
        const ParsedLine line = parse_line(words);
        Session session(environment, line.arguments);
        language = session.language();
        return run_line(line, session);
    } catch (const Error& error) {
        return complain(error.problem(), language);
    } catch (const std::exception& error) {
        return complain(Problem{.kind = ErrorKind::internal, .reason = msg("cli.internal", arg("detail", std::string(error.what()))), .where = {},
                                .hint = msg("cli.hint_internal")},
                        language);
    }
}

}  // namespace secateur::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <deque>

#include "base/error.hpp"
#include "base/text.hpp"

namespace secateur::cli {
namespace {

/// Where CLI11 puts what it found, one slot an option.
struct Slot {
    const Option* option;
    std::vector<std::string> values;
    bool flag = false;
    CLI::Option* parsed = nullptr;
};

std::deque<Slot> add_options(CLI::App& app, std::span<const Option> options) {
    std::deque<Slot> slots;
    for (const Option& option : options) {
        Slot& slot = slots.emplace_back(Slot{.option = &option});
        const std::string name(option.name);
        if (option.placeholder.empty()) {
            slot.parsed = app.add_flag(name, slot.flag);
        } else {
            slot.parsed = app.add_option(name, slot.values)->expected(1)->allow_extra_args(false);  // one value, not all that follow
            if (option.many)
                slot.parsed->take_all();
            else
                slot.parsed->take_last();
            slot.parsed->trigger_on_parse(false);
        }
    }
    return slots;
}

void collect(const std::deque<Slot>& slots, Arguments& arguments) {
    for (const Slot& slot : slots)
        if (slot.parsed->count() > 0) arguments.options[std::string(slot.option->name)] = slot.values;
}

/// The known word nearest to a mistyped one, when at most two letters differ.
std::string nearest(std::string_view word, const std::vector<std::string_view>& known) {
    const auto distance = [](std::string_view a, std::string_view b) {
        std::vector<std::size_t> row(b.size() + 1);
        for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
        for (std::size_t i = 1; i <= a.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= b.size(); ++j) {
                const std::size_t above = row[j];
                row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u)});
                diagonal = above;
            }
        }
        return row.back();
    };
    std::string_view best;
    std::size_t least = 3;
    for (const auto each : known)
        if (const std::size_t d = distance(word, each); d < least) least = d, best = each;
    return std::string(best);
}

[[noreturn]] void refuse_extra(std::string_view word, const Command* command) {
    const bool option = word.starts_with('-');
    std::vector<std::string_view> known;
    if (option) {
        for (const Option& each : global_options()) known.push_back(each.name);
        if (command)
            for (const Option& each : command->options) known.push_back(each.name);
    } else if (!command) {
        for (const Command& each : commands()) known.push_back(each.name);
    }
    const std::string guess = nearest(word, known);
    Message hint = !guess.empty() ? msg("cli.hint_did_you_mean", arg("guess", guess))
                   : command      ? msg("cli.hint_command_help", arg("command", command->name))
                                  : msg("cli.hint_help");
    if (option) refuse(msg("cli.unknown_option", arg("option", quote(word))), std::move(hint));
    if (command) refuse(msg("cli.too_many_words", arg("command", command->name), arg("word", quote(word))), std::move(hint));
    refuse(msg("cli.unknown_command", arg("command", quote(word))), std::move(hint));
}

}  // namespace

ParsedLine parse_line(const std::vector<std::string>& words) {
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    app.require_subcommand(0, 1);
    const std::deque<Slot> global = add_options(app, global_options());

    struct Sub {
        const Command* command;
        CLI::App* app;
        std::deque<Slot> slots, global;
        std::vector<std::string> positionals;
    };
    std::deque<Sub> subs;
    for (const Command& command : commands()) {
        Sub& sub = subs.emplace_back(Sub{.command = &command, .app = app.add_subcommand(std::string(command.name)), .slots = {}, .global = {}, .positionals = {}});
        sub.app->set_help_flag();
        sub.app->allow_extras();
        sub.slots = add_options(*sub.app, command.options);
        sub.global = add_options(*sub.app, global_options());  // they may stand after the command too
        sub.app->add_option("words", sub.positionals)->expected(-1);
    }

    std::vector<std::string> reversed(words.rbegin(), words.rend());
    ParsedLine line;
    try {
        app.parse(reversed);
    } catch (const CLI::ArgumentMismatch& mismatch) {
        refuse(msg("cli.option_needs_value", arg("detail", quote(mismatch.what()))), msg("cli.hint_help"));
    } catch (const CLI::ParseError& error) {
        refuse(msg("cli.cannot_read_line", arg("detail", std::string(error.what()))), msg("cli.hint_help"));
    }

    collect(global, line.arguments);
    for (const Sub& sub : subs) {
        if (!sub.app->parsed()) continue;
        line.command = sub.command;
        collect(sub.slots, line.arguments);
        collect(sub.global, line.arguments);
        line.arguments.positionals = sub.positionals;
        if (const auto extras = sub.app->remaining(); !extras.empty()) refuse_extra(extras.front(), sub.command);
    }
    if (const auto extras = app.remaining(); !extras.empty()) refuse_extra(extras.front(), line.command);
    if (line.command && !line.arguments.has("--help")) {
        const auto count = line.arguments.positionals.size();
        if (count < line.command->least)
            refuse(msg("cli.too_few_words", arg("command", line.command->name), arg("usage", line.command->usage)),
                   msg("cli.hint_command_help", arg("command", line.command->name)));
        if (count > line.command->most) refuse_extra(line.arguments.positionals[line.command->most], line.command);
    }
    return line;
}

}  // namespace secateur::cli

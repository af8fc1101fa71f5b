// SPDX-License-Identifier: GPL-3.0-or-later
// `groups`: all groups; reversible names and merges.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/session.hpp"
#include "reports/json/json_writer.hpp"

namespace secateur::cli {
namespace {

void list_json(Session& session, const std::vector<GroupListing>& groups) {
    std::vector<ListedGroup> listed;
    for (const GroupListing& each : groups) {
        ListedGroup group{.id = each.id, .platform = each.platform, .key = each.key, .name = each.name, .kind = each.kind, .scope = each.scope,
                          .state = each.state, .joined_at = each.joined_at, .left_at = each.left_at, .coverage = each.coverage,
                          .activities = each.activities, .acts = each.acts, .reactions = each.reactions, .active_weeks = each.active_weeks,
                          .words = each.words, .first = each.first, .last = each.last, .others = std::nullopt};
        if (each.others_known) group.others = {.activities = each.others_activities, .authors = each.others_authors, .last = each.others_last};
        listed.push_back(std::move(group));
    }
    session.out() << groups_json(listed);
}

Message state_words(const GroupListing& group) {
    switch (group.state) {
        case MemberState::member: return msg("cli.state_member");
        case MemberState::left: return msg("cli.state_left");
        case MemberState::unknown: break;
    }
    return msg("cli.state_unknown");
}

void list_text(Session& session, const std::vector<GroupListing>& groups) {
    if (groups.empty()) {
        session.say(msg("cli.no_groups"));
        return;
    }
    std::string platform;
    // Beside the name where a line holds both, else below it.
    constexpr int facts_width = 72, least_name = 30;
    const int columns = session.environment().columns;
    const bool below = session.environment().out_is_terminal && columns < facts_width + least_name;
    const auto width = static_cast<std::size_t>(below ? columns - 2 : std::clamp(columns - facts_width, least_name, 60));
    for (const GroupListing& each : groups) {
        if (each.platform != platform) {
            if (!platform.empty()) session.out() << '\n';
            platform = each.platform;
            session.out() << for_terminal(platform) << '\n';
        }
        const std::string name = for_terminal(fit_width(each.name.empty() ? fmt::format("({})", each.key) : each.name, width));
        const Message facts = each.acts > 0 && each.last
            ? msg("cli.group_acts", arg("state", session.text(state_words(each))), arg("acts", each.acts), arg("last", date_of(*each.last)))
            : msg("cli.group_silent", arg("state", session.text(state_words(each))));
        if (below) {
            session.out() << "  " << name << '\n';
            session.say_below(facts, 4);
            continue;
        }
        session.out() << "  " << name << std::string(width + 2 - std::min(width + 2, display_width(name)), ' ') << session.text(facts) << '\n';
    }
    session.out() << '\n';
    session.say(msg("cli.groups_count", arg("count", groups.size())));
}

}  // namespace

int run_groups(Session& session, const Arguments& arguments) {
    const auto& words = arguments.positionals;
    if (words.empty()) {
        const auto groups = session.store().groups(session.as_of(), session.zone());
        session.json() ? list_json(session, groups) : list_text(session, groups);
        return 0;
    }
    Store& store = session.store();
    if (words[0] == "name" && (words.size() == 3 || words.size() == 2)) {
        const GroupListing group = session.find_group(words[1]);
        const bool back = words.size() == 2 || trim(words[2]).empty();
        store.name_group(group.id, back ? std::nullopt : std::optional(to_valid_utf8(trim(words[2]))));
        session.say(back ? msg("cli.group_name_back", arg("group", group.id)) : msg("cli.group_named", arg("group", group.id), arg("name", words[2])));
        return 0;
    }
    if (words[0] == "merge" && words.size() == 3) {
        const GroupListing from = session.find_group(words[1]), into = session.find_group(words[2]);
        store.merge_groups(from.id, into.id);
        session.say(msg("cli.groups_merged", arg("from", from.name.empty() ? from.id : from.name), arg("into", into.name.empty() ? into.id : into.name),
                        arg("id", from.id)));
        return 0;
    }
    if (words[0] == "split" && words.size() == 2) {
        // A merged group has no line of its own any more, so its id is taken as it is.
        const std::string id = [&] {
            for (const GroupAlias& alias : store.aliases())
                if (alias.group == words[1]) return alias.group;
            return session.find_group(words[1]).id;
        }();
        session.say(store.split_group(id) ? msg("cli.group_split", arg("group", id)) : msg("cli.group_not_merged", arg("group", id)));
        return 0;
    }
    throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.groups_usage", arg("word", quote(words[0]))), .where = {},
                        .hint = msg("cli.hint_command_help", arg("command", "groups"))});
}

}  // namespace secateur::cli

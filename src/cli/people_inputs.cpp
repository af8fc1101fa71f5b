// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/people_inputs.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "analysis/people.hpp"
#include "base/text.hpp"

namespace secateur::cli {

PeopleReport people_report(Session& session, const std::set<FollowUpKind>& only) {
    const Store& store = session.store();
    PeopleInputs inputs;
    inputs.zone = session.zone();
    inputs.only = only;
    inputs.for_each_group = [&](const std::function<void(const GroupHistory&)>& visit) {
        store.for_each_group(session.as_of(), inputs.zone, [&](GroupHistory&& history) { visit(history); });
    };
    inputs.person = [&](std::int64_t number) {
        const auto found = store.person(number);
        return found ? PersonName{.id = found->platform + ':' + found->key, .name = found->name.empty() ? found->key : found->name} : PersonName{};
    };
    // Pages followed are contacts of a kind, and nobody.
    for (StoredContact& each : store.contacts())
        if (each.contact.circle != "page" && each.contact.circle != "follow") inputs.contacts.push_back({.person = each.person, .contact = std::move(each.contact)});
    for (StoredMeeting& each : store.meetings()) inputs.meetings.push_back({.meeting = std::move(each.meeting), .group = std::move(each.group), .people = std::move(each.people)});
    for (StoredInvitation& each : store.invitations()) inputs.invitations.push_back({.person = each.person, .invitation = std::move(each.invitation)});
    for (const std::string& name : store.value_names("circle:"))
        if (const auto word = store.value(name))
            inputs.circles[name.substr(7)] = *word == "R1" ? Circle::close : *word == "R2" ? Circle::both_ways : Circle::seen;
    // "2026-10-31 thank open"
    for (const std::string& name : store.value_names("followup:")) {
        const std::string text = store.value(name).value_or("");
        const auto parts = split(text, ' ');
        if (parts.size() != 3) continue;
        if (const auto day = parse_date(parts[0])) inputs.suggested[name.substr(9)] = {.day = *day, .kind = std::string(parts[1]), .settled = parts[2] == "settled"};
    }
    inputs.words = &session.words();
    const Profile& profile = session.profile();
    return people(inputs, profile, policy_with(profile.policy).policy, session.as_of());
}

/// The one account that an id, or a unique part of the name, means.
StoredPerson find_person(Session& session, const std::string& words) {
    const std::string wanted = fold_search(words);
    std::vector<StoredPerson> equal, part;
    std::optional<StoredPerson> exact;
    session.store().for_each_person([&](const StoredPerson& each) {
        if (each.is_me || exact) return;
        if (each.platform + ':' + each.key == words) {
            exact = each;
            return;
        }
        const std::string name = fold_search(each.name);
        if (!name.empty() && name == wanted) equal.push_back(each);
        else if (!wanted.empty() && name.find(wanted) != std::string::npos) part.push_back(each);
    });
    if (exact) return *exact;
    const auto& found = equal.empty() ? part : equal;
    if (found.size() == 1) return found.front();
    if (found.empty())
        throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.unknown_person", arg("person", quote(words))), .where = {}, .hint = msg("cli.hint_people")});
    std::string candidates;
    for (std::size_t i = 0; i < found.size() && i < 8; ++i)
        candidates += fmt::format("{}{}:{} ({})", i ? ", " : "", found[i].platform, found[i].key, found[i].name);
    throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.which_person", arg("person", quote(words)), arg("count", found.size())), .where = {},
                        .hint = msg("cli.hint_candidates", arg("candidates", candidates))});
}

}  // namespace secateur::cli

// SPDX-License-Identifier: GPL-3.0-or-later
// `people`: whom she exchanges with, and the accounts that are one person; `same` proposes, she decides.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "analysis/same_person.hpp"
#include "base/text.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"

namespace secateur::cli {
namespace {

/// Somebody with exchanges in both directions, over all groups and conversations.
struct Met {
    std::int64_t number = 0;
    std::string name;
    std::set<std::string> platforms, groups;  // names of groups; direct conversations are no groups
    std::set<Date> days;
    std::uint64_t given = 0, received = 0;
};

std::vector<Met> people_met(Session& session) {
    std::map<std::int64_t, Met> people;
    session.store().for_each_group(session.as_of(), session.zone(), [&](GroupHistory&& group) {
        for (const Exchange& each : group.exchanges) {
            Met& person = people[each.person];
            person.number = each.person;
            person.platforms.insert(group.platform);
            if (group.kind != GroupKind::direct) person.groups.insert(group.name.empty() ? group.id : group.name);
            person.days.insert(each.day);
            person.given += each.given;
            person.received += each.received;
        }
    });
    std::vector<Met> met;
    for (auto& [number, person] : people) {
        if (person.given == 0 || person.received == 0) continue;
        person.name = session.store().person_name(number);
        met.push_back(std::move(person));
    }
    std::ranges::sort(met, [](const Met& a, const Met& b) {
        return std::tuple(b.days.size(), *b.days.rbegin(), a.name, a.number) < std::tuple(a.days.size(), *a.days.rbegin(), b.name, b.number);
    });
    return met;
}

void list_json(Session& session, const std::vector<Met>& people) {
    JsonText json;
    json.begin_object().member("schema", "secateur.people/1").key("people").begin_array();
    const auto words = [&](const std::set<std::string>& list) {
        json.begin_array();
        for (const std::string& each : list) json.value(each);
        json.end_array();
    };
    for (const Met& each : people) {
        json.begin_object().member("name", each.name);
        json.key("platforms");
        words(each.platforms);
        json.key("groups");
        words(each.groups);
        json.member("days", static_cast<std::uint64_t>(each.days.size())).member("given", each.given).member("received", each.received);
        json.member("last", *each.days.rbegin()).end_object();
    }
    json.end_array().end_object();
    session.out() << json.take();
}

void list_text(Session& session, const std::vector<Met>& people) {
    if (people.empty()) {
        session.say(msg("cli.no_people"));
        return;
    }
    const std::size_t width = static_cast<std::size_t>(std::clamp(session.environment().columns - 50, 20, 40));
    for (const Met& each : people) {
        const std::string name = for_terminal(fit_width(each.name, width));
        session.out() << "  " << name << std::string(width + 2 - std::min(width + 2, display_width(name)), ' ')
                      << session.text(msg("cli.person_met", arg("days", each.days.size()), arg("groups", each.groups.size()), arg("last", *each.days.rbegin()))) << '\n';
    }
    session.out() << '\n';
    session.say(msg("cli.people_count", arg("count", people.size())));
}

std::vector<SamePersonProposal> proposals(Session& session) {
    const Store& store = session.store();
    std::set<std::pair<std::string, std::string>> apart;
    for (auto& pair : store.people_apart()) apart.insert(pair);
    std::vector<KnownAccount> accounts;
    std::unordered_map<std::int64_t, std::size_t> places;
    std::unordered_map<std::string, std::string> merged;
    for (const PersonAlias& alias : store.person_aliases()) merged[alias.person] = alias.merged_into;
    store.for_each_person([&](const StoredPerson& person) {
        const std::string id = person.platform + ':' + person.key;
        if (person.is_me || merged.contains(id)) return;
        places[person.number] = accounts.size();
        KnownAccount& account = accounts.emplace_back(
            KnownAccount{.id = id, .platform = person.platform, .name = person.name.empty() ? person.key : person.name, .emails = {}, .links = {}, .groups = {}});
        if (person.key.find('@') != std::string::npos) account.emails.push_back(person.key);
        if (person.key.find("://") != std::string::npos || person.key.find(".com/") != std::string::npos) account.links.push_back(person.key);
    });
    for (const StoredContact& each : store.contacts())
        if (const auto place = places.find(each.person); place != places.end()) {
            KnownAccount& account = accounts[place->second];
            account.emails.insert(account.emails.end(), each.contact.emails.begin(), each.contact.emails.end());
            if (!each.contact.url.empty()) account.links.push_back(each.contact.url);
        }
    store.for_each_group(session.as_of(), session.zone(), [&](GroupHistory&& group) {
        if (group.kind == GroupKind::direct) return;
        for (const std::int64_t author : group.authors)
            if (const auto place = places.find(author); place != places.end()) accounts[place->second].groups.push_back(group.number);
    });
    return propose_same_people(accounts, apart);
}

Message evidence_of(const SamePersonProposal& each) {
    switch (each.evidence) {
        case SameEvidence::address: return msg("cli.same_address", arg("address", each.detail));
        case SameEvidence::link: return msg("cli.same_link", arg("link", each.detail));
        case SameEvidence::name_and_people: break;
    }
    return msg("cli.same_name", arg("count", each.others));
}

std::string_view word_of(SameEvidence evidence) {
    switch (evidence) {
        case SameEvidence::address: return "address";
        case SameEvidence::link: return "link";
        case SameEvidence::name_and_people: break;
    }
    return "name_and_people";
}

int list_proposals(Session& session) {
    const auto found = proposals(session);
    if (session.json()) {
        JsonText json;
        json.begin_object().member("schema", "secateur.same_people/1").key("proposals").begin_array();
        for (const SamePersonProposal& each : found)
            json.begin_object()
                .member("a", each.a)
                .member("b", each.b)
                .member("name_a", each.name_a)
                .member("name_b", each.name_b)
                .member("evidence", word_of(each.evidence))
                .member("text", session.text(evidence_of(each)))
                .end_object();
        json.end_array().end_object();
        session.out() << json.take();
        return 0;
    }
    if (found.empty()) {
        session.say(msg("cli.no_same_people"));
        return 0;
    }
    for (const SamePersonProposal& each : found) {
        session.say(msg("cli.same_pair", arg("name_a", each.name_a), arg("a", each.a), arg("name_b", each.name_b), arg("b", each.b)));
        session.out() << "  " << for_terminal(session.text(evidence_of(each))) << '\n';
        if (!session.may_ask()) continue;
        const auto answer = session.ask(msg("cli.same_question"));
        if (!answer) return 0;
        const std::string word = fold_search(trim(*answer));
        if (word.starts_with('y') || word.starts_with('o'))
            session.store().merge_people(each.a, each.b);
        else if (word.starts_with('n'))
            session.store().keep_people_apart(each.a, each.b);
    }
    if (!session.may_ask()) session.say(msg("cli.same_next", arg("count", found.size())));
    return 0;
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

std::string id_of(const StoredPerson& person) { return person.platform + ':' + person.key; }

}  // namespace

int run_people(Session& session, const Arguments& arguments) {
    const auto& words = arguments.positionals;
    if (words.empty()) {
        const auto people = people_met(session);
        session.json() ? list_json(session, people) : list_text(session, people);
        return 0;
    }
    Store& store = session.store();
    if (words[0] == "same" && words.size() == 1) return list_proposals(session);
    if (words[0] == "merge" && words.size() == 3) {
        const StoredPerson from = find_person(session, words[1]), into = find_person(session, words[2]);
        store.merge_people(id_of(from), id_of(into));
        session.say(msg("cli.people_merged", arg("from", id_of(from)), arg("into", into.name.empty() ? id_of(into) : into.name)));
        return 0;
    }
    if (words[0] == "split" && words.size() == 2) {
        const std::string id = id_of(find_person(session, words[1]));
        session.say(store.split_person(id) ? msg("cli.person_split", arg("person", id)) : msg("cli.person_not_merged", arg("person", id)));
        return 0;
    }
    if (words[0] == "apart" && words.size() == 3) {
        const StoredPerson a = find_person(session, words[1]), b = find_person(session, words[2]);
        store.keep_people_apart(id_of(a), id_of(b));
        session.say(msg("cli.people_apart", arg("a", id_of(a)), arg("b", id_of(b))));
        return 0;
    }
    throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.people_usage", arg("word", quote(words[0]))), .where = {},
                        .hint = msg("cli.hint_command_help", arg("command", "people"))});
}

}  // namespace secateur::cli

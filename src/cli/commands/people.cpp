// SPDX-License-Identifier: GPL-3.0-or-later
// `people`: whom she exchanges with, in circles; who is about a subject; and the accounts that are one person: `same` proposes, she decides.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "analysis/same_person.hpp"
#include "base/text.hpp"
#include "cli/people_inputs.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"
#include "reports/words.hpp"

namespace secateur::cli {
namespace {

std::string padded(const std::string& name, std::size_t width) { return name + std::string(width + 2 - std::min(width + 2, display_width(name)), ' '); }

void card_json(JsonText& json, const PersonCard& each) {
    const auto words = [&](std::string_view key, const std::vector<std::string>& list) {
        json.key(key).begin_array();
        for (const std::string& word : list) json.value(word);
        json.end_array();
    };
    json.begin_object().member("id", each.id).member("name", each.name);
    words("platforms", each.platforms);
    words("groups", each.groups);
    json.member("days", each.days).member("given", each.given).member("received", each.received).member("first", each.first).member("last", each.last);
    json.member("circle", to_string(each.circle)).member("circle_is_hers", each.circle_is_hers);
    json.member("strength", each.strength ? std::optional(to_string(*each.strength)) : std::nullopt);
    json.key("tie");
    if (each.strength)
        json.begin_object()
            .number_member("score", each.tie.score, 4)
            .number_member("recency", each.tie.recency, 4)
            .number_member("contact_days", each.tie.contact_days, 4)
            .number_member("duration", each.tie.duration, 4)
            .number_member("balance", each.tie.balance, 4)
            .number_member("groups", each.tie.groups, 4)
            .end_object();
    else json.null();
    json.number_member("usual_gap_days", each.usual_gap_days, 1);
    json.member("met_where", each.met_where).member("direct", each.direct).member("organisation", each.organisation).member("position", each.position);
    json.member("connected", each.connected).member("helped_me", each.helped_me).member("thanked_me", each.thanked_me);
    json.key("met_in_person").begin_array();
    for (const Encounter& met : each.encounters) json.begin_object().member("date", met.day).member("place", met.place).member("through", met.through).end_object();
    json.end_array().end_object();
}

bool both_ways(const PersonCard& each) { return each.given > 0 && each.received > 0; }

void list_json(Session& session, const std::vector<PersonCard>& people) {
    JsonText json;
    json.begin_object().member("schema", "secateur.people/1");
    for (const bool met : {true, false}) {
        json.key(met ? "people" : "others").begin_array();
        for (const PersonCard& each : people)
            if (both_ways(each) == met) card_json(json, each);
        json.end_array();
    }
    json.end_object();
    session.out() << json.take();
}

/// `with_platform`: other accounts of that name are told beside it.
std::string evidence_line(Session& session, const PersonCard& each, bool with_platform = false) {
    std::vector<std::string> parts;
    const auto add = [&](const Message& message) { parts.push_back(session.text(message)); };
    if (with_platform && !each.platforms.empty()) add(msg("people.on_platform", arg("platform", Words(session.language()).platform(each.platforms.front()))));
    if (each.strength) {
        const Message strength = *each.strength == TieStrength::strong ? msg("people.strength_strong")
                                 : *each.strength == TieStrength::some ? msg("people.strength_some")
                                                                       : msg("people.strength_faint");
        add(msg("people.line", arg("strength", session.text(strength)), arg("last", *each.last)));
        if (!each.met_where.empty()) add(msg("people.met_in", arg("group", each.met_where)));
        else if (each.direct) add(msg("people.met_direct"));
        add(msg("people.evidence", arg("days", each.days), arg("given", each.given), arg("received", each.received)));
    } else if (each.namesake) {
        add(msg("people.about_namesake"));
    } else if (each.connected) {
        add(msg("people.about_contact", arg("date", *each.connected)));
    } else if (each.encounters.empty()) {
        add(msg("people.about_contact_undated"));
    }
    if (!each.encounters.empty()) add(msg("people.met_in_person", arg("count", each.encounters.size()), arg("date", each.encounters.back().day)));
    if (each.circle_is_hers) add(msg("people.hers"));
    return Words(session.language()).joined(parts);
}

void list_text(Session& session, const std::vector<PersonCard>& people) {
    const auto met = static_cast<std::uint64_t>(std::ranges::count_if(people, both_ways));
    if (people.empty()) {
        session.say(msg("cli.no_people"));
        return;
    }
    const std::size_t width = static_cast<std::size_t>(std::clamp(session.environment().columns - 70, 18, 28));
    std::map<std::string, std::uint64_t> shown;  // accounts by name
    std::set<std::string> names;
    for (const PersonCard& each : people) {
        shown[each.name] += each.circle != Circle::seen;
        if (both_ways(each)) names.insert(each.name);
    }
    for (const Circle circle : {Circle::close, Circle::both_ways}) {
        if (std::ranges::none_of(people, [&](const PersonCard& each) { return each.circle == circle; })) continue;
        session.say(circle == Circle::close ? msg("people.circle_close") : msg("people.circle_both_ways"));
        for (const PersonCard& each : people)
            if (each.circle == circle) session.put(padded(fit_width(each.name, width), width) + evidence_line(session, each, shown[each.name] > 1), 2, 4);
        session.out() << '\n';
    }
    if (const auto seen = std::ranges::count(people, Circle::seen, &PersonCard::circle); seen > 0) {
        session.say(msg("people.circle_seen"));
        session.say_below(msg("people.circle_count", arg("count", seen)));
        session.out() << '\n';
    }
    session.say(msg("cli.people_count", arg("count", met), arg("names", names.size())));
}

std::vector<std::string> plain_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : fold_search(text) + ' ') {
        if (static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) word += c;
        else if (!word.empty()) words.push_back(std::exchange(word, {}));
    }
    return words;
}

/// Every word wanted stands in the text as a whole word, or begins one when it is long enough.
bool holds_words(std::string_view text, const std::vector<std::string>& wanted) {
    const auto words = plain_words(text);
    return std::ranges::all_of(wanted, [&](const std::string& each) {
        return std::ranges::any_of(words, [&](const std::string& word) { return word == each || (each.size() >= 4 && word.starts_with(each)); });
    });
}

/// Firm, position and shared groups of everybody she knows something of; then who else writes in the groups of these words.
int list_about(Session& session, const std::string& about) {
    const auto wanted = plain_words(about);
    const PeopleReport report = people_report(session);
    std::vector<PersonCard> found;
    std::set<std::int64_t> known;
    for (const PersonCard& each : report.people) {
        std::string shared = each.met_where;
        for (const std::string& group : each.groups) shared += ' ' + group;
        known.insert(each.number);
        const bool profile = holds_words(each.organisation + ' ' + each.position, wanted);
        const bool group = !wanted.empty() && (holds_words(each.met_where, wanted) || std::ranges::any_of(each.groups, [&](const std::string& name) { return holds_words(name, wanted); }));
        if (!wanted.empty() && (profile || group || holds_words(each.organisation + ' ' + each.position + ' ' + shared, wanted))) found.push_back(each);
    }
    std::map<std::int64_t, std::set<std::string>> writers;  // who wrote where, without exchange
    session.store().for_each_group(session.as_of(), session.zone(), [&](GroupHistory&& group) {
        if (wanted.empty() || group.kind == GroupKind::direct || !holds_words(group.name, wanted)) return;
        // Whoever writes where she said that nothing serves her is not about her subject, whatever the name of the group.
        if (std::ranges::any_of(group.answers, [](const Answer& each) { return each.question == "serves" && each.value == "none"; })) return;
        for (const std::int64_t author : group.authors)
            if (!known.contains(author)) writers[author].insert(group.name);
    });
    for (const auto& [number, groups] : writers) {
        const auto person = session.store().person(number);
        if (!person || person->is_me) continue;
        PersonCard card;
        card.number = number;
        card.id = person->platform + ':' + person->key;
        card.name = person->name.empty() ? person->key : person->name;
        card.platforms = {person->platform};
        card.groups = {groups.begin(), groups.end()};
        found.push_back(std::move(card));
    }
    std::ranges::stable_sort(found, [](const PersonCard& a, const PersonCard& b) {
        return std::tuple(a.circle, -a.tie.score, a.organisation.empty(), fold_search(a.name), a.id) < std::tuple(b.circle, -b.tie.score, b.organisation.empty(), fold_search(b.name), b.id);
    });
    if (session.json()) {
        list_json(session, found);
        return 0;
    }
    if (found.empty()) {
        session.say(msg("people.about_none", arg("words", quote(about))));
        return 0;
    }
    constexpr std::size_t most = 25;
    const std::size_t width = static_cast<std::size_t>(std::clamp(session.environment().columns - 70, 18, 28));
    for (std::size_t i = 0; i < found.size() && i < most; ++i) {
        const PersonCard& each = found[i];
        std::string line;
        if (!each.position.empty() && !each.organisation.empty()) line = session.text(msg("people.about_position", arg("position", each.position), arg("organisation", each.organisation)));
        else line = each.position + each.organisation;
        std::string shared;
        for (const std::string& group : each.groups)
            if (holds_words(group, wanted)) shared += (shared.empty() ? "" : ", ") + group;
        const bool writes_only = !each.strength && !each.connected && each.encounters.empty() && each.organisation.empty() && !shared.empty();
        const std::string evidence = writes_only ? session.text(msg("people.about_shares", arg("groups", shared))) : evidence_line(session, each);
        line = line.empty() ? evidence : Words(session.language()).joined({line, evidence});
        session.put(padded(fit_width(each.name, width), width) + line, 2, 4);
    }
    if (found.size() > most) session.say_below(msg("people.about_more", arg("count", found.size() - most)));
    return 0;
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

std::string id_of(const StoredPerson& person) { return person.platform + ':' + person.key; }

}  // namespace

int run_people(Session& session, const Arguments& arguments) {
    const auto& words = arguments.positionals;
    if (const auto about = arguments.value("--about")) return list_about(session, *about);
    if (words.empty()) {
        const PeopleReport report = people_report(session);
        session.json() ? list_json(session, report.people) : list_text(session, report.people);
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
    if (words[0] == "circle" && words.size() == 3) {
        const StoredPerson person = find_person(session, words[1]);
        const bool none = words[2] == "none";
        if (!none && words[2] != "R1" && words[2] != "R2" && words[2] != "R3")
            throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("people.bad_circle", arg("circle", quote(words[2]))), .where = {}, .hint = msg("people.hint_circles")});
        store.set_value("circle:" + id_of(person), none ? std::nullopt : std::optional<std::string_view>(words[2]));
        const std::string name = person.name.empty() ? id_of(person) : person.name;
        session.say(none ? msg("people.circle_cleared", arg("name", name)) : msg("people.circle_kept", arg("name", name), arg("circle", words[2])));
        return 0;
    }
    throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.people_usage", arg("word", quote(words[0]))), .where = {},
                        .hint = msg("cli.hint_command_help", arg("command", "people"))});
}

}  // namespace secateur::cli

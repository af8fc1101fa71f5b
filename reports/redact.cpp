// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/redact.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace secateur {
namespace {

constexpr bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

class Aliases {
public:
    Aliases(const AuditReport& report, Language language) : language_(language) {
        std::set<std::string> ids, people;
        const auto see = [&](const GroupAudit& group) {
            ids.insert(group.id);
            people.insert(group.people_met_only_here.begin(), group.people_met_only_here.end());
            if (group.in_person) people.insert(group.in_person->names.begin(), group.in_person->names.end());
            if (group.reciprocity)
                for (const Reciprocity::With& each : group.reciprocity->with) people.insert(each.name);
        };
        for (const GroupAudit& group : report.groups) see(group);
        for (const GroupAudit& group : report.candidates) see(group);
        for (const OverlapCluster& cluster : report.overlaps)
            for (const OverlapCluster::Other& other : cluster.others) people.insert(other.people_names.begin(), other.people_names.end());
        std::int64_t number = 0;
        for (const std::string& id : ids) {
            ++number;
            groups_[id] = {render(msg("reports.alias.group", arg("number", number)), language),
                           "group-" + std::to_string(number)};
        }
        number = 0;
        for (const std::string& person : people) {
            people_[person] = render(msg("reports.alias.person", arg("number", ++number)), language);
            add(person, people_[person]);
        }
        const auto learn = [&](const GroupAudit& group) {
            for (const std::string* text : {&group.name, &group.id, &group.key, &group.url}) add(*text, groups_[group.id].name);
        };
        for (const GroupAudit& group : report.groups) learn(group);
        for (const GroupAudit& group : report.candidates) learn(group);
        for (const AccountCard& account : report.accounts) add(account.handle, masked());
        for (const SourceCard& source : report.sources) add(source.label, source_alias(source));
        add(report.client, client());
        // The longest first: "RH Bruxelles" before "RH".
        for (auto& names : written_)
            std::ranges::stable_sort(names, std::ranges::greater{}, [](const auto& pair) { return pair.first.size(); });
    }

    struct GroupAlias {
        std::string name;  // in words
        std::string key;   // the same in every language
    };
    /// A group that is in the report.
    [[nodiscard]] const GroupAlias& group(const std::string& id) const { return groups_.at(id); }
    /// Of any group; one that is not in the report is masked.
    [[nodiscard]] std::string alias_id(const std::string& id) const {
        const auto found = groups_.find(id);
        return found == groups_.end() ? masked() : id.substr(0, id.find(':')) + ":" + found->second.key;
    }
    [[nodiscard]] std::string person(const std::string& name) const { return people_.at(name); }
    [[nodiscard]] std::string client() const { return render(msg("reports.alias.client"), language_); }
    [[nodiscard]] std::string masked() const { return render(msg("reports.alias.masked"), language_); }
    [[nodiscard]] std::string source_alias(const SourceCard& source) const {
        return render(msg("reports.alias.source", arg("number", source.id)), language_);
    }

    /// Every known name in the text replaced, where it stands as whole words.
    [[nodiscard]] std::string text(const std::string& original) const {
        std::string out;
        for (std::size_t at = 0; at < original.size();) {
            const auto& candidates = written_[static_cast<unsigned char>(original[at])];
            const auto found = std::ranges::find_if(candidates, [&](const auto& pair) {
                const std::string& name = pair.first;
                if (original.compare(at, name.size(), name) != 0) return false;
                const std::size_t end = at + name.size();
                const bool starts = at == 0 || !is_word_byte(original[at - 1]) || !is_word_byte(name.front());
                const bool ends = end == original.size() || !is_word_byte(original[end]) || !is_word_byte(name.back());
                return starts && ends;
            });
            if (found == candidates.end()) {
                out += original[at++];
            } else {
                out += found->second;
                at += found->first.size();
            }
        }
        return out;
    }

    void message(Message& message) const {
        // These arguments name people or groups: one that the report lists nowhere else (a part of a name, a cut one) is masked.
        constexpr std::array naming_arguments{"person", "people", "names", "who", "owner", "author", "name", "group", "cue"};
        for (Argument& argument : message.arguments) {
            auto* value = std::get_if<std::string>(&argument.value);
            if (!value) continue;
            std::string replaced = text(*value);
            const bool is_naming = std::ranges::find(naming_arguments, argument.name) != naming_arguments.end();
            *value = is_naming && replaced == *value ? masked() : std::move(replaced);
        }
    }
    void message(std::optional<Message>& optional) const {
        if (optional) message(*optional);
    }

private:
    void add(const std::string& name, const std::string& alias) {
        if (!name.empty()) written_[static_cast<unsigned char>(name.front())].emplace_back(name, alias);
    }

    Language language_;
    std::map<std::string, GroupAlias> groups_;
    std::map<std::string, std::string> people_;
    std::array<std::vector<std::pair<std::string, std::string>>, 256> written_;  // by first byte
};

void redact(GroupAudit& group, const Aliases& aliases) {
    for (Reason& reason : group.verdict.reasons) {
        aliases.message(reason.text);
        reason.value = aliases.text(reason.value);
    }
    for (Message& missing : group.verdict.missing) aliases.message(missing);
    aliases.message(group.verdict.question);
    aliases.message(group.verdict.suggestion);
    for (std::string& person : group.people_met_only_here) person = aliases.person(person);
    if (group.in_person)
        for (std::string& person : group.in_person->names) person = aliases.person(person);
    if (group.reciprocity)
        for (Reciprocity::With& each : group.reciprocity->with) each.name = aliases.person(each.name);
    for (RelevanceScore& relevance : group.relevance)
        for (MatchedTerm& term : relevance.matched) term.term = aliases.text(term.term);
    const Aliases::GroupAlias& alias = aliases.group(group.id);
    const std::string id = group.platform + ":" + alias.key;
    if (group.repeats) group.repeats = aliases.alias_id(*group.repeats);
    for (Answer& answer : group.answers) {
        answer.group = id;
        const bool is_free = answer.question == "why_joined" ||
                             (answer.question == "would_lose" && answer.value != "yes" && answer.value != "no");
        if (is_free) answer.value = aliases.masked();
    }
    if (group.proposed_scope) group.proposed_scope->cue = aliases.masked();  // faith, health or a school: the cue says which
    group.id = id;
    group.key = alias.key;
    group.name = alias.name;
    group.url.clear();
}

/// What no coach sees: family, faith, duty, a place of support. What she only pinned is not private.
bool is_private(const GroupAudit& group) {
    if (group.scope == Scope::personal || group.scope == Scope::duty) return true;
    return group.verdict.rule == 2 && (group.verdict.reasons.empty() || group.verdict.reasons.front().metric != "pinned");
}

}  // namespace

AuditReport redacted(const AuditReport& original, Language language) {
    const Aliases aliases(original, language);
    AuditReport report = original;
    std::erase_if(report.groups, is_private);
    report.client = aliases.client();
    for (GroupAudit& group : report.groups) redact(group, aliases);
    for (GroupAudit& group : report.candidates) redact(group, aliases);
    for (SourceCard& source : report.sources) {
        source.label = aliases.source_alias(source);
        for (Message& lack : source.lacks) aliases.message(lack);
    }
    for (AccountCard& account : report.accounts)
        if (!account.handle.empty()) account.handle = aliases.masked();
    for (OverlapCluster& cluster : report.overlaps) {
        cluster.keep = aliases.alias_id(cluster.keep);
        for (OverlapCluster::Other& other : cluster.others) {
            other.id = aliases.alias_id(other.id);
            for (std::string& person : other.people_names) person = aliases.person(person);
            for (std::string& term : other.terms) term = aliases.text(term);
        }
    }
    for (Message& remark : report.remarks) aliases.message(remark);
    for (ObjectiveAudit& objective : report.objectives) {
        objective.text = aliases.text(objective.text);
        aliases.message(objective.remark);
    }
    return report;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/discord_chat_exporter/owner.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace secateur::discord_chat_exporter {
namespace {

constexpr std::size_t most_candidates = 10;

using Found = std::pair<std::string, Author>;

/// Most messages first; the id settles what is equal.
std::vector<Found> ranked(const Authors& authors, const auto& wanted) {
    std::vector<Found> found;
    for (const auto& [id, author] : authors)
        if (!author.is_bot && wanted(id, author)) found.emplace_back(id, author);
    std::ranges::sort(found, [](const Found& a, const Found& b) {
        return a.second.messages != b.second.messages ? a.second.messages > b.second.messages : a.first < b.first;
    });
    return found;
}

void take(Me& me, const Found& found, Message evidence, bool from_export) {
    me.ids.insert(found.first);
    if (me.owner.person) {  // the profile lists both: two accounts of one person
        me.owner.also.push_back({found.first, found.second.shown()});
        return;
    }
    me.owner.person = Person{found.first, found.second.shown()};
    me.owner.evidence = std::move(evidence);
    me.owner.from_export = from_export;
    me.account_evidence = from_export ? "account.from_export" : "account.from_profile";
    me.handle = found.second.handle.empty() ? found.second.name : found.second.handle;
}

bool find_by_profile(Me& me, const Survey& survey, const Identities& identities) {
    if (identities.empty()) return false;
    const auto by_id = ranked(survey.authors, [&](const std::string& id, const Author&) {
        return std::ranges::find(identities.ids, id) != identities.ids.end();
    });
    for (const Found& each : by_id)
        take(me, each, msg("discord_chat_exporter.owner_profile", arg("name", each.second.shown())), false);
    if (me.is_known()) return true;
    const auto by_name = ranked(survey.authors, [&](const std::string&, const Author& author) {
        return identities.match(author.name) || identities.match(author.nickname) || identities.match(author.handle);
    });
    if (by_name.size() != 1) return false;  // nobody, or several members of one name
    take(me, by_name.front(), msg("discord_chat_exporter.owner_profile", arg("name", by_name.front().second.shown())), false);
    return true;
}

bool find_in_conversations(Me& me, const Survey& survey) {
    if (survey.opposites.size() != 1) return false;
    const auto& [id, count] = *survey.opposites.begin();
    take(me, {id, survey.authors.at(id)}, msg("discord_chat_exporter.owner_opposite", arg("count", count)), true);
    return true;
}

}  // namespace

Me settle_owner(const Survey& survey, const Identities& identities) {
    Me me;
    if (identities.forced) {
        if (find_by_profile(me, survey, identities)) me.account_evidence = "account.asked";
    } else {
        static_cast<void>(find_by_profile(me, survey, identities) || find_in_conversations(me, survey));
    }
    if (me.is_known()) return me;
    auto all = ranked(survey.authors, [](const std::string&, const Author& author) { return author.messages > 0; });
    if (all.size() > most_candidates) all.resize(most_candidates);
    for (const auto& [id, author] : all)
        me.owner.candidates.push_back({.person = {id, author.shown()},
                                       .activities = author.messages,
                                       .evidence = msg("discord_chat_exporter.candidate", arg("count", author.messages))});
    return me;
}

}  // namespace secateur::discord_chat_exporter

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/linkedin/owner.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace secateur::linkedin {
namespace {

constexpr std::size_t most_candidates = 10;
constexpr std::size_t telling_conversations = 3;  // fewer could have the same two people in all of them

std::string most_frequent(const std::map<std::string, std::uint64_t>& counts) {
    std::string best;
    std::uint64_t most = 0;
    for (const auto& [key, count] : counts)
        if (count > most) best = key, most = count;
    return best;
}

using Found = std::pair<std::string, Correspondent>;

std::vector<Found> ranked(const Survey& survey) {
    std::vector<Found> all(survey.correspondents.begin(), survey.correspondents.end());
    std::ranges::sort(all, [](const Found& a, const Found& b) {
        if (a.second.conversations != b.second.conversations) return a.second.conversations > b.second.conversations;
        if (a.second.messages != b.second.messages) return a.second.messages > b.second.messages;
        return a.first < b.first;
    });
    return all;
}

/// The address under which a name writes messages; the most frequent one.
std::string slug_of_sender(const Survey& survey, std::string_view name) {
    const std::string folded = fold_name(name);
    if (folded.empty()) return {};
    for (const auto& [key, correspondent] : ranked(survey))
        if (key != folded && fold_name(correspondent.name) == folded) return key;
    return {};
}

void settle(Me& me, std::string name, std::string slug, const Layout& layout, Message evidence, bool from_export) {
    Person person{.key = slug.empty() ? fold_name(name) : slug, .name = name};
    if (person.key.empty()) person.key = layout.member_id;
    if (person.key.empty()) return;
    if (!slug.empty()) me.slugs.insert(slug);
    if (!name.empty()) me.names.insert(fold_name(name));
    const auto also = [&](std::string key) {
        if (!key.empty() && key != person.key) me.owner.also.push_back({std::move(key), name});
    };
    also(fold_name(name));
    also(layout.member_id);
    me.owner.person = std::move(person);
    me.owner.evidence = std::move(evidence);
    me.owner.from_export = from_export;
    me.evidence = from_export ? "account.from_export" : "account.from_profile";
}

/// The correspondent whom the identities name, by address or name.
const Found* matching(const std::vector<Found>& all, const Identities& identities) {
    const auto found = std::ranges::find_if(all, [&](const Found& each) {
        return identities.match(each.first) || (!each.second.name.empty() && identities.match(each.second.name));
    });
    return found == all.end() ? nullptr : &*found;
}

bool settle_from_export(Me& me, const Survey& survey, const Layout& layout, const std::vector<Found>& all, bool checked) {
    const bool by_profile = !survey.profile_name.empty();
    const std::string name = by_profile ? survey.profile_name : most_frequent(survey.own_names);
    std::string slug = most_frequent(survey.own_slugs);
    if (slug.empty()) slug = slug_of_sender(survey, name);
    if (!name.empty() || !slug.empty()) {
        settle(me, name, slug, layout,
               by_profile ? msg("linkedin.owner_profile_file", arg("name", name)) : msg("linkedin.owner_invitations"), checked);
        return true;
    }
    // Only the owner is in every conversation.
    const std::size_t conversations = survey.conversations.size();
    const auto everywhere = [&](const Found& each) { return each.second.conversations == conversations; };
    if (conversations >= telling_conversations && std::ranges::count_if(all, everywhere) == 1 && everywhere(all.front())) {
        const auto& [key, correspondent] = all.front();
        const bool is_name = key == fold_name(correspondent.name);
        settle(me, correspondent.name, is_name ? std::string() : key, layout,
               msg("linkedin.owner_everywhere", arg("count", conversations)), checked);
        return true;
    }
    return false;
}

}  // namespace

bool Me::is(std::string_view name, std::string_view url) const {
    const std::string slug = profile_slug(url);
    if (!slug.empty() && !slugs.empty()) return slugs.contains(slug);
    return !is_missing(name) && names.contains(fold_name(name));
}

Me find_owner(const Survey& survey, const Layout& layout, const Identities& identities) {
    Me me;
    const std::vector<Found> all = ranked(survey);
    const auto settle_by_identity = [&] {
        const Found* const found = identities.empty() ? nullptr : matching(all, identities);
        if (found == nullptr) return false;
        const auto& [key, correspondent] = *found;
        const bool is_name = key == fold_name(correspondent.name);
        settle(me, correspondent.name, is_name ? std::string() : key, layout,
               msg("linkedin.owner_identity", arg("name", correspondent.name)), false);
        return true;
    };
    // `--me` decides alone; where it names nobody of this export it only says that the export is the person's.
    if (identities.forced && settle_by_identity()) return me;
    if (settle_from_export(me, survey, layout, all, !identities.forced)) return me;
    if (settle_by_identity()) return me;
    if (survey.conversations.empty()) {
        // Shares, comments and reactions are one's own by their format: whose, the user has said, or the number in the file
        // names.
        const std::string name = identities.names.empty() ? std::string() : identities.names.front();
        settle(me, name, {}, layout,
               name.empty() ? msg("linkedin.owner_member_id", arg("id", layout.member_id)) : msg("linkedin.owner_own_files"),
               false);
        if (me.owner.person) return me;
    }
    for (const auto& [key, correspondent] : all) {
        if (me.owner.candidates.size() == most_candidates) break;
        if (is_hidden_member(correspondent.name)) continue;
        me.owner.candidates.push_back({.person = {key, correspondent.name},
                                       .activities = correspondent.messages,
                                       .evidence = msg("linkedin.candidate", arg("count", correspondent.conversations))});
    }
    return me;
}

}  // namespace secateur::linkedin

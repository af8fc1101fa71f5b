// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/audit_inputs.hpp"

#include <algorithm>

#include "analysis/audit.hpp"
#include "analysis/follow_up.hpp"
#include "analysis/policy.hpp"

namespace secateur::cli {
namespace {

/// Nothing that lies after `as_of` is told: a file's date may.
SourceCard card_of(const SourceInfo& source, Date as_of) {
    const auto day = [&](const std::optional<Instant>& at) { return at ? std::optional(std::min(date_of(*at), as_of)) : std::nullopt; };
    return {.id = source.id,
            .platform = source.platform,
            .connector = source.connector,
            .label = source.label,
            .first = day(source.counts.first),
            .last = day(source.counts.last),
            .data_until = day(source.exported_at ? source.exported_at : source.newest),
            .coverage = source.counts.coverage,
            .activities = source.counts.activities,
            .mine = source.counts.mine,
            .unattributed = source.counts.unattributed,
            .quarantined = source.counts.quarantined,
            .lacks = source.lacks};
}

AccountCard card_of(const Account& account) {
    return {.platform = account.platform,
            .handle = account.handle.empty() ? (account.names.empty() ? account.native_id : account.names.front()) : account.handle,
            .last_used = account.last_used ? std::optional(date_of(account.last_used->at)) : std::nullopt,
            .is_public = account.is_public,
            .password_known = account.password_known};
}

}  // namespace

constexpr std::string_view frozen_prefix = "month/";

/// Months before that of `as_of`, earliest first.
std::vector<FrozenMonth> frozen_months(const Store& store, Date as_of) {
    std::vector<FrozenMonth> found;
    const std::string this_month = std::string(frozen_prefix) + format_date(as_of).substr(0, 7);
    for (const std::string& name : store.value_names(frozen_prefix)) {
        if (name >= this_month) continue;
        if (const auto text = store.value(name))
            if (auto month = parse_frozen(*text)) found.push_back(std::move(*month));
    }
    return found;
}

void freeze_month(Store& store, const AuditReport& report) {
    const std::string name = std::string(frozen_prefix) + format_date(report.as_of).substr(0, 7);
    const std::string text = frozen_text(frozen(report));
    if (store.value(name) != text) store.set_value(name, text);
}

AuditReport make_audit(Store& store, const Profile& profile, const std::string& client, Date as_of, const Zone& zone,
                       const WordData& words) {
    AuditInputs inputs;
    inputs.for_each_group = [&](const std::function<void(const GroupHistory&)>& visit) {
        store.for_each_group(as_of, zone, [&](GroupHistory&& history) { visit(history); });
    };
    inputs.person_name = [&](std::int64_t number) { return store.person_name(number); };
    for (StoredMeeting& each : store.meetings())
        inputs.meetings.push_back({.meeting = std::move(each.meeting), .group = std::move(each.group), .people = std::move(each.people)});
    const auto apart = store.people_apart();
    inputs.are_two = [&](std::int64_t one, std::int64_t other) {
        const auto a = store.person(one), b = store.person(other);
        if (!a || !b) return false;
        const auto [first, second] = std::minmax({a->platform + ':' + a->key, b->platform + ':' + b->key});
        return std::ranges::find(apart, std::pair(first, second)) != apart.end();
    };
    for (const SourceInfo& source : store.sources()) inputs.sources.push_back(card_of(source, as_of));
    // A calendar and an address book are hers alone: nobody else is there.
    for (const Account& account : store.accounts())
        if (account.platform != "calendar" && account.platform != "contacts") inputs.accounts.push_back(card_of(account));
    for (const StoredInvitation& each : store.invitations()) {
        if (each.invitation.origin != "connection") continue;
        inputs.invitations.push_back({.direction = each.invitation.direction,
                                      .day = each.invitation.at ? std::optional(date_of(each.invitation.at->at)) : std::nullopt,
                                      .personal = each.invitation.has_personal_message});
    }
    for (const StoredContact& each : store.contacts())
        if (each.contact.circle != "page" && each.contact.circle != "follow" && (!each.contact.connected || date_of(each.contact.connected->at) <= as_of))
            inputs.relations.push_back({.platform = each.contact.platform, .person = each.person});
    for (Unattributed& each : store.unattributed(as_of, zone)) inputs.outside.push_back({.platform = std::move(each.platform), .acts = std::move(each.acts)});
    const Instant end = as_of_instant(as_of, zone);
    store.for_each_text(end - std::chrono::days(365), end, [&](std::string_view text) { inputs.cv_relays = inputs.cv_relays.value_or(0) + relays_cv(text); });
    for (const StoredInvitation& each : store.invitations())
        if (each.invitation.direction == Direction::sent && each.invitation.origin == "recommendation" && each.invitation.at)
            if (const Date on = date_of(each.invitation.at->at); on <= as_of && as_of - on < std::chrono::days(365)) ++inputs.recommendations_given;
    inputs.zone = zone;
    inputs.months = frozen_months(store, as_of);
    inputs.words = &words;
    Profile named = profile;
    if (named.name.empty()) named.name = client;
    // load_profile has refused unknown names and values already.
    return audit(inputs, named, policy_with(profile.policy).policy, as_of);
}

}  // namespace secateur::cli

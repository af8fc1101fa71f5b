// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/linkedin/people.hpp"
#include "base/ascii.hpp"

#include <utility>

#include "base/text.hpp"

namespace secateur::linkedin {
namespace {

void read_connections(FilePass& pass) {
    const auto first = pass.column("First Name|Prénom|Vorname"), last = pass.column("Last Name|Nom|Nachname");
    const auto url = pass.column("URL"), email = pass.column("Email Address|Adresse e-mail|E-Mail-Adresse");
    const auto company = pass.column("Company|Entreprise|Unternehmen"), position = pass.column("Position|Poste|Fonction");
    const auto connected = pass.column(file_spec(FileKind::connections).date);
    while (pass.next()) {
        const std::string name = full_name(pass.cell(first), pass.cell(last));
        if (name.empty() && pass.value(url).empty()) {
            // LinkedIn keeps the line of a member who is hidden or gone, with nothing but the date.
            pass.ignore("hidden_connection");
            continue;
        }
        std::optional<When> when;
        if (!pass.date(connected, when)) continue;
        Contact contact{.person = make_person(name, pass.cell(url)),
                        .url = std::string(pass.value(url)),
                        .organisation = std::string(pass.value(company)),
                        .position = std::string(pass.value(position)),
                        .connected = std::move(when),
                        .origin = "connections"};
        if (!pass.value(email).empty()) contact.emails.emplace_back(pass.value(email));
        pass.accept(std::move(contact));
    }
}

void read_invitations(FilePass& pass) {
    const auto from = pass.column("From"), to = pass.column("To"), at = pass.column("Sent At"), message = pass.column("Message");
    const auto direction_column = pass.column("Direction");
    const auto inviter = pass.column("inviterProfileUrl"), invitee = pass.column("inviteeProfileUrl");
    while (pass.next()) {
        const auto direction = invitation_direction(pass.cell(direction_column));
        if (!direction) {
            pass.reject(msg("linkedin.bad_direction", arg("value", quote(pass.cell(direction_column)))));
            continue;
        }
        const bool sent = *direction == Direction::sent;
        Invitation invitation{.direction = *direction,
                              .person = make_person(pass.cell(sent ? to : from), pass.cell(sent ? invitee : inviter)),
                              .has_personal_message = !pass.value(message).empty(),
                              .origin = "connection"};
        if (!pass.date(at, invitation.at)) continue;
        pass.accept(std::move(invitation));
    }
}

void read_recommendations(FilePass& pass, Direction direction) {
    const auto first = pass.column("First Name"), last = pass.column("Last Name"), text = pass.column("Text");
    const auto created = pass.column("Creation Date");
    while (pass.next()) {
        // Without an address: the folded name is all there is.
        Invitation invitation{.direction = direction,
                              .person = make_person(full_name(pass.cell(first), pass.cell(last)), {}),
                              .has_personal_message = !pass.value(text).empty(),
                              .origin = "recommendation"};
        if (!pass.date(created, invitation.at)) continue;
        pass.accept(std::move(invitation));
    }
}

void read_endorsements(FilePass& pass, Direction direction) {
    const bool given = direction == Direction::sent;
    const auto first = pass.column(given ? "Endorsee First Name" : "Endorser First Name");
    const auto last = pass.column(given ? "Endorsee Last Name" : "Endorser Last Name");
    const auto url = pass.column(given ? "Endorsee Public Url" : "Endorser Public Url");
    const auto at = pass.column("Endorsement Date"), skill = pass.column("Skill Name");
    while (pass.next()) {
        Invitation invitation{.direction = direction,
                              .person = make_person(full_name(pass.cell(first), pass.cell(last)), pass.cell(url)),
                              .origin = "endorsement",
                              .note = std::string(pass.value(skill))};
        if (!pass.date(at, invitation.at)) continue;
        pass.accept(std::move(invitation));
    }
}

/// People, pages and hashtags followed: contacts of a circle of their own, since following is no membership.
void read_follows(FilePass& pass) {
    const FileKind kind = pass.kind();
    const bool member = kind == FileKind::member_follows, company = kind == FileKind::company_follows;
    const auto name_column = pass.column(member ? "FullName|Full Name" : company ? "Organization" : "HashTag");
    const auto at = pass.column(file_spec(kind).date);
    const auto state = pass.column(member ? "Status" : company ? "" : "State");
    while (pass.next()) {
        std::string name(pass.value(name_column));
        if (name.empty()) {
            pass.reject(msg("linkedin.nameless"));
            continue;
        }
        const std::string status = ascii_lowered(pass.value(state));
        if (status.starts_with("unfollow") || status == "inactive") {
            pass.ignore("unfollowed");
            continue;
        }
        Contact contact{.origin = member ? "member_follow" : company ? "company_follow" : "hashtag_follow"};
        if (!pass.date(at, contact.connected)) continue;
        contact.circle = company ? "page" : "follow";
        if (!member && !company && !name.starts_with('#')) name.insert(0, "#");
        contact.person = {.key = fold_name(name), .name = name};
        if (company) contact.person.key.insert(0, "company:");
        pass.accept(std::move(contact));
    }
}

void read_events(FilePass& pass) {
    const auto name = pass.column("Event Name"), time = pass.column("Event Time"), status = pass.column("Status");
    while (pass.next()) {
        Meeting meeting{.name = std::string(pass.value(name))};
        if (meeting.name.empty()) {
            pass.reject(msg("linkedin.nameless"));
            continue;
        }
        if (!pass.value(time).empty()) {
            auto parsed = parse_event_time(pass.value(time), pass.zone());
            if (!parsed) {
                pass.reject(msg("linkedin.bad_date", arg("value", quote(pass.value(time)))));
                continue;
            }
            pass.note_unzoned(parsed->begin);
            meeting.begin = std::move(parsed->begin);
            meeting.end = std::move(parsed->end);
        }
        const std::string answer = ascii_lowered(pass.value(status));
        if (answer == "approved" || answer == "attending" || answer == "attended" || answer == "accepted")
            meeting.attendance = Attendance::went;
        else if (answer == "relinquished" || answer == "declined" || answer == "rejected")
            meeting.attendance = Attendance::declined;
        pass.accept(std::move(meeting));
    }
}

}  // namespace

bool read_people(FilePass& pass) {
    using enum FileKind;
    switch (pass.kind()) {
        case connections: read_connections(pass); return true;
        case invitations: read_invitations(pass); return true;
        case recommendations_given: read_recommendations(pass, Direction::sent); return true;
        case recommendations_received: read_recommendations(pass, Direction::received); return true;
        case endorsements_given: read_endorsements(pass, Direction::sent); return true;
        case endorsements_received: read_endorsements(pass, Direction::received); return true;
        case member_follows:
        case company_follows:
        case hashtag_follows: read_follows(pass); return true;
        case events: read_events(pass); return true;
        default: return false;
    }
}

}  // namespace secateur::linkedin

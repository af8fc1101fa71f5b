// SPDX-License-Identifier: GPL-3.0-or-later
// A record as one line of text, every field in it: for comparing two readings and for showing a difference.
#pragma once

#include <fmt/format.h>

#include <string>
#include <variant>

#include "base/time.hpp"
#include "model/record.hpp"

namespace secateur::test {

inline std::string text_of(const std::optional<When>& when) {
    return when ? fmt::format("{}/{}/{}/{}", format_rfc3339(when->at), static_cast<int>(when->precision), static_cast<int>(when->basis), when->written) : "-";
}
inline std::string text_of(const std::optional<bool>& truth) { return truth ? (*truth ? "yes" : "no") : "-"; }
inline std::string text_of(const Person& person) { return person.key + "=" + person.name; }
inline std::string text_of(const std::vector<std::string>& list) {
    std::string out;
    for (const std::string& each : list) out += each + ";";
    return out;
}

struct RecordText {
    std::string operator()(const Account& r) const {
        return fmt::format("account {} {} {} {} {} {} {} {}", r.platform, r.native_id, r.handle, text_of(r.names), r.evidence, text_of(r.last_used), text_of(r.is_public),
                           text_of(r.password_known));
    }
    std::string operator()(const Group& r) const {
        return fmt::format("group {} {} {} {} {} {} {} {} {} {} {} {} {}", r.platform, r.key, r.name, r.description, r.url, to_string(r.kind), text_of(r.topics), r.language,
                           r.members.value_or(0), r.active_members_30d.value_or(0), r.posts_30d.value_or(0), text_of(r.last_post), text_of(r.measured_at));
    }
    std::string operator()(const Membership& r) const {
        return fmt::format("membership {} {} {} {} {} {} {} {} {} {} {} {}", r.platform, r.group, to_string(r.event), text_of(r.at), to_string(r.role), text_of(r.pinned), r.note,
                           r.origin, r.native_id, r.is_me, text_of(r.person), r.notify);
    }
    std::string operator()(const Activity& r) const {
        return fmt::format("activity {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}", r.platform, r.group, r.native_id, r.natural_key, text_of(r.author), r.is_me,
                           text_of(r.when), to_string(r.kind), r.parent, r.parent_is_me, r.mentions_me, r.edited, r.automatic, r.attachments, r.text, text_of(r.links),
                           r.words.value_or(0));
    }
    std::string operator()(const Contact& r) const {
        return fmt::format("contact {} {} {} {} {} {} {} {} {}", r.platform, text_of(r.person), r.url, r.organisation, r.position, text_of(r.emails), text_of(r.connected), r.circle,
                           r.origin);
    }
    std::string operator()(const Meeting& r) const {
        std::string people;
        for (const Person& person : r.people) people += text_of(person) + ";";
        return fmt::format("meeting {} {} {} {} {} {} {} {} {} {} {}", r.platform, r.name, text_of(r.begin), text_of(r.end), r.group, to_string(r.attendance), text_of(r.in_person),
                           people, r.place, r.met_through, r.native_id);
    }
    std::string operator()(const Invitation& r) const {
        return fmt::format("invitation {} {} {} {} {} {} {}", r.platform, r.direction == Direction::sent ? "sent" : "received", text_of(r.person), text_of(r.at),
                           r.has_personal_message, r.origin, r.note);
    }
    std::string operator()(const Coverage& r) const {
        return fmt::format("coverage {} {} {} {} {} {}", r.platform, r.group, to_string(r.kind), r.begin ? format_rfc3339(*r.begin) : "-", r.end ? format_rfc3339(*r.end) : "-",
                           text_of(r.not_requested));
    }
};

inline std::string text_of(const Record& record) { return std::visit(RecordText{}, record); }

}  // namespace secateur::test

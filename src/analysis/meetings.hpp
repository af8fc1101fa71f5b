// SPDX-License-Identifier: GPL-3.0-or-later
// Meetings face to face, and whom of the people she knows they were with.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/record.hpp"

namespace secateur {

struct MeetingOf {
    Meeting meeting;
    std::string group;  // "platform:key", or empty
    std::vector<std::int64_t> people;
};

/// She went, and it was in a place; the day of its beginning is known.
[[nodiscard]] bool is_face_to_face(const Meeting& meeting);

/// The people she exchanges with, by full name: a meeting often knows no more of somebody than that.
class KnownPeople {
public:
    using NameOf = std::function<std::string(std::int64_t)>;
    explicit KnownPeople(NameOf name_of) : name_of_(std::move(name_of)) {}
    void add(std::int64_t person);
    /// Whom a number of a meeting means: itself where it is known, else the one account of that full name, else itself.
    [[nodiscard]] std::int64_t meant(std::int64_t person) const;
    /// Everybody added whose full name (two words or more, folded) is that of this person; without names, nobody.
    [[nodiscard]] const std::vector<std::int64_t>& of_one_name(std::int64_t person) const;

private:
    NameOf name_of_;
    std::map<std::string, std::vector<std::int64_t>> by_name_;
    std::map<std::int64_t, std::string> names_;
};

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/meetings.hpp"

#include "analysis/same_person.hpp"

namespace secateur {

bool is_face_to_face(const Meeting& meeting) {
    return meeting.begin && meeting.attendance == Attendance::went && meeting.in_person.value_or(!meeting.place.empty());
}

void KnownPeople::add(std::int64_t person) {
    const auto [place, is_new] = names_.try_emplace(person, name_of_ ? full_name(name_of_(person)) : std::string());
    if (is_new && !place->second.empty()) by_name_[place->second].push_back(person);
}

std::int64_t KnownPeople::meant(std::int64_t person) const {
    if (names_.contains(person)) return person;
    const auto& same = of_one_name(person);
    return same.size() == 1 ? same.front() : person;
}

const std::vector<std::int64_t>& KnownPeople::of_one_name(std::int64_t person) const {
    static const std::vector<std::int64_t> nobody;
    const auto known = names_.find(person);
    const std::string name = known != names_.end() ? known->second : name_of_ ? full_name(name_of_(person)) : std::string();
    const auto found = by_name_.find(name);
    return name.empty() || found == by_name_.end() ? nobody : found->second;
}

}  // namespace secateur

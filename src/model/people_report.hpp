// SPDX-License-Identifier: GPL-3.0-or-later
// The people she exchanges with, in circles, and the few words she owes them: what leaves the analysis for `people` and `followups`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.hpp"
#include "base/time.hpp"

namespace secateur {

enum class Circle { close, both_ways, seen };  // R1, R2, R3
enum class TieStrength { strong, some, faint };

/// What the strength of a tie is made of (metrics 2.3), each 0 to 1, 4 decimals; the sum is weighted by the policy.
struct TieParts {
    double recency = 0, contact_days = 0, duration = 0, balance = 0, groups = 0;
    double score = 0;
};

/// A meeting in person that has been.
struct Encounter {
    Date day{};
    std::string place, through;
};

struct PersonCard {
    std::int64_t number = 0;
    std::string id, name;  // "platform:key"
    std::string organisation, position;
    std::vector<std::string> platforms, groups;  // sorted; conversations of two are no groups
    bool direct = false;                         // there is a conversation of two
    Circle circle = Circle::seen;
    bool circle_is_hers = false;
    std::optional<TieStrength> strength;  // absent without exchange
    TieParts tie;
    std::uint64_t days = 0, given = 0, received = 0;
    std::optional<Date> first, last;
    bool namesake = false;  // she exchanges with another account of that name
    std::string met_where;  // the group of the first exchange, or what a meeting was met through; empty: between two, or not known
    std::vector<Encounter> encounters;  // by day
    std::optional<Date> connected;
    std::optional<double> usual_gap_days;  // median between days with an exchange; five gaps at least
    std::uint64_t helped_me = 0, thanked_me = 0;
};

enum class FollowUpKind { answer, prepare, thank, news, losing_touch, meet, greetings };  // the first ones first

struct FollowUp {
    FollowUpKind kind = FollowUpKind::answer;
    std::int64_t person = 0;
    std::string id, name;
    Date since{};    // what it rests on
    Message reason;
    bool again = false;  // suggested already, less than a month ago
};

struct PeopleReport {
    Date as_of{};
    std::vector<PersonCard> people;   // by circle, strength, days
    std::vector<FollowUp> followups;  // due, the most pressing first, one a person, so many a month
    std::uint64_t waiting = 0;        // more that wait for another month
    std::uint64_t most = 0;           // so many a month
};

std::string_view to_string(Circle circle);        // "R1"
std::string_view to_string(TieStrength strength);
std::string_view to_string(FollowUpKind kind);

}  // namespace secateur

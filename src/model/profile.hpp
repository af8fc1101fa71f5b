// SPDX-License-Identifier: GPL-3.0-or-later
// What the person told us: who she is, what she aims at, how much time she has, what she answered about her groups.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace secateur {

enum class Scope { audit, personal, duty, candidate };
enum class Purpose { watch, decision_makers, job_leads, support, visibility, belonging, meetings, unclear };

struct Objective {
    std::string id;    // short, stable: "visible"
    std::string text;  // in her words, French or English
    int rank = 1;      // from 1, the most important
    std::optional<Date> start;
    std::optional<Date> done;
    std::vector<std::string> trade, sector, place, people, interests;  // facets
    std::vector<std::string> without;                                   // words of the text that say nothing of the aim
    [[nodiscard]] bool open_at(Date day) const { return (!done || *done > day) && (!start || *start <= day); }
};

struct Profile {
    std::string name;                    // the client, as shown
    std::optional<std::string> language;  // "fr" or "en"
    std::optional<std::string> timezone;  // "Europe/Brussels"
    std::optional<double> minutes_per_week;
    std::map<std::string, double> platform_minutes;  // platform -> minutes a week
    std::vector<std::string> names, handles, emails, phones, ids;
    std::vector<Objective> objectives;
    std::vector<std::string> pinned;  // group ids or unique parts of names
    std::map<std::string, double> policy;  // overrides of Policy members by name
};

/// One answer of hers about one group; `question` is one of the keys below, `value` one of its values or free text.
///   why_joined: text · reads: all skim titles no · brought: information advice contact introduction recommendation support lead
///   meeting nothing (several with `;`) · pleasure: yes so-so no · would_lose: yes no (or names) · purpose: see Purpose
///   serves: an objective id or none · minutes: number a week · scope: audit personal duty candidate
struct Answer {
    std::string group;  // "platform:key"
    std::string question;
    std::string value;
    Date date{};
    bool operator==(const Answer&) const = default;
};

/// The questions in the order in which they are asked.
[[nodiscard]] const std::vector<std::string_view>& answer_questions();
/// Whether the value is one this question takes.
[[nodiscard]] bool is_valid_answer(std::string_view question, std::string_view value);

std::string_view to_string(Scope scope);
std::string_view to_string(Purpose purpose);
std::optional<Scope> parse_scope(std::string_view text);
std::optional<Purpose> parse_purpose(std::string_view text);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/answers.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.hpp"

namespace secateur {

unsigned HerAnswers::fresh() const {
    return static_cast<unsigned>(reads.has_value()) + static_cast<unsigned>(brought.has_value()) +
           static_cast<unsigned>(pleasure.has_value()) + static_cast<unsigned>(would_lose.has_value()) +
           static_cast<unsigned>(serves.has_value());
}

HerAnswers her_answers(const std::vector<Answer>& answers, Date as_of, const Policy& policy) {
    std::map<std::string_view, const Answer*> latest;
    for (const Answer& each : answers) {
        if (each.date > as_of) continue;
        const Answer*& known = latest[each.question];
        if (!known || std::tie(each.date, each.value) >= std::tie(known->date, known->value)) known = &each;
    }
    HerAnswers out;
    for (const auto& [question, answer] : latest) {
        const std::string value(trim(answer->value));
        if (value.empty()) continue;
        const Date day = answer->date;
        const bool fresh = static_cast<double>((as_of - day).count()) <= policy.answer_days;
        if (question == "purpose") {
            if (const auto purpose = parse_purpose(value)) out.purpose = Said<Purpose>{*purpose, day};
        } else if (question == "scope") {
            if (const auto scope = parse_scope(value)) out.scope = Said<Scope>{*scope, day};
        } else if (question == "minutes") {
            const std::optional<double> minutes = parse_number(value);
            if (!minutes || *minutes < 0) continue;
            if (fresh) out.minutes = Said<double>{*minutes, day};
            else out.old_minutes = *minutes;
        } else if (!fresh) {
            continue;
        } else if (question == "reads") {
            const auto reads = value == "all"      ? std::optional(Reads::all)
                               : value == "skim"   ? std::optional(Reads::skim)
                               : value == "titles" ? std::optional(Reads::titles)
                               : value == "no"     ? std::optional(Reads::no)
                                                   : std::nullopt;
            if (reads) out.reads = Said<Reads>{*reads, day};
        } else if (question == "brought") {
            const auto things = split(value, ';');
            out.brought =
                Said<bool>{std::any_of(things.begin(), things.end(),
                                       [](std::string_view each) { return !trim(each).empty() && trim(each) != "nothing"; }),
                           day};
        } else if (question == "pleasure") {
            const auto pleasure = value == "yes"     ? std::optional(Pleasure::yes)
                                  : value == "so-so" ? std::optional(Pleasure::so_so)
                                  : value == "no"    ? std::optional(Pleasure::no)
                                                     : std::nullopt;
            if (pleasure) out.pleasure = Said<Pleasure>{*pleasure, day};
        } else if (question == "would_lose") {
            out.would_lose = Said<bool>{value != "no", day};  // anything else is "yes", or names
        } else if (question == "serves") {
            out.serves = Said<std::string>{value, day};
        }
    }
    return out;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// How a group answers to each objective: objective -> topics in both languages -> words found in the name, the description and
// the posts. Every point names the word that earned it. The band is judged on an absolute scale, so the best of forty
// irrelevant groups stays irrelevant; the score only ranks.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "analysis/policy.hpp"
#include "base/time.hpp"
#include "model/audit_report.hpp"
#include "model/history.hpp"
#include "model/profile.hpp"
#include "text/language.hpp"
#include "text/word_data.hpp"

namespace secateur {

/// One topic of an objective, as the program understood it.
struct Topic {
    std::string word;    // of the objective
    std::string topic;   // id of the lexicon; empty: a word the lexicon does not know
    bool place = false;  // where, not what
    double weight = 1;
};

[[nodiscard]] const WordData& no_word_data();

struct GroupRelevance {
    std::vector<RelevanceScore> scores;  // one for each objective, in their order; not yet rounded
    std::vector<double> matched;         // B of metrics 2.5: share of the objective that is matched, 0 to 1
    Tongue tongue = Tongue::unsure;
    bool readable = false;  // something to read, in French or English
};

class Relevance {
public:
    /// `words` outlives this; without them no more than the lexicon is known of either language.
    Relevance(std::vector<Objective> objectives, const Policy& policy, const WordData& words = no_word_data());
    ~Relevance();

    /// Takes in what a group says of itself and what is said in it; posts count by their age at `now_g`.
    void add(const GroupHistory& group, Instant now_g);
    /// Scores of every group added, by group id. How rare a topic is depends on the groups added.
    [[nodiscard]] std::map<std::string, GroupRelevance> scores() const;

    [[nodiscard]] const std::vector<Topic>& topics(std::size_t objective) const;
    /// The band that group would have for that objective if its share were another; for asking how firm the judgement is.
    [[nodiscard]] Band band_at(const std::string& group, std::size_t objective, double matched) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// It asks for work, or to meet people: weak ties bring jobs (metrics 2.3 and 3).
[[nodiscard]] bool is_about_work(const std::vector<Topic>& topics);
/// It is about meeting people face to face.
[[nodiscard]] bool is_about_meeting(const Objective& objective);
[[nodiscard]] bool is_about_people(const Objective& objective, const std::vector<Topic>& topics);
/// It asks for work and says nothing else but, perhaps, where.
[[nodiscard]] bool asks_only_for_work(const std::vector<Topic>& topics);

}  // namespace secateur

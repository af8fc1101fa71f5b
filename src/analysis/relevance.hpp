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

namespace secateur {

/// One topic of an objective, as the program understood it.
struct Topic {
    std::string word;   // of the objective
    std::string topic;  // id of the lexicon; empty: a word the lexicon does not know
    bool place = false;
    double weight = 1;
};

struct GroupRelevance {
    std::vector<RelevanceScore> scores;  // one for each objective, in their order; not yet rounded
    std::vector<double> matched;         // B of metrics 2.5: share of the objective that is matched, 0 to 1
    Tongue tongue = Tongue::unsure;
    bool readable = false;               // something to read, in French or English
};

class Relevance {
public:
    Relevance(std::vector<Objective> objectives, const Policy& policy);
    ~Relevance();

    /// Takes in what a group says of itself and what is said in it; posts count by their age at `now_g`.
    void add(const GroupHistory& group, Instant now_g);
    /// Scores of every group added, by group id. Groups marked as not to be compared with (personal, duty) are left out of the
    /// document frequencies; they are still scored.
    [[nodiscard]] std::map<std::string, GroupRelevance> scores() const;

    [[nodiscard]] const std::vector<Topic>& topics(std::size_t objective) const;
    /// The band for that share, as judged for this group and objective; for asking what a slightly other figure would give.
    [[nodiscard]] Band band(double matched, bool two_topics_or_name, bool title_only) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Topics that ask for work, and topics about meeting people (metrics 3: weak ties bring jobs).
[[nodiscard]] bool is_about_work(const std::vector<Topic>& topics);
[[nodiscard]] bool is_about_people(const std::vector<Topic>& topics);

}  // namespace secateur

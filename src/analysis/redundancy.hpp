// SPDX-License-Identifier: GPL-3.0-or-later
// Which groups repeat each other (metrics 2.5): the same people, and the same subjects or links. Only where both conversations are known whole;
// anything else is unknown, and unknown never leads to leaving.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/policy.hpp"
#include "model/history.hpp"

namespace secateur {

struct NearCopy {
    std::string a, b;   // group ids, a < b
    double people = 0;  // share of the smaller group's authors who also write in the other, 0 to 1
    double topics = 0;  // cosine of the weighted words, 0 to 1
    double links = 0;   // share of the links of the group with fewer that stand in the other, 0 to 1
};

class Redundancy {
public:
    explicit Redundancy(const Policy& policy) : policy_(policy) {}
    /// Only for groups whose whole conversation is known.
    void add(const GroupHistory& group);
    /// Whether the group was added with enough people to be compared.
    [[nodiscard]] bool knows(const std::string& id) const { return traces_.contains(id); }
    /// Ordered by ids.
    [[nodiscard]] std::vector<NearCopy> near_copies() const;

    /// The smallest hashes of a set: the set itself while it is small, a fair sample of it beyond.
    struct Sample {
        explicit Sample(std::vector<std::uint64_t> hashes = {});
        std::vector<std::uint64_t> smallest;  // ascending
        std::size_t size = 0;                 // of the whole set
    };
    /// The share of the smaller set that is in the other too, 0 to 1; 0 for an empty one.
    [[nodiscard]] static double overlap(const Sample& a, const Sample& b);

private:
    /// What is kept of a group: memory does not grow with the people of all groups together.
    struct Trace {
        Sample people, links;
        std::map<std::string, double> words;  // the most frequent, damped
    };

    Policy policy_;
    std::map<std::string, Trace> traces_;
    std::map<std::string, std::uint32_t> groups_with_;  // word -> number of groups
};

}  // namespace secateur

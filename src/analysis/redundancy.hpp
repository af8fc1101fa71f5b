// SPDX-License-Identifier: GPL-3.0-or-later
// Which groups repeat each other (metrics 2.5): the same people, the same subjects, the same links, the same texts; two of these signs make
// a near-copy. Of an export that holds only my own posts, only these are compared, and people are unknown. Two platforms know one person
// under two accounts: there, people are compared by their full names.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "analysis/policy.hpp"
#include "model/history.hpp"
#include "text/language.hpp"
#include "text/phrases.hpp"
#include "text/stems.hpp"

namespace secateur {

/// Two groups that repeat each other. Shares are 0 to 1 and absent where they are not known.
struct NearCopy {
    std::string a, b;                // group ids, a < b
    bool whole = false;              // both conversations are known; else my own posts stand for at least one of them
    std::optional<double> people;    // share of the smaller group's authors who also write in the other
    std::optional<double> jaccard;   // share of the authors of both together who write in each
    bool by_name = false;            // these two, of two platforms, by full names
    std::optional<double> topics;    // likeness of the words
    std::optional<double> links;     // share of the links of the group with fewer that stand in the other too
    std::optional<double> a_first, b_first;  // of the links both have, the share that each had first; ties are nobody's
    std::optional<double> delay_hours;  // median between the two, whichever came first
    std::optional<double> texts;     // share of the longer texts of the group with fewer that were posted in the other too
    unsigned signs = 0;              // of the four, those beyond their threshold
    std::vector<std::string> terms;  // that both share, the most telling first, at most eight
};

/// What decides which group of several near-copies to keep.
struct Merit {
    std::string id;
    bool candidate = false;              // only thought of
    std::optional<std::uint64_t> reach;  // people met only there
    double serves = 0;                   // best band over the objectives: 1 strong, .5 some, else 0
    std::optional<double> minutes;       // a week
    double participation = -1;           // P; -1: never wrote
};
enum class KeptFor { reach, relevance, participation, level };
struct CopyCluster {
    std::string keep;
    KeptFor why = KeptFor::level;          // what sets the kept one above the next best
    std::vector<const NearCopy*> others;  // each a pair with the kept one, by id of the other
};
/// The best group takes everything that repeats it, then the best of what is left: every group of a cluster repeats the one kept there.
/// More unique reach comes first, then relevance per minute (per se where the minutes of some are unknown), then my taking part.
[[nodiscard]] std::vector<CopyCluster> copy_clusters(const std::vector<NearCopy>& pairs, const std::vector<Merit>& merits);

class Redundancy {
public:
    using NameOf = std::function<std::string(std::int64_t)>;
    /// `name_of`: of a person; without it, groups of two platforms are not compared by people.
    explicit Redundancy(const Policy& policy, NameOf name_of = {});
    /// `whole`: the whole conversation is known; else only what is mine is in that history. Once a group.
    void add(const GroupHistory& group, bool whole);
    /// Whether its conversation is known and has enough people to be compared.
    [[nodiscard]] bool knows(const std::string& id) const;
    /// Ordered by ids; whatever the order in which groups were added. Groups that share nobody, no link and no text are never compared.
    [[nodiscard]] std::vector<NearCopy> near_copies() const;
    /// Who write in both, ascending; of very large groups a sample.
    [[nodiscard]] std::vector<std::int64_t> people_in_both(const NearCopy& pair) const;

    /// The smallest keys of a set by a hash of them: the set itself while it is small, a fair sample of it beyond.
    class Sample {
    public:
        explicit Sample(std::vector<Posted> items = {});  // of equal keys the earliest counts
        struct Item {
            std::uint64_t hash = 0, key = 0;
            Instant at{};
        };
        [[nodiscard]] const std::vector<Item>& items() const noexcept { return items_; }  // by hash
        [[nodiscard]] std::size_t size() const noexcept { return size_; }                 // of the whole set
        [[nodiscard]] bool is_whole() const noexcept { return items_.size() == size_; }

    private:
        std::vector<Item> items_;
        std::size_t size_ = 0;
    };
    struct Shared {
        double smaller = 0, both = 0;  // share of the smaller set, and of the two together, that is in each
        std::vector<std::pair<const Sample::Item*, const Sample::Item*>> items;
    };
    /// Judged on the part of the two that both samples hold entirely; absent where that part is too small to tell.
    [[nodiscard]] static std::optional<Shared> shared(const Sample& a, const Sample& b);

private:
    struct Group {
        std::string id;
        bool whole = false;
        Tongue tongue = Tongue::unsure;
        Sample people, links;
        std::vector<Posted> texts;                            // the latest
        std::vector<std::pair<std::uint32_t, float>> words;   // number of a word or topic, damped count
        std::vector<std::pair<std::uint64_t, float>> letters;  // pieces of name and description, by hash, of length 1
    };
    struct Word {
        std::string key;             // stem, or '=' and the number of a topic
        std::string shown[2];        // as written, in French (or unsure) and English groups
        std::uint32_t counts[2] = {};  // of the group that says it most
        std::uint32_t groups = 0;
    };
    void read_words(const GroupHistory& history, Group& group);
    /// Full name -> one who has it; of very large groups of those in the sample.
    [[nodiscard]] std::map<std::string, std::int64_t> names_in(const Group& group) const;

    Policy policy_;
    NameOf name_of_;
    Stemmer stemmer_;
    PhraseTable topics_;
    std::vector<Group> groups_;
    std::vector<Word> words_;
    std::unordered_map<std::string, std::uint32_t> number_;
    std::map<std::string, std::size_t> place_;
};

}  // namespace secateur

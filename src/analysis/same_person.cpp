// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/same_person.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "base/text.hpp"

namespace secateur {
namespace {

class Proposer {
public:
    Proposer(const std::vector<KnownAccount>& accounts, const std::set<std::pair<std::string, std::string>>& apart)
        : accounts_(accounts), apart_(apart) {}

    std::vector<SamePersonProposal> run() {
        by_address();
        by_link();
        by_name();
        std::ranges::sort(found_, [](const SamePersonProposal& x, const SamePersonProposal& y) {
            return std::tie(x.evidence, y.others, x.a, x.b) < std::tie(y.evidence, x.others, y.a, y.b);
        });
        return std::move(found_);
    }

private:
    using Holders = std::map<std::string, std::vector<std::size_t>>;

    void by_address() {
        Holders holders;
        for (std::size_t i = 0; i < accounts_.size(); ++i)
            for (const std::string& email : accounts_[i].emails)
                if (email.find('@') != std::string::npos) holders[fold_name(trim(email))].push_back(i);
        propose(holders, SameEvidence::address);
    }

    void by_link() {
        Holders holders;
        for (std::size_t i = 0; i < accounts_.size(); ++i)
            for (const std::string& link : accounts_[i].links)
                if (std::string plain = plain_profile_link(link); !plain.empty()) holders[std::move(plain)].push_back(i);
        propose(holders, SameEvidence::link);
    }

    void propose(const Holders& holders, SameEvidence evidence) {
        for (const auto& [detail, who] : holders) {
            // An address of five people is a shared mailbox, and a link of five is a home page.
            if (who.size() > 4) continue;
            for (std::size_t i = 0; i < who.size(); ++i)
                for (std::size_t j = i + 1; j < who.size(); ++j) add(who[i], who[j], evidence, detail, 0);
        }
    }

    void by_name() {
        std::unordered_map<std::string, std::vector<std::size_t>> holders;
        for (std::size_t i = 0; i < accounts_.size(); ++i)
            if (std::string name = full_name(accounts_[i].name); !name.empty()) holders[std::move(name)].push_back(i);
        // Only names met on two platforms tell anything about who else is in a group.
        std::int64_t number = 0;
        for (const auto& [name, who] : holders) {
            const bool two = std::ranges::any_of(who, [&](std::size_t i) { return accounts_[i].platform != accounts_[who.front()].platform; });
            if (!two) continue;
            ++number;
            for (const std::size_t i : who)
                for (const std::int64_t group : accounts_[i].groups) names_[group].push_back(number);
        }
        for (auto& [group, names] : names_) {
            std::ranges::sort(names);
            names.erase(std::unique(names.begin(), names.end()), names.end());
        }
        for (const auto& [name, who] : holders) {
            if (who.size() > 4) continue;  // a name that common says nothing
            for (std::size_t i = 0; i < who.size(); ++i)
                for (std::size_t j = i + 1; j < who.size(); ++j) {
                    const KnownAccount &a = accounts_[who[i]], &b = accounts_[who[j]];
                    if (a.platform == b.platform) continue;
                    if (const std::uint64_t others = names_in_common(a, b); others >= 2)
                        add(who[i], who[j], SameEvidence::name_and_people, {}, others);
                }
        }
    }

    /// The best pair of their groups: names met in both, their own apart.
    [[nodiscard]] std::uint64_t names_in_common(const KnownAccount& a, const KnownAccount& b) const {
        std::uint64_t most = 0;
        for (const std::int64_t one : a.groups)
            for (const std::int64_t other : b.groups) {
                if (one == other) {  // she merged the two groups into one
                    most = std::max<std::uint64_t>(most, 2);
                    continue;
                }
                const auto &x = names_.at(one), &y = names_.at(other);
                std::uint64_t common = 0;
                for (auto i = x.begin(), j = y.begin(); i != x.end() && j != y.end();) {
                    if (*i == *j) {
                        ++common;
                        ++i;
                        ++j;
                    } else if (*i < *j) {
                        ++i;
                    } else {
                        ++j;
                    }
                }
                most = std::max(most, common - 1);  // both hold the name in question
            }
        return most;
    }

    void add(std::size_t i, std::size_t j, SameEvidence evidence, const std::string& detail, std::uint64_t others) {
        if (accounts_[j].id < accounts_[i].id) std::swap(i, j);
        const KnownAccount &a = accounts_[i], &b = accounts_[j];
        if (a.id == b.id || apart_.contains({a.id, b.id}) || !seen_.insert({a.id, b.id}).second) return;
        found_.push_back({.a = a.id, .b = b.id, .name_a = a.name, .name_b = b.name, .evidence = evidence, .detail = detail, .others = others});
    }

    const std::vector<KnownAccount>& accounts_;
    const std::set<std::pair<std::string, std::string>>& apart_;
    std::unordered_map<std::int64_t, std::vector<std::int64_t>> names_;
    std::set<std::pair<std::string, std::string>> seen_;
    std::vector<SamePersonProposal> found_;
};

}  // namespace

std::string full_name(std::string_view name) {
    std::string folded = fold_search(name);
    return folded.find(' ') == std::string::npos ? std::string() : folded;
}

std::string plain_profile_link(std::string_view link) {
    std::string plain = fold_name(normalise_url(trim(link)));
    if (const std::size_t query = plain.find('?'); query != std::string::npos) plain.erase(query);
    const std::size_t slash = plain.find('/');
    if (slash == std::string::npos || plain.find('.') > slash) return {};  // a host is no profile, a path no host
    for (const std::string_view begin : {"m.", "fr.", "en.", "be.", "web."})
        if (plain.starts_with(begin) && plain.find('.', begin.size()) < slash) return plain.substr(begin.size());
    return plain;
}

std::vector<SamePersonProposal> propose_same_people(const std::vector<KnownAccount>& accounts,
                                                    const std::set<std::pair<std::string, std::string>>& apart) {
    return Proposer(accounts, apart).run();
}

}  // namespace secateur

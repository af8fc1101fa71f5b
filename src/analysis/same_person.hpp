// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts on several platforms that may be one person: proposed with the evidence, never merged here.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace secateur {

/// One account of somebody, as one platform knows them, with what could give them away elsewhere.
struct KnownAccount {
    std::string id;        // "platform:key"
    std::string platform;
    std::string name;
    std::vector<std::string> emails, links;  // of the contact; links to profiles
    std::vector<std::int64_t> groups;        // groups where they wrote, ascending
};

enum class SameEvidence { address, link, name_and_people };  // strongest first

struct SamePersonProposal {
    std::string a, b;  // ids, a < b
    std::string name_a, name_b;
    SameEvidence evidence = SameEvidence::address;
    std::string detail;             // the address or the link; empty for names
    std::uint64_t others = 0;       // name_and_people: how many more names their two groups share
    bool operator==(const SamePersonProposal&) const = default;
};

/// Pairs by equal address, equal link to a profile, or equal full name (two words or more) on two platforms whose groups share the names
/// of at least two more people. A name alone proposes nothing. `apart`: pairs (a < b) she has refused. Strongest first, then by id.
[[nodiscard]] std::vector<SamePersonProposal> propose_same_people(const std::vector<KnownAccount>& accounts,
                                                                  const std::set<std::pair<std::string, std::string>>& apart);

/// Without case and accents; empty for anything of one word: a first name is nobody.
[[nodiscard]] std::string full_name(std::string_view name);

/// A link to a profile without what varies: scheme, "www.", language or mobile host, query, last slash; host in small letters.
[[nodiscard]] std::string plain_profile_link(std::string_view link);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// The first pass, over headers only: which lists there are, which files are archives and which a mailbox, who its owner is.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "connectors/connector.hpp"
#include "connectors/mail/layout.hpp"
#include "connectors/mail/lists.hpp"

namespace secateur::mail {

struct FileFindings {
    std::uint64_t letters = 0;
    bool is_archive = false;           // of a list; else somebody's mailbox
    std::string main_key, main_name;   // of an archive: the list that letters without a list's headers belong to
    std::optional<Instant> first, last;
};

struct AuthorFindings {
    Person person;
    std::uint64_t letters = 0, sent = 0;  // sent: found where the owner's own letters are kept
};

struct Findings {
    std::map<std::string, FileFindings> files;  // by path; those with letters
    std::map<std::string, ListSeen> lists;      // by key
    std::map<std::string, std::string> list_of_address;
    std::map<std::string, AuthorFindings> authors;  // by key of the person
    std::map<std::string, std::uint64_t> delivered;
    std::set<std::uint64_t> written_to;  // hashes of addresses that the owner wrote to alone
    std::uint64_t letters = 0, sent = 0;
    std::optional<Instant> last;
};
[[nodiscard]] Findings survey(const Source& source, const Layout& layout, const ReadContext& context);

/// What Gmail's labels, else the folder, say.
[[nodiscard]] Label label_of(const Letter& letter, const MailFile& file);

struct Ownership {
    Owner owner;
    std::set<std::string> my_keys;
    std::string account_evidence;
};
[[nodiscard]] Ownership settle_owner(const Findings& findings, const Identities& me);

}  // namespace secateur::mail

// SPDX-License-Identifier: GPL-3.0-or-later
// Which entries of a source are mail, by their names: mbox files, letters one a file, and what lies beside them. Names are
// localised and files get renamed, so a name only proposes; the first line of a file decides.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "connectors/letters.hpp"

namespace secateur::mail {

/// What a folder or a label of Gmail says about the letters in it.
enum class Label : std::uint8_t { none, sent, draft, junk, chat };

struct MailFile : LetterFile {
    Label label = Label::none;
    bool proposed_by_name = true;     // false: only its first line can tell
    bool in_list_folder = false;      // below a folder called as a list: Google Groups
    bool named_after_period = false;  // "2016-April.txt.gz", "hikers@lists.example.org-2026-11.mbox.gz"
    std::string list_address;         // "hikers@lists.example.org", where a folder or the file is called so
    std::string archive_name;         // what to call a list that nothing names better
};

struct Layout {
    std::vector<MailFile> files;  // by path
    std::vector<Entry> members;   // members.csv of Google Groups, in any language
    std::uint64_t neighbours = 0;  // indexes and settings of mail programs
    std::uint64_t strangers = 0;   // files that mail has nothing to do with
};
[[nodiscard]] Layout layout_of(const Source& source);

[[nodiscard]] Label label_named(std::string_view name);

}  // namespace secateur::mail

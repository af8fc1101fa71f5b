// SPDX-License-Identifier: GPL-3.0-or-later
// Where articles of Usenet lie: spools of news servers and readers, mbox dumps of one newsgroup, and the .newsrc that says what
// one is subscribed to. And which newsgroup an article belongs to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/letters.hpp"

namespace secateur::usenet {

struct Layout {
    std::vector<LetterFile> files;     // articles one a file, by number, and what may be an mbox
    std::vector<Entry> subscriptions;  // .newsrc
    std::uint64_t indexes = 0;         // of servers and readers; passwords (.newsauth) are among them and never opened
    std::uint64_t strangers = 0;
};
[[nodiscard]] Layout layout_of(const Source& source);

/// "comp.lang.c,comp.lang.c++" as names in lower case; what is no name of a newsgroup is left out.
[[nodiscard]] std::vector<std::string> newsgroups_of(const Letter& article);
/// Of these, the one that a path such as "spool/comp/lang/c/1234" or "comp.lang.c.mbox" is called after; empty for none.
[[nodiscard]] std::string named_in(std::string_view path, const std::vector<std::string>& newsgroups);

/// One line of a .newsrc: "comp.lang.c: 1-1034,1036".
struct Subscription {
    std::string newsgroup;
    bool is_subscribed = false;
    bool has_read = false;
};
[[nodiscard]] std::optional<Subscription> parse_subscription(std::string_view line);

}  // namespace secateur::usenet

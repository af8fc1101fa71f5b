// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody wrote in a letter, apart from what they quoted, their signature and what the list put below. Works on plain text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace secateur {

struct OwnWords {
    std::string text;                // trimmed; line breaks kept
    std::uint32_t quoted_lines = 0;  // of others, left out
    std::uint32_t files = 0;         // uuencoded files, attachments that an archiver replaced by a link
};
[[nodiscard]] OwnWords own_words(std::string_view text);

/// "Re: [hikers] Re: Map" as "Map" with what stood before it.
struct Subject {
    std::string text;
    std::string tag;  // the first "[hikers]", without brackets
    bool is_reply = false, is_forward = false;
};
[[nodiscard]] Subject read_subject(std::string_view subject);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Instagram writes what happened in a conversation as if its author had typed it, in the language of the account. Tells such
// lines from messages; says "message" when in doubt.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace secateur::instagram {

/// Mojibake undone, composed; of names also trimmed.
[[nodiscard]] std::string fixed_text(std::string_view raw);
[[nodiscard]] std::string fixed_name(std::string_view raw);
/// What Instagram writes for all accounts that no longer exist: not one person. Empty names too.
[[nodiscard]] bool is_nobody(std::string_view folded_name);

enum class LineKind { message, reaction, attachment, added, removed, left, service };
struct Line {
    LineKind kind = LineKind::message;
    std::vector<std::string> names;  // who was added or removed, as written
    bool has_unnamed = false;  // "and 2 others"
};
/// `sender` as shown; both are repaired already.
[[nodiscard]] Line classify(std::string_view text, std::string_view sender);

}  // namespace secateur::instagram

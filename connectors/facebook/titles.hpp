// SPDX-License-Identifier: GPL-3.0-or-later
// Facebook names the group of a post only inside a localised sentence: "Ann Fake posted in Café & Code.". Finds the name again,
// by the names known from elsewhere and by the sentences of five languages; says nothing rather than guess.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace secateur::facebook {

/// A text as Facebook meant it: mojibake undone, composed, non-breaking spaces made plain, trimmed.
[[nodiscard]] std::string fixed_name(std::string_view raw);
/// The same for what somebody wrote: spaces stay, and "@[123:2048:Ann Fake]" becomes "Ann Fake".
[[nodiscard]] std::string fixed_text(std::string_view raw);

/// Names of groups, longest first, each with the spelling to show.
class KnownNames {
public:
    void add(std::string_view folded, std::string_view name);
    /// Call once after the last add().
    void sort();
    [[nodiscard]] const std::string* find(std::string_view folded) const;

    struct Name {
        std::string folded, shown;
    };
    [[nodiscard]] const std::vector<Name>& all() const noexcept { return names_; }

private:
    std::vector<Name> names_;
};

/// `title` is fixed already. Of a post, a comment or a share.
[[nodiscard]] std::optional<std::string> group_in_title(std::string_view title, const KnownNames& known);
/// Of a line about becoming a member.
[[nodiscard]] std::optional<std::string> group_in_join_title(std::string_view title, const KnownNames& known);
/// "You became a member of": of all a page says about membership, joins alone are known.
[[nodiscard]] bool is_join_title(std::string_view title);
/// "replied to", not "commented on".
[[nodiscard]] bool is_reply_title(std::string_view title);
/// Who did it: what stands before the verb; empty for "You" and for languages that put it elsewhere.
[[nodiscard]] std::string_view actor_in_title(std::string_view title);

}  // namespace secateur::facebook

// SPDX-License-Identifier: GPL-3.0-or-later
// The files of an X archive: JavaScript that assigns JSON, by what names they go, and what stands in single values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_stream.hpp"
#include "base/source.hpp"
#include "base/time.hpp"

namespace secateur::twitter {

enum class FileKind {
    manifest,
    account,
    communities,  // what I wrote in them
    group_messages,
    direct_messages,
    lists_created,
    lists_subscribed,
    lists_member,
    following,
    not_read,
};

struct FoundFile {
    FileKind kind = FileKind::not_read;
    const Entry* entry = nullptr;
    std::string_view ignored_as;  // of what is not read: the reason
};
struct Layout {
    std::vector<FoundFile> files;  // by kind, then by path
    bool holds_all = true;         // nothing stands outside the archive's folder
};
/// Empty where no folder holds such files, or several do.
[[nodiscard]] Layout lay_out(const Source& source);

/// Passes over `window.YTD.community_tweet.part0 =` and gives the JSON behind it. What begins with a bracket has no such
/// beginning.
class AssignedJson final : public ByteStream {
public:
    explicit AssignedJson(ByteStream& inner);
    [[nodiscard]] std::size_t read(std::span<char> buffer) override;
    /// Bytes passed over.
    [[nodiscard]] std::uint64_t skipped() const noexcept { return skipped_; }

private:
    ByteStream& inner_;
    std::string rest_;  // of the piece in which the assignment stood
    std::size_t given_ = 0;
    std::uint64_t skipped_ = 0;
};
/// The JSON of a small file, or of the beginning of one.
[[nodiscard]] std::string_view assigned_json(std::string_view text);

/// "Sat Jan 07 12:30:42 +0000 2023"
[[nodiscard]] std::optional<Instant> parse_tweet_date(std::string_view text);

/// The text of a post as it was typed: `&amp;` `&lt;` `&gt;` undone, shortened links put back.
[[nodiscard]] std::string tweet_text(JsonValue tweet);

/// "https://twitter.com/ann/lists/123" -> owner and number or word; nothing for another address.
struct ListAddress {
    std::string owner, list;
};
[[nodiscard]] std::optional<ListAddress> parse_list(std::string_view url);

}  // namespace secateur::twitter

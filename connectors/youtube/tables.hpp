// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of YouTube in a Takeout. File names and headers are in the language of the account, so tables and columns are known
// by what stands in them: channel ids, comment ids, video ids, times, pieces of text in JSON.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "base/time.hpp"
#include "connectors/csv_table.hpp"

namespace secateur::youtube {

enum class TableKind { subscriptions, comments, live_chats };

struct FoundTable {
    TableKind kind = TableKind::subscriptions;
    const Entry* entry = nullptr;
};
struct Layout {
    std::vector<FoundTable> tables;
    std::string_view folder;        // of the product: holds all the tables
    std::uint64_t other_files = 0;  // in it, not read
};
/// Looks into the beginning of at most three tables, those with a name of Takeout's first.
[[nodiscard]] Layout lay_out(const Source& source);

/// The columns of a table of comments or live chats.
struct CommentColumns {
    std::optional<std::size_t> id, channel, time, video, text;
};
/// From the names in English, French or Dutch; what they leave open, from the rows.
[[nodiscard]] CommentColumns comment_columns(std::string_view head);

/// "UCxxxxxxxxxxxxxxxxxxxxxx"
[[nodiscard]] bool is_channel_id(std::string_view cell);
/// "2023-09-19T17:42:53.434647+00:00", "2023-09-19 17:42:53 UTC"
[[nodiscard]] std::optional<Instant> parse_time(std::string_view cell);
/// The words of `{"takeoutSegments":[{"text":"a"}]}` (until June 2024) or `{"text":"a"},{"text":"b"}`; any other text as it is.
[[nodiscard]] std::string joined_text(std::string_view cell);

}  // namespace secateur::youtube

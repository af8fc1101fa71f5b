// SPDX-License-Identifier: GPL-3.0-or-later
// One row after another of a hand-made table, CSV or JSON Lines, addressed by column name. Knows the columns' French names, and
// nothing of groups or posts.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.hpp"
#include "base/json_stream.hpp"
#include "base/source.hpp"

namespace secateur::generic {

/// Every column of every table; a name means the same wherever it stands.
enum class Column {
    platform, group_id, name, url, description, topics, language, visibility, members, members_active_30d, posts_30d, last_post_at, measured_at, kind_of_group, coverage,
    account, state, role, joined_at, left_at, notify, last_visit_at, pinned, note,
    post_id, kind, created_at, author_is_me, author, reply_to, thread_id, title, text, text_len, reactions, replies,
    last_used, is_public, password_known,
    date, person, place, met_through, in_person,
};
inline constexpr std::size_t column_count = static_cast<std::size_t>(Column::in_person) + 1;

/// The column a header cell or JSON key names, folded; nothing for one we do not know.
[[nodiscard]] std::optional<Column> column_called(std::string_view header);

class Row {
public:
    /// Trimmed; empty when the column is missing or empty.
    [[nodiscard]] std::string_view operator[](Column column) const noexcept { return cells_[static_cast<std::size_t>(column)]; }
    /// Values separated by `;`, or the elements of a JSON array.
    [[nodiscard]] std::vector<std::string> list(Column column) const;
    /// The cell as it stands, line breaks and spaces kept (for texts).
    [[nodiscard]] const std::string& raw(Column column) const noexcept { return raw_[static_cast<std::size_t>(column)]; }

    Location where;
    std::string source_text;  // for the quarantine's hash
    bool is_comment = false;
    std::optional<Message> broken;  // the row as a whole cannot be read: why

private:
    friend class Table;
    void set(Column column, std::string value);
    void clear();
    std::array<std::string, column_count> raw_;
    std::array<std::string_view, column_count> cells_{};
};

class Table {
public:
    /// Reads the header. Throws what the stream throws.
    Table(ByteStream& stream, std::string_view head, const std::string& entry);
    ~Table();
    [[nodiscard]] bool next(Row& row);
    /// Header names that mean nothing to us; for a note to the user.
    [[nodiscard]] const std::vector<std::string>& unknown_columns() const noexcept { return unknown_; }

private:
    struct Csv;
    struct Lines;
    bool next_csv(Row& row);
    bool next_line(Row& row);
    std::unique_ptr<Csv> csv_;
    std::unique_ptr<Lines> lines_;
    std::vector<std::string> unknown_;
};

/// The columns a head names (first CSV line, or keys of the first JSON line); for detection.
[[nodiscard]] std::vector<Column> columns_in(std::string_view head, std::string_view file_name);
[[nodiscard]] bool is_json_lines(std::string_view file_name);

}  // namespace secateur::generic

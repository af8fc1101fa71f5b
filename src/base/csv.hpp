// SPDX-License-Identifier: GPL-3.0-or-later
// CSV in all the dialects people have, streamed row by row. One place for separators, quoting and charsets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"

namespace secateur {

struct CsvDialect {
    char separator = ',';
    char quote = '"';
    bool backslash_escapes = false;  // \" inside quotes beside ""
    std::string charset = "utf-8";   // of the bytes; rows are always UTF-8
    bool operator==(const CsvDialect&) const = default;
};

/// Looks at a head: byte-order mark, UTF-8 or Windows-1252, `,` `;` or tab.
[[nodiscard]] CsvDialect guess_csv_dialect(std::string_view head);

struct CsvRow {
    std::vector<std::string> cells;  // NBSP kept, quotes undone
    std::uint64_t line = 0;          // of its first character, from 1
    std::uint64_t offset = 0;        // bytes in the entry
    std::uint64_t length = 0;
    bool broken_quote = false;       // the file ended inside quotes: what stands here is all there was
    bool loose_quote = false;        // characters follow a closing quote: kept, but the dialect is probably another
};

class CsvReader {
public:
    CsvReader(ByteStream& stream, CsvDialect dialect, std::string entry, std::uint64_t cell_limit = std::uint64_t{16} << 20);
    ~CsvReader();
    /// False at the end. Blank lines are left out. Throws Error past the cell limit.
    [[nodiscard]] bool next(CsvRow& row);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// A header compared without case, accents, spaces, `_` and `-`; nothing when no column has one of these names.
class CsvHeader {
public:
    CsvHeader() = default;
    explicit CsvHeader(const std::vector<std::string>& cells);
    [[nodiscard]] std::optional<std::size_t> find(std::initializer_list<std::string_view> names) const;
    [[nodiscard]] std::size_t size() const noexcept { return folded_.size(); }

private:
    std::vector<std::string> folded_;
};

/// One cell written so that it reads back the same and no spreadsheet takes it for a formula (leading = + - @ tab CR get a `'`).
[[nodiscard]] std::string csv_cell(std::string_view text, char separator = ',');

}  // namespace secateur

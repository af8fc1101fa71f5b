// SPDX-License-Identifier: GPL-3.0-or-later
// A CSV file whose first row names its columns, read row by row whatever its dialect: cells by column, a place for each row, and
// why a row cannot be one. What a cell means is the connector's business.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/csv.hpp"
#include "base/error.hpp"
#include "base/source.hpp"
#include "base/text.hpp"

namespace secateur {

/// A stream whose beginning may be looked at before it is read.
class PeekStream final : public ByteStream {
public:
    explicit PeekStream(ByteStream& inner, std::size_t size = std::size_t{16} << 10) : inner_(inner), head_(size, '\0') {
        std::size_t filled = 0;
        while (filled < size) {
            const std::size_t got = inner_.read(std::span(head_).subspan(filled));
            if (got == 0) break;
            filled += got;
        }
        head_.resize(filled);
    }
    [[nodiscard]] std::string_view head() const noexcept { return head_; }

    [[nodiscard]] std::size_t read(std::span<char> buffer) override {
        if (given_ == head_.size()) return inner_.read(buffer);
        const std::size_t count = std::min(buffer.size(), head_.size() - given_);
        std::copy_n(head_.data() + given_, count, buffer.data());
        given_ += count;
        return count;
    }

private:
    ByteStream& inner_;
    std::string head_;
    std::size_t given_ = 0;
};

class CsvTable {
public:
    /// Reads the header. The stream outlives the table.
    CsvTable(ByteStream& stream, std::string entry)
        : peek_(stream), reader_(peek_, guess_csv_dialect(peek_.head()), entry), entry_(std::move(entry)) {
        if (reader_.next(row_)) header_ = CsvHeader(row_.cells);
        columns_ = row_.cells;
    }

    [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return columns_; }
    [[nodiscard]] std::optional<std::size_t> find(std::initializer_list<std::string_view> names) const {
        return header_.find(names);
    }

    /// False at the end.
    [[nodiscard]] bool next() {
        if (!reader_.next(row_)) return false;
        ++record_;
        return true;
    }
    /// Empty where the table has no such column or the row no such cell.
    [[nodiscard]] std::string_view cell(std::optional<std::size_t> column) const noexcept {
        return column && *column < row_.cells.size() ? std::string_view(row_.cells[*column]) : std::string_view();
    }
    /// Why this is no row of the table: cut off, or of another width (empty cells too many are forgiven). Empty: it is one.
    [[nodiscard]] Message fault() const {
        if (row_.broken_quote) return msg("csv.unclosed_quote");
        const std::size_t wanted = columns_.size(), found = row_.cells.size();
        const bool padded =
            found > wanted && std::all_of(row_.cells.begin() + static_cast<std::ptrdiff_t>(wanted), row_.cells.end(),
                                          [](const std::string& cell) { return trim(cell).empty(); });
        if (found == wanted || padded) return {};
        return msg("csv.row_width", arg("found", found), arg("wanted", wanted));
    }
    [[nodiscard]] Location where() const {
        return {.entry = entry_, .line = row_.line, .record = record_, .offset = row_.offset, .length = row_.length};
    }
    /// The cells of the row as one text, for its fingerprint.
    [[nodiscard]] std::string raw() const {
        std::string text;
        for (const std::string& cell : row_.cells) text += (text.empty() ? "" : ",") + cell;
        return text;
    }

private:
    PeekStream peek_;
    CsvReader reader_;
    std::string entry_;
    CsvRow row_;
    CsvHeader header_;
    std::vector<std::string> columns_;
    std::uint64_t record_ = 0;
};

/// The columns of a table whose beginning this is; empty when there is none.
[[nodiscard]] inline std::vector<std::string> csv_columns(std::string_view head) {
    const auto stream = memory_stream(head);
    return CsvTable(*stream, {}).columns();
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// One table of the export, row by row, whatever was done to its quotes: rows that a quote tore apart are put together again,
// dates and names that a comma cut in two are joined, and what cannot be mended is handed over with the reason.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.hpp"
#include "base/error.hpp"
#include "connectors/linkedin/files.hpp"

namespace secateur::linkedin {

/// A stream that remembers the bytes of the rows at hand, so that a refused row can be shown as it stands in the file.
class Recorder final : public ByteStream {
public:
    Recorder(std::unique_ptr<ByteStream> stream, std::function<void(std::uint64_t)> progress)
        : stream_(std::move(stream)), progress_(std::move(progress)) {}

    std::size_t read(std::span<char> buffer) override;
    /// Bytes read before; empty when they are no longer kept.
    [[nodiscard]] std::string_view kept(std::uint64_t offset, std::uint64_t length) const;
    void forget_before(std::uint64_t offset);

private:
    std::unique_ptr<ByteStream> stream_;
    std::function<void(std::uint64_t)> progress_;
    std::string bytes_;
    std::uint64_t base_ = 0;  // offset of the first kept byte
};

struct TableRow {
    std::vector<std::string> cells;  // as many as the header has
    std::uint64_t line = 0, offset = 0, length = 0;
    std::optional<Message> fault;  // why this is no row of the table
    std::uint64_t fragments = 0;  // rows put back into this one
    bool joined = false;  // an unquoted comma had cut a cell in two
    bool loose_quote = false;
};

class Table {
public:
    /// `progress` gets the number of bytes of each piece read; it may be empty.
    Table(const Source& source, const FoundFile& file, const TableShape& shape, bool backslash_escapes,
          std::function<void(std::uint64_t)> progress = {});

    [[nodiscard]] bool has_header() const noexcept { return header_.size() > 0; }
    [[nodiscard]] const std::vector<std::string>& header_cells() const noexcept { return header_cells_; }
    [[nodiscard]] std::optional<std::size_t> column(std::string_view variants) const { return find_column(header_, variants); }
    /// False at the end. Throws Error when the bytes cannot be read.
    [[nodiscard]] bool next(TableRow& row);
    /// Of the row last given.
    [[nodiscard]] std::string_view raw(const TableRow& row) const { return recorder_.kept(row.offset, row.length); }

private:
    enum class Kind { row, fragment };

    Kind judge(CsvRow& raw, TableRow& row) const;
    [[nodiscard]] bool fits(const std::vector<std::string>& cells) const;
    [[nodiscard]] bool join_cells(std::vector<std::string>& cells) const;
    [[nodiscard]] bool join_extra(std::vector<std::string>& cells) const;
    void attach(TableRow& row, const CsvRow& fragment) const;

    const FileSpec& spec_;
    Recorder recorder_;
    CsvReader reader_;
    CsvHeader header_;
    std::vector<std::string> header_cells_;
    std::optional<std::size_t> date_, link_, text_, wide_;
    CsvRow raw_;
    TableRow pending_;
    bool has_pending_ = false;
};

}  // namespace secateur::linkedin

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/linkedin/table.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace secateur::linkedin {
namespace {

constexpr std::size_t longest_date = 32;  // bytes; no pattern is longer
constexpr std::size_t most_commas_in_a_date = 4;  // "Jun 16, 2023, 10:00 AM - Jun 16, 2023, 11:00 AM"
constexpr std::size_t forget_from = std::size_t{256} << 10;
// Rows put back into one text; past this the file is no table that was only badly quoted.
constexpr std::uint64_t longest_repair = std::uint64_t{4} << 20;

CsvDialect with_escapes(CsvDialect dialect, bool backslash_escapes) {
    dialect.backslash_escapes = backslash_escapes;
    return dialect;
}

std::string join_range(const std::vector<std::string>& cells, std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) {
        if (i > begin) text += ',';
        text += cells[i];
    }
    return text;
}

/// Makes one cell of `extra` + 1 cells.
void merge(std::vector<std::string>& cells, std::size_t at, std::size_t extra) {
    if (extra == 0) return;
    cells[at] = join_range(cells, at, at + extra + 1);
    const auto first = cells.begin() + static_cast<std::ptrdiff_t>(at) + 1;
    cells.erase(first, first + static_cast<std::ptrdiff_t>(extra));
}

}  // namespace

std::size_t Recorder::read(std::span<char> buffer) {
    const std::size_t count = stream_->read(buffer);
    bytes_.append(buffer.data(), count);
    if (progress_ && count > 0) progress_(count);
    return count;
}

std::string_view Recorder::kept(std::uint64_t offset, std::uint64_t length) const {
    if (offset < base_ || offset - base_ > bytes_.size()) return {};
    return std::string_view(bytes_).substr(offset - base_, length);
}

void Recorder::forget_before(std::uint64_t offset) {
    if (offset < base_ + forget_from) return;
    const auto count = std::min<std::uint64_t>(offset - base_, bytes_.size());
    bytes_.erase(0, count);
    base_ += count;
}

Table::Table(const Source& source, const FoundFile& file, const TableShape& shape, bool backslash_escapes,
             std::function<void(std::uint64_t)> progress)
    : spec_(*file.spec), recorder_(source.open(*file.entry), std::move(progress)),
      reader_(recorder_, with_escapes(shape.dialect, backslash_escapes), file.entry->path) {
    if (!shape.has_header) return;
    for (int i = 0; i <= shape.rows_before_header; ++i)
        if (!reader_.next(raw_)) return;
    header_cells_ = raw_.cells;
    header_ = CsvHeader(header_cells_);
    date_ = column(spec_.date);
    link_ = column(spec_.link);
    text_ = column(spec_.text);
    wide_ = column(spec_.wide);
}

bool Table::next(TableRow& row) {
    if (!has_header()) return false;
    for (;;) {
        if (!reader_.next(raw_)) {
            if (!std::exchange(has_pending_, false)) return false;
            std::swap(row, pending_);
            return true;
        }
        TableRow fresh;
        if (judge(raw_, fresh) == Kind::fragment && has_pending_ && pending_.length < longest_repair) {
            attach(pending_, raw_);
            continue;
        }
        if (!std::exchange(has_pending_, true)) {
            pending_ = std::move(fresh);
            continue;
        }
        std::swap(row, pending_);
        pending_ = std::move(fresh);
        recorder_.forget_before(row.offset);
        return true;
    }
}

/// Fills `row` in any case: a fragment without a row before it is a row with a fault.
Table::Kind Table::judge(CsvRow& raw, TableRow& row) const {
    row.line = raw.line;
    row.offset = raw.offset;
    row.length = raw.length;
    row.loose_quote = raw.loose_quote;
    const std::size_t wanted = header_.size(), found = raw.cells.size();
    std::vector<std::string> cells = raw.cells;
    const auto keep = [&] {
        cells.resize(wanted);
        row.cells = std::move(cells);
        return Kind::row;
    };
    const auto refuse = [&](Message fault) {
        row.fault = std::move(fault);
        return keep();
    };
    if (spec_.lenient) return keep();
    if (raw.broken_quote) return refuse(msg("linkedin.unclosed_quote"));
    if (fits(cells)) return keep();
    if (found > wanted && join_cells(cells)) {
        row.joined = true;
        return keep();
    }

    const bool has_link = link_ && *link_ < found && !is_missing(cells[*link_]) && looks_like_link(cells[*link_]);
    const bool has_date = date_ && *date_ < found && !is_missing(cells[*date_]) && is_date(cells[*date_], spec_.style);
    // Cells are missing at the end of a row that says when or where it was.
    if (found < wanted && (has_date || has_link) && (!date_ || *date_ >= found || has_date || is_missing(cells[*date_])))
        return keep();
    const auto shown_date = [&] {
        // Text that slipped into the column is not repeated.
        const std::string_view cell = date_ && *date_ < found ? std::string_view(cells[*date_]) : std::string_view();
        return cell.size() <= longest_date ? quote(cell) : std::string("…");
    };
    if (has_link || (found == wanted && !link_)) return refuse(msg("linkedin.bad_date", arg("value", shown_date())));
    const Message fault = found < wanted   ? msg("linkedin.row_short", arg("found", found), arg("wanted", wanted))
                          : found > wanted ? msg("linkedin.row_long", arg("found", found), arg("wanted", wanted))
                          : has_date       ? msg("linkedin.bad_link")
                                           : msg("linkedin.bad_date", arg("value", shown_date()));
    // A piece of a text has no cell that is a date; what has one is a row of its own, if a damaged one.
    const bool dated = std::ranges::any_of(cells, [&](const std::string& cell) { return is_date(cell, spec_.style); });
    refuse(fault);
    return text_ && !dated ? Kind::fragment : Kind::row;
}

/// Whether these are the cells of a whole row: their number, a date or nothing in the column of the date, the same for the link.
bool Table::fits(const std::vector<std::string>& cells) const {
    if (cells.size() != header_.size()) return false;
    if (date_ && !is_missing(cells[*date_]) && !is_date(cells[*date_], spec_.style)) return false;
    return !link_ || is_missing(cells[*link_]) || looks_like_link(cells[*link_]);
}

/// Undoes what unquoted commas did: in the date ("01/24/18, 03:00 PM") and in the column that may hold any text; or drops the
/// commas with which a spreadsheet pads.
bool Table::join_cells(std::vector<std::string>& cells) const {
    const auto last = std::ranges::find_if(cells.rbegin(), cells.rend(), [](const std::string& cell) { return !cell.empty(); });
    std::vector<std::string> unpadded(cells.begin(), last.base());
    if (unpadded.size() < header_.size()) unpadded.resize(header_.size());
    const bool padded = unpadded.size() < cells.size();
    if (padded && fits(unpadded)) {
        cells = std::move(unpadded);
        return true;
    }
    return join_extra(cells) || (padded && join_extra(unpadded) && (cells = std::move(unpadded), true));
}

bool Table::join_extra(std::vector<std::string>& cells) const {
    const std::size_t extra = cells.size() - header_.size();
    for (std::size_t in_date = 0; in_date <= std::min(extra, most_commas_in_a_date); ++in_date) {
        if (in_date > 0 && !date_) break;
        const std::size_t in_text = extra - in_date;
        if (in_text > 0 && !wide_) continue;
        std::vector<std::string> joined = cells;
        // From left to right, since columns further right still stand off by what is joined before them.
        if (date_ && wide_ && *date_ < *wide_) {
            merge(joined, *date_, in_date);
            merge(joined, *wide_, in_text);
        } else {
            if (wide_) merge(joined, *wide_, in_text);
            if (date_) merge(joined, *date_, in_date);
        }
        // Text is never joined on the word of empty cells alone.
        const bool vouched = in_text == 0 || !date_ || !is_missing(joined[*date_]) || (link_ && !is_missing(joined[*link_]));
        if (vouched && fits(joined)) {
            cells = std::move(joined);
            return true;
        }
    }
    return false;
}

void Table::attach(TableRow& row, const CsvRow& fragment) const {
    std::string& text = row.cells[*text_];
    text += '\n';
    text += join_range(fragment.cells, 0, fragment.cells.size());
    row.length = fragment.offset + fragment.length - row.offset;
    ++row.fragments;
}

}  // namespace secateur::linkedin

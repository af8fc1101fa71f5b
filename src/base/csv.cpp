// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

constexpr std::size_t piece = std::size_t{64} << 10;
constexpr std::size_t cells_in_a_row = 20'000;  // spreadsheets stop at 16,384

/// How wide the units of the bytes are in which the marks (separator, quote, line ends) are looked for.
enum class Units { bytes, little_endian, big_endian };

Units units_of(std::string_view charset) {
    const std::string folded = fold_search(charset);
    if (folded == "utf-16le" || folded == "utf-16") return Units::little_endian;
    if (folded == "utf-16be") return Units::big_endian;
    return Units::bytes;
}

bool is_utf8_name(std::string_view charset) {
    const std::string folded = fold_search(charset);
    return folded == "utf-8" || folded == "utf8" || folded.empty();
}

/// Bytes at the end of a head that may be the beginning of a sequence that the cut went through.
std::string_view without_cut_sequence(std::string_view head) {
    for (std::size_t back = 1; back <= 3 && back <= head.size(); ++back) {
        const auto c = static_cast<unsigned char>(head[head.size() - back]);
        if (c < 0x80) break;
        if (c >= 0xC0) {
            const std::size_t length = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
            return back < length ? head.substr(0, head.size() - back) : head;
        }
    }
    return head;
}

class HeadStream final : public ByteStream {
public:
    explicit HeadStream(std::string_view bytes) : rest_(bytes) {}
    std::size_t read(std::span<char> buffer) override {
        const std::size_t count = std::min(buffer.size(), rest_.size());
        std::copy_n(rest_.data(), count, buffer.data());
        rest_.remove_prefix(count);
        return count;
    }

private:
    std::string_view rest_;
};

/// How many of the first rows agree on a number of cells above one.
struct Agreement {
    std::size_t rows = 0;
    std::size_t cells = 0;
    std::size_t in_first = 0;
};

Agreement agreement(std::string_view head, const CsvDialect& dialect) {
    HeadStream stream(head);
    CsvReader reader(stream, dialect, {}, head.size() + 1);
    std::map<std::size_t, std::size_t> rows_by_cells;
    CsvRow row;
    std::size_t first = 0, count = 0;
    try {
        while (count < 60 && reader.next(row)) {
            if (count == 0) first = row.cells.size();
            // The last row may be cut, and a quote that never ends is no row.
            const bool whole = !row.broken_quote && (count == 0 || row.offset + row.length < head.size());
            if (whole && row.cells.size() > 1) ++rows_by_cells[row.cells.size()];
            ++count;
        }
    } catch (const Error&) {
        return {};  // more cells than any table has: not this separator
    }
    Agreement best{.in_first = first};
    for (const auto& [cells, rows] : rows_by_cells)
        if (rows >= best.rows) best.rows = rows, best.cells = cells;
    return best;
}

/// `sep=;`, which Excel writes and obeys.
std::optional<char> stated_separator(std::string_view head) {
    if (head.size() < 6 || !head.starts_with("sep=") || (head[5] != '\r' && head[5] != '\n')) return std::nullopt;
    return head[4];
}

bool is_separator_statement(const CsvRow& row) {
    if (row.line != 1 || row.cells.empty() || !row.cells[0].starts_with("sep=")) return false;
    return (row.cells.size() == 1 && row.cells[0].size() == 5) ||
           (row.cells.size() == 2 && row.cells[0].size() == 4 && row.cells[1].empty());
}

std::string fold_header(std::string_view text) {
    std::string folded = fold_search(text);
    std::erase_if(folded, [](char c) { return c == ' ' || c == '_' || c == '-'; });
    return folded;
}

}  // namespace

CsvDialect guess_csv_dialect(std::string_view head) {
    CsvDialect dialect;
    std::string decoded;
    if (head.starts_with("\xFF\xFE")) {
        dialect.charset = "utf-16le";
    } else if (head.starts_with("\xFE\xFF")) {
        dialect.charset = "utf-16be";
    } else if (head.starts_with("\xEF\xBB\xBF")) {
        head.remove_prefix(3);
    } else if (!is_valid_utf8(without_cut_sequence(head))) {
        dialect.charset = "windows-1252";
    }
    if (units_of(dialect.charset) != Units::bytes) {
        decoded = decode_charset(head, dialect.charset.c_str()).value_or(std::string());
        head = decoded;
    }
    if (const auto stated = stated_separator(head)) {
        dialect.separator = *stated;
        return dialect;
    }
    Agreement best;
    for (const char separator : {',', ';', '\t'}) {
        const Agreement found = agreement(head, CsvDialect{.separator = separator});
        const auto better = found.rows != best.rows ? found.rows > best.rows : found.in_first > best.in_first;
        if (!better || found.rows == 0) continue;
        best = found;
        dialect.separator = separator;
    }
    return dialect;
}

struct CsvReader::State {
    State(ByteStream& source, CsvDialect how, std::string where, std::uint64_t most)
        : stream(source),
          dialect(std::move(how)),
          entry(std::move(where)),
          limit(most),
          units(units_of(dialect.charset)),
          utf8(is_utf8_name(dialect.charset)) {
        for (const char c : {dialect.separator, dialect.quote, '\r', '\n'}) ends_run[static_cast<unsigned char>(c)] = true;
        ends_quoted_run[static_cast<unsigned char>(dialect.quote)] = true;
        ends_quoted_run['\r'] = ends_quoted_run['\n'] = true;
        if (dialect.backslash_escapes) ends_quoted_run['\\'] = true;
        skip_mark();
    }

    static constexpr int end_of_file = -1;

    [[nodiscard]] std::size_t width() const noexcept { return units == Units::bytes ? 1 : 2; }

    /// Whether at least `wanted` bytes stand in the buffer from `position` on.
    bool have(std::size_t wanted) {
        while (filled - position < wanted) {
            if (ended) return false;
            std::memmove(buffer.data(), buffer.data() + position, filled - position);
            base += position;
            filled -= position;
            position = 0;
            const std::size_t got = stream.read(std::span(buffer).subspan(filled));
            ended = got == 0;
            filled += got;
        }
        return true;
    }

    /// The unit at the position, not taken; an odd byte at the end of UTF-16 is the end.
    int peek() {
        if (!have(width())) return end_of_file;
        const auto low = static_cast<unsigned char>(buffer[position]);
        if (units == Units::bytes) return low;
        const auto high = static_cast<unsigned char>(buffer[position + 1]);
        return units == Units::little_endian ? low | high << 8 : high | low << 8;
    }

    /// The unit after that one.
    int peek_second() {
        if (!have(2 * width())) return end_of_file;
        position += width();
        const int unit = peek();
        position -= width();
        return unit;
    }

    void take() noexcept { position += width(); }

    [[nodiscard]] std::uint64_t offset() const noexcept { return base + position; }

    void skip_mark() {
        if (utf8 && have(3) && std::string_view(buffer.data() + position, 3) == "\xEF\xBB\xBF") position += 3;
        if (!have(2) || units == Units::bytes) return;
        const std::string_view mark(buffer.data() + position, 2);
        if (units_named_by_mark() && mark == "\xFE\xFF") units = Units::big_endian;
        if (mark == "\xFF\xFE" || mark == "\xFE\xFF") position += 2;
    }

    [[nodiscard]] bool units_named_by_mark() const { return fold_search(dialect.charset) == "utf-16"; }

    [[noreturn]] void refuse(Message reason, Message hint = msg("base.csv_hint_quotes")) const {
        Problem problem{.kind = ErrorKind::input, .reason = std::move(reason), .where = {}, .hint = std::move(hint)};
        problem.where.entry = entry;
        problem.where.line = row_line;
        problem.where.offset = row_offset;
        throw Error(std::move(problem));
    }

    void check(const std::string& cell) const {
        if (cell.size() > limit) refuse(msg("base.csv_cell_too_long", arg("bytes", limit)));
    }

    /// Takes one unit into the cell as it stands.
    void keep(std::string& cell) {
        cell.append(buffer, position, width());
        position += width();
    }

    /// Takes a run of bytes in which no mark stands.
    void keep_run(std::string& cell, const std::array<bool, 256>& stops) {
        std::size_t stop = position;
        while (stop < filled && !stops[static_cast<unsigned char>(buffer[stop])]) ++stop;
        cell.append(buffer, position, stop - position);
        position = stop;
    }

    /// A line end at the position: taken, counted, and kept where it stands inside quotes.
    void line_end(std::string* cell) {
        const bool carriage_return = peek() == '\r';
        if (cell != nullptr)
            keep(*cell);
        else
            take();
        if (carriage_return && peek() == '\n') {
            if (cell != nullptr)
                keep(*cell);
            else
                take();
        }
        ++line;
    }

    /// A cell that began with a quote, up to the closing one; false when the file ends first.
    bool quoted(std::string& cell) {
        take();
        for (;;) {
            if (units == Units::bytes) keep_run(cell, ends_quoted_run);
            const int unit = peek();
            if (unit == end_of_file) return false;
            check(cell);
            if (unit == dialect.quote) {
                take();
                if (peek() != dialect.quote) return true;
                keep(cell);
            } else if (unit == '\\' && dialect.backslash_escapes && peek_second() == dialect.quote) {
                take();
                keep(cell);
            } else if (unit == '\r' || unit == '\n') {
                line_end(&cell);
            } else {
                keep(cell);
            }
        }
    }

    /// The rest of a cell up to a separator or a line end. A quote inside is only a character.
    void unquoted(std::string& cell) {
        for (;;) {
            if (units == Units::bytes) keep_run(cell, ends_run);
            const int unit = peek();
            if (unit == end_of_file || unit == separator() || unit == '\r' || unit == '\n') return;
            keep(cell);
            check(cell);
        }
    }

    [[nodiscard]] int separator() const noexcept { return static_cast<unsigned char>(dialect.separator); }

    void to_utf8(std::string& cell) const {
        if (is_ascii(cell) && units == Units::bytes) return;
        if (utf8) {
            if (!is_valid_utf8(cell)) cell = to_valid_utf8(cell);
            return;
        }
        const char* const charset = units == Units::bytes           ? dialect.charset.c_str()
                                    : units == Units::little_endian ? "utf-16le"
                                                                    : "utf-16be";
        auto decoded = decode_charset(cell, charset);
        if (!decoded) refuse(msg("base.csv_charset_unknown", arg("charset", quote(dialect.charset))), {});
        cell = std::move(*decoded);
    }

    /// One line of the table; its cells reuse the memory of the row before.
    bool read(CsvRow& row, bool& blank) {
        if (peek() == end_of_file) return false;
        row_line = line;
        row_offset = offset();
        row.line = row_line;
        row.offset = row_offset;
        row.broken_quote = row.loose_quote = false;
        bool any_quotes = false;
        std::size_t count = 0;
        for (;;) {
            if (count == cells_in_a_row) refuse(msg("base.csv_too_many_cells", arg("count", cells_in_a_row)));
            if (count == row.cells.size()) row.cells.emplace_back();
            std::string& cell = row.cells[count++];
            cell.clear();
            if (peek() == static_cast<unsigned char>(dialect.quote)) {
                any_quotes = true;
                row.broken_quote = !quoted(cell);
                const std::size_t closed = cell.size();
                unquoted(cell);
                row.loose_quote = row.loose_quote || cell.size() != closed;
            } else {
                unquoted(cell);
            }
            check(cell);
            if (offset() - row_offset > 4 * limit) refuse(msg("base.csv_row_too_long", arg("bytes", 4 * limit)));
            to_utf8(cell);
            if (peek() != separator()) break;
            take();
        }
        row.length = offset() - row_offset;
        row.cells.resize(count);
        blank = count == 1 && !any_quotes && trim(row.cells[0]).empty();
        if (peek() != end_of_file) line_end(nullptr);
        return true;
    }

    ByteStream& stream;
    CsvDialect dialect;
    std::string entry;
    std::uint64_t limit;
    Units units;
    bool utf8;
    std::array<bool, 256> ends_run{}, ends_quoted_run{};

    std::string buffer = std::string(piece, '\0');
    std::size_t position = 0, filled = 0;
    std::uint64_t base = 0;  // of the buffer's first byte in the entry
    bool ended = false;
    std::uint64_t line = 1, row_line = 1, row_offset = 0;
};

CsvReader::CsvReader(ByteStream& stream, CsvDialect dialect, std::string entry, std::uint64_t cell_limit)
    : state_(std::make_unique<State>(stream, std::move(dialect), std::move(entry), cell_limit)) {}
CsvReader::~CsvReader() = default;

bool CsvReader::next(CsvRow& row) {
    bool blank = false;
    while (state_->read(row, blank))
        if (!blank && !is_separator_statement(row)) return true;
    row.cells.clear();
    return false;
}

CsvHeader::CsvHeader(const std::vector<std::string>& cells) {
    folded_.reserve(cells.size());
    for (const std::string& cell : cells) folded_.push_back(fold_header(cell));
}

std::optional<std::size_t> CsvHeader::find(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
        const auto found = std::ranges::find(folded_, fold_header(name));
        if (found != folded_.end()) return static_cast<std::size_t>(found - folded_.begin());
    }
    return std::nullopt;
}

std::string csv_cell(std::string_view text, char separator) {
    const std::string_view begin = text.substr(std::min(text.find_first_not_of(' '), text.size()));
    bool formula = !begin.empty() && std::string_view("=+-@\t\r").find(begin.front()) != std::string_view::npos;
    for (const std::string_view wide : {"＝", "＋", "－", "＠"}) formula = formula || begin.starts_with(wide);
    if (formula && parse_number(text)) formula = false;  // "-5" is a number in every spreadsheet

    // The marks of all dialects, since the spreadsheet that opens the file may take another separator than ours.
    const bool quoted = text.find_first_of(",;\t\"\r\n") != std::string_view::npos ||
                        text.find(separator) != std::string_view::npos || text.starts_with(' ') || text.ends_with(' ');
    std::string result;
    result.reserve(text.size() + 3);
    if (quoted) result += '"';
    if (formula) result += '\'';
    for (const char c : text) {
        if (c == '"') result += '"';
        result += c;
    }
    if (quoted) result += '"';
    return result;
}

}  // namespace secateur

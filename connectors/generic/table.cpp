// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/generic/table.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace secateur::generic {
namespace {

/// A header without case, accents, spaces, `_` and `-`, as CsvHeader compares.
std::string folded(std::string_view header) {
    std::string out;
    for (const char c : fold_search(header))
        if (c != ' ' && c != '_' && c != '-' && c != '\'') out += c;
    return out;
}

constexpr std::array<std::pair<std::string_view, Column>, 78> names{{
    {"platform", Column::platform}, {"plateforme", Column::platform}, {"reseau", Column::platform},
    {"groupid", Column::group_id}, {"idgroupe", Column::group_id},
    {"name", Column::name}, {"nom", Column::name}, {"group", Column::name}, {"groupe", Column::name}, {"groupname", Column::name}, {"nomdugroupe", Column::name},
    {"url", Column::url}, {"lien", Column::url}, {"adresse", Column::url},
    {"description", Column::description}, {"topics", Column::topics}, {"themes", Column::topics}, {"sujets", Column::topics},
    {"language", Column::language}, {"langue", Column::language}, {"lang", Column::language}, {"visibility", Column::visibility}, {"visibilite", Column::visibility},
    {"members", Column::members}, {"membres", Column::members}, {"membersactive30d", Column::members_active_30d}, {"posts30d", Column::posts_30d},
    {"lastpostat", Column::last_post_at}, {"measuredat", Column::measured_at}, {"mesurele", Column::measured_at}, {"groupkind", Column::kind_of_group},
    {"account", Column::account}, {"compte", Column::account}, {"state", Column::state}, {"etat", Column::state}, {"statut", Column::state}, {"status", Column::state},
    {"role", Column::role}, {"joinedat", Column::joined_at}, {"joined", Column::joined_at}, {"inscritle", Column::joined_at}, {"leftat", Column::left_at},
    {"left", Column::left_at}, {"quittele", Column::left_at}, {"notify", Column::notify}, {"notifications", Column::notify},
    {"lastvisitat", Column::last_visit_at}, {"lastvisit", Column::last_visit_at}, {"dernierevisite", Column::last_visit_at},
    {"pinned", Column::pinned}, {"epingle", Column::pinned}, {"note", Column::note}, {"notes", Column::note},
    {"postid", Column::post_id}, {"kind", Column::kind}, {"type", Column::kind}, {"createdat", Column::created_at}, {"authorisme", Column::author_is_me},
    {"demoi", Column::author_is_me}, {"author", Column::author}, {"auteur", Column::author}, {"replyto", Column::reply_to}, {"threadid", Column::thread_id},
    {"title", Column::title}, {"titre", Column::title}, {"text", Column::text}, {"texte", Column::text}, {"textlen", Column::text_len},
    {"reactions", Column::reactions}, {"replies", Column::replies}, {"lastused", Column::last_used}, {"public", Column::is_public},
    {"passwordknown", Column::password_known}, {"date", Column::date}, {"person", Column::person}, {"place", Column::place},
    {"metthrough", Column::met_through}, {"inperson", Column::in_person},
}};
constexpr std::array<std::pair<std::string_view, Column>, 10> more_names{{
    {"dernierusage", Column::last_used}, {"motdepasseconnu", Column::password_known}, {"personne", Column::person}, {"lieu", Column::place},
    {"rencontrepar", Column::met_through}, {"rencontrevia", Column::met_through}, {"enpersonne", Column::in_person}, {"creele", Column::created_at},
    {"coverage", Column::coverage}, {"couverture", Column::coverage},
}};

/// Lines of a stream, whatever ends them, with their place.
class LineReader {
public:
    explicit LineReader(ByteStream& stream) : stream_(stream) {}
    bool next(std::string& line, std::uint64_t& offset) {
        line.clear();
        offset = read_ - (size_ - at_);
        bool any = false;
        for (;;) {
            if (at_ == size_) {
                size_ = stream_.read(buffer_);
                at_ = 0;
                read_ += size_;
                if (size_ == 0) return any;
            }
            any = true;
            const char* begin = buffer_.data() + at_;
            const char* end = buffer_.data() + size_;
            const char* found = std::find(begin, end, '\n');
            if (line.size() + static_cast<std::size_t>(found - begin) <= line_limit) line.append(begin, found);
            at_ = static_cast<std::size_t>(found - buffer_.data());
            if (found != end) {
                ++at_;
                if (line.ends_with('\r')) line.pop_back();
                return true;
            }
        }
    }

private:
    static constexpr std::size_t line_limit = std::size_t{16} << 20;
    ByteStream& stream_;
    std::vector<char> buffer_ = std::vector<char>(std::size_t{64} << 10);
    std::size_t at_ = 0, size_ = 0;
    std::uint64_t read_ = 0;
};

std::string joined(JsonValue array) {
    std::string out;
    for (const JsonValue each : array) out += (out.empty() ? "" : ";") + std::string(each.scalar());
    return out;
}

}  // namespace

std::optional<Column> column_called(std::string_view header) {
    const std::string key = folded(header);
    for (const auto& [name, column] : names)
        if (name == key) return column;
    for (const auto& [name, column] : more_names)
        if (name == key) return column;
    return std::nullopt;
}

bool is_json_lines(std::string_view file_name) {
    const std::string name = fold_search(file_name);
    return name.ends_with(".jsonl") || name.ends_with(".ndjson");
}

std::vector<Column> columns_in(std::string_view head, std::string_view file_name) {
    std::vector<Column> found;
    const auto keep = [&](std::string_view name) {
        if (const auto column = column_called(name); column && std::ranges::find(found, *column) == found.end()) found.push_back(*column);
    };
    if (is_json_lines(file_name)) {
        const JsonDocument line(head.substr(0, head.find('\n')));
        for (const JsonValue member : line.root()) keep(member.key());
        return found;
    }
    // A head may end inside a row; only its first line matters.
    const auto stream = memory_stream(head);
    CsvReader reader(*stream, guess_csv_dialect(head), std::string(file_name));
    CsvRow row;
    while (reader.next(row)) {
        if (!row.cells.empty() && trim(row.cells[0]).starts_with('#')) continue;
        for (const std::string& cell : row.cells) keep(cell);
        break;
    }
    return found;
}

void Row::set(Column column, std::string value) {
    const auto i = static_cast<std::size_t>(column);
    raw_[i] = std::move(value);
    cells_[i] = trim(raw_[i]);
}

void Row::clear() {
    for (std::string& cell : raw_) cell.clear();
    cells_.fill({});
    is_comment = false;
    broken.reset();
    source_text.clear();
}

std::vector<std::string> Row::list(Column column) const {
    std::vector<std::string> found;
    for (const auto part : split((*this)[column], ';'))
        if (!trim(part).empty()) found.emplace_back(trim(part));
    return found;
}

struct Table::Csv {
    CsvReader reader;
    std::string entry;
    std::vector<std::optional<Column>> columns;
    CsvRow row;
    std::uint64_t record = 0;
};
struct Table::Lines {
    LineReader reader;
    std::string entry;
    std::string line;
    std::uint64_t number = 0, record = 0;
};

Table::Table(ByteStream& stream, std::string_view head, const std::string& entry) {
    if (is_json_lines(entry)) {
        lines_.reset(new Lines{.reader = LineReader(stream), .entry = entry, .line = {}});
        return;
    }
    csv_.reset(new Csv{.reader = CsvReader(stream, guess_csv_dialect(head), entry), .entry = entry, .columns = {}, .row = {}});  // built in place: a reader does not move
    while (csv_->reader.next(csv_->row)) {
        if (!csv_->row.cells.empty() && trim(csv_->row.cells[0]).starts_with('#')) continue;
        for (const std::string& cell : csv_->row.cells) {
            csv_->columns.push_back(column_called(cell));
            if (!csv_->columns.back() && !trim(cell).empty()) unknown_.push_back(cell);
        }
        break;
    }
}

Table::~Table() = default;

bool Table::next(Row& row) {
    row.clear();
    return csv_ ? next_csv(row) : next_line(row);
}

bool Table::next_csv(Row& row) {
    CsvRow& cells = csv_->row;
    if (!csv_->reader.next(cells)) return false;
    row.where = {.entry = csv_->entry, .line = cells.line, .record = ++csv_->record, .offset = cells.offset, .length = cells.length};
    for (const std::string& cell : cells.cells) row.source_text += cell + '\x1f';
    if (!cells.cells.empty() && trim(cells.cells[0]).starts_with('#')) {
        row.is_comment = true;
        return true;
    }
    if (cells.broken_quote) row.broken = msg("generic.broken_quote");
    for (std::size_t i = 0; i < cells.cells.size(); ++i) {
        if (i >= csv_->columns.size()) {
            if (!trim(cells.cells[i]).empty() && !row.broken)
                row.broken = msg("generic.too_many_cells", arg("cells", cells.cells.size()), arg("columns", csv_->columns.size()));
            continue;
        }
        if (csv_->columns[i]) row.set(*csv_->columns[i], std::move(cells.cells[i]));
    }
    return true;
}

bool Table::next_line(Row& row) {
    std::uint64_t offset = 0;
    do {
        if (!lines_->reader.next(lines_->line, offset)) return false;
        ++lines_->number;
    } while (trim(lines_->line).empty());
    const std::string& line = lines_->line;
    row.where = {.entry = lines_->entry, .line = lines_->number, .record = ++lines_->record, .offset = offset, .length = line.size()};
    row.source_text = line;
    if (trim(line).starts_with('#')) {
        row.is_comment = true;
        return true;
    }
    const JsonDocument document(line);
    if (!document.root().is_object()) {
        row.broken = msg("generic.broken_json");
        return true;
    }
    for (const JsonValue member : document.root())
        if (const auto column = column_called(member.key())) row.set(*column, member.is_array() ? joined(member) : std::string(member.scalar()));
    return true;
}

}  // namespace secateur::generic

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/linkedin/file_pass.hpp"

#include <utility>

#include "base/text.hpp"
#include "connectors/support.hpp"

namespace secateur::linkedin {

FilePass::FilePass(const Source& source, const SurveyedFile& file, RecordSink& sink, const ReadContext& context, bool& stopped,
                   std::function<void(std::uint64_t)> progress)
    : file_(file), sink_(sink), context_(context), stopped_(stopped),
      table_(source, file.found, file.shape, file.backslash_escapes, std::move(progress)) {}

bool FilePass::next() {
    while (!stopped_ && table_.next(row_)) {
        ++record_;
        if (row_.fragments > 0 || row_.joined) ++repaired_;
        if (!row_.fault) return true;
        const bool resaved = file_.shape.from_spreadsheet || spreadsheet_dates_;
        reject(*row_.fault, resaved ? msg("linkedin.hint_original") : Message{});
    }
    return false;
}

std::string_view FilePass::value(std::optional<std::size_t> column) const {
    const std::string_view text = cell(column);
    return is_missing(text) ? std::string_view() : trim(text);
}

void FilePass::accept(Record record) {
    if (!stopped_ && sink_.accept(std::move(record), place()) == Flow::stop) stopped_ = true;
}

void FilePass::reject(Message reason, Message hint) {
    if (!stopped_ && sink_.reject(refusal(std::move(reason), place(), std::move(hint)), table_.raw(row_)) == Flow::stop)
        stopped_ = true;
}

bool FilePass::date(std::optional<std::size_t> column, std::optional<When>& when) {
    when.reset();
    const std::string_view text = value(column);
    if (text.empty()) return true;
    when = parse_when(text, file_.found.spec->style, context_.zone);
    if (!when) {
        reject(msg("linkedin.bad_date", arg("value", quote(text))));
        return false;
    }
    spreadsheet_dates_ = spreadsheet_dates_ || is_spreadsheet_date(text);
    // Two days of grace: the zone of the file, and that of the person.
    if (context_.today != Date{} && when->at >= context_.today + std::chrono::days(2)) {
        reject(msg("linkedin.future_date", arg("value", quote(text))));
        return false;
    }
    note_unzoned(*when);
    return true;
}

void FilePass::conclude() {
    const Location where{.entry = file_.found.entry->path};
    if (file_.shape.from_spreadsheet || spreadsheet_dates_)
        sink_.warn("resaved_by_spreadsheet", msg("linkedin.resaved", arg("file", file_.found.entry->name())), where);
    if (repaired_ > 0)
        sink_.warn("repaired_rows", msg("linkedin.repaired", arg("file", file_.found.entry->name()), arg("count", repaired_)),
                   where);
}

Location FilePass::place() const {
    return {.entry = file_.found.entry->path, .line = row_.line, .record = record_, .offset = row_.offset, .length = row_.length};
}

}  // namespace secateur::linkedin

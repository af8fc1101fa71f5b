// SPDX-License-Identifier: GPL-3.0-or-later
// The second pass over one file: sound rows one by one, faulty ones refused on the way, records sent with their place.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/connector.hpp"
#include "connectors/linkedin/survey.hpp"
#include "connectors/linkedin/table.hpp"

namespace secateur::linkedin {

class FilePass {
public:
    /// All of them outlive the pass. `stopped` is set when the sink wants no more.
    FilePass(const Source& source, const SurveyedFile& file, RecordSink& sink, const ReadContext& context, bool& stopped,
             std::function<void(std::uint64_t)> progress);

    [[nodiscard]] FileKind kind() const noexcept { return file_.found.spec->kind; }
    [[nodiscard]] const Table& table() const noexcept { return table_; }
    [[nodiscard]] std::optional<std::size_t> column(std::string_view variants) const { return table_.column(variants); }

    /// To the next row that holds together; false at the end, or when the sink wants no more.
    [[nodiscard]] bool next();
    [[nodiscard]] const std::vector<std::string>& cells() const noexcept { return row_.cells; }
    [[nodiscard]] std::string_view cell(std::optional<std::size_t> column) const { return cell_at(row_.cells, column); }
    /// The cell without white space around it; empty for "N/A" and the like.
    [[nodiscard]] std::string_view value(std::optional<std::size_t> column) const;

    void accept(Record record);
    void reject(Message reason, Message hint = {});
    void ignore(std::string_view reason) { sink_.ignore(reason, 1); }

    /// The date of the row; absent when the cell is empty. False after the row was refused for a time in the future.
    [[nodiscard]] bool date(std::optional<std::size_t> column, std::optional<When>& when);

    /// Says what was done to the file; after the last row.
    void conclude();
    [[nodiscard]] std::uint64_t unzoned_times() const noexcept { return unzoned_times_; }
    void note_unzoned(const When& when) { unzoned_times_ += when.basis == TimeBasis::local_unknown ? 1 : 0; }
    [[nodiscard]] const std::optional<Zone>& zone() const noexcept { return context_.zone; }

private:
    [[nodiscard]] Location place() const;

    const SurveyedFile& file_;
    RecordSink& sink_;
    const ReadContext& context_;
    bool& stopped_;
    Table table_;
    TableRow row_;
    bool spreadsheet_dates_ = false;
    std::uint64_t record_ = 0, repaired_ = 0, unzoned_times_ = 0;
};

}  // namespace secateur::linkedin

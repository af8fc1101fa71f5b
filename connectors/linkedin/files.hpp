// SPDX-License-Identifier: GPL-3.0-or-later
// Which files of an archive are read, by what names they go, which columns make them what they are, and where they stand:
// names are compared without case, spaces and underscores, a member id after them is left out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.hpp"
#include "base/source.hpp"
#include "connectors/linkedin/fields.hpp"

namespace secateur::linkedin {

enum class FileKind {
    profile,
    connections,
    invitations,
    shares,
    comments,
    reactions,
    votes,
    instant_reposts,
    messages,
    coach_messages,
    ad_targeting,
    member_follows,
    company_follows,
    hashtag_follows,
    events,
    recommendations_given,
    recommendations_received,
    endorsements_given,
    endorsements_received,
    group_posts,
    group_comments,
    group_likes,
};

/// One file of the export. Columns are named with their variants: "First Name|Prénom".
struct FileSpec {
    FileKind kind;
    std::vector<std::string_view> names;  // lower case, without spaces and underscores, without ".csv"
    std::string_view title;  // as a person sees it
    std::vector<std::string_view> required;  // all of them make the header
    std::string_view date;  // column of the date; empty: none
    DateStyle style = DateStyle::stamp;
    std::string_view link;  // column of the link; empty: none
    std::string_view text;  // column whose text may run over several lines; empty: none
    std::string_view wide;  // column that takes what unquoted commas cut off; empty: none
    bool lenient = false;  // rows are taken as they are: context, not records
    bool by_header = false;  // recognised under any name by its columns alone
};
[[nodiscard]] const std::vector<FileSpec>& file_specs();
[[nodiscard]] const FileSpec& file_spec(FileKind kind);

/// The place of a column under any of its names.
[[nodiscard]] std::optional<std::size_t> find_column(const CsvHeader& header, std::string_view variants);

/// How the table is written and where its header stands, seen in its beginning. The header is the first of 20 rows that has the
/// columns: Connections.csv begins with a note.
struct TableShape {
    CsvDialect dialect;
    bool has_header = false;
    int rows_before_header = 0;
    bool is_placeholder = false;  // "No conversations found", or nothing at all
    bool from_spreadsheet = false;  // byte-order mark, CRLF, other separators: saved again by a spreadsheet
};
[[nodiscard]] TableShape table_shape(std::string_view head, const FileSpec& spec);
struct FoundFile {
    const FileSpec* spec = nullptr;
    const Entry* entry = nullptr;
    std::string member_id;  // "845120937" of "Shares_845120937.csv"
};

struct Layout {
    std::vector<FoundFile> files;  // in the order of file_specs(), one a kind (coach messages may be several)
    std::vector<const Entry*> set_aside;  // a second file of a kind
    std::string folder;  // where they stand
    std::string member_id;
    int complete_marks = 0;  // files that only the Complete archive has
    bool holds_all = true;  // no entry stands outside that folder

    /// With two of the files that only the Complete archive has, an absent file means that there was nothing to put in it.
    [[nodiscard]] bool is_complete() const noexcept { return complete_marks >= 2; }
    [[nodiscard]] const FoundFile* find(FileKind kind) const;
};
[[nodiscard]] Layout lay_out(const Source& source);

}  // namespace secateur::linkedin

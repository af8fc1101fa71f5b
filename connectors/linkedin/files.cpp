// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/linkedin/files.hpp"
#include "base/ascii.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"

namespace secateur::linkedin {
namespace {

// Files that were seen in Complete archives only; two of them tell one.
constexpr std::string_view complete_marks[] = {"adtargeting",        "searchqueries", "logins",
                                               "inferencesaboutyou", "adsclicked",    "securitychallenges"};

constexpr std::string_view first_name = "First Name|Prénom|Vorname";
constexpr std::string_view connected_on = "Connected On|Connecté le|Verbunden am";

std::vector<FileSpec> make_specs() {
    using enum FileKind;
    using enum DateStyle;
    // In the order in which detection looks at them: what only LinkedIn writes comes first.
    return {
        {.kind = connections,
         .names = {"connections"},
         .title = "Connections.csv",
         .required = {first_name, connected_on},
         .date = connected_on,
         .by_header = true},
        {.kind = invitations,
         .names = {"invitations"},
         .title = "Invitations.csv",
         .required = {"From", "To", "Sent At", "Direction"},
         .date = "Sent At",
         .style = month_first,
         .text = "Message",
         .wide = "Message",
         .by_header = true},
        {.kind = shares,
         .names = {"shares"},
         .title = "Shares.csv",
         .required = {"Date", "ShareLink"},
         .date = "Date",
         .link = "ShareLink",
         .text = "ShareCommentary",
         .wide = "ShareCommentary",
         .by_header = true},
        {.kind = messages,
         .names = {"messages"},
         .title = "messages.csv",
         .required = {"CONVERSATION ID", "FROM", "DATE", "CONTENT"},
         .date = "DATE",
         .text = "CONTENT",
         .wide = "CONTENT",
         .by_header = true},
        {.kind = comments,
         .names = {"comments"},
         .title = "Comments.csv",
         .required = {"Date", "Link", "Message"},
         .date = "Date",
         .link = "Link",
         .text = "Message",
         .wide = "Message",
         .by_header = true},
        {.kind = reactions,
         .names = {"reactions"},
         .title = "Reactions.csv",
         .required = {"Date", "Type", "Link"},
         .date = "Date",
         .link = "Link",
         .by_header = true},
        {.kind = votes,
         .names = {"votes"},
         .title = "Votes.csv",
         .required = {"Date", "Link", "OptionText"},
         .date = "Date",
         .link = "Link",
         .text = "OptionText",
         .wide = "OptionText",
         .by_header = true},
        {.kind = ad_targeting,
         .names = {"adtargeting"},
         .title = "Ad_Targeting.csv",
         .required = {"Member Groups"},
         .lenient = true,
         .by_header = true},
        {.kind = endorsements_given,
         .names = {"endorsementgiveninfo", "endorsementsgiven"},
         .title = "Endorsement_Given_Info.csv",
         .required = {"Skill Name", "Endorsee First Name"},
         .date = "Endorsement Date",
         .wide = "Skill Name",
         .by_header = true},
        {.kind = endorsements_received,
         .names = {"endorsementreceivedinfo", "endorsementsreceived"},
         .title = "Endorsement_Received_Info.csv",
         .required = {"Skill Name", "Endorser First Name"},
         .date = "Endorsement Date",
         .wide = "Skill Name",
         .by_header = true},
        {.kind = recommendations_given,
         .names = {"recommendationsgiven"},
         .title = "Recommendations_Given.csv",
         .required = {"First Name", "Last Name", "Text"},
         .date = "Creation Date",
         .style = month_first,
         .text = "Text",
         .wide = "Text"},
        {.kind = recommendations_received,
         .names = {"recommendationsreceived"},
         .title = "Recommendations_Received.csv",
         .required = {"First Name", "Last Name", "Text"},
         .date = "Creation Date",
         .style = month_first,
         .text = "Text",
         .wide = "Text"},
        {.kind = member_follows,
         .names = {"memberfollows"},
         .title = "Member_Follows.csv",
         .required = {"Date", "Status", "FullName"},
         .date = "Date",
         .style = month_first,
         .wide = "FullName",
         .by_header = true},
        {.kind = company_follows,
         .names = {"companyfollows"},
         .title = "Company Follows.csv",
         .required = {"Organization", "Followed On"},
         .date = "Followed On",
         .wide = "Organization",
         .by_header = true},
        {.kind = hashtag_follows,
         .names = {"hashtagfollows"},
         .title = "Hashtag_Follows.csv",
         .required = {"HashTag"},
         .date = "CreatedTime",
         .style = month_first,
         .by_header = true},
        {.kind = events,
         .names = {"events"},
         .title = "Events.csv",
         .required = {"Event Name", "Event Time"},
         .date = "Event Time",
         .style = range,
         .wide = "Event Name",
         .by_header = true},
        {.kind = instant_reposts,
         .names = {"instantreposts"},
         .title = "InstantReposts.csv",
         .required = {"Date", "Link"},
         .date = "Date",
         .link = "Link"},
        {.kind = group_posts,
         .names = {"groupposts"},
         .title = "Group Posts.csv",
         .required = {"Date|Created Date|Created On|Time", "Group Name|Group|Group URL|Group Link|Group ID"},
         .date = "Date|Created Date|Created On|Time",
         .text = "Message|Text|Content|Title"},
        {.kind = group_comments,
         .names = {"groupcomments"},
         .title = "Group Comments.csv",
         .required = {"Date|Created Date|Created On|Time", "Group Name|Group|Group URL|Group Link|Group ID"},
         .date = "Date|Created Date|Created On|Time",
         .text = "Message|Comment|Text|Content"},
        {.kind = group_likes,
         .names = {"grouplikes"},
         .title = "Group Likes.csv",
         .required = {"Date|Created Date|Created On|Time", "Group Name|Group|Group URL|Group Link|Group ID"},
         .date = "Date|Created Date|Created On|Time"},
        {.kind = coach_messages,
         .names = {"coachmessages", "learningcoachmessages", "learningroleplaymessages", "guidemessages", "careercoachmessages"},
         .title = "coach_messages.csv",
         .required = {"CONVERSATION ID", "CONTENT"},
         .lenient = true},
        {.kind = profile,
         .names = {"profile"},
         .title = "Profile.csv",
         .required = {"First Name", "Last Name", "Headline|Maiden Name"},
         .lenient = true,
         .by_header = true},
    };
}

/// "Company_Follows.csv" and "company follows.CSV" are "companyfollows"; the number of "Shares_845120937.csv" is told apart.
/// Empty for what is no CSV file.
std::string base_name(std::string_view file, std::string& number) {
    number.clear();
    if (file.size() < 4 || ascii_lowered(file.substr(file.size() - 4)) != ".csv") return {};
    file.remove_suffix(4);
    const auto is_separator = [](char c) { return c == '_' || c == ' '; };
    std::size_t digits = file.size();
    while (digits > 0 && file[digits - 1] >= '0' && file[digits - 1] <= '9') --digits;
    if (digits < file.size() && digits > 1 && is_separator(file[digits - 1])) {
        number = file.substr(digits);
        file = file.substr(0, digits - 1);
    }
    std::string name = ascii_lowered(file);
    std::erase_if(name, is_separator);
    return name;
}

const FileSpec* spec_by_name(std::string_view base) {
    for (const FileSpec& spec : file_specs())
        if (std::ranges::find(spec.names, base) != spec.names.end()) return &spec;
    return nullptr;
}

bool is_complete_mark(std::string_view base) { return std::ranges::find(complete_marks, base) != std::end(complete_marks); }

constexpr int deepest_header = 20;

bool is_header(const std::vector<std::string>& cells, const FileSpec& spec) {
    const CsvHeader header(cells);
    return std::ranges::all_of(spec.required, [&](std::string_view name) { return find_column(header, name).has_value(); });
}

const FileSpec* spec_by_header(std::string_view head) {
    for (const FileSpec& spec : file_specs())
        if (spec.by_header && table_shape(head, spec).has_header) return &spec;
    return nullptr;
}

/// UTF-8 unless it cannot be: then what old spreadsheets write.
std::string charset_of(std::string_view head) {
    if (head.starts_with("\xFF\xFE")) return "utf-16le";
    if (head.starts_with("\xFE\xFF")) return "utf-16be";
    // A head may end in the middle of a character.
    for (std::size_t cut = 0; cut < 4 && cut <= head.size(); ++cut)
        if (is_valid_utf8(head.substr(0, head.size() - cut))) return "utf-8";
    return "windows-1252";
}

/// A note of somebody beside the export.
bool is_readme(const Entry& entry) { return ascii_lowered(entry.name()).starts_with("readme"); }

/// Files of one kind: the one without a number comes first.
bool is_plainer(const FoundFile& a, const FoundFile& b) {
    if (a.member_id.empty() != b.member_id.empty()) return a.member_id.empty();
    return a.entry->path < b.entry->path;
}

}  // namespace

const std::vector<FileSpec>& file_specs() {
    static const std::vector<FileSpec> specs = make_specs();
    return specs;
}

const FileSpec& file_spec(FileKind kind) { return *std::ranges::find(file_specs(), kind, &FileSpec::kind); }

std::optional<std::size_t> find_column(const CsvHeader& header, std::string_view variants) {
    if (variants.empty()) return std::nullopt;
    for (const std::string_view name : split(variants, '|'))
        if (const auto column = header.find({name})) return column;
    return std::nullopt;
}

TableShape table_shape(std::string_view head, const FileSpec& spec) {
    TableShape shape;
    shape.dialect.charset = charset_of(head);
    for (const char separator : {',', ';', '\t'}) {
        CsvDialect dialect = shape.dialect;
        dialect.separator = separator;
        const auto stream = memory_stream(head);
        CsvReader reader(*stream, dialect, {});
        CsvRow row;
        try {
            for (int i = 0; i < deepest_header && reader.next(row); ++i) {
                if (!is_header(row.cells, spec)) continue;
                shape.dialect = dialect;
                shape.has_header = true;
                shape.rows_before_header = i;
                const std::size_t end = row.offset + row.length;
                const bool crlf = end < head.size() && head[end] == '\r';
                shape.from_spreadsheet =
                    separator != ',' || crlf || head.starts_with("\xEF\xBB\xBF") || dialect.charset != "utf-8";
                return shape;
            }
        } catch (const Error&) {
            continue;  // too many cells for any table: not this separator
        }
    }
    // A line of prose without a header: "No conversations found".
    const std::string_view text = trim(head);
    shape.is_placeholder = text.empty() || (text.size() < 200 && text.find_first_of(",;\n") == std::string_view::npos);
    return shape;
}

const FoundFile* Layout::find(FileKind kind) const {
    const auto found = std::ranges::find_if(files, [&](const FoundFile& file) { return file.spec->kind == kind; });
    return found == files.end() ? nullptr : &*found;
}

Layout lay_out(const Source& source) {
    struct Folder {
        std::vector<FoundFile> files;
        int marks = 0;
    };
    std::map<std::string, Folder, std::less<>> folders;
    std::string number;
    const auto& entries = source.entries();
    for (const Entry& entry : entries) {
        const std::string base = base_name(entry.name(), number);
        if (base.empty()) continue;
        const FileSpec* const spec = spec_by_name(base);
        const bool mark = is_complete_mark(base);
        if (spec == nullptr && !mark) continue;
        Folder& folder = folders[std::string(entry.folder())];
        if (spec != nullptr) folder.files.push_back({.spec = spec, .entry = &entry, .member_id = number});
        if (mark) ++folder.marks;
    }

    Layout layout;
    const Folder* best = nullptr;
    for (const auto& [path, folder] : folders) {
        if (best != nullptr && folder.files.size() + static_cast<std::size_t>(folder.marks) <=
                                   best->files.size() + static_cast<std::size_t>(best->marks))
            continue;
        best = &folder;
        layout.folder = path;
    }
    if (best == nullptr || best->files.empty()) {
        // One table under another name: its columns tell.
        if (entries.size() != 1 || base_name(entries.front().name(), number).empty()) return layout;
        if (const FileSpec* spec = spec_by_header(source.head(entries.front())))
            layout.files.push_back({.spec = spec, .entry = &entries.front(), .member_id = {}});
        layout.folder = entries.front().folder();
        return layout;
    }

    layout.complete_marks = best->marks;
    layout.holds_all =
        layout.folder.empty() || std::ranges::all_of(entries, [&](const Entry& entry) {
            return is_readme(entry) || (entry.path.size() > layout.folder.size() && entry.path.starts_with(layout.folder) &&
                                        entry.path[layout.folder.size()] == '/');
        });
    for (const FileSpec& spec : file_specs()) {
        std::vector<FoundFile> same;
        for (const FoundFile& file : best->files)
            if (file.spec == &spec) same.push_back(file);
        std::ranges::sort(same, is_plainer);
        for (std::size_t i = 0; i < same.size(); ++i) {
            if (i > 0 && spec.kind != FileKind::coach_messages) {
                layout.set_aside.push_back(same[i].entry);
                continue;
            }
            layout.files.push_back(same[i]);
            if (layout.member_id.empty()) layout.member_id = same[i].member_id;
        }
    }
    return layout;
}

}  // namespace secateur::linkedin

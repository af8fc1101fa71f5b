// SPDX-License-Identifier: GPL-3.0-or-later
// The first pass: how each file is quoted, whose export it is, and who takes part in which conversation. Nothing is emitted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/linkedin/files.hpp"
#include "connectors/linkedin/table.hpp"

namespace secateur::linkedin {

struct SurveyedFile {
    FoundFile found;
    TableShape shape;
    bool backslash_escapes = false;  // \" inside quotes: fewer rows break when it is read so
};

struct Conversation {
    std::string title;
    std::map<std::string, std::string> people;  // key -> name, the owner included
    std::set<std::string> addressed;  // names without an address, of exports before mid-2023
    bool many_recipients = false;
    std::uint64_t messages = 0;
    std::map<std::string, std::uint64_t> senders;  // key -> messages
    std::optional<Instant> first;

    /// Three people or more, the owner included.
    [[nodiscard]] bool is_group() const;
};

struct Correspondent {
    std::string name;
    std::uint64_t messages = 0;  // written
    std::uint64_t conversations = 0;  // taken part in
};

struct Survey {
    std::vector<SurveyedFile> files;
    std::vector<const FoundFile*> no_header;  // tables whose columns are unknown
    std::string profile_name;
    std::map<std::string, std::uint64_t> own_slugs;  // by the invitations
    std::map<std::string, std::uint64_t> own_names;
    std::unordered_map<std::string, Conversation> conversations;
    std::map<std::string, Correspondent> correspondents;  // by key

    [[nodiscard]] const SurveyedFile* find(FileKind kind) const;
};

[[nodiscard]] Survey survey(const Source& source, const Layout& layout);

/// The columns of messages.csv, whichever of them this era has.
struct MessageColumns {
    std::optional<std::size_t> conversation, title, from, sender_url, to, recipient_urls, date, subject, content, folder,
        attachments, message_draft, conversation_draft;
    explicit MessageColumns(const Table& table);
};
enum class MessageUse { message, draft, sponsored };
[[nodiscard]] MessageUse message_use(const MessageColumns& columns, const std::vector<std::string>& cells);
/// Whose row of invitations this is: nothing for a direction that is neither.
[[nodiscard]] std::optional<Direction> invitation_direction(std::string_view cell);

/// The cell of a column, or nothing where the table has no such column.
[[nodiscard]] inline std::string_view cell_at(const std::vector<std::string>& cells, std::optional<std::size_t> column) {
    return column && *column < cells.size() ? std::string_view(cells[*column]) : std::string_view();
}

}  // namespace secateur::linkedin

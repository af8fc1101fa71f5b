// SPDX-License-Identifier: GPL-3.0-or-later
// A site's data dump of Stack Exchange as it lies on disk: which of its files are there, their rows one by one, and the users by
// number. Makes no records.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/markup.hpp"
#include "base/source.hpp"
#include "connectors/connector.hpp"

namespace secateur::stackexchange {

enum class FileKind { users, tags, posts, comments, votes, unread };
struct DumpFile {
    const Entry* entry = nullptr;
    FileKind kind = FileKind::unread;
};

struct Layout {
    std::vector<DumpFile> files;  // in the order of FileKind
    std::string site;             // "beekeeping.stackexchange.com", else the name of the folder
    bool is_named = false;        // the folder or archive bears the address of a site
    bool holds_all = true;        // nothing foreign stands beside them

    [[nodiscard]] const DumpFile* find(FileKind kind) const noexcept;
};
[[nodiscard]] Layout lay_out(const Source& source);

/// Hands over every `<row .../>`; `where` holds the number of the row.
using TakeRow = std::function<Flow(const MarkupTag&, const Location&)>;
[[nodiscard]] MarkupOutcome read_rows(ByteStream& stream, const std::string& entry, const TakeRow& take);
/// Whether the beginning is that of such a file: its root, and a member of its first row.
[[nodiscard]] bool looks_right(FileKind kind, std::string_view head);

/// Names by number, some ten bytes a user beside the name: the largest site has tens of millions.
class Names {
public:
    void add(std::int64_t id, std::string_view name);
    /// To be called once, when all are in.
    void settle();
    [[nodiscard]] std::string_view find(std::int64_t id) const;
    [[nodiscard]] std::size_t size() const noexcept { return index_.size(); }

private:
    std::vector<std::pair<std::int32_t, std::uint32_t>> index_;  // number, place in text_
    std::string text_;                                           // each ends with a NUL
};

struct User {
    std::string id, account_id, name;
    std::string created, last_seen;  // as written
};
/// What Users.xml tells: everybody's name, and those who may be me.
struct Users {
    Names names;
    std::vector<User> matches;
};
[[nodiscard]] Users read_users(ByteStream& stream, const std::string& entry, const Identities& me);

}  // namespace secateur::stackexchange

// SPDX-License-Identifier: GPL-3.0-or-later
// When are two records the same activity? The platform's own id decides where there is one; else what was written, by whom, in which
// minute (contracts 3). One place for all connectors.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.hpp"
#include "store/import_transaction.hpp"

namespace secateur {

struct Identity {
    std::uint64_t id = 0;
    ActivityToStore::IdOrigin origin = ActivityToStore::IdOrigin::number;
};

/// A whole number as the platform writes it stands for itself; anything else for its hash. Never 0; the two never meet.
[[nodiscard]] Identity native_identity(std::string_view native_id);

/// Of a message whose text may be told differently by two exports: spaces folded, composed, media and edit marks out.
void append_identity_text(std::string& out, std::string_view text, bool has_media_or_mark);

/// The written time without its seconds: one phone writes them, another does not.
[[nodiscard]] std::string without_seconds(std::string_view written);

/// Files that are parts of one: the number before the ending left out ("message_2.json" and "message_1.json").
[[nodiscard]] std::uint64_t logical_file(std::string_view entry);

/// How often a key was met lately: at least the last 65,536 different ones, at most twice as many.
class RecentCounter {
public:
    /// How often before.
    std::uint32_t next(std::uint64_t key);

private:
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t count = 0;  // 0: free
    };
    static Slot& slot(std::vector<Slot>& table, std::uint64_t key);
    std::vector<Slot> young_, old_;
    std::size_t used_ = 0;
};

class IdentityMaker {
public:
    /// `group_hash` stands for platform and key of the group; `file` for the logical file.
    [[nodiscard]] Identity make(const Activity& activity, std::uint64_t group_hash, std::uint64_t file);

private:
    RecentCounter counter_;
    std::string buffer_;
};

/// Same identity, other hash: it was edited.
[[nodiscard]] std::uint64_t content_hash(const Activity& activity);

}  // namespace secateur

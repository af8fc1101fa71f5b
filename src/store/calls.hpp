// SPDX-License-Identifier: GPL-3.0-or-later
// Who answered whom, me on one side: pairs the threads I open and what is said to me with their first answers while the rows of one
// group go by (metrics 2.1, Rp4). Strongest first: a reply by its identifier, a mention, nearness; where none tells, it is unknown.
#pragma once

#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/history.hpp"
#include "store/conversation_row.hpp"

namespace secateur {

class CallTracker {
public:
    /// Acts only.
    void add(const ConversationRow& row);
    void finish(GroupHistory& history);

private:
    /// Messages without half an hour of silence between two of them.
    struct Conversation {
        Instant last{};
        std::array<std::int64_t, 2> authors{};
        std::size_t known = 0;     // of these two
        bool crowd = false;        // a third one wrote, or somebody unknown
        bool i_wrote = false;
        bool last_is_mine = false;
        std::optional<std::size_t> my_thread;
        std::vector<std::size_t> calls;  // to me, in this conversation
    };
    enum class How { said, nearness };
    static void answer(Call& call, Instant at, How how);
    void enter(const ConversationRow& row, bool& is_new);
    void mine(const ConversationRow& row, bool opens);
    void theirs(const ConversationRow& row);

    std::vector<Call> threads_, calls_;
    std::vector<Instant> replies_;
    std::unordered_set<std::uint64_t> my_ids_;
    std::unordered_map<std::uint64_t, std::size_t> thread_of_;                     // its id -> threads_
    std::unordered_map<std::uint64_t, std::size_t> call_of_;                       // its id -> calls_
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> calls_under_;      // what it answers -> calls_
    std::optional<Conversation> conversation_;
    bool any_ = false, shows_answers_ = false;
};

}  // namespace secateur

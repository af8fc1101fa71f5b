// SPDX-License-Identifier: GPL-3.0-or-later
// One row of a group as those read it who follow the conversation: the calls and the giving.
#pragma once

#include <cstdint>

#include "model/history.hpp"

namespace secateur {

/// Of anybody but a bot, in time order.
struct ConversationRow {
    Instant at{};
    ActivityKind kind = ActivityKind::post;
    bool mine = false;
    bool to_me = false;  // it mentions me, or its source says that it answers me
    bool named = false;  // it mentions me
    bool question = false, request = false, thanks = false, introduction = false;
    std::int64_t author = 0;
    std::uint64_t id = 0, parent = 0;
};

}  // namespace secateur

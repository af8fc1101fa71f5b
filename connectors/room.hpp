// SPDX-License-Identifier: GPL-3.0-or-later
// One conversation of a workspace while its messages are read. Its group goes before its first record; what is not mine to read is
// ignored with a reason; at the end, what the lists say of me and what the conversation covers follow from a few figures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/connector.hpp"
#include "connectors/members.hpp"

namespace secateur {

/// A server's export holds conversations that are not mine.
enum class Share {
    whole,
    only_mine,  // I am not in it: what I wrote when I was
    nothing,    // of others, or with oneself
};

struct Room {
    Group group;
    Share share = Share::whole;
    std::string_view ignored_as;           // the reason for what is left out
    std::optional<Membership> membership;  // what the lists say of me: event, role, note, pinned, notify
    std::optional<Instant> covered_from;   // where the export says so; else the first record

    // Kept while it is read.
    bool emitted = false;
    bool others = false;  // somebody else was seen
    bool left = false;    // the last thing heard of my coming and going
    std::uint64_t mine = 0;
    std::optional<Instant> first;
    std::string first_author;
};

class RoomWriter {
public:
    RoomWriter(const Ownership& me, std::optional<Instant> exported_at, RecordSink& sink) : me_(me), exported_at_(exported_at), sink_(sink) {}

    /// Fills in the group; `is_me` is set by the caller.
    [[nodiscard]] Flow accept(Room& room, Activity&& activity, const Location& where);
    /// Somebody came or went; `is_me` and `person` are set by the caller.
    [[nodiscard]] Flow accept(Room& room, Membership membership, const Location& where);
    /// After its last record.
    [[nodiscard]] Flow finish(Room& room);

private:
    [[nodiscard]] Flow begin(Room& room, const Location& where);
    [[nodiscard]] bool leaves_out(const Room& room, bool is_me) const;

    const Ownership& me_;
    std::optional<Instant> exported_at_;
    RecordSink& sink_;
};

}  // namespace secateur

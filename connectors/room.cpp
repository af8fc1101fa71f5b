// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/room.hpp"

#include <utility>

namespace secateur {
namespace {

constexpr std::uint64_t enough_of_mine = 5;  // before "only mine" says anything about what was exported

When day_of(Instant at) { return When{.at = at, .precision = Precision::day, .written = {}}; }

}  // namespace

bool RoomWriter::leaves_out(const Room& room, bool is_me) const {
    if (room.share == Share::whole || (room.share == Share::only_mine && is_me)) return false;
    sink_.ignore(room.ignored_as);
    return true;
}

Flow RoomWriter::begin(Room& room, const Location& where) {
    room.emitted = true;
    if (room.group.members && exported_at_) room.group.measured_at = day_of(*exported_at_);
    return sink_.accept(room.group, where);
}

Flow RoomWriter::accept(Room& room, Activity&& activity, const Location& where) {
    if (leaves_out(room, activity.is_me)) return Flow::proceed;
    if (!room.emitted && begin(room, where) == Flow::stop) return Flow::stop;
    activity.group = room.group.key;
    if (activity.when && (!room.first || activity.when->at < *room.first)) room.first = activity.when->at;
    if (activity.is_me) ++room.mine;
    else if (me_.is_known()) room.others = true;
    else if (room.first_author.empty()) room.first_author = activity.author.key;
    else room.others = room.others || room.first_author != activity.author.key;  // one of the two is not me
    return sink_.accept(std::move(activity), where);
}

Flow RoomWriter::accept(Room& room, Membership membership, const Location& where) {
    if (leaves_out(room, membership.is_me)) return Flow::proceed;
    if (!room.emitted && begin(room, where) == Flow::stop) return Flow::stop;
    membership.group = room.group.key;
    if (membership.is_me) room.left = membership.event == MembershipEvent::left;
    else room.others = true;
    return sink_.accept(std::move(membership), where);
}

Flow RoomWriter::finish(Room& room) {
    if (room.share == Share::nothing || (room.share == Share::only_mine && !room.emitted)) return Flow::proceed;
    const Location where;
    if (!room.emitted && begin(room, where) == Flow::stop) return Flow::stop;
    // A leave with a date says more than a list in which I am missing.
    if (room.membership && me_.is_known() && !(room.left && room.membership->event == MembershipEvent::left)) {
        Membership membership = *room.membership;
        membership.group = room.group.key;
        membership.origin = membership.native_id = "channel_list";
        if (membership.event == MembershipEvent::member && exported_at_) membership.at = day_of(*exported_at_);
        if (sink_.accept(std::move(membership), where) == Flow::stop) return Flow::stop;
    }
    Coverage coverage;
    coverage.group = room.group.key;
    coverage.end = exported_at_;
    if (room.share == Share::only_mine || (!room.others && room.mine >= enough_of_mine)) {
        coverage.kind = CoverageKind::own_only;
    } else if (room.others) {
        coverage.kind = CoverageKind::full;
        coverage.begin = room.covered_from ? room.covered_from : room.first;
    }
    return sink_.accept(std::move(coverage), where);
}

}  // namespace secateur

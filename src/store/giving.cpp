// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/giving.hpp"

#include <algorithm>
#include <map>

namespace secateur {
namespace {

constexpr std::chrono::days help_within{14};   // an answer so late is none to that question; thanks so late are for something else
constexpr std::chrono::hours next_within{6};   // who speaks next later than that speaks of something else
constexpr std::size_t most_authors = std::size_t{1} << 20U;
constexpr std::size_t most_links = std::size_t{1} << 21U;

}  // namespace

std::size_t GivingTracker::Authors::place(std::uint64_t id) const {
    std::size_t at = (id * 0x9E3779B97F4A7C15ULL >> 24U) & (entries_.size() - 1);
    for (std::size_t tries = 0; tries < 16 && entries_[at].author != 0 && entries_[at].id != id; ++tries) at = (at + 1) & (entries_.size() - 1);
    return at;
}

std::int64_t GivingTracker::Authors::find(std::uint64_t id) const {
    if (entries_.empty()) return 0;
    const Entry& entry = entries_[place(id)];
    return entry.id == id ? entry.author : 0;
}

void GivingTracker::Authors::put(std::uint64_t id, std::int64_t author) {
    if (used_ * 2 >= entries_.size() && entries_.size() < most_authors) {
        std::vector<Entry> old(std::max<std::size_t>(256, entries_.size() * 2));
        old.swap(entries_);
        for (const Entry& each : old)
            if (each.author != 0) entries_[place(each.id)] = each;
    }
    Entry& entry = entries_[place(id)];
    used_ += entry.author == 0;
    entry = {id, author};
}

void GivingTracker::count(Gifts& gifts, const ConversationRow& row) const {
    if (row.at < year_from_) return;
    if (row.kind == ActivityKind::reaction) ++gifts.reactions;
    else if (row.kind == ActivityKind::comment) ++gifts.comments;
    else if (is_act(row.kind)) ++gifts.answers;
}

void GivingTracker::add(const ConversationRow& row) {
    const std::int64_t author = row.mine ? me : row.author;
    const std::int64_t to = row.parent == 0 ? 0 : authors_.find(row.parent);
    const bool act = is_act(row.kind);
    names_answers_ = names_answers_ || (act && row.parent != 0);
    if (act && author != 0 && row.id != 0) authors_.put(row.id, author);
    if (act && row.parent != 0 && author != to) {
        ++replies_;
        if (to != 0 && author != 0) {
            ++resolved_;
            if (links_.size() < most_links)
                links_.push_back(static_cast<std::uint64_t>(author) << 32U | (static_cast<std::uint64_t>(to) & 0xFFFFFFFFU));
        }
    }
    if (row.mine) mine(row, to);
    else theirs(row, to);
}

void GivingTracker::mine(const ConversationRow& row, std::int64_t to) {
    if (row.introduction && row.at >= year_from_) ++gave_.introductions;
    if (to != 0 && to != me) count(gave_, row);
    if (!is_act(row.kind)) return;
    if (direct_ && open_call_) {
        calls_[*open_call_].answered = row.at;
        open_call_.reset();
    }
    if (row.thanks) thank(row, direct_ ? other_ : to == me ? 0 : to);
    if (row.request) {
        asks_[row.id].at = row.at;
        if (direct_ || (row.question && row.kind == ActivityKind::message && row.parent == 0)) open_ask_ = row.id;
    }
}

/// A word to nobody in particular is for everybody who helped lately; one to somebody who answered is for all who answered with her.
void GivingTracker::thank(const ConversationRow& row, std::int64_t whom) {
    given_.push_back({whom, row.at});
    const auto under = ask_of_.find(row.parent);
    for (HelpWith& each : helps_) {
        const bool meant = whom == 0 || each.help.person == whom || (under != ask_of_.end() && each.ask == under->second);
        if (meant && !each.help.thanked && row.at - each.help.at <= help_within) each.help.thanked = row.at;
    }
}

void GivingTracker::helped(std::uint64_t ask, const ConversationRow& row) {
    Ask& asked = asks_[ask];
    ask_of_[row.id] = ask;
    if (row.question || row.at - asked.at > help_within || row.author == 0) return;
    if (std::find(asked.helpers.begin(), asked.helpers.end(), row.author) != asked.helpers.end()) return;
    asked.helpers.push_back(row.author);
    helps_.push_back({.help = {.person = row.author, .at = row.at, .thanked = {}}, .ask = ask});
}

void GivingTracker::theirs(const ConversationRow& row, std::int64_t to) {
    if (to == me) count(got_, row);
    if (!is_act(row.kind)) return;
    if (direct_ && row.author != 0) other_ = row.author;
    const bool is_answer = row.parent != 0 && asks_.contains(row.parent);
    if (!row.thanks && is_answer) helped(row.parent, row);
    if (!row.thanks && open_ask_ && !is_answer) {
        if (direct_) helped(*open_ask_, row);
        else if (!row.question && row.author != 0 && row.at - asks_[*open_ask_].at <= next_within)
            helps_.push_back({.help = {.person = row.author, .at = row.at, .thanked = {}, .inferred = true}, .ask = *open_ask_});
        if (!direct_ || !row.question) open_ask_.reset();
    }
    if (row.thanks && (direct_ || to == me || row.to_me)) received_.push_back({row.author, row.at});
    if (direct_ && row.question) {
        open_call_ = calls_.size();
        calls_.push_back({.at = row.at, .kind = row.kind, .answered = {}, .person = row.author, .asks = true});
    }
}

void GivingTracker::finish(GroupHistory& history) {
    for (const HelpWith& each : helps_)
        if (!each.help.inferred || !names_answers_) history.helps.push_back(each.help);
    history.thanks_given = std::move(given_);
    history.thanks_received = std::move(received_);
    if (direct_) history.calls_to_me = std::move(calls_);
    history.gave = gave_;
    history.got = got_;
    Addressing& out = history.addressing;
    out.replies = replies_;
    out.resolved = resolved_;
    std::sort(links_.begin(), links_.end());
    std::vector<std::uint64_t> people;
    std::map<std::int64_t, Addressing::WithMe> with_me;
    const auto from = [](std::uint64_t link) { return static_cast<std::int64_t>(link >> 32U); };
    const auto to = [](std::uint64_t link) { return static_cast<std::int64_t>(link & 0xFFFFFFFFU); };
    for (std::size_t i = 0; i < links_.size();) {
        std::size_t end = i;
        while (end < links_.size() && links_[end] == links_[i]) ++end;
        const std::uint64_t link = links_[i], weight = end - i;
        ++out.links;
        out.mutual += std::binary_search(links_.begin(), links_.end(), link << 32U | link >> 32U);
        people.push_back(link >> 32U);
        people.push_back(link & 0xFFFFFFFFU);
        if (from(link) == me) {
            out.mine += weight;
            with_me[to(link)].from_me = weight;
        } else if (to(link) == me) {
            with_me[from(link)].to_me = weight;
        }
        i = end;
    }
    std::sort(people.begin(), people.end());
    out.people = static_cast<std::uint64_t>(std::unique(people.begin(), people.end()) - people.begin());
    for (auto& [person, each] : with_me) {
        each.person = person;
        const auto begin = std::lower_bound(links_.begin(), links_.end(), static_cast<std::uint64_t>(person) << 32U);
        const auto end = std::lower_bound(begin, links_.end(), static_cast<std::uint64_t>(person + 1) << 32U);
        each.theirs = static_cast<std::uint64_t>(end - begin);
        out.with_me.push_back(each);
    }
    links_.clear();
    helps_.clear();
    authors_ = {};
}

}  // namespace secateur

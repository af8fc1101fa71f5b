// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/calls.hpp"

namespace secateur {
namespace {

constexpr std::chrono::minutes silence{30};  // before a message that opens a conversation

}  // namespace

void CallTracker::answer(Call& call, Instant at, How how) {
    if (call.answered) return;
    call.answered = at;
    call.inferred = how == How::nearness;
}

/// Only messages make conversations; posts and comments have threads.
void CallTracker::enter(const ConversationRow& row, bool& is_new) {
    is_new = !conversation_ || row.at - conversation_->last >= silence;
    if (is_new) conversation_ = Conversation{};
    Conversation& now = *conversation_;
    now.last = row.at;
    const std::int64_t who = row.mine ? -1 : row.author;  // several accounts of mine are one
    for (std::size_t i = 0; i < now.known; ++i)
        if (now.authors[i] == who) return;
    if (who == 0 || now.known == now.authors.size()) now.crowd = true;
    else now.authors[now.known++] = who;
}

void CallTracker::add(const ConversationRow& row) {
    any_ = true;
    shows_answers_ = shows_answers_ || row.parent != 0 || row.to_me;
    bool opens = row.kind == ActivityKind::post || row.kind == ActivityKind::share;
    if (row.kind == ActivityKind::message) enter(row, opens);
    row.mine ? mine(row, opens && row.parent == 0) : theirs(row);
    if (row.kind != ActivityKind::message) return;
    conversation_->i_wrote = conversation_->i_wrote || row.mine;
    conversation_->last_is_mine = row.mine;
}

void CallTracker::mine(const ConversationRow& row, bool opens) {
    my_ids_.insert(row.id);
    if (row.parent != 0) {
        const auto under = calls_under_.find(row.parent);
        // Where all of a thread answers what opened it, mine of below it is to whoever spoke there; alone, it is no answer to myself.
        if (my_ids_.contains(row.parent) && under == calls_under_.end()) return;
        replies_.push_back(row.at);
        if (const auto call = call_of_.find(row.parent); call != call_of_.end()) answer(calls_[call->second], row.at, How::said);
        else if (under != calls_under_.end())
            for (const std::size_t each : under->second) answer(calls_[each], row.at, How::nearness);
        return;
    }
    if (opens) {
        thread_of_[row.id] = threads_.size();
        if (row.kind == ActivityKind::message) conversation_->my_thread = threads_.size();
        threads_.push_back({.at = row.at, .kind = row.kind, .answered = {}});
        return;
    }
    if (row.kind != ActivityKind::message) {
        replies_.push_back(row.at);  // to something that the export does not show
        return;
    }
    const Conversation& now = *conversation_;
    if (now.crowd)
        for (const std::size_t each : now.calls) calls_[each].unknown = true;
    else if (!now.last_is_mine) {
        replies_.push_back(row.at);
        for (const std::size_t each : now.calls) answer(calls_[each], row.at, How::nearness);
    }
}

void CallTracker::theirs(const ConversationRow& row) {
    const bool message = row.kind == ActivityKind::message;
    if (const auto thread = thread_of_.find(row.parent); row.parent != 0 && thread != thread_of_.end()) {
        answer(threads_[thread->second], row.at, How::said);
    } else if (message && row.parent == 0 && conversation_->my_thread) {
        Call& opened = threads_[*conversation_->my_thread];
        if (row.to_me) answer(opened, row.at, How::said);
        else if (!conversation_->crowd && conversation_->last_is_mine) answer(opened, row.at, How::nearness);
        else opened.unknown = true;
    }
    const bool asks_me = message && row.question && !conversation_->crowd && conversation_->i_wrote;
    if (!row.to_me && !asks_me && !(row.parent != 0 && my_ids_.contains(row.parent))) return;
    if (row.thanks && !row.question) return;  // a thank-you wants no answer
    call_of_[row.id] = calls_.size();
    if (row.parent != 0) calls_under_[row.parent].push_back(calls_.size());
    if (message) conversation_->calls.push_back(calls_.size());
    calls_.push_back({.at = row.at, .kind = row.kind, .answered = {}, .person = row.author, .asks = (row.question || row.named) && !row.thanks});
}

void CallTracker::finish(GroupHistory& history) {
    history.answers_shown = shows_answers_ || !any_;
    history.my_threads = std::move(threads_);
    history.calls_to_me = std::move(calls_);
    history.my_replies = std::move(replies_);
}

}  // namespace secateur

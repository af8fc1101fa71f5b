// SPDX-License-Identifier: GPL-3.0-or-later
// What goes between me and the others while the rows of one group go by: who helped me and whether I thanked, who thanked me, what I gave
// and got, and who addresses whom (metrics 2.2, 2.7). What a row names counts. Nearness counts between two alone, and for help in a group
// whose rows never name what they answer: who speaks next, within six hours of what I asked.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "model/history.hpp"
#include "store/conversation_row.hpp"

namespace secateur {

class GivingTracker {
public:
    /// `direct`: a conversation of two. `year_from`: where the year before now_g begins.
    GivingTracker(bool direct, Instant year_from) : direct_(direct), year_from_(year_from) {}
    /// Reactions too.
    void add(const ConversationRow& row);
    void finish(GroupHistory& history);

private:
    /// Who wrote the row of an id. Up to half a million rows are remembered; beyond, newer ones take the place of older ones.
    class Authors {
    public:
        [[nodiscard]] std::int64_t find(std::uint64_t id) const;  // 0: not known
        void put(std::uint64_t id, std::int64_t author);

    private:
        struct Entry {
            std::uint64_t id = 0;
            std::int64_t author = 0;
        };
        [[nodiscard]] std::size_t place(std::uint64_t id) const;
        std::vector<Entry> entries_;
        std::size_t used_ = 0;
    };
    struct Ask {
        Instant at{};
        std::vector<std::int64_t> helpers;
    };
    struct HelpWith {
        Help help;
        std::uint64_t ask = 0;
    };

    void mine(const ConversationRow& row, std::int64_t to);
    void theirs(const ConversationRow& row, std::int64_t to);
    void helped(std::uint64_t ask, const ConversationRow& row);
    void thank(const ConversationRow& row, std::int64_t whom);
    void count(Gifts& gifts, const ConversationRow& row) const;

    static constexpr std::int64_t me = 0xFFFFFFFF;
    bool direct_;
    Instant year_from_;
    Authors authors_;
    std::unordered_map<std::uint64_t, Ask> asks_;
    std::unordered_map<std::uint64_t, std::uint64_t> ask_of_;  // the id of an answer -> asks_
    std::optional<std::uint64_t> open_ask_;    // what I asked last, between two or in a message that answers nothing
    bool names_answers_ = false;               // some row says what it answers
    std::optional<std::size_t> open_call_;     // between two: what they asked last
    std::vector<HelpWith> helps_;
    std::vector<Call> calls_;
    std::vector<ThanksWord> given_, received_;
    std::vector<std::uint64_t> links_;         // from << 32 | to
    std::int64_t other_ = 0;                   // between two
    Gifts gave_, got_;
    std::uint64_t replies_ = 0, resolved_ = 0;
};

}  // namespace secateur

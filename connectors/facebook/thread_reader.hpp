// SPDX-License-Identifier: GPL-3.0-or-later
// Messenger: threads of two and of more, in the folder layout and in the flat files of messages.zip. What makes a thread a group
// (its people, those who left included) is known only at its last message, so Group and Coverage come at the end.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/facebook/owner.hpp"
#include "connectors/facebook/survey.hpp"

namespace secateur::facebook {

class ThreadReader {
public:
    ThreadReader(const Survey& survey, const Me& me, const ReadContext& context, RecordSink& sink);

    [[nodiscard]] static const std::vector<JsonPattern>& patterns();

    void begin_file(const File& file);
    [[nodiscard]] Flow read(std::size_t pattern, JsonValue value, const Location& where);
    void end_file(bool whole);
    /// Once, after all files.
    [[nodiscard]] Flow emit_threads(std::optional<Instant> end);
    [[nodiscard]] bool has_threads() const noexcept { return !threads_.empty(); }

private:
    struct Thread {
        std::string name, entry;
        std::set<std::string> people;  // folded; more than a few are not kept
        bool is_group = false;         // said so by the file
        bool is_whole = true;
        bool others = false;
        std::uint64_t mine = 0;
        std::optional<bool> still_in;
        std::optional<Instant> first, last;
    };

    [[nodiscard]] Flow read_message(JsonValue value, const Location& where);
    [[nodiscard]] Flow read_reactions(JsonValue value, const Activity& message, const Location& where);
    [[nodiscard]] Flow read_members(JsonValue value, MembershipEvent event, const When& when, const std::string& id,
                                    const Location& where);
    [[nodiscard]] std::string fix(std::string_view raw) const;
    [[nodiscard]] Person person(std::string_view raw) const;
    void note_person(const Person& who);
    [[nodiscard]] bool is_me(const Person& who) const { return !who.key.empty() && me_.is(who.key); }

    const Survey& survey_;
    const Me& me_;
    const ReadContext& context_;
    RecordSink& sink_;
    std::map<std::string, Thread, std::less<>> threads_;  // by group key
    std::string key_;
    Thread* thread_ = nullptr;
    FileKind kind_ = FileKind::thread;
    std::string entry_;
};

}  // namespace secateur::facebook

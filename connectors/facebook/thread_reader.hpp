// SPDX-License-Identifier: GPL-3.0-or-later
// Messenger: threads of two and of more, in the folder layout and in the flat files of messages.zip. The survey has found out
// what kind of thread each is; here its messages are read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
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
    [[nodiscard]] Flow read(JsonValue message, const Location& where);
    void end_file(bool whole);
    /// Once, after all files.
    [[nodiscard]] Flow emit_threads(std::optional<Instant> end);
    [[nodiscard]] bool has_threads() const noexcept { return !survey_.threads.empty(); }

private:
    struct Thread {
        const ThreadHead* head = nullptr;
        bool is_named = false;  // its Group record is out
        bool is_whole = true;
        bool others = false;
        std::uint64_t mine = 0;
        std::optional<Instant> first, last;
    };

    [[nodiscard]] Flow emit_group();
    [[nodiscard]] Flow read_reactions(JsonValue value, const Activity& message, const Location& where);
    [[nodiscard]] Flow read_members(JsonValue value, MembershipEvent event, const When& when, const std::string& id,
                                    const Location& where);
    [[nodiscard]] Person person(std::string_view raw) const;
    [[nodiscard]] bool is_me(const Person& who) const { return !who.key.empty() && me_.is(who.key); }

    const Survey& survey_;
    const Me& me_;
    const ReadContext& context_;
    RecordSink& sink_;
    std::map<std::string, Thread, std::less<>> threads_;  // by group key
    std::string key_;
    Thread* thread_ = nullptr;  // null: the file only has the name of one
    FileKind kind_ = FileKind::thread;
};

}  // namespace secateur::facebook

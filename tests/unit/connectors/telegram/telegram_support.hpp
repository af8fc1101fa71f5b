// SPDX-License-Identifier: GPL-3.0-or-later
// Short notation for Telegram exports in tests: messages, chats, accounts as text.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& telegram_connector();
}

namespace secateur::test::on_telegram {

/// 2024-05-02 10:00 UTC plus the id in minutes, so that ids rise with time; those of migrated groups, far below zero, come round.
inline std::string epoch(int id) { return std::to_string(1714644000 + 60 * (id % 100'000)); }

inline std::string message(int id, std::string_view from_id, std::string_view text, std::string_view more = "") {
    return fmt::format(
        R"({{"id":{},"type":"message","date":"2024-05-02T12:{:02}:00","date_unixtime":"{}","from":"N {}","from_id":"{}",)"
        R"("text":"{}"{}{}}})",
        id, id % 60, epoch(id), from_id, from_id, text, more.empty() ? "" : ",", more);
}
inline std::string service(int id, std::string_view actor, std::string_view actor_id, std::string_view action,
                           std::string_view more = "") {
    return fmt::format(
        R"({{"id":{},"type":"service","date":"2024-05-02T12:{:02}:00","date_unixtime":"{}","actor":"{}","actor_id":"{}",)"
        R"("action":"{}","text":""{}{}}})",
        id, id % 60, epoch(id), actor, actor_id, action, more.empty() ? "" : ",", more);
}
inline std::string chat(std::string_view name, std::string_view type, std::string_view id, std::string_view messages) {
    return fmt::format(R"({{"name":"{}","type":"{}","id":{},"messages":[{}]}})", name, type, id, messages);
}
/// An account of user 41, Zoé Exemple, @zoe.
inline std::string account(std::string_view chats, std::string_view left = "") {
    return fmt::format(
        R"({{"about":"Here is the data","personal_information":{{"user_id":41,"first_name":"Zoé","last_name":"Exemple",)"
        R"("username":"@zoe"}},"chats":{{"about":"","list":[{}]}},"left_chats":{{"about":"","list":[{}]}}}})",
        chats, left);
}
inline MemorySource export_of(std::string json, std::string label = "DataExport_2024-06-01") {
    return MemorySource(std::move(label), {{"result.json", std::move(json)}});
}
inline Reading read_telegram(std::string json, const ReadContext& context = {}) {
    return read_source(telegram_connector(), export_of(std::move(json)), context);
}
/// The messages of a supergroup 7 in Zoé's account.
inline VectorSink read_group(std::string_view messages, const ReadContext& context = {}) {
    return read_telegram(account(chat("Rando", "private_supergroup", "7", messages)), context).sink;
}

}  // namespace secateur::test::on_telegram

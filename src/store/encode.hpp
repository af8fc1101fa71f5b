// SPDX-License-Identifier: GPL-3.0-or-later
// How values that are no columns stand in the database: messages, counts and warnings as JSON; term counts as packed blobs.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/store.hpp"

namespace secateur {

[[nodiscard]] std::string encode(const Message& message);  // empty message: ""
[[nodiscard]] std::string encode(const std::vector<Message>& messages);
[[nodiscard]] std::string encode(const std::vector<Warning>& warnings);
[[nodiscard]] std::string encode(const SourceCounts& counts);
[[nodiscard]] Message decode_message(std::string_view text);
[[nodiscard]] std::vector<Message> decode_messages(std::string_view text);
[[nodiscard]] std::vector<Warning> decode_warnings(std::string_view text);
[[nodiscard]] SourceCounts decode_counts(std::string_view text);

/// Tokens in byte order, each as (length shared with the one before, length of the rest, rest, count); numbers of 7 bits a byte.
using TermCount = std::pair<std::string_view, std::uint32_t>;
void append_term(std::string& blob, std::string_view before, const TermCount& term);
[[nodiscard]] std::string encode_terms(std::span<const TermCount> sorted);
/// Calls back in order; the text dies with the call. False for a damaged blob: what came before was delivered.
bool decode_terms(std::string_view blob, const std::function<void(std::string_view, std::uint32_t)>& visit);
[[nodiscard]] std::string merge_terms(std::string_view blob, std::span<const TermCount> sorted);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Small readings of Facebook's records that several files share: lists of one-key objects, label_values, group addresses,
// reactions.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/json_stream.hpp"
#include "connectors/facebook/layout.hpp"

namespace secateur::facebook {

/// "12345" or a slug, from .../groups/<it>/...; empty when there is none.
[[nodiscard]] std::string_view slug_of(std::string_view url);
/// One word for a reaction in whatever language: "like"; the folded text when unknown.
[[nodiscard]] std::string reaction_code(std::string_view shown);
/// First object under `data` that has this member: Facebook writes lists of one-key objects.
[[nodiscard]] JsonValue datum(JsonValue record, std::string_view member);
/// The value of a label_values record under its language-neutral name, else under one of the localised labels.
[[nodiscard]] std::string labelled(JsonValue record, std::string_view field, std::initializer_list<std::string_view> labels);
/// The first value or address that leads to a group.
[[nodiscard]] std::string group_address(JsonValue record);
[[nodiscard]] std::string name_of_visited(JsonValue record);
/// Events stand beside groups in the list of what was visited; they have a beginning.
[[nodiscard]] bool is_visited_event(JsonValue record);
/// The name in a record of membership, whichever the generation; empty when only the title has it.
[[nodiscard]] std::string joined_group(JsonValue record);
/// A name or text of Messenger; messages.zip writes plain UTF-8, everything else is to be repaired.
[[nodiscard]] std::string messenger_text(std::string_view raw, FileKind kind);
/// What Messenger writes for all accounts that no longer exist: not one person.
[[nodiscard]] bool is_nobody(std::string_view folded_name) noexcept;
[[nodiscard]] std::uint64_t message_hash(std::string_view sender, std::int64_t milliseconds, std::string_view text);

}  // namespace secateur::facebook

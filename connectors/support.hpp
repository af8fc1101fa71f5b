// SPDX-License-Identifier: GPL-3.0-or-later
// What several connectors need and base should not know: dates in the names of exports, whole numbers in localised text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "connectors/connector.hpp"

namespace secateur {

/// A calendar date inside a file or folder name: "DataExport_2026-10-30 (1)", "Complete_LinkedInDataExport_10-30-2026",
/// "facebook-isa-2026-10-30-aB3d"; taken as the end of that day in `zone` (UTC without one).
[[nodiscard]] std::optional<Instant> export_date_in_name(std::string_view name, const std::optional<Zone>& zone);

/// The best instant for "when was this exported": a date in the source's name, else in its first folder's name, else the newest
/// modification time (contracts 6).
[[nodiscard]] std::optional<Instant> export_instant(const Source& source, const std::optional<Zone>& zone);

/// How people write an actor of the fediverse: "https://lemmy.example/c/bees" and "https://a.example/@bees" are "bees@lemmy.example"
/// and "bees@a.example". Empty when the text is no such address.
[[nodiscard]] std::string actor_handle(std::string_view address);

/// A JSON or CSV record that is refused: reason and place, kind input.
[[nodiscard]] Problem refusal(Message reason, Location where, Message hint = {});

}  // namespace secateur

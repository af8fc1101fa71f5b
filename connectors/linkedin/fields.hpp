// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in single cells of LinkedIn's tables: dates in the patterns of each file, links that may name a group, profile
// addresses, and texts in which every line was put between quotes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "model/record.hpp"

namespace secateur::linkedin {

/// Empty, "N/A", "Not Available", "null": nothing is said.
[[nodiscard]] bool is_missing(std::string_view cell);

/// How a file writes its dates. Numbers with the month first are read only where LinkedIn writes them; all other patterns can be
/// taken for nothing else and are accepted in every file.
enum class DateStyle { stamp, month_first, range };

/// "2026-05-09 08:00:00", "... UTC", "2026/05/09 08:00:00 UTC", "08 Feb 2026", "Sat Sep 05 08:12:14 UTC 2026", "4-Apr-21" (a
/// spreadsheet's); with month_first also "1/29/26, 2:37 PM" in `zone`. `written` holds the cell.
[[nodiscard]] std::optional<When> parse_when(std::string_view cell, DateStyle style, const std::optional<Zone>& zone);
/// Whether a spreadsheet wrote it ("4-Apr-21").
[[nodiscard]] bool is_spreadsheet_date(std::string_view cell);

struct EventTime {
    When begin;
    std::optional<When> end;
};
/// "Jun 16, 2023 10:00 AM - Jun 16, 2023 11:00 AM", or one moment.
[[nodiscard]] std::optional<EventTime> parse_event_time(std::string_view cell, const std::optional<Zone>& zone);

/// Whether the cell is a date of that style, whatever the zone.
[[nodiscard]] bool is_date(std::string_view cell, DateStyle style);

/// What a link points at.
struct Target {
    std::string group;  // the number of the group; empty: not said
    std::string post;  // the number of the post in that group; empty: not said
    std::string id;  // "activity:7401...", "groupPost:1792820-7458...", else the address in one spelling
    bool is_post = false;  // `id` is the number of a post, not an address
};
[[nodiscard]] Target parse_link(std::string_view link);
[[nodiscard]] bool looks_like_link(std::string_view cell);

/// "ann-fake" of "https://www.linkedin.com/in/ann-fake", percent signs undone; "company/acme" of a page; empty for no address.
[[nodiscard]] std::string profile_slug(std::string_view url);

/// Whether LinkedIn hides who this is: several people may stand behind the words.
[[nodiscard]] bool is_hidden_member(std::string_view name);
/// Key: the slug where there is one, else the folded name; nobody for a hidden member.
[[nodiscard]] Person make_person(std::string_view name, std::string_view url);
[[nodiscard]] std::string full_name(std::string_view first, std::string_view last);

/// Undoes the quotes that Shares.csv keeps around every line; leaves any other text as it is.
[[nodiscard]] std::string clean_commentary(std::string text);

/// "A; B; C", in order, each once.
[[nodiscard]] std::vector<std::string> split_values(std::string_view cell);

/// "Yes", "true", "1".
[[nodiscard]] bool is_yes(std::string_view cell);


}  // namespace secateur::linkedin

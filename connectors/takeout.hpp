// SPDX-License-Identifier: GPL-3.0-or-later
// What all of Google's Takeouts share: the instant in the archive's name, and folders of products that stand side by side.
#pragma once

#include <optional>
#include <string_view>

#include "base/source.hpp"
#include "base/time.hpp"

namespace secateur {

/// ".../takeout-20261030T101010Z-001.zip/Takeout/Google Chat" -> that instant.
[[nodiscard]] inline std::optional<Instant> takeout_instant(const Source& source) {
    constexpr std::string_view mark = "takeout-";
    constexpr std::size_t length = 16;  // 20261030T101010Z
    const std::string_view label = source.label();
    const std::size_t at = label.rfind(mark);
    if (at == std::string_view::npos) return std::nullopt;
    const auto local = parse_local(label.substr(at + mark.size(), length), "%Y%m%dT%H%M%SZ");
    return local ? as_utc(*local) : std::nullopt;
}

/// The folder that holds both, itself one of them or not.
[[nodiscard]] inline std::string_view common_folder(std::string_view a, std::string_view b) {
    std::size_t end = 0, slash = 0;
    while (end < a.size() && end < b.size() && a[end] == b[end]) {
        if (a[end] == '/') slash = end;
        ++end;
    }
    if ((end == a.size() || a[end] == '/') && (end == b.size() || b[end] == '/')) slash = end;
    return a.substr(0, slash);
}

/// Whether everything lies in that folder, but for the index page that Takeout adds above. If not, other products may be in this
/// source too, and it is better taken apart.
[[nodiscard]] inline bool is_alone(const Source& source, std::string_view folder) {
    for (const Entry& entry : source.entries()) {
        const std::string_view place = entry.folder();
        if (common_folder(folder, place) == folder) continue;
        const bool is_page = entry.name().ends_with(".html") || entry.name().ends_with(".md");
        if (!is_page || common_folder(folder, place) != place) return false;
    }
    return true;
}

}  // namespace secateur

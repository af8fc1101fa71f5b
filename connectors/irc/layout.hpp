// SPDX-License-Identifier: GPL-3.0-or-later
// Which entries of a source are logs of IRC, and what their names say: network, channel, day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/source.hpp"
#include "base/time.hpp"

namespace secateur::irc {

struct LogFile {
    Entry entry;
    bool is_page = false;       // HTML
    bool names_channel = false;  // "#pov" stands in its name or a folder
    std::string network;         // "libera"; may be empty
    std::string name;            // "#pov"; else of a private conversation, or whatever the file is called
    std::optional<Date> day;     // "2026-01-01.log"
};

struct Layout {
    std::vector<LogFile> files;   // by path, so that days follow each other
    std::uint64_t others = 0;     // of the connection itself: "core.weechat", "irc.server.libera"; notes, hidden files
    std::uint64_t strangers = 0;  // nothing that IRC programs write
};
[[nodiscard]] Layout layout_of(const Source& source);

}  // namespace secateur::irc

// SPDX-License-Identifier: GPL-3.0-or-later
// The three shapes in which Zulip's messages travel, and how each is opened. Shared by the parts of this connector only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/connector.hpp"

namespace secateur::zulip {

struct Layout {
    enum Kind {
        server,   // realm.json and messages-000001.json: tables of the server's database
        archive,  // zulip_archive: stream_index.json, a folder a channel, a file a topic
        dump,     // what GET /messages replies, as one file
    } kind = server;
    std::string root;             // folder, without the final '/'
    const Entry* main = nullptr;  // realm.json, stream_index.json, or the dump
};
[[nodiscard]] std::optional<Layout> find_layout(const Source& source);

/// "messages-000001.json"
[[nodiscard]] bool is_message_file(std::string_view name) noexcept;

[[nodiscard]] std::unique_ptr<RecordStream> open_server(const Source& source, const Layout& layout, const ReadContext& context);
[[nodiscard]] std::unique_ptr<RecordStream> open_archive(const Source& source, const Layout& layout, const ReadContext& context);

/// Seconds since 1970, whole or not, within reason.
[[nodiscard]] std::optional<When> time_of(std::optional<double> seconds, Date today);

}  // namespace secateur::zulip

// SPDX-License-Identifier: GPL-3.0-or-later
// Has this been read before? 128 bits over what a source holds and what its name says, at the speed of reading.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "base/source.hpp"
#include "connectors/connector.hpp"

namespace secateur {

/// Where the paths of the files on disk are known, over their bytes; else over all entries (pictures and films by name and size).
[[nodiscard]] std::string content_fingerprint(const Source& source, std::span<const std::filesystem::path> paths);

/// Of everything besides the content that decides which records come out.
[[nodiscard]] std::string options_fingerprint(const ReadContext& context, bool with_text);

}  // namespace secateur

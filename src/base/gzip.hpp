// SPDX-License-Identifier: GPL-3.0-or-later
// One gzip file as the bytes it holds: monthly archives come as "2016-April.txt.gz". Archives with names inside are
// base/source's.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/source.hpp"

namespace secateur {

/// What `packed` holds, as it is asked for; bytes that are no gzip pass as they are. `packed` outlives the result. Throws Error
/// where the bytes are damaged, or unpack to more than the limits allow.
[[nodiscard]] std::unique_ptr<ByteStream> unpacked_stream(ByteStream& packed, std::string entry, const SourceLimits& limits = {});

/// The beginning of what a cut gzip holds (Source::head), at most `most` bytes; empty where nothing comes out.
[[nodiscard]] std::string unpacked_head(std::string_view packed, std::size_t most);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// MongoDB's binary documents, one after the other, as JSON lines: what a dump holds becomes what base/json_stream reads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/source.hpp"

namespace secateur::rocketchat {

/// Whether the bytes begin like a document: its length, then a field.
[[nodiscard]] bool looks_like_bson(std::string_view head) noexcept;

/// Dates become {"$date": milliseconds}, object ids their hexadecimal digits, binaries null. A damaged document ends the text in
/// the middle, which the reader of JSON reports.
class BsonAsJson final : public ByteStream {
public:
    explicit BsonAsJson(ByteStream& bson) : bson_(bson) {}
    [[nodiscard]] std::size_t read(std::span<char> buffer) override;

private:
    [[nodiscard]] bool next_document();
    [[nodiscard]] bool fill(std::size_t size);

    ByteStream& bson_;
    std::string document_;  // its bytes
    std::string text_;
    std::size_t given_ = 0;
    bool ended_ = false;
};

}  // namespace secateur::rocketchat

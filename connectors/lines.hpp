// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a text of any size, read in pieces of 256 KiB; nothing of what was read is kept.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "base/source.hpp"

namespace secateur {

struct Line {
    std::string_view text;     // without its end; dies with the next call
    std::uint64_t number = 0;  // from 1
    std::uint64_t offset = 0;  // of its first byte in the entry
    std::uint64_t end = 0;     // of the byte after its last one, the line break included
    bool continues = false;    // the rest of a line too long for one piece
};

class LineReader {
public:
    static constexpr std::size_t piece = std::size_t{256} << 10;

    explicit LineReader(ByteStream& stream) : stream_(stream) {}

    [[nodiscard]] std::optional<Line> next() {
        for (;;) {
            const char* const begin = buffer_.data() + at_;
            const std::size_t have = filled_ - at_;
            // What was searched already holds no line break.
            const void* const found = have > searched_ ? std::memchr(begin + searched_, '\n', have - searched_) : nullptr;
            if (found != nullptr) {
                const auto length = static_cast<std::size_t>(static_cast<const char*>(found) - begin);
                return take(length, length + 1);
            }
            searched_ = have;
            if (have >= piece) return take(have, have);
            if (ended_) {
                if (have == 0) return std::nullopt;
                return take(have, have);
            }
            fill();
        }
    }

    [[nodiscard]] std::uint64_t bytes_read() const noexcept { return read_; }

private:
    [[nodiscard]] Line take(std::size_t length, std::size_t consumed) {
        Line line{.text = std::string_view(buffer_.data() + at_, length),
                  .number = number_,
                  .offset = offset_,
                  .end = offset_ + consumed,
                  .continues = broken_};
        broken_ = consumed == length && !(ended_ && at_ + consumed == filled_);
        if (!broken_) ++number_;
        if (!line.text.empty() && line.text.back() == '\r') line.text.remove_suffix(1);
        at_ += consumed;
        offset_ += consumed;
        searched_ = 0;
        return line;
    }

    void fill() {
        if (filled_ > at_) std::memmove(buffer_.data(), buffer_.data() + at_, filled_ - at_);
        filled_ -= at_;
        at_ = 0;
        if (buffer_.size() < filled_ + wanted_) buffer_.resize(filled_ + wanted_);
        const std::size_t count = stream_.read({buffer_.data() + filled_, wanted_});
        filled_ += count;
        read_ += count;
        ended_ = count == 0;
        wanted_ = std::min(piece, wanted_ * 4);  // small files take little
    }

    ByteStream& stream_;
    std::vector<char> buffer_;  // what is left of a line, at most one piece, and the next piece
    std::size_t at_ = 0, filled_ = 0, searched_ = 0, wanted_ = std::size_t{8} << 10;
    std::uint64_t offset_ = 0, read_ = 0, number_ = 1;
    bool ended_ = false, broken_ = false;
};

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the progress bar what has been read, whatever reads it: a stream that passes bytes through and counts them.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "base/source.hpp"

namespace secateur {

class ProgressStream final : public ByteStream {
public:
    /// `total` goes on over all files of a source. The callback may be empty; it hears of every 64 KiB at most.
    ProgressStream(ByteStream& inner, std::uint64_t& total, const std::function<void(std::uint64_t)>& progress)
        : inner_(inner), total_(total), told_(total), progress_(progress) {}
    ~ProgressStream() override {
        if (progress_ && total_ != told_) progress_(total_);
    }
    ProgressStream(const ProgressStream&) = delete;
    ProgressStream& operator=(const ProgressStream&) = delete;

    [[nodiscard]] std::size_t read(std::span<char> buffer) override {
        const std::size_t count = inner_.read(buffer);
        total_ += count;
        if (progress_ && total_ - told_ >= (std::uint64_t{64} << 10)) {
            told_ = total_;
            progress_(total_);
        }
        return count;
    }

private:
    ByteStream& inner_;
    std::uint64_t& total_;
    std::uint64_t told_;
    const std::function<void(std::uint64_t)>& progress_;
};

}  // namespace secateur

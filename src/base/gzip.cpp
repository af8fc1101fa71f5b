// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/gzip.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <utility>

namespace secateur {
namespace {

class Unpacked final : public ByteStream {
public:
    Unpacked(ByteStream& packed, std::string entry, const SourceLimits& limits)
        : packed_(packed), entry_(std::move(entry)), limits_(limits), archive_(::archive_read_new()) {
        if (archive_ == nullptr) throw std::bad_alloc();
        ::archive_read_support_filter_gzip(archive_.get());
        ::archive_read_support_format_raw(archive_.get());
        ::archive_read_support_format_empty(archive_.get());
    }

    std::size_t read(std::span<char> buffer) override {
        if (!begun_) begin();
        if (ended_ || buffer.empty()) return 0;
        const la_ssize_t count = ::archive_read_data(archive_.get(), buffer.data(), buffer.size());
        if (failure_) std::rethrow_exception(failure_);
        if (count < 0) refuse(msg("source.damaged"), msg("source.hint_download_again"));
        ended_ = count == 0;
        expanded_ += static_cast<std::uint64_t>(count);
        if (expanded_ > limits_.expanded_bytes) refuse(msg("source.too_large", arg("limit", limits_.expanded_bytes)));
        if (expanded_ > limits_.ratio_from && expanded_ / limits_.ratio >= read_)
            refuse(msg("source.ratio", arg("limit", limits_.ratio)));
        return static_cast<std::size_t>(count);
    }

private:
    void begin() {
        begun_ = true;
        archive_entry* header = nullptr;
        const bool is_open = ::archive_read_open(archive_.get(), this, nullptr, &Unpacked::more, nullptr) == ARCHIVE_OK;
        const int result = is_open ? ::archive_read_next_header(archive_.get(), &header) : ARCHIVE_FATAL;
        if (failure_) std::rethrow_exception(failure_);
        if (result == ARCHIVE_EOF) ended_ = true;
        else if (result != ARCHIVE_OK) refuse(msg("source.damaged"), msg("source.hint_download_again"));
    }

    /// Exceptions must not pass through libarchive: kept, and thrown again behind it.
    static la_ssize_t more(archive* handle, void* self, const void** bytes) {
        auto* const stream = static_cast<Unpacked*>(self);
        try {
            const std::size_t count = stream->packed_.read(stream->buffer_);
            stream->read_ += count;
            *bytes = stream->buffer_.data();
            return static_cast<la_ssize_t>(count);
        } catch (...) {
            stream->failure_ = std::current_exception();
            ::archive_set_error(handle, EIO, "the source failed");
            return ARCHIVE_FATAL;
        }
    }

    [[noreturn]] void refuse(Message reason, Message hint = {}) const {
        throw Error({.kind = ErrorKind::input, .reason = std::move(reason), .where = {.entry = entry_}, .hint = std::move(hint)});
    }

    struct Free {
        void operator()(archive* handle) const { ::archive_read_free(handle); }
    };

    ByteStream& packed_;
    std::string entry_;
    SourceLimits limits_;
    std::array<char, std::size_t{64} << 10> buffer_{};
    std::unique_ptr<archive, Free> archive_;
    std::uint64_t read_ = 0, expanded_ = 0;
    bool begun_ = false, ended_ = false;
    std::exception_ptr failure_;
};

}  // namespace

std::unique_ptr<ByteStream> unpacked_stream(ByteStream& packed, std::string entry, const SourceLimits& limits) {
    return std::make_unique<Unpacked>(packed, std::move(entry), limits);
}

std::string unpacked_head(std::string_view packed, std::size_t most) {
    const auto inner = memory_stream(packed);
    Unpacked stream(*inner, {}, {});
    std::string head(most, '\0');
    std::size_t filled = 0;
    try {
        // Small pieces: what a piece had before the cut would be lost with it.
        while (filled < most) {
            const std::size_t count = stream.read(std::span(head).subspan(filled, std::min<std::size_t>(most - filled, 256)));
            if (count == 0) break;
            filled += count;
        }
    } catch (const Error&) {
        // The cut: what came before it is the head.
    }
    head.resize(filled);
    return head;
}

}  // namespace secateur

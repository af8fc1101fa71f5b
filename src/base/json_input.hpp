// SPDX-License-Identifier: GPL-3.0-or-later
// The stream that RapidJSON reads from, with what real exports do to JSON handled on the way: 256 KiB pieces, white space and
// strings taken 16 bytes at a time, \xNN and lone surrogates read, unquoted words quoted. Private to base/json_stream.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_arena.hpp"
#include "base/json_stream.hpp"
#include "base/sixteen.hpp"
#include "base/source.hpp"

namespace secateur::json_detail {

enum class Refusal { none, value_too_long, value_too_deep, number_too_long };

inline std::uint64_t count_lines(const char* begin, const char* end) {
    std::uint64_t lines = 0;
#ifdef __SSE2__
    // Each byte counts its own newlines, up to the 255 it can hold; then the sixteen are added up.
    constexpr std::ptrdiff_t width = 16;
    const __m128i newline = _mm_set1_epi8('\n'), zero = _mm_setzero_si128();
    while (end - begin >= width) {
        __m128i counts = zero;
        for (int step = 0; step < 255 && end - begin >= width; ++step, begin += width)
            counts = _mm_sub_epi8(counts, _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(begin)), newline));
        const __m128i sums = _mm_sad_epu8(counts, zero);
        lines += static_cast<std::uint64_t>(_mm_cvtsi128_si64(sums)) + static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
    }
#endif
    return lines + static_cast<std::uint64_t>(std::count(begin, end, '\n'));
}

inline int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// -1 when these are not `count` hexadecimal digits.
inline int hex_number(const char* at, int count) {
    int number = 0;
    for (int i = 0; i < count; ++i) {
        const int digit = hex_digit(at[i]);
        if (digit < 0) return -1;
        number = number * 16 + digit;
    }
    return number;
}

inline char* put_utf8(char* out, char32_t c) {
    const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6U));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12U));
        put(0x80 | ((c >> 6U) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18U));
        put(0x80 | ((c >> 12U) & 0x3F));
        put(0x80 | ((c >> 6U) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
    return out;
}

/// RapidJSON's stream concept over a ByteStream. The bytes from a little before the current one to `end_` are in memory and
/// followed by zeros, so that sixteen bytes may always be read; `at_ == end_` only at the end of the stream or after refuse().
class JsonInput {
public:
    using Ch = char;
    static constexpr std::size_t piece = std::size_t{256} << 10;

    /// Where one piece is read: kept from file to file by the caller, for an export may hold a hundred thousand small ones.
    struct Buffer {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };

    JsonInput(ByteStream& stream, const JsonOptions& options, TextArena& texts, std::size_t piece_size, Buffer& buffer)
        : stream_(stream),
          texts_(texts),
          value_limit_(std::min<std::uint64_t>(options.value_limit, std::uint64_t{1} << 31U)),
          hex_escapes_(options.repair_hex_escapes),
          bare_tokens_(options.repair_bare_tokens),
          capacity_(piece_size + kept_behind + lookahead),
          buffer_(at_least(buffer, capacity_ + padding)),
          origin_(buffer_),
          at_(origin_),
          end_(origin_),
          token_(origin_) {
        std::memset(buffer_, 0, padding);
        ensure(3);
        if (end_ - at_ >= 3 && std::memcmp(at_, "\xEF\xBB\xBF", 3) == 0) at_ += 3;
        if (at_ == end_) more();
        token_ = at_;
    }
    JsonInput(const JsonInput&) = delete;
    JsonInput& operator=(const JsonInput&) = delete;

    // What RapidJSON calls.
    [[nodiscard]] char Peek() const { return *at_; }
    char Take() {
        const char c = *at_;
        if (end_ - at_ > 1) [[likely]] {
            ++at_;
        } else if (at_ != end_) {
            ++at_;
            more();
        }
        return c;
    }
    [[nodiscard]] std::size_t Tell() const { return static_cast<std::size_t>(offset_of(quoting_ ? resume_ : at_)); }
    char* PutBegin() { return nullptr; }  // in-situ parsing is not used
    void Put(char) {}
    std::size_t PutEnd(char*) { return 0; }

    void skip_space() {
        skip_between_documents();
        if (bare_tokens_) quote_bare_token();
    }
    void skip_between_documents() {
        if (static_cast<unsigned char>(*at_) <= ' ') {
            do {
                unsigned found = 0;
                while ((found = Sixteen(at_).spaces() ^ 0xFFFFU) == 0) at_ += 16;
                at_ += std::countr_zero(found);
            } while (at_ == end_ && more());
        }
        token_ = at_;
    }

    /// Reads a string up to what ends it (its quote, or anything that makes it wrong, for RapidJSON to report).
    void scan_string() {
        if (ignoring_) {
            scan<false>();
        } else {
            scan<true>();
        }
    }

    /// From the bracket that opens an object or array to just before the one that closes it, so that RapidJSON finds it empty. Brackets and
    /// quotes are matched, nothing inside is checked.
    void skip_inside() {
        std::size_t depth = 0;
        for (;;) {
            const unsigned found = Sixteen(at_).nests();
            if (found == 0) {
                at_ += 16;
                continue;
            }
            at_ += std::countr_zero(found);
            switch (*at_) {
                case '{':
                case '[':
                    ++depth;
                    break;
                case '}':
                case ']':
                    if (--depth > 0) break;
                    --at_;
                    return;
                case '"':
                    ++at_;
                    skip_to_quote();
                    if (at_ == end_) return;
                    break;
                default:
                    if (at_ == end_) {
                        if (!more()) return;
                        continue;
                    }
            }
            ++at_;
        }
    }

    // What the walker says and asks.
    void enter(bool object) {
        if (bare_tokens_) objects_.push_back(object);
    }
    void leave() {
        if (bare_tokens_) objects_.pop_back();
    }
    void ignore_strings(bool yes) { ignoring_ = yes; }
    [[nodiscard]] bool ignores_strings() const { return ignoring_; }
    /// The string just read holds bytes above 0x7F that came from the file, so it may be ill-formed.
    [[nodiscard]] bool string_needs_check() const { return not_ascii_ != 0; }
    /// Where the current token begins; for `{`, `[`, `}` and `]`, whose event comes before they are taken, also where we are.
    [[nodiscard]] std::uint64_t token_offset() const { return token_ != nullptr ? offset_of(token_) : token_offset_; }
    /// The bytes of the number just read; absent when it was absurdly long.
    [[nodiscard]] std::optional<std::string_view> number() const {
        if (token_ == nullptr || at_ - token_ > longest_number) return std::nullopt;
        return std::string_view(token_, static_cast<std::size_t>(at_ - token_));
    }
    void begin_value() { value_begin_ = token_offset(); }
    void end_value() { value_begin_.reset(); }
    [[nodiscard]] std::uint64_t value_limit() const { return value_limit_; }

    /// Makes RapidJSON believe that the stream ends here.
    void refuse(Refusal why) {
        if (refusal_ != Refusal::none) return;
        refused_at_ = Tell();
        refused_line_ = line_at(quoting_ ? resume_ : at_);
        refusal_ = why;
        quoting_ = false;
        at_ = end_ = origin_ = token_ = nothing;
        origin_offset_ = refused_at_;
    }
    [[nodiscard]] Refusal refusal() const { return refusal_; }
    [[nodiscard]] bool at_end() const { return at_ == end_ && !quoting_; }
    [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }
    [[nodiscard]] std::uint64_t line() const {
        return refusal_ != Refusal::none ? refused_line_ : line_at(quoting_ ? resume_ : at_);
    }

private:
    static char* at_least(Buffer& buffer, std::size_t size) {
        if (buffer.size < size) buffer = {std::make_unique_for_overwrite<char[]>(size), size};
        return buffer.bytes.get();
    }
    static constexpr std::ptrdiff_t longest_number = 1'000;
    static constexpr std::size_t kept_behind = 1'024;  // of what was read, stays in memory: the longest number and a bit more
    static constexpr std::size_t lookahead = 2048;    // ensure() asks for no more
    static constexpr std::size_t padding = 64;
    static constexpr char nothing[padding] = {};

    [[nodiscard]] std::uint64_t offset_of(const char* at) const {
        return origin_offset_ + static_cast<std::uint64_t>(at - origin_);
    }
    [[nodiscard]] std::uint64_t line_at(const char* at) const { return 1 + lines_read_ - count_lines(at, end_of_bytes()); }
    [[nodiscard]] const char* end_of_bytes() const { return quoting_ ? resume_end_ : end_; }

    /// Gets more bytes behind the current ones; false at the end of the stream.
    bool more() {
        if (quoting_) {
            quoting_ = false;
            at_ = resume_;
            end_ = resume_end_;
            if (at_ != end_) return true;
        }
        if (ended_ || refusal_ != Refusal::none) return false;
        if (value_begin_ && offset_of(at_) - *value_begin_ > value_limit_) {
            refuse(Refusal::value_too_long);
            return false;
        }
        char* const base = buffer_;
        if (static_cast<std::size_t>(base + capacity_ - end_) < capacity_ / 2) make_space();
        char* const to = base + (end_ - base);
        const std::size_t count = stream_.read({to, static_cast<std::size_t>(base + capacity_ - to)});
        std::memset(to + count, 0, padding);
        end_ = to + count;
        bytes_read_ += count;
        lines_read_ += count_lines(to, end_);
        ended_ = count == 0;
        return !ended_;
    }

    void make_space() {
        char* const base = buffer_;
        const char* const from = at_ - std::min<std::ptrdiff_t>(at_ - base, kept_behind);
        const std::ptrdiff_t shift = from - base;
        if (shift == 0) return;
        if (token_ != nullptr && token_ < from) {
            token_offset_ = offset_of(token_);
            token_ = nullptr;
        }
        std::memmove(base, from, static_cast<std::size_t>(end_ - from));
        origin_offset_ += static_cast<std::uint64_t>(shift);
        at_ -= shift;
        end_ -= shift;
        if (token_ != nullptr) token_ -= shift;
    }

    /// Tries to have `count` bytes from the current one on in memory; fewer only near the end.
    void ensure(std::ptrdiff_t count) {
        while (!quoting_ && end_ - at_ < count && more()) {
        }
    }

    template <bool keep>
    void scan() {
        not_ascii_ = 0;
        char* out = keep ? texts_.begin_text() : nullptr;
        for (;;) {
            if (keep && out >= texts_.limit()) [[unlikely]] {
                texts_.set_at(out);
                texts_.make_room();
                out = texts_.at();
            }
            const Sixteen window(at_);
            if (keep) window.write(out);
            const unsigned stop = window.ends_plain_text();
            if (stop == 0) {
                at_ += 16;
                if (keep) {
                    out += 16;
                    not_ascii_ |= window.high();
                }
                continue;
            }
            const int plain = std::countr_zero(stop);
            at_ += plain;
            if (keep) {
                out += plain;
                not_ascii_ |= window.high() & ((1U << plain) - 1U);
            }
            if (*at_ == '"') [[likely]] break;
            if (*at_ == '\\') {
                const Escape escape = read_escape();
                if (!escape.valid) break;
                if (keep) out = put_utf8(out, escape.code);
            } else if (at_ != end_) {
                break;
            } else {
                if (keep) {
                    texts_.set_at(out);
                    if (texts_.text().size() > value_limit_) {
                        refuse(Refusal::value_too_long);
                        break;
                    }
                }
                if (!more()) break;
            }
        }
        if (keep) texts_.set_at(out);
    }

    /// To the quote that ends a string, or the end of the stream.
    void skip_to_quote() {
        for (;;) {
            const Sixteen window(at_);
            const unsigned found = window.equal('"') | window.equal('\\') | window.equal('\0');
            if (found == 0) {
                at_ += 16;
                continue;
            }
            at_ += std::countr_zero(found);
            if (*at_ == '"') return;
            if (*at_ == '\\') {
                ensure(2);
                at_ += std::min<std::ptrdiff_t>(2, end_ - at_);
            } else if (at_ != end_) {
                ++at_;
            } else if (!more()) {
                return;
            }
        }
    }

    struct Escape {
        bool valid = false;
        char32_t code = 0;
    };
    /// Takes an escape, or nothing when it is invalid.
    Escape read_escape() {
        ensure(12);
        const std::ptrdiff_t available = end_ - at_;
        const auto take = [this](std::ptrdiff_t bytes, char32_t code) {
            at_ += bytes;
            if (at_ == end_) more();
            return Escape{true, code};
        };
        if (available < 2) return {};
        switch (at_[1]) {
            case '"': return take(2, '"');
            case '\\': return take(2, '\\');
            case '/': return take(2, '/');
            case 'b': return take(2, '\b');
            case 'f': return take(2, '\f');
            case 'n': return take(2, '\n');
            case 'r': return take(2, '\r');
            case 't': return take(2, '\t');
            case 'x': {
                const int code = hex_escapes_ && available >= 4 ? hex_number(at_ + 2, 2) : -1;
                if (code < 0) return {};
                return take(4, static_cast<char32_t>(code));
            }
            case 'u': break;
            default: return {};
        }
        const int code = available >= 6 ? hex_number(at_ + 2, 4) : -1;
        if (code < 0) return {};
        if (code < 0xD800 || code > 0xDFFF) return take(6, static_cast<char32_t>(code));
        if (code < 0xDC00 && available >= 12 && at_[6] == '\\' && at_[7] == 'u') {
            const int low = hex_number(at_ + 8, 4);
            if (low >= 0xDC00 && low <= 0xDFFF) {
                return take(12,
                            0x10000U + ((static_cast<char32_t>(code) - 0xD800U) << 10U) + (static_cast<char32_t>(low) - 0xDC00U));
            }
        }
        return take(6, 0xFFFD);  // half a pair: a text cut in the middle of an emoji
    }

    // Called before each token when repair_bare_tokens is set.
    void quote_bare_token() {
        if (begins_json(*at_) || quoting_ || at_ == end_ || !is_bare() || !value_is_due()) return;
        quote_word();
    }

    /// What a token of JSON may begin with, the first letters of its three words left out.
    static bool begins_json(char c) {
        static constexpr auto table = [] {
            std::array<bool, 256> known{};
            for (const char start : std::string_view("\"{}[],:-+0123456789")) known[static_cast<unsigned char>(start)] = true;
            return known;
        }();
        return table[static_cast<unsigned char>(c)];
    }

    /// After a colon, or between the brackets of an array.
    [[nodiscard]] bool value_is_due() const {
        if (objects_.empty()) return false;
        const char* before = at_;
        do {
            if (before == buffer_) return false;
            --before;
        } while (*before == ' ' || *before == '\n' || *before == '\r' || *before == '\t');
        return objects_.back() ? *before == ':' : *before == '[' || *before == ',';
    }

    /// Not one of the three words of JSON.
    [[nodiscard]] bool is_bare() {
        if (*at_ == '\0') return false;
        ensure(6);
        for (const std::string_view literal : {"true", "false", "null"}) {
            const auto length = static_cast<std::ptrdiff_t>(literal.size());
            if (end_ - at_ < length || std::memcmp(at_, literal.data(), literal.size()) != 0) continue;
            const char next = at_[length];
            if (next == ',' || next == '}' || next == ']' || static_cast<unsigned char>(next) <= ' ') return false;
        }
        return true;
    }

    /// A word ends before `,`, `}`, `]`, `"` or a control character; one that begins with `(` holds all up to `)`: Telegram's
    /// "(File unavailable, please try again later)".
    void quote_word() {
        ensure(static_cast<std::ptrdiff_t>(lookahead / 2));
        const char* stop = at_;
        const auto ends = [](char c) { return c == '"' || static_cast<unsigned char>(c) < ' '; };
        if (*stop == '(') {
            while (stop != end_ && *stop != ')' && !ends(*stop)) ++stop;
        }
        while (stop != end_ && *stop != ',' && *stop != '}' && *stop != ']' && !ends(*stop)) ++stop;
        if (stop == end_ || *stop == '"') return;  // too long, cut off, or something else: for RapidJSON to report
        const char* word_end = stop;
        while (word_end != at_ && word_end[-1] == ' ') --word_end;
        quoted_ = '"';
        for (const char* c = at_; c != word_end; ++c) {
            if (*c == '\\') quoted_ += '\\';
            quoted_ += *c;
        }
        quoted_ += '"';
        const std::size_t length = quoted_.size();
        quoted_.append(padding, '\0');
        resume_ = word_end;
        resume_end_ = end_;
        quoting_ = true;
        at_ = quoted_.data();
        end_ = at_ + length;
    }

    ByteStream& stream_;
    TextArena& texts_;
    const std::uint64_t value_limit_;
    const bool hex_escapes_;
    const bool bare_tokens_;
    const std::size_t capacity_;
    char* const buffer_;
    const char* origin_;  // the byte at origin_offset_
    std::uint64_t origin_offset_ = 0;
    const char* at_;
    const char* end_;
    const char* token_;  // null: no longer in memory, it was at token_offset_
    std::uint64_t token_offset_ = 0;
    bool ignoring_ = false;
    unsigned not_ascii_ = 0;
    bool ended_ = false;
    std::optional<std::uint64_t> value_begin_;
    std::uint64_t bytes_read_ = 0;
    std::uint64_t lines_read_ = 0;
    Refusal refusal_ = Refusal::none;
    std::uint64_t refused_at_ = 0;
    std::uint64_t refused_line_ = 0;

    // A bare word being presented in quotes; reading goes on at resume_.
    bool quoting_ = false;
    std::string quoted_;
    const char* resume_ = nullptr;
    const char* resume_end_ = nullptr;
    std::vector<bool> objects_;  // the containers around the current token
};

/// Found by RapidJSON through its argument.
inline void SkipWhitespace(JsonInput& input) { input.skip_space(); }

}  // namespace secateur::json_detail

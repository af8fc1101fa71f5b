// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/rocketchat/bson.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"

namespace secateur::rocketchat {
namespace {

constexpr std::size_t largest_document = std::size_t{48} << 20;  // MongoDB allows 16 MiB
constexpr int deepest = 100;                                     // MongoDB's own limit

/// The bytes of one document from front to back; nothing once they do not suffice.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : rest_(bytes) {}

    std::optional<std::string_view> take(std::size_t count) {
        if (count > rest_.size()) return std::nullopt;
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }
    template <class Number>
    std::optional<Number> number() {
        const auto bytes = take(sizeof(Number));
        if (!bytes) return std::nullopt;
        static_assert(std::endian::native == std::endian::little);
        Number value;
        std::memcpy(&value, bytes->data(), sizeof value);
        return value;
    }
    std::optional<std::string_view> name() {
        const std::size_t end = rest_.find('\0');
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view found = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return found;
    }
    std::optional<std::string_view> text() {  // length with the final zero, bytes, zero
        const auto length = number<std::int32_t>();
        if (!length || *length < 1) return std::nullopt;
        const auto bytes = take(static_cast<std::size_t>(*length));
        if (!bytes) return std::nullopt;
        return bytes->substr(0, bytes->size() - 1);
    }

private:
    std::string_view rest_;
};

void add_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\', out += c;
        else if (static_cast<unsigned char>(c) < 0x20) out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else out += c;
    }
    out += '"';
}

enum Type : unsigned char {
    floating = 0x01,
    string = 0x02,
    document = 0x03,
    array = 0x04,
    binary = 0x05,
    undefined = 0x06,
    object_id = 0x07,
    boolean = 0x08,
    date = 0x09,
    null = 0x0A,
    regex = 0x0B,
    code = 0x0D,
    int32 = 0x10,
    timestamp = 0x11,
    int64 = 0x12,
    decimal = 0x13,
};

bool add_document(std::string& out, Bytes& bytes, bool is_array, int depth);

bool add_value(std::string& out, Bytes& bytes, unsigned char type, int depth) {
    const auto skip = [&](std::size_t count) {
        out += "null";
        return bytes.take(count).has_value();
    };
    switch (type) {
        case floating: {
            const auto value = bytes.number<double>();
            if (!value) return false;
            out += std::isfinite(*value) ? fmt::format("{}", *value) : "null";
            return true;
        }
        case string:
        case code: {
            const auto text = bytes.text();
            if (text) add_string(out, *text);
            return text.has_value();
        }
        case document:
        case array:
            return add_document(out, bytes, type == array, depth + 1);
        case binary: {
            const auto length = bytes.number<std::int32_t>();
            return length && *length >= 0 && skip(static_cast<std::size_t>(*length) + 1);
        }
        case undefined:
        case null:
            return skip(0);
        case object_id: {
            const auto id = bytes.take(12);
            if (!id) return false;
            out += '"';
            for (const char c : *id) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
            out += '"';
            return true;
        }
        case boolean: {
            const auto value = bytes.take(1);
            if (value) out += value->front() != 0 ? "true" : "false";
            return value.has_value();
        }
        case date: {
            const auto value = bytes.number<std::int64_t>();
            if (value) out += fmt::format(R"({{"$date":{}}})", *value);
            return value.has_value();
        }
        case regex:
            out += "null";
            return bytes.name() && bytes.name();
        case int32: {
            const auto value = bytes.number<std::int32_t>();
            if (value) out += fmt::format("{}", *value);
            return value.has_value();
        }
        case timestamp:
        case int64: {
            const auto value = bytes.number<std::int64_t>();
            if (value) out += fmt::format("{}", *value);
            return value.has_value();
        }
        case decimal:
            return skip(16);
        default:  // min and max keys, and what is long deprecated
            return (type == 0x7F || type == 0xFF) && skip(0);
    }
}

bool add_document(std::string& out, Bytes& bytes, bool is_array, int depth) {
    if (depth > deepest || !bytes.number<std::int32_t>()) return false;
    out += is_array ? '[' : '{';
    for (bool first = true;; first = false) {
        const auto type = bytes.take(1);
        if (!type) return false;
        if (type->front() == '\0') break;
        const auto name = bytes.name();
        if (!name) return false;
        if (!first) out += ',';
        if (!is_array) {
            add_string(out, *name);
            out += ':';
        }
        if (!add_value(out, bytes, static_cast<unsigned char>(type->front()), depth)) return false;
    }
    out += is_array ? ']' : '}';
    return true;
}

}  // namespace

bool looks_like_bson(std::string_view head) noexcept {
    if (head.size() < 8) return false;
    std::uint32_t length = 0;
    std::memcpy(&length, head.data(), sizeof length);
    const auto type = static_cast<unsigned char>(head[4]);
    const bool known = (type >= floating && type <= decimal) || type == 0x7F || type == 0xFF;
    return length >= 5 && length <= largest_document && known && head.find('\0', 5) != std::string_view::npos;
}

bool BsonAsJson::fill(std::size_t size) {
    std::size_t have = document_.size();
    document_.resize(size);
    while (have < size) {
        const std::size_t count = bson_.read({document_.data() + have, size - have});
        if (count == 0) break;
        have += count;
    }
    document_.resize(have);
    return have == size;
}

bool BsonAsJson::next_document() {
    text_.clear();
    given_ = 0;
    document_.clear();
    if (ended_) return false;
    const bool whole = fill(4);
    if (document_.empty()) {
        ended_ = true;
        return false;
    }
    std::uint32_t length = 0;
    if (whole) std::memcpy(&length, document_.data(), sizeof length);
    if (length < 5 || length > largest_document || !fill(length)) {
        ended_ = true;
        text_ = "{";  // nothing that ends
        return true;
    }
    Bytes bytes(document_);
    if (!add_document(text_, bytes, false, 0)) {
        ended_ = true;
        return true;
    }
    text_ += '\n';
    return true;
}

std::size_t BsonAsJson::read(std::span<char> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        if (given_ == text_.size() && !next_document()) break;
        const std::size_t count = std::min(buffer.size() - filled, text_.size() - given_);
        std::memcpy(buffer.data() + filled, text_.data() + given_, count);
        given_ += count;
        filled += count;
    }
    return filled;
}

}  // namespace secateur::rocketchat

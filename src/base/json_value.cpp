// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>

#include "base/json_arena.hpp"

namespace secateur {
namespace {

template <class Number>
std::optional<Number> parse_whole(std::string_view text) noexcept {
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end) return std::nullopt;
    return number;
}

void append_quoted(std::string& out, std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += c;
        }
    }
    out += '"';
}

std::string_view node_text(const JsonValue::Node* node) noexcept { return {node->text, node->size}; }

// Depth is bounded by JsonBuilder::max_depth.
void append_text(std::string& out, const JsonValue::Node* node) {
    using Kind = JsonValue::Kind;
    if (node->kind == Kind::string) {
        append_quoted(out, node_text(node));
    } else if (!node->is_container()) {
        out += node->kind == Kind::null ? std::string_view("null") : node_text(node);
    } else {
        const bool object = node->kind == Kind::object;
        out += object ? '{' : '[';
        for (const JsonValue::Node* child = node->first(); child != nullptr; child = child->sibling()) {
            if (child != node + 1) out += ',';
            if (object) {
                append_quoted(out, {child->key, child->key_length});
                out += ':';
            }
            append_text(out, child);
        }
        out += object ? '}' : ']';
    }
}

}  // namespace

JsonValue::Kind JsonValue::kind() const noexcept { return node_ != nullptr ? node_->kind : Kind::absent; }

JsonValue JsonValue::operator[](std::string_view key) const noexcept {
    if (kind() != Kind::object) return {};
    const Node* found = nullptr;
    for (const Node* child = node_->first(); child != nullptr; child = child->sibling()) {
        if (child->key_length == key.size() && (key.empty() || std::memcmp(child->key, key.data(), key.size()) == 0))
            found = child;
    }
    return JsonValue(found);
}

std::string_view JsonValue::string() const noexcept { return is_string() ? node_text(node_) : std::string_view(); }

std::string_view JsonValue::scalar() const noexcept {
    switch (kind()) {
        case Kind::string:
        case Kind::integer:
        case Kind::number:
        case Kind::boolean:
            return node_text(node_);
        default:
            return {};
    }
}

std::optional<std::int64_t> JsonValue::integer() const noexcept {
    if (!is_integer() && !is_string()) return std::nullopt;
    return parse_whole<std::int64_t>(node_text(node_));
}

std::optional<std::uint64_t> JsonValue::unsigned_integer() const noexcept {
    if (!is_integer() && !is_string()) return std::nullopt;
    return parse_whole<std::uint64_t>(node_text(node_));
}

std::optional<double> JsonValue::number() const noexcept {
    if (!is_integer() && !is_string() && kind() != Kind::number) return std::nullopt;
    const std::string_view text = node_text(node_);
    // from_chars also reads "inf" and "nan", which are no numbers here.
    if (text.empty() || ((text.back() < '0' || text.back() > '9') && text.back() != '.')) return std::nullopt;
    return parse_whole<double>(text);
}

std::optional<bool> JsonValue::boolean() const noexcept {
    if (kind() != Kind::boolean) return std::nullopt;
    return node_text(node_) == "true";
}

std::size_t JsonValue::size() const noexcept { return node_ != nullptr && node_->is_container() ? node_->size : 0; }

JsonValue::Iterator& JsonValue::Iterator::operator++() noexcept {
    node_ = node_->sibling();
    return *this;
}

JsonValue::Iterator JsonValue::begin() const noexcept { return Iterator(node_ != nullptr ? node_->first() : nullptr); }

std::string_view JsonValue::key() const noexcept {
    return node_ != nullptr && node_->key != nullptr ? std::string_view(node_->key, node_->key_length) : std::string_view();
}

std::string JsonValue::text() const {
    std::string out;
    if (node_ != nullptr) append_text(out, node_);
    return out;
}

}  // namespace secateur

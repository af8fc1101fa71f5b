// SPDX-License-Identifier: GPL-3.0-or-later
// Where delivered JSON values live: nodes in document order and their texts, both reused from value to value so that reading
// allocates nothing once warm. Private to base/json_*.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "base/json_stream.hpp"

namespace secateur {

/// Nodes stand in document order in one array: the first child follows its parent, `next` leads to the sibling.
struct JsonValue::Node {
    const char* key = nullptr;
    const char* text = nullptr;
    std::uint32_t key_length = 0;
    std::uint32_t size = 0;  // bytes of text, or number of children
    std::uint32_t next = 0;  // nodes to go forward to the next sibling; 0: there is none
    Kind kind = Kind::absent;

    [[nodiscard]] bool is_container() const noexcept { return kind == Kind::array || kind == Kind::object; }
    [[nodiscard]] const Node* first() const noexcept { return is_container() && size > 0 ? this + 1 : nullptr; }
    [[nodiscard]] const Node* sibling() const noexcept { return next > 0 ? this + next : nullptr; }
};

/// Texts at stable addresses, written one after another. A text that is still growing moves when its block is full.
class TextArena {
public:
    static constexpr std::size_t slack = 64;  // always writable behind `at()`, so that copies may be rounded up
    static_assert(slack >= 48);

    [[nodiscard]] char* at() noexcept { return at_; }
    void set_at(char* at) noexcept { at_ = at; }
    [[nodiscard]] const char* limit() const noexcept { return limit_; }  // past it, make_room()

    /// Starts a text; at() is where it goes.
    char* begin_text() {
        if (at_ >= limit_) new_block(0);
        return begin_ = at_;
    }
    [[nodiscard]] std::string_view text() const noexcept { return {begin_, static_cast<std::size_t>(at_ - begin_)}; }
    void drop_text() noexcept { at_ = begin_; }

    /// Moves the growing text into a larger block; at() changes.
    void make_room() { new_block(static_cast<std::size_t>(at_ - begin_)); }

    std::string_view add(std::string_view text) {
        begin_text();
        if (static_cast<std::size_t>(limit_ - at_) < text.size()) new_block(0, text.size());
        if (!text.empty()) std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
        return this->text();
    }

    void reset() {
        if (blocks_.size() > 1) {  // one block that holds what one value needs, unless that value was a rare giant
            if (blocks_.back().size <= kept) std::swap(blocks_.front(), blocks_.back());
            blocks_.resize(1);
        }
        if (!blocks_.empty()) use(blocks_.front());
    }

private:
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };
    static constexpr std::size_t first_size = std::size_t{16} << 10;
    static constexpr std::size_t kept = std::size_t{4} << 20;

    void use(Block& block) noexcept {
        begin_ = at_ = block.bytes.get();
        limit_ = at_ + block.size - slack;
    }
    void new_block(std::size_t keep, std::size_t room = 0) {
        const std::size_t last = blocks_.empty() ? first_size / 2 : blocks_.back().size;
        const std::size_t size = std::max(last * 2, 2 * (keep + room + slack));
        Block block{std::make_unique_for_overwrite<char[]>(size), size};
        if (keep > 0) std::memcpy(block.bytes.get(), begin_, keep);
        blocks_.push_back(std::move(block));
        use(blocks_.back());
        at_ += keep;
    }

    std::vector<Block> blocks_;
    char* begin_ = nullptr;
    char* at_ = nullptr;
    char* limit_ = nullptr;
};

/// One value under construction, then delivered.
class JsonBuilder {
public:
    static constexpr std::size_t max_depth = 512;

    TextArena texts;

    void start() {
        nodes_.clear();
        depth_ = 0;
        key_ = {};
    }
    void set_key(std::string_view key) noexcept { key_ = key; }
    void add(JsonValue::Kind kind, const char* text, std::size_t length) {
        const auto index = static_cast<std::uint32_t>(nodes_.size());
        JsonValue::Node& node = nodes_.emplace_back();
        node.key = key_.data();
        node.key_length = static_cast<std::uint32_t>(key_.size());
        node.text = text;
        node.size = static_cast<std::uint32_t>(length);
        node.kind = kind;
        if (depth_ > 0) {
            Open& parent = open_[depth_ - 1];
            ++nodes_[parent.node].size;
            if (parent.last != 0) nodes_[parent.last].next = index - parent.last;
            parent.last = index;
            key_ = {};
        }
    }
    /// False when the value is nested too deeply.
    [[nodiscard]] bool open(JsonValue::Kind kind) {
        if (depth_ == max_depth) return false;
        add(kind, nullptr, 0);
        open_[depth_++] = {static_cast<std::uint32_t>(nodes_.size() - 1), 0};
        return true;
    }
    /// True when that was the outermost one.
    bool close() noexcept { return --depth_ == 0; }
    [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
    [[nodiscard]] std::string_view key() const noexcept { return key_; }
    [[nodiscard]] std::size_t node_count() const noexcept { return nodes_.size(); }
    [[nodiscard]] JsonValue root() const noexcept { return nodes_.empty() ? JsonValue() : JsonValue(nodes_.data()); }
    void clear() { nodes_.clear(); }

private:
    struct Open {
        std::uint32_t node = 0;
        std::uint32_t last = 0;  // 0 is the root, never anybody's child: no child yet
    };
    std::vector<JsonValue::Node> nodes_;
    std::string_view key_;
    std::size_t depth_ = 0;
    Open open_[max_depth];
};

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// Untrusted JSON, however large: walks one document and hands over the small values that a connector asked for by path, one
// at a time. The only reader of JSON in the project; RapidJSON's flags (iterative, full precision) are set here alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/source.hpp"

namespace secateur {

/// A value inside the reader's arena: valid until the handler returns. Cheap to copy. Looking into the wrong kind of value, or
/// at a member that is not there, gives an absent value, never an error.
class JsonValue {
public:
    enum class Kind : std::uint8_t { absent, null, boolean, integer, number, string, array, object };
    struct Node;  // in json_stream.cpp

    JsonValue() = default;
    explicit JsonValue(const Node* node) noexcept : node_(node) {}

    [[nodiscard]] Kind kind() const noexcept;
    explicit operator bool() const noexcept { return kind() != Kind::absent; }
    [[nodiscard]] bool is_null() const noexcept { return kind() == Kind::null; }
    [[nodiscard]] bool is_string() const noexcept { return kind() == Kind::string; }
    [[nodiscard]] bool is_array() const noexcept { return kind() == Kind::array; }
    [[nodiscard]] bool is_object() const noexcept { return kind() == Kind::object; }
    [[nodiscard]] bool is_integer() const noexcept { return kind() == Kind::integer; }

    /// The member of that name; where a key is written twice, the last one.
    [[nodiscard]] JsonValue operator[](std::string_view key) const noexcept;
    /// Empty when it is no string.
    [[nodiscard]] std::string_view string() const noexcept;
    /// The text of a string, or a number or boolean as written; empty for anything else.
    [[nodiscard]] std::string_view scalar() const noexcept;
    /// A whole number, or a string that holds one; above 2^63-1: see unsigned_integer.
    [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
    [[nodiscard]] std::optional<std::uint64_t> unsigned_integer() const noexcept;
    [[nodiscard]] std::optional<double> number() const noexcept;
    [[nodiscard]] std::optional<bool> boolean() const noexcept;

    /// Elements of an array or members of an object.
    [[nodiscard]] std::size_t size() const noexcept;
    class Iterator {
    public:
        explicit Iterator(const Node* node) noexcept : node_(node) {}
        JsonValue operator*() const noexcept { return JsonValue(node_); }
        Iterator& operator++() noexcept;
        bool operator==(const Iterator&) const = default;

    private:
        const Node* node_;
    };
    [[nodiscard]] Iterator begin() const noexcept;
    [[nodiscard]] Iterator end() const noexcept { return Iterator(nullptr); }
    /// The name under which this member stands in its object; empty for elements.
    [[nodiscard]] std::string_view key() const noexcept;
    /// The value as JSON text (for hashing or keeping a raw record).
    [[nodiscard]] std::string text() const;

private:
    const Node* node_ = nullptr;
};

/// `path` uses names and `[*]`: "chats.list[*].messages[*]", "[*]" (elements of a root array), "" (the whole document).
/// `*` stands for any one member name: "*[*]". A `value` pattern delivers the whole value; a `scope` pattern tells when an object or
/// array begins and ends, so that siblings read earlier ("chats.list[*].name") are known to belong together.
/// At most 64 patterns. Where one value lies inside another, the outer one is delivered and the inner pattern stays silent; so
/// does a scope inside a value, or on the same path as one.
struct JsonPattern {
    enum Kind { value, scope } kind = value;
    std::string_view path;
};

class JsonHandler {
public:
    virtual ~JsonHandler() = default;
    /// `pattern` is the index in the list given to read_json; `where` holds entry, record (counted from 1 for each
    /// pattern), offset and length in bytes. `key` is the name that the pattern's last `*` stands for; without `*`, the last name.
    virtual Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location& where) = 0;
    virtual Flow on_begin(std::size_t pattern, const Location& where) { (void)pattern; (void)where; return Flow::proceed; }
    virtual Flow on_end(std::size_t pattern) { (void)pattern; return Flow::proceed; }
    /// Asked before an object or array that JsonOptions::asked_about names is built as a member of a value; `before` holds the members that
    /// stand before it. False leaves it out.
    virtual bool wants(std::string_view member, JsonValue before) { (void)member; (void)before; return true; }
};

/// What no pattern asks for is passed over by its brackets and quotes alone, which is several times faster than reading it.
struct JsonOptions {
    bool repair_hex_escapes = false;  // \xNN inside strings (Telegram) becomes \u00NN
    bool repair_bare_tokens = false;  // an unquoted word where a value is due becomes a string
    bool many_documents = false;      // JSON Lines: one document after another
    std::uint64_t value_limit = std::uint64_t{64} << 20;  // bytes of one delivered value
    std::vector<std::string_view> asked_about;  // see JsonHandler::wants
};

enum class JsonEnd { complete, stopped, broken };
struct JsonOutcome {
    JsonEnd end = JsonEnd::complete;
    Problem problem;                 // when broken: what and where (line, offset)
    std::uint64_t bytes = 0;         // read from the stream
};
/// Never throws for bad JSON; throws Error for what the stream throws. Strings delivered are valid UTF-8 (ill-formed bytes become
/// U+FFFD); a byte-order mark is skipped.
[[nodiscard]] JsonOutcome read_json(ByteStream& stream, const std::string& entry, const std::vector<JsonPattern>& patterns,
                                    JsonHandler& handler, const JsonOptions& options = {});

/// A small document as a whole (settings, indexes; for tests). `root()` is absent when the text is no JSON: see `problem()`.
class JsonDocument {
public:
    explicit JsonDocument(std::string_view text, const JsonOptions& options = {});
    ~JsonDocument();
    JsonDocument(JsonDocument&&) noexcept;
    [[nodiscard]] JsonValue root() const noexcept;
    [[nodiscard]] const std::optional<Problem>& problem() const noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace secateur

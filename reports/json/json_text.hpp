// SPDX-License-Identifier: GPL-3.0-or-later
// Writes JSON text, piece by piece, with the same bytes on every machine: keys in the order given, two spaces a level, numbers
// without a locale. Every `--json` of the program goes through it.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/time.hpp"

namespace secateur {

class JsonText {
public:
    enum class Layout { indented, compact };  // compact: one line, for JSON Lines
    explicit JsonText(Layout layout = Layout::indented) : layout_(layout) {}

    JsonText& begin_object() { return open('{'); }
    JsonText& end_object() { return close('}'); }
    JsonText& begin_array() { return open('['); }
    JsonText& end_array() { return close(']'); }
    JsonText& key(std::string_view name);

    JsonText& null() { return raw("null"); }
    JsonText& value(std::nullptr_t) { return null(); }
    /// Ill-formed UTF-8 becomes U+FFFD. Control, direction and line separator characters are escaped, so the text can be shown on
    /// a terminal or put into a page.
    JsonText& value(std::string_view text);
    JsonText& value(const std::string& text) { return value(std::string_view(text)); }
    JsonText& value(const char* text) { return value(std::string_view(text)); }
    JsonText& value(std::same_as<bool> auto truth) { return raw(truth ? "true" : "false"); }
    template <std::integral Integer>
        requires(!std::same_as<Integer, bool>)
    JsonText& value(Integer number) {
        return raw(std::to_string(number));
    }
    JsonText& value(Date day) { return value(std::string_view(format_date(day))); }
    JsonText& value(Instant at) { return value(std::string_view(format_rfc3339(at))); }
    /// Fixed decimals, so that equal numbers have equal bytes; what is no finite number is null.
    JsonText& number(double number, int decimals);
    template <class Value>
    JsonText& value(const std::optional<Value>& optional) {
        return optional ? value(*optional) : null();
    }
    JsonText& number(const std::optional<double>& optional, int decimals) {
        return optional ? number(*optional, decimals) : null();
    }

    template <class Value>
    JsonText& member(std::string_view name, const Value& content) {
        return key(name).value(content);
    }
    template <class Value>
    JsonText& number_member(std::string_view name, const Value& content, int decimals) {
        return key(name).number(content, decimals);
    }

    /// The document, ended by a line break. The writer is empty afterwards.
    [[nodiscard]] std::string take();

private:
    JsonText& open(char bracket);
    JsonText& close(char bracket);
    JsonText& raw(std::string_view text);
    void before_value();
    void line_break();

    Layout layout_;
    std::string text_;
    std::vector<bool> filled_;  // for each open bracket: something stands in it
    bool after_key_ = false;
};

}  // namespace secateur

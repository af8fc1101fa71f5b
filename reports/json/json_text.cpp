// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/json/json_text.hpp"

#include <fmt/format.h>

#include <cassert>
#include <cmath>
#include <iterator>

#include "base/text.hpp"

namespace secateur {
namespace {

/// Code points that could move the cursor, reverse a line or end one; all of them lie in the basic plane.
bool is_harmful(char32_t code) {
    return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code == 0x61c || code == 0x200e || code == 0x200f ||
           (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

void append_escaped(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        char32_t code = length == 1 ? byte : byte & (0xffU >> (length + 1));
        for (std::size_t i = 1; i < length; ++i) code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
        if (code == '"')
            out += "\\\"";
        else if (code == '\\')
            out += "\\\\";
        else if (code == '\n')
            out += "\\n";
        else if (code == '\t')
            out += "\\t";
        else if (code == '\r')
            out += "\\r";
        else if (is_harmful(code))
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(code));
        else
            out.append(text.substr(at, length));
        at += length;
    }
}

}  // namespace

void JsonText::line_break() {
    if (layout_ == Layout::compact) return;
    text_ += '\n';
    text_.append(filled_.size() * 2, ' ');
}

void JsonText::before_value() {
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (filled_.empty()) return;
    if (filled_.back()) text_ += ',';
    filled_.back() = true;
    line_break();
}

JsonText& JsonText::open(char bracket) {
    before_value();
    text_ += bracket;
    filled_.push_back(false);
    return *this;
}

JsonText& JsonText::close(char bracket) {
    assert(!filled_.empty() && !after_key_);
    const bool filled = filled_.back();
    filled_.pop_back();
    if (filled) line_break();
    text_ += bracket;
    return *this;
}

JsonText& JsonText::raw(std::string_view text) {
    before_value();
    text_ += text;
    return *this;
}

JsonText& JsonText::key(std::string_view name) {
    value(name);
    text_ += layout_ == Layout::compact ? ":" : ": ";
    after_key_ = true;
    return *this;
}

JsonText& JsonText::value(std::string_view text) {
    before_value();
    text_ += '"';
    if (is_valid_utf8(text))
        append_escaped(text_, text);
    else
        append_escaped(text_, to_valid_utf8(text));
    text_ += '"';
    return *this;
}

JsonText& JsonText::number(double number, int decimals) {
    if (!std::isfinite(number)) return null();
    std::string digits = fmt::format("{:.{}f}", number, decimals);
    if (digits.find_first_not_of("-0.") == std::string::npos && digits.front() == '-') digits.erase(0, 1);  // no minus zero
    return raw(digits);
}

std::string JsonText::take() {
    assert(filled_.empty());
    std::string text = std::move(text_);
    text_.clear();
    text += '\n';
    return text;
}

}  // namespace secateur

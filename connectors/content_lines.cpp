// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/content_lines.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/text.hpp"

namespace secateur {
namespace {

constexpr std::size_t piece = std::size_t{64} << 10;
constexpr std::size_t most_parameters = 64;

char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    c = upper(c);
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decode_quoted_printable(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '=' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low >= 0) {
            bytes += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

/// RFC 6868: ^n is a line break, ^' a quotation mark, ^^ a caret.
std::string decode_carets(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (text[i] != '^' || (next != 'n' && next != '\'' && next != '^')) {
            plain += text[i];
            continue;
        }
        plain += next == 'n' ? '\n' : next == '\'' ? '"' : '^';
        ++i;
    }
    return plain;
}

/// What is not said to be something else is UTF-8, and Windows-1252 where it cannot be.
std::string to_text(std::string bytes, std::string_view charset) {
    if (!charset.empty() && !equal_without_case(charset, "utf-8"))
        if (auto decoded = decode_charset(bytes, std::string(charset).c_str())) return *decoded;
    if (is_valid_utf8(bytes)) return bytes;
    if (auto decoded = decode_charset(bytes, "windows-1252")) return *decoded;
    return to_valid_utf8(bytes);
}

std::string plain_text(std::string_view bytes) { return to_text(std::string(bytes), {}); }

/// The place of the first of `ends` outside quotation marks, from `at` on; the size when there is none.
std::size_t find_outside_quotes(std::string_view text, std::size_t at, std::string_view ends) {
    bool quoted = false;
    for (; at < text.size(); ++at) {
        if (text[at] == '"') quoted = !quoted;
        else if (!quoted && ends.find(text[at]) != std::string_view::npos) return at;
    }
    return text.size();
}

ContentLine::Parameter make_parameter(std::string_view text) {
    const std::size_t equals = find_outside_quotes(text, 0, "=");
    ContentLine::Parameter parameter;
    if (equals == text.size()) {  // vCard 2.1
        const bool is_encoding = equal_without_case(text, "QUOTED-PRINTABLE") || equal_without_case(text, "BASE64");
        parameter = {is_encoding ? "ENCODING" : "TYPE", plain_text(text)};
    } else {
        parameter.name = upper_ascii(plain_text(trim(text.substr(0, equals))));
        std::string value;
        for (const char c : text.substr(equals + 1))
            if (c != '"') value += c;
        parameter.value = decode_carets(plain_text(value));
    }
    return parameter;
}

}  // namespace

std::string upper_ascii(std::string_view text) {
    std::string raised(text);
    std::ranges::transform(raised, raised.begin(), upper);
    return raised;
}

bool equal_without_case(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, [](char x, char y) { return upper(x) == upper(y); });
}

std::string_view ContentLine::parameter(std::string_view wanted) const noexcept {
    const auto found = std::ranges::find(parameters, wanted, &Parameter::name);
    return found == parameters.end() ? std::string_view() : std::string_view(found->value);
}

bool ContentLine::has_type(std::string_view wanted) const noexcept {
    for (const Parameter& each : parameters) {
        if (each.name != "TYPE") continue;
        for (const std::string_view word : split(each.value, ','))
            if (equal_without_case(trim(word), wanted)) return true;
    }
    return false;
}

bool ContentLine::is(std::string_view wanted_name, std::string_view wanted_value) const noexcept {
    return name == wanted_name && equal_without_case(trim(value), wanted_value);
}

ContentLineReader::ContentLineReader(ByteStream& stream, std::size_t limit) : stream_(stream), limit_(limit), buffer_(piece) {}

int ContentLineReader::peek() {
    if (at_ == filled_) {
        at_ = 0;
        filled_ = stream_.read(buffer_);
        if (offset_ == 0 && filled_ >= 3 && std::memcmp(buffer_.data(), "\xEF\xBB\xBF", 3) == 0) at_ = offset_ = 3;
        if (at_ == filled_) return end_of_stream;
    }
    return static_cast<unsigned char>(buffer_[at_]);
}

bool ContentLineReader::append_physical_line() {
    if (peek() == end_of_stream) return false;
    ++line_;
    for (bool ended = false; !ended && peek() != end_of_stream;) {
        const std::string_view rest(buffer_.data() + at_, filled_ - at_);
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        ended = end < rest.size();
        const std::size_t kept = std::min(end, limit_ - std::min(limit_, raw_.size()));
        raw_.append(rest.substr(0, kept));
        is_cut_ = is_cut_ || kept < end;
        at_ += end + (ended ? 1 : 0);
        offset_ += end + (ended ? 1 : 0);
    }
    while (raw_.ends_with('\r')) raw_.pop_back();
    return true;
}

bool ContentLineReader::continues_quoted_printable() const {
    if (!raw_.ends_with('=') || is_cut_) return false;
    const std::string_view head = std::string_view(raw_).substr(0, std::min<std::size_t>(raw_.find(':'), 256));
    return upper_ascii(head).find("QUOTED-PRINTABLE") != std::string::npos;
}

bool ContentLineReader::read_logical_line() {
    raw_.clear();
    is_cut_ = false;
    (void)peek();  // so that a byte-order mark is behind us
    start_line_ = line_ + 1;
    start_offset_ = offset_;
    if (!append_physical_line()) return false;
    for (;;) {
        if (continues_quoted_printable()) {
            raw_.pop_back();
            if (!append_physical_line()) return true;
            continue;
        }
        if (const int next = peek(); next != ' ' && next != '\t') return true;
        ++at_;
        ++offset_;
        if (!append_physical_line()) return true;
    }
}

bool ContentLineReader::next(ContentLine& line) {
    do {
        if (!read_logical_line()) return false;
    } while (trim(raw_).empty());
    line = ContentLine{.line = start_line_, .offset = start_offset_, .length = offset_ - start_offset_, .is_cut = is_cut_};
    // A character that was cut in two is no sign of another charset.
    for (int i = 0; i < 3 && is_cut_ && !is_valid_utf8(raw_); ++i) raw_.pop_back();
    const std::string_view raw = raw_;
    std::size_t at = find_outside_quotes(raw, 0, ";:");
    std::size_t colon = find_outside_quotes(raw, at, ":");
    if (colon == raw.size()) {  // a quotation mark that is never closed
        at = std::min(raw.find_first_of(";:"), raw.size());
        colon = std::min(raw.find(':'), raw.size());
    }
    if (colon == raw.size()) {
        line.is_broken = true;
        line.value = plain_text(raw);
        return true;
    }
    std::string_view name = trim(raw.substr(0, at));
    if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
        line.group = plain_text(name.substr(0, dot));
        name.remove_prefix(dot + 1);
    }
    line.name = upper_ascii(plain_text(name));
    while (at < colon) {
        const std::size_t end = std::min(find_outside_quotes(raw, at + 1, ";:"), colon);
        if (line.parameters.size() < most_parameters) line.parameters.push_back(make_parameter(raw.substr(at + 1, end - at - 1)));
        at = end;
    }
    const std::string_view value = raw.substr(colon + 1);
    const bool is_quoted_printable = equal_without_case(line.parameter("ENCODING"), "QUOTED-PRINTABLE");
    line.value = to_text(is_quoted_printable ? decode_quoted_printable(value) : std::string(value), line.parameter("CHARSET"));
    return true;
}

std::string unescape_content(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
        if (next == 'n' || next == 'N') plain += '\n', ++i;
        else if (next == ',' || next == ';' || next == '\\' || next == ':') plain += next, ++i;
        else plain += text[i];
    }
    return plain;
}

std::vector<std::string> split_content(std::string_view text, char separator) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i + 1 < text.size() && text[i] == '\\') {
            ++i;
        } else if (i == text.size() || text[i] == separator) {
            parts.emplace_back(trim(unescape_content(text.substr(begin, i - begin))));
            begin = i + 1;
        }
    }
    return parts;
}

std::string mail_address(std::string_view text) {
    text = trim(text);
    if (text.size() >= 7 && equal_without_case(text.substr(0, 7), "mailto:")) text = trim(text.substr(7));
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.find_first_of(" \t\n<>/:") != std::string_view::npos) return {};
    return fold_name(text);
}

}  // namespace secateur

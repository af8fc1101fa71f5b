// SPDX-License-Identifier: GPL-3.0-or-later
// The lines that vCard and iCalendar are made of ("item1.EMAIL;TYPE=work:anna@work.example"), streamed: folding undone, charsets and
// quoted-printable decoded. Knows nothing of contacts or events, and never holds more of a line than its limit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/source.hpp"

namespace secateur {

struct ContentLine {
    struct Parameter {
        std::string name;   // upper case; "TYPE" for the bare words of vCard 2.1 (;HOME;PREF)
        std::string value;  // without its quotes
    };
    std::string group;  // "item1" of "item1.EMAIL"
    std::string name;   // upper case
    std::vector<Parameter> parameters;
    std::string value;  // valid UTF-8; escapes as written
    std::uint64_t line = 0, offset = 0, length = 0;
    bool is_cut = false;     // longer than the limit: the rest is not here
    bool is_broken = false;  // no colon: nothing but `value` is set

    /// The first of that name; empty when there is none.
    [[nodiscard]] std::string_view parameter(std::string_view wanted) const noexcept;
    /// Whether one of the TYPE parameters, or of their comma-separated words, is this one; compared without case.
    [[nodiscard]] bool has_type(std::string_view wanted) const noexcept;
    /// "BEGIN:VCARD" and the like, compared without case.
    [[nodiscard]] bool is(std::string_view wanted_name, std::string_view wanted_value) const noexcept;
};

class ContentLineReader {
public:
    explicit ContentLineReader(ByteStream& stream, std::size_t limit = std::size_t{64} << 10);
    /// False at the end. Blank lines are left out. Throws what the stream throws.
    [[nodiscard]] bool next(ContentLine& line);

private:
    static constexpr int end_of_stream = -1;

    [[nodiscard]] int peek();
    bool append_physical_line();
    bool read_logical_line();
    [[nodiscard]] bool continues_quoted_printable() const;

    ByteStream& stream_;
    std::size_t limit_;
    std::vector<char> buffer_;
    std::size_t at_ = 0, filled_ = 0;
    std::uint64_t offset_ = 0, line_ = 0;
    std::uint64_t start_offset_ = 0, start_line_ = 0;
    std::string raw_;
    bool is_cut_ = false;
};

/// \n \, \; \\ undone; what else follows a backslash stays.
[[nodiscard]] std::string unescape_content(std::string_view text);
/// The parts between separators that no backslash stands before, each unescaped and trimmed.
[[nodiscard]] std::vector<std::string> split_content(std::string_view text, char separator);
[[nodiscard]] bool equal_without_case(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] std::string upper_ascii(std::string_view text);
/// "mailto:Anna@Work.Example" -> "anna@work.example"; empty when it is no address.
[[nodiscard]] std::string mail_address(std::string_view text);

}  // namespace secateur

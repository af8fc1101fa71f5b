// SPDX-License-Identifier: GPL-3.0-or-later
// Untrusted HTML and XML, however large: walks one document and hands over tags and text in order. The only reader of markup in
// the project. Nothing is fetched, no entity of the document's own is expanded, and what is handed over is always valid UTF-8.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/source.hpp"

namespace secateur {

struct MarkupAttribute {
    std::string_view name, value;
};

/// An opening tag; valid until the handler returns.
struct MarkupTag {
    std::string_view name;   // HTML: in lower case; XML: as written ("content:encoded")
    std::string_view space;  // XML: the address of its namespace
    std::span<const MarkupAttribute> attributes;

    /// The value of an attribute; empty when it is not there.
    [[nodiscard]] std::string_view operator[](std::string_view attribute) const noexcept;
    [[nodiscard]] bool has(std::string_view attribute) const noexcept;
    /// Whether `word` is one of the words of its class.
    [[nodiscard]] bool has_class(std::string_view word) const noexcept;
    /// The name without the prefix of its namespace.
    [[nodiscard]] std::string_view local() const noexcept { return name.substr(name.find(':') + 1); }
};

/// `where` holds entry, line and byte offset: of the `<` for on_open, behind the element for on_close (so that one minus the
/// other is its length), of the first byte for on_text. Offsets are exact in UTF-8 and in charsets of one byte a character; in
/// others they are those of a place at most 16 KiB before.
class MarkupHandler {
public:
    virtual ~MarkupHandler() = default;
    virtual Flow on_open(const MarkupTag& tag, const Location& where) = 0;
    /// For every on_open, also for `<br>` and for elements that the file leaves open; but not where a page is cut off.
    virtual Flow on_close(std::string_view name, const Location& where) = 0;
    /// All text between two tags at once, white space as it stands, references resolved. Scripts and styles are no text.
    virtual Flow on_text(std::string_view text, const Location& where) = 0;
};

struct MarkupOptions {
    std::string charset;  // where something better than the document says so; empty: byte-order mark, declaration, UTF-8
    std::string charset_if_silent;  // of a document that states none and does not begin in UTF-8
    std::uint64_t value_limit = std::uint64_t{16} << 20;  // bytes of one text or one tag
    bool needs_end = true;  // a page that begins with <html> is cut off when </html> does not come
};

enum class MarkupEnd { complete, stopped, broken };
struct MarkupOutcome {
    MarkupEnd end = MarkupEnd::complete;
    Problem problem;          // when broken: what and where
    std::uint64_t bytes = 0;  // read from the stream
};

/// HTML as browsers read it: whatever its mistakes. Broken past the limits, or when a whole page (`<html>`) lacks its end: what
/// came before has been handed over, and elements still open have no on_close. Throws only what stream or handler throw.
[[nodiscard]] MarkupOutcome read_html(ByteStream& stream, const std::string& entry, MarkupHandler& handler,
                                      const MarkupOptions& options = {});
/// XML, which ends at its first mistake. HTML's named references (`&nbsp;`) are known, for feeds use them.
[[nodiscard]] MarkupOutcome read_xml(ByteStream& stream, const std::string& entry, MarkupHandler& handler,
                                     const MarkupOptions& options = {});

/// The text of one element as a person sees it: white space folded, `<br>` and blocks as line breaks, links apart.
class MarkupText {
public:
    /// From a handler: begin() after the on_open of the element, then all events, until close() says that this element ends.
    void begin();
    [[nodiscard]] bool active() const noexcept { return depth_ > 0; }
    void open(const MarkupTag& tag);
    void text(std::string_view text);
    [[nodiscard]] bool close(std::string_view name);

    [[nodiscard]] std::string take();                    // trimmed
    [[nodiscard]] std::vector<std::string> take_links();  // the http(s) addresses of its <a>

private:
    void break_line();

    std::string text_;
    std::vector<std::string> links_;
    std::size_t depth_ = 0;
    std::size_t verbatim_ = 0;  // inside this many <pre>
    bool space_due_ = false;
};

struct HtmlText {
    std::string text;
    std::vector<std::string> links;
};
/// A fragment of HTML, as feeds and forums put it into one field.
[[nodiscard]] HtmlText text_of_html(std::string_view fragment);

}  // namespace secateur

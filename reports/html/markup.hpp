// SPDX-License-Identifier: GPL-3.0-or-later
// Writes HTML that is also well-formed XML: every element that is opened is closed by the same object, every text and every
// attribute value is escaped. There is no way to put raw markup in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace secateur::html {

using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class Markup {
public:
    Markup& open(std::string_view tag, Attributes attributes = {});
    Markup& close();
    /// An element without content: br, meta, link, SVG shapes.
    Markup& empty(std::string_view tag, Attributes attributes = {});
    Markup& text(std::string_view text);
    Markup& leaf(std::string_view tag, std::string_view text, Attributes attributes = {}) {
        return open(tag, attributes).text(text).close();
    }
    /// The page's own style sheet: a constant of this program without `<` or `&`.
    Markup& style(std::string_view sheet);
    void doctype() { out_ += "<!DOCTYPE html>"; }
    [[nodiscard]] std::string take();

private:
    void start(std::string_view tag, const Attributes& attributes);
    std::string out_;
    std::vector<std::string> open_;
};

/// Closes its element at the end of the block, so that the code has the shape of the page.
class Element {
public:
    Element(Markup& markup, std::string_view tag, Attributes attributes = {}) : markup_(markup) { markup_.open(tag, attributes); }
    ~Element() { markup_.close(); }
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;

private:
    Markup& markup_;
};

[[nodiscard]] std::string_view style_sheet();

}  // namespace secateur::html

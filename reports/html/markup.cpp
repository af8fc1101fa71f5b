// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/html/markup.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/text.hpp"

namespace secateur::html {
namespace {

void append_escaped(std::string& out, std::string_view raw) {
    // for_terminal has been through most texts already; here it also covers identifiers and addresses.
    const std::string safe = for_terminal(raw);
    for (const char c : safe) switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
}

/// A line each: the page can be read and compared as text.
bool begins_a_line(std::string_view tag) {
    constexpr std::array<std::string_view, 32> blocks{
        "html",    "head",  "meta", "title",   "style", "body",  "header", "footer", "main",   "nav",    "section",
        "article", "div",   "h1",   "h2",      "h3",    "p",     "ul",     "ol",     "li",     "dl",     "dt",
        "dd",      "table", "tr",   "caption", "thead", "tbody", "svg",    "g",      "figure", "details"};
    return std::ranges::find(blocks, tag) != blocks.end();
}

}  // namespace

void Markup::start(std::string_view tag, const Attributes& attributes) {
    if (begins_a_line(tag)) out_ += '\n';
    (out_ += '<') += tag;
    for (const auto& [name, value] : attributes) {
        if (name.empty()) continue;
        ((out_ += ' ') += name) += "=\"";
        append_escaped(out_, value);
        out_ += '"';
    }
}

Markup& Markup::open(std::string_view tag, Attributes attributes) {
    start(tag, attributes);
    out_ += '>';
    open_.emplace_back(tag);
    return *this;
}

Markup& Markup::close() {
    assert(!open_.empty());
    out_ += "</" + open_.back() + ">";
    open_.pop_back();
    return *this;
}

Markup& Markup::empty(std::string_view tag, Attributes attributes) {
    start(tag, attributes);
    out_ += "/>";
    return *this;
}

Markup& Markup::text(std::string_view text) {
    append_escaped(out_, text);
    return *this;
}

Markup& Markup::style(std::string_view sheet) {
    open("style");
    out_ += sheet;
    return close();
}

std::string Markup::take() {
    assert(open_.empty());
    out_ += '\n';
    return std::move(out_);
}

}  // namespace secateur::html

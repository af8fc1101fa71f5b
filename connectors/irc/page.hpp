// SPDX-License-Identifier: GPL-3.0-or-later
// A log published as a web page, told line by line as a text log would be: rows of irclog2html, which carry their moment in their
// id, and any other page whose lines are written out in blocks, list items or <pre>.
#pragma once

#include <string>
#include <string_view>

#include "base/markup.hpp"
#include "base/text.hpp"

namespace secateur::irc {

/// `Take` is called with (std::string_view line, const Location& where) and returns Flow.
template <class Take>
class PageLines final : public MarkupHandler {
public:
    explicit PageLines(Take take) : take_(std::move(take)) {}

    Flow on_open(const MarkupTag& tag, const Location& where) override {
        if (tag.name == "title" || tag.name == "h1") hidden_ = tag.name;
        if (breaks(tag.name)) {
            if (flush() == Flow::stop) return Flow::stop;
            where_ = where;
        }
        if (tag.name == "tr") row_time_ = time_in(tag["id"]);
        const bool is_cell = tag.name == "td" || tag.name == "th";
        in_nick_ = is_cell && tag.has_class("nick");
        in_time_ = is_cell && tag.has_class("time");
        return Flow::proceed;
    }
    Flow on_close(std::string_view name, const Location&) override {
        if (name == hidden_) hidden_.clear();
        if (name == "td" || name == "th") {
            in_nick_ = in_time_ = false;
            if (!line_.empty()) line_ += ' ';
        }
        return breaks(name) ? flush() : Flow::proceed;
    }
    Flow on_text(std::string_view text, const Location&) override {
        if (!hidden_.empty()) return Flow::proceed;
        if (in_time_) {
            if (row_time_.empty()) row_time_ = trim(text);
            return Flow::proceed;
        }
        if (in_nick_) {
            nick_ += trim(text);
            return Flow::proceed;
        }
        for (;;) {  // <pre>
            const std::size_t end = text.find('\n');
            line_ += text.substr(0, end);
            if (end == std::string_view::npos) return Flow::proceed;
            if (row_time_.empty() && flush() == Flow::stop) return Flow::stop;
            if (!row_time_.empty()) line_ += ' ';
            text.remove_prefix(end + 1);
        }
    }

private:
    static bool breaks(std::string_view name) {
        return name == "tr" || name == "br" || name == "p" || name == "div" || name == "li" || name == "pre" || name == "dd";
    }

    /// "t2005-01-08T23:33:54", "t23:33": what irclog2html calls its rows; a second row of one moment ends in "-2".
    static std::string time_in(std::string_view id) {
        if (id.size() < 6 || id.front() != 't' || id[1] < '0' || id[1] > '9') return {};
        std::string_view time = id.substr(1);
        const std::size_t colon = time.rfind(':');
        if (colon == std::string_view::npos) return {};
        time = time.substr(0, std::min(time.size(), time.find('-', colon)));
        return std::string(time);
    }

    Flow flush() {
        std::string line;
        if (!row_time_.empty()) line = row_time_ + "  ";
        if (!nick_.empty()) line += "<" + nick_ + "> ";
        const std::string_view words = trim(line_);
        const bool is_empty = words.empty();
        line += words;
        line_.clear();
        nick_.clear();
        row_time_.clear();
        return is_empty ? Flow::proceed : take_(std::string_view(line), where_);
    }

    Take take_;
    Location where_;
    std::string line_, nick_, row_time_, hidden_;
    bool in_nick_ = false, in_time_ = false;
};

}  // namespace secateur::irc

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/zulip/content.hpp"

#include <algorithm>

#include "base/markup.hpp"
#include "base/text.hpp"

namespace secateur::zulip {
namespace {

constexpr std::string_view uploads = "/user_uploads/";

bool is_everybody(std::string_view name) noexcept {
    return name == "all" || name == "everyone" || name == "channel" || name == "stream" || name == "topic";
}

/// "```quote" opens what "```" closes; the fence may be longer, or of "~".
std::string_view quote_fence(std::string_view line) noexcept {
    const std::size_t length = std::min(line.find_first_not_of(line.empty() ? '`' : line.front()), line.size());
    const bool fence = length >= 3 && (line.front() == '`' || line.front() == '~');
    return fence && trim(line.substr(length)) == "quote" ? line.substr(0, length) : std::string_view();
}

/// "@**Name|12**" and "@_**Name**" become "@Name".
void add_line(std::string_view line, const MyNames& me, Activity& activity) {
    for (;;) {
        const std::size_t at = line.find('@');
        if (at == std::string_view::npos) break;
        const std::string_view rest = line.substr(at + 1);
        const bool silent = rest.starts_with("_**");
        const std::size_t open = silent ? 3 : 2;
        const std::size_t close = silent || rest.starts_with("**") ? rest.find("**", open) : std::string_view::npos;
        if (close == std::string_view::npos) {
            activity.text += line.substr(0, at + 1);
            line = rest;
            continue;
        }
        const std::string_view inside = rest.substr(open, close - open);
        const std::size_t bar = inside.rfind('|');
        const std::string_view name = inside.substr(0, bar);
        const std::string_view id = bar == std::string_view::npos ? std::string_view() : inside.substr(bar + 1);
        if (!silent && !is_everybody(name)) activity.mentions_me = activity.mentions_me || me.match(name, id);
        activity.text += line.substr(0, at + 1);
        activity.text += name;
        line = rest.substr(close + 2);
    }
    activity.text += line;
    activity.text += '\n';
}

void trim_text(std::string& text) {
    const std::string_view kept = trim(text);
    if (kept.size() != text.size()) text = std::string(kept);
}

class ContentReader final : public MarkupHandler {
public:
    ContentReader(const MyNames& me, Activity& activity) : me_(me), activity_(activity) { seen_.begin(); }

    Flow on_open(const MarkupTag& tag, const Location&) override {
        if (quote_depth_ > 0 || tag.name == "blockquote") {
            ++quote_depth_;
            return Flow::proceed;
        }
        if (tag.name == "span" && tag.has_class("user-mention")) {
            is_mention_ = true;
            silent_ = tag.has_class("silent");
            mention_id_ = tag["data-user-id"];
        }
        const std::string_view href = tag.name == "a" ? tag["href"] : std::string_view();
        if (const std::string_view number = linked_message(href); after_silent_ && !number.empty()) {
            // "Name said:" before the quotation
            activity_.parent = number;
            (void)seen_.take();
            seen_.begin();
            ++quote_depth_;
            is_said_ = true;
            return Flow::proceed;
        }
        if (href.find(uploads) != std::string_view::npos) ++activity_.attachments;
        seen_.open(tag);
        return Flow::proceed;
    }
    Flow on_close(std::string_view name, const Location&) override {
        if (quote_depth_ > 0) {
            --quote_depth_;
            return Flow::proceed;
        }
        if (name == "span") is_mention_ = false;
        (void)seen_.close(name);
        return Flow::proceed;
    }
    Flow on_text(std::string_view text, const Location&) override {
        if (quote_depth_ > 0) return Flow::proceed;
        if (is_mention_) {
            const std::string_view name = text.starts_with('@') ? text.substr(1) : text;
            if (!silent_ && !is_everybody(name)) activity_.mentions_me = activity_.mentions_me || me_.match(name, mention_id_);
            after_silent_ = silent_;
        } else if (!trim(text).empty()) {
            after_silent_ = false;
            if (is_said_) {  // the colon
                is_said_ = false;
                if (text.starts_with(':')) text.remove_prefix(1);
            }
        }
        seen_.text(text);
        return Flow::proceed;
    }

    void finish() {
        activity_.text = seen_.take();
        for (std::string& link : seen_.take_links()) activity_.links.push_back(std::move(link));
    }

private:
    const MyNames& me_;
    Activity& activity_;
    MarkupText seen_;
    std::string mention_id_;
    std::size_t quote_depth_ = 0;
    bool is_mention_ = false, silent_ = false, after_silent_ = false, is_said_ = false;
};

}  // namespace

bool MyNames::match(std::string_view name, std::string_view id) const {
    if (!id.empty() && !ids.empty()) return std::ranges::find(ids, id) != ids.end();
    return !names.empty() && std::ranges::find(names, fold_name(name)) != names.end();
}

std::string_view linked_message(std::string_view url) noexcept {
    constexpr std::string_view mark = "/near/";
    const std::size_t at = url.rfind(mark);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = url.substr(at + mark.size());
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    return digits <= 18 ? rest.substr(0, digits) : std::string_view();
}

void read_markdown(std::string_view content, const MyNames& me, Activity& activity) {
    std::string_view fence;
    while (!content.empty()) {
        const std::size_t end = content.find('\n');
        const std::string_view line = content.substr(0, end);
        content = end == std::string_view::npos ? std::string_view() : content.substr(end + 1);
        if (!fence.empty()) {
            if (trim(line) == fence) fence = {};
            continue;
        }
        if (fence = quote_fence(line); !fence.empty()) continue;
        if (line.starts_with("> ")) continue;
        if (const std::size_t link = line.find("]("); line.starts_with("@_**") && link != std::string_view::npos) {
            const std::string_view url = line.substr(link + 2, line.find(')', link) - link - 2);
            if (const std::string_view number = linked_message(url); !number.empty()) {
                if (activity.parent.empty()) activity.parent = number;
                continue;
            }
        }
        for (std::size_t at = line.find(uploads); at != std::string_view::npos; at = line.find(uploads, at + 1)) ++activity.attachments;
        add_line(line, me, activity);
    }
    trim_text(activity.text);
}

void read_html_content(std::string_view content, const MyNames& me, Activity& activity) {
    ContentReader reader(me, activity);
    static_cast<void>(read_html(*memory_stream(content), {}, reader, {.charset = "utf-8", .value_limit = content.size() * 2 + 1024, .needs_end = false}));
    reader.finish();
}

}  // namespace secateur::zulip

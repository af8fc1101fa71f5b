// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/vk/pages.hpp"

#include <algorithm>
#include <utility>

#include "base/json_stream.hpp"
#include "base/text.hpp"

namespace secateur::vk {
namespace {

MarkupOptions options() {
    MarkupOptions options;
    options.charset_if_silent = "windows-1251";
    return options;
}

std::uint64_t length_between(const Location& begin, const Location& end) {
    return begin.offset && end.offset && *end.offset > *begin.offset ? *end.offset - *begin.offset : 0;
}

class ItemPage final : public MarkupHandler {
public:
    explicit ItemPage(const OnItem& on_item) : on_item_(on_item) {}

    Flow on_open(const MarkupTag& tag, const Location& where) override {
        ++depth_;
        if (item_depth_ == 0) {
            if (!tag.has_class("item")) return Flow::proceed;
            item_ = Item{};
            item_depth_ = depth_;
            where_ = where;
            return Flow::proceed;
        }
        if (tag.name == "a" && !tag["href"].empty()) item_.links.push_back({std::string(tag["href"]), {}});
        if (tag.has_class("attachment") && attachment_depth_ == 0) {
            ++item_.attachments;
            attachment_depth_ = depth_;
        }
        if (depth_ == item_depth_ + 1) part_.begin();
        else if (part_.active()) part_.open(tag);
        return Flow::proceed;
    }

    Flow on_text(std::string_view text, const Location&) override {
        if (item_depth_ == 0) return Flow::proceed;
        if (!item_.links.empty() && attachment_depth_ == 0) item_.links.back().text += text;
        if (part_.active() && attachment_depth_ == 0) part_.text(text);
        return Flow::proceed;
    }

    Flow on_close(std::string_view name, const Location& where) override {
        Flow flow = Flow::proceed;
        if (depth_ == attachment_depth_) attachment_depth_ = 0;
        if (part_.active() && part_.close(name)) item_.parts.push_back(part_.take());
        if (depth_ == item_depth_) {
            item_depth_ = 0;
            where_.record = ++records_;
            where_.length = length_between(where_, where);
            for (Link& link : item_.links) link.text = std::string(trim(link.text));
            flow = on_item_(item_, where_);
        }
        --depth_;
        return flow;
    }

private:
    const OnItem& on_item_;
    Item item_;
    MarkupText part_;
    Location where_;
    std::uint64_t records_ = 0;
    std::size_t depth_ = 0, item_depth_ = 0, attachment_depth_ = 0;
};

class MessagePage final : public MarkupHandler {
public:
    explicit MessagePage(const OnMessage& on_message) : on_message_(on_message) {}

    Flow on_open(const MarkupTag& tag, const Location& where) override {
        ++depth_;
        if (message_depth_ == 0) {
            if (!tag.has_class("message")) return Flow::proceed;
            message_ = ThreadMessage{};
            message_.id = tag["data-id"];
            header_.clear();
            kludges_.clear();
            in_attachment_ = has_people_ = has_body_ = false;
            message_depth_ = depth_;
            where_ = where;
            return Flow::proceed;
        }
        if (header_depth_ > 0) {
            if (tag.name == "a") message_.author = Link{std::string(tag["href"]), {}};
            if (tag.has_class("message-edited")) message_.edited = true;
        } else if (tag.has_class("message__header")) {
            header_depth_ = depth_;
        } else if (kludges_depth_ > 0) {
            open_kludge(tag);
        } else if (tag.has_class("kludges")) {
            kludges_depth_ = depth_;
        } else if (text_.active()) {
            text_.open(tag);
            if (tag.name == "a") message_.mentions.push_back({std::string(tag["href"]), {}});
        } else if (!has_body_) {  // the block behind the header
            has_body_ = true;
            text_.begin();
        }
        return Flow::proceed;
    }

    Flow on_text(std::string_view text, const Location&) override {
        if (header_depth_ > 0) {
            header_ += text;
        } else if (kludges_depth_ > 0) {
            if (in_label_) label_ += text;
            else if (!in_attachment_) kludges_ += text;
        } else if (text_.active()) {
            text_.text(text);
        }
        return Flow::proceed;
    }

    Flow on_close(std::string_view name, const Location& where) override {
        Flow flow = Flow::proceed;
        if (depth_ == header_depth_) {
            header_depth_ = 0;
        } else if (kludges_depth_ > 0) {
            close_kludge();
        } else if (text_.active() && text_.close(name)) {
            message_.text = text_.take();
        }
        if (depth_ == message_depth_) flow = end_message(where);
        --depth_;
        return flow;
    }

private:
    void open_kludge(const MarkupTag& tag) {
        if (tag.has_class("attachment")) {
            ++message_.attachments;
            attachment_depth_ = depth_;
            in_attachment_ = true;
            is_link_ = false;
        } else if (tag.has_class("attachment__description")) {
            label_.clear();
            in_label_ = true;
            label_depth_ = depth_;
        } else if (tag.name == "a") {
            if (!in_attachment_) has_people_ = true;
            else if (is_link_) message_.shared.emplace_back(tag["href"]);
        }
    }

    void close_kludge() {
        if (in_label_ && depth_ == label_depth_) {
            in_label_ = false;
            const std::string label = fold_name(label_);
            is_link_ = label == "ссылка" || label == "link" || label == "посилання";
            if (label == "сообщение удалено" || label == "message deleted" ||
                label == "повідомлення видалено") message_.deleted = true;
        }
        if (in_attachment_ && depth_ == attachment_depth_) in_attachment_ = false;
        if (depth_ == kludges_depth_) kludges_depth_ = 0;
    }

    Flow end_message(const Location& where) {
        message_depth_ = 0;
        std::string_view header = trim(header_);
        // "Name, 7 мая 2019 в 12:34:56 (ред.)": the time is what follows the last comma.
        const std::size_t comma = header.rfind(", ");
        if (message_.author) message_.author->text = std::string(trim(header.substr(0, std::min(comma, header.size()))));
        if (comma != std::string_view::npos) header.remove_prefix(comma + 2);
        const std::size_t note = header.find('(');
        if (note != std::string_view::npos) {
            message_.edited = true;
            header = header.substr(0, note);
        }
        message_.clock = trim(header);
        message_.is_service = message_.text.empty() && message_.attachments == 0 && (has_people_ || !trim(kludges_).empty());
        where_.record = ++records_;
        where_.length = length_between(where_, where);
        return on_message_(message_, where_);
    }

    const OnMessage& on_message_;
    ThreadMessage message_;
    MarkupText text_;
    Location where_;
    std::string header_, kludges_, label_;
    std::uint64_t records_ = 0;
    // At which depth the element was opened that is being read; 0: none.
    std::size_t depth_ = 0, message_depth_ = 0, header_depth_ = 0, kludges_depth_ = 0, attachment_depth_ = 0,
                label_depth_ = 0;
    bool in_attachment_ = false, in_label_ = false, is_link_ = false, has_people_ = false, has_body_ = false;
};

class LinkPage final : public MarkupHandler {
public:
    explicit LinkPage(const OnLink& on_link) : on_link_(on_link) {}

    Flow on_open(const MarkupTag& tag, const Location& where) override {
        if (tag.name == "a") {
            link_ = Link{std::string(tag["href"]), {}};
            where_ = where;
        }
        return Flow::proceed;
    }
    Flow on_text(std::string_view text, const Location&) override {
        if (link_) link_->text += text;
        return Flow::proceed;
    }
    Flow on_close(std::string_view name, const Location& where) override {
        if (name != "a" || !link_) return Flow::proceed;
        where_.record = ++records_;
        where_.length = length_between(where_, where);
        const Link link = *std::exchange(link_, std::nullopt);
        return on_link_(link, where_);
    }

private:
    const OnLink& on_link_;
    std::optional<Link> link_;
    Location where_;
    std::uint64_t records_ = 0;
};

/// Nothing for what is no base64.
std::optional<std::string> decode_base64(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        if (c == '=') break;
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(bits >> count & 0xFF);
    }
    return out;
}

}  // namespace

MarkupOutcome read_items(ByteStream& stream, const Entry& entry, const OnItem& on_item) {
    ItemPage page(on_item);
    return read_html(stream, entry.path, page, options());
}

MarkupOutcome read_messages(ByteStream& stream, const Entry& entry, const OnMessage& on_message) {
    MessagePage page(on_message);
    return read_html(stream, entry.path, page, options());
}

MarkupOutcome read_links(ByteStream& stream, const Entry& entry, const OnLink& on_link) {
    LinkPage page(on_link);
    return read_html(stream, entry.path, page, options());
}

std::optional<std::uint64_t> owner_in_head(std::string_view head) {
    head = head.substr(0, 8192);
    const std::size_t meta = std::min(head.find("name=\"jd\""), head.find("name='jd'"));
    if (meta == std::string_view::npos) return std::nullopt;
    const std::size_t content = head.find("content=", meta);
    if (content == std::string_view::npos || content + 9 >= head.size()) return std::nullopt;
    const std::string_view quoted = head.substr(content + 9);
    const auto json = decode_base64(quoted.substr(0, quoted.find_first_of("\"'")));
    if (!json) return std::nullopt;
    const JsonDocument document(*json);
    const auto id = document.root()["user_id"].unsigned_integer();
    return id && *id > 0 ? id : std::nullopt;
}

}  // namespace secateur::vk

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/telegram/html_pages.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace secateur::telegram {
namespace {

/// Collects the text of one element into a string, whatever lies inside.
class Capture {
public:
    [[nodiscard]] bool active() const noexcept { return text_.active(); }
    void begin(std::string& target) {
        target_ = &target;
        text_.begin();
    }
    void open(const MarkupTag& tag) { text_.open(tag); }
    void text(std::string_view text) { text_.text(text); }
    /// True when the element itself ends.
    bool close(std::string_view name) {
        if (!text_.close(name)) return false;
        *target_ = text_.take();
        return true;
    }

private:
    MarkupText text_;
    std::string* target_ = nullptr;
};

/// What comes after `before`, up to the first that is no digit or sign.
std::optional<std::int64_t> number_after(std::string_view text, std::string_view before) {
    const std::size_t at = text.find(before);
    if (at == std::string_view::npos) return std::nullopt;
    std::string_view digits = text.substr(at + before.size());
    digits = digits.substr(0, std::min(digits.find_first_not_of("-0123456789"), digits.size()));
    return parse_integer(digits);
}

/// "2 March 2021"
std::optional<Date> parse_day(std::string_view text) {
    constexpr std::array<std::string_view, 12> months{"January", "February", "March",     "April",   "May",      "June",
                                                      "July",    "August",   "September", "October", "November", "December"};
    const auto parts = split(text, ' ');
    if (parts.size() != 3) return std::nullopt;
    const auto day = parse_integer(parts[0]), year = parse_integer(parts[2]);
    const auto month = std::find(months.begin(), months.end(), parts[1]);
    if (!day || !year || month == months.end() || *day < 1 || *day > 31 || *year < 1970 || *year > 9999) return std::nullopt;
    const LocalTime local{.year = static_cast<int>(*year),
                          .month = static_cast<unsigned>(month - months.begin()) + 1,
                          .day = static_cast<unsigned>(*day)};
    const auto at = as_utc(local);
    return at ? std::optional(std::chrono::floor<std::chrono::days>(*at)) : std::nullopt;
}

class ChatPage final : public MarkupHandler {
public:
    explicit ChatPage(HtmlChatHandler& handler) : handler_(handler) {}

    Flow on_open(const MarkupTag& tag, const Location& where) override {
        ++depth_;
        if (message_depth_ == 0) {
            if (tag.has_class("message") && (tag.has_class("default") || tag.has_class("service"))) begin_message(tag, where);
            else if (tag.has_class("page_header")) header_depth_ = depth_;
            else if (header_depth_ > 0 && tag.has_class("text") && !capture_.active()) capture_.begin(name_);
            return Flow::proceed;
        }
        if (capture_.active()) {
            capture_.open(tag);
            open_within(tag);
        } else {
            open_part(tag);
        }
        return Flow::proceed;
    }

    Flow on_text(std::string_view text, const Location&) override {
        if (capture_.active()) capture_.text(text);
        if (in_anchor_) anchor_text_ += text;
        if (vote_depth_ > 0 && text.find("chosen vote") != std::string_view::npos) message_.voted = true;
        return Flow::proceed;
    }

    Flow on_close(std::string_view name, const Location& where) override {
        if (in_anchor_ && name == "a") close_anchor();
        if (capture_.active()) (void)capture_.close(name);
        Flow flow = Flow::proceed;
        if (depth_ == message_depth_) flow = end_message(where);
        else if (depth_ == header_depth_) flow = handler_.on_name(name_);
        for (std::size_t* each : {&message_depth_, &header_depth_, &forwarded_depth_, &poll_depth_, &vote_depth_,
                                  &reaction_depth_})
            if (*each == depth_) *each = 0;
        --depth_;
        return flow;
    }

private:
    void begin_message(const MarkupTag& tag, const Location& where) {
        message_ = HtmlMessage{};
        message_.id = number_after(tag["id"], "message");
        message_.is_service = tag.has_class("service");
        is_joined_ = tag.has_class("joined");
        from_.clear();
        message_depth_ = depth_;
        forwarded_depth_ = poll_depth_ = vote_depth_ = reaction_depth_ = 0;
        where_ = where;
    }

    void open_part(const MarkupTag& tag) {
        if (message_.is_service) {
            if (tag.has_class("body")) capture_.begin(message_.text);
        } else if (tag.has_class("forwarded") && tag.has_class("body")) {
            message_.forwarded = true;
            forwarded_depth_ = depth_;
        } else if (tag.has_class("from_name")) {
            capture_.begin(forwarded_depth_ > 0 ? original_ : from_);
        } else if (tag.has_class("date") && tag.has_class("pull_right")) {
            message_.clock = tag["title"];
        } else if (tag.has_class("reply_to")) {
            message_.is_reply = true;
            capture_.begin(ignored_);
        } else if (tag.has_class("media_poll")) {
            message_.has_media = true;
            poll_depth_ = depth_;
        } else if (poll_depth_ > 0) {
            if (tag.has_class("question")) capture_.begin(message_.question);
            else if (tag.name == "span" && tag.has_class("details")) vote_depth_ = depth_;
        } else if (tag.has_class("media_wrap")) {
            message_.has_media = true;
        } else if (tag.has_class("reaction")) {
            message_.reactions.push_back({.emoji = {}, .names = {}, .mine = tag.has_class("active")});
            reaction_depth_ = depth_;
        } else if (reaction_depth_ > 0) {
            if (tag.has_class("emoji")) capture_.begin(message_.reactions.back().emoji);
            else if (!tag["title"].empty()) message_.reactions.back().names.emplace_back(trim(tag["title"]));
        } else if (tag.has_class("signature")) {
            capture_.begin(message_.signature);
        } else if (tag.has_class("text")) {
            capture_.begin(message_.text);
        }
    }

    void open_within(const MarkupTag& tag) {
        if (tag.name != "a") return;
        const std::string_view href = tag["href"];
        if (const auto id = number_after(href, "#go_to_message"); id && message_.is_reply &&
            !message_.reply_to) message_.reply_to = id;
        in_anchor_ = true;
        anchor_text_.clear();
        anchor_href_ = href;
        names_somebody_ = tag["onclick"].find("ShowMentionName") != std::string_view::npos;
    }

    void close_anchor() {
        in_anchor_ = false;
        const std::string text(trim(anchor_text_));
        if (names_somebody_ || (text.starts_with('@') && anchor_href_.ends_with(std::string_view(text).substr(1)))) {
            message_.mentions.push_back(text);
        } else if ((anchor_href_.starts_with("http://") || anchor_href_.starts_with("https://")) && anchor_href_ != text) {
            message_.links.push_back(anchor_href_);
        }
    }

    Flow end_message(const Location& where) {
        if (where.offset && where_.offset) where_.length = *where.offset - *where_.offset;
        if (message_.is_service) {
            if (const auto day = parse_day(message_.text)) {  // the line between two days
                day_ = day;
                return Flow::proceed;
            }
            message_.day = day_;
            before_.clear();
            via_before_.clear();
        } else {
            if (const std::size_t via = from_.rfind(" via @"); via != std::string::npos) {
                message_.via_bot = from_.substr(via + 6);
                from_.resize(via);
            }
            if (from_.empty() && is_joined_) {  // follows one of the same author within a quarter of an hour
                from_ = before_;
                message_.via_bot = via_before_;
            }
            message_.from = before_ = from_;
            via_before_ = message_.via_bot;
        }
        where_.record = ++records_;
        return handler_.on_message(message_, where_);
    }

    HtmlChatHandler& handler_;
    Capture capture_;
    HtmlMessage message_;
    Location where_;
    std::string name_, from_, original_, ignored_, before_, via_before_;
    std::string anchor_text_, anchor_href_;
    std::optional<Date> day_;
    std::uint64_t records_ = 0;
    // At which depth the element was opened that is being read; 0: none.
    std::size_t depth_ = 0, header_depth_ = 0, message_depth_ = 0, forwarded_depth_ = 0, poll_depth_ = 0, vote_depth_ = 0,
                reaction_depth_ = 0;
    bool is_joined_ = false, in_anchor_ = false, names_somebody_ = false;
};

class ListPage final : public MarkupHandler {
public:
    explicit ListPage(HtmlListHandler& handler) : handler_(handler) {}

    Flow on_open(const MarkupTag& tag, const Location& where) override {
        ++depth_;
        if (capture_.active()) {
            capture_.open(tag);
        } else if (tag.has_class("page_about")) {
            ++entry_.list;
            capture_.begin(entry_.explanation);
        } else if (tag.has_class("entry")) {
            entry_.href = tag["href"];
            entry_.name = entry_.details = entry_.info = std::string();
            entry_depth_ = depth_;
            where_ = where;
        } else if (entry_depth_ > 0) {
            if (tag.has_class("name")) capture_.begin(entry_.name);
            else if (tag.has_class("details_entry")) capture_.begin(entry_.details);
            else if (tag.has_class("info")) capture_.begin(entry_.info);
        }
        return Flow::proceed;
    }
    Flow on_text(std::string_view text, const Location&) override {
        if (capture_.active()) capture_.text(text);
        return Flow::proceed;
    }
    Flow on_close(std::string_view name, const Location& where) override {
        if (capture_.active()) (void)capture_.close(name);
        Flow flow = Flow::proceed;
        if (depth_ == entry_depth_) {
            entry_depth_ = 0;
            where_.record = ++records_;
            if (where.offset && where_.offset) where_.length = *where.offset - *where_.offset;
            flow = handler_.on_entry(entry_, where_);
        }
        --depth_;
        return flow;
    }

private:
    HtmlListHandler& handler_;
    Capture capture_;
    HtmlListEntry entry_;
    Location where_;
    std::uint64_t records_ = 0;
    std::size_t depth_ = 0, entry_depth_ = 0;
};

class CardPage final : public MarkupHandler {
public:
    explicit CardPage(HtmlCard& card) : card_(card) {}

    Flow on_open(const MarkupTag& tag, const Location&) override {
        if (capture_.active()) capture_.open(tag);
        else if (tag.has_class("label")) capture_.begin(label_);
        else if (tag.has_class("value")) capture_.begin(value_);
        else if (tag.has_class("sections")) return Flow::stop;
        return Flow::proceed;
    }
    Flow on_text(std::string_view text, const Location&) override {
        if (capture_.active()) capture_.text(text);
        return Flow::proceed;
    }
    Flow on_close(std::string_view name, const Location&) override {
        if (!capture_.active() || !capture_.close(name) || value_.empty()) return Flow::proceed;
        if (label_ == "First name") card_.name = value_;
        if (label_ == "Last name") card_.name += (card_.name.empty() ? "" : " ") + value_;
        if (label_ == "Phone number") card_.phone = value_;
        if (label_ == "Username") card_.handle = value_;
        value_.clear();
        return Flow::proceed;
    }

private:
    HtmlCard& card_;
    Capture capture_;
    std::string label_, value_;
};

/// "Ann, Bob and Cy". A name that holds a comma or "and" itself comes out in pieces: nothing tells it apart.
std::vector<std::string> parse_people(std::string_view text) {
    std::vector<std::string> people;
    const auto add = [&](std::string_view name) {
        if (name = trim(name); !name.empty()) people.emplace_back(name);
    };
    while (true) {
        const std::size_t comma = text.find(", ");
        if (comma == std::string_view::npos) break;
        add(text.substr(0, comma));
        text.remove_prefix(comma + 2);
    }
    if (const std::size_t last = text.rfind(" and "); last != std::string_view::npos) {
        add(text.substr(0, last));
        text.remove_prefix(last + 5);
    }
    add(text);
    return people;
}

}  // namespace

MarkupOutcome read_chat_page(ByteStream& stream, const std::string& entry, HtmlChatHandler& handler) {
    ChatPage page(handler);
    return read_html(stream, entry, page);
}

MarkupOutcome read_list_page(ByteStream& stream, const std::string& entry, HtmlListHandler& handler) {
    ListPage page(handler);
    return read_html(stream, entry, page);
}

HtmlCard read_card(ByteStream& stream, const std::string& entry) {
    HtmlCard card;
    CardPage page(card);
    (void)read_html(stream, entry, page);  // cut or not: the card stands at the top
    return card;
}

std::optional<HtmlClock> parse_clock(std::string_view text) {
    const auto digits = [&](std::size_t at, std::size_t count) -> std::optional<unsigned> {
        unsigned value = 0;
        for (const char c : text.substr(at, count)) {
            if (c < '0' || c > '9') return std::nullopt;
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        return value;
    };
    if (text.size() < 19 || text[2] != '.' || text[5] != '.' || text[10] != ' ' || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const auto day = digits(0, 2), month = digits(3, 2), year = digits(6, 4), hour = digits(11, 2), minute = digits(14, 2),
               second = digits(17, 2);
    if (!day || !month || !year || !hour || !minute || !second) return std::nullopt;
    HtmlClock clock{{static_cast<int>(*year), *month, *day, *hour, *minute, *second}, std::nullopt};
    if (!as_utc(clock.local)) return std::nullopt;
    const std::string_view zone = trim(text.substr(19));
    if (zone == "UTC") {
        clock.standard_offset = std::chrono::seconds{0};
    } else if (zone.size() == 9 && zone.starts_with("UTC") && (zone[3] == '+' || zone[3] == '-') && zone[6] == ':') {
        const std::size_t begin = text.size() - zone.size();
        const auto hours = digits(begin + 4, 2), minutes = digits(begin + 7, 2);
        if (hours && minutes) {
            const std::chrono::seconds offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
            clock.standard_offset = zone[3] == '+' ? offset : -offset;
        }
    }
    return clock;
}

ServiceLine parse_service_line(std::string_view text) {
    if (text.starts_with("This message is not supported by this version")) return {ServiceLine::unsupported, {}, {}};
    if (text.starts_with("Channel «") && text.ends_with("» created")) return {ServiceLine::created_channel, {}, {}};
    const auto before = [&](std::string_view verb) -> std::optional<std::string_view> {
        const std::size_t at = text.find(verb);
        return at == std::string_view::npos ? std::nullopt : std::optional(text.substr(0, at));
    };
    if (const auto actor = before(" created group «")) {
        constexpr std::string_view with = "» with members ";
        const std::size_t members = text.rfind(with);
        return {ServiceLine::created_group, std::string(*actor),
                members == std::string_view::npos ? std::vector<std::string>{} : parse_people(text.substr(members +
                    with.size()))};
    }
    if (const auto actor = before(" created topic «")) return {ServiceLine::created_topic, std::string(*actor), {}};
    if (const auto actor = before(" joined group by link from ")) return {ServiceLine::joined, std::string(*actor), {}};
    if (text.ends_with(" joined group by request")) return {ServiceLine::joined, std::string(*before(" joined group by request")),
                                                            {}};
    if (const auto actor = before(" removed ")) {
        const std::string_view whom = text.substr(actor->size() + 9);
        if (whom != "group photo") return {ServiceLine::removed, std::string(*actor), {std::string(trim(whom))}};
    }
    if (const auto actor = before(" invited "); actor && !text.ends_with(" chat") && !text.ends_with(" call")) {
        return {ServiceLine::invited, std::string(*actor), parse_people(text.substr(actor->size() + 9))};
    }
    // Somebody did something: only who is known.
    for (const std::string_view verb : {" pinned ", " changed ", " started ", " invited ", " removed ", " joined "})
        if (const auto actor = before(verb)) return {ServiceLine::other, std::string(*actor), {}};
    return {};
}

}  // namespace secateur::telegram

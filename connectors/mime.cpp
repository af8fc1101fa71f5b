// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/mime.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>

#include "base/ascii.hpp"
#include "base/markup.hpp"
#include "base/text.hpp"
#include "connectors/mbox.hpp"
#include "connectors/quoting.hpp"

namespace secateur {
namespace {

constexpr std::size_t most_headers = 200;
constexpr std::size_t longest_header = std::size_t{16} << 10;
constexpr std::size_t most_mailboxes = 200;
constexpr std::size_t most_parts = 200;
constexpr int greatest_depth = 20;
constexpr std::size_t longest_text = std::size_t{512} << 10;  // of all text parts of one letter
constexpr std::size_t most_in_digest = 500;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref>;

GMimeParserOptions* parser_options() {
    static GMimeParserOptions* const options = [] {
        g_mime_init();
        GMimeParserOptions* made = g_mime_parser_options_new();
        // Headers with bare 8-bit bytes: UTF-8 where they are, else what Windows wrote.
        static std::array<const char*, 3> charsets{"utf-8", "windows-1252", nullptr};
        g_mime_parser_options_set_fallback_charsets(made, charsets.data());
        return made;
    }();
    return options;
}

std::string valid(const char* text) { return text == nullptr ? std::string() : to_valid_utf8(text); }

/// Line breaks of a folded header, and what stands around them, as one space.
std::string on_one_line(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n' || c == '\r' || c == '\t' || c == ' ') {
            if (!result.empty() && result.back() != ' ') result += ' ';
        } else if (c != '\0') {
            result += c;
        }
    }
    if (result.ends_with(' ')) result.pop_back();
    return result;
}

/// As it is where it is UTF-8; else by its charset, where Latin-1 in truth is Windows-1252; else as Windows-1252.
std::string decoded(const std::string& bytes, std::string_view charset) {
    const std::string name = ascii_lowered(charset);
    const bool says_nothing = name.empty() || name == "us-ascii" || name == "ascii" || name == "utf-8" || name == "utf8" ||
                              name.starts_with("unknown") || name.starts_with("x-unknown") || name == "8bit" || name == "default";
    if (says_nothing) {
        if (is_valid_utf8(bytes)) return bytes;
    } else if (name != "iso-8859-1" && name != "latin1") {
        if (auto text = decode_charset(bytes, name.c_str())) return to_valid_utf8(*text);
        if (is_valid_utf8(bytes)) return bytes;
    }
    return to_valid_utf8(decode_charset(bytes, "windows-1252").value_or(bytes));
}

// ---- HTML

/// The words of a page without those it quotes.
class PageReader final : public MarkupHandler {
public:
    PageReader() { text_.begin(); }

    Flow on_open(const MarkupTag& tag, const Location&) override {
        if (hidden_ > 0 || tag.name == "title" || is_quote(tag)) {
            if (hidden_++ == 0 && tag.name != "title") ++quotes_;
            return Flow::proceed;
        }
        text_.open(tag);
        return Flow::proceed;
    }
    Flow on_close(std::string_view name, const Location&) override {
        if (hidden_ > 0) {
            --hidden_;
            return Flow::proceed;
        }
        (void)text_.close(name);
        return Flow::proceed;
    }
    Flow on_text(std::string_view text, const Location&) override {
        if (hidden_ == 0) text_.text(text);
        return Flow::proceed;
    }

    [[nodiscard]] MarkupText& text() noexcept { return text_; }
    [[nodiscard]] std::uint32_t quotes() const noexcept { return quotes_; }

private:
    static bool is_quote(const MarkupTag& tag) {
        return tag.name == "blockquote" || tag.has_class("gmail_quote") || tag.has_class("gmail_attr") ||
               tag.has_class("moz-cite-prefix") || tag.has_class("moz-signature") || tag.has_class("gmail_signature") ||
               tag.has_class("yahoo_quoted") || tag.has_class("OutlookMessageHeader") || tag["id"] == "divRplyFwdMsg" ||
               tag["id"] == "appendonsend";
    }

    MarkupText text_;
    std::size_t hidden_ = 0;  // open elements, the quote and those inside it
    std::uint32_t quotes_ = 0;
};

// ---- the parts of a letter

class PartReader {
public:
    explicit PartReader(Letter& letter) : letter_(letter) {}

    void read(GMimeObject* part, int depth) {
        if (part == nullptr || depth > greatest_depth || ++parts_ > most_parts) return;
        if (GMIME_IS_MULTIPART(part)) return read_multipart(GMIME_MULTIPART(part), depth);
        if (GMIME_IS_MESSAGE_PART(part)) return read_message(part);
        if (!GMIME_IS_PART(part)) return;
        const std::string type = type_of(part);
        if (type == "text/vnd.google.email-reaction+json") {
            letter_.is_reaction = true;
        } else if (is_signature(type)) {
            return;
        } else if (type.starts_with("text/") && !is_attachment(part) && type != "text/calendar" && type != "text/vcard" &&
                   type != "text/x-vcard") {
            read_text(GMIME_PART(part), type == "text/html");
        } else {
            ++letter_.attachments;
        }
    }

    void finish() {
        OwnWords own = own_words(plain_);
        letter_.text = std::move(own.text);
        letter_.quoted_lines = own.quoted_lines + quotes_;
        letter_.attachments += own.files;
        if (letter_.digest.empty() && is_digest_by_subject()) split_digest();
        letter_.is_digest = !letter_.digest.empty() || is_digest_by_subject();
    }

private:
    static std::string type_of(GMimeObject* part) {
        GMimeContentType* const type = g_mime_object_get_content_type(part);
        if (type == nullptr) return "text/plain";
        const std::string media = valid(g_mime_content_type_get_media_type(type));
        return ascii_lowered(media + '/' + valid(g_mime_content_type_get_media_subtype(type)));
    }
    static bool is_signature(std::string_view type) {
        return type == "application/pgp-signature" || type == "application/pkcs7-signature" ||
            type == "application/x-pkcs7-signature" ||
               type == "application/pgp-encrypted" || type == "application/pgp-keys" || type == "text/rfc822-headers" ||
                   type == "message/delivery-status";
    }
    static bool is_attachment(GMimeObject* part) {
        const char* const disposition = g_mime_object_get_disposition(part);
        return disposition != nullptr && ascii_lowered(disposition) == "attachment";
    }

    void read_multipart(GMimeMultipart* parts, int depth) {
        const std::string type = type_of(GMIME_OBJECT(parts));
        const int count = g_mime_multipart_get_count(parts);
        if (type == "multipart/alternative") return read_alternative(parts, count, depth);
        const bool digest = type == "multipart/digest";
        for (int i = 0; i < count && parts_ < most_parts; ++i) {
            GMimeObject* const part = g_mime_multipart_get_part(parts, i);
            if (digest && GMIME_IS_MESSAGE_PART(part)) take_of_digest(part);
            else read(part, depth + 1);
        }
    }

    /// The plainest of several forms of one text; a picture inside HTML is part of that form.
    void read_alternative(GMimeMultipart* parts, int count, int depth) {
        GMimeObject* chosen = nullptr;
        int best = -1;
        for (int i = 0; i < count && i < static_cast<int>(most_parts); ++i) {
            GMimeObject* const part = g_mime_multipart_get_part(parts, i);
            const std::string type = type_of(part);
            if (type == "text/vnd.google.email-reaction+json") letter_.is_reaction = true;
            const int rank = type == "text/plain" ? 3 : type == "text/html" ? 2 : type.starts_with("multipart/") ? 1 : 0;
            if (rank <= best) continue;
            best = rank;
            chosen = part;
        }
        if (best <= 0) return;
        const std::size_t before = plain_.size();
        read(chosen, depth + 1);
        if (best != 3 || !trim(std::string_view(plain_).substr(before)).empty()) return;
        for (int i = 0; i < count; ++i) {  // an empty plain form beside a page: the page
            GMimeObject* const part = g_mime_multipart_get_part(parts, i);
            if (part != chosen && (type_of(part) == "text/html" || GMIME_IS_MULTIPART(part))) return read(part, depth + 1);
        }
    }

    void read_message(GMimeObject* part) {
        if (type_of(part) == "message/rfc822" && is_digest_by_subject()) take_of_digest(part);
        else if (!is_signature(type_of(part))) ++letter_.attachments;
    }

    void take_of_digest(GMimeObject* part) {
        if (letter_.digest.size() >= most_in_digest) return;
        GMimeMessage* const inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
        if (inner == nullptr) return;
        const std::unique_ptr<char, decltype(&g_free)> bytes(g_mime_object_to_string(GMIME_OBJECT(inner), nullptr), &g_free);
        if (bytes) letter_.digest.emplace_back(bytes.get());
    }

    [[nodiscard]] bool is_digest_by_subject() const {
        const std::size_t at = letter_.subject.find(" Digest, Vol ");
        return at != std::string::npos && letter_.subject.find(", Issue ", at) != std::string::npos;
    }

    /// RFC 1153: letters of a few headers each, below rows of 70 or 30 dashes.
    void split_digest() {
        std::string piece;
        const auto take = [&] {
            const std::string_view bytes = trim(piece);
            if (begins_as_letter(bytes) && letter_.digest.size() < most_in_digest) letter_.digest.emplace_back(bytes);
            piece.clear();
        };
        for (std::string_view line : split(plain_, '\n')) {
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (line.size() >= 30 && line.find_first_not_of('-') == std::string_view::npos) take();
            else (piece += line) += '\n';
        }
        take();
    }

    void read_text(GMimePart* part, bool is_page) {
        if (plain_.size() >= longest_text) return;
        GMimeDataWrapper* const content = g_mime_part_get_content(part);
        if (content == nullptr) return;
        const Ref<GMimeStream> memory(g_mime_stream_mem_new());
        (void)g_mime_data_wrapper_write_to_stream(content, memory.get());
        const GByteArray* const raw = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
        if (raw == nullptr || raw->len == 0) return;
        const char* const charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
        const std::size_t room = is_page ? longest_text * 4 : longest_text - plain_.size();
        const std::string bytes(reinterpret_cast<const char*>(raw->data), std::min<std::size_t>(raw->len, room));
        std::string text = decoded(bytes, charset == nullptr ? "" : charset);
        if (is_page) text = words_of_page(text);
        if (!plain_.empty() && !plain_.ends_with('\n')) plain_ += '\n';
        plain_ += text;
    }

    std::string words_of_page(const std::string& page) {
        PageReader reader;
        const auto stream = memory_stream(page);
        MarkupOptions options;
        options.charset = "utf-8";
        (void)read_html(*stream, {}, reader, options);
        quotes_ += reader.quotes();
        for (std::string& link : reader.text().take_links())
            if (letter_.links.size() < most_parts) letter_.links.push_back(std::move(link));
        return reader.text().take();
    }

    Letter& letter_;
    std::string plain_;
    std::size_t parts_ = 0;
    std::uint32_t quotes_ = 0;
};

// ---- headers

void add_mailboxes(std::vector<Mailbox>& found, InternetAddressList* list, int depth = 0) {
    if (list == nullptr || depth > 3) return;
    const int count = internet_address_list_length(list);
    for (int i = 0; i < count && found.size() < most_mailboxes; ++i) {
        InternetAddress* const each = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(each)) {
            add_mailboxes(found, internet_address_group_get_members(INTERNET_ADDRESS_GROUP(each)), depth + 1);
        } else if (INTERNET_ADDRESS_IS_MAILBOX(each)) {
            Mailbox mailbox{.name = on_one_line(valid(internet_address_get_name(each))),
                            .address = ascii_lowered(trim(valid(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(each)))))};
            if (mailbox.name.size() >= 2 && mailbox.name.front() == '\'' && mailbox.name.back() == '\'')
                mailbox.name = mailbox.name.substr(1, mailbox.name.size() - 2);  // Outlook's
            if (!mailbox.name.empty() || !mailbox.address.empty()) found.push_back(std::move(mailbox));
        }
    }
}

/// The last "<...>" of a list of ids, which may hold prose.
std::string last_id(std::string_view value) {
    const std::size_t close = value.rfind('>');
    const std::size_t open = close == std::string_view::npos ? close : value.rfind('<', close);
    if (open == std::string_view::npos) {
        const std::string_view bare = trim(value);
        return bare.find('@') != std::string_view::npos && bare.find(' ') == std::string_view::npos ? std::string(bare)
            : std::string();
    }
    std::string id(value.substr(open + 1, close - open - 1));
    std::erase_if(id, [](char c) { return c == ' ' || c == '\t'; });
    return id;
}

std::optional<LetterTime> time_of(const char* text) {
    GDateTime* const date = text == nullptr ? nullptr : g_mime_utils_header_decode_date(text);
    if (date == nullptr) return std::nullopt;
    const std::int64_t seconds = g_date_time_to_unix(date);
    g_date_time_unref(date);
    return LetterTime{.at = Instant(std::chrono::seconds(seconds)), .basis = TimeBasis::offset};
}

/// Letters that no clock was right for: before mail was, or not yet written.
bool is_possible(const LetterTime& time) {
    return time.at >= Instant(std::chrono::seconds(315'532'800)) &&
        time.at < Instant(std::chrono::seconds(4'102'444'800));  // 1980, 2100
}

void read_headers(GMimeMessage* message, Letter& letter) {
    GMimeHeaderList* const list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    const int count = std::min(g_mime_header_list_get_count(list), static_cast<int>(most_headers));
    std::string raw_from;
    std::optional<LetterTime> received;
    for (int i = 0; i < count; ++i) {
        GMimeHeader* const header = g_mime_header_list_get_header_at(list, i);
        std::string name = ascii_lowered(valid(g_mime_header_get_name(header)));
        if (name == "received") {  // the first one is the last that was added
            const std::string value = valid(g_mime_header_get_raw_value(header));
            if (const std::size_t semicolon = value.rfind(';'); !received && semicolon != std::string::npos)
                received = time_of(value.c_str() + semicolon + 1);
        }
        if (name == "from" && raw_from.empty()) raw_from = valid(g_mime_header_get_raw_value(header));
        std::string value = on_one_line(valid(g_mime_header_get_value(header)));
        if (value.size() > longest_header) value = to_valid_utf8(std::string_view(value).substr(0, longest_header));
        letter.headers.emplace_back(std::move(name), std::move(value));
    }
    std::vector<Mailbox> from;
    add_mailboxes(from, g_mime_message_get_from(message));
    if (raw_from.find('@') == std::string::npos && !raw_from.empty()) {
        const std::string unmasked = unmask_address(raw_from);
        if (unmasked.find('@') != std::string::npos) from = parse_mailboxes(unmasked);
    }
    if (from.empty()) add_mailboxes(from, g_mime_message_get_sender(message));
    if (!from.empty()) letter.from = std::move(from.front());
    add_mailboxes(letter.reply_to, g_mime_message_get_reply_to(message));
    add_mailboxes(letter.to, g_mime_message_get_to(message));
    add_mailboxes(letter.cc, g_mime_message_get_cc(message));

    letter.subject = letter.header("subject");
    letter.id = last_id(letter.header("message-id"));
    if (letter.id.empty()) {
        letter.id = trim(letter.header("message-id"));
        std::erase_if(letter.id, [](char c) { return c == '<' || c == '>'; });
    }
    letter.parent = last_id(letter.header("in-reply-to"));
    if (letter.parent.empty()) letter.parent = last_id(letter.header("references"));
    if (letter.parent == letter.id) letter.parent.clear();
    letter.date = time_of(std::string(letter.header("date")).c_str());
    if (!letter.date || !is_possible(*letter.date)) letter.date = received;
    if (letter.date && !is_possible(*letter.date)) letter.date.reset();
}

}  // namespace

std::string_view Letter::header(std::string_view name) const noexcept {
    const auto found = std::ranges::find(headers, name, [](const auto& each) { return std::string_view(each.first); });
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

bool Letter::has(std::string_view name) const noexcept {
    return std::ranges::any_of(headers, [&](const auto& each) { return each.first == name; });
}

std::optional<Letter> parse_letter(std::string_view bytes, LetterParts parts) {
    GMimeParserOptions* const options = parser_options();
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (!is_header_line(bytes.substr(0, std::min(bytes.find_first_of("\r\n"), bytes.size())))) return std::nullopt;
    const Ref<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Ref<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Ref<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options));
    if (!message) return std::nullopt;
    Letter letter;
    read_headers(message.get(), letter);
    if (letter.headers.empty()) return std::nullopt;
    if (parts == LetterParts::headers) return letter;
    PartReader reader(letter);
    reader.read(g_mime_message_get_mime_part(message.get()), 0);
    reader.finish();
    return letter;
}

std::vector<Mailbox> parse_mailboxes(std::string_view value) {
    std::vector<Mailbox> found;
    const Ref<InternetAddressList> list(internet_address_list_parse(parser_options(), std::string(value).c_str()));
    add_mailboxes(found, list.get());
    return found;
}

std::string unmask_address(std::string_view value) {
    const std::string line = on_one_line(value);
    for (const std::string_view mask : {"(a)", "(at)", "_at_", " AT "}) {
        const std::size_t at = line.find(mask);
        if (at != std::string::npos && at > 0) return line.substr(0, at) + '@' + line.substr(at + mask.size());
    }
    // "anna at example.org (Anna Exemple)", where the middle word is in the language of the list.
    const std::string_view before = std::string_view(line).substr(0, line.find(" ("));
    const std::size_t first = before.find(' '), last = before.rfind(' ');
    if (first == std::string_view::npos || first == last || last - first > 6 ||
        before.find('.', last) == std::string_view::npos) return line;
    return std::string(before.substr(0, first)) + '@' + line.substr(last + 1);
}

}  // namespace secateur

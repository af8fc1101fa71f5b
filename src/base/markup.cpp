// SPDX-License-Identifier: GPL-3.0-or-later
// libxml2 parses, always in UTF-8: Utf8Stream turns the bytes into it first, so that the parser never has to change its mind
// about the charset, and keeps the way back to the places in the file. MarkupWalker receives the events of both parsers.
#include "base/ascii.hpp"
#include "base/markup.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <unicode/ucnv.h>

#include "base/text.hpp"

namespace secateur {
namespace {

constexpr std::size_t piece_size = std::size_t{16} << 10;
constexpr std::size_t pivot_size = 1024;  // UTF-16 between two charsets
constexpr std::size_t max_depth = 512;
constexpr std::size_t xml_limit = 9'900'000;  // libxml2's own for one tag, comment or section is a little above

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}
std::string_view view(const xmlChar* text, std::size_t size) { return {reinterpret_cast<const char*>(text), size}; }

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The charset that a byte-order mark, an XML declaration or a <meta> states; empty: none.
std::string stated_charset(std::string_view head) {
    if (head.starts_with("\xEF\xBB\xBF")) return "utf-8";
    if (head.starts_with("\xFF\xFE")) return "utf-16le";
    if (head.starts_with("\xFE\xFF")) return "utf-16be";
    if (head.starts_with(std::string_view("<\0?\0", 4)) || head.starts_with(std::string_view("<\0!\0", 4))) return "utf-16le";
    if (head.starts_with(std::string_view("\0<\0?", 4)) || head.starts_with(std::string_view("\0<\0!", 4))) return "utf-16be";
    const std::string lower = ascii_lowered(head.substr(0, 4096));
    const bool xml = lower.starts_with("<?xml");
    const std::string_view keyword = xml ? "encoding" : "charset";
    std::string_view where(lower);
    if (xml) where = where.substr(0, where.find("?>"));
    for (std::size_t at = where.find(keyword); at != std::string_view::npos; at = where.find(keyword, at + 1)) {
        if (!xml && where.substr(0, at).rfind("<meta") == std::string_view::npos) continue;
        std::string_view rest = where.substr(at + keyword.size());
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
        if (!rest.starts_with('=')) continue;
        rest.remove_prefix(1);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n\"'"), rest.size()));
        return std::string(rest.substr(0, rest.find_first_of(" \t\r\n\"';/>")));
    }
    return {};
}

/// Whether `text` is `word`, which is in lower case, in whatever case.
bool is_word(std::string_view text, std::string_view word) { return std::ranges::equal(text, word, {}, ascii_lower); }

/// Whether a tag begins like that: "<html".
bool has_tag(std::string_view text, std::string_view begin) {
    std::size_t at = text.find('<');
    while (at != std::string_view::npos && !is_word(text.substr(at, begin.size()), begin)) at = text.find('<', at + 1);
    return at != std::string_view::npos;
}

/// A character that the end of `head` cuts through does not count.
bool begins_in_utf8(std::string_view head) {
    for (int cut = 0; cut < 4 && !head.empty() && static_cast<unsigned char>(head.back()) >= 0x80 && !is_valid_utf8(head); ++cut) head.remove_suffix(1);
    return is_valid_utf8(head);
}

/// The bytes of a stream as UTF-8 without control characters, and the way back from a place in that to a place in the file.
class Utf8Stream {
public:
    Utf8Stream(ByteStream& stream, const MarkupOptions& options) : stream_(stream) {
        raw_size_ = fill();
        const std::string_view head(raw_.get(), raw_size_);
        const bool has_mark = head.starts_with("\xEF\xBB\xBF");
        const std::string& charset = options.charset;
        std::string name = charset.empty() ? stated_charset(head) : charset;
        if (name.empty() && !begins_in_utf8(head)) name = options.charset_if_silent;
        UErrorCode status = U_ZERO_ERROR;
        if (!name.empty()) converter_.reset(ucnv_open(name.c_str(), &status));
        // An unknown name, or a page that names a wide charset in readable ASCII: it is not what it says.
        if (U_FAILURE(status) || (converter_ && charset.empty() && ucnv_getMinCharSize(converter_.get()) > 1 && is_ascii(head) &&
                                  head.find('\0') == std::string_view::npos)) {
            converter_.reset();
        }
        if (converter_ && ucnv_getType(converter_.get()) == UCNV_UTF8) converter_.reset();
        if (converter_) {
            one_byte_ = ucnv_getMaxCharSize(converter_.get()) == 1;
            utf8_.reset(ucnv_open("utf-8", &status));
            pivot_.resize(pivot_size);
            pivot_begin_ = pivot_end_ = pivot_.data();
        } else if (has_mark) {
            skip_ = 3;
        }
    }

    /// The next piece, valid until the one after the next; empty at the end.
    std::string_view next() {
        while (!ended_) {
            Piece piece;
            piece.raw_begin = raw_total_;
            piece.text_begin = text_total_;
            ended_ = raw_size_ == 0;
            const std::string_view raw = std::string_view(raw_.get(), raw_size_).substr(std::min(skip_, raw_size_));
            piece.raw_begin += skip_;
            skip_ = 0;
            raw_total_ += raw_size_;
            converter_ ? convert(raw, piece) : repair(raw, piece);
            for (char& c : piece.text)
                if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') c = ' ';
            raw_size_ = ended_ ? 0 : fill();
            if (piece.text.empty()) continue;
            text_total_ += piece.text.size();
            pieces_.push_back(std::move(piece));
            return pieces_.back().text;
        }
        return {};
    }

    /// The byte of the file that a place in the text stands for. Places are asked in order.
    std::uint64_t raw_offset(std::uint64_t place) {
        while (pieces_.size() > 1 && pieces_[1].text_begin <= place) pieces_.pop_front();
        if (pieces_.empty()) return raw_total_;
        const Piece& piece = pieces_.front();
        place = std::min(place - std::min(place, piece.text_begin), std::uint64_t{piece.text.size()});
        if (piece.same) return piece.raw_begin + place;
        if (!one_byte_) return piece.raw_begin;
        if (counted_piece_ != piece.text_begin) counted_piece_ = piece.text_begin, counted_to_ = counted_ = 0;
        for (; counted_to_ < place; ++counted_to_) counted_ += is_continuation(piece.text[counted_to_]) ? 0 : 1;
        return piece.raw_begin + counted_;
    }
    [[nodiscard]] std::uint64_t bytes() const { return raw_total_; }

private:
    struct Piece {
        std::uint64_t raw_begin = 0, text_begin = 0;
        std::string text;
        bool same = false;  // byte for byte as in the file
    };
    struct Close {
        void operator()(UConverter* converter) const { ucnv_close(converter); }
    };

    std::size_t fill() {
        std::size_t size = 0;
        while (size < piece_size) {
            const std::size_t count = stream_.read(std::span(raw_.get() + size, piece_size - size));
            if (count == 0) break;
            size += count;
        }
        return size;
    }

    void repair(std::string_view raw, Piece& piece) {
        piece.raw_begin -= carried_.size();
        piece.text = std::move(carried_) + std::string(raw);
        carried_.clear();
        if (!ended_) {  // a character that the piece cuts through waits for its other half
            std::size_t lead = piece.text.size();
            while (lead > 0 && piece.text.size() - lead < 4 && is_continuation(piece.text[lead - 1])) --lead;
            if (lead > 0 && static_cast<unsigned char>(piece.text[lead - 1]) >= 0xC0) {
                carried_ = piece.text.substr(lead - 1);
                if (is_valid_utf8(carried_)) carried_.clear();
                piece.text.resize(piece.text.size() - carried_.size());
            }
        }
        piece.same = is_valid_utf8(piece.text);
        if (!piece.same) piece.text = to_valid_utf8(piece.text);
    }

    void convert(std::string_view raw, Piece& piece) {
        const char* from = raw.data();
        const char* const end = from + raw.size();
        std::array<char, 4096> buffer;  // NOLINT(*-member-init): written before it is read
        UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
        while (status == U_BUFFER_OVERFLOW_ERROR) {
            status = U_ZERO_ERROR;
            char* to = buffer.data();
            ucnv_convertEx(utf8_.get(), converter_.get(), &to, buffer.data() + buffer.size(), &from, end, pivot_.data(),
                           &pivot_begin_, &pivot_end_, pivot_.data() + pivot_.size(), 0, static_cast<UBool>(ended_), &status);
            piece.text.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
        }
        if (piece.text_begin == 0 && piece.text.starts_with("\xEF\xBB\xBF")) piece.text.erase(0, 3);
    }

    ByteStream& stream_;
    std::unique_ptr<char[]> raw_ = std::make_unique_for_overwrite<char[]>(piece_size);
    std::size_t raw_size_ = 0;  // read ahead, not yet turned into a piece
    std::size_t skip_ = 0;      // the byte-order mark
    std::uint64_t raw_total_ = 0, text_total_ = 0;
    bool ended_ = false;
    std::string carried_;
    std::unique_ptr<UConverter, Close> converter_, utf8_;
    std::vector<UChar> pivot_;
    UChar* pivot_begin_ = nullptr;
    UChar* pivot_end_ = nullptr;
    bool one_byte_ = false;
    std::deque<Piece> pieces_;
    std::uint64_t counted_piece_ = 0, counted_to_ = 0, counted_ = 0;
};

enum class Kind { html, xml };

class MarkupWalker {
public:
    MarkupWalker(Kind kind, ByteStream& stream, const std::string& entry, MarkupHandler& handler, const MarkupOptions& options)
        : kind_(kind), options_(options), handler_(handler), input_(stream, options) {
        where_.entry = entry;
    }

    MarkupOutcome read() {
        static std::once_flag once;
        std::call_once(once, xmlInitParser);
        parser_ = kind_ == Kind::html ? html_parser() : xml_parser();
        if (!parser_) throw std::bad_alloc();
        bool first = true;
        for (std::string_view piece = input_.next(); !piece.empty() && !done(); piece = input_.next()) {
            if (first && kind_ == Kind::html) whole_page_ = has_tag(piece.substr(0, 4096), "<html");
            first = false;
            remember_tail(piece);
            feed(piece);
            if (text_.empty()) (void)input_.raw_offset(last_end_);  // what lies before is not needed any more
            if (unread() > options_.value_limit) refuse(msg("markup.value_too_long", arg("limit", options_.value_limit)));
        }
        if (!done()) {
            if (first && kind_ == Kind::xml) refuse(msg("markup.empty"));
            if (whole_page_ && options_.needs_end && !has_tag(tail_, "</html")) {
                parse_waiting();
                refuse(msg("json.cut_off"));
            }
            last_ = true;
            feed({});
            deliver_text();
        }
        if (thrown_) std::rethrow_exception(thrown_);
        outcome_.bytes = input_.bytes();
        return std::move(outcome_);
    }

private:
    struct FreeParser {
        void operator()(xmlParserCtxt* parser) const {
            xmlFreeDoc(parser->myDoc);
            xmlFreeParserCtxt(parser);
        }
    };
    using Parser = std::unique_ptr<xmlParserCtxt, FreeParser>;

    static MarkupWalker& self(void* data) { return *static_cast<MarkupWalker*>(data); }

    /// What a handler throws must not travel through C.
    template <class Action>
    void guarded(Action action) {
        if (done()) return;
        try {
            action();
        } catch (...) {
            thrown_ = std::current_exception();
        }
    }

    xmlSAXHandler common_events() {
        xmlSAXHandler events{};
        events.initialized = XML_SAX2_MAGIC;
        events.characters = [](void* data, const xmlChar* text, int size) { self(data).characters(text, size); };
        events.ignorableWhitespace = events.characters;
        events.comment = [](void* data, const xmlChar*) { self(data).passed(); };
        events.serror = [](void* data, xmlErrorPtr error) { self(data).mistake(*error); };
        return events;
    }

    Parser html_parser() {
        xmlSAXHandler events = common_events();
        events.startElement = [](void* data, const xmlChar* name, const xmlChar** attributes) {
            self(data).guarded([&] { self(data).open_html(view(name), attributes); });
        };
        events.endElement = [](void* data, const xmlChar* name) { self(data).guarded([&] { self(data).close(view(name)); }); };
        events.cdataBlock = [](void* data, const xmlChar*, int) { self(data).passed(); };  // scripts and styles
        Parser parser(htmlCreatePushParserCtxt(&events, this, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8));
        if (parser) htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
        return parser;
    }

    Parser xml_parser() {
        xmlSAXHandler events = common_events();
        events.startElementNs = [](void* data, const xmlChar* name, const xmlChar* prefix, const xmlChar* space, int,
                                   const xmlChar**, int count, int, const xmlChar** attributes) {
            self(data).guarded([&] { self(data).open_xml(name, prefix, space, count, attributes); });
        };
        events.endElementNs = [](void* data, const xmlChar* name, const xmlChar* prefix, const xmlChar*) {
            self(data).guarded([&] { self(data).close(self(data).qualified(name, prefix)); });
        };
        events.cdataBlock = events.characters;
        events.processingInstruction = [](void* data, const xmlChar*, const xmlChar*) { self(data).passed(); };
        events.getEntity = [](void* data, const xmlChar* name) { return self(data).entity(name); };
        events.entityDecl = [](void* data, const xmlChar*, int, const xmlChar*, const xmlChar*, xmlChar*) {
            self(data).refuse(msg("markup.own_entities"));
        };
        Parser parser(xmlCreatePushParserCtxt(&events, this, nullptr, 0, nullptr));
        // Replacing is for attributes, which would keep "&#38;" otherwise; entity() knows none but HTML's.
        if (parser) xmlCtxtUseOptions(parser.get(), XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
        return parser;
    }

    void feed(std::string_view piece) {
        if (kind_ == Kind::xml) {
            xmlParseChunk(parser_.get(), piece.data(), static_cast<int>(piece.size()), last_);
            return;
        }
        // libxml2 2.9 forgets, between two chunks, whether it stood inside an attribute's quotes: it is made to look again from
        // the beginning of the tag. So that this stays cheap for a long one, the next chunk is as long as what waits.
        waiting_ += piece;
        if (last_ || waiting_.size() * 2 >= unread()) parse_waiting();
    }
    void parse_waiting() {
        parser_->checkIndex = 0;
        htmlParseChunk(parser_.get(), waiting_.data(), static_cast<int>(waiting_.size()), last_);
        waiting_.clear();
    }

    [[nodiscard]] bool done() const { return outcome_.end != MarkupEnd::complete || thrown_; }
    void obey(Flow flow) {
        if (flow == Flow::stop) outcome_.end = MarkupEnd::stopped;
    }
    void refuse(Message reason) {
        if (done()) return;
        locate(place());
        outcome_.end = MarkupEnd::broken;
        outcome_.problem = {ErrorKind::input, std::move(reason), where_, msg("json.hint_broken")};
    }
    void mistake(const xmlError& error) {
        if (kind_ == Kind::html || error.level != XML_ERR_FATAL || done()) return;
        // Characters that XML forbids and names that nobody declared lose nothing else.
        if (error.code == XML_ERR_INVALID_CHAR || error.code == XML_ERR_UNDECLARED_ENTITY) return;
        deliver_text();
        if (unread() + text_.size() > xml_limit) return refuse(msg("markup.value_too_long", arg("limit", xml_limit)));
        refuse(last_ ? msg("json.cut_off") : msg("markup.not_xml"));
    }

    /// Where the parser stands in the UTF-8 text.
    [[nodiscard]] std::uint64_t place() const {
        const xmlParserInput* input = parser_ ? parser_->input : nullptr;
        return input == nullptr ? 0 : input->consumed + static_cast<std::uint64_t>(input->cur - input->base);
    }
    [[nodiscard]] std::uint64_t unread() const {
        const xmlParserInput* input = parser_->input;
        return waiting_.size() + (input == nullptr ? 0 : static_cast<std::uint64_t>(input->end - input->cur));
    }
    void locate(std::uint64_t at) {
        where_.offset = input_.raw_offset(at);
        where_.line = parser_ && parser_->input != nullptr ? static_cast<std::uint64_t>(std::max(parser_->input->line, 1)) : 1;
    }
    /// The `<` of the tag that is being reported: the first one behind the last event.
    [[nodiscard]] std::uint64_t tag_begin() const {
        const xmlParserInput* input = parser_->input;
        const std::uint64_t here = place();
        if (input == nullptr || last_end_ < input->consumed || last_end_ > here) return here;
        const std::string_view behind = view(input->base + (last_end_ - input->consumed), here - last_end_);
        const std::size_t found = behind.find('<');
        return found == std::string_view::npos ? here : last_end_ + found;
    }
    void passed() { last_end_ = place(); }

    void characters(const xmlChar* text, int size) {
        if (done()) return;
        if (text_.empty()) text_begin_ = last_end_ = std::max(last_end_, text_start_);
        text_ += view(text, static_cast<std::size_t>(size));
        if (text_.size() > options_.value_limit) refuse(msg("markup.value_too_long", arg("limit", options_.value_limit)));
        passed();
    }
    void deliver_text() {
        if (text_.empty()) return;
        guarded([&] {
            locate(text_begin_);
            if (!is_valid_utf8(text_)) text_ = to_valid_utf8(text_);
            obey(handler_.on_text(text_, where_));
        });
        text_.clear();
    }

    void open_html(std::string_view name, const xmlChar** attributes) {
        const std::uint64_t begin = tag_begin();
        deliver_text();
        attributes_.clear();
        for (const xmlChar** at = attributes; at != nullptr && *at != nullptr; at += 2) {
            attributes_.push_back({view(at[0]), checked(view(at[1]))});
        }
        open({name, {}, attributes_}, begin, is_written(name, begin));
    }
    void open_xml(const xmlChar* name, const xmlChar* prefix, const xmlChar* space, int count, const xmlChar** attributes) {
        const std::uint64_t begin = tag_begin();
        deliver_text();
        attributes_.clear();
        for (const xmlChar** at = attributes; count > 0; --count, at += 5) {
            attributes_.push_back({qualified(at[0], at[1]), checked(view(at[3], static_cast<std::size_t>(at[4] - at[3])))});
        }
        open({qualified(name, prefix), view(space), attributes_}, begin, true);
    }
    /// False for the <html>, <body> and <p> that HTML lets people leave out.
    [[nodiscard]] bool is_written(std::string_view name, std::uint64_t begin) const {
        const xmlParserInput* input = parser_->input;
        if (input == nullptr || begin < input->consumed || begin + name.size() >= place()) return false;
        return is_word(view(input->base + (begin - input->consumed) + 1, name.size()), name);
    }
    void open(const MarkupTag& tag, std::uint64_t begin, bool written) {
        if (written) {
            // The text behind the tag begins after its `>`, which has not been read yet.
            const xmlParserInput* input = parser_->input;
            text_start_ = last_end_ = place();
            if (input != nullptr && input->cur < input->end && *input->cur == '>') ++text_start_;
        }
        if (++depth_ > max_depth) return refuse(msg("markup.too_deep", arg("limit", max_depth)));
        if (done()) return;
        locate(begin);
        obey(handler_.on_open(tag, where_));
        kept_.clear();
    }
    void close(std::string_view name) {
        deliver_text();
        if (done()) return;
        if (depth_ > 0) --depth_;
        passed();
        locate(last_end_);
        obey(handler_.on_close(name, where_));
        kept_.clear();
    }

    std::string_view qualified(const xmlChar* name, const xmlChar* prefix) {
        if (prefix == nullptr) return view(name);
        return kept_.emplace_back(std::string(view(prefix)) + ":" + std::string(view(name)));
    }
    std::string_view checked(std::string_view value) {
        return is_valid_utf8(value) ? value : kept_.emplace_back(to_valid_utf8(value));
    }

    /// HTML's names, as if XML had them from the start; never what the document declares.
    xmlEntityPtr entity(const xmlChar* name) {
        const htmlEntityDesc* known = htmlEntityLookup(name);
        if (known == nullptr) return nullptr;
        Entity& entity = entities_[known->value];
        if (entity.text.empty()) {
            std::array<xmlChar, 8> utf8{};
            const int size = xmlCopyCharMultiByte(utf8.data(), static_cast<int>(known->value));
            entity.text.assign(utf8.begin(), utf8.begin() + size);
            entity.text.push_back(0);
            entity.entity.type = XML_ENTITY_DECL;
            entity.entity.name = reinterpret_cast<const xmlChar*>(known->name);
            entity.entity.content = entity.entity.orig = entity.text.data();
            entity.entity.length = size;
            entity.entity.etype = XML_INTERNAL_PREDEFINED_ENTITY;
        }
        return &entity.entity;
    }

    void remember_tail(std::string_view piece) {
        constexpr std::size_t size = 256;
        tail_ += piece.substr(piece.size() - std::min(piece.size(), size));
        if (tail_.size() > size) tail_.erase(0, tail_.size() - size);
    }

    struct Entity {
        std::basic_string<xmlChar> text;
        xmlEntity entity{};
    };

    Kind kind_;
    const MarkupOptions& options_;
    MarkupHandler& handler_;
    Utf8Stream input_;
    Parser parser_;
    MarkupOutcome outcome_;
    std::exception_ptr thrown_;
    Location where_;
    std::vector<MarkupAttribute> attributes_;
    std::deque<std::string> kept_;  // what the views of the current tag need
    std::map<unsigned, Entity> entities_;
    std::string text_, tail_, waiting_;
    std::uint64_t text_begin_ = 0, text_start_ = 0, last_end_ = 0;
    std::size_t depth_ = 0;
    bool last_ = false, whole_page_ = false;
};

constexpr std::string_view white_space = " \t\r\n\f";

bool is_block(std::string_view name) {
    constexpr std::array<std::string_view, 24> blocks{"address", "article", "aside", "blockquote", "dd",  "div",
                                                      "dl",      "dt",      "figure", "footer",    "h1",  "h2",
                                                      "h3",      "h4",      "h5",    "h6",         "header", "li",
                                                      "ol",      "p",       "pre",   "section",    "tr",  "ul"};
    return std::find(blocks.begin(), blocks.end(), name) != blocks.end();
}

}  // namespace

std::string_view MarkupTag::operator[](std::string_view attribute) const noexcept {
    for (const MarkupAttribute& each : attributes)
        if (each.name == attribute) return each.value;
    return {};
}

bool MarkupTag::has(std::string_view attribute) const noexcept {
    return std::any_of(attributes.begin(), attributes.end(), [&](const MarkupAttribute& each) { return each.name == attribute; });
}

bool MarkupTag::has_class(std::string_view word) const noexcept {
    const std::string_view words = (*this)["class"];
    for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || white_space.find(words[at - 1]) != std::string_view::npos;
        if (begins && (end == words.size() || white_space.find(words[end]) != std::string_view::npos)) return true;
    }
    return false;
}

MarkupOutcome read_html(ByteStream& stream, const std::string& entry, MarkupHandler& handler, const MarkupOptions& options) {
    return MarkupWalker(Kind::html, stream, entry, handler, options).read();
}

MarkupOutcome read_xml(ByteStream& stream, const std::string& entry, MarkupHandler& handler, const MarkupOptions& options) {
    return MarkupWalker(Kind::xml, stream, entry, handler, options).read();
}

void MarkupText::begin() {
    text_.clear();
    links_.clear();
    depth_ = 1;
    verbatim_ = 0;
    space_due_ = false;
}

void MarkupText::break_line() {
    while (!text_.empty() && text_.back() == ' ') text_.pop_back();
    text_ += '\n';
    space_due_ = false;
}

void MarkupText::open(const MarkupTag& tag) {
    ++depth_;
    if (tag.name == "br") break_line();
    if (is_block(tag.name) && !text_.empty() && text_.back() != '\n') break_line();
    if (tag.name == "pre") ++verbatim_;
    const std::string_view address = tag.name == "a" ? tag["href"] : std::string_view();
    if (address.starts_with("http://") || address.starts_with("https://")) links_.emplace_back(address);
}

void MarkupText::text(std::string_view text) {
    if (verbatim_ > 0) {
        text_ += text;
        return;
    }
    while (!text.empty()) {
        const std::size_t word = std::min(text.find_first_not_of(white_space), text.size());
        space_due_ = space_due_ || word > 0;
        text.remove_prefix(word);
        if (text.empty()) return;
        if (space_due_ && !text_.empty() && text_.back() != '\n') text_ += ' ';
        space_due_ = false;
        const std::size_t end = std::min(text.find_first_of(white_space), text.size());
        text_ += text.substr(0, end);
        text.remove_prefix(end);
    }
}

bool MarkupText::close(std::string_view name) {
    if (depth_ == 0) return false;
    if (name == "pre" && verbatim_ > 0) --verbatim_;
    if (is_block(name) && !text_.empty() && text_.back() != '\n') break_line();
    return --depth_ == 0;
}

std::string MarkupText::take() {
    std::string result(trim(text_));
    text_.clear();
    return result;
}

std::vector<std::string> MarkupText::take_links() { return std::move(links_); }

HtmlText text_of_html(std::string_view fragment) {
    struct : MarkupHandler {
        MarkupText seen;
        Flow on_open(const MarkupTag& tag, const Location&) override {
            seen.open(tag);
            return Flow::proceed;
        }
        Flow on_close(std::string_view name, const Location&) override {
            (void)seen.close(name);
            return Flow::proceed;
        }
        Flow on_text(std::string_view text, const Location&) override {
            seen.text(text);
            return Flow::proceed;
        }
    } handler;
    handler.seen.begin();
    const std::unique_ptr<ByteStream> stream = memory_stream(fragment);
    (void)read_html(*stream, {}, handler, {.charset = "utf-8", .value_limit = fragment.size() * 2 + 1024, .needs_end = false});
    return {handler.seen.take(), handler.seen.take_links()};
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// RapidJSON parses; three things around it are ours, for speed and for what real exports do to JSON:
// - JsonInput, the stream: 256 KiB pieces, white space skipped 16 bytes at a time, unquoted words quoted on request;
// - the inner loop of strings (RapidJSON's hook ScanCopyUnescapedString): 16 bytes at a time straight into the arena, nothing kept
//   where no pattern asks, all escapes decoded here so that \xNN and lone surrogates do not end the document;
// - JsonWalker, the handler: follows the patterns with one bit mask a level and builds only what is delivered.
#include "base/json_stream.hpp"

#include <bit>
#include <cassert>

#include <rapidjson/error/error.h>
#include <rapidjson/reader.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/json_arena.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

enum class Refusal { none, value_too_long, value_too_deep, document_too_deep, number_too_long };

// 16 bytes looked at together. Bit i of each mask speaks of byte i.
struct Window {
    static constexpr std::size_t width = 16;
#ifdef __SSE2__
    __m128i bytes;
    explicit Window(const char* at) : bytes(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))) {}
    void store(char* to) const { _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes); }
    [[nodiscard]] unsigned equal(char c) const {
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c))));
    }
    [[nodiscard]] unsigned not_ascii() const { return static_cast<unsigned>(_mm_movemask_epi8(bytes)); }
    /// A quote, a backslash or a control character.
    [[nodiscard]] unsigned ends_plain_text() const {
        const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
        const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
        const __m128i highest = _mm_set1_epi8(0x1F);
        const __m128i control = _mm_cmpeq_epi8(_mm_max_epu8(bytes, highest), highest);
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), control)));
    }
    [[nodiscard]] unsigned not_space() const {
        const __m128i space = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
        const __m128i other = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')));
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(space, other))) ^ 0xFFFFU;
    }
#else
    char bytes[width];
    explicit Window(const char* at) { std::memcpy(bytes, at, width); }
    void store(char* to) const { std::memcpy(to, bytes, width); }
    template <class Test>
    [[nodiscard]] unsigned mask(Test test) const {
        unsigned result = 0;
        for (std::size_t i = 0; i < width; ++i) result |= (test(bytes[i]) ? 1U : 0U) << i;
        return result;
    }
    [[nodiscard]] unsigned equal(char c) const { return mask([c](char b) { return b == c; }); }
    [[nodiscard]] unsigned not_ascii() const { return mask([](char b) { return static_cast<unsigned char>(b) > 0x7F; }); }
    [[nodiscard]] unsigned ends_plain_text() const {
        return mask([](char b) { return b == '"' || b == '\\' || static_cast<unsigned char>(b) < 0x20; });
    }
    [[nodiscard]] unsigned not_space() const {
        return mask([](char b) { return b != ' ' && b != '\n' && b != '\r' && b != '\t'; });
    }
#endif
};

std::uint64_t count_lines(const char* begin, const char* end) {
    std::uint64_t lines = 0;
    for (; end - begin >= static_cast<std::ptrdiff_t>(Window::width); begin += Window::width) {
        lines += static_cast<unsigned>(std::popcount(Window(begin).equal('\n')));
    }
    return lines + static_cast<std::uint64_t>(std::count(begin, end, '\n'));
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// -1 when these are not `count` hexadecimal digits.
int hex_number(const char* at, int count) {
    int number = 0;
    for (int i = 0; i < count; ++i) {
        const int digit = hex_digit(at[i]);
        if (digit < 0) return -1;
        number = number * 16 + digit;
    }
    return number;
}

char* put_utf8(char* out, char32_t c) {
    const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6U));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12U));
        put(0x80 | ((c >> 6U) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18U));
        put(0x80 | ((c >> 12U) & 0x3F));
        put(0x80 | ((c >> 6U) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
    return out;
}

/// RapidJSON's stream concept over a ByteStream. The bytes from a little before the current one to `end_` are in memory and
/// followed by zeros, so that a Window may always be read; `at_ == end_` only at the end of the stream or after refuse().
class JsonInput {
public:
    using Ch = char;
    static constexpr std::size_t piece = std::size_t{256} << 10;

    JsonInput(ByteStream& stream, const JsonOptions& options, TextArena& texts, std::size_t piece_size)
        : stream_(stream),
          texts_(texts),
          value_limit_(std::min<std::uint64_t>(options.value_limit, std::uint64_t{1} << 31U)),
          hex_escapes_(options.repair_hex_escapes),
          bare_tokens_(options.repair_bare_tokens),
          capacity_(piece_size + kept_behind + lookahead),
          buffer_(std::make_unique_for_overwrite<char[]>(capacity_ + padding)),
          origin_(buffer_.get()),
          at_(origin_),
          end_(origin_),
          token_(origin_) {
        std::memset(buffer_.get(), 0, padding);
        ensure(3);
        if (end_ - at_ >= 3 && std::memcmp(at_, "\xEF\xBB\xBF", 3) == 0) at_ += 3;
        if (at_ == end_) more();
        token_ = at_;
    }
    JsonInput(const JsonInput&) = delete;
    JsonInput& operator=(const JsonInput&) = delete;

    // What RapidJSON calls.
    [[nodiscard]] char Peek() const { return *at_; }
    char Take() {
        const char c = *at_;
        if (end_ - at_ > 1) [[likely]] {
            ++at_;
        } else if (at_ != end_) {
            ++at_;
            more();
        }
        return c;
    }
    [[nodiscard]] std::size_t Tell() const { return static_cast<std::size_t>(offset_of(quoting_ ? resume_ : at_)); }
    char* PutBegin() { return nullptr; }  // in-situ parsing is not used
    void Put(char) {}
    std::size_t PutEnd(char*) { return 0; }

    void skip_space() {
        skip_between_documents();
        if (bare_tokens_) quote_bare_token();
    }
    void skip_between_documents() {
        if (static_cast<unsigned char>(*at_) <= ' ') {
            do {
                unsigned found = 0;
                while ((found = Window(at_).not_space()) == 0) at_ += Window::width;
                at_ += std::countr_zero(found);
            } while (at_ == end_ && more());
        }
        token_ = at_;
    }

    /// Reads a string up to what ends it (its quote, or anything that makes it wrong, for RapidJSON to report).
    void scan_string() {
        if (ignoring_) {
            scan<false>();
        } else {
            scan<true>();
        }
    }

    // What the walker asks.
    void ignore_strings(bool yes) { ignoring_ = yes; }
    [[nodiscard]] bool ignores_strings() const { return ignoring_; }
    /// The string just read holds bytes above 0x7F that came from the file, so it may be ill-formed.
    [[nodiscard]] bool string_needs_check() const { return not_ascii_ != 0; }
    /// Where the current token begins; for `{`, `[`, `}` and `]`, whose event comes before they are taken, also where we are.
    [[nodiscard]] std::uint64_t token_offset() const { return token_ != nullptr ? offset_of(token_) : token_offset_; }
    /// The bytes of the number just read; absent when it was absurdly long.
    [[nodiscard]] std::optional<std::string_view> number() const {
        if (token_ == nullptr || at_ - token_ > longest_number) return std::nullopt;
        return std::string_view(token_, static_cast<std::size_t>(at_ - token_));
    }
    void begin_value() { value_begin_ = token_offset(); }
    void end_value() { value_begin_.reset(); }
    [[nodiscard]] std::uint64_t value_limit() const { return value_limit_; }

    /// Makes RapidJSON believe that the stream ends here.
    void refuse(Refusal why) {
        if (refusal_ != Refusal::none) return;
        refused_at_ = Tell();
        refused_line_ = line_at(quoting_ ? resume_ : at_);
        refusal_ = why;
        quoting_ = false;
        at_ = end_ = origin_ = token_ = nothing;
        origin_offset_ = refused_at_;
    }
    [[nodiscard]] Refusal refusal() const { return refusal_; }
    [[nodiscard]] bool at_end() const { return at_ == end_ && !quoting_; }
    [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }
    [[nodiscard]] std::uint64_t line() const {
        return refusal_ != Refusal::none ? refused_line_ : line_at(quoting_ ? resume_ : at_);
    }

private:
    static constexpr std::ptrdiff_t longest_number = 1'000;
    static constexpr std::size_t kept_behind = 1'024;  // of what was read, stays in memory: the longest number and a bit more
    static constexpr std::size_t lookahead = 2048;    // ensure() asks for no more
    static constexpr std::size_t padding = 64;
    static constexpr char nothing[padding] = {};

    [[nodiscard]] std::uint64_t offset_of(const char* at) const {
        return origin_offset_ + static_cast<std::uint64_t>(at - origin_);
    }
    [[nodiscard]] std::uint64_t line_at(const char* at) const { return 1 + lines_read_ - count_lines(at, end_of_bytes()); }
    [[nodiscard]] const char* end_of_bytes() const { return quoting_ ? resume_end_ : end_; }

    /// Gets more bytes behind the current ones; false at the end of the stream.
    bool more() {
        if (quoting_) {
            quoting_ = false;
            at_ = resume_;
            end_ = resume_end_;
            if (at_ != end_) return true;
        }
        if (ended_ || refusal_ != Refusal::none) return false;
        if (value_begin_ && offset_of(at_) - *value_begin_ > value_limit_) {
            refuse(Refusal::value_too_long);
            return false;
        }
        char* const base = buffer_.get();
        if (static_cast<std::size_t>(base + capacity_ - end_) < capacity_ / 2) make_space();
        char* const to = base + (end_ - base);
        const std::size_t count = stream_.read({to, static_cast<std::size_t>(base + capacity_ - to)});
        std::memset(to + count, 0, padding);
        end_ = to + count;
        bytes_read_ += count;
        lines_read_ += count_lines(to, end_);
        ended_ = count == 0;
        return !ended_;
    }

    void make_space() {
        char* const base = buffer_.get();
        const char* const from = at_ - std::min<std::ptrdiff_t>(at_ - base, kept_behind);
        const std::ptrdiff_t shift = from - base;
        if (shift == 0) return;
        if (token_ != nullptr && token_ < from) {
            token_offset_ = offset_of(token_);
            token_ = nullptr;
        }
        std::memmove(base, from, static_cast<std::size_t>(end_ - from));
        origin_offset_ += static_cast<std::uint64_t>(shift);
        at_ -= shift;
        end_ -= shift;
        if (token_ != nullptr) token_ -= shift;
    }

    /// Tries to have `count` bytes from the current one on in memory; fewer only near the end.
    void ensure(std::ptrdiff_t count) {
        while (!quoting_ && end_ - at_ < count && more()) {
        }
    }

    template <bool keep>
    void scan() {
        not_ascii_ = 0;
        char* out = keep ? texts_.begin_text() : nullptr;
        for (;;) {
            if (keep && out >= texts_.limit()) [[unlikely]] {
                texts_.set_at(out);
                texts_.make_room();
                out = texts_.at();
            }
            const Window window(at_);
            if (keep) window.store(out);
            const unsigned stop = window.ends_plain_text();
            if (stop == 0) {
                at_ += Window::width;
                if (keep) {
                    out += Window::width;
                    not_ascii_ |= window.not_ascii();
                }
                continue;
            }
            const int plain = std::countr_zero(stop);
            at_ += plain;
            if (keep) {
                out += plain;
                not_ascii_ |= window.not_ascii() & ((1U << plain) - 1U);
            }
            if (*at_ == '"') [[likely]] break;
            if (*at_ == '\\') {
                const Escape escape = read_escape();
                if (!escape.valid) break;
                if (keep) out = put_utf8(out, escape.code);
            } else if (at_ != end_) {
                break;
            } else {
                if (keep) {
                    texts_.set_at(out);
                    if (texts_.text().size() > value_limit_) {
                        refuse(Refusal::value_too_long);
                        break;
                    }
                }
                if (!more()) break;
            }
        }
        if (keep) texts_.set_at(out);
    }

    struct Escape {
        bool valid = false;
        char32_t code = 0;
    };
    /// Takes an escape, or nothing when it is invalid.
    Escape read_escape() {
        ensure(12);
        const std::ptrdiff_t available = end_ - at_;
        const auto take = [this](std::ptrdiff_t bytes, char32_t code) {
            at_ += bytes;
            if (at_ == end_) more();
            return Escape{true, code};
        };
        if (available < 2) return {};
        switch (at_[1]) {
            case '"': return take(2, '"');
            case '\\': return take(2, '\\');
            case '/': return take(2, '/');
            case 'b': return take(2, '\b');
            case 'f': return take(2, '\f');
            case 'n': return take(2, '\n');
            case 'r': return take(2, '\r');
            case 't': return take(2, '\t');
            case 'x': {
                const int code = hex_escapes_ && available >= 4 ? hex_number(at_ + 2, 2) : -1;
                if (code < 0) return {};
                return take(4, static_cast<char32_t>(code));
            }
            case 'u': break;
            default: return {};
        }
        const int code = available >= 6 ? hex_number(at_ + 2, 4) : -1;
        if (code < 0) return {};
        if (code < 0xD800 || code > 0xDFFF) return take(6, static_cast<char32_t>(code));
        if (code < 0xDC00 && available >= 12 && at_[6] == '\\' && at_[7] == 'u') {
            const int low = hex_number(at_ + 8, 4);
            if (low >= 0xDC00 && low <= 0xDFFF) {
                return take(12, 0x10000U + ((static_cast<char32_t>(code) - 0xD800U) << 10U) + (static_cast<char32_t>(low) - 0xDC00U));
            }
        }
        return take(6, 0xFFFD);  // half a pair: a text cut in the middle of an emoji
    }

    // Called before each token when repair_bare_tokens is set: follows just enough structure to know where a value is due.
    void quote_bare_token() {
        if (quoting_ || at_ == end_) return;
        const char c = *at_;
        const bool in_object = !objects_.empty() && objects_.back();
        const bool value_due = in_object ? before_ == ':' : before_ != 'v';
        if (!objects_.empty() && value_due && is_bare(c)) {
            quote_word();
            before_ = 'v';
            return;
        }
        if ((c == '{' || c == '[') && objects_.size() < max_followed) objects_.push_back(c == '{');
        if ((c == '}' || c == ']') && !objects_.empty()) objects_.pop_back();
        before_ = c == ':' || c == ',' || c == '{' || c == '[' ? c : 'v';
        // A document is over: the next one begins anew.
        if (before_ == 'v' && objects_.empty()) before_ = 0;
    }

    [[nodiscard]] bool is_bare(char c) {
        switch (c) {
            case '"': case '{': case '}': case '[': case ']': case ',': case ':': case '-': case '+': case '\0':
                return false;
            default:
                break;
        }
        if (c >= '0' && c <= '9') return false;
        ensure(6);
        for (const std::string_view literal : {"true", "false", "null"}) {
            const auto length = static_cast<std::ptrdiff_t>(literal.size());
            if (end_ - at_ < length || std::memcmp(at_, literal.data(), literal.size()) != 0) continue;
            const char next = at_[length];
            if (next == ',' || next == '}' || next == ']' || static_cast<unsigned char>(next) <= ' ') return false;
        }
        return true;
    }

    /// A word ends before `,`, `}`, `]`, `"` or a control character; one that begins with `(` holds all up to `)`: Telegram's
    /// "(File unavailable, please try again later)".
    void quote_word() {
        ensure(static_cast<std::ptrdiff_t>(lookahead / 2));
        const char* stop = at_;
        const auto ends = [](char c) { return c == '"' || static_cast<unsigned char>(c) < ' '; };
        if (*stop == '(') {
            while (stop != end_ && *stop != ')' && !ends(*stop)) ++stop;
        }
        while (stop != end_ && *stop != ',' && *stop != '}' && *stop != ']' && !ends(*stop)) ++stop;
        if (stop == end_ || *stop == '"') return;  // too long, cut off, or something else: for RapidJSON to report
        const char* word_end = stop;
        while (word_end != at_ && word_end[-1] == ' ') --word_end;
        quoted_ = '"';
        for (const char* c = at_; c != word_end; ++c) {
            if (*c == '\\') quoted_ += '\\';
            quoted_ += *c;
        }
        quoted_ += '"';
        const std::size_t length = quoted_.size();
        quoted_.append(padding, '\0');
        resume_ = word_end;
        resume_end_ = end_;
        quoting_ = true;
        at_ = quoted_.data();
        end_ = at_ + length;
    }

    ByteStream& stream_;
    TextArena& texts_;
    const std::uint64_t value_limit_;
    const bool hex_escapes_;
    const bool bare_tokens_;
    const std::size_t capacity_;
    std::unique_ptr<char[]> buffer_;
    const char* origin_;  // the byte at origin_offset_
    std::uint64_t origin_offset_ = 0;
    const char* at_;
    const char* end_;
    const char* token_;  // null: no longer in memory, it was at token_offset_
    std::uint64_t token_offset_ = 0;
    bool ignoring_ = false;
    unsigned not_ascii_ = 0;
    bool ended_ = false;
    std::optional<std::uint64_t> value_begin_;
    std::uint64_t bytes_read_ = 0;
    std::uint64_t lines_read_ = 0;
    Refusal refusal_ = Refusal::none;
    std::uint64_t refused_at_ = 0;
    std::uint64_t refused_line_ = 0;

    // A bare word being presented in quotes; reading goes on at resume_.
    static constexpr std::size_t max_followed = 100'000;
    bool quoting_ = false;
    std::string quoted_;
    const char* resume_ = nullptr;
    const char* resume_end_ = nullptr;
    std::vector<bool> objects_;
    char before_ = 0;
};

/// Found by RapidJSON through its argument.
inline void SkipWhitespace(JsonInput& input) { input.skip_space(); }

}  // namespace
}  // namespace secateur

// RapidJSON's own hook for a faster inner loop, meant for its string streams; a later version without it would not compile here.
template <>
template <>
inline void rapidjson::Reader::ScanCopyUnescapedString(secateur::JsonInput& is, rapidjson::Reader::StackStream<char>&) {
    is.scan_string();
}

namespace secateur {
namespace {

using Mask = std::uint64_t;

struct Step {
    enum Kind { element, any_name, name } kind = element;
    std::string_view text;
};

std::vector<Step> parse_path(std::string_view path) {
    std::vector<Step> steps;
    while (!path.empty()) {
        if (path.starts_with("[*]")) {
            steps.push_back({Step::element, {}});
            path.remove_prefix(3);
        } else {
            if (path.front() == '.') path.remove_prefix(1);
            const std::string_view name = path.substr(0, path.find_first_of(".["));
            assert(!name.empty());
            steps.push_back({name == "*" ? Step::any_name : Step::name, name});
            path.remove_prefix(name.size());
        }
    }
    return steps;
}

/// All patterns side by side: at each depth, which of them may go on how.
class PatternTable {
public:
    explicit PatternTable(const std::vector<JsonPattern>& patterns) {
        assert(patterns.size() <= 64);
        for (const JsonPattern& pattern : patterns) {
            const Mask bit = Mask{1} << paths_.size();
            const std::vector<Step> steps = parse_path(pattern.path);
            if (levels_.size() <= steps.size()) levels_.resize(steps.size() + 1);
            std::size_t key_depth = 0;
            bool starred = false;
            for (std::size_t depth = 0; depth < steps.size(); ++depth) {
                Level& level = levels_[depth];
                if (steps[depth].kind == Step::element) {
                    level.elements |= bit;
                    continue;
                }
                level.names |= bit;
                if (steps[depth].kind == Step::any_name) {
                    level.any_names |= bit;
                    starred = true;
                    key_depth = depth + 1;
                } else if (!starred) {
                    key_depth = depth + 1;
                }
            }
            Level& last = levels_[steps.size()];
            (pattern.kind == JsonPattern::value ? last.values : last.scopes) |= bit;
            all_ |= bit;
            paths_.push_back({steps, key_depth});
        }
    }

    struct Level {
        Mask elements = 0, names = 0, any_names = 0;  // of patterns that go on
        Mask values = 0, scopes = 0;                  // of patterns that end here
    };
    [[nodiscard]] Mask all() const { return all_; }
    [[nodiscard]] const Level& level(std::size_t depth) const { return depth < levels_.size() ? levels_[depth] : none_; }
    [[nodiscard]] Mask named(std::size_t depth, Mask alive, std::string_view key) const {
        const Level& here = level(depth);
        Mask result = alive & here.any_names;
        for (Mask rest = alive & here.names & ~here.any_names; rest != 0; rest &= rest - 1) {
            const auto index = static_cast<std::size_t>(std::countr_zero(rest));
            if (paths_[index].steps[depth].text == key) result |= rest & (~rest + 1);
        }
        return result;
    }
    /// Depth of the member name that on_value tells: the last `*`, else the last name.
    [[nodiscard]] std::size_t key_depth(std::size_t pattern) const { return paths_[pattern].key_depth; }

private:
    struct Path {
        std::vector<Step> steps;
        std::size_t key_depth;
    };
    std::vector<Path> paths_;
    std::vector<Level> levels_;
    Level none_;
    Mask all_ = 0;
};

/// RapidJSON's handler.
class JsonWalker {
public:
    using Ch = char;

    JsonWalker(JsonInput& input, JsonBuilder& builder, const std::string& entry, const std::vector<JsonPattern>& patterns,
               JsonHandler& handler)
        : input_(input), builder_(builder), handler_(handler), table_(patterns), records_(patterns.size()) {
        where_.entry = entry;
        max_nodes_ = std::max<std::uint64_t>(min_nodes, input.value_limit() / bytes_per_node);
        begin_document();
    }

    void begin_document() {
        frames_.clear();
        mode_ = Mode::following;
        expect(table_.all());
    }
    [[nodiscard]] bool stopped() const { return stopped_; }

    bool Null() { return scalar(JsonValue::Kind::null, "null"); }
    bool Bool(bool yes) { return scalar(JsonValue::Kind::boolean, yes ? std::string_view("true") : std::string_view("false")); }
    bool Int(int) { return number(JsonValue::Kind::integer); }
    bool Uint(unsigned) { return number(JsonValue::Kind::integer); }
    bool Int64(std::int64_t) { return number(JsonValue::Kind::integer); }
    bool Uint64(std::uint64_t) { return number(JsonValue::Kind::integer); }
    bool Double(double) { return number(JsonValue::Kind::number); }
    bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }  // only with a flag that is not used
    bool String(const char*, rapidjson::SizeType, bool) {
        if (mode_ == Mode::ignoring) return true;
        return scalar(JsonValue::Kind::string, input_.ignores_strings() ? std::string_view() : text());
    }
    bool Key(const char*, rapidjson::SizeType, bool) {
        if (mode_ == Mode::building) {
            builder_.set_key(text());
        } else if (mode_ == Mode::following) {
            const std::string_view key = text();
            const Mask child = table_.named(frames_.size() - 1, frames_.back().alive, key);
            if (child != 0) {
                if (names_.size() <= frames_.size()) names_.resize(frames_.size() + 1);
                names_[frames_.size()] = key;
            }
            builder_.texts.drop_text();
            expect(child);
        }
        return true;
    }
    bool StartObject() { return start(JsonValue::Kind::object); }
    bool StartArray() { return start(JsonValue::Kind::array); }
    bool EndObject(rapidjson::SizeType count) { return end(count); }
    bool EndArray(rapidjson::SizeType count) { return end(count); }

private:
    enum class Mode : std::uint8_t { following, building, ignoring };
    struct Frame {
        Mask alive = 0;   // patterns that reach this object or array and go on
        Mask scopes = 0;  // that end here
        bool array = false;
    };
    static constexpr std::size_t max_ignored_depth = 100'000;
    static constexpr std::uint64_t bytes_per_node = 16;  // "[0,0,0" would take ten times its length in memory
    static constexpr std::uint64_t min_nodes = 1'024;

    std::string_view text() {
        const std::string_view text = builder_.texts.text();
        if (!input_.string_needs_check() || is_valid_utf8(text)) [[likely]] return text;
        const std::string repaired = to_valid_utf8(text);
        builder_.texts.drop_text();
        return builder_.texts.add(repaired);
    }

    /// The next value is reached by these patterns.
    void expect(Mask child) {
        child_ = child;
        input_.ignore_strings(child == 0);
    }

    bool number(JsonValue::Kind kind) {
        if (mode_ == Mode::ignoring) return true;
        if (mode_ == Mode::following && (child_ & table_.level(frames_.size()).values) == 0) return scalar(kind, {});
        const std::optional<std::string_view> written = input_.number();
        if (!written) return refuse(Refusal::number_too_long);
        if (kind == JsonValue::Kind::number && written->find_first_of(".eE") == std::string_view::npos) {
            kind = JsonValue::Kind::integer;  // beyond 64 bits
        }
        if (written->size() > 32) return scalar(kind, builder_.texts.add(*written));
        // Short: one copy of fixed size, which both sides have room for.
        char* const to = builder_.texts.begin_text();
        std::memcpy(to, written->data(), 32);
        builder_.texts.set_at(to + written->size());
        return scalar(kind, {to, written->size()});
    }

    bool scalar(JsonValue::Kind kind, std::string_view text) {
        if (mode_ == Mode::building) [[likely]] {
            builder_.add(kind, text.data(), text.size());
            return builder_.node_count() <= max_nodes_ || refuse(Refusal::value_too_long);
        }
        if (mode_ == Mode::ignoring) return true;
        const Mask values = child_ & table_.level(frames_.size()).values;
        bool go_on = true;
        if (values != 0) {
            builder_.start();
            builder_.add(kind, text.data(), text.size());
            value_begin_ = input_.token_offset();
            values_ = values;
            go_on = deliver(input_.Tell());
        }
        builder_.texts.drop_text();
        finish_child();
        return go_on;
    }

    bool start(JsonValue::Kind kind) {
        if (mode_ == Mode::building) [[likely]] {
            if (!builder_.open(kind)) return refuse(Refusal::value_too_deep);
            return builder_.node_count() <= max_nodes_ || refuse(Refusal::value_too_long);
        }
        if (mode_ == Mode::ignoring) return ++ignored_depth_ <= max_ignored_depth || refuse(Refusal::document_too_deep);
        const PatternTable::Level& here = table_.level(frames_.size());
        if (const Mask values = child_ & here.values; values != 0) {
            mode_ = Mode::building;
            values_ = values;
            value_begin_ = input_.token_offset();
            input_.begin_value();
            builder_.texts.reset();
            builder_.start();
            (void)builder_.open(kind);
            return true;
        }
        const bool array = kind == JsonValue::Kind::array;
        const Frame frame{child_ & (array ? here.elements : here.names), child_ & here.scopes, array};
        if (frame.alive == 0 && frame.scopes == 0) {
            mode_ = Mode::ignoring;
            ignored_depth_ = 1;
            input_.ignore_strings(true);
            return true;
        }
        frames_.push_back(frame);
        input_.ignore_strings(false);  // the next string is a name
        if (array) expect(frame.alive);
        for (Mask rest = frame.scopes; rest != 0; rest &= rest - 1) {
            const auto pattern = static_cast<std::size_t>(std::countr_zero(rest));
            where_.record = ++records_[pattern];
            where_.offset = input_.token_offset();
            where_.length.reset();
            if (handler_.on_begin(pattern, where_) == Flow::stop) return stop();
        }
        return true;
    }

    bool end(rapidjson::SizeType count) {
        if (mode_ == Mode::building) [[likely]] {
            if (!builder_.close(count)) return true;
            mode_ = Mode::following;
            input_.end_value();
            const bool go_on = deliver(input_.token_offset() + 1);
            finish_child();
            return go_on;
        }
        if (mode_ == Mode::ignoring) {
            if (--ignored_depth_ == 0) {
                mode_ = Mode::following;
                finish_child();
            }
            return true;
        }
        const Mask scopes = frames_.back().scopes;
        frames_.pop_back();
        finish_child();
        for (Mask rest = scopes; rest != 0; rest &= rest - 1) {
            if (handler_.on_end(static_cast<std::size_t>(std::countr_zero(rest))) == Flow::stop) return stop();
        }
        return true;
    }

    /// After a whole value: in an array the next one is like it, in an object a name comes.
    void finish_child() {
        if (!frames_.empty() && frames_.back().array) {
            expect(frames_.back().alive);
        } else {
            child_ = 0;
            input_.ignore_strings(false);
        }
    }

    bool deliver(std::uint64_t end_offset) {
        where_.offset = value_begin_;
        where_.length = end_offset - value_begin_;
        if (*where_.length > input_.value_limit()) return refuse(Refusal::value_too_long);
        for (Mask rest = values_; rest != 0; rest &= rest - 1) {
            const auto pattern = static_cast<std::size_t>(std::countr_zero(rest));
            where_.record = ++records_[pattern];
            const std::size_t depth = table_.key_depth(pattern);
            const std::string_view key = depth > 0 ? std::string_view(names_[depth]) : std::string_view();
            if (handler_.on_value(pattern, key, builder_.root(), where_) == Flow::stop) return stop();
        }
        return true;
    }

    bool stop() {
        stopped_ = true;
        return false;
    }
    bool refuse(Refusal why) {
        input_.refuse(why);
        return false;
    }

    JsonInput& input_;
    JsonBuilder& builder_;
    JsonHandler& handler_;
    PatternTable table_;
    std::vector<std::uint64_t> records_;
    std::vector<Frame> frames_;
    std::vector<std::string> names_;  // by depth, the member name on the way to the current value
    Location where_;
    Mask child_ = 0;
    Mask values_ = 0;  // being built
    std::uint64_t value_begin_ = 0;
    std::size_t ignored_depth_ = 0;
    std::uint64_t max_nodes_ = 0;
    Mode mode_ = Mode::following;
    bool stopped_ = false;
};

Message reason_of(Refusal refusal, std::uint64_t limit) {
    switch (refusal) {
        case Refusal::value_too_deep:
            return msg("json.value_too_deep", arg("limit", JsonBuilder::max_depth));
        case Refusal::document_too_deep:
            return msg("json.document_too_deep");
        case Refusal::number_too_long:
            return msg("json.number_too_long");
        case Refusal::value_too_long:
        case Refusal::none:
            break;
    }
    return msg("json.value_too_long", arg("limit", limit));
}

Message reason_of(rapidjson::ParseErrorCode code) {
    switch (code) {
        case rapidjson::kParseErrorDocumentRootNotSingular:
            return msg("json.text_after_end");
        case rapidjson::kParseErrorObjectMissName:
            return msg("json.name_missing");
        case rapidjson::kParseErrorObjectMissColon:
            return msg("json.colon_missing");
        case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
        case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
            return msg("json.comma_missing");
        case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
        case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
        case rapidjson::kParseErrorStringEscapeInvalid:
        case rapidjson::kParseErrorStringInvalidEncoding:
        case rapidjson::kParseErrorStringMissQuotationMark:
            return msg("json.string_wrong");
        case rapidjson::kParseErrorNumberTooBig:
        case rapidjson::kParseErrorNumberMissFraction:
        case rapidjson::kParseErrorNumberMissExponent:
            return msg("json.number_wrong");
        default:
            return msg("json.value_missing");
    }
}

JsonOutcome read(ByteStream& stream, const std::string& entry, const std::vector<JsonPattern>& patterns, JsonHandler& handler,
                 const JsonOptions& options, JsonBuilder& builder, std::size_t piece) {
    // Numbers are taken as written, so RapidJSON's own conversion need not be exact.
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseStopWhenDoneFlag;
    JsonInput input(stream, options, builder.texts, piece);
    JsonWalker walker(input, builder, entry, patterns, handler);
    rapidjson::Reader reader;
    JsonOutcome outcome;
    const auto broken = [&](Message reason, std::uint64_t offset) {
        outcome.end = JsonEnd::broken;
        outcome.problem.kind = ErrorKind::input;
        outcome.problem.reason = std::move(reason);
        outcome.problem.where.entry = entry;
        outcome.problem.where.line = input.line();
        outcome.problem.where.offset = offset;
        outcome.problem.hint = msg("json.hint_broken");
    };
    for (std::uint64_t documents = 0;; ++documents) {
        input.skip_between_documents();
        if (documents > 0 && !options.many_documents) {
            if (!input.at_end()) broken(msg("json.text_after_end"), input.Tell());
            break;
        }
        if (input.at_end()) {
            if (documents == 0 && !options.many_documents) broken(msg("json.empty"), input.Tell());
            break;
        }
        walker.begin_document();
        const rapidjson::ParseResult result = reader.Parse<flags>(input, walker);
        if (!result.IsError() && input.refusal() == Refusal::none) continue;
        if (walker.stopped()) {
            outcome.end = JsonEnd::stopped;
        } else if (input.refusal() != Refusal::none) {
            broken(reason_of(input.refusal(), input.value_limit()), input.Tell());
        } else if (input.at_end()) {
            broken(msg("json.cut_off"), input.Tell());
        } else {
            broken(reason_of(result.Code()), result.Offset());
        }
        break;
    }
    outcome.bytes = input.bytes_read();
    return outcome;
}

}  // namespace

JsonOutcome read_json(ByteStream& stream, const std::string& entry, const std::vector<JsonPattern>& patterns, JsonHandler& handler,
                      const JsonOptions& options) {
    JsonBuilder builder;
    return read(stream, entry, patterns, handler, options, builder, JsonInput::piece);
}

struct JsonDocument::State {
    JsonBuilder builder;
    std::optional<Problem> problem;
};

JsonDocument::JsonDocument(std::string_view text, const JsonOptions& options) : state_(std::make_unique<State>()) {
    struct : JsonHandler {
        Flow on_value(std::size_t, std::string_view, JsonValue, const Location&) override { return Flow::proceed; }
    } nobody;
    const std::unique_ptr<ByteStream> stream = memory_stream(text);
    const std::size_t piece = std::min(text.size() + 1, JsonInput::piece);
    JsonOutcome outcome = read(*stream, {}, {{JsonPattern::value, ""}}, nobody, options, state_->builder, piece);
    if (outcome.end == JsonEnd::broken) {
        state_->builder.clear();
        state_->problem = std::move(outcome.problem);
    }
}

JsonDocument::~JsonDocument() = default;
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;

JsonValue JsonDocument::root() const noexcept { return state_->builder.root(); }
const std::optional<Problem>& JsonDocument::problem() const noexcept { return state_->problem; }

}  // namespace secateur

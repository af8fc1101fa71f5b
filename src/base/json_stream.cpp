// SPDX-License-Identifier: GPL-3.0-or-later
// RapidJSON parses; what stands around it is ours, for speed and for what real exports do to JSON: JsonInput, the stream, and
// JsonWalker, the handler, which follows the patterns with one bit mask a level and builds only what is delivered.
#include "base/json_stream.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

#include <rapidjson/error/error.h>
#include <rapidjson/reader.h>

#include "base/json_arena.hpp"
#include "base/json_input.hpp"
#include "base/text.hpp"

// RapidJSON's own hook for a faster inner loop, meant for its string streams: a whole string goes into the arena, or nowhere where
// no pattern asks for it. A later version of RapidJSON without the hook would not compile here.
template <>
template <>
inline void rapidjson::Reader::ScanCopyUnescapedString(secateur::json_detail::JsonInput& is,
                                                       rapidjson::Reader::StackStream<char>&) {
    is.scan_string();
}

namespace secateur {
namespace {

using json_detail::JsonInput;
using json_detail::Refusal;

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
            std::vector<Step> steps = parse_path(pattern.path);
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
            paths_.push_back({std::move(steps), key_depth});
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
               JsonHandler& handler, const JsonOptions& options)
        : input_(input), builder_(builder), handler_(handler), asked_about_(options.asked_about), table_(patterns), records_(patterns.size()) {
        where_.entry = entry;
        max_nodes_ = std::max<std::uint64_t>(min_nodes, input.value_limit() / bytes_per_node);
        begin_document();
    }

    void begin_document() {
        frames_.clear();
        building_ = passing_over_ = false;
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
        return scalar(JsonValue::Kind::string, input_.ignores_strings() ? std::string_view() : text());
    }
    bool Key(const char*, rapidjson::SizeType, bool) {
        if (building_) {
            builder_.set_key(text());
        } else {
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
    bool EndObject(rapidjson::SizeType) { return end(); }
    bool EndArray(rapidjson::SizeType) { return end(); }

private:
    struct Frame {
        Mask alive = 0;   // patterns that reach this object or array and go on
        Mask scopes = 0;  // that end here
        bool array = false;
    };
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
        if (!building_ && (child_ & table_.level(frames_.size()).values) == 0) return scalar(kind, {});
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
        if (building_) [[likely]] {
            builder_.add(kind, text.data(), text.size());
            return builder_.node_count() <= max_nodes_ || refuse(Refusal::value_too_long);
        }
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
        input_.enter(kind == JsonValue::Kind::object);
        if (building_) [[likely]] {
            if (builder_.depth() == 1 && !asked_about_.empty() && !is_wanted()) return pass_over();
            if (!builder_.open(kind)) return refuse(Refusal::value_too_deep);
            return builder_.node_count() <= max_nodes_ || refuse(Refusal::value_too_long);
        }
        const PatternTable::Level& here = table_.level(frames_.size());
        if (const Mask values = child_ & here.values; values != 0) {
            building_ = true;
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
        if (frame.alive == 0 && frame.scopes == 0) return pass_over();
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

    bool is_wanted() const {
        return std::ranges::find(asked_about_, builder_.key()) == asked_about_.end() || handler_.wants(builder_.key(), builder_.root());
    }

    bool pass_over() {
        input_.skip_inside();
        passing_over_ = true;
        return true;
    }

    bool end() {
        input_.leave();
        if (passing_over_) {
            passing_over_ = false;
            if (!building_) finish_child();
            return true;
        }
        if (building_) [[likely]] {
            if (!builder_.close()) return true;
            building_ = false;
            input_.end_value();
            const bool go_on = deliver(input_.token_offset() + 1);
            finish_child();
            return go_on;
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
    const std::vector<std::string_view>& asked_about_;
    PatternTable table_;
    std::vector<std::uint64_t> records_;
    std::vector<Frame> frames_;
    std::vector<std::string> names_;  // by depth, the member name on the way to the current value
    Location where_;
    Mask child_ = 0;
    Mask values_ = 0;  // being built
    std::uint64_t value_begin_ = 0;
    std::uint64_t max_nodes_ = 0;
    bool building_ = false;
    bool passing_over_ = false;
    bool stopped_ = false;
};

Message reason_of(Refusal refusal, std::uint64_t limit) {
    switch (refusal) {
        case Refusal::value_too_deep:
            return msg("json.value_too_deep", arg("limit", JsonBuilder::max_depth));
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
                 const JsonOptions& options, JsonBuilder& builder, std::size_t piece, JsonInput::Buffer& buffer) {
    // Numbers are taken as written, so RapidJSON's own conversion need not be exact.
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseStopWhenDoneFlag;
    JsonInput input(stream, options, builder.texts, piece, buffer);
    JsonWalker walker(input, builder, entry, patterns, handler, options);
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

JsonOutcome read_json(ByteStream& stream, const std::string& entry, const std::vector<JsonPattern>& patterns,
                      JsonHandler& handler, const JsonOptions& options) {
    // Kept warm from file to file. A handler that reads another file while one is open gets memory of its own.
    struct Memory {
        JsonBuilder builder;
        JsonInput::Buffer buffer;
    };
    thread_local std::unique_ptr<Memory> idle;
    std::unique_ptr<Memory> memory = idle ? std::move(idle) : std::make_unique<Memory>();
    memory->builder.clear();
    JsonOutcome outcome = read(stream, entry, patterns, handler, options, memory->builder, JsonInput::piece, memory->buffer);
    idle = std::move(memory);
    return outcome;
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
    JsonInput::Buffer buffer;
    JsonOutcome outcome = read(*stream, {}, {{JsonPattern::value, ""}}, nobody, options, state_->builder, piece, buffer);
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/messages.hpp"

#include <fmt/format.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/text.hpp"
#include "base/time.hpp"

namespace secateur {
namespace {

constexpr std::string_view tables[] = {
#include "message_tables.inc"
};

constexpr std::size_t languages = 2;

std::size_t index_of(Language language) noexcept { return language == Language::french ? 1 : 0; }

const icu::Locale& locale_of(Language language) {
    static const icu::Locale english("en", "GB"), french("fr", "FR");
    return language == Language::french ? french : english;
}

icu::UnicodeString to_utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string result;
    text.toUTF8String(result);
    return result;
}

std::string with_line_breaks(std::string_view text) {
    std::string result;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find("\\n", begin);
        result += text.substr(begin, end - begin);
        if (end == std::string_view::npos) return result;
        result += '\n';
        begin = end + 2;
    }
}

struct Row {
    std::array<std::string, languages> patterns;
    std::array<std::unique_ptr<icu::MessageFormat>, languages> formats;  // made when first asked for
    std::array<bool, languages> broken{};
};

/// The tables taken apart, once. Formats are made and used under the mutex: ICU's formats change inside while they format.
class Catalogue {
public:
    Catalogue() {
        for (std::string_view table : tables) {
            if (table.starts_with("\xEF\xBB\xBF")) table.remove_prefix(3);
            for (std::string_view line : split(table, '\n')) {
                if (line.ends_with('\r')) line.remove_suffix(1);
                const std::size_t first = line.find('\t');
                if (line.starts_with('#') || first == std::string_view::npos) continue;
                const std::size_t second = std::min(line.find('\t', first + 1), line.size());
                Row& row = rows_[line.substr(0, first)];
                row.patterns[0] = with_line_breaks(line.substr(first + 1, second - first - 1));
                row.patterns[1] = with_line_breaks(second < line.size() ? line.substr(second + 1) : std::string_view());
            }
        }
    }

    [[nodiscard]] std::vector<std::string_view> ids() const {
        std::vector<std::string_view> result;
        result.reserve(rows_.size());
        for (const auto& [id, row] : rows_) result.push_back(id);
        std::ranges::sort(result);
        return result;
    }

    [[nodiscard]] const std::string* pattern(std::string_view id, Language language) const {
        const auto found = rows_.find(id);
        return found == rows_.end() ? nullptr : &found->second.patterns[index_of(language)];
    }

    /// Nothing for an unknown id or a pattern that ICU refuses.
    std::optional<std::string> render(const Message& message, Language language) {
        const auto found = rows_.find(message.id);
        if (found == rows_.end()) return std::nullopt;
        Row& row = found->second;
        const std::size_t index = index_of(language);
        if (row.patterns[index].find_first_of("{'") == std::string::npos) return row.patterns[index];

        std::vector<icu::UnicodeString> names;
        std::vector<icu::Formattable> values;
        names.reserve(message.arguments.size());
        values.reserve(message.arguments.size());
        for (const Argument& argument : message.arguments) {
            names.push_back(to_utf16(argument.name));
            values.push_back(formattable(argument, language));
        }
        const std::lock_guard lock(mutex_);
        UErrorCode status = U_ZERO_ERROR;
        if (row.formats[index] == nullptr && !row.broken[index]) {
            UParseError place;
            row.formats[index] =
                std::make_unique<icu::MessageFormat>(to_utf16(row.patterns[index]), locale_of(language), place, status);
            if (U_FAILURE(status)) row.formats[index] = nullptr, row.broken[index] = true;
        }
        if (row.broken[index]) return std::nullopt;
        icu::UnicodeString text;
        row.formats[index]->format(names.data(), values.data(), static_cast<std::int32_t>(values.size()), text, status);
        if (U_FAILURE(status)) return std::nullopt;
        return to_utf8(text);
    }

private:
    static icu::Formattable formattable(const Argument& argument, Language language) {
        struct Visitor {
            Language language;
            icu::Formattable operator()(const std::string& text) const { return icu::Formattable(to_utf16(for_terminal(text))); }
            icu::Formattable operator()(std::int64_t value) const { return icu::Formattable(value); }
            icu::Formattable operator()(double value) const { return icu::Formattable(value); }
            icu::Formattable operator()(Day day) const { return icu::Formattable(to_utf16(render_day(day, language))); }
        };
        return std::visit(Visitor{language}, argument.value);
    }

    std::unordered_map<std::string_view, Row> rows_;
    std::mutex mutex_;
};

Catalogue& catalogue() {
    static Catalogue instance;
    return instance;
}

std::string plain_text(std::string_view id, Language language, std::vector<Argument> arguments = {}) {
    return render(Message{std::string(id), std::move(arguments)}, language);
}

std::string render_with_pattern(Day day, Language language, const char* pattern) {
    // Not safe to share between threads, dear to make.
    static std::mutex mutex;
    static std::map<std::pair<Language, std::string>, std::unique_ptr<icu::SimpleDateFormat>> formats;
    const std::lock_guard lock(mutex);
    UErrorCode status = U_ZERO_ERROR;
    auto& format = formats[{language, pattern}];
    if (format == nullptr) {
        format = std::make_unique<icu::SimpleDateFormat>(to_utf16(pattern), locale_of(language), status);
        if (U_SUCCESS(status)) format->setTimeZone(*icu::TimeZone::getGMT());
    }
    const double milliseconds = std::chrono::duration<double, std::milli>(day.time_since_epoch()).count();
    icu::UnicodeString text;
    format->format(milliseconds, text);
    return to_utf8(text);
}

/// Line and record numbers are for looking up, so they are not grouped.
std::string plain_number(std::uint64_t number) { return fmt::format("{}", number); }

}  // namespace

std::optional<Language> parse_language(std::string_view tag) {
    if (tag.size() > 2 && std::string_view("_-.@").find(tag[2]) == std::string_view::npos) return std::nullopt;
    const std::string code = fold_search(tag.substr(0, 2));
    if (code == "fr") return Language::french;
    if (code == "en") return Language::english;
    return std::nullopt;
}

std::string_view language_tag(Language language) { return language == Language::french ? "fr" : "en"; }

std::string render(const Message& message, Language language) {
    if (message.empty()) return {};
    if (auto text = catalogue().render(message, language)) return *std::move(text);
    return "[" + message.id + "]";
}

std::string render(const Location& where, Language language) {
    const std::string entry = for_terminal(where.entry);
    if (where.line) {
        const std::string line = plain_number(*where.line);
        if (entry.empty()) return plain_text("base.place_line", language, {arg("line", line)});
        return entry + ":" + line;
    }
    std::string inside;
    if (where.record) {
        inside = plain_text("base.place_record", language, {arg("record", plain_number(*where.record))});
    } else if (where.offset) {
        inside = plain_text("base.place_byte", language, {arg("byte", plain_number(*where.offset))});
    }
    if (entry.empty() || inside.empty()) return entry + inside;
    return entry + ", " + inside;
}

std::string render(const Problem& problem, Language language) {
    const std::string place = render(problem.where, language);
    const std::string reason = render(problem.reason, language);
    // Put together by hand: as an argument a text would lose the line breaks it may have.
    std::string result = plain_text("base.label_error", language) + ' ';
    if (!place.empty()) result += place + plain_text("base.colon", language) + ' ';
    result += reason;
    if (!problem.hint.empty()) result += '\n' + plain_text("base.label_hint", language) + ' ' + render(problem.hint, language);
    return result;
}

std::string render_number(double value, int decimals, Language language) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::number::FormattedNumber formatted = icu::number::NumberFormatter::withLocale(locale_of(language))
                                                       .precision(icu::number::Precision::fixedFraction(decimals))
                                                       .roundingMode(UNUM_ROUND_HALFUP)
                                                       .sign(UNUM_SIGN_NEGATIVE)  // never "-0"
                                                       .formatDouble(value, status);
    const icu::UnicodeString text = formatted.toString(status);
    return U_SUCCESS(status) ? to_utf8(text) : fmt::format("{:.{}f}", value, decimals);
}

std::string render_day(Day day, Language language, DayStyle style) {
    const bool french = language == Language::french;
    switch (style) {
        case DayStyle::short_form: return french ? render_with_pattern(day, language, "dd/MM/y") : format_date(day);
        case DayStyle::month: return render_with_pattern(day, language, "LLLL y");
        case DayStyle::long_form: break;
    }
    // French counts its days, but for the first, which is ordinal.
    const bool first = std::chrono::year_month_day(day).day() == std::chrono::day(1);
    return render_with_pattern(day, language, french && first ? "d'er' MMMM y" : "d MMMM y");
}

std::vector<std::string_view> message_ids() { return catalogue().ids(); }

std::optional<std::string_view> message_pattern(std::string_view id, Language language) {
    const std::string* const pattern = catalogue().pattern(id, language);
    if (pattern == nullptr) return std::nullopt;
    return *pattern;
}

std::optional<std::vector<MessageArgument>> message_arguments(std::string_view id, Language language) {
    const std::string* const text = catalogue().pattern(id, language);
    if (text == nullptr) return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    const icu::MessagePattern pattern(to_utf16(*text), &place, status);
    if (U_FAILURE(status)) return std::nullopt;
    std::vector<MessageArgument> result;
    for (std::int32_t i = 0; i + 1 < pattern.countParts(); ++i) {
        const icu::MessagePattern::Part& part = pattern.getPart(i);
        if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
        MessageArgument argument{.name = to_utf8(pattern.getSubstring(pattern.getPart(i + 1))), .use = {}};
        switch (part.getArgType()) {
            case UMSGPAT_ARG_TYPE_SIMPLE: argument.use = to_utf8(pattern.getSubstring(pattern.getPart(i + 2))); break;
            case UMSGPAT_ARG_TYPE_PLURAL: argument.use = "plural"; break;
            case UMSGPAT_ARG_TYPE_SELECTORDINAL: argument.use = "plural"; break;
            case UMSGPAT_ARG_TYPE_SELECT: argument.use = "select"; break;
            case UMSGPAT_ARG_TYPE_CHOICE: argument.use = "choice"; break;
            case UMSGPAT_ARG_TYPE_NONE: break;
        }
        const auto same = std::ranges::find(result, argument.name, &MessageArgument::name);
        if (same == result.end()) {
            result.push_back(std::move(argument));
        } else if (same->use.empty()) {
            same->use = argument.use;
        }
    }
    std::ranges::sort(result, {}, &MessageArgument::name);
    return result;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/linkedin/fields.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur::linkedin {
namespace {

constexpr std::size_t longest_number = 20;  // digits of a 64-bit number

/// No-break spaces, which some versions put before AM and PM, as plain ones.
std::string plain_spaces(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i).starts_with("\u00A0")) {
            plain += ' ', i += 2;
        } else if (text.substr(i).starts_with("\u202F")) {
            plain += ' ', i += 3;
        } else {
            plain += text[i++];
        }
    }
    return plain;
}

struct Pattern {
    const char* pattern;
    Precision precision;
};
// All in UTC, and none can be mistaken for another.
constexpr Pattern stamps[] = {
    {"%Y-%m-%d %H:%M:%S", Precision::second},
    {"%Y-%m-%d %H:%M:%S UTC", Precision::second},
    {"%Y/%m/%d %H:%M:%S UTC", Precision::second},
    {"%Y/%m/%d %H:%M:%S", Precision::second},
    {"%d %b %Y", Precision::day},
    {"%a %b %d %H:%M:%S UTC %Y", Precision::second},
    {"%a %b %d %H:%M:%S GMT %Y", Precision::second},
};
constexpr const char* spreadsheet_day = "%d-%b-%y";
constexpr const char* month_first_patterns[] = {"%m/%d/%y, %I:%M %p", "%m/%d/%Y, %I:%M %p"};
constexpr const char* event_patterns[] = {"%b %d, %Y %I:%M %p", "%b %d, %Y, %I:%M %p"};

/// A wall clock in the zone of the person, where one is known.
std::optional<When> local_when(const LocalTime& local, const std::optional<Zone>& zone) {
    const auto at = zone ? zone->to_instant(local) : as_utc(local);
    if (!at) return std::nullopt;
    return When{.at = *at, .precision = Precision::minute, .basis = zone ? TimeBasis::local_assumed : TimeBasis::local_unknown};
}

std::optional<When> parse_stamp(std::string_view text) {
    for (const Pattern& each : stamps)
        if (const auto local = parse_local(text, each.pattern))
            if (const auto at = as_utc(*local)) return When{.at = *at, .precision = each.precision};
    if (const auto local = parse_local(text, spreadsheet_day))
        if (const auto at = as_utc(*local)) return When{.at = *at, .precision = Precision::day};
    return std::nullopt;
}

template <class Patterns>
std::optional<When> parse_wall_clock(std::string_view text, const Patterns& patterns, const std::optional<Zone>& zone) {
    for (const char* pattern : patterns)
        if (const auto local = parse_local(text, pattern)) return local_when(*local, zone);
    return std::nullopt;
}

/// Digits from a place on; empty when there are none or too many.
std::string_view number_at(std::string_view text, std::size_t from) {
    std::size_t end = from;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - from > longest_number ? std::string_view() : text.substr(from, end - from);
}

/// "groupPost:1792820-7458..." or, in the address of a post, "groupPost-1792820-7458...".
bool find_group_post(std::string_view lowered, Target& target) {
    constexpr std::string_view mark = "grouppost";
    for (std::size_t at = lowered.find(mark); at != std::string_view::npos; at = lowered.find(mark, at + 1)) {
        const std::size_t begin = at + mark.size();
        if (begin >= lowered.size() || (lowered[begin] != ':' && lowered[begin] != '-')) continue;
        const std::string_view group = number_at(lowered, begin + 1);
        const std::size_t dash = begin + 1 + group.size();
        if (group.empty() || dash >= lowered.size() || lowered[dash] != '-') continue;
        const std::string_view post = number_at(lowered, dash + 1);
        if (post.empty()) continue;
        target = {.group = std::string(group), .post = std::string(post), .id = {}, .is_post = true};
        target.id = "groupPost:" + target.group + "-" + target.post;
        return true;
    }
    return false;
}

bool find_group_page(std::string_view lowered, Target& target) {
    constexpr std::string_view mark = "/groups/";
    const std::size_t at = lowered.find(mark);
    if (at == std::string_view::npos) return false;
    target.group = number_at(lowered, at + mark.size());
    return !target.group.empty();
}

/// "activity:7401..." of an URN, or of the address of a post ("..._activity-7401...-AbCd").
bool find_post(std::string_view lowered, Target& target) {
    for (const std::string_view name : {"activity", "ugcPost", "share"}) {
        const std::string word = ascii_lowered(name);
        for (std::size_t at = lowered.find(word); at != std::string_view::npos; at = lowered.find(word, at + 1)) {
            const std::size_t begin = at + word.size();
            if (begin >= lowered.size() || (lowered[begin] != ':' && lowered[begin] != '-')) continue;
            const std::string_view number = number_at(lowered, begin + 1);
            if (number.empty()) continue;
            target.id = std::string(name) + ":" + std::string(number);
            target.is_post = true;
            return true;
        }
    }
    return false;
}

/// The quotes of a text in which each line was quoted by itself: nothing when it is no such text.
std::optional<std::string> unquote_lines(std::string_view text) {
    const auto lines = split(text, '\n');
    if (lines.size() < 2) return std::nullopt;
    const auto is_only_quotes = [](std::string_view line) {
        return !line.empty() && line.find_first_not_of('"') == std::string_view::npos;
    };
    bool any = false;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        if (lines[i].empty() || lines[i + 1].empty()) return std::nullopt;
        if (!lines[i].ends_with('"') || !lines[i + 1].starts_with('"')) return std::nullopt;
        any = true;
    }
    if (!any) return std::nullopt;
    std::string clean;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string_view line = lines[i];
        if (i > 0) clean += '\n';
        if (is_only_quotes(line)) continue;  // a blank line
        // The reading of the table may have taken the outermost two.
        if (line.starts_with('"') && (i > 0 || lines.back().ends_with('"'))) line.remove_prefix(1);
        if (line.ends_with('"') && (i + 1 < lines.size() || lines.front().starts_with('"'))) line.remove_suffix(1);
        clean += line;
    }
    return clean;
}

std::string halve_quotes(std::string_view text) {
    std::string halved;
    halved.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        halved += text[i];
        if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') ++i;
    }
    return halved;
}

/// Whether each quote stands beside another one.
bool has_only_double_quotes(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '"') continue;
        if (i + 1 >= text.size() || text[i + 1] != '"') return false;
        ++i;
    }
    return true;
}

}  // namespace

bool is_missing(std::string_view cell) {
    cell = trim(cell);
    if (cell.empty()) return true;
    if (cell.size() > 13) return false;
    const std::string lowered = ascii_lowered(cell);
    return lowered == "n/a" || lowered == "not available" || lowered == "null";
}

std::optional<When> parse_when(std::string_view cell, DateStyle style, const std::optional<Zone>& zone) {
    const std::string text = plain_spaces(trim(cell));
    if (text.size() > 64) return std::nullopt;
    auto when = parse_stamp(text);
    if (!when && style == DateStyle::month_first) when = parse_wall_clock(text, month_first_patterns, zone);
    if (when) when->written = text;
    return when;
}

bool is_spreadsheet_date(std::string_view cell) {
    cell = trim(cell);
    return cell.size() <= 9 && parse_local(cell, spreadsheet_day).has_value();
}

std::optional<EventTime> parse_event_time(std::string_view cell, const std::optional<Zone>& zone) {
    const std::string text = plain_spaces(trim(cell));
    if (text.size() > 96) return std::nullopt;
    const auto moment = [&](std::string_view part) {
        auto when = parse_wall_clock(trim(part), event_patterns, zone);
        if (!when) when = parse_stamp(trim(part));
        if (when) when->written = trim(part);
        return when;
    };
    if (const auto alone = moment(text)) return EventTime{.begin = *alone};
    for (const std::string_view between : {" - ", " – "}) {
        const std::size_t at = text.find(between);
        if (at == std::string::npos) continue;
        const auto begin = moment(std::string_view(text).substr(0, at)),
                   end = moment(std::string_view(text).substr(at + between.size()));
        if (begin && end) return EventTime{.begin = *begin, .end = *end};
    }
    return std::nullopt;
}

bool is_date(std::string_view cell, DateStyle style) {
    return style == DateStyle::range ? parse_event_time(cell, std::nullopt).has_value()
                                     : parse_when(cell, style, std::nullopt).has_value();
}

Target parse_link(std::string_view link) {
    Target target;
    if (is_missing(link)) return target;
    std::string text(trim(link));
    for (int pass = 0; pass < 2 && text.find('%') != std::string::npos; ++pass) text = percent_decode(text);
    const std::string lowered = ascii_lowered(text);
    if (find_group_post(lowered, target)) return target;
    static_cast<void>(find_group_page(lowered, target));
    if (!find_post(lowered, target)) target.id = normalise_url(to_valid_utf8(text));
    return target;
}

bool looks_like_link(std::string_view cell) {
    const std::string head = ascii_lowered(trim(cell).substr(0, 12));
    for (const std::string_view start :
         {"http://", "https://", "www.", "linkedin.com", "urn:", "urn%3a", "/feed/", "/posts/", "/groups/"})
        if (head.starts_with(start)) return true;
    return false;
}

std::string profile_slug(std::string_view url) {
    if (is_missing(url)) return {};
    const std::string decoded = to_valid_utf8(percent_decode(trim(url)));
    for (const std::string_view mark : {"/in/", "/company/", "/school/", "/showcase/"}) {
        const std::size_t at = decoded.find(mark);
        if (at == std::string::npos) continue;
        const std::size_t begin = at + mark.size();
        const std::string slug = fold_name(std::string_view(decoded).substr(begin, decoded.find_first_of("/?#", begin) - begin));
        if (!slug.empty()) return mark == "/in/" ? slug : std::string(mark.substr(1)) + slug;
    }
    return fold_name(normalise_url(decoded));
}

Person make_person(std::string_view name, std::string_view url) {
    Person person;
    if (!is_missing(name)) person.name = trim(name);
    person.key = profile_slug(url);
    if (person.key.empty() && is_hidden_member(person.name)) return {};
    if (person.key.empty()) person.key = fold_name(person.name);
    return person;
}

bool is_hidden_member(std::string_view name) {
    const std::string folded = fold_name(name);
    return folded == "linkedin member" || folded == "membre de linkedin" || folded == "utilisateur linkedin";
}

std::string full_name(std::string_view first, std::string_view last) {
    std::string name;
    if (!is_missing(first)) name = trim(first);
    if (!is_missing(last)) {
        if (!name.empty()) name += ' ';
        name += trim(last);
    }
    return name;
}

std::string clean_commentary(std::string text) {
    if (auto lines = unquote_lines(text)) return halve_quotes(*lines);
    if (text.size() > 2 && text.starts_with('"') && text.ends_with('"')) {
        const std::string_view inner = std::string_view(text).substr(1, text.size() - 2);
        if (has_only_double_quotes(inner)) return halve_quotes(inner);
    }
    return text;
}

std::vector<std::string> split_values(std::string_view cell) {
    std::vector<std::string> values;
    if (is_missing(cell)) return values;
    for (const std::string_view part : split(cell, ';')) {
        if (is_missing(part)) continue;
        std::string value(trim(part));
        if (std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
    }
    return values;
}

bool is_yes(std::string_view cell) {
    const std::string lowered = ascii_lowered(trim(cell));
    return lowered == "yes" || lowered == "true" || lowered == "1";
}

}  // namespace secateur::linkedin

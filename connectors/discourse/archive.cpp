// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/discourse/archive.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/csv_table.hpp"

namespace secateur::discourse {
namespace {

constexpr std::size_t most_user_groups = 10'000;

// How Discourse's languages write yes and no, folded for searching.
constexpr std::array<std::string_view, 24> yes_words{"yes", "oui", "ja", "si", "sim", "tak", "ano", "igen", "kylla", "да", "так", "evet", "是", "はい", "예", "네", "نعم", "כן", "ναι", "da", "jah", "ya", "co", "taip"};
constexpr std::array<std::string_view, 25> no_words{"no", "non", "nein", "nee", "nao", "nie", "ne", "nem", "ei", "нет", "ні", "hayir", "否", "いいえ", "아니요", "아니오", "لا", "לא", "οχι", "nej", "nei", "nu", "tidak", "khong", "不"};

bool has_post_columns(std::string_view head) {
    const CsvHeader header(csv_columns(head));
    return header.find({"topic_title"}) && header.find({"is_pm"}) && header.find({"url"}) && header.find({"created_at"}) && header.find({"post_raw", "post"});
}

bool is_csv(std::string_view name) { return fold_search(name).ends_with(".csv"); }

std::optional<unsigned> two_digits(std::string_view text, std::size_t at) {
    if (at + 2 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1])) return std::nullopt;
    return static_cast<unsigned>((text[at] - '0') * 10 + (text[at + 1] - '0'));
}

class PreferencesReader final : public JsonHandler {
public:
    explicit PreferencesReader(Preferences& found) : found_(found) {}

    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location& where) override {
        if (pattern >= first_group_pattern) {
            take_group(value, where);
        } else if (key == "id") {
            found_.id = value.scalar();
        } else {
            (key == "username" ? found_.user : found_.name) = trim(value.string());
        }
        return Flow::proceed;
    }
    static std::vector<JsonPattern> patterns() {
        return {{JsonPattern::value, "user.id"}, {JsonPattern::value, "user.username"}, {JsonPattern::value, "user.name"},
                {JsonPattern::value, "id"},      {JsonPattern::value, "username"},      {JsonPattern::value, "name"},
                {JsonPattern::value, "user.groups[*]"}, {JsonPattern::value, "groups[*]"}};
    }

private:
    static constexpr std::size_t first_group_pattern = 6;

    void take_group(JsonValue value, const Location& where) {
        found_.has_groups = true;
        const std::string_view name = trim(value["name"].string());
        if (value["automatic"].boolean().value_or(false) || name.empty() || found_.groups.size() >= most_user_groups) return;
        const std::string_view title = trim(value["full_name"].string());
        found_.groups.push_back({.name = std::string(name), .title = std::string(title.empty() ? name : title), .where = where});
    }

    Preferences& found_;
};

}  // namespace

const Entry* find_posts(const Source& source) {
    const Entry* found = nullptr;
    int heads = 0;
    for (const bool by_name : {true, false}) {
        for (const Entry& entry : source.entries()) {
            if (!is_csv(entry.name()) && source.entries().size() > 1) continue;
            if (entry.folder().find('/') != std::string_view::npos || fold_search(entry.name()).starts_with("user_archive") != by_name) continue;
            if (heads >= 3 || (++heads, !has_post_columns(source.head(entry)))) continue;
            if (found != nullptr) return nullptr;  // two archives: each is offered alone
            found = &entry;
        }
        if (found != nullptr) break;
    }
    if (found == nullptr) return nullptr;
    const bool is_alone = std::ranges::all_of(source.entries(), [&](const Entry& entry) {
        return is_beside(entry, *found) || fold_search(entry.name()).starts_with("readme");
    });
    return is_alone ? found : nullptr;
}

bool is_beside(const Entry& entry, const Entry& posts) {
    const std::string_view folder = posts.folder();
    return folder.empty() || (entry.path.starts_with(folder) && entry.path.size() > folder.size() && entry.path[folder.size()] == '/');
}

std::optional<ArchiveName> parse_archive_name(std::string_view name) {
    constexpr std::string_view begin = "user_archive-";
    if (!name.starts_with(begin)) return std::nullopt;
    name.remove_prefix(begin.size());
    // "-240301-093012" from the end on, for user names may hold hyphens.
    for (std::size_t at = name.size(); at-- > 1;) {
        if (name[at] != '-' || at + 14 > name.size() || name[at + 7] != '-') continue;
        if (at + 14 < name.size() && is_digit(name[at + 14])) continue;
        std::array<unsigned, 6> parts{};
        bool all = true;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const auto number = two_digits(name, at + 1 + 2 * i + (i >= 3 ? 1 : 0));
            all = all && number;
            parts[i] = number.value_or(0);
        }
        if (!all) continue;
        const auto instant = as_utc({.year = 2000 + static_cast<int>(parts[0]), .month = parts[1], .day = parts[2], .hour = parts[3], .minute = parts[4], .second = parts[5]});
        return ArchiveName{.user = std::string(name.substr(0, at)), .at = instant};
    }
    return ArchiveName{.user = {}, .at = {}};
}

std::optional<PostLink> parse_post_link(std::string_view url) {
    url = trim(url);
    url = url.substr(0, url.find_first_of("?#"));
    std::size_t mark = url.rfind("/t/");
    if (mark == std::string_view::npos) return std::nullopt;
    if (mark >= 2 && url.substr(mark - 2, 3) == "/t/") mark -= 2;  // a topic called "t"
    PostLink link;
    std::vector<std::uint64_t> numbers;
    const auto parts = split(url.substr(mark + 3), '/');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool is_slug = i == 0 && parts.size() > 2;  // a slug may be a number
        if (const auto number = parse_integer(parts[i]); !is_slug && number && *number > 0) numbers.push_back(static_cast<std::uint64_t>(*number));
    }
    if (numbers.empty() || numbers.size() > 2) return std::nullopt;
    link.topic = numbers[0];
    if (numbers.size() == 2) link.post = numbers[1];
    std::string_view forum = url.substr(0, mark);
    if (const std::size_t scheme = forum.find("://"); scheme != std::string_view::npos) forum.remove_prefix(scheme + 3);
    link.forum = fold_name(forum);
    return link;
}

std::optional<std::string> parse_category(std::string_view cell) {
    cell = trim(cell);
    if (cell.empty() || cell == "-") return std::nullopt;
    return std::string(cell);
}

std::optional<bool> parse_yes_no(std::string_view cell) {
    const std::string word = fold_search(cell);
    if (std::ranges::find(yes_words, word) != yes_words.end() || word == "true") return true;
    if (std::ranges::find(no_words, word) != no_words.end() || word == "false") return false;
    return std::nullopt;
}

std::optional<When> parse_when(std::string_view cell) {
    std::string text(trim(cell));
    if (text.size() > 40) return std::nullopt;
    if (text.ends_with(" UTC")) text.replace(text.size() - 4, 4, "Z");
    const auto parsed = parse_rfc3339(text);
    if (!parsed) return std::nullopt;
    return When{.at = parsed->at, .precision = parsed->precision, .basis = parsed->basis, .written = {}};
}

std::string without_quotes(std::string_view raw) {
    std::string own;
    std::size_t depth = 0, at = 0;
    while (at < raw.size()) {
        const std::string_view rest = raw.substr(at);
        if (rest.starts_with("[quote]") || rest.starts_with("[quote=")) {
            ++depth;
            const std::size_t end = rest.find(']');
            at += end == std::string_view::npos ? rest.size() : end + 1;
        } else if (depth > 0 && rest.starts_with("[/quote]")) {
            --depth;
            at += 8;
        } else {
            const std::size_t next = std::min(rest.find('[', 1), rest.size());
            if (depth == 0) own += rest.substr(0, next);
            at += next;
        }
    }
    if (depth > 0) return std::string(trim(raw));  // never closed: no quote but words
    return std::string(trim(own));
}

std::uint32_t count_uploads(std::string_view raw) {
    constexpr std::string_view mark = "](upload://";
    std::uint32_t count = 0;
    for (std::size_t at = raw.find(mark); at != std::string_view::npos; at = raw.find(mark, at + mark.size())) ++count;
    return count;
}

Preferences read_preferences(ByteStream& stream, const std::string& entry) {
    Preferences found;
    PreferencesReader reader(found);
    JsonOutcome outcome = read_json(stream, entry, PreferencesReader::patterns(), reader);
    if (outcome.end == JsonEnd::broken) found.problem = std::move(outcome.problem);
    return found;
}

}  // namespace secateur::discourse

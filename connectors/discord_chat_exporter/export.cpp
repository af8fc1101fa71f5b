// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/discord_chat_exporter/export.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/csv_table.hpp"

namespace secateur::discord_chat_exporter {
namespace {

constexpr std::string_view private_server = "Direct Messages";  // with the id 0

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
    const std::string folded = ascii_lowered(name);
    return std::ranges::any_of(endings, [&](std::string_view each) { return folded.ends_with(each); });
}

/// "rest [inside]" or "rest (inside)" without its last part; nothing when it does not end so.
std::optional<std::string_view> cut_bracket(std::string_view& rest, char open, char close) {
    if (!rest.ends_with(close)) return std::nullopt;
    const auto at = rest.rfind(open);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view inside = rest.substr(at + 1, rest.size() - at - 2);
    rest = trim(rest.substr(0, at));
    return inside;
}

std::string key_of_name(std::string_view server) { return "name:" + fold_name(server); }

std::optional<Instant> instant(JsonValue value) {
    const auto time = parse_rfc3339(value.string());
    return time ? std::optional(time->at) : std::nullopt;
}

void take_heads(Head& head, std::string_view key, JsonValue value) {
    if (key == "guild") {
        head.group = value["id"].scalar();
        head.group_name = trim(value["name"].string());
    } else if (key == "channel") {
        head.channel_id = value["id"].scalar();
        head.channel = trim(value["name"].string());
        head.topic = trim(value["topic"].string());
        const std::string_view type = value["type"].string();
        head.is_private = type.starts_with("Direct");
        if (type == "DirectTextChat") head.kind = GroupKind::direct;
        else if (type == "DirectGroupTextChat") head.kind = GroupKind::group_chat;
    } else if (key == "dateRange") {
        head.after = instant(value["after"]);
        head.before = instant(value["before"]);
    } else if (key == "exportedAt") {
        head.exported_at = instant(value);
    }
}

enum Pattern : std::size_t { guild, channel, date_range, exported_at, author, mention, reaction_user };

/// Reads one JSON file: its head, and its people.
class JsonSurveyor final : public JsonHandler {
public:
    JsonSurveyor(Head& head, Authors& all, Authors& here) : head_(head), all_(all), here_(here) {}

    static const std::vector<JsonPattern>& patterns() {
        using enum JsonPattern::Kind;
        static const std::vector<JsonPattern> list{{value, "guild"},
                                                   {value, "channel"},
                                                   {value, "dateRange"},
                                                   {value, "exportedAt"},
                                                   {value, "messages[*].author"},
                                                   {value, "messages[*].mentions[*]"},
                                                   {value, "messages[*].reactions[*].users[*]"}};
        return list;
    }

    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location&) override {
        if (pattern < author) {
            take_heads(head_, key, value);
            return Flow::proceed;
        }
        const std::string_view id = value["id"].scalar();
        if (id.empty()) return Flow::proceed;
        const bool wrote = pattern == author;
        note(all_, id, value, wrote);
        if (wrote && head_.kind == GroupKind::direct) note(here_, id, value, wrote);
        return Flow::proceed;
    }

private:
    static void note(Authors& authors, std::string_view id, JsonValue value, bool wrote) {
        auto found = authors.find(id);
        if (found == authors.end()) {
            Author fresh{.name = std::string(value["name"].string()),
                         .handle = {},
                         .nickname = std::string(value["nickname"].string()),
                         .is_bot = value["isBot"].boolean().value_or(false)};
            const std::string_view number = value["discriminator"].scalar();
            if (!number.empty() && number != "0" && number != "0000") fresh.handle = fresh.name + '#' + std::string(number);
            found = authors.emplace(id, std::move(fresh)).first;
        }
        found->second.messages += wrote ? 1 : 0;
    }

    Head& head_;
    Authors& all_;
    Authors& here_;
};

void survey_csv(ByteStream& stream, const std::string& entry, Authors& all, Authors& here) {
    CsvTable table(stream, entry);
    const auto id = table.find({"AuthorID"}), name = table.find({"Author"});
    try {
        while (table.next()) {
            if (table.cell(id).empty() || !table.fault().empty()) continue;  // told of in the reading
            for (Authors* authors : {&all, &here}) {
                Author& found = (*authors)[std::string(table.cell(id))];
                if (found.name.empty()) {
                    found.handle = table.cell(name);
                    found.name = found.handle.substr(0, found.handle.rfind('#'));
                }
                ++found.messages;
            }
        }
    } catch (const Error& error) {
        if (error.problem().kind != ErrorKind::input) throw;
    }
}

/// The conversation is named after the other one.
void note_opposite(Survey& result, const Head& head, const Authors& here) {
    const std::string other = fold_name(head.channel);
    const auto is_other = [&](const Author& each) {
        return fold_name(each.name) == other || fold_name(each.nickname) == other || fold_name(each.handle) == other;
    };
    if (other.empty() || here.size() > 2) return;
    const auto mine = std::ranges::find_if(here, [&](const auto& each) { return !is_other(each.second) && !each.second.is_bot; });
    const auto theirs = std::ranges::find_if(here, [&](const auto& each) { return is_other(each.second); });
    if (mine != here.end() && theirs != here.end()) ++result.opposites[mine->first];
}

/// A table names its server in the name of its file, if anywhere.
void settle_csv_head(Head& head, const File& file, const Source& source, const Survey& result, std::size_t people) {
    if (!file.name) {
        const std::string_view name = file.entry->name();
        head.group_name = source.kind() == SourceKind::file ? source.stem() : std::string(name.substr(0, name.rfind('.')));
        head.group = key_of_name(head.group_name);
        head.kind = GroupKind::group;
        return;
    }
    head.channel_id = file.name->channel_id;
    head.channel = file.name->channel;
    head.group_name = file.name->server;
    if (head.group_name == private_server) {
        head.is_private = true;
        head.group = head.channel_id;
        head.group_name = head.channel;
        head.kind = people > 2 ? GroupKind::group_chat : GroupKind::direct;
        return;
    }
    head.group = key_of_name(head.group_name);
    for (const Head& other : result.heads)  // a JSON file beside it knows the id
        if (!other.is_private && other.group != head.group && fold_name(other.group_name) == fold_name(head.group_name))
            head.group = other.group;
}

}  // namespace

std::optional<FileName> parse_file_name(std::string_view name) {
    const auto dot = name.rfind('.');
    std::string_view rest = trim(name.substr(0, dot));
    FileName found;
    auto bracket = cut_bracket(rest, '[', ']');
    if (bracket && bracket->starts_with("part ")) {
        const auto number = parse_integer(bracket->substr(5));
        if (!number || *number < 1 || *number > 1'000'000) return std::nullopt;
        found.part = static_cast<unsigned>(*number);
        bracket = cut_bracket(rest, '[', ']');
    }
    if (!bracket) {
        if (!cut_bracket(rest, '(', ')')) return std::nullopt;
        bracket = cut_bracket(rest, '[', ']');
    }
    if (!bracket || bracket->size() < 15 || !is_digits(*bracket)) return std::nullopt;
    constexpr std::string_view between = " - ";
    const auto first = rest.find(between), last = rest.rfind(between);
    if (first == std::string_view::npos) return std::nullopt;
    found.channel_id = *bracket;
    found.server = trim(rest.substr(0, first));
    found.channel = trim(rest.substr(last + between.size()));
    return found;
}

Layout lay_out(const Source& source) {
    Layout layout;
    for (const Entry& entry : source.entries()) {
        const std::string_view name = entry.name();
        const bool is_saved_media = entry.path.find("_Files/") != std::string::npos;
        const auto parsed = parse_file_name(name);
        if (!is_saved_media && ends_with_any(name, {".json", ".csv"})) {
            layout.files.push_back({&entry, ends_with_any(name, {".csv"}), parsed});
            continue;
        }
        ++layout.unread;
        if (!is_saved_media && !parsed &&
            ends_with_any(name, {".txt", ".html", ".xml", ".js", ".jsonl", ".mbox", ".eml", ".zip", ".tar", ".gz", ".7z"}))
            layout.has_strangers = true;
    }
    return layout;
}

bool is_export(const File& file, std::string_view head) {
    if (file.is_csv) {
        const auto columns = csv_columns(head);
        constexpr std::array<std::string_view, 4> expected{"AuthorID", "Author", "Date", "Content"};
        return columns.size() >= expected.size() && std::equal(expected.begin(), expected.end(), columns.begin());
    }
    struct Look final : JsonHandler {
        bool has_guild = false, has_channel = false;
        Flow on_value(std::size_t, std::string_view key, JsonValue value, const Location&) override {
            if (key == "guild") has_guild = bool(value["id"]);
            else has_channel = bool(value["id"]) && bool(value["type"]);
            return has_guild && has_channel ? Flow::stop : Flow::proceed;
        }
    } look;
    static const std::vector<JsonPattern> patterns{{JsonPattern::value, "guild"}, {JsonPattern::value, "channel"}};
    static_cast<void>(read_json(*memory_stream(head), file.entry->path, patterns, look));
    return look.has_guild && look.has_channel;
}

Survey survey(const Source& source, const Layout& layout) {
    Survey result;
    result.heads.resize(layout.files.size());
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < layout.files.size(); ++i) places[layout.files[i].entry->path] = i;

    std::vector<Authors> csv_authors(layout.files.size());
    source.for_each([&](const Entry& entry) { return places.contains(entry.path); },
                    [&](const Entry& entry, ByteStream& stream) {
                        const std::size_t place = places.at(entry.path);
                        Head& head = result.heads[place];
                        if (layout.files[place].name) head.part = layout.files[place].name->part;
                        if (layout.files[place].is_csv) {
                            survey_csv(stream, entry.path, result.authors, csv_authors[place]);
                            return Flow::proceed;
                        }
                        Authors here;
                        JsonSurveyor surveyor(head, result.authors, here);
                        // Broken files are told of in the reading.
                        static_cast<void>(read_json(stream, entry.path, JsonSurveyor::patterns(), surveyor));
                        head.is_private = head.is_private || head.group == "0";
                        if (head.is_private) {
                            head.group = head.channel_id;
                            head.group_name = head.channel;
                        }
                        if (head.kind == GroupKind::direct) note_opposite(result, head, here);
                        if (head.exported_at && (!result.exported_at || *head.exported_at > *result.exported_at))
                            result.exported_at = head.exported_at;
                        return Flow::proceed;
                    });
    for (std::size_t i = 0; i < layout.files.size(); ++i) {
        if (!layout.files[i].is_csv) continue;
        Head& head = result.heads[i];
        settle_csv_head(head, layout.files[i], source, result, csv_authors[i].size());
        if (head.kind == GroupKind::direct) note_opposite(result, head, csv_authors[i]);
        for (std::size_t j = 0; j < layout.files.size(); ++j)
            head.is_twin = head.is_twin ||
                           (!layout.files[j].is_csv && !head.channel_id.empty() && result.heads[j].channel_id == head.channel_id);
    }
    return result;
}

}  // namespace secateur::discord_chat_exporter

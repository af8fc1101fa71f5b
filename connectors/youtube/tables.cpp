// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/youtube/tables.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/takeout.hpp"

namespace secateur::youtube {
namespace {

constexpr int heads_to_check = 3;
constexpr int rows_to_check = 50;

struct TableName {
    std::string_view stem;
    TableKind kind;
};
constexpr std::array table_names{
    TableName{"subscriptions", TableKind::subscriptions}, TableName{"abonnements", TableKind::subscriptions},
    TableName{"abonnementen", TableKind::subscriptions},  TableName{"abos", TableKind::subscriptions},
    TableName{"suscripciones", TableKind::subscriptions}, TableName{"iscrizioni", TableKind::subscriptions},
    TableName{"inscricoes", TableKind::subscriptions},    TableName{"comments", TableKind::comments},
    TableName{"commentaires", TableKind::comments},       TableName{"reacties", TableKind::comments},
    TableName{"kommentare", TableKind::comments},         TableName{"comentarios", TableKind::comments},
    TableName{"commenti", TableKind::comments},           TableName{"live chats", TableKind::live_chats},
    TableName{"chats en direct", TableKind::live_chats},  TableName{"livechats", TableKind::live_chats},
};

/// "Comments(1).csv" -> "comments"; empty for what is no table.
std::string stem_of(std::string_view file) {
    if (file.size() <= 4 || file[file.size() - 4] != '.') return {};  // most files of a large source end here
    std::string stem = fold_search(file);
    if (!stem.ends_with(".csv")) return {};
    stem.resize(stem.size() - 4);
    std::ranges::replace(stem, '_', ' ');
    const std::size_t end = stem.find_last_not_of("0123456789()- ");
    stem.resize(end == std::string::npos ? 0 : end + 1);
    return stem;
}

bool is_id_text(std::string_view cell) {
    return std::ranges::all_of(cell, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
    });
}
/// "Ugx..." and, for an answer, "Ugx....9ab"; "Ugkx..." is a post.
bool is_comment_id(std::string_view cell) {
    return cell.size() >= 20 && cell.starts_with("Ug") && !cell.starts_with("Ugkx") && is_id_text(cell);
}
bool is_video_id(std::string_view cell) { return cell.size() == 11 && is_id_text(cell); }
bool is_text_json(std::string_view cell) { return cell.starts_with("{\"text\"") || cell.starts_with("{\"takeoutSegments\""); }

/// What each column holds, over the first rows.
struct ColumnUse {
    std::size_t filled = 0, channels = 0, comments = 0, answers = 0, videos = 0, times = 0, texts = 0;
};
std::vector<ColumnUse> look_at(CsvTable& table) {
    std::vector<ColumnUse> uses(table.columns().size());
    for (int row = 0; row < rows_to_check && table.next(); ++row) {
        for (std::size_t i = 0; i < uses.size(); ++i) {
            const std::string_view cell = trim(table.cell(i));
            if (cell.empty()) continue;
            ColumnUse& use = uses[i];
            ++use.filled;
            use.channels += is_channel_id(cell);
            use.comments += is_comment_id(cell);
            use.answers += is_comment_id(cell) && cell.find('.') != std::string_view::npos;
            use.videos += is_video_id(cell);
            use.times += parse_time(cell).has_value();
            use.texts += is_text_json(cell);
        }
    }
    return uses;
}

/// The column that holds most of something.
template <class Count>
std::optional<std::size_t> column_with(const std::vector<ColumnUse>& uses, Count count) {
    const auto best = std::ranges::max_element(uses, {}, count);
    if (best == uses.end() || count(*best) == 0) return std::nullopt;
    return static_cast<std::size_t>(best - uses.begin());
}

CommentColumns named_columns(const CsvTable& table) {
    return {
        .id = table.find({"Comment ID", "Live Chat ID", "ID du commentaire", "Reactie-ID"}),
        .channel = table.find({"Channel ID", "ID de la chaîne", "Kanaal-ID"}),
        .time = table.find({"Comment Create Timestamp", "Live Chat Create Timestamp", "Code temporel de création du commentaire",
                            "Horodatage de création du commentaire", "Aanmaaktijdstempel reactie"}),
        .video = table.find({"Video ID", "ID de la vidéo", "ID vidéo", "Video-ID"}),
        .text = table.find({"Comment Text", "Live Chat Text", "Texte du commentaire", "Reactietekst"})};
}

bool is_whole(const CommentColumns& columns) { return columns.id && columns.time && columns.text; }

bool is_subscriptions(std::string_view head) {
    const auto stream = memory_stream(head);
    CsvTable table(*stream, {});
    if (table.columns().size() < 3) return false;
    if (table.find({"Channel Id", "ID des chaînes", "ID de la chaîne"}) == 0 &&
        table.find({"Channel Url", "URL des chaînes", "URL de la chaîne"}) == 1)
        return true;
    for (int row = 0; row < rows_to_check && table.next(); ++row)
        if (is_channel_id(trim(table.cell(0))) && table.cell(1).find("/channel/") != std::string_view::npos) return true;
    return false;
}

std::optional<TableKind> kind_by_rows(std::string_view head) {
    if (is_subscriptions(head)) return TableKind::subscriptions;
    if (!is_whole(comment_columns(head))) return std::nullopt;
    const auto columns = csv_columns(head);
    return CsvHeader(columns).find({"Live Chat ID"}) ? TableKind::live_chats : TableKind::comments;
}

}  // namespace

Layout lay_out(const Source& source) {
    Layout layout;
    std::vector<std::pair<const Entry*, TableKind>> named;
    std::vector<const Entry*> others;
    for (const Entry& entry : source.entries()) {
        const std::string stem = stem_of(entry.name());
        if (stem.empty()) continue;
        const auto found = std::ranges::find(table_names, std::string_view(stem), &TableName::stem);
        if (found == table_names.end()) others.push_back(&entry);
        else named.emplace_back(&entry, found->kind);
    }
    int looks = 0;
    const auto look = [&](const Entry* entry) {
        ++looks;
        if (const auto kind = kind_by_rows(source.head(*entry))) layout.tables.push_back({*kind, entry});
    };
    for (const auto& [entry, kind] : named) {
        // A name that others use too is enough once the rows of another table have shown what this is.
        if (looks < heads_to_check) look(entry);
        else if (!layout.tables.empty()) layout.tables.push_back({kind, entry});
    }
    for (const Entry* entry : others)
        if (named.empty() && looks < heads_to_check) look(entry);
    if (layout.tables.empty()) return layout;
    // ".../YouTube et YouTube Music/abonnements": the product is the folder above.
    bool first = true;
    for (const FoundTable& table : layout.tables) {
        const std::string_view place = table.entry->folder();
        const std::string_view above = place.substr(0, std::min(place.rfind('/'), place.size()));
        const bool is_product =
            fold_search(above.substr(above.rfind('/') + 1)).find("youtube") != std::string::npos && above != place;
        const std::string_view folder = is_product ? above : place;
        layout.folder = first ? folder : common_folder(layout.folder, folder);
        first = false;
    }
    layout.other_files = source.entries().size() - layout.tables.size();
    return layout;
}

CommentColumns comment_columns(std::string_view head) {
    const auto stream = memory_stream(head);
    CsvTable table(*stream, {});
    CommentColumns columns = named_columns(table);
    if (is_whole(columns)) return columns;
    const std::vector<ColumnUse> uses = look_at(table);
    if (!columns.text) columns.text = column_with(uses, [](const ColumnUse& use) { return use.texts; });
    if (!columns.text) return columns;
    if (!columns.time) columns.time = column_with(uses, [](const ColumnUse& use) { return use.times; });
    if (!columns.channel) columns.channel = column_with(uses, [](const ColumnUse& use) { return use.channels; });
    if (!columns.video) columns.video = column_with(uses, [](const ColumnUse& use) { return use.videos; });
    // Every comment has an id; only some have a parent, whose id never has an answer's dot.
    if (!columns.id) columns.id = column_with(uses, [](const ColumnUse& use) { return 1000 * use.comments + use.answers; });
    return columns;
}

bool is_channel_id(std::string_view cell) { return cell.size() == 24 && cell.starts_with("UC") && is_id_text(cell); }

std::optional<Instant> parse_time(std::string_view cell) {
    cell = trim(cell);
    if (cell.size() < 11 || cell.size() > 40) return std::nullopt;
    if (const auto local = parse_local(cell, "%Y-%m-%d %H:%M:%S UTC")) return as_utc(*local);
    const auto parsed = parse_rfc3339(cell);
    return parsed ? std::optional(parsed->at) : std::nullopt;
}

std::string joined_text(std::string_view cell) {
    const std::string_view text = trim(cell);
    if (!is_text_json(text)) return std::string(text);
    const JsonDocument document("[" + std::string(text) + "]");
    if (!document.root().is_array()) return std::string(text);
    std::string joined;
    for (const JsonValue part : document.root()) {
        joined += part["text"].string();
        for (const JsonValue segment : part["takeoutSegments"]) joined += segment["text"].string();
    }
    return joined;
}

}  // namespace secateur::youtube

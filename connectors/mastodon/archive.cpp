// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/mastodon/archive.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "connectors/csv_table.hpp"
#include "connectors/support.hpp"

namespace secateur::mastodon {
namespace {

struct FileName {
    std::string_view stem, ending;
    FileKind kind;
};
constexpr std::array names{
    FileName{"actor", ".json", FileKind::actor},
    FileName{"outbox", ".json", FileKind::outbox},
    FileName{"likes", ".json", FileKind::likes},
    FileName{"bookmarks", ".json", FileKind::bookmarks},
    FileName{"following_accounts", ".csv", FileKind::following},
    FileName{"lists", ".csv", FileKind::lists},
    FileName{"muted_accounts", ".csv", FileKind::muted},
    FileName{"blocked_accounts", ".csv", FileKind::blocked},
    FileName{"blocked_domains", ".csv", FileKind::other},
    FileName{"bookmarks", ".csv", FileKind::other},
    FileName{"custom_filters", ".json", FileKind::other},
};
// Servers that hold nothing but groups, and some where people read and write in communities; others are known by their first label.
constexpr std::array<std::string_view, 4> group_servers{"a.gup.pe", "gup.pe", "chirp.social", "fedigroups.social"};
constexpr std::array<std::string_view, 5> community_labels{"lemmy.", "piefed.", "mbin.", "kbin.", "feddit."};
constexpr std::array<std::string_view, 12> community_servers{"lemm.ee", "beehaw.org", "sh.itjust.works", "programming.dev", "jlai.lu", "slrpnk.net",
                                                             "fedia.io", "mander.xyz", "ttrpg.network", "hexbear.net", "discuss.tchncs.de", "midwest.social"};

/// "lists(1).csv", "following_accounts-2.csv" -> what they are called without it.
std::optional<FileKind> kind_by_name(std::string_view name) {
    const std::string folded = fold_search(name);
    for (const FileName& each : names) {
        if (!folded.starts_with(each.stem) || !folded.ends_with(each.ending) || folded.size() < each.stem.size() + each.ending.size()) continue;
        const std::string_view rest = std::string_view(folded).substr(each.stem.size(), folded.size() - each.stem.size() - each.ending.size());
        if (rest.find_first_not_of(" ()-_0123456789") == std::string_view::npos) return each.kind;
    }
    return std::nullopt;
}

bool is_media(std::string_view path) {
    const std::string folded = fold_search(path);
    if (folded.find("media_attachments/") != std::string::npos) return true;
    const std::string_view name = std::string_view(folded).substr(folded.rfind('/') + 1);
    return name.starts_with("avatar.") || name.starts_with("header.") || name.starts_with("readme");
}

bool is_collection(std::string_view head) {
    return head.find("\"orderedItems\"") != std::string_view::npos && head.find("OrderedCollection") != std::string_view::npos;
}
/// A lone outbox may be another program's: Mastodon's names its vocabulary.
bool is_mastodon(std::string_view head) {
    return head.find("joinmastodon.org/ns") != std::string_view::npos || head.find("ostatus.org") != std::string_view::npos;
}

/// The header, or an account in the column where one belongs.
bool is_account_table(std::string_view head, std::size_t column) {
    const auto cells = csv_columns(head);
    if (cells.empty()) return false;
    return fold_search(cells[0]) == "account address" || (column < cells.size() && !handle_of(cells[column]).empty());
}

std::string_view without_scheme(std::string_view address) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (address.starts_with(scheme)) return address.substr(scheme.size());
    return {};
}

class ActorReader final : public JsonHandler {
public:
    explicit ActorReader(Actor& actor) : actor_(actor) {}
    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location&) override {
        if (pattern == 0) {  // an activity
            const JsonValue actor = value["actor"];
            actor_.address = actor.is_object() ? actor["id"].string() : actor.string();
            return Flow::stop;
        }
        if (key == "id") actor_.address = value.string();
        else if (key == "preferredUsername") user_ = value.string();
        else actor_.name = trim(value.string());
        return Flow::proceed;
    }
    void finish() { actor_.handle = user_.empty() ? handle_by_address(actor_.address) : handle_of(user_, actor_.address); }

private:
    Actor& actor_;
    std::string user_;
};

Actor read(ByteStream& stream, const std::string& entry, const std::vector<JsonPattern>& patterns) {
    Actor actor;
    ActorReader reader(actor);
    JsonOutcome outcome = read_json(stream, entry, patterns, reader);
    if (outcome.end == JsonEnd::broken) actor.problem = std::move(outcome.problem);
    reader.finish();
    return actor;
}

}  // namespace

const Entry* Layout::find(FileKind kind) const {
    const auto found = std::ranges::find(files, kind, &FoundFile::kind);
    return found == files.end() ? nullptr : found->entry;
}

std::optional<Layout> lay_out(const Source& source) {
    Layout layout;
    for (const Entry& entry : source.entries()) {
        const auto kind = kind_by_name(entry.name());
        if (is_media(entry.path) || kind == FileKind::other) {
            ++layout.media;
            continue;
        }
        if (!kind || layout.find(*kind) != nullptr || entry.folder().find('/') != std::string_view::npos) return std::nullopt;
        if (!layout.files.empty() && layout.files.front().entry->folder() != entry.folder()) return std::nullopt;
        layout.files.push_back({&entry, *kind});
    }
    const Entry *outbox = layout.find(FileKind::outbox), *following = layout.find(FileKind::following), *lists = layout.find(FileKind::lists);
    const auto shows = [&](const Entry* entry, bool is_right) {
        if (entry != nullptr && is_right && layout.first.empty()) layout.first = entry->name();
        return entry != nullptr && is_right;
    };
    layout.is_whole = outbox != nullptr && (layout.find(FileKind::actor) != nullptr || layout.find(FileKind::likes) != nullptr);
    bool any = outbox != nullptr && shows(outbox, is_collection(source.head(*outbox)) && (layout.is_whole || is_mastodon(source.head(*outbox))));
    any = (following != nullptr && shows(following, is_account_table(source.head(*following), 0))) || any;
    any = (lists != nullptr && shows(lists, is_account_table(source.head(*lists), 1))) || any;
    return any ? std::optional(std::move(layout)) : std::nullopt;
}

std::optional<Instant> archive_instant(std::string_view name) {
    constexpr std::string_view begin = "archive-";
    if (!name.starts_with(begin) || name.size() < begin.size() + 14) return std::nullopt;
    const std::string_view digits = name.substr(begin.size(), 14);
    if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    const auto part = [&](std::size_t at, std::size_t count) { return static_cast<unsigned>(*parse_integer(digits.substr(at, count))); };
    return as_utc({.year = static_cast<int>(part(0, 4)), .month = part(4, 2), .day = part(6, 2), .hour = part(8, 2), .minute = part(10, 2), .second = part(12, 2)});
}

std::string handle_of(std::string_view written, std::string_view address) {
    written = trim(written);
    if (written.starts_with('@') || written.starts_with('!')) written.remove_prefix(1);
    std::string handle = fold_name(written);
    if (handle.find('@') == std::string::npos && !handle.empty()) {
        const std::string_view rest = without_scheme(address);
        const std::string_view host = rest.substr(0, rest.find('/'));
        if (host.empty()) return {};
        handle += '@' + fold_name(host);
    }
    const std::size_t at = handle.find('@');
    const bool is_one = at != std::string::npos && at > 0 && at + 1 < handle.size() && handle.find('@', at + 1) == std::string::npos;
    return is_one && handle.find_first_of(" /:,;") == std::string::npos ? handle : std::string();
}

std::string handle_by_address(std::string_view address) { return fold_name(actor_handle(address)); }

std::optional<GroupKind> group_by_address(std::string_view address) {
    const std::string_view rest = without_scheme(address);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    if (std::ranges::find(group_servers, fold_name(rest.substr(0, slash))) != group_servers.end()) return GroupKind::group;
    const auto parts = split(rest.substr(slash + 1), '/');
    if (parts.size() == 3 && parts[0] == "ap" && parts[1] == "actor") return GroupKind::forum;  // Discourse
    if (parts.size() != 2 || parts[1].empty()) return std::nullopt;
    if (parts[0] == "c" || parts[0] == "m") return GroupKind::community;  // Lemmy, PieFed; Mbin, kbin
    if (parts[0] == "video-channels") return GroupKind::channel;          // PeerTube
    if (parts[0] == "category") return GroupKind::forum;                  // NodeBB
    return std::nullopt;
}

std::optional<GroupKind> group_by_handle(std::string_view handle) {
    const std::string_view host = handle.substr(handle.find('@') + 1);
    if (std::ranges::find(group_servers, host) != group_servers.end()) return GroupKind::group;
    const bool has_communities = std::ranges::find(community_servers, host) != community_servers.end() ||
                                 std::ranges::any_of(community_labels, [&](std::string_view each) { return host.starts_with(each); });
    return has_communities ? std::optional(GroupKind::community) : std::nullopt;
}

Actor read_actor(ByteStream& stream, const std::string& entry) {
    // The first pattern never comes up: it keeps the numbers those of an outbox.
    return read(stream, entry, {{JsonPattern::value, "orderedItems[*]"}, {JsonPattern::value, "id"}, {JsonPattern::value, "preferredUsername"}, {JsonPattern::value, "name"}});
}

Actor actor_of_outbox(ByteStream& stream, const std::string& entry) { return read(stream, entry, {{JsonPattern::value, "orderedItems[*]"}}); }

}  // namespace secateur::mastodon

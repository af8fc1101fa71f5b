// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/peertube/survey.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.hpp"
#include "connectors/support.hpp"

namespace secateur::peertube {
namespace {

struct FileName {
    std::string_view name;
    FileKind kind;
    std::string_view list;
    std::string_view member;  // what its first element must have
};
constexpr std::array<FileName, 14> file_names{{
    {"account.json", FileKind::account, "", ""},
    {"channels.json", FileKind::channels, "channels", "displayName"},
    {"videos.json", FileKind::videos, "videos", "uuid"},
    {"following.json", FileKind::following, "following", "targetHandle"},
    {"follower.json", FileKind::followers, "followers", "targetHandle"},
    {"comments.json", FileKind::comments, "comments", "videoUrl"},
    {"likes.json", FileKind::likes, "likes", "videoUrl"},
    {"dislikes.json", FileKind::dislikes, "dislikes", "videoUrl"},
    {"video-history.json", FileKind::history, "watchedVideos", "lastTimecode"},
    {"blocklist.json", FileKind::settings, "", ""},
    {"user-settings.json", FileKind::settings, "", ""},
    {"video-playlists.json", FileKind::settings, "", ""},
    {"watched-words-lists.json", FileKind::settings, "", ""},
    {"automatic-tag-policies.json", FileKind::settings, "", ""},
}};

const FileName* named(std::string_view name) {
    const std::string folded = fold_name(name);
    const auto found = std::ranges::find(file_names, std::string_view(folded), &FileName::name);
    return found == file_names.end() ? nullptr : &*found;
}

std::string_view last_folder(std::string_view folder) { return folder.substr(folder.rfind('/') + 1); }
std::string_view parent(std::string_view folder) {
    const auto slash = folder.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash);
}

/// Whether a folder is `name` in `root`, or below it.
bool is_below(std::string_view folder, std::string_view root, std::string_view name) {
    const std::string wanted = root.empty() ? std::string(name) : std::string(root) + "/" + std::string(name);
    return folder == wanted || folder.starts_with(wanted + "/");
}

/// Delivers the elements of one list, or the whole of one document, to a function.
class Each final : public JsonHandler {
public:
    explicit Each(std::function<void(JsonValue)> take) : take_(std::move(take)) {}
    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location&) override {
        take_(value);
        return Flow::proceed;
    }

private:
    std::function<void(JsonValue)> take_;
};

void for_each(ByteStream& stream, const std::string& entry, const std::string& path, std::function<void(JsonValue)> take) {
    Each handler(std::move(take));
    static_cast<void>(read_json(stream, entry, {{JsonPattern::value, path}}, handler));
}

/// Whether the first element of a list has a member; without one, whether all patterns are met.
class LookHandler final : public JsonHandler {
public:
    explicit LookHandler(std::string_view member) : member_(member) {}
    Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location&) override {
        met |= 1U << pattern;
        if (member_.empty()) return Flow::proceed;
        has_member = bool(value[member_]);
        return Flow::stop;
    }
    unsigned met = 0;
    bool has_member = false;

private:
    std::string_view member_;
};

}  // namespace

const FoundFile* Layout::find(FileKind kind) const noexcept {
    const auto found = std::ranges::find(files, kind, &FoundFile::kind);
    return found == files.end() ? nullptr : &*found;
}

Layout lay_out(const Source& source) {
    Layout layout;
    // The folder "peertube" decides; someone may have kept only what is in it.
    std::optional<std::string_view> home;
    for (const Entry& entry : source.entries())
        if (named(entry.name()) && last_folder(entry.folder()) == "peertube" && (!home || entry.folder().size() < home->size()))
            home = entry.folder();
    if (!home) {
        std::map<std::string_view, std::size_t> count;
        for (const Entry& entry : source.entries())
            if (named(entry.name()) != nullptr) ++count[entry.folder()];
        std::size_t best = 0;
        for (const Entry& entry : source.entries()) {
            if (named(entry.name()) == nullptr || count[entry.folder()] <= best) continue;
            best = count[entry.folder()];
            home = entry.folder();
        }
    }
    if (!home) return layout;
    const std::string_view root = last_folder(*home) == "peertube" ? parent(*home) : *home;
    for (const Entry& entry : source.entries()) {
        const FileName* name = named(entry.name());
        if (entry.folder() == *home && name != nullptr) {
            layout.files.push_back({&entry, name->kind});
        } else if (last_folder(entry.folder()) == "activity-pub" && parent(entry.folder()) == root) {
            if (entry.name() == "following.json") layout.followed_actors = &entry;
            else ++layout.copies;
        } else if (*home == root || !is_below(entry.folder(), root, "files")) {
            layout.holds_all = false;
        }
    }
    std::ranges::stable_sort(layout.files, {}, &FoundFile::kind);
    return layout;
}

std::string_view list_name(FileKind kind) noexcept {
    return std::ranges::find(file_names, kind, &FileName::kind)->list;
}

bool looks_right(FileKind kind, std::string_view head) {
    const FileName& file = *std::ranges::find(file_names, kind, &FileName::kind);
    LookHandler handler(file.member);
    if (kind == FileKind::account) {
        static_cast<void>(
            read_json(*memory_stream(head), {},
                      {{JsonPattern::value, "url"}, {JsonPattern::value, "name"}, {JsonPattern::value, "displayName"}}, handler));
        return handler.met == 0b111;
    }
    const std::string path = std::string(file.list) + "[*]";
    static_cast<void>(read_json(*memory_stream(head), {}, {{JsonPattern::value, path}}, handler));
    return handler.has_member;
}

Findings survey(const Layout& layout, const OpenEntry& open) {
    Findings found;
    const auto visit = [&](const Entry* entry, const std::string& path, std::function<void(JsonValue)> take) {
        if (entry == nullptr) return;
        open(*entry, [&](ByteStream& stream) { for_each(stream, entry->path, path, take); });
    };
    const auto visit_file = [&](FileKind kind, const std::string& path, std::function<void(JsonValue)> take) {
        if (const FoundFile* file = layout.find(kind)) visit(file->entry, path, std::move(take));
    };
    visit_file(FileKind::account, "", [&](JsonValue account) {
        found.url = account["url"].string();
        found.name = trim(account["displayName"].string());
        found.handle = handle_of(actor_handle(found.url));
    });
    visit_file(FileKind::channels, "channels[*]", [&](JsonValue channel) {
        if (std::string handle = handle_of(actor_handle(channel["url"].string())); !handle.empty())
            found.channels.insert(std::move(handle));
    });
    visit_file(FileKind::videos, "videos[*]", [&](JsonValue video) {
        const std::string url(video["url"].string());
        const std::string_view channel = video["channel"]["name"].string();
        const auto host = actor_handle(url);  // a video lives where its channel does
        if (const auto at = host.rfind('@'); !channel.empty() && at != std::string::npos)
            found.channel_of_video[url] = handle_of(std::string(channel) + host.substr(at));
    });
    visit_file(FileKind::comments, "comments[*]", [&](JsonValue comment) {
        if (const auto url = comment["url"].string(); !url.empty()) found.comments.emplace(url);
    });
    if (found.handle.empty())
        visit_file(FileKind::following, "following[*]", [&](JsonValue follow) {
            if (found.handle.empty()) found.handle = handle_of(follow["handle"].string());
        });
    visit(layout.followed_actors, "orderedItems[*]", [&](JsonValue actor) {
        const std::string_view url = actor.string();
        if (url.find("/accounts/") != std::string_view::npos) found.people.insert(handle_of(actor_handle(url)));
    });
    return found;
}

std::string handle_of(std::string_view written) {
    std::string folded = fold_name(written);
    return folded.starts_with('@') ? folded.substr(1) : folded;
}

}  // namespace secateur::peertube

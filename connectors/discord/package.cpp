// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/discord/package.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/json_stream.hpp"
#include "base/text.hpp"

namespace secateur::discord {
namespace {

bool is_id(std::string_view text) {
    return text.size() >= 16 && text.size() <= 32 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "c123..." since 2021, "123..." before; empty for any other folder.
std::string_view channel_id(std::string_view folder) {
    if (folder.starts_with('c')) folder.remove_prefix(1);
    return is_id(folder) ? folder : std::string_view();
}

std::string_view parent(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}
std::string_view last(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// The folders in which channels and servers lie. More than one of a kind: several packages.
struct Roots {
    std::set<std::string, std::less<>> messages, servers;
};

bool is_message_file(std::string_view name) { return name == "messages.json" || name == "messages.csv"; }

Roots find_roots(const Source& source) {
    Roots roots;
    for (const Entry& entry : source.entries()) {
        const std::string_view folder = entry.folder();
        if (folder.empty()) continue;
        if ((entry.name() == "channel.json" || is_message_file(entry.name())) && !channel_id(last(folder)).empty())
            roots.messages.emplace(parent(folder));
        else if (entry.name() == "guild.json" && is_id(last(folder))) roots.servers.emplace(parent(folder));
    }
    return roots;
}

/// Hands over each member of the root object.
class Members final : public JsonHandler {
public:
    using Take = std::function<void(std::string_view key, JsonValue value)>;
    explicit Members(const Take& take) : take_(take) {}
    Flow on_value(std::size_t, std::string_view key, JsonValue value, const Location&) override {
        take_(key, value);
        return Flow::proceed;
    }

private:
    const Take& take_;
};

/// Whether the file was whole.
bool read_members(ByteStream& stream, const Entry& entry, std::vector<Problem>& problems, const Members::Take& take) {
    static const std::vector<JsonPattern> patterns{{JsonPattern::value, "*"}};
    Members members(take);
    JsonOutcome outcome = read_json(stream, entry.path, patterns, members);
    if (outcome.end == JsonEnd::broken) problems.push_back(std::move(outcome.problem));
    return outcome.end == JsonEnd::complete;
}

/// Numbers until 2025, words since.
Conversation kind_of(JsonValue type) {
    if (const auto number = type.integer()) {
        if (*number == 1) return Conversation::direct;
        if (*number == 3) return Conversation::group_chat;
        return Conversation::server;
    }
    const std::string_view word = type.string();
    if (word == "DM") return Conversation::direct;
    if (word == "GROUP_DM") return Conversation::group_chat;
    const bool is_server = word.starts_with("GUILD_") || word.find("THREAD") != std::string_view::npos;
    return is_server ? Conversation::server : Conversation::unknown;
}

/// Text and announcement channels cannot have spaces in their names.
bool may_have_spaces(JsonValue type) {
    const std::string_view shown = type.scalar();
    return shown != "0" && shown != "5" && shown != "GUILD_TEXT" && shown != "GUILD_ANNOUNCEMENT" && shown != "GUILD_NEWS";
}

/// A channel as its files tell it, before names are looked up.
struct Head {
    Conversation kind = Conversation::unknown;
    std::string name, guild, guild_name;
    std::vector<std::string> recipients;
    bool has_spaces = true;
};

Head read_head(ByteStream& stream, const Entry& entry, std::vector<Problem>& problems) {
    Head head;
    static_cast<void>(read_members(stream, entry, problems, [&](std::string_view key, JsonValue value) {
        if (key == "type") {
            head.kind = kind_of(value);
            head.has_spaces = may_have_spaces(value);
        } else if (key == "name") {
            head.name = trim(value.string());
        } else if (key == "guild") {
            head.guild = value["id"].scalar();
            head.guild_name = trim(value["name"].string());
        } else if (key == "recipients") {
            for (const JsonValue each : value)
                if (is_id(each.scalar())) head.recipients.emplace_back(each.scalar());
        }
    }));
    if (!head.guild.empty()) head.kind = Conversation::server;
    else if (head.kind == Conversation::unknown && head.recipients.size() == 2) head.kind = Conversation::direct;
    return head;
}

class Surveyor {
public:
    Surveyor(const Source& source, const Layout& layout) : source_(source), layout_(layout) {}

    Survey run() {
        read_files();
        find_me();
        for (const auto& [id, files] : layout_.channels) settle(id);
        return std::move(result_);
    }

private:
    void read_files() {
        std::map<std::string_view, std::function<void(const Entry&, ByteStream&)>> wanted;
        for (const Entry* user : layout_.users)
            wanted[user->path] = [this](const Entry& entry, ByteStream& stream) { read_user(entry, stream); };
        if (layout_.labels != nullptr)
            wanted[layout_.labels->path] = [this](const Entry& entry, ByteStream& stream) {
                static_cast<void>(read_members(stream, entry, result_.problems, [this](std::string_view key, JsonValue value) {
                    labels_[std::string(key)] = value.string();
                }));
            };
        if (layout_.server_list != nullptr)
            wanted[layout_.server_list->path] = [this](const Entry& entry, ByteStream& stream) {
                bool is_list = true;
                const bool is_whole = read_members(stream, entry, result_.problems, [&](std::string_view key, JsonValue value) {
                    if (!is_id(key)) is_list = false;
                    else list(std::string(key), value.string());
                });
                // What a cut list does not name was not left for that.
                result_.has_server_list = result_.has_server_list || (is_list && is_whole);
            };
        for (const auto& [id, entry] : layout_.guilds)
            wanted[entry->path] = [this, key = id](const Entry& file, ByteStream& stream) { read_guild(key, file, stream); };
        for (const auto& [id, files] : layout_.channels)
            if (files.head != nullptr)
                wanted[files.head->path] = [this, key = id](const Entry& file, ByteStream& stream) {
                    heads_[key] = read_head(stream, file, result_.problems);
                };
        source_.for_each([&](const Entry& entry) { return wanted.contains(entry.path); },
                         [&](const Entry& entry, ByteStream& stream) {
                             wanted.at(entry.path)(entry, stream);
                             return Flow::proceed;
                         });
    }

    void read_user(const Entry& entry, ByteStream& stream) {
        std::string id, username, display_name;
        static_cast<void>(read_members(stream, entry, result_.problems, [&](std::string_view key, JsonValue value) {
            if (key == "id") id = value.scalar();
            else if (key == "username") username = trim(value.string());
            else if (key == "global_name" || key == "display_name")
                display_name = display_name.empty() ? std::string(trim(value.string())) : display_name;
        }));
        if (!result_.my_id.empty() || !is_id(id)) return;
        result_.my_id = std::move(id);
        result_.username = std::move(username);
        result_.display_name = std::move(display_name);
    }

    void read_guild(const std::string& id, const Entry& entry, ByteStream& stream) {
        result_.has_server_list = true;
        list(id, {});
        static_cast<void>(read_members(stream, entry, result_.problems, [&](std::string_view key, JsonValue value) {
            if (key == "name") list(id, value.string());
            else if (key == "owner_id") owners_[id] = value.scalar();
        }));
    }

    void list(const std::string& id, std::string_view name) {
        Server& server = result_.servers[id];
        server.is_listed = true;
        if (server.name.empty()) server.name = trim(name);
    }

    /// Without user.json: whoever is in every conversation of two.
    void find_me() {
        if (result_.my_id.empty()) {
            std::map<std::string, std::size_t> seen;
            std::size_t conversations = 0;
            for (const auto& [id, head] : heads_) {
                if (head.kind != Conversation::direct || head.recipients.size() != 2) continue;
                ++conversations;
                for (const std::string& each : std::set<std::string>(head.recipients.begin(), head.recipients.end()))
                    ++seen[each];
            }
            for (const auto& [person, count] : seen)
                if (count == conversations && conversations > 1) result_.my_id = person;
        }
        for (const auto& [id, owner] : owners_) result_.servers[id].is_mine = !owner.empty() && owner == result_.my_id;
        for (const auto& [id, head] : heads_)
            if (!head.guild.empty() && result_.servers[head.guild].name.empty())
                result_.servers[head.guild].name = head.guild_name;
        for (const auto& [id, server] : result_.servers) {
            const std::string folded = fold_name(server.name);
            if (folded.empty()) continue;
            known_.insert(folded);
            // Two servers of one name: their channels cannot be told apart by it.
            const auto [place, is_new] = by_name_.emplace(folded, id);
            if (!is_new) place->second.clear();
        }
    }

    void settle(const std::string& id) {
        Channel& channel = result_.channels[id];
        const auto found = heads_.find(id);
        const Head head = found == heads_.end() ? Head{} : found->second;
        const auto written = labels_.find(id);
        Label label;
        if (written != labels_.end()) label = parse_label(written->second, head.name, known_, head.has_spaces);
        channel.kind = head.kind != Conversation::unknown ? head.kind : label.kind;
        channel.name = head.name.empty() ? label.channel : head.name;
        // "Holidays in Spain" is no channel of a server here.
        if (channel.kind == Conversation::group_chat && head.name.empty() && !label.server.empty())
            channel.name = trim(written->second);
        switch (channel.kind) {
            case Conversation::direct:
            case Conversation::group_chat:
                channel.group = id;
                break;
            case Conversation::server:
                channel.group = head.guild.empty() ? key_by_name(label.server) : head.guild;
                if (channel.group.empty()) break;
                if (Server& server = result_.servers[channel.group]; !channel.name.empty())
                    server.channels.push_back(channel.name);
                break;
            case Conversation::unknown:
                break;
        }
    }

    std::string key_by_name(const std::string& name) {
        if (name.empty()) return {};
        if (const auto known = by_name_.find(fold_name(name)); known != by_name_.end()) return known->second;
        std::string key = key_of_name(name);
        if (Server& server = result_.servers[key]; server.name.empty()) server.name = name;
        return key;
    }

    const Source& source_;
    const Layout& layout_;
    Survey result_;
    std::map<std::string, Head, std::less<>> heads_;
    std::map<std::string, std::string, std::less<>> labels_, owners_;
    std::set<std::string> known_;  // folded names of servers
    std::map<std::string, std::string> by_name_;  // folded name: id, empty where two servers share it
};

}  // namespace

std::optional<Layout> lay_out(const Source& source) {
    const Roots roots = find_roots(source);
    if (roots.messages.size() > 1 || roots.servers.size() > 1 || (roots.messages.empty() && roots.servers.empty()))
        return std::nullopt;
    const std::string* messages = roots.messages.empty() ? nullptr : &*roots.messages.begin();
    const std::string* servers = roots.servers.empty() ? nullptr : &*roots.servers.begin();
    if (messages != nullptr && servers != nullptr && parent(*messages) != parent(*servers)) return std::nullopt;
    const std::string root(parent(messages != nullptr ? *messages : *servers));
    const std::string prefix = root.empty() ? std::string() : root + '/';

    Layout layout;
    for (const Entry& entry : source.entries()) {
        const std::string_view folder = entry.folder(), name = entry.name();
        if (!entry.path.starts_with(prefix) && !name.starts_with("README")) layout.is_alone = false;
        if (messages != nullptr && parent(folder) == *messages && !channel_id(last(folder)).empty()) {
            Layout::Channel& channel = layout.channels[std::string(channel_id(last(folder)))];
            if (name == "channel.json") channel.head = &entry;
            else if (is_message_file(name) && channel.messages == nullptr) channel.messages = &entry;
            else ++layout.unread;
        } else if (servers != nullptr && name == "guild.json" && parent(folder) == *servers && is_id(last(folder))) {
            layout.guilds.emplace(last(folder), &entry);
        } else if (messages != nullptr && folder == *messages && name == "index.json") {
            layout.labels = &entry;
        } else if (name == "index.json" &&
                   (servers != nullptr ? folder == *servers : !folder.empty() && parent(folder) == root)) {
            layout.server_list = &entry;  // an empty list of servers has no folder to know it by
        } else if (name == "user.json" && !folder.empty() && parent(folder) == root) {
            layout.users.push_back(&entry);
        } else {
            ++layout.unread;
        }
    }
    return layout;
}

Survey survey(const Source& source, const Layout& layout) { return Surveyor(source, layout).run(); }

std::string key_of_name(std::string_view server) { return "name:" + fold_name(server); }

Label parse_label(std::string_view label, std::string_view channel_name, const std::set<std::string>& known, bool has_spaces) {
    constexpr std::string_view direct = "Direct Message with ", between = " in ", unknown = "Unknown channel";
    label = trim(label);
    if (label.empty() || label == "None" || label == unknown) return {};
    if (label.starts_with(direct)) {
        std::string_view name = label.substr(direct.size());
        if (name.ends_with("#0")) name.remove_suffix(2);  // accounts renamed in 2023 have no number any more
        return {.kind = Conversation::direct, .channel = std::string(name), .server = {}};
    }
    const auto split_at = [&](std::size_t at) {
        std::string_view channel = label.substr(0, at);
        if (channel == unknown) channel = {};
        return Label{.kind = Conversation::server,
                     .channel = std::string(channel),
                     .server = std::string(label.substr(at + between.size()))};
    };
    for (const std::string_view named : {channel_name, unknown})
        if (!named.empty() && label.starts_with(named) && label.substr(named.size()).starts_with(between))
            return split_at(named.size());
    const std::size_t first = label.find(between);
    if (first == std::string_view::npos) return {.kind = Conversation::unknown, .channel = std::string(label), .server = {}};
    for (std::size_t at = first; at != std::string_view::npos; at = label.find(between, at + 1))
        if (known.contains(fold_name(label.substr(at + between.size())))) return split_at(at);
    return split_at(has_spaces ? label.rfind(between) : first);
}

}  // namespace secateur::discord

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/slack/workspace.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "base/json_stream.hpp"
#include "base/text.hpp"

namespace secateur::slack {
namespace {

struct ListName {
    std::string_view file;
    List list;
};
constexpr std::array<ListName, 7> list_names{{{"users.json", List::users},
                                              {"org_users.json", List::users},
                                              {"channels.json", List::channels},
                                              {"groups.json", List::groups},
                                              {"mpims.json", List::mpims},
                                              {"dms.json", List::dms},
                                              {"integration_logs.json", List::integrations}}};

bool is_below(std::string_view path, std::string_view root) {
    return root.empty() || (path.size() > root.size() && path.starts_with(root) && path[root.size()] == '/');
}

std::string_view parent(std::string_view folder) {
    const std::size_t slash = folder.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash);
}

/// The list as a whole, element by element.
class ListReader final : public JsonHandler {
public:
    ListReader(Workspace& workspace, List list, std::map<std::string, std::uint64_t>& teams)
        : workspace_(workspace), list_(list), teams_(teams) {}

    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location&) override {
        if (list_ == List::integrations) ++workspace_.integrations;
        else if (list_ == List::users) take_user(value);
        else take_conversation(value);
        return Flow::proceed;
    }

private:
    void take_user(JsonValue user) {
        const std::string_view id = user["id"].string();
        if (id.empty()) return;
        const JsonValue profile = user["profile"];
        Member& member = workspace_.members.at(id);
        member.handle = user["name"].string();
        member.email = profile["email"].string();
        member.automatic = user["is_bot"].boolean().value_or(false) || id == "USLACKBOT";
        for (const JsonValue name : {profile["real_name"], user["real_name"], profile["display_name"]}) {
            const std::string_view text = trim(name.string());
            if (text.empty()) continue;
            if (member.name.empty()) member.name = text;
            else if (text != member.name) member.other_names.emplace_back(text);
        }
        if (member.name.empty()) member.name = member.handle;
        const std::string_view team = user["team_id"].string();
        if (team.empty() || user["is_stranger"].boolean().value_or(false)) return;
        // Guests of other workspaces are listed too; the one who owns this one is not a guest.
        teams_[std::string(team)] += user["is_primary_owner"].boolean().value_or(false) ? std::uint64_t{1} << 32 : 1;
    }

    void take_conversation(JsonValue value) {
        const std::string_view id = value["id"].string();
        if (id.empty()) return;
        Conversation& added = workspace_.conversations.emplace_back();
        added.id = id;
        added.name = value["name"].string();
        added.list = list_;
        added.archived = value["is_archived"].boolean().value_or(false);
        added.creator = value["creator"].string();
        const std::string_view purpose = trim(value["purpose"]["value"].string()), topic = trim(value["topic"]["value"].string());
        added.description = !purpose.empty() ? purpose : topic;
        if (const JsonValue members = value["members"]; members.is_array()) {
            added.members.emplace();
            for (const JsonValue member : members)
                if (!member.string().empty()) added.members->push_back(workspace_.members.number(member.string()));
            added.member_count = added.members->size();
        } else {
            added.member_count = value["num_members"].unsigned_integer();
            if (const std::string_view user = value["user"].string(); !user.empty()) added.peer = workspace_.members.number(user);
        }
        added.taken_part = value["is_member"].boolean();
    }

    Workspace& workspace_;
    List list_;
    std::map<std::string, std::uint64_t>& teams_;
};

/// Authors and how often they wrote.
class Surveyor final : public JsonHandler {
public:
    explicit Surveyor(Members& members) : members_(members) {}

    Flow on_begin(std::size_t, const Location&) override {
        user_.clear();
        name_.clear();
        is_bot_ = false;
        return Flow::proceed;
    }
    Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location&) override {
        if (pattern == 1) user_ = value.string();
        if (pattern == 2) name_ = trim(value["real_name"].string());
        if (pattern == 2 && name_.empty()) name_ = trim(value["display_name"].string());
        if (pattern == 3) is_bot_ = value.is_string();
        return Flow::proceed;
    }
    Flow on_end(std::size_t) override {
        if (user_.empty()) return Flow::proceed;
        Member& member = members_.at(user_);
        if (!is_bot_) ++member.messages;
        if (member.name.empty()) member.name = name_;
        return Flow::proceed;
    }

    [[nodiscard]] static const std::vector<JsonPattern>& patterns() {
        static const std::vector<JsonPattern> list{{JsonPattern::scope, "[*]"},
                                                   {JsonPattern::value, "[*].user"},
                                                   {JsonPattern::value, "[*].user_profile"},
                                                   {JsonPattern::value, "[*].bot_id"}};
        return list;
    }

private:
    Members& members_;
    std::string user_, name_;
    bool is_bot_ = false;
};

}  // namespace

List list_of(std::string_view file_name) noexcept {
    for (const ListName& each : list_names)
        if (each.file == file_name) return each.list;
    return List::none;
}

bool is_day_file(std::string_view file_name) noexcept {
    constexpr std::string_view shape = "0000-00-00.json";
    if (file_name.size() != shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char c = file_name[i];
        if (shape[i] == '0' ? c < '0' || c > '9' : c != shape[i]) return false;
    }
    return true;
}

bool Layout::has(List list) const noexcept {
    return std::ranges::any_of(lists, [list](const Entry* entry) { return list_of(entry->name()) == list; });
}

bool Layout::is_list(const Entry& entry) const noexcept { return entry.folder() == root && list_of(entry.name()) != List::none; }

bool Layout::is_day(const Entry& entry) const noexcept {
    return is_day_file(entry.name()) && (entry.folder().empty() || parent(entry.folder()) == root);
}

std::optional<Layout> find_layout(const Source& source) {
    const auto depth = [](const Entry& entry) { return std::ranges::count(entry.path, '/'); };
    const Entry* shallowest = nullptr;
    const Entry* day = nullptr;
    for (const Entry& entry : source.entries()) {
        const std::string_view name = entry.name();
        if (const List list = list_of(name); list != List::none && list != List::integrations) {
            if (shallowest == nullptr || depth(entry) < depth(*shallowest)) shallowest = &entry;
        } else if (day == nullptr && is_day_file(name)) {
            day = &entry;
        }
    }
    if (shallowest == nullptr && day == nullptr) return std::nullopt;
    Layout layout;
    layout.root = shallowest != nullptr ? shallowest->folder() : parent(day->folder());
    constexpr std::uint64_t empty_list = 8;  // bytes
    for (const Entry& entry : source.entries()) {
        if (!is_below(entry.path, layout.root)) return std::nullopt;
        if (layout.is_list(entry)) layout.lists.push_back(&entry);
        else if (layout.is_day(entry) && (layout.day == nullptr || layout.day->size.value_or(0) < empty_list)) layout.day = &entry;
    }
    if (layout.lists.empty() && layout.day == nullptr) return std::nullopt;
    return layout;
}

const Conversation* Workspace::find_id(std::string_view id) const {
    const auto found = by_folder.find(std::string(id));
    return found == by_folder.end() ? nullptr : found->second;
}

std::string Workspace::names_of(const Conversation& conversation, const Ownership& me) const {
    std::string names;
    if (conversation.peer) return members.numbered(*conversation.peer).name;
    if (!conversation.members) return names;
    for (const std::uint32_t number : *conversation.members) {
        const Member& member = members.numbered(number);
        if (me.is_me(member.id)) continue;
        if (!names.empty()) names += ", ";
        names += member.name.empty() ? member.id : member.name;
    }
    return names;
}

Workspace read_workspace(const Source& source, const Layout& layout) {
    Workspace workspace;
    std::map<std::string, std::uint64_t> teams;
    const auto wanted = [&](const Entry& entry) { return layout.is_list(entry); };
    source.for_each(wanted, [&](const Entry& entry, ByteStream& stream) {
        ListReader reader(workspace, list_of(entry.name()), teams);
        JsonOutcome outcome = read_json(stream, entry.path, {{JsonPattern::value, "[*]"}}, reader);
        if (outcome.end == JsonEnd::broken) workspace.problems.push_back(std::move(outcome.problem));
        return Flow::proceed;
    });
    if (!teams.empty()) workspace.team = std::ranges::max_element(teams, {}, [](const auto& each) { return each.second; })->first;
    for (const Conversation& each : workspace.conversations) workspace.by_folder.emplace(each.id, &each);
    for (const Conversation& each : workspace.conversations)
        if (!each.name.empty()) workspace.by_folder.emplace(nfc(each.name), &each);
    return workspace;
}

std::optional<Ownership> owner_by_conversations(const Workspace& workspace) {
    constexpr std::uint64_t enough = 3;
    std::set<std::uint32_t> in_all;
    std::uint64_t count = 0;
    for (const Conversation& each : workspace.conversations) {
        if (each.list != List::dms || !each.members || each.members->size() != 2 || (*each.members)[0] == (*each.members)[1]) continue;
        const std::set<std::uint32_t> both(each.members->begin(), each.members->end());
        if (++count == 1) in_all = both;
        else std::erase_if(in_all, [&](std::uint32_t number) { return !both.contains(number); });
    }
    if (count < enough || in_all.size() != 1) return std::nullopt;
    return owner_by_export(workspace.members.numbered(*in_all.begin()), msg("slack.owner_direct", arg("count", count)));
}

void survey(const Source& source, const Layout& layout, Workspace& workspace) {
    Surveyor surveyor(workspace.members);
    const auto wanted = [&](const Entry& entry) { return layout.is_day(entry); };
    source.for_each(wanted, [&](const Entry& entry, ByteStream& stream) {
        static_cast<void>(read_json(stream, entry.path, Surveyor::patterns(), surveyor));
        return Flow::proceed;
    });
}

Window window_in_name(std::string_view name, const std::optional<Zone>& zone) {
    constexpr std::string_view mark = "Slack export ";
    std::string text(name);
    std::ranges::replace(text, '_', ' ');
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) return {};
    const std::string_view range = std::string_view(text).substr(at + mark.size());
    const std::size_t dash = range.find(" - ");
    if (dash == std::string_view::npos) return {};
    const auto day = [&](std::string_view written, bool at_its_end) -> std::optional<Instant> {
        const auto words = split(trim(written), ' ');
        if (words.size() < 3) return std::nullopt;
        auto local = parse_local(std::string(words[0]) + ' ' + std::string(words[1]) + ' ' + std::string(words[2].substr(0, 4)), "%b %d %Y");
        if (!local) return std::nullopt;
        if (at_its_end) local->hour = 23, local->minute = 59, local->second = 59;
        return (zone ? *zone : Zone::utc()).to_instant(*local);
    };
    return {day(range.substr(0, dash), false), day(range.substr(dash + 3), true)};
}

}  // namespace secateur::slack

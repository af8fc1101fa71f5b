// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/teams/tenant.hpp"
#include "base/ascii.hpp"

#include <algorithm>
#include <utility>

#include "base/json_stream.hpp"
#include "base/text.hpp"

namespace secateur::teams {
namespace {

std::string_view parent(std::string_view folder) {
    const std::size_t slash = folder.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash);
}
std::string_view last(std::string_view folder) { return folder.substr(folder.rfind('/') + 1); }

class ListReader final : public JsonHandler {
public:
    ListReader(Tenant& tenant, FileKind kind, std::string_view owner) : tenant_(tenant), kind_(kind), owner_(owner) {
        if (kind == FileKind::team_members) tenant.teams[owner_].members.emplace();
    }

    Flow on_value(std::size_t, std::string_view, JsonValue row, const Location&) override {
        switch (kind_) {
            case FileKind::users:
                take_user(row);
                break;
            case FileKind::teams:
                if (const std::string_view id = row["GroupsId"].string(); !id.empty()) {
                    Team& team = tenant_.teams[std::string(id)];
                    team.name = trim(row["Name"].string());
                    team.description = trim(row["Description"].string());
                }
                break;
            case FileKind::team_settings:
                if (const std::string_view id = row["Id"].string(); !id.empty()) {
                    Team& team = tenant_.teams[std::string(id)];
                    team.archived = row["IsArchived"].boolean().value_or(false);
                    if (team.name.empty()) team.name = trim(row["DisplayName"].string());
                }
                break;
            case FileKind::channels:
                take_channel(row);
                break;
            case FileKind::team_members:
                take_member(row);
                break;
            default:
                break;
        }
        return Flow::proceed;
    }

private:
    void take_user(JsonValue row) {
        const std::string_view id = row["Id"].string();
        if (id.empty()) return;
        Member& member = tenant_.members.at(id);
        member.name = trim(row["DisplayName"].string());
        member.handle = row["UserPrincipalName"].string();
        member.email = row["Mail"].string();
        std::string both(trim(row["GivenName"].string()));
        both.append(1, ' ').append(trim(row["Surname"].string()));
        if (std::string_view full = trim(both); !full.empty() && full != member.name) member.other_names.emplace_back(full);
        for (const std::string& address : {member.email, member.handle})
            if (!address.empty()) tenant_.by_address.emplace(ascii_lowered(address), id);
    }
    void take_channel(JsonValue row) {
        const std::string_view id = row["Id"].string();
        if (id.empty()) return;
        Channel& channel = tenant_.channels[std::string(id)];
        channel.name = trim(row["DisplayName"].string());
        channel.description = trim(row["Description"].string());
        channel.url = row["WebUrl"].string();
        channel.team = owner_;
        channel.archived = row["IsArchived"].boolean().value_or(false);
        const std::string_view kind = row["MembershipType"].string();
        channel.restricted = !kind.empty() && kind != "standard";
    }
    void take_member(JsonValue row) {
        const std::string_view id = row["UserId"].string();
        if (id.empty()) return;
        tenant_.teams[owner_].members->insert_or_assign(std::string(id), ascii_lowered(row["Role"].string()) == "owner");
        Member& member = tenant_.members.at(id);
        if (member.name.empty()) member.name = trim(row["Name"].string());
        if (member.handle.empty()) member.handle = row["UserName"].string();
    }

    Tenant& tenant_;
    FileKind kind_;
    std::string owner_;
};

class Surveyor final : public JsonHandler {
public:
    explicit Surveyor(Members& members) : members_(members) {}
    Flow on_value(std::size_t, std::string_view, JsonValue user, const Location&) override {
        const std::string_view id = user["Id"].string();
        if (id.empty()) return Flow::proceed;
        Member& member = members_.at(id);
        ++member.messages;
        if (member.name.empty()) member.name = trim(user["DisplayName"].string());
        return Flow::proceed;
    }

private:
    Members& members_;
};

class ChatFinder final : public JsonHandler {
public:
    explicit ChatFinder(std::set<std::string, std::less<>>& chats) : chats_(chats) {}
    Flow on_value(std::size_t, std::string_view, JsonValue id, const Location&) override {
        if (!id.string().empty() && !chats_.contains(id.string())) chats_.emplace(id.string());
        return Flow::proceed;
    }

private:
    std::set<std::string, std::less<>>& chats_;
};

}  // namespace

std::string_view Layout::owner_of(const Entry& entry) noexcept { return last(entry.folder()); }

FileKind Layout::kind_of(const Entry& entry) const noexcept {
    const std::string_view folder = entry.folder(), name = entry.name();
    if (folder.empty() || !name.ends_with(".json")) return FileKind::none;
    if (parent(folder) == root) {
        if (last(folder) == "users" && name == "usersList.json") return FileKind::users;
        if (last(folder) == "teams" && name == "teamsList.json") return FileKind::teams;
        if (last(folder) == "teams" && name == "teamsSettings.json") return FileKind::team_settings;
        return FileKind::none;
    }
    const std::string_view above = parent(folder);
    if (above.empty() || parent(above) != root) return FileKind::none;
    if (last(above) == "teams") {
        if (name.starts_with("channels_")) return FileKind::channels;
        if (name.starts_with("teamMembers_")) return FileKind::team_members;
        if (name.starts_with("messages_")) return FileKind::team_messages;
    } else if (last(above) == "users") {
        if (name.starts_with("messages_")) return FileKind::chats;
        if (name.starts_with("meetings_")) return FileKind::meetings;
    }
    return FileKind::none;
}

std::optional<Layout> find_layout(const Source& source) {
    for (const Entry& entry : source.entries()) {
        const std::string_view folder = entry.folder(), name = entry.name();
        if ((name == "teamsList.json" && last(folder) == "teams") || (name == "usersList.json" && last(folder) == "users")) return Layout{std::string(parent(folder))};
        if (name.starts_with("messages_") && name.ends_with(".json") && (last(parent(folder)) == "teams" || last(parent(folder)) == "users"))
            return Layout{std::string(parent(parent(folder)))};
    }
    return std::nullopt;
}

void read_lists(const Source& source, const Layout& layout, Tenant& tenant) {
    const auto wanted = [&](const Entry& entry) {
        const FileKind kind = layout.kind_of(entry);
        return kind != FileKind::none && kind != FileKind::team_messages && kind != FileKind::chats && kind != FileKind::meetings;
    };
    source.for_each(wanted, [&](const Entry& entry, ByteStream& stream) {
        ListReader reader(tenant, layout.kind_of(entry), Layout::owner_of(entry));
        JsonOutcome outcome = read_json(stream, entry.path, {{JsonPattern::value, "[*]"}}, reader);
        if (outcome.end == JsonEnd::broken) tenant.problems.push_back(std::move(outcome.problem));
        return Flow::proceed;
    });
}

void survey(const Source& source, const Layout& layout, Tenant& tenant) {
    Surveyor surveyor(tenant.members);
    const auto wanted = [&](const Entry& entry) {
        const FileKind kind = layout.kind_of(entry);
        return kind == FileKind::team_messages || kind == FileKind::chats;
    };
    source.for_each(wanted, [&](const Entry& entry, ByteStream& stream) {
        static_cast<void>(read_json(stream, entry.path, {{JsonPattern::value, "[*].From.User"}}, surveyor));
        return Flow::proceed;
    });
}

void find_my_chats(const Source& source, const Layout& layout, Tenant& tenant) {
    ChatFinder finder(tenant.my_chats);
    const auto wanted = [&](const Entry& entry) { return layout.kind_of(entry) == FileKind::chats && tenant.me.is_me(Layout::owner_of(entry)); };
    source.for_each(wanted, [&](const Entry& entry, ByteStream& stream) {
        static_cast<void>(read_json(stream, entry.path, {{JsonPattern::value, "[*].ChatId"}}, finder));
        return Flow::proceed;
    });
}

}  // namespace secateur::teams

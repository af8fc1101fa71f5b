// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/instagram/export.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/instagram/lines.hpp"

namespace secateur::instagram {
namespace {

constexpr std::size_t most_candidates = 10;
constexpr std::size_t enough_people = 64;  // more cannot change what kind of conversation it is

struct NamedKind {
    std::string_view name;
    FileKind kind;
};
// File names stay English whatever the language of the account.
constexpr std::array named_kinds{
    NamedKind{"following", FileKind::following},
    NamedKind{"followers", FileKind::followers},
    NamedKind{"close_friends", FileKind::close_friends},
    NamedKind{"following_hashtags", FileKind::hashtags},
    NamedKind{"pending_follow_requests", FileKind::requests_sent},
    NamedKind{"recent_follow_requests", FileKind::requests_sent},
    NamedKind{"follow_requests_you_ve_received", FileKind::requests_received},
    NamedKind{"recently_unfollowed_accounts", FileKind::not_contacts},
    NamedKind{"recently_unfollowed_profiles", FileKind::not_contacts},
    NamedKind{"blocked_accounts", FileKind::not_contacts},
    NamedKind{"blocked_profiles", FileKind::not_contacts},
    NamedKind{"restricted_accounts", FileKind::not_contacts},
    NamedKind{"restricted_profiles", FileKind::not_contacts},
    NamedKind{"removed_suggestions", FileKind::not_contacts},
    NamedKind{"hide_story_from", FileKind::not_contacts},
};
// Where the folders of an export begin.
constexpr std::array top_folders{"your_instagram_activity", "connections",         "messages",    "followers_and_following",
                                 "personal_information",    "account_information", "preferences", "media"};

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }
std::string_view without_last(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

/// "Follow requests you've received_2.json" -> "follow_requests_you_ve_received".
std::string logical_name(std::string_view path) {
    std::string name;
    const std::string_view last = last_part(path);
    for (std::size_t i = 0; i < last.size(); ++i) {
        if (last.substr(i).starts_with("’")) {
            name += '_';
            i += 2;
        } else {
            const char c = last[i];
            name += c == '\'' || c == ' ' ? '_' : ascii_lower(c);
        }
    }
    if (name.ends_with(".json")) name.resize(name.size() - 5);
    std::size_t end = name.size();
    while (end > 0 && is_digit(name[end - 1])) --end;
    if (end < name.size() && end > 1 && name[end - 1] == '_') name.resize(end - 1);
    return name;
}

/// What stands before the folders of the export; nothing when none of them is there.
std::optional<std::string_view> root_of(std::string_view path) {
    std::size_t begin = 0;
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', begin)) {
        const std::string_view part = path.substr(begin, slash - begin);
        if (std::ranges::find(top_folders, part) != top_folders.end()) return path.substr(0, begin);
        begin = slash + 1;
    }
    return std::nullopt;
}

/// The keys of the profile are labels in the language of the account.
enum class ProfileKey { other, username, name };
ProfileKey profile_key(std::string_view raw) {
    const std::string label = fold_search(fixed_name(raw));
    for (const std::string_view each : {"username", "nom d'utilisateur", "gebruikersnaam", "benutzername", "nutzername",
                                        "nombre de usuario", "nome utente", "nome de usuario", "nome de utilizador"})
        if (label == each) return ProfileKey::username;
    for (const std::string_view each : {"name", "nom", "naam", "nombre", "nome"})
        if (label == each) return ProfileKey::name;
    return ProfileKey::other;
}

class Surveyor final : public JsonHandler {
public:
    Surveyor(Survey& result, FileKind kind, std::string key) : result_(result), kind_(kind), key_(std::move(key)) {}

    static const std::vector<JsonPattern>& patterns(FileKind kind) {
        using enum JsonPattern::Kind;
        static const std::vector<JsonPattern> thread{
            {value, "participants"}, {value, "title"}, {value, "is_still_participant"}, {value, "messages[*].sender_name"}},
            profile{{value, "*[*]"}};
        return kind == FileKind::thread ? thread : profile;
    }

    Flow on_value(std::size_t, std::string_view key, JsonValue value, const Location&) override {
        if (kind_ == FileKind::profile) {
            for (const JsonValue each : value["string_map_data"]) {
                const ProfileKey what = profile_key(each.key());
                std::string* const to = what == ProfileKey::username ? &result_.my_username
                                        : what == ProfileKey::name   ? &result_.my_name
                                                                     : nullptr;
                if (to != nullptr && to->empty()) *to = fixed_name(each["value"].string());
            }
            return Flow::proceed;
        }
        Thread& thread = result_.threads[key_];
        if (key == "participants") {
            thread.participants = std::max(thread.participants, value.size());
            for (const JsonValue each : value) note(thread, fixed_name(each["name"].string()));
        } else if (key == "title") {
            if (thread.name.empty()) thread.name = fixed_name(value.string());
        } else if (key == "is_still_participant") {
            if (!thread.still_in) thread.still_in = value.boolean();
        } else {
            if (value.string() != last_raw_) {  // senders come in runs
                last_raw_ = value.string();
                last_sender_ = fixed_name(last_raw_);
                note(thread, last_sender_);
            }
            ++result_.senders[last_sender_];
        }
        return Flow::proceed;
    }

private:
    void note(Thread& thread, const std::string& name) {
        std::string folded = fold_name(name);
        if (is_nobody(folded)) return;
        if (thread.people.size() < enough_people) thread.people.insert(std::move(folded));
        result_.seen[name].insert(key_);
    }

    Survey& result_;
    FileKind kind_;
    std::string key_;
    std::string last_raw_, last_sender_;
};

void take(Me& me, const std::string& name, Message evidence, bool from_export) {
    me.owner.person = Person{fold_name(name), name};
    me.owner.evidence = std::move(evidence);
    me.owner.from_export = from_export;
    me.account_evidence = from_export ? "account.from_export" : "account.from_profile";
    me.names.insert(fold_name(name));
}

void also(Me& me, const std::string& name) {
    if (const std::string folded = fold_name(name); !folded.empty() && me.names.insert(folded).second)
        me.owner.also.push_back({folded, name});
}

/// The only one who takes part in all conversations, of which there are several.
const std::string* find_everywhere(const Survey& survey) {
    const std::string* found = nullptr;
    if (survey.threads.size() < 2) return nullptr;
    for (const auto& [name, threads] : survey.seen) {
        if (threads.size() != survey.threads.size()) continue;
        if (found != nullptr) return nullptr;
        found = &name;
    }
    return found;
}

bool find_by_identity(Me& me, const Survey& survey, const Identities& identities) {
    for (const auto& [name, threads] : survey.seen) {
        if (!identities.match(name)) continue;
        if (!me.is_known()) take(me, name, msg("instagram.owner_identity", arg("name", name)), false);
        else also(me, name);
    }
    return me.is_known();
}

}  // namespace

FileKind kind_of(std::string_view path) {
    if (!path.ends_with(".json")) return FileKind::other;
    const std::string name = logical_name(path);
    const std::string_view folder = last_part(without_last(path));
    if (name == "message" && !folder.empty()) return FileKind::thread;
    if (name == "personal_information") return FileKind::profile;
    if (folder != "followers_and_following" && !folder.empty() && name != "following_hashtags") return FileKind::other;
    const auto found = std::ranges::find(named_kinds, name, &NamedKind::name);
    return found == named_kinds.end() ? FileKind::other : found->kind;
}

Layout lay_out(const Source& source) {
    Layout layout;
    std::set<std::string_view> roots;
    for (const Entry& entry : source.entries()) {
        const FileKind kind = kind_of(entry.path);
        layout.is_surely_instagram = layout.is_surely_instagram || entry.path.find("your_instagram_") != std::string::npos ||
                                     entry.path.find("followers_and_following/") != std::string::npos;
        if (kind == FileKind::other) {
            ++layout.unread;
            continue;
        }
        layout.files.push_back({&entry, kind});
        if (const auto root = root_of(entry.path)) roots.insert(*root);
    }
    if (roots.size() > 1) layout.is_alone = false;
    if (roots.size() == 1)
        layout.is_alone =
            std::ranges::all_of(source.entries(), [&](const Entry& entry) { return entry.path.starts_with(*roots.begin()); });
    return layout;
}

std::string thread_key(std::string_view path) {
    const std::string_view folder = last_part(without_last(path));
    const auto underscore = folder.rfind('_');
    const std::string_view number = underscore == std::string_view::npos ? folder : folder.substr(underscore + 1);
    return "thread:" + std::string(number.empty() ? folder : number);
}

Survey survey(const Source& source, const Layout& layout) {
    Survey result;
    std::map<std::string_view, FileKind> wanted;
    for (const File& file : layout.files)
        if (file.kind == FileKind::thread || file.kind == FileKind::profile) wanted.emplace(file.entry->path, file.kind);
    source.for_each([&](const Entry& entry) { return wanted.contains(entry.path); },
                    [&](const Entry& entry, ByteStream& stream) {
                        const FileKind kind = wanted.at(entry.path);
                        const std::string key = kind == FileKind::thread ? thread_key(entry.path) : std::string();
                        if (kind == FileKind::thread)
                            if (Thread& thread = result.threads[key]; thread.entry.empty()) thread.entry = entry.path;
                        Surveyor surveyor(result, kind, key);
                        // Broken files are told of in the reading.
                        static_cast<void>(read_json(stream, entry.path, Surveyor::patterns(kind), surveyor));
                        return Flow::proceed;
                    });
    return result;
}

Me settle_owner(const Survey& survey, const Identities& identities, bool has_own_files) {
    Me me;
    const std::string& shown = survey.my_name.empty() ? survey.my_username : survey.my_name;
    const bool is_asked = !shown.empty() && (identities.match(survey.my_name) || identities.match(survey.my_username));
    if (!shown.empty() && (!identities.forced || is_asked))
        take(me, shown, msg("instagram.owner_profile", arg("name", shown)), true);
    if (!me.is_known() && !identities.empty()) static_cast<void>(find_by_identity(me, survey, identities));
    const std::string* everywhere = find_everywhere(survey);
    if (!me.is_known() && !identities.forced && everywhere != nullptr)
        take(me, *everywhere, msg("instagram.owner_everywhere", arg("count", survey.threads.size())), true);
    if (!me.is_known() && survey.threads.empty() && has_own_files) {  // lists of nobody else's: no name is needed
        me.owner.person = Person{"owner", ""};
        me.owner.evidence = msg("instagram.owner_only");
        me.account_evidence = "account.from_export";
    }
    if (me.is_known()) {
        if (me.owner.from_export) {
            also(me, survey.my_name);
            also(me, survey.my_username);
            // The name of the profile may be newer than the one in the conversations.
            const bool is_seen = std::ranges::any_of(survey.seen, [&](const auto& each) { return me.is(fold_name(each.first)); });
            if (!is_seen && everywhere != nullptr) also(me, *everywhere);
        }
        if (identities.forced) {
            me.owner.from_export = false;  // asked for: nothing to check against the profile
            me.account_evidence = "account.asked";
        }
        return me;
    }
    auto all = survey.senders;
    for (const auto& [name, threads] : survey.seen) all.try_emplace(name, 0);
    std::erase_if(all, [](const auto& each) { return is_nobody(fold_name(each.first)); });
    std::vector<std::pair<std::string, std::uint64_t>> ranked(all.begin(), all.end());
    std::ranges::sort(
        ranked, [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
    if (ranked.size() > most_candidates) ranked.resize(most_candidates);
    for (const auto& [name, messages] : ranked)
        me.owner.candidates.push_back({.person = {fold_name(name), name},
                                       .activities = messages,
                                       .evidence = msg("instagram.candidate", arg("count", messages))});
    return me;
}

}  // namespace secateur::instagram

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/facebook/survey.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/facebook/pages.hpp"
#include "connectors/facebook/values.hpp"

namespace secateur::facebook {
namespace {

class Surveyor final : public JsonHandler {
public:
    Surveyor(Survey& result, FileKind kind, ThreadHead* thread = nullptr) : result_(result), kind_(kind), thread_(thread) {}

    Flow on_value(std::size_t, std::string_view key, JsonValue value, const Location&) override {
        switch (kind_) {
            case FileKind::profile:
                take_profile(value);
                break;
            case FileKind::membership:
                take_join(value);
                break;
            case FileKind::administered:
                result_.add_group(fixed_name(value["name"].string()));
                break;
            case FileKind::posts:
                take_actor(value);
                [[fallthrough]];
            case FileKind::comments:
            case FileKind::all_comments:
                take_comment(value);
                break;
            case FileKind::interactions:
            case FileKind::visited_sections:
                for (const JsonValue entry : value["entries"]) take_linked(entry["data"]);
                break;
            case FileKind::visited_labels:
                if (const std::string url = group_address(value); !url.empty() || !is_visited_event(value))
                    result_.add_group(name_of_visited(value), url);
                break;
            case FileKind::questions:
                result_.add_group(fixed_name(value["group_name"].string()));
                break;
            case FileKind::badges:
                for (const JsonValue badge : value) result_.add_group(fixed_name(badge.key()));
                break;
            case FileKind::reactions:
                take_reaction(value);
                break;
            case FileKind::thread:
            case FileKind::group_thread:
            case FileKind::encrypted_thread:
            case FileKind::cutover_thread:
                take_thread(key, value);
                break;
            default:
                break;
        }
        return Flow::proceed;
    }

private:
    void take_profile(JsonValue value) {
        if (!value.is_object()) return;
        const std::string name = fixed_name(value["name"]["full_name"].string());
        if (!name.empty() && result_.profile_name.empty()) result_.profile_name = name;
        for (const std::string_view list : {"previous_names", "other_names"})
            for (const JsonValue each : value[list])
                if (std::string other = fixed_name(each["name"].string()); !other.empty())
                    result_.other_names.push_back(std::move(other));
    }

    void take_actor(JsonValue value) {
        const std::string title = fixed_name(value["title"].string());
        if (const std::string_view actor = actor_in_title(title); !actor.empty()) ++result_.title_actors[std::string(actor)];
    }

    void take_join(JsonValue value) {
        std::string name = joined_group(value);
        // Pages, and some records of 2021, name the group in the sentence only.
        if (const std::string title = fixed_name(value["title"].string()); name.empty() && is_join_title(title))
            name = group_in_join_title(title, {}).value_or("");
        result_.add_group(name);
        take_actor(value);
    }

    void take_comment(JsonValue value) {
        const JsonValue comment = datum(value, "comment")["comment"];
        if (!comment.is_object()) return;
        result_.add_group(fixed_name(comment["group"].string()));
        if (std::string author = fixed_name(comment["author"].string()); !author.empty()) ++result_.actors[std::move(author)];
    }

    void take_linked(JsonValue data) {
        const std::string_view url = data["uri"].string();
        if (!slug_of(url).empty()) result_.add_group(fixed_name(data["name"].string()), url);
    }

    void take_reaction(JsonValue value) {
        const auto second = second_of(value["timestamp"]);
        if (!second) return;
        Reaction& known = result_.reactions[*second];
        const JsonValue reaction = datum(value, "reaction")["reaction"];
        if (reaction.is_object()) {
            known.what = reaction_code(reaction["reaction"].string());  // English in every export: it wins
            if (std::string actor = fixed_name(reaction["actor"].string()); !actor.empty()) ++result_.actors[std::move(actor)];
            titles_.emplace_back(*second, fixed_name(value["title"].string()));
        } else {
            if (known.what.empty()) known.what = reaction_code(labelled(value, "Reaction", {"Reaction", "Réaction"}));
            urls_.emplace_back(*second, group_address(value));
        }
    }

    void take_thread(std::string_view key, JsonValue value) {
        if (key == "participants") {
            thread_->is_thread = thread_->is_thread || value.is_array();
            ++result_.thread_files;
            std::set<std::string> here;
            for (const JsonValue each : value)
                if (std::string name = name_of(each.is_string() ? each : each["name"]); !name.empty())
                    here.insert(std::move(name));
            for (const std::string& name : here) {
                ++result_.participants[name];
                note_person(name);
            }
        } else if (key == "sender_name" || key == "senderName") {
            take_sender(value);
        } else if (key == "messages") {
            take_message(value);
        } else if (key == "type") {
            if (value.string() == "Subscribe" || value.string() == "Unsubscribe")
                thread_->is_group = true;  // never in a thread of two
        } else if (key == "threadName") {
            thread_->is_thread = true;
            std::string_view name = value.string();  // "Field crew_27"
            const auto end = name.find_last_not_of("0123456789");
            if (end != std::string_view::npos && end > 0 && end + 1 < name.size() && name[end] == '_') name = name.substr(0, end);
            if (thread_->name.empty()) thread_->name = trim(name);
        } else if (key == "title" || key == "thread_name") {
            if (thread_->name.empty()) thread_->name = name_of(value);
        } else if (key == "thread_type") {
            thread_->is_group = thread_->is_group || value.string() == "RegularGroup";
        } else if (key == "is_still_participant") {
            if (!thread_->still_in) thread_->still_in = value.boolean();
            // One can leave a group only; and who left is no longer among the participants.
            if (value.boolean() == false) thread_->is_group = true;
        }
    }

    void take_sender(JsonValue value) {
        if (value.string() != last_raw_) {  // senders come in runs
            last_raw_ = value.string();
            last_sender_ = name_of(value);
            if (!last_sender_.empty()) note_person(last_sender_);
        }
        if (!last_sender_.empty()) ++result_.senders[last_sender_];
    }

    void take_message(JsonValue value) {
        take_sender(value["sender_name"]);
        take_thread("type", value["type"]);
        if (const auto at = value["timestamp_ms"].integer())
            result_.cutover_messages.insert(message_hash(fold_name(last_sender_), *at, fixed_text(value["content"].string())));
    }

    void note_person(const std::string& name) {
        constexpr std::size_t enough_people = 64;  // more cannot change what kind of thread it is
        if (std::string folded = fold_name(name); !is_nobody(folded) && thread_->people.size() < enough_people)
            thread_->people.insert(std::move(folded));
    }

    [[nodiscard]] std::string name_of(JsonValue value) const { return std::string(trim(messenger_text(value.string(), kind_))); }

public:
    /// Which group a reaction falls in can be told once all names and addresses are known.
    void settle_reactions() {
        for (const auto& [second, url] : urls_)
            if (std::string group = result_.group_of_url(url); !group.empty()) result_.reactions[second].group = std::move(group);
        for (const auto& [second, title] : titles_) {
            Reaction& reaction = result_.reactions[second];
            if (!reaction.group.empty()) continue;
            // Only by a name known from elsewhere: a reaction's title need not name a group at all.
            if (const auto name = group_in_title(title, result_.known))
                if (const std::string folded = fold_name(*name); result_.groups.contains(folded)) reaction.group = folded;
        }
    }
    void take_over(Surveyor& other) {
        urls_.insert(urls_.end(), other.urls_.begin(), other.urls_.end());
        titles_.insert(titles_.end(), other.titles_.begin(), other.titles_.end());
    }

private:
    Survey& result_;
    FileKind kind_;
    ThreadHead* thread_;
    std::string last_raw_, last_sender_;
    std::vector<std::pair<std::int64_t, std::string>> urls_, titles_;
};

/// For threads whose messages may stand in messages.zip again.
const std::vector<JsonPattern>& whole_thread() {
    using enum JsonPattern::Kind;
    static const std::vector<JsonPattern> list{{value, "participants"},
                                               {value, "title"},
                                               {value, "is_still_participant"},
                                               {value, "thread_type"},
                                               {value, "messages[*]"}};
    return list;
}

bool is_surveyed(FileKind kind) {
    switch (kind) {
        case FileKind::profile:
        case FileKind::membership:
        case FileKind::administered:
        case FileKind::posts:
        case FileKind::comments:
        case FileKind::all_comments:
        case FileKind::reactions:
        case FileKind::interactions:
        case FileKind::visited_sections:
        case FileKind::visited_labels:
        case FileKind::questions:
        case FileKind::badges:
            return true;
        default:
            return false;
    }
}

}  // namespace

bool Survey::has(FileKind kind) const { return std::ranges::find(files, kind, &File::kind) != files.end(); }

void Survey::add_group(std::string_view name, std::string_view url) {
    const std::string folded = fold_name(name);
    if (folded.empty()) return;
    KnownGroup& group = groups[folded];
    if (group.name.empty()) group.name = name;
    const std::string_view slug = slug_of(url);
    if (slug.empty()) return;
    if (group.url.empty()) group.url = "https://www.facebook.com/groups/" + std::string(slug) + "/";
    slugs.emplace(slug, folded);
}

std::string Survey::group_of_url(std::string_view url) const {
    const auto found = slugs.find(std::string(slug_of(url)));
    return found == slugs.end() ? std::string() : found->second;
}

const std::vector<JsonPattern>& patterns_of(FileKind kind) {
    using enum JsonPattern::Kind;
    static const std::vector<JsonPattern> whole{{value, "*"}}, listed{{value, "*[*]"}, {value, "[*]"}}, nested{{value, "*.*[*]"}},
        thread{{value, "participants"},
               {value, "title"},
               {value, "thread_name"},
               {value, "threadName"},
               {value, "thread_type"},
               {value, "is_still_participant"},
               {value, "messages[*].sender_name"},
               {value, "messages[*].senderName"},
               {value, "messages[*].type"}};
    switch (kind) {
        case FileKind::profile:
        case FileKind::badges:
            return whole;
        case FileKind::questions:
        case FileKind::event_responses:
            return nested;
        case FileKind::thread:
        case FileKind::group_thread:
        case FileKind::encrypted_thread:
        case FileKind::cutover_thread:
            return thread;
        default:
            return listed;
    }
}

std::string thread_key(const File& file) { return "thread:" + thread_id(file.entry->path, file.kind); }

Survey survey(const Source& source) {
    Survey result;
    result.files = list_files(source);
    const bool has_json = std::ranges::any_of(
        result.files, [](const File& file) { return !file.is_page && file.kind != FileKind::other; });
    if (has_json) {
        std::erase_if(result.files, [&](const File& file) {
            if (file.is_page && file.kind != FileKind::other) ++result.pages_beside_json;
            return file.is_page;
        });
    }
    const bool has_encrypted = result.has(FileKind::encrypted_thread);
    std::map<std::string_view, File> wanted;
    for (const File& file : result.files) {
        if (!is_surveyed(file.kind) && !is_thread(file.kind)) continue;
        wanted.emplace(file.entry->path, file);
        result.has_own_files = result.has_own_files || (is_surveyed(file.kind) && file.kind != FileKind::profile);
    }
    Surveyor reactions(result, FileKind::reactions);
    source.for_each([&](const Entry& entry) { return wanted.contains(entry.path); },
                    [&](const Entry& entry, ByteStream& stream) {
                        const File& file = wanted.at(entry.path);
                        ThreadHead* thread = nullptr;
                        if (is_thread(file.kind)) {
                            thread = &result.threads[thread_key(file)];
                            if (thread->entry.empty()) thread->entry = entry.path;
                            thread->is_thread = thread->is_thread || file.kind != FileKind::encrypted_thread;
                            thread->is_group = thread->is_group || file.kind == FileKind::group_thread;
                        }
                        const bool is_kept = file.kind == FileKind::cutover_thread && has_encrypted;
                        Surveyor surveyor(result, file.kind, thread);
                        // Broken files are told of in the reading.
                        if (file.is_page) static_cast<void>(read_page(stream, file, Wanted::survey, surveyor));
                        else
                            static_cast<void>(
                                read_json(stream, entry.path, is_kept ? whole_thread() : patterns_of(file.kind), surveyor));
                        reactions.take_over(surveyor);
                        return Flow::proceed;
                    });
    std::erase_if(result.threads, [](const auto& each) { return !each.second.is_thread; });
    for (const auto& [folded, group] : result.groups) result.known.add(folded, group.name);
    result.known.sort();
    reactions.settle_reactions();
    return result;
}

}  // namespace secateur::facebook

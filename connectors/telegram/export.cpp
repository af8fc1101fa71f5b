// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/telegram/export.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace secateur::telegram {
namespace {

struct TypeName {
    std::string_view name;
    ChatType type;
};
constexpr TypeName type_names[] = {
    {"saved_messages", ChatType::saved_messages},
    {"replies", ChatType::replies},
    {"verification_codes", ChatType::verification_codes},
    {"personal_chat", ChatType::personal},
    {"bot_chat", ChatType::bot},
    {"private_group", ChatType::basic_group},
    {"public_group", ChatType::basic_group},  // no exporter writes it; third-party tools do
    {"private_supergroup", ChatType::supergroup},
    {"public_supergroup", ChatType::supergroup},
    {"private_channel", ChatType::channel},
    {"public_channel", ChatType::channel},
};

constexpr std::uint64_t user_shift = std::uint64_t{1} << 32;
constexpr std::uint64_t chat_shift = std::uint64_t{2} << 32;

std::string joined_name(std::string_view first, std::string_view last) {
    std::string name(trim(first));
    if (!trim(last).empty()) {
        if (!name.empty()) name += ' ';
        name += trim(last);
    }
    return name;
}

/// Collects Findings; stops at the first message unless it is to go through to the end.
class Surveyor final : public JsonHandler {
public:
    Surveyor(Findings& findings, bool to_the_end) : findings_(findings), to_the_end_(to_the_end) {}

    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location&) override {
        switch (pattern) {
            case personal_information:
                take_person(value);
                break;
            case root_name:
            case root_type:
            case root_id:
            case listed_name:
            case listed_type:
            case listed_id:
            case left_name:
            case left_type:
            case left_id:
                head_.take(key, value);
                break;
            case root_message:
            case listed_message:
            case left_message:
                if (!to_the_end_) {
                    findings_.has_message = looks_like_message(value);
                    findings_.may_have_bare_tokens = !value["text_entities"];
                    return Flow::stop;
                }
                take_message(value);
                break;
            default:
                break;
        }
        return Flow::proceed;
    }

    Flow on_begin(std::size_t pattern, const Location&) override {
        switch (pattern) {
            case contacts_section:
                findings_.has_contacts = true;
                break;
            case chats_section:
            case left_section:
                findings_.is_account = true;
                break;
            case root_messages:
                findings_.is_single = true;
                break;
            case listed_chat:
            case left_chat:
                if (!to_the_end_ && head_.has_type) break;  // the first chat is the one that shows the shape
                head_ = ChatHead{};
                head_.left = pattern == left_chat;
                authors_here_.clear();
                break;
            default:
                break;
        }
        return Flow::proceed;
    }

    Flow on_end(std::size_t pattern) override {
        if (to_the_end_ && (pattern == listed_chat || pattern == left_chat)) close_chat();
        return Flow::proceed;
    }

    void close() {
        if (to_the_end_) {
            if (findings_.is_single && !findings_.is_account) close_chat();
            if (notes_id_) findings_.notes_key = "user" + std::to_string(raw_ids_ ? bare_peer(*notes_id_) : *notes_id_);
        } else {
            findings_.first_chat = head_;
        }
    }

private:
    void take_person(JsonValue value) {
        if (!value.is_object()) return;
        findings_.is_account = true;
        if (const auto id = value["user_id"].unsigned_integer()) {
            findings_.my_id = *id;
            findings_.my_key = "user" + std::to_string(*id);
        }
        findings_.my_name = joined_name(value["first_name"].string(), value["last_name"].string());
        findings_.my_handle = value["username"].string();
        findings_.my_phone = value["phone_number"].string();
    }

    static bool looks_like_message(JsonValue value) {
        const std::string_view type = value["type"].string();
        if (type == "unsupported") return true;
        const bool dated = value["date_unixtime"] || value["date"];
        return (type == "message" || type == "service") && dated && (value["text"] || value["from"] || value["action"]);
    }

    void take_message(JsonValue value) {
        for (const JsonValue member : value["members"])
            if (!member.string().empty()) findings_.members.emplace(member.string());
        const JsonValue from = value["from"], from_id = value["from_id"];
        if (from_id.is_integer()) raw_ids_ = true;
        const std::string_view key = peer_key(from_id, buffer_);
        std::string by_name;
        if (key.empty()) by_name = fold_name(from.string());
        const std::string_view author = key.empty() ? std::string_view(by_name) : key;
        if (author.empty()) return;
        auto found = findings_.authors.find(author);
        if (found == findings_.authors.end()) found = findings_.authors.emplace(author, AuthorCount{}).first;
        ++found->second.messages;
        if (found->second.name.empty()) found->second.name = from.string();
        if (authors_here_.size() < 3 && std::ranges::find(authors_here_, author) == authors_here_.end())
            authors_here_.emplace_back(author);
    }

    void close_chat() {
        if (head_.id && head_.type == ChatType::personal) {
            // In a chat of two the id is the other person, so whoever else writes is the owner.
            std::erase(authors_here_, chat_key(head_, raw_ids_));
            if (authors_here_.size() == 1) ++findings_.opposite_authors[authors_here_.front()];
        }
        if (head_.id && head_.type == ChatType::saved_messages) notes_id_ = head_.id;  // the chat with myself has my id
        findings_.chats.push_back(head_);
        head_ = ChatHead{};
        authors_here_.clear();
    }

    Findings& findings_;
    bool to_the_end_;
    bool raw_ids_ = false;  // numbers for people: the file is from before 2.7.2
    std::optional<std::uint64_t> notes_id_;
    ChatHead head_;
    std::vector<std::string> authors_here_;
    std::string buffer_;
};

}  // namespace

std::optional<ChatType> parse_chat_type(std::string_view text) noexcept {
    for (const TypeName& each : type_names)
        if (each.name == text) return each.type;
    return std::nullopt;
}

void ChatHead::take(std::string_view key, JsonValue value) {
    if (key == "name") {
        name = trim(value.string());
    } else if (key == "type") {
        has_type = true;
        is_public = value.string().starts_with("public_");
        type = parse_chat_type(value.string()).value_or(ChatType::unknown);
    } else if (key == "id") {
        id = value.unsigned_integer();
    }
}

std::uint64_t bare_peer(std::uint64_t peer) noexcept {
    if (peer >= chat_shift && peer < chat_shift + user_shift) return peer - chat_shift;
    if (peer >= user_shift && peer < chat_shift) return peer - user_shift;
    return peer;
}

std::string chat_key(const ChatHead& head, bool raw_ids) {
    if (!head.own_key.empty()) return head.own_key;
    if (!head.id) {
        const std::string folded = fold_name(head.name);
        return folded.empty() ? folded : "name:" + folded;
    }
    const std::string number = std::to_string(raw_ids ? bare_peer(*head.id) : *head.id);
    switch (head.type) {
        case ChatType::personal:
        case ChatType::bot:
        case ChatType::saved_messages:
        case ChatType::replies:
        case ChatType::verification_codes:
            return "user" + number;
        case ChatType::basic_group:
            return "group" + number;
        case ChatType::supergroup:
        case ChatType::channel:
            return "channel" + number;
        case ChatType::unknown:
            break;
    }
    return "unknown" + number;
}

std::string_view ignored_as(ChatType type) noexcept {
    if (type == ChatType::saved_messages) return "saved_messages";
    if (type == ChatType::replies) return "replies";
    if (type == ChatType::verification_codes) return "verification_codes";
    return {};
}

std::string_view peer_key(JsonValue id, std::string& buffer) {
    if (id.is_string()) return id.string();
    const auto number = id.unsigned_integer();
    if (!number || *number == 0) return {};
    const bool is_chat = *number >= chat_shift && *number < chat_shift + user_shift;
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, bare_peer(*number)).ptr;
    buffer.assign(is_chat ? "channel" : "user");
    buffer.append(digits, end);
    return buffer;
}

const std::vector<JsonPattern>& patterns() {
    using enum JsonPattern::Kind;
    static const std::vector<JsonPattern> list{
        {value, "personal_information"},
        {value, "contacts.list[*]"},
        {value, "frequent_contacts.list[*]"},
        {scope, "contacts"},
        {value, "name"},
        {value, "type"},
        {value, "id"},
        {scope, "messages"},
        {value, "messages[*]"},
        {scope, "chats.list[*]"},
        {value, "chats.list[*].name"},
        {value, "chats.list[*].type"},
        {value, "chats.list[*].id"},
        {scope, "chats.list[*].messages"},
        {value, "chats.list[*].messages[*]"},
        {scope, "left_chats.list[*]"},
        {value, "left_chats.list[*].name"},
        {value, "left_chats.list[*].type"},
        {value, "left_chats.list[*].id"},
        {scope, "left_chats.list[*].messages"},
        {value, "left_chats.list[*].messages[*]"},
        {scope, "chats.list"},
        {scope, "left_chats.list"},
    };
    return list;
}

JsonOptions json_options(bool bare_tokens) {
    return {.repair_hex_escapes = true, .repair_bare_tokens = bare_tokens, .value_limit = std::uint64_t{64} << 20};
}

Findings look(ByteStream& stream, const std::string& entry) {
    Findings findings;
    Surveyor surveyor(findings, false);
    static_cast<void>(read_json(stream, entry, patterns(), surveyor, json_options(true)));
    surveyor.close();
    return findings;
}

Findings survey(ByteStream& stream, const std::string& entry, const Findings& first) {
    Findings findings;
    findings.may_have_bare_tokens = first.may_have_bare_tokens;
    Surveyor surveyor(findings, true);
    static_cast<void>(read_json(stream, entry, patterns(), surveyor, json_options(first.may_have_bare_tokens)));
    surveyor.close();
    findings.is_survey = true;
    return findings;
}

const Entry* main_file(const Source& source) {
    const auto& entries = source.entries();
    if (source.kind() == SourceKind::file) return entries.empty() ? nullptr : &entries.front();
    const auto depth = [](const Entry& entry) { return std::ranges::count(entry.path, '/'); };
    const Entry* best = nullptr;
    bool is_alone = true;
    for (const Entry& entry : entries) {
        if (entry.name() != "result.json") continue;
        if (best == nullptr || depth(entry) < depth(*best)) {
            best = &entry;
            is_alone = true;
        } else if (depth(entry) == depth(*best)) {
            is_alone = false;
        }
    }
    if (best == nullptr) {  // renamed: taken when it is the only JSON file there
        for (const Entry& entry : entries) {
            if (!entry.path.ends_with(".json")) continue;
            if (best != nullptr) return nullptr;
            best = &entry;
        }
    }
    if (best == nullptr || !is_alone) return nullptr;
    // Files beside its folder are not of this export: let the caller offer each sub-folder on its own.
    const std::string_view folder = best->folder();
    const bool holds_all = folder.empty() || std::ranges::all_of(entries, [&](const Entry& entry) {
                               return entry.path.size() > folder.size() && entry.path.starts_with(folder) &&
                                      entry.path[folder.size()] == '/';
                           });
    return holds_all ? best : nullptr;
}

}  // namespace secateur::telegram

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/signal/backup.hpp"

#include <algorithm>
#include <utility>

#include "base/hash.hpp"
#include "base/json_stream.hpp"
#include "base/text.hpp"

namespace secateur::signal {
namespace {

std::string joined(std::string_view given, std::string_view family) {
    std::string name(trim(given));
    if (family = trim(family); !family.empty()) name += (name.empty() ? "" : " ") + std::string(family);
    return name;
}

std::string title_of(JsonValue title) { return std::string(trim((title.is_object() ? title["title"] : title).string())); }

Recipient contact_of(JsonValue contact) {
    Recipient recipient;
    recipient.kind = Recipient::Kind::contact;
    recipient.phone = contact["e164"].scalar();
    recipient.username = contact["username"].string();
    const JsonValue nickname = contact["nickname"];
    std::string& name = recipient.person.name;
    name = joined(nickname["given"].string(), nickname["family"].string());
    if (name.empty()) name = joined(contact["systemGivenName"].string(), contact["systemFamilyName"].string());
    recipient.is_in_address_book = !name.empty();
    if (name.empty()) name = joined(contact["profileGivenName"].string(), contact["profileFamilyName"].string());
    if (name.empty()) name = recipient.username;
    if (name.empty()) name = recipient.phone;
    recipient.person.key = contact["aci"].string();
    if (recipient.person.key.empty()) recipient.person.key = recipient.phone;
    if (recipient.person.key.empty()) recipient.person.key = fold_name(name);
    return recipient;
}

Recipient group_of(JsonValue group) {
    Recipient recipient;
    recipient.kind = Recipient::Kind::group;
    // Who holds the master key may read the group: only its fingerprint is kept.
    const std::string_view secret = group["masterKey"].string();
    const JsonValue snapshot = group["snapshot"];
    recipient.name = title_of(snapshot["title"]);
    recipient.description = trim(
        (snapshot["description"].is_object() ? snapshot["description"]["descriptionText"] : snapshot["description"]).string());
    recipient.group = secret.empty() ? "name:" + fold_name(recipient.name) : "group:" + hash_hex(hash64(secret));
    for (const JsonValue member : snapshot["members"])
        if (const std::string_view id = member["userId"].string(); !id.empty())
            recipient.members[std::string(id)] = member["role"].string() == "ADMINISTRATOR" || member["role"].integer() == 2;
    return recipient;
}

enum Pattern : std::size_t { header, account, recipient_line, chat_line, chat_item };

class Surveyor final : public JsonHandler {
public:
    explicit Surveyor(Backup& backup) : backup_(backup) {}

    static const std::vector<JsonPattern>& patterns() {
        using enum JsonPattern::Kind;
        static const std::vector<JsonPattern> list{
            {value, "backupTimeMs"}, {value, "account"}, {value, "recipient"}, {value, "chat"}};
        return list;
    }

    Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location& where) override {
        switch (pattern) {
            case header:
                if (const auto time = value.integer(); time && *time > 0)
                    backup_.made_at = Instant{std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds{*time})};
                break;
            case account:
                backup_.my_name = joined(value["givenName"].string(), value["familyName"].string());
                backup_.my_handle = value["username"].string();
                break;
            case recipient_line:
                take_recipient(value, where);
                break;
            default:
                if (!value["id"].scalar().empty())
                    backup_.chats[std::string(value["id"].scalar())] = value["recipientId"].scalar();
                break;
        }
        return Flow::proceed;
    }

private:
    void take_recipient(JsonValue value, const Location& where) {
        const std::string id(value["id"].scalar());
        if (id.empty()) return;
        Recipient found;
        if (value["self"]) {
            found.kind = Recipient::Kind::self;
            found.person.key = "self";
            backup_.self = id;
        } else if (value["contact"].is_object()) {
            found = contact_of(value["contact"]);
            if (const std::string_view aci = value["contact"]["aci"].string(); !aci.empty())
                backup_.by_account[std::string(aci)] = id;
        } else if (value["group"].is_object()) {
            found = group_of(value["group"]);
        }
        found.line = where.line.value_or(0);
        backup_.recipients[id] = std::move(found);
    }

    Backup& backup_;
};

/// My account id is nowhere stated, but all members of groups are contacts except me.
void find_my_account(Backup& backup) {
    std::set<std::string_view> strangers;
    for (const auto& [number, recipient] : backup.recipients)
        for (const auto& [account, administers] : recipient.members)
            if (!backup.by_account.contains(account)) strangers.insert(account);
    if (strangers.size() != 1) return;
    backup.my_account = *strangers.begin();
    backup.by_account[backup.my_account] = backup.self;
}

}  // namespace

const Entry* main_file(const Source& source) {
    const Entry* found = nullptr;
    for (const Entry& entry : source.entries()) {
        if (!entry.name().ends_with(".jsonl")) continue;
        if (found != nullptr) return nullptr;
        found = &entry;
    }
    if (found == nullptr || source.kind() != SourceKind::folder) return found;
    const std::string prefix = found->folder().empty() ? std::string() : std::string(found->folder()) + '/';
    // Beside it stand metadata.json and files/; anything else may be another export.
    const bool is_alone = std::ranges::all_of(source.entries(), [&](const Entry& entry) {
        if (!entry.path.starts_with(prefix)) return false;
        const std::string_view rest = std::string_view(entry.path).substr(prefix.size());
        return &entry == found || rest == "metadata.json" || rest.starts_with("files/") || rest.starts_with("README");
    });
    return is_alone ? found : nullptr;
}

Likeness look(std::string_view head, const std::string& entry) {
    struct Look final : JsonHandler {
        Likeness likeness = Likeness::none;
        Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location&) override {
            const bool has_id = !value["id"].scalar().empty();
            if (pattern == recipient_line && has_id &&
                (value["self"] || value["group"]["masterKey"] || value["contact"].is_object()))
                likeness = Likeness::certain;
            else if (pattern == chat_item && value["chatId"] && value["dateSent"]) likeness = Likeness::likely;
            return likeness == Likeness::none ? Flow::proceed : Flow::stop;
        }
    } look;
    static const std::vector<JsonPattern> patterns{{JsonPattern::value, "backupTimeMs"},
                                                   {JsonPattern::value, "account"},
                                                   {JsonPattern::value, "recipient"},
                                                   {JsonPattern::value, "chat"},
                                                   {JsonPattern::value, "chatItem"}};
    static_cast<void>(read_json(*memory_stream(head), entry, patterns, look, {.many_documents = true}));
    return look.likeness;
}

Backup survey(ByteStream& stream, const std::string& entry) {
    Backup backup;
    Surveyor surveyor(backup);
    // A broken file is told of in the reading.
    static_cast<void>(read_json(stream, entry, Surveyor::patterns(), surveyor, {.many_documents = true}));
    find_my_account(backup);
    if (const auto self = backup.recipients.find(backup.self); self != backup.recipients.end())
        self->second.person.name = backup.my_name;
    return backup;
}

Me settle_owner(const Backup& backup, const Identities& identities) {
    Me me;
    me.number = backup.self;
    me.owner.person = Person{"self", backup.my_name};
    me.owner.evidence = msg("signal.owner_self");
    me.owner.from_export = !identities.forced;
    me.account_evidence = identities.forced ? "account.asked" : "account.from_export";
    const bool is_named = identities.match(backup.my_name) || identities.match(backup.my_handle);
    if (!identities.forced || is_named) return me;
    for (const auto& [number, recipient] : backup.recipients) {
        if (recipient.kind != Recipient::Kind::contact) continue;
        const Person& person = recipient.person;
        if (!identities.match(person.key) && !identities.match(person.name) && !identities.match(recipient.phone) &&
            !identities.match(recipient.username))
            continue;
        me.number = number;
        me.owner.person = person;
        me.owner.evidence = msg("signal.owner_profile", arg("name", person.name));
        me.is_self = false;
        return me;
    }
    return me;
}

}  // namespace secateur::signal

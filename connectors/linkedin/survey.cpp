// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/linkedin/survey.hpp"
#include "base/ascii.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/text.hpp"

namespace secateur::linkedin {
namespace {

constexpr std::string_view sponsored_start = "<p class=\"spinmail-quill-editor__spin-break\">";

/// What one reading of one file tells; kept when this reading is the better one.
struct Reading {
    std::uint64_t broken = 0;  // rows that do not fit, or whose quotes are strange
    std::string profile_name;
    std::map<std::string, std::uint64_t> own_slugs, own_names;
    std::unordered_map<std::string, Conversation> conversations;
    std::map<std::string, Correspondent> correspondents;
};

/// Names joined by ", " where names themselves may hold ", Ph.D.": a part of one word belongs to the name before it.
std::vector<std::string> split_names(std::string_view cell) {
    std::vector<std::string> names;
    for (const std::string_view part : split(cell, ',')) {
        const std::string_view name = trim(part);
        if (name.empty()) continue;
        if (names.empty() || name.find(' ') != std::string_view::npos)
            names.emplace_back(name);
        else
            names.back() += ", " + std::string(name);
    }
    return names;
}

std::string participant_key(const Person& person, std::string_view name) {
    return person.key.empty() ? fold_name(name) : person.key;
}

class Surveyor {
public:
    Surveyor(const Table& table, FileKind kind) : kind_(kind) {
        if (kind == FileKind::profile) {
            first_name_ = table.column("First Name|Prénom|Vorname");
            last_name_ = table.column("Last Name|Nom|Nachname");
        } else if (kind == FileKind::invitations) {
            direction_ = table.column("Direction");
            from_ = table.column("From");
            to_ = table.column("To");
            inviter_ = table.column("inviterProfileUrl");
            invitee_ = table.column("inviteeProfileUrl");
        } else if (kind == FileKind::messages) {
            messages_.emplace(table);
        }
    }

    void take(const TableRow& row) {
        if (row.fault || row.loose_quote) ++reading_.broken;
        reading_.broken += row.fragments;
        if (row.fault) return;
        switch (kind_) {
            case FileKind::profile: take_profile(row); break;
            case FileKind::invitations: take_invitation(row); break;
            case FileKind::messages: take_message(row); break;
            default: break;
        }
    }

    [[nodiscard]] Reading& reading() noexcept { return reading_; }

private:
    void take_profile(const TableRow& row) {
        if (!reading_.profile_name.empty()) return;
        reading_.profile_name = full_name(cell_at(row.cells, first_name_), cell_at(row.cells, last_name_));
    }

    void take_invitation(const TableRow& row) {
        const auto direction = invitation_direction(cell_at(row.cells, direction_));
        if (!direction) return;
        const bool sent = *direction == Direction::sent;
        const std::string_view name = cell_at(row.cells, sent ? from_ : to_);
        const std::string slug = profile_slug(cell_at(row.cells, sent ? inviter_ : invitee_));
        if (!is_missing(name)) ++reading_.own_names[std::string(trim(name))];
        if (!slug.empty()) ++reading_.own_slugs[slug];
    }

    void take_message(const TableRow& row) {
        const MessageColumns& columns = *messages_;
        if (message_use(columns, row.cells) != MessageUse::message) return;
        const std::string_view id = trim(cell_at(row.cells, columns.conversation));
        if (id.empty()) return;
        Conversation& conversation = reading_.conversations[std::string(id)];
        ++conversation.messages;
        const std::string_view title = cell_at(row.cells, columns.title);
        if (conversation.title.empty() && !is_missing(title)) conversation.title = trim(title);
        if (const auto when = parse_when(cell_at(row.cells, columns.date), DateStyle::stamp, std::nullopt))
            if (!conversation.first || when->at < *conversation.first) conversation.first = when->at;

        const std::string_view from = cell_at(row.cells, columns.from);
        const std::string sender = participant_key(make_person(from, cell_at(row.cells, columns.sender_url)), from);
        if (!sender.empty()) {
            add(conversation, sender, from);
            ++conversation.senders[sender];
            ++reading_.correspondents[sender].messages;
        }
        const std::string_view to = cell_at(row.cells, columns.to), urls = cell_at(row.cells, columns.recipient_urls);
        const auto names = split_names(to);
        if (is_missing(urls)) {
            // Before mid-2023 there are names only, which cannot be told from those of the senders by an address.
            if (names.size() > 1) conversation.many_recipients = true;
            conversation.addressed.insert(names.begin(), names.end());
            return;
        }
        std::set<std::string> recipients;
        for (const std::string_view url : split(urls, ',')) {
            std::string slug = profile_slug(url);
            if (!slug.empty()) recipients.insert(std::move(slug));
        }
        if (recipients.size() > 1) conversation.many_recipients = true;
        for (const std::string& slug : recipients) add(conversation, slug, recipients.size() == 1 ? to : std::string_view());
    }

    void add(Conversation& conversation, const std::string& key, std::string_view name) {
        const auto [place, is_new] = conversation.people.try_emplace(key);
        if (place->second.empty() && !is_missing(name)) place->second = trim(name);
        Correspondent& correspondent = reading_.correspondents[key];
        if (is_new) ++correspondent.conversations;
        if (correspondent.name.empty() && !is_missing(name)) correspondent.name = trim(name);
    }

    FileKind kind_;
    std::optional<std::size_t> first_name_, last_name_, direction_, from_, to_, inviter_, invitee_;
    std::optional<MessageColumns> messages_;
    Reading reading_;
};

Reading read_once(const Source& source, const SurveyedFile& file, bool backslash_escapes) {
    Reading partial;
    try {
        Table table(source, file.found, file.shape, backslash_escapes);
        Surveyor surveyor(table, file.found.spec->kind);
        TableRow row;
        try {
            while (table.next(row)) surveyor.take(row);
        } catch (const Error&) {
            surveyor.reading().broken = std::numeric_limits<std::uint64_t>::max();  // told when the records are read
        }
        partial = std::move(surveyor.reading());
    } catch (const Error&) {
        partial.broken = std::numeric_limits<std::uint64_t>::max();
    }
    return partial;
}

void add_counts(std::map<std::string, std::uint64_t>& sums, const std::map<std::string, std::uint64_t>& more) {
    for (const auto& [key, count] : more) sums[key] += count;
}

}  // namespace

bool Conversation::is_group() const {
    if (many_recipients) return true;
    std::set<std::string> distinct;  // one person may stand there with and without an address
    for (const auto& [key, name] : people) distinct.insert(name.empty() ? key : fold_name(name));
    return distinct.size() > 2;
}

const SurveyedFile* Survey::find(FileKind kind) const {
    const auto found = std::ranges::find_if(files, [&](const SurveyedFile& file) { return file.found.spec->kind == kind; });
    return found == files.end() ? nullptr : &*found;
}

MessageColumns::MessageColumns(const Table& table)
    : conversation(table.column("CONVERSATION ID")), title(table.column("CONVERSATION TITLE")), from(table.column("FROM")),
      sender_url(table.column("SENDER PROFILE URL")), to(table.column("TO")),
      recipient_urls(table.column("RECIPIENT PROFILE URLS")), date(table.column("DATE")), subject(table.column("SUBJECT")),
      content(table.column("CONTENT")), folder(table.column("FOLDER")), attachments(table.column("ATTACHMENTS")),
      message_draft(table.column("IS MESSAGE DRAFT")), conversation_draft(table.column("IS CONVERSATION DRAFT")) {}

MessageUse message_use(const MessageColumns& columns, const std::vector<std::string>& cells) {
    if (is_yes(cell_at(cells, columns.message_draft)) || is_yes(cell_at(cells, columns.conversation_draft)))
        return MessageUse::draft;
    if (is_missing(cell_at(cells, columns.sender_url)) && trim(cell_at(cells, columns.content)).starts_with(sponsored_start))
        return MessageUse::sponsored;
    return MessageUse::message;
}

std::optional<Direction> invitation_direction(std::string_view cell) {
    const std::string lowered = ascii_lowered(trim(cell));
    if (lowered == "outgoing") return Direction::sent;
    if (lowered == "incoming") return Direction::received;
    return std::nullopt;
}

Survey survey(const Source& source, const Layout& layout) {
    Survey result;
    for (const FoundFile& found : layout.files) {
        SurveyedFile file{.found = found, .shape = table_shape(source.head(*found.entry), *found.spec)};
        if (!file.shape.has_header) {
            if (!file.shape.is_placeholder) result.no_header.push_back(&found);
            continue;
        }
        if (found.spec->text.empty() && found.spec->kind != FileKind::profile) {
            result.files.push_back(std::move(file));  // nothing to find out: no text that quotes could tear
            continue;
        }
        Reading reading = read_once(source, file, false);
        if (reading.broken > 0 && !found.spec->text.empty()) {
            Reading other = read_once(source, file, true);
            if (other.broken < reading.broken) {
                reading = std::move(other);
                file.backslash_escapes = true;
            }
        }
        if (result.profile_name.empty()) result.profile_name = std::move(reading.profile_name);
        add_counts(result.own_slugs, reading.own_slugs);
        add_counts(result.own_names, reading.own_names);
        if (found.spec->kind == FileKind::messages) {
            result.conversations = std::move(reading.conversations);
            result.correspondents = std::move(reading.correspondents);
        }
        result.files.push_back(std::move(file));
    }
    return result;
}

}  // namespace secateur::linkedin

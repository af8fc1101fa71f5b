// SPDX-License-Identifier: GPL-3.0-or-later
// What WhatsApp itself writes into a chat, in the languages of its apps: who came and went, how the group is called, and what
// stands where a picture, a deleted message or a poll was. Everything else is what people typed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace secateur::whatsapp {

enum class SystemEvent : std::uint8_t {
    none,            // no line of this kind is known
    created,         // subject created the group; name where quoted
    joined,          // objects came in: by themselves, or added by the subject
    left,            // objects went out, or were removed
    renamed,         // name
    number_changed,  // subject is now objects[0]
    now_admin,       // I am an administrator
    not_admin,       // I am one no longer
    group_other,     // icon, description, settings: shows that this is a group
    call,
    other,  // encryption, security codes, timers
};

struct SystemLine {
    SystemEvent event = SystemEvent::none;
    bool me = false;                   // "You created ...", "X added you", "You left"
    std::string subject;               // who did it; empty for me or when not said
    std::vector<std::string> objects;  // names; for created and joined by oneself the person is here too
    std::uint64_t unnamed = 0;         // "and 3 others"
    std::string name;                  // of the group
    std::size_t verb_at = 0;           // where the first fixed words begin in `plain(text)`
};

/// Direction marks gone, every space and apostrophe the plain one, trimmed; what the phrases are compared with.
[[nodiscard]] std::string plain(std::string_view text);

/// `text` must be plain().
[[nodiscard]] SystemLine read_system_line(std::string_view text);

/// Whether a name is short enough to stand before the colon.
[[nodiscard]] bool may_be_author(std::string_view name, std::size_t most_characters) noexcept;
/// Quotes hardly ever stand in a person's name; a group's name brings them into a line of the app.
[[nodiscard]] bool has_quotes(std::string_view text) noexcept;

enum class Placeholder : std::uint8_t { none, deleted_by_me, deleted };
/// For bodies only; cheap for all that are too long to be one.
[[nodiscard]] Placeholder deleted_placeholder(std::string_view body);

/// What a message holds beside its words.
struct Body {
    enum class Kind : std::uint8_t { message, deleted, call, system } kind = Kind::message;
    bool deleted_by_me = false;
    bool edited = false;
    bool guessed = false;  // taken for a picture because it is short and marked; `text` holds it
    std::uint32_t attachments = 0;
    std::string text;
};
/// `marked`: U+200E stood before the text, as iPhones put before all that was not typed. `bracketed`: an iPhone's line.
[[nodiscard]] Body read_body(std::string text, bool marked, bool bracketed);

/// "WhatsApp Chat with Birders", "Discussion WhatsApp avec Famille (1)": what follows the words of the app; nothing (empty) for a
/// name that does not begin with them.
[[nodiscard]] std::string title_in_file_name(std::string_view stem);

}  // namespace secateur::whatsapp

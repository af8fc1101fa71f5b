// SPDX-License-Identifier: GPL-3.0-or-later
// What the first pass over one chat learns: the shape of its lines, the order of its dates, who wrote how much, how the group is
// called, who may be the owner of the phone. No line is kept; memory grows with the number of authors only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/source.hpp"
#include "connectors/whatsapp/header.hpp"
#include "connectors/whatsapp/phrases.hpp"
#include "model/record.hpp"

namespace secateur::whatsapp {

/// The forms of stamp that count in a file; lines with any other one go on with the message above.
class Shapes {
public:
    /// Counts the stamps in the beginning of a file and keeps the forms that are no accident.
    static Shapes learn(std::string_view head);
    [[nodiscard]] bool has(std::uint32_t shape) const noexcept;
    [[nodiscard]] bool empty() const noexcept { return known_.empty(); }
    void add(std::uint32_t shape) { known_.push_back(shape); }

private:
    std::vector<std::uint32_t> known_;
};

struct Author {
    enum class Role : std::uint8_t {
        person,
        group,       // an iPhone writes the group's name before lines of the app
        pasted,      // seen once, in a line that goes back in time: pasted text
        not_author,  // part of a sentence of the app
    };
    struct Longer {  // "Dr: Bob" where the first colon belongs to the name
        std::string ending;
        std::uint64_t count = 0;
        Person person;
    };

    Role role = Role::person;
    Person person;
    std::uint64_t messages = 0;  // texts a person sent
    std::uint64_t notices = 0;   // marked texts that are none
    std::uint64_t guesses = 0;   // marked texts that may be either
    std::uint64_t deleted_by_me = 0;
    bool deleted_marked = false;
    bool quoted = false;
    bool always_longer = true;
    std::vector<Longer> longer;
    Stamp first;
    std::optional<Stamp> before;  // of the last line of somebody already known then
    std::uint64_t serial = 0;     // order of appearance

    [[nodiscard]] const Person& person_for(std::string_view& text) const;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

/// A line's author and text, or a sentence of the app.
struct Split {
    const Author* author = nullptr;  // null: a sentence of the app
    std::string_view text;
    bool marked = false;  // an iPhone's U+200E before the text
};

struct Chat {
    Entry entry;
    Shapes shapes;
    std::unordered_map<std::string, Author, TextHash, std::equal_to<>> authors;  // by the bytes before the colon
    DateOrderEvidence::Decision order;
    bool dates_open = false;  // there was something to decide
    std::uint64_t headers = 0;
    std::map<std::string, std::string> renumbered;  // key of a person -> key after "X changed to Y"
    std::map<std::string, std::string> names;       // key after a change -> what to call them: a name before a number
    std::set<std::string> in_third_person;          // keys of people the app names: never the phone's owner
    bool group_lines = false;
    bool from_beginning = false;   // the first line is one that begins a chat
    bool first_is_notice = false;  // and it says nothing of a group
    std::string last_subject, created_name, file_title, container;
    std::optional<std::int64_t> latest_minute;

    Group group;

    /// The author and text of what follows a stamp. The second pass finds every author of the first.
    [[nodiscard]] Split split(std::string_view rest, bool bracketed) const;
    [[nodiscard]] Person person_named(std::string_view written) const;
    /// The two people, or the one, of a one-to-one chat whose name is one of theirs.
    [[nodiscard]] bool named_after(const Person& person) const;
    [[nodiscard]] std::vector<const Author*> people() const;
};

/// Reads a chat once (twice where two exports were joined in one file). Throws Error when no line has a stamp, or when the lines
/// prove two orders of day and month.
[[nodiscard]] Chat scan_chat(const Source& source, const Entry& entry, Date today);

/// Names the group and says whether it is a conversation of two; `is_me` tells the owner's keys.
void settle_group(Chat& chat, const std::set<std::string>& my_keys);

/// A name as shown: no marks, plain spaces; and its key: folded, a telephone number by its digits.
[[nodiscard]] std::string display_name(std::string_view written);
[[nodiscard]] std::string person_key(std::string_view name);
/// One key for the name in the chat and for what a file system makes of it.
[[nodiscard]] std::string group_key(std::string_view name);

}  // namespace secateur::whatsapp

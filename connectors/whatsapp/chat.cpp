// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/whatsapp/chat.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "connectors/support.hpp"
#include "connectors/lines.hpp"

namespace secateur::whatsapp {
namespace {

constexpr std::string_view left_to_right = "\xE2\x80\x8E";
constexpr std::size_t longest_author = 60;    // characters; address books allow more than WhatsApp's own 25
constexpr std::size_t longest_subject = 100;  // of a group, before an iPhone's notices

std::string_view trim_plain(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

struct Colon {
    std::string_view author, text;
};

/// Before and after the first ": "; a colon at the very end has lost its space to an editor.
std::optional<Colon> at_colon(std::string_view rest) noexcept {
    for (std::size_t at = rest.find(':'); at != std::string_view::npos; at = rest.find(':', at + 1)) {
        if (at + 1 == rest.size()) return Colon{trim_plain(rest.substr(0, at)), {}};
        if (const std::size_t space = space_length(rest, at + 1))
            return Colon{trim_plain(rest.substr(0, at)), rest.substr(at + 1 + space)};
    }
    return std::nullopt;
}

bool is_phone(std::string_view name) noexcept {
    std::size_t digits = 0;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (c >= '0' && c <= '9') {
            ++digits;
        } else if (name.substr(i, 2) == "\xE2\x80") {  // hyphens that do not break
            i += 2;
        } else if (c != '+' && c != ' ' && c != '-' && c != '(' && c != ')' && c != '.') {
            return false;
        }
    }
    return name.starts_with('+') && digits >= 6;
}

class Scanner {
public:
    Scanner(Chat& chat, Date today) : chat_(chat), evidence_(today) {}

    void header(const Stamp& stamp, std::string_view rest, std::uint64_t line) {
        evidence_.add(stamp, line);
        chat_.dates_open = chat_.dates_open || stamp.order_open();
        const std::optional<Colon> colon = at_colon(rest);
        bool known = true;
        if (Author* author = colon ? find_or_add(*colon, rest, stamp, known) : nullptr; author != nullptr) {
            by(*author, colon->text, stamp);
        } else {
            sentence(plain(rest), true);
            known = true;
        }
        if (known || chat_.headers == 0) anchor_ = stamp;
        ++chat_.headers;
    }

    void finish() {
        chat_.order = evidence_.decide();
        chat_.latest_minute = evidence_.latest_minute(chat_.order.order);
        Author* group = nullptr;
        for (auto& [raw, author] : chat_.authors) {
            if (author.quoted && author.messages < 3 && author.notices == 0) author.role = Author::Role::not_author;
            if (author.messages == 0 && author.notices + author.guesses > 0 &&
                (group == nullptr || std::pair(group->notices, author.serial) < std::pair(author.notices, group->serial)))
                group = &author;
            if (author.messages + author.guesses == 1 && author.notices == 0 && goes_back(author))
                author.role = Author::Role::pasted;
        }
        if (group != nullptr && group->notices > 0) group->role = Author::Role::group;
        for (auto& [raw, author] : chat_.authors) settle(raw, author);
    }

private:
    Author* find_or_add(const Colon& colon, std::string_view rest, const Stamp& stamp, bool& known) {
        if (const auto found = chat_.authors.find(colon.author); found != chat_.authors.end()) return &found->second;
        const bool marked = stamp.bracketed && colon.text.starts_with(left_to_right);
        if (!may_be_author(colon.author, marked ? longest_subject : longest_author)) return nullptr;
        if (!marked && sentence_before_colon(rest)) return nullptr;
        known = false;
        Author& author = chat_.authors[std::string(colon.author)];
        author.first = stamp;
        author.before = anchor_;
        author.quoted = !marked && has_quotes(colon.author);
        author.serial = chat_.authors.size();
        return &author;
    }

public:
    /// Whether this is a sentence of the app whose words begin before the colon: X changed the subject to "Re: plan".
    static bool sentence_before_colon(std::string_view rest) {
        const std::string text = plain(rest);
        const SystemLine line = read_system_line(text);
        return line.event != SystemEvent::none && line.verb_at < text.find(": ");
    }

private:
    void by(Author& author, std::string_view text, const Stamp& stamp) {
        if (stamp.bracketed && text.starts_with(left_to_right)) {
            author.always_longer = false;
            const Body body = read_body(std::string(text), true, true);
            if (body.guessed) {
                ++author.guesses;
            } else if (body.kind == Body::Kind::system) {
                ++author.notices;
                sentence(plain(text), false);
            } else {
                ++author.messages;
                if (body.deleted_by_me) ++author.deleted_by_me, author.deleted_marked = true;
            }
            return;
        }
        ++author.messages;
        if (deleted_placeholder(text) == Placeholder::deleted_by_me) {
            ++author.deleted_by_me;
            return;
        }
        if (author.always_longer) note_longer(author, text);
    }

    static void note_longer(Author& author, std::string_view text) {
        const std::size_t colon = text.substr(0, longest_author).find(": ");
        if (colon == std::string_view::npos || colon == 0) {
            author.always_longer = false;
            return;
        }
        const std::string_view ending = text.substr(0, colon);
        const auto found = std::ranges::find(author.longer, ending, &Author::Longer::ending);
        if (found != author.longer.end()) {
            ++found->count;
        } else if (author.longer.size() < 3) {
            author.longer.push_back({.ending = std::string(ending), .count = 1, .person = {}});
        } else {
            author.always_longer = false;
        }
    }

    /// `alone`: without anything like an author before it.
    void sentence(const std::string& text, bool alone) {
        const SystemLine line = read_system_line(text);
        if (chat_.headers == 0) {
            chat_.from_beginning =
                line.event == SystemEvent::other || line.event == SystemEvent::created || line.event == SystemEvent::joined;
            chat_.first_is_notice = line.event == SystemEvent::other && (alone || chat_.authors.size() == 1);
        }
        if (line.event == SystemEvent::none) return;
        const auto name = [&](const std::string& written) {
            if (!written.empty()) chat_.in_third_person.insert(person_key(display_name(written)));
        };
        name(line.subject);
        switch (line.event) {
            case SystemEvent::created:
                chat_.group_lines = true;
                if (!line.name.empty()) chat_.created_name = line.name;
                break;
            case SystemEvent::renamed:
                chat_.group_lines = true;
                if (!line.name.empty()) chat_.last_subject = line.name;
                break;
            case SystemEvent::joined:
            case SystemEvent::left:
                chat_.group_lines = true;
                for (const std::string& each : line.objects) name(each);
                break;
            case SystemEvent::now_admin:
            case SystemEvent::not_admin:
            case SystemEvent::group_other: chat_.group_lines = true; break;
            case SystemEvent::number_changed: renumber(line); break;
            default: break;
        }
    }

    void renumber(const SystemLine& line) {
        const std::string from = person_key(display_name(line.subject)), to = person_key(display_name(line.objects[0]));
        if (from.empty() || to.empty() || from == to) return;
        // Octave who changed to a bare number is still called Octave.
        const auto called = chat_.names.find(from);
        const std::string before = called != chat_.names.end() ? called->second : display_name(line.subject);
        const std::string after = display_name(line.objects[0]);
        chat_.names[to] = is_phone(after) ? before : after;
        // The one they change to is where the chain ends; a return to an older number turns it round.
        chat_.renumbered.erase(to);
        chat_.renumbered[from] = to;
    }

    [[nodiscard]] bool goes_back(const Author& author) const {
        if (!author.before) return false;
        const auto first = local_time(author.first, chat_.order.order), before = local_time(*author.before, chat_.order.order);
        if (!first || !before) return false;
        const auto at = as_utc(*first), then = as_utc(*before);
        return at && then && *at < *then - std::chrono::days(1);
    }

    void settle(const std::string& raw, Author& author) {
        author.person = chat_.person_named(raw);
        std::uint64_t sum = 0;
        bool enough = true;
        for (Author::Longer& each : author.longer) {
            each.person = chat_.person_named(raw + ": " + each.ending);
            sum += each.count;
            const bool named = chat_.in_third_person.contains(person_key(display_name(raw + ": " + each.ending)));
            enough = enough && (named || each.count >= 4);
        }
        if (!author.always_longer || !enough || sum == 0 || chat_.in_third_person.contains(author.person.key))
            author.longer.clear();
    }

    Chat& chat_;
    DateOrderEvidence evidence_;
    std::optional<Stamp> anchor_;
};

/// One pass; counts the stamps of other forms.
void pass(const Source& source, Chat& chat, Date today, std::map<std::uint32_t, std::uint64_t>& others) {
    Scanner scanner(chat, today);
    const std::unique_ptr<ByteStream> stream = source.open(chat.entry);
    LineReader lines(*stream);
    while (const std::optional<Line> line = lines.next()) {
        if (line->continues) continue;
        const std::optional<Stamp> stamp = parse_stamp(line->text);
        if (!stamp) continue;
        if (chat.shapes.has(stamp->shape)) {
            scanner.header(*stamp, line->text.substr(stamp->rest), line->number);
        } else if (others.size() < 64 || others.contains(stamp->shape)) {
            ++others[stamp->shape];
        }
    }
    scanner.finish();
}

std::string date_text(const std::array<int, 3>& date) {
    std::string text;
    for (const int field : date) {
        if (!text.empty()) text += '/';
        text += field < 10 ? "0" + std::to_string(field) : std::to_string(field);
    }
    return text;
}

std::string_view last_folder(std::string_view folder) {
    const std::size_t slash = folder.rfind('/');
    return slash == std::string_view::npos ? folder : folder.substr(slash + 1);
}

}  // namespace

Shapes Shapes::learn(std::string_view head) {
    std::map<std::uint32_t, std::uint64_t> counts;
    const std::unique_ptr<ByteStream> stream = memory_stream(head);
    LineReader lines(*stream);
    while (const std::optional<Line> line = lines.next())
        if (const std::optional<Stamp> stamp = parse_stamp(line->text);
            stamp && (counts.size() < 64 || counts.contains(stamp->shape)))
            ++counts[stamp->shape];
    std::uint64_t most = 0;
    for (const auto& [shape, count] : counts) most = std::max(most, count);
    Shapes shapes;
    // One phone writes one form. A second one that is as common comes from another phone; a rare one was pasted.
    for (const auto& [shape, count] : counts)
        if (count * 4 >= most) shapes.add(shape);
    return shapes;
}

bool Shapes::has(std::uint32_t shape) const noexcept { return std::ranges::find(known_, shape) != known_.end(); }

const Person& Author::person_for(std::string_view& text) const {
    for (const Longer& each : longer) {
        if (!text.starts_with(each.ending) || !text.substr(each.ending.size()).starts_with(": ")) continue;
        text.remove_prefix(each.ending.size() + 2);
        return each.person;
    }
    return person;
}

Split Chat::split(std::string_view rest, bool bracketed) const {
    const std::optional<Colon> colon = at_colon(rest);
    Split result{.author = nullptr, .text = rest, .marked = false};
    if (colon) {
        const auto found = authors.find(colon->author);
        if (found != authors.end() && found->second.role != Author::Role::not_author) {
            result.marked = bracketed && colon->text.starts_with(left_to_right);
            // The group speaks only in marked lines.
            result.author = &found->second;
            result.text = colon->text;
        }
        return result;
    }
    // "Name:." has lost its space; only somebody who is known can be meant.
    const std::size_t bare = rest.find(':');
    if (bare == std::string_view::npos) return result;
    const auto found = authors.find(rest.substr(0, bare));
    if (found != authors.end() && found->second.role == Author::Role::person) {
        result.author = &found->second;
        result.text = rest.substr(bare + 1);
    }
    return result;
}

Person Chat::person_named(std::string_view written) const {
    Person person{.key = {}, .name = display_name(written)};
    person.key = person_key(person.name);
    // As many steps as there are changes: a circle, which cannot be, would end too.
    for (std::size_t steps = 0; steps <= renumbered.size(); ++steps) {
        const auto next = renumbered.find(person.key);
        if (next == renumbered.end()) break;
        person.key = next->second;
    }
    if (const auto called = names.find(person.key); called != names.end()) person.name = called->second;
    return person;
}

std::vector<const Author*> Chat::people() const {
    std::vector<const Author*> result;
    for (const auto& [raw, author] : authors)
        if (author.role == Author::Role::person && author.messages + author.guesses > 0) result.push_back(&author);
    std::ranges::sort(result, {}, &Author::serial);
    return result;
}

bool Chat::named_after(const Person& person) const {
    const auto same = [&](const std::string& title) {
        return !title.empty() && (group_key(title) == group_key(person.name) || person_key(display_name(title)) == person.key);
    };
    if (same(file_title) || (file_title.empty() && same(container))) return true;
    for (const auto& [raw, author] : authors)
        if (author.notices > 0 && author.person.key == person.key) return true;  // an iPhone's notices bear the other's name
    return false;
}

Chat scan_chat(const Source& source, const Entry& entry, Date today) {
    const Shapes learned = Shapes::learn(source.head(entry));
    const auto blank = [&](Shapes shapes) {
        Chat chat;
        chat.entry = entry;
        chat.shapes = std::move(shapes);
        const std::string_view name = entry.name();
        const std::string_view stem = name.substr(0, std::min(name.rfind('.'), name.size()));
        chat.container = std::string(stem);
        if (stem == "_chat") chat.container = entry.folder().empty() ? source.stem() : std::string(last_folder(entry.folder()));
        chat.file_title = title_in_file_name(chat.container);
        if (chat.file_title.empty() && source.kind() != SourceKind::folder) chat.file_title = title_in_file_name(source.stem());
        return chat;
    };
    const Location whole{.entry = entry.path};
    if (learned.empty())
        throw Error(Problem{.reason = msg("whatsapp.no_header"), .where = whole, .hint = msg("whatsapp.hint_export_again")});

    std::map<std::uint32_t, std::uint64_t> others;
    Chat chat = blank(learned);
    pass(source, chat, today, others);
    Shapes more = learned;
    for (const auto& [shape, count] : others)
        if (count >= 50 && count * 20 >= chat.headers) more.add(shape);  // two exports joined in one file
    bool again = false;
    for (const auto& [shape, count] : others) again = again || more.has(shape);
    if (again) {
        others.clear();
        chat = blank(more);
        pass(source, chat, today, others);
    }
    if (chat.order.contradicted)
        throw Error(Problem{
            .reason = msg("whatsapp.dates_contradict", arg("day_first", date_text(chat.order.date)), arg("line", chat.order.line),
                          arg("month_first", date_text(chat.order.other_date)), arg("other_line", chat.order.other_line)),
            .where = whole,
            .hint = msg("whatsapp.hint_one_export")});
    return chat;
}

void settle_group(Chat& chat, const std::set<std::string>& my_keys) {
    const std::vector<const Author*> people = chat.people();
    std::set<std::string> keys;
    for (const Author* each : people) keys.insert(each->person.key);
    bool direct = !chat.group_lines && keys.size() <= 2 && !keys.empty() &&
                  std::ranges::any_of(people, [&](const Author* each) { return chat.named_after(each->person); });
    // Only I wrote, from the beginning on, and no group was made: somebody who did not answer.
    if (!chat.group_lines && chat.first_is_notice && keys.size() == 1 && my_keys.contains(*keys.begin())) direct = true;

    std::string by_notices;
    for (const auto& [raw, author] : chat.authors)
        if (author.role == Author::Role::group) by_notices = author.person.name;
    const auto name = [&]() -> std::string {
        for (const std::string* each : {&chat.last_subject, &chat.created_name, &chat.file_title, &by_notices})
            if (!each->empty() && !group_key(*each).empty()) return display_name(*each);
        return display_name(chat.container);
    };
    chat.group.name = name();
    chat.group.kind = direct ? GroupKind::direct : GroupKind::group_chat;
    if (direct)
        for (const Author* each : people)
            if (!my_keys.contains(each->person.key) && chat.named_after(each->person)) chat.group.name = each->person.name;
    chat.group.key = group_key(chat.group.name);
    // A name of signs alone still names one chat.
    if (chat.group.key.empty()) chat.group.key = chat.group.name.empty() ? "chat" : chat.group.name;
}

std::string display_name(std::string_view written) {
    std::string name = strip_bidi(to_valid_utf8(written));
    std::string result;
    for (std::size_t i = 0; i < name.size();) {
        if (const std::size_t space = space_length(name, i)) {
            result += ' ';
            i += space;
        } else {
            result += name[i++];
        }
    }
    return nfc(trim(result));
}

std::string person_key(std::string_view name) {
    if (is_phone(name)) {
        std::string digits = "+";
        for (const char c : name)
            if (c >= '0' && c <= '9') digits += c;
        return digits;
    }
    return fold_name(name);
}

std::string group_key(std::string_view name) {
    // What phones leave out of file names, or write as '_', is no part of the key.
    std::string folded = fold_name(name);
    for (char& c : folded)
        if (std::string_view("/\\:*?\"<>|_").find(c) != std::string_view::npos) c = ' ';
    return fold_name(folded);
}

}  // namespace secateur::whatsapp

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/facebook/titles.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace secateur::facebook {
namespace {

/// A verb, and the words between which and the group's name anything may stand ("shared a link to"). Without such words the name
/// follows the verb; `after` ends it in languages whose verb comes last.
struct Sentence {
    std::string_view verb;
    std::array<std::string_view, 2> before_name;
    std::string_view after = {};
};
constexpr Sentence sentences[] = {
    {" posted in ", {}},
    {" shared ", {" in ", " to "}},
    {" posted ", {" in ", " to "}},
    {" added ", {" in ", " to "}},
    {" asked ", {" in ", {}}},
    {" created ", {" in ", {}}},
    {" was live in ", {}},
    {" commented on ", {" in ", {}}},
    {" replied to ", {" in ", {}}},
    {" a publié dans ", {}},
    {" a publié ", {" dans ", {}}},
    {" a partagé ", {" dans ", {}}},
    {" a ajouté ", {" dans ", {}}},
    {" a posé ", {" dans ", {}}},
    {" a créé ", {" dans ", {}}},
    {" était en direct dans ", {}},
    {" a commenté ", {" dans ", {}}},
    {" a répondu ", {" dans ", {}}},
    {" publicó en ", {}},
    {" compartió ", {" en ", {}}},
    {" hat in ", {}, " gepostet"},
    {" hat in ", {}, " einen Beitrag"},
    {" heeft een bericht geplaatst in ", {}},
};
constexpr std::string_view joins[] = {
    " became a member of ",
    " joined ",
    " êtes maintenant membre de ",
    " êtes maintenant membre du groupe ",
    " êtes devenu membre de ",
    " êtes devenue membre de ",
    " est devenu membre de ",
    " est devenue membre de ",
    " est maintenant membre de ",
    " avez rejoint ",
    " a rejoint ",
    " se unió a ",
    " ha unido a ",
    " ist jetzt Mitglied von ",
    " is lid geworden van ",
};
constexpr std::string_view replies[] = {
    " replied to ", " a répondu ", " respondió ", " geantwortet", " heeft gereageerd op een reactie", " ha risposto "};
constexpr std::string_view actor_verbs[] = {
    " posted ",   " commented ",  " replied ",   " likes ",     " liked ",   " reacted ", " shared ", " became a member ",
    " a publié ", " a commenté ", " a répondu ", " a partagé ", " a réagi ", " aime ",    " a aimé ", " est devenu",
};
constexpr std::string_view group_words[] = {
    "the group ", "the group: ", "le groupe ", "le groupe : ", "el grupo ", "der Gruppe ", "de groep "};
constexpr std::string_view full_stops[] = {".", "。", "।"};

std::string_view without_full_stop(std::string_view text) {
    for (const std::string_view stop : full_stops)
        if (text.ends_with(stop)) return trim(text.substr(0, text.size() - stop.size()));
    return text;
}

std::string with_plain_spaces(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const bool wide = text.starts_with("\u00A0"), narrow = text.starts_with("\u202F");
        out += wide || narrow ? ' ' : text.front();
        text.remove_prefix(wide ? 2 : narrow ? 3 : 1);
    }
    return out;
}

/// What may be the name, likeliest first: as it stands, without the full stop, without "the group".
void add_readings(std::vector<std::string_view>& readings, std::string_view rest) {
    rest = trim(rest);
    for (const std::string_view reading : {without_full_stop(rest), rest}) {
        if (reading.empty()) continue;
        for (const std::string_view word : group_words)
            if (reading.starts_with(word)) readings.push_back(reading.substr(word.size()));
        readings.push_back(reading);
    }
}

std::vector<std::string_view> readings_of(std::string_view title) {
    std::vector<std::string_view> readings;
    for (const Sentence& sentence : sentences) {
        const auto verb = title.find(sentence.verb);
        if (verb == std::string_view::npos) continue;
        std::string_view rest = title.substr(verb + sentence.verb.size());
        if (!sentence.after.empty()) {
            if (const auto end = rest.rfind(sentence.after); end != std::string_view::npos)
                add_readings(readings, rest.substr(0, end));
        } else if (sentence.before_name[0].empty()) {
            add_readings(readings, rest);
        } else {
            for (std::size_t at = 0; at < rest.size(); ++at)
                for (const std::string_view word : sentence.before_name)
                    if (!word.empty() && rest.substr(at).starts_with(word)) add_readings(readings, rest.substr(at + word.size()));
        }
        if (!readings.empty()) break;  // the first verb that leads anywhere
    }
    return readings;
}

/// Whether a letter or digit of an alphabet with spaces between words begins here; scripts beyond U+07FF often have none.
bool is_letter_byte(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0xC0 && byte < 0xE0) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

bool ends_with_letter(std::string_view text) noexcept {
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.remove_suffix(1);
    return !text.empty() && is_letter_byte(text.back());
}

const std::string* known_suffix(std::string_view folded_title, const KnownNames& known) {
    for (const auto& name : known.all()) {
        if (!folded_title.ends_with(name.folded) || folded_title.size() == name.folded.size()) continue;
        if (!ends_with_letter(folded_title.substr(0, folded_title.size() - name.folded.size()))) return &name.shown;
    }
    return nullptr;
}

/// For languages whose verb comes last. Very short names stand in too many sentences by chance.
const std::string* known_inside(std::string_view folded_title, const KnownNames& known) {
    constexpr std::size_t shortest = 6;
    for (const auto& name : known.all()) {
        if (name.folded.size() < shortest) break;
        const auto at = folded_title.find(name.folded);
        if (at == std::string_view::npos || at == 0 || ends_with_letter(folded_title.substr(0, at))) continue;
        const std::string_view rest = folded_title.substr(at + name.folded.size());
        if (rest.empty() || !is_letter_byte(rest.front())) return &name.shown;
    }
    return nullptr;
}

std::optional<std::string> best_reading(const std::vector<std::string_view>& readings, const KnownNames& known) {
    for (const std::string_view reading : readings)
        if (const std::string* name = known.find(fold_name(reading))) return *name;
    if (readings.empty()) return std::nullopt;
    return std::string(readings.front());
}

std::optional<std::string> by_known_name(std::string_view title, const KnownNames& known, bool inside) {
    for (const std::string& folded : {fold_name(title), fold_name(without_full_stop(title))})
        if (const std::string* name = known_suffix(folded, known)) return *name;
    if (inside)
        if (const std::string* name = known_inside(fold_name(title), known)) return *name;
    return std::nullopt;
}

}  // namespace

std::string fixed_name(std::string_view raw) {
    return std::string(trim(with_plain_spaces(nfc(repair_mojibake(raw)))));
}

std::string fixed_text(std::string_view raw) {
    std::string text = nfc(repair_mojibake(raw));
    for (std::size_t at = text.find("@["); at != std::string::npos; at = text.find("@[", at)) {
        const auto end = text.find(']', at);
        const auto first = text.find(':', at);
        const auto second = first < end ? text.find(':', first + 1) : std::string::npos;
        const bool is_tag =
            end != std::string::npos && second < end && first > at + 2 &&
            std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 2, text.begin() + static_cast<std::ptrdiff_t>(first),
                        [](char c) { return c >= '0' && c <= '9'; });
        if (!is_tag) {
            at += 2;
            continue;
        }
        const std::string name = text.substr(second + 1, end - second - 1);
        text.replace(at, end - at + 1, name);
        at += name.size();
    }
    return text;
}

void KnownNames::add(std::string_view folded, std::string_view name) {
    if (!folded.empty()) names_.push_back({std::string(folded), std::string(name)});
}

void KnownNames::sort() {
    std::ranges::sort(names_, [](const Name& a, const Name& b) {
        return a.folded.size() != b.folded.size() ? a.folded.size() > b.folded.size() : a.folded < b.folded;
    });
}

const std::string* KnownNames::find(std::string_view folded) const {
    const auto found = std::ranges::find(names_, folded, &Name::folded);
    return found == names_.end() ? nullptr : &found->shown;
}

std::optional<std::string> group_in_title(std::string_view title, const KnownNames& known) {
    title = trim(title);
    if (title.empty()) return std::nullopt;
    if (auto name = best_reading(readings_of(title), known)) return name;
    return by_known_name(title, known, true);
}

std::optional<std::string> group_in_join_title(std::string_view title, const KnownNames& known) {
    title = trim(title);
    std::vector<std::string_view> readings;
    for (const std::string_view join : joins) {
        const auto at = title.find(join);
        if (at == std::string_view::npos) continue;
        add_readings(readings, title.substr(at + join.size()));
        break;
    }
    if (auto name = best_reading(readings, known)) return name;
    return title.empty() ? std::nullopt : by_known_name(title, known, true);
}

bool is_join_title(std::string_view title) {
    return std::ranges::any_of(joins, [&](std::string_view each) { return title.find(each) != std::string_view::npos; });
}

bool is_reply_title(std::string_view title) {
    return std::ranges::any_of(replies, [&](std::string_view each) { return title.find(each) != std::string_view::npos; });
}

std::string_view actor_in_title(std::string_view title) {
    std::size_t first = std::string_view::npos;
    for (const std::string_view verb : actor_verbs) first = std::min(first, title.find(verb));
    if (first == std::string_view::npos) return {};
    const std::string_view actor = trim(title.substr(0, first));
    return actor == "You" || actor == "Vous" ? std::string_view() : actor;
}

}  // namespace secateur::facebook

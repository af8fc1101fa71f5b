// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/instagram/lines.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace secateur::instagram {
namespace {

/// What stands around a name in one language; an empty tail means that anything may follow.
struct Phrase {
    LineKind kind;
    std::string_view head, tail;
};
// After the sender's name. English as seen in exports; French and the other forms are likely, and cost nothing when wrong.
constexpr Phrase said_of_sender[] = {
    {LineKind::attachment, "sent an attachment.", ""},
    {LineKind::attachment, "a envoyé une pièce jointe.", ""},
    {LineKind::left, "left the group.", ""},
    {LineKind::left, "a quitté le groupe.", ""},
    {LineKind::added, "added ", " to the group."},
    {LineKind::added, "a ajouté ", " au groupe."},
    {LineKind::removed, "removed ", " from the group."},
    {LineKind::removed, "a retiré ", " du groupe."},
    {LineKind::service, "created the group.", ""},
    {LineKind::service, "a créé le groupe.", ""},
    {LineKind::service, "named the group ", "."},
    {LineKind::service, "a nommé le groupe ", "."},
    {LineKind::service, "changed the group photo.", ""},
    {LineKind::service, "a modifié la photo du groupe.", ""},
    {LineKind::service, "changed the theme to ", "."},
    {LineKind::service, "a changé le thème ", "."},
    {LineKind::service, "started a video chat.", ""},
    {LineKind::service, "started an audio call.", ""},
    {LineKind::service, "a lancé un appel ", "."},
};
// Whole lines; between head and tail of the first two stands the emoji.
constexpr Phrase said_alone[] = {
    {LineKind::reaction, "Reacted ", " to your message"}, {LineKind::reaction, "A réagi ", " à votre message"},
    {LineKind::reaction, "Liked a message", ""},          {LineKind::reaction, "A aimé un message", ""},
    {LineKind::service, "Video chat ended", ""},          {LineKind::service, "Audio call ended", ""},
    {LineKind::service, "Appel vidéo terminé", ""},       {LineKind::service, "Appel audio terminé", ""},
};

/// What stands between head and tail; nothing when the phrase is another.
std::optional<std::string_view> match(const Phrase& phrase, std::string_view text) {
    if (!text.starts_with(phrase.head)) return std::nullopt;
    text.remove_prefix(phrase.head.size());
    if (!text.ends_with(phrase.tail)) return std::nullopt;
    text.remove_suffix(phrase.tail.size());
    if (phrase.tail.empty() != text.empty()) return std::nullopt;
    return text;
}

/// "Ann, Bob and 2 others".
void take_names(std::string_view list, Line& line) {
    constexpr std::string_view joints[] = {", ", " and ", " et "};
    while (!list.empty()) {
        std::size_t end = list.size(), skip = 0;
        for (const std::string_view joint : joints)
            if (const auto at = list.find(joint); at < end) end = at, skip = joint.size();
        const std::string_view name = trim(list.substr(0, end));
        if (!name.empty() && name.front() >= '0' && name.front() <= '9' && name.find(' ') != std::string_view::npos)
            line.has_unnamed = true;
        else if (!name.empty()) line.names.emplace_back(name);
        list.remove_prefix(std::min(list.size(), end + skip));
    }
}

}  // namespace

std::string fixed_text(std::string_view raw) { return nfc(repair_mojibake(raw)); }

std::string fixed_name(std::string_view raw) {
    const std::string fixed = fixed_text(raw);
    return std::string(trim(fixed));
}

bool is_nobody(std::string_view folded_name) {
    constexpr std::string_view all[] = {"", "instagram user", "instagrammer", "utilisateur instagram", "utilisateur d’instagram"};
    return std::ranges::find(all, folded_name) != std::end(all);
}

Line classify(std::string_view text, std::string_view sender) {
    text = trim(text);
    for (const Phrase& phrase : said_alone)
        if (match(phrase, text)) return {.kind = phrase.kind, .names = {}};
    std::string_view rest;
    for (const std::string_view subject : {sender, std::string_view("You"), std::string_view("Vous")})
        if (!subject.empty() && text.starts_with(subject) && text.substr(subject.size()).starts_with(' '))
            rest = text.substr(subject.size() + 1);
    if (rest.empty()) return {};
    // "Vous avez ajouté": the French of oneself has another verb.
    std::string own;
    if (rest.starts_with("avez ")) rest = own = "a " + std::string(rest.substr(5));
    for (const Phrase& phrase : said_of_sender) {
        const auto between = match(phrase, rest);
        if (!between) continue;
        Line line{.kind = phrase.kind, .names = {}};
        if (phrase.kind == LineKind::added || phrase.kind == LineKind::removed) take_names(*between, line);
        return line;
    }
    return {};
}

}  // namespace secateur::instagram

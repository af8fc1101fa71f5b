// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/quoting.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

bool is_quoted(std::string_view line) noexcept {
    const std::size_t first = line.find_first_not_of(' ');
    return first != std::string_view::npos && first <= 1 && line[first] == '>';
}

/// "-----Original Message-----", "---------- Forwarded message ---------", "-------------- next part --------------".
bool is_cut_line(std::string_view line) {
    if (line.size() < 12 || !line.starts_with("---")) return false;
    constexpr std::array words{"original message",  "message d'origine",      "message original", "ursprüngliche nachricht",
                               "mensaje original",  "messaggio originale",    "oorspronkelijk bericht",
                               "forwarded message", "message transféré",      "courriel original"};
    const std::string folded = fold_name(trim(line.substr(std::min(line.find_first_not_of('-'), line.size()))));
    return std::ranges::any_of(words, [&](std::string_view each) { return folded.starts_with(each); });
}

bool is_next_part(std::string_view line) {
    return line.starts_with("--------------") && line.find(" next part ") != std::string_view::npos;
}

/// A row of underscores, behind which Mailman puts the address of the list and Outlook the letter that is answered.
bool is_ruler(std::string_view line) { return line.size() >= 30 && line.find_first_not_of('_') == std::string_view::npos; }

bool is_list_footer(std::string_view line) {
    return line.starts_with("You received this message because you are subscribed to") ||
           line.starts_with("Vous recevez ce message, car vous ") || line.starts_with("Vous recevez ce message car vous ") ||
           line.starts_with("You are receiving this because you ");
}

/// "From: Anna" with a "Sent:" or "Date:" directly below: the header that Outlook puts above what it quotes.
bool begins_outlook_quote(const std::vector<std::string_view>& lines, std::size_t at) {
    constexpr std::array from{"from:", "de :", "de:", "von:", "van:", "da:"};
    constexpr std::array sent{"sent:", "date:", "envoyé :", "envoyé:", "date :", "gesendet:", "verzonden:", "enviado:",
                              "inviato:"};
    const auto begins = [](std::string_view line, const auto& words) {
        if (line.size() > 200) return false;
        const std::string folded = fold_name(line);
        return std::ranges::any_of(words, [&](std::string_view each) { return folded.starts_with(each); });
    };
    if (lines[at].find(':') == std::string_view::npos || !begins(lines[at], from)) return false;
    for (std::size_t i = at + 1; i < std::min(at + 3, lines.size()); ++i)
        if (begins(lines[i], sent)) return true;
    return false;
}

/// "On Monday, Anna wrote:", "Le 3 mai 2026, Anna a écrit :", whichever line of it this is the last of.
bool ends_attribution(std::string_view line) {
    line = trim(line);
    if (!line.ends_with(':') || line.size() > 300) return false;
    const std::string_view before = trim(line.substr(0, line.size() - 1));
    constexpr std::array verbs{"wrote", "writes", "a écrit", "écrit", "schrieb", "schreef", "escribió", "escreveu", "ha scritto",
                               "skrev"};
    if (std::ranges::any_of(verbs, [&](std::string_view each) { return before.ends_with(each); })) return true;
    // "Am 3. Mai schrieb Anna:"
    return before.find(" schrieb ") != std::string_view::npos || before.find(" schreef ") != std::string_view::npos;
}
bool begins_attribution(std::string_view line) {
    line = trim(line);
    const bool dated = std::ranges::any_of(line, is_digit);
    return dated && (line.starts_with("On ") || line.starts_with("Le ") || line.starts_with("Am ") || line.starts_with("El ") ||
                     line.starts_with("Il ") || line.starts_with("Op "));
}

/// What announces a quote belongs to it: one line, or two where a mailer folded it; at most two blank ones below.
void drop_announcement(std::vector<std::string_view>& kept) {
    std::size_t last = kept.size();
    while (last > 0 && kept.size() - last < 2 && trim(kept[last - 1]).empty()) --last;
    if (last == 0 || !ends_attribution(kept[last - 1])) return;
    std::size_t first = last - 1;
    if (!begins_attribution(kept[first]) && first > 0 && begins_attribution(kept[first - 1])) --first;
    kept.resize(first);
}

/// "begin 644 photo.jpg"
bool begins_uuencode(std::string_view line) {
    return line.size() > 10 && line.starts_with("begin ") && is_digit(line[6]) && is_digit(line[7]) && is_digit(line[8]) &&
        line[9] == ' ';
}

}  // namespace

OwnWords own_words(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::string_view line : split(text, '\n')) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
    }
    OwnWords own;
    std::vector<std::string_view> kept;
    bool may_hold_files = true;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = lines[i];
        if (is_next_part(line)) {
            own.files += static_cast<std::uint32_t>(std::count_if(lines.begin() + static_cast<std::ptrdiff_t>(i), lines.end(),
                                                                  is_next_part));
            break;
        }
        if (line == "-- " || line == "--" || is_ruler(line) || is_list_footer(line) || is_cut_line(line) ||
            begins_outlook_quote(lines, i)) {
            for (std::size_t rest = i; rest < lines.size(); ++rest) own.files += is_next_part(lines[rest]);
            break;
        }
        if (is_quoted(line)) {
            ++own.quoted_lines;
            drop_announcement(kept);
            continue;
        }
        if (may_hold_files && begins_uuencode(line)) {
            const auto end = std::find(lines.begin() + static_cast<std::ptrdiff_t>(i), lines.end(), "end");
            if (end != lines.end()) {
                ++own.files;
                i = static_cast<std::size_t>(end - lines.begin());
                continue;
            }
            may_hold_files = false;
        }
        kept.push_back(line);
    }
    // Above a quote that was no text (HTML), the announcement stands last.
    while (!kept.empty() && trim(kept.back()).empty()) kept.pop_back();
    if (!kept.empty() && ends_attribution(kept.back())) {
        const bool folded = kept.size() > 1 && !begins_attribution(kept.back()) && begins_attribution(kept[kept.size() - 2]);
        if (folded || begins_attribution(kept.back())) kept.resize(kept.size() - (folded ? 2 : 1));
    }
    for (const std::string_view line : kept) {
        own.text += line;
        own.text += '\n';
    }
    own.text = trim(own.text);
    return own;
}

Subject read_subject(std::string_view subject) {
    Subject found;
    constexpr std::array replies{"re", "aw", "sv", "antw", "réf", "ref", "rép", "vs"};
    constexpr std::array forwards{"fwd", "fw", "tr", "wg", "rv"};
    std::string_view rest = trim(subject);
    for (bool more = true; more;) {
        more = false;
        if (rest.starts_with('[')) {
            const std::size_t close = rest.find(']');
            if (close != std::string_view::npos && close > 1 && close < 60) {
                if (found.tag.empty()) found.tag = trim(rest.substr(1, close - 1));
                rest = trim(rest.substr(close + 1));
                more = true;
            }
            continue;
        }
        const std::size_t colon = rest.find(':');
        if (colon == std::string_view::npos || colon > 10) break;
        std::string prefix = fold_name(rest.substr(0, colon));
        if (const std::size_t count = prefix.find('['); count != std::string::npos) prefix.resize(count);  // "Re[2]:"
        const auto is_one_of = [&](const auto& words) { return std::ranges::find(words,
                                                                                 std::string_view(prefix)) != words.end(); };
        if (is_one_of(replies)) found.is_reply = true;
        else if (is_one_of(forwards)) found.is_forward = !found.is_reply;
        else break;
        rest = trim(rest.substr(colon + 1));
        more = true;
    }
    found.text = rest;
    return found;
}

}  // namespace secateur

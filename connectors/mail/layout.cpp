// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/mail/layout.hpp"

#include <algorithm>
#include <set>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur::mail {
namespace {

using Words = std::initializer_list<std::string_view>;

bool is_letter(char c) noexcept { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool is_one_of(std::string_view word, Words words) { return std::ranges::find(words, word) != words.end(); }

/// "2016-April.txt.gz" as "2016-April" and "txt".
struct Name {
    std::string_view stem;
    std::string ending;
};
Name name_of(std::string_view file) {
    if (ascii_lowered(file).ends_with(".gz")) file.remove_suffix(3);
    const std::size_t dot = file.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || file.size() - dot > 9) return {.stem = file, .ending = {}};
    return {.stem = file.substr(0, dot), .ending = ascii_lowered(file.substr(dot + 1))};
}

/// "2016-April", "2026-11", "2016q2", "2016", "Week-of-Mon-20160411"; the month in any language.
bool is_period(std::string_view text) {
    if (text.starts_with("Week-of-Mon-")) return true;
    if (text.size() < 4 || !std::ranges::all_of(text.substr(0, 4), is_digit) || (text[0] != '1' && text[0] != '2')) return false;
    std::string_view rest = text.substr(4);
    if (rest.starts_with('-') || rest.starts_with('_')) rest.remove_prefix(1);
    if (rest.empty()) return true;
    if (rest.size() == 2) return (rest[0] == 'q' || is_digit(rest[0])) && is_digit(rest[1]);
    const auto fits = [](char c) { return is_letter(c) || static_cast<unsigned char>(c) >= 0x80; };
    return rest.size() >= 3 && rest.size() <= 24 && std::ranges::all_of(rest, fits);
}

/// "hikers@lists.example.org-2026-11": the address, and what follows it.
struct AddressName {
    std::string address;
    std::string_view rest;
};
AddressName address_in(std::string_view name) {
    const std::size_t at = name.find('@');
    if (at == 0 || at == std::string_view::npos) return {};
    const auto in_host = [](char c) { return c == '.' || c == '-' || is_digit(c) || is_letter(c); };
    std::size_t end = at + 1;
    while (end < name.size() && in_host(name[end])) ++end;
    const std::size_t dot = name.substr(0, end).rfind('.');
    if (dot == std::string_view::npos || dot < at + 2) return {};
    // A date may follow: the last part of a host has letters only.
    end = dot + 1;
    while (end < name.size() && is_letter(name[end])) ++end;
    if (end - dot < 3) return {};
    return {.address = ascii_lowered(name.substr(0, end)), .rest = name.substr(end)};
}

std::vector<std::string_view> folders_of(const Entry& entry) {
    std::vector<std::string_view> folders = split(entry.path, '/');
    folders.pop_back();
    return folders;
}

/// Folders and files that are called so everywhere, and say nothing about the list in them.
bool says_nothing(std::string_view name) {
    return is_period(name) ||
           is_one_of(fold_search(name), {"", "pipermail", "archive", "archives", "mail", "mails", "mbox", "list", "lists",
                                         "listes", "takeout", "downloads", "telechargements", "export", "exports", "documents",
                                         "tmp", "home", "desktop", "bureau"});
}

/// The nearest folder that says something, else the file, else where the source lies.
std::string archive_name_of(const Source& source, const Entry& entry) {
    std::vector<std::string_view> names = folders_of(entry);
    std::ranges::reverse(names);
    names.push_back(name_of(entry.name()).stem);
    const std::string stem = source.stem();
    std::vector<std::string_view> outside = split(source.label(), '/');
    if (!outside.empty()) outside.pop_back();
    if (source.kind() != SourceKind::file) names.push_back(stem);
    names.insert(names.end(), outside.rbegin(), outside.rend());
    const auto found = std::ranges::find_if_not(names, says_nothing);
    return found == names.end() ? std::string() : std::string(*found);
}

/// Indexes, locks and settings of mail programs.
bool is_neighbour(std::string_view file, std::string_view ending) {
    const std::string name = ascii_lowered(file);
    return is_one_of(ending, {"msf", "sbd", "toc", "lock", "cache", "index", "ids", "cmeta"}) || name.starts_with('.') ||
           name.starts_with("dovecot") || name.starts_with("courierimap") ||
           is_one_of(name, {"maildirfolder", "maildirsize", "subscriptions", "popstate.dat", "msgfilterrules.dat",
                            "filterlog.html", "archive_browser.html", "readme.md"});
}

/// What the names of folder and file say of a file of letters.
void describe(const Source& source, const Name& name, MailFile& file) {
    AddressName address = address_in(name.stem);
    file.named_after_period = is_period(name.stem) || (address.rest.size() > 1 && is_period(address.rest.substr(1)));
    for (const std::string_view folder : folders_of(file.entry)) {
        if (file.label == Label::none) file.label = label_named(folder);
        AddressName named = address_in(folder);
        if (named.address.empty() || !named.rest.empty() || file.form != LetterForm::mbox) continue;
        file.list_address = std::move(named.address);
        file.in_list_folder = true;
    }
    if (file.label == Label::none) file.label = label_named(name.stem);
    if (file.list_address.empty()) file.list_address = std::move(address.address);
    file.archive_name = archive_name_of(source, file.entry);
}

/// The folders with mail in them, the root apart; of a Maildir those above as well.
void note_folders(const MailFile& file, std::set<std::string, std::less<>>& folders) {
    for (std::string_view folder = file.entry.folder(); !folder.empty();) {
        folders.emplace(folder);
        if (file.form == LetterForm::mbox) return;
        const std::size_t slash = folder.rfind('/');
        folder = folder.substr(0, slash == std::string_view::npos ? 0 : slash);
    }
}

bool is_below(std::string_view path, const std::set<std::string, std::less<>>& folders) {
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
        if (folders.contains(path.substr(0, slash))) return true;
    return false;
}

}  // namespace

Label label_named(std::string_view name) {
    // "INBOX.Sent", ".Sent"
    const std::size_t dot = name.rfind('.');
    if (dot != std::string_view::npos && dot + 1 < name.size()) name.remove_prefix(dot + 1);
    const std::string word = fold_search(name);
    if (is_one_of(word, {"sent", "sent mail", "sent items", "sent messages", "envoyes", "messages envoyes", "elements envoyes",
                         "courrier envoye", "gesendet", "gesendete elemente", "enviados", "inviata", "posta inviata",
                         "verzonden"}))
        return Label::sent;
    if (is_one_of(word, {"draft", "drafts", "brouillon", "brouillons", "entwurfe", "borradores", "bozze", "concepten",
                         "rascunhos"}))
        return Label::draft;
    if (is_one_of(word, {"spam", "junk", "junk e-mail", "junk email", "courrier indesirable", "indesirables", "pourriel",
                         "pourriels", "correo no deseado"}))
        return Label::junk;
    return word == "chat" || word == "chats" ? Label::chat : Label::none;
}

Layout layout_of(const Source& source) {
    Layout layout;
    std::set<std::string, std::less<>> mail_folders, list_folders;
    std::vector<const Entry*> others;
    for (const Entry& entry : source.entries()) {
        Name name = name_of(entry.name());
        const AddressName whole = address_in(entry.name());
        if (!whole.address.empty() && whole.rest.empty() && name.ending != "mbox")
            name = {.stem = entry.name(), .ending = {}};  // "hikers@lists.example.org" has no ending
        const std::string_view folder = entry.folder(), parent = folder.substr(folder.rfind('/') + 1);
        MailFile file;
        file.entry = entry;
        if (parent == "cur" || parent == "new" || name.ending == "eml") {
            file.form = LetterForm::letter;
        } else if (is_one_of(name.ending, {"mbox", "mbx"}) || (name.ending == "txt" && is_period(name.stem))) {
            file.form = LetterForm::mbox;
        } else if (parent == "tmp" || is_neighbour(entry.name(), name.ending)) {
            ++layout.neighbours;
            continue;
        } else if (name.ending.empty() || name.ending == "txt") {
            file.proposed_by_name = false;
        } else {
            others.push_back(&entry);
            continue;
        }
        describe(source, name, file);
        if (file.proposed_by_name) note_folders(file, mail_folders);
        if (file.in_list_folder) list_folders.emplace(folder);
        layout.files.push_back(std::move(file));
    }
    for (const Entry* each : others) {
        if (list_folders.contains(each->folder()) && name_of(each->name()).ending == "csv") layout.members.push_back(*each);
        else if (is_below(each->path, mail_folders)) ++layout.neighbours;
        else ++layout.strangers;
    }
    return layout;
}

}  // namespace secateur::mail

// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/mail/lists.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace secateur::mail {
namespace {

constexpr std::size_t longest_key = 200;

/// What stands between the last "<" and ">"; all of it without them.
std::string_view in_brackets(std::string_view value) {
    const std::size_t close = value.rfind('>');
    const std::size_t open = close == std::string_view::npos ? close : value.rfind('<', close);
    return open == std::string_view::npos ? trim(value) : trim(value.substr(open + 1, close - open - 1));
}

std::string_view unquoted(std::string_view text) {
    text = trim(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = trim(text.substr(1, text.size() - 2));
    return text;
}

/// The first "scheme:..." of a header such as "<mailto:hikers@lists.example.org>, <https://...>", up to ">" or "?".
std::string_view link_in(std::string_view value, std::string_view scheme) {
    const std::size_t at = value.find(scheme);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = value.substr(at);
    return rest.substr(0, rest.find_first_of(">, \t"));
}

std::string_view mailto_in(std::string_view value) {
    std::string_view link = link_in(value, "mailto:");
    if (link.empty()) return {};
    link.remove_prefix(7);
    return link.substr(0, link.find('?'));
}

bool is_address(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || text.find(' ') != std::string_view::npos) return false;
    return text.find('.', at) != std::string_view::npos;
}

std::string_view local_part(std::string_view address) { return address.substr(0, address.find('@')); }

bool nobody_reads(std::string_view address) {
    std::string local = ascii_lowered(local_part(address));
    std::erase_if(local, [](char c) { return c == '-' || c == '_' || c == '.'; });
    constexpr std::array beginnings{"noreply", "donotreply", "nepasrepondre", "mailerdaemon", "postmaster"};
    return std::ranges::any_of(beginnings, [&](std::string_view each) { return local.starts_with(each); });
}

/// "Anna via Hikers" -> "Anna"
std::string without_via(std::string_view name) {
    for (const std::string_view via : {" via ", " par l'intermédiaire de ", " par l’intermédiaire de ", " über "}) {
        const std::size_t at = name.find(via);
        if (at != std::string_view::npos && at > 0) return std::string(unquoted(name.substr(0, at)));
    }
    return std::string(name);
}

Person person_of(const Mailbox& mailbox) {
    return {.key = mailbox.address.empty() ? fold_name(mailbox.name) : canonical_address(mailbox.address), .name = mailbox.name};
}

}  // namespace

std::string key_of_address(std::string_view address) {
    std::string key = ascii_lowered(trim(address));
    std::ranges::replace(key, '@', '.');
    if (key.size() > longest_key) key = to_valid_utf8(std::string_view(key).substr(0, longest_key));
    return key;
}

std::string name_of_key(std::string_view key) { return std::string(key.substr(0, key.find('.'))); }

bool is_list_host(std::string_view address) {
    const std::size_t at = address.find('@');
    if (at == std::string_view::npos) return false;
    const std::string host = ascii_lowered(address.substr(at + 1));
    constexpr std::array hosts{"googlegroups.com", "groups.io",        "freelists.org",   "framalistes.org",
                               "framagroupes.org", "listserv.dfn.de", "yahoogroups.com", "yahoogroups.fr"};
    constexpr std::array beginnings{"lists.", "listes.", "list."};
    return std::ranges::any_of(hosts, [&](std::string_view each) { return host == each; }) || host.ends_with(".groups.io") ||
           std::ranges::any_of(beginnings, [&](std::string_view each) { return host.starts_with(each); });
}

std::string_view command_of(std::string_view address) {
    constexpr std::array commands{"-request", "-owner", "-bounces",   "-subscribe",   "-unsubscribe", "-join",  "-leave", "-confirm",
                                  "-admin",   "-help",  "+subscribe", "+unsubscribe", "+subconfirm", "+owner", "+help",  "+confirm"};
    const std::string_view local = local_part(address), bare = local.substr(0, local.find('+', 1));
    for (const std::string_view command : commands) {
        // "hikers-bounces+lea=example.org@" too
        const std::string_view name = command.front() == '-' ? bare : local;
        if (name.size() > command.size() && name.ends_with(command)) return local.substr(name.size() - command.size());
    }
    if (local.starts_with("owner-")) return local.substr(0, 6);
    return {};
}

std::string without_command(std::string_view address) {
    const std::string_view command = command_of(address), local = local_part(address);
    const std::string_view name = command == "owner-" ? local.substr(6) : local.substr(0, local.size() - command.size());
    return std::string(name) + std::string(address.substr(local.size()));
}

std::optional<ListSeen> list_of(const Letter& letter) {
    ListSeen seen;
    const auto take = [&](std::string_view address) {
        if (!seen.key.empty() || !is_address(address)) return;
        seen.key = key_of_address(without_command(address));
    };
    if (const std::string_view id = letter.header("list-id"); !trim(id).empty()) {
        seen.key = key_of_address(in_brackets(id));
        const std::size_t open = id.rfind('<');
        if (open != std::string_view::npos) seen.name = unquoted(id.substr(0, open));
        if (seen.key.find(' ') != std::string::npos) {  // no brackets, and prose
            seen.name = seen.key;
            seen.key = fold_name(seen.key);
        }
    }
    const std::string_view post = mailto_in(letter.header("list-post")), been_there = trim(letter.header("x-beenthere"));
    take(been_there);
    take(post);
    if (const std::string_view list = letter.header("mailing-list"); list.starts_with("list ")) {
        const std::string_view rest = list.substr(5);
        take(rest.substr(0, rest.find_first_of("; ")));
    }
    take(in_brackets(letter.header("x-mailing-list")));
    if (const std::string_view to = letter.header("delivered-to"); to.starts_with("mailing list ")) take(trim(to.substr(13)));
    const std::string sender = ascii_lowered(in_brackets(letter.header("sender")));
    if (const std::string_view command = command_of(sender); command.starts_with("-bounces") || command == "owner-") take(sender);
    if (seen.key.empty()) return std::nullopt;

    const auto is_there = [&](std::string_view name) { return letter.has(name); };
    constexpr std::array<std::string_view, 3> of_discussions{"x-mailman-version", "x-google-groups", "mailing-list"};
    seen.may_post = !post.empty() || !been_there.empty() || letter.header("precedence") == "list" ||
                    std::ranges::any_of(of_discussions, is_there);
    seen.may_unsubscribe = letter.has("list-unsubscribe");
    seen.url = link_in(letter.header("list-archive"), "http");
    if (is_address(post)) seen.addresses.push_back(ascii_lowered(post));
    if (is_address(been_there)) seen.addresses.push_back(ascii_lowered(been_there));
    for (const auto* list : {&letter.to, &letter.cc})
        for (const Mailbox& each : *list)
            if (key_of_address(each.address) == seen.key) seen.addresses.push_back(each.address);
    return seen;
}

std::string canonical_address(std::string_view address) {
    std::string lower = ascii_lowered(trim(address));
    const std::size_t at = lower.rfind('@');
    if (at == std::string::npos) return lower;
    const std::string host = lower.substr(at + 1);
    if (host != "gmail.com" && host != "googlemail.com") return lower;
    std::string local = lower.substr(0, std::min(at, lower.find('+')));
    std::erase(local, '.');
    return local.empty() ? lower : local + "@gmail.com";
}

Person author_of(const Letter& letter, std::string_view list_key) {
    const std::string name = without_via(letter.from.name);
    const bool is_list = !list_key.empty() && key_of_address(letter.from.address) == list_key;
    if (is_list || name != letter.from.name) {
        for (const std::string_view original : {"x-original-from", "x-google-original-from"})
            if (const std::vector<Mailbox> found = parse_mailboxes(letter.header(original)); found.size() == 1) {
                Person person = person_of(found.front());
                if (person.name.empty()) person.name = name;
                return person;
            }
        if (letter.reply_to.size() == 1 && key_of_address(letter.reply_to.front().address) != list_key) {
            Person person = person_of(letter.reply_to.front());
            if (!name.empty()) person.name = name;
            return person;
        }
        return {.key = fold_name(name), .name = name};
    }
    // One address, many people: only the name tells them apart.
    const std::string local = ascii_lowered(local_part(letter.from.address));
    if (!name.empty() && (local == "notifications" || local == "notification")) return {.key = fold_name(name), .name = name};
    return person_of(letter.from);
}

bool is_automatic(const Letter& letter) {
    if (const std::string sent = ascii_lowered(letter.header("auto-submitted")); !sent.empty() && sent != "no") return true;
    const std::string precedence = ascii_lowered(letter.header("precedence"));
    return letter.has("x-autoreply") || letter.has("x-autorespond") || precedence == "auto_reply" || precedence == "junk" ||
           nobody_reads(letter.from.address);
}

}  // namespace secateur::mail

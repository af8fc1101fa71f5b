// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/feeds.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace secateur {
namespace {

/// "https://host/a/b/" in parts; nothing for an address that is none, or that carries a query.
struct Address {
    std::string site;  // "https://host"
    std::vector<std::string> path;

    [[nodiscard]] bool starts(std::string_view first, std::size_t parts) const { return path.size() == parts && path.front() == first; }
    [[nodiscard]] std::string whole() const {
        std::string out = site;
        for (const std::string& each : path) out += '/' + each;
        return out;
    }
};

std::optional<Address> parse_address(std::string_view url) {
    const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    if (scheme == 0) return std::nullopt;
    const bool is_odd = std::ranges::any_of(url, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == '?' || c == '#'; });
    if (is_odd) return std::nullopt;
    const std::size_t end = std::min(url.find('/', scheme), url.size());
    if (end == scheme) return std::nullopt;
    Address out{.site = std::string(url.substr(0, end)), .path = {}};
    for (const std::string_view part : split(url.substr(end), '/'))
        if (!part.empty()) out.path.emplace_back(part);
    return out;
}

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::string> reddit(const Address& at) {
    if (!at.starts("r", 2)) return std::nullopt;
    return at.whole() + "/.rss";
}

/// A channel's id stands in its feed; a handle or an old name does not.
std::optional<std::string> youtube(const Address& at) {
    if (!at.starts("channel", 2) || !at.path[1].starts_with("UC") || at.path[1].size() != 24) return std::nullopt;
    return "https://www.youtube.com/feeds/videos.xml?channel_id=" + at.path[1];
}

/// The whole forum, or a category: its number, last in the path, is enough.
std::optional<std::string> discourse(const Address& at) {
    if (at.path.empty()) return at.site + "/latest.rss";
    if (at.path.front() == "c" && at.path.size() >= 2 && is_number(at.path.back())) return at.whole() + ".rss";
    return std::nullopt;
}

std::optional<std::string> mastodon(const Address& at) {
    const bool is_account = at.path.size() == 1 && at.path.front().starts_with('@') && at.path.front().find('@', 1) == std::string::npos;
    if (!is_account && !at.starts("tags", 2)) return std::nullopt;
    return at.whole() + ".rss";
}

/// On its home server; elsewhere the path reads "/c/name@home".
std::optional<std::string> lemmy(const Address& at) {
    if (!at.starts("c", 2)) return std::nullopt;
    return at.site + "/feeds/c/" + at.path[1] + ".xml?sort=New";
}

std::optional<std::string> peertube(const Address& at) {
    if (at.starts("video-channels", 2) || at.starts("c", 2)) return at.site + "/feeds/videos.xml?videoChannelName=" + at.path[1];
    if (at.starts("accounts", 2) || at.starts("a", 2)) return at.site + "/feeds/videos.xml?accountName=" + at.path[1];
    return std::nullopt;
}

/// HyperKitty, groups.io and public-inbox have feeds; Pipermail and others have none.
std::optional<std::string> mail(const Address& at) {
    const std::size_t parts = at.path.size();
    if (parts >= 3 && at.path[parts - 2] == "list" && at.path[parts - 1].find('@') != std::string::npos &&
        (at.path[parts - 3] == "hyperkitty" || at.path[parts - 3] == "archives"))
        return at.whole() + "/feed/";
    if (at.site.ends_with("groups.io") && at.starts("g", 2)) return at.whole() + "/rss";
    if (at.site == "https://lore.kernel.org" && parts == 1) return at.whole() + "/new.atom";
    return std::nullopt;
}

std::optional<std::string> stackexchange(const Address& at) {
    if (!at.path.empty()) return std::nullopt;
    return at.site + "/feeds";
}

}  // namespace

std::optional<std::string> feed_of(const GroupAudit& group) {
    const auto at = parse_address(group.url);
    if (!at) return std::nullopt;
    using Rule = std::optional<std::string> (*)(const Address&);
    constexpr std::pair<std::string_view, Rule> rules[] = {
        {"reddit", reddit}, {"youtube", youtube},   {"discourse", discourse}, {"mastodon", mastodon},
        {"lemmy", lemmy},   {"peertube", peertube}, {"mail", mail},           {"stackexchange", stackexchange},
    };
    for (const auto& [platform, rule] : rules)
        if (group.platform == platform) return rule(*at);
    return std::nullopt;
}

}  // namespace secateur

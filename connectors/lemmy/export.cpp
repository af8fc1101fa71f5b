// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/lemmy/export.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace secateur::lemmy {
namespace {

Item::Kind kind_of(std::string_view word) {
    if (word == "post" || word == "Post") return Item::Kind::post;
    if (word == "comment" || word == "Comment") return Item::Kind::comment;
    if (word == "private_message" || word == "PrivateMessage") return Item::Kind::private_message;
    return Item::Kind::unknown;
}

const std::vector<JsonPattern>& look_patterns() {
    using enum JsonPattern::Kind;
    static const std::vector<JsonPattern> patterns{
        {value, "content[*].type_"},      {value, "notifications[*].type_"}, {value, "inbox[*].type_"},
        {value, "followed_communities[*]"}, {scope, "content"},              {scope, "liked"},
        {scope, "read_posts"},            {scope, "settings.followed_communities"},
        {scope, "followed_communities"},  {scope, "saved_posts"},            {scope, "saved_comments"},
        {scope, "blocked_communities"},   {scope, "blocked_users"},
    };
    return patterns;
}

class LookHandler final : public JsonHandler {
public:
    Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location&) override {
        if (pattern < 3) typed_ = typed_ || kind_of(value.string()) != Item::Kind::unknown;
        else if (pattern == 3) found.follows_addresses = found.follows_addresses || !community_address(value.string()).empty();
        return Flow::proceed;
    }
    Flow on_begin(std::size_t pattern, const Location&) override {
        if (pattern == 4) has_content_ = true;
        else if (pattern < 7) has_more_ = true;
        else if (pattern == 7) has_settings_ = true;
        else ++found.settings_lists;
        // A file without anything written is known by the lists beside the settings.
        found.is_data = typed_ || (has_settings_ && (has_content_ || has_more_));
        return Flow::proceed;
    }
    Look found;

    void settle() { found.is_data = found.is_data || typed_; }

private:
    bool typed_ = false, has_content_ = false, has_more_ = false, has_settings_ = false;
};

const std::vector<JsonPattern>& survey_patterns() {
    using enum JsonPattern::Kind;
    static const std::vector<JsonPattern> patterns{
        {value, "content[*]"},   {value, "notifications[*]"},      {value, "inbox[*]"},
        {value, "moderates[*]"}, {value, "settings.display_name"}, {value, "display_name"},
    };
    return patterns;
}

class SurveyHandler final : public JsonHandler {
public:
    explicit SurveyHandler(Findings& findings) : findings_(findings) {}

    Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location&) override {
        if (pattern == 3) {
            if (std::string address = community_address(value.string()); !address.empty())
                findings_.moderated.insert(std::move(address));
        } else if (pattern > 3) {
            if (findings_.display_name.empty()) findings_.display_name = trim(value.string());
        } else {
            note(item_of(value), pattern == 0);
        }
        return Flow::proceed;
    }

private:
    void note(const Item& item, bool is_content) {
        using enum Item::Kind;
        if (item.kind != post && item.kind != comment) return;
        const auto id = item.row["id"].integer(), post_id = item.kind == post ? id : item.row["post_id"].integer();
        if (!id) return;
        const std::string_view address = item.row["ap_id"].string();
        if (item.kind == post)
            if (const auto community = item.row["community_id"].integer()) findings_.community_of_post[*id] = *community;
        if (!address.empty() && post_id) findings_.post_of_address[hash64(address)] = *post_id;
        // What I write is born on my server; of what others wrote only a local row tells it.
        if (findings_.host.empty() && (is_content || item.row["local"].boolean().value_or(false))) take_host(address);
        if (!is_content) return;
        if (findings_.my_id.empty()) findings_.my_id = item.row["creator_id"].scalar();
        (item.kind == post ? findings_.my_posts : findings_.my_comments).insert(*id);
        if (!address.empty()) findings_.my_addresses.insert(hash64(address));
    }

    void take_host(std::string_view address) {
        const auto begin = address.find("://");
        if (begin == std::string_view::npos) return;
        address.remove_prefix(begin + 3);
        for (const char c : address.substr(0, address.find('/'))) findings_.host += ascii_lower(c);
    }

    Findings& findings_;
};

}  // namespace

Item item_of(JsonValue value) {
    if (const auto word = value["type_"].string(); !word.empty()) return {kind_of(word), value};
    // The first alphas named the row by its kind: {"Post": {...}}.
    for (const std::string_view name : {"Post", "Comment", "PrivateMessage"})
        if (const JsonValue row = value[name]; row.is_object()) return {kind_of(name), row};
    return {Item::Kind::unknown, value};
}

Look look(ByteStream& stream, const std::string& entry) {
    LookHandler handler;
    static_cast<void>(read_json(stream, entry, look_patterns(), handler, json_options()));
    handler.settle();
    return handler.found;
}

const Entry* main_file(const Source& source) {
    const Entry* found = nullptr;
    for (const Entry& entry : source.entries()) {
        std::string name(entry.name());
        std::ranges::transform(name, name.begin(), ascii_lower);
        if (!name.ends_with(".json")) {
            if (name.ends_with(".txt") || name.ends_with(".md")) continue;
            return nullptr;  // something else stands here: its files are offered one by one
        }
        if (found != nullptr) return nullptr;
        found = &entry;
    }
    return found;
}

Findings survey(ByteStream& stream, const std::string& entry, const Look& first) {
    Findings findings;
    findings.is_data = first.is_data;
    SurveyHandler handler(findings);
    static_cast<void>(read_json(stream, entry, survey_patterns(), handler, json_options()));
    return findings;
}

std::string Findings::numbered(std::string_view number) const { return host + "#" + std::string(number); }

std::string Findings::community_key(std::optional<std::int64_t> post) const {
    const auto found = post ? community_of_post.find(*post) : community_of_post.end();
    return found == community_of_post.end() ? std::string() : numbered(std::to_string(found->second));
}

JsonOptions json_options() {
    JsonOptions options;
    options.value_limit = std::uint64_t{16} << 20;  // a list of addresses is read whole, and holds some thousands at most
    return options;
}

std::string community_address(std::string_view written) {
    written = trim(written);
    const auto scheme = written.find("://");
    if (scheme == std::string_view::npos) return {};
    const auto path = written.find('/', scheme + 3);
    if (path == std::string_view::npos || path == scheme + 3) return {};
    std::string address(written);
    std::transform(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(path), address.begin(), ascii_lower);
    if (!address.starts_with("https://") && !address.starts_with("http://")) return {};
    while (address.ends_with('/')) address.pop_back();
    return address.size() > path ? address : std::string();
}

}  // namespace secateur::lemmy

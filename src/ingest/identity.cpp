// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/identity.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

constexpr std::uint64_t identity_seed = 0x7365636174657572;  // "secateur"
constexpr std::uint64_t hashed = std::uint64_t{1} << 62;
constexpr std::size_t recent_keys = std::size_t{1} << 16;

std::uint64_t as_hashed(std::uint64_t hash) { return (hash & (hashed - 1)) | hashed; }

/// Whether every character composes to itself: all below U+0300 do, and so do the marks chats are full of.
bool is_surely_composed(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0xCC) continue;
        if (byte == 0xF0 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x9F) continue;
        // general punctuation, but for two spaces that have another canonical form
        if (byte == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80 && static_cast<unsigned char>(text[i + 2]) >= 0x82) continue;
        return false;
    }
    return true;
}

/// A line that only says that a file was here: "<Media omitted>", "image absente", "IMG-2024.jpg (file attached)".
bool is_media_line(std::string_view line) {
    line = trim(line);
    if (line.empty()) return true;
    if (line.front() == '<' && line.back() == '>') return true;
    for (const std::string_view ending : {"omitted", "omis", "omise", "omises", "absent", "absente", "(file attached)", "(fichier joint)"})
        if (line.ends_with(ending)) return true;
    return false;
}

}  // namespace

Identity native_identity(std::string_view native_id) {
    if (!native_id.empty() && native_id.size() <= 18 && native_id.front() != '0' && std::ranges::all_of(native_id, is_digit)) {
        std::uint64_t number = 0;
        for (const char c : native_id) number = number * 10 + static_cast<std::uint64_t>(c - '0');
        return {.id = number, .origin = ActivityToStore::IdOrigin::number};  // 18 digits are below 2^62
    }
    return {.id = as_hashed(hash64(native_id, identity_seed)), .origin = ActivityToStore::IdOrigin::native};
}

void append_identity_text(std::string& out, std::string_view text, bool has_media_or_mark) {
    std::string kept;
    if (has_media_or_mark) {
        for (std::string_view line : split(text, '\n')) {
            if (is_media_line(line)) continue;
            // the mark of an edit follows the last words: "See you <This message was edited>"
            line = trim(line);
            if (const std::size_t open = line.rfind('<'); line.ends_with('>') && open != std::string_view::npos) line = trim(line.substr(0, open));
            kept.append(line).append(1, '\n');
        }
        text = kept;
    }
    std::string composed;
    if (!is_surely_composed(text)) {
        composed = nfc(strip_bidi(text));
        text = composed;
    }
    bool space = false, any = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool no_break = c == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA0';
        const bool narrow = c == '\xE2' && text.compare(i, 3, "\xE2\x80\xAF") == 0;
        const bool mark = c == '\xE2' && (text.compare(i, 3, "\xE2\x80\x8E") == 0 || text.compare(i, 3, "\xE2\x80\x8F") == 0);
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || no_break || narrow) {
            space = any;
            i += no_break ? 1 : narrow ? 2 : 0;
            continue;
        }
        if (mark) {
            i += 2;
            continue;
        }
        if (space) out += ' ';
        space = false;
        any = true;
        out += c;
    }
}

std::string without_seconds(std::string_view written) {
    for (std::size_t i = 2; i + 5 < written.size(); ++i) {
        if (written[i] != ':' || !is_digit(written[i - 1]) || !is_digit(written[i + 1]) || !is_digit(written[i + 2]) || written[i + 3] != ':' ||
            !is_digit(written[i + 4]) || !is_digit(written[i + 5]))
            continue;
        return std::string(written.substr(0, i + 3)).append(written.substr(i + 6));
    }
    return std::string(written);
}

std::uint64_t logical_file(std::string_view entry) {
    std::size_t dot = entry.rfind('.');
    if (dot == std::string_view::npos || entry.find('/', dot) != std::string_view::npos) dot = entry.size();
    std::size_t end = dot;
    while (end > 0 && is_digit(entry[end - 1])) --end;
    return hash_combine(hash64(entry.substr(0, end)), hash64(entry.substr(dot)));
}

RecentCounter::Slot& RecentCounter::slot(std::vector<Slot>& table, std::uint64_t key) {
    std::size_t at = (key * 0x9E3779B97F4A7C15U >> 32U) & (table.size() - 1);
    while (table[at].count != 0 && table[at].key != key) at = (at + 1) & (table.size() - 1);
    return table[at];
}

std::uint32_t RecentCounter::next(std::uint64_t key) {
    if (young_.empty()) {  // most exports have ids of their own
        young_.resize(recent_keys * 2);
        old_.resize(recent_keys * 2);
    }
    Slot* found = &slot(young_, key);
    if (found->count == 0) {
        const std::uint32_t before = slot(old_, key).count;
        if (used_ == recent_keys) {
            young_.swap(old_);
            std::ranges::fill(young_, Slot{});
            used_ = 0;
            found = &slot(young_, key);
        }
        *found = {.key = key, .count = before};
        ++used_;
    }
    return found->count++;
}

Identity IdentityMaker::make(const Activity& activity, std::uint64_t group_hash, std::uint64_t file) {
    if (!activity.native_id.empty()) return native_identity(activity.native_id);
    std::uint64_t base = hash_combine(group_hash, static_cast<std::uint64_t>(activity.kind));
    if (!activity.natural_key.empty())
        return {.id = as_hashed(hash_combine(base, hash64(activity.natural_key, identity_seed))), .origin = ActivityToStore::IdOrigin::native};
    if (activity.when) {
        if (activity.when->written.empty()) base = hash_combine(base, static_cast<std::uint64_t>(activity.when->at.time_since_epoch().count() / 60));
        else base = hash_combine(base, hash64(without_seconds(activity.when->written), identity_seed));
    }
    base = hash_combine(base, activity.author.key.empty() ? hash64(fold_name(activity.author.name), identity_seed) : hash64(activity.author.key, identity_seed));
    buffer_.clear();
    append_identity_text(buffer_, activity.text, activity.attachments > 0 || activity.edited);
    base = hash_combine(base, hash64(buffer_, identity_seed));
    base = hash_combine(base, activity.attachments > 0 ? 1 : 0);
    const std::uint32_t ordinal = counter_.next(hash_combine(base, file));
    return {.id = as_hashed(ordinal == 0 ? base : hash_combine(base, ordinal)), .origin = ActivityToStore::IdOrigin::content};
}

std::uint64_t content_hash(const Activity& activity) {
    std::uint64_t hash = hash64(activity.text, static_cast<std::uint64_t>(activity.kind));
    if (activity.attachments > 0) hash = hash_combine(hash, activity.attachments);
    if (!activity.parent.empty()) hash = hash_combine(hash, hash64(activity.parent));
    for (const std::string& link : activity.links) hash = hash_combine(hash, hash64(link));
    return hash;
}

}  // namespace secateur

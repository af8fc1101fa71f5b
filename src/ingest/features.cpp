// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/features.hpp"

#include <algorithm>
#include <cstring>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "text/token_stream.hpp"

namespace secateur {
namespace {

bool is_name_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z') || byte == '_';
}

std::string_view without_at(std::string_view handle) { return handle.starts_with('@') ? handle.substr(1) : handle; }

}  // namespace

FeatureReader::FeatureReader(const Identities& me, std::span<const Person> owner) {
    std::vector<std::string> names = me.names;
    for (const Person& each : owner) names.push_back(each.name);
    for (const std::string& name : names) {
        const std::string_view bare = trim(name);
        if (bare.empty()) continue;
        called_.push_back(fold_name(bare));
        const std::size_t space = bare.find(' ');
        if (space == std::string_view::npos) continue;
        called_.push_back(fold_name(bare.substr(0, space)));
        full_names_.emplace_back(bare);
    }
    for (const std::string& handle : me.handles) called_.push_back(fold_name(without_at(trim(handle))));
    std::erase_if(called_, [](const std::string& each) { return each.size() < 2; });
    // Longest first, so that "isabelle dupont" is tried before "isabelle".
    std::ranges::sort(called_, [](const std::string& a, const std::string& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    called_.erase(std::unique(called_.begin(), called_.end()), called_.end());
}

bool FeatureReader::mentions_me(std::string_view text) const {
    for (const std::string& name : full_names_) {
        for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
            const std::size_t end = at + name.size();
            if ((at == 0 || !is_name_byte(text[at - 1])) && (end == text.size() || !is_name_byte(text[end]))) return true;
        }
    }
    if (called_.empty()) return false;
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        if (at > 0 && is_name_byte(text[at - 1])) continue;  // inside an address
        // Folding may change lengths a little; compare folded with folded.
        const std::string shown = fold_name(text.substr(at + 1, 120));
        for (const std::string& each : called_)
            if (shown.starts_with(each) && (shown.size() == each.size() || !is_name_byte(shown[each.size()]))) return true;
    }
    return false;
}

bool is_question(std::string_view text) {
    for (std::size_t at = text.find('?'); at != std::string_view::npos; at = text.find('?', at + 1)) {
        const char next = at + 1 < text.size() ? text[at + 1] : ' ';
        const bool ends = next == ' ' || next == '\n' || next == '\r' || next == '\t' || next == '?' || next == '!' || next == ')' || next == '"' ||
                          next == '.' || static_cast<unsigned char>(next) >= 0x80;
        if (!ends) continue;
        // The last word may be a link that ends in one.
        const std::size_t begin = text.find_last_of(" \t\r\n", at);
        if (text.substr(begin == std::string_view::npos ? 0 : begin + 1, at - (begin == std::string_view::npos ? 0 : begin + 1)).find("://") == std::string_view::npos)
            return true;
    }
    return false;
}

void FeatureReader::read(const Activity& activity, Features& features) const {
    const std::string_view text = activity.text;
    features.words = text.empty() && activity.words ? *activity.words : count_words(text);
    features.question = is_question(text);
    features.mentions_me = !activity.is_me && mentions_me(text);
    features.links.clear();
    const auto add = [&](std::string_view url) {
        if (const std::string normal = normalise_url(url); !normal.empty()) features.links.push_back(hash64(normal));
    };
    if (text.find("://") != std::string_view::npos)
        for (const std::string_view link : find_links(text)) add(link);
    for (const std::string& link : activity.links) add(link);
    if (features.links.size() > 1) {
        std::ranges::sort(features.links);
        features.links.erase(std::unique(features.links.begin(), features.links.end()), features.links.end());
    }
}

TermTable::TermTable() : slots_(256) {}

void TermTable::add(std::string_view token) {
    const auto hash = static_cast<std::uint32_t>(hash64(token));
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].count != 0) {
        if (slots_[at].hash == hash && text(slots_[at]) == token) {
            if (slots_[at].count < UINT32_MAX) ++slots_[at].count;
            return;
        }
        at = (at + 1) & (slots_.size() - 1);
    }
    slots_[at] = {.hash = hash, .at = static_cast<std::uint32_t>(arena_.size()), .count = 1};
    arena_ += static_cast<char>(token.size());  // a word of 30 letters has at most 120 bytes
    arena_ += token;
    if (++used_ * 4 > slots_.size() * 3) grow();
}

void TermTable::grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& each : old) {
        if (each.count == 0) continue;
        std::size_t at = each.hash & (slots_.size() - 1);
        while (slots_[at].count != 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = each;
    }
}

void TermTable::sorted(std::vector<std::pair<std::string_view, std::uint32_t>>& out) const {
    // Most words differ in their first eight bytes: compared as one number.
    struct Ranked {
        std::uint64_t head = 0;
        std::string_view text;
        std::uint32_t count = 0;
    };
    std::vector<Ranked> ranked;
    ranked.reserve(used_);
    for (const Slot& each : slots_) {
        if (each.count == 0) continue;
        const std::string_view token = text(each);
        std::uint64_t head = 0;
        for (std::size_t i = 0; i < 8; ++i) head = head << 8U | (i < token.size() ? static_cast<unsigned char>(token[i]) : 0U);
        ranked.push_back({.head = head, .text = token, .count = each.count});
    }
    std::ranges::sort(ranked, [](const Ranked& a, const Ranked& b) { return a.head != b.head ? a.head < b.head : a.text < b.text; });
    out.clear();
    for (const Ranked& each : ranked) out.emplace_back(each.text, each.count);
}

void TermCounter::add(std::int64_t group, Instant at, std::string_view text) {
    if (text.empty()) return;
    const std::int64_t seconds = at.time_since_epoch().count();
    if (seconds < quarter_begin_ || seconds >= quarter_end_) {
        using namespace std::chrono;
        const year_month_day day{floor<days>(at)};
        const unsigned quarter = (static_cast<unsigned>(day.month()) - 1) / 3;
        const year_month_day first{day.year(), month{quarter * 3 + 1}, std::chrono::day{1}};
        quarter_begin_ = sys_seconds{sys_days{first}}.time_since_epoch().count();
        quarter_end_ = sys_seconds{sys_days{first + months{3}}}.time_since_epoch().count();
        quarter_ = static_cast<std::int32_t>(static_cast<int>(day.year()) * 4 + static_cast<int>(quarter));
    }
    if (const std::pair key{group, quarter_}; last_table_ == nullptr || last_ != key) {
        if (bytes_ > memory_) flush();
        const auto [place, is_new] = tables_.try_emplace(key);
        last_table_ = &place->second;
        last_ = key;
        if (is_new) bytes_ += last_table_->bytes() + 128;
    }
    const std::size_t before = last_table_->bytes();
    TermTable& table = *last_table_;
    for_each_token(text, [&](std::string_view token) { table.add(token); });
    bytes_ += table.bytes() - before;
    if (bytes_ > memory_ + (memory_ >> 2U)) flush();  // one group's quarter alone may fill it
}

void TermCounter::flush() {
    std::vector<std::pair<std::string_view, std::uint32_t>> sorted;
    for (const auto& [key, table] : tables_) {
        table.sorted(sorted);
        if (!sorted.empty()) write_(key.first, key.second, sorted);
    }
    tables_.clear();
    last_table_ = nullptr;
    bytes_ = 0;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/features.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "text/thanks.hpp"
#include "text/shingles.hpp"

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

void FeatureReader::read(const Activity& activity, Features& features) {
    const std::string_view text = activity.text;
    words_ = tokens_.read(text);
    features.words = text.empty() && activity.words ? *activity.words : count_words(text);
    features.question = is_question(text);
    features.request.reset();
    features.introduction.reset();
    if (activity.is_me) {
        const SpeechActs acts = speech_acts(text);
        features.thanks = acts.thanks;
        // "Useful for us? https://…" gives more than it asks.
        features.request = text.find("://") == std::string_view::npos && activity.links.empty() ? acts.request : acts.plea;
        features.introduction = acts.introduction;
    } else {
        features.thanks = is_thanks(text);
    }
    features.mentions_me = !activity.is_me && mentions_me(text);
    features.sketch = is_act(activity.kind) ? text_sketch(words_) : 0;
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

namespace {

/// Whether the stored word, behind its length, ends as the token does; their first eight bytes agree.
bool same_tail(const char* stored, std::string_view token) {
    if (static_cast<unsigned char>(*stored++) != token.size()) return false;
    for (std::size_t at = 8; at < token.size(); at += 8) {
        const std::size_t from = std::min(at, token.size() - 8);
        if (load_eight(stored + from) != load_eight(token.data() + from)) return false;
    }
    return true;
}

}  // namespace

TermTable::TermTable(std::size_t expected) : slots_(std::bit_ceil(std::max<std::size_t>(expected + expected / 3 + 1, 256))) {}

std::string_view TermTable::text(const Slot& slot) const {
    if (slot.at != 0) return std::string_view(arena_).substr(slot.at + 1, static_cast<unsigned char>(arena_[slot.at]));
    const auto end = std::ranges::find(slot.head, '\0');
    return {slot.head.data(), static_cast<std::size_t>(end - slot.head.begin())};
}

TermTable::Slot& TermTable::find(const HashedWord& word) {
    std::size_t at = word.hash & (slots_.size() - 1);
    for (;; at = (at + 1) & (slots_.size() - 1)) {
        Slot& slot = slots_[at];
        if (slot.count == 0) return slot;
        if (load_eight(slot.head.data()) != word.head || (slot.at == 0) != (word.text.size() <= 8)) continue;
        if (slot.at == 0 || same_tail(arena_.data() + slot.at, word.text)) return slot;
    }
}

void TermTable::add(const HashedWord& word) {
    Slot& slot = find(word);
    if (slot.count != 0) {
        if (slot.count < UINT32_MAX) ++slot.count;
        return;
    }
    std::memcpy(slot.head.data(), &word.head, 8);
    slot.count = 1;
    if (word.text.size() > 8) {
        slot.at = static_cast<std::uint32_t>(arena_.size());
        arena_ += static_cast<char>(word.text.size());  // a word of 30 letters has at most 120 bytes
        arena_ += word.text;
    }
    if (++used_ * 4 > slots_.size() * 3) grow();
}

void TermTable::grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& each : old)
        if (each.count != 0) find(HashedWord(text(each))) = each;
}

namespace {

constexpr unsigned rank_bits = 10;

/// Two letters as a number that sorts as they do, all other characters before or behind the letters: most words begin with letters.
std::uint32_t rank_of_two(char first, char second) {
    static constexpr std::array<std::uint8_t, 256> ranks = [] {
        std::array<std::uint8_t, 256> made{};
        for (std::size_t c = 0; c < 256; ++c) made[c] = static_cast<std::uint8_t>(c < 'a' ? 0 : c <= 'z' ? c - 'a' + 1 : c < 0xC3 ? 27 : c == 0xC3 ? 28 : 29);
        return made;
    }();
    return static_cast<std::uint32_t>(ranks[static_cast<unsigned char>(first)] << 5U) | ranks[static_cast<unsigned char>(second)];
}

/// Stable, by one of the two ranks.
template <class Ranked, class Rank>
void counting_sort(const std::vector<Ranked>& from, std::vector<Ranked>& to, Rank&& rank) {
    std::array<std::uint32_t, (1U << rank_bits) + 1> begins{};
    for (const Ranked& each : from) ++begins[rank(each) + 1];
    for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    to.resize(from.size());
    for (const Ranked& each : from) to[begins[rank(each)]++] = each;
}

}  // namespace

void TermTable::sorted(std::vector<std::pair<std::string_view, std::uint32_t>>& out) const {
    struct Ranked {
        std::uint64_t head = 0;  // as a number, so that it sorts as the bytes do
        std::uint32_t slot = 0;
        std::uint32_t rank = 0;  // of the first four bytes
    };
    std::vector<Ranked> ranked, by_third_and_fourth;
    ranked.reserve(used_);
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        const Slot& slot = slots_[i];
        if (slot.count == 0) continue;
        std::uint64_t head = load_eight(slot.head.data());
        if constexpr (std::endian::native == std::endian::little) head = __builtin_bswap64(head);
        ranked.push_back({.head = head, .slot = static_cast<std::uint32_t>(i),
                          .rank = rank_of_two(slot.head[0], slot.head[1]) << rank_bits | rank_of_two(slot.head[2], slot.head[3])});
    }
    // By the first four letters without a comparison; the few words that share them are compared.
    counting_sort(ranked, by_third_and_fourth, [](const Ranked& each) { return each.rank & ((1U << rank_bits) - 1); });
    counting_sort(by_third_and_fourth, ranked, [](const Ranked& each) { return each.rank >> rank_bits; });
    for (auto begin = ranked.begin(); begin != ranked.end();) {
        auto end = begin + 1;
        while (end != ranked.end() && end->rank == begin->rank) ++end;
        if (end - begin > 1)
            std::sort(begin, end, [&](const Ranked& a, const Ranked& b) { return a.head != b.head ? a.head < b.head : text(slots_[a.slot]) < text(slots_[b.slot]); });
        begin = end;
    }
    out.clear();
    out.reserve(ranked.size());
    for (const Ranked& each : ranked) out.emplace_back(text(slots_[each.slot]), slots_[each.slot].count);
}

void TermCounter::add(std::int64_t group, Instant at, std::span<const HashedWord> words) {
    if (words.empty()) return;
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
        // What comes next is about as much as what came last.
        const std::size_t expected = last_table_ == nullptr ? 0 : std::min<std::size_t>(last_table_->size(), 4'096);
        const auto [place, is_new] = tables_.try_emplace(key, expected);
        last_table_ = &place->second;
        last_ = key;
        if (is_new) bytes_ += last_table_->bytes() + 128;
    }
    const std::size_t before = last_table_->bytes();
    TermTable& table = *last_table_;
    for (const HashedWord& word : words) table.expect(word);
    for (const HashedWord& word : words) table.add(word);
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

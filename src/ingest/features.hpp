// SPDX-License-Identifier: GPL-3.0-or-later
// What is taken from a text once, on its way in: words, question, links, whether it names me, and the counts of its words by group and
// quarter. The text itself is forgotten afterwards, unless it is mine.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connectors/connector.hpp"
#include "model/record.hpp"
#include "text/token_stream.hpp"

namespace secateur {

struct Features {
    std::uint32_t words = 0;
    bool question = false;
    bool thanks = false;
    std::optional<bool> request, introduction;  // of mine only
    bool mentions_me = false;
    std::vector<std::uint64_t> links;  // hashes of normalised URLs, each once, ascending
    std::uint64_t sketch = 0;          // text/shingles.hpp
};

class FeatureReader {
public:
    /// `owner`: everybody the export shows as me.
    FeatureReader(const Identities& me, std::span<const Person> owner);
    /// Overwrites `features`.
    void read(const Activity& activity, Features& features);
    /// Of the text read last, to be counted; until the next `read`.
    [[nodiscard]] std::span<const HashedWord> words() const { return words_; }
    [[nodiscard]] bool mentions_me(std::string_view text) const;

private:
    std::vector<std::string> full_names_;  // as written, at least two words
    std::vector<std::string> called_;      // folded: what may follow an @
    TokenReader tokens_;
    std::span<const HashedWord> words_;
};

/// A question mark that asks: at the end of a sentence, not inside a link.
[[nodiscard]] bool is_question(std::string_view text);

/// Distinct tokens and their counts.
class TermTable {
public:
    /// Room for so many words before it grows.
    explicit TermTable(std::size_t expected = 0);
    void add(const HashedWord& word);
    /// Has the memory fetched that `add` will look at.
    void expect(const HashedWord& word) const { __builtin_prefetch(&slots_[word.hash & (slots_.size() - 1)]); }
    [[nodiscard]] std::size_t size() const { return used_; }
    [[nodiscard]] std::size_t bytes() const { return slots_.size() * sizeof(Slot) + arena_.capacity(); }
    /// In byte order; the views die with the table.
    void sorted(std::vector<std::pair<std::string_view, std::uint32_t>>& out) const;

private:
    /// HashedWord::head: most words are compared and sorted by these eight bytes alone.
    struct Slot {
        std::array<char, 8> head{};
        std::uint32_t at = 0;     // 0: the head is all of it; else where it stands in the arena, behind its length
        std::uint32_t count = 0;  // 0: free
    };
    [[nodiscard]] std::string_view text(const Slot& slot) const;
    [[nodiscard]] Slot& find(const HashedWord& word);
    void grow();
    std::vector<Slot> slots_;
    std::string arena_ = std::string(1, '\0');
    std::size_t used_ = 0;
};

/// Counts by group and calendar quarter (UTC), handed over whenever they fill their share of memory.
class TermCounter {
public:
    using Write = std::function<void(std::int64_t group, std::int32_t quarter, std::span<const std::pair<std::string_view, std::uint32_t>>)>;
    explicit TermCounter(Write write, std::size_t memory = std::size_t{12} << 20) : write_(std::move(write)), memory_(memory) {}
    void add(std::int64_t group, Instant at, std::span<const HashedWord> words);
    void flush();

private:
    Write write_;
    std::size_t memory_;
    std::size_t bytes_ = 0;
    std::map<std::pair<std::int64_t, std::int32_t>, TermTable> tables_;
    std::pair<std::int64_t, std::int32_t> last_{-1, 0};
    TermTable* last_table_ = nullptr;
    std::int64_t quarter_begin_ = 0, quarter_end_ = 0;
    std::int32_t quarter_ = 0;
};

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/redundancy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "analysis/same_person.hpp"
#include "analysis/statistics.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "text/lexicon.hpp"
#include "text/shingles.hpp"
#include "text/tokens.hpp"

namespace secateur {
namespace {

constexpr std::size_t sample_size = 1024;
constexpr std::size_t texts_kept = 500;
constexpr std::size_t words_kept = 300;
constexpr std::size_t terms_shown = 8;
constexpr std::size_t enough = 3;        // links or texts: fewer say nothing
constexpr std::size_t least_judged = 4;  // of the smaller set, once large ones are sampled
constexpr std::size_t shared_topics = 4;  // across languages: fewer are chance
constexpr double letters_share = 0.2;    // of the likeness, beside the words
constexpr std::size_t common = 100;      // what stands in more groups brings no two of them together

constexpr std::array both_languages{Language::french, Language::english};

std::string_view platform_of(std::string_view id) { return id.substr(0, id.find(':')); }

/// Small words, and those of asking: they say how people talk, not what about.
const std::unordered_set<std::string>& stop_words() {
    static const std::unordered_set<std::string> words = [] {
        std::unordered_set<std::string> out;
        for (const RequestWord& each : request_words()) out.insert(fold_search(each.word));
        return out;
    }();
    return words;
}

/// 3- to 5-letter pieces of the words of a short text, made of length 1.
std::vector<std::pair<std::uint64_t, float>> pieces_of(std::string_view text) {
    std::map<std::uint64_t, float> pieces;
    for (const Token& token : tokenise(text)) {
        const std::string marked = "_" + fold_search(token.text) + "_";
        for (std::size_t size = 3; size <= 5; ++size)
            for (std::size_t i = 0; i + size <= marked.size(); ++i) pieces[hash64(std::string_view(marked).substr(i, size))] += 1;
    }
    float square = 0;
    for (const auto& [hash, count] : pieces) square += count * count;
    std::vector<std::pair<std::uint64_t, float>> out(pieces.begin(), pieces.end());
    for (auto& [hash, count] : out) count /= std::sqrt(square);
    return out;
}

template <class Key, class Weight>
double dot(const std::vector<std::pair<Key, Weight>>& a, const std::vector<std::pair<Key, Weight>>& b) {
    double sum = 0;
    for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
        if (left->first < right->first) ++left;
        else if (right->first < left->first) ++right;
        else sum += static_cast<double>(left++->second) * static_cast<double>(right++->second);
    }
    return sum;
}

/// Adds the pairs of groups that have at least `least` of these keys in common, keys of too many groups left out: the lower place in the
/// upper half.
void bring_together(std::vector<std::pair<std::uint64_t, std::uint32_t>> keys, std::size_t least, std::vector<std::uint64_t>& pairs) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    std::unordered_map<std::uint64_t, std::uint32_t> counts;
    for (auto begin = keys.begin(); begin != keys.end();) {
        auto end = begin;
        while (end != keys.end() && end->first == begin->first) ++end;
        if (static_cast<std::size_t>(end - begin) <= common)
            for (auto a = begin; a != end; ++a)
                for (auto b = std::next(a); b != end; ++b) ++counts[static_cast<std::uint64_t>(a->second) << 32U | b->second];
        begin = end;
    }
    for (const auto& [pair, count] : counts)
        if (count >= least) pairs.push_back(pair);
}

/// Who posted the shared links first, and how much earlier.
void tell_delays(NearCopy& pair, const std::vector<std::pair<const Redundancy::Sample::Item*, const Redundancy::Sample::Item*>>& links) {
    std::vector<double> delays;
    std::size_t first_in_a = 0, first_in_b = 0;
    for (const auto& [a, b] : links) {
        first_in_a += a->at < b->at;
        first_in_b += b->at < a->at;
        delays.push_back(std::abs(static_cast<double>((b->at - a->at).count())) / 3600);
    }
    std::sort(delays.begin(), delays.end());
    pair.a_first = static_cast<double>(first_in_a) / static_cast<double>(delays.size());
    pair.b_first = static_cast<double>(first_in_b) / static_cast<double>(delays.size());
    pair.delay_hours = quantile(delays, 0.5);
}

std::size_t texts_in(const std::vector<Posted>& some, const std::vector<Posted>& others) {
    std::unordered_set<std::uint64_t> bands;
    for (const Posted& each : others) {
        bands.insert(each.key >> 32U << 32U | 1U);
        bands.insert(each.key << 32U);
    }
    return static_cast<std::size_t>(std::count_if(some.begin(), some.end(), [&](const Posted& each) {
        return bands.contains(each.key >> 32U << 32U | 1U) || bands.contains(each.key << 32U);
    }));
}

}  // namespace

Redundancy::Sample::Sample(std::vector<Posted> items) {
    items_.reserve(items.size());
    for (const Posted& each : items) items_.push_back({hash_combine(0, each.key), each.key, each.at});
    std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return std::tie(a.hash, a.key, a.at) < std::tie(b.hash, b.key, b.at); });
    items_.erase(std::unique(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return a.key == b.key; }), items_.end());
    size_ = items_.size();
    if (size_ > sample_size) items_.resize(sample_size);
    items_.shrink_to_fit();
}

std::optional<Redundancy::Shared> Redundancy::shared(const Sample& a, const Sample& b) {
    std::uint64_t limit = ~std::uint64_t{0};
    for (const Sample* each : {&a, &b})
        if (!each->is_whole()) limit = std::min(limit, each->items().back().hash);
    const auto within = [limit](const Sample& sample) {
        if (limit == ~std::uint64_t{0}) return sample.size();
        return static_cast<std::size_t>(std::ranges::upper_bound(sample.items(), limit, {}, &Sample::Item::hash) - sample.items().begin());
    };
    const std::size_t in_a = within(a), in_b = within(b), smaller = std::min(in_a, in_b);
    if (smaller == 0 || (smaller < least_judged && !(a.is_whole() && b.is_whole()))) return std::nullopt;
    Shared out;
    for (auto left = a.items().begin(), right = b.items().begin(); left != a.items().end() && right != b.items().end() && left->hash <= limit && right->hash <= limit;) {
        if (left->hash < right->hash) ++left;
        else if (right->hash < left->hash) ++right;
        else out.items.emplace_back(&*left++, &*right++);
    }
    const auto common_ones = static_cast<double>(out.items.size());
    out.smaller = common_ones / static_cast<double>(smaller);
    out.both = common_ones / (static_cast<double>(in_a + in_b) - common_ones);
    return out;
}

Redundancy::Redundancy(const Policy& policy, NameOf name_of) : policy_(policy), name_of_(std::move(name_of)) {
    const auto& entries = lexicon();
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
        for (const std::string_view word : entries[i].french) topics_.add(word, Language::french, i, stemmer_);
        for (const std::string_view word : entries[i].english) topics_.add(word, Language::english, i, stemmer_);
    }
}

bool Redundancy::knows(const std::string& id) const {
    const auto found = place_.find(id);
    return found != place_.end() && groups_[found->second].whole &&
           static_cast<double>(groups_[found->second].people.size()) >= policy_.copy_people;
}

void Redundancy::add(const GroupHistory& history, bool whole) {
    if (place_.contains(history.id)) return;
    if ((!whole || history.authors.empty()) && history.links.size() < enough && history.texts.size() < enough) return;  // nothing to meet again
    Group group;
    group.id = history.id;
    group.whole = whole;
    if (whole) {
        std::vector<Posted> people;
        for (const std::int64_t author : history.authors) people.push_back({static_cast<std::uint64_t>(author), {}});
        group.people = Sample(std::move(people));
    }
    group.links = Sample(history.links);
    const std::size_t skipped = history.texts.size() - std::min(texts_kept, history.texts.size());
    group.texts.assign(history.texts.begin() + static_cast<std::ptrdiff_t>(skipped), history.texts.end());
    read_words(history, group);
    place_.emplace(group.id, groups_.size());
    groups_.push_back(std::move(group));
}

/// A word of the lexicon becomes its topic, the same in both languages; any other its stem.
void Redundancy::read_words(const GroupHistory& history, Group& group) {
    std::unordered_map<std::string_view, std::uint32_t> counts;
    for (const QuarterTerms& quarter : history.terms)
        for (const auto& [word, count] : quarter.counts) counts[word] += count;
    // The most frequent ones without the stop words, taken from a heap: few are looked at.
    std::vector<std::pair<std::string_view, std::uint32_t>> heap(counts.begin(), counts.end()), frequent;
    const auto comes_later = [](const auto& a, const auto& b) { return a.second != b.second ? a.second < b.second : a.first > b.first; };
    std::ranges::make_heap(heap, comes_later);
    for (; !heap.empty() && frequent.size() < words_kept; heap.pop_back()) {
        std::ranges::pop_heap(heap, comes_later);
        if (!stop_words().contains(fold_search(heap.back().first))) frequent.push_back(heap.back());
    }

    const std::string about = history.name + " . " + history.description;
    std::string said = about;
    for (const auto& [word, count] : frequent) said.append(" ").append(word);
    group.tongue = detect_tongue(said, history.language);
    group.letters = pieces_of(about);

    struct Said {
        std::uint32_t count = 0, most = 0;
        std::string shown;
    };
    std::map<std::string, Said> found;
    const auto note = [&](const std::string& key, std::string shown, std::uint32_t count) {
        Said& each = found[key];
        each.count += count;
        if (count > each.most || (count == each.most && shown < each.shown)) {
            each.most = count;
            each.shown = std::move(shown);
        }
    };
    const auto read = [&](std::string_view text, std::uint32_t count) {
        const std::vector<Token> tokens = tokenise(text);
        const std::vector<StemmedToken> stems = stem_tokens(tokens, stemmer_);
        for (std::size_t at = 0; at < tokens.size();) {
            std::vector<PhraseTable::Hit> hits;
            for (const Language language : both_languages)
                if (hits.empty() && group.tongue == (language == Language::french ? Tongue::french : Tongue::english)) hits = topics_.find(stems, at, language);
            if (hits.empty() && group.tongue != Tongue::other) hits = topics_.find(stems, at);
            if (!hits.empty()) {
                std::string shown = tokens[at].text;
                for (std::size_t i = 1; i < hits.front().length; ++i) shown += ' ' + tokens[at + i].text;
                note("=" + std::string(lexicon()[hits.front().number].topic), std::move(shown), count);
                at += hits.front().length;
                continue;
            }
            const std::string& word = tokens[at].text;
            const bool digits = word.find_first_not_of("0123456789") == std::string::npos;
            if (word.size() > 2 && !digits && !stop_words().contains(fold_search(word)))
                note(group.tongue == Tongue::french ? stems[at].french : group.tongue == Tongue::english ? stems[at].english : fold_search(word), word, count);
            ++at;
        }
    };
    for (const auto& [word, count] : frequent) read(word, count);
    read(history.name, 3);
    read(history.description, 1);

    const std::size_t side = group.tongue == Tongue::english ? 1 : 0;
    for (auto& [key, each] : found) {
        const auto [place, is_new] = number_.try_emplace(key, static_cast<std::uint32_t>(words_.size()));
        if (is_new) words_.push_back({key, {}, {}, 0});
        Word& word = words_[place->second];
        ++word.groups;
        if (each.most > word.counts[side] || (each.most == word.counts[side] && each.shown < word.shown[side])) {
            word.counts[side] = each.most;
            word.shown[side] = each.shown;
        }
        group.words.emplace_back(place->second, static_cast<float>(1 + std::log(static_cast<double>(each.count))));
    }
}

std::map<std::string, std::int64_t> Redundancy::names_in(const Group& group) const {
    std::map<std::string, std::int64_t> names;
    for (const Sample::Item& each : group.people.items()) {
        const auto person = static_cast<std::int64_t>(each.key);
        if (std::string name = full_name(name_of_(person)); !name.empty()) names.try_emplace(std::move(name), person);
    }
    return names;
}

std::vector<std::int64_t> Redundancy::people_in_both(const NearCopy& pair) const {
    std::vector<std::int64_t> persons;
    if (!pair.people) return persons;  // not known of one of them, or too few to compare
    const Group& a = groups_[place_.at(pair.a)];
    const Group& b = groups_[place_.at(pair.b)];
    if (pair.by_name) {
        const auto names = names_in(b);
        for (const auto& [name, person] : names_in(a))
            if (names.contains(name)) persons.push_back(person);
    } else {
        const auto same = shared(a.people, b.people);
        for (const auto& [left, right] : same->items) persons.push_back(static_cast<std::int64_t>(left->key));
    }
    std::sort(persons.begin(), persons.end());
    return persons;
}

std::vector<NearCopy> Redundancy::near_copies() const {
    // Groups in order of their ids and words in alphabetical order: sums do not depend on the order in which they came.
    std::vector<std::size_t> order;
    for (const auto& [id, place] : place_) order.push_back(place);
    std::vector<std::uint64_t> pairs, same_texts;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> people, links, texts;
    const auto in_all = [&](auto size) { return std::accumulate(groups_.begin(), groups_.end(), std::size_t{0}, [&](std::size_t sum, const Group& each) { return sum + size(each); }); };
    people.reserve(in_all([](const Group& each) { return each.people.items().size(); }));
    links.reserve(in_all([](const Group& each) { return each.links.items().size(); }));
    texts.reserve(in_all([](const Group& each) { return 2 * each.texts.size(); }));
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        const Group& group = groups_[order[i]];
        for (const Sample::Item& each : group.people.items()) people.emplace_back(each.key, i);
        for (const Sample::Item& each : group.links.items()) links.emplace_back(each.key, i);
        for (const Posted& each : group.texts) {
            texts.emplace_back(each.key >> 32U << 32U | 1U, i);
            texts.emplace_back(each.key << 32U, i);
        }
    }
    bring_together(std::move(people), 2, pairs);
    bring_together(std::move(links), enough, pairs);
    bring_together(std::move(texts), 1, same_texts);  // one notice may have been posted thirty times
    std::sort(same_texts.begin(), same_texts.end());
    pairs.insert(pairs.end(), same_texts.begin(), same_texts.end());
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    const auto beyond = [](const std::optional<double>& value, double threshold) { return value.value_or(0) >= threshold; };

    std::vector<std::uint32_t> alphabetical(words_.size()), rank(words_.size());
    std::iota(alphabetical.begin(), alphabetical.end(), 0U);
    std::sort(alphabetical.begin(), alphabetical.end(), [this](std::uint32_t a, std::uint32_t b) { return words_[a].key < words_[b].key; });
    for (std::uint32_t i = 0; i < alphabetical.size(); ++i) rank[alphabetical[i]] = i;
    using Weights = std::vector<std::pair<std::uint32_t, double>>;
    struct Compared {
        Weights words, topics;  // ascending, of length 1
    };
    const auto of_length_1 = [](Weights& list) {
        double square = 0;
        for (const auto& [word, weight] : list) square += weight * weight;
        for (auto& [word, weight] : list) weight = square > 0 ? weight / std::sqrt(square) : 0;
    };
    std::map<std::uint32_t, Compared> made;  // words are weighed only where a first sign holds
    const auto weighed = [&](std::uint32_t place) -> const Compared& {
        const auto [at, is_new] = made.try_emplace(place);
        Compared& out = at->second;
        if (!is_new) return out;
        for (const auto& [word, count] : groups_[order[place]].words) {
            const double weight = static_cast<double>(count) * std::log((1 + static_cast<double>(groups_.size())) / static_cast<double>(words_[word].groups));
            out.words.emplace_back(rank[word], weight);
            if (words_[word].key.starts_with('=')) out.topics.emplace_back(rank[word], weight);
        }
        for (Weights* list : {&out.words, &out.topics}) {
            std::sort(list->begin(), list->end());
            of_length_1(*list);
        }
        return out;
    };

    std::map<const Group*, std::map<std::string, std::int64_t>> known;  // names are looked up only where links or texts meet
    const auto names = [&](const Group& group) -> const auto& {
        const auto [at, is_new] = known.try_emplace(&group);
        if (is_new) at->second = names_in(group);
        return at->second;
    };

    std::vector<NearCopy> found;
    for (const std::uint64_t both : pairs) {
        const auto first = static_cast<std::uint32_t>(both >> 32U), second = static_cast<std::uint32_t>(both & 0xFFFFFFFFU);
        const Group& a = groups_[order[first]];
        const Group& b = groups_[order[second]];
        NearCopy pair{.a = a.id, .b = b.id, .whole = a.whole && b.whole, .people = {}, .jaccard = {}, .topics = {}, .links = {}, .a_first = {}, .b_first = {}, .delay_hours = {},
                      .texts = {}, .signs = 0, .terms = {}};
        if (pair.whole && name_of_ && platform_of(a.id) != platform_of(b.id) && a.people.is_whole() && b.people.is_whole()) {
            const auto &left = names(a), &right = names(b);
            if (const std::size_t smaller = std::min(left.size(), right.size()); static_cast<double>(smaller) >= policy_.copy_people) {
                const auto common_names = static_cast<double>(std::ranges::count_if(left, [&](const auto& each) { return right.contains(each.first); }));
                pair.by_name = true;
                pair.people = common_names / static_cast<double>(smaller);
                pair.jaccard = common_names / (static_cast<double>(left.size() + right.size()) - common_names);
            }
        } else if (pair.whole && static_cast<double>(std::min(a.people.size(), b.people.size())) >= policy_.copy_people) {
            if (const auto same = shared(a.people, b.people)) {
                pair.people = same->smaller;
                pair.jaccard = same->both;
            }
        }
        if (std::min(a.links.size(), b.links.size()) >= enough)
            if (const auto same = shared(a.links, b.links)) {
                pair.links = same->smaller;
                if (same->items.size() >= enough) tell_delays(pair, same->items);
            }
        if (const auto& [fewer, more] = a.texts.size() <= b.texts.size() ? std::tie(a.texts, b.texts) : std::tie(b.texts, a.texts); fewer.size() >= enough)
            pair.texts = std::binary_search(same_texts.begin(), same_texts.end(), both) ? static_cast<double>(texts_in(fewer, more)) / static_cast<double>(fewer.size()) : 0;
        const auto signs = static_cast<unsigned>(beyond(pair.people, policy_.copy_people_share)) + static_cast<unsigned>(beyond(pair.links, policy_.copy_links)) +
                           static_cast<unsigned>(beyond(pair.texts, policy_.copy_texts));
        if (signs == 0) continue;  // the same subjects alone are no copy

        const Compared& left = weighed(first);
        const Compared& right = weighed(second);
        const bool two_tongues = a.tongue != b.tongue && a.tongue != Tongue::unsure && b.tongue != Tongue::unsure;
        const Weights& left_words = two_tongues ? left.topics : left.words;
        const Weights& right_words = two_tongues ? right.topics : right.words;
        std::vector<std::pair<double, std::uint32_t>> same_words;
        for (auto x = left_words.begin(), y = right_words.begin(); x != left_words.end() && y != right_words.end();) {
            if (x->first < y->first) ++x;
            else if (y->first < x->first) ++y;
            else {
                if (x->second > 0) same_words.emplace_back(-x->second * y->second, x->first);
                ++x;
                ++y;
            }
        }
        if (!left_words.empty() && !right_words.empty()) {
            pair.topics = two_tongues && same_words.size() < shared_topics ? 0 : dot(left_words, right_words);
            if (!two_tongues && !a.letters.empty() && !b.letters.empty())
                pair.topics = (1 - letters_share) * *pair.topics + letters_share * dot(a.letters, b.letters);
        }
        pair.signs = signs + static_cast<unsigned>(beyond(pair.topics, policy_.copy_topics));
        if (pair.signs < 2) continue;
        std::sort(same_words.begin(), same_words.end());
        // What the groups are about says more than how their members talk.
        std::stable_partition(same_words.begin(), same_words.end(), [&](const auto& each) { return words_[alphabetical[each.second]].key.starts_with('='); });
        for (const auto& [weight, word] : same_words) {
            if (pair.terms.size() == terms_shown) break;
            const Word& each = words_[alphabetical[word]];
            const std::string& french = each.shown[0];
            const std::string& english = each.shown[1];
            if (french.empty() || english.empty() || french == english) pair.terms.push_back(french.empty() ? english : french);
            else if (two_tongues) pair.terms.push_back(french + " / " + english);
            else pair.terms.push_back(a.tongue == Tongue::english ? english : french);
        }
        found.push_back(std::move(pair));
    }
    return found;
}

std::vector<CopyCluster> copy_clusters(const std::vector<NearCopy>& pairs, const std::vector<Merit>& merits) {
    std::map<std::string, std::vector<const NearCopy*>> pairs_of;
    for (const NearCopy& each : pairs) {
        pairs_of[each.a].push_back(&each);
        pairs_of[each.b].push_back(&each);
    }
    std::vector<const Merit*> groups;
    bool all_minutes = true;
    for (const Merit& each : merits) {
        if (!pairs_of.contains(each.id)) continue;
        groups.push_back(&each);
        all_minutes = all_minutes && each.minutes && *each.minutes > 0;
    }
    const auto relevance = [all_minutes](const Merit& each) { return all_minutes ? each.serves / *each.minutes : each.serves; };
    const auto better = [&](const Merit* a, const Merit* b) {
        return std::tuple(a->candidate, -static_cast<double>(a->reach.value_or(0)), -relevance(*a), -a->participation, std::string_view(a->id)) <
               std::tuple(b->candidate, -static_cast<double>(b->reach.value_or(0)), -relevance(*b), -b->participation, std::string_view(b->id));
    };
    std::sort(groups.begin(), groups.end(), better);
    std::map<std::string_view, const Merit*> merit_of;
    for (const Merit* each : groups) merit_of.emplace(each->id, each);

    std::vector<CopyCluster> out;
    std::set<std::string_view> taken;
    for (const Merit* best : groups) {
        if (taken.contains(best->id)) continue;
        CopyCluster cluster;
        cluster.keep = best->id;
        const Merit* next = nullptr;
        for (const NearCopy* pair : pairs_of[best->id]) {
            const std::string& other = pair->a == best->id ? pair->b : pair->a;
            const auto merit = merit_of.find(other);
            if (merit == merit_of.end() || taken.contains(other)) continue;
            cluster.others.push_back(pair);
            if (!next || better(merit->second, next)) next = merit->second;
        }
        if (!next) continue;
        taken.insert(best->id);
        for (const NearCopy* pair : cluster.others) taken.insert(pair->a == best->id ? pair->b : pair->a);
        cluster.why = best->reach.value_or(0) > next->reach.value_or(0)   ? KeptFor::reach
                      : relevance(*best) > relevance(*next)               ? KeptFor::relevance
                      : best->participation > next->participation         ? KeptFor::participation
                                                                          : KeptFor::level;
        out.push_back(std::move(cluster));
    }
    std::sort(out.begin(), out.end(), [](const CopyCluster& a, const CopyCluster& b) { return a.keep < b.keep; });
    return out;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/relevance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "text/compounds.hpp"
#include "text/lexicon.hpp"
#include "text/phrases.hpp"
#include "text/stems.hpp"
#include "text/tokens.hpp"

namespace secateur {
namespace {

constexpr std::array both{Language::french, Language::english};

struct Term {
    std::uint32_t objective = 0, topic = 0;
    double weight = 0;
};

struct Found {
    double frequency = 0;
    double in_name = 0;  // best weight among words of the name
    std::map<std::string, std::pair<std::string, double>>
        written;  // folded word -> as first seen, and what it adds to the frequency
};
using FoundTopics = std::map<std::pair<std::uint32_t, std::uint32_t>, Found>;  // (objective, topic)

using Characters = std::vector<std::pair<std::uint64_t, float>>;  // hash of a piece, how often; by hash

/// Where a text lies among the word vectors: the sum over its words, each as long as it says something.
struct Meaning {
    std::array<double, WordData::dimensions> sum{};

    void add(std::span<const std::int8_t> word, double weight) {
        for (std::size_t i = 0; i < word.size(); ++i) sum[i] += weight * word[i];
    }
    [[nodiscard]] double times(const Meaning& other) const { return std::inner_product(sum.begin(), sum.end(), other.sum.begin(), 0.0); }
    /// The cosine, not below 0.
    [[nodiscard]] double likeness(const Meaning& other) const {
        const double lengths = times(*this) * other.times(other);
        return lengths > 0 ? std::max(0.0, times(other) / std::sqrt(lengths)) : 0;
    }
};

struct GroupText {
    Tongue tongue = Tongue::unsure;
    bool readable = false, title_only = false;
    double length = 0;
    FoundTopics found;
    Characters characters;
    Meaning meaning;
};

struct Query {
    std::vector<Topic> topics;
    Characters characters;
    Meaning meaning;
    bool names_trade = false;
    bool names_subject = false;  // a trade or anything else that is no place
};

/// 3- to 5-letter pieces of each word, its ends marked.
void add_characters(std::unordered_map<std::uint64_t, float>& pieces, std::string_view word, float weight) {
    std::string marked = "_";
    marked += fold_search(word);
    marked += '_';
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < marked.size(); ++i)
        if ((static_cast<unsigned char>(marked[i]) & 0xC0) != 0x80) starts.push_back(i);
    starts.push_back(marked.size());
    const std::size_t letters = starts.size() - 1;
    for (std::size_t size = 3; size <= 5; ++size)
        for (std::size_t i = 0; i + size <= letters; ++i)
            pieces[hash64(std::string_view(marked).substr(starts[i], starts[i + size] - starts[i]))] += weight;
}
Characters sorted(const std::unordered_map<std::uint64_t, float>& pieces) {
    Characters list(pieces.begin(), pieces.end());
    std::sort(list.begin(), list.end());
    return list;
}

double age_weight(std::int32_t quarter, Instant now, double half_life) {
    // from the middle of the quarter
    const auto first = std::chrono::year_month_day{
        std::chrono::year{quarter / 4}, std::chrono::month{static_cast<unsigned>(quarter % 4) * 3 + 1}, std::chrono::day{1}};
    const auto middle = std::chrono::sys_days{first} + std::chrono::days{45};
    const double days = std::max(0.0, std::chrono::duration<double, std::ratio<86400>>(now - middle).count());
    return std::exp2(-days / half_life);
}

/// The words of everybody's posts, recent ones weighing more.
struct PostWords {
    struct Count {
        double weighted = 0, said = 0;
    };
    std::unordered_map<std::string_view, Count> counts;
    double total = 0, said = 0;

    PostWords(const GroupHistory& history, Instant now, double half_life) {
        for (const QuarterTerms& quarter : history.terms) {
            const double weight = age_weight(quarter.quarter, now, half_life);
            std::uint64_t sum = 0;
            for (const auto& [word, count] : quarter.counts) {
                Count& known = counts[word];
                known.weighted += weight * count;
                known.said += count;
                sum += count;
            }
            total += weight * static_cast<double>(sum);
            said += static_cast<double>(sum);
        }
    }

    /// The most frequent words: the small ones tell the language.
    [[nodiscard]] std::string frequent(std::size_t limit) const {
        std::vector<std::pair<double, std::string_view>> list;
        list.reserve(counts.size());
        for (const auto& [word, count] : counts) list.emplace_back(-count.weighted, word);
        limit = std::min(limit, list.size());
        std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(limit), list.end());
        std::string out;
        for (std::size_t i = 0; i < limit; ++i) out.append(" ").append(list[i].second);
        return out;
    }
};

/// The lexicon made ready for matching: the same for everybody, so it is made once.
struct Vocabulary {
    PhraseTable topics;  // number: index in lexicon()
    std::unordered_map<std::string_view, std::size_t> topic_by_id;
    // As written, without accents, by Language: words that carry no topic anywhere, and words of asking.
    std::array<std::unordered_set<std::string>, 2> stop_words, asking;
    std::size_t longest_request = 1;
    std::array<std::vector<std::string_view>, 3> sorted_stops;  // French, English, both; into stop_words

    Vocabulary() {
        Stemmer stemmer;
        const auto& entries = lexicon();
        for (std::uint32_t i = 0; i < entries.size(); ++i) {
            topic_by_id.emplace(entries[i].topic, i);
            for (const std::string_view word : entries[i].french) topics.add(word, Language::french, i, stemmer);
            for (const std::string_view word : entries[i].english) topics.add(word, Language::english, i, stemmer);
        }
        for (const RequestWord& each : request_words()) {
            std::string written;
            std::size_t length = 0;
            for (const Token& token : tokenise(each.word)) written += (length++ ? " " : "") + fold_search(token.text);
            longest_request = std::max(longest_request, length);
            asking[static_cast<std::size_t>(each.language)].insert(written);
            if (each.stop) stop_words[static_cast<std::size_t>(each.language)].insert(std::move(written));
        }
        for (const Language language : both)
            for (const std::string& word : stop_words[static_cast<std::size_t>(language)]) {
                sorted_stops[language == Language::french ? 0 : 1].push_back(word);
                sorted_stops[2].push_back(word);
            }
        for (auto& list : sorted_stops) {
            std::sort(list.begin(), list.end());
            list.erase(std::unique(list.begin(), list.end()), list.end());
        }
    }

    static bool in(const std::array<std::unordered_set<std::string>, 2>& words, const std::string& word, Tongue tongue) {
        const bool french = words[static_cast<std::size_t>(Language::french)].contains(word);
        const bool english = words[static_cast<std::size_t>(Language::english)].contains(word);
        if (tongue == Tongue::french) return french;
        if (tongue == Tongue::english) return english;
        return french || english;
    }
    [[nodiscard]] bool is_stop(std::string_view bare, Tongue tongue) const { return in(stop_words, std::string(bare), tongue); }

    [[nodiscard]] const std::vector<std::string_view>& sorted_stop_words(Tongue tongue) const {
        return tongue == Tongue::french ? sorted_stops[0] : tongue == Tongue::english ? sorted_stops[1] : sorted_stops[2];
    }

    /// How many tokens from there on only ask for something, or carry no topic.
    [[nodiscard]] std::size_t request_length(const std::vector<Token>& tokens, std::size_t at, Tongue tongue) const {
        std::string written;
        std::size_t found = 0;
        for (std::size_t length = 1; length <= longest_request && at + length <= tokens.size(); ++length) {
            written += (length > 1 ? " " : "") + fold_search(tokens[at + length - 1].text);
            if (in(asking, written, tongue)) found = length;
        }
        return found;
    }
};
const Vocabulary& vocabulary() {
    static const Vocabulary made;
    return made;
}

}  // namespace

struct Relevance::State {
    Policy policy;
    std::vector<Objective> objectives;
    std::vector<Query> queries;
    Stemmer stemmer;
    const Vocabulary& known_words = vocabulary();
    PhraseTable words;  // number: index in terms
    std::vector<Term> terms;
    std::map<std::string, GroupText> groups;
    const WordData& word_data;
    Compounds compounds;

    State(const Policy& chosen, const WordData& words_)
        : policy(chosen), word_data(words_), compounds(stemmer, [this](std::string_view word) { return is_word(word); }) {}

    /// As far as the data files know.
    [[nodiscard]] bool is_word(std::string_view word) {
        return std::ranges::any_of(both, [&](Language each) {
            const std::string& stem = stemmer.stem(word, each);
            return !word_data.vector(stem, each).empty() || !word_data.translations(stem, each).empty();
        });
    }

    /// Hashtags, and the words of a name, that run several words together stand as these.
    [[nodiscard]] std::vector<Token> apart(std::vector<Token> tokens, bool in_name) const {
        std::vector<Token> out;
        for (Token& token : tokens) {
            const bool may_hide = token.kind == Token::Kind::hashtag || (in_name && token.kind == Token::Kind::word);
            const std::string folded = may_hide ? fold_search(token.text) : std::string();
            const auto parts = compounds.parts(folded);
            for (const std::string_view part : parts) out.push_back({.text = std::string(part), .written = std::string(part)});
            if (parts.empty()) out.push_back(std::move(token));
        }
        return out;
    }

    void add_meaning(Meaning& meaning, const StemmedToken& token, Tongue tongue, double weight) const {
        if (!word_data.has_vectors()) return;
        for (const Language each : both) {
            if (tongue == (each == Language::french ? Tongue::english : Tongue::french)) continue;
            meaning.add(word_data.vector(token.in(each), each), weight);
        }
    }

    /// Of a topic of the lexicon, by its main English terms.
    void add_meaning(Meaning& meaning, const LexiconEntry& entry, double weight) {
        std::vector<StemmedToken> stems;
        for (std::size_t i = 0; i < std::min<std::size_t>(3, entry.english.size()); ++i)
            for (StemmedToken& each : stem_tokens(tokenise(entry.english[i]), stemmer)) stems.push_back(std::move(each));
        for (const StemmedToken& each : stems) add_meaning(meaning, each, Tongue::english, weight / static_cast<double>(stems.size()));
    }

    /// What the dictionary gives for the expression of so many tokens, as terms of that topic.
    void add_translations(const std::vector<StemmedToken>& stems, std::size_t at, std::size_t length, Language from, const Term& term) {
        std::string key;
        for (std::size_t i = 0; i < length; ++i) key += (i ? " " : "") + stems[at + i].in(from);
        const Language to = from == Language::french ? Language::english : Language::french;
        double weight = policy.translation_best - policy.translation_step;  // less sure than the lexicon
        for (const std::string_view translation : word_data.translations(key, from)) {
            if (known_words.is_stop(fold_search(translation), to == Language::french ? Tongue::french : Tongue::english)) continue;
            add_term(translation, to, {term.objective, term.topic, weight});
            weight = std::max(weight - policy.translation_step, policy.translation_least);
        }
    }

    void add_term(std::string_view word, Language language, const Term& term) {
        words.add(word, language, static_cast<std::uint32_t>(terms.size()), stemmer);
        terms.push_back(term);
    }

    /// The words by which a group may name this topic; `said` in `language` is the person's own.
    void add_terms_of(const LexiconEntry& entry, std::string_view said, Language language, std::uint32_t objective,
                      std::uint32_t topic) {
        const std::string own = fold_search(said);
        for (const Language each : both) {
            const auto& list = each == Language::french ? entry.french : entry.english;
            for (std::size_t i = 0; i < list.size(); ++i) {
                double weight = policy.synonym_weight;
                if (each != language)
                    weight = std::max(policy.translation_best - policy.translation_step * static_cast<double>(i),
                                      policy.translation_least);
                else if (fold_search(list[i]) == own) weight = 1;
                add_term(list[i], each, {objective, topic, weight});
            }
        }
        for (const std::string_view name : entry.related) {
            const auto found = known_words.topic_by_id.find(name);
            if (found == known_words.topic_by_id.end()) {
                for (const Language each : both) add_term(name, each, {objective, topic, policy.related_weight});
                continue;
            }
            const LexiconEntry& other = lexicon()[found->second];
            for (const std::string_view word : other.french)
                add_term(word, Language::french, {objective, topic, policy.related_weight});
            for (const std::string_view word : other.english)
                add_term(word, Language::english, {objective, topic, policy.related_weight});
        }
    }

    /// The number of that topic in the query, new or known; a topic named twice keeps its larger weight.
    std::pair<std::uint32_t, bool> topic_number(Query& query, Topic topic) {
        for (std::uint32_t i = 0; i < query.topics.size(); ++i) {
            Topic& known = query.topics[i];
            const bool same = topic.topic.empty() ? known.topic.empty() && fold_search(known.word) == fold_search(topic.word)
                                                  : known.topic == topic.topic;
            if (!same) continue;
            known.weight = std::max(known.weight, topic.weight);
            known.place = known.place || topic.place;
            return {i, false};
        }
        query.topics.push_back(std::move(topic));
        return {static_cast<std::uint32_t>(query.topics.size() - 1), true};
    }

    /// She said that this word, or topic, says nothing of her aim.
    [[nodiscard]] bool left_out(std::uint32_t objective, std::string_view said, std::string_view topic) const {
        return std::ranges::any_of(objectives[objective].without, [&](const std::string& each) {
            return each == topic || fold_search(each) == fold_search(said);
        });
    }

    void read(std::uint32_t objective, Query& query, std::unordered_map<std::uint64_t, float>& pieces, std::string_view text,
              double known_weight, double general_weight, bool place) {
        const std::vector<Token> tokens = tokenise(text);
        const std::vector<StemmedToken> stems = stem_tokens(tokens, stemmer);
        const Tongue tongue = detect_tongue(text);
        const auto hits = [&](const PhraseTable& table, std::size_t at) {
            // the language of the objective first; the other one for words borrowed from it
            if (tongue == Tongue::french || tongue == Tongue::english) {
                const Language own = tongue == Tongue::french ? Language::french : Language::english;
                auto found = table.find(stems, at, own);
                if (!found.empty()) return found;
            }
            return table.find(stems, at);
        };
        const auto says_where = [&](std::size_t at) {  // "à Bruxelles", "in Brussels"
            static const std::set<std::string_view> before{"a",    "en", "au",   "aux",    "sur",
                                                           "dans", "in", "near", "around", "within"};
            return at > 0 && before.contains(fold_search(tokens[at - 1].text));
        };
        for (std::size_t at = 0; at < tokens.size();) {
            const auto known = hits(known_words.topics, at);
            const std::size_t asked = known_words.request_length(tokens, at, tongue);
            const std::size_t length = known.empty() ? 0 : known.front().length;
            if (!place && asked > 0 && asked >= length) {
                at += asked;
                continue;
            }
            if (length > 0) {
                std::string said;
                for (std::size_t i = 0; i < length; ++i) said += (i ? " " : "") + tokens[at + i].text;
                const LexiconEntry& first = lexicon()[known.front().number];
                if (left_out(objective, said, first.topic)) {
                    at += length;
                    continue;
                }
                for (std::size_t i = 0; i < length; ++i) add_characters(pieces, tokens[at + i].text, 1);
                const bool where = place || (first.field == LexiconEntry::Field::place && says_where(at));
                const auto [number, is_new] = topic_number(query, {said, std::string(first.topic), where, known_weight});
                if (is_new)
                    for (const PhraseTable::Hit& hit : known)
                        if (hit.length == length && hit.language == known.front().language)
                            add_terms_of(lexicon()[hit.number], said, hit.language, objective, number);
                for (const Language each : both)
                    add_term(said, each, {objective, number, each == known.front().language ? 1 : policy.translation_best});
                add_meaning(query.meaning, first, query.topics[number].weight);
                for (std::size_t i = 0; i < length; ++i)
                    add_meaning(query.meaning, stems[at + i], tongue, query.topics[number].weight / static_cast<double>(length));
                at += length;
                continue;
            }
            const Token& token = tokens[at++];
            const bool digits = token.text.find_first_not_of("0123456789") == std::string::npos;
            if (token.kind == Token::Kind::domain || digits || (token.kind == Token::Kind::word && token.text.size() < 2) ||
                left_out(objective, token.text, ""))
                continue;
            add_characters(pieces, token.text, 1);
            const auto [number, is_new] = topic_number(query, {token.text, "", place, general_weight});
            if (!is_new) continue;
            // A word the lexicon does not know may be a name or one both languages share.
            for (const Language each : both) {
                const bool own = tongue == (each == Language::french ? Tongue::french : Tongue::english);
                add_term(token.text, each,
                         {objective, number,
                          own                        ? 1
                          : tongue == Tongue::unsure ? policy.unsure_language
                                                     : policy.translation_best});
                if (own || tongue == Tongue::unsure) add_translations(stems, at - 1, 1, each, {objective, number});
            }
            add_meaning(query.meaning, stems[at - 1], tongue, general_weight);
        }
    }

    void read_objective(std::uint32_t number) {
        const Objective& objective = objectives[number];
        Query query;
        std::unordered_map<std::uint64_t, float> pieces;
        for (const std::string& each : objective.place)
            read(number, query, pieces, each, policy.facet_weight, policy.facet_weight, true);
        for (const auto* facet : {&objective.trade, &objective.sector, &objective.people, &objective.interests})
            for (const std::string& each : *facet)
                read(number, query, pieces, each, policy.facet_weight, policy.facet_weight, false);
        read(number, query, pieces, objective.text, 1, policy.general_weight, false);
        query.names_subject = query.names_trade = !objective.trade.empty() || !objective.sector.empty();
        for (const Topic& topic : query.topics) {
            const auto entry = known_words.topic_by_id.find(topic.topic);
            if (topic.place || entry == known_words.topic_by_id.end()) continue;
            query.names_subject = true;
            query.names_trade = query.names_trade || lexicon()[entry->second].field == LexiconEntry::Field::trade;
        }
        // What counts is the trade; where it is comes second. An objective about a place keeps it whole.
        if (query.names_trade)
            for (Topic& topic : query.topics)
                if (topic.place) topic.weight = policy.place_weight;
        query.characters = sorted(pieces);
        queries.push_back(std::move(query));
    }

    [[nodiscard]] double language_factor(Tongue tongue, Language language) const {
        if (tongue == Tongue::unsure || tongue == Tongue::other) return policy.unsure_language;
        return (tongue == Tongue::french) == (language == Language::french) ? 1 : policy.foreign_word;
    }

    void match(GroupText& group, const std::vector<StemmedToken>& stems, std::size_t at, double field, bool in_name) {
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<double, std::size_t>> best;  // weight, tokens
        for (const PhraseTable::Hit& hit : words.find(stems, at)) {
            const Term& term = terms[hit.number];
            const double weight = term.weight * language_factor(group.tongue, hit.language);
            auto& known = best[{term.objective, term.topic}];
            if (weight > known.first) known = {weight, hit.length};
        }
        for (const auto& [key, value] : best) {
            Found& found = group.found[key];
            std::string written;
            for (std::size_t i = 0; i < value.second; ++i) written += (i ? " " : "") + stems[at + i].written;
            found.frequency += field * value.first;
            auto& shown = found.written[fold_search(written)];
            if (shown.first.empty()) shown.first = written;
            shown.second += field * value.first;
            if (in_name) found.in_name = std::max(found.in_name, value.first);
        }
    }

    /// Content words of a text, matched on the way.
    std::size_t read_field(GroupText& group, std::string_view text, double field, bool in_name) {
        const std::vector<Token> tokens = apart(tokenise(text), in_name);
        const std::vector<StemmedToken> stems = stem_tokens(tokens, stemmer);
        std::size_t content = 0;
        for (std::size_t at = 0; at < tokens.size(); ++at) {
            const bool stop = known_words.is_stop(fold_search(tokens[at].text), group.tongue);
            if (stop) continue;
            if (tokens[at].kind != Token::Kind::domain && (tokens[at].text.size() > 1)) ++content;
            match(group, stems, at, field, in_name);
            add_meaning(group.meaning, stems[at], group.tongue, field);
        }
        return content;
    }

    /// Everybody's words, as one text of `posts_weight` words at most. Gives the number of content words.
    double read_posts(GroupText& group, const PostWords& posts) {
        // Sums run in the order of the words, never of the table: the same bytes on every machine.
        double total = posts.total, said = posts.said;
        for (const std::string_view stop : known_words.sorted_stop_words(group.tongue)) {
            const auto found = posts.counts.find(stop);
            if (found == posts.counts.end()) continue;
            total -= found->second.weighted;
            said -= found->second.said;
        }
        if (total <= 0 || said <= 0) return 0;
        std::vector<std::pair<std::string_view, double>> shares;
        for (const auto& [word, count] : posts.counts)
            if (count.weighted >= policy.posts_min_share * total && !known_words.is_stop(word, group.tongue))
                shares.emplace_back(word, count.weighted / total);
        std::sort(shares.begin(), shares.end());
        const double length = std::min(policy.posts_weight, said);
        for (const auto& [word, share] : shares) {
            const std::vector<StemmedToken> one{
                {stemmer.stem(word, Language::french), stemmer.stem(word, Language::english), std::string(word)}};
            match(group, one, 0, length * share, false);
        }
        // The frequent words are enough to say where the talk lies, and cost little to look up.
        const std::size_t most = std::min(shares.size(), static_cast<std::size_t>(policy.vector_words));
        std::partial_sort(shares.begin(), shares.begin() + static_cast<std::ptrdiff_t>(most), shares.end(), [](const auto& a, const auto& b) {
            return a.second != b.second ? a.second > b.second : a.first < b.first;
        });
        for (std::size_t i = 0; i < most && word_data.has_vectors(); ++i)
            add_meaning(group.meaning, {stemmer.stem(shares[i].first, Language::french), stemmer.stem(shares[i].first, Language::english), ""},
                        group.tongue, length * shares[i].second);
        return said;
    }
};

const WordData& no_word_data() {
    static const WordData none;
    return none;
}

Relevance::Relevance(std::vector<Objective> objectives, const Policy& policy, const WordData& words)
    : state_(std::make_unique<State>(policy, words)) {
    state_->objectives = std::move(objectives);
    for (std::uint32_t i = 0; i < state_->objectives.size(); ++i) state_->read_objective(i);
}
Relevance::~Relevance() = default;

const std::vector<Topic>& Relevance::topics(std::size_t objective) const { return state_->queries[objective].topics; }

void Relevance::add(const GroupHistory& history, Instant now_g) {
    State& state = *state_;
    GroupText group;
    std::string sample = history.name + ". " + history.description;
    for (const std::string& topic : history.topics) sample += " " + topic;
    const PostWords spoken(history, now_g, state.policy.posts_half_life_days);
    sample += spoken.frequent(150);
    group.tongue = detect_tongue(sample, history.language);

    const std::size_t name_words = state.read_field(group, history.name, state.policy.name_weight, true);
    std::size_t beyond = 0;
    if (fold_name(history.description) != fold_name(history.name))
        beyond += state.read_field(group, history.description, 1, false);
    for (const std::string& topic : history.topics) beyond += state.read_field(group, topic, 1, false);
    const double posts = state.read_posts(group, spoken);

    group.readable = group.tongue != Tongue::other && (static_cast<double>(name_words + beyond) + posts > 0);
    // Of a number without a name, her own posts are all that is known: what she wrote there does not say what the group is not.
    const bool unnamed = name_words == 0 && beyond == 0 && !history.acts.empty() && history.others_activities == 0;
    group.title_only = unnamed || static_cast<double>(beyond) + posts < state.policy.evidence_words;
    group.length = state.policy.name_weight * static_cast<double>(name_words) + static_cast<double>(beyond) +
                   std::min(state.policy.posts_weight, posts);

    std::unordered_map<std::uint64_t, float> pieces;
    for (const Token& token : tokenise(history.name))
        add_characters(pieces, token.text, static_cast<float>(state.policy.name_weight));
    for (const Token& token : tokenise(history.description)) add_characters(pieces, token.text, 1);
    group.characters = sorted(pieces);
    state.groups.insert_or_assign(history.id, std::move(group));
}

Band Relevance::band_at(const std::string& id, std::size_t objective, double matched) const {
    const Policy& policy = state_->policy;
    const GroupText& group = state_->groups.at(id);
    const Query& query = state_->queries[objective];
    if (!group.readable || query.topics.empty()) return Band::unknown;
    std::size_t topics = 0;
    bool in_name = false, only_places = true;
    const auto number = static_cast<std::uint32_t>(objective);
    for (auto found = group.found.lower_bound({number, 0}); found != group.found.end() && found->first.first == number; ++found) {
        ++topics;
        in_name = in_name || found->second.in_name >= policy.translation_least;
        only_places = only_places && query.topics[found->first.second].place;
    }
    if (topics == 0 || matched < policy.band_weak) return Band::none;
    if (matched < policy.band_some) return Band::weak;
    if (only_places && query.names_subject) return Band::weak;  // the right town alone serves no trade, nor finds a flat
    if (matched < policy.band_strong || (topics < 2 && !in_name) || group.title_only) return Band::some;
    return Band::strong;
}

std::map<std::string, GroupRelevance> Relevance::scores() const {
    const State& state = *state_;
    const Policy& policy = state.policy;
    double readable = 0, length = 0;
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> groups_with;
    std::unordered_map<std::uint64_t, float> groups_with_piece;
    for (const auto& [id, group] : state.groups) {
        if (!group.readable) continue;
        ++readable;
        length += group.length;
        for (const auto& [key, found] : group.found)
            if (found.frequency > 0) ++groups_with[key];
        for (const auto& [piece, count] : group.characters) ++groups_with_piece[piece];
    }
    const double mean_length = readable > 0 && length > 0 ? length / readable : 1;
    const auto idf_of = [&](double with) { return std::log(1 + (readable - with + 0.5) / (with + 0.5)); };
    const auto bm25 = [&](double frequency, double words) {
        return frequency * (policy.bm25_k1 + 1) /
               (frequency + policy.bm25_k1 * (1 - policy.bm25_b + policy.bm25_b * words / mean_length));
    };

    std::map<std::string, GroupRelevance> all;
    for (const auto& [id, group] : state.groups) {
        GroupRelevance& out = all[id];
        out.tongue = group.tongue;
        out.readable = group.readable;
    }
    for (std::uint32_t number = 0; number < state.queries.size(); ++number) {
        const Query& query = state.queries[number];
        std::vector<double> idf;
        for (std::uint32_t i = 0; i < query.topics.size(); ++i) {
            const auto with = groups_with.find({number, i});
            idf.push_back(std::clamp(idf_of(with == groups_with.end() ? 0 : with->second), policy.idf_floor,
                                     std::max(policy.idf_floor, policy.idf_ceiling)));
        }
        // What a group would reach that names every topic of the objective once in its title, and nothing else.
        double ideal = 0;
        const double title = policy.name_weight * static_cast<double>(query.topics.size());
        for (std::uint32_t i = 0; i < query.topics.size(); ++i)
            ideal += query.topics[i].weight * idf[i] * bm25(policy.name_weight, title);

        struct Ranked {
            double points = 0, cosine = 0, likeness = 0;
        };
        std::map<std::string_view, Ranked> ranked;
        double best_points = 0, best_cosine = 0, best_likeness = 0;
        double query_norm = 0;
        std::vector<std::pair<std::uint64_t, double>> weighted;
        for (const auto& [piece, count] : query.characters) {
            const auto with = groups_with_piece.find(piece);
            const double value = (1 + std::log(static_cast<double>(count))) *
                                 idf_of(with == groups_with_piece.end() ? 0 : static_cast<double>(with->second));
            weighted.emplace_back(piece, value);
            query_norm += value * value;
        }
        for (const auto& [id, group] : state.groups) {
            Ranked& one = ranked[id];
            if (!group.readable) continue;
            for (auto found = group.found.lower_bound({number, 0}); found != group.found.end() && found->first.first == number;
                 ++found)
                one.points += query.topics[found->first.second].weight * idf[found->first.second] *
                              bm25(found->second.frequency, group.length);
            double dot = 0, norm = 0;
            auto mine = weighted.begin();
            for (const auto& [piece, count] : group.characters) {
                const double value =
                    (1 + std::log(static_cast<double>(count))) * idf_of(static_cast<double>(groups_with_piece.at(piece)));
                norm += value * value;
                while (mine != weighted.end() && mine->first < piece) ++mine;
                if (mine != weighted.end() && mine->first == piece) dot += value * mine->second;
            }
            if (norm > 0 && query_norm > 0) one.cosine = dot / std::sqrt(norm * query_norm);
            one.likeness = query.meaning.likeness(group.meaning);
            best_likeness = std::max(best_likeness, one.likeness);
            best_points = std::max(best_points, one.points);
            best_cosine = std::max(best_cosine, one.cosine);
        }
        // The scale of the score is that of the best group on the absolute part, so that a poor best does not look rich.
        const double scale = ideal > 0 ? std::min(1.0, best_points / ideal) : 0;
        for (const auto& [id, group] : state.groups) {
            GroupRelevance& out = all[id];
            RelevanceScore score;
            score.objective = state.objectives[number].id;
            score.title_only = group.title_only;
            double matched = 0;
            if (group.readable && !query.topics.empty()) {
                const Ranked& one = ranked[id];
                matched = ideal > 0 ? std::min(1.0, one.points / ideal) : 0;
                const double points = best_points > 0 ? one.points / best_points : 0;
                const double cosine = best_cosine > 0 ? one.cosine / best_cosine : 0;
                const double likeness = best_likeness > 0 ? one.likeness / best_likeness : 0;
                const double vectors_weight = state.word_data.has_vectors() ? policy.vectors_weight : 0;
                score.score = std::max(scale, policy.band_weak) *
                              (points + vectors_weight * likeness + policy.characters_weight * cosine) /
                              (1 + vectors_weight + policy.characters_weight);
                for (auto found = group.found.lower_bound({number, 0});
                     found != group.found.end() && found->first.first == number; ++found) {
                    const Topic& topic = query.topics[found->first.second];
                    const double part = topic.weight * idf[found->first.second] * bm25(found->second.frequency, group.length);
                    for (const auto& [folded, shown] : found->second.written)
                        score.matched.push_back(
                            {shown.first, topic.word, part / one.points * shown.second / found->second.frequency});
                }
                score.band = band_at(id, number, matched);
                std::sort(score.matched.begin(), score.matched.end(), [](const MatchedTerm& a, const MatchedTerm& b) {
                    if (a.share != b.share) return a.share > b.share;
                    return std::tie(a.term, a.from) < std::tie(b.term, b.from);
                });
                if (score.matched.size() > static_cast<std::size_t>(policy.matched_terms))
                    score.matched.resize(static_cast<std::size_t>(policy.matched_terms));
            }
            out.scores.push_back(std::move(score));
            out.matched.push_back(matched);
        }
    }
    return all;
}

namespace {
bool asks_for_work(const Topic& topic) {
    static const std::set<std::string_view> topics{"job-search", "job-offers",   "job-interview",
                                                   "cv",         "outplacement", "internships"};
    if (!topic.topic.empty()) return topics.contains(topic.topic);
    // too common to be a topic of the lexicon, but plain enough here
    static const std::set<std::string_view> words{"job", "jobs", "boulot", "poste", "work"};
    return words.contains(topic.word);
}
}  // namespace

bool is_about_work(const std::vector<Topic>& topics) { return std::any_of(topics.begin(), topics.end(), asks_for_work); }

bool is_about_meeting(const Objective& objective) {
    static const std::set<std::string_view> words{"rencontrer", "rencontre", "rencontres", "meet", "meeting", "meetings", "meetup", "meetups"};
    return std::ranges::any_of(tokenise(objective.text), [](const Token& token) { return words.contains(fold_search(token.text)); });
}

bool is_about_people(const Objective& objective, const std::vector<Topic>& topics) {
    if (!objective.people.empty()) return true;
    static const std::set<std::string_view> about{"business-networking", "meetups", "afterwork", "alumni"};
    if (std::any_of(topics.begin(), topics.end(), [](const Topic& each) { return about.contains(each.topic); })) return true;
    static const std::set<std::string_view> words{"rencontrer", "rencontre", "rencontres", "reseau",     "contacts",
                                                  "meet",       "meeting",   "network",    "networking", "decideurs"};
    for (const Token& token : tokenise(objective.text))
        if (words.contains(fold_search(token.text))) return true;
    return false;
}

bool asks_only_for_work(const std::vector<Topic>& topics) {
    return is_about_work(topics) &&
           std::all_of(topics.begin(), topics.end(), [](const Topic& each) { return each.place || asks_for_work(each); });
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// `objective list|add|edit|done|remove`: what she aims at, in her own words, how the program understood it, and how to correct that.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/policy.hpp"
#include "analysis/relevance.hpp"
#include "base/text.hpp"
#include "cli/profile_file.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"
#include "text/lexicon.hpp"

namespace secateur::cli {
namespace {

using Facet = std::pair<std::string_view, std::vector<std::string> Objective::*>;
constexpr std::array<Facet, 6> facets{{{"trade", &Objective::trade}, {"sector", &Objective::sector}, {"place", &Objective::place},
                                       {"people", &Objective::people}, {"interests", &Objective::interests}, {"without", &Objective::without}}};

[[noreturn]] void refuse_usage() { refuse(msg("objective.usage"), msg("cli.hint_command_help", arg("command", "objective"))); }

Date day_of(const std::string& text) {
    if (const auto day = parse_date(text)) return *day;
    refuse(msg("cli.bad_date", arg("date", quote(text))), msg("cli.hint_date"));
}

/// The one that an id or a unique part of the id or the text means.
Objective& find(Profile& profile, const std::string& words) {
    std::vector<Objective*> fitting;
    for (Objective& each : profile.objectives) {
        if (each.id == words) return each;
        if (fold_search(each.id + " " + each.text).find(fold_search(words)) != std::string::npos) fitting.push_back(&each);
    }
    if (fitting.size() == 1 && !trim(words).empty()) return *fitting.front();
    std::vector<std::string> ids;
    for (const Objective& each : profile.objectives) ids.push_back(each.id);
    refuse(msg("objective.unknown", arg("words", quote(words)), arg("count", fitting.size())),
           ids.empty() ? msg("objective.hint_add") : msg("objective.hint_ids", arg("ids", joined(ids))));
}

/// Open ones are numbered from 1 without gaps, `moved` at the place asked for; the others keep the rank they had.
void renumber(Profile& profile, Date as_of, const std::string& moved, std::optional<int> place) {
    std::vector<Objective*> open;
    for (Objective& each : profile.objectives)
        if (!each.done || *each.done > as_of) open.push_back(&each);
    std::stable_sort(open.begin(), open.end(), [](const Objective* a, const Objective* b) { return a->rank < b->rank; });
    if (place) {
        const auto found = std::ranges::find(open, moved, [](const Objective* each) { return each->id; });
        if (found != open.end()) {
            Objective* taken = *found;
            open.erase(found);
            const auto at = std::clamp<std::ptrdiff_t>(*place - 1, 0, static_cast<std::ptrdiff_t>(open.size()));
            open.insert(open.begin() + at, taken);
        }
    }
    int rank = 0;
    for (Objective* each : open) each->rank = ++rank;
}

std::optional<int> rank_asked(const Arguments& arguments) {
    const auto text = arguments.value("--rank");
    if (!text) return std::nullopt;
    const auto rank = parse_integer(*text);
    if (!rank || *rank < 1 || *rank > 99) refuse(msg("objective.bad_rank", arg("value", quote(*text))), msg("objective.hint_rank"));
    return static_cast<int>(*rank);
}

/// What the options say of an objective; an empty value takes a facet away.
void apply(const Arguments& arguments, Objective& objective) {
    for (const auto& [name, member] : facets) {
        const std::string option = "--" + std::string(name);
        if (!arguments.has(option)) continue;
        auto& list = objective.*member;
        list.clear();
        for (const std::string& value : arguments.values(option))
            for (const std::string_view each : split(std::string_view(value), ';'))
                if (!trim(each).empty()) list.emplace_back(trim(each));
    }
    if (const auto start = arguments.value("--start")) objective.start = day_of(*start);
}

/// "RH (ressources humaines)": her word, and the topic it was taken for where that says more.
std::string understood_text(const Topic& topic, Language language) {
    for (const LexiconEntry& entry : lexicon()) {
        if (entry.topic != topic.topic) continue;
        const auto& words = language == Language::french ? entry.french : entry.english;
        if (words.empty() || fold_search(words.front()) == fold_search(topic.word)) break;
        std::string main(words.front());  // the lexicon is typed with straight apostrophes
        if (const auto mark = main.find('\''); mark != std::string::npos) main.replace(mark, 1, "’");
        return fmt::format("{} ({})", topic.word, main);
    }
    return topic.word;
}

class Listing {
public:
    explicit Listing(Session& session) : session_(session), policy_(policy_with(session.profile().policy).policy) {
        for (const Objective& each : session.profile().objectives) objectives_.push_back(&each);
        std::stable_sort(objectives_.begin(), objectives_.end(), [&](const Objective* a, const Objective* b) {
            return std::tuple(is_done(*a), a->rank) < std::tuple(is_done(*b), b->rank);
        });
        open_ = static_cast<std::size_t>(std::ranges::count_if(objectives_, [&](const Objective* each) { return each->open_at(session_.as_of()); }));
    }

    void json() {
        JsonText json;
        json.begin_object().member("schema", "secateur.objectives/1").member("as_of", session_.as_of()).member("open", open_).member("scattering", scattering());
        json.key("objectives").begin_array();
        for (const Objective* each : objectives_) {
            json.begin_object().member("id", each->id).member("text", each->text).member("rank", each->rank).member("start", each->start);
            json.member("done", each->done).member("open", each->open_at(session_.as_of()));
            for (const auto& [name, member] : facets) {
                json.key(name).begin_array();
                for (const std::string& word : each->*member) json.value(word);
                json.end_array();
            }
            const auto topics = understood(*each);
            json.key("understood").begin_array();
            for (const Topic& topic : topics) {
                json.begin_object().member("word", topic.word).key("topic");
                topic.topic.empty() ? json.null() : json.value(topic.topic);
                json.member("place", topic.place).end_object();
            }
            json.end_array().member("only_a_job", asks_only_for_work(topics)).end_object();
        }
        json.end_array().end_object();
        session_.out() << json.take();
    }

    void print() {
        if (objectives_.empty()) session_.say(msg("objective.none"));
        for (const Objective* each : objectives_) one(*each);
        remarks();
    }

    void one(const Objective& objective) {
        if (is_done(objective)) {
            session_.say(msg("objective.line_done", arg("id", objective.id), arg("text", objective.text), arg("date", *objective.done)));
            return;
        }
        session_.say(msg("objective.line", arg("rank", objective.rank), arg("id", objective.id), arg("text", objective.text)));
        if (objective.start && *objective.start > session_.as_of()) session_.say_below(msg("objective.starts", arg("date", *objective.start)));
        const std::array<Message, 6> names{msg("objective.trade", arg("words", joined(objective.trade))), msg("objective.sector", arg("words", joined(objective.sector))),
                                           msg("objective.place", arg("words", joined(objective.place))), msg("objective.people", arg("words", joined(objective.people))),
                                           msg("objective.interests", arg("words", joined(objective.interests))), msg("objective.without", arg("words", joined(objective.without)))};
        for (std::size_t i = 0; i < facets.size(); ++i)
            if (!(objective.*facets[i].second).empty()) session_.say_below(names[i]);
        std::vector<std::string> known, unknown;
        const auto topics = understood(objective);
        for (const Topic& topic : topics) (topic.topic.empty() ? unknown : known).push_back(understood_text(topic, session_.language()));
        if (!known.empty()) session_.say_below(msg("objective.understood", arg("words", joined(known))));
        if (!unknown.empty()) session_.say_below(msg("objective.as_words", arg("words", joined(unknown))));
        if (topics.empty()) session_.say_below(msg("objective.understood_nothing", arg("id", objective.id)));
        if (asks_only_for_work(topics)) session_.say_below(msg("analysis.objective_job_alone"));
    }

    void remarks() {
        if (scattering())
            session_.say(msg("analysis.remark_scattering", arg("count", open_), arg("many", static_cast<std::int64_t>(policy_.objectives_many))));
    }

private:
    [[nodiscard]] bool is_done(const Objective& objective) const { return objective.done && *objective.done <= session_.as_of(); }
    [[nodiscard]] bool scattering() const { return static_cast<double>(open_) > policy_.objectives_many; }
    [[nodiscard]] std::vector<Topic> understood(const Objective& objective) const { return Relevance({objective}, policy_).topics(0); }

    Session& session_;
    Policy policy_;
    std::vector<const Objective*> objectives_;
    std::size_t open_ = 0;
};

/// Saves, and shows the objective as it stands now with what is to be said of all.
int saved(Session& session, const Profile& profile, const std::string& id) {
    session.save(profile);
    Listing listing(session);
    for (const Objective& each : session.profile().objectives)
        if (each.id == id) listing.one(each);
    listing.remarks();
    return 0;
}

int add(Session& session, const Arguments& arguments, const std::string& text) {
    if (trim(text).empty()) refuse_usage();
    (void)session.client(Session::IfNone::create);
    Profile profile = session.profile();
    Objective objective{.id = objective_id(text, profile.objectives), .text = std::string(trim(text)), .rank = 99, .start = session.as_of()};
    apply(arguments, objective);
    const std::string id = objective.id;
    profile.objectives.push_back(std::move(objective));
    renumber(profile, session.as_of(), id, rank_asked(arguments));
    return saved(session, profile, id);
}

int edit(Session& session, const Arguments& arguments, const std::string& words) {
    Profile profile = session.profile();
    Objective& objective = find(profile, words);
    const std::string id = objective.id;
    if (const auto text = arguments.value("--text")) {
        if (trim(*text).empty()) refuse_usage();
        objective.text = std::string(trim(*text));
    }
    if (arguments.has("--reopen")) objective.done.reset();
    apply(arguments, objective);
    renumber(profile, session.as_of(), id, rank_asked(arguments));
    return saved(session, profile, id);
}

int done(Session& session, const std::string& words, Date day) {
    Profile profile = session.profile();
    Objective& objective = find(profile, words);
    objective.done = day;
    const std::string id = objective.id;
    renumber(profile, session.as_of(), id, std::nullopt);
    session.save(profile);
    session.say(msg("objective.done", arg("id", id), arg("date", day)));
    return 0;
}

int remove(Session& session, const std::string& words) {
    Profile profile = session.profile();
    const std::string id = find(profile, words).id;
    std::erase_if(profile.objectives, [&](const Objective& each) { return each.id == id; });
    renumber(profile, session.as_of(), id, std::nullopt);
    session.save(profile);
    session.say(msg("objective.removed", arg("id", id)));
    return 0;
}

}  // namespace

int run_objective(Session& session, const Arguments& arguments) {
    const auto& words = arguments.positionals;
    if (words.empty() || (words[0] == "list" && words.size() == 1)) {
        Listing listing(session);
        session.json() ? listing.json() : listing.print();
        return 0;
    }
    if (words.size() == 2 && words[0] == "add") return add(session, arguments, words[1]);
    if (words.size() == 2 && words[0] == "edit") return edit(session, arguments, words[1]);
    if (words.size() == 2 && words[0] == "done") return done(session, words[1], session.as_of());
    if (words.size() == 3 && words[0] == "done") return done(session, words[1], day_of(words[2]));
    if (words.size() == 2 && words[0] == "remove") return remove(session, words[1]);
    refuse_usage();
}

}  // namespace secateur::cli

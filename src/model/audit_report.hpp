// SPDX-License-Identifier: GPL-3.0-or-later
// The one value that leaves the analysis. Every renderer shows it and none computes: a number that is not here is in no report.
// Numbers are rounded and lists sorted when it is built. Texts are messages: the renderer's language decides the words.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/message.hpp"
#include "model/history.hpp"
#include "model/profile.hpp"
#include "model/record.hpp"

namespace secateur {

enum class Decision { keep, read_only, mute, trial, leave, cannot_judge };
enum class Certainty { high, medium, low };
enum class Band { strong, some, weak, none, unknown };
/// Whether a group of that relevance serves the objective (metrics 2.5).
[[nodiscard]] constexpr bool is_serving(Band band) noexcept { return band == Band::strong || band == Band::some; }
enum class Side { in_favour, against };
/// What the facts alone say; what the first audit without objectives shows.
enum class FactState { personal, wrote_this_year, alive_perhaps_read, wrote_before, dead, no_trace, name_only, repeated };
/// The words for P on screen; never a percentage.
enum class Likelihood { often, sometimes, hardly_ever };

/// So many of so many, with the 95 % interval (Wilson) of what they are a sample of.
struct Share {
    std::uint64_t part = 0, all = 0;
    double value = 0, low = 0, high = 0;  // 4 decimals in a report
    bool operator==(const Share&) const = default;
};

struct ParticipationScore {  // metrics 2.8; all absent for a group without acts of mine
    std::optional<double> probability;           // 4 decimals
    std::optional<double> active_weeks_decayed;  // S, 4 decimals
    std::optional<std::int64_t> days_since_here;
    std::optional<std::int64_t> days_since_account;
    std::optional<std::uint64_t> people_90d;  // others who wrote here; absent: the whole conversation is not known
    std::optional<Likelihood> likelihood;
};

/// A rate with the 95 % interval of what it stands for.
struct Estimate {
    double value = 0, low = 0, high = 0;  // 4 decimals in a report
    bool operator==(const Estimate&) const = default;
};

enum class Presence { low, neutral, high };
/// Orbit's ladder: days of acts within the last 7, 30 and 90.
enum class Ladder { none, participating, contributing, leading };

/// How I take part, from my acts alone (metrics 2.1, Pa); absent without an act or without a week that the data hold.
struct Rhythm {
    Date from{}, until{};  // whole ISO weeks, half-open: since I joined or the data begin; the running week is not among them
    std::uint64_t weeks = 0, acts = 0;
    std::optional<double> acts_per_week;      // Pa1, as counted
    std::optional<Estimate> expected_per_week;  // Pa1, drawn towards my other groups
    std::optional<Share> active_weeks;        // Pa3
    std::optional<Presence> presence;         // Pa4, against my own earlier weeks here
    Ladder ladder = Ladder::none;             // Pa4
    std::uint64_t streak = 0, longest_streak = 0;  // Pa5, weeks; shown, never scored
    std::optional<double> usual_gap_days;     // Pa6: median between days with an act
    std::optional<double> silence_ratio;      // Pa6
    std::optional<Share> initiative;          // Pa7
};

/// How long answers take, over the ones that came and those still awaited.
struct Waits {
    double median_hours = 0;
    std::optional<double> p90_hours;
    std::uint64_t answered = 0, open = 0;
    bool open_counted = false;  // too many are open for the answered ones alone: Kaplan-Meier
};

/// Who answers whom (metrics 2.1, Pa2 and Rp); only where the whole conversation is known.
struct Responses {
    std::optional<Share> voice;          // Pa2: my acts among everybody's
    std::optional<double> voice_index;   // Pa2: 1 is an average author
    std::optional<Share> received;       // Rp1: my threads answered within 7 days
    std::optional<Share> given;          // Rp2: calls to me that I answered within 7 days
    std::optional<Waits> to_me, by_me;   // Rp3
    std::optional<Share> inferred;       // Rp4: of the answers, those found by nearness alone
    std::uint64_t unknown = 0;           // threads and calls of which nothing tells whether they were answered
};

/// What goes both ways in a group (metrics 2.2); only where the whole conversation of the year is known.
struct Reciprocity {
    std::optional<double> balance;  // (G - R) / (G + R) of the weighted acts of the year: -1 only takes, +1 only gives
    std::optional<Share> given;     // of the acts that went either way, mine; not weighted
    struct Side {                   // one direction, last 100 days
        std::uint64_t acts = 0, people = 0, days = 0;
        std::optional<double> one_person;  // the share of the one most concerned
    };
    Side gave, got;
    bool broad = false;  // both over at least a fifth as many people and a quarter as many days as acts
    std::optional<double> mutual, mutual_beyond_chance;  // everybody's replies: r, rho
    struct With {
        std::string name;
        std::uint64_t from_me = 0, to_me = 0;
        double imbalance = 0;  // 0: both address the other equally often, among all they address
    };
    std::vector<With> with;  // most exchanges first, at most ten
};

/// What she gave in the year, in groups that are judged and between two; said before what to cut.
struct Gave {
    std::uint64_t answers = 0;          // answers and comments to others
    std::uint64_t people = 0;           // whom she answered or named
    std::uint64_t thanks_received = 0;
    std::uint64_t introductions = 0;    // people brought together
    std::uint64_t recommendations = 0;  // written for others
};

struct MatchedTerm {
    std::string term;  // as written in the group
    std::string from;  // the word of the objective it answers
    double share = 0;  // of the score, 4 decimals
};
struct RelevanceScore {  // metrics 2.5
    std::string objective;  // id
    std::optional<double> score;
    Band band = Band::unknown;
    std::vector<MatchedTerm> matched;  // strongest first, at most 8
    bool title_only = false;
    bool confirmed = false;  // she said what it serves
    bool met = false;        // a meeting on record raised it
    bool no_more = false;    // its subject fits, but it is dead, to be left, or held only for what is reached
    bool unseen = false;     // its subject fits, but nobody is seen or met there: it only announces, or it is dead
};

/// What a series of months says (metrics 2.9).
struct Trend {
    std::uint64_t months = 0;    // whole ones, at least five
    double slope = 0;            // Theil-Sen: posts a month, by month; 4 decimals
    double p = 1;                // Mann-Kendall, two-sided; seasonal from 24 months on; 4 decimals
    bool readable = false;       // p holds among the trends of all groups (Benjamini-Hochberg, 5 %)
};
/// Two months against each other, by the exact binomial test.
struct MonthChange {
    std::uint64_t before = 0, last = 0;  // posts
    double p = 1;                        // 4 decimals
    bool readable = false;               // p holds among the changes of all groups
};
enum class GroupState { healthy, quiet_but_valuable, refresh_needed, sprawl, dead };

struct Vitality {  // metrics 2.4; only where the whole conversation is known
    std::optional<double> posts_per_week_q1, posts_per_week_median, posts_per_week_q3;  // V1, last 12 whole ISO weeks
    std::int32_t last_month = 0;        // the last whole one, as in MonthPoint
    std::uint32_t authors_month = 0, new_authors_month = 0;  // V2: distinct authors of it
    std::optional<double> returning_share;  // V2, absent when nobody wrote
    std::optional<double> active_rate;      // V3: authors of the month among the members the source states
    std::optional<double> top_ten_share;    // V4: of the posts of a year, from 50 authors on
    std::optional<double> gini;             // V4: of the posts of a year by author, from 5 authors on
    struct Creators {                       // V5: of the stated members, in a year
        double none = 0, few = 0, many = 0;  // no post; fewer than one a month; more
    };
    std::optional<Creators> creators;
    std::optional<Share> lonely;            // V6: threads of a year that nobody else answered
    std::optional<double> burstiness;       // V7: -1 a clock, 0 chance, 1 bursts
    std::optional<Trend> trend;             // V8
    std::optional<MonthChange> change;      // V8: the last whole month against the one before
    std::optional<std::int64_t> months_since_half_of_best;  // V9
    std::optional<Date> last_post;
    bool dead = false;  // whole conversation known and nobody wrote for 180 days before now_g
    std::optional<GroupState> state;  // absent: none of the named ones
};

struct MinutesPerWeek {  // metrics 2.6
    double low = 0, mid = 0, high = 0;  // 1 decimal
    enum class Origin { her_group, her_platform, inferred } origin = Origin::inferred;
};

struct Reason {
    std::string metric;  // an id that `explain` knows: "participation", "relevance", "last_act" ...
    std::string value;   // its figure, language-free: "0.31", "2026-09-30", "4"
    Message text;
    Side side = Side::in_favour;
};

struct Verdict {
    Decision decision = Decision::cannot_judge;
    int rule = 18;  // row of metrics 3 that decided
    std::optional<Certainty> certainty;  // absent for cannot_judge
    std::optional<Date> until;
    std::vector<Reason> reasons;  // at most three for, then at most one against
    bool for_what_is_done = false;  // it stays a while only because it served an objective just reached
    std::vector<Message> missing;
    std::optional<Message> question;   // the one that would settle it
    std::optional<Message> suggestion;  // what to do now: "hand over before you leave", "keep in touch with ..."
};

/// Meetings face to face with people of a group, by name.
struct InPerson {
    std::uint64_t people = 0;
    Date last{};
    std::vector<std::string> names;  // the latest first, at most ten
};

struct MonthPoint {
    std::int32_t month = 0;  // year * 12 + month - 1
    std::uint64_t mine = 0;
    std::optional<std::uint64_t> others;  // absent: the conversation of that month is not known
};

struct ScopeProposal {
    Scope scope = Scope::personal;
    std::string cue;  // the words it rests on
};

/// What a group seems to be for: she confirms it, nothing else does.
struct PurposeGuess {
    Purpose purpose = Purpose::unclear;
    std::vector<std::string> cues;  // distinct words it rests on; "?" many questions, "https://" many links
};

/// Signs of a dead group that a source only states; absent where the conversation itself is known.
struct StatedSilence {
    Date measured_at{};
    std::optional<Date> last_post;  // absent: only no post in the 30 days before
    bool dead = false;              // nobody wrote for 180 days before it was measured
};

struct GroupAudit {
    std::string id, platform, key, name, url;
    std::string language;  // of its words, BCP 47; empty: not known
    GroupKind kind = GroupKind::group;
    Scope scope = Scope::audit;
    std::optional<ScopeProposal> proposed_scope;
    std::optional<PurposeGuess> proposed_purpose;  // absent too once she has said it
    MemberState state = MemberState::unknown;
    FactState fact = FactState::no_trace;
    std::optional<std::string> repeats;  // id of the group of the same name or content
    std::optional<Date> joined_at;
    CoverageKind coverage = CoverageKind::names_only;
    Date data_until{};
    bool stale = false;
    bool objectives_apply = true;  // false for personal and duty groups: no metric is shown
    std::uint64_t my_acts = 0, my_reactions = 0, my_words = 0;
    std::uint64_t my_active_weeks_52 = 0;  // ISO weeks with an act among the last 52
    std::optional<Date> first_act, last_act;
    ParticipationScore participation;
    std::optional<Rhythm> rhythm;
    std::optional<Responses> responses;
    std::optional<Reciprocity> reciprocity;
    std::vector<RelevanceScore> relevance;  // one for each open objective, in rank order
    std::optional<Vitality> vitality;
    std::optional<StatedSilence> stated_silence;
    std::optional<MinutesPerWeek> minutes;
    std::optional<std::uint64_t> people_met;       // both directions, this group
    std::optional<std::uint64_t> reach;            // of them, met in no other group
    std::vector<std::string> people_met_only_here;  // names, at most ten, by exchanges
    std::optional<InPerson> in_person;              // absent: no meeting on record
    std::vector<MonthPoint> months;                 // the 24 months up to data_until, every month
    std::vector<Answer> answers;
    Verdict verdict;
};

struct ObjectiveAudit {
    std::string id, text;
    int rank = 1;
    std::optional<Date> start, done;
    std::uint64_t strong_groups = 0, some_groups = 0;
    std::optional<Message> remark;  // the job trap, nothing serves it
    bool adds_up = false;           // of being seen or of meeting people: a second group adds as much as the first
};

/// What one import can and cannot show.
struct SourceCard {
    std::int64_t id = 0;
    std::string platform, connector, label;
    std::optional<Date> first, last, data_until;
    bool stale = false;
    std::string coverage;  // own_only, full, partial_window, names_only, mixed
    std::uint64_t activities = 0, mine = 0, unattributed = 0, quarantined = 0;
    std::vector<Message> lacks;
};

/// Groups that repeat each other (metrics 2.5), and the one to keep.
struct OverlapCluster {
    struct Other {  // against the kept one; shares 0 to 1, 4 decimals; absent where unknown
        std::string id;
        bool whole = false;  // both conversations are known; else my own posts stand for one or both
        std::optional<double> people, jaccard;
        bool by_name = false;  // people of two platforms, by full names
        std::optional<double> topics, links, texts;
        std::optional<double> kept_first;   // of the links both have, the share the kept one had first
        std::optional<double> delay_hours;  // median, 1 decimal
        std::uint64_t people_shared = 0;    // of very large groups: in a sample
        std::vector<std::string> people_names;  // at most five, those I exchange with first
        std::vector<std::string> terms;         // at most eight
    };
    std::string keep;  // id
    Message why;
    std::vector<Other> others;  // by id
};

/// What followed an earlier advice, as far as the data show it.
enum class Outcome { left, written_again, visited, never_visited, trial_over, trial_running, silent };
struct DecisionOutcome {
    std::string group, name;
    Decision decision = Decision::cannot_judge;  // the advice
    Outcome outcome = Outcome::silent;
    std::uint64_t acts = 0;         // mine since
    std::optional<double> minutes;  // a week, as known then
    std::optional<Date> until;      // of a trial
};
struct Aftermath {
    Date since{};                           // the day of the advice
    std::vector<DecisionOutcome> outcomes;  // by outcome, then group
    double minutes_back = 0;                // a week, of the groups left since; 1 decimal
};

struct AuditTotals {
    std::uint64_t groups = 0;
    std::map<Decision, std::uint64_t> by_decision;
    double minutes_low = 0, minutes_mid = 0, minutes_high = 0;
    std::uint64_t unknown_minutes = 0;  // groups whose cost is not known
    std::uint64_t unnamed_groups = 0;   // the count of groups is a range until they are named
    std::uint64_t direct_conversations = 0, left_groups = 0, candidates = 0;
    // Over all groups: to be read beside the groups, for moving to slower ones lowers it though each one rises.
    std::optional<Share> received, given;
};

/// An account she has somewhere (generic tables, exports): forgotten ones should be noticed.
struct AccountCard {
    std::string platform, handle;
    std::optional<Date> last_used;
    std::optional<bool> is_public, password_known;
    bool dormant = false;  // no sign of life for a year
    std::optional<Date> last_sign;    // the latest of last_used and what the data show of the platform, where it has one account
    std::vector<std::string> serves;  // ids of the open objectives that her groups on the platform serve
    std::string closing_link;         // empty: an erasure request remains
};

/// How she takes part, on one platform.
struct PlatformHabit {
    std::string platform;
    enum class Part { active, passive, silent, unknown } part = Part::unknown;
    std::uint64_t posts = 0, answers = 0, reactions = 0;  // of the year before as_of: posts, shares and messages; comments and replies; reactions and votes
    std::optional<Date> last;                             // of any of them, ever
    std::uint64_t groups = 0;                             // of the audit, on it
    std::vector<std::string> serves;                      // ids of the open objectives that its groups serve
};

/// One count in the last four whole quarters, oldest first, and whether the last two differ readably.
struct QuarterCounts {
    std::vector<std::uint64_t> counts;
    bool readable = false;  // exact binomial of the last two, 5 %
};

/// The person's own habits (metrics section 5). Absent is unknown.
struct Habits {
    std::vector<PlatformHabit> platforms;  // by name
    std::int32_t last_quarter = 0;         // the last whole one: year * 4 + quarter - 1
    std::optional<Share> personal_invitations;  // of the connection invitations sent, with words of hers
    std::uint64_t invitations_sent = 0, invitations_received = 0;  // in the year before as_of, connections
    std::optional<QuarterCounts> replies_from_new;  // people who answered or named her for the first time
    std::optional<QuarterCounts> people_met;        // people with a first exchange in both directions
    std::optional<Share> strangers;                 // contacts without any exchange, where conversations of two are known
    std::uint64_t namesakes = 0;                    // of the other contacts: she exchanges with another account of that name
    std::uint64_t asked = 0, answered = 0;          // in the year before: questions in groups; comments and replies
    std::optional<std::uint64_t> cv_relays;         // posts of the year that only pass on a CV; absent without text
    struct Focus {
        std::string objective;  // id; empty: groups that serve none
        std::uint64_t acts = 0;
        double share = 0;
    };
    std::vector<Focus> focus;  // of her acts in the last three whole months, by rank; a group counts for each objective it serves
    std::uint64_t focus_acts = 0, focus_unknown = 0;  // all of them; of them, in groups of which nothing can be said
};

struct AuditReport {
    std::string client;
    Date as_of{};
    std::string zone;  // IANA name, "UTC" when the profile has none
    std::optional<double> minutes_budget;
    std::vector<ObjectiveAudit> objectives;
    std::vector<GroupAudit> groups;      // judged ones first by decision, certainty, then name and id
    std::vector<GroupAudit> candidates;  // thought of joining, apart
    std::vector<SourceCard> sources;
    std::vector<AccountCard> accounts;
    std::optional<Habits> habits;
    std::vector<OverlapCluster> overlaps;  // by the id of the kept group
    std::optional<Gave> gave;      // absent: nothing given is on record
    std::vector<Message> remarks;  // about the whole: "your objectives are scattering"
    std::optional<Aftermath> aftermath;  // absent: no earlier month is kept
    AuditTotals totals;
};

std::string_view to_string(Decision decision);
std::string_view to_string(Certainty certainty);
std::string_view to_string(Band band);
std::string_view to_string(FactState state);
std::string_view to_string(Likelihood likelihood);
std::string_view to_string(Presence presence);
std::string_view to_string(GroupState state);
std::string_view to_string(PlatformHabit::Part part);
std::string_view to_string(Ladder ladder);
std::string_view to_string(MemberState state);
std::string_view to_string(Outcome outcome);

}  // namespace secateur

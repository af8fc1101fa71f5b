// SPDX-License-Identifier: GPL-3.0-or-later
// What the store knows of one group up to a date, folded to what the analysis needs. Built row by row, one group in memory
// at a time; nothing in it lies after `as_of`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/profile.hpp"
#include "model/record.hpp"

namespace secateur {

enum class MemberState { member, left, unknown };

/// One narrow row of the store: what anybody did in one group.
struct ActivityRow {
    Instant at{};             // only dated rows reach the analysis
    std::uint64_t id = 0;     // 64-bit identity within the group
    ActivityKind kind = ActivityKind::post;
    std::int64_t author = 0;  // person number in this store; 0: unknown
    bool is_me = false;
    bool automatic = false;
    std::uint64_t parent = 0;  // identity of the parent in the same group; 0: none
    std::optional<std::uint32_t> words;
    bool mentions_me = false;
    bool replies_to_me = false;
};

struct MyAct {
    Instant at{};
    ActivityKind kind = ActivityKind::post;
    std::uint32_t words = 0;
    bool asks = false;  // it ends in a question
};

/// One calendar month (zone of the profile) of everybody's posts; reactions, votes and visits left out.
struct MonthVolume {
    std::int32_t month = 0;  // year * 12 + month - 1
    std::uint64_t mine = 0;
    std::uint64_t others = 0;
    std::uint32_t authors = 0;            // distinct, me included
    std::uint32_t new_authors = 0;        // first seen in the group in this month
    std::uint32_t returning_authors = 0;  // also wrote in the month before
};

struct WeekVolume {
    Date monday{};  // ISO week in the profile's zone
    std::uint64_t mine = 0;
    std::uint64_t others = 0;
    std::uint64_t words_others = 0;
    std::uint32_t authors_last = 0;  // authors, me included, whose last act before the running week lies in this one
};

/// What everybody did in the 365 days before now_g; bots, reactions, votes and visits left out.
struct YearFigures {
    std::vector<std::uint32_t> posts_by_author;  // me included, the most first
    std::uint64_t gaps = 0;                      // between one post and the next
    double gap_mean = 0, gap_deviation = 0;      // hours
    std::uint64_t posts = 0, questions = 0, with_links = 0;
    std::uint64_t threads = 0, lonely = 0;       // posts and shares older than 7 days that answer nothing; those nobody else answered
    bool operator==(const YearFigures&) const = default;
};

/// A thread I opened, or something said to me, and what came of it.
struct Call {
    Instant at{};
    ActivityKind kind = ActivityKind::post;
    std::optional<Instant> answered;  // the first answer: mine to others, theirs to me
    bool inferred = false;            // found by nearness alone, not by a reply or a mention
    bool unknown = false;             // others wrote, and nothing tells whether it was an answer
    std::int64_t person = 0;          // who called me; 0: a thread of mine, or unknown
    bool asks = false;                // a question to me, or it names me; not just an answer
    bool operator==(const Call&) const = default;
};

/// Somebody answered what I had asked for, and when I thanked for it (metrics 2.7).
struct Help {
    std::int64_t person = 0;
    Instant at{};
    std::optional<Instant> thanked;
    bool inferred = false;  // no row says what it answers: this person wrote next
    bool operator==(const Help&) const = default;
};

/// A word of thanks between me and somebody; 0: everybody there.
struct ThanksWord {
    std::int64_t person = 0;
    Instant at{};
    bool operator==(const ThanksWord&) const = default;
};

/// What went one way between me and the others in the year before now_g, by kind; only what names whom it answers.
struct Gifts {
    std::uint64_t answers = 0, comments = 0, reactions = 0, introductions = 0;
    [[nodiscard]] std::uint64_t acts() const { return answers + comments + reactions + introductions; }
    bool operator==(const Gifts&) const = default;
};

/// Who addresses whom in the group by replies that name what they answer (metrics 2.2); only where I wrote.
struct Addressing {
    struct WithMe {
        std::int64_t person = 0;
        std::uint64_t from_me = 0, to_me = 0, theirs = 0;  // `theirs`: what they addressed to anybody
        bool operator==(const WithMe&) const = default;
    };
    std::uint64_t replies = 0, resolved = 0;  // of these, the author of what they answer is known
    std::uint64_t people = 0;                 // who addressed somebody or were addressed
    std::uint64_t links = 0, mutual = 0;      // ordered pairs; those that have their counterpart
    std::uint64_t mine = 0;                   // what I addressed to anybody
    std::vector<WithMe> with_me;              // by person
};

/// Exchanges between me and one person in one group on one UTC day.
struct Exchange {
    std::int64_t person = 0;
    Date day{};
    std::uint32_t given = 0;     // I answered or mentioned them
    std::uint32_t received = 0;  // they answered or mentioned me
};

/// What can be met again in another group: the hash of a normalised link, or the sketch of a longer text (text/shingles.hpp).
struct Posted {
    std::uint64_t key = 0;
    Instant at{};
    bool operator==(const Posted&) const = default;
};

struct CoveragePeriod {
    CoverageKind kind = CoverageKind::names_only;
    std::optional<Instant> begin, end;
    std::int64_t source = 0;
    bool whole_source_end_known = true;  // false: the end is only the newest record of this one group (contracts 6)
};

/// Distinct folded tokens and how often they were written, in one calendar quarter.
struct QuarterTerms {
    std::int32_t quarter = 0;  // year * 4 + quarter - 1
    std::vector<std::pair<std::string, std::uint32_t>> counts;  // in the order of the bytes
    bool approximate = false;
};

/// What a table says of the life of a group, read there by hand at `measured_at`; less than the conversation, more than nothing.
struct StatedLife {
    Instant measured_at{};
    std::optional<std::uint64_t> posts_30d;  // in the 30 days before
    std::optional<Instant> last_post;        // of anybody
};

struct GroupHistory {
    // who the group is
    std::int64_t number = 0;  // in this store
    std::string id;           // "platform:key"
    std::string platform, key, name, description, url, language;
    GroupKind kind = GroupKind::group;
    std::vector<std::string> topics;
    std::optional<std::uint64_t> stated_members;
    std::optional<StatedLife> stated_life;
    // my membership, up to as_of
    MemberState state = MemberState::unknown;
    std::optional<Instant> joined_at, left_at;
    Role role = Role::none;
    bool pinned = false;
    // what may be said
    std::vector<CoveragePeriod> coverage;
    bool source_has_unattributed = false;  // some activity of mine on this account falls in no known group
    std::optional<Instant> account_last_act;  // my last act anywhere on this platform account
    std::optional<Instant> account_last_seen; // the newest record of the whole source
    // what happened, dated rows up to as_of in time order
    std::vector<MyAct> acts;
    std::uint64_t my_activities = 0;  // acts, reactions, votes and visits
    std::uint64_t my_reactions = 0;
    std::optional<Instant> my_last_light;  // last reaction, vote or visit
    std::vector<MyAct> my_lights;          // reactions, votes and visits, in order
    std::optional<Instant> first_record, last_record;
    std::uint64_t others_activities = 0;
    std::uint64_t others_authors = 0;
    std::vector<std::int64_t> authors;  // who wrote, me and bots left out; once each
    std::vector<Posted> links;  // in the posts, in order, as often as they were posted
    std::vector<Posted> texts;  // longer posts, in order; those imported before sketches were made are not among them
    std::optional<Instant> others_last;
    std::uint64_t authors_90d = 0;  // distinct authors but me in the 90 days before now_g
    YearFigures year;
    std::vector<MonthVolume> months;  // in order, empty months left out
    std::vector<WeekVolume> weeks;    // ISO weeks up to now_g, in order, empty ones left out
    bool answers_shown = true;        // some message says what it answers or whom it names; else who answers whom is unknown
    std::vector<Call> my_threads;     // that I opened, in order
    std::vector<Call> calls_to_me;    // by others: answers to me, mentions, questions between the two of us
    std::vector<Instant> my_replies;  // to somebody else, in order
    std::vector<Help> helps;          // in order
    std::vector<ThanksWord> thanks_given, thanks_received;  // in order
    bool yet_to_come = false;  // by the date asked about she had not joined it, or it had not begun
    Gifts gave, got;
    Addressing addressing;
    std::vector<QuarterTerms> terms;
    std::vector<Exchange> exchanges;  // ordered by person, day
    std::vector<Answer> answers;      // hers about this group, dated up to as_of
};

}  // namespace secateur

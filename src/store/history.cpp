// SPDX-License-Identifier: GPL-3.0-or-later
// Reading groups back: rows are walked in key order and folded as they come, so that only one group's people are in memory.
#include <algorithm>
#include <cstring>
#include <cmath>
#include <map>
#include <memory>
#include <unordered_map>

#include "base/text.hpp"
#include "store/calls.hpp"
#include "store/encode.hpp"
#include "store/giving.hpp"
#include "store/schema.hpp"
#include "store/store_impl.hpp"

namespace secateur {

Instant end_of_day(Date day, const Zone& zone) {
    const std::chrono::year_month_day next{day + std::chrono::days{1}};
    const LocalTime midnight{.year = static_cast<int>(next.year()), .month = static_cast<unsigned>(next.month()), .day = static_cast<unsigned>(next.day())};
    return zone.to_instant(midnight).value_or(Instant{day + std::chrono::days{1}});
}

Instant group_now(const std::vector<CoveragePeriod>& coverage, std::optional<Instant> last_record, Instant as_of) {
    std::optional<Instant> end;
    for (const CoveragePeriod& each : coverage) {
        if (each.begin && *each.begin >= as_of) continue;
        const std::optional<Instant> until = each.end ? each.end : last_record;
        if (until && (!end || *end < *until)) end = until;
    }
    if (!end) end = last_record;
    return end ? std::min(*end, as_of) : as_of;
}

namespace {

/// Author numbers of one group, each with the month in which it wrote last.
class AuthorTable {
public:
    struct Entry {
        std::int64_t author = 0;
        std::int32_t month = 0;
        std::int32_t week = -1;  // place in the weeks of the history
        std::uint32_t year = 0;  // posts in the 365 days before now_g
        bool recent = false;
    };
    void clear() {
        entries_.assign(64, {});
        used_ = 0;
    }
    [[nodiscard]] std::size_t size() const { return used_; }
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const Entry& each : entries_)
            if (each.author != 0) visit(each);
    }
    /// The entry of that author; a new one has author 0 until the caller fills it by `add`.
    Entry& find_or_add(std::int64_t author, bool& is_new) {
        if (used_ * 2 >= entries_.size()) grow();
        Entry& entry = slot(author);
        is_new = entry.author == 0;
        if (is_new) {
            entry.author = author;
            ++used_;
        }
        return entry;
    }

private:
    Entry& slot(std::int64_t author) {
        std::size_t at = (static_cast<std::uint64_t>(author) * 0x9E3779B97F4A7C15ULL >> 20U) & (entries_.size() - 1);
        while (entries_[at].author != 0 && entries_[at].author != author) at = (at + 1) & (entries_.size() - 1);
        return entries_[at];
    }
    void grow() {
        std::vector<Entry> old(entries_.size() * 2);
        old.swap(entries_);
        for (const Entry& each : old)
            if (each.author != 0) slot(each.author) = each;
    }
    std::vector<Entry> entries_ = std::vector<Entry>(64);
    std::size_t used_ = 0;
};

struct Row {
    std::int64_t at = 0;
    std::uint32_t bits = 0;
    std::int64_t author = 0;
    std::uint32_t words = 0;
    std::uint64_t id = 0, parent = 0;
    std::string_view links;  // 8 bytes each; valid until the next row
    std::uint64_t sketch = 0;
};

Instant local_midnight(const Zone& zone, Date day) {
    const std::chrono::year_month_day date{day};
    return zone.to_instant({.year = static_cast<int>(date.year()), .month = static_cast<unsigned>(date.month()), .day = static_cast<unsigned>(date.day())})
        .value_or(Instant{day});
}

/// Folds the rows of one group, in time order, into its history.
class Fold {
public:
    /// `follow`: who answers whom and gives what, too.
    Fold(GroupHistory& history, const Zone& zone, Instant now, AuthorTable& authors, bool follow)
        : history_(history), zone_(zone), authors_(authors), follow_(follow), with_calls_(follow && history.kind != GroupKind::direct),
          giving_(history.kind == GroupKind::direct, now - std::chrono::days{365}) {
        authors_.clear();
        recent_from_ = seconds_of(now - std::chrono::days{90});
        recent_until_ = seconds_of(now) + 1;  // the newest record itself is inside
        year_from_ = seconds_of(now - std::chrono::days{365});
        answerable_until_ = seconds_of(now - std::chrono::days{7});
        running_week_ = seconds_of(local_midnight(zone, iso_week_monday(now + std::chrono::seconds{1}, zone)));
    }

    void add(const Row& row) {
        const Instant at = instant_of(row.at);
        const ActivityKind kind = bits::kind(row.bits);
        const bool mine = (row.bits & bits::is_me) != 0;
        const bool automatic = (row.bits & bits::automatic) != 0;
        if (!history_.first_record) history_.first_record = at;
        history_.last_record = at;
        if (mine) {
            ++history_.my_activities;
            if (is_act(kind)) {
                history_.acts.push_back({.at = at, .kind = kind, .words = row.words, .asks = ((row.bits >> bits::question_at) & 3U) == 2});
            } else {
                history_.my_lights.push_back({.at = at, .kind = kind, .words = row.words});
                history_.my_last_light = at;
                if (kind == ActivityKind::reaction) ++history_.my_reactions;
            }
        } else {
            ++history_.others_activities;
            if (!automatic && is_act(kind)) history_.others_last = at;
        }
        if (follow_ && !automatic) {
            const ConversationRow said{.at = at, .kind = kind, .mine = mine, .to_me = (row.bits & (bits::mentions_me | bits::replies_to_me)) != 0,
                                       .named = (row.bits & bits::mentions_me) != 0, .question = bits::is_yes(row.bits, bits::question_at),
                                       .request = bits::is_yes(row.bits, bits::request_at), .thanks = bits::is_yes(row.bits, bits::thanks_at),
                                       .introduction = bits::is_yes(row.bits, bits::introduction_at), .author = row.author, .id = row.id,
                                       .parent = row.parent};
            giving_.add(said);
            if (with_calls_ && is_act(kind)) calls_.add(said);
        }
        // A bot is counted among the activities, but is nobody: neither volume nor author.
        if (!is_act(kind) || automatic) return;
        if (row.at >= month_end_) start_month(at);
        if (row.at < recent_until_) {
            if (row.at >= week_end_) start_week(at);
            WeekVolume& week = history_.weeks.back();
            ++(mine ? week.mine : week.others);
            if (!mine) week.words_others += row.words;
        }
        MonthVolume& month = history_.months.back();
        ++(mine ? month.mine : month.others);
        const bool this_year = row.at >= year_from_ && row.at < recent_until_;
        if (this_year) add_to_year(row, kind);
        if (row.author != 0) {
            bool is_new = false;
            AuthorTable::Entry& author = authors_.find_or_add(row.author, is_new);
            if (is_new) {
                ++month.new_authors;
                if (!mine) {
                    ++history_.others_authors;
                    history_.authors.push_back(row.author);
                }
            } else if (author.month == month.month - 1) {
                ++month.returning_authors;
            }
            if (is_new || author.month != month.month) ++month.authors;
            author.month = month.month;
            author.year += this_year;
            if (row.at < running_week_) author.week = static_cast<std::int32_t>(history_.weeks.size()) - 1;
            if (!mine && !author.recent && row.at >= recent_from_ && row.at < recent_until_) {
                author.recent = true;
                ++history_.authors_90d;
            }
        }
        for (std::size_t i = 0; i + sizeof(std::uint64_t) <= row.links.size(); i += sizeof(std::uint64_t)) {
            std::uint64_t link = 0;
            std::memcpy(&link, row.links.data() + i, sizeof link);
            history_.links.push_back({.key = link, .at = at});
        }
        if (row.sketch != 0) history_.texts.push_back({.key = row.sketch, .at = at});
    }

    void finish() {
        YearFigures& year = history_.year;
        authors_.for_each([&](const AuthorTable::Entry& each) {
            if (each.week >= 0) ++history_.weeks[static_cast<std::size_t>(each.week)].authors_last;
            if (each.year > 0) year.posts_by_author.push_back(each.year);
        });
        std::ranges::sort(year.posts_by_author, std::ranges::greater{});
        if (year.gaps > 1) year.gap_deviation = std::sqrt(gap_squares_ / static_cast<double>(year.gaps));
        if (answers_known_) {
            year.threads = threads_.size();
            for (const auto& [id, thread] : threads_) year.lonely += !thread.answered;
        }
        calls_.finish(history_);
        giving_.finish(history_);
    }

private:
    void add_to_year(const Row& row, ActivityKind kind) {
        YearFigures& year = history_.year;
        ++year.posts;
        year.questions += ((row.bits >> bits::question_at) & 3U) == 2;
        year.with_links += !row.links.empty();
        if (last_in_year_ > 0) {  // Welford's running mean and squares
            const double gap = static_cast<double>(row.at - last_in_year_) / 3600, off = gap - year.gap_mean;
            year.gap_mean += off / static_cast<double>(++year.gaps);
            gap_squares_ += off * (gap - year.gap_mean);
        }
        last_in_year_ = row.at;
        if (row.parent == 0) {
            if ((kind == ActivityKind::post || kind == ActivityKind::share) && row.at < answerable_until_) threads_.try_emplace(row.id, Thread{row.author});
            return;
        }
        const auto thread = threads_.find(row.parent);
        if (thread == threads_.end()) return;
        answers_known_ = true;
        thread->second.answered = thread->second.answered || row.author != thread->second.author;
    }
    void start_month(Instant at) {
        const LocalTime local = zone_.to_local(at);
        const auto month = static_cast<std::int32_t>(local.year * 12 + static_cast<int>(local.month) - 1);
        const int next_year = local.month == 12 ? local.year + 1 : local.year;
        month_end_ = seconds_of(zone_.to_instant({.year = next_year, .month = local.month % 12 + 1, .day = 1}).value_or(at + std::chrono::days{1}));
        if (history_.months.empty() || history_.months.back().month != month) history_.months.push_back({.month = month});
    }
    void start_week(Instant at) {
        const Date monday = iso_week_monday(at, zone_);
        week_end_ = seconds_of(local_midnight(zone_, monday + std::chrono::days{7}));
        if (history_.weeks.empty() || history_.weeks.back().monday != monday) history_.weeks.push_back({.monday = monday});
    }

    GroupHistory& history_;
    const Zone& zone_;
    AuthorTable& authors_;
    bool follow_, with_calls_;
    CallTracker calls_;
    GivingTracker giving_;
    std::int64_t recent_from_ = 0, recent_until_ = 0, running_week_ = 0;
    struct Thread {
        std::int64_t author = 0;
        bool answered = false;
    };
    std::unordered_map<std::uint64_t, Thread> threads_;  // of the year
    std::int64_t year_from_ = 0, answerable_until_ = 0, last_in_year_ = 0;
    double gap_squares_ = 0;
    bool answers_known_ = false;
    std::int64_t month_end_ = std::numeric_limits<std::int64_t>::min();
    std::int64_t week_end_ = std::numeric_limits<std::int64_t>::min();
};

std::string coverage_word(const std::vector<CoveragePeriod>& coverage) {
    std::optional<CoverageKind> kind;
    for (const CoveragePeriod& each : coverage) {
        if (kind && *kind != each.kind) return "mixed";
        kind = each.kind;
    }
    return std::string(to_string(kind.value_or(CoverageKind::names_only)));
}

/// Everything that is read once for a whole walk over groups.
class GroupReader {
public:
    GroupReader(Store::Impl& impl, Date as_of, const Zone& zone)
        : impl_(impl), database_(impl.database), as_of_(as_of), zone_(zone), limit_(end_of_day(as_of, zone)),
          last_act_(database_.getHandle(),
                    "SELECT at FROM activity INDEXED BY my_act WHERE grp = ?1 AND at < ?2 AND bits & 1 ORDER BY at DESC LIMIT 1") {
        sets_.load(database_);
        same_ = impl_.same_people();
        SQLite::Statement times(database_, "SELECT id, coalesce(exported_at, newest) FROM source");
        while (times.executeStep())
            if (!times.isColumnNull(1)) source_times_[times.getColumn(0).getInt64()] = times.getColumn(1).getInt64();
        SQLite::Statement answers(database_, "SELECT grp, question, value, day FROM answer WHERE day <= ? ORDER BY grp, question, day");
        answers.bind(1, days_of(as_of));
        while (answers.executeStep())
            answers_[answers.getColumn(0).getString()].push_back({.group = answers.getColumn(0).getString(), .question = answers.getColumn(1).getString(),
                                                                  .value = answers.getColumn(2).getString(),
                                                                  .date = date_of_days(answers.getColumn(3).getInt64())});
    }

    [[nodiscard]] const std::vector<Answer>& answers(const std::string& id) {
        static const std::vector<Answer> none;
        const auto found = answers_.find(id);
        return found == answers_.end() ? none : found->second;
    }

    enum class Depth { listing, dates, whole };
    GroupHistory read(const ShownGroup& group, Depth depth) {
        GroupHistory history;
        history.number = group.numbers.front();
        history.id = group.id;
        history.platform = group.platform;
        history.key = group.key;
        history.name = group.name;
        history.description = group.description;
        history.url = group.url;
        history.language = group.language;
        history.kind = group.kind;
        history.topics = group.topics;
        history.stated_members = group.stated_members;
        history.stated_life = group.stated_life;
        read_state(group, history);
        read_coverage(group, history);
        const Instant now = group_now(history.coverage, last_record(group), limit_);
        Fold fold(history, zone_, now, authors_, depth == Depth::whole && holds_my_act(group));
        walk(group, [&](Row row) {
            row.author = same_.shown(row.author);
            fold.add(row);
        });
        fold.finish();
        history.yet_to_come = history.yet_to_come && history.my_activities == 0 && history.others_activities == 0;
        history.answers = answers(group.id);
        if (depth == Depth::whole) {
            // What is said between two is nobody else's subject: a direct conversation has people, and no words.
            if (group.kind != GroupKind::direct) read_terms(group, history);
            read_exchanges(group, history);
        }
        if (depth != Depth::listing) {
            const PlatformFacts& facts = platform(group.platform);
            history.source_has_unattributed = facts.has_unattributed;
            history.account_last_act = facts.last_act;
            history.account_last_seen = facts.last_seen;
        }
        return history;
    }

    [[nodiscard]] bool holds_my_act(const ShownGroup& group) {
        return std::ranges::any_of(group.numbers, [this](std::int64_t number) { return my_last_act(number).has_value(); });
    }

private:
    [[nodiscard]] std::optional<Instant> my_last_act(std::int64_t group) {
        last_act_.bind(1, group);
        last_act_.bind(2, seconds_of(limit_));
        std::optional<Instant> at;
        if (last_act_.step() && last_act_.integer(0) != undated) at = instant_of(last_act_.integer(0));
        last_act_.reset();
        return at;
    }

    struct PlatformFacts {
        bool has_unattributed = false;
        std::optional<Instant> last_act, last_seen;
    };

    const PlatformFacts& platform(const std::string& name) {
        const auto known = platforms_.find(name);
        if (known != platforms_.end()) return known->second;
        PlatformFacts facts;
        SQLite::Statement groups(database_, "SELECT id, key FROM grp WHERE platform = ?");
        groups.bind(1, name);
        while (groups.executeStep()) {
            const std::int64_t number = groups.getColumn(0).getInt64();
            if (const auto at = my_last_act(number); at && (!facts.last_act || *facts.last_act < *at)) facts.last_act = at;
            if (groups.getColumn(1).getString().empty()) {
                SQLite::Statement mine(database_, "SELECT 1 FROM activity WHERE grp = ? AND at < ? AND bits & 2 LIMIT 1");
                mine.bind(1, number);
                mine.bind(2, seconds_of(limit_));
                facts.has_unattributed = mine.executeStep();
            }
        }
        SQLite::Statement seen(database_,
                               "SELECT max(min(s.newest, ?2)) FROM source s WHERE s.newest IS NOT NULL AND EXISTS "
                               "(SELECT 1 FROM group_statement t JOIN grp g ON g.id = t.grp WHERE t.source = s.id AND g.platform = ?1)");
        seen.bind(1, name);
        seen.bind(2, seconds_of(limit_) - 1);
        if (seen.executeStep()) facts.last_seen = instant_or_nothing(seen.getColumn(0));
        return platforms_[name] = facts;
    }

    [[nodiscard]] std::optional<Instant> last_record(const ShownGroup& group) {
        std::optional<Instant> last;
        for (const std::int64_t number : group.numbers) {
            if (!last_row_)
                last_row_ = std::make_unique<HotStatement>(database_.getHandle(),
                                                           "SELECT at FROM activity WHERE grp = ?1 AND at < ?2 ORDER BY at DESC LIMIT 1");
            last_row_->bind(1, number);
            last_row_->bind(2, seconds_of(limit_));
            if (last_row_->step() && last_row_->integer(0) != undated) {
                const Instant at = instant_of(last_row_->integer(0));
                if (!last || *last < at) last = at;
            }
            last_row_->reset();
        }
        return last;
    }

    template <class Visit>
    void walk(const ShownGroup& group, Visit&& visit) {
        while (cursors_.size() < group.numbers.size())
            cursors_.push_back(std::make_unique<HotStatement>(
                database_.getHandle(), "SELECT at, bits, author, words, links, id, parent, sketch FROM activity WHERE grp = ?1 AND at > ?2 AND at < ?3 ORDER BY at, id"));
        std::vector<HotStatement*> open;
        for (std::size_t i = 0; i < group.numbers.size(); ++i) {
            HotStatement& cursor = *cursors_[i];
            cursor.bind(1, group.numbers[i]);
            cursor.bind(2, undated);
            cursor.bind(3, seconds_of(limit_));
            if (cursor.step()) open.push_back(&cursor);
            else cursor.reset();
        }
        const auto row = [](HotStatement& cursor) {
            return Row{.at = cursor.integer(0), .bits = static_cast<std::uint32_t>(cursor.integer(1)), .author = cursor.integer(2),
                       .words = static_cast<std::uint32_t>(cursor.integer(3)), .id = static_cast<std::uint64_t>(cursor.integer(5)),
                       .parent = static_cast<std::uint64_t>(cursor.integer(6)), .links = cursor.blob(4),
                       .sketch = static_cast<std::uint64_t>(cursor.integer(7))};
        };
        if (open.size() == 1) {
            do visit(row(*open.front()));
            while (open.front()->step());
            open.front()->reset();
            return;
        }
        while (!open.empty()) {
            const auto earliest = std::ranges::min_element(open, {}, [](HotStatement* each) { return each->integer(0); });
            Row merged = row(**earliest);
            // Identities are those of one group: the same number means another message in each.
            const auto part = static_cast<std::uint64_t>(std::ranges::find(cursors_, *earliest, &std::unique_ptr<HotStatement>::get) - cursors_.begin());
            merged.id ^= part << 48U;
            if (merged.parent != 0) merged.parent ^= part << 48U;
            visit(merged);
            if ((*earliest)->step()) continue;
            (*earliest)->reset();
            open.erase(earliest);
        }
    }

    void read_state(const ShownGroup& group, GroupHistory& history) {
        struct Evidence {
            std::int64_t time = 0;
            int strength = 0;
            MembershipEvent event = MembershipEvent::unknown;
            std::optional<Instant> at;
            Role role = Role::none;
            std::optional<bool> pinned;
        };
        std::vector<Evidence> evidence;
        bool was_there = false;  // by a date, or by an export made before the one asked about
        SQLite::Statement rows(database_, "SELECT event, at, role, pinned, sources FROM membership WHERE grp = ? AND is_me");
        for (const std::int64_t number : group.numbers) {
            rows.bind(1, number);
            while (rows.executeStep()) {
                Evidence each{.event = static_cast<MembershipEvent>(rows.getColumn(0).getInt()), .at = instant_or_nothing(rows.getColumn(1)),
                              .role = static_cast<Role>(rows.getColumn(2).getInt()), .pinned = flag_or_nothing(rows.getColumn(3))};
                if (each.at && *each.at >= limit_) {
                    history.yet_to_come = history.yet_to_come || each.event == MembershipEvent::joined;
                    continue;
                }
                if (each.at) {
                    each.time = seconds_of(*each.at);
                } else {
                    // Without a date it was so when the newest export was made; one made after as_of is the weakest evidence there is.
                    each.time = undated;
                    for (const std::int64_t source : sets_.members(rows.getColumn(4).getInt64()))
                        if (const auto time = source_times_.find(source); time != source_times_.end()) each.time = std::max(each.time, time->second);
                    if (each.time >= seconds_of(limit_)) each.time = undated;
                }
                was_there = was_there || each.time != undated;
                each.strength = each.event == MembershipEvent::unknown ? 0 : each.event == MembershipEvent::left ? 2 : 1;
                evidence.push_back(each);
            }
            rows.reset();
        }
        history.yet_to_come = !was_there && (history.yet_to_come || begins_later(group));
        std::ranges::stable_sort(evidence, [](const Evidence& a, const Evidence& b) {
            return std::tie(a.time, a.strength, a.event) < std::tie(b.time, b.strength, b.event);
        });
        for (const Evidence& each : evidence) {
            if (each.role != Role::none) history.role = each.role;
            if (each.pinned) history.pinned = *each.pinned;
            switch (each.event) {
                case MembershipEvent::joined:
                    if (history.state == MemberState::left || !history.joined_at) history.joined_at = each.at;
                    history.state = MemberState::member;
                    history.left_at.reset();
                    break;
                case MembershipEvent::member:
                    if (history.state == MemberState::left) history.joined_at.reset();
                    history.state = MemberState::member;
                    history.left_at.reset();
                    break;
                case MembershipEvent::left:
                    history.state = MemberState::left;
                    history.left_at = each.at;
                    break;
                case MembershipEvent::unknown:
                    break;
            }
        }
    }

    /// Whether the whole conversation is known, and begins after the date asked about.
    [[nodiscard]] bool begins_later(const ShownGroup& group) {
        std::optional<std::int64_t> first;
        SQLite::Statement rows(database_, "SELECT min(coalesce(begins, ?)) FROM coverage WHERE grp = ? AND kind = ?");
        for (const std::int64_t number : group.numbers) {
            rows.bind(1, undated);
            rows.bind(2, number);
            rows.bind(3, static_cast<int>(CoverageKind::full));
            if (rows.executeStep() && !rows.getColumn(0).isNull()) first = std::min(first.value_or(rows.getColumn(0).getInt64()), rows.getColumn(0).getInt64());
            rows.reset();
        }
        return first && *first >= seconds_of(limit_);
    }

    void read_coverage(const ShownGroup& group, GroupHistory& history) {
        for (const std::int64_t number : group.numbers) {
            SQLite::Statement rows(database_, "SELECT kind, begins, ends, source, end_known FROM coverage WHERE grp = ? ORDER BY source, ordinal");
            rows.bind(1, number);
            while (rows.executeStep()) {
                CoveragePeriod& each = history.coverage.emplace_back(
                    CoveragePeriod{.kind = static_cast<CoverageKind>(rows.getColumn(0).getInt()), .begin = instant_or_nothing(rows.getColumn(1)),
                                   .end = instant_or_nothing(rows.getColumn(2)), .source = rows.getColumn(3).getInt64(),
                                   .whole_source_end_known = rows.getColumn(4).getInt() != 0});
                // An export made later says nothing of a day that had not come.
                if (each.end) each.end = std::min(*each.end, limit_);
                if (each.begin && *each.begin >= limit_) history.coverage.pop_back();
            }
        }
    }

    void read_terms(const ShownGroup& group, GroupHistory& history) {
        std::map<std::int32_t, QuarterTerms> quarters;
        std::map<std::int32_t, std::vector<std::string>> blobs;
        const std::int32_t last_quarter = quarter_of(seconds_of(limit_) - 1);
        SQLite::Statement rows(database_, "SELECT quarter, approximate, counts FROM term WHERE grp = ? AND quarter <= ? ORDER BY quarter, source");
        for (const std::int64_t number : group.numbers) {
            rows.bind(1, number);
            rows.bind(2, last_quarter);
            while (rows.executeStep()) {
                const auto quarter = static_cast<std::int32_t>(rows.getColumn(0).getInt());
                QuarterTerms& each = quarters[quarter];
                each.quarter = quarter;
                each.approximate = each.approximate || rows.getColumn(1).getInt() != 0;
                blobs[quarter].push_back(rows.getColumn(2).getString());
            }
            rows.reset();
            // The last quarter may hold words written after as_of.
            if (const auto last = quarters.find(last_quarter); last != quarters.end() && !last->second.approximate) {
                SQLite::Statement later(database_, "SELECT at FROM activity WHERE grp = ? AND at >= ? ORDER BY at LIMIT 1");
                later.bind(1, number);
                later.bind(2, seconds_of(limit_));
                if (later.executeStep() && quarter_of(later.getColumn(0).getInt64()) == last_quarter) last->second.approximate = true;
            }
        }
        for (auto& [quarter, terms] : quarters) {
            std::string merged = std::move(blobs[quarter].front());
            for (std::size_t i = 1; i < blobs[quarter].size(); ++i) {
                std::vector<std::pair<std::string, std::uint32_t>> counts;
                decode_terms(blobs[quarter][i], [&](std::string_view token, std::uint32_t count) { counts.emplace_back(token, count); });
                merged = merge_terms(merged, std::vector<TermCount>(counts.begin(), counts.end()));
            }
            decode_terms(merged, [&](std::string_view token, std::uint32_t count) { terms.counts.emplace_back(token, count); });
            history.terms.push_back(std::move(terms));
        }
    }

    void read_exchanges(const ShownGroup& group, GroupHistory& history) {
        SQLite::Statement rows(database_, "SELECT person, day, given, received FROM exchange WHERE grp = ? AND day <= ? ORDER BY person, day");
        for (const std::int64_t number : group.numbers) {
            rows.bind(1, number);
            rows.bind(2, days_of(as_of_));
            while (rows.executeStep())
                history.exchanges.push_back({.person = same_.shown(rows.getColumn(0).getInt64()), .day = date_of_days(rows.getColumn(1).getInt64()),
                                             .given = static_cast<std::uint32_t>(rows.getColumn(2).getInt64()),
                                             .received = static_cast<std::uint32_t>(rows.getColumn(3).getInt64())});
            rows.reset();
        }
        if (group.numbers.size() == 1 && same_.empty()) return;
        std::ranges::sort(history.exchanges, [](const Exchange& a, const Exchange& b) { return std::tie(a.person, a.day) < std::tie(b.person, b.day); });
        std::vector<Exchange> merged;
        for (const Exchange& each : history.exchanges) {
            if (!merged.empty() && merged.back().person == each.person && merged.back().day == each.day) {
                merged.back().given += each.given;
                merged.back().received += each.received;
            } else {
                merged.push_back(each);
            }
        }
        history.exchanges = std::move(merged);
    }

    Store::Impl& impl_;
    SQLite::Database& database_;
    Date as_of_;
    const Zone& zone_;
    Instant limit_;
    HotStatement last_act_;
    std::unique_ptr<HotStatement> last_row_;
    std::vector<std::unique_ptr<HotStatement>> cursors_;
    SourceSets sets_;
    SamePeople same_;
    std::map<std::int64_t, std::int64_t> source_times_;
    std::map<std::string, std::vector<Answer>> answers_;
    std::map<std::string, PlatformFacts> platforms_;
    AuthorTable authors_;
};

GroupName name_of(const ShownGroup& group) {
    return {.number = group.numbers.front(), .id = group.id, .platform = group.platform, .key = group.key, .name = group.name, .kind = group.kind};
}

}  // namespace

std::vector<ShownGroup> Store::Impl::shown_groups(Aliases aliases) {
    std::vector<ShownGroup> groups;
    std::map<std::string, std::size_t> places;
    {
        // Later exports speak after earlier ones: what they say stands.
        SQLite::Statement rows(database,
                               "SELECT g.id, g.platform, g.key, t.stated, t.name, t.description, t.url, t.kind, t.topics, t.language, t.members, "
                               "t.measured_at, t.posts_30d, t.last_post "
                               "FROM grp g JOIN group_statement t ON t.grp = g.id JOIN source s ON s.id = t.source WHERE g.key <> '' "
                               "ORDER BY g.platform, g.key, coalesce(s.exported_at, s.newest, 0), s.id");
        while (rows.executeStep()) {
            const std::int64_t number = rows.getColumn(0).getInt64();
            if (groups.empty() || groups.back().numbers.front() != number) {
                ShownGroup& fresh = groups.emplace_back();
                fresh.numbers.push_back(number);
                fresh.platform = rows.getColumn(1).getString();
                fresh.key = rows.getColumn(2).getString();
                fresh.id = fresh.platform + ':' + fresh.key;
            }
            ShownGroup& group = groups.back();
            if (rows.getColumn(3).getInt() == 0) continue;
            const auto take = [&](std::string& field, int column) {
                if (std::string text = rows.getColumn(column).getString(); !text.empty()) field = std::move(text);
            };
            take(group.name, 4);
            take(group.description, 5);
            take(group.url, 6);
            group.kind = static_cast<GroupKind>(rows.getColumn(7).getInt());
            if (auto topics = split_lines(rows.getColumn(8).getString()); !topics.empty()) group.topics = std::move(topics);
            take(group.language, 9);
            if (!rows.isColumnNull(10)) group.stated_members = static_cast<std::uint64_t>(rows.getColumn(10).getInt64());
            if (!rows.isColumnNull(11) && !(rows.isColumnNull(12) && rows.isColumnNull(13))) {
                StatedLife& life = group.stated_life.emplace(StatedLife{.measured_at = *instant_or_nothing(rows.getColumn(11))});
                if (!rows.isColumnNull(12)) life.posts_30d = static_cast<std::uint64_t>(rows.getColumn(12).getInt64());
                life.last_post = instant_or_nothing(rows.getColumn(13));
            }
        }
    }
    std::ranges::sort(groups, {}, &ShownGroup::id);
    if (aliases == Aliases::ignore) return groups;
    for (std::size_t i = 0; i < groups.size(); ++i) places[groups[i].id] = i;

    std::map<std::string, std::string> into;
    SQLite::Statement rows(database, "SELECT grp, name, merged_into FROM alias");
    while (rows.executeStep()) {
        const std::string id = rows.getColumn(0).getString();
        const auto place = places.find(id);
        if (place == places.end()) continue;  // of no source now; it counts again when one is imported
        if (!rows.isColumnNull(1)) groups[place->second].name = rows.getColumn(1).getString();
        if (!rows.isColumnNull(2) && places.contains(rows.getColumn(2).getString())) into[id] = rows.getColumn(2).getString();
    }
    std::vector<bool> merged(groups.size());
    for (const auto& [from, to] : into) {
        std::string root = to;
        for (auto next = into.find(root); next != into.end() && root != from; next = into.find(root)) root = next->second;
        if (root == from) continue;
        ShownGroup& source = groups[places[from]];
        ShownGroup& target = groups[places[root]];
        target.numbers.push_back(source.numbers.front());
        merged[places[from]] = true;
        if (target.name.empty()) target.name = source.name;
        if (target.description.empty()) target.description = source.description;
        if (target.url.empty()) target.url = source.url;
        if (target.language.empty()) target.language = source.language;
        if (target.topics.empty()) target.topics = source.topics;
        if (!target.stated_members) target.stated_members = source.stated_members;
        if (!target.stated_life) target.stated_life = source.stated_life;
    }
    std::vector<ShownGroup> shown;
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (!merged[i]) shown.push_back(std::move(groups[i]));
    return shown;
}

std::optional<ShownGroup> Store::Impl::shown_group(std::string_view id) {
    for (ShownGroup& each : shown_groups())
        if (each.id == id) return std::move(each);
    return std::nullopt;
}

bool Store::Impl::is_direct(std::int64_t group) {
    SQLite::Statement row(database,
                          "SELECT kind FROM group_statement t JOIN source s ON s.id = t.source WHERE grp = ? AND stated "
                          "ORDER BY coalesce(s.exported_at, s.newest, 0) DESC, s.id DESC LIMIT 1");
    row.bind(1, group);
    return row.executeStep() && static_cast<GroupKind>(row.getColumn(0).getInt()) == GroupKind::direct;
}

std::vector<GroupName> Store::group_names() const {
    return guarded([&] {
        std::vector<GroupName> names;
        for (const ShownGroup& each : impl_->shown_groups())
            if (each.kind != GroupKind::direct) names.push_back(name_of(each));
        return names;
    });
}

std::uint64_t Store::unnamed_groups() const {
    std::uint64_t count = 0;
    for (const GroupName& each : group_names()) count += each.name.empty();
    return count;
}

std::uint64_t Store::direct_conversations() const {
    return guarded([&] {
        std::uint64_t count = 0;
        for (const ShownGroup& each : impl_->shown_groups()) count += each.kind == GroupKind::direct;
        return count;
    });
}

std::vector<GroupListing> Store::groups(Date as_of, const Zone& zone) const {
    return guarded([&] {
        std::vector<GroupListing> listings;
        GroupReader reader(*impl_, as_of, zone);
        for (const ShownGroup& group : impl_->shown_groups()) {
            if (group.kind == GroupKind::direct) continue;
            const GroupHistory history = reader.read(group, GroupReader::Depth::listing);
            if (history.yet_to_come) continue;
            GroupListing& each = listings.emplace_back();
            each.id = history.id;
            each.platform = history.platform;
            each.key = history.key;
            each.name = history.name;
            each.url = history.url;
            each.kind = history.kind;
            for (const Answer& answer : history.answers)  // the latest one stands
                if (answer.question == "scope") each.scope = parse_scope(answer.value).value_or(each.scope);
            each.state = history.state;
            each.role = history.role;
            each.pinned = history.pinned;
            each.joined_at = history.joined_at;
            each.left_at = history.left_at;
            each.coverage = coverage_word(history.coverage);
            each.activities = history.my_activities;
            each.acts = history.acts.size();
            each.reactions = history.my_reactions;
            std::optional<Date> week;
            for (const MyAct& act : history.acts) {
                each.words += act.words;
                const Date monday = iso_week_monday(act.at, zone);
                each.active_weeks += week != monday;
                week = monday;
            }
            if (!history.acts.empty()) {
                each.first = history.acts.front().at;
                each.last = history.acts.back().at;
            }
            each.others_known = std::ranges::any_of(history.coverage, [](const CoveragePeriod& period) { return period.kind == CoverageKind::full; });
            if (each.others_known) {
                each.others_activities = history.others_activities;
                each.others_authors = history.others_authors;
                each.others_last = history.others_last;
            }
        }
        return listings;
    });
}

std::optional<GroupHistory> Store::load_history(std::string_view group_id, Date as_of, const Zone& zone) const {
    return guarded([&]() -> std::optional<GroupHistory> {
        const auto group = impl_->shown_group(group_id);
        if (!group) return std::nullopt;
        return GroupReader(*impl_, as_of, zone).read(*group, GroupReader::Depth::whole);
    });
}

void Store::for_each_group(Date as_of, const Zone& zone, const std::function<void(GroupHistory&&)>& visit, Reading reading) const {
    guarded([&] {
        GroupReader reader(*impl_, as_of, zone);
        for (const ShownGroup& group : impl_->shown_groups()) {
            if (reading == Reading::whole) {
                if (GroupHistory history = reader.read(group, GroupReader::Depth::whole); !history.yet_to_come) visit(std::move(history));
            }
            else if (reader.holds_my_act(group)) visit(reader.read(group, GroupReader::Depth::dates));
        }
    });
}

std::vector<Unattributed> Store::unattributed(Date as_of, const Zone& zone) const {
    return guarded([&] {
        std::vector<Unattributed> found;
        SQLite::Statement rows(impl_->database,
                               "SELECT g.platform, a.at, a.bits, coalesce(a.words, 0) FROM grp g JOIN activity a ON a.grp = g.id "
                               "WHERE g.key = '' AND a.at > ?1 AND a.at < ?2 AND a.bits & 2 ORDER BY g.platform, a.at, a.id");
        rows.bind(1, undated);
        rows.bind(2, seconds_of(end_of_day(as_of, zone)));
        while (rows.executeStep()) {
            const std::string platform = rows.getColumn(0).getString();
            if (found.empty() || found.back().platform != platform) found.push_back({.platform = platform, .acts = {}});
            const auto row_bits = static_cast<std::uint32_t>(rows.getColumn(2).getInt64());
            found.back().acts.push_back({.at = instant_of(rows.getColumn(1).getInt64()), .kind = bits::kind(row_bits),
                                         .words = static_cast<std::uint32_t>(rows.getColumn(3).getInt64()), .asks = ((row_bits >> bits::question_at) & 3U) == 2});
        }
        return found;
    });
}

void Store::for_each_text(Instant from, Instant until, const std::function<void(std::string_view)>& visit) const {
    guarded([&] {
        SQLite::Statement rows(impl_->database, "SELECT text FROM my_text WHERE at >= ?1 AND at < ?2");
        rows.bind(1, seconds_of(from));
        rows.bind(2, seconds_of(until));
        while (rows.executeStep()) visit(rows.getColumn(0).getString());
    });
}

std::vector<MyPost> Store::my_posts(std::string_view group_id, std::size_t limit) const {
    return guarded([&] {
        std::vector<MyPost> posts;
        const auto group = impl_->shown_group(group_id);
        if (!group) return posts;
        for (const std::int64_t number : group->numbers) {
            SQLite::Statement rows(impl_->database,
                                   "SELECT a.at, a.bits, a.words, coalesce(t.text, '') FROM activity a INDEXED BY my_act "
                                   "LEFT JOIN my_text t ON t.grp = a.grp AND t.at = a.at AND t.id = a.id "
                                   "WHERE a.grp = ?1 AND a.bits & 1 ORDER BY a.at DESC, a.id DESC LIMIT ?2");
            rows.bind(1, number);
            rows.bind(2, limit == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(limit));
            while (rows.executeStep()) {
                const std::int64_t at = rows.getColumn(0).getInt64();
                posts.push_back({.at = at == undated ? std::nullopt : std::optional(instant_of(at)),
                                 .kind = bits::kind(static_cast<std::uint32_t>(rows.getColumn(1).getInt64())),
                                 .words = static_cast<std::uint32_t>(rows.getColumn(2).getInt64()), .text = rows.getColumn(3).getString()});
            }
        }
        std::ranges::stable_sort(posts, [](const MyPost& a, const MyPost& b) { return b.at < a.at; });
        if (limit > 0 && posts.size() > limit) posts.resize(limit);
        return posts;
    });
}

std::vector<PeopleMet> Store::people_met(Date as_of) const {
    return guarded([&] {
        std::map<std::int64_t, std::pair<std::string, bool>> shown;
        std::map<std::string, std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>>> totals;
        std::map<std::string, PeopleMet> met;
        const SamePeople same = impl_->same_people();
        for (const ShownGroup& group : impl_->shown_groups()) {
            for (const std::int64_t number : group.numbers) shown[number] = {group.id, group.kind == GroupKind::direct};
            met[group.id] = {.group = group.numbers.front(), .id = group.id, .direct = group.kind == GroupKind::direct, .people = {}};
        }
        SQLite::Statement rows(impl_->database, "SELECT grp, person, sum(given), sum(received) FROM exchange WHERE day <= ? GROUP BY grp, person");
        rows.bind(1, days_of(as_of));
        while (rows.executeStep()) {
            const auto group = shown.find(rows.getColumn(0).getInt64());
            if (group == shown.end()) continue;
            auto& [given, received] = totals[group->second.first][same.shown(rows.getColumn(1).getInt64())];
            given += rows.getColumn(2).getInt64();
            received += rows.getColumn(3).getInt64();
        }
        std::vector<PeopleMet> found;
        for (auto& [id, people] : totals) {
            PeopleMet& each = met[id];
            for (const auto& [person, exchanged] : people)
                if (exchanged.first > 0 && exchanged.second > 0) each.people.push_back(person);
            if (!each.people.empty()) found.push_back(std::move(each));
        }
        return found;
    });
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// A notation for what is known of one group: group("telegram:channel1", "Birders").act("2026-03-01").says("Ada", "2026-03-02").
// Dates are days or RFC 3339 instants, UTC. What the store would fold from rows (months, weeks, authors) is folded here.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "model/history.hpp"

namespace secateur::test {

inline Date day(std::string_view text) {
    const auto found = parse_date(text);
    if (!found) throw std::invalid_argument("no date: " + std::string(text));
    return *found;
}
/// Noon of a day, or the instant as written.
inline Instant at(std::string_view text) {
    if (const auto found = parse_date(text)) return Instant(*found) + std::chrono::hours(12);
    const auto found = parse_rfc3339(text);
    if (!found) throw std::invalid_argument("no instant: " + std::string(text));
    return found->at;
}
/// The number a person of that name has in these tests.
inline std::int64_t person(std::string_view name) { return static_cast<std::int64_t>(hash64(name) >> 2) | 1; }

class HistoryBuilder {
public:
    HistoryBuilder(std::string_view id, std::string_view name) {
        history_.id = id;
        const std::size_t colon = id.find(':');
        history_.platform = id.substr(0, colon);
        history_.key = colon == std::string_view::npos ? "" : id.substr(colon + 1);
        history_.name = name;
        history_.state = MemberState::member;
        history_.number = person(id);
    }

    HistoryBuilder& about(std::string_view text) { return history_.description = text, *this; }
    HistoryBuilder& kind(GroupKind value) { return history_.kind = value, *this; }
    HistoryBuilder& language(std::string_view value) { return history_.language = value, *this; }
    HistoryBuilder& topic(std::string_view value) { return history_.topics.emplace_back(value), *this; }
    HistoryBuilder& joined(std::string_view when) { return history_.joined_at = at(when), *this; }
    HistoryBuilder& left(std::string_view when) { return history_.left_at = at(when), history_.state = MemberState::left, *this; }
    HistoryBuilder& role(Role value) { return history_.role = value, *this; }
    HistoryBuilder& unattributed() { return history_.source_has_unattributed = true, *this; }
    HistoryBuilder& account_last(std::string_view when) { return history_.account_last_act = at(when), *this; }

    /// One act of mine; `times` of them a week apart.
    HistoryBuilder& act(std::string_view when, std::uint32_t words = 10) { return act(at(when), words); }
    HistoryBuilder& act(Instant when, std::uint32_t words = 10) {
        history_.acts.push_back({when, ActivityKind::post, words});
        return *this;
    }
    HistoryBuilder& acts_weekly(std::string_view last, int times) {
        for (int i = 0; i < times; ++i) act(at(last) - std::chrono::days(7 * i));
        return *this;
    }
    HistoryBuilder& reacts(std::string_view when) {
        ++history_.my_reactions;
        ++history_.my_activities;
        if (!history_.my_last_light || at(when) > *history_.my_last_light) history_.my_last_light = at(when);
        return *this;
    }
    /// Somebody else's post.
    HistoryBuilder& says(std::string_view who, std::string_view when, std::uint32_t words = 10) {
        return says(who, at(when), words);
    }
    HistoryBuilder& says(std::string_view who, Instant when, std::uint32_t words = 10) {
        others_.push_back({when, std::string(who), words});
        return *this;
    }
    /// Both ways with that person on that day.
    HistoryBuilder& exchanges(std::string_view who, std::string_view when, std::uint32_t given = 1, std::uint32_t received = 1) {
        history_.exchanges.push_back({person(who), day(when), given, received});
        return *this;
    }
    HistoryBuilder& covered(CoverageKind kind, std::string_view begin, std::string_view end, bool end_known = true) {
        CoveragePeriod period{.kind = kind, .begin = at(begin), .end = at(end), .source = 1, .whole_source_end_known = end_known};
        history_.coverage.push_back(period);
        return *this;
    }
    HistoryBuilder& full(std::string_view begin, std::string_view end) { return covered(CoverageKind::full, begin, end); }
    HistoryBuilder& own_only(std::string_view begin, std::string_view end) { return covered(CoverageKind::own_only, begin, end); }
    HistoryBuilder& answer(std::string_view question, std::string_view value, std::string_view date) {
        history_.answers.push_back({history_.id, std::string(question), std::string(value), day(date)});
        return *this;
    }
    /// What a table says of its life.
    HistoryBuilder& stated(std::string_view measured, std::optional<std::uint64_t> posts, std::optional<std::string_view> last_post) {
        history_.stated_life = StatedLife{.measured_at = at(measured), .posts_30d = posts, .last_post = {}};
        if (last_post) history_.stated_life->last_post = at(*last_post);
        return *this;
    }
    /// Words of the posts in the quarter of that day: "formation 12, recrutement 3".
    HistoryBuilder& words(std::string_view when, std::string_view counts) {
        const std::chrono::year_month_day date{day(when)};
        QuarterTerms quarter{.quarter = static_cast<int>(date.year()) * 4 +
                                        static_cast<std::int32_t>((static_cast<unsigned>(date.month()) - 1) / 3)};
        for (const std::string_view each : split(counts, ',')) {
            const auto parts = split(trim(each), ' ');
            quarter.counts.emplace_back(parts.at(0), static_cast<std::uint32_t>(parse_integer(parts.at(1)).value()));
        }
        std::sort(quarter.counts.begin(), quarter.counts.end());
        history_.terms.push_back(std::move(quarter));
        return *this;
    }

    [[nodiscard]] GroupHistory build() const {
        GroupHistory out = history_;
        std::sort(out.acts.begin(), out.acts.end(), [](const MyAct& a, const MyAct& b) { return a.at < b.at; });
        std::sort(out.exchanges.begin(), out.exchanges.end(),
                  [](const Exchange& a, const Exchange& b) { return std::tie(a.person, a.day) < std::tie(b.person, b.day); });
        std::sort(out.terms.begin(), out.terms.end(),
                  [](const QuarterTerms& a, const QuarterTerms& b) { return a.quarter < b.quarter; });
        out.my_activities += out.acts.size();
        struct Event {
            Instant when;
            std::string who;  // empty: me
            std::uint32_t words;
        };
        std::vector<Event> events;
        for (const MyAct& each : out.acts) events.push_back({each.at, "", each.words});
        for (const Said& each : others_) events.push_back({each.when, each.who, each.words});
        std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.when < b.when; });
        std::map<std::int32_t, std::pair<MonthVolume, std::set<std::string>>> months;
        std::map<Date, WeekVolume> weeks;
        std::set<std::string> seen, authors, lately;
        std::optional<Instant> end;  // where the data stop
        for (const CoveragePeriod& each : out.coverage)
            if (each.end && (!end || *each.end > *end)) end = each.end;
        if (!end && !events.empty()) end = events.back().when;
        for (const Event& each : events) {
            const std::chrono::year_month_day date{date_of(each.when)};
            const std::int32_t month =
                static_cast<int>(date.year()) * 12 + static_cast<std::int32_t>(static_cast<unsigned>(date.month())) - 1;
            auto& [volume, who] = months[month];
            volume.month = month;
            const Date monday = iso_week_monday(each.when, Zone::utc());
            WeekVolume& week = weeks[monday];
            week.monday = monday;
            ++(each.who.empty() ? volume.mine : volume.others);
            ++(each.who.empty() ? week.mine : week.others);
            if (!each.who.empty()) {
                week.words_others += each.words;
                authors.insert(each.who);
                if (each.when <= *end && each.when >= *end - std::chrono::days(90)) lately.insert(each.who);
                ++out.others_activities;
                out.others_last = each.when;
            }
            if (who.insert(each.who).second) {
                ++volume.authors;
                if (seen.insert(each.who).second) ++volume.new_authors;
                const auto before = months.find(month - 1);
                if (before != months.end() && before->second.second.contains(each.who)) ++volume.returning_authors;
            }
        }
        for (auto& [month, each] : months) out.months.push_back(each.first);
        for (auto& [monday, each] : weeks) out.weeks.push_back(each);
        out.others_authors = authors.size();
        out.authors_90d = lately.size();
        if (!events.empty()) {
            out.first_record = events.front().when;
            out.last_record = events.back().when;
        }
        if (!out.acts.empty() && !out.account_last_act) out.account_last_act = out.acts.back().at;
        return out;
    }
    operator GroupHistory() const { return build(); }  // NOLINT: a notation

private:
    struct Said {
        Instant when;
        std::string who;
        std::uint32_t words;
    };
    GroupHistory history_;
    std::vector<Said> others_;
};

inline HistoryBuilder group(std::string_view id, std::string_view name) { return HistoryBuilder(id, name); }

}  // namespace secateur::test

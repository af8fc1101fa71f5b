// SPDX-License-Identifier: GPL-3.0-or-later
// An export that is a list of records, its connector, and a store that is looked at as a whole. Invented people only.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "connectors/connector.hpp"
#include "ingest/import.hpp"
#include "store/store.hpp"
#include "tests/support/memory_source.hpp"

namespace secateur::test {

inline Instant at(std::string_view rfc3339) { return parse_rfc3339(rfc3339)->at; }
inline Date day(std::string_view date) { return *parse_date(date); }

inline Activity post(std::string group, std::string author, std::string_view time, std::string text, std::string id = {}) {
    Activity activity;
    activity.group = std::move(group);
    activity.native_id = std::move(id);
    activity.is_me = author == "isa";
    activity.author = {.key = author, .name = author == "isa" ? "Isabelle Aubry" : author};
    if (!time.empty()) activity.when = When{.at = at(time), .written = {}};
    activity.kind = ActivityKind::message;
    activity.text = std::move(text);
    return activity;
}
inline Activity reply(Activity activity, std::string parent) {
    activity.parent = std::move(parent);
    return activity;
}
inline Group group(std::string key, std::string name, GroupKind kind = GroupKind::group_chat) {
    Group found;
    found.key = std::move(key);
    found.name = std::move(name);
    found.kind = kind;
    return found;
}
inline Membership membership(std::string group, MembershipEvent event, std::string_view time = {}) {
    Membership found;
    found.group = std::move(group);
    found.event = event;
    if (!time.empty()) found.at = When{.at = at(time), .written = {}};
    return found;
}

struct FakeExport {
    std::vector<Record> records;
    std::vector<std::string> broken;  // raw text of records that are rejected
    Owner owner{.person = Person{.key = "isa", .name = "Isabelle Aubry"}, .evidence = {}, .candidates = {}, .from_export = true, .also = {}};
    std::optional<Instant> exported_at;
    bool fails = false;   // after its last record
    std::string version;  // told in the content, so that two exports differ
    std::function<Owner(const Identities&)> find_owner;  // where the profile decides
    std::string name = "export.json";
};

class FakeConnector final : public Connector {
public:
    explicit FakeConnector(FakeExport content, std::string_view name = "fake", int version = 1, std::string_view platform = {})
        : content_(std::move(content)),
          info_{.name = name, .version = version, .title = "Fake", .message = "fake.message", .how_to = "fake.how", .platform = platform} {}
    [[nodiscard]] const ConnectorInfo& info() const noexcept override { return info_; }
    [[nodiscard]] std::optional<Match> detect(const Source&) const override { return Match{.confidence = Confidence::certain, .evidence = {}}; }
    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source&, const ReadContext& context) const override {
        return std::make_unique<Stream>(content_, context);
    }

private:
    struct Stream final : RecordStream {
        Stream(const FakeExport& of, const ReadContext& context) : content(of), found(of.find_owner ? of.find_owner(context.me) : of.owner) {}
        [[nodiscard]] const Owner& owner() const override { return found; }
        [[nodiscard]] std::optional<Instant> exported_at() const override { return content.exported_at; }
        void read_into(RecordSink& sink) override {
            std::uint64_t number = 0;
            for (const std::string& raw : content.broken)
                if (sink.reject({.kind = ErrorKind::input, .reason = msg("fake.broken"), .where = {.entry = "data", .line = {}, .record = ++number, .offset = {}, .length = {}}, .hint = {}},
                                raw) == Flow::stop)
                    return;
            for (Record record : content.records) {
                if (auto* activity = std::get_if<Activity>(&record); activity != nullptr && content.find_owner)
                    activity->is_me = found.person && activity->author.key == found.person->key;
                if (sink.accept(std::move(record), {.entry = "data", .line = {}, .record = ++number, .offset = {}, .length = {}}) == Flow::stop) return;
            }
            sink.ignore("service_message", 2);
            if (content.fails) throw std::runtime_error("the disk is gone");
        }
        const FakeExport& content;
        Owner found;
    };
    FakeExport content_;
    ConnectorInfo info_;
};

inline ReadContext context() {
    ReadContext found;
    found.today = day("2026-11-21");
    return found;
}

inline ImportResult import(Store& store, const FakeExport& content, const ReadContext& with = context(), const ImportOptions& options = {}) {
    const FakeConnector connector(content);
    return import_source(store, MemorySource("exports/" + content.name, {{"data", content.version + std::to_string(content.records.size())}}), connector, with, options);
}

/// Everything a reader can see of the groups, without the numbers the store gives.
inline std::string seen(const Store& store, std::string_view as_of = "2026-11-21") {
    std::string all;
    const auto time = [](const std::optional<Instant>& when) { return when ? format_rfc3339(*when) : std::string("-"); };
    store.for_each_group(day(as_of), Zone::utc(), [&](GroupHistory&& group) {
        all += fmt::format("{} '{}' {} state {} joined {} left {} acts {} mine {} others {} by {} last {}\n", group.id, group.name, to_string(group.kind),
                           static_cast<int>(group.state), time(group.joined_at), time(group.left_at), group.acts.size(), group.my_activities,
                           group.others_activities, group.others_authors, time(group.others_last));
        for (const MonthVolume& month : group.months)
            all += fmt::format("  month {}: {} {} {} {} {}\n", month.month, month.mine, month.others, month.authors, month.new_authors, month.returning_authors);
        for (const WeekVolume& week : group.weeks) all += fmt::format("  week {}: {} {} {}\n", format_date(week.monday), week.mine, week.others, week.words_others);
        for (const CoveragePeriod& each : group.coverage)
            all += fmt::format("  {} {} to {}\n", to_string(each.kind), time(each.begin), time(each.end));
        for (const QuarterTerms& quarter : group.terms) {
            all += fmt::format("  words of {}{}:", quarter.quarter, quarter.approximate ? " (about)" : "");
            for (const auto& [token, count] : quarter.counts) all += fmt::format(" {}={}", token, count);
            all += '\n';
        }
        std::vector<std::string> exchanges;
        for (const Exchange& each : group.exchanges)
            exchanges.push_back(fmt::format("  with {} on {}: {} {}\n", store.person_name(each.person), format_date(each.day), each.given, each.received));
        std::ranges::sort(exchanges);
        for (const std::string& each : exchanges) all += each;
    });
    for (const GroupName& group : store.group_names())
        for (const MyPost& mine : store.my_posts(group.id)) all += fmt::format("{} {} '{}' {}\n", group.id, time(mine.at), mine.text, mine.words);
    std::vector<std::string> people;
    for (const StoredContact& each : store.contacts()) people.push_back(each.contact.person.name + ' ' + each.contact.position);
    for (const std::string& each : people) all += each + '\n';
    return all;
}

}  // namespace secateur::test

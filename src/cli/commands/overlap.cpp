// SPDX-License-Identifier: GPL-3.0-or-later
// `overlap`: the groups that repeat each other, with what they share, and which one to keep.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "cli/session.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/words.hpp"

namespace secateur::cli {
namespace {

int percent(double share) { return static_cast<int>(std::lround(100 * share)); }

class OverlapText {
public:
    OverlapText(Session& session, const AuditReport& report) : session_(session), words_(session.language()) {
        for (const auto* list : {&report.groups, &report.candidates})
            for (const GroupAudit& each : *list) groups_[each.id] = &each;
    }

    void write(const AuditReport& report) {
        for (const OverlapCluster& cluster : report.overlaps) {
            session_.say(msg("overlap.keep", arg("group", name(cluster.keep))));
            session_.say_below(cluster.why);
            advice(cluster.keep, 2);
            for (const OverlapCluster::Other& other : cluster.others) write(other, cluster.keep);
            session_.out() << '\n';
        }
    }

private:
    [[nodiscard]] std::string name(const std::string& id) const {
        const auto found = groups_.find(id);
        return found == groups_.end() || found->second->name.empty() ? id : found->second->name;
    }
    void advice(const std::string& id, std::size_t indent) {
        if (const auto found = groups_.find(id); found != groups_.end())
            session_.say_below(msg("overlap.advice", arg("advice", words_.advice(found->second->verdict.decision))), indent);
    }
    [[nodiscard]] std::string delay(double hours) {
        return session_.text(hours < 48 ? msg("overlap.delay_hours", arg("count", static_cast<std::int64_t>(hours)))
                                        : msg("overlap.delay_days", arg("count", static_cast<std::int64_t>(std::lround(hours / 24)))));
    }
    [[nodiscard]] std::string people(const OverlapCluster::Other& other) {
        const std::string names = joined(other.people_names);
        const std::uint64_t more = other.people_shared - std::min<std::uint64_t>(other.people_shared, other.people_names.size());
        return more == 0 ? names : session_.text(msg("reports.and_more", arg("names", names), arg("more", more)));
    }
    void write(const OverlapCluster::Other& other, const std::string& kept) {
        session_.say_below(msg("overlap.repeats", arg("group", name(other.id))), 2);
        const auto line = [this](const Message& message) { session_.say_below(message, 4); };
        if (other.people && other.people_shared > 0) {
            const auto share = arg("percent", percent(*other.people));
            const auto count = arg("count", other.people_shared);
            if (other.people_names.empty()) line(msg("overlap.people", share, count));
            else line(msg("overlap.people_named", share, count, arg("names", people(other))));
            if (other.by_name) line(msg("overlap.by_name"));
        }
        if (!other.terms.empty()) line(msg("overlap.terms", arg("terms", joined(other.terms))));
        if (other.links && *other.links > 0) {
            // Who is first says something only where it is nearly always the same one.
            const bool tells = other.kept_first && other.delay_hours && *other.kept_first >= 0.6;
            if (tells)
                line(msg("overlap.links_first", arg("percent", percent(*other.links)), arg("group", name(kept)), arg("first", percent(*other.kept_first)),
                         arg("delay", delay(*other.delay_hours))));
            else line(msg("overlap.links", arg("percent", percent(*other.links))));
        }
        if (other.texts && *other.texts > 0) line(msg("overlap.texts", arg("percent", percent(*other.texts))));
        if (!other.whole) line(msg("overlap.own_only"));
        advice(other.id, 4);
    }

    Session& session_;
    Words words_;
    std::map<std::string, const GroupAudit*> groups_;
};

}  // namespace

int run_overlap(Session& session, const Arguments&) {
    const AuditReport report = session.audit();
    if (session.json()) {
        session.out() << overlap_json(report, session.language());
        return 0;
    }
    OverlapText(session, report).write(report);
    session.say(report.overlaps.empty() ? msg("overlap.none") : msg("overlap.count", arg("count", report.overlaps.size())));
    const auto whole = std::ranges::count_if(report.groups, [](const GroupAudit& each) { return each.coverage == CoverageKind::full; });
    session.say(msg("overlap.unknown", arg("count", static_cast<std::int64_t>(whole))));
    if (!report.overlaps.empty()) session.say(msg("overlap.next"));
    return 0;
}

}  // namespace secateur::cli

// SPDX-License-Identifier: GPL-3.0-or-later
// One row a group, for a spreadsheet. Separator `,`, UTF-8 without byte-order mark, line ends CR LF (RFC 4180); column names,
// codes and numbers are the same in both languages, texts are in the language of the report. An empty cell is unknown, not
// zero.
#include <fmt/format.h>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "reports/overview.hpp"
#include "reports/renderer.hpp"
#include "reports/words.hpp"

namespace secateur {
namespace {

class Row {
public:
    explicit Row(std::string& out) : out_(out) {}
    void text(std::string_view text) {
        if (!first_) out_ += ',';
        first_ = false;
        out_ += csv_cell(for_terminal(text));
    }
    void number(const std::optional<double>& value, int decimals) {
        text(value ? fmt::format("{:.{}f}", *value, decimals) : std::string());
    }
    template <std::integral Integer>
    void number(const std::optional<Integer>& value) {
        text(value ? std::to_string(*value) : std::string());
    }
    void day(const std::optional<Date>& day) { text(day ? format_date(*day) : std::string()); }
    void end() { out_ += "\r\n"; }

private:
    std::string& out_;
    bool first_ = true;
};

constexpr std::string_view columns =
    "id,platform,name,kind,scope,state,fact,decision,advice,certainty,until,rule,serves,best_band,probability,likelihood,acts,"
    "reactions,active_weeks_52,"
    "first_act,last_act,days_since_here,people_met,reach,minutes_low,minutes_mid,minutes_high,coverage,data_until,stale,reason_1,"
    "reason_2,reason_3,against,"
    "suggestion,question,url\r\n";

void write_group(const GroupAudit& group, const Words& words, std::string& out) {
    const bool shown = !is_set_apart(group);  // personal and duty groups have no metric
    const Verdict& verdict = group.verdict;
    Row row(out);
    for (const std::string_view text :
         {std::string_view(group.id), std::string_view(group.platform), std::string_view(group.name), to_string(group.kind),
          to_string(group.scope), to_string(group.state), to_string(group.fact), to_string(verdict.decision)})
        row.text(text);
    row.text(words.advice(verdict));
    row.text(verdict.certainty ? to_string(*verdict.certainty) : std::string_view());
    row.day(verdict.until);
    row.number(std::optional(verdict.rule));
    std::string serves;
    if (shown)
        for (const RelevanceScore& each : group.relevance)
            if (is_serving(each.band))
                serves += (serves.empty() ? "" : "; ") + each.objective + "=" + std::string(to_string(each.band));
    row.text(serves);
    row.text(shown && !group.relevance.empty() ? to_string(best_band(group)) : std::string_view());
    const ParticipationScore score = shown ? group.participation : ParticipationScore{};
    row.number(score.probability, 4);
    row.text(score.likelihood ? to_string(*score.likelihood) : std::string_view());
    const auto mine = [&](std::uint64_t count) { row.number(shown ? std::optional(count) : std::nullopt); };
    mine(group.my_acts);
    mine(group.my_reactions);
    mine(group.my_active_weeks_52);
    row.day(shown ? group.first_act : std::nullopt);
    row.day(shown ? group.last_act : std::nullopt);
    row.number(score.days_since_here);
    row.number(shown ? group.people_met : std::nullopt);
    row.number(shown ? group.reach : std::nullopt);
    const auto minutes = [&](double MinutesPerWeek::* part) {
        row.number(shown && group.minutes ? std::optional((*group.minutes).*part) : std::nullopt, 1);
    };
    minutes(&MinutesPerWeek::low);
    minutes(&MinutesPerWeek::mid);
    minutes(&MinutesPerWeek::high);
    row.text(to_string(group.coverage));
    row.day(group.data_until);
    row.text(group.stale ? "true" : "false");
    std::vector<std::string> reasons, against;
    for (const Reason& reason : verdict.reasons)
        (reason.side == Side::in_favour ? reasons : against).push_back(words.say(reason.text));
    reasons.resize(3);
    for (const std::string& reason : reasons) row.text(reason);
    row.text(against.empty() ? std::string() : against.front());
    row.text(verdict.suggestion ? words.say(*verdict.suggestion) : std::string());
    row.text(verdict.question ? words.say(*verdict.question) : std::string());
    row.text(group.url);
    row.end();
}

class CsvRenderer final : public Renderer {
public:
    [[nodiscard]] const RendererInfo& info() const override {
        static const RendererInfo info{.name = "csv", .title = msg("reports.title.csv"), .ending = "csv"};
        return info;
    }

private:
    void write(const AuditReport& report, const RenderOptions& options, std::string& out) const override {
        const Words words(options.language);
        out += columns;
        for (const GroupAudit& group : report.groups) write_group(group, words, out);
        for (const GroupAudit& group : report.candidates) write_group(group, words, out);
    }
};

}  // namespace

const Renderer& csv_renderer() {
    static const CsvRenderer renderer;
    return renderer;
}

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// The words that every format shares: advice, certainty, relevance, time, silence, coverage, in one language. Texts come back
// on one line and harmless for a terminal; each format escapes them for itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/messages.hpp"
#include "model/audit_report.hpp"

namespace secateur {


/// With a capital first letter, for a heading.
[[nodiscard]] std::string capitalised(std::string text);
/// A sentence that goes on after a colon: without its capital, unless it opens with "I", an abbreviation or that name.
[[nodiscard]] std::string continued(std::string text, std::string_view name = {});

class Words {
public:
    explicit Words(Language language) : language_(language) {}
    [[nodiscard]] Language language() const noexcept { return language_; }

    /// The message in this language, on one line, harmless.
    [[nodiscard]] std::string say(const Message& message) const;
    [[nodiscard]] std::string count(std::uint64_t number) const;
    [[nodiscard]] std::string number(double value, int decimals) const { return render_number(value, decimals, language_); }
    [[nodiscard]] std::string day(Date day) const { return render_day(day, language_); }
    [[nodiscard]] std::string short_day(Date day) const { return render_day(day, language_, DayStyle::short_form); }
    [[nodiscard]] std::string month(std::int32_t month) const;  // year * 12 + month - 1
    /// "25 min", "5 h 10"; whole minutes, and steps of five above the hour: more would pretend to be measured.
    [[nodiscard]] std::string duration(double minutes) const;
    [[nodiscard]] std::string duration_range(const MinutesPerWeek& minutes) const;
    /// How long she has not written there: "12 d", "7 mo", "3 y"; where the data are old, the month of her last words, in doubt: "2026-10 ?".
    [[nodiscard]] std::string silence(const GroupAudit& group) const;

    [[nodiscard]] std::string advice(Decision decision) const;
    [[nodiscard]] std::string advice(const Verdict& verdict) const;  // with the day a trial ends
    [[nodiscard]] std::string certainty(Certainty certainty) const;       // "high", under its heading
    [[nodiscard]] std::string with_certainty(Certainty certainty) const;  // "high certainty"
    [[nodiscard]] std::string likelihood(Likelihood likelihood) const;
    [[nodiscard]] std::string band(Band band) const;
    [[nodiscard]] std::string fact(FactState fact) const;
    [[nodiscard]] std::string coverage(std::string_view kind) const;  // a whole sentence
    [[nodiscard]] std::string kind(GroupKind kind) const;
    [[nodiscard]] std::string platform(std::string_view platform) const;
    /// What the analysis says, with platforms by their names.
    [[nodiscard]] Message named(Message message) const;
    [[nodiscard]] std::string minutes_origin(MinutesPerWeek::Origin origin) const;
    /// "does she still read it: all of it"
    [[nodiscard]] std::string answer(const Answer& answer, const AuditReport& report) const;
    /// "label: text" and "a; b" with the spaces of the language.
    [[nodiscard]] std::string labelled(std::string_view label, std::string_view text) const;
    [[nodiscard]] std::string joined(const std::vector<std::string>& parts) const;

    /// The objective in her words; its id where the report does not know it.
    [[nodiscard]] std::string objective(std::string_view id, const AuditReport& report) const;
    /// A group or person as shown; a group without name is shown by its number.
    [[nodiscard]] std::string name(const GroupAudit& group) const;
    [[nodiscard]] std::string name(std::string_view person) const;
    [[nodiscard]] std::string names(const std::vector<std::string>& people) const;

private:
    Language language_;
};

/// One line or a few of the evidence card: what I did, what came back, what it costs, what it serves ...
struct CardRow {
    enum class Subject { did, life, came_back, costs, serves, said, known } subject = Subject::did;
    std::string label;
    std::vector<std::string> lines;
};
[[nodiscard]] std::vector<CardRow> card_rows(const GroupAudit& group, const AuditReport& report, const Words& words);

/// Her habits, a line each; the second level belongs to the line before it. Empty where nothing is known.
struct HabitLine {
    std::string text;
    bool below = false;
};
[[nodiscard]] std::vector<HabitLine> habit_lines(const AuditReport& report, const Words& words);

struct SourceFamily;
/// "WhatsApp (7)"
[[nodiscard]] std::string source_title(const SourceFamily& family, const Words& words);
/// The last part of the path an import was given.
[[nodiscard]] std::string source_name(const SourceCard& source);
/// Until when, how whole, what could not be attributed or read, what is missing. A command stands between backquotes.
[[nodiscard]] std::vector<std::string> source_lines(const SourceFamily& family, const Words& words);

}  // namespace secateur

// SPDX-License-Identifier: GPL-3.0-or-later
// A finished audit of an invented person, with some forty varied groups, for the tests of the renderers; and names that try to
// break out of every format. Nobody in it exists.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/audit_report.hpp"

namespace secateur::test {

inline Date sample_day() {
    using namespace std::chrono;
    return sys_days(year(2026) / 11 / 21);
}

struct SampleRow {
    const char* name;
    const char* platform;
    GroupKind kind;
    Decision decision;
    char certainty;       // h, m, l; `-`: none
    double probability;   // below 0: no act
    int days;             // since the last act
    Band visible, market;  // for the two objectives
    double minutes;       // below 0: not known
    int people;           // below 0: not known
    int reach;
    unsigned acts;
    const char* language;
};

inline GroupAudit sample_group(const SampleRow& row, unsigned number) {
    using namespace std::chrono;
    GroupAudit group;
    group.platform = row.platform;
    group.key = "k" + std::to_string(number);
    group.id = group.platform + ":" + group.key;
    group.name = row.name;
    group.kind = row.kind;
    group.language = row.language;
    group.url = group.platform == "telegram" ? "https://example.org/g/" + group.key : "";
    group.state = MemberState::member;
    const bool full = group.platform == "telegram" || group.platform == "whatsapp";
    group.coverage = full ? CoverageKind::full : row.acts > 0 ? CoverageKind::own_only : CoverageKind::names_only;
    group.stale = group.platform == "facebook";
    group.data_until = group.stale ? Date(sys_days(year(2026) / 6 / 30)) : sample_day() - days(3);
    group.joined_at = group.data_until - days(400 + 37 * static_cast<int>(number));
    group.my_acts = row.acts;
    group.my_words = row.acts * 31ULL;
    group.my_reactions = number % 4;
    group.my_active_weeks_52 = row.days < 365 ? std::min<std::uint64_t>(row.acts, 40) : 0;
    if (row.probability >= 0) {
        group.last_act = group.data_until - days(row.days);
        group.first_act = *group.last_act - days(90 + 11 * static_cast<int>(row.acts));
        group.participation = {.probability = row.probability,
                               .active_weeks_decayed = row.acts / 4.0,
                               .days_since_here = row.days,
                               .days_since_account = std::min(row.days, 6),
                               .likelihood = row.probability >= 0.5    ? Likelihood::often
                                             : row.probability >= 0.15 ? Likelihood::sometimes
                                                                       : Likelihood::hardly_ever};
    }
    const auto relevance = [&](const char* objective, Band band, const char* term, const char* from) {
        RelevanceScore score{.objective = objective,
                             .score = {},
                             .band = band,
                             .matched = {},
                             .title_only = group.coverage == CoverageKind::names_only};
        constexpr double scores[] = {0.52, 0.21, 0.06, 0.0};
        if (band != Band::unknown) score.score = scores[static_cast<std::size_t>(band)];
        if (band == Band::strong || band == Band::some) score.matched = {{term, from, 0.6125}, {"réseau", "réseau", 0.3875}};
        return score;
    };
    group.relevance = {relevance("visible", row.visible, "DRH", "RH"), relevance("marche", row.market, "hiring", "recruter")};
    if (row.minutes >= 0)
        group.minutes = MinutesPerWeek{row.minutes / 3, row.minutes, row.minutes * 2,
                                       number % 5 == 0 ? MinutesPerWeek::Origin::her_group : MinutesPerWeek::Origin::inferred};
    if (row.people >= 0) {
        group.people_met = static_cast<std::uint64_t>(row.people);
        group.reach = static_cast<std::uint64_t>(row.reach);
        constexpr const char* people[] = {"Aïcha Belkacem", "Jean-Loup Mertens", "Maëlle Quéré", "Þóra Jónsdóttir",
                                          "Nguyễn Văn Bình"};
        for (int i = 0; i < std::min(row.reach, 3); ++i)
            group.people_met_only_here.push_back(people[(number + static_cast<unsigned>(i)) % 5]);
        std::ranges::sort(group.people_met_only_here);
    }
    const year_month_day until(group.data_until);
    const std::int32_t last_month =
        static_cast<int>(until.year()) * 12 + static_cast<int>(static_cast<unsigned>(until.month())) - 1;
    for (std::int32_t i = 0; i < 24; ++i) {
        MonthPoint point{.month = last_month - 23 + i};
        const bool before_silence = row.probability >= 0 && (23 - i) * 30 >= row.days - 15;
        if (before_silence && (i * 7 + static_cast<std::int32_t>(number) * 5) % 11 < static_cast<std::int32_t>(row.acts) / 6 + 2)
            point.mine = 1 + row.acts / 12 + static_cast<std::uint64_t>((i * 13) % 5);
        if (full)
            point.others = row.decision == Decision::leave && i > 15
                               ? 0
                               : 12 + static_cast<std::uint64_t>((i * 37 + static_cast<std::int32_t>(number) * 17) % 60);
        group.months.push_back(point);
    }
    if (full) {
        Vitality vitality;
        vitality.dead = row.decision == Decision::leave;
        vitality.last_post = vitality.dead ? group.data_until - days(230) : group.data_until - days(1);
        if (!vitality.dead) {
            vitality.posts_per_week_q1 = 4;
            vitality.posts_per_week_median = 9.5;
            vitality.posts_per_week_q3 = 14;
            vitality.authors_month = 8 + number % 7;
            vitality.new_authors_month = number % 3;
            vitality.returning_share = 0.7143;
        } else {
            vitality.months_since_half_of_best = 14;
        }
        group.vitality = vitality;
    }
    group.fact = row.probability >= 0 ? (row.days < 365 ? FactState::wrote_this_year : FactState::wrote_before)
                 : full               ? FactState::alive_perhaps_read
                 : row.kind == GroupKind::page ? FactState::name_only
                                      : FactState::no_trace;
    if (group.vitality && group.vitality->dead) group.fact = FactState::dead;

    Verdict& verdict = group.verdict;
    verdict.decision = row.decision;
    verdict.rule = 9 + static_cast<int>(row.decision);
    if (row.certainty != '-')
        verdict.certainty = row.certainty == 'h' ? Certainty::high : row.certainty == 'm' ? Certainty::medium : Certainty::low;
    if (row.decision == Decision::trial) verdict.until = sample_day() + days(60);
    if (row.probability >= 0) {
        verdict.reasons.push_back({"participation", std::to_string(row.probability).substr(0, 4),
                                   msg("reports.card.acts", arg("acts", group.my_acts), arg("words", group.my_words)),
                                   Side::in_favour});
        verdict.reasons.push_back(
            {"last_act", "2026-09-30", msg("reports.card.last_post", arg("day", *group.last_act)), Side::in_favour});
    } else {
        verdict.reasons.push_back({"acts", "0", msg("reports.card.no_act"), Side::in_favour});
    }
    verdict.reasons.push_back({"weeks", std::to_string(group.my_active_weeks_52),
                               msg("reports.card.weeks", arg("weeks", group.my_active_weeks_52)), Side::in_favour});
    if (row.decision != Decision::keep)
        verdict.reasons.push_back(
            {"people", "",
             row.people < 0 ? msg("reports.card.people_unknown") : msg("reports.card.reach", arg("people", row.reach)),
             Side::against});
    if (!group.people_met_only_here.empty() && row.decision == Decision::leave)
        verdict.suggestion = msg("reports.card.only_here", arg("names", group.people_met_only_here.front()));
    if (row.decision == Decision::cannot_judge) {
        verdict.reasons.clear();
        verdict.question = number % 3 == 0 ? msg("reports.answer.would_lose") : msg("reports.answer.reads");
        verdict.missing.push_back(msg("reports.card.minutes_unknown"));
    }
    return group;
}

inline AuditReport sample_report() {
    using namespace std::chrono;
    using enum GroupKind;
    using enum Decision;
    constexpr auto strong = Band::strong, some = Band::some, weak = Band::weak, none = Band::none, unknown = Band::unknown;
    static const SampleRow rows[] = {
        {"RH & numérique Bruxelles", "telegram", group, keep, 'h', 0.91, 2, strong, some, 35, 14, 6, 88, "fr"},
        {"Women in Data Belgium", "linkedin", group, keep, 'm', 0.62, 9, some, strong, -1, -1, 0, 24, "en"},
        {"Les petits-déjeuners de l’emploi", "whatsapp", group_chat, keep, 'h', 0.83, 5, strong, none, 22, 9, 3, 51, "fr"},
        {"Apéro des indépendant·e·s d’Ixelles", "whatsapp", group_chat, keep, 'm', 0.71, 12, none, some, 18, 11, 7, 40, "fr"},
        {"Communauté francophone de Python", "telegram", community, keep, 'm', 0.58, 20, weak, strong, 41, 6, 2, 37, "fr"},
        {"Recruteurs IT : questions franches", "linkedin", group, trial, 'm', 0.34, 48, strong, some, -1, -1, 0, 5, "fr"},
        {"Product Owners Benelux", "linkedin", group, trial, 'l', 0.22, 95, some, some, -1, -1, 0, 3, "en"},
        {"Veille RGPD", "telegram", channel, read_only, 'h', -1, 0, strong, none, 12, 0, 0, 0, "fr"},
        {"Le Grenier des Data Scientists", "telegram", channel, read_only, 'm', 0.12, 190, none, strong, 25, 1, 0, 4, "fr"},
        {"HR Tech Europe", "linkedin", group, read_only, 'm', -1, 0, strong, some, -1, -1, 0, 0, "en"},
        {"Bruxelles Numérique, le forum", "facebook", forum, read_only, 'm', 0.09, 330, some, none, 8, -1, 0, 7, "fr"},
        {"Portage salarial et vous", "facebook", group, read_only, 'l', -1, 0, none, some, -1, -1, 0, 0, "fr"},
        {"Association des anciens de Solvay", "linkedin", group, read_only, 'm', 0.14, 260, some, weak, -1, -1, 0, 2, "fr"},
        {"Running Bois de la Cambre", "whatsapp", group_chat, mute, 'm', 0.77, 6, none, none, 55, 8, 5, 62, "fr"},
        {"Mèmes de développeurs", "telegram", channel, mute, 'm', 0.41, 30, none, weak, 31, 2, 0, 19, "fr"},
        {"Kubernetes Users", "telegram", group, mute, 'l', 0.18, 170, none, weak, 64, 1, 1, 8, "en"},
        {"Vide-dressing Uccle", "facebook", group, mute, 'l', 0.21, 150, none, none, -1, -1, 0, 6, "fr"},
        {"Startup Weekend 2019", "whatsapp", group_chat, leave, 'm', 0.02, 2'430, none, none, 0, 4, 0, 18, "fr"},
        {"MOOC Gestion de projet, promo 12", "facebook", group, leave, 'l', 0.03, 1'900, none, none, -1, -1, 0, 9, "fr"},
        {"Bons plans SEO", "telegram", channel, leave, 'm', 0.05, 900, weak, none, 3, 0, 0, 2, "fr"},
        {"Java Champions Lounge", "linkedin", group, leave, 'l', 0.07, 1'100, none, none, -1, -1, 0, 3, "en"},
        {"Colocation Erasmus Gand", "whatsapp", group_chat, leave, 'm', 0.01, 3'100, none, none, 0, 3, 1, 30, "fr"},
        {"Cercle des lectrices", "facebook", group, cannot_judge, '-', -1, 0, unknown, unknown, -1, -1, 0, 0, "fr"},
        {"Nederlandstalige HR", "linkedin", group, cannot_judge, '-', -1, 0, unknown, unknown, -1, -1, 0, 0, "nl"},
        {"数据科学 中文社区", "telegram", group, cannot_judge, '-', -1, 0, unknown, unknown, 14, 0, 0, 0, "zh"},
        {"👩🏽‍💻 Tech for Good 🌍", "linkedin", group, cannot_judge, '-', -1, 0, weak, some, -1, -1, 0, 0, "en"},
        {"Freelance Belgique", "facebook", group, cannot_judge, '-', 0.11, 420, weak, weak, -1, -1, 0, 1, "fr"},
        {"Marketing de réseau pour débutants", "facebook", group, cannot_judge, '-', -1, 0, weak, none, -1, -1, 0, 0, "fr"},
        {"Design Sprint", "linkedin", group, cannot_judge, '-', -1, 0, none, weak, -1, -1, 0, 0, "en"},
        {"Data Engineering Weekly", "linkedin", page, cannot_judge, '-', -1, 0, none, some, -1, -1, 0, 0, "en"},
        {"Jeunes chambres économiques", "manual", group, cannot_judge, '-', -1, 0, weak, none, -1, -1, 0, 0, "fr"},
        {"#telework", "linkedin", hashtag, cannot_judge, '-', -1, 0, none, none, -1, -1, 0, 0, "en"},
        {"Forum des intranets", "manual", forum, cannot_judge, '-', -1, 0, some, none, -1, -1, 0, 0, "fr"},
        {"", "linkedin", group, cannot_judge, '-', 0.16, 240, unknown, unknown, -1, -1, 0, 3, ""},
        {"Groupe au nom vraiment très long qui raconte toute son histoire, ses fondateurs, ses règles et ses ambitions pour la "
         "région bruxelloise",
         "facebook", group, cannot_judge, '-', 0.2, 210, none, none, -1, -1, 0, 4, "fr"},
    };
    AuditReport report;
    report.client = "Isabelle";
    report.as_of = sample_day();
    report.zone = "Europe/Brussels";
    report.minutes_budget = 180;
    report.objectives = {
        {.id = "visible",
         .text = "Être visible auprès des RH de Bruxelles",
         .rank = 1,
         .start = sample_day() - days(80),
         .done = {},
         .strong_groups = 5,
         .some_groups = 5,
         .remark = {}},
        {.id = "marche",
         .text = "Sentir le marché de la donnée",
         .rank = 2,
         .start = {},
         .done = {},
         .strong_groups = 3,
         .some_groups = 8,
         .remark = {}},
        {.id = "mission",
         .text = "Trouver une première mission",
         .rank = 3,
         .start = {},
         .done = sample_day() - days(40),
         .strong_groups = 0,
         .some_groups = 0,
         .remark = {}},
    };
    unsigned number = 0;
    for (const SampleRow& row : rows) report.groups.push_back(sample_group(row, ++number));
    report.groups[0].answers = {{report.groups[0].id, "brought", "contact;lead", sample_day() - days(12)},
                                {report.groups[0].id, "pleasure", "yes", sample_day() - days(12)}};
    report.groups[30].proposed_scope = ScopeProposal{Scope::duty, "chambre"};
    report.groups[28].repeats = report.groups[4].id;
    for (const char* name : {"Famille Delvaux", "École du Parc, 3e B", "Copropriété rue Haute 12", "Chorale Sainte-Cécile"}) {
        GroupAudit group =
            sample_group({name, "whatsapp", group_chat, keep, 'h', 0.9, 1, none, none, 20, 3, 3, 100, "fr"}, ++number);
        group.scope = number % 2 == 0 ? Scope::personal : Scope::duty;
        group.objectives_apply = false;
        group.fact = FactState::personal;
        group.verdict = {.decision = keep,
                         .rule = 2,
                         .certainty = Certainty::high,
                         .until = {},
                         .reasons = {},
                         .missing = {},
                         .question = {},
                         .suggestion = {}};
        report.groups.push_back(group);
    }
    GroupAudit candidate = sample_group(
        {"Cercle RH de Wallonie", "manual", group, cannot_judge, '-', -1, 0, strong, none, -1, -1, 0, 0, "fr"}, ++number);
    candidate.scope = Scope::candidate;
    report.candidates.push_back(candidate);
    report.sources = {
        {.id = 1,
         .platform = "telegram",
         .connector = "telegram",
         .label = "DataExport_2026-11-18",
         .first = sys_days(year(2019) / 3 / 2),
         .last = sample_day() - days(3),
         .data_until = sample_day() - days(3),
         .stale = false,
         .coverage = "full",
         .activities = 48'213,
         .mine = 1'902,
         .unattributed = 0,
         .quarantined = 3,
         .lacks = {}},
        {.id = 2,
         .platform = "linkedin",
         .connector = "linkedin",
         .label = "Basic_LinkedInDataExport.zip",
         .first = sys_days(year(2012) / 9 / 14),
         .last = sample_day() - days(9),
         .data_until = sample_day() - days(3),
         .stale = false,
         .coverage = "own_only",
         .activities = 612,
         .mine = 612,
         .unattributed = 57,
         .quarantined = 0,
         .lacks = {msg("reports.coverage.names_only"), msg("reports.card.people_unknown")}},
        {.id = 3,
         .platform = "facebook",
         .connector = "facebook",
         .label = "facebook-isabelle.zip",
         .first = sys_days(year(2010) / 1 / 5),
         .last = sys_days(year(2026) / 6 / 28),
         .data_until = sys_days(year(2026) / 6 / 30),
         .stale = true,
         .coverage = "own_only",
         .activities = 3'310,
         .mine = 3'310,
         .unattributed = 0,
         .quarantined = 0,
         .lacks = {}},
        {.id = 4,
         .platform = "whatsapp",
         .connector = "whatsapp",
         .label = "WhatsApp",
         .first = sys_days(year(2017) / 5 / 1),
         .last = sample_day() - days(3),
         .data_until = sample_day() - days(3),
         .stale = false,
         .coverage = "full",
         .activities = 21'040,
         .mine = 2'511,
         .unattributed = 0,
         .quarantined = 0,
         .lacks = {}},
    };
    report.accounts = {
        {.platform = "viadeo",
         .handle = "isabelle.d",
         .last_used = sys_days(year(2014) / 5 / 20),
         .is_public = true,
         .password_known = false,
         .dormant = true},
        {.platform = "xing", .handle = "", .last_used = {}, .is_public = {}, .password_known = {}, .dormant = true},
        {.platform = "telegram",
         .handle = "isa_bxl",
         .last_used = sample_day(),
         .is_public = {},
         .password_known = true,
         .dormant = false},
    };
    AuditTotals& totals = report.totals;
    totals.groups = report.groups.size();
    for (const GroupAudit& group : report.groups) {
        ++totals.by_decision[group.verdict.decision];
        if (group.minutes) {
            totals.minutes_low += group.minutes->low;
            totals.minutes_mid += group.minutes->mid;
            totals.minutes_high += group.minutes->high;
        } else {
            ++totals.unknown_minutes;
        }
    }
    report.remarks = {msg("reports.budget", arg("time", "2 h"))};
    totals.unnamed_groups = 1;
    totals.direct_conversations = 212;
    totals.left_groups = 6;
    totals.candidates = 1;
    return report;
}

/// The same without any objective: what the first audit looks like.
inline AuditReport sample_report_without_objectives() {
    AuditReport report = sample_report();
    report.objectives.clear();
    report.candidates.clear();
    for (GroupAudit& group : report.groups) {
        group.relevance.clear();
        const bool lively = group.participation.probability.value_or(0) >= 0.3;
        if (!group.objectives_apply) continue;
        group.verdict.rule = 5;
        group.verdict.decision = lively ? Decision::keep : Decision::cannot_judge;
        if (!lively) {
            group.verdict.certainty.reset();
            group.verdict.reasons.clear();
            group.verdict.question = msg("reports.no_objective");
        }
    }
    report.totals.by_decision.clear();
    for (const GroupAudit& group : report.groups) ++report.totals.by_decision[group.verdict.decision];
    return report;
}

struct HostileName {
    const char* label;
    std::string text;
    std::string kept;  // what must still be readable, whatever the format
};

/// Names that mean something to HTML, CSV, Markdown, JSON, a terminal or a reader's eye.
inline std::vector<HostileName> hostile_names() {
    using namespace std::string_literals;
    return {
        {"script", "<script>alert(1)</script>", "alert"},
        {"formula", "=1+1", "1+1"},
        {"formula_call", "@SUM(A1:A9)", "SUM"},
        {"minus", "-2+3", "2+3"},
        {"pipe", "rouge | vert", "vert"},
        {"lines", "première\nseconde\r\ntroisième", "troisième"},
        {"quotes", "dit \"l'Ancien\"", "dit"},
        {"ampersand", "R&D &amp; <b>Cie</b>", "Cie"},
        {"right_to_left", "facture\u202Efdp.exe", "facture"},
        {"escape", "\x1b[31mrouge\x1b]0;titre\x07", "rouge"},
        {"long", std::string(600, 'x'), "xxxxxxxx"},
        {"emoji", "👩🏽‍💻 atelier", "atelier"},
        {"null", "avant\0après"s, "après"},
        {"code", "`code` **gras** _it_", "code"},
        {"link", "](http://evil.example) suite", "suite"},
        {"attribute", "\" onmouseover=\"alert(1)", "onmouseover"},
        {"javascript", "javascript:alert(1)", "javascript:alert"},
        {"comment", "--><!-- fin", "fin"},
        {"style", "</style><style>*{display:none}", "display"},
        {"broken_utf8", "caf\xC3 noir", "noir"},
        {"pattern", "{name, plural, other {#}} 'quoted'", "plural"},
        {"spaces", "  \t  ", ""},
        {"markdown_block", "# titre\n- liste\n1. un", "liste"},
    };
}

/// Every hostile name wherever a name can stand: groups, people, terms, arguments, sources, accounts, objectives, the client.
inline AuditReport hostile_report() {
    AuditReport report = sample_report();
    const std::vector<HostileName> names = hostile_names();
    report.client = names[0].text + names[8].text;
    report.objectives[0].text = names[4].text;
    unsigned number = 100;
    for (const HostileName& name : names) {
        GroupAudit group = report.groups[0];
        group.key = "h" + std::to_string(++number) + name.text;
        group.id = "telegram:" + group.key;
        group.platform = "telegram";
        group.name = name.text;
        group.url = name.text;
        group.people_met_only_here = {name.text, "Mme " + name.text};
        group.relevance[0].matched = {{name.text, name.text, 1.0}};
        group.verdict.reasons[0].text = msg("reports.card.only_here", arg("names", name.text));
        group.verdict.reasons[0].value = name.text;
        group.verdict.suggestion = msg("reports.card.repeats", arg("group", name.text));
        group.verdict.question = msg("reports.card.proposed_scope", arg("cue", name.text));
        group.answers = {{group.id, "why_joined", name.text, sample_day()}, {group.id, "serves", name.text, sample_day()}};
        report.groups.push_back(group);
        SourceCard source = report.sources[0];
        source.platform = source.label = name.text;
        source.lacks = {msg("reports.card.only_here", arg("names", name.text))};
        report.sources.push_back(source);
        report.accounts.push_back({.platform = name.text,
                                   .handle = name.text,
                                   .last_used = {},
                                   .is_public = true,
                                   .password_known = {},
                                   .dormant = true});
    }
    report.totals.groups = report.groups.size();
    return report;
}

}  // namespace secateur::test

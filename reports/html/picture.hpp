// SPDX-License-Identifier: GPL-3.0-or-later
// The drawings of the report, as inline SVG: they place what the report says and say it again in words.
#pragma once

#include "model/audit_report.hpp"
#include "reports/html/markup.hpp"
#include "reports/overview.hpp"
#include "reports/words.hpp"

namespace secateur::html {

/// 24 months in a table cell; bars are mine, the pale shape behind is everybody else. `most` is the highest month of all groups.
void draw_sparkline(Markup& page, const GroupAudit& group, std::uint64_t most, const Words& words);
/// The same, larger and with its first and last month named.
void draw_months(Markup& page, const GroupAudit& group, std::uint64_t most, const Words& words);
/// Relevance in lanes, participation from left to right, every mark with its name beside it and none over another.
void draw_scatter(Markup& page, const Overview& view, const Words& words);
/// One bar a source: what the data spans, and the gap up to the date of the report.
void draw_timeline(Markup& page, const AuditReport& report, const Words& words);
/// The shape that stands for a decision, for legends.
void draw_mark(Markup& page, Decision decision, double x, double y, double radius, bool is_known);

}  // namespace secateur::html

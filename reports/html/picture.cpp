// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/html/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"

namespace secateur::html {
namespace {

std::string px(double length) {
    std::string text = fmt::format("{:.1f}", length);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text;
}

/// What a picture of months says, in words.
std::string months_in_words(const GroupAudit& group, const Words& words) {
    const std::string first = words.month(group.months.front().month), last = words.month(group.months.back().month);
    const std::uint64_t written = months_written(group);
    if (written == 0) return words.say(msg("reports.months.none", arg("first", first), arg("last", last)));
    const auto latest =
        std::ranges::find_if(group.months.rbegin(), group.months.rend(), [](const MonthPoint& each) { return each.mine > 0; });
    return words.say(msg("reports.months.some", arg("first", first), arg("last", last), arg("written", written),
                         arg("months", group.months.size()), arg("latest", words.month(latest->month))));
}

/// Square roots, so that three posts can still be seen beside three hundred.
double height_of(std::uint64_t count, std::uint64_t most, double height) {
    if (count == 0 || most == 0) return 0;
    return std::max(2.0, height * std::sqrt(static_cast<double>(count) / static_cast<double>(most)));
}

void draw_bars(Markup& page, const GroupAudit& group, std::uint64_t most, double step, double height) {
    std::uint64_t most_others = 0;
    for (const MonthPoint& each : group.months) most_others = std::max(most_others, each.others.value_or(0));
    if (most_others > 0) {  // one pale shape, on its own scale; a month that is not known is a gap, not a zero
        std::string shape;
        double left = 0;
        bool is_open = false;
        for (const MonthPoint& each : group.months) {
            if (each.others) {
                if (!is_open) shape += fmt::format("M{} {}", px(left), px(height));
                shape += fmt::format("V{}H{}", px(height - height_of(*each.others, most_others, height)), px(left + step));
            } else if (is_open) {
                shape += fmt::format("V{}z", px(height));
            }
            is_open = each.others.has_value();
            left += step;
        }
        if (is_open) shape += fmt::format("V{}z", px(height));
        page.empty("path", {{"d", shape}});
    }
    double x = 0;
    for (const MonthPoint& each : group.months) {
        const double bar = height_of(each.mine, most, height);
        if (bar > 0)
            page.empty("rect", {{"x", px(x + 0.5)}, {"y", px(height - bar)}, {"width", px(step - 1.5)}, {"height", px(bar)}});
        x += step;
    }
    page.empty("line", {{"x1", "0"}, {"y1", px(height + 0.5)}, {"x2", px(x)}, {"y2", px(height + 0.5)}});
}

constexpr double text_width = 6.6;  // of one column at 12 px, on the wide side

struct Placed {
    const GroupAudit* group;
    double x, radius;
    std::string label;
    bool label_left;
    std::size_t row;
};

/// Marks of one lane, in as many rows as their names need.
class Lane {
public:
    void place(const GroupAudit* group, double x, double radius, std::string label, double right_edge) {
        const double width = static_cast<double>(display_width(label)) * text_width;
        const bool left = x + radius + 5 + width > right_edge;
        const double begin = left ? x - radius - 5 - width : x - radius, end = left ? x + radius : x + radius + 5 + width;
        std::size_t row = 0;
        for (; row < rows_.size(); ++row)
            if (std::ranges::none_of(rows_[row],
                                     [&](const auto& taken) { return begin < taken.second + 8 && taken.first < end + 8; }))
                break;
        if (row == rows_.size()) rows_.emplace_back();
        rows_[row].emplace_back(begin, end);
        marks_.push_back({group, x, radius, std::move(label), left, row});
    }
    [[nodiscard]] const std::vector<Placed>& marks() const { return marks_; }
    [[nodiscard]] std::size_t rows() const { return rows_.size(); }

private:
    std::vector<Placed> marks_;
    std::vector<std::vector<std::pair<double, double>>> rows_;
};

}  // namespace

void draw_mark(Markup& page, Decision decision, double x, double y, double r, bool is_known) {
    const std::string kind = fmt::format("mark {}{}", to_string(decision), is_known ? "" : " unknown");
    const auto shape = [&](const std::string& path) { page.empty("path", {{"class", kind}, {"d", path}}); };
    switch (decision) {
        case Decision::keep: page.empty("circle", {{"class", kind}, {"cx", px(x)}, {"cy", px(y)}, {"r", px(r)}}); break;
        case Decision::trial:
            shape(fmt::format("M{} {}L{} {}L{} {}L{} {}z", px(x), px(y - r - 1), px(x + r + 1), px(y), px(x), px(y + r + 1),
                              px(x - r - 1), px(y)));
            break;
        case Decision::read_only:
            shape(fmt::format("M{} {}L{} {}L{} {}z", px(x), px(y - r), px(x + r), px(y + r * 0.8), px(x - r), px(y + r * 0.8)));
            break;
        case Decision::mute:
            page.empty("rect", {{"class", kind},
                                {"x", px(x - r * 0.9)},
                                {"y", px(y - r * 0.9)},
                                {"width", px(r * 1.8)},
                                {"height", px(r * 1.8)}});
            break;
        case Decision::leave:
            shape(fmt::format("M{} {}L{} {}L{} {}z", px(x - r), px(y - r * 0.8), px(x + r), px(y - r * 0.8), px(x), px(y + r)));
            break;
        case Decision::cannot_judge:  // a cross, thin
            shape(fmt::format("M{} {}H{}M{} {}V{}", px(x - r), px(y), px(x + r), px(x), px(y - r), px(y + r)));
            break;
    }
}

void draw_sparkline(Markup& page, const GroupAudit& group, std::uint64_t most, const Words& words) {
    constexpr double step = 5, height = 25;
    if (group.months.empty()) {
        page.text("—");
        return;
    }
    const std::string box = fmt::format("0 0 {} {}", px(step * static_cast<double>(group.months.size())), px(height + 1));
    const Element svg(page, "svg",
                      {{"class", "spark"}, {"viewBox", box}, {"role", "img"}, {"aria-label", months_in_words(group, words)}});
    draw_bars(page, group, most, step, height);
}

void draw_months(Markup& page, const GroupAudit& group, std::uint64_t most, const Words& words) {
    constexpr double step = 20, height = 54;
    if (group.months.empty()) return;
    const double width = step * static_cast<double>(group.months.size());
    const Element svg(page, "svg",
                      {{"class", "months"},
                       {"viewBox", fmt::format("0 0 {} {}", px(width), px(height + 18))},
                       {"role", "img"},
                       {"aria-label", months_in_words(group, words)}});
    draw_bars(page, group, most, step, height);
    page.leaf("text", words.month(group.months.front().month), {{"x", "0"}, {"y", px(height + 14)}});
    page.leaf("text", words.month(group.months.back().month), {{"x", px(width)}, {"y", px(height + 14)}, {"text-anchor", "end"}});
}

void draw_scatter(Markup& page, const Overview& view, const Words& words) {
    // Lanes from the top; the strip on the left is for groups where I never wrote: they have no likelihood, and zero is one.
    constexpr double width = 960, silent_left = 118, silent_right = 330, left = 362, right = 950, row_height = 23, padding = 13;
    constexpr std::size_t silent_rows = 12;
    constexpr std::array bands{Band::strong, Band::some, Band::weak, Band::none, Band::unknown};
    std::array<Lane, bands.size()> lanes;
    std::array<std::uint64_t, bands.size()> hidden{};
    for (const Section& section : view.sections)
        for (const GroupAudit* group : section.groups) {
            const auto band = static_cast<std::size_t>(best_band(*group));
            const double radius = group->minutes ? std::clamp(3 + std::sqrt(group->minutes->mid), 4.0, 10.0) : 5.0;
            const auto& probability = group->participation.probability;
            if (probability) {
                lanes[band].place(group, left + 10 + *probability * (right - left - 20), radius,
                                  fit_width(words.name(*group), 26), right);
            } else {
                const auto silent =
                    std::ranges::count_if(lanes[band].marks(), [](const Placed& each) { return each.x < silent_right; });
                if (static_cast<std::size_t>(silent) < silent_rows)
                    lanes[band].place(group, silent_left + 12, radius, fit_width(words.name(*group), 27), silent_right);
                else
                    ++hidden[band];
            }
        }
    const auto height_of_lane = [&](std::size_t lane) {
        const std::size_t rows = lanes[lane].rows() + (hidden[lane] > 0 ? 1 : 0);
        return rows == 0 ? 0.0 : static_cast<double>(rows) * row_height + 2 * padding;
    };
    double height = 0;
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) height += height_of_lane(lane);

    const std::string box = fmt::format("0 0 {} {}", px(width), px(height + 34));
    const Element svg(page, "svg", {{"viewBox", box}, {"role", "img"}, {"aria-labelledby", "picture-title picture-text"}});
    page.leaf("title", words.say(msg("reports.picture.title")), {{"id", "picture-title"}});
    page.leaf("desc", words.say(msg("reports.picture.text")), {{"id", "picture-text"}});
    double y = 0;
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        if (height_of_lane(lane) <= 0) continue;
        page.leaf("text", words.band(bands[lane]), {{"class", "lane"}, {"x", "0"}, {"y", px(y + padding + row_height / 2 + 4)}});
        for (const Placed& mark : lanes[lane].marks()) {
            const double middle = y + padding + (static_cast<double>(mark.row) + 0.5) * row_height;
            draw_mark(page, mark.group->verdict.decision, mark.x, middle, mark.radius, mark.group->minutes.has_value());
            const double at = mark.label_left ? mark.x - mark.radius - 5 : mark.x + mark.radius + 5;
            page.leaf("text", mark.label,
                      {{"x", px(at)}, {"y", px(middle + 4)}, {"text-anchor", mark.label_left ? "end" : "start"}});
        }
        if (hidden[lane] > 0)
            page.leaf("text", words.say(msg("reports.picture.more", arg("groups", hidden[lane]))),
                      {{"class", "axis"}, {"x", px(silent_left + 22)}, {"y", px(y + height_of_lane(lane) - padding - 6)}});
        y += height_of_lane(lane);
        page.empty("line", {{"x1", "0"}, {"y1", px(y)}, {"x2", px(width)}, {"y2", px(y)}});
    }
    for (const double x : {silent_left - 8, left - 14})
        page.empty("line", {{"class", "guide"}, {"x1", px(x)}, {"y1", "0"}, {"x2", px(x)}, {"y2", px(height)}});
    const auto axis = [&](double x, const Message& text, std::string_view anchor) {
        page.leaf("text", words.say(text), {{"class", "axis"}, {"x", px(x)}, {"y", px(height + 22)}, {"text-anchor", anchor}});
    };
    axis(silent_left, msg("reports.picture.silent"), "start");
    axis(left - 6, msg("reports.picture.left"), "start");
    axis(right, msg("reports.picture.right"), "end");
}

void draw_timeline(Markup& page, const AuditReport& report, const Words& words) {
    constexpr double width = 780, bars_left = 172, row_height = 26;
    std::optional<Date> begin;
    std::size_t rows = 0;
    for (const SourceCard& source : report.sources)
        if (source.first && source.data_until) {
            begin = begin ? std::min(*begin, *source.first) : *source.first;
            ++rows;
        }
    if (!begin || *begin >= report.as_of) return;
    const auto x_of = [&](Date day) {
        return bars_left + (width - bars_left) * static_cast<double>((day - *begin).count()) /
                               static_cast<double>((report.as_of - *begin).count());
    };
    const Element frame(page, "div",
                        {{"class", "picture timeline"},
                         {"tabindex", "0"},
                         {"role", "group"},
                         {"aria-label", words.say(msg("reports.timeline.title"))}});
    const std::string box = fmt::format("0 0 {} {}", px(width), px(static_cast<double>(rows) * row_height + 24));
    const Element svg(page, "svg", {{"viewBox", box}, {"role", "img"}, {"aria-labelledby", "timeline-title timeline-text"}});
    page.leaf("title", words.say(msg("reports.timeline.title")), {{"id", "timeline-title"}});
    page.leaf("desc", words.say(msg("reports.timeline.text")), {{"id", "timeline-text"}});
    double y = 0;
    for (const SourceCard& source : report.sources) {
        if (!source.first || !source.data_until) continue;
        const Date end = std::clamp(*source.data_until, *begin, report.as_of);
        const bool is_one_of_many =
            std::ranges::count(report.sources, source.platform, &SourceCard::platform) > 1 && !source.label.empty();
        page.leaf("text", fit_width(is_one_of_many ? source_name(source) : words.platform(source.platform), 24),
                  {{"x", "0"}, {"y", px(y + 17)}});
        page.empty("rect", {{"x", px(x_of(*source.first))},
                            {"y", px(y + 7)},
                            {"width", px(std::max(2.0, x_of(end) - x_of(*source.first)))},
                            {"height", "12"}});
        if (source.stale)
            page.empty("rect", {{"class", "gap"},
                                {"x", px(x_of(end))},
                                {"y", px(y + 7.5)},
                                {"width", px(std::max(0.0, width - x_of(end) - 1))},
                                {"height", "11"}});
        y += row_height;
    }
    page.leaf("text", words.short_day(*begin), {{"class", "axis"}, {"x", px(bars_left)}, {"y", px(y + 17)}});
    page.leaf("text", words.short_day(report.as_of),
              {{"class", "axis"}, {"x", px(width)}, {"y", px(y + 17)}, {"text-anchor", "end"}});
}

}  // namespace secateur::html

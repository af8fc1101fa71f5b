// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress.hpp"

#include <ostream>

#include "base/text.hpp"

namespace secateur::cli {

ProgressBar::ProgressBar(std::ostream& err, std::string label, Language language, int columns)
    : err_(err), label_(std::move(label)), language_(language), columns_(columns) {}

ProgressBar::~ProgressBar() {
    if (visible_) err_ << "\r\033[K" << std::flush;
}

void ProgressBar::show(const ImportProgress& progress) {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    const double spent = std::chrono::duration<double>(now - begin_).count();
    if (spent < 1 || now - shown_ < std::chrono::milliseconds(200)) return;
    shown_ = now;
    visible_ = true;
    const double share = progress.total_bytes == 0 ? 0 : std::min(1.0, static_cast<double>(progress.bytes) / static_cast<double>(progress.total_bytes));
    const auto megabytes = [](std::uint64_t bytes) { return static_cast<double>(bytes) / 1e6; };
    const Message line = share > 0.01
        ? msg("cli.progress", arg("label", label_), arg("percent", static_cast<int>(share * 100)),
              arg("megabytes", render_number(megabytes(progress.bytes), 0, language_)), arg("records", progress.records),
              arg("seconds", static_cast<std::int64_t>(spent / share - spent + 0.5)))
        : msg("cli.progress_begin", arg("label", label_), arg("megabytes", render_number(megabytes(progress.bytes), 0, language_)), arg("records", progress.records));
    err_ << '\r' << fit_width(for_terminal(render(line, language_)), static_cast<std::size_t>(std::max(20, columns_ - 1))) << "\033[K" << std::flush;
}

}  // namespace secateur::cli

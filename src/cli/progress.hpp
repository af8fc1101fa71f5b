// SPDX-License-Identifier: GPL-3.0-or-later
// The progress of one import on a terminal: bytes, records, time left; nothing for what takes less than a second.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "base/messages.hpp"
#include "ingest/import.hpp"

namespace secateur::cli {

class ProgressBar {
public:
    ProgressBar(std::ostream& err, std::string label, Language language, int columns);
    ~ProgressBar();  // leaves a clean line
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    void show(const ImportProgress& progress);  // from any thread

private:
    using Clock = std::chrono::steady_clock;
    std::ostream& err_;
    std::string label_;
    Language language_;
    int columns_;
    Clock::time_point begin_ = Clock::now(), shown_{};
    std::mutex mutex_;
    bool visible_ = false;
};

}  // namespace secateur::cli

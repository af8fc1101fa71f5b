// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of a report format. A renderer shows a finished AuditReport and decides nothing: no clock, no store, no number of
// its own, the same bytes for the same report and options.
#pragma once

#include <string>
#include <string_view>

#include "base/messages.hpp"
#include "model/audit_report.hpp"

namespace secateur {

struct RenderOptions {
    Language language = Language::english;
    int columns = 80;      // of the terminal; other formats have no use for it
    bool colour = false;   // terminal only; never the sole carrier of a meaning
    bool redact = false;   // names of groups and people become stable aliases
};

struct RendererInfo {
    std::string_view name;    // stable key and folder name: "html"
    Message title;            // one line for the help
    std::string_view ending;  // of a file name, without the dot: "html"
};

class Renderer {
public:
    virtual ~Renderer() = default;
    [[nodiscard]] virtual const RendererInfo& info() const = 0;
    /// Appends the whole report to `out`. Redaction happens here, before any renderer sees a name.
    void render(const AuditReport& report, const RenderOptions& options, std::string& out) const;

private:
    virtual void write(const AuditReport& report, const RenderOptions& options, std::string& out) const = 0;
};

}  // namespace secateur

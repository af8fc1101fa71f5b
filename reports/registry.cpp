// SPDX-License-Identifier: GPL-3.0-or-later
#include "reports/registry.hpp"

#include <algorithm>
#include <array>

#include "reports/redact.hpp"

namespace secateur {

// One function a format, defined in its folder. Adding a format: a line here, one below, its sources in CMakeLists.txt.
const Renderer& terminal_renderer();
const Renderer& html_renderer();
const Renderer& json_renderer();
const Renderer& csv_renderer();
const Renderer& markdown_renderer();

std::span<const Renderer* const> renderers() {
    static const std::array list{
        &terminal_renderer(), &html_renderer(), &json_renderer(), &csv_renderer(), &markdown_renderer(),
    };
    return list;
}

const Renderer* find_renderer(std::string_view name) {
    const auto list = renderers();
    const auto found = std::ranges::find_if(
        list, [&](const Renderer* each) { return each->info().name == name || each->info().ending == name; });
    return found == list.end() ? nullptr : *found;
}

void Renderer::render(const AuditReport& report, const RenderOptions& options, std::string& out) const {
    if (options.redact)
        write(redacted(report, options.language), options, out);
    else
        write(report, options, out);
}

}  // namespace secateur

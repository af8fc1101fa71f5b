// SPDX-License-Identifier: GPL-3.0-or-later
// The list of report formats. To be listed is to be tested: the conformance tests run over it.
#pragma once

#include <span>
#include <string_view>

#include "reports/renderer.hpp"

namespace secateur {

[[nodiscard]] std::span<const Renderer* const> renderers();
/// By name or by file ending ("markdown", "md"); null when there is none.
[[nodiscard]] const Renderer* find_renderer(std::string_view name);

}  // namespace secateur
